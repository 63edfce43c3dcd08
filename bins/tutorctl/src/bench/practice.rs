//! Practice by voice: what is understood of spoken answers, and how soon a verdict is heard.

use std::path::Path;
use std::time::Duration;

use iseetutor_audio::wav::{Reader, Tail, Writer};
use iseetutor_bus::stt1::Stt1Proxy;
use iseetutor_bus::tts1::Tts1Proxy;
use iseetutor_curriculum::answer::{Verdict, understand};
use iseetutor_curriculum::bank::Wanted as Asked;
use iseetutor_curriculum::item::Item;
use iseetutor_curriculum::level::{Level, Section};
use iseetutor_curriculum::rng::Rng;

use super::Bench;
use super::figures::{Figures, Target, median};
use crate::commands::items::bank;
use crate::commands::say::synthesize;
use crate::commands::talk::converse;
use crate::commands::transcribe::transcribe;
use crate::error::{Error, Result};
use crate::follow::Event;
use crate::output::tell;
use crate::session::{Place, Session};
use crate::set::CONVERSATION;
use crate::set::settings::{Sound, Wanted};

/// Spoken answers, of all levels and sections.
const ANSWERS: usize = 150;
/// Turns of the conversation that is timed.
const TURNS: usize = 9;
/// Silence after each utterance of it: time for the verdict and some of the next question.
const BETWEEN_MS: u64 = 4_000;

/// Measures both.
///
/// # Errors
/// When the daemons cannot be reached or the conversation fails.
pub async fn measure(bench: &Bench<'_>, figures: &mut Figures) -> Result<()> {
    understood(bench, figures).await?;
    verdicts(bench, figures).await
}

/// Says answers with the voice, hears them with sttd, and compares what is understood with what was meant.
async fn understood(bench: &Bench<'_>, figures: &mut Figures) -> Result<()> {
    let tts = Tts1Proxy::new(bench.session.bus()).await.map_err(Error::call("reach ttsd"))?;
    let stt = Stt1Proxy::new(bench.session.bus()).await.map_err(Error::call("reach sttd"))?;
    let count = bench.rounds(ANSWERS);
    let (mut right, mut unclear, mut wrong, mut none) = (0_u32, 0_u32, Vec::new(), 0_u32);
    for (item, choice, said) in answers(count)? {
        let file = tempfile::tempfile().map_err(Error::io("create a file in", std::env::temp_dir()))?;
        let again = file.try_clone().map_err(Error::io("open a file in", std::env::temp_dir()))?;
        synthesize(&tts, &said, file, 1.0, false).await?;
        let (heard, ..) =
            transcribe(&stt, again, "trimmed", &item.spoken_choices(), Path::new("an answer")).await?;
        let found = understand(&item, &heard);
        match (found.verdict, found.choice) {
            (Verdict::Right | Verdict::Wrong, Some(chosen)) if chosen == choice => right += 1,
            (Verdict::Right | Verdict::Wrong, _) => wrong.push(format!("{said:?} as {heard:?}")),
            (Verdict::Unclear, _) => {
                tell(&format!("asked back: {said:?} heard as {heard:?}"));
                unclear += 1;
            }
            _ => {
                tell(&format!("taken for no answer: {said:?} heard as {heard:?}"));
                none += 1;
            }
        }
    }
    let share = f64::from(right) / count as f64;
    let note = format!("{right} of {count} spoken answers; {unclear} asked back, {none} taken for no answer");
    figures.judge("practice.answers_understood", share, "", Target::AtLeast(0.95), note);
    let note = if wrong.is_empty() { "graded as another choice".to_owned() } else { wrong.join("; ") };
    figures.judge("practice.answers_mis_scored", wrong.len() as f64, "", Target::AtMost(0.0), note);
    Ok(())
}

