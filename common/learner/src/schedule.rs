//! When words, facts, skills and misconceptions come back.

use std::sync::LazyLock;

use fsrs::{FSRS, MemoryState};
use serde::Serialize;

use crate::record::{Record, Sym};
use crate::time::day;

/// The chance of remembering at which something comes back.
const RETENTION: f32 = 0.9;

static SCHEDULER: LazyLock<FSRS> = LazyLock::new(FSRS::default);

/// Memory of a word, a fact or a skill, by FSRS-6 with its published parameters; graded right or wrong only.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Memory {
    state: Option<MemoryState>,
    /// The day of the last review.
    pub(crate) last_day: i64,
    /// The day on which it comes back.
    pub(crate) due_day: i64,
}

impl Memory {
    pub(crate) fn new(day: i64) -> Self {
        Self { state: None, last_day: day, due_day: day.saturating_add(1) }
    }

    /// A review that was right or wrong.
    pub(crate) fn review(&mut self, right: bool, day: i64) {
        let elapsed = u32::try_from(day.saturating_sub(self.last_day).clamp(0, 36_500)).unwrap_or(0);
        // On an error, which no state of its own making gives, the memory stays as it was.
        if let Ok(next) = SCHEDULER.next_states(self.state, RETENTION, elapsed) {
            let next = if right { next.good } else { next.again };
            self.state = Some(next.memory);
            // Not before tomorrow: within a day, repetition is the lesson's business.
            let days =
                if next.interval.is_finite() { next.interval.round().clamp(1.0, 36_500.0) } else { 1.0 };
            self.due_day = day.saturating_add(days as i64);
        }
        self.last_day = day;
    }

    /// The chance that it is remembered.
    pub(crate) fn recall(&self, day: i64) -> f64 {
        let Some(state) = self.state else { return 0.0 };
        let elapsed = day.saturating_sub(self.last_day).clamp(0, 36_500) as f32;
        f64::from(fsrs::current_retrievability(state, elapsed, fsrs::FSRS6_DEFAULT_DECAY))
    }
}

/// A misconception that was seen and is not cleared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// Where it was last seen.
    pub(crate) source: Sym,
    /// When it was last seen.
    pub(crate) day: i64,
    /// Days since then on which the skill was answered without help, the latest few.
    pub(crate) tried_days: Vec<i64>,
    /// Those of them with a right answer, at most two.
    pub(crate) right_days: Vec<i64>,
    /// How often it was seen.
    pub(crate) seen: u32,
}

/// After how many days a misconception returns.
const RETURNS: [i64; 3] = [1, 3, 7];

impl Mistake {
    pub(crate) fn cleared(&self) -> bool {
        self.right_days.len() >= 2
    }

    /// The day on which it returns; `None` if that cannot be before the test.
    pub(crate) fn due_day(&self, test_day: Option<i64>) -> Option<i64> {
        let tries = self.tried_days.len();
        let last = self.tried_days.last().copied();
        let mut step = RETURNS.get(tries).copied().unwrap_or(7);
        let from = if tries < RETURNS.len() { self.day } else { last.unwrap_or(self.day) };
        if let Some(test) = test_day {
            // Near the test the steps shrink with the days that are left.
            let left = test.saturating_sub(1).saturating_sub(self.day);
            if left < 7 {
                step = (step * left.max(0) / 7).max(1);
            }
        }
        let day = from.saturating_add(step);
        let day = last.map_or(day, |last| day.max(last.saturating_add(1)));
        test_day.is_none_or(|test| day < test).then_some(day)
    }
}

/// What comes back.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum What {
    /// A word or a fact.
    Card {
        /// Its name.
        card: String,
    },
    /// A skill.
    Skill {
        /// Its name.
        skill: String,
    },
    /// A misconception, in another source of its skill.
    Mistake {
        /// Its name.
        misconception: String,
        /// Its skill.
        skill: String,
        /// The source in which it was last seen.
        source: String,
    },
}

/// Something that comes back on a day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Due {
    /// The day, counted from 1970-01-01. It can be past.
    pub day: i64,
    /// What.
    #[serde(flatten)]
    pub what: What,
}

/// Everything that comes back, the most urgent first. Nothing on the day of the test or after it: what would come back
/// then is remembered well enough until the test.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Schedule {
    /// In order of their days.
    pub due: Vec<Due>,
}

impl Schedule {
    /// What is scheduled, as seen from a moment.
    #[must_use]
    pub fn of(record: &Record, test_day: Option<i64>, now_ms: i64) -> Self {
        let today = day(now_ms, record.offset_ms());
        if test_day.is_some_and(|test| today >= test) {
            return Self::default();
        }
        let projection = record.projection();
        let name = |sym: Sym| record.names.name(sym).to_owned();
        let mut due: Vec<Due> = Vec::new();
        for (card, memory) in &projection.cards {
            due.push(Due { day: memory.due_day, what: What::Card { card: name(*card) } });
        }
        for (skill, known) in &projection.skills {
            if let Some(memory) = &known.memory {
                due.push(Due { day: memory.due_day, what: What::Skill { skill: name(*skill) } });
            }
        }
        for ((skill, misconception), mistake) in &projection.mistakes {
            if let Some(day) = mistake.due_day(test_day).filter(|_| !mistake.cleared()) {
                let what = What::Mistake {
                    misconception: name(*misconception),
                    skill: name(*skill),
                    source: name(mistake.source),
                };
                due.push(Due { day, what });
            }
        }
        due.retain(|one| test_day.is_none_or(|test| one.day < test));
        due.sort();
        Self { due }
    }

    /// What is due by a day.
    pub fn by(&self, day: i64) -> impl Iterator<Item = &Due> {
        self.due.iter().take_while(move |due| due.day <= day)
    }
}
