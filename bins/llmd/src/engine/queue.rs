//! Requests that wait for a slot.

use std::collections::{HashMap, VecDeque};
use std::time::Instant;

use iseetutor_wire::message::FinishReason;

use super::request::{Job, RequestError};

/// Requests of one client that may wait.
const PER_CLIENT: usize = 16;

/// Clients whose last turn is remembered.
const REMEMBERED: usize = 64;

/// Waiting requests. Answers come before prefills, and clients take turns.
#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: VecDeque<Job>,
    /// When each client was last served; a client not in it was not, or long ago.
    served: HashMap<u64, u64>,
    clock: u64,
}

impl Queue {
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Whether an answer waits.
    pub(super) fn has_answer(&self) -> bool {
        self.waiting.iter().any(|job| job.answer.is_some())
    }

    /// Adds a request at the end, or refuses it because its client has too many waiting.
    pub(super) fn push(&mut self, job: Job) {
        if self.waiting.iter().filter(|other| other.client == job.client).count() >= PER_CLIENT {
            job.fail(&RequestError::Busy(PER_CLIENT));
        } else {
            self.waiting.push_back(job);
        }
    }

    /// Puts a request back in front.
    pub(super) fn put_back(&mut self, job: Job) {
        self.waiting.push_front(job);
    }

    /// Takes the request whose turn it is: an answer before a prefill, of the client with the fewest
    /// requests in slots (`in_slots`), of these the one served longest ago, of its requests the oldest.
    pub(super) fn take(&mut self, in_slots: impl Fn(u64) -> usize) -> Option<Job> {
        let served = &self.served;
        let (next, _) = self.waiting.iter().enumerate().min_by_key(|(at, job)| {
            let last = served.get(&job.client).copied().unwrap_or(0);
            (job.answer.is_none(), in_slots(job.client), last, *at)
        })?;
        let job = self.waiting.remove(next)?;
        self.clock += 1;
        self.served.insert(job.client, self.clock);
        if self.served.len() > REMEMBERED {
            let forgotten = self.clock.saturating_sub(REMEMBERED as u64);
            self.served.retain(|_, at| *at > forgotten);
        }
        Some(job)
    }

    /// Ends the requests whose reader is gone or whose deadline is over.
    pub(super) fn sweep(&mut self, now: Instant) {
        let mut at = 0;
        while at < self.waiting.len() {
            match self.waiting.get(at).and_then(|job| job.ended(now)) {
                Some(reason) => self.end(at, reason),
                None => at += 1,
            }
        }
    }

    fn end(&mut self, at: usize, reason: FinishReason) {
        if let Some(job) = self.waiting.remove(at) {
            job.finish(reason);
        }
    }
}
