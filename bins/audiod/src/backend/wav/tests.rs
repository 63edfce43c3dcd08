#![allow(clippy::unwrap_used, clippy::expect_used, clippy::cast_precision_loss)]
use super::*;
use crate::ear::gate::GateConfig;
use iseetutor_audio::wav::Reader;

/// A gate that takes any sound for voice: the tests speak in tone bursts.
fn voice() -> VoiceConfig {
    VoiceConfig { gate: GateConfig { threshold: 0.0, ..GateConfig::default() }, ..VoiceConfig::default() }
}

/// A file of bursts of 300 Hz, each `(silence before it, its length)` in milliseconds, with the sample
/// number of each onset.
fn bursts(dir: &Path, parts: &[(u32, u32)]) -> (std::path::PathBuf, Vec<usize>) {
    let path = dir.join("in.wav");
    let mut samples = Vec::new();
    let mut onsets = Vec::new();
    for (silence, burst) in parts {
        samples.resize(samples.len() + (silence * 16) as usize, 0.0);
        onsets.push(samples.len());
        let tone = (0..burst * 16).map(|n| 0.5 * (std::f32::consts::TAU * 300.0 * n as f32 / 16_000.0).cos());
        samples.extend(tone);
    }
    let mut writer = Writer::create(&path, 16_000).unwrap();
    writer.write(&samples).unwrap();
    writer.finish().unwrap();
    (path, onsets)
}

fn files(microphone: &Path, speaker: &Path, wait_for_reply: bool) -> (WavFiles, Arc<Cue>) {
    let cue = Arc::new(Cue::default());
    let config = WavConfig {
        microphone: microphone.into(),
        speaker: speaker.into(),
        speaker_rate_hz: 16_000,
        wait_for_reply,
    };
    (WavFiles::new(config, voice(), Arc::clone(&cue)), cue)
}

/// Takes blocks until `done` says so, and returns the sound.
fn listen(microphone: &mut dyn Microphone, mut done: impl FnMut(&[f32], Taken) -> bool) -> Vec<f32> {
    let mut sound = Vec::new();
    loop {
        let taken = microphone.take(&mut sound).unwrap();
        if done(&sound, taken) {
            return sound;
        }
    }
}

fn first_loud(sound: &[f32]) -> Option<usize> {
    sound.iter().position(|sample| sample.abs() > 0.1)
}

#[test]
fn the_recording_plays_in_real_time_is_followed_by_silence_and_ends() {
    let dir = tempfile::tempdir().unwrap();
    let (path, onsets) = bursts(dir.path(), &[(200, 100)]);
    let (files, cue) = files(&path, Path::new(""), false);
    cue.open.store(true, Ordering::Release);
    let mut microphone = files.open_microphone().unwrap();
    let started = monotonic_us();
    let (mut blocks, mut last_us) = (0, 0);
    let sound = listen(microphone.as_mut(), |sound, taken| {
        if let Taken::Sound { end_us } = taken {
            assert!(end_us >= started + blocks * BLOCK_US, "blocks come at their time, not before");
            assert!(last_us == 0 || end_us == last_us + BLOCK_US, "and none is skipped");
            (blocks, last_us) = (blocks + 1, end_us);
        }
        // The conversation goes on for as long as an utterance is open.
        if sound.len() >= 32_000 {
            cue.open.store(false, Ordering::Release);
        }
        taken == Taken::Finished
    });
    assert_eq!(first_loud(&sound), Some(onsets[0]));
    assert!(sound[300 * 16..].iter().all(|sample| *sample == 0.0));
    assert_eq!(sound.len(), 32_160, "2 s, and the block that found the utterance over");
}

