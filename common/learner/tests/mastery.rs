//! What is believed, and when it comes back.
#![allow(clippy::unwrap_used)]

mod common;

use common::{START, answer, answered, catalog};
use iseetutor_curriculum::level::{Level, Section, Strand};
use iseetutor_curriculum::rng::Rng;
use iseetutor_learner::event::Answered;
use iseetutor_learner::mastery::{Mastery, Outlook, Standing};
use iseetutor_learner::record::Record;
use iseetutor_learner::report::{self, wilson};
use iseetutor_learner::schedule::{Schedule, What};
use iseetutor_learner::time::{DAY_MS, day};

fn told(answers: impl IntoIterator<Item = (i64, Answered)>) -> Record {
    let mut record = Record::new("ada", 0);
    for (number, (at_ms, one)) in answers.into_iter().enumerate() {
        record.apply(&answered(&format!("{number:05}"), at_ms, one));
    }
    record
}

fn minutes(number: usize) -> i64 {
    START + number as i64 * 60_000
}

fn mastery(record: &Record, skill: &str, now_ms: i64) -> Mastery {
    let catalog = catalog();
    let outlook = Outlook::new(record, &catalog, Level::Lower, now_ms);
    outlook.mastery(skill, Section::Mathematics, Some(Strand::Numbers))
}

fn many(skill: &str, count: usize, right: bool, change: impl Fn(&mut Answered)) -> Record {
    told((0..count).map(|number| {
        let mut one = answer(skill, &format!("{skill}-1"), number as u64, right);
        change(&mut one);
        (minutes(number), one)
    }))
}

#[test]
fn right_raises_and_wrong_lowers() {
    let none = mastery(&many("count", 0, true, |_| {}), "count", START).p;
    assert!(mastery(&many("count", 10, true, |_| {}), "count", minutes(10)).p > none + 0.1);
    assert!(mastery(&many("count", 10, false, |_| {}), "count", minutes(10)).p < none - 0.1);
}

#[test]
fn help_is_never_wrong_and_little_right() {
    let none = mastery(&many("count", 0, true, |_| {}), "count", START).p;
    let wrong = mastery(&many("count", 12, false, |one| one.assisted = true), "count", minutes(12));
    assert!((wrong.p - none).abs() < 1e-6, "{} {none}", wrong.p);
    let second = mastery(&many("count", 12, false, |one| one.first_try = false), "count", minutes(12));
    assert!((second.p - none).abs() < 1e-6);
    let helped = mastery(&many("count", 12, true, |one| one.assisted = true), "count", minutes(12));
    let alone = mastery(&many("count", 12, true, |_| {}), "count", minutes(12));
    assert!(helped.p > none && helped.p - none < 0.7 * (alone.p - none), "{} {none} {}", helped.p, alone.p);
    assert_eq!((helped.answers, helped.helped, helped.standing), (0, 12, Standing::NeedMoreData));
    assert_eq!(
        report::section(
            &many("count", 9, false, |one| one.assisted = true),
            Section::Mathematics,
            Level::Lower
        )
        .answers,
        0
    );
}

#[test]
fn a_guess_is_believed() {
    let none = mastery(&many("count", 0, true, |_| {}), "count", START).p;
    let guessed = mastery(&many("count", 8, true, |one| one.guessed = true), "count", minutes(8));
    assert!(guessed.p < none, "{} {none}", guessed.p);
    assert_eq!(guessed.right, 0);
    let record = many("verbal.synonyms", 1, true, |one| {
        one.guessed = true;
        one.card = Some("glad".to_owned());
    });
    let due = Schedule::of(&record, None, START);
    let card = due.due.iter().find(|due| matches!(due.what, What::Card { .. })).unwrap();
    assert_eq!(card.day, day(START, 0) + 1);
}

