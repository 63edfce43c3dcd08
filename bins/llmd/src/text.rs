//! From the bytes of tokens to text: whole characters, and an end at a stop string.

/// Turns the bytes of tokens into text that never ends inside a character, and holds back what may be
/// the beginning of a stop string until it is known not to be.
#[derive(Debug, Default)]
pub struct TextStream {
    /// The beginning of a character whose rest is still to come; at most three bytes.
    partial: Vec<u8>,
    /// Text that may begin a stop string.
    held: String,
    stops: Vec<String>,
}

/// What came of some bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Piece {
    /// Text to pass on; may be empty.
    pub text: String,
    /// Whether a stop string came. It is not part of `text`, and nothing may be pushed after it.
    pub stopped: bool,
}

impl TextStream {
    /// A stream that ends at any of `stops`. Empty stop strings are ignored.
    #[must_use]
    pub fn new(stops: impl IntoIterator<Item = String>) -> Self {
        Self { stops: stops.into_iter().filter(|stop| !stop.is_empty()).collect(), ..Self::default() }
    }

    /// Takes the bytes of the next token. Bytes that are not UTF-8 become U+FFFD.
    pub fn push(&mut self, bytes: &[u8]) -> Piece {
        self.partial.extend_from_slice(bytes);
        self.decode();
        if let Some(at) = self.stops.iter().filter_map(|stop| self.held.find(stop.as_str())).min() {
            self.held.truncate(at);
            return Piece { text: std::mem::take(&mut self.held), stopped: true };
        }
        let keep = self.stops.iter().map(|stop| overlap(&self.held, stop)).max().unwrap_or(0);
        let rest = self.held.split_off(self.held.len() - keep);
        Piece { text: std::mem::replace(&mut self.held, rest), stopped: false }
    }

    /// The text still held back when no more tokens come. Half a character is dropped.
    #[must_use]
    pub fn finish(self) -> String {
        self.held
    }

    /// Moves whole characters from `partial` to `held`.
    fn decode(&mut self) {
        let mut bytes = self.partial.as_slice();
        loop {
            match std::str::from_utf8(bytes) {
                Ok(text) => {
                    self.held.push_str(text);
                    bytes = &[];
                    break;
                }
                Err(error) => {
                    let (valid, rest) = bytes.split_at(error.valid_up_to());
                    self.held.push_str(&String::from_utf8_lossy(valid));
                    let Some(wrong) = error.error_len() else {
                        bytes = rest;
                        break;
                    };
                    self.held.push(char::REPLACEMENT_CHARACTER);
                    bytes = rest.get(wrong..).unwrap_or_default();
                }
            }
        }
        self.partial = bytes.to_vec();
    }
}

/// Length of the longest end of `text` that begins `stop` without being all of it.
fn overlap(text: &str, stop: &str) -> usize {
    let longest = text.len().min(stop.len().saturating_sub(1));
    (1..=longest)
        .rev()
        .find(|&length| {
            let begin = text.len() - length;
            text.as_bytes().get(begin..) == stop.as_bytes().get(..length) && text.is_char_boundary(begin)
        })
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use proptest::prelude::*;

    fn all(stops: &[&str], pieces: &[&[u8]]) -> (String, bool) {
        let mut stream = TextStream::new(stops.iter().map(|stop| (*stop).to_owned()));
        let mut text = String::new();
        for piece in pieces {
            let step = stream.push(piece);
            text.push_str(&step.text);
            if step.stopped {
                return (text, true);
            }
        }
        text.push_str(&stream.finish());
        (text, false)
    }

    #[test]
    fn a_character_in_two_tokens_comes_once_and_whole() {
        let mut stream = TextStream::default();
        let pie = "π".as_bytes();
        assert_eq!(stream.push(&pie[..1]), Piece::default());
        assert_eq!(stream.push(&pie[1..]).text, "π");
    }

    #[test]
    fn bytes_that_are_not_text_become_the_replacement_character() {
        assert_eq!(all(&[], &[b"a\xffb"]), ("a\u{fffd}b".into(), false));
        assert_eq!(all(&[], &[b"a\xe2\x82"]), ("a".into(), false), "half a character at the end is dropped");
    }

    #[test]
    fn a_stop_string_over_several_tokens_ends_the_text_before_it() {
        assert_eq!(all(&["\nUser:"], &[b"Four.", b"\n", b"Us", b"er: more"]), ("Four.".into(), true));
        assert_eq!(all(&["\nUser:"], &[b"Four.", b"\n", b"Use it"]), ("Four.\nUse it".into(), false));
        assert_eq!(all(&["b", "ab"], &[b"xab"]), ("x".into(), true), "the earliest stop string counts");
        assert_eq!(all(&[""], &[b"x"]), ("x".into(), false));
    }

    #[test]
    fn only_what_may_begin_a_stop_string_is_held_back() {
        let mut stream = TextStream::new(["<end>".to_owned()]);
        assert_eq!(stream.push(b"one <e").text, "one ");
        assert_eq!(stream.push(b"gg").text, "<egg");
    }

    proptest! {
        #[test]
        fn however_it_is_cut_the_text_is_the_same(text in "\\PC{0,40}", cuts in prop::collection::vec(0usize..160, 0..8)) {
            let bytes = text.as_bytes();
            let mut at: Vec<usize> = cuts.into_iter().map(|cut| cut.min(bytes.len())).collect();
            at.sort_unstable();
            let mut pieces = Vec::new();
            let mut from = 0;
            for to in at.into_iter().chain([bytes.len()]) {
                pieces.push(&bytes[from..to]);
                from = to;
            }
            prop_assert_eq!(all(&["\u{0}never"], &pieces), (text, false));
        }
    }
}
