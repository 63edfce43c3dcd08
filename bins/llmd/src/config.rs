//! llmd's configuration; `config/llmd.toml` shows every key with its default.

use std::path::PathBuf;

use iseetutor_service::config::{DaemonConfig, ServiceConfig};
use serde::{Deserialize, Serialize};

use crate::embed::EmbedConfig;
use crate::engine::EngineConfig;

/// llmd's configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// What every daemon has.
    pub service: ServiceConfig,
    /// The language model, a GGUF file.
    pub model: PathBuf,
    /// Chat template by llama.cpp's name for it, such as `chatml`; empty for the model's own.
    pub chat_template: String,
    /// Tokens of context, shared by all requests.
    pub context_tokens: u32,
    /// Tokens of one request at most, prompt and answer together.
    pub request_tokens: u32,
    /// Requests answered at a time.
    pub slots: u32,
    /// Threads that decode; 0 for two less than there are processors, and at least one.
    pub threads: u32,
    /// Threads that evaluate prompts; 0 for as many as decode.
    pub prefill_threads: u32,
    /// Tokens of a prompt evaluated in one step, which is also how long others wait for it.
    pub prefill_chunk: u32,
    /// The likeliest tokens that an answer with a temperature chooses from; 0 for all.
    pub top_k: u32,
    /// Layers on the GPU; needs a build with the feature `cuda`.
    pub gpu_layers: u32,
    /// Mebibytes of evaluated prefixes kept outside of the context.
    pub saved_prefix_mib: u32,
    /// The embedding model, a GGUF file; empty for none.
    pub embedding_model: PathBuf,
    /// Whether to load the embedding model at the start, and not when it is first used.
    pub embedding_at_start: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            service: ServiceConfig::default(),
            model: PathBuf::new(),
            chat_template: String::new(),
            context_tokens: 4_096,
            request_tokens: 2_048,
            slots: 4,
            threads: 0,
            prefill_threads: 0,
            prefill_chunk: 32,
            top_k: 40,
            gpu_layers: 0,
            saved_prefix_mib: 128,
            embedding_model: PathBuf::new(),
            embedding_at_start: false,
        }
    }
}

impl DaemonConfig for Config {
    fn service(&self) -> &ServiceConfig {
        &self.service
    }
}

impl Config {
    /// Threads that decode.
    #[must_use]
    pub fn decode_threads(&self) -> u32 {
        if self.threads > 0 {
            return self.threads;
        }
        // llama.cpp's threads wait for each other by spinning: one that has to share its processor
        // holds up all the others, and speech runs beside it. On two busy processors two threads
        // were eight times slower than one. So processors are left for hearing and for speaking.
        let processors = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        u32::try_from(processors.saturating_sub(2)).unwrap_or(1).clamp(1, 8)
    }

    /// What the language model's worker needs.
    #[must_use]
    pub fn engine(&self) -> EngineConfig {
        let threads = self.decode_threads();
        EngineConfig {
            model: self.model.clone(),
            chat_template: self.chat_template.clone(),
            context_tokens: self.context_tokens.max(256),
            request_tokens: self.request_tokens,
            slots: self.slots,
            threads,
            prefill_threads: if self.prefill_threads == 0 { threads } else { self.prefill_threads },
            prefill_chunk: self.prefill_chunk,
            top_k: self.top_k,
            gpu_layers: self.gpu_layers,
            saved_bytes: (self.saved_prefix_mib as usize) << 20,
        }
    }

    /// What the embedding worker needs.
    #[must_use]
    pub fn embedder(&self) -> EmbedConfig {
        EmbedConfig {
            model: self.embedding_model.clone(),
            threads: self.decode_threads(),
            gpu_layers: self.gpu_layers,
            at_start: self.embedding_at_start,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn the_sample_configuration_shows_every_key_with_its_default() {
        let sample = include_str!("../../../config/llmd.toml");
        assert_eq!(toml::from_str::<Config>(sample).unwrap(), Config::default());
        let keys: toml::Table = toml::Table::try_from(Config::default()).unwrap();
        for key in keys.keys() {
            let shown = |line: &str| line.starts_with(&format!("{key} = ")) || line == format!("[{key}]");
            assert!(sample.lines().any(shown), "{key}");
        }
    }

    #[test]
    fn threads_leave_a_processor_free_unless_told_otherwise() {
        assert!(Config::default().decode_threads() >= 1);
        let config = Config { threads: 3, prefill_threads: 5, ..Config::default() };
        assert_eq!((config.engine().threads, config.engine().prefill_threads), (3, 5));
    }
}
