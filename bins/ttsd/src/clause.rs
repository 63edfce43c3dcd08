//! Cuts text into the pieces that are synthesised one at a time.
//!
//! A piece is a sentence where possible: the voice's melody spans it. A sentence that is too long is cut at its
//! strongest inner mark, so that memory stays bounded whatever is sent, and the very first piece is cut shorter
//! still, so that the voice starts early.

/// Longest piece in bytes of written text. About 17 s of speech.
pub const MAX_CLAUSE: usize = 240;

/// A first sentence longer than this is cut at its first good place.
const FIRST_LONG: usize = 110;

/// No piece is cut shorter than this for the sake of an early start.
const FIRST_SHORT: usize = 24;

/// What ends a piece, and so how long the pause after it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Inside a sentence; its own comma makes the pause.
    Part,
    /// A full stop, a question mark, an exclamation mark.
    Sentence,
    /// The end of a line.
    Line,
}

/// A piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clause<'a> {
    /// As written, without space around it; never empty.
    pub text: &'a str,
    /// What ends it.
    pub end: End,
}

/// Abbreviations (without their point, in lower case) after which a sentence does not end.
const ABBREVIATIONS: [&str; 37] = [
    "mr", "mrs", "ms", "dr", "prof", "st", "jr", "sr", "gen", "col", "capt", "lt", "sgt", "gov", "sen",
    "rep", "pres", "rev", "vs", "approx", "fig", "no", "nos", "ch", "vol", "pp", "pg", "p", "eq", "jan",
    "feb", "mar", "apr", "aug", "sept", "e.g", "i.e",
];

/// Pieces of cleaned text, in order.
#[derive(Debug, Clone)]
pub struct Clauses<'a> {
    rest: &'a str,
    first: bool,
}

/// Cuts text that went through [`crate::normalize::clean`].
#[must_use]
pub fn clauses(text: &str) -> Clauses<'_> {
    Clauses { rest: text, first: true }
}

impl<'a> Iterator for Clauses<'a> {
    type Item = Clause<'a>;

    fn next(&mut self) -> Option<Clause<'a>> {
        loop {
            self.rest = self.rest.trim_start();
            if self.rest.is_empty() {
                return None;
            }
            let (length, end) = self.cut();
            let (text, rest) = self.rest.split_at(length);
            self.rest = rest;
            let text = text.trim();
            if text.contains(char::is_alphanumeric) || text.contains("__") {
                self.first = false;
                return Some(Clause { text, end });
            }
        }
    }
}

impl Clauses<'_> {
    /// Length in bytes of the next piece, at least one character, and what ends it.
    fn cut(&self) -> (usize, End) {
        let text = self.rest;
        // Where a piece could be cut if the sentence turns out too long: the last place of each strength.
        let mut soft: Option<usize> = None;
        let mut space: Option<usize> = None;
        let mut early: Option<usize> = None;
        let mut depth = 0_usize;
        for (i, c) in text.char_indices() {
            let after = i + c.len_utf8();
            if after > MAX_CLAUSE && i > 0 {
                // A mark in the first third would leave a stump; a space late in the piece is better than that.
                let soft = soft.filter(|at| *at > MAX_CLAUSE / 3);
                return (soft.or(space).or(early).unwrap_or(i), End::Part);
            }
            let tail = text.get(after..).unwrap_or_default();
            match c {
                '\n' if i > 0 => return (after, End::Line),
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.saturating_sub(1),
                _ if c.is_whitespace() => space = Some(after),
                '.' | '?' | '!' if ends_sentence(text, i, c) => {
                    let marks = tail
                        .chars()
                        .take_while(|c| ".?!\"')]”’".contains(*c))
                        .map(char::len_utf8)
                        .sum::<usize>();
                    if self.early_cut(early, after + marks) {
                        return (early.unwrap_or(after), End::Part);
                    }
                    return (after + marks, End::Sentence);
                }
                ',' | ';' | ':' | '—' if depth == 0 && (c == '—' || tail.starts_with(' ')) => {
                    soft = Some(after);
                    if early.is_none() && (FIRST_SHORT..=FIRST_LONG).contains(&after) {
                        early = Some(after);
                    }
                }
                _ => {}
            }
            if self.early_cut(early, after) {
                return (early.unwrap_or(after), End::Part);
            }
        }
        (text.len(), End::Sentence)
    }

    /// Whether the first piece is to be cut short: it has grown long and there is a good place behind us.
    fn early_cut(&self, early: Option<usize>, length: usize) -> bool {
        self.first && early.is_some() && length > FIRST_LONG
    }
}

