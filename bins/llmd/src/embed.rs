//! The worker that owns the embedding model.
//!
//! It has a thread and a context of its own, so that embedding a page does not hold up an answer. The
//! model is loaded when the first texts come, or at the start if the configuration says so. Texts
//! longer than the model's window are cut off at its end, and the reply says how many were.

use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};

use iseetutor_service::Heartbeat;
use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::context::params::{LlamaContextParams, LlamaPoolingType};
use llama_cpp_2::llama_batch::LlamaBatch;
use llama_cpp_2::model::LlamaModel;
use tokio::sync::oneshot;

use crate::backend;
use crate::model::{self, ModelError, Purpose};

/// Requests waiting at most.
const WAITING: usize = 8;

/// Texts of one request at most.
pub const MOST_TEXTS: usize = 32;

/// Longest window used, in tokens; longer texts are better embedded in parts.
const LONGEST_WINDOW: u32 = 512;

/// How the worker is set up.
#[derive(Debug, Clone)]
pub struct EmbedConfig {
    /// The embedding model; empty for none.
    pub model: PathBuf,
    /// Threads.
    pub threads: u32,
    /// Layers on the GPU.
    pub gpu_layers: u32,
    /// Whether to load the model at once, and not when the first texts come.
    pub at_start: bool,
}

/// Embeddings of some texts.
#[derive(Debug, Clone, PartialEq)]
pub struct Embeddings {
    /// Values of each vector.
    pub dimensions: usize,
    /// One vector of length 1 for each text, in their order.
    pub vectors: Vec<Vec<f32>>,
    /// Texts that were longer than the model's window and were cut off at its end.
    pub truncated: usize,
}

/// Why texts could not be embedded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EmbedError {
    /// The model cannot be used.
    #[error("{0}")]
    Model(String),
    /// Too many texts or none.
    #[error("cannot embed {0} texts at once: send 1 to {MOST_TEXTS}")]
    Count(usize),
    /// A text gave no vector.
    #[error("cannot embed text {number}: {reason}")]
    Text {
        /// The text, from 1.
        number: usize,
        /// Why.
        reason: String,
    },
    /// The queue is full.
    #[error("too many texts are waiting to be embedded; try again when some are done")]
    Busy,
    /// The worker has ended.
    #[error("the embedding worker has ended; restart llmd")]
    Ended,
}

type Reply = oneshot::Sender<Result<Embeddings, EmbedError>>;
type Job = (Vec<String>, Reply);

/// The worker's outside. Cheap to clone; the worker ends with the last clone, or by [`Embedder::stop`].
#[derive(Debug, Clone)]
pub struct Embedder {
    jobs: SyncSender<Job>,
    stop: Arc<AtomicBool>,
    heartbeat: Heartbeat,
}

/// Tells whether a model was loaded.
type Loaded = oneshot::Receiver<Result<(), ModelError>>;

impl Embedder {
    /// Starts the worker. The receiver tells how loading went, if the model is to be loaded at once.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(config: EmbedConfig) -> std::io::Result<(Self, Option<Loaded>)> {
        let (jobs, inbox) = sync_channel(WAITING);
        let stop = Arc::new(AtomicBool::new(false));
        let heartbeat = Heartbeat::default();
        let (sender, loaded) = oneshot::channel();
        let report = config.at_start.then_some(sender);
        let loaded = config.at_start.then_some(loaded);
        let for_worker = (Arc::clone(&stop), heartbeat.clone());
        std::thread::Builder::new().name("embed".into()).spawn(move || {
            let (stop, heartbeat) = for_worker;
            run(&config, &inbox, &stop, &heartbeat, report);
            heartbeat.idle();
        })?;
        Ok((Self { jobs, stop, heartbeat }, loaded))
    }

    /// Hands in texts; the receiver gives their embeddings.
    ///
    /// # Errors
    /// [`EmbedError::Count`], [`EmbedError::Busy`] and [`EmbedError::Ended`].
    pub fn submit(
        &self,
        texts: Vec<String>,
    ) -> Result<oneshot::Receiver<Result<Embeddings, EmbedError>>, EmbedError> {
        if texts.is_empty() || texts.len() > MOST_TEXTS {
            return Err(EmbedError::Count(texts.len()));
        }
        let (reply, receiver) = oneshot::channel();
        match self.jobs.try_send((texts, reply)) {
            Ok(()) => Ok(receiver),
            Err(TrySendError::Full(_)) => Err(EmbedError::Busy),
            Err(TrySendError::Disconnected(_)) => Err(EmbedError::Ended),
        }
    }

    /// The worker's sign of life.
    #[must_use]
    pub fn heartbeat(&self) -> Heartbeat {
        self.heartbeat.clone()
    }

    /// Ends the worker after the text it is at, or gives up loading.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

fn run(
    config: &EmbedConfig,
    inbox: &Receiver<Job>,
    stop: &Arc<AtomicBool>,
    heartbeat: &Heartbeat,
    report: Option<oneshot::Sender<Result<(), ModelError>>>,
) {
    let mut first = None;
    if let Some(report) = report {
        match load(config, stop, heartbeat) {
            Ok(model) => {
                let _ = report.send(Ok(()));
                return serve(config, &model, inbox, stop, heartbeat, None);
            }
            Err(error) => {
                let _ = report.send(Err(error));
            }
        }
    }
    // Not loaded yet, or not loadable so far: each request tries again, so that a file fetched meanwhile is found.
    loop {
        heartbeat.idle();
        let Ok((texts, reply)) = inbox.recv() else { return };
        if stop.load(Ordering::Relaxed) {
            return;
        }
        match load(config, stop, heartbeat) {
            Ok(model) => {
                first.replace((texts, reply));
                return serve(config, &model, inbox, stop, heartbeat, first);
            }
            Err(error) => {
                let _ = reply.send(Err(EmbedError::Model(error.to_string())));
            }
        }
    }
}

