//! Both converters on small models made here, on damaged ones, and on the real ones if they are there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use common::{AUDIO_CONTEXT, BERT_CONFIG, Ct2, GO_ON, TEXT_CONTEXT, VOCAB, WIDTH};
use iseetutor_models::convert::{Converted, Weights, convert, whisper_to_ggml};
use iseetutor_models::format::gguf::Value;
use iseetutor_models::format::{Kind, ggml, gguf, sniff};
use tempfile::TempDir;

fn to_ggml(folder: &Path) -> Result<Vec<u8>, String> {
    let output = folder.join("out.bin");
    let before = fs::read(&output).ok();
    let converted = convert(folder, &output, Weights::F16, &mut { GO_ON });
    if let Err(error) = converted {
        assert_eq!(fs::read(&output).ok(), before, "a failed conversion changes nothing");
        return Err(error.to_string());
    }
    Ok(fs::read(output).unwrap())
}

/// Finds a tensor's data in a whisper.cpp file: the name, then the bytes.
fn tensor<'a>(file: &'a [u8], name: &str, len: usize) -> &'a [u8] {
    let at = file.windows(name.len()).position(|window| window == name.as_bytes()).unwrap() + name.len();
    &file[at..at + len]
}

#[test]
fn a_whisper_model_becomes_a_file_that_whisper_cpp_reads() {
    let folder = TempDir::new().unwrap();
    Ct2::whisper().write(folder.path());
    let file = to_ggml(folder.path()).unwrap();
    let output = folder.path().join("out.bin");
    let header = ggml::read_whisper(&output).unwrap();
    assert_eq!(
        (header.vocab, header.audio_context, header.text_context),
        (VOCAB, AUDIO_CONTEXT, TEXT_CONTEXT)
    );
    assert_eq!((header.audio_state, header.text_state, header.mels), (WIDTH, WIDTH, 80));
    assert_eq!(
        (header.audio_layers, header.text_layers, header.audio_heads, header.text_heads),
        (1, 1, 2, 2)
    );
    assert_eq!(header.weight_type, 1);
    assert!(header.english_only());
    assert_eq!(sniff(&output).unwrap(), Kind::Whisper);

    // The first token is " a"; the file names its length before it.
    let tokens = 48 + 8 + 80 * 201 * 4;
    assert_eq!(file[tokens..tokens + 4], 50_257i32.to_le_bytes());
    assert_eq!(file[tokens + 4..tokens + 10], *b"\x02\0\0\0 a");
    assert!(!file.windows(5).any(|window| window == b"<|x|>"), "special tokens are left out");

    // The joined projection is split: the value's bias is its last third, as 32-bit numbers.
    let bias = tensor(&file, "encoder.blocks.0.attn.value.bias", 4 * WIDTH as usize);
    let expected: Vec<u8> = (2 * WIDTH..3 * WIDTH).flat_map(|i| (i as f32).to_le_bytes()).collect();
    assert_eq!(bias, expected);
    assert!(!file.windows(13).any(|window| window == b"attn.key.bias"));
}

#[test]
fn conversion_gives_the_same_bytes_every_time() {
    let folder = TempDir::new().unwrap();
    Ct2::whisper().write(folder.path());
    assert_eq!(to_ggml(folder.path()), to_ggml(folder.path()));
    let folder = TempDir::new().unwrap();
    common::write_bert(folder.path());
    assert_eq!(to_ggml(folder.path()), to_ggml(folder.path()));
}

#[test]
fn whisper_models_that_cannot_be_converted_are_refused_with_the_reason() {
    type Change = fn(&mut Ct2);
    let cases: [(&str, Change); 6] = [
        ("quantized to integers", |model| {
            let count = (VOCAB * WIDTH) as usize;
            model.set("decoder/embeddings/weight", &[VOCAB, WIDTH], 1, vec![0; count]);
        }),
        ("has a bias, which Whisper does not", |model| {
            model.half("encoder/layer_0/self_attention/linear_0/bias", &[3 * WIDTH]);
        }),
        ("has shape [8, 9]", |model| model.half("encoder/layer_0/self_attention/linear_1/weight", &[8, 9])),
        ("a first convolution of shape", |model| model.half("encoder/conv1/weight", &[WIDTH, 40, 3])),
        ("which is not [8]", |model| model.set("decoder/layer_norm/gamma", &[WIDTH], 4, vec![0; 3])),
        ("unknown number format 9", |model| model.set("decoder/layer_norm/gamma", &[WIDTH], 9, vec![0; 16])),
    ];
    for (reason, change) in cases {
        let folder = TempDir::new().unwrap();
        let mut model = Ct2::whisper();
        change(&mut model);
        model.write(folder.path());
        let error = to_ggml(folder.path()).unwrap_err();
        assert!(error.contains(reason), "expected {reason:?} in: {error}");
    }
}

