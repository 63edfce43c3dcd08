//! Ratio, proportion, integers and the number line.

use super::super::Solver;
use super::super::read::{Frac, Seen, find, number, numbers, re};
use super::calculate;

pub const SOLVERS: &[(&str, Solver)] = &[
    ("simplest-ratio", simplest),
    ("proportion-story", proportion),
    ("share-in-ratio", share),
    ("inverse-proportion", inverse),
    ("compare-rates", unit_prices),
    ("temperature-story", temperature),
    ("integer-expression", expression),
    ("difference-across-zero", across_zero),
    ("absolute-value", expression),
    ("compare-integers", compare),
    ("number-line-point", number_line),
];

fn whole(text: &str) -> Vec<i128> {
    numbers(text).into_iter().map(|n| n.0).collect()
}

fn simplest(seen: &Seen) -> Option<usize> {
    let n = whole(seen.stem);
    let second = if seen.stem.contains("to all") { n[0] + n[1] } else { n[1] };
    seen.only(|choice| {
        let c = whole(choice);
        // The same ratio, and nothing that divides both.
        c[0] * second == c[1] * n[0] && (2..=c[0].max(1)).all(|d| c[0] % d != 0 || c[1] % d != 0)
    })
}

/// The cross products of the two pairs are equal.
fn proportion(seen: &Seen) -> Option<usize> {
    let n = whole(seen.stem);
    // The first two numbers belong together; which is which shows the thing that is counted again.
    let first_is_count = re(r"^(?:\d+ tickets|A car|On a map)").is_match(seen.stem);
    let (count, amount) = if first_is_count { (n[0], n[1]) } else { (n[1], n[0]) };
    seen.only(|choice| number(choice).unwrap().0 * count == amount * n[2])
}

/// Hands out round after round.
fn share(seen: &Seen) -> Option<usize> {
    let ratio = find(seen.stem, r"{N} to {N}")?;
    let (x, y) = (ratio[0].0, ratio[1].0);
    let all = *whole(seen.stem).iter().find(|n| **n != x && **n != y).or(whole(seen.stem).iter().max())?;
    let all = re(r"(?:share|are|in|of) (\d[\d,]*) (?:dollars|cats|cups|singers)")
        .captures(seen.stem)
        .and_then(|f| number(&f[1]))
        .map_or(all, |n| n.0);
    let (mut left, mut first) = (all, 0);
    while left >= x + y {
        left -= x + y;
        first += x;
    }
    (left == 0).then_some(())?;
    seen.worth(first.into())
}

fn inverse(seen: &Seen) -> Option<usize> {
    let n = whole(seen.stem);
    // Workers, time, workers: the work is the same.
    seen.only(|choice| number(choice).unwrap().times(n[2].into()) == Frac(n[0] * n[1], 1))
}

fn columns<'a>(seen: &Seen<'a>) -> Option<(&'a str, &'a str, &'a str)> {
    let (given, rest) = seen.stem.split_once("Column A: ")?;
    let (a, b) = rest.split_once("\nColumn B: ")?;
    Some((given, a, b))
}

fn over_all(orders: &[usize]) -> usize {
    if orders.iter().all(|order| *order == orders[0]) { orders[0] } else { 3 }
}

fn unit_prices(seen: &Seen) -> Option<usize> {
    let (given, _, b) = columns(seen)?;
    if let Some(n) = find(given, r"ratio of \w+ to \w+ is {N} to {N}") {
        let other = number(b)?;
        let orders: Vec<usize> =
            (1..100).map(|k| seen.compare(Some((n[0].times(k.into()), other))).unwrap()).collect();
        return Some(over_all(&orders));
    }
    let n = find(given, r"sells {N} \w+ for {N}\. Store Y sells {N} \w+ for {N}\.")?;
    // As many of each as both packs go into.
    seen.compare(Some((n[1].times(n[2]), n[3].times(n[0]))))
}

/// One degree at a time.
fn temperature(seen: &Seen) -> Option<usize> {
    let n = whole(seen.stem);
    let mut at = -n[0].abs();
    let mut changes = n[1..].to_vec();
    if seen.stem.contains("drone") {
        changes = n[2..].to_vec();
    }
    for _ in 0..changes[0] {
        at += 1;
    }
    for _ in 0..changes[1] {
        at -= 1;
    }
    seen.worth(at.into())
}

fn expression(seen: &Seen) -> Option<usize> {
    let text = re(r"[\d(|\u{2212}][\d ()+×÷\u{2212}|]*[\d)|]").find(seen.stem)?.as_str();
    seen.worth(calculate(text)?)
}

fn across_zero(seen: &Seen) -> Option<usize> {
    let n = whole(seen.stem);
    let (low, high) = (-n.iter().map(|v| v.abs()).min()?, n.iter().map(|v| v.abs()).max()?);
    // It does not matter which of the two is below zero.
    seen.worth(Frac(high - low, 1))
}

fn compare(seen: &Seen) -> Option<usize> {
    let (given, a, b) = columns(seen)?;
    let fits = |n: i128| match given {
        text if text.contains("negative integer") => n < 0,
        text if text.contains("absolute value of n") => n.abs() == whole(text)[0],
        text if text.contains("less than") => n < whole(text)[0],
        _ => n == 0,
    };
    let put = |text: &str, n: i128| {
        let written = if n < 0 { format!("(\u{2212}{})", -n) } else { n.to_string() };
        calculate(&text.replace('n', &written)).unwrap()
    };
    let orders: Vec<usize> = (-200..=200)
        .filter(|n| fits(*n))
        .map(|n| seen.compare(Some((put(a, n), put(b, n)))).unwrap())
        .collect();
    Some(over_all(&orders))
}

/// Walks along the marks.
fn number_line(seen: &Seen) -> Option<usize> {
    let figure = seen.figure?;
    let ends = find(figure, r"from {N} to {N}\.")?;
    let parts = find(figure, r"into {N} equal spaces")?[0];
    let place = re(r"is on the (\w+) mark").captures(figure)?[1].to_owned();
    const WORDS: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
        "eleventh", "twelfth",
    ];
    let steps = WORDS.iter().position(|word| *word == place)? + 1;
    let one = ends[1].minus(ends[0]).over(parts);
    let mut at = ends[0];
    for _ in 0..steps {
        at = at.plus(one);
    }
    seen.only(|choice| number(choice) == Some(at))
}
