//! Brackets and bars: which are mathematics, which are an aside.

use std::collections::BTreeMap;

use super::reader::{Reader, Reading};
use super::tables::SHORT_WORDS;
use super::token::{Kind, Token};

/// Longest group, in tokens, that is looked at as mathematics.
const LONGEST: usize = 40;

/// What a bracket or bar at some place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Opens a calculation: "the quantity".
    OpenQuantity {
        /// Where it closes.
        close: usize,
    },
    /// Opens a single number or variable.
    OpenSingle {
        /// Where it closes.
        close: usize,
    },
    /// Opens a list such as the coordinates of a point.
    OpenList,
    /// Opens an absolute value.
    OpenBar,
    /// Opens an aside.
    OpenAside,
    /// Closes a quantity or an absolute value.
    CloseQuantity,
    /// Closes a single number, a list: nothing is said.
    CloseSilent,
    /// Closes an aside.
    CloseAside,
}

/// Finds every group, in one pass with a stack for brackets, and one with a bounded look-ahead for bars.
pub fn find(tokens: &[Token<'_>]) -> BTreeMap<usize, Group> {
    let mut groups = BTreeMap::new();
    let mut open = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        if token.is('(') || token.is('[') || token.is('{') {
            open.push(i);
        } else if token.is(')') || token.is(']') || token.is('}') {
            let Some(start) = open.pop() else { continue };
            let inner = tokens.get(start + 1..i).unwrap_or_default();
            let (opening, closing) = classify(inner, i);
            groups.insert(start, opening);
            groups.insert(i, closing);
        }
    }
    for start in open {
        groups.insert(start, Group::OpenAside);
    }
    bars(tokens, &mut groups);
    groups
}

fn classify(inner: &[Token<'_>], close: usize) -> (Group, Group) {
    let single = match inner {
        [one] => is_mathematical(one, None) && one.kind != Kind::Sign || one.text == "π",
        [minus, one] => (minus.is('-') || minus.is('−')) && one.kind == Kind::Number,
        _ => false,
    };
    if single {
        return (Group::OpenSingle { close }, Group::CloseSilent);
    }
    let mathematical = !inner.is_empty()
        && inner.len() <= LONGEST
        && inner
            .iter()
            .enumerate()
            .all(|(i, t)| is_mathematical(t, i.checked_sub(1).and_then(|before| inner.get(before))));
    if !mathematical {
        return (Group::OpenAside, Group::CloseAside);
    }
    if inner.iter().any(|t| t.is(',')) {
        return (Group::OpenList, Group::CloseSilent);
    }
    (Group::OpenQuantity { close }, Group::CloseQuantity)
}

/// Whether a token can stand in a formula.
fn is_mathematical(token: &Token<'_>, before: Option<&Token<'_>>) -> bool {
    match token.kind {
        Kind::Number => true,
        Kind::Line => false,
        Kind::Word => {
            let short = token.text.len() == 1
                || (token.text.len() == 2 && !SHORT_WORDS.contains(&token.text.to_lowercase().as_str()));
            // "I" and a spaced "a" are words; "x", "2a" and "a + b" are not told apart further here.
            short
                && token.text != "I"
                && (token.text != "a" || before.is_none_or(|t| t.kind == Kind::Sign) || !token.spaced)
        }
        Kind::Sign => token.text.contains(|c| "+-−×·*/÷^√∛%°π,()[]{}|±θ".contains(c)),
    }
}

fn bars(tokens: &[Token<'_>], groups: &mut BTreeMap<usize, Group>) {
    let mut i = 0;
    while i < tokens.len() {
        if tokens.get(i).is_some_and(|t| t.is('|')) && tokens.get(i + 1).is_some_and(|t| !t.spaced) {
            let found = tokens
                .iter()
                .enumerate()
                .skip(i + 1)
                .take(LONGEST)
                .take_while(|(_, t)| is_mathematical(t, None))
                .find(|(_, t)| t.is('|'));
            if let Some((close, _)) = found.filter(|(close, t)| !t.spaced && *close > i + 1) {
                groups.insert(i, Group::OpenBar);
                groups.insert(close, Group::CloseQuantity);
                i = close;
            }
        }
        i += 1;
    }
}

/// Reads a bracket or bar.
pub fn read(reader: &Reader<'_>, i: usize) -> Option<Reading> {
    let token = reader.at(i)?;
    if token.kind != Kind::Sign || !token.text.contains(|c| "()[]{}|".contains(c)) {
        return None;
    }
    let factor_before = !token.spaced && reader.ends_operand(i);
    let function = !token.spaced
        && token.is('(')
        && reader.before(i).and_then(Token::letter).is_some_and(|c| matches!(c, 'f' | 'g' | 'h'));
    let raised = reader.before(i).is_some_and(|t| t.is('^'));
    let words = match reader.groups.get(&i) {
        Some(Group::OpenSingle { close }) => {
            // "apple(s)": the plural in brackets is left out.
            if !token.spaced && close - i == 2 && reader.lower(i + 1) == "s" && !function {
                return Reading::new(3, "");
            }
            match (function, factor_before, reader.before(i).map(|t| t.kind)) {
                (true, ..) => "of",
                (_, true, _) => "times",
                // "five (5) apples" in a contract or a bracketed answer after a word.
                (_, _, Some(Kind::Word))
                    if !raised && reader.at(i + 1).is_some_and(|t| t.kind == Kind::Number) =>
                {
                    ","
                }
                _ => "",
            }
        }
        Some(Group::OpenQuantity { .. }) => match (function, factor_before) {
            (true, _) => "of",
            (_, true) => "times the quantity",
            _ => "the quantity",
        },
        Some(Group::OpenList) if function => "of",
        Some(Group::OpenBar) if factor_before => "times the absolute value of",
        Some(Group::OpenBar) => "the absolute value of",
        Some(Group::OpenList | Group::CloseSilent) => "",
        Some(Group::CloseQuantity) => match reader.at(i + 1) {
            Some(next) if next.is('(') && !next.spaced => "",
            Some(_) => ",",
            None => "",
        },
        Some(Group::CloseAside) if reader.ends(i + 1) => "",
        Some(Group::OpenAside | Group::CloseAside) => ",",
        // A closing bracket that nothing opened: "1) Add".
        None if token.is(')') => ",",
        None => "",
    };
    Reading::new(1, words)
}
