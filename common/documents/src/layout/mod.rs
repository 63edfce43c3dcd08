//! From characters with places to text in the order in which it is read.
//!
//! Characters become pieces of lines ([`lines`]); what stands at the same place of many pages is dropped
//! ([`furniture`]); a page is cut into columns and tables ([`cut`]); lines become paragraphs, items and headings
//! ([`paragraphs`]).

mod cut;
mod furniture;
mod lines;
mod paragraphs;

pub use lines::segments;
pub use paragraphs::{caption, join_lines};

use crate::block::Document;

/// A character as drawn. Lengths are in points, y grows downwards.
#[derive(Debug, Clone)]
pub struct Glyph {
    /// Its letters: more than one for a ligature.
    pub text: Box<str>,
    /// Left edge.
    pub x0: f64,
    /// Right edge.
    pub x1: f64,
    /// Base line.
    pub y: f64,
    /// Size of the letters.
    pub size: f64,
    /// Whether it is bold.
    pub bold: bool,
}

/// A stretch of a line without a wide gap.
#[derive(Debug, Clone)]
pub struct Segment {
    /// Its text.
    pub text: String,
    /// Left edge.
    pub x0: f64,
    /// Right edge.
    pub x1: f64,
    /// Base line.
    pub y: f64,
    /// Size of most of its letters.
    pub size: f64,
    /// Whether all of it is bold.
    pub bold: bool,
}

/// A page's text.
#[derive(Debug, Clone)]
pub struct PageText {
    /// Counted from 1.
    pub number: u32,
    /// Height in points.
    pub height: f64,
    /// Its pieces of lines, in no order.
    pub segments: Vec<Segment>,
}

/// Puts the pages of a book together.
pub fn document(mut pages: Vec<PageText>) -> Document {
    let page_offset = furniture::drop(&mut pages);
    let mut lines = Vec::new();
    for page in pages {
        for line in cut::order(page.segments) {
            lines.push((page.number, line));
        }
    }
    Document { blocks: paragraphs::blocks(lines), page_offset, ..Document::default() }
}
