//! The engine with the real starter models.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss
)]

mod common;

use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::Instant;

use common::sound;
use iseetutor_wire::message::{AnswerKind, Expectation};
use sttd::engine::{Control, Engine, EngineConfig, EngineError, Transcription, Window};

/// One engine for all tests: they would only wait for each other's processor time.
fn engine() -> Option<MutexGuard<'static, Engine>> {
    static ENGINE: OnceLock<Option<Mutex<Engine>>> = OnceLock::new();
    let engine = ENGINE.get_or_init(|| Some(Mutex::new(Engine::load(&common::models()?).unwrap())));
    engine.as_ref().map(|engine| engine.lock().unwrap_or_else(PoisonError::into_inner))
}

fn transcribe(engine: &mut Engine, samples: &[f32]) -> Transcription {
    engine.transcribe(samples, Window::Trimmed, Expectation::default(), &Control::default()).unwrap()
}

#[test]
fn the_bundled_recordings_are_heard_to_the_word() {
    let Some(mut engine) = engine() else { return };
    assert_eq!(engine.name(), "tiny.en");
    for (file, said) in common::utterances() {
        let heard = transcribe(&mut engine, &common::recording(&file));
        assert!(common::same_words(&said, &heard.text), "{file}: {said:?} was heard as {:?}", heard.text);
        assert!(!heard.no_speech && heard.confidence > 0.4, "{file}: confidence {}", heard.confidence);
        assert_eq!(heard.runs, 1, "{file} needed more than one run");
        assert_eq!(heard.words.len(), heard.text.split_whitespace().count());
        assert!(heard.words.iter().all(|word| (0.0..=1.0).contains(&word.probability)));
    }
}

#[test]
fn the_trimmed_window_hears_what_the_full_one_hears() {
    let Some(mut engine) = engine() else { return };
    let clip = common::recording("triangle.wav");
    let full = engine.transcribe(&clip, Window::Full, Expectation::default(), &Control::default()).unwrap();
    let trimmed = transcribe(&mut engine, &clip);
    assert!(common::same_words(&full.text, &trimmed.text), "{:?}, {:?}", full.text, trimmed.text);
}

#[test]
fn silence_noise_and_music_are_nothing() {
    let Some(mut engine) = engine() else { return };
    for (seed, (kind, make)) in sound::KINDS.into_iter().enumerate() {
        for (peak, seconds) in [(0.5, 3.0), (0.02, 1.0)] {
            let mut random = sound::Random::new(seed as u64 + 1_000);
            let samples = sound::at_peak(make(&mut random, (sound::RATE * seconds) as usize), peak);
            let heard = transcribe(&mut engine, &samples);
            assert!(heard.no_speech && heard.text.is_empty(), "{kind} was heard as {:?}", heard.text);
            assert!(heard.confidence.abs() < f64::EPSILON);
        }
    }
}

#[test]
fn odd_clips_do_no_harm() {
    let Some(mut engine) = engine() else { return };
    let speech = common::recording("stop.wav");
    let broken: Vec<f32> =
        speech.iter().enumerate().map(|(at, sample)| if at % 97 == 0 { f32::NAN } else { *sample }).collect();
    let clipped: Vec<f32> = speech.iter().map(|sample| (sample * 50.0).clamp(-1.0, 1.0)).collect();
    assert!(transcribe(&mut engine, &[]).no_speech);
    for samples in [&[0.5][..], &[f32::INFINITY; 700], &speech[..900], &broken, &clipped, &[1e30; 40_000]] {
        let heard = transcribe(&mut engine, samples);
        assert!((heard.audio_ms - samples.len() as f64 / 16.0).abs() < 1e-6);
        assert!((0.0..=1.0).contains(&heard.confidence));
    }
    assert!(common::same_words("Stop, please.", &transcribe(&mut engine, &speech).text));
}

#[test]
fn quiet_around_the_words_changes_nothing() {
    let Some(mut engine) = engine() else { return };
    let mut clip = vec![0.0; 80_000];
    clip.extend(common::recording("sky.wav"));
    clip.extend(vec![0.0; 120_000]);
    let heard = transcribe(&mut engine, &clip);
    assert!(common::same_words("Why is the sky blue?", &heard.text), "{:?}", heard.text);
}

#[test]
fn a_long_recording_is_heard_piece_by_piece() {
    let Some(mut engine) = engine() else { return };
    // A minute and a half: sentences with pauses between them, longer than any window.
    let utterances = common::utterances();
    let (mut samples, mut said) = (Vec::new(), Vec::new());
    for (file, words) in utterances.iter().cycle().take(30) {
        samples.extend(common::recording(file));
        samples.extend(vec![0.0; 8_000]);
        said.push(words.as_str());
    }
    let heard = transcribe(&mut engine, &samples);
    assert!((heard.audio_ms - samples.len() as f64 / 16.0).abs() < 1e-6);
    assert!(heard.runs >= 3, "{} runs", heard.runs);
    let errors = iseetutor_audio::wer::compare(&said.join(" "), &heard.text);
    assert!(errors.rate() < 0.1, "{errors:?}: {}", heard.text);
}

