#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
//! Answers that are decided while the child pauses.

use iseetutor_wire::Frame;
use iseetutor_wire::message::{
    AnswerKind, Expectation, LlmRequest, Transcript, TtsMessage, TurnMessage, WatchMessage,
};

use super::tests::Scene;
use super::{Action, Event, Peer};
use crate::store::Kind;

fn pause(scene: &mut Scene, turn: u64, revision: u32, text: &str) {
    let transcript = Transcript { text: text.into(), confidence: 0.9, ..Transcript::default() };
    scene.turn(turn, revision, TurnMessage::Speculative(transcript));
}

/// What went to the voice, in short.
fn voiced(scene: &Scene) -> Vec<String> {
    let short = |action: &Action| match action {
        Action::Voice(Frame { message, .. }) => Some(match message {
            TtsMessage::Say { text, prepared, .. } => {
                format!("{} {text}", if *prepared { "prepare" } else { "say" })
            }
            TtsMessage::Commit { .. } => "commit".into(),
            TtsMessage::Endpoint { silence_ms } => format!("endpoint {silence_ms}"),
            TtsMessage::TurnEnd { .. } => "end".into(),
            TtsMessage::Cancel {} => "cancel".into(),
            _ => return None,
        }),
        _ => None,
    };
    scene.log.iter().filter_map(short).collect()
}

fn answers(scene: &Scene) -> usize {
    scene.count(|action| matches!(action, Action::Keep(_)))
}

fn expectation(scene: &Scene) -> Expectation {
    let expect = scene.log.iter().rev().find_map(|action| match action {
        Action::Voice(Frame { message: TtsMessage::TurnEnd { expect }, .. }) => Some(expect.clone()),
        _ => None,
    });
    expect.expect("the answer ended")
}

/// A scene in which a question of practice is open.
fn practising() -> Scene {
    let mut scene = Scene::new();
    scene.says(1, "let's practice synonyms");
    scene.says(2, "fifth grade");
    scene.log.clear();
    scene
}

#[test]
fn a_complete_answer_is_ready_before_the_turn_is_over_and_heard_at_once() {
    let mut scene = Scene::new();
    scene.speech(5);
    scene.log.clear();
    pause(&mut scene, 5, 0, "what is 2 plus 2");
    assert_eq!(voiced(&scene), ["endpoint 350", "prepare 2 + 2 is 4."]);
    let seen = |scene: &Scene| {
        scene.count(|action| {
            matches!(
                action,
                Action::Watch(Frame { message: WatchMessage::Said { .. }, .. }) | Action::Record(_)
            )
        })
    };
    assert_eq!(seen(&scene), 0, "nothing is seen or on record before it is so");
    scene.log.clear();
    scene.finish(5, 0, "what is 2 plus 2", 0.9);
    assert_eq!(voiced(&scene), ["commit", "end"]);
    assert!(seen(&scene) >= 3);
    let heard = scene.log.iter().position(|a| matches!(a, Action::Record(e) if e.kind == Kind::Heard));
    let commit = scene
        .log
        .iter()
        .position(|a| matches!(a, Action::Voice(Frame { message: TtsMessage::Commit { .. }, .. })));
    assert!(heard.unwrap() < commit.unwrap());
}

#[test]
fn an_answer_counts_once_and_is_kept_before_its_verdict_is_heard() {
    let mut scene = practising();
    scene.speech(3);
    pause(&mut scene, 3, 0, "alpha");
    assert_eq!(answers(&scene), 0, "it may not be over");
    assert!(voiced(&scene).contains(&"endpoint 200".to_owned()), "{:?}", voiced(&scene));
    scene.finish(3, 0, "alpha", 0.9);
    assert_eq!(answers(&scene), 1);
    let keep = scene.log.iter().position(|action| matches!(action, Action::Keep(_))).unwrap();
    let commit = scene
        .log
        .iter()
        .position(|a| matches!(a, Action::Voice(Frame { message: TtsMessage::Commit { .. }, .. })));
    assert!(keep < commit.unwrap());
}

#[test]
fn a_rehearsal_leaves_no_trace_when_the_child_goes_on() {
    // One child corrects itself in the same breath, the other says the last at once: they hear the same.
    let (mut corrected, mut direct) = (practising(), practising());
    corrected.speech(3);
    pause(&mut corrected, 3, 0, "alpha");
    corrected.turn(3, 1, TurnMessage::Partial { text: "alpha no".into() });
    pause(&mut corrected, 3, 1, "alpha no bravo");
    corrected.finish(3, 1, "alpha no bravo", 0.9);
    direct.speech(3);
    direct.finish(3, 0, "alpha no bravo", 0.9);
    assert_eq!(corrected.said_in(3), direct.said_in(3));
    assert_eq!((answers(&corrected), answers(&direct)), (1, 1));
    assert_eq!(corrected.count(|a| *a == Action::Count("answers_prepared_in_vain")), 1);
}

#[test]
fn other_words_at_the_end_void_what_was_prepared() {
    let mut scene = Scene::new();
    scene.speech(5);
    scene.log.clear();
    pause(&mut scene, 5, 0, "what is 2 plus 2");
    scene.finish(5, 0, "what is 2 plus 3", 0.9);
    let voiced = voiced(&scene);
    assert_eq!(&voiced[2..], ["cancel", "say 2 + 3 is 5.", "end"], "{voiced:?}");
}

#[test]
fn what_breaks_off_is_given_time_and_nothing_is_prepared() {
    let mut scene = practising();
    scene.speech(3);
    scene.log.clear();
    pause(&mut scene, 3, 0, "um, it's the");
    assert_eq!(voiced(&scene), ["endpoint 2800"]);
}

#[test]
fn an_open_question_has_its_frame_ready_and_the_model_is_asked_at_the_end() {
    let mut scene = Scene::new();
    scene.speech(5);
    scene.log.clear();
    pause(&mut scene, 5, 0, "why is the sky blue");
    assert!(voiced(&scene)[0].starts_with("prepare "), "{:?}", voiced(&scene));
    let asked = |a: &Action| matches!(a, Action::Model(Frame { message: LlmRequest::Generate { .. }, .. }));
    assert_eq!(scene.count(asked), 0);
    scene.finish(5, 0, "why is the sky blue", 0.9);
    assert_eq!(scene.count(asked), 1);
    assert!(voiced(&scene).contains(&"commit".to_owned()));
}

#[test]
fn a_voice_that_came_back_is_told_everything_again() {
    let mut scene = Scene::new();
    scene.speech(5);
    pause(&mut scene, 5, 0, "what is 2 plus 2");
    scene.event(Event::PeerDown(Peer::Voice));
    scene.event(Event::PeerUp(Peer::Voice));
    scene.log.clear();
    scene.finish(5, 0, "what is 2 plus 2", 0.9);
    assert_eq!(scene.said_in(5), "2 + 2 is 4.");
    assert!(voiced(&scene).contains(&"say 2 + 2 is 4.".to_owned()), "{:?}", voiced(&scene));
}

#[test]
fn the_choices_travel_with_the_question() {
    let mut scene = practising();
    let expect = {
        scene.says(3, "repeat");
        expectation(&scene)
    };
    assert_eq!((expect.kind, expect.answers.len()), (AnswerKind::Choice, 4));
    assert!(scene.said_in(3).contains(&expect.answers[3]), "{expect:?}");
    scene.says(4, "stop");
    assert_eq!(expectation(&scene), Expectation::default());
}
