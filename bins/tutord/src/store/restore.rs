//! Puts a copy of the learning record in the place of the record.
//!
//! The copy is read into a file of its own beside the record, checked whole, brought to this release's version, and
//! only then takes the record's name, in one step. The record that was there stays beside it under another name:
//! what was answered after the copy was made is still in it. Children that were erased after the copy was made are
//! erased from it again before it is the record.

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Read};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, params};
use serde::Serialize;

use super::database::{companion, delete_events_of};
use super::error::remedy;
use super::migrations::{APPLICATION_ID, VERSION, migrate};

/// What a file of SQLite begins with (https://sqlite.org/fileformat.html, "The Database Header").
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// How long another program's lock is waited for; tutord never lets go of its own.
const BUSY: Duration = Duration::from_millis(300);

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Restored {
    /// The record.
    pub database: PathBuf,
    /// Its events.
    pub events: u64,
    /// Time of the first and the last of them, in milliseconds since 1970.
    pub from_ms: Option<i64>,
    /// The last.
    pub to_ms: Option<i64>,
    /// Events of each child, by its id; the empty id is nobody's.
    pub learners: BTreeMap<String, u64>,
    /// Children that the copy held and that had been erased since: they were erased again.
    pub erased_again: Vec<ErasedAgain>,
    /// Whether it is known who was erased: not without a readable record before.
    pub erasures_known: bool,
    /// Where the record is that was there before.
    pub replaced: Option<PathBuf>,
    /// Events of the record before that the copy has not; none when it could not be read.
    pub only_in_replaced: Option<u64>,
    /// Whether the copy is of the device whose record was there; none when that is not known.
    pub of_this_device: Option<bool>,
    /// The copy's version, before it was brought to this release's.
    pub version: i64,
}

/// A child that had been erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ErasedAgain {
    /// Its id.
    pub learner: String,
    /// Events that the copy held.
    pub events: u64,
    /// When it was erased first, in milliseconds since 1970.
    pub at_ms: i64,
}

/// Why nothing was restored. The record is as it was.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// Somebody writes to the record.
    #[error(
        "cannot restore {path}: a program uses it; stop the tutor (`systemctl stop iseetutor.target`, or end \
         `tutorctl up`), restore, and start it again; nothing was changed"
    )]
    InUse {
        /// The record.
        path: PathBuf,
    },
    /// What is in the record's place is not ours.
    #[error(
        "cannot restore {path}: the database there belongs to another program; move it away, or correct `database` in tutord.toml"
    )]
    Foreign {
        /// The record's place.
        path: PathBuf,
    },
    /// The copy is none.
    #[error(
        "cannot restore from this copy: {detail}; choose another copy (`tutorctl backup list`); nothing was changed"
    )]
    Unsound {
        /// What is wrong with it.
        detail: String,
    },
    /// The copy is of a newer release.
    #[error(
        "cannot restore from this copy: it has version {found} and this release knows versions up to {VERSION}; \
         install the newer release first; nothing was changed"
    )]
    Newer {
        /// Its version.
        found: i64,
    },
    /// A file or folder.
    #[error(
        "cannot {operation} {path}: {source}; check that the storage is mounted and has room, and run it as root on a device; nothing was changed"
    )]
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
    #[error("cannot {operation} {path}: {source}; {remedy}; nothing was changed")]
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
}

/// Makes `copy` the record at `database`.
///
/// # Errors
/// [`RestoreError`]; then the record is as it was.
pub fn restore(database: &Path, copy: &mut dyn Read) -> Result<Restored, RestoreError> {
    // A link stays a link: what it leads to is replaced.
    let database = &fs::canonicalize(database).unwrap_or_else(|_| database.to_owned());
    let folder = match database.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(file("create", folder))?;
    let current = Current::claim(database)?;
    let part = companion(database, ".restoring");
    remove(&part)?;
    let restored = read_into(&part, copy)
        .and_then(|()| prepare(&part, database, &current))
        .and_then(|restored| own(&part, database, folder).map(|()| restored))
        .and_then(|restored| replace(&part, folder, restored, &current));
    if restored.is_err() {
        // It is of no use, and the next attempt removes it too.
        let _ = fs::remove_file(&part);
    }
    restored
}

