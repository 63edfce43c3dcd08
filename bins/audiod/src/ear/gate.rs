//! Whether a moment of sound is voice.

use iseetutor_audio::level::{dbfs, rms};
use serde::{Deserialize, Serialize};

/// Samples of one decision: 16 ms at 16 kHz, as the detector wants them.
pub const FRAME: usize = 256;

/// Says of each frame whether it is voice.
pub trait Gate: Send {
    /// Whether this frame, which follows the one before, is voice.
    fn is_voice(&mut self, frame: &[f32; FRAME]) -> bool;
    /// The next frame does not follow the one before.
    fn reset(&mut self);
}

/// How a frame becomes voice.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GateConfig {
    /// Score of the detector, 0 to 1, from which a frame is voice.
    pub threshold: f32,
    /// Decibels by which voice is louder than the room's own noise.
    pub above_noise_db: f32,
    /// Quietest level that can be voice, in dBFS.
    pub min_level_dbfs: f32,
}

impl Default for GateConfig {
    fn default() -> Self {
        Self { threshold: 0.5, above_noise_db: 6.0, min_level_dbfs: -58.0 }
    }
}

/// The detector's score falls off before a word's last sounds do: once a voice is on, it stays on down
/// to this share of the threshold.
const STAY: f32 = 0.5;

/// The level of the room, followed quickly when it falls and slowly when it rises, and not at all by voice.
#[derive(Debug, Clone, Copy)]
struct NoiseFloor {
    dbfs: f32,
}

impl NoiseFloor {
    /// Where it starts: a quiet room, so that the first word is not taken for the room.
    const START: f32 = -65.0;
    /// A floor below this says that nothing is connected, and above that the room shouts.
    const RANGE: std::ops::RangeInclusive<f32> = -75.0..=-25.0;

    fn learn(&mut self, level: f32, voice: bool) {
        // Per frame of 16 ms: falling by half the distance in 0.1 s, rising by 3 dB a second.
        let step = if level < self.dbfs {
            (level - self.dbfs) * 0.1
        } else if voice {
            0.0
        } else {
            (level - self.dbfs).min(0.05)
        };
        self.dbfs = (self.dbfs + step).clamp(*Self::RANGE.start(), *Self::RANGE.end());
    }
}

/// The cheap gate: earshot's small network, and a level above the room's noise.
pub struct VoiceGate {
    config: GateConfig,
    detector: Box<earshot::Detector>,
    floor: NoiseFloor,
    on: bool,
}

impl VoiceGate {
    /// A gate that has heard nothing yet.
    #[must_use]
    pub fn new(config: GateConfig) -> Self {
        Self {
            config,
            detector: earshot::Detector::default_boxed(),
            floor: NoiseFloor { dbfs: NoiseFloor::START },
            on: false,
        }
    }
}

impl Gate for VoiceGate {
    fn is_voice(&mut self, frame: &[f32; FRAME]) -> bool {
        let level = dbfs(rms(frame));
        // The detector checks that samples are within range, and panics in debug builds when they are not.
        let score = self.detector.predict_f32(&frame.map(|sample| sample.clamp(-1.0, 1.0)));
        let threshold = self.config.threshold * if self.on { STAY } else { 1.0 };
        let loud = level >= (self.floor.dbfs + self.config.above_noise_db).max(self.config.min_level_dbfs);
        let likely = score >= threshold;
        self.floor.learn(level, likely);
        self.on = likely && loud;
        self.on
    }

    fn reset(&mut self) {
        self.detector.reset();
        self.on = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_and_steady_noise_are_no_voice() {
        let mut gate = VoiceGate::new(GateConfig::default());
        let mut seed = 1_u32;
        let mut noise = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            #[allow(clippy::cast_precision_loss)]
            let unit = (seed >> 8) as f32 / 8_388_608.0 - 1.0;
            unit
        };
        for level in [0.0, 0.001, 0.01, 0.1] {
            let voiced =
                (0..500).filter(|_| gate.is_voice(&std::array::from_fn(|_| noise() * level))).count();
            assert!(voiced <= 5, "{voiced} of 500 frames of noise at {level} were voice");
        }
    }

    #[test]
    fn the_floor_falls_fast_and_rises_slowly() {
        let mut floor = NoiseFloor { dbfs: NoiseFloor::START };
        for _ in 0..62 {
            floor.learn(-40.0, false);
        }
        assert!(floor.dbfs > -64.0 && floor.dbfs < -60.0, "{floor:?} after a second of noise");
        for _ in 0..62 {
            floor.learn(-70.0, false);
        }
        assert!(floor.dbfs < -69.0, "{floor:?} after a second of silence");
        let before = floor.dbfs;
        floor.learn(-20.0, true);
        assert!((floor.dbfs - before).abs() < f32::EPSILON, "voice is not the room");
    }
}
