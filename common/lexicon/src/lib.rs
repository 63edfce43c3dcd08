//! A dictionary for children: WordNet 3.0, compiled once into a read-only SQLite file.
//!
//! [`compile()`] reads WordNet's own files and writes the dictionary; [`Lexicon`] opens it and looks words up, each in well
//! under a millisecond. What is not for a child to hear (see [`safety`]) is marked when the file is made and is never given out.
//! [`spelling`] and [`syllables`] need no file.
//!
//! Nothing here makes a sentence and nothing guesses: a definition is WordNet's own, without its examples, its labels in
//! brackets and what follows the first semicolon. Where WordNet 3.0 (2006) has been overtaken, `corrections.tsv` has the
//! definition instead.

pub mod compile;
mod error;
pub mod gloss;
mod lookup;
pub mod morphology;
pub mod safety;
mod schema;
pub mod spelling;
pub mod syllables;
mod wordnet;

pub use compile::{Compiled, compile};
pub use error::{Error, Result};
pub use lookup::{Found, Lexicon, Sense};

/// What the definitions are quoted from.
pub const TITLE: &str = "WordNet 3.0";

/// A part of speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PartOfSpeech {
    /// A word for a person, place, thing or idea.
    Noun,
    /// A word for doing or being.
    Verb,
    /// A word that describes a noun.
    Adjective,
    /// A word that describes a verb, an adjective or another adverb.
    Adverb,
}

impl PartOfSpeech {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Noun, Self::Verb, Self::Adjective, Self::Adverb];

    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Noun => "noun",
            Self::Verb => "verb",
            Self::Adjective => "adjective",
            Self::Adverb => "adverb",
        }
    }

    /// The part of speech of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|pos| pos.as_str() == name)
    }

    /// The number that it has in the file.
    fn code(self) -> i64 {
        match self {
            Self::Noun => 1,
            Self::Verb => 2,
            Self::Adjective => 3,
            Self::Adverb => 4,
        }
    }

    fn of_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|pos| pos.code() == code)
    }

    /// The part of speech that WordNet's letter means.
    fn of_letter(letter: &str) -> Option<Self> {
        Some(match letter {
            "n" => Self::Noun,
            "v" => Self::Verb,
            "a" | "s" => Self::Adjective,
            "r" => Self::Adverb,
            _ => return None,
        })
    }

    /// How WordNet names its files.
    fn file(self) -> &'static str {
        match self {
            Self::Noun => "noun",
            Self::Verb => "verb",
            Self::Adjective => "adj",
            Self::Adverb => "adv",
        }
    }
}
