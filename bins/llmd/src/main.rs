//! `llmd`: serves the language model; `llmd quantize IN OUT TYPE` makes a smaller copy of a model.

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    if arguments.next().as_deref() == Some("quantize") {
        return llmd::quantize::command(arguments.collect());
    }
    iseetutor_service::run_daemon("llmd", env!("CARGO_PKG_VERSION"), llmd::run)
}
