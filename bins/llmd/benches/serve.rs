//! Speed of serving, against llama.cpp's plain loop on the same model and threads in the same run.
//!
//! `cargo bench -p iseetutor-llmd [-- --threads N] [--busy N]`; `--busy` runs that many spinning threads beside
//! it at all times. Prints medians.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use common::{Running, collect, config, instructions, tokens, user};
use iseetutor_wire::message::Sampling;

const ROUNDS: usize = 5;
const TOKENS: u32 = 128;

fn argument(name: &str, default: u32) -> u32 {
    let mut arguments = std::env::args().skip_while(|argument| argument != name).skip(1);
    arguments.next().and_then(|value| value.parse().ok()).unwrap_or(default)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn main() {
    let Some(model) = common::language() else { return };
    let mut setup = config(model);
    setup.threads = argument("--threads", setup.threads);
    setup.prefill_threads = setup.threads;
    setup.prefill_chunk = argument("--chunk", 32);
    setup.context_tokens = 4_096;
    setup.request_tokens = 2_048;
    setup.slots = 4;
    println!("threads {}, chunk {}", setup.threads, setup.prefill_chunk);
    let engine = Running::start(setup);
    let stop = Arc::new(AtomicBool::new(false));
    let busy: Vec<_> = (0..argument("--busy", 0))
        .map(|_| {
            let stop = Arc::clone(&stop);
            std::thread::spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            })
        })
        .collect();

    // Plain and served take turns, so that both see the same machine.
    let mut plain = Vec::new();
    let mut prefill = Vec::new();
    let mut greedy = Vec::new();
    let mut sampled = Vec::new();
    let story = [user("Write a very long story about a fox and a hare. Do not stop.")];
    let serve = |sampling: Sampling| {
        let (_, end) = collect(engine.ask(1, &story, sampling)).unwrap();
        f64::from(end.generated_tokens - 1) * 1_000.0 / (end.took_ms - end.first_token_ms)
    };
    for seed in 0..ROUNDS {
        let measured = engine.engine.measure(128, TOKENS).unwrap().blocking_recv().unwrap().unwrap();
        plain.push(measured.decode_per_s);
        prefill.push(measured.prefill_per_s);
        greedy.push(serve(tokens(TOKENS)));
        let seed = u32::try_from(seed).unwrap();
        sampled.push(serve(Sampling {
            temperature: 0.7,
            top_p: 0.9,
            min_p: 0.05,
            repeat_penalty: 1.1,
            seed,
            ..tokens(TOKENS)
        }));
    }
    let (plain, greedy, sampled) = (median(plain), median(greedy), median(sampled));
    println!("plain loop: prefill {:.1}, decode {plain:.1} tokens/s", median(prefill));
    println!("served, likeliest token: {greedy:.1} tokens/s, {:.3} of plain", greedy / plain);
    println!("served, sampled: {sampled:.1} tokens/s, {:.3} of plain", sampled / plain);

    // A prefix of about two hundred tokens: cold, still in its slot, and restored after another client took every slot.
    let (mut cold, mut warm, mut restored) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let mut instructions = instructions();
        instructions.content.insert_str(0, &format!("Lesson {round}. "));
        let ask = |question: &str| {
            let (_, end) =
                collect(engine.ask_keeping(1, &[instructions.clone(), user(question)], tokens(2), 1))
                    .unwrap();
            (end.first_token_ms, end.prompt_tokens - end.cached_tokens)
        };
        cold.push(ask("Why?"));
        warm.push(ask("Why?"));
        for client in 2..8 {
            let other = format!("Story {round} {client}. {}", "The sea is wide and blue. ".repeat(100));
            collect(engine.ask(client, &[user(&other)], tokens(2))).unwrap();
        }
        restored.push(ask("Why?"));
    }
    let show = |name: &str, values: &[(f64, u32)]| {
        let time = median(values.iter().map(|(time, _)| *time).collect());
        let tokens = median(values.iter().map(|(_, tokens)| f64::from(*tokens)).collect());
        println!("prefix {name}: {time:.1} ms to the first token, {tokens} tokens evaluated");
        time
    };
    let first = show("cold", &cold);
    println!("  warm: {:.3} of cold", show("warm", &warm) / first);
    println!("  restored: {:.3} of cold", show("restored", &restored) / first);

    // Four clients at once.
    let began = Instant::now();
    let events: Vec<_> = (0..4).map(|client| engine.ask(client, &story, tokens(TOKENS))).collect();
    let readers: Vec<_> =
        events.into_iter().map(|events| std::thread::spawn(|| collect(events).unwrap().1)).collect();
    let generated: u32 = readers.into_iter().map(|reader| reader.join().unwrap().generated_tokens).sum();
    println!("four clients: {:.1} tokens/s together", f64::from(generated) / began.elapsed().as_secs_f64());
    stop.store(true, Ordering::Relaxed);
    for thread in busy {
        thread.join().unwrap();
    }
}
