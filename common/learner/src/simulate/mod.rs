//! Simulated learners whose truth is known: what the planner and the estimator are measured on.
//!
//! THE SIMULATOR'S MODEL IS NOT THE ESTIMATOR'S. Here ability has several hidden dimensions, items have three parameters
//! of their own (discrimination, a difficulty that differs from the catalog's, and a chance of guessing), what was
//! learnt is forgotten by a power law that practice slows, attention tires, and some learners are careless in streaks
//! or have skills that hang together in ways that no catalog knows.

mod policy;
mod run;
mod world;

use std::collections::BTreeMap;

use iseetutor_curriculum::level::{Level, Section, Strand};
use serde::{Deserialize, Serialize};

pub use policy::Policy;
pub use run::{Bin, Outcome, run};
pub use world::World;

use crate::catalog::{Catalog, Source};

/// A simulated learner, as a file describes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Description {
    /// A name for reports.
    pub name: String,
    /// The level.
    pub level: Level,
    /// Skills that are weak. A name ending in `*` stands for all that begin so.
    pub weak: Vec<String>,
    /// That many more weak skills, chosen by the seed.
    pub weak_by_chance: usize,
    /// How much weaker they are, on a logistic scale.
    pub weakness: f64,
    /// Ability for typical questions of the level.
    pub ability: f64,
    /// What a well-chosen question with its explanation teaches, on the same scale.
    pub learning_rate: f64,
    /// The exponent of forgetting; 0 forgets nothing.
    pub forgetting: f64,
    /// Chance of missing what is known.
    pub slips: f64,
    /// Chance that a guess is admitted.
    pub admits_guesses: f64,
    /// Chance of asking for help on a question that is not known.
    pub asks_for_help: f64,
    /// Minutes a day.
    pub daily_minutes: u32,
    /// Of seven days, on how many there is practice.
    pub days_a_week: u32,
    /// Careless streaks: attention that goes for some questions, whatever they are.
    pub careless: bool,
    /// Skills hang together in clusters that cross strands and sections.
    pub clusters: bool,
    /// Days from the start to the test.
    pub test_in_days: Option<i64>,
    /// Makes learners differ.
    pub seed: u64,
}

impl Default for Description {
    fn default() -> Self {
        Self {
            name: "learner".to_owned(),
            level: Level::Lower,
            weak: Vec::new(),
            weak_by_chance: 0,
            weakness: 1.8,
            ability: 0.6,
            learning_rate: 0.12,
            forgetting: 0.12,
            slips: 0.04,
            admits_guesses: 0.3,
            asks_for_help: 0.1,
            daily_minutes: 20,
            days_a_week: 5,
            careless: false,
            clusters: false,
            test_in_days: None,
            seed: 1,
        }
    }
}

/// A catalog to simulate with: 36 skills of four sections that build on each other, and 60 words.
#[must_use]
pub fn example_catalog(level: Level) -> Catalog {
    let mut sources = Vec::new();
    let mut prerequisites = BTreeMap::new();
    for strand in Strand::ALL {
        for number in 0..4 {
            let skill = format!("{strand}.{number}");
            if number > 0 {
                prerequisites.insert(skill.clone(), vec![format!("{strand}.{}", number - 1)]);
            }
            for variant in 0..5_i32 {
                sources.push(Source {
                    name: format!("{skill}-{variant}"),
                    skill: skill.clone(),
                    level,
                    section: if variant % 2 == 0 { Section::Mathematics } else { Section::Quantitative },
                    strand: Some(strand),
                    difficulty: f64::from(variant - 2) * 0.7 + f64::from(number) * 0.1,
                    endless: true,
                    card: None,
                    passage: None,
                });
            }
        }
    }
    let single = [("verbal.completions", 4, Section::Verbal), ("reading", 6, Section::Reading)];
    for (family, count, section) in single {
        for number in 0..count {
            let skill = format!("{family}.{number}");
            for variant in 0..20_i32 {
                sources.push(Source {
                    name: format!("{skill}-{variant}"),
                    skill: skill.clone(),
                    level,
                    section,
                    strand: None,
                    difficulty: f64::from(variant % 5 - 2) * 0.6,
                    endless: false,
                    card: None,
                    passage: None,
                });
            }
        }
    }
    for number in 0..60_i32 {
        sources.push(Source {
            name: format!("synonym-{number}"),
            skill: format!("verbal.synonyms.{}", number % 2),
            level,
            section: Section::Verbal,
            strand: None,
            difficulty: f64::from(number % 5 - 2) * 0.5,
            endless: false,
            card: Some(format!("word-{number}")),
            passage: None,
        });
    }
    Catalog::new(sources, prerequisites)
}
