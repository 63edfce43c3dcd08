//! What a grown-up may do with the children of the device: list, add, show, export and erase them.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::os::fd::OwnedFd;
use std::sync::Arc;

use iseetutor_bus::Options;
use iseetutor_curriculum::level::Level;
use iseetutor_learner::profile::{Learner, Pace, ProfileError};
use jiff::civil::Date;
use serde_json::{Value, json};
use zbus::fdo::{Error, Result};

use crate::school::School;
use crate::store::{NewEvent, Store, StoreError};

/// Most minutes a week that can be a goal.
const MOST_MINUTES: u32 = 2_520;

/// The children and where their record lies.
#[derive(Debug, Clone)]
pub struct Roster {
    school: Arc<School>,
    store: Store,
}

impl Roster {
    /// The children of a school, whose record is in a store.
    #[must_use]
    pub fn new(school: Arc<School>, store: Store) -> Self {
        Self { school, store }
    }

    /// Their profiles.
    #[must_use]
    pub fn list(&self) -> String {
        Value::from_iter(self.school.learners().iter().map(profile)).to_string()
    }

    /// The child of a name.
    ///
    /// # Errors
    /// `InvalidArgs` if there is none.
    pub fn find(&self, name: &str) -> Result<Learner> {
        self.school.find(name).map_err(|error| invalid(&error))
    }

    /// Adds a child; it is on disk when this returns.
    ///
    /// # Errors
    /// `InvalidArgs` naming what cannot be, `Failed` when it cannot be kept.
    pub async fn add(&self, name: &str, level: &str, options: &Options) -> Result<String> {
        let level: Level =
            level.parse().map_err(|error| Error::InvalidArgs(format!("cannot add {name}: {error}")))?;
        let Wanted { weekly_minutes, test_day, pace } = Wanted::read(options)?;
        let added = self.school.enrol(name, level, (weekly_minutes, test_day), pace);
        let (learner, kept) = added.map_err(|error| invalid(&error))?;
        for kept in kept {
            if let Err(error) = self.store.append(NewEvent::learning("".into(), 0, kept)).await
                && !matches!(error, StoreError::Waiting { .. })
            {
                self.school.forget(&learner.id);
                return Err(Error::Failed(format!("cannot add {name}: {error}")));
            }
        }
        Ok(profile(&learner).to_string())
    }

    /// Sets something for a child; it is on disk when this returns.
    ///
    /// # Errors
    /// `InvalidArgs` if there is no such child or setting, or it cannot have the value, `Failed` when it cannot be kept.
    pub async fn set(&self, name: &str, key: &str, value: &str) -> Result<String> {
        let learner = self.find(name)?;
        let kept = self.school.set(&learner.id, key, value);
        let kept =
            kept.map_err(|error| Error::InvalidArgs(format!("cannot set {key} for {name}: {error}")))?;
        if let Err(error) = self.store.append(NewEvent::learning("".into(), 0, kept)).await
            && !matches!(error, StoreError::Waiting { .. })
        {
            return Err(Error::Failed(format!("cannot set {key} for {name}: {error}")));
        }
        Ok(self.settings(&learner).to_string())
    }

    /// What is set for a child.
    fn settings(&self, learner: &Learner) -> Value {
        let record = self.school.record(&learner.id);
        record.map(|record| record.settings()).unwrap_or_default().into_iter().collect()
    }

    /// Everything that is computed of a child's record.
    ///
    /// # Errors
    /// `InvalidArgs` if there is no such child.
    pub fn show(&self, name: &str) -> Result<String> {
        let learner = self.find(name)?;
        let mut report = self.school.report(&learner);
        if let Some(fields) = report.as_object_mut() {
            fields.insert("learner".into(), profile(&learner));
            fields.insert("settings".into(), self.settings(&learner));
        }
        Ok(report.to_string())
    }

    /// Writes everything on record of a child, one JSON object a line.
    ///
    /// # Errors
    /// `InvalidArgs` if there is no such child, `Failed` when it cannot be read or written.
    pub async fn export(&self, name: &str, file: OwnedFd) -> Result<u64> {
        let learner = self.find(name)?;
        let events = self.store.of_learner(&learner.id).await;
        let events = events.map_err(|error| Error::Failed(format!("cannot export {name}: {error}")))?;
        let count = events.len() as u64;
        let write = move || -> std::io::Result<()> {
            let mut file = BufWriter::new(File::from(file));
            for event in events {
                writeln!(file, "{event}")?;
            }
            file.into_inner()?.sync_all().or_else(|error| {
                // A pipe has no disk.
                if error.kind() == std::io::ErrorKind::InvalidInput { Ok(()) } else { Err(error) }
            })
        };
        let written = tokio::task::spawn_blocking(write).await;
        let written = written.map_err(|error| Error::Failed(format!("cannot export {name}: {error}")))?;
        written.map_err(|error| Error::Failed(format!("cannot write the export of {name}: {error}")))?;
        Ok(count)
    }