#[test]
fn skipping_says_nothing() {
    let none = mastery(&many("count", 0, true, |_| {}), "count", START).p;
    let skipped = many("count", 12, false, |one| one.skipped = true);
    assert!((mastery(&skipped, "count", minutes(12)).p - none).abs() < 1e-6);
    assert_eq!(report::section(&skipped, Section::Mathematics, Level::Lower).skipped, 12);
}

#[test]
fn more_data_is_needed_until_there_is_enough() {
    for count in 0..4 {
        let one = mastery(&many("count", count, true, |_| {}), "count", minutes(count));
        assert!(!one.enough && one.standing == Standing::NeedMoreData);
    }
    let enough = mastery(&many("count", 25, true, |_| {}), "count", minutes(25));
    assert!(enough.enough && enough.standing == Standing::Strong, "{enough:?}");
    let weak = mastery(&many("count", 25, false, |_| {}), "count", minutes(25));
    assert!(weak.enough && weak.standing == Standing::Weak, "{weak:?}");
    assert!(!report::section(&many("count", 19, true, |_| {}), Section::Mathematics, Level::Lower).enough);
    assert!(report::section(&many("count", 20, true, |_| {}), Section::Mathematics, Level::Lower).enough);
}

#[test]
fn what_rests_is_forgotten_and_less_sure() {
    let record = many("count", 20, true, |_| {});
    let (now, later) =
        (mastery(&record, "count", minutes(20)), mastery(&record, "count", minutes(20) + 60 * DAY_MS));
    assert!(later.p < now.p && later.high - later.low > now.high - now.low, "{now:?} {later:?}");
}

#[test]
fn harder_questions_say_more_when_right() {
    let easy = many("count", 6, true, |one| one.difficulty = -2.0);
    let hard = many("count", 6, true, |one| one.difficulty = 2.0);
    assert!(mastery(&hard, "count", minutes(6)).p > mastery(&easy, "count", minutes(6)).p + 0.03);
}

#[test]
fn what_it_builds_on_speaks_weakly() {
    // Among many right answers elsewhere in the strand, one skill is weak: what builds on it is expected to be weaker.
    let mut answers = Vec::new();
    for number in 0..40 {
        let skill = ["other", "more", "count"][number % 3];
        answers.push((minutes(number), answer(skill, skill, number as u64, skill != "count")));
    }
    let record = told(answers);
    let (next, apart) =
        (mastery(&record, "fractions", minutes(40)), mastery(&record, "unheard", minutes(40)));
    assert!(next.p < apart.p - 0.01, "{} {}", next.p, apart.p);
    assert!(next.p > mastery(&record, "count", minutes(40)).p);
}

#[test]
fn wilson_is_as_published() {
    // Newcombe (1998): 81 of 263, 0.2553 to 0.3662; 15 of 148, 0.0624 to 0.1605; 0 of 20, 0 to 0.1611.
    for (right, of, low, high) in [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611)]
    {
        let (l, h) = wilson(right, of);
        assert!((l - low).abs() < 1e-4 && (h - high).abs() < 1e-4, "{l} {h}");
    }
    assert_eq!(wilson(0, 0), (0.0, 1.0));
}

#[test]
fn what_was_heard_has_no_pace() {
    let heard = many("count", 5, true, |one| one.by = iseetutor_learner::event::By::Ear);
    assert_eq!(report::section(&heard, Section::Mathematics, Level::Lower).seconds, None);
    let read = many("count", 5, true, |_| {});
    assert_eq!(report::section(&read, Section::Mathematics, Level::Lower).seconds, Some(30.0));
}

fn mistaken(after: &[(i64, bool)]) -> Record {
    let mut first = answer("fractions", "fractions-1", 1, false);
    first.misconception = Some("adds-denominators".to_owned());
    let mut answers = vec![(START, first)];
    for (number, (days, right)) in after.iter().enumerate() {
        let at_ms = START + days * DAY_MS + (number as i64 + 1) * 60_000;
        answers.push((at_ms, answer("fractions", "fractions-2", 10 + number as u64, *right)));
    }
    told(answers)
}

