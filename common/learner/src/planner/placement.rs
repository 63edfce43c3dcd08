//! The placement: twenty minutes over two sittings, broad first, then where least is known.

use std::collections::HashMap;

use iseetutor_curriculum::level::{Section, Strand};
use serde::Serialize;

use super::{Choice, Context, Why, a_day_before, allowed, fresh_seed};
use crate::catalog::{Catalog, Source};
use crate::event::Setting;
use crate::mastery::Outlook;
use crate::record::{Answer, Record};
use crate::time::MINUTE_MS;

/// Minutes of the whole placement.
pub const PLACEMENT_MINUTES: i64 = 20;
/// What a question takes at least, with its reading aloud and its answer.
const LEAST_MS: i64 = 15_000;
/// What reading a question aloud adds.
const READING_MS: i64 = 8_000;
/// Questions about passages, which take long to read, of a section at most.
const MOST_OF_PASSAGES: u32 = 3;
/// Questions of a sitting at most.
const MOST: usize = 40;

/// How far the placement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Placement {
    /// A sitting is to begin or to go on.
    Open {
        /// 1 or 2.
        sitting: u8,
        /// What is left of it.
        left_ms: i64,
    },
    /// The sitting's time is over: a [`crate::event::What::Placed`] event ends it.
    SittingOver {
        /// 1 or 2.
        sitting: u8,
    },
    /// Both sittings are done.
    Done,
}

fn answers<'r>(record: &'r Record, context: &Context) -> Vec<&'r Answer> {
    // A sitting that was left a day ago begins anew.
    let from = a_day_before(context.now_ms).max(context.since_ms);
    let recent = record.answers().take_while(|(at_ms, _)| *at_ms >= from).map(|(_, answer)| answer);
    recent.filter(|answer| answer.setting == Setting::Placement).take(MOST).collect()
}

/// How far the placement is; `context.since_ms` is when this sitting began.
#[must_use]
pub fn placement(record: &Record, context: &Context) -> Placement {
    let done = record.sittings();
    if done >= 2 {
        return Placement::Done;
    }
    let answers = answers(record, context);
    let spent: i64 = answers
        .iter()
        .map(|answer| {
            i64::try_from(answer.took_ms).unwrap_or(i64::MAX).clamp(LEAST_MS, 5 * MINUTE_MS) + READING_MS
        })
        .sum();
    let left_ms = PLACEMENT_MINUTES * MINUTE_MS / 2 - spent;
    let sitting = done + 1;
    // Another question must fit, by how long they took so far.
    let usual_ms = spent.checked_div(answers.len() as i64).unwrap_or(0).max(LEAST_MS + READING_MS);
    if left_ms < usual_ms || answers.len() >= MOST {
        Placement::SittingOver { sitting }
    } else {
        Placement::Open { sitting, left_ms }
    }
}

/// The placement's next question: first one of every section and strand, then of the skill of which least is known, of
/// a difficulty that tells most.
#[must_use]
pub fn placement_next(record: &Record, catalog: &Catalog, context: &Context) -> Option<Choice> {
    if context.over(record) || !matches!(placement(record, context), Placement::Open { .. }) {
        return None;
    }
    let outlook = Outlook::new(record, catalog, context.level, context.now_ms);
    let mut areas: HashMap<(Section, Option<Strand>), u32> = HashMap::new();
    let mut skills: HashMap<&str, u32> = HashMap::new();
    for (_, answer) in
        record.answers().filter(|(_, answer)| answer.setting == Setting::Placement).take(2 * MOST)
    {
        *areas.entry((answer.section, answer.strand)).or_default() += 1;
        *skills.entry(record.names.name(answer.skill)).or_default() += 1;
    }
    let mut rng = context.rng(record, "placement");
    let mut scored: Vec<(u32, u32, f64, &Source)> = Vec::new();
    for source in allowed(record, catalog, context) {
        let area = areas.get(&(source.section, source.strand)).copied().unwrap_or(0);
        if source.passage.is_some() && area >= MOST_OF_PASSAGES {
            continue;
        }
        let skill = skills.get(source.skill.as_str()).copied().unwrap_or(0);
        let expected = outlook.expected(source);
        let belief = outlook.belief(&source.skill, source.section, source.strand);
        // Between guessing and certainty an answer tells most; and more of what is less known.
        let tells = (expected - 0.28).max(0.0) * (0.97 - expected).max(0.0) * belief.var;
        scored.push((area.min(3), skill, -tells - 0.01 * rng.below(100) as f64 / 100.0, source));
    }
    scored.sort_by(|a, b| {
        (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)).then_with(|| a.3.name.cmp(&b.3.name))
    });
    let (.., source) = scored.first()?;
    Some(Choice {
        source: source.name.clone(),
        skill: source.skill.clone(),
        section: source.section,
        seed: fresh_seed(record, &source.name, context.seed),
        why: Why::Placement,
        expected: outlook.expected(source),
    })
}
