use std::sync::Arc;
use std::time::Duration;

use iseetutor_bus::stt1::Stt1;
use iseetutor_bus::{BusAddress, BusError, Name, State, Status};
use iseetutor_service::{ConfigError, Heartbeat, Listeners, Shutdown, notify};
use iseetutor_wire::message::TurnMessage;
use iseetutor_wire::socket::SocketError;
use iseetutor_wire::{Inbound, Link, PeerPolicy, SocketName};
use tokio::sync::watch;

use crate::config::{Config, OutOfRange};
use crate::control::Control;
use crate::conversation::{Conversation, Limits};
use crate::engine::{Engine, EngineError};
use crate::worker::Worker;

/// Release of this program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Frames in waiting on each socket.
const QUEUE: usize = 32;

/// How long a big model may take to load from a slow disk.
const LOADING: Duration = Duration::from_secs(60);

/// What is wrong while tutord is away.
const NOBODY_LISTENS: &str =
    "nobody listens on turn.sock: what the child says goes nowhere; is tutord running?";

/// Why sttd cannot go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A value of the configuration is out of range.
    #[error("cannot use the configuration: {0}")]
    Range(#[from] OutOfRange),
    /// A name in the configuration means nothing here.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The models cannot be loaded.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// A socket cannot be used.
    #[error(transparent)]
    Socket(#[from] SocketError),
    /// The bus cannot be used.
    #[error(transparent)]
    Bus(#[from] BusError),
    /// The system gives no thread.
    #[error("cannot start the engine's thread: {source}; is the process limit reached?")]
    Thread {
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The engine's thread is gone.
    #[error("the engine's thread ended; the log above says why, and starting sttd again mends it")]
    Lost,
}

/// Runs sttd until the shutdown.
///
/// # Errors
/// [`Error`], which names what is missing and the remedy.
pub async fn run(config: Config, mut listeners: Listeners, shutdown: Shutdown) -> Result<(), Error> {
    config.check()?;
    let wanted = config.engine();
    wanted.check()?;
    let policy = PeerPolicy::uids(config.service.allowed_uids()?);
    let runtime_dir = config.service.runtime_dir.clone();
    // Bound before the model is loaded: who connects early waits in the socket's queue.
    let (socket, path) = SocketName::Stt.listen(listeners.take(SocketName::Stt.file_name()), &runtime_dir)?;
    let status = Status::new(VERSION);
    status.set_state(State::Loading);

    let (loaded, worker) = watch::channel(None);
    let bus: BusAddress = match config.service.bus.parse() {
        Ok(bus) => bus,
        Err(never) => match never {},
    };
    let control = Control::new(worker, status.clone());
    let connection = iseetutor_bus::serve(&bus, Name::Stt, Stt1::new(Arc::new(control)), &status).await?;

    notify::extend_start(LOADING);
    let loading = tokio::task::spawn_blocking(move || Engine::load(&wanted));
    let engine = tokio::select! {
        () = shutdown.wait() => return Ok(()),
        // The task ends in a result or, if the library panicked, in an error. A model that cannot be used
        // ends the daemon: without it there is nothing it could do, and the supervisor tries again.
        engine = loading => engine.map_err(|_| Error::Lost)??,
    };
    tracing::info!(model = engine.name(), file = %config.model.display(), "model loaded");
    status.set_model(config.model.display().to_string());
    let heartbeat = Heartbeat::default();
    let (worker, thread) =
        Worker::start(engine, heartbeat.clone()).map_err(|source| Error::Thread { source })?;
    let mut thread = tokio::task::spawn_blocking(move || thread.join().is_ok());
    loaded.send_replace(Some(worker.clone()));
    let mut inbound = Inbound::listen(socket, &path, policy, QUEUE)?;
    let tutor = Link::<TurnMessage>::connect(SocketName::Turn.path(&runtime_dir), QUEUE);
    let mut tutor_there = tutor.connection();
    let limits =
        Limits { partial_interval_ms: config.partial_interval_ms, longest_turn_s: config.longest_turn_s };
    let mut conversation = Conversation::new(worker.clone(), tutor, status.clone(), limits);
    status.recover();
    notify::watch(vec![("whisper", heartbeat)], shutdown.clone());
    notify::ready();

    let serve = async {
        loop {
            tokio::select! {
                Some(event) = inbound.next() => conversation.on_event(event).await,
                result = conversation.run_done() => conversation.on_run_done(result).await,
                Ok(()) = tutor_there.changed() => {
                    if *tutor_there.borrow_and_update() {
                        status.recover();
                    } else {
                        status.degrade(NOBODY_LISTENS);
                    }
                }
            }
        }
    };
    let ended = tokio::select! {
        () = shutdown.wait() => Ok(()),
        _ = &mut thread => Err(Error::Lost),
        () = serve => Ok(()),
    };
    status.set_state(State::Stopping);
    worker.close();
    if ended.is_ok() {
        // The engine looks up between two steps; `run_daemon` cuts off one that takes too long.
        let _ = thread.await;
    }
    drop(connection);
    ended
}
