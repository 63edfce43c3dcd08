//! Simple graphs, tallies and chance.

use super::{ALL, by_grade, small};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{int, words};
use crate::figure::Picture;
use crate::level::Level::Primary2;
use crate::level::Strand::Data;
use crate::maths::kit::{MATHS, capital, mistake, plus, template};
use crate::story::list;

pub const TEMPLATES: &[Template] = &[
    template(Data, "primary-bar-graph", "primary.graphs", MATHS, ALL, bar_graph),
    template(Data, "primary-tally-chart", "primary.graphs", MATHS, ALL, tally),
    template(Data, "primary-likely", "primary.chance", MATHS, ALL, likely),
];

const SURVEYS: [(&str, [&str; 4], &str); 5] = [
    ("Pets", ["cats", "dogs", "birds", "fish"], "pets"),
    ("Fruit", ["apples", "pears", "plums", "grapes"], "votes"),
    ("Games", ["tag", "chess", "ball", "cards"], "votes"),
    ("Colors", ["red", "blue", "green", "pink"], "votes"),
    ("Weather", ["sun", "rain", "snow", "wind"], "days"),
];

/// The questions that both kinds of chart ask.
fn questions(g: &mut Gen, chart: &str, names: &[&str], values: &[i64], noun: &str) -> Option<Draft> {
    let (a, b) = (values[0], values[1]);
    let total: i64 = values.iter().sum();
    Some(match g.int(0..=3) {
        0 if a > b + 1 => Draft::new(format!(
            "Look at the {chart}. How many more {noun} are there for {} than for {}?",
            names[0], names[1]
        ))
        .key(int(a - b))
        .wrong(
            int(a + b),
            mistake("adds-to-compare", "adds the two numbers instead of finding their difference"),
        )
        .wrong(int(a), mistake("reads-one-group", "reads one group and stops"))
        .wrong(int(b), mistake("reads-the-other-group", "reads the other group and stops"))
        .wrong(small(g, a - b + 1), mistake("counts-one-too-many", "counts one too many"))
        .wrong(small(g, a - b - 1), mistake("counts-one-too-few", "counts one too few"))
        .hint("Find the two numbers first.")
        .hint("How many more means that you take the smaller from the bigger.")
        .step(format!("For {} there are {a}. For {} there are {b}.", names[0], names[1]), int(a))
        .step(format!("{a} − {b} = {}.", a - b), int(a - b)),
        1 => Draft::new(format!("Look at the {chart}. How many {noun} are there in all?"))
            .key(int(total))
            .wrong(
                int(*values.iter().max()?),
                mistake("largest-group-for-total", "takes the biggest group for the total"),
            )
            .wrong(
                int(total - values[values.len() - 1]),
                mistake("leaves-out-the-last-group", "leaves out the last group"),
            )
            .wrong(int(a + b), mistake("adds-two-groups-only", "adds only the first two groups"))
            .wrong(int(total - a), mistake("overlooks-the-first-group", "overlooks the first group"))
            .wrong(small(g, total + 1), mistake("counts-one-too-many", "counts one too many"))
            .hint("In all means every group.")
            .hint("Read each number, and add them all.")
            .step(format!("{} = {total}.", plus(values)), int(total)),
        2 => Draft::new(format!(
            "Look at the {chart}. How many {noun} are there for {} and {} together?",
            names[0], names[1]
        ))
        .key(int(a + b))
        .wrong(
            small(g, (a - b).abs()),
            mistake("subtracts-for-together", "subtracts although the two go together"),
        )
        .wrong(int(a), mistake("reads-one-group", "reads one group and stops"))
        .wrong(int(total), mistake("adds-every-group", "adds all the groups"))
        .wrong(int(a + values[2]), mistake("reads-the-wrong-group", "reads a group that was not asked for"))
        .wrong(int(b), mistake("reads-the-other-group", "reads the other group and stops"))
        .hint("Only two groups matter here.")
        .hint("Read the two numbers and add them.")
        .step(format!("{a} + {b} = {}.", a + b), int(a + b)),
        _ => {
            let most = g.one_in(2);
            let mut order: Vec<usize> = (0..values.len()).collect();
            order.sort_by_key(|at| if most { -values[*at] } else { values[*at] });
            if values[order[0]] == values[order[1]] || order.len() < 4 {
                return None;
            }
            let word = if most { "most" } else { "fewest" };
            let mut draft = Draft::new(format!("Look at the {chart}. Which group has the {word} {noun}?"))
                .key(words(names[order[0]]))
                .wrong(
                    words(names[order[3]]),
                    mistake("most-and-fewest-mixed-up", "mixes up the most and the fewest"),
                );
            for at in &order[1..3] {
                draft = draft.wrong(
                    words(names[*at]),
                    mistake("does-not-compare-all", "does not compare all the groups"),
                );
            }
            draft
                .hint("Read the number of each group.")
                .hint(format!("Which number is the {}?", if most { "biggest" } else { "smallest" }))
                .say(format!(
                    "For {} there are {}. No other group has {}.",
                    names[order[0]],
                    values[order[0]],
                    if most { "as many" } else { "as few" }
                ))
        }
    })
}

