#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::Write as _;
use std::{fs, str};

use proptest::prelude::*;
use tempfile::TempDir;
use zip::write::SimpleFileOptions;

use super::*;

const BODY: &[u8] = b"sixteen bytes ok";

fn wheel(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, body) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(body).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn take(member: &str, size: usize) -> Take {
    Take { member: member.to_owned(), size: size as u64, name: "out".to_owned() }
}

/// Unpacks into a fresh folder; gives what was written, and every name in that folder and its parent.
fn run(zip: &[u8], takes: &[Take]) -> (Result<()>, Vec<u8>, Vec<String>) {
    let folder = TempDir::new().unwrap();
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    let path = inner.join("a.whl");
    fs::write(&path, zip).unwrap();
    let outcome = unpack(&path, takes, &|name| inner.join(name), &mut |_| ControlFlow::Continue(()));
    let names = [folder.path(), &inner]
        .iter()
        .flat_map(|folder| fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    (outcome, fs::read(inner.join("out")).unwrap_or_default(), names)
}

#[test]
fn members_are_taken_and_pieces_joined_in_order() {
    let zip = wheel(&[("p/b", b"second"), ("p/a", b"first ")]);
    let (outcome, out, _) = run(&zip, &[take("p/a", 6), take("p/b", 6)]);
    outcome.unwrap();
    assert_eq!(str::from_utf8(&out).unwrap(), "first second");
}

#[test]
fn names_that_climb_out_of_the_folder_never_become_files() {
    let zip = wheel(&[("../evil", b"x"), ("/tmp/evil-absolute", b"x"), ("p/a", BODY)]);
    let (outcome, out, names) = run(&zip, &[take("p/a", BODY.len())]);
    outcome.unwrap();
    assert_eq!(out, BODY);
    assert!(!names.iter().any(|name| name.contains("evil")), "{names:?}");
}

#[test]
fn a_member_of_another_size_is_refused() {
    let zip = wheel(&[("p/a", BODY)]);
    for size in [0, BODY.len() - 1, BODY.len() + 1] {
        let (outcome, out, _) = run(&zip, &[take("p/a", size)]);
        assert!(outcome.unwrap_err().to_string().contains("instead of"), "{size}");
        assert!(out.is_empty());
    }
}

#[test]
fn an_archive_that_lies_about_a_size_unpacks_no_more_than_agreed() {
    let body = vec![b'a'; 100_000];
    let mut zip = wheel(&[("p/a", &body)]);
    // The true size, wherever the headers have it, becomes 16.
    let size = (body.len() as u32).to_le_bytes();
    for at in 0..zip.len() - 4 {
        if zip[at..at + 4] == size {
            zip[at..at + 4].copy_from_slice(&16u32.to_le_bytes());
        }
    }
    let (outcome, out, _) = run(&zip, &[take("p/a", 16)]);
    assert!(outcome.is_err());
    assert!(out.len() <= 16, "{} bytes were written", out.len());
}

#[test]
fn what_is_missing_damaged_or_no_zip_is_named() {
    let zip = wheel(&[("p/a", BODY)]);
    let missing = run(&zip, &[take("p/b", 1)]).0.unwrap_err().to_string();
    assert!(missing.contains("p/b"), "{missing}");
    let cut = run(&zip[..zip.len() - 30], &[take("p/a", BODY.len())]).0.unwrap_err().to_string();
    assert!(cut.contains("not a zip file"), "{cut}");
    let mut damaged = zip.clone();
    let at = damaged.windows(4).position(|four| four == &BODY[..4]).unwrap_or(40);
    damaged[at] ^= 0xff;
    let damaged = run(&damaged, &[take("p/a", BODY.len())]).0.unwrap_err().to_string();
    assert!(damaged.contains("a.whl"), "{damaged}");
}

proptest! {
    #[test]
    fn changed_archives_give_errors_or_the_true_bytes_never_a_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut zip = wheel(&[("p/a", BODY), ("p/b", b"other")]);
        for (at, byte) in changes {
            let at = at.index(zip.len());
            zip[at] = byte;
        }
        zip.truncate(zip.len() - cut.index(4));
        let (outcome, out, _) = run(&zip, &[take("p/a", BODY.len())]);
        prop_assert!(out.len() <= BODY.len());
        if outcome.is_ok() {
            prop_assert_eq!(out, BODY);
        }
    }
}
