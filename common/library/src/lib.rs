//! The library: books cut into passages, and the index in which they are found.
//!
//! A [`Library`] is a folder: `index.sqlite` holds books, passages, their words (FTS5) and their meaning (vectors);
//! `pdfs/` keeps each source under its SHA-256, from which the index can be made anew; `images/` holds pictures. A
//! book is added in one transaction, so a crash leaves it out or in, never half.

mod answer;
pub mod chunk;
mod search;
mod store;
pub mod vector;

pub use answer::Answer;
pub use search::{Hit, Query, Ways};
pub use store::{Added, Book, Library, NewBook};

/// Result of every fallible call in this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What can go wrong with a library.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The operating system refused.
    #[error("cannot {operation} {path}: {source}; check free space and who may write there")]
    Io {
        /// What was tried.
        operation: &'static str,
        /// The file or folder.
        path: String,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The index cannot be used.
    #[error(
        "cannot use the index of the library: {0}; `tutorctl content reindex` makes it anew from the books"
    )]
    Index(#[from] rusqlite::Error),
    /// The index was made by a newer program.
    #[error("the index of the library has version {0} and this program knows {known}; install the newer program", known = store::VERSION)]
    Version(i64),
    /// No such book.
    #[error("there is no book {0}; `tutorctl content list` shows them")]
    NoBook(String),
}

impl Error {
    pub(crate) fn io(operation: &'static str, path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.display().to_string();
        move |source| Self::Io { operation, path, source }
    }
}
