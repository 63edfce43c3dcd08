//! Days of practice, measured.

use iseetutor_curriculum::rng::Rng;
use serde::Serialize;

use super::policy::Counts;
use super::{Description, Policy, World};
use crate::catalog::{Catalog, Source};
use crate::event::{Answered, By, Event, Setting, VERSION, What};
use crate::planner::{Context, Placement, placement};
use crate::record::Record;
use crate::time::{DAY_MS, MINUTE_MS};

/// 4 in the afternoon of a day.
const START_MS: i64 = 20_000 * DAY_MS + 16 * 60 * MINUTE_MS;
/// Reading a question aloud and explaining it.
const AROUND_MS: i64 = 25_000;

/// Predictions of about the same chance, and what came of them.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Bin {
    /// Predictions.
    pub count: u32,
    /// The sum of the chances predicted.
    pub predicted: f64,
    /// Right answers.
    pub right: u32,
}

/// What came of some days.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Outcome {
    /// Questions asked.
    pub asked: u32,
    /// Unaided answers, and the right ones of them.
    pub unaided: u32,
    /// Right unaided answers, guesses that were right among them.
    pub right: u32,
    /// Of the skills that were weakest at the beginning, the share that is found after a week.
    pub found: f64,
    /// Of the skills that are weakest in truth after a third of the days, the share that is found then. Practice of
    /// weak skills makes this harder: they come to be like the others.
    pub precision: f64,
    /// The mean squared error of predictions for questions that were never asked.
    pub brier: f64,
    /// The Brier score of someone who knows the truth: what chance alone leaves.
    pub brier_of_truth: f64,
    /// Predictions by tenths.
    pub bins: Vec<Bin>,
    /// The mean true chance of a right answer over all skills at the beginning.
    pub before: f64,
    /// The same at the end.
    pub after: f64,
    /// The mean true chance over the skills that were weakest at the beginning, then.
    pub weak_before: f64,
    /// The same at the end.
    pub weak_after: f64,
    /// The share of words known at the end.
    pub words: f64,
    /// Probes.
    pub probes: u32,
}

fn mean<'a>(skills: impl Iterator<Item = &'a (&'a str, f64)>) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for (_, chance) in skills {
        sum += chance;
        count += 1.0;
    }
    if count > 0.0 { sum / count } else { 0.0 }
}

/// The names with the lowest values.
fn lowest<'a>(skills: impl Iterator<Item = (&'a str, f64)>, count: usize) -> Vec<&'a str> {
    let mut all: Vec<(&str, f64)> = skills.collect();
    all.sort_by(|a, b| a.1.total_cmp(&b.1).then_with(|| a.0.cmp(b.0)));
    all.into_iter().take(count).map(|(name, _)| name).collect()
}

