//! How fast the voice is: medians as one JSON object on standard output.
//!
//! `cargo bench -p iseetutor-ttsd` with the starter models fetched; `TTSD_BENCH_THREADS` (2) and
//! `TTSD_BENCH_RUNS` (9) change how. Everything that is compared runs interleaved, so that whatever else the
//! machine does meets all of it alike.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::time::Instant;

use ttsd::cache::{Cache, Disk, Key, Manner};
use ttsd::clause::clauses;
use ttsd::normalize;
use ttsd::voice::{Phonemizer, Voice};

/// One sentence of about eleven seconds.
const LONG: &str = "To add fractions with different denominators, first find a common denominator, then rewrite each \
    fraction, and finally add the numerators while keeping the denominator the same, which gives you the answer.";

/// A verdict.
const SHORT: &str = "That is right, well done!";

/// What one saying took, in milliseconds, and the seconds of sound it gave.
struct Said {
    first_ms: f64,
    total_ms: f64,
    audio_s: f64,
    /// Processor time of all threads.
    cpu_ms: f64,
}

/// Says a text as the engine does; `one_piece` keeps a sentence in one piece.
fn say(voice: &mut Voice, phonemizer: &Phonemizer, text: &str, one_piece: bool) -> Said {
    let (begun, cpu) = (Instant::now(), cpu_ms());
    let cleaned = normalize::clean(text);
    let pieces: Vec<&str> =
        if one_piece { vec![cleaned.as_str()] } else { clauses(&cleaned).map(|c| c.text).collect() };
    let mut first_ms = None;
    let mut samples = 0;
    for piece in pieces {
        let phonemes = phonemizer.phonemes(&normalize::read(piece)).unwrap();
        let mut utterance = voice.begin(&phonemes, 1.0).unwrap();
        while let Some(sound) = voice.next(&mut utterance).unwrap() {
            first_ms.get_or_insert_with(|| begun.elapsed().as_secs_f64() * 1e3);
            samples += sound.len();
        }
    }
    Said {
        first_ms: first_ms.unwrap(),
        total_ms: begun.elapsed().as_secs_f64() * 1e3,
        audio_s: samples as f64 / f64::from(voice.config().rate_hz()),
        cpu_ms: cpu_ms() - cpu,
    }
}

/// Processor time of this process so far.
fn cpu_ms() -> f64 {
    let now = nix::time::clock_gettime(nix::time::ClockId::CLOCK_PROCESS_CPUTIME_ID).unwrap();
    now.tv_sec() as f64 * 1e3 + now.tv_nsec() as f64 / 1e6
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn summary(runs: &[Said]) -> serde_json::Value {
    let first_ms = median(runs.iter().map(|r| r.first_ms));
    let total_ms = median(runs.iter().map(|r| r.total_ms));
    let audio_s = median(runs.iter().map(|r| r.audio_s));
    serde_json::json!({
        "first_audio_ms": first_ms, "total_ms": total_ms, "audio_s": audio_s,
        "cpu_ms": median(runs.iter().map(|r| r.cpu_ms)),
        "first_share": median(runs.iter().map(|r| r.first_ms / r.total_ms)),
        "real_time_factor": median(runs.iter().map(|r| r.total_ms / 1e3 / r.audio_s)),
    })
}

fn cache_start_ms() -> (f64, f64) {
    let folder = tempfile::tempdir().unwrap();
    let manner = Manner { voice: "v".into(), phonemes: "p".into(), settings: "s".into() };
    let sound: ttsd::cache::Sound = (0..22_050 * 10).map(|i| (i % 251) as i16).collect();
    let key = Key::new(&manner, LONG, 1.0);
    let mut memory = Cache::new(8 << 20, None);
    memory.put(&key, 22_050, &sound);
    let mut disk = Cache::new(0, Some(Disk::open(folder.path(), 1 << 30).unwrap()));
    disk.put(&key, 22_050, &sound);
    let time = |cache: &mut Cache| {
        median((0..50).map(|_| {
            let begun = Instant::now();
            let cleaned = normalize::clean(LONG);
            let words: Vec<String> = clauses(&cleaned).map(|c| normalize::read(c.text)).collect();
            assert!(!words.is_empty() && cache.get(&key, 22_050).is_some());
            begun.elapsed().as_secs_f64() * 1e3
        }))
    };
    (time(&mut memory), time(&mut disk))
}

fn reader_mb_per_s() -> f64 {
    let text = format!("{LONG} It costs $4.50, or 3/4 of x^2 + 12 x 7 = 100; see p. 5.\n").repeat(400);
    let begun = Instant::now();
    let spoken: usize = clauses(&normalize::clean(&text)).map(|c| normalize::read(c.text).len()).sum();
    assert!(spoken > text.len() / 2);
    text.len() as f64 / 1e6 / begun.elapsed().as_secs_f64()
}

fn main() {
    let Some(files) = common::voice_files() else { return };
    let number = |name: &str, default: usize| {
        std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
    };
    let (threads, runs) = (number("TTSD_BENCH_THREADS", 2), number("TTSD_BENCH_RUNS", 9));
    let begun = Instant::now();
    let mut halves = Voice::load(&files, threads, true).unwrap();
    let load_ms = begun.elapsed().as_secs_f64() * 1e3;
    let mut whole = Voice::load(&files, threads, false).unwrap();
    let phonemizer = Phonemizer::new(halves.config().espeak_voice()).unwrap();
    for _ in 0..2 {
        say(&mut halves, &phonemizer, SHORT, true);
        say(&mut whole, &phonemizer, SHORT, true);
    }
    let (mut long, mut sentence, mut uncut, mut short) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..runs {
        long.push(say(&mut halves, &phonemizer, LONG, false));
        sentence.push(say(&mut halves, &phonemizer, LONG, true));
        uncut.push(say(&mut whole, &phonemizer, LONG, true));
        short.push(say(&mut halves, &phonemizer, SHORT, true));
    }
    let (memory_ms, disk_ms) = cache_start_ms();
    let report = serde_json::json!({
        "voice": files.model.file_name().unwrap().to_string_lossy(), "threads": threads, "runs": runs,
        "load_ms": load_ms,
        "long_text_as_the_engine_says_it": summary(&long),
        "long_sentence_in_one_piece": summary(&sentence),
        "long_sentence_graph_uncut": summary(&uncut),
        "short_sentence": summary(&short),
        "cache_memory_ms": memory_ms, "cache_disk_ms": disk_ms,
        "reader_mb_per_s": reader_mb_per_s(),
        "memory_peak_mb": iseetutor_bus::daemon1::memory_peak() as f64 / 1e6,
    });
    println!("{}", serde_json::to_string_pretty(&report).unwrap());
}
