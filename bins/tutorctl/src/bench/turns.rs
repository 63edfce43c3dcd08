//! From the end of the child's speech to the first sound of the answer, over the bundled conversation.

use std::collections::BTreeMap;

use super::Bench;
use super::figures::{Figures, Target, median, quantile};
use crate::commands::talk::converse;
use crate::error::{Error, Result};
use crate::follow::Event;

const WHOLE: &str = "speech_end_to_first_audio_ms";

/// Stages that follow one another from the end of the speech to the first sound.
const IN_A_ROW: [&str; 5] =
    ["endpoint_ms", "stt_wait_ms", "first_clause_ms", "tts_first_audio_ms", "play_ms"];

/// Holds the conversation and gathers its figures.
///
/// # Errors
/// When the conversation fails, or not one turn of it was answered.
pub async fn measure(bench: &Bench<'_>, figures: &mut Figures) -> Result<()> {
    let Some(conversation) = &bench.recordings.conversation else {
        figures.not_measured(
            "turns.speech_end_to_first_audio_ms",
            None,
            "the folder has no conversation.wav",
        );
        return Ok(());
    };
    let mut stages: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    let (mut heard, mut unaccounted) = (0_u32, Vec::new());
    converse(bench.session, conversation, |event| {
        match event {
            Event::Heard { no_speech: false, .. } => heard += 1,
            Event::Timing { figures, .. } => {
                for (name, ms) in figures {
                    stages.entry(name.clone()).or_default().push(*ms);
                }
                if let Some(whole) = figures.get(WHOLE) {
                    let sum: f64 = IN_A_ROW.iter().filter_map(|stage| figures.get(*stage)).sum();
                    unaccounted.push((whole - sum).abs());
                }
            }
            _ => {}
        }
        Ok(())
    })
    .await?;
    let whole = stages.remove(WHOLE).unwrap_or_default();
    let (Some(middle), Some(slow)) = (median(&whole), quantile(&whole, 1.0)) else {
        return Err(Error::Failed("not one turn of the bundled conversation was answered".into()));
    };
    let note = format!("{} turns answered, {heard} heard", whole.len());
    figures.judge(format!("turns.{WHOLE}"), middle, "ms", Target::AtMost(900.0), note.clone());
    figures.add("turns.slowest_ms", slow, "ms", note.clone());
    // What audiod has left over is the last figure below.
    for (name, values) in stages.iter().filter(|(name, _)| *name != "unaccounted_ms") {
        if let Some(middle) = median(values) {
            figures.add(format!("turns.{name}"), middle, "ms", format!("median of {} turns", values.len()));
        }
    }
    if let Some(rest) = median(&unaccounted) {
        figures.judge("turns.unaccounted_ms", rest, "ms", Target::AtMost(20.0), IN_A_ROW.join(" + "));
    }
    Ok(())
}
