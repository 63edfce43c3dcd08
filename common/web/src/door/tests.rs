#![allow(clippy::unwrap_used)]
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use super::{ABSOLUTE_MS, Caller, Door, Entry, IDLE_MS, Knock, SETUP_MS};

const PHRASE: &str = "seven green lamps sing";

struct House {
    folder: tempfile::TempDir,
    now: Arc<AtomicI64>,
    door: Door,
}

impl House {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let now = Arc::new(AtomicI64::new(1_790_000_000_000));
        let door = open(&folder, &now);
        Self { folder, now, door }
    }

    fn pass(&self, ms: i64) {
        self.now.fetch_add(ms, Ordering::SeqCst);
    }

    async fn entry(&self) -> Entry {
        let code = self.door.setup_code().unwrap().unwrap();
        match self.door.set_up(&code.to_lowercase().replace('-', " "), PHRASE, &caller()).await.unwrap() {
            Knock::Open(entry) => entry,
            other => panic!("{other:?}"),
        }
    }
}

fn open(folder: &tempfile::TempDir, now: &Arc<AtomicI64>) -> Door {
    let now = Arc::clone(now);
    Door::open(folder.path(), Arc::new(move || now.load(Ordering::SeqCst))).unwrap()
}

fn caller() -> Caller {
    Caller { device: None, address: "192.168.1.2".into(), agent: "Browser".into() }
}

#[tokio::test]
async fn the_setup_code_works_once_and_for_an_hour() {
    let house = House::new();
    let code = house.door.setup_code().unwrap().unwrap();
    assert_eq!(house.door.setup_code().unwrap().as_ref(), Some(&code));
    assert_eq!(house.door.set_up("2222-2222", PHRASE, &caller()).await.unwrap(), Knock::Wrong);
    assert_eq!(house.door.set_up("", PHRASE, &caller()).await.unwrap(), Knock::Wrong);
    house.pass(SETUP_MS);
    assert_eq!(house.door.set_up(&code, PHRASE, &caller()).await.unwrap(), Knock::Wrong);
    let entry = house.entry().await;
    assert!(house.door.session(&entry.session).await);
    assert_eq!(house.door.setup_code().unwrap(), None);
    assert_eq!(house.door.set_up(&code, "another one of mine", &caller()).await.unwrap(), Knock::Closed);
}

#[tokio::test]
async fn sessions_outlive_a_restart_and_end_by_rest_by_age_and_by_hand() {
    let house = House::new();
    let first = house.entry().await;
    assert!(open(&house.folder, &house.now).session(&first.session).await);
    let file = std::fs::read_to_string(house.folder.path().join("door.json")).unwrap();
    assert!(!file.contains(&first.session) && !file.contains(&first.device) && !file.contains(PHRASE));
    house.pass(IDLE_MS - 1);
    assert!(house.door.session(&first.session).await);
    house.pass(IDLE_MS);
    assert!(!house.door.session(&first.session).await);
    let Knock::Open(second) = house.door.sign_in(PHRASE, &caller()).await.unwrap() else { panic!() };
    let mut passed = 0;
    while passed < ABSOLUTE_MS - IDLE_MS {
        house.pass(IDLE_MS - 60_000);
        passed += IDLE_MS - 60_000;
        assert!(house.door.session(&second.session).await, "{passed}");
    }
    house.pass(ABSOLUTE_MS - passed);
    assert!(!house.door.session(&second.session).await);
    let Knock::Open(third) = house.door.sign_in(PHRASE, &caller()).await.unwrap() else { panic!() };
    let Knock::Open(fourth) = house.door.sign_in(PHRASE, &caller()).await.unwrap() else { panic!() };
    let listed = house.door.sessions(&fourth.session);
    assert_eq!(listed.len(), 2);
    let other = listed.iter().find(|one| !one.own).unwrap();
    assert!(house.door.end(&other.id).await.unwrap());
    assert!(!house.door.session(&third.session).await && house.door.session(&fourth.session).await);
    house.door.end_all().await.unwrap();
    assert!(!house.door.session(&fourth.session).await);
    assert!(!open(&house.folder, &house.now).session(&fourth.session).await);
}

#[tokio::test]
async fn a_stranger_who_guesses_does_not_lock_out_a_browser_that_is_known() {
    let house = House::new();
    let entry = house.entry().await;
    for _ in 0..6 {
        assert_eq!(house.door.sign_in("wrong and wrong again", &caller()).await.unwrap(), Knock::Wrong);
    }
    assert!(matches!(house.door.sign_in(PHRASE, &caller()).await.unwrap(), Knock::Wait(1)));
    let known = Caller { device: Some(entry.device.clone()), ..caller() };
    assert!(matches!(house.door.sign_in(PHRASE, &known).await.unwrap(), Knock::Open(_)));
    let forged = Caller { device: Some("0".repeat(64)), ..caller() };
    assert!(matches!(house.door.sign_in(PHRASE, &forged).await.unwrap(), Knock::Wait(_)));
}

#[tokio::test]
async fn a_reset_and_a_change_of_the_passphrase_end_what_was() {
    let house = House::new();
    let first = house.entry().await;
    let Knock::Open(second) = house.door.sign_in(PHRASE, &caller()).await.unwrap() else { panic!() };
    house.door.change("nine blue doors hum", &second.session).await.unwrap();
    assert!(!house.door.session(&first.session).await && house.door.session(&second.session).await);
    assert_eq!(house.door.sign_in(PHRASE, &caller()).await.unwrap(), Knock::Wrong);
    let code = house.door.reset().await.unwrap();
    assert!(!house.door.session(&second.session).await && !house.door.is_set_up());
    assert_eq!(house.door.sign_in("nine blue doors hum", &caller()).await.unwrap(), Knock::Closed);
    assert!(matches!(house.door.set_up(&code, PHRASE, &caller()).await.unwrap(), Knock::Open(_)));
}

#[tokio::test]
async fn a_board_opens_for_its_own_child_only() {
    let house = House::new();
    let code = house.door.pairing_code("maya").unwrap();
    assert_eq!(house.door.pair(Some("noah"), &code, "Tablet").await.unwrap(), Knock::Wrong);
    assert_eq!(house.door.pair(None, &code, "Tablet").await.unwrap(), Knock::Wrong);
    let Knock::Open(token) = house.door.pair(Some("maya"), &code, "Tablet").await.unwrap() else { panic!() };
    assert_eq!(house.door.pair(Some("maya"), &code, "Tablet").await.unwrap(), Knock::Wrong, "once");
    assert!(house.door.board(&token, "maya").await && !house.door.board(&token, "noah").await);
    let late = house.door.pairing_code("maya").unwrap();
    house.pass(super::boards::PAIR_MS);
    assert_eq!(house.door.pair(Some("maya"), &late, "Tablet").await.unwrap(), Knock::Wrong, "late");
    house.door.forget("maya").await.unwrap();
    assert!(!house.door.board(&token, "maya").await);
}

#[tokio::test]
async fn damage_is_named_with_its_remedy_and_left_as_it_is() {
    let house = House::new();
    let file = house.folder.path().join("door.json");
    std::fs::write(&file, "{").unwrap();
    let error = Door::open(house.folder.path(), crate::clock::system()).unwrap_err().to_string();
    assert!(error.contains("door.json") && error.contains("remove it"), "{error}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "{");
}
