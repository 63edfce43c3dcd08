//! A copy takes the record's place: with real databases, and the program itself.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use iseetutor_curriculum::level::Level;
use iseetutor_learner::profile::Pace;
use rusqlite::Connection;
use serde_json::{Value, json};
use tutord::school::{School, SystemClock};
use tutord::store::{
    Backups, Health, Kind, NewEvent, RestoreError, Store, StoreOptions, StoreThread, VERSION, replaced,
    restore,
};

const CANARY: &str = "a word that only this child said";

fn event(learner: &str, text: &str) -> NewEvent {
    NewEvent {
        conversation: "c".into(),
        turn: 1,
        kind: Kind::Heard,
        body: json!({ "text": text }),
        learner: learner.into(),
        id: None,
    }
}

/// A folder with a record in it.
struct Rig {
    folder: tempfile::TempDir,
    database: PathBuf,
}

impl Rig {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("tutor.db");
        Self { folder, database }
    }

    async fn open(&self) -> (Store, StoreThread) {
        let options = StoreOptions { retry: Duration::from_millis(20), ..StoreOptions::new(&self.database) };
        let (store, thread) = Store::open(options).await.unwrap();
        assert_eq!(*store.health().borrow(), Health::Good);
        (store, thread)
    }

    async fn add(&self, learner: &str, text: &str, times: u64) {
        let (store, thread) = self.open().await;
        for _ in 0..times {
            store.append(event(learner, text)).await.unwrap();
        }
        close(store, thread).await;
    }

    /// A copy outside of the folder of the daily ones, as on a stick.
    fn copy(&self) -> PathBuf {
        let day = jiff::civil::date(2026, 11, 1);
        Backups::new(&self.database, self.folder.path().join("copies")).make(day).unwrap().path
    }

    fn restore(&self, copy: &Path) -> Result<tutord::store::Restored, RestoreError> {
        restore(&self.database, &mut File::open(copy).unwrap())
    }

    fn left_over(&self) -> bool {
        fs::read_dir(self.folder.path())
            .unwrap()
            .any(|entry| entry.unwrap().file_name().to_string_lossy().contains(".restoring"))
    }
}

async fn close(store: Store, thread: StoreThread) {
    drop(store);
    assert!(thread.finished(Duration::from_secs(10)).await);
}

fn count(path: &Path) -> i64 {
    Connection::open(path).unwrap().query_row("SELECT count(*) FROM events", [], |row| row.get(0)).unwrap()
}

fn holds(path: &Path, text: &str) -> bool {
    fs::read(path).unwrap().windows(text.len()).any(|window| window == text.as_bytes())
}

