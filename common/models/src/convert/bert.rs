//! BERT sentence encoders from safetensors to GGUF, for llama.cpp's `bert` architecture.
//!
//! Key and tensor names, and which tensors stay 32-bit, follow llama.cpp's own converter; the
//! vocabulary is turned round as its tokenizer expects: a word starts with U+2581, a continuation
//! (`##` in WordPiece) is bare, special tokens stay as they are.

use std::collections::HashMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use safetensors::{Dtype, SafeTensors};
use serde::Deserialize;

use super::gguf_writer::Builder;
use super::tensor::{self, Float};
use crate::error::{Error, Result};

/// Number format of the matrices. Norms, biases and position tables are always 32-bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weights {
    /// 16-bit: half the size; embeddings differ in the fourth digit.
    F16,
    /// 32-bit: as published.
    F32,
}

#[derive(Deserialize)]
struct Config {
    model_type: String,
    hidden_size: u32,
    num_hidden_layers: u32,
    num_attention_heads: u32,
    intermediate_size: u32,
    max_position_embeddings: u32,
    layer_norm_eps: f32,
    #[serde(default = "two")]
    type_vocab_size: u32,
    hidden_act: String,
    #[serde(default)]
    position_embedding_type: Option<String>,
    #[serde(rename = "_name_or_path", default)]
    name: Option<String>,
}

fn two() -> u32 {
    2
}

#[derive(Deserialize)]
struct TokenizerConfig {
    #[serde(default = "yes")]
    do_lower_case: bool,
}

fn yes() -> bool {
    true
}

/// `1_Pooling/config.json` of sentence-transformers.
#[derive(Deserialize)]
struct Pooling {
    #[serde(default)]
    pooling_mode_cls_token: bool,
    #[serde(default)]
    pooling_mode_mean_tokens: bool,
    #[serde(default)]
    pooling_mode_max_tokens: bool,
}

/// The vocabulary inside `tokenizer.json`.
#[derive(Deserialize)]
struct Tokenizer {
    model: TokenizerModel,
}

#[derive(Deserialize)]
struct TokenizerModel {
    vocab: HashMap<String, usize>,
}

