//! Making a chat fit into the context.
//!
//! What is left out, in this order: the oldest turns (a turn is a message of the child and what follows
//! it), never the system messages at the beginning and never the last turn; then, when the last turn is
//! too long by itself, the middle of its longest message, with [`GAP`] in its place. Only instructions
//! that fill the context by themselves are an error.

use iseetutor_wire::message::{ChatMessage, Role};

/// Stands where the middle of an over-long message was cut out.
pub const GAP: &str = " [...] ";

/// Turns are dropped in multiples of this many, so that the next requests of the same chat begin with
/// the same messages and find them evaluated.
const BLOCK: usize = 4;

/// A chat that fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fitted {
    /// The messages.
    pub messages: Vec<ChatMessage>,
    /// How many messages were left out.
    pub dropped: usize,
    /// Whether a message was cut.
    pub cut: bool,
}

/// Why a chat cannot be made to fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FitError<E> {
    /// There are no messages.
    #[error("the chat has no messages; send at least one")]
    Empty,
    /// The instructions alone are too long.
    #[error(
        "the system message and the frame of the chat take {tokens} of {budget} tokens and leave no room for the question; shorten the system message or raise `request_tokens`"
    )]
    Instructions {
        /// Tokens of the chat with an empty question.
        tokens: usize,
        /// Tokens there are.
        budget: usize,
    },
    /// The tokens could not be counted.
    #[error(transparent)]
    Count(#[from] E),
}

/// Tokens at least that a cut message keeps.
const LEAST: usize = 16;

/// Makes `messages` fit into `budget` tokens, as counted by `count`.
///
/// # Errors
/// [`FitError`].
pub fn fit<E>(
    messages: &[ChatMessage],
    budget: usize,
    count: impl Fn(&[ChatMessage]) -> Result<usize, E>,
) -> Result<Fitted, FitError<E>> {
    if messages.is_empty() {
        return Err(FitError::Empty);
    }
    let total = count(messages)?;
    if total <= budget {
        return Ok(Fitted { messages: messages.to_vec(), dropped: 0, cut: false });
    }
    let head = messages.iter().take_while(|message| message.role == Role::System).count();
    let (system, rest) = messages.split_at(head);
    // Where each turn begins.
    let turns: Vec<usize> = (0..rest.len()).filter(|&at| at == 0 || rest[at].role == Role::User).collect();
    let last = turns.len().saturating_sub(1);
    let mut drop = BLOCK;
    let mut kept;
    loop {
        let turn = drop.min(last);
        let from = turns.get(turn).copied().unwrap_or(0);
        kept = system.to_vec();
        kept.extend_from_slice(rest.get(from..).unwrap_or_default());
        if count(&kept)? <= budget {
            return Ok(Fitted { dropped: messages.len() - kept.len(), messages: kept, cut: false });
        }
        if turn == last {
            break;
        }
        drop += BLOCK;
    }
    let dropped = messages.len() - kept.len();
    cut(&mut kept, head, budget, count)?;
    Ok(Fitted { messages: kept, dropped, cut: true })
}

/// Cuts the middle out of the longest message after the first `head`.
fn cut<E>(
    messages: &mut [ChatMessage],
    head: usize,
    budget: usize,
    count: impl Fn(&[ChatMessage]) -> Result<usize, E>,
) -> Result<(), FitError<E>> {
    let longest = (head..messages.len()).max_by_key(|&at| messages[at].content.len());
    let whole = longest.map(|at| std::mem::take(&mut messages[at].content)).unwrap_or_default();
    let empty = count(messages)?;
    let Some(at) = longest.filter(|_| empty + LEAST <= budget) else {
        return Err(FitError::Instructions { tokens: empty, budget });
    };
    messages[at].content.clone_from(&whole);
    let full = count(messages)?.saturating_sub(empty).max(1);
    // The first guess assumes that tokens are spread evenly over the text; each next one is smaller.
    let mut characters = whole.chars().count() * (budget - empty) / full;
    loop {
        messages[at].content = without_middle(&whole, characters);
        if count(messages)? <= budget || characters == 0 {
            return Ok(());
        }
        characters = characters * 7 / 8;
    }
}

