//! Word error rate: how far a transcript is from what was said.
//!
//! The measure of the NIST Scoring Toolkit: the fewest substitutions, deletions and insertions of whole
//! words that turn the reference into the transcript, over the number of words in the reference. Both
//! sides are normalized by [`words`] first, so that spelling conventions do not count as errors.

use std::ops::AddAssign;

/// The differences between a reference and a transcript, in words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WordErrors {
    /// Words heard as another.
    pub substitutions: usize,
    /// Words of the reference that were not heard.
    pub deletions: usize,
    /// Words heard that nobody said.
    pub insertions: usize,
    /// Words of the reference.
    pub reference: usize,
}

impl WordErrors {
    /// Errors of all three kinds.
    #[must_use]
    pub fn total(self) -> usize {
        self.substitutions + self.deletions + self.insertions
    }

    /// Errors per word of the reference: 0 is perfect, more than 1 is possible. Without reference words
    /// it is 0 when nothing was heard and infinite otherwise.
    #[must_use]
    #[allow(clippy::cast_precision_loss)]
    pub fn rate(self) -> f64 {
        match (self.total(), self.reference) {
            (0, _) => 0.0,
            (total, reference) => total as f64 / reference as f64,
        }
    }
}

impl AddAssign for WordErrors {
    fn add_assign(&mut self, other: Self) {
        self.substitutions += other.substitutions;
        self.deletions += other.deletions;
        self.insertions += other.insertions;
        self.reference += other.reference;
    }
}

/// Compares a transcript with what was said.
#[must_use]
pub fn compare(reference: &str, heard: &str) -> WordErrors {
    compare_words(&words(reference), &words(heard))
}

/// Compares two lists of normalized words: Levenshtein's distance, with the kinds of its steps counted.
#[must_use]
pub fn compare_words(reference: &[String], heard: &[String]) -> WordErrors {
    let step = |from: WordErrors, kind: fn(&mut WordErrors)| {
        let mut to = from;
        kind(&mut to);
        to
    };
    let mut above = vec![WordErrors::default()];
    for column in 0..heard.len() {
        above.push(step(above[column], |errors| errors.insertions += 1));
    }
    for said in reference {
        let mut row = Vec::with_capacity(above.len());
        row.push(step(above[0], |errors| errors.deletions += 1));
        for (column, word) in heard.iter().enumerate() {
            let diagonal = if word == said {
                above[column]
            } else {
                step(above[column], |errors| errors.substitutions += 1)
            };
            let deleted = step(above[column + 1], |errors| errors.deletions += 1);
            let inserted = step(row[column], |errors| errors.insertions += 1);
            let best = [diagonal, deleted, inserted].into_iter().min_by_key(|errors| errors.total());
            row.push(best.unwrap_or(diagonal));
        }
        above = row;
    }
    WordErrors { reference: reference.len(), ..above.last().copied().unwrap_or_default() }
}

/// The words of a text, normalized: lower case, no punctuation, no apostrophes, numbers in words, and
/// nothing of what stands in brackets or parentheses, which is a recognizer's remark and not speech.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let mut plain = String::with_capacity(text.len());
    let mut depth = 0usize;
    let mut characters = text.chars().peekable();
    let mut last = ' ';
    while let Some(character) = characters.next() {
        match character {
            '[' | '(' => depth += 1,
            ']' | ')' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            '\'' | '’' => {}
            // "1,200" is one number; "3, 7" are two.
            ',' if last.is_ascii_digit() && characters.peek().is_some_and(char::is_ascii_digit) => continue,
            _ if character.is_alphanumeric() => {
                // "x2" and "7th" fall apart at the digit.
                if character.is_ascii_digit() != last.is_ascii_digit() {
                    plain.push(' ');
                }
                plain.extend(character.to_lowercase());
            }
            _ => plain.push(' '),
        }
        if depth > 0 {
            plain.push(' ');
        }
        last = character;
    }
    plain.split_whitespace().flat_map(number_words).collect()
}

/// A word, or the words of a whole number below a million.
fn number_words(word: &str) -> Vec<String> {
    match word.parse::<u32>() {
        Ok(number) if number < 1_000_000 && word.bytes().all(|byte| byte.is_ascii_digit()) => {
            let mut out = Vec::new();
            spell(number, &mut out);
            out
        }
        _ => vec![word.to_owned()],
    }
}

fn spell(number: u32, out: &mut Vec<String>) {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 10] =
        ["", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let rest = match number {
        0..20 => {
            out.push(SMALL[number as usize].to_owned());
            return;
        }
        20..100 => {
            out.push(TENS[(number / 10) as usize].to_owned());
            number % 10
        }
        100..1_000 => {
            out.extend([SMALL[(number / 100) as usize].to_owned(), "hundred".to_owned()]);
            number % 100
        }
        _ => {
            spell(number / 1_000, out);
            out.push("thousand".to_owned());
            number % 1_000
        }
    };
    if rest > 0 {
        spell(rest, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normal(text: &str) -> String {
        words(text).join(" ")
    }

    #[test]
    fn spelling_conventions_are_no_errors() {
        assert_eq!(normal("It's ONLY 4 feet—high!"), "its only four feet high");
        assert_eq!(normal("[Music] (buzzing) Well,  yes."), "well yes");
        assert_eq!(normal("1,200 and 3, 7"), "one thousand two hundred and three seven");
        assert_eq!(normal("x2 on the 7th"), "x two on the seven th");
        assert_eq!(normal("0 21 305 999999 1000000"), {
            "zero twenty one three hundred five nine hundred ninety nine thousand nine hundred ninety nine 1000000"
        });
        assert_eq!(normal(" …?! "), "");
        assert_eq!(normal("never closed (bracket"), "never closed");
    }

    #[test]
    fn each_kind_of_error_is_counted() {
        let errors = compare("the voice came from above them", "The boys came above them all.");
        assert_eq!(errors, WordErrors { substitutions: 1, deletions: 1, insertions: 1, reference: 6 });
        assert!((errors.rate() - 0.5).abs() < 1e-12);
    }

    #[test]
    fn empty_sides() {
        assert_eq!(
            compare("one two", ""),
            WordErrors { deletions: 2, reference: 2, ..WordErrors::default() }
        );
        assert_eq!(compare("", "one two"), WordErrors { insertions: 2, ..WordErrors::default() });
        assert!(compare("", "").rate().abs() < f64::EPSILON);
        assert!(compare("", "one").rate().is_infinite());
    }

    #[test]
    fn a_corpus_adds_up() {
        let mut sum = compare("a b c d", "a b c d");
        sum += compare("a b", "a x");
        assert_eq!((sum.total(), sum.reference), (1, 6));
    }
}
