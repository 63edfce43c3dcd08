//! What is believed of each skill, and how surely.

use std::collections::HashMap;

use iseetutor_curriculum::level::{Level, Section, Strand};
use serde::Serialize;

use crate::ability::{Belief, Where, chance};
use crate::catalog::{Catalog, Source};
use crate::record::Record;

/// Unaided answers that it takes at least before anything is said of a skill.
pub const ENOUGH_ANSWERS: u32 = 6;
/// How wide the interval may be for that.
pub const ENOUGH_WIDTH: f64 = 0.45;
/// How much of a prerequisite's surprise a skill without data of its own takes over.
const FROM_PREREQUISITE: f64 = 0.35;

/// What is believed of a skill.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mastery {
    /// The skill.
    pub skill: String,
    /// The chance of a right unaided answer to a typical question of the level, now.
    pub p: f64,
    /// Nine times in ten the chance is at least this.
    pub low: f64,
    /// Nine times in ten the chance is at most this.
    pub high: f64,
    /// Whether that is enough to speak of; otherwise: "need more data".
    pub enough: bool,
    /// In a word.
    pub standing: Standing,
    /// Unaided answers.
    pub answers: u32,
    /// Right ones of them, guesses not counted.
    pub right: u32,
    /// Right answers with help, which are neither.
    pub helped: u32,
    /// When it was last asked.
    pub last_ms: Option<i64>,
}

/// A skill's standing in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Not enough is known.
    NeedMoreData,
    /// Needs work.
    Weak,
    /// On its way.
    Growing,
    /// Known well.
    Strong,
}

/// What is believed of everything, at a moment, for a level.
#[derive(Debug)]
pub struct Outlook<'r> {
    record: &'r Record,
    now_ms: i64,
    level: Level,
    /// What prerequisites and dependents add to each skill.
    shifts: HashMap<&'r str, f64>,
}

impl<'r> Outlook<'r> {
    /// What a record says at a moment about a level's skills. Prerequisites speak weakly for the skills that build on
    /// them, and these for them.
    #[must_use]
    pub fn new(record: &'r Record, catalog: &'r Catalog, level: Level, now_ms: i64) -> Self {
        let ability = &record.projection().ability;
        let own = |skill: &str| ability.own(record.names.find(skill)?, now_ms);
        let mut shifts = HashMap::new();
        for skill in catalog.skills() {
            // A skill with answers of its own needs no hearsay.
            let open = own(skill).map_or(1.0, |(_, open)| open);
            let mut shift = 0.0;
            let prerequisites = catalog.prerequisites(skill);
            for (mean, left) in prerequisites.iter().filter_map(|one| own(one)) {
                shift += mean.min(0.0) * (1.0 - left) / prerequisites.len() as f64;
            }
            let dependents = catalog.dependents(skill);
            for (mean, left) in dependents.iter().filter_map(|one| own(one)) {
                shift += mean.max(0.0) * (1.0 - left) / dependents.len() as f64;
            }
            if shift != 0.0 {
                shifts.insert(skill, FROM_PREREQUISITE * open * shift);
            }
        }
        Self { record, now_ms, level, shifts }
    }

    pub(crate) fn belief(&self, skill: &str, section: Section, strand: Option<Strand>) -> Belief {
        let place = Where { skill: self.record.names.find(skill), section, strand };
        let mut belief = self.record.projection().ability.belief(place, self.now_ms);
        belief.mean += self.shifts.get(skill).copied().unwrap_or(0.0);
        belief
    }

    /// The chance that a question of a source is answered right without help.
    #[must_use]
    pub fn expected(&self, source: &Source) -> f64 {
        let belief = self.belief(&source.skill, source.section, source.strand);
        let skill =
            belief.chance(self.record.projection().ability.difficulty(source.level, source.difficulty));
        let card = source.card.as_deref().and_then(|card| self.record.names.find(card));
        match card.and_then(|card| self.record.projection().cards.get(&card)) {
            // A word that was met is remembered, or found as any other.
            Some(memory) => {
                let today = crate::time::day(self.now_ms, self.record.offset_ms());
                let recall = memory.recall(today);
                0.5 * skill + 0.5 * (recall * chance(4.0, 0.0) + (1.0 - recall) * skill)
            }
            None => skill,
        }
    }

    /// What is believed of a skill.
    #[must_use]
    pub fn mastery(&self, skill: &str, section: Section, strand: Option<Strand>) -> Mastery {
        let projection = self.record.projection();
        let belief = self.belief(skill, section, strand);
        let difficulty = projection.ability.difficulty(self.level, 0.0);
        // Nine in ten on each side.
        let reach = 1.2816 * belief.var.max(0.0).sqrt();
        let (low, high) = (chance(belief.mean - reach, difficulty), chance(belief.mean + reach, difficulty));
        let p = belief.chance(difficulty).clamp(low, high);
        let count = self.record.names.find(skill).and_then(|skill| projection.skills.get(&skill));
        let answers = count.map_or(0, |count| count.unaided);
        let enough = answers >= ENOUGH_ANSWERS && high - low <= ENOUGH_WIDTH;
        let standing = match () {
            () if !enough => Standing::NeedMoreData,
            () if p < 0.6 => Standing::Weak,
            () if p >= 0.8 && low >= 0.65 => Standing::Strong,
            () => Standing::Growing,
        };
        Mastery {
            skill: skill.to_owned(),
            p,
            low,
            high,
            enough,
            standing,
            answers,
            right: count.map_or(0, |count| count.right),
            helped: count.map_or(0, |count| count.helped),
            last_ms: count.map(|count| count.last_ms),
        }
    }

    /// What is believed of every skill that a catalog has at the level, the weakest first.
    #[must_use]
    pub fn all(&self, catalog: &Catalog, section: Option<Section>) -> Vec<Mastery> {
        let mut all: Vec<Mastery> = catalog
            .skills_of(self.level, section)
            .into_iter()
            .map(|(skill, (section, strand))| self.mastery(skill, section, strand))
            .collect();
        all.sort_by(|a, b| a.p.total_cmp(&b.p).then_with(|| a.skill.cmp(&b.skill)));
        all
    }
}
