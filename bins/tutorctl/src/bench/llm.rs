//! The language model: speed of decoding as served, against the engine's own; prefixes used again.

use std::path::Path;
use std::time::Duration;

use iseetutor_bus::llm1::Llm1Proxy;
use iseetutor_wire::message::{ChatMessage, LlmReply, LlmRequest, Role, Sampling};
use iseetutor_wire::{Frame, Link, SocketName};
use tokio::sync::mpsc;

use super::Bench;
use super::figures::{Figures, Target, median};
use crate::error::{Error, Result};

/// Tokens of an answer that is timed.
const TOKENS: u32 = 96;

/// Tokens before the first decoded one when the engine runs by itself: about those of the question below.
const OWN_PREFILL: u32 = 48;

/// How long llmd may take for one request.
const LIMIT: Duration = Duration::from_secs(180);

/// A client of llmd, as tutord is one.
pub struct Client {
    link: Link<LlmRequest>,
    replies: mpsc::Receiver<Frame<LlmReply>>,
    last: u64,
}

/// What llmd says at the end of a request.
#[derive(Debug, Clone, Copy)]
pub struct Done {
    /// Tokens of the prompt.
    pub prompt_tokens: u32,
    /// Those that did not have to be evaluated again.
    pub cached_tokens: u32,
    /// Tokens of the answer.
    pub generated_tokens: u32,
    /// Milliseconds to the first token.
    pub first_token_ms: f64,
    /// Milliseconds to the end.
    pub took_ms: f64,
}

impl Done {
    /// Tokens per second from the first token to the last.
    #[must_use]
    pub fn decode_per_s(&self) -> f64 {
        f64::from(self.generated_tokens.saturating_sub(1)) / (self.took_ms - self.first_token_ms) * 1_000.0
    }
}

impl Client {
    /// Connects to llmd's socket in `runtime_dir`.
    ///
    /// # Errors
    /// When it does not answer there.
    pub async fn connect(runtime_dir: &Path) -> Result<Self> {
        let (link, replies) = Link::connect_two_way(SocketName::Llm.path(runtime_dir), 8);
        match tokio::time::timeout(Duration::from_secs(5), link.wait_connected()).await {
            Ok(()) => Ok(Self { link, replies, last: 0 }),
            Err(_) => Err(failed("it does not take connections on llm.sock".into())),
        }
    }

    /// Asks and waits for the end of the answer.
    ///
    /// # Errors
    /// When llmd fails or is gone.
    pub async fn generate(&mut self, messages: Vec<ChatMessage>, max_tokens: u32) -> Result<Done> {
        self.last += 1;
        let sampling = Sampling { max_tokens, ..Sampling::default() };
        self.finish(LlmRequest::Generate { id: self.last, messages, sampling, keep: 1 }).await
    }

    /// Has the beginning of a chat evaluated.
    ///
    /// # Errors
    /// As [`Client::generate`].
    pub async fn prefill(&mut self, messages: Vec<ChatMessage>) -> Result<Done> {
        self.last += 1;
        self.finish(LlmRequest::Prefill { id: self.last, messages }).await
    }

    async fn finish(&mut self, request: LlmRequest) -> Result<Done> {
        let gone = || failed("it ended in the middle of a request".into());
        self.link.send(Frame::new(0, 0, request)).await.map_err(|_| gone())?;
        let deadline = tokio::time::Instant::now() + LIMIT;
        loop {
            let reply = tokio::time::timeout_at(deadline, self.replies.recv()).await;
            let reply = reply.map_err(|_| failed(format!("no answer within {} s", LIMIT.as_secs())))?;
            match reply.ok_or_else(gone)?.message {
                LlmReply::Done {
                    id,
                    prompt_tokens,
                    cached_tokens,
                    generated_tokens,
                    first_token_ms,
                    took_ms,
                    ..
                } if id == self.last => {
                    return Ok(Done {
                        prompt_tokens,
                        cached_tokens,
                        generated_tokens,
                        first_token_ms,
                        took_ms,
                    });
                }
                LlmReply::Failed { id, reason } if id == self.last => return Err(failed(reason)),
                _ => {}
            }
        }
    }
}

fn failed(problem: String) -> Error {
    Error::Call { operation: "measure llmd".into(), problem }
}

