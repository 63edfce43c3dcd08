//! The learning record on a real disk: killed, full, damaged, newer, foreign.
//!
//! Tests that need a process of their own start this file again with the name of one test and a variable that says
//! what to do there.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use rusqlite::Connection;
use serde_json::json;
use tutord::store::{
    APPLICATION_ID, BackupError, Backups, Health, Kind, NewEvent, Store, StoreError, StoreOptions, VERSION,
};

const ROLE: &str = "TUTORD_STORE_TEST_DATABASE";

fn event(n: u64) -> NewEvent {
    NewEvent {
        conversation: "c".into(),
        turn: n,
        kind: Kind::Heard,
        body: json!({ "text": format!("word {n}"), "n": n }),
        learner: "".into(),
        id: None,
    }
}

fn options(path: &Path) -> StoreOptions {
    StoreOptions { retry: Duration::from_millis(20), ..StoreOptions::new(path) }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// This test again, in a process of its own, with `database` to work on.
fn again(test: &str, database: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", test, "--nocapture", "--test-threads=1"])
        .env(ROLE, database)
        .stdout(Stdio::piped());
    command
}

fn role() -> Option<PathBuf> {
    std::env::var_os(ROLE).map(PathBuf::from)
}

async fn close(store: Store, thread: tutord::store::StoreThread) {
    drop(store);
    assert!(thread.finished(Duration::from_secs(10)).await);
}

async fn until(store: &Store, wanted: impl FnMut(&Health) -> bool) {
    let mut health = store.health();
    tokio::time::timeout(Duration::from_secs(20), health.wait_for(wanted)).await.unwrap().unwrap();
}

#[test]
fn killed_while_writing_it_keeps_every_acknowledged_event() {
    if let Some(database) = role() {
        runtime().block_on(async {
            let (store, _thread) = Store::open(options(&database)).await.unwrap();
            for n in 0.. {
                let id = store.append(event(n)).await.unwrap();
                let mut out = std::io::stdout().lock();
                writeln!(out, "ACK {id}").unwrap();
                out.flush().unwrap();
            }
        });
    }
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("d.db");
    let mut acknowledged = Vec::new();
    for round in 0..12 {
        let mut child =
            again("killed_while_writing_it_keeps_every_acknowledged_event", &database).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // Killed at another moment every time, in the middle of whatever it does.
        let enough = 3 + round * 7;
        let mut here = 0;
        for line in lines.by_ref() {
            if let Some(id) = line.unwrap().strip_prefix("ACK ") {
                acknowledged.push(id.to_owned());
                here += 1;
            }
            if here == enough {
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
        assert!(here >= enough, "the writer ended by itself after {here} events");
    }
    runtime().block_on(async {
        let (store, thread) = Store::open(options(&database)).await.unwrap();
        assert_eq!(*store.health().borrow(), Health::Good);
        assert!(store.count() >= acknowledged.len() as u64);
        close(store, thread).await;
    });
    let connection = Connection::open(&database).unwrap();
    for id in &acknowledged {
        let there: i64 = connection
            .query_row("SELECT count(*) FROM events WHERE id = ?1", [id], |row| row.get(0))
            .unwrap();
        assert_eq!(there, 1, "event {id} was acknowledged and is lost");
    }
    let ordered: bool = connection
        .query_row("SELECT NOT EXISTS (SELECT 1 FROM events a JOIN events b ON b.seq = a.seq + 1 WHERE b.id <= a.id)", [], |row| row.get(0))
        .unwrap();
    assert!(ordered, "ids rise with time");
}

#[test]
fn what_is_on_record_of_a_child_is_read_and_erased_without_a_trace() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("d.db");
    let of = |learner: &str, n: u64| NewEvent {
        kind: Kind::Learning,
        learner: learner.into(),
        body: json!({ "secret": format!("hedgehog {learner} {n}") }),
        ..event(n)
    };
    runtime().block_on(async {
        let (store, thread) = Store::open(options(&database)).await.unwrap();
        for n in 0..300 {
            store.append(of(["ana", "leo"][n as usize % 2], n)).await.unwrap();
        }
        let learning = store.learning().await.unwrap();
        assert_eq!(learning.events.len(), 300);
        assert!(!learning.device.is_empty());
        let ana = store.of_learner("ana").await.unwrap();
        assert_eq!(ana.len(), 150);
        let first: serde_json::Value = serde_json::from_str(&ana[0]).unwrap();
        assert_eq!(first["body"]["secret"], "hedgehog ana 0");
        assert_eq!(store.erase("ana").await.unwrap(), 150);
        assert_eq!((store.of_learner("ana").await.unwrap().len(), store.count()), (0, 150));
        assert_eq!(store.of_learner("leo").await.unwrap().len(), 150);
        // What was still on its way does not bring the child back.
        store.append(of("ana", 999)).await.unwrap();
        assert_eq!(store.of_learner("ana").await.unwrap().len(), 0);
        // Already while it runs: neither in the file nor in its log.
        for file in std::fs::read_dir(folder.path()).unwrap().flatten() {
            let bytes = std::fs::read(file.path()).unwrap();
            let found = bytes.windows(12).any(|some| some == b"hedgehog ana");
            assert!(!found, "{} still holds what was erased", file.path().display());
        }
        close(store, thread).await;
    });
    let bytes = std::fs::read(&database).unwrap();
    assert!(!bytes.windows(12).any(|some| some == b"hedgehog ana"));
    assert!(bytes.windows(12).any(|some| some == b"hedgehog leo"));
}

#[test]
fn a_database_of_the_first_version_is_brought_forward() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("d.db");
    runtime().block_on(async {
        let (store, thread) = Store::open(options(&database)).await.unwrap();
        store.append(event(1)).await.unwrap();
        close(store, thread).await;
    });
    // As the first version made it.
    let connection = Connection::open(&database).unwrap();
    connection
        .execute_batch("DROP TRIGGER events_of_the_erased_stay_away; DROP TABLE erased; DROP INDEX events_by_learner; ALTER TABLE events DROP COLUMN learner; PRAGMA user_version = 1;")
        .unwrap();
    drop(connection);
    runtime().block_on(async {
        let (store, thread) = Store::open(options(&database)).await.unwrap();
        assert_eq!(store.count(), 1);
        store.append(NewEvent { learner: "ana".into(), ..event(2) }).await.unwrap();
        assert_eq!(store.of_learner("ana").await.unwrap().len(), 1);
        close(store, thread).await;
    });
    let version: i64 = Connection::open(&database)
        .unwrap()
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    assert_eq!(version, VERSION);
}

#[test]
fn a_full_disk_keeps_events_in_memory_until_there_is_room() {
    use nix::sys::resource::{Resource, getrlimit, setrlimit};
    use nix::sys::signal::{SigHandler, Signal, signal};
    if let Some(database) = role() {
        // A limit on the size of files stands for a full disk: SQLite's writes fail with an error either way.
        // SAFETY: ignoring a signal installs no code.
        unsafe { signal(Signal::SIGXFSZ, SigHandler::SigIgn) }.unwrap();
        runtime().block_on(async {
            let (store, thread) = Store::open(options(&database)).await.unwrap();
            store.append(event(0)).await.unwrap();
            let (soft, hard) = getrlimit(Resource::RLIMIT_FSIZE).unwrap();
            setrlimit(Resource::RLIMIT_FSIZE, 128 * 1024, hard).unwrap();
            let mut recorded = 1;
            let error = loop {
                match store.append(event(recorded)).await {
                    Ok(_) => recorded += 1,
                    Err(error) => break error,
                }
                assert!(recorded < 10_000, "the limit has no effect");
            };
            assert!(matches!(error, StoreError::Waiting { .. }), "{error}");
            assert!(error.to_string().contains("database"), "{error}");
            until(&store, |health| matches!(health, Health::Trouble(_))).await;
            for n in recorded + 1..recorded + 6 {
                assert!(matches!(store.append(event(n)).await, Err(StoreError::Waiting { .. })));
            }
            setrlimit(Resource::RLIMIT_FSIZE, soft, hard).unwrap();
            until(&store, |health| *health == Health::Good).await;
            assert_eq!(store.count(), recorded + 6);
            assert_eq!(store.lost(), 0);
            close(store, thread).await;
        });
        println!("FINISHED");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("d.db");
    let output = again("a_full_disk_keeps_events_in_memory_until_there_is_room", &database).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && text.contains("FINISHED"), "{text}");
    let connection = Connection::open(&database).unwrap();
    let (count, last): (i64, i64) = connection
        .query_row("SELECT count(*), max(turn) FROM events", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    assert_eq!(count, last + 1, "every event is there once, in order");
}

#[tokio::test]
async fn an_empty_file_is_brought_to_the_newest_version() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("new/folder/d.db");
    let (store, thread) = Store::open(options(&database)).await.unwrap();
    store.append(event(1)).await.unwrap();
    assert_eq!(store.count(), 1);
    close(store, thread).await;
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&database), 0o600);
    assert_eq!(mode(database.parent().unwrap()), 0o700);
    assert!(!folder.path().join("new/folder/d.db-wal").exists(), "a clean end folds the log in");
    let connection = Connection::open(&database).unwrap();
    let pragma = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!((pragma("user_version"), pragma("application_id")), (VERSION, APPLICATION_ID));
    let device = |connection: &Connection| -> String {
        connection
            .query_row(
                "SELECT (SELECT id FROM device) FROM events WHERE device_id = (SELECT id FROM device)",
                [],
                |row| row.get(0),
            )
            .unwrap()
    };
    let first = device(&connection);
    // The next start keeps the device's name and the events.
    drop(connection);
    let (store, thread) = Store::open(options(&database)).await.unwrap();
    assert_eq!(store.count(), 1);
    close(store, thread).await;
    assert_eq!(device(&Connection::open(&database).unwrap()), first);
}

