//! `content add` and `content reindex`.

use std::path::{Path, PathBuf};
use std::process::Command;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use iseetutor_bus::Name;
use iseetutor_documents::{Document, Limits, worker};
use iseetutor_library::chunk::{Chunk, chunks};
use iseetutor_library::{Added, Book, Library, NewBook};
use iseetutor_service::Shutdown;
use serde_json::json;

use super::args::{AddArgs, ReindexArgs};
use super::embed::{BATCH, Llmd};
use super::{library_error, open};
use crate::error::{Error, Result};
use crate::output::{Output, tell};
use crate::session::{Place, Session};

/// What is known of a file beside its text.
struct Wanted {
    path: PathBuf,
    title: Option<String>,
    level: Option<String>,
    licence: Option<String>,
}

/// `content add`
///
/// # Errors
/// [`Error::Reported`] when some file could not be read; the others are added.
pub async fn run(args: &AddArgs, place: &Place, output: Output, shutdown: &Shutdown) -> Result<()> {
    let mut library = open(&args.library)?;
    let files = files(&args.path)?;
    if files.len() > 1 && args.title.is_some() {
        return Err(Error::Usage("--title is for one file".into()));
    }
    let wanted: Vec<Wanted> = files
        .into_iter()
        .map(|path| Wanted {
            path,
            title: args.title.clone(),
            level: args.level.map(|level| level.to_string()),
            licence: args.licence.clone(),
        })
        .collect();
    all(&mut library, wanted, args.words_only, false, place, output, shutdown).await
}

/// `content reindex`
///
/// # Errors
/// As [`run`].
pub async fn reindex(args: &ReindexArgs, place: &Place, output: Output, shutdown: &Shutdown) -> Result<()> {
    let mut library = open(&args.library)?;
    let books = library.books().map_err(library_error)?;
    let wanted = books.into_iter().map(|book| Wanted {
        path: library.source(&book),
        title: Some(book.title),
        level: book.level,
        licence: book.licence,
    });
    let wanted = wanted.collect();
    all(&mut library, wanted, args.words_only, true, place, output, shutdown).await
}

async fn all(
    library: &mut Library,
    wanted: Vec<Wanted>,
    words_only: bool,
    again: bool,
    place: &Place,
    output: Output,
    shutdown: &Shutdown,
) -> Result<()> {
    if words_only {
        let work = each(library, wanted, again, None, output, shutdown);
        return work.await;
    }
    let opened = tokio::select! {
        opened = Session::open(place, &[Name::Llm]) => opened,
        () = shutdown.wait() => return Err(Error::Interrupted),
    };
    let session = match opened {
        Ok(session) => session,
        Err(error) => {
            tell(&format!(
                "tutorctl: adding without vectors, found by words only until `tutorctl content reindex`: {error}"
            ));
            return each(library, wanted, again, None, output, shutdown).await;
        }
    };
    session
        .run(shutdown, async |session| {
            let mut llmd = Llmd::connect(session).await?;
            each(library, wanted, again, Some(&mut llmd), output, shutdown).await
        })
        .await
}

async fn each(
    library: &mut Library,
    wanted: Vec<Wanted>,
    again: bool,
    mut llmd: Option<&mut Llmd>,
    output: Output,
    shutdown: &Shutdown,
) -> Result<()> {
    let mut failed = false;
    let count = wanted.len();
    for (index, one) in wanted.into_iter().enumerate() {
        let bar = bar(output, &format!("{}/{count} {}", index + 1, one.path.display()));
        let done = book(library, &one, again, llmd.as_deref_mut(), &bar, shutdown).await;
        bar.finish_and_clear();
        match done {
            Ok(Done::Same(book)) => output.put(&json!({"same": book.id, "title": book.title}), || {
                format!("'{}' is there already (number {})", book.title, book.id)
            })?,
            Ok(Done::Added(added, title, passages, warnings)) => {
                let (word, id) = match added {
                    Added::New(id) => ("added", id),
                    Added::Replaced(id) => ("replaced", id),
                };
                for warning in &warnings {
                    tell(&format!("tutorctl: {title}: {warning}"));
                }
                let line = json!({word: id, "title": title, "passages": passages, "warnings": warnings});
                output.put(&line, || format!("{word} '{title}' (number {id}, {passages} passages)"))?;
            }
            Err(Error::Interrupted) => return Err(Error::Interrupted),
            Err(error) => {
                failed = true;
                tell(&format!("tutorctl: {error}"));
            }
        }
    }
    if failed { Err(Error::Reported) } else { Ok(()) }
}

