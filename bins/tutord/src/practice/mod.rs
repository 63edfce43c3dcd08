//! Practice: questions asked, answers understood, mistakes explained. Pure but for the school's clock; spoken and typed
//! practice both go through here.
//!
//! Every word of it is fixed or comes from the question bank, whose keys are computed or authored: no language model has a
//! say. A verdict is spoken only after its answer is on record.

mod answering;
mod correction;
mod course;
mod essay;
mod lesson;
mod limits;
mod lines;
mod question;
mod told;
mod topic;
mod wishes;

use std::collections::VecDeque;
use std::sync::Arc;

use iseetutor_curriculum::item::Item;
use iseetutor_curriculum::level::{Level, Section};
use iseetutor_learner::planner::Choice;

use crate::school::{Asked, Desk, Kept, Outcome, School};
use correction::Before;
use course::{Course, Manner, Step};
use essay::Essay;
use lesson::Lesson;
pub use limits::over as no_time_for;
pub use lines::READY_MADE;
pub(crate) use lines::{sentences, yes_or_no};
use question::Question;
pub use topic::Topic;
pub(crate) use topic::level_told;
pub use wishes::{Request, Wish};

/// What practice has to say to an utterance.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reply {
    /// Sentences, said one after the other.
    pub sentences: Vec<String>,
    /// What is to be on record before they are said.
    pub keep: Vec<Kept>,
    /// Name for the record of what the utterance was.
    pub intent: &'static str,
    /// Whether practice is over.
    pub over: bool,
}

impl Reply {
    pub(crate) fn new(intent: &'static str) -> Self {
        Self { intent, ..Self::default() }
    }

    /// A sentence beside the matter: nothing happened.
    #[must_use]
    pub fn aside(sentence: &str) -> Self {
        Self::new("aside").say(sentence)
    }

    pub(crate) fn say(mut self, sentence: impl Into<String>) -> Self {
        self.sentences.push(sentence.into());
        self
    }

    pub(crate) fn say_all(mut self, sentences: impl IntoIterator<Item = String>) -> Self {
        self.sentences.extend(sentences);
        self
    }

    pub(crate) fn keep(mut self, kept: impl IntoIterator<Item = Kept>) -> Self {
        self.keep.extend(kept);
        self
    }
}

/// Where practice is.
#[derive(Debug, Clone)]
enum Stage {
    /// The grade was asked for.
    Grade,
    /// The section was asked for.
    Section,
    /// A passage is being read, paragraph by paragraph, before its question.
    Passage(Box<Listening>),
    /// An essay is being told.
    Essay(Box<Essay>),
    /// A question was asked that any reply answers: what is said then.
    Told(Vec<String>),
    /// A question is open.
    Open(Box<Question>),
}

/// A passage on its way.
#[derive(Debug, Clone)]
struct Listening {
    paragraphs: Vec<Vec<String>>,
    at: usize,
    question: Question,
    /// Whether there was a gentle word about this paragraph.
    nudged: bool,
}

/// How it went so far.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    /// Questions that were answered, skipped or explained.
    asked: u32,
    /// Right at the first try and without help.
    right: u32,
    /// Right with help.
    assisted: u32,
}

/// The last answer, for what may be said about it afterwards.
#[derive(Debug, Clone)]
struct Last {
    event: String,
    asked: Asked,
    outcome: Outcome,
}

/// A child's practice, from the first question to the last.
#[derive(Debug, Clone)]
pub struct Practice {
    desk: Desk,
    course: Course,
    stage: Stage,
    began_ms: i64,
    tally: Tally,
    /// The rest of a passage's questions, the next one first.
    passage: VecDeque<Choice>,
    /// The item before, whose passage need not be read again.
    before: Option<Item>,
    last: Option<Last>,
    /// What a correction goes back to.
    undo: Option<Before>,
    /// Questions asked, for wording that changes.
    number: u32,
    /// Whether it is an essay.
    writes: bool,
    /// Whether it was told that the day's time is nearly over.
    warned: bool,
}

