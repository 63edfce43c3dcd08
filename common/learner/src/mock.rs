//! Mock tests as far as they were recorded: to go on after a break, and to show afterwards.

use std::collections::BTreeMap;

use iseetutor_curriculum::level::{Level, Section};
use serde::Serialize;

use crate::event::{By, What};
use crate::record::Record;

/// Questions of a section that are kept at most; no exam has as many.
const MOST: u32 = 500;

/// A section of a mock test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MockSection {
    /// The mock test's id.
    pub mock: String,
    /// The level.
    pub level: Level,
    /// The section.
    pub section: Section,
    /// When it began.
    pub started_ms: i64,
    /// The time allowed; 0 without a clock.
    pub limit_ms: u64,
    /// The ids of its items.
    pub items: Vec<String>,
    /// The last visit to each question, by its number from 1: the choice, if one was made.
    pub choices: BTreeMap<u32, Option<u8>>,
    /// Time on each question, all visits together.
    pub took_ms: BTreeMap<u32, u64>,
    /// Right answers and questions, once it has ended.
    pub result: Option<(u32, u32)>,
}

impl MockSection {
    /// Time taken on questions so far.
    #[must_use]
    pub fn spent_ms(&self) -> u64 {
        self.took_ms.values().fold(0, |sum, took| sum.saturating_add(*took))
    }
}

/// The sections of mock tests in the order in which they began. One that began twice goes on.
#[must_use]
pub fn mocks(record: &Record) -> Vec<MockSection> {
    let mut all: Vec<MockSection> = Vec::new();
    for entry in record.in_order() {
        let at_ms = entry.at_ms;
        match entry.other() {
            Some(What::MockStarted { mock, level, section, items, limit_ms })
                if of(&mut all, mock, *section).is_none() =>
            {
                all.push(MockSection {
                    mock: mock.clone(),
                    level: *level,
                    section: *section,
                    started_ms: at_ms,
                    limit_ms: *limit_ms,
                    items: items.clone(),
                    choices: BTreeMap::new(),
                    took_ms: BTreeMap::new(),
                    result: None,
                });
            }
            Some(What::MockAnswered { mock, section, question, choice, took_ms }) => {
                if (1..=MOST).contains(question)
                    && let Some(one) = of(&mut all, mock, *section)
                {
                    one.choices.insert(*question, choice.filter(|choice| *choice < 4));
                    let spent = one.took_ms.entry(*question).or_default();
                    *spent = spent.saturating_add(*took_ms);
                }
            }
            Some(What::MockEnded { mock, section, right, of: questions, .. }) => {
                if let Some(one) = of(&mut all, mock, *section) {
                    one.result = Some(((*right).min(*questions), *questions));
                }
            }
            _ => {}
        }
    }
    all
}

/// A mock test that was begun and is not closed, for whoever gives it to go on.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenMock {
    /// Its id.
    pub mock: String,
    /// How it is taken.
    pub by: By,
    /// Its parts; see [`What::MockPlanned`].
    pub parts: serde_json::Value,
    /// What happened in it, in order, each with its time in milliseconds since 1970.
    pub log: Vec<(i64, What)>,
    /// When it was last known to be going on.
    pub last_ms: i64,
}

/// The mock test that was planned last, if it is not closed.
#[must_use]
pub fn open_mock(record: &Record) -> Option<OpenMock> {
    let mut open: Option<OpenMock> = None;
    for entry in record.in_order() {
        let (at_ms, Some(what)) = (entry.at_ms, entry.other()) else { continue };
        let mine = |id: &str, open: &Option<OpenMock>| open.as_ref().is_some_and(|open| open.mock == id);
        match what {
            What::MockPlanned { mock, by, parts } => {
                open = Some(OpenMock {
                    mock: mock.clone(),
                    by: *by,
                    parts: parts.clone(),
                    log: Vec::new(),
                    last_ms: at_ms,
                });
            }
            What::MockClosed { mock, .. } if mine(mock, &open) => open = None,
            What::MockStarted { mock, .. }
            | What::MockAnswered { mock, .. }
            | What::MockMarked { mock, .. }
            | What::MockRan { mock }
            | What::MockResumed { mock, .. }
            | What::MockEssay { mock, .. }
            | What::MockEnded { mock, .. }
                if mine(mock, &open) =>
            {
                if let Some(open) = &mut open {
                    open.last_ms = at_ms;
                    if !matches!(what, What::MockRan { .. }) {
                        open.log.push((at_ms, what.clone()));
                    }
                }
            }
            // An essay's end is told without the test's id.
            What::EssayWritten { .. } => {
                if let Some(open) = &mut open {
                    open.log.push((at_ms, what.clone()));
                }
            }
            _ => {}
        }
    }
    open
}

fn of<'a>(all: &'a mut [MockSection], mock: &str, section: Section) -> Option<&'a mut MockSection> {
    all.iter_mut().find(|one| one.mock == mock && one.section == section)
}
