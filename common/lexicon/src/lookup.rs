//! Looking words up.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OpenFlags, params};

use crate::error::{Error, Result};
use crate::schema::{APPLICATION, FORMAT, link};
use crate::{PartOfSpeech, morphology, safety};

/// Longest word or expression in bytes.
const LONGEST: usize = 64;

/// The words of a sense.
const WORDS_OF: &str = "SELECT written FROM word WHERE synset = ?1 ORDER BY place";

/// A sense of a word that may be told to a child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sense {
    /// Its number in the lexicon.
    pub id: i64,
    /// The word's place among those of the sense.
    place: i64,
    /// Its part of speech.
    pub pos: PartOfSpeech,
    /// How often it was met in WordNet's tagged texts.
    pub uses: i64,
    /// What it means.
    pub definition: String,
    /// It in a sentence, or nothing.
    pub example: String,
    /// Words that share it, as they are written, the one that was looked up among them.
    pub words: Vec<String>,
}

/// What the lexicon has of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The word itself, in lower case: "run" when "ran" was looked up.
    pub word: String,
    /// Its senses, the most frequent first.
    pub senses: Vec<Sense>,
    /// Whether there are others, which are not for children.
    pub has_hidden: bool,
}

impl Found {
    /// Whether all there is of it is not for children.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        self.senses.is_empty()
    }

    /// Its parts of speech, that of the most frequent sense first.
    #[must_use]
    pub fn parts_of_speech(&self) -> Vec<PartOfSpeech> {
        let mut parts = Vec::new();
        for sense in &self.senses {
            if !parts.contains(&sense.pos) {
                parts.push(sense.pos);
            }
        }
        parts
    }

    /// How often all of its senses were met.
    #[must_use]
    pub fn uses(&self) -> i64 {
        self.senses.iter().map(|sense| sense.uses).sum()
    }

    /// The same with senses of one part of speech alone; nothing if there is none.
    #[must_use]
    pub fn of(mut self, pos: PartOfSpeech) -> Option<Self> {
        self.senses.retain(|sense| sense.pos == pos);
        (!self.senses.is_empty()).then_some(self)
    }
}

/// The dictionary, open for reading. One thread looks up at a time; the others wait some microseconds.
#[derive(Debug)]
pub struct Lexicon {
    path: PathBuf,
    database: Mutex<Connection>,
}

