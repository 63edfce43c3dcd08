//! What to expect in many tries.

use super::chance::COLORS;
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, frac, int};
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Strand::Data;
use crate::maths::kit::{BOTH, mistake, positive, template};

pub const TEMPLATES: &[Template] = &[
    template(Data, "expected-count", "data.expected", BOTH, &[Lower, Middle, Upper], expected),
    template(Data, "expected-from-an-experiment", "data.expected", BOTH, &[Lower, Middle, Upper], experiment),
];

fn expected(g: &mut Gen) -> Option<Draft> {
    let parts = g.pick(&[4, 5, 6, 8, 10, 12]);
    let good = g.int(1..=parts - 1);
    let rounds = parts * g.by_level([2..=4, 3..=12, 8..=40, 15..=90]);
    let key = rounds / parts * good;
    if 2 * good == parts || Q::new(good, parts).bottom() != parts {
        return None;
    }
    let tries = int(rounds).text;
    let child = g.child();
    let color = g.pick(&COLORS);
    let stem = match g.int(0..=3) {
        0 => format!(
            "A spinner has {parts} equal parts, and {good} of them {} {color}. In {tries} spins, about how many times should {} expect it to land on {color}?",
            if good == 1 { "is" } else { "are" },
            child.name
        ),
        1 => format!(
            "The probability that a light bulb is faulty is {good}/{parts}. About how many faulty bulbs are to be expected in a box of {tries} bulbs from an old factory?"
        ),
        2 => format!(
            "{} draws one of {parts} cards, notes it and puts it back, {tries} times. Exactly {good} of the cards {} a star. About how many times should {} expect to see a star?",
            child.name,
            if good == 1 { "has" } else { "have" },
            child.they
        ),
        _ => format!(
            "At a fair, the probability of winning a game is {good}/{parts}. If {tries} people each play once, about how many winners are to be expected?"
        ),
    };
    let share = frac(Q::new(good, parts)).text;
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(
                int(rounds - key),
                mistake("expects-the-opposite", "finds how often it is expected not to happen"),
            )
            .wrong(int(rounds / parts), mistake("one-part-only", "finds the number for one part and stops"))
            .wrong(
                int(Q::new(rounds, 2)),
                mistake("yes-or-no-means-half", "thinks that every yes-or-no event has probability one half"),
            )
            .wrong(
                int(Q::new(rounds, good)),
                mistake(
                    "divides-by-the-good-parts",
                    "divides by the number of good outcomes instead of by all",
                ),
            )
            .wrong(
                int(rounds - good),
                mistake(
                    "subtracts-the-good-parts",
                    "subtracts the number of good outcomes from the number of tries",
                ),
            )
            .hint("First find the probability of one success as a fraction.")
            .hint(format!("Then take that fraction of {tries}."))
            .say(format!("The probability each time is {share}."))
            .step(format!("{tries} ÷ {parts} = {}.", rounds / parts), int(rounds / parts))
            .step(format!("{} × {good} = {key}.", rounds / parts), int(key)),
    )
}

fn experiment(g: &mut Gen) -> Option<Draft> {
    let tries = g.pick(&[10, 20, 25, 40, 50]);
    let hits = g.int(3..=tries - 3);
    let factor = g.by_level([2..=3, 2..=6, 3..=12, 4..=30]);
    let more = tries * factor;
    let key = hits * factor;
    if 2 * hits == tries {
        return None;
    }
    let crowd = int(more).text;
    let child = g.child();
    let stem = match g.int(0..=3) {
        0 => format!(
            "Out of {tries} free throws, {} made {hits}. If this goes on, about how many of {crowd} free throws will {} make?",
            child.name, child.they
        ),
        1 => format!(
            "A scientist tagged {tries} butterflies, and {hits} of them were monarchs. In a group of {crowd} butterflies like these, about how many are monarchs?"
        ),
        2 => format!(
            "{} asked {tries} students, and {hits} of them walk to school. There are {crowd} students at the school. Based on this, about how many walk to school?",
            child.name
        ),
        _ => format!(
            "A machine was tested with {tries} bottles, and it filled {hits} of them correctly. About how many of {crowd} bottles should it fill correctly?"
        ),
    };
    let reduced = Q::new(hits, tries);
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(
                int(more - key),
                mistake("expects-the-opposite", "finds how often it is expected not to happen"),
            )
            .wrong(
                int(hits + more - tries),
                mistake(
                    "adds-instead-of-scaling",
                    "adds the same number to both instead of multiplying both",
                ),
            )
            .wrong(
                int(Q::new(more, 2)),
                mistake("yes-or-no-means-half", "thinks that every yes-or-no event has probability one half"),
            )
            .wrong(
                int(hits),
                mistake("count-stays-the-same", "thinks the count stays the same for a bigger group"),
            )
            .wrong(
                positive(more - hits),
                mistake("subtracts-the-count", "subtracts the count from the bigger number"),
            )
            .hint("The fraction of successes should stay about the same.")
            .hint(format!("How many times as big as {tries} is {crowd}?"))
            .step(format!("The fraction of successes was {}.", frac(reduced).text), frac(reduced))
            .step(format!("{crowd} is {factor} times {tries}."), int(factor))
            .step(format!("So expect about {hits} × {factor} = {key}."), int(key)),
    )
}
