//! The interfaces as they are served, compared with the introspection data kept in `docs/dbus/`.
//!
//! `ISEETUTOR_BLESS=1 cargo test -p iseetutor-bus --test introspection` writes the files anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::HashMap;
use std::os::fd::OwnedFd;
use std::sync::Arc;

use iseetutor_bus::audio1::{Audio1, AudioControl, AudioState};
use iseetutor_bus::daemon1::Daemon1;
use iseetutor_bus::llm1::{Llm1, LlmControl};
use iseetutor_bus::stt1::{Stt1, SttControl, Transcription};
use iseetutor_bus::sync1::{Sync1, SyncControl};
use iseetutor_bus::tts1::{Synthesis, Tts1, TtsControl};
use iseetutor_bus::tutor1::{Answer, Tutor1, TutorControl};
use iseetutor_bus::{Options, Reply, Status};
use zbus::object_server::Interface;

/// Stands behind every interface: only the shape of the interface is looked at, nothing is called.
struct FakeControl;

fn unused<T>() -> Reply<'static, T>
where
    T: Send + 'static,
{
    Box::pin(async { Err(zbus::fdo::Error::NotSupported("a fake".into())) })
}

impl AudioControl for FakeControl {
    fn backend(&self) -> String {
        String::new()
    }
    fn state(&self) -> AudioState {
        AudioState::default()
    }
    fn set_volume(&self, _: u32) -> Reply<'_, ()> {
        unused()
    }
    fn push_to_talk(&self, _: bool) -> Reply<'_, ()> {
        unused()
    }
    fn mute(&self, _: bool) -> Reply<'_, ()> {
        unused()
    }
    fn stop(&self) -> Reply<'_, ()> {
        unused()
    }
    fn play_tone(&self) -> Reply<'_, ()> {
        unused()
    }
}

impl SttControl for FakeControl {
    fn transcribe(&self, _: OwnedFd, _: Options) -> Reply<'_, Transcription> {
        unused()
    }
}

impl TtsControl for FakeControl {
    fn synthesize(&self, _: String, _: OwnedFd, _: Options) -> Reply<'_, Synthesis> {
        unused()
    }
    fn clear_cache(&self) -> Reply<'_, u64> {
        unused()
    }
    fn cache_bytes(&self) -> u64 {
        0
    }
    fn cache_limit(&self) -> u64 {
        0
    }
}

impl LlmControl for FakeControl {
    fn measure(&self, _: u32, _: u32) -> Reply<'_, (f64, f64)> {
        unused()
    }
    fn context_tokens(&self) -> u32 {
        0
    }
    fn threads(&self) -> u32 {
        0
    }
    fn active(&self) -> u32 {
        0
    }
    fn embedding_model(&self) -> String {
        String::new()
    }
}

impl TutorControl for FakeControl {
    fn ask(&self, _: String) -> Reply<'_, Answer> {
        unused()
    }
    fn watch(&self) -> Reply<'_, OwnedFd> {
        unused()
    }
    fn new_conversation(&self) -> Reply<'_, ()> {
        unused()
    }
    fn backup(&self) -> Reply<'_, String> {
        unused()
    }
    fn backups(&self) -> Reply<'_, String> {
        unused()
    }
    fn learners(&self) -> Reply<'_, String> {
        unused()
    }
    fn add_learner(&self, _: String, _: String, _: Options) -> Reply<'_, String> {
        unused()
    }
    fn set_for_learner(&self, _: String, _: String, _: String) -> Reply<'_, String> {
        unused()
    }
    fn show_learner(&self, _: String) -> Reply<'_, String> {
        unused()
    }
    fn export_learner(&self, _: String, _: OwnedFd) -> Reply<'_, u64> {
        unused()
    }
    fn erase_learner(&self, _: String) -> Reply<'_, String> {
        unused()
    }
    fn sign_in(&self, _: String) -> Reply<'_, ()> {
        unused()
    }
    fn setup_code(&self) -> Reply<'_, String> {
        unused()
    }
    fn reset_parent(&self) -> Reply<'_, String> {
        unused()
    }
    fn fingerprint(&self) -> Reply<'_, String> {
        unused()
    }
    fn events(&self) -> u64 {
        0
    }
    fn database(&self) -> String {
        String::new()
    }
}

impl SyncControl for FakeControl {
    fn enabled(&self) -> bool {
        false
    }
    fn services(&self) -> Vec<String> {
        Vec::new()
    }
}

fn xml(interface: &impl Interface) -> String {
    let mut text = String::from(concat!(
        "<!DOCTYPE node PUBLIC \"-//freedesktop//DTD D-BUS Object Introspection 1.0//EN\"\n",
        "  \"http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd\">\n<node>\n",
    ));
    interface.introspect_to_writer(&mut text, 2);
    text.push_str("</node>\n");
    text
}

#[test]
fn interfaces_are_as_documented() {
    let control = Arc::new(FakeControl);
    let interfaces = HashMap::from([
        ("org.iseetutor.Daemon1", xml(&Daemon1::new(Status::new("0")))),
        ("org.iseetutor.Audio1", xml(&Audio1::new(control.clone()))),
        ("org.iseetutor.Stt1", xml(&Stt1::new(control.clone()))),
        ("org.iseetutor.Llm1", xml(&Llm1::new(control.clone()))),
        ("org.iseetutor.Tts1", xml(&Tts1::new(control.clone()))),
        ("org.iseetutor.Tutor1", xml(&Tutor1::new(control.clone()))),
        ("org.iseetutor.Sync1", xml(&Sync1::new(control))),
    ]);
    for (name, now) in interfaces {
        let path = format!("{}/../../docs/dbus/{name}.xml", std::env::var("CARGO_MANIFEST_DIR").unwrap());
        if std::env::var_os("ISEETUTOR_BLESS").is_some() {
            std::fs::write(&path, &now).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(kept, now, "{name} changed: it is a contract; if that is meant, bless docs/dbus/");
    }
}
