//! Whisper from CTranslate2 to whisper.cpp.
//!
//! Differences between the two: CTranslate2 joins the query, key and value projections in one matrix
//! and gives the key projection a bias, which is zero in Whisper and absent in whisper.cpp; matrices
//! are 16-bit, while biases, norms and position tables are 32-bit. Tensors are written in the order of
//! OpenAI's checkpoints, the special tokens are left out because whisper.cpp knows them, and so a
//! 16-bit model comes out equal, byte for byte, to the file that the whisper.cpp project publishes.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::path::Path;

use serde::Deserialize;

use super::ct2::Model;
use super::mel;
use super::tensor::Float;
use crate::error::{Error, Result};
use crate::format::ggml::MAGIC;

/// Tokens of text: GPT-2's vocabulary with its end mark. Those after it are special.
const TEXT_TOKENS: u32 = 50_257;

#[derive(Deserialize)]
struct Tokenizer {
    model: TokenizerModel,
    #[serde(default)]
    added_tokens: Vec<AddedToken>,
}

#[derive(Deserialize)]
struct TokenizerModel {
    vocab: HashMap<String, u32>,
}

#[derive(Deserialize)]
struct AddedToken {
    id: u32,
    content: String,
}

/// Converts `model.bin` and `tokenizer.json` in the folder `input` to the file `output`.
/// `progress` gets the bytes written.
///
/// # Errors
/// When a file is missing, cut short, damaged, quantized to integers, or not a Whisper model.
pub fn whisper_to_ggml(
    input: &Path,
    output: &Path,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<()> {
    let model = Model::open(&input.join("model.bin"), "WhisperSpec")?;
    let shape = Shape::of(&model)?;
    let tokens = text_tokens(&input.join("tokenizer.json"))?;
    let file = File::create(output).map_err(Error::io("create", output))?;
    let mut writer = Writer { inner: BufWriter::new(file), model: &model, output, written: 0, progress };
    writer.header(&shape, &tokens)?;
    writer.tensors(&shape)?;
    writer.inner.flush().map_err(Error::io("write", output))
}

struct Shape {
    vocab: u64,
    audio_context: u64,
    text_context: u64,
    width: u64,
    feed_forward: u64,
    audio_heads: u32,
    text_heads: u32,
    audio_layers: u32,
    text_layers: u32,
    mels: u64,
}

impl Shape {
    fn of(model: &Model) -> Result<Self> {
        let pair = |name: &str| match *model.dims(name)? {
            [rows, columns] => Ok((rows, columns)),
            ref other => Err(model.bad(format!("variable {name:?} has shape {other:?} instead of a matrix"))),
        };
        let (vocab, width) = pair("decoder/embeddings/weight")?;
        let (audio_context, _) = pair("encoder/position_encodings/encodings")?;
        let (text_context, _) = pair("decoder/position_encodings/encodings")?;
        let (feed_forward, _) = pair("encoder/layer_0/ffn/linear_0/weight")?;
        let mels = match *model.dims("encoder/conv1/weight")? {
            [_, mels @ (80 | 128), 3] => mels,
            ref other => {
                return Err(model.bad(format!("a first convolution of shape {other:?} is not Whisper's")));
            }
        };
        // The largest Whisper has 51,866 tokens and width 1280.
        if vocab < u64::from(TEXT_TOKENS) || vocab > 100_000 || width > 8192 || audio_context > 65_536 {
            return Err(model.bad(format!("{vocab} tokens of width {width} are not Whisper's")));
        }
        Ok(Self {
            vocab,
            audio_context,
            text_context,
            width,
            feed_forward,
            audio_heads: model.scalar("encoder/num_heads")?,
            text_heads: model.scalar("decoder/num_heads")?,
            audio_layers: model.layers("encoder/layer_"),
            text_layers: model.layers("decoder/layer_"),
            mels,
        })
    }
}

/// The bytes of each token of text, in order.
fn text_tokens(path: &Path) -> Result<Vec<Vec<u8>>> {
    let tokenizer: Tokenizer = super::json(path)?;
    let added = tokenizer.added_tokens.into_iter().map(|token| (token.content, token.id));
    let mut tokens: Vec<Option<Vec<u8>>> = vec![None; TEXT_TOKENS as usize];
    for (text, id) in tokenizer.model.vocab.into_iter().chain(added) {
        if let Some(slot) = tokens.get_mut(id as usize) {
            *slot = Some(token_bytes(&text));
        }
    }
    let missing = tokens.iter().position(Option::is_none);
    if let Some(id) = missing {
        return Err(Error::format(path, format!("has no token {id}: not Whisper's tokenizer")));
    }
    Ok(tokens.into_iter().flatten().collect())
}

/// Undoes GPT-2's spelling of bytes as printable characters. A special token is plain text.
fn token_bytes(text: &str) -> Vec<u8> {
    text.chars().map(printable_to_byte).collect::<Option<_>>().unwrap_or_else(|| text.as_bytes().to_vec())
}

/// GPT-2 spells printable Latin-1 characters as themselves and the other 68 bytes, in order, as the
/// characters from U+0100.
fn printable_to_byte(c: char) -> Option<u8> {
    let itself = |byte: u8| matches!(byte, 0x21..=0x7e | 0xa1..=0xac | 0xae..=0xff);
    match u8::try_from(c) {
        Ok(byte) => itself(byte).then_some(byte),
        Err(_) => {
            let index = u32::from(c).checked_sub(0x100)?;
            (0..=255).filter(|byte| !itself(*byte)).nth(usize::try_from(index).ok()?)
        }
    }
}

struct Writer<'w> {
    inner: BufWriter<File>,
    model: &'w Model,
    output: &'w Path,
    written: u64,
    progress: &'w mut dyn FnMut(u64) -> ControlFlow<()>,
}

