//! Choices named by letter or by place.

/// Words for the letters A to D by themselves: the letter, and spelling words of the radio alphabet and of school.
const LETTERS: [&[&str]; 4] = [
    &["a", "alpha", "alfa", "apple", "able", "adam"],
    &["b", "bravo", "boy", "baker", "ball", "banana", "bee", "be"],
    &["c", "charlie", "cat", "charley", "sea", "see", "cee"],
    &["d", "delta", "dog", "david", "dee"],
];

/// Of [`LETTERS`], those that name a choice when they are said alone.
const ALONE: [&[&str]; 4] =
    [&["a", "alpha", "alfa"], &["b", "bravo", "bee"], &["c", "charlie", "charley"], &["d", "delta", "dee"]];

const PLACES: [&[&str]; 4] = [
    &["first", "1st", "top"],
    &["second", "2nd"],
    &["third", "3rd"],
    &["fourth", "4th", "last", "bottom", "final"],
];

/// How sure one may be of a bare letter: B, C and D sound alike, A is a word of its own.
const BARE: f64 = 0.85;

/// A choice that was named, and how surely.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Mention {
    pub(super) choice: usize,
    pub(super) confidence: f64,
}

fn place_of(word: &str, table: &[&[&str]; 4]) -> Option<usize> {
    table.iter().position(|words| words.contains(&word))
}

/// A letter or place in a single word.
pub(super) fn letter_or_place(word: &str) -> Option<usize> {
    place_of(word, &ALONE).or_else(|| place_of(word, &PLACES))
}

/// The number of a choice by a cardinal: "number two", "option 2".
fn cardinal(word: &str) -> Option<usize> {
    match word {
        "1" | "one" => Some(0),
        "2" | "two" | "to" | "too" => Some(1),
        "3" | "three" => Some(2),
        "4" | "four" | "for" => Some(3),
        _ => None,
    }
}

/// The choices that are named by letter or place, and the words without those namings.
pub(super) fn find<'w>(words: &[&'w str]) -> (Vec<Mention>, Vec<&'w str>) {
    let mut found = Vec::new();
    let mut rest = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let here = &words[at..];
        match one(here, words.len()) {
            Some((mention, used)) => {
                found.push(mention);
                at += used;
            }
            None => {
                rest.push(here[0]);
                at += 1;
            }
        }
    }
    (found, rest)
}

/// A naming at the beginning of `here`, in an utterance of `all` words, and how many words it takes.
fn one(here: &[&str], all: usize) -> Option<(Mention, usize)> {
    let sure = |choice: usize, used: usize| Some((Mention { choice, confidence: 0.98 }, used));
    match here {
        // "B as in boy", "B like banana", "B for bravo": the spelling word decides when the two disagree in sound.
        [letter, "as", "in", word, ..] | [letter, "like", "in", word, ..] => {
            let named = place_of(word, &LETTERS).or_else(|| by_initial(word))?;
            place_of(letter, &LETTERS).map(|_| ())?;
            sure(named, 4)
        }
        [letter, "like" | "for" | "is", word, ..]
            if place_of(letter, &ALONE).is_some() && place_of(word, &LETTERS).is_some() =>
        {
            sure(place_of(word, &LETTERS)?, 3)
        }
        ["letter" | "choice" | "option" | "answer", "is", word, ..] if place_of(word, &ALONE).is_some() => {
            sure(place_of(word, &ALONE)?, 3)
        }
        ["letter" | "choice" | "option" | "answer", word, ..] if place_of(word, &LETTERS).is_some() => {
            sure(place_of(word, &LETTERS)?, 2)
        }
        ["number" | "choice" | "option" | "answer" | "answer number" | "numero", word, ..]
            if cardinal(word).is_some() =>
        {
            sure(cardinal(word)?, 2)
        }
        ["choice" | "option" | "answer", "number", word, ..] if cardinal(word).is_some() => {
            sure(cardinal(word)?, 3)
        }
        _ => None,
    }
    .or_else(|| place(here))
    .or_else(|| bare(here, all))
}

/// "the second one", "second choice", "the last".
fn place(here: &[&str]) -> Option<(Mention, usize)> {
    let (the, here) = match here {
        ["the", rest @ ..] => (1, rest),
        _ => (0, here),
    };
    let (choice, mut used) = match here {
        ["second", "to" | "from" | "the", "last" | "bottom" | "end", ..] | ["next", "to", "last", ..] => {
            (2, 3)
        }
        ["second", "from", "the", "bottom" | "end", ..] => (2, 4),
        [word, ..] => (place_of(word, &PLACES)?, 1),
        [] => return None,
    };
    let noun = matches!(here.get(used), Some(&("one" | "choice" | "answer" | "option" | "thing")));
    used += usize::from(noun);
    // "third" alone may be a fraction, "last" alone an adjective: then only when there is "the" or a noun.
    (the == 1 || noun).then_some((Mention { choice, confidence: 0.95 }, used + the))
}

/// A letter said alone, with nothing but politeness around it.
fn bare(here: &[&str], all: usize) -> Option<(Mention, usize)> {
    let word = here.first()?;
    let choice = place_of(word, &ALONE)?;
    // "a dozen", "a dog": an article.
    let article = *word == "a" && here.len() > 1;
    let spelled = word.len() > 2;
    if article || (all > 4 && !spelled) {
        return None;
    }
    Some((Mention { choice, confidence: if spelled { 0.97 } else { BARE } }, 1))
}

fn by_initial(word: &str) -> Option<usize> {
    match word.chars().next()? {
        'a' => Some(0),
        'b' => Some(1),
        'c' => Some(2),
        'd' => Some(3),
        _ => None,
    }
}
