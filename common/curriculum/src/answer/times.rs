//! Times of day: "half past five", "quarter to four", "5:30 p.m.".

use iseetutor_numbers::Rational;

use super::ask::number_at;

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Time {
    hour: i128,
    minute: i128,
    /// Whether it is after noon, where that was said.
    after_noon: Option<bool>,
    /// Whether it is a bare number.
    bare: bool,
}

impl Time {
    /// Whether two may be the same; `None` if they differ in the half of the day alone.
    pub(crate) fn same(self, other: Self) -> Option<bool> {
        if (self.hour % 12, self.minute) != (other.hour % 12, other.minute) {
            return Some(false);
        }
        match (self.after_noon, other.after_noon) {
            (Some(a), Some(b)) if a != b => None,
            _ => Some(true),
        }
    }

    /// The time some minutes later.
    pub(crate) fn later(self, minutes: i128) -> Self {
        let all = (self.hour * 60 + self.minute + minutes).rem_euclid(12 * 60);
        Self { hour: all / 60, minute: all % 60, ..self }
    }

    /// A time with a dot: "5.30".
    pub(crate) fn dotted(value: Rational) -> Option<Self> {
        let hour = value.floor();
        let minute =
            value.checked_sub(Rational::whole(hour))?.checked_mul(Rational::whole(100))?.as_whole()?;
        let fits = (1..=12).contains(&hour) && (1..60).contains(&minute);
        fits.then_some(Self { hour, minute, after_noon: None, bare: false })
    }

    /// Whether it was a bare number, which may mean something else.
    pub(crate) fn is_bare(self) -> bool {
        self.bare
    }
}

/// The choices as times, if all are.
pub(crate) fn all(choices: &[Vec<String>; 4]) -> Option<[Time; 4]> {
    let time = |at: usize| {
        let (time, used) = at_start(&choices[at]).filter(|_| relative(&choices[at]).is_none())?;
        (used == choices[at].len() && !time.bare).then_some(time)
    };
    Some([time(0)?, time(1)?, time(2)?, time(3)?])
}

/// The time at the beginning of some words, and how many it takes.
pub(crate) fn at_start(words: &[String]) -> Option<(Time, usize)> {
    let start = usize::from(words.first().is_some_and(|word| word == "at" || word == "a"));
    let words = words.get(start..)?;
    let (mut time, mut used) = relative(words).or_else(|| clock(words))?;
    let rest: Vec<&str> = words[used..].iter().take(3).map(String::as_str).collect();
    let (after_noon, more) = match rest[..] {
        ["p", "m", ..] => (Some(true), 2),
        ["a", "m", ..] => (Some(false), 2),
        ["am", ..] => (Some(false), 1),
        ["in", "the", "afternoon" | "evening"] => (Some(true), 3),
        ["in", "the", "morning"] => (Some(false), 3),
        ["at", "night", ..] => (Some(true), 2),
        _ => (None, 0),
    };
    time.after_noon = after_noon;
    time.bare &= more == 0;
    used += more;
    Some((time, used + start))
}

fn whole(words: &[String], range: std::ops::RangeInclusive<i128>) -> Option<(i128, usize)> {
    let (value, used) = number_at(words)?;
    Some((value.as_whole().filter(|value| range.contains(value))?, used))
}

/// "half past five", "twenty minutes to four".
fn relative(words: &[String]) -> Option<(Time, usize)> {
    let is = |at: usize, any: &[&str]| words.get(at).is_some_and(|word| any.contains(&word.as_str()));
    let (minutes, mut at) = match words.first()?.as_str() {
        "half" => (30, 1),
        "quarter" => (15, 1),
        _ => whole(words, 1..=59)?,
    };
    at += usize::from(is(at, &["minutes", "minute"]));
    let past = is(at, &["past", "after"]);
    if !past && !is(at, &["to", "till", "until", "before", "of"]) {
        return None;
    }
    let (hour, used) = whole(words.get(at + 1..)?, 1..=12)?;
    let (hour, minute) = if past { (hour, minutes) } else { ((hour + 10) % 12 + 1, 60 - minutes) };
    let end = at + 1 + used;
    let end = end + usize::from(is(end, &["o'clock"]));
    Some((Time { hour, minute, after_noon: None, bare: false }, end))
}

/// "5:30", "five thirty", "five oh five", "five o'clock", "five".
fn clock(words: &[String]) -> Option<(Time, usize)> {
    let is = |at: usize, any: &[&str]| words.get(at).is_some_and(|word| any.contains(&word.as_str()));
    let (hour, at) = whole(words, 1..=12)?;
    let time = |minute, used, bare| Some((Time { hour, minute, after_noon: None, bare }, used));
    if is(at, &["o'clock", "oclock"]) {
        return time(0, at + 1, false);
    }
    let joint = usize::from(is(at, &["colon", "oh", "o"]));
    let least = if joint == 1 { 0 } else { 10 };
    match words.get(at + joint..).and_then(|rest| whole(rest, least..=59)) {
        Some((minute, used)) => time(minute, at + joint + used, false),
        None => time(0, at, true),
    }
}
