//! The dialogue: a state machine from what happened to what is to be done, without any input or output of its own.
//!
//! Time comes in with every event, in µs of the monotonic clock, and [`Dialogue::deadline_us`] tells when it wants to be
//! woken; so every scenario, a lost peer or a slow model included, is a test of a few lines.
//!
//! ```text
//!            speech_start           final                    complete            silence
//!   idle ───────────────> listening ─────> answering ─────────────────> speaking ───────> idle
//!     ^                     │   ^             │  waits for model,           │
//!     └─────── cancel ──────┘   └─────────────┴──── speech_start ───────────┘
//! ```

mod ahead;
#[cfg(test)]
mod ahead_tests;
mod answer;
mod answering;
mod event;
mod model;
mod notices;
mod peers;
#[cfg(test)]
mod practice_tests;
#[cfg(test)]
mod tests;
mod touch;
mod unasked;

use std::collections::VecDeque;
use std::sync::Arc;

use iseetutor_wire::message::{
    LlmRequest, Played, Presence, Sampling, Transcript, TtsMessage, TurnMessage, WatchMessage,
};
use iseetutor_wire::{Admission, Frame, TurnGate, TurnTiming};
use serde_json::{Value, json};

use crate::answer::{Limits, Stopped};
use crate::conversation::{Conversation, VolumeOutcome};
use crate::phrases::Phrase;
use crate::school::School;
use crate::store::{Kind, NewEvent};
use ahead::Ahead;
use answering::Answering;
pub use event::{Action, Event, Peer};
use peers::Peers;

/// How long audiod is waited for.
const VOLUME_PATIENCE_US: u64 = 1_500_000;
/// Characters of English that a voice says in a second, about; only to guess when an answer is over.
const CHARACTERS_PER_S: u64 = 14;
/// Longest transcript in bytes that is acted on.
const LONGEST_TRANSCRIPT: usize = 4_000;

/// How the dialogue behaves.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Transcripts less sure than this are not acted on, 0 to 1.
    pub min_confidence: f64,
    /// Exchanges that the model is told about.
    pub exchanges: usize,
    /// After this much silence a new conversation begins.
    pub conversation_idle_us: u64,
    /// How long the model is waited for, each time.
    pub model_patience_us: u64,
    /// How the model chooses.
    pub sampling: Sampling,
    /// How long its answers may be.
    pub limits: Limits,
    /// Whether the model may guess where no source has an answer.
    pub guesses: bool,
}

/// The dialogue.
pub struct Dialogue {
    settings: Settings,
    conversation: Conversation,
    new_id: Box<dyn FnMut() -> Arc<str> + Send>,
    gate: TurnGate,
    stage: Stage,
    presence: Presence,
    peers: Peers,
    notices: VecDeque<Phrase>,
    next_request: u64,
    /// A request to evaluate ahead, and what for.
    prefill: Option<(u64, usize)>,
    last_active_us: u64,
    /// Since when nothing is under way.
    quiet_since_us: u64,
    /// Whether there was a gentle word since the child last spoke.
    nudged: bool,
    store_trouble_told: bool,
    /// Whether it was looked for a test to go on with.
    picked_up: bool,
    /// Whether a parent paused it.
    paused: bool,
    now_us: u64,
    out: Vec<Action>,
}

#[derive(Debug)]
enum Stage {
    Idle,
    Listening { turn: u64, played: Option<Played>, ahead: Option<Box<Ahead>> },
    Answering(Box<Answering>),
    Speaking { until_us: u64 },
}

impl std::fmt::Debug for Dialogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Without what was said: this may end up in a log.
        f.debug_struct("Dialogue")
            .field("presence", &self.presence)
            .field("gate", &self.gate)
            .finish_non_exhaustive()
    }
}

