//! Whole numbers: primes, factors, multiples, means, places.

use super::{Answer, Fault, fault};
use crate::compute::expression::written;
use iseetutor_numbers::text::Token;
use iseetutor_numbers::{Rational, gcd, grouped};

/// Largest number that is tried for factors: a million divisions at most, a few milliseconds.
const LARGEST: i128 = 1_000_000_000_000;

type Property = fn(Rational) -> Option<Answer>;
type OfList = fn(&[Rational]) -> Option<Answer>;

/// "is N ...", longest first.
pub const PROPERTIES: [(&str, Property); 10] = [
    ("even or odd", parity),
    ("odd or even", parity),
    ("a prime number", prime),
    ("a composite number", prime),
    ("composite", prime),
    ("prime", prime),
    ("an even number", even),
    ("an odd number", odd),
    ("even", even),
    ("odd", odd),
];

/// "the ... of A, B and C".
pub const LISTS: [(&str, OfList); 10] = [
    ("greatest common factor", greatest_common),
    ("greatest common divisor", greatest_common),
    ("highest common factor", greatest_common),
    ("gcf", greatest_common),
    ("gcd", greatest_common),
    ("least common multiple", least_common),
    ("lowest common multiple", least_common),
    ("lcm", least_common),
    ("average", mean),
    ("mean", mean),
];

/// The prime factors of `n`, smallest first; `n` from 2 to [`LARGEST`].
fn primes_of(n: i128) -> Vec<i128> {
    let (mut rest, mut divisor, mut primes) = (n, 2, Vec::new());
    while divisor * divisor <= rest {
        while rest % divisor == 0 {
            primes.push(divisor);
            rest /= divisor;
        }
        divisor += if divisor == 2 { 1 } else { 2 };
    }
    if rest > 1 {
        primes.push(rest);
    }
    primes
}

fn within(value: Rational) -> Option<Result<i128, Answer>> {
    let n = value.as_whole()?;
    Some(if n > LARGEST { Err(fault(Fault::TooBig)) } else { Ok(n) })
}

/// Whether a number is prime; `None` when it is no whole number or too large to try.
pub fn is_prime(value: Rational) -> Option<bool> {
    let n = value.as_whole()?;
    (n <= LARGEST).then(|| n > 1 && primes_of(n).len() == 1)
}

fn prime(value: Rational) -> Option<Answer> {
    let n = match within(value)? {
        Ok(n) => n,
        Err(answer) => return Some(answer),
    };
    let shown = grouped(n);
    Some(Answer::new(match n {
        1 => "1 is not prime and not composite. A prime number has exactly two factors, and 1 has only one."
            .to_owned(),
        ..=1 => format!("No, {shown} is not prime. Prime numbers are greater than 1."),
        _ => match primes_of(n).as_slice() {
            [_] => format!("{shown} is a prime number. Only 1 and {shown} divide it evenly."),
            [first, ..] => {
                format!("{shown} is not prime. It is {} × {}.", grouped(*first), grouped(n / first))
            }
            [] => return None,
        },
    }))
}

fn parity(value: Rational) -> Option<Answer> {
    let n = value.as_whole()?;
    Some(Answer::new(format!("{} is {}.", grouped(n), if n % 2 == 0 { "even" } else { "odd" })))
}

fn even(value: Rational) -> Option<Answer> {
    let n = value.as_whole()?;
    Some(Answer::new(if n % 2 == 0 {
        format!("Yes, {} is even.", grouped(n))
    } else {
        format!("No, {} is odd.", grouped(n))
    }))
}

fn odd(value: Rational) -> Option<Answer> {
    let n = value.as_whole()?;
    Some(Answer::new(if n % 2 == 0 {
        format!("No, {} is even.", grouped(n))
    } else {
        format!("Yes, {} is odd.", grouped(n))
    }))
}

/// Whether `by` divides `value`.
pub fn divisible(value: Rational, by: Rational) -> Option<Answer> {
    let (n, by) = (value.as_whole()?, by.as_whole()?);
    if by == 0 {
        return Some(fault(Fault::DivideByZero));
    }
    if by < 0 || n < 0 {
        return None;
    }
    let (shown, divisor, times) = (grouped(n), grouped(by), grouped(n / by));
    Some(Answer::new(match n % by {
        0 => format!("Yes, {shown} is divisible by {divisor}. {divisor} × {times} is {shown}."),
        rest => {
            format!("No, {shown} is not divisible by {divisor}. It leaves a remainder of {}.", grouped(rest))
        }
    }))
}

