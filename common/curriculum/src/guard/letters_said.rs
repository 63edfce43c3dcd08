//! Letters by their names or code words, letters in disorder or with gaps, and how many there are.

use super::text::Text;

/// Letters as they are called, and in the spelling alphabet.
const NAMES: [(char, &[&str]); 26] = [
    ('a', &["ay", "alpha", "alfa"]),
    ('b', &["bee", "bravo"]),
    ('c', &["cee", "see", "charlie"]),
    ('d', &["dee", "delta"]),
    ('e', &["ee", "echo"]),
    ('f', &["ef", "eff", "foxtrot"]),
    ('g', &["gee", "golf"]),
    ('h', &["aitch", "hotel"]),
    ('i', &["eye", "india"]),
    ('j', &["jay", "juliet", "juliett"]),
    ('k', &["kay", "kilo"]),
    ('l', &["el", "ell", "lima"]),
    ('m', &["em", "mike"]),
    ('n', &["en", "november"]),
    ('o', &["oh", "oscar"]),
    ('p', &["pee", "papa"]),
    ('q', &["cue", "queue", "quebec"]),
    ('r', &["ar", "are", "romeo"]),
    ('s', &["ess", "sierra"]),
    ('t', &["tee", "tango"]),
    ('u', &["you", "uniform"]),
    ('v', &["vee", "victor"]),
    ('w', &["whiskey", "whisky"]),
    ('x', &["ex", "xray"]),
    ('y', &["why", "wye", "yankee"]),
    ('z', &["zee", "zed", "zulu"]),
];

/// Words that may stand between letters.
const JOINTS: [&str; 12] =
    ["then", "and", "next", "comma", "dash", "space", "followed", "by", "an", "the", "letter", "as"];

fn letter_of(word: &str) -> Option<char> {
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some(one), None) if one.is_alphabetic() => Some(one),
        _ => NAMES.iter().find(|(_, names)| names.contains(&word)).map(|(letter, _)| *letter),
    }
}

/// Whether letters in a row, by any of their names, spell a word.
pub(super) fn spells(text: &Text<'_>, secret: &str) -> bool {
    let mut run = String::new();
    for word in &text.raw {
        match letter_of(&word.lower) {
            Some(letter) => run.push(letter),
            None if JOINTS.contains(&word.lower.as_str()) => {}
            None => run.clear(),
        }
        if run.ends_with(secret) {
            return true;
        }
    }
    false
}

/// Whether a text tells to put letters in order that are those of a word.
pub(super) fn scrambled(text: &Text<'_>, secret: &str) -> bool {
    let told = text.raw.iter().any(|word| {
        ["anagram", "scrambl", "unscrambl", "jumbl", "rearrang", "mix", "shuffl"]
            .iter()
            .any(|start| word.lower.starts_with(start))
    });
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    told && text.raw.iter().any(|word| sorted(&word.lower) == sorted(secret))
}

/// "th__fty": a word with some letters left out.
pub(super) fn gapped(text: &Text<'_>, secret: &str) -> bool {
    let blank = |c: char| matches!(c, '_' | '*' | '.' | '?' | '-' | '\u{2026}');
    text.written.split_whitespace().any(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && !blank(c));
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let gaps = word.chars().filter(|c| blank(*c)).count();
        let known = word.chars().all(|c| c.is_alphabetic() || blank(c));
        // A sentence's end is no gap.
        let ending = word.trim_end_matches(blank);
        known
            && letters >= 2
            && gaps > 0
            && (ending.contains(blank) || word.contains("__"))
            && fits(word, secret)
    })
}

/// Whether a pattern is a word: its pieces of letters stand in it in this order, the first and the last at the ends.
fn fits(pattern: &str, secret: &str) -> bool {
    let pieces: Vec<&str> = pattern.split(|c: char| !c.is_alphabetic()).collect();
    let mut rest = secret;
    for (at, piece) in pieces.iter().enumerate().filter(|(_, piece)| !piece.is_empty()) {
        let Some(found) = rest.find(piece) else { return false };
        if at == 0 && found > 0 {
            return false;
        }
        rest = &rest[found + piece.len()..];
    }
    let open = pieces.last().is_some_and(|last| last.is_empty());
    (rest.is_empty() || open) && pieces.iter().map(|piece| piece.len()).sum::<usize>() * 3 >= secret.len()
}

/// "it has seven letters", where only the right word has, or "two syllables".
pub(super) fn counted(text: &Text<'_>, secrets: &[String]) -> bool {
    if text.ask.numeric() {
        return false;
    }
    let single = text.item.choices.iter().all(|choice| !choice.text.contains(' '));
    let lengths = text.item.choices.each_ref().map(|choice| choice.text.chars().count());
    let own = lengths[text.item.key];
    let alone = lengths.iter().filter(|length| **length == own).count() == 1;
    let letters = text.found.iter().any(|found| {
        let counted = matches!(text.word(found.to), "letter" | "letters");
        counted && alone && found.value.as_whole().is_some_and(|n| usize::try_from(n) == Ok(own))
    });
    let syllables = text.raw.iter().any(|word| word.lower.starts_with("syllab"));
    !secrets.is_empty() && single && (letters || syllables)
}
