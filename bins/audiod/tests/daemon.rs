//! The daemon with files for devices, on its real sockets and a private bus, with fake peers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::cast_precision_loss)]

mod common;

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;

use common::{Daemon, FakeStt, FakeVoice, recording};
use iseetutor_audio::wav::{Reader, Tail, Writer};
use iseetutor_wire::message::SttMessage;
use iseetutor_wire::{Message, SocketName, TurnTiming};

fn samples(path: &std::path::Path) -> Vec<f32> {
    Reader::open(path, Tail::MustBeWhole).unwrap().samples().collect::<Result<_, _>>().unwrap()
}

fn first_loud(sound: &[f32]) -> usize {
    sound.iter().position(|sample| sample.abs() > 0.05).expect("something is heard")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_is_heard_whole_and_its_answer_is_played_and_timed() {
    let file = recording("sky.wav");
    let daemon = Daemon::start(|config| {
        config.wav.microphone.clone_from(&file);
        config.volume = 100;
    })
    .await;
    let voice = FakeVoice::connect(daemon.dir.path()).await;
    let mut stt = FakeStt::listen(daemon.dir.path());

    let utterance = stt.utterance().await;
    let kinds: Vec<_> = utterance.frames.iter().map(|frame| frame.message.kind()).collect();
    assert_eq!(kinds[1], "audio");
    assert!(kinds.contains(&"pause"), "{kinds:?}");
    assert_eq!(kinds.last(), Some(&"speech_end"));
    // What was sent is the file's own sound, bit for bit, from 300 ms before the first voice (0.3 s into
    // the file) or its very beginning.
    let whole: Vec<i16> =
        samples(&file).iter().map(|sample| iseetutor_audio::level::to_i16(*sample)).collect();
    let heard = utterance.samples();
    let begin =
        (0..8_000).find(|from| whole[*from..].starts_with(&heard[..1_600])).expect("the file's own sound");
    assert!(begin <= 1_600, "the pre-roll begins {} ms into the file", begin / 16);
    let common = heard.len().min(whole.len() - begin);
    assert_eq!(heard[..common], whole[begin..begin + common]);

    let (speech_end_us, endpoint_ms) = utterance.end();
    assert!(endpoint_ms >= 500.0);
    let timing = TurnTiming { speech_end_us, stt_wait_ms: Some(1.0), ..TurnTiming::default() };
    let (turn, revision) = (utterance.turn(), utterance.revision());
    voice.sentence(turn, revision, 1, 700, timing).await;
    voice.turn_end(turn, revision).await;

    let audio = daemon.audio().await;
    daemon.until("the answer", async || audio.last_turn().await.unwrap().contains_key("turn")).await;
    let record = audio.last_turn().await.unwrap();
    assert!((record["turn"] - f64::from(iseetutor_wire::turn::number(turn))).abs() < 0.1, "{record:?}");
    println!("{record:?}");
    let total = record["speech_end_to_first_audio_ms"];
    let stages = ["endpoint_ms", "stt_wait_ms", "play_ms", "unaccounted_ms"];
    let sum: f64 = stages.iter().map(|stage| record[*stage]).sum();
    assert!((total - sum).abs() < 0.001, "{record:?}");

    daemon.until("the recording's end", async || !audio.capturing().await.unwrap()).await;
    daemon.until("silence", async || !audio.speaking().await.unwrap()).await;
    assert_eq!(audio.turn().await.unwrap(), 1);
    assert_eq!(audio.backend().await.unwrap(), "wav");
    let dir = daemon.end().await;
    let out = samples(&dir.path().join("out.wav"));
    // The speaker's file has the microphone's time: the answer is where the record says.
    let answer_ms = first_loud(&out) as f64 / 16.0;
    let last_voice = whole.iter().rposition(|sample| sample.unsigned_abs() > 1_000).unwrap() as f64 / 16.0;
    let waited = answer_ms - last_voice;
    assert!((waited - total).abs() < 250.0, "waited {waited} ms by the files, {total} ms by the record");
    let loud = out.iter().filter(|sample| sample.abs() > 0.4).count();
    assert!(loud > 1_000, "the tone is in the file at its level");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_of_several_turns_is_a_dialogue() {
    let daemon = Daemon::start(|config| {
        // The first three utterances of the bundled conversation.
        let mut first = samples(&recording("conversation.wav"));
        first.truncate(10 * 16_000);
        let path = config.service.runtime_dir.join("in.wav");
        let mut writer = Writer::create(&path, 16_000).unwrap();
        writer.write(&first).unwrap();
        writer.finish().unwrap();
        config.wav.microphone = path;
    })
    .await;
    let voice = FakeVoice::connect(daemon.dir.path()).await;
    let mut stt = FakeStt::listen(daemon.dir.path());
    let mut last = None;
    for number in 1..=3 {
        let utterance = stt.utterance().await;
        let turn = utterance.turn();
        assert!(last.is_none_or(|last| turn == last + 1), "turns are counted one by one");
        assert!(matches!(utterance.frames.last().unwrap().message, SttMessage::SpeechEnd { .. }));
        match (last, utterance.played()) {
            (None, None) => {}
            (Some(last), Some(played)) => {
                assert_eq!((played.turn, played.sentence, played.complete), (last, 2, true));
            }
            other => panic!("turn {number}: {other:?}"),
        }
        // An answer that is longer than the silence before the next utterance (2.5 s).
        for sentence in 1..=2 {
            voice.sentence(turn, utterance.revision(), sentence, 1_500, TurnTiming::default()).await;
        }
        voice.turn_end(turn, utterance.revision()).await;
        last = Some(turn);
    }
    let audio = daemon.audio().await;
    daemon.until("the end", async || !audio.capturing().await.unwrap()).await;
    assert_eq!(audio.turn().await.unwrap(), 3);
    assert_eq!(daemon.counter("barge_ins").await, 0);
    assert_eq!(daemon.counter("playback_underruns").await, 0);
    daemon.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interruption_silences_the_tutor_at_once_and_without_a_click() {
    let daemon = Daemon::start(|config| {
        let mut first = samples(&recording("conversation.wav"));
        first.truncate(6 * 16_000);
        let path = config.service.runtime_dir.join("in.wav");
        let mut writer = Writer::create(&path, 16_000).unwrap();
        writer.write(&first).unwrap();
        writer.finish().unwrap();
        config.wav.microphone = path;
        config.wav.wait_for_reply = false;
        config.volume = 100;
        config.start_muted = true;
    })
    .await;
    let voice = FakeVoice::connect(daemon.dir.path()).await;
    let mut stt = FakeStt::listen(daemon.dir.path());
    daemon.until("sttd", async || daemon.daemon().await.state().await.unwrap() == "ready").await;
    daemon.audio().await.mute(false).await.unwrap();
    let first = stt.utterance().await;
    voice.sentence(first.turn(), first.revision(), 1, 10_000, TurnTiming::default()).await;
    let second = stt.utterance().await;
    assert_eq!(second.turn(), first.turn() + 1);
    let played = second.played().expect("it was interrupted");
    assert_eq!((played.turn, played.sentence, played.complete), (first.turn(), 1, false));
    assert!((500..5_000).contains(&played.sentence_ms), "{played:?}");
    assert_eq!(daemon.counter("barge_ins").await, 1);
    // What the voice still says for the old turn is not heard.
    voice.sentence(first.turn(), first.revision(), 2, 500, TurnTiming::default()).await;
    daemon.until("stale frames dropped", async || daemon.counter("frames_stale").await > 0).await;
    let dir = daemon.end().await;
    let out = samples(&dir.path().join("out.wav"));
    let from = first_loud(&out);
    let to = out.iter().rposition(|sample| sample.abs() > 0.001).unwrap();
    let ms = (to - from) as u64 / 16;
    assert!(ms.abs_diff(played.sentence_ms) < 100, "{ms} ms are in the file, {played:?} was told");
    let step = out.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max);
    assert!(step < 0.5 * std::f32::consts::TAU * 200.0 / 16_000.0 + 0.02, "a click of {step}");
}

#[tokio::test(flavor = "multi_thread")]
async fn peers_that_are_wrong_or_gone_do_no_harm() {
    let file = recording("stop.wav");
    let daemon = Daemon::start(|config| config.wav.microphone.clone_from(&file)).await;
    // Nobody listens: that is told, with what helps.
    daemon
        .until("the missing peer told", async || {
            daemon.daemon().await.last_error().await.unwrap().contains("start sttd")
        })
        .await;
    assert_eq!(daemon.daemon().await.state().await.unwrap(), "degraded");
    // Garbage: the connection is closed, and only that one.
    let play = SocketName::Play.path(daemon.dir.path());
    for garbage in [&[0xff_u8; 8][..], &[4, 0, 0, 0, 1, 2, 3, 4], &[0, 0, 0, 0]] {
        let mut stream = UnixStream::connect(&play).unwrap();
        stream.write_all(garbage).unwrap();
        stream.set_read_timeout(Some(common::PATIENCE)).unwrap();
        assert_eq!(stream.read(&mut [0]).unwrap_or(0), 0, "the connection is closed");
    }
    daemon.until("the failures counted", async || daemon.counter("connections_failed").await == 3).await;
    // And everything works when the right peers come.
    let voice = FakeVoice::connect(daemon.dir.path()).await;
    let mut stt = FakeStt::listen(daemon.dir.path());
    let utterance = stt.utterance().await;
    daemon.until("recovery", async || daemon.daemon().await.state().await.unwrap() == "ready").await;
    voice.sentence(utterance.turn(), utterance.revision(), 1, 200, TurnTiming::default()).await;
    voice.turn_end(utterance.turn(), utterance.revision()).await;
    let audio = daemon.audio().await;
    daemon.until("the answer", async || audio.last_turn().await.unwrap().contains_key("turn")).await;
    daemon.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bus_mutes_sets_the_volume_and_tests_the_speaker() {
    let daemon = Daemon::start(|config| config.wav.wait_for_reply = false).await;
    let audio = daemon.audio().await;
    daemon.until("the microphone", async || audio.capturing().await.unwrap()).await;
    audio.mute(true).await.unwrap();
    assert!(!audio.capturing().await.unwrap(), "closed when the method returns");
    assert!(audio.muted().await.unwrap());
    let refused = audio.push_to_talk(true).await.unwrap_err().to_string();
    assert!(refused.contains("Mute(false)"), "{refused}");
    audio.mute(false).await.unwrap();
    daemon.until("the microphone again", async || audio.capturing().await.unwrap()).await;

    audio.set_volume(30).await.unwrap();
    assert_eq!(audio.volume().await.unwrap(), 30);
    assert!(audio.set_volume(101).await.unwrap_err().to_string().contains("0 to 100"));

    audio.play_tone().await.unwrap();
    daemon.until("the tone", async || audio.speaking().await.unwrap()).await;
    audio.stop().await.unwrap();
    daemon.until("silence", async || !audio.speaking().await.unwrap()).await;
    daemon.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_button_opens_and_ends_an_utterance() {
    let daemon = Daemon::start(|config| config.wav.wait_for_reply = false).await;
    let mut stt = FakeStt::listen(daemon.dir.path());
    let audio = daemon.audio().await;
    daemon.until("sttd", async || daemon.daemon().await.state().await.unwrap() == "ready").await;
    daemon.until("the microphone", async || audio.capturing().await.unwrap()).await;
    audio.push_to_talk(true).await.unwrap();
    daemon.until("listening", async || audio.listening().await.unwrap()).await;
    audio.push_to_talk(false).await.unwrap();
    let utterance = stt.utterance().await;
    assert!(matches!(utterance.frames.last().unwrap().message, SttMessage::Cancel {}), "nothing was said");
    daemon.end().await;
}

/// Presses or releases the key Enter, as the kernel tells it on a 64-bit machine.
fn key(device: &mut std::fs::File, value: i32) {
    let mut event = [0; 24];
    event[16..18].copy_from_slice(&1_u16.to_ne_bytes());
    event[18..20].copy_from_slice(&28_u16.to_ne_bytes());
    event[20..].copy_from_slice(&value.to_ne_bytes());
    device.write_all(&event).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_may_be_plugged_in_pressed_and_pulled_out() {
    let daemon = Daemon::start(|config| {
        config.wav.wait_for_reply = false;
        config.button.device = config.service.runtime_dir.join("button");
    })
    .await;
    let mut stt = FakeStt::listen(daemon.dir.path());
    let audio = daemon.audio().await;
    daemon.until("sttd", async || daemon.daemon().await.state().await.unwrap() == "ready").await;
    daemon.until("the microphone", async || audio.capturing().await.unwrap()).await;
    // A pipe is a fake device: it too gives whole events, and ends when it is closed.
    let path = daemon.dir.path().join("button");
    nix::unistd::mkfifo(&path, nix::sys::stat::Mode::S_IRWXU).unwrap();
    let plug = || std::fs::File::options().read(true).write(true).open(&path).unwrap();

    let mut device = plug();
    key(&mut device, 1);
    daemon.until("listening", async || audio.listening().await.unwrap()).await;
    key(&mut device, 0);
    daemon.until("the release", async || !audio.listening().await.unwrap()).await;
    stt.utterance().await;
    assert_eq!(daemon.counter("button_presses").await, 1);

    // Pulled out while it was held, it does not stay pressed.
    key(&mut device, 1);
    daemon.until("listening", async || audio.listening().await.unwrap()).await;
    drop(device);
    daemon.until("the release", async || !audio.listening().await.unwrap()).await;

    // Muted, it opens nothing; and it works again after that.
    let mut device = plug();
    audio.mute(true).await.unwrap();
    key(&mut device, 1);
    key(&mut device, 0);
    daemon.until("the press in vain", async || daemon.counter("button_presses").await == 3).await;
    assert!(!audio.listening().await.unwrap());
    audio.mute(false).await.unwrap();
    daemon.until("the microphone again", async || audio.capturing().await.unwrap()).await;
    key(&mut device, 1);
    daemon.until("listening", async || audio.listening().await.unwrap()).await;
    assert_eq!(daemon.counter("button_presses").await, 4);
    daemon.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_cannot_be_read_is_a_state_and_not_an_end() {
    let daemon = Daemon::start(|config| {
        let path = config.service.runtime_dir.join("song.wav");
        std::fs::write(&path, b"ID3\x04 this is an MP3 under another name").unwrap();
        config.wav.microphone = path;
    })
    .await;
    daemon
        .until("the error", async || {
            let error = daemon.daemon().await.last_error().await.unwrap();
            error.contains("song.wav") && error.contains("an MP3") && error.contains("ffmpeg")
        })
        .await;
    assert_eq!(daemon.daemon().await.state().await.unwrap(), "degraded");
    daemon.end().await;
}