/// The first two thirds and the last third of `characters` characters of `text`, with [`GAP`] between.
fn without_middle(text: &str, characters: usize) -> String {
    let first = characters * 2 / 3;
    let skip = text.chars().count().saturating_sub(characters - first);
    let head = text.chars().take(first);
    let tail = text.chars().skip(skip.max(first));
    head.chain(GAP.chars()).chain(tail).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use std::convert::Infallible;

    fn message(role: Role, content: &str) -> ChatMessage {
        ChatMessage { role, content: content.into() }
    }

    /// A token a word, and two for the frame of each message.
    #[allow(clippy::unnecessary_wraps)]
    fn count(messages: &[ChatMessage]) -> Result<usize, Infallible> {
        Ok(messages.iter().map(|message| message.content.split_whitespace().count() + 2).sum())
    }

    fn chat(turns: usize) -> Vec<ChatMessage> {
        let mut chat = vec![message(Role::System, "be kind")];
        for turn in 0..turns {
            chat.push(message(Role::User, &format!("question {turn} of several")));
            chat.push(message(Role::Assistant, "an answer of five words"));
        }
        chat.push(message(Role::User, "the last question"));
        chat
    }

    #[test]
    fn a_chat_that_fits_is_left_alone() {
        let fitted = fit(&chat(2), 100, count).unwrap();
        assert_eq!((fitted.messages, fitted.dropped, fitted.cut), (chat(2), 0, false));
    }

    #[test]
    fn the_oldest_turns_go_and_instructions_and_question_stay() {
        let fitted = fit(&chat(20), 100, count).unwrap();
        assert!(count(&fitted.messages).unwrap() <= 100);
        assert_eq!(fitted.messages.first().unwrap().content, "be kind");
        assert_eq!(fitted.messages.get(1).unwrap().role, Role::User, "a turn begins with the child");
        assert_eq!(fitted.messages.last().unwrap().content, "the last question");
        assert_eq!(fitted.dropped + fitted.messages.len(), chat(20).len());
        assert!(!fitted.cut);
    }

    #[test]
    fn a_growing_chat_keeps_its_beginning_for_several_requests() {
        let second = |turns| fit(&chat(turns), 100, count).unwrap().messages.get(1).unwrap().content.clone();
        let begins: Vec<String> = (12..24).map(second).collect();
        let changes = begins.windows(2).filter(|pair| pair[0] != pair[1]).count();
        assert!(changes <= 3, "{begins:?}");
    }

    #[test]
    fn an_over_long_question_is_cut_in_the_middle_and_marked() {
        let long: Vec<String> = (0..500).map(|word| format!("w{word}")).collect();
        let mut chat = chat(3);
        chat.last_mut().unwrap().content = long.join(" ");
        let fitted = fit(&chat, 60, count).unwrap();
        assert!(fitted.cut && count(&fitted.messages).unwrap() <= 60);
        let question = &fitted.messages.last().unwrap().content;
        assert!(question.starts_with("w0 w1 ") && question.ends_with("w499") && question.contains(GAP));
        assert!(count(&fitted.messages).unwrap() > 40, "no more was cut than needed");
    }

    #[test]
    fn instructions_that_fill_everything_are_an_error_that_says_so() {
        let mut chat = chat(1);
        chat[0].content = "word ".repeat(200);
        let error = fit(&chat, 60, count).unwrap_err();
        assert!(matches!(error, FitError::Instructions { budget: 60, .. }));
        assert!(error.to_string().contains("shorten the system message"));
        assert_eq!(fit(&[], 60, count).unwrap_err(), FitError::Empty);
        let only_system = [message(Role::System, &"word ".repeat(200))];
        assert!(matches!(fit(&only_system, 60, count), Err(FitError::Instructions { .. })));
    }
}
