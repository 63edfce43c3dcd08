//! Copies of the learning record on the same storage: one a day, thinned as they grow old.
//!
//! A copy is made by a connection of its own (`VACUUM INTO`, which sees one moment of the record and hinders nobody), checked
//! whole, synchronised to the disk, and only then given its name. Copies that were made before a child was erased would
//! still hold the child: they are removed as soon as there is a newer one.

use std::collections::HashSet;
use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rusqlite::{Connection, OpenFlags};

use super::error::remedy;
use super::migrations::APPLICATION_ID;

/// Copies that are kept: of the last days, of the last weeks, of the last months.
const KEEP: (usize, usize, usize) = (7, 4, 12);

/// How the copies are called: `iseetutor-2026-11-23.db`.
const PREFIX: &str = "iseetutor-";
const SUFFIX: &str = ".db";

/// A copy that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// The file.
    pub path: PathBuf,
    /// The day it is of, in the family's time zone.
    pub day: Date,
    /// Its length in bytes.
    pub bytes: u64,
    /// When it was made, in milliseconds since 1970.
    pub at_ms: i64,
}

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The folder or a file in it.
    #[error("cannot {operation} {path}: {source}; check that the storage is mounted and has room")]
    File {
        /// What was tried.
        operation: &'static str,
        /// What with.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// SQLite refused.
    #[error("cannot {operation} {path}: {source}; {remedy}")]
    Sqlite {
        /// What was tried.
        operation: &'static str,
        /// What with.
        path: PathBuf,
        /// What helps.
        remedy: &'static str,
        /// What SQLite said.
        #[source]
        source: rusqlite::Error,
    },
    /// The copy is not what it should be, and was thrown away.
    #[error("the copy {path} is not whole ({detail}) and was thrown away; check the disk (dmesg)")]
    Damaged {
        /// The copy.
        path: PathBuf,
        /// What is wrong with it.
        detail: String,
    },
}

/// Where the copies of a database are.
#[derive(Debug, Clone)]
pub struct Backups {
    database: PathBuf,
    folder: PathBuf,
}

impl Backups {
    /// Copies of `database` in `folder`.
    #[must_use]
    pub fn new(database: impl Into<PathBuf>, folder: impl Into<PathBuf>) -> Self {
        Self { database: database.into(), folder: folder.into() }
    }

    /// The copies, the newest first. A file that is none is passed over.
    ///
    /// # Errors
    /// [`BackupError::File`] when the folder cannot be read; one that is not there is empty.
    pub fn list(&self) -> Result<Vec<Copy>, BackupError> {
        let listed = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            listed => listed.map_err(file("read", &self.folder))?,
        };
        let mut copies: Vec<Copy> = listed
            .filter_map(|entry| {
                let path = entry.ok()?.path();
                let name = path.file_name()?.to_str()?;
                let day: Date = name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?.parse().ok()?;
                let meta = fs::symlink_metadata(&path).ok().filter(fs::Metadata::is_file)?;
                let at = jiff::Timestamp::try_from(meta.modified().ok()?).ok()?;
                Some(Copy { day, bytes: meta.len(), at_ms: at.as_millisecond(), path })
            })
            .collect();
        copies.sort_by_key(|copy| std::cmp::Reverse(copy.day));
        Ok(copies)
    }

    /// Makes the copy of a day, in place of an earlier one of the same day.
    ///
    /// # Errors
    /// [`BackupError`]; then the copies that were there are as they were.
    pub fn make(&self, day: Date) -> Result<Copy, BackupError> {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.folder)
            .map_err(file("create", &self.folder))?;
        let path = self.folder.join(format!("{PREFIX}{day}{SUFFIX}"));
        let part = self.folder.join(format!(".{PREFIX}{day}.part"));
        remove(&part)?;
        let made = self.copy_into(&part).and_then(|()| {
            fs::rename(&part, &path).map_err(file("name", &path))?;
            let synced = File::open(&self.folder).and_then(|folder| folder.sync_all());
            synced.map_err(file("write to", &self.folder))
        });
        if let Err(error) = made {
            // What is left of it is of no use; the next attempt removes it too.
            let _ = fs::remove_file(&part);
            return Err(error);
        }
        let meta = fs::metadata(&path).map_err(file("read", &path))?;
        let at = meta.modified().ok().and_then(|at| jiff::Timestamp::try_from(at).ok());
        let at_ms = at.map_or(0, jiff::Timestamp::as_millisecond);
        Ok(Copy { path, day, bytes: meta.len(), at_ms })
    }

    fn copy_into(&self, part: &Path) -> Result<(), BackupError> {
        let sqlite = |operation, path: &Path| {
            let path = path.to_owned();
            move |source: rusqlite::Error| BackupError::Sqlite {
                operation,
                path,
                remedy: remedy(&source),
                source,
            }
        };
        let source = Connection::open_with_flags(&self.database, OpenFlags::SQLITE_OPEN_READ_WRITE)
            .map_err(sqlite("open", &self.database))?;
        source.busy_timeout(std::time::Duration::from_secs(5)).map_err(sqlite("open", &self.database))?;
        source.execute("VACUUM INTO ?1", [part.to_string_lossy()]).map_err(sqlite("copy", &self.database))?;
        drop(source);
        fs::set_permissions(part, fs::Permissions::from_mode(0o600)).map_err(file("protect", part))?;
        check(part).map_err(|error| match error {
            Unsound::Sqlite(source) => sqlite("check", part)(source),
            Unsound::Damaged(detail) => BackupError::Damaged { path: part.to_owned(), detail },
        })?;
        let synced = File::open(part).and_then(|copy| copy.sync_all());
        synced.map_err(file("write", part))
    }

    /// Removes copies that nobody needs any more, and those from before an erasure; a copy from after it must be there
    /// already. Returns how many were removed.
    ///
    /// # Errors
    /// [`BackupError::File`]; the rest stays for the next time.
    pub fn thin(&self, erased_ms: Option<i64>) -> Result<usize, BackupError> {
        let copies = self.list()?;
        let days: Vec<Date> = copies.iter().map(|copy| copy.day).collect();
        let kept = kept(&days, KEEP);
        let void = |copy: &Copy| erased_ms.is_some_and(|erased_ms| copy.at_ms <= erased_ms);
        let mut removed = 0;
        for copy in copies.iter().filter(|copy| void(copy) || !kept.contains(&copy.day)) {
            remove(&copy.path)?;
            removed += 1;
        }
        Ok(removed)
    }
}

