//! WordNet 3.0, read from its data files, and the other lists that distractors are chosen by.

pub mod choose;
pub mod moby;
pub mod rules;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

/// Where Debian's `wordnet-base` puts the data files.
pub const WORDNET: &str = "/usr/share/wordnet";

/// A relation between synsets that says nothing of likeness: a topic, a region or a manner of use.
fn is_domain(symbol: &str) -> bool {
    symbol.starts_with(';') || symbol.starts_with('-')
}

/// A set of words that mean the same.
pub struct Synset {
    /// noun, verb, adjective or adverb.
    pub pos: &'static str,
    /// The number of the lexicographers' file: its topic.
    pub topic: u32,
    /// Its words in small letters, `_` between parts.
    pub words: Vec<String>,
    /// What it means, without the examples.
    pub gloss: String,
    /// Related synsets, other than opposites and domains.
    pub related: BTreeSet<usize>,
    /// Opposites.
    pub opposite: BTreeSet<usize>,
    /// For adjectives: the head of its cluster, itself if it is one.
    pub head: usize,
}

/// WordNet.
pub struct WordNet {
    /// Every synset.
    pub synsets: Vec<Synset>,
    senses: HashMap<String, Vec<usize>>,
    keys: HashMap<String, usize>,
}

struct Line<'t> {
    place: (char, &'t str),
    kind: char,
    topic: u32,
    words: Vec<(String, u32)>,
    pointers: Vec<(&'t str, (char, &'t str))>,
    gloss: &'t str,
}

fn line(pos: char, text: &str) -> Option<Line<'_>> {
    let (left, gloss) = text.split_once(" | ")?;
    let mut fields = left.split(' ');
    let offset = fields.next()?;
    let topic = fields.next()?.parse().ok()?;
    let kind = fields.next()?.chars().next()?;
    let count = usize::from_str_radix(fields.next()?, 16).ok()?;
    let mut words = Vec::with_capacity(count);
    for _ in 0..count {
        let word = fields.next()?.to_lowercase();
        let plain = word.split('(').next()?.to_owned();
        words.push((plain, u32::from_str_radix(fields.next()?, 16).ok()?));
    }
    let count: usize = fields.next()?.parse().ok()?;
    let mut pointers = Vec::with_capacity(count);
    for _ in 0..count {
        let (symbol, offset, pos) = (fields.next()?, fields.next()?, fields.next()?);
        fields.next()?;
        pointers.push((symbol, (pos.chars().next()?, offset)));
    }
    Some(Line { place: (pos, offset), kind, topic, words, pointers, gloss })
}

impl WordNet {
    /// Reads the data files; `None` when they are not installed.
    pub fn read(folder: &Path) -> Option<Self> {
        let mut texts = Vec::new();
        for (letter, name) in [('n', "noun"), ('v', "verb"), ('a', "adj"), ('r', "adv")] {
            // Names of plants and places hold letters that are not ASCII; none matters here.
            let bytes = std::fs::read(folder.join(format!("data.{name}"))).ok()?;
            texts.push((letter, String::from_utf8_lossy(&bytes).into_owned()));
        }
        let lines: Vec<Line<'_>> = texts
            .iter()
            .flat_map(|(letter, text)| {
                text.lines().filter(|text| !text.starts_with("  ")).filter_map(|text| line(*letter, text))
            })
            .collect();
        Some(Self::build(&lines))
    }

    fn build(lines: &[Line<'_>]) -> Self {
        let places: HashMap<(char, &str), usize> =
            lines.iter().enumerate().map(|(at, line)| (line.place, at)).collect();
        let target = |pos: char, offset| places.get(&(if pos == 's' { 'a' } else { pos }, offset)).copied();
        let mut net =
            Self { synsets: Vec::with_capacity(lines.len()), senses: HashMap::new(), keys: HashMap::new() };
        for (at, line) in lines.iter().enumerate() {
            let mut synset = Synset {
                pos: match line.place.0 {
                    'n' => "noun",
                    'v' => "verb",
                    'a' => "adjective",
                    _ => "adverb",
                },
                topic: line.topic,
                words: line.words.iter().map(|(word, _)| word.clone()).collect(),
                gloss: line.gloss.split("; \"").next().unwrap_or_default().to_lowercase(),
                related: BTreeSet::new(),
                opposite: BTreeSet::new(),
                head: at,
            };
            for (symbol, (pos, offset)) in &line.pointers {
                let Some(to) = target(*pos, *offset) else { continue };
                if *symbol == "!" {
                    synset.opposite.insert(to);
                } else if !is_domain(symbol) {
                    synset.related.insert(to);
                    if *symbol == "&" && line.kind == 's' {
                        synset.head = to;
                    }
                }
            }
            net.synsets.push(synset);
        }
        for (at, line) in lines.iter().enumerate() {
            let number = match line.kind {
                'n' => 1,
                'v' => 2,
                'a' => 3,
                'r' => 4,
                _ => 5,
            };
            let head = if line.kind == 's' {
                let (word, id) = &lines[net.synsets[at].head].words[0];
                format!("{word}:{id:02}")
            } else {
                ":".to_owned()
            };
            for (word, id) in &line.words {
                net.keys.insert(format!("{word}%{number}:{:02}:{id:02}:{head}", line.topic), at);
                net.senses.entry(word.clone()).or_default().push(at);
            }
        }
        // Relations hold both ways, also where only one is written.
        for at in 0..net.synsets.len() {
            for to in net.synsets[at].related.clone() {
                net.synsets[to].related.insert(at);
            }
        }
        net
    }

    /// Every sense of a word, with any part of speech.
    pub fn senses(&self, word: &str) -> &[usize] {
        self.senses.get(&word.to_lowercase().replace(' ', "_")).map_or(&[], Vec::as_slice)
    }

    /// The synset of a sense key.
    pub fn key(&self, key: &str) -> Option<usize> {
        self.keys.get(key).copied()
    }

    /// Whether a word has a part of speech.
    pub fn is(&self, word: &str, pos: &str) -> bool {
        self.senses(word).iter().any(|at| self.synsets[*at].pos == pos)
    }

    /// The synsets of a word and those that they are related to.
    pub fn around(&self, word: &str) -> HashSet<usize> {
        let senses = self.senses(word);
        senses.iter().copied().chain(senses.iter().flat_map(|at| self.synsets[*at].related.clone())).collect()
    }

    /// The clusters of adjectives that a word is in.
    pub fn clusters(&self, word: &str) -> HashSet<usize> {
        let adjectives = self.senses(word).iter().filter(|at| self.synsets[**at].pos == "adjective");
        adjectives.map(|at| self.synsets[*at].head).collect()
    }
}

/// What is known of a word's use.
#[derive(Clone, Copy)]
pub struct Usage {
    /// The power of ten of the times that it comes in a billion words.
    pub zipf: f64,
    /// `+`, `-`, `0` or `?`.
    pub charge: char,
}

/// A file of the repository.
pub fn file(path: &str) -> PathBuf {
    // Where the test runs, which need not be where it was compiled.
    let here = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&here).join(path)
}

/// The lines of a table that are not remarks, in fields.
pub fn table(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

/// The frequencies and charges of words.
pub fn usage() -> HashMap<String, Usage> {
    table(&file("../../config/content/words/frequency.tsv"))
        .into_iter()
        .map(|row| {
            let usage = Usage {
                zipf: row[1].parse().expect("a frequency is a number"),
                charge: row[2].chars().next().expect("a charge is a sign"),
            };
            (row[0].clone(), usage)
        })
        .collect()
}
