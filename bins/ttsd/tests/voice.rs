//! The real voice: cut in two it sounds exactly as it does whole; damaged files are refused by name.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use ttsd::voice::{Inference, Phonemizer, Voice, VoiceError, VoiceFiles};

/// No variation, so that every run gives the same.
const STILL: Inference = Inference { noise_scale: 0.0, length_scale: 1.0, noise_w: 0.0 };

fn say(voice: &mut Voice, phonemes: &str) -> Vec<Vec<f32>> {
    let mut utterance = voice.begin_with(phonemes, STILL).unwrap();
    let mut pieces = Vec::new();
    while let Some(piece) = voice.next(&mut utterance).unwrap() {
        pieces.push(piece);
    }
    assert!(voice.next(&mut utterance).unwrap().is_none(), "the end stays the end");
    pieces
}

#[test]
fn pieces_joined_are_the_whole() {
    let Some(files) = common::voice_files() else { return };
    let mut whole = Voice::load(&files, 2, false).unwrap();
    let mut halves = Voice::load(&files, 2, true).unwrap();
    assert!(halves.is_cut() && !whole.is_cut());
    assert_eq!(halves.id(), whole.id());
    let phonemizer = Phonemizer::new(whole.config().espeak_voice()).unwrap();
    for words in [
        "A",
        "Yes.",
        "Well done, that is right!",
        "To add fractions with different denominators, first find a common denominator, then rewrite each fraction, \
         and finally add the numerators while keeping the denominator the same, which gives you the answer.",
    ] {
        let phonemes = phonemizer.phonemes(words).unwrap();
        let expected = say(&mut whole, &phonemes).concat();
        let pieces = say(&mut halves, &phonemes);
        let joined = pieces.concat();
        assert_eq!(joined.len(), expected.len(), "{words}");
        let difference = joined.iter().zip(&expected).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        println!("{} samples in {} pieces, largest difference {difference:e}", joined.len(), pieces.len());
        assert!(difference < 1e-4, "{words}: {difference}");
        // It is speech: neither silence nor noise at full scale.
        let power = expected.iter().map(|x| x * x).sum::<f32>() / expected.len() as f32;
        assert!((1e-5..0.3).contains(&power), "{words}: {power}");
        assert!(expected.iter().all(|x| x.abs() <= 1.0));
        if words.len() > 100 {
            assert!(pieces.len() > 3 && pieces[0].len() < expected.len() / 10);
        }
    }
}

#[test]
fn interrupted_at_any_moment_it_goes_on_where_it_was() {
    let Some(files) = common::voice_files() else { return };
    let mut voice = Voice::load(&files, 2, true).unwrap();
    let phonemes =
        Phonemizer::new("en-us").unwrap().phonemes(&"Please wait for the green light. ".repeat(4)).unwrap();
    let expected = say(&mut voice, &phonemes).concat();

    let interrupt = voice.interrupt();
    let over = std::sync::atomic::AtomicBool::new(false);
    let (sound, interrupted) = std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut milliseconds = 1;
            while !over.load(std::sync::atomic::Ordering::SeqCst) {
                std::thread::sleep(std::time::Duration::from_millis(milliseconds));
                milliseconds = milliseconds * 2 + 7;
                interrupt.stop();
            }
        });
        let mut utterance = voice.begin_with(&phonemes, STILL).unwrap();
        utterance.unheard();
        let (mut sound, mut interrupted) = (Vec::new(), 0);
        loop {
            match voice.next(&mut utterance) {
                Ok(Some(piece)) => sound.extend(piece),
                Ok(None) => break,
                Err(VoiceError::Interrupted) => {
                    interrupted += 1;
                    voice.interrupt().reset().unwrap();
                }
                Err(error) => panic!("{error}"),
            }
        }
        over.store(true, std::sync::atomic::Ordering::SeqCst);
        (sound, interrupted)
    });
    assert!(interrupted > 0);
    assert_eq!(sound.len(), expected.len());
    assert!(sound.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-4));
}

#[test]
fn slower_is_longer() {
    let Some(files) = common::voice_files() else { return };
    let mut voice = Voice::load(&files, 2, true).unwrap();
    let phonemes = Phonemizer::new("en-us").unwrap().phonemes("Listen to this sentence.").unwrap();
    let mut length = |rate: f32| {
        let inference = Inference { length_scale: 1.0 / rate, ..STILL };
        let mut utterance = voice.begin_with(&phonemes, inference).unwrap();
        let mut samples = 0;
        while let Some(piece) = voice.next(&mut utterance).unwrap() {
            samples += piece.len();
        }
        samples
    };
    let (slow, normal, fast) = (length(0.75), length(1.0), length(1.5));
    assert!(slow > normal * 5 / 4 && fast < normal * 4 / 5, "{slow} {normal} {fast}");
}

#[test]
fn every_phoneme_of_the_reader_is_known_to_the_voice() {
    let Some(files) = common::voice_files() else { return };
    let voice = Voice::load(&files, 1, true).unwrap();
    let phonemizer = Phonemizer::new(voice.config().espeak_voice()).unwrap();
    let bare = voice.config().ids("").len();
    for line in include_str!("normalize.tsv").lines() {
        let Some((_, words)) = line.split_once('\t') else { continue };
        let phonemes = phonemizer.phonemes(words).unwrap();
        assert!(!phonemes.is_empty(), "{words}");
        // Each phoneme is one number and one gap.
        assert_eq!(
            voice.config().ids(&phonemes).len(),
            bare + 2 * phonemes.chars().count(),
            "{words}: {phonemes}"
        );
    }
}

#[test]
fn damaged_files_are_refused_by_name() {
    let Some(good) = common::voice_files() else { return };
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let refused = |files: VoiceFiles, named: &str| {
        let Err(error) = Voice::load(&files, 1, true) else { panic!("{named} was loaded") };
        let text = error.to_string();
        assert!(text.contains(named) && text.contains("tutorctl models fetch"), "{text}");
    };
    refused(VoiceFiles { model: at("none.onnx"), ..good.clone() }, "none.onnx");
    refused(VoiceFiles { config: at("none.json"), ..good.clone() }, "none.json");
    let model = std::fs::read(&good.model).unwrap();
    std::fs::write(at("cut.onnx"), &model[..model.len() / 2]).unwrap();
    refused(VoiceFiles { model: at("cut.onnx"), ..good.clone() }, "cut.onnx");
    std::fs::write(at("text.onnx"), "not a model at all").unwrap();
    refused(VoiceFiles { model: at("text.onnx"), ..good.clone() }, "text.onnx");
    std::fs::write(at("empty.onnx"), "").unwrap();
    refused(VoiceFiles { model: at("empty.onnx"), ..good.clone() }, "empty.onnx");
    std::fs::write(at("cut.json"), &std::fs::read(&good.config).unwrap()[..700]).unwrap();
    refused(VoiceFiles { config: at("cut.json"), ..good }, "cut.json");
}
