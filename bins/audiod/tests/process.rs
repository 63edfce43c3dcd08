//! The real program: its command line, its end, and its sample configuration.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use audiod::Config;
use common::{Bus, PATIENCE};
use iseetutor_bus::Name;
use iseetutor_bus::daemon1::Daemon1Proxy;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

#[tokio::test(flavor = "multi_thread")]
async fn without_a_sound_card_it_is_degraded_and_ends_within_two_seconds() {
    let bus = Bus::start();
    let dir = tempfile::tempdir().unwrap();
    let set = [
        format!("service.runtime_dir={:?}", dir.path()),
        format!("service.bus={:?}", bus.address),
        "alsa.capture=hw:CARD=NoSuchCard".into(),
        "alsa.playback=hw:CARD=NoSuchCard".into(),
    ];
    let config = dir.path().join("audiod.toml");
    std::fs::write(&config, "").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_audiod"));
    command.arg("--config").arg(config);
    command.args(set.iter().flat_map(|set| ["--set", set])).stderr(Stdio::null());
    let mut process = command.spawn().unwrap();
    let client = bus.client().await;
    let daemon = Daemon1Proxy::builder(&client)
        .destination(Name::Audio.bus_name())
        .path(Name::Audio.path())
        .cache_properties(zbus::proxy::CacheProperties::No)
        .build()
        .await
        .unwrap();
    let told = async {
        loop {
            if let Ok(error) = daemon.last_error().await
                && error.contains("microphone")
                && error.contains("speaker")
            {
                return error;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let error = tokio::time::timeout(PATIENCE, told).await.expect("the missing card is told");
    assert!(error.contains("NoSuchCard") && error.contains("arecord -L"), "{error}");
    assert_eq!(daemon.state().await.unwrap(), "degraded");

    let asked = Instant::now();
    kill(Pid::from_raw(i32::try_from(process.id()).unwrap()), Signal::SIGTERM).unwrap();
    let status = process.wait().unwrap();
    assert!(status.success(), "{status}");
    assert!(asked.elapsed() < Duration::from_secs(2), "it took {:?}", asked.elapsed());
}

#[test]
fn the_sample_configuration_is_the_default_in_full() {
    use figment::providers::{Format, Serialized, Toml};
    let sample = format!("{}/../../config/audiod.toml", std::env::var("CARGO_MANIFEST_DIR").unwrap());
    let text = std::fs::read_to_string(sample).unwrap();
    let read: Config = figment::Figment::from(Toml::string(&text)).extract().unwrap();
    assert_eq!(read, Config::default());
    // Nothing is left out of it.
    let keys = |figment: figment::Figment| {
        let mut names = Vec::new();
        collect("", &figment.extract().unwrap(), &mut names);
        names
    };
    let all = keys(figment::Figment::from(Serialized::defaults(Config::default())));
    assert_eq!(all, keys(figment::Figment::from(Toml::string(&text))));
}

fn collect(prefix: &str, dict: &figment::value::Dict, names: &mut Vec<String>) {
    for (key, value) in dict {
        let name = format!("{prefix}{key}");
        match value {
            figment::value::Value::Dict(_, inner) => collect(&format!("{name}."), inner, names),
            _ => names.push(name),
        }
    }
}

#[test]
fn a_value_out_of_range_is_refused_with_its_key() {
    let output =
        Command::new(env!("CARGO_BIN_EXE_audiod")).args(["--set", "voice.endpoint_ms=9"]).output().unwrap();
    assert!(!output.status.success());
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains("voice.endpoint_ms") && text.contains("150 to 5000"), "{text}");
}
