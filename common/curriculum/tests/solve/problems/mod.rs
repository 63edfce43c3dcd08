//! Problem Solving: by trying, simulating and searching.

mod logic;
mod pairs;
mod rates;
mod stories;

use super::Solver;
use super::data::ints;
use super::read::{Seen, find, re};

pub const SOLVERS: &[&[(&str, Solver)]] = &[stories::SOLVERS, pairs::SOLVERS, logic::SOLVERS, rates::SOLVERS];

/// The choice whose whole number passes a test.
fn fits(seen: &Seen, test: impl Fn(i128) -> bool) -> Option<usize> {
    seen.only(|choice| ints(choice).first().is_some_and(|n| test(*n)))
}

/// The whole numbers that the groups of a pattern hold.
fn whole(text: &str, pattern: &str) -> Option<Vec<i128>> {
    Some(find(text, pattern)?.into_iter().map(|n| n.0).collect())
}

/// How often: once, twice, 3 times.
fn often(text: &str) -> i128 {
    let found = re(r"once|twice|(\d+) times").captures(text).unwrap();
    match &found[0] {
        "once" => 1,
        "twice" => 2,
        _ => found[1].parse().unwrap(),
    }
}

fn spelled(word: &str) -> i128 {
    let words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight"];
    words.iter().position(|one| *one == word).unwrap() as i128
}

/// "first", "12th".
fn place(word: &str) -> i128 {
    let words = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
        "eleventh", "twelfth",
    ];
    words
        .iter()
        .position(|one| *one == word)
        .map_or_else(|| ints(&word[..word.len() - 2])[0], |at| at as i128 + 1)
}
