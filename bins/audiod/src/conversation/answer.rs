//! The answer that is waited for or heard, and where its time went.

use iseetutor_bus::audio1::TurnRecord;
use iseetutor_wire::TurnTiming;

/// An answer from the end of the child's speech to its own end.
#[derive(Debug)]
pub(super) struct Answer {
    /// The turn it answers.
    pub turn: u64,
    /// Point in µs of the last sign that it is coming.
    pub sign_us: u64,
    /// Point in µs at which its first audio came from the voice.
    pub first_audio_us: Option<u64>,
    /// Whether all of it is here, if not played yet.
    pub complete: bool,
    speech_end_us: u64,
    endpoint_ms: f64,
    timing: Option<TurnTiming>,
    heard: bool,
}

impl Answer {
    pub(super) fn new(turn: u64, speech_end_us: u64, endpoint_ms: f64, now_us: u64) -> Self {
        Self {
            turn,
            sign_us: now_us,
            first_audio_us: None,
            complete: false,
            speech_end_us,
            endpoint_ms,
            timing: None,
            heard: false,
        }
    }

    /// The first sentence brings the record of the stages before; those after do not change it.
    pub(super) fn first_sentence(&mut self, timing: TurnTiming) {
        self.timing.get_or_insert(timing);
    }

    /// The first sample of the answer to turn number `number` is heard at `at_us`: the record is complete. Later ones change nothing.
    ///
    /// `endpoint_ms`, `stt_wait_ms`, `first_clause_ms`, `tts_first_audio_ms`, `play_ms` and
    /// `unaccounted_ms` follow each other and add up to `speech_end_to_first_audio_ms`; `stt_ms` and
    /// `first_token_ms` lie within them. `unaccounted_ms` is what the frames took on their way between the
    /// daemons, and any time that a stage did not own up to.
    #[allow(clippy::cast_precision_loss)]
    pub(super) fn heard(&mut self, at_us: u64, number: u32) -> Option<TurnRecord> {
        if std::mem::replace(&mut self.heard, true) {
            return None;
        }
        let ms = |us: u64| us as f64 / 1_000.0;
        let timing = self.timing.clone().unwrap_or_default();
        let total = ms(at_us.saturating_sub(self.speech_end_us));
        let play = self.first_audio_us.map(|from| ms(at_us.saturating_sub(from)));
        let stages = [
            ("endpoint_ms", Some(self.endpoint_ms)),
            ("stt_wait_ms", timing.stt_wait_ms),
            ("first_clause_ms", timing.first_clause_ms),
            ("tts_first_audio_ms", timing.tts_first_audio_ms),
            ("play_ms", play),
        ];
        let sum: f64 = stages.iter().filter_map(|(_, ms)| *ms).sum();
        let within = [("stt_ms", timing.stt_ms), ("first_token_ms", timing.first_token_ms)];
        let whole = [
            ("turn", Some(number.into())),
            ("speech_end_to_first_audio_ms", Some(total)),
            ("unaccounted_ms", Some(total - sum)),
        ];
        let all = stages.into_iter().chain(within).chain(whole);
        Some(all.filter_map(|(name, figure)| Some((name.to_owned(), figure?))).collect())
    }
}
