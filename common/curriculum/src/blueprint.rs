//! The exam's blueprint: what is known of it, and how surely.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::level::{Level, Section, Strand};

/// How surely a figure is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Sure {
    /// Two or more independent sources agree.
    #[serde(rename = "two sources")]
    TwoSources,
    /// One source says so.
    #[serde(rename = "one source")]
    OneSource,
    /// It follows from what is known, and no source says so.
    #[serde(rename = "inferred")]
    Inferred,
}

/// A part of a section by kind of question; how many vary from form to form.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// `synonym`, `one_word`, `phrase`, `one_blank`, `two_blanks`, `comparison` or `problem`.
    pub kind: String,
    /// At least.
    pub from: u32,
    /// At most.
    pub to: u32,
}

/// A section of a level.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionPlan {
    /// The level.
    pub level: Level,
    /// The section.
    pub section: Section,
    /// Questions.
    pub questions: u32,
    /// Minutes.
    pub minutes: u32,
    /// How surely questions and minutes are known.
    pub sure: Sure,
    /// Questions that do not count.
    pub trial: Option<u32>,
    /// How surely those are known.
    pub trial_sure: Option<Sure>,
    /// Passages.
    pub passages: Option<u32>,
    /// Questions a passage.
    pub questions_each: Option<u32>,
    /// Its parts.
    #[serde(default)]
    pub parts: Vec<Part>,
    /// How surely the parts are known.
    pub parts_sure: Option<Sure>,
}

/// The essay of a level.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EssayPlan {
    /// The level.
    pub level: Level,
    /// `picture` or `prompt`.
    pub kind: String,
    /// Minutes, if it is timed.
    pub minutes: Option<u32>,
    /// Never.
    pub scored: bool,
    /// Whether schools receive it.
    #[serde(default)]
    pub sent_to_schools: bool,
    /// How surely this is known.
    pub sure: Sure,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnChoice {
    strands: BTreeMap<String, BTreeMap<Strand, u32>>,
}

/// The whole.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Blueprint {
    /// Choices a question.
    pub choices: u32,
    /// Whether a calculator may be used.
    pub calculator: bool,
    /// Whether a wrong answer takes something away.
    pub penalty: bool,
    own_choice: OwnChoice,
    /// Its sections, in the order of the exam.
    pub sections: Vec<SectionPlan>,
    /// Its essays.
    pub essays: Vec<EssayPlan>,
}

impl Blueprint {
    /// Reads `blueprint.toml`.
    ///
    /// # Errors
    /// What is wrong, and where.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.to_string().trim().to_owned())
    }

    /// The one that is part of the program.
    #[must_use]
    pub fn embedded() -> Option<&'static Self> {
        static BLUEPRINT: LazyLock<Option<Blueprint>> = LazyLock::new(|| {
            let (_, text) = crate::content::EMBEDDED.iter().find(|(name, _)| *name == "blueprint.toml")?;
            Blueprint::parse(text).ok()
        });
        BLUEPRINT.as_ref()
    }

    /// The sections of a level, in the order of the exam.
    pub fn of(&self, level: Level) -> impl Iterator<Item = &SectionPlan> {
        self.sections.iter().filter(move |plan| plan.level == level)
    }

    /// A section of a level; `None` where the exam has none.
    #[must_use]
    pub fn section(&self, level: Level, section: Section) -> Option<&SectionPlan> {
        self.of(level).find(|plan| plan.section == section)
    }

    /// This product's own spread of mathematics over the strands at a level, in parts of a hundred.
    #[must_use]
    pub fn strands(&self, level: Level) -> Option<&BTreeMap<Strand, u32>> {
        let name = if level < Level::Lower { "primary" } else { level.as_str() };
        self.own_choice.strands.get(name)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::Blueprint;
    use crate::level::{Level, Section};

    #[test]
    fn sections_are_those_that_public_sources_give() {
        let exam = Blueprint::embedded().unwrap();
        let table = |level| -> Vec<(Section, u32, u32)> {
            exam.of(level).map(|plan| (plan.section, plan.questions, plan.minutes)).collect()
        };
        use Section::{Auditory, Mathematics, Quantitative, Reading, Verbal};
        assert_eq!(table(Level::Primary2), [(Auditory, 6, 7), (Reading, 18, 20), (Mathematics, 24, 26)]);
        assert_eq!(table(Level::Primary3), [(Reading, 24, 28), (Mathematics, 24, 26)]);
        assert_eq!(table(Level::Primary4), [(Reading, 28, 30), (Mathematics, 28, 30)]);
        assert_eq!(
            table(Level::Lower),
            [(Verbal, 34, 20), (Quantitative, 38, 35), (Reading, 25, 25), (Mathematics, 30, 30)]
        );
        for level in [Level::Middle, Level::Upper] {
            assert_eq!(
                table(level),
                [(Verbal, 40, 20), (Quantitative, 37, 35), (Reading, 36, 35), (Mathematics, 47, 40)]
            );
        }
        assert!(!exam.penalty && !exam.calculator && exam.choices == 4);
        assert!(exam.essays.iter().all(|essay| !essay.scored));
        for level in Level::ALL {
            assert_eq!(exam.strands(level).unwrap().values().sum::<u32>(), 100, "{level}");
            assert_eq!(exam.strands(level).unwrap().len(), 6);
        }
        for plan in &exam.sections {
            if let (Some(passages), Some(each)) = (plan.passages, plan.questions_each) {
                assert_eq!(passages * each, plan.questions);
            }
            let (least, most) = plan.parts.iter().fold((0, 0), |(a, b), part| (a + part.from, b + part.to));
            assert!(plan.parts.is_empty() || (least <= plan.questions && plan.questions <= most));
        }
    }
}
