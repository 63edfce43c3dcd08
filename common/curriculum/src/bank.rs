//! Every question there is: found by its id, and drawn by level, section, strand and skill.
//!
//! An id is `source:level:section:variant`. It holds all that it takes to make the question again, so the record keeps
//! ids and nothing else.

use crate::content::{Completion, CompletionForm, ContentError, Library, Passage, Question, Use, Word};
use crate::exact::words;
use crate::item::{Choice, Item, Reason, Step};
use crate::level::{Level, Section, Strand};
use crate::maths;
use crate::rng::Rng;
use crate::speech;

/// What to draw from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// Only this strand of mathematics.
    pub strand: Option<Strand>,
    /// Only this skill.
    pub skill: Option<&'a str>,
    /// Whether passages that are kept for mock tests may be used.
    pub mock: bool,
}

/// A family of questions that can be drawn from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its name: the first part of its items' ids, and for authored ones the beginning of the last part.
    pub name: String,
    /// The skill it exercises.
    pub skill: String,
    /// Its strand.
    pub strand: Option<Strand>,
    /// Different variants that it has, about; one for an authored question.
    pub endless: bool,
    /// The last part of an authored question's id.
    variant: Option<String>,
}

impl Source {
    /// Whether both ask about one passage.
    #[must_use]
    pub fn same_passage(&self, other: &Self) -> bool {
        let passage = |source: &Self| {
            let variant = source.variant.as_deref().filter(|_| source.name == "reading")?;
            variant.rsplit_once('.').map(|(slug, _)| slug.to_owned())
        };
        passage(self).is_some() && passage(self) == passage(other)
    }
}

/// Every question there is.
#[derive(Debug, Clone, Copy)]
pub struct Bank {
    library: &'static Library,
}

impl Bank {
    /// The bank over the content that is part of the program.
    ///
    /// # Errors
    /// [`ContentError`].
    pub fn embedded() -> Result<Self, ContentError> {
        Ok(Self { library: Library::embedded()? })
    }

