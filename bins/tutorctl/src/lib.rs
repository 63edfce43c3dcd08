//! `tutorctl`, the command line of ISEE Tutor: holds conversations, tries the parts, looks after the models.
//!
//! It links no daemon and knows them only by the sockets ([`iseetutor_wire`]) and the bus
//! ([`iseetutor_bus`]). [`session`] finds the daemons that run or starts some; [`set`](mod@set) is what
//! `tutorctl up` runs: all daemons on a private bus, supervised; [`commands`] has one module for each command.
//!
//! Everything asynchronous runs on the main thread: the daemons that it starts die with the thread that
//! started them (see [`set::child`]), so that thread has to live as long as the process. What blocks
//! (hashing models, fetching) has threads of its own.

pub mod bench;
pub mod cli;
pub mod commands;
pub mod error;
pub mod follow;
pub mod output;
pub mod passphrase;
pub mod sealed;
pub mod session;
pub mod set;
pub mod text;

use std::process::ExitCode;

use clap::Parser;
use iseetutor_service::Shutdown;

pub use error::{Error, Result};

/// The program: reads the command line, does what it says, and tells what went wrong.
#[must_use]
pub fn main() -> ExitCode {
    let cli = match cli::Cli::try_parse() {
        Ok(cli) => cli,
        Err(answer) => return explain(&answer),
    };
    if let cli::Command::BenchPeer(args) = &cli.command {
        return bench::frames::peer(args);
    }
    if let cli::Command::Content(commands::content::args::ContentCommand::ParseWorker(args)) = &cli.command {
        return commands::content::worker(args);
    }
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&Error::Failed(format!("cannot start: {error}"))),
    };
    let done = runtime.block_on(async {
        let shutdown = Shutdown::on_signals()
            .map_err(|error| Error::Failed(format!("cannot catch signals: {error}")))?;
        commands::run(cli, shutdown).await
    });
    runtime.shutdown_background();
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

fn fail(error: &Error) -> ExitCode {
    if error.is_to_be_told() {
        output::tell(&format!("tutorctl: {error}"));
    }
    error.exit_code()
}

/// Help and version go to standard output; what is wrong with the command line goes to standard error.
fn explain(answer: &clap::Error) -> ExitCode {
    if !answer.use_stderr() {
        // Nobody can be told when standard output is closed.
        let _ = answer.print();
        return ExitCode::SUCCESS;
    }
    let text = answer.render().to_string();
    output::tell(&format!("tutorctl: {}", text.trim_start_matches("error: ").trim_end()));
    ExitCode::from(2)
}
