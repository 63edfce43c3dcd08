use serde::{Deserialize, Serialize};

use super::{Expectation, Played, kinds};

/// audiod to sttd, on `stt.sock`: the child's speech.
///
/// One utterance is `speech_start`, any number of `audio` and `pause`, then `speech_end` or `cancel`.
/// When speech goes on after a `pause`, the following frames carry the next revision of the same turn;
/// what was heard in the earlier revisions still belongs to the utterance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "k", content = "b", rename_all = "snake_case")]
pub enum SttMessage {
    /// The child began to speak. The `audio` that follows starts a little before (pre-roll).
    SpeechStart {
        /// Point on the monotonic clock, in µs, of the first speech.
        at_us: u64,
        /// What answer was waited for.
        expect: Expectation,
        /// How far playback of the last answer got, if there was one since the last report.
        played: Option<Played>,
    },
    /// Sound, without gaps.
    Audio {
        /// 16-bit little-endian samples, 16,000 Hz, mono; at most 100 ms.
        #[serde(with = "serde_bytes")]
        pcm: Vec<u8>,
    },
    /// A first short silence: the moment to start transcribing, in case this was all.
    Pause {
        /// Point on the monotonic clock, in µs, of the last speech.
        speech_end_us: u64,
    },
    /// The utterance is over.
    SpeechEnd {
        /// Point on the monotonic clock, in µs, of the last speech.
        speech_end_us: u64,
        /// Milliseconds from the last speech to this decision.
        endpoint_ms: f64,
    },
    /// The utterance was none (a click, a cough): forget it.
    Cancel {},
}

kinds!(SttMessage, "stt.sock", {
    SpeechStart => "speech_start",
    Audio => "audio",
    Pause => "pause",
    SpeechEnd => "speech_end",
    Cancel => "cancel",
});
