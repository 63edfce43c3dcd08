//! Answers in a book's own words: the sentence that answers a question, or none.
//!
//! Nothing is phrased anew, so nothing can be said that the book does not say. A sentence is taken when it holds nearly
//! all that the question is about, weighed by how rare each word is in the library, and has what the question asks for:
//! a number, a year, a name, a reason.

mod question;
mod sentence;

use rusqlite::Connection;

use crate::Result;
use crate::search::{Query, Ways, search};
pub(crate) use question::phrase;
use question::{Wanted, decides};
use sentence::{explains, is_past, leans_back, points_back, sentences};

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
