//! A learner's events, and what follows from them.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use iseetutor_curriculum::level::{Level, Section, Strand};

use crate::event::{Answered, By, Event, Evidence, Setting, VERSION, What};
use crate::profile::{Learner, USUAL_MINUTES};
use crate::projection::Projection;
use crate::schedule::{self, Schedule};
use crate::time::MINUTE_MS;

/// A name as a number; names are kept once.
pub(crate) type Sym = u32;

#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    names: Vec<Box<str>>,
    numbers: HashMap<Box<str>, Sym>,
}

impl Names {
    fn intern(&mut self, name: &str) -> Sym {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.into());
        self.numbers.insert(name.into(), number);
        number
    }

    pub(crate) fn find(&self, name: &str) -> Option<Sym> {
        self.numbers.get(name).copied()
    }

    pub(crate) fn name(&self, number: Sym) -> &str {
        self.names.get(number as usize).map_or("", |name| name)
    }
}

/// An answer, small.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) item: Box<str>,
    pub(crate) skill: Sym,
    pub(crate) source: Sym,
    pub(crate) card: Option<Sym>,
    pub(crate) misconception: Option<Sym>,
    pub(crate) level: Level,
    pub(crate) section: Section,
    pub(crate) strand: Option<Strand>,
    pub(crate) difficulty: f64,
    pub(crate) took_ms: u64,
    pub(crate) timed: bool,
    pub(crate) setting: Setting,
    pub(crate) by: By,
    pub(crate) evidence: Evidence,
}

#[derive(Debug, Clone)]
enum Body {
    Answer(Answer),
    Other(What),
}

#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) at_ms: i64,
    pub(crate) id: Box<str>,
    fingerprint: u64,
    body: Body,
}

impl Entry {
    pub(crate) fn answer(&self) -> Option<&Answer> {
        match &self.body {
            Body::Answer(answer) => Some(answer),
            Body::Other(_) => None,
        }
    }

    pub(crate) fn other(&self) -> Option<&What> {
        match &self.body {
            Body::Answer(_) => None,
            Body::Other(what) => Some(what),
        }
    }
}

/// What became of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applied {
    /// It is part of the record now.
    Added,
    /// It was part of the record.
    Known,
    /// It is another learner's.
    Foreign,
    /// Its kind or version is not known here; it was counted.
    Unknown,
}

/// A learner's record: a set of events.
#[derive(Debug, Clone)]
pub struct Record {
    learner: String,
    offset_ms: i64,
    pub(crate) entries: Vec<Entry>,
    ids: HashMap<Box<str>, u32>,
    pub(crate) names: Names,
    projection: OnceLock<Projection>,
}

impl Record {
    /// An empty record of a learner, by its id. `offset_ms` is what the learner's clock is ahead of UTC; it says where
    /// a day ends.
    #[must_use]
    pub fn new(learner: &str, offset_ms: i64) -> Self {
        Self {
            learner: learner.to_owned(),
            offset_ms: offset_ms.clamp(-86_400_000, 86_400_000),
            entries: Vec::new(),
            ids: HashMap::new(),
            names: Names::default(),
            projection: OnceLock::new(),
        }
    }

    /// Whose it is.
    #[must_use]
    pub fn learner(&self) -> &str {
        &self.learner
    }

    /// What the learner's clock is ahead of UTC.
    #[must_use]
    pub fn offset_ms(&self) -> i64 {
        self.offset_ms
    }

