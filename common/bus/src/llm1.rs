//! `org.iseetutor.Llm1`: the language model.

use std::sync::Arc;

use crate::Reply;

/// What llmd puts behind [`Llm1`].
pub trait LlmControl: Send + Sync + 'static {
    /// See [`Llm1`]'s `Measure`.
    fn measure(&self, prefill_tokens: u32, decode_tokens: u32) -> Reply<'_, (f64, f64)>;
    /// Tokens of context.
    fn context_tokens(&self) -> u32;
    /// Threads that compute.
    fn threads(&self) -> u32;
    /// Requests being answered now.
    fn active(&self) -> u32;
    /// The embedding model's file; empty without one.
    fn embedding_model(&self) -> String;
}

/// The language model.
pub struct Llm1 {
    control: Arc<dyn LlmControl>,
}

impl Llm1 {
    /// Serves `control`.
    #[must_use]
    pub fn new(control: Arc<dyn LlmControl>) -> Self {
        Self { control }
    }
}

/// The language model.
#[zbus::interface(
    name = "org.iseetutor.Llm1",
    proxy(default_service = "org.iseetutor.Llm1", default_path = "/org/iseetutor/Llm1", visibility = "pub")
)]
impl Llm1 {
    /// Runs the engine by itself, as llama.cpp's own benchmark does: evaluates `prefill_tokens` and
    /// then decodes `decode_tokens` one by one. Returns tokens per second of each.
    #[zbus(out_args("prefill_per_s", "decode_per_s"))]
    async fn measure(&self, prefill_tokens: u32, decode_tokens: u32) -> zbus::fdo::Result<(f64, f64)> {
        self.control.measure(prefill_tokens, decode_tokens).await
    }

    /// Tokens of context.
    #[zbus(property(emits_changed_signal = "const"))]
    fn context_tokens(&self) -> u32 {
        self.control.context_tokens()
    }

    /// Threads that compute.
    #[zbus(property(emits_changed_signal = "const"))]
    fn threads(&self) -> u32 {
        self.control.threads()
    }

    /// Requests being answered now.
    #[zbus(property(emits_changed_signal = "false"))]
    fn active(&self) -> u32 {
        self.control.active()
    }

    /// The embedding model's file; empty without one.
    #[zbus(property(emits_changed_signal = "const"))]
    fn embedding_model(&self) -> String {
        self.control.embedding_model()
    }
}
