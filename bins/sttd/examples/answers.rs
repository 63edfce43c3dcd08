//! What comparing with the expected answers changes, on a folder of spoken answers and of utterances that are none.
//!
//! `cargo run --release -p iseetutor-sttd --example answers -- DIR [threads]`
//!
//! `DIR` holds WAV files and `answers.tsv` without headings: file, the four choices with `|` between them, the number of
//! the choice that is said (0 to 3, or `-` for none), and the words. Counted is what is put in the place of the
//! words that were heard: the choice that was said, another one, or one where none was said.

#![allow(clippy::print_stdout)]

use std::path::PathBuf;

use iseetutor_audio::wav::{Tail, read_mono_16k};
use iseetutor_wire::message::{AnswerKind, Expectation};
use sttd::engine::{Control, Engine, EngineConfig, Window, expected};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let dir = PathBuf::from(arguments.next().ok_or("usage: answers DIR [threads]")?);
    let threads = arguments.next().map_or(Ok(1), |threads| threads.parse())?;
    let mut engine = Engine::load(&EngineConfig {
        model: model("ISEETUTOR_STT_MODEL", "whisper-tiny.en.bin"),
        vad_model: model("ISEETUTOR_VAD_MODEL", "silero-v6.2.0.bin"),
        threads,
        flash_attention: false,
        unheard: Vec::new(),
    })?;
    let control = Control::default();
    let (mut all, mut compared, mut right, mut other, mut wrong, mut cost) = (0, 0, 0, 0, 0, Vec::new());
    for line in std::fs::read_to_string(dir.join("answers.tsv"))?.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [file, choices, said, words] = fields[..] else { continue };
        let said: Option<usize> = said.parse().ok();
        let expect = Expectation {
            kind: AnswerKind::Choice,
            answers: choices.split('|').map(str::to_owned).collect(),
            ..Expectation::default()
        };
        let samples = read_mono_16k(std::fs::File::open(dir.join(file))?, file, Tail::MustBeWhole)?;
        let free = engine.transcribe(&samples, Window::Trimmed, Expectation::default(), &control)?;
        let heard = engine.transcribe(&samples, Window::Trimmed, expect.clone(), &control)?;
        all += 1;
        let sayings = expected::sayings(&expect, &free.text);
        if sayings.is_empty() || free.no_speech {
            continue;
        }
        compared += 1;
        cost.push(heard.took_ms - free.took_ms);
        let meant =
            sayings.iter().find(|saying| saying.text.trim() == heard.text).map(|saying| saying.answer);
        let verdict = match (meant.flatten(), said) {
            (None, _) => "left",
            (Some(a), Some(b)) if a == b => {
                right += 1;
                "RIGHT"
            }
            (Some(_), Some(_)) => {
                other += 1;
                "OTHER"
            }
            (Some(_), None) => {
                wrong += 1;
                "WRONG"
            }
        };
        println!("{verdict:5} {:.3} | {words} | {} | {}", heard.confidence, free.text, heard.text);
    }
    cost.sort_by(f64::total_cmp);
    println!(
        "{all} utterances, {compared} compared: {right} put right, {other} taken for another answer, {wrong} taken for one \
         that were none; median {:.0} ms more",
        cost.get(cost.len() / 2).copied().unwrap_or(0.0)
    );
    Ok(())
}

fn model(variable: &str, file: &str) -> PathBuf {
    std::env::var_os(variable).map_or_else(
        || {
            let home = std::env::var_os("HOME").map_or_else(PathBuf::new, PathBuf::from);
            home.join(".local/share/iseetutor/models/starter").join(file)
        },
        PathBuf::from,
    )
}
