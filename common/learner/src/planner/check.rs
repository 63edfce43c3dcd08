//! The monthly check: the same mix of difficulties every time, and not adaptive, so that months can be compared.

use iseetutor_curriculum::level::Section;
use iseetutor_curriculum::rng::Rng;

use super::{Choice, Context, Why, fresh_seed, rested};
use crate::catalog::{Catalog, Source};
use crate::event::What;
use crate::mastery::Outlook;
use crate::record::{Entry, Record};

/// Questions of a check.
pub const CHECK_QUESTIONS: usize = 24;
/// Days between checks.
pub const CHECK_DAYS: i64 = 28;

/// The number of a day's check, the same for four weeks.
#[must_use]
pub fn check_number(day: i64) -> i64 {
    day.div_euclid(CHECK_DAYS)
}

/// Whether a check is due: none in four weeks, something learnt since, and the test more than a week away.
#[must_use]
pub fn check_due(record: &Record, context: &Context) -> bool {
    let today = context.today(record);
    if context.test_day.is_some_and(|test| today > test.saturating_sub(7)) {
        return false;
    }
    let day_of = |entry: &Entry| crate::time::day(entry.at_ms, record.offset_ms());
    let since = record
        .latest()
        .find(|entry| matches!(entry.other(), Some(What::Checked { .. } | What::Placed { .. })))
        .or_else(|| record.projection().order.first().and_then(|first| record.entries.get(*first as usize)));
    since.is_some_and(|entry| today.saturating_sub(day_of(entry)) >= CHECK_DAYS)
}

/// The questions of a monthly check: the same number of easy, typical and hard ones from each section, of skills that
/// go round; the learner's answers do not change them.
#[must_use]
pub fn monthly_check(record: &Record, catalog: &Catalog, context: &Context) -> Vec<Choice> {
    if context.over(record) {
        return Vec::new();
    }
    let number = check_number(context.today(record));
    let outlook = Outlook::new(record, catalog, context.level, context.now_ms);
    let mut rng = Rng::new("check", &[context.seed, number.cast_unsigned()]);
    let mut pools: Vec<Vec<&Source>> = Vec::new();
    for section in Section::ALL {
        let allowed = catalog.sources().iter().filter(|one| one.section == section && context.allows(one));
        let mut sources: Vec<&Source> = allowed.filter(|one| rested(record, one, context.now_ms)).collect();
        if sources.is_empty() {
            continue;
        }
        rng.shuffle(&mut sources);
        // A stable sort keeps equal ones shuffled; thirds by difficulty, each taken from in turn.
        sources.sort_by(|a, b| a.difficulty.total_cmp(&b.difficulty));
        let third = sources.len().div_ceil(3).max(1);
        pools.extend(sources.chunks(third).map(<[&Source]>::to_vec));
    }
    let mut chosen: Vec<Choice> = Vec::new();
    let mut round = 0;
    while chosen.len() < CHECK_QUESTIONS && round < CHECK_QUESTIONS {
        for pool in &pools {
            // Another skill than before, where there is one.
            let fresh = |source: &&&Source| !chosen.iter().any(|one| one.source == source.name);
            let other = |source: &&&Source| !chosen.iter().any(|one| one.skill == source.skill);
            let source = pool.iter().filter(fresh).find(other).or_else(|| pool.iter().find(fresh));
            if let Some(source) = source
                && chosen.len() < CHECK_QUESTIONS
            {
                chosen.push(Choice {
                    source: source.name.clone(),
                    skill: source.skill.clone(),
                    section: source.section,
                    seed: fresh_seed(record, &source.name, number.cast_unsigned()),
                    why: Why::Check,
                    expected: outlook.expected(source),
                });
            }
        }
        round += 1;
    }
    chosen
}
