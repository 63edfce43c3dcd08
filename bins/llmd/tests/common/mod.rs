//! What the tests of this folder share: the real models, and an engine or a daemon around them.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::PathBuf;

use iseetutor_models::{Manifest, Role as ModelRole, Store};
use iseetutor_wire::message::{ChatMessage, Role, Sampling};
use llmd::Config;
use llmd::engine::{Engine, EngineConfig, Event, Events, Finished, Request, Starting, Work};

/// The starter set's file for a role, or `None` after saying why the test is skipped.
pub fn starter(role: ModelRole) -> Option<PathBuf> {
    let manifest = Manifest::embedded().expect("the manifest");
    let path = Store::resolve(None).and_then(|store| store.path_of(manifest.set("starter")?, role));
    match path {
        Ok(path) if path.exists() => Some(path),
        Ok(path) => {
            eprintln!("SKIP: {} is missing: run `tutorctl models fetch`", path.display());
            None
        }
        Err(error) => {
            eprintln!("SKIP: {error}");
            None
        }
    }
}

pub fn language() -> Option<PathBuf> {
    starter(ModelRole::Language)
}

pub fn embedding() -> Option<PathBuf> {
    starter(ModelRole::Embedding)
}

/// A small setup; tests change what they are about.
pub fn config(model: PathBuf) -> EngineConfig {
    let config = Config {
        model,
        context_tokens: 1_024,
        request_tokens: 512,
        slots: 2,
        threads: 1,
        prefill_chunk: 16,
        ..Config::default()
    };
    config.engine()
}

/// A running engine that ends, and is waited for, when it is dropped.
pub struct Running {
    pub engine: Engine,
    ended: Option<tokio::sync::oneshot::Receiver<()>>,
}

impl Running {
    pub fn start(config: EngineConfig) -> Self {
        // ISEETUTOR_LOG=llama.cpp=debug shows what the library says.
        iseetutor_service::logging::init("warn");
        let (engine, Starting { loaded, ended }) = Engine::start(config).unwrap();
        loaded.blocking_recv().unwrap().unwrap();
        Self { engine, ended: Some(ended) }
    }

    pub fn ask(&self, client: u64, messages: &[ChatMessage], sampling: Sampling) -> Events {
        self.ask_keeping(client, messages, sampling, 0)
    }

    pub fn ask_keeping(
        &self,
        client: u64,
        messages: &[ChatMessage],
        sampling: Sampling,
        keep: usize,
    ) -> Events {
        let request =
            Request { messages: messages.to_vec(), work: Work::Answer { sampling, keep }, deadline: None };
        self.engine.submit(client, request, 8).unwrap()
    }

    pub fn prefill(&self, client: u64, messages: &[ChatMessage]) -> Events {
        let request = Request { messages: messages.to_vec(), work: Work::Prefill, deadline: None };
        self.engine.submit(client, request, 8).unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.engine.stop();
        if let Some(ended) = self.ended.take() {
            let _ = ended.blocking_recv();
        }
    }
}

/// Reads to the end: the text, and how it ended.
pub fn collect(mut events: Events) -> Result<(String, Finished), String> {
    let mut text = String::new();
    while let Some(event) = events.blocking_next() {
        match event {
            Event::Token(piece) => text.push_str(&piece),
            Event::Done(finished) => return Ok((text, finished)),
            Event::Failed(reason) => return Err(reason),
        }
    }
    Err("the engine ended".into())
}

pub fn system(content: &str) -> ChatMessage {
    ChatMessage { role: Role::System, content: content.into() }
}

pub fn user(content: &str) -> ChatMessage {
    ChatMessage { role: Role::User, content: content.into() }
}

pub fn assistant(content: &str) -> ChatMessage {
    ChatMessage { role: Role::Assistant, content: content.into() }
}

pub fn tokens(max_tokens: u32) -> Sampling {
    Sampling { max_tokens, ..Sampling::default() }
}

/// A prompt of about two hundred tokens, as a lesson's instructions are.
pub fn instructions() -> ChatMessage {
    let rules = "You are a patient tutor who speaks with a child of ten. Answer in one or two short sentences. \
                 Use plain words. Never give the answer away at once; ask a question that leads to it. ";
    let facts = "A fraction has a numerator above the line and a denominator below it. To add fractions, first make \
                 the denominators equal, then add the numerators. A synonym is a word that means the same. ";
    system(&format!("{rules}{facts}{rules}{facts}"))
}

/// A chat whose next answer names Paris by a wide margin: what the small model says at the head of a chat hangs on
/// the last bit of its arithmetic, and so on the instructions of the processor.
pub fn capital_of_france() -> Vec<ChatMessage> {
    vec![
        system("Answer briefly."),
        user("What is the capital of Italy?"),
        assistant("The capital of Italy is Rome."),
        user("What is the capital of Japan?"),
        assistant("The capital of Japan is Tokyo."),
        user("What is the capital of France?"),
    ]
}

/// An answer of `max_tokens` tokens, whatever the model would like to say.
pub fn endless(max_tokens: u32) -> Sampling {
    Sampling { grammar: Some("root ::= [a-z ] root".into()), ..tokens(max_tokens) }
}
