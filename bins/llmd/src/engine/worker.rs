//! The worker's thread: the model, the context, and the loop around them.

use std::num::NonZeroU32;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use iseetutor_service::Heartbeat;
use iseetutor_wire::message::FinishReason;
use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::context::params::LlamaContextParams;
use llama_cpp_2::llama_batch::LlamaBatch;
use llama_cpp_2::{SeqState, model::LlamaModel};
use tokio::sync::oneshot;

use super::queue::Queue;
use super::request::Job;
use super::slot::Slot;
use super::{Command, EngineConfig, ModelInfo, Shared};
use crate::backend;
use crate::measure::{self, MeasureError, Measured};
use crate::model::{self, LanguageModel, ModelError, Purpose};
use crate::saved::SavedPrefixes;

/// How long the worker waits at a time while every answer waits for its reader; only deadlines need it.
const PAUSE: Duration = Duration::from_millis(200);

/// The configuration in the units that the worker counts in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Cells of the context.
    pub(super) context: usize,
    /// Tokens of one request at most.
    pub(super) request: usize,
    /// Prompt tokens a step.
    pub(super) chunk: usize,
    pub(super) top_k: usize,
}

type MeasureJob = (u32, u32, oneshot::Sender<Result<Measured, MeasureError>>);

/// What the worker works with.
pub(super) struct Worker<'a> {
    pub(super) model: &'a LanguageModel,
    pub(super) context: LlamaContext<'a>,
    pub(super) batch: LlamaBatch<'static>,
    pub(super) slots: Vec<Slot>,
    /// A sequence that belongs to no slot, for copies.
    pub(super) spare: i32,
    pub(super) queue: Queue,
    pub(super) saved: SavedPrefixes<SeqState>,
    pub(super) limits: Limits,
    /// Ticks once a step and once a placement.
    pub(super) clock: u64,
    /// The slot whose prompt was evaluated last, so that prompts take turns.
    pub(super) last_prefill: usize,
    heartbeat: &'a Heartbeat,
    shared: &'a Shared,
    measures: Vec<MeasureJob>,
    config: &'a EngineConfig,
}

/// Loads the model, says how that went, and serves until it is told to stop.
pub(super) fn run(
    config: &EngineConfig,
    inbox: &Receiver<Command>,
    shared: &Shared,
    heartbeat: &Heartbeat,
    loaded: oneshot::Sender<Result<ModelInfo, ModelError>>,
) {
    let model = match load(config, shared, heartbeat) {
        Ok(model) => model,
        Err(error) => {
            heartbeat.idle();
            let _ = loaded.send(Err(error));
            return;
        }
    };
    let (mut worker, info) = match Worker::new(config, &model, shared, heartbeat) {
        Ok(worker) => worker,
        Err(error) => {
            heartbeat.idle();
            let _ = loaded.send(Err(error));
            return;
        }
    };
    let _ = loaded.send(Ok(info));
    worker.serve(inbox);
}

/// Loads the language model; shared's stop gives it up.
fn load(config: &EngineConfig, shared: &Shared, heartbeat: &Heartbeat) -> Result<LanguageModel, ModelError> {
    heartbeat.beat();
    // The callback must own what it uses: a flag and a heartbeat are cheap to share.
    let stop = std::sync::Arc::clone(&shared.stop);
    let beat = heartbeat.clone();
    let llama: LlamaModel = model::load(&config.model, Purpose::Language, config.gpu_layers, move |_| {
        beat.beat();
        !stop.load(Ordering::Relaxed)
    })?;
    LanguageModel::new(llama, &config.chat_template, &config.model)
}

/// Parameters of a context for `model`, the same for serving and for measuring.
pub(crate) fn context_params(config: &EngineConfig, context: u32) -> LlamaContextParams {
    let threads = |count: u32| i32::try_from(count.max(1)).unwrap_or(i32::MAX);
    LlamaContextParams::default()
        .with_n_ctx(NonZeroU32::new(context))
        .with_n_threads(threads(config.threads))
        .with_n_threads_batch(threads(config.prefill_threads))
        // With it, cells of other sequences cost next to nothing: masked rows are skipped.
        .with_flash_attention_policy(llama_cpp_sys_2::LLAMA_FLASH_ATTN_TYPE_ENABLED)
        .with_no_perf(true)
}

