//! Numbers as children say them and as speech to text writes them: digits, words, decimals, fractions,
//! mixed numbers, and every mixture of these that means one number; and exact fractions to hold them.
//!
//! Pure, and free of everything around it: answers to arithmetic, questions and grading all read numbers here.

mod rational;
pub mod text;
mod vocabulary;

pub use rational::{Rational, gcd, grouped, integer_root};

use crate::text::{Token, tokens};
use vocabulary::{denominator, digit_word, scale, small};

/// A number at the beginning of some tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The value.
    pub value: Rational,
    /// Tokens that it takes.
    pub used: usize,
    /// Whether it was given as a decimal, so that an answer is best given as one.
    pub decimal: bool,
}

/// What a number may be made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether "and" may join a whole number and a fraction, or hundreds and the rest.
    pub and: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { and: true }
    }
}

/// The value of a text that is one number and nothing else, such as "-3/4", "two and a half" or "1,200".
#[must_use]
pub fn parse(text: &str) -> Option<Rational> {
    let tokens = tokens(text);
    let (negative, rest) = match tokens.split_first()? {
        (first, rest) if first.is_sign('-') || first.is("minus") || first.is("negative") => (true, rest),
        _ => (false, tokens.as_slice()),
    };
    let reading = read(rest, Style::default()).filter(|reading| reading.used == rest.len())?;
    if negative { reading.value.checked_neg() } else { Some(reading.value) }
}

/// An ordinal in words at the beginning of `tokens`, such as "third" or "twenty fifth", and the tokens it takes.
#[must_use]
pub fn ordinal(tokens: &[Token]) -> Option<(i128, usize)> {
    denominator(tokens).filter(|(_, _, plural)| !plural).map(|(n, used, _)| (n, used))
}

/// The longest number, without a sign, at the beginning of `tokens`.
#[must_use]
pub fn read(tokens: &[Token], style: Style) -> Option<Reading> {
    if let Some(fraction) = lone_fraction(tokens) {
        return Some(fraction);
    }
    if let Some(reading) = decimal(tokens, style) {
        return Some(scaled(reading, tokens));
    }
    let (whole, used) = whole(tokens, style)?;
    let reading = Reading { value: Rational::whole(whole), used, decimal: false };
    let rest = tokens.get(used..).unwrap_or_default();
    if let Some((below, taken)) = parts(whole, rest) {
        return Some(Reading { value: Rational::new(whole, below)?, used: used + taken, ..reading });
    }
    Some(mixed(reading, rest, style).unwrap_or(reading))
}

/// A fraction with no whole number before it: `3/4`, "half", "a third".
fn lone_fraction(tokens: &[Token]) -> Option<Reading> {
    let (value, used) = match tokens {
        [Token::Fraction { numerator, denominator }, ..] => (Rational::new(*numerator, *denominator)?, 1),
        [first, rest @ ..] if first.is("a") || first.is("an") => {
            let (below, taken) =
                denominator(rest).filter(|(_, _, plural)| !plural).map(|(n, t, _)| (n, t))?;
            (Rational::new(1, below)?, 1 + taken)
        }
        [first, ..] if first.is("half") => (Rational::new(1, 2)?, 1),
        _ => return None,
    };
    Some(Reading { value, used, decimal: false })
}

/// The denominator after a numerator in words: "fourths", "twenty fifths". A singular is taken only after a small
/// numerator, so that "twenty fifth" stays an ordinal.
fn parts(numerator: i128, tokens: &[Token]) -> Option<(i128, usize)> {
    let (below, used, plural) = denominator(tokens)?;
    (plural || numerator < 20).then_some((below, used))
}

