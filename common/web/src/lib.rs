//! The HTTPS server of the parent's page and the child's board.
//!
//! ```text
//!   browser --TLS 1.3--> server ─ guards ─ routes ─ who asks ─ handle ─ pages
//!                          │                          │          │
//!                         tls                        door       home (whoever owns the records)
//! ```
//!
//! [`Web::open`] makes what is missing (a certificate authority, an empty [`door`]) in a folder of its own, and [`Web::serve`]
//! serves what comes to a listening socket until it is told to stop. The children's records belong to whoever implements
//! [`home::Home`]; this crate keeps nothing of a child.
//!
//! Who may come in is in [`door`], what the certificates vouch for in [`tls`], every route in [`routes`]. What a stranger in
//! the network can make it do is bounded: connections, their time, sizes, guesses and hashes.

pub mod clock;
mod config;
pub mod door;
mod error;
pub mod home;
pub mod journal;
pub mod routes;
mod server;
pub mod tls;

mod csv;
mod handle;
mod http;
mod pages;
mod random;
mod times;

pub use config::{Limits, WebConfig};
pub use error::WebError;
pub use server::Web;
