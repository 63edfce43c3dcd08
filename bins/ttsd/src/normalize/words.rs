//! Words that are not said as they are spelled.

use super::letters;
use super::numbers;
use super::reader::{Reader, Reading};
use super::tables::{
    ABBREVIATIONS, BARE_ABBREVIATIONS, CAPITAL_WORDS, DOTTED, NUMBERED, RULERS, SAID, SPELLED,
};
use super::token::{Kind, Token};

/// Longest word that is said; a longer one is cut there. The longest in an English dictionary has 45 letters.
const LONGEST_WORD: usize = 60;

/// `https://www.example.com/page` is read as "example dot com".
pub fn address(reader: &Reader<'_>, i: usize) -> Option<Reading> {
    let word = reader.lower(i);
    let mut at = i;
    if matches!(word.as_str(), "http" | "https")
        && reader.glued_sign(i + 1, ':')
        && reader.glued_sign(i + 2, '/')
    {
        at = i + 4;
    } else if !(word == "www" && reader.glued_sign(i + 1, '.')) {
        return None;
    }
    let mut words = Vec::new();
    let mut path = false;
    let mut end = at;
    for (n, token) in reader.tokens.iter().enumerate().skip(at) {
        if n > at && token.spaced || token.kind == Kind::Line {
            break;
        }
        // A point at the very end belongs to the sentence.
        if token.text.contains(['.', ',', '?', '!', ')'])
            && token.kind == Kind::Sign
            && reader.glued(n + 1).is_none()
        {
            break;
        }
        end = n + 1;
        path |= token.is('/');
        if path || token.text == "www" {
            continue;
        }
        if token.is('.') {
            if !words.is_empty() {
                words.push("dot".to_owned());
            }
        } else if token.is('-') {
            words.push("dash".to_owned());
        } else if token.kind == Kind::Number {
            words.push(numbers::digits(token.text));
        } else if token.kind == Kind::Word {
            words.push(token.text.to_owned());
        }
    }
    Reading::new(end.max(i + 1) - i, words.join(" "))
}

/// Words of the table [`SAID`].
pub fn said(reader: &Reader<'_>, i: usize) -> Option<Reading> {
    let token = reader.at(i).filter(|t| t.kind == Kind::Word)?;
    let bare = token.text.strip_suffix("'s").unwrap_or(token.text);
    let (_, words) = SAID.iter().find(|(known, _)| *known == bare)?;
    let possessive = if bare.len() < token.text.len() { "'s" } else { "" };
    Reading::new(1, format!("{words}{possessive}"))
}

/// "e.g.", "U.S.A.", "Ph.D.": letters with points between.
pub fn dotted(reader: &Reader<'_>, i: usize) -> Option<Reading> {
    let first = reader.at(i)?;
    let doctor = first.text == "Ph"
        && reader.glued_sign(i + 1, '.')
        && reader.glued(i + 2).is_some_and(|t| t.text == "D");
    if !doctor && first.letter().is_none() {
        return None;
    }
    let mut letters = first.text.to_owned();
    let mut at = i + 1;
    while reader.glued_sign(at, '.') && letters.len() < 12 {
        let Some(letter) = reader.glued(at + 1).and_then(Token::letter) else { break };
        letters.push(letter);
        at += 2;
    }
    if letters.chars().count() < 2 {
        return None;
    }
    // The last point goes with the letters, unless a sentence ends there.
    if reader.glued_sign(at, '.') && !reader.ends(at + 1) {
        at += 1;
    }
    let lower = letters.to_lowercase();
    let words = match DOTTED.iter().find(|(known, _)| *known == lower) {
        Some((_, words)) => (*words).to_owned(),
        None => spell(&letters),
    };
    Reading::new(at - i, words)
}

fn spell(letters: &str) -> String {
    let names: Vec<String> = letters.chars().map(|c| c.to_uppercase().to_string()).collect();
    names.join(" ")
}

