//! What is said about model files that cannot be used, embeddings, and quantisation.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::path::{Path, PathBuf};

use common::{embedding, language};
use llmd::embed::{EmbedConfig, Embedder, Embeddings};
use llmd::engine::{Engine, Starting};
use llmd::model::{ModelError, Purpose, load};
use llmd::quantize::quantize;

fn fails(path: &Path, purpose: Purpose) -> ModelError {
    load(path, purpose, 0, |_| true).expect_err("this file cannot be used")
}

#[test]
fn files_that_are_not_models_are_named_with_a_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let says = |path: &Path, what: &str| {
        let text = fails(path, Purpose::Language).to_string();
        assert!(text.contains(what) && text.contains("tutorctl"), "{text}");
        if !path.as_os_str().is_empty() {
            assert!(text.contains(path.to_str().unwrap()), "{text}");
        }
    };
    says(&folder.path().join("missing.gguf"), "cannot read");
    says(folder.path(), "directory");
    says(Path::new(""), "set `model`");
    says(&file("empty.gguf", b""), "empty");
    says(&file("whisper.bin", b"lmgg\0\0\0\0"), "whisper.cpp");
    says(&file("text.gguf", b"Hello, this is text."), "not a GGUF file");
    says(&file("head.gguf", b"GGUF"), "cut short or damaged");
    says(&file("zeros.gguf", &[b"GGUF".as_slice(), &[0; 64]].concat()), "cut short or damaged");
    says(&file("huge.gguf", &[b"GGUF\x03\0\0\0".as_slice(), &[0xff; 64]].concat()), "cut short or damaged");
}

#[test]
fn a_model_cut_short_or_with_damaged_data_is_an_error_wherever_it_is_cut() {
    let Some(model) = language() else { return };
    let whole = std::fs::read(model).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cut.gguf");
    for length in [8, 24, 100, 2_000, 500_000, 1_800_000, whole.len() / 2, whole.len() - 1] {
        std::fs::write(&path, &whole[..length]).unwrap();
        let text = fails(&path, Purpose::Language).to_string();
        assert!(text.contains("cut short or damaged"), "{length}: {text}");
    }
    let mut damaged = whole[..400_000].to_vec();
    for at in (8..2_000).step_by(7) {
        damaged[at] ^= 0x55;
        std::fs::write(&path, &damaged).unwrap();
        fails(&path, Purpose::Language);
    }
}

#[test]
fn a_model_for_something_else_is_refused() {
    if let Some(model) = embedding() {
        let error = fails(&model, Purpose::Language).to_string();
        assert!(
            error.contains("architecture is bert") && error.contains("choose a language model"),
            "{error}"
        );
    }
    if let Some(model) = language() {
        let error = fails(&model, Purpose::Embedding).to_string();
        assert!(
            error.contains("architecture is llama") && error.contains("choose an embedding model"),
            "{error}"
        );
    }
}

#[test]
fn loading_can_be_given_up() {
    let Some(model) = language() else { return };
    assert!(matches!(load(&model, Purpose::Language, 0, |_| false), Err(ModelError::GivenUp { .. })));
    let (engine, Starting { loaded, ended }) = Engine::start(common::config(model)).unwrap();
    engine.stop();
    // It may have been loaded already; in either case the worker ends.
    let _ = loaded.blocking_recv();
    assert!(ended.blocking_recv().is_err());
}

#[test]
fn an_unknown_chat_template_is_an_error_that_names_the_key() {
    let Some(model) = language() else { return };
    let mut config = common::config(model);
    config.chat_template = "no such template".into();
    let (_engine, Starting { loaded, .. }) = Engine::start(config).unwrap();
    let error = loaded.blocking_recv().unwrap().unwrap_err().to_string();
    assert!(error.contains("`chat_template`"), "{error}");
}

fn embed(embedder: &Embedder, texts: &[&str]) -> Embeddings {
    let texts = texts.iter().map(|text| (*text).to_owned()).collect();
    embedder.submit(texts).unwrap().blocking_recv().unwrap().unwrap()
}

fn start(model: PathBuf, at_start: bool) -> Embedder {
    Embedder::start(EmbedConfig { model, threads: 1, gpu_layers: 0, at_start }).unwrap().0
}

