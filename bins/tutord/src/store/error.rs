//! What can go wrong with the database.

use std::path::PathBuf;

/// Why the store cannot do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database was made by a newer release.
    #[error(
        "cannot use the database {path}: it has version {found} and this release knows versions up to {known}; \
         install the newer release again, or set `database` to another file"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The newest version known here.
        known: i64,
    },
    /// The file is a database of another program.
    #[error("cannot use the database {path}: it belongs to another program; set `database` to another file")]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The file is damaged.
    #[error(
        "the database {path} is damaged ({detail}); stop tutord, move the file and its -wal away, and restore a backup; \
         nothing was changed in it"
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What SQLite found.
        detail: String,
    },
    /// The folder of the database cannot be made.
    #[error("cannot create the folder {path}: {source}; check that the storage is mounted and writable")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// SQLite refused.
    #[error("cannot {operation} the database {path}: {source}; {remedy}")]
    Sqlite {
        /// What was tried.
        operation: &'static str,
        /// The file.
        path: PathBuf,
        /// What helps.
        remedy: &'static str,
        /// What SQLite said.
        #[source]
        source: rusqlite::Error,
    },
    /// The event is kept in memory because the database cannot be written now.
    #[error("the event waits in memory until the database can be written: {reason}")]
    Waiting {
        /// The trouble.
        reason: String,
    },
    /// Too many events wait in memory already.
    #[error("{pending} events wait in memory already and no more are kept; make the database writable again")]
    Overflow {
        /// How many.
        pending: usize,
    },
    /// The queue to the store's thread is full.
    #[error("the store is behind by {queue} events; the disk is too slow or hangs")]
    Busy {
        /// Its length.
        queue: usize,
    },
    /// The store's thread has ended.
    #[error("the store is closed")]
    Closed,
    /// The system refused a thread.
    #[error("cannot start the store's thread: {source}")]
    Thread {
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
}

impl StoreError {
    /// Whether trying again later can help without anybody's doing.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        !matches!(self, Self::Newer { .. } | Self::Foreign { .. })
    }
}

/// What helps against an error of SQLite.
pub fn remedy(error: &rusqlite::Error) -> &'static str {
    use rusqlite::ErrorCode::{
        CannotOpen, DatabaseBusy, DatabaseLocked, DiskFull, PermissionDenied, ReadOnly, SystemIoFailure,
    };
    match error.sqlite_error_code() {
        Some(DiskFull) => "free some space on its disk",
        Some(ReadOnly) => "mount its disk for writing and let this user write to the file and its folder",
        Some(PermissionDenied | CannotOpen) => "let this user read and write the file and its folder",
        Some(DatabaseBusy | DatabaseLocked) => "end the other program that uses it",
        Some(SystemIoFailure) => "check the disk and its free space (dmesg, df)",
        _ => "check the file with `sqlite3 FILE 'PRAGMA integrity_check'`",
    }
}
