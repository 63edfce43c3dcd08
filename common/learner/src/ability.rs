//! The estimator: ability as a sum of Gaussian parts (general, section, strand, skill), updated by Bayes' rule.
//!
//! The chance of a right unaided answer is `GUESS + (1 - GUESS - SLIP) * logistic(ability - difficulty)`. An answer moves
//! the sum of the parts to the mean and variance of its exact posterior (by quadrature), and each part by its share of
//! the variance; so a skill without answers borrows from its strand and section. Between answers a part's variance grows,
//! and a practised skill's mean falls a little, which is forgetting.

use std::collections::HashMap;

use iseetutor_curriculum::level::{Level, Section, Strand};

use crate::event::Evidence;
use crate::time::days_between;

/// One of four choices, without any knowledge.
pub(crate) const GUESS: f64 = 0.25;
/// What is known is still missed this often.
pub(crate) const SLIP: f64 = 0.04;
/// What a level is harder than the one below.
pub(crate) const LEVEL_STEP: f64 = 0.8;
/// Ability for a typical question of the learner's level, before anything is known.
const PRIOR_MEAN: f64 = 0.5;
const GENERAL: Kind = Kind { var: 0.5, noise: 0.000_5 };
const SECTION: Kind = Kind { var: 0.3, noise: 0.000_5 };
const STRAND: Kind = Kind { var: 0.25, noise: 0.000_5 };
const SKILL: Kind = Kind { var: 1.0, noise: 0.008 };
/// A skill's mean rises by this with every answer and its explanation.
const LEARNT: f64 = 0.05;
/// How fast a practised skill falls, on a logarithm of days.
const FORGOTTEN: f64 = 0.06;
/// How much of an answer with help counts.
const HELPED_WEIGHT: f64 = 0.2;
const SECTIONS: usize = 6;

#[derive(Debug, Clone, Copy)]
struct Kind {
    var: f64,
    /// Variance that a day adds.
    noise: f64,
}

/// A part of ability.
#[derive(Debug, Clone, Copy)]
struct Part {
    mean: f64,
    var: f64,
    at_ms: i64,
    answers: u32,
}

impl Part {
    fn new(kind: Kind, at_ms: i64) -> Self {
        Self { mean: 0.0, var: kind.var, at_ms, answers: 0 }
    }

    /// What it has become by a moment.
    fn at(self, kind: Kind, now_ms: i64, forgets: bool) -> Self {
        let days = days_between(self.at_ms, now_ms);
        let mut mean = self.mean;
        if forgets && days > 0.0 {
            let practised = (f64::from(self.answers) / 6.0).min(1.0);
            mean -= FORGOTTEN * practised * (1.0 + days / 2.0).ln();
        }
        let var = if self.var < kind.var { (self.var + kind.noise * days).min(kind.var) } else { self.var };
        Self { mean, var, at_ms: self.at_ms.max(now_ms), answers: self.answers }
    }
}

/// A normal distribution of ability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Belief {
    pub(crate) mean: f64,
    pub(crate) var: f64,
}

/// Where the sum is looked at, in standard deviations, with the normal density's weights.
const GRID: usize = 13;

fn grid() -> [(f64, f64); GRID] {
    std::array::from_fn(|i| {
        let z = (i as f64 - 6.0) * 0.5;
        (z, (-0.5 * z * z).exp())
    })
}

pub(crate) fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// The chance of a right unaided answer, if ability is known.
pub(crate) fn chance(ability: f64, difficulty: f64) -> f64 {
    GUESS + (1.0 - GUESS - SLIP) * logistic(ability - difficulty)
}

impl Belief {
    /// The chance of a right unaided answer.
    pub(crate) fn chance(self, difficulty: f64) -> f64 {
        let sd = self.var.max(0.0).sqrt();
        let (mut sum, mut weights) = (0.0, 0.0);
        for (z, weight) in grid() {
            sum += weight * chance(self.mean + sd * z, difficulty);
            weights += weight;
        }
        sum / weights
    }

    /// The mean and variance after some evidence.
    fn posterior(self, likelihood: impl Fn(f64) -> f64) -> Self {
        let sd = self.var.max(1e-6).sqrt();
        let (mut total, mut first, mut second) = (0.0, 0.0, 0.0);
        for (z, weight) in grid() {
            let weight = weight * likelihood(self.mean + sd * z);
            total += weight;
            first += weight * z;
            second += weight * z * z;
        }
        if total <= 1e-12 || !total.is_finite() {
            return self;
        }
        let z = first / total;
        // The grid's own variance of a standard normal is just below 1; what is gained is measured against it.
        let var = (second / total - z * z).clamp(0.05, 1.5);
        Self { mean: self.mean + sd * z, var: self.var * var }
    }
}

