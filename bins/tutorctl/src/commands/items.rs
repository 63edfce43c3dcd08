//! `tutorctl items`: practice questions, from the same bank that the tutor draws from.

use iseetutor_curriculum::bank::{Bank, Wanted};
use iseetutor_curriculum::item::{Item, letter};
use serde_json::{Value, json};

use crate::cli::ItemsArgs;
use crate::error::{Error, Result};
use crate::output::Output;

/// Writes the questions.
///
/// # Errors
/// When there are none of that level, section and skill.
pub fn run(args: &ItemsArgs, output: Output) -> Result<()> {
    let bank = bank()?;
    let wanted = Wanted { skill: args.skill.as_deref(), ..Wanted::default() };
    if bank.sources(args.level, args.section, wanted).is_empty() {
        let mut skills: Vec<String> = bank
            .sources(args.level, args.section, Wanted::default())
            .into_iter()
            .map(|source| source.skill)
            .collect();
        skills.sort();
        skills.dedup();
        let problem = match &args.skill {
            Some(skill) if !skills.is_empty() => {
                format!(
                    "no question of {} at {} exercises the skill {skill}; choose one of {}",
                    args.section,
                    args.level,
                    skills.join(", ")
                )
            }
            _ => format!(
                "there are no questions of {} at {}; choose another section",
                args.section, args.level
            ),
        };
        return Err(Error::Usage(format!("cannot draw questions: {problem}")));
    }
    for item in bank.items(args.level, args.section, wanted, args.seed).take(args.count) {
        output.put(&shown(&bank, &item), || text(&bank, &item))?;
    }
    Ok(())
}

/// The bank of all questions.
///
/// # Errors
/// When the content cannot be used.
pub fn bank() -> Result<Bank> {
    Bank::embedded()
        .map_err(|error| Error::Failed(format!("{error}; this build is broken: install it again")))
}

fn passage(bank: &Bank, item: &Item) -> Option<String> {
    let slug = item.passage.as_ref()?;
    Some(bank.library().passage(item.level, slug)?.paragraphs.join("\n\n"))
}

fn shown(bank: &Bank, item: &Item) -> Value {
    let misconceptions = item
        .choices
        .each_ref()
        .map(|choice| choice.reason.as_ref().map(|reason| json!({ "id": reason.id, "plain": reason.plain })));
    json!({
        "id": item.id,
        "level": item.level,
        "section": item.section,
        "strand": item.strand,
        "skill": item.skill,
        "passage": passage(bank, item),
        "stem": item.stem,
        "choices": item.choices.each_ref().map(|choice| &choice.text),
        "key": item.key,
        "misconceptions": misconceptions,
        "hints": item.hints,
        "solution": item.solution.iter().map(|step| &step.text).collect::<Vec<_>>(),
        "spoken": item.spoken,
        "spoken_choices": item.choices.each_ref().map(|choice| &choice.spoken),
        "figure": item.figure.as_ref().map(|figure| json!({ "svg": figure.svg, "description": figure.description })),
    })
}

fn text(bank: &Bank, item: &Item) -> String {
    let mut lines = vec![item.id.clone()];
    lines.extend(passage(bank, item));
    lines.push(item.stem.clone());
    lines.extend(item.figure.iter().map(|figure| format!("[{}]", figure.description)));
    lines.extend(item.choices.iter().enumerate().map(|(at, choice)| {
        let right = if at == item.key { "  <- right" } else { "" };
        format!("  {} {}{right}", letter(at), choice.text)
    }));
    lines.join("\n") + "\n"
}
