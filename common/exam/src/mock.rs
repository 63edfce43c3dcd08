//! A whole mock test: the sections of a level in the exam's order, with breaks and the essay.

use std::collections::HashSet;

use iseetutor_curriculum::bank::Bank;
use iseetutor_curriculum::blueprint::Blueprint;
use iseetutor_curriculum::level::{Level, Section};
use iseetutor_curriculum::rng::Rng;
use serde::{Deserialize, Serialize};

use crate::form::{Form, longer, source_of};
use crate::sitting::Sitting;

/// A break, in minutes. This product's own choice, as is where the breaks are: after every second section, and before
/// the essay.
pub const BREAK_MINUTES: u32 = 5;

/// A stage of a whole test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// A section with questions.
    Section(Form),
    /// A break.
    Break {
        /// How long.
        minutes: u32,
    },
    /// The essay, which is never scored.
    Essay {
        /// The prompt's id in the library: of a prompt, or at the Primary levels of a picture.
        prompt: String,
        /// The time, if it is timed.
        minutes: Option<u32>,
    },
}

/// A whole mock test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MockTest {
    /// Its level.
    pub level: Level,
    /// What it was made from.
    pub seed: u64,
    /// Its stages, in order.
    pub stages: Vec<Stage>,
    /// Sections of the exam that are left out because there is no question for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<Section>,
}

impl MockTest {
    /// The test of a level and a seed; see [`Form::build_fresh`] for `seen`.
    #[must_use]
    pub fn build(bank: &Bank, level: Level, seed: u64, seen: &HashSet<String>) -> Self {
        let mut stages = Vec::new();
        let mut left_out = Vec::new();
        let mut forms = 0;
        // What one section has used, another does not use again if it can help it.
        let mut seen = seen.clone();
        let blueprint = Blueprint::embedded();
        for plan in blueprint.iter().flat_map(|blueprint| blueprint.of(level)) {
            match Form::build_fresh(bank, level, plan.section, seed, &seen) {
                Some(form) if !form.is_empty() => {
                    if forms > 0 && forms % 2 == 0 {
                        stages.push(Stage::Break { minutes: BREAK_MINUTES });
                    }
                    seen.extend(form.items.iter().map(|id| source_of(id).to_owned()));
                    stages.push(Stage::Section(form));
                    forms += 1;
                }
                _ => left_out.push(plan.section),
            }
        }
        let essay =
            blueprint.and_then(|blueprint| blueprint.essays.iter().find(|essay| essay.level == level));
        if let Some((essay, prompt)) = essay.and_then(|essay| Some((essay, essay_prompt(bank, level, seed)?)))
        {
            if forms > 0 {
                stages.push(Stage::Break { minutes: BREAK_MINUTES });
            }
            stages.push(Stage::Essay { prompt, minutes: essay.minutes });
        }
        Self { level, seed, stages, left_out }
    }

    /// The same with more time for its sections and the essay, in percent; see [`Form::with_extra_time`].
    #[must_use]
    pub fn with_extra_time(mut self, percent: u16) -> Self {
        for stage in &mut self.stages {
            match stage {
                Stage::Section(form) => *form = form.clone().with_extra_time(percent),
                Stage::Essay { minutes: Some(minutes), .. } => *minutes = longer(*minutes, percent),
                Stage::Essay { minutes: None, .. } | Stage::Break { .. } => {}
            }
        }
        self
    }

    /// Its forms, in order.
    pub fn forms(&self) -> impl Iterator<Item = &Form> {
        self.stages.iter().filter_map(|stage| match stage {
            Stage::Section(form) => Some(form),
            _ => None,
        })
    }

    /// Minutes in all, with breaks and a timed essay.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        self.stages.iter().fold(0, |sum, stage| {
            sum.saturating_add(match stage {
                Stage::Section(form) => form.minutes,
                Stage::Break { minutes } => *minutes,
                Stage::Essay { minutes, .. } => minutes.unwrap_or(0),
            })
        })
    }
}

/// The id of an essay's prompt for a level and a seed: a picture at the Primary levels.
#[must_use]
pub fn essay_prompt(bank: &Bank, level: Level, seed: u64) -> Option<String> {
    let library = bank.library();
    let ids: Vec<&String> = if level < Level::Lower {
        library.pictures.iter().filter(|picture| picture.level == level).map(|picture| &picture.id).collect()
    } else {
        library.prompts.iter().filter(|prompt| prompt.level == level).map(|prompt| &prompt.id).collect()
    };
    let at = Rng::new("essay", &[level as u64, seed]).below(ids.len());
    ids.get(at).map(|id| (*id).clone())
}

/// Where somebody is in a whole test. It can be kept and taken up again, on another day if need be, but only between its
/// stages: within a section the clock runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// The test.
    pub test: MockTest,
    at: usize,
    sitting: Option<Sitting>,
    /// The sections that are done.
    pub done: Vec<Sitting>,
}

impl Progress {
    /// At the beginning of a test.
    #[must_use]
    pub fn new(test: MockTest) -> Self {
        Self { test, at: 0, sitting: None, done: Vec::new() }
    }

    /// The stage that is next or under way; `None` when the test is over.
    #[must_use]
    pub fn stage(&self) -> Option<&Stage> {
        self.test.stages.get(self.at)
    }

    /// The section under way.
    #[must_use]
    pub fn sitting(&self) -> Option<&Sitting> {
        self.sitting.as_ref()
    }

    /// The section under way, to answer in.
    pub fn sitting_mut(&mut self) -> Option<&mut Sitting> {
        self.sitting.as_mut()
    }

    /// Whether one may stop here and go on another time: not while a section is under way.
    #[must_use]
    pub fn may_pause(&self) -> bool {
        self.sitting.is_none()
    }

    /// Begins the section that is next, if the next stage is one and none is under way.
    pub fn begin(&mut self, now_ms: u64) -> Option<&mut Sitting> {
        if self.sitting.is_none() {
            let Some(Stage::Section(form)) = self.test.stages.get(self.at) else { return None };
            self.sitting = Some(Sitting::begin(form.clone(), now_ms));
        }
        self.sitting.as_mut()
    }

    /// Ends the stage and goes on to the next; a section under way is closed, and kept in `done`.
    pub fn next(&mut self, now_ms: u64) -> Option<&Stage> {
        if let Some(mut sitting) = self.sitting.take() {
            sitting.close(now_ms);
            self.done.push(sitting);
        }
        self.at = self.at.saturating_add(1).min(self.test.stages.len());
        self.stage()
    }
}
