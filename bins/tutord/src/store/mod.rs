//! The learning record: append-only events in SQLite.
//!
//! One thread owns the database, behind a bounded channel; nothing else touches it. What is asked for together is
//! committed together, and an event counts as recorded only after its `COMMIT` (WAL, `synchronous=FULL`, so after the
//! log reached the disk). When the database cannot be written (full disk, a mount that is missing, damage), the
//! conversation goes on: events wait in memory, in order and up to a limit, and are written when it works again.
//!
//! Mastery, schedules and reports will be projections of the events, so merging two devices is a union by event id.

mod backup;
mod database;
mod error;
mod event;
mod migrations;
mod worker;

pub use backup::{BackupError, Backups, Copy};
use database::Database;
pub use error::StoreError;
pub use event::{Event, Kind, NewEvent, new_id};
pub use migrations::{APPLICATION_ID, VERSION};

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::time::Duration;

use iseetutor_service::Heartbeat;
use tokio::sync::{oneshot, watch};

/// Requests in waiting at most.
const QUEUE: usize = 1_024;

/// How a store behaves.
#[derive(Debug, Clone)]
pub struct StoreOptions {
    /// The database's file.
    pub path: PathBuf,
    /// Events kept in memory while the database cannot be written; older ones are kept, newer ones refused.
    pub pending: usize,
    /// How long to wait before trying a failed database again.
    pub retry: Duration,
}

impl StoreOptions {
    /// The usual options for the database at `path`.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), pending: 4_096, retry: Duration::from_secs(5) }
    }
}

/// Whether events reach the disk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Health {
    /// They do.
    #[default]
    Good,
    /// They do not; the text names the trouble and the remedy.
    Trouble(String),
}

/// The store's handle. Cheap to clone; the thread ends, having written what it can, when the last clone is dropped.
#[derive(Debug, Clone)]
pub struct Store {
    queue: SyncSender<Request>,
    health: watch::Receiver<Health>,
    count: Arc<AtomicU64>,
    lost: Arc<AtomicU64>,
    erased: Arc<watch::Sender<u64>>,
    heartbeat: Heartbeat,
    path: PathBuf,
}

/// What the thread is asked.
#[derive(Debug)]
enum Request {
    Append { event: Event, done: Option<oneshot::Sender<Result<(), StoreError>>> },
    Act(Act),
}

/// Something done with the database itself, or told why it cannot be.
struct Act(Box<Deed>);

type Deed = dyn FnOnce(Result<&mut Database, StoreError>) + Send;

impl std::fmt::Debug for Act {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Act")
    }
}

/// What is on record of learning.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Learning {
    /// The device's id.
    pub device: String,
    /// Learning events as JSON, in the order in which they came.
    pub events: Vec<String>,
}

/// Something that was said, by the child or the tutor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// The conversation that it belongs to.
    pub conversation: String,
    /// Whether the child was heard, or the tutor said it.
    pub heard: bool,
    /// The event's body as JSON; see [`Kind::Heard`] and [`Kind::Said`].
    pub body: String,
}

/// Waits for the thread's end after the last [`Store`] was dropped.
#[derive(Debug)]
pub struct StoreThread {
    thread: std::thread::JoinHandle<()>,
}

impl StoreThread {
    /// Waits, at most `limit`, until what was asked for is written and the database is closed; whether it is.
    pub async fn finished(self, limit: Duration) -> bool {
        let joined = tokio::task::spawn_blocking(move || self.thread.join().is_ok());
        matches!(tokio::time::timeout(limit, joined).await, Ok(Ok(true)))
    }
}

impl Store {
    /// Opens the database, creating and migrating it as needed. Trouble that may pass leaves the store working in memory
    /// (see [`Store::health`]).
    ///
    /// # Errors
    /// [`StoreError::Newer`] and [`StoreError::Foreign`]: the file is somebody else's and is left as it is.
    /// [`StoreError::Thread`] when the system refuses a thread.
    pub async fn open(options: StoreOptions) -> Result<(Self, StoreThread), StoreError> {
        let (queue, requests) = sync_channel(QUEUE);
        let (health, health_now) = watch::channel(Health::Good);
        let (opened, first) = oneshot::channel();
        let (count, lost) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let heartbeat = Heartbeat::default();
        let path = options.path.clone();
        let worker =
            worker::Worker::new(options, health, Arc::clone(&count), Arc::clone(&lost), heartbeat.clone());
        let thread = std::thread::Builder::new()
            .name("store".into())
            .spawn(move || worker.run(&requests, opened))
            .map_err(|source| StoreError::Thread { source })?;
        first.await.map_err(|_| StoreError::Closed)??;
        let erased = Arc::new(watch::channel(0).0);
        let store = Self { queue, health: health_now, count, lost, erased, heartbeat, path };
        Ok((store, StoreThread { thread }))
    }