/// All factors of a number of at most 1,000,000, so that they can be said.
pub fn factors(value: Rational) -> Option<Answer> {
    let n = value.as_whole().filter(|n| *n > 0)?;
    if n > 1_000_000 {
        return Some(fault(Fault::TooBig));
    }
    let all: Vec<String> = (1..=n).filter(|d| n % d == 0).map(grouped).collect();
    let [before @ .., last] = all.as_slice() else { return None };
    Some(Answer::new(if before.is_empty() {
        "The only factor of 1 is 1.".to_owned()
    } else {
        format!("The factors of {} are {} and {last}.", grouped(n), before.join(", "))
    }))
}

/// The prime factorisation.
pub fn prime_factors(value: Rational) -> Option<Answer> {
    let n = match within(value)? {
        Ok(n) if n > 1 => n,
        Ok(_) => return None,
        Err(answer) => return Some(answer),
    };
    let primes: Vec<String> = primes_of(n).into_iter().map(grouped).collect();
    Some(Answer::new(if primes.len() == 1 {
        format!("{} is a prime number, so it is its own prime factorization.", grouped(n))
    } else {
        format!("{} is {}.", grouped(n), primes.join(" × "))
    }))
}

fn positive(values: &[Rational]) -> Option<Vec<u128>> {
    values.iter().map(|v| v.as_whole().filter(|n| *n > 0).and_then(|n| u128::try_from(n).ok())).collect()
}

fn enumerated(values: &[Rational]) -> String {
    match values {
        [] => String::new(),
        [one] => one.to_string(),
        [before @ .., last] => {
            let before: Vec<String> = before.iter().map(|v| written(*v, true)).collect();
            format!("{} and {}", before.join(", "), written(*last, true))
        }
    }
}

fn greatest_common(values: &[Rational]) -> Option<Answer> {
    let common = positive(values)?.into_iter().reduce(gcd)?;
    let common = Rational::whole(i128::try_from(common).ok()?);
    Some(Answer::valued(format!("The greatest common factor of {} is {common}.", enumerated(values)), common))
}

fn least_common(values: &[Rational]) -> Option<Answer> {
    let mut common: u128 = 1;
    for value in positive(values)? {
        match (common / gcd(common, value)).checked_mul(value) {
            Some(next) => common = next,
            None => return Some(fault(Fault::TooBig)),
        }
    }
    let Ok(common) = i128::try_from(common) else { return Some(fault(Fault::TooBig)) };
    let common = Rational::whole(common);
    Some(Answer::valued(format!("The least common multiple of {} is {common}.", enumerated(values)), common))
}

fn mean(values: &[Rational]) -> Option<Answer> {
    let count = Rational::whole(i128::try_from(values.len()).ok()?);
    let sum = values.iter().try_fold(Rational::ZERO, |sum, value| sum.checked_add(*value));
    let Some(mean) = sum.and_then(|sum| sum.checked_div(count)) else { return Some(fault(Fault::TooBig)) };
    Some(Answer::valued(format!("The mean of {} is {}.", enumerated(values), written(mean, true)), mean))
}

/// The place that a number is rounded to: its name and its unit.
pub fn place(tokens: &[Token]) -> Option<(&'static str, Rational)> {
    const PLACES: [(&str, &str, i128, i128); 10] = [
        ("whole number", "whole number", 1, 1),
        ("one", "whole number", 1, 1),
        ("integer", "whole number", 1, 1),
        ("ten", "ten", 10, 1),
        ("hundred", "hundred", 100, 1),
        ("thousand", "thousand", 1_000, 1),
        ("tenth", "tenth", 1, 10),
        ("hundredth", "hundredth", 1, 100),
        ("thousandth", "thousandth", 1, 1_000),
        ("cent", "cent", 1, 100),
    ];
    let words: Vec<&str> = tokens.iter().map(Token::word).collect::<Option<_>>()?;
    let name = words.join(" ");
    let digits = match tokens {
        [Token::Number { value, .. }] => value.as_whole(),
        _ => None,
    };
    PLACES
        .iter()
        .find(|(form, _, above, below)| {
            *form == name || digits == Some(*above) && *below == 1 && *above >= 10
        })
        .and_then(|(_, name, above, below)| Some((*name, Rational::new(*above, *below)?)))
}
