//! Words of a transcript, and how many of them are wrong.

/// The words of a text, without case and punctuation; what a number is written as is left as it is.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '\''))
        .map(|word| word.trim_matches('\'').to_lowercase())
        .filter(|word| !word.is_empty())
        .collect()
}

/// Words to be put in, left out or replaced to make `heard` of `said` (Levenshtein distance over words).
#[must_use]
pub fn errors(said: &[String], heard: &[String]) -> usize {
    let mut row: Vec<usize> = (0..=heard.len()).collect();
    for (i, word) in said.iter().enumerate() {
        let mut diagonal = row.first().copied().unwrap_or(0);
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
        for (j, other) in heard.iter().enumerate() {
            let above = row.get(j + 1).copied().unwrap_or(0);
            let left = row.get(j).copied().unwrap_or(0);
            let replaced = diagonal + usize::from(word != other);
            if let Some(cell) = row.get_mut(j + 1) {
                *cell = replaced.min(above + 1).min(left + 1);
            }
            diagonal = above;
        }
    }
    row.last().copied().unwrap_or(0)
}

/// Counts words and errors over many texts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ErrorRate {
    /// Words that were said.
    pub words: usize,
    /// Errors in what was heard.
    pub errors: usize,
}

impl ErrorRate {
    /// Adds a text.
    pub fn add(&mut self, said: &str, heard: &str) {
        let (said, heard) = (words(said), words(heard));
        self.words += said.len();
        self.errors += errors(&said, &heard);
    }

    /// Errors in percent of the words.
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // Small counts.
    pub fn percent(self) -> f64 {
        if self.words == 0 { 0.0 } else { 100.0 * self.errors as f64 / self.words as f64 }
    }
}

#[cfg(test)]
mod tests {
    use super::{ErrorRate, errors, words};

    #[test]
    fn words_have_no_case_and_no_punctuation() {
        assert_eq!(words("Don't, 'stop' -- NOW!"), ["don't", "stop", "now"]);
        assert!(words(" ... ").is_empty());
    }

    #[test]
    fn errors_are_counted_as_edits() {
        let count = |a: &str, b: &str| errors(&words(a), &words(b));
        assert_eq!(count("a b c", "a b c"), 0);
        assert_eq!(count("a b c", "a x c"), 1);
        assert_eq!(count("a b c", "b c"), 1);
        assert_eq!(count("a b c", "a b c d e"), 2);
        assert_eq!(count("", "a b"), 2);
        assert_eq!(count("a b", ""), 2);
        assert_eq!(count("she stopped for a moment", "he stop for moment"), 3);
    }

    #[test]
    fn a_rate_is_over_all_words() {
        let mut rate = ErrorRate::default();
        rate.add("ONE TWO THREE", "one two three");
        rate.add("FOUR", "for");
        assert_eq!((rate.words, rate.errors), (4, 1));
        assert!((rate.percent() - 25.0).abs() < 1e-9);
    }
}
