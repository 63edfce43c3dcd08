#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use iseetutor_curriculum::item::letter;
use iseetutor_curriculum::level::{Level, Section, Strand};

use super::{Practice, Reply, Topic};

fn begin(said: &str, level: Option<Level>) -> (Practice, Reply) {
    Practice::begin(Topic::named(said), level, 7).unwrap()
}

fn bravo(choice: usize) -> &'static str {
    ["Alpha", "Bravo", "Charlie", "Delta"][choice]
}

#[test]
fn the_grade_and_the_section_are_asked_for_once() {
    let (mut practice, reply) = begin("let's practice", None);
    assert!(reply.sentences.concat().contains("grade"));
    assert_eq!(practice.take("what is a fish"), None);
    let reply = practice.take("I'm going into sixth grade").unwrap();
    assert!(reply.sentences.concat().contains("words, math"), "{reply:?}");
    let reply = practice.take("reading please").unwrap();
    assert_eq!(practice.item().unwrap().section, Section::Reading);
    assert_eq!(practice.level(), Some(Level::Lower));
    assert!(reply.sentences.len() > 8, "the passage is read: {reply:?}");
}

#[test]
fn topics_are_named_in_many_ways() {
    let topic = |said| Topic::named(said);
    assert_eq!(topic("let's practice").section, None);
    assert_eq!(topic("quiz me on vocabulary").section, Some(Section::Verbal));
    assert_eq!(topic("practice fractions").strand, Some(Strand::Numbers));
    assert_eq!(topic("practice geometry").section, Some(Section::Mathematics));
    assert_eq!(topic("quantitative").section_at(Level::Primary3), Some(Section::Mathematics));
}

#[test]
fn a_right_answer_is_kept_and_the_next_question_follows() {
    let (mut practice, _) = begin("practice math", Some(Level::Lower));
    let first = practice.item().unwrap().clone();
    let reply = practice.take(bravo(first.key)).unwrap();
    assert_eq!(reply.keep.len(), 1);
    assert_eq!(reply.keep[0]["right"], true);
    assert_eq!(reply.keep[0]["assisted"], false);
    assert_eq!(reply.keep[0]["item"], first.id.as_str());
    assert_ne!(practice.item().unwrap().id, first.id);
    assert!(practice.take("how am I doing").unwrap().sentences.concat().contains("1 right of 1"));
}

#[test]
fn a_wrong_answer_has_a_second_try_that_counts_as_assisted_and_then_the_solution() {
    let (mut practice, _) = begin("practice math", Some(Level::Lower));
    let item = practice.item().unwrap().clone();
    let wrong: Vec<usize> = (0..4).filter(|at| *at != item.key).collect();
    let reply = practice.take(bravo(wrong[0])).unwrap();
    assert_eq!(practice.item().unwrap().id, item.id);
    assert_eq!(reply.keep[0]["right"], false);
    assert!(reply.keep[0]["misconception"].is_string());
    // Nothing said so far tells the answer.
    let told = reply.sentences.join(" ");
    assert!(!told.contains(&format!("The answer is {}", letter(item.key))), "{told}");
    let reply = practice.take(bravo(wrong[1])).unwrap();
    assert!(reply.sentences.join(" ").contains(&format!("The answer is {}", letter(item.key))));
    assert_eq!(reply.keep[0]["assisted"], true);
    assert_ne!(practice.item().unwrap().id, item.id);
    let sibling_of = item.id.split(':').next().unwrap().to_owned();
    let mut met = false;
    for _ in 0..3 {
        let item = practice.item().unwrap().clone();
        met |= item.id.starts_with(&sibling_of);
        practice.take(bravo(item.key)).unwrap();
    }
    assert!(met, "a sibling of the mistake comes back");
}

#[test]
fn hints_never_count_as_wrong_and_nothing_unclear_is_kept() {
    let (mut practice, _) = begin("practice math", Some(Level::Lower));
    let item = practice.item().unwrap().clone();
    for said in
        ["hint", "say that again", "just the choices", "how much time is left", "maybe A or B", "pause"]
    {
        let reply = practice.take(said).unwrap_or_else(|| panic!("{said}"));
        assert!(reply.keep.is_empty(), "{said}: {reply:?}");
        assert!(!reply.sentences.is_empty(), "{said}");
    }
    let reply = practice.take(bravo(item.key)).unwrap();
    assert_eq!((&reply.keep[0]["right"], &reply.keep[0]["assisted"]), (&true.into(), &true.into()));
    assert_eq!(practice.take("why do cats purr at night"), None);
}

#[test]
fn stopping_says_how_it_went_and_ends() {
    let (mut practice, _) = begin("practice words", Some(Level::Upper));
    let key = practice.item().unwrap().key;
    practice.take(bravo(key)).unwrap();
    let reply = practice.take("I want to stop").unwrap();
    assert!(reply.over);
    assert_eq!(reply.keep[0]["what"], "ended");
}

#[test]
fn every_level_and_section_has_questions_for_a_whole_lesson() {
    for level in Level::ALL {
        for said in ["practice math", "practice words", "practice reading"] {
            if level < Level::Lower && said != "practice reading" {
                continue;
            }
            let (mut practice, _) = begin(said, Some(level));
            for _ in 0..30 {
                let Some(item) = practice.item().cloned() else { panic!("{level}: nothing left of {said}") };
                let reply = practice.take(bravo(item.key)).unwrap();
                assert!(reply.sentences.iter().all(|sentence| !sentence.trim().is_empty()));
            }
        }
    }
}
