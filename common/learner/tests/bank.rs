//! The real question bank as a catalog, and mock tests in the record.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::HashSet;

use common::{START, event};
use iseetutor_curriculum::bank::Bank;
use iseetutor_curriculum::level::{Level, Section};
use iseetutor_learner::bank;
use iseetutor_learner::event::{Event, What};
use iseetutor_learner::mock::mocks;
use iseetutor_learner::planner::{self, Choice, Context, Why};
use iseetutor_learner::record::Record;
use iseetutor_learner::time::MINUTE_MS;

#[test]
fn every_source_of_the_bank_gives_an_item_and_is_found_again_from_its_id() {
    let questions = Bank::embedded().unwrap();
    let catalog = bank::catalog(&questions);
    let mut seen = HashSet::new();
    for source in catalog.sources() {
        assert!(seen.insert((source.name.clone(), source.level, source.section)), "twice: {}", source.name);
        let choice = Choice {
            source: source.name.clone(),
            skill: source.skill.clone(),
            section: source.section,
            seed: 4321,
            why: Why::New,
            expected: 0.8,
        };
        let item = bank::item(&questions, &choice, source.level).unwrap();
        assert_eq!((&item.skill, item.section, item.level), (&source.skill, source.section, source.level));
        assert_eq!(bank::item_id(&choice, source.level), item.id);
        assert_eq!(bank::source_of(&item.id), source.name);
        let answered = bank::answered(&item, &catalog, Some((item.key + 1) % 4));
        assert!(!answered.right && !answered.skipped);
        assert_eq!((answered.card.as_ref(), answered.source.as_str()), (source.card.as_ref(), &*source.name));
        assert_eq!(answered.misconception.is_some(), source.strand.is_some());
    }
}

#[test]
fn a_lesson_runs_over_the_bank_at_every_level() {
    let questions = Bank::embedded().unwrap();
    let catalog = bank::catalog(&questions);
    for level in Level::ALL {
        let mut record = Record::new("ada", 0);
        let plan = planner::lesson_plan(&record, &catalog, &Context::new(level, START)).unwrap();
        assert!(plan.skill.is_some() && plan.steps.len() == 3, "{level}: {plan:?}");
        let mut items = HashSet::new();
        for number in 0..60 {
            let at_ms = START + number * MINUTE_MS;
            let context = Context { since_ms: START, seed: 1, ..Context::new(level, at_ms) };
            let choice = planner::next(&record, &catalog, &context).unwrap();
            let item = bank::item(&questions, &choice, level).unwrap();
            assert!(items.insert(item.id.clone()), "{level}: {} twice", item.id);
            let picked = if number % 5 == 0 { (item.key + 1) % 4 } else { item.key };
            let answered = bank::answered(&item, &catalog, Some(picked));
            let what = What::Answered(Box::new(answered));
            record.apply(&Event::new(format!("{number}"), "d", "ada", at_ms, what));
        }
    }
}

#[test]
fn a_mock_test_goes_on_after_a_break_and_ends() {
    let section = Section::Verbal;
    let mock = || "m1".to_owned();
    let answer =
        |question, choice| What::MockAnswered { mock: mock(), section, question, choice, took_ms: 9000 };
    let started = |level, items: &[&str]| What::MockStarted {
        mock: mock(),
        level,
        section,
        items: items.iter().map(|item| (*item).to_owned()).collect(),
        limit_ms: 1_200_000,
    };
    let events = [
        event("a", START, started(Level::Lower, &["x", "y"])),
        event("b", START + 1, answer(1, Some(2))),
        event("c", START + 2, answer(2, None)),
        event("d", START + 3, answer(2, Some(9))),
        event("e", START + 4, started(Level::Upper, &[])),
        event("f", START + 5, answer(1, Some(0))),
        event("g", START + 6, answer(0, Some(0))),
    ];
    let ended =
        event("h", START + 7, What::MockEnded { mock: mock(), section, right: 1, of: 2, took_ms: 36_000 });
    let mut record = Record::new("ada", 0);
    for event in events.iter().rev() {
        record.apply(event);
        let json = event.to_json().unwrap();
        assert_eq!(&Event::from_json(&json).unwrap(), event);
    }
    let open = mocks(&record);
    assert_eq!(open.len(), 1);
    let one = &open[0];
    assert_eq!((one.level, one.items.len(), one.result), (Level::Lower, 2, None));
    assert_eq!(one.choices.clone().into_iter().collect::<Vec<_>>(), [(1, Some(0)), (2, None)]);
    assert_eq!(one.spent_ms(), 36_000);
    record.apply(&ended);
    assert_eq!(mocks(&record)[0].result, Some((1, 2)));
}

#[test]
fn goals_essays_and_lessons_are_read_back() {
    let mut record = Record::new("ada", 0);
    assert_eq!((record.goal(), record.last_lesson(), record.practised_ms(0, i64::MAX)), (None, None, 0));
    for (number, (minutes, what)) in [
        (0, What::SignedIn),
        (1, What::GoalSet { weekly_minutes: 60, test_day: Some(20_100) }),
        (2, What::GoalSet { weekly_minutes: 90, test_day: None }),
        (3, What::EssayWritten { prompt: "p".into(), words: Some(120), took_ms: 60_000, text: None }),
        (
            300,
            What::LessonEnded {
                lesson: "l".into(),
                learnt: Some("fractions".into()),
                return_to: Some("ratios".into()),
            },
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let one = event(&format!("{number}"), START + minutes * MINUTE_MS, what);
        assert_eq!(Event::from_json(&one.to_json().unwrap()).unwrap(), one);
        record.apply(&one);
    }
    assert_eq!(record.goal(), Some((90, None)));
    let (at_ms, learnt, back) = record.last_lesson().unwrap();
    assert_eq!((at_ms, learnt, back), (START + 300 * MINUTE_MS, Some("fractions"), Some("ratios")));
    // Three minutes, and five of the long pause; what a grown-up sets is nobody's practice.
    assert_eq!(record.practised_ms(START, START + 301 * MINUTE_MS), 8 * MINUTE_MS);
    assert_eq!(record.practised_ms(i64::MIN, i64::MAX), 8 * MINUTE_MS);
}
