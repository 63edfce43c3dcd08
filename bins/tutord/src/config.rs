//! tutord's configuration; `config/tutord.toml` explains every key.

use std::path::PathBuf;

use iseetutor_service::ServiceConfig;
use iseetutor_service::config::DaemonConfig;
use iseetutor_wire::message::Sampling;
use serde::{Deserialize, Serialize};

use crate::answer::Limits;
use crate::dialogue::Settings;

/// tutord's configuration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// What every daemon has.
    pub service: ServiceConfig,
    /// The learning record.
    pub database: PathBuf,
    /// The folder of the record's daily copies; empty for none.
    pub backups: PathBuf,
    /// The dictionary, made by `tutorctl lexicon build`; without it only the words that are taught are explained.
    pub lexicon: PathBuf,
    /// The folder of the books, which `tutorctl content add` fills.
    pub library: PathBuf,
    /// Transcripts less sure than this (0 to 1) are not acted on: the child is asked to say it again.
    pub min_confidence: f64,
    /// Questions and answers that the model is told about.
    pub exchanges: usize,
    /// Seconds of silence after which a new conversation begins.
    pub conversation_idle_s: u64,
    /// The language model's part.
    pub model: ModelConfig,
    /// The parents' page and the child's board.
    pub web: PageConfig,
}

/// How the parents' page is served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PageConfig {
    /// Whether it is.
    pub enabled: bool,
    /// Where, when systemd passes no socket.
    pub listen: String,
    /// Its names.
    pub names: Vec<String>,
}

impl Default for PageConfig {
    fn default() -> Self {
        Self {
            enabled: false,
            listen: "127.0.0.1:8443".to_owned(),
            names: ["iseetutor.local", "parent.iseetutor.local", "localhost"].map(str::to_owned).to_vec(),
        }
    }
}

/// How the language model is asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ModelConfig {
    /// Whether it may guess, and say so, where no source has an answer; else the tutor says that it does not know.
    pub guesses: bool,
    /// Seconds to wait for its first words, and for each next ones.
    pub patience_s: f64,
    /// Tokens of an answer at most.
    pub max_tokens: u32,
    /// Sentences of an answer at most.
    pub sentences: usize,
    /// Characters after which no further sentence begins.
    pub characters: usize,
    /// 0 takes the likeliest word every time.
    pub temperature: f32,
    /// Penalty for words among the last 64; 1 is none.
    pub repeat_penalty: f32,
}

impl Default for ModelConfig {
    fn default() -> Self {
        Self {
            guesses: false,
            patience_s: 8.0,
            max_tokens: 96,
            sentences: 3,
            characters: 320,
            temperature: 0.0,
            repeat_penalty: 1.1,
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            service: ServiceConfig::default(),
            database: PathBuf::from("/mnt/storage/databases/iseetutor.db"),
            backups: PathBuf::from("/mnt/storage/user_data/backups"),
            lexicon: PathBuf::from("/mnt/storage/databases/lexicon.db"),
            library: PathBuf::from("/mnt/storage/content"),
            min_confidence: 0.4,
            exchanges: 6,
            conversation_idle_s: 900,
            model: ModelConfig::default(),
            web: PageConfig::default(),
        }
    }
}

impl DaemonConfig for Config {
    fn service(&self) -> &ServiceConfig {
        &self.service
    }
}

/// A value that is out of range.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error(
    "{key} is {value}, and must be {allowed}; correct it in tutord.toml, or remove it to have the default"
)]
pub struct OutOfRange {
    key: &'static str,
    value: String,
    allowed: &'static str,
}

