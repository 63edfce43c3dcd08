//! Passages: stretches of a book of at most [`WORDS`] words under one heading.

use iseetutor_documents::{Block, Document, Kind};

/// Most words of a passage. The embedding model reads 256 tokens, about 200 words.
pub const WORDS: usize = 180;

/// Words of the end of a passage that begin the next one, in whole sentences.
const OVERLAP: usize = 35;

/// A passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// Headings above it, outermost first, divided by ` > `.
    pub heading: String,
    /// Its text.
    pub text: String,
    /// Page of the file on which it begins; 0 where the format has none.
    pub page: u32,
    /// Page on which it ends.
    pub last_page: u32,
}

/// A sentence, a list item or a row, with its pages.
struct Piece {
    text: String,
    words: usize,
    pages: (u32, u32),
}

/// Cuts a document into passages. None crosses a heading or cuts a sentence, unless that is longer than a passage.
#[must_use]
pub fn chunks(document: &Document) -> Vec<Chunk> {
    let mut out = Vec::new();
    let mut path: Vec<(u8, String)> = Vec::new();
    let mut open: Vec<Piece> = Vec::new();
    for block in &document.blocks {
        if let Kind::Heading(level) = block.kind {
            close(&mut out, &path, &mut open);
            path.retain(|(above, _)| *above < level);
            path.push((level, block.text.clone()));
            continue;
        }
        for piece in pieces(block) {
            let words: usize = open.iter().map(|piece| piece.words).sum();
            if words + piece.words > WORDS && !open.is_empty() {
                let keep = overlap(&open);
                let kept = open.split_off(keep);
                let texts =
                    kept.iter().map(|piece| Piece { text: piece.text.clone(), ..*piece }).collect::<Vec<_>>();
                open.extend(kept);
                close(&mut out, &path, &mut open);
                open = texts;
            }
            open.push(piece);
        }
    }
    close(&mut out, &path, &mut open);
    out
}

/// Where the sentences begin that are said again; a passage is never only these.
fn overlap(open: &[Piece]) -> usize {
    let (mut at, mut words) = (open.len(), 0);
    while at > 1 && open.get(at - 1).is_some_and(|piece| words + piece.words <= OVERLAP) {
        at -= 1;
        words += open.get(at).map_or(0, |piece| piece.words);
    }
    at
}

fn close(out: &mut Vec<Chunk>, path: &[(u8, String)], open: &mut Vec<Piece>) {
    let Some(page) = open.first().map(|piece| piece.pages.0) else { return };
    let last_page = open.iter().map(|piece| piece.pages.1).max().unwrap_or(page);
    let text: Vec<String> = open.drain(..).map(|piece| piece.text).collect();
    let heading: Vec<&str> = path.iter().map(|(_, text)| text.as_str()).collect();
    out.push(Chunk { heading: heading.join(" > "), text: text.join(" "), page, last_page });
}

fn pieces(block: &Block) -> Vec<Piece> {
    let texts =
        if block.kind == Kind::Paragraph { sentences(&block.text) } else { vec![block.text.as_str()] };
    let mut out = Vec::new();
    for text in texts {
        let words: Vec<&str> = text.split_whitespace().collect();
        for part in words.chunks(WORDS) {
            out.push(Piece { text: part.join(" "), words: part.len(), pages: (block.page, block.last_page) });
        }
    }
    out
}

/// The sentences of a paragraph: cut after `.`, `!` or `?` and closing quotes when a capital or a number follows, but
/// not after titles and initials.
#[must_use]
pub fn sentences(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(' ') {
        let (Some(before), Some(after)) = (text.get(start..at), text.get(at + 1..)) else { continue };
        let ended =
            before.trim_end_matches(['"', '\'', '\u{201D}', '\u{2019}', ')']).ends_with(['.', '!', '?']);
        let begins = after
            .trim_start_matches(['"', '\'', '\u{201C}', '\u{2018}', '('])
            .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        let last = before.rsplit(' ').next().unwrap_or_default();
        let title =
            matches!(last, "Mr." | "Mrs." | "Ms." | "Dr." | "St." | "Fig." | "No." | "vs." | "e.g." | "i.e.");
        let initial = last.len() == 2 && last.starts_with(char::is_uppercase);
        if ended && begins && !title && !initial {
            out.push(before);
            start = at + 1;
        }
    }
    out.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    out
}

#[cfg(test)]
mod tests {
    use super::{WORDS, chunks, sentences};
    use iseetutor_documents::{Block, Document, Kind};

    #[test]
    fn sentences_end_where_they_end() {
        let text = "Dr. Lee saw J. Park. \"Is it ice?\" He asked 3.5 times. 12 drops fell.";
        assert_eq!(
            sentences(text),
            ["Dr. Lee saw J. Park.", "\"Is it ice?\"", "He asked 3.5 times.", "12 drops fell."]
        );
    }

    #[test]
    fn passages_keep_headings_pages_and_whole_sentences() {
        let long: String =
            (0..60).map(|n| format!("Sentence number {n} is about water in rivers. ")).collect();
        let document = Document {
            blocks: vec![
                Block::new(Kind::Heading(1), "Water", 1),
                Block::new(Kind::Heading(2), "Rivers", 1),
                Block { last_page: 3, ..Block::new(Kind::Paragraph, long.trim(), 2) },
                Block::new(Kind::Heading(2), "Ice", 4),
                Block::new(Kind::Paragraph, "Ice is cold.", 4),
            ],
            ..Document::default()
        };
        let found = chunks(&document);
        assert!(found.len() >= 4, "{}", found.len());
        for chunk in &found {
            assert!(
                chunk.text.split_whitespace().count() <= WORDS && chunk.text.ends_with('.'),
                "{}",
                chunk.text
            );
        }
        for n in 0..60 {
            assert!(found.iter().any(|chunk| chunk.text.contains(&format!("number {n} is"))), "{n} is lost");
        }
        let (first, second) = (&found[0], &found[1]);
        assert_eq!((first.heading.as_str(), first.page, first.last_page), ("Water > Rivers", 2, 3));
        let again = sentences(&second.text)[0];
        assert!(first.text.contains(again), "no overlap: {again}");
        assert_eq!(found.last().map(|c| (c.heading.as_str(), c.page)), Some(("Water > Ice", 4)));
    }
}
