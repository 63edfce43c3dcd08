//! The command line of `content` and `search`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use iseetutor_curriculum::level::Level;

use crate::cli::PlaceArgs;

/// `content`
#[derive(Debug, Clone, Subcommand)]
pub enum ContentCommand {
    /// Add a book, or every book in a folder: PDF, EPUB, Markdown, plain text. What is there already is left as it is, so a run that was stopped is taken up by the same command.
    Add(AddArgs),
    /// List the books.
    List(LibraryArgs),
    /// Show a book's passages with their pages.
    Show(BookArgs),
    /// Remove a book, its source and its pictures.
    Remove(BookArgs),
    /// Look for damage: the index, and each source against its checksum.
    Verify(LibraryArgs),
    /// Read every book again from its source.
    Reindex(ReindexArgs),
    /// Reads one file on standard input, confined; `add` starts it.
    #[command(hide = true)]
    ParseWorker(WorkerArgs),
}

impl ContentCommand {
    /// Which daemons.
    #[must_use]
    pub fn place(&self) -> PlaceArgs {
        match self {
            Self::Add(args) => args.place.clone(),
            Self::Reindex(args) => args.place.clone(),
            _ => PlaceArgs::default(),
        }
    }
}

/// Which library.
#[derive(Debug, Clone, Default, Args)]
pub struct LibraryArgs {
    /// Folder of the library [default: $XDG_DATA_HOME/iseetutor/data/content; of root on a device /mnt/storage/content].
    #[arg(long, value_name = "D")]
    pub library: Option<PathBuf>,
}

/// `content add`
#[derive(Debug, Clone, Args)]
pub struct AddArgs {
    /// Which daemons.
    #[command(flatten)]
    pub place: PlaceArgs,
    /// Which library.
    #[command(flatten)]
    pub library: LibraryArgs,
    /// A file, or a folder of files.
    pub path: PathBuf,
    /// The title, for one file [default: what the file says, else its name].
    #[arg(long)]
    pub title: Option<String>,
    /// The level it is for [default: all].
    #[arg(long, value_name = "LEVEL")]
    pub level: Option<Level>,
    /// Its terms, such as CC-BY-4.0.
    #[arg(long, value_name = "NAME")]
    pub licence: Option<String>,
    /// Without vectors: found by words only, until `reindex`.
    #[arg(long)]
    pub words_only: bool,
}

/// `content reindex`
#[derive(Debug, Clone, Args)]
pub struct ReindexArgs {
    /// Which daemons.
    #[command(flatten)]
    pub place: PlaceArgs,
    /// Which library.
    #[command(flatten)]
    pub library: LibraryArgs,
    /// Without vectors.
    #[arg(long)]
    pub words_only: bool,
}

/// A book.
#[derive(Debug, Clone, Args)]
pub struct BookArgs {
    /// Which library.
    #[command(flatten)]
    pub library: LibraryArgs,
    /// Its number or its title.
    pub book: String,
}

/// `content parse-worker`
#[derive(Debug, Clone, Args)]
pub struct WorkerArgs {
    /// The file's extension.
    pub extension: String,
}

/// `search`
#[derive(Debug, Clone, Args)]
pub struct SearchArgs {
    /// Which daemons.
    #[command(flatten)]
    pub place: PlaceArgs,
    /// Which library.
    #[command(flatten)]
    pub library: LibraryArgs,
    /// The question; at most 4,000 bytes.
    pub text: OsString,
    /// Only books of this level, and those for all.
    #[arg(long, value_name = "LEVEL")]
    pub level: Option<Level>,
    /// Only this book, by number or title.
    #[arg(long, value_name = "BOOK")]
    pub book: Option<String>,
    /// Most passages.
    #[arg(long, default_value_t = 5, value_name = "N")]
    pub most: usize,
    /// By words only, without llmd.
    #[arg(long)]
    pub words_only: bool,
}
