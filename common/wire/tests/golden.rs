//! Golden frames: the bytes of every kind of frame, kept in `tests/golden/frames.tsv` and described in
//! `docs/wire.md`. A change of these bytes is a change of the protocol and needs another version.
//!
//! `ISEETUTOR_BLESS=1 cargo test -p iseetutor-wire --test golden` writes the file anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fmt::Write as _;

use iseetutor_wire::message::{
    AnswerKind, ChatMessage, Expectation, FinishReason, LlmReply, LlmRequest, PlayMessage, Played, Presence,
    Role, Sampling, Source, SttMessage, Transcript, TtsMessage, TurnMessage, WatchMessage,
};
use iseetutor_wire::{Frame, Message, TurnTiming};

/// One example of a message, ready to be encoded and to be decoded again.
struct Example {
    socket: &'static str,
    kind: &'static str,
    bytes: Vec<u8>,
    decodes_to_itself: fn(&[u8]) -> bool,
}

fn example<M: Message + PartialEq + std::fmt::Debug>(message: M) -> Example {
    let kind = message.kind();
    let bytes = Frame::new((7 << 32) + 3, 1, message).encode().unwrap();
    Example {
        socket: M::SOCKET,
        kind,
        bytes,
        decodes_to_itself: |bytes| Frame::<M>::decode(&bytes[4..]).unwrap().encode().unwrap() == bytes,
    }
}