/// The record that is there before, kept from everybody else until this is dropped.
struct Current {
    is_there: bool,
    /// None when it cannot be read.
    connection: Option<Connection>,
}

impl Current {
    fn claim(database: &Path) -> Result<Self, RestoreError> {
        match fs::symlink_metadata(database) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Self { is_there: false, connection: None });
            }
            found => found.map_err(file("look at", database))?,
        };
        match claimed(database) {
            Ok(Some(connection)) => Ok(Self { is_there: true, connection: Some(connection) }),
            Ok(None) => Err(RestoreError::Foreign { path: database.to_owned() }),
            Err(error) => match error.sqlite_error_code() {
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                    Err(RestoreError::InUse { path: database.to_owned() })
                }
                Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) if is_locked(database)? => {
                    Err(RestoreError::InUse { path: database.to_owned() })
                }
                // Damage is what copies are for.
                Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                    Ok(Self { is_there: true, connection: None })
                }
                _ => Err(RestoreError::Sqlite {
                    operation: "take hold of",
                    path: database.to_owned(),
                    remedy: remedy(&error),
                    source: error,
                }),
            },
        }
    }

    /// Reads something of the record before, if it can be read.
    fn read<T>(&self, read: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Option<T> {
        self.connection.as_ref().and_then(|connection| read(connection).ok())
    }
}

/// The record with its log folded in and nobody else at it; none if it is another program's.
fn claimed(database: &Path) -> rusqlite::Result<Option<Connection>> {
    let connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.busy_timeout(BUSY)?;
    // Of a record that proves to be damaged nothing is thrown away, its log least of all.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    let number = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    if number("schema_version")? != 0 && number("application_id")? != APPLICATION_ID {
        return Ok(None);
    }
    // Leaving the write-ahead log is possible only for the last connection of all (https://sqlite.org/wal.html), which
    // tells whether tutord runs, wherever its bus is, and brings everything into the one file.
    let mode: String = connection.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0))?;
    if mode == "wal" {
        let busy = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY);
        return Err(rusqlite::Error::SqliteFailure(busy, None));
    }
    connection.execute_batch("BEGIN EXCLUSIVE")?;
    Ok(Some(connection))
}

/// Whether any process holds a lock on a file that SQLite cannot read.
fn is_locked(path: &Path) -> Result<bool, RestoreError> {
    use nix::fcntl::{FcntlArg, fcntl};
    use nix::libc;
    let opened = OpenOptions::new().read(true).write(true).open(path).map_err(file("open", path))?;
    let mut lock = libc::flock {
        l_type: libc::F_WRLCK as libc::c_short,
        l_whence: libc::SEEK_SET as libc::c_short,
        l_start: 0,
        l_len: 0,
        l_pid: 0,
    };
    let asked = fcntl(&opened, FcntlArg::F_OFD_GETLK(&mut lock));
    asked.map_err(|error| file("look for locks on", path)(error.into()))?;
    Ok(lock.l_type != libc::F_UNLCK as libc::c_short)
}

fn read_into(part: &Path, copy: &mut dyn Read) -> Result<(), RestoreError> {
    let mut head = [0; MAGIC.len()];
    match copy.read_exact(&mut head) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            return Err(unsound("it is empty or far too short"));
        }
        read => read.map_err(file("read", Path::new("the copy")))?,
    }
    if &head != MAGIC {
        return Err(unsound("it is no learning record"));
    }
    let opened = OpenOptions::new().write(true).create_new(true).mode(0o600).open(part);
    let mut opened = opened.map_err(file("create", part))?;
    let written = io::copy(&mut head.chain(copy), &mut opened).and_then(|_| opened.sync_all());
    written.map_err(file("write", part))
}