fn load(
    config: &EmbedConfig,
    stop: &Arc<AtomicBool>,
    heartbeat: &Heartbeat,
) -> Result<LlamaModel, ModelError> {
    heartbeat.beat();
    let (stop, beat) = (Arc::clone(stop), heartbeat.clone());
    model::load(&config.model, Purpose::Embedding, config.gpu_layers, move |_| {
        beat.beat();
        !stop.load(Ordering::Relaxed)
    })
}

fn serve(
    config: &EmbedConfig,
    model: &LlamaModel,
    inbox: &Receiver<Job>,
    stop: &AtomicBool,
    heartbeat: &Heartbeat,
    mut first: Option<Job>,
) {
    let mut context = Context::new(config, model);
    loop {
        heartbeat.idle();
        let job = match first.take() {
            Some(job) => job,
            None => match inbox.recv() {
                Ok(job) => job,
                Err(_) => return,
            },
        };
        let (texts, reply) = job;
        if stop.load(Ordering::Relaxed) {
            return;
        }
        let embeddings = match &mut context {
            Ok(context) => context.embed(&texts, || {
                heartbeat.beat();
                stop.load(Ordering::Relaxed) || reply.is_closed()
            }),
            Err(error) => Err(error.clone()),
        };
        let _ = reply.send(embeddings);
    }
}

struct Context<'a> {
    model: &'a LlamaModel,
    context: LlamaContext<'a>,
    batch: LlamaBatch<'static>,
    window: usize,
}

impl<'a> Context<'a> {
    fn new(config: &EmbedConfig, model: &'a LlamaModel) -> Result<Self, EmbedError> {
        let window = model.n_ctx_train().clamp(8, LONGEST_WINDOW);
        let threads = i32::try_from(config.threads.max(1)).unwrap_or(i32::MAX);
        // The whole text is looked at at once, so a batch must hold all of it.
        let mut params = LlamaContextParams::default()
            .with_n_ctx(NonZeroU32::new(window))
            .with_n_batch(window)
            .with_n_ubatch(window)
            .with_n_threads(threads)
            .with_n_threads_batch(threads)
            .with_embeddings(true)
            .with_no_perf(true);
        // BERT models say how they are pooled; the mean is what most were trained for.
        let architecture = model.meta_val_str("general.architecture").unwrap_or_default();
        if model.meta_val_str(&format!("{architecture}.pooling_type")).is_err() {
            params = params.with_pooling_type(LlamaPoolingType::Mean);
        }
        let failed = |detail: String| {
            let path = config.model.clone();
            EmbedError::Model(ModelError::Context { path, context: window, detail }.to_string())
        };
        let backend = backend::backend().map_err(|error| failed(error.to_string()))?;
        let context = model.new_context(backend, params).map_err(|error| failed(error.to_string()))?;
        let window = window as usize;
        Ok(Self { model, context, batch: LlamaBatch::new(window, 1), window })
    }

    fn embed(&mut self, texts: &[String], give_up: impl Fn() -> bool) -> Result<Embeddings, EmbedError> {
        let mut vectors = Vec::with_capacity(texts.len());
        let mut truncated = 0;
        for (number, text) in (1..).zip(texts) {
            if give_up() {
                return Err(EmbedError::Ended);
            }
            let fail =
                |reason: &dyn std::fmt::Display| EmbedError::Text { number, reason: reason.to_string() };
            let mut tokens = self.model.vocab().tokenize(text.as_bytes(), true, false);
            if tokens.len() > self.window {
                truncated += 1;
                // The last token marks the end and stays.
                let end = tokens.last().copied();
                tokens.truncate(self.window - 1);
                tokens.extend(end);
            }
            if tokens.is_empty() {
                return Err(fail(&"it has no tokens; send text"));
            }
            self.batch.clear();
            for (position, token) in (0..).zip(&tokens) {
                self.batch.add(*token, position, &[0], true).map_err(|error| fail(&error))?;
            }
            self.context.encode(&mut self.batch).map_err(|error| fail(&error))?;
            let vector = self.context.embeddings_seq_ith(0).map_err(|error| fail(&error))?;
            vectors.push(normalized(vector).ok_or_else(|| fail(&"the model gave no usable output"))?);
        }
        let dimensions = vectors.first().map_or(0, Vec::len);
        Ok(Embeddings { dimensions, vectors, truncated })
    }
}

/// The vector made one long, unless it is zero or not made of numbers.
fn normalized(vector: &[f32]) -> Option<Vec<f32>> {
    let length = vector.iter().map(|value| f64::from(*value).powi(2)).sum::<f64>().sqrt();
    #[allow(clippy::cast_possible_truncation)]
    let scale = |value: &f32| (f64::from(*value) / length) as f32;
    (length.is_finite() && length > 0.0).then(|| vector.iter().map(scale).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_are_made_one_long_or_refused() {
        assert_eq!(normalized(&[3.0, 4.0]), Some(vec![0.6, 0.8]));
        assert_eq!(normalized(&[0.0, 0.0]), None);
        assert_eq!(normalized(&[f32::NAN, 1.0]), None);
    }
}
