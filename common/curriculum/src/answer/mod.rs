//! Understanding what a child says to a question: a choice, however it is said, a wish, or neither.
//!
//! What is not surely an answer is never graded: it is unclear, and asked back. So every word that was said has to be
//! accounted for: it names a choice, it is a turn of phrase around one, or it is a word of the question. One word that
//! is none of these and nothing is graded.

pub(crate) mod amounts;
pub(crate) mod ask;
mod commands;
mod comparison;
mod content;
mod decide;
pub(crate) mod hear;
mod mentions;
mod parts;
mod phrases;
pub(crate) mod times;
mod turns;
mod wishes;
pub(crate) mod wording;

pub use commands::Command;

use crate::item::Item;
use ask::Ask;

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

    /// Between some choices, or about one that is not sure.
    fn between(near: Vec<usize>) -> Self {
        let choice = if let [one] = near[..] { Some(one) } else { None };
        Self { choice, near, confidence: 0.3, ..Self::new(Verdict::Unclear) }
    }

    fn wish(command: Command) -> Self {
        Self { command: Some(command), confidence: 0.95, ..Self::new(Verdict::Command) }
    }
}

/// Understands what was said to a question.
#[must_use]
pub fn understand(item: &Item, said: &str) -> Understood {
    let heard = without_age(hear::hear(said));
    if heard.is_empty() {
        return Understood::new(Verdict::NotAnAnswer);
    }
    let ask = Ask::new(item);
    let command = commands::command(&ask, &heard);
    // A phrase may contain "no", "last" or "I don't know": word by word it is the choice, unless it is a wish too.
    if let Some((choices, used)) = ask.text_at(&heard, 0)
        && used == heard.len()
        && let [one] = choices[..]
        && !matches!(heard[0].text.as_str(), "a" | "b" | "c" | "d" if used == 1)
    {
        return match command {
            None | Some(Command::CrossOut(_)) => Understood::chosen(item, one, 1.0),
            Some(_) => Understood::between(vec![one]),
        };
    }
    let found = decide::decide(&ask, &heard, &parts::parts(&ask, &heard));
    if matches!(found.verdict, Verdict::Unclear | Verdict::NotAnAnswer)
        && command.is_none()
        && let Some(choice) = mentions::misheard_spelling(&heard)
    {
        return Understood::chosen(item, choice, 0.75);
    }
    match command {
        // "It cannot be determined" rules nothing out.
        Some(Command::CrossOut(_))
            if ask.comparison && matches!(found.verdict, Verdict::Right | Verdict::Wrong) =>
        {
            found
        }
        // "One minute" may be an answer.
        Some(_) if matches!(found.verdict, Verdict::Right | Verdict::Wrong) => {
            Understood { verdict: Verdict::Unclear, confidence: 0.5, ..found }
        }
        Some(command) => Understood::wish(command),
        None => found,
    }
}

/// What "um, 23" is written down as: "I'm 23." Nobody who is taught here is [`GROWN`].
fn without_age(heard: Vec<hear::Word>) -> Vec<hear::Word> {
    /// In years.
    const GROWN: i128 = 20;
    let [i, am, number @ ..] = &heard[..] else { return heard };
    let words: Vec<String> = number.iter().map(|word| word.text.clone()).collect();
    let grown =
        |(value, _): (iseetutor_numbers::Rational, usize)| value >= iseetutor_numbers::Rational::whole(GROWN);
    let no_age = !words.iter().any(|word| matches!(word.as_str(), "old" | "year" | "years"));
    if i.text == "i" && am.text == "am" && no_age && ask::number_at(&words).is_some_and(grown) {
        return heard[2..].to_vec();
    }
    heard
}
