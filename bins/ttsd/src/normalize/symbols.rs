//! Signs, punctuation and line ends.

use super::reader::{Reader, Reading};
use super::tables::{DIGRAPHS, GREEK, OPERATORS};
use super::token::Kind;

/// The end of a line is a pause, unless the line ended in one.
pub fn line(reader: &Reader<'_>, i: usize) -> Option<Reading> {
    (reader.at(i)?.kind == Kind::Line).then_some(())?;
    Reading::new(1, ",")
}

/// "____": a gap to be filled in. Gaps side by side are one.
pub fn blank(reader: &Reader<'_>, i: usize) -> Option<Reading> {
    let mut used = 0;
    while reader.at(i + used).is_some_and(|t| t.is('_')) {
        used += 1;
    }
    match used {
        0 => None,
        1 => Reading::new(1, ""),
        _ => Reading::new(used, "blank"),
    }
}

/// "...": a pause, or the end.
pub fn ellipsis(reader: &Reader<'_>, i: usize) -> Option<Reading> {
    let mut used = 0;
    while reader.at(i + used).is_some_and(|t| t.is('.')) && (used == 0 || reader.glued(i + used).is_some()) {
        used += 1;
    }
    (used >= 2).then_some(())?;
    Reading::new(used, if reader.ends(i + used) { "." } else { "," })
}

/// Arrows and comparisons made of several characters.
pub fn digraph(reader: &Reader<'_>, i: usize) -> Option<Reading> {
    let first = reader.at(i).filter(|t| t.kind == Kind::Sign)?;
    let fits = |signs: &str| {
        first.text.starts_with(|c| signs.starts_with(c))
            && signs.chars().enumerate().skip(1).all(|(n, c)| reader.glued_sign(i + n, c))
    };
    let (signs, words) = DIGRAPHS.iter().find(|(signs, _)| fits(signs))?;
    Reading::new(signs.chars().count(), *words)
}

/// Every other sign.
pub fn sign(reader: &Reader<'_>, i: usize) -> Option<Reading> {
    let token = reader.at(i).filter(|t| t.kind == Kind::Sign)?;
    let c = token.text.chars().next()?;
    if let Some((_, words)) = OPERATORS.iter().find(|(known, _)| *known == c) {
        return Reading::new(1, *words);
    }
    if let Some((_, name)) = GREEK.iter().find(|(known, _)| *known == c) {
        return Reading::new(1, *name);
    }
    let number_after = reader.at(i + 1).is_some_and(|t| t.kind == Kind::Number);
    let words = match c {
        // A factorial is glued to its number and stands in a calculation.
        '!' if reader.equation && !token.spaced && factorial(reader, i) => "factorial",
        ',' | '.' | '?' | '!' | ';' | ':' => return Reading::new(1, token.text),
        '#' if number_after => "number",
        '~' if number_after => "about",
        '@' => "at",
        '%' => "percent",
        '°' => "degrees",
        '¢' => "cents",
        '∠' => return angle(reader, i, "angle"),
        '△' => return angle(reader, i, "triangle"),
        '→' => ",",
        _ => "",
    };
    Reading::new(1, words)
}

fn factorial(reader: &Reader<'_>, i: usize) -> bool {
    let number = reader.before(i).is_some_and(|t| t.kind == Kind::Number || t.is(')'));
    // At the very end it is more likely joy than a factorial.
    number && !reader.ends(i + 1)
}

/// "∠ABC": the letters are points and are named one by one.
fn angle(reader: &Reader<'_>, i: usize, name: &str) -> Option<Reading> {
    let points = reader.at(i + 1).filter(|t| {
        t.kind == Kind::Word && t.text.len() <= 4 && t.text.bytes().all(|b| b.is_ascii_uppercase())
    });
    let Some(points) = points else { return Reading::new(1, name) };
    let letters: Vec<String> = points.text.chars().map(String::from).collect();
    Reading::new(2, format!("{name} {}", letters.join(" ")))
}
