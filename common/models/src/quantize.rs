//! Quantizing a GGUF file: smaller and faster, a little less exact.

use std::path::Path;

use crate::convert::replace;
use crate::error::{Error, Result};
use crate::format::gguf;

/// Quantizes a GGUF. Only llmd links llama.cpp, so the caller brings this (it runs
/// `llmd quantize IN OUT TYPE`).
pub trait Quantizer {
    /// Writes `output`, quantized to `kind` (llama.cpp's name, such as `q8_0`).
    ///
    /// # Errors
    /// A sentence that says what went wrong.
    fn quantize(&self, input: &Path, output: &Path, kind: &str) -> Result<(), String>;
}

/// Quantizes the GGUF file `input` to `kind` (such as `q4_k_m` or `q8_0`) as the file `output`.
///
/// Nothing is left at `output` on failure, and a file that is there is replaced only by a whole one.
///
/// # Errors
/// When the input is not a whole GGUF file, the quantizer fails, or what it wrote is not a whole one.
pub fn quantize(quantizer: &dyn Quantizer, input: &Path, output: &Path, kind: &str) -> Result<()> {
    gguf::read(input)?;
    replace(output, &mut |new| {
        quantizer.quantize(input, new, kind).map_err(|problem| Error::Quantize {
            path: input.to_owned(),
            kind: kind.to_owned(),
            problem,
        })?;
        gguf::read(new).map(drop)
    })
}
