//! Amounts: plain numbers, fractions, prices, measures, ratios, ordinals.

use super::numbers;
use super::reader::{Reader, Reading};
use super::tables::{CURRENCIES, MAGNITUDES, UNITS, Unit};
use super::token::{Kind, Token};

/// A value that was read.
struct Value {
    /// Tokens it took.
    used: usize,
    words: String,
    /// Whether what follows is in the singular.
    one: bool,
}

/// A number or a fraction with or without whole part at a place.
fn value(reader: &Reader<'_>, i: usize) -> Option<Value> {
    let token = reader.at(i).filter(|t| t.kind == Kind::Number)?;
    if let Some((used, words)) = simple_fraction(reader, i) {
        return Some(Value { used, words, one: token.whole() == Some(1) });
    }
    if let Some(whole) = token.whole() {
        let part = reader.at(i + 1).filter(|t| t.spaced && t.kind == Kind::Number);
        if let Some((used, words)) = part.and_then(|_| proper_fraction(reader, i + 1)) {
            let words = format!("{} and {words}", numbers::cardinal(whole));
            return Some(Value { used: used + 1, words, one: false });
        }
    }
    Some(Value { used: 1, words: numbers::decimal(token.text), one: token.text == "1" })
}

/// "3/4" without spaces and not part of a longer chain such as a date.
fn simple_fraction(reader: &Reader<'_>, i: usize) -> Option<(usize, String)> {
    let (top, bottom) = parts(reader, i)?;
    Some((3, numbers::fraction(top, bottom)))
}

fn proper_fraction(reader: &Reader<'_>, i: usize) -> Option<(usize, String)> {
    let (top, bottom) = parts(reader, i)?;
    let words = match (top, bottom) {
        (1, 2) => "one half".to_owned(),
        _ => numbers::fraction(top, bottom),
    };
    (top < bottom && bottom <= 1000).then_some((3, words))
}

fn parts(reader: &Reader<'_>, i: usize) -> Option<(u128, u128)> {
    let top = reader.at(i)?.whole()?;
    if !reader.glued_sign(i + 1, '/') {
        return None;
    }
    let bottom = reader.glued(i + 2)?.whole()?;
    let chained = reader.glued_sign(i + 3, '/') && reader.glued(i + 4).is_some();
    // "3/4x" is left to the stroke: "three over four x" would change the sum, and so does anything else.
    (!chained).then_some((top, bottom))
}

/// A number with the unit after it.
pub fn quantity(reader: &Reader<'_>, i: usize) -> Option<Reading> {
    let value = value(reader, i)?;
    let next = i + value.used;
    if let Some(unit) = unit_after(reader, next, value.one) {
        return Reading::new(value.used + unit.used, format!("{} {}", value.words, unit.words));
    }
    Reading::new(value.used, value.words)
}

/// What follows a number and belongs to it.
pub(super) struct UnitReading {
    /// Tokens it took.
    pub used: usize,
    /// What it is read as.
    pub words: String,
}

/// The unit at a place, which must follow a number; `one` if that is one.
pub(super) fn unit_after(reader: &Reader<'_>, i: usize, one: bool) -> Option<UnitReading> {
    let said = |used: usize, words: &str| Some(UnitReading { used, words: words.to_owned() });
    let token = reader.at(i)?;
    if token.is('%') {
        return said(1, "percent");
    }
    if token.is('¢') {
        return said(1, if one { "cent" } else { "cents" });
    }
    if token.is('°') {
        let degrees = if one { "degree" } else { "degrees" };
        return match reader.at(i + 1).and_then(Token::letter) {
            Some('C') => said(2, &format!("{degrees} Celsius")),
            Some('F') => said(2, &format!("{degrees} Fahrenheit")),
            _ => said(1, degrees),
        };
    }
    if token.is('′') {
        return said(1, if one { "foot" } else { "feet" });
    }
    if token.is('″') {
        return said(1, if one { "inch" } else { "inches" });
    }
    if token.kind != Kind::Word {
        return None;
    }
    // "sq ft", "cu in"
    let power = match token.text {
        "sq" => Some("square"),
        "cu" => Some("cubic"),
        _ => None,
    };
    if let Some(power) = power {
        let mut at = i + 1;
        if reader.glued_sign(at, '.') {
            at += 1;
        }
        let unit = find(reader.at(at)?.text).filter(|u| u.length)?;
        let used = at + 1 - i + point(reader, at + 1);
        return said(used, &format!("{power} {}", if one { unit.one } else { unit.many }));
    }
    let unit = find(token.text)?;
    if is_variable(reader, i) || (unit.sign == "in" && !is_inches(reader, i)) {
        return None;
    }
    let name = if one { unit.one } else { unit.many };
    // "m^2", "ft^3"
    if unit.length && reader.glued_sign(i + 1, '^') {
        let power = match reader.glued(i + 2).map(|t| t.text) {
            Some("2") => Some("square"),
            Some("3") => Some("cubic"),
            _ => None,
        };
        if let Some(power) = power {
            return said(3, &format!("{power} {name}"));
        }
    }
    // "km/h", "ft/s", "g/mL"
    if reader.glued_sign(i + 1, '/')
        && let Some(per) = reader.glued(i + 2).and_then(|t| find(t.text))
    {
        return said(3, &format!("{name} per {}", per.one));
    }
    said(1 + point(reader, i + 1), name)
}

