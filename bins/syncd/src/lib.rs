//! syncd as a library: see [`run`].
//!
//! This release has no service that could be turned on. A configuration that turns one on is refused
//! with the service named, so that nobody believes in a backup that is not made.

pub mod config;

use std::sync::Arc;
use std::time::Duration;

use iseetutor_bus::sync1::{Sync1, SyncControl};
use iseetutor_bus::{BusError, Name, State, Status};
use iseetutor_service::{Listeners, Shutdown, notify};
use tokio::sync::Notify;

pub use config::Config;

/// How long the answers to the last questions may take.
const LAST_ANSWERS: Duration = Duration::from_millis(200);

/// Why syncd cannot run.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The bus cannot be used.
    #[error(transparent)]
    Bus(#[from] BusError),
    /// A service is turned on that this release does not have.
    #[error("cannot turn on {}: this release has no way out of the house; set cloud.enabled = false", services.join(", "))]
    NotThere {
        /// The services.
        services: Vec<String>,
    },
}

/// Answers on the bus while everything is off.
struct Closed {
    asked: Arc<Notify>,
}

impl SyncControl for Closed {
    fn enabled(&self) -> bool {
        self.asked.notify_one();
        false
    }

    fn services(&self) -> Vec<String> {
        self.asked.notify_one();
        Vec::new()
    }
}

/// Answers on the bus until nobody has asked for a while or the shutdown begins. Opens no socket.
///
/// # Errors
/// [`Error`].
pub async fn run(config: Config, _listeners: Listeners, shutdown: Shutdown) -> Result<(), Error> {
    let services = config.cloud.on();
    if !services.is_empty() {
        return Err(Error::NotThere { services });
    }
    let bus = config.service.bus.parse().unwrap_or_default();
    let status = Status::new(env!("CARGO_PKG_VERSION"));
    let asked = Arc::new(Notify::new());
    status.set_state(State::Ready);
    let connection = iseetutor_bus::serve(
        &bus,
        Name::Sync,
        Sync1::new(Arc::new(Closed { asked: asked.clone() })),
        &status,
    )
    .await?;
    notify::ready();
    // It has no worker that could hang; that this task is served is what the watchdog learns.
    notify::watch(Vec::new(), shutdown.clone());
    let linger = Duration::from_secs_f64(config.linger.seconds.clamp(0.1, 3_600.0));
    loop {
        tokio::select! {
            () = asked.notified() => {}
            () = tokio::time::sleep(linger) => break,
            () = shutdown.wait() => break,
        }
    }
    status.set_state(State::Stopping);
    // The name goes first: a question from now on starts another one instead of getting no answer.
    let _ = connection.release_name(Name::Sync.bus_name()).await;
    // Questions that came before that are answered now. The end of the connection itself is not waited for: the task
    // that signals changes of the state holds it too.
    let _ = tokio::time::timeout(LAST_ANSWERS, connection.graceful_shutdown()).await;
    Ok(())
}
