//! An answer on its way.

use iseetutor_wire::TurnTiming;

use crate::answer::Composer;
use crate::conversation::{Planned, Sentence, VolumeChange};

/// An answer on its way.
#[derive(Debug)]
pub struct Answering {
    /// The turn that is answered.
    pub turn: u64,
    /// Its revision; audiod plays only what carries it.
    pub revision: u32,
    /// Where the time went so far.
    pub timing: TurnTiming,
    /// When the transcript came.
    pub heard_us: u64,
    /// What the child said.
    pub question: String,
    /// What is being carried out.
    pub planned: Planned,
    /// How many of its first sentences the voice was given ahead.
    pub prepared: usize,
    /// What was said so far.
    pub sentences: Vec<Sentence>,
    /// What the model said so far.
    pub own_words: Vec<String>,
    /// What the answer waits for; nothing when it is complete.
    pub waiting: Waiting,
}

/// What an answer waits for.
#[derive(Debug)]
pub enum Waiting {
    /// Nothing.
    Nothing,
    /// audiod.
    Volume {
        /// What was asked of it.
        change: VolumeChange,
        /// When it is given up.
        until_us: u64,
    },
    /// llmd.
    Model {
        /// The request.
        request: u64,
        /// When it was made.
        asked_us: u64,
        /// Whether anything has come.
        began: bool,
        /// When it is given up, unless something comes before.
        until_us: u64,
        /// What makes pieces of what comes.
        composer: Box<Composer>,
    },
}

impl Answering {
    /// The request that is open.
    pub fn request(&self) -> Option<u64> {
        match self.waiting {
            Waiting::Model { request, .. } => Some(request),
            _ => None,
        }
    }

    /// When the waiting is given up.
    pub fn deadline_us(&self) -> Option<u64> {
        match self.waiting {
            Waiting::Nothing => None,
            Waiting::Volume { until_us, .. } | Waiting::Model { until_us, .. } => Some(until_us),
        }
    }
}
