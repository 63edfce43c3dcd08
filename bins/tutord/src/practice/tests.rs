#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;

use iseetutor_curriculum::item::letter;
use iseetutor_curriculum::level::{Level, Section, Strand};

use super::{Practice, Reply, Stage, Topic, Wish};
use crate::school::tests::{HandClock, child, school, school_with};
use crate::school::{Desk, School};

fn begin(said: &str, level: Option<Level>) -> (Practice, Reply) {
    let school = school();
    let topic = Topic::with_skill(said, school.bank().library(), level);
    Practice::begin(&Wish::Practice(topic), Desk::for_guest(&school, level))
}

fn with_child(wish: &Wish, level: Level) -> (Practice, Reply, Arc<School>, HandClock) {
    let (school, clock) = school_with(&[("Maya", level)]);
    let (practice, reply) = Practice::begin(wish, Desk::of(&school, &child(&school, "Maya")));
    (practice, reply, school, clock)
}

fn bravo(choice: usize) -> &'static str {
    ["Alpha", "Bravo", "Charlie", "Delta"][choice]
}

fn key(practice: &Practice) -> &'static str {
    bravo(practice.item().unwrap().key)
}

fn wrong(practice: &Practice) -> &'static str {
    bravo((practice.item().unwrap().key + 1) % 4)
}

/// Listens to a passage to its end, if one is being read.
fn listen(practice: &mut Practice) {
    while matches!(practice.stage, Stage::Passage(_)) {
        practice.take("next").unwrap();
    }
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
    assert_eq!(practice.desk().level(), Some(Level::Lower));
    assert!(reply.sentences.concat().contains("Here is a passage."), "{reply:?}");
    assert!(practice.take("say that again").unwrap().sentences.concat().contains("Here is a passage."));
    let mut parts = 1;
    loop {
        let reply = practice.take("next").unwrap();
        if reply.sentences.concat().contains("Now the question.") {
            assert!(reply.sentences.concat().contains("A: "), "{reply:?}");
            break;
        }
        parts += 1;
    }
    assert!(parts > 1, "it is read in parts");
    // Its other questions follow without it.
    let passage = practice.item().unwrap().passage.clone();
    let reply = practice.take(key(&practice)).unwrap();
    assert_eq!(practice.item().unwrap().passage, passage);
    assert!(!reply.sentences.concat().contains("Here is a passage."), "{reply:?}");
}

#[test]
fn topics_are_named_in_many_ways() {
    let library = school().bank().library();
    let topic = |said| Topic::with_skill(said, library, Some(Level::Middle));
    assert_eq!(topic("let's practice").section, None);
    assert_eq!(topic("quiz me on vocabulary").section, Some(Section::Verbal));
    assert_eq!(topic("practice geometry").section, Some(Section::Mathematics));
    assert_eq!(topic("practice geometry").strand, Some(Strand::Geometry));
    assert!(topic("what I need most").anything);
    assert_eq!(topic("words").skills, ["verbal.synonyms"]);
    let named = topic("let's practice the area of circles").skills;
    assert!(named.iter().any(|skill| skill.contains("circle")), "{named:?}");
    assert_eq!(topic("quantitative").section_at(Level::Primary3), Some(Section::Mathematics));
}

#[test]
fn a_right_answer_is_kept_and_the_next_question_follows() {
    let (mut practice, _) = begin("practice math", Some(Level::Lower));
    let first = practice.item().unwrap().clone();
    let reply = practice.take(key(&practice)).unwrap();
    assert_eq!(reply.keep.len(), 1);
    let body = &reply.keep[0].body;
    assert_eq!(
        (&body["kind"], &body["right"], &body["assisted"]),
        (&"answered".into(), &true.into(), &false.into())
    );
    assert_eq!(body["item"], first.id.as_str());
    assert_eq!(body["id"], &*reply.keep[0].id);
    assert_ne!(practice.item().unwrap().id, first.id);
    assert!(practice.take("how am I doing").unwrap().sentences.concat().contains("1 right of 1"));
}

