//! What every daemon needs around its work, and nothing about the work itself: layered configuration,
//! logging, listening sockets from systemd, readiness and watchdog, and an orderly end.
//!
//! A daemon's `main` is one call of [`run_daemon`]; its `run(config, listeners, shutdown)` says
//! [`notify::ready`] when its model is loaded, feeds the watchdog by [`notify::watch`] from its worker's
//! [`Heartbeat`], and returns when [`Shutdown::wait`] does.

pub mod config;
pub mod listeners;
pub mod logging;
pub mod main_loop;
pub mod notify;
pub mod shutdown;

pub use config::{ConfigError, ServiceConfig};
pub use listeners::Listeners;
pub use main_loop::run_daemon;
pub use notify::Heartbeat;
pub use shutdown::{Shutdown, Trigger};
