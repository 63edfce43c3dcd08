//! Downloads from servers that work, drop, lie and change their mind.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Duration;

use common::server::{Answer, Server};
use iseetutor_models::{Error, FetchOptions, Manifest, Origin, Result, Sha256Sum, Stage, State, Store};
use tempfile::TempDir;

/// Larger than one piece of a download, and not a multiple of it.
fn body() -> Vec<u8> {
    (0..700_001u32).map(|i| (i * 7 + i / 251) as u8).collect()
}

struct Case {
    folder: TempDir,
    store: Store,
    server: Server,
    manifest: Manifest,
}

impl Case {
    fn new(answers: &[Answer]) -> Self {
        Self::with_sum(answers, &Sha256Sum::of(&body()).to_string())
    }

    fn with_sum(answers: &[Answer], sum: &str) -> Self {
        let server = Server::start(body(), answers);
        let folder = TempDir::new().unwrap();
        let manifest = common::manifest(&body(), sum, &common::https(&server.url));
        Self { store: Store::at(folder.path()), folder, server, manifest }
    }

    fn fetch_with(&self, options: &FetchOptions<'_>) -> Result<Vec<Origin>> {
        let set = self.manifest.set("test").unwrap();
        let plan = self.store.plan(set, &[])?;
        let fetched = self.store.fetch(&plan, options, &mut |_| ControlFlow::Continue(()))?;
        Ok(fetched.into_iter().map(|fetched| fetched.origin).collect())
    }

    fn fetch(&self) -> Result<Vec<Origin>> {
        self.fetch_with(&FetchOptions { retry_delay: Duration::ZERO, retries: 2, ..FetchOptions::default() })
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("test/m.bin")
    }

    fn part(&self) -> PathBuf {
        self.folder.path().join("test/m.bin.part")
    }

    fn assert_fetched(&self) {
        assert_eq!(fs::read(self.file()).unwrap(), body());
        assert!(!self.part().exists());
    }
}

