//! Number patterns: the next number, a missing number, the rule, a growing design.

use super::write::{n, row, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{int, words};
use crate::item::Misconception;
use crate::level::Level::{Lower, Middle};
use crate::level::Section::{Mathematics, Quantitative};
use crate::level::Strand;
use crate::story::{count, ordinal};

pub const TEMPLATES: &[Template] = &[
    Template {
        id: "pattern-next-number",
        skill: "algebra.patterns",
        strand: Strand::Algebra,
        sections: &[Mathematics, Quantitative],
        levels: &[Lower, Middle],
        make: next_number,
    },
    Template {
        id: "pattern-missing-number",
        skill: "algebra.patterns",
        strand: Strand::Algebra,
        sections: &[Mathematics, Quantitative],
        levels: &[Lower, Middle],
        make: missing_number,
    },
    Template {
        id: "pattern-rule",
        skill: "algebra.patterns",
        strand: Strand::Algebra,
        sections: &[Mathematics, Quantitative],
        levels: &[Lower, Middle],
        make: rule,
    },
    Template {
        id: "growing-design",
        skill: "algebra.patterns",
        strand: Strand::Algebra,
        sections: &[Quantitative, Mathematics],
        levels: &[Lower, Middle],
        make: growing_design,
    },
];

const SKIPS: Misconception = slip("skips-a-term", "goes two steps along the pattern instead of one");
const BETWEEN: Misconception = slip(
    "counts-numbers-between",
    "counts the numbers in between two terms instead of finding their difference",
);
const REVERSES: Misconception = slip(
    "reverses-the-rule",
    "uses the rule backward, adding where it subtracts or subtracting where it adds",
);
const ADDS_FIRST: Misconception =
    slip("adds-first-term", "adds the first number of the pattern instead of the difference");
const LAST_DIFFERENCE: Misconception =
    slip("repeats-last-difference", "adds the last difference again although the differences change");
const LAST_TWO: Misconception = slip("adds-last-two-terms", "adds the last two numbers of the pattern");
const ADDS_FACTOR: Misconception =
    slip("adds-the-multiplier", "adds the number that the rule multiplies by instead of multiplying by it");

fn next_number(g: &mut Gen) -> Option<Draft> {
    let middle = g.level() == Middle;
    let kind = g.int(0..=if middle { 3 } else { 2 });
    let (start, by) =
        (g.by_level([1..=9, 1..=40, 3..=90, 3..=90]), g.by_level([2..=6, 3..=12, 4..=25, 4..=25]));
    let factor = g.int(2..=if middle { 4 } else { 3 });
    let begin = g.int(1..=if middle { 7 } else { 6 });
    let terms: Vec<i64> = (0..6_i64)
        .scan((start, by), |(value, gap), _| {
            let now = *value;
            *value += *gap;
            if kind == 3 {
                *gap += by % 4 + 1;
            }
            Some(now)
        })
        .collect();
    let terms: Vec<i64> = match kind {
        1 => terms.into_iter().rev().collect(),
        2 => (0..6).map(|power| begin * factor.pow(power)).collect(),
        _ => terms,
    };
    let [first, .., before, last, next] = terms[..] else { return None };
    let shown = row(&terms[..5]);
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!("What is the next number in the pattern {shown}, ____?"),
        1 => format!(
            "{} writes the numbers {shown}, always using the same rule. What number should {} write next?",
            child.name, child.they
        ),
        _ => format!(
            "A game gives {shown} points for its first five rounds, following one pattern. How many points does it give for the sixth round?"
        ),
    };
    let draft = Draft::new(stem)
        .key(int(next))
        .hint("Compare each number with the one before it. What happens every time?");
    Some(match kind {
        0 => draft
            .wrong(int(last + 2 * by), SKIPS)
            .wrong(int(last + by - 1), BETWEEN)
            .wrong(int(last + first), ADDS_FIRST)
            .wrong(int(last - by), REVERSES)
            .hint("Subtract each number from the next one. The differences are all the same; add that difference once more.")
            .step(format!("Each number is {by} more than the one before: {} − {} = {by}.", n(terms[1]), n(first)), int(by))
            .step(format!("The next number is {} + {by} = {}.", n(last), n(next)), int(next)),
        1 => draft
            .wrong(int(last - 2 * by), SKIPS)
            .wrong(int(last + by), REVERSES)
            .wrong(int(last - by + 1), BETWEEN)
            .wrong(int(first + by), slip("extends-the-wrong-end", "continues the pattern at its beginning instead of its end"))
            .hint("The numbers go down by the same amount each time. Take that amount away once more.")
            .step(format!("Each number is {by} less than the one before: {} − {} = {by}.", n(first), n(terms[1])), int(by))
            .step(format!("The next number is {} − {by} = {}.", n(last), n(next)), int(next)),
        2 => draft
            .wrong(int(last + (last - before)), LAST_DIFFERENCE)
            .wrong(int(next * factor), SKIPS)
            .wrong(int(last + factor), ADDS_FACTOR)
            .wrong(int(last + before), LAST_TWO)
            .hint("The differences grow quickly, so try multiplying: what times each number gives the next?")
            .step(format!("Each number is {factor} times the one before: {} × {factor} = {}.", n(first), n(terms[1])), int(factor))
            .step(format!("The next number is {} × {factor} = {}.", n(last), n(next)), int(next)),
        _ => draft
            .wrong(int(last + (last - before)), LAST_DIFFERENCE)
            .wrong(int(last + before), LAST_TWO)
            .wrong(int(last + by), slip("repeats-first-difference", "adds the first difference again although the differences change"))
            .wrong(int(last * 2), slip("doubles-last-term", "doubles the last number without testing that rule on the others"))
            .hint("Write down the differences between neighbors. They grow by the same amount each time.")
            .step(
                format!("The differences are {}, so they grow by {} each time.", row(&differences(&terms[..5])), by % 4 + 1),
                int(by % 4 + 1),
            )
            .step(format!("The next difference is {}.", n(next - last)), int(next - last))
            .step(format!("The next number is {} + {} = {}.", n(last), n(next - last), n(next)), int(next)),
    })
}

