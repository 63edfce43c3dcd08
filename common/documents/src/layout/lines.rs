//! Characters to pieces of lines.

use super::{Glyph, Segment};
use crate::block::clean;

/// A gap of this part of the size is a space between words.
const SPACE: f64 = 0.17;

/// A gap of this part of the size ends a piece.
const WIDE: f64 = 1.1;

/// Pieces of lines: characters on one base line with no wide gap between them.
pub fn segments(mut glyphs: Vec<Glyph>) -> Vec<Segment> {
    glyphs.retain(|glyph| glyph.size > 1.0 && glyph.size < 400.0);
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        // A row's base line is that of its first character; superscripts and subscripts are near it.
        let near = rows.iter().rposition(|row| {
            row.first()
                .is_some_and(|first| (glyph.y - first.y).abs() <= 0.3 * first.size.max(glyph.size).min(40.0))
        });
        match near.filter(|&index| index + 3 >= rows.len()).and_then(|index| rows.get_mut(index)) {
            Some(row) => row.push(glyph),
            None => rows.push(vec![glyph]),
        }
    }
    rows.into_iter().flat_map(row_segments).collect()
}

fn row_segments(mut row: Vec<Glyph>) -> Vec<Segment> {
    row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let mut out: Vec<Vec<Glyph>> = Vec::new();
    let mut edge = f64::NEG_INFINITY;
    for glyph in row {
        let blank = glyph.text.trim().is_empty();
        let last = out.last_mut();
        // The same letter drawn twice at the same place makes it look bold.
        let twice = last.as_ref().and_then(|part| part.last()).is_some_and(|before| {
            !blank && before.text == glyph.text && (before.x0 - glyph.x0).abs() < 0.15 * glyph.size
        });
        if twice {
            continue;
        }
        match last {
            Some(part) if glyph.x0 - edge <= WIDE * glyph.size => {
                if !blank {
                    edge = edge.max(glyph.x1);
                }
                part.push(glyph);
            }
            _ if blank => {}
            _ => {
                edge = glyph.x1;
                out.push(vec![glyph]);
            }
        }
    }
    out.into_iter().filter_map(segment).collect()
}

fn segment(glyphs: Vec<Glyph>) -> Option<Segment> {
    let inked = || glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty());
    let (x0, y) = inked().next().map(|glyph| (glyph.x0, glyph.y))?;
    let x1 = inked().map(|glyph| glyph.x1).fold(x0, f64::max);
    let mut text = String::new();
    let mut edge = f64::INFINITY;
    for glyph in &glyphs {
        if glyph.x0 - edge > SPACE * glyph.size && !text.ends_with(' ') {
            text.push(' ');
        }
        text.push_str(&glyph.text);
        edge = glyph.x1;
    }
    let mut sizes: Vec<f64> = inked().map(|glyph| glyph.size).collect();
    sizes.sort_by(f64::total_cmp);
    let size = sizes.get(sizes.len() / 2).copied()?;
    // The base line of most characters, not that of a footnote's mark.
    let y = inked().find(|glyph| (glyph.size - size).abs() < 0.01).map_or(y, |glyph| glyph.y);
    let bold = inked().all(|glyph| glyph.bold);
    let hyphen = text.trim_end().ends_with('\u{AD}');
    let mut text = clean(&text);
    if hyphen {
        text.push('-');
    }
    (!text.is_empty()).then_some(Segment { text, x0, x1, y, size, bold })
}
