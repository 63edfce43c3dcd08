//! Readiness and watchdog (`sd_notify(3)`); by hand, without systemd, every call does nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sd_notify::NotifyState;

use crate::shutdown::Shutdown;

/// Tells systemd that the daemon is at work. Only after its model is loaded.
pub fn ready() {
    send(&[NotifyState::Ready]);
}

/// Tells systemd that the daemon is ending.
pub fn stopping() {
    send(&[NotifyState::Stopping]);
}

/// Tells systemd in one line what the daemon is doing, as `systemctl status` shows it.
pub fn status(text: &str) {
    send(&[NotifyState::Status(text)]);
}

/// Asks systemd for more time to start, `by` from now.
pub fn extend_start(by: Duration) {
    send(&[NotifyState::ExtendTimeoutUsec(u32::try_from(by.as_micros()).unwrap_or(u32::MAX))]);
}

fn send(states: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(states) {
        tracing::debug!(%error, "cannot notify the service manager");
    }
}

/// How a worker thread shows that it is alive. Cheap to clone.
///
/// A worker calls [`Heartbeat::beat`] at every step of a job and [`Heartbeat::idle`] before it waits for
/// the next one; idle workers are alive by definition.
#[derive(Debug, Clone)]
pub struct Heartbeat {
    /// Milliseconds since the process's first use of the clock, or [`IDLE`].
    last: Arc<AtomicU64>,
}

const IDLE: u64 = u64::MAX;

impl Default for Heartbeat {
    fn default() -> Self {
        Self { last: Arc::new(AtomicU64::new(IDLE)) }
    }
}

impl Heartbeat {
    /// A step was done.
    pub fn beat(&self) {
        self.last.store(now_ms(), Ordering::Relaxed);
    }

    /// There is nothing to do.
    pub fn idle(&self) {
        self.last.store(IDLE, Ordering::Relaxed);
    }

    /// Whether the worker is idle or did a step within `limit`.
    #[must_use]
    pub fn is_alive(&self, limit: Duration) -> bool {
        match self.last.load(Ordering::Relaxed) {
            IDLE => true,
            last => u128::from(now_ms().saturating_sub(last)) <= limit.as_millis(),
        }
    }
}

fn now_ms() -> u64 {
    nix::time::clock_gettime(nix::time::ClockId::CLOCK_MONOTONIC).map_or(0, |now| {
        let seconds = u64::try_from(now.tv_sec()).unwrap_or(0);
        let nanoseconds = u64::try_from(now.tv_nsec()).unwrap_or(0);
        seconds * 1_000 + nanoseconds / 1_000_000
    })
}

/// Feeds the service manager's watchdog until the shutdown, as long as every worker is alive. Without a
/// watchdog it does nothing. A worker that hangs is restarted with its daemon by systemd.
pub fn watch(heartbeats: Vec<(&'static str, Heartbeat)>, shutdown: Shutdown) {
    let Some(limit) = sd_notify::watchdog_enabled() else { return };
    tokio::spawn(async move {
        let mut tick = tokio::time::interval(limit / 3);
        loop {
            tokio::select! {
                _ = tick.tick() => {}
                () = shutdown.wait() => return,
            }
            match heartbeats.iter().find(|(_, heartbeat)| !heartbeat.is_alive(limit)) {
                None => send(&[NotifyState::Watchdog]),
                Some((worker, _)) => {
                    tracing::error!(worker, "worker hangs: leaving the restart to the watchdog");
                }
            }
        }
    });
}