fn differences(terms: &[i64]) -> Vec<i64> {
    terms.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

fn missing_number(g: &mut Gen) -> Option<Draft> {
    let multiplies = g.one_in(3);
    let at = usize::try_from(g.int(2..=4)).ok()?;
    let (first, by) = if multiplies {
        (g.int(1..=6), g.int(2..=3))
    } else {
        (g.by_level([1..=9, 2..=60, 10..=150, 10..=150]), g.by_level([2..=5, 3..=15, 6..=35, 6..=35]))
    };
    let falls = !multiplies && g.one_in(3);
    let mut terms: Vec<i64> =
        (0..6_u32).map(|i| if multiplies { first * by.pow(i) } else { first + by * i64::from(i) }).collect();
    if falls {
        terms.reverse();
    }
    let key = terms[at];
    let (before, after) = (terms[at - 1], terms[at + 1]);
    let shown = terms
        .iter()
        .enumerate()
        .map(|(i, term)| if i == at { "____".to_owned() } else { n(*term) })
        .collect::<Vec<_>>()
        .join(", ");
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!("What number is missing from the pattern {shown}?"),
        1 => format!(
            "{} made this number pattern with one rule, but a drop of paint covers one number: {shown}. What number is covered?",
            child.name
        ),
        _ => format!(
            "The numbers on six doors follow one rule: {shown}. One number has fallen off. What is the number of that door?"
        ),
    };
    let step = if falls { -by } else { by };
    let draft = Draft::new(stem).key(int(key));
    Some(if multiplies {
        if (before + after) % 2 == 0 && (before + after) / 2 == key {
            return None;
        }
        draft
            .wrong(int(before + by), ADDS_FACTOR)
            .wrong(
                int((before + after) / 2),
                slip(
                    "takes-the-midpoint",
                    "takes the number halfway between the neighbors although the rule multiplies",
                ),
            )
            .wrong(
                int(after - by),
                slip(
                    "subtracts-the-factor",
                    "subtracts the number that the rule multiplies by instead of dividing by it",
                ),
            )
            .wrong(int(before + (before - before / by)), LAST_DIFFERENCE)
            .hint("Look at two numbers that stand side by side. Does the rule add or multiply?")
            .hint(format!("Each number is {by} times the one before it."))
            .step(
                format!(
                    "Each number is {by} times the one before, as {} × {by} = {} shows.",
                    n(terms[0]),
                    n(terms[1])
                ),
                int(by),
            )
            .step(format!("The missing number is {} × {by} = {}.", n(before), n(key)), int(key))
            .step(format!("Check: {} × {by} = {}.", n(key), n(after)), int(after))
    } else {
        draft
            .wrong(
                int(key + 1),
                slip(
                    "difference-one-too-large",
                    "counts both ends when finding the difference and comes out one off",
                ),
            )
            .wrong(int(before - step), REVERSES)
            .wrong(int(before + step - step.signum()), BETWEEN)
            .wrong(int(after + step), SKIPS)
            .hint("Find two numbers that stand side by side, and see how far apart they are.")
            .hint(format!(
                "Every step of the pattern {} the same amount. Use it on the number before the gap.",
                if falls { "takes away" } else { "adds" }
            ))
            .step(
                format!(
                    "Each number is {by} {} than the one before, as {} and {} show.",
                    if falls { "less" } else { "more" },
                    n(terms[0]),
                    n(terms[1])
                ),
                int(by),
            )
            .step(
                format!(
                    "The missing number is {} {} {by} = {}.",
                    n(before),
                    if falls { "−" } else { "+" },
                    n(key)
                ),
                int(key),
            )
            .step(
                format!("Check: {} {} {by} = {}.", n(key), if falls { "−" } else { "+" }, n(after)),
                int(after),
            )
    })
}

