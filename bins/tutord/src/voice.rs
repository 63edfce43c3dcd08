//! The edge to ttsd.

use std::collections::VecDeque;

use iseetutor_bus::Status;
use iseetutor_wire::message::TtsMessage;
use iseetutor_wire::{Frame, Link, TurnGate};
use tokio::sync::mpsc;

/// Frames in waiting between the dialogue and this edge.
const QUEUE: usize = 256;
/// Sentences that wait to be rendered ahead; the oldest are dropped, because they are of an older pace.
const RENDERS: usize = 256;

/// Where the dialogue's frames for ttsd go. Never makes anybody wait.
#[derive(Debug, Clone)]
pub struct Voice {
    queue: mpsc::Sender<Frame<TtsMessage>>,
    status: Status,
}

impl Voice {
    /// Starts the edge on the current runtime.
    #[must_use]
    pub fn start(link: Link<TtsMessage>, status: Status) -> Self {
        let (queue, frames) = mpsc::channel(QUEUE);
        tokio::spawn(run(link, frames));
        Self { queue, status }
    }

    /// Hands a frame over. While ttsd is away it is dropped; when ttsd does not read, it is dropped and counted.
    pub fn send(&self, frame: Frame<TtsMessage>) {
        if self.queue.try_send(frame).is_err() {
            self.status.count("voice_frames_dropped");
        }
    }
}

/// What is to be said goes first, rendering ahead only when nothing is; frames of an older turn are dropped here already.
async fn run(link: Link<TtsMessage>, mut frames: mpsc::Receiver<Frame<TtsMessage>>) {
    let mut gate = TurnGate::default();
    let mut renders = VecDeque::new();
    loop {
        let next = match (frames.try_recv(), renders.is_empty()) {
            (Ok(frame), _) => Some(frame),
            (Err(mpsc::error::TryRecvError::Disconnected), _) => return,
            (Err(mpsc::error::TryRecvError::Empty), true) => frames.recv().await,
            (Err(mpsc::error::TryRecvError::Empty), false) => renders.pop_front(),
        };
        let Some(frame) = next else { return };
        if matches!(frame.message, TtsMessage::Render { .. }) && !frames.is_empty() {
            if renders.len() == RENDERS {
                renders.pop_front();
            }
            renders.push_back(frame);
            continue;
        }
        gate.admit(frame.turn, frame.revision);
        if gate.is_stale(frame.turn, frame.revision) {
            continue;
        }
        // An error means that ttsd is away; the dialogue is told by the connection's watch.
        let _ = link.send(frame).await;
    }
}
