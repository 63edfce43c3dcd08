//! Makes the lexicon out of WordNet's own files.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, params};

use crate::PartOfSpeech;
use crate::error::{Error, Result};
use crate::schema::{APPLICATION, FORMAT, TABLES, link};
use crate::wordnet::{self, Synset};
use crate::{gloss, safety};

pub use crate::wordnet::FOLDER;

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Compiled {
    /// Words and expressions.
    pub words: usize,
    /// Senses with a definition.
    pub senses: usize,
    /// Senses that are not for children, whose definitions were left out.
    pub hidden: usize,
    /// Bytes of the file.
    pub bytes: u64,
}

/// One synset's place in the file.
fn id(pos: PartOfSpeech, offset: i64) -> i64 {
    pos.code() * 1_000_000_000 + offset
}

/// By part of speech, the lemmas, each with its synsets.
type Index = Vec<(PartOfSpeech, Vec<(String, Vec<i64>)>)>;

/// What becomes of a synset.
enum Fate {
    Shown(String, String),
    Hidden,
    /// Names of persons, places and other single things: what was true of them in 2006 may not be now.
    Dropped,
}

/// Compiles WordNet in the folder `from` to the file `to`, which appears whole or not at all; one that is there is replaced.
///
/// # Errors
/// [`Error`] when WordNet is not there or damaged, or the file cannot be written.
pub fn compile(from: &Path, to: &Path) -> Result<Compiled> {
    let io = |action: &'static str, path: &Path| {
        let path = path.to_owned();
        move |source| Error::Io { action, path, source }
    };
    if let Some(folder) = to.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(io("create", folder))?;
    }
    let part = beside(to);
    remove(&part)?;
    let made = write(from, &part).and_then(|made| {
        let file = fs::File::open(&part).map_err(io("open", &part))?;
        file.sync_all().map_err(io("write", &part))?;
        let bytes = file.metadata().map_err(io("read", &part))?.len();
        fs::rename(&part, to).map_err(io("replace", to))?;
        Ok(Compiled { bytes, ..made })
    });
    if made.is_err() {
        // The cause is what is told; a part that stays is replaced by the next attempt.
        let _ = remove(&part);
    }
    made
}

fn beside(to: &Path) -> PathBuf {
    let mut name = to.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    to.with_file_name(name)
}

fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Error::Io { action: "remove", path: path.to_owned(), source: error })
        }
        _ => Ok(()),
    }
}

fn write(from: &Path, part: &Path) -> Result<Compiled> {
    let licence = wordnet::licence(from)?;
    let failed = |source| Error::Database { action: "write", path: part.to_owned(), source };
    let mut database = Connection::open(part).map_err(failed)?;
    let settings = format!(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096;
         PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {FORMAT}; {TABLES}"
    );
    database.execute_batch(&settings).map_err(failed)?;
    let transaction = database.transaction().map_err(failed)?;
    let made = fill(from, &transaction, &failed)?;
    let mut meta = transaction.prepare("INSERT INTO meta VALUES (?1, ?2)").map_err(failed)?;
    for (key, value) in [("source", crate::TITLE), ("licence", &licence)] {
        meta.execute([key, value]).map_err(failed)?;
    }
    drop(meta);
    transaction.commit().map_err(failed)?;
    database.execute_batch("ANALYZE; VACUUM").map_err(failed)?;
    database.close().map_err(|(_, source)| failed(source))?;
    Ok(made)
}

fn fill(from: &Path, database: &Connection, failed: &impl Fn(rusqlite::Error) -> Error) -> Result<Compiled> {
    let mut made = Compiled { words: 0, senses: 0, hidden: 0, bytes: 0 };
    let counts: HashMap<_, _> = wordnet::counts(from)?
        .into_iter()
        .map(|(lemma, pos, sense, count)| ((lemma, pos, sense), count))
        .collect();
    let mut synsets = HashMap::new();
    for pos in PartOfSpeech::ALL {
        for synset in wordnet::synsets(from, pos)? {
            synsets.insert(id(pos, synset.offset), synset);
        }
    }
    let usages: HashSet<i64> = synsets
        .iter()
        .filter(|(_, synset)| synset.words.iter().any(|word| safety::USAGES.contains(&word.as_str())))
        .map(|(id, _)| *id)
        .collect();
    let index: Index = PartOfSpeech::ALL
        .into_iter()
        .map(|pos| Ok((pos, wordnet::index(from, pos)?)))
        .collect::<Result<_>>()?;
    let corrected = corrections(&index);

    let mut add_synset =
        database.prepare("INSERT INTO synset VALUES (?1, ?2, ?3, ?4, ?5)").map_err(failed)?;
    let mut add_word = database.prepare("INSERT INTO word VALUES (?1, ?2, ?3)").map_err(failed)?;
    let mut add_link =
        database.prepare("INSERT OR IGNORE INTO link VALUES (?1, ?2, ?3, ?4, ?5)").map_err(failed)?;
    let mut kept = HashSet::new();
    let mut ids: Vec<i64> = synsets.keys().copied().collect();
    ids.sort_unstable();
    for id in &ids {
        let Some(synset) = synsets.get(id) else { continue };
        let (definition, example, shown) = match fate(*id, synset, &usages, &corrected) {
            Fate::Dropped => continue,
            Fate::Hidden => (String::new(), String::new(), false),
            Fate::Shown(definition, example) => (definition, example, true),
        };
        kept.insert(*id);
        made.senses += usize::from(shown);
        made.hidden += usize::from(!shown);
        add_synset.execute(params![id, id / 1_000_000_000, definition, example, shown]).map_err(failed)?;
        if !shown {
            continue;
        }
        for (place, word) in (1_i64..).zip(&synset.words) {
            let written = word.replace('_', " ");
            if !safety::is_hidden(&written) {
                add_word.execute(params![id, place, written]).map_err(failed)?;
            }
        }
    }
    for id in &ids {
        let Some(synset) = synsets.get(id).filter(|_| kept.contains(id)) else { continue };
        for (symbol, target, pos, place, target_place) in &synset.pointers {
            let target = self::id(*pos, *target);
            if let Some(kind) = link::of(symbol).filter(|_| kept.contains(&target)) {
                add_link.execute(params![id, kind, place, target, target_place]).map_err(failed)?;
                // An adverb names its adjective; the adjective is asked for its adverb, too.
                if kind == link::FROM {
                    let family = params![target, link::FAMILY, target_place, id, place];
                    add_link.execute(family).map_err(failed)?;
                }
            }
        }
    }
    made.words = add_senses(database, &index, &synsets, &kept, &counts).map_err(failed)?;
    let mut add_form = database.prepare("INSERT OR IGNORE INTO form VALUES (?1, ?2, ?3)").map_err(failed)?;
    for pos in PartOfSpeech::ALL {
        for (form, bases) in wordnet::exceptions(from, pos)? {
            for base in bases {
                let (form, base) = (form.replace('_', " "), base.replace('_', " "));
                add_form.execute(params![form, pos.code(), base]).map_err(failed)?;
            }
        }
    }
    Ok(made)
}

