//! A Piper voice: phonemes in, sound out, piece by piece.

mod config;
mod decoder;
mod interrupt;
mod phonemes;
mod runtime;
mod synth;

use std::path::PathBuf;

pub use config::{Inference, VoiceConfig};
pub use decoder::Utterance;
pub use interrupt::Interrupt;
pub use phonemes::Phonemizer;
pub use synth::{Voice, VoiceFiles};

use crate::espeak::EspeakError;

/// Why a voice cannot be loaded or does not speak.
#[derive(Debug, thiserror::Error)]
pub enum VoiceError {
    /// A file is missing or cannot be read.
    #[error(
        "cannot read {path}: {source}; run `tutorctl models fetch`, or correct the path in the configuration"
    )]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The voice's JSON file is wrong.
    #[error("cannot use the voice configuration {path}: {problem}; run `tutorctl models fetch`")]
    Config {
        /// The file.
        path: PathBuf,
        /// What is wrong in it.
        problem: String,
    },
    /// The ONNX Runtime library is missing, damaged or too old.
    #[error("cannot load the ONNX Runtime library {path}: {reason}; run `tutorctl models fetch`")]
    Runtime {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The model file is damaged or of another kind.
    #[error("cannot load the voice {path}: {reason}; run `tutorctl models fetch`")]
    Model {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// There are no phonemes.
    #[error(transparent)]
    Phonemes(#[from] EspeakError),
    /// It was interrupted; asked again, it goes on where it was.
    #[error("interrupted")]
    Interrupted,
    /// The model failed on a text.
    #[error("the voice failed: {0}")]
    Run(String),
}
