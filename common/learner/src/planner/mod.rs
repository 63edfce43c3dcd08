//! What comes next: one question at a time, a lesson, a week, the monthly check and the placement.

mod check;
mod lesson;
mod next;
mod placement;
mod week;

use iseetutor_curriculum::level::{Level, Section, Strand};
use iseetutor_curriculum::rng::Rng;
use serde::{Deserialize, Serialize};

pub use check::{CHECK_DAYS, CHECK_QUESTIONS, check_due, check_number, monthly_check};
pub use lesson::{LessonPlan, lesson_minutes, lesson_plan};
pub use next::next;
pub use placement::{PLACEMENT_MINUTES, Placement, placement, placement_next};
pub use week::{Week, week_plan};

use crate::catalog::{Catalog, Source};
use crate::record::Record;
use crate::time::{DAY_MS, day, days_between};

/// How often a child should be right: often enough to go on, seldom enough to learn.
pub const SUCCESS: f64 = 0.8;
/// Days for which one and the same question rests.
const REST_DAYS: f64 = 14.0;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Context {
    /// The moment.
    pub now_ms: i64,
    /// The level.
    pub level: Level,
    /// Only this section.
    pub section: Option<Section>,
    /// Only this strand.
    pub strand: Option<Strand>,
    /// Only these skills; all if there are none.
    pub skills: Vec<String>,
    /// Not these sources, passages or skills, such as those that cannot be heard.
    pub without: Vec<String>,
    /// The day of the test, after which nothing is planned.
    pub test_day: Option<i64>,
    /// When this lesson or practice began.
    pub since_ms: i64,
    /// Makes plans differ; the same seed, record and moment give the same plan.
    pub seed: u64,
}

impl Context {
    /// Everything of a level, in a practice that begins now.
    #[must_use]
    pub fn new(level: Level, now_ms: i64) -> Self {
        Self {
            now_ms,
            level,
            section: None,
            strand: None,
            skills: Vec::new(),
            without: Vec::new(),
            test_day: None,
            since_ms: now_ms,
            seed: 0,
        }
    }

    /// Whether a source is what is asked for.
    #[must_use]
    pub fn allows(&self, source: &Source) -> bool {
        let without = |name: &str| self.without.iter().any(|one| one == name);
        source.level == self.level
            && source.section != Section::Essay
            && self.section.is_none_or(|section| source.section == section)
            && self.strand.is_none_or(|strand| source.strand == Some(strand))
            && (self.skills.is_empty() || self.skills.contains(&source.skill))
            && !without(&source.name)
            && !without(&source.skill)
            && !source.passage.as_deref().is_some_and(without)
    }

    /// The day it is.
    pub(crate) fn today(&self, record: &Record) -> i64 {
        day(self.now_ms, record.offset_ms())
    }

    /// Whether the day of the test is past.
    pub(crate) fn over(&self, record: &Record) -> bool {
        self.test_day.is_some_and(|test| self.today(record) > test)
    }

    fn rng(&self, record: &Record, name: &str) -> Rng {
        let asked = record.projection().order.len() as u64;
        Rng::new(name, &[self.seed, asked, self.today(record).cast_unsigned()])
    }
}

/// Why a question comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Why {
    /// A word or fact is due before it is forgotten.
    DueCard {
        /// The word or fact.
        card: String,
    },
    /// A skill was not asked for a while.
    DueSkill,
    /// A misconception returns in another guise.
    Mistake {
        /// The misconception.
        misconception: String,
    },
    /// The same again after a mistake, with other numbers.
    Sibling,
    /// Two misses running: what this builds on comes first.
    StepDown {
        /// The skill that was missed.
        from: String,
    },
    /// A skill, word or fact for the first time.
    New,
    /// Practice of what is on its way.
    Practice,
    /// Part of a monthly check.
    Check,
    /// Part of the placement.
    Placement,
}

/// A question that comes next: a source and the seed to draw from it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Choice {
    /// The source's name.
    pub source: String,
    /// Its skill.
    pub skill: String,
    /// Its section.
    pub section: Section,
    /// The seed, below a million.
    pub seed: u64,
    /// Why.
    pub why: Why,
    /// The chance of a right unaided answer.
    pub expected: f64,
}

/// A seed of a source that was not asked lately.
pub(crate) fn fresh_seed(record: &Record, source: &str, salt: u64) -> u64 {
    let asked = record.names.find(source).and_then(|name| record.projection().sources.get(&name));
    let times = asked.map_or(0, |asked| asked.times);
    let mut rng = Rng::new(source, &[u64::from(times), salt]);
    let mut seed = rng.next_u64() % 1_000_000;
    for _ in 0..16 {
        let tail = seed.to_string();
        let used = asked.is_some_and(|asked| {
            asked.items.iter().any(|item| item.rsplit([':', '.']).next() == Some(tail.as_str()))
        });
        if !used {
            break;
        }
        seed = rng.next_u64() % 1_000_000;
    }
    seed
}

/// Days since a source was asked; `None` if it never was.
pub(crate) fn days_since(record: &Record, source: &str, now_ms: i64) -> Option<f64> {
    let name = record.names.find(source)?;
    let asked = record.projection().sources.get(&name)?;
    Some(days_between(asked.last_ms, now_ms))
}

/// Whether a source may be asked again without being the same question too soon.
pub(crate) fn rested(record: &Record, source: &Source, now_ms: i64) -> bool {
    source.endless || days_since(record, &source.name, now_ms).is_none_or(|days| days >= REST_DAYS)
}

/// The sources that are allowed, and rested if any are.
pub(crate) fn allowed<'c>(record: &Record, catalog: &'c Catalog, context: &Context) -> Vec<&'c Source> {
    let allowed = catalog.sources().iter().filter(|source| context.allows(source));
    allowed.filter(|source| rested(record, source, context.now_ms)).collect()
}

/// The moment a day before.
pub(crate) fn a_day_before(now_ms: i64) -> i64 {
    now_ms.saturating_sub(DAY_MS)
}
