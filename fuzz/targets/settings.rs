//! Settings files: read or refused with a text.
#![no_main]

use std::path::Path;

use iseetutor_service::ServiceConfig;
use iseetutor_service::config::{DaemonConfig, Flags, load_from};
use libfuzzer_sys::fuzz_target;
use serde::{Deserialize, Serialize};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Config {
    service: ServiceConfig,
    number: i64,
    part: f64,
    list: Vec<String>,
    flag: bool,
}

impl DaemonConfig for Config {
    fn service(&self) -> &ServiceConfig {
        &self.service
    }
}

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let file = tempfile::Builder::new().suffix(".toml").tempfile_in("/dev/shm").expect("a file in memory");
    std::fs::write(file.path(), text).expect("written");
    let mut flags = Flags { config: Some(file.path().to_owned()), ..Flags::default() };
    match load_from::<Config>("fuzz", &flags, Path::new("/nonexistent")) {
        Ok(config) => drop(config.service.allowed_uids()),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    // The same as a value on the command line.
    flags = Flags::parse("fuzz", ["--set".to_owned(), text.to_owned()]).unwrap_or_default();
    let _ = load_from::<Config>("fuzz", &flags, Path::new("/nonexistent"));
});
