//! One module for each command.

pub mod ask;
pub mod backup;
pub mod content;
pub mod doctor;
pub mod essay;
pub mod grade;
pub mod items;
pub mod learner;
pub mod lexicon;
pub mod mock;
pub mod models;
pub mod parent;
pub mod practice;
pub mod restore;
pub mod say;
pub mod simulate;
pub mod status;
pub mod storage;
pub mod talk;
pub mod transcribe;
pub mod up;

use iseetutor_service::Shutdown;

use crate::bench;
use crate::cli::{Cli, Command, PlaceArgs};
use crate::error::Result;
use crate::output::Output;
use crate::session::Place;

/// Does what the command line says.
///
/// # Errors
/// Whatever stops the command.
pub async fn run(cli: Cli, shutdown: Shutdown) -> Result<()> {
    let output = Output::new(cli.json);
    let place =
        |args: &PlaceArgs| Place { dir: args.dir.clone(), models: args.models.clone(), verbose: cli.verbose };
    match &cli.command {
        Command::Up(args) => up::run(args, output, &shutdown).await,
        Command::Talk(args) => talk::run(args, &place(&args.place), output, &shutdown).await,
        Command::Ask(args) => ask::run(args, &place(&args.place), output, &shutdown).await,
        Command::Transcribe(args) => transcribe::run(args, &place(&args.place), output, &shutdown).await,
        Command::Say(args) => say::run(args, &place(&args.place), output, &shutdown).await,
        Command::Status(args) => status::run(&place(args), output).await,
        Command::Doctor(args) => doctor::run(&place(&args.place), output).await,
        Command::Lexicon(command) => lexicon::run(command, output).await,
        Command::Models(command) => models::run(command, output, &shutdown).await,
        Command::Storage(command) => storage::run(command, output, &shutdown).await,
        Command::Items(args) => items::run(args, output),
        Command::Grade(args) => grade::run(args, output),
        Command::Learner(command) => learner::run(command, &place(command.place()), output, &shutdown).await,
        Command::Backup(args) => backup::run(args, &place(&args.place), output, &shutdown).await,
        Command::Restore(args) => restore::run(args, &place(&args.place), output).await,
        Command::Parent(command) => parent::run(command, &place(command.place()), output, &shutdown).await,
        Command::Practice(args) => practice::run(args, &place(&args.place), output, &shutdown).await,
        Command::Mock(args) => mock::run(args, &place(&args.place), output, &shutdown).await,
        Command::Essay(args) => essay::run(args, output),
        Command::Content(command) => content::run(command, &place(&command.place()), output, &shutdown).await,
        Command::Search(args) => content::search(args, &place(&args.place), output, &shutdown).await,
        Command::Simulate(args) => simulate::run(args, output),
        Command::Bench(args) => bench::run(args, cli.verbose, output, &shutdown).await,
        // Has a runtime of its own and never comes here.
        Command::BenchPeer(_) => Ok(()),
    }
}