#[test]
fn the_next_utterance_waits_for_the_answer_and_nothing_of_it_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    let (path, onsets) = bursts(dir.path(), &[(200, 200), (600, 200)]);
    let (files, cue) = files(&path, Path::new(""), true);
    cue.peer.store(true, Ordering::Release);
    let mut microphone = files.open_microphone().unwrap();
    // The tutor begins to answer 550 ms after the first burst and is done a second later.
    let (from, to) = ((200 + 200 + 550) * 16, (200 + 200 + 1_550) * 16);
    let sound = listen(microphone.as_mut(), |sound, taken| {
        cue.answering.store((from..to).contains(&sound.len()), Ordering::Release);
        taken == Taken::Finished
    });
    assert_eq!(first_loud(&sound), Some(onsets[0]));
    let second = 400 * 16 + first_loud(&sound[400 * 16..]).unwrap();
    assert!(second >= to + 300 * 16, "{} ms after the answer", (second as i64 - to as i64) / 16);
    assert!(second <= to + 450 * 16, "{} ms after the answer", (second as i64 - to as i64) / 16);
    // The whole burst came, to the sample.
    let loud = sound[second..second + 200 * 16].iter().map(|sample| sample.abs()).fold(0.0, f32::max);
    assert!(loud > 0.4 && sound[second] > 0.49, "begins with its first sample");
}

#[test]
fn without_waiting_time_is_strictly_real() {
    let dir = tempfile::tempdir().unwrap();
    let (path, onsets) = bursts(dir.path(), &[(100, 100), (300, 100)]);
    let (files, cue) = files(&path, Path::new(""), false);
    cue.answering.store(true, Ordering::Release);
    let mut microphone = files.open_microphone().unwrap();
    let sound = listen(microphone.as_mut(), |sound, _| sound.len() >= 700 * 16);
    assert_eq!(250 * 16 + first_loud(&sound[250 * 16..]).unwrap(), onsets[1]);
}

#[test]
fn a_microphone_that_is_closed_and_opened_again_goes_on_where_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let (path, onsets) = bursts(dir.path(), &[(200, 100)]);
    let (files, _cue) = files(&path, Path::new(""), false);
    let heard = listen(files.open_microphone().unwrap().as_mut(), |sound, _| sound.len() >= 1_600).len();
    let sound = listen(files.open_microphone().unwrap().as_mut(), |sound, _| sound.len() >= 3_200);
    assert_eq!(heard + first_loud(&sound).unwrap(), onsets[0]);
}

#[test]
fn the_recording_begins_when_somebody_listens() {
    let dir = tempfile::tempdir().unwrap();
    let (path, _) = bursts(dir.path(), &[(200, 100)]);
    let (files, cue) = files(&path, Path::new(""), true);
    let mut microphone = files.open_microphone().unwrap();
    let mut sound = Vec::new();
    for _ in 0..5 {
        assert_eq!(microphone.take(&mut sound).unwrap(), Taken::Nothing);
    }
    cue.peer.store(true, Ordering::Release);
    assert!(matches!(microphone.take(&mut sound).unwrap(), Taken::Sound { .. }));
}

#[test]
fn the_speakers_file_is_a_wav_of_what_was_given_at_the_clocks_pace() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out.wav");
    let (files, _cue) = files(Path::new(""), &out, false);
    let mut speaker = files.open_speaker().unwrap();
    let started = monotonic_us();
    for n in 0..20 {
        while !speaker.wait().unwrap() {}
        assert!(monotonic_us() >= started + n * BLOCK_US, "no block is taken before its time");
        speaker.give(&[0.25; BLOCK]).unwrap();
        assert!(speaker.unheard() <= BLOCK as u64);
    }
    speaker.rest();
    let samples: Vec<f32> =
        Reader::open(&out, Tail::MustBeWhole).unwrap().samples().collect::<Result<_, _>>().unwrap();
    assert_eq!(samples, vec![0.25; 20 * BLOCK]);
}

#[test]
fn files_that_cannot_be_used_are_named_with_what_helps() {
    let dir = tempfile::tempdir().unwrap();
    let missing = dir.path().join("missing.wav");
    let (files, _cue) = files(&missing, &dir.path().join("no/such/folder/out.wav"), true);
    let microphone = files.open_microphone().err().unwrap().to_string();
    assert!(microphone.contains("missing.wav") && microphone.contains("check the path"), "{microphone}");
    let speaker = files.open_speaker().err().unwrap().to_string();
    assert!(speaker.contains("out.wav"), "{speaker}");
}
