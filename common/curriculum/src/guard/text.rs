//! A text and an item, prepared for being compared.

use iseetutor_numbers::{Rational, text::Token, text::tokens};

use crate::answer::amounts;
use crate::answer::ask::Ask;
use crate::answer::hear::{self, Word};
use crate::exact::Meaning;
use crate::item::Item;

/// A number in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Its value; of an amount of money in dollars.
    pub(super) value: Rational,
    /// Whether it is a number of percent.
    pub(super) percent: bool,
    /// Its unit in one form, if one follows.
    pub(super) unit: String,
    /// Its first word.
    pub(super) from: usize,
    /// The word after its last.
    pub(super) to: usize,
}

/// A word of a text as it is written, without marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Raw {
    /// As it is written.
    pub(super) text: String,
    /// In lower case.
    pub(super) lower: String,
    /// The mark that follows, or a space.
    pub(super) after: char,
}

/// A text prepared.
#[derive(Debug)]
pub(super) struct Text<'i> {
    pub(super) ask: Ask<'i>,
    pub(super) item: &'i Item,
    /// As it is written, in lower case.
    pub(super) written: String,
    /// Its words as they are written.
    pub(super) raw: Vec<Raw>,
    /// Its words as they are said.
    pub(super) heard: Vec<Word>,
    /// The same, without pauses.
    pub(super) words: Vec<String>,
    /// Its numbers, from left to right.
    pub(super) found: Vec<Found>,
    /// The words of the question and its figure.
    pub(super) asked: Vec<String>,
    /// Values in the question and its figure.
    pub(super) given: Vec<Rational>,
    /// The numbers of each hint and each step of the solution, without the right choice.
    pub(super) worked: Vec<Vec<Rational>>,
    /// Values that the solution comes to on its way.
    pub(super) steps: Vec<Rational>,
}

impl<'i> Text<'i> {
    pub(super) fn new(item: &'i Item, text: &str) -> Self {
        let ask = Ask::new(item);
        let heard = hear::hear(text);
        let words: Vec<String> = heard.iter().map(|word| word.text.clone()).collect();
        let found = with_parts(found(&words), &heard, &words);
        let figure = item.figure.as_ref().map_or("", |figure| figure.description.as_str());
        let asked = hear::words(&format!("{} {figure}", item.stem));
        let given = [item.stem.as_str(), figure].into_iter().flat_map(values).collect();
        let key = key_value(&ask);
        let solution = item.solution.iter().map(|step| step.text.as_str());
        let worked = solution
            .chain(item.hints.iter().map(String::as_str))
            .map(|text| {
                let found = self::found(&hear::words(text)).into_iter().map(|found| found.value);
                // "180 minus 65" is read with its sign.
                found
                    .flat_map(|value| [Some(value), value.checked_neg()])
                    .flatten()
                    .filter(|value| Some(*value) != key)
                    .collect()
            })
            .collect();
        let steps = item
            .solution
            .iter()
            .filter_map(|step| match &step.value {
                Some(Meaning::Number(value, _)) if Some(*value) != key => Some(*value),
                _ => None,
            })
            .collect();
        Self {
            ask,
            item,
            written: text.to_lowercase(),
            raw: raw(text),
            heard,
            words,
            found,
            asked,
            given,
            worked,
            steps,
        }
    }

    /// The right choice's value, if it is a number.
    pub(super) fn key(&self) -> Option<Rational> {
        key_value(&self.ask)
    }

    /// A word by its number; empty beyond the ends.
    pub(super) fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", String::as_str)
    }

    /// Whether a value is one of the question's.
    pub(super) fn is_given(&self, value: Rational) -> bool {
        self.given.contains(&value)
    }

    /// Whether a number that was found is one of the question's: a whole number by its value, another as it is written
    /// there, for 3/4 is no number of a question about 6/8.
    pub(super) fn is_given_so(&self, found: &Found) -> bool {
        if found.value.as_whole().is_some() {
            return self.is_given(found.value);
        }
        let written = &self.words[found.from..found.to];
        self.asked.windows(written.len()).any(|window| window == written)
    }

    /// Whether words stand in this order anywhere.
    pub(super) fn says(&self, phrase: &str) -> bool {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        self.words.windows(phrase.len()).any(|window| window.iter().zip(&phrase).all(|(a, b)| a == b))
    }
}

fn key_value(ask: &Ask<'_>) -> Option<Rational> {
    ask.amounts[ask.item.key].as_ref().map(|amount| amount.value)
}

