//! Words that are never written down.
//!
//! Small models mishear: one heard an obscenity for "hexagon". A tutor for children must not print, grade
//! or repeat such a word, so the decoder is kept from writing it and takes its next best guess. The list
//! is `unheard.txt`, in ROT13 so that nobody reads it by accident; a line is a word, or the beginning of
//! words when it ends in `*`.

use std::collections::HashMap;

/// The list, in ROT13.
const LIST: &str = include_str!("unheard.txt");

/// Which tokens must not come next, for every text so far.
#[derive(Debug, Default)]
pub struct Unheard {
    /// Lower-case letters of every text token: those after its last character that is not a letter, and
    /// whether they begin a word whatever went before.
    tokens: Vec<(String, bool)>,
    /// Tokens that must not follow when the word under way reads so far (empty: when a word begins).
    banned: HashMap<String, Vec<usize>>,
}

impl Unheard {
    /// Prepares the list and `more` (in plain text) for a vocabulary: the text of every token, in order.
    #[must_use]
    pub fn new<'a>(more: &[String], vocabulary: impl IntoIterator<Item = std::borrow::Cow<'a, str>>) -> Self {
        let more = more.iter().map(|entry| entry.to_lowercase());
        Self::with_entries(LIST.lines().map(rot13).chain(more), vocabulary)
    }

    fn with_entries<'a>(
        entries: impl IntoIterator<Item = String>,
        vocabulary: impl IntoIterator<Item = std::borrow::Cow<'a, str>>,
    ) -> Self {
        let tokens: Vec<(String, bool)> = vocabulary.into_iter().map(|text| split(&text)).collect();
        let mut banned: HashMap<String, Vec<usize>> = HashMap::new();
        for entry in entries {
            let entry = entry.trim();
            if entry.is_empty() || entry.starts_with('#') {
                continue;
            }
            let (word, is_stem) = entry.strip_suffix('*').map_or((entry, false), |stem| (stem, true));
            for (end, _) in word.char_indices() {
                let (so_far, rest) = word.split_at(end);
                let completes = |letters: &str| {
                    if is_stem { letters.starts_with(rest) } else { letters == rest }
                };
                let ids = tokens
                    .iter()
                    .enumerate()
                    .filter(|(_, (letters, begins))| completes(letters) && (so_far.is_empty() || !begins))
                    .map(|(id, _)| id);
                banned.entry(so_far.to_owned()).or_default().extend(ids);
            }
        }
        banned.retain(|_, ids| !ids.is_empty());
        Self { tokens, banned }
    }

    /// Calls `ban` with every token that must not come after the tokens `so_far`.
    pub fn for_each_banned(
        &self,
        so_far: impl DoubleEndedIterator<Item = usize>,
        mut ban: impl FnMut(usize),
    ) {
        let mut parts = Vec::new();
        for id in so_far.rev() {
            // Tokens beyond the vocabulary are marks, not text.
            let Some((letters, begins)) = self.tokens.get(id) else { break };
            parts.push(letters.as_str());
            if *begins || parts.len() > 16 {
                break;
            }
        }
        parts.reverse();
        let word = parts.concat();
        let ids = |key: &str| self.banned.get(key).map(Vec::as_slice).unwrap_or_default();
        if word.is_empty() {
            ids("").iter().for_each(|id| ban(*id));
        } else {
            // A new word may begin here, or the word under way go on.
            ids("")
                .iter()
                .filter(|id| self.tokens.get(**id).is_some_and(|token| token.1))
                .for_each(|id| ban(*id));
            ids(&word).iter().for_each(|id| ban(*id));
        }
    }
}

/// The letters at the end of a token's text, and whether something that is not a letter stands before them.
fn split(text: &str) -> (String, bool) {
    let letters = text.rsplit(|character: char| !character.is_alphabetic()).next().unwrap_or_default();
    (letters.to_lowercase(), letters.len() < text.len())
}

fn rot13(line: &str) -> String {
    let turn = |character: char| match character {
        'a'..='m' | 'A'..='M' => char::from(character as u8 + 13),
        'n'..='z' | 'N'..='Z' => char::from(character as u8 - 13),
        other => other,
    };
    line.chars().map(turn).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const VOCABULARY: [&str; 12] =
        [" dar", "n", "ed", " darn", "ing", " the", ".", " Darn", " da", "rn", " darning", "it"];

    fn banned(entries: &[&str], so_far: &[usize]) -> Vec<&'static str> {
        let unheard = Unheard::with_entries(
            entries.iter().map(|entry| (*entry).to_owned()),
            VOCABULARY.iter().map(|text| (*text).into()),
        );
        let mut found = Vec::new();
        unheard.for_each_banned(so_far.iter().copied(), |id| found.push(VOCABULARY[id]));
        found.sort_unstable();
        found.dedup();
        found
    }

    #[test]
    fn a_word_is_banned_in_every_spelling() {
        assert_eq!(banned(&["darn"], &[]), [" Darn", " darn"]);
        assert_eq!(banned(&["darn"], &[5]), [" Darn", " darn"]);
        assert_eq!(banned(&["darn"], &[5, 0]), [" Darn", " darn", "n"]);
        assert_eq!(banned(&["darn"], &[8]), [" Darn", " darn", "rn"]);
        assert_eq!(banned(&["darn"], &[6]), [" Darn", " darn"]);
    }

    #[test]
    fn the_end_of_another_word_is_not() {
        // "then": an "n" after " the" completes nothing.
        assert!(!banned(&["darn"], &[5]).contains(&"n"));
        assert_eq!(banned(&["it"], &[]), ["it"]);
        assert!(banned(&["it"], &[5]).is_empty());
    }

    #[test]
    fn a_stem_bans_what_it_begins() {
        assert_eq!(banned(&["darn*"], &[]), [" Darn", " darn", " darning"]);
        assert!(!banned(&["darn"], &[]).contains(&" darning"));
    }

    #[test]
    fn comments_and_marks_are_passed_over() {
        assert!(banned(&["# darn", ""], &[]).is_empty());
        assert_eq!(banned(&["darn"], &[99_999]), [" Darn", " darn"]);
    }

    #[test]
    fn the_list_is_readable_and_leaves_school_words_alone() {
        let entries: Vec<String> = LIST.lines().map(rot13).filter(|line| !line.starts_with('#')).collect();
        assert!(entries.len() > 20);
        let ok = |character: char| character.is_ascii_lowercase() || character == '*';
        assert!(entries.iter().all(|entry| entry.len() > 2 && entry.chars().all(ok)));
        for word in [
            "hexagon",
            "assess",
            "class",
            "sextant",
            "dictionary",
            "peacock",
            "six",
            "shift",
            "hello",
            "titan",
        ] {
            let hit = entries.iter().any(|entry| match entry.strip_suffix('*') {
                Some(stem) => word.starts_with(stem),
                None => word == entry,
            });
            assert!(!hit, "{word} must be heard");
        }
    }
}
