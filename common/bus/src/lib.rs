//! The control plane: the D-Bus interfaces of every daemon, once for the server and the client.
//!
//! Each interface is a struct with the `zbus` glue, its documentation and a generated proxy. A daemon
//! supplies what lies behind it through a small trait ([`AudioControl`](audio1::AudioControl) and its
//! siblings) and serves it together with [`daemon1::Daemon1`] by [`serve`]; a client uses the proxies
//! and never links a daemon.
//!
//! Rules kept here: names end in a number from the first release; state is a property with a change
//! signal, no getters; no method completes by a signal; nothing comes more often than about once a
//! second; never audio, never tokens, never a child's words. Bulk data is passed as a file descriptor.
//!
//! The introspection data of every interface is kept in `docs/dbus/` and compared by a test.

pub mod audio1;
pub mod connect;
pub mod daemon1;
pub mod llm1;
pub mod stt1;
pub mod sync1;
pub mod tts1;
pub mod tutor1;

pub use connect::{BusAddress, BusError, Name, connect, serve};
pub use daemon1::{State, Status};

/// What an interface method returns from behind the glue: a future that may fail with a message for the caller.
pub type Reply<'a, T> = futures_util::future::BoxFuture<'a, zbus::fdo::Result<T>>;

/// Options of a method that may grow: unknown keys are refused by the daemon with their name.
pub type Options = std::collections::HashMap<String, zbus::OwnedVariant>;
