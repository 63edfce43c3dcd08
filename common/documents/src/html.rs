//! The text of an XHTML page.

use roxmltree::{Node, ParsingOptions};

use crate::block::{Block, Kind, clean};
use crate::{Error, Result};

/// Most nodes of one page: enough for a long chapter, few enough to bound memory.
const NODES: u32 = 500_000;

/// Deepest nesting of elements that is followed.
const DEPTH: usize = 200;

/// Named entities of HTML that books use; XML knows only five.
const ENTITIES: [(&str, &str); 14] = [
    ("&nbsp;", " "),
    ("&mdash;", "\u{2014}"),
    ("&ndash;", "\u{2013}"),
    ("&hellip;", "\u{2026}"),
    ("&lsquo;", "\u{2018}"),
    ("&rsquo;", "\u{2019}"),
    ("&ldquo;", "\u{201C}"),
    ("&rdquo;", "\u{201D}"),
    ("&deg;", "\u{B0}"),
    ("&times;", "\u{D7}"),
    ("&frac12;", "\u{BD}"),
    ("&eacute;", "\u{E9}"),
    ("&copy;", "\u{A9}"),
    ("&shy;", ""),
];

/// Address and `alt` text of a picture.
pub type Picture = (String, String);

/// Blocks of a page, and its pictures.
pub fn blocks(xhtml: &str, page: u32) -> Result<(Vec<Block>, Vec<Picture>)> {
    let mut text = xhtml.to_owned();
    if text.contains('&') {
        for (entity, character) in ENTITIES {
            text = text.replace(entity, character);
        }
    }
    let options = ParsingOptions { allow_dtd: true, nodes_limit: NODES, ..ParsingOptions::default() };
    let document = roxmltree::Document::parse_with_options(&text, options)
        .map_err(|error| Error::broken("EPUB", format!("part {page}: {error}")))?;
    let mut reader = Reader { blocks: Vec::new(), images: Vec::new(), current: String::new(), page };
    reader.walk(document.root_element(), Kind::Paragraph, 0);
    reader.flush(Kind::Paragraph);
    Ok((reader.blocks, reader.images))
}

struct Reader {
    blocks: Vec<Block>,
    images: Vec<Picture>,
    current: String,
    page: u32,
}

impl Reader {
    fn flush(&mut self, kind: Kind) {
        let text = clean(&self.current);
        self.current.clear();
        if !text.is_empty() {
            self.blocks.push(Block::new(kind, text, self.page));
        }
    }

    fn walk(&mut self, node: Node<'_, '_>, kind: Kind, depth: usize) {
        if depth > DEPTH {
            return;
        }
        for child in node.children() {
            if child.is_text() {
                self.current.push_str(child.text().unwrap_or_default());
                continue;
            }
            if !child.is_element() {
                continue;
            }
            match child.tag_name().name() {
                "head" | "script" | "style" | "nav" | "template" => {}
                "br" => self.current.push(' '),
                "img" | "image" => {
                    let source = child.attributes().find(|a| matches!(a.name(), "src" | "href"));
                    if let Some(source) = source {
                        let alt = clean(child.attribute("alt").unwrap_or_default());
                        self.images.push((source.value().to_owned(), alt));
                    }
                }
                "tr" => {
                    self.flush(kind);
                    let cells: Vec<String> = child
                        .children()
                        .filter(Node::is_element)
                        .map(|cell| {
                            clean(
                                &cell
                                    .descendants()
                                    .filter_map(|n| n.is_text().then(|| n.text()).flatten())
                                    .collect::<Vec<_>>()
                                    .join(" "),
                            )
                        })
                        .collect();
                    self.current = cells.join(" | ");
                    self.flush(Kind::Row);
                }
                name @ ("h1" | "h2" | "h3" | "h4" | "h5" | "h6") => {
                    self.flush(kind);
                    let level = name.as_bytes().get(1).map_or(1, |digit| digit - b'0');
                    self.walk(child, Kind::Heading(level), depth + 1);
                    self.flush(Kind::Heading(level));
                }
                "li" => {
                    self.flush(kind);
                    self.walk(child, Kind::Item, depth + 1);
                    self.flush(Kind::Item);
                }
                "p" | "div" | "section" | "article" | "body" | "blockquote" | "ul" | "ol" | "table"
                | "tbody" | "thead" | "figure" | "figcaption" | "dl" | "dt" | "dd" | "pre" | "header"
                | "footer" | "aside" | "main" => {
                    self.flush(kind);
                    self.walk(child, kind, depth + 1);
                    self.flush(kind);
                }
                _ => self.walk(child, kind, depth + 1),
            }
        }
    }
}
