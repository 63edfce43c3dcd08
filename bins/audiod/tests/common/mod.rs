//! A private bus, a runtime directory, audiod in it, and fake peers on its real sockets.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code)]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use audiod::config::{BackendKind, Config};
use iseetutor_bus::audio1::Audio1Proxy;
use iseetutor_bus::daemon1::Daemon1Proxy;
use iseetutor_bus::{BusAddress, Name, connect};
use iseetutor_service::{Listeners, Shutdown, Trigger};
use iseetutor_wire::message::{Expectation, PlayMessage, SttMessage};
use iseetutor_wire::{Frame, Inbound, Incoming, Link, PeerPolicy, SocketName, TurnTiming, socket};

/// How long a test waits for what must happen. Far more than it takes, for a machine under load.
pub const PATIENCE: Duration = Duration::from_secs(60);

pub fn recording(name: &str) -> PathBuf {
    std::path::PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap())
        .join("../../tests/fixtures/speech")
        .join(name)
}

/// A `dbus-daemon` of the test's own.
pub struct Bus {
    daemon: Child,
    pub address: String,
}

impl Bus {
    pub fn start() -> Self {
        let mut daemon = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--print-address=1"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("start dbus-daemon; apt-get install dbus");
        let mut address = String::new();
        BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut address).unwrap();
        Self { daemon, address: address.trim().to_owned() }
    }

    pub async fn client(&self) -> zbus::Connection {
        let address: BusAddress = self.address.parse().unwrap();
        connect(&address).await.unwrap()
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

/// audiod, running in the test.
pub struct Daemon {
    pub dir: tempfile::TempDir,
    pub bus: Bus,
    trigger: Trigger,
    running: tokio::task::JoinHandle<Result<(), audiod::RunError>>,
    client: zbus::Connection,
}

impl Daemon {
    /// Starts audiod with files for devices; `change` adjusts its configuration.
    pub async fn start(change: impl FnOnce(&mut Config)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let bus = Bus::start();
        let mut config = Config { backend: BackendKind::Wav, ..Config::default() };
        config.service.runtime_dir = dir.path().to_owned();
        config.service.bus.clone_from(&bus.address);
        config.wav.speaker = dir.path().join("out.wav");
        config.wav.speaker_rate_hz = 16_000;
        change(&mut config);
        let (trigger, shutdown) = Shutdown::new();
        let running = tokio::spawn(audiod::run(config, Listeners::none(), shutdown));
        let client = bus.client().await;
        let daemon = Self { dir, bus, trigger, running, client };
        daemon.until("the name on the bus", async || daemon.daemon().await.state().await.is_ok()).await;
        daemon
    }

    pub fn out(&self) -> PathBuf {
        self.dir.path().join("out.wav")
    }

    pub async fn audio(&self) -> Audio1Proxy<'_> {
        Audio1Proxy::builder(&self.client)
            .cache_properties(zbus::proxy::CacheProperties::No)
            .build()
            .await
            .unwrap()
    }

    pub async fn daemon(&self) -> Daemon1Proxy<'_> {
        Daemon1Proxy::builder(&self.client)
            .destination(Name::Audio.bus_name())
            .path(Name::Audio.path())
            .cache_properties(zbus::proxy::CacheProperties::No)
            .build()
            .await
            .unwrap()
    }

    /// Waits until `condition` holds.
    pub async fn until(&self, what: &str, condition: impl AsyncFn() -> bool) {
        let waiting = async {
            while !condition().await {
                assert!(!self.running.is_finished(), "audiod ended while waiting for {what}");
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        assert!(tokio::time::timeout(PATIENCE, waiting).await.is_ok(), "waited in vain for {what}");
    }

    pub async fn counter(&self, name: &str) -> u64 {
        self.daemon().await.counters().await.unwrap().get(name).copied().unwrap_or(0)
    }

    /// Ends audiod and checks that it ends well; the runtime directory stays.
    pub async fn end(self) -> tempfile::TempDir {
        self.trigger.trigger();
        tokio::time::timeout(PATIENCE, self.running).await.expect("audiod ends").unwrap().unwrap();
        self.dir
    }
}

/// Stands for sttd: takes every frame.
pub struct FakeStt {
    inbound: Inbound<SttMessage>,
}

impl FakeStt {
    pub fn listen(runtime_dir: &Path) -> Self {
        let path = SocketName::Stt.path(runtime_dir);
        let socket = socket::bind(&path).unwrap();
        Self { inbound: Inbound::listen(socket, &path, PeerPolicy::own_user(), 64).unwrap() }
    }

    pub async fn next(&mut self) -> Frame<SttMessage> {
        loop {
            let event = tokio::time::timeout(PATIENCE, self.inbound.next()).await;
            match event.expect("waited in vain for a frame").expect("the listener lives") {
                Incoming::Frame { frame, .. } => return frame,
                Incoming::Connected { .. } => {}
                Incoming::Closed { error, .. } => assert!(error.is_none(), "{error:?}"),
            }
        }
    }

    /// The frames of the next utterance, from its start to its end.
    pub async fn utterance(&mut self) -> Utterance {
        let mut frames = vec![self.next().await];
        assert!(matches!(frames[0].message, SttMessage::SpeechStart { .. }), "{:?}", frames[0]);
        loop {
            let frame = self.next().await;
            assert_eq!(frame.turn, frames[0].turn);
            let over = matches!(frame.message, SttMessage::SpeechEnd { .. } | SttMessage::Cancel {});
            frames.push(frame);
            if over {
                return Utterance { frames };
            }
        }
    }
}

pub struct Utterance {
    pub frames: Vec<Frame<SttMessage>>,
}

impl Utterance {
    pub fn turn(&self) -> u64 {
        self.frames[0].turn
    }

    pub fn revision(&self) -> u32 {
        self.frames.last().unwrap().revision
    }

    pub fn samples(&self) -> Vec<i16> {
        let audio = self.frames.iter().filter_map(|frame| match &frame.message {
            SttMessage::Audio { pcm } => Some(pcm),
            _ => None,
        });
        audio.flat_map(|pcm| pcm.as_chunks::<2>().0.iter().map(|pair| i16::from_le_bytes(*pair))).collect()
    }

    pub fn played(&self) -> Option<iseetutor_wire::message::Played> {
        match &self.frames[0].message {
            SttMessage::SpeechStart { played, .. } => played.clone(),
            other => panic!("{other:?}"),
        }
    }

    /// End of the speech in µs, and how long it took to decide that.
    pub fn end(&self) -> (u64, f64) {
        match self.frames.last().unwrap().message {
            SttMessage::SpeechEnd { speech_end_us, endpoint_ms } => (speech_end_us, endpoint_ms),
            ref other => panic!("{other:?}"),
        }
    }
}

/// Stands for ttsd: speaks in tones.
pub struct FakeVoice {
    link: Link<PlayMessage>,
}

impl FakeVoice {
    pub async fn connect(runtime_dir: &Path) -> Self {
        let link = Link::connect(SocketName::Play.path(runtime_dir), 16);
        tokio::time::timeout(PATIENCE, link.wait_connected()).await.expect("play.sock is there");
        Self { link }
    }

    pub async fn send(&self, turn: u64, revision: u32, message: PlayMessage) {
        self.link.send(Frame::new(turn, revision, message)).await.unwrap();
    }

    /// A sentence of 200 Hz at half scale, in pieces of 100 ms.
    pub async fn sentence(&self, turn: u64, revision: u32, sentence: u32, ms: u32, timing: TurnTiming) {
        const RATE_HZ: u32 = 16_000;
        self.send(
            turn,
            revision,
            PlayMessage::Sentence { sentence, rate_hz: RATE_HZ, timing, prepared: false },
        )
        .await;
        #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
        let tone: Vec<u8> = (0..RATE_HZ / 1_000 * ms)
            .map(|n| (std::f32::consts::TAU * 200.0 * n as f32 / RATE_HZ as f32).sin() * 16_384.0)
            .flat_map(|sample| (sample as i16).to_le_bytes())
            .collect();
        for pcm in tone.chunks(3_200) {
            self.send(turn, revision, PlayMessage::Pcm { pcm: pcm.to_vec() }).await;
        }
        self.send(turn, revision, PlayMessage::SentenceEnd { sentence }).await;
    }

    pub async fn turn_end(&self, turn: u64, revision: u32) {
        self.send(turn, revision, PlayMessage::TurnEnd { expect: Expectation::default() }).await;
    }
}
