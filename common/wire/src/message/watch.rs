use serde::{Deserialize, Serialize};

use super::kinds;

/// Where an answer came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The language model, in its own words.
    Model,
    /// The lexicon.
    Lexicon,
    /// Exact computation.
    Computed,
    /// Content on the device.
    Content,
    /// A sentence written beforehand.
    Fixed,
}

impl Source {
    /// The name used on the command line and on the bus.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Model => "model",
            Self::Lexicon => "lexicon",
            Self::Computed => "computed",
            Self::Content => "content",
            Self::Fixed => "fixed",
        }
    }
}

/// What the tutor is doing, as a child would see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// Waiting for the child.
    Idle,
    /// The child is speaking.
    Listening,
    /// Preparing an answer.
    Thinking,
    /// Answering.
    Speaking,
}

/// tutord to whoever watches the conversation, on the descriptor that `Tutor1.Watch` returns. A child's
/// words go this way, never over the bus.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "k", content = "b", rename_all = "snake_case")]
pub enum WatchMessage {
    /// What the child said.
    Heard {
        /// The words; empty when nothing was understood.
        text: String,
        /// How likely they are right, 0 to 1.
        confidence: f64,
        /// Whether the sound was judged to hold no speech.
        no_speech: bool,
    },
    /// A sentence of the answer, as it was handed to the voice.
    Said {
        /// Its number in the turn, from 1.
        sentence: u32,
        /// The words.
        text: String,
        /// Where they came from.
        source: Source,
    },
    /// The answer is complete.
    Answered {},
    /// The tutor's state changed.
    Presence {
        /// What it is doing now.
        presence: Presence,
    },
    /// The watcher read too slowly and missed events.
    Missed {
        /// How many.
        events: u64,
    },
}

kinds!(WatchMessage, "watch", {
    Heard => "heard",
    Said => "said",
    Answered => "answered",
    Presence => "presence",
    Missed => "missed",
});
