//! An answer that was prepared while the child paused: held back until it is known that the child had finished.

use iseetutor_wire::TurnTiming;
use iseetutor_wire::message::PlayMessage;

/// Most sound that is held back, in bytes: 95 s at 22,050 Hz. What is prepared is a few sentences.
const MOST_BYTES: usize = 4 << 20;

/// What is held back for the turn and revision at hand.
#[derive(Debug, Default)]
pub(super) struct Prepared {
    connection: Option<u64>,
    frames: Vec<PlayMessage>,
    bytes: usize,
    committed: Option<Committed>,
}

/// The word that the answer stands.
#[derive(Debug, Clone)]
struct Committed {
    timing: TurnTiming,
    at_us: u64,
}

/// What becomes of a frame of the voice.
#[derive(Debug, PartialEq)]
pub(super) enum Handling {
    /// It is held back, or was about what is held back.
    Held,
    /// It is one like any other.
    Passed(PlayMessage),
    /// There is too much of it.
    Refused,
}

impl Prepared {
    /// Whether anything is held back.
    pub fn is_held(&self) -> bool {
        self.connection.is_some()
    }

    /// Takes a frame for the turn and revision at hand; `listening` is whether the utterance is still open.
    pub fn take(&mut self, connection: u64, message: PlayMessage, listening: bool, now_us: u64) -> Handling {
        match message {
            PlayMessage::Commit { timing } => {
                self.committed = Some(Committed { timing, at_us: now_us });
                Handling::Held
            }
            PlayMessage::Sentence { sentence, rate_hz, timing, prepared: true } => {
                if let (None, false, Some(committed)) = (self.connection, listening, &self.committed) {
                    // It was made ready too late to be held back: it is an answer like any other.
                    let mut timing = TurnTiming { tts_first_audio_ms: None, ..committed.timing.clone() };
                    timing.tts_first_audio_ms = Some(milliseconds(now_us.saturating_sub(committed.at_us)));
                    return Handling::Passed(PlayMessage::Sentence {
                        sentence,
                        rate_hz,
                        timing,
                        prepared: false,
                    });
                }
                if self.connection.is_some_and(|holder| holder != connection) {
                    return Handling::Refused;
                }
                self.connection = Some(connection);
                self.frames.push(PlayMessage::Sentence { sentence, rate_hz, timing, prepared: false });
                Handling::Held
            }
            // What was prepared is not the answer after all.
            PlayMessage::Cancel {} if self.is_held() => {
                self.forget();
                Handling::Held
            }
            message if self.connection == Some(connection) => {
                self.bytes += if let PlayMessage::Pcm { pcm } = &message { pcm.len() } else { 0 };
                if self.bytes > MOST_BYTES {
                    return Handling::Refused;
                }
                self.frames.push(message);
                Handling::Held
            }
            message => Handling::Passed(message),
        }
    }

    /// The whole answer so far, when it stands: what follows it is no longer held back.
    pub fn release(&mut self) -> Option<(u64, Vec<PlayMessage>)> {
        let committed = self.committed.clone()?;
        let connection = self.connection.take()?;
        let mut frames = std::mem::take(&mut self.frames);
        self.bytes = 0;
        if let Some(PlayMessage::Sentence { timing, .. }) = frames.first_mut() {
            // Its voice was ready before it was wanted.
            *timing = TurnTiming { tts_first_audio_ms: Some(0.0), ..committed.timing };
        }
        Some((connection, frames))
    }

    /// Forgets everything; whether anything was held back in vain.
    pub fn forget(&mut self) -> bool {
        std::mem::take(self).is_held()
    }

    /// Forgets what came by a connection that is over.
    pub fn closed(&mut self, connection: u64) {
        if self.connection == Some(connection) {
            self.forget();
        }
    }
}

#[allow(clippy::cast_precision_loss)]
fn milliseconds(us: u64) -> f64 {
    us as f64 / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(prepared: bool) -> PlayMessage {
        PlayMessage::Sentence { sentence: 1, rate_hz: 22_050, timing: TurnTiming::default(), prepared }
    }

    fn pcm(bytes: usize) -> PlayMessage {
        PlayMessage::Pcm { pcm: vec![0; bytes] }
    }

    fn commit() -> PlayMessage {
        let timing = TurnTiming { first_clause_ms: Some(3.0), ..TurnTiming::default() };
        PlayMessage::Commit { timing }
    }

    #[test]
    fn an_answer_is_held_until_it_stands_and_then_passes() {
        let mut prepared = Prepared::default();
        assert_eq!(prepared.take(1, sentence(true), true, 0), Handling::Held);
        assert_eq!(prepared.take(1, pcm(100), true, 0), Handling::Held);
        assert_eq!(prepared.release(), None, "nobody said that it stands");
        assert_eq!(prepared.take(1, commit(), false, 0), Handling::Held);
        let (connection, frames) = prepared.release().unwrap_or_default();
        assert_eq!((connection, frames.len()), (1, 2));
        let Some(PlayMessage::Sentence { timing, prepared: false, .. }) = frames.first() else {
            unreachable!("{frames:?}")
        };
        assert_eq!((timing.first_clause_ms, timing.tts_first_audio_ms), (Some(3.0), Some(0.0)));
        assert_eq!(prepared.take(1, pcm(10), false, 0), Handling::Passed(pcm(10)));
        assert!(!prepared.forget());
    }

    #[test]
    fn a_voice_that_comes_after_the_word_is_heard_at_once() {
        let mut prepared = Prepared::default();
        assert_eq!(prepared.take(1, commit(), false, 1_000), Handling::Held);
        let Handling::Passed(PlayMessage::Sentence { timing, prepared: false, .. }) =
            prepared.take(1, sentence(true), false, 41_000)
        else {
            unreachable!("it is not held back")
        };
        assert_eq!(timing.tts_first_audio_ms, Some(40.0));
    }

    #[test]
    fn too_much_is_refused_and_another_connection_is_too() {
        let mut prepared = Prepared::default();
        prepared.take(1, sentence(true), true, 0);
        assert_eq!(prepared.take(2, sentence(true), true, 0), Handling::Refused);
        assert_eq!(prepared.take(2, pcm(10), true, 0), Handling::Passed(pcm(10)));
        assert_eq!(prepared.take(1, pcm(MOST_BYTES + 1), true, 0), Handling::Refused);
        prepared.closed(1);
        assert!(!prepared.is_held());
    }
}