#[tokio::test]
async fn a_copy_takes_the_records_place_and_the_record_before_is_kept() {
    let rig = Rig::new();
    rig.add("ana", "one", 10).await;
    let copy = rig.copy();
    rig.add("ana", "two", 5).await;
    fs::set_permissions(&rig.database, fs::Permissions::from_mode(0o640)).unwrap();
    let restored = rig.restore(&copy).unwrap();
    assert_eq!((restored.events, restored.only_in_replaced), (10, Some(5)));
    assert_eq!((restored.of_this_device, restored.erasures_known), (Some(true), true));
    assert_eq!(restored.learners, [("ana".to_owned(), 10)].into());
    assert!(restored.from_ms.unwrap() > 1_700_000_000_000 && restored.from_ms <= restored.to_ms);
    let before = restored.replaced.unwrap();
    assert_eq!(replaced(&rig.database).unwrap(), std::slice::from_ref(&before));
    assert_eq!((count(&rig.database), count(&before), count(&copy)), (10, 15, 10));
    assert_eq!(fs::metadata(&rig.database).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(!rig.left_over());
    // The tutor goes on with it, and it can be restored from again within the same second.
    rig.add("ana", "three", 1).await;
    assert_eq!(count(&rig.database), 11);
    rig.restore(&copy).unwrap();
    assert_eq!(rig.restore(&before).unwrap().events, 15);
    assert_eq!(replaced(&rig.database).unwrap().len(), 3);
}

#[tokio::test]
async fn it_is_refused_while_the_tutor_runs() {
    let rig = Rig::new();
    rig.add("", "one", 3).await;
    let copy = rig.copy();
    let (store, thread) = rig.open().await;
    store.append(event("", "two")).await.unwrap();
    let error = rig.restore(&copy).unwrap_err();
    assert!(matches!(error, RestoreError::InUse { .. }), "{error}");
    assert!(error.to_string().contains("systemctl stop iseetutor.target"), "{error}");
    // Whoever was at it never noticed.
    store.append(event("", "three")).await.unwrap();
    close(store, thread).await;
    assert_eq!(count(&rig.database), 5);
    assert!(replaced(&rig.database).unwrap().is_empty() && !rig.left_over());
}

#[tokio::test]
async fn who_was_erased_since_does_not_come_back() {
    let rig = Rig::new();
    rig.add("ana", CANARY, 4).await;
    rig.add("ben", "hello", 2).await;
    let copy = rig.copy();
    assert!(holds(&copy, CANARY));
    let (store, thread) = rig.open().await;
    store.erase("ana").await.unwrap();
    close(store, thread).await;
    let restored = rig.restore(&copy).unwrap();
    let [again] = &restored.erased_again[..] else { panic!("{restored:?}") };
    assert_eq!((again.learner.as_str(), again.events, restored.events), ("ana", 4, 2));
    assert!(again.at_ms > 1_700_000_000_000);
    assert!(!holds(&rig.database, CANARY), "the restored record still holds what was erased");
    // The proof came too: nothing of the child is taken in afterwards.
    let (store, thread) = rig.open().await;
    assert_eq!(store.erasures().await.unwrap()[0].0, "ana");
    close(store, thread).await;
    rig.add("ana", CANARY, 1).await;
    assert_eq!(count(&rig.database), 2);
}

#[tokio::test]
async fn an_erasure_reaches_the_records_that_were_replaced() {
    let rig = Rig::new();
    rig.add("ben", "hello", 2).await;
    let copy = rig.copy();
    rig.add("ana", CANARY, 3).await;
    let before = rig.restore(&copy).unwrap().replaced.unwrap();
    assert!(holds(&before, CANARY));
    let unreadable = before.with_file_name("tutor.db.replaced-20200101T000000Z");
    fs::write(&unreadable, format!("damaged {CANARY}")).unwrap();
    let (store, thread) = rig.open().await;
    store.erase("ana").await.unwrap();
    close(store, thread).await;
    assert!(!holds(&before, CANARY) && !unreadable.exists());
    assert_eq!(count(&before), 2, "the others' answers stay");
}

#[tokio::test]
async fn a_damaged_record_is_replaced_with_its_log_beside_it() {
    let rig = Rig::new();
    rig.add("ana", "one", 10).await;
    let copy = rig.copy();
    fs::write(&rig.database, b"this was a record before the disk failed").unwrap();
    fs::write(rig.folder.path().join("tutor.db-wal"), b"and its log").unwrap();
    let restored = rig.restore(&copy).unwrap();
    assert_eq!((restored.events, restored.erasures_known, restored.only_in_replaced), (10, false, None));
    let before = restored.replaced.unwrap();
    assert!(holds(&before, "before the disk failed"));
    assert!(holds(&PathBuf::from(format!("{}-wal", before.display())), "and its log"));
    rig.add("ana", "two", 1).await;
    assert_eq!(count(&rig.database), 11);
}

#[tokio::test]
async fn a_new_device_takes_the_copy_of_the_old_one() {
    let (old, new) = (Rig::new(), Rig::new());
    old.add("ana", "one", 7).await;
    let copy = old.copy();
    let restored = new.restore(&copy).unwrap();
    assert_eq!((restored.events, restored.replaced, restored.of_this_device), (7, None, None));
    assert!(!restored.erasures_known);
    assert_eq!(fs::metadata(&new.database).unwrap().permissions().mode() & 0o777, 0o600);
    let other = Rig::new();
    other.add("ben", "one", 1).await;
    assert_eq!(other.restore(&copy).unwrap().of_this_device, Some(false));
}

#[tokio::test]
async fn what_is_no_sound_copy_changes_nothing() {
    let rig = Rig::new();
    rig.add("ana", "one", 500).await;
    let copy = fs::read(rig.copy()).unwrap();
    let before = fs::read(&rig.database).unwrap();
    let bad = |name: &str, change: &dyn Fn(&Path)| {
        let path = rig.folder.path().join(name);
        fs::write(&path, &copy).unwrap();
        change(&path);
        let error = rig.restore(&path).unwrap_err();
        assert!(!rig.left_over() && replaced(&rig.database).unwrap().is_empty(), "{name}");
        error
    };
    let sql =
        |sql: &'static str| move |path: &Path| Connection::open(path).unwrap().execute_batch(sql).unwrap();
    let cut = |length: usize| move |path: &Path| fs::write(path, &fs::read(path).unwrap()[..length]).unwrap();
    let words = [
        ("empty", bad("empty", &cut(0)), "far too short"),
        (
            "text",
            bad("text", &|path| fs::write(path, "Dear diary, this is no record.").unwrap()),
            "no learning",
        ),
        ("head", bad("head", &cut(60)), "cannot restore"),
        ("cut", bad("cut", &cut(copy.len() / 2)), "cannot restore"),
        ("foreign", bad("foreign", &sql("PRAGMA application_id = 7")), "another program"),
        ("none", bad("none", &sql("PRAGMA user_version = 0")), "no version 0"),
        ("table", bad("table", &sql("CREATE TABLE more (x)")), "tables"),
        ("trigger", bad("trigger", &sql("DROP TRIGGER events_do_not_change")), "tables"),
    ];
    for (name, error, word) in words {
        assert!(matches!(error, RestoreError::Unsound { .. }), "{name}: {error:?}");
        assert!(
            error.to_string().contains(word) && error.to_string().contains("nothing was changed"),
            "{error}"
        );
    }
    let newer = bad("newer", &sql("PRAGMA user_version = 99"));
    assert!(matches!(newer, RestoreError::Newer { found: 99 }), "{newer}");
    let damaged = bad("damaged", &|path| {
        let mut bytes = fs::read(path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle..middle + 4_096].fill(0xA5);
        fs::write(path, bytes).unwrap();
    });
    assert!(matches!(damaged, RestoreError::Unsound { .. }), "{damaged}");
    // Folding the log in may touch the header's counters and the mode; the events are what they were.
    assert_eq!(
        (count(&rig.database), before.len() as u64),
        (500, fs::metadata(&rig.database).unwrap().len())
    );
}

#[tokio::test]
async fn another_programs_database_is_left_alone() {
    let (rig, old) = (Rig::new(), Rig::new());
    old.add("ana", "one", 1).await;
    Connection::open(&rig.database).unwrap().execute_batch("CREATE TABLE theirs (x)").unwrap();
    let before = fs::read(&rig.database).unwrap();
    let error = rig.restore(&old.copy()).unwrap_err();
    assert!(matches!(error, RestoreError::Foreign { .. }), "{error}");
    assert_eq!(fs::read(&rig.database).unwrap(), before);
}

#[tokio::test]
async fn a_copy_of_an_older_release_is_brought_forward() {
    let rig = Rig::new();
    let copy = rig.folder.path().join("old.db");
    Connection::open(&copy).unwrap().execute_batch(include_str!("store/version-1.sql")).unwrap();
    let restored = rig.restore(&copy).unwrap();
    assert_eq!((restored.version, restored.events), (1, 1));
    let version: i64 = Connection::open(&rig.database)
        .unwrap()
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    assert_eq!(version, VERSION);
    rig.add("ana", "two", 1).await;
}

fn program(rig: &Rig, copy: &Path) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_tutord"))
        .args(["restore", "--set", &format!("database={}", rig.database.display())])
        .stdin(Stdio::from(File::open(copy).unwrap()))
        .output()
        .unwrap()
}

#[tokio::test]
async fn the_program_tells_which_children_came_back() {
    let rig = Rig::new();
    let school = School::new(SystemClock).unwrap();
    let (learner, kept) = school.enrol("Maya", Level::Lower, (None, None), Pace::Steady).unwrap();
    let (store, thread) = rig.open().await;
    for kept in kept {
        store.append(NewEvent::learning("".into(), 0, kept)).await.unwrap();
    }
    store.append(event(&learner.id, "twelve")).await.unwrap();
    close(store, thread).await;
    let copy = rig.copy();
    let done = program(&rig, &copy);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let told: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(told["children"], json!([{ "name": "Maya", "events": 2 }]), "{told}");
    assert_eq!(told["only_in_replaced"], 0);
    let text = rig.folder.path().join("text");
    fs::write(&text, "no record at all, only words").unwrap();
    let refused = program(&rig, &text);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("no learning record"));
}
