//! Word error rate and time over a corpus, on the trimmed window and on the full one.
//!
//! `cargo run --release -p iseetutor-sttd --example corpus -- DIR [trimmed|full] [threads]`
//!
//! `DIR` holds WAV files and `transcripts.tsv` (file, anything, text; a line of headings first). Time is
//! given as wall time and as processor time of the calling thread, which with one thread is all of it
//! and does not depend on what else the machine does.

#![allow(clippy::print_stdout)]

use std::path::{Path, PathBuf};

use iseetutor_audio::wav::{Tail, read_mono_16k};
use iseetutor_audio::wer::{self, WordErrors};
use iseetutor_wire::message::Expectation;
use nix::time::{ClockId, clock_gettime};
use sttd::engine::{Control, Engine, EngineConfig, Window};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let dir = PathBuf::from(arguments.next().ok_or("usage: corpus DIR [trimmed|full] [threads]")?);
    let window = match arguments.next().as_deref() {
        Some("full") => Window::Full,
        _ => Window::Trimmed,
    };
    let threads = arguments.next().map_or(Ok(1), |threads| threads.parse())?;
    let mut engine = Engine::load(&EngineConfig {
        model: model("ISEETUTOR_STT_MODEL", "whisper-tiny.en.bin"),
        vad_model: model("ISEETUTOR_VAD_MODEL", "silero-v6.2.0.bin"),
        threads,
        flash_attention: false,
        unheard: Vec::new(),
    })?;
    let control = Control::default();
    let mut sum = WordErrors::default();
    let (mut wall, mut cpu, mut short) = (Vec::new(), Vec::new(), Vec::new());
    for line in std::fs::read_to_string(dir.join("transcripts.tsv"))?.lines().skip(1) {
        let mut fields = line.split('\t');
        let (Some(file), Some(text)) = (fields.next(), fields.nth(1)) else { continue };
        let samples = read_mono_16k(std::fs::File::open(dir.join(file))?, file, Tail::MustBeWhole)?;
        let before = cpu_ms()?;
        let heard = engine.transcribe(&samples, window, Expectation::default(), &control)?;
        let spent = cpu_ms()? - before;
        let errors = wer::compare(text, &heard.text);
        sum += errors;
        println!(
            "{:5.1} s {:5.0} ms {} runs, {}/{} errors, confidence {:.2}{} | {} | {}",
            heard.audio_ms / 1e3,
            spent,
            heard.runs,
            errors.total(),
            errors.reference,
            heard.confidence,
            if heard.no_speech { " NO SPEECH" } else { "" },
            text.to_lowercase(),
            heard.text
        );
        wall.push(heard.took_ms);
        cpu.push(spent);
        if heard.audio_ms < 5_000.0 {
            short.push(spent);
        }
    }
    println!(
        "{window:?}: {:.1} % word errors ({} of {}); median {:.0} ms wall, {:.0} ms of this thread, clips under 5 s {:.0}; 95 % {:.0}",
        100.0 * sum.rate(),
        sum.total(),
        sum.reference,
        at(&mut wall, 0.5),
        at(&mut cpu, 0.5),
        at(&mut short, 0.5),
        at(&mut cpu, 0.95),
    );
    Ok(())
}

fn model(variable: &str, name: &str) -> PathBuf {
    std::env::var_os(variable).map_or_else(
        || {
            let folder = std::env::var("ISEETUTOR_MODELS").unwrap_or_else(|_| "models".into());
            Path::new(&folder).join("starter").join(name)
        },
        PathBuf::from,
    )
}

fn cpu_ms() -> Result<f64, nix::Error> {
    let time = clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID)?;
    #[allow(clippy::cast_precision_loss)]
    Ok(time.tv_sec() as f64 * 1e3 + time.tv_nsec() as f64 / 1e6)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
fn at(values: &mut [f64], part: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get((values.len() as f64 * part) as usize).copied().unwrap_or(f64::NAN)
}