enum Done {
    Same(Book),
    Added(Added, String, usize, Vec<String>),
}

async fn book(
    library: &mut Library,
    wanted: &Wanted,
    again: bool,
    llmd: Option<&mut Llmd>,
    bar: &ProgressBar,
    shutdown: &Shutdown,
) -> Result<Done> {
    let sha256 = Library::sha256(&wanted.path).map_err(library_error)?;
    let known = library.books().map_err(library_error)?.into_iter().find(|book| book.sha256 == sha256);
    if let Some(book) = known.filter(|_| !again) {
        return Ok(Done::Same(book));
    }
    let mut document = read(&wanted.path, shutdown).await?;
    if let Some(title) = &wanted.title {
        document.title.clone_from(title);
    }
    let chunks = chunks(&document);
    let vectors = match llmd {
        Some(llmd) => Some((llmd.model().to_owned(), vectors(llmd, &chunks, bar).await?)),
        None => None,
    };
    let new = NewBook {
        source: &wanted.path,
        sha256: &sha256,
        level: wanted.level.as_deref(),
        licence: wanted.licence.as_deref(),
        document: &document,
        chunks: &chunks,
        vectors: vectors.as_ref().map(|(model, vectors)| (model.as_str(), vectors.as_slice())),
    };
    let added = library.add(&new).map_err(library_error)?;
    Ok(Done::Added(added, document.title, chunks.len(), document.warnings))
}

/// Reads a file in a process of its own.
async fn read(path: &Path, shutdown: &Shutdown) -> Result<Document> {
    let program = std::env::current_exe().map_err(Error::io("find", "this program"))?;
    let (path, shown) = (path.to_owned(), path.display().to_string());
    let (stop, stopped) = (shutdown.clone(), std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false)));
    let flag = std::sync::Arc::clone(&stopped);
    let mut reading = tokio::task::spawn_blocking(move || {
        let mut command = Command::new(program);
        command.args(["content", "parse-worker"]);
        let stop = || flag.load(std::sync::atomic::Ordering::Relaxed);
        worker::read(command, &path, &Limits::default(), &stop)
    });
    let done = tokio::select! {
        done = &mut reading => done,
        () = stop.wait() => {
            stopped.store(true, std::sync::atomic::Ordering::Relaxed);
            // Until the child is gone, so that none stays behind.
            let _ = reading.await;
            return Err(Error::Interrupted);
        }
    };
    let done = done.map_err(|error| Error::Failed(format!("cannot read {shown}: {error}")))?;
    done.map_err(|error| Error::Failed(format!("cannot read {shown}: {error}")))
}

async fn vectors(llmd: &mut Llmd, chunks: &[Chunk], bar: &ProgressBar) -> Result<Vec<Vec<f32>>> {
    bar.set_length(chunks.len() as u64);
    let mut out = Vec::with_capacity(chunks.len());
    for batch in chunks.chunks(BATCH) {
        // The headings say what a passage is about when its sentences say "it".
        let texts: Vec<String> =
            batch.iter().map(|chunk| format!("{}. {}", chunk.heading, chunk.text)).collect();
        out.extend(llmd.embed(&texts).await?);
        bar.inc(batch.len() as u64);
    }
    Ok(out)
}

/// The file, or those of the folder and its folders, that may be books.
fn files(path: &Path) -> Result<Vec<PathBuf>> {
    let meta = std::fs::metadata(path).map_err(Error::io("read", path))?;
    if !meta.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let (mut out, mut folders) = (Vec::new(), vec![path.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(Error::io("read", &folder))? {
            let entry = entry.map_err(Error::io("read", &folder))?;
            // A link is not followed, so that a loop of folders ends.
            let kind = entry.file_type().map_err(Error::io("read", entry.path()))?;
            let path = entry.path();
            let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() && ["pdf", "epub", "md", "markdown", "txt"].contains(&extension.as_str())
            {
                out.push(path);
            }
        }
    }
    out.sort();
    if out.is_empty() {
        return Err(Error::Failed(format!(
            "cannot add {}: no PDF, EPUB, Markdown or text file is in it",
            path.display()
        )));
    }
    Ok(out)
}

fn bar(output: Output, name: &str) -> ProgressBar {
    if output.is_json() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len} passages, {eta} left") {
        bar.set_style(style);
    }
    bar.set_message(name.to_owned());
    bar
}
