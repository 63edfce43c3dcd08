//! The process tier: the real programs with real models on a private bus, WAV files for microphone and
//! speaker, driven through `tutorctl` as a user drives it.
//!
//! The programs are taken from the folder that this test's executable lies in, so they are of the same
//! profile; build the whole workspace first. A test that needs the models prints `SKIP` and why when they
//! are not there. Tests of this tier take turns, also between processes: each of them keeps every core busy.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod sounds;
mod up;

use std::ffi::OsStr;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

pub use up::{Lines, Up, kill_hard, runs, wait_until};

/// A program of the build that this test belongs to.
///
/// # Panics
/// When it was not built.
#[must_use]
pub fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("this test has an executable");
    let folder = test.parent().and_then(Path::parent).expect("it lies in PROFILE/deps");
    let program = folder.join(name);
    assert!(
        program.is_file(),
        "{} is not built: run `cargo build --release --workspace` first",
        program.display()
    );
    program
}

/// One test's own world: a folder with a short path, and an environment in which `tutorctl` finds nothing
/// that runs on this machine but what the test starts.
#[derive(Debug)]
pub struct World {
    folder: tempfile::TempDir,
    _turn: File,
}

/// Where the models are.
fn models() -> PathBuf {
    if let Some(told) = std::env::var_os("ISEETUTOR_MODELS") {
        return told.into();
    }
    let home = || PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".local/share");
    let data = std::env::var_os("XDG_DATA_HOME").map_or_else(home, PathBuf::from);
    data.join("iseetutor/models")
}

impl World {
    /// A new one. Waits for its turn.
    ///
    /// # Panics
    /// When there is no room for it.
    #[must_use]
    pub fn new() -> Self {
        let folder =
            tempfile::Builder::new().prefix("isee-test.").tempdir_in("/tmp").expect("a folder in /tmp");
        let turn = File::create(std::env::temp_dir().join("isee-process-tests.lock")).expect("a lock file");
        turn.lock().expect("this test's turn");
        std::fs::create_dir(folder.path().join("run")).expect("a runtime folder");
        Self { folder, _turn: turn }
    }

    /// A new one, if the models are there; else says that the test is skipped, and why.
    #[must_use]
    pub fn with_models() -> Option<Self> {
        let world = Self::new();
        let listed = world.tutorctl(["models", "list", "--json"]);
        let missing: Vec<String> = json_lines(&listed)
            .iter()
            .filter(|model| model["optional"] == false && model["state"] != "present")
            .map(|model| model["id"].as_str().unwrap_or_default().to_owned())
            .collect();
        if listed.status.success() && missing.is_empty() {
            return Some(world);
        }
        println!("SKIP: models are missing ({}); get them with `tutorctl models fetch`", missing.join(", "));
        None
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A path in the folder.
    #[must_use]
    pub fn file(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    /// `tutorctl` with these arguments, not started yet.
    pub fn command<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Command {
        let mut command = Command::new(program("tutorctl"));
        command
            .args(arguments)
            .env("ISEETUTOR_DIR", self.file("none"))
            .env("XDG_RUNTIME_DIR", self.file("run"))
            .env("XDG_CACHE_HOME", self.file("cache"))
            // The models are everybody's; what a test keeps is its own.
            .env("ISEETUTOR_MODELS", models())
            .env("XDG_DATA_HOME", self.file("share"))
            .env("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent")
            .stdin(Stdio::null());
        command
    }

    /// Runs `tutorctl` with these arguments to its end.
    ///
    /// # Panics
    /// When it cannot be started.
    pub fn tutorctl<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Output {
        self.command(arguments).output().expect("tutorctl starts")
    }

    /// Runs `tutorctl`, which has to succeed, and gives its output as JSON lines.
    ///
    /// # Panics
    /// When it fails.
    pub fn succeed<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Vec<Value> {
        let output = self.tutorctl(arguments);
        assert!(output.status.success(), "{:?}: {}", output.status, stderr(&output));
        json_lines(&output)
    }

    /// Runs `tutorctl`, which has to fail with this exit code, and gives what it says on standard error.
    ///
    /// # Panics
    /// When it succeeds, fails otherwise, or panics.
    pub fn fail<A: AsRef<OsStr>>(&self, code: i32, arguments: impl IntoIterator<Item = A>) -> String {
        let output = self.tutorctl(arguments);
        let text = stderr(&output);
        assert_eq!(output.status.code(), Some(code), "{text}");
        assert!(text.starts_with("tutorctl: ") && !text.contains("panicked"), "{text}");
        text
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

/// Standard error as text.
#[must_use]
pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Standard output as JSON lines.
///
/// # Panics
/// When a line is not JSON.
#[must_use]
pub fn json_lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
}

/// A bundled recording.
///
/// # Panics
/// When it is not there.
#[must_use]
pub fn recording(name: &str) -> PathBuf {
    let path = std::path::PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap())
        .join("../fixtures/speech")
        .join(name);
    path.canonicalize().unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
