//! Stopping a voice in the middle of a stretch.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ort::session::RunOptions;

use super::VoiceError;

/// Stops what a voice computes, from any thread, within the time of one operation of its model. Cheap to clone.
#[derive(Clone)]
pub struct Interrupt {
    pub(super) options: Arc<RunOptions>,
    stopped: Arc<AtomicBool>,
}

impl Interrupt {
    pub(super) fn new() -> Result<Self, VoiceError> {
        Ok(Self { options: Arc::new(RunOptions::new()?), stopped: Arc::default() })
    }

    /// Stops what is computed, and what would be until [`Interrupt::reset`].
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
        if let Err(error) = self.options.terminate() {
            tracing::debug!(%error, "what is computed goes on to its end");
        }
    }

    /// Lets the voice compute again.
    ///
    /// # Errors
    /// [`VoiceError::Run`].
    pub fn reset(&self) -> Result<(), VoiceError> {
        if self.stopped.swap(false, Ordering::SeqCst) {
            self.options.unterminate()?;
        }
        Ok(())
    }

    /// Whether it was stopped since it was last reset.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }
}

impl std::fmt::Debug for Interrupt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Interrupt").field("stopped", &self.stopped).finish_non_exhaustive()
    }
}
