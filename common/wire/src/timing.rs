//! The record of where a turn's time went, filled in by each stage and carried forward with the frames.

use serde::{Deserialize, Serialize};

/// Microseconds on `CLOCK_MONOTONIC`, the one clock that every process on the machine shares.
#[must_use]
pub fn monotonic_us() -> u64 {
    // The clock always exists on Linux; zero would only make a figure look odd, never stop a lesson.
    nix::time::clock_gettime(nix::time::ClockId::CLOCK_MONOTONIC).map_or(0, |now| {
        let seconds = u64::try_from(now.tv_sec()).unwrap_or(0);
        let nanoseconds = u64::try_from(now.tv_nsec()).unwrap_or(0);
        seconds * 1_000_000 + nanoseconds / 1_000
    })
}

/// Where the time of one turn went. Stages that did not take part stay `None`.
///
/// `*_us` are points on [`monotonic_us`]; `*_ms` are lengths in milliseconds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TurnTiming {
    /// When the child's last sound ended (audiod).
    pub speech_end_us: u64,
    /// From the last sound to the decision that the turn is over (audiod).
    pub endpoint_ms: Option<f64>,
    /// What speech to text took to compute, the speculative start included (sttd).
    pub stt_ms: Option<f64>,
    /// From the decision that the turn is over to the final transcript (sttd). Zero or close to it
    /// when the transcript was ready before.
    pub stt_wait_ms: Option<f64>,
    /// From the final transcript to the first token of the model; `None` when no model was asked (tutord).
    pub first_token_ms: Option<f64>,
    /// From the final transcript to the first clause handed to the voice (tutord).
    pub first_clause_ms: Option<f64>,
    /// From the first clause's arrival at the voice to its first audio (ttsd).
    pub tts_first_audio_ms: Option<f64>,
}
