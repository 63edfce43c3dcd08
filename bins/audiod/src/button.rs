//! The push-to-talk button: a key of one of the kernel's input devices, which is pressed while the child speaks. Which device
//! it is, a udev rule says; any of its keys will do. It may come and go at any time.

use std::fs::OpenOptions;
use std::io;
use std::mem::{offset_of, size_of};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use nix::libc::{O_NONBLOCK, input_event};
use tokio::io::AsyncReadExt;
use tokio::net::unix::pipe::Receiver;
use tokio::sync::{mpsc, oneshot};

use crate::control::{Command, Request};

/// How often a button that is not there is looked for.
const RETRY: Duration = Duration::from_secs(2);

/// Bytes of an event.
const EVENT: usize = size_of::<input_event>();
/// The kernel's buffer for a reader holds 64 events at least.
const EVENTS: usize = 64;

// Of the kernel's linux/input-event-codes.h.
const EV_SYN: u16 = 0;
const SYN_DROPPED: u16 = 3;
const EV_KEY: u16 = 1;
const RELEASED: i32 = 0;

/// The keys that are held.
#[derive(Debug, Default)]
struct Keys {
    held: Vec<u16>,
}

impl Keys {
    /// Takes an event; whether the button is pressed, if that has changed.
    fn take(&mut self, event: &[u8; EVENT]) -> Option<bool> {
        let short = |at: usize| u16::from_ne_bytes([event[at], event[at + 1]]);
        let kind = short(offset_of!(input_event, type_));
        let code = short(offset_of!(input_event, code));
        let at = offset_of!(input_event, value);
        let value = i32::from_ne_bytes([event[at], event[at + 1], event[at + 2], event[at + 3]]);
        let before = !self.held.is_empty();
        match kind {
            EV_KEY if value == RELEASED => self.held.retain(|key| *key != code),
            // Pressed, or repeated because it is held: it may have been pressed before we looked.
            EV_KEY if !self.held.contains(&code) => self.held.push(code),
            // Events were lost, and a release may be among them. Better a button too few than one for ever.
            EV_SYN if code == SYN_DROPPED => self.held.clear(),
            _ => {}
        }
        let now = !self.held.is_empty();
        (now != before).then_some(now)
    }
}

/// Reads the button at `device` whenever it is there, and asks `requests` for what it says, until nobody takes them.
pub(crate) async fn follow(device: PathBuf, requests: mpsc::Sender<Request>) {
    let mut told = None;
    while !requests.is_closed() {
        match open(&device) {
            Ok(mut button) => {
                tracing::info!(device = %device.display(), "the push-to-talk button is there");
                let gone = read(&mut button, &requests).await;
                tracing::info!(device = %device.display(), %gone, "the push-to-talk button is gone");
                told = None;
                ask(&requests, false).await;
            }
            Err(error) => {
                // Most devices have none.
                if error.kind() != io::ErrorKind::NotFound && told != Some(error.kind()) {
                    tracing::warn!(
                        device = %device.display(), %error,
                        "cannot read the push-to-talk button: does a udev rule give it to the group iseetutor-button?"
                    );
                }
                told = Some(error.kind());
            }
        }
        tokio::time::sleep(RETRY).await;
    }
}

fn open(device: &Path) -> io::Result<Receiver> {
    let file = OpenOptions::new().read(true).custom_flags(O_NONBLOCK).open(device)?;
    // An input device is read like a pipe: what has happened comes out of it, in whole events.
    Receiver::from_file_unchecked(file)
}

/// Reads until the device is gone, and says why it is.
async fn read(button: &mut Receiver, requests: &mpsc::Sender<Request>) -> io::Error {
    let mut keys = Keys::default();
    let mut buffer = [0; EVENTS * EVENT];
    loop {
        let length = match button.read(&mut buffer).await {
            Ok(0) => return io::ErrorKind::UnexpectedEof.into(),
            Ok(length) => length,
            Err(error) => return error,
        };
        for event in buffer[..length].as_chunks().0 {
            if let Some(pressed) = keys.take(event) {
                ask(requests, pressed).await;
            }
        }
    }
}

async fn ask(requests: &mpsc::Sender<Request>, pressed: bool) {
    let (answer, answered) = oneshot::channel();
    if requests.send((Command::Button(pressed), answer)).await.is_ok()
        && let Ok(Err(refusal)) = answered.await
    {
        tracing::info!(%refusal, "the push-to-talk button was pressed in vain");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn event(kind: u16, code: u16, value: i32) -> [u8; EVENT] {
        let mut event = [0; EVENT];
        event[offset_of!(input_event, type_)..][..2].copy_from_slice(&kind.to_ne_bytes());
        event[offset_of!(input_event, code)..][..2].copy_from_slice(&code.to_ne_bytes());
        event[offset_of!(input_event, value)..][..4].copy_from_slice(&value.to_ne_bytes());
        event
    }

    #[test]
    fn it_is_pressed_while_any_key_is_held() {
        let mut keys = Keys::default();
        let events = [
            (event(EV_KEY, 28, 1), Some(true)),
            (event(EV_SYN, 0, 0), None),
            (event(EV_KEY, 28, 2), None),
            (event(EV_KEY, 57, 1), None),
            (event(EV_KEY, 28, 0), None),
            (event(EV_KEY, 57, 0), Some(false)),
            (event(EV_KEY, 57, 0), None),
            // An axis is no key.
            (event(3, 28, 1), None),
        ];
        for (number, (event, changed)) in events.iter().enumerate() {
            assert_eq!(keys.take(event), *changed, "event {number}");
        }
    }

    #[test]
    fn one_that_is_held_already_counts_and_lost_events_release_it() {
        let mut keys = Keys::default();
        assert_eq!(keys.take(&event(EV_KEY, 28, 2)), Some(true));
        assert_eq!(keys.take(&event(EV_SYN, SYN_DROPPED, 0)), Some(false));
    }

    proptest! {
        /// Whatever comes, presses and releases take turns.
        #[test]
        fn presses_and_releases_take_turns(events in prop::collection::vec((0_u16..4, 0_u16..4, 0_i32..3), 0..100)) {
            let (mut keys, mut pressed) = (Keys::default(), false);
            for (kind, code, value) in events {
                if let Some(now) = keys.take(&event(kind, code, value)) {
                    prop_assert_ne!(now, pressed);
                    pressed = now;
                }
            }
        }
    }
}
