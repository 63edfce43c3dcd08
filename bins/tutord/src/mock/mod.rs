//! A mock test with its clock: the tutor is the proctor. On paper the child answers by number and letter; by ear the tutor
//! reads each question. Every answer is on record before it is repeated, and nothing is said about right or wrong until
//! the section is over.

mod again;
mod essay;
mod heard;
mod lines;
mod proctor;
mod said;
mod seen;

use std::collections::VecDeque;
use std::sync::Arc;

pub use again::Interrupted;

use iseetutor_curriculum::level::{Level, Section};
use iseetutor_exam::clock::{self, Reminder};
use iseetutor_exam::form::Form;
use iseetutor_exam::mock::{MockTest, Stage as Part};
use iseetutor_exam::outcome::Outcome;
use iseetutor_exam::sitting::{Mode, Sitting};
use iseetutor_learner::event::{By, Mark, Setting, What};
use iseetutor_learner::{bank, event};

use crate::practice::{Reply, level_told, yes_or_no};
use crate::school::{Desk, Kept, School};

/// What is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wanted {
    /// A section, or the one that is asked for.
    pub section: Option<Section>,
    /// Every section.
    pub whole: bool,
    /// On paper or by ear, if it was told.
    pub mode: Option<Mode>,
}

/// Where it is.
#[derive(Debug, Clone)]
enum Stage {
    Grade,
    Section,
    PaperOrEar,
    /// A part is announced and waits for "begin".
    Ready(Part),
    /// A section is being taken.
    Running(Box<Running>),
    /// The essay is being written, until a moment if it is timed.
    Essay {
        prompt: String,
        until_ms: Option<u64>,
    },
}

/// A section that is being taken.
#[derive(Debug, Clone)]
struct Running {
    sitting: Sitting,
    reminders: VecDeque<Reminder>,
    /// When the open question was turned to.
    turned_ms: u64,
    /// A choice that was asked back.
    asked_back: Option<usize>,
    /// Whether it was asked if the section is to end.
    ending: bool,
}

/// A mock test.
#[derive(Debug, Clone)]
pub struct Mock {
    desk: Desk,
    wanted: Wanted,
    stage: Stage,
    id: String,
    /// Parts that are left.
    parts: VecDeque<Part>,
    /// Whether any part of it was begun.
    begun: bool,
    /// When it was last noted that it goes on.
    ran_ms: u64,
}

/// Minutes in milliseconds.
fn time_of(minutes: u32) -> u64 {
    u64::from(minutes) * 60_000
}

impl Mock {
    /// Moves it into another school, where the same children are.
    pub fn move_to(&mut self, school: &Arc<School>) {
        self.desk.move_to(school);
    }

    /// Begins a mock test at a desk. What is missing is asked for.
    #[must_use]
    pub fn begin(wanted: Wanted, desk: Desk) -> (Self, Reply) {
        let id = crate::store::new_id().to_string();
        let mut mock =
            Self { desk, wanted, stage: Stage::Grade, id, parts: VecDeque::new(), begun: false, ran_ms: 0 };
        let reply = mock.prepare(Reply::new("mock"));
        (mock, reply)
    }

    /// Whose test it is.
    #[must_use]
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// On to what is missing, or to the first part.
    fn prepare(&mut self, reply: Reply) -> Reply {
        let Some(level) = self.desk.level() else {
            self.stage = Stage::Grade;
            return reply.say(lines::WHICH_GRADE);
        };
        let sections = sections(level);
        if !self.wanted.whole && self.wanted.section.is_none_or(|section| !sections.contains(&section)) {
            self.stage = Stage::Section;
            return reply
                .say(lines::which(&sections.iter().map(|section| section.title()).collect::<Vec<_>>()));
        }
        if self.wanted.section == Some(Section::Auditory) {
            self.wanted.mode = Some(Mode::Heard);
        }
        if self.wanted.mode.is_none() {
            self.stage = Stage::PaperOrEar;
            return reply.say(lines::PAPER_OR_EAR);
        }
        self.parts = self.made(level);
        let seen = self.wanted.mode == Some(Mode::Seen);
        let planned = What::MockPlanned {
            mock: self.id.clone(),
            by: if seen { By::Eye } else { By::Ear },
            // Parts of ours have their JSON; without it the test could only not be gone on with.
            parts: serde_json::to_value(&self.parts).unwrap_or_default(),
        };
        let reply = reply.keep([self.desk.note(planned)]);
        self.announce(reply)
    }

    /// The parts of what is wanted, from questions that this child did not have in a mock test before, where there are
    /// enough.
    fn made(&self, level: Level) -> VecDeque<Part> {
        let (number, seen) = self.desk.mocks(self.wanted.section);
        let bank = self.desk.bank();
        let extra = self.desk.extra_time();
        if let (false, Some(section)) = (self.wanted.whole, self.wanted.section) {
            let form = booklet(&bank, level, section, number).map(|form| form.with_extra_time(extra));
            return form.map(Part::Section).into_iter().collect();
        }
        MockTest::build(&bank, level, number, &seen).with_extra_time(extra).stages.into()
    }