impl Config {
    /// Refuses values that make no sense.
    ///
    /// # Errors
    /// [`OutOfRange`], for the first one found.
    pub fn check(&self) -> Result<(), OutOfRange> {
        let model = &self.model;
        let checks: [(&'static str, String, bool, &'static str); 11] = [
            (
                "database",
                self.database.display().to_string(),
                self.database.file_name().is_some(),
                "a file's path",
            ),
            (
                "min_confidence",
                self.min_confidence.to_string(),
                (0.0..=1.0).contains(&self.min_confidence),
                "from 0 to 1",
            ),
            ("exchanges", self.exchanges.to_string(), (1..=64).contains(&self.exchanges), "from 1 to 64"),
            (
                "conversation_idle_s",
                self.conversation_idle_s.to_string(),
                (1..=86_400).contains(&self.conversation_idle_s),
                "from 1 to 86400",
            ),
            (
                "web.listen",
                self.web.listen.clone(),
                self.web.listen.parse::<std::net::SocketAddr>().is_ok(),
                "an address with a port, such as 0.0.0.0:8443",
            ),
            (
                "web.names",
                self.web.names.join(", "),
                !self.web.names.is_empty()
                    && self.web.names.iter().all(|name| iseetutor_web::tls::certifiable(name)),
                "iseetutor.local, names below it, or localhost",
            ),
            (
                "model.patience_s",
                model.patience_s.to_string(),
                (0.1..=120.0).contains(&model.patience_s),
                "from 0.1 to 120",
            ),
            (
                "model.max_tokens",
                model.max_tokens.to_string(),
                (1..=1_024).contains(&model.max_tokens),
                "from 1 to 1024",
            ),
            (
                "model.sentences",
                model.sentences.to_string(),
                (1..=20).contains(&model.sentences),
                "from 1 to 20",
            ),
            (
                "model.temperature",
                model.temperature.to_string(),
                (0.0..=2.0).contains(&model.temperature),
                "from 0 to 2",
            ),
            (
                "model.repeat_penalty",
                model.repeat_penalty.to_string(),
                (1.0..=2.0).contains(&model.repeat_penalty),
                "from 1 to 2",
            ),
        ];
        match checks.into_iter().find(|(_, _, right, _)| !right) {
            Some((key, value, _, allowed)) => Err(OutOfRange { key, value, allowed }),
            None => Ok(()),
        }
    }

    /// What the dialogue needs of it. The values have been checked.
    #[must_use]
    pub fn settings(&self) -> Settings {
        let sampling = Sampling {
            max_tokens: self.model.max_tokens,
            temperature: self.model.temperature,
            repeat_penalty: self.model.repeat_penalty,
            // A small model goes on with the child's next question by itself.
            stop: ["\nUser:", "\nStudent:", "\nChild:", "\nQuestion:"].map(str::to_owned).to_vec(),
            ..Sampling::default()
        };
        Settings {
            min_confidence: self.min_confidence,
            exchanges: self.exchanges,
            conversation_idle_us: self.conversation_idle_s.saturating_mul(1_000_000),
            model_patience_us: std::time::Duration::from_secs_f64(self.model.patience_s.clamp(0.1, 120.0))
                .as_micros()
                .try_into()
                .unwrap_or(u64::MAX),
            sampling,
            guesses: self.model.guesses,
            limits: Limits { sentences: self.model.sentences, characters: self.model.characters },
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use iseetutor_service::config::{Flags, load_from};

    use super::Config;

    #[test]
    fn the_commented_file_shows_every_default() {
        let file = format!("{}/../../config/tutord.toml", std::env::var("CARGO_MANIFEST_DIR").unwrap());
        let flags = Flags { config: Some(file.clone().into()), ..Flags::default() };
        let config: Config = load_from("tutord", &flags, std::path::Path::new("/nowhere")).unwrap();
        assert_eq!(config, Config::default());
        assert_eq!(config.check(), Ok(()));
        let text = std::fs::read_to_string(file).unwrap();
        for key in [
            "database",
            "backups",
            "lexicon",
            "library",
            "guesses",
            "min_confidence",
            "patience_s",
            "repeat_penalty",
            "enabled",
            "listen",
            "names",
            "runtime_dir",
            "allow_users",
        ] {
            assert!(text.lines().any(|line| line.starts_with(&format!("{key} ="))), "{key}");
        }
    }

    #[test]
    fn nonsense_is_refused_by_name() {
        let config = Config { min_confidence: f64::NAN, ..Config::default() };
        assert!(config.check().unwrap_err().to_string().contains("min_confidence"));
        let mut config = Config::default();
        config.model.max_tokens = 0;
        assert!(config.check().unwrap_err().to_string().contains("model.max_tokens"));
    }
}
