//! The data plane: what tutord asks on `tts.sock` becomes work for the engine, in order, newest turn only.

use std::collections::{BTreeMap, VecDeque};
use std::time::Instant;

use iseetutor_bus::Status;
use iseetutor_service::Shutdown;
use iseetutor_wire::message::{PlayMessage, TtsMessage};
use iseetutor_wire::{Admission, Frame, Inbound, Incoming, Link, TurnGate};
use tokio::runtime::Handle;

use crate::engine::{Cancel, Engine, RATES, Say, Work};
use crate::sinks::{KeepSink, NoSink, PlaySink, Player};

/// Requests that wait here for room in the engine's queue; beyond that the sender waits.
const MAX_WAITING: usize = 256;

/// Notices that are kept for audiod.
const MAX_NOTICES: usize = 16;

/// Longest name of a notice in bytes.
const MAX_NAME: usize = 64;

/// Everything the data plane knows.
pub struct Conversation {
    engine: Engine,
    link: Link<PlayMessage>,
    status: Status,
    shutdown: Shutdown,
    /// The configured pace.
    rate: f32,
    /// The configured pause between sentences.
    pause_ms: u32,
    gate: TurnGate,
    /// Stops the newest turn, and with it whatever is under way in turn 0.
    cancel: Cancel,
    waiting: VecDeque<Work>,
    /// Whether the turn's last sentence ended as sentences do, so that a pause comes before the next.
    sentence_over: bool,
    notices: BTreeMap<String, String>,
}

impl Conversation {
    /// A conversation that has not begun.
    #[must_use]
    pub fn new(
        engine: Engine,
        link: Link<PlayMessage>,
        status: Status,
        shutdown: Shutdown,
        rate: f32,
        pause_ms: u32,
    ) -> Self {
        Self {
            engine,
            link,
            status,
            shutdown,
            rate,
            pause_ms,
            gate: TurnGate::default(),
            cancel: Cancel::default(),
            waiting: VecDeque::new(),
            sentence_over: false,
            notices: BTreeMap::new(),
        }
    }

    /// Serves until the shutdown, or until the engine's thread is gone.
    pub async fn serve(mut self, mut inbound: Inbound<TtsMessage>) {
        let mut connected = self.link.connection();
        let mut was_connected = false;
        let shutdown = self.shutdown.clone();
        let talk = self.engine.talk.clone();
        loop {
            tokio::select! {
                () = shutdown.wait() => break,
                permit = talk.reserve(), if !self.waiting.is_empty() => {
                    let Ok(permit) = permit else { break };
                    if let Some(work) = self.waiting.pop_front() {
                        permit.send(work);
                        self.engine.talk_waits();
                    }
                }
                event = inbound.next(), if self.waiting.len() < MAX_WAITING => match event {
                    Some(Incoming::Frame { frame, .. }) => self.take(frame).await,
                    Some(Incoming::Connected { .. } | Incoming::Closed { .. }) => {}
                    None => break,
                },
                changed = connected.changed() => {
                    if changed.is_err() {
                        break;
                    }
                    let now = *connected.borrow_and_update();
                    if now {
                        self.status.recover();
                        self.send_notices();
                    } else if was_connected {
                        self.status.degrade("audiod is not connected to play.sock; nothing is heard until it is started again");
                    }
                    was_connected = now;
                }
            }
        }
        self.cancel.cancel();
    }

