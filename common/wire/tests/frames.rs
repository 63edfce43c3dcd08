//! What a peer can get wrong, each with its own error, and the daemon unharmed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use iseetutor_wire::message::SttMessage;
use iseetutor_wire::stream::{FrameReader, FrameWriter};
use iseetutor_wire::{Frame, MAX_PAYLOAD, WireError};
use proptest::prelude::*;
use serde_cbor::Value;
use tokio::io::AsyncWriteExt;

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

/// A frame with these entries in its map.
fn raw(entries: &[(&str, Value)]) -> Vec<u8> {
    let map: BTreeMap<Value, Value> = entries.iter().map(|(key, value)| (text(key), value.clone())).collect();
    framed(&serde_cbor::to_vec(&Value::Map(map)).unwrap())
}

fn framed(payload: &[u8]) -> Vec<u8> {
    let mut bytes = u32::try_from(payload.len()).unwrap().to_le_bytes().to_vec();
    bytes.extend_from_slice(payload);
    bytes
}

async fn read(bytes: &[u8]) -> Result<Option<Frame<SttMessage>>, WireError> {
    FrameReader::new(bytes).next().await
}

fn audio(bytes: usize) -> Frame<SttMessage> {
    Frame::new(1, 0, SttMessage::Audio { pcm: vec![7; bytes] })
}

#[tokio::test]
async fn a_clean_end_and_a_cut_frame_are_told_apart() {
    let bytes = audio(640).encode().unwrap();
    assert!(read(&[]).await.unwrap().is_none());
    for cut in 1..bytes.len() {
        match read(&bytes[..cut]).await {
            Err(WireError::Cut { got, wanted }) => {
                assert_eq!(got, cut);
                assert_eq!(wanted, if cut < 4 { 4 } else { bytes.len() });
            }
            other => panic!("{cut} of {} bytes: {other:?}", bytes.len()),
        }
    }
}

#[tokio::test]
async fn a_length_above_the_limit_is_refused_before_its_bytes_come() {
    for length in [MAX_PAYLOAD as u32 + 1, u32::MAX] {
        let error = read(&length.to_le_bytes()).await.unwrap_err();
        assert!(matches!(error, WireError::TooLong { length: got } if got == length as usize), "{error}");
        assert!(error.to_string().contains("at most 65536 bytes"), "{error}");
    }
    assert!(matches!(read(&[0; 4]).await, Err(WireError::Empty)));
}

#[tokio::test]
async fn a_message_that_fills_a_frame_passes_and_one_byte_more_does_not() {
    let overhead = audio(0).encode().unwrap().len() - 4;
    // The length of a byte string of this size takes two more bytes than that of an empty one.
    let most = MAX_PAYLOAD - overhead - 2;
    let bytes = audio(most).encode().unwrap();
    assert_eq!(bytes.len(), MAX_PAYLOAD + 4);
    assert_eq!(read(&bytes).await.unwrap().unwrap(), audio(most));
    assert!(matches!(audio(most + 1).encode(), Err(WireError::TooLong { .. })));
}

#[tokio::test]
async fn a_message_too_long_leaves_the_stream_usable() {
    let (near, far) = tokio::io::duplex(1 << 20);
    let mut writer = FrameWriter::new(near);
    assert!(matches!(writer.write(&audio(1 << 20)).await, Err(WireError::TooLong { .. })));
    writer.write(&audio(2)).await.unwrap();
    drop(writer);
    let mut reader = FrameReader::<_, SttMessage>::new(far);
    assert_eq!(reader.next().await.unwrap().unwrap(), audio(2));
    assert!(reader.next().await.unwrap().is_none());
}

#[tokio::test]
async fn versions_kinds_and_bodies_each_have_their_error() {
    let frame = |v: i128, k: &str, b: Value| {
        raw(&[
            ("v", Value::Integer(v)),
            ("t", Value::Integer(1)),
            ("r", Value::Integer(0)),
            ("k", text(k)),
            ("b", b),
        ])
    };
    let empty = || Value::Map(BTreeMap::new());

    let error = read(&frame(2, "cancel", empty())).await.unwrap_err();
    assert!(matches!(error, WireError::Version { got: 2 }), "{error}");

    let error = read(&frame(1, "sing", empty())).await.unwrap_err();
    assert!(
        matches!(&error, WireError::UnknownKind { kind, socket: "stt.sock", .. } if kind == "sing"),
        "{error}"
    );
    assert!(error.to_string().contains("speech_start, audio, pause, speech_end, cancel"), "{error}");

    let error = read(&frame(1, "audio", empty())).await.unwrap_err();
    assert!(matches!(&error, WireError::Malformed { kind, .. } if kind == "audio"), "{error}");

    for payload in [&b"\xff"[..], b"\x01", b"hello", &[0xa1], &[0x9f; 40]] {
        assert!(matches!(read(&framed(payload)).await, Err(WireError::Malformed { .. })), "{payload:?}");
    }
}

#[tokio::test]
async fn entries_that_are_not_known_are_ignored_and_bytes_after_the_map_are_not() {
    let mut bytes = raw(&[
        ("v", Value::Integer(1)),
        ("t", Value::Integer(9)),
        ("r", Value::Integer(2)),
        ("k", text("cancel")),
        ("b", Value::Map([(text("later"), Value::Bool(true))].into())),
        ("z", Value::Integer(5)),
    ]);
    assert_eq!(read(&bytes).await.unwrap().unwrap(), Frame::new(9, 2, SttMessage::Cancel {}));
    bytes.push(0);
    bytes[0] += 1;
    assert!(matches!(read(&bytes).await, Err(WireError::Malformed { .. })));
}

#[tokio::test]
async fn nesting_does_not_exhaust_the_stack() {
    let deep = framed(&[0x81; 60_000]);
    assert!(matches!(read(&deep).await, Err(WireError::Malformed { .. })));
}

#[tokio::test]
async fn a_read_given_up_loses_nothing() {
    let bytes = audio(640).encode().unwrap();
    let (mut near, far) = tokio::io::duplex(64);
    let mut reader = FrameReader::<_, SttMessage>::new(far);
    let feed = tokio::spawn(async move {
        for byte in bytes {
            near.write_all(&[byte]).await.unwrap();
            tokio::task::yield_now().await;
        }
        near
    });
    let frame = loop {
        tokio::select! {
            biased;
            frame = reader.next() => break frame,
            // Gives the read up again and again while the frame is on its way.
            () = tokio::task::yield_now() => {}
        }
    };
    assert_eq!(frame.unwrap().unwrap(), audio(640));
    drop(feed.await.unwrap());
    assert!(reader.next().await.unwrap().is_none());
}

proptest! {
    #[test]
    fn any_bytes_are_refused_or_read_but_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let mut reader = FrameReader::<_, SttMessage>::new(bytes.as_slice());
            while let Ok(Some(_)) = reader.next().await {}
        });
        let _ = Frame::<SttMessage>::decode(&bytes);
    }

    #[test]
    fn frames_run_together_are_told_apart(sizes in proptest::collection::vec(0usize..3000, 0..20)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let stream: Vec<u8> = sizes.iter().flat_map(|size| audio(*size).encode().unwrap()).collect();
            let mut reader = FrameReader::<_, SttMessage>::new(stream.as_slice());
            for size in &sizes {
                assert_eq!(reader.next().await.unwrap().unwrap(), audio(*size));
            }
            assert!(reader.next().await.unwrap().is_none());
        });
    }
}
