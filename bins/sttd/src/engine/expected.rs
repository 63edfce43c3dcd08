//! What a child may say when an answer is waited for: each expected answer in the ways it is said.
//!
//! The list is for comparing how well each fits the sound; it is
//! never given to Whisper as a prompt, which makes its words worse.

use iseetutor_audio::wer;
use iseetutor_wire::message::{AnswerKind, Expectation};

/// Words for the letters that people use to be understood, in the order of the letters.
const SPELLED: [(&str, &str); 4] = [("A", "alpha"), ("B", "bravo"), ("C", "charlie"), ("D", "delta")];

/// Places in a list, in the order of the letters.
const PLACES: [&str; 4] = ["first", "second", "third", "fourth"];

/// Words in an answer at most: more are a sentence of another kind, which is left as it was heard.
const MOST_WORDS: usize = 14;

/// What is said instead of an answer, or while one is looked for.
const NO_ANSWER: [&str; 13] = [
    "I don't know.",
    "Can you repeat that?",
    "A hint, please.",
    "Skip it.",
    "Let's see.",
    "I'm thinking.",
    "Okay.",
    "Yes, please.",
    "No.",
    "Wait.",
    "Hey.",
    "Hmm.",
    "Um.",
];

/// A way to say something that is expected.
#[derive(Debug, Clone, PartialEq)]
pub struct Saying {
    /// As Whisper would write it, with a space in front.
    pub text: String,
    /// Index among the expected answers; `None` for what is said instead of an answer.
    pub answer: Option<usize>,
    /// How much likelier it is than the others, as a natural logarithm.
    pub likelier_ln: f64,
}

impl Saying {
    fn new(text: &str, answer: Option<usize>) -> Self {
        Self { text: format!(" {text}"), answer, likelier_ln: 0.0 }
    }
}

/// Turns of phrase before an answer, as [`wer::words`] gives them.
const LEADS: [&str; 9] =
    ["i think it is", "i think its", "the answer is", "it is", "its", "maybe", "i think", "is it", "um"];

/// How much likelier an expected answer is than the model of all English takes it for, as a natural logarithm.
/// Chosen on 240 utterances of a synthetic voice, a third of them no answers (the example `answers`). Of 300 others 22 were put right
/// with it and none was taken for another answer; none of them that was no answer, and none of 338 scraps of stories, was taken for
/// one. With 8 it would be 26, and one of the scraps.
const EXPECTED_LN: f64 = 7.0;

/// How much likelier still "C as in Charlie" is when what was heard ends with that word: who says "Charlie" to such a
/// question names a choice by it, and "as in" is what gets lost. Of 80 such answers of a synthetic voice 62 were put right with it;
/// none of 48 that deny one or speak of a Charlie was taken for an answer.
const SPELLED_LN: f64 = 4.0;

/// From this probability on, what was expected stands for what was heard.
const SURE: f64 = 0.9;

/// How far behind what was heard a text may fall, as a natural logarithm, until it is no longer followed: it could not matter
/// any more.
pub const REACH_LN: f64 = EXPECTED_LN + SPELLED_LN;

