//! Words spelled aloud.

/// A word spelled as a teacher does: `"b, a, double l, o, o, n"` would hide what is to be learned, so every letter is named by
/// itself and a double is announced: `"B, A, double L, double O, N"`.
///
/// Empty for what holds no letter. Characters that are neither letters nor digits are named where they belong to the spelling
/// (hyphen, apostrophe, space) and dropped otherwise.
#[must_use]
pub fn aloud(word: &str) -> String {
    let mut said: Vec<String> = Vec::new();
    let mut chars = word.trim().chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_alphanumeric() {
            let same = |next: &char| next.to_lowercase().eq(c.to_lowercase());
            let name = c.to_uppercase().to_string();
            if c.is_alphabetic() && chars.next_if(same).is_some() {
                said.push(format!("double {name}"));
            } else {
                said.push(name);
            }
        } else {
            match c {
                '-' => said.push("hyphen".to_owned()),
                '\'' | '’' => said.push("apostrophe".to_owned()),
                c if c.is_whitespace() && said.last().is_some_and(|last| last != "space") => {
                    said.push("space".to_owned());
                }
                _ => {}
            }
        }
    }
    if said.iter().all(|name| ["hyphen", "apostrophe", "space"].contains(&name.as_str())) {
        return String::new();
    }
    said.join(", ")
}

/// Small words, which WordNet does not have: it holds nouns, verbs, adjectives and adverbs alone.
const SMALL: &str = "a about above across after against all along although am among an and another any anybody anyone anything are around as at \
    be because been before behind below beneath beside between beyond both but by can can't cannot could couldn't did didn't do does doesn't \
    don't down during each either else everybody everyone everything except few for from had has hasn't have haven't he he's her here hers \
    herself him himself his how however i i'm if in inside into is isn't it it's its itself may maybe me might mine more most much must my \
    myself neither nobody none nor not nothing of off on once one onto or other our ours ourselves out outside over shall she she's should \
    shouldn't since so some somebody someone something such than that that's the their theirs them themselves then there there's these they \
    they're this those though through throughout till to too toward towards under unless until up upon us was wasn't we we're were weren't \
    what whatever when whenever where wherever whether which while who whoever whole whom whose why will with within without won't would \
    wouldn't yes yet you you're your yours yourself yourselves";

/// Whether it is one of the small words that every sentence has.
#[must_use]
pub fn is_small(word: &str) -> bool {
    let word = word.to_lowercase();
    SMALL.split_whitespace().any(|small| small == word)
}

/// How often `letter` stands in `word`, and how many letters the word has.
#[must_use]
pub fn count(word: &str, letter: Option<char>) -> usize {
    let letters = word.chars().filter(|c| c.is_alphabetic());
    letters.filter(|c| letter.is_none_or(|letter| c.to_lowercase().eq(letter.to_lowercase()))).count()
}

#[cfg(test)]
mod tests {
    use super::{aloud, count, is_small};

    #[test]
    fn letters_and_doubles_are_named() {
        for (word, said) in [
            ("cat", "C, A, T"),
            ("balloon", "B, A, double L, double O, N"),
            ("bookkeeper", "B, double O, double K, double E, P, E, R"),
            ("Mississippi", "M, I, double S, I, double S, I, double P, I"),
            ("mother-in-law", "M, O, T, H, E, R, hyphen, I, N, hyphen, L, A, W"),
            ("don't", "D, O, N, apostrophe, T"),
            ("ice cream", "I, C, E, space, C, R, E, A, M"),
            ("Aardvark", "double A, R, D, V, A, R, K"),
            ("-", ""),
            ("", ""),
        ] {
            assert_eq!(aloud(word), said, "{word}");
        }
        assert!(is_small("Because") && !is_small("elephant") && !is_small(""));
        assert_eq!(count("Mississippi", Some('S')), 4);
        assert_eq!(count("ice cream", None), 8);
    }
}
