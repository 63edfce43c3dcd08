//! The reader: walks the tokens of a text and lets the first rule that fits say them.

use std::collections::BTreeMap;

use super::tables::RATIO_WORDS;
use super::token::{Kind, Token, tokens};
use super::{calendar, groups, letters, math, quantity, symbols, words};

/// What a rule made of the tokens from its place on.
pub struct Reading {
    /// Tokens it took; at least one.
    pub used: usize,
    /// What they are read as; it may end in a comma or a full stop.
    pub words: String,
}

impl Reading {
    /// A reading of `used` tokens.
    pub fn new(used: usize, words: impl Into<String>) -> Option<Self> {
        Some(Self { used, words: words.into() })
    }
}

/// A rule looks at the token at a place and those around it.
type Rule = fn(&Reader<'_>, usize) -> Option<Reading>;

/// Every rule, in the order in which they are asked. The name is for whoever traces a reading.
const RULES: [(&str, Rule); 28] = [
    ("end of line", symbols::line),
    ("blank", symbols::blank),
    ("ellipsis", symbols::ellipsis),
    ("digraph", symbols::digraph),
    ("web address", words::address),
    ("money", quantity::money),
    ("date", calendar::date),
    ("telephone number", quantity::telephone),
    ("time", calendar::time),
    ("ratio", quantity::ratio),
    ("ordinal", quantity::ordinal),
    ("decade", quantity::plural),
    ("feet and inches", quantity::feet_and_inches),
    ("year", calendar::year),
    ("quantity", quantity::quantity),
    ("answer letter", letters::answer),
    ("group", groups::read),
    ("power", math::power),
    ("root", math::root),
    ("times", math::times),
    ("minus", math::minus),
    ("stroke", math::stroke),
    ("said differently", words::said),
    ("dotted letters", words::dotted),
    ("abbreviation", words::abbreviation),
    ("roman numeral", words::roman),
    ("letter", letters::single),
    ("sign", symbols::sign),
];

/// Tokens with what is known about the whole text.
pub struct Reader<'a> {
    /// The tokens.
    pub tokens: Vec<Token<'a>>,
    /// Brackets and bars, by their place.
    pub groups: BTreeMap<usize, groups::Group>,
    /// Whether a sign of calculation is anywhere.
    pub equation: bool,
    /// Whether a ratio is spoken of.
    pub ratio: bool,
}

impl<'a> Reader<'a> {
    /// Prepares a cleaned text for reading.
    pub fn new(text: &'a str) -> Self {
        let tokens = tokens(text);
        let equation = tokens.iter().any(|t| t.kind == Kind::Sign && t.text.contains(math::CALCULATION));
        let ratio = tokens
            .iter()
            .any(|t| t.kind == Kind::Word && RATIO_WORDS.contains(&t.text.to_lowercase().as_str()));
        let groups = groups::find(&tokens);
        Self { tokens, groups, equation, ratio }
    }

    /// Reads everything.
    pub fn read(&self) -> String {
        let mut out = String::new();
        let mut i = 0;
        while i < self.tokens.len() {
            let reading = RULES.iter().find_map(|(_, rule)| rule(self, i)).or_else(|| words::plain(self, i));
            let Some(reading) = reading else {
                i += 1;
                continue;
            };
            if !reading.words.is_empty() {
                if !reading.words.starts_with(',') && !out.is_empty() {
                    out.push(' ');
                }
                out.push_str(&reading.words);
            }
            i += reading.used.max(1);
        }
        out
    }

    /// The token at a place.
    pub fn at(&self, i: usize) -> Option<&Token<'a>> {
        self.tokens.get(i)
    }

    /// The token before a place, in the same line.
    pub fn before(&self, i: usize) -> Option<&Token<'a>> {
        i.checked_sub(1).and_then(|i| self.tokens.get(i)).filter(|t| t.kind != Kind::Line)
    }

    /// The token at a place if nothing stands between it and the one before.
    pub fn glued(&self, i: usize) -> Option<&Token<'a>> {
        self.tokens.get(i).filter(|t| !t.spaced)
    }

    /// Whether the token at a place is this sign and glued to the one before.
    pub fn glued_sign(&self, i: usize, sign: char) -> bool {
        self.glued(i).is_some_and(|t| t.is(sign))
    }

    /// The word at a place in lower case, or an empty string.
    pub fn lower(&self, i: usize) -> String {
        self.at(i).filter(|t| t.kind == Kind::Word).map_or_else(String::new, |t| t.text.to_lowercase())
    }

    /// The word before a place in lower case, or an empty string.
    pub fn lower_before(&self, i: usize) -> String {
        self.before(i).filter(|t| t.kind == Kind::Word).map_or_else(String::new, |t| t.text.to_lowercase())
    }

    /// Whether a sentence starts at a place.
    pub fn starts_sentence(&self, i: usize) -> bool {
        match self.before(i) {
            None => true,
            Some(t) if t.is('"') || t.is('\'') || t.is('*') => i < 2 || self.starts_sentence_mark(i - 2),
            Some(_) => self.starts_sentence_mark(i - 1),
        }
    }

    fn starts_sentence_mark(&self, i: usize) -> bool {
        self.at(i).is_some_and(|t| t.kind == Kind::Line || t.is('.') || t.is('?') || t.is('!'))
    }

    /// Whether a sentence ends before a place: nothing or only closing marks follow in this line.
    pub fn ends(&self, i: usize) -> bool {
        self.at(i).is_none_or(|t| t.kind == Kind::Line)
    }
}
