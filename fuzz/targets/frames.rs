//! Frames of every socket: whatever a peer sends is a frame or an error, and a frame survives being written again.
#![no_main]

use iseetutor_wire::frame::check_length;
use iseetutor_wire::message::{
    LlmReply, LlmRequest, PlayMessage, SttMessage, TtsMessage, TurnMessage, WatchMessage,
};
use iseetutor_wire::{Frame, MAX_PAYLOAD, Message};
use libfuzzer_sys::fuzz_target;

fn again<M: Message>(payload: &[u8]) {
    let Ok(frame) = Frame::<M>::decode(payload) else { return };
    // What was read may be longer when it is written, when numbers were shortened; then it is refused, not cut.
    let Ok(bytes) = frame.encode() else { return };
    let prefix = [bytes[0], bytes[1], bytes[2], bytes[3]];
    let length = check_length(prefix).expect("an encoded frame has a length that is taken");
    assert!(length <= MAX_PAYLOAD && length + 4 == bytes.len());
    let second = Frame::<M>::decode(&bytes[4..]).expect("what was written is read");
    // Compared as bytes: a NaN is not equal to itself.
    assert_eq!(second.encode().expect("and written again"), bytes);
}

fuzz_target!(|data: &[u8]| {
    if let Some((prefix, payload)) = data.split_first_chunk::<4>() {
        if let Ok(length) = check_length(*prefix) {
            assert!((1..=MAX_PAYLOAD).contains(&length));
        }
        again::<SttMessage>(payload);
        again::<TurnMessage>(payload);
        again::<TtsMessage>(payload);
        again::<PlayMessage>(payload);
        again::<LlmRequest>(payload);
        again::<LlmReply>(payload);
        again::<WatchMessage>(payload);
    }
});