#[tokio::test]
async fn events_neither_change_nor_go_but_by_an_erasure() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("d.db");
    let (store, thread) = Store::open(options(&database)).await.unwrap();
    let id = store.append(event(1)).await.unwrap();
    store.append(event(2)).await.unwrap();
    close(store, thread).await;
    let connection = Connection::open(&database).unwrap();
    let refused = |sql: &str| connection.execute_batch(sql).unwrap_err().to_string();
    assert!(refused("UPDATE events SET body = '{}'").contains("append-only"));
    assert!(refused("DELETE FROM events").contains("append-only"));
    assert!(refused("INSERT INTO events (id, device_id, created_at, conversation, turn, kind, body) VALUES ('x', 'd', 0, '', 0, 'heard', 'not json')").contains("CHECK"));
    let replace = "INSERT OR REPLACE INTO events (id, device_id, created_at, conversation, turn, kind, body) VALUES (?1, 'd', 0, '', 0, 'heard', '{}')";
    connection.execute(replace, [&*id]).unwrap();
    let body: String =
        connection.query_row("SELECT body FROM events WHERE id = ?1", [&*id], |row| row.get(0)).unwrap();
    assert!(body.contains("word 1"), "the same event again changes nothing: {body}");
    connection
        .execute_batch("BEGIN; INSERT INTO erasure VALUES (1, 'asked for'); DELETE FROM events WHERE turn = 1; DELETE FROM erasure; COMMIT")
        .unwrap();
    let left: i64 = connection.query_row("SELECT count(*) FROM events", [], |row| row.get(0)).unwrap();
    assert_eq!(left, 1);
}

