//! Lines to paragraphs, items and headings.

use std::collections::HashMap;

use super::cut::Line;
use crate::block::{Block, Kind, clean};

/// Letters of this many times the size of most of the book's are a heading.
const LARGER: f64 = 1.12;

/// Most words of a heading.
const HEADING_WORDS: usize = 16;

/// Joins the lines of a paragraph. A hyphen at the end of a line goes when a small letter follows.
pub fn join_lines<'a>(lines: impl IntoIterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for line in lines {
        let line = line.trim();
        let mut before = out.chars().rev();
        let broken = before.next() == Some('-') && before.next().is_some_and(char::is_alphabetic);
        if broken && line.starts_with(char::is_lowercase) {
            out.pop();
        } else if !out.is_empty() && !broken && !line.is_empty() {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}

/// The blocks of a book from its lines with their pages.
pub fn blocks(lines: Vec<(u32, Line)>) -> Vec<Block> {
    let body = body_size(&lines);
    let mut groups: Vec<Group> = Vec::new();
    let leading = leading(&lines);
    for (page, line) in lines {
        match groups.last_mut() {
            Some(group) if group.takes(page, &line, body, leading) => group.push(page, line),
            _ => groups.push(Group { pages: (page, page), lines: vec![line] }),
        }
    }
    let mut sizes: Vec<i64> =
        groups.iter().filter(|group| group.is_heading(body)).map(|g| tenths(g.size())).collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    sizes.dedup();
    groups
        .into_iter()
        .filter_map(|group| {
            let kind = if group.is_heading(body) {
                let level = sizes.iter().position(|&size| size == tenths(group.size())).unwrap_or(0);
                Kind::Heading(u8::try_from(level + 1).unwrap_or(6).min(6))
            } else if group.lines.first().is_some_and(|line| line.row) {
                Kind::Row
            } else if group.lines.first().is_some_and(|line| is_item(&line.text)) {
                Kind::Item
            } else {
                Kind::Paragraph
            };
            let text = clean(&join_lines(group.lines.iter().map(|line| line.text.as_str())));
            let (page, last_page) = group.pages;
            (!text.is_empty()).then_some(Block { kind, text, page, last_page })
        })
        .collect()
}

/// The caption of a picture on a page: the page's first block that begins as captions do.
pub fn caption(blocks: &[Block], page: u32) -> String {
    let begins =
        |text: &str| ["Figure", "Fig.", "Picture", "Map", "Photo"].iter().any(|word| text.starts_with(word));
    blocks
        .iter()
        .find(|block| block.page == page && begins(&block.text))
        .map(|block| block.text.clone())
        .unwrap_or_default()
}

/// Lines that belong together.
struct Group {
    pages: (u32, u32),
    lines: Vec<Line>,
}

impl Group {
    fn size(&self) -> f64 {
        self.lines.first().map_or(0.0, |line| line.size)
    }

    fn push(&mut self, page: u32, line: Line) {
        self.pages.1 = page;
        self.lines.push(line);
    }

    /// Whether a line goes on what the group says.
    fn takes(&self, page: u32, line: &Line, body: f64, leading: f64) -> bool {
        let Some(last) = self.lines.last() else { return true };
        let heading = |line: &Line| looks_like_heading(line, body);
        if line.row || last.row || is_item(&line.text) || (last.size - line.size).abs() > 0.08 * last.size {
            return false;
        }
        if heading(last) != heading(line) {
            return false;
        }
        let width = last.column.1 - last.column.0;
        let ended = last.text.ends_with(['.', '!', '?', ':', '\u{201D}', '"']);
        // Indents and short lines mark paragraphs. List items hang.
        let indent = line.x0 - line.column.0;
        let item = self.lines.first().is_some_and(|first| is_item(&first.text));
        if page != self.pages.1 || line.begins {
            // A paragraph that goes on in the next column or on the next page.
            let filled = last.x1 - last.column.0 > 0.75 * width;
            return !heading(line) && !ended && filled && !line.text.starts_with(char::is_uppercase);
        }
        let step = line.y - last.y;
        if step > 1.35 * leading.max(1.05 * line.size) || step < 0.0 {
            return false;
        }
        if heading(line) {
            return true;
        }
        let short = last.x1 - last.column.0 < 0.7 * width;
        let indented = indent > 0.8 * line.size && (line.x0 - last.x0) > 0.8 * line.size;
        !(ended
            && ((indented && !item)
                || short && !item && line.text.starts_with(char::is_uppercase) && width > 20.0 * line.size))
    }