    /// Erases everything on record of a child, for ever.
    ///
    /// # Errors
    /// `InvalidArgs` if there is no such child, `Failed` when it cannot be erased; then nothing was.
    pub async fn erase(&self, name: &str) -> Result<String> {
        let learner = self.find(name)?;
        let erased = self.store.erase(&learner.id).await;
        let erased = erased.map_err(|error| {
            Error::Failed(format!(
                "cannot erase {name}: {error}; nothing was erased, try again when that is mended"
            ))
        })?;
        self.school.forget(&learner.id);
        let at = jiff::Timestamp::now().to_string();
        Ok(json!({ "erased": erased, "learner": learner.id, "at": at }).to_string())
    }
}

/// A profile with its day of the test as a date.
fn profile(learner: &Learner) -> Value {
    json!({
        "id": learner.id,
        "name": learner.name,
        "level": learner.level,
        "test_day": learner.test_day.and_then(date).map(|date| date.to_string()),
        "weekly_minutes": learner.weekly_minutes,
        "pace": learner.pace,
    })
}

/// A day, counted from 1970-01-01, as a date.
fn date(day: i64) -> Option<Date> {
    let days = jiff::Span::new().try_days(day).ok()?;
    jiff::civil::date(1970, 1, 1).checked_add(days).ok()
}

/// A date as a day, counted from 1970-01-01.
fn day(text: &str) -> Option<i64> {
    let date: Date = text.parse().ok()?;
    let since = jiff::civil::date(1970, 1, 1).until(date).ok()?;
    Some(i64::from(since.get_days()))
}

fn invalid(error: &ProfileError) -> Error {
    Error::InvalidArgs(error.to_string())
}

/// What a child is added with.
#[derive(Debug, Default, PartialEq)]
struct Wanted {
    weekly_minutes: Option<u32>,
    test_day: Option<i64>,
    pace: Pace,
}

impl Wanted {
    fn read(options: &Options) -> Result<Self> {
        let mut wanted = Self::default();
        let text = |key: &str, value: &zbus::OwnedVariant| {
            value
                .downcast_ref::<String>()
                .map_err(|_| Error::InvalidArgs(format!("option {key} is a text (s)")))
        };
        for (key, value) in options {
            match key.as_str() {
                "weekly_minutes" => {
                    let minutes = value
                        .downcast_ref::<u32>()
                        .ok()
                        .filter(|minutes| (1..=MOST_MINUTES).contains(minutes));
                    wanted.weekly_minutes = Some(minutes.ok_or_else(|| {
                        Error::InvalidArgs(format!("option weekly_minutes is 1 to {MOST_MINUTES} (u)"))
                    })?);
                }
                "test_day" => {
                    let told = text(key, value)?;
                    wanted.test_day = Some(day(&told).ok_or_else(|| {
                        Error::InvalidArgs(format!(
                            "option test_day is a date such as 2027-01-30, not {told}"
                        ))
                    })?);
                }
                "pace" => {
                    wanted.pace = match text(key, value)?.as_str() {
                        "calm" => Pace::Calm,
                        "steady" => Pace::Steady,
                        "quick" => Pace::Quick,
                        other => {
                            return Err(Error::InvalidArgs(format!(
                                "option pace is calm, steady or quick, not {other}"
                            )));
                        }
                    }
                }
                other => {
                    return Err(Error::InvalidArgs(format!(
                        "unknown option {other:?}; known are test_day, weekly_minutes and pace"
                    )));
                }
            }
        }
        Ok(wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::{Wanted, date, day};
    use iseetutor_bus::Options;
    use zbus::{OwnedVariant, Variant};

    #[test]
    fn days_are_dates_and_back() {
        for (text, number) in [("1970-01-01", 0), ("2027-01-30", 20_848), ("2024-02-29", 19_782)] {
            assert_eq!(day(text), Some(number));
            assert_eq!(date(number).map(|date| date.to_string()).as_deref(), Some(text));
        }
        for text in ["", "tomorrow", "2027-02-30", "30.1.2027"] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn options_that_cannot_be_are_refused_by_name() {
        let read = |key: &str, value: Variant<'static>| {
            let value = OwnedVariant::try_from(value).unwrap_or_else(|_| OwnedVariant::from(0_u32));
            Wanted::read(&Options::from([(key.to_owned(), value)]))
        };
        assert!(
            read("weekly_minutes", Variant::from(90_u32))
                .is_ok_and(|wanted| wanted.weekly_minutes == Some(90))
        );
        assert!(read("pace", Variant::from("calm")).is_ok());
        for (key, value) in [
            ("weekly_minutes", Variant::from(0_u32)),
            ("weekly_minutes", Variant::from("many")),
            ("test_day", Variant::from("soon")),
            ("pace", Variant::from("wild")),
            ("colour", Variant::from("red")),
        ] {
            assert!(read(key, value).is_err_and(|error| error.to_string().contains(key)), "{key}");
        }
    }
}
