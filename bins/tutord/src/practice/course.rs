//! What a practice is made of: what comes next in it, and how its questions are treated.

use std::collections::VecDeque;

use iseetutor_curriculum::level::{Level, Section};
use iseetutor_learner::event::{Setting, What};
use iseetutor_learner::planner::{Choice, Context, Placement};

use super::lesson::Lesson;
use super::topic::Topic;
use super::{Tally, lines};
use crate::school::{Asked, Desk, Kept};

/// What kind of practice it is.
#[derive(Debug, Clone)]
pub(super) enum Course {
    /// One question after the other, for as long as the child likes.
    Free(Topic),
    /// Mistakes that wait to be cleared.
    Mistakes,
    /// A lesson with a beginning and an end.
    Lesson(Box<Lesson>),
    /// Finding out what the child knows.
    Placement,
    /// The monthly check.
    Check {
        /// Which.
        number: i64,
        /// What is left of it, the next one first.
        left: VecDeque<Choice>,
    },
}

/// How a question is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// With hints, a second try and an explanation.
    Taught,
    /// As [`Manner::Taught`], and the first hint comes with it.
    Together,
    /// One answer, no verdict: to find out what the child knows.
    Quiet,
}

/// What comes next.
#[derive(Debug)]
pub(super) enum Step {
    /// A question, and what is said before it.
    Ask { before: Vec<String>, asked: Box<Asked>, manner: Manner },
    /// The section is to be named first.
    WhichSection,
    /// There is nothing to ask.
    Nothing,
    /// It is over: what is said, and what is to be kept.
    Over { sentences: Vec<String>, keep: Vec<Kept> },
}

impl Step {
    pub(super) fn ask(asked: Option<Asked>, manner: Manner) -> Self {
        asked.map_or(Self::Nothing, |asked| Self::Ask { before: Vec::new(), asked: Box::new(asked), manner })
    }
}

impl Course {
    pub(super) fn setting(&self) -> Setting {
        match self {
            Self::Placement => Setting::Placement,
            Self::Check { .. } => Setting::Check,
            Self::Free(_) | Self::Mistakes | Self::Lesson(_) => Setting::Practice,
        }
    }

    /// The sentences with which it begins, and what is to be kept of its beginning.
    pub(super) fn opening(&mut self, desk: &mut Desk) -> (Vec<String>, Vec<Kept>) {
        match self {
            Self::Free(_) => (Vec::new(), Vec::new()),
            Self::Mistakes => (vec![lines::MISTAKES.to_owned()], Vec::new()),
            Self::Lesson(lesson) => lesson.opening(desk),
            Self::Placement => (lines::PLACEMENT.map(str::to_owned).into(), Vec::new()),
            Self::Check { .. } => (lines::CHECK.map(str::to_owned).into(), Vec::new()),
        }
    }

    /// What comes next. `began_ms` is when the practice began.
    pub(super) fn step(&mut self, desk: &mut Desk, level: Level, began_ms: i64, tally: &Tally) -> Step {
        let context = desk.context(level, began_ms);
        match self {
            Self::Free(topic) => {
                if !topic.anything && topic.section_at(level).is_none() && topic.skills.is_empty() {
                    return Step::WhichSection;
                }
                let context = Context {
                    section: topic.section_at(level),
                    strand: topic.strand,
                    skills: topic.skills.clone(),
                    ..context
                };
                Step::ask(desk.next(&context), Manner::Taught)
            }
            Self::Mistakes => {
                let skills = desk.open_mistakes();
                if skills.is_empty() {
                    let sentences = vec![lines::no_mistakes_left(tally.asked)];
                    return Step::Over { sentences, keep: Vec::new() };
                }
                Step::ask(desk.next(&Context { skills, ..context }), Manner::Taught)
            }
            Self::Lesson(lesson) => lesson.step(desk, &context),
            Self::Placement => match desk.placement(&context) {
                Placement::Open { .. } => Step::ask(desk.placement_next(&context), Manner::Quiet),
                Placement::SittingOver { sitting } => {
                    let keep = vec![desk.note(What::Placed { sitting })];
                    Step::Over { sentences: vec![lines::sitting_over(sitting)], keep }
                }
                Placement::Done => {
                    Step::Over { sentences: vec![lines::PLACED_ALREADY.to_owned()], keep: Vec::new() }
                }
            },
            Self::Check { number, left } => {
                while let Some(choice) = left.pop_front() {
                    if let Some(asked) = desk.asked(&choice) {
                        return Step::ask(Some(asked), Manner::Quiet);
                    }
                }
                let keep = vec![desk.note(What::Checked { number: *number })];
                let sentences = vec![lines::checked(tally.right, tally.asked)];
                Step::Over { sentences, keep }
            }
        }
    }

    /// What is said, and kept, when it ends before its end.
    pub(super) fn ending(&mut self, desk: &mut Desk) -> (Vec<String>, Vec<Kept>) {
        match self {
            Self::Lesson(lesson) => match lesson.closing(desk) {
                Step::Over { sentences, keep } => (sentences, keep),
                _ => (Vec::new(), Vec::new()),
            },
            _ => (Vec::new(), Vec::new()),
        }
    }

    /// Whether the rest of a passage comes before anything else.
    pub(super) fn keeps_passages_together(&self) -> bool {
        matches!(self, Self::Free(_) | Self::Mistakes | Self::Lesson(_))
    }

    /// Whether its time is over, whatever is left of it.
    pub(super) fn is_over(&self, now_ms: i64) -> bool {
        matches!(self, Self::Lesson(lesson) if lesson.is_over(now_ms))
    }

    /// The section that was named for it.
    pub(super) fn name_topic(&mut self, topic: Topic) {
        if let Self::Free(now) = self {
            *now = topic;
        }
    }

    /// What a section is called where there is nothing to ask.
    pub(super) fn section(&self, level: Level) -> Option<Section> {
        match self {
            Self::Free(topic) => topic.section_at(level),
            _ => None,
        }
    }
}
