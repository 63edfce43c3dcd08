//! A [`Report`] from a child's events, for who keeps them.

use std::collections::{BTreeMap, HashMap, HashSet};

use iseetutor_curriculum::bank::Bank;
use iseetutor_curriculum::item::letter;
use iseetutor_curriculum::level::Section;
use iseetutor_learner::catalog::Catalog;
use iseetutor_learner::event::{Answered, Event, What};
use iseetutor_learner::mastery::Outlook;
use iseetutor_learner::mock::mocks;
use iseetutor_learner::planner::{Context, week_plan};
use iseetutor_learner::profile::Learner;
use iseetutor_learner::record::Record;
use iseetutor_learner::schedule::{self, Schedule};
use iseetutor_learner::time::{MINUTE_MS, day, day_start};

use crate::facts::{Day, Misconception, Mock, MockQuestion, Report, Score, Skill, Work};

/// Days that are told one by one: twelve weeks.
const DAYS: i64 = 84;
/// Days in which misconceptions are counted.
const RECENT_DAYS: i64 = 28;
/// Misconceptions that are told.
const MISCONCEPTIONS: usize = 6;
/// The longest pause between two events that still counts as practice.
const PAUSE_MS: i64 = 5 * MINUTE_MS;

/// What a report is made from.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// The child.
    pub learner: &'a Learner,
    /// Its record, of the same events.
    pub record: &'a Record,
    /// Its events, in any order, each once.
    pub events: &'a [Event],
    /// What there is to ask.
    pub catalog: &'a Catalog,
    /// The questions.
    pub bank: &'a Bank,
    /// The moment of the report.
    pub now_ms: i64,
}

/// The name of a skill as a parent reads it.
#[must_use]
pub fn skill_name(bank: &Bank, skill: &str) -> String {
    if let Some(known) = bank.library().skill(skill) {
        return known.name.clone();
    }
    let plain = match skill {
        "verbal.synonyms" => "Synonyms",
        "verbal.completions" => "Sentence completion",
        "verbal.completion_phrase" => "Sentence completion with phrases",
        "verbal.completion_two_blanks" => "Sentence completion with two blanks",
        "reading.main_idea" => "Main idea",
        "reading.supporting_idea" => "Supporting details",
        "reading.inference" => "Inference",
        "reading.vocabulary" => "Words in context",
        "reading.organization" => "Organization of a text",
        "reading.tone" => "Tone and style",
        other => other,
    };
    plain.replace(['.', '-', '_'], " ")
}

/// Everything that pages tell of a child.
#[must_use]
pub fn report(from: Sources<'_>) -> Report {
    let Sources { learner, record, catalog, bank, now_ms, .. } = from;
    let offset_ms = record.offset_ms();
    let today = day(now_ms, offset_ms);
    let events = in_order(from.events, now_ms);
    let days = days(&events, offset_ms);
    let between = |first: i64| {
        days.range(first..=today).fold(Work::default(), |sum, (_, work)| Work {
            minutes: sum.minutes + work.minutes,
            answers: sum.answers + work.answers,
            right: sum.right + work.right,
        })
    };
    let outlook = Outlook::new(record, catalog, learner.level, now_ms);
    let places = catalog.skills_of(learner.level, None);
    let skills = outlook.all(catalog, None).into_iter().filter_map(|mastery| {
        let (section, strand) = places.get(mastery.skill.as_str()).copied()?;
        Some(Skill { name: skill_name(bank, &mastery.skill), section, strand, mastery })
    });
    let sections = Section::ALL
        .into_iter()
        .filter(|section| places.values().any(|(one, _)| one == section))
        .map(|section| iseetutor_learner::report::section(record, section, learner.level));
    let (words_known, words_due) = words(&events, record, today, now_ms);
    let context = Context { test_day: learner.test_day, ..Context::new(learner.level, now_ms) };
    Report {
        learner: learner.clone(),
        at_ms: now_ms,
        offset_ms,
        events: record.len() as u64,
        today: between(today),
        week: between(today - 6),
        days: days
            .range(today - DAYS + 1..=today)
            .map(|(day, work)| Day { day: *day, work: *work })
            .collect(),
        sections: sections.collect(),
        skills: skills.collect(),
        misconceptions: misconceptions(&events, bank, day_start(today - RECENT_DAYS + 1, offset_ms)),
        words_known,
        words_due,
        weeks: week_plan(record, catalog, &context, learner.weekly_minutes),
        mocks: mocks(record).into_iter().rev().map(|section| mock(bank, section)).collect(),
        official_scores: record.official_scores().filter_map(score).collect(),
    }
}

