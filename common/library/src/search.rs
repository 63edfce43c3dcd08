//! Search by words and by meaning, and the two put together.

use std::collections::HashMap;

use rusqlite::{Connection, params_from_iter};
use serde::Serialize;

use crate::{Result, vector};

/// The constant of reciprocal rank fusion (Cormack, Clarke and Büttcher 2009): 1 / (60 + rank).
const FUSION: f64 = 60.0;

/// Passages that each way gives to the fusion.
const DEEP: u32 = 50;

/// Least cosine of a passage that no word speaks for. Of the bundled books' questions the right passages have more.
const LEAST_COSINE: f32 = 0.30;

/// Words that say nothing of what is asked.
const STOP: [&str; 66] = [
    "a", "about", "after", "all", "am", "an", "and", "any", "are", "as", "at", "be", "because", "been",
    "but", "by", "can", "could", "did", "do", "does", "for", "from", "had", "has", "have", "he", "her",
    "his", "how", "i", "if", "in", "is", "it", "its", "me", "my", "of", "on", "or", "our", "s", "she", "so",
    "tell", "that", "the", "their", "them", "they", "this", "to", "was", "we", "were", "what", "when",
    "where", "which", "who", "why", "will", "with", "would", "you",
];

/// Which ways are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ways {
    /// Words and meaning.
    Both,
    /// Words only.
    Words,
    /// Meaning only.
    Meaning,
}

/// What is looked for.
#[derive(Debug, Clone)]
pub struct Query<'a> {
    /// The question.
    pub text: &'a str,
    /// Its vector and the model that made it; without, words alone are used.
    pub vector: Option<(&'a [f32], &'a str)>,
    /// Only books of this level, and those for every level.
    pub level: Option<&'a str>,
    /// Only the book of this number.
    pub book: Option<i64>,
    /// Which ways.
    pub ways: Ways,
    /// Most results.
    pub most: usize,
}

/// A passage that was found.
#[derive(Debug, Clone, Serialize)]
pub struct Hit {
    /// Title of its book.
    pub title: String,
    /// Number of its book.
    pub book: i64,
    /// Headings above it.
    pub heading: String,
    /// Page as printed; none where the book has no pages.
    pub page: Option<i64>,
    /// Page on which it ends.
    pub last_page: Option<i64>,
    /// Its text.
    pub text: String,
    /// Fused score: larger is better, comparable within one search only.
    pub score: f64,
    /// Cosine of its meaning and the question's, if vectors were used.
    pub cosine: Option<f32>,
    /// Part of the question's telling words that the passage or its headings hold, 0 to 1.
    pub words: f64,
}

/// The telling words of a question, in small letters.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        let word = word.to_lowercase();
        if !word.is_empty() && !STOP.contains(&word.as_str()) && !out.contains(&word) && out.len() < 32 {
            out.push(word);
        }
    }
    out
}

