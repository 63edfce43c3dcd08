//! What happened: the append-only events from which everything else is computed.

use iseetutor_curriculum::level::{Level, Section, Strand};
use serde::{Deserialize, Serialize};

use crate::profile::Pace;

/// The version of events that this program writes. Events of a later version are kept by the database, and skipped and
/// counted here.
pub const VERSION: u32 = 1;

/// Something that happened, once and for ever.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The version of its form.
    #[serde(default = "first_version")]
    pub v: u32,
    /// Unique for ever, a UUID.
    pub id: String,
    /// The device on which it happened.
    #[serde(default)]
    pub device: String,
    /// Whose it is: a learner's unchanging id.
    pub learner: String,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// What.
    #[serde(flatten)]
    pub what: What,
}

fn first_version() -> u32 {
    1
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum What {
    /// The child was added to the device, or a grown-up changed its profile; the latest counts.
    Enrolled {
        /// As it is said.
        name: String,
        /// The level of the test.
        level: Level,
        /// How fast the tutor goes.
        #[serde(default)]
        pace: Pace,
    },
    /// The child signed in.
    SignedIn,
    /// A lesson began.
    LessonStarted {
        /// Its id.
        lesson: String,
        /// Minutes planned.
        #[serde(default)]
        minutes: u32,
    },
    /// A lesson ended.
    LessonEnded {
        /// Its id.
        lesson: String,
        /// The skill that was learnt.
        #[serde(default)]
        learnt: Option<String>,
        /// The skill to return to.
        #[serde(default)]
        return_to: Option<String>,
    },
    /// A question was answered, or skipped.
    Answered(Box<Answered>),
    /// A sitting of the placement ended.
    Placed {
        /// 1 or 2.
        sitting: u8,
    },
    /// A monthly check ended.
    Checked {
        /// Which, by [`crate::planner::check_number`].
        number: i64,
    },
    /// A parent noted an official score. It is only ever shown again, never computed.
    OfficialScore {
        /// The section.
        section: Section,
        /// The day of the test, counted from 1970-01-01.
        day: i64,
        /// As reported.
        scaled: Option<u16>,
        /// As reported.
        percentile: Option<u8>,
        /// As reported.
        stanine: Option<u8>,
    },
    /// A mock test was put together, before anything of it began.
    MockPlanned {
        /// Its id; its sections share it.
        mock: String,
        /// How it is taken.
        #[serde(default)]
        by: By,
        /// Its sections, breaks and essay in order, as whoever gives the test wrote them down to go on from; nothing
        /// here depends on their form.
        #[serde(default)]
        parts: serde_json::Value,
    },
    /// A question of a mock test was marked or turned to. With the answers, it brings the sheet back after a restart.
    MockMarked {
        /// The mock test's id.
        mock: String,
        /// The section.
        section: Section,
        /// Which question, from 1.
        question: u32,
        /// What was done.
        mark: Mark,
    },
    /// A mock test was still being taken: said once a minute, so that after a restart it is known when the clock stopped.
    MockRan {
        /// Its id.
        mock: String,
    },
    /// A mock test went on after the device was away.
    MockResumed {
        /// Its id.
        mock: String,
        /// Since when it was away, in milliseconds since 1970.
        away_since_ms: i64,
    },
    /// The essay of a mock test began.
    MockEssay {
        /// The mock test's id.
        mock: String,
        /// The prompt's.
        prompt: String,
    },
    /// A mock test is over, or was given up.
    MockClosed {
        /// Its id.
        mock: String,
        /// Whether it came to its end.
        finished: bool,
    },
    /// A grown-up set something for the child; the latest of a key counts.
    Set {
        /// What, such as `mock.extra_time`.
        key: String,
        /// To what; empty takes it back.
        value: String,
    },
    /// A section of a mock test began; it goes on after a break from what it holds.
    MockStarted {
        /// The mock test's id; its sections share it.
        mock: String,
        /// The level.
        level: Level,
        /// The section.
        section: Section,
        /// The ids of its items, in the order in which they are asked.
        #[serde(default)]
        items: Vec<String>,
        /// The time allowed, more time for this child included; 0 without a clock.
        #[serde(default)]
        limit_ms: u64,
    },
    /// A question of a mock test was answered, answered anew, or left. It says nothing about skills yet: when the
    /// section ends, its last answers become [`What::Answered`] with [`Setting::Mock`].
    MockAnswered {
        /// The mock test's id.
        mock: String,
        /// The section.
        section: Section,
        /// Which question, from 1.
        question: u32,
        /// The choice, 0 to 3; nothing where it was skipped.
        #[serde(default)]
        choice: Option<u8>,
        /// Time taken on this visit.
        #[serde(default)]
        took_ms: u64,
    },
    /// A section of a mock test ended.
    MockEnded {
        /// The mock test's id.
        mock: String,
        /// The section.
        section: Section,
        /// Right answers.
        right: u32,
        /// Questions.
        of: u32,
        /// Time taken.
        #[serde(default)]
        took_ms: u64,
    },
    /// An essay was written. It is never scored.
    EssayWritten {
        /// The prompt.
        prompt: String,
        /// Words, as far as they were counted.
        #[serde(default)]
        words: Option<u32>,
        /// Time taken.
        #[serde(default)]
        took_ms: u64,
        /// The text, if it was typed here and is to be kept.
        #[serde(default)]
        text: Option<String>,
    },
    /// A goal was set; it takes the place of the one before.
    GoalSet {
        /// Minutes a week.
        weekly_minutes: u32,
        /// The day of the test, counted from 1970-01-01.
        #[serde(default)]
        test_day: Option<i64>,
    },
    /// An earlier event does not count, such as an answer that was misheard.
    Voided {
        /// Its id.
        event: String,
    },
    /// A kind that this program does not know.
    #[serde(other)]
    Unknown,
}

/// What was done with a question of a mock test besides answering it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// It was flagged to come back to.
    Flagged,
    /// A choice was crossed out, 0 for A.
    CrossedOut(u8),
    /// It was turned to.
    TurnedTo,
    /// Anything that this program does not know.
    #[serde(other)]
    Other,
}