impl Dialogue {
    /// A dialogue at rest, with the children of a school. `new_id` names conversations.
    pub fn new(
        settings: Settings,
        school: Arc<School>,
        mut new_id: impl FnMut() -> Arc<str> + Send + 'static,
    ) -> Self {
        let conversation = Conversation::new(new_id(), settings.exchanges, school).guessing(settings.guesses);
        Self {
            settings,
            conversation,
            new_id: Box::new(new_id),
            gate: TurnGate::default(),
            stage: Stage::Idle,
            presence: Presence::Idle,
            peers: Peers::default(),
            notices: VecDeque::new(),
            next_request: 1,
            prefill: None,
            last_active_us: 0,
            quiet_since_us: 0,
            nudged: false,
            store_trouble_told: false,
            picked_up: false,
            paused: false,
            now_us: 0,
            out: Vec::new(),
        }
    }

    /// What the tutor is doing.
    #[must_use]
    pub fn presence(&self) -> Presence {
        self.presence
    }

    /// The turn at hand.
    #[must_use]
    pub fn turn(&self) -> u64 {
        self.gate.current().0
    }

    /// When [`Event::Tick`] is wanted at the latest.
    #[must_use]
    pub fn deadline_us(&self) -> Option<u64> {
        let stage = match &self.stage {
            Stage::Answering(answering) => answering.deadline_us(),
            Stage::Speaking { until_us, .. } => Some(*until_us),
            Stage::Idle | Stage::Listening { .. } => None,
        };
        stage
            .into_iter()
            .chain(self.peers.deadline_us())
            .chain(self.nudge_at_us())
            .chain(self.prompt_at_us())
            .min()
    }

    /// Takes an event at a point of the monotonic clock; returns what is to be done about it.
    pub fn handle(&mut self, now_us: u64, event: Event) -> Vec<Action> {
        self.now_us = now_us;
        match event {
            Event::Turn(frame) => self.turn_frame(frame),
            Event::PeerUp(peer) => self.peer_up(peer),
            Event::PeerDown(peer) => {
                if peer == Peer::Voice {
                    self.voice_forgot();
                }
                self.peer_down(peer);
            }
            Event::Token { request, text } => self.token(request, &text),
            Event::ModelDone { request, reason } => {
                let stopped = match reason {
                    iseetutor_wire::message::FinishReason::Length => Stopped::CutOff,
                    _ => Stopped::Complete,
                };
                self.model_done(request, stopped);
            }
            Event::ModelFailed { request } => {
                self.out.push(Action::Count("model_failures"));
                self.prefill = self.prefill.filter(|(id, _)| *id != request);
                self.model_gone(Some(request), Phrase::ModelGone, Phrase::ModelLost);
            }
            Event::Volume { turn, outcome } => self.volume_done(turn, outcome),
            Event::Silent => {
                if matches!(self.stage, Stage::Speaking { .. }) {
                    self.rest();
                }
            }
            Event::StoreTrouble => {
                if !std::mem::replace(&mut self.store_trouble_told, true) {
                    self.notify(Phrase::CannotWrite);
                }
            }
            Event::SignIn(learner) => {
                self.void_ahead();
                self.sign_in(learner);
            }
            Event::Pause(pause) => self.pause(pause),
            Event::Touched { learner, question, choice } => self.touched(&learner, &question, choice),
            Event::NewConversation => {
                self.void_ahead();
                self.renew();
            }
            Event::Tick => self.tick(),
        }
        std::mem::take(&mut self.out)
    }

