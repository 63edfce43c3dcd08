//! Keeps copies of the learning record: one a day, and a new one at once when a child was erased.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use iseetutor_bus::Status;
use iseetutor_service::Shutdown;
use tokio::sync::{Mutex, watch};

use crate::store::{BackupError, Backups, Copy, Store};

/// How often it is looked whether a copy is due.
const LOOK: Duration = Duration::from_secs(600);
/// How long after the start the first look is: a child that waits goes first.
const FIRST: Duration = Duration::from_secs(30);

/// Keeps the copies. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Keeper {
    copies: Backups,
    store: Store,
    status: Status,
    /// One copy at a time.
    one: Arc<Mutex<()>>,
}

impl Keeper {
    /// Copies of the store's database in `folder`.
    #[must_use]
    pub fn new(store: Store, folder: PathBuf, status: Status) -> Self {
        let copies = Backups::new(store.path(), folder);
        Self { copies, store, status, one: Arc::default() }
    }

    /// Makes today's copy, and thins the older ones.
    ///
    /// # Errors
    /// [`BackupError`]; it is on the bus as the daemon's last error, too.
    pub async fn make(&self) -> Result<Copy, BackupError> {
        let _one = self.one.lock().await;
        // Without knowing what was erased nothing is removed for it; the next look does.
        let erased = self.store.erasures().await.ok().and_then(|proofs| proofs.first().map(|(.., at)| *at));
        let copies = self.copies.clone();
        let made = tokio::task::spawn_blocking(move || {
            let copy = copies.make(jiff::Zoned::now().date())?;
            copies.thin(erased)?;
            Ok(copy)
        });
        let made = made.await.unwrap_or_else(|error| {
            Err(BackupError::Damaged { path: self.store.path().to_owned(), detail: error.to_string() })
        });
        match &made {
            Ok(copy) => {
                self.status.count("backups");
                tracing::info!(bytes = copy.bytes, path = %copy.path.display(), "the record was copied");
            }
            Err(error) => self.status.error(error),
        }
        made
    }

    /// The copies, the newest first.
    ///
    /// # Errors
    /// [`BackupError::File`].
    pub async fn list(&self) -> Result<Vec<Copy>, BackupError> {
        let copies = self.copies.clone();
        tokio::task::spawn_blocking(move || copies.list()).await.unwrap_or_else(|_| Ok(Vec::new()))
    }

    /// Whether there is none of today, or one from before an erasure.
    async fn is_due(&self) -> bool {
        let Ok(copies) = self.list().await else { return true };
        let today = jiff::Zoned::now().date();
        let erased = self.store.erasures().await.ok().and_then(|proofs| proofs.first().map(|(.., at)| *at));
        copies.first().is_none_or(|newest| newest.day != today)
            || copies.iter().any(|copy| erased.is_some_and(|erased| copy.at_ms <= erased))
    }

    /// Keeps the copies until the shutdown.
    pub async fn keep(self, shutdown: Shutdown) {
        let mut erasures: watch::Receiver<u64> = self.store.erased();
        let mut look = tokio::time::interval_at(tokio::time::Instant::now() + FIRST, LOOK);
        look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = shutdown.wait() => return,
                _ = look.tick() => {}
                Ok(()) = erasures.changed() => {}
            }
            if self.is_due().await {
                // It was said where it goes wrong, and is tried again at the next look.
                let _ = self.make().await;
            }
        }
    }
}
