//! WordNet's own files: `data.POS`, `index.POS`, `POS.exc` and `cntlist.rev`, as their manual pages describe them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::PartOfSpeech;
use crate::error::{Error, Result};

/// Largest of its files is 15 MB; what is much larger is something else.
const LARGEST: u64 = 64 << 20;

/// Where Debian's and Ubuntu's `wordnet-base` puts the files.
pub const FOLDER: &str = "/usr/share/wordnet";

/// A line of `data.POS`.
pub struct Synset {
    /// Its number: the place in its file, which is one only together with the part of speech.
    pub offset: i64,
    /// Its words as they are written, `_` between parts, without an adjective's marker.
    pub words: Vec<String>,
    /// Symbol, target's place and part of speech, words' places (0 is all of the synset).
    pub pointers: Vec<(String, i64, PartOfSpeech, i64, i64)>,
    /// Definition and examples.
    pub gloss: String,
}

fn text(folder: &Path, name: &str) -> Result<(PathBuf, String)> {
    let path = folder.join(name);
    let size = match fs::metadata(&path) {
        Ok(found) => found.len(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(Error::NoWordNet(path)),
        Err(source) => return Err(Error::Io { action: "read", path, source }),
    };
    if size > LARGEST {
        return Err(Error::Line { file: path, line: 1 });
    }
    let bytes = fs::read(&path).map_err(|source| Error::Io { action: "read", path: path.clone(), source })?;
    Ok((path, String::from_utf8_lossy(&bytes).into_owned()))
}

fn lines<T>(folder: &Path, name: &str, read: impl Fn(&str) -> Option<T>) -> Result<Vec<T>> {
    let (file, text) = text(folder, name)?;
    // The licence stands at the head of a file, behind two spaces.
    let lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with("  ") && !line.is_empty());
    lines
        .map(|(at, line)| read(line).ok_or_else(|| Error::Line { file: file.clone(), line: at + 1 }))
        .collect()
}

/// The licence, which has to stay with every copy.
pub fn licence(folder: &Path) -> Result<String> {
    let (_, text) = text(folder, "data.noun")?;
    let head = text.lines().take_while(|line| line.starts_with("  "));
    // Each line begins with its number.
    let plain = head.map(|line| line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit()).trim());
    Ok(plain.collect::<Vec<_>>().join("\n").trim().to_owned())
}

/// The synsets of a part of speech.
pub fn synsets(folder: &Path, pos: PartOfSpeech) -> Result<Vec<Synset>> {
    lines(folder, &format!("data.{}", pos.file()), synset)
}

fn synset(line: &str) -> Option<Synset> {
    let (left, gloss) = line.split_once(" | ")?;
    let mut fields = left.split(' ');
    let offset = fields.next()?.parse().ok()?;
    fields.nth(1)?;
    let count = usize::from_str_radix(fields.next()?, 16).ok()?;
    let mut words = Vec::new();
    for _ in 0..count {
        let word = fields.next()?;
        words.push(word.split('(').next()?.to_owned());
        fields.next()?;
    }
    let count: usize = fields.next()?.parse().ok()?;
    let mut pointers = Vec::new();
    for _ in 0..count {
        let symbol = fields.next()?.to_owned();
        let target = fields.next()?.parse().ok()?;
        let pos = PartOfSpeech::of_letter(fields.next()?)?;
        let places = i64::from_str_radix(fields.next()?, 16).ok()?;
        pointers.push((symbol, target, pos, places >> 8, places & 0xff));
    }
    Some(Synset { offset, words, pointers, gloss: gloss.trim().to_owned() })
}

/// The lemmas of a part of speech, each with its synsets, the most frequent first.
pub fn index(folder: &Path, pos: PartOfSpeech) -> Result<Vec<(String, Vec<i64>)>> {
    lines(folder, &format!("index.{}", pos.file()), |line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let synsets: usize = fields.get(2)?.parse().ok()?;
        let from = fields.len().checked_sub(synsets)?;
        let offsets = fields.get(from..)?.iter().map(|field| field.parse().ok()).collect::<Option<_>>()?;
        Some(((*fields.first()?).to_owned(), offsets))
    })
}

/// Irregular forms of a part of speech with what they are forms of.
pub fn exceptions(folder: &Path, pos: PartOfSpeech) -> Result<Vec<(String, Vec<String>)>> {
    lines(folder, &format!("{}.exc", pos.file()), |line| {
        let mut fields = line.split_whitespace().map(str::to_owned);
        Some((fields.next()?, fields.collect()))
    })
}

/// How often senses were met: lemma, part of speech, number of the sense, count.
pub fn counts(folder: &Path) -> Result<Vec<(String, PartOfSpeech, usize, i64)>> {
    lines(folder, "cntlist.rev", |line| {
        let mut fields = line.split(' ');
        let (lemma, key) = fields.next()?.split_once('%')?;
        let pos = match key.split(':').next()? {
            "1" => PartOfSpeech::Noun,
            "2" => PartOfSpeech::Verb,
            "3" | "5" => PartOfSpeech::Adjective,
            "4" => PartOfSpeech::Adverb,
            _ => return None,
        };
        Some((lemma.to_owned(), pos, fields.next()?.parse().ok()?, fields.next()?.trim().parse().ok()?))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::synset;
    use crate::PartOfSpeech;

    #[test]
    fn a_line_is_read_or_refused() {
        let read = synset(
            "00005815 29 a 02 glad(p) 0 well_off 0 002 ! 00006032 a 0101 & 00005907 a 0000 | pleased; \"glad to go\"  ",
        )
        .unwrap();
        assert_eq!(read.words, ["glad", "well_off"]);
        assert_eq!(read.pointers[0], ("!".to_owned(), 6032, PartOfSpeech::Adjective, 1, 1));
        assert_eq!(read.gloss, "pleased; \"glad to go\"");
        for broken in ["", "x | y", "1 2 n zz a 0 000 | g", "1 2 n ff a 0 | g", "1 2 n 01 a 0 001 @ | g"] {
            assert!(synset(broken).is_none(), "{broken}");
        }
    }
}