    /// Sorts a frame and does what it asks.
    async fn take(&mut self, frame: Frame<TtsMessage>) {
        let Frame { turn, revision, message } = frame;
        match self.gate.admit(turn, revision) {
            Admission::Stale => {
                self.status.count("frames_stale");
                return;
            }
            Admission::Newer => self.stop(),
            Admission::Current => {}
        }
        let player = self.player(turn, revision);
        match message {
            TtsMessage::Say { sentence, text, rate, cacheable, timing, prepared } => {
                let arrived = Instant::now();
                let pause_ms = if self.sentence_over { self.pause_ms } else { 0 };
                self.sentence_over = ends_sentence(&text);
                let cancel = self.cancel.clone();
                let sink = Box::new(PlaySink { player, sentence, timing, arrived, prepared, begun: false });
                let rate = self.pace(rate);
                self.enqueue(Work::Say(Say {
                    text,
                    rate,
                    from_cache: cacheable,
                    keep: cacheable,
                    pause_ms,
                    arrived,
                    cancel,
                    sink,
                }));
            }
            // These concern the moment: they overtake the sound.
            TtsMessage::Commit { timing } => {
                self.pass_on(Frame::new(turn, revision, PlayMessage::Commit { timing })).await;
            }
            TtsMessage::Endpoint { silence_ms } => {
                self.pass_on(Frame::new(turn, revision, PlayMessage::Endpoint { silence_ms })).await;
            }
            TtsMessage::TurnEnd { expect } => {
                self.sentence_over = false;
                self.enqueue(Work::Then(Box::new(move || {
                    // When audiod is gone there is nobody to tell.
                    let _ = player.send(PlayMessage::TurnEnd { expect });
                })));
            }
            TtsMessage::Cancel {} => {
                self.stop();
                // In its place among what was sent before, so that no older sound follows it.
                self.enqueue(Work::Then(Box::new(move || {
                    let _ = player.send_anyway(PlayMessage::Cancel {});
                })));
            }
            TtsMessage::Render { text, rate } => {
                let work = Say { rate: self.pace(rate), ..self.quiet(text, Box::new(NoSink)) };
                if self.engine.render.try_send(Work::Say(work)).is_err() {
                    self.status.count("renders_dropped");
                }
            }
            TtsMessage::Keep { name, text } => {
                if name.len() > MAX_NAME
                    || (self.notices.len() >= MAX_NOTICES && !self.notices.contains_key(&name))
                {
                    self.status.error(format!(
                        "a notice was refused: at most {MAX_NOTICES} are kept, with names of at most {MAX_NAME} bytes"
                    ));
                    return;
                }
                self.notices.insert(name.clone(), text.clone());
                self.keep(name, text);
            }
        }
    }

    /// Sends a frame past the sound that is being made.
    async fn pass_on(&mut self, frame: Frame<PlayMessage>) {
        tokio::select! {
            () = self.shutdown.wait() => {}
            // When audiod is gone there is nobody to tell.
            _ = self.link.send(frame) => {}
        }
    }

    /// Drops everything of the conversation that is not said yet.
    fn stop(&mut self) {
        self.cancel.cancel();
        self.cancel = Cancel::default();
        self.waiting.clear();
        self.sentence_over = false;
    }

    fn enqueue(&mut self, work: Work) {
        self.waiting.push_back(work);
    }

    fn player(&self, turn: u64, revision: u32) -> Player {
        Player {
            link: self.link.clone(),
            runtime: Handle::current(),
            shutdown: self.shutdown.clone(),
            cancel: self.cancel.clone(),
            turn,
            revision,
        }
    }

    /// The pace of a request on top of the configured one; one that is no pace is taken as 1.
    fn pace(&self, rate: f32) -> f32 {
        let rate = if rate.is_finite() && rate > 0.0 { rate } else { 1.0 };
        (rate * self.rate).clamp(*RATES.start(), *RATES.end())
    }

    /// A text outside the conversation that is kept and that nothing cancels.
    fn quiet(&self, text: String, sink: Box<dyn crate::engine::Sink>) -> Say {
        Say {
            text,
            rate: self.rate,
            from_cache: true,
            keep: true,
            pause_ms: 0,
            arrived: Instant::now(),
            cancel: Cancel::default(),
            sink,
        }
    }

    fn keep(&self, name: String, text: String) {
        let player = Player { cancel: Cancel::default(), ..self.player(0, 0) };
        let sink = Box::new(KeepSink { player, name, rate_hz: 0, held: None });
        if self.engine.operator.try_send(Work::Say(self.quiet(text, sink))).is_err() {
            self.status.count("renders_dropped");
        }
        self.engine.operator_waits();
    }

    /// audiod came back: it has lost what it kept.
    fn send_notices(&self) {
        for (name, text) in &self.notices {
            self.keep(name.clone(), text.clone());
        }
    }
}

/// Whether a text ends as a sentence does, closing quotes and brackets aside.
fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(|c: char| c.is_whitespace() || "\"'”’)]*_".contains(c))
        .ends_with(['.', '?', '!', '…'])
}