fn find(text: &str) -> Option<&'static Unit> {
    UNITS.iter().find(|u| u.sign == text)
}

/// 1 if the point at a place belongs to the abbreviation before it and ends no sentence.
fn point(reader: &Reader<'_>, i: usize) -> usize {
    let capital = reader.at(i + 1).is_some_and(|t| t.text.starts_with(char::is_uppercase));
    let ends = reader.ends(i + 1) || reader.at(i + 1).is_some_and(|t| t.is('"')) || capital;
    usize::from(reader.glued_sign(i, '.') && !ends)
}

/// Whether a single letter after a number is a variable and not a unit: "3m + 2".
fn is_variable(reader: &Reader<'_>, i: usize) -> bool {
    let Some(token) = reader.at(i) else { return false };
    if token.letter().is_none() {
        return false;
    }
    let power = reader.glued_sign(i + 1, '^');
    let area = power && matches!(reader.at(i + 2).map(|t| t.text), Some("2" | "3")) && token.text == "m";
    let glued_algebra = !token.spaced && reader.equation && !area;
    let letters_follow = reader.glued(i + 1).is_some_and(|t| t.kind == Kind::Number || t.is('('));
    // Only metres, grams and litres are common enough after a space to be worth "5 s" and "5 h" as well.
    glued_algebra || letters_follow || (power && !area)
}

/// Whether "in" after a number is the unit: nothing, punctuation, "by" or a measure's adjective follows.
fn is_inches(reader: &Reader<'_>, i: usize) -> bool {
    const AFTER: [&str; 10] = ["by", "x", "wide", "long", "tall", "high", "deep", "thick", "apart", "per"];
    let Some(token) = reader.at(i) else { return false };
    match reader.at(i + 1) {
        None => true,
        Some(_) if !token.spaced => true,
        Some(next) if next.is('.') => {
            reader.ends(i + 2) || point(reader, i + 1) == 1 || reader.at(i + 2).is_some()
        }
        Some(next) if next.kind == Kind::Sign => !next.text.contains(['"', '\'', '$', '(']),
        Some(next) => next.kind == Kind::Line || AFTER.contains(&next.text.to_lowercase().as_str()),
    }
}

/// "$4.50", "$3 million", "£1.20", "$5/hour".
pub fn money(reader: &Reader<'_>, i: usize) -> Option<Reading> {
    let token = reader.at(i)?;
    let sign = token.text.chars().next()?;
    let (_, [one, many, cent, cents]) = CURRENCIES.iter().find(|(known, _)| *known == sign)?;
    let Some(amount) = reader.glued(i + 1).filter(|t| t.kind == Kind::Number) else {
        // A currency sign without a price is named.
        return Reading::new(1, if sign == '$' { "dollars" } else { *many });
    };
    let mut used = 2;
    let magnitude = reader.at(i + 2).filter(|t| t.kind == Kind::Word).and_then(|t| {
        MAGNITUDES
            .iter()
            .find(|(name, _)| *name == t.text && (name.len() > 1 || !t.spaced))
            .map(|(_, words)| *words)
    });
    let words = if let Some(magnitude) = magnitude {
        used += 1;
        format!("{} {magnitude} {many}", numbers::decimal(amount.text))
    } else {
        price(amount.text, one, many, cent, cents)
    };
    if reader.glued_sign(i + used, '/') && reader.glued(i + used + 1).is_some_and(|t| t.kind == Kind::Word) {
        let per = reader.at(i + used + 1).map_or("", |t| t.text);
        let per = find(per).map_or(per, |u| u.one);
        return Reading::new(used + 2, format!("{words} per {per}"));
    }
    Reading::new(used, words)
}

fn price(text: &str, one: &str, many: &str, cent: &str, cents: &str) -> String {
    let name = |count: &str, one: &str, many: &str| {
        let words = numbers::decimal(count);
        format!("{words} {}", if words == "one" { one } else { many }.to_owned())
    };
    match text.split_once('.') {
        Some((whole, part)) if part.len() == 2 => {
            let part = part.trim_start_matches('0');
            match (whole.trim_start_matches('0'), part) {
                ("", "") => name("0", one, many),
                ("", part) => name(part, cent, cents),
                (_, "") => name(whole, one, many),
                (_, part) => format!("{} and {}", name(whole, one, many), name(part, cent, cents)),
            }
        }
        Some(_) => format!("{} {many}", numbers::decimal(text)),
        None => name(text, one, many),
    }
}

