//! Header readers: what they tell, and that no bytes make them panic or allocate without bound.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use common::{Ct2, GO_ON};
use iseetutor_models::convert::{Weights, bert_to_gguf, whisper_to_ggml};
use iseetutor_models::format::{Kind, check_role, ggml, gguf, sniff};
use iseetutor_models::{Arch, Role};
use proptest::prelude::*;
use tempfile::TempDir;

/// A folder with both small models, converted once.
static MODELS: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    Ct2::whisper().write(path);
    common::write_bert(path);
    whisper_to_ggml(path, &path.join("whisper.bin"), &mut { GO_ON }).unwrap();
    bert_to_gguf(path, &path.join("bert.gguf"), Weights::F16, &mut { GO_ON }).unwrap();
    folder
});

fn file(folder: &TempDir, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join("file");
    fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn files_are_told_apart_by_their_first_bytes() {
    let folder = TempDir::new().unwrap();
    let elf = |machine: u16| {
        [b"\x7fELF\x02\x01\x01".to_vec(), vec![0; 11], machine.to_le_bytes().to_vec()].concat()
    };
    let ct2 = Ct2::default().bytes("WhisperSpec");
    for (bytes, kind) in [
        (&b""[..], Kind::Empty),
        (b"G", Kind::Unknown),
        (b"GGUF\x03\0\0\0", Kind::Gguf),
        (b"lmgg\x98\xca\0\0", Kind::Whisper),
        (b"lmgg\x0a\0\0\0silero-16k", Kind::SileroVad),
        (b"\x08\x08\x12\x07pytorch", Kind::Onnx),
        (b"PK\x03\x04", Kind::Zip),
        (b"\x60\x00\0\0\0\0\0\0{\"a\":", Kind::Safetensors),
        (b" {\"audio\": 1}", Kind::Json),
        (b"<!DOCTYPE html>", Kind::Html),
        (b"\n<HTML>", Kind::Html),
        (&elf(62), Kind::Elf(Some(Arch::X86_64))),
        (&elf(183), Kind::Elf(Some(Arch::Aarch64))),
        (&elf(8), Kind::Elf(None)),
        (&ct2, Kind::CTranslate2("WhisperSpec".to_owned())),
        (b"plain text", Kind::Unknown),
    ] {
        assert_eq!(sniff(&file(&folder, bytes)).unwrap(), kind, "{bytes:?}");
    }
}

#[test]
fn a_file_in_the_wrong_role_is_named_for_what_it_is() {
    let (whisper, bert) = (MODELS.path().join("whisper.bin"), MODELS.path().join("bert.gguf"));
    check_role(&whisper, Role::SpeechToText).unwrap();
    check_role(&bert, Role::Embedding).unwrap();
    check_role(&MODELS.path().join("config.json"), Role::TextToSpeechConfig).unwrap();
    let error = check_role(&whisper, Role::Language).unwrap_err().to_string();
    assert!(
        error.contains("is a whisper.cpp (ggml) model") && error.contains("must be a llama.cpp (GGUF)"),
        "{error}"
    );
    for role in [Role::SpeechToText, Role::TextToSpeech, Role::VoiceActivity, Role::Onnxruntime] {
        assert!(check_role(&bert, role).is_err(), "{role}");
    }
    assert!(gguf::read(&whisper).unwrap_err().to_string().contains("not a GGUF file"));
    assert!(ggml::read_whisper(&bert).unwrap_err().to_string().contains("not a whisper.cpp"));
    assert!(check_role(&MODELS.path().join("absent"), Role::Language).is_err());
}

#[test]
fn a_file_cut_anywhere_is_refused() {
    let folder = TempDir::new().unwrap();
    for (name, read) in [
        ("whisper.bin", (|path| ggml::read_whisper(path).is_ok()) as fn(&std::path::Path) -> bool),
        ("bert.gguf", |path| gguf::read(path).is_ok()),
    ] {
        let whole = fs::read(MODELS.path().join(name)).unwrap();
        assert!(read(&file(&folder, &whole)), "{name}");
        let steps = (0..64).map(|step| whole.len() * step / 64).chain([1, 3, 4, 5, 40, 60]);
        for len in steps {
            assert!(!read(&file(&folder, &whole[..len])), "{name} cut to {len} of {} bytes", whole.len());
        }
    }
}

#[test]
fn counts_larger_than_the_file_are_refused_at_once() {
    let folder = TempDir::new().unwrap();
    let header = |tensors: u64, keys: u64| {
        [b"GGUF\x03\0\0\0".to_vec(), tensors.to_le_bytes().to_vec(), keys.to_le_bytes().to_vec(), vec![0; 64]]
            .concat()
    };
    for (tensors, keys) in [(u64::MAX, 0), (0, u64::MAX), (1000, 1000)] {
        let error = gguf::read(&file(&folder, &header(tensors, keys))).unwrap_err().to_string();
        assert!(error.contains("more than its size allows"), "{error}");
    }
    let version = [b"GGUF\x01\0\0\0".to_vec(), vec![0; 64]].concat();
    assert!(gguf::read(&file(&folder, &version)).unwrap_err().to_string().contains("version 1"));
    // One key whose value is an array of 2^60 strings; another nested without end.
    let mut strings = header(0, 1);
    strings.truncate(24);
    strings.extend(1u64.to_le_bytes());
    strings.push(b'k');
    strings.extend(9u32.to_le_bytes());
    let mut nested = strings.clone();
    strings.extend(8u32.to_le_bytes());
    strings.extend((1u64 << 60).to_le_bytes());
    assert!(gguf::read(&file(&folder, &strings)).is_err());
    for _ in 0..1000 {
        nested.extend(9u32.to_le_bytes());
        nested.extend(1u64.to_le_bytes());
    }
    assert!(gguf::read(&file(&folder, &nested)).unwrap_err().to_string().contains("nested too deep"));
}

fn read_everything(bytes: &[u8]) {
    let folder = TempDir::new().unwrap();
    let path = file(&folder, bytes);
    let _ = sniff(&path);
    let _ = gguf::read(&path);
    let _ = ggml::read_whisper(&path);
    for name in ["model.bin", "model.safetensors"] {
        fs::copy(&path, folder.path().join(name)).unwrap();
    }
    for name in ["config.json", "vocab.txt", "tokenizer_config.json"] {
        fs::copy(MODELS.path().join(name), folder.path().join(name)).unwrap();
    }
    fs::copy(MODELS.path().join("1_Pooling/config.json"), folder.path().join("pooling.json")).unwrap();
    fs::write(folder.path().join("tokenizer.json"), "{}").unwrap();
    let _ = whisper_to_ggml(folder.path(), &folder.path().join("a"), &mut { GO_ON });
    let _ = bert_to_gguf(folder.path(), &folder.path().join("b"), Weights::F16, &mut { GO_ON });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_bytes_make_a_reader_panic(
        magic in prop::sample::select(vec![
            &b""[..], b"GGUF\x03\0\0\0", b"lmgg", b"\x06\0\0\0\x0c\0WhisperSpec\0\x03\0\0\0", b"\x20\0\0\0\0\0\0\0{",
        ]),
        rest in prop::collection::vec(any::<u8>(), 0..600),
    ) {
        read_everything(&[magic, &rest].concat());
    }

    #[test]
    fn changed_models_never_make_a_reader_panic(
        name in prop::sample::select(vec!["bert.gguf", "model.safetensors"]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = fs::read(MODELS.path().join(name)).unwrap();
        // The headers come first and are where the lengths are.
        let head = bytes.len().min(2500);
        for (at, byte) in changes {
            bytes[at.index(head)] = byte;
        }
        read_everything(&bytes);
    }
}
