//! What an utterance wants, decided by fixed rules and without a model.
//!
//! The order is the policy: matters of safety first, then commands, courtesies, facts of the exam, arithmetic, questions about
//! words, and everything else is a question. Commands and courtesies must be all of the utterance, so that "what does repeat mean" stays a question.

pub mod asked;
mod concerns;
pub mod exam;
mod letters;
mod pattern;
mod tables;
mod wording;

use crate::compute;
use crate::phrases::Phrase;
use iseetutor_numbers::text::words;
use pattern::{contains, is_all};

/// What an utterance wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intent {
    /// To be obeyed.
    Command(Command),
    /// To be answered in fixed words: a courtesy, or a question about the tutor itself.
    Courtesy(Phrase),
    /// A matter for a grown-up whom the child trusts; answered in fixed words and never by a model.
    Concern(Phrase),
    /// Arithmetic, with its exact answer.
    Computed(compute::Answer),
    /// Words that a child did not say or that are not to be acted on; most likely heard wrongly.
    Unclear,
    /// A fact of the exam.
    Exam(exam::ExamQuestion),
    /// A question about a word; what no dictionary has is a question like any other.
    Word(asked::WordQuestion),
    /// Anything else.
    Question,
}

/// A spoken command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Command {
    /// Say the last answer again.
    Repeat,
    /// Speak more slowly.
    Slower,
    /// Speak faster.
    Faster,
    /// Raise the volume.
    Louder,
    /// Lower the volume.
    Quieter,
    /// Be quiet.
    Stop,
    /// Say what can be done.
    Abilities,
    /// Forget the conversation.
    NewConversation,
    /// Lessons and practice, which are not there.
    Practice,
}

impl Command {
    /// The name used in records.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Repeat => "repeat",
            Self::Slower => "slower",
            Self::Faster => "faster",
            Self::Louder => "louder",
            Self::Quieter => "quieter",
            Self::Stop => "stop",
            Self::Abilities => "abilities",
            Self::NewConversation => "new_conversation",
            Self::Practice => "practice",
        }
    }
}

impl Intent {
    /// The name used in records and in the table of the tests.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Command(command) => command.as_str(),
            Self::Courtesy(_) => "courtesy",
            Self::Concern(_) => "concern",
            Self::Computed(_) => "computed",
            Self::Unclear => "unclear",
            Self::Exam(_) => "exam",
            Self::Word(_) => "word",
            Self::Question => "question",
        }
    }
}

/// Decides what `text` wants.
#[must_use]
pub fn route(text: &str) -> Intent {
    let words = words(text);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if words.is_empty() {
        return Intent::Unclear;
    }
    for (patterns, phrase) in concerns::concerns() {
        if patterns.iter().any(|pattern| contains(pattern, &words)) {
            return Intent::Concern(phrase);
        }
    }
    if words.iter().any(|word| crate::answer::is_obscene(word)) {
        return Intent::Unclear;
    }
    if let Some(intent) = fixed(&words) {
        return intent;
    }
    if let Some(question) = exam::read(&words) {
        return Intent::Exam(question);
    }
    if let Some(answer) = compute::answer(text) {
        return Intent::Computed(answer);
    }
    asked::read(&words).map_or(Intent::Question, Intent::Word)
}

/// Longest utterance in words that may be a command or a courtesy.
const LONGEST: usize = 16;

/// The command or courtesy that `words` are. A courtesy may come before: "thank you, goodbye", "hi, who are you".
fn fixed(words: &[&str]) -> Option<Intent> {
    if words.is_empty() || words.len() > LONGEST {
        return None;
    }
    // A filler may be all there is ("okay"), and then it is the utterance.
    for words in [tables::without_fillers(words), words] {
        let command = tables::COMMANDS.iter().find(|(patterns, _)| patterns.iter().any(|p| is_all(p, words)));
        if let Some((_, command)) = command {
            return Some(Intent::Command(*command));
        }
        if let Some(phrase) = courtesy(words) {
            return Some(Intent::Courtesy(phrase));
        }
    }
    (1..words.len()).find_map(|at| {
        let (first, rest) = words.split_at(at);
        courtesy(first).and_then(|_| fixed(rest))
    })
}

fn courtesy(words: &[&str]) -> Option<Phrase> {
    let found = tables::COURTESIES.iter().find(|(patterns, _)| patterns.iter().any(|p| is_all(p, words)));
    found.map(|(_, phrase)| *phrase)
}
