//! whisper.cpp's model files: a header, mel filters, a vocabulary and tensors, all little endian.
//!
//! Source of the layout: `whisper_model_load` and `whisper_vad_init_with_params` in whisper.cpp.

use std::path::Path;

use super::Reader;
use crate::error::Result;

/// First four bytes of a ggml file, "ggml" read as a little-endian number.
pub const MAGIC: u32 = 0x6767_6d6c;

/// Shape of a Whisper model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WhisperHeader {
    /// Rows of the token embedding.
    pub vocab: u32,
    /// Encoder positions: 1500 for 30 s.
    pub audio_context: u32,
    /// Encoder width.
    pub audio_state: u32,
    /// Encoder attention heads.
    pub audio_heads: u32,
    /// Encoder layers.
    pub audio_layers: u32,
    /// Decoder positions.
    pub text_context: u32,
    /// Decoder width.
    pub text_state: u32,
    /// Decoder attention heads.
    pub text_heads: u32,
    /// Decoder layers.
    pub text_layers: u32,
    /// Mel bands.
    pub mels: u32,
    /// Weight type: 0 is 32-bit, 1 is 16-bit, others are quantized.
    pub weight_type: u32,
}

impl WhisperHeader {
    /// Whether the model knows only English. Multilingual models have one token more.
    #[must_use]
    pub fn english_only(&self) -> bool {
        self.vocab < 51_865
    }

    /// The model's usual name, by its number of encoder layers.
    #[must_use]
    pub fn size_name(&self) -> &'static str {
        match self.audio_layers {
            4 => "tiny",
            6 => "base",
            12 => "small",
            24 => "medium",
            32 => "large",
            _ => "unknown",
        }
    }
}

/// Reads the header of a Whisper model and checks that every tensor is there whole.
///
/// # Errors
/// When the file is not a whisper.cpp model, is damaged, or is cut short.
pub fn read_whisper(path: &Path) -> Result<WhisperHeader> {
    let mut reader = Reader::open(path)?;
    if reader.remaining() < 4 || reader.u32("magic number")? != MAGIC {
        return Err(reader.bad("not a whisper.cpp (ggml) model; convert it with `tutorctl models convert`"));
    }
    let mut field = |what| reader.u32(what);
    let header = WhisperHeader {
        vocab: field("vocabulary size")?,
        audio_context: field("encoder context")?,
        audio_state: field("encoder width")?,
        audio_heads: field("encoder heads")?,
        audio_layers: field("encoder layers")?,
        text_context: field("decoder context")?,
        text_state: field("decoder width")?,
        text_heads: field("decoder heads")?,
        text_layers: field("decoder layers")?,
        mels: field("mel bands")?,
        weight_type: field("weight type")?,
    };
    // The largest Whisper has 32 layers of width 1280; a Silero file shows text here.
    if header.audio_layers > 64 || header.text_layers > 64 || header.audio_state > 8192 || header.mels > 256 {
        return Err(reader.bad("a ggml file, but not a Whisper model"));
    }
    let filters = reader.count("mel bands")?.saturating_mul(reader.count("mel bins")?);
    reader.skip(filters.saturating_mul(4), "mel filters")?;
    let words = reader.count("vocabulary length")?;
    for _ in 0..words {
        let len = reader.count("token length")?;
        reader.skip(len, "token")?;
    }
    let mut tensors = 0u32;
    while reader.remaining() > 0 {
        tensor(&mut reader)?;
        tensors += 1;
    }
    let expected = 11 + 15 * header.audio_layers + 24 * header.text_layers;
    if tensors != expected {
        return Err(reader.bad(format!("has {tensors} of {expected} tensors: cut short, fetch it again")));
    }
    Ok(header)
}

fn tensor(reader: &mut Reader) -> Result<()> {
    let dims = reader.count("tensor rank")?;
    let name = reader.count("tensor name length")?;
    let kind = reader.u32("tensor type")?;
    if dims > 4 {
        return Err(reader.bad(format!("a tensor of {dims} dimensions: damaged, fetch it again")));
    }
    let mut elements = 1u64;
    for _ in 0..dims {
        elements = elements.saturating_mul(reader.count("tensor dimension")?);
    }
    reader.skip(name, "tensor name")?;
    let (block, bytes) = super::gguf::block_size(kind)
        .ok_or_else(|| reader.bad(format!("a tensor of unknown type {kind}: damaged, fetch it again")))?;
    reader.skip((elements / block).saturating_mul(bytes), "tensor data")
}
