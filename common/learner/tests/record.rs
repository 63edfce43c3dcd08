//! The record: a set of events.
#![allow(clippy::unwrap_used)]

mod common;

use common::{START, answer, answered, catalog, event, wild};
use iseetutor_curriculum::level::{Level, Section};
use iseetutor_curriculum::rng::Rng;
use iseetutor_learner::event::{Event, What};
use iseetutor_learner::mastery::Outlook;
use iseetutor_learner::mock;
use iseetutor_learner::planner::{self, Context};
use iseetutor_learner::record::{Applied, Record};
use iseetutor_learner::report;
use iseetutor_learner::schedule::Schedule;
use iseetutor_learner::time::DAY_MS;

/// Everything that a record says, as text.
fn everything(record: &Record, now_ms: i64) -> String {
    let catalog = catalog();
    let context = Context { test_day: Some(20_400), ..Context::new(Level::Lower, now_ms) };
    let outlook = Outlook::new(record, &catalog, Level::Lower, now_ms);
    let sections: Vec<_> =
        Section::ALL.into_iter().map(|section| report::section(record, section, Level::Lower)).collect();
    format!(
        "{:?} {:?} {:?} {:?} {} {:?} {:?} {:?} {:?} {:?} {}",
        outlook.all(&catalog, None),
        sections,
        Schedule::of(record, Some(20_400), now_ms),
        planner::next(record, &catalog, &context),
        record.unknown(),
        planner::lesson_plan(record, &catalog, &context),
        record.sittings(),
        mock::mocks(record),
        record.goal(),
        record.last_lesson(),
        record.practised_ms(0, now_ms),
    )
}

fn record(events: &[Event]) -> Record {
    let mut record = Record::new("ada", 0);
    for one in events {
        record.apply(one);
    }
    record
}

#[test]
fn the_order_of_events_does_not_matter() {
    for absurd in [false, true] {
        for seed in 0..12 {
            let mut rng = Rng::new("order", &[seed]);
            let mut events: Vec<Event> = (0..120).map(|number| wild(&mut rng, number, absurd)).collect();
            let now_ms = START + 150 * DAY_MS;
            let first = everything(&record(&events), now_ms);
            for _ in 0..4 {
                rng.shuffle(&mut events);
                assert_eq!(first, everything(&record(&events), now_ms), "seed {seed}, absurd {absurd}");
                // Looked at after every event, so that it is built step by step.
                let mut steps = Record::new("ada", 0);
                for one in &events {
                    steps.apply(one);
                    steps.settle();
                }
                assert_eq!(first, everything(&steps, now_ms), "seed {seed}, absurd {absurd}, step by step");
            }
        }
    }
}

#[test]
fn merging_two_devices_is_the_union() {
    let mut rng = Rng::new("merge", &[]);
    let events: Vec<Event> = (0..200).map(|number| wild(&mut rng, number, false)).collect();
    let now_ms = START + 150 * DAY_MS;
    let (mut one, mut two) = (record(&events[..130]), record(&events[70..]));
    one.settle();
    two.settle();
    for event in &events {
        one.apply(event);
        two.apply(event);
    }
    assert_eq!(everything(&one, now_ms), everything(&two, now_ms));
    assert_eq!(one.len(), 200);
}

#[test]
fn an_event_counts_once_and_only_for_its_learner() {
    let mut record = Record::new("ada", 0);
    let right = answered("1", START, answer("count", "count-1", 1, true));
    assert_eq!(record.apply(&right), Applied::Added);
    assert_eq!(record.apply(&right), Applied::Known);
    let other = Event { learner: "ben".to_owned(), id: "2".to_owned(), ..right.clone() };
    assert_eq!(record.apply(&other), Applied::Foreign);
    assert_eq!(record.len(), 1);
    assert_eq!(report::section(&record, Section::Mathematics, Level::Lower).answers, 1);
    record.apply(&event("3", START + 1, What::Voided { event: "1".to_owned() }));
    assert_eq!(report::section(&record, Section::Mathematics, Level::Lower).answers, 0);
}

#[test]
fn what_is_not_known_is_skipped_and_counted() {
    let mut record = Record::new("ada", 0);
    let later = r#"{"v":1,"id":"9","device":"d","learner":"ada","at_ms":5,"kind":"dreamt","of":"sheep"}"#;
    assert_eq!(record.apply(&Event::from_json(later).unwrap()), Applied::Unknown);
    let newer = Event { v: 2, ..answered("8", START, answer("count", "count-1", 1, true)) };
    assert_eq!(record.apply(&newer), Applied::Unknown);
    assert_eq!(record.unknown(), 2);
    assert_eq!(report::section(&record, Section::Mathematics, Level::Lower).answers, 0);
    assert!(Event::from_json("{}").is_err());
}

#[test]
fn events_survive_their_json() {
    let mut rng = Rng::new("json", &[]);
    for number in 0..300 {
        let event = wild(&mut rng, number, false);
        assert_eq!(Event::from_json(&event.to_json().unwrap()).unwrap(), event);
    }
    let mut odd = answer("count", "count-1", 1, true);
    odd.difficulty = f64::NAN;
    let odd = Event::from_json(&answered("1", START, odd).to_json().unwrap()).unwrap();
    assert!(odd.answered().unwrap().difficulty.abs() < 1e-9);
    let short = r#"{"id":"1","learner":"ada","at_ms":5,"kind":"answered","item":"i","skill":"s","source":"t",
        "level":"lower","section":"verbal","right":true}"#;
    assert!(Event::from_json(short).unwrap().answered().unwrap().first_try);
}

#[test]
fn absurd_events_do_no_harm() {
    let catalog = catalog();
    for seed in 0..40 {
        let mut rng = Rng::new("absurd", &[seed]);
        let mut record = Record::new("ada", [0, i64::MAX, i64::MIN, 3_600_000][rng.below(4)]);
        for number in 0..150 {
            record.apply(&wild(&mut rng, number, true));
            if number % 10 == 0 {
                let now_ms = [i64::MIN, i64::MAX, 0, START][rng.below(4)];
                let test_day = [None, Some(i64::MIN), Some(i64::MAX), Some(20_010)][rng.below(4)];
                let context = Context { test_day, since_ms: i64::MIN, ..Context::new(Level::Lower, now_ms) };
                let choice = planner::next(&record, &catalog, &context);
                assert!(choice.is_none_or(|choice| (0.0..=1.0).contains(&choice.expected)));
                let _ = planner::placement_next(&record, &catalog, &context);
                let _ = planner::placement(&record, &context);
                let _ = planner::monthly_check(&record, &catalog, &context);
                let _ = planner::check_due(&record, &context);
                let _ = planner::week_plan(&record, &catalog, &context, u32::MAX);
                let _ = planner::lesson_plan(&record, &catalog, &context);
                for mastery in Outlook::new(&record, &catalog, Level::Upper, now_ms).all(&catalog, None) {
                    assert!(mastery.low <= mastery.p && mastery.p <= mastery.high, "{mastery:?}");
                }
                for section in Section::ALL {
                    let report = report::section(&record, section, Level::Lower);
                    assert!(report.low <= report.high && report.percent.is_finite());
                }
            }
        }
    }
}
