//! A form: the questions of one section of a mock test.

mod draw;

use std::collections::HashSet;

use iseetutor_curriculum::bank::{Bank, Source, Wanted};
use iseetutor_curriculum::blueprint::{Blueprint, SectionPlan};
use iseetutor_curriculum::draft::COMPARISONS;
use iseetutor_curriculum::item::Item;
use iseetutor_curriculum::level::{Level, Section, Strand};
use iseetutor_curriculum::rng::Rng;
use serde::{Deserialize, Serialize};

use draw::Draw;

/// What a part of a form asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// Words and their synonyms.
    Synonym,
    /// Sentences with one word left out, at Lower.
    OneWord,
    /// Sentences whose rest is left out, at Lower.
    Phrase,
    /// Sentences with one blank, at Middle and Upper.
    OneBlank,
    /// Sentences with two blanks, at Upper.
    TwoBlanks,
    /// Questions of mathematics.
    Problem,
    /// Quantitative comparisons.
    Comparison,
    /// A passage with its questions.
    Passage,
}

impl PartKind {
    /// The kind of a name in the blueprint.
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "synonym" => Self::Synonym,
            "one_word" => Self::OneWord,
            "phrase" => Self::Phrase,
            "one_blank" => Self::OneBlank,
            "two_blanks" => Self::TwoBlanks,
            "problem" => Self::Problem,
            "comparison" => Self::Comparison,
            _ => return None,
        })
    }

    /// Its name for people.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Synonym => "Synonyms",
            Self::OneWord | Self::OneBlank => "Sentence completions: one word",
            Self::Phrase => "Sentence completions: a phrase",
            Self::TwoBlanks => "Sentence completions: two blanks",
            Self::Problem => "Questions",
            Self::Comparison => "Quantitative comparisons",
            Self::Passage => "Passage",
        }
    }

    /// What to do, in words that can be printed and said.
    #[must_use]
    pub fn directions(self) -> &'static str {
        match self {
            Self::Synonym => {
                "Each question has a word in capital letters and four choices. Choose the one that is closest in meaning to the word in capital letters."
            }
            Self::OneWord | Self::OneBlank => {
                "Each sentence has a blank where a word was left out. Choose the word that fits the meaning of the whole sentence best."
            }
            Self::Phrase => {
                "Each sentence breaks off before its end. Choose the words that finish it best, so that the whole sentence makes sense."
            }
            Self::TwoBlanks => {
                "Each sentence has two blanks. Choose the pair of words that fits the meaning of the whole sentence best. The first word goes into the first blank, and the second word into the second."
            }
            Self::Problem => {
                "Work out each question and choose the best of the four choices. You may write and draw in the booklet. There is no calculator."
            }
            Self::Comparison => {
                "Each question has two quantities, one in Column A and one in Column B. Use what is given, and compare the two. The four choices are the same every time."
            }
            Self::Passage => {
                "Read the passage, and answer the questions after it by what the passage says or lets you see. You may look back at it as often as you like."
            }
        }
    }

    fn wants(self, source: &Source, comparison: bool) -> bool {
        match self {
            Self::Synonym => source.name == "synonym",
            Self::OneWord | Self::OneBlank => source.skill == "verbal.completions",
            Self::Phrase => source.skill == "verbal.completion_phrase",
            Self::TwoBlanks => source.skill == "verbal.completion_two_blanks",
            Self::Comparison => comparison,
            Self::Problem => !comparison,
            Self::Passage => source.name == "reading",
        }
    }
}

/// Whether a question is a quantitative comparison, by its four fixed choices.
#[must_use]
pub fn is_comparison(item: &Item) -> bool {
    item.choices.iter().zip(COMPARISONS).all(|(choice, fixed)| choice.text == fixed)
}

/// A run of questions of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// What it asks for.
    pub kind: PartKind,
    /// Its first question, counted from 0.
    pub from: usize,
    /// How many it has.
    pub count: usize,
    /// The name of its passage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passage: Option<String>,
}

