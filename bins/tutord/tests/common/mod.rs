//! A private bus, fake peers that speak the real protocol on real sockets, and the daemon between them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code)]

use std::collections::VecDeque;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use iseetutor_bus::audio1::{Audio1, AudioControl, AudioState};
use iseetutor_bus::daemon1::Daemon1Proxy;
use iseetutor_bus::tutor1::Tutor1Proxy;
use iseetutor_bus::{BusAddress, Name, Reply, Status};
use iseetutor_service::{Listeners, Shutdown, Trigger};
use iseetutor_wire::message::{
    Expectation, FinishReason, LlmReply, LlmRequest, Transcript, TtsMessage, TurnMessage, WatchMessage,
};
use iseetutor_wire::stream::FrameReader;
use iseetutor_wire::{Frame, Inbound, Incoming, Link, Message, PeerPolicy, SocketName, socket};
use tokio::sync::mpsc;
use tutord::Config;

/// How long a test waits for what must happen. Far more than it takes, for a machine under load.
pub const PATIENCE: Duration = Duration::from_secs(60);

pub async fn in_time<T>(what: &str, future: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, future).await.unwrap_or_else(|_| panic!("{what} did not happen"))
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

    pub fn address(&self) -> BusAddress {
        self.address.parse().unwrap()
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

/// A peer that listens.
pub struct Listening<M, R = M> {
    pub inbound: Inbound<M, R>,
    pub replies: Option<mpsc::Sender<Frame<R>>>,
    early: VecDeque<Frame<M>>,
}

impl<M: Message, R: Message> Listening<M, R> {
    fn listen(dir: &Path, name: SocketName) -> Self {
        let path = name.path(dir);
        let listener = socket::bind(&path).unwrap();
        let inbound = Inbound::listen_two_way(listener, &path, PeerPolicy::own_user(), 64, 64).unwrap();
        Self { inbound, replies: None, early: VecDeque::new() }
    }

    pub async fn connected(&mut self) {
        while self.replies.is_none() {
            if let Some(frame) = self.event().await {
                self.early.push_back(frame);
            }
        }
    }

    async fn event(&mut self) -> Option<Frame<M>> {
        match in_time("a frame", self.inbound.next()).await.unwrap() {
            Incoming::Connected { replies, .. } => {
                self.replies = replies;
                None
            }
            Incoming::Frame { frame, .. } => Some(frame),
            Incoming::Closed { .. } => {
                self.replies = None;
                None
            }
        }
    }

    pub async fn frame(&mut self) -> Frame<M> {
        if let Some(frame) = self.early.pop_front() {
            return frame;
        }
        loop {
            if let Some(frame) = self.event().await {
                return frame;
            }
        }
    }
}

/// Stands for llmd.
pub type FakeLlmd = Listening<LlmRequest, LlmReply>;
/// Stands for ttsd.
pub type FakeTtsd = Listening<TtsMessage>;

impl FakeLlmd {
    pub fn start(dir: &Path) -> Self {
        Self::listen(dir, SocketName::Llm)
    }

    /// The next request to answer, and its chat.
    pub async fn asked(&mut self) -> (u64, Vec<String>) {
        loop {
            if let LlmRequest::Generate { id, messages, .. } = self.frame().await.message {
                return (id, messages.into_iter().map(|message| message.content).collect());
            }
        }
    }

    pub async fn cancelled(&mut self, wanted: u64) {
        loop {
            if matches!(self.frame().await.message, LlmRequest::Cancel { id } if id == wanted) {
                return;
            }
        }
    }

    pub async fn reply(&self, reply: LlmReply) {
        self.replies.as_ref().expect("tutord is connected").send(Frame::new(0, 0, reply)).await.unwrap();
    }

    pub async fn say(&self, id: u64, text: &str) {
        for piece in text.split_inclusive(' ') {
            self.reply(LlmReply::Token { id, text: piece.into() }).await;
        }
    }

    pub async fn done(&self, id: u64) {
        self.reply(LlmReply::Done {
            id,
            reason: FinishReason::End,
            prompt_tokens: 1,
            cached_tokens: 0,
            generated_tokens: 1,
            dropped_messages: 0,
            first_token_ms: 1.0,
            took_ms: 1.0,
        })
        .await;
    }
}

impl FakeTtsd {
    pub fn start(dir: &Path) -> Self {
        Self::listen(dir, SocketName::Tts)
    }

    /// The next sentence to say.
    pub async fn said(&mut self) -> (u64, String) {
        loop {
            let frame = self.frame().await;
            if let TtsMessage::Say { text, .. } = frame.message {
                return (frame.turn, text);
            }
        }
    }

    /// Everything that is said in a turn up to its end.
    pub async fn answer(&mut self, turn: u64) -> Vec<String> {
        let mut sentences = Vec::new();
        loop {
            let frame = self.frame().await;
            match frame.message {
                TtsMessage::Say { text, .. } if frame.turn == turn => sentences.push(text),
                TtsMessage::TurnEnd { .. } if frame.turn == turn => return sentences,
                _ => {}
            }
        }
    }
}

/// Stands for sttd.
pub struct FakeSttd {
    pub link: Link<TurnMessage>,
}

impl FakeSttd {
    pub async fn start(dir: &Path) -> Self {
        let link = Link::connect(SocketName::Turn.path(dir), 16);
        in_time("the connection to turn.sock", link.wait_connected()).await;
        Self { link }
    }

    pub async fn begins(&self, turn: u64) {
        let start = TurnMessage::SpeechStart { expect: Expectation::default(), played: None };
        self.link.send(Frame::new(turn, 0, start)).await.unwrap();
    }

    pub async fn heard(&self, turn: u64, text: &str) {
        self.begins(turn).await;
        let transcript = Transcript { text: text.into(), confidence: 0.9, ..Transcript::default() };
        self.link.send(Frame::new(turn, 0, TurnMessage::Final(transcript))).await.unwrap();
    }
}

/// Stands for audiod's volume.
#[derive(Debug, Default)]
pub struct FakeAudiod {
    pub volume: AtomicU32,
}

impl AudioControl for FakeAudiod {
    fn backend(&self) -> String {
        "fake".into()
    }
    fn state(&self) -> AudioState {
        AudioState { volume: self.volume.load(Ordering::Relaxed), ..AudioState::default() }
    }
    fn set_volume(&self, volume: u32) -> Reply<'_, ()> {
        self.volume.store(volume, Ordering::Relaxed);
        Box::pin(async { Ok(()) })
    }
    fn push_to_talk(&self, _: bool) -> Reply<'_, ()> {
        Box::pin(async { Ok(()) })
    }
    fn mute(&self, _: bool) -> Reply<'_, ()> {
        Box::pin(async { Ok(()) })
    }
    fn stop(&self) -> Reply<'_, ()> {
        Box::pin(async { Ok(()) })
    }
    fn play_tone(&self) -> Reply<'_, ()> {
        Box::pin(async { Ok(()) })
    }
}

