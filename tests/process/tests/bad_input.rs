//! Whatever is wrong with a file or a text: an error that names it and what helps, and nothing lost.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use iseetutor_process_tests::sounds::{Format, hole, samples, write};
use iseetutor_process_tests::{World, json_lines, recording, stderr};

#[test]
fn every_sound_file_is_transcribed_or_refused_with_a_reason() {
    let Some(world) = World::with_models() else { return };
    let sky = recording("sky.wav");
    let sound = samples(&sky);
    let file = |name: &str| world.file(name);

    write(&file("eight.wav"), Format { code: 1, channels: 1, rate_hz: 16_000, bits: 8 }, &sound, 1);
    write(&file("stereo.wav"), Format { code: 1, channels: 2, rate_hz: 48_000, bits: 16 }, &sound, 3);
    write(&file("float.wav"), Format { code: 3, channels: 1, rate_hz: 16_000, bits: 32 }, &sound, 1);
    std::fs::write(file("empty.wav"), "").unwrap();
    let whole = std::fs::read(&sky).unwrap();
    std::fs::write(file("cut.wav"), &whole[..whole.len() / 2]).unwrap();
    // An MPEG audio frame as every MP3 begins, after an ID3 tag.
    std::fs::write(file("song.wav"), b"ID3\x04\0\0\0\0\0\0\xff\xfb\x90\x64\0\0\0\0").unwrap();
    hole(&file("hour.wav"), 3_600);
    hole(&file("silence.wav"), 3);
    std::fs::create_dir(file("folder.wav")).unwrap();

    let good = ["eight.wav", "stereo.wav", "float.wav", "silence.wav"];
    let bad = [
        ("empty.wav", "is empty"),
        ("cut.wav", "is truncated"),
        ("song.wav", "is not a WAV file"),
        ("hour.wav", "3600 s long"),
        ("folder.wav", "a directory"),
        ("missing.wav", "check the path"),
    ];
    // One good, one bad, and so on: a bad one stops none of the others.
    let mut arguments = vec!["transcribe".into(), "--json".into()];
    arguments.extend(good.iter().chain(bad.map(|(name, _)| name).iter()).map(|name| file(name)));
    let output = world.tutorctl(&arguments);
    let errors = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{errors}");
    for (name, reason) in bad {
        let path = file(name).display().to_string();
        let line =
            errors.lines().find(|line| line.contains(&path)).unwrap_or_else(|| panic!("{name}: {errors}"));
        assert!(
            line.starts_with("tutorctl: ") && line.to_lowercase().contains(&reason.to_lowercase()),
            "{line}"
        );
    }
    let lines = json_lines(&output);
    assert_eq!(lines.len(), good.len(), "{lines:?}");
    for (line, name) in lines.iter().zip(good) {
        assert_eq!(line["file"], file(name).display().to_string());
        if name == "silence.wav" {
            assert_eq!((&line["no_speech"], line["text"].as_str()), (&true.into(), Some("")), "{line}");
        } else {
            let text = line["text"].as_str().unwrap().to_lowercase();
            assert!(text.contains("sky") && text.contains("blue"), "{line}");
            assert!(line["confidence"].as_f64().unwrap() > 0.4, "{line}");
        }
        assert!(line["audio_s"].as_f64().unwrap() > 1.0 && line["took_s"].as_f64().unwrap() > 0.0, "{line}");
    }
}

#[test]
fn files_that_are_all_wrong_start_no_daemon() {
    let world = World::new();
    std::fs::write(world.file("empty.wav"), "").unwrap();
    // Without models no daemon could be started: this fails before that matters.
    let output = world
        .command(["transcribe"])
        .arg(world.file("empty.wav"))
        .arg(world.file("missing.wav"))
        .env("ISEETUTOR_MODELS", world.file("no-models"))
        .output()
        .unwrap();
    let errors = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert_eq!(errors.lines().count(), 2, "{errors}");
}

