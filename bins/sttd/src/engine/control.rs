use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use iseetutor_service::Heartbeat;

/// Calls work off from another thread. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Cancel {
    cancelled: Arc<AtomicBool>,
}

impl Cancel {
    /// Calls the work off.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether the work was called off.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

/// What a computation reports to and listens to while it runs.
#[derive(Debug, Clone, Default)]
pub struct Control {
    /// Beats after every step: the encoder, each token, each piece of a long recording.
    pub heartbeat: Heartbeat,
    /// Stops the computation before its next step.
    pub cancel: Cancel,
}

impl Control {
    /// Beats, and says whether to go on.
    #[must_use]
    pub fn step(&self) -> bool {
        self.heartbeat.beat();
        !self.cancel.is_cancelled()
    }
}
