//! The folder of the library and its index.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use iseetutor_documents::Document;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, params};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::answer::{self, Answer};
use crate::chunk::Chunk;
use crate::search::{self, Hit, Query};
use crate::{Error, Result, vector};

/// Version of the index.
pub(crate) const VERSION: i64 = 1;

const SCHEMA: &str = "
CREATE TABLE book(id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, title TEXT NOT NULL, level TEXT, licence TEXT,
  extension TEXT NOT NULL, pages INTEGER NOT NULL, page_offset INTEGER NOT NULL, warnings TEXT NOT NULL);
CREATE TABLE passage(id INTEGER PRIMARY KEY, book INTEGER NOT NULL REFERENCES book(id), heading TEXT NOT NULL,
  text TEXT NOT NULL, page INTEGER NOT NULL, last_page INTEGER NOT NULL);
CREATE INDEX passage_of_book ON passage(book);
CREATE TABLE image(book INTEGER NOT NULL REFERENCES book(id), file TEXT NOT NULL, page INTEGER NOT NULL, caption TEXT NOT NULL);
CREATE TABLE vector(passage INTEGER PRIMARY KEY REFERENCES passage(id), model TEXT NOT NULL, data BLOB NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(heading, text, tokenize = 'porter unicode61 remove_diacritics 2');
PRAGMA user_version = 1;
";

/// A book of the library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Book {
    /// Its number.
    pub id: i64,
    /// SHA-256 of its source.
    pub sha256: String,
    /// Its title.
    pub title: String,
    /// The level it is for; none for every level.
    pub level: Option<String>,
    /// Its terms, as told when it was added.
    pub licence: Option<String>,
    /// Kind of its source: `pdf`, `epub`, `md` or `txt`.
    pub extension: String,
    /// Its pages; 0 where it has none.
    pub pages: i64,
    /// Passages.
    pub passages: i64,
    /// Passages with a vector.
    pub vectors: i64,
    /// What a person should know of it.
    pub warnings: Vec<String>,
}

/// A book to be added.
#[derive(Debug)]
pub struct NewBook<'a> {
    /// The file it was read from.
    pub source: &'a Path,
    /// SHA-256 of that file, by [`Library::sha256`].
    pub sha256: &'a str,
    /// The level it is for; none for every level.
    pub level: Option<&'a str>,
    /// Its terms.
    pub licence: Option<&'a str>,
    /// What was read.
    pub document: &'a Document,
    /// Its passages.
    pub chunks: &'a [Chunk],
    /// The model and a vector for each passage.
    pub vectors: Option<(&'a str, &'a [Vec<f32>])>,
}

/// What became of a book that was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It is in the library under this number.
    New(i64),
    /// It took the place of an older edition, a book with the same title, and kept its number.
    Replaced(i64),
}

/// The vectors of a model.
#[derive(Debug)]
struct Vectors {
    model: String,
    /// The index's change counter when they were read.
    state: i64,
    /// Of each passage.
    all: Vec<(i64, Vec<u8>)>,
}

/// A library.
#[derive(Debug)]
pub struct Library {
    dir: PathBuf,
    db: Connection,
    /// Kept from search to search.
    cache: Option<Vectors>,
}

impl Library {
    /// Opens the library in a folder, or begins one there.
    ///
    /// # Errors
    /// [`Error::Io`], [`Error::Index`] and [`Error::Version`].
    pub fn open(dir: &Path) -> Result<Self> {
        for part in ["pdfs", "images"] {
            let path = dir.join(part);
            std::fs::create_dir_all(&path).map_err(Error::io("create", &path))?;
        }
        let mut db = Connection::open(dir.join("index.sqlite"))?;
        db.busy_timeout(std::time::Duration::from_secs(10))?;
        // Not WAL: a reader who may not write into the folder (tutord) could then not open it.
        db.pragma_update(None, "journal_mode", "DELETE")?;
        db.pragma_update(None, "synchronous", "FULL")?;
        db.pragma_update(None, "foreign_keys", true)?;
        let transaction = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        match transaction.query_row("PRAGMA user_version", [], |row| row.get(0))? {
            0 => transaction.execute_batch(SCHEMA)?,
            VERSION => {}
            other => return Err(Error::Version(other)),
        }
        transaction.commit()?;
        Ok(Self { dir: dir.to_owned(), db, cache: None })
    }