/// "Dr. Smith", "5th Ave.", "No. 7", "vs".
pub fn abbreviation(reader: &Reader<'_>, i: usize) -> Option<Reading> {
    let token = reader.at(i).filter(|t| t.kind == Kind::Word)?;
    let lower = token.text.to_lowercase();
    let point = reader.glued_sign(i + 1, '.');
    let after = i + 1 + usize::from(point);
    let name_follows = reader
        .at(after)
        .is_some_and(|t| t.kind == Kind::Word && t.text.starts_with(char::is_uppercase) && t.text.len() > 1);
    let number_follows = reader.at(after).is_some_and(|t| t.kind == Kind::Number);
    let words = match lower.as_str() {
        "dr" | "st" if point && name_follows => {
            if lower == "dr" {
                "doctor"
            } else {
                "saint"
            }
        }
        "dr" | "st" if point && token.text.starts_with(char::is_uppercase) => {
            if lower == "dr" {
                "drive"
            } else {
                "street"
            }
        }
        "no" | "nos" if point && number_follows => "number",
        "p" | "pg" if point && number_follows => "page",
        "pp" if point && number_follows => "pages",
        "sec" if point && number_follows => "section",
        "co" if point && token.text == "Co" => "company",
        _ if point => ABBREVIATIONS.iter().find(|(known, _)| *known == lower).map(|(_, words)| *words)?,
        _ => BARE_ABBREVIATIONS.iter().find(|(known, _)| *known == lower).map(|(_, words)| *words)?,
    };
    // A few are also words: "ex.", "rep.", "gen." at the end of a sentence are left alone.
    let ends = reader.ends(after);
    if point && ends && matches!(lower.as_str(), "ex" | "rep" | "gen" | "col" | "fig" | "max" | "mt" | "lt") {
        return None;
    }
    // The point is also the end of the sentence if nothing follows, or if "etc." is followed by a capital.
    let closes = ends || (lower == "etc" && name_follows);
    Reading::new(1 + usize::from(point && !closes), words)
}

/// "Chapter IV", "World War II", "Henry VIII".
pub fn roman(reader: &Reader<'_>, i: usize) -> Option<Reading> {
    let token = reader.at(i).filter(|t| t.kind == Kind::Word)?;
    let value = numbers::roman(token.text)?;
    let before = reader.before(i).filter(|t| t.text.starts_with(char::is_uppercase))?;
    let lower = before.text.to_lowercase();
    if NUMBERED.contains(&lower.as_str()) {
        return Reading::new(1, numbers::cardinal(value));
    }
    if RULERS.contains(&lower.as_str()) && token.text != "I" {
        return Reading::new(1, format!("the {}", numbers::ordinal(value)));
    }
    None
}

/// Every other word.
pub fn plain(reader: &Reader<'_>, i: usize) -> Option<Reading> {
    let token = reader.at(i).filter(|t| t.kind == Kind::Word)?;
    if reader.is_factors(i) {
        let names: Vec<String> = token.text.chars().map(letters::name).collect();
        return Reading::new(1, names.join(" "));
    }
    let text: String = token.text.chars().take(LONGEST_WORD).collect();
    // A plural or possessive of capitals: "CDs", "the FBI's".
    let (stem, ending) = match text.strip_suffix("'s") {
        Some(stem) => (stem, "'s"),
        None => (text.strip_suffix('s').filter(|stem| stem.len() > 1).unwrap_or(&text), ""),
    };
    let ending = if ending.is_empty() && stem.len() < text.len() { "'s" } else { ending };
    if is_capitals(stem) {
        if is_spelled(reader, i, stem) {
            return Reading::new(1, format!("{}{ending}", spell(stem)));
        }
        return Reading::new(1, text.to_lowercase());
    }
    Reading::new(1, text)
}

fn is_capitals(text: &str) -> bool {
    text.len() > 1 && text.chars().all(|c| c.is_ascii_uppercase())
}

/// Whether capitals are letters to be named: listed, or short, or without a vowel, and not shouted text.
fn is_spelled(reader: &Reader<'_>, i: usize, text: &str) -> bool {
    let vowel = text.contains(['A', 'E', 'I', 'O', 'U', 'Y']);
    if !vowel {
        return true;
    }
    if CAPITAL_WORDS.contains(&text) {
        return false;
    }
    let capitals = |t: Option<&Token<'_>>| t.is_some_and(|t| t.kind == Kind::Word && is_capitals(t.text));
    let shouted = capitals(reader.before(i)) || capitals(reader.at(i + 1));
    !shouted && (SPELLED.contains(&text) || text.len() <= 3)
}
