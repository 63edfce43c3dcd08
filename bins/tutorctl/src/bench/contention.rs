//! Decoding while speech to text and text to speech run beside it.

use super::Bench;
use super::figures::{Figures, Target, median};
use super::llm::{Client, long_chat};
use super::load::Load;
use crate::error::Result;

/// Tokens of an answer that is timed.
const TOKENS: u32 = 96;

/// Measures alone and in company, in turns.
///
/// # Errors
/// When a daemon cannot be measured.
pub async fn measure(bench: &Bench<'_>, figures: &mut Figures) -> Result<()> {
    let mut client = Client::connect(bench.session.runtime_dir()).await?;
    let (mut alone, mut beside) = (Vec::new(), Vec::new());
    for _ in 0..bench.rounds(3) {
        alone.push(client.generate(long_chat(), TOKENS).await?.decode_per_s());
        let load = Load::start(bench, false).await?;
        beside.push(client.generate(long_chat(), TOKENS).await?.decode_per_s());
        drop(load);
        bench.settle().await?;
    }
    let note = format!(
        "{TOKENS} tokens, {} rounds; speech to text and text to speech without a break",
        bench.rounds(3)
    );
    if let (Some(alone), Some(beside)) = (median(&alone), median(&beside)) {
        figures.add("contention.decode_alone", alone, "tokens/s", note.clone());
        figures.add("contention.decode_beside", beside, "tokens/s", note.clone());
        figures.judge("contention.beside_to_alone", beside / alone, "", Target::AtLeast(0.4), note);
    }
    Ok(())
}
