//! The daemon on its real sockets and a private bus, with the real starter models.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss
)]

mod common;

use std::collections::HashMap;
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::Command;

use common::{Bus, PATIENCE};
use iseetutor_audio::level;
use iseetutor_bus::daemon1::Daemon1Proxy;
use iseetutor_bus::stt1::Stt1Proxy;
use iseetutor_bus::{BusAddress, Name, connect};
use iseetutor_service::{Listeners, Shutdown, Trigger};
use iseetutor_wire::message::{Expectation, Played, SttMessage, Transcript, TurnMessage};
use iseetutor_wire::{Frame, Inbound, Incoming, Link, PeerPolicy, SocketName, socket};
use sttd::Config;

/// Stands for tutord: takes what sttd understood.
struct Tutor {
    inbound: Inbound<TurnMessage>,
}

impl Tutor {
    fn listen(dir: &Path) -> Self {
        let path = SocketName::Turn.path(dir);
        let listener = socket::bind(&path).unwrap();
        Self { inbound: Inbound::listen(listener, &path, PeerPolicy::own_user(), 16).unwrap() }
    }

    async fn event(&mut self) -> Incoming<TurnMessage> {
        tokio::time::timeout(PATIENCE, self.inbound.next()).await.expect("nothing came on turn.sock").unwrap()
    }

    async fn connected(&mut self) {
        while !matches!(self.event().await, Incoming::Connected { .. }) {}
    }

    async fn frame(&mut self) -> Frame<TurnMessage> {
        loop {
            if let Incoming::Frame { frame, .. } = self.event().await {
                return frame;
            }
        }
    }

    /// The final transcript of `turn`, and what came before it.
    async fn finished(&mut self, turn: u64) -> (Transcript, Vec<Frame<TurnMessage>>) {
        let mut before = Vec::new();
        loop {
            let frame = self.frame().await;
            match frame.message {
                TurnMessage::Final(transcript) if frame.turn == turn => return (transcript, before),
                _ => before.push(frame),
            }
        }
    }
}

struct Daemon {
    dir: tempfile::TempDir,
    _bus: Bus,
    trigger: Trigger,
    running: tokio::task::JoinHandle<Result<(), sttd::Error>>,
    client: zbus::Connection,
    tutor: Option<Tutor>,
    /// audiod's edge.
    audio: Link<SttMessage>,
}

impl Daemon {
    /// Starts sttd with fake peers on both sides; `None` (and a line saying why) without models.
    async fn start() -> Option<Self> {
        let models = common::models()?;
        let dir = tempfile::tempdir().unwrap();
        let bus = Bus::start();
        let mut config = Config { model: models.model, vad_model: models.vad_model, ..Config::default() };
        config.service.runtime_dir = dir.path().to_owned();
        config.service.bus.clone_from(&bus.address);
        let mut tutor = Tutor::listen(dir.path());
        let (trigger, shutdown) = Shutdown::new();
        let running = tokio::spawn(sttd::run(config, Listeners::none(), shutdown));
        tutor.connected().await;
        let address: BusAddress = bus.address.parse().unwrap();
        let client = connect(&address).await.unwrap();
        let audio = Link::connect(SocketName::Stt.path(dir.path()), 16);
        audio.wait_connected().await;
        Some(Self { dir, _bus: bus, trigger, running, client, tutor: Some(tutor), audio })
    }

    fn tutor(&mut self) -> &mut Tutor {
        self.tutor.as_mut().unwrap()
    }

    async fn send(&self, turn: u64, revision: u32, message: SttMessage) {
        self.audio.send(Frame::new(turn, revision, message)).await.unwrap();
    }

    async fn start_turn(&self, turn: u64) {
        let played = Some(Played { turn: turn - 1, sentence: 2, sentence_ms: 300, complete: false });
        let expect = Expectation { silence_ms: Some(400), ..Expectation::default() };
        self.send(turn, 0, SttMessage::SpeechStart { at_us: 1, expect, played }).await;
    }

    async fn hear(&self, turn: u64, revision: u32, samples: &[f32]) {
        for chunk in samples.chunks(1_600) {
            self.send(turn, revision, SttMessage::Audio { pcm: level::to_le_bytes(chunk) }).await;
        }
    }

    async fn end(&self, turn: u64, revision: u32) {
        self.send(turn, revision, SttMessage::SpeechEnd { speech_end_us: 5_000, endpoint_ms: 600.0 }).await;
    }