fn examples() -> Vec<Example> {
    let expect = Expectation { silence_ms: Some(200), ..Expectation::default() };
    let choice = Expectation {
        silence_ms: Some(200),
        kind: AnswerKind::Choice,
        answers: vec!["one half".into(), "two thirds".into()],
    };
    let played = Played { turn: (7 << 32) + 2, sentence: 2, sentence_ms: 640, complete: false };
    let timing = TurnTiming {
        speech_end_us: 1_000_000,
        endpoint_ms: Some(500.0),
        stt_ms: Some(180.5),
        stt_wait_ms: Some(0.0),
        first_token_ms: None,
        first_clause_ms: None,
        tts_first_audio_ms: None,
    };
    let transcript = Transcript {
        text: "what is twelve times seven".into(),
        confidence: 0.875,
        no_speech: false,
        audio_ms: 1_840.0,
        timing: timing.clone(),
    };
    let chat = vec![
        ChatMessage { role: Role::System, content: "Be kind.".into() },
        ChatMessage { role: Role::User, content: "Hello".into() },
    ];
    vec![
        example(SttMessage::SpeechStart {
            at_us: 250_000,
            expect: expect.clone(),
            played: Some(played.clone()),
        }),
        example(SttMessage::Audio { pcm: vec![0, 0, 255, 127, 0, 128] }),
        example(SttMessage::Pause { speech_end_us: 1_000_000 }),
        example(SttMessage::SpeechEnd { speech_end_us: 1_000_000, endpoint_ms: 500.0 }),
        example(SttMessage::Cancel {}),
        example(TurnMessage::SpeechStart { expect: Expectation::default(), played: None }),
        example(TurnMessage::Partial { text: "what is".into() }),
        example(TurnMessage::Speculative(transcript.clone())),
        example(TurnMessage::Final(transcript)),
        example(TurnMessage::Cancel {}),
        example(TurnMessage::Failed { reason: "no model".into() }),
        example(LlmRequest::Generate {
            id: 5,
            messages: chat.clone(),
            sampling: Sampling::default(),
            keep: 1,
        }),
        example(LlmRequest::Prefill { id: 6, messages: chat }),
        example(LlmRequest::Embed { id: 7, texts: vec!["cat".into()] }),
        example(LlmRequest::Cancel { id: 5 }),
        example(LlmReply::Token { id: 5, text: " Hi".into() }),
        example(LlmReply::Done {
            id: 5,
            reason: FinishReason::End,
            prompt_tokens: 20,
            cached_tokens: 12,
            generated_tokens: 9,
            dropped_messages: 0,
            first_token_ms: 31.5,
            took_ms: 110.0,
        }),
        example(LlmReply::Embeddings { id: 7, dimensions: 2, vectors: vec![0, 0, 128, 63, 0, 0, 0, 0] }),
        example(LlmReply::Failed { id: 5, reason: "no model".into() }),
        example(TtsMessage::Say {
            sentence: 1,
            text: "Hi.".into(),
            rate: 1.0,
            cacheable: true,
            timing: timing.clone(),
            prepared: true,
        }),
        example(TtsMessage::Commit { timing: timing.clone() }),
        example(TtsMessage::Endpoint { silence_ms: 200 }),
        example(TtsMessage::TurnEnd { expect: choice }),
        example(TtsMessage::Cancel {}),
        example(TtsMessage::Render { text: "Hi.".into(), rate: 1.0 }),
        example(TtsMessage::Keep { name: "voice_lost".into(), text: "One moment.".into() }),
        example(PlayMessage::Sentence {
            sentence: 1,
            rate_hz: 22_050,
            timing: timing.clone(),
            prepared: false,
        }),
        example(PlayMessage::Commit { timing }),
        example(PlayMessage::Endpoint { silence_ms: 3_000 }),
        example(PlayMessage::Pcm { pcm: vec![1, 0, 2, 0] }),
        example(PlayMessage::SentenceEnd { sentence: 1 }),
        example(PlayMessage::TurnEnd { expect }),
        example(PlayMessage::Cancel {}),
        example(PlayMessage::Keep {
            name: "voice_lost".into(),
            rate_hz: 22_050,
            pcm: vec![1, 0],
            last: true,
        }),
        example(WatchMessage::Heard { text: "hello".into(), confidence: 0.5, no_speech: false }),
        example(WatchMessage::Said { sentence: 1, text: "Hi.".into(), source: Source::Fixed }),
        example(WatchMessage::Answered {}),
        example(WatchMessage::Presence { presence: Presence::Listening }),
        example(WatchMessage::Missed { events: 3 }),
    ]
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

#[test]
fn frames_keep_their_bytes() {
    let path = format!("{}/tests/golden/frames.tsv", std::env::var("CARGO_MANIFEST_DIR").unwrap());
    let mut now = String::from("socket\tkind\tframe\n");
    for example in examples() {
        writeln!(now, "{}\t{}\t{}", example.socket, example.kind, hex(&example.bytes)).unwrap();
    }
    if std::env::var_os("ISEETUTOR_BLESS").is_some() {
        std::fs::write(&path, &now).unwrap();
    }
    let kept = std::fs::read_to_string(path).expect("read the golden frames");
    for (kept, now) in kept.lines().zip(now.lines()) {
        assert_eq!(kept, now, "a frame's bytes changed: that is another version of the protocol");
    }
    assert_eq!(kept.lines().count(), now.lines().count(), "a kind was added or removed: bless the file");
}

#[test]
fn frames_decode_to_themselves() {
    for example in examples() {
        assert!((example.decodes_to_itself)(&example.bytes), "{} {}", example.socket, example.kind);
    }
}

#[test]
fn every_kind_has_an_example() {
    let have: Vec<_> = examples().iter().map(|example| (example.socket, example.kind)).collect();
    let all = [
        (SttMessage::SOCKET, SttMessage::KINDS),
        (TurnMessage::SOCKET, TurnMessage::KINDS),
        (LlmRequest::SOCKET, LlmRequest::KINDS),
        (LlmReply::SOCKET, LlmReply::KINDS),
        (TtsMessage::SOCKET, TtsMessage::KINDS),
        (PlayMessage::SOCKET, PlayMessage::KINDS),
        (WatchMessage::SOCKET, WatchMessage::KINDS),
    ];
    for (socket, kinds) in all {
        for kind in kinds {
            assert!(have.contains(&(socket, *kind)), "{socket} {kind} has no example");
        }
    }
}