impl Lexicon {
    /// Opens the file that [`crate::compile()`] made.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::Format`] or [`Error::Database`].
    pub fn open(path: &Path) -> Result<Self> {
        if !path.is_file() {
            return Err(Error::Missing(path.to_owned()));
        }
        let failed = |source| Error::Database { action: "open", path: path.to_owned(), source };
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let database = Connection::open_with_flags(path, flags).map_err(failed)?;
        // A lookup touches a few pages; what is mapped is shared and given back under pressure.
        database
            .execute_batch("PRAGMA query_only = 1; PRAGMA trusted_schema = 0; PRAGMA mmap_size = 67108864; PRAGMA cache_size = -512")
            .map_err(failed)?;
        let number =
            |name: &str| database.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i64>(0));
        let is_ours = number("application_id").map_err(failed)? == APPLICATION;
        let found = number("user_version").map_err(failed)?;
        if !is_ours || found != FORMAT {
            let found = if is_ours { found } else { 0 };
            return Err(Error::Format { path: path.to_owned(), found, wanted: FORMAT });
        }
        Ok(Self { path: path.to_owned(), database: Mutex::new(database) })
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn database(&self) -> MutexGuard<'_, Connection> {
        self.database.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn failed(&self) -> impl Fn(rusqlite::Error) -> Error + '_ {
        |source| Error::Database { action: "read", path: self.path.clone(), source }
    }

    /// What the lexicon has of a word, an expression, or a form of one; nothing if it knows none.
    ///
    /// # Errors
    /// [`Error::Database`] when the file cannot be read.
    pub fn find(&self, word: &str) -> Result<Option<Found>> {
        let word = word.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        if word.is_empty() || word.len() > LONGEST {
            return Ok(None);
        }
        if safety::is_hidden(&word) {
            return Ok(Some(Found { word, senses: Vec::new(), has_hidden: true }));
        }
        let database = self.database();
        let mut best = exact(&database, &word).map_err(self.failed())?;
        // "Dogs" is no word of its own, and "does" as one (a kind of deer) is not what is meant.
        if best.as_ref().is_none_or(|found| found.uses() == 0) {
            for base in bases(&database, &word).map_err(self.failed())? {
                let found = exact(&database, &base).map_err(self.failed())?;
                if found
                    .as_ref()
                    .is_some_and(|found| best.as_ref().is_none_or(|best| found.uses() > best.uses()))
                {
                    best = found;
                }
            }
        }
        Ok(best)
    }

    /// Words that mean the same, the most usual first: those of the first senses, or else words alike.
    /// The flag says whether they share a sense, or are only alike.
    ///
    /// # Errors
    /// [`Error::Database`] when the file cannot be read.
    pub fn synonyms(&self, found: &Found) -> Result<(Vec<String>, bool)> {
        /// Senses that are looked at, and words that are given at most.
        const SENSES: usize = 3;
        const WORDS: usize = 4;
        let database = self.database();
        let Some(first) = found.senses.first() else { return Ok((Vec::new(), true)) };
        let same = found.senses.iter().filter(|sense| sense.pos == first.pos).take(SENSES);
        // A sense that is hardly met would only confuse.
        let shared: Vec<(i64, String)> = same
            .clone()
            .filter(|sense| sense.uses * 2 >= first.uses)
            .flat_map(|sense| sense.words.iter().map(|word| (sense.id, word.clone())))
            .collect();
        let mut words = usual(&database, &found.word, shared).map_err(self.failed())?;
        words.truncate(WORDS);
        if !words.is_empty() {
            return Ok((words, true));
        }
        let mut alike = Vec::new();
        for target in targets(&database, first.id, link::SIMILAR).map_err(self.failed())? {
            let mut select = database.prepare_cached(WORDS_OF).map_err(self.failed())?;
            let words = select.query_map([target], |row| row.get::<_, String>(0)).map_err(self.failed())?;
            for word in words {
                alike.push((target, word.map_err(self.failed())?));
            }
        }
        // What is alike, and what rarer senses share.
        let mut close = usual(&database, &found.word, alike).map_err(self.failed())?;
        for sense in same.filter(|sense| sense.uses * 25 >= first.uses) {
            let words = sense.words.iter().map(|word| (sense.id, word.clone())).collect();
            close.extend(usual(&database, &found.word, words).map_err(self.failed())?);
        }
        let mut words = by_use(&database, &found.word, close).map_err(self.failed())?;
        words.truncate(WORDS);
        Ok((words, false))
    }

    /// The word that an irregular form belongs to, where that is met far more often than the form as a word of its own: "say" of
    /// "said".
    ///
    /// # Errors
    /// [`Error::Database`] when the file cannot be read.
    pub fn base_of(&self, form: &str) -> Result<Option<Found>> {
        let database = self.database();
        let form = form.to_lowercase();
        let own = uses(&database, &form).map_err(self.failed())?;
        let mut select = database
            .prepare_cached("SELECT base FROM form WHERE form = ?1 AND base <> ?1 ORDER BY pos")
            .map_err(self.failed())?;
        let bases = select.query_map([&form], |row| row.get::<_, String>(0)).map_err(self.failed())?;
        for base in bases {
            let base = base.map_err(self.failed())?;
            if uses(&database, &base).map_err(self.failed())? > own * 10 {
                return exact(&database, &base).map_err(self.failed());
            }
        }
        Ok(None)
    }

    /// Whether it is the name of a person or a place that is spelled and not explained.
    ///
    /// # Errors
    /// [`Error::Database`] when the file cannot be read.
    pub fn is_name(&self, word: &str) -> Result<bool> {
        let database = self.database();
        let mut select =
            database.prepare_cached("SELECT 1 FROM name WHERE lemma = ?1").map_err(self.failed())?;
        select.exists([word.to_lowercase()]).map_err(self.failed())
    }

    /// Words that mean the opposite: of the first sense that has any; of a word that is like another, that one's opposite.
    ///
    /// # Errors
    /// [`Error::Database`] when the file cannot be read.
    pub fn opposites(&self, found: &Found) -> Result<Vec<String>> {
        let database = self.database();
        for sense in &found.senses {
            let own =
                linked(&database, sense.id, Some(sense.place), &[link::OPPOSITE]).map_err(self.failed())?;
            let own = by_use(&database, &found.word, own).map_err(self.failed())?;
            if !own.is_empty() {
                return Ok(own);
            }
        }
        let Some(first) = found.senses.first().filter(|sense| sense.pos == PartOfSpeech::Adjective) else {
            return Ok(Vec::new());
        };
        let heads = targets(&database, first.id, link::SIMILAR).map_err(self.failed())?;
        for head in heads {
            let opposite = linked(&database, head, None, &[link::OPPOSITE]).map_err(self.failed())?;
            let opposite = by_use(&database, &found.word, opposite).map_err(self.failed())?;
            if !opposite.is_empty() {
                return Ok(opposite);
            }
        }
        Ok(Vec::new())
    }

    /// What the first sense of a noun is a kind of: "animal" of "dog", in a step or more.
    ///
    /// # Errors
    /// [`Error::Database`] when the file cannot be read.
    pub fn kind_of(&self, found: &Found) -> Result<Vec<String>> {
        let database = self.database();
        let noun = found.senses.iter().find(|sense| sense.pos == PartOfSpeech::Noun);
        let Some(noun) = noun else { return Ok(Vec::new()) };
        linked(&database, noun.id, None, &[link::KIND_OF]).map_err(self.failed())
    }

    /// Words of the same root, the most usual first.
    ///
    /// # Errors
    /// [`Error::Database`] when the file cannot be read.
    pub fn family(&self, found: &Found) -> Result<Vec<(String, PartOfSpeech)>> {
        const WORDS: usize = 6;
        let database = self.database();
        let mut family: Vec<(String, PartOfSpeech)> = Vec::new();
        for sense in &found.senses {
            for kind in [link::FAMILY, link::FROM] {
                for (word, pos) in
                    related(&database, sense.id, Some(sense.place), kind).map_err(self.failed())?
                {
                    let word = word.to_lowercase();
                    if word != found.word && !family.iter().any(|(known, _)| *known == word) {
                        family.push((word, pos));
                    }
                }
            }
        }
        let mut weighed = Vec::with_capacity(family.len());
        for (word, pos) in family {
            weighed.push((uses(&database, &word).map_err(self.failed())?, word, pos));
        }
        // The sort is stable, so that what is equally usual keeps the order of the senses.
        weighed.sort_by_key(|(uses, ..)| std::cmp::Reverse(*uses));
        Ok(weighed.into_iter().map(|(_, word, pos)| (word, pos)).take(WORDS).collect())
    }

    /// The licence of what the lexicon was made from, which stays with it.
    ///
    /// # Errors
    /// [`Error::Database`] when the file cannot be read.
    pub fn licence(&self) -> Result<String> {
        self.database()
            .query_row("SELECT value FROM meta WHERE key = 'licence'", [], |row| row.get(0))
            .map_err(self.failed())
    }
}

