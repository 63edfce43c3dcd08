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
    let mut ran = 0;
    let half = loop {
        clock.forward(i64::try_from(conversation.due_in_ms().unwrap()).unwrap());
        let (sentences, keep) = conversation.prompt().unwrap();
        if !sentences.is_empty() {
            break joined(&sentences);
        }
        // Once a minute it is noted that the test goes on.
        assert_eq!(keep[0].body["kind"], "mock_ran");
        ran += 1;
    };
    assert!(half.contains("Half of the time"), "{half}");
    assert!((10..30).contains(&ran), "{ran}");
}

/// Everything that is kept, and another device's memory of it: what a restart leaves.
fn restarted(kept: &[crate::school::Kept], clock: &crate::school::tests::HandClock) -> Conversation {
    let school = crate::school::School::new(clock.clone()).unwrap();
    let bodies: Vec<String> = kept.iter().map(|kept| kept.body.to_string()).collect();
    school.recall("device", bodies.iter().map(String::as_str));
    Conversation::new("again".into(), 3, school)
}

/// Says something, and keeps what is to be kept.
fn keep(conversation: &mut Conversation, said: &str, kept: &mut Vec<crate::school::Kept>) -> String {
    let planned = conversation.plan(said);
    kept.extend(planned.keep);
    let Plan::Say(sentences) = planned.plan else { panic!("{said} is nothing to say") };
    joined(&sentences)
}

#[test]
fn a_mock_test_goes_on_after_a_restart_with_its_answers_marks_and_time() {
    use crate::school::tests::HandClock;
    use iseetutor_curriculum::level::Level;
    use iseetutor_learner::profile::Pace;
    let clock = HandClock::default();
    let school = crate::school::School::new(clock.clone()).unwrap();
    let (_, mut kept) = school.enrol("Maya", Level::Lower, (None, None), Pace::Steady).unwrap();
    let mut before = Conversation::new("c".into(), 3, school);
    keep(&mut before, "mock test in math on paper", &mut kept);
    keep(&mut before, "begin", &mut kept);
    clock.forward(5 * 60_000);
    keep(&mut before, "one A, two B, flag three", &mut kept);
    clock.forward(4 * 60_000);
    let (_, more) = before.prompt().unwrap();
    kept.extend(more);
    // The power is cut; ten minutes later it is back, and the tutor speaks of it by itself.
    clock.forward(10 * 60_000);
    let mut after = restarted(&kept, &clock);
    let told = joined(&after.pick_up());
    assert!(
        told.starts_with("I was away for a moment. Maya, you were in the middle of Mathematics"),
        "{told}"
    );
    assert!(told.contains("20 minutes are left") && told.contains("Shall we go on"), "{told}");
    let told = keep(&mut after, "yes", &mut kept);
    assert!(told.contains("20 minutes are left"), "what it was away for is given back: {told}");
    assert!(keep(&mut after, "which ones are left", &mut kept).contains("Open are 3, 4, 5"));
    keep(&mut after, "three C", &mut kept);
    // A second time, and long after: the child is asked when it comes.
    clock.forward(2 * 3_600_000);
    let mut again = restarted(&kept, &clock);
    assert!(again.pick_up().is_empty(), "nobody is there any more");
    let told = keep(&mut again, "let's practice math", &mut kept);
    assert!(told.contains("in the middle of Mathematics") && !told.contains("Question"), "{told}");
    keep(&mut again, "yes", &mut kept);
    keep(&mut again, "I'm done", &mut kept);
    let told = keep(&mut again, "yes", &mut kept);
    assert!(told.contains("of 30 right") && told.contains("27 had no answer"), "{told}");
    let answers: Vec<_> = kept.iter().filter(|one| one.body["kind"] == "answered").collect();
    assert_eq!(answers.iter().filter(|one| one.body["skipped"] != true).count(), 3);
    let ended = kept.iter().find(|one| one.body["kind"] == "mock_ended").unwrap();
    let minutes = ended.body["took_ms"].as_u64().unwrap() / 60_000;
    assert!((9..14).contains(&minutes), "{minutes} minutes of its own");
    // It is over: nothing is asked any more.
    assert!(!keep(&mut restarted(&kept, &clock), "I'm Maya", &mut kept).contains("Shall we go on"));
}

