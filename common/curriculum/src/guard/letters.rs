//! The right choice by its letter, its place, or pointed at among the choices.

use super::text::{Raw, Text};
use crate::item::letter;

/// Words before a letter that make it a choice's.
const NAMING: [&str; 14] = [
    "choice", "choices", "option", "options", "letter", "answer", "answers", "pick", "choose", "select",
    "it's", "its", "correct", "mark",
];

/// Things that are named by letters.
const LETTERED: [&str; 30] = [
    "column", "angle", "point", "side", "line", "segment", "ray", "triangle", "quantity", "section", "part",
    "figure", "set", "team", "box", "bag", "class", "group", "row", "train", "car", "town", "city", "house",
    "player", "bus", "points", "angles", "columns", "and",
];

/// Whether the right choice is named by letter or place.
pub(super) fn named(text: &Text<'_>) -> bool {
    let key = text.item.key;
    (0..text.raw.len()).any(|at| is_letter(text, at, key)) || placed(text, key) || beside(text, key)
}

fn lower(raw: &[Raw], at: usize) -> &str {
    raw.get(at).map_or("", |word| word.lower.as_str())
}

/// Whether a word is the letter of a choice, and nothing else.
pub(super) fn is_letter(text: &Text<'_>, at: usize, choice: usize) -> bool {
    let raw = &text.raw;
    let word = &raw[at];
    let own = letter(choice);
    let small = own.to_ascii_lowercase().to_string();
    let before = |back: usize| at.checked_sub(back).map_or("", |at| lower(raw, at));
    let lettered = LETTERED[..29].contains(&before(1));
    let naming = NAMING.contains(&before(1))
        || ((before(1) == "is" || before(1) == "letter" || before(1) == "the")
            && NAMING.contains(&before(2)))
        || (before(1) == "is" && matches!(before(2), "it" | "answer" | "one" | "choice"));
    let asked = super::text::raw(&text.item.stem);
    // "A film" has an article, "angle A" a name.
    let stem_word = |wanted: &str| {
        (0..asked.len()).any(|at| {
            let name = text.ask.numeric()
                && (2..5).contains(&asked[at].text.len())
                && asked[at].text.chars().all(|c| c.is_ascii_uppercase());
            (name && asked[at].text.contains(wanted) && wanted.chars().all(|c| c.is_ascii_uppercase()))
                || asked[at].text == wanted && (wanted != "A" || ends(&asked, at))
        })
    };
    const CALLED: [&[&str]; 4] =
        [&["alpha", "alfa"], &["bravo", "bee"], &["charlie", "cee"], &["delta", "dee"]];
    if CALLED[choice].contains(&word.lower.as_str()) {
        return (naming || word.lower.len() > 3)
            && !text.item.stem.to_lowercase().contains(&word.lower)
            && !text.item.choices.iter().any(|choice| choice.text.to_lowercase().contains(&word.lower));
    }
    if word.lower != small {
        return false;
    }
    if word.text == small {
        let last = at + 1 == raw.len();
        // "a" and single letters of algebra.
        return if own == 'A' {
            naming && last
        } else {
            naming || (raw.len() == 1) || (!stem_word(&small) && !variable(text, at))
        };
    }
    if raw.len() == 1 || naming && (own != 'A' || ends(raw, at)) {
        return true;
    }
    if lettered || stem_word(&own.to_string()) {
        return false;
    }
    own != 'A' || ends(raw, at)
}

/// Whether a capital A is no article: something ends after it, or it does something.
pub(super) fn ends(raw: &[Raw], at: usize) -> bool {
    let next = lower(raw, at + 1);
    at + 1 == raw.len()
        || matches!(raw[at].after, '.' | ',' | ')' | '!' | ';' | ':' | '?' | '"' | '>' | '<')
        || matches!(
            next,
            "is" | "or" | "looks" | "fits" | "works" | "because" | "seems" | "and" | "can" | "must" | "has"
        )
}

/// Whether a small letter stands in a formula.
fn variable(text: &Text<'_>, at: usize) -> bool {
    let number = |at: usize| lower(&text.raw, at).starts_with(|c: char| c.is_ascii_digit());
    number(at + 1)
        || at.checked_sub(1).is_some_and(number)
        || matches!(text.raw[at].after, '=' | '+' | '\u{2212}')
}