/// Questions, a choice of each, and how a child says it.
fn answers(count: usize) -> Result<Vec<(Item, usize, String)>> {
    let bank = bank()?;
    let mut rng = Rng::new("spoken answers", &[1]);
    let mut all = Vec::with_capacity(count);
    let places: Vec<(Level, Section)> = [Level::Lower, Level::Middle, Level::Upper]
        .into_iter()
        .flat_map(|level| {
            [Section::Verbal, Section::Quantitative, Section::Reading, Section::Mathematics]
                .map(|section| (level, section))
        })
        .collect();
    let mut streams: Vec<_> =
        places.iter().map(|(level, section)| bank.items(*level, *section, Asked::default(), 11)).collect();
    let turns = streams.len();
    for at in 0..count {
        let Some(item) = streams.get_mut(at % turns).and_then(Iterator::next) else { continue };
        let choice = rng.below(4);
        let spoken = item.choices.get(choice).map_or("", |one| one.spoken.trim_end_matches('.')).to_owned();
        let letter = ["A", "B", "C", "D"][choice];
        let bravo = ["Alpha", "Bravo", "Charlie", "Delta"][choice];
        let place = ["first", "second", "third", "last"][choice];
        // A long choice is said by its letter, as children do.
        let ways = if spoken.split_whitespace().count() <= 6 { 8 } else { 5 };
        let said = match rng.below(ways) {
            0 => format!("{bravo}."),
            1 => format!("The answer is {bravo}."),
            2 => format!("{letter} as in {bravo}."),
            3 => format!("The {place} one."),
            4 => format!("I think it's the {place} one."),
            5 => format!("{spoken}."),
            6 => format!("I think it's {spoken}."),
            _ => format!("Um, {spoken}."),
        };
        all.push((item, choice, said));
    }
    Ok(all)
}

/// Holds a practice by voice, every word of the child's side spoken by the voice, and times the verdicts.
async fn verdicts(bench: &Bench<'_>, figures: &mut Figures) -> Result<()> {
    let folder = tempfile::tempdir().map_err(Error::io("create a folder in", std::env::temp_dir()))?;
    let input = folder.path().join("practice.wav");
    let bravos = ["Bravo.", "Charlie.", "Alpha.", "Delta."];
    let mut said = vec!["Let's practice math.", "Sixth grade."];
    said.extend(bravos.into_iter().cycle().take(bench.rounds(TURNS).max(4)));
    record(bench, &said, &input).await?;
    let sound = Sound::Files { input: input.clone(), output: folder.path().join("said.wav") };
    let place = Place { dir: None, models: Some(bench.models.clone()), verbose: false };
    let session = Session::own(&place, &CONVERSATION, &Wanted { sound, ..Wanted::default() }).await?;
    let (mut turn, mut graded, mut whole) = (0_usize, Vec::new(), Vec::new());
    let held = converse(&session, &input, |event| {
        if let Event::Timing { figures, .. } = event {
            turn += 1;
            // The first two turns ask for the grade and read the first question.
            if turn > 2 {
                let stages = ["first_clause_ms", "tts_first_audio_ms", "play_ms"];
                graded.push(stages.iter().filter_map(|stage| figures.get(*stage)).sum::<f64>());
                whole.extend(figures.get("speech_end_to_first_audio_ms"));
            }
        }
        Ok(())
    })
    .await;
    session.close().await;
    held?;
    let (Some(verdict), Some(whole)) = (median(&graded), median(&whole)) else {
        return Err(Error::Failed("not one answer of the spoken practice was answered".into()));
    };
    let note = format!("median of {} answers by voice", graded.len());
    figures.judge("practice.grade_to_first_audio_ms", verdict, "ms", Target::AtMost(120.0), note.clone());
    figures.add("practice.speech_end_to_verdict_ms", whole, "ms", note);
    Ok(())
}

/// Has ttsd say utterances into one recording, with silence after each.
async fn record(bench: &Bench<'_>, said: &[&str], path: &Path) -> Result<()> {
    let tts = Tts1Proxy::new(bench.session.bus()).await.map_err(Error::call("reach ttsd"))?;
    let mut writer: Option<Writer<_>> = None;
    for text in said {
        let file =
            tempfile::NamedTempFile::new().map_err(Error::io("create a file in", std::env::temp_dir()))?;
        let again = file.reopen().map_err(Error::io("open", file.path()))?;
        synthesize(&tts, text, again, 1.0, true).await?;
        let reader = Reader::open(file.path(), Tail::MustBeWhole)?;
        let rate_hz = reader.spec().rate_hz;
        if writer.is_none() {
            writer = Some(Writer::create(path, rate_hz)?);
        }
        let Some(writer) = &mut writer else { continue };
        let sound: std::result::Result<Vec<f32>, _> = reader.samples().collect();
        let silence = Duration::from_millis(BETWEEN_MS).as_secs_f64() * f64::from(rate_hz);
        writer.write(&sound?)?;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Some ten thousand samples.
        writer.write(&vec![0.0; silence as usize])?;
    }
    if let Some(writer) = writer {
        writer.finish()?;
    }
    Ok(())
}
