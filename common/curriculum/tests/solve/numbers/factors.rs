//! Order of operations, factors, multiples, primes, odd and even.

use super::super::Solver;
use super::super::read::{Frac, Seen, find, number, numbers, re};
use super::calculate;

pub const SOLVERS: &[(&str, Solver)] = &[
    ("order-of-operations", evaluate),
    ("compare-expressions", compare_expressions),
    ("count-factors", count_factors),
    ("greatest-common-factor-story", greatest),
    ("least-common-multiple-story", least),
    ("count-primes", count_primes),
    ("prime-factorization", factorization),
    ("odd-or-even", parity),
    ("missing-digit-divisible", missing_digit),
    ("compare-factors-multiples", compare_factors),
];

fn evaluate(seen: &Seen) -> Option<usize> {
    let text = re(r"[\d(][\d ()+×÷\u{2212}²]*\?$").find(seen.stem)?.as_str();
    seen.worth(calculate(text.trim_end_matches('?'))?)
}

fn columns<'a>(seen: &Seen<'a>) -> Option<(&'a str, &'a str)> {
    let (_, rest) = seen.stem.split_once("Column A: ")?;
    rest.split_once("\nColumn B: ")
}

fn compare_expressions(seen: &Seen) -> Option<usize> {
    let (a, b) = columns(seen)?;
    seen.compare(Some((calculate(a)?, calculate(b)?)))
}

fn whole(text: &str) -> Vec<i128> {
    numbers(text).into_iter().map(|n| n.0).collect()
}

fn factors(value: i128) -> Vec<i128> {
    (1..=value).filter(|d| value % d == 0).collect()
}

fn prime(value: i128) -> bool {
    factors(value).len() == 2
}

fn count_factors(seen: &Seen) -> Option<usize> {
    let value = whole(seen.stem).into_iter().max()?;
    seen.worth(Frac(factors(value).len() as i128, 1))
}

/// The largest choice that divides both, as long as no greater number does.
fn greatest(seen: &Seen) -> Option<usize> {
    let n = whole(seen.stem);
    let best = (1..=n[0]).rev().find(|d| n.iter().all(|v| v % d == 0))?;
    seen.worth(best.into())
}

/// Counts up until all of them fit.
fn least(seen: &Seen) -> Option<usize> {
    let n = whole(seen.stem);
    let first = (1..100_000).find(|m| n.iter().all(|v| m % v == 0))?;
    seen.worth(first.into())
}

fn count_primes(seen: &Seen) -> Option<usize> {
    let n = whole(seen.stem);
    seen.worth(((n[0] + 1..n[1]).filter(|v| prime(*v)).count() as i128).into())
}

fn factorization(seen: &Seen) -> Option<usize> {
    let value = numbers(seen.stem)[0];
    seen.only(|choice| calculate(choice) == Some(value) && numbers(choice).iter().all(|base| prime(base.0)))
}

fn parity(seen: &Seen) -> Option<usize> {
    let found = re(r"\b([a-z]) (?:is|be|stands for) (an odd|an even) number and (?:the letter )?([a-z]) (?:is |stands for )?(an odd|an even)")
        .captures(seen.stem)?;
    let (one, two) = (found[1].to_owned(), found[3].to_owned());
    let start = |group: &str| i128::from(group == "an odd");
    let wanted = re(r"(?:must be|an|is|always) (odd|even)(?: value)?\?").captures(seen.stem)?[1] == *"odd";
    seen.only(|choice| {
        (0..6).all(|i| {
            let (x, y) = (start(&found[2]) + 2 * i, start(&found[4]) + 2 * ((i * 5 + 1) % 7));
            let text = choice.replace(&one, &x.to_string()).replace(&two, &y.to_string());
            (calculate(&text).unwrap().0 % 2 == 1) == wanted
        })
    })
}

fn missing_digit(seen: &Seen) -> Option<usize> {
    let pattern = re(r"digits (?:of a four-digit number are )?([\dd]), ([\dd]), ([\dd]), ([\dd]),")
        .captures(seen.stem)?;
    let by = find(seen.stem, r"(?:divisible by|divided by|multiple of) {N}")?[0].0;
    let digits: String = (1..=4).map(|at| pattern[at].to_owned()).collect();
    let fits: Vec<i128> = (0..=9)
        .filter(|d: &i128| digits.replace('d', &d.to_string()).parse::<i128>().unwrap() % by == 0)
        .collect();
    if seen.stem.contains("What digit") && fits.len() != 1 {
        return None;
    }
    seen.worth((*fits.last()?).into())
}

fn quantity(text: &str, n: i128) -> Option<i128> {
    let v = whole(text);
    Some(match text {
        "n" => n,
        _ if text.starts_with("The number of factors") => factors(v[0]).len() as i128,
        _ if text.starts_with("The greatest common factor") => {
            *factors(v[0]).iter().rfind(|d| v[1] % **d == 0)?
        }
        _ if text.starts_with("The least common multiple") => {
            (1..=v[0] * v[1]).find(|m| m % v[0] == 0 && m % v[1] == 0)?
        }
        _ if text.starts_with("The greatest prime factor") => {
            factors(v[0]).into_iter().rfind(|d| prime(*d))?
        }
        _ if text.starts_with("The remainder") => n % v[0],
        _ => number(text)?.0,
    })
}

fn compare_factors(seen: &Seen) -> Option<usize> {
    let (a, b) = columns(seen)?;
    let allowed: Vec<i128> =
        match find(seen.stem, r"^The positive whole number n is a (?:multiple|factor) of {N}\.") {
            Some(n) if seen.stem.contains("multiple of") => (1..=200).map(|k| k * n[0].0).collect(),
            Some(n) => factors(n[0].0),
            None => vec![1],
        };
    let mut orders: Vec<usize> = Vec::new();
    for n in allowed {
        orders.push(seen.compare(Some((quantity(a, n)?.into(), quantity(b, n)?.into())))?);
    }
    Some(if orders.windows(2).all(|pair| pair[0] == pair[1]) { orders[0] } else { 3 })
}
