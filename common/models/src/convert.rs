//! Converters from published formats to those of the engines. Their output depends only on their
//! input, byte for byte, so the manifest can pin its checksum.

mod bert;
mod ct2;
mod gguf_writer;
mod mel;
mod tensor;
mod whisper;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde::de::DeserializeOwned;

pub use bert::{Weights, bert_to_gguf};
pub use whisper::whisper_to_ggml;

use crate::error::{Error, Result};

/// A tokenizer of 250,000 entries takes about 20 MB of JSON.
const LARGEST_JSON: u64 = 64 << 20;

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
