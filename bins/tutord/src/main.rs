//! tutord: the tutor; see the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    iseetutor_service::run_daemon("tutord", env!("CARGO_PKG_VERSION"), tutord::run)
}
