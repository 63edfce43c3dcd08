//! `tutorctl lexicon`: makes the dictionary.

use std::path::PathBuf;
use std::time::Instant;

use iseetutor_lexicon::{TITLE, compile};
use iseetutor_models::Store;
use serde_json::json;

use super::up::round;
use crate::cli::{LexiconBuildArgs, LexiconCommand};
use crate::error::{Error, Result};
use crate::output::Output;
use crate::set::settings::LEXICON;

/// Does what the command says, on a thread of its own: making the dictionary takes some seconds.
///
/// # Errors
/// When WordNet is not there or damaged, or the dictionary cannot be written.
pub async fn run(command: &LexiconCommand, output: Output) -> Result<()> {
    let LexiconCommand::Build(args) = command.clone();
    tokio::task::spawn_blocking(move || build(&args, output))
        .await
        .unwrap_or_else(|error| Err(Error::Failed(format!("the work on the dictionary broke off: {error}"))))
}

fn build(args: &LexiconBuildArgs, output: Output) -> Result<()> {
    let to = match &args.to {
        Some(to) => to.clone(),
        None => file()?,
    };
    let began = Instant::now();
    let made = compile(&args.from, &to).map_err(|error| Error::Failed(error.to_string()))?;
    let took_s = round(began.elapsed().as_secs_f64());
    let line = json!({
        "file": to, "source": TITLE, "words": made.words, "senses": made.senses, "not_for_children": made.hidden,
        "bytes": made.bytes, "took_s": took_s,
    });
    output.put(&line, || {
        format!(
            "{}: {} words with {} senses from {TITLE}, {} senses left out that are not for children, {} MB, {took_s:.1} s",
            to.display(),
            made.words,
            made.senses,
            made.hidden,
            made.bytes / 1_000_000,
        )
    })
}

/// Where the daemons that tutorctl starts look for the dictionary: beside the models.
///
/// # Errors
/// When there is no folder for models.
pub fn file() -> Result<PathBuf> {
    Ok(Store::resolve(None)?.root().join(LEXICON))
}
