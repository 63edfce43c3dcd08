//! Tells what a file is by its first bytes, so that a wrong file is named for what it is.

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::{ggml, gguf};
use crate::error::{Error, Result};
use crate::manifest::{Arch, Role};

/// What a file seems to be.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// A whisper.cpp model.
    Whisper,
    /// whisper.cpp's own Silero voice activity model.
    SileroVad,
    /// A llama.cpp model.
    Gguf,
    /// An ONNX graph.
    Onnx,
    /// A shared library or program, by processor if it is one we know.
    Elf(Option<Arch>),
    /// A CTranslate2 model, by its specification's name.
    CTranslate2(String),
    /// A safetensors file.
    Safetensors,
    /// A zip file, such as a Python wheel.
    Zip,
    /// JSON text.
    Json,
    /// A web page, most likely an error message saved under a model's name.
    Html,
    /// A file of no bytes.
    Empty,
    /// None of these.
    Unknown,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whisper => f.write_str("a whisper.cpp (ggml) model"),
            Self::SileroVad => f.write_str("a Silero voice activity model (ggml)"),
            Self::Gguf => f.write_str("a llama.cpp (GGUF) model"),
            Self::Onnx => f.write_str("an ONNX model"),
            Self::Elf(Some(arch)) => write!(f, "a shared library for {arch}"),
            Self::Elf(None) => f.write_str("a shared library for another processor"),
            Self::CTranslate2(spec) => write!(f, "a CTranslate2 model ({spec})"),
            Self::Safetensors => f.write_str("a safetensors file"),
            Self::Zip => f.write_str("a zip file or Python wheel"),
            Self::Json => f.write_str("a JSON file"),
            Self::Html => f.write_str("a web page (an error message saved as a file?)"),
            Self::Empty => f.write_str("an empty file"),
            Self::Unknown => f.write_str("not a file this program knows"),
        }
    }
}

/// Looks at the first bytes of a file.
///
/// # Errors
/// When it cannot be read.
pub fn sniff(path: &Path) -> Result<Kind> {
    let mut head = Vec::with_capacity(512);
    File::open(path)
        .and_then(|file| file.take(512).read_to_end(&mut head))
        .map_err(Error::io("read", path))?;
    Ok(sniff_bytes(&head))
}

pub(crate) fn sniff_bytes(head: &[u8]) -> Kind {
    let word =
        |at: usize| head.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map(u32::from_le_bytes);
    if head.is_empty() {
        return Kind::Empty;
    }
    if word(0) == Some(ggml::MAGIC) {
        // The voice activity model has its type's name here, as a length and text.
        return if head.get(8..).is_some_and(|rest| rest.starts_with(b"silero")) {
            Kind::SileroVad
        } else {
            Kind::Whisper
        };
    }
    if head.starts_with(&gguf::MAGIC) {
        return Kind::Gguf;
    }
    if head.starts_with(b"\x7fELF") {
        let machine = head.get(18..20).and_then(|bytes| bytes.try_into().ok()).map(u16::from_le_bytes);
        return Kind::Elf(match machine {
            Some(62) => Some(Arch::X86_64),
            Some(183) => Some(Arch::Aarch64),
            _ => None,
        });
    }
    if head.starts_with(b"PK\x03\x04") {
        return Kind::Zip;
    }
    if let Some(spec) = ctranslate2(head) {
        return Kind::CTranslate2(spec);
    }
    // A length that fits a header, then JSON.
    if head.get(8) == Some(&b'{') && head.get(4..8) == Some(&[0; 4]) {
        return Kind::Safetensors;
    }
    // protobuf: field 1 (ir_version) with a small number, then field 2 (producer_name).
    if let [8, 3..=20, 0x12, ..] = head {
        return Kind::Onnx;
    }
    let text = head.trim_ascii_start();
    if text.starts_with(b"<!") || text.to_ascii_lowercase().starts_with(b"<html") {
        return Kind::Html;
    }
    if text.starts_with(b"{") || text.starts_with(b"[") {
        return Kind::Json;
    }
    Kind::Unknown
}

/// A small version number, then the specification's name with its length, ending in a zero byte.
fn ctranslate2(head: &[u8]) -> Option<String> {
    let version = u32::from_le_bytes(head.get(..4)?.try_into().ok()?);
    let len = usize::from(u16::from_le_bytes(head.get(4..6)?.try_into().ok()?));
    let name = head.get(6..6 + len)?.strip_suffix(&[0])?;
    let plausible =
        (1..=16).contains(&version) && !name.is_empty() && name.iter().all(u8::is_ascii_alphanumeric);
    plausible.then(|| String::from_utf8_lossy(name).into_owned())
}

/// Checks that a file is of the kind a role needs, before an engine is given it.
///
/// # Errors
/// When it cannot be read, or is something else; the error says what it is and what it should be.
pub fn check_role(path: &Path, role: Role) -> Result<()> {
    let found = sniff(path)?;
    let (fits, needed) = match role {
        Role::Language | Role::Embedding => (found == Kind::Gguf, Kind::Gguf),
        Role::SpeechToText => (found == Kind::Whisper, Kind::Whisper),
        Role::VoiceActivity => (found == Kind::SileroVad, Kind::SileroVad),
        Role::TextToSpeech => (found == Kind::Onnx, Kind::Onnx),
        Role::TextToSpeechConfig => (found == Kind::Json, Kind::Json),
        Role::Onnxruntime => (found == Kind::Elf(Some(Arch::host())), Kind::Elf(Some(Arch::host()))),
    };
    if fits {
        return Ok(());
    }
    Err(Error::format(
        path,
        format!(
            "is {found}; for the role {role} it must be {needed}; give another file or run `tutorctl models fetch`"
        ),
    ))
}
