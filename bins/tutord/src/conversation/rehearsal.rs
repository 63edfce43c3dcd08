//! An utterance tried out before it is known to be over: what it would lead to, and how sure it is that it is over.

use std::sync::Arc;

use iseetutor_curriculum::answer::{Verdict, understand};
use iseetutor_curriculum::item::Item;
use iseetutor_wire::message::{AnswerKind, Expectation};

use super::{Conversation, Plan, Planned};
use crate::router::{Intent, route};
use crate::school::School;

/// How sure it is, by its words, that an utterance is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// A complete answer.
    Complete,
    /// Something whole that might go on: "twelve times seven" … "plus one".
    Whole,
    /// The words tell nothing.
    Open,
    /// It cannot have been all: "um, it's the".
    BreaksOff,
}

impl Closing {
    /// Milliseconds of silence after which it is over; nothing leaves it to audiod's configuration.
    #[must_use]
    pub fn silence_ms(self) -> Option<u32> {
        match self {
            Self::Complete => Some(200),
            Self::Whole => Some(350),
            Self::Open => None,
            Self::BreaksOff => Some(2_800),
        }
    }

    /// Whether more has to come.
    #[must_use]
    pub fn breaks_off(self) -> bool {
        self == Self::BreaksOff
    }
}

/// What an utterance would lead to, and the conversation as it would be then.
#[derive(Debug)]
pub struct Rehearsal {
    /// The conversation after it.
    pub conversation: Conversation,
    /// What is to be done.
    pub planned: Planned,
}

impl Conversation {
    /// Tries an utterance out on a copy: neither this conversation nor any child's record knows of it.
    ///
    /// Nothing for a command, whose effects are not of the conversation alone.
    #[must_use]
    pub fn rehearse(&self, text: &str) -> Option<Rehearsal> {
        let mut conversation = self.clone();
        conversation.seat(&self.school.rehearsal());
        let planned = conversation.plan(text);
        (planned.command.is_none() && !matches!(planned.plan, Plan::Volume(_)))
            .then_some(Rehearsal { conversation, planned })
    }

    /// The utterance was over: what was tried out has happened.
    pub fn adopt(&mut self, rehearsal: Rehearsal) -> Planned {
        let Rehearsal { conversation, planned } = rehearsal;
        let school = Arc::clone(&self.school);
        *self = conversation;
        self.seat(&school);
        school.adopt(&planned.keep);
        planned
    }

    fn seat(&mut self, school: &Arc<School>) {
        self.school = Arc::clone(school);
        if let Some(practice) = &mut self.practice {
            practice.move_to(school);
        }
        if let Some(mock) = &mut self.mock {
            mock.move_to(school);
        }
    }

    /// Judges by an utterance's words whether it is over.
    #[must_use]
    pub fn closing(&self, text: &str) -> Closing {
        if let Some(item) = self.practice.as_ref().and_then(|practice| practice.item()) {
            let understood = understand(item, text);
            return match (understood.verdict, understood.choice) {
                (Verdict::Right | Verdict::Wrong, Some(_)) if hangs(text, true) => Closing::BreaksOff,
                (Verdict::Right | Verdict::Wrong, Some(choice)) if may_go_on(item, choice) => Closing::Open,
                (Verdict::Right | Verdict::Wrong, _) | (Verdict::Command, _) => Closing::Complete,
                _ if hangs(text, false) => Closing::BreaksOff,
                _ => Closing::Open,
            };
        }
        if hangs(text, false) {
            return Closing::BreaksOff;
        }
        match route(text) {
            Intent::Command(_) | Intent::Courtesy(_) | Intent::Concern(_) => Closing::Complete,
            Intent::Computed(_) | Intent::Exam(_) | Intent::Word(_) => Closing::Whole,
            Intent::Question | Intent::Unclear => Closing::Open,
        }
    }

