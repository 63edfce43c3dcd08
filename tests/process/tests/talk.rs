//! The conversation itself, from one command.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;

use iseetutor_process_tests::sounds::{Format, hole, samples, write};
use iseetutor_process_tests::{Lines, World, json_lines, kill_hard, recording, stderr};
use serde_json::Value;

const PROMISED: [&str; 5] =
    ["speech_end_to_first_audio_ms", "endpoint_ms", "stt_ms", "first_token_ms", "tts_first_audio_ms"];

fn of<'a>(lines: &'a [Value], event: &str) -> Vec<&'a Value> {
    lines.iter().filter(|line| line["event"] == event).collect()
}

fn turns(lines: &[&Value]) -> BTreeSet<u64> {
    lines.iter().map(|line| line["turn"].as_u64().expect("a turn")).collect()
}

#[test]
fn every_turn_of_the_recording_is_heard_answered_and_timed() {
    let Some(world) = World::with_models() else { return };
    let out = world.file("said.wav");
    let input = recording("conversation.wav");
    let arguments = ["talk", "--json", "--wav", input.to_str().unwrap(), "--out", out.to_str().unwrap()];
    let lines = world.succeed(arguments);
    let (heard, said, timed) = (of(&lines, "heard"), of(&lines, "said"), of(&lines, "timing"));
    // As many as conversation.tsv lists.
    assert_eq!(turns(&heard), (1..=6).collect(), "{lines:#?}");
    assert_eq!(turns(&said), turns(&heard), "{lines:#?}");
    assert_eq!(turns(&timed), turns(&heard), "{lines:#?}");
    for line in &said {
        assert!(!line["text"].as_str().unwrap().trim().is_empty());
        assert!(
            ["model", "lexicon", "computed", "content", "fixed"].contains(&line["source"].as_str().unwrap())
        );
    }
    for line in &timed {
        for name in PROMISED {
            assert!(line.get(name).is_some(), "{name} is not in {line}");
        }
        assert!(line["speech_end_to_first_audio_ms"].as_f64().unwrap() > 0.0, "{line}");
    }
    // Twelve times seven is computed, not guessed.
    let product = said.iter().find(|line| line["turn"] == 2).unwrap();
    assert!(product["text"].as_str().unwrap().contains("84") && product["source"] == "computed", "{product}");
    let loudest = samples(&out).into_iter().fold(0.0_f32, |loudest, sample| loudest.max(sample.abs()));
    assert!(loudest > 0.05, "nothing is heard in the answers");
}

#[test]
fn silence_is_no_conversation_and_no_failure() {
    let Some(world) = World::with_models() else { return };
    let (quiet, out) = (world.file("quiet.wav"), world.file("said.wav"));
    hole(&quiet, 3);
    let arguments = ["talk", "--json", "--wav", quiet.to_str().unwrap(), "--out", out.to_str().unwrap()];
    let output = world.tutorctl(arguments);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stderr(&output).contains("nothing was heard"), "{}", stderr(&output));
    assert!(of(&json_lines(&output), "said").is_empty());
}

#[test]
fn a_recording_that_is_wrong_is_refused() {
    let world = World::new();
    std::fs::write(world.file("in.wav"), "").unwrap();
    let (input, out) = (world.file("in.wav"), world.file("out.wav"));
    let text = world.fail(1, ["talk", "--wav", input.to_str().unwrap(), "--out", out.to_str().unwrap()]);
    assert!(text.contains("is empty"), "{text}");
    let text = world.fail(2, ["talk", "--wav", input.to_str().unwrap()]);
    assert!(text.contains("--out"), "{text}");
}

/// One daemon after the other is killed in mid-conversation, and it goes on.
#[test]
fn the_conversation_survives_the_death_of_each_daemon() {
    let Some(world) = World::with_models() else { return };
    let (input, out) = (recording("conversation.wav"), world.file("said.wav"));
    let arguments = ["talk", "--json", "--wav", input.to_str().unwrap(), "--out", out.to_str().unwrap()];
    let mut talk = Lines::start(world.command(arguments));
    let mut victims = ["sttd", "llmd", "ttsd", "tutord"].into_iter();
    let mut heard = 0;
    while let Some(line) = talk.next_line() {
        if line["event"] != "heard" {
            continue;
        }
        heard += 1;
        if let Some(victim) = victims.next() {
            kill_hard(talk.child(victim));
        }
    }
    let (status, errors) = talk.end();
    assert!(status.success(), "{errors}");
    assert_eq!(victims.next(), None, "the conversation ended early");
    assert!(heard > 4, "nothing was heard after the last of them was killed: {heard} turns, {errors}");
}

/// The microphone's daemon begins its recording anew, so this is a conversation of its own.
#[test]
fn the_conversation_survives_the_death_of_audiod() {
    let Some(world) = World::with_models() else { return };
    // Two utterances with short answers: "What is twelve times seven?" and "Can you say that again, please?"
    let (input, out) = (world.file("two.wav"), world.file("said.wav"));
    let whole = samples(&recording("conversation.wav"));
    let format = Format { code: 1, channels: 1, rate_hz: 16_000, bits: 16 };
    write(&input, format, &whole[3 * 16_000..10 * 16_000], 1);
    let arguments = ["talk", "--json", "--wav", input.to_str().unwrap(), "--out", out.to_str().unwrap()];
    let mut talk = Lines::start(world.command(arguments));
    talk.wait_for("heard");
    kill_hard(talk.child("audiod"));
    let mut lines = Vec::new();
    while let Some(line) = talk.next_line() {
        lines.push(line);
    }
    let (status, errors) = talk.end();
    assert!(status.success(), "{errors}");
    assert!(of(&lines, "said").len() >= 2, "{lines:#?}");
}