#[tokio::test]
async fn a_newer_or_foreign_database_is_refused_and_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let newer = folder.path().join("newer.db");
    let connection = Connection::open(&newer).unwrap();
    connection.execute_batch("CREATE TABLE t (x)").unwrap();
    connection.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
    connection.pragma_update(None, "user_version", VERSION + 1).unwrap();
    drop(connection);
    let before = std::fs::read(&newer).unwrap();
    let error = Store::open(options(&newer)).await.unwrap_err();
    assert!(matches!(error, StoreError::Newer { .. }), "{error}");
    assert!(error.to_string().contains("newer release"), "{error}");
    assert_eq!(std::fs::read(&newer).unwrap(), before);

    let foreign = folder.path().join("foreign.db");
    Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    let before = std::fs::read(&foreign).unwrap();
    let error = Store::open(options(&foreign)).await.unwrap_err();
    assert!(matches!(error, StoreError::Foreign { .. }), "{error}");
    assert_eq!(std::fs::read(&foreign).unwrap(), before);
}

#[tokio::test]
async fn a_damaged_database_is_left_alone_and_the_lesson_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in
        [("text.db", b"this is no database, only some words".repeat(40)), ("zeros.db", vec![1; 8_192])]
    {
        let database = folder.path().join(name);
        std::fs::write(&database, &bytes).unwrap();
        let (store, thread) = Store::open(options(&database)).await.unwrap();
        until(&store, |health| matches!(health, Health::Trouble(trouble) if trouble.contains("backup")))
            .await;
        assert!(matches!(store.append(event(1)).await, Err(StoreError::Waiting { .. })));
        assert_eq!(std::fs::read(&database).unwrap(), bytes, "nothing was changed");
        // The remedy, as the message has it.
        std::fs::rename(&database, folder.path().join("aside")).unwrap();
        until(&store, |health| *health == Health::Good).await;
        assert_eq!(store.count(), 1);
        close(store, thread).await;
    }
}

