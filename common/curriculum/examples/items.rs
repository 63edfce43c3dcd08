//! Prints variants of a template for reading: `items TEMPLATE [LEVEL] [COUNT]`.

use iseetutor_curriculum::item::letter;
use iseetutor_curriculum::maths::{template, templates};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(found) = arguments.next().and_then(|id| template(&id)) else {
        for template in templates() {
            println!("{}\t{}\t{:?}", template.id, template.skill, template.levels);
        }
        return;
    };
    let wanted = arguments.next();
    let count = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(3);
    for &level in
        found.levels.iter().filter(|level| wanted.as_ref().is_none_or(|name| name == level.as_str()))
    {
        for item in (0..count).filter_map(|seed| found.item(level, found.sections[0], seed)) {
            println!("\n{}\n  {}\n  said: {}", item.id, item.stem.replace('\n', "\n  "), item.spoken);
            for (at, choice) in item.choices.iter().enumerate() {
                let why = choice.reason.as_ref().map_or("<- right", |reason| reason.plain.as_str());
                println!("  {} {}   {why}", letter(at), choice.text);
            }
            println!("  hints: {}", item.hints.join(" | "));
            let steps: Vec<&str> = item.solution.iter().map(|step| step.text.as_str()).collect();
            println!("  solution: {}", steps.join(" | "));
            if let Some(figure) = &item.figure {
                println!("  figure: {}", figure.description);
            }
        }
    }
}
