//! The configuration: `/etc/iseetutor/sttd.toml`, every key of which is explained in the sample
//! `config/sttd.toml`.

use std::path::PathBuf;

use iseetutor_service::ServiceConfig;
use iseetutor_service::config::DaemonConfig;
use serde::{Deserialize, Serialize};

use crate::engine::EngineConfig;

/// The configuration of sttd.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Sockets, bus, log.
    pub service: ServiceConfig,
    /// The Whisper model, in whisper.cpp's format.
    pub model: PathBuf,
    /// The Silero voice activity model, in whisper.cpp's format.
    pub vad_model: PathBuf,
    /// Most threads to compute with. Fewer are used while others need the cores.
    pub threads: u16,
    /// Whether attention is computed in one fused step: for GPUs.
    pub flash_attention: bool,
    /// Words never to be written down, besides the built-in list; a `*` at the end stands for any ending.
    pub unheard: Vec<String>,
    /// Milliseconds of new sound between two partial transcripts while the child speaks; 0 for none.
    pub partial_interval_ms: u32,
    /// Longest turn in seconds; sound beyond it is not transcribed.
    pub longest_turn_s: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            service: ServiceConfig::default(),
            model: PathBuf::new(),
            vad_model: PathBuf::new(),
            threads: 2,
            flash_attention: false,
            unheard: Vec::new(),
            partial_interval_ms: 1_000,
            longest_turn_s: 120,
        }
    }
}

impl DaemonConfig for Config {
    fn service(&self) -> &ServiceConfig {
        &self.service
    }
}

/// A value outside its range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{key} is {value}, and must be {from} to {to}")]
pub struct OutOfRange {
    key: &'static str,
    value: u32,
    from: u32,
    to: u32,
}

impl Config {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`OutOfRange`], with the key and its range.
    pub fn check(&self) -> Result<(), OutOfRange> {
        let check = |key, value, from, to| {
            if (from..=to).contains(&value) { Ok(()) } else { Err(OutOfRange { key, value, from, to }) }
        };
        check("threads", self.threads.into(), 1, 64)?;
        check("longest_turn_s", self.longest_turn_s, 5, 600)?;
        if self.partial_interval_ms != 0 {
            check("partial_interval_ms", self.partial_interval_ms, 200, 60_000)?;
        }
        Ok(())
    }

    /// What the engine needs of it.
    #[must_use]
    pub fn engine(&self) -> EngineConfig {
        EngineConfig {
            model: self.model.clone(),
            vad_model: self.vad_model.clone(),
            threads: self.threads,
            flash_attention: self.flash_attention,
            unheard: self.unheard.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_in_range() {
        assert_eq!(Config::default().check(), Ok(()));
    }

    #[test]
    fn out_of_range_values_are_named() {
        let config = Config { threads: 0, ..Config::default() };
        assert!(config.check().is_err_and(|error| error.to_string() == "threads is 0, and must be 1 to 64"));
        let config = Config { partial_interval_ms: 50, ..Config::default() };
        assert!(
            config.check().is_err_and(|error| error.to_string().starts_with("partial_interval_ms is 50"))
        );
        let config = Config { partial_interval_ms: 0, ..Config::default() };
        assert_eq!(config.check(), Ok(()));
    }
}
