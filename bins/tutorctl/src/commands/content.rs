//! `tutorctl content` and `tutorctl search`: the books of the device.

mod add;
pub mod args;
mod embed;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use iseetutor_bus::Name;
use iseetutor_documents::Limits;
use iseetutor_library::{Library, Query, Ways};
use iseetutor_service::Shutdown;
use serde_json::json;

use self::args::{ContentCommand, LibraryArgs, SearchArgs};
use self::embed::Llmd;
use crate::error::{Error, Result};
use crate::output::{Output, table, tell};
use crate::session::{Place, Session};
use crate::set::layout::Layout;

/// `content add`, `list`, `show`, `remove`, `verify`, `reindex`.
///
/// # Errors
/// When a book cannot be read or the library cannot be used.
pub async fn run(command: &ContentCommand, place: &Place, output: Output, shutdown: &Shutdown) -> Result<()> {
    match command {
        ContentCommand::Add(args) => add::run(args, place, output, shutdown).await,
        ContentCommand::Reindex(args) => add::reindex(args, place, output, shutdown).await,
        ContentCommand::List(args) => list(&open(args)?, output),
        ContentCommand::Show(args) => show(&open(&args.library)?, &args.book, output),
        ContentCommand::Remove(args) => {
            let mut library = open(&args.library)?;
            let book = library.book(&args.book).map_err(library_error)?;
            library.remove(&book).map_err(library_error)?;
            output.put(&json!({"removed": book.id, "title": book.title}), || {
                format!("removed '{}'", book.title)
            })
        }
        ContentCommand::Verify(args) => {
            let wrong = open(args)?.verify().map_err(library_error)?;
            output.put(&json!({"wrong": wrong}), || {
                if wrong.is_empty() { "the library is whole".into() } else { wrong.join("\n") }
            })?;
            if wrong.is_empty() { Ok(()) } else { Err(Error::Reported) }
        }
        // Runs before the asynchronous part of the program and never comes here.
        ContentCommand::ParseWorker(_) => Ok(()),
    }
}

/// The process that reads one file and nothing else.
#[must_use]
pub fn worker(args: &args::WorkerArgs) -> ExitCode {
    match iseetutor_documents::worker::serve(&args.extension, &Limits::default()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// `search`
///
/// # Errors
/// When the library cannot be used. Without llmd, words alone are searched, and that is said.
pub async fn search(args: &SearchArgs, place: &Place, output: Output, shutdown: &Shutdown) -> Result<()> {
    let question = crate::text::check(&args.text, crate::text::LONGEST_ASKED)?;
    let mut library = open(&args.library)?;
    let embedded = if args.words_only { None } else { question_vector(question, place, shutdown).await? };
    let book = args
        .book
        .as_deref()
        .map(|name| library.book(name).map(|book| book.id))
        .transpose()
        .map_err(library_error)?;
    let level = args.level.map(|level| level.to_string());
    let query = Query {
        text: question,
        vector: embedded.as_ref().map(|(model, vector)| (vector.as_slice(), model.as_str())),
        level: level.as_deref(),
        book,
        ways: Ways::Both,
        most: args.most,
    };
    let hits = library.search(&query).map_err(library_error)?;
    if hits.is_empty() {
        return output.say("nothing in the library is about it");
    }
    for hit in hits {
        output.put(&hit, || {
            let page = hit.page.map(|page| format!(", page {page}")).unwrap_or_default();
            format!("{}{page}  [{}]\n  {}\n", hit.title, hit.heading, hit.text)
        })?;
    }
    Ok(())
}

async fn question_vector(
    question: &str,
    place: &Place,
    shutdown: &Shutdown,
) -> Result<Option<(String, Vec<f32>)>> {
    let question = question.to_owned();
    let embedded = Session::with(place, &[Name::Llm], shutdown, async |session| {
        let mut llmd = Llmd::connect(session).await?;
        let mut vectors = llmd.embed(std::slice::from_ref(&question)).await?;
        Ok(vectors.pop().map(|vector| (llmd.model().to_owned(), vector)))
    });
    match embedded.await {
        Err(Error::Interrupted) => Err(Error::Interrupted),
        Err(error) => {
            tell(&format!("tutorctl: searching by words only: {error}"));
            Ok(None)
        }
        Ok(found) => Ok(found),
    }
}

fn list(library: &Library, output: Output) -> Result<()> {
    let books = library.books().map_err(library_error)?;
    if output.is_json() {
        return books.iter().try_for_each(|book| output.put(book, String::new));
    }
    let mut rows =
        vec![["no", "title", "level", "pages", "passages", "vectors", "licence"].map(str::to_owned).to_vec()];
    for book in books {
        rows.push(vec![
            book.id.to_string(),
            book.title,
            book.level.unwrap_or_else(|| "all".into()),
            book.pages.to_string(),
            book.passages.to_string(),
            book.vectors.to_string(),
            book.licence.unwrap_or_else(|| "not told".into()),
        ]);
    }
    output.say(&table(&rows))
}

fn show(library: &Library, name: &str, output: Output) -> Result<()> {
    let book = library.book(name).map_err(library_error)?;
    output.put(&book, || format!("{}\n{}", book.title, book.warnings.join("\n")))?;
    for chunk in library.passages(book.id).map_err(library_error)? {
        let line = json!({"heading": chunk.heading, "page": chunk.page, "last_page": chunk.last_page, "text": chunk.text});
        output.put(&line, || {
            format!("[{}, page {} of the file]\n{}\n", chunk.heading, chunk.page, chunk.text)
        })?;
    }
    Ok(())
}

/// The library of `--library`, or of this user.
fn folder(args: &LibraryArgs) -> Result<PathBuf> {
    match &args.library {
        Some(folder) => Ok(folder.clone()),
        None => usual_folder(),
    }
}

/// The library of a device's tutor.
const OF_DEVICE: &str = "/mnt/storage/content";

/// The library where none is named: of root on a device, the device's; else the user's own, for all of its sets.
///
/// # Errors
/// When the user's folder is not known.
pub fn usual_folder() -> Result<PathBuf> {
    let device = Path::new(OF_DEVICE);
    if nix::unistd::geteuid().is_root() && device.is_dir() {
        return Ok(device.to_owned());
    }
    Ok(Layout::of_user()?.data().join("content"))
}

fn open(args: &LibraryArgs) -> Result<Library> {
    Library::open(&folder(args)?).map_err(library_error)
}

#[allow(clippy::needless_pass_by_value)]
fn library_error(error: iseetutor_library::Error) -> Error {
    Error::Failed(error.to_string())
}