#[test]
fn by_ear_it_goes_on_at_the_question_where_it_was_and_may_be_left() {
    use crate::school::tests::HandClock;
    use iseetutor_curriculum::level::Level;
    use iseetutor_learner::profile::Pace;
    let clock = HandClock::default();
    let school = crate::school::School::new(clock.clone()).unwrap();
    let (_, mut kept) = school.enrol("Maya", Level::Lower, (None, None), Pace::Steady).unwrap();
    let mut before = Conversation::new("c".into(), 3, school);
    keep(&mut before, "mock test in math by ear", &mut kept);
    keep(&mut before, "begin", &mut kept);
    for said in ["alpha", "skip", "bravo", "cross out C"] {
        keep(&mut before, said, &mut kept);
    }
    assert!(keep(&mut before, "how much time is left", &mut kept).contains("no clock"));
    let mut after = restarted(&kept, &clock);
    assert!(joined(&after.pick_up()).contains("We were at question 4."));
    let mut left = after.clone();
    let on = keep(&mut after, "yes", &mut Vec::new());
    assert!(on.contains("Question 4."), "{on}");
    // Or not: what was answered counts, and it is no result of a test.
    let mut gone = Vec::new();
    assert!(keep(&mut left, "no", &mut gone).contains("What you answered is kept"));
    let kinds: Vec<&str> = gone.iter().filter_map(|one| one.body["kind"].as_str()).collect();
    assert_eq!(kinds, ["answered", "answered", "mock_closed"]);
    kept.extend(gone);
    assert!(restarted(&kept, &clock).pick_up().is_empty());
}

#[test]
fn a_whole_test_waits_between_its_parts_for_another_day() {
    use crate::school::tests::HandClock;
    use iseetutor_curriculum::level::Level;
    use iseetutor_learner::profile::Pace;
    let clock = HandClock::default();
    let school = crate::school::School::new(clock.clone()).unwrap();
    let (maya, mut kept) = school.enrol("Maya", Level::Lower, (None, None), Pace::Steady).unwrap();
    kept.push(school.set(&maya.id, "mock.extra_time", "50").unwrap());
    let mut before = Conversation::new("c".into(), 3, school);
    let told = keep(&mut before, "whole mock test on paper", &mut kept);
    assert!(told.contains("in 30 minutes. Your extra time is included."), "{told}");
    keep(&mut before, "begin", &mut kept);
    keep(&mut before, "I'm done", &mut kept);
    keep(&mut before, "yes", &mut kept);
    let told = keep(&mut before, "stop", &mut kept);
    assert!(told.contains("when you want to go on"), "{told}");
    clock.forward(26 * 3_600_000);
    let mut after = restarted(&kept, &clock);
    assert!(after.pick_up().is_empty(), "nobody is waked for it");
    let told = keep(&mut after, "mock test", &mut kept);
    assert!(told.contains("Quantitative Reasoning comes next"), "{told}");
    let told = keep(&mut after, "yes", &mut kept);
    assert!(told.contains("Quantitative Reasoning: 38 questions in 53 minutes"), "{told}");
    clock.forward(9 * 86_400_000);
    assert!(!keep(&mut restarted(&kept, &clock), "I'm Maya", &mut kept).contains("comes next"));
}

#[test]
fn a_limit_ends_practice_with_a_warning_before_and_quiet_hours_keep_it_from_beginning() {
    use crate::school::tests::school_with;
    use iseetutor_curriculum::level::Level;
    let (school, clock) = school_with(&[("Maya", Level::Lower)]);
    let maya = school.find("Maya").unwrap();
    let set = |key: &str, value: &str| {
        school.set(&maya.id, key, value).unwrap();
    };
    set("limit.monday", "12");
    let mut conversation = Conversation::new("c".into(), 3, std::sync::Arc::clone(&school));
    say(&mut conversation, "practice words");
    let (mut warnings, mut last) = (0, String::new());
    for minute in 0..20 {
        clock.forward(60_000);
        last = say(&mut conversation, "skip");
        warnings += usize::from(last.contains("left for today"));
        if last.contains("your time for today") {
            assert!((8..14).contains(&minute), "after {minute} minutes");
            break;
        }
    }
    assert!(last.contains("your time for today") && conversation.item().is_none(), "{last}");
    assert_eq!(warnings, 1);
    assert!(say(&mut conversation, "practice math").contains("your time for today"));
    assert!(say(&mut conversation, "mock test").contains("your time for today"));
    // A grown-up gives more.
    set("limit.more_today", "10");
    assert!(say(&mut conversation, "practice math").contains("A:"));
    // 10 in the morning at the child's place.
    set("quiet.from", "09:00");
    set("quiet.to", "13:30");
    assert!(
        say(&mut conversation, "skip")
            .contains("quiet time now. We can practice again at 1:30 in the afternoon")
    );
    set("quiet.to", "");
    assert!(say(&mut conversation, "practice math").contains("A:"));
    assert!(school.set(&maya.id, "limit.monday", "lots").is_err());
}

#[test]
fn volume_is_for_the_caller() {
    assert_eq!(conversation().plan("louder please").plan, Plan::Volume(VolumeChange::Up));
}
