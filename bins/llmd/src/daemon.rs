//! The process: socket, bus, workers, and their beginning and end.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use iseetutor_bus::llm1::{Llm1, LlmControl};
use iseetutor_bus::{BusError, Name, Reply, State, Status};
use iseetutor_service::{ConfigError, Listeners, Shutdown, notify};
use iseetutor_wire::message::{LlmReply, LlmRequest};
use iseetutor_wire::socket::SocketError;
use iseetutor_wire::{Inbound, PeerPolicy, SocketName};

use crate::backend::{self, BackendError};
use crate::config::Config;
use crate::embed::Embedder;
use crate::engine::{Engine, Starting};
use crate::model::ModelError;
use crate::server::Server;

/// Frames that may wait on the way in, and replies on the way out of one connection.
const FRAMES_WAITING: usize = 64;

/// How much more time to ask of the service manager while the model is being loaded.
const LOADING: Duration = Duration::from_secs(60);

/// Why the daemon ended.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The processor cannot run it.
    #[error(transparent)]
    Backend(#[from] BackendError),
    /// The socket cannot be used.
    #[error(transparent)]
    Socket(#[from] SocketError),
    /// The bus cannot be used.
    #[error(transparent)]
    Bus(#[from] BusError),
    /// The configuration names a user who does not exist.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The language model cannot be used.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The system gave no thread.
    #[error("cannot start a worker thread: {0}; the system is out of threads or memory")]
    Thread(#[from] std::io::Error),
    /// The worker ended by itself.
    #[error("the language model's worker ended unexpectedly; see the journal of llmd")]
    WorkerEnded,
}

/// What D-Bus shows of the engine.
struct Control {
    engine: Engine,
    context_tokens: OnceLock<u32>,
    configured_context: u32,
    threads: u32,
    embedding_model: String,
}

impl LlmControl for Control {
    fn measure(&self, prefill_tokens: u32, decode_tokens: u32) -> Reply<'_, (f64, f64)> {
        Box::pin(async move {
            let failed = |error: String| zbus::fdo::Error::Failed(error);
            let receiver = self
                .engine
                .measure(prefill_tokens, decode_tokens)
                .map_err(|error| failed(error.to_string()))?;
            let measured =
                receiver.await.map_err(|_| failed("the language model's worker has ended".into()))?;
            let measured = measured.map_err(|error| failed(error.to_string()))?;
            Ok((measured.prefill_per_s, measured.decode_per_s))
        })
    }

    fn context_tokens(&self) -> u32 {
        self.context_tokens.get().copied().unwrap_or(self.configured_context)
    }

    fn threads(&self) -> u32 {
        self.threads
    }

    fn active(&self) -> u32 {
        self.engine.active()
    }

    fn embedding_model(&self) -> String {
        self.embedding_model.clone()
    }
}

/// Runs the daemon until the shutdown begins.
///
/// The socket and the bus name are there before the model is loaded; requests that come meanwhile
/// wait. A language model that cannot be used ends the daemon with an error: nothing would be left to serve.
/// An embedding model that cannot be used leaves it degraded.
///
/// # Errors
/// [`Error`].
pub async fn run(config: Config, mut listeners: Listeners, shutdown: Shutdown) -> Result<(), Error> {
    backend::check_processor()?;
    let status = Status::new(env!("CARGO_PKG_VERSION"));
    let policy = PeerPolicy::uids(config.service.allowed_uids()?);
    let name = SocketName::Llm;
    let (socket, path) = name.listen(listeners.take(name.file_name()), &config.service.runtime_dir)?;
    let inbound = Inbound::<LlmRequest, LlmReply>::listen_two_way(
        socket,
        &path,
        policy,
        FRAMES_WAITING,
        FRAMES_WAITING,
    )?;

    let (engine, Starting { mut loaded, ended }) = Engine::start(config.engine())?;
    // Whichever way this function is left, the workers end with it.
    let _stop_engine = StopOnDrop(engine.clone());
    let control = Arc::new(Control {
        engine: engine.clone(),
        context_tokens: OnceLock::new(),
        configured_context: config.context_tokens,
        threads: config.decode_threads(),
        embedding_model: config.embedding_model.display().to_string(),
    });
    let bus = config.service.bus.parse().unwrap_or_default();
    let _connection =
        iseetutor_bus::serve(&bus, Name::Llm, Llm1::new(Arc::clone(&control) as _), &status).await?;
    status.set_state(State::Loading);
    notify::status("loading the model");
    notify::extend_start(LOADING);

    let embedder = if config.embedding_model.as_os_str().is_empty() {
        None
    } else {
        Some(Embedder::start(config.embedder())?)
    };
    let info = tokio::select! {
        loaded = &mut loaded => loaded.map_err(|_| Error::WorkerEnded)?,
        () = shutdown.wait() => return end(&status, &engine, embedder.map(|(embedder, _)| embedder), ended).await,
    };
    let info = info.inspect_err(|error| status.error(error))?;
    let _ = control.context_tokens.set(info.context_tokens);
    tracing::info!(
        model = info.name,
        parameters = info.parameters,
        context = info.context_tokens,
        request = info.request_tokens,
        threads = control.threads,
        "model loaded"
    );
    status.set_model(config.model.display().to_string());
    status.recover();
    let embedder = match embedder {
        Some((embedder, loading)) => {
            if let Some(loading) = loading
                && let Ok(Err(error)) = loading.await
            {
                tracing::warn!(%error, "no embeddings");
                status.degrade(error);
            }
            Some(embedder)
        }
        None => None,
    };
    notify::ready();
    notify::status("ready");
    let mut heartbeats = vec![("llm", engine.heartbeat())];
    heartbeats.extend(embedder.as_ref().map(|embedder| ("embed", embedder.heartbeat())));
    notify::watch(heartbeats, shutdown.clone());

    let server = Server::new(engine.clone(), embedder.clone(), status.clone());
    let mut ended = ended;
    tokio::select! {
        () = server.serve(inbound, shutdown.clone()) => {}
        _ = &mut ended => return Err(Error::WorkerEnded),
    }
    end(&status, &engine, embedder, ended).await
}

/// Ends the workers and waits for the language model's: its step may take some tenths of a second.
async fn end(
    status: &Status,
    engine: &Engine,
    embedder: Option<Embedder>,
    ended: tokio::sync::oneshot::Receiver<()>,
) -> Result<(), Error> {
    status.set_state(State::Stopping);
    engine.stop();
    if let Some(embedder) = embedder {
        embedder.stop();
    }
    // Nothing is sent; the error says that the thread is gone.
    let _ = ended.await;
    Ok(())
}

struct StopOnDrop(Engine);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.stop();
    }
}
