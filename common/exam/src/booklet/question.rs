//! Questions and passages on paper.

use std::fmt::Write;

use iseetutor_curriculum::content::{Genre, Passage};
use iseetutor_curriculum::item::{Item, letter};

use super::html::{escape, line, lines, picture};

/// Letters of a line of prose; the width of the page takes a few more.
const WIDE: usize = 86;
/// Every so many lines have their number beside them.
const NUMBERED: usize = 5;
/// Choices up to so many letters stand two in a row.
const SHORT_CHOICE: usize = 26;

/// A question with its number.
pub(super) fn question(number: usize, item: &Item, narrow: bool) -> String {
    let mut out = format!("<li><span class=\"no\">{number}.</span>\n");
    out.push_str(&stem(&item.stem));
    if let Some(figure) = &item.figure {
        out.push_str(&picture(&figure.svg, &figure.description));
    }
    let short = item.choices.iter().all(|choice| choice.text.chars().count() <= SHORT_CHOICE);
    let pair = if short && !narrow { " pair" } else { "" };
    let _ = writeln!(out, "<ul class=\"choices{pair}\">");
    for (at, choice) in item.choices.iter().enumerate() {
        let _ = writeln!(out, "<li><b>({})</b>{}</li>", letter(at), line(&choice.text));
    }
    out.push_str("</ul>\n</li>\n");
    out
}

/// The text of a question; the two columns of a comparison as a table.
fn stem(stem: &str) -> String {
    let columns = || {
        let (before, rest) = stem.split_once("Column A: ")?;
        let (a, b) = rest.split_once("\nColumn B: ")?;
        Some((before.trim_end(), a, b))
    };
    let Some((before, a, b)) = columns() else { return format!("<p>{}</p>\n", lines(stem)) };
    let given = if before.is_empty() { String::new() } else { format!("<p>{}</p>\n", lines(before)) };
    format!(
        "{given}<table class=\"columns\">\n<thead><tr><th scope=\"col\">Column A</th><th scope=\"col\">Column B</th></tr></thead>\n<tbody><tr><td>{}</td><td>{}</td></tr></tbody>\n</table>\n",
        lines(a),
        lines(b)
    )
}

/// A passage with its lines numbered.
pub(super) fn passage(passage: &Passage) -> String {
    let mut out = String::from("<div class=\"passage\">\n");
    let mut number = 0;
    for paragraph in &passage.paragraphs {
        // A line end is the author's: of a poem, a letter or a list.
        let verse = passage.genre == Genre::Poetry || paragraph.contains('\n');
        let _ = writeln!(out, "<p class=\"{}\">", if verse { "stanza" } else { "prose" });
        for own in paragraph.split('\n') {
            for text in wrapped(own) {
                number += 1;
                let mark =
                    if number % NUMBERED == 0 { format!(" data-n=\"{number}\"") } else { String::new() };
                let _ = writeln!(out, "<span class=\"l\"{mark}>{}</span>", escape(&text));
            }
        }
        out.push_str("</p>\n");
    }
    out.push_str("</div>\n");
    out
}

/// A text in lines of about the width of the page.
pub(super) fn wrapped(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut current = String::new();
    let mut long = 0;
    for word in text.split_whitespace() {
        let letters = word.chars().count();
        if long > 0 && long + 1 + letters > WIDE {
            out.push(std::mem::take(&mut current));
            long = 0;
        }
        if long > 0 {
            current.push(' ');
            long += 1;
        }
        current.push_str(word);
        long += letters;
    }
    if !current.is_empty() || out.is_empty() {
        out.push(current);
    }
    out
}