/// A question and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answered {
    /// The item's id, from which it can be made again.
    pub item: String,
    /// The skill.
    pub skill: String,
    /// The source of the item, as in the catalog.
    pub source: String,
    /// The level.
    pub level: Level,
    /// The section.
    pub section: Section,
    /// The strand, in mathematics.
    #[serde(default)]
    pub strand: Option<Strand>,
    /// The source's difficulty as the catalog had it, see [`crate::catalog::Source::difficulty`].
    #[serde(default, deserialize_with = "number")]
    pub difficulty: f64,
    /// Whether the answer was right. Without meaning when it was skipped.
    pub right: bool,
    /// Whether a hint or other help came before the answer.
    #[serde(default)]
    pub assisted: bool,
    /// Whether the child said that it was a guess.
    #[serde(default)]
    pub guessed: bool,
    /// Time from the end of the question to the answer.
    #[serde(default)]
    pub took_ms: u64,
    /// Whether it was in a mock test with its clock.
    #[serde(default)]
    pub timed: bool,
    /// What it was part of.
    #[serde(default)]
    pub setting: Setting,
    /// How the question came to the child.
    #[serde(default)]
    pub by: By,
    /// The misconception that leads to the choice made.
    #[serde(default)]
    pub misconception: Option<String>,
    /// Whether this is the first try at this item.
    #[serde(default = "yes")]
    pub first_try: bool,
    /// Whether it was left without an answer.
    #[serde(default)]
    pub skipped: bool,
    /// The word or fact that it asks for, which comes back before it is forgotten.
    #[serde(default)]
    pub card: Option<String>,
}

/// JSON has no infinity; what it writes for one must not cost the answer.
fn number<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    Ok(Option::<f64>::deserialize(deserializer)?.unwrap_or(0.0))
}

fn yes() -> bool {
    true
}

/// What an answer was part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// Practice, alone or in a lesson.
    #[default]
    Practice,
    /// The placement.
    Placement,
    /// The monthly check.
    Check,
    /// A mock test.
    Mock,
    /// Anything that this program does not know.
    #[serde(other)]
    Other,
}

/// How a question came to the child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// It was heard.
    #[default]
    Ear,
    /// It was read, on a screen or on paper.
    Eye,
}

impl What {
    /// Whether it is something that a grown-up did, and not the child.
    #[must_use]
    pub fn is_a_grown_ups(&self) -> bool {
        matches!(
            self,
            Self::Enrolled { .. }
                | Self::GoalSet { .. }
                | Self::Set { .. }
                | Self::OfficialScore { .. }
                | Self::Unknown
        )
    }
}

/// A line that is no event.
#[derive(Debug, thiserror::Error)]
#[error("not a learning event: {0}")]
pub struct Unreadable(#[from] serde_json::Error);

impl Event {
    /// An event of this program's version. The caller gives the id, unique for ever: this crate knows no chance.
    #[must_use]
    pub fn new(id: String, device: &str, learner: &str, at_ms: i64, what: What) -> Self {
        Self { v: VERSION, id, device: device.to_owned(), learner: learner.to_owned(), at_ms, what }
    }

    /// Reads an event from JSON. A kind that this program does not know is read as [`What::Unknown`].
    ///
    /// # Errors
    /// [`Unreadable`] if it is not an event at all.
    pub fn from_json(json: &str) -> Result<Self, Unreadable> {
        Ok(serde_json::from_str(json)?)
    }

    /// The event as a line of JSON.
    ///
    /// # Errors
    /// [`Unreadable`]; no event of this program gives one.
    pub fn to_json(&self) -> Result<String, Unreadable> {
        Ok(serde_json::to_string(self)?)
    }

    /// The answer, if it is one.
    #[must_use]
    pub fn answered(&self) -> Option<&Answered> {
        match &self.what {
            What::Answered(answered) => Some(answered),
            _ => None,
        }
    }

    /// A number that differs when anything in it does: two different events under one id are told apart by it on every
    /// device alike.
    #[must_use]
    pub(crate) fn fingerprint(&self) -> u64 {
        let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
        // Writing to a hash cannot fail, and no event holds anything that has no JSON.
        let _ = serde_json::to_writer(&mut hash, self);
        hash.0
    }
}

/// FNV-1a.
struct Fnv(u64);

impl std::io::Write for Fnv {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What an answer says about the child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Evidence {
    /// Right, unaided.
    Right,
    /// Wrong, unaided.
    Wrong,
    /// The child said that it guessed, and is believed, whatever came of it.
    Guessed,
    /// Right with help, or at a second try: a little.
    Helped,
    /// Nothing: skipped, or wrong in spite of help.
    None,
}

impl Evidence {
    pub(crate) fn of(answered: &Answered) -> Self {
        if answered.skipped {
            Self::None
        } else if answered.assisted || !answered.first_try {
            if answered.right && !answered.guessed { Self::Helped } else { Self::None }
        } else if answered.guessed {
            Self::Guessed
        } else if answered.right {
            Self::Right
        } else {
            Self::Wrong
        }
    }

    /// Whether it counts as an unaided answer.
    pub(crate) fn unaided(self) -> bool {
        matches!(self, Self::Right | Self::Wrong | Self::Guessed)
    }
}
