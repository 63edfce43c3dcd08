//! `llm.sock`: requests in; tokens, ends, embeddings and failures out.
//!
//! Each answer has a task that carries it from the engine's bounded queue to its connection's bounded queue,
//! so a reader that stops reading stops its own answers and nothing else. A connection that closes gives
//! up its requests, and so does the first frame of a newer turn or revision on it: what was asked for
//! an older one is void.

use std::collections::HashMap;

use iseetutor_bus::Status;
use iseetutor_service::Shutdown;
use iseetutor_wire::message::{ChatMessage, FinishReason, LlmReply, LlmRequest, Sampling};
use iseetutor_wire::{Admission, Frame, Inbound, Incoming, TurnGate};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use crate::embed::{EmbedError, Embedder, Embeddings};
use crate::engine::{CancelHandle, Engine, Event, Events, Finished, Request, Work};
use crate::model::{ModelError, Purpose};

/// Requests of one connection that may be open.
const MAX_OPEN: usize = 32;

/// Tokens of one answer that may wait between the engine and the connection.
const TOKENS_WAITING: usize = 32;

/// Bytes of vectors in one reply at most: a frame, less its envelope.
const MAX_VECTORS: usize = iseetutor_wire::MAX_PAYLOAD - 256;

type Replies = mpsc::Sender<Frame<LlmReply>>;

/// What is open on a connection.
struct Client {
    replies: Replies,
    gate: TurnGate,
    open: HashMap<u64, Open>,
}

struct Open {
    turn: u64,
    revision: u32,
    /// None for embeddings, which are quick and simply thrown away.
    cancel: Option<CancelHandle>,
}

/// Serves `llm.sock`.
pub struct Server {
    engine: Engine,
    embedder: Option<Embedder>,
    status: Status,
    clients: HashMap<u64, Client>,
    /// Each ends with the connection and request it was for.
    answers: JoinSet<(u64, u64)>,
}

impl Server {
    /// A server that asks `engine` and, if there is one, `embedder`, and counts in `status`.
    #[must_use]
    pub fn new(engine: Engine, embedder: Option<Embedder>, status: Status) -> Self {
        Self { engine, embedder, status, clients: HashMap::new(), answers: JoinSet::new() }
    }

    /// Serves until the shutdown begins.
    pub async fn serve(mut self, mut inbound: Inbound<LlmRequest, LlmReply>, shutdown: Shutdown) {
        loop {
            tokio::select! {
                () = shutdown.wait() => return,
                incoming = inbound.next() => match incoming {
                    Some(incoming) => self.take(incoming),
                    None => return,
                },
                Some(ended) = self.answers.join_next(), if !self.answers.is_empty() => {
                    if let Ok((connection, id)) = ended
                        && let Some(client) = self.clients.get_mut(&connection)
                    {
                        client.open.remove(&id);
                    }
                }
            }
        }
    }

    fn take(&mut self, incoming: Incoming<LlmRequest, LlmReply>) {
        match incoming {
            Incoming::Connected { connection, replies: Some(replies), .. } => {
                let client = Client { replies, gate: TurnGate::default(), open: HashMap::new() };
                self.clients.insert(connection, client);
            }
            // A two-way edge always has a way back.
            Incoming::Connected { .. } => {}
            Incoming::Frame { connection, frame } => self.request(connection, frame),
            Incoming::Closed { connection, .. } => {
                if let Some(client) = self.clients.remove(&connection) {
                    client
                        .open
                        .values()
                        .filter_map(|open| open.cancel.as_ref())
                        .for_each(CancelHandle::cancel);
                }
            }
        }
    }

    fn request(&mut self, connection: u64, frame: Frame<LlmRequest>) {
        let Some(client) = self.clients.get_mut(&connection) else { return };
        let Frame { turn, revision, message } = frame;
        let id = match &message {
            LlmRequest::Cancel { id } => {
                if let Some(cancel) = client.open.get(id).and_then(|open| open.cancel.as_ref()) {
                    cancel.cancel();
                }
                return;
            }
            LlmRequest::Generate { id, .. }
            | LlmRequest::Prefill { id, .. }
            | LlmRequest::Embed { id, .. } => *id,
        };
        let reply = |client: &Client, message| {
            if client.replies.try_send(Frame::new(turn, revision, message)).is_err() {
                tracing::warn!(connection, id, "a reply was dropped: the peer does not read its replies");
            }
        };
        let refuse = |client: &Client, reason: String| reply(client, LlmReply::Failed { id, reason });
        match client.gate.admit(turn, revision) {
            Admission::Current => {}
            Admission::Newer => {
                let older = |open: &&Open| open.turn != 0 && (open.turn, open.revision) < (turn, revision);
                client
                    .open
                    .values()
                    .filter(older)
                    .filter_map(|open| open.cancel.as_ref())
                    .for_each(CancelHandle::cancel);
            }
            Admission::Stale => return reply(client, void(id)),
        }
        if client.open.contains_key(&id) {
            return refuse(client, format!("request {id} is open already; number each request anew"));
        }
        if client.open.len() >= MAX_OPEN {
            return refuse(client, format!("{MAX_OPEN} requests are open already; wait for one to end"));
        }
        let submitted = match message {
            LlmRequest::Generate { messages, sampling, keep, .. } => {
                self.status.count("requests");
                ask(&self.engine, connection, messages, Some((sampling, keep)))
            }
            LlmRequest::Prefill { messages, .. } => {
                self.status.count("prefills");
                ask(&self.engine, connection, messages, None)
            }
            LlmRequest::Embed { texts, .. } => {
                self.status.add("texts_embedded", texts.len() as u64);
                let Some(embedder) = self.embedder.clone() else {
                    return refuse(client, ModelError::NotConfigured(Purpose::Embedding).to_string());
                };
                let open = Open { turn, revision, cancel: None };
                let (replies, status) = (client.replies.clone(), self.status.clone());
                client.open.insert(id, open);
                self.answers.spawn(async move {
                    let message = embed(&embedder, texts, id, &status).await;
                    // An error means that the connection is gone.
                    let _ = replies.send(Frame::new(turn, revision, message)).await;
                    (connection, id)
                });
                return;
            }
            LlmRequest::Cancel { .. } => return,
        };
        match submitted {
            Ok(events) => {
                let open = Open { turn, revision, cancel: Some(events.cancel_handle()) };
                client.open.insert(id, open);
                let (replies, status) = (client.replies.clone(), self.status.clone());
                self.answers.spawn(async move {
                    carry(events, &replies, &status, (turn, revision, id)).await;
                    (connection, id)
                });
            }
            Err(error) => refuse(client, error.to_string()),
        }
    }
}