    /// Announces the next part.
    fn announce(&mut self, reply: Reply) -> Reply {
        let Some(part) = self.parts.pop_front() else {
            let mut reply = reply.say(lines::COMES_BACK).keep([self.close(true)]);
            reply.over = true;
            return reply;
        };
        let reply = match &part {
            Part::Section(form) => {
                let mut reply = reply.say(form.introduction());
                if self.wanted.mode == Some(Mode::Heard) {
                    reply = reply.say(lines::HOW_TO_HEAR);
                } else {
                    let marks = clock::checkpoints_said(&clock::checkpoints(form));
                    reply = reply
                        .say(format!("It is booklet number {}.", form.seed))
                        .say_all((!marks.is_empty()).then_some(marks))
                        .say(lines::HOW_TO_ANSWER);
                }
                reply.say(lines::READY)
            }
            Part::Break { minutes } => {
                reply.say(format!("Now a break of {minutes} minutes.")).say("Say begin when you are back.")
            }
            Part::Essay { minutes, .. } => {
                let time =
                    minutes.map_or_else(String::new, |minutes| format!(" You have {minutes} minutes."));
                reply
                    .say(format!("Now the essay. You write it on paper, and nobody scores it.{time}"))
                    .say(lines::READY)
            }
        };
        self.stage = Stage::Ready(part);
        reply
    }

    /// What there is to say to an utterance; `None` when it has nothing to do with the test.
    pub fn take(&mut self, said: &str) -> Option<Reply> {
        let reply = Reply::new("mock");
        match &self.stage {
            Stage::Grade => {
                self.desk.set_level(level_told(said)?.ok()?);
                Some(self.prepare(reply))
            }
            Stage::Section => {
                let named = crate::practice::Topic::named(said).section;
                self.wanted.whole = ["whole", "all", "full", "everything"]
                    .iter()
                    .any(|word| said.to_lowercase().contains(word));
                self.wanted.section = named;
                (named.is_some() || self.wanted.whole).then(|| self.prepare(reply))
            }
            Stage::PaperOrEar => {
                self.wanted.mode = Some(mode_told(said)?);
                Some(self.prepare(reply))
            }
            Stage::Ready(_) => self.ready(said),
            Stage::Running(running) if running.ending => self.end_or_not(said),
            Stage::Running(running) => match running.sitting.mode() {
                _ if running.sitting.expired(self.now_ms()) => Some(self.finish(reply)),
                Mode::Seen => self.seen(said),
                Mode::Heard => self.heard(said),
            },
            Stage::Essay { until_ms, .. } => {
                let left = until_ms.map(|until| until.saturating_sub(self.now_ms()));
                self.essay(said, left)
            }
        }
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.desk.now_ms()).unwrap_or(0)
    }

    fn ready(&mut self, said: &str) -> Option<Reply> {
        let words = iseetutor_numbers::text::words(said);
        let is = |names: &[&str]| words.iter().any(|word| names.contains(&word.as_str()));
        if is(&["stop", "quit", "cancel", "no"]) {
            let reply = Reply::new("mock");
            let mut reply = if self.begun {
                reply.say(lines::ANOTHER_DAY)
            } else {
                reply.say(lines::NOT_BEGUN).keep([self.close(false)])
            };
            reply.over = true;
            return Some(reply);
        }
        if !is(&["begin", "start", "ready", "go", "yes", "back", "okay"]) {
            return None;
        }
        let Stage::Ready(part) = std::mem::replace(&mut self.stage, Stage::Grade) else { return None };
        let reply = Reply::new("mock");
        Some(match part {
            Part::Section(form) => self.start(form, reply),
            Part::Break { .. } => self.announce(reply),
            Part::Essay { prompt, minutes } => self.write(&prompt, minutes, reply),
        })
    }

    fn close(&mut self, finished: bool) -> Kept {
        self.desk.note(What::MockClosed { mock: self.id.clone(), finished })
    }

    fn start(&mut self, form: Form, reply: Reply) -> Reply {
        self.begun = true;
        let mode = self.wanted.mode.unwrap_or_default();
        let limit_ms = if mode == Mode::Heard { 0 } else { form.time_ms() };
        let started = What::MockStarted {
            mock: self.id.clone(),
            level: form.level,
            section: form.section,
            items: form.items.clone(),
            limit_ms,
        };
        let reply = reply.keep([self.desk.note(started)]);
        let reminders = self.reminders(&form);
        let now_ms = self.now_ms();
        self.ran_ms = now_ms;
        let sitting = Sitting::begin_as(form, mode, now_ms);
        self.stage = Stage::Running(Box::new(Running {
            sitting,
            reminders,
            turned_ms: now_ms,
            asked_back: None,
            ending: false,
        }));
        match mode {
            Mode::Seen => reply.say(lines::BEGIN),
            Mode::Heard => self.read(0, reply),
        }
    }

    /// Keeps an answer, or that one was taken back.
    fn note(&mut self, question: usize, choice: Option<usize>) -> Kept {
        let now_ms = self.now_ms();
        let (section, took_ms) = match &mut self.stage {
            Stage::Running(running) => {
                let took_ms = now_ms.saturating_sub(std::mem::replace(&mut running.turned_ms, now_ms));
                (running.sitting.form().section, took_ms)
            }
            _ => (Section::Mathematics, 0),
        };
        self.desk.note(What::MockAnswered {
            mock: self.id.clone(),
            section,
            question: u32::try_from(question + 1).unwrap_or(u32::MAX),
            choice: choice.and_then(|choice| u8::try_from(choice).ok()),
            took_ms,
        })
    }

    /// Keeps that a question was marked or turned to.
    fn marked(&mut self, question: usize, mark: Mark) -> Option<Kept> {
        let Stage::Running(running) = &self.stage else { return None };
        let section = running.sitting.form().section;
        let question = u32::try_from(question + 1).unwrap_or(u32::MAX);
        Some(self.desk.note(What::MockMarked { mock: self.id.clone(), section, question, mark }))
    }

    fn end_or_not(&mut self, said: &str) -> Option<Reply> {
        let Stage::Running(running) = &mut self.stage else { return None };
        running.ending = false;
        match yes_or_no(said) {
            Some(true) => Some(self.finish(Reply::new("mock"))),
            _ => Some(Reply::new("mock").say(lines::GO_ON)),
        }
    }

    /// The section is over: what came of it is kept and told.
    fn finish(&mut self, reply: Reply) -> Reply {
        let Stage::Running(mut running) = std::mem::replace(&mut self.stage, Stage::Grade) else {
            return reply;
        };
        let bank = self.desk.bank();
        let now_ms = self.now_ms();
        let outcome = running.sitting.finish(&bank, now_ms);
        let mut kept = answers(&mut self.desk, &outcome, true);
        let right = outcome.questions.iter().filter(|one| one.right == Some(true)).count();
        kept.push(self.desk.note(What::MockEnded {
            mock: self.id.clone(),
            section: outcome.section,
            right: u32::try_from(right).unwrap_or(u32::MAX),
            of: u32::try_from(outcome.questions.len()).unwrap_or(u32::MAX),
            took_ms: outcome.used_ms,
        }));
        let reply = reply.say_all(lines::outcome(&outcome)).keep(kept);
        self.announce(reply)
    }
}

