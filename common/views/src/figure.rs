//! Pictures of questions, let into a page: only shapes and words of a drawing pass, and their looks come from the page's
//! style sheet. A picture with anything else in it is not shown; its words are.

use crate::shell::Html;
use crate::text::escape;

/// The longest picture that is looked at, in bytes.
const MOST: usize = 100_000;
const TAGS: [&str; 10] =
    ["svg", "g", "title", "line", "polygon", "polyline", "rect", "circle", "path", "text"];
const ATTRIBUTES: [&str; 25] = [
    "viewBox",
    "width",
    "height",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "d",
    "points",
    "class",
    "stroke-dasharray",
    "text-anchor",
    "transform",
    "role",
    "xmlns",
    "fill",
    "stroke",
    "stroke-width",
];

/// A picture as part of a page, with its words for who does not see it. Nothing, if it is no plain drawing.
#[must_use]
pub fn picture(svg: &str, words: &str) -> Option<Html> {
    let body = drawing(svg)?;
    Some(Html::trusted(format!(r#"<svg class="drawing" role="img" aria-label="{}"{body}"#, escape(words))))
}

/// The drawing after `<svg`, with what is not needed left out.
fn drawing(svg: &str) -> Option<String> {
    if svg.len() > MOST || !svg.trim_start().starts_with("<svg") {
        return None;
    }
    let mut rest = svg.trim();
    let mut out = String::with_capacity(svg.len());
    let mut open: Vec<&str> = Vec::new();
    while !rest.is_empty() {
        let at = rest.find('<')?;
        let (text, tail) = rest.split_at(at);
        if open.is_empty() && !out.is_empty() {
            // Nothing follows the drawing.
            return None;
        }
        if open.last() == Some(&"text") {
            out.push_str(&plain(text)?);
        } else if !text.trim().is_empty() && open.last() != Some(&"title") {
            return None;
        }
        // The drawing's own style is that of the page; its title is said beside it.
        if tail.starts_with("<style>") {
            rest = tail.get(tail.find("</style>")? + "</style>".len()..)?;
            continue;
        }
        let end = tail.find('>')?;
        let (tag, after) = (tail.get(1..end)?, tail.get(end + 1..)?);
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop()? != name {
                return None;
            }
            if name != "title" {
                out.push_str(&format!("</{name}>"));
            }
            if open.is_empty() && !rest.is_empty() {
                return None;
            }
            continue;
        }
        let (tag, closed) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, attributes) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        let name = TAGS.into_iter().find(|one| *one == name)?;
        if (name == "svg") != out.is_empty() {
            return None;
        }
        if name != "title" {
            if name != "svg" {
                out.push_str(&format!("<{name}"));
            } else if !out.is_empty() {
                return None;
            }
            out.push_str(&kept(name, attributes)?);
            out.push_str(if closed { "/>" } else { ">" });
        }
        if !closed {
            open.push(name);
        }
    }
    open.is_empty().then_some(out)
}

/// Text of a drawing: references to characters are the only markup in it.
fn plain(text: &str) -> Option<String> {
    let read = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
    (!text.contains(']')).then(|| escape(&read))
}

fn kept(name: &str, attributes: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = attributes.trim();
    while !rest.is_empty() {
        let (key, tail) = rest.split_once("=\"")?;
        let (value, tail) = tail.split_once('"')?;
        rest = tail.trim_start();
        let key = ATTRIBUTES.into_iter().find(|one| *one == key.trim())?;
        let harmless = value.chars().all(|one| {
            one.is_ascii_alphanumeric() || matches!(one, ' ' | '.' | ',' | '-' | '(' | ')' | '#' | ':' | '/')
        });
        let outside = value.contains("url") || (key != "xmlns" && value.contains(':'));
        if !harmless || outside {
            return None;
        }
        // The size on the page is the style sheet's; role and namespace are given anew.
        let dropped =
            matches!(key, "role" | "xmlns") || (name == "svg" && matches!(key, "width" | "height" | "class"));
        if !dropped {
            out.push_str(&format!(r#" {key}="{value}""#));
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use iseetutor_curriculum::bank::{Bank, Wanted};
    use iseetutor_curriculum::level::{Level, Section};

    use super::picture;

    #[test]
    fn every_picture_of_the_bank_passes_without_its_style() {
        let bank = Bank::embedded().unwrap();
        let mut seen = 0;
        for level in Level::ALL {
            for section in [Section::Mathematics, Section::Quantitative] {
                for source in bank.sources(level, section, Wanted::default()) {
                    let Some(item) = bank.draw(&source, level, section, 1) else { continue };
                    if let Some(figure) = item.figure {
                        let shown = picture(&figure.svg, &figure.description);
                        let shown = shown.unwrap_or_else(|| panic!("{}: {}", item.id, figure.svg));
                        assert!(!shown.as_str().contains("<style"), "{}", item.id);
                        assert!(shown.as_str().ends_with("</svg>"));
                        seen += 1;
                    }
                }
            }
        }
        assert!(seen > 40, "{seen}");
    }

    #[test]
    fn what_is_no_drawing_is_not_shown() {
        for bad in [
            "",
            "<svg><script>x</script></svg>",
            "<svg onload=\"x\"></svg>",
            "<svg><image href=\"https://x\"/></svg>",
            "<svg><g></svg>",
            "<svg></svg><p>",
            "<svg><a href=\"x\"></a></svg>",
            "<svg><rect fill=\"url(#a)\"/></svg>",
            "<svg><rect class='x'/></svg>",
            "<svg><style>a</svg>",
            "<svg><text>a<b></text></svg>",
            "text",
            "<svg/><svg/>",
        ] {
            assert!(picture(bad, "words").is_none(), "{bad}: {:?}", picture(bad, "words"));
        }
    }
}