/// Whether the mark at `at` ends a sentence.
fn ends_sentence(text: &str, at: usize, mark: char) -> bool {
    let tail = text.get(at + mark.len_utf8()..).unwrap_or_default();
    let closing = tail.trim_start_matches(['.', '?', '!', '"', '\'', ')', ']']);
    if !closing.is_empty() && !closing.starts_with(char::is_whitespace) {
        // "3.5", "e.g.this", "what?!?no"
        return false;
    }
    let next = closing.trim_start_matches([' ', '\t']).chars().next();
    if mark != '.' || next.is_none_or(|c| c == '\n') {
        return true;
    }
    // "5 ft. long": a small letter goes on.
    if next.is_some_and(char::is_lowercase) {
        return false;
    }
    let head = text.get(..at).unwrap_or_default();
    let word =
        head.rsplit(|c: char| !(c.is_alphanumeric() || c == '.' || c == '\'')).next().unwrap_or_default();
    let start =
        head.len() == word.len() || head.get(..head.len() - word.len()).is_some_and(|h| h.trim().is_empty());
    let lower = word.to_lowercase();
    if ABBREVIATIONS.contains(&lower.as_str()) {
        // "No." ends a sentence of its own; before a number it is "number".
        let number_next = next.is_some_and(|c| c.is_ascii_digit());
        return matches!(lower.as_str(), "no" | "nos" | "p" | "fig" | "ch" | "mar" | "ms")
            && !number_next
            && lower != "ms";
    }
    let mut letters = word.chars();
    let single = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    if single {
        // An initial, "J. Smith", or the letter of a choice at the start, "A. Twelve"; "I" is neither.
        return word == "I" || !(start || word.starts_with(char::is_uppercase));
    }
    if start && word.len() <= 2 && word.chars().all(|c| c.is_ascii_digit()) {
        // "1. Add the numbers."
        return false;
    }
    // "U.S. Army", but "at 3 p.m. Then".
    !(word.contains('.')
        && word.starts_with(char::is_uppercase)
        && word.chars().all(|c| c.is_alphabetic() || c == '.'))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        clauses(text).map(|c| c.text).collect()
    }

    #[test]
    fn sentences() {
        assert_eq!(texts("Hello. How are you? Fine!"), ["Hello.", "How are you?", "Fine!"]);
        assert_eq!(texts("He said \"Stop.\" Then he left."), ["He said \"Stop.\"", "Then he left."]);
        assert_eq!(texts("Wait... What?"), ["Wait...", "What?"]);
        assert_eq!(texts("One line\nand another"), ["One line", "and another"]);
    }

    #[test]
    fn points_that_end_nothing() {
        for text in [
            "Dr. Smith has 3.5 apples.",
            "Mr. J. Smith lives on St. James St. today.",
            "It is 5 ft. long.",
            "Use a number, e.g. 7, i.e. a prime.",
            "The U.S. Army came.",
            "A. Twelve",
            "1. Add the numbers.",
            "No. 5 is right.",
            "Fig. 3 shows it vs. Fig. 4.",
        ] {
            assert_eq!(texts(text), [text]);
        }
        assert_eq!(texts("No. Try again."), ["No.", "Try again."]);
        assert_eq!(texts("Come at 3 p.m. Then rest."), ["Come at 3 p.m.", "Then rest."]);
    }

    #[test]
    fn first_piece_is_short_when_the_sentence_is_long() {
        let text = "To add fractions with different denominators, first find a common denominator, then rewrite each \
                    fraction, and finally add the numerators while keeping the denominator the same.";
        let pieces: Vec<_> = clauses(text).collect();
        assert_eq!(pieces.first().unwrap().text, "To add fractions with different denominators,");
        assert_eq!(pieces.first().unwrap().end, End::Part);
        let short = "Well, yes, that is right.";
        assert_eq!(texts(short), [short]);
    }

    #[test]
    fn pieces_are_bounded_and_lose_nothing() {
        let long_word = "x".repeat(5_000);
        let list = "apple, pear; plum: fig — ".repeat(400);
        let prose = "many words without any mark ".repeat(400);
        for text in [long_word, list, prose, "é".repeat(3_000)] {
            let pieces: Vec<_> = clauses(&text).collect();
            assert!(pieces.iter().all(|c| !c.text.is_empty() && c.text.len() <= MAX_CLAUSE));
            let kept: String =
                pieces.iter().flat_map(|c| c.text.chars()).filter(|c| c.is_alphanumeric()).collect();
            let all: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
            assert_eq!(kept, all);
        }
    }

    #[test]
    fn nothing_to_say() {
        for text in ["", " \n ", "...", "?! —"] {
            assert_eq!(texts(text), Vec::<&str>::new());
        }
    }
}