/// A whole number followed by a fraction: "2 1/2", "two and three fourths".
fn mixed(whole: Reading, rest: &[Token], style: Style) -> Option<Reading> {
    let (joint, rest) = match rest.split_first()? {
        (first, rest) if first.is("and") && style.and => (1, rest),
        _ => (0, rest),
    };
    let fraction = if joint == 1 {
        proper_fraction(rest)?
    } else {
        // Without "and" only a written fraction: "2 1/2", but not "two one half".
        match rest.first()? {
            Token::Fraction { .. } => proper_fraction(rest)?,
            _ => return None,
        }
    };
    let value = whole.value.checked_add(fraction.value)?;
    Some(Reading { value, used: whole.used + joint + fraction.used, decimal: false })
}

/// A fraction between 0 and 1.
fn proper_fraction(tokens: &[Token]) -> Option<Reading> {
    let reading = match lone_fraction(tokens) {
        Some(reading) => reading,
        None => {
            let (above, used) = whole(tokens, Style { and: false })?;
            let (below, taken) = parts(above, tokens.get(used..)?)?;
            Reading { value: Rational::new(above, below)?, used: used + taken, decimal: false }
        }
    };
    (Rational::ZERO < reading.value && reading.value < Rational::ONE).then_some(reading)
}

/// "3.5", "three point one four", "point five".
fn decimal(tokens: &[Token], style: Style) -> Option<Reading> {
    if let [Token::Number { value, digits }, ..] = tokens
        && digits.contains('.')
    {
        return Some(Reading { value: *value, used: 1, decimal: true });
    }
    let (whole, used) = match tokens.first()? {
        first if first.is("point") => (0, 0),
        _ => whole(tokens, style)?,
    };
    if !tokens.get(used)?.is("point") {
        return None;
    }
    let mut places = String::new();
    let mut at = used + 1;
    while let Some(token) = tokens.get(at) {
        match token {
            Token::Number { digits, .. } if !digits.contains('.') => places.push_str(digits),
            Token::Word(word) => {
                match digit_word(word).map(i128::from).or_else(|| small(word).filter(|n| *n >= 10)) {
                    // "point seventy five": tens take the next digit in.
                    Some(tens) if tens >= 20 => {
                        let ones =
                            tokens.get(at + 1).and_then(Token::word).and_then(digit_word).filter(|d| *d > 0);
                        at += usize::from(ones.is_some());
                        places.push_str(&(tens + ones.map_or(0, i128::from)).to_string());
                    }
                    Some(digit) => places.push_str(&digit.to_string()),
                    None => break,
                }
            }
            _ => break,
        }
        at += 1;
    }
    if places.is_empty() {
        return None;
    }
    let value = Rational::from_decimal(&format!("{whole}.{places}"))?;
    Some(Reading { value, used: at, decimal: true })
}

/// A decimal before a scale: "2.5 million".
fn scaled(reading: Reading, tokens: &[Token]) -> Reading {
    let factor = tokens.get(reading.used).and_then(Token::word).and_then(scale);
    match factor.and_then(|factor| reading.value.checked_mul(Rational::whole(factor))) {
        Some(value) => Reading { value, used: reading.used + 1, decimal: value.as_whole().is_none() },
        None => reading,
    }
}

/// A whole number in digits, words or both: "12", "twelve hundred", "2 million five hundred and six".
fn whole(tokens: &[Token], style: Style) -> Option<(i128, usize)> {
    let mut state = Whole::default();
    let mut at = 0;
    if tokens.first().is_some_and(|first| first.is("a")) {
        // "a hundred", "a dozen"; any other "a" is no number.
        let next = tokens.get(1)?.word()?;
        if next != "hundred" && next != "dozen" && scale(next).is_none() {
            return None;
        }
        state.group = Some(1);
        at = 1;
    }
    while let Some(token) = tokens.get(at) {
        let joint = usize::from(at > 0 && style.and && token.is("and") && state.takes_and());
        let Some(next) = tokens.get(at + joint) else { break };
        if joint == 1 && proper_fraction(&tokens[at + 1..]).is_some() {
            break;
        }
        if !state.take(next, joint == 1) {
            break;
        }
        at += joint + 1;
        if state.complete {
            break;
        }
    }
    let value = state.value()?;
    (at > 0).then_some((value, at))
}

