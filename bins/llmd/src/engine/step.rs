//! One step: a batch of a token of each answer and a piece of the prompts, evaluated together.

use iseetutor_wire::message::FinishReason;

use super::request::RequestError;
use super::worker::Worker;
use crate::backend;
use crate::sample::SampleError;

/// A slot's part of a batch.
#[derive(Debug, Clone, Copy)]
struct Share {
    slot: usize,
    /// Tokens of it.
    tokens: usize,
    /// The row of its last token, if the model's output after that is wanted.
    output: Option<i32>,
}

impl Worker<'_> {
    /// Does one step. Returns `false` when every request waits for its reader.
    pub(super) fn step(&mut self) -> bool {
        let shares = self.compose();
        if shares.is_empty() {
            // A prompt that was evaluated before in full leaves a prefill nothing to do.
            return self.finish_prefills();
        }
        self.clock += 1;
        let (decoded, problems) = backend::problems(|| self.context.decode(&mut self.batch));
        if let Err(error) = decoded {
            let detail = if problems.is_empty() { error.to_string() } else { problems };
            for share in &shares {
                self.fail(share.slot, &RequestError::Decode(detail.clone()));
            }
            return true;
        }
        for share in &shares {
            self.note_evaluated(share);
        }
        for share in shares {
            if let Some(row) = share.output {
                self.advance(share.slot, row);
            }
        }
        self.finish_prefills();
        true
    }

    /// Fills the batch.
    fn compose(&mut self) -> Vec<Share> {
        self.batch.clear();
        let mut shares = Vec::with_capacity(self.slots.len());
        for (at, slot) in self.slots.iter().enumerate() {
            let Some(job) = slot.job.as_ref() else { continue };
            let Some(token) = job.answer.as_ref().and_then(|answer| answer.pending) else { continue };
            let Ok(position) = i32::try_from(slot.cache.len()) else { continue };
            if job.has_room() && self.batch.add(token, position, &[slot.sequence], true).is_ok() {
                shares.push(Share { slot: at, tokens: 1, output: Some(self.batch.n_tokens() - 1) });
            }
        }
        // Prefills only run when no answer is under way or waits.
        let answers = self.slots.iter().any(super::slot::Slot::is_answering) || self.queue.has_answer();
        let (count, last) = (self.slots.len(), self.last_prefill);
        let mut left = self.limits.chunk;
        for turn in 1..=count {
            let at = (last + turn) % count;
            let Some(slot) = self.slots.get(at) else { continue };
            let rest = slot.unevaluated();
            let waits = answers && !slot.is_answering();
            if rest.is_empty() || waits || left == 0 {
                continue;
            }
            let piece = rest.len().min(left);
            let answers_next = slot.is_answering() && piece == rest.len();
            let mut added = 0;
            for (token, position) in rest.iter().take(piece).zip(slot.cache.len()..) {
                let Ok(position) = i32::try_from(position) else { break };
                let output = answers_next && added + 1 == piece;
                if self.batch.add(*token, position, &[slot.sequence], output).is_err() {
                    break;
                }
                added += 1;
            }
            if added > 0 {
                let output = (answers_next && added == piece).then(|| self.batch.n_tokens() - 1);
                shares.push(Share { slot: at, tokens: added, output });
                left -= added;
                self.last_prefill = at;
            }
        }
        shares
    }

    /// Records what of a slot is in the context now.
    fn note_evaluated(&mut self, share: &Share) {
        let Some(slot) = self.slots.get_mut(share.slot) else { return };
        let Some(job) = slot.job.as_mut() else { return };
        match job.answer.as_mut().and_then(|answer| answer.pending.take()) {
            Some(token) => slot.cache.push(token),
            None => {
                let from = slot.cache.len();
                let piece = job.prompt.get(from..from + share.tokens).unwrap_or_default();
                slot.cache.extend_from_slice(piece);
            }
        }
    }

    /// Chooses the next token of the answer in slot `at` from the model's output in `row`.
    fn advance(&mut self, at: usize, row: i32) {
        let vocab = self.model.llama().vocab();
        let Some(slot) = self.slots.get_mut(at) else { return };
        let Some(job) = slot.job.as_mut() else { return };
        let Some(answer) = job.answer.as_mut() else { return };
        let logits = self.context.get_logits_ith(row);
        let chosen = answer.sampler.next(logits, |token| vocab.is_eog(token));
        let token = match chosen {
            Ok(token) => token,
            Err(error) => return self.fail(at, &RequestError::Sample(error)),
        };
        if vocab.is_eog(token) {
            let rest = std::mem::take(&mut answer.text).finish();
            job.token(rest);
            return self.finish(at, FinishReason::End);
        }
        answer.generated += 1;
        let mut piece = answer.text.push(&vocab.token_to_piece(token, false, None));
        // The token just chosen needs a cell of its own to go on.
        let full = answer.generated >= answer.max_tokens || slot.cache.len() + 1 >= self.limits.request;
        if full && !piece.stopped {
            piece.text.push_str(&std::mem::take(&mut answer.text).finish());
        }
        answer.pending = Some(token);
        job.token(piece.text);
        if piece.stopped {
            self.finish(at, FinishReason::Stop);
        } else if full {
            self.finish(at, FinishReason::Length);
        }
    }

    /// Ends the prefills that are evaluated in full. Returns whether there were any.
    fn finish_prefills(&mut self) -> bool {
        let mut any = false;
        for at in 0..self.slots.len() {
            let done = self
                .slots
                .get(at)
                .is_some_and(|slot| !slot.is_idle() && !slot.is_answering() && slot.unevaluated().is_empty());
            if done {
                self.finish(at, FinishReason::End);
                any = true;
            }
        }
        any
    }

    fn fail(&mut self, at: usize, error: &RequestError) {
        if let Some(job) = self.release(at) {
            job.fail(error);
        }
        // What a request left behind that went wrong is not built upon.
        if !matches!(error, RequestError::Sample(SampleError::GrammarDeadEnd)) {
            self.clear(at);
        }
    }
}