fn add_senses(
    database: &Connection,
    index: &Index,
    synsets: &HashMap<i64, Synset>,
    kept: &HashSet<i64>,
    counts: &HashMap<(String, PartOfSpeech, usize), i64>,
) -> rusqlite::Result<usize> {
    let mut add = database.prepare("INSERT INTO sense VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    let mut lemmas = HashSet::new();
    for (pos, lines) in index {
        for (lemma, offsets) in lines {
            for (rank, offset) in (1_usize..).zip(offsets) {
                let id = id(*pos, *offset);
                let Some(synset) = synsets.get(&id).filter(|_| kept.contains(&id)) else { continue };
                let place = synset.words.iter().position(|word| word.to_lowercase() == *lemma);
                let place = place.and_then(|at| i64::try_from(at + 1).ok()).unwrap_or(0);
                let uses = counts.get(&(lemma.clone(), *pos, rank)).copied().unwrap_or(0);
                let rank = i64::try_from(rank).unwrap_or(i64::MAX);
                add.execute(params![lemma.replace('_', " "), pos.code(), rank, id, place, uses])?;
                lemmas.insert(lemma);
            }
        }
    }
    let mut add = database.prepare("INSERT OR IGNORE INTO name VALUES (?1)")?;
    for (lemma, _) in index.iter().flat_map(|(_, lines)| lines).filter(|(lemma, _)| !lemmas.contains(lemma)) {
        let name = lemma.replace('_', " ");
        if !safety::is_hidden(&name) {
            add.execute([name])?;
        }
    }
    Ok(lemmas.len())
}

/// `corrections.tsv`: the synsets that it names, each with another definition, or none for one that is to be hidden.
fn corrections(index: &Index) -> HashMap<i64, Option<&'static str>> {
    let mut corrected = HashMap::new();
    for line in include_str!("corrections.tsv").lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let &[lemma, pos, rank, definition] = fields.as_slice() else { continue };
        let at = rank.parse::<usize>().ok().and_then(|rank| rank.checked_sub(1));
        let found = index.iter().filter(|(of, _)| of.as_str() == pos).flat_map(|(of, lines)| {
            lines
                .iter()
                .filter(|(word, _)| word == lemma)
                .filter_map(|(_, offsets)| Some(id(*of, *offsets.get(at?)?)))
        });
        for id in found {
            corrected.insert(id, Some(definition).filter(|definition| *definition != "-"));
        }
    }
    corrected
}

fn fate(
    id: i64,
    synset: &Synset,
    usages: &HashSet<i64>,
    corrected: &HashMap<i64, Option<&'static str>>,
) -> Fate {
    if let Some(definition) = corrected.get(&id) {
        return definition
            .map_or(Fate::Hidden, |definition| Fate::Shown(definition.to_owned(), String::new()));
    }
    let mut pointers = synset.pointers.iter();
    let single = pointers.clone().any(|(symbol, ..)| symbol == "@i");
    // "sun", and not "capital of France".
    let lower = |word: &String| !word.chars().any(char::is_uppercase);
    if single && !synset.words.iter().any(lower) {
        return Fate::Dropped;
    }
    let marked =
        pointers.any(|(symbol, target, pos, ..)| symbol == ";u" && usages.contains(&self::id(*pos, *target)));
    let first = synset.words.first().map(|word| word.replace('_', " ")).unwrap_or_default();
    if marked || !safety::is_fit(&synset.gloss) || safety::is_hidden(&first) {
        return Fate::Hidden;
    }
    let (definition, example) = gloss::take_apart(&synset.gloss);
    if definition.is_empty() { Fate::Hidden } else { Fate::Shown(definition, example) }
}
