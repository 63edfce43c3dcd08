//! The messages, one enum for each socket.
//!
//! A message is written as the two entries `k` (its kind, in snake case) and `b` (its body) of the
//! frame's map. Readers ignore body entries they do not know and fill in defaults for entries marked
//! so; kinds and versions they do not know are refused.

mod llm;
mod play;
mod stt;
mod tts;
mod turn;
mod watch;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

pub use llm::{ChatMessage, FinishReason, LlmReply, LlmRequest, Role, Sampling};
pub use play::PlayMessage;
pub use stt::SttMessage;
pub use tts::TtsMessage;
pub use turn::{Transcript, TurnMessage};
pub use watch::{Presence, Source, WatchMessage};

/// What one socket carries in one direction.
pub trait Message: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Name of the socket, for errors.
    const SOCKET: &'static str;
    /// Every kind, as written in `k`.
    const KINDS: &'static [&'static str];
    /// The kind of this message.
    fn kind(&self) -> &'static str;
}

/// Declares which kinds a message enum has, so that the list and the match cannot drift apart.
macro_rules! kinds {
    ($message:ty, $socket:literal, { $($variant:ident => $kind:literal),+ $(,)? }) => {
        impl $crate::message::Message for $message {
            const SOCKET: &'static str = $socket;
            const KINDS: &'static [&'static str] = &[$($kind),+];
            fn kind(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $kind),+ }
            }
        }
    };
}
use kinds;

/// What answer is waited for; it travels forward with the sentence that asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Expectation {
    /// Silence in milliseconds that ends the next utterance; `None` leaves it to audiod's configuration.
    pub silence_ms: Option<u32>,
    /// The kind of answer.
    #[serde(skip_serializing_if = "AnswerKind::is_open")]
    pub kind: AnswerKind,
    /// Answers to choose among, each as it would be said ("three fourths"), in the order of the letters A, B, C, D
    /// when `kind` is [`AnswerKind::Choice`]; empty when there are none to choose among. A hint for hearing, never
    /// a limit on what may be said. At most [`Self::MOST_ANSWERS`] of [`Self::LONGEST_ANSWER`] bytes are used.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<String>,
}

impl Expectation {
    /// The most answers that are looked at.
    pub const MOST_ANSWERS: usize = 16;
    /// The longest answer that is looked at, in bytes.
    pub const LONGEST_ANSWER: usize = 200;
}

/// The kinds of answer that are waited for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKind {
    /// Anything may be said.
    #[default]
    Open,
    /// One of lettered choices, by its letter, its place or its words.
    Choice,
    /// A number, a quantity or an amount.
    Number,
    /// A word or a few.
    Words,
    /// Yes or no.
    YesNo,
    /// A kind that this version does not know: nothing is assumed.
    #[serde(other)]
    Unknown,
}

impl AnswerKind {
    /// Whether anything may be said.
    #[must_use]
    pub fn is_open(&self) -> bool {
        *self == Self::Open
    }
}

/// How far playback of an earlier answer got; it returns with the next speech.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Played {
    /// Turn whose answer it was.
    pub turn: u64,
    /// Last sentence of which something was heard; 0 when nothing was.
    pub sentence: u32,
    /// Milliseconds of that sentence that left the speaker.
    pub sentence_ms: u64,
    /// Whether the whole answer was heard.
    pub complete: bool,
}
