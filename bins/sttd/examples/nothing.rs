//! How often words are heard where nobody speaks: an hour of silence, noise and music, made from a seed.
//!
//! `cargo run --release -p iseetutor-sttd --example nothing -- [SEGMENTS]`
//!
//! A segment is one kind of sound, 0.5 to 8 s long, at a level from -50 to 0 dBFS; an hour has about 850.

#![allow(
    dead_code,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::indexing_slicing
)]

#[path = "../tests/common/sound.rs"]
mod sound;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use iseetutor_wire::message::Expectation;
use sttd::engine::{Control, Engine, EngineConfig, Window};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let segments: u64 = std::env::args().nth(1).map_or(Ok(850), |segments| segments.parse())?;
    let folder = PathBuf::from(std::env::var("ISEETUTOR_MODELS").unwrap_or_else(|_| "models".into()));
    let file = |variable: &str, name: &str| {
        std::env::var_os(variable).map_or_else(|| folder.join(Path::new("starter")).join(name), PathBuf::from)
    };
    let mut engine = Engine::load(&EngineConfig {
        model: file("ISEETUTOR_STT_MODEL", "whisper-tiny.en.bin"),
        vad_model: file("ISEETUTOR_VAD_MODEL", "silero-v6.2.0.bin"),
        threads: 1,
        flash_attention: false,
        unheard: Vec::new(),
    })?;
    let control = Control::default();
    let (mut audio_s, mut took_s, mut heard_in) = (0.0, 0.0, 0);
    // Segments, those given to Whisper, and those with words, for each kind of sound.
    let mut kinds: BTreeMap<&str, (u32, u32, u32)> = BTreeMap::new();
    for segment in 0..segments {
        let mut random = sound::Random::new(segment + 1);
        let (name, make) = sound::KINDS[segment as usize % sound::KINDS.len()];
        let samples = (random.between(0.5, 8.0) * sound::RATE) as usize;
        let peak = 10f32.powf(random.between(-50.0, 0.0) / 20.0);
        let samples = sound::at_peak(make(&mut random, samples), peak);
        let heard = engine.transcribe(&samples, Window::Trimmed, Expectation::default(), &control)?;
        audio_s += heard.audio_ms / 1e3;
        took_s += heard.took_ms / 1e3;
        let counts = kinds.entry(name).or_default();
        counts.0 += 1;
        counts.1 += u32::from(heard.runs > 0);
        if !heard.no_speech {
            counts.2 += 1;
            heard_in += 1;
            println!(
                "{name}, segment {segment}, {:.0} ms: {:?} ({:.2})",
                heard.audio_ms, heard.text, heard.confidence
            );
        }
    }
    for (name, (segments, runs, words)) in kinds {
        println!("{name:12} {segments:4} segments, {runs:3} given to Whisper, {words} with words");
    }
    println!("{segments} segments, {audio_s:.0} s of sound in {took_s:.0} s: words in {heard_in}");
    Ok(())
}
