//! A question prepared for understanding answers to it.

use std::collections::HashSet;

use iseetutor_numbers::{Rational, Style, read, text::tokens};

use super::amounts::{self, Amount};
use super::hear::{self, Word};
use super::times::{self, Time};
use super::wording::{is_negative, stem};
use crate::draft::COMPARISONS;
use crate::exact::Meaning;
use crate::item::Item;

/// A piece of a choice's text, for finding it in what was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unit {
    /// A word.
    Word(String),
    /// A number, however it is said.
    Number(Rational),
    /// Between a factor and a sum in parentheses.
    Factor,
    /// Between the words of a pair.
    Joint,
}

/// A question prepared.
#[derive(Debug)]
pub(crate) struct Ask<'i> {
    pub(crate) item: &'i Item,
    /// The choices' texts, piece by piece; empty for those that are understood by value.
    pub(crate) texts: [Vec<Unit>; 4],
    /// The choices' words.
    pub(crate) words: [Vec<String>; 4],
    /// The choices that are amounts.
    pub(crate) amounts: [Option<Amount>; 4],
    /// The choices as times of day, when all are.
    pub(crate) times: Option<[Time; 4]>,
    /// Whether the choices are the fixed ones of a comparison.
    pub(crate) comparison: bool,
    /// Word stems of the question and its figure.
    pub(crate) stem_words: HashSet<String>,
    /// Of these, the ones of its last sentence, which says what is counted.
    counted: HashSet<String>,
    /// The choice that a single letter is the text of.
    pub(crate) letters: [Option<usize>; 4],
}

impl<'i> Ask<'i> {
    /// Prepares a question.
    pub(crate) fn new(item: &'i Item) -> Self {
        let words = item.choices.each_ref().map(|choice| hear::words(&choice.text));
        let times = times::all(&words);
        let about =
            [Some(item.stem.as_str()), item.figure.as_ref().map(|figure| figure.description.as_str())];
        let stem_words = about.into_iter().flatten().flat_map(stems).collect();
        let last = item.stem.trim_end_matches(['?', '.', ':']).rsplit(['.', '?', '\n']).next();
        let mut counted: HashSet<String> = last.into_iter().flat_map(stems).collect();
        // "A carton has 12 eggs. 5 are used. How many are left?": what the numbers before count.
        if last.is_some_and(counts_nothing) {
            counted.extend(nouns_counted(&item.stem));
        }
        let amounts = std::array::from_fn(|at| amounts::of_choice(&item.choices[at], &words[at]));
        let texts = std::array::from_fn(|at| match item.choices[at].meaning {
            Meaning::Words(_) => text_units(&item.choices[at].text),
            Meaning::Number(..) | Meaning::Tuple(_) => Vec::new(),
        });
        let letter = |at: usize| {
            let letter = ["a", "b", "c", "d"][at];
            words.iter().position(|words| words.len() == 1 && words[0] == letter)
        };
        Self {
            comparison: item.choices[0].text == COMPARISONS[0],
            letters: std::array::from_fn(letter),
            item,
            texts,
            words,
            amounts,
            times,
            stem_words,
            counted,
        }
    }

    /// Whether a word is one of the question's own. The names of columns and variables are not: they are a part of
    /// what is said about them.
    pub(crate) fn asks_about(&self, word: &str) -> bool {
        let part = (self.comparison && matches!(word, "column" | "quantity")) || word.chars().count() == 1;
        !part && self.stem_words.contains(&stem(word))
    }

    /// Whether "he" or "she" is somebody in the question.
    pub(crate) fn tells_of_someone(&self) -> bool {
        ["he", "she", "his", "her"].iter().any(|word| self.stem_words.contains(&stem(word)))
    }

    /// Whether numbers may be tried: there is an unknown in it.
    pub(crate) fn asks_to_try(&self) -> bool {
        let stem = hear::words(&self.item.stem);
        stem.iter().any(|word| matches!(word.as_str(), "x" | "n" | "y" | "k" | "p" | "m"))
    }

    /// Whether a word is one of what the question counts.
    pub(crate) fn counts(&self, word: &str) -> bool {
        self.counted.contains(&stem(word))
    }

    /// Whether some choice is understood by value.
    pub(crate) fn numeric(&self) -> bool {
        self.amounts.iter().any(Option::is_some) || self.tuple().is_some() || self.times.is_some()
    }

    /// How many numbers a choice is made of, for points (2) and ratios (1).
    pub(crate) fn tuple(&self) -> Option<usize> {
        self.item.choices.iter().find_map(|choice| match &choice.meaning {
            Meaning::Tuple(values) => Some(values.len()),
            _ => None,
        })
    }

    /// The step of the worked solution that comes to a value.
    pub(crate) fn step(&self, value: Rational) -> Option<usize> {
        self.item
            .solution
            .iter()
            .position(|step| matches!(&step.value, Some(Meaning::Number(number, _)) if *number == value))
    }

    /// The choices whose text begins at `at`, the longest, and the words it takes.
    pub(crate) fn text_at(&self, heard: &[Word], at: usize) -> Option<(Vec<usize>, usize)> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (choice, units) in self.texts.iter().enumerate() {
            if let Some(end) = (!units.is_empty()).then(|| match_units(units, heard, at)).flatten() {
                found.push((choice, end - at));
            }
        }
        let longest = found.iter().map(|(_, used)| *used).max()?;
        let choices =
            found.into_iter().filter(|(_, used)| *used == longest).map(|(choice, _)| choice).collect();
        Some((choices, longest))
    }
}

