//! From a template's numbers to a question: the builder that every template fills, and what it refuses.

use std::ops::RangeInclusive;

use crate::exact::{Meaning, Value};
use crate::figure::Picture;
use crate::item::{Choice, Figure, Item, Misconception, Reason, Step};
use crate::level::{Level, Section, Strand};
use crate::rng::Rng;
use crate::speech;

/// A family of questions.
#[derive(Debug, Clone, Copy)]
pub struct Template {
    /// Its name, for ever: `add-unlike-fractions`. Lower case letters, digits and dashes.
    pub id: &'static str,
    /// The skill it exercises: `numbers.fractions-add`.
    pub skill: &'static str,
    /// Its strand.
    pub strand: Strand,
    /// The sections that ask such questions.
    pub sections: &'static [Section],
    /// The levels it serves.
    pub levels: &'static [Level],
    /// Makes a variant, or `None` when the numbers drawn do not suit.
    pub make: fn(&mut Gen) -> Option<Draft>,
}

/// How often a template is asked for other numbers before it counts as broken.
const ATTEMPTS: u64 = 400;

impl Template {
    /// The variant of a level and a seed, the same for ever. `None` if the level is not one of its own, or if the
    /// template is broken (which the sweep over all of them rules out).
    #[must_use]
    pub fn item(&self, level: Level, section: Section, seed: u64) -> Option<Item> {
        if !self.levels.contains(&level) || !self.sections.contains(&section) {
            return None;
        }
        (0..ATTEMPTS).find_map(|attempt| {
            let mut make = Gen { rng: Rng::new(self.id, &[level as u64, seed, attempt]), level };
            let draft = (self.make)(&mut make)?;
            draft.finish(self, level, section, seed, &mut make.rng)
        })
    }
}

/// Where a template gets its numbers and words from.
#[derive(Debug)]
pub struct Gen {
    rng: Rng,
    level: Level,
}

impl Gen {
    /// The level asked for.
    #[must_use]
    pub fn level(&self) -> Level {
        self.level
    }

    /// A whole number of a range.
    pub fn int(&mut self, range: RangeInclusive<i64>) -> i64 {
        self.rng.int(range)
    }

    /// A whole number of a range that depends on the level: Primary 4 and below, Lower, Middle, Upper.
    pub fn by_level(&mut self, ranges: [RangeInclusive<i64>; 4]) -> i64 {
        let [primary, lower, middle, upper] = ranges;
        self.rng.int(match self.level {
            Level::Primary2 | Level::Primary3 | Level::Primary4 => primary,
            Level::Lower => lower,
            Level::Middle => middle,
            Level::Upper => upper,
        })
    }

    /// Two different whole numbers of a range.
    pub fn two(&mut self, range: RangeInclusive<i64>) -> (i64, i64) {
        let first = self.rng.int(range.clone());
        loop {
            let second = self.rng.int(range.clone());
            if second != first || range.start() == range.end() {
                return (first, second);
            }
        }
    }

    /// One of some. The slice must not be empty.
    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.rng.below(from.len())].clone()
    }

    /// `count` different ones of some, in mixed order.
    pub fn several<T: Clone>(&mut self, from: &[T], count: usize) -> Vec<T> {
        let mut all = from.to_vec();
        self.rng.shuffle(&mut all);
        all.truncate(count);
        all
    }

    /// True once in `n` times.
    pub fn one_in(&mut self, n: usize) -> bool {
        self.rng.below(n) == 0
    }

    /// Mixes up the order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        self.rng.shuffle(items);
    }

    /// A child of a story.
    pub fn child(&mut self) -> crate::story::Child {
        self.pick(&crate::story::CHILDREN)
    }

    /// Two different children of a story.
    pub fn children(&mut self) -> [crate::story::Child; 2] {
        let mut two = self.several(&crate::story::CHILDREN, 2);
        let second = two.pop().unwrap_or(crate::story::CHILDREN[1]);
        [two.pop().unwrap_or(crate::story::CHILDREN[0]), second]
    }
}

/// The fixed choices of a quantitative comparison.
pub const COMPARISONS: [&str; 4] = [
    "The quantity in Column A is greater.",
    "The quantity in Column B is greater.",
    "The two quantities are equal.",
    "The relationship cannot be determined from the information given.",
];

/// A question in the making.
#[derive(Debug, Clone)]
pub struct Draft {
    stem: String,
    spoken: Option<String>,
    key: Option<Value>,
    wrong: Vec<(Value, Misconception)>,
    fixed: Option<(usize, [Option<Misconception>; 4])>,
    steps: Vec<Step>,
    hints: Vec<String>,
    figure: Option<Picture>,
    broken: bool,
}

impl Draft {
    /// A question with this text.
    #[must_use]
    pub fn new(stem: impl Into<String>) -> Self {
        Self {
            stem: stem.into(),
            spoken: None,
            key: None,
            wrong: Vec::new(),
            fixed: None,
            steps: Vec::new(),
            hints: Vec::new(),
            figure: None,
            broken: false,
        }
    }

