//! The log of what was done through the page: lines of JSON in a file that only grows, and is begun anew when it is large.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::error::WebError;
use crate::home::Deed;

/// Bytes after which a new file is begun; the one before is kept, and the one before that is gone.
const LARGE: u64 = 4 * 1024 * 1024;

/// The log.
#[derive(Debug, Clone)]
pub struct Journal {
    path: PathBuf,
    before: PathBuf,
}

impl Journal {
    /// The log in a folder.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        Self { path: folder.join("log.jsonl"), before: folder.join("log.before.jsonl") }
    }

    fn error(&self, operation: &'static str) -> impl Fn(std::io::Error) -> WebError + use<> {
        let path = self.path.clone();
        move |source| WebError::File { operation, path: path.clone(), source }
    }

    /// Adds a line; on disk when this returns. Blocks.
    ///
    /// # Errors
    /// [`WebError::File`].
    pub fn add(&self, deed: &Deed) -> Result<(), WebError> {
        let line = json!({ "at_ms": deed.at_ms, "address": deed.address, "what": deed.what });
        let add = || -> std::io::Result<()> {
            if std::fs::metadata(&self.path).is_ok_and(|file| file.len() >= LARGE) {
                std::fs::rename(&self.path, &self.before)?;
            }
            let mut file =
                std::fs::OpenOptions::new().append(true).create(true).mode(0o600).open(&self.path)?;
            // In one write, so that no line is mixed with another.
            file.write_all(format!("{line}\n").as_bytes())?;
            file.sync_data()
        };
        add().map_err(self.error("write"))
    }

    /// Lines from the latest on. Blocks. A line that a power cut left in pieces is passed over.
    ///
    /// # Errors
    /// [`WebError::File`].
    pub fn latest(&self, skip: u32, take: u32) -> Result<Vec<Deed>, WebError> {
        let mut deeds = Vec::new();
        for path in [&self.path, &self.before] {
            let text = match std::fs::read(path) {
                Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
                Err(error) => return Err(self.error("read")(error)),
            };
            deeds.extend(text.lines().rev().filter_map(deed));
            if deeds.len() as u64 >= u64::from(skip) + u64::from(take) {
                break;
            }
        }
        Ok(deeds.into_iter().skip(skip as usize).take(take as usize).collect())
    }
}

fn deed(line: &str) -> Option<Deed> {
    let value: Value = serde_json::from_str(line).ok()?;
    let text = |name: &str| Some(value.get(name)?.as_str()?.to_owned());
    Some(Deed { at_ms: value.get("at_ms")?.as_i64()?, address: text("address")?, what: text("what")? })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::Write;
    use std::os::unix::fs::PermissionsExt;

    use super::{Journal, LARGE};
    use crate::home::Deed;

    fn deed(number: i64) -> Deed {
        Deed { at_ms: number, address: "192.168.1.2".into(), what: format!("did \"{number}\"\n") }
    }

    #[test]
    fn lines_come_back_the_latest_first_and_pieces_are_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::new(folder.path());
        assert_eq!(journal.latest(0, 10).unwrap(), []);
        (0..5).for_each(|number| journal.add(&deed(number)).unwrap());
        let file = folder.path().join("log.jsonl");
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        let mut torn = std::fs::OpenOptions::new().append(true).open(&file).unwrap();
        torn.write_all(b"{\"at_ms\": 5, \"addr\n").unwrap();
        assert_eq!(journal.latest(0, 2).unwrap(), [deed(4), deed(3)]);
        assert_eq!(journal.latest(3, 9).unwrap(), [deed(1), deed(0)]);
    }

    #[test]
    fn a_large_file_is_put_aside_and_still_read() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::new(folder.path());
        journal.add(&deed(1)).unwrap();
        let mut file =
            std::fs::OpenOptions::new().append(true).open(folder.path().join("log.jsonl")).unwrap();
        file.write_all(&vec![b'\n'; usize::try_from(LARGE).unwrap()]).unwrap();
        journal.add(&deed(2)).unwrap();
        assert!(std::fs::metadata(folder.path().join("log.jsonl")).unwrap().len() < 1_000);
        assert_eq!(journal.latest(0, 9).unwrap(), [deed(2), deed(1)]);
    }
}