/// Puts a fake audiod on the bus for as long as the connection lives.
pub async fn fake_audiod(bus: &Bus, volume: u32) -> (Arc<FakeAudiod>, zbus::Connection) {
    let fake = Arc::new(FakeAudiod { volume: AtomicU32::new(volume) });
    let status = Status::new("0");
    let connection =
        iseetutor_bus::serve(&bus.address(), Name::Audio, Audio1::new(fake.clone()), &status).await.unwrap();
    (fake, connection)
}

/// tutord, running in this process.
pub struct Daemon {
    pub dir: tempfile::TempDir,
    pub bus: Bus,
    pub client: zbus::Connection,
    trigger: Mutex<Option<Trigger>>,
    running: tokio::task::JoinHandle<Result<(), tutord::Error>>,
}

impl Daemon {
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    pub async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        Self::start_at(tempfile::tempdir().unwrap(), change, "ready").await
    }

    /// Starts with something wrong that it can go on with.
    pub async fn start_degraded(change: impl FnOnce(&mut Config)) -> Self {
        Self::start_at(tempfile::tempdir().unwrap(), change, "degraded").await
    }

    /// Starts anew where another was stopped.
    pub async fn start_in(dir: tempfile::TempDir) -> Self {
        Self::start_at(dir, |_| {}, "ready").await
    }

    async fn start_at(dir: tempfile::TempDir, change: impl FnOnce(&mut Config), state: &str) -> Self {
        let bus = Bus::start();
        let mut config = Config { database: dir.path().join("db/tutor.db"), ..Config::default() };
        config.model.guesses = true;
        config.service.runtime_dir = dir.path().to_owned();
        config.service.bus = bus.address.clone();
        change(&mut config);
        let (trigger, shutdown) = Shutdown::new();
        let running = tokio::spawn(async move {
            let ended = tutord::run(config, Listeners::none(), shutdown).await;
            if let Err(error) = &ended {
                eprintln!("tutord: {error}");
            }
            ended
        });
        let client = iseetutor_bus::connect(&bus.address()).await.unwrap();
        let daemon = Self { dir, bus, client, trigger: Mutex::new(Some(trigger)), running };
        daemon.until_state(state).await;
        daemon
    }

    pub fn path(&self) -> PathBuf {
        self.dir.path().to_owned()
    }

    pub async fn tutor(&self) -> Tutor1Proxy<'static> {
        Tutor1Proxy::new(&self.client).await.unwrap()
    }

    pub async fn daemon1(&self) -> Daemon1Proxy<'static> {
        Daemon1Proxy::builder(&self.client)
            .destination(Name::Tutor.bus_name())
            .path(Name::Tutor.path())
            .cache_properties(zbus::proxy::CacheProperties::No)
            .build()
            .await
            .unwrap()
    }

    pub async fn until_state(&self, wanted: &str) {
        let daemon = self.daemon1().await;
        in_time(wanted, async {
            while !daemon.state().await.is_ok_and(|state| state == wanted) {
                assert!(!self.running.is_finished(), "tutord has ended");
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        })
        .await;
    }

    pub async fn watch(&self) -> FrameReader<tokio::net::UnixStream, WatchMessage> {
        let descriptor = std::os::fd::OwnedFd::from(self.tutor().await.watch().await.unwrap());
        let stream = std::os::unix::net::UnixStream::from(descriptor);
        stream.set_nonblocking(true).unwrap();
        FrameReader::new(tokio::net::UnixStream::from_std(stream).unwrap())
    }

    /// Ends the daemon in order; the database is then closed.
    pub async fn stop(self) -> tempfile::TempDir {
        self.trigger.lock().unwrap().take().unwrap().trigger();
        in_time("the end", self.running).await.unwrap().unwrap();
        self.dir
    }
}
