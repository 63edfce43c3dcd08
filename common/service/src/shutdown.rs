//! An orderly end.

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// Tells every task that it is time to end. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Shutdown {
    begun: watch::Receiver<bool>,
}

/// Begins the shutdown that it was made with; dropping it does so too.
#[derive(Debug)]
pub struct Trigger {
    begun: watch::Sender<bool>,
}

impl Trigger {
    /// Begins the shutdown.
    pub fn trigger(&self) {
        self.begun.send_replace(true);
    }
}

impl Drop for Trigger {
    fn drop(&mut self) {
        self.trigger();
    }
}

impl Shutdown {
    /// A shutdown and what begins it.
    #[must_use]
    pub fn new() -> (Trigger, Self) {
        let (sender, begun) = watch::channel(false);
        (Trigger { begun: sender }, Self { begun })
    }

    /// A shutdown begun by SIGTERM or SIGINT.
    ///
    /// # Errors
    /// When the signals cannot be caught.
    pub fn on_signals() -> std::io::Result<Self> {
        let (trigger, shutdown) = Self::new();
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        tokio::spawn(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            trigger.trigger();
        });
        Ok(shutdown)
    }

    /// Waits until the shutdown begins. Cancel safe.
    pub async fn wait(&self) {
        let mut begun = self.begun.clone();
        // An error means that the trigger is gone, and that begins the shutdown too.
        let _ = begun.wait_for(|begun| *begun).await;
    }

    /// Whether the shutdown has begun.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        *self.begun.borrow()
    }
}
