//! Runs the dialogue: brings it what happens and does what it wants done.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use iseetutor_bus::Status;
use iseetutor_service::{Heartbeat, Shutdown};
use iseetutor_wire::message::{LlmRequest, TtsMessage, TurnMessage};
use iseetutor_wire::{Inbound, Incoming, monotonic_us};
use tokio::sync::{mpsc, watch};

use crate::dialogue::{Action, Dialogue, Event, Peer};
use crate::health::{Health, lost};
use crate::model::{ModelClient, ModelEvent};
use crate::school::School;
use crate::store::{self, Store};
use crate::voice::Voice;
use crate::volume;
use crate::watch::Watchers;
use crate::web::Boards;

/// Longest sleep; the dialogue is woken at least this often.
const LONGEST_SLEEP: Duration = Duration::from_secs(3_600);

/// What the dialogue is connected to.
#[derive(Debug)]
pub struct Engine {
    /// The state machine.
    pub dialogue: Dialogue,
    /// From sttd.
    pub ears: Inbound<TurnMessage>,
    /// To and from llmd.
    pub model: ModelClient,
    /// To ttsd.
    pub voice: Voice,
    /// Whether ttsd is connected.
    pub voice_connection: watch::Receiver<bool>,
    /// The learning record.
    pub store: Store,
    /// The children and their records.
    pub school: Arc<School>,
    /// Whoever watches.
    pub watchers: Watchers,
    /// What boards show.
    pub boards: Boards,
    /// Events from the bus and from audiod.
    pub events: mpsc::Receiver<Event>,
    /// Where work done aside reports to.
    pub reports: mpsc::Sender<Event>,
    /// The bus.
    pub bus: zbus::Connection,
    /// The daemon's state.
    pub status: Status,
    /// What is wrong.
    pub health: Health,
    /// Shows that the loop goes round.
    pub heartbeat: Heartbeat,
}

impl Engine {
    /// Runs until the shutdown.
    pub async fn run(mut self, shutdown: Shutdown) {
        let mut store_health = self.store.health();
        store_health.mark_changed();
        self.voice_connection.mark_changed();
        let mut voice_up = false;
        loop {
            self.heartbeat.idle();
            let sleep = self.until_deadline();
            let events: Vec<Event> = tokio::select! {
                () = shutdown.wait() => return,
                incoming = self.ears.next() => incoming.map(heard).into_iter().collect(),
                event = self.model.next() => match event {
                    Some(event) => vec![model_event(event)],
                    None => return,
                },
                changed = self.voice_connection.changed() => {
                    if changed.is_err() {
                        return;
                    }
                    let up = *self.voice_connection.borrow_and_update();
                    // Down and up again between two looks is still a loss.
                    let down = std::mem::replace(&mut voice_up, up).then_some(Event::PeerDown(Peer::Voice));
                    down.into_iter().chain(up.then_some(Event::PeerUp(Peer::Voice))).collect()
                }
                Ok(()) = store_health.changed() => {
                    let health = store_health.borrow_and_update().clone();
                    match health {
                        store::Health::Good => {
                            self.health.set("database", None);
                            crate::recall(&self.school, &self.store).await;
                            Vec::new()
                        }
                        store::Health::Trouble(trouble) => {
                            self.health.set("database", Some(trouble));
                            vec![Event::StoreTrouble]
                        }
                    }
                }
                Some(event) = self.events.recv() => vec![event],
                () = tokio::time::sleep(sleep) => vec![Event::Tick],
            };
            self.heartbeat.beat();
            self.take(events.into()).await;
            self.boards.show(&self.dialogue);
        }
    }

    fn until_deadline(&self) -> Duration {
        let now = monotonic_us();
        self.dialogue
            .deadline_us()
            .map_or(LONGEST_SLEEP, |at| Duration::from_micros(at.saturating_sub(now)).min(LONGEST_SLEEP))
    }