impl Writer<'_> {
    fn bytes(&mut self, bytes: &[u8]) -> Result<()> {
        self.written += bytes.len() as u64;
        self.inner.write_all(bytes).map_err(Error::io("write", self.output))
    }

    fn number(&mut self, number: u64) -> Result<()> {
        let number = u32::try_from(number).map_err(|_| self.model.bad(format!("{number} is too large")))?;
        self.bytes(&number.to_le_bytes())
    }

    fn header(&mut self, shape: &Shape, tokens: &[Vec<u8>]) -> Result<()> {
        let (audio, text) = (shape.audio_layers.into(), shape.text_layers.into());
        let (audio_heads, text_heads) = (shape.audio_heads.into(), shape.text_heads.into());
        for number in [
            u64::from(MAGIC),
            shape.vocab,
            shape.audio_context,
            shape.width,
            audio_heads,
            audio,
            shape.text_context,
            shape.width,
            text_heads,
            text,
            shape.mels,
            1, // matrices of 16-bit numbers
        ] {
            self.number(number)?;
        }
        self.number(shape.mels)?;
        self.number(mel::BINS as u64)?;
        // 80 or 128, so the conversion is exact.
        for weight in mel::filters(shape.mels as usize) {
            self.bytes(&weight.to_le_bytes())?;
        }
        self.number(tokens.len() as u64)?;
        for token in tokens {
            self.number(token.len() as u64)?;
            self.bytes(token)?;
        }
        Ok(())
    }

    fn tensors(&mut self, s: &Shape) -> Result<()> {
        let w = s.width;
        self.whole(
            "decoder.positional_embedding",
            "decoder/position_encodings/encodings",
            &[s.text_context, w],
            Float::F32,
        )?;
        self.whole(
            "encoder.positional_embedding",
            "encoder/position_encodings/encodings",
            &[s.audio_context, w],
            Float::F32,
        )?;
        self.whole("decoder.token_embedding.weight", "decoder/embeddings/weight", &[s.vocab, w], Float::F16)?;
        for layer in 0..s.text_layers {
            let (to, from) = (format!("decoder.blocks.{layer}."), format!("decoder/layer_{layer}/"));
            self.block(&to, &from, s)?;
            self.norm(&format!("{to}cross_attn_ln"), &format!("{from}attention/layer_norm"), w)?;
            self.cross_attention(&format!("{to}cross_attn"), &format!("{from}attention"), w)?;
        }
        self.norm("decoder.ln", "decoder/layer_norm", w)?;
        for (number, inputs) in [(1, s.mels), (2, w)] {
            let (to, from) = (format!("encoder.conv{number}"), format!("encoder/conv{number}"));
            self.whole(&format!("{to}.weight"), &format!("{from}/weight"), &[w, inputs, 3], Float::F16)?;
            // A column, which whisper.cpp adds to every frame.
            let bias = self.model.tensor(&format!("{from}/bias"), &[w], Float::F32)?;
            self.tensor(&format!("{to}.bias"), &[w, 1], Float::F32, &bias)?;
        }
        for layer in 0..s.audio_layers {
            self.block(&format!("encoder.blocks.{layer}."), &format!("encoder/layer_{layer}/"), s)?;
        }
        self.norm("encoder.ln_post", "encoder/layer_norm", w)
    }

    /// What encoder and decoder layers have in common.
    fn block(&mut self, to: &str, from: &str, s: &Shape) -> Result<()> {
        let (w, ff) = (s.width, s.feed_forward);
        self.norm(&format!("{to}mlp_ln"), &format!("{from}ffn/layer_norm"), w)?;
        self.linear(&format!("{to}mlp.0"), &format!("{from}ffn/linear_0"), ff, w)?;
        self.linear(&format!("{to}mlp.2"), &format!("{from}ffn/linear_1"), w, ff)?;
        self.norm(&format!("{to}attn_ln"), &format!("{from}self_attention/layer_norm"), w)?;
        let (to, from) = (format!("{to}attn"), format!("{from}self_attention"));
        let [query, key, value] = self.parts(&format!("{from}/linear_0"), w)?;
        self.projection(&format!("{to}.query"), &query, w)?;
        self.key(&format!("{to}.key"), &key, w)?;
        self.projection(&format!("{to}.value"), &value, w)?;
        self.linear(&format!("{to}.out"), &format!("{from}/linear_1"), w, w)
    }

    fn cross_attention(&mut self, to: &str, from: &str, w: u64) -> Result<()> {
        self.linear(&format!("{to}.query"), &format!("{from}/linear_0"), w, w)?;
        let [key, value] = self.parts(&format!("{from}/linear_1"), w)?;
        self.key(&format!("{to}.key"), &key, w)?;
        self.projection(&format!("{to}.value"), &value, w)?;
        self.linear(&format!("{to}.out"), &format!("{from}/linear_2"), w, w)
    }

    /// Splits N projections that are stored as one: weights and biases of each.
    fn parts<const N: usize>(&self, from: &str, w: u64) -> Result<[(Vec<u8>, Vec<u8>); N]> {
        let rows = w * N as u64;
        let weight = self.model.tensor(&format!("{from}/weight"), &[rows, w], Float::F16)?;
        let bias = self.model.tensor(&format!("{from}/bias"), &[rows], Float::F32)?;
        let part = |bytes: &[u8], index: usize| {
            let len = bytes.len() / N;
            bytes[index * len..(index + 1) * len].to_vec()
        };
        Ok(std::array::from_fn(|index| (part(&weight, index), part(&bias, index))))
    }

    fn projection(&mut self, to: &str, (weight, bias): &(Vec<u8>, Vec<u8>), w: u64) -> Result<()> {
        self.tensor(&format!("{to}.weight"), &[w, w], Float::F16, weight)?;
        self.tensor(&format!("{to}.bias"), &[w], Float::F32, bias)
    }

    fn key(&mut self, to: &str, (weight, bias): &(Vec<u8>, Vec<u8>), w: u64) -> Result<()> {
        // The sign bit of a zero may be set.
        if bias.chunks(4).any(|number| !matches!(number, [0, 0, 0, 0 | 0x80])) {
            return Err(self
                .model
                .bad(format!("{to} has a bias, which Whisper does not: not a Whisper model")));
        }
        self.tensor(&format!("{to}.weight"), &[w, w], Float::F16, weight)
    }

    fn norm(&mut self, to: &str, from: &str, w: u64) -> Result<()> {
        self.whole(&format!("{to}.weight"), &format!("{from}/gamma"), &[w], Float::F32)?;
        self.whole(&format!("{to}.bias"), &format!("{from}/beta"), &[w], Float::F32)
    }

    fn linear(&mut self, to: &str, from: &str, outputs: u64, inputs: u64) -> Result<()> {
        self.whole(&format!("{to}.weight"), &format!("{from}/weight"), &[outputs, inputs], Float::F16)?;
        self.whole(&format!("{to}.bias"), &format!("{from}/bias"), &[outputs], Float::F32)
    }

    fn whole(&mut self, to: &str, from: &str, dims: &[u64], format: Float) -> Result<()> {
        let data = self.model.tensor(from, dims, format)?;
        self.tensor(to, dims, format, &data)
    }

    /// Rank, name length, type, dimensions from the innermost, name, data.
    fn tensor(&mut self, name: &str, dims: &[u64], format: Float, data: &[u8]) -> Result<()> {
        self.number(dims.len() as u64)?;
        self.number(name.len() as u64)?;
        self.number(match format {
            Float::F32 => 0,
            Float::F16 => 1,
        })?;
        for dim in dims.iter().rev() {
            self.number(*dim)?;
        }
        self.bytes(name.as_bytes())?;
        self.bytes(data)?;
        match (self.progress)(self.written) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Error::Cancelled),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_spelled_back_into_bytes() {
        assert_eq!(token_bytes("Ġhello"), b" hello");
        assert_eq!(token_bytes("Ċ"), b"\n");
        assert_eq!(token_bytes("¡"), [0xa1]);
        assert_eq!(token_bytes("Ń"), [0xad]);
        assert_eq!(token_bytes("<|endoftext|>"), b"<|endoftext|>");
        // Not GPT-2's spelling, so plain text.
        assert_eq!(token_bytes("日本"), "日本".as_bytes());
    }

    #[test]
    fn every_byte_has_one_spelling() {
        let mut seen: Vec<u8> = (0..0x200).filter_map(char::from_u32).filter_map(printable_to_byte).collect();
        seen.sort_unstable();
        assert_eq!(seen, (0..=255).collect::<Vec<u8>>());
    }
}
