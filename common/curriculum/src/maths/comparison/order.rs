//! Comparisons of unknown numbers whose range or order is given.

use super::write::{n, slip, term};
use super::{A, B, EQUAL, UNKNOWN, compare, verdict};
use crate::draft::{Draft, Gen, Template};
use crate::item::Misconception;
use crate::level::Level::{Middle, Upper};
use crate::level::Section::Quantitative;
use crate::level::Strand;

pub const TEMPLATES: &[Template] = &[
    Template {
        id: "compare-square-and-multiple",
        skill: "comparison.algebra",
        strand: Strand::Algebra,
        sections: &[Quantitative],
        levels: &[Middle, Upper],
        make: square_and_multiple,
    },
    Template {
        id: "compare-two-unknowns",
        skill: "comparison.algebra",
        strand: Strand::Algebra,
        sections: &[Quantitative],
        levels: &[Middle, Upper],
        make: two_unknowns,
    },
];

const LARGE_ONLY: Misconception = slip(
    "tries-large-numbers-only",
    "tries only large whole numbers and forgets fractions and numbers below 0",
);
const SQUARE_GROWS: Misconception =
    slip("square-always-greater", "thinks that a square is always the greater one");
const MULTIPLE_GROWS: Misconception =
    slip("multiple-always-greater", "thinks that multiplying always makes more than squaring does");

fn square_and_multiple(g: &mut Gen) -> Option<Draft> {
    let letter = g.pick(&["x", "y"]);
    let k = g.by_level([1..=6, 1..=6, 1..=9, 1..=12]);
    let swap = g.one_in(2);
    let kind = g.int(0..=5);
    // `kx` against the square: the multiple is greater exactly between 0 and k.
    let (given, multiple_wins, say) = match kind {
        0 => (
            format!("0 < {letter} < {k}"),
            Some(true),
            format!(
                "Divide both columns by {letter}, which is positive. That leaves {k} and {letter}, and {letter} is less than {k}."
            ),
        ),
        1 => {
            let low = k + g.int(0..=4);
            (
                format!("{letter} > {low}"),
                Some(false),
                format!(
                    "Divide both columns by {letter}, which is positive. That leaves {k} and {letter}, and {letter} is greater than {k}."
                ),
            )
        }
        2 => {
            let high = -g.int(0..=4);
            (
                format!("{letter} < {}", n(high)),
                Some(false),
                format!(
                    "{letter} is negative, so its square is positive and {} is negative.",
                    term(k, letter)
                ),
            )
        }
        3 => (
            format!("{letter} > 0"),
            None,
            format!(
                "If {letter} = {}, the square is greater. If {letter} is half of {k}, the multiple is greater.",
                k + 1
            ),
        ),
        4 => {
            let low = g.int(1..=k.max(2)) - 1;
            if low >= k {
                return None;
            }
            (
                format!("{letter} > {low}"),
                None,
                format!(
                    "The square is greater for {letter} = {}, but {} is greater when {letter} lies between {low} and {k}.",
                    k + 1,
                    term(k, letter)
                ),
            )
        }
        _ => {
            let (low, high) = (-g.int(1..=4), k + g.int(1..=5));
            (
                format!("{} < {letter} < {high}", n(low)),
                None,
                format!("For {letter} = 0 the columns are equal, but they are not for other numbers."),
            )
        }
    };
    let right = match multiple_wins {
        None => UNKNOWN,
        Some(wins) => {
            if wins == swap {
                B
            } else {
                A
            }
        }
    };
    let (multiple, square) = (term(k, letter), format!("{letter}²"));
    let (left, other, multiple_at, square_at) =
        if swap { (&square, &multiple, B, A) } else { (&multiple, &square, A, B) };
    let draft = compare(
        &given,
        left,
        other,
        right,
        &[
            (square_at, if kind == 0 { LARGE_ONLY } else { SQUARE_GROWS }),
            (multiple_at, MULTIPLE_GROWS),
            (
                EQUAL,
                slip(
                    "tests-equal-case-only",
                    "tries only a number for which both columns happen to be equal",
                ),
            ),
            (UNKNOWN, slip("ignores-the-condition", "does not use what is given about the number")),
        ],
    )
    .hint("Use only numbers that are allowed. Try a fraction and a larger number, too.")
    .hint(if kind == 2 {
        "What is the sign of each column?"
    } else {
        "When you divide both columns by the same positive number, the greater one stays greater."
    });
    Some(draft.say(say).say(verdict(right)))
}

