//! What the dialogue is told, and what it wants done.

use iseetutor_learner::profile::Learner;
use iseetutor_wire::Frame;
use iseetutor_wire::message::{FinishReason, LlmRequest, TtsMessage, TurnMessage, WatchMessage};

use crate::conversation::{VolumeChange, VolumeOutcome};
use crate::store::NewEvent;

/// Who may be away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peer {
    /// sttd.
    Ears,
    /// llmd.
    Model,
    /// ttsd.
    Voice,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A frame of sttd.
    Turn(Frame<TurnMessage>),
    /// A peer connected.
    PeerUp(Peer),
    /// A peer is gone; what it owed will not come.
    PeerDown(Peer),
    /// The next piece of the model's answer to a request.
    Token {
        /// The request.
        request: u64,
        /// The piece.
        text: String,
    },
    /// The model has finished a request.
    ModelDone {
        /// The request.
        request: u64,
        /// Why.
        reason: FinishReason,
    },
    /// The model cannot meet a request.
    ModelFailed {
        /// The request.
        request: u64,
    },
    /// What came of a change of the volume.
    Volume {
        /// The turn that asked for it.
        turn: u64,
        /// What came of it.
        outcome: VolumeOutcome,
    },
    /// The speaker fell silent.
    Silent,
    /// Events cannot be written.
    StoreTrouble,
    /// A child is signed in by somebody else than itself.
    SignIn(Learner),
    /// A parent paused the tutor, or lets it go on.
    Pause(bool),
    /// A choice was touched on a child's board.
    Touched {
        /// Whose board.
        learner: String,
        /// The question's id.
        question: String,
        /// The choice, 0 to 3.
        choice: usize,
    },
    /// The conversation is to be forgotten.
    NewConversation,
    /// Time passed; see [`Dialogue::deadline_us`](super::Dialogue::deadline_us).
    Tick,
}

/// Something to be done. Actions are carried out in order.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// To ttsd.
    Voice(Frame<TtsMessage>),
    /// To llmd.
    Model(Frame<LlmRequest>),
    /// To audiod, which answers with [`Event::Volume`].
    Volume {
        /// The turn that asks for it.
        turn: u64,
        /// The change.
        change: VolumeChange,
    },
    /// To the store.
    Record(NewEvent),
    /// To the store, and on disk before the next action is carried out.
    Keep(NewEvent),
    /// To whoever watches.
    Watch(Frame<WatchMessage>),
    /// A latency in milliseconds, for the bus.
    Observe(&'static str, f64),
    /// A counter, for the bus.
    Count(&'static str),
}