/// Keeps the answers of a section: what they say about the child's skills. All of them where the section was taken to
/// its end, else those that were given.
fn answers(desk: &mut Desk, outcome: &Outcome, all: bool) -> Vec<Kept> {
    let bank = desk.bank();
    let seen = outcome.mode == Mode::Seen;
    let wanted = outcome.questions.iter().filter(|one| all || one.choice.is_some());
    wanted
        .filter_map(|one| {
            let item = bank.item(&one.id)?;
            let answered = bank::answered(&item, desk.catalog(), one.choice);
            Some(desk.note(What::Answered(Box::new(event::Answered {
                took_ms: one.spent_ms,
                timed: seen,
                setting: Setting::Mock,
                by: if seen { By::Eye } else { By::Ear },
                ..answered
            }))))
        })
        .collect()
}

/// The sections of a level that a test has.
#[must_use]
pub fn sections(level: Level) -> Vec<Section> {
    let blueprint = iseetutor_curriculum::blueprint::Blueprint::embedded();
    blueprint.iter().flat_map(|blueprint| blueprint.of(level)).map(|plan| plan.section).collect()
}

/// The form of a booklet's number: the same for ever, on paper and in the tutor.
#[must_use]
pub fn booklet(
    bank: &iseetutor_curriculum::bank::Bank,
    level: Level,
    section: Section,
    number: u64,
) -> Option<Form> {
    Form::build(bank, level, section, number).filter(|form| !form.is_empty())
}

/// On paper or by ear, in what was said.
pub(crate) fn mode_told(said: &str) -> Option<Mode> {
    let words = iseetutor_numbers::text::words(said);
    let is = |names: &[&str]| words.iter().any(|word| names.contains(&word.as_str()));
    if is(&["read", "ear", "aloud", "you", "listen", "hear", "no"]) {
        Some(Mode::Heard)
    } else if is(&["paper", "booklet", "screen", "print", "printed", "board", "yes", "have"]) {
        Some(Mode::Seen)
    } else {
        None
    }
}

#[cfg(test)]
mod tests;
