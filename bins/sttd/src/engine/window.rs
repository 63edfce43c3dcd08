//! How much of Whisper's 30-second window is computed.
//!
//! The encoder's cost grows with the number of its positions, 50 for each second of sound, 1500 for the
//! full window. whisper.cpp can compute fewer (`audio_ctx`). Models were trained on the full window, so
//! too few positions lead to loops of repeated words; [`FLOOR`] is what the measurements in
//! `SPECIFICATION.md` support.

use iseetutor_audio::SPEECH_RATE_HZ;

/// Positions of the full window.
pub const FULL: u32 = 1_500;

/// Fewest positions: the window of 9 s, even for a single word.
pub const FLOOR: u32 = 448;

/// Positions beyond the end of the sound, 1 s, so that the model sees that it ends.
const MARGIN: u32 = 50;

/// Positions come in multiples of this.
const STEP: u32 = 64;

/// Samples of one position: 20 ms.
const SAMPLES_PER_POSITION: usize = SPEECH_RATE_HZ as usize / 50;

/// Most samples that fit the full window.
pub const MAX_SAMPLES: usize = FULL as usize * SAMPLES_PER_POSITION;

/// What part of the window to compute.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Window {
    /// As much as the sound needs.
    #[default]
    Trimmed,
    /// All of it, whatever the sound's length: what others are measured against.
    Full,
}

impl Window {
    /// Encoder positions for this many samples at 16 kHz.
    #[must_use]
    pub fn positions(self, samples: usize) -> u32 {
        match self {
            Self::Full => FULL,
            Self::Trimmed => {
                let sound = u32::try_from(samples.div_ceil(SAMPLES_PER_POSITION)).unwrap_or(FULL);
                (sound.saturating_add(MARGIN).next_multiple_of(STEP)).clamp(FLOOR, FULL)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_clips_get_the_floor_and_long_ones_what_they_need() {
        let rate = SPEECH_RATE_HZ as usize;
        assert_eq!(Window::Trimmed.positions(0), FLOOR);
        assert_eq!(Window::Trimmed.positions(3 * rate), FLOOR);
        assert_eq!(Window::Trimmed.positions(10 * rate), 576);
        assert_eq!(Window::Trimmed.positions(29 * rate), FULL);
        assert_eq!(Window::Trimmed.positions(usize::MAX), FULL);
        assert_eq!(Window::Full.positions(0), FULL);
    }

    #[test]
    fn the_window_always_covers_the_sound() {
        for samples in (0..MAX_SAMPLES).step_by(997) {
            assert!(Window::Trimmed.positions(samples) as usize * SAMPLES_PER_POSITION >= samples);
        }
    }
}