/// Checks the copy, brings it to this release's version and without those who were erased, and tells what is in it.
fn prepare(part: &Path, database: &Path, current: &Current) -> Result<Restored, RestoreError> {
    let sqlite = |source: rusqlite::Error| match source.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => unsound(source),
        _ => {
            let remedy = remedy(&source);
            RestoreError::Sqlite { operation: "prepare", path: part.to_owned(), remedy, source }
        }
    };
    let mut copy = Connection::open_with_flags(part, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(sqlite)?;
    // Nothing in a file from elsewhere may call more of SQLite than a table needs.
    copy.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;").map_err(sqlite)?;
    let number = |name: &str| copy.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    if number("application_id").map_err(sqlite)? != APPLICATION_ID {
        return Err(unsound("it is the database of another program"));
    }
    let version = number("user_version").map_err(sqlite)?;
    if version > VERSION {
        return Err(RestoreError::Newer { found: version });
    }
    if version < 1 {
        return Err(unsound(format!("there is no version {version}")));
    }
    let verdict: String =
        copy.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)).map_err(sqlite)?;
    if verdict != "ok" {
        return Err(unsound(verdict));
    }
    // Also makes one file of it, if it was taken with a log in use.
    copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(())).map_err(sqlite)?;
    copy.pragma_update(None, "synchronous", "FULL").map_err(sqlite)?;
    migrate(&mut copy, version).map_err(|error| unsound(format!("it cannot be brought forward: {error}")))?;
    if form(&copy).map_err(sqlite)? != own_form().map_err(sqlite)? {
        return Err(unsound("its tables are not those of a learning record"));
    }
    let erasures = current.read(erasures);
    let erased_again = erase(&mut copy, erasures.as_deref().unwrap_or_default()).map_err(sqlite)?;
    let restored = tell(&copy, database, current).map_err(sqlite)?;
    copy.close().map_err(|(_, source)| sqlite(source))?;
    Ok(Restored { erased_again, erasures_known: erasures.is_some(), version, ..restored })
}

/// Everything that is made in a database: its tables, indices and triggers.
fn form(connection: &Connection) -> rusqlite::Result<Vec<(String, String)>> {
    let mut rows = connection.prepare(
        "SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
         ORDER BY 1",
    )?;
    rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

fn own_form() -> rusqlite::Result<Vec<(String, String)>> {
    let mut new = Connection::open_in_memory()?;
    migrate(&mut new, 0)?;
    form(&new)
}

type Proof = (String, i64, i64);

fn erasures(connection: &Connection) -> rusqlite::Result<Vec<Proof>> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version < 2 {
        // Nobody could be erased then.
        return Ok(Vec::new());
    }
    let mut rows = connection.prepare("SELECT learner, events, at FROM erased ORDER BY at")?;
    rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect()
}

/// Takes the proofs over, and deletes what they say is gone.
fn erase(copy: &mut Connection, proofs: &[Proof]) -> rusqlite::Result<Vec<ErasedAgain>> {
    copy.pragma_update(None, "secure_delete", "ON")?;
    let transaction = copy.transaction()?;
    let mut again = Vec::new();
    for (learner, events, at) in proofs {
        let held = delete_events_of(&transaction, learner)?;
        transaction.execute(
            "INSERT INTO erased (learner, events, at) VALUES (?1, ?2, ?3) \
             ON CONFLICT (learner) DO UPDATE SET events = max(events, excluded.events), at = max(at, excluded.at)",
            params![learner, events, at],
        )?;
        if held > 0 {
            again.push(ErasedAgain { learner: learner.clone(), events: held as u64, at_ms: *at });
        }
    }
    transaction.commit()?;
    if !again.is_empty() {
        copy.execute_batch("VACUUM")?;
    }
    Ok(again)
}

fn tell(copy: &Connection, database: &Path, current: &Current) -> rusqlite::Result<Restored> {
    let (events, from_ms, to_ms) =
        copy.query_row("SELECT count(*), min(created_at), max(created_at) FROM events", [], |row| {
            Ok((row.get::<_, i64>(0)?.cast_unsigned(), row.get(1)?, row.get(2)?))
        })?;
    let mut rows = copy.prepare("SELECT learner, count(*) FROM events GROUP BY learner")?;
    let learners = rows.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned())))?;
    let ids = |connection: &Connection| -> rusqlite::Result<HashSet<String>> {
        connection.prepare("SELECT id FROM events")?.query_map([], |row| row.get(0))?.collect()
    };
    let device = |connection: &Connection| -> rusqlite::Result<String> {
        connection.query_row("SELECT id FROM device", [], |row| row.get(0))
    };
    let (had, device_here) = (ids(copy)?, device(copy)?);
    Ok(Restored {
        database: database.to_owned(),
        events,
        from_ms,
        to_ms,
        learners: learners.collect::<rusqlite::Result<_>>()?,
        erased_again: Vec::new(),
        erasures_known: false,
        replaced: None,
        only_in_replaced: current.read(ids).map(|there| there.difference(&had).count() as u64),
        of_this_device: current.read(device).map(|there| there == device_here),
        version: VERSION,
    })
}