/// "the second one", "choice two", "third from the bottom", "the second fraction in the list".
fn placed(text: &Text<'_>, key: usize) -> bool {
    const PLACES: [&[&str]; 4] = [
        &["first", "1st", "top"],
        &["second", "2nd"],
        &["third", "3rd"],
        &["fourth", "4th", "last", "final", "bottom"],
    ];
    const COUNTED: [[&str; 2]; 4] = [["one", "1"], ["two", "2"], ["three", "3"], ["four", "4"]];
    let raw = &text.raw;
    let is = |at: usize, any: &[&str]| any.contains(&lower(raw, at));
    let choices = ["choice", "choices", "option", "options", "answer", "answers", "list"];
    (0..raw.len()).any(|at| {
        if is(at, &["number", "choice", "option", "answer"]) {
            let next = at + 1 + usize::from(is(at + 1, &["number"]));
            let the = at > 0
                && is(at - 1, &["the", "same", "other", "this", "that", "each", "every", "which", "a"]);
            let number = is(at, &["number"]);
            let follows =
                matches!(lower(raw, next + 1), "" | "is" | "looks" | "fits" | "in" | "works" | "and");
            if COUNTED[key].contains(&lower(raw, next)) && !(number && (the || !follows)) {
                return true;
            }
        }
        let from_end = |place: usize| match (lower(raw, at), lower(raw, at + 1)) {
            ("second" | "next", "to") if is(at + 2, &["last"]) => place == 2,
            ("second", "from") if is(at + 3, &["bottom", "end"]) => place == 2,
            ("third", "from") if is(at + 3, &["bottom", "end"]) => place == 1,
            (_, "from") if is(at + 3, &["top"]) => PLACES[place].contains(&lower(raw, at)),
            _ => false,
        };
        if from_end(key) {
            return true;
        }
        if !PLACES[key].contains(&lower(raw, at)) {
            return false;
        }
        let stops = at + 1 == raw.len() || raw[at].after != ' ';
        let back = |by: usize| at.checked_sub(by).map_or("", |at| lower(raw, at));
        let it_is = back(1) == "the"
            && matches!(back(2), "is" | "it's" | "its" | "choose" | "pick" | "take" | "be" | "say");
        let alone = raw.len() <= 2 || (stops && it_is);
        let asked = is_asked(text, lower(raw, at + 1)) && !elsewhere(raw, at);
        let noun = is(at + 1, &["choice", "option", "answer", "pair", "one"])
            && (!is(at + 1, &["one"]) || !is(at + 2, &["of"]))
            && !elsewhere(raw, at);
        let word = text.ask.numeric()
            || !is(at + 1, &["word", "phrase", "pair"])
            || elsewhere(raw, at) && text.item.choices[key].text.contains(' ');
        let listed = (at + 2..at + 6).any(|at| is(at, &choices));
        alone || noun || asked || !word && !is(at + 2, &["of", "in"]) || listed
    })
}

/// Whether a word is what is to be chosen: "Which shape has", "Which of these numbers".
fn is_asked(text: &Text<'_>, word: &str) -> bool {
    let words = crate::answer::hear::words(&text.item.stem);
    let Some(which) = words.iter().position(|word| word == "which") else { return false };
    let skip = |word: &&String| matches!(word.as_str(), "of" | "these" | "the" | "following" | "four");
    let noun = words[which + 1..].iter().find(|word| !skip(word));
    word.len() > 3 && noun.is_some_and(|noun| noun == word || noun.strip_suffix('s') == Some(word))
}

/// Whether "the first one" at `at` is another thing than a choice: "not only at the first one", "undo the last one
/// first", "the largest angle tells the first word".
fn elsewhere(raw: &[Raw], at: usize) -> bool {
    const DONE: [&str; 12] = [
        "undo", "do", "solve", "subtract", "add", "divide", "multiply", "tells", "gives", "below", "above",
        "from",
    ];
    let before: Vec<&str> =
        (1..=4).filter_map(|back| at.checked_sub(back)).map(|at| lower(raw, at)).collect();
    let the = before.first() == Some(&"the");
    let done = before.get(usize::from(the)).is_some_and(|word| DONE.contains(word));
    let start = raw[..at].iter().rposition(|word| matches!(word.after, '.' | '!' | '?' | ',' | ':'));
    let sentence = &raw[start.map_or(0, |end| end + 1)..];
    let end = sentence
        .iter()
        .position(|word| matches!(word.after, '.' | '!' | '?'))
        .map_or(sentence.len(), |at| at + 1);
    let chosen = |word: &Raw| {
        word.lower.starts_with("choice")
            || word.lower.starts_with("answer")
            || word.lower.starts_with("option")
    };
    let asks = matches!(lower(sentence, 0), "which" | "what" | "where" | "how" | "when")
        && !sentence[..end].iter().any(chosen)
        && sentence.get(end.wrapping_sub(1)).is_some_and(|word| word.after == '?');
    done || asks
        || before.iter().enumerate().any(|(at, word)| match *word {
            "not" => before.get(at + 1) != Some(&"why"),
            "than" => before.get(at + 1) != Some(&"other"),
            _ => false,
        })
}

/// "the letter after A", "between A and C".
fn beside(text: &Text<'_>, key: usize) -> bool {
    let raw = &text.raw;
    let small = |choice: usize| letter(choice).to_ascii_lowercase().to_string();
    let letter_said = raw.iter().any(|word| word.lower == "letter");
    (0..raw.len()).any(|at| {
        let next = lower(raw, at + 1);
        match lower(raw, at) {
            "after" => letter_said && key > 0 && next == small(key - 1),
            "before" => letter_said && next == small(key + 1),
            "between" => key > 0 && next == small(key - 1) && lower(raw, at + 3) == small(key + 1),
            "letter" => {
                let place = ["first", "second", "third", "fourth"][key];
                at > 0 && lower(raw, at - 1) == place && raw.iter().any(|word| word.lower == "alphabet")
            }
            _ => false,
        }
    })
}

/// "the largest choice", "the only even answer".
pub(super) fn pointed(text: &Text<'_>) -> bool {
    const MOST: [&str; 16] = [
        "largest", "biggest", "greatest", "highest", "smallest", "least", "lowest", "longest", "shortest",
        "only", "middle", "oddest", "newest", "closest", "nearest", "simplest",
    ];
    let raw = &text.raw;
    (0..raw.len()).any(|at| {
        let most = MOST.contains(&lower(raw, at));
        let near = (at + 1..at + 6).take_while(|at| *at < raw.len());
        let chosen = ["choice", "choices", "option", "options", "answer", "answers"];
        let mut near = near.take_while(|next| !matches!(raw[*next - 1].after, '.' | '?' | '!'));
        // "Only one choice can be right" and "the only way" say nothing.
        let nothing = lower(raw, at) == "only" && matches!(lower(raw, at + 1), "one" | "way");
        most && !nothing && near.any(|at| chosen.contains(&lower(raw, at)))
    })
}
