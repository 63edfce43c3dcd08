//! Algebra as it is written, and the names of the mistakes.

use crate::exact::int;
use crate::item::Misconception;

/// Wrong values, each with the mistake that leads to it.
pub type Mistakes<T> = Vec<(T, Misconception)>;

/// A mistake by its name and its plain words.
pub const fn slip(id: &'static str, plain: &'static str) -> Misconception {
    Misconception { id, plain }
}

/// A whole number with the proper minus sign.
pub fn n(value: i64) -> String {
    int(value).text
}

/// A whole number, in parentheses if it is negative.
pub fn wrapped(value: i64) -> String {
    if value < 0 { format!("({})", n(value)) } else { n(value) }
}

/// `+ 5` or `− 5`.
pub fn signed(value: i64) -> String {
    format!("{} {}", if value < 0 { '\u{2212}' } else { '+' }, n(value.abs()))
}

/// `3x`, `x`, `−x`, `7` (for no letter).
pub fn term(times: i64, letter: &str) -> String {
    match (times, letter) {
        (_, "") => n(times),
        (1, _) => letter.to_owned(),
        (-1, _) => format!("\u{2212}{letter}"),
        _ => format!("{}{letter}", n(times)),
    }
}

/// A sum of terms in the order given, without those that are nothing: `3x − 5`.
pub fn sum(terms: &[(i64, &str)]) -> String {
    let mut out = String::new();
    for &(times, letter) in terms.iter().filter(|(times, _)| *times != 0) {
        if out.is_empty() {
            out = term(times, letter);
        } else {
            out.push_str(if times < 0 { " \u{2212} " } else { " + " });
            out.push_str(&term(times.abs(), letter));
        }
    }
    if out.is_empty() { "0".into() } else { out }
}

/// A small exponent, raised.
pub fn raised(exponent: i64) -> &'static str {
    match exponent {
        2 => "²",
        3 => "³",
        4 => "⁴",
        5 => "⁵",
        6 => "⁶",
        _ => "",
    }
}

/// Numbers with commas between them: `3, 7, 11`.
pub fn row(numbers: &[i64]) -> String {
    numbers.iter().map(|number| n(*number)).collect::<Vec<_>>().join(", ")
}
