//! The children of a device.

use iseetutor_curriculum::level::Level;
use serde::{Deserialize, Serialize};

/// How fast the tutor goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pace {
    /// Slower speech, longer silences, fewer new skills.
    Calm,
    /// As usual.
    #[default]
    Steady,
    /// Faster.
    Quick,
}

/// A child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Learner {
    /// Unchanging; events name it.
    pub id: String,
    /// As it is said.
    pub name: String,
    /// The level of the test.
    pub level: Level,
    /// The day of the test, counted from 1970-01-01.
    #[serde(default)]
    pub test_day: Option<i64>,
    /// Minutes a week.
    #[serde(default = "usual_minutes")]
    pub weekly_minutes: u32,
    /// How fast the tutor goes.
    #[serde(default)]
    pub pace: Pace,
}

/// Minutes a week where no goal was set.
pub const USUAL_MINUTES: u32 = 90;

fn usual_minutes() -> u32 {
    USUAL_MINUTES
}

/// Why a child cannot be added.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// Upper and lower case do not tell names apart: they sound the same.
    #[error("there is a learner called '{0}' already; choose another name")]
    Taken(String),
    /// Nothing to call it by.
    #[error("a learner's name is 1 to 40 characters long")]
    NoName,
    /// No such learner.
    #[error("there is no learner called '{0}'")]
    Unknown(String),
}

/// The children of a device, each with a name of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct Learners(Vec<Learner>);

impl<'de> Deserialize<'de> for Learners {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut learners = Self::default();
        for learner in Vec::<Learner>::deserialize(deserializer)? {
            learners.add(learner).map_err(serde::de::Error::custom)?;
        }
        Ok(learners)
    }
}

fn key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl Learners {
    /// Adds a child.
    ///
    /// # Errors
    /// [`ProfileError::NoName`] and [`ProfileError::Taken`].
    pub fn add(&mut self, mut learner: Learner) -> Result<(), ProfileError> {
        learner.name = learner.name.split_whitespace().collect::<Vec<_>>().join(" ");
        if learner.name.is_empty() || learner.name.chars().count() > 40 {
            return Err(ProfileError::NoName);
        }
        if self.find(&learner.name).is_some() || self.0.iter().any(|one| one.id == learner.id) {
            return Err(ProfileError::Taken(learner.name));
        }
        self.0.push(learner);
        Ok(())
    }

    /// The child of a name, upper or lower case.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Learner> {
        let wanted = key(name);
        self.0.iter().find(|learner| key(&learner.name) == wanted)
    }

    /// Takes a child away.
    ///
    /// # Errors
    /// [`ProfileError::Unknown`].
    pub fn remove(&mut self, name: &str) -> Result<Learner, ProfileError> {
        let wanted = key(name);
        let place = self.0.iter().position(|learner| key(&learner.name) == wanted);
        place.map(|place| self.0.remove(place)).ok_or_else(|| ProfileError::Unknown(name.to_owned()))
    }

    /// All of them, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Learner> {
        self.0.iter()
    }
}
