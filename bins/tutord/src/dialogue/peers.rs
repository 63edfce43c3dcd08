//! Who is there, and what is to be said about who is not.

use super::event::Peer;
use crate::phrases::Phrase;

/// How long sttd may be away before it is said: a quick restart is not worth a word.
const PATIENCE_US: u64 = 3_000_000;

/// The state of the three peers.
#[derive(Debug, Default)]
pub struct Peers {
    /// Connections of sttd; a peer that restarts may have two for a moment.
    ears: u32,
    pub model: bool,
    pub voice: bool,
    /// Since when nobody listens, if somebody did before.
    deaf_since_us: Option<u64>,
    told_deaf: bool,
    /// Whether something was to be said while there was no voice.
    pub unsaid: bool,
}

impl Peers {
    /// A peer connected; returns what is to be said about it.
    pub fn up(&mut self, peer: Peer) -> Option<Phrase> {
        match peer {
            Peer::Ears => {
                self.ears += 1;
                self.deaf_since_us = None;
                std::mem::take(&mut self.told_deaf).then_some(Phrase::HearAgain)
            }
            Peer::Model => {
                self.model = true;
                None
            }
            Peer::Voice => {
                self.voice = true;
                std::mem::take(&mut self.unsaid).then_some(Phrase::VoiceBack)
            }
        }
    }

    /// A peer is gone.
    pub fn down(&mut self, peer: Peer, now_us: u64) {
        match peer {
            Peer::Ears => {
                self.ears = self.ears.saturating_sub(1);
                if self.ears == 0 {
                    self.deaf_since_us.get_or_insert(now_us);
                }
            }
            Peer::Model => self.model = false,
            Peer::Voice => self.voice = false,
        }
    }

    /// Whether sttd is connected.
    pub fn hears(&self) -> bool {
        self.ears > 0
    }

    /// Time passed; returns what is to be said.
    pub fn tick(&mut self, now_us: u64) -> Option<Phrase> {
        let due = !self.told_deaf && self.deadline_us().is_some_and(|at| now_us >= at);
        self.told_deaf |= due;
        due.then_some(Phrase::CannotHear)
    }

    /// When [`Peers::tick`] has something to say.
    pub fn deadline_us(&self) -> Option<u64> {
        self.deaf_since_us.filter(|_| !self.told_deaf).map(|since| since + PATIENCE_US)
    }
}
