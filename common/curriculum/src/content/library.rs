//! All content together, found by name.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::files::{
    Authored, Completion, CompletionForm, Criterion, Lesson, Passage, PicturePrompt, Prompt, Skill, Sound,
    Strategy, Word,
};
use crate::level::Level;

/// A content file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot read the content file {file}: {reason}")]
pub struct ContentError {
    /// The file, by its path in the content folder.
    pub file: String,
    /// What is wrong with it, and where.
    pub reason: String,
}

/// All content.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// Passages with their questions.
    pub passages: Vec<Passage>,
    /// Sentence completions.
    pub completions: Vec<Completion>,
    /// Words to learn.
    pub words: Vec<Word>,
    /// How words sound, where that is not plain.
    pub sounds: Vec<Sound>,
    /// Essay prompts.
    pub prompts: Vec<Prompt>,
    /// Pictures to write about.
    pub pictures: Vec<PicturePrompt>,
    /// What is looked at in an essay.
    pub rubric: Vec<Criterion>,
    /// Ways of working on the test.
    pub strategies: Vec<Strategy>,
    /// Mini-lessons in words.
    pub lessons: Vec<Lesson>,
    /// Skills of mathematics.
    pub skills: Vec<Skill>,
    /// Choices that cannot be right for a word: `word`, then words, divided by tabs.
    pub distractors: Vec<(String, Vec<String>)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Completions {
    completions: Vec<Completion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: Vec<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sounds {
    sounds: Vec<Sound>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Essay {
    rubric: Vec<Criterion>,
    prompts: Vec<Prompt>,
    picture_prompts: Vec<PicturePrompt>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Strategies {
    strategies: Vec<Strategy>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lessons {
    lessons: Vec<Lesson>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Skills {
    skills: Vec<Skill>,
}

impl Library {
    /// The content that is part of the program.
    ///
    /// # Errors
    /// [`ContentError`]; the tests rule it out for a program that was built from a tree that passes them.
    pub fn embedded() -> Result<&'static Self, ContentError> {
        static LIBRARY: LazyLock<Result<Library, ContentError>> =
            LazyLock::new(|| Library::parse(super::EMBEDDED));
        LIBRARY.as_ref().map_err(Clone::clone)
    }

    /// Reads files, each given by its path in the content folder and its text.
    ///
    /// # Errors
    /// [`ContentError`] for the first file that cannot be used.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, ContentError> {
        let mut library = Self::default();
        for (file, text) in files {
            library.add(file, text).map_err(|reason| ContentError { file: (*file).to_owned(), reason })?;
        }
        library.check()?;
        Ok(library)
    }

    fn add(&mut self, file: &str, text: &str) -> Result<(), String> {
        let parts: Vec<&str> = file.split('/').collect();
        let stem = |name: &str| name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
        let level = |name: &str| name.parse::<Level>().map_err(|error| error.to_string());
        match parts[..] {
            ["passages", folder, name] => {
                let mut passage: Passage = read(text)?;
                passage.level = level(folder)?;
                passage.slug = stem(name);
                self.passages.push(passage);
            }
            ["completions", _] => self.completions.extend(read::<Completions>(text)?.completions),
            ["words", "distractors.tsv"] => {
                for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
                    let mut fields = line.split('\t').map(str::to_owned);
                    let word = fields.next().unwrap_or_default();
                    self.distractors.push((word, fields.collect()));
                }
            }
            ["words", "sounds.toml"] => self.sounds.extend(read::<Sounds>(text)?.sounds),
            ["words", name] if name.ends_with(".toml") => {
                let stem = stem(name);
                let level = level(stem.split('-').next().unwrap_or_default())?;
                let words = read::<Words>(text)?.words;
                self.words.extend(words.into_iter().map(|word| Word { level, ..word }));
            }
            ["essay.toml"] => {
                let essay: Essay = read(text)?;
                self.rubric.extend(essay.rubric);
                self.prompts.extend(essay.prompts);
                self.pictures.extend(essay.picture_prompts);
            }
            ["strategies.toml"] => self.strategies.extend(read::<Strategies>(text)?.strategies),
            ["lessons", _] => self.lessons.extend(read::<Lessons>(text)?.lessons),
            ["skills", _] => self.skills.extend(read::<Skills>(text)?.skills),
            ["blueprint.toml"] => {
                crate::blueprint::Blueprint::parse(text)?;
            }
            ["words", _] => {}
            _ => return Err("there is no such content; put it where its kind is".into()),
        }
        Ok(())
    }

    /// What must be true of the whole.
    fn check(&mut self) -> Result<(), ContentError> {
        let wrong = |file: String, reason: String| Err(ContentError { file, reason });
        for passage in &self.passages {
            let file = format!("passages/{}/{}.toml", passage.level, passage.slug);
            for (question, number) in passage.questions.iter().zip(1..) {
                if !passage.paragraphs.iter().any(|paragraph| paragraph.contains(&question.proof)) {
                    return wrong(
                        file,
                        format!("question {number}: the proof is not in the passage word for word"),
                    );
                }
                if let Err(reason) = four_choices(question) {
                    return wrong(file, format!("question {number}: {reason}"));
                }
            }
        }
        let mut names = HashSet::new();
        for completion in &self.completions {
            let file = || format!("completions, {}", completion.id);
            let known =
                completion.id.split_once('.').is_some_and(|(level, _)| level.parse::<Level>().is_ok());
            if !known || !names.insert(completion.id.as_str()) {
                return wrong(file(), "the id is not 'level.name', or is there twice".into());
            }
            let gaps = if completion.form == CompletionForm::TwoBlanks { 2 } else { 1 };
            if completion.stem.matches("____").count() != gaps {
                return wrong(file(), format!("the sentence does not have {gaps} gaps (____)"));
            }
            if !completion.stem.contains(&completion.clue) {
                return wrong(file(), "the clue is not in the sentence word for word".into());
            }
            if let Err(reason) = four_choices(completion) {
                return wrong(file(), reason);
            }
        }
        let mut words = HashSet::new();
        for word in &self.words {
            let poses = ["noun", "verb", "adjective", "adverb"];
            if !poses.contains(&word.pos.as_str()) || !word.synonyms.contains(&word.synonym) {
                return wrong(
                    format!("words, {}", word.word),
                    "a part of speech or the synonym is not in order".into(),
                );
            }
            if !words.insert(word.word.as_str()) {
                return wrong(format!("words, {}", word.word), "it is there twice".into());
            }
        }
        Ok(())
    }

    /// A passage by its level and name.
    #[must_use]
    pub fn passage(&self, level: Level, slug: &str) -> Option<&Passage> {
        self.passages.iter().find(|passage| passage.level == level && passage.slug == slug)
    }

    /// A word to learn.
    #[must_use]
    pub fn word(&self, word: &str) -> Option<&Word> {
        self.words.iter().find(|one| one.word.eq_ignore_ascii_case(word))
    }

    /// A text as it is written, where a word in it was respelled for the voice.
    #[must_use]
    pub fn written(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for sound in self.sounds.iter().filter(|sound| !sound.respell.is_empty() && !sound.own_word) {
            let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '-');
            let mut from = 0;
            while let Some(at) =
                text.get(from..).and_then(|rest| rest.find(&sound.respell)).map(|at| at + from)
            {
                let end = at + sound.respell.len();
                let before = text.get(..at).and_then(|head| head.chars().next_back());
                let after = text.get(end..).and_then(|tail| tail.chars().next());
                if letter(before) || letter(after) {
                    from = end;
                } else {
                    text.replace_range(at..end, &sound.word);
                    from = at + sound.word.len();
                }
            }
        }
        text
    }

    /// How a word with a part of speech sounds, where that is not plain.
    #[must_use]
    pub fn sound(&self, word: &str, pos: &str) -> Option<&Sound> {
        self.sounds.iter().find(|one| one.word == word && one.pos == pos)
    }

    /// A skill of mathematics.
    #[must_use]
    pub fn skill(&self, id: &str) -> Option<&Skill> {
        self.skills.iter().find(|skill| skill.id == id)
    }
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    toml::from_str(text).map_err(|error| error.to_string().trim().to_owned())
}

fn four_choices(question: &impl Authored) -> Result<(), String> {
    if question.wrong().len() != 3 {
        return Err("it does not have three wrong choices".into());
    }
    let plain = |text: &str| text.trim_end_matches('.').to_lowercase();
    let all: HashSet<String> =
        question.wrong().iter().map(|wrong| plain(&wrong.text)).chain([plain(question.answer())]).collect();
    if all.len() != 4 {
        return Err("two choices are the same".into());
    }
    if question.hints().len() < 2 {
        return Err("it has fewer than two hints".into());
    }
    Ok(())
}
