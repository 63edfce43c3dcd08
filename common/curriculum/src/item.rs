//! A question as it is asked.

use serde::Serialize;

use crate::exact::Meaning;
use crate::level::{Level, Section, Strand};

/// A mistake of thinking that leads to a wrong choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Misconception {
    /// Its name in the record, such as `adds-denominators`.
    pub id: &'static str,
    /// What the child does, in plain words that follow "sometimes": `adds the denominators`.
    pub plain: &'static str,
}

/// One of the four choices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// As it is shown.
    pub text: String,
    /// As it is said.
    pub spoken: String,
    /// What it means.
    pub meaning: Meaning,
    /// Why somebody would choose it: for the wrong ones, a misconception's name and its plain words, or an authored
    /// reason. Empty for the right one.
    pub reason: Option<Reason>,
}

/// Why a choice is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The misconception's name, or the kind of an authored reason.
    pub id: String,
    /// In plain words.
    pub plain: String,
}

/// A step of a worked solution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What is done, in a sentence.
    pub text: String,
    /// What it comes to, if that is a number: said alone, it is checked back and not graded.
    pub value: Option<Meaning>,
}

/// A picture with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// A complete SVG document with a `viewBox`, a `title` and no outside reference.
    pub svg: String,
    /// Words from which it can be drawn and the question solved.
    pub description: String,
}

/// A question with its one right answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Everything it takes to make it again: kind, template or source, level and seed.
    pub id: String,
    /// Its level.
    pub level: Level,
    /// Its section.
    pub section: Section,
    /// Its strand, in mathematics.
    pub strand: Option<Strand>,
    /// The skill it exercises.
    pub skill: String,
    /// The question as it is shown.
    pub stem: String,
    /// The choices A to D.
    pub choices: [Choice; 4],
    /// The right one, 0 to 3.
    pub key: usize,
    /// From gentle to strong. None of them contains the answer.
    pub hints: Vec<String>,
    /// The worked solution.
    pub solution: Vec<Step>,
    /// The question as it is said, without the choices.
    pub spoken: String,
    /// A picture, where one helps.
    pub figure: Option<Figure>,
    /// The passage that it is about, by its name.
    pub passage: Option<String>,
}

/// The letter of a choice: 0 is A.
#[must_use]
pub fn letter(choice: usize) -> char {
    char::from(b'A' + u8::try_from(choice.min(25)).unwrap_or(0))
}

impl Item {
    /// Its choices as they are said, without a full stop: what a listener expects to hear.
    #[must_use]
    pub fn spoken_choices(&self) -> Vec<String> {
        self.choices.iter().map(|choice| choice.spoken.trim_end_matches('.').to_owned()).collect()
    }
}
