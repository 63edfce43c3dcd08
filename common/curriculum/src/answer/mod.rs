//! Understanding what a child says to a question: a choice, however it is said, a wish, or neither.
//!
//! What is not surely an answer is never graded: it is unclear, and asked back.

mod clean;
mod commands;
mod content;
mod mentions;

use iseetutor_numbers::text;

pub use commands::Command;

use crate::exact::Meaning;
use crate::item::Item;

/// What becomes of what was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The right choice.
    Right,
    /// A wrong choice.
    Wrong,
    /// Perhaps an answer, but which: to be asked back, never graded.
    Unclear,
    /// No answer.
    NotAnAnswer,
    /// A wish.
    Command,
}

impl Verdict {
    /// Its name on the command line and in the record.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Wrong => "wrong",
            Self::Unclear => "unclear",
            Self::NotAnAnswer => "not_an_answer",
            Self::Command => "command",
        }
    }
}

/// What was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Understood {
    /// What becomes of it.
    pub verdict: Verdict,
    /// The choice, 0 to 3: graded if the verdict is right or wrong, to be asked back if it is unclear.
    pub choice: Option<usize>,
    /// How surely, 0 to 1.
    pub confidence: f64,
    /// Choices that are near each other in what was said.
    pub near: Vec<usize>,
    /// The wish, if it was one.
    pub command: Option<Command>,
    /// The step of the worked solution that a bare number is, counted from 0: checked back, not graded.
    pub step: Option<usize>,
}

/// A choice is graded from this confidence on.
pub const SURE: f64 = 0.7;

impl Understood {
    fn new(verdict: Verdict) -> Self {
        Self { verdict, choice: None, confidence: 0.0, near: Vec::new(), command: None, step: None }
    }

    fn chosen(item: &Item, choice: usize, confidence: f64) -> Self {
        let verdict = match confidence >= SURE {
            true if choice == item.key => Verdict::Right,
            true => Verdict::Wrong,
            false => Verdict::Unclear,
        };
        Self { choice: Some(choice), confidence, ..Self::new(verdict) }
    }

    fn between(near: Vec<usize>) -> Self {
        Self { near, confidence: 0.3, ..Self::new(Verdict::Unclear) }
    }
}

/// Understands what was said to a question.
#[must_use]
pub fn understand(item: &Item, said: &str) -> Understood {
    let words = text::words(said);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if words.is_empty() {
        return Understood::new(Verdict::NotAnAnswer);
    }
    // A choice word by word comes before everything: a phrase may contain "no", "last" or "I don't know".
    if let Some(choice) = word_by_word(item, &words) {
        return Understood::chosen(item, choice, 1.0);
    }
    let wish = |command: Command| Understood {
        command: Some(command),
        confidence: 0.95,
        ..Understood::new(Verdict::Command)
    };
    if let Some(command) = commands::command(&words) {
        return wish(command);
    }
    // A question back is no answer, whatever numbers are in it.
    const ASKING: [&str; 14] = [
        "what", "what's", "whats", "who", "who's", "why", "how", "how's", "when", "where", "which", "whose",
        "tell", "explain",
    ];
    if words.iter().find(|word| !clean::is_hesitation(word)).is_some_and(|first| ASKING.contains(first)) {
        return Understood::new(Verdict::NotAnAnswer);
    }
    let core = clean::core(&words);
    if core.is_empty() {
        return Understood::new(Verdict::NotAnAnswer);
    }
    if let Some(choice) = word_by_word(item, &core) {
        return Understood::chosen(item, choice, 0.99);
    }
    if core.contains(&"not")
        || core.contains(&"isn't")
        || core.contains(&"either")
        || core.contains(&"neither")
        || core.contains(&"between")
    {
        let (named, _) = mentions::find(&core);
        return Understood::between(named.iter().map(|mention| mention.choice).collect());
    }
    if let Some(command) = commands::command(&core) {
        return wish(command);
    }
    answer(item, said, &core)
}

/// The choice whose words these are, from the first to the last, small words aside.
fn word_by_word(item: &Item, words: &[&str]) -> Option<usize> {
    let plain = |text: &str| -> Vec<String> {
        text::words(&crate::speech::phrase(text))
            .into_iter()
            .filter(|word| !matches!(word.as_str(), "the" | "a" | "an"))
            .collect()
    };
    let said: Vec<&str> = words.iter().copied().filter(|word| !matches!(*word, "the" | "a" | "an")).collect();
    if said.is_empty() {
        return None;
    }
    let same: Vec<usize> = (0..4)
        .filter(|at| {
            let choice = &item.choices[*at];
            let (text, spoken) = (plain(&choice.text), text::words(&choice.text));
            text == said || spoken == words
        })
        .collect();
    // A number is read as a number, because "two" may also be a place.
    let a_number = matches!(item.choices[*same.first()?].meaning, Meaning::Number(..));
    if let [one] = same[..] { (!a_number).then_some(one) } else { None }
}