impl Part {
    /// The places of its questions.
    #[must_use]
    pub fn places(&self) -> std::ops::Range<usize> {
        self.from..self.from.saturating_add(self.count)
    }
}

/// How much longer the form would be if there were questions enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Short {
    /// Questions of the exam's section.
    pub questions: u32,
    /// Its minutes.
    pub minutes: u32,
}

/// The questions of one section of a mock test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Its level.
    pub level: Level,
    /// Its section.
    pub section: Section,
    /// What it was made from.
    pub seed: u64,
    /// Its questions, each to be found again with [`Bank::item`].
    pub items: Vec<String>,
    /// The time for it.
    pub minutes: u32,
    /// Of which this much was added, in percent of the exam's own.
    #[serde(default, skip_serializing_if = "is_none")]
    pub extra_time: u16,
    /// Its parts, in order; together they are the whole form.
    pub parts: Vec<Part>,
    /// There, and with the measures of the exam, if the form is shorter than the exam's section because there are too
    /// few questions. Its minutes are then in proportion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short: Option<Short>,
    /// Strands of mathematics that have fewer questions than they should, because there are too few.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub thin: Vec<Strand>,
    /// Passages that are not kept for mock tests: the learner may have met them in practice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shared: Vec<String>,
}

fn is_none(percent: &u16) -> bool {
    *percent == 0
}

impl Form {
    /// The form of a level, section and seed, the same for ever as long as the content is. `None` where the exam has no
    /// such section with questions.
    #[must_use]
    pub fn build(bank: &Bank, level: Level, section: Section, seed: u64) -> Option<Self> {
        Self::build_fresh(bank, level, section, seed, &HashSet::new())
    }

    /// The same, and what is in `seen` (names as of [`source_of`]) only where there is too little else.
    #[must_use]
    pub fn build_fresh(
        bank: &Bank,
        level: Level,
        section: Section,
        seed: u64,
        seen: &HashSet<String>,
    ) -> Option<Self> {
        let blueprint = Blueprint::embedded()?;
        let plan = blueprint.section(level, section)?;
        let rng = Rng::new("form", &[level as u64, section as u64, seed]);
        let mut form = Self {
            level,
            section,
            seed,
            items: Vec::new(),
            minutes: plan.minutes,
            extra_time: 0,
            parts: Vec::new(),
            short: None,
            thin: Vec::new(),
            shared: Vec::new(),
        };
        let mut draw = Draw::new(bank, level, section, rng, seen);
        if matches!(section, Section::Reading | Section::Auditory) {
            for chosen in draw.passages(plan) {
                if chosen.shared {
                    form.shared.push(chosen.slug.clone());
                }
                form.add(PartKind::Passage, chosen.ids, Some(chosen.slug));
            }
        } else {
            form.fill(&mut draw, bank, blueprint, plan);
        }
        form.settle(plan);
        Some(form)
    }

    fn fill(&mut self, draw: &mut Draw<'_>, bank: &Bank, blueprint: &Blueprint, plan: &SectionPlan) {
        let mathematics = matches!(self.section, Section::Mathematics | Section::Quantitative);
        let shares = blueprint.strands(self.level).filter(|_| mathematics);
        let sources: Vec<(Source, bool)> = bank
            .sources(self.level, self.section, Wanted { mock: true, ..Wanted::default() })
            .into_iter()
            .map(|source| {
                let first = mathematics.then(|| bank.draw(&source, self.level, self.section, 0)).flatten();
                let comparison = first.is_some_and(|item| is_comparison(&item));
                (source, comparison)
            })
            .collect();
        for (kind, count) in draw.counts(plan) {
            let fitting: Vec<Source> = sources
                .iter()
                .filter(|(source, comparison)| kind.wants(source, *comparison))
                .map(|(source, _)| source.clone())
                .collect();
            let (ids, thin) = draw.part(&fitting, count, shares);
            self.thin.extend(thin);
            self.add(kind, ids, None);
        }
        self.thin.sort_unstable();
        self.thin.dedup();
    }

