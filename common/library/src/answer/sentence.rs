//! Sentences of a passage: where they end, and what they lean on.

/// Whether a sentence cannot stand without the one before.
pub(super) fn leans_back(sentence: &str) -> bool {
    let first = sentence.split_whitespace().next().unwrap_or_default().to_lowercase();
    matches!(
        first.trim_end_matches(','),
        "it" | "they"
            | "this"
            | "these"
            | "that"
            | "he"
            | "she"
            | "its"
            | "their"
            | "then"
            | "such"
            | "his"
            | "her"
    )
}

/// Whether a sentence speaks of something in the one before: "Thomas Jefferson wrote most of it."
pub(super) fn points_back(sentence: &str) -> bool {
    sentence
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| matches!(word, "it" | "them" | "there" | "this" | "these" | "his" | "her"))
}

pub(super) fn is_past(sentence: &str) -> bool {
    let has = |wanted: &[&str]| sentence.split(' ').any(|word| wanted.contains(&word));
    has(&["was", "were"]) && !has(&["is", "are"])
}

/// Whether a sentence says what something is: "X is", "called X", "X, a", "X happens when", "X forms".
///
/// Where it is asked what something does (`doing`), it is enough that the sentence is about it.
pub(super) fn explains(sentence: &str, word: &str, doing: bool) -> bool {
    let stem: String = word.strip_suffix('s').unwrap_or(word).to_owned();
    let words: Vec<String> = sentence
        .split_whitespace()
        .map(|one| one.trim_matches(|c: char| !c.is_alphanumeric() && c != ',').to_lowercase())
        .collect();
    words.iter().enumerate().any(|(at, one)| {
        if !one.trim_end_matches(',').starts_with(&stem) {
            return false;
        }
        let after = words.get(at + 1).map_or("", String::as_str);
        let before = words[..at].iter().rev().find(|word| !matches!(word.as_str(), "a" | "an" | "the"));
        let told = matches!(
            after,
            "is" | "are"
                | "was"
                | "were"
                | "means"
                | "shows"
                | "happens"
                | "happen"
                | "forms"
                | "form"
                | "comes"
                | "come"
        );
        let aside = one.ends_with(',') && matches!(after, "a" | "an" | "the" | "which" | "who" | "or");
        let subject = doing && at <= usize::from(matches!(words[0].as_str(), "a" | "an" | "the"));
        told || aside
            || subject
            || before.is_some_and(|word| matches!(word.as_str(), "called" | "named" | "causes" | "cause"))
    })
}

/// The sentences of a passage; a row of a table or an item of a list is one.
pub(super) fn sentences(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut from = 0;
        let bytes: Vec<(usize, char)> = line.char_indices().collect();
        for (number, (at, c)) in bytes.iter().enumerate() {
            let next = bytes.get(number + 1).map(|(_, c)| *c);
            let after = bytes.get(number + 2).map(|(_, c)| *c);
            let ends = matches!(c, '.' | '!' | '?')
                && next.is_none_or(char::is_whitespace)
                && after
                    .is_none_or(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '“' | '\''))
                && !abbreviates(&line[from..*at]);
            if ends {
                let end = at + c.len_utf8();
                all.push(line[from..end].trim().to_owned());
                from = end;
            }
        }
        let rest = line[from..].trim();
        if !rest.is_empty() {
            all.push(rest.to_owned());
        }
    }
    all
}

/// Whether what stands before a full stop is an abbreviation: "Mr", "St", "J".
pub(super) fn abbreviates(before: &str) -> bool {
    let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let initial = last.chars().count() == 1 && last.chars().all(char::is_uppercase);
    initial || matches!(last, "Mr" | "Mrs" | "Ms" | "Dr" | "St" | "No" | "vs" | "etc" | "Jr" | "Sr")
}

#[cfg(test)]
mod tests {
    use super::{leans_back, sentences};

    #[test]
    fn sentences_end_where_they_end() {
        assert_eq!(
            sentences("Dr. Smith met J. R. Lee at 3.5 miles. \"Hello!\" Then it was over\n\nA new line"),
            ["Dr. Smith met J. R. Lee at 3.5 miles.", "\"Hello!\" Then it was over", "A new line"]
        );
        assert!(leans_back("It was cold.") && !leans_back("Italy was cold."));
    }
}
