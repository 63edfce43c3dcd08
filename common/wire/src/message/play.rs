use serde::{Deserialize, Serialize};

use super::{Expectation, kinds};
use crate::timing::TurnTiming;

/// ttsd to audiod, on `play.sock`: the tutor's voice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "k", content = "b", rename_all = "snake_case")]
pub enum PlayMessage {
    /// A sentence begins.
    Sentence {
        /// Its number in the turn, from 1.
        sentence: u32,
        /// Sample rate of its audio in Hz.
        rate_hz: u32,
        /// Where the time went so far.
        #[serde(default)]
        timing: TurnTiming,
        /// Whether it is held back until [`Self::Commit`], with everything that follows it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        prepared: bool,
    },
    /// What was held back for this turn and revision is heard now, or once the utterance is over.
    Commit {
        /// Where the time went until now.
        timing: TurnTiming,
    },
    /// How much silence ends the utterance that is being heard, judged by what it holds so far.
    Endpoint {
        /// Milliseconds from its last sound.
        silence_ms: u32,
    },
    /// The next audio of the sentence.
    Pcm {
        /// 16-bit little-endian samples, mono, at the sentence's rate; at most 32 KiB.
        #[serde(with = "serde_bytes")]
        pcm: Vec<u8>,
    },
    /// The sentence's audio is complete.
    SentenceEnd {
        /// Its number in the turn.
        sentence: u32,
    },
    /// The answer is complete.
    TurnEnd {
        /// What kind of answer is waited for now.
        expect: Expectation,
    },
    /// Stop playing at once and drop what is not played yet.
    Cancel {},
    /// Audio of a notice to keep in memory, to be played when the voice is gone. Sent in pieces.
    Keep {
        /// What it is for, such as `voice_lost`.
        name: String,
        /// Sample rate in Hz.
        rate_hz: u32,
        /// 16-bit little-endian samples, mono; at most 32 KiB.
        #[serde(with = "serde_bytes")]
        pcm: Vec<u8>,
        /// Whether this is the last piece.
        last: bool,
    },
}

kinds!(PlayMessage, "play.sock", {
    Sentence => "sentence",
    Commit => "commit",
    Endpoint => "endpoint",
    Pcm => "pcm",
    SentenceEnd => "sentence_end",
    TurnEnd => "turn_end",
    Cancel => "cancel",
    Keep => "keep",
});
