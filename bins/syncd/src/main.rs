//! syncd: the only way out of the house, and closed unless a parent opens it.
//!
//! Started by the bus when somebody asks for `org.iseetutor.Sync1`, never at boot. While everything is
//! off it answers, opens no socket and ends by itself.

use std::process::ExitCode;

fn main() -> ExitCode {
    iseetutor_service::run_daemon("syncd", env!("CARGO_PKG_VERSION"), syncd::run)
}