#[test]
fn a_download_is_checked_put_in_place_and_not_repeated() {
    let case = Case::new(&[Answer::Good]);
    let set = case.manifest.set("test").unwrap();
    let plan = case.store.plan(set, &[]).unwrap();
    assert_eq!((plan.download, plan.items[0].state.clone()), (body().len() as u64, State::Missing));
    assert_eq!(plan.items[0].license().name, "MIT");
    let mut last = None;
    let fetched = case
        .store
        .fetch(&plan, &FetchOptions::default(), &mut |event| {
            assert_eq!((event.id, event.total), ("m", body().len() as u64));
            last = Some((event.stage, event.done));
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(fetched[0].origin, Origin::Https);
    assert_eq!(last, Some((Stage::Check, body().len() as u64)));
    case.assert_fetched();
    assert!(!case.folder.path().join(".staging").exists());
    assert_eq!(case.fetch().unwrap(), [Origin::Present]);
    assert_eq!(case.server.ranges(), [None], "the second fetch asks for nothing");
    assert_eq!(case.store.plan(set, &[]).unwrap().download, 0);
}

#[test]
fn a_broken_connection_is_resumed_where_it_broke() {
    let case = Case::new(&[Answer::DropAfter(300_000), Answer::DropAfter(200_000), Answer::Good]);
    assert_eq!(case.fetch().unwrap(), [Origin::Https]);
    case.assert_fetched();
    assert_eq!(case.server.ranges(), [None, Some(300_000), Some(500_000)]);
}

#[test]
fn a_later_command_resumes_what_an_earlier_one_left() {
    let case = Case::new(&[
        Answer::DropAfter(300_000),
        Answer::Status(503),
        Answer::Status(503),
        Answer::Status(503),
        Answer::Good,
    ]);
    let error = case.fetch().unwrap_err().to_string();
    assert!(error.contains("503") && error.contains("repeat the command later"), "{error}");
    assert_eq!(fs::metadata(case.part()).unwrap().len(), 300_000);
    assert!(!case.file().exists());
    assert_eq!(case.fetch().unwrap(), [Origin::Https]);
    case.assert_fetched();
    assert_eq!(case.server.ranges().last(), Some(&Some(300_000)));
}

#[test]
fn a_server_that_cannot_resume_sends_everything_again() {
    let case = Case::new(&[Answer::DropAfter(1000), Answer::IgnoreRange]);
    case.fetch().unwrap();
    case.assert_fetched();
    let case = Case::new(&[Answer::DropAfter(1000), Answer::WrongStart, Answer::Good]);
    case.fetch().unwrap();
    case.assert_fetched();
    assert_eq!(case.server.ranges(), [None, Some(1000), None]);
    let case = Case::new(&[Answer::DropAfter(1000), Answer::Status(416), Answer::Good]);
    case.fetch().unwrap();
    case.assert_fetched();
}

#[test]
fn a_server_that_makes_no_headway_is_given_up() {
    let case = Case::new(&[Answer::DropAfter(0)]);
    let error = case.fetch().unwrap_err().to_string();
    assert!(error.contains(&case.server.url) && error.contains("--mirror"), "{error}");
    assert_eq!(case.server.ranges().len(), 3, "one attempt and two retries");
}

#[test]
fn a_file_of_another_size_is_refused_before_or_while_it_comes() {
    let case = Case::new(&[Answer::ClaimLonger(1)]);
    let error = case.fetch().unwrap_err();
    let expected = body().len() as u64;
    assert!(
        matches!(error, Error::WrongSize { expected: e, actual, .. } if e == expected && actual == e + 1),
        "{error}"
    );
    let case = Case::new(&[Answer::SendLonger(5_000_000)]);
    assert!(matches!(case.fetch().unwrap_err(), Error::WrongSize { .. }));
    assert_eq!(fs::metadata(case.part()).unwrap().len(), 0, "nothing of it is kept");
    assert!(!case.file().exists());
}

#[test]
fn an_address_that_is_gone_names_the_remedy() {
    let case = Case::new(&[Answer::Status(404)]);
    let error = case.fetch().unwrap_err().to_string();
    assert!(error.contains("404") && error.contains("--mirror"), "{error}");
    assert_eq!(case.server.ranges().len(), 1);
}

#[test]
fn a_wrong_checksum_is_refused_and_the_file_removed() {
    let wrong = Sha256Sum::of(b"something else");
    let case = Case::with_sum(&[Answer::Good], &wrong.to_string());
    let error = case.fetch().unwrap_err();
    assert!(matches!(error, Error::WrongChecksum { expected, actual, .. }
        if expected == wrong && actual == Sha256Sum::of(&body())));
    let text = error.to_string();
    assert!(
        text.contains(&wrong.to_string()) && text.contains(&case.server.url) && text.contains("--mirror"),
        "{text}"
    );
    assert!(!case.file().exists() && !case.part().exists());
}

#[test]
fn a_part_of_an_older_file_is_noticed_and_downloaded_anew() {
    let case = Case::new(&[Answer::Good]);
    fs::create_dir_all(case.part().parent().unwrap()).unwrap();
    fs::write(case.part(), vec![0xee; 1234]).unwrap();
    case.fetch().unwrap();
    case.assert_fetched();
    assert_eq!(case.server.ranges(), [Some(1234), None]);
    // Longer than the file: of no use at all.
    fs::remove_file(case.file()).unwrap();
    fs::write(case.part(), vec![0xee; body().len() + 1]).unwrap();
    case.fetch().unwrap();
    case.assert_fetched();
    assert_eq!(case.server.ranges().last(), Some(&None));
}

#[test]
fn stopping_keeps_what_came() {
    let case = Case::new(&[Answer::Good]);
    let plan = case.store.plan(case.manifest.set("test").unwrap(), &[]).unwrap();
    let stop = &mut |event: iseetutor_models::Event<'_>| match event.done {
        0..200_000 => ControlFlow::Continue(()),
        _ => ControlFlow::Break(()),
    };
    let error = case.store.fetch(&plan, &FetchOptions::default(), stop).unwrap_err();
    assert!(matches!(error, Error::Cancelled));
    let kept = fs::metadata(case.part()).unwrap().len() as usize;
    assert!((200_000..body().len()).contains(&kept), "{kept}");
    case.fetch().unwrap();
    case.assert_fetched();
    assert_eq!(case.server.ranges(), [None, Some(kept)]);
}

#[test]
fn a_file_without_a_published_checksum_is_asked_for_then_remembered() {
    let mut whisper = body();
    whisper[..8].copy_from_slice(b"lmgg\x98\xca\0\0");
    let server = Server::start(whisper.clone(), &[Answer::Good]);
    let folder = TempDir::new().unwrap();
    let store = Store::at(folder.path());
    let manifest = common::manifest(&whisper, "unpublished", &common::https(&server.url));
    let set = manifest.set("test").unwrap();
    let plan = store.plan(set, &[]).unwrap();
    assert!(plan.items[0].needs_acceptance);
    let go = &mut |_: iseetutor_models::Event<'_>| ControlFlow::Continue(());
    let error = store.fetch(&plan, &FetchOptions::default(), go).unwrap_err().to_string();
    assert!(error.contains("--accept-unverified m") && error.contains(&server.url), "{error}");
    assert!(server.ranges().is_empty(), "nothing is downloaded before it is accepted");

    let accepting = FetchOptions { accept_unverified: ["m".to_owned()].into(), ..FetchOptions::default() };
    store.fetch(&plan, &accepting, go).unwrap();
    let path = folder.path().join("test/m.bin");
    assert_eq!(store.ready(set, iseetutor_models::Role::SpeechToText).unwrap(), path);
    assert!(!store.plan(set, &[]).unwrap().items[0].needs_acceptance);

    // From now on its checksum is insisted on.
    let mut other = whisper;
    other[100_000] ^= 1;
    fs::write(&path, &other).unwrap();
    let model = set.model("m").unwrap();
    assert!(matches!(store.check("test", model).unwrap(), State::WrongChecksum { .. }));
    fs::remove_file(&path).unwrap();
    let changed = Server::start(other, &[Answer::Good]);
    let manifest = common::manifest(&body(), "unpublished", &common::https(&changed.url));
    let plan = store.plan(manifest.set("test").unwrap(), &[]).unwrap();
    let error = store.fetch(&plan, &accepting, go).unwrap_err();
    assert!(matches!(error, Error::WrongChecksum { .. }), "{error}");
}

#[test]
fn an_error_page_is_not_accepted_as_a_model() {
    let page = b"<!DOCTYPE html><title>Sorry</title>".to_vec();
    let server = Server::start(page.clone(), &[Answer::Good]);
    let folder = TempDir::new().unwrap();
    let store = Store::at(folder.path());
    let manifest = common::manifest(&page, "unpublished", &common::https(&server.url));
    let plan = store.plan(manifest.set("test").unwrap(), &[]).unwrap();
    let accepting = FetchOptions { accept_unverified: ["m".to_owned()].into(), ..FetchOptions::default() };
    let error = store.fetch(&plan, &accepting, &mut |_| ControlFlow::Continue(())).unwrap_err().to_string();
    assert!(error.contains("a web page"), "{error}");
    assert!(!folder.path().join("test/m.bin").exists());
}
