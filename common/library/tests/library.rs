//! A bundled book, added and found again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};

use iseetutor_documents::{Limits, read};
use iseetutor_library::{Added, Library, NewBook, Query, Ways, chunk};

fn source() -> PathBuf {
    Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap()).join("../../tests/fixtures/books/water.md")
}

fn add(library: &mut Library, path: &Path) -> Added {
    let document = read(path, &Limits::default()).unwrap();
    let chunks = chunk::chunks(&document);
    let sha256 = Library::sha256(path).unwrap();
    let new = NewBook {
        source: path,
        sha256: &sha256,
        level: Some("lower"),
        licence: None,
        document: &document,
        chunks: &chunks,
        vectors: None,
    };
    library.add(&new).unwrap()
}

fn ask<'a>(text: &'a str, level: Option<&'a str>) -> Query<'a> {
    Query { text, vector: None, level, book: None, ways: Ways::Both, most: 5 }
}

#[test]
fn a_question_finds_its_page_and_nothing_is_found_of_other_things() {
    let dir = tempfile::tempdir().unwrap();
    let mut library = Library::open(dir.path()).unwrap();
    assert!(matches!(add(&mut library, &source()), Added::New(_)));
    let hits = library.search(&ask("Why does ice float?", None)).unwrap();
    assert_eq!((hits[0].title.as_str(), hits[0].page), ("Water on the Move", Some(2)));
    assert!(hits[0].text.contains("less dense"), "{}", hits[0].text);
    let hits = library.search(&ask("what is a glacier", Some("lower"))).unwrap();
    assert!(hits[0].text.contains("glacier | a large body of ice"), "{}", hits[0].text);
    assert!(library.search(&ask("who won the football championship", None)).unwrap().is_empty());
    assert!(library.search(&ask("why does ice float", Some("upper"))).unwrap().is_empty());
    // Nothing of a question is syntax.
    for text in ["\" OR (", "NEAR(a b", "*", "", "a AND NOT -b:c ^d"] {
        library.search(&ask(text, None)).unwrap();
    }
}

#[test]
fn the_same_title_is_a_new_edition_and_a_changed_source_is_noticed() {
    let dir = tempfile::tempdir().unwrap();
    let mut library = Library::open(&dir.path().join("library")).unwrap();
    let Added::New(first) = add(&mut library, &source()) else { panic!("not new") };
    let edition = dir.path().join("second.md");
    let text = std::fs::read_to_string(source()).unwrap().replace("less dense", "lighter for its size");
    std::fs::write(&edition, text).unwrap();
    assert_eq!(add(&mut library, &edition), Added::Replaced(first));
    let books = library.books().unwrap();
    assert_eq!(books.len(), 1);
    let hits = library.search(&ask("Why does ice float?", None)).unwrap();
    assert!(
        hits[0].text.contains("lighter for its size")
            && hits.iter().all(|hit| !hit.text.contains("less dense"))
    );
    assert_eq!(library.verify().unwrap(), Vec::<String>::new());
    assert_eq!(
        std::fs::read_dir(dir.path().join("library/pdfs")).unwrap().count(),
        1,
        "the old source stayed"
    );
    std::fs::write(library.source(&books[0]), "changed").unwrap();
    assert!(library.verify().unwrap()[0].contains("has changed"));
    library.remove(&books[0]).unwrap();
    assert!(library.books().unwrap().is_empty());
    assert!(library.search(&ask("Why does ice float?", None)).unwrap().is_empty());
}
