//! A child's desk: its record, and what comes next for it.

use std::collections::HashSet;
use std::sync::Arc;

use iseetutor_curriculum::bank::Bank;
use iseetutor_curriculum::content::Library;
use iseetutor_curriculum::item::Item;
use iseetutor_curriculum::level::{Level, Section};
use iseetutor_exam::form::source_of;
use iseetutor_learner::bank;
use iseetutor_learner::catalog::{Catalog, Source};
use iseetutor_learner::event::{Answered, Setting, What};
use iseetutor_learner::mock::{OpenMock, mocks, open_mock};
use iseetutor_learner::planner::{self, Choice, Context, LessonPlan, Placement, Why};
use iseetutor_learner::profile::Learner;
use iseetutor_learner::record::Record;
use iseetutor_learner::settings;

use super::{GUEST, Kept, School, kept};

/// A question as it is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The question.
    pub item: Item,
    /// The choice of the planner that it is.
    pub choice: Choice,
    /// When it was asked, in milliseconds since 1970.
    pub at_ms: i64,
}

/// What came of a question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// The choice; none when it was skipped.
    pub choice: Option<usize>,
    /// Whether help came before it.
    pub assisted: bool,
    /// Whether the child said that it was a guess.
    pub guessed: bool,
    /// Whether it is the first answer to the question.
    pub first_try: bool,
    /// What it was part of.
    pub setting: Setting,
}

/// A child's desk; a guest's keeps its record only for as long as it is there.
#[derive(Debug, Clone)]
pub struct Desk {
    pub(super) school: Arc<School>,
    learner: Arc<str>,
    guest: Option<(Record, Option<Level>)>,
}

impl Desk {
    /// The desk of a child.
    #[must_use]
    pub fn of(school: &Arc<School>, learner: &Learner) -> Self {
        Self { school: Arc::clone(school), learner: learner.id.as_str().into(), guest: None }
    }

    /// A guest's desk.
    #[must_use]
    pub fn for_guest(school: &Arc<School>, level: Option<Level>) -> Self {
        let record = Record::new(GUEST, school.clock.offset_ms());
        Self { school: Arc::clone(school), learner: GUEST.into(), guest: Some((record, level)) }
    }

    /// Moves it into another school, where the same children are.
    pub fn move_to(&mut self, school: &Arc<School>) {
        self.school = Arc::clone(school);
    }

    /// Whose it is.
    #[must_use]
    pub fn learner(&self) -> &Arc<str> {
        &self.learner
    }

    /// Who sits there; nothing of a guest.
    #[must_use]
    pub fn profile(&self) -> Option<Learner> {
        if self.guest.is_some() { None } else { self.school.with(&self.learner, Record::profile)? }
    }

    /// The level, if it is known.
    #[must_use]
    pub fn level(&self) -> Option<Level> {
        match &self.guest {
            Some((_, level)) => *level,
            None => self.profile().map(|profile| profile.level),
        }
    }

    /// A guest told its level.
    pub fn set_level(&mut self, to: Level) {
        if let Some((_, level)) = &mut self.guest {
            *level = Some(to);
        }
    }

