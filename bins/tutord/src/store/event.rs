//! What is recorded.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::Value;

/// What kind of event it is. The names are on disk and never change; kinds are only added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What the child said: `text`, `confidence`, `no_speech`, `intent`, and what had been heard of the last answer.
    Heard,
    /// What the tutor said: `sentences`, `source`, and whether it was interrupted or had no voice.
    Said,
    /// A command that was obeyed: `command`.
    Command,
    /// Something about the device that the child was told: `notice`.
    Notice,
    /// Something learnt or tried, as the learner's record has it. On disk before the child hears of it.
    Learning,
}

impl Kind {
    /// The name on disk.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Heard => "heard",
            Self::Said => "said",
            Self::Command => "command",
            Self::Notice => "notice",
            Self::Learning => "learning",
        }
    }
}

/// An event as those make it to whom it happens.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEvent {
    /// The conversation it belongs to.
    pub conversation: Arc<str>,
    /// The turn of the conversation, 0 outside of one.
    pub turn: u64,
    /// What kind of event it is.
    pub kind: Kind,
    /// What happened; a JSON object.
    pub body: Value,
    /// Whose it is: a learner's id, empty when nobody was signed in.
    pub learner: Arc<str>,
    /// Its id if it has one already, as learning events do; otherwise it gets one.
    pub id: Option<Arc<str>>,
}

/// An event with its identity.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// A UUID of version 7: unique without asking anybody, and later ones sort after earlier ones.
    pub id: Arc<str>,
    /// When it happened, in milliseconds since 1970 by the system's clock.
    pub created_at: i64,
    /// What happened.
    pub event: NewEvent,
}

impl NewEvent {
    /// Something learnt or tried.
    #[must_use]
    pub fn learning(conversation: Arc<str>, turn: u64, kept: crate::school::Kept) -> Self {
        let crate::school::Kept { id, learner, body } = kept;
        Self { conversation, turn, kind: Kind::Learning, body, learner, id: Some(id) }
    }
}

impl Event {
    /// Gives an event its identity and the time.
    #[must_use]
    pub fn happening_now(event: NewEvent) -> Self {
        // A clock before 1970 would be set by nobody; zero then says "unknown".
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self {
            id: event.id.clone().unwrap_or_else(new_id),
            created_at: i64::try_from(since.as_millis()).unwrap_or(i64::MAX),
            event,
        }
    }
}

/// A new UUID of version 7 as text.
#[must_use]
pub fn new_id() -> Arc<str> {
    uuid::Uuid::now_v7().hyphenated().to_string().into()
}