    /// Takes in an event. The same event a second time changes nothing, and the order of events does not matter. Should
    /// two different events bear one id, the same of them is kept in any order.
    pub fn apply(&mut self, event: &Event) -> Applied {
        if event.learner != self.learner {
            return Applied::Foreign;
        }
        let known = event.v <= VERSION && event.what != What::Unknown;
        let fingerprint = event.fingerprint();
        let place = self.ids.get(event.id.as_str()).map(|place| *place as usize);
        if let Some(entry) = place.and_then(|place| self.entries.get(place))
            && (entry.at_ms, entry.fingerprint) <= (event.at_ms, fingerprint)
        {
            return Applied::Known;
        }
        let body = match &event.what {
            What::Answered(answered) if known => Body::Answer(self.small(answered)),
            what if known => Body::Other(what.clone()),
            _ => Body::Other(What::Unknown),
        };
        let entry = Entry { at_ms: event.at_ms, id: event.id.as_str().into(), fingerprint, body };
        if let Some(slot) = place.and_then(|place| self.entries.get_mut(place)) {
            *slot = entry;
            self.projection.take();
            return if known { Applied::Known } else { Applied::Unknown };
        }
        let index = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        self.ids.insert(entry.id.clone(), index);
        if self.projection.get().is_some() && !self.follows(&entry) {
            self.projection.take();
        }
        if let Some(projection) = self.projection.get_mut() {
            projection.add(index, &entry, self.offset_ms);
        }
        self.entries.push(entry);
        if known { Applied::Added } else { Applied::Unknown }
    }

    /// Whether an entry can be added to the projection without beginning anew.
    fn follows(&self, entry: &Entry) -> bool {
        let projection = self.projection();
        let last = projection.order.last().and_then(|last| self.entries.get(*last as usize));
        let in_order = last.is_none_or(|last| (last.at_ms, &last.id) < (entry.at_ms, &entry.id));
        let voids = matches!(entry.other(), Some(What::Voided { .. }));
        in_order && !voids && !projection.voided.contains(&entry.id)
    }

    fn small(&mut self, answered: &Answered) -> Answer {
        let names = &mut self.names;
        Answer {
            item: answered.item.as_str().into(),
            skill: names.intern(&answered.skill),
            source: names.intern(&answered.source),
            card: answered.card.as_deref().map(|card| names.intern(card)),
            misconception: answered.misconception.as_deref().map(|name| names.intern(name)),
            level: answered.level,
            section: answered.section,
            strand: answered.strand,
            difficulty: crate::ability::sane(answered.difficulty),
            took_ms: answered.took_ms,
            timed: answered.timed,
            setting: answered.setting,
            by: answered.by,
            evidence: Evidence::of(answered),
        }
    }

    /// Everything that follows from the events, computed when it is first asked for.
    pub(crate) fn projection(&self) -> &Projection {
        self.projection.get_or_init(|| Projection::build(&self.entries, self.offset_ms))
    }

    /// Computes now what would be computed when it is first asked for.
    pub fn settle(&self) {
        let _ = self.projection();
    }

    /// Events in the record.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Events of a kind or version that is not known here.
    #[must_use]
    pub fn unknown(&self) -> usize {
        self.entries.iter().filter(|entry| matches!(entry.other(), Some(What::Unknown))).count()
    }

    /// Entries that count, the earliest first.
    pub(crate) fn in_order(&self) -> impl Iterator<Item = &Entry> {
        self.projection().order.iter().filter_map(|index| self.entries.get(*index as usize))
    }

    /// Entries that count, the latest first.
    pub(crate) fn latest(&self) -> impl Iterator<Item = &Entry> {
        self.projection().order.iter().rev().filter_map(|index| self.entries.get(*index as usize))
    }

    /// Answers that count, the latest first, each with its time.
    pub(crate) fn answers(&self) -> impl Iterator<Item = (i64, &Answer)> {
        self.latest().filter_map(|entry| Some((entry.at_ms, entry.answer()?)))
    }

    /// Official scores that a parent noted, the latest first: section, day, and the event.
    pub fn official_scores(&self) -> impl Iterator<Item = &What> {
        self.latest().filter_map(Entry::other).filter(|what| matches!(what, What::OfficialScore { .. }))
    }

    /// How many essays were written or told.
    #[must_use]
    pub fn essays(&self) -> usize {
        self.latest().filter(|entry| matches!(entry.other(), Some(What::EssayWritten { .. }))).count()
    }

