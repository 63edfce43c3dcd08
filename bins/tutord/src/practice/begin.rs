//! What is to be practised, and at which level.

use iseetutor_curriculum::bank::Source;
use iseetutor_curriculum::level::{Level, Section, Strand};
use iseetutor_curriculum::rng::Rng;
use iseetutor_numbers::text::words;

use super::{Practice, Reply, lines};

/// What a child wants to practise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Topic {
    /// The section, if one was named.
    pub section: Option<Section>,
    /// The strand of mathematics, if one was named.
    pub strand: Option<Strand>,
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
    ("fractions", Strand::Numbers),
    ("numbers", Strand::Numbers),
    ("arithmetic", Strand::Numbers),
    ("multiplication", Strand::Numbers),
    ("algebra", Strand::Algebra),
    ("equations", Strand::Algebra),
    ("geometry", Strand::Geometry),
    ("shapes", Strand::Geometry),
    ("measurement", Strand::Measurement),
    ("data", Strand::Data),
    ("graphs", Strand::Data),
    ("probability", Strand::Data),
    ("problems", Strand::Problems),
];

impl Topic {
    /// The topic that words name; nothing named is every section.
    #[must_use]
    pub fn named(said: &str) -> Self {
        let words = words(said);
        let find = |table: &[(&str, Section)]| {
            table.iter().find(|(name, _)| words.iter().any(|word| word == name)).map(|(_, section)| *section)
        };
        let strand =
            STRANDS.iter().find(|(name, _)| words.iter().any(|word| word == name)).map(|(_, strand)| *strand);
        Self { section: find(SECTIONS).or(strand.map(|_| Section::Mathematics)), strand }
    }

    /// The section at a level: Primary levels have no verbal and no quantitative section.
    pub(super) fn section_at(self, level: Level) -> Option<Section> {
        let primary = level < Level::Lower;
        match self.section? {
            Section::Quantitative if primary => Some(Section::Mathematics),
            Section::Verbal if primary => Some(Section::Reading),
            Section::Auditory if level != Level::Primary2 => Some(Section::Reading),
            section => Some(section),
        }
    }
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

/// A level or a grade in what was said.
fn level_told(said: &str) -> Option<Result<Level, i64>> {
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

/// Mixes passages, not the questions within them. The next question is the last of the list.
pub(super) fn shuffle_passages(sources: &mut Vec<Source>, rng: &mut Rng) {
    let mut passages: Vec<Vec<Source>> = Vec::new();
    for source in sources.drain(..) {
        match passages.last_mut() {
            Some(passage) if passage.last().is_some_and(|last| last.same_passage(&source)) => {
                passage.push(source)
            }
            _ => passages.push(vec![source]),
        }
    }
    rng.shuffle(&mut passages);
    sources.extend(passages.into_iter().flat_map(|passage| passage.into_iter().rev()));
}

impl Practice {
    pub(super) fn grade_told(&mut self, said: &str) -> Option<Reply> {
        match level_told(said)? {
            Ok(level) => {
                self.level = Some(level);
                let mut reply = Reply::new("level");
                reply.keep.push(serde_json::json!({ "what": "level", "level": level }));
                Some(self.go_on(reply))
            }
            Err(_) => Some(Reply::new("level").say(lines::NO_SUCH_GRADE)),
        }
    }

    pub(super) fn section_told(&mut self, said: &str) -> Option<Reply> {
        let topic = Topic::named(said);
        topic.section?;
        self.topic = topic;
        self.left.clear();
        Some(self.go_on(Reply::new("section")))
    }
}