#[tokio::test]
async fn a_missing_mount_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let mount = folder.path().join("storage");
    std::fs::write(&mount, "in the way").unwrap();
    let database = mount.join("databases/d.db");
    let (store, thread) = Store::open(options(&database)).await.unwrap();
    assert!(matches!(&*store.health().borrow(), Health::Trouble(trouble) if trouble.contains("mounted")));
    for n in 1..=3 {
        store.record(event(n));
    }
    std::fs::remove_file(&mount).unwrap();
    until(&store, |health| *health == Health::Good).await;
    store.append(event(4)).await.unwrap();
    assert_eq!(store.count(), 4);
    close(store, thread).await;
}

#[tokio::test]
async fn memory_is_bounded_while_nothing_can_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let in_the_way = folder.path().join("file");
    std::fs::write(&in_the_way, "").unwrap();
    let options = StoreOptions { pending: 5, ..options(&in_the_way.join("d.db")) };
    let (store, thread) = Store::open(options).await.unwrap();
    for n in 0..5 {
        assert!(matches!(store.append(event(n)).await, Err(StoreError::Waiting { .. })));
    }
    assert!(matches!(store.append(event(5)).await, Err(StoreError::Overflow { pending: 5 })));
    assert_eq!(store.lost(), 1);
    close(store, thread).await;
}

#[tokio::test]
async fn an_unclean_end_is_noticed_and_survived() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("d.db");
    let (store, thread) = Store::open(options(&database)).await.unwrap();
    store.append(event(1)).await.unwrap();
    // A copy of the files as they are in mid-flight is what a power cut leaves.
    let copy = folder.path().join("copy.db");
    std::fs::copy(&database, &copy).unwrap();
    std::fs::copy(folder.path().join("d.db-wal"), folder.path().join("copy.db-wal")).unwrap();
    close(store, thread).await;
    let (store, thread) = Store::open(options(&copy)).await.unwrap();
    assert_eq!(*store.health().borrow(), Health::Good);
    assert_eq!(store.count(), 1);
    close(store, thread).await;
}

/// A record of `events` events, closed, in a folder with the copies' folder beside it.
async fn recorded(events: u64) -> (tempfile::TempDir, PathBuf, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("d.db");
    let (store, thread) = Store::open(options(&database)).await.unwrap();
    for n in 0..events {
        store.append(event(n)).await.unwrap();
    }
    close(store, thread).await;
    let copies = folder.path().join("copies");
    (folder, database, copies)
}

fn count(path: &Path) -> i64 {
    Connection::open(path).unwrap().query_row("SELECT count(*) FROM events", [], |row| row.get(0)).unwrap()
}

#[tokio::test]
async fn a_copy_is_whole_while_the_record_grows_and_one_is_kept_for_a_day() {
    let (_folder, database, copies) = recorded(50).await;
    let (store, thread) = Store::open(options(&database)).await.unwrap();
    let backups = Backups::new(&database, &copies);
    let day = jiff::civil::date(2026, 11, 23);
    let writer = tokio::spawn({
        let store = store.clone();
        async move {
            for n in 50..150 {
                store.append(event(n)).await.unwrap();
            }
        }
    });
    let copy = backups.make(day).unwrap();
    writer.await.unwrap();
    assert!((50..=150).contains(&count(&copy.path)));
    assert_eq!(std::fs::metadata(&copy.path).unwrap().permissions().mode() & 0o777, 0o600);
    let again = backups.make(day).unwrap();
    assert_eq!((count(&again.path), &again.path), (150, &copy.path));
    assert_eq!(backups.list().unwrap(), [again]);
    // The copy is a record like any other.
    close(store, thread).await;
    let (store, thread) = Store::open(options(&copy.path)).await.unwrap();
    assert_eq!(store.count(), 150);
    close(store, thread).await;
}

