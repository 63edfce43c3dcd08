#![allow(clippy::unwrap_used)]
use super::{Conversation, Plan, Source, VolumeChange, joined, source};

fn conversation() -> Conversation {
    Conversation::new("c".into(), 3, crate::school::tests::school()).guessing(true)
}

fn say(conversation: &mut Conversation, text: &str) -> String {
    let planned = conversation.plan(text);
    let Plan::Say(sentences) = planned.plan.clone() else { panic!("{text}: {:?}", planned.plan) };
    conversation.answered(&planned, text, sentences.clone(), "");
    joined(&sentences)
}

#[test]
fn repeat_means_the_last_answer_and_not_the_last_command() {
    let mut conversation = conversation();
    assert!(say(&mut conversation, "repeat").contains("haven't said"));
    let answer = say(&mut conversation, "what is 12 times 7");
    assert!(say(&mut conversation, "slower").contains("slowly"));
    assert!((conversation.rate() - 0.9).abs() < 1e-6);
    assert_eq!(say(&mut conversation, "say that again"), answer);
    assert_eq!(say(&mut conversation, "repeat"), answer);
}

#[test]
fn the_pace_has_ends() {
    let mut conversation = conversation();
    for _ in 0..3 {
        say(&mut conversation, "slow down");
    }
    assert!((conversation.rate() - 0.8).abs() < 1e-6);
    assert!(say(&mut conversation, "slower").contains("already"));
    for _ in 0..5 {
        say(&mut conversation, "faster");
    }
    assert!((conversation.rate() - 1.2).abs() < 1e-6);
    conversation.renew("d".into());
    assert!((conversation.rate() - 1.0).abs() < 1e-6);
}

#[test]
fn a_guess_is_framed_and_its_frame_stays_out_of_the_context() {
    let mut conversation = conversation();
    let planned = conversation.plan("why is the sky blue");
    let Plan::Model { frame, messages } = planned.plan.clone() else { panic!("{:?}", planned.plan) };
    assert_eq!(source(&frame), Source::Model);
    assert!(frame.iter().all(|sentence| sentence.cacheable));
    assert_eq!(messages.len(), 2);
    let mut said = frame;
    said.push(super::Sentence { text: "Air does it.".into(), source: Source::Model, cacheable: false });
    conversation.answered(&planned, "why is the sky blue", said, "Air does it.");
    let messages = conversation.messages();
    assert_eq!(messages.last().map(|m| m.content.as_str()), Some("Air does it."));
    assert!(conversation.messages_if_asked("and at night").is_some());
    assert!(conversation.messages_if_asked("2 plus 2").is_none());
}

#[test]
fn several_children_are_told_apart_by_their_names() {
    use crate::school::tests::school_with;
    use iseetutor_curriculum::level::Level;
    let (school, _) = school_with(&[("Maya", Level::Lower), ("Leo", Level::Upper)]);
    let mut conversation = Conversation::new("c".into(), 3, school);
    assert_eq!(say(&mut conversation, "let's practice math"), "Who is it: Leo or Maya?");
    assert!(say(&mut conversation, "a purple elephant").contains("Is it Leo or Maya?"));
    assert!(say(&mut conversation, "Maia").starts_with("Hi Maya."));
    assert!(!conversation.learner().is_empty());
    let maya = conversation.learner();
    // Somebody else's turn: nothing of what was begun is left.
    assert_eq!(say(&mut conversation, "I'm Leo."), "Hi Leo.");
    assert_ne!(conversation.learner(), maya);
    assert!(say(&mut conversation, "how am I doing").contains("only just begun"));
    assert!(conversation.patience_ms().is_none());
    say(&mut conversation, "practice words");
    assert_eq!(conversation.patience_ms(), Some(8_000));
    assert!(conversation.nudge().is_some() && conversation.nudge().is_none());
    say(&mut conversation, "sign out");
    assert!(conversation.learner().is_empty());
    // By place, and a guest after a name that nobody has.
    say(&mut conversation, "start my lesson");
    assert!(say(&mut conversation, "the second one").starts_with("Hi Maya."));
    say(&mut conversation, "sign out");
    say(&mut conversation, "let's practice reading");
    say(&mut conversation, "xyzzy");
    assert!(say(&mut conversation, "plugh").contains("keep no record"));
}

#[test]
fn a_mock_test_speaks_by_itself_and_nothing_else_has_a_say() {
    use crate::school::tests::school_with;
    use iseetutor_curriculum::level::Level;
    let (school, clock) = school_with(&[("Maya", Level::Lower)]);
    let mut conversation = Conversation::new("c".into(), 3, school);
    assert!(say(&mut conversation, "mock test in math on paper").contains("booklet number 1"));
    assert_eq!(conversation.due_in_ms(), None);
    say(&mut conversation, "begin");
    assert!(say(&mut conversation, "what is 12 times 7").contains("in the test"));
    clock.forward(i64::try_from(conversation.due_in_ms().unwrap()).unwrap());
    let (sentences, _) = conversation.prompt().unwrap();
    assert!(joined(&sentences).contains("Half of the time"));
}

#[test]
fn volume_is_for_the_caller() {
    assert_eq!(conversation().plan("louder please").plan, Plan::Volume(VolumeChange::Up));
}
