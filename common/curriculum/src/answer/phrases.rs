//! Turns of phrase around an answer, contractions taken apart.

use super::turns::{BECAUSE, COMMITS, CORRECTIONS, FILLERS, MAY_CORRECT, NOTS, ORS, POINTING};

/// What a turn of phrase does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// Nothing.
    Filler,
    /// Says that what follows is the answer, whatever was said before.
    Commit,
    /// Takes back what was said before it.
    Correct,
    /// Takes it back only where an answer follows, because it may be a part of a sentence.
    MayCorrect,
    /// What follows is not the answer.
    Not,
    /// A choice between answers.
    Or,
    /// A reason follows.
    Because,
    /// Points at something that cannot be seen.
    Pointing,
}

const TABLES: [(&[&str], Turn); 8] = [
    (POINTING, Turn::Pointing),
    (NOTS, Turn::Not),
    (CORRECTIONS, Turn::Correct),
    (MAY_CORRECT, Turn::MayCorrect),
    (COMMITS, Turn::Commit),
    (ORS, Turn::Or),
    (BECAUSE, Turn::Because),
    (FILLERS, Turn::Filler),
];

/// The longest turn of phrase at the beginning of some words, and how many it takes.
pub(super) fn turn(words: &[&str]) -> Option<(Turn, usize)> {
    let mut best: Option<(Turn, usize)> = None;
    for (phrases, turn) in TABLES {
        for phrase in phrases {
            let length = phrase.split(' ').count();
            let longer = best.is_none_or(|(_, most)| length > most);
            if longer && length <= words.len() && phrase.split(' ').zip(words).all(|(a, b)| a == *b) {
                best = Some((turn, length));
            }
        }
    }
    best
}

/// Whether a sentence that begins with this word asks something.
pub(super) fn asks(word: &str) -> bool {
    matches!(
        word,
        "what"
            | "how"
            | "why"
            | "who"
            | "when"
            | "where"
            | "which"
            | "whose"
            | "do"
            | "does"
            | "did"
            | "is"
            | "are"
            | "was"
            | "were"
            | "can"
            | "could"
            | "would"
            | "should"
            | "will"
            | "may"
            | "am"
            | "has"
            | "whats"
    )
}

/// Words that are also said about a question and not in answer to it.
pub(super) fn is_remark(word: &str) -> bool {
    matches!(
        word,
        "easy"
            | "hard"
            | "difficult"
            | "simple"
            | "boring"
            | "funny"
            | "fun"
            | "silly"
            | "weird"
            | "cool"
            | "nice"
            | "good"
            | "bad"
            | "great"
            | "tired"
            | "hungry"
            | "tough"
            | "tricky"
            | "cold"
            | "hot"
            | "wrong"
            | "true"
            | "fine"
            | "sorry"
            | "ready"
            | "interesting"
            | "confusing"
            | "annoying"
            | "tedious"
            | "strange"
            | "odd"
            | "crazy"
            | "exciting"
            | "challenging"
            | "complicated"
            | "ridiculous"
            | "obvious"
            | "bored"
            | "sleepy"
            | "sad"
            | "happy"
            | "angry"
            | "loud"
            | "quiet"
            | "unfair"
            | "fair"
            | "dumb"
            | "stupid"
            | "mean"
            | "scary"
            | "confused"
            | "nervous"
            | "excited"
            | "thirsty"
            | "sick"
            | "long"
            | "short"
            | "fast"
            | "slow"
            | "amazing"
    )
}
