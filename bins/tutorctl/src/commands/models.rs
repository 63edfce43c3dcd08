//! `tutorctl models`: fetch, list, verify, convert, quantize.

mod fetch;
mod progress;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use iseetutor_models::convert::{Weights, bert_to_gguf, whisper_to_ggml};
use iseetutor_models::{Manifest, Quantizer, State, Status, Store};
use iseetutor_service::Shutdown;
use serde_json::{Value, json};

use self::progress::{Bar, Stop};
use crate::cli::{ConvertArgs, ModelSetArgs, ModelsCommand, QuantizeArgs};
use crate::error::{Error, Result};
use crate::output::{Output, table};
use crate::set::programs;

/// How long a command may take to stop after Ctrl-C: the block of data at hand, or a pip that ends.
const STOP_LIMIT: Duration = Duration::from_secs(5);

/// Does what the command says. All of it blocks, so that it runs on a thread of its own; Ctrl-C stops it
/// at the next block of data.
///
/// # Errors
/// Whatever stops it; what was downloaded is kept.
pub async fn run(command: &ModelsCommand, output: Output, shutdown: &Shutdown) -> Result<()> {
    let stop = Stop::default();
    let (command, flag) = (command.clone(), stop.clone());
    let mut work = tokio::task::spawn_blocking(move || work(&command, output, &flag));
    let done = tokio::select! {
        done = &mut work => done,
        () = shutdown.wait() => {
            stop.set();
            match tokio::time::timeout(STOP_LIMIT, work).await {
                Ok(Ok(Err(error))) if !stopped(&error) => return Err(error),
                _ => return Err(Error::Interrupted),
            }
        }
    };
    done.unwrap_or_else(|error| Err(Error::Failed(format!("the work on the models broke off: {error}"))))
}

fn stopped(error: &Error) -> bool {
    matches!(error, Error::Models(iseetutor_models::Error::Cancelled))
}

fn work(command: &ModelsCommand, output: Output, stop: &Stop) -> Result<()> {
    match command {
        ModelsCommand::Fetch(args) => fetch::run(args, output, stop),
        ModelsCommand::List(args) => list(args, output),
        ModelsCommand::Verify(args) => verify(args, output, stop),
        ModelsCommand::Convert(args) => convert(args, output, stop),
        ModelsCommand::Quantize(args) => quantize(args, output),
    }
}

/// The manifest and the folder that the arguments name.
fn open(args: &ModelSetArgs) -> Result<(Manifest, Store)> {
    let manifest = match &args.manifest {
        Some(path) => Manifest::load(path)?,
        None => Manifest::embedded()?,
    };
    let store = match &args.folder {
        Some(folder) => Store::at(folder),
        None => Store::resolve(None)?,
    };
    Ok((manifest, store))
}

fn list(args: &ModelSetArgs, output: Output) -> Result<()> {
    let (manifest, store) = open(args)?;
    let set = manifest.set(&args.set)?;
    let models = store.status(set)?;
    output.say(&format!(
        "{}: {}\nin {}\n",
        set.name,
        set.info.description,
        store.set_folder(set.name).display()
    ))?;
    show(&models, &store, output)
}

fn verify(args: &ModelSetArgs, output: Output, stop: &Stop) -> Result<()> {
    let (manifest, store) = open(args)?;
    let set = manifest.set(&args.set)?;
    let bar = Bar::new(output);
    let models = store.verify(set, &mut |model, done| {
        let total = model.content(store.arch()).map_or(0, |content| content.size);
        bar.show(&model.id, "checking", done, total);
        stop.flow()
    })?;
    bar.finish();
    show(&models, &store, output)?;
    let bad: Vec<&str> = models
        .iter()
        .filter(|status| !(status.state.is_good() || status.model.optional && status.state == State::Missing))
        .map(|status| status.model.id.as_str())
        .collect();
    if bad.is_empty() {
        return Ok(());
    }
    let set = &args.set;
    Err(Error::Failed(format!("not in order: {}; run `tutorctl models fetch --set {set}`", bad.join(", "))))
}

