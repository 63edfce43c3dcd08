//! One question: how it is read, hinted at and explained.

use iseetutor_curriculum::bank::Bank;
use iseetutor_curriculum::item::{Item, letter};
use iseetutor_curriculum::level::Section;
use iseetutor_curriculum::speech;

use super::course::Manner;
use super::lines;
use crate::school::Asked;

/// A question that is open.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) asked: Asked,
    pub(super) manner: Manner,
    /// Answers given to it.
    pub(super) tries: u32,
    /// Whether a hint was given.
    pub(super) helped: bool,
    pub(super) hints_given: usize,
    pub(super) repeats: u32,
    /// Choices that are crossed out.
    pub(super) crossed: [bool; 4],
    /// Whether the child said that the answer to come is a guess.
    pub(super) guessed: bool,
    /// Whether there was a gentle word about its silence.
    pub(super) nudged: bool,
    /// A choice that was asked back: "did you mean …?"
    pub(super) asked_back: Option<usize>,
}

impl Question {
    pub(super) fn new(asked: Asked, manner: Manner) -> Self {
        Self {
            asked,
            manner,
            tries: 0,
            helped: false,
            hints_given: 0,
            repeats: 0,
            crossed: [false; 4],
            guessed: false,
            nudged: false,
            asked_back: None,
        }
    }

    /// The passage by paragraphs, when it is not that of the question before.
    pub(super) fn passage(&self, bank: Bank, before: Option<&Item>) -> Vec<Vec<String>> {
        let Some(slug) = &self.asked.item.passage else { return Vec::new() };
        if before.is_some_and(|before| before.passage.as_ref() == Some(slug)) {
            return Vec::new();
        }
        let Some(passage) = bank.library().passage(self.asked.item.level, slug) else { return Vec::new() };
        let mut all: Vec<Vec<String>> = Vec::with_capacity(passage.paragraphs.len());
        for paragraph in &passage.paragraphs {
            let title = all.is_empty().then(|| format!("Here is a passage. It is called {}.", passage.title));
            all.push(title.into_iter().chain(lines::sentences(&paragraph.replace('\n', ", "))).collect());
        }
        all
    }

    /// The question and its choices.
    pub(super) fn read(&self) -> Vec<String> {
        let mut said = lines::sentences(&self.asked.item.spoken);
        if let Some(figure) = &self.asked.item.figure {
            said.push("There is a figure.".to_owned());
            said.extend(lines::sentences(&speech::stem(&figure.description)));
        }
        said.extend(self.choices());
        said
    }

    /// The choices that are left.
    pub(super) fn choices(&self) -> Vec<String> {
        let left = (0..4).filter(|at| !self.crossed[*at]);
        left.map(|at| format!("{}: {}.", letter(at), self.spoken(at))).collect()
    }

    fn spoken(&self, choice: usize) -> &str {
        self.asked.item.choices.get(choice).map_or("", |choice| choice.spoken.trim_end_matches('.'))
    }

    pub(super) fn did_you_mean(&self, choice: usize) -> String {
        format!("Did you mean {}, {}?", letter(choice), self.spoken(choice))
    }

    pub(super) fn which_of(&self, first: usize, second: usize) -> String {
        format!(
            "Which one do you mean: {}, {}, or {}, {}?",
            letter(first),
            self.spoken(first),
            letter(second),
            self.spoken(second)
        )
    }

    /// The next hint; none when all were given.
    pub(super) fn next_hint(&mut self) -> Vec<String> {
        let hint =
            self.asked.item.hints.get(self.hints_given).map(|hint| lines::sentences(&speech::stem(hint)));
        self.hints_given += usize::from(hint.is_some());
        hint.unwrap_or_default()
    }

    /// What leads to a wrong choice, without telling the right one.
    pub(super) fn why_not(&self, choice: usize) -> Vec<String> {
        let Some(reason) = self.asked.item.choices.get(choice).and_then(|choice| choice.reason.as_ref())
        else {
            return Vec::new();
        };
        match self.asked.item.section {
            Section::Mathematics | Section::Quantitative => {
                vec![format!("You get that when somebody {}.", speech::phrase(&reason.plain))]
            }
            _ => lines::sentences(&speech::stem(&reason.plain)),
        }
    }

    /// The right choice.
    pub(super) fn it_was(&self) -> String {
        format!("The answer is {}, {}.", letter(self.asked.item.key), self.spoken(self.asked.item.key))
    }

    /// The worked solution.
    pub(super) fn solution(&self) -> Vec<String> {
        self.asked.item.solution.iter().flat_map(|step| lines::sentences(&speech::stem(&step.text))).collect()
    }

    /// After a right answer that took help, the proof in one sentence; after one without, nothing.
    pub(super) fn why_in_short(&self) -> Vec<String> {
        if self.tries < 2 { Vec::new() } else { self.solution().into_iter().take(2).collect() }
    }

    /// Whether a second try would leave nothing to think about.
    pub(super) fn crossed_all_but_one(&self, choice: usize) -> bool {
        (0..4).filter(|at| !self.crossed[*at] && *at != choice).count() < 2
    }

    pub(super) fn crossed_out(&self, choice: usize) -> String {
        let left: Vec<String> =
            (0..4).filter(|at| !self.crossed[*at]).map(|at| letter(at).to_string()).collect();
        match left[..] {
            [] => format!(
                "{} is crossed out. Now all are; say just the choices to hear them again.",
                letter(choice)
            ),
            _ => format!("Okay, {} is crossed out. Left: {}.", letter(choice), left.join(", ")),
        }
    }

    /// The word a question of words asks about, or its last word.
    pub(super) fn main_word(&self) -> String {
        let first = self.asked.item.stem.split_whitespace().next().unwrap_or_default();
        first.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase()
    }

    /// Whether a word's meaning would tell the answer: the word of a question about words, or a choice of it.
    pub(super) fn is_asked_about(&self, word: &str) -> bool {
        self.asked.choice.source.starts_with("synonym:") && self.main_word() == word
    }
}