    /// What answer is waited for.
    #[must_use]
    pub fn expectation(&self) -> Expectation {
        let Some(practice) = &self.practice else {
            let names = self.who.as_ref().map(|_| self.school.learners());
            return match names {
                Some(learners) => expecting(AnswerKind::Words, learners.into_iter().map(|one| one.name)),
                None => Expectation::default(),
            };
        };
        if practice.asks_back() {
            return expecting(AnswerKind::YesNo, []);
        }
        match practice.open_item() {
            Some(item) => expecting(AnswerKind::Choice, item.spoken_choices()),
            None => Expectation::default(),
        }
    }
}

fn expecting(kind: AnswerKind, answers: impl IntoIterator<Item = String>) -> Expectation {
    let fits = |answer: &String| !answer.is_empty() && answer.len() <= Expectation::LONGEST_ANSWER;
    let all: Vec<String> = answers.into_iter().take(Expectation::MOST_ANSWERS).collect();
    // Choices are known by their place: all of them or none.
    let answers = if all.iter().all(fits) { all } else { Vec::new() };
    Expectation { kind, answers, ..Expectation::default() }
}

/// Whether another choice begins as this one does: "twenty" … "five".
fn may_go_on(item: &Item, choice: usize) -> bool {
    let Some(chosen) = item.choices.get(choice).map(|choice| plain(&choice.spoken)) else { return true };
    item.choices.iter().enumerate().filter(|(at, _)| *at != choice).any(|(_, other)| {
        plain(&other.spoken).strip_prefix(&chosen).is_some_and(|rest| rest.starts_with(' '))
    })
}

fn plain(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// Words after which something more has to come.
const HANGING: &[&str] = &[
    "about", "actually", "and", "at", "because", "between", "but", "by", "cause", "divided", "er", "erm",
    "from", "hm", "hmm", "if", "into", "is", "it's", "its", "like", "maybe", "mm", "my", "of", "or", "over",
    "plus", "than", "that's", "the", "then", "think", "times", "to", "uh", "uhm", "um", "wait", "well",
    "with", "you",
];

/// Hanging words that are also a choice's letter, or short for it.
const LETTERS: &[&str] = &["a", "an", "i"];

/// Whether an utterance breaks off. `answered` is whether it holds an answer: then a last "a" is its letter.
fn hangs(text: &str, answered: bool) -> bool {
    let end = text.trim_end();
    if end.ends_with("...") || end.ends_with(['…', ',', '-', '–', '—']) {
        return true;
    }
    let plain = plain(text);
    let Some(last) = plain.split(' ').next_back() else { return false };
    HANGING.contains(&last) || !answered && LETTERS.contains(&last)
}

#[cfg(test)]
mod tests {
    use super::{hangs, may_go_on};
    use iseetutor_curriculum::bank::{Bank, Wanted};
    use iseetutor_curriculum::level::{Level, Section};

    #[test]
    fn what_breaks_off_hangs() {
        for text in
            ["Um, it's the", "because", "I think...", "It is a", "Well,", "twelve times", "The answer is"]
        {
            assert!(hangs(text, false), "{text}");
        }
        for text in ["B.", "Three fourths.", "What is the biggest planet?", "I don't know.", "abundant"] {
            assert!(!hangs(text, false), "{text}");
        }
        assert!(!hangs("A.", true) && !hangs("I think it is A.", true));
        assert!(hangs("B, um", true));
    }

    #[test]
    fn a_number_that_begins_another_is_given_time() {
        let bank = Bank::embedded().unwrap_or_else(|error| unreachable!("{error}"));
        let (level, section) = (Level::Middle, Section::Mathematics);
        let sources = bank.sources(level, section, Wanted::default());
        let drawn = sources.first().and_then(|source| bank.draw(source, level, section, 1));
        let mut item = drawn.unwrap_or_else(|| unreachable!("there is mathematics"));
        for (choice, spoken) in item.choices.iter_mut().zip(["twenty", "twenty-five", "twelve", "two"]) {
            choice.spoken = spoken.to_owned();
        }
        assert!(may_go_on(&item, 0));
        assert!((1..4).all(|choice| !may_go_on(&item, choice)));
    }
}