    async fn counter(&self, name: &str) -> u64 {
        let daemon = Daemon1Proxy::builder(&self.client)
            .destination(Name::Stt.bus_name())
            .path(Name::Stt.path())
            .cache_properties(zbus::proxy::CacheProperties::No)
            .build()
            .await
            .unwrap();
        daemon.counters().await.unwrap().get(name).copied().unwrap_or(0)
    }

    async fn stop(self) {
        self.trigger.trigger();
        tokio::time::timeout(PATIENCE, self.running).await.expect("sttd does not end").unwrap().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_turn_is_understood_before_it_is_over() {
    let Some(mut daemon) = Daemon::start().await else { return };
    let speech = common::recording("triangle.wav");
    daemon.start_turn(7).await;
    daemon.hear(7, 0, &speech).await;
    daemon.send(7, 0, SttMessage::Pause { speech_end_us: 4_000 }).await;
    let speculative = loop {
        let frame = daemon.tutor().frame().await;
        assert_eq!((frame.turn, frame.revision), (7, 0));
        match frame.message {
            TurnMessage::SpeechStart { expect, played } => {
                assert_eq!((expect.silence_ms, played.unwrap().turn), (Some(400), 6));
            }
            TurnMessage::Partial { .. } => {}
            TurnMessage::Speculative(transcript) => break transcript,
            other => panic!("{other:?}"),
        }
    };
    assert!(common::same_words("How many sides does a triangle have?", &speculative.text));
    assert_eq!(speculative.timing.speech_end_us, 4_000);
    assert_eq!((speculative.timing.endpoint_ms, speculative.timing.stt_wait_ms), (None, None));

    // The quiet between pause and end belongs to the same revision and costs nothing.
    daemon.hear(7, 0, &[0.0; 6_400]).await;
    daemon.end(7, 0).await;
    let (transcript, before) = daemon.tutor().finished(7).await;
    assert!(before.is_empty(), "{before:?}");
    assert_eq!(transcript.text, speculative.text);
    assert_eq!(transcript.timing.endpoint_ms, Some(600.0));
    assert!(transcript.confidence > 0.4 && !transcript.no_speech);
    assert!(transcript.timing.stt_ms.unwrap() > 0.0);
    // It was there already: nothing was computed between the end and the final transcript.
    assert_eq!(transcript.timing.stt_ms, speculative.timing.stt_ms);
    assert_eq!(daemon.counter("turns").await, 1);
    daemon.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn speech_that_goes_on_after_a_pause_belongs_to_the_turn() {
    let Some(mut daemon) = Daemon::start().await else { return };
    daemon.start_turn(3).await;
    daemon.hear(3, 0, &common::recording("stop.wav")).await;
    daemon.send(3, 0, SttMessage::Pause { speech_end_us: 1_000 }).await;
    daemon.hear(3, 1, &common::recording("sky.wav")).await;
    daemon.send(3, 1, SttMessage::Pause { speech_end_us: 2_000 }).await;
    // A frame of the older revision that comes late is not for us.
    daemon.end(3, 0).await;
    daemon.end(3, 1).await;
    let (transcript, before) = daemon.tutor().finished(3).await;
    assert!(
        common::same_words("Stop, please. Why is the sky blue?", &transcript.text),
        "{}",
        transcript.text
    );
    assert!(!before.iter().any(|frame| matches!(frame.message, TurnMessage::Final(_))));
    assert_eq!(daemon.counter("frames_dropped").await, 1);
    daemon.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_newer_turn_makes_the_older_one_void() {
    let Some(mut daemon) = Daemon::start().await else { return };
    daemon.start_turn(10).await;
    daemon.hear(10, 0, &common::recording("planets.wav")).await;
    daemon.end(10, 0).await;
    daemon.start_turn(11).await;
    daemon.hear(10, 0, &common::recording("planets.wav")).await;
    daemon.hear(11, 0, &common::recording("louder.wav")).await;
    daemon.end(10, 0).await;
    daemon.end(11, 0).await;
    let (transcript, before) = daemon.tutor().finished(11).await;
    assert!(common::same_words("Can you speak a little louder?", &transcript.text), "{}", transcript.text);
    // The first turn was over before the second began; whether it was finished in time is a race, but
    // nothing of it comes after the second's beginning.
    let second = before.iter().position(|frame| frame.turn == 11).unwrap();
    assert!(before[second..].iter().all(|frame| frame.turn == 11), "{before:?}");
    daemon.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn noise_ends_in_nothing_and_a_cancelled_turn_in_silence() {
    let Some(mut daemon) = Daemon::start().await else { return };
    let mut random = common::sound::Random::new(5);
    daemon.start_turn(1).await;
    daemon.hear(1, 0, &common::sound::at_peak(common::sound::music(&mut random, 32_000), 0.3)).await;
    daemon.end(1, 0).await;
    let (transcript, _) = daemon.tutor().finished(1).await;
    assert!(transcript.no_speech && transcript.text.is_empty() && transcript.confidence.abs() < 1e-9);

    daemon.start_turn(2).await;
    daemon.hear(2, 0, &common::recording("stop.wav")).await;
    daemon.send(2, 0, SttMessage::Cancel {}).await;
    daemon.end(2, 0).await;
    loop {
        let frame = daemon.tutor().frame().await;
        match frame.message {
            TurnMessage::Cancel {} => break,
            TurnMessage::Final(_) | TurnMessage::Failed { .. } => panic!("{frame:?}"),
            _ => {}
        }
    }
    // A turn whose beginning was missed is passed over; the next one is heard.
    daemon.hear(4, 0, &common::recording("stop.wav")).await;
    daemon.end(4, 0).await;
    daemon.start_turn(5).await;
    daemon.hear(5, 0, &common::recording("stop.wav")).await;
    daemon.end(5, 0).await;
    let (transcript, before) = daemon.tutor().finished(5).await;
    assert!(common::same_words("Stop, please.", &transcript.text));
    assert!(before.iter().all(|frame| frame.turn == 5), "{before:?}");
    daemon.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn garbage_and_lost_peers_do_no_harm() {
    let Some(mut daemon) = Daemon::start().await else { return };
    let path = SocketName::Stt.path(daemon.dir.path());
    let frames: [&[u8]; 4] =
        [&[0, 0, 0, 0], &[255; 64], &[5, 0, 0, 0, 1, 2, 3, 4, 5], b"\x40\0\0\0GET / HTTP/1.1\r\n"];
    for bytes in frames {
        let mut peer = UnixStream::connect(&path).unwrap();
        peer.write_all(bytes).unwrap();
        peer.shutdown(std::net::Shutdown::Write).unwrap();
        // The connection is closed, and only this one.
        peer.set_read_timeout(Some(PATIENCE)).unwrap();
        match peer.read(&mut [0; 16]) {
            Ok(0) => {}
            // Closed before all of it was read.
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => {}
            other => panic!("{other:?}"),
        }
    }
    // A peer that dies in the middle of a turn.
    let dying = Link::<SttMessage>::connect(path.clone(), 4);
    dying.wait_connected().await;
    let start = SttMessage::SpeechStart { at_us: 1, expect: Expectation::default(), played: None };
    dying.send(Frame::new(1, 0, start)).await.unwrap();
    while !matches!(daemon.tutor().frame().await.message, TurnMessage::SpeechStart { .. }) {}
    drop(dying);
    assert!(matches!(daemon.tutor().frame().await.message, TurnMessage::Cancel {}));

    // tutord goes and comes back.
    daemon.tutor = None;
    let dir = daemon.dir.path().to_owned();
    let daemon1 = Daemon1Proxy::builder(&daemon.client)
        .destination(Name::Stt.bus_name())
        .path(Name::Stt.path())
        .cache_properties(zbus::proxy::CacheProperties::No)
        .build()
        .await
        .unwrap();
    let until = async |wanted: &str| {
        let waiting = async {
            while daemon1.state().await.unwrap() != wanted {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.unwrap_or_else(|_| panic!("never {wanted}"));
    };
    until("degraded").await;
    assert!(daemon1.last_error().await.unwrap().contains("tutord"));
    std::fs::remove_file(SocketName::Turn.path(&dir)).unwrap();
    let mut tutor = Tutor::listen(&dir);
    tutor.connected().await;
    until("ready").await;
    daemon.tutor = Some(tutor);

    // Half a sample is told and the rest is heard.
    daemon.start_turn(2).await;
    daemon.send(2, 0, SttMessage::Audio { pcm: vec![0; 3] }).await;
    daemon.hear(2, 0, &common::recording("answer.wav")).await;
    daemon.end(2, 0).await;
    let (transcript, _) = daemon.tutor().finished(2).await;
    assert!(
        common::same_words("I think the answer is the second one.", &transcript.text),
        "{}",
        transcript.text
    );
    assert_eq!(daemon.counter("frames_damaged").await, 1);
    daemon.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operator_has_a_file_transcribed() {
    let Some(daemon) = Daemon::start().await else { return };
    let stt = Stt1Proxy::new(&daemon.client).await.unwrap();
    let open = |name: &str| {
        let file = std::fs::File::open(common::recordings().join(name)).unwrap();
        zbus::OwnedFd::from(OwnedFd::from(file))
    };
    let window = |window: &str| {
        let value = zbus::OwnedVariant::try_from(zbus::Variant::from(window)).unwrap();
        HashMap::from([("window".to_owned(), value)])
    };
    for options in [HashMap::new(), window("trimmed"), window("full")] {
        let (text, confidence, no_speech, audio_s, took_s) =
            stt.transcribe(open("sky.wav"), options).await.unwrap();
        assert!(common::same_words("Why is the sky blue?", &text), "{text}");
        assert!(confidence > 0.4 && !no_speech && took_s > 0.0);
        assert!((audio_s - 2.05).abs() < 0.1, "{audio_s}");
    }
    let error = |result: zbus::fdo::Result<_>| match result {
        Ok::<iseetutor_bus::stt1::Transcription, _>(heard) => panic!("{heard:?}"),
        Err(error) => error.to_string(),
    };
    let text = error(stt.transcribe(open("sky.wav"), window("wide")).await);
    assert!(text.contains("trimmed or full"), "{text}");
    let unknown = HashMap::from([("speed".to_owned(), window("full").remove("window").unwrap())]);
    let text = error(stt.transcribe(open("sky.wav"), unknown).await);
    assert!(text.contains("\"speed\""), "{text}");
    let text = error(stt.transcribe(open("transcripts.tsv"), HashMap::new()).await);
    assert!(text.contains("transcripts.tsv"), "{text}");
    // A recording that was cut short is refused, not taken for whole.
    let bytes = std::fs::read(common::recordings().join("sky.wav")).unwrap();
    let cut = daemon.dir.path().join("cut.wav");
    std::fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    let file = zbus::OwnedFd::from(OwnedFd::from(std::fs::File::open(&cut).unwrap()));
    let text = error(stt.transcribe(file, HashMap::new()).await);
    assert!(text.contains("cut.wav"), "{text}");
    daemon.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_turn_does_not_wait_for_a_long_file() {
    let Some(mut daemon) = Daemon::start().await else { return };
    // Minutes of speech, on the full window.
    let long = daemon.dir.path().join("long.wav");
    let mut writer = iseetutor_audio::wav::Writer::create(&long, 16_000).unwrap();
    let conversation = common::recording("conversation.wav");
    for _ in 0..20 {
        writer.write(&conversation).unwrap();
    }
    writer.finish().unwrap();
    let stt = Stt1Proxy::new(&daemon.client).await.unwrap();
    let file = zbus::OwnedFd::from(OwnedFd::from(std::fs::File::open(&long).unwrap()));
    let transcription = tokio::spawn(async move { stt.transcribe(file, HashMap::new()).await });
    daemon.start_turn(1).await;
    daemon.hear(1, 0, &common::recording("stop.wav")).await;
    daemon.end(1, 0).await;
    let (transcript, _) = daemon.tutor().finished(1).await;
    assert!(common::same_words("Stop, please.", &transcript.text));
    assert!(!transcription.is_finished(), "the file was done first");
    // Ended in the middle of the file: at once, and the caller is told.
    daemon.stop().await;
    let error = transcription.await.unwrap().unwrap_err();
    assert!(!error.to_string().is_empty());
}

/// The program itself, for what only a process can show.
#[test]
fn the_program_explains_itself_and_refuses_what_it_cannot_use() {
    let run = |arguments: &[&str]| Command::new(env!("CARGO_BIN_EXE_sttd")).args(arguments).output().unwrap();
    assert!(run(&["--help"]).status.success());
    let sample = std::path::PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap())
        .join("../../config/sttd.toml");
    let checked = run(&["--config", sample.to_str().unwrap(), "--check"]);
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));

    let dir = tempfile::tempdir().unwrap();
    let runtime = format!("service.runtime_dir=\"{}\"", dir.path().display());
    let ended = run(&["--set", &runtime]);
    let text = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(1), "{text}");
    assert!(text.contains("`model`") && text.contains("tutorctl models fetch"), "{text}");
    let ended = run(&["--set", &runtime, "--set", "threads=0"]);
    assert!(String::from_utf8_lossy(&ended.stderr).contains("threads is 0"));
}
