use serde::{Deserialize, Serialize};

use super::kinds;

/// Who speaks in a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Instructions to the model.
    System,
    /// The child.
    User,
    /// The tutor.
    Assistant,
}

impl Role {
    /// The name that chat templates use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::User => "user",
            Self::Assistant => "assistant",
        }
    }
}

/// One message of a chat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatMessage {
    /// Who speaks.
    pub role: Role,
    /// What is said.
    pub content: String,
}

/// How tokens are chosen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sampling {
    /// Tokens at most.
    pub max_tokens: u32,
    /// 0 takes the likeliest token every time, and is then repeatable.
    pub temperature: f32,
    /// Keep the smallest set of tokens whose probabilities add up to this; 1 keeps all.
    pub top_p: f32,
    /// Drop tokens less likely than this share of the likeliest; 0 drops none.
    pub min_p: f32,
    /// Penalty for tokens among the last 64; 1 is none.
    pub repeat_penalty: f32,
    /// Seed of the random choice.
    pub seed: u32,
    /// Strings that end the answer and are not part of it.
    pub stop: Vec<String>,
    /// A GBNF grammar that the answer obeys.
    pub grammar: Option<String>,
    /// A JSON schema that the answer obeys; not together with `grammar`.
    pub json_schema: Option<String>,
}

impl Default for Sampling {
    fn default() -> Self {
        Self {
            max_tokens: 160,
            temperature: 0.0,
            top_p: 1.0,
            min_p: 0.0,
            repeat_penalty: 1.0,
            seed: 0,
            stop: Vec::new(),
            grammar: None,
            json_schema: None,
        }
    }
}

/// tutord to llmd, on `llm.sock`. The `id` is the client's own and unique among its open requests.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "k", content = "b", rename_all = "snake_case")]
pub enum LlmRequest {
    /// Answer a chat. Replies: any number of `token`, then `done` or `failed`.
    Generate {
        /// The request.
        id: u64,
        /// The chat, oldest first; it ends with the child's words.
        messages: Vec<ChatMessage>,
        /// How tokens are chosen.
        #[serde(default)]
        sampling: Sampling,
        /// How many messages from the first are worth keeping evaluated for later requests.
        #[serde(default)]
        keep: u32,
    },
    /// Evaluate the beginning of a chat that will be asked soon, when nothing else is to do. Reply: `done` or `failed`.
    Prefill {
        /// The request.
        id: u64,
        /// The chat's beginning.
        messages: Vec<ChatMessage>,
    },
    /// Embed texts. Reply: `embeddings` or `failed`.
    Embed {
        /// The request.
        id: u64,
        /// The texts; at most 32.
        texts: Vec<String>,
    },
    /// Give up a request. Reply: `done` with reason `cancelled`, unless it was finished already.
    Cancel {
        /// The request to give up.
        id: u64,
    },
}

/// Why an answer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FinishReason {
    /// The model ended it.
    End,
    /// A stop string came.
    Stop,
    /// It reached `max_tokens` or the end of the context.
    Length,
    /// The client gave it up.
    Cancelled,
}

/// llmd to tutord, on `llm.sock`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "k", content = "b", rename_all = "snake_case")]
pub enum LlmReply {
    /// The next piece of an answer; always whole characters.
    Token {
        /// The request.
        id: u64,
        /// The piece.
        text: String,
    },
    /// The request is finished.
    Done {
        /// The request.
        id: u64,
        /// Why.
        reason: FinishReason,
        /// Tokens of the prompt.
        prompt_tokens: u32,
        /// Those of them that did not have to be evaluated again.
        cached_tokens: u32,
        /// Tokens of the answer.
        generated_tokens: u32,
        /// Oldest messages left out because the context was full.
        dropped_messages: u32,
        /// Milliseconds from the request's arrival to the first token; 0 without one.
        first_token_ms: f64,
        /// Milliseconds from the request's arrival to its end.
        took_ms: f64,
    },
    /// Embeddings, in the order of the texts.
    Embeddings {
        /// The request.
        id: u64,
        /// Values of each vector.
        dimensions: u32,
        /// All vectors one after the other: 32-bit little-endian floats, each vector of length 1.
        #[serde(with = "serde_bytes")]
        vectors: Vec<u8>,
    },
    /// The request cannot be met.
    Failed {
        /// The request.
        id: u64,
        /// Why, and what would help.
        reason: String,
    },
}

kinds!(LlmRequest, "llm.sock", {
    Generate => "generate",
    Prefill => "prefill",
    Embed => "embed",
    Cancel => "cancel",
});

kinds!(LlmReply, "llm.sock", {
    Token => "token",
    Done => "done",
    Embeddings => "embeddings",
    Failed => "failed",
});
