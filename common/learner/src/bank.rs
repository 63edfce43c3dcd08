//! The question bank as a [`Catalog`], and the item of a [`Choice`].

use std::collections::BTreeMap;

use iseetutor_curriculum::bank::{Bank, Wanted};
use iseetutor_curriculum::item::Item;
use iseetutor_curriculum::level::{Level, Section};
use iseetutor_curriculum::maths;

use crate::catalog::{Catalog, Source};
use crate::event::{Answered, By, Setting};
use crate::planner::Choice;

/// How much easier a template is with each level above its first one. A guess that holds until answers say better.
const EASIER: f64 = 0.3;

/// Everything in the bank that may be asked in practice, with the skills that skills build on. Building it makes every
/// authored question once: do it when a program starts, and keep it.
///
/// A template's source bears its name; an authored question's source is `kind:name`, such as `synonym:happy`.
#[must_use]
pub fn catalog(bank: &Bank) -> Catalog {
    let mut sources = Vec::new();
    for level in Level::ALL {
        for section in Section::ALL {
            for source in bank.sources(level, section, Wanted::default()) {
                let (name, difficulty, passage) = if source.endless {
                    (source.name.clone(), difficulty(&source.name, level), None)
                } else {
                    let Some(item) = bank.draw(&source, level, section, 0) else { continue };
                    (source_of(&item.id), 0.0, item.passage)
                };
                let card = name.strip_prefix("synonym:").map(str::to_owned);
                sources.push(Source {
                    name,
                    skill: source.skill,
                    level,
                    section,
                    strand: source.strand,
                    difficulty,
                    endless: source.endless,
                    card,
                    passage,
                });
            }
        }
    }
    let skills = bank.library().skills.iter();
    let prerequisites: BTreeMap<String, Vec<String>> = skills
        .filter(|skill| !skill.needs.is_empty())
        .map(|skill| (skill.id.clone(), skill.needs.clone()))
        .collect();
    Catalog::new(sources, prerequisites)
}

fn difficulty(template: &str, level: Level) -> f64 {
    let first = maths::template(template).and_then(|template| template.levels.iter().min());
    let above = first.map_or(0, |first| (level as u8).saturating_sub(*first as u8));
    -EASIER * f64::from(above.min(2))
}

/// The catalog's name for the source of an item's id: the id without its level, section and seed.
#[must_use]
pub fn source_of(item: &str) -> String {
    let mut parts = item.split(':');
    let name = parts.next().unwrap_or(item);
    match parts.nth(2).and_then(|variant| variant.rsplit_once('.')) {
        Some((variant, _)) => format!("{name}:{variant}"),
        None => name.to_owned(),
    }
}

/// The id of the item that a choice means.
#[must_use]
pub fn item_id(choice: &Choice, level: Level) -> String {
    let (section, seed) = (choice.section, choice.seed);
    match choice.source.split_once(':') {
        Some((kind, variant)) => format!("{kind}:{level}:{section}:{variant}.{seed}"),
        None => format!("{}:{level}:{section}:{seed}", choice.source),
    }
}

/// The item that a choice means; `None` if the bank has no such source (any more).
#[must_use]
pub fn item(bank: &Bank, choice: &Choice, level: Level) -> Option<Item> {
    bank.item(&item_id(choice, level))
}

/// An answer to an item: choice 0 to 3, or nothing where it was skipped. What is not known here (help, guesses, time,
/// setting) is as in unaided practice and can be set in what comes back.
#[must_use]
pub fn answered(item: &Item, catalog: &Catalog, choice: Option<usize>) -> Answered {
    let name = source_of(&item.id);
    let known = catalog
        .of_skill(&item.skill)
        .find(|source| source.name == name && source.level == item.level && source.section == item.section);
    let right = choice == Some(item.key);
    let reason = choice.and_then(|choice| item.choices.get(choice)?.reason.as_ref());
    Answered {
        item: item.id.clone(),
        skill: item.skill.clone(),
        card: known.and_then(|source| source.card.clone()),
        difficulty: known.map_or(0.0, |source| source.difficulty),
        source: name,
        level: item.level,
        section: item.section,
        strand: item.strand,
        right,
        assisted: false,
        guessed: false,
        took_ms: 0,
        timed: false,
        setting: Setting::Practice,
        by: By::Ear,
        // Only mathematics names ways of thinking; an authored reason is about one question alone.
        misconception: reason.filter(|_| item.strand.is_some()).map(|reason| reason.id.clone()),
        first_try: true,
        skipped: choice.is_none(),
    }
}
