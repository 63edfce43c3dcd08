//! `org.iseetutor.Daemon1`: what every daemon tells about itself.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;

use crate::connect::Name;

/// What a daemon is doing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum State {
    /// Not known (yet).
    #[default]
    Unknown,
    /// Reading its configuration, making its sockets.
    Starting,
    /// Loading its model or opening its database.
    Loading,
    /// At work.
    Ready,
    /// At work, but something it needs is missing; `LastError` says what.
    Degraded,
    /// Ending.
    Stopping,
}

impl State {
    /// The name used on the bus.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Starting => "starting",
            Self::Loading => "loading",
            Self::Ready => "ready",
            Self::Degraded => "degraded",
            Self::Stopping => "stopping",
        }
    }
}

/// Samples of a latency kept for its median.
const KEPT: usize = 64;

#[derive(Debug, Default)]
struct Figures {
    model: String,
    latencies: BTreeMap<&'static str, Vec<f64>>,
    counters: BTreeMap<&'static str, u64>,
}

/// A daemon's own view of its state, shared between its tasks and the bus. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Status {
    version: &'static str,
    state: Arc<watch::Sender<(State, String)>>,
    figures: Arc<Mutex<Figures>>,
}

impl Status {
    /// The status of a daemon of this version, starting.
    #[must_use]
    pub fn new(version: &'static str) -> Self {
        let (state, _) = watch::channel((State::Starting, String::new()));
        Self { version, state: Arc::new(state), figures: Arc::default() }
    }

    /// Moves to `state`. `LastError` stays; [`Status::recover`] clears it.
    pub fn set_state(&self, state: State) {
        self.state.send_if_modified(|now| {
            let changed = now.0 != state;
            now.0 = state;
            changed
        });
    }

    /// Moves to [`State::Degraded`] because of `error`, which names the thing and the remedy.
    pub fn degrade(&self, error: impl std::fmt::Display) {
        let error = error.to_string();
        self.state.send_if_modified(|now| {
            let next = (State::Degraded, error);
            let changed = *now != next;
            *now = next;
            changed
        });
    }

    /// Moves to [`State::Ready`] and clears `LastError`.
    pub fn recover(&self) {
        self.state.send_if_modified(|now| {
            let next = (State::Ready, String::new());
            let changed = *now != next;
            *now = next;
            changed
        });
    }

    /// Records an error that does not change the state.
    pub fn error(&self, error: impl std::fmt::Display) {
        let error = error.to_string();
        self.state.send_if_modified(|now| {
            let changed = now.1 != error;
            now.1 = error;
            changed
        });
    }

    /// The state now.
    #[must_use]
    pub fn state(&self) -> State {
        self.state.borrow().0
    }

    /// The last error now; empty without one.
    #[must_use]
    pub fn last_error(&self) -> String {
        self.state.borrow().1.clone()
    }

    /// A watch on state and last error.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<(State, String)> {
        self.state.subscribe()
    }

    /// Says which model file is loaded.
    pub fn set_model(&self, model: impl Into<String>) {
        self.figures().model = model.into();
    }

    /// Records a latency in milliseconds under a name such as `transcribe_ms`.
    pub fn observe(&self, name: &'static str, milliseconds: f64) {
        let mut figures = self.figures();
        let kept = figures.latencies.entry(name).or_default();
        if kept.len() == KEPT {
            kept.remove(0);
        }
        kept.push(milliseconds);
    }

    /// Adds one to a counter such as `frames_dropped`.
    pub fn count(&self, name: &'static str) {
        self.add(name, 1);
    }

    /// Adds `amount` to a counter.
    pub fn add(&self, name: &'static str, amount: u64) {
        *self.figures().counters.entry(name).or_default() += amount;
    }

    /// A counter's value.
    #[must_use]
    pub fn counter(&self, name: &str) -> u64 {
        self.figures().counters.get(name).copied().unwrap_or(0)
    }

    fn figures(&self) -> std::sync::MutexGuard<'_, Figures> {
        // Plain figures: a panic elsewhere while they were held leaves them as good as before.
        self.figures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The D-Bus side of a [`Status`].
#[derive(Debug)]
pub struct Daemon1 {
    status: Status,
}

impl Daemon1 {
    /// Serves `status`.
    #[must_use]
    pub fn new(status: Status) -> Self {
        Self { status }
    }
}

/// What every daemon tells about itself.
#[zbus::interface(
    name = "org.iseetutor.Daemon1",
    proxy(default_path = "/org/iseetutor/Tutor1", visibility = "pub")
)]
impl Daemon1 {
    /// One of unknown, starting, loading, ready, degraded, stopping.
    #[zbus(property)]
    fn state(&self) -> String {
        self.status.state().as_str().to_owned()
    }

    /// Release of the program.
    #[zbus(property(emits_changed_signal = "const"))]
    fn version(&self) -> String {
        self.status.version.to_owned()
    }

    /// What went wrong last and what mends it; empty without an error.
    #[zbus(property)]
    fn last_error(&self) -> String {
        self.status.last_error()
    }

    /// The model file that is loaded; empty without one.
    #[zbus(property(emits_changed_signal = "false"))]
    fn model(&self) -> String {
        self.status.figures().model.clone()
    }

    /// Process of the daemon.
    #[zbus(property(emits_changed_signal = "const"))]
    fn pid(&self) -> u32 {
        std::process::id()
    }

    /// Largest resident memory so far, in bytes (`VmHWM` of proc(5)).
    #[zbus(property(emits_changed_signal = "false"))]
    fn memory_peak(&self) -> u64 {
        memory_peak()
    }

    /// Median of each latency over its last 64 values, in milliseconds.
    #[zbus(property(emits_changed_signal = "false"))]
    fn latencies(&self) -> HashMap<String, f64> {
        let figures = self.status.figures();
        figures.latencies.iter().map(|(name, kept)| ((*name).to_owned(), median(kept))).collect()
    }

    /// Counters since the start.
    #[zbus(property(emits_changed_signal = "false"))]
    fn counters(&self) -> HashMap<String, u64> {
        self.status.figures().counters.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
    }
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => 0.0,
        n if n % 2 == 1 => sorted[middle],
        _ => f64::midpoint(sorted[middle - 1], sorted[middle]),
    }
}

/// Largest resident memory of this process so far, in bytes; 0 if the system does not tell.
#[must_use]
pub fn memory_peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.trim().trim_end_matches("kB").trim().parse::<u64>().ok())
        .map_or(0, |kib| kib * 1024)
}

/// Signals every change of state and last error for as long as the connection lives.
pub(crate) fn signal_changes(connection: zbus::Connection, name: Name, status: Status) {
    let mut changes = status.watch();
    tokio::spawn(async move {
        let Ok(interface) = connection.object_server().interface::<_, Daemon1>(name.path()).await else {
            return;
        };
        // The status outlives the connection only by a moment, when the daemon ends.
        drop(status);
        while changes.changed().await.is_ok() {
            changes.borrow_and_update();
            let emitter = interface.signal_emitter();
            let daemon = interface.get().await;
            let told = async {
                daemon.state_changed(emitter).await?;
                daemon.last_error_changed(emitter).await
            };
            if told.await.is_err() {
                return;
            }
        }
    });
}
