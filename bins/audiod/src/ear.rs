//! The ear: sound in, utterances out, first syllables included.

pub mod gate;
pub mod segment;

use std::collections::VecDeque;

use gate::{FRAME, Gate};
use iseetutor_audio::SPEECH_RATE_HZ;
use segment::{EndCause, Mark, Rules, Segmenter};
use serde::{Deserialize, Serialize};

/// How utterances are found; the table `[voice]` of the configuration. All lengths in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct VoiceConfig {
    /// Voice that makes an utterance begin.
    pub attack_ms: u32,
    /// Sound kept from before the first voice.
    pub pre_roll_ms: u32,
    /// Silence after which the transcript is begun, in case that was all.
    pub pause_ms: u32,
    /// Silence that ends an utterance, unless the question asked for another.
    pub endpoint_ms: u32,
    /// Voice without which an utterance was a cough.
    pub min_voice_ms: u32,
    /// Longest utterance.
    pub max_utterance_ms: u32,
    /// How a moment of sound becomes voice.
    pub gate: gate::GateConfig,
}

impl Default for VoiceConfig {
    fn default() -> Self {
        Self {
            attack_ms: 64,
            pre_roll_ms: 300,
            pause_ms: 100,
            endpoint_ms: 500,
            min_voice_ms: 96,
            max_utterance_ms: 30_000,
            gate: gate::GateConfig::default(),
        }
    }
}

impl VoiceConfig {
    fn rules(&self) -> Rules {
        Rules {
            attack: ms_to_samples(self.attack_ms).max(1),
            resume: 2 * FRAME as u64,
            pause: ms_to_samples(self.pause_ms),
            end: ms_to_samples(self.endpoint_ms),
            min_voice: ms_to_samples(self.min_voice_ms),
            max: ms_to_samples(self.max_utterance_ms),
        }
    }
}

/// Samples at 16 kHz of a length in milliseconds.
#[must_use]
pub fn ms_to_samples(ms: u32) -> u64 {
    u64::from(ms) * u64::from(SPEECH_RATE_HZ) / 1_000
}

/// What the ear heard. Positions are samples at 16 kHz since the ear began.
#[derive(Debug, Clone, PartialEq)]
pub enum Heard {
    /// An utterance began.
    Start {
        /// First voice.
        onset: u64,
    },
    /// Its next sound, without gaps from the pre-roll on.
    Audio(Vec<f32>),
    /// A first short silence.
    Pause {
        /// End of the last voice.
        speech_end: u64,
    },
    /// It went on after a pause; what follows is another revision.
    Resume,
    /// It is over.
    End {
        /// End of the last voice.
        speech_end: u64,
        /// Position at which that was decided.
        decided: u64,
        /// Why.
        cause: EndCause,
    },
    /// It was none.
    Cancel,
}

/// The ear.
pub struct Ear {
    gate: Box<dyn Gate>,
    segmenter: Segmenter,
    pre_roll: u64,
    /// Sound not decided on yet: less than a frame.
    pending: Vec<f32>,
    /// The last sound: pre-roll, and what the attack took.
    recent: VecDeque<f32>,
    /// Most that `recent` holds.
    keep: usize,
}

impl Ear {
    /// An ear that decides by `gate`.
    #[must_use]
    pub fn new(config: &VoiceConfig, gate: Box<dyn Gate>) -> Self {
        let pre_roll = ms_to_samples(config.pre_roll_ms);
        let rules = config.rules();
        // The attack may be stretched by gaps to three times its length at most: silence counts double.
        let keep = usize::try_from(pre_roll + 3 * rules.attack).unwrap_or(usize::MAX) + 2 * FRAME;
        Self {
            gate,
            segmenter: Segmenter::new(rules),
            pre_roll,
            pending: Vec::with_capacity(FRAME),
            recent: VecDeque::with_capacity(keep),
            keep,
        }
    }

