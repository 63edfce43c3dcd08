//! The layers of a configuration, each over the one before, and what is refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

use iseetutor_service::ServiceConfig;
use iseetutor_service::config::{ConfigError, DaemonConfig, Flags, load_from};
use serde::{Deserialize, Serialize};

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Config {
    service: ServiceConfig,
    device: Device,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Device {
    name: String,
    volume: u32,
}

impl Default for Device {
    fn default() -> Self {
        Self { name: "default".into(), volume: 50 }
    }
}

impl DaemonConfig for Config {
    fn service(&self) -> &ServiceConfig {
        &self.service
    }
}

fn load(program: &str, directory: &Path, arguments: &[&str]) -> Result<Config, ConfigError> {
    let flags = Flags::parse(program, arguments.iter().map(ToString::to_string))?;
    load_from(program, &flags, directory)
}

#[test]
fn later_layers_win() {
    let directory = tempfile::tempdir().unwrap();
    let place = directory.path();
    assert_eq!(load("layersd", place, &[]).unwrap(), Config::default());

    std::fs::write(place.join("layersd.toml"), "[device]\nname = \"file\"\nvolume = 1\n").unwrap();
    assert_eq!(load("layersd", place, &[]).unwrap().device, Device { name: "file".into(), volume: 1 });

    std::fs::create_dir(place.join("layersd.d")).unwrap();
    std::fs::write(place.join("layersd.d/10-a.toml"), "[device]\nname = \"ten\"\nvolume = 10\n").unwrap();
    std::fs::write(place.join("layersd.d/20-b.toml"), "[device]\nname = \"twenty\"\n").unwrap();
    std::fs::write(place.join("layersd.d/ignored.txt"), "nonsense").unwrap();
    assert_eq!(load("layersd", place, &[]).unwrap().device, Device { name: "twenty".into(), volume: 10 });

    let set = ["--set", "device.volume=99", "--set", "service.bus=unix:path=/tmp/a=b"];
    let config = load("layersd", place, &set).unwrap();
    assert_eq!(config.device, Device { name: "twenty".into(), volume: 99 });
    assert_eq!(config.service.bus, "unix:path=/tmp/a=b");

    let other = place.join("other.toml");
    std::fs::write(&other, "[device]\nname = \"other\"\n").unwrap();
    let config = load("layersd", place, &["--config", other.to_str().unwrap()]).unwrap();
    assert_eq!(config.device, Device { name: "other".into(), volume: 50 });
}

#[test]
fn unknown_keys_and_wrong_types_name_key_and_file() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("strictd.toml");
    for (text, key) in [
        ("[device]\nvolumes = 3\n", "volumes"),
        ("[device]\nvolume = \"loud\"\n", "volume"),
        ("sing = 1\n", "sing"),
    ] {
        std::fs::write(&file, text).unwrap();
        let error = load("strictd", directory.path(), &[]).unwrap_err().to_string();
        assert!(error.contains(key) && error.contains("strictd.toml"), "{error}");
    }
    let error = load("strictd", Path::new("/nonexistent"), &["--set", "device.volumes=3"]).unwrap_err();
    assert!(error.to_string().contains("volumes"), "{error}");
}

#[test]
fn command_lines_are_checked() {
    for arguments in [&["--config"][..], &["--set"], &["--set", "novalue"], &["sing"]] {
        let error = load("usaged", Path::new("/nonexistent"), arguments).unwrap_err();
        assert!(matches!(error, ConfigError::Usage { .. }), "{error}");
        assert!(error.to_string().contains("usage: usaged [--config FILE]"), "{error}");
    }
}

#[test]
fn users_are_found_by_name_and_number() {
    let users = |names: &[&str]| ServiceConfig {
        allow_users: names.iter().map(ToString::to_string).collect(),
        ..ServiceConfig::default()
    };
    assert_eq!(users(&["root", "1234"]).allowed_uids().unwrap(), [0, 1234]);
    assert_eq!(users(&[]).allowed_uids().unwrap(), [nix::unistd::geteuid().as_raw()]);
    let error = users(&["nobody-of-this-name"]).allowed_uids().unwrap_err();
    assert!(error.to_string().contains("nobody-of-this-name"), "{error}");
}
