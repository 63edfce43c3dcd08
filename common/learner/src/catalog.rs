//! What there is to ask, as far as planning needs to know it.

use std::collections::BTreeMap;

use iseetutor_curriculum::level::{Level, Section, Strand};
use serde::{Deserialize, Serialize};

/// A family of questions at one level and in one section.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Its name. One source may serve several levels and sections, with an entry for each.
    pub name: String,
    /// The skill it exercises.
    pub skill: String,
    /// The level.
    pub level: Level,
    /// The section.
    pub section: Section,
    /// The strand, in mathematics.
    #[serde(default)]
    pub strand: Option<Strand>,
    /// How hard it is among the questions of its level, on a logistic scale: 0 typical, -1 clearly easier, 1 clearly
    /// harder.
    #[serde(default)]
    pub difficulty: f64,
    /// Whether every seed gives another question; if not, it is one question with its choices in another order.
    #[serde(default)]
    pub endless: bool,
    /// The word or fact that it asks for, which comes back before it is forgotten.
    #[serde(default)]
    pub card: Option<String>,
    /// The passage it belongs to.
    #[serde(default)]
    pub passage: Option<String>,
}

/// Everything that can be asked.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    sources: Vec<Source>,
    prerequisites: BTreeMap<String, Vec<String>>,
    dependents: BTreeMap<String, Vec<String>>,
    by_skill: BTreeMap<String, Vec<usize>>,
}

impl Catalog {
    /// A catalog of sources, and for each skill the skills it builds on. Names that no source has are allowed.
    #[must_use]
    pub fn new(sources: Vec<Source>, prerequisites: BTreeMap<String, Vec<String>>) -> Self {
        let mut by_skill: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, source) in sources.iter().enumerate() {
            by_skill.entry(source.skill.clone()).or_default().push(index);
        }
        let mut dependents: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (skill, needed) in &prerequisites {
            for one in needed {
                dependents.entry(one.clone()).or_default().push(skill.clone());
            }
        }
        Self { sources, prerequisites, dependents, by_skill }
    }

    /// All sources.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The skills that a skill builds on.
    #[must_use]
    pub fn prerequisites(&self, skill: &str) -> &[String] {
        self.prerequisites.get(skill).map_or(&[], Vec::as_slice)
    }

    /// The skills that build on a skill.
    #[must_use]
    pub fn dependents(&self, skill: &str) -> &[String] {
        self.dependents.get(skill).map_or(&[], Vec::as_slice)
    }

    /// The sources of a skill.
    pub fn of_skill(&self, skill: &str) -> impl Iterator<Item = &Source> {
        self.by_skill.get(skill).into_iter().flatten().filter_map(|index| self.sources.get(*index))
    }

    /// All skills that have a source, in the order of their names.
    pub fn skills(&self) -> impl Iterator<Item = &str> {
        self.by_skill.keys().map(String::as_str)
    }

    /// The skills of a level that a filter lets through, each with its section and strand.
    #[must_use]
    pub fn skills_of(
        &self,
        level: Level,
        section: Option<Section>,
    ) -> BTreeMap<&str, (Section, Option<Strand>)> {
        let mut skills = BTreeMap::new();
        for source in &self.sources {
            if source.level == level && section.is_none_or(|section| section == source.section) {
                skills.entry(source.skill.as_str()).or_insert((source.section, source.strand));
            }
        }
        skills
    }
}
