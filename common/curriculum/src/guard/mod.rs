//! The reveal guard: whether a hint given before the answer tells the answer, and whether it strays from the worked
//! solution. It is strict: a good hint that is lost is replaced by the item's own, a told answer cannot be taken back.

mod columns;
mod facts;
mod letters;
mod letters_said;
mod numbers;
mod sounds;
mod spelling;
mod sums;
mod text;
mod verbatim;
mod wording;

use crate::item::Item;
use text::Text;

/// How a text reveals the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leak {
    /// By its letter or its place.
    Letter,
    /// By its value, in any form.
    Value,
    /// By a calculation that comes to it.
    Calculation,
    /// By its words or a form of them.
    Words,
    /// Letter by letter, digit by digit, backwards, by its first letters or by a rhyme.
    Spelling,
    /// By naming all the others.
    Elimination,
    /// By pointing at it among the choices: "the largest choice", "it is even" where only one is.
    Pointing,
    /// By saying how two columns compare.
    Comparison,
    /// It is written with signs that cannot be checked, or too long to be.
    Unreadable,
}

impl Leak {
    /// Its name in the record.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::Value => "value",
            Self::Calculation => "calculation",
            Self::Words => "words",
            Self::Spelling => "spelling",
            Self::Elimination => "elimination",
            Self::Pointing => "pointing",
            Self::Comparison => "comparison",
            Self::Unreadable => "unreadable",
        }
    }
}

/// A number that comes from nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stray {
    /// The number as it was read.
    pub number: String,
}

/// Letters of a hint at most.
const LONGEST: usize = 1_200;

/// What is said when an item has no hint of its own.
const NO_HINT: &str = "Read the question once more, slowly.";

/// A way in which a text may reveal the answer.
type Check = fn(&Text<'_>) -> bool;

/// Whether a text given before the answer reveals it, and how.
#[must_use]
pub fn reveals(item: &Item, text: &str) -> Option<Leak> {
    if text.len() > LONGEST || text.chars().any(odd) {
        return Some(Leak::Unreadable);
    }
    let text = Text::new(item, text);
    let checks: [(Check, Leak); 11] = [
        (letters::named, Leak::Letter),
        (columns::compared, Leak::Comparison),
        (numbers::told, Leak::Value),
        (sums::come_to_it, Leak::Calculation),
        (wording::told, Leak::Words),
        (spelling::spelled, Leak::Spelling),
        (letters::pointed, Leak::Pointing),
        (facts::only_one_fits, Leak::Pointing),
        (wording::others_named, Leak::Elimination),
        (numbers::digits_told, Leak::Spelling),
        (verbatim::told, Leak::Words),
    ];
    checks.into_iter().find(|(check, _)| check(&text)).map(|(_, leak)| leak)
}

/// A number in a text that is nowhere in the item: not in the question, the choices, the solution, the hints or the
/// figure, in any form, and that is no small count of a list ("two steps").
#[must_use]
pub fn strays(item: &Item, text: &str) -> Option<Stray> {
    numbers::stray(&Text::new(item, text))
}

/// A text if it may be said before the answer, or else the item's own hint of a level, counted from 0.
#[must_use]
pub fn safe_hint<'a>(item: &'a Item, text: &'a str, level: usize) -> &'a str {
    if !text.trim().is_empty() && reveals(item, text).is_none() && strays(item, text).is_none() {
        return text;
    }
    let last = item.hints.len().saturating_sub(1);
    item.hints.get(level.min(last)).map_or(NO_HINT, String::as_str)
}

/// Letters of other scripts and digits in disguise, which nothing here reads.
fn odd(c: char) -> bool {
    const KNOWN: &str = "éèêëáàâäíìîïóòôöúùûüçñÉÁÑπ²³½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞ªº⁴⁵⁶";
    !c.is_ascii()
        && (c.is_alphanumeric() || c.is_control() || ('\u{200b}'..='\u{200f}').contains(&c))
        && !KNOWN.contains(c)
}
