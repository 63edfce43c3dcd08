//! The words of numbers.

use crate::text::Token;

const SMALL: [(&str, i128); 30] = [
    ("zero", 0),
    ("naught", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fourty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];

/// Ordinals of the small numbers, which name denominators; "second" does not, it is a unit of time.
const ORDINALS: [(&str, i128); 27] = [
    ("half", 2),
    ("third", 3),
    ("fourth", 4),
    ("quarter", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
    ("eleventh", 11),
    ("twelfth", 12),
    ("thirteenth", 13),
    ("fourteenth", 14),
    ("fifteenth", 15),
    ("sixteenth", 16),
    ("seventeenth", 17),
    ("eighteenth", 18),
    ("nineteenth", 19),
    ("twentieth", 20),
    ("thirtieth", 30),
    ("fortieth", 40),
    ("fiftieth", 50),
    ("hundredth", 100),
    ("thousandth", 1_000),
    ("millionth", 1_000_000),
    ("billionth", 1_000_000_000),
];

/// 0 to 19 and the tens, by their words.
pub fn small(word: &str) -> Option<i128> {
    SMALL.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
}

/// A single digit by its word, as said after "point".
pub fn digit_word(word: &str) -> Option<u8> {
    if word == "oh" || word == "o" {
        return Some(0);
    }
    small(word).and_then(|n| u8::try_from(n).ok()).filter(|n| *n < 10)
}

/// A power of a thousand by its word.
pub fn scale(word: &str) -> Option<i128> {
    Some(match word {
        "thousand" => 1_000,
        "million" => 1_000_000,
        "billion" => 1_000_000_000,
        "trillion" => 1_000_000_000_000,
        _ => return None,
    })
}

/// An ordinal word such as "third" or "thirds", and whether it is a plural.
pub fn ordinal(word: &str) -> Option<(i128, bool)> {
    if word == "halves" {
        return Some((2, true));
    }
    let find = |word: &str| ORDINALS.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
    match find(word) {
        Some(value) => Some((value, false)),
        None => word.strip_suffix('s').and_then(find).map(|value| (value, true)),
    }
}

/// A denominator at the beginning of `tokens`: its value, the tokens it takes, and whether it is a plural.
pub fn denominator(tokens: &[Token]) -> Option<(i128, usize, bool)> {
    match tokens {
        [Token::Ordinal(n), ..] if *n > 2 => Some((*n, 1, true)),
        [Token::Word(tens), Token::Word(ones), ..]
            if small(tens).is_some_and(|n| n >= 20)
                && ordinal(ones)
                    .is_some_and(|(n, _)| n < 10 && ones != "half" && !ones.starts_with("quarter")) =>
        {
            let (ones, plural) = ordinal(ones)?;
            Some((small(tens)? + ones, 2, plural))
        }
        [Token::Word(word), ..] => ordinal(word).map(|(n, plural)| (n, 1, plural)),
        _ => None,
    }
}
