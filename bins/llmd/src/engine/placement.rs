//! Which request goes into which slot, and what of its prompt is evaluated already.

use std::cmp::Reverse;

use llama_cpp_2::LlamaStateSeqFlags;

use super::request::Job;
use super::worker::Worker;
use crate::saved::common_prefix;

/// Shortest sequence worth saving outside of the context, in tokens: evaluating fewer takes about as
/// long as a restore.
const WORTH_SAVING: usize = 32;

impl Worker<'_> {
    /// Gives slots to waiting requests for as long as there are slots and room.
    pub(super) fn place_waiting(&mut self) {
        while !self.queue.is_empty() {
            if !self.slots.iter().any(super::slot::Slot::is_idle) && !self.suspend_prefill() {
                return;
            }
            let slots = &self.slots;
            let in_slots = |client| {
                slots.iter().filter(|slot| slot.job.as_ref().is_some_and(|job| job.client == client)).count()
            };
            let Some(job) = self.queue.take(in_slots) else { return };
            if let Some(waiting) = self.place(job) {
                // Nobody overtakes it: what is running now ends, and then it has room.
                self.queue.put_back(waiting);
                return;
            }
        }
    }

    /// Puts a prefill back into the queue when an answer waits for its slot. Returns whether it did.
    fn suspend_prefill(&mut self) -> bool {
        if !self.queue.has_answer() {
            return false;
        }
        let prefill = self.slots.iter_mut().find(|slot| !slot.is_idle() && !slot.is_answering());
        let Some(job) = prefill.and_then(|slot| slot.job.take()) else { return false };
        self.queue.put_back(job);
        true
    }

    /// Gives the job a slot, or gives it back when the context has no room for it yet.
    fn place(&mut self, mut job: Job) -> Option<Job> {
        let Some(target) = self.choose_slot(&job) else { return Some(job) };
        if !self.make_room(target, job.need(&self.limits)) {
            return Some(job);
        }
        // An answer evaluates at least the last token of its prompt, for the model's output after it.
        let most = job.prompt.len().saturating_sub(usize::from(job.answer.is_some()));
        job.cached = self.reuse(target, &job, most);
        self.clock += 1;
        let slot = self.slots.get_mut(target)?;
        slot.used_at = self.clock;
        slot.job = Some(job);
        None
    }

    /// The idle slot that goes on with what it has; else an empty one; else the one used longest ago.
    fn choose_slot(&self, job: &Job) -> Option<usize> {
        let idle = || self.slots.iter().enumerate().filter(|(_, slot)| slot.is_idle());
        idle()
            .map(|(at, slot)| (common_prefix(&slot.cache, &job.prompt), at, slot.cache.len()))
            // Where less than half fits, the rest is more likely to be of use to its own client.
            .filter(|(common, _, length)| *common > 0 && common * 2 >= *length)
            .max()
            .map(|(_, at, _)| at)
            .or_else(|| {
                idle().min_by_key(|(_, slot)| (!slot.cache.is_empty(), slot.used_at)).map(|(at, _)| at)
            })
    }

    /// Frees cells until slot `target` can have `need` of them. Returns `false` when that must wait for
    /// running requests.
    fn make_room(&mut self, target: usize, need: usize) -> bool {
        loop {
            let others: usize = self
                .slots
                .iter()
                .enumerate()
                .filter(|(at, _)| *at != target)
                .map(|(_, slot)| slot.committed(&self.limits))
                .sum();
            if others + need <= self.limits.context {
                return true;
            }
            let oldest = self
                .slots
                .iter()
                .enumerate()
                .filter(|(at, slot)| *at != target && slot.is_idle() && !slot.cache.is_empty())
                .min_by_key(|(_, slot)| slot.used_at)
                .map(|(at, _)| at);
            let Some(oldest) = oldest else { return false };
            self.displace(oldest);
        }
    }

    /// Brings the longest evaluated beginning of the job's prompt, of at most `most` tokens, into slot
    /// `target`, from wherever it is. Returns its length in tokens.
    fn reuse(&mut self, target: usize, job: &Job, most: usize) -> usize {
        let own = self.slots.get(target).map_or(0, |slot| common_prefix(&slot.cache, &job.prompt));
        let (shared, source) = self
            .slots
            .iter()
            .enumerate()
            .map(|(at, slot)| (common_prefix(&slot.cache, &job.prompt), Reverse(at)))
            .max()
            .map_or((0, target), |(common, Reverse(at))| (common, at));
        let room = self.limits.context.saturating_sub(
            self.slots
                .iter()
                .enumerate()
                .filter(|(at, _)| *at != target)
                .map(|(_, slot)| slot.committed(&self.limits))
                .sum(),
        );
        let best = self.saved.best(&job.prompt, shared.max(own), room);
        let is_saved = best.is_some();
        if !is_saved && shared <= own {
            return self.truncate(target, own.min(most));
        }
        self.displace(target);
        let Some(sequence) = self.slots.get(target).map(|slot| slot.sequence) else { return 0 };
        if is_saved {
            // Asked again because displacing the old content may have saved it and moved things.
            if let Some((state, tokens, common)) = self.saved.best(&job.prompt, shared, room) {
                let tokens = tokens.to_vec();
                match self.context.state_seq_set(state, sequence) {
                    Ok(()) => {
                        if let Some(slot) = self.slots.get_mut(target) {
                            slot.cache = tokens;
                        }
                        return self.truncate(target, common.min(most));
                    }
                    Err(error) => {
                        tracing::debug!(%error, "a saved prefix could not be restored: evaluating it again");
                        return self.truncate(target, 0);
                    }
                }
            }
        }
        let source_sequence = self.slots.get(source).map(|slot| slot.sequence);
        let length = shared.min(most);
        let (Some(from), Ok(end)) = (source_sequence, u32::try_from(length)) else { return 0 };
        if length == 0 || self.context.copy_kv_cache_seq(from, sequence, Some(0), Some(end)).is_err() {
            return self.truncate(target, 0);
        }
        if let Some(slot) = self.slots.get_mut(target) {
            slot.cache = job.prompt.get(..length).unwrap_or_default().to_vec();
        }
        length
    }

    /// Shortens what slot `at` has in the context to `length` tokens; to none if the model's memory cannot
    /// be shortened in part. Returns the length it has then.
    fn truncate(&mut self, at: usize, length: usize) -> usize {
        let Some(slot) = self.slots.get_mut(at) else { return 0 };
        let from = u32::try_from(length).ok();
        if length > 0 && from.is_some() && self.context.kv_cache_seq_rm(slot.sequence, from, None).is_ok() {
            slot.cache.truncate(length);
            return slot.cache.len();
        }
        self.clear(at);
        0
    }

    /// Removes everything that slot `at` has in the context.
    pub(super) fn clear(&mut self, at: usize) {
        let Some(slot) = self.slots.get_mut(at) else { return };
        // Removing a whole sequence never fails.
        let _ = self.context.kv_cache_seq_rm(slot.sequence, None, None);
        slot.cache.clear();
    }

    /// Clears slot `at`, and saves what it had first if that is worth it and nowhere else.
    fn displace(&mut self, at: usize) {
        let Some(slot) = self.slots.get(at) else { return };
        let (sequence, tokens) = (slot.sequence, slot.cache.clone());
        let elsewhere =
            self.slots.iter().enumerate().any(|(other, slot)| other != at && slot.cache.starts_with(&tokens));
        if tokens.len() >= WORTH_SAVING && !elsewhere && !self.saved.covers(&tokens, false) {
            self.save(sequence, tokens, false);
        }
        self.clear(at);
    }

    /// Saves the first `length` tokens of slot `at` for requests to come.
    pub(super) fn keep_prefix(&mut self, at: usize, length: usize) {
        let Some(slot) = self.slots.get(at) else { return };
        let Some(tokens) = slot.cache.get(..length).filter(|tokens| tokens.len() >= WORTH_SAVING) else {
            return;
        };
        let tokens = tokens.to_vec();
        if self.saved.covers(&tokens, true) {
            return;
        }
        let (from, spare) = (slot.sequence, self.spare);
        let Ok(end) = u32::try_from(length) else { return };
        // A copy within the context only notes that the cells have one more owner.
        if self.context.copy_kv_cache_seq(from, spare, Some(0), Some(end)).is_ok() {
            self.save(spare, tokens, true);
            let _ = self.context.kv_cache_seq_rm(spare, None, None);
        }
    }

    fn save(&mut self, sequence: i32, tokens: Vec<llama_cpp_2::token::LlamaToken>, kept: bool) {
        let flags = LlamaStateSeqFlags::empty();
        if !self.saved.fits(self.context.state_seq_get_size_ext(sequence, flags)) {
            return;
        }
        match self.context.state_seq_get(sequence, flags) {
            Ok(state) => {
                let bytes = state.byte_len();
                self.saved.insert(tokens, state, bytes, kept);
            }
            Err(error) => tracing::debug!(%error, "a prefix could not be saved"),
        }
    }
}
