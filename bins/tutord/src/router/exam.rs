//! Questions about the exam, recognised by what they name.

use iseetutor_curriculum::level::{Level, Section};

use super::wording::plain;

/// What is asked about the exam.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExamFact {
    /// What it is.
    What,
    /// How many questions a section has, or all of it.
    Questions,
    /// How long a section takes, or all of it.
    Minutes,
    /// Whether a wrong answer takes something away.
    Penalty,
    /// How many choices a question has.
    Choices,
    /// Whether a calculator may be used.
    Calculator,
    /// Which sections there are.
    Sections,
    /// What the essay is for.
    Essay,
    /// How it is scored, what is needed, when and where it is: not told here.
    Other,
}

/// A question about the exam.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExamQuestion {
    /// What is asked.
    pub fact: ExamFact,
    /// Of which section.
    pub section: Option<Section>,
    /// At which level, where it was named.
    pub level: Option<Level>,
}

const SECTIONS: [(&str, Section); 10] = [
    ("verbal", Section::Verbal),
    ("vocabulary", Section::Verbal),
    ("quantitative", Section::Quantitative),
    ("reading", Section::Reading),
    ("mathematics", Section::Mathematics),
    ("math", Section::Mathematics),
    ("maths", Section::Mathematics),
    ("auditory", Section::Auditory),
    ("listening", Section::Auditory),
    ("essay", Section::Essay),
];

const LEVELS: [(&str, Level); 6] = [
    ("lower level", Level::Lower),
    ("middle level", Level::Middle),
    ("upper level", Level::Upper),
    ("primary 2", Level::Primary2),
    ("primary 3", Level::Primary3),
    ("primary 4", Level::Primary4),
];

/// The question about the exam that these words are, if they are one.
#[must_use]
pub fn read(words: &[&str]) -> Option<ExamQuestion> {
    let text = plain(words);
    let padded = format!(" {text} ");
    let has = |phrase: &str| padded.contains(&format!(" {phrase} "));
    let any = |phrases: &[&str]| phrases.iter().any(|phrase| has(phrase));
    let section = SECTIONS.iter().find(|(name, _)| has(name)).map(|(_, section)| *section);
    let level = LEVELS.iter().find(|(name, _)| has(name)).map(|(_, level)| *level);
    let test = any(&[
        "isee",
        "i see test",
        "the test",
        "the exam",
        "this test",
        "the real test",
        "my test",
        "this exam",
        "isee test",
    ]);
    let part = section.is_some() && any(&["section", "part", "test", "exam", "isee", "sections"]);
    let essay = section == Some(Section::Essay);
    let about = test || part;
    let question = |fact| Some(ExamQuestion { fact, section, level });
    if any(&[
        "guess",
        "guessing",
        "wrong answer",
        "wrong answers",
        "get it wrong",
        "get one wrong",
        "leave it blank",
        "leave one blank",
        "blank",
    ]) && (about
        || any(&[
            "lose points",
            "take away points",
            "points away",
            "penalty",
            "points off",
            "points taken",
            "take off points",
            "count against",
            "lose a point",
            "minus points",
            "should i guess",
            "okay to guess",
            "ok to guess",
            "better to guess",
        ]))
    {
        return question(ExamFact::Penalty);
    }
    if any(&["calculator", "calculators"]) && (about || any(&["use", "bring", "allowed"])) {
        return question(ExamFact::Calculator);
    }
    if any(&["answer choices", "how many choices", "choices does each question", "multiple choice"])
        && (about || has("question"))
    {
        return question(ExamFact::Choices);
    }
    if !(about || essay) {
        return None;
    }
    if any(&[
        "score",
        "scored",
        "scores",
        "stanine",
        "stanines",
        "percentile",
        "pass",
        "graded",
        "grade",
        "passing",
    ]) {
        return question(if essay { ExamFact::Essay } else { ExamFact::Other });
    }
    if any(&[
        "how many sections",
        "which sections",
        "what sections",
        "what are the sections",
        "what is on the",
        "how many parts",
        "what are the parts",
        "what parts",
    ]) {
        return question(ExamFact::Sections);
    }
    if any(&["how many questions", "number of questions", "how many problems", "how many passages"]) {
        return question(ExamFact::Questions);
    }
    if any(&["how long", "how much time", "how many minutes", "how many hours", "time limit"]) {
        return question(ExamFact::Minutes);
    }
    if essay
        && any(&[
            "count",
            "count for",
            "do i have to",
            "who reads",
            "reads",
            "sent",
            "read the essay",
            "matter",
        ])
    {
        return question(ExamFact::Essay);
    }
    let what = [
        "what is the isee",
        "what is isee",
        "what is the isee test",
        "what does isee stand for",
        "what is the isee for",
        "what is the i see test",
        "what does the isee stand for",
    ];
    if what.contains(&text.as_str()) {
        return question(ExamFact::What);
    }
    None
}
