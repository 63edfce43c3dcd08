//! Place value and rounding.

use super::super::Solver;
use super::super::read::{Frac, Seen, find, number, numbers, re};

pub const SOLVERS: &[(&str, Solver)] = &[
    ("digit-value", digit_value),
    ("digit-value-times", digit_times),
    ("number-from-words", from_words),
    ("round-whole-number", round),
    ("round-decimal", round),
    ("compare-rounded", compare_rounded),
];

/// What the digit at a byte of a written number contributes: the number less the same with a zero there.
fn worth_at(written: &str, at: usize) -> Frac {
    let mut zeroed = written.to_owned();
    zeroed.replace_range(at..=at, "0");
    number(written).unwrap().minus(number(&zeroed).unwrap())
}

fn digit_value(seen: &Seen) -> Option<usize> {
    let written = re(r"\d[\d,]*\d(?:\.\d+)?|\d\.\d+").find(seen.stem)?.as_str();
    let digit = re(r"digit (\d)").captures(seen.stem)?.get(1)?.as_str();
    seen.worth(worth_at(written, written.find(digit)?))
}

fn digit_times(seen: &Seen) -> Option<usize> {
    let written = re(r"\d[\d,]+(?:\.\d+)?|\d\.\d+").find(seen.stem)?.as_str();
    let digit = re(r"(?:the|digit) (\d) ").captures(seen.stem)?.get(1)?.as_str();
    let (left, right) = (worth_at(written, written.find(digit)?), worth_at(written, written.rfind(digit)?));
    seen.only(|choice| number(choice).is_some_and(|times| times.times(right) == left))
}

/// The value of number words.
fn spelled(text: &str) -> Option<i128> {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let (mut all, mut group, mut some) = (0, 0, false);
    for word in text.split([' ', '-']) {
        if let Some(small) = SMALL.iter().position(|name| *name == word) {
            group += i128::try_from(small).ok()?;
        } else if let Some(tens) = TENS.iter().position(|name| *name == word) {
            group += i128::try_from(tens).ok()? * 10 + 20;
        } else {
            match word {
                "hundred" => group *= 100,
                "thousand" => (all, group) = (all + group * 1_000, 0),
                "million" => (all, group) = (all + group * 1_000_000, 0),
                _ => return None,
            }
        }
        some = true;
    }
    some.then_some(all + group)
}

fn from_words(seen: &Seen) -> Option<usize> {
    let sum = numbers(seen.stem).into_iter().fold(Frac(0, 1), Frac::plus);
    if sum.0 > 0 {
        return seen.worth(sum);
    }
    let text = re(r"(?:is|has) ([a-z -]+?)(?: trees\.|\?)").captures(seen.stem)?.get(1)?.as_str();
    seen.worth(spelled(text)?.into())
}

/// The place that is asked for, as a unit.
fn unit(text: &str) -> Option<Frac> {
    let name = re(r"nearest ([a-z ]+?)(?:[?.,]|$)").captures(text)?.get(1)?.as_str();
    Some(match name {
        "whole number" => Frac(1, 1),
        "tenth" => Frac(1, 10),
        "hundredth" => Frac(1, 100),
        "thousandth" => Frac(1, 1_000),
        words => spelled(words).map(|unit| Frac(if unit == 0 { 1 } else { unit.max(1) }, 1))?,
    })
}

fn distance(a: Frac, b: Frac) -> Frac {
    let d = a.minus(b);
    Frac(d.0.abs(), d.1)
}

/// The choice that is a multiple of the unit, not more than half a unit off, and the greater one of two.
fn round(seen: &Seen) -> Option<usize> {
    let bare = match seen.stem.split_once("nearest ")?.1.split([',', '?', '.']).next()? {
        "ten" => Frac(10, 1),
        "hundred" => Frac(100, 1),
        "thousand" => Frac(1_000, 1),
        "ten thousand" => Frac(10_000, 1),
        "hundred thousand" => Frac(100_000, 1),
        "million" => Frac(1_000_000, 1),
        _ => unit(seen.stem)?,
    };
    let exact = *numbers(seen.stem).first()?;
    seen.only(|choice| {
        let rounded = number(choice).unwrap();
        let off = distance(rounded, exact).times(2.into());
        rounded.over(bare).1 == 1 && (off < bare || (off == bare && rounded > exact))
    })
}

fn compare_rounded(seen: &Seen) -> Option<usize> {
    let rounded = find(seen.stem, r"(?:is|to the nearest [a-z ]+, that number is|the result is) {N}\.")?[0].0;
    let other = find(seen.stem, r"Column B: {N}$")?[0].0;
    let unit = if seen.stem.contains("ten thousand") {
        10_000
    } else if seen.stem.contains("thousand") {
        1_000
    } else if seen.stem.contains("hundred") {
        100
    } else {
        10
    };
    // Every whole number that rounds to it.
    let close =
        (rounded - unit..=rounded + unit).filter(|n| (n + unit / 2).div_euclid(unit) * unit == rounded);
    let orders: Vec<std::cmp::Ordering> = close.map(|n| n.cmp(&other)).collect();
    let all = |wanted| orders.iter().all(|order| *order == wanted);
    Some(if all(std::cmp::Ordering::Greater) {
        0
    } else if all(std::cmp::Ordering::Less) {
        1
    } else {
        3
    })
}
