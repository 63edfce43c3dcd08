//! A copy on a stick and back, as a parent makes it: the real programs, and files for the passphrase.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

use iseetutor_process_tests::{Up, World};
use serde_json::Value;

fn names(world: &World, dir: &str) -> Vec<String> {
    let listed = world.succeed(["learner", "list", "--json", "--dir", dir]);
    listed.iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
}

fn refused(world: &World, arguments: &[&str]) -> String {
    let output = world.tutorctl(arguments.iter().copied());
    assert!(!output.status.success(), "{arguments:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn write(path: &Path, text: &str) -> String {
    std::fs::write(path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_copy_on_a_stick_comes_back_without_the_child_that_was_erased() {
    let world = World::new();
    let home = world.file("home");
    let home = home.to_str().unwrap();
    let phrase = write(&world.file("phrase"), "four words and more\n");
    let wrong = write(&world.file("wrong"), "five words and more\n");
    let stick = world.file("stick");
    for name in ["Maya", "Ben"] {
        world.succeed(["learner", "add", name, "--level", "lower", "--json", "--dir", home]);
    }
    // A folder that is not there is a stick that is not mounted: it is not made.
    let to = stick.to_str().unwrap();
    let backup = ["backup", "--to", to, "--passphrase-file", &phrase, "--json", "--dir", home];
    assert!(refused(&world, &backup).contains("check the path") && !stick.exists());
    std::fs::create_dir(&stick).unwrap();
    let made = world.succeed(backup);
    assert_eq!(made.len(), 2, "{made:?}");
    let copy = made[1]["path"].as_str().unwrap().to_owned();
    assert!(copy.ends_with(".db.age") && made[1]["encrypted"] == true && made[1]["same_disk"] == true);
    let bytes = std::fs::read(&copy).unwrap();
    assert!(bytes.starts_with(b"age-encryption.org/v1\n"));
    assert!(!bytes.windows(4).any(|window| window == b"Maya" || window == b"SQLi"));
    assert_eq!(std::fs::read_dir(&stick).unwrap().count(), 1, "nothing else is left on the stick");

    world.succeed(["learner", "erase", "Ben", "--yes", "--json", "--dir", home]);
    world.succeed(["learner", "add", "Zoe", "--level", "lower", "--json", "--dir", home]);

    let restore = ["restore", &copy, "--passphrase-file", &phrase, "--json", "--dir", home];
    {
        let up = Up::start(&world, &["--only", "tutord"]);
        let running = ["restore", &copy, "--passphrase-file", &phrase, "--dir", up.dir()];
        let said = refused(&world, &running);
        assert!(said.contains("while the tutor runs") && said.contains("systemctl stop"), "{said}");
    }
    let said = refused(&world, &["restore", &copy, "--passphrase-file", &wrong, "--dir", home]);
    assert!(said.contains("the passphrase is not the one"), "{said}");
    let half = write(&world.file("half.age"), "");
    std::fs::write(&half, &bytes[..bytes.len() - 20]).unwrap();
    let said = refused(&world, &["restore", &half, "--passphrase-file", &phrase, "--dir", home]);
    assert!(said.contains("damaged or was cut"), "{said}");
    assert_eq!(names(&world, home), ["Maya", "Zoe"], "nothing was changed by what was refused");

    let told: Value = world.succeed(restore).remove(0);
    assert_eq!(told["children"].as_array().unwrap().len(), 1, "{told}");
    assert_eq!(told["children"][0]["name"], "Maya");
    assert_eq!(told["erased_again"].as_array().unwrap().len(), 1, "{told}");
    assert!(told["only_in_replaced"].as_u64().unwrap() >= 1, "{told}");
    assert_eq!(names(&world, home), ["Maya"]);
    // And back again: the record before was kept.
    let before = told["replaced"].as_str().unwrap().to_owned();
    world.succeed(["restore", &before, "--json", "--dir", home]);
    assert_eq!(names(&world, home), ["Maya", "Zoe"]);
}