#[test]
fn damaged_whisper_inputs_are_refused_with_the_reason() {
    let folder = TempDir::new().unwrap();
    let model = Ct2::whisper();
    model.write(folder.path());
    let whole = model.bytes("WhisperSpec");
    let with_name_length = [&whole[..4], &[0xff, 0xff], &whole[6..]].concat();
    // The first variable's size, after its name, rank, dimensions and format, claims 4 GB.
    let mut huge = whole.clone();
    let first = "decoder/embeddings/weight";
    let at = whole.windows(first.len()).position(|window| window == first.as_bytes()).unwrap();
    huge[at + first.len() + 1 + 1 + 8 + 1..][..4].copy_from_slice(&u32::MAX.to_le_bytes());
    let mut many = whole.clone();
    many[4 + 2 + 12 + 4..][..4].copy_from_slice(&u32::MAX.to_le_bytes());
    for (reason, bytes) in [
        ("cut short or damaged", &whole[..whole.len() / 2]),
        ("cut short or damaged", &whole[..40]),
        ("cut short or damaged", &huge[..]),
        ("", &many[..]),
        ("cut short or damaged", b""),
        ("not a CTranslate2 model", b"GGUF and so on, long enough"),
        ("without an end", &with_name_length[..]),
        ("of kind \"TransformerSpec\"", &model.bytes("TransformerSpec")[..]),
    ] {
        fs::write(folder.path().join("model.bin"), bytes).unwrap();
        let error = to_ggml(folder.path()).unwrap_err();
        assert!(error.contains(reason) && error.contains("model.bin"), "expected {reason:?} in: {error}");
    }
    fs::write(folder.path().join("model.bin"), &whole).unwrap();
    for (reason, text) in [("has no token 1", r#"{"model":{"vocab":{"a":0}}}"#), ("EOF", r#"{"model""#)] {
        fs::write(folder.path().join("tokenizer.json"), text).unwrap();
        let error = to_ggml(folder.path()).unwrap_err();
        assert!(error.contains(reason) && error.contains("tokenizer.json"), "{error}");
    }
}

#[test]
fn a_conversion_can_be_stopped() {
    let folder = TempDir::new().unwrap();
    Ct2::whisper().write(folder.path());
    let output = folder.path().join("out.bin");
    let error = convert(folder.path(), &output, Weights::F16, &mut |_| ControlFlow::Break(())).unwrap_err();
    assert!(matches!(error, iseetutor_models::Error::Cancelled));
    assert!(!output.exists());
}

#[test]
fn a_bert_encoder_becomes_a_gguf_with_llama_cpps_names() {
    for (weights, file_type) in [(Weights::F16, 1), (Weights::F32, 0)] {
        let folder = TempDir::new().unwrap();
        common::write_bert(folder.path());
        let output = folder.path().join("out.gguf");
        assert_eq!(convert(folder.path(), &output, weights, &mut { GO_ON }).unwrap(), Converted::Bert);
        assert_eq!(sniff(&output).unwrap(), Kind::Gguf);
        let header = gguf::read(&output).unwrap();
        assert_eq!(header.architecture(), Some("bert"));
        assert_eq!(header.tensors, 3 + 2 + 16);
        for (key, value) in [
            ("general.file_type", file_type),
            ("bert.context_length", 16),
            ("bert.embedding_length", 4),
            ("bert.block_count", 1),
            ("bert.feed_forward_length", 8),
            ("bert.attention.head_count", 2),
            ("bert.pooling_type", 1),
            ("tokenizer.ggml.token_type_count", 2),
            ("tokenizer.ggml.cls_token_id", 2),
            ("tokenizer.ggml.bos_token_id", 2),
            ("tokenizer.ggml.seperator_token_id", 3),
            ("tokenizer.ggml.unknown_token_id", 1),
            ("tokenizer.ggml.padding_token_id", 0),
            ("tokenizer.ggml.mask_token_id", 4),
        ] {
            assert_eq!(header.unsigned(key), Some(value), "{key}");
        }
        assert_eq!(header.values["bert.attention.causal"], Value::Bool(false));
        assert_eq!(header.values["bert.attention.layer_norm_epsilon"], Value::Float(f64::from(1e-12f32)));
        assert_eq!(header.values["tokenizer.ggml.tokens"], Value::Array(8));
        let bytes = fs::read(&output).unwrap();
        let has = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        assert!(has("\u{2581}play") && has("\u{2581}.") && has("[CLS]"));
        assert!(!has("##ing") && !has("\u{2581}ing") && !has("\u{2581}[CLS]"));
        assert!(!has("pooler"));
        // Matrices have the wanted numbers, positions stay 32-bit, and everything is padded to 32 bytes.
        let published = fs::read(folder.path().join("model.safetensors")).unwrap();
        let tensors = safetensors::SafeTensors::deserialize(&published).unwrap();
        let holds = |data: &[u8]| bytes.windows(data.len()).any(|window| window == data);
        assert!(holds(tensors.tensor("embeddings.position_embeddings.weight").unwrap().data()));
        let words = tensors.tensor("embeddings.word_embeddings.weight").unwrap();
        let halves: Vec<u8> = words
            .data()
            .as_chunks::<4>()
            .0
            .iter()
            .flat_map(|four| half::f16::from_f32(f32::from_le_bytes(*four)).to_le_bytes())
            .collect();
        assert_eq!((holds(&halves), holds(words.data())), (weights == Weights::F16, weights == Weights::F32));
        assert_eq!(bytes.len() % 32, 0);
    }
}

#[test]
fn the_vocabulary_may_be_in_tokenizer_json() {
    let folder = TempDir::new().unwrap();
    common::write_bert(folder.path());
    let from_text = to_ggml(folder.path()).unwrap();
    fs::remove_file(folder.path().join("vocab.txt")).unwrap();
    let entries: Vec<String> =
        common::BERT_VOCAB.iter().enumerate().map(|(id, token)| format!("{token:?}:{id}")).collect();
    let write = |entries: &[String]| {
        let text = format!(r#"{{"model":{{"vocab":{{{}}}}}}}"#, entries.join(","));
        fs::write(folder.path().join("tokenizer.json"), text).unwrap();
    };
    write(&entries);
    assert_eq!(to_ggml(folder.path()).unwrap(), from_text);
    write(&entries[1..]);
    assert!(to_ggml(folder.path()).unwrap_err().contains("numbers are missing"));
}

#[test]
fn berts_that_cannot_be_converted_are_refused_with_the_reason() {
    let cases: [(&str, &str, &str); 9] = [
        ("config.json", "\"llama\"", &BERT_CONFIG.replace("\"bert\"", "\"llama\"")),
        ("config.json", "only \"gelu\"", &BERT_CONFIG.replace("gelu", "relu")),
        ("config.json", "sizes that no BERT has", &BERT_CONFIG.replace("heads\": 2", "heads\": 0")),
        ("config.json", "has no tensor", &BERT_CONFIG.replace("layers\": 1", "layers\": 2")),
        ("config.json", "instead of", &BERT_CONFIG.replace("embeddings\": 16", "embeddings\": 17")),
        ("config.json", "missing field", "{}"),
        ("1_Pooling/config.json", "neither mean nor cls", r#"{"pooling_mode_max_tokens": true}"#),
        ("vocab.txt", "has no token [CLS]", "a\nb\nc\nd\ne\nf\ng\nh\n"),
        ("model.safetensors", "cut short or damaged", "\x20\0\0\0\0\0\0\0{ but no more"),
    ];
    for (file, reason, text) in cases {
        let folder = TempDir::new().unwrap();
        common::write_bert(folder.path());
        fs::write(folder.path().join(file), text).unwrap();
        let error = to_ggml(folder.path()).unwrap_err();
        assert!(error.contains(reason), "expected {reason:?} in: {error}");
    }
    let folder = TempDir::new().unwrap();
    assert!(to_ggml(folder.path()).unwrap_err().contains("not a folder with"));
    common::write_bert(folder.path());
    let path = folder.path().join("model.safetensors");
    let whole = fs::read(&path).unwrap();
    for len in [0, 7, 8, 100, whole.len() - 1] {
        fs::write(&path, &whole[..len]).unwrap();
        assert!(to_ggml(folder.path()).unwrap_err().contains("cut short or damaged"), "{len}");
    }
}

#[test]
fn a_missing_tokenizer_is_named() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("model.bin"), Ct2::whisper().bytes("WhisperSpec")).unwrap();
    let error =
        whisper_to_ggml(folder.path(), &folder.path().join("o"), &mut { GO_ON }).unwrap_err().to_string();
    assert!(error.contains("tokenizer.json"), "{error}");
}
