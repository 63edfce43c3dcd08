//! How many syllables a word has.
//!
//! Counted from the CMU Pronouncing Dictionary for some 27,000 words (`syllables.txt`, which carries its notice); regular
//! plurals, pasts and `-ing` forms of those follow by rule. There is no guess for any other word: rules from spelling are wrong for
//! one usual English word in ten. Words that are said in two ways ("fire", "every") have no count either.

use std::collections::HashMap;
use std::sync::LazyLock;

static COUNTS: LazyLock<HashMap<&'static str, u32>> = LazyLock::new(|| {
    let mut counts = HashMap::new();
    for line in include_str!("syllables.txt").lines().filter(|line| !line.starts_with('#')) {
        if let Some((count, words)) = line.split_once(' ')
            && let Ok(count) = count.parse()
        {
            counts.extend(words.split(' ').map(|word| (word, count)));
        }
    }
    counts
});

/// The syllables of `word`, where they are known.
#[must_use]
pub fn count(word: &str) -> Option<u32> {
    let word = word.trim().to_lowercase();
    if let Some(count) = COUNTS.get(word.as_str()) {
        return Some(*count);
    }
    inflected(&word)
}

/// Of a regular form of a word that is known.
fn inflected(word: &str) -> Option<u32> {
    let known = |stem: &str| COUNTS.get(stem).copied();
    let sibilant = |stem: &str| {
        ["s", "x", "z", "ch", "sh", "ce", "ge", "se", "ze"].iter().any(|ending| stem.ends_with(ending))
    };
    if let Some(stem) = word.strip_suffix("ies") {
        return known(&format!("{stem}y"));
    }
    if let Some(stem) = word.strip_suffix('s') {
        return match known(stem) {
            Some(count) => Some(count + u32::from(sibilant(stem))),
            None => {
                stem.strip_suffix('e').filter(|stem| sibilant(stem)).and_then(known).map(|count| count + 1)
            }
        };
    }
    if let Some(stem) = word.strip_suffix("ing") {
        // "Making" is "make" and one more; where both "hop" and "hope" end so ("hoping"), the count is the same.
        return known(stem)
            .or_else(|| known(&format!("{stem}e")))
            .or_else(|| known(single(stem)?))
            .map(|n| n + 1);
    }
    if let Some(stem) = word.strip_suffix("ed") {
        let base = known(stem).or_else(|| known(&format!("{stem}e"))).or_else(|| known(single(stem)?))?;
        return Some(base + u32::from(stem.ends_with(['t', 'd'])));
    }
    None
}

/// Without the second of two equal letters at the end: "hopp" is "hop".
fn single(stem: &str) -> Option<&str> {
    let mut ends = stem.chars().rev();
    let (last, before) = (ends.next()?, ends.next()?);
    (last == before).then(|| stem.strip_suffix(last)).flatten()
}

#[cfg(test)]
mod tests {
    use super::count;

    /// Written by hand: what a child might ask.
    const BY_HAND: &str = "1 cat dog through strength house school friend scratched walked knives length\n\
        2 table apple window water pencil orange winter monkey planet music rabbit yellow wanted boxes hopping running science lion\n\
        3 banana elephant computer tomato dinosaur umbrella hospital butterfly remember astronaut potatoes exercise wonderful library\n\
        4 alligator caterpillar watermelon helicopter television information dictionary impossible mathematics kindergarten\n\
        5 hippopotamus university refrigerator imagination multiplication vocabulary opportunity";

    #[test]
    fn the_counts_of_a_hand_written_list_are_right_or_left_open() {
        let (mut right, mut open, mut wrong) = (0, Vec::new(), Vec::new());
        for line in BY_HAND.lines() {
            let (n, words) = line.trim().split_once(' ').unwrap_or_default();
            for word in words.split(' ') {
                match count(word) {
                    Some(counted) if counted.to_string() == n => right += 1,
                    Some(counted) => wrong.push((word, counted)),
                    None => open.push(word),
                }
            }
        }
        println!("{right} right, {} open: {open:?}, {} wrong", open.len(), wrong.len());
        assert!(wrong.is_empty(), "{wrong:?}");
        assert!(open.len() <= 5, "{open:?}");
    }

    #[test]
    fn what_is_said_in_two_ways_or_is_no_word_has_no_count() {
        for word in ["fire", "every", "zzyzx", "", "ing", "s", "ed"] {
            assert_eq!(count(word), None, "{word}");
        }
    }
}