    fn turn_frame(&mut self, frame: Frame<TurnMessage>) {
        let Frame { turn, revision, message } = frame;
        let admission = self.gate.admit(turn, revision);
        if turn == 0 || admission == Admission::Stale {
            self.out.push(Action::Count("frames_stale"));
            return;
        }
        let idle_us = self.now_us.saturating_sub(self.last_active_us);
        if self.last_active_us > 0 && idle_us > self.settings.conversation_idle_us {
            self.renew();
        }
        self.last_active_us = self.now_us;
        let begins = !matches!(&self.stage, Stage::Listening { turn: of, .. } if *of == turn);
        if admission == Admission::Newer && begins {
            self.begin_listening(turn, revision);
        }
        match message {
            TurnMessage::SpeechStart { played, .. } => {
                if let Stage::Listening { played: kept, .. } = &mut self.stage {
                    *kept = played.or(kept.take());
                }
            }
            TurnMessage::Partial { .. } => {}
            TurnMessage::Speculative(transcript) => {
                if !self.paused && self.listens_to(turn) && self.is_clear(&transcript) {
                    self.look_ahead(turn, revision, &transcript);
                }
            }
            TurnMessage::Final(_) | TurnMessage::Failed { .. } if self.paused => {
                if self.listens_to(turn) {
                    self.say_nothing(turn, revision);
                }
            }
            TurnMessage::Final(transcript) => {
                if self.listens_to(turn) {
                    self.heard(turn, revision, transcript);
                }
            }
            TurnMessage::Cancel {} => {
                if self.listens_to(turn) {
                    self.rest();
                }
            }
            TurnMessage::Failed { .. } => {
                if self.listens_to(turn) {
                    self.out.push(Action::Count("transcriptions_failed"));
                    self.answer_with(turn, revision, TurnTiming::default(), Phrase::NotHeard);
                }
            }
        }
    }

    /// Takes the answer on its way out of the stage, which is idle until something is put back.
    fn take_answering(&mut self) -> Option<Box<Answering>> {
        if !matches!(self.stage, Stage::Answering(_)) {
            return None;
        }
        match std::mem::replace(&mut self.stage, Stage::Idle) {
            Stage::Answering(answering) => Some(answering),
            _ => None,
        }
    }

    fn listens_to(&self, turn: u64) -> bool {
        matches!(&self.stage, Stage::Listening { turn: of, .. } if *of == turn)
    }

    /// The child speaks: whatever is under way is void.
    fn begin_listening(&mut self, turn: u64, revision: u32) {
        self.nudged = false;
        self.abandon();
        self.voice(turn, revision, TtsMessage::Cancel {});
        self.stage = Stage::Listening { turn, played: None, ahead: None };
        self.set_presence(Presence::Listening);
        let so_far = self.conversation.messages();
        self.prefill(Some(so_far));
    }

    /// Gives up the answer on its way, and keeps what was said of it.
    fn abandon(&mut self) {
        if let Some(answering) = self.take_answering() {
            if let Some(id) = answering.request() {
                self.model(LlmRequest::Cancel { id });
            }
            self.out.push(Action::Count("answers_interrupted"));
            let own = answering.sentences.len();
            self.conclude(*answering, own, true);
        }
    }

    fn request_id(&mut self) -> u64 {
        let id = self.next_request;
        self.next_request += 1;
        id
    }

    fn is_clear(&self, transcript: &Transcript) -> bool {
        !transcript.no_speech
            && !transcript.text.trim().is_empty()
            && transcript.confidence >= self.settings.min_confidence
    }

    fn heard(&mut self, turn: u64, revision: u32, transcript: Transcript) {
        let (played, ahead) = match &mut self.stage {
            Stage::Listening { played, ahead, .. } => (played.take(), ahead.take()),
            _ => (None, None),
        };
        let text = clipped(&transcript.text).trim().to_owned();
        let Transcript { confidence, no_speech, audio_ms, timing, .. } = transcript.clone();
        self.watch(turn, revision, WatchMessage::Heard { text: text.clone(), confidence, no_speech });
        let mut body =
            json!({ "text": text, "confidence": confidence, "no_speech": no_speech, "audio_ms": audio_ms });
        if let Some(played) = played {
            body["played"] = json!({
                "turn": played.turn, "sentence": played.sentence, "sentence_ms": played.sentence_ms, "complete": played.complete,
            });
        }
        let clear = self.is_clear(&transcript);
        let planned = if clear {
            Some(self.decide(ahead, turn, revision, &text))
        } else {
            self.drop_ahead(ahead, turn, revision);
            None
        };
        body["intent"] = planned.as_ref().map_or("unclear", |(planned, _)| planned.intent).into();
        self.record(turn, Kind::Heard, body);
        match planned {
            Some((planned, prepared)) => self.carry_out(turn, revision, timing, text, planned, prepared),
            // Nothing was said, or nothing but noise: silence is the answer, and the turn is over.
            None if no_speech => self.say_nothing(turn, revision),
            None => {
                self.out.push(Action::Count("transcripts_unclear"));
                self.answer_with(turn, revision, timing, Phrase::NotHeard);
            }
        }
    }