fn ask(
    engine: &Engine,
    connection: u64,
    messages: Vec<ChatMessage>,
    answer: Option<(Sampling, u32)>,
) -> Result<Events, crate::engine::SubmitError> {
    let work = match answer {
        Some((sampling, keep)) => Work::Answer { sampling, keep: keep as usize },
        None => Work::Prefill,
    };
    engine.submit(connection, Request { messages, work, deadline: None }, TOKENS_WAITING)
}

/// Carries an answer to its connection.
async fn carry(
    mut events: Events,
    replies: &Replies,
    status: &Status,
    (turn, revision, id): (u64, u32, u64),
) {
    while let Some(event) = events.next().await {
        let message = match event {
            Event::Token(text) => LlmReply::Token { id, text },
            Event::Done(finished) => {
                record(&finished, status);
                done(id, &finished)
            }
            Event::Failed(reason) => {
                status.count("requests_failed");
                LlmReply::Failed { id, reason }
            }
        };
        if replies.send(Frame::new(turn, revision, message)).await.is_err() {
            return;
        }
    }
}

fn record(finished: &Finished, status: &Status) {
    status.add("prompt_tokens", u64::from(finished.prompt_tokens));
    status.add("cached_tokens", u64::from(finished.cached_tokens));
    status.add("generated_tokens", u64::from(finished.generated_tokens));
    if finished.reason == FinishReason::Cancelled {
        status.count("requests_cancelled");
    }
    if finished.generated_tokens > 0 {
        status.observe("first_token_ms", finished.first_token_ms);
    }
    if finished.generated_tokens > 1 {
        let rest = f64::from(finished.generated_tokens - 1);
        status.observe("per_token_ms", (finished.took_ms - finished.first_token_ms) / rest);
    }
}

fn done(id: u64, finished: &Finished) -> LlmReply {
    LlmReply::Done {
        id,
        reason: finished.reason,
        prompt_tokens: finished.prompt_tokens,
        cached_tokens: finished.cached_tokens,
        generated_tokens: finished.generated_tokens,
        dropped_messages: finished.dropped_messages,
        first_token_ms: finished.first_token_ms,
        took_ms: finished.took_ms,
    }
}

/// The end of a request of a turn that is over.
fn void(id: u64) -> LlmReply {
    done(
        id,
        &Finished {
            reason: FinishReason::Cancelled,
            prompt_tokens: 0,
            cached_tokens: 0,
            generated_tokens: 0,
            dropped_messages: 0,
            first_token_ms: 0.0,
            took_ms: 0.0,
        },
    )
}

async fn embed(embedder: &Embedder, texts: Vec<String>, id: u64, status: &Status) -> LlmReply {
    let embedded = async {
        let receiver = embedder.submit(texts)?;
        receiver.await.map_err(|_| EmbedError::Ended)?
    };
    match embedded.await {
        Ok(embeddings) => {
            status.add("texts_truncated", embeddings.truncated as u64);
            vectors(id, &embeddings)
        }
        Err(error) => {
            status.count("requests_failed");
            LlmReply::Failed { id, reason: error.to_string() }
        }
    }
}

fn vectors(id: u64, embeddings: &Embeddings) -> LlmReply {
    let bytes = embeddings.vectors.len() * embeddings.dimensions * size_of::<f32>();
    if bytes > MAX_VECTORS {
        let most = MAX_VECTORS / (embeddings.dimensions * size_of::<f32>()).max(1);
        let reason = format!("the vectors do not fit into one reply; embed at most {most} texts at a time");
        return LlmReply::Failed { id, reason };
    }
    let vectors = embeddings.vectors.iter().flatten().flat_map(|value| value.to_le_bytes()).collect();
    LlmReply::Embeddings { id, dimensions: u32::try_from(embeddings.dimensions).unwrap_or(0), vectors }
}
