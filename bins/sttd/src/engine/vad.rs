//! Where there is speech, by Silero's model.

use std::path::Path;

use iseetutor_audio::SPEECH_RATE_HZ;
use whisper_rs::{WhisperVadContext, WhisperVadContextParams};

use super::EngineError;

/// Samples that one probability stands for: 32 ms.
pub const CHUNK: usize = 512;

/// Probability from which a chunk counts as speech: Silero's own default.
pub const SPEECH: f32 = 0.5;

/// The voice activity model.
pub struct Vad {
    inner: WhisperVadContext,
}

impl Vad {
    /// Loads the model at `path`, which was checked before.
    pub fn load(path: &Path) -> Result<Self, EngineError> {
        let text = path.to_str().filter(|text| !text.contains('\0')).ok_or_else(|| EngineError::Model {
            what: "a Silero voice activity model",
            path: path.to_owned(),
            problem: "its path is not UTF-8".into(),
        })?;
        let mut parameters = WhisperVadContextParams::default();
        // The graph is tiny; a second thread would only wait for the first.
        parameters.set_n_threads(1);
        let inner = WhisperVadContext::new(text, parameters)
            .map_err(|source| EngineError::Load { path: path.to_owned(), source })?;
        Ok(Self { inner })
    }

    /// The probability of speech for each [`CHUNK`] of `samples`, the last one filled up with silence.
    pub fn probabilities(&mut self, samples: &[f32]) -> Result<&[f32], EngineError> {
        if samples.is_empty() {
            return Ok(&[]);
        }
        self.inner
            .detect_speech(samples)
            .map_err(|source| EngineError::Library { operation: "find speech in a clip", source })?;
        Ok(self.inner.probabilities())
    }
}

/// What the probabilities of a clip say about it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Evidence {
    /// First chunk of speech.
    pub first: usize,
    /// Chunk after the last one of speech; `first` when there is none.
    pub end: usize,
    /// Milliseconds of speech.
    pub speech_ms: f64,
    /// Mean probability of the chunks of speech; 0 without any.
    pub mean: f32,
}

impl Evidence {
    /// Sums up `probabilities`.
    #[must_use]
    #[allow(clippy::cast_precision_loss)]
    pub fn of(probabilities: &[f32]) -> Self {
        let is_speech = |probability: &f32| *probability >= SPEECH;
        let Some(first) = probabilities.iter().position(is_speech) else { return Self::default() };
        let end = probabilities.iter().rposition(is_speech).map_or(first, |last| last + 1);
        let speech: Vec<f32> =
            probabilities.iter().copied().filter(|probability| is_speech(probability)).collect();
        let chunk_ms = CHUNK as f64 * 1_000.0 / f64::from(SPEECH_RATE_HZ);
        Self {
            first,
            end,
            speech_ms: speech.len() as f64 * chunk_ms,
            mean: speech.iter().sum::<f32>() / speech.len() as f32,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_sums_up_the_probabilities() {
        let evidence = Evidence::of(&[0.1, 0.9, 0.2, 0.7, 0.0]);
        assert_eq!((evidence.first, evidence.end), (1, 4));
        assert!((evidence.speech_ms - 64.0).abs() < 1e-9 && (evidence.mean - 0.8).abs() < 1e-6);
        assert_eq!(Evidence::of(&[0.1, 0.2]), Evidence::default());
        assert_eq!(Evidence::of(&[]), Evidence::default());
    }
}
