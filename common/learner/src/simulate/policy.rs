//! Ways to choose questions and to judge what is known, to be compared.

use std::collections::{BTreeMap, HashMap};

use iseetutor_curriculum::level::Level;
use iseetutor_curriculum::rng::Rng;
use serde::{Deserialize, Serialize};

use crate::catalog::{Catalog, Source};
use crate::mastery::Outlook;
use crate::planner::{self, Context};
use crate::record::Record;

/// A way to choose and a way to judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// The planner and the estimator of this crate.
    Ours,
    /// Questions in random order, judged by the estimator: what the planner adds is the difference to `Ours`.
    RandomEstimated,
    /// Questions in random order, judged by the percentage right of each skill.
    Random,
    /// Questions of the skill with the lowest percentage right, judged by that percentage.
    Percent,
}

impl Policy {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Ours, Self::RandomEstimated, Self::Random, Self::Percent];

    /// Its name in tables.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Ours => "planner and estimator",
            Self::RandomEstimated => "random order, estimator",
            Self::Random => "random order, percent",
            Self::Percent => "lowest percent first, percent",
        }
    }

    fn estimates(self) -> bool {
        matches!(self, Self::Ours | Self::RandomEstimated)
    }
}

/// Plain counts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counts {
    skills: HashMap<String, (f64, f64)>,
}

impl Counts {
    pub(crate) fn add(&mut self, skill: &str, right: bool) {
        let (rights, of) = self.skills.entry(skill.to_owned()).or_default();
        *rights += f64::from(u8::from(right));
        *of += 1.0;
    }

    /// The share right, where one right and one wrong answer are there from the beginning: without these, a skill's
    /// first answer would make it certain.
    fn share(&self, skill: &str) -> f64 {
        let (right, of) = self.skills.get(skill).copied().unwrap_or_default();
        (right + 1.0) / (of + 2.0)
    }
}

impl Policy {
    pub(crate) fn choose<'c>(
        self,
        placing: bool,
        record: &Record,
        counts: &Counts,
        catalog: &'c Catalog,
        context: &Context,
        rng: &mut Rng,
    ) -> Option<(&'c Source, u64)> {
        if self == Self::Ours {
            // As in life, the placement comes first.
            let placing = if placing { planner::placement_next(record, catalog, context) } else { None };
            let choice = placing.or_else(|| planner::next(record, catalog, context))?;
            let source = catalog.of_skill(&choice.skill).find(|source| {
                source.name == choice.source
                    && source.section == choice.section
                    && source.level == context.level
            })?;
            return Some((source, choice.seed));
        }
        let skill = self.skill(counts, catalog, context.level, rng);
        let allowed = catalog.sources().iter().filter(|source| context.allows(source));
        let pool: Vec<&Source> =
            allowed.filter(|source| skill.as_ref().is_none_or(|skill| *skill == source.skill)).collect();
        Some((*pool.get(rng.below(pool.len()))?, rng.next_u64() % 1_000_000))
    }

    /// The skill to ask: any, with the same chance, or the lowest.
    fn skill(self, counts: &Counts, catalog: &Catalog, level: Level, rng: &mut Rng) -> Option<String> {
        let mut skills: Vec<&str> = catalog.skills_of(level, None).into_keys().collect();
        rng.shuffle(&mut skills);
        let one = match self {
            Self::Percent => skills.into_iter().min_by(|a, b| counts.share(a).total_cmp(&counts.share(b))),
            _ => skills.first().copied(),
        };
        one.map(str::to_owned)
    }

    /// The chances that it gives to sources.
    pub(crate) fn predict(
        self,
        record: &Record,
        counts: &Counts,
        catalog: &Catalog,
        level: Level,
        now_ms: i64,
        sources: &[&Source],
    ) -> Vec<f64> {
        if self.estimates() {
            let outlook = Outlook::new(record, catalog, level, now_ms);
            sources.iter().map(|source| outlook.expected(source)).collect()
        } else {
            sources.iter().map(|source| counts.share(&source.skill)).collect()
        }
    }

    /// What it gives to each skill.
    pub(crate) fn skills(
        self,
        record: &Record,
        counts: &Counts,
        catalog: &Catalog,
        level: Level,
        now_ms: i64,
    ) -> BTreeMap<String, f64> {
        if self.estimates() {
            let all = Outlook::new(record, catalog, level, now_ms).all(catalog, None);
            all.into_iter().map(|mastery| (mastery.skill, mastery.p)).collect()
        } else {
            catalog
                .skills_of(level, None)
                .into_keys()
                .map(|skill| (skill.to_owned(), counts.share(skill)))
                .collect()
        }
    }
}