/// The numbers of a text, and the last part of those that were read over a pause: "a dollar, 95 cents".
fn with_parts(all: Vec<Found>, heard: &[Word], words: &[String]) -> Vec<Found> {
    let mut parts = Vec::with_capacity(all.len());
    for whole in all {
        let (from, to) = (whole.from, whole.to);
        let pause =
            (from..to.saturating_sub(1)).rev().find(|at| heard.get(*at).is_some_and(|word| word.pause));
        parts.push(whole);
        let last = pause.and_then(|pause| number(words, pause + 1));
        parts.extend(last.filter(|last| last.to == to));
    }
    parts
}

/// The numbers of some words.
pub(super) fn found(words: &[String]) -> Vec<Found> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match number(words, at) {
            Some(found) => {
                at = found.to;
                all.push(found);
            }
            None => at += 1,
        }
    }
    all
}

fn number(words: &[String], at: usize) -> Option<Found> {
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    if word(at) == "one" && is_pronoun(word(at.wrapping_sub(1)), word(at + 1)) {
        return None;
    }
    let rest = &words[at..];
    if let Some((value, used)) = amounts::money(rest) {
        return Some(Found { value, percent: false, unit: "$".into(), from: at, to: at + used });
    }
    let (value, used) = match (word(at), word(at + 1)) {
        ("baker's", "dozen") => (Rational::whole(13), 2),
        ("couple", _) => (Rational::whole(2), 1),
        ("score", _) if word(at.wrapping_sub(1)) == "a" => (Rational::whole(20), 1),
        ("whole", _) if matches!(word(at.wrapping_sub(1)), "a") => (Rational::ONE, 1),
        _ => amounts::signed(rest)?,
    };
    let end = at + used;
    let many = |n: i128| value.checked_mul(Rational::whole(n)).map(|value| (value, end + 1));
    let scaled = match word(end) {
        "tens" => many(10),
        "hundreds" => many(100),
        "thousands" => many(1_000),
        "twenties" => many(20),
        "dozens" => many(12),
        _ => None,
    };
    let (value, end) = scaled.unwrap_or((value, end));
    let percent = word(end) == "percent";
    let unit = amounts::canonical(word(end));
    Some(Found { value, percent, unit, from: at, to: end + usize::from(percent) })
}

/// Whether "one" stands for a thing and not for a number.
fn is_pronoun(before: &str, after: &str) -> bool {
    matches!(
        before,
        "the"
            | "this"
            | "that"
            | "each"
            | "every"
            | "which"
            | "no"
            | "another"
            | "any"
            | "other"
            | "first"
            | "second"
            | "third"
            | "last"
            | "next"
            | "right"
            | "wrong"
            | "correct"
            | "some"
            | "only"
            | "same"
            | "other's"
    ) || matches!(after, "of" | "another" | "at" | "by" | "from")
}

/// The values in a text: its numbers, the parts of its fractions, and what its ordinals count.
pub(super) fn values(text: &str) -> Vec<Rational> {
    let words = hear::words(text);
    let mut all: Vec<Rational> = found(&words).into_iter().map(|found| found.value).collect();
    for token in tokens(text) {
        match token {
            Token::Number { value, .. } => all.push(value),
            Token::Fraction { numerator, denominator } => {
                all.extend([Rational::whole(numerator), Rational::whole(denominator)]);
                all.extend(Rational::new(numerator, denominator));
            }
            Token::Ordinal(n) => all.push(Rational::whole(n)),
            _ => {}
        }
    }
    for word in &words {
        let below = match word.as_str() {
            "half" | "halves" | "twice" | "double" | "both" | "pair" => Some(2),
            "third" | "thirds" | "triple" => Some(3),
            "fourths" | "quarter" | "quarters" => Some(4),
            _ => None,
        };
        all.extend(below.map(Rational::whole));
    }
    all
}

pub(super) fn raw(text: &str) -> Vec<Raw> {
    let mut all: Vec<Raw> = Vec::new();
    let mut word = String::new();
    for c in text.chars().chain([' ']) {
        let c = if c == '\u{2019}' { '\'' } else { c };
        if c.is_alphanumeric() || (c == '\'' && !word.is_empty()) {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            let text = word.trim_end_matches('\'').to_owned();
            all.push(Raw { lower: text.to_lowercase(), text, after: c });
            word.clear();
        } else if let Some(last) = all.last_mut()
            && last.after == ' '
        {
            last.after = c;
        }
    }
    all
}
