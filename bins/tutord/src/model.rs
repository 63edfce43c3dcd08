//! The edge to llmd, shared by spoken and typed questions.

use iseetutor_wire::link::{Link, PeerGone};
use iseetutor_wire::message::{FinishReason, LlmReply, LlmRequest};
use iseetutor_wire::{Frame, Message};
use tokio::sync::mpsc;

/// Requests in waiting.
const QUEUE: usize = 64;
/// Replies in waiting, for each client.
const REPLIES: usize = 1_024;
/// Bits of a request's id that are the client's own; the client's number is above them.
const CLIENT_SHIFT: u32 = 48;

/// What comes from llmd.
#[derive(Debug, Clone, PartialEq)]
pub enum ModelEvent {
    /// It is connected.
    Up,
    /// It is gone; what it owed will not come.
    Down,
    /// The next piece of an answer.
    Token {
        /// The request, as the client numbers it.
        request: u64,
        /// The piece.
        text: String,
    },
    /// A request is finished.
    Done {
        /// The request.
        request: u64,
        /// Why.
        reason: FinishReason,
    },
    /// A request cannot be met.
    Failed {
        /// The request.
        request: u64,
        /// Why, for the operator.
        reason: String,
    },
}

/// One user of the edge, with request numbers of its own.
#[derive(Debug)]
pub struct ModelClient {
    requests: mpsc::Sender<Frame<LlmRequest>>,
    events: mpsc::Receiver<ModelEvent>,
    link: Link<LlmRequest>,
    number: u64,
}

impl ModelClient {
    /// Hands a request over, without waiting.
    ///
    /// # Errors
    /// [`PeerGone`] when llmd is not connected or does not read.
    pub fn send(&self, frame: Frame<LlmRequest>) -> Result<(), PeerGone> {
        let gone = PeerGone { socket: LlmRequest::SOCKET };
        if !self.link.is_connected() {
            return Err(gone);
        }
        let shift = |id: u64| (self.number << CLIENT_SHIFT) | (id & ((1 << CLIENT_SHIFT) - 1));
        let message = match frame.message {
            LlmRequest::Generate { id, messages, sampling, keep } => {
                LlmRequest::Generate { id: shift(id), messages, sampling, keep }
            }
            LlmRequest::Prefill { id, messages } => LlmRequest::Prefill { id: shift(id), messages },
            LlmRequest::Embed { id, texts } => LlmRequest::Embed { id: shift(id), texts },
            LlmRequest::Cancel { id } => LlmRequest::Cancel { id: shift(id) },
        };
        self.requests.try_send(Frame { message, ..frame }).map_err(|_| gone)
    }

    /// The next event. Cancel safe. Ends with the edge.
    pub async fn next(&mut self) -> Option<ModelEvent> {
        self.events.recv().await
    }

    /// The next event that is there already.
    pub fn next_ready(&mut self) -> Option<ModelEvent> {
        self.events.try_recv().ok()
    }

    /// Waits until llmd is connected.
    pub async fn wait_connected(&self) {
        self.link.wait_connected().await;
    }
}

/// Starts the edge for two clients on the current runtime.
#[must_use]
pub fn start(link: Link<LlmRequest>, replies: mpsc::Receiver<Frame<LlmReply>>) -> [ModelClient; 2] {
    let (requests, queue) = mpsc::channel(QUEUE);
    tokio::spawn(forward(link.clone(), queue));
    let (first, first_events) = mpsc::channel(REPLIES);
    let (second, second_events) = mpsc::channel(REPLIES);
    tokio::spawn(sort(link.clone(), replies, [first, second]));
    let client =
        |number, events| ModelClient { requests: requests.clone(), events, link: link.clone(), number };
    [client(0, first_events), client(1, second_events)]
}

async fn forward(link: Link<LlmRequest>, mut queue: mpsc::Receiver<Frame<LlmRequest>>) {
    while let Some(frame) = queue.recv().await {
        // When llmd is gone the clients are told by the connection's watch.
        let _ = link.send(frame).await;
    }
}

/// Brings every reply to its client, and every change of the connection to both.
async fn sort(
    link: Link<LlmRequest>,
    mut replies: mpsc::Receiver<Frame<LlmReply>>,
    clients: [mpsc::Sender<ModelEvent>; 2],
) {
    let mut connection = link.connection();
    let mut up = false;
    let all = async |event: ModelEvent| {
        for client in &clients {
            let _ = client.send(event.clone()).await;
        }
    };
    loop {
        tokio::select! {
            biased;
            changed = connection.changed() => {
                if changed.is_err() {
                    return;
                }
                let now = *connection.borrow_and_update();
                // Down and up again between two looks is still a loss.
                if up {
                    all(ModelEvent::Down).await;
                }
                if now {
                    all(ModelEvent::Up).await;
                }
                up = now;
            }
            reply = replies.recv() => {
                let Some(Frame { message, .. }) = reply else { return };
                if let Some((client, event)) = sorted(message)
                    && let Some(client) = clients.get(client)
                {
                    // A client that is gone needs no replies.
                    let _ = client.send(event).await;
                }
            }
        }
    }
}

fn sorted(reply: LlmReply) -> Option<(usize, ModelEvent)> {
    let own = |id: u64| id & ((1 << CLIENT_SHIFT) - 1);
    let (id, event) = match reply {
        LlmReply::Token { id, text } => (id, ModelEvent::Token { request: own(id), text }),
        LlmReply::Done { id, reason, .. } => (id, ModelEvent::Done { request: own(id), reason }),
        LlmReply::Failed { id, reason } => (id, ModelEvent::Failed { request: own(id), reason }),
        LlmReply::Embeddings { .. } => return None,
    };
    Some((usize::try_from(id >> CLIENT_SHIFT).ok()?, event))
}
