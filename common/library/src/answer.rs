//! Answers in a book's own words: the sentence that answers a question, or none.
//!
//! Nothing is phrased anew, so nothing can be said that the book does not say. A sentence is taken when it holds nearly
//! all that the question is about, weighed by how rare each word is in the library, and has what the question asks for:
//! a number, a year, a name, a reason.

use rusqlite::Connection;

use crate::Result;
use crate::search::{Query, Ways, search};

/// Passages that are looked at.
const PASSAGES: usize = 8;
/// What a sentence with its heading has to hold of what the question is about, 0 to 1.
const LEAST: f64 = 0.62;
/// What the sentence itself has to hold of it, and what one that leans on the sentence before.
const LEAST_ALONE: f64 = 0.34;
const LEAST_LEANING: f64 = 0.2;

/// What a book says to a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Title of the book.
    pub title: String,
    /// Page as printed; none where the book has no pages.
    pub page: Option<i64>,
    /// One to three sentences of the book, as they stand there.
    pub sentences: Vec<String>,
    /// How much of what the question is about they hold, 0 to 1.
    pub held: f64,
}

/// What a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// How many, how much, how long.
    Number,
    /// How far, how tall, how fast: a number with one of these words, or the word itself.
    Measure(&'static [&'static str]),
    /// When, in which year.
    Time,
    /// Who.
    Person,
    /// Why, how.
    Reason,
    Anything,
}

impl Wanted {
    fn of(question: &str) -> Self {
        let words: Vec<String> = question
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        let word = |at: usize| words.get(at).map_or("", String::as_str);
        let first = words.iter().position(|word| {
            matches!(word.as_str(), "who" | "when" | "why" | "how" | "what" | "which" | "where" | "whom")
        });
        let Some(at) = first else { return Self::Anything };
        match (word(at), word(at + 1)) {
            ("who" | "whom", _) => Self::Person,
            ("when", _) | ("what" | "which", "year" | "century" | "date" | "day") => Self::Time,
            ("why", _) => Self::Reason,
            ("how", "many" | "much" | "long" | "old" | "often") => Self::Number,
            ("how", measured) => {
                let measure = MEASURES.iter().find(|words| words.contains(&measured));
                measure.map_or(Self::Anything, |words| Self::Measure(words))
            }
            _ => Self::Anything,
        }
    }

    /// Whether a sentence has it.
    fn is_in(self, sentence: &str) -> bool {
        let digit = sentence.contains(|c: char| c.is_ascii_digit());
        let words = || sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        match self {
            Self::Anything | Self::Reason => true,
            Self::Time => digit,
            Self::Number => digit || words().any(|word| NUMBERS.contains(&word.to_lowercase().as_str())),
            Self::Measure(of) => words().any(|word| of.contains(&word.to_lowercase().as_str())),
            // A name: a capital that is not only the sentence's own.
            Self::Person => {
                let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
                let all: Vec<&str> = words().collect();
                all.iter().skip(1).any(|word| capital(word) && word.len() > 1)
            }
        }
    }

    /// What a sentence with its heading has to hold of what the question is about, 0 to 1: where one name or one day is
    /// asked for, nearly all.
    fn least(self) -> f64 {
        match self {
            Self::Person | Self::Time => 0.8,
            _ => LEAST,
        }
    }

    /// How well a sentence fits, beside the words that it holds.
    fn fits(self, sentence: &str) -> f64 {
        let lower = format!(" {} ", sentence.to_lowercase());
        match self {
            Self::Reason if REASONS.iter().any(|reason| lower.contains(reason)) => 0.15,
            _ => 0.0,
        }
    }
}

/// Words that a measure is told with, by what is asked for.
const MEASURES: [&[&str]; 4] = [
    &[
        "far",
        "tall",
        "high",
        "deep",
        "thick",
        "wide",
        "big",
        "large",
        "long",
        "meters",
        "kilometers",
        "centimeters",
        "millimeters",
        "miles",
        "feet",
        "inches",
        "yards",
    ],
    &["heavy", "weigh", "weighs", "kilograms", "grams", "pounds", "ounces", "tons"],
    &["fast", "slow", "slowly", "quickly", "speed", "hour", "second", "minute"],
    &["hot", "cold", "warm", "degrees"],
];
const NUMBERS: [&str; 30] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "hundred",
    "thousand",
    "million",
    "millions",
    "billion",
    "trillions",
    "half",
    "third",
    "quarter",
    "tenth",
    "fifth",
    "dozen",
    "twice",
    "once",
];

