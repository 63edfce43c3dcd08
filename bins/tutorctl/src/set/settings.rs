//! The generated settings of a set: one commented file for each daemon in `D/etc`, so that what a daemon
//! was started with can be read, and the daemon run by hand with the same.

use std::path::{Path, PathBuf};

use iseetutor_bus::Name;
use iseetutor_models::{Manifest, Role, Store};
use toml::{Table, Value};

use super::bus;
use super::layout::Layout;
use crate::error::{Error, Result};

/// Sound of a set: the sound card, or files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Sound {
    /// The sound card, as audiod's own defaults say.
    #[default]
    Card,
    /// A WAV file as the microphone and one as the speaker.
    Files {
        /// What is heard.
        input: PathBuf,
        /// What is said; created.
        output: PathBuf,
    },
}

/// What the settings are made from.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The set of models: `starter` or `jetson`.
    pub models: String,
    /// Microphone and speaker.
    pub sound: Sound,
    /// Whether a file that stands for the microphone begins by itself, or waits until somebody opens the
    /// microphone by `Audio1.Mute(false)`.
    pub starts_by_itself: bool,
    /// Log filter of the daemons.
    pub log: String,
}

impl Default for Wanted {
    fn default() -> Self {
        Self { models: "starter".into(), sound: Sound::Card, starts_by_itself: false, log: "info".into() }
    }
}

/// Writes the settings of `daemons`, and of syncd, which the bus starts when somebody asks for it.
/// Checks the model files that they name; blocks while it does.
///
/// # Errors
/// When a model is missing or wrong, or a file cannot be written.
pub fn write(layout: &Layout, wanted: &Wanted, daemons: &[Name]) -> Result<()> {
    let models = Models::of(&wanted.models)?;
    for name in daemons.iter().copied().chain([Name::Sync]) {
        let mut table = Table::new();
        put(&mut table, "service.runtime_dir", path(&layout.run()));
        put(&mut table, "service.bus", bus::address(layout).into());
        put(&mut table, "service.allow_users", Value::Array(Vec::new()));
        put(&mut table, "service.log", wanted.log.as_str().into());
        own(name, &mut table, layout, wanted, &models)?;
        let file = file_of(layout, name);
        let text = toml::to_string(&table).map_err(|error| {
            Error::Failed(format!("cannot write the settings of {}: {error}", name.program()))
        })?;
        let text = format!(
            "# Written by `tutorctl up`; changes are lost at its next start. To keep some, put them into a file in\n\
             # {}.d, or into the environment (ISEETUTOR_{}__KEY).\n\n{text}",
            file.with_extension("").display(),
            name.program().to_uppercase(),
        );
        std::fs::write(&file, text).map_err(Error::io("write", &file))?;
    }
    Ok(())
}

/// The settings file of a daemon.
#[must_use]
pub fn file_of(layout: &Layout, name: Name) -> PathBuf {
    layout.etc().join(format!("{}.toml", name.program()))
}

/// What each daemon needs to be told beyond `[service]`; everything else is its own default.
fn own(name: Name, table: &mut Table, layout: &Layout, wanted: &Wanted, models: &Models) -> Result<()> {
    match name {
        Name::Audio => {
            if let Sound::Files { input, output } = &wanted.sound {
                put(table, "backend", "wav".into());
                // Whoever started the set opens the microphone when every daemon is ready to listen.
                put(table, "start_muted", (!wanted.starts_by_itself).into());
                put(table, "wav.microphone", path(input));
                put(table, "wav.speaker", path(output));
            }
        }
        Name::Stt => {
            put(table, "model", path(&models.ready(Role::SpeechToText)?));
            put(table, "vad_model", path(&models.ready(Role::VoiceActivity)?));
        }
        Name::Llm => {
            put(table, "model", path(&models.ready(Role::Language)?));
            put(table, "embedding_model", path(&models.ready(Role::Embedding)?));
        }
        Name::Tts => {
            put(table, "voice.model", path(&models.ready(Role::TextToSpeech)?));
            put(table, "voice.config", path(&models.ready(Role::TextToSpeechConfig)?));
            put(table, "voice.runtime", path(&models.ready(Role::Onnxruntime)?));
            put(table, "cache.dir", path(layout.cache()));
        }
        Name::Tutor => {
            put(table, "database", path(&layout.database()));
            put(table, "backups", path(&layout.data().join("backups")));
            put(table, "lexicon", path(&models.lexicon()));
            put(table, "library", path(&crate::commands::content::usual_folder()?));
        }
        Name::Sync => {}
    }
    Ok(())
}

/// The dictionary's file in the models' folder.
pub const LEXICON: &str = "lexicon.db";

/// The model files of one set.
struct Models {
    store: Store,
    manifest: Manifest,
    set: String,
}

impl Models {
    fn of(set: &str) -> Result<Self> {
        let manifest = Manifest::embedded()?;
        manifest.set(set)?;
        Ok(Self { store: Store::resolve(None)?, manifest, set: set.to_owned() })
    }

    /// Where `tutorctl lexicon build` puts the dictionary: beside the models, because it is made once for all sets.
    fn lexicon(&self) -> PathBuf {
        self.store.root().join(LEXICON)
    }

    fn ready(&self, role: Role) -> Result<PathBuf> {
        Ok(self.store.ready(self.manifest.set(&self.set)?, role)?)
    }
}

fn path(path: &Path) -> Value {
    path.display().to_string().into()
}

/// Sets `key`, in which a dot leads into a table.
fn put(table: &mut Table, key: &str, value: Value) {
    match key.split_once('.') {
        None => {
            table.insert(key.to_owned(), value);
        }
        Some((first, rest)) => {
            let inner = table.entry(first).or_insert_with(|| Value::Table(Table::new()));
            if let Value::Table(inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}
