#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;

use iseetutor_curriculum::item::letter;
use iseetutor_curriculum::level::{Level, Section};
use iseetutor_exam::sitting::Mode;

use super::{Mock, Stage, Wanted};
use crate::practice::Reply;
use crate::school::tests::{HandClock, child, school_with};
use crate::school::{Desk, School};

fn begin(wanted: Wanted) -> (Mock, Reply, Arc<School>, HandClock) {
    let (school, clock) = school_with(&[("Maya", Level::Lower)]);
    let (mock, reply) = Mock::begin(wanted, Desk::of(&school, &child(&school, "Maya")));
    (mock, reply, school, clock)
}

fn math(mode: Mode) -> Wanted {
    Wanted { section: Some(Section::Mathematics), whole: false, mode: Some(mode) }
}

fn keys(mock: &Mock) -> Vec<usize> {
    let Stage::Running(running) = &mock.stage else { panic!("it does not run") };
    let form = running.sitting.form();
    (0..form.len()).map(|place| form.item(&mock.desk.bank(), place).unwrap().key).collect()
}

fn text(reply: &Reply) -> String {
    reply.sentences.join(" ")
}

#[test]
fn what_is_missing_is_asked_for() {
    let (mut mock, reply, ..) = begin(Wanted::default());
    assert!(text(&reply).contains("Which section"), "{reply:?}");
    let reply = mock.take("math please").unwrap();
    assert!(text(&reply).contains("booklet in front of you"), "{reply:?}");
    let reply = mock.take("read it to me").unwrap();
    assert!(text(&reply).contains("Mathematics Achievement") && text(&reply).contains("begin"), "{reply:?}");
    assert!(mock.take("not yet").is_none());
}

#[test]
fn on_paper_answers_are_numbers_and_letters_and_the_clock_ends_it() {
    let (mut mock, reply, school, clock) = begin(math(Mode::Seen));
    assert!(text(&reply).contains("booklet number 1"), "{reply:?}");
    let reply = mock.take("begin").unwrap();
    assert_eq!(reply.keep[0].body["kind"], "mock_started");
    let keys = keys(&mock);
    let reply = mock.take(&format!("one {}, two {}", letter(keys[0]), letter((keys[1] + 1) % 4))).unwrap();
    assert_eq!(reply.keep.len(), 2);
    assert!(!text(&reply).contains("right"), "no verdict in a test: {reply:?}");
    let reply = mock.take(&format!("change two to {}", letter(keys[1]))).unwrap();
    assert_eq!(reply.keep[0].body["choice"], keys[1]);
    assert!(text(&mock.take("how much time is left").unwrap()).contains("minutes are left"));
    assert!(text(&mock.take("hint").unwrap()).contains("can't help"));
    assert!(text(&mock.take("99 B").unwrap()).contains("go from 1 to"));
    assert!(mock.take("B").unwrap().keep.is_empty(), "a letter alone is no answer on paper");
    // The proctor speaks by itself: half time, five minutes, one minute, the end.
    let mut said = String::new();
    let over = loop {
        clock.forward(i64::try_from(mock.due_in_ms().unwrap()).unwrap());
        let reply = mock.prompt().unwrap();
        said = format!("{said} {}", text(&reply));
        if reply.over {
            break reply;
        }
    };
    for wanted in ["Half of the time", "Five minutes left", "One minute left", "Time is up", "had 2 of"] {
        assert!(said.contains(wanted), "{wanted}: {said}");
    }
    let kinds: Vec<&str> = over.keep.iter().filter_map(|one| one.body["kind"].as_str()).collect();
    assert_eq!(kinds[kinds.len() - 2..], ["mock_ended", "mock_closed"]);
    let report = school.report(&child(&school, "Maya"));
    assert_eq!(report["sections"][0]["right"], 2);
    let (number, seen) = Desk::of(&school, &child(&school, "Maya")).mocks(Some(Section::Mathematics));
    assert_eq!(number, 2);
    assert!(!seen.is_empty());
}

#[test]
fn by_ear_an_answer_brings_the_next_question_and_nothing_tells_whether_it_was_right() {
    let (mut mock, _, school, _) = begin(math(Mode::Heard));
    let reply = mock.take("begin").unwrap();
    assert!(text(&reply).contains("Question 1.") && text(&reply).contains("A: "), "{reply:?}");
    let keys = keys(&mock);
    let bravo = ["alpha", "bravo", "charlie", "delta"];
    assert!(text(&mock.take("skip").unwrap()).contains("Question 2."));
    assert!(text(&mock.take("go back").unwrap()).contains("Question 1."));
    let mut last = Reply::default();
    for (at, key) in keys.iter().enumerate() {
        last = mock.take(bravo[*key]).unwrap();
        let told = text(&last);
        if at + 1 < keys.len() {
            assert!(told.contains(&format!("Question {}.", at + 2)), "{told}");
            for word in ["right", "correct", "wrong", "Not quite"] {
                assert!(!last.sentences[0].contains(word), "{told}");
            }
        }
    }
    assert!(last.over, "the last answer ends it: {last:?}");
    assert!(text(&last).contains(&format!("{0} of {0} right", keys.len())), "{last:?}");
    assert!(text(&last).contains("listening practice"));
    assert_eq!(school.report(&child(&school, "Maya"))["sections"][0]["right"], keys.len());
}

#[test]
fn a_whole_test_has_every_section_and_breaks_and_the_essay() {
    let (mut mock, reply, _, clock) = begin(Wanted { section: None, whole: true, mode: Some(Mode::Seen) });
    let mut said = text(&reply);
    for _ in 0..400 {
        let reply = match mock.take("begin") {
            Some(reply) => reply,
            None => {
                clock.forward(i64::try_from(mock.due_in_ms().unwrap()).unwrap());
                mock.prompt().unwrap()
            }
        };
        said = format!("{said} {}", text(&reply));
        if reply.over {
            break;
        }
    }
    for wanted in [
        "Verbal Reasoning",
        "Quantitative",
        "Reading Comprehension",
        "Mathematics",
        "break",
        "essay",
        "comes back in practice",
    ] {
        assert!(said.contains(wanted), "{wanted}: {said}");
    }
}

#[test]
fn stopping_is_asked_back() {
    let (mut mock, ..) = begin(math(Mode::Seen));
    mock.take("begin").unwrap();
    assert!(text(&mock.take("I'm done").unwrap()).contains("no answer yet"));
    assert!(!mock.take("no").unwrap().over);
    mock.take("stop").unwrap();
    assert!(mock.take("yes").unwrap().over);
}