/// Gives the copy the owner and mode of the record before, or else the folder's owner.
fn own(part: &Path, database: &Path, folder: &Path) -> Result<(), RestoreError> {
    let (model, mode) = match fs::metadata(database) {
        Ok(meta) => (meta.clone(), meta.permissions().mode() & 0o777),
        Err(_) => (fs::metadata(folder).map_err(file("look at", folder))?, 0o600),
    };
    let now = fs::metadata(part).map_err(file("look at", part))?;
    if (now.uid(), now.gid()) != (model.uid(), model.gid()) {
        std::os::unix::fs::chown(part, Some(model.uid()), Some(model.gid()))
            .map_err(file("give the owner of the record to", part))?;
    }
    fs::set_permissions(part, Permissions::from_mode(mode)).map_err(file("protect", part))?;
    File::open(part).and_then(|part| part.sync_all()).map_err(file("write", part))
}

/// The copy takes the record's name; the record before keeps another.
fn replace(
    part: &Path,
    folder: &Path,
    mut restored: Restored,
    current: &Current,
) -> Result<Restored, RestoreError> {
    let database = restored.database.clone();
    if current.is_there {
        let aside = aside(&database)?;
        // What could not be folded in belongs to the record before, and must not be taken for the copy's.
        for suffix in ["-wal", "-shm", "-journal"] {
            let (from, to) = (companion(&database, suffix), companion(&aside, suffix));
            match fs::rename(&from, &to) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                moved => moved.map_err(file("move away", &from))?,
            }
        }
        restored.replaced = Some(aside);
    }
    fs::rename(part, &database).map_err(file("name", &database))?;
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(file("write to", folder))?;
    Ok(restored)
}

/// Gives the record another name beside its own, so that there is no moment without one.
fn aside(database: &Path) -> Result<PathBuf, RestoreError> {
    let now = jiff::Timestamp::now().strftime("%Y%m%dT%H%M%SZ");
    for number in 1..100 {
        let more = if number == 1 { String::new() } else { format!("-{number}") };
        let aside = companion(database, &format!("{REPLACED}{now}{more}"));
        match fs::hard_link(database, &aside) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            linked => {
                return linked.map(|()| aside.clone()).map_err(file("keep the record before as", &aside));
            }
        }
    }
    let taken = io::Error::from(io::ErrorKind::AlreadyExists);
    Err(file("keep the record before beside", database)(taken))
}

/// Records that were replaced are called `iseetutor.db.replaced-20261123T113000Z`.
const REPLACED: &str = ".replaced-";

/// The records that were replaced by a copy, which lie beside the record until somebody removes them.
///
/// # Errors
/// When the folder cannot be read.
pub fn replaced(database: &Path) -> io::Result<Vec<PathBuf>> {
    let (Some(folder), Some(name)) = (database.parent(), database.file_name()) else { return Ok(Vec::new()) };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let begin = format!("{}{REPLACED}", name.to_string_lossy());
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with(&begin) && !["-wal", "-shm", "-journal"].iter().any(|end| name.ends_with(end)) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The learning events of a record that nobody has opened.
///
/// # Errors
/// When it cannot be read.
pub fn learning_in(database: &Path) -> rusqlite::Result<Vec<String>> {
    let connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut rows = connection.prepare("SELECT body FROM events WHERE kind = 'learning' ORDER BY seq")?;
    rows.query_map([], |row| row.get(0))?.collect()
}

fn unsound(detail: impl ToString) -> RestoreError {
    RestoreError::Unsound { detail: detail.to_string() }
}

fn file(operation: &'static str, path: &Path) -> impl FnOnce(io::Error) -> RestoreError {
    let path = path.to_owned();
    move |source| RestoreError::File { operation, path, source }
}

fn remove(path: &Path) -> Result<(), RestoreError> {
    for suffix in ["", "-journal", "-wal", "-shm"] {
        let path = companion(path, suffix);
        match fs::remove_file(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            removed => removed.map_err(file("remove", &path))?,
        }
    }
    Ok(())
}
