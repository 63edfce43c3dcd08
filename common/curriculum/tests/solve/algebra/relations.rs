//! Amounts that vary together.

use super::super::Solver;
use super::super::read::{Frac, Seen, find, number};

pub const SOLVERS: &[(&str, Solver)] = &[("direct-variation", direct), ("inverse-variation", inverse)];

fn pairs(text: &str) -> Option<[Frac; 3]> {
    for (pattern, order) in [
        (r"If y = {N} when x = {N}, what is y when x = {N}", [1, 0, 2]),
        (r"weight of {N} pounds stretches .* {N} millimeters\. .* weight of {N} pounds", [0, 1, 2]),
        (r"gets {N} for {N} hours\. .* for {N} hours", [1, 0, 2]),
        (r"prints {N} pages in {N} minutes .* in {N} minutes", [1, 0, 2]),
        (r"takes {N} workers {N} hours .* take {N} workers", [0, 1, 2]),
        (r"lasts {N} horses for {N} days\. .* last {N} horses", [0, 1, 2]),
        (r"At {N} miles an hour the trip takes {N} hours\. .* at {N} miles", [0, 1, 2]),
    ] {
        if let Some(n) = find(text, pattern) {
            return Some(order.map(|at| n[at]));
        }
    }
    None
}

fn direct(seen: &Seen) -> Option<usize> {
    let [x, y, new] = pairs(seen.stem)?;
    seen.only(|choice| number(choice).unwrap().over(new) == y.over(x))
}

fn inverse(seen: &Seen) -> Option<usize> {
    let [x, y, new] = pairs(seen.stem)?;
    seen.only(|choice| number(choice).unwrap().times(new) == x.times(y))
}
