//! Sequences: any term from its position.

use super::write::{n, row, signed, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::int;
use crate::level::Level::{Middle, Upper};
use crate::level::Section::{Mathematics, Quantitative};
use crate::level::Strand;
use crate::story::ordinal;

pub const TEMPLATES: &[Template] = &[
    Template {
        id: "arithmetic-sequence-term",
        skill: "algebra.sequences",
        strand: Strand::Algebra,
        sections: &[Mathematics, Quantitative],
        levels: &[Middle, Upper],
        make: arithmetic,
    },
    Template {
        id: "arithmetic-sequence-position",
        skill: "algebra.sequences",
        strand: Strand::Algebra,
        sections: &[Mathematics, Quantitative],
        levels: &[Middle, Upper],
        make: position,
    },
    Template {
        id: "geometric-sequence-term",
        skill: "algebra.sequences",
        strand: Strand::Algebra,
        sections: &[Mathematics, Quantitative],
        levels: &[Middle, Upper],
        make: geometric,
    },
];

fn arithmetic(g: &mut Gen) -> Option<Draft> {
    let upper = g.level() == Upper;
    let first = if upper { g.int(-20..=60) } else { g.int(2..=40) };
    let step = g.int(2..=if upper { 15 } else { 9 }) * if upper && g.one_in(2) { -1 } else { 1 };
    let at = g.by_level([5..=9, 5..=9, 12..=30, 15..=60]);
    let story = g.int(0..=2);
    if (story == 2 && (step < 0 || first < 1)) || first == step || first == 0 {
        return None;
    }
    let key = first + (at - 1) * step;
    if key == at {
        return None;
    }
    let nth = ordinal(at);
    let stem = match story {
        0 => format!(
            "In the arithmetic sequence {}, …, what is the {nth} term?",
            row(&[first, first + step, first + 2 * step, first + 3 * step])
        ),
        1 => format!(
            "The first term of a sequence is {}, and each term after it is {} {} than the term before. What is the {nth} term?",
            n(first),
            step.abs(),
            if step < 0 { "less" } else { "more" }
        ),
        _ => {
            let child = g.child();
            format!(
                "In the first week, {} saves ${first}. In every later week {} saves ${step} more than in the week before. How many dollars does {} save in the {nth} week?",
                child.name, child.they, child.they
            )
        }
    };
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(
                int(first + at * step),
                slip(
                    "one-step-too-many",
                    "adds the step once for every term, even for the first one, which needs none",
                ),
            )
            .wrong(
                int(at * step),
                slip(
                    "ignores-the-start",
                    "multiplies the step by the position and leaves out the first number",
                ),
            )
            .wrong(
                int(at * first + step),
                slip("swaps-start-and-step", "exchanges the first number and the step"),
            )
            .wrong(
                int(first - (at - 1) * step),
                slip(
                    "reverses-the-rule",
                    "uses the rule backward, adding where it subtracts or subtracting where it adds",
                ),
            )
            .hint("How many steps lead from the first term to the one you want?")
            .hint(format!(
                "It takes one step fewer than {at}. Multiply the number of steps by the size of a step."
            ))
            .step(format!("Each step is {}.", n(step)), int(step))
            .step(
                format!("From the first term to the {nth} there are {at} − 1 = {} steps.", at - 1),
                int(at - 1),
            )
            .step(
                format!("{} × {} = {}.", at - 1, super::write::wrapped(step), n((at - 1) * step)),
                int((at - 1) * step),
            )
            .step(format!("{} {} = {}.", n(first), signed((at - 1) * step), n(key)), int(key)),
    )
}

