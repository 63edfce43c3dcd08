//! The configuration of ttsd; `config/ttsd.toml` says the same in its comments.

use std::path::PathBuf;

use iseetutor_service::ServiceConfig;
use iseetutor_service::config::DaemonConfig;
use serde::{Deserialize, Serialize};

use crate::engine::{RATES, Settings};
use crate::voice::VoiceFiles;

/// The whole configuration.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// What every daemon has.
    pub service: ServiceConfig,
    /// The voice and its files.
    pub voice: VoiceTable,
    /// How it speaks.
    pub speech: SpeechTable,
    /// Rendered sentences that are kept.
    pub cache: CacheTable,
}

/// The table `[voice]`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct VoiceTable {
    /// The voice's model, a Piper `.onnx` file.
    pub model: PathBuf,
    /// Its description; empty for the model's name with `.json` after it.
    pub config: PathBuf,
    /// The ONNX Runtime library.
    pub runtime: PathBuf,
    /// Threads that compute.
    pub threads: usize,
}

impl Default for VoiceTable {
    fn default() -> Self {
        Self {
            model: "/mnt/storage/models/jetson/en_US-ljspeech-medium.onnx".into(),
            config: PathBuf::new(),
            runtime: "/mnt/storage/models/jetson/libonnxruntime.so".into(),
            threads: 2,
        }
    }
}

/// The table `[speech]`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SpeechTable {
    /// How fast, on top of what a request asks for: 1 is the voice's own pace, less is slower.
    pub rate: f32,
    /// Pause after a sentence in milliseconds.
    pub sentence_pause_ms: u32,
    /// Pause after a line in milliseconds.
    pub line_pause_ms: u32,
    /// What the loudness is multiplied with.
    pub gain: f32,
}

impl Default for SpeechTable {
    fn default() -> Self {
        Self { rate: 1.0, sentence_pause_ms: 200, line_pause_ms: 350, gain: 1.0 }
    }
}

/// The table `[cache]`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CacheTable {
    /// Folder of rendered sentences; empty to keep none on disk.
    pub dir: PathBuf,
    /// Megabytes they may take.
    pub limit_mb: u64,
    /// Megabytes of the newest that are also kept in memory.
    pub memory_mb: u64,
}

impl Default for CacheTable {
    fn default() -> Self {
        Self { dir: "/mnt/storage/content/audio_cache".into(), limit_mb: 256, memory_mb: 8 }
    }
}

impl DaemonConfig for Config {
    fn service(&self) -> &ServiceConfig {
        &self.service
    }
}

/// A value that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{key} = {value} is out of range: {range}")]
pub struct OutOfRange {
    key: &'static str,
    value: String,
    range: &'static str,
}

impl Config {
    /// Checks values that are of the right type and may still be wrong.
    ///
    /// # Errors
    /// [`OutOfRange`] with the key and the range.
    pub fn check(&self) -> Result<(), OutOfRange> {
        let refuse =
            |key, value: &dyn ToString, range| Err(OutOfRange { key, value: value.to_string(), range });
        if !(1..=64).contains(&self.voice.threads) {
            return refuse("voice.threads", &self.voice.threads, "1 to 64");
        }
        if !RATES.contains(&self.speech.rate) {
            return refuse("speech.rate", &self.speech.rate, "0.25 to 4");
        }
        if !(0.0..=4.0).contains(&self.speech.gain) {
            return refuse("speech.gain", &self.speech.gain, "0 to 4");
        }
        if self.speech.sentence_pause_ms > 5_000 {
            return refuse("speech.sentence_pause_ms", &self.speech.sentence_pause_ms, "0 to 5000");
        }
        if self.speech.line_pause_ms > 5_000 {
            return refuse("speech.line_pause_ms", &self.speech.line_pause_ms, "0 to 5000");
        }
        Ok(())
    }

    /// The voice's files.
    #[must_use]
    pub fn voice_files(&self) -> VoiceFiles {
        let VoiceTable { model, config, runtime, .. } = &self.voice;
        let config = if config.as_os_str().is_empty() {
            let mut name = model.clone().into_os_string();
            name.push(".json");
            name.into()
        } else {
            config.clone()
        };
        VoiceFiles { model: model.clone(), config, runtime: runtime.clone() }
    }

    /// What is heard, apart from voice and text.
    #[must_use]
    pub fn settings(&self) -> Settings {
        let SpeechTable { sentence_pause_ms, line_pause_ms, gain, .. } = self.speech;
        Settings { sentence_pause_ms, line_pause_ms, gain }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use iseetutor_service::config::{Flags, load};

    use super::Config;

    #[test]
    fn the_sample_says_every_default() {
        let sample = std::path::PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap())
            .join("../../config/ttsd.toml");
        let flags = Flags { config: Some(sample.clone()), ..Flags::default() };
        let parsed: Config = load("ttsd", &flags).unwrap();
        assert_eq!(parsed, Config::default());
        let text = std::fs::read_to_string(sample).unwrap();
        let keys = toml_keys(&serde_json::to_value(Config::default()).unwrap());
        for key in keys {
            assert!(
                text.lines().any(|line| line.starts_with(&format!("{key} = "))),
                "{key} is not in the sample"
            );
        }
    }

    /// Names of every value.
    fn toml_keys(value: &serde_json::Value) -> Vec<String> {
        let Some(table) = value.as_object() else { return Vec::new() };
        let inner = |(key, value): (&String, &serde_json::Value)| {
            if value.is_object() { toml_keys(value) } else { vec![key.clone()] }
        };
        table.iter().flat_map(inner).collect()
    }

    #[test]
    fn the_description_lies_beside_the_model() {
        let mut config = Config::default();
        config.voice.model = "/m/voice.onnx".into();
        assert_eq!(config.voice_files().config.to_str(), Some("/m/voice.onnx.json"));
        config.voice.config = "/m/other.json".into();
        assert_eq!(config.voice_files().config.to_str(), Some("/m/other.json"));
    }

    #[test]
    fn values_out_of_range_name_their_key() {
        Config::default().check().unwrap();
        type Change = fn(&mut Config);
        let cases: [(&str, Change); 4] = [
            ("voice.threads", |c| c.voice.threads = 0),
            ("speech.rate", |c| c.speech.rate = f32::NAN),
            ("speech.gain", |c| c.speech.gain = -1.0),
            ("speech.line_pause_ms", |c| c.speech.line_pause_ms = 60_000),
        ];
        for (key, change) in cases {
            let mut config = Config::default();
            change(&mut config);
            assert!(config.check().unwrap_err().to_string().contains(key));
        }
    }
}