    fn is_heading(&self, body: f64) -> bool {
        let words: usize = self.lines.iter().map(|line| line.text.split_whitespace().count()).sum();
        let text = self.lines.last().map_or("", |line| line.text.as_str());
        let lettered = self.lines.iter().any(|line| line.text.chars().any(char::is_alphabetic));
        lettered
            && words <= HEADING_WORDS
            && !self.lines.iter().any(|line| line.row || is_item(&line.text))
            && self.lines.iter().all(|line| looks_like_heading(line, body))
            && (!text.ends_with(['.', ',', ';']) || self.size() > 1.3 * body)
    }
}

fn looks_like_heading(line: &Line, body: f64) -> bool {
    !line.row && (line.size > LARGER * body || (line.bold && line.size > 0.95 * body))
}

/// "- x", "• x", "3. x", "(b) x".
fn is_item(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let (Some(mark), Some(_)) = (words.next(), words.next()) else { return false };
    if matches!(mark, "-" | "\u{2013}" | "\u{2022}" | "\u{25CF}" | "\u{25E6}" | "\u{25AA}" | "*" | "\u{2023}")
    {
        return true;
    }
    let inner = mark.trim_start_matches('(').trim_end_matches(['.', ')']);
    let short = (1..=2).contains(&inner.len()) && inner.len() < mark.len();
    short
        && (inner.chars().all(|c| c.is_ascii_digit())
            || inner.len() == 1 && inner.chars().all(|c| c.is_ascii_lowercase()))
}

#[allow(clippy::cast_possible_truncation)]
fn tenths(size: f64) -> i64 {
    (size * 2.0).round() as i64
}

/// The size in which most letters of the book are set.
fn body_size(lines: &[(u32, Line)]) -> f64 {
    let mut letters: HashMap<i64, (usize, f64)> = HashMap::new();
    for (_, line) in lines {
        let entry = letters.entry(tenths(line.size)).or_insert((0, line.size));
        entry.0 += line.text.len();
    }
    letters
        .into_values()
        .max_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)))
        .map_or(10.0, |(_, size)| size)
}

/// The commonest distance from line to line.
fn leading(lines: &[(u32, Line)]) -> f64 {
    let mut steps: HashMap<i64, usize> = HashMap::new();
    for pair in lines.windows(2) {
        let [(page, above), (next_page, below)] = pair else { continue };
        let step = below.y - above.y;
        if page == next_page && !below.begins && !below.row && step > 0.0 && step < 4.0 * above.size {
            *steps.entry(tenths(step)).or_default() += 1;
        }
    }
    #[allow(clippy::cast_precision_loss)]
    steps.into_iter().max_by_key(|&(step, count)| (count, -step)).map_or(14.0, |(step, _)| step as f64 / 2.0)
}

#[cfg(test)]
mod tests {
    use super::{is_item, join_lines};

    #[test]
    fn words_cut_at_the_end_of_a_line_are_whole_again() {
        assert_eq!(join_lines(["the evapo-", "ration of", "water"]), "the evaporation of water");
        assert_eq!(join_lines(["the North-", "West wind"]), "the North-West wind");
        assert_eq!(join_lines(["1914 -", "1918"]), "1914 - 1918");
    }

    #[test]
    fn items_are_told_from_sentences() {
        for text in ["\u{2022} ice", "3. ice", "(b) ice", "- ice"] {
            assert!(is_item(text), "{text}");
        }
        for text in ["ice", "I am", "1914. That", "A) ice cream"] {
            assert!(!is_item(text), "{text}");
        }
    }
}
