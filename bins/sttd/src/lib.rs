//! sttd: what the child said.
//!
//! ```text
//! audiod --stt.sock--> [ conversation ] --turn.sock--> tutord
//!                        |  clips  ^ words
//!                        v         |
//! operator --D-Bus--> [ worker: one thread around the engine ]
//! ```
//!
//! It starts after its socket, loads a Whisper model and a voice activity model, says READY, and turns
//! the child's speech into text while it is spoken.
//!
//! - [`engine`] hears: Whisper and what it takes to trust it. Nothing in it knows of sockets or buses.
//! - [`worker`] is the thread that owns the engine.
//! - [`conversation`] turns frames of sound into frames of text.
//! - [`control`] is what an operator can ask over D-Bus.
//! - [`config`] is the configuration.
//!
//! Nothing that a child says is logged above level `trace`, and no sound is kept.

pub mod config;
pub mod control;
pub mod conversation;
mod daemon;
pub mod engine;
pub mod worker;

pub use config::Config;
pub use daemon::{Error, VERSION, run};
