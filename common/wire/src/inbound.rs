//! A listener's side of an edge: connections accepted, checked, read, and answered where the edge is two-way.

use std::path::Path;

use interprocess::local_socket::tokio::{Listener, Stream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use crate::frame::{Frame, WireError};
use crate::message::Message;
use crate::socket::{self, Peer, PeerPolicy, SocketError};
use crate::stream::{FrameReader, FrameWriter};

/// Connections served at a time; one more is closed at once. Every edge has one peer in normal use; the
/// rest is room for a peer that restarts before its old connection is gone, and for an operator.
const MAX_CONNECTIONS: usize = 8;

/// What happens on a listening socket. `connection` numbers connections from 1 and is never used twice.
#[derive(Debug)]
pub enum Incoming<M, R = M> {
    /// A peer connected and was let in.
    Connected {
        /// The connection.
        connection: u64,
        /// Who it is.
        peer: Peer,
        /// Where replies go, on a two-way edge. Bounded: a slow reader slows whoever waits on it.
        replies: Option<mpsc::Sender<Frame<R>>>,
    },
    /// A frame came.
    Frame {
        /// The connection.
        connection: u64,
        /// The frame.
        frame: Frame<M>,
    },
    /// The connection is over: cleanly, or with the error that ended it.
    Closed {
        /// The connection.
        connection: u64,
        /// Why, unless it ended cleanly between two frames.
        error: Option<WireError>,
    },
}

/// Everything that happens on a listening socket, in order, through one bounded queue: a daemon that is
/// slow to read slows its peers and nobody else.
#[derive(Debug)]
pub struct Inbound<M, R = M> {
    events: mpsc::Receiver<Incoming<M, R>>,
    /// Dropped with this value, which ends the tasks.
    _tasks: JoinSet<()>,
}

impl<M: Message> Inbound<M, M> {
    /// Serves a one-way edge on `socket`, with `queue` events at most in waiting.
    ///
    /// # Errors
    /// [`SocketError::Io`] when the descriptor is not a listening Unix socket.
    pub fn listen(
        socket: std::os::unix::net::UnixListener,
        path: &Path,
        policy: PeerPolicy,
        queue: usize,
    ) -> Result<Self, SocketError> {
        Self::start(socket, path, policy, queue, None)
    }
}

impl<M: Message, R: Message> Inbound<M, R> {
    /// Serves a two-way edge on `socket`, with `queue` events and, for each connection, `replies` replies at most in waiting.
    ///
    /// # Errors
    /// [`SocketError::Io`] when the descriptor is not a listening Unix socket.
    pub fn listen_two_way(
        socket: std::os::unix::net::UnixListener,
        path: &Path,
        policy: PeerPolicy,
        queue: usize,
        replies: usize,
    ) -> Result<Self, SocketError> {
        Self::start(socket, path, policy, queue, Some(replies))
    }

    fn start(
        socket: std::os::unix::net::UnixListener,
        path: &Path,
        policy: PeerPolicy,
        queue: usize,
        replies: Option<usize>,
    ) -> Result<Self, SocketError> {
        let listener = socket::listener(socket, path)?;
        let (sender, events) = mpsc::channel(queue);
        let mut tasks = JoinSet::new();
        tasks.spawn(accept_all(listener, policy, sender, replies));
        Ok(Self { events, _tasks: tasks })
    }

    /// The next event. Cancel safe. Never ends while this value lives.
    pub async fn next(&mut self) -> Option<Incoming<M, R>> {
        self.events.recv().await
    }
}

async fn accept_all<M: Message, R: Message>(
    listener: Listener,
    policy: PeerPolicy,
    events: mpsc::Sender<Incoming<M, R>>,
    replies: Option<usize>,
) {
    let mut connections = JoinSet::new();
    let mut number = 0;
    loop {
        let accepted = tokio::select! {
            accepted = socket::accept(&listener, &policy) => accepted,
            // Finished connections are collected so that their place is free again.
            Some(_) = connections.join_next(), if !connections.is_empty() => continue,
        };
        match accepted {
            Ok((_, peer)) if connections.len() >= MAX_CONNECTIONS => {
                tracing::warn!(
                    socket = M::SOCKET,
                    pid = peer.pid,
                    "connection closed: {MAX_CONNECTIONS} are open already"
                );
            }
            Ok((stream, peer)) => {
                number += 1;
                tracing::debug!(
                    socket = M::SOCKET,
                    pid = peer.pid,
                    uid = peer.uid,
                    connection = number,
                    "peer connected"
                );
                connections.spawn(serve(stream, peer, number, events.clone(), replies));
            }
            Err(error @ (SocketError::Denied { .. } | SocketError::NoCredentials { .. })) => {
                tracing::warn!(socket = M::SOCKET, %error, "connection closed");
            }
            Err(error) => {
                tracing::warn!(socket = M::SOCKET, %error, "cannot accept");
                // Out of descriptors, most likely: give others the time to close some.
                tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            }
        }
    }
}

async fn serve<M: Message, R: Message>(
    stream: Stream,
    peer: Peer,
    connection: u64,
    events: mpsc::Sender<Incoming<M, R>>,
    replies: Option<usize>,
) {
    let (receive, send) = (&stream, &stream);
    let mut reader = FrameReader::<_, M>::new(receive);
    let (sender, mut queue) = mpsc::channel::<Frame<R>>(replies.unwrap_or(1));
    let sender = replies.map(|_| sender);
    if events.send(Incoming::Connected { connection, peer, replies: sender }).await.is_err() {
        return;
    }
    let read = async {
        loop {
            match reader.next().await {
                Ok(Some(frame)) => {
                    if events.send(Incoming::Frame { connection, frame }).await.is_err() {
                        return None;
                    }
                }
                Ok(None) => return None,
                Err(error) => return Some(error),
            }
        }
    };
    let write = async {
        let mut writer = FrameWriter::new(send);
        while let Some(frame) = queue.recv().await {
            match writer.write(&frame).await {
                Err(error @ WireError::Io { .. }) => return Some(error),
                Err(error) => tracing::error!(socket = M::SOCKET, %error, "frame dropped"),
                Ok(()) => {}
            }
        }
        // Nobody will reply any more, or this edge is one-way: only the reader decides.
        std::future::pending().await
    };
    let error = tokio::select! {
        error = read => error,
        error = write => error,
    };
    if let Some(error) = &error {
        tracing::warn!(socket = M::SOCKET, connection, pid = peer.pid, %error, "connection closed");
    }
    let _ = events.send(Incoming::Closed { connection, error }).await;
}
