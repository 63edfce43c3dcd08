//! Choices named by letter or by place.

use super::hear::Word;

/// Words for the letters A to D after "letter", "choice" or "as in".
const LETTERS: [&[&str]; 4] = [
    &["a", "alpha", "alfa", "ay"],
    &["b", "bravo", "bee", "be"],
    &["c", "charlie", "charley", "sea", "see", "cee"],
    &["d", "delta", "dee"],
];

/// Of [`LETTERS`], those that name a choice when they are said alone.
const ALONE: [&[&str]; 4] = [
    &["a", "alpha", "alfa", "ay"],
    &["b", "bravo", "bee"],
    &["c", "charlie", "charley", "cee"],
    &["d", "delta", "dee"],
];

const PLACES: [&[&str]; 4] = [
    &["first", "1st", "1th", "top"],
    &["second", "2nd", "2th"],
    &["third", "3rd", "3th"],
    &["fourth", "4th", "last", "bottom"],
];

/// What "the second" may be followed by.
pub(super) const NOUNS: [&str; 6] = ["one", "choice", "answer", "option", "thing", "pair"];

/// How sure one may be of a bare letter: B, C and D sound alike, A is a word of its own.
const BARE: f64 = 0.85;

/// How a choice was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// A letter.
    Letter,
    /// A spelling word.
    Spelled,
    /// "the second one".
    Place,
    /// "the second", "third": perhaps a fraction or an adjective.
    BarePlace,
    /// "number two".
    Counted,
}

/// A choice that was named.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Mention {
    pub(super) choice: usize,
    pub(super) confidence: f64,
    pub(super) how: How,
}

fn place_of(word: &str, table: &[&[&str]; 4]) -> Option<usize> {
    table.iter().position(|words| words.contains(&word))
}

/// The number of a choice by a cardinal: "number two", "option 2".
pub(super) fn cardinal(word: &str) -> Option<usize> {
    match word {
        "1" | "one" => Some(0),
        "2" | "two" | "to" | "too" => Some(1),
        "3" | "three" => Some(2),
        "4" | "four" | "for" => Some(3),
        _ => None,
    }
}

/// A naming at the beginning of some words, and how many it takes.
pub(super) fn one(words: &[Word]) -> Option<(Mention, usize)> {
    let texts: Vec<&str> = words.iter().take(6).map(|word| word.text.as_str()).collect();
    let start = usize::from(matches!(texts[..], ["the", ..]));
    let here = &texts[start..];
    let (named, start) = match here {
        // "the letter B as in boy".
        ["letter", rest @ ..] => (rest, start + 1),
        _ => (here, start),
    };
    let found = |choice, how, confidence, used| Some((Mention { choice, confidence, how }, used));
    if let Some((choice, used)) = spelled(named) {
        return found(choice?, How::Spelled, 0.98, used + start);
    }
    let start = texts.len() - here.len();
    match here {
        ["letter" | "choice" | "option", "is", word, ..] if place_of(word, &LETTERS).is_some() => {
            return found(place_of(word, &LETTERS)?, How::Letter, 0.98, 3 + start);
        }
        ["letter" | "choice" | "option" | "answer", word, ..] if place_of(word, &LETTERS).is_some() => {
            return found(place_of(word, &LETTERS)?, How::Letter, 0.98, 2 + start);
        }
        ["choice" | "option" | "answer", "number", word, ..] if cardinal(word).is_some() => {
            return found(cardinal(word)?, How::Counted, 0.97, 3 + start);
        }
        ["number" | "choice" | "option" | "answer", word, ..] if cardinal(word).is_some() => {
            return found(cardinal(word)?, How::Counted, 0.95, 2 + start);
        }
        ["number", word, ..] if matches!(place_of(word, &ALONE), Some(1..)) => {
            return found(place_of(word, &ALONE)?, How::Letter, 0.9, 2 + start);
        }
        _ => {}
    }
    place(here, start == 1).map(|(mention, used)| (mention, used + start)).or_else(|| bare(words))
}

/// "B as in boy", "B like banana": the word decides between letters that sound alike, and what fits neither is no
/// naming (the inner `None`).
fn spelled(here: &[&str]) -> Option<(Option<usize>, usize)> {
    let (letter, word, used) = match here {
        [letter, "as" | "like", "in", word, ..] => (letter, word, 4),
        [letter, "like" | "for", word, ..] => (letter, word, 3),
        _ => return None,
    };
    let by_sound = place_of(letter, &LETTERS)?;
    let by_word = place_of(word, &LETTERS).or(match word.chars().next()? {
        'a' => Some(0),
        'b' => Some(1),
        'c' => Some(2),
        'd' => Some(3),
        _ => None,
    });
    // A sounds like none of the others.
    let agree = by_word.filter(|by_word| (by_sound == 0) == (*by_word == 0));
    Some((agree, used))
}

