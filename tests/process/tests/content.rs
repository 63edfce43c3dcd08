//! Books from the command line: added, found, refused, removed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

use iseetutor_process_tests::World;

fn book() -> String {
    let path = Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap()).join("../fixtures/books/water.md");
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_book_is_added_found_by_its_page_and_removed() {
    let world = World::new();
    let library = world.file("library");
    let library = library.to_str().unwrap();
    let of = ["--library", library, "--json"];
    let (book, add) = (book(), ["content", "add"]);
    let added = world.succeed(add.into_iter().chain([book.as_str(), "--words-only"]).chain(of));
    assert_eq!(
        (added[0]["added"].as_i64(), added[0]["title"].as_str()),
        (Some(1), Some("Water on the Move"))
    );
    let again = world.succeed(add.into_iter().chain([book.as_str(), "--words-only"]).chain(of));
    assert_eq!(again[0]["same"].as_i64(), Some(1), "the same file twice is one");
    let found = world.succeed(["search", "why does ice float", "--words-only"].into_iter().chain(of));
    assert_eq!((found[0]["title"].as_str(), found[0]["page"].as_i64()), (Some("Water on the Move"), Some(2)));
    let none = world.succeed(["search", "who won the championship", "--words-only"].into_iter().chain(of));
    assert!(none.iter().all(|hit| hit["title"].is_null()), "{none:?}");
    let whole = world.succeed(["content", "verify"].into_iter().chain(of));
    assert_eq!(whole[0]["wrong"].as_array().map(Vec::len), Some(0));
    world.succeed(["content", "remove", "Water on the Move"].into_iter().chain(of));
    assert!(world.succeed(["content", "list"].into_iter().chain(of)).is_empty());
}

#[test]
fn what_cannot_be_read_is_named_with_what_mends_it_and_the_rest_is_added() {
    let world = World::new();
    let library = world.file("library");
    let folder = world.file("books");
    std::fs::create_dir(&folder).unwrap();
    std::fs::copy(book(), folder.join("water.md")).unwrap();
    std::fs::write(folder.join("cut.pdf"), b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog").unwrap();
    std::fs::write(folder.join("empty.txt"), b"").unwrap();
    std::fs::write(folder.join("bytes.txt"), [0_u8, 159, 146, 150, 255]).unwrap();
    let (library, folder) = (library.to_str().unwrap(), folder.to_str().unwrap());
    let output = world.tutorctl(["content", "add", folder, "--words-only", "--library", library, "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr);
    for (file, why) in
        [("cut.pdf", "damaged"), ("empty.txt", "no text"), ("bytes.txt", "save it as one of these")]
    {
        let line = said.lines().find(|line| line.contains(file)).unwrap_or_else(|| panic!("{file}: {said}"));
        assert!(line.contains(why), "{line}");
    }
    let listed = world.succeed(["content", "list", "--library", library, "--json"]);
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0]["title"].as_str(), Some("Water on the Move"));
}

#[test]
fn the_tutor_answers_from_a_book_and_names_its_page() {
    let Some(world) = World::with_models() else { return };
    let question = ["ask", "Why does ice float?", "--json"];
    let before = world.succeed(question).remove(0);
    assert_ne!(before["source"], "content", "there is no book yet: {before}");
    world.succeed(["content", "add", &book(), "--words-only", "--json"]);
    let answer = world.succeed(question).remove(0);
    assert_eq!(answer["source"], "content", "{answer}");
    let text = answer["text"].as_str().unwrap();
    assert!(text.starts_with("Your book Water on the Move says on page 2:"), "{text}");
    let evidence = &answer["evidence"][0];
    assert_eq!((evidence["title"].as_str(), evidence["page"].as_i64()), (Some("Water on the Move"), Some(2)));
    assert!(evidence["quote"].as_str().unwrap().contains("less dense than liquid water"), "{evidence}");
}
