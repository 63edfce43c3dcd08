//! The real program: how it ends, and how it fails to start.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
#[path = "common/rig.rs"]
mod rig;
use common::voice_files;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use iseetutor_wire::message::{PlayMessage, TtsMessage};
use iseetutor_wire::{Frame, Link, SocketName};
use rig::{FakeAudiod, PATIENCE, PrivateBus};

fn program(config: &ttsd::Config) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ttsd"));
    command.env_clear();
    for (key, value) in [
        ("service.runtime_dir", config.service.runtime_dir.display().to_string()),
        ("service.bus", config.service.bus.clone()),
        ("voice.model", config.voice.model.display().to_string()),
        ("voice.runtime", config.voice.runtime.display().to_string()),
        ("cache.dir", config.cache.dir.display().to_string()),
    ] {
        command.args(["--set", &format!("{key}={value}")]);
    }
    command.stdin(Stdio::null()).stderr(Stdio::piped());
    command
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_ends_within_two_seconds_in_the_middle_of_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let bus = PrivateBus::start();
    let Some(config) = rig::config(folder.path(), &bus.address) else { return };
    let mut audiod = FakeAudiod::listen(folder.path());
    let child = program(&config).spawn().unwrap();
    let tutor: Link<TtsMessage> = Link::connect(SocketName::Tts.path(folder.path()), 16);
    tokio::time::timeout(PATIENCE, tutor.wait_connected()).await.expect("ttsd did not start");
    audiod.connected().await;
    let text = "One long sentence after another, so that there is always something left to say. ".repeat(50);
    let say = TtsMessage::Say {
        sentence: 1,
        text,
        rate: 1.0,
        cacheable: false,
        timing: Default::default(),
        prepared: false,
    };
    tutor.send(Frame::new(1, 0, say)).await.unwrap();
    while !matches!(audiod.frame().await.message, PlayMessage::Pcm { .. }) {}
    // The fake reads no more, so the sentence is stuck half-way.
    let told = Instant::now();
    let pid = nix::unistd::Pid::from_raw(child.id().cast_signed());
    nix::sys::signal::kill(pid, nix::sys::signal::Signal::SIGTERM).unwrap();
    let output = tokio::task::spawn_blocking(move || child.wait_with_output().unwrap()).await.unwrap();
    assert!(told.elapsed() < Duration::from_secs(2), "{:?}", told.elapsed());
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && log.contains("ttsd ended"), "{log}");
    assert!(!log.contains("always something left"), "the log holds no words: {log}");
}

#[test]
fn what_is_missing_is_said_with_the_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let mut config = ttsd::Config::default();
    config.service.runtime_dir = folder.path().to_owned();
    let bus = PrivateBus::start();
    config.service.bus.clone_from(&bus.address);
    config.voice.model = folder.path().join("none.onnx");
    config.cache.dir = folder.path().join("cache");
    let output = program(&config).output().unwrap();
    let log = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{log}");
    assert!(log.contains("none.onnx.json") && log.contains("tutorctl models fetch"), "{log}");

    let output = program(&config).args(["--set", "service.bus=unix:path=/nowhere"]).output().unwrap();
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(1) && log.contains("/nowhere"), "{log}");

    let output = program(&config).args(["--set", "voice.threads=0"]).output().unwrap();
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && log.contains("voice.threads"), "{log}");

    let output = program(&config).args(["--set", "voice.treads=1"]).output().unwrap();
    let log = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{log}");
    assert!(log.contains("treads"), "{log}");
}

#[test]
fn a_disk_that_is_full_only_means_that_nothing_is_kept() {
    use ttsd::cache::{Cache, Disk, Key, Manner};
    // RLIMIT_FSIZE stands for the full disk: writing beyond it fails. It is the process's, so this is done in a
    // child, which is this test again.
    const MARK: &str = "TTSD_TEST_FULL_DISK";
    if let Some(folder) = std::env::var_os(MARK) {
        // Without this the signal would end the process before the error is seen.
        // SAFETY: ignoring a signal installs no handler.
        unsafe {
            nix::sys::signal::signal(nix::sys::signal::Signal::SIGXFSZ, nix::sys::signal::SigHandler::SigIgn)
        }
        .unwrap();
        nix::sys::resource::setrlimit(nix::sys::resource::Resource::RLIMIT_FSIZE, 1_000, 1_000).unwrap();
        let mut cache = Cache::new(1 << 20, Some(Disk::open(folder.as_ref(), 1 << 20).unwrap()));
        let manner = Manner { voice: String::new(), phonemes: String::new(), settings: String::new() };
        let key = Key::new(&manner, "a", 1.0);
        cache.put(&key, 22_050, &vec![1; 10_000].into());
        assert_eq!(cache.disk_bytes(), 0);
        assert!(cache.get(&key, 22_050).is_some(), "it is still in memory");
        assert_eq!(std::fs::read_dir(folder).unwrap().count(), 0, "no half file is left");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let name = "a_disk_that_is_full_only_means_that_nothing_is_kept";
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name])
        .env(MARK, folder.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}