#[test]
fn a_wrong_answer_has_a_second_try_and_then_the_solution_and_a_sibling_later() {
    let (mut practice, _) = begin("practice math", Some(Level::Lower));
    let item = practice.item().unwrap().clone();
    let others: Vec<usize> = (0..4).filter(|at| *at != item.key).collect();
    let reply = practice.take(bravo(others[0])).unwrap();
    assert_eq!(practice.item().unwrap().id, item.id);
    assert_eq!(reply.keep[0].body["right"], false);
    assert_eq!(reply.keep[0].body["first_try"], true);
    assert!(reply.keep[0].body["misconception"].is_string());
    // Nothing said so far tells the answer.
    let told = reply.sentences.join(" ");
    assert!(!told.contains(&format!("The answer is {}", letter(item.key))), "{told}");
    let reply = practice.take(bravo(others[1])).unwrap();
    assert!(reply.sentences.join(" ").contains(&format!("The answer is {}", letter(item.key))));
    assert_eq!(reply.keep[0].body["first_try"], false);
    assert_ne!(practice.item().unwrap().id, item.id);
    let mut met = false;
    for _ in 0..4 {
        met |= practice.item().unwrap().skill == item.skill;
        practice.take(key(&practice)).unwrap();
    }
    assert!(met, "a sibling of the mistake comes back");
}

#[test]
fn hints_never_count_as_wrong_and_nothing_unclear_is_kept() {
    let (mut practice, _) = begin("practice math", Some(Level::Lower));
    for said in
        ["hint", "say that again", "just the choices", "how much time is left", "maybe A or B", "pause"]
    {
        let reply = practice.take(said).unwrap_or_else(|| panic!("{said}"));
        assert!(reply.keep.is_empty(), "{said}: {reply:?}");
        assert!(!reply.sentences.is_empty(), "{said}");
    }
    let body = practice.take(key(&practice)).unwrap().keep[0].body.clone();
    assert_eq!((&body["right"], &body["assisted"]), (&true.into(), &true.into()));
    assert_eq!(practice.take("why do cats purr at night"), None);
}

#[test]
fn a_guess_is_believed_and_a_mishearing_never_counts() {
    let (mut practice, _, school, _) = with_child(&Wish::Practice(Topic::named("math")), Level::Lower);
    practice.take(key(&practice)).unwrap();
    let reply = practice.take("I guessed").unwrap();
    assert_eq!(reply.keep[0].body["kind"], "voided");
    assert_eq!(reply.keep[1].body["guessed"], true);
    let right = |school: &School| school.report(&child(school, "Maya"))["sections"][0]["right"].clone();
    assert_eq!(right(&school), 0, "a guess is not right");
    practice.take(wrong(&practice)).unwrap();
    let before = practice.item().unwrap().id.clone();
    let reply = practice.take("That's not what I said").unwrap();
    assert_eq!(reply.keep[0].body["kind"], "voided");
    assert_eq!(practice.item().unwrap().id, before, "it is open again");
    let body = practice.take(key(&practice)).unwrap().keep[0].body.clone();
    assert_eq!((&body["right"], &body["first_try"]), (&true.into(), &true.into()));
    assert_eq!(right(&school), 1);
}

#[test]
fn stopping_says_how_it_went_and_ends() {
    let (mut practice, _) = begin("practice words", Some(Level::Upper));
    practice.take(key(&practice)).unwrap();
    let reply = practice.take("I want to stop").unwrap();
    assert!(reply.over);
    assert!(reply.sentences.concat().contains("one question"), "{reply:?}");
}

