//! Files of models: GGUF, ggml, the converters' inputs (CTranslate2, safetensors, JSON), and the list of models. The first
//! byte says which.
#![no_main]

use std::ops::ControlFlow;
use std::path::Path;

use iseetutor_models::Manifest;
use iseetutor_models::convert::{Weights, bert_to_gguf, whisper_to_ggml};
use iseetutor_models::format::{ggml, gguf};
use libfuzzer_sys::fuzz_target;

/// Bytes that a converter may write before it is stopped: a small input must not fill the disk.
const MOST: u64 = 1 << 20;

fn put(folder: &Path, name: &str, bytes: &[u8]) {
    std::fs::write(folder.join(name), bytes).expect("a file in the temporary folder");
}

fuzz_target!(|data: &[u8]| {
    let Some((which, data)) = data.split_first() else { return };
    let folder = tempfile::Builder::new().prefix("fuzz-").tempdir_in("/dev/shm").expect("a folder in memory");
    let folder = folder.path();
    let output = folder.join("output");
    let mut written = 0;
    let mut progress = |bytes: u64| {
        written += bytes;
        if written > MOST { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    match which % 6 {
        0 => {
            put(folder, "model", data);
            let _ = gguf::read(&folder.join("model"));
        }
        1 => {
            put(folder, "model", data);
            let _ = ggml::read_whisper(&folder.join("model"));
        }
        2 => {
            put(folder, "model.bin", data);
            put(folder, "tokenizer.json", include_bytes!("../parts/tokenizer.json"));
            let _ = whisper_to_ggml(folder, &output, &mut progress);
        }
        3 => {
            put(folder, "model.safetensors", data);
            put(folder, "config.json", include_bytes!("../parts/bert.json"));
            put(folder, "vocab.txt", b"[PAD]\n[UNK]\n[CLS]\n[SEP]\nhello\n");
            put(folder, "tokenizer_config.json", br#"{"do_lower_case": true}"#);
            put(folder, "pooling.json", br#"{"pooling_mode_mean_tokens": true}"#);
            let _ = bert_to_gguf(folder, &output, Weights::F32, &mut progress);
        }
        4 => {
            put(folder, "config.json", data);
            put(folder, "vocab.txt", data);
            put(folder, "tokenizer_config.json", data);
            put(folder, "pooling.json", data);
            put(folder, "model.safetensors", data);
            let _ = bert_to_gguf(folder, &output, Weights::F32, &mut progress);
        }
        _ => {
            if let Ok(text) = std::str::from_utf8(data) {
                let _ = Manifest::parse(text, "fuzz.toml");
            }
        }
    }
});
