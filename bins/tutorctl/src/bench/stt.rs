//! Speech to text: the encoder's window trimmed to the clip, against Whisper's full 30 s.

use iseetutor_bus::stt1::Stt1Proxy;

use super::Bench;
use super::figures::{Figures, Target, median, quantile};
use super::recordings::{Clip, corpus};
use super::words::{ErrorRate, words};
use crate::commands::transcribe::{open, transcribe};
use crate::error::{Error, Result};

const TRIMMED: &str = "trimmed";
const FULL: &str = "full";

/// Times and words of one way to transcribe.
#[derive(Debug, Default)]
struct Measured {
    took_ms: Vec<f64>,
    rate: ErrorRate,
}

/// Measures on the short recordings and, if one was given, on the corpus.
///
/// # Errors
/// When sttd cannot transcribe one of them.
pub async fn measure(bench: &Bench<'_>, figures: &mut Figures) -> Result<()> {
    let stt = Stt1Proxy::new(bench.session.bus()).await.map_err(Error::call("reach sttd"))?;
    let clips = &bench.recordings.clips;
    let (mut trimmed, mut full) = (Measured::default(), Measured::default());
    let mut different = Vec::new();
    for round in 0..bench.rounds(5) {
        for clip in clips {
            let short = one(&stt, clip, TRIMMED, &mut trimmed).await?;
            let long = one(&stt, clip, FULL, &mut full).await?;
            if round == 0 && words(&short) != words(&long) {
                different.push(clip.path.file_stem().unwrap_or_default().to_string_lossy().into_owned());
            }
        }
    }
    let note = format!("{} clips under 5 s, {} rounds", clips.len(), bench.rounds(5));
    if let (Some(short), Some(long)) = (median(&trimmed.took_ms), median(&full.took_ms)) {
        figures.add("stt.trimmed_ms", short, "ms", note.clone());
        figures.add("stt.full_ms", long, "ms", note.clone());
        figures.judge("stt.trimmed_to_full", short / long, "", Target::AtMost(0.5), note);
    }
    #[allow(clippy::cast_precision_loss)] // A small count.
    let count = different.len() as f64;
    let note = if different.is_empty() { "the same in every clip".into() } else { different.join(", ") };
    figures.judge("stt.clips_with_other_words", count, "", Target::AtMost(0.0), note);
    match &bench.corpus {
        Some(folder) => on_corpus(&stt, &corpus(folder)?, figures).await,
        None => {
            figures.not_measured("stt.corpus_word_errors_trimmed", None, "give a corpus with --corpus DIR");
            Ok(())
        }
    }
}

async fn one(stt: &Stt1Proxy<'_>, clip: &Clip, window: &str, measured: &mut Measured) -> Result<String> {
    let (text, _, _, _, took_s) = transcribe(stt, open(&clip.path)?, window, &[], &clip.path).await?;
    measured.took_ms.push(took_s * 1_000.0);
    if let Some(said) = &clip.text {
        measured.rate.add(said, &text);
    }
    Ok(text)
}

async fn on_corpus(stt: &Stt1Proxy<'_>, clips: &[Clip], figures: &mut Figures) -> Result<()> {
    let (mut trimmed, mut full) = (Measured::default(), Measured::default());
    for clip in clips {
        one(stt, clip, TRIMMED, &mut trimmed).await?;
        one(stt, clip, FULL, &mut full).await?;
    }
    let note = format!("{} clips, {} words", clips.len(), full.rate.words);
    figures.add("stt.corpus_word_errors_full", full.rate.percent(), "%", note.clone());
    let target = Target::AtMost(full.rate.percent());
    figures.judge("stt.corpus_word_errors_trimmed", trimmed.rate.percent(), "%", target, note.clone());
    for (name, measured) in [("trimmed", &trimmed), ("full", &full)] {
        if let (Some(middle), Some(slow)) = (median(&measured.took_ms), quantile(&measured.took_ms, 0.95)) {
            figures.add(format!("stt.corpus_{name}_ms"), middle, "ms", note.clone());
            figures.add(format!("stt.corpus_{name}_p95_ms"), slow, "ms", note.clone());
        }
    }
    Ok(())
}
