//! Where the sound of a text goes: to audiod, into a file, or nowhere but the cache.

use std::ops::ControlFlow::{self, Break, Continue};
use std::time::{Duration, Instant};

use iseetutor_service::Shutdown;
use iseetutor_wire::message::PlayMessage;
use iseetutor_wire::{Frame, Link, TurnTiming};
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};

use crate::engine::{Cancel, Outcome, Sink};

/// Samples in a frame: 16 KiB.
const FRAME_SAMPLES: usize = 8_192;

/// How long the reader of a file (a pipe, most likely) may pause before the text is given up.
const PATIENCE: Duration = Duration::from_secs(10);

/// The way to audiod for one turn. Waits while its queue is full, and stops waiting when the turn is over.
#[derive(Clone)]
pub struct Player {
    /// The edge to audiod.
    pub link: Link<PlayMessage>,
    /// The runtime that moves frames.
    pub runtime: Handle,
    /// When the daemon ends.
    pub shutdown: Shutdown,
    /// When the turn ends.
    pub cancel: Cancel,
    /// The turn.
    pub turn: u64,
    /// The revision.
    pub revision: u32,
}

impl Player {
    /// Sends a message from a thread that is not asynchronous; `Break` when nobody wants it any more.
    pub fn send(&self, message: PlayMessage) -> ControlFlow<()> {
        self.deliver(message, &self.cancel)
    }

    /// As [`Player::send`], also after the turn was cancelled.
    pub fn send_anyway(&self, message: PlayMessage) -> ControlFlow<()> {
        self.deliver(message, &Cancel::default())
    }

    fn deliver(&self, message: PlayMessage, cancel: &Cancel) -> ControlFlow<()> {
        let frame = Frame::new(self.turn, self.revision, message);
        let sent = self.runtime.block_on(async {
            tokio::select! {
                biased;
                () = cancel.cancelled() => false,
                () = self.shutdown.wait() => false,
                sent = self.link.send(frame) => sent.is_ok(),
            }
        });
        if sent { Continue(()) } else { Break(()) }
    }
}

fn bytes(samples: &[i16]) -> Vec<u8> {
    samples.iter().flat_map(|sample| sample.to_le_bytes()).collect()
}

/// A sentence of the conversation.
pub struct PlaySink {
    /// The way to audiod.
    pub player: Player,
    /// The sentence's number.
    pub sentence: u32,
    /// The record that travels with it.
    pub timing: TurnTiming,
    /// When the sentence was asked for.
    pub arrived: Instant,
    /// Whether it is prepared, to be heard once it is wanted.
    pub prepared: bool,
    /// Whether audiod was told of it.
    pub begun: bool,
}

impl Sink for PlaySink {
    fn start(&mut self, rate_hz: u32) -> ControlFlow<()> {
        self.begun = true;
        let mut timing = std::mem::take(&mut self.timing);
        timing.tts_first_audio_ms.get_or_insert(self.arrived.elapsed().as_secs_f64() * 1e3);
        let (sentence, prepared) = (self.sentence, self.prepared);
        self.player.send(PlayMessage::Sentence { sentence, rate_hz, timing, prepared })
    }

    fn sound(&mut self, samples: &[i16]) -> ControlFlow<()> {
        for piece in samples.chunks(FRAME_SAMPLES) {
            self.player.send(PlayMessage::Pcm { pcm: bytes(piece) })?;
        }
        Continue(())
    }

    fn end(self: Box<Self>, outcome: Outcome) {
        // What was stopped is void on the other side too.
        if self.begun && !matches!(outcome, Outcome::Stopped) {
            // When audiod is gone the sentence is gone with it.
            let _ = self.player.send(PlayMessage::SentenceEnd { sentence: self.sentence });
        }
    }
}

/// A notice that audiod keeps.
pub struct KeepSink {
    /// The way to audiod.
    pub player: Player,
    /// What it is for.
    pub name: String,
    /// Sample rate, once it is known.
    pub rate_hz: u32,
    /// The piece that is held back until it is known whether it is the last.
    pub held: Option<Vec<u8>>,
}

impl KeepSink {
    fn pass_on(&mut self, last: bool) -> ControlFlow<()> {
        match self.held.take() {
            Some(pcm) => {
                let message = PlayMessage::Keep { name: self.name.clone(), rate_hz: self.rate_hz, pcm, last };
                self.player.send(message)
            }
            None => Continue(()),
        }
    }
}

impl Sink for KeepSink {
    fn start(&mut self, rate_hz: u32) -> ControlFlow<()> {
        self.rate_hz = rate_hz;
        // Without audiod it is only rendered into the cache; it is asked for again when audiod comes.
        Continue(())
    }

    fn sound(&mut self, samples: &[i16]) -> ControlFlow<()> {
        for piece in samples.chunks(FRAME_SAMPLES) {
            let _ = self.pass_on(false);
            self.held = Some(bytes(piece));
        }
        Continue(())
    }

    fn end(mut self: Box<Self>, outcome: Outcome) {
        if matches!(outcome, Outcome::Said { .. }) {
            let _ = self.pass_on(true);
        }
    }
}

/// A sentence that is only rendered into the cache.
pub struct NoSink;

impl Sink for NoSink {
    fn start(&mut self, _: u32) -> ControlFlow<()> {
        Continue(())
    }

    fn sound(&mut self, _: &[i16]) -> ControlFlow<()> {
        Continue(())
    }

    fn end(self: Box<Self>, _: Outcome) {}
}

/// What a [`ChannelSink`] passes on.
#[derive(Debug)]
pub enum Sound {
    /// The sample rate, and milliseconds from the request to the first sound.
    Start(u32, f64),
    /// Samples.
    Samples(Vec<i16>),
}

/// A text for an operator: sound goes through a bounded channel to whoever writes it down.
pub struct ChannelSink {
    /// The runtime.
    pub runtime: Handle,
    /// When the daemon ends.
    pub shutdown: Shutdown,
    /// When the text was asked for.
    pub arrived: Instant,
    /// Where sound goes.
    pub sound: mpsc::Sender<Sound>,
    /// Where the end is told.
    pub done: oneshot::Sender<Outcome>,
}

impl ChannelSink {
    fn send(&self, sound: Sound) -> ControlFlow<()> {
        let sent = self.runtime.block_on(async {
            tokio::select! {
                biased;
                () = self.shutdown.wait() => false,
                sent = self.sound.send(sound) => sent.is_ok(),
                () = tokio::time::sleep(PATIENCE) => false,
            }
        });
        if sent { Continue(()) } else { Break(()) }
    }
}

impl Sink for ChannelSink {
    fn start(&mut self, rate_hz: u32) -> ControlFlow<()> {
        self.send(Sound::Start(rate_hz, self.arrived.elapsed().as_secs_f64() * 1e3))
    }

    fn sound(&mut self, samples: &[i16]) -> ControlFlow<()> {
        self.send(Sound::Samples(samples.to_vec()))
    }

    fn end(self: Box<Self>, outcome: Outcome) {
        // Nobody waits any more: the caller went away.
        let _ = self.done.send(outcome);
    }
}