    /// Records an event and waits until it is on disk.
    ///
    /// # Errors
    /// [`StoreError`]; after [`StoreError::Waiting`] the event is kept in memory and will be written when the
    /// database works again, after any other it is not kept.
    pub async fn append(&self, event: NewEvent) -> Result<Arc<str>, StoreError> {
        let event = Event::happening_now(event);
        let id = Arc::clone(&event.id);
        let (done, result) = oneshot::channel();
        self.offer(Request::Append { event, done: Some(done) })?;
        result.await.map_err(|_| StoreError::Closed)??;
        Ok(id)
    }

    /// Hands an event over to be recorded, without waiting. When even the queue is full the event is lost and counted.
    pub fn record(&self, event: NewEvent) {
        let event = Event::happening_now(event);
        if let Err(error) = self.offer(Request::Append { event, done: None }) {
            self.lost.fetch_add(1, Ordering::Relaxed);
            tracing::warn!(%error, "event lost");
        }
    }

    /// Everything on record of learning.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read now.
    pub async fn learning(&self) -> Result<Learning, StoreError> {
        self.act(|database| {
            Ok(Learning { device: database.device().to_owned(), events: database.learning()? })
        })
        .await
    }

    /// Everything of a learner, each event as a JSON object, in the order in which they came.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read now.
    pub async fn of_learner(&self, learner: &str) -> Result<Vec<String>, StoreError> {
        let learner = learner.to_owned();
        self.act(move |database| database.of_learner(&learner)).await
    }

    /// A learner's learning events as JSON, in the order in which they came.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read now.
    pub async fn learning_of(&self, learner: &str) -> Result<Vec<String>, StoreError> {
        let learner = learner.to_owned();
        self.act(move |database| database.learning_of(&learner)).await
    }

    /// What a learner said and was told, the latest first, from the `skip`th on, at most `take`.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read now.
    pub async fn spoken(&self, learner: &str, skip: u32, take: u32) -> Result<Vec<Spoken>, StoreError> {
        let learner = learner.to_owned();
        self.act(move |database| database.spoken(&learner, skip, take)).await
    }

    /// The proofs of what was erased, the latest first: whose, how many events, and when in milliseconds since 1970.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read now.
    pub async fn erasures(&self) -> Result<Vec<(String, u64, i64)>, StoreError> {
        self.act(|database| database.erasures()).await
    }

    /// Deletes everything of a learner, for ever; returns how many events there were.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was deleted.
    pub async fn erase(&self, learner: &str) -> Result<u64, StoreError> {
        let learner = learner.to_owned();
        let erased = self.act(move |database| database.erase(&learner)).await?;
        self.count.fetch_sub(erased.min(self.count()), Ordering::Relaxed);
        self.erased.send_modify(|times| *times += 1);
        Ok(erased)
    }

    /// Changes whenever a learner was erased.
    #[must_use]
    pub fn erased(&self) -> watch::Receiver<u64> {
        self.erased.subscribe()
    }

    /// Does something with the database after everything that was asked for before.
    async fn act<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Database) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (done, result) = oneshot::channel();
        self.offer(Request::Act(Act(Box::new(move |database| {
            // Whoever asked may have gone.
            let _ = done.send(database.and_then(act));
        }))))?;
        result.await.map_err(|_| StoreError::Closed)?
    }

    fn offer(&self, request: Request) -> Result<(), StoreError> {
        self.queue.try_send(request).map_err(|error| match error {
            TrySendError::Full(_) => StoreError::Busy { queue: QUEUE },
            TrySendError::Disconnected(_) => StoreError::Closed,
        })
    }

    /// Events on disk.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count.load(Ordering::Relaxed)
    }

    /// Events that could be kept neither on disk nor in memory.
    #[must_use]
    pub fn lost(&self) -> u64 {
        self.lost.load(Ordering::Relaxed)
    }

    /// A watch on whether events reach the disk.
    #[must_use]
    pub fn health(&self) -> watch::Receiver<Health> {
        self.health.clone()
    }

    /// The thread's sign of life.
    #[must_use]
    pub fn heartbeat(&self) -> Heartbeat {
        self.heartbeat.clone()
    }

    /// The database's file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}
