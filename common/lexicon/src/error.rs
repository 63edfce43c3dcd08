//! What can go wrong, in sentences that name the operation, the thing and the remedy.

use std::io;
use std::path::PathBuf;

/// Result of every fallible call in this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error of this crate.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// WordNet is not where it was looked for.
    #[error(
        "cannot read WordNet: {} is not there; install it with `apt-get install wordnet-base`, or name its folder",
        .0.display()
    )]
    NoWordNet(PathBuf),
    /// A file of WordNet has a line that is none of its format.
    #[error("cannot read WordNet: line {line} of {} is not as WordNet 3.0 writes it; install wordnet-base again", file.display())]
    Line {
        /// The file.
        file: PathBuf,
        /// The line, counted from 1.
        line: usize,
    },
    /// The operating system refused an operation on a file.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was attempted.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// SQLite refused an operation.
    #[error("cannot {action} the lexicon {}: {source}; make it again with `tutorctl lexicon build`", path.display())]
    Database {
        /// What was attempted.
        action: &'static str,
        /// The lexicon's file.
        path: PathBuf,
        /// The cause.
        source: rusqlite::Error,
    },
    /// The file is there and is no lexicon of this version.
    #[error(
        "cannot use the lexicon {}: it has format {found}, and this program reads {wanted}; make it again with `tutorctl lexicon build`",
        path.display()
    )]
    Format {
        /// The lexicon's file.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The format of this program.
        wanted: i64,
    },
    /// There is no lexicon.
    #[error("there is no lexicon at {}; make it with `tutorctl lexicon build`", .0.display())]
    Missing(PathBuf),
}
