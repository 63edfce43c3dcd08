//! Data Analysis and Probability: by balancing, sorting, counting and listing.

mod averages;
mod chance;
mod graphs;

use super::Solver;
use super::read::{Frac, numbers, re};

pub const SOLVERS: &[&[(&str, Solver)]] = &[averages::SOLVERS, graphs::SOLVERS, chance::SOLVERS];

pub fn ints(text: &str) -> Vec<i128> {
    numbers(text).into_iter().filter(|n| n.1 == 1).map(|n| n.0).collect()
}

/// The numbers of the longest list in a text.
fn list(text: &str) -> Vec<i128> {
    let lists = re(r"\d+(?:, \d+)+(?: and \d+)?").find_iter(text).map(|found| ints(found.as_str()));
    lists.max_by_key(Vec::len).unwrap()
}

fn first(choice: &str) -> Option<Frac> {
    numbers(choice).first().copied()
}

fn median(mut all: Vec<i128>) -> Frac {
    // Ends are crossed out until one or two are left.
    all.sort_unstable();
    while all.len() > 2 {
        all.pop();
        all.remove(0);
    }
    Frac::of(all.iter().sum(), all.len() as i128)
}
