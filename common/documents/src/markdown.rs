//! Markdown, by `CommonMark` with tables.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::block::{Block, Document, Kind, clean};

/// Headings, paragraphs, list items and rows of tables. The first heading of level 1 is the title. A comment
/// `<!-- page N -->` says that page N begins.
pub fn parse(text: &str) -> Document {
    let mut document = Document::default();
    let (mut current, mut page, mut image) = (String::new(), 0u32, false);
    let mut kind = Kind::Paragraph;
    let flush = |document: &mut Document, current: &mut String, kind: Kind, page: u32| {
        let text = clean(current);
        current.clear();
        if text.is_empty() {
            return;
        }
        if kind == Kind::Heading(1) && document.title.is_empty() {
            document.title.clone_from(&text);
        }
        document.blocks.push(Block::new(kind, text, page));
    };
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                flush(&mut document, &mut current, kind, page);
                kind = Kind::Heading(match level {
                    HeadingLevel::H1 => 1,
                    HeadingLevel::H2 => 2,
                    HeadingLevel::H3 => 3,
                    HeadingLevel::H4 => 4,
                    HeadingLevel::H5 => 5,
                    HeadingLevel::H6 => 6,
                });
            }
            Event::Start(Tag::Item) => {
                flush(&mut document, &mut current, kind, page);
                kind = Kind::Item;
            }
            Event::Start(Tag::TableRow | Tag::TableHead) => {
                flush(&mut document, &mut current, kind, page);
                kind = Kind::Row;
            }
            Event::Start(Tag::Image { .. }) => image = true,
            Event::End(TagEnd::Image) => image = false,
            Event::End(TagEnd::TableCell) => current.push_str(" | "),
            Event::End(TagEnd::TableRow | TagEnd::TableHead) => {
                let row = current.trim_end().trim_end_matches('|').to_owned();
                current = row;
                flush(&mut document, &mut current, kind, page);
                kind = Kind::Paragraph;
            }
            Event::End(TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item | TagEnd::CodeBlock) => {
                flush(&mut document, &mut current, kind, page);
                kind = Kind::Paragraph;
            }
            Event::Text(text) | Event::Code(text) if !image => current.push_str(&text),
            Event::SoftBreak | Event::HardBreak => current.push(' '),
            Event::Html(html) | Event::InlineHtml(html) => {
                let number = html.trim().strip_prefix("<!-- page ").and_then(|rest| rest.strip_suffix("-->"));
                if let Some(number) = number.and_then(|number| number.trim().parse().ok()) {
                    page = number;
                    document.pages = document.pages.max(page);
                }
            }
            _ => {}
        }
    }
    flush(&mut document, &mut current, kind, page);
    document
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::block::Kind;

    #[test]
    fn structure_and_pages_are_kept() {
        let text = "# Water\n\nRain *falls*\ndown.\n\n<!-- page 2 -->\n\n## Ice\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
        let document = parse(text);
        let seen: Vec<_> = document.blocks.iter().map(|b| (b.kind, b.text.as_str(), b.page)).collect();
        assert_eq!(
            seen,
            [
                (Kind::Heading(1), "Water", 0),
                (Kind::Paragraph, "Rain falls down.", 0),
                (Kind::Heading(2), "Ice", 2),
                (Kind::Item, "one", 2),
                (Kind::Item, "two", 2),
                (Kind::Row, "a | b", 2),
                (Kind::Row, "1 | 2", 2),
            ]
        );
        assert_eq!(document.title, "Water");
    }
}
