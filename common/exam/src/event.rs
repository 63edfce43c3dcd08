//! What happens in a sitting, and what is kept of it.

use serde::{Deserialize, Serialize};

use crate::form::Form;

/// How the questions are met.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// On paper or a screen.
    #[default]
    Seen,
    /// Read aloud. This counts as listening practice and says nothing of pace.
    Heard,
}

/// Something that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A choice was made.
    Answer {
        /// Of which question.
        question: usize,
        /// Which, 0 for A.
        choice: usize,
    },
    /// An answer was taken back.
    Clear {
        /// Of which question.
        question: usize,
    },
    /// A choice was crossed out, or the crossing was taken back.
    CrossOut {
        /// Of which question.
        question: usize,
        /// Which.
        choice: usize,
        /// Whether it is now crossed out.
        out: bool,
    },
    /// A question was flagged to come back to, or the flag was taken off.
    Flag {
        /// Which.
        question: usize,
        /// Whether it is now flagged.
        on: bool,
    },
    /// Another question was turned to.
    GoTo {
        /// Which.
        question: usize,
    },
    /// The device was away: it lost power, or was restarted. The clock stood still.
    Away,
    /// It was back.
    Back,
    /// The learner ended it, or the time did.
    End,
}

/// Something that happened, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// By the clock that the sitting began with, in milliseconds.
    pub at_ms: u64,
    /// What.
    pub what: What,
}

/// Why something was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The time is over.
    TimeIsUp,
    /// It was ended.
    Ended,
    /// There is no such question.
    NoSuchQuestion,
    /// There is no such choice.
    NoSuchChoice,
    /// More happened than can be kept.
    TooMuch,
}

/// What is known of a question during a sitting.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The choices in the order in which they were made; `None` where an answer was taken back. The last one counts.
    pub history: Vec<Option<usize>>,
    /// Which choices are crossed out.
    pub crossed: [bool; 4],
    /// Whether it is flagged.
    pub flagged: bool,
    /// Time spent on it.
    pub spent_ms: u64,
}

impl Sheet {
    /// The answer that stands.
    #[must_use]
    pub fn answer(&self) -> Option<usize> {
        self.history.last().copied().flatten()
    }
}

/// What is kept of a sitting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The form.
    pub form: Form,
    /// How it is taken.
    #[serde(default)]
    pub mode: Mode,
    /// When it began, in milliseconds.
    pub began_ms: u64,
    /// What happened.
    pub events: Vec<Event>,
}
