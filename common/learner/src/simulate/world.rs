//! The truth of a simulated learner.

use std::collections::HashMap;

use iseetutor_curriculum::rng::Rng;

use super::Description;
use crate::catalog::{Catalog, Source};
use crate::time::days_between;

/// Hidden dimensions of ability.
const DIMENSIONS: usize = 4;

#[derive(Debug, Clone)]
struct Skill {
    /// What the hidden dimensions give it.
    base: f64,
    /// What was learnt on top.
    gained: f64,
    /// Days that what was learnt lasts, more with every practice day.
    lasts: f64,
    last_ms: Option<i64>,
    prerequisites: Vec<usize>,
}

#[derive(Debug, Clone, Copy)]
struct Item {
    discrimination: f64,
    difficulty: f64,
    guess: f64,
}

/// The truth of a simulated learner.
#[derive(Debug, Clone)]
pub struct World {
    description: Description,
    skills: Vec<Skill>,
    names: HashMap<String, usize>,
    items: HashMap<String, Item>,
    /// Words that are known, by the last time and how long that lasts.
    words: HashMap<String, (i64, f64)>,
    careless: bool,
    rng: Rng,
}

/// How a simulated learner answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Response {
    /// Whether the answer was right.
    pub right: bool,
    /// Whether help came first.
    pub assisted: bool,
    /// Whether it said that it guessed.
    pub guessed: bool,
    /// Time taken.
    pub took_ms: u64,
}

fn uniform(rng: &mut Rng) -> f64 {
    rng.below(1 << 30) as f64 / f64::from(1_u32 << 30)
}

