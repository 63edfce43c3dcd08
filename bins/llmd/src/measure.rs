//! llama.cpp's plain loop, as its own benchmark runs it, to compare serving with.
//!
//! As `llama-bench` does: a fresh context with the same threads, a prompt of arbitrary tokens evaluated in
//! batches of 512, then tokens decoded one by one with nothing chosen from the output.

use std::time::Instant;

use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::llama_batch::LlamaBatch;
use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::token::LlamaToken;

use crate::backend;
use crate::engine::EngineConfig;

/// Tokens that may be measured at a time.
pub const MOST: u32 = 4_096;

/// Tokens of a batch, llama-bench's default for what is computed at once.
const BATCH: u32 = 512;

/// Tokens per second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// Of evaluating a prompt; 0 if none was.
    pub prefill_per_s: f64,
    /// Of decoding one by one; 0 if none was.
    pub decode_per_s: f64,
}

/// Why nothing was measured.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MeasureError {
    /// Nothing or too much was asked for.
    #[error("cannot measure {0} tokens: ask for 1 to {MOST}, prompt and answer together")]
    Tokens(u64),
    /// llama.cpp failed.
    #[error("cannot measure: {0}")]
    Engine(String),
    /// The daemon ends.
    #[error("the measurement was given up because llmd ends")]
    GivenUp,
}

/// Measures. `beat` is called at every step and `stop` asked.
///
/// # Errors
/// [`MeasureError`].
pub fn run(
    model: &LlamaModel,
    config: &EngineConfig,
    prefill: u32,
    decode: u32,
    beat: impl Fn(),
    stop: impl Fn() -> bool,
) -> Result<Measured, MeasureError> {
    let total = u64::from(prefill) + u64::from(decode);
    if total == 0 || total > u64::from(MOST) {
        return Err(MeasureError::Tokens(total));
    }
    let engine = |error: &dyn std::fmt::Display| MeasureError::Engine(error.to_string());
    let backend = backend::backend().map_err(|error| engine(&error))?;
    let params =
        crate::engine::context_params(config, prefill + decode).with_n_batch(BATCH).with_n_ubatch(BATCH);
    let mut context = model.new_context(backend, params).map_err(|error| engine(&error))?;
    let mut batch = LlamaBatch::new(BATCH as usize, 1);
    let vocabulary = model.n_vocab().max(1);
    let mut evaluate = |context: &mut LlamaContext<'_>, position: &mut i32, count: u32| {
        beat();
        if stop() {
            return Err(MeasureError::GivenUp);
        }
        batch.clear();
        for nth in 1..=count {
            // Any tokens do; these are spread over the vocabulary by a step that shares no factor with it.
            let token = LlamaToken((*position * 7_919 + 11) % vocabulary);
            batch.add(token, *position, &[0], nth == count).map_err(|error| engine(&error))?;
            *position += 1;
        }
        context.decode(&mut batch).map_err(|error| engine(&error))?;
        context.synchronize();
        Ok(())
    };
    // Once unmeasured, so that the weights are in memory.
    evaluate(&mut context, &mut 0, (prefill + decode).min(BATCH))?;
    context.clear_kv_cache();
    let mut position = 0;
    let began = Instant::now();
    let mut left = prefill;
    while left > 0 {
        let count = left.min(BATCH);
        evaluate(&mut context, &mut position, count)?;
        left -= count;
    }
    let prefilled = Instant::now();
    for _ in 0..decode {
        evaluate(&mut context, &mut position, 1)?;
    }
    let rate = |count: u32, time: std::time::Duration| {
        if count == 0 { 0.0 } else { f64::from(count) / time.as_secs_f64() }
    };
    Ok(Measured {
        prefill_per_s: rate(prefill, prefilled - began),
        decode_per_s: rate(decode, prefilled.elapsed()),
    })
}
