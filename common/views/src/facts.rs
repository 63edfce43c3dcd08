//! What the pages are made from: plain values that who owns the records fills in.

use iseetutor_curriculum::level::{Level, Section, Strand};
use iseetutor_learner::mastery::Mastery;
use iseetutor_learner::mock::MockSection;
use iseetutor_learner::planner::Week;
use iseetutor_learner::profile::{Learner, Pace};
use iseetutor_learner::report::SectionReport;
use serde::Serialize;

/// A child as a parent describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Child {
    /// As it is said.
    pub name: String,
    /// The level of the test.
    pub level: Level,
    /// How fast the tutor goes.
    pub pace: Pace,
    /// Minutes a week.
    pub weekly_minutes: u32,
    /// The day of the test, counted from 1970-01-01.
    pub test_day: Option<i64>,
}

/// What was done in some time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Work {
    /// Minutes of practice.
    pub minutes: u32,
    /// Unaided answers.
    pub answers: u32,
    /// Right ones of them.
    pub right: u32,
}

/// A skill with what is believed of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Skill {
    /// What it is called.
    pub name: String,
    /// Its section.
    pub section: Section,
    /// Its strand, in mathematics.
    pub strand: Option<Strand>,
    /// What is believed of it.
    #[serde(flatten)]
    pub mastery: Mastery,
}

/// A mistake that keeps coming.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Misconception {
    /// In plain words, such as "adds the denominators".
    pub plain: String,
    /// How often it led to an answer in the last four weeks.
    pub times: u32,
    /// Questions in which it did.
    pub samples: Vec<String>,
}

/// A day's work.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Day {
    /// Counted from 1970-01-01, in the family's time.
    pub day: i64,
    /// What was done.
    #[serde(flatten)]
    pub work: Work,
}

/// A section of a mock test with its questions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mock {
    /// As it was taken.
    #[serde(flatten)]
    pub section: MockSection,
    /// Its questions, as far as they can be made again.
    pub questions: Vec<MockQuestion>,
}

/// A question of a mock test.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MockQuestion {
    /// Its number, from 1.
    pub number: u32,
    /// The question.
    pub stem: String,
    /// The letter chosen; nothing where it was skipped.
    pub chosen: Option<char>,
    /// The right letter.
    pub key: char,
    /// Seconds on it.
    pub seconds: f64,
}

/// Everything that is computed of a child's record. Pages, CSV, JSON and the printed report are all made from one of these.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The child.
    pub learner: Learner,
    /// When it was computed, in milliseconds since 1970.
    pub at_ms: i64,
    /// What the family's clock is ahead of UTC.
    pub offset_ms: i64,
    /// Events on record.
    pub events: u64,
    /// Today.
    pub today: Work,
    /// The last seven days.
    pub week: Work,
    /// Days on which something was done, the earliest first, at most the last 84.
    pub days: Vec<Day>,
    /// Sections of which there is anything to say.
    pub sections: Vec<SectionReport>,
    /// Every skill of the level, the weakest first.
    pub skills: Vec<Skill>,
    /// The mistakes that come most often, the most frequent first.
    pub misconceptions: Vec<Misconception>,
    /// Words and facts that are remembered.
    pub words_known: u32,
    /// Words and facts that are due.
    pub words_due: u32,
    /// The weeks to come.
    pub weeks: Vec<Week>,
    /// Sections of mock tests, the latest first.
    pub mocks: Vec<Mock>,
    /// Official scores that were noted.
    pub official_scores: Vec<Score>,
}

/// An official score. It is only ever shown again, never computed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Score {
    /// The section.
    pub section: Section,
    /// The day of the test, counted from 1970-01-01.
    pub day: i64,
    /// As reported, 760 to 940.
    pub scaled: Option<u16>,
    /// As reported, 1 to 99.
    pub percentile: Option<u8>,
    /// As reported, 1 to 9.
    pub stanine: Option<u8>,
}

/// A part of what was said.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Transcript {
    /// The lines, the latest first.
    pub lines: Vec<Line>,
    /// Whether there are earlier ones.
    pub more: bool,
}

/// Something that was said.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// The conversation that it belongs to.
    pub conversation: String,
    /// Whether the child said it, or the tutor.
    pub child: bool,
    /// The words.
    pub text: String,
    /// How sure what was heard is, 0 to 1; 1 for what the tutor said.
    pub confidence: f64,
    /// Why a parent should look at it, if there is a reason.
    pub flag: Option<String>,
}

/// Something that can be set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Setting {
    /// By which it is set.
    pub key: String,
    /// Under which heading it stands.
    pub heading: String,
    /// What it is called.
    pub label: String,
    /// What it does, in a sentence.
    pub help: String,
    /// What it can be.
    pub kind: Kind,
    /// What it is.
    pub value: String,
}

/// What a setting can be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// `on` or `off`.
    Switch,
    /// A whole number, or empty where that is allowed.
    Number {
        /// At least.
        least: i64,
        /// At most.
        most: i64,
        /// Of what.
        unit: String,
        /// Whether it can be left empty.
        optional: bool,
    },
    /// A time of day, `HH:MM`, or empty.
    Time,
    /// One of several: values and what they are called.
    Choice {
        /// The values with their labels.
        options: Vec<(String, String)>,
    },
}

impl Kind {
    /// The value as it is kept, if it can be one.
    #[must_use]
    pub fn read(&self, value: &str) -> Option<String> {
        let value = value.trim();
        let fits = match self {
            Self::Switch => matches!(value, "on" | "off"),
            Self::Number { least, most, optional, .. } => {
                value.is_empty() && *optional
                    || value.parse::<i64>().is_ok_and(|number| (*least..=*most).contains(&number))
            }
            Self::Time => value.is_empty() || time_of_day(value),
            Self::Choice { options } => options.iter().any(|(one, _)| one == value),
        };
        fits.then(|| value.to_owned())
    }
}

/// Whether a text is a time of day, `HH:MM`.
fn time_of_day(text: &str) -> bool {
    let Some((hours, minutes)) = text.split_once(':') else { return false };
    let below = |part: &str, limit: u8| {
        part.len() == 2
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && part.parse::<u8>().is_ok_and(|number| number < limit)
    };
    below(hours, 24) && below(minutes, 60)
}

/// That everything of a child was erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proof {
    /// Whose: the id alone, the name is gone.
    pub learner: String,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// How many events.
    pub events: u64,
}

/// What a child's board shows.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Board {
    /// Grows with every change.
    pub number: u64,
    /// `idle`, `listening`, `thinking` or `speaking`.
    pub state: &'static str,
    /// What the tutor says now.
    pub saying: String,
    /// The question, if one is open.
    pub question: Option<BoardQuestion>,
}

/// A question on the board.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct BoardQuestion {
    /// By which an answer names it.
    pub id: String,
    /// The question.
    pub stem: String,
    /// The choices, A first.
    pub choices: Vec<String>,
    /// The picture, as a whole SVG document of our own, and in words.
    pub figure: Option<(String, String)>,
    /// The passage: its title and its sentences.
    pub passage: Option<(String, Vec<String>)>,
    /// The sentence of the passage that is being read, if it is to be marked.
    pub marked: Option<usize>,
    /// The choice that was taken, once one was.
    pub taken: Option<usize>,
}

/// A touch on the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The question that was shown.
    pub question: String,
    /// The choice, 0 to 3.
    pub choice: usize,
}

/// Something that was done through the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Deed {
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// From where.
    pub address: String,
    /// What, in a few words without a secret.
    pub what: String,
}