/// Whether a question says "how many" and not of what: "How many are left?".
fn counts_nothing(question: &str) -> bool {
    const PLAIN: [&str; 28] = [
        "how",
        "many",
        "are",
        "is",
        "were",
        "has",
        "have",
        "had",
        "does",
        "do",
        "did",
        "he",
        "she",
        "they",
        "it",
        "left",
        "in",
        "all",
        "altogether",
        "there",
        "now",
        "then",
        "over",
        "get",
        "each",
        "be",
        "will",
        "together",
    ];
    let words = hear::words(question);
    words.iter().any(|word| word == "many") && words.iter().all(|word| PLAIN.contains(&word.as_str()))
}

/// Stems of the words that follow the numbers of a question.
fn nouns_counted(text: &str) -> Vec<String> {
    let words = hear::words(text);
    let mut all = Vec::new();
    for at in 0..words.len() {
        if let Some((_, used)) = number_at(&words[at..])
            && let Some(noun) = words.get(at + used).filter(|noun| noun.len() > 3 && noun.ends_with('s'))
        {
            all.push(stem(noun));
        }
    }
    all
}

/// Stems of a text's words, without those that turn a sentence or belong to any.
fn stems(text: &str) -> Vec<String> {
    hear::words(text)
        .iter()
        .filter(|word| {
            !is_negative(word) && !matches!(word.as_str(), "i" | "you" | "or" | "my" | "if" | "no" | "one")
        })
        .map(|word| stem(word))
        .collect()
}

/// A choice's text in pieces.
pub(crate) fn text_units(text: &str) -> Vec<Unit> {
    let mut units = Vec::new();
    for (at, part) in text.split(" ... ").enumerate() {
        if at > 0 {
            units.push(Unit::Joint);
        }
        let words = hear::words(part);
        let mut i = 0;
        while i < words.len() {
            if let Some((value, used)) = number_at(&words[i..]) {
                units.push(Unit::Number(value));
                i += used;
                continue;
            }
            match words[i].as_str() {
                "paren" => units.push(Unit::Factor),
                "a" | "an" | "the" if words.len() > 1 => {}
                word => units.push(Unit::Word(word.to_owned())),
            }
            i += 1;
        }
    }
    units
}

/// A plain number at the beginning of some words.
pub(crate) fn number_at(words: &[String]) -> Option<(Rational, usize)> {
    let few = words.len().min(16);
    let reading = read(&tokens(&words[..few].join(" ")), Style::default())?;
    Some((reading.value, reading.used))
}

/// Where a choice's text that begins at `at` ends.
fn match_units(units: &[Unit], heard: &[Word], start: usize) -> Option<usize> {
    let mut at = start;
    let mut index = 0;
    while index < units.len() {
        let unit = &units[index];
        let word = heard.get(at).map(|word| word.text.as_str());
        let next = heard.get(at + 1).map(|word| word.text.as_str());
        match (unit, word) {
            (Unit::Joint, Some("and" | "then" | "comma" | "plus" | "um" | "uh")) => {
                at += 1;
                continue;
            }
            (Unit::Joint, _) => {}
            (Unit::Factor, Some("times" | "paren")) => {
                at += 1;
                while heard.get(at).is_some_and(|word| word.text == "paren") {
                    at += 1;
                }
            }
            (Unit::Factor, _) | (_, None) => return None,
            (Unit::Number(value), Some(_)) => {
                let rest: Vec<String> = heard[at..].iter().take(16).map(|word| word.text.clone()).collect();
                match number_at(&rest).filter(|(said, _)| said == value) {
                    Some((_, used)) => at += used,
                    None if index > 0 && skippable(word) => {
                        at += 1;
                        continue;
                    }
                    None => return None,
                }
            }
            // "x greater than five" for "x is greater than 5".
            (Unit::Word(is), Some("greater" | "less" | "bigger" | "more" | "smaller" | "larger" | "not"))
                if is == "is" && index > 0 => {}
            (Unit::Word(want), Some(said)) if same_word(want, said, next) => at += 1,
            // "two times x" for "2 x".
            (Unit::Word(_), Some("times"))
                if matches!(units.get(index.wrapping_sub(1)), Some(Unit::Number(_))) =>
            {
                at += 1;
                continue;
            }
            // "greater than five" for "x > 5".
            (Unit::Word(_), Some("greater" | "less" | "bigger" | "smaller" | "more" | "larger"))
                if index == 0 && is_relation(units) =>
            {
                index = 2;
                continue;
            }
            (Unit::Word(_), Some(_)) if index > 0 && skippable(word) => {
                at += 1;
                continue;
            }
            _ => return None,
        }
        index += 1;
    }
    Some(at)
}

/// Whether a choice says "x is greater than ...".
fn is_relation(units: &[Unit]) -> bool {
    let word = |at: usize, one: &str| matches!(units.get(at), Some(Unit::Word(word)) if word == one);
    word(1, "is") && (word(2, "greater") || word(2, "less")) && word(3, "than")
}

fn skippable(word: Option<&str>) -> bool {
    matches!(word, Some("a" | "an" | "the" | "um" | "uh"))
}

fn same_word(want: &str, said: &str, next: Option<&str>) -> bool {
    want == said
        || (next == Some("than")
            && ((want == "greater" && matches!(said, "bigger" | "more" | "larger"))
                || (want == "less" && matches!(said, "smaller" | "fewer"))))
}