fn answer(item: &Item, said: &str, core: &[&str]) -> Understood {
    let (named, rest) = mentions::find(core);
    let rest_is_small = rest.iter().all(|word| {
        matches!(*word, "the" | "it" | "is" | "one" | "choice" | "answer" | "letter" | "option" | "a")
    });
    let by_content = content(item, said, if named.is_empty() { core } else { &rest });
    let mut choices: Vec<usize> = named.iter().map(|mention| mention.choice).collect();
    choices.sort_unstable();
    choices.dedup();
    match (choices[..].len(), by_content) {
        // Said by name and by content: sure when they agree, and asked back when they do not.
        (1, Content::One(choice, _)) if choice == choices[0] => Understood::chosen(item, choice, 0.99),
        (1, Content::One(choice, _)) => Understood::between(vec![choices[0], choice]),
        (1, Content::Number { .. } | Content::None | Content::Near(_)) if !rest_is_small => {
            let sure = named.iter().map(|mention| mention.confidence).fold(0.0, f64::max);
            // A letter within other words that mean nothing here.
            let confidence = if sure > 0.9 && rest.len() <= 4 { 0.75 } else { 0.4 };
            Understood { near: choices.clone(), ..Understood::chosen(item, choices[0], confidence) }
        }
        (1, _) => {
            let confidence = named.iter().map(|mention| mention.confidence).fold(0.0, f64::max);
            Understood::chosen(item, choices[0], confidence)
        }
        (0, Content::One(choice, confidence)) => Understood::chosen(item, choice, confidence),
        (0, Content::Near(near)) => Understood::between(near),
        (0, Content::Number { step }) => {
            Understood { step, confidence: 0.3, ..Understood::new(Verdict::Unclear) }
        }
        (0, Content::None) => Understood::new(Verdict::NotAnAnswer),
        _ => Understood::between(choices),
    }
}

/// What words say by their content.
#[derive(Debug, Clone, PartialEq)]
enum Content {
    One(usize, f64),
    Near(Vec<usize>),
    /// A number that is none of the choices.
    Number {
        step: Option<usize>,
    },
    None,
}

fn content(item: &Item, said: &str, core: &[&str]) -> Content {
    if core.is_empty() {
        return Content::None;
    }
    let joined = core.join(" ");
    // Signs (a minus, a dollar, a percent) are no words: the utterance itself is tried too.
    let found = content::value(&joined).map(|value| with_sign(value, said));
    if let Some(value) = found {
        let worth = content::worth(&item.choices, &value);
        return match worth[..] {
            [one] => Content::One(one, 0.97),
            [] if place_of_number(item, core).is_some() => {
                Content::One(place_of_number(item, core).unwrap_or(0), 0.9)
            }
            [] => Content::Number { step: step(item, &value) },
            _ => Content::Near(worth),
        };
    }
    let scores = content::alike(&item.choices, core);
    let mut order: Vec<usize> = (0..4).collect();
    order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]));
    let (best, second) = (scores[order[0]], scores[order[1]]);
    if best < 0.35 {
        return spelled_nearly(item, core);
    }
    if best - second < 0.2 {
        return Content::Near(order.into_iter().filter(|at| best - scores[*at] < 0.2).collect());
    }
    Content::One(order[0], (0.45 + best * 0.55).min(0.98))
}

/// A single word that is nearly a choice: one letter other, as a recogniser or a small typist may have it.
fn spelled_nearly(item: &Item, core: &[&str]) -> Content {
    let word: String =
        core.iter().copied().filter(|word| !matches!(*word, "the" | "a" | "an" | "to" | "be")).collect();
    if word.len() < 5 {
        return Content::None;
    }
    let near: Vec<usize> = (0..4)
        .filter(|at| {
            let text = item.choices[*at].text.to_lowercase().replace([' ', '-'], "");
            text.len() >= 5 && distance(&text, &word) <= 1 + usize::from(text.len() >= 9)
        })
        .collect();
    match near[..] {
        [] => Content::None,
        [one] => Content::One(one, 0.72),
        _ => Content::Near(near),
    }
}

/// The number of letters to change, add or leave out (Levenshtein, 1966).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut left = i + 1;
        let mut diagonal = std::mem::replace(&mut row[0], left);
        for (j, y) in b.iter().enumerate() {
            let here = (diagonal + usize::from(x != *y)).min(row[j + 1] + 1).min(left + 1);
            diagonal = std::mem::replace(&mut row[j + 1], here);
            left = here;
        }
    }
    row.last().copied().unwrap_or(0)
}

/// The sign that the words lost: "-5", "$4", "25%".
fn with_sign(
    (value, unit): (iseetutor_numbers::Rational, String),
    said: &str,
) -> (iseetutor_numbers::Rational, String) {
    let minus = said.char_indices().any(|(at, c)| {
        matches!(c, '-' | '\u{2212}')
            && said[at + c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit() || c == '$')
            && !said[..at].ends_with(|c: char| c.is_alphanumeric())
    });
    let value = if minus && !value.is_negative() { value.checked_neg().unwrap_or(value) } else { value };
    let unit = match unit.as_str() {
        "" if said.contains('$') => "$".to_owned(),
        "" if said.contains('%') => "%".to_owned(),
        _ => unit,
    };
    (value, unit)
}

/// "two" where no choice is a number: the second choice.
fn place_of_number(item: &Item, core: &[&str]) -> Option<usize> {
    let words = item.choices.iter().all(|choice| matches!(&choice.meaning, Meaning::Words(text) if !text.contains(|c: char| c.is_ascii_digit())));
    match core {
        ["1" | "one"] if words => Some(0),
        ["2" | "two"] if words => Some(1),
        ["3" | "three"] if words => Some(2),
        ["4" | "four"] if words => Some(3),
        _ => None,
    }
}

/// The step of the solution that comes to a value.
fn step(item: &Item, (value, _): &(iseetutor_numbers::Rational, String)) -> Option<usize> {
    item.solution
        .iter()
        .position(|step| matches!(&step.value, Some(Meaning::Number(number, _)) if number == value))
}