    /// The content.
    #[must_use]
    pub fn library(&self) -> &'static Library {
        self.library
    }

    /// What there is for a level and section.
    #[must_use]
    pub fn sources(&self, level: Level, section: Section, wanted: Wanted<'_>) -> Vec<Source> {
        let mut sources = Vec::new();
        match section {
            Section::Mathematics | Section::Quantitative => {
                let fitting = maths::templates().filter(|template| {
                    template.levels.contains(&level) && template.sections.contains(&section)
                });
                sources.extend(fitting.map(|template| Source {
                    name: template.id.to_owned(),
                    skill: template.skill.to_owned(),
                    strand: Some(template.strand),
                    endless: true,
                    variant: None,
                }));
            }
            Section::Verbal => {
                for word in self
                    .library
                    .words
                    .iter()
                    .filter(|word| word.level == level && self.distractors(word).is_some())
                {
                    sources.push(authored("synonym", "verbal.synonyms", &word.word));
                }
                for completion in self.completions(level) {
                    sources.push(authored(
                        "completion",
                        completion.form.skill(),
                        completion_name(completion),
                    ));
                }
            }
            Section::Reading | Section::Auditory => {
                for passage in self.passages(level, section, wanted.mock) {
                    for (question, number) in passage.questions.iter().zip(1..) {
                        let variant = format!("{}.{number}", passage.slug);
                        sources.push(authored("reading", question.kind.skill(), &variant));
                    }
                }
            }
            Section::Essay => {}
        }
        sources.retain(|source| {
            wanted.strand.is_none_or(|strand| source.strand == Some(strand))
                && wanted.skill.is_none_or(|skill| source.skill == skill)
        });
        sources
    }

    /// The item of a source from a seed, the same for ever.
    #[must_use]
    pub fn draw(&self, source: &Source, level: Level, section: Section, seed: u64) -> Option<Item> {
        match &source.variant {
            None => maths::template(&source.name)?.item(level, section, seed),
            Some(variant) => self.item(&format!("{}:{level}:{section}:{variant}.{seed}", source.name)),
        }
    }

    /// Items one after the other, the same for the same seed for ever: every source once, in mixed order, before any
    /// comes again. Nothing where there is no source.
    pub fn items<'b>(
        &'b self,
        level: Level,
        section: Section,
        wanted: Wanted<'_>,
        seed: u64,
    ) -> impl Iterator<Item = Item> + use<'b> {
        let mut sources = self.sources(level, section, wanted);
        let mut rng = Rng::new("items", &[level as u64, section as u64, seed]);
        let mut left = Vec::new();
        std::iter::from_fn(move || {
            if left.is_empty() {
                rng.shuffle(&mut sources);
                left.clone_from(&sources);
            }
            let source = left.pop()?;
            Some(self.draw(&source, level, section, rng.next_u64() % 1_000_000))
        })
        .flatten()
    }

    /// The item of an id; `None` if there is no such item (any more).
    #[must_use]
    pub fn item(&self, id: &str) -> Option<Item> {
        let mut parts = id.split(':');
        let (source, level, section, variant) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        let (level, section): (Level, Section) = (level.parse().ok()?, section.parse().ok()?);
        if let Some(template) = maths::template(source) {
            return template.item(level, section, variant.parse().ok()?);
        }
        let (name, seed) = variant.rsplit_once('.')?;
        let rng = &mut Rng::new(id.strip_suffix(seed)?, &[seed.parse().ok()?]);
        match source {
            "synonym" => self.synonym(id, level, name, rng),
            "completion" => {
                let completion =
                    self.completions(level).find(|completion| completion_name(completion) == name)?;
                Some(completion_item(id, level, completion, rng))
            }
            "reading" => {
                let (slug, number) = name.rsplit_once('.')?;
                let passage = self.library.passage(level, slug)?;
                let question = passage.questions.get(number.parse::<usize>().ok()?.checked_sub(1)?)?;
                Some(reading_item(id, section, passage, question, rng))
            }
            _ => None,
        }
    }

    /// The passages of a level: heard ones for the auditory section, others for reading.
    pub fn passages(
        &self,
        level: Level,
        section: Section,
        mock: bool,
    ) -> impl Iterator<Item = &'static Passage> {
        let wanted = if mock { Use::Mock } else { Use::Practice };
        self.library.passages.iter().filter(move |passage| {
            // Where nothing is kept for mock tests, as for heard passages, practice and mock draw from the same.
            let fits = passage.kept_for == wanted || passage.auditory;
            passage.level == level && passage.auditory == (section == Section::Auditory) && fits
        })
    }

    fn completions(&self, level: Level) -> impl Iterator<Item = &'static Completion> {
        self.library.completions.iter().filter(move |completion| {
            completion.id.split_once('.').is_some_and(|(own, _)| own == level.as_str())
        })
    }

    /// Words that cannot be right for `word`.
    fn distractors(&self, word: &Word) -> Option<&'static [String]> {
        let (_, wrong) = self.library.distractors.iter().find(|(own, _)| *own == word.word)?;
        (wrong.len() >= 3).then_some(wrong.as_slice())
    }

    /// A word as the voice is to say it: respelled where it would say it wrong, and spelled out where it sounds like
    /// another or can be said in two ways.
    fn said(&self, word: &Word) -> String {
        let Some(sound) = self.library.sound(&word.word, &word.pos) else {
            return format!("\"{}\"", word.word);
        };
        let written = if sound.respell.is_empty() { &word.word } else { &sound.respell };
        if sound.like.is_empty() && !sound.heteronym {
            return format!("\"{written}\"");
        }
        let letters: Vec<String> =
            word.word.chars().map(|letter| letter.to_uppercase().to_string()).collect();
        format!("\"{written}\", spelled {}", letters.join(", "))
    }

    /// What a wrong choice means.
    fn other_meaning(&self, word: &Word, other: &str) -> String {
        if other == word.antonym {
            return format!("\"{other}\" means the opposite");
        }
        if let Some(known) = self.library.word(other) {
            return format!("\"{other}\" means {}", known.definition);
        }
        let mut close = self.library.words.iter();
        close
            .find(|known| known.pos == word.pos && known.synonyms.iter().any(|one| one == other))
            .map_or_else(
                || format!("\"{other}\" means something else"),
                |known| format!("\"{other}\" is closer to \"{}\"", known.word),
            )
    }

    fn synonym(&self, id: &str, level: Level, name: &str, rng: &mut Rng) -> Option<Item> {
        let word = self.library.words.iter().find(|word| word.level == level && word.word == name)?;
        let mut wrong: Vec<&String> = self.distractors(word)?.iter().collect();
        rng.shuffle(&mut wrong);
        let reasons =
            wrong.iter().take(3).map(|other| (other.as_str(), "other-word", self.other_meaning(word, other)));
        let (mut choices, key) = choices(&word.synonym, reasons, rng)?;
        for choice in &mut choices {
            let sound = self.library.sound(&choice.text, &word.pos).filter(|sound| !sound.respell.is_empty());
            if let Some(sound) = sound {
                choice.spoken.clone_from(&sound.respell);
            }
        }
        Some(Item {
            id: id.to_owned(),
            level,
            section: Section::Verbal,
            strand: None,
            skill: "verbal.synonyms".into(),
            stem: format!("{} most nearly means:", word.word.to_uppercase()),
            spoken: format!("Which word is closest in meaning to {}?", self.said(word)),
            hints: vec![
                format!("Listen to it in a sentence. {}", hidden(&word.example, &word.synonyms)),
                format!(
                    "It is {} {} with this meaning: {}.",
                    article_for(&word.pos),
                    word.pos,
                    hidden(&word.definition, &word.synonyms)
                ),
            ],
            solution: vec![
                step(format!("\"{}\" means {}.", capital(&word.word), word.definition)),
                step(word.example.clone()),
                step(format!("So the closest choice is \"{}\".", word.synonym)),
            ],
            choices,
            key,
            figure: None,
            passage: None,
        })
    }
}

fn authored(name: &str, skill: &str, variant: &str) -> Source {
    Source {
        name: name.to_owned(),
        skill: skill.to_owned(),
        strand: None,
        endless: false,
        variant: Some(variant.to_owned()),
    }
}