/// The ways to say what is expected that are worth comparing with the words that were heard: none if these say it
/// already, or say something else clearly (a number, a place).
#[must_use]
pub fn sayings(expect: &Expectation, heard: &str) -> Vec<Saying> {
    let words = wer::words(heard);
    let text = words.join(" ");
    let said = |answer: &String| {
        let answer = wer::words(answer).join(" ");
        !answer.is_empty() && format!(" {text} ").contains(&format!(" {answer} "))
    };
    let clear = |word: &String| PLACES.contains(&word.as_str()) || word == "last";
    // Another number than the expected ones may well be what the child thinks.
    let number = heard.contains(|c: char| c.is_ascii_digit());
    let split = LEADS.iter().find_map(|lead| {
        let rest = text.strip_prefix(lead)?.strip_prefix(' ')?;
        Some((lead, rest))
    });
    let (lead, rest) = split.map_or((None, text.as_str()), |(lead, rest)| (Some(lead), rest));
    let letter = SPELLED
        .iter()
        .any(|(letter, name)| rest == *name || rest.eq_ignore_ascii_case(letter) && rest != "a");
    if words.len() > MOST_WORDS
        || number
        || letter
        || words.iter().any(clear)
        || expect.answers.iter().any(said)
    {
        return Vec::new();
    }
    // As it was written, up to the end of the turn of phrase.
    let lead = lead.map(|lead| {
        let count = lead.split(' ').count();
        heard.split_whitespace().take(count).collect::<Vec<_>>().join(" ")
    });
    let last = words.last().map_or("", String::as_str);
    let mut all = Vec::new();
    for (index, answer) in expect.answers.iter().take(Expectation::MOST_ANSWERS).enumerate() {
        let mut add = |text: String| all.push(Saying::new(&text, Some(index)));
        let words = answer.split_whitespace().collect::<Vec<_>>().join(" ");
        let usable = answer.len() <= Expectation::LONGEST_ANSWER && !words.contains('\0');
        if usable && !words.is_empty() {
            add(sentence(&words));
            if let Some(lead) = &lead {
                add(format!("{lead} {}", ended(&words)));
            }
        }
        if expect.kind != AnswerKind::Choice {
            continue;
        }
        if let (Some((letter, name)), Some(place)) = (SPELLED.get(index), PLACES.get(index)) {
            add(format!("{letter}."));
            add(format!("{}.", capital(name)));
            add(format!("The {place} one."));
            if let Some(lead) = &lead {
                add(format!("{lead} {letter}."));
                add(format!("{lead} {}.", capital(name)));
            }
            let spelled = last == *name;
            let likelier_ln = if spelled { SPELLED_LN } else { 0.0 };
            let name = capital(name);
            all.push(Saying { likelier_ln, ..Saying::new(&format!("{letter} as in {name}."), Some(index)) });
            if spelled {
                // What it could be instead.
                all.extend(
                    [format!("It isn't {name}."), format!("Not {name}.")]
                        .map(|text| Saying::new(&text, None)),
                );
            }
        }
    }
    let long = size(heard);
    all.retain(|saying| like_long(size(&saying.text), long));
    if all.iter().all(|saying| saying.answer.is_none()) {
        return Vec::new();
    }
    all.extend(NO_ANSWER.map(|text| Saying::new(text, None)));
    all
}

/// Letters and digits; a letter that stands for itself is said like three.
fn size(text: &str) -> usize {
    wer::words(text)
        .iter()
        .map(|word| word.chars().count())
        .map(|count| if count == 1 { 3 } else { count })
        .sum()
}

/// Whether two texts may be the same sound: neither is more than about twice as long.
fn like_long(a: usize, b: usize) -> bool {
    a <= 2 * b + 4 && b <= 2 * a + 4
}

