//! The worker that owns the language model, and how to talk to it.
//!
//! One thread owns the model and one context. Requests are decoded together: every step evaluates one
//! batch with a token of each answer that is being written and a bounded piece of one prompt
//! ([`EngineConfig::prefill_chunk`]), so that a long prompt delays the others by one piece at most and
//! a request is given up within one step. Waiting requests are taken from clients in turn.
//!
//! The context's cells are one pool shared by all sequences. What a request may need is set aside for it
//! before it starts, so a started request never runs out. What earlier requests left behind stays until
//! the room is needed: a new request starts from the longest beginning it has in common with any of
//! it (in the same slot, shared with another slot, or saved outside of the context) and evaluates only the rest.
//!
//! A reader that does not take its tokens stops its own answer only: see [`Events`].

mod events;
mod placement;
mod queue;
mod request;
mod slot;
mod step;
mod worker;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};

use iseetutor_service::Heartbeat;
use tokio::sync::oneshot;

pub use events::{CancelHandle, Event, Events, Finished};
pub use request::{Request, RequestError, Work};
pub(crate) use worker::context_params;

use crate::measure::{MeasureError, Measured};
use crate::model::ModelError;
use events::Sink;

/// Commands waiting for the worker at most.
const COMMANDS: usize = 64;

/// How the engine is set up.
#[derive(Debug, Clone)]
pub struct EngineConfig {
    /// The language model.
    pub model: PathBuf,
    /// Chat template by llama.cpp's name for it; empty for the model's own.
    pub chat_template: String,
    /// Tokens of context, shared by all requests.
    pub context_tokens: u32,
    /// Tokens of one request at most, prompt and answer together.
    pub request_tokens: u32,
    /// Requests decoded at a time.
    pub slots: u32,
    /// Threads that decode.
    pub threads: u32,
    /// Threads that evaluate prompts.
    pub prefill_threads: u32,
    /// Tokens of a prompt evaluated in one step.
    pub prefill_chunk: u32,
    /// The likeliest tokens that an answer with a temperature chooses from; 0 for all.
    pub top_k: u32,
    /// Layers on the GPU.
    pub gpu_layers: u32,
    /// Bytes of evaluated prefixes kept outside of the context.
    pub saved_bytes: usize,
}

/// What is known once the model is loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelInfo {
    /// The model's name for itself.
    pub name: String,
    /// Its parameters.
    pub parameters: u64,
    /// Tokens of context there are.
    pub context_tokens: u32,
    /// Tokens of one request at most.
    pub request_tokens: u32,
}

/// The engine cannot take a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SubmitError {
    /// Too much is waiting.
    #[error("the language model has too many requests waiting; try again when one is done")]
    Busy,
    /// The worker has ended.
    #[error("the language model's worker has ended; restart llmd")]
    Ended,
}

enum Command {
    Submit(Box<Submission>),
    Measure {
        prefill: u32,
        decode: u32,
        reply: oneshot::Sender<Result<Measured, MeasureError>>,
    },
    /// Something outside the queue changed: a reader took tokens, a request was given up.
    Wake,
}

struct Submission {
    client: u64,
    request: Request,
    sink: Sink,
}

#[derive(Debug, Default)]
struct Shared {
    stop: Arc<AtomicBool>,
    active: AtomicU32,
}

/// The worker's outside. Cheap to clone; the worker ends by [`Engine::stop`].
#[derive(Debug, Clone)]
pub struct Engine {
    commands: SyncSender<Command>,
    shared: Arc<Shared>,
    heartbeat: Heartbeat,
}

/// What comes of starting: the model's data when it is loaded, and the worker's end.
#[derive(Debug)]
pub struct Starting {
    /// The model is loaded, or why not.
    pub loaded: oneshot::Receiver<Result<ModelInfo, ModelError>>,
    /// Resolves (with an error, nothing is sent) when the worker's thread has ended.
    pub ended: oneshot::Receiver<()>,
}

impl Engine {
    /// Starts the worker, which loads the model.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(config: EngineConfig) -> std::io::Result<(Self, Starting)> {
        let (commands, inbox) = sync_channel(COMMANDS);
        let shared = Arc::new(Shared::default());
        let heartbeat = Heartbeat::default();
        let (loaded_sender, loaded) = oneshot::channel();
        let (ended_sender, ended) = oneshot::channel::<()>();
        let for_worker = (Arc::clone(&shared), heartbeat.clone());
        std::thread::Builder::new()
            .name("llm".into())
            // llama.cpp reads grammars recursively.
            .stack_size(16 << 20)
            .spawn(move || {
                // Dropped last, so that `ended` resolves when nothing of the engine is left.
                let _ended = ended_sender;
                // What a closure captures is dropped after its locals: these become locals.
                let (inbox, (shared, heartbeat)) = (inbox, for_worker);
                worker::run(&config, &inbox, &shared, &heartbeat, loaded_sender);
            })?;
        Ok((Self { commands, shared, heartbeat }, Starting { loaded, ended }))
    }

    /// Hands in a request of `client` (any number that stands for one) and returns what comes of it,
    /// with `queue` events at most in waiting.
    ///
    /// # Errors
    /// [`SubmitError`]. Everything wrong with the request itself comes as [`Event::Failed`].
    pub fn submit(&self, client: u64, request: Request, queue: usize) -> Result<Events, SubmitError> {
        let (sink, events) = events::channel(queue, self.commands.clone());
        let submission = Box::new(Submission { client, request, sink });
        self.send(Command::Submit(submission)).map(|()| events)
    }

    /// Runs llama.cpp's plain loop when no request is being answered; see [`crate::measure`].
    ///
    /// # Errors
    /// [`SubmitError`]; the receiver ends without a value when the worker does.
    pub fn measure(
        &self,
        prefill: u32,
        decode: u32,
    ) -> Result<oneshot::Receiver<Result<Measured, MeasureError>>, SubmitError> {
        let (reply, receiver) = oneshot::channel();
        self.send(Command::Measure { prefill, decode, reply }).map(|()| receiver)
    }

    /// Requests being answered now.
    #[must_use]
    pub fn active(&self) -> u32 {
        self.shared.active.load(Ordering::Relaxed)
    }

    /// The worker's sign of life.
    #[must_use]
    pub fn heartbeat(&self) -> Heartbeat {
        self.heartbeat.clone()
    }

    /// Ends the worker after the step it is in, or gives up loading.
    pub fn stop(&self) {
        self.shared.stop.store(true, Ordering::Relaxed);
        let _ = self.commands.try_send(Command::Wake);
    }

    fn send(&self, command: Command) -> Result<(), SubmitError> {
        self.commands.try_send(command).map_err(|error| match error {
            TrySendError::Full(_) => SubmitError::Busy,
            TrySendError::Disconnected(_) => SubmitError::Ended,
        })
    }
}
