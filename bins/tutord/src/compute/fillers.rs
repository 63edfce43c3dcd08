//! Polite and interrogative words around arithmetic.

use super::forms::{after, before};
use iseetutor_numbers::text::Token;

/// Words before a question that do not change it, longest first.
const BEFORE: [&str; 78] = [
    "how do you figure out",
    "how do i figure out",
    "how do you solve",
    "how do you find",
    "how do i find",
    "how do you do",
    "how do i do",
    "what do you get when you",
    "what do you get if you",
    "how do you work out",
    "do you know what",
    "can you help me with",
    "can you figure out",
    "can you work out",
    "can you calculate",
    "i need to know",
    "i want to know",
    "what do i get if i",
    "could you tell me",
    "would you tell me",
    "can you tell me",
    "what would be",
    "the answer to",
    "the answer for",
    "the value of",
    "the result of",
    "how much would",
    "do you know",
    "can you solve",
    "help me with",
    "what number is",
    "how much are",
    "how much does",
    "how much is",
    "what's the value of",
    "figure out",
    "work out",
    "what are",
    "what does",
    "what is",
    "what was",
    "what's",
    "whats",
    "tell me",
    "calculate",
    "calculates",
    "compute",
    "evaluate",
    "solve",
    "find",
    "do",
    "could you",
    "would you",
    "can you",
    "hey there",
    "hey",
    "hi",
    "hello",
    "good morning",
    "thank you",
    "thanks",
    "okay",
    "ok",
    "alright",
    "um",
    "uh",
    "umm",
    "hmm",
    "so",
    "well",
    "and",
    "now",
    "then",
    "please",
    "tutor",
    "is it true that",
    "what",
    ",",
];

/// Words after a question that do not change it.
const AFTER: [&str; 17] = [
    "is equal to",
    "equals to",
    "equal to",
    "equals",
    "equal",
    "make",
    "makes",
    "is what",
    "equals what",
    "please",
    "thank you",
    "thanks",
    "for me",
    "tutor",
    "is",
    "=",
    ",",
];

/// The tokens without polite and interrogative words at both ends.
pub fn without_fillers(tokens: &[Token]) -> &[Token] {
    let mut tokens = tokens;
    while let Some(rest) = BEFORE.iter().find_map(|filler| after(tokens, filler)) {
        tokens = rest;
    }
    while let Some(rest) = AFTER.iter().find_map(|filler| before(tokens, filler)) {
        tokens = rest;
    }
    tokens
}