    /// Silence is the answer, and the turn is over.
    fn say_nothing(&mut self, turn: u64, revision: u32) {
        self.set_presence(Presence::Thinking);
        let expect = self.conversation.expectation();
        self.voice(turn, revision, TtsMessage::TurnEnd { expect });
        self.watch(turn, revision, WatchMessage::Answered {});
        self.rest();
    }

    /// Nothing is under way any more.
    fn rest(&mut self) {
        self.stage = Stage::Idle;
        self.quiet_since_us = self.now_us;
        self.set_presence(Presence::Idle);
        self.tell_notices();
    }

    fn renew(&mut self) {
        let id = (self.new_id)();
        self.conversation.renew(id);
    }

    fn tick(&mut self) {
        if self.nudge_at_us().is_some_and(|at| self.now_us >= at) {
            self.nudge();
        }
        if self.prompt_at_us().is_some_and(|at| self.now_us >= at) {
            self.prompt();
        }
        if let Some(phrase) = self.peers.tick(self.now_us) {
            self.notify(phrase);
        }
        match &self.stage {
            Stage::Speaking { until_us, .. } if self.now_us >= *until_us => self.rest(),
            Stage::Answering(answering) if answering.deadline_us().is_some_and(|at| self.now_us >= at) => {
                let turn = answering.turn;
                match answering.request() {
                    Some(id) => {
                        self.model(LlmRequest::Cancel { id });
                        self.out.push(Action::Count("model_too_slow"));
                        self.model_gone(Some(id), Phrase::TooSlow, Phrase::ModelLost);
                    }
                    None => self.volume_done(turn, VolumeOutcome::Failed),
                }
            }
            _ => {}
        }
    }

    fn set_presence(&mut self, presence: Presence) {
        if self.presence != presence {
            self.presence = presence;
            let (turn, revision) = self.gate.current();
            self.watch(turn, revision, WatchMessage::Presence { presence });
        }
    }

    fn model(&mut self, request: LlmRequest) {
        let (turn, revision) = self.gate.current();
        self.out.push(Action::Model(Frame::new(turn, revision, request)));
    }

    fn voice(&mut self, turn: u64, revision: u32, message: TtsMessage) {
        self.out.push(Action::Voice(Frame::new(turn, revision, message)));
    }

    fn watch(&mut self, turn: u64, revision: u32, message: WatchMessage) {
        self.out.push(Action::Watch(Frame::new(turn, revision, message)));
    }

    fn record(&mut self, turn: u64, kind: Kind, body: Value) {
        let (conversation, learner) = (self.conversation.id(), self.conversation.learner());
        self.out.push(Action::Record(NewEvent { conversation, turn, kind, body, learner, id: None }));
    }
}

/// At most [`LONGEST_TRANSCRIPT`] bytes, whole characters.
fn clipped(text: &str) -> &str {
    text.get(..text.floor_char_boundary(LONGEST_TRANSCRIPT)).unwrap_or(text)
}

#[allow(clippy::cast_precision_loss)]
fn milliseconds(microseconds: u64) -> f64 {
    microseconds as f64 / 1_000.0
}