    /// Hands events to the dialogue and carries out what comes of them, and of that.
    async fn take(&mut self, mut events: VecDeque<Event>) {
        while let Some(event) = events.pop_front() {
            self.note_peer(&event);
            let now = monotonic_us();
            let actions = self.dialogue.handle(now, event);
            for action in actions {
                if let Action::Keep(event) = action {
                    // Kept in memory when the disk refuses it, which the store's health makes known.
                    if let Err(error) = self.store.append(event).await {
                        tracing::warn!(%error, "an answer is not on disk yet");
                    }
                } else {
                    events.extend(self.carry_out(action, now));
                }
            }
        }
    }

    /// Does what is wanted; returns what came of it at once.
    fn carry_out(&mut self, action: Action, decided_us: u64) -> Option<Event> {
        match action {
            Action::Voice(mut frame) => {
                let first = match &mut frame.message {
                    TtsMessage::Say { sentence, timing, prepared: false, .. } => {
                        Some((*sentence == 1, timing))
                    }
                    TtsMessage::Commit { timing } => Some((true, timing)),
                    _ => None,
                };
                if let Some((is_first, timing)) = first
                    && let Some(first_clause_ms) = &mut timing.first_clause_ms
                {
                    // What deciding took comes on top.
                    #[allow(clippy::cast_precision_loss)]
                    let deciding_ms = monotonic_us().saturating_sub(decided_us) as f64 / 1_000.0;
                    *first_clause_ms += if is_first { deciding_ms } else { 0.0 };
                    if is_first {
                        self.status.observe("first_clause_ms", *first_clause_ms);
                    }
                }
                self.voice.send(frame);
            }
            Action::Model(frame) => {
                let open = match &frame.message {
                    LlmRequest::Generate { id, .. } => Some(*id),
                    _ => None,
                };
                if self.model.send(frame).is_err() {
                    return open.map(|request| Event::ModelFailed { request });
                }
            }
            Action::Volume { turn, change } => {
                let (bus, reports) = (self.bus.clone(), self.reports.clone());
                tokio::spawn(async move {
                    let outcome = volume::change(&bus, change).await;
                    // An error means that the daemon is ending.
                    let _ = reports.send(Event::Volume { turn, outcome }).await;
                });
            }
            Action::Record(event) | Action::Keep(event) => self.store.record(event),
            Action::Watch(frame) => {
                self.boards.said(&frame.message);
                self.watchers.send(frame);
            }
            Action::Observe(name, milliseconds) => self.status.observe(name, milliseconds),
            Action::Count(name) => self.status.count(name),
        }
        None
    }

    /// Keeps the daemon's state in step with who is there.
    fn note_peer(&mut self, event: &Event) {
        match event {
            Event::PeerUp(peer) => self.health.set(subject(*peer), None),
            Event::PeerDown(peer) => {
                let trouble = match peer {
                    Peer::Ears => lost("sttd", "turn.sock", "nothing is heard"),
                    Peer::Model => {
                        lost("llmd", "llm.sock", "questions are not answered, commands and arithmetic are")
                    }
                    Peer::Voice => lost("ttsd", "tts.sock", "nothing is said"),
                };
                self.health.set(subject(*peer), Some(trouble));
            }
            _ => {}
        }
    }
}

fn subject(peer: Peer) -> &'static str {
    match peer {
        Peer::Ears => "ears",
        Peer::Model => "model",
        Peer::Voice => "voice",
    }
}

fn heard(incoming: Incoming<TurnMessage>) -> Event {
    match incoming {
        Incoming::Connected { .. } => Event::PeerUp(Peer::Ears),
        Incoming::Frame { frame, .. } => Event::Turn(frame),
        Incoming::Closed { .. } => Event::PeerDown(Peer::Ears),
    }
}

fn model_event(event: ModelEvent) -> Event {
    match event {
        ModelEvent::Up => Event::PeerUp(Peer::Model),
        ModelEvent::Down => Event::PeerDown(Peer::Model),
        ModelEvent::Token { request, text } => Event::Token { request, text },
        ModelEvent::Done { request, reason } => Event::ModelDone { request, reason },
        ModelEvent::Failed { request, reason } => {
            tracing::warn!(request, reason, "the language model failed");
            Event::ModelFailed { request }
        }
    }
}
