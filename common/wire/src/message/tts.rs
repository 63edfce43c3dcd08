use serde::{Deserialize, Serialize};

use super::{Expectation, kinds};
use crate::timing::TurnTiming;

/// tutord to ttsd, on `tts.sock`: what to say.
///
/// An answer is any number of `say`, then `turn_end`. The first frame of a newer turn or revision voids the older.
/// While the child pauses, an answer may be prepared: it is heard after `commit`, and otherwise never.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "k", content = "b", rename_all = "snake_case")]
pub enum TtsMessage {
    /// Say a sentence or a clause after what was said before in this turn.
    Say {
        /// Its number in the turn, from 1.
        sentence: u32,
        /// The text as it would be written.
        text: String,
        /// How fast: 1 is the voice's own pace, 0.8 slower.
        rate: f32,
        /// Whether the audio may be kept on disk: only for the tutor's own fixed sentences.
        cacheable: bool,
        /// Where the time went so far.
        #[serde(default)]
        timing: TurnTiming,
        /// Whether it is prepared in case the child has finished: made ready, and heard only after [`Self::Commit`].
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        prepared: bool,
    },
    /// The child had finished: what was prepared for this turn and revision is the answer.
    Commit {
        /// Where the time went until now.
        timing: TurnTiming,
    },
    /// How much silence ends the utterance that is being heard, judged by what it holds so far.
    Endpoint {
        /// Milliseconds from its last sound.
        silence_ms: u32,
    },
    /// The answer is complete.
    TurnEnd {
        /// What kind of answer is waited for now.
        expect: Expectation,
    },
    /// Stop speaking at once and drop what is not said yet.
    Cancel {},
    /// Render a sentence into the cache when nothing else is to do.
    Render {
        /// The text as it would be written.
        text: String,
        /// How fast: 1 is the voice's own pace, 0.8 slower.
        rate: f32,
    },
    /// Render a sentence and have audiod keep it, to be played when the voice is gone.
    Keep {
        /// What it is for, such as `voice_lost`.
        name: String,
        /// The text as it would be written.
        text: String,
    },
}

kinds!(TtsMessage, "tts.sock", {
    Say => "say",
    Commit => "commit",
    Endpoint => "endpoint",
    TurnEnd => "turn_end",
    Cancel => "cancel",
    Render => "render",
    Keep => "keep",
});
