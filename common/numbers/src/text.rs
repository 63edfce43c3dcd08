//! Words, numbers and signs of an utterance, as speech to text or a keyboard writes them.

use crate::Rational;

/// Tokens of one utterance at most; what follows is ignored by the readers of short forms and is a question anyway.
pub const MAX_TOKENS: usize = 400;

/// A piece of an utterance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// A word in lower case; hyphens divide words, apostrophes do not.
    Word(String),
    /// A number in digits: its value and its digits as written, without thousands commas.
    Number {
        /// The value.
        value: Rational,
        /// The digits.
        digits: String,
    },
    /// Two whole numbers with a stroke and no space between them, such as `3/4`, or a sign such as `¾`.
    Fraction {
        /// Above the stroke.
        numerator: i128,
        /// Below the stroke; may be 0.
        denominator: i128,
    },
    /// A number with an ordinal's ending, such as `4th` or `4ths`.
    Ordinal(i128),
    /// A number in digits that is too large to compute with.
    TooBig,
    /// One of the signs of arithmetic, money and lists.
    Sign(char),
}

impl Token {
    /// The word, if it is one.
    #[must_use]
    pub fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            _ => None,
        }
    }

    /// Whether it is this word.
    #[must_use]
    pub fn is(&self, word: &str) -> bool {
        self.word() == Some(word)
    }

    /// Whether it is this sign.
    #[must_use]
    pub fn is_sign(&self, sign: char) -> bool {
        *self == Self::Sign(sign)
    }
}

/// Splits an utterance. Punctuation that ends sentences is dropped; commas stay as signs.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().map(plain).collect();
    let mut tokens = Vec::new();
    let mut i = 0;
    while i < chars.len() && tokens.len() < MAX_TOKENS {
        let c = chars[i];
        if starts_number(&chars, i) {
            i = number(&chars, i, &mut tokens);
        } else if c.is_alphabetic() {
            i = word(&chars, i, &mut tokens);
        } else {
            if let Some((numerator, denominator)) = vulgar(c) {
                tokens.push(Token::Fraction { numerator, denominator });
            } else if "+-×*÷/=%$¢^()√²³,".contains(c) {
                let divides_words = c == '-'
                    && i > 0
                    && chars[i - 1].is_alphabetic()
                    && chars.get(i + 1).is_some_and(|next| next.is_alphanumeric());
                if !divides_words {
                    tokens.push(Token::Sign(if c == '*' { '×' } else { c }));
                }
            }
            i += 1;
        }
    }
    tokens
}

/// The words of an utterance in lower case, numbers as digits, signs dropped: what commands are recognised by.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    tokens(text)
        .into_iter()
        .filter_map(|token| match token {
            Token::Word(word) => Some(word),
            Token::Number { digits, .. } => Some(digits),
            Token::Fraction { numerator, denominator } => Some(format!("{numerator}/{denominator}")),
            Token::Ordinal(n) => Some(format!("{n}th")),
            Token::TooBig => Some("#".to_owned()),
            Token::Sign(_) => None,
        })
        .collect()
}

/// Typographic forms as the keyboard has them.
fn plain(c: char) -> char {
    match c {
        '\u{2019}' | '\u{2018}' | '\u{02bc}' => '\'',
        '\u{2212}' | '\u{2013}' | '\u{2014}' | '\u{2010}' | '\u{2011}' => '-',
        '\u{2044}' | '\u{2215}' => '/',
        '\u{00b7}' | '\u{22c5}' | '\u{2715}' | '\u{2716}' => '×',
        other => other,
    }
}

fn vulgar(c: char) -> Option<(i128, i128)> {
    Some(match c {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅐' => (1, 7),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        '⅑' => (1, 9),
        '⅒' => (1, 10),
        _ => return None,
    })
}

fn starts_number(chars: &[char], i: usize) -> bool {
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    digit(i) || (chars[i] == '.' && digit(i + 1) && !(i > 0 && chars[i - 1].is_alphanumeric()))
}

fn word(chars: &[char], start: usize, tokens: &mut Vec<Token>) -> usize {
    let mut i = start;
    let mut word = String::new();
    while let Some(&c) = chars.get(i) {
        let apostrophe = c == '\'' && chars.get(i + 1).is_some_and(|next| next.is_alphabetic());
        if !c.is_alphabetic() && !apostrophe {
            break;
        }
        word.extend(c.to_lowercase());
        i += 1;
    }
    tokens.push(Token::Word(word));
    i
}