fn exact(database: &Connection, word: &str) -> rusqlite::Result<Option<Found>> {
    let mut select = database.prepare_cached(
        "SELECT sense.synset, place, sense.pos, uses, definition, example, shown FROM sense JOIN synset ON synset.id = synset
         WHERE lemma = ?1 ORDER BY uses DESC, rank, sense.pos",
    )?;
    let mut words = database.prepare_cached(WORDS_OF)?;
    let mut rows = select.query([word])?;
    let mut found = Found { word: word.to_owned(), senses: Vec::new(), has_hidden: false };
    let mut any = false;
    while let Some(row) = rows.next()? {
        any = true;
        if !row.get::<_, bool>(6)? {
            found.has_hidden = true;
            continue;
        }
        let Some(pos) = PartOfSpeech::of_code(row.get(2)?) else { continue };
        let id = row.get(0)?;
        found.senses.push(Sense {
            id,
            place: row.get(1)?,
            pos,
            uses: row.get(3)?,
            definition: row.get(4)?,
            example: row.get(5)?,
            words: words.query_map([id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?,
        });
    }
    Ok(any.then_some(found))
}

/// Words that `form` may be a form of.
fn bases(database: &Connection, form: &str) -> rusqlite::Result<Vec<String>> {
    let mut select =
        database.prepare_cached("SELECT base FROM form WHERE form = ?1 AND base <> ?1 ORDER BY pos")?;
    let mut bases = select.query_map([form], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    if bases.is_empty() {
        bases = PartOfSpeech::ALL.into_iter().flat_map(|pos| morphology::regular(form, pos)).collect();
    }
    Ok(bases)
}

fn targets(database: &Connection, source: i64, kind: i64) -> rusqlite::Result<Vec<i64>> {
    let mut select =
        database.prepare_cached("SELECT DISTINCT target FROM link WHERE source = ?1 AND kind = ?2")?;
    select.query_map(params![source, kind], |row| row.get(0))?.collect()
}

/// The words at the other end of a synset's links of a kind, with their part of speech; of one word's links if a place is given.
fn related(
    database: &Connection,
    source: i64,
    place: Option<i64>,
    kind: i64,
) -> rusqlite::Result<Vec<(String, PartOfSpeech)>> {
    let mut select = database.prepare_cached(
        "SELECT written, link.target / 1000000000 FROM link JOIN word ON word.synset = link.target
         WHERE source = ?1 AND kind = ?2 AND (?3 IS NULL OR link.place IN (0, ?3))
         AND (target_place = 0 OR target_place = word.place) ORDER BY link.target, word.place",
    )?;
    let rows =
        select.query_map(params![source, kind, place], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)))?;
    let mut related = Vec::new();
    for row in rows {
        let (word, pos) = row?;
        if let Some(pos) = PartOfSpeech::of_code(pos) {
            related.push((word, pos));
        }
    }
    Ok(related)
}

fn linked(
    database: &Connection,
    source: i64,
    place: Option<i64>,
    kinds: &[i64],
) -> rusqlite::Result<Vec<String>> {
    let mut words = Vec::new();
    for kind in kinds {
        words.extend(related(database, source, place, *kind)?.into_iter().map(|(word, _)| word));
    }
    Ok(words)
}

fn uses(database: &Connection, word: &str) -> rusqlite::Result<i64> {
    let mut select = database.prepare_cached("SELECT coalesce(sum(uses), 0) FROM sense WHERE lemma = ?1")?;
    select.query_row([word.to_lowercase()], |row| row.get(0))
}

/// Words of senses without `own` and its twins, the most usual first. A word that means something else first ("bad" of "big") is left
/// out where there are others.
fn usual(database: &Connection, own: &str, words: Vec<(i64, String)>) -> rusqlite::Result<Vec<String>> {
    let mut select =
        database.prepare_cached("SELECT min(rank) FROM sense WHERE lemma = ?1 AND synset = ?2")?;
    let mut ranked = Vec::with_capacity(words.len());
    // "Of import" is no word to say instead of another.
    for (synset, word) in words.into_iter().filter(|(_, word)| !word.starts_with("of ")) {
        let rank: Option<i64> = select.query_row(params![word.to_lowercase(), synset], |row| row.get(0))?;
        ranked.push((rank.unwrap_or(i64::MAX), word));
    }
    let others = |limit: i64| ranked.iter().any(|(rank, word)| *rank <= limit && word.to_lowercase() != own);
    let keep = if others(3) { 3 } else { i64::MAX };
    by_use(
        database,
        own,
        ranked.into_iter().filter(|(rank, _)| *rank <= keep).map(|(_, word)| word).collect(),
    )
}

/// The words without `own` and its twins, the most usual first; words that are never met only if there are no others.
fn by_use(database: &Connection, own: &str, words: Vec<String>) -> rusqlite::Result<Vec<String>> {
    let mut weighed: Vec<(i64, String)> = Vec::new();
    for word in words {
        let lower = word.to_lowercase();
        if lower == own || weighed.iter().any(|(_, known)| known.to_lowercase() == lower) {
            continue;
        }
        weighed.push((uses(database, &word)?, word));
    }
    if weighed.iter().any(|(uses, _)| *uses > 0) {
        weighed.retain(|(uses, _)| *uses > 0);
    }
    weighed.sort_by_key(|(uses, _)| std::cmp::Reverse(*uses));
    Ok(weighed.into_iter().map(|(_, word)| word).collect())
}