fn two_unknowns(g: &mut Gen) -> Option<Draft> {
    let (first, second) = g.pick(&[("x", "y"), ("y", "x")]);
    let kind = g.int(0..=5);
    let (k, j) = g.two(2..=12);
    let (given, left, other, right, say) = match kind {
        0 => {
            let (given, left, other) =
                (format!("{first} > {second}"), format!("{first} + {k}"), format!("{second} + {j}"));
            let right = if k > j { A } else { UNKNOWN };
            let say = if k > j {
                format!(
                    "{first} is more than {second}, and {k} is more than {j}, so both parts of Column A are greater."
                )
            } else {
                format!(
                    "If {first} is only a little more than {second}, Column B is greater, because {j} is more than {k}. If {first} is much more, Column A is greater."
                )
            };
            (given, left, other, right, say)
        }
        1 => (
            format!("{first} > {second}"),
            format!("{k} \u{2212} {first}"),
            format!("{k} \u{2212} {second}"),
            B,
            format!("Taking away more leaves less. More is taken away from {k} in Column A."),
        ),
        2 => {
            let times = k;
            (
                format!("{first} > {second}"),
                format!("{times}{first}"),
                format!("{times}{second}"),
                A,
                format!("Multiplying both numbers by {times}, which is positive, keeps their order."),
            )
        }
        3 => {
            let low = g.int(0..=8);
            (
                format!("{first} > {second} and {second} > {low}"),
                format!("{j}{first}²"),
                format!("{j}{second}²"),
                A,
                format!(
                    "Both numbers are positive, so the greater number has the greater square, and {j} times as much keeps that order."
                ),
            )
        }
        4 => (
            format!("{first} > {second}"),
            format!("{j}{first}²"),
            format!("{j}{second}²"),
            UNKNOWN,
            format!(
                "If {first} = 2 and {second} = 1, Column A is greater. If {first} = 1 and {second} = −2, Column B is greater."
            ),
        ),
        _ => (
            format!("{first} > {second} and {second} > 0"),
            format!("{k}/{first}"),
            format!("{k}/{second}"),
            B,
            format!("Dividing {k} by a greater positive number gives less."),
        ),
    };
    let (left, other, right) = if g.one_in(2) {
        (left, other, right)
    } else {
        (
            other,
            left,
            match right {
                A => B,
                B => A,
                same => same,
            },
        )
    };
    let swapped = !(left.contains(first));
    let say = if swapped {
        say.replace("Column A", "Column C").replace("Column B", "Column A").replace("Column C", "Column B")
    } else {
        say
    };
    Some(
        compare(
            &given,
            &left,
            &other,
            right,
            &[
                (if swapped { B } else { A }, slip("greater-letter-wins", "thinks that the side with the greater letter is always greater")),
                (if swapped { A } else { B }, slip("reverses-the-order", "turns the order of the two numbers around although nothing turns it")),
                (EQUAL, slip("same-form-means-equal", "takes two expressions of the same form as equal")),
                (UNKNOWN, slip("needs-the-numbers", "thinks that the order cannot be known without knowing the numbers themselves")),
            ],
        )
        .hint(format!("Put two easy numbers in the place of {first} and {second}. Then try numbers of another kind, such as negative ones if they are allowed."))
        .hint("Does what is done to both numbers keep their order, turn it around, or can it do either?")
        .say(say)
        .say(verdict(right)),
    )
}