/// Lets a simulated learner practise for some days under a policy. The same description gives the same outcome.
#[must_use]
pub fn run(description: &Description, catalog: &Catalog, policy: Policy, days: i64) -> Outcome {
    let level = description.level;
    let days = days.clamp(0, 3650);
    let mut world = World::new(description, catalog);
    let mut record = Record::new("simulated", 0);
    let mut counts = Counts::default();
    let mut rng = Rng::new("policy", &[description.seed, policy as u64]);
    // Probes are the same for all policies.
    let mut probing = Rng::new("probes", &[description.seed]);
    let mut outcome = Outcome { bins: vec![Bin::default(); 10], ..Outcome::default() };
    let truth: Vec<(String, f64)> =
        world.skills(START_MS).into_iter().map(|(name, chance)| (name.to_owned(), chance)).collect();
    let named = || truth.iter().map(|(name, chance)| (name.as_str(), *chance));
    let weak_count = (truth.len() / 6).max(1);
    let weakest = lowest(named(), weak_count);
    outcome.before = mean(named().collect::<Vec<_>>().iter());
    outcome.weak_before = mean(named().filter(|(name, _)| weakest.contains(name)).collect::<Vec<_>>().iter());
    let test_day = description.test_in_days.map(|test| START_MS.div_euclid(DAY_MS).saturating_add(test));

    for number in 0..days {
        let begin_ms = START_MS + number * DAY_MS;
        let mut context = Context { test_day, seed: description.seed, ..Context::new(level, begin_ms) };
        let end_ms = begin_ms + i64::from(description.daily_minutes.min(600)) * MINUTE_MS;
        let mut placing =
            policy == Policy::Ours && matches!(placement(&record, &context), Placement::Open { .. });
        while number % 7 < i64::from(description.days_a_week.min(7)) && context.now_ms < end_ms {
            let Some((source, seed)) = policy.choose(placing, &record, &counts, catalog, &context, &mut rng)
            else {
                break;
            };
            let minutes = (context.now_ms - begin_ms) as f64 / MINUTE_MS as f64;
            let response = world.answer(source, context.now_ms, minutes);
            let took_ms = i64::try_from(response.took_ms).unwrap_or(0);
            outcome.asked += 1;
            if !response.assisted {
                outcome.unaided += 1;
                outcome.right += u32::from(response.right);
                counts.add(&source.skill, response.right);
            }
            let setting = match placement(&record, &context) {
                Placement::Open { .. } if placing => Setting::Placement,
                _ => Setting::Practice,
            };
            record.apply(&event(source, seed, response, setting, outcome.asked, context.now_ms + took_ms));
            if placing
                && setting == Setting::Placement
                && let Placement::SittingOver { sitting } = placement(&record, &context)
            {
                record.apply(&wrap(
                    &format!("placed-{sitting}"),
                    context.now_ms + took_ms,
                    What::Placed { sitting },
                ));
                // The rest of the day is practice.
                placing = false;
            }
            context.now_ms += took_ms + AROUND_MS;
        }
        // After the first days, four questions that nobody sees the answers of, every day.
        if number >= 3 {
            let all: Vec<&Source> = catalog.sources().iter().filter(|source| source.level == level).collect();
            let chosen: Vec<&Source> =
                (0..4).filter_map(|_| all.get(probing.below(all.len())).copied()).collect();
            let at_ms = begin_ms + DAY_MS / 2;
            let predictions = policy.predict(&record, &counts, catalog, level, at_ms, &chosen);
            for (source, predicted) in chosen.into_iter().zip(predictions) {
                let right = world.probe(source, at_ms, &mut probing);
                let hit = f64::from(u8::from(right));
                outcome.brier += (predicted - hit).powi(2);
                outcome.brier_of_truth += (world.truth(source, at_ms) - hit).powi(2);
                outcome.probes += 1;
                if let Some(bin) = outcome.bins.get_mut(((predicted * 10.0) as usize).min(9)) {
                    bin.count += 1;
                    bin.predicted += predicted;
                    bin.right += u32::from(right);
                }
            }
        }
        if number == days.min(7) - 1 {
            let believed = policy.skills(&record, &counts, catalog, level, begin_ms + DAY_MS / 2);
            let found = lowest(believed.iter().map(|(name, p)| (name.as_str(), *p)), weak_count);
            outcome.found =
                found.iter().filter(|name| weakest.contains(name)).count() as f64 / weak_count as f64;
        }
        if number == (days / 3).max(1) - 1 {
            let at_ms = begin_ms + DAY_MS / 2;
            let now = world.skills(at_ms);
            let real = lowest(now.into_iter(), weak_count);
            let believed = policy.skills(&record, &counts, catalog, level, at_ms);
            let found = lowest(believed.iter().map(|(name, p)| (name.as_str(), *p)), weak_count);
            outcome.precision =
                found.iter().filter(|name| real.contains(name)).count() as f64 / weak_count as f64;
        }
    }
    let end_ms = START_MS + days * DAY_MS;
    let after = world.skills(end_ms);
    outcome.after = mean(after.iter());
    outcome.weak_after = mean(after.iter().filter(|(name, _)| weakest.contains(name)));
    outcome.words = world.words(catalog, end_ms);
    let probes = f64::from(outcome.probes.max(1));
    outcome.brier /= probes;
    outcome.brier_of_truth /= probes;
    outcome
}

fn event(
    source: &Source,
    seed: u64,
    response: super::world::Response,
    setting: Setting,
    number: u32,
    at_ms: i64,
) -> Event {
    let answered = Answered {
        item: format!("{}:{}:{}:{seed}", source.name, source.level, source.section),
        skill: source.skill.clone(),
        source: source.name.clone(),
        level: source.level,
        section: source.section,
        strand: source.strand,
        difficulty: source.difficulty,
        right: response.right,
        assisted: response.assisted,
        guessed: response.guessed,
        took_ms: response.took_ms,
        timed: false,
        setting,
        by: By::Eye,
        misconception: (!response.right && source.strand.is_some()).then(|| format!("{}-slip", source.skill)),
        first_try: true,
        skipped: false,
        card: source.card.clone(),
    };
    wrap(&format!("{number:08}"), at_ms, What::Answered(Box::new(answered)))
}

fn wrap(id: &str, at_ms: i64, what: What) -> Event {
    let simulated = || "simulated".to_owned();
    Event { v: VERSION, id: id.to_owned(), device: simulated(), learner: simulated(), at_ms, what }
}
