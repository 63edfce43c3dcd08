//! Stopping what is being said.

use std::sync::Arc;

use tokio::sync::watch;

/// Stops every text that carries a clone of it. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Cancel {
    state: Arc<watch::Sender<bool>>,
}

impl Default for Cancel {
    fn default() -> Self {
        Self { state: Arc::new(watch::Sender::new(false)) }
    }
}

impl Cancel {
    /// Stops the texts.
    pub fn cancel(&self) {
        self.state.send_replace(true);
    }

    /// Whether they are stopped.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        *self.state.borrow()
    }

    /// Waits until they are stopped. Cancel safe.
    pub async fn cancelled(&self) {
        // The sender lives as long as this value, so this ends only when the value is true.
        let _ = self.state.subscribe().wait_for(|cancelled| *cancelled).await;
    }
}