/// Reads a number in digits from `start`; returns where it ends.
fn number(chars: &[char], start: usize, tokens: &mut Vec<Token>) -> usize {
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let mut i = start;
    let mut digits = String::new();
    while digit(i) {
        digits.push(chars[i]);
        i += 1;
    }
    // Thousands commas: after one to three digits, groups of exactly three.
    let mut groups = (1..=3).contains(&digits.len());
    while groups {
        groups = chars.get(i) == Some(&',') && (i + 1..i + 4).all(digit) && !digit(i + 4);
        if groups {
            digits.extend(&chars[i + 1..i + 4]);
            i += 4;
        }
    }
    let mut whole = true;
    if chars.get(i) == Some(&'.') && digit(i + 1) {
        whole = false;
        if digits.is_empty() {
            digits.push('0');
        }
        digits.push('.');
        i += 1;
        while digit(i) {
            digits.push(chars[i]);
            i += 1;
        }
    }
    let Some(value) = Rational::from_decimal(&digits) else {
        tokens.push(Token::TooBig);
        return i;
    };
    if whole && chars.get(i) == Some(&'/') && digit(i + 1) {
        let end = (i + 1..).find(|&at| !digit(at)).unwrap_or(i + 1);
        let decimal = chars.get(end) == Some(&'.') && digit(end + 1);
        let below: String = chars[i + 1..end].iter().collect();
        // After a stroke ("12/4/3") this is one more division and not a fraction.
        let chained = start > 0 && chars[start - 1] == '/';
        if !decimal && !chained {
            tokens.push(match below.parse() {
                Ok(denominator) => Token::Fraction { numerator: value.numerator(), denominator },
                Err(_) => Token::TooBig,
            });
            return end;
        }
    }
    if whole {
        let suffix: String =
            chars[i..].iter().take_while(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
        if ["st", "nd", "rd", "th", "ths", "rds"].contains(&suffix.as_str()) {
            tokens.push(Token::Ordinal(value.numerator()));
            return i + suffix.len();
        }
        // "12x7", with nothing between the numbers and the sign.
        if suffix == "x" && digit(i + 1) {
            tokens.push(Token::Number { value, digits });
            tokens.push(Token::Sign('×'));
            return i + 1;
        }
    }
    tokens.push(Token::Number { value, digits });
    i
}

#[cfg(test)]
mod tests {
    use super::{Token, tokens, words};

    fn shape(text: &str) -> Vec<String> {
        tokens(text)
            .iter()
            .map(|token| match token {
                Token::Word(word) => word.clone(),
                Token::Number { digits, .. } => format!("#{digits}"),
                Token::Fraction { numerator, denominator } => format!("{numerator}|{denominator}"),
                Token::Ordinal(n) => format!("{n}."),
                Token::TooBig => "big".into(),
                Token::Sign(sign) => sign.to_string(),
            })
            .collect()
    }

    #[test]
    fn splits_as_written() {
        assert_eq!(shape("What\u{2019}s 12x7?"), ["what's", "#12", "×", "#7"]);
        assert_eq!(shape("twenty-five minus 3-2"), ["twenty", "five", "minus", "#3", "-", "#2"]);
        assert_eq!(shape("1,234.50 and 12,34"), ["#1234.50", "and", "#12", ",", "#34"]);
        assert_eq!(shape("2 1/2, ¾ and 3½"), ["#2", "1|2", ",", "3|4", "and", "#3", "1|2"]);
        assert_eq!(shape("12/4/3"), ["12|4", "/", "#3"]);
        assert_eq!(shape("3 4ths of .5."), ["#3", "4.", "of", "#0.5"]);
        assert_eq!(shape("$4.50 15%"), ["$", "#4.50", "#15", "%"]);
        assert_eq!(shape("1000,000"), ["#1000", ",", "#000"]);
    }

    #[test]
    fn nothing_is_too_long_or_too_strange() {
        assert_eq!(shape(&"9".repeat(60)), ["big"]);
        assert_eq!(shape("\u{0}\u{7}🎉…"), Vec::<String>::new());
        assert!(tokens(&"a ".repeat(5_000)).len() <= super::MAX_TOKENS);
    }

    #[test]
    fn words_drop_signs() {
        assert_eq!(words("Stop, please!"), ["stop", "please"]);
    }
}
