use serde::{Deserialize, Serialize};

use super::{Expectation, Played, kinds};
use crate::timing::TurnTiming;

/// sttd to tutord, on `turn.sock`: what the child said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "k", content = "b", rename_all = "snake_case")]
pub enum TurnMessage {
    /// The child began to speak: whatever an older turn has under way is void.
    SpeechStart {
        /// What answer was waited for.
        expect: Expectation,
        /// How far playback of the last answer got.
        played: Option<Played>,
    },
    /// What has been understood while the child is still speaking. It may change.
    Partial {
        /// Text so far.
        text: String,
    },
    /// The transcript at a first short silence, before the turn is known to be over. Prepare, do not act.
    Speculative(Transcript),
    /// The transcript of the whole turn.
    Final(Transcript),
    /// The utterance was none: forget it.
    Cancel {},
    /// The utterance could not be transcribed.
    Failed {
        /// Why, for the operator.
        reason: String,
    },
}

/// What was understood, and how surely.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Transcript {
    /// The words; empty when nothing was heard.
    pub text: String,
    /// How likely the words are right, 0 to 1.
    pub confidence: f64,
    /// Whether the sound was judged to hold no speech; `text` is then empty.
    pub no_speech: bool,
    /// Milliseconds of sound that were transcribed.
    pub audio_ms: f64,
    /// Where the time went so far.
    #[serde(default)]
    pub timing: TurnTiming,
}

kinds!(TurnMessage, "turn.sock", {
    SpeechStart => "speech_start",
    Partial => "partial",
    Speculative => "speculative",
    Final => "final",
    Cancel => "cancel",
    Failed => "failed",
});