    fn add(&mut self, kind: PartKind, ids: Vec<String>, passage: Option<String>) {
        if !ids.is_empty() {
            self.parts.push(Part { kind, from: self.items.len(), count: ids.len(), passage });
            self.items.extend(ids);
        }
    }

    /// The same with more time, in percent of what it has: 50 is half as much again. Minutes are rounded up.
    #[must_use]
    pub fn with_extra_time(mut self, percent: u16) -> Self {
        self.minutes = longer(self.minutes, percent);
        self.extra_time = percent;
        self
    }

    /// The time, if it is shorter than the exam's section.
    fn settle(&mut self, plan: &SectionPlan) {
        let have = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        if have < plan.questions {
            self.short = Some(Short { questions: plan.questions, minutes: plan.minutes });
            let exact = u64::from(plan.minutes) * u64::from(have);
            let whole = u64::from(plan.questions.max(1));
            let rounded = u32::try_from((exact + whole / 2) / whole).unwrap_or(plan.minutes);
            self.minutes = if have == 0 { 0 } else { rounded.max(1) };
        }
    }

    /// Whether it has no question at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// How many questions it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// The time for it in milliseconds.
    #[must_use]
    pub fn time_ms(&self) -> u64 {
        u64::from(self.minutes) * 60_000
    }

    /// A question by its place, counted from 0.
    #[must_use]
    pub fn item(&self, bank: &Bank, place: usize) -> Option<Item> {
        bank.item(self.items.get(place)?)
    }

    /// The part of a question.
    #[must_use]
    pub fn part_of(&self, place: usize) -> Option<&Part> {
        self.parts.iter().find(|part| part.places().contains(&place))
    }

    /// What it is, in a sentence or two to say before it begins.
    #[must_use]
    pub fn introduction(&self) -> String {
        let title = self.section.title();
        if self.is_empty() {
            return format!("There are no questions for {title} at this level yet.");
        }
        let count = plural(self.len(), "question");
        let time = plural(self.minutes as usize, "minute");
        let mut out = format!("{title}: {count} in {time}.");
        if let Some(short) = self.short {
            out.push_str(&format!(
                " The real section has {} in {}. There are fewer questions here, so the time is shorter too.",
                plural(short.questions as usize, "question"),
                plural(short.minutes as usize, "minute"),
            ));
        }
        if self.extra_time > 0 {
            out.push_str(" Your extra time is included.");
        }
        out
    }
}

/// What a question's id comes from: a template, a word, a sentence, or a question of a passage; the same for all its
/// variants. For [`Form::build_fresh`].
#[must_use]
pub fn source_of(id: &str) -> &str {
    let last = id.rsplit(':').next().unwrap_or_default();
    match last.rfind('.') {
        Some(dot) => id.get(..id.len() - last.len() + dot).unwrap_or(id),
        None => id.split(':').next().unwrap_or(id),
    }
}

/// Minutes with so many percent added, rounded up.
pub(crate) fn longer(minutes: u32, percent: u16) -> u32 {
    let longer = u64::from(minutes) * (100 + u64::from(percent));
    u32::try_from(longer.div_ceil(100)).unwrap_or(minutes)
}

pub(crate) fn plural(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

#[cfg(test)]
mod tests {
    use super::source_of;

    #[test]
    fn sources_are_found_in_ids() {
        assert_eq!(source_of("add-unlike-fractions:lower:mathematics:17"), "add-unlike-fractions");
        assert_eq!(source_of("synonym:upper:verbal:austere.4"), "synonym:upper:verbal:austere");
        assert_eq!(source_of("reading:lower:reading:low-tide.3.0"), "reading:lower:reading:low-tide.3");
        for odd in ["", ":", ".", "a.:", "é.é:é.é"] {
            let _ = source_of(odd);
        }
    }
}
