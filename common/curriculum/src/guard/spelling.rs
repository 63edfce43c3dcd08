//! The right choice letter by letter, in pieces, backwards, by its first letters or by a rhyme.

use super::text::Text;
use super::{letters_said, sounds};
use crate::answer::wording::is_small;

/// The words that must not be spelled: the right choice's, or its number's.
fn secrets(text: &Text<'_>) -> Vec<String> {
    let key = text.item.key;
    let number = text.key().and_then(iseetutor_numbers::Rational::as_whole);
    let words: Vec<String> = match number {
        Some(number) => vec![number_word(number)],
        None if text.ask.numeric() => Vec::new(),
        None => text.ask.words[key].iter().filter(|word| !is_small(word)).cloned().collect(),
    };
    let asked = |word: &String| text.ask.asks_about(word);
    words
        .into_iter()
        .filter(|word| word.chars().count() >= 3 && word.chars().all(char::is_alphabetic) && !asked(word))
        .collect()
}

/// A whole number below a million in letters without spaces; empty for others.
fn number_word(number: i128) -> String {
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
        ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let rest = |rest: i128| if rest == 0 { String::new() } else { number_word(rest) };
    let at = |table: &[&str], at: i128| usize::try_from(at).map_or("", |at| table[at]).to_owned();
    match number {
        0..20 => at(&SMALL, number),
        20..100 => at(&TENS, number / 10) + &rest(number % 10),
        100..1_000 => at(&SMALL, number / 100) + "hundred" + &rest(number % 100),
        1_000..1_000_000 => number_word(number / 1_000) + "thousand" + &rest(number % 1_000),
        _ => String::new(),
    }
}

/// Whether the right choice is spelled in some way.
pub(super) fn spelled(text: &Text<'_>) -> bool {
    if text.ask.comparison {
        return false;
    }
    let secrets = secrets(text);
    rhymes(text)
        || secrets.iter().any(|secret| {
            in_pieces(text, secret)
                || backwards(text, secret)
                || letters_said::spells(text, secret)
                || letters_said::scrambled(text, secret)
                || letters_said::gapped(text, secret)
        })
        || by_its_ends(text)
        || letters_said::counted(text, &secrets)
        || sounds::heard(text, &secrets)
        || sounds::foreign(text)
}

/// "t-h-r-i-f-t-y", "thr ifty".
fn in_pieces(text: &Text<'_>, secret: &str) -> bool {
    let raw = &text.raw;
    let length = secret.chars().count();
    (0..raw.len()).any(|start| {
        let mut joined = String::new();
        for (taken, word) in raw[start..].iter().enumerate() {
            joined.push_str(&word.lower);
            if !secret.starts_with(&joined) {
                return false;
            }
            if joined.chars().count() == length {
                // One word alone is for the words themselves.
                return taken > 0;
            }
        }
        false
    })
}

/// "ytfirht".
fn backwards(text: &Text<'_>, secret: &str) -> bool {
    let back: String = secret.chars().rev().collect();
    let told = text.raw.len() == 1
        || text.raw.iter().any(|word| word.lower.starts_with("backward") || word.lower.starts_with("revers"));
    let least = if told { 3 } else { 4 };
    back != secret && back.chars().count() >= least && text.raw.iter().any(|word| word.lower == back)
}

/// Rhymes and likeness of sound.
fn rhymes(text: &Text<'_>) -> bool {
    let asked = ["rhym", "sound"].iter().any(|word| text.item.stem.to_lowercase().contains(word));
    let next = |at: usize| text.raw.get(at + 1).map_or("", |word| word.lower.as_str());
    let rhyme = text.raw.iter().enumerate().any(|(at, word)| match word.lower.as_str() {
        "rhyme" => matches!(next(at), "with" | "for" | "to" | "of" | "is"),
        word => matches!(word, "rhymes" | "rhyming" | "rhymed"),
    });
    // "to act or sound like someone else" is a meaning.
    let sounds = text.raw.iter().enumerate().any(|(at, word)| {
        let to = text.raw[at.saturating_sub(4)..at].iter().any(|word| word.lower == "to");
        word.lower.starts_with("sound") && next(at) == "like" && !(word.lower == "sound" && to)
    });
    !asked && (rhyme || sounds || text.says("but with"))
}

/// "it starts with th", "ends in ifty", where that fits the right choice.
fn by_its_ends(text: &Text<'_>) -> bool {
    let secrets = secrets(text);
    let raw = &text.raw;
    (0..raw.len()).any(|at| {
        let word = raw[at].lower.as_str();
        let starts = word.starts_with("start") || word.starts_with("begin") || word == "first";
        let ends = matches!(word, "ends" | "end" | "ending" | "last");
        if !starts && !ends {
            return false;
        }
        if matches!(word, "first" | "last")
            && raw.get(at + 1).is_none_or(|next| !next.lower.starts_with("letter"))
        {
            return false;
        }
        let filler = |word: &str| {
            matches!(word, "with" | "in" | "the" | "letter" | "letters" | "is" | "like" | "by" | "are")
        };
        let piece = raw[at + 1..].iter().take(6).find(|word| !filler(&word.lower));
        let Some(piece) = piece else { return false };
        let article = piece.text == "a" || piece.text == "an";
        let like =
            raw[at + 1..].iter().take(5).any(|word| matches!(word.lower.as_str(), "like" | "as" | "same"));
        let end = |word: &str| if starts { word.chars().next() } else { word.chars().last() };
        let compared = raw[at + 1..].iter().take(7).next_back().filter(|_| like).is_some_and(|last| {
            secrets.iter().any(|secret| last.lower.len() > 2 && end(secret) == end(&last.lower))
        });
        if compared {
            return true;
        }
        let fits = |secret: &String| {
            let part = piece.lower.as_str();
            part.len() < secret.len()
                && if starts { secret.starts_with(part) } else { secret.ends_with(part) }
        };
        !article && secrets.iter().any(fits)
    })
}
