//! A second thesaurus, to keep out words that WordNet does not relate though they are near each other.

use std::collections::{HashMap, HashSet};
use std::path::Path;

/// Entries that have more than this in common (their cosine) are of words that are near each other.
const COMMON: f64 = 0.05;

/// The Moby Thesaurus II (Grady Ward, public domain): an entry a line, its words divided by commas.
pub struct Moby {
    entries: HashMap<String, HashSet<String>>,
}

impl Moby {
    /// Reads the entries of words that are wanted.
    pub fn read(file: &Path, wanted: impl Fn(&str) -> bool) -> std::io::Result<Self> {
        let text = String::from_utf8_lossy(&std::fs::read(file)?).to_lowercase();
        let mut entries = HashMap::new();
        for line in text.lines() {
            let mut words = line.split(',').map(str::trim);
            if let Some(first) = words.next().filter(|first| wanted(first)) {
                entries.insert(first.to_owned(), words.chain([first]).map(str::to_owned).collect());
            }
        }
        Ok(Self { entries })
    }

    /// Whether one word's entry names the other, or their entries have much in common.
    pub fn near(&self, one: &str, other: &str) -> bool {
        let names = |from: &str, to: &str| self.entries.get(from).is_some_and(|entry| entry.contains(to));
        let common = || {
            let (a, b) = (self.entries.get(one)?, self.entries.get(other)?);
            Some(a.intersection(b).count() as f64 / ((a.len() * b.len()) as f64).sqrt())
        };
        names(one, other) || names(other, one) || common().is_some_and(|common| common > COMMON)
    }
}
