//! SSML and HTML: tags and character entities.

use super::markup::REACH;

/// Tags whose contents are a power, so that `x<sup>2</sup>` is "x squared".
const POWER_TAG: &str = "sup";

/// Tags after which a speaker pauses.
const PAUSE_TAGS: [&str; 12] = ["br", "break", "p", "s", "li", "div", "h1", "h2", "h3", "tr", "ul", "ol"];

/// Tag names of one or two letters that are taken for tags; any other so short could be mathematics ("a<b").
const SHORT_TAGS: [&str; 14] =
    ["b", "i", "u", "p", "s", "br", "li", "em", "h1", "h2", "h3", "tr", "td", "hr"];

/// Character entities by name.
const ENTITIES: [(&str, char); 19] = [
    ("lt", '<'),
    ("gt", '>'),
    ("amp", '&'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("times", '×'),
    ("divide", '÷'),
    ("minus", '−'),
    ("plusmn", '±'),
    ("le", '≤'),
    ("ge", '≥'),
    ("ne", '≠'),
    ("deg", '°'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("frac34", '¾'),
    ("pi", 'π'),
    ("mdash", '—'),
];

/// A tag at the start of `rest`; returns how many characters it took, 0 if it is none.
pub(super) fn tag(rest: &[char], out: &mut String) -> usize {
    if rest.get(1..4) == Some(&['!', '-', '-']) {
        let end = rest.windows(3).take(REACH).position(|w| w == ['-', '-', '>']);
        return end.map_or(0, |i| i + 3);
    }
    let Some(end) = rest.iter().take(REACH).position(|c| *c == '>') else { return 0 };
    let inner: String = rest.get(1..end).unwrap_or_default().iter().collect();
    if inner.starts_with('?') || inner.starts_with('!') {
        return end + 1;
    }
    let closing = inner.starts_with('/');
    let body = inner.trim_start_matches('/').trim_end_matches('/');
    let name_length = body
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_')))
        .unwrap_or(body.len());
    let (name, attributes) = body.split_at(name_length);
    let name = name.to_ascii_lowercase();
    let lettered = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let known = name.len() > 2 || SHORT_TAGS.contains(&name.as_str());
    let well_formed = attributes.trim().is_empty() || attributes.contains("=\"") || attributes.contains("='");
    if !lettered || !known || !well_formed || inner.contains('<') {
        return 0;
    }
    if name == POWER_TAG {
        out.push_str(if closing { ")" } else { "^(" });
    } else if PAUSE_TAGS.contains(&name.as_str()) {
        out.push('\n');
    } else {
        // A tag between two words keeps them apart.
        out.push(' ');
    }
    end + 1
}

/// A character entity at the start of `rest`; returns how many characters it took, 0 if it is none.
pub(super) fn entity(rest: &[char], out: &mut String) -> usize {
    let Some(end) = rest.iter().take(10).position(|c| *c == ';') else { return 0 };
    let name: String = rest.get(1..end).unwrap_or_default().iter().collect();
    let decoded = match name.strip_prefix('#') {
        Some(code) => match code.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => code.parse().ok(),
        }
        .and_then(char::from_u32),
        None => ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, c)| *c),
    };
    match decoded {
        Some(c) => {
            out.push(c);
            end + 1
        }
        None => 0,
    }
}