const REASONS: [&str; 10] = [
    " because ",
    " so that ",
    " since ",
    " that is why ",
    " causes ",
    " cause ",
    " makes ",
    " helps ",
    " so ",
    " to ",
];

/// Words of a question that say nothing of its matter, beside those that search leaves out.
const ASIDE: [&str; 28] = [
    "cause", "causes", "need", "needs", "called", "call", "name", "named", "mean", "means", "many", "much",
    "year", "kind", "kinds", "there", "use", "used", "get", "got", "happen", "happens", "please", "thing",
    "things", "long", "know", "explain",
];

/// A word of the question with its weight: rare words say more, and one that is in no book says most.
struct Asked {
    word: String,
    weight: f64,
    /// Whether nothing can be an answer without it: the second is not the first, the smallest not the largest.
    must: bool,
}

/// Whether a word turns what is asked into something else.
fn decides(word: &str) -> bool {
    matches!(
        word,
        "first" | "second" | "third" | "last" | "only" | "next" | "not" | "never" | "before" | "after"
    ) || (word.len() > 5
        && word.ends_with("est")
        && !matches!(word, "forest" | "harvest" | "interest" | "request"))
}

/// A sentence of a passage.
struct Candidate {
    sentences: Vec<String>,
    held: f64,
    score: f64,
}

pub(crate) fn answer(db: &Connection, question: &str, level: Option<&str>) -> Result<Option<Answer>> {
    let asked = weighed(db, question)?;
    if asked.is_empty() {
        return Ok(None);
    }
    let wanted = Wanted::of(question);
    let query = Query { text: question, vector: None, level, book: None, ways: Ways::Words, most: PASSAGES };
    let lower = question.to_lowercase();
    let doing = lower.trim_end_matches(['?', '.', ' ']).ends_with(" do");
    let now = [" is ", " are ", "'s "].iter().any(|word| lower.contains(word));
    let bench = Bench::new()?;
    let mut best: Option<(f64, Answer)> = None;
    for hit in search(db, &[], &query)? {
        let heading = hit.heading.rsplit(" > ").next().unwrap_or_default();
        let Some(found) = bench.best(&asked, (wanted, doing, now), heading, &hit.text)? else { continue };
        if best.as_ref().is_none_or(|(score, _)| found.score > *score) {
            let page = hit.page;
            let answer = Answer { title: hit.title, page, sentences: found.sentences, held: found.held };
            best = Some((found.score, answer));
        }
    }
    Ok(best.map(|(_, answer)| answer))
}

fn weighed(db: &Connection, question: &str) -> Result<Vec<Asked>> {
    let passages: f64 = db.query_row("SELECT count(*) FROM passage", [], |row| row.get(0))?;
    let mut statement = db.prepare_cached("SELECT count(*) FROM words WHERE words MATCH ?1")?;
    let mut asked = Vec::new();
    for word in crate::search::words(question) {
        if ASIDE.contains(&word.as_str()) {
            continue;
        }
        let holding: f64 = statement.query_row([phrase(&word)], |row| row.get(0))?;
        let weight = ((passages + 1.0) / (holding + 0.5)).ln().max(0.1);
        asked.push(Asked { must: decides(&word), word, weight });
    }
    // What somebody did is the matter itself: "Who wrote it?", "What does it eat?"
    let all: Vec<String> = question
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let did = all.iter().position(|word| word == "who").and_then(|who| all.get(who + 1));
    let does = all.iter().any(|word| word == "what")
        && all.iter().any(|word| matches!(word.as_str(), "do" | "does" | "did"));
    let last = all.last().filter(|_| does);
    for one in &mut asked {
        one.must |= [did, last].into_iter().flatten().any(|word| *word == one.word);
    }
    Ok(asked)
}

/// Verbs whose past no ending makes: a question has the one ("When did they begin?"), the answer the other.
const PASTS: [(&str, &str); 40] = [
    ("begin", "began"),
    ("become", "became"),
    ("break", "broke"),
    ("bring", "brought"),
    ("build", "built"),
    ("buy", "bought"),
    ("catch", "caught"),
    ("choose", "chose"),
    ("come", "came"),
    ("draw", "drew"),
    ("drink", "drank"),
    ("drive", "drove"),
    ("eat", "ate"),
    ("fall", "fell"),
    ("feel", "felt"),
    ("fight", "fought"),
    ("find", "found"),
    ("fly", "flew"),
    ("freeze", "froze"),
    ("give", "gave"),
    ("go", "went"),
    ("grow", "grew"),
    ("hear", "heard"),
    ("hold", "held"),
    ("keep", "kept"),
    ("know", "knew"),
    ("lead", "led"),
    ("leave", "left"),
    ("lose", "lost"),
    ("make", "made"),
    ("meet", "met"),
    ("rise", "rose"),
    ("see", "saw"),
    ("speak", "spoke"),
    ("swim", "swam"),
    ("take", "took"),
    ("teach", "taught"),
    ("throw", "threw"),
    ("win", "won"),
    ("write", "wrote"),
];

