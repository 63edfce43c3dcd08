//! A lesson: three due items, one skill from its mini-lesson, mixed practice, and a closing, ending on time.

use iseetutor_curriculum::level::Level;
use serde::Serialize;

use super::{Choice, Context, SUCCESS, Why, allowed, days_since, fresh_seed};
use crate::catalog::{Catalog, Source};
use crate::mastery::{Mastery, Outlook, Standing};
use crate::record::Record;
use crate::schedule::{Schedule, What};

/// A lesson's plan. The mixed practice is chosen question by question with [`super::next`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LessonPlan {
    /// Minutes in all.
    pub minutes: u32,
    /// Due items to begin with, at most three.
    pub due: Vec<Choice>,
    /// The skill of the mini-lesson.
    pub skill: Option<String>,
    /// Worked by the tutor, done together, done alone.
    pub steps: Vec<Choice>,
    /// Minutes for the due items.
    pub due_minutes: u32,
    /// Minutes for the mini-lesson.
    pub skill_minutes: u32,
    /// Minutes for mixed practice.
    pub mixed_minutes: u32,
    /// Minutes for one thing learnt and one to return to.
    pub closing_minutes: u32,
}

/// Minutes of a lesson of a level.
#[must_use]
pub fn lesson_minutes(level: Level) -> u32 {
    match level {
        Level::Primary2 => 10,
        Level::Primary3 => 12,
        Level::Primary4 => 15,
        Level::Lower => 20,
        Level::Middle | Level::Upper => 25,
    }
}

/// Plans a lesson; `None` once the test is over.
#[must_use]
pub fn lesson_plan(record: &Record, catalog: &Catalog, context: &Context) -> Option<LessonPlan> {
    if context.over(record) {
        return None;
    }
    let outlook = Outlook::new(record, catalog, context.level, context.now_ms);
    let choice = |source: &Source, why: Why, salt: u64| Choice {
        source: source.name.clone(),
        skill: source.skill.clone(),
        section: source.section,
        seed: fresh_seed(record, &source.name, context.seed.wrapping_add(salt)),
        why,
        expected: outlook.expected(source),
    };
    let candidates = allowed(record, catalog, context);
    let nearest = |skill: &str, not: &str, aim: f64| {
        let of_skill = candidates.iter().filter(|one| one.skill == skill && one.name != not);
        let scored = of_skill.map(|source| ((outlook.expected(source) - aim).abs(), *source));
        scored
            .min_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.name.cmp(&b.1.name)))
            .map(|(_, source)| source)
    };

    let mut due: Vec<Choice> = Vec::new();
    for one in Schedule::of(record, context.test_day, context.now_ms).by(context.today(record)) {
        let found = match &one.what {
            What::Card { card } => catalog
                .sources()
                .iter()
                .filter(|source| source.card.as_ref() == Some(card) && context.allows(source))
                .find(|source| {
                    days_since(record, &source.name, context.now_ms).is_none_or(|days| days >= 0.5)
                })
                .map(|source| (source, Why::DueCard { card: card.clone() })),
            What::Skill { skill } => nearest(skill, "", SUCCESS).map(|source| (source, Why::DueSkill)),
            What::Mistake { misconception, skill, source } => nearest(skill, source, SUCCESS)
                .or_else(|| nearest(skill, "", SUCCESS))
                .map(|source| (source, Why::Mistake { misconception: misconception.clone() })),
        };
        if let Some((source, why)) = found
            && !due.iter().any(|other| other.source == source.name)
        {
            due.push(choice(source, why, due.len() as u64));
        }
        if due.len() == 3 {
            break;
        }
    }

    let skill = lesson_skill(&outlook, catalog, context, &candidates);
    let mut steps = Vec::new();
    if let Some(skill) = &skill {
        // Worked and together may be easier than alone, and alone is another source where there is one.
        let worked = nearest(skill, "", SUCCESS + 0.08);
        let alone = worked.and_then(|worked| nearest(skill, &worked.name, SUCCESS)).or(worked);
        for (source, salt) in [worked, worked, alone].into_iter().flatten().zip(100..) {
            steps.push(choice(source, Why::New, salt));
        }
    }
    let minutes = lesson_minutes(context.level);
    let due_minutes = if due.is_empty() { 0 } else { minutes / 5 };
    let skill_minutes = if skill.is_some() { minutes * 2 / 5 } else { 0 };
    let closing_minutes = if minutes >= 20 { 2 } else { 1 };
    let mixed_minutes = minutes - due_minutes - skill_minutes - closing_minutes;
    Some(LessonPlan {
        minutes,
        due,
        skill,
        steps,
        due_minutes,
        skill_minutes,
        mixed_minutes,
        closing_minutes,
    })
}

/// The skill to teach: weak or new, with what it builds on in place, and teachable as a skill.
fn lesson_skill(
    outlook: &Outlook<'_>,
    catalog: &Catalog,
    context: &Context,
    candidates: &[&Source],
) -> Option<String> {
    let skills = outlook.all(catalog, context.section);
    let can = |mastery: &&Mastery| candidates.iter().any(|source| source.skill == mastery.skill);
    let ready = |mastery: &&Mastery| {
        let needed = catalog.prerequisites(&mastery.skill);
        !skills.iter().any(|one| needed.contains(&one.skill) && one.standing == Standing::Weak)
    };
    let open = || skills.iter().filter(can).filter(|one| one.standing != Standing::Strong);
    open().find(ready).or_else(|| open().next()).map(|one| one.skill.clone())
}
