//! The weeks to the day of the test.

use iseetutor_curriculum::level::Section;
use serde::Serialize;

use super::Context;
use crate::catalog::Catalog;
use crate::mastery::{Outlook, Standing};
use crate::record::Record;

/// Weeks that are planned without a day of the test, and at most.
const WEEKS: i64 = 4;
const MOST_WEEKS: i64 = 60;
/// Skills of a week.
const SKILLS: usize = 3;

/// A week's plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Week {
    /// Its first day.
    pub from_day: i64,
    /// Its last day; the last week ends on the day before the test.
    pub to_day: i64,
    /// Minutes to practise.
    pub minutes: u32,
    /// Skills to work on, the most needed first.
    pub skills: Vec<String>,
    /// A section to try as a mock test.
    pub mock: Option<Section>,
    /// Whether a whole mock test is planned.
    pub whole_mock: bool,
    /// Whether the monthly check falls into it.
    pub check: bool,
    /// Whether it is the last one: calm, only what is known, rehearsal of the day.
    pub rehearsal: bool,
}

/// Weeks from today to the day of the test, or four; nothing on the day of the test or after it.
#[must_use]
pub fn week_plan(record: &Record, catalog: &Catalog, context: &Context, weekly_minutes: u32) -> Vec<Week> {
    let today = context.today(record);
    let end = context.test_day.unwrap_or_else(|| today.saturating_add(7 * WEEKS));
    let outlook = Outlook::new(record, catalog, context.level, context.now_ms);
    let all = outlook.all(catalog, context.section);
    let wanted = |skill: &str| context.skills.is_empty() || context.skills.iter().any(|one| one == skill);
    let mut skills: Vec<&str> = all
        .iter()
        .filter(|one| one.standing != Standing::Strong && wanted(&one.skill))
        .map(|one| one.skill.as_str())
        .collect();
    if skills.is_empty() {
        skills = all.iter().filter(|one| wanted(&one.skill)).map(|one| one.skill.as_str()).collect();
    }
    let sections: Vec<Section> = Section::ALL
        .into_iter()
        .filter(|section| *section != Section::Essay && context.section.is_none_or(|one| one == *section))
        .filter(|section| {
            catalog.sources().iter().any(|one| one.section == *section && one.level == context.level)
        })
        .collect();
    let mut weeks: Vec<Week> = Vec::new();
    let mut from_day = today;
    while from_day < end && (weeks.len() as i64) < MOST_WEEKS {
        let to_day = from_day.saturating_add(6).min(end.saturating_sub(1));
        let number = weeks.len();
        let rehearsal = context.test_day.is_some_and(|test| to_day >= test.saturating_sub(1));
        let days = u32::try_from(to_day - from_day + 1).unwrap_or(7).min(7);
        let full = weekly_minutes.min(7 * 24 * 60) * days / 7;
        let left = context.test_day.map_or(i64::MAX, |test| test.saturating_sub(to_day));
        let whole_mock = !rehearsal && left <= 14;
        let mock = (!rehearsal && !whole_mock && number % 2 == 1)
            .then(|| sections.get((number / 2) % sections.len().max(1)).copied())
            .flatten();
        let focus: Vec<String> = (0..SKILLS.min(skills.len()))
            .filter_map(|place| skills.get((number * SKILLS + place) % skills.len()))
            .map(|skill| (*skill).to_owned())
            .collect();
        weeks.push(Week {
            from_day,
            to_day,
            minutes: if rehearsal { full / 2 } else { full },
            skills: focus,
            mock,
            whole_mock,
            check: !rehearsal && number % 4 == 3,
            rehearsal,
        });
        from_day = from_day.saturating_add(7);
    }
    weeks
}
