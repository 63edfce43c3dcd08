//! From spoken words to the phonemes that the voice was trained on.
//!
//! espeak-ng drops the punctuation that gives a sentence its melody, so the text is cut at its marks, the words
//! between them are translated, and the marks are put back, as Piper does.

use crate::espeak::{Espeak, EspeakError};

/// Marks that stay. The first three do not end a sentence.
const MARKS: &str = ",;:.?!";

/// Spellings of the name of the letter A; espeak-ng takes a lone "A" for the article.
const LETTER_A: [&str; 3] = ["eh", "eigh", "aye"];
/// What the name of the letter A sounds like.
const SOUND_A: &str = "ˈeɪ";

/// Turns words into phonemes.
#[derive(Debug, Clone)]
pub struct Phonemizer {
    espeak: Espeak,
    letter_a: &'static str,
}

impl Phonemizer {
    /// A phonemiser for a voice of espeak-ng such as `en-us`.
    ///
    /// # Errors
    /// [`EspeakError`].
    pub fn new(voice: &str) -> Result<Self, EspeakError> {
        let espeak = Espeak::new(voice)?;
        let mut letter_a = "A";
        for spelling in LETTER_A {
            // Which spelling works depends on the library's dictionary.
            if espeak.phonemes(&format!("is {spelling} or"))?.contains(SOUND_A) {
                letter_a = spelling;
                break;
            }
        }
        Ok(Self { espeak, letter_a })
    }

    /// The version of the library, which decides how words sound.
    #[must_use]
    pub fn version(&self) -> String {
        self.espeak.version()
    }

    /// Phonemes of text that went through [`crate::normalize::read`], punctuation kept. Empty if there is
    /// nothing to say.
    ///
    /// # Errors
    /// [`EspeakError`].
    pub fn phonemes(&self, words: &str) -> Result<String, EspeakError> {
        let mut out = String::new();
        let mut rest = words;
        while !rest.is_empty() {
            let end = rest.find(|c| MARKS.contains(c)).unwrap_or(rest.len());
            let (piece, tail) = rest.split_at(end);
            let mark = tail.chars().next();
            rest = tail.get(mark.map_or(0, char::len_utf8)..).unwrap_or_default();
            let spoken = self.espeak.phonemes(&self.respell(piece))?;
            let spoken = plain(&spoken);
            if spoken.is_empty() {
                continue;
            }
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&spoken);
            out.extend(mark);
        }
        Ok(out)
    }

    fn respell(&self, piece: &str) -> String {
        let words = piece.split_whitespace().map(|word| if word == "A" { self.letter_a } else { word });
        words.collect::<Vec<_>>().join(" ")
    }
}

/// Phonemes without espeak-ng's notes of another language, "(fr)", and in single characters: accents apart.
fn plain(phonemes: &str) -> String {
    let mut out = String::with_capacity(phonemes.len());
    let mut note = false;
    for c in phonemes.trim().chars() {
        match c {
            '(' => note = true,
            ')' => note = false,
            _ if note => {}
            'ç' => out.push_str("c\u{327}"),
            'ã' => out.push_str("a\u{303}"),
            'õ' => out.push_str("o\u{303}"),
            'ẽ' => out.push_str("e\u{303}"),
            'ĩ' => out.push_str("i\u{303}"),
            'ũ' => out.push_str("u\u{303}"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn marks_are_kept() {
        let phonemizer = Phonemizer::new("en-us").unwrap();
        assert_eq!(phonemizer.phonemes("hello, see?").unwrap(), "həlˈoʊ, sˈiː?");
        assert_eq!(phonemizer.phonemes("hello").unwrap(), "həlˈoʊ");
        assert_eq!(phonemizer.phonemes("").unwrap(), "");
        assert_eq!(phonemizer.phonemes("?!").unwrap(), "");
    }

    #[test]
    fn the_letter_and_the_article_differ() {
        let phonemizer = Phonemizer::new("en-us").unwrap();
        let letter = phonemizer.phonemes("the answer is A because").unwrap();
        assert!(letter.contains("ˈeɪ"), "{letter}");
        let article = phonemizer.phonemes("it is a dog").unwrap();
        assert!(!article.contains("eɪ"), "{article}");
    }

    #[test]
    fn notes_of_other_languages_go() {
        assert_eq!(plain("(fr)ʒ(en) õ"), "ʒ o\u{303}");
        assert_eq!(plain("(unclosed"), "");
    }
}
