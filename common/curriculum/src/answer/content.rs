//! Choices understood by a part of what they say: "the one about dogs".

use super::ask::Ask;
use super::wording::{distance, is_negative, is_small, is_weak, nearly, sounds_like, stem};

/// What some words say.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Content {
    /// This choice.
    One(usize, f64),
    /// Something about these choices.
    Near(Vec<usize>),
    /// Nothing about any.
    None,
}

/// Words that turn a sentence, so that one of them too many is no slip.
const TURNING: [&str; 22] = [
    "more",
    "less",
    "fewer",
    "before",
    "after",
    "always",
    "only",
    "every",
    "everyone",
    "everything",
    "better",
    "worse",
    "almost",
    "but",
    "except",
    "instead",
    "opposite",
    "different",
    "other",
    "another",
    "if",
    "like",
];

/// Whether a word turns a sentence.
pub(super) fn is_turning(word: &str) -> bool {
    TURNING.contains(&word) || is_negative(word)
}

/// What the words of a sentence have in common with the choices.
struct Overlap<'w> {
    /// Stems of said words that are in some choice.
    known: Vec<String>,
    /// Said words that are in none, and not in the question either.
    unknown: Vec<&'w str>,
    /// Whether every word is one of the choices' words.
    all_known: bool,
}

/// What words say by their content alone.
pub(super) fn content(ask: &Ask<'_>, words: &[&str]) -> Content {
    let choices: [Vec<String>; 4] = std::array::from_fn(|at| stems(&ask.words[at]));
    if let Some(found) = one_word(ask, words) {
        return found;
    }
    let overlap = overlap(ask, &choices, words);
    let holding: Vec<usize> =
        (0..4).filter(|at| overlap.known.iter().all(|word| choices[*at].contains(word))).collect();
    let telling =
        |word: &&String| !is_weak(word) && choices.iter().filter(|choice| choice.contains(*word)).count() < 4;
    let telling = overlap.known.iter().filter(telling).count();
    if telling == 0 {
        let about = overlap.all_known && !words.is_empty();
        return if about { Content::Near(holding) } else { Content::None };
    }
    if overlap.unknown.len() > overlap.known.len() * 2 {
        return Content::None;
    }
    match holding[..] {
        [one] if sure(ask, one, &overlap, &choices[one], words, telling) => {
            Content::One(one, if overlap.unknown.is_empty() { 0.88 } else { 0.75 })
        }
        [] => Content::Near(
            (0..4).filter(|at| overlap.known.iter().any(|word| choices[*at].contains(word))).collect(),
        ),
        _ => Content::Near(holding),
    }
}

/// Stems of all words that are not small.
fn stems(words: &[String]) -> Vec<String> {
    words.iter().filter(|word| !is_small(word)).map(|word| stem(word)).collect()
}

fn overlap<'w>(ask: &Ask<'_>, choices: &[Vec<String>; 4], words: &[&'w str]) -> Overlap<'w> {
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    let anywhere = |word: &str| ask.words.iter().any(|choice| choice.iter().any(|own| own == word));
    let mut all_known = true;
    for &word in words {
        let plain = stem(word);
        all_known &= anywhere(word);
        if is_negative(word) {
            continue;
        }
        if is_small(word) && !matches!(word, "i" | "you" | "if" | "than") {
            continue;
        }
        let near = || {
            let vocabulary = choices.iter().flatten();
            let mut alike: Vec<&String> =
                vocabulary.filter(|own| word.len() >= 6 && nearly(&plain, own)).collect();
            alike.dedup();
            if let [one] = alike[..] { Some(one.clone()) } else { None }
        };
        if choices.iter().any(|choice| choice.contains(&plain)) {
            known.push(plain);
        } else if let Some(own) = near() {
            known.push(own);
        } else if !ask.asks_about(word) {
            unknown.push(word);
        }
    }
    known.sort();
    known.dedup();
    Overlap { known, unknown, all_known }
}

/// Whether a sentence that shares all its known words with one choice alone is that choice.
fn sure(
    ask: &Ask<'_>,
    choice: usize,
    overlap: &Overlap<'_>,
    own: &[String],
    words: &[&str],
    telling: usize,
) -> bool {
    let said_no = words.iter().any(|word| is_negative(word));
    let says_no = ask.words[choice].iter().any(|word| is_negative(word));
    let subject = matches!(words.first(), Some(&("he" | "she" | "they" | "it" | "i" | "we" | "you")));
    let turned = match (said_no, says_no) {
        (true, false) => true,
        // A topic alone ("the dog" that could not swim) may leave the "not" out, a statement may not.
        (false, true) => telling > 1 || subject || denied(&ask.words[choice], &overlap.known),
        _ => false,
    };
    let covered = own.iter().all(|word| overlap.known.contains(word));
    let slip = match overlap.unknown[..] {
        [] => true,
        [one] => covered && overlap.known.len() >= 3 && !is_turning(one),
        _ => false,
    };
    !turned && slip && in_order(own, words, &overlap.known)
}

/// Whether a choice denies the words: they come after its "not". "None of the birds" is still about birds.
fn denied(own: &[String], known: &[String]) -> bool {
    let none = own.windows(2).any(|two| two[0] == "no" && known.contains(&stem(&two[1])));
    if none {
        return true;
    }
    // What nobody saw was there all the same.
    let turns = |word: &&str| matches!(*word, "not" | "never" | "neither" | "nor" | "without");
    let Some(no) = own.iter().position(|word| turns(&word.as_str())) else { return false };
    own[no..].iter().any(|word| known.contains(&stem(word)))
}

/// Whether words are said in the order in which a choice has them.
fn in_order(own: &[String], words: &[&str], known: &[String]) -> bool {
    let mut from = 0;
    words.iter().map(|word| stem(word)).filter(|word| known.contains(word)).all(|word| {
        let found = own[from..].iter().position(|own| *own == word);
        from += found.map_or(0, |at| at + 1);
        found.is_some()
    })
}

/// Whether a word is near enough to another to ask back.
fn alike(said: &str, own: &str) -> bool {
    nearly(said, own)
        || stem(own) == stem(said)
        || (said.len() >= 5 && own.len() >= 5 && distance(said, own) <= 2)
}

/// A word alone that is nearly a choice of one word, or nearly one of its forms.
fn one_word(ask: &Ask<'_>, words: &[&str]) -> Option<Content> {
    let said: Vec<&str> =
        words.iter().copied().filter(|word| !matches!(*word, "the" | "a" | "an" | "to")).collect();
    let [word] = said[..] else { return None };
    let near: Vec<usize> =
        (0..4).filter(|at| matches!(&ask.words[*at][..], [own] if alike(word, own))).collect();
    match near[..] {
        [] => None,
        [one] if sounds_like(word, &ask.words[one][0]) => Some(Content::One(one, 0.85)),
        _ if near.iter().filter(|at| nearly(word, &ask.words[**at][0])).count() == 1 => {
            let one = near.iter().copied().find(|at| nearly(word, &ask.words[*at][0])).unwrap_or(near[0]);
            // A short word is one letter from many others.
            let long = ask.words[one][0].chars().count() >= 7;
            Some(if long { Content::One(one, 0.75) } else { Content::Near(near) })
        }
        _ => Some(Content::Near(near)),
    }
}