impl Practice {
    /// Begins what was wished for, at a desk. What is missing, the grade or the section, is asked for.
    #[must_use]
    pub fn begin(wish: &Wish, desk: Desk) -> (Self, Reply) {
        let began_ms = desk.now_ms();
        let level = desk.level();
        let course = match wish {
            Wish::Mistakes => Course::Mistakes,
            Wish::Placement => Course::Placement,
            Wish::Check => {
                let (number, left) =
                    level.map(|level| desk.check(&desk.context(level, began_ms))).unwrap_or_default();
                Course::Check { number, left: left.into() }
            }
            Wish::Lesson => {
                level.and_then(|level| Lesson::plan(&desk, &desk.context(level, began_ms))).map_or_else(
                    || Course::Free(Topic { anything: true, ..Topic::default() }),
                    |lesson| Course::Lesson(Box::new(lesson)),
                )
            }
            Wish::Practice(topic) => Course::Free(topic.clone()),
            // A mock test is no practice, see [`crate::mock`]; a strategy and an essay have no questions of the bank.
            Wish::Mock(_) | Wish::Strategy(_) | Wish::Essay => Course::Free(Topic::default()),
        };
        let mut practice = Self {
            desk,
            course,
            stage: Stage::Grade,
            began_ms,
            tally: Tally::default(),
            passage: VecDeque::new(),
            before: None,
            last: None,
            undo: None,
            number: 0,
            writes: false,
            warned: false,
        };
        if let Wish::Strategy(said) = wish {
            let reply = practice.strategy(said, Reply::new("strategy"));
            return (practice, reply);
        }
        practice.writes = *wish == Wish::Essay;
        let (opening, keep) = practice.course.opening(&mut practice.desk);
        let reply = Reply::new("practice").say_all(opening).keep(keep);
        let reply = practice.go_on(reply);
        (practice, reply)
    }

    /// Whose practice it is.
    #[must_use]
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Moves it into another school, where the same children are.
    pub fn move_to(&mut self, school: &Arc<School>) {
        self.desk.move_to(school);
        if let Some(before) = &mut self.undo {
            before.move_to(school);
        }
    }

    /// The question that is open to be answered.
    #[must_use]
    pub fn open_item(&self) -> Option<&Item> {
        match &self.stage {
            Stage::Open(question) => Some(&question.asked.item),
            _ => None,
        }
    }

    /// Whether the child was asked if a choice is what it meant.
    #[must_use]
    pub fn asks_back(&self) -> bool {
        matches!(&self.stage, Stage::Open(question) if question.asked_back.is_some())
    }

    /// The question that is open, or that a passage is read for.
    #[must_use]
    pub fn item(&self) -> Option<&Item> {
        match &self.stage {
            Stage::Open(question) => Some(&question.asked.item),
            Stage::Passage(listening) => Some(&listening.question.asked.item),
            _ => None,
        }
    }

    /// How long an answer is waited for in silence before a gentle word, in milliseconds: computing takes longer than
    /// knowing a word.
    #[must_use]
    pub fn patience_ms(&self) -> u64 {
        match self.item().map(|item| item.section) {
            _ if matches!(self.stage, Stage::Passage(_)) => 8_000,
            Some(Section::Mathematics | Section::Quantitative) => 45_000,
            Some(Section::Reading | Section::Auditory) => 20_000,
            _ => 8_000,
        }
    }

