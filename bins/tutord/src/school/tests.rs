#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use iseetutor_curriculum::level::{Level, Section};
use iseetutor_learner::event::{Setting, What};
use iseetutor_learner::planner::Context;
use iseetutor_learner::profile::{Learner, Pace, ProfileError};

use super::{Clock, Desk, Kept, Outcome, School};

/// 2026-03-02, 15:00 UTC.
const MONDAY: i64 = 1_772_463_600_000;

/// A clock that is moved by hand.
#[derive(Debug, Clone)]
pub struct HandClock(Arc<AtomicI64>);

impl Default for HandClock {
    fn default() -> Self {
        Self(Arc::new(AtomicI64::new(MONDAY)))
    }
}

impl HandClock {
    /// Time passes.
    pub fn forward(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now_ms(&self) -> i64 {
        // A second passes between any two looks.
        self.0.fetch_add(1_000, Ordering::SeqCst)
    }

    fn offset_ms(&self) -> i64 {
        -5 * 3_600_000
    }
}

/// A school without children.
pub fn school() -> Arc<School> {
    School::new(HandClock::default()).unwrap()
}

/// A school with these children.
pub fn school_with(learners: &[(&str, Level)]) -> (Arc<School>, HandClock) {
    let clock = HandClock::default();
    let school = School::new(clock.clone()).unwrap();
    for (name, level) in learners {
        school.enrol(name, *level, (None, None), Pace::Steady).unwrap();
    }
    (school, clock)
}

/// The child of a name.
pub fn child(school: &School, name: &str) -> Learner {
    school.find(name).unwrap()
}

fn bodies(kept: &[Kept]) -> Vec<String> {
    kept.iter().map(|kept| kept.body.to_string()).collect()
}

#[test]
fn names_are_told_apart_and_understood_when_misheard() {
    let (school, _) = school_with(&[("Maya", Level::Lower), ("Leo", Level::Middle)]);
    assert_eq!(school.find("maya").unwrap().name, "Maya");
    assert_eq!(school.called("Maia").unwrap().name, "Maya");
    assert_eq!(school.called("leo").unwrap().name, "Leo");
    assert_eq!(school.called("Theo").map(|one| one.name).as_deref().unwrap_or("Leo"), "Leo");
    assert_eq!(school.called("a very hungry"), None);
    assert_eq!(school.called(""), None);
    let enrol = |name: &str| school.enrol(name, Level::Lower, (None, None), Pace::Steady).map(|_| ());
    assert_eq!(enrol("MAYA"), Err(ProfileError::Taken("MAYA".into())));
    for name in ["", "  ", "guest", "../etc", "<b>", &"x".repeat(41)] {
        assert_eq!(enrol(name), Err(ProfileError::NoName), "{name}");
    }
}

#[test]
fn what_was_kept_makes_the_same_school_again() {
    let clock = HandClock::default();
    let school = School::new(clock.clone()).unwrap();
    let (ana, mut kept) = school.enrol("Ana", Level::Upper, (Some(120), Some(20_600)), Pace::Quick).unwrap();
    let mut desk = Desk::of(&school, &ana);
    let context =
        Context { section: Some(Section::Mathematics), ..desk.context(Level::Upper, desk.now_ms()) };
    for _ in 0..12 {
        let asked = desk.next(&context).unwrap();
        let outcome = Outcome {
            choice: Some(asked.item.key),
            assisted: false,
            guessed: false,
            first_try: true,
            setting: Setting::Practice,
        };
        kept.push(desk.answered(&asked, outcome));
    }
    let again = School::new(clock).unwrap();
    let mut bodies = bodies(&kept);
    bodies.reverse();
    again.recall("device", bodies.iter().map(String::as_str).chain(["{\"no\": \"event\"}"]));
    assert_eq!(again.learners(), school.learners());
    let (one, other) = (school.report(&ana), again.report(&ana));
    assert_eq!(one["sections"], other["sections"]);
    assert_eq!(one["sections"][0]["right"], 12);
    assert_eq!(one["learner"]["test_day"], 20_600);
    assert!(again.forget(&ana.id) && again.learners().is_empty());
}

#[test]
fn nobody_sees_anothers_record() {
    let (school, _) = school_with(&[("Maya", Level::Lower), ("Leo", Level::Lower)]);
    let mut desk = Desk::of(&school, &child(&school, "Maya"));
    desk.note(What::SignedIn);
    assert!(Desk::of(&school, &child(&school, "Leo")).how_it_goes().concat().contains("only just begun"));
    assert_eq!(school.report(&child(&school, "Leo"))["events"], 1, "only that it was added");
}

#[test]
fn nothing_is_planned_after_the_test() {
    let (school, clock) = school_with(&[]);
    let today = MONDAY / 86_400_000;
    let (ana, _) = school.enrol("Ana", Level::Lower, (None, Some(today + 1)), Pace::Steady).unwrap();
    let desk = Desk::of(&school, &ana);
    assert!(desk.lesson(&desk.context(Level::Lower, desk.now_ms())).is_some());
    clock.forward(3 * 86_400_000);
    assert_eq!(desk.lesson(&desk.context(Level::Lower, desk.now_ms())), None);
}
