//! The store's thread.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Instant;

use iseetutor_service::Heartbeat;
use tokio::sync::{oneshot, watch};

use super::database::Database;
use super::error::StoreError;
use super::event::Event;
use super::{Act, Health, Request, StoreOptions};

/// Events committed together at most.
const BATCH: usize = 256;

type Done = Option<oneshot::Sender<Result<(), StoreError>>>;

pub struct Worker {
    options: StoreOptions,
    health: watch::Sender<Health>,
    count: Arc<AtomicU64>,
    lost: Arc<AtomicU64>,
    heartbeat: Heartbeat,
    database: Option<Database>,
    /// Events that could not be written yet, oldest first.
    pending: VecDeque<Event>,
    retry_at: Instant,
}

impl Worker {
    pub fn new(
        options: StoreOptions,
        health: watch::Sender<Health>,
        count: Arc<AtomicU64>,
        lost: Arc<AtomicU64>,
        heartbeat: Heartbeat,
    ) -> Self {
        let retry_at = Instant::now();
        Self { options, health, count, lost, heartbeat, database: None, pending: VecDeque::new(), retry_at }
    }

    /// Opens the database, tells `opened`, and serves until every sender is gone.
    pub fn run(mut self, requests: &Receiver<Request>, opened: oneshot::Sender<Result<(), StoreError>>) {
        self.heartbeat.beat();
        match self.open() {
            Err(error) if !error.may_pass() => {
                // The receiver waits for exactly this; if it is gone, so is whoever would care.
                let _ = opened.send(Err(error));
                return;
            }
            Err(error) => self.trouble(&error),
            Ok(()) => {}
        }
        let _ = opened.send(Ok(()));
        loop {
            self.heartbeat.idle();
            let first = if self.is_good() {
                requests.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                requests.recv_timeout(self.retry_at.saturating_duration_since(Instant::now()))
            };
            self.heartbeat.beat();
            match first {
                Ok(Request::Append { event, done }) => {
                    if let Some(act) = self.append((event, done), requests) {
                        self.act(act);
                    }
                }
                Ok(Request::Act(act)) => self.act(act),
                Err(RecvTimeoutError::Timeout) => self.retry(),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        if !self.pending.is_empty() {
            self.retry();
        }
        if !self.pending.is_empty() {
            tracing::error!(events = self.pending.len(), "ending with events that could not be written");
        }
        if let Some(Err(error)) = self.database.take().map(Database::close) {
            tracing::warn!(%error, "the database was not closed cleanly");
        }
        self.heartbeat.idle();
    }

    fn is_good(&self) -> bool {
        self.database.is_some() && self.pending.is_empty()
    }

    fn open(&mut self) -> Result<(), StoreError> {
        let database = Database::open(&self.options.path)?;
        self.count.store(database.count()?, Ordering::Relaxed);
        self.database = Some(database);
        Ok(())
    }

    /// Does something with the database once every event is in it.
    fn act(&mut self, act: Act) {
        if !self.is_good() {
            self.retry();
        }
        let waits = (!self.pending.is_empty()).then(|| self.unwritable());
        let database = match (waits, &mut self.database) {
            (Some(error), _) => Err(error),
            (None, Some(database)) => Ok(database),
            (None, None) => Err(self.unwritable()),
        };
        act.0(database);
    }

    /// Appends an event and every other that waits already, in one transaction. Returns what is to be done after it.
    fn append(&mut self, first: (Event, Done), requests: &Receiver<Request>) -> Option<Act> {
        let mut events = vec![first.0];
        let mut waiting: Vec<Done> = vec![first.1];
        let mut after = None;
        while events.len() < BATCH && after.is_none() {
            match requests.try_recv() {
                Ok(Request::Append { event, done }) => {
                    events.push(event);
                    waiting.push(done);
                }
                Ok(Request::Act(act)) => after = Some(act),
                Err(_) => break,
            }
        }
        // Order is kept: while older events wait, newer ones wait behind them.
        let result = match &mut self.database {
            Some(database) if self.pending.is_empty() => database.append(&events),
            _ => Err(self.unwritable()),
        };
        match result {
            Ok(added) => {
                self.count.fetch_add(added, Ordering::Relaxed);
                waiting.into_iter().for_each(|done| tell(done, Ok(())));
            }
            Err(error) => {
                if !matches!(error, StoreError::Waiting { .. }) {
                    self.trouble(&error);
                }
                self.keep(events, waiting);
                if Instant::now() >= self.retry_at {
                    self.retry();
                }
            }
        }
        after
    }

    fn keep(&mut self, events: Vec<Event>, waiting: Vec<Done>) {
        for (event, done) in events.into_iter().zip(waiting) {
            let pending = self.pending.len();
            if pending >= self.options.pending {
                self.lost.fetch_add(1, Ordering::Relaxed);
                tell(done, Err(StoreError::Overflow { pending }));
            } else {
                self.pending.push_back(event);
                tell(done, Err(self.unwritable()));
            }
        }
    }

    fn unwritable(&self) -> StoreError {
        let reason = match &*self.health.borrow() {
            Health::Trouble(reason) => reason.clone(),
            Health::Good => "older events wait too".to_owned(),
        };
        StoreError::Waiting { reason }
    }

    fn retry(&mut self) {
        let result = match &mut self.database {
            Some(_) => Ok(()),
            None => self.open(),
        };
        let result = result.and_then(|()| {
            while let Some(database) = self.database.as_mut().filter(|_| !self.pending.is_empty()) {
                let batch = self.pending.len().min(BATCH);
                let added = database.append(self.pending.iter().take(batch))?;
                self.pending.drain(..batch);
                self.count.fetch_add(added, Ordering::Relaxed);
                self.heartbeat.beat();
            }
            Ok(())
        });
        match result {
            Ok(()) => {
                let was = self.health.send_replace(Health::Good);
                if was != Health::Good {
                    tracing::info!("the database can be written again");
                }
            }
            Err(error) => self.trouble(&error),
        }
    }

    fn trouble(&mut self, error: &StoreError) {
        self.retry_at = Instant::now() + self.options.retry;
        // A damaged or vanished file is opened anew, which checks it; a full disk needs only time.
        if matches!(
            error,
            StoreError::Damaged { .. }
                | StoreError::Folder { .. }
                | StoreError::Newer { .. }
                | StoreError::Foreign { .. }
        ) {
            self.database = None;
        }
        let trouble = Health::Trouble(error.to_string());
        let changed = self.health.send_if_modified(|now| {
            let changed = *now != trouble;
            now.clone_from(&trouble);
            changed
        });
        if changed {
            tracing::error!(%error, "events wait in memory");
        }
    }
}

fn tell(done: Done, result: Result<(), StoreError>) {
    if let Some(done) = done {
        // Whoever asked may have gone; the event is recorded or kept all the same.
        let _ = done.send(result);
    }
}
