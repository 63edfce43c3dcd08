//! ttsd over its real sockets, with the real voice and a fake audiod.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
#[path = "common/rig.rs"]
mod rig;
use common::voice_files;

use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;

use iseetutor_audio::wav::{Reader, Tail};
use iseetutor_bus::Options;
use iseetutor_wire::SocketName;
use iseetutor_wire::message::{PlayMessage, TtsMessage};
use rig::{FakeAudiod, Rig};
use zbus::OwnedVariant;

const LONG: &str = "To add fractions with different denominators, first find a common denominator, then rewrite each \
    fraction, and finally add the numerators while keeping the denominator the same. Then look whether the answer \
    can be made simpler, and say it aloud, because saying it aloud helps you to remember how it was found.";

/// Root mean square of samples, 0 to 1.
fn loudness(sound: &[i16]) -> f64 {
    let sum: f64 = sound.iter().map(|s| (f64::from(*s) / 32_768.0).powi(2)).sum();
    (sum / sound.len().max(1) as f64).sqrt()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_is_streamed_in_order() {
    let Some(mut rig) = Rig::start().await else { return };
    rig.say(7, 1, "Well done!", false).await;
    rig.say(7, 2, "3/4 is larger than 1/2.", false).await;
    rig.say(7, 3, "🎉", false).await;
    rig.end_turn(7).await;
    let turn = rig.audiod.turn().await;
    assert_eq!((turn.number, turn.rate_hz, turn.expect.silence_ms), (7, 22_050, Some(300)));
    assert_eq!(
        turn.sentences.iter().map(|s| s.number).collect::<Vec<_>>(),
        [1, 2],
        "nothing to say in the third"
    );
    for sentence in &turn.sentences {
        assert!(sentence.ended && sentence.timing.tts_first_audio_ms.is_some());
        let loud = loudness(&sentence.sound);
        assert!((0.01..0.5).contains(&loud), "{loud}");
        let seconds = sentence.sound.len() as f64 / 22_050.0;
        assert!((0.4..6.0).contains(&seconds), "{seconds}");
    }
    // A pause comes before the second sentence, and none before the first.
    assert!(turn.sentences[1].sound.iter().take(22_050 / 5).all(|sample| *sample == 0));
    assert!(turn.sentences[0].sound.iter().take(22_050 / 5).any(|sample| *sample != 0));
    assert_eq!(rig.cached(), 0, "what is not marked is not kept");
    rig.until_counter("sentences_said", 3).await;
    assert_eq!(rig.counter("nothing_to_say").await, 1);
    rig.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn marked_sentences_are_kept_and_come_back_the_same() {
    let Some(mut rig) = Rig::start().await else { return };
    let mut sounds = Vec::new();
    for turn in 1..=3 {
        rig.say(turn, 1, "Say that again?", true).await;
        rig.end_turn(turn).await;
        sounds.push(rig.audiod.turn().await.sentences.remove(0));
    }
    assert_eq!(sounds[0].sound, sounds[1].sound);
    assert_eq!(sounds[0].sound, sounds[2].sound);
    assert_eq!((rig.cached(), rig.counter("cache_hits").await), (1, 2));
    // Another pace is another sound. Half as fast, because the voice draws the length of a short sentence anew each time,
    // within about a fifth.
    let message = TtsMessage::Say {
        sentence: 1,
        text: "Say that again?".into(),
        rate: 0.5,
        cacheable: true,
        timing: Default::default(),
        prepared: false,
    };
    rig.send(4, message).await;
    rig.end_turn(4).await;
    assert!(rig.audiod.turn().await.sentences[0].sound.len() > sounds[0].sound.len() * 11 / 10);
    assert_eq!(rig.cached(), 2);
    let tts1 = rig.tts1().await;
    let bytes = tts1.cache_bytes().await.unwrap();
    assert!(bytes > 0 && tts1.cache_limit().await.unwrap() > bytes);
    assert_eq!(tts1.clear_cache().await.unwrap(), bytes);
    assert_eq!((rig.cached(), tts1.cache_bytes().await.unwrap()), (0, 0));
    rig.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_newer_turn_voids_the_older() {
    let Some(mut rig) = Rig::start().await else { return };
    rig.say(1, 1, LONG, false).await;
    for sentence in 2..20 {
        rig.say(1, sentence, LONG, false).await;
    }
    rig.end_turn(1).await;
    while !matches!(rig.audiod.frame().await.message, PlayMessage::Pcm { .. }) {}
    rig.say(2, 1, "Yes.", false).await;
    rig.end_turn(2).await;
    // What was on its way may still arrive, but the older turn never ends.
    loop {
        let frame = rig.audiod.frame().await;
        assert!(!matches!(frame.message, PlayMessage::TurnEnd { .. } if frame.turn == 1));
        if frame.turn == 2 {
            assert!(matches!(frame.message, PlayMessage::Sentence { sentence: 1, .. }));
            break;
        }
    }
    loop {
        let frame = rig.audiod.frame().await;
        assert_eq!(frame.turn, 2, "nothing of the older turn follows");
        if matches!(frame.message, PlayMessage::TurnEnd { .. }) {
            break;
        }
    }
    // Frames of the older turn that come late are dropped.
    rig.say(1, 30, "Too late.", false).await;
    rig.until_counter("frames_stale", 1).await;
    rig.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cancel_stops_in_the_middle() {
    let Some(mut rig) = Rig::start().await else { return };
    rig.say(1, 1, LONG, false).await;
    rig.say(1, 2, LONG, false).await;
    while !matches!(rig.audiod.frame().await.message, PlayMessage::Pcm { .. }) {}
    rig.send(1, TtsMessage::Cancel {}).await;
    while !matches!(rig.audiod.frame().await.message, PlayMessage::Cancel {}) {}
    // The turn can go on after it.
    rig.say(1, 3, "Okay.", false).await;
    rig.end_turn(1).await;
    let turn = rig.audiod.turn().await;
    assert_eq!(turn.sentences.iter().map(|s| s.number).collect::<Vec<_>>(), [3]);
    rig.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sentences_are_rendered_ahead_and_wait_for_the_conversation() {
    let Some(mut rig) = Rig::start().await else { return };
    for number in 1..=3 {
        rig.send(0, TtsMessage::Render { text: format!("Question {number}: {LONG}"), rate: 1.0 }).await;
    }
    // The answer does not wait for all of that.
    rig.say(1, 1, "Yes.", false).await;
    rig.end_turn(1).await;
    rig.audiod.turn().await;
    assert!(rig.counter("texts_rendered").await < 3);
    rig.until_counter("texts_rendered", 3).await;
    assert_eq!(rig.cached(), 3);
    rig.say(2, 1, &format!("Question 2: {LONG}"), true).await;
    rig.end_turn(2).await;
    rig.audiod.turn().await;
    assert_eq!(rig.counter("cache_hits").await, 1);
    rig.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn notices_are_handed_over_again_when_audiod_returns() {
    let Some(mut rig) = Rig::start().await else { return };
    let text = "My voice is gone for a moment. Please wait a little, and then say that again.";
    rig.send(0, TtsMessage::Keep { name: "voice_lost".into(), text: text.into() }).await;
    let first = kept(&mut rig.audiod).await;
    assert!(first.len() > 22_050, "{}", first.len());
    let FakeAudiod { .. } = std::mem::replace(&mut rig.audiod, {
        // The socket's file is replaced, as by an audiod that is started again.
        std::fs::remove_file(SocketName::Play.path(rig.folder.path())).unwrap();
        FakeAudiod::listen(rig.folder.path())
    });
    let again = kept(&mut rig.audiod).await;
    assert_eq!(first, again, "from the cache");
    assert_eq!(rig.state().await.as_deref(), Some("ready"));
    rig.stop().await;
}

async fn kept(audiod: &mut FakeAudiod) -> Vec<u8> {
    let mut sound = Vec::new();
    loop {
        let frame = audiod.frame().await;
        assert_eq!(frame.turn, 0);
        let PlayMessage::Keep { name, rate_hz, pcm, last } = frame.message else { panic!("{frame:?}") };
        assert_eq!((name.as_str(), rate_hz), ("voice_lost", 22_050));
        sound.extend(pcm);
        if last {
            return sound;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operator_gets_a_wav_file() {
    let Some(rig) = Rig::start().await else { return };
    let tts1 = rig.tts1().await;
    let path = rig.folder.path().join("out.wav");
    let file = std::fs::File::create(&path).unwrap();
    let (audio_s, first_ms, took_s) =
        tts1.synthesize(LONG.into(), OwnedFd::from(file).into(), Options::new()).await.unwrap();
    let reader = Reader::open(&path, Tail::MustBeWhole).unwrap();
    assert_eq!(reader.spec().rate_hz, 22_050);
    assert!((reader.duration_s() - audio_s).abs() < 0.001 && audio_s > 10.0, "{audio_s}");
    assert!(first_ms > 0.0 && first_ms < took_s * 1e3);
    assert_eq!(rig.cached(), 0);

    // Slower, through a pipe.
    let (mut ours, theirs) = UnixStream::pair().unwrap();
    let slower = Options::from([("rate".to_owned(), OwnedVariant::from(0.8_f64))]);
    let read = tokio::task::spawn_blocking(move || {
        let mut bytes = Vec::new();
        ours.read_to_end(&mut bytes).unwrap();
        bytes
    });
    let (slow_s, ..) = tts1.synthesize(LONG.into(), OwnedFd::from(theirs).into(), slower).await.unwrap();
    let bytes = read.await.unwrap();
    assert!(slow_s > audio_s * 1.1 && bytes.starts_with(b"RIFF"));
    assert_eq!((bytes.len() - 44) / 2, (slow_s * 22_050.0).round() as usize);
    rig.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_operator_does_wrong_is_named() {
    let Some(rig) = Rig::start().await else { return };
    let tts1 = rig.tts1().await;
    let path = rig.folder.path().join("out.wav");
    let call = |text: String, options: Options, writable: bool| {
        std::fs::write(&path, "").unwrap();
        let file = std::fs::File::options().read(true).write(writable).open(&path).unwrap();
        let tts1 = &tts1;
        async move { tts1.synthesize(text, OwnedFd::from(file).into(), options).await.unwrap_err().to_string() }
    };
    let option = |key: &str, value: OwnedVariant| Options::from([(key.to_owned(), value)]);
    for empty in ["", "  \n", "🎉🎉", "\u{7}\u{1b}", "שלום"] {
        let error = call(empty.into(), Options::new(), true).await;
        assert!(error.contains("nothing to say"), "{error}");
    }
    let error = call("a ".repeat(200_000), Options::new(), true).await;
    assert!(error.contains("400000 bytes") && error.contains("262144"), "{error}");
    let error = call("Hi".into(), option("speed", OwnedVariant::from(1.0_f64)), true).await;
    assert!(error.contains("\"speed\"") && error.contains("rate"), "{error}");
    let error = call("Hi".into(), option("rate", OwnedVariant::from(100.0_f64)), true).await;
    assert!(error.contains("0.25 to 4"), "{error}");
    let error = call("Hi".into(), option("rate", OwnedVariant::from(true)), true).await;
    assert!(error.contains("number"), "{error}");
    let error = call("Hi".into(), Options::new(), false).await;
    assert!(error.contains("cannot write"), "{error}");
    // It goes on working.
    let file = std::fs::File::create(&path).unwrap();
    tts1.synthesize("Hi".into(), OwnedFd::from(file).into(), Options::new()).await.unwrap();
    rig.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_very_long_text_neither_delays_the_conversation_nor_outlives_its_reader() {
    let Some(mut rig) = Rig::start().await else { return };
    let (mut ours, theirs) = UnixStream::pair().unwrap();
    let tts1 = rig.tts1().await;
    let text = LONG.repeat(100_000 / LONG.len() + 1);
    assert!(text.len() >= 100_000);
    let call =
        tokio::spawn(
            async move { tts1.synthesize(text, OwnedFd::from(theirs).into(), Options::new()).await },
        );
    let mut ours = tokio::task::spawn_blocking(move || {
        ours.read_exact(&mut [0; 40_000]).unwrap();
        ours
    })
    .await
    .unwrap();
    rig.say(1, 1, "Yes.", false).await;
    rig.end_turn(1).await;
    // The reader must go on reading for the engine to come to its next piece.
    let answered = rig.audiod.turn();
    let reading = tokio::task::spawn_blocking(move || {
        let mut bytes = [0; 65_536];
        for _ in 0..40 {
            if ours.read(&mut bytes).unwrap() == 0 {
                break;
            }
        }
    });
    assert_eq!(answered.await.sentences.len(), 1);
    // The reader goes away with its end of the pipe.
    reading.await.unwrap();
    let error = call.await.unwrap().unwrap_err().to_string();
    assert!(error.contains("write"), "{error}");
    rig.say(2, 1, "Still here.", false).await;
    rig.end_turn(2).await;
    assert_eq!(rig.audiod.turn().await.sentences.len(), 1);
    rig.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_peer_that_does_not_speak_the_protocol_harms_nobody() {
    let Some(mut rig) = Rig::start().await else { return };
    for garbage in [&b"GET / HTTP/1.1\r\n\r\n"[..], &[0; 64], &[8, 0, 0, 0, 0xff, 0xff], &[1, 0, 0, 0, 0xa0]]
    {
        let mut stream = UnixStream::connect(SocketName::Tts.path(rig.folder.path())).unwrap();
        stream.write_all(garbage).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let closed = tokio::task::spawn_blocking(move || stream.read(&mut [0; 1]).unwrap_or(0));
        assert_eq!(closed.await.unwrap(), 0, "the connection is closed");
    }
    rig.say(1, 1, "Still here.", false).await;
    rig.end_turn(1).await;
    assert_eq!(rig.audiod.turn().await.sentences.len(), 1);
    rig.stop().await;
}
