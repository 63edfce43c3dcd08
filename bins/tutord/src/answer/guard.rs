//! What a model's sentence must pass before a child hears it.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::compute;
use iseetutor_numbers::text::words;

/// Why a sentence is not said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blocked {
    /// It states something about numbers that computation shows to be wrong.
    WrongArithmetic,
    /// It holds a word that is not for children.
    Unsafe,
    /// It has been said before in this answer, or turns in a circle.
    Repetition,
    /// It speaks for the child or of the chat's own machinery.
    Role,
}

impl Blocked {
    /// The name used in counters.
    #[must_use]
    pub fn counter(self) -> &'static str {
        match self {
            Self::WrongArithmetic => "blocked_wrong_arithmetic",
            Self::Unsafe => "blocked_unsafe",
            Self::Repetition => "blocked_repetition",
            Self::Role => "blocked_role",
        }
    }

    /// Whether the rest of the answer is worth hearing.
    #[must_use]
    pub fn ends_answer(self) -> bool {
        self != Self::WrongArithmetic
    }
}

struct Lists {
    obscene: HashSet<&'static str>,
    /// Words and phrases, a space at both ends.
    not_for_children: Vec<String>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let mut lists = Lists { obscene: HashSet::new(), not_for_children: Vec::new() };
    let mut obscene = true;
    for line in
        include_str!("blocked.txt").lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'))
    {
        match line {
            "[obscene]" => obscene = true,
            "[unsafe]" => obscene = false,
            word if obscene => {
                lists.obscene.insert(word);
            }
            phrase => lists.not_for_children.push(format!(" {phrase} ")),
        }
    }
    lists
});

/// Whether a word, in lower case, is obscene.
#[must_use]
pub fn is_obscene(word: &str) -> bool {
    LISTS.obscene.contains(word)
}

/// Checks a cleaned sentence, or the part of one that is there; `said` are the earlier sentences of the answer.
///
/// # Errors
/// The first reason not to say it.
pub fn check(sentence: &str, said: &[String]) -> Result<(), Blocked> {
    let words = words(sentence);
    let joined = format!(" {} ", words.join(" "));
    if words.iter().any(|word| is_obscene(word))
        || LISTS.not_for_children.iter().any(|bad| joined.contains(bad.as_str()))
    {
        return Err(Blocked::Unsafe);
    }
    let lower = sentence.to_lowercase();
    let roles =
        ["user:", "student:", "child:", "human:", "system:", "question:", "im_start", "im_end", "[inst"];
    if roles.iter().any(|role| lower.starts_with(role) || lower.contains(&format!(" {role}")))
        || lower.contains("as an ai")
    {
        return Err(Blocked::Role);
    }
    let before = |earlier: &String| {
        let earlier = iseetutor_numbers::text::words(earlier);
        earlier == words && !words.is_empty()
    };
    if said.iter().any(before) || circles(&words) {
        return Err(Blocked::Repetition);
    }
    match compute::wrong_claim(sentence) {
        Some(_) => Err(Blocked::WrongArithmetic),
        None => Ok(()),
    }
}

/// Whether three words in a row come three times, or one word four times in a row.
fn circles(words: &[String]) -> bool {
    let same = |window: &[String]| window.iter().all(|word| Some(word) == window.first());
    if words.windows(4).any(same) {
        return true;
    }
    let mut seen = std::collections::HashMap::new();
    words.windows(3).any(|window| {
        let count = seen.entry(window).or_insert(0_u32);
        *count += 1;
        *count == 3
    })
}

/// Whether a sentence holds a number, in digits or words, so that it is checked whole before any of it is said.
#[must_use]
pub fn has_number(text: &str) -> bool {
    use iseetutor_numbers::text::Token;
    let tokens = iseetutor_numbers::text::tokens(text);
    (0..tokens.len()).any(|at| {
        matches!(tokens[at], Token::TooBig | Token::Ordinal(_) | Token::Fraction { .. })
            || iseetutor_numbers::read(&tokens[at..], iseetutor_numbers::Style::default()).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::{Blocked, check, has_number};

    #[test]
    fn each_reason_has_its_sentence() {
        let said = vec!["Plants need light.".to_owned()];
        for (sentence, verdict) in [
            ("Plants need water.", Ok(())),
            ("plants need light", Err(Blocked::Repetition)),
            ("It is big and it is big and it is big and red.", Err(Blocked::Repetition)),
            ("no no no no", Err(Blocked::Repetition)),
            ("6 times 7 is 43.", Err(Blocked::WrongArithmetic)),
            ("User: what next?", Err(Blocked::Role)),
            ("As an AI language model, I cannot say.", Err(Blocked::Role)),
            ("Well, shit happens.", Err(Blocked::Unsafe)),
            ("Please tell me your address.", Err(Blocked::Unsafe)),
            ("The Essex coast is in England.", Ok(())),
            ("", Ok(())),
        ] {
            assert_eq!(check(sentence, &said), verdict, "{sentence}");
        }
    }

    #[test]
    fn numbers_are_noticed() {
        assert!(has_number("it has three sides"));
        assert!(has_number("about 3.5"));
        assert!(!has_number("it has many sides"));
    }
}
