//! What a child may say when an answer is waited for: each expected answer in the ways it is said.
//!
//! The list is for comparing how well each fits the sound; it is
//! never given to Whisper as a prompt, which makes its words worse.

use iseetutor_wire::message::{AnswerKind, Expectation};

/// Words for the letters that people use to be understood, in the order of the letters.
const SPELLED: [(&str, &str); 4] = [("A", "alpha"), ("B", "bravo"), ("C", "charlie"), ("D", "delta")];

/// Places in a list, in the order of the letters.
const PLACES: [&str; 4] = ["first", "second", "third", "fourth"];

/// What is said instead of an answer.
const NO_ANSWER: [&str; 4] = ["I don't know.", "Can you repeat that?", "A hint, please.", "Skip it."];

/// A way to say something that is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saying {
    /// As Whisper would write it, with a space in front.
    pub text: String,
    /// Index among the expected answers; `None` for what is said instead of an answer.
    pub answer: Option<usize>,
}

/// Every way to say what is expected; empty when there is nothing to choose among.
#[must_use]
pub fn sayings(expect: &Expectation) -> Vec<Saying> {
    let answers = expect.answers.iter().take(Expectation::MOST_ANSWERS).enumerate();
    let mut all = Vec::new();
    for (index, answer) in answers {
        let mut add = |text: String| all.push(Saying { text: format!(" {text}"), answer: Some(index) });
        let words = answer.split_whitespace().collect::<Vec<_>>().join(" ");
        let usable = answer.len() <= Expectation::LONGEST_ANSWER && !words.contains('\0');
        if usable && !words.is_empty() {
            add(sentence(&words));
        }
        if expect.kind != AnswerKind::Choice {
            continue;
        }
        if let (Some((letter, name)), Some(place)) = (SPELLED.get(index), PLACES.get(index)) {
            add(format!("{letter}."));
            add(format!("The letter {letter}."));
            add(format!("Option {letter}."));
            add(format!("{letter} as in {}.", capital(name)));
            add(format!("{}.", capital(name)));
            add(format!("The {place} one."));
        }
    }
    if !all.is_empty() {
        all.extend(NO_ANSWER.map(|text| Saying { text: format!(" {text}"), answer: None }));
    }
    all
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

fn sentence(text: &str) -> String {
    let end = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{}{end}", capital(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expect(kind: AnswerKind, answers: &[&str]) -> Expectation {
        let answers = answers.iter().map(|answer| (*answer).to_owned()).collect();
        Expectation { kind, answers, ..Expectation::default() }
    }

    #[test]
    fn choices_are_said_by_letter_place_and_words() {
        let all = sayings(&expect(AnswerKind::Choice, &["three fourths", "one half"]));
        let of = |answer| {
            all.iter().filter(move |saying| saying.answer == answer).map(|saying| saying.text.as_str())
        };
        for text in [
            " One half.",
            " B.",
            " The letter B.",
            " Option B.",
            " B as in Bravo.",
            " Bravo.",
            " The second one.",
        ] {
            assert!(of(Some(1)).any(|said| said == text), "{text}");
        }
        assert!(of(Some(0)).any(|said| said == " Three fourths."));
        assert!(of(None).any(|said| said == " I don't know."));
        assert!(of(Some(2)).next().is_none());
    }

    #[test]
    fn other_answers_have_no_letters() {
        let all = sayings(&expect(AnswerKind::Number, &["twelve"]));
        assert_eq!(all.iter().filter(|saying| saying.answer.is_some()).count(), 1);
    }

    #[test]
    fn nothing_expected_gives_nothing_and_odd_answers_are_left_out() {
        assert!(sayings(&Expectation::default()).is_empty());
        let long = "x".repeat(Expectation::LONGEST_ANSWER + 1);
        assert!(sayings(&expect(AnswerKind::Words, &[&long, " ", "a\0b"])).is_empty());
        let many = vec!["x"; Expectation::MOST_ANSWERS + 5];
        let all = sayings(&expect(AnswerKind::Words, &many));
        assert_eq!(all.iter().filter(|saying| saying.answer.is_some()).count(), Expectation::MOST_ANSWERS);
    }
}