/// A word as it is looked for: quoted, so that nothing of a question is syntax, and with its past.
pub(crate) fn phrase(word: &str) -> String {
    let other = PASTS.iter().find_map(|(now, past)| match word {
        _ if word == *now => Some(past),
        _ if word == *past => Some(now),
        _ => None,
    });
    other.map_or_else(|| format!("\"{word}\""), |other| format!("\"{word}\" OR \"{other}\""))
}

/// A small index of one passage's sentences, with the same stemming as the library's.
struct Bench {
    db: Connection,
}

impl Bench {
    fn new() -> Result<Self> {
        let db = Connection::open_in_memory()?;
        db.execute_batch(
            "CREATE VIRTUAL TABLE sentence USING fts5(text, tokenize = 'porter unicode61 remove_diacritics 2');",
        )?;
        Ok(Self { db })
    }

    /// The sentence of a passage that answers best, if one does.
    fn best(
        &self,
        asked: &[Asked],
        (wanted, doing, now): (Wanted, bool, bool),
        heading: &str,
        text: &str,
    ) -> Result<Option<Candidate>> {
        let sentences = sentences(text);
        self.db.execute("DELETE FROM sentence", [])?;
        let mut insert = self.db.prepare_cached("INSERT INTO sentence(rowid, text) VALUES (?1, ?2)")?;
        // Row 1 is the heading.
        insert.execute((1, heading))?;
        for (row, sentence) in (2_i64..).zip(&sentences) {
            insert.execute((row, sentence))?;
        }
        let mut holds = vec![vec![false; asked.len()]; sentences.len() + 1];
        let mut look = self.db.prepare_cached("SELECT rowid FROM sentence WHERE sentence MATCH ?1")?;
        for (at, asked) in asked.iter().enumerate() {
            let rows = look.query_map([phrase(&asked.word)], |row| row.get::<_, i64>(0))?;
            for row in rows {
                let row = usize::try_from(row? - 1).unwrap_or(usize::MAX);
                if let Some(held) = holds.get_mut(row).and_then(|row| row.get_mut(at)) {
                    *held = true;
                }
            }
        }
        let whole: f64 = asked.iter().map(|one| one.weight).sum();
        let share = |held: &dyn Fn(usize) -> bool| {
            let sum: f64 =
                asked.iter().enumerate().filter(|(at, _)| held(*at)).map(|(_, one)| one.weight).sum();
            sum / whole
        };
        let mut best: Option<Candidate> = None;
        for (at, sentence) in sentences.iter().enumerate() {
            let leans = at > 0 && (leans_back(sentence) || points_back(sentence));
            let before = leans.then(|| &holds[at]);
            let own = |word: usize| holds[at + 1][word];
            let alone = share(&own);
            // What a pronoun stands for is in the sentence before; what all is about, in the heading.
            let held = share(&|word| own(word) || holds[0][word] || before.is_some_and(|held| held[word]));
            // What was the tallest need not be so now.
            if now && asked.iter().any(|one| one.must && one.word.ends_with("est")) && is_past(sentence) {
                continue;
            }
            let decided = asked.iter().enumerate().all(|(word, one)| !one.must || own(word));
            if held < wanted.least()
                || alone < (if leans { LEAST_LEANING } else { LEAST_ALONE })
                || !decided
                || !wanted.is_in(sentence)
            {
                continue;
            }
            // A single word is asked about only where it is explained.
            if let [only] = asked
                && !explains(sentence, &only.word, doing)
            {
                continue;
            }
            let score = held + 0.5 * alone + wanted.fits(sentence);
            if best.as_ref().is_none_or(|best| score > best.score + 1e-9) {
                let mut told = Vec::new();
                if leans {
                    told.push(sentences[at - 1].clone());
                }
                told.push(sentence.clone());
                // What follows from it belongs to it.
                told.extend(sentences.get(at + 1).filter(|next| leans_back(next)).cloned());
                best = Some(Candidate { sentences: told, held, score });
            }
        }
        Ok(best)
    }
}

