//! What can go wrong. Every text names the operation, the thing and the remedy.

use std::path::PathBuf;

/// Result of every fallible call in this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error of the storage.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// It is not done, because it might harm or because something is missing. Nothing was changed.
    #[error("{0}")]
    Refused(String),
    /// The operating system refused an operation on a file.
    #[error("cannot {operation} {}: {source}", path.display())]
    Io {
        /// What was tried.
        operation: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// A program could not be started.
    #[error("cannot run {program}: {source}; it is in the package {package}")]
    Program {
        /// The program.
        program: String,
        /// Where Debian and Ubuntu have it.
        package: &'static str,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// A program said no.
    #[error("{program} failed ({status}){}", said(text))]
    Tool {
        /// The program.
        program: String,
        /// Its exit status.
        status: String,
        /// What it wrote, without secrets.
        text: String,
    },
    /// What a program answered is not what it should be.
    #[error("cannot read what {program} answered: {problem}")]
    Answer {
        /// The program.
        program: &'static str,
        /// What is wrong with it.
        problem: String,
    },
    /// Something is not as it should be after all was done.
    #[error("{0}")]
    Wrong(String),
    /// Ctrl-C or SIGTERM between two steps.
    #[error("interrupted")]
    Interrupted,
}

impl Error {
    /// For `map_err`: wraps an operating system error with its operation and path.
    pub fn io(operation: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { operation, path, source }
    }
}

fn said(text: &str) -> String {
    if text.trim().is_empty() { String::new() } else { format!(": {}", text.trim().replace('\n', "; ")) }
}
