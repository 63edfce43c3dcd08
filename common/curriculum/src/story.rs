//! People and things of word problems.

/// A child of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Child {
    /// The name.
    pub name: &'static str,
    /// "he", "she" or "they".
    pub they: &'static str,
    /// "his", "her" or "their".
    pub their: &'static str,
    /// "him", "her" or "them".
    pub them: &'static str,
}

const fn she(name: &'static str) -> Child {
    Child { name, they: "she", their: "her", them: "her" }
}

const fn he(name: &'static str) -> Child {
    Child { name, they: "he", their: "his", them: "him" }
}

/// The children of the stories: names from many places that the voice says well.
pub const CHILDREN: [Child; 28] = [
    she("Maya"),
    he("Omar"),
    she("Priya"),
    he("Mateo"),
    she("Grace"),
    he("Kenji"),
    she("Amara"),
    he("Liam"),
    she("Sofia"),
    he("Tariq"),
    she("Hana"),
    he("Diego"),
    she("Nora"),
    he("Andre"),
    she("Leila"),
    he("Felix"),
    she("Carmen"),
    he("Arjun"),
    she("Ruby"),
    he("Marcus"),
    she("Ingrid"),
    he("Samuel"),
    she("Zara"),
    he("Victor"),
    she("Elena"),
    he("Jamal"),
    she("Mei"),
    he("Oscar"),
];

impl Child {
    /// The pronoun at the beginning of a sentence.
    #[must_use]
    pub fn they_capital(&self) -> &'static str {
        match self.they {
            "she" => "She",
            "he" => "He",
            _ => "They",
        }
    }
}

/// `1 apple`, `2 apples`: a number with thousands commas and its noun in the right number.
#[must_use]
pub fn count(number: i64, one: &str, many: &str) -> String {
    format!("{} {}", iseetutor_numbers::grouped(number.into()), if number == 1 { one } else { many })
}

/// "a" or "an" before a number or a word, by its sound: an 8, an 11, an 18, an 80, an hour, a one-way street.
#[must_use]
pub fn article(word: &str) -> &'static str {
    let lower = word.to_lowercase();
    let digits: String =
        lower.chars().take_while(|c| c.is_ascii_digit() || *c == ',').filter(char::is_ascii_digit).collect();
    if !digits.is_empty() {
        let leading = digits.len() % 3;
        // What is said first: eight, eleven and eighteen, and eighty in all its forms.
        let eleven = leading == 2 && (digits.starts_with("11") || digits.starts_with("18"));
        return if digits.starts_with('8') || eleven { "an" } else { "a" };
    }
    let sounds_you = ["uni", "use", "usu", "eu", "one", "once"].iter().any(|start| lower.starts_with(start));
    let silent = ["hour", "honest", "honor", "heir"].iter().any(|start| lower.starts_with(start));
    if silent || (!sounds_you && lower.starts_with(['a', 'e', 'i', 'o', 'u'])) { "an" } else { "a" }
}

/// "first", "second", … up to twelfth; then `13th` and so on.
#[must_use]
pub fn ordinal(n: i64) -> String {
    const WORDS: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
        "eleventh", "twelfth",
    ];
    if let Some(word) = usize::try_from(n - 1).ok().and_then(|at| WORDS.get(at)) {
        return (*word).to_owned();
    }
    let end = match (n % 100, n % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{n}{end}")
}

/// "two", "three", … up to twenty; then digits.
#[must_use]
pub fn spelled(n: i64) -> String {
    const WORDS: [&str; 21] = [
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
        "twenty",
    ];
    usize::try_from(n)
        .ok()
        .and_then(|at| WORDS.get(at))
        .map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

/// `a, b and c`.
#[must_use]
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{article, count, list, ordinal};

    #[test]
    fn words_around_numbers() {
        assert_eq!(count(1, "apple", "apples"), "1 apple");
        assert_eq!(count(1_200, "apple", "apples"), "1,200 apples");
        for (word, wanted) in [
            ("8", "an"),
            ("11", "an"),
            ("110", "a"),
            ("18", "an"),
            ("80", "an"),
            ("1,800", "a"),
            ("hour", "an"),
            ("uniform", "a"),
            ("apple", "an"),
            ("7", "a"),
            ("11,000", "an"),
        ] {
            assert_eq!(article(word), wanted, "{word}");
        }
        assert_eq!([1, 2, 13, 21, 22, 103].map(ordinal).join(" "), "first second 13th 21st 22nd 103rd");
        assert_eq!(list(&["a".into(), "b".into(), "c".into()]), "a, b and c");
    }
}