#[test]
fn work_that_is_called_off_ends_before_its_time() {
    let Some(mut engine) = engine() else { return };
    let clip = common::recording("conversation.wav");
    let began = Instant::now();
    engine.transcribe(&clip, Window::Full, Expectation::default(), &Control::default()).unwrap();
    let whole = began.elapsed();

    let control = Control::default();
    control.cancel.cancel();
    let began = Instant::now();
    let ended = engine.transcribe(&clip, Window::Full, Expectation::default(), &control);
    assert!(matches!(ended, Err(EngineError::Cancelled)));
    assert!(began.elapsed() < whole / 4);

    // Called off in the middle, at the first sign of work; the engine is as good as before.
    let control = Control::default();
    let canceller = thread::spawn({
        let control = control.clone();
        move || control.cancel.cancel()
    });
    let ended = engine.transcribe(&clip, Window::Full, Expectation::default(), &control);
    canceller.join().unwrap();
    assert!(matches!(ended, Err(EngineError::Cancelled)));
    assert!(common::same_words(
        "Stop, please.",
        &transcribe(&mut engine, &common::recording("stop.wav")).text
    ));
}

#[test]
fn the_heart_beats_while_a_clip_is_transcribed() {
    let Some(mut engine) = engine() else { return };
    let control = Control::default();
    control.heartbeat.beat();
    let began = Instant::now();
    engine
        .transcribe(&common::recording("triangle.wav"), Window::Full, Expectation::default(), &control)
        .unwrap();
    // Its last beat is from the last word, not from before the work.
    assert!(control.heartbeat.is_alive(began.elapsed() / 2));
}

#[test]
fn a_word_on_the_list_is_not_written_down() {
    let Some(mut config) = common::models() else { return };
    config.unheard = vec!["triangle".into()];
    let mut engine = Engine::load(&config).unwrap();
    let heard = transcribe(&mut engine, &common::recording("triangle.wav"));
    let text = heard.text.to_lowercase();
    assert!(!text.contains("triangle") && text.starts_with("how many sides does"), "{text}");
}

/// Loads with files changed by `change` and returns the error's text.
fn load_error(change: impl FnOnce(&mut EngineConfig)) -> Option<String> {
    let mut config = common::models()?;
    change(&mut config);
    match Engine::load(&config) {
        Ok(_) => panic!("{config:?} was loaded"),
        Err(error) => Some(error.to_string()),
    }
}

#[test]
fn a_model_file_that_cannot_be_used_is_named_with_the_remedy() {
    let dir = tempfile::tempdir().unwrap();
    let missing = dir.path().join("missing.bin");
    let Some(text) = load_error(|config| config.model.clone_from(&missing)) else { return };
    assert!(text.contains("missing.bin") && text.contains("tutorctl models fetch"), "{text}");
    let text = load_error(|config| config.model.clear()).unwrap();
    assert!(text.contains("`model`") && text.contains("tutorctl models"), "{text}");

    let config = common::models().unwrap();
    let whole = std::fs::read(&config.model).unwrap();
    let vad = std::fs::read(&config.vad_model).unwrap();
    let file = dir.path().join("model.bin");
    // Cut in the header, in the vocabulary, in the middle, and in the very last tensor.
    for length in [0, 3, 30, 100_000, whole.len() / 2, whole.len() - 1] {
        std::fs::write(&file, &whole[..length]).unwrap();
        let text = load_error(|config| config.model.clone_from(&file)).unwrap();
        assert!(text.contains("model.bin") && text.contains("tutorctl models verify"), "{length}: {text}");
    }
    for length in [0, 3, 20, 60, vad.len() / 2, vad.len() - 1] {
        std::fs::write(&file, &vad[..length]).unwrap();
        let text = load_error(|config| config.vad_model.clone_from(&file)).unwrap();
        assert!(text.contains("model.bin") && text.contains("tutorctl models verify"), "{length}: {text}");
    }
    std::fs::write(&file, [b"GGUF".as_slice(), &[3, 0, 0, 0], &[0; 64]].concat()).unwrap();
    let text = load_error(|config| config.model.clone_from(&file)).unwrap();
    assert!(text.contains("GGUF") && text.contains("a Whisper model"), "{text}");
    // Each in the other's place.
    let text = load_error(|config| std::mem::swap(&mut config.model, &mut config.vad_model)).unwrap();
    assert!(text.contains("Silero"), "{text}");
    let text = load_error(|config| config.model = dir.path().to_owned()).unwrap();
    assert!(text.contains(&dir.path().display().to_string()), "{text}");
}

fn expecting(answers: &[&str]) -> Expectation {
    Expectation {
        kind: AnswerKind::Choice,
        answers: answers.iter().map(|answer| (*answer).to_owned()).collect(),
        ..Expectation::default()
    }
}

#[test]
fn what_sounds_like_an_expected_answer_is_written_as_it() {
    let Some(mut engine) = engine() else { return };
    let clip = common::recording("sky.wav");
    let free = transcribe(&mut engine, &clip);
    // The same sounds, and less likely words.
    let expect = expecting(&["Why is this guy blue?", "Banana", "Seventeen", "Purple"]);
    let heard = engine.transcribe(&clip, Window::Trimmed, expect, &Control::default()).unwrap();
    assert_eq!((free.text.as_str(), heard.text.as_str()), ("Why is the sky blue?", "Why is this guy blue?"));
    assert!(heard.confidence >= 0.9, "{}", heard.confidence);
    assert_eq!(heard.words.len(), 5);
}

#[test]
fn what_is_no_expected_answer_is_left_as_it_was_heard() {
    let Some(mut engine) = engine() else { return };
    let control = Control::default();
    for (file, said) in common::utterances() {
        let clip = common::recording(&file);
        let free = transcribe(&mut engine, &clip);
        for answers in [["brave", "timid", "angry", "quick"], ["12", "one half", "0.75", "3 to 4"]] {
            let heard = engine.transcribe(&clip, Window::Trimmed, expecting(&answers), &control).unwrap();
            assert_eq!(heard.text, free.text, "{file} ({said}) with {answers:?}");
        }
    }
}
