//! A full disk, made of a small tmpfs; needs to be root, and says so where it is not.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use iseetutor_process_tests::{Up, World, stderr, wait_until};

/// A small disk in a test's folder.
struct Disk {
    folder: PathBuf,
}

impl Disk {
    /// Mounts one of this size, or says why the test is skipped.
    fn mount(folder: PathBuf, size: &str) -> Option<Self> {
        std::fs::create_dir(&folder).unwrap();
        let options = format!("size={size},mode=0700");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &options, "tmpfs"])
            .arg(&folder)
            .output()
            .unwrap();
        if mounted.status.success() {
            return Some(Self { folder });
        }
        println!("SKIP: a tmpfs cannot be mounted ({}); run the tests as root", stderr(&mounted).trim());
        None
    }

    /// Takes all that is left of it.
    fn fill(&self) -> PathBuf {
        let path = self.folder.join("filler");
        let mut file = File::create(&path).unwrap();
        while file.write_all(&[0; 4096]).is_ok() {}
        path
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // A process that was killed in this moment may still hold it.
        let _ = Command::new("umount").arg("--lazy").arg(&self.folder).status();
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn up_on_a_full_disk_says_so() {
    let world = World::new();
    let Some(disk) = Disk::mount(world.file("disk"), "64k") else { return };
    disk.fill();
    let error = world.fail(1, ["up", "--dir", text(&disk.folder)]);
    assert!(error.contains("No space left") && error.contains("free some space"), "{error}");
}

#[test]
fn speech_that_does_not_fit_leaves_no_half_file() {
    let Some(world) = World::with_models() else { return };
    let Some(disk) = Disk::mount(world.file("disk"), "64k") else { return };
    let out = disk.folder.join("said.wav");
    let long = "This is a sentence of some length. ".repeat(5);
    let error = world.fail(1, ["say", &long, "--out", text(&out)]);
    assert!(error.contains("space") || error.contains("disk"), "{error}");
    assert_eq!(std::fs::read_dir(&disk.folder).unwrap().count(), 0, "something is left of it");
}

#[test]
fn a_record_that_cannot_be_written_is_survived_and_nothing_recorded_is_lost() {
    let Some(world) = World::with_models() else { return };
    let Some(disk) = Disk::mount(world.file("up"), "8m") else { return };
    let up = Up::start(&world, &["--only", "tutord,llmd"]);
    let (runtime, bus) = up.connect();
    let tutor = runtime.block_on(async {
        let builder = iseetutor_bus::tutor1::Tutor1Proxy::builder(&bus);
        builder.cache_properties(zbus::proxy::CacheProperties::No).build().await.unwrap()
    });
    let ask = |question: &str| world.tutorctl(["ask", question, "--json", "--dir", up.dir()]);
    assert!(ask("What is 3 times 4?").status.success());
    wait_until("the first question is on record", || runtime.block_on(tutor.events()).unwrap() >= 2);
    let before = runtime.block_on(tutor.events()).unwrap();
    let pid = up.process.child("tutord");

    let filler = disk.fill();
    let refused = ask("What is 4 times 4?");
    // Whether it answers without a record or refuses, it says that the disk is full, and it lives.
    let status = world.succeed(["status", "--json", "--dir", up.dir()]).remove(0);
    let daemons = status["daemons"].as_array().unwrap();
    let tutord = daemons.iter().find(|daemon| daemon["name"] == "tutord").unwrap();
    let told = format!("{} {}", stderr(&refused), tutord["last_error"]).to_lowercase();
    assert!(told.contains("disk") || told.contains("space") || told.contains("full"), "{told}");
    assert_eq!(up.process.child("tutord"), pid, "tutord did not survive");

    std::fs::remove_file(filler).unwrap();
    assert!(ask("What is 5 times 4?").status.success());
    // Both questions after the first are written, the one that found no room among them.
    wait_until("the record is complete", || runtime.block_on(tutor.events()).unwrap() >= before + 4);
}