fn rule(g: &mut Gen) -> Option<Draft> {
    let times = g.int(2..=if g.level() == Middle { 4 } else { 3 });
    let shift = g.by_level([1..=3, 1..=6, 2..=9, 2..=9]);
    let adds = g.one_in(2);
    let first = g.by_level([1..=4, 2..=9, 3..=12, 3..=12]);
    let signed = if adds { shift } else { -shift };
    let terms: Vec<i64> =
        std::iter::successors(Some(first), |value| Some(value * times + signed)).take(4).collect();
    let jump = terms[1] - terms[0];
    // A rule that stands still, falls, or is also a plain factor would have other readings.
    if jump <= 0 || terms[1] % first == 0 || jump == shift || signed == first || shift == 1 {
        return None;
    }
    let shown = row(&terms);
    let text = |times: i64, shift: i64| {
        format!("Multiply by {times}, then {} {}.", if shift < 0 { "subtract" } else { "add" }, shift.abs())
    };
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!("Which rule gives each number of the pattern {shown} from the one before it?"),
        1 => format!(
            "{} made the pattern {shown} with a rule. Which rule did {} use to get each next number?",
            child.name, child.they
        ),
        _ => format!(
            "A number machine shows {shown}, one after the other. Which rule does it use to make each number into the next?"
        ),
    };
    Some(
        Draft::new(stem)
            .key(words(text(times, signed)))
            .wrong(
                words(format!("Add {jump}.")),
                slip("tests-one-step-only", "tests the rule on the first two numbers only"),
            )
            .wrong(
                words(text(times, -signed)),
                slip("adds-for-subtracts", "mixes up adding and subtracting in the rule"),
            )
            .wrong(
                words(text(times + 1, first * times + signed - first * (times + 1))),
                slip(
                    "fits-first-step-only",
                    "finds a multiplication rule that fits the first step and does not test it on the others",
                ),
            )
            .wrong(
                words(text(shift, if adds { times } else { -times })),
                slip("swaps-rule-numbers", "mixes up the number to multiply by and the number to add"),
            )
            .hint("A rule must work at every step, not only at the first one.")
            .hint("Try each rule on the first number. If it works, try it on the second number, too.")
            .say(format!(
                "The differences are {}, so the rule does more than add.",
                row(&differences(&terms))
            ))
            .step(
                format!(
                    "Try the first number: {first} × {times} = {}, and then {} {shift} gives {}.",
                    first * times,
                    if adds { "adding" } else { "subtracting" },
                    terms[1]
                ),
                int(terms[1]),
            )
            .step(
                format!(
                    "Try the next number: {} × {times} = {}, and then {} {shift} gives {}.",
                    terms[1],
                    terms[1] * times,
                    if adds { "adding" } else { "subtracting" },
                    terms[2]
                ),
                int(terms[2]),
            ),
    )
}

fn growing_design(g: &mut Gen) -> Option<Draft> {
    let kind = g.int(0..=3);
    let (first, more) =
        (g.by_level([3..=6, 3..=12, 4..=20, 4..=20]), g.by_level([2..=4, 2..=7, 3..=12, 3..=12]));
    let at = g.by_level([4..=6, 6..=15, 10..=40, 10..=40]);
    if first == more {
        return None;
    }
    let (thing, place) =
        [("toothpicks", "design"), ("tiles", "figure"), ("chairs", "row"), ("blocks", "tower")]
            [usize::try_from(kind).ok()?];
    let (f, s) = (count(first, thing, thing), count(first + more, thing, thing));
    let (t, nth) = (count(first + 2 * more, thing, thing), ordinal(at));
    let child = g.child();
    let stem = match kind {
        0 => format!(
            "{} makes designs with toothpicks. The first design takes {f}, the second takes {s} and the third takes {t}. If this goes on, how many toothpicks does the {nth} design take?",
            child.name
        ),
        1 => format!(
            "Figure 1 of a mosaic has {f}. Every figure after that has {more} more tiles than the one before it. How many tiles does Figure {at} have?"
        ),
        2 => format!(
            "In a theater, the first row has {f}, and every row has {more} more chairs than the row in front of it. How many chairs are in the {nth} row?"
        ),
        _ => format!(
            "{} builds towers of blocks. The first tower has {f}, the second has {s} and the third has {t}. If the pattern continues, how many blocks does the {nth} tower have?",
            child.name
        ),
    };
    let key = first + (at - 1) * more;
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(int(first + at * more), slip("one-step-too-many", "adds the step once for every term, even for the first one, which needs none"))
            .wrong(int(at * more), slip("ignores-the-start", "multiplies the step by the position and leaves out the first number"))
            .wrong(int(at * first), slip("multiplies-the-start", "multiplies the first number by the position as if every term were the same"))
            .wrong(int(first + (at - 2) * more), slip("one-step-too-few", "takes one step too few along the pattern"))
            .hint(format!("How many more {thing} are there each time?"))
            .hint(format!("Count the steps from the first {place} to the {nth} one. It is one step fewer than you may think."))
            .step(format!("Each {place} has {more} more {thing} than the one before."), int(more))
            .step(format!("From the first to the {nth} there are {at} − 1 = {} steps.", at - 1), int(at - 1))
            .step(format!("{} × {more} = {}.", at - 1, n((at - 1) * more)), int((at - 1) * more))
            .step(format!("{first} + {} = {}.", n((at - 1) * more), n(key)), int(key)),
    )
}
