//! The real ALSA library with its plugins `null` and `file`: there is no sound card where tests run.
#![allow(clippy::unwrap_used, clippy::expect_used)]
use super::*;
use crate::backend::BLOCK_MS;
use std::path::Path;
use std::sync::Once;

/// Points ALSA to a configuration of our own. Once for the process: the library reads it once.
fn configure() -> &'static Path {
    static ONCE: Once = Once::new();
    static DIR: std::sync::OnceLock<tempfile::TempDir> = std::sync::OnceLock::new();
    let dir = DIR.get_or_init(|| tempfile::tempdir().unwrap()).path();
    ONCE.call_once(|| {
        let file = dir.join("asound.conf");
        let raw_in = dir.join("in.raw");
        // Two channels at 48 kHz: the first holds a quarter of full scale, the second silence.
        let frame = [8_192_i16.to_le_bytes(), 0_i16.to_le_bytes()].concat();
        std::fs::write(&raw_in, frame.repeat(48_000)).unwrap();
        let text = format!(
            "pcm.nothing {{ type null }}\n\
             pcm.taped {{ type plug slave {{ rate 48000 channels 2 format S16_LE pcm {{\n\
               type file slave.pcm {{ type null }} file \"{out}\" format raw }} }} }}\n\
             pcm.heard {{ type plug slave {{ rate 48000 channels 2 format S16_LE pcm {{\n\
               type file slave.pcm {{ type null }} file /dev/null infile \"{infile}\" format raw }} }} }}\n\
             pcm.odd {{ type plug slave {{ pcm nothing rate 44100 channels 6 format S32_LE }} }}\n",
            out = dir.join("out.raw").display(),
            infile = raw_in.display(),
        );
        std::fs::write(&file, text).unwrap();
        // SAFETY: the tests of this module all come through here first, and nothing else in this process
        // reads or writes the environment while they do.
        unsafe { std::env::set_var("ALSA_CONFIG_PATH", &file) };
    });
    dir
}

fn alsa(capture: &str, playback: &str) -> Alsa {
    configure();
    Alsa::new(AlsaConfig { capture: capture.into(), playback: playback.into(), ..AlsaConfig::default() })
}

#[test]
fn the_null_microphone_is_held_to_the_clock() {
    let alsa = alsa("nothing", "nothing");
    let mut microphone = alsa.open_microphone().unwrap();
    let (started, mut sound) = (Instant::now(), Vec::new());
    while started.elapsed() < Duration::from_millis(700) {
        microphone.take(&mut sound).unwrap();
    }
    let ms = sound.len() * 1_000 / 16_000;
    assert!(ms > 0 && ms < 1_300, "{ms} ms of sound in 700 ms");
    assert!(sound.iter().all(|sample| sample.abs() < 1e-6));
}

#[test]
fn the_null_speaker_is_held_to_the_clock() {
    let alsa = alsa("nothing", "nothing");
    let mut speaker = alsa.open_speaker().unwrap();
    let block = vec![0.1; (speaker.rate_hz() * BLOCK_MS / 1_000) as usize];
    let (started, mut blocks) = (Instant::now(), 0_u64);
    while started.elapsed() < Duration::from_millis(700) {
        if speaker.wait().unwrap() {
            speaker.give(&block).unwrap();
            blocks += 1;
        }
    }
    assert!(blocks > 0 && blocks < 130, "{blocks} blocks of 10 ms in 700 ms");
    speaker.rest();
    assert!(speaker.wait().is_ok(), "and it goes on after a rest");
}

#[test]
fn any_rate_format_and_number_of_channels_will_do() {
    let alsa = alsa("odd", "odd");
    assert_eq!(alsa.open_speaker().unwrap().rate_hz() % 1_000 % 100, 0);
    let mut microphone = alsa.open_microphone().unwrap();
    let mut sound = Vec::new();
    let started = Instant::now();
    while sound.len() < 1_600 && started.elapsed() < Duration::from_secs(5) {
        microphone.take(&mut sound).unwrap();
    }
    assert!(sound.len() >= 1_600);
}

#[test]
fn what_is_played_reaches_the_device_in_every_channel() {
    let dir = configure();
    let alsa = alsa("nothing", "taped");
    let mut speaker = alsa.open_speaker().unwrap();
    let block = vec![0.5; (speaker.rate_hz() * BLOCK_MS / 1_000) as usize];
    let mut given = 0;
    while given < 30 {
        if speaker.wait().unwrap() {
            speaker.give(&block).unwrap();
            given += 1;
        }
    }
    drop(speaker);
    let raw = std::fs::read(dir.join("out.raw")).unwrap();
    let half = raw.as_chunks::<2>().0.iter().filter(|pair| i16::from_le_bytes(**pair) == 16_384).count();
    // 300 ms in two channels at 48 kHz, whatever rate was agreed with the plug in between.
    assert!((28_000..29_000).contains(&half), "{half} samples of a half on the tape");
}

#[test]
fn what_the_device_captures_is_heard() {
    let alsa = alsa("heard", "nothing");
    let mut microphone = alsa.open_microphone().unwrap();
    let (started, mut sound) = (Instant::now(), Vec::new());
    while sound.len() < 4_800 && started.elapsed() < Duration::from_secs(5) {
        microphone.take(&mut sound).unwrap();
    }
    let level = sound[1_600..3_200].iter().sum::<f32>() / 1_600.0;
    // A quarter of full scale in one of two channels: half of that as a mean, or all of it picked.
    assert!((0.12..0.26).contains(&level), "level {level}");
}

#[test]
fn a_missing_device_is_named_with_what_helps_and_stderr_stays_quiet() {
    let alsa = alsa("hw:CARD=NoSuchCard", "no_such_device");
    let microphone = alsa.open_microphone().err().unwrap().to_string();
    assert!(microphone.contains("hw:CARD=NoSuchCard") && microphone.contains("arecord -L"), "{microphone}");
    let speaker = alsa.open_speaker().err().unwrap().to_string();
    assert!(speaker.contains("no_such_device") && speaker.contains("alsa.playback"), "{speaker}");
}