    /// A quantitative comparison: what is given (which may be empty), the two quantities, the right choice (0 A is greater,
    /// 1 B is greater, 2 equal, 3 cannot be determined) and, for each other choice, the mistake that leads to it.
    #[must_use]
    pub fn comparison(
        given: &str,
        column_a: &str,
        column_b: &str,
        right: usize,
        mistakes: [Option<Misconception>; 4],
    ) -> Self {
        let given = given.trim();
        let space = if given.is_empty() { "" } else { "\n" };
        let mut draft = Self::new(format!("{given}{space}Column A: {column_a}\nColumn B: {column_b}"));
        draft.broken = right > 3 || (0..4).any(|at| mistakes[at].is_some() == (at == right));
        draft.fixed = Some((right, mistakes));
        draft
    }

    /// The right answer.
    #[must_use]
    pub fn key(mut self, value: Value) -> Self {
        self.key = Some(value);
        self
    }

    /// A wrong answer and the mistake that leads to it. The first three that differ in value from the key and from
    /// each other are used, so a template offers four or five, the most telling first.
    #[must_use]
    pub fn wrong(mut self, value: Value, mistake: Misconception) -> Self {
        self.wrong.push((value, mistake));
        self
    }

    /// A step of the worked solution in words.
    #[must_use]
    pub fn say(mut self, text: impl Into<String>) -> Self {
        self.steps.push(Step { text: text.into(), value: None });
        self
    }

    /// A step of the worked solution and the number it comes to. A number that the calculation failed to find spoils
    /// the draft.
    #[must_use]
    pub fn step(mut self, text: impl Into<String>, value: Value) -> Self {
        self.broken |= value.meaning.is_none();
        self.steps.push(Step { text: text.into(), value: value.meaning });
        self
    }

    /// A hint, from gentle to strong. None may contain the answer.
    #[must_use]
    pub fn hint(mut self, text: impl Into<String>) -> Self {
        self.hints.push(text.into());
        self
    }

    /// The question as it is said, where reading the stem aloud would not do.
    #[must_use]
    pub fn spoken(mut self, text: impl Into<String>) -> Self {
        self.spoken = Some(text.into());
        self
    }

    /// A picture.
    #[must_use]
    pub fn figure(mut self, picture: Picture) -> Self {
        self.figure = Some(picture);
        self
    }

    fn finish(
        self,
        template: &Template,
        level: Level,
        section: Section,
        seed: u64,
        rng: &mut Rng,
    ) -> Option<Item> {
        if self.broken || self.stem.is_empty() || self.steps.is_empty() || self.hints.is_empty() {
            return None;
        }
        let (choices, key) = match self.fixed {
            Some((right, mistakes)) => (comparison_choices(&mistakes), right),
            None => mixed_choices(self.key?, self.wrong, rng)?,
        };
        let figure = self
            .figure
            .map(|picture| Figure { svg: picture.svg(), description: picture.description().to_owned() });
        let spoken = self.spoken.unwrap_or_else(|| speech::stem(&self.stem));
        Some(Item {
            id: format!("{}:{level}:{section}:{seed}", template.id),
            level,
            section,
            strand: Some(template.strand),
            skill: template.skill.to_owned(),
            stem: self.stem,
            choices,
            key,
            hints: self.hints,
            solution: self.steps,
            spoken,
            figure,
            passage: None,
        })
    }
}

fn comparison_choices(mistakes: &[Option<Misconception>; 4]) -> [Choice; 4] {
    std::array::from_fn(|at| Choice {
        text: COMPARISONS[at].to_owned(),
        spoken: COMPARISONS[at].to_owned(),
        meaning: Meaning::Words(COMPARISONS[at].to_lowercase().replace(' ', "")),
        reason: mistakes[at].map(reason),
    })
}

fn reason(mistake: Misconception) -> Reason {
    Reason { id: mistake.id.to_owned(), plain: mistake.plain.to_owned() }
}

/// The key and the first three wrong values that differ from it and from each other, in mixed order.
fn mixed_choices(
    key: Value,
    wrong: Vec<(Value, Misconception)>,
    rng: &mut Rng,
) -> Option<([Choice; 4], usize)> {
    let mut choices = vec![choice(key, None)?];
    for (value, mistake) in wrong {
        if choices.len() == 4 {
            break;
        }
        let Some(next) = choice(value, Some(reason(mistake))) else { continue };
        if choices.iter().all(|one| one.meaning != next.meaning && one.text != next.text) {
            choices.push(next);
        }
    }
    rng.shuffle(&mut choices);
    let key = choices.iter().position(|choice| choice.reason.is_none())?;
    Some((choices.try_into().ok()?, key))
}

fn choice(value: Value, reason: Option<Reason>) -> Option<Choice> {
    let meaning = value.meaning?;
    Some(Choice { spoken: speech::phrase(&value.text), text: value.text, meaning, reason })
}
