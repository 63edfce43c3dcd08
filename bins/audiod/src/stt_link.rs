//! The way to speech to text, which must never hold up the microphone.

use iseetutor_bus::Status;
use iseetutor_wire::message::SttMessage;
use iseetutor_wire::{Frame, Link};
use tokio::sync::mpsc;

/// Frames in waiting for a slow reader: about 8 s of sound.
const QUEUE: usize = 512;

/// Sends frames on, or drops them: when nobody is connected, and when the reader is so slow that the
/// queue is full. An utterance of which a frame was dropped is cancelled, for half of it would be
/// understood as something else.
#[derive(Debug)]
pub struct SttLink {
    queue: mpsc::Sender<Frame<SttMessage>>,
    /// The turn of which a frame was dropped.
    broken: Option<u64>,
    status: Status,
}

impl SttLink {
    /// Sends over `link` on the current runtime.
    #[must_use]
    pub fn new(link: Link<SttMessage>, status: Status) -> Self {
        let (queue, frames) = mpsc::channel(QUEUE);
        tokio::spawn(forward(frames, link, status.clone()));
        Self { queue, broken: None, status }
    }

    /// Sends a frame, without waiting.
    pub fn send(&mut self, mut frame: Frame<SttMessage>) {
        if self.broken == Some(frame.turn) {
            match frame.message {
                SttMessage::SpeechEnd { .. } => frame.message = SttMessage::Cancel {},
                SttMessage::Cancel {} => {}
                _ => return,
            }
        }
        let turn = frame.turn;
        if self.queue.try_send(frame).is_err() {
            self.status.count("stt_frames_dropped");
            if self.broken.replace(turn) != Some(turn) {
                tracing::warn!(turn, "sttd reads too slowly: utterance given up");
                self.status.count("utterances_lost");
            }
        }
    }
}

async fn forward(mut frames: mpsc::Receiver<Frame<SttMessage>>, link: Link<SttMessage>, status: Status) {
    let mut missed = None;
    while let Some(frame) = frames.recv().await {
        // An utterance whose beginning nobody heard is not sent from its middle on.
        if missed == Some(frame.turn) {
            status.count("stt_frames_dropped");
            continue;
        }
        let turn = frame.turn;
        if link.send(frame).await.is_err() {
            status.count("stt_frames_dropped");
            missed = Some(turn);
        }
    }
}
