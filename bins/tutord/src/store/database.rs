//! An open database.

use std::fs::{DirBuilder, OpenOptions};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, params};

use super::Spoken;
use super::error::{StoreError, remedy};
use super::event::Event;
use super::migrations::{APPLICATION_ID, VERSION, migrate};

/// How long another program's lock (a backup, an operator's shell) is waited for.
const BUSY: Duration = Duration::from_secs(2);

/// The database, checked and migrated.
#[derive(Debug)]
pub struct Database {
    connection: Connection,
    path: PathBuf,
    device: String,
}

impl Database {
    /// Opens the file, creating it (0600) and its folder (0700) as needed. After an unclean end it is checked whole.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
            made.map_err(|source| StoreError::Folder { path: folder.to_owned(), source })?;
        }
        // Made beforehand only for its mode; that it cannot be is for SQLite to say.
        let _ = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path);
        // A clean end leaves no log behind (SQLite, "Write-Ahead Logging").
        let wal = companion(path, "-wal");
        let unclean = std::fs::metadata(wal).is_ok_and(|meta| meta.len() > 0);
        let error = |operation| move |source: rusqlite::Error| wrap(operation, path, source);
        let mut connection = Connection::open(path).map_err(error("open"))?;
        connection.busy_timeout(BUSY).map_err(error("open"))?;
        let number = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        let application = number("application_id").map_err(error("read"))?;
        let version = number("user_version").map_err(error("read"))?;
        let empty = number("schema_version").map_err(error("read"))? == 0;
        if !empty && application != APPLICATION_ID {
            return Err(StoreError::Foreign { path: path.to_owned() });
        }
        if version > VERSION {
            return Err(StoreError::Newer { path: path.to_owned(), found: version, known: VERSION });
        }
        if unclean {
            check(&connection, path)?;
        }
        for (name, value) in [
            ("journal_mode", "WAL"),
            ("synchronous", "FULL"),
            ("foreign_keys", "ON"),
            ("recursive_triggers", "ON"),
        ] {
            connection.pragma_update(None, name, value).map_err(error("configure"))?;
        }
        if !empty && version < VERSION {
            let before = before_migration(path, version);
            // One that is there is of an attempt before, which changed nothing: it is as good.
            if !before.exists() {
                connection
                    .execute("VACUUM INTO ?1", [before.to_string_lossy()])
                    .map_err(error("copy, before it is migrated,"))?;
            }
        }
        migrate(&mut connection, version).map_err(error("migrate"))?;
        let device =
            connection.query_row("SELECT id FROM device", [], |row| row.get(0)).map_err(error("read"))?;
        Ok(Self { connection, path: path.to_owned(), device })
    }

    /// Appends events in one transaction; all of them are on disk when this returns, or none is.
    pub fn append<'e>(&mut self, events: impl IntoIterator<Item = &'e Event>) -> Result<u64, StoreError> {
        let path = self.path.clone();
        let device = self.device.clone();
        let append = || -> rusqlite::Result<u64> {
            let transaction =
                self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            let mut added = 0;
            {
                let mut insert = transaction.prepare_cached(
                    "INSERT INTO events (id, device_id, created_at, conversation, turn, kind, body, learner) \
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                )?;
                for Event { id, created_at, event } in events {
                    added += insert.execute(params![
                        &**id,
                        device,
                        created_at,
                        &*event.conversation,
                        event.turn.cast_signed(),
                        event.kind.as_str(),
                        event.body.to_string(),
                        &*event.learner,
                    ])?;
                }
            }
            transaction.commit()?;
            Ok(added as u64)
        };
        append().map_err(|source| wrap("append to", &path, source))
    }

    /// Events in the file.
    pub fn count(&self) -> Result<u64, StoreError> {
        self.connection
            .query_row("SELECT count(*) FROM events", [], |row| row.get::<_, i64>(0))
            .map(i64::cast_unsigned)
            .map_err(|source| wrap("read", &self.path, source))
    }

    /// The device's id.
    pub fn device(&self) -> &str {
        &self.device
    }

    /// The bodies of all learning events, in the order in which they came.
    pub fn learning(&self) -> Result<Vec<String>, StoreError> {
        let read = || {
            let mut rows =
                self.connection.prepare("SELECT body FROM events WHERE kind = 'learning' ORDER BY seq")?;
            let bodies: rusqlite::Result<Vec<String>> = rows.query_map([], |row| row.get(0))?.collect();
            bodies
        };
        read().map_err(|source| wrap("read", &self.path, source))
    }

    /// Everything of a learner, each event as a JSON object, in the order in which they came.
    pub fn of_learner(&self, learner: &str) -> Result<Vec<String>, StoreError> {
        let read = || {
            let mut rows = self.connection.prepare(
                "SELECT json_object('id', id, 'device', device_id, 'at_ms', created_at, 'conversation', conversation, \
                 'turn', turn, 'kind', kind, 'body', json(body)) FROM events WHERE learner = ?1 ORDER BY seq",
            )?;
            let events: rusqlite::Result<Vec<String>> =
                rows.query_map([learner], |row| row.get(0))?.collect();
            events
        };
        read().map_err(|source| wrap("read", &self.path, source))
    }

    /// The bodies of a learner's learning events, in the order in which they came.
    pub fn learning_of(&self, learner: &str) -> Result<Vec<String>, StoreError> {
        let read = || {
            let mut rows = self
                .connection
                .prepare("SELECT body FROM events WHERE learner = ?1 AND kind = 'learning' ORDER BY seq")?;
            let bodies: rusqlite::Result<Vec<String>> =
                rows.query_map([learner], |row| row.get(0))?.collect();
            bodies
        };
        read().map_err(|source| wrap("read", &self.path, source))
    }

    /// What a learner said and was told, the latest first, as [`Spoken`].
    pub fn spoken(&self, learner: &str, skip: u32, take: u32) -> Result<Vec<Spoken>, StoreError> {
        let read = || {
            let mut rows = self.connection.prepare(
                "SELECT created_at, conversation, kind, body FROM events \
                 WHERE learner = ?1 AND kind IN ('heard', 'said') ORDER BY seq DESC LIMIT ?2 OFFSET ?3",
            )?;
            let spoken: rusqlite::Result<Vec<Spoken>> = rows
                .query_map(params![learner, take, skip], |row| {
                    let kind: String = row.get(2)?;
                    Ok(Spoken {
                        at_ms: row.get(0)?,
                        conversation: row.get(1)?,
                        heard: kind == "heard",
                        body: row.get(3)?,
                    })
                })?
                .collect();
            spoken
        };
        read().map_err(|source| wrap("read", &self.path, source))
    }

    /// The proofs of what was erased, the latest first: whose, how many events, and when in milliseconds since 1970.
    pub fn erasures(&self) -> Result<Vec<(String, u64, i64)>, StoreError> {
        let read = || {
            let mut rows =
                self.connection.prepare("SELECT learner, events, at FROM erased ORDER BY at DESC")?;
            let proofs: rusqlite::Result<Vec<(String, u64, i64)>> = rows
                .query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned(), row.get(2)?)))?
                .collect();
            proofs
        };
        read().map_err(|source| wrap("read", &self.path, source))
    }

    /// Deletes everything of a learner, for ever: the file keeps no trace of it. Returns how many events there were.
    pub fn erase(&mut self, learner: &str) -> Result<u64, StoreError> {
        let path = self.path.clone();
        let mut erase = || -> rusqlite::Result<usize> {
            self.connection.pragma_update(None, "secure_delete", "ON")?;
            let transaction =
                self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            transaction.execute("INSERT INTO erasure (one, reason) VALUES (1, 'a learner is erased')", [])?;
            let erased = transaction.execute("DELETE FROM events WHERE learner = ?1", [learner])?;
            transaction.execute("DELETE FROM erasure", [])?;
            transaction.execute(
                "INSERT INTO erased (learner, events, at) VALUES (?1, ?2, unixepoch('subsec') * 1000) \
                 ON CONFLICT (learner) DO UPDATE SET events = events + excluded.events, at = excluded.at",
                params![learner, erased as i64],
            )?;
            transaction.commit()?;
            // Freed pages are overwritten, and the log that still holds them is folded in and emptied.
            self.connection
                .execute_batch("PRAGMA wal_checkpoint(TRUNCATE); VACUUM; PRAGMA wal_checkpoint(TRUNCATE);")?;
            Ok(erased)
        };
        let erased = erase().map_err(|source| wrap("erase from", &path, source))?;
        for version in 1..VERSION {
            let before = before_migration(&path, version);
            match std::fs::remove_file(&before) {
                Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                    return Err(StoreError::Folder { path: before, source });
                }
                _ => {}
            }
        }
        Ok(erased as u64)
    }

    /// Closes the file; its log is then folded in and gone.
    pub fn close(self) -> Result<(), StoreError> {
        let path = self.path;
        self.connection.close().map_err(|(_, source)| wrap("close", &path, source))
    }
}

fn check(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let verdict: String = connection
        .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
        .map_err(|source| wrap("check", path, source))?;
    if verdict == "ok" { Ok(()) } else { Err(StoreError::Damaged { path: path.to_owned(), detail: verdict }) }
}

fn wrap(operation: &'static str, path: &Path, source: rusqlite::Error) -> StoreError {
    match source.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            StoreError::Damaged { path: path.to_owned(), detail: source.to_string() }
        }
        _ => StoreError::Sqlite { operation, path: path.to_owned(), remedy: remedy(&source), source },
    }
}

/// The copy of a database that is made before it is brought to a newer version: `tutor.db.v1` for version 1.
fn before_migration(path: &Path, version: i64) -> PathBuf {
    companion(path, &format!(".v{version}"))
}

/// SQLite names a database's companions by adding to the whole name.
fn companion(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
