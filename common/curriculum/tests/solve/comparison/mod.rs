//! Quantitative comparisons: many examples that fit what is given are worked out, and the orders are counted.

mod numbers;
mod shapes;
mod stories;

use super::Solver;
use super::expr::value;
use super::read::{Frac, Seen, re};

pub const SOLVERS: &[&[(&str, Solver)]] = &[numbers::SOLVERS, shapes::SOLVERS, stories::SOLVERS];

/// What is given, and the two columns.
fn parts<'a>(seen: &Seen<'a>) -> (&'a str, &'a str, &'a str) {
    let (before, b) = seen.stem.split_once("\nColumn B: ").unwrap();
    let (given, a) = before.split_once("Column A: ").unwrap();
    (given.trim(), a, b)
}

/// The choice for all the pairs of quantities that are possible.
fn decide(seen: &Seen, pairs: impl IntoIterator<Item = (Frac, Frac)>) -> Option<usize> {
    let mut found: Option<usize> = None;
    for pair in pairs {
        let one = seen.compare(Some(pair))?;
        if found.is_some_and(|before| before != one) {
            return seen.compare(None);
        }
        found = Some(one);
    }
    found
}

/// Whether a condition such as `x > 3`, `0 < x < 5`, `x > y and y > 0` or `x² = 4` is true.
fn fits(given: &str, letters: &[(char, Frac)]) -> bool {
    given.trim_end_matches('.').split(" and ").all(|part| {
        let signs: Vec<&str> = re(r"[<>=]").find_iter(part).map(|sign| sign.as_str()).collect();
        let sides: Vec<Frac> =
            part.split(['<', '>', '=']).map(|side| value(side, letters).unwrap()).collect();
        sides.windows(2).zip(signs).all(|(pair, sign)| match sign {
            "<" => pair[0] < pair[1],
            ">" => pair[0] > pair[1],
            _ => pair[0] == pair[1],
        })
    })
}
