//! Whoever watches the conversation.

use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream as StdStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use iseetutor_wire::Frame;
use iseetutor_wire::message::{Presence, WatchMessage};
use iseetutor_wire::stream::FrameWriter;
use tokio::io::AsyncReadExt;
use tokio::net::UnixStream;
use tokio::sync::broadcast::{self, error::RecvError};

/// Events that a watcher may be behind before it misses some.
const QUEUE: usize = 256;
/// Watchers at a time.
const MOST: usize = 16;

/// Why nobody more can watch.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// There are enough.
    #[error("{MOST} watch already and no more can; end one of them")]
    TooMany,
    /// The system refused a socket.
    #[error("cannot make a socket for the watcher: {0}")]
    Socket(#[from] std::io::Error),
}

/// Sends frames to every watcher. A slow one misses events and is told how many; nobody waits for it. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Watchers {
    frames: broadcast::Sender<Frame<WatchMessage>>,
    count: Arc<AtomicUsize>,
    /// What the tutor is doing now, for whoever begins to watch.
    presence: Arc<Mutex<Frame<WatchMessage>>>,
}

impl Default for Watchers {
    fn default() -> Self {
        let idle = Frame::new(0, 0, WatchMessage::Presence { presence: Presence::Idle });
        Self {
            frames: broadcast::Sender::new(QUEUE),
            count: Arc::default(),
            presence: Arc::new(Mutex::new(idle)),
        }
    }
}

impl Watchers {
    /// Sends a frame to whoever watches.
    pub fn send(&self, frame: Frame<WatchMessage>) {
        let mut presence = self.presence.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(frame.message, WatchMessage::Presence { .. }) {
            presence.clone_from(&frame);
        }
        // An error means that nobody does. Sent under the lock, so that a new watcher misses and repeats nothing.
        let _ = self.frames.send(frame);
    }

    /// Watchers now.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }

    /// A new watcher's end of a socket, on which what the tutor is doing comes first.
    ///
    /// # Errors
    /// [`WatchError`].
    pub fn add(&self) -> Result<OwnedFd, WatchError> {
        if self.count.fetch_add(1, Ordering::Relaxed) >= MOST {
            self.count.fetch_sub(1, Ordering::Relaxed);
            return Err(WatchError::TooMany);
        }
        let place = Place(Arc::clone(&self.count));
        let (ours, theirs) = StdStream::pair()?;
        ours.set_nonblocking(true)?;
        let ours = UnixStream::from_std(ours)?;
        let (first, frames) = {
            let presence = self.presence.lock().unwrap_or_else(PoisonError::into_inner);
            (presence.clone(), self.frames.subscribe())
        };
        tokio::spawn(async move {
            let _place = place;
            serve(ours, first, frames).await;
        });
        Ok(theirs.into())
    }
}

/// A watcher's place, free again when dropped.
struct Place(Arc<AtomicUsize>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

async fn serve(
    stream: UnixStream,
    first: Frame<WatchMessage>,
    mut frames: broadcast::Receiver<Frame<WatchMessage>>,
) {
    let (mut read, write) = stream.into_split();
    let mut writer = FrameWriter::new(write);
    let turn = first.turn;
    let send = async {
        let mut last = (turn, first.revision);
        writer.write(&first).await.ok()?;
        loop {
            let frame = match frames.recv().await {
                Ok(frame) => frame,
                Err(RecvError::Lagged(events)) => Frame::new(last.0, last.1, WatchMessage::Missed { events }),
                Err(RecvError::Closed) => return None::<()>,
            };
            last = (frame.turn, frame.revision);
            writer.write(&frame).await.ok()?;
        }
    };
    // Watchers have nothing to say; the end of what they say is the end of their watching.
    let gone = async {
        let mut nothing = [0; 64];
        while read.read(&mut nothing).await.is_ok_and(|read| read > 0) {}
    };
    tokio::select! {
        _ = send => {}
        () = gone => {}
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use iseetutor_wire::Frame;
    use iseetutor_wire::message::WatchMessage;
    use iseetutor_wire::stream::FrameReader;

    use super::{MOST, QUEUE, WatchError, Watchers};

    fn reader(watchers: &Watchers) -> FrameReader<tokio::net::UnixStream, WatchMessage> {
        let socket = std::os::unix::net::UnixStream::from(watchers.add().unwrap());
        socket.set_nonblocking(true).unwrap();
        FrameReader::new(tokio::net::UnixStream::from_std(socket).unwrap())
    }

    #[tokio::test]
    async fn a_slow_watcher_is_told_what_it_missed_and_a_quick_one_misses_nothing() {
        let watchers = Watchers::default();
        let presence = WatchMessage::Presence { presence: iseetutor_wire::message::Presence::Thinking };
        watchers.send(Frame::new(7, 0, presence));
        let (mut slow, mut quick) = (reader(&watchers), reader(&watchers));
        assert_eq!(quick.next().await.unwrap().unwrap().turn, 7);
        let text = "x".repeat(1_000);
        let sent = 4 * QUEUE as u64;
        for turn in 1..=sent {
            let message = WatchMessage::Said {
                sentence: 1,
                text: text.clone(),
                source: iseetutor_wire::message::Source::Fixed,
            };
            watchers.send(Frame::new(turn, 0, message));
            assert_eq!(quick.next().await.unwrap().unwrap().turn, turn);
        }
        let (mut got, mut missed, mut last) = (0, 0, 0);
        while last < sent {
            let frame = slow.next().await.unwrap().unwrap();
            match frame.message {
                WatchMessage::Missed { events } => missed += events,
                WatchMessage::Said { .. } => {
                    got += 1;
                    last = frame.turn;
                }
                _ => {}
            }
        }
        assert!(missed > 0);
        assert_eq!(got + missed, sent);
    }

    #[tokio::test]
    async fn places_are_limited_and_given_back() {
        let watchers = Watchers::default();
        let mut all: Vec<_> = (0..MOST).map(|_| watchers.add().unwrap()).collect();
        assert!(matches!(watchers.add(), Err(WatchError::TooMany)));
        all.pop();
        while watchers.count() == MOST {
            tokio::task::yield_now().await;
        }
        assert!(watchers.add().is_ok());
    }
}
