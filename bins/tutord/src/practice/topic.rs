//! What is to be practised, and at which level.

use iseetutor_curriculum::content::Library;
use iseetutor_curriculum::level::{Level, Section, Strand};
use iseetutor_numbers::text::words;

/// What a child wants to practise.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Topic {
    /// The section, if one was named.
    pub section: Option<Section>,
    /// The strand of mathematics, if one was named.
    pub strand: Option<Strand>,
    /// The skills, if one was named.
    pub skills: Vec<String>,
    /// Whether the tutor is to choose: "what I need".
    pub anything: bool,
}

/// Words that name a topic.
const SECTIONS: &[(&str, Section)] = &[
    ("math", Section::Mathematics),
    ("maths", Section::Mathematics),
    ("mathematics", Section::Mathematics),
    ("achievement", Section::Mathematics),
    ("quantitative", Section::Quantitative),
    ("comparisons", Section::Quantitative),
    ("verbal", Section::Verbal),
    ("vocabulary", Section::Verbal),
    ("synonyms", Section::Verbal),
    ("words", Section::Verbal),
    ("word", Section::Verbal),
    ("sentences", Section::Verbal),
    ("completions", Section::Verbal),
    ("reading", Section::Reading),
    ("passages", Section::Reading),
    ("passage", Section::Reading),
    ("listening", Section::Auditory),
    ("auditory", Section::Auditory),
];

const STRANDS: &[(&str, Strand)] = &[
    ("numbers", Strand::Numbers),
    ("arithmetic", Strand::Numbers),
    ("algebra", Strand::Algebra),
    ("geometry", Strand::Geometry),
    ("shapes", Strand::Geometry),
    ("measurement", Strand::Measurement),
    ("data", Strand::Data),
    ("graphs", Strand::Data),
    ("problems", Strand::Problems),
];

/// Ways to leave the choice to the tutor.
const ANYTHING: &[&[&str]] = &[
    &["what", "i", "need"],
    &["you", "choose"],
    &["you", "decide"],
    &["you", "pick"],
    &["anything"],
    &["everything"],
    &["surprise", "me"],
    &["a", "mix"],
    &["mixed"],
    &["my", "weak"],
    &["whatever"],
];

/// Words of skills' names that tell nothing.
const EMPTY: &[&str] = &[
    "and", "or", "of", "the", "a", "an", "with", "in", "to", "for", "by", "from", "its", "one", "two",
    "word", "words", "finding", "using", "working", "problems", "numbers", "number", "what",
];

impl Topic {
    /// The topic that words name; nothing named is every section.
    #[must_use]
    pub fn named(said: &str) -> Self {
        let words = words(said);
        let is = |name: &str| words.iter().any(|word| word == name);
        let section = SECTIONS.iter().find(|(name, _)| is(name)).map(|(_, section)| *section);
        let strand = STRANDS.iter().find(|(name, _)| is(name)).map(|(_, strand)| *strand);
        let anything = ANYTHING.iter().any(|way| {
            words.windows(way.len()).any(|some| some.iter().zip(*way).all(|(word, wanted)| word == wanted))
        });
        let only = |word: &str, skill: &str| if is(word) { vec![skill.to_owned()] } else { Vec::new() };
        let mut skills = only("synonyms", "verbal.synonyms");
        if words.iter().any(|word| word == "words") && section == Some(Section::Verbal) {
            skills = vec!["verbal.synonyms".to_owned()];
        }
        Self { section: section.or(strand.map(|_| Section::Mathematics)), strand, skills, anything }
    }

    /// As [`Topic::named`], with the skill of a level that is named, such as "adding fractions".
    #[must_use]
    pub fn with_skill(said: &str, library: &Library, level: Option<Level>) -> Self {
        let topic = Self::named(said);
        if !topic.skills.is_empty() {
            return topic;
        }
        let said: Vec<String> = words(said).iter().map(|word| stem(word)).collect();
        // The skills of whose names most words were said.
        let (mut most, mut skills) = (0, Vec::new());
        for skill in
            library.skills.iter().filter(|skill| level.is_none_or(|level| skill.levels.contains(&level)))
        {
            let name = words(&skill.name);
            let telling = name.iter().filter(|word| !EMPTY.contains(&word.as_str())).map(|word| stem(word));
            let named = telling.filter(|word| said.contains(word)).count();
            if named > most {
                (most, skills) = (named, Vec::new());
            }
            if named > 0 && named == most {
                skills.push(skill.id.clone());
            }
        }
        // One word that names a section or strand too is that: "reading", "geometry".
        if most == 0 || (most == 1 && topic.section.is_some()) {
            return topic;
        }
        Self { section: None, strand: None, skills, anything: false }
    }

    /// The section at a level: Primary levels have no verbal and no quantitative section.
    pub(super) fn section_at(&self, level: Level) -> Option<Section> {
        let primary = level < Level::Lower;
        match self.section? {
            Section::Quantitative if primary => Some(Section::Mathematics),
            Section::Verbal if primary => Some(Section::Reading),
            Section::Auditory if level != Level::Primary2 => Some(Section::Reading),
            section => Some(section),
        }
    }

    /// Whether anything was named.
    pub(super) fn is_named(&self) -> bool {
        self.section.is_some() || self.anything || !self.skills.is_empty()
    }
}

/// The place of the name of which most telling words were said; none if none was.
pub(super) fn best_named<'n>(said: &str, names: impl Iterator<Item = &'n str>) -> Option<usize> {
    let said: Vec<String> = words(said).iter().map(|word| stem(word)).collect();
    let (mut most, mut best) = (0, None);
    for (at, name) in names.enumerate() {
        let words = words(name);
        let telling = words.iter().filter(|word| !EMPTY.contains(&word.as_str()) && word.len() > 2);
        let named = telling.filter(|word| said.contains(&stem(word))).count();
        if named > most {
            (most, best) = (named, Some(at));
        }
    }
    best
}

/// A word without the endings of number and of doing: "fractions" and "fraction", "adding" and "add".
fn stem(word: &str) -> String {
    let cut = ["ying", "ing", "ies", "es", "s", "ion"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending).filter(|stem| stem.len() >= 3));
    cut.unwrap_or(word).to_owned()
}

/// The level of a grade that is entered, as the exam has it.
fn level_of(grade: i64) -> Option<Level> {
    match grade {
        2 => Some(Level::Primary2),
        3 => Some(Level::Primary3),
        4 => Some(Level::Primary4),
        5 | 6 => Some(Level::Lower),
        7 | 8 => Some(Level::Middle),
        9..=12 => Some(Level::Upper),
        _ => None,
    }
}

/// A level or a grade in what was said; the grade as it was said if it has no level.
pub(crate) fn level_told(said: &str) -> Option<Result<Level, i64>> {
    let words = words(said);
    for word in &words {
        match word.as_str() {
            "lower" => return Some(Ok(Level::Lower)),
            "middle" => return Some(Ok(Level::Middle)),
            "upper" => return Some(Ok(Level::Upper)),
            _ => {}
        }
    }
    const NAMES: [&str; 13] = [
        "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
        "eleventh", "twelfth",
    ];
    const COUNTS: [&str; 13] = [
        "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ];
    let grade = words.iter().find_map(|word| {
        let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
        let named = |table: [&str; 13]| table.iter().skip(1).position(|name| name == word).map(|at| at + 1);
        digits
            .parse::<i64>()
            .ok()
            .or_else(|| named(NAMES).or_else(|| named(COUNTS)).and_then(|n| i64::try_from(n).ok()))
    })?;
    Some(level_of(grade).ok_or(grade))
}
