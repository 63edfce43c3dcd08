//! Looks at the model files before the library does.
//!
//! whisper.cpp reads its files without checking lengths: a cut file may be taken for whole, and a
//! damaged header may end the process. So the files are walked through here first.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use iseetutor_models::format::{self, Kind};

use super::EngineError;

/// What the Whisper model is, for logs and the bus.
pub const WHISPER: &str = "a Whisper model";
/// What the Silero model is.
pub const SILERO: &str = "a Silero voice activity model";

/// Checks that `path` holds a whole Whisper model. Returns its name, such as "tiny.en".
///
/// # Errors
/// [`EngineError::Model`].
pub fn check_whisper(path: &Path) -> Result<String, EngineError> {
    require(path, WHISPER, Kind::Whisper)?;
    let header = format::ggml::read_whisper(path).map_err(|error| bad(path, WHISPER, error))?;
    let language = if header.english_only() { ".en" } else { "" };
    Ok(format!("{}{language}", header.size_name()))
}

/// Checks that `path` holds a whole Silero model in whisper.cpp's format.
///
/// # Errors
/// [`EngineError::Model`].
pub fn check_silero(path: &Path) -> Result<(), EngineError> {
    require(path, SILERO, Kind::SileroVad)?;
    let file = File::open(path).map_err(|error| bad(path, SILERO, error))?;
    walk_silero(file).map_err(|problem| bad(path, SILERO, problem))
}

/// Checks that the configuration names a file under `key`.
///
/// # Errors
/// [`EngineError::NotConfigured`].
pub fn require_named(path: &Path, what: &'static str, key: &'static str) -> Result<(), EngineError> {
    if path.as_os_str().is_empty() { Err(EngineError::NotConfigured { what, key }) } else { Ok(()) }
}

fn require(path: &Path, what: &'static str, kind: Kind) -> Result<(), EngineError> {
    match format::sniff(path) {
        Ok(found) if found == kind => Ok(()),
        Ok(found) => Err(bad(path, what, format!("it is {found}"))),
        Err(error) => Err(bad(path, what, error)),
    }
}

fn bad(path: &Path, what: &'static str, problem: impl std::fmt::Display) -> EngineError {
    EngineError::Model { what, path: path.to_owned(), problem: problem.to_string() }
}

/// Walks through the file as `whisper_vad_init_with_params` of whisper.cpp reads it: header, shape, tensors.
fn walk_silero(file: File) -> Result<(), String> {
    let mut file = Silero::new(file)?;
    file.skip(4, "magic number")?;
    let name = file.count("type name's length", 64)?;
    file.skip(name, "type name")?;
    // Version (3 numbers), window, context.
    file.skip(5 * 4, "version and window")?;
    let layers = file.count("number of encoder layers", 16)?;
    // For each layer its inputs, outputs and kernel; then LSTM input and state, and the last layer's shape.
    file.skip(layers * 12 + 4 * 4, "shape")?;
    let mut tensors = 0;
    while file.left > 0 {
        let dimensions = file.count("tensor rank", 4)?;
        let name = file.count("tensor name's length", 256)?;
        let bytes = match file.count("tensor type", 1)? {
            0 => 4,
            _ => 2,
        };
        let mut elements = 1u64;
        for _ in 0..dimensions {
            elements = elements.saturating_mul(file.count("tensor dimension", 1 << 24)?);
        }
        file.skip(name, "tensor name")?;
        file.skip(elements.saturating_mul(bytes), "tensor data")?;
        tensors += 1;
    }
    let expected = 1 + 2 * layers + 4 + 2;
    if tensors != expected {
        return Err(format!("it has {tensors} of {expected} tensors: cut short"));
    }
    Ok(())
}

struct Silero {
    inner: BufReader<File>,
    left: u64,
}

impl Silero {
    fn new(file: File) -> Result<Self, String> {
        let left = file.metadata().map_err(|error| error.to_string())?.len();
        Ok(Self { inner: BufReader::new(file), left })
    }

    fn claim(&mut self, bytes: u64, what: &str) -> Result<(), String> {
        self.left = self
            .left
            .checked_sub(bytes)
            .ok_or_else(|| format!("it is cut short: {what} needs {bytes} bytes, {} are left", self.left))?;
        Ok(())
    }

    fn skip(&mut self, bytes: u64, what: &str) -> Result<(), String> {
        self.claim(bytes, what)?;
        let offset = i64::try_from(bytes).map_err(|_| format!("it is damaged: {what} is too long"))?;
        self.inner.seek_relative(offset).map_err(|error| error.to_string())
    }

    /// A number of 32 bits from 0 to `most`.
    fn count(&mut self, what: &str, most: i32) -> Result<u64, String> {
        self.claim(4, what)?;
        let mut bytes = [0; 4];
        self.inner.read_exact(&mut bytes).map_err(|error| error.to_string())?;
        match i32::from_le_bytes(bytes) {
            value if (0..=most).contains(&value) => Ok(u64::from(value.unsigned_abs())),
            value => Err(format!("it is damaged: {what} is {value}")),
        }
    }
}