enum Unsound {
    Sqlite(rusqlite::Error),
    Damaged(String),
}

/// Whether a file is a whole record of ours.
fn check(path: &Path) -> Result<(), Unsound> {
    let copy =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(Unsound::Sqlite)?;
    let verdict: String =
        copy.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)).map_err(Unsound::Sqlite)?;
    let application: i64 =
        copy.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(Unsound::Sqlite)?;
    match (verdict.as_str(), application) {
        ("ok", APPLICATION_ID) => Ok(()),
        ("ok", _) => Err(Unsound::Damaged("it does not say whose it is".to_owned())),
        (detail, _) => Err(Unsound::Damaged(detail.to_owned())),
    }
}

/// Which days' copies are kept: the last days, the last one of each of the last weeks and months that have any.
fn kept(days: &[Date], (daily, weekly, monthly): (usize, usize, usize)) -> HashSet<Date> {
    let mut days = days.to_vec();
    days.sort_by_key(|day| std::cmp::Reverse(*day));
    let last_of = |most: usize, period: &dyn Fn(Date) -> (i16, i8)| {
        let mut seen = HashSet::new();
        days.iter().copied().filter(move |day| seen.insert(period(*day))).take(most).collect::<Vec<_>>()
    };
    let week = |day: Date| {
        let week = day.iso_week_date();
        (week.year(), week.week())
    };
    let mut kept: HashSet<Date> = days.iter().copied().take(daily).collect();
    kept.extend(last_of(weekly, &week));
    kept.extend(last_of(monthly, &|day| (day.year(), day.month())));
    kept
}

fn file(operation: &'static str, path: &Path) -> impl FnOnce(io::Error) -> BackupError {
    let path = path.to_owned();
    move |source| BackupError::File { operation, path, source }
}

fn remove(path: &Path) -> Result<(), BackupError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed.map_err(file("remove", path)),
    }
}

#[cfg(test)]
mod tests {
    use super::kept;
    use jiff::ToSpan;
    use jiff::civil::{Date, date};

    #[test]
    fn old_copies_grow_sparse() {
        let newest = date(2026, 11, 23);
        let days: Vec<Date> = (0..400).map(|ago| newest - ago.days()).collect();
        let kept = kept(&days, (7, 4, 12));
        assert!((0..7).all(|ago| kept.contains(&(newest - ago.days()))));
        // Ends of weeks and months before that.
        for day in
            [date(2026, 11, 15), date(2026, 11, 8), date(2026, 10, 31), date(2026, 1, 31), date(2025, 12, 31)]
        {
            assert!(kept.contains(&day), "{day}");
        }
        assert!(!kept.contains(&date(2025, 11, 30)) && !kept.contains(&date(2026, 11, 14)));
        assert!(kept.len() <= 7 + 4 + 12);
        assert!(super::kept(&[], (7, 4, 12)).is_empty());
    }
}