    /// Opens the library in a folder to look things up in it, without writing anything.
    ///
    /// # Errors
    /// [`Error::Index`], where there is none, too, and [`Error::Version`].
    pub fn open_to_read(dir: &Path) -> Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(dir.join("index.sqlite"), flags)?;
        // Somebody waits for the answer.
        db.busy_timeout(std::time::Duration::from_millis(100))?;
        match db.query_row("PRAGMA user_version", [], |row| row.get(0))? {
            VERSION => Ok(Self { dir: dir.to_owned(), db, cache: None }),
            other => Err(Error::Version(other)),
        }
    }

    /// What the books say to a question, in their own words; nothing when they do not answer it.
    ///
    /// # Errors
    /// [`Error::Index`].
    pub fn answer(&self, question: &str, level: Option<&str>) -> Result<Option<Answer>> {
        answer::answer(&self.db, question, level)
    }

    /// SHA-256 of a file, in hexadecimal.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn sha256(path: &Path) -> Result<String> {
        let mut file = File::open(path).map_err(Error::io("open", path))?;
        let (mut hash, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
        loop {
            let count = file.read(&mut buffer).map_err(Error::io("read", path))?;
            let Some(read) = buffer.get(..count).filter(|read| !read.is_empty()) else { break };
            hash.update(read);
        }
        Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// Adds a book, in place of an older edition if there is one with its title. Its source is kept beside the index.
    ///
    /// # Errors
    /// [`Error::Io`] and [`Error::Index`]; then the library is as it was.
    pub fn add(&mut self, new: &NewBook<'_>) -> Result<Added> {
        let extension =
            new.source.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        let kept = self.source_path(new.sha256, &extension);
        if !kept.exists() {
            copy(new.source, &kept)?;
        }
        let mut images = Vec::new();
        for (index, image) in new.document.images.iter().enumerate() {
            let short = new.sha256.get(..16).unwrap_or(new.sha256);
            let file = format!("{short}-{index}.{}", image.extension);
            write(&self.dir.join("images").join(&file), &image.bytes)?;
            images.push((file, image.page, image.caption.as_str()));
        }
        let transaction = self.db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let older: Option<(i64, String, String)> = transaction
            .query_row(
                "SELECT id, sha256, extension FROM book WHERE sha256 = ?1 OR title = ?2 COLLATE NOCASE",
                (new.sha256, &new.document.title),
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .optional()?;
        let old_files = match &older {
            Some((id, ..)) => erase(&transaction, *id)?,
            None => Vec::new(),
        };
        let document = new.document;
        transaction.execute(
            "INSERT INTO book(id, sha256, title, level, licence, extension, pages, page_offset, warnings) \
             VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                older.as_ref().map(|(id, ..)| *id),
                new.sha256,
                document.title,
                new.level,
                new.licence,
                extension,
                document.pages,
                document.page_offset,
                document.warnings.join("\n")
            ],
        )?;
        let book = transaction.last_insert_rowid();
        for (index, chunk) in new.chunks.iter().enumerate() {
            transaction
                .prepare_cached(
                    "INSERT INTO passage(book, heading, text, page, last_page) VALUES(?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![book, chunk.heading, chunk.text, chunk.page, chunk.last_page])?;
            let passage = transaction.last_insert_rowid();
            transaction
                .prepare_cached("INSERT INTO words(rowid, heading, text) VALUES(?1, ?2, ?3)")?
                .execute(params![passage, chunk.heading, chunk.text])?;
            if let Some((model, vector)) = new.vectors.and_then(|(model, all)| Some((model, all.get(index)?)))
            {
                transaction
                    .prepare_cached("INSERT INTO vector(passage, model, data) VALUES(?1, ?2, ?3)")?
                    .execute(params![passage, model, vector::quantize(vector)])?;
            }
        }
        for (file, page, caption) in &images {
            transaction.execute(
                "INSERT INTO image(book, file, page, caption) VALUES(?1, ?2, ?3, ?4)",
                params![book, file, page, caption],
            )?;
        }
        transaction.commit()?;
        for file in old_files.iter().filter(|old| !images.iter().any(|(new, ..)| new == *old)) {
            forget(&self.dir.join("images").join(file));
        }
        Ok(match older {
            Some((id, sha256, extension)) => {
                if sha256 != new.sha256 {
                    forget(&self.source_path(&sha256, &extension));
                }
                Added::Replaced(id)
            }
            None => Added::New(book),
        })
    }

    /// The books, by title.
    ///
    /// # Errors
    /// [`Error::Index`].
    pub fn books(&self) -> Result<Vec<Book>> {
        let mut statement = self.db.prepare(
            "SELECT id, sha256, title, level, licence, extension, pages, warnings, \
             (SELECT count(*) FROM passage WHERE book = book.id), \
             (SELECT count(*) FROM vector JOIN passage ON passage.id = passage WHERE book = book.id) FROM book ORDER BY title",
        )?;
        let books = statement.query_map([], |row| {
            let warnings: String = row.get(7)?;
            Ok(Book {
                id: row.get(0)?,
                sha256: row.get(1)?,
                title: row.get(2)?,
                level: row.get(3)?,
                licence: row.get(4)?,
                extension: row.get(5)?,
                pages: row.get(6)?,
                passages: row.get(8)?,
                vectors: row.get(9)?,
                warnings: warnings.lines().map(str::to_owned).collect(),
            })
        })?;
        Ok(books.collect::<rusqlite::Result<_>>()?)
    }

    /// A book by its number or its title.
    ///
    /// # Errors
    /// [`Error::NoBook`] and [`Error::Index`].
    pub fn book(&self, name: &str) -> Result<Book> {
        let named = |book: &Book| book.id.to_string() == name || book.title.eq_ignore_ascii_case(name);
        self.books()?.into_iter().find(named).ok_or_else(|| Error::NoBook(format!("'{name}'")))
    }

    /// Headings, pages and text of a book's passages.
    ///
    /// # Errors
    /// [`Error::Index`].
    pub fn passages(&self, book: i64) -> Result<Vec<Chunk>> {
        let mut statement = self
            .db
            .prepare("SELECT heading, text, page, last_page FROM passage WHERE book = ?1 ORDER BY id")?;
        let rows = statement.query_map([book], |row| {
            Ok(Chunk { heading: row.get(0)?, text: row.get(1)?, page: row.get(2)?, last_page: row.get(3)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Removes a book, its source and its pictures.
    ///
    /// # Errors
    /// [`Error::Index`].
    pub fn remove(&mut self, book: &Book) -> Result<()> {
        let transaction = self.db.transaction()?;
        let files = erase(&transaction, book.id)?;
        transaction.commit()?;
        forget(&self.source(book));
        for file in files {
            forget(&self.dir.join("images").join(file));
        }
        Ok(())
    }

    /// Where a book's source is kept.
    #[must_use]
    pub fn source(&self, book: &Book) -> PathBuf {
        self.source_path(&book.sha256, &book.extension)
    }

    fn source_path(&self, sha256: &str, extension: &str) -> PathBuf {
        self.dir.join("pdfs").join(format!("{sha256}.{extension}"))
    }

    /// What is wrong with the library: a damaged index, sources that are missing or changed. Nothing when all is well.
    ///
    /// # Errors
    /// [`Error::Index`].
    pub fn verify(&self) -> Result<Vec<String>> {
        let mut wrong = Vec::new();
        let said: String = self.db.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        if said != "ok" {
            wrong.push(format!("the index is damaged: {said}"));
        }
        if let Err(error) = self.db.execute("INSERT INTO words(words) VALUES('integrity-check')", []) {
            wrong.push(format!("the index of words is damaged: {error}"));
        }
        for book in self.books()? {
            let path = self.source(&book);
            match Self::sha256(&path) {
                Ok(found) if found == book.sha256 => {}
                Ok(_) => {
                    wrong.push(format!("the source of '{}' has changed: {}", book.title, path.display()))
                }
                Err(error) => wrong.push(format!("the source of '{}' is gone: {error}", book.title)),
            }
        }
        Ok(wrong)
    }

    /// The best passages for a question, best first; none when nothing is about it.
    ///
    /// # Errors
    /// [`Error::Index`].
    pub fn search(&mut self, query: &Query<'_>) -> Result<Vec<Hit>> {
        let changed: i64 = self.db.query_row("PRAGMA data_version", [], |row| row.get(0))?;
        let state =
            changed.wrapping_add(i64::try_from(self.db.total_changes()).unwrap_or(0).wrapping_mul(1 << 20));
        if let Some((_, model)) = query.vector
            && self.cache.as_ref().is_none_or(|kept| kept.model != model || kept.state != state)
        {
            let mut statement = self.db.prepare("SELECT passage, data FROM vector WHERE model = ?1")?;
            let rows = statement.query_map([model], |row| Ok((row.get(0)?, row.get(1)?)))?;
            self.cache =
                Some(Vectors { model: model.to_owned(), state, all: rows.collect::<rusqlite::Result<_>>()? });
        }
        let vectors = self.cache.as_ref().map(|kept| kept.all.as_slice()).unwrap_or_default();
        search::search(&self.db, vectors, query)
    }
}

/// Takes a book out of the index; gives the files of its pictures.
fn erase(transaction: &Transaction<'_>, book: i64) -> Result<Vec<String>> {
    let files = transaction
        .prepare("SELECT file FROM image WHERE book = ?1")?
        .query_map([book], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for statement in [
        "DELETE FROM vector WHERE passage IN (SELECT id FROM passage WHERE book = ?1)",
        "DELETE FROM words WHERE rowid IN (SELECT id FROM passage WHERE book = ?1)",
        "DELETE FROM image WHERE book = ?1",
        "DELETE FROM passage WHERE book = ?1",
        "DELETE FROM book WHERE id = ?1",
    ] {
        transaction.execute(statement, [book])?;
    }
    Ok(files)
}

/// Removes a file that the index does not name any more; one that stays does no harm.
fn forget(path: &Path) {
    let _ = std::fs::remove_file(path);
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    let part = to.with_extension("part");
    std::fs::copy(from, &part).map_err(Error::io("copy the book to", &part))?;
    File::open(&part).and_then(|file| file.sync_all()).map_err(Error::io("write", &part))?;
    std::fs::rename(&part, to).map_err(Error::io("write", to))
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = File::create(path).map_err(Error::io("create", path))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(Error::io("write", path))
}
