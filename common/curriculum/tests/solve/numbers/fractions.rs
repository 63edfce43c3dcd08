//! Fractions.

use super::super::Solver;
use super::super::read::{Frac, Seen, find, number, numbers, re};

pub const SOLVERS: &[(&str, Solver)] = &[
    ("add-unlike-fractions", add_unlike),
    ("equivalent-fraction", equivalent),
    ("order-fractions-story", order),
    ("compare-fractions", compare),
    ("subtract-unlike-fractions", subtract),
    ("add-mixed-numbers", add_mixed),
    ("subtract-mixed-numbers", subtract),
    ("multiply-fractions-story", multiply),
    ("fraction-of-a-number", of_number),
    ("divide-by-fraction", divide),
    ("whole-from-part", whole),
    ("fraction-of-the-rest", rest),
];

fn add_unlike(seen: &Seen) -> Option<usize> {
    let n = find(seen.stem, r"{N} of a\w* .*?{N} of")?;
    seen.worth(n[0].plus(n[1]))
}

/// The choice whose product of the outer numbers is that of the inner ones.
fn equivalent(seen: &Seen) -> Option<usize> {
    let n = find(seen.stem, r"^{N} of the {N} seats").or_else(|| {
        let found = re(r"(\d+)/(\d+)").captures(seen.stem)?;
        Some(vec![number(&found[1])?, number(&found[2])?])
    })?;
    seen.only(|choice| {
        let (c, d) = choice.split_once('/').unwrap_or((choice, "1"));
        n[0].times(number(d).unwrap()) == n[1].times(number(c).unwrap())
    })
}

fn order(seen: &Seen) -> Option<usize> {
    let told: Vec<(String, Frac)> = re(r"([A-Z][a-z]+) (\d+/\d+)")
        .captures_iter(seen.stem)
        .map(|f| (f[1].to_owned(), number(&f[2]).unwrap()))
        .collect();
    let least = re("shortest|least").is_match(seen.stem);
    let best = told
        .iter()
        .find(|(_, one)| told.iter().all(|(_, other)| if least { one <= other } else { one >= other }))?;
    seen.says(&best.0)
}

fn quantity(text: &str, k: i128) -> Option<Frac> {
    if let Some(n) = find(text, r"^{N} of {N}$") {
        return Some(n[0].times(n[1]));
    }
    if let Some(n) = find(text, r"^{N}/\(k \+ {N}\)$") {
        return Some(n[0].over(n[1].plus(k.into())));
    }
    if let Some(n) = find(text, r"^k/{N}$") {
        return Some(Frac::of(k, n[0].0));
    }
    number(text)
}

fn compare(seen: &Seen) -> Option<usize> {
    let (_, rest) = seen.stem.split_once("Column A: ")?;
    let (a, b) = rest.split_once("\nColumn B: ")?;
    let orders: Vec<usize> = (1..100)
        .map(|k| seen.compare(Some((quantity(a, k).unwrap(), quantity(b, k).unwrap()))).unwrap())
        .collect();
    Some(if orders.iter().all(|order| *order == orders[0]) { orders[0] } else { 3 })
}

/// What is left, and what was taken, are the first amount again.
fn subtract(seen: &Seen) -> Option<usize> {
    let n = numbers(seen.stem);
    seen.only(|choice| number(choice).unwrap().plus(n[1]) == n[0])
}

fn add_mixed(seen: &Seen) -> Option<usize> {
    let n = numbers(seen.stem);
    seen.only(|choice| number(choice).unwrap().minus(n[1]) == n[0])
}

/// Counts small squares of a whole cut both ways.
fn multiply(seen: &Seen) -> Option<usize> {
    let n = numbers(seen.stem);
    let (wide, tall) = (n[0].1, n[1].1);
    let mut both = 0;
    for x in 0..wide {
        for y in 0..tall {
            both += i128::from(x < n[0].0 && y < n[1].0);
        }
    }
    seen.worth(Frac::of(both, wide * tall))
}

fn of_number(seen: &Seen) -> Option<usize> {
    let n = numbers(seen.stem);
    let (part, all) = if n[0].1 > 1 { (n[0], n[1].0) } else { (n[1], n[0].0) };
    // Every so many things in a row, so many belong to the part.
    let taken = (0..all).filter(|at| at % part.1 < part.0).count() as i128;
    let rest = re(r"\bnot\b|left").is_match(seen.stem);
    seen.worth((if rest { all - taken } else { taken }).into())
}

fn divide(seen: &Seen) -> Option<usize> {
    let n = numbers(seen.stem);
    let (all, piece) = if n[0] < n[1] { (n[1], n[0]) } else { (n[0], n[1]) };
    let (mut left, mut pieces) = (all, 0);
    while left >= piece {
        left = left.minus(piece);
        pieces += 1;
    }
    if left.0 != 0 {
        return None;
    }
    seen.only(|choice| number(choice) == Some(Frac(pieces, 1)))
}

fn whole(seen: &Seen) -> Option<usize> {
    let n = numbers(seen.stem);
    let (t, part) = if n[0].1 > 1 { (n[0], n[1]) } else { (n[1], n[0]) };
    seen.only(|choice| number(choice).unwrap().times(t) == part)
}

/// With a number of things that can be shared both ways.
fn rest(seen: &Seen) -> Option<usize> {
    let n = numbers(seen.stem);
    let things = n[0].1 * n[1].1;
    let after = things - things / n[0].1 * n[0].0;
    let end = after - after / n[1].1 * n[1].0;
    seen.worth(Frac::of(end, things))
}