fn values(g: &mut Gen) -> Vec<i64> {
    (0..4).map(|_| by_grade(g, [2..=9, 2..=14, 3..=24])).collect()
}

fn bar_graph(g: &mut Gen) -> Option<Draft> {
    let (title, mut names, noun) = g.pick(&SURVEYS);
    g.shuffle(&mut names);
    let step = by_grade(g, [1..=1, 1..=2, 2..=5]);
    let values: Vec<i64> = values(g).iter().map(|n| n * step).collect();
    let draft = questions(g, "bar graph", &names, &values, noun)?;
    let said: Vec<String> = names.iter().zip(&values).map(|(name, n)| format!("{name}, {n}")).collect();
    let bars: Vec<(String, i64)> =
        names.iter().zip(&values).map(|(name, n)| ((*name).to_owned(), *n)).collect();
    Some(draft.figure(Picture::bars(
        format!("A bar graph with the title {title}. The bars are: {}.", said.join("; ")),
        title,
        &bars,
        if g.level() == Primary2 { 1 } else { step * 4 },
    )))
}

fn tally(g: &mut Gen) -> Option<Draft> {
    let (title, mut names, noun) = g.pick(&SURVEYS);
    g.shuffle(&mut names);
    let values = values(g);
    let draft = questions(g, "tally chart", &names, &values, noun)?;
    let marks = |n: i64| match (n / 5, n % 5) {
        (0, ones) => crate::story::count(ones, "single mark", "single marks"),
        (fives, 0) => crate::story::count(fives, "bundle of five", "bundles of five"),
        (fives, ones) => format!(
            "{} and {}",
            crate::story::count(fives, "bundle of five", "bundles of five"),
            crate::story::count(ones, "single mark", "single marks")
        ),
    };
    let said: Vec<String> =
        names.iter().zip(&values).map(|(name, n)| format!("{name}, {}", marks(*n))).collect();
    let rows: Vec<Vec<String>> = names
        .iter()
        .zip(&values)
        .map(|(name, n)| {
            let five = vec!["||||/".to_owned(); usize::try_from(n / 5).unwrap_or(0)].join(" ");
            let rest = "|".repeat(usize::try_from(n % 5).unwrap_or(0));
            vec![capital(name), format!("{five} {rest}").trim().to_owned()]
        })
        .collect();
    Some(draft.figure(Picture::table(
        format!("A tally chart with the title {title}. The rows are: {}.", said.join("; ")),
        &[title, "Tally"],
        &rows,
    )))
}

fn likely(g: &mut Gen) -> Option<Draft> {
    let colors = g.several(&["red", "blue", "green", "yellow", "white"], 4);
    let numbers: Vec<i64> = (0..4).map(|_| by_grade(g, [1..=9, 1..=15, 2..=40])).collect();
    let most = g.one_in(2);
    let mut order: Vec<usize> = (0..4).collect();
    order.sort_by_key(|at| if most { -numbers[*at] } else { numbers[*at] });
    if numbers[order[0]] == numbers[order[1]] {
        return None;
    }
    let (thing, bag) = (g.pick(&["balls", "blocks", "beads", "cubes"]), g.pick(&["bag", "box", "jar"]));
    let one = thing.trim_end_matches('s');
    let said =
        list(&numbers.iter().zip(&colors).map(|(n, color)| format!("{n} {color}")).collect::<Vec<_>>());
    let child = g.child();
    let word = if most { "most" } else { "least" };
    let stem = match g.int(0..=2) {
        0 => format!(
            "A {bag} has these {thing}: {said}. {} takes one without looking. Which color is {word} likely?",
            child.name
        ),
        1 => format!(
            "In a {bag} there are {said} {thing}. One falls out. Which color is it {word} likely to be?"
        ),
        _ => format!(
            "{} puts {said} {thing} in a {bag} and shakes it. Then {} pulls out one {one}. Which color is {word} likely?",
            child.name, child.they
        ),
    };
    let mut draft = Draft::new(stem).key(words(colors[order[0]])).wrong(
        words(colors[order[3]]),
        mistake("most-and-least-likely-mixed-up", "mixes up the most likely and the least likely"),
    );
    for at in &order[1..3] {
        draft = draft.wrong(
            words(colors[*at]),
            mistake("favorite-or-first-color", "picks a color without comparing how many there are"),
        );
    }
    Some(
        draft
            .hint(format!("Is it easier to get a color with many {thing} or with few?"))
            .hint("Compare the numbers of the colors.")
            .say(format!(
                "The {} number is {}, and that is {}.",
                if most { "biggest" } else { "smallest" },
                numbers[order[0]],
                colors[order[0]]
            )),
    )
}