    /// How many sittings of the placement are done.
    #[must_use]
    pub fn sittings(&self) -> u8 {
        let placed = self.latest().filter_map(Entry::other).filter_map(|what| match what {
            What::Placed { sitting } => Some(*sitting),
            _ => None,
        });
        placed.max().unwrap_or(0).min(2)
    }

    /// Who the child is, by what was noted of it last; nothing of a child that was never added.
    #[must_use]
    pub fn profile(&self) -> Option<Learner> {
        let (name, level, pace) = self.latest().filter_map(Entry::other).find_map(|what| match what {
            What::Enrolled { name, level, pace } => Some((name.clone(), *level, *pace)),
            _ => None,
        })?;
        let (weekly_minutes, test_day) = self.goal().unwrap_or((USUAL_MINUTES, None));
        Some(Learner { id: self.learner.clone(), name, level, test_day, weekly_minutes, pace })
    }

    /// What a grown-up set for the child under a key; nothing if it was never set, or taken back.
    #[must_use]
    pub fn setting(&self, key: &str) -> Option<&str> {
        let set = self.latest().filter_map(Entry::other).find_map(|what| match what {
            What::Set { key: of, value } if of == key => Some(value.as_str()),
            _ => None,
        });
        set.filter(|value| !value.is_empty())
    }

    /// Everything that is set, by its key.
    #[must_use]
    pub fn settings(&self) -> BTreeMap<String, String> {
        let mut all = BTreeMap::new();
        for what in self.latest().filter_map(Entry::other) {
            if let What::Set { key, value } = what {
                all.entry(key.clone()).or_insert_with(|| value.clone());
            }
        }
        all.retain(|_, value| !value.is_empty());
        all
    }

    /// The skills of mistakes that wait to be cleared, each once, the most recent first.
    #[must_use]
    pub fn open_mistakes(&self, test_day: Option<i64>, now_ms: i64) -> Vec<String> {
        let mut skills: Vec<String> = Vec::new();
        for due in &Schedule::of(self, test_day, now_ms).due {
            if let schedule::What::Mistake { skill, .. } = &due.what
                && !skills.contains(skill)
            {
                skills.push(skill.clone());
            }
        }
        skills
    }

    /// The goal that was set last: minutes a week, and the day of the test.
    #[must_use]
    pub fn goal(&self) -> Option<(u32, Option<i64>)> {
        self.latest().filter_map(Entry::other).find_map(|what| match what {
            What::GoalSet { weekly_minutes, test_day } => Some((*weekly_minutes, *test_day)),
            _ => None,
        })
    }

    /// How the last lesson ended: when, the skill that was learnt, and the one to return to.
    #[must_use]
    pub fn last_lesson(&self) -> Option<(i64, Option<&str>, Option<&str>)> {
        self.latest().find_map(|entry| match entry.other()? {
            What::LessonEnded { learnt, return_to, .. } => {
                Some((entry.at_ms, learnt.as_deref(), return_to.as_deref()))
            }
            _ => None,
        })
    }

    /// Time spent from one moment up to another: the pauses between what the child did, none of them counted as more
    /// than five minutes, so that a forgotten lesson does not count for hours.
    #[must_use]
    pub fn practised_ms(&self, from_ms: i64, to_ms: i64) -> i64 {
        let own = self.latest().filter(|entry| !entry.other().is_some_and(What::is_a_grown_ups));
        let times = own.map(|entry| entry.at_ms).skip_while(|at_ms| *at_ms >= to_ms);
        let mut later: Option<i64> = None;
        let mut sum = 0_i64;
        for at_ms in times.take_while(|at_ms| *at_ms >= from_ms) {
            if let Some(later) = later {
                sum = sum.saturating_add(later.saturating_sub(at_ms).clamp(0, 5 * MINUTE_MS));
            }
            later = Some(at_ms);
        }
        sum
    }
}
