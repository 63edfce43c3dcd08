//! A believable year of three children: simulated learners who answer real questions of the bank.
#![allow(dead_code, clippy::unwrap_used)]

use iseetutor_curriculum::bank::Bank;
use iseetutor_curriculum::level::{Level, Section};
use iseetutor_curriculum::rng::Rng;
use iseetutor_learner::catalog::Catalog;
use iseetutor_learner::event::{By, Event, Setting, What};
use iseetutor_learner::planner::{self, Context};
use iseetutor_learner::profile::{Learner, Pace};
use iseetutor_learner::record::Record;
use iseetutor_learner::simulate::{Description, World};
use iseetutor_learner::{bank, time::DAY_MS};
use iseetutor_views::facts::Report;
use iseetutor_views::gather;

/// Monday, November 23, 2026, 8 in the evening in New York.
pub const NOW_MS: i64 = 20_780 * DAY_MS + 25 * 3_600_000;
pub const OFFSET_MS: i64 = -5 * 3_600_000;

pub struct Child {
    pub learner: Learner,
    pub record: Record,
    pub events: Vec<Event>,
}

fn event(learner: &str, number: usize, at_ms: i64, what: What) -> Event {
    Event::new(format!("{learner}-{number:07}"), "sample", learner, at_ms, what)
}

/// Practises on some days up to now.
pub fn child(bank: &Bank, catalog: &Catalog, learner: Learner, days: i64, seed: u64) -> Child {
    let description = Description {
        name: learner.name.clone(),
        level: learner.level,
        weak_by_chance: 5,
        ability: 0.2,
        seed,
        ..Description::default()
    };
    let mut world = World::new(&description, catalog);
    let mut record = Record::new(&learner.id, OFFSET_MS);
    let mut events = Vec::new();
    let mut rng = Rng::new("sample", &[seed]);
    for ago in (0..=days).rev() {
        let begin_ms = NOW_MS - ago * DAY_MS - 4 * 3_600_000;
        // Two days of the week are free, and some others are missed.
        if ago > 0 && (rng.below(7) < 3 || (ago / 7) % 9 == 5) {
            continue;
        }
        let end_ms = begin_ms + (12 + rng.below(16) as i64) * 60_000;
        let mut context =
            Context { seed, test_day: learner.test_day, ..Context::new(learner.level, begin_ms) };
        while context.now_ms < end_ms {
            let Some(choice) = planner::next(&record, catalog, &context) else { break };
            let Some(item) = bank::item(bank, &choice, learner.level) else { break };
            let source = catalog
                .of_skill(&choice.skill)
                .find(|one| {
                    one.name == choice.source && one.level == learner.level && one.section == choice.section
                })
                .unwrap();
            let minutes = (context.now_ms - begin_ms) as f64 / 60_000.0;
            let response = world.answer(source, context.now_ms, minutes);
            let wrong = (item.key + 1 + rng.below(100).min(2)) % 4;
            let mut answered =
                bank::answered(&item, catalog, Some(if response.right { item.key } else { wrong }));
            answered.assisted = response.assisted;
            answered.guessed = response.guessed;
            answered.took_ms = response.took_ms;
            answered.by = By::Eye;
            answered.setting = Setting::Practice;
            let took_ms = i64::try_from(response.took_ms).unwrap();
            let one = event(
                &learner.id,
                events.len(),
                context.now_ms + took_ms,
                What::Answered(Box::new(answered)),
            );
            record.apply(&one);
            events.push(one);
            context.now_ms += took_ms + 25_000;
        }
    }
    let mut this = Child { learner, record, events };
    this.mock(bank, NOW_MS - 9 * DAY_MS);
    this
}

impl Child {
    fn push(&mut self, at_ms: i64, what: What) {
        let one = event(&self.learner.id, self.events.len(), at_ms, what);
        self.record.apply(&one);
        self.events.push(one);
    }

    /// A section of a mock test, some of it wrong, the end of it without an answer.
    fn mock(&mut self, bank: &Bank, at_ms: i64) {
        let (level, section) = (self.learner.level, Section::Mathematics);
        let items: Vec<_> = bank.items(level, section, Default::default(), 5).take(30).collect();
        let ids = items.iter().map(|item| item.id.clone()).collect();
        let mock = "mock-1".to_owned();
        self.push(
            at_ms,
            What::MockStarted { mock: mock.clone(), level, section, items: ids, limit_ms: 1_800_000 },
        );
        for (item, question) in items.iter().zip(1..) {
            let choice = match question {
                28.. => None,
                number if number % 5 == 2 => Some((item.key + 1) % 4),
                _ => Some(item.key),
            };
            let choice = choice.and_then(|choice| u8::try_from(choice).ok());
            let took_ms = 30_000 + 1_700 * u64::from(question % 13) * u64::from(question % 7);
            self.push(
                at_ms + i64::from(question) * 40_000,
                What::MockAnswered { mock: mock.clone(), section, question, choice, took_ms },
            );
        }
        let ended = What::MockEnded { mock, section, right: 22, of: 30, took_ms: 1_500_000 };
        self.push(at_ms + 1_500_000, ended);
    }

    pub fn report(&self, bank: &Bank, catalog: &Catalog) -> Report {
        gather::report(gather::Sources {
            learner: &self.learner,
            record: &self.record,
            events: &self.events,
            catalog,
            bank,
            now_ms: NOW_MS,
        })
    }
}

pub fn learner(id: &str, name: &str, level: Level, test_day: Option<i64>, weekly_minutes: u32) -> Learner {
    Learner { id: id.into(), name: name.into(), level, test_day, weekly_minutes, pace: Pace::Steady }
}

/// Three children: a year, three months, and one who begins.
pub fn reports(days: i64) -> Vec<Report> {
    let bank = Bank::embedded().unwrap();
    let catalog = bank::catalog(&bank);
    let all = [
        (learner("0197-maya", "Maya", Level::Lower, Some(20_780 + 68), 90), days),
        (learner("0197-omar", "Omar", Level::Middle, Some(20_780 + 68), 120), days / 4),
        (learner("0197-june", "June", Level::Primary3, None, 60), days / 100),
    ];
    let mut reports = Vec::new();
    for ((learner, days), seed) in all.into_iter().zip(41..) {
        reports.push(child(&bank, &catalog, learner, days, seed).report(&bank, &catalog));
    }
    reports
}