    /// Samples heard so far, those not decided on yet included.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.segmenter.position() + self.pending.len() as u64
    }

    /// Whether an utterance is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.segmenter.is_open()
    }

    /// Sets the silence that ends the next utterances; `None` for the configured one.
    pub fn expect_silence_ms(&mut self, silence_ms: Option<u32>) {
        self.segmenter.expect_end(silence_ms.map(ms_to_samples));
    }

    /// Sets the silence that ends the utterance under way, as long as it does not go on.
    pub fn end_after_ms(&mut self, silence_ms: u32) {
        self.segmenter.end_after(ms_to_samples(silence_ms));
    }

    /// Hears `samples` and appends what came of it to `out`.
    pub fn hear(&mut self, samples: &[f32], out: &mut Vec<Heard>) {
        let mut rest = samples;
        while !rest.is_empty() {
            let part = (FRAME - self.pending.len()).min(rest.len());
            self.pending.extend_from_slice(&rest[..part]);
            rest = &rest[part..];
            let Ok(frame) = <&[f32; FRAME]>::try_from(self.pending.as_slice()) else { return };
            let voice = self.gate.is_voice(frame);
            let was_open = self.segmenter.is_open();
            let mark = self.segmenter.step(FRAME as u64, voice);
            let frame = std::mem::replace(&mut self.pending, Vec::with_capacity(FRAME));
            if was_open {
                if mark == Some(Mark::Resume) {
                    out.push(Heard::Resume);
                }
                out.push(Heard::Audio(frame));
                out.extend(mark.and_then(|mark| self.told(mark)));
            } else {
                self.recent.extend(&frame);
                let surplus = self.recent.len().saturating_sub(self.keep);
                self.recent.drain(..surplus);
                if let Some(Mark::Start { onset }) = mark {
                    self.start(onset, out);
                }
            }
        }
    }

    /// Hears nothing worth hearing for `samples` samples: the tutor's own voice, for one.
    pub fn ignore(&mut self, samples: usize, out: &mut Vec<Heard>) {
        out.extend(self.segmenter.abandon().map(|_| Heard::Cancel));
        // Keeps the count, so that positions still stand for points in time.
        self.segmenter.step((samples + self.pending.len()) as u64, false);
        self.pending.clear();
        self.recent.clear();
        self.gate.reset();
    }

    /// The push-to-talk button.
    pub fn button(&mut self, pressed: bool, out: &mut Vec<Heard>) {
        if pressed {
            if let Some(Mark::Start { onset }) = self.segmenter.hold() {
                self.start(onset, out);
            }
        } else {
            out.extend(self.segmenter.release().and_then(|mark| self.told(mark)));
        }
    }

    fn start(&mut self, onset: u64, out: &mut Vec<Heard>) {
        out.push(Heard::Start { onset });
        let recent_from = self.segmenter.position() - self.recent.len() as u64;
        let from = onset.saturating_sub(self.pre_roll).max(recent_from);
        let skip = usize::try_from(from - recent_from).unwrap_or(0);
        let audio: Vec<f32> = self.recent.drain(..).skip(skip).collect();
        if !audio.is_empty() {
            out.push(Heard::Audio(audio));
        }
    }

    fn told(&self, mark: Mark) -> Option<Heard> {
        match mark {
            Mark::Pause { speech_end } => Some(Heard::Pause { speech_end }),
            Mark::End { speech_end, cause } => {
                Some(Heard::End { speech_end, decided: self.segmenter.position(), cause })
            }
            Mark::Cancel => Some(Heard::Cancel),
            // Told before the sound they belong to.
            Mark::Start { .. } | Mark::Resume => None,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::cast_precision_loss, clippy::single_range_in_vec_init)]
    use super::*;
    use proptest::prelude::*;

    /// Takes a frame for voice when its samples are above a half: sound of tests is its own detector.
    struct Loud;

    impl Gate for Loud {
        fn is_voice(&mut self, frame: &[f32; FRAME]) -> bool {
            frame.iter().any(|sample| *sample > 0.5)
        }
        fn reset(&mut self) {}
    }

    fn ear() -> Ear {
        Ear::new(&VoiceConfig::default(), Box::new(Loud))
    }

    /// Samples that number themselves below a half, with voice in the given ranges.
    fn numbered(len: usize, voice: &[std::ops::Range<usize>]) -> Vec<f32> {
        (0..len)
            .map(|n| {
                let number = n as f32 / 1_000_000.0;
                if voice.iter().any(|range| range.contains(&n)) { 0.6 + number } else { number }
            })
            .collect()
    }

    fn audio(heard: &[Heard]) -> Vec<f32> {
        heard
            .iter()
            .flat_map(|h| if let Heard::Audio(samples) = h { samples.clone() } else { vec![] })
            .collect()
    }

    #[test]
    fn the_pre_roll_comes_before_the_first_voice() {
        let sound = numbered(48_000, &[16_000..24_000]);
        let mut heard = Vec::new();
        ear().hear(&sound, &mut heard);
        // The voice begins in the frame from 15,872.
        let onset = 15_872;
        assert_eq!(heard[0], Heard::Start { onset });
        let audio = audio(&heard);
        let from = usize::try_from(onset).unwrap_or(0) - 4_800;
        assert_eq!(audio[..], sound[from..from + audio.len()], "300 ms before the onset, then without gaps");
        let Some(Heard::End { speech_end, decided, cause: EndCause::Silence }) = heard.last() else {
            unreachable!("{:?}", heard.last())
        };
        assert_eq!(*speech_end, 24_064);
        assert!((8_000..8_256).contains(&(decided - speech_end)));
        assert_eq!(from + audio.len(), usize::try_from(*decided).unwrap_or(0));
    }

    #[test]
    fn a_button_opens_at_once_with_pre_roll_and_ends_at_release() {
        let sound = numbered(20_000, &[]);
        let mut ear = ear();
        let mut heard = Vec::new();
        ear.hear(&sound[..10_240], &mut heard);
        assert_eq!(heard, []);
        ear.button(true, &mut heard);
        assert_eq!(heard[0], Heard::Start { onset: 10_240 });
        assert_eq!(audio(&heard), sound[10_240 - 4_800..10_240]);
        ear.hear(&numbered(4_096, &[0..4_096]), &mut heard);
        ear.button(false, &mut heard);
        assert!(matches!(heard.last(), Some(Heard::End { cause: EndCause::Released, .. })));
    }

    #[test]
    fn what_is_ignored_is_neither_heard_nor_kept_and_the_count_goes_on() {
        let mut ear = ear();
        let mut heard = Vec::new();
        ear.hear(&numbered(8_000, &[]), &mut heard);
        ear.ignore(16_000, &mut heard);
        assert_eq!(ear.position(), 24_000);
        assert_eq!(heard, []);
        ear.hear(&numbered(2_048, &[0..2_048]), &mut heard);
        assert_eq!(heard[0], Heard::Start { onset: 24_000 });
        assert_eq!(audio(&heard).len(), 2_048, "nothing of before the gap is sent");
        ear.ignore(320, &mut heard);
        assert_eq!(heard.last(), Some(&Heard::Cancel));
    }

    proptest! {
        /// However sound is cut into blocks, what is heard is the same.
        #[test]
        fn blocks_do_not_matter(
            starts in prop::collection::vec(0_usize..60_000, 0..5),
            cuts in prop::collection::vec(1_usize..5_000, 1..40),
        ) {
            let voice: Vec<_> = starts.iter().map(|start| *start..start + 6_000).collect();
            let sound = numbered(80_000, &voice);
            let mut whole = Vec::new();
            ear().hear(&sound, &mut whole);
            let (mut parts, mut ear, mut rest, mut cuts) = (Vec::new(), ear(), sound.as_slice(), cuts.iter().cycle());
            while !rest.is_empty() {
                let cut = (*cuts.next().unwrap_or(&1)).min(rest.len());
                ear.hear(&rest[..cut], &mut parts);
                rest = &rest[cut..];
            }
            prop_assert_eq!(whole, parts);
        }

        /// Every voice longer than the attack is in the audio of some utterance, from its first sample on.
        #[test]
        fn no_voice_is_lost(starts in prop::collection::vec(2_000_usize..60_000, 1..5)) {
            let voice: Vec<_> = starts.iter().map(|start| *start..start + 4_000).collect();
            let sound = numbered(80_000, &voice);
            let mut heard = Vec::new();
            ear().hear(&sound, &mut heard);
            let audio = audio(&heard);
            for sample in sound.iter().filter(|sample| **sample > 0.5) {
                prop_assert!(audio.contains(sample));
            }
        }
    }
}
