//! A daemon's `main`.

use std::error::Error;
use std::fmt::Write as _;
use std::process::ExitCode;
use std::time::Duration;

use crate::config::{DaemonConfig, Flags, load};
use crate::listeners::Listeners;
use crate::shutdown::Shutdown;
use crate::{logging, notify};

/// How long a daemon may take to end after it was told to.
pub const GRACE: Duration = Duration::from_millis(1_800);

/// Runs a daemon: reads its command line and configuration, starts logging and the runtime, catches
/// signals, and prints what went wrong with its causes. `main` is this call and nothing else.
///
/// Exit codes: 0 after an orderly end, 1 after an error, 2 for a wrong command line or configuration.
pub fn run_daemon<C, F, R, E>(program: &'static str, version: &'static str, run: F) -> ExitCode
where
    C: DaemonConfig,
    F: FnOnce(C, Listeners, Shutdown) -> R,
    R: Future<Output = Result<(), E>>,
    E: Error + 'static,
{
    // SAFETY: this is the first thing the process does; no descriptor has been opened or closed.
    let listeners = unsafe { Listeners::from_environment() };
    let flags = match Flags::parse(program, std::env::args().skip(1)) {
        Ok(flags) => flags,
        Err(error) => return fail(program, &error, 2),
    };
    if flags.help {
        println!("usage: {}", Flags::usage(program));
        return ExitCode::SUCCESS;
    }
    if flags.version {
        println!("{program} {version}");
        return ExitCode::SUCCESS;
    }
    let config: C = match load(program, &flags) {
        Ok(config) => config,
        Err(error) => return fail(program, &error, 2),
    };
    if flags.check {
        println!("{program}: the configuration is right");
        return ExitCode::SUCCESS;
    }
    logging::init(&config.service().log);
    let listeners = match listeners {
        Ok(listeners) => listeners,
        Err(error) => return fail(program, &error, 1),
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        // The workers do the computing on threads of their own; these only move frames.
        .worker_threads(2)
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return fail(program, &error, 1),
    };
    let ended = runtime.block_on(async {
        let shutdown = Shutdown::on_signals().map_err(|error| describe(&error))?;
        let watch = shutdown.clone();
        tracing::info!(version, "{program} starts");
        let late = async {
            watch.wait().await;
            notify::stopping();
            tokio::time::sleep(GRACE).await;
        };
        tokio::select! {
            ended = run(config, listeners, shutdown) => ended.map_err(|error| describe(&error)).map(|()| true),
            () = late => Ok(false),
        }
    });
    match ended {
        Ok(true) => {
            tracing::info!("{program} ended");
            runtime.shutdown_background();
            ExitCode::SUCCESS
        }
        Ok(false) => {
            tracing::warn!("{program} did not end within {} ms and is cut off", GRACE.as_millis());
            // SAFETY: ends the process at once. Ordinary exit would run destructors of the engines'
            // libraries under the feet of a worker that still computes.
            unsafe { nix::libc::_exit(0) }
        }
        Err(text) => {
            tracing::error!("{text}");
            runtime.shutdown_background();
            ExitCode::from(1)
        }
    }
}

/// An error with its causes, each of which is shown once even when an error repeats its source's text.
#[must_use]
pub fn describe(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            let _ = write!(text, ": {cause_text}");
        }
        source = cause.source();
    }
    text
}

fn fail(program: &str, error: &(dyn Error + 'static), code: u8) -> ExitCode {
    eprintln!("{program}: {}", describe(error));
    ExitCode::from(code)
}
