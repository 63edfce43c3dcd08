//! One sequence of the context, and the request that it serves.

use llama_cpp_2::token::LlamaToken;

use super::request::Job;
use super::worker::Limits;

/// One sequence of the context.
#[derive(Debug, Default)]
pub(super) struct Slot {
    /// The sequence's number in the context.
    pub(super) sequence: i32,
    /// Tokens whose keys and values are in the context; a token's position is its index.
    pub(super) cache: Vec<LlamaToken>,
    /// The request being served.
    pub(super) job: Option<Job>,
    /// Tick of the worker's clock at which it was used last.
    pub(super) used_at: u64,
}

impl Slot {
    /// Whether it serves no request.
    pub(super) fn is_idle(&self) -> bool {
        self.job.is_none()
    }

    /// The part of its prompt that is still to be evaluated.
    pub(super) fn unevaluated(&self) -> &[LlamaToken] {
        self.job.as_ref().and_then(|job| job.prompt.get(self.cache.len()..)).unwrap_or_default()
    }

    /// Whether it serves an answer, at any stage.
    pub(super) fn is_answering(&self) -> bool {
        self.job.as_ref().is_some_and(|job| job.answer.is_some())
    }

    /// Cells of the context that are its own: in use, or set aside for what it may still need.
    pub(super) fn committed(&self, limits: &Limits) -> usize {
        self.job.as_ref().map_or(0, |job| job.need(limits)).max(self.cache.len())
    }
}