#[test]
fn embeddings_know_that_a_kitten_is_closer_to_a_cat_than_algebra_is() {
    let Some(model) = embedding() else { return };
    let embedder = start(model, false);
    let found = embed(&embedder, &["cat", "kitten", "algebra", "cat"]);
    assert_eq!((found.vectors.len(), found.truncated), (4, 0));
    let cosine = |a: usize, b: usize| -> f32 {
        found.vectors[a].iter().zip(&found.vectors[b]).map(|(x, y)| x * y).sum()
    };
    assert!((cosine(0, 0) - 1.0).abs() < 1e-5, "each is one long");
    assert!((cosine(0, 3) - 1.0).abs() < 1e-5, "the same text gives the same vector");
    assert!(cosine(0, 1) > cosine(0, 2) + 0.2, "{} and {}", cosine(0, 1), cosine(0, 2));
    assert!(found.vectors.iter().all(|vector| vector.len() == found.dimensions));
}

#[test]
fn long_texts_are_cut_and_counted_and_wrong_counts_refused() {
    let Some(model) = embedding() else { return };
    let (embedder, loaded) =
        Embedder::start(EmbedConfig { model, threads: 1, gpu_layers: 0, at_start: true }).unwrap();
    loaded.unwrap().blocking_recv().unwrap().unwrap();
    let long = "the quick brown fox ".repeat(1_000);
    let found = embed(&embedder, &[&long, "fox", ""]);
    assert_eq!((found.vectors.len(), found.truncated), (3, 1));
    assert!(embedder.submit(Vec::new()).unwrap_err().to_string().contains("send 1 to 32"));
    assert!(embedder.submit(vec![String::new(); 33]).unwrap_err().to_string().contains("send 1 to 32"));
}

#[test]
fn an_embedding_model_that_cannot_be_used_fails_the_request_and_is_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("late.gguf");
    let embedder = start(path.clone(), false);
    let ask = || embedder.submit(vec!["cat".into()]).unwrap().blocking_recv().unwrap();
    let error = ask().unwrap_err().to_string();
    assert!(error.contains("late.gguf") && error.contains("tutorctl models fetch"), "{error}");
    let Some(model) = embedding() else { return };
    std::os::unix::fs::symlink(model, &path).unwrap();
    assert_eq!(ask().unwrap().vectors.len(), 1);
}

#[test]
fn quantising_makes_a_smaller_model_that_works_and_never_overwrites() {
    let Some(model) = embedding() else { return };
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("small.gguf");
    let bytes = quantize(&model, &to, "Q8_0").unwrap();
    assert_eq!(bytes, to.metadata().unwrap().len());
    assert!(bytes < model.metadata().unwrap().len());
    let [exact, small] = [model.clone(), to.clone()].map(|path| embed(&start(path, false), &["a red apple"]));
    let cosine: f32 = exact.vectors[0].iter().zip(&small.vectors[0]).map(|(x, y)| x * y).sum();
    assert!(cosine > 0.99, "{cosine}");
    let error = quantize(&model, &to, "q8_0").unwrap_err().to_string();
    assert!(error.contains("not overwritten"), "{error}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing unfinished is left");
}

#[test]
fn quantising_says_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("text.gguf");
    std::fs::write(&text, "no model").unwrap();
    let to = folder.path().join("out.gguf");
    let fails = |from: &Path, kind: &str| quantize(from, &to, kind).unwrap_err().to_string();
    assert!(fails(&text, "q9_9").contains("use one of q4_0"));
    assert!(fails(&text, "q8_0").contains("not a GGUF file"));
    assert!(fails(&folder.path().join("missing.gguf"), "q8_0").contains("cannot read"));
    std::fs::write(&text, b"GGUF\x03\0\0\0").unwrap();
    assert!(fails(&text, "q8_0").contains("cannot quantise"));
    if let Some(model) = language() {
        let error = fails(&model, "q4_k_m");
        assert!(error.contains("unquantised"), "{error}");
        let nowhere = folder.path().join("no/such/folder.gguf");
        assert!(quantize(&model, &nowhere, "q8_0").is_err());
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left behind");
}
