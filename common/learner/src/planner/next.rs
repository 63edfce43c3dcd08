//! The next question.

use std::collections::{HashMap, HashSet};

use iseetutor_curriculum::rng::Rng;

use super::{Choice, Context, SUCCESS, Why, allowed, days_since, fresh_seed};
use crate::catalog::{Catalog, Source};
use crate::event::{Evidence, Setting};
use crate::mastery::Outlook;
use crate::record::{Answer, Record};
use crate::schedule::{Schedule, What};

/// How far from the wanted success a question may be and still be good.
const ZONE: f64 = 0.1;
/// Days after which a card's question may come again, though it is the same question.
const CARD_REST_DAYS: f64 = 0.5;
/// Answers after which a mistake has waited too long for its sibling.
const SIBLING_WITHIN: usize = 3;

struct Planning<'a> {
    record: &'a Record,
    catalog: &'a Catalog,
    context: &'a Context,
    outlook: Outlook<'a>,
    candidates: Vec<&'a Source>,
    /// Answers of this lesson, the latest first.
    lesson: Vec<&'a Answer>,
    /// The success to aim at, which makes up for how it went lately.
    aim: f64,
    rng: Rng,
}

/// The next question; `None` if nothing is allowed, or the test is over.
///
/// After a mistake in this lesson comes a sibling; after two misses running of a skill, what it builds on. Otherwise
/// chance decides between what is due, misconceptions that return, and new work, in about equal parts.
#[must_use]
pub fn next(record: &Record, catalog: &Catalog, context: &Context) -> Option<Choice> {
    if context.over(record) {
        return None;
    }
    let lesson: Vec<&Answer> = record
        .answers()
        .take_while(|(at_ms, _)| *at_ms >= context.since_ms)
        .map(|(_, answer)| answer)
        .filter(|answer| answer.setting == Setting::Practice)
        .take(200)
        .collect();
    let mut planning = Planning {
        record,
        catalog,
        context,
        outlook: Outlook::new(record, catalog, context.level, context.now_ms),
        candidates: allowed(record, catalog, context),
        lesson,
        aim: aim(record),
        rng: context.rng(record, "next"),
    };
    planning.choose()
}

/// The success to aim at: a little more after a hard time, a little less after an easy one.
fn aim(record: &Record) -> f64 {
    let unaided = record
        .answers()
        .filter(|(_, answer)| answer.evidence.unaided() && matches!(answer.setting, Setting::Practice));
    let lately: Vec<bool> = unaided.take(24).map(|(_, answer)| answer.evidence == Evidence::Right).collect();
    let right = lately.iter().filter(|right| **right).count() as f64;
    // Eight answers that went as wanted temper the first ones.
    let rate = (right + 8.0 * SUCCESS) / (lately.len() as f64 + 8.0);
    (SUCCESS + 0.6 * (SUCCESS - rate)).clamp(0.72, 0.9)
}

