//! The language-model daemon: streamed chat and embeddings for the other daemons, on llama.cpp.
//!
//! ```text
//! llm.sock --> [server] --Request--> [engine] one thread: model, context, scheduler
//!          <--  token / done / failed   |
//!              --texts-->  [embed]  one thread: embedding model
//! ```
//!
//! - [`engine`] is the worker thread and how to talk to it; it decodes several requests in one batch.
//! - [`chat`] trims a chat to the context, [`text`] turns tokens into whole characters and finds stop
//!   strings, [`sample`] and [`grammar`] choose tokens, [`saved`] keeps evaluated prefixes.
//! - [`model`] loads model files and says what is wrong with them.
//! - [`embed`] is the embedding worker, [`measure`] llama.cpp's own plain loop for comparison,
//!   [`quantize`] the command of that name.
//! - [`server`] serves `llm.sock`, [`daemon`] is the process around it all.
//!
//! Nothing that a child said is logged above `trace`.

pub mod backend;
pub mod chat;
pub mod config;
pub mod daemon;
pub mod embed;
pub mod engine;
pub mod grammar;
pub mod measure;
pub mod model;
pub mod quantize;
pub mod sample;
pub mod saved;
pub mod server;
pub mod text;

pub use config::Config;
pub use daemon::run;
pub use engine::Engine;
