//! Reads books: PDF, EPUB, Markdown and plain text become headings, paragraphs, list items and table rows in the
//! order in which a person reads them, with their pages.
//!
//! Files come from anywhere, so nothing of them is trusted. [`read`] holds its [`Limits`] as far as a program
//! can by itself; [`worker`] runs it in a process of its own under limits of the system, so that a file that
//! crashes or swells harms nothing. Programs use the latter.

pub mod block;
mod epub;
mod html;
mod layout;
mod markdown;
mod pdf;
mod plain;
pub mod worker;

use std::io::Read;
use std::path::Path;

pub use block::{Block, Document, Image, Kind};

/// Result of every fallible call in this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What a file may ask for.
#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
pub struct Limits {
    /// Largest file, in bytes.
    pub file_bytes: u64,
    /// Most pages, or parts of an EPUB.
    pub pages: usize,
    /// Most bytes that one compressed part may become.
    pub part_bytes: usize,
    /// Most characters of text in all.
    pub characters: usize,
    /// Deepest nesting of drawings in drawings.
    pub nesting: usize,
    /// Most operations of one page.
    pub operations: usize,
    /// Processor time and wall time, in seconds.
    pub seconds: u64,
    /// Memory of the reading process, in bytes of address space.
    pub memory: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 512 << 20,
            pages: 5_000,
            part_bytes: 64 << 20,
            characters: 40_000_000,
            nesting: 12,
            operations: 2_000_000,
            seconds: 300,
            memory: 2 << 30,
        }
    }
}

/// Why a file cannot be read. Each text is the second half of a sentence that begins "cannot read FILE: ".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The operating system refused.
    #[error("{0}; check the path and who may read it")]
    Io(String),
    /// Of no known kind.
    #[error("it is neither PDF, EPUB, Markdown nor plain UTF-8 text ({0}); save it as one of these")]
    Unknown(String),
    /// Damaged.
    #[error("the {format} is damaged: {problem}; open it in another program and save it again")]
    Broken {
        /// PDF or EPUB.
        format: &'static str,
        /// What is wrong with it.
        problem: String,
    },
    /// Needs a password or a reader of its own.
    #[error("it is encrypted; save it without a password and without copy protection")]
    Encrypted,
    /// Pictures of pages.
    #[error(
        "{scanned} of its {pages} pages are scanned pictures without text; recognise the text first, for instance with ocrmypdf"
    )]
    Scanned {
        /// Pages that are pictures.
        scanned: usize,
        /// All pages.
        pages: usize,
    },
    /// Nothing to read.
    #[error("there is no text in it; check that it is the right file")]
    Empty,
    /// Larger than allowed.
    #[error("{what} is more than the {limit} allowed; split the file")]
    TooLarge {
        /// What is too large.
        what: String,
        /// The limit with its unit.
        limit: String,
    },
    /// What the reading process said of the file.
    #[error("{0}")]
    Refused(String),
    /// The reading process was ended by the system.
    #[error("reading it {0}; the file is damaged or made to do harm, so leave it out")]
    Crashed(String),
}

impl Error {
    pub(crate) fn broken(format: &'static str, problem: impl std::fmt::Display) -> Self {
        Self::Broken { format, problem: problem.to_string() }
    }
}

/// Reads a file in this process; see [`worker::read`] for files that are not trusted.
///
/// # Errors
/// [`Error`], by which nothing is said of a part of the file only: it is all or nothing.
pub fn read(path: &Path, limits: &Limits) -> Result<Document> {
    let io = |error: std::io::Error| Error::Io(error.to_string());
    let mut file = std::fs::File::open(path).map_err(io)?;
    let meta = file.metadata().map_err(io)?;
    if !meta.is_file() {
        return Err(Error::Io("it is not a regular file".into()));
    }
    let too_large = || Error::TooLarge {
        what: format!("its size of {} MiB", meta.len() >> 20),
        limit: format!("{} MiB", limits.file_bytes >> 20),
    };
    if meta.len() > limits.file_bytes {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    file.by_ref().take(limits.file_bytes + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > limits.file_bytes {
        return Err(too_large());
    }
    let stem = path.file_stem().map(|name| name.to_string_lossy().replace(['_', '-'], " "));
    let extension = path.extension().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let mut document = parse(&bytes, &extension, limits)?;
    if document.title.trim().is_empty() {
        document.title = stem.unwrap_or_default();
    }
    Ok(document)
}

/// Reads a file's bytes; `extension` tells Markdown from plain text.
///
/// # Errors
/// As [`read`].
pub fn parse(bytes: &[u8], extension: &str, limits: &Limits) -> Result<Document> {
    let head = bytes.get(..1024.min(bytes.len())).unwrap_or_default();
    let document = if head.windows(5).any(|window| window == b"%PDF-") {
        pdf::parse(bytes, limits)?
    } else if head.starts_with(b"PK\x03\x04") {
        epub::parse(bytes, limits)?
    } else {
        let text = plain::decode(bytes)?;
        let characters = text.chars().count();
        if characters > limits.characters {
            return Err(characters_error(limits));
        }
        match extension {
            "md" | "markdown" => markdown::parse(&text),
            _ => plain::parse(&text),
        }
    };
    if document.blocks.iter().all(|block| block.text.trim().is_empty()) {
        return Err(Error::Empty);
    }
    Ok(document)
}

pub(crate) fn characters_error(limits: &Limits) -> Error {
    Error::TooLarge { what: "its text".into(), limit: format!("{} characters", limits.characters) }
}