/// "second one", "second choice", "the last".
fn place(here: &[&str], the: bool) -> Option<(Mention, usize)> {
    let (choice, mut used) = match here {
        ["second" | "next", "to" | "from", "the", "last" | "bottom" | "end", ..] => (2, 4),
        ["second" | "next", "to" | "from", "last" | "bottom", ..] => (2, 3),
        ["third", "from", "the", "bottom" | "end", ..] => (1, 4),
        [word, "from" | "on", "the", "top", ..] => (place_of(word, &PLACES)?, 4),
        [word, ..] => (place_of(word, &PLACES)?, 1),
        [] => return None,
    };
    let noun = here.get(used).is_some_and(|noun| NOUNS.contains(noun));
    let sure = noun || used > 1;
    used += usize::from(noun);
    // "last" and "top" alone are adjectives.
    if !sure && !the && matches!(here[0], "last" | "bottom" | "top") {
        return None;
    }
    let (how, confidence) = if sure { (How::Place, 0.95) } else { (How::BarePlace, 0.8) };
    Some((Mention { choice, confidence, how }, used))
}

/// A letter or spelling word by itself.
fn bare(words: &[Word]) -> Option<(Mention, usize)> {
    let first = words.first()?;
    let word = first.text.as_str();
    let mention = |choice, how, confidence| Some((Mention { choice, confidence, how }, 1));
    if word == "a" {
        let next = words.get(1).filter(|_| !first.pause).map(|word| word.text.as_str());
        let ends = matches!(
            next,
            None | Some(
                "is" | "or"
                    | "and"
                    | "because"
                    | "no"
                    | "not"
                    | "wait"
                    | "sorry"
                    | "actually"
                    | "i"
                    | "please"
                    | "maybe"
                    | "though"
                    | "since"
                    | "but"
                    | "instead"
            )
        );
        return if ends || (first.capital && next.is_none()) {
            mention(0, How::Letter, if first.capital { BARE } else { 0.8 })
        } else {
            None
        };
    }
    if let Some(choice) = place_of(word, &ALONE) {
        let spelled = word.len() > 3;
        return mention(
            choice,
            if spelled { How::Spelled } else { How::Letter },
            if spelled { 0.97 } else { BARE },
        );
    }
    None
}

/// A word that may be a letter that was misheard: "see", "be", "E", "P".
pub(super) fn perhaps(word: &str) -> Option<Vec<usize>> {
    if let Some(choice) = place_of(word, &LETTERS) {
        return Some(vec![choice]);
    }
    matches!(word, "e" | "p" | "v" | "t" | "z" | "g").then(|| vec![1, 2, 3])
}

/// What speech recognition makes of "A as in", "B as in", "C as in", "D as in" before a spelling word, word by word; heard of a
/// synthetic voice ("it has an alpha", "it doesn't alpha", "DS and delta", "see you in Charlie").
const AS_IN: [&str; 34] = [
    "he", "a", "add", "an", "and", "as", "asin", "b", "be", "bee", "c", "d", "data", "data's", "does", "ds",
    "e", "egg", "es", "has", "in", "is", "it", "not", "s", "sea", "see", "t", "tes", "ts", "us", "v", "vs",
    "you",
];

/// The choice of a spelling word that ends some words which are "as in" misheard.
pub(super) fn misheard_spelling(words: &[Word]) -> Option<usize> {
    let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    let (last, before) = match texts[..] {
        // "D.S. and D.L."
        [ref before @ .., "d", "l"] => ("delta", before),
        [ref before @ .., last] => (last, before),
        [] => return None,
    };
    let choice = place_of(last, &ALONE).filter(|_| last.len() > 3)?;
    // A letter that stands by itself has to be the same.
    let other = |word: &&str| word.len() == 1 && place_of(word, &ALONE).is_some_and(|named| named != choice);
    let known = before.iter().all(|word| AS_IN.contains(word))
        && !before.iter().any(|word| *word != "a" && other(word));
    // "It is not delta" rules one out; "it does not delta" is no sentence.
    let denies = before
        .iter()
        .enumerate()
        .any(|(at, word)| *word == "not" && at.checked_sub(1).and_then(|at| before.get(at)) != Some(&"does"));
    let joined = before
        .iter()
        .any(|word| matches!(*word, "as" | "asin" | "has" | "an" | "and" | "in" | "does" | "data's"));
    // "B and Charlie" are two.
    let two = matches!(before, [one, "and"] if place_of(one, &ALONE).is_some_and(|named| named != choice));
    ((1..=5).contains(&before.len()) && known && joined && !denies && !two).then_some(choice)
}
