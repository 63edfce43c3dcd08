//! The file's layout.

/// The format's number, kept as SQLite's `user_version`.
pub const FORMAT: i64 = 1;
/// Marks the file as a lexicon: "ILex", kept as SQLite's `application_id`.
pub const APPLICATION: i64 = 0x494c_6578;

/// Its tables. `lemma` is in lower case with spaces; `place` counts a synset's words from 1; `uses` is how often a sense
/// was met in WordNet's tagged texts. `name` has the names of single persons and places, which are spelled and not explained.
pub const TABLES: &str = "
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE synset (id INTEGER PRIMARY KEY, pos INTEGER NOT NULL, definition TEXT NOT NULL, example TEXT NOT NULL,
    shown INTEGER NOT NULL);
CREATE TABLE sense (lemma TEXT NOT NULL, pos INTEGER NOT NULL, rank INTEGER NOT NULL, synset INTEGER NOT NULL,
    place INTEGER NOT NULL, uses INTEGER NOT NULL, PRIMARY KEY (lemma, pos, rank)) WITHOUT ROWID;
CREATE TABLE word (synset INTEGER NOT NULL, place INTEGER NOT NULL, written TEXT NOT NULL,
    PRIMARY KEY (synset, place)) WITHOUT ROWID;
CREATE TABLE link (source INTEGER NOT NULL, kind INTEGER NOT NULL, place INTEGER NOT NULL, target INTEGER NOT NULL,
    target_place INTEGER NOT NULL, PRIMARY KEY (source, kind, place, target, target_place)) WITHOUT ROWID;
CREATE TABLE name (lemma TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE form (form TEXT NOT NULL, pos INTEGER NOT NULL, base TEXT NOT NULL,
    PRIMARY KEY (form, pos, base)) WITHOUT ROWID;
";

/// Kinds of link.
pub mod link {
    /// The target is what the source is a kind of.
    pub const KIND_OF: i64 = 1;
    /// The target means the opposite.
    pub const OPPOSITE: i64 = 2;
    /// The target is derived from the same root.
    pub const FAMILY: i64 = 3;
    /// The target is alike.
    pub const SIMILAR: i64 = 4;
    /// The source is derived from the target.
    pub const FROM: i64 = 5;

    /// The kind that WordNet's symbol means, if it is kept.
    #[must_use]
    pub fn of(symbol: &str) -> Option<i64> {
        Some(match symbol {
            "@" | "@i" => KIND_OF,
            "!" => OPPOSITE,
            "+" => FAMILY,
            "&" => SIMILAR,
            "\\" => FROM,
            _ => return None,
        })
    }
}
