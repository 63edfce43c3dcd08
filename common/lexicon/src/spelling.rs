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

/// How often `letter` stands in `word`, and how many letters the word has.
#[must_use]
pub fn count(word: &str, letter: Option<char>) -> usize {
    let letters = word.chars().filter(|c| c.is_alphabetic());
    letters.filter(|c| letter.is_none_or(|letter| c.to_lowercase().eq(letter.to_lowercase()))).count()
}

#[cfg(test)]
mod tests {
    use super::{aloud, count};

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
        assert_eq!(count("Mississippi", Some('S')), 4);
        assert_eq!(count("ice cream", None), 8);
    }
}
