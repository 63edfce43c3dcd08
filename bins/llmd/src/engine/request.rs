//! Requests, and what becomes of one before it is decoded.

use std::time::Instant;

use iseetutor_wire::message::{ChatMessage, Sampling};
use llama_cpp_2::token::LlamaToken;

use super::events::{Event, Finished, Sink};
use super::{Submission, worker::Limits};
use crate::chat::{self, FitError};
use crate::grammar::{self, GrammarError};
use crate::model::{LanguageModel, RenderError};
use crate::sample::{SampleError, Sampler};
use crate::saved::common_prefix;
use crate::text::TextStream;
use iseetutor_wire::message::FinishReason;

/// What is asked of the language model.
#[derive(Debug, Clone)]
pub struct Request {
    /// The chat, oldest message first.
    pub messages: Vec<ChatMessage>,
    /// What to do with it.
    pub work: Work,
    /// When to end, finished or not; an answer then ends as [`FinishReason::Length`].
    pub deadline: Option<Instant>,
}

/// What to do with a chat.
#[derive(Debug, Clone)]
pub enum Work {
    /// Answer it.
    Answer {
        /// How tokens are chosen.
        sampling: Sampling,
        /// How many messages from the first are worth keeping evaluated, even when the context is full.
        keep: usize,
    },
    /// Evaluate it, so that a later request that begins with it is quick. Done only while nothing else is to do.
    Prefill,
}

/// Why a request cannot be met.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// The chat does not fit.
    #[error("cannot answer: {0}")]
    Fit(#[from] FitError<RenderError>),
    /// The chat cannot be made into tokens.
    #[error("cannot answer: {0}")]
    Render(#[from] RenderError),
    /// The grammar cannot be used.
    #[error("cannot answer: {0}")]
    Grammar(#[from] GrammarError),
    /// A parameter is out of range, or the grammar led nowhere.
    #[error("cannot answer: {0}")]
    Sample(#[from] SampleError),
    /// Nothing at all may be generated.
    #[error("cannot answer: max_tokens is 0; ask for at least one token")]
    NoTokens,
    /// The queue is full.
    #[error("cannot answer now: this client has {0} requests waiting; wait for one to end")]
    Busy(usize),
    /// llama.cpp failed.
    #[error("llama.cpp could not evaluate the request: {0}; try again, and restart llmd if it happens often")]
    Decode(String),
}

/// A request ready to be decoded.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) client: u64,
    pub(super) prompt: Vec<LlamaToken>,
    /// Tokens of the prompt's beginning to be saved when the job is done; 0 for none.
    pub(super) keep: usize,
    /// None for a prefill.
    pub(super) answer: Option<Answer>,
    pub(super) cached: usize,
    sink: Sink,
    dropped: usize,
    arrived: Instant,
    deadline: Option<Instant>,
    first_token_ms: f64,
}

/// An answer being written.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) sampler: Sampler,
    /// The token chosen last, still to be evaluated.
    pub(super) pending: Option<LlamaToken>,
    pub(super) max_tokens: usize,
    pub(super) generated: usize,
    pub(super) text: TextStream,
}

impl Job {
    /// Makes a request ready, or tells its reader what is wrong with it.
    pub(super) fn prepare(submission: Submission, model: &LanguageModel, limits: &Limits) -> Option<Self> {
        let arrived = Instant::now();
        let Submission { client, request, sink } = submission;
        let prepared = (|| {
            let (answer, keep) = match &request.work {
                Work::Prefill => (None, 0),
                Work::Answer { sampling, keep } => (Some(begin(sampling, model, limits)?), *keep),
            };
            // Room is left for the answer, but a greedy limit does not push the chat out.
            let reserve = answer.as_ref().map_or(0, |answer| answer.max_tokens.min(limits.request / 2));
            let count = |messages: &[ChatMessage]| model.tokens(messages, true).map(|tokens| tokens.len());
            let fitted = chat::fit(&request.messages, limits.request - reserve, count)?;
            let prompt = model.tokens(&fitted.messages, answer.is_some())?;
            let keep = match fitted.messages.get(..keep).filter(|kept| !kept.is_empty() && !fitted.cut) {
                Some(kept) => common_prefix(&model.tokens(kept, false)?, &prompt),
                None => 0,
            };
            Ok::<_, RequestError>((answer, fitted.dropped, prompt, keep))
        })();
        match prepared {
            Ok((answer, dropped, prompt, keep)) => {
                let deadline = request.deadline;
                let first_token_ms = 0.0;
                Some(Self {
                    client,
                    prompt,
                    keep,
                    answer,
                    cached: 0,
                    sink,
                    dropped,
                    arrived,
                    deadline,
                    first_token_ms,
                })
            }
            Err(error) => {
                sink.finish(Event::Failed(error.to_string()));
                None
            }
        }
    }

    /// Cells that the job may need in all, its prompt included.
    pub(super) fn need(&self, limits: &Limits) -> usize {
        let answer = self.answer.as_ref().map_or(0, |answer| answer.max_tokens);
        (self.prompt.len() + answer).min(limits.request)
    }

    /// Why the job is over before its time, if it is.
    pub(super) fn ended(&self, now: Instant) -> Option<FinishReason> {
        if self.sink.is_cancelled() {
            return Some(FinishReason::Cancelled);
        }
        self.deadline.filter(|deadline| *deadline <= now).map(|_| FinishReason::Length)
    }

    /// Whether the reader can take another token.
    pub(super) fn has_room(&self) -> bool {
        self.sink.has_room()
    }

    /// Passes on a piece of the answer.
    pub(super) fn token(&mut self, text: String) {
        if self.first_token_ms == 0.0 {
            self.first_token_ms = self.elapsed_ms();
        }
        self.sink.token(text);
    }

    /// Ends the job.
    pub(super) fn finish(self, reason: FinishReason) {
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let finished = Finished {
            reason,
            prompt_tokens: number(self.prompt.len()),
            cached_tokens: number(self.cached),
            generated_tokens: number(self.answer.as_ref().map_or(0, |answer| answer.generated)),
            dropped_messages: number(self.dropped),
            first_token_ms: self.first_token_ms,
            took_ms: self.elapsed_ms(),
        };
        self.sink.finish(Event::Done(finished));
    }

    /// Ends the job without an answer.
    pub(super) fn fail(self, error: &RequestError) {
        tracing::warn!(client = self.client, %error, "request failed");
        self.sink.finish(Event::Failed(error.to_string()));
    }

    fn elapsed_ms(&self) -> f64 {
        self.arrived.elapsed().as_secs_f64() * 1_000.0
    }
}

fn begin(sampling: &Sampling, model: &LanguageModel, limits: &Limits) -> Result<Answer, RequestError> {
    let max_tokens = usize::try_from(sampling.max_tokens).unwrap_or(usize::MAX).min(limits.request);
    if max_tokens == 0 {
        return Err(RequestError::NoTokens);
    }
    let grammar = grammar::compile(model.llama(), sampling)?;
    Ok(Answer {
        sampler: Sampler::new(sampling, limits.top_k, grammar)?,
        pending: None,
        max_tokens,
        generated: 0,
        text: TextStream::new(sampling.stop.iter().cloned()),
    })
}
