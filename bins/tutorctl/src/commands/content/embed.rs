//! Vectors by llmd.

use std::time::Duration;

use iseetutor_wire::message::{LlmReply, LlmRequest};
use iseetutor_wire::{Frame, Link, SocketName};
use tokio::sync::mpsc;

use crate::error::{Error, Result};
use crate::session::Session;

/// Texts of one request; llmd takes at most 32, and a frame holds 64 KiB.
pub const BATCH: usize = 16;

/// How long llmd may take for one request.
const LIMIT: Duration = Duration::from_secs(120);

/// A client of llmd.
pub struct Llmd {
    link: Link<LlmRequest>,
    replies: mpsc::Receiver<Frame<LlmReply>>,
    last: u64,
    model: String,
}

impl Llmd {
    /// Connects to the session's llmd.
    ///
    /// # Errors
    /// When it has no embedding model or does not answer.
    pub async fn connect(session: &Session) -> Result<Self> {
        let llm =
            iseetutor_bus::llm1::Llm1Proxy::new(session.bus()).await.map_err(Error::call("reach llmd"))?;
        let model = llm.embedding_model().await.map_err(Error::call("ask llmd for its embedding model"))?;
        let model = model.rsplit('/').next().unwrap_or_default().to_owned();
        if model.is_empty() {
            return Err(failed("it has no embedding model; `tutorctl models fetch` gets one".into()));
        }
        let (link, replies) = Link::connect_two_way(SocketName::Llm.path(session.runtime_dir()), 8);
        match tokio::time::timeout(Duration::from_secs(5), link.wait_connected()).await {
            Ok(()) => Ok(Self { link, replies, last: 0, model }),
            Err(_) => Err(failed("it does not take connections on llm.sock".into())),
        }
    }

    /// File name of its embedding model.
    pub fn model(&self) -> &str {
        &self.model
    }

    /// Vectors of at most [`BATCH`] texts.
    ///
    /// # Errors
    /// When llmd refuses or is gone.
    pub async fn embed(&mut self, texts: &[String]) -> Result<Vec<Vec<f32>>> {
        self.last += 1;
        let gone = || failed("it ended in the middle of a request".into());
        let request = LlmRequest::Embed { id: self.last, texts: texts.to_vec() };
        self.link.send(Frame::new(0, 0, request)).await.map_err(|_| gone())?;
        let deadline = tokio::time::Instant::now() + LIMIT;
        loop {
            let reply = tokio::time::timeout_at(deadline, self.replies.recv()).await;
            let reply = reply.map_err(|_| failed(format!("no answer within {} s", LIMIT.as_secs())))?;
            match reply.ok_or_else(gone)?.message {
                LlmReply::Embeddings { id, dimensions, vectors } if id == self.last => {
                    let bytes = dimensions as usize * 4;
                    if bytes == 0 || vectors.len() != texts.len() * bytes {
                        return Err(failed(format!(
                            "{} bytes came for {} texts",
                            vectors.len(),
                            texts.len()
                        )));
                    }
                    let number =
                        |four: &[u8]| four.first_chunk().map_or(0.0, |four| f32::from_le_bytes(*four));
                    return Ok(vectors
                        .chunks(bytes)
                        .map(|one| one.chunks(4).map(number).collect())
                        .collect());
                }
                LlmReply::Failed { id, reason } if id == self.last => return Err(failed(reason)),
                _ => {}
            }
        }
    }
}

fn failed(problem: String) -> Error {
    Error::Call { operation: "embed by llmd".into(), problem }
}