/// What was said, judged by how well each text fits the sound, in natural logarithms of probabilities: `free` is that of
/// the words that were heard, `scores` those of the sayings. The text with the probability that it is right, if it is
/// sure enough to stand for what was heard.
#[must_use]
pub fn choose<'s>(free: f64, scores: &[f64], sayings: &'s [Saying]) -> Option<(&'s str, f64)> {
    let scores = || scores.iter().zip(sayings).map(|(score, saying)| score + saying.likelier_ln);
    let best = scores().fold(free - EXPECTED_LN, f64::max);
    // Ways to say one answer add up: they do not compete.
    let mut sums: Vec<(Option<usize>, f64, f64, &Saying)> = Vec::new();
    for (score, saying) in scores().zip(sayings) {
        let mass = (score - best).exp();
        match sums.iter_mut().find(|(answer, ..)| *answer == saying.answer) {
            Some((_, sum, most, text)) => {
                *sum += mass;
                if mass > *most {
                    (*most, *text) = (mass, saying);
                }
            }
            None => sums.push((saying.answer, mass, mass, saying)),
        }
    }
    let all: f64 = sums.iter().map(|(_, sum, ..)| sum).sum::<f64>() + (free - EXPECTED_LN - best).exp();
    let (answer, sum, _, saying) = sums.into_iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let probability = sum / all;
    (answer.is_some() && probability >= SURE).then(|| (saying.text.trim(), probability))
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

fn ended(text: &str) -> String {
    let end = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{text}{end}")
}

fn sentence(text: &str) -> String {
    capital(&ended(text))
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
        let all = sayings(&expect(AnswerKind::Choice, &["jeer", "one half"]), "It's cheer.");
        let of = |answer| {
            all.iter().filter(move |saying| saying.answer == answer).map(|saying| saying.text.as_str())
        };
        for text in [" One half.", " B.", " B as in Bravo.", " Bravo.", " The second one.", " It's one half."]
        {
            assert!(of(Some(1)).any(|said| said == text), "{text}");
        }
        assert!(of(Some(0)).any(|said| said == " Jeer."));
        assert!(of(None).any(|said| said == " I don't know."));
        assert!(of(Some(2)).next().is_none());
    }

    #[test]
    fn what_is_clear_is_left_as_it_is() {
        let four = expect(AnswerKind::Choice, &["jeer", "one half", "thin", "brave"]);
        for heard in ["It's brave, I think.", "12", "The third one.", "Bravo.", "B.", "What does thin mean?"]
        {
            assert!(sayings(&four, heard).is_empty(), "{heard}");
        }
        assert!(!sayings(&four, "cheer").is_empty());
        let long = sayings(&four, "My sister is in the very same class as my cousin.");
        assert!(long.is_empty(), "nothing of that length is expected: {long:?}");
    }

    #[test]
    fn other_answers_have_no_letters() {
        let all = sayings(&expect(AnswerKind::Number, &["twelve"]), "twelfth");
        assert_eq!(all.iter().filter(|saying| saying.answer.is_some()).count(), 1);
    }

    #[test]
    fn nothing_expected_gives_nothing_and_odd_answers_are_left_out() {
        assert!(sayings(&Expectation::default(), "x").is_empty());
        let long = "x".repeat(Expectation::LONGEST_ANSWER + 1);
        assert!(sayings(&expect(AnswerKind::Words, &[&long, " ", "a\0b"]), "y").is_empty());
        let many = vec!["x"; Expectation::MOST_ANSWERS + 5];
        let all = sayings(&expect(AnswerKind::Words, &many), "y");
        assert_eq!(all.iter().filter(|saying| saying.answer.is_some()).count(), Expectation::MOST_ANSWERS);
    }

    #[test]
    fn a_spelling_word_is_likely_to_name_a_choice() {
        let four = expect(AnswerKind::Choice, &["jeer", "one half", "thin", "brave"]);
        let likelier = |heard: &str| -> Vec<String> {
            let all = sayings(&four, heard);
            all.into_iter().filter(|saying| saying.likelier_ln > 0.0).map(|saying| saying.text).collect()
        };
        assert_eq!(likelier("Season, Charlie."), [" C as in Charlie."]);
        assert!(likelier("Charlie's season.").is_empty());

        // As near as this, the words that were heard would stay without it.
        let all = sayings(&four, "Season, Charlie.");
        let scores = |best: &str| -> Vec<f64> {
            let score = |saying: &Saying| if saying.text.trim() == best { -11.0 } else { -60.0 };
            all.iter().map(score).collect()
        };
        assert_eq!(choose(-3.0, &scores("C as in Charlie."), &all).unwrap().0, "C as in Charlie.");
        assert_eq!(choose(-3.0, &scores("B as in Bravo."), &all), None);
        for denied in ["It isn't Charlie.", "Not Charlie."] {
            assert!(all.iter().any(|saying| saying.text.trim() == denied && saying.answer.is_none()));
            assert_eq!(choose(-3.0, &scores(denied), &all), None);
        }
    }

    #[test]
    fn only_what_is_sure_and_alone_stands_for_what_was_heard() {
        let all = sayings(&expect(AnswerKind::Words, &["jeer", "sneer"]), "cheer");
        assert_eq!(all.len(), 2 + NO_ANSWER.len());
        let scores = |jeer: f64, sneer: f64| [jeer, sneer, -40.0, -40.0, -40.0, -40.0];
        let (text, sure) = choose(-3.0, &scores(-4.0, -12.0), &all).unwrap();
        assert_eq!(text, "Jeer.");
        assert!(sure > 0.98 && sure < 1.0);
        assert_eq!(choose(-3.0, &scores(-4.0, -5.0), &all), None, "two are near each other");
        assert_eq!(choose(-3.0, &scores(-14.0, -30.0), &all), None, "what was heard fits much better");
        assert_eq!(
            choose(-3.0, &[-9.0, -12.0, -4.0, -40.0, -40.0, -40.0], &all),
            None,
            "no answer was given"
        );
    }
}