/// Events that count, by time.
fn in_order(events: &[Event], now_ms: i64) -> Vec<&Event> {
    let voided: HashSet<&str> = events
        .iter()
        .filter_map(|event| match &event.what {
            What::Voided { event } => Some(event.as_str()),
            _ => None,
        })
        .collect();
    let mut all: Vec<&Event> =
        events.iter().filter(|one| one.at_ms <= now_ms && !voided.contains(one.id.as_str())).collect();
    all.sort_by(|a, b| (a.at_ms, &a.id).cmp(&(b.at_ms, &b.id)));
    all
}

fn unaided(answered: &Answered) -> bool {
    !answered.skipped && !answered.assisted && answered.first_try
}

fn days(events: &[&Event], offset_ms: i64) -> BTreeMap<i64, Work> {
    let mut spent: BTreeMap<i64, (i64, Work)> = BTreeMap::new();
    let mut last: Option<i64> = None;
    for event in events {
        let (pause, work) = spent.entry(day(event.at_ms, offset_ms)).or_default();
        if let Some(last) = last {
            let since = event.at_ms.saturating_sub(last);
            if since <= 12 * PAUSE_MS {
                *pause += since.min(PAUSE_MS);
            }
        }
        last = Some(event.at_ms);
        if let What::Answered(answered) = &event.what
            && unaided(answered)
        {
            work.answers += 1;
            work.right += u32::from(answered.right && !answered.guessed);
        }
    }
    spent
        .into_iter()
        .map(|(day, (pause, mut work))| {
            work.minutes = u32::try_from((pause + MINUTE_MS / 2) / MINUTE_MS).unwrap_or(u32::MAX);
            (day, work)
        })
        .collect()
}

/// Words that are remembered, and those that are due: asked last with success and not due yet, or due by today.
fn words(events: &[&Event], record: &Record, today: i64, now_ms: i64) -> (u32, u32) {
    let mut last: HashMap<&str, bool> = HashMap::new();
    for event in events {
        if let What::Answered(answered) = &event.what
            && let Some(card) = &answered.card
            && unaided(answered)
        {
            last.insert(card, answered.right && !answered.guessed);
        }
    }
    let (mut known, mut due) = (0, 0);
    for one in Schedule::of(record, None, now_ms).due {
        let schedule::What::Card { card } = &one.what else { continue };
        if one.day <= today {
            due += 1;
        } else if last.get(card.as_str()) == Some(&true) {
            known += 1;
        }
    }
    (known, due)
}

fn misconceptions(events: &[&Event], bank: &Bank, from_ms: i64) -> Vec<Misconception> {
    let mut seen: BTreeMap<&str, (u32, Vec<&str>)> = BTreeMap::new();
    for event in events.iter().rev().take_while(|event| event.at_ms >= from_ms) {
        let What::Answered(answered) = &event.what else { continue };
        let Some(misconception) = answered.misconception.as_deref() else { continue };
        if unaided(answered) && !answered.right && !answered.guessed {
            let (times, items) = seen.entry(misconception).or_default();
            *times += 1;
            items.push(&answered.item);
        }
    }
    let mut all: Vec<_> = seen.into_iter().collect();
    all.sort_by(|a, b| b.1.0.cmp(&a.1.0).then_with(|| a.0.cmp(b.0)));
    let told = all.into_iter().filter_map(|(id, (times, items))| {
        let items: Vec<_> = items.into_iter().filter_map(|item| bank.item(item)).collect();
        let reasons = items.iter().flat_map(|item| &item.choices).filter_map(|choice| choice.reason.as_ref());
        let plain = reasons.into_iter().find(|reason| reason.id == id)?.plain.clone();
        let mut samples: Vec<String> = items.into_iter().map(|item| item.stem).collect();
        samples.dedup();
        samples.truncate(2);
        Some(Misconception { plain, times, samples })
    });
    told.take(MISCONCEPTIONS).collect()
}

fn mock(bank: &Bank, section: iseetutor_learner::mock::MockSection) -> Mock {
    let questions = section.items.iter().zip(1_u32..).filter_map(|(id, number)| {
        let item = bank.item(id)?;
        Some(MockQuestion {
            number,
            stem: item.stem,
            chosen: section.choices.get(&number).copied().flatten().map(|choice| letter(usize::from(choice))),
            key: letter(item.key),
            seconds: section.took_ms.get(&number).map_or(0.0, |took| *took as f64 / 1000.0),
        })
    });
    Mock { questions: questions.collect(), section }
}

fn score(what: &What) -> Option<Score> {
    match what {
        What::OfficialScore { section, day, scaled, percentile, stanine } => Some(Score {
            section: *section,
            day: *day,
            scaled: *scaled,
            percentile: *percentile,
            stanine: *stanine,
        }),
        _ => None,
    }
}
