//! audiod: microphone and speaker. Starts after the sound card's device units and before nothing in
//! particular: its peers may come and go.

use std::process::ExitCode;

fn main() -> ExitCode {
    iseetutor_service::run_daemon::<audiod::Config, _, _, _>("audiod", audiod::VERSION, audiod::run)
}
