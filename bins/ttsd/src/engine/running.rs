//! What the engine says right now, and how it makes way in the middle of a stretch.

use std::sync::{Arc, Mutex, PoisonError};

use super::Cancel;
use crate::voice::{Interrupt, VoiceError};

/// What the engine says right now. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Running {
    now: Arc<Mutex<Option<Now>>>,
}

#[derive(Debug)]
struct Now {
    level: usize,
    cancel: Cancel,
    interrupt: Interrupt,
}

impl Running {
    /// A text of a level goes on. What is put into a queue from here on interrupts it, so the queues are to be looked
    /// into once more before anything is computed.
    pub(super) fn set(&self, level: usize, cancel: &Cancel, interrupt: &Interrupt) -> Result<(), VoiceError> {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        interrupt.reset()?;
        *now = Some(Now { level, cancel: cancel.clone(), interrupt: interrupt.clone() });
        Ok(())
    }

    /// Nothing is said.
    pub(super) fn clear(&self) {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Something was put into the queue of a level: what is less urgent makes way, and what was cancelled ends.
    pub(super) fn make_way(&self, level: usize) {
        let now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(now) = now.as_ref()
            && (now.level > level || now.cancel.is_cancelled())
        {
            now.interrupt.stop();
        }
    }
}
