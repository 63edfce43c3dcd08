//! Quantitative comparisons, from every strand.

mod algebra;
mod data;
mod geometry;
mod measurement;
mod numbers;
mod order;
mod problems;

use super::algebra::write;
use crate::draft::{Draft, Template};
use crate::exact::Q;
use crate::item::Misconception;
use write::slip;

/// Its templates, file by file.
pub const TEMPLATES: &[&[Template]] = &[
    numbers::TEMPLATES,
    algebra::TEMPLATES,
    order::TEMPLATES,
    geometry::TEMPLATES,
    measurement::TEMPLATES,
    data::TEMPLATES,
    problems::TEMPLATES,
];

/// The places of the four fixed choices.
const A: usize = 0;
const B: usize = 1;
const EQUAL: usize = 2;
const UNKNOWN: usize = 3;

const SWAPS_COLUMNS: Misconception =
    slip("mixes-up-columns", "finds the right values but mixes up the two columns");
const LOOKS_EQUAL: Misconception =
    slip("close-means-equal", "takes two quantities that are near each other or look alike as equal");
const GIVES_UP: Misconception =
    slip("gives-up-comparing", "says that it cannot be determined although everything needed is given");
const ONE_EXAMPLE: Misconception =
    slip("tests-one-example", "tries a single example and takes its result for all of them");

/// The choice that two known quantities lead to.
fn order(a: impl Into<Q>, b: impl Into<Q>) -> usize {
    match a.into().cmp(&b.into()) {
        std::cmp::Ordering::Greater => A,
        std::cmp::Ordering::Less => B,
        std::cmp::Ordering::Equal => EQUAL,
    }
}

/// The choice that a set of possible orders leads to.
fn settle(possible: impl IntoIterator<Item = usize>) -> usize {
    let mut all = possible.into_iter();
    let first = all.next().unwrap_or(UNKNOWN);
    if all.all(|one| one == first) { first } else { UNKNOWN }
}

/// A comparison. Each guess is a choice and the mistake that leads to it; choices without a guess of their own get the
/// usual reason.
fn compare(given: &str, a: &str, b: &str, right: usize, guesses: &[(usize, Misconception)]) -> Draft {
    let mistakes = std::array::from_fn(|at| {
        let usual = match at {
            _ if right == UNKNOWN => ONE_EXAMPLE,
            A | B => SWAPS_COLUMNS,
            EQUAL => LOOKS_EQUAL,
            _ => GIVES_UP,
        };
        let own = guesses.iter().find(|(choice, _)| *choice == at).map_or(usual, |(_, mistake)| *mistake);
        (at != right).then_some(own)
    });
    Draft::comparison(given, a, b, right, mistakes)
}

/// How the two quantities end up, in words.
fn verdict(right: usize) -> &'static str {
    match right {
        A => "So the quantity in Column A is greater.",
        B => "So the quantity in Column B is greater.",
        EQUAL => "So the two quantities are equal.",
        _ => "So it depends, and the relationship cannot be determined.",
    }
}

/// `a, b or c`.
fn either(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
