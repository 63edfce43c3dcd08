//! The fetched starter set, if it is there: every file is what its engine needs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use iseetutor_models::format::{check_role, ggml, gguf};
use iseetutor_models::{Manifest, Role, State, Store};

#[test]
fn the_starter_set_is_what_the_engines_need() {
    let manifest = Manifest::embedded().unwrap();
    let set = manifest.set("starter").unwrap();
    let store = Store::resolve(None).unwrap();
    let status = store.status(set).unwrap();
    if let Some(missing) =
        status.iter().find(|status| !status.model.optional && status.state == State::Missing)
    {
        println!("SKIP: {} is missing; run `tutorctl models fetch`", missing.path.display());
        return;
    }
    for status in status.iter().filter(|status| status.state != State::Missing) {
        assert!(status.state.is_good(), "{}: {:?}", status.path.display(), status.state);
        check_role(&status.path, status.model.role).unwrap();
    }
    let path = |role| store.path_of(set, role).unwrap();
    let whisper = ggml::read_whisper(&path(Role::SpeechToText)).unwrap();
    assert_eq!((whisper.size_name(), whisper.english_only()), ("tiny", true));
    let language = gguf::read(&path(Role::Language)).unwrap();
    assert_eq!(language.architecture(), Some("llama"));
    let embedding = gguf::read(&path(Role::Embedding)).unwrap();
    assert_eq!(
        (embedding.architecture(), embedding.unsigned("bert.embedding_length")),
        (Some("bert"), Some(384))
    );
    assert!(ggml::read_whisper(&path(Role::VoiceActivity)).is_err());
}
