//! A running ttsd with everything around it: a private bus, a fake audiod, a tutor's edge.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code)]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use iseetutor_bus::BusAddress;
use iseetutor_service::{Listeners, Shutdown, Trigger};
use iseetutor_wire::message::{Expectation, PlayMessage, TtsMessage};
use iseetutor_wire::{Frame, Inbound, Incoming, Link, PeerPolicy, SocketName, TurnTiming, socket};
use tokio::task::JoinHandle;

/// Nothing here takes this long; a test that waits longer has failed.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A bus of its own, which ends with this value.
pub struct PrivateBus {
    daemon: Child,
    pub address: String,
}

impl PrivateBus {
    pub fn start() -> Self {
        let mut daemon = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--print-address"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("dbus-daemon is needed for this test: install the package dbus");
        let mut address = String::new();
        BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut address).unwrap();
        Self { daemon, address: address.trim().to_owned() }
    }
}

impl Drop for PrivateBus {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

/// Stands for audiod: takes what ttsd plays and notes it. It plays nothing.
pub struct FakeAudiod {
    inbound: Inbound<PlayMessage>,
}

impl FakeAudiod {
    pub fn listen(runtime_dir: &Path) -> Self {
        let path = SocketName::Play.path(runtime_dir);
        let listener = socket::bind(&path).unwrap();
        Self { inbound: Inbound::listen(listener, &path, PeerPolicy::own_user(), 16).unwrap() }
    }

    /// Waits for ttsd.
    pub async fn connected(&mut self) {
        loop {
            if let Incoming::Connected { .. } = self.event().await {
                return;
            }
        }
    }

    /// The next frame.
    pub async fn frame(&mut self) -> Frame<PlayMessage> {
        loop {
            match self.event().await {
                Incoming::Frame { frame, .. } => return frame,
                Incoming::Connected { .. } => {}
                Incoming::Closed { error, .. } => panic!("ttsd closed play.sock: {error:?}"),
            }
        }
    }

    async fn event(&mut self) -> Incoming<PlayMessage> {
        tokio::time::timeout(PATIENCE, self.inbound.next()).await.expect("nothing came on play.sock").unwrap()
    }

    /// Everything up to the end of the turn; sound as samples by sentence.
    pub async fn turn(&mut self) -> Turn {
        let mut turn = Turn::default();
        loop {
            let frame = self.frame().await;
            turn.number = frame.turn;
            match frame.message {
                PlayMessage::Sentence { sentence, rate_hz, timing, .. } => {
                    turn.rate_hz = rate_hz;
                    turn.sentences.push(Sentence { number: sentence, timing, ..Sentence::default() });
                }
                PlayMessage::Pcm { pcm } => {
                    assert!(pcm.len() <= 32 * 1024 && pcm.len() % 2 == 0 && !pcm.is_empty());
                    let sentence = turn.sentences.last_mut().expect("sound before a sentence");
                    assert!(!sentence.ended);
                    sentence
                        .sound
                        .extend(pcm.as_chunks::<2>().0.iter().map(|pair| i16::from_le_bytes(*pair)));
                }
                PlayMessage::SentenceEnd { sentence } => {
                    let last = turn.sentences.last_mut().expect("an end without a sentence");
                    assert_eq!(last.number, sentence);
                    last.ended = true;
                }
                PlayMessage::TurnEnd { expect } => {
                    turn.expect = expect;
                    return turn;
                }
                other => panic!("unexpected {other:?}"),
            }
        }
    }
}

#[derive(Debug, Default)]
pub struct Turn {
    pub number: u64,
    pub rate_hz: u32,
    pub sentences: Vec<Sentence>,
    pub expect: Expectation,
}

#[derive(Debug, Default)]
pub struct Sentence {
    pub number: u32,
    pub timing: TurnTiming,
    pub sound: Vec<i16>,
    pub ended: bool,
}

/// A ttsd in this process.
pub struct Rig {
    pub folder: tempfile::TempDir,
    pub bus: PrivateBus,
    pub audiod: FakeAudiod,
    pub tutor: Link<TtsMessage>,
    pub connection: zbus::Connection,
    trigger: Trigger,
    daemon: JoinHandle<Result<(), ttsd::Error>>,
}

/// A configuration for a test, with the real voice; nothing, and the reason printed, when that is not there.
pub fn config(folder: &Path, bus: &str) -> Option<ttsd::Config> {
    let files = super::voice_files()?;
    let mut config = ttsd::Config::default();
    config.service.runtime_dir = folder.to_owned();
    config.service.bus = bus.to_owned();
    config.voice.model = files.model;
    config.voice.runtime = files.runtime;
    config.cache.dir = folder.join("cache");
    Some(config)
}

impl Rig {
    pub async fn start() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let bus = PrivateBus::start();
        let config = config(folder.path(), &bus.address)?;
        let mut audiod = FakeAudiod::listen(folder.path());
        let (trigger, shutdown) = Shutdown::new();
        let daemon = tokio::spawn(ttsd::run(config, Listeners::none(), shutdown));
        audiod.connected().await;
        let tutor = Link::connect(SocketName::Tts.path(folder.path()), 64);
        tokio::time::timeout(PATIENCE, tutor.wait_connected()).await.unwrap();
        let address: BusAddress = bus.address.parse().unwrap();
        let connection = iseetutor_bus::connect(&address).await.unwrap();
        let rig = Self { folder, bus, audiod, tutor, connection, trigger, daemon };
        until(async || rig.state().await.as_deref() == Some("ready")).await;
        Some(rig)
    }

