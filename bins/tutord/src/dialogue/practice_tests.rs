//! Practice within the dialogue.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use iseetutor_wire::Frame;
use iseetutor_wire::message::TtsMessage;

use super::Action;
use super::tests::Scene;
use crate::store::Kind;

#[test]
fn an_answer_is_kept_before_its_verdict_is_said() {
    let mut scene = Scene::new();
    scene.says(5, "Let's practice geometry.");
    assert!(scene.said_in(5).contains("grade"), "{}", scene.said_in(5));
    scene.says(6, "Sixth grade.");
    assert!(scene.said_in(6).contains("A: "), "{}", scene.said_in(6));
    scene.log.clear();
    scene.says(7, "Bravo.");
    let kept = scene
        .log
        .iter()
        .position(|action| matches!(action, Action::Keep(event) if event.kind == Kind::Learning));
    let said = scene
        .log
        .iter()
        .position(|action| matches!(action, Action::Voice(Frame { message: TtsMessage::Say { .. }, .. })));
    assert!(kept.unwrap() < said.unwrap());
    assert_eq!(scene.request(), None, "no model has a say in practice");
}

#[test]
fn a_question_that_is_open_keeps_the_calculator_and_the_model_away() {
    let mut scene = Scene::new();
    scene.says(5, "practice math");
    scene.says(6, "7th grade");
    scene.says(7, "What is 3 times 4?");
    assert!(!scene.said_in(7).contains("12") && scene.said_in(7).contains("paper"), "{}", scene.said_in(7));
    scene.says(8, "Who was the first president?");
    assert!(scene.said_in(8).contains("finish this question"), "{}", scene.said_in(8));
    assert_eq!(scene.request(), None);
    scene.says(9, "I want to kill myself");
    assert!(scene.said_in(9).contains("you matter"), "care comes first: {}", scene.said_in(9));
    scene.says(10, "stop");
    scene.says(11, "What is 3 times 4?");
    assert_eq!(scene.said_in(11), "3 × 4 is 12.");
}
