//! What a book is made of, once read.

use serde::{Deserialize, Serialize};

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A heading of a level: 1 is a chapter's.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// An item of a list, with its mark.
    Item,
    /// A row of a table, cells divided by ` | `.
    Row,
}

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// Its text, one line.
    pub text: String,
    /// Page of the file on which it begins, counted from 1; 0 where the format has no pages.
    pub page: u32,
    /// Page on which it ends.
    pub last_page: u32,
}

impl Block {
    /// A block on one page.
    #[must_use]
    pub fn new(kind: Kind, text: impl Into<String>, page: u32) -> Self {
        Self { kind, text: text.into(), page, last_page: page }
    }
}

/// A picture of a book, as it lies in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// Page of the file, counted from 1; 0 where the format has no pages.
    pub page: u32,
    /// `jpg`, `png`, `gif` or `svg`.
    pub extension: String,
    /// Its caption or description, if one was found.
    pub caption: String,
    /// Where its bytes lie in the file that was read; the worker keeps them beside its answer.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

/// A book, read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Its title, as the file tells it; the file's name where it does not.
    pub title: String,
    /// Pages; 0 where the format has none.
    pub pages: u32,
    /// What to add to a page of the file to get the number that is printed on it.
    pub page_offset: i32,
    /// Its text.
    pub blocks: Vec<Block>,
    /// Its pictures.
    pub images: Vec<Image>,
    /// What a person should know, such as pages that are pictures only.
    pub warnings: Vec<String>,
}

/// Ligatures as letters, soft hyphens and invisible marks dropped, white space as one space.
#[must_use]
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\u{FB00}' => out.push_str("ff"),
            '\u{FB01}' => out.push_str("fi"),
            '\u{FB02}' => out.push_str("fl"),
            '\u{FB03}' => out.push_str("ffi"),
            '\u{FB04}' => out.push_str("ffl"),
            '\u{FB05}' | '\u{FB06}' => out.push_str("st"),
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{FFFD}' | '\0' => {}
            '\u{2010}' | '\u{2011}' => out.push('-'),
            c if c.is_whitespace() || c.is_control() => {
                if !out.ends_with(' ') && !out.is_empty() {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn ligatures_become_letters_and_invisible_marks_go() {
        assert_eq!(clean(" the \u{FB01}rst\u{AD} \u{FB02}ow  o\u{FB03}ce\n"), "the first flow office");
        assert_eq!(clean("\u{FEFF}a\u{200B}b"), "ab");
    }
}
