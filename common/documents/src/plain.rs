//! Plain text: paragraphs divided by empty lines.

use crate::block::{Block, Document, Kind, clean};
use crate::{Error, Result};

/// The text of a file, if it is text: UTF-8, without control characters.
pub fn decode(bytes: &[u8]) -> Result<String> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes)
        .map_err(|error| Error::Unknown(format!("byte {} is not UTF-8", error.valid_up_to() + 1)))?;
    let control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{C}');
    if let Some((at, character)) = text.char_indices().find(|&(_, c)| control(c)) {
        let problem = format!("byte {} is the control character U+{:04X}", at + 1, u32::from(character));
        return Err(Error::Unknown(problem));
    }
    Ok(text.to_owned())
}

/// Paragraphs; a form feed begins a page. A short line by itself in capitals, or that begins "Chapter" or
/// "Lesson" with a number, is a heading.
pub fn parse(text: &str) -> Document {
    let text = text.replace("\r\n", "\n");
    let mut document = Document::default();
    let paged = text.contains('\u{C}');
    for (index, page_text) in text.split('\u{C}').enumerate() {
        let page = if paged { u32::try_from(index + 1).unwrap_or(u32::MAX) } else { 0 };
        document.pages = document.pages.max(page);
        let mut lines: Vec<&str> = Vec::new();
        for line in page_text.lines().chain([""]) {
            if !line.trim().is_empty() {
                lines.push(line.trim());
                continue;
            }
            let joined = crate::layout::join_lines(lines.drain(..));
            let kind = if is_heading(&joined) { Kind::Heading(1) } else { Kind::Paragraph };
            let text = clean(&joined);
            if !text.is_empty() {
                document.blocks.push(Block::new(kind, text, page));
            }
        }
    }
    document
}

fn is_heading(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let words: Vec<&str> = text.split_whitespace().collect();
    let capitals = letters >= 4 && text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let chapter = matches!(
        words.first().map(|word| word.to_lowercase()).as_deref(),
        Some("chapter" | "lesson" | "unit")
    ) && words
        .get(1)
        .is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit() || "IVXL".contains(c)));
    words.len() <= 12 && (capitals || chapter) && !text.ends_with(['.', '!', ','])
}
