//! The machine that is looked at: its files, and what its programs answer. A test has a made-up one.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

/// Runs a program with arguments; its standard output, or none when it cannot be run.
pub type Ask = Box<dyn Fn(&str, &[&str]) -> Option<String> + Send>;

/// A machine.
pub struct Host {
    root: PathBuf,
    ask: Ask,
    /// The time of day.
    pub now: SystemTime,
    /// Whether everything can be looked at.
    pub is_root: bool,
}

impl Host {
    /// This machine.
    #[must_use]
    pub fn this() -> Self {
        Self {
            root: "/".into(),
            ask: Box::new(ask),
            now: SystemTime::now(),
            is_root: nix::unistd::geteuid().is_root(),
        }
    }

    /// A machine made up in a folder, whose programs answer what `ask` says.
    #[cfg(test)]
    pub fn made_up(root: &Path, ask: impl Fn(&str, &[&str]) -> Option<String> + Send + 'static) -> Self {
        Self { root: root.to_owned(), ask: Box::new(ask), now: SystemTime::now(), is_root: true }
    }

    /// Where an absolute path of the machine is.
    #[must_use]
    pub fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        let path = path.as_ref();
        self.root.join(path.strip_prefix("/").unwrap_or(path))
    }

    /// Whether any of some absolute paths is there; a link counts wherever it leads.
    #[must_use]
    pub fn has_any(&self, paths: &[&str]) -> bool {
        paths.iter().any(|path| self.path(path).symlink_metadata().is_ok())
    }

    /// What a program says.
    #[must_use]
    pub fn ask(&self, program: &str, arguments: &[&str]) -> Option<String> {
        (self.ask)(program, arguments)
    }

    /// Whether the tutor is installed as a system service.
    #[must_use]
    pub fn is_device(&self) -> bool {
        self.has_any(&[
            "/etc/systemd/system/iseetutor.target",
            "/usr/lib/systemd/system/iseetutor.target",
            "/lib/systemd/system/iseetutor.target",
        ])
    }

    /// The settings of a daemon of the device: its file and its drop-ins, in the order in which they hold.
    #[must_use]
    pub fn settings(&self, daemon: &str) -> toml::Table {
        let mut files = vec![self.path(format!("/etc/iseetutor/{daemon}.toml"))];
        let folder = self.path(format!("/etc/iseetutor/{daemon}.d"));
        let mut more: Vec<PathBuf> = std::fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|end| end == "toml"))
            .collect();
        more.sort();
        files.extend(more);
        let mut all = toml::Table::new();
        for file in files {
            // A file that is wrong is refused by the daemon itself, which names the place.
            let table = std::fs::read_to_string(file).ok().and_then(|text| text.parse::<toml::Table>().ok());
            merge(&mut all, table.unwrap_or_default());
        }
        all
    }
}

fn merge(all: &mut toml::Table, more: toml::Table) {
    for (key, value) in more {
        match (all.get_mut(&key), value) {
            (Some(toml::Value::Table(inner)), toml::Value::Table(value)) => merge(inner, value),
            (_, value) => {
                all.insert(key, value);
            }
        }
    }
}

/// The text at `a.b` in settings.
#[must_use]
pub fn text<'t>(settings: &'t toml::Table, key: &str) -> Option<&'t str> {
    let mut keys = key.split('.');
    let mut value = settings.get(keys.next()?)?;
    for key in keys {
        value = value.get(key)?;
    }
    value.as_str()
}

fn ask(program: &str, arguments: &[&str]) -> Option<String> {
    let done = Command::new(program)
        .args(arguments)
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    Some(String::from_utf8_lossy(&done.stdout).into_owned())
}
