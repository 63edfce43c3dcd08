//! What the processes of ISEE Tutor say to each other over Unix sockets.
//!
//! ```text
//! mic -> [audiod] --stt.sock--> [sttd] --turn.sock--> [tutord] --tts.sock--> [ttsd] --play.sock--> [audiod] -> speaker
//!                                                      |   ^
//!                                                   llm.sock (the only two-way edge)
//!                                                      v   |
//!                                                     [llmd]
//! ```
//!
//! The consumer of an edge listens on its socket, and nobody opens a second way back. A frame is a
//! little-endian `u32` length followed by one CBOR map; `docs/wire.md` describes it to the byte and
//! the golden frames in this crate's tests hold it still.
//!
//! - [`frame`] turns messages into bytes and back, and knows every way in which bytes can be wrong.
//! - [`message`] has one enum for each socket.
//! - [`stream`] reads and writes frames on any byte stream.
//! - [`socket`] binds, connects, and checks who is on the other end.
//! - [`link`](mod@link) is a client's edge that reconnects by itself; [`inbound`] is a listener's side of it.
//! - [`turn`] decides which frames are too old to matter; [`timing`] is the record that travels with a turn.
//!
//! This crate depends on nothing else of ours.

pub mod frame;
pub mod inbound;
pub mod link;
pub mod message;
pub mod socket;
pub mod stream;
pub mod timing;
pub mod turn;

pub use frame::{Frame, MAX_PAYLOAD, VERSION, WireError};
pub use inbound::{Inbound, Incoming};
pub use link::{Link, PeerGone};
pub use message::Message;
pub use socket::{PeerPolicy, SocketName};
pub use timing::{TurnTiming, monotonic_us};
pub use turn::{Admission, TurnGate};