/// A chat whose answer is long whatever the model.
#[must_use]
pub fn long_chat() -> Vec<ChatMessage> {
    vec![
        ChatMessage {
            role: Role::System,
            content: "You are a friendly teacher who explains at length.".into(),
        },
        ChatMessage {
            role: Role::User,
            content: "Tell me a long story about a ship, its crew and the storm they met. Do not stop early."
                .into(),
        },
    ]
}

/// Measures decoding and prefixes.
///
/// # Errors
/// When llmd cannot be measured.
pub async fn measure(bench: &Bench<'_>, figures: &mut Figures) -> Result<()> {
    let llm = Llm1Proxy::new(bench.session.bus()).await.map_err(Error::call("reach llmd"))?;
    let mut client = Client::connect(bench.session.runtime_dir()).await?;
    let (mut own, mut served) = (Vec::new(), Vec::new());
    for _ in 0..bench.rounds(5) {
        let (_, rate) = llm.measure(OWN_PREFILL, TOKENS).await.map_err(Error::call("measure llmd"))?;
        own.push(rate);
        let done = client.generate(long_chat(), TOKENS).await?;
        if done.generated_tokens < TOKENS / 2 {
            return Err(failed(format!("the answer has {} tokens, too few to time", done.generated_tokens)));
        }
        served.push(done.decode_per_s());
    }
    let note = format!("{TOKENS} tokens, {} rounds, in turns", bench.rounds(5));
    if let (Some(own), Some(served)) = (median(&own), median(&served)) {
        figures.add("llm.engine_decode", own, "tokens/s", note.clone());
        figures.add("llm.served_decode", served, "tokens/s", note.clone());
        figures.judge("llm.served_to_engine", served / own, "", Target::AtLeast(0.97), note);
    }
    prefixes(bench, &mut client, figures).await
}

/// A prefix of about 200 tokens that no earlier request began with.
fn prefix(number: usize) -> ChatMessage {
    const SENTENCE: &str = "Answer in one or two short sentences that a child of ten years understands, speak of one thing \
                            at a time, praise what was right before you mend what was wrong, and never give the answer \
                            away. ";
    ChatMessage {
        role: Role::System,
        content: format!(
            "{number} is the number of this lesson on words and numbers. {}",
            SENTENCE.repeat(4)
        ),
    }
}

fn question(text: &str) -> ChatMessage {
    ChatMessage { role: Role::User, content: text.into() }
}

async fn prefixes(bench: &Bench<'_>, client: &mut Client, figures: &mut Figures) -> Result<()> {
    let (mut first, mut again, mut tokens, mut kept) = (Vec::new(), Vec::new(), 0, 0);
    let (mut cold, mut warm) = (Vec::new(), Vec::new());
    for number in 0..bench.rounds(5) {
        let chat = |text: &str| vec![prefix(number), question(text)];
        let evaluated = client.prefill(vec![prefix(number)]).await?;
        // Another conversation in between, so that the prefix has to be found again.
        client.generate(vec![question("What is the capital of France?")], 4).await?;
        let reused = client.prefill(vec![prefix(number)]).await?;
        (tokens, kept) = (evaluated.prompt_tokens, reused.cached_tokens);
        first.push(evaluated.took_ms);
        again.push(reused.took_ms);
        warm.push(client.generate(chat("What is a noun?"), 1).await?.first_token_ms);
        let other = vec![prefix(number + 1_000), question("What is a noun?")];
        cold.push(client.generate(other, 1).await?.first_token_ms);
    }
    let note = format!("prefix of {tokens} tokens, {kept} of them kept, another chat in between");
    if let (Some(first), Some(again)) = (median(&first), median(&again)) {
        figures.add("llm.prefix_first_ms", first, "ms", note.clone());
        figures.add("llm.prefix_again_ms", again, "ms", note.clone());
        figures.judge("llm.prefix_again_to_first", again / first, "", Target::AtMost(0.1), note.clone());
    }
    if let (Some(cold), Some(warm)) = (median(&cold), median(&warm)) {
        figures.add("llm.first_token_cold_ms", cold, "ms", note.clone());
        figures.add("llm.first_token_warm_ms", warm, "ms", note);
    }
    Ok(())
}