/// The best passages for a question. `vectors` gives those of a model.
pub(crate) fn search(db: &Connection, vectors: &[(i64, Vec<u8>)], query: &Query<'_>) -> Result<Vec<Hit>> {
    let allowed = allowed(db, query)?;
    let mut scores: HashMap<i64, f64> = HashMap::new();
    let mut add = |ranked: &[i64]| {
        for (rank, id) in (1u32..).zip(ranked) {
            *scores.entry(*id).or_default() += 1.0 / (FUSION + f64::from(rank));
        }
    };
    if query.ways != Ways::Meaning {
        add(&by_words(db, query)?);
    }
    let mut cosines: HashMap<i64, f32> = HashMap::new();
    if query.ways != Ways::Words
        && let Some((vector, _)) = query.vector
    {
        let asked = vector::quantize(vector);
        let mut ranked: Vec<(f32, i64)> = vectors
            .iter()
            .filter(|(id, _)| allowed.as_ref().is_none_or(|allowed| allowed.contains(id)))
            .map(|(id, vector)| (vector::cosine(&asked, vector), *id))
            .collect();
        if ranked.len() > DEEP as usize {
            ranked.select_nth_unstable_by(DEEP as usize, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            ranked.truncate(DEEP as usize);
        }
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        cosines = ranked.iter().map(|&(cosine, id)| (id, cosine)).collect();
        add(&ranked.iter().map(|&(_, id)| id).collect::<Vec<_>>());
    }
    let mut ranked: Vec<(f64, i64)> = scores.into_iter().map(|(id, score)| (score, id)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let asked = words(query.text);
    let mut hits = Vec::new();
    for (score, id) in ranked {
        if hits.len() >= query.most {
            break;
        }
        let hit = hit(db, id, score, cosines.get(&id).copied(), &asked)?;
        // Half of the telling words, or a meaning that is near, or it is not about the question.
        if hit.words >= 0.5 || hit.cosine.is_some_and(|cosine| cosine >= LEAST_COSINE) {
            hits.push(hit);
        }
    }
    Ok(hits)
}

fn by_words(db: &Connection, query: &Query<'_>) -> Result<Vec<i64>> {
    let words = words(query.text);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    // Each word is quoted, so that nothing of a question is syntax.
    let asked: Vec<String> = words.iter().map(|word| crate::answer::phrase(word)).collect();
    let mut statement = db.prepare_cached(
        "SELECT passage.id FROM words JOIN passage ON passage.id = words.rowid JOIN book ON book.id = passage.book \
         WHERE words MATCH ?1 AND (?2 IS NULL OR book.level IS NULL OR book.level = ?2) AND (?3 IS NULL OR book.id = ?3) \
         ORDER BY bm25(words, 2.0, 1.0), passage.id LIMIT ?4",
    )?;
    let found = statement.query_map((asked.join(" OR "), query.level, query.book, DEEP), |row| row.get(0))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

/// Passages of the level and the book; none means all.
fn allowed(db: &Connection, query: &Query<'_>) -> Result<Option<std::collections::HashSet<i64>>> {
    if query.level.is_none() && query.book.is_none() {
        return Ok(None);
    }
    let mut statement = db.prepare_cached(
        "SELECT passage.id FROM passage JOIN book ON book.id = passage.book \
         WHERE (?1 IS NULL OR book.level IS NULL OR book.level = ?1) AND (?2 IS NULL OR book.id = ?2)",
    )?;
    let found = statement.query_map((query.level, query.book), |row| row.get(0))?;
    Ok(Some(found.collect::<rusqlite::Result<_>>()?))
}

fn hit(db: &Connection, id: i64, score: f64, cosine: Option<f32>, asked: &[String]) -> Result<Hit> {
    let mut statement = db.prepare_cached(
        "SELECT book.title, book.id, heading, page, last_page, text, page_offset FROM passage JOIN book ON book.id = passage.book \
         WHERE passage.id = ?1",
    )?;
    let mut hit = statement.query_row([id], |row| {
        let offset: i64 = row.get(6)?;
        let printed = |page: i64| (page > 0).then_some(page + offset);
        Ok(Hit {
            title: row.get(0)?,
            book: row.get(1)?,
            heading: row.get(2)?,
            page: printed(row.get(3)?),
            last_page: printed(row.get(4)?),
            text: row.get(5)?,
            score,
            cosine,
            words: 0.0,
        })
    })?;
    let held = words_held(db, id, asked)?;
    #[allow(clippy::cast_precision_loss)]
    if !asked.is_empty() {
        hit.words = held as f64 / asked.len() as f64;
    }
    Ok(hit)
}

/// How many of the words a passage holds, by the index's own stemming.
fn words_held(db: &Connection, id: i64, asked: &[String]) -> Result<usize> {
    let mut statement =
        db.prepare_cached("SELECT count(*) FROM words WHERE rowid = ?1 AND words MATCH ?2")?;
    let mut held = 0;
    for word in asked {
        let arguments = [rusqlite::types::Value::from(id), crate::answer::phrase(word).into()];
        held +=
            usize::from(statement.query_row(params_from_iter(arguments), |row| row.get::<_, i64>(0))? > 0);
    }
    Ok(held)
}
