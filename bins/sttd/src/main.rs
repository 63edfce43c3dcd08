//! sttd: speech to text. Runs after audiod's sockets exist and before tutord needs words; see the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    iseetutor_service::run_daemon("sttd", sttd::VERSION, sttd::run)
}
