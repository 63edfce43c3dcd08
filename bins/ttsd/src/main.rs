//! ttsd: the tutor's voice. See the library for what it does and its place at boot.

use std::process::ExitCode;

fn main() -> ExitCode {
    iseetutor_service::run_daemon("ttsd", ttsd::VERSION, ttsd::run)
}
