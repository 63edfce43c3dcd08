//! Whole numbers: the four operations, in stories and bare.

use super::super::Solver;
use super::super::read::{Frac, Seen, find, number, numbers, re};
use super::calculate;

pub const SOLVERS: &[(&str, Solver)] = &[
    ("add-subtract-story", two_steps),
    ("subtract-across-zeros", across_zeros),
    ("multiply-story", multiply_story),
    ("multiply-by-two-digits", multiply_bare),
    ("divide-with-zero-in-quotient", divide_bare),
    ("remainder-story", remainder_story),
    ("remainder-of-changed-number", remainder_changed),
    ("distributive-shortcut", shortcut),
];

/// Plays the story with every choice and sees which fits.
fn two_steps(seen: &Seen) -> Option<usize> {
    let n = whole(seen.stem);
    let fits = |answer: i128| match seen.stem {
        text if text.contains("library") => answer + n[2] == n[0] + n[1],
        text if text.contains("points") => answer + n[1] == n[0] + n[2],
        text if text.contains("bakery") => answer - n[0] - n[1] == n[2],
        text if text.contains("Saturday") => answer - n[0] == n[0] + n[1],
        text if text.contains("stamps") => answer - n[0] == n[0] - n[1],
        _ => false,
    };
    seen.only(|choice| whole(choice).first().is_some_and(|answer| fits(*answer)))
}

fn whole(text: &str) -> Vec<i128> {
    numbers(text).into_iter().filter(|n| n.1 == 1).map(|n| n.0).collect()
}

fn across_zeros(seen: &Seen) -> Option<usize> {
    let n = whole(seen.stem);
    let (small, large) = (*n.iter().min()?, *n.iter().max()?);
    seen.only(|choice| number(choice).is_some_and(|more| more.0 + small == large))
}

fn multiply_story(seen: &Seen) -> Option<usize> {
    let text = seen.stem;
    let n = whole(text);
    // The pages story says the pages first; adding the groups up one by one does not mind.
    let mut all = 0;
    for _ in 0..n[0] {
        all += n[1];
    }
    let lost = ["spoiled", "used", "away"].iter().any(|word| text.contains(word));
    seen.worth(Frac(if lost { all - n[2] } else { all + n[2] }, 1))
}

fn multiply_bare(seen: &Seen) -> Option<usize> {
    let n = whole(seen.stem);
    seen.only(|choice| {
        number(choice).is_some_and(|product| product.0 % n[0] == 0 && product.0 / n[0] == n[1])
    })
}

fn divide_bare(seen: &Seen) -> Option<usize> {
    let n = whole(seen.stem);
    let (small, large) = (*n.iter().min()?, *n.iter().max()?);
    seen.only(|choice| number(choice).is_some_and(|quotient| quotient.0 * small == large))
}

/// Fills group after group.
fn remainder_story(seen: &Seen) -> Option<usize> {
    let n = whole(seen.stem);
    let (mut left, mut full) = (n[0], 0);
    while left >= n[1] {
        left -= n[1];
        full += 1;
    }
    let answer = if re("vans|album").is_match(seen.stem) {
        full + i128::from(left > 0)
    } else if re("left over").is_match(seen.stem) {
        left
    } else if re("How many more").is_match(seen.stem) {
        n[1] - left
    } else {
        full
    };
    seen.only(|choice| number(choice) == Some(Frac(answer, 1)))
}

fn remainder_changed(seen: &Seen) -> Option<usize> {
    let text = seen.stem;
    let (m, rest) = if text.contains("marble") {
        let n = find(text, r"bags of {N}, {N} marble")?;
        (n[0].0, n[1].0)
    } else if text.starts_with("When") {
        let n = find(text, r"divided by {N}, the remainder is {N}")?;
        (n[0].0, n[1].0)
    } else {
        let n = find(text, r"n by {N} leaves a remainder of {N}")?;
        (n[0].0, n[1].0)
    };
    let times = find(text, r"{N} times (?:as many|n)").map_or(1, |n| n[0].0);
    let plus = find(text, r"(?:plus|n and|had) {N}(?:,| more| is)").map_or(0, |n| n[0].0);
    // Several numbers with that remainder agree on the answer.
    let results: Vec<i128> = (2..9).map(|k| ((m * k + rest) * times + plus) % m).collect();
    results.windows(2).all(|pair| pair[0] == pair[1]).then_some(())?;
    seen.worth(results[0].into())
}

fn shortcut(seen: &Seen) -> Option<usize> {
    let n = whole(seen.stem);
    seen.only(|choice| calculate(choice) == Some(Frac(n[0] * n[1], 1)))
}