fn position(g: &mut Gen) -> Option<Draft> {
    let upper = g.level() == Upper;
    let (first, step) = (g.int(2..=if upper { 50 } else { 25 }), g.int(3..=if upper { 14 } else { 9 }));
    let at = g.by_level([5..=9, 5..=9, 9..=30, 12..=60]);
    let value = first + (at - 1) * step;
    if first == step || at == first || at == step {
        return None;
    }
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!(
            "In the sequence {}, …, the number {first} is term number 1. What is the term number of {value}?",
            row(&[first, first + step, first + 2 * step])
        ),
        1 => format!(
            "{} counts by {step}s and begins at {first}, so that the first number is {first} and the second is {}. Which position in the count does {value} have?",
            child.name,
            first + step
        ),
        _ => format!(
            "The first row of a stadium has {first} seats, and every row has {step} more seats than the row in front of it. If the first row is row number 1, what is the number of the row that has {value} seats?"
        ),
    };
    let mut draft = Draft::new(stem).key(int(at));
    for (value, mistake) in [
        (at - 1, slip("counts-steps-as-terms", "counts the steps and forgets to count the first term")),
        (
            value / step,
            slip(
                "divides-whole-value",
                "divides the whole number by the step without taking the first number away",
            ),
        ),
        (
            value - first,
            slip("stops-before-dividing", "stops before undoing the number in front of the letter"),
        ),
        (at + 1, slip("counts-one-term-twice", "counts the first term twice")),
    ] {
        draft = draft.wrong(int(value), mistake);
    }
    Some(
        draft
            .hint(format!("How far is it from {first} to {value}?"))
            .hint(format!(
                "How many steps of {step} is that? The first term is there before any step is made."
            ))
            .step(format!("The distance is {value} − {first} = {}.", value - first), int(value - first))
            .step(format!("{} ÷ {step} = {} steps.", value - first, at - 1), int(at - 1))
            .step(
                format!("The first term comes before the steps, so the position is {} + 1 = {at}.", at - 1),
                int(at),
            ),
    )
}

fn geometric(g: &mut Gen) -> Option<Draft> {
    let upper = g.level() == Upper;
    let ratio = if upper { g.pick(&[2, 3, 4, -2, -3]) } else { g.int(2..=3) };
    let first = g.int(2..=if upper { 12 } else { 15 });
    let at = match ratio.abs() {
        2 => g.int(5..=8),
        3 => g.int(4..=6),
        _ => g.int(4..=5),
    };
    let story = if ratio < 0 { g.int(0..=1) } else { g.int(0..=3) };
    let power = |k: i64| u32::try_from(k).ok().map(|k| first * ratio.pow(k));
    let key = power(at - 1)?;
    let nth = ordinal(at);
    let hours = at - 1;
    let times = match ratio {
        2 => "twice",
        3 => "three times",
        _ => "four times",
    };
    let stem = match story {
        0 => format!(
            "In the geometric sequence {}, …, what is the {nth} term?",
            row(&[first, first * ratio, first * ratio * ratio])
        ),
        1 => format!(
            "The first term of a sequence is {first}, and each term after it is the term before multiplied by {}. What is the {nth} term?",
            n(ratio)
        ),
        2 => format!(
            "A colony starts with {first} cells. Every hour there are {times} as many cells as an hour before. How many cells are there after {hours} hours?"
        ),
        _ => format!(
            "A video had {first} views on day 1. Every day after that it got {times} as many views as on the day before. How many views did it get on day {at}?"
        ),
    };
    let last = power(at - 2)?;
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(
                int(power(at)?),
                slip("one-factor-too-many", "multiplies once too often along the sequence"),
            )
            .wrong(int(last), slip("one-factor-too-few", "multiplies once too seldom along the sequence"))
            .wrong(
                int(first * ratio * (at - 1)),
                slip(
                    "multiplies-for-power",
                    "multiplies by the number of steps instead of multiplying again and again",
                ),
            )
            .wrong(
                int(first + (at - 1) * (first * ratio - first)),
                slip(
                    "adds-in-growing-sequence",
                    "adds the first difference every time although the sequence multiplies",
                ),
            )
            .hint("Each term is the term before it, multiplied by the same number.")
            .hint("Write the terms one after the other, and count them as you go.")
            .step(format!("The factor is {}.", n(ratio)), int(ratio))
            .step(format!("From the first term to the one we want, multiply {hours} times."), int(hours))
            .step(
                format!("The terms are {}.", row(&(0..at).filter_map(power).collect::<Vec<_>>())),
                int(key),
            ),
    )
}