impl Planning<'_> {
    fn choose(&mut self) -> Option<Choice> {
        if let Some(choice) = self.after_a_mistake() {
            return Some(choice);
        }
        let draw = self.rng.below(100);
        let order: [fn(&mut Self) -> Option<Choice>; 3] = match draw {
            0..25 => [Self::mistake, Self::due, Self::practice],
            25..55 => [Self::due, Self::mistake, Self::practice],
            _ => [Self::practice, Self::due, Self::mistake],
        };
        order.into_iter().find_map(|pick| pick(self)).or_else(|| self.anything())
    }

    fn choice(&self, source: &Source, why: Why) -> Choice {
        Choice {
            source: source.name.clone(),
            skill: source.skill.clone(),
            section: source.section,
            seed: fresh_seed(self.record, &source.name, self.context.seed),
            why,
            expected: self.outlook.expected(source),
        }
    }

    /// A sibling of what was just missed; after two misses running, a step down.
    fn after_a_mistake(&mut self) -> Option<Choice> {
        let record = self.record;
        let missed =
            self.lesson.iter().take(SIBLING_WITHIN).position(|answer| answer.evidence == Evidence::Wrong)?;
        let answer = *self.lesson.get(missed)?;
        // Answered again since: done with.
        if self
            .lesson
            .iter()
            .take(missed)
            .any(|later| later.skill == answer.skill && later.evidence.unaided())
        {
            return None;
        }
        let skill = record.names.name(answer.skill);
        let of_skill =
            self.lesson.iter().filter(|other| other.skill == answer.skill && other.evidence.unaided());
        let misses = of_skill.take_while(|other| other.evidence == Evidence::Wrong).count();
        if misses >= 2 {
            // Once: a question asked since has been that step.
            return if missed == 0 { self.step_down(skill) } else { None };
        }
        let source = record.names.name(answer.source);
        let same = self.candidates.iter().find(|one| one.name == source && one.endless);
        let sibling = same.copied().or_else(|| {
            let others = self.candidates.iter().filter(|one| one.skill == skill && one.name != source);
            others
                .min_by(|a, b| {
                    let far = |one: &Source| (one.difficulty - answer.difficulty).abs();
                    far(a).total_cmp(&far(b)).then_with(|| a.name.cmp(&b.name))
                })
                .copied()
        })?;
        Some(self.choice(sibling, Why::Sibling))
    }

    /// The weakest prerequisite that can be asked, else the easiest question of the skill itself.
    fn step_down(&mut self, skill: &str) -> Option<Choice> {
        let needed = self.catalog.prerequisites(skill);
        let down = self
            .candidates
            .iter()
            .filter(|source| needed.contains(&source.skill))
            .map(|source| (self.outlook.belief(&source.skill, source.section, source.strand).mean, source))
            .min_by(|a, b| {
                a.0.total_cmp(&b.0)
                    .then(a.1.difficulty.total_cmp(&b.1.difficulty))
                    .then_with(|| a.1.name.cmp(&b.1.name))
            });
        let easiest = || {
            let own = self.candidates.iter().filter(|source| source.skill == skill);
            own.min_by(|a, b| a.difficulty.total_cmp(&b.difficulty).then_with(|| a.name.cmp(&b.name)))
        };
        let source = down.map(|(_, source)| *source).or_else(|| easiest().copied())?;
        Some(self.choice(source, Why::StepDown { from: skill.to_owned() }))
    }

    /// A misconception that returns, in another source of its skill if there is one.
    fn mistake(&mut self) -> Option<Choice> {
        let today = self.context.today(self.record);
        let schedule = Schedule::of(self.record, self.context.test_day, self.context.now_ms);
        for due in schedule.by(today) {
            let What::Mistake { misconception, skill, source } = &due.what else { continue };
            let lately = self.lesson.iter().take(2).any(|one| self.record.names.name(one.skill) == skill);
            if lately {
                continue;
            }
            let of_skill = || self.candidates.iter().copied().filter(|one| one.skill == *skill);
            let other: Vec<&Source> = of_skill().filter(|one| one.name != *source).collect();
            let pool = if other.is_empty() { of_skill().filter(|one| one.endless).collect() } else { other };
            if let Some(source) = self.best(&pool) {
                return Some(self.choice(source, Why::Mistake { misconception: misconception.clone() }));
            }
        }
        None
    }

    /// A word or fact, or else a skill, that is due.
    fn due(&mut self) -> Option<Choice> {
        let (context, record) = (self.context, self.record);
        let today = context.today(record);
        let schedule = Schedule::of(record, context.test_day, context.now_ms);
        let mut by_card: HashMap<&str, &Source> = HashMap::new();
        for source in self.catalog.sources() {
            if let Some(card) = source.card.as_deref()
                && context.allows(source)
                && days_since(record, &source.name, context.now_ms).is_none_or(|days| days >= CARD_REST_DAYS)
            {
                by_card.entry(card).or_insert(source);
            }
        }
        let lately: HashSet<&str> =
            self.lesson.iter().take(3).map(|answer| record.names.name(answer.skill)).collect();
        let today_skills: HashSet<&str> =
            self.lesson.iter().map(|answer| record.names.name(answer.skill)).collect();
        for due in schedule.by(today) {
            match &due.what {
                What::Card { card } => {
                    if let Some(source) = by_card.get(card.as_str()) {
                        return Some(self.choice(source, Why::DueCard { card: card.clone() }));
                    }
                }
                What::Skill { skill } if !today_skills.contains(skill.as_str()) => {
                    let of_skill = self.candidates.iter().copied();
                    let pool: Vec<&Source> = of_skill
                        .filter(|one| one.skill == *skill && one.card.is_none())
                        .filter(|one| !lately.contains(one.skill.as_str()))
                        .collect();
                    if let Some(source) = self.best(&pool) {
                        return Some(self.choice(source, Why::DueSkill));
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// The source whose expected success is nearest to the aim, not one of the last two.
    fn best<'c>(&self, pool: &[&'c Source]) -> Option<&'c Source> {
        let last: Vec<&str> =
            self.lesson.iter().take(2).map(|answer| self.record.names.name(answer.source)).collect();
        let far = |source: &Source| {
            let again = if last.contains(&source.name.as_str()) { 1.0 } else { 0.0 };
            again + (self.outlook.expected(source) - self.aim).abs()
        };
        let scored = pool.iter().map(|source| (far(source), *source));
        scored
            .min_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.name.cmp(&b.1.name)))
            .map(|(_, source)| source)
    }

    /// What helps most: weak or unknown, ready to be learnt, and near the wanted success.
    fn practice(&mut self) -> Option<Choice> {
        let (record, context) = (self.record, self.context);
        let lately: Vec<&str> =
            self.lesson.iter().take(4).map(|answer| record.names.name(answer.skill)).collect();
        let mut needs: HashMap<&str, f64> = HashMap::new();
        let mut sizes: HashMap<&str, f64> = HashMap::new();
        for source in &self.candidates {
            *sizes.entry(&source.skill).or_default() += 1.0;
        }
        let mut weighed: Vec<(f64, &Source)> = Vec::new();
        for source in &self.candidates {
            if source.card.as_deref().is_some_and(|card| self.met(card)) {
                // A word that was met comes back when it is due, not before.
                continue;
            }
            let need = *needs.entry(&source.skill).or_insert_with(|| self.need(source, &lately));
            let off = (self.outlook.expected(source) - self.aim) / ZONE;
            let fresh = days_since(record, &source.name, context.now_ms).map_or(1.0, |days| {
                // What was asked within the last hours should rest.
                (0.15 + days).min(1.0)
            });
            let size = sizes.get(source.skill.as_str()).copied().unwrap_or(1.0).powf(0.7);
            weighed.push((need * need * fresh * (0.02 + (-0.5 * off * off).exp()) / size, source));
        }
        let source = draw(&weighed, &mut self.rng)?;
        let new = match &source.card {
            Some(_) => true,
            None => record.names.find(&source.skill).is_none_or(|skill| {
                record.projection().skills.get(&skill).is_none_or(|count| count.unaided + count.helped == 0)
            }),
        };
        Some(self.choice(source, if new { Why::New } else { Why::Practice }))
    }

    fn met(&self, card: &str) -> bool {
        let card = self.record.names.find(card);
        card.is_some_and(|card| self.record.projection().cards.contains_key(&card))
    }

    /// How much a skill needs practice.
    fn need(&self, source: &Source, lately: &[&str]) -> f64 {
        let belief = self.outlook.belief(&source.skill, source.section, source.strand);
        let difficulty = self.record.projection().ability.difficulty(self.context.level, 0.0);
        let weak = 1.0 - crate::ability::logistic(belief.mean - difficulty);
        let unknown = belief.var.max(0.0).sqrt().min(1.5) / 1.5;
        // What it builds on should be there first.
        let needed = self.catalog.prerequisites(&source.skill).iter();
        let ready = needed
            .map(|skill| {
                let below = self.outlook.belief(skill, source.section, source.strand);
                crate::ability::logistic(below.mean - difficulty + 1.0)
            })
            .fold(1.0, f64::min);
        let resting = if lately.contains(&source.skill.as_str()) { 0.25 } else { 1.0 };
        (0.1 + weak + 0.35 * unknown) * (0.3 + 0.7 * ready) * resting
    }

    /// Where everything rests, what rested longest.
    fn anything(&self) -> Option<Choice> {
        let rested = |source: &Source| {
            days_since(self.record, &source.name, self.context.now_ms).unwrap_or(f64::INFINITY)
        };
        let allowed = self.catalog.sources().iter().filter(|source| self.context.allows(source));
        let source =
            allowed.max_by(|a, b| rested(a).total_cmp(&rested(b)).then_with(|| b.name.cmp(&a.name)))?;
        Some(self.choice(source, Why::Practice))
    }
}

/// Draws one by its weight.
fn draw<'c>(weighed: &[(f64, &'c Source)], rng: &mut Rng) -> Option<&'c Source> {
    let total: f64 = weighed.iter().map(|(weight, _)| weight).sum();
    let mut left = total * (rng.below(1 << 30) as f64 / f64::from(1_u32 << 30));
    for (weight, source) in weighed {
        left -= weight;
        if left <= 0.0 {
            return Some(source);
        }
    }
    weighed.last().map(|(_, source)| *source)
}