    /// The content.
    #[must_use]
    pub fn library(&self) -> &'static Library {
        self.school.bank.library()
    }

    /// What can be asked.
    #[must_use]
    pub fn bank(&self) -> Bank {
        self.school.bank
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.school.now_ms()
    }

    /// What is asked for, by default everything of the level.
    #[must_use]
    pub fn context(&self, level: Level, since_ms: i64) -> Context {
        let test_day = self.profile().and_then(|profile| profile.test_day);
        Context { since_ms, test_day, ..Context::new(level, self.now_ms()) }
    }

    pub(super) fn with<T>(&self, read: impl FnOnce(&Record) -> T) -> Option<T> {
        match &self.guest {
            Some((record, _)) => Some(read(record)),
            None => self.school.with(&self.learner, read),
        }
    }

    /// Notes that something happened, now.
    pub fn note(&mut self, what: What) -> Kept {
        match &mut self.guest {
            Some((record, _)) => {
                let event = self.school.event(GUEST, what);
                record.apply(&event);
                kept(&event)
            }
            None => self.school.note(&self.learner, what),
        }
    }

    /// Notes what came of a question.
    pub fn answered(&mut self, asked: &Asked, outcome: Outcome) -> Kept {
        let took_ms = u64::try_from(self.now_ms().saturating_sub(asked.at_ms)).unwrap_or(0);
        let answered = bank::answered(&asked.item, &self.school.catalog, outcome.choice);
        self.note(What::Answered(Box::new(Answered {
            assisted: outcome.assisted,
            guessed: outcome.guessed,
            took_ms,
            setting: outcome.setting,
            first_try: outcome.first_try,
            ..answered
        })))
    }

    /// The next question of practice.
    #[must_use]
    pub fn next(&self, context: &Context) -> Option<Asked> {
        let catalog = &self.school.catalog;
        self.asked(&self.with(|record| planner::next(record, catalog, context))??)
    }

    /// The plan of a lesson; nothing once the test is over.
    #[must_use]
    pub fn lesson(&self, context: &Context) -> Option<LessonPlan> {
        let catalog = &self.school.catalog;
        self.with(|record| planner::lesson_plan(record, catalog, context))?
    }

    /// How far the placement is.
    #[must_use]
    pub fn placement(&self, context: &Context) -> Placement {
        self.with(|record| planner::placement(record, context)).unwrap_or(Placement::Done)
    }

    /// The next question of the placement.
    #[must_use]
    pub fn placement_next(&self, context: &Context) -> Option<Asked> {
        let catalog = &self.school.catalog;
        self.asked(&self.with(|record| planner::placement_next(record, catalog, context))??)
    }

    /// The questions of this month's check, and its number.
    #[must_use]
    pub fn check(&self, context: &Context) -> (i64, Vec<Choice>) {
        let catalog = &self.school.catalog;
        let choices = self.with(|record| {
            let day = iseetutor_learner::time::day(context.now_ms, record.offset_ms());
            (planner::check_number(day), planner::monthly_check(record, catalog, context))
        });
        choices.unwrap_or_default()
    }

    /// Skills of mistakes that wait to be cleared.
    #[must_use]
    pub fn open_mistakes(&self) -> Vec<String> {
        let test_day = self.profile().and_then(|profile| profile.test_day);
        self.with(|record| record.open_mistakes(test_day, self.now_ms())).unwrap_or_default()
    }

    /// What is to be asked, as a question. Nothing if a source makes none from the seed, which the tests rule out.
    #[must_use]
    pub fn asked(&self, choice: &Choice) -> Option<Asked> {
        let level = self.level()?;
        // Of the seeds after it, should a source ever make nothing of one.
        let (choice, item) = (0..8).find_map(|more| {
            let choice = Choice { seed: choice.seed.wrapping_add(more), ..choice.clone() };
            bank::item(&self.school.bank, &choice, level).map(|item| (choice, item))
        })?;
        Some(Asked { item, choice, at_ms: self.now_ms() })
    }

    /// The other questions about the passage of a question, in their order.
    #[must_use]
    pub fn rest_of_passage(&self, asked: &Asked) -> Vec<Choice> {
        let Asked { item, choice, .. } = asked;
        let same = |one: &&Source| {
            one.passage.is_some()
                && one.passage == item.passage
                && one.level == item.level
                && one.section == item.section
                && one.name != choice.source
        };
        let others = self.school.catalog.sources().iter().filter(same);
        others
            .map(|one| Choice {
                source: one.name.clone(),
                skill: one.skill.clone(),
                why: Why::Practice,
                ..choice.clone()
            })
            .collect()
    }

    /// The number of the next mock test of a section, or of a whole one: one more than there were, and the sources that
    /// were in mock tests before.
    #[must_use]
    pub fn mocks(&self, section: Option<Section>) -> (u64, HashSet<String>) {
        let taken = self.with(mocks).unwrap_or_default();
        let seen = taken.iter().flat_map(|one| &one.items).map(|id| source_of(id).to_owned()).collect();
        let before: HashSet<&str> = taken
            .iter()
            .filter(|one| section.is_none_or(|section| one.section == section))
            .map(|one| one.mock.as_str())
            .collect();
        (before.len() as u64 + 1, seen)
    }

    /// The mock test that was begun and is not closed; nothing of a guest, whose test ends with its visit.
    #[must_use]
    pub fn open_mock(&self) -> Option<OpenMock> {
        if self.guest.is_some() { None } else { self.with(open_mock)? }
    }

    /// How much more time this child has in mock tests, in percent.
    #[must_use]
    pub fn extra_time(&self) -> u16 {
        self.with(settings::extra_time).unwrap_or(0)
    }

    /// Milliseconds that the child has left today; nothing where there is no limit.
    #[must_use]
    pub fn left_today_ms(&self) -> Option<i64> {
        self.with(|record| settings::left_today_ms(record, self.now_ms()))?
    }

    /// Whether it is quiet now, and if so until which minute of the day.
    #[must_use]
    pub fn quiet_until(&self) -> Option<u32> {
        self.with(|record| settings::quiet_until(record, self.now_ms()))?
    }

    /// How many essays there were.
    #[must_use]
    pub fn essays(&self) -> usize {
        self.with(Record::essays).unwrap_or(0)
    }

    /// What can be asked, as planning sees it.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        &self.school.catalog
    }

    /// What a skill is called.
    #[must_use]
    pub fn skill_name(&self, skill: &str) -> Option<&'static str> {
        let library = self.library();
        let named = library.skills.iter().find(|one| one.id == skill).map(|one| one.name.as_str());
        named.or_else(|| library.lessons.iter().find(|one| one.skill == skill).map(|one| one.name.as_str()))
    }
}