/// A normal number, as a sum of twelve even ones.
fn normal(rng: &mut Rng) -> f64 {
    (0..12).map(|_| uniform(rng)).sum::<f64>() - 6.0
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

fn finite(value: f64, low: f64, high: f64) -> f64 {
    if value.is_finite() { value.clamp(low, high) } else { low }
}

impl World {
    /// A learner as described, among the questions of a catalog.
    #[must_use]
    pub fn new(description: &Description, catalog: &Catalog) -> Self {
        let mut description = description.clone();
        description.ability = finite(description.ability, -5.0, 5.0);
        description.weakness = finite(description.weakness, 0.0, 6.0);
        description.learning_rate = finite(description.learning_rate, 0.0, 2.0);
        description.forgetting = finite(description.forgetting, 0.0, 2.0);
        let mut rng = Rng::new("simulated learner", &[description.seed]);
        let hidden: [f64; DIMENSIONS] = std::array::from_fn(|_| 0.5 * normal(&mut rng));
        let clusters: [f64; 5] = std::array::from_fn(|_| 0.9 * normal(&mut rng));
        let present: Vec<&str> = catalog.skills_of(description.level, None).into_keys().collect();
        let mut by_chance: Vec<usize> = (0..present.len()).collect();
        rng.shuffle(&mut by_chance);
        by_chance.truncate(description.weak_by_chance);
        let names: HashMap<String, usize> =
            present.iter().enumerate().map(|(index, name)| ((*name).to_owned(), index)).collect();
        let mut skills = Vec::new();
        for (index, name) in present.iter().enumerate() {
            // Half of what a skill needs it shares with its family, half is its own.
            let family = name.split('.').next().unwrap_or(name);
            let mut of_family = Rng::new(family, &[description.seed]);
            let mut base = description.ability + 0.35 * normal(&mut rng);
            for dimension in hidden {
                base += dimension * 0.5 * (uniform(&mut of_family) + uniform(&mut rng));
            }
            if description.clusters {
                base += clusters.get(rng.below(5)).copied().unwrap_or(0.0);
            }
            let named = description.weak.iter().any(|weak| match weak.strip_suffix('*') {
                Some(start) => name.starts_with(start),
                None => weak == name,
            });
            if named || by_chance.contains(&index) {
                base -= description.weakness;
            }
            let needed = catalog.prerequisites(name).iter();
            let prerequisites = needed.filter_map(|one| names.get(one).copied()).collect();
            skills.push(Skill { base, gained: 0.0, lasts: 2.0, last_ms: None, prerequisites });
        }
        let mut items = HashMap::new();
        for source in catalog.sources().iter().filter(|source| source.level == description.level) {
            let item = Item {
                discrimination: (0.25 * normal(&mut rng)).exp().clamp(0.5, 2.0),
                difficulty: crate::ability::sane(source.difficulty) + 0.45 * normal(&mut rng),
                guess: 0.18 + 0.12 * uniform(&mut rng),
            };
            items.entry(source.name.clone()).or_insert(item);
        }
        Self { description, skills, names, items, words: HashMap::new(), careless: false, rng }
    }

    /// Ability in a skill at a moment.
    fn ability(&self, skill: usize, now_ms: i64) -> f64 {
        let Some(one) = self.skills.get(skill) else { return 0.0 };
        let days = one.last_ms.map_or(0.0, |last| days_between(last, now_ms));
        let kept = (1.0 + days / one.lasts).powf(-self.description.forgetting);
        // Who lacks what it builds on is held back.
        let lacking = |index: &usize| {
            self.skills.get(*index).map_or(0.0, |below| (0.0 - below.base - below.gained).max(0.0))
        };
        one.base + one.gained * kept - 0.25 * one.prerequisites.iter().map(lacking).sum::<f64>()
    }

    fn remembers(&self, card: &str, now_ms: i64) -> f64 {
        let Some((last, lasts)) = self.words.get(card) else { return 0.0 };
        (1.0 + days_between(*last, now_ms) / lasts).powf(-0.5 - self.description.forgetting)
    }

    /// The true chance of a right answer, without tiredness or carelessness.
    #[must_use]
    pub fn truth(&self, source: &Source, now_ms: i64) -> f64 {
        let known = self.knows(source, now_ms);
        let guess = self.items.get(&source.name).map_or(0.25, |item| item.guess);
        known * (1.0 - self.description.slips.clamp(0.0, 0.9)) + (1.0 - known) * guess
    }

    fn knows(&self, source: &Source, now_ms: i64) -> f64 {
        let Some(item) = self.items.get(&source.name) else { return 0.0 };
        let Some(skill) = self.names.get(&source.skill) else { return 0.0 };
        let known = logistic(1.2 * item.discrimination * (self.ability(*skill, now_ms) - item.difficulty));
        match &source.card {
            Some(card) => known.max(self.remembers(card, now_ms)),
            None => known,
        }
    }

    /// The true chance of a right answer to a typical question of each skill.
    #[must_use]
    pub fn skills(&self, now_ms: i64) -> Vec<(&str, f64)> {
        let chance = |skill: usize| 0.25 + 0.72 * logistic(1.2 * self.ability(skill, now_ms));
        let mut all: Vec<(&str, f64)> =
            self.names.iter().map(|(name, index)| (name.as_str(), chance(*index))).collect();
        all.sort_by(|a, b| a.0.cmp(b.0));
        all
    }

    /// The share of a catalog's words that are remembered.
    #[must_use]
    pub fn words(&self, catalog: &Catalog, now_ms: i64) -> f64 {
        let words: Vec<f64> = catalog
            .sources()
            .iter()
            .filter(|source| source.card.is_some())
            .map(|source| self.knows(source, now_ms))
            .collect();
        if words.is_empty() { 0.0 } else { words.iter().sum::<f64>() / words.len() as f64 }
    }

    /// Whether a question would be answered right, by a chance that does not disturb the learner's own.
    #[must_use]
    pub fn probe(&self, source: &Source, now_ms: i64, rng: &mut Rng) -> bool {
        uniform(rng) < self.truth(source, now_ms)
    }

    /// Answers a question after some minutes of practice, and learns from it and its explanation.
    pub fn answer(&mut self, source: &Source, now_ms: i64, minutes: f64) -> Response {
        let knows = self.knows(source, now_ms);
        let tired = 0.04 * (minutes / 20.0).clamp(0.0, 4.0);
        if self.description.careless {
            let turns = if self.careless { 0.2 } else { 0.04 };
            if uniform(&mut self.rng) < turns {
                self.careless = !self.careless;
            }
        }
        let streak = if self.careless { 0.35 } else { 0.0 };
        let known = uniform(&mut self.rng) < knows;
        let assisted = !known && uniform(&mut self.rng) < self.description.asks_for_help;
        let guess = self.items.get(&source.name).map_or(0.25, |item| item.guess);
        let right = if known {
            uniform(&mut self.rng) >= (self.description.slips + tired + streak).clamp(0.0, 0.9)
        } else {
            uniform(&mut self.rng) < if assisted { 0.6 } else { guess }
        };
        let guessed = !known && !assisted && uniform(&mut self.rng) < self.description.admits_guesses;
        let took_ms = (20_000.0 + 40_000.0 * (1.0 - knows) + 10_000.0 * uniform(&mut self.rng)) as u64;
        self.learn(source, knows, now_ms);
        Response { right, assisted, guessed, took_ms }
    }

    fn learn(&mut self, source: &Source, knows: f64, now_ms: i64) {
        if let Some(card) = &source.card {
            let lasts = self.words.get(card).map_or(1.5, |(last, lasts)| {
                // The longer ago, the more a repetition does.
                lasts * (1.0 + 1.2 * (days_between(*last, now_ms) / lasts).min(1.5))
            });
            self.words.insert(card.clone(), (now_ms, lasts));
        }
        let Some(index) = self.names.get(&source.skill).copied() else { return };
        // Hopeless questions and those that are known teach little; a tired child learns as little.
        let zone = 0.15 + (knows * (1.0 - knows) * 4.0).powf(0.7);
        let now = self.ability(index, now_ms);
        let ceiling = (1.0 - (now + 1.0) / 5.0).clamp(0.05, 1.2);
        let gain = self.description.learning_rate * zone * ceiling * (0.7 + 0.6 * uniform(&mut self.rng));
        let Some(skill) = self.skills.get_mut(index) else { return };
        let days = skill.last_ms.map_or(1.0, |last| days_between(last, now_ms));
        skill.gained *= (1.0 + days / skill.lasts).powf(-self.description.forgetting);
        skill.gained += gain;
        if days >= 0.5 {
            skill.lasts = (skill.lasts * 1.4).min(60.0);
        }
        skill.last_ms = Some(now_ms);
        // A little of it reaches what it builds on.
        for below in skill.prerequisites.clone() {
            if let Some(below) = self.skills.get_mut(below) {
                below.gained += 0.1 * gain;
            }
        }
    }
}
