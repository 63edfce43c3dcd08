//! Feedback on an essay, written or told: what is there, and one step for each thing that is looked at.
//!
//! All of it is counted or quoted from the essay itself. Nothing is called good that is not there, and there is never a
//! score or a grade: the essay of the exam has none either. What needs understanding, as whether an essay answers its
//! prompt, is asked and not said.

mod counts;
mod look;
mod say;
mod text;
mod words;

use iseetutor_curriculum::content::{Library, PicturePrompt, Prompt};
use iseetutor_curriculum::level::Level;
use serde::Serialize;

pub use say::{plan_sentences, spoken};
use text::Text;

/// Fewer words than this are too few to say anything about.
const FEW: usize = 15;
/// In a text of this many words or more it can be told whether it is English.
const TELLING: usize = 12;

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The prompt's id.
    pub id: String,
    /// Its level.
    pub level: Level,
    /// What to write about.
    pub prompt: String,
    /// The scene of a picture.
    pub scene: Option<String>,
    /// Questions that help to plan.
    pub plan: Vec<String>,
}

impl From<&Prompt> for Asked {
    fn from(prompt: &Prompt) -> Self {
        Self {
            id: prompt.id.clone(),
            level: prompt.level,
            prompt: prompt.prompt.clone(),
            scene: None,
            plan: prompt.plan.clone(),
        }
    }
}

impl From<&PicturePrompt> for Asked {
    fn from(picture: &PicturePrompt) -> Self {
        Self {
            id: picture.id.clone(),
            level: picture.level,
            prompt: picture.ask.clone(),
            scene: Some(picture.scene.clone()),
            plan: Vec::new(),
        }
    }
}

impl Asked {
    /// The prompt or picture of an id.
    #[must_use]
    pub fn find(library: &Library, id: &str) -> Option<Self> {
        let prompt = library.prompts.iter().find(|prompt| prompt.id == id).map(Self::from);
        prompt.or_else(|| library.pictures.iter().find(|picture| picture.id == id).map(Self::from))
    }

    /// Words below which an essay counts as short. This product's own choice.
    #[must_use]
    pub fn short(&self) -> usize {
        match self.level {
            Level::Primary2 => 20,
            Level::Primary3 => 30,
            Level::Primary4 => 40,
            Level::Lower => 80,
            Level::Middle => 100,
            Level::Upper => 120,
        }
    }
}

/// How much there is to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// No word.
    Empty,
    /// A few words: too few for remarks.
    Few,
    /// Hardly any English: another language, or a mishearing.
    NotEnglish,
    /// Remarks can be made, and the first of them is that there is too little.
    Short,
    /// As long as an essay.
    Whole,
}

/// A word and how often it comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Often {
    /// The word, in small letters.
    pub word: String,
    /// How often.
    pub count: usize,
}

/// Counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Words.
    pub words: usize,
    /// Sentences. In what was told they are the recogniser's.
    pub sentences: usize,
    /// Paragraphs; `None` of what was told.
    pub paragraphs: Option<usize>,
    /// Words of the longest sentence.
    pub longest: usize,
    /// Words that connect ideas.
    pub linking: Vec<Often>,
    /// Words that begin three or more sentences in a row, and how many in a row.
    pub openings: Vec<Often>,
    /// Tired words.
    pub tired: Vec<Often>,
    /// Sentences that begin with a small letter; `None` of what was told.
    pub small_starts: Option<usize>,
    /// Sentences that end without a mark; `None` of what was told.
    pub no_mark: Option<usize>,
}

/// Something said about an essay, with its example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Point {
    /// What to say, the example in it.
    pub say: String,
    /// The example: a piece of the essay, letter by letter.
    pub quote: String,
}

/// What there is to say about one thing that is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// Its id in the rubric.
    pub criterion: String,
    /// Its name.
    pub name: String,
    /// Something good, if it is there.
    pub good: Option<Point>,
    /// A next step, if there is one.
    pub next: Option<Point>,
}

/// Feedback.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Review {
    /// The prompt's id.
    pub prompt: String,
    /// The first question of its plan, or the prompt itself.
    pub first_question: String,
    /// Whether it was told and not written.
    pub spoken: bool,
    /// How much there is.
    pub state: State,
    /// Counts.
    pub counts: Counts,
    /// What there is to say, in the rubric's order.
    pub remarks: Vec<Remark>,
}

/// Looks at an essay. `spoken`: it was told, so marks, capitals, spelling and paragraphs are not its author's.
#[must_use]
pub fn review(asked: &Asked, text: &str, spoken: bool) -> Review {
    let parsed = Text::of(text);
    let counts = counts::counts(&parsed, spoken);
    let state = state(asked, &parsed, text);
    let mut remarks = Vec::new();
    if let (State::Short | State::Whole, Ok(library)) = (state, Library::embedded()) {
        let look = look::Look { asked, text: &parsed, counts: &counts, spoken, library };
        for criterion in &library.rubric {
            let (good, next) = look.at(&criterion.id);
            if good.is_some() || next.is_some() {
                let (criterion, name) = (criterion.id.clone(), criterion.name.clone());
                remarks.push(Remark { criterion, name, good, next });
            }
        }
    }
    let first_question = asked.plan.first().unwrap_or(&asked.prompt).clone();
    Review { prompt: asked.id.clone(), first_question, spoken, state, counts, remarks }
}

fn state(asked: &Asked, parsed: &Text<'_>, text: &str) -> State {
    let words = parsed.word_count();
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    let foreign = text.chars().filter(|letter| letter.is_alphabetic() && !letter.is_ascii()).count();
    let english = parsed
        .sentences
        .iter()
        .flat_map(|sentence| &sentence.words)
        .filter(|word| words::ENGLISH.contains(&word.low.as_str()))
        .count();
    if words == 0 {
        State::Empty
    } else if (letters >= 20 && foreign * 2 > letters) || (words >= TELLING && english * 8 < words) {
        State::NotEnglish
    } else if words < FEW {
        State::Few
    } else if words < asked.short() {
        State::Short
    } else {
        State::Whole
    }
}
