//! The files as they are written.

use serde::Deserialize;

use crate::level::Level;

/// A wrong choice and why it is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wrong {
    /// The choice.
    pub text: String,
    /// Why it is wrong, in a sentence for the child.
    pub why: String,
}

/// What every authored question has.
pub trait Authored {
    /// The right choice.
    fn answer(&self) -> &str;
    /// The three wrong ones.
    fn wrong(&self) -> &[Wrong];
    /// From gentle to strong.
    fn hints(&self) -> &[String];
}

macro_rules! authored {
    ($type:ty) => {
        impl Authored for $type {
            fn answer(&self) -> &str {
                &self.answer
            }
            fn wrong(&self) -> &[Wrong] {
                &self.wrong
            }
            fn hints(&self) -> &[String] {
                &self.hints
            }
        }
    };
}

/// What kind of text a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Genre {
    Fiction,
    Poetry,
    Science,
    History,
    Argument,
}

/// What a passage is kept for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Use {
    /// Practice and lessons.
    Practice,
    /// Mock tests alone, so that they are new there.
    Mock,
}

/// What a reading question asks for: the six kinds of the exam.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum QuestionKind {
    MainIdea,
    SupportingIdea,
    Inference,
    Vocabulary,
    Organization,
    Tone,
}

impl QuestionKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::MainIdea,
        Self::SupportingIdea,
        Self::Inference,
        Self::Vocabulary,
        Self::Organization,
        Self::Tone,
    ];

    /// The skill it exercises.
    #[must_use]
    pub fn skill(self) -> &'static str {
        match self {
            Self::MainIdea => "reading.main_idea",
            Self::SupportingIdea => "reading.supporting_idea",
            Self::Inference => "reading.inference",
            Self::Vocabulary => "reading.vocabulary",
            Self::Organization => "reading.organization",
            Self::Tone => "reading.tone",
        }
    }
}

/// A question about a passage.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// What it asks for.
    pub kind: QuestionKind,
    /// The question.
    pub stem: String,
    /// The right choice.
    pub answer: String,
    /// The three wrong ones.
    pub wrong: Vec<Wrong>,
    /// The sentence of the passage that proves the answer, word for word.
    pub proof: String,
    /// How it proves it.
    pub because: String,
    /// From gentle to strong.
    pub hints: Vec<String>,
}
authored!(Question);

/// A passage with its questions.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passage {
    /// Its name: the file's name without its ending.
    #[serde(skip)]
    pub slug: String,
    /// Its level: the file's folder.
    #[serde(skip, default = "lowest")]
    pub level: Level,
    /// Its title.
    pub title: String,
    /// What kind of text it is.
    pub genre: Genre,
    /// What it is kept for.
    #[serde(rename = "use")]
    pub kept_for: Use,
    /// Whether it is only heard, at Primary 2.
    #[serde(default)]
    pub auditory: bool,
    /// Paragraphs; for a poem stanzas, their lines divided by line ends.
    pub paragraphs: Vec<String>,
    /// Its questions.
    pub questions: Vec<Question>,
}

fn lowest() -> Level {
    Level::Primary2
}

/// What is left out of a completion's sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CompletionForm {
    /// One word, at Lower.
    OneWord,
    /// The rest of the sentence, at Lower.
    Phrase,
    /// One word, at Middle and Upper.
    OneBlank,
    /// Two words, at Upper.
    TwoBlanks,
}

impl CompletionForm {
    /// The skill it exercises.
    #[must_use]
    pub fn skill(self) -> &'static str {
        match self {
            Self::OneWord | Self::OneBlank => "verbal.completions",
            Self::Phrase => "verbal.completion_phrase",
            Self::TwoBlanks => "verbal.completion_two_blanks",
        }
    }
}

/// A sentence with something left out.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Completion {
    /// `level.name`.
    pub id: String,
    /// What is left out.
    pub form: CompletionForm,
    /// The sentence, `____` for each gap.
    pub stem: String,
    /// The right choice; of two words, with ` ... ` between.
    pub answer: String,
    /// The three wrong ones.
    pub wrong: Vec<Wrong>,
    /// The words of the sentence that decide.
    pub clue: String,
    /// How they decide.
    pub because: String,
    /// From gentle to strong.
    pub hints: Vec<String>,
}
authored!(Completion);

