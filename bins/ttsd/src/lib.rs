//! ttsd: the tutor's voice.
//!
//! ```text
//! tutord --tts.sock--> [ conversation ] --> [ engine: reader, phonemes, voice, cache ] --play.sock--> audiod
//! operator --D-Bus---> [ control      ] -->
//! ```
//!
//! It starts after its sockets and before anybody speaks, loads a Piper voice, says READY, and then turns text
//! into sound clause by clause. One thread owns the voice ([`engine`]); everything asynchronous only moves frames.
//! It is the one program that links espeak-ng, and therefore the one under the GNU General Public License.
//!
//! - [`normalize`] turns written text into the words that a teacher would say.
//! - [`clause`] cuts text into pieces that are synthesised one at a time.
//! - [`espeak`] turns words into phonemes.
//! - [`onnx`] cuts a voice in two, so that sound comes before a sentence is computed.
//! - [`voice`] runs the two halves.
//! - [`cache`] keeps rendered sentences.
//! - [`engine`] is the thread that does it all, most urgent first.
//! - [`conversation`] and [`control`] are the two ways in, [`sinks`] the ways out.

pub mod cache;
pub mod clause;
pub mod config;
pub mod control;
pub mod conversation;
pub mod engine;
pub mod espeak;
pub mod normalize;
pub mod onnx;
pub mod sinks;
pub mod voice;

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use iseetutor_bus::tts1::Tts1;
use iseetutor_bus::{BusAddress, BusError, Name, State, Status};
use iseetutor_service::{ConfigError, Heartbeat, Listeners, Shutdown, notify};
use iseetutor_wire::socket::SocketError;
use iseetutor_wire::{Inbound, Link, PeerPolicy, SocketName};
use tokio::runtime::Handle;

use cache::{Cache, Disk};
pub use config::Config;
use config::OutOfRange;
use control::{Control, Figures};
use conversation::Conversation;
use engine::Parts;
use voice::{Phonemizer, Voice, VoiceError};

/// Release of this program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Frames in waiting on each socket.
const QUEUE: usize = 16;

/// Why ttsd cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A value of the configuration is out of range.
    #[error("cannot use the configuration: {0}")]
    Range(#[from] OutOfRange),
    /// A name in the configuration means nothing here.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The voice cannot be loaded.
    #[error(transparent)]
    Voice(#[from] VoiceError),
    /// A socket cannot be used.
    #[error(transparent)]
    Socket(#[from] SocketError),
    /// The bus cannot be used.
    #[error(transparent)]
    Bus(#[from] BusError),
    /// The system gives no thread.
    #[error("cannot start the voice's thread: {source}; is the process limit reached?")]
    Thread {
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The engine's thread is gone.
    #[error("the voice's thread ended; the log above says why, and starting ttsd again mends it")]
    Lost,
}

/// Runs ttsd until the shutdown.
///
/// # Errors
/// [`Error`], which names what is missing and the remedy.
pub async fn run(config: Config, mut listeners: Listeners, shutdown: Shutdown) -> Result<(), Error> {
    config.check()?;
    let policy = PeerPolicy::uids(config.service.allowed_uids()?);
    let runtime_dir = &config.service.runtime_dir;
    let (socket, path) = SocketName::Tts.listen(listeners.take(SocketName::Tts.file_name()), runtime_dir)?;
    let status = Status::new(VERSION);
    status.set_state(State::Loading);

    // On the bus before the voice is loaded, so that an operator sees it load. What is asked meanwhile waits.
    let (engine, queues) = engine::queues();
    let cache_bytes = Arc::new(AtomicU64::new(0));
    let control = Control {
        engine: engine.clone(),
        rate: config.speech.rate,
        cache_bytes: cache_bytes.clone(),
        cache_limit: config.cache.limit_mb << 20,
        shutdown: shutdown.clone(),
    };
    let bus: BusAddress = config.service.bus.parse().unwrap_or_default();
    let bus = iseetutor_bus::serve(&bus, Name::Tts, Tts1::new(Arc::new(control)), &status).await?;

    let report = Figures { status: status.clone(), cache_bytes };
    let loading = tokio::task::spawn_blocking({
        let config = config.clone();
        move || load(&config, report)
    });
    let parts = tokio::select! {
        () = shutdown.wait() => return Ok(()),
        // The task ends in a result or, if a library panicked, in an error.
        parts = loading => parts.map_err(|_| Error::Lost)?.inspect_err(|error| status.error(error))?,
    };
    status.set_model(config.voice.model.display().to_string());

    let heartbeat = Heartbeat::default();
    let thread = engine::start(parts, queues, Handle::current(), heartbeat.clone(), shutdown.clone())
        .map_err(|source| Error::Thread { source })?;
    let link = Link::connect(SocketName::Play.path(runtime_dir), QUEUE);
    let inbound = Inbound::listen(socket, &path, policy, QUEUE)?;
    status.recover();
    notify::ready();
    notify::watch(vec![("voice", heartbeat)], shutdown.clone());
    tracing::info!(voice = %config.voice.model.display(), socket = %path.display(), "the voice is ready");

    let conversation = Conversation::new(
        engine.clone(),
        link,
        status.clone(),
        shutdown.clone(),
        config.speech.rate,
        config.speech.sentence_pause_ms,
    );
    conversation.serve(inbound).await;
    let ordered = shutdown.has_begun();
    status.set_state(State::Stopping);
    drop(bus);
    // What is computed is left where it is.
    engine.talk_waits();
    let ended = tokio::task::spawn_blocking(move || thread.join());
    match tokio::time::timeout(Duration::from_millis(1_500), ended).await {
        Ok(Ok(Ok(()))) | Err(_) if ordered => Ok(()),
        _ => Err(Error::Lost),
    }
}

/// Loads everything that takes time.
fn load(config: &Config, report: Figures) -> Result<Parts, VoiceError> {
    let voice = Voice::load(&config.voice_files(), config.voice.threads, true)?;
    let phonemizer = Phonemizer::new(voice.config().espeak_voice())?;
    let disk = if config.cache.dir.as_os_str().is_empty() {
        None
    } else {
        Disk::open(&config.cache.dir, config.cache.limit_mb << 20)
            .inspect_err(|error| {
                tracing::warn!(
                    folder = %config.cache.dir.display(),
                    %error,
                    "cannot open the folder of rendered sentences, going on without; correct cache.dir"
                );
            })
            .ok()
    };
    let cache = Cache::new(config.cache.memory_mb << 20, disk);
    Ok(Parts { voice, phonemizer, cache, settings: config.settings(), report: Box::new(report) })
}
