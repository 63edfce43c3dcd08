//! The daemon: brings threads, sockets, bus and conversation together.

mod serve;

use std::sync::Arc;

use iseetutor_bus::audio1::{Audio1, AudioState};
use iseetutor_bus::{BusAddress, BusError, Name, State, Status};
use iseetutor_service::{ConfigError, Heartbeat, Listeners, Shutdown, notify};
use iseetutor_wire::message::{PlayMessage, SttMessage};
use iseetutor_wire::socket::{self, SocketError};
use iseetutor_wire::{Inbound, Link, PeerPolicy, SocketName};
use tokio::sync::{mpsc, watch};

use self::serve::{Hub, Sources};
use crate::backend::{self, Cue};
use crate::button;
use crate::capture::Capture;
use crate::config::{BadValue, Config};
use crate::control::Control;
use crate::playback::Playback;

/// Events of the voice's socket in waiting.
const INBOUND_QUEUE: usize = 16;
/// Frames in waiting in the edge to speech to text, behind our own queue.
const STT_QUEUE: usize = 16;
/// Why audiod cannot run.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The configuration cannot be read.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The configuration has a value out of range.
    #[error(transparent)]
    BadValue(#[from] BadValue),
    /// The socket cannot be listened on.
    #[error(transparent)]
    Socket(#[from] SocketError),
    /// The bus cannot be used.
    #[error(transparent)]
    Bus(#[from] BusError),
    /// A thread cannot be started.
    #[error("cannot start a thread for the sound device: {0}; is there a limit on tasks?")]
    Thread(#[from] std::io::Error),
}

/// Runs audiod until the shutdown.
///
/// # Errors
/// [`RunError`] when it cannot start. A missing device or peer is none.
pub async fn run(config: Config, mut listeners: Listeners, shutdown: Shutdown) -> Result<(), RunError> {
    config.check()?;
    let status = Status::new(crate::VERSION);
    let runtime_dir = &config.service.runtime_dir;
    let path = SocketName::Play.path(runtime_dir);
    let listening = match listeners.take(SocketName::Play.file_name()) {
        Some(passed) => passed,
        None => socket::bind(&path)?,
    };
    let policy = PeerPolicy::uids(config.service.allowed_uids()?);
    let inbound = Inbound::<PlayMessage>::listen(listening, &path, policy, INBOUND_QUEUE)?;
    let link = Link::<SttMessage>::connect(SocketName::Stt.path(runtime_dir), STT_QUEUE);

    let cue = Arc::new(Cue::default());
    let backend = backend::of(&config, &cue);
    let (heartbeat_in, heartbeat_out) = (Heartbeat::default(), Heartbeat::default());
    let (capture, captured) = Capture::start(Arc::clone(&backend), config.start_muted, heartbeat_in.clone())?;
    let (playback, played) = Playback::start(Arc::clone(&backend), config.volume, heartbeat_out.clone())?;
    notify::watch(vec![("microphone", heartbeat_in), ("speaker", heartbeat_out)], shutdown.clone());

    let (state, watched) = watch::channel(AudioState {
        muted: config.start_muted,
        volume: config.volume.into(),
        ..AudioState::default()
    });
    let (requests, asked) = mpsc::channel(16);
    let button = (!config.button.device.as_os_str().is_empty())
        .then(|| tokio::spawn(button::follow(config.button.device.clone(), requests.clone())));
    let control = Arc::new(Control::new(backend.name(), watched.clone(), requests));
    let bus: BusAddress = config.service.bus.parse().unwrap_or_default();
    let connection = iseetutor_bus::serve(&bus, Name::Audio, Audio1::new(control), &status).await?;
    tokio::spawn(publish(connection.clone(), watched));

    let hub = Hub::new(&config, backend.as_ref(), status.clone(), link, cue, state, capture, playback);
    hub.serve(Sources { inbound, captured, played, asked }, &shutdown).await;
    status.set_state(State::Stopping);
    if let Some(button) = button {
        button.abort();
    }
    Ok(())
}

/// Signals every change of the state for as long as there is one.
async fn publish(connection: zbus::Connection, mut state: watch::Receiver<AudioState>) {
    let Ok(interface) = connection.object_server().interface::<_, Audio1>(Name::Audio.path()).await else {
        return;
    };
    let mut before = state.borrow_and_update().clone();
    while state.changed().await.is_ok() {
        let after = state.borrow_and_update().clone();
        let told = interface.get().await.signal_changes(&before, &after, interface.signal_emitter()).await;
        if told.is_err() {
            return;
        }
        before = after;
    }
}
