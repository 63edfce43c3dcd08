//! Converters from published formats to those of the engines. Their output depends only on their
//! input, byte for byte, so the manifest can pin its checksum.

mod bert;
mod ct2;
mod gguf_writer;
mod mel;
mod tensor;
mod whisper;

use std::fs::{self, File};
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;

use serde::de::DeserializeOwned;

pub use bert::{Weights, bert_to_gguf};
pub use whisper::whisper_to_ggml;

use crate::error::{Error, Result};

/// A tokenizer of 250,000 entries takes about 20 MB of JSON.
const LARGEST_JSON: u64 = 64 << 20;

/// What a folder was found to hold, and was converted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Converted {
    /// A CTranslate2 Whisper model, to whisper.cpp's format.
    Whisper,
    /// A BERT sentence encoder, to GGUF.
    Bert,
}

/// Converts the model in the folder `input`, whichever of the two kinds it is, to the file `output`.
/// A CTranslate2 folder has `model.bin` and `tokenizer.json`; a BERT folder has what
/// [`bert_to_gguf`] names. `weights` is for the latter. `progress` gets the bytes written.
///
/// Nothing is left at `output` on failure, and a file that is there is replaced only by a whole one.
///
/// # Errors
/// When the folder holds neither, or the conversion fails.
pub fn convert(
    input: &Path,
    output: &Path,
    weights: Weights,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<Converted> {
    let kind = if input.join("model.bin").is_file() {
        Converted::Whisper
    } else if input.join("model.safetensors").is_file() {
        Converted::Bert
    } else {
        return Err(Error::format(
            input,
            "not a folder with model.bin (CTranslate2 Whisper) or model.safetensors (BERT)",
        ));
    };
    replace(output, &mut |new| match kind {
        Converted::Whisper => whisper_to_ggml(input, new, progress),
        Converted::Bert => bert_to_gguf(input, new, weights, progress),
    })?;
    Ok(kind)
}

/// Has a file written under another name beside `output`, and renames it when it is whole.
pub(crate) fn replace(output: &Path, write: &mut dyn FnMut(&Path) -> Result<()>) -> Result<()> {
    let mut name = output.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let new = output.with_file_name(name);
    let written =
        write(&new).and_then(|()| fs::rename(&new, output).map_err(Error::io("put in place", output)));
    if written.is_err() {
        let _ = fs::remove_file(&new);
    }
    written
}

/// Reads a JSON file of bounded size.
fn json<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let file = File::open(path).map_err(Error::io("open", path))?;
    let mut text = Vec::new();
    file.take(LARGEST_JSON + 1).read_to_end(&mut text).map_err(Error::io("read", path))?;
    if text.len() as u64 > LARGEST_JSON {
        return Err(Error::format(path, format!("larger than {LARGEST_JSON} bytes")));
    }
    serde_json::from_slice(&text).map_err(|error| Error::format(path, error.to_string()))
}
