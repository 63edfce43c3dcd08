//! The children of the device: who they are, what is known of each, and what each is asked next.
//!
//! Shared by the spoken and the typed conversation, and pure but for its clock: what is to be on record is handed to whoever
//! asked, as [`Kept`], and is part of the child's record from that moment on.

mod desk;
mod report;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use iseetutor_curriculum::bank::Bank;
use iseetutor_curriculum::content::ContentError;
use iseetutor_curriculum::level::Level;
use iseetutor_learner::catalog::Catalog;
use iseetutor_learner::event::{Event, What};
use iseetutor_learner::profile::{Learner, Pace, ProfileError, USUAL_MINUTES};
use iseetutor_learner::record::Record;
use iseetutor_learner::settings::SettingError;
use serde_json::Value;

use crate::answer::Told;
use crate::lexicon::Dictionary;
use crate::shelf::Shelf;

pub use desk::{Asked, Desk, Outcome};

/// Whose practice it is when nobody signed in.
pub const GUEST: &str = "guest";

/// How much a name that was heard may differ from the one that is meant: 1 is not at all.
const ALIKE: f64 = 0.7;

/// The time: milliseconds since 1970, and what the family's clock is ahead of UTC.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970.
    fn now_ms(&self) -> i64;
    /// Milliseconds that the clock on the wall is ahead of UTC.
    fn offset_ms(&self) -> i64;
}

/// The system's clock and time zone.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now_ms(&self) -> i64 {
        jiff::Timestamp::now().as_millisecond()
    }

    fn offset_ms(&self) -> i64 {
        i64::from(jiff::Zoned::now().offset().seconds()) * 1_000
    }
}

/// Something to be kept on disk before it is spoken of.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// Its id, the same in the database and in the learner's record.
    pub id: Arc<str>,
    /// Whose it is.
    pub learner: Arc<str>,
    /// What happened: a learning event as JSON.
    pub body: Value,
}

/// The children of the device.
pub struct School {
    bank: Bank,
    catalog: Arc<Catalog>,
    clock: Arc<dyn Clock>,
    class: Mutex<Class>,
    /// Shared with rehearsals.
    dictionary: Arc<OnceLock<Dictionary>>,
    shelf: Arc<OnceLock<Shelf>>,
}

#[derive(Default)]
struct Class {
    /// The device's id, once the database told it.
    device: String,
    /// By learner, everything that happened. Shared with rehearsals, which copy what they change.
    records: HashMap<Arc<str>, Arc<Record>>,
    /// Events that are no learning events of ours.
    unreadable: u64,
}

impl std::fmt::Debug for School {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Without a child's name: this may end up in a log.
        f.debug_struct("School").finish_non_exhaustive()
    }
}

impl School {
    /// A school without children.
    ///
    /// # Errors
    /// When the content cannot be used, which the tests of a build rule out.
    pub fn new(clock: impl Clock + 'static) -> Result<Arc<Self>, ContentError> {
        let bank = Bank::embedded()?;
        let catalog = iseetutor_learner::bank::catalog(&bank);
        let (catalog, clock) = (Arc::new(catalog), Arc::new(clock));
        Ok(Arc::new(Self {
            bank,
            catalog,
            clock,
            class: Mutex::default(),
            dictionary: Arc::default(),
            shelf: Arc::default(),
        }))
    }

    /// A school to try things out in: the same children, with copies of their records.
    #[must_use]
    pub fn rehearsal(&self) -> Arc<Self> {
        let class = self.class();
        let copy = Class { device: class.device.clone(), records: class.records.clone(), unreadable: 0 };
        Arc::new(Self {
            bank: self.bank,
            catalog: Arc::clone(&self.catalog),
            clock: Arc::clone(&self.clock),
            class: Mutex::new(copy),
            dictionary: Arc::clone(&self.dictionary),
            shelf: Arc::clone(&self.shelf),
        })
    }

    /// What was tried out has happened. Of a child that is gone meanwhile nothing is taken in.
    pub fn adopt(&self, kept: &[Kept]) {
        let mut class = self.class();
        for one in kept {
            let event = serde_json::from_value::<Event>(one.body.clone());
            match (event, class.records.get_mut(&one.learner)) {
                (Ok(event), Some(record)) => {
                    Arc::make_mut(record).apply(&event);
                }
                (Err(_), Some(_)) => class.unreadable += 1,
                (_, None) => {}
            }
        }
    }

