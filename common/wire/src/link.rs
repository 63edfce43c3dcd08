//! A client's edge: it connects, and connects again when the peer comes back.

use std::path::PathBuf;
use std::time::Duration;

use tokio::sync::{mpsc, watch};

use crate::frame::Frame;
use crate::message::Message;
use crate::socket;
use crate::stream::{FrameReader, FrameWriter};

/// First wait before connecting again; doubled up to [`LONGEST_WAIT`].
const FIRST_WAIT: Duration = Duration::from_millis(20);
const LONGEST_WAIT: Duration = Duration::from_millis(500);

/// The peer is not connected, so the frame was dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the peer on {socket} is not connected")]
pub struct PeerGone {
    /// The socket.
    pub socket: &'static str,
}

/// The sending end of an edge. Cheap to clone; the edge closes when the last clone is dropped.
///
/// The queue is bounded: a slow reader slows its writer. While the peer is away nothing is queued;
/// what was queued when it went is dropped, because a frame of a lost conversation helps nobody.
#[derive(Debug)]
pub struct Link<M> {
    queue: mpsc::Sender<Frame<M>>,
    connected: watch::Receiver<bool>,
}

impl<M> Clone for Link<M> {
    fn clone(&self) -> Self {
        Self { queue: self.queue.clone(), connected: self.connected.clone() }
    }
}

impl<M: Message> Link<M> {
    /// Starts an edge to the socket at `path` on the current runtime, with `queue` frames at most in waiting.
    #[must_use]
    pub fn connect(path: PathBuf, queue: usize) -> Self {
        Self::start::<NoReplies>(path, queue, None)
    }

    /// Starts a two-way edge: what the peer sends comes out of the returned receiver, which ends when
    /// the edge does. After the peer was lost, whatever it still owed will not come.
    #[must_use]
    pub fn connect_two_way<R: Message>(path: PathBuf, queue: usize) -> (Self, mpsc::Receiver<Frame<R>>) {
        let (replies, receiver) = mpsc::channel(queue);
        (Self::start(path, queue, Some(replies)), receiver)
    }

    fn start<R: Message>(path: PathBuf, queue: usize, replies: Option<mpsc::Sender<Frame<R>>>) -> Self {
        let (sender, receiver) = mpsc::channel(queue);
        let (state, connected) = watch::channel(false);
        tokio::spawn(run(path, receiver, state, replies));
        Self { queue: sender, connected }
    }

    /// Hands a frame to the edge; waits while its queue is full.
    ///
    /// # Errors
    /// [`PeerGone`] when the peer is not connected. The frame is then dropped.
    pub async fn send(&self, frame: Frame<M>) -> Result<(), PeerGone> {
        let gone = PeerGone { socket: M::SOCKET };
        if !*self.connected.borrow() {
            return Err(gone);
        }
        self.queue.send(frame).await.map_err(|_| gone)
    }

    /// Hands a frame to the edge from a thread that is not asynchronous; waits while its queue is full.
    ///
    /// # Errors
    /// [`PeerGone`] when the peer is not connected. The frame is then dropped.
    pub fn blocking_send(&self, frame: Frame<M>) -> Result<(), PeerGone> {
        let gone = PeerGone { socket: M::SOCKET };
        if !*self.connected.borrow() {
            return Err(gone);
        }
        self.queue.blocking_send(frame).map_err(|_| gone)
    }

    /// Whether the peer is connected now.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        *self.connected.borrow()
    }

    /// A watch on whether the peer is connected.
    #[must_use]
    pub fn connection(&self) -> watch::Receiver<bool> {
        self.connected.clone()
    }

    /// Waits until the peer is connected; forever if it never comes.
    pub async fn wait_connected(&self) {
        let mut connected = self.connected.clone();
        // An error means that the edge is closing, and then there is nobody left to wait.
        let _ = connected.wait_for(|up| *up).await;
    }
}

/// Stands for the replies of a one-way edge; there are none.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
enum NoReplies {}

impl Message for NoReplies {
    const SOCKET: &'static str = "one-way";
    const KINDS: &'static [&'static str] = &[];
    fn kind(&self) -> &'static str {
        match *self {}
    }
}

async fn run<M: Message, R: Message>(
    path: PathBuf,
    mut queue: mpsc::Receiver<Frame<M>>,
    state: watch::Sender<bool>,
    replies: Option<mpsc::Sender<Frame<R>>>,
) {
    let mut wait = FIRST_WAIT;
    let mut said = false;
    loop {
        let stream = tokio::select! {
            connected = socket::connect(&path) => connected,
            () = closed(&mut queue) => return,
        };
        match stream {
            Ok(stream) => {
                tracing::debug!(socket = M::SOCKET, "connected");
                (wait, said) = (FIRST_WAIT, false);
                // What was queued in the moment the last peer went belongs to a lost conversation.
                while queue.try_recv().is_ok() {}
                state.send_replace(true);
                let ended = serve(stream, &mut queue, replies.as_ref()).await;
                state.send_replace(false);
                if ended {
                    return;
                }
            }
            Err(error) => {
                if !said {
                    tracing::debug!(socket = M::SOCKET, %error, "waiting for the peer");
                    said = true;
                }
                tokio::select! {
                    () = tokio::time::sleep(wait) => {}
                    () = closed(&mut queue) => return,
                }
                wait = (wait * 2).min(LONGEST_WAIT);
            }
        }
    }
}

/// Serves one connection; returns whether the edge itself is closed.
async fn serve<M: Message, R: Message>(
    stream: interprocess::local_socket::tokio::Stream,
    queue: &mut mpsc::Receiver<Frame<M>>,
    replies: Option<&mpsc::Sender<Frame<R>>>,
) -> bool {
    let (receive, send) = (&stream, &stream);
    let mut writer = FrameWriter::new(send);
    let mut reader = FrameReader::<_, R>::new(receive);
    let write = async {
        while let Some(frame) = queue.recv().await {
            if let Err(error) = writer.write(&frame).await {
                if matches!(error, crate::WireError::Io { .. }) {
                    return Some(error);
                }
                // Too long or not encodable: nothing was written, so the stream is whole.
                tracing::error!(socket = M::SOCKET, %error, "frame dropped");
            }
        }
        None
    };
    let read = async {
        loop {
            match (reader.next().await, replies) {
                (Ok(Some(frame)), Some(replies)) => {
                    if replies.send(frame).await.is_err() {
                        return None;
                    }
                }
                // On a one-way edge NoReplies has no kinds, so a frame is an error and never this arm.
                (Ok(Some(_)), None) => {}
                (Ok(None), _) => return None,
                (Err(error), _) => return Some(error),
            }
        }
    };
    tokio::select! {
        error = write => match error {
            None => true,
            Some(error) => {
                tracing::warn!(socket = M::SOCKET, %error, "connection lost");
                false
            }
        },
        error = read => {
            match error {
                Some(error) => tracing::warn!(socket = M::SOCKET, %error, "connection lost"),
                None => tracing::info!(socket = M::SOCKET, "the peer closed the connection"),
            }
            false
        }
    }
}

/// Ends when every sender is gone; frames that come while nobody is connected are dropped.
async fn closed<M>(queue: &mut mpsc::Receiver<Frame<M>>) {
    while queue.recv().await.is_some() {}
}
