//! Reading what a child sees: numbers out of text, and choices as values.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex};

use regex::Regex;

/// What a child sees of a question.
pub struct Seen<'a> {
    pub stem: &'a str,
    pub figure: Option<&'a str>,
    pub choices: [&'a str; 4],
}

/// A fraction of the solvers' own: `(above, below)`, below positive, in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frac(pub i128, pub i128);

fn divisor(a: i128, b: i128) -> i128 {
    if b == 0 { a.abs() } else { divisor(b, a % b) }
}

impl Frac {
    pub fn of(a: i128, b: i128) -> Self {
        assert!(b != 0, "a fraction over zero");
        let g = divisor(a, b).max(1) * b.signum();
        Self(a / g, b / g)
    }

    pub fn plus(self, o: Self) -> Self {
        Self::of(self.0 * o.1 + o.0 * self.1, self.1 * o.1)
    }

    pub fn minus(self, o: Self) -> Self {
        Self::of(self.0 * o.1 - o.0 * self.1, self.1 * o.1)
    }

    pub fn times(self, o: Self) -> Self {
        Self::of(self.0 * o.0, self.1 * o.1)
    }

    pub fn over(self, o: Self) -> Self {
        Self::of(self.0 * o.1, self.1 * o.0)
    }
}

impl From<i128> for Frac {
    fn from(n: i128) -> Self {
        Self(n, 1)
    }
}

impl PartialOrd for Frac {
    fn partial_cmp(&self, o: &Self) -> Option<Ordering> {
        Some((self.0 * o.1).cmp(&(o.0 * self.1)))
    }
}

const NUMBER: &str = r"[\u{2212}-]?\$?\d[\d,]*(?:\.\d+)?(?: \d+/\d+|/\d+)?";

/// A written number: `12`, `1,200`, `$4.50`, `3/4`, `2 1/3`, `−7`, `0.25`. The sign of money and a trailing percent sign or
/// unit are left out of the value.
pub fn number(text: &str) -> Option<Frac> {
    let text = text.trim().replace('\u{2212}', "-").replace(['$', ','], "");
    let (sign, text) = text.strip_prefix('-').map_or((1, text.as_str()), |rest| (-1, rest));
    let plain = |text: &str| -> Option<Frac> {
        if let Some((a, b)) = text.split_once('/') {
            let (a, b): (i128, i128) = (a.parse().ok()?, b.parse().ok()?);
            return (b != 0).then(|| Frac::of(a, b));
        }
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let below = 10_i128.pow(u32::try_from(part.len()).ok()?);
        Some(Frac::of(format!("{whole}{part}").parse().ok()?, below))
    };
    let value = match text.split_once(' ') {
        Some((whole, part)) => plain(whole)?.plus(plain(part)?),
        None => plain(text)?,
    };
    Some(Frac(sign * value.0, value.1))
}

/// Every number of a text, in order.
pub fn numbers(text: &str) -> Vec<Frac> {
    re(NUMBER).find_iter(text).filter_map(|found| number(found.as_str())).collect()
}

/// A regular expression, compiled once. `N` stands for a number.
pub fn re(pattern: &str) -> &'static Regex {
    static KNOWN: LazyLock<Mutex<HashMap<String, &'static Regex>>> = LazyLock::new(Mutex::default);
    let mut known = KNOWN.lock().unwrap();
    if let Some(found) = known.get(pattern) {
        return found;
    }
    // The patterns are written in these files: there are some hundreds, and none ends before the test does.
    let made: &'static Regex = Box::leak(Box::new(Regex::new(pattern).unwrap()));
    known.insert(pattern.to_owned(), made);
    made
}

/// The numbers in the capture groups of a pattern in which `{N}` stands for a number in a group of its own.
pub fn find(text: &str, pattern: &str) -> Option<Vec<Frac>> {
    let pattern = re(&pattern.replace("{N}", &format!("({NUMBER})")));
    let found = pattern.captures(text)?;
    found.iter().skip(1).map(|group| number(group?.as_str())).collect()
}

impl Seen<'_> {
    /// The only choice that satisfies a condition.
    pub fn only(&self, right: impl Fn(&str) -> bool) -> Option<usize> {
        let all: Vec<usize> = (0..4).filter(|at| right(self.choices[*at])).collect();
        if let [one] = all[..] { Some(one) } else { None }
    }

    /// The only choice whose first number has a value. Units and signs around it are not looked at.
    pub fn worth(&self, value: Frac) -> Option<usize> {
        self.only(|choice| numbers(choice).first() == Some(&value))
    }

    /// The choice with exactly this text.
    pub fn says(&self, text: &str) -> Option<usize> {
        self.only(|choice| choice == text)
    }

    /// The choice of a comparison, from the two quantities, or "cannot be determined" for `None`.
    pub fn compare(&self, quantities: Option<(Frac, Frac)>) -> Option<usize> {
        assert!(self.choices[3].contains("cannot be determined"));
        Some(match quantities {
            None => 3,
            Some((a, b)) if a > b => 0,
            Some((a, b)) if a < b => 1,
            Some(_) => 2,
        })
    }
}
