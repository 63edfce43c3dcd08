//! The Primary levels: by counting, drawing up lists and trying the choices.

mod numbers;
mod stories;

use super::Solver;
use super::data::ints;
use super::read::Seen;

pub const SOLVERS: &[&[(&str, Solver)]] = &[numbers::SOLVERS, stories::SOLVERS];

fn fits(seen: &Seen, test: impl Fn(i128) -> bool) -> Option<usize> {
    seen.only(|choice| ints(choice).first().is_some_and(|n| test(*n)))
}