#[tokio::test]
async fn a_copy_that_fails_leaves_the_ones_before_and_says_why() {
    let (_folder, database, copies) = recorded(5).await;
    let backups = Backups::new(&database, &copies);
    let before = backups.make(jiff::civil::date(2026, 11, 22)).unwrap();
    // Not a record: what is copied is checked, not believed.
    let foreign = copies.join("foreign.db");
    Connection::open(&foreign)
        .unwrap()
        .execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1)")
        .unwrap();
    let error = Backups::new(&foreign, &copies).make(jiff::civil::date(2026, 11, 22)).unwrap_err();
    assert!(error.to_string().contains("is not whole"), "{error}");
    let error = Backups::new(copies.join("none.db"), &copies).make(jiff::civil::date(2026, 11, 22));
    assert!(matches!(error, Err(BackupError::Sqlite { .. })));
    assert_eq!(backups.list().unwrap(), [before]);
    let left: Vec<_> = std::fs::read_dir(&copies).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().ends_with(".part")), "{left:?}");
}

#[tokio::test]
async fn a_child_that_is_erased_is_erased_from_the_copies_too() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("d.db");
    let (store, thread) = Store::open(options(&database)).await.unwrap();
    let canary = "a word that only this child said";
    let of_child = NewEvent { learner: "child".into(), body: json!({ "text": canary }), ..event(1) };
    store.append(of_child).await.unwrap();
    store.append(event(2)).await.unwrap();
    let backups = Backups::new(&database, folder.path().join("copies"));
    let old = backups.make(jiff::civil::date(2026, 11, 1)).unwrap();
    assert!(holds(&old.path, canary));
    store.erase("child").await.unwrap();
    let erased = store.erasures().await.unwrap()[0].2;
    let new = backups.make(jiff::civil::date(2026, 11, 23)).unwrap();
    assert_eq!(backups.thin(Some(erased)).unwrap(), 1);
    assert_eq!(backups.list().unwrap(), std::slice::from_ref(&new));
    assert!(!holds(&new.path, canary) && !holds(&database, canary));
    close(store, thread).await;
}

fn holds(path: &Path, text: &str) -> bool {
    std::fs::read(path).unwrap().windows(text.len()).any(|window| window == text.as_bytes())
}

#[tokio::test]
async fn before_a_migration_there_is_a_copy_and_a_failed_one_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("d.db");
    // As the first release left it.
    let old = Connection::open(&database).unwrap();
    old.execute_batch(include_str!("store/version-1.sql")).unwrap();
    drop(old);
    // Something is in the way of the second version.
    let before = std::fs::read(&database).unwrap();
    let spoilt = folder.path().join("spoilt.db");
    std::fs::write(&spoilt, &before).unwrap();
    Connection::open(&spoilt).unwrap().execute_batch("CREATE TABLE erased (x)").unwrap();
    let (store, thread) = Store::open(options(&spoilt)).await.unwrap();
    let Health::Trouble(trouble) = store.health().borrow().clone() else { panic!("it cannot be migrated") };
    assert!(trouble.contains("cannot migrate"), "{trouble}");
    close(store, thread).await;
    let version = |path: &Path| -> i64 {
        Connection::open(path).unwrap().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
    };
    assert_eq!((version(&spoilt), count(&spoilt)), (1, 1), "the old release can go on with it");
    // And without it the record is brought forward, with the copy beside it until a child is erased.
    let (store, thread) = Store::open(options(&database)).await.unwrap();
    assert_eq!(store.count(), 1);
    let copy = folder.path().join("d.db.v1");
    assert_eq!((version(&copy), count(&copy)), (1, 1));
    store.erase("nobody").await.unwrap();
    assert!(!copy.exists());
    close(store, thread).await;
}
