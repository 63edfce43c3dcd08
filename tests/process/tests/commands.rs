//! The commands by themselves: what scripts rely on.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use iseetutor_process_tests::{Up, World, kill_hard, recording, wait_until};

#[test]
fn transcribe_say_and_ask_work_on_their_own() {
    let Some(world) = World::with_models() else { return };
    let out = world.file("said.wav");
    let said =
        world.succeed(["say", "The sky is blue today.", "--json", "--out", out.to_str().unwrap()]).remove(0);
    assert_eq!(said["file"], out.to_str().unwrap());
    assert!(said["audio_s"].as_f64().unwrap() > 0.8 && said["took_s"].as_f64().is_some(), "{said}");

    let triangle = recording("triangle.wav");
    let files = [triangle.to_str().unwrap(), out.to_str().unwrap()];
    let lines = world.succeed(["transcribe", files[0], files[1], "--json"]);
    assert_eq!(lines.len(), 2);
    for (line, words) in lines.iter().zip([["triangle", "sides"], ["sky", "blue"]]) {
        let keys: Vec<&str> = line.as_object().unwrap().keys().map(String::as_str).collect();
        for key in ["file", "text", "confidence", "no_speech", "audio_s", "took_s"] {
            assert!(keys.contains(&key), "{key} is not in {line}");
        }
        let text = line["text"].as_str().unwrap().to_lowercase();
        assert!(words.iter().all(|word| text.contains(word)), "{line}");
    }

    let answer = world.succeed(["ask", "What is 12 times 7?", "--json"]).remove(0);
    assert_eq!(answer["source"], "computed", "{answer}");
    assert!(answer["text"].as_str().unwrap().contains("84"), "{answer}");
    assert!(answer["took_s"].as_f64().is_some(), "{answer}");
    let answer = world.succeed(["ask", "Tell me about the planets.", "--json"]).remove(0);
    assert!(!answer["text"].as_str().unwrap().is_empty(), "{answer}");
}

/// Ubuntu gives each user a group of their own and a umask of 002.
#[test]
fn a_user_whose_group_may_write_can_ask() {
    let Some(world) = World::with_models() else { return };
    let ask = world.command(["ask", "What is 12 times 7?", "--json"]);
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", "umask 002 && exec \"$@\"", "sh"]).arg(ask.get_program()).args(ask.get_args());
    shell.envs(ask.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let output = shell.output().unwrap();
    assert!(output.status.success(), "{}", iseetutor_process_tests::stderr(&output));
    assert!(String::from_utf8_lossy(&output.stdout).contains("84"));
}

#[test]
fn slower_speech_is_longer() {
    let Some(world) = World::with_models() else { return };
    let out = world.file("said.wav");
    let length = |rate: &str| {
        let arguments =
            ["say", "One two three four five.", "--json", "--rate", rate, "--out", out.to_str().unwrap()];
        world.succeed(arguments)[0]["audio_s"].as_f64().unwrap()
    };
    assert!(length("0.7") > 1.2 * length("1.0"));
}

#[test]
fn doctor_names_what_is_missing_and_what_mends_it() {
    let world = World::new();
    let output =
        world.command(["doctor", "--json"]).env("ISEETUTOR_MODELS", world.file("none")).output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), &report["ok"]), (Some(1), &false.into()));
    let checks = report["checks"].as_array().unwrap();
    let models = checks.iter().find(|check| check["name"] == "models").unwrap();
    assert_eq!(models["verdict"], "missing");
    assert!(models["remedy"].as_str().unwrap().contains("tutorctl models fetch"), "{models}");
    for check in checks {
        let (verdict, remedy) = (check["verdict"].as_str().unwrap(), check["remedy"].as_str().unwrap());
        assert_eq!(verdict == "ok", remedy.is_empty(), "{check}");
    }
}

#[test]
fn nothing_on_record_is_lost_when_tutord_is_killed() {
    let Some(world) = World::with_models() else { return };
    let up = Up::start(&world, &["--only", "tutord,llmd"]);
    for question in ["What is 3 times 4?", "What is 9 minus 2?"] {
        world.succeed(["ask", question, "--json", "--dir", up.dir()]);
    }
    let (runtime, bus) = up.connect();
    let tutor = runtime.block_on(async {
        let builder = iseetutor_bus::tutor1::Tutor1Proxy::builder(&bus);
        builder.cache_properties(zbus::proxy::CacheProperties::No).build().await.unwrap()
    });
    // A question and its answer are an event each; they are written behind the conversation.
    wait_until("two questions are on record", || runtime.block_on(tutor.events()).unwrap() >= 4);
    let before = runtime.block_on(tutor.events()).unwrap();
    let pid = up.process.child("tutord");
    kill_hard(pid);
    wait_until("tutord is back", || {
        up.process.children().iter().any(|(name, other)| name == "tutord" && *other != pid)
            && runtime.block_on(tutor.events()).is_ok_and(|events| events > 0)
    });
    assert!(runtime.block_on(tutor.events()).unwrap() >= before);
    world.succeed(["ask", "What is 5 plus 5?", "--json", "--dir", up.dir()]);
    wait_until("the third question is on record", || runtime.block_on(tutor.events()).unwrap() >= before + 2);
}
