//! Makes pieces to say out of a stream of tokens, and decides when there have been enough.

use super::clean::clean;
use super::guard::{Blocked, check, has_number};
use super::split::Splitter;

/// How long a generated answer may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Sentences at most.
    pub sentences: usize,
    /// Characters at most, counted at the end of a sentence.
    pub characters: usize,
}

/// What comes out of the composer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A clause or sentence to say now.
    Say(String),
    /// A sentence that is not said, and why.
    Blocked(Blocked),
    /// The answer is long enough or no longer worth hearing; what still comes is ignored.
    Enough,
}

/// Why a stream of tokens ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// The model ended its answer.
    Complete,
    /// It was cut off by a limit, so that the last words may be half a sentence.
    CutOff,
}

/// Turns tokens into pieces. A clause is said before its sentence is complete only while the sentence holds no number:
/// one with numbers is checked whole first.
#[derive(Debug)]
pub struct Composer {
    limits: Limits,
    splitter: Splitter,
    /// The unsaid beginning of the sentence at hand.
    held: String,
    /// All of the sentence at hand so far, said or not.
    sentence: String,
    /// Sentences that were said.
    said: Vec<String>,
    finished: bool,
}

impl Composer {
    /// A composer for one answer.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            splitter: Splitter::default(),
            held: String::new(),
            sentence: String::new(),
            said: Vec::new(),
            finished: false,
        }
    }

    /// Whether anything was said.
    #[must_use]
    pub fn has_spoken(&self) -> bool {
        !self.said.is_empty() || self.is_inside_sentence()
    }

    /// Takes the next token.
    pub fn push(&mut self, token: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut cut = if self.finished { None } else { self.splitter.push(token) };
        while let Some(next) = cut {
            self.take(&next.text, next.ends_sentence, &mut pieces);
            cut = if self.finished { None } else { self.splitter.push("") };
        }
        pieces
    }

    /// Takes the end of the stream. Half a sentence is dropped if whole ones were said.
    pub fn finish(&mut self, stopped: Stopped) -> Vec<Piece> {
        let mut pieces = Vec::new();
        if !self.finished {
            let rest = self.splitter.rest();
            let whole = rest.trim_end().ends_with(['.', '!', '?', '"', ')']);
            let begun = !self.held.trim().is_empty() || self.is_inside_sentence();
            let wanted =
                whole || stopped == Stopped::Complete || self.said.is_empty() || self.is_inside_sentence();
            if wanted && (begun || !rest.trim().is_empty()) {
                self.take(&rest, true, &mut pieces);
            }
            self.finished = true;
        }
        pieces.retain(|piece| *piece != Piece::Enough);
        pieces
    }

    /// Whether part of the sentence at hand has been said already.
    fn is_inside_sentence(&self) -> bool {
        self.held.len() < self.sentence.len()
    }

    fn take(&mut self, text: &str, ends_sentence: bool, pieces: &mut Vec<Piece>) {
        self.held.push_str(text);
        self.sentence.push_str(text);
        let sentence = clean(&self.sentence);
        if !ends_sentence {
            // The part so far must pass as a sentence does, and hold nothing that only its end decides.
            if !has_number(&sentence) && check(&sentence, &self.said).is_ok() {
                self.say(pieces);
            }
            return;
        }
        match check(&sentence, &self.said) {
            Ok(()) => {
                self.say(pieces);
                if sentence.chars().any(char::is_alphanumeric) {
                    self.said.push(sentence);
                }
            }
            Err(blocked) => {
                pieces.push(Piece::Blocked(blocked));
                self.finished = blocked.ends_answer();
            }
        }
        self.held.clear();
        self.sentence.clear();
        let characters: usize = self.said.iter().map(String::len).sum();
        self.finished |= self.said.len() >= self.limits.sentences || characters >= self.limits.characters;
        if self.finished {
            pieces.push(Piece::Enough);
        }
    }

    fn say(&mut self, pieces: &mut Vec<Piece>) {
        let text = clean(&std::mem::take(&mut self.held));
        if text.chars().any(char::is_alphanumeric) {
            pieces.push(Piece::Say(text));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Blocked, Composer, Limits, Piece, Stopped};

    const LIMITS: Limits = Limits { sentences: 3, characters: 400 };

    fn composed(text: &str, stopped: Stopped) -> Vec<Piece> {
        let mut composer = Composer::new(LIMITS);
        let mut pieces = Vec::new();
        for c in text.chars() {
            pieces.extend(composer.push(&c.to_string()));
        }
        pieces.extend(composer.finish(stopped));
        pieces
    }

    fn say(text: &str) -> Piece {
        Piece::Say(text.to_owned())
    }

    #[test]
    fn clauses_are_said_as_they_come() {
        assert_eq!(
            composed(
                "Leaves are green, because they hold **chlorophyll**. They eat light",
                Stopped::Complete
            ),
            [say("Leaves are green,"), say("because they hold chlorophyll."), say("They eat light")]
        );
    }

    #[test]
    fn a_sentence_with_numbers_waits_for_its_end() {
        assert_eq!(
            composed("Think of it this way, 6 times 7, as you know, is 43. Easy.", Stopped::Complete),
            [say("Think of it this way,"), say("6 times 7, as you know, is 43."), say("Easy.")]
        );
        assert_eq!(
            composed("Easy: 6 times 7 is 43. It is a lot.", Stopped::Complete),
            [Piece::Blocked(Blocked::WrongArithmetic), say("It is a lot.")]
        );
    }

    #[test]
    fn enough_is_enough() {
        let pieces = composed("One a. Two b. Three c. Four d. Five e.", Stopped::Complete);
        assert_eq!(pieces, [say("One a."), say("Two b."), say("Three c."), Piece::Enough]);
        let pieces = composed("It is red. It is red. It is blue.", Stopped::Complete);
        assert_eq!(pieces, [say("It is red."), Piece::Blocked(Blocked::Repetition), Piece::Enough]);
    }

    #[test]
    fn half_a_sentence_is_dropped_when_whole_ones_were_said() {
        assert_eq!(composed("It is red. And it was", Stopped::CutOff), [say("It is red.")]);
        assert_eq!(composed("And it was", Stopped::CutOff), [say("And it was")]);
        assert_eq!(composed("", Stopped::Complete), []);
        assert_eq!(composed("  \n 🎉 ", Stopped::Complete), []);
    }
}