fn show(models: &[Status<'_>], store: &Store, output: Output) -> Result<()> {
    let mut rows = Vec::new();
    for status in models {
        let (model, size) =
            (status.model, status.model.content(store.arch()).map_or(0, |content| content.size));
        let (state, detail) = describe(&status.state);
        if output.is_json() {
            let line = json!({
                "id": model.id, "role": model.role, "file": status.path.display().to_string(), "bytes": size,
                "state": state, "detail": detail, "optional": model.optional,
                "license": model.license.name, "license_text": model.license.text, "license_note": model.license.note,
                "sha256": match &status.state { State::Good { sha256, .. } => Value::from(sha256.to_string()), _ => Value::Null },
            });
            output.put(&line, String::new)?;
        } else {
            let optional = if model.optional { " (optional)" } else { "" };
            rows.push(vec![
                model.id.clone(),
                format!("{}{optional}", model.role),
                megabytes(size),
                if detail.is_empty() { state.to_owned() } else { format!("{state}: {detail}") },
                model.license.name.clone(),
            ]);
        }
    }
    output.say(&table(&rows))
}

/// A state in a word, and what is to be said about it.
fn describe(state: &State) -> (&'static str, String) {
    match state {
        State::Good { .. } => ("present", String::new()),
        State::Missing => ("missing", String::new()),
        State::WrongSize { expected, actual } => ("damaged", format!("{actual} of {expected} bytes")),
        State::WrongChecksum { .. } => ("damaged", "another SHA-256".into()),
        State::NotAccepted => ("unverified", "accept it with --accept-unverified".into()),
        State::NotForThisMachine => ("unavailable", "not published for this processor".into()),
        _ => ("unknown", String::new()),
    }
}

fn convert(args: &ConvertArgs, output: Output, stop: &Stop) -> Result<()> {
    let bar = Bar::new(output);
    let name = args.output.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut progress = |done| {
        bar.show(&name, "writing", done, 0);
        stop.flow()
    };
    // A file that is half written must not be taken for a model.
    let partial = partial_of(&args.output);
    let written = match kind_of(&args.input)? {
        Kind::Whisper => whisper_to_ggml(&args.input, &partial, &mut progress),
        Kind::Bert => {
            let weights = if args.f32 { Weights::F32 } else { Weights::F16 };
            bert_to_gguf(&args.input, &partial, weights, &mut progress)
        }
    };
    bar.finish();
    put_in_place(written.map_err(Error::from), &partial, &args.output)?;
    let bytes = std::fs::metadata(&args.output).map_or(0, |meta| meta.len());
    let file = args.output.display().to_string();
    output.put(&json!({"file": file, "bytes": bytes}), || format!("{file}: {}", megabytes(bytes)))
}

enum Kind {
    Whisper,
    Bert,
}

fn kind_of(input: &Path) -> Result<Kind> {
    if input.join("model.safetensors").is_file() {
        Ok(Kind::Bert)
    } else if input.join("model.bin").is_file() {
        Ok(Kind::Whisper)
    } else {
        Err(Error::Failed(format!(
            "cannot convert {}: it holds neither model.bin (CTranslate2) nor model.safetensors; give the folder \
             that does",
            input.display()
        )))
    }
}

fn quantize(args: &QuantizeArgs, output: Output) -> Result<()> {
    let partial = partial_of(&args.output);
    let written = Llmd.quantize(&args.input, &partial, &args.kind).map_err(Error::Failed);
    put_in_place(written, &partial, &args.output)?;
    let bytes = std::fs::metadata(&args.output).map_or(0, |meta| meta.len());
    let file = args.output.display().to_string();
    output.put(&json!({"file": file, "bytes": bytes}), || format!("{file}: {}", megabytes(bytes)))
}

fn partial_of(output: &Path) -> std::path::PathBuf {
    let mut name = output.as_os_str().to_owned();
    name.push(".partial");
    name.into()
}

fn put_in_place(written: Result<()>, partial: &Path, output: &Path) -> Result<()> {
    let done =
        written.and_then(|()| std::fs::rename(partial, output).map_err(Error::io("put in place", output)));
    if done.is_err() {
        // It may never have been made.
        let _ = std::fs::remove_file(partial);
    }
    done
}

/// llama.cpp, which only llmd links.
struct Llmd;

impl Quantizer for Llmd {
    fn quantize(&self, input: &Path, output: &Path, kind: &str) -> Result<(), String> {
        let llmd = programs::ours("llmd").map_err(|error| error.to_string())?;
        let ended = Command::new(llmd)
            .arg("quantize")
            .args([input, output])
            .arg(kind)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .output()
            .map_err(|error| format!("cannot start llmd: {error}"))?;
        if ended.status.success() {
            return Ok(());
        }
        let text = String::from_utf8_lossy(&ended.stderr);
        let last = text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("it said nothing");
        Err(last.trim().to_owned())
    }
}

#[allow(clippy::cast_precision_loss)] // For people.
fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
