//! Powers, roots, scientific notation and estimation.

use super::super::Solver;
use super::super::read::{Frac, Seen, find, number, numbers, re};
use super::calculate;

pub const SOLVERS: &[(&str, Solver)] = &[
    ("evaluate-powers", evaluate),
    ("number-power-rules", rules),
    ("root-between", between),
    ("simplify-root", simplify),
    ("compare-powers-roots", compare),
    ("scientific-notation-write", scientific),
    ("scientific-notation-multiply", multiply),
    ("estimate-product", product),
    ("estimate-total-cost", total),
    ("estimate-percent", percent),
];

const UP: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";

fn evaluate(seen: &Seen) -> Option<usize> {
    let text = re(r"\d[\d ⁰¹²³⁴⁵⁶⁷⁸⁹+\u{2212}]*[\d⁰¹²³⁴⁵⁶⁷⁸⁹]").find(seen.stem)?.as_str();
    seen.worth(calculate(text)?)
}

/// How often each prime is a factor of a product or quotient of powers.
fn prime_counts(text: &str) -> Vec<i128> {
    let count = |raised: &str| {
        if raised.is_empty() {
            return 1;
        }
        raised
            .chars()
            .filter_map(|c| UP.chars().position(|one| one == c))
            .fold(0, |all, digit| all * 10 + digit as i128)
    };
    let mut counts = vec![0; 20];
    let mut sign = 1;
    for found in re(r"([×÷])|\(?(\d+)([⁰¹²³⁴⁵⁶⁷⁸⁹]*)\)?([⁰¹²³⁴⁵⁶⁷⁸⁹]*)").captures_iter(text)
    {
        if let Some(operation) = found.get(1) {
            sign = if operation.as_str() == "÷" { -1 } else { 1 };
            continue;
        }
        let mut base: i128 = found[2].parse().unwrap();
        for p in 2..20 {
            while base % p == 0 {
                base /= p;
                counts[p as usize] += sign * count(&found[3]) * count(&found[4]);
            }
        }
        assert_eq!(base, 1);
    }
    counts
}

/// By the prime factors.
fn rules(seen: &Seen) -> Option<usize> {
    let text = re(r"[\d(][\d ()⁰¹²³⁴⁵⁶⁷⁸⁹×÷]*[⁰¹²³⁴⁵⁶⁷⁸⁹]").find(seen.stem)?.as_str();
    let wanted = prime_counts(text);
    seen.only(|choice| prime_counts(choice) == wanted)
}

fn between(seen: &Seen) -> Option<usize> {
    let v = number(re(r"√?(\d+)").captures(seen.stem)?.get(1)?.as_str())?.0;
    seen.only(|choice| {
        let n = numbers(choice);
        n[0].0 * n[0].0 < v && v < n[1].0 * n[1].0 && n[1].0 == n[0].0 + 1
    })
}

fn simplify(seen: &Seen) -> Option<usize> {
    let v = numbers(seen.stem)[0].0;
    seen.only(|choice| {
        let (out, under) = choice.split_once('√').unwrap();
        let (out, under) = (number(out).unwrap().0, number(under).unwrap().0);
        out * out * under == v && (2..=under).all(|d| under % (d * d) != 0)
    })
}

/// The square of a side, which orders positive quantities as they are.
fn squared(text: &str, x: Frac) -> Option<Frac> {
    // A sum of two roots: (√s + √t)² = s + t + 2√(st).
    if let Some(n) = find(text, r"^√{N} \+ √{N}$") {
        let middle = calculate(&format!("√{}", n[0].0 * n[1].0))?;
        return Some(n[0].plus(n[1]).plus(middle).plus(middle));
    }
    if let Some(n) = find(text, r"^√\({N} \+ {N}\)$") {
        return Some(n[0].plus(n[1]));
    }
    if let Some(n) = find(text, r"^√{N} × √{N}$") {
        return Some(n[0].times(n[1]));
    }
    if let Some(n) = find(text, r"^√{N}$") {
        return Some(n[0]);
    }
    let value = if text == "x" { x } else { calculate(&text.replace('x', &format!("({}÷{})", x.0, x.1)))? };
    Some(value.times(value))
}

fn compare(seen: &Seen) -> Option<usize> {
    let (given, rest) = seen.stem.split_once("Column A: ")?;
    let (a, b) = rest.split_once("\nColumn B: ")?;
    if let Some(n) = find(given, r"The square of x is {N}\.") {
        let other = number(b)?.0;
        let orders: Vec<usize> = (-100_i128..=100)
            .filter(|x| x * x == n[0].0)
            .map(|x| seen.compare(Some((x.into(), other.into()))).unwrap())
            .collect();
        return Some(if orders.iter().all(|order| *order == orders[0]) { orders[0] } else { 3 });
    }
    let least = find(given, r"x is greater than {N}\.").map_or(Frac(0, 1), |n| n[0]);
    let orders: Vec<usize> = (1..=60)
        .map(|k| least.plus(Frac::of(k, 4)))
        .map(|x| seen.compare(Some((squared(a, x).unwrap(), squared(b, x).unwrap()))).unwrap())
        .collect();
    Some(if orders.iter().all(|order| *order == orders[0]) { orders[0] } else { 3 })
}

/// The value of a number in scientific notation or not.
fn value(text: &str) -> Option<Frac> {
    let Some((front, rest)) = text.split_once(" × 10") else { return number(text) };
    let below = rest.starts_with('⁻');
    let power = rest
        .chars()
        .filter_map(|c| UP.chars().position(|one| one == c))
        .fold(0, |all, digit| all * 10 + digit);
    let mut value = number(front)?;
    for _ in 0..power {
        value = if below { value.over(10.into()) } else { value.times(10.into()) };
    }
    Some(value)
}

fn in_stem(stem: &str) -> Vec<Frac> {
    re(r"\d[\d,]*(?:\.\d+)?(?: × 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?")
        .find_iter(stem)
        .filter_map(|f| value(f.as_str()))
        .collect()
}

fn scientific(seen: &Seen) -> Option<usize> {
    let given = in_stem(seen.stem)[0];
    seen.only(|choice| value(choice) == Some(given))
}

fn multiply(seen: &Seen) -> Option<usize> {
    let n = in_stem(seen.stem);
    seen.only(|choice| {
        let front = number(choice.split_once(" × 10").unwrap().0).unwrap();
        value(choice).unwrap().over(n[1]) == n[0] && front < 10.into() && front >= 1.into()
    })
}

/// The choice nearest to the exact value, and no other one nearly as near.
fn nearest(seen: &Seen, exact: Frac) -> Option<usize> {
    let off = |at: usize| {
        let d = number(seen.choices[at]).unwrap().minus(exact);
        Frac(d.0.abs(), d.1)
    };
    let best = (0..4).find(|at| (0..4).all(|other| off(*at) <= off(other)))?;
    (0..4).all(|other| other == best || off(other) > off(best).times(Frac::of(5, 4))).then_some(best)
}

fn product(seen: &Seen) -> Option<usize> {
    let n = numbers(seen.stem);
    nearest(seen, n[0].times(n[1]))
}

fn total(seen: &Seen) -> Option<usize> {
    let sum = numbers(seen.stem).into_iter().fold(Frac(0, 1), Frac::plus);
    nearest(seen, sum)
}

fn percent(seen: &Seen) -> Option<usize> {
    let p = find(seen.stem, r"{N}%")?[0];
    let all = *numbers(seen.stem).iter().find(|n| **n != p)?;
    nearest(seen, p.times(all).over(100.into()))
}