/// "5'10"" and "6'".
pub fn feet_and_inches(reader: &Reader<'_>, i: usize) -> Option<Reading> {
    let feet = reader.at(i)?.whole()?;
    if !reader.glued_sign(i + 1, '\'') {
        return None;
    }
    let inches = reader.at(i + 2).and_then(Token::whole)?;
    if inches > 12 || !(reader.glued_sign(i + 3, '"') || reader.glued_sign(i + 3, '″')) {
        return None;
    }
    let feet = format!("{} {}", numbers::cardinal(feet), if feet == 1 { "foot" } else { "feet" });
    let inches = format!("{} {}", numbers::cardinal(inches), if inches == 1 { "inch" } else { "inches" });
    Reading::new(4, format!("{feet} {inches}"))
}

/// "3:4" where it is no time of day, "2 : 3", and "hot : cold :: up : down".
pub fn ratio(reader: &Reader<'_>, i: usize) -> Option<Reading> {
    let token = reader.at(i)?;
    if !token.is(':') {
        return None;
    }
    if reader.glued_sign(i + 1, ':') {
        return Reading::new(2, "as");
    }
    let number = |t: Option<&Token<'_>>| t.is_some_and(|t| t.kind == Kind::Number);
    let after = reader.at(i + 1);
    let even = after.is_some_and(|t| t.spaced == token.spaced);
    if even && number(reader.before(i)) && number(after) {
        return Reading::new(1, "to");
    }
    let word = |t: Option<&Token<'_>>| t.is_some_and(|t| t.kind == Kind::Word);
    if even && reader.ratio && reader.ends_operand(i) && reader.starts_operand(i + 1) {
        return Reading::new(1, "to");
    }
    if even && token.spaced && word(reader.before(i)) && word(after) {
        return Reading::new(1, "is to");
    }
    None
}

/// "1st", "22nd".
pub fn ordinal(reader: &Reader<'_>, i: usize) -> Option<Reading> {
    let value = reader.at(i)?.whole()?;
    let suffix = reader.glued(i + 1)?.text.to_lowercase();
    let right = match (value % 10, value % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    (suffix == right).then_some(())?;
    Reading::new(2, numbers::ordinal(value))
}

/// "1990s", "the '80s", "count by 5s".
pub fn plural(reader: &Reader<'_>, i: usize) -> Option<Reading> {
    let token = reader.at(i)?;
    let mark = usize::from(token.is('\''));
    let number = reader.at(i + mark).filter(|t| mark == 0 || !t.spaced)?;
    let value = number.whole()?;
    let apostrophe = usize::from(reader.glued_sign(i + mark + 1, '\''));
    if reader.glued(i + mark + 1 + apostrophe)?.text != "s" {
        return None;
    }
    let words = if (1100..=2999).contains(&value) && value % 10 == 0 && !number.text.contains(',') {
        numbers::year(value)
    } else {
        numbers::cardinal(value)
    };
    Reading::new(mark + 2 + apostrophe, numbers::plural(&words))
}

/// "555-1234", "555-123-4567": digit by digit.
pub fn telephone(reader: &Reader<'_>, i: usize) -> Option<Reading> {
    const FORMS: [&[usize]; 3] = [&[1, 3, 3, 4], &[3, 3, 4], &[3, 4]];
    for form in FORMS {
        let fits = form.iter().enumerate().all(|(n, length)| {
            let at = i + 2 * n;
            let number = reader.at(at).is_some_and(|t| {
                t.kind == Kind::Number
                    && t.text.len() == *length
                    && t.text.bytes().all(|b| b.is_ascii_digit())
            });
            number && (n == 0 || (reader.glued_sign(at - 1, '-') && reader.glued(at).is_some()))
        });
        let used = 2 * form.len() - 1;
        let ends = !(reader.glued_sign(i + used, '-') && reader.glued(i + used + 1).is_some());
        // "200-1000" is a range or a difference; a telephone number's first part is no round number.
        let round = form.len() == 2 && reader.at(i).is_some_and(|t| t.text.ends_with("00"));
        if fits && ends && !round && !reader.equation {
            let groups: Vec<String> = (0..form.len())
                .filter_map(|n| reader.at(i + 2 * n))
                .map(|t| numbers::digits(t.text))
                .collect();
            return Reading::new(used, groups.join(", "));
        }
    }
    None
}