    /// The gentle word, once for a question.
    pub fn nudge(&mut self) -> Option<&'static str> {
        match &mut self.stage {
            Stage::Passage(listening) => {
                (!std::mem::replace(&mut listening.nudged, true)).then_some(lines::NEXT_PART_PLEASE)
            }
            Stage::Open(question) => {
                let first = !std::mem::replace(&mut question.nudged, true);
                first.then_some(match question.asked.item.section {
                    Section::Mathematics | Section::Quantitative => lines::STILL_COMPUTING,
                    _ => lines::STILL_THINKING,
                })
            }
            _ => None,
        }
    }

    /// What there is to say to an utterance; `None` when it has nothing to do with practice.
    pub fn take(&mut self, said: &str) -> Option<Reply> {
        if let Some(reply) = self.corrected(said) {
            return Some(reply);
        }
        match &self.stage {
            Stage::Grade => self.grade_told(said),
            Stage::Section => self.section_told(said),
            Stage::Passage(_) => self.passage(said),
            Stage::Told(_) => Some(self.told(said)),
            Stage::Essay(_) => self.essay(said),
            Stage::Open(_) => self.answered(said),
        }
    }

    fn grade_told(&mut self, said: &str) -> Option<Reply> {
        match topic::level_told(said)? {
            Ok(level) => {
                self.desk.set_level(level);
                Some(self.go_on(Reply::new("level")))
            }
            Err(_) => Some(Reply::new("level").say(lines::NO_SUCH_GRADE)),
        }
    }

    fn section_told(&mut self, said: &str) -> Option<Reply> {
        let topic = Topic::with_skill(said, self.desk.library(), self.desk.level());
        if !topic.is_named() {
            return None;
        }
        self.course.name_topic(topic);
        Some(self.go_on(Reply::new("section")))
    }

    /// On to what is missing: the grade, the section, or the next question.
    fn go_on(&mut self, reply: Reply) -> Reply {
        let Some(level) = self.desk.level() else {
            self.stage = Stage::Grade;
            return reply.say(lines::WHICH_GRADE);
        };
        if let Some(line) = limits::over(&self.desk) {
            let (sentences, keep) = self.course.ending(&mut self.desk);
            let mut reply = reply.say_all(sentences).say(line).keep(keep);
            reply.over = true;
            return reply;
        }
        let warning = if self.warned { None } else { limits::warning(&self.desk) };
        self.warned |= warning.is_some();
        let reply = reply.say_all(warning);
        if self.writes {
            let Some((essay, reply)) = Essay::begin(&self.desk, level, reply.clone()) else {
                return self.nothing(level, reply);
            };
            self.stage = Stage::Essay(Box::new(essay));
            return reply;
        }
        if self.course.is_over(self.desk.now_ms()) {
            self.passage.clear();
        }
        while let Some(choice) = self.passage.pop_front() {
            if let Some(asked) = self.desk.asked(&choice) {
                return self.ask(reply, Vec::new(), asked, Manner::Taught);
            }
        }
        match self.course.step(&mut self.desk, level, self.began_ms, &self.tally) {
            Step::Ask { before, asked, manner } => {
                if self.course.keeps_passages_together() {
                    self.passage = self.desk.rest_of_passage(&asked).into();
                }
                self.ask(reply, before, *asked, manner)
            }
            Step::WhichSection => {
                self.stage = Stage::Section;
                reply.say(lines::which_section(level))
            }
            Step::Nothing => self.nothing(level, reply),
            Step::Over { sentences, keep } => {
                let mut reply = reply.say_all(sentences).keep(keep);
                reply.over = true;
                reply
            }
        }
    }

    fn nothing(&mut self, level: Level, reply: Reply) -> Reply {
        if let (Some(section), Course::Free(_)) = (self.course.section(level), &self.course) {
            self.stage = Stage::Section;
            return reply.say(lines::nothing_here(section)).say(lines::which_section(level));
        }
        let mut reply = reply.say(lines::NOTHING_MORE);
        reply.over = true;
        reply
    }

    fn ask(&mut self, reply: Reply, before: Vec<String>, asked: Asked, manner: Manner) -> Reply {
        self.number += 1;
        let mut question = Question::new(asked, manner);
        let paragraphs = question.passage(self.desk.bank(), self.before.as_ref());
        let reply = reply.say_all(before);
        if let Some(first) = paragraphs.first() {
            let reply = reply.say_all(first.clone()).say(lines::NEXT_PART);
            self.before = Some(question.asked.item.clone());
            self.stage = Stage::Passage(Box::new(Listening { paragraphs, at: 0, question, nudged: false }));
            return reply;
        }
        let mut reply = reply.say_all(question.read());
        if manner == Manner::Together {
            question.helped = true;
            reply = reply.say_all(question.next_hint());
        }
        self.before = Some(question.asked.item.clone());
        self.stage = Stage::Open(Box::new(question));
        reply
    }
}

#[cfg(test)]
mod tests;
