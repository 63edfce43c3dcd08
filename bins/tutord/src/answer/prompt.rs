//! What the language model is told.

use std::collections::VecDeque;

use iseetutor_wire::message::{ChatMessage, Role};

/// The first message of every chat. It never changes, so that its evaluation is kept.
pub const SYSTEM: &str = "You are a kind tutor talking with a child of 8 to 14 years. Answer in one to three short, plain \
     sentences that can be read aloud. Never use lists or symbols. If you do not know, say that you do not know.";

/// Bytes of a conversation that are sent at most: far below a frame's limit.
const MOST_BYTES: usize = 16 * 1024;

/// A question and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// What the child said.
    pub question: String,
    /// What the tutor answered, without the sentence that frames a guess: the model would learn to say it too.
    pub answer: String,
}

/// The conversation so far, as the model sees it.
#[derive(Debug, Clone, Default)]
pub struct Context {
    exchanges: VecDeque<Exchange>,
}

impl Context {
    /// Adds an exchange. When there are twice as many as `keep`, the older half goes at once rather than one by one, so
    /// that the beginning of the chat stays the same for several questions and its evaluation is of use.
    pub fn add(&mut self, exchange: Exchange, keep: usize) {
        self.exchanges.push_back(exchange);
        if self.exchanges.len() > 2 * keep {
            self.exchanges.drain(..self.exchanges.len() - keep);
        }
        let bytes = |exchanges: &VecDeque<Exchange>| -> usize {
            exchanges.iter().map(|e| e.question.len() + e.answer.len()).sum()
        };
        while bytes(&self.exchanges) > MOST_BYTES && self.exchanges.pop_front().is_some() {}
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.exchanges.clear();
    }

    /// The chat up to now, system message included.
    #[must_use]
    pub fn messages(&self) -> Vec<ChatMessage> {
        let message = |role, content: &str| ChatMessage { role, content: content.to_owned() };
        let mut messages = vec![message(Role::System, SYSTEM)];
        for exchange in &self.exchanges {
            messages.push(message(Role::User, &exchange.question));
            messages.push(message(Role::Assistant, &exchange.answer));
        }
        messages
    }

    /// The chat with a question at its end.
    #[must_use]
    pub fn asking(&self, question: &str) -> Vec<ChatMessage> {
        let mut messages = self.messages();
        messages.push(ChatMessage { role: Role::User, content: question.to_owned() });
        messages
    }
}

#[cfg(test)]
mod tests {
    use super::{Context, Exchange};

    #[test]
    fn old_exchanges_go_in_halves_and_by_size() {
        let mut context = Context::default();
        let exchange = |i: usize| Exchange { question: format!("q{i}"), answer: format!("a{i}") };
        for i in 0..8 {
            context.add(exchange(i), 4);
        }
        assert_eq!(context.messages().len(), 17);
        context.add(exchange(8), 4);
        assert_eq!(context.messages().len(), 9);
        assert_eq!(context.asking("x").last().map(|m| m.content.as_str()), Some("x"));
        for _ in 0..20 {
            context.add(Exchange { question: "x".repeat(4_000), answer: String::new() }, 20);
        }
        assert!(context.messages().iter().map(|m| m.content.len()).sum::<usize>() < 20_000);
    }
}
