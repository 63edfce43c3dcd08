//! What can go wrong, in sentences that name the operation, the thing and the remedy.

use std::io;
use std::path::PathBuf;

use crate::digest::Sha256Sum;

/// Result of every fallible call in this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error of this crate. The text of each names the remedy where there is one.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The operating system refused an operation on a file or a folder.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was attempted, as a verb: "read", "create".
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// The manifest is not TOML, or has a key this version does not know.
    #[error("models manifest {place}: {source}")]
    ManifestSyntax {
        /// The file, or "(built in)".
        place: String,
        /// Line, column and cause.
        source: Box<toml::de::Error>,
    },
    /// The manifest is well formed but says something impossible.
    #[error("models manifest {place}: {problem}")]
    Manifest {
        /// The file, or "(built in)".
        place: String,
        /// The entry and what is wrong with it.
        problem: String,
    },
    /// No set of that name.
    #[error("there is no model set {name:?}; the manifest has: {known}")]
    UnknownSet {
        /// The name asked for.
        name: String,
        /// Names of the sets there are.
        known: String,
    },
    /// No model of that name in the set.
    #[error("there is no model {id:?} in set {set:?}; it has: {known}")]
    UnknownModel {
        /// The set searched.
        set: String,
        /// The name asked for.
        id: String,
        /// Names of the models there are.
        known: String,
    },
    /// The set has no model for a role.
    #[error("set {set:?} has no model for the role {role}; add one to the models manifest")]
    NoRole {
        /// The set searched.
        set: String,
        /// The role asked for.
        role: crate::Role,
    },
    /// The set has a model, but not for this processor.
    #[error("model {id:?} is not published for {arch}; the manifest has it for: {known}")]
    NoArch {
        /// The model.
        id: String,
        /// This processor.
        arch: crate::Arch,
        /// Processors it is published for.
        known: String,
    },
    /// No folder to keep models in can be derived from the environment.
    #[error("no folder for models: set ISEETUTOR_MODELS to one, or set HOME")]
    NoFolder,
    /// A model file is not there.
    #[error("model {id:?} is missing: no file {}; run `tutorctl models fetch --set {set}`", path.display())]
    Missing {
        /// The model.
        id: String,
        /// Its set.
        set: String,
        /// Where it should be.
        path: PathBuf,
    },
    /// A file has another size than the manifest says.
    #[error("{what} has {actual} bytes, the manifest says {expected}; it is not used: {remedy}")]
    WrongSize {
        /// The file or address.
        what: String,
        /// Size by the manifest, in bytes.
        expected: u64,
        /// Size found, in bytes.
        actual: u64,
        /// What to do.
        remedy: &'static str,
    },
    /// A file has another SHA-256 than the manifest says.
    #[error("{what} has SHA-256 {actual}, the manifest says {expected}; it is not used: {remedy}")]
    WrongChecksum {
        /// The file or address.
        what: String,
        /// Checksum by the manifest.
        expected: Sha256Sum,
        /// Checksum found.
        actual: Sha256Sum,
        /// What to do.
        remedy: &'static str,
    },
    /// No checksum is published for a file, and nobody has accepted it unverified.
    #[error(
        "no checksum is published for model {id:?} ({size} bytes from {from}); \
         if you trust that source, repeat with `--accept-unverified {id}`: \
         its checksum is then recorded and verified from now on"
    )]
    NotAccepted {
        /// The model.
        id: String,
        /// Its size by the manifest, in bytes.
        size: u64,
        /// Where it would come from.
        from: String,
    },
    /// Too little space on the disk.
    #[error("{} has {free} bytes free, {needed} are needed; free some space or set ISEETUTOR_MODELS to another disk", path.display())]
    DiskFull {
        /// A folder on that disk.
        path: PathBuf,
        /// Bytes needed.
        needed: u64,
        /// Bytes free.
        free: u64,
    },
    /// Another fetch holds the folder's lock.
    #[error("another fetch is filling {}; wait for it to end", path.display())]
    Busy {
        /// The models folder.
        path: PathBuf,
    },
    /// Python or pip is not installed.
    #[error(
        "cannot run `{program} -m pip`: {problem}; install it with `apt-get install python3-pip`, or give the wheels in a folder with --mirror"
    )]
    NoPip {
        /// The interpreter tried.
        program: String,
        /// What happened.
        problem: String,
    },
    /// pip ran and failed.
    #[error(
        "pip could not download {package}: {problem}; check the network, or give the wheel in a folder with --mirror"
    )]
    Pip {
        /// Package and version.
        package: String,
        /// The end of what pip wrote.
        problem: String,
    },
    /// A download over HTTPS failed.
    #[error("cannot download {url}: {problem}")]
    Http {
        /// The address.
        url: String,
        /// What happened and what to do.
        problem: String,
    },
    /// Every source of a model failed.
    #[error("model {id:?} could not be had from any of its sources:{}", list(failures))]
    AllSources {
        /// The model.
        id: String,
        /// One sentence for each source tried.
        failures: Vec<String>,
    },
    /// A Python wheel is damaged or is not what the manifest describes.
    #[error("wheel {}: {problem}", path.display())]
    Wheel {
        /// The wheel.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// A model file is cut short, damaged or of another kind than expected.
    #[error("{}: {problem}", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// What is wrong with it and what to do.
        problem: String,
    },
    /// A quantized model is to be built and the caller brought no quantizer.
    #[error(
        "model {id:?} is made by quantizing {from:?}, which needs the llmd program: use `tutorctl models fetch`"
    )]
    NoQuantizer {
        /// The model to be made.
        id: String,
        /// The model it is made from.
        from: String,
    },
    /// The quantizer failed.
    #[error("cannot quantize {} to {kind}: {problem}", path.display())]
    Quantize {
        /// The input file.
        path: PathBuf,
        /// The type asked for, such as `q8_0`.
        kind: String,
        /// What happened.
        problem: String,
    },
    /// The progress callback asked to stop. What was downloaded is kept and resumed.
    #[error("stopped; what was downloaded is kept and will be resumed")]
    Cancelled,
}

fn list(failures: &[String]) -> String {
    failures.iter().map(|failure| format!("\n  - {failure}")).collect()
}

impl Error {
    /// For `map_err`: wraps an operating system error with its operation and path.
    pub(crate) fn io(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { action, path, source }
    }

    pub(crate) fn format(path: impl Into<PathBuf>, problem: impl Into<String>) -> Self {
        Self::Format { path: path.into(), problem: problem.into() }
    }
}