#[test]
fn text_that_cannot_be_used_is_refused_with_a_reason() {
    let world = World::new();
    let out = world.file("out.wav");
    let long = "word ".repeat(20_000);
    let cases: [(&[u8], &str); 5] = [
        (b"", "empty"),
        (b" \t\n", "empty"),
        (long.as_bytes(), "at most"),
        (b"caf\xe9", "not UTF-8"),
        (b"bell\x07", "U+0007"),
    ];
    for (text, reason) in cases {
        let text = OsStr::from_bytes(text);
        let said = world.fail(2, [OsStr::new("say"), text, OsStr::new("--out"), out.as_os_str()]);
        assert!(said.contains(reason), "{said}");
        let asked = world.fail(2, [OsStr::new("ask"), text]);
        assert!(asked.contains(reason), "{asked}");
    }
    assert!(!out.exists());
}

#[test]
fn markup_is_read_without_its_tags() {
    let Some(world) = World::with_models() else { return };
    let out = world.file("out.wav");
    let text = "<speak>Good <break time=\"1s\"/> morning</speak>";
    world.succeed([
        OsStr::new("say"),
        OsStr::new(text),
        OsStr::new("--json"),
        OsStr::new("--out"),
        out.as_os_str(),
    ]);
    let heard = world.succeed([OsStr::new("transcribe"), OsStr::new("--json"), out.as_os_str()]);
    let heard = heard[0]["text"].as_str().unwrap().to_lowercase();
    assert!(heard.contains("morning") && !heard.contains("break") && !heard.contains("speak"), "{heard}");
}

#[test]
fn a_folder_too_long_for_sockets_is_refused_before_anything_starts() {
    let world = World::new();
    let long = world.file(&"d".repeat(100));
    let text = world.fail(1, [OsStr::new("up"), OsStr::new("--dir"), long.as_os_str()]);
    assert!(text.contains("at most 107") && text.contains("choose a folder"), "{text}");
    assert!(!long.exists());
}

#[test]
fn a_missing_model_names_the_command_that_gets_it() {
    let world = World::new();
    let output =
        world.command(["ask", "hello"]).env("ISEETUTOR_MODELS", world.file("no-models")).output().unwrap();
    let text = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("tutorctl models fetch"), "{text}");
}

#[test]
fn a_model_cut_short_or_changed_is_refused() {
    let Some(world) = World::with_models() else { return };
    let listed = world.succeed(["models", "list", "--json"]);
    let copy = world.file("models");
    std::fs::create_dir_all(copy.join("starter")).unwrap();
    for model in &listed {
        let from = std::path::PathBuf::from(model["file"].as_str().unwrap());
        if model["state"] == "present" {
            std::os::unix::fs::symlink(&from, copy.join("starter").join(from.file_name().unwrap())).unwrap();
        }
    }
    let speech =
        listed.iter().find(|model| model["role"] == "speech-to-text" && model["optional"] == false).unwrap();
    let name = std::path::Path::new(speech["file"].as_str().unwrap()).file_name().unwrap();
    let mut bytes = std::fs::read(speech["file"].as_str().unwrap()).unwrap();
    let transcribe = || {
        world
            .command(["transcribe"])
            .arg(recording("stop.wav"))
            .env("ISEETUTOR_MODELS", &copy)
            .output()
            .unwrap()
    };
    let target = copy.join("starter").join(name);
    std::fs::remove_file(&target).unwrap();

    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&target, &bytes).unwrap();
    let text = stderr(&transcribe());
    assert!(text.contains("SHA-256") && text.contains("tutorctl models fetch"), "{text}");

    std::fs::write(&target, &bytes[..middle]).unwrap();
    let text = stderr(&transcribe());
    assert!(text.contains("bytes") && text.contains("tutorctl models fetch"), "{text}");
}

#[test]
fn a_full_disk_is_named_and_leaves_no_half_file() {
    let Some(world) = World::with_models() else { return };
    let text = world.fail(1, ["say", "Hello there.", "--out", "/dev/full"]);
    assert!(text.contains("space") || text.contains("disk"), "{text}");
}
