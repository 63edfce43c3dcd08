//! What comes of a request, through a bounded queue between the worker and the reader.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::SyncSender;

use iseetutor_wire::message::FinishReason;
use tokio::sync::mpsc;

use super::Command;

/// What comes of a request. After [`Event::Done`] or [`Event::Failed`] nothing comes.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The next piece of an answer.
    Token(String),
    /// The end of it.
    Done(Finished),
    /// Why there is no answer, or no more of it.
    Failed(String),
}

/// How a request ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Finished {
    /// Why.
    pub reason: FinishReason,
    /// Tokens of the prompt.
    pub prompt_tokens: u32,
    /// Those of them that were evaluated before.
    pub cached_tokens: u32,
    /// Tokens of the answer, the one that ended it not included.
    pub generated_tokens: u32,
    /// Messages left out to make the chat fit.
    pub dropped_messages: u32,
    /// Milliseconds from the request's arrival to the first token; 0 without one.
    pub first_token_ms: f64,
    /// Milliseconds from the request's arrival to its end.
    pub took_ms: f64,
}

#[derive(Debug, Default)]
struct Flags {
    cancelled: AtomicBool,
    /// The worker waits for room in the queue.
    starved: AtomicBool,
}

/// The reader's end. While its queue is full, its answer is not written further and others are not
/// affected. Dropping it gives the request up.
#[derive(Debug)]
pub struct Events {
    receiver: mpsc::Receiver<Event>,
    cancel: CancelHandle,
}

/// Gives a request up. Cheap to clone.
#[derive(Debug, Clone)]
pub struct CancelHandle {
    flags: Arc<Flags>,
    commands: SyncSender<Command>,
}

impl CancelHandle {
    /// Gives the request up; it ends as [`FinishReason::Cancelled`] within one step, unless it ended before.
    pub fn cancel(&self) {
        self.flags.cancelled.store(true, Ordering::SeqCst);
        self.wake();
    }

    fn wake(&self) {
        // A full queue needs no reminder: the worker empties it before its next step.
        let _ = self.commands.try_send(Command::Wake);
    }
}

impl Events {
    /// The next event; `None` after the last one, or when the worker ended. Cancel safe.
    pub async fn next(&mut self) -> Option<Event> {
        let event = self.receiver.recv().await;
        self.taken();
        event
    }

    /// As [`Events::next`], for threads outside of the asynchronous runtime.
    pub fn blocking_next(&mut self) -> Option<Event> {
        let event = self.receiver.blocking_recv();
        self.taken();
        event
    }

    /// What gives this request up.
    #[must_use]
    pub fn cancel_handle(&self) -> CancelHandle {
        self.cancel.clone()
    }

    fn taken(&self) {
        if self.cancel.flags.starved.swap(false, Ordering::SeqCst) {
            self.cancel.wake();
        }
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        if !self.receiver.is_closed() {
            self.cancel.cancel();
        }
    }
}

/// The worker's end.
#[derive(Debug)]
pub(super) struct Sink {
    sender: mpsc::Sender<Event>,
    /// Room for the last event, so that it never waits.
    last: Option<mpsc::OwnedPermit<Event>>,
    flags: Arc<Flags>,
}

impl Sink {
    /// Whether nobody wants the answer any more.
    pub(super) fn is_cancelled(&self) -> bool {
        self.flags.cancelled.load(Ordering::SeqCst) || self.sender.is_closed()
    }

    /// Whether there is room for another token; if not, the reader wakes the worker when there is.
    pub(super) fn has_room(&self) -> bool {
        if self.sender.capacity() > 0 {
            return true;
        }
        self.flags.starved.store(true, Ordering::SeqCst);
        // The reader may have made room just before it could see the flag.
        self.sender.capacity() > 0
    }

    /// Passes on a piece of the answer. There is room: see [`Sink::has_room`].
    pub(super) fn token(&self, text: String) {
        if !text.is_empty() {
            // A reader that is gone is noticed by `is_cancelled`.
            let _ = self.sender.try_send(Event::Token(text));
        }
    }

    /// Passes on the last event.
    pub(super) fn finish(mut self, event: Event) {
        if let Some(permit) = self.last.take() {
            permit.send(event);
        }
    }
}

/// Both ends of a queue of `capacity` events.
pub(super) fn channel(capacity: usize, commands: SyncSender<Command>) -> (Sink, Events) {
    let (sender, receiver) = mpsc::channel(capacity.max(1) + 1);
    let last = sender.clone().try_reserve_owned().ok();
    let flags = Arc::new(Flags::default());
    let cancel = CancelHandle { flags: Arc::clone(&flags), commands };
    (Sink { sender, last, flags }, Events { receiver, cancel })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use std::sync::mpsc::sync_channel;

    #[test]
    fn a_full_queue_holds_the_last_event_and_wakes_the_worker_when_read() {
        let (commands, inbox) = sync_channel(4);
        let (sink, mut events) = channel(1, commands);
        assert!(sink.has_room());
        sink.token("a".into());
        assert!(!sink.has_room());
        assert!(inbox.try_recv().is_err());
        assert_eq!(events.blocking_next(), Some(Event::Token("a".into())));
        assert!(matches!(inbox.try_recv(), Ok(Command::Wake)));
        sink.token("b".into());
        sink.finish(Event::Failed("c".into()));
        assert_eq!(events.blocking_next(), Some(Event::Token("b".into())));
        assert_eq!(events.blocking_next(), Some(Event::Failed("c".into())));
        assert_eq!(events.blocking_next(), None);
    }

    #[test]
    fn dropping_the_reader_gives_the_request_up() {
        let (commands, inbox) = sync_channel(4);
        let (sink, events) = channel(1, commands);
        assert!(!sink.is_cancelled());
        drop(events);
        assert!(sink.is_cancelled());
        assert!(matches!(inbox.try_recv(), Ok(Command::Wake)));
    }
}