/// Everything known about a learner's ability.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ability {
    /// The level of the first answer, which others are measured from.
    reference: Option<Level>,
    general: Option<Part>,
    sections: [Option<Part>; SECTIONS],
    strands: [Option<Part>; 6],
    skills: HashMap<u32, Part>,
}

/// Which parts make up an ability.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Where {
    pub(crate) skill: Option<u32>,
    pub(crate) section: Section,
    pub(crate) strand: Option<Strand>,
}

impl Ability {
    /// A question's difficulty on the learner's scale.
    pub(crate) fn difficulty(&self, level: Level, difficulty: f64) -> f64 {
        let reference = self.reference.unwrap_or(level);
        sane(difficulty) + LEVEL_STEP * (f64::from(level as u8) - f64::from(reference as u8))
    }

    fn parts(&self, place: Where, now_ms: i64) -> [Option<(Part, Kind)>; 4] {
        let part = |part: Option<Part>, kind: Kind, forgets: bool| {
            Some((part.map_or(Part::new(kind, now_ms), |part| part.at(kind, now_ms, forgets)), kind))
        };
        [
            part(self.general, GENERAL, false),
            part(self.sections.get(place.section as usize).copied().flatten(), SECTION, false),
            place
                .strand
                .and_then(|strand| part(self.strands.get(strand as usize).copied().flatten(), STRAND, false)),
            part(place.skill.and_then(|skill| self.skills.get(&skill)).copied(), SKILL, true),
        ]
    }

    /// What is believed of a skill at a moment.
    pub(crate) fn belief(&self, place: Where, now_ms: i64) -> Belief {
        let mut belief = Belief { mean: PRIOR_MEAN, var: 0.0 };
        for (part, _) in self.parts(place, now_ms).into_iter().flatten() {
            belief.mean += part.mean;
            belief.var += part.var;
        }
        belief
    }

    /// The skill's own part: how far it is from what its section and strand suggest, and the share of its first
    /// uncertainty that is left.
    pub(crate) fn own(&self, skill: u32, now_ms: i64) -> Option<(f64, f64)> {
        let part = self.skills.get(&skill)?.at(SKILL, now_ms, true);
        Some((part.mean, (part.var / SKILL.var).clamp(0.0, 1.0)))
    }

    /// Takes in an answer. Answers come in the order of time.
    pub(crate) fn learn(
        &mut self,
        place: Where,
        level: Level,
        difficulty: f64,
        evidence: Evidence,
        at_ms: i64,
    ) {
        self.reference.get_or_insert(level);
        if evidence == Evidence::None {
            return;
        }
        let difficulty = self.difficulty(level, difficulty);
        let before = self.belief(place, at_ms);
        let after = before.posterior(|ability| match evidence {
            Evidence::Right => chance(ability, difficulty),
            Evidence::Wrong => 1.0 - chance(ability, difficulty),
            // It was not known, if the child says so; children are also unsure of what they know.
            Evidence::Guessed => (1.0 - logistic(ability - difficulty)).max(1e-9).powf(0.5),
            Evidence::Helped => chance(ability, difficulty - 1.5).powf(HELPED_WEIGHT),
            Evidence::None => 1.0,
        });
        let mut parts = self.parts(place, at_ms);
        for (part, kind) in parts.iter_mut().flatten() {
            let share = part.var / before.var.max(1e-9);
            part.mean = (part.mean + share * (after.mean - before.mean)).clamp(-6.0, 6.0);
            part.var = (part.var - share * share * (before.var - after.var)).clamp(kind.var * 0.01, kind.var);
            part.answers = part.answers.saturating_add(1);
        }
        let [general, section, strand, skill] = parts.map(|part| part.map(|(part, _)| part));
        self.general = general;
        if let Some(slot) = self.sections.get_mut(place.section as usize) {
            *slot = section;
        }
        if let Some(slot) = place.strand.and_then(|strand| self.strands.get_mut(strand as usize)) {
            *slot = strand;
        }
        if let (Some(name), Some(mut part)) = (place.skill, skill) {
            part.mean += LEARNT;
            self.skills.insert(name, part);
        }
    }
}

/// A difficulty that can be computed with.
pub(crate) fn sane(difficulty: f64) -> f64 {
    if difficulty.is_finite() { difficulty.clamp(-4.0, 4.0) } else { 0.0 }
}