    /// Gives the school its dictionary; the first one stays.
    pub fn furnish(&self, dictionary: Dictionary) {
        let _ = self.dictionary.set(dictionary);
    }

    /// Gives the school its books; the first shelf stays.
    pub fn put_up(&self, shelf: Shelf) {
        let _ = self.shelf.set(shelf);
    }

    /// What a book says to a question, if there are books and one answers it.
    #[must_use]
    pub fn book_answer(&self, question: &str, level: Option<Level>) -> Option<Told> {
        self.shelf.get()?.answer(question, level)
    }

    /// The dictionary; without one, that of the words that are taught.
    #[must_use]
    pub fn dictionary(&self) -> &Dictionary {
        self.dictionary.get_or_init(Dictionary::default)
    }

    /// Takes in what is on record, in any order; what is known already changes nothing.
    pub fn recall<'j>(&self, device: &str, bodies: impl IntoIterator<Item = &'j str>) {
        let mut class = self.class();
        class.device = device.into();
        for body in bodies {
            match Event::from_json(body) {
                Ok(event) if event.learner != GUEST => {
                    let learner: Arc<str> = event.learner.as_str().into();
                    let offset_ms = self.clock.offset_ms();
                    let record = class
                        .records
                        .entry(learner)
                        .or_insert_with(|| Arc::new(Record::new(&event.learner, offset_ms)));
                    Arc::make_mut(record).apply(&event);
                }
                Ok(_) => {}
                Err(_) => class.unreadable += 1,
            }
        }
        for record in class.records.values() {
            record.settle();
        }
    }

    fn class(&self) -> MutexGuard<'_, Class> {
        self.class.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What can be asked.
    #[must_use]
    pub fn bank(&self) -> Bank {
        self.bank
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    /// The children, by their names.
    #[must_use]
    pub fn learners(&self) -> Vec<Learner> {
        let mut learners: Vec<Learner> =
            self.class().records.values().filter_map(|record| record.profile()).collect();
        learners.sort_by_key(|learner| learner.name.to_lowercase());
        learners
    }

    /// The child of a name as it is written, upper or lower case.
    ///
    /// # Errors
    /// [`ProfileError::Unknown`].
    pub fn find(&self, name: &str) -> Result<Learner, ProfileError> {
        let wanted = key(name);
        let found = self.learners().into_iter().find(|learner| key(&learner.name) == wanted);
        found.ok_or_else(|| ProfileError::Unknown(name.to_owned()))
    }

    /// The child whose name was heard, if it is clearly one: names are often misheard by a letter or two.
    #[must_use]
    pub fn called(&self, heard: &str) -> Option<Learner> {
        let heard = key(heard);
        let likeness = |learner: &Learner| strsim::jaro_winkler(&key(&learner.name), &heard);
        let mut learners = self.learners();
        learners.sort_by(|a, b| likeness(b).total_cmp(&likeness(a)));
        let mut learners = learners.into_iter();
        let best = learners.next()?;
        let alike = likeness(&best);
        let clear = learners.next().is_none_or(|next| likeness(&next) + 0.1 < alike);
        (alike >= ALIKE + 0.1 && clear || alike >= 0.999).then_some(best)
    }

    /// Adds a child.
    ///
    /// # Errors
    /// [`ProfileError::Taken`] and [`ProfileError::NoName`].
    pub fn enrol(
        &self,
        name: &str,
        level: Level,
        goal: (Option<u32>, Option<i64>),
        pace: Pace,
    ) -> Result<(Learner, Vec<Kept>), ProfileError> {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() || name.chars().count() > 40 || key(&name) == GUEST || !sayable(&name) {
            return Err(ProfileError::NoName);
        }
        if self.find(&name).is_ok() {
            return Err(ProfileError::Taken(name));
        }
        let id: Arc<str> = crate::store::new_id();
        let mut kept = vec![self.note(&id, What::Enrolled { name, level, pace })];
        if goal != (None, None) {
            let weekly_minutes = goal.0.unwrap_or(USUAL_MINUTES);
            kept.push(self.note(&id, What::GoalSet { weekly_minutes, test_day: goal.1 }));
        }
        let profile = self.class().records.get(&id).and_then(|record| record.profile());
        profile.map(|learner| (learner, kept)).ok_or(ProfileError::NoName)
    }

    /// Changes a child's profile and goal.
    ///
    /// # Errors
    /// [`ProfileError::Unknown`], [`ProfileError::Taken`] and [`ProfileError::NoName`].
    pub fn change(
        &self,
        learner: &str,
        name: &str,
        level: Level,
        goal: (u32, Option<i64>),
        pace: Pace,
    ) -> Result<Vec<Kept>, ProfileError> {
        let known = self.learners();
        let now = known.iter().find(|one| one.id == learner);
        let now = now.ok_or_else(|| ProfileError::Unknown(name.to_owned()))?;
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() || name.chars().count() > 40 || key(&name) == GUEST || !sayable(&name) {
            return Err(ProfileError::NoName);
        }
        if known.iter().any(|one| one.id != learner && key(&one.name) == key(&name)) {
            return Err(ProfileError::Taken(name));
        }
        let id: Arc<str> = learner.into();
        let (weekly_minutes, test_day) = goal;
        let mut kept = Vec::new();
        if (&now.name, now.level, now.pace) != (&name, level, pace) {
            kept.push(self.note(&id, What::Enrolled { name, level, pace }));
        }
        if (now.weekly_minutes, now.test_day) != goal {
            kept.push(self.note(&id, What::GoalSet { weekly_minutes, test_day }));
        }
        Ok(kept)
    }

    /// Sets something for a child; see [`iseetutor_learner::settings`].
    ///
    /// # Errors
    /// [`SettingError`]; then nothing is set.
    pub fn set(&self, learner: &str, key: &str, value: &str) -> Result<Kept, SettingError> {
        let today = iseetutor_learner::time::day(self.now_ms(), self.clock.offset_ms());
        let value = iseetutor_learner::settings::read(key, value, today)?;
        Ok(self.note(&learner.into(), What::Set { key: key.to_owned(), value }))
    }

    /// A child's record as it is now.
    #[must_use]
    pub fn record(&self, learner: &str) -> Option<Arc<Record>> {
        self.class().records.get(learner).cloned()
    }

    /// What can be asked, as planning sees it.
    #[must_use]
    pub fn catalog(&self) -> Arc<Catalog> {
        Arc::clone(&self.catalog)
    }

    /// Notes that something happened to a child, now.
    pub fn note(&self, learner: &Arc<str>, what: What) -> Kept {
        let event = self.event(learner, what);
        let mut class = self.class();
        let offset_ms = self.clock.offset_ms();
        let record = class
            .records
            .entry(Arc::clone(learner))
            .or_insert_with(|| Arc::new(Record::new(learner, offset_ms)));
        Arc::make_mut(record).apply(&event);
        kept(&event)
    }

    fn event(&self, learner: &str, what: What) -> Event {
        let device = self.class().device.clone();
        Event::new(crate::store::new_id().to_string(), &device, learner, self.clock.now_ms(), what)
    }

    /// Forgets a child whose events were deleted.
    pub fn forget(&self, learner: &str) -> bool {
        self.class().records.remove(learner).is_some()
    }

    /// Reads a child's record.
    fn with<T>(&self, learner: &str, read: impl FnOnce(&Record) -> T) -> Option<T> {
        self.class().records.get(learner).map(|record| read(record))
    }
}

/// As something to be kept.
fn kept(event: &Event) -> Kept {
    Kept {
        id: event.id.as_str().into(),
        learner: event.learner.as_str().into(),
        // An event of ours has its JSON; without it nothing but null would be kept, which reading counts.
        body: serde_json::to_value(event).unwrap_or_default(),
    }
}

/// How names are compared.
fn key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Whether a voice can say a name, and a file bear it.
fn sayable(name: &str) -> bool {
    name.chars().any(char::is_alphabetic)
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '.' | '’'))
}

#[cfg(test)]
#[allow(missing_docs)]
pub mod tests;
