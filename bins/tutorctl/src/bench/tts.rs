//! Text to speech: against the piper-tts program with the same voice, text and threads; first audio.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use iseetutor_bus::Name;
use iseetutor_bus::tts1::Tts1Proxy;
use iseetutor_models::{Manifest, Role, Store};

use super::Bench;
use super::figures::{Figures, Target, median};
use crate::commands::say::synthesize;
use crate::error::{Error, Result};
use crate::set::{programs, ready};

/// Plain words, so that both programs say the same.
const TEXTS: [&str; 4] = [
    "Very good.",
    "What do you think the word ancient means?",
    "The leaves turn red and yellow because the green in them fades when the days get short and cold.",
    LONG,
];

/// A long sentence, about twelve seconds.
const LONG: &str = "When the ship came back into the harbor after three long months at sea, the people of the town ran \
                    down to the water, waving their hats and calling out the names of the sailors they had missed so much.";

/// ttsd's default.
const THREADS: usize = 2;

/// What the peer runs: the same voice, warm, once per text and round. It prints seconds, one list per text.
const PEER: &str = r#"
import io, json, sys, time, wave
import onnxruntime
from piper import PiperVoice
model, config, threads, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
voice = PiperVoice.load(model, config_path=config)
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = threads
voice.session = onnxruntime.InferenceSession(model, sess_options=options, providers=["CPUExecutionProvider"])
say = getattr(voice, "synthesize_wav", None) or voice.synthesize
def run(text):
    with wave.open(io.BytesIO(), "wb") as wav:
        began = time.perf_counter()
        say(text, wav)
        return time.perf_counter() - began
texts = [line for line in sys.stdin.read().split("\n") if line]
run(texts[0])
print(json.dumps([[run(text) for _ in range(rounds)] for text in texts]))
"#;

/// Measures ttsd, and the peer if there is one.
///
/// # Errors
/// When ttsd cannot be measured.
pub async fn measure(bench: &Bench<'_>, figures: &mut Figures) -> Result<()> {
    let tts = Tts1Proxy::new(bench.session.bus()).await.map_err(Error::call("reach ttsd"))?;
    let rounds = bench.rounds(5);
    let (mut totals, mut firsts) = (Vec::new(), Vec::new());
    for text in TEXTS {
        let (mut took, mut first) = (Vec::new(), Vec::new());
        for _ in 0..rounds {
            let file = tempfile::tempfile().map_err(Error::io("create a file in", std::env::temp_dir()))?;
            let (_, first_audio_ms, took_s) = synthesize(&tts, text, file, 1.0, false).await?;
            took.push(took_s * 1_000.0);
            first.push(first_audio_ms);
        }
        totals.extend(median(&took));
        firsts.extend(median(&first));
    }
    let ours: f64 = totals.iter().sum();
    let note = format!("{} texts, {rounds} rounds, medians added up", TEXTS.len());
    figures.add("tts.total_ms", ours, "ms", note.clone());
    if let (Some(total), Some(first)) = (totals.last(), firsts.last()) {
        figures.add("tts.long_sentence_ms", *total, "ms", "35 words");
        figures.add("tts.long_sentence_first_audio_ms", *first, "ms", "35 words");
        let target = Target::AtMost(1.0 / 3.0);
        figures.judge("tts.first_audio_to_total", first / total, "", target, "long sentence of 35 words");
    }
    let target = Target::AtMost(1.0);
    match peer(bench, rounds).await {
        Ok(theirs) => {
            figures.add("tts.piper_total_ms", theirs, "ms", note.clone());
            figures.judge("tts.to_piper", ours / theirs, "", target, note);
        }
        Err(error) => figures.not_measured("tts.to_piper", Some(target), error.to_string()),
    }
    Ok(())
}

async fn peer(bench: &Bench<'_>, rounds: usize) -> Result<f64> {
    let python = python(bench.piper.as_deref())?;
    // The voice that ttsd says it has, with the description beside it in the manifest's set.
    let report = ready::report(bench.session.bus(), Name::Tts).await.map_err(Error::call("ask ttsd"))?;
    let manifest = Manifest::embedded()?;
    let config = Store::resolve(None)?.path_of(manifest.set(&bench.models)?, Role::TextToSpeechConfig)?;
    let model = PathBuf::from(report.model);
    let model = if model.is_file() {
        model
    } else {
        Store::resolve(None)?.path_of(manifest.set(&bench.models)?, Role::TextToSpeech)?
    };
    let ran = tokio::task::spawn_blocking(move || run_peer(&python, &model, &config, rounds)).await;
    let times = ran.map_err(|error| failed(&error.to_string()))??;
    Ok(times.iter().filter_map(|text| median(text)).sum::<f64>() * 1_000.0)
}

fn failed(problem: &str) -> Error {
    Error::Failed(format!("piper-tts could not be measured: {problem}"))
}

fn run_peer(python: &Path, model: &Path, config: &Path, rounds: usize) -> Result<Vec<Vec<f64>>> {
    let io = |error: std::io::Error| failed(&format!("{}: {error}", python.display()));
    let mut child = Command::new(python)
        .args(["-c", PEER])
        .args([model, config])
        .args([THREADS.to_string(), rounds.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(io)?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(TEXTS.join("\n").as_bytes()).map_err(io)?;
    }
    let ended = child.wait_with_output().map_err(io)?;
    if !ended.status.success() {
        let text = String::from_utf8_lossy(&ended.stderr);
        return Err(failed(text.trim().lines().last().unwrap_or("it said nothing")));
    }
    serde_json::from_slice(&ended.stdout).map_err(|error| failed(&error.to_string()))
}

/// The Python that has piper-tts: given itself, or named in the first line of the program that was given
/// or is in `PATH`.
fn python(given: Option<&Path>) -> Result<PathBuf> {
    let program = match given {
        Some(program) => program.to_owned(),
        None => programs::of_system(
            "piper",
            "install it with `pip install piper-tts`, or name it with --piper-tts",
        )?,
    };
    let name = program.file_name().unwrap_or_default().to_string_lossy();
    if name.starts_with("python") {
        return Ok(program);
    }
    let start = std::fs::read(&program).map_err(Error::io("read", &program))?;
    let line = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
    match String::from_utf8_lossy(line).strip_prefix("#!") {
        Some(interpreter) if interpreter.contains("python") => {
            Ok(PathBuf::from(interpreter.split_whitespace().next().unwrap_or_default()))
        }
        _ => Err(failed(&format!(
            "{} is not a Python program; give the Python that has it",
            program.display()
        ))),
    }
}
