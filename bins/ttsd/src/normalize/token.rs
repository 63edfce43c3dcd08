//! Tokens: words, numbers and signs, each knowing whether a space stands before it.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters, with apostrophes inside: "don't".
    Word,
    /// Digits with grouping commas and a decimal point if they have them: "1,234.5", ".5".
    Number,
    /// Any other single character.
    Sign,
    /// The end of a line.
    Line,
}

/// A piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    /// What it is.
    pub kind: Kind,
    /// As written.
    pub text: &'a str,
    /// Whether there is a space, a line end or nothing at all before it.
    pub spaced: bool,
}

impl Token<'_> {
    /// Whether it is this sign.
    pub fn is(&self, sign: char) -> bool {
        self.kind == Kind::Sign && self.text.starts_with(sign)
    }

    /// The single letter it is, if it is one.
    pub fn letter(&self) -> Option<char> {
        let mut chars = self.text.chars();
        let first = chars.next()?;
        (self.kind == Kind::Word && chars.next().is_none()).then_some(first)
    }

    /// The value of a plain whole number; grouping commas are allowed, needless zeros in front are not.
    pub fn whole(&self) -> Option<u128> {
        if self.kind != Kind::Number || self.text.contains('.') {
            return None;
        }
        let digits: String = self.text.chars().filter(char::is_ascii_digit).collect();
        if digits.len() > 1 && digits.starts_with('0') {
            return None;
        }
        digits.parse().ok()
    }
}

/// Cuts text into tokens. Every character but spaces is in exactly one token.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut at = 0;
    let mut spaced = true;
    while let Some(rest) = text.get(at..) {
        let Some(first) = rest.chars().next() else { break };
        if first == ' ' || first == '\t' {
            spaced = true;
            at += 1;
            continue;
        }
        let (kind, length) = match first {
            '\n' => (Kind::Line, 1),
            '0'..='9' => (Kind::Number, number_length(rest)),
            '.' if starts_decimal(text, at) => (Kind::Number, number_length(rest)),
            _ if is_word_char(first) => (Kind::Word, word_length(rest)),
            _ => (Kind::Sign, first.len_utf8()),
        };
        let Some(piece) = rest.get(..length) else { break };
        out.push(Token { kind, text: piece, spaced });
        spaced = kind == Kind::Line;
        at += length;
    }
    out
}

/// Latin letters and the accents that follow them. Greek letters are signs of their own: "2πr".
fn is_word_char(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c, '\u{300}'..='\u{36f}')
        || (c.is_alphabetic() && matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}'))
}

fn word_length(rest: &str) -> usize {
    let mut length = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let apostrophe = c == '\'' && i > 0 && chars.peek().is_some_and(|(_, next)| is_word_char(*next));
        if !is_word_char(c) && !apostrophe {
            break;
        }
        length = i + c.len_utf8();
    }
    length
}

/// Whether the point at `at` begins a decimal such as ".5": a digit after it and no word, number or point before it.
fn starts_decimal(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|head| head.chars().next_back());
    let after = text.get(at + 1..).and_then(|tail| tail.chars().next());
    let free = before.is_none_or(|c| !c.is_alphanumeric() && c != '.');
    // After a number a point continues it: "3.4.5" is three point four point five.
    let version = before.is_some_and(|c| c.is_ascii_digit());
    after.is_some_and(|c| c.is_ascii_digit()) && (free || version)
}

fn number_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let mut i = 0;
    while digit(i) {
        i += 1;
    }
    // Commas group digits only in threes: "1,234" is a number, "1,23" is two.
    if (1..=3).contains(&i) {
        while bytes.get(i) == Some(&b',') && digit(i + 1) && digit(i + 2) && digit(i + 3) && !digit(i + 4) {
            i += 4;
        }
    }
    if bytes.get(i) == Some(&b'.') && digit(i + 1) {
        i += 1;
        while digit(i) {
            i += 1;
        }
    }
    i
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        tokens(text).iter().map(|t| t.text).collect()
    }

    #[test]
    fn words_numbers_and_signs() {
        assert_eq!(texts("Don't add 1,234.5!"), ["Don't", "add", "1,234.5", "!"]);
        assert_eq!(texts("3x+2"), ["3", "x", "+", "2"]);
        assert_eq!(texts("1,23 and 1,2345"), ["1", ",", "23", "and", "1", ",", "2345"]);
        assert_eq!(texts("is .5 or 3.4.5"), ["is", ".5", "or", "3.4", ".5"]);
        assert_eq!(texts("end.5"), ["end", ".", "5"]);
        assert_eq!(texts("2πr"), ["2", "π", "r"]);
    }
}