    pub fn cache(&self) -> PathBuf {
        self.folder.path().join("cache")
    }

    /// Files in the cache.
    pub fn cached(&self) -> usize {
        std::fs::read_dir(self.cache()).map_or(0, Iterator::count)
    }

    pub async fn send(&self, turn: u64, message: TtsMessage) {
        self.tutor.send(Frame::new(turn, 0, message)).await.unwrap();
    }

    pub async fn say(&self, turn: u64, sentence: u32, text: &str, cacheable: bool) {
        let message = TtsMessage::Say {
            sentence,
            text: text.into(),
            rate: 1.0,
            cacheable,
            timing: TurnTiming::default(),
            prepared: false,
        };
        self.send(turn, message).await;
    }

    pub async fn end_turn(&self, turn: u64) {
        let expect = Expectation { silence_ms: Some(300), ..Expectation::default() };
        self.send(turn, TtsMessage::TurnEnd { expect }).await;
    }

    /// The state on the bus; nothing while the name is not there.
    pub async fn state(&self) -> Option<String> {
        self.daemon1().await.state().await.ok()
    }

    pub async fn counter(&self, name: &str) -> u64 {
        self.daemon1().await.counters().await.unwrap().get(name).copied().unwrap_or(0)
    }

    pub async fn daemon1(&self) -> iseetutor_bus::daemon1::Daemon1Proxy<'static> {
        iseetutor_bus::daemon1::Daemon1Proxy::builder(&self.connection)
            .destination("org.iseetutor.Tts1")
            .path("/org/iseetutor/Tts1")
            .cache_properties(zbus::proxy::CacheProperties::No)
            .build()
            .await
            .unwrap()
    }

    pub async fn tts1(&self) -> iseetutor_bus::tts1::Tts1Proxy<'static> {
        iseetutor_bus::tts1::Tts1Proxy::builder(&self.connection)
            .cache_properties(zbus::proxy::CacheProperties::No)
            .build()
            .await
            .unwrap()
    }

    /// Waits until a counter has at least a value.
    pub async fn until_counter(&self, name: &str, value: u64) {
        until(async || self.counter(name).await >= value).await;
    }

    /// Ends the daemon and checks that it ended in order.
    pub async fn stop(self) {
        self.trigger.trigger();
        tokio::time::timeout(PATIENCE, self.daemon).await.expect("ttsd did not end").unwrap().unwrap();
    }
}

/// Waits until a condition holds, looking every few milliseconds.
async fn until(condition: impl AsyncFn() -> bool) {
    let holds = async {
        while !condition().await {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(PATIENCE, holds).await.expect("the condition never held");
}
