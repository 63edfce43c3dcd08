//! audiod owns the sound card: it listens, finds utterances, counts turns, plays the tutor's voice, and
//! falls silent the moment the child interrupts.
//!
//! ```text
//! microphone thread --Captured--> [ hub: Conversation { Ear } ] --stt.sock--> sttd
//! speaker thread    --Played----> [                           ] <-play.sock-- ttsd
//!                   <--Item------ [                           ] <-> bus (Audio1)
//! ```
//!
//! - [`backend`] is the sound card, or two files: one trait, two threads ([`capture`], [`playback`]).
//! - [`ear`] turns sound into utterances, [`player`] turns sentences into sound; both are pure.
//! - [`conversation`] decides whose turn it is; it is pure too, and [`hub`] does what it decides.
//!
//! A missing microphone, speaker or peer is a state, not an end: `Daemon1.State` is `degraded` and
//! `LastError` names what is missing and what helps, until it is back.

pub mod backend;
mod button;
pub mod capture;
pub mod config;
pub mod control;
pub mod conversation;
mod device_thread;
pub mod ear;
pub mod hub;
pub mod playback;
pub mod player;
mod stt_link;

pub use config::Config;
pub use hub::{RunError, run};

/// Release of the program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