/// Whether a sentence cannot stand without the one before.
fn leans_back(sentence: &str) -> bool {
    let first = sentence.split_whitespace().next().unwrap_or_default().to_lowercase();
    matches!(
        first.trim_end_matches(','),
        "it" | "they"
            | "this"
            | "these"
            | "that"
            | "he"
            | "she"
            | "its"
            | "their"
            | "then"
            | "such"
            | "his"
            | "her"
    )
}

/// Whether a sentence speaks of something in the one before: "Thomas Jefferson wrote most of it."
fn points_back(sentence: &str) -> bool {
    sentence
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| matches!(word, "it" | "them" | "there" | "this" | "these" | "his" | "her"))
}

fn is_past(sentence: &str) -> bool {
    let has = |wanted: &[&str]| sentence.split(' ').any(|word| wanted.contains(&word));
    has(&["was", "were"]) && !has(&["is", "are"])
}

/// Whether a sentence says what something is: "X is", "called X", "X, a", "X happens when", "X forms".
///
/// Where it is asked what something does (`doing`), it is enough that the sentence is about it.
fn explains(sentence: &str, word: &str, doing: bool) -> bool {
    let stem: String = word.strip_suffix('s').unwrap_or(word).to_owned();
    let words: Vec<String> = sentence
        .split_whitespace()
        .map(|one| one.trim_matches(|c: char| !c.is_alphanumeric() && c != ',').to_lowercase())
        .collect();
    words.iter().enumerate().any(|(at, one)| {
        if !one.trim_end_matches(',').starts_with(&stem) {
            return false;
        }
        let after = words.get(at + 1).map_or("", String::as_str);
        let before = words[..at].iter().rev().find(|word| !matches!(word.as_str(), "a" | "an" | "the"));
        let told = matches!(
            after,
            "is" | "are"
                | "was"
                | "were"
                | "means"
                | "shows"
                | "happens"
                | "happen"
                | "forms"
                | "form"
                | "comes"
                | "come"
        );
        let aside = one.ends_with(',') && matches!(after, "a" | "an" | "the" | "which" | "who" | "or");
        let subject = doing && at <= usize::from(matches!(words[0].as_str(), "a" | "an" | "the"));
        told || aside
            || subject
            || before.is_some_and(|word| matches!(word.as_str(), "called" | "named" | "causes" | "cause"))
    })
}

/// The sentences of a passage; a row of a table or an item of a list is one.
fn sentences(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut from = 0;
        let bytes: Vec<(usize, char)> = line.char_indices().collect();
        for (number, (at, c)) in bytes.iter().enumerate() {
            let next = bytes.get(number + 1).map(|(_, c)| *c);
            let after = bytes.get(number + 2).map(|(_, c)| *c);
            let ends = matches!(c, '.' | '!' | '?')
                && next.is_none_or(char::is_whitespace)
                && after
                    .is_none_or(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '“' | '\''))
                && !abbreviates(&line[from..*at]);
            if ends {
                let end = at + c.len_utf8();
                all.push(line[from..end].trim().to_owned());
                from = end;
            }
        }
        let rest = line[from..].trim();
        if !rest.is_empty() {
            all.push(rest.to_owned());
        }
    }
    all
}

/// Whether what stands before a full stop is an abbreviation: "Mr", "St", "J".
fn abbreviates(before: &str) -> bool {
    let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let initial = last.chars().count() == 1 && last.chars().all(char::is_uppercase);
    initial || matches!(last, "Mr" | "Mrs" | "Ms" | "Dr" | "St" | "No" | "vs" | "etc" | "Jr" | "Sr")
}

#[cfg(test)]
mod tests {
    use super::{Wanted, leans_back, sentences};

    #[test]
    fn sentences_end_where_they_end() {
        assert_eq!(
            sentences("Dr. Smith met J. R. Lee at 3.5 miles. \"Hello!\" Then it was over\n\nA new line"),
            ["Dr. Smith met J. R. Lee at 3.5 miles.", "\"Hello!\" Then it was over", "A new line"]
        );
        assert!(leans_back("It was cold.") && !leans_back("Italy was cold."));
    }

    #[test]
    fn what_is_asked_for_is_known_by_the_question_word() {
        for (question, wanted) in [
            ("Who wrote it?", Wanted::Person),
            ("In which year was it?", Wanted::Time),
            ("how thick is the crust", Wanted::Number),
            ("Tell me why leaves are green", Wanted::Reason),
            ("What is a fault?", Wanted::Anything),
        ] {
            assert_eq!(Wanted::of(question), wanted, "{question}");
        }
        assert!(Wanted::Person.is_in("The press was built by Gutenberg."));
        assert!(!Wanted::Person.is_in("The press was built long ago."));
        assert!(Wanted::Number.is_in("An insect has six legs."));
    }
}
