//! Reading in a process of its own, under limits that the system holds.
//!
//! The parent starts a program that calls [`serve`] with the file as its standard input. The child can open
//! nothing more, sees no environment, gets limits of memory, processor time and output, and answers with one JSON document on its
//! standard output. Whatever becomes of it, the parent gets a [`Document`] or an [`Error`].

use std::io::{BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::resource::{Resource, setrlimit};
use serde::{Deserialize, Serialize};

use crate::{Document, Error, Image, Limits, Result};

/// Largest answer of the child, in bytes; its pictures are in it.
const ANSWER: u64 = 1 << 30;

/// What the child says.
#[derive(Serialize, Deserialize)]
enum Answer {
    Read { document: Document, picture_bytes: Vec<usize> },
    Refused(String),
}

/// The child's side: takes on the limits, reads the file on standard input, and answers on standard output.
///
/// # Errors
/// When the limits cannot be set or the answer cannot be written; the file's own faults are part of the answer.
pub fn serve(extension: &str, limits: &Limits) -> std::io::Result<()> {
    confine(limits)?;
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(limits.file_bytes + 1).read_to_end(&mut bytes)?;
    let read = if bytes.len() as u64 > limits.file_bytes {
        Err(Error::TooLarge { what: "its size".into(), limit: format!("{} MiB", limits.file_bytes >> 20) })
    } else {
        crate::parse(&bytes, extension, limits)
    };
    let mut out = std::io::stdout().lock();
    match read {
        Ok(mut document) => {
            let pictures: Vec<Vec<u8>> =
                document.images.iter_mut().map(|image| std::mem::take(&mut image.bytes)).collect();
            let picture_bytes = pictures.iter().map(Vec::len).collect();
            serde_json::to_writer(&mut out, &Answer::Read { document, picture_bytes })?;
            out.write_all(b"\n")?;
            for picture in pictures {
                out.write_all(&picture)?;
            }
        }
        Err(error) => {
            serde_json::to_writer(&mut out, &Answer::Refused(error.to_string()))?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()
}

fn confine(limits: &Limits) -> std::io::Result<()> {
    setrlimit(Resource::RLIMIT_AS, limits.memory, limits.memory)?;
    setrlimit(Resource::RLIMIT_CPU, limits.seconds, limits.seconds + 1)?;
    setrlimit(Resource::RLIMIT_CORE, 0, 0)?;
    setrlimit(Resource::RLIMIT_FSIZE, 0, 0)?;
    // Standard input, output and error are open already; nothing else can be, no file and no socket.
    setrlimit(Resource::RLIMIT_NOFILE, 3, 3)?;
    setrlimit(Resource::RLIMIT_NPROC, 0, 0)?;
    Ok(())
}

/// Reads a file by a child process: `command` is a program that calls [`serve`] with the file's extension as its
/// last argument. `stopped` is asked now and then; when it says true, the child is killed.
///
/// # Errors
/// Those of reading, and [`Error::Crashed`] when the child did not answer.
pub fn read(
    mut command: Command,
    path: &Path,
    limits: &Limits,
    stopped: &dyn Fn() -> bool,
) -> Result<Document> {
    let io = |error: std::io::Error| Error::Io(error.to_string());
    let file = std::fs::File::open(path).map_err(io)?;
    if !file.metadata().map_err(io)?.is_file() {
        return Err(Error::Io("it is not a regular file".into()));
    }
    let extension = path.extension().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    command.arg(extension).env_clear().stdin(file).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| Error::Io(format!("the reading process: {error}")))?;
    let Some(out) = child.stdout.take() else {
        return Err(Error::Io("the reading process has no output".into()));
    };
    let answer = std::thread::spawn(move || answer(out));
    let ended = wait(&mut child, limits, stopped);
    let answer = answer.join().map_err(|_| Error::Crashed("failed".into()))?;
    let mut document = match (ended, answer) {
        (Err(error), _) => return Err(error),
        (Ok(()), Some(Ok(document))) => document,
        (Ok(()), Some(Err(reason))) => return Err(Error::Refused(reason)),
        (Ok(()), None) => return Err(Error::Crashed("gave no answer".into())),
    };
    if document.title.trim().is_empty() {
        let stem = path.file_stem().map(|name| name.to_string_lossy().replace(['_', '-'], " "));
        document.title = stem.unwrap_or_default();
    }
    Ok(document)
}

fn answer(out: impl Read) -> Option<Result<Document, String>> {
    let mut out = BufReader::new(out.take(ANSWER));
    let mut line = Vec::new();
    std::io::BufRead::read_until(&mut out, b'\n', &mut line).ok()?;
    match serde_json::from_slice(&line).ok()? {
        Answer::Refused(reason) => Some(Err(reason)),
        Answer::Read { mut document, picture_bytes } => {
            for (image, length) in document.images.iter_mut().zip(picture_bytes) {
                (&mut out).take(length as u64).read_to_end(&mut image.bytes).ok()?;
            }
            document.images.retain(|image: &Image| !image.bytes.is_empty());
            Some(Ok(document))
        }
    }
}

fn wait(child: &mut Child, limits: &Limits, stopped: &dyn Fn() -> bool) -> Result<()> {
    use std::os::unix::process::ExitStatusExt;
    let started = Instant::now();
    let limit = Duration::from_secs(limits.seconds.saturating_mul(2).saturating_add(5));
    let kill = |child: &mut Child| {
        // It may have ended in this moment.
        let _ = child.kill();
        let _ = child.wait();
    };
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => {
                return Err(Error::Crashed(match status.signal() {
                    Some(9 | 24) => "took too long or too much memory".into(),
                    Some(6 | 11) => {
                        format!("overran its limits of memory or nesting ({} MiB)", limits.memory >> 20)
                    }
                    Some(signal) => format!("ended with signal {signal}"),
                    None => "failed".into(),
                }));
            }
            Ok(None) if stopped() => {
                kill(child);
                return Err(Error::Crashed("was stopped".into()));
            }
            Ok(None) if started.elapsed() > limit => {
                kill(child);
                return Err(Error::Crashed(format!("took longer than {} s", limit.as_secs())));
            }
            Ok(None) => std::thread::sleep(Duration::from_millis(5)),
            Err(error) => {
                kill(child);
                return Err(Error::Io(error.to_string()));
            }
        }
    }
}
