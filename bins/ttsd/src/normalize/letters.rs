//! Single letters: answer choices, variables, initials, and the article "a".
//!
//! In what comes out, a capital A standing alone is the letter's name and a small one is the article.

use super::math::CALCULATION;
use super::reader::{Reader, Reading};
use super::tables::{LETTER_AFTER, LETTER_BEFORE};
use super::token::Kind;

/// The name of a letter as the phonemiser expects it: small letters stay, except the one that would be an article.
pub fn name(letter: char) -> String {
    if letter == 'a' { "A".to_owned() } else { letter.to_string() }
}

/// "(A)", "B)", and "C." at the start of a line.
pub fn answer(reader: &Reader<'_>, i: usize) -> Option<Reading> {
    let token = reader.at(i)?;
    let choice = |c: char| matches!(c, 'A'..='H' | 'a'..='e');
    if token.is('(') {
        let letter = reader.glued(i + 1)?.letter().filter(|c| choice(*c))?;
        let function = !token.spaced && reader.before(i).is_some();
        if function || !reader.glued_sign(i + 2, ')') || (letter.is_lowercase() && reader.equation) {
            return None;
        }
        return Reading::new(3, with_pause(reader, i + 3, letter.to_ascii_uppercase()));
    }
    let letter = token.letter().filter(|c| choice(*c))?;
    let starts =
        reader.starts_sentence(i) || reader.before(i).is_some_and(|t| t.is(',') || t.is(';') || t.is(':'));
    if reader.glued_sign(i + 1, ')') && token.spaced && !reader.groups.contains_key(&(i + 1)) {
        return Reading::new(2, with_pause(reader, i + 2, letter.to_ascii_uppercase()));
    }
    if letter.is_uppercase()
        && starts
        && reader.glued_sign(i + 1, '.')
        && reader.at(i + 2).is_some_and(|t| t.spaced)
    {
        // "A. 12" but not the initial of "A. Lincoln".
        let named =
            reader.at(i + 2).is_some_and(|t| t.text.len() > 1 && t.text.starts_with(char::is_uppercase));
        if !(named && reader.before(i).is_none() && reader.at(i + 3).is_some()) {
            return Reading::new(2, with_pause(reader, i + 2, letter));
        }
    }
    None
}

/// A short pause after the letter of an answer that is followed by its text.
fn with_pause(reader: &Reader<'_>, next: usize, letter: char) -> String {
    let text_follows = reader.at(next).is_some_and(|t| {
        t.kind == Kind::Number
            || t.text.starts_with(char::is_uppercase)
            || t.is('$')
            || t.is('-')
            || t.is('√')
    });
    if text_follows { format!("{letter},") } else { letter.to_string() }
}

/// A letter by itself.
pub fn single(reader: &Reader<'_>, i: usize) -> Option<Reading> {
    let token = reader.at(i)?;
    let letter = token.letter()?;
    match letter {
        'A' | 'a' => {
            let words = if is_letter_a(reader, i) { "A" } else { "a" };
            Reading::new(1 + initial(reader, i), words)
        }
        'I' => Reading::new(1, "I"),
        _ => Reading::new(1 + initial(reader, i), letter.to_string()),
    }
}

/// 1 if a point at the next place belongs to an initial: "J. Smith".
fn initial(reader: &Reader<'_>, i: usize) -> usize {
    let capital = reader.at(i).is_some_and(|t| t.text.starts_with(char::is_uppercase));
    let name_follows = reader
        .at(i + 2)
        .is_some_and(|t| t.spaced && t.kind == Kind::Word && t.text.starts_with(char::is_uppercase));
    let name_before = reader.before(i).is_none_or(|t| {
        t.is('.') || (t.kind == Kind::Word && t.text.len() > 1 && t.text.starts_with(char::is_uppercase))
    });
    usize::from(capital && reader.glued_sign(i + 1, '.') && name_follows && name_before)
}

fn is_letter_a(reader: &Reader<'_>, i: usize) -> bool {
    let capital = reader.at(i).is_some_and(|t| t.text == "A");
    let calculates = |at: Option<&super::token::Token<'_>>| {
        at.is_some_and(|t| t.kind == Kind::Sign && t.text.contains(CALCULATION))
    };
    let before = reader.before(i);
    let after = reader.at(i + 1);
    let unequal = after.is_some_and(|t| t.is('!')) && reader.glued_sign(i + 2, '=');
    if calculates(before)
        || calculates(after)
        || unequal
        || LETTER_BEFORE.contains(&reader.lower_before(i).as_str())
    {
        return true;
    }
    // "2a", "a-1", "a/b", "(a)"
    let glued_number = |t: Option<&super::token::Token<'_>>| t.is_some_and(|t| t.kind == Kind::Number);
    let bracketed = before.is_some_and(|t| t.is('(')) && after.is_none_or(|t| t.kind == Kind::Sign);
    let divides = before.is_some_and(|t| t.is('/'));
    if reader.at(i).is_some_and(|t| !t.spaced) && (glued_number(before) || divides || bracketed) {
        return true;
    }
    let joint =
        |t: &super::token::Token<'_>| t.kind == Kind::Sign && t.text.contains(|c| "-/*|)".contains(c));
    if reader.glued(i + 1).is_some_and(joint) && reader.starts_operand(i + 2) {
        return true;
    }
    if !capital {
        // "a - b", "a * b"
        return after.is_some_and(joint) && reader.starts_operand(i + 2);
    }
    // "A or B", "A, B, and C", "A is correct", "A?"
    let sign_after = after.is_none_or(|t| t.kind != Kind::Word && t.kind != Kind::Number);
    if reader.starts_sentence(i) {
        return sign_after || LETTER_AFTER.contains(&reader.lower(i + 1).as_str());
    }
    // In the middle of a sentence a capital A is the letter, unless it is a title: "Once Upon A Time".
    let title = |t: Option<&super::token::Token<'_>>| {
        t.is_some_and(|t| t.kind == Kind::Word && t.text.len() > 1 && t.text.starts_with(char::is_uppercase))
    };
    !(title(before) && title(after))
}