#[test]
fn a_lesson_has_its_parts_and_ends_on_time() {
    for level in [Level::Lower, Level::Middle, Level::Upper] {
        let (mut practice, reply, _, clock) = with_child(&Wish::Lesson, level);
        let mut said = reply.sentences.join(" ");
        assert!(said.contains("our plan for") && said.contains("pencil"), "{said}");
        assert_eq!(reply.keep[0].body["kind"], "lesson_started");
        let mut minutes = 0;
        let closing = loop {
            clock.forward(60_000);
            minutes += 1;
            assert!(minutes < 40, "it never ends: {said}");
            listen(&mut practice);
            let reply = practice.take(key(&practice)).unwrap();
            said = format!("{said} {}", reply.sentences.join(" "));
            if reply.over {
                break reply;
            }
        };
        assert!(said.contains("Now one together.") && said.contains("one by yourself"), "{said}");
        assert!(said.contains("some of everything"), "{said}");
        let ended = &closing.keep.last().unwrap().body;
        assert_eq!(ended["kind"], "lesson_ended");
        assert!(ended["learnt"].is_string(), "{ended}");
        assert!(closing.sentences.join(" ").contains("One thing to take with you"), "{closing:?}");
        let planned = iseetutor_learner::planner::lesson_minutes(level);
        assert!(minutes <= planned + 1, "{level}: {minutes} of {planned} minutes");
    }
}

#[test]
fn the_placement_gives_no_verdict_and_ends_in_two_sittings() {
    let (school, clock) = school_with(&[("Maya", Level::Lower)]);
    for sitting in 1..=2 {
        let (mut practice, _) = Practice::begin(&Wish::Placement, Desk::of(&school, &child(&school, "Maya")));
        let mut questions = 0;
        loop {
            clock.forward(25_000);
            listen(&mut practice);
            let reply =
                practice.take(if questions % 3 == 0 { wrong(&practice) } else { key(&practice) }).unwrap();
            questions += 1;
            assert!(questions < 60);
            let told = reply.sentences[0].clone();
            assert!(["Okay.", "Thank you.", "Got it.", "Next one."].contains(&told.as_str()), "{told}");
            if reply.over {
                assert_eq!(reply.keep.last().unwrap().body["sitting"], sitting);
                break;
            }
        }
        assert!(questions > 8, "{questions}");
        clock.forward(86_400_000);
    }
}

#[test]
fn mistakes_come_back_until_they_are_cleared() {
    let (school, clock) = school_with(&[("Maya", Level::Lower)]);
    let maya = child(&school, "Maya");
    let (practice, reply) = Practice::begin(&Wish::Mistakes, Desk::of(&school, &maya));
    assert!(reply.over && practice.item().is_none(), "{reply:?}");
    let (mut practice, _) = Practice::begin(&Wish::Practice(Topic::named("math")), Desk::of(&school, &maya));
    let skill = practice.item().unwrap().skill.clone();
    practice.take(wrong(&practice)).unwrap();
    practice.take(key(&practice)).unwrap();
    assert_eq!(Desk::of(&school, &maya).open_mistakes(), std::slice::from_ref(&skill));
    for _ in 0..3 {
        clock.forward(2 * 86_400_000);
        let (mut practice, reply) = Practice::begin(&Wish::Mistakes, Desk::of(&school, &maya));
        if reply.over {
            break;
        }
        assert_eq!(practice.item().unwrap().skill, skill);
        practice.take(key(&practice)).unwrap();
    }
    assert!(
        Desk::of(&school, &maya).open_mistakes().is_empty(),
        "two right answers on different days clear it"
    );
}

#[test]
fn every_level_and_section_has_questions_for_a_whole_lesson() {
    for level in Level::ALL {
        for said in ["practice math", "practice words", "practice reading"] {
            if level < Level::Lower && said == "practice words" {
                continue;
            }
            let (mut practice, _) = begin(said, Some(level));
            for _ in 0..20 {
                listen(&mut practice);
                let Some(item) = practice.item().cloned() else { panic!("{level}: nothing left of {said}") };
                let reply = practice.take(bravo(item.key)).unwrap();
                assert!(reply.sentences.iter().all(|sentence| !sentence.trim().is_empty()));
            }
        }
    }
}

