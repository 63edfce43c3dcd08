//! Models, recordings and a private bus for the tests.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code)]

pub mod sound;

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use iseetutor_models::{Manifest, Role, Store};
use sttd::engine::EngineConfig;

/// How long a test waits for what must happen. Far more than it takes, for a machine under load.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// The starter models, or a line that says why the test is skipped.
pub fn models() -> Option<EngineConfig> {
    let manifest = Manifest::embedded().unwrap();
    let starter = manifest.set("starter").unwrap();
    let file = |role| Store::resolve(None).and_then(|store| store.ready(starter, role));
    match (file(Role::SpeechToText), file(Role::VoiceActivity)) {
        (Ok(model), Ok(vad_model)) => {
            Some(EngineConfig { model, vad_model, threads: 2, flash_attention: false, unheard: Vec::new() })
        }
        (Err(error), _) | (_, Err(error)) => {
            eprintln!("SKIP: {error} (`tutorctl models fetch` gets the models)");
            None
        }
    }
}

pub fn recordings() -> PathBuf {
    std::path::PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap())
        .join("../../tests/fixtures/speech")
}

/// A bundled recording as samples at 16 kHz.
pub fn recording(name: &str) -> Vec<f32> {
    let file = std::fs::File::open(recordings().join(name)).unwrap();
    iseetutor_audio::wav::read_mono_16k(file, name, iseetutor_audio::wav::Tail::MustBeWhole).unwrap()
}

/// The bundled single utterances with their words.
pub fn utterances() -> Vec<(String, String)> {
    let table = std::fs::read_to_string(recordings().join("transcripts.tsv")).unwrap();
    let row = |line: &str| {
        let mut fields = line.split('\t');
        (fields.next().unwrap().to_owned(), fields.nth(1).unwrap().to_owned())
    };
    table.lines().skip(1).map(row).collect()
}

pub fn same_words(said: &str, heard: &str) -> bool {
    iseetutor_audio::wer::words(said) == iseetutor_audio::wer::words(heard)
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
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}
