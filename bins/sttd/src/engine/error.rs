use std::path::PathBuf;

/// Why the engine cannot start or cannot transcribe.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// The processor lacks instructions that the engine is compiled to use.
    #[error(
        "this processor has no {}, which the speech engine is compiled to use: run it on a newer one (Intel Haswell, AMD Zen, or later)",
        missing.join(", ")
    )]
    Processor {
        /// The instruction sets.
        missing: Vec<&'static str>,
    },
    /// The configuration names no model.
    #[error(
        "no {what} is configured: set `{key}` to its file (`tutorctl models fetch` gets one, `tutorctl models list` shows where it is)"
    )]
    NotConfigured {
        /// What kind of model.
        what: &'static str,
        /// The key.
        key: &'static str,
    },
    /// A model file is missing, cut short, damaged, or something else.
    #[error(
        "cannot use {path} as {what}: {problem}; run `tutorctl models verify`, then `tutorctl models fetch`"
    )]
    Model {
        /// What kind of model it should be.
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// The library refused a sound model: out of memory, most likely.
    #[error("cannot load {path}: {source}; is there enough free memory? (the log at level debug has more)")]
    Load {
        /// The file.
        path: PathBuf,
        /// What the library said.
        #[source]
        source: whisper_rs::WhisperError,
    },
    /// The library failed in the middle of its work.
    #[error("cannot {operation}: {source}; the log at level debug has more")]
    Library {
        /// What was tried.
        operation: &'static str,
        /// What the library said.
        #[source]
        source: whisper_rs::WhisperError,
    },
    /// The work was called off.
    #[error("the transcription was called off")]
    Cancelled,
    /// A sound file cannot be read.
    #[error(transparent)]
    Sound(#[from] iseetutor_audio::wav::WavError),
}