/// A word to learn.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Word {
    /// Its level: the file's name up to the first dash.
    #[serde(skip, default = "lowest")]
    pub level: Level,
    /// The word.
    pub word: String,
    /// noun, verb, adjective or adverb.
    pub pos: String,
    /// The WordNet 3.0 sense key that its meaning is fixed to.
    pub sense: String,
    /// What it means, for a child.
    pub definition: String,
    /// It in a sentence.
    pub example: String,
    /// The synonym that is a question's right answer.
    pub synonym: String,
    /// Every synonym that a test might use.
    pub synonyms: Vec<String>,
    /// A word that means the opposite, or nothing.
    pub antonym: String,
}

/// How a word sounds, where that is not plain.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sound {
    /// A word to learn, or a synonym.
    pub word: String,
    /// Its part of speech.
    pub pos: String,
    /// Other words that sound the same.
    #[serde(default)]
    pub like: Vec<String>,
    /// Whether it is spelled the same as a word that sounds otherwise.
    #[serde(default)]
    pub heteronym: bool,
    /// How it is said, the stressed part in capitals.
    #[serde(default)]
    pub say: String,
    /// A spelling that the voice says right.
    #[serde(default)]
    pub respell: String,
    /// Whether that spelling is a word of its own.
    #[serde(default)]
    pub own_word: bool,
}

/// An essay's prompt.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prompt {
    /// `level.name`.
    pub id: String,
    /// Its level.
    pub level: Level,
    /// What to write about.
    pub prompt: String,
    /// Three questions that help to plan.
    pub plan: Vec<String>,
}

/// A picture to write about, at the Primary levels.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PicturePrompt {
    /// `level.name`.
    pub id: String,
    /// Its level.
    pub level: Level,
    /// The picture in words.
    pub scene: String,
    /// What to write.
    pub ask: String,
}

/// One thing that is looked at in an essay. There are no scores.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Its name in the record.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub what: String,
    /// What it looks like when it is there.
    pub good: String,
    /// A next step, said to the child.
    pub next: String,
}

/// Where to be when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// Minutes since the beginning.
    pub minutes: u32,
    /// Questions done by then.
    pub done: u32,
}

/// The checkpoints of a section.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checkpoint {
    /// The level.
    pub level: Level,
    /// The section, as the exam names it.
    pub section: String,
    /// Its questions.
    pub questions: u32,
    /// Its minutes.
    pub minutes: u32,
    /// Where to be when.
    pub marks: Vec<Mark>,
    /// The same in words.
    pub say: String,
}

/// A way of working on the test.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Strategy {
    /// Its name in the record.
    pub id: String,
    /// Its name.
    pub name: String,
    /// For whom.
    pub levels: Vec<Level>,
    /// What it is, spoken.
    pub say: String,
    /// An example, spoken.
    pub worked: String,
    /// An example to do together.
    pub together: String,
    /// What is good there.
    pub together_answer: String,
    /// One sentence to take away.
    pub remember: String,
    /// Tables of checkpoints.
    #[serde(default)]
    pub checkpoints: Vec<Checkpoint>,
}

/// An authored mini-lesson, for skills whose examples are words.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    /// The skill.
    pub skill: String,
    /// Its name.
    pub name: String,
    /// For whom.
    pub levels: Vec<Level>,
    /// The idea, spoken.
    pub idea: String,
    /// What to do, step by step.
    pub steps: Vec<String>,
    /// An example, spoken.
    pub worked: String,
    /// An example to do together.
    pub together: String,
    /// A help with it.
    pub together_hint: String,
    /// What is good there.
    pub together_answer: String,
    /// One sentence to take away.
    pub remember: String,
}

/// A skill of mathematics. Its examples come from its templates, so that they are computed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Skill {
    /// `area.topic`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// At which levels it is taught.
    pub levels: Vec<Level>,
    /// The skills it builds on.
    pub needs: Vec<String>,
    /// The idea, spoken.
    pub idea: String,
    /// One sentence to take away.
    pub remember: String,
}
