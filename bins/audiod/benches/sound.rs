//! What a second of sound costs: the ear on the microphone's side, the player on the speaker's.
//! Prints the median of 50 runs and the share of a core that it comes to.
#![allow(clippy::unwrap_used)]

use std::hint::black_box;
use std::time::Instant;

use audiod::ear::gate::VoiceGate;
use audiod::ear::{Ear, VoiceConfig};
use audiod::player::{Item, Player};
use iseetutor_audio::resample::Resampler;
use iseetutor_audio::wav::{SpeechReader, Tail};

fn second_of_speech() -> Vec<f32> {
    let path =
        format!("{}/../../tests/fixtures/speech/sky.wav", std::env::var("CARGO_MANIFEST_DIR").unwrap());
    let mut samples = vec![0.0; 16_000];
    SpeechReader::open(path, Tail::MustBeWhole).unwrap().read(&mut samples).unwrap();
    samples
}

/// Prints what one run of `work` takes; it handles a second of sound.
fn measure<T>(what: &str, mut work: impl FnMut() -> T) {
    let mut took: Vec<f64> = (0..50)
        .map(|_| {
            let started = Instant::now();
            black_box(work());
            started.elapsed().as_secs_f64()
        })
        .collect();
    took.sort_by(f64::total_cmp);
    let median = took[took.len() / 2];
    println!("{what}: {:.2} ms, {:.2} % of a core", median * 1e3, median * 100.0);
}

fn main() {
    let speech = second_of_speech();
    let config = VoiceConfig::default();
    let mut ear = Ear::new(&config, Box::new(VoiceGate::new(config.gate)));
    measure("hear a second of speech", || {
        let mut heard = Vec::new();
        ear.hear(black_box(&speech), &mut heard);
        heard
    });

    let card = Resampler::clip(&speech, 16_000, 48_000).unwrap();
    let mut resampler = Resampler::new(48_000, 16_000).unwrap();
    measure("bring a second from 48 to 16 kHz", || {
        let mut out = Vec::with_capacity(17_000);
        for block in card.chunks(480) {
            resampler.push(black_box(block), &mut out).unwrap();
        }
        out
    });

    let voice = Resampler::clip(&speech, 16_000, 22_050).unwrap();
    measure("play a second of a 22.05 kHz voice at 48 kHz", || {
        let mut player = Player::new(48_000, 80);
        player.push(Item::Sentence { turn: 1, sentence: 1, rate_hz: 22_050 });
        player.push(Item::Pcm(voice.clone()));
        player.push(Item::SentenceEnd);
        let (mut block, mut events) = ([0.0; 480], Vec::new());
        for _ in 0..100 {
            player.render(&mut block, &mut events);
        }
        black_box(block[0])
    });
}