/// Converts the model in the folder `input` to the file `output`: `model.safetensors`, `config.json`,
/// `vocab.txt` or `tokenizer.json`, `tokenizer_config.json`, and sentence-transformers'
/// `1_Pooling/config.json` (or the same as `pooling.json`). `progress` gets the bytes of weights written.
///
/// # Errors
/// When a file is missing, cut short or damaged, or the model is not a BERT that llama.cpp can run.
pub fn bert_to_gguf(
    input: &Path,
    output: &Path,
    weights: Weights,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<()> {
    let config_path = input.join("config.json");
    let config: Config = super::json(&config_path)?;
    config.check().map_err(|problem| Error::format(&config_path, problem))?;
    let (vocabulary, vocabulary_path) = vocabulary(input)?;
    let lowercase = super::json::<TokenizerConfig>(&input.join("tokenizer_config.json"))?.do_lower_case;
    let pooling_path = first_of(input, &["pooling.json", "1_Pooling/config.json"]);
    let pooling = super::json::<Pooling>(&pooling_path)?;
    let pooling = pooling.kind().map_err(|problem| Error::format(&pooling_path, problem))?;

    let mut builder = Builder::default();
    general(&mut builder, &config, weights, pooling);
    tokenizer(&mut builder, &vocabulary, lowercase, config.type_vocab_size)
        .map_err(|problem| Error::format(vocabulary_path, problem))?;

    let weights_path = input.join("model.safetensors");
    let bytes = fs::read(&weights_path).map_err(Error::io("read", &weights_path))?;
    let tensors = SafeTensors::deserialize(&bytes).map_err(|error| {
        Error::format(&weights_path, format!("{error}: cut short or damaged, fetch it again"))
    })?;
    let wanted = tensor_list(&config, vocabulary.len() as u64, weights);
    for (_, name, dims, format) in &wanted {
        builder.tensor(name.clone(), dims, *format);
    }
    let mut written = 0;
    builder.write(output, &mut |index| {
        let (source, _, dims, format) = &wanted[index];
        let data =
            load(&tensors, source, dims, *format).map_err(|problem| Error::format(&weights_path, problem))?;
        written += data.len() as u64;
        if progress(written).is_break() {
            return Err(Error::Cancelled);
        }
        Ok(data)
    })
}

impl Config {
    fn check(&self) -> Result<(), String> {
        if self.model_type != "bert" {
            return Err(format!("a model of type {:?}; only \"bert\" can be converted", self.model_type));
        }
        if self.hidden_act != "gelu" {
            return Err(format!("activation {:?}; llama.cpp's BERT has only \"gelu\"", self.hidden_act));
        }
        if let Some(kind) = self.position_embedding_type.as_deref().filter(|kind| *kind != "absolute") {
            return Err(format!("positions of type {kind:?}; llama.cpp's BERT has only \"absolute\""));
        }
        let heads_fit =
            self.num_attention_heads > 0 && self.hidden_size.is_multiple_of(self.num_attention_heads);
        let plausible = (1..=1024).contains(&self.num_hidden_layers)
            && (1..=65_536).contains(&self.hidden_size)
            && (1..=1 << 20).contains(&self.intermediate_size)
            && (1..=1 << 20).contains(&self.max_position_embeddings)
            && (1..=16).contains(&self.type_vocab_size)
            && self.layer_norm_eps > 0.0;
        if heads_fit && plausible { Ok(()) } else { Err("sizes that no BERT has".to_owned()) }
    }
}

impl Pooling {
    /// llama.cpp's number for the way token vectors become one.
    fn kind(&self) -> Result<u32, String> {
        match (self.pooling_mode_mean_tokens, self.pooling_mode_cls_token, self.pooling_mode_max_tokens) {
            (true, false, false) => Ok(1),
            (false, true, false) => Ok(2),
            _ => Err("a pooling that is neither mean nor cls, which llama.cpp does not have".to_owned()),
        }
    }
}

fn general(builder: &mut Builder, config: &Config, weights: Weights, pooling: u32) {
    builder.text("general.architecture", "bert");
    builder.text("general.type", "model");
    if let Some(name) = &config.name {
        builder.text("general.name", name);
    }
    builder.unsigned(
        "general.file_type",
        match weights {
            Weights::F32 => 0,
            Weights::F16 => 1,
        },
    );
    builder.unsigned("bert.context_length", config.max_position_embeddings);
    builder.unsigned("bert.embedding_length", config.hidden_size);
    builder.unsigned("bert.block_count", config.num_hidden_layers);
    builder.unsigned("bert.feed_forward_length", config.intermediate_size);
    builder.unsigned("bert.attention.head_count", config.num_attention_heads);
    builder.float("bert.attention.layer_norm_epsilon", config.layer_norm_eps);
    builder.bool("bert.attention.causal", false);
    builder.unsigned("bert.pooling_type", pooling);
}

const SPECIAL: [(&str, &str); 5] = [
    ("[CLS]", "cls"),
    ("[SEP]", "seperator"), // spelled so in GGUF
    ("[UNK]", "unknown"),
    ("[PAD]", "padding"),
    ("[MASK]", "mask"),
];

fn tokenizer(
    builder: &mut Builder,
    vocabulary: &[String],
    lowercase: bool,
    types: u32,
) -> Result<(), String> {
    const NORMAL: i32 = 1;
    const CONTROL: i32 = 3;
    let special = |token: &str| SPECIAL.iter().any(|(name, _)| *name == token);
    let tokens: Vec<String> = vocabulary
        .iter()
        .map(|token| match token.strip_prefix("##") {
            _ if special(token) => token.clone(),
            Some(continuation) => continuation.to_owned(),
            None => format!("\u{2581}{token}"),
        })
        .collect();
    let kinds: Vec<i32> =
        vocabulary.iter().map(|token| if special(token) { CONTROL } else { NORMAL }).collect();
    builder.unsigned("tokenizer.ggml.token_type_count", types);
    builder.text("tokenizer.ggml.model", "bert");
    builder.text("tokenizer.ggml.pre", "default");
    builder.texts("tokenizer.ggml.tokens", &tokens);
    builder.signed_array("tokenizer.ggml.token_type", &kinds);
    builder.bool("tokenizer.ggml.normalizer.lowercase", lowercase);
    for (token, key) in SPECIAL {
        let id = vocabulary.iter().position(|entry| entry == token);
        let id = id
            .and_then(|id| u32::try_from(id).ok())
            .ok_or_else(|| format!("has no token {token}: not BERT's"))?;
        builder.unsigned(&format!("tokenizer.ggml.{key}_token_id"), id);
        // llama.cpp puts this one first.
        if key == "cls" {
            builder.unsigned("tokenizer.ggml.bos_token_id", id);
        }
    }
    Ok(())
}

/// The first of these files that is there, or else the first.
fn first_of(folder: &Path, names: &[&str]) -> PathBuf {
    let mut paths = names.iter().map(|name| folder.join(name));
    let first = paths.next().unwrap_or_default();
    if first.is_file() { first } else { paths.find(|path| path.is_file()).unwrap_or(first) }
}

/// The tokens in order, and the file they came from.
fn vocabulary(input: &Path) -> Result<(Vec<String>, PathBuf)> {
    let path = first_of(input, &["vocab.txt", "tokenizer.json"]);
    if path.ends_with("vocab.txt") {
        let text = fs::read_to_string(&path).map_err(Error::io("read", &path))?;
        return Ok((text.lines().map(str::to_owned).collect(), path));
    }
    let vocab = super::json::<Tokenizer>(&path)?.model.vocab;
    let mut tokens = vec![None; vocab.len()];
    for (token, id) in vocab {
        match tokens.get_mut(id) {
            Some(slot) => *slot = Some(token),
            None => {
                return Err(Error::format(
                    &path,
                    format!("token {token:?} has number {id}: numbers are missing"),
                ));
            }
        }
    }
    match tokens.into_iter().collect::<Option<Vec<_>>>() {
        Some(tokens) => Ok((tokens, path)),
        None => Err(Error::format(path, "two tokens have the same number")),
    }
}

type Wanted = (String, String, Vec<u64>, Float);

/// For each tensor: its name in the safetensors, its name in GGUF, its shape, its number format.
fn tensor_list(config: &Config, vocabulary: u64, weights: Weights) -> Vec<Wanted> {
    let matrix_format = match weights {
        Weights::F16 => Float::F16,
        Weights::F32 => Float::F32,
    };
    let (width, inner) = (u64::from(config.hidden_size), u64::from(config.intermediate_size));
    let mut list = Vec::new();
    let mut matrix = |from: &str, to: &str, rows: u64, columns: u64, format: Float| {
        list.push((format!("{from}.weight"), format!("{to}.weight"), vec![rows, columns], format));
    };
    matrix("embeddings.word_embeddings", "token_embd", vocabulary, width, matrix_format);
    let positions = config.max_position_embeddings.into();
    matrix("embeddings.position_embeddings", "position_embd", positions, width, Float::F32);
    let types = config.type_vocab_size.into();
    matrix("embeddings.token_type_embeddings", "token_types", types, width, Float::F32);
    let mut vectors = |from: &str, to: &str, parts: &[&str], len: u64| {
        for part in parts {
            list.push((format!("{from}.{part}"), format!("{to}.{part}"), vec![len], Float::F32));
        }
    };
    vectors("embeddings.LayerNorm", "token_embd_norm", &["weight", "bias"], width);
    for layer in 0..config.num_hidden_layers {
        let (from, to) = (format!("encoder.layer.{layer}"), format!("blk.{layer}"));
        for (part, name, rows, columns) in [
            ("attention.self.query", "attn_q", width, width),
            ("attention.self.key", "attn_k", width, width),
            ("attention.self.value", "attn_v", width, width),
            ("attention.output.dense", "attn_output", width, width),
            ("intermediate.dense", "ffn_up", inner, width),
            ("output.dense", "ffn_down", width, inner),
        ] {
            let (from, to) = (format!("{from}.{part}"), format!("{to}.{name}"));
            list.push((format!("{from}.weight"), format!("{to}.weight"), vec![rows, columns], matrix_format));
            list.push((format!("{from}.bias"), format!("{to}.bias"), vec![rows], Float::F32));
        }
        for (part, name) in [("attention.output", "attn_output_norm"), ("output", "layer_output_norm")] {
            for end in ["weight", "bias"] {
                list.push((
                    format!("{from}.{part}.LayerNorm.{end}"),
                    format!("{to}.{name}.{end}"),
                    vec![width],
                    Float::F32,
                ));
            }
        }
    }
    list
}

/// Finds a tensor by its name, with or without the prefix of a larger model.
fn load(tensors: &SafeTensors<'_>, name: &str, dims: &[u64], format: Float) -> Result<Vec<u8>, String> {
    let view = tensors
        .tensor(name)
        .or_else(|_| tensors.tensor(&format!("bert.{name}")))
        .map_err(|_| format!("has no tensor {name:?}: not a BERT encoder"))?;
    if !view.shape().iter().map(|dim| *dim as u64).eq(dims.iter().copied()) {
        return Err(format!("tensor {name:?} has shape {:?} instead of {dims:?}", view.shape()));
    }
    let stored = match view.dtype() {
        Dtype::F32 => Float::F32,
        Dtype::F16 => Float::F16,
        other => {
            return Err(format!(
                "tensor {name:?} has number format {other:?}; only F32 and F16 can be converted"
            ));
        }
    };
    Ok(tensor::convert(view.data().to_vec(), stored, format))
}