fn mistake_day(record: &Record, test_day: Option<i64>, now_ms: i64) -> Option<i64> {
    let schedule = Schedule::of(record, test_day, now_ms);
    let mistake = schedule.due.iter().find(|due| matches!(due.what, What::Mistake { .. }))?;
    Some(mistake.day - day(START, 0))
}

#[test]
fn a_misconception_returns_after_1_3_and_7_days() {
    assert_eq!(mistake_day(&mistaken(&[]), None, START), Some(1));
    assert_eq!(mistake_day(&mistaken(&[(1, true)]), None, START), Some(3));
    assert_eq!(mistake_day(&mistaken(&[(1, true), (3, false)]), None, START), Some(7));
    assert_eq!(mistake_day(&mistaken(&[(1, false)]), None, START), Some(3));
}

#[test]
fn two_right_answers_on_different_days_clear_it() {
    assert_eq!(mistake_day(&mistaken(&[(0, true), (0, true), (0, true)]), None, START), Some(1));
    assert_eq!(mistake_day(&mistaken(&[(1, true), (1, true), (1, true)]), None, START), Some(3));
    assert_eq!(mistake_day(&mistaken(&[(1, true), (3, true)]), None, START), None);
    // With help, or guessed, it does not count.
    let mut record = mistaken(&[(1, true)]);
    for (number, (assisted, guessed)) in [(true, false), (false, true)].into_iter().enumerate() {
        let mut one = answer("fractions", "fractions-3", 50, true);
        (one.assisted, one.guessed) = (assisted, guessed);
        record.apply(&answered(&format!("x{number}"), START + (5 + number as i64) * DAY_MS, one));
    }
    assert!(mistake_day(&record, None, START + 6 * DAY_MS).is_some());
}

#[test]
fn near_the_test_it_returns_sooner() {
    let today = day(START, 0);
    assert_eq!(mistake_day(&mistaken(&[(1, false)]), Some(today + 5), START), Some(2));
    assert_eq!(mistake_day(&mistaken(&[]), Some(today + 2), START), Some(1));
    assert_eq!(mistake_day(&mistaken(&[]), Some(today + 1), START), None);
}

#[test]
fn nothing_is_scheduled_after_the_test() {
    let mut rng = Rng::new("scheduled", &[]);
    let mut record = Record::new("ada", 0);
    for number in 0..600 {
        record.apply(&common::wild(&mut rng, number, number % 3 == 0));
    }
    for days in 0..200 {
        let now_ms = START + days * DAY_MS;
        for test_day in [20_050, 20_100, 20_150] {
            let schedule = Schedule::of(&record, Some(test_day), now_ms);
            assert!(schedule.due.iter().all(|due| due.day < test_day));
            assert!(days + 20_000 < test_day || schedule.due.is_empty());
        }
    }
}

#[test]
fn words_come_back_later_and_later() {
    let mut record = Record::new("ada", 0);
    let (mut at_ms, mut last) = (START, 0);
    for number in 0..5 {
        let mut one = answer("verbal.synonyms", "synonym-glad", number, true);
        one.card = Some("glad".to_owned());
        record.apply(&answered(&format!("{number}"), at_ms, one));
        let schedule = Schedule::of(&record, None, at_ms);
        let due = schedule.due.iter().find(|due| matches!(due.what, What::Card { .. })).unwrap();
        let days = due.day - day(at_ms, 0);
        assert!(days > last, "{days} after {last}");
        (last, at_ms) = (days, at_ms + days * DAY_MS);
    }
    let mut one = answer("verbal.synonyms", "synonym-glad", 9, false);
    one.card = Some("glad".to_owned());
    record.apply(&answered("w", at_ms, one));
    let schedule = Schedule::of(&record, None, at_ms);
    assert!(
        schedule
            .due
            .iter()
            .any(|due| matches!(due.what, What::Card { .. }) && due.day - day(at_ms, 0) < last)
    );
}