impl<'a> Worker<'a> {
    fn new(
        config: &'a EngineConfig,
        model: &'a LanguageModel,
        shared: &'a Shared,
        heartbeat: &'a Heartbeat,
    ) -> Result<(Self, ModelInfo), ModelError> {
        let slots = config.slots.clamp(1, 32);
        let chunk = config.prefill_chunk.clamp(8, 2_048);
        let batch = chunk + slots;
        let params = context_params(config, config.context_tokens)
            .with_n_batch(batch)
            .with_n_ubatch(batch)
            .with_n_seq_max(slots + 1)
            .with_kv_unified(true);
        let (context, problems) = backend::problems(|| {
            model.llama().new_context(backend::backend()?, params).map_err(|error| ModelError::Context {
                path: config.model.clone(),
                context: config.context_tokens,
                detail: error.to_string(),
            })
        });
        let context = context.map_err(|error| match error {
            ModelError::Context { path, context, detail } => {
                let detail = if problems.is_empty() { detail } else { problems };
                ModelError::Context { path, context, detail }
            }
            other => other,
        })?;
        let request_tokens =
            config.request_tokens.min(context.n_ctx()).min(model.llama().n_ctx_train().max(1)).max(64);
        let limits = Limits {
            context: context.n_ctx() as usize,
            request: request_tokens as usize,
            chunk: chunk as usize,
            top_k: config.top_k as usize,
        };
        let info = ModelInfo {
            name: model.llama().meta_val_str("general.name").unwrap_or_default(),
            parameters: model.llama().n_params(),
            context_tokens: context.n_ctx(),
            request_tokens,
        };
        let sequence = |number: u32| i32::try_from(number).unwrap_or(0);
        let worker = Self {
            model,
            context,
            batch: LlamaBatch::new(batch as usize, 1),
            slots: (0..slots).map(|number| Slot { sequence: sequence(number), ..Slot::default() }).collect(),
            spare: sequence(slots),
            queue: Queue::default(),
            saved: SavedPrefixes::new(config.saved_bytes),
            limits,
            clock: 0,
            last_prefill: 0,
            heartbeat,
            shared,
            measures: Vec::new(),
            config,
        };
        Ok((worker, info))
    }

    fn serve(&mut self, inbox: &Receiver<Command>) {
        loop {
            if !self.take_commands(inbox) || self.shared.stop.load(Ordering::Relaxed) {
                break;
            }
            self.heartbeat.beat();
            self.sweep();
            self.place_waiting();
            if self.publish_active() == 0 && self.queue.is_empty() {
                self.run_measures();
            } else if !self.step() && !self.wait(inbox, Some(PAUSE)) {
                break;
            }
        }
        self.heartbeat.idle();
        self.shared.active.store(0, Ordering::Relaxed);
    }

    /// Takes every waiting command, and waits for one while there is nothing to do. Returns `false`
    /// when nobody can send any more.
    fn take_commands(&mut self, inbox: &Receiver<Command>) -> bool {
        let busy = !self.queue.is_empty() || self.slots.iter().any(|slot| !slot.is_idle());
        if !busy && self.measures.is_empty() && !self.wait(inbox, None) {
            return false;
        }
        loop {
            match inbox.try_recv() {
                Ok(command) => self.take(command),
                Err(std::sync::mpsc::TryRecvError::Empty) => return true,
                Err(std::sync::mpsc::TryRecvError::Disconnected) => return false,
            }
        }
    }

    /// Waits for a command and takes it. Returns `false` when nobody can send any more.
    fn wait(&mut self, inbox: &Receiver<Command>, longest: Option<Duration>) -> bool {
        self.heartbeat.idle();
        let received = match longest {
            Some(longest) => inbox.recv_timeout(longest),
            None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        self.heartbeat.beat();
        match received {
            Ok(command) => self.take(command),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return false,
        }
        true
    }

    fn take(&mut self, command: Command) {
        match command {
            Command::Submit(submission) => {
                if let Some(job) = Job::prepare(*submission, self.model, &self.limits) {
                    self.queue.push(job);
                }
            }
            Command::Measure { prefill, decode, reply } => self.measures.push((prefill, decode, reply)),
            Command::Wake => {}
        }
    }

    /// Ends requests that nobody waits for any more or whose deadline is over.
    fn sweep(&mut self) {
        let now = Instant::now();
        self.queue.sweep(now);
        for at in 0..self.slots.len() {
            let ended = self.slots.get(at).and_then(|slot| slot.job.as_ref()).and_then(|job| job.ended(now));
            if let Some(reason) = ended {
                self.finish(at, reason);
            }
        }
    }

    /// Tells the outside how many requests are being answered, and returns it.
    fn publish_active(&self) -> usize {
        let active = self.slots.iter().filter(|slot| !slot.is_idle()).count();
        self.shared.active.store(u32::try_from(active).unwrap_or(u32::MAX), Ordering::Relaxed);
        active
    }

    /// Takes the request out of slot `at`.
    pub(super) fn release(&mut self, at: usize) -> Option<Job> {
        let slot = self.slots.get_mut(at)?;
        let job = slot.job.take()?;
        self.clock += 1;
        slot.used_at = self.clock;
        // Before its reader hears of the end.
        self.publish_active();
        Some(job)
    }

    /// Ends the request in slot `at`. What it evaluated stays for the next one.
    pub(super) fn finish(&mut self, at: usize, reason: FinishReason) {
        let Some(job) = self.release(at) else { return };
        let keep = job.keep;
        // The reader hears of the end before the prefix is saved.
        job.finish(reason);
        self.keep_prefix(at, keep);
    }

    fn run_measures(&mut self) {
        for (prefill, decode, reply) in std::mem::take(&mut self.measures) {
            let beat = || self.heartbeat.beat();
            let stop = || self.shared.stop.load(Ordering::Relaxed);
            let measured = measure::run(self.model.llama(), self.config, prefill, decode, beat, stop);
            let _ = reply.send(measured);
        }
    }
}
