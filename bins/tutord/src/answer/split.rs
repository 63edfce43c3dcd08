//! Cuts a stream of tokens into sentences, and long sentences into clauses, as soon as each is complete.

/// Shortest clause in bytes that is worth saying by itself.
const SHORTEST_CLAUSE: usize = 24;
/// The same for the first clause of an answer, which somebody waits for.
const SHORTEST_FIRST: usize = 12;
/// Text without any end beyond which it is cut at a space.
const LONGEST: usize = 400;

/// Words after which a period ends no sentence.
const ABBREVIATIONS: [&str; 20] = [
    "mr", "mrs", "ms", "dr", "st", "prof", "jr", "sr", "vs", "e.g", "i.e", "etc", "approx", "fig", "no",
    "inc", "u.s", "a.m", "p.m", "ft",
];

/// A piece of text that is complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// The text as the model wrote it.
    pub text: String,
    /// Whether a sentence ends with it.
    pub ends_sentence: bool,
}

/// The splitter; see the module.
#[derive(Debug, Default)]
pub struct Splitter {
    buffer: String,
    begun: bool,
}

impl Splitter {
    /// Adds text; returns the next complete piece, if there is one. To be called again with nothing to add until it
    /// returns none.
    pub fn push(&mut self, text: &str) -> Option<Cut> {
        self.buffer.push_str(text);
        let (end, ends_sentence) = self.boundary()?;
        let rest = self.buffer.split_off(end);
        let text = std::mem::replace(&mut self.buffer, rest);
        self.begun = true;
        Some(Cut { text, ends_sentence })
    }

    /// What is left when the stream has ended.
    pub fn rest(&mut self) -> String {
        std::mem::take(&mut self.buffer)
    }

    /// Where the first complete piece ends, in bytes.
    fn boundary(&self) -> Option<(usize, bool)> {
        let shortest = if self.begun { SHORTEST_CLAUSE } else { SHORTEST_FIRST };
        let lead = self.buffer.len() - self.buffer.trim_start().len();
        let mut chars = self.buffer.char_indices().peekable();
        let mut previous = ' ';
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map(|(_, c)| *c);
            let end = at + c.len_utf8();
            let has_words = self.buffer[..at].chars().any(char::is_alphanumeric);
            match c {
                '\n' if has_words => return Some((end, true)),
                // The next character decides whether "3." goes on as "3.5", so it has to be there.
                '.' | '!' | '?' | '\u{2026}' if has_words => {
                    let closed =
                        next.is_some_and(|c| c.is_whitespace() || "\"')*\u{201d}\u{2019}".contains(c));
                    if closed && !(c == '.' && self.is_abbreviation(at, previous)) {
                        let end = self.after_closers(end)?;
                        return Some((end, true));
                    }
                }
                ',' | ';' | ':' | '\u{2014}'
                    if end - lead >= shortest && next.is_some_and(char::is_whitespace) =>
                {
                    return Some((end, false));
                }
                c if c.is_whitespace() && end > LONGEST => return Some((end, false)),
                _ if end > 2 * LONGEST => return Some((end, false)),
                _ => {}
            }
            previous = c;
        }
        None
    }

    /// Past quotation marks and brackets that close with the sentence; none while more of them may come.
    fn after_closers(&self, end: usize) -> Option<usize> {
        let rest = &self.buffer[end..];
        let after = rest.trim_start_matches(['"', '\'', ')', '*', '\u{201d}', '\u{2019}']);
        (!after.is_empty()).then(|| end + rest.len() - after.len())
    }

    fn is_abbreviation(&self, at: usize, previous: char) -> bool {
        let word =
            self.buffer[..at].rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
        let lower = word.to_lowercase();
        // "J. Smith", "1. First"; but "I." and "x." may end a sentence.
        let initial = word.len() == 1 && previous.is_ascii_uppercase() && previous != 'I';
        let numbered = self.buffer[..at].trim_start().bytes().all(|b| b.is_ascii_digit());
        initial || numbered || ABBREVIATIONS.contains(&lower.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Splitter;

    /// Pieces of `text` when it comes `step` characters at a time.
    fn pieces(text: &str, step: usize) -> Vec<(String, bool)> {
        let mut splitter = Splitter::default();
        let mut pieces = Vec::new();
        let chars: Vec<char> = text.chars().collect();
        for chunk in chars.chunks(step) {
            let mut cut = splitter.push(&chunk.iter().collect::<String>());
            while let Some(piece) = cut {
                pieces.push((piece.text.trim().to_owned(), piece.ends_sentence));
                cut = splitter.push("");
            }
        }
        let rest = splitter.rest();
        if !rest.trim().is_empty() {
            pieces.push((rest.trim().to_owned(), true));
        }
        pieces
    }

    #[test]
    fn pieces_do_not_depend_on_how_the_text_arrives() {
        let text = "Hi. Dr. Lee paid $3.50 at 5 p.m. today! \"Really?\" she asked, because it seemed like a lot of money, you know.\nYes";
        let whole = pieces(text, 1_000);
        assert_eq!(whole[0], ("Hi.".to_owned(), true));
        assert_eq!(whole[1], ("Dr. Lee paid $3.50 at 5 p.m. today!".to_owned(), true));
        for step in 1..40 {
            assert_eq!(pieces(text, step), whole, "{step} at a time");
        }
    }

    #[test]
    fn the_first_clause_may_be_short() {
        let cut =
            pieces("A long time ago, there were animals, and they were very large indeed, as we know.", 3);
        assert_eq!(cut[0], ("A long time ago,".to_owned(), false));
        assert_eq!(cut[1], ("there were animals, and they were very large indeed,".to_owned(), false));
    }

    #[test]
    fn text_without_an_end_is_cut() {
        assert!(pieces(&"word ".repeat(500), 7).len() >= 5);
        assert!(pieces(&"x".repeat(5_000), 7).len() >= 5);
    }
}