fn completion_name(completion: &Completion) -> &str {
    completion.id.split_once('.').map_or(completion.id.as_str(), |(_, name)| name)
}

fn completion_item(id: &str, level: Level, completion: &Completion, rng: &mut Rng) -> Item {
    let wrong = completion.wrong.iter().map(|wrong| (wrong.text.as_str(), "does-not-fit", wrong.why.clone()));
    let (choices, key) = choices(&completion.answer, wrong, rng)
        .unwrap_or_else(|| (std::array::from_fn(|_| lone(&completion.answer)), 0));
    let filled = fill(&completion.stem, &completion.answer);
    let ask = match completion.form {
        CompletionForm::OneWord | CompletionForm::OneBlank => "Which word best completes the sentence?",
        CompletionForm::Phrase => "Which words best complete the sentence?",
        CompletionForm::TwoBlanks => "Which pair of words best completes the sentence?",
    };
    Item {
        id: id.to_owned(),
        level,
        section: Section::Verbal,
        strand: None,
        skill: completion.form.skill().to_owned(),
        stem: completion.stem.clone(),
        spoken: format!("{} {ask}", speech::stem(&completion.stem)),
        hints: completion.hints.clone(),
        solution: vec![
            step(format!("The clue is: \"{}\".", completion.clue)),
            step(completion.because.clone()),
            step(format!("So it reads: {filled}")),
        ],
        choices,
        key,
        figure: None,
        passage: None,
    }
}

fn reading_item(id: &str, section: Section, passage: &Passage, question: &Question, rng: &mut Rng) -> Item {
    let wrong =
        question.wrong.iter().map(|wrong| (wrong.text.as_str(), "not-in-the-passage", wrong.why.clone()));
    let (choices, key) = choices(&question.answer, wrong, rng)
        .unwrap_or_else(|| (std::array::from_fn(|_| lone(&question.answer)), 0));
    Item {
        id: id.to_owned(),
        level: passage.level,
        section,
        strand: None,
        skill: question.kind.skill().to_owned(),
        stem: question.stem.clone(),
        spoken: speech::stem(&question.stem),
        hints: question.hints.clone(),
        solution: vec![
            step(format!("The passage says: \"{}\"", question.proof.replace('\n', " "))),
            step(question.because.clone()),
            step(format!("So the answer is: {}.", question.answer.trim_end_matches('.'))),
        ],
        choices,
        key,
        figure: None,
        passage: Some(passage.slug.clone()),
    }
}

fn step(text: String) -> Step {
    Step { text, value: None }
}

fn lone(text: &str) -> Choice {
    let spoken = speech::phrase(&text.replace(" ... ", ", then "));
    Choice {
        text: text.to_owned(),
        spoken,
        meaning: crate::exact::Meaning::Words(words(text).text),
        reason: None,
    }
}

/// The right choice and the wrong ones in mixed order, and the place of the right one.
fn choices<'t>(
    answer: &str,
    wrong: impl Iterator<Item = (&'t str, &'t str, String)>,
    rng: &mut Rng,
) -> Option<([Choice; 4], usize)> {
    let mut all = vec![lone(answer)];
    all.extend(
        wrong.map(|(text, id, plain)| Choice {
            reason: Some(Reason { id: id.to_owned(), plain }),
            ..lone(text)
        }),
    );
    rng.shuffle(&mut all);
    let key = all.iter().position(|choice| choice.reason.is_none())?;
    Some((all.try_into().ok()?, key))
}

/// A sentence with its gaps filled.
fn fill(stem: &str, answer: &str) -> String {
    let mut parts = answer.split(" ... ");
    let mut out = String::with_capacity(stem.len() + answer.len());
    let mut rest = stem;
    while let Some((before, after)) = rest.split_once("____") {
        out.push_str(before);
        out.push_str(parts.next().unwrap_or("____"));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A text in which no synonym is read out, nor a form of one: a hint must not hold the answer.
fn hidden(text: &str, synonyms: &[String]) -> String {
    let mut text = text.trim_end_matches('.').to_owned();
    for phrase in synonyms.iter().filter(|synonym| !synonym.bytes().all(|byte| byte.is_ascii_alphabetic())) {
        text = text.replace(phrase.as_str(), "...");
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_alphabetic()) {
        let (before, word) = rest.split_at(start);
        let end = word.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(word.len());
        let (word, after) = word.split_at(end);
        out.push_str(before);
        let told = synonyms.iter().any(|synonym| is_form(word, synonym));
        out.push_str(if told { "..." } else { word });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Whether a word is a form of another, by its spelling.
fn is_form(word: &str, of: &str) -> bool {
    let word = word.to_lowercase();
    let stem = of.strip_suffix(['e', 'y']).filter(|stem| stem.len() > 2).unwrap_or(of);
    word == of || word.strip_prefix(stem).is_some_and(|ending| stem.len() > 2 && ending.len() <= 4)
}

fn article_for(pos: &str) -> &'static str {
    if pos.starts_with('a') { "an" } else { "a" }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