#[test]
fn a_strategy_is_told_shown_and_tried() {
    let (mut practice, reply, ..) = with_child(&Wish::Strategy("teach me to cross out".into()), Level::Lower);
    assert!(reply.sentences[0].starts_with("Cross out"), "{reply:?}");
    let reply = practice.take("I would cross out the big one").unwrap();
    assert!(reply.over && reply.sentences.len() > 2, "{reply:?}");
}

#[test]
fn an_essay_is_planned_told_and_looked_at_without_a_score() {
    let (mut practice, reply, ..) = with_child(&Wish::Essay, Level::Middle);
    assert!(reply.sentences.concat().contains("plan for about five minutes"), "{reply:?}");
    let part = "I think the best rule is quiet reading because it helps me to calm down. For example, last week my class \
                was loud after lunch. Then we read for ten minutes and everyone felt ready to work again.";
    for _ in 0..5 {
        let reply = practice.take(part).unwrap();
        assert_eq!((reply.sentences.concat().as_str(), reply.keep.len()), ("Okay.", 0));
    }
    let reply = practice.take("I'm finished").unwrap();
    assert!(reply.over && reply.sentences.len() >= 3, "{reply:?}");
    assert_eq!(reply.keep[0].body["kind"], "essay_written");
    assert_eq!(reply.keep[0].body["text"], serde_json::Value::Null, "the child's own words are not kept");
    let said = reply.sentences.concat().to_lowercase();
    assert!(!said.contains("score") && !said.contains("grade") && !said.contains("points"), "{said}");
}

#[test]
fn silence_is_met_with_one_gentle_word_a_question() {
    let (mut practice, _) = begin("practice math", Some(Level::Lower));
    assert_eq!(practice.patience_ms(), 45_000);
    assert!(practice.nudge().is_some());
    assert_eq!(practice.nudge(), None);
    practice.take(key(&practice)).unwrap();
    assert!(practice.nudge().is_some());
    let (practice, _) = begin("practice words", Some(Level::Upper));
    assert_eq!(practice.patience_ms(), 8_000);
}

#[test]
fn a_child_that_corrects_itself_at_once_means_the_second() {
    // Right, and then wrong: the question after it is gone, and the first answer does not count.
    let wish = Wish::Practice(Topic { section: Some(Section::Mathematics), ..Topic::default() });
    let (mut practice, ..) = with_child(&wish, Level::Middle);
    let item = practice.item().unwrap().clone();
    let (right, other) = (key(&practice), wrong(&practice));
    let first = practice.take(right).unwrap();
    let reply = practice.take(&format!("no, {other}")).unwrap();
    assert_eq!(practice.item().unwrap().id, item.id, "{reply:?}");
    assert_eq!(reply.keep.len(), 2);
    let event = |at: usize| reply.keep[at].body.to_string();
    assert!(event(0).contains(&*first.keep[0].id) && event(0).contains("oided"), "{}", event(0));
    assert_eq!((practice.tally.asked, practice.tally.right), (0, 0));
    // And back again: a second correction is one of the first.
    practice.take(&format!("wait, {right}")).unwrap();
    assert_eq!((practice.tally.asked, practice.tally.right), (1, 1));
    assert_ne!(practice.item().unwrap().id, item.id);
}

#[test]
fn what_comes_too_late_corrects_nothing() {
    let wish = Wish::Practice(Topic { section: Some(Section::Mathematics), ..Topic::default() });
    let (mut practice, _, _, clock) = with_child(&wish, Level::Middle);
    practice.take(key(&practice)).unwrap();
    let item = practice.item().unwrap().clone();
    clock.forward(10_000);
    practice.take(&format!("no, {}", wrong(&practice)));
    assert_eq!(practice.tally.right, 1, "the answer before stands");
    assert_eq!(practice.item().unwrap().id, item.id);
}