/// A whole number as far as it was read.
#[derive(Debug, Default)]
struct Whole {
    total: i128,
    /// What stands before the next scale: 0 to 999, or up to 99 hundreds.
    group: Option<i128>,
    /// The last scale that was taken; the next one is to be smaller.
    last_scale: Option<i128>,
    /// Whether the group's last piece was written in digits, to which words are not added.
    digits: bool,
    /// Whether the last piece was "hundred" or a scale, after which "and" may stand.
    rounded: bool,
    complete: bool,
    too_big: bool,
}

impl Whole {
    fn value(&self) -> Option<i128> {
        let started = self.group.is_some() || self.last_scale.is_some();
        (started && !self.too_big).then(|| self.total.checked_add(self.group.unwrap_or(0))).flatten()
    }

    fn takes_and(&self) -> bool {
        self.rounded
    }

    /// Takes one more token, if it continues the number.
    fn take(&mut self, token: &Token, after_and: bool) -> bool {
        let taken = match token {
            Token::Number { value, .. } => value.as_whole().is_some_and(|n| self.take_digits(n)),
            Token::Word(word) if word == "hundred" && !after_and => self.take_hundred(),
            Token::Word(word) if word == "dozen" && !after_and => self.take_dozen(),
            Token::Word(word) => match (small(word), scale(word)) {
                (Some(n), _) => self.take_small(n),
                (None, Some(n)) if !after_and => return self.take_scale(n),
                _ => false,
            },
            _ => false,
        };
        if taken {
            self.rounded = token.is("hundred");
        }
        taken
    }

    fn take_digits(&mut self, n: i128) -> bool {
        let room = match (self.group, self.last_scale) {
            (None, None) => i128::MAX,
            (None, Some(scale)) => scale,
            (Some(group), _) if self.rounded && group % 100 == 0 => 100,
            _ => 0,
        };
        let fits = n < room || (self.group.is_none() && self.last_scale.is_none());
        if fits {
            self.group = Some(self.group.unwrap_or(0) + n);
            self.digits = true;
        }
        fits
    }

    fn take_small(&mut self, n: i128) -> bool {
        let fits = match self.group {
            None => n > 0 || self.last_scale.is_none(),
            Some(0) => false,
            Some(_) if self.digits && !self.rounded => false,
            Some(group) if n == 0 || group >= 10_000 => false,
            Some(group) if group % 100 == 0 => true,
            Some(group) => n < 10 && group % 100 >= 20 && group % 10 == 0,
        };
        if fits {
            self.group = Some(self.group.unwrap_or(0) + n);
            self.digits = false;
        }
        fits
    }

    fn take_hundred(&mut self) -> bool {
        let hundreds = match (self.group, self.last_scale) {
            (None, None) => Some(1),
            (Some(group @ 1..=99), _) => Some(group),
            _ => None,
        };
        self.group = hundreds.map(|n| n * 100).or(self.group);
        self.digits &= hundreds.is_none();
        hundreds.is_some()
    }

    fn take_dozen(&mut self) -> bool {
        let fits = self.last_scale.is_none() && self.group.is_some_and(|n| n > 0);
        if fits || (self.group.is_none() && self.last_scale.is_none()) {
            let dozens = self.group.unwrap_or(1).checked_mul(12);
            self.too_big |= dozens.is_none();
            self.group = dozens;
            self.complete = true;
            return true;
        }
        false
    }

    fn take_scale(&mut self, scale: i128) -> bool {
        let count = match (self.group, self.last_scale) {
            (None, None) => 1,
            (Some(group), last) if group > 0 && last.is_none_or(|last| scale < last) => group,
            _ => return false,
        };
        match count.checked_mul(scale).and_then(|n| self.total.checked_add(n)) {
            Some(total) => self.total = total,
            None => self.too_big = true,
        }
        (self.group, self.last_scale, self.digits, self.rounded) = (None, Some(scale), false, true);
        true
    }
}
