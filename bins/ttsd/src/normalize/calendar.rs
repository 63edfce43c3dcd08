//! Dates, years and times of day.

use super::numbers;
use super::reader::{Reader, Reading};
use super::tables::{MONTHS, YEAR_AFTER, YEAR_BEFORE};
use super::token::Kind;

/// The month named at a place, and the tokens it took.
fn month(reader: &Reader<'_>, i: usize) -> Option<(&'static str, usize)> {
    let token = reader.at(i).filter(|t| t.kind == Kind::Word)?;
    if !token.text.starts_with(char::is_uppercase) {
        return None;
    }
    let lower = token.text.to_lowercase();
    let (name, _) = MONTHS
        .iter()
        .find(|(name, short)| name.eq_ignore_ascii_case(token.text) || short.contains(&lower.as_str()))?;
    let point = usize::from(lower.len() < name.len() && reader.glued_sign(i + 1, '.'));
    Some((name, 1 + point))
}

/// The day of a month at a place, with or without "th", and the tokens it took.
fn day(reader: &Reader<'_>, i: usize) -> Option<(u128, usize)> {
    let value = reader.at(i)?.whole().filter(|day| (1..=31).contains(day))?;
    // "May 5/6" and "July 4:30" are no days.
    if reader.glued_sign(i + 1, '/') || reader.glued_sign(i + 1, ':') || reader.glued_sign(i + 1, '%') {
        return None;
    }
    let suffix = reader.glued(i + 1).filter(|t| matches!(t.text, "st" | "nd" | "rd" | "th"));
    Some((value, 1 + usize::from(suffix.is_some())))
}

fn written_year(reader: &Reader<'_>, i: usize) -> Option<u128> {
    let token = reader.at(i)?;
    (token.text.len() == 4).then_some(())?;
    token.whole().filter(|year| (1000..=2999).contains(year))
}

/// "July 4, 1776", "Jan. 5th", "4 July 1776", "7/4/1776", "1776-07-04", "July 1776".
pub fn date(reader: &Reader<'_>, i: usize) -> Option<Reading> {
    let token = reader.at(i)?;
    if token.kind == Kind::Word {
        return month_first(reader, i);
    }
    if token.kind != Kind::Number {
        return None;
    }
    if let Some((first, used)) = day(reader, i)
        && let Some((name, more)) = month(reader, i + used)
        // "5 May" in the middle of "in 5 May games" does not occur; a year or the end of the words settles it.
        && (written_year(reader, i + used + more).is_some() || reader.lower_before(i) == "on")
    {
        let mut words = format!("the {} of {name}", numbers::ordinal(first));
        let mut taken = used + more;
        if let Some(year) = written_year(reader, i + taken) {
            words = format!("{words}, {}", numbers::year(year));
            taken += 1;
        }
        return Reading::new(taken, words);
    }
    digits_only(reader, i)
}

fn month_first(reader: &Reader<'_>, i: usize) -> Option<Reading> {
    let (name, mut used) = month(reader, i)?;
    let mut words = name.to_owned();
    if let Some(year) = written_year(reader, i + used) {
        return Reading::new(used + 1, format!("{words} {}", numbers::year(year)));
    }
    let (day, more) = day(reader, i + used)?;
    used += more;
    words = format!("{words} {}", numbers::ordinal(day));
    let comma = usize::from(reader.glued_sign(i + used, ','));
    if let Some(year) = written_year(reader, i + used + comma) {
        words = format!("{words}, {}", numbers::year(year));
        used += comma + 1;
    }
    Reading::new(used, words)
}

/// Month/day/year in the American order, or year-month-day.
fn digits_only(reader: &Reader<'_>, i: usize) -> Option<Reading> {
    let numbers_at = |sign: char| {
        let joined = reader.glued_sign(i + 1, sign) && reader.glued_sign(i + 3, sign);
        let parts = [reader.at(i)?, reader.glued(i + 2)?, reader.glued(i + 4)?];
        let digits =
            parts.iter().all(|t| t.kind == Kind::Number && t.text.bytes().all(|b| b.is_ascii_digit()));
        (joined && digits).then_some(parts.map(|t| (t.text.len(), t.text.parse::<u128>().unwrap_or(0))))
    };
    let name =
        |month: u128| usize::try_from(month).ok().and_then(|m| MONTHS.get(m.checked_sub(1)?)).map(|m| m.0);
    let (month, day, year) = if let Some([(_, month), (_, day), (length, year)]) = numbers_at('/') {
        let year = match length {
            4 => year,
            2 if year < 50 => 2000 + year,
            2 => 1900 + year,
            _ => return None,
        };
        (month, day, year)
    } else if let Some([(4, year), (2, month), (2, day)]) = numbers_at('-') {
        (month, day, year)
    } else {
        return None;
    };
    if !(1..=31).contains(&day) {
        return None;
    }
    let month = name(month)?;
    Reading::new(5, format!("{month} {}, {}", numbers::ordinal(day), numbers::year(year)))
}

/// Four digits that are a year: "in 1776", "1066 AD", "1914-1918".
pub fn year(reader: &Reader<'_>, i: usize) -> Option<Reading> {
    let value = written_year(reader, i)?;
    if reader.equation {
        return None;
    }
    let era = matches!(reader.lower(i + 1).as_str(), "ad" | "bc" | "ce" | "bce");
    let next = reader.at(i + 1);
    let ends = next.is_none_or(|t| {
        t.kind == Kind::Line
            || (t.kind == Kind::Sign && t.text.contains(|c| ".,;:?!)\"'—-–".contains(c)))
            || (t.kind == Kind::Word && YEAR_AFTER.contains(&t.text.to_lowercase().as_str()))
    });
    let before = reader.lower_before(i);
    let mut placed = YEAR_BEFORE.contains(&before.as_str());
    // The second half of "between 1914 and 1918" or "1914-1918".
    let joint =
        reader.before(i).is_some_and(|t| t.is('-') || t.is('–')) || matches!(before.as_str(), "and" | "to");
    placed |= joint && i >= 2 && written_year(reader, i - 2).is_some();
    let range =
        next.is_some_and(|t| !t.spaced && (t.is('-') || t.is('–'))) && written_year(reader, i + 2).is_some();
    // "in 1000" is more often a number than the year.
    (era || (value >= 1100 && ends && (placed || range))).then_some(())?;
    Reading::new(1, numbers::year(value))
}

/// "3:30", "10:05 a.m.", "7 pm".
pub fn time(reader: &Reader<'_>, i: usize) -> Option<Reading> {
    let hour = reader.at(i)?.whole().filter(|hour| *hour <= 24)?;
    let (half, half_used) = |at: usize| -> (Option<&'static str>, usize) {
        match reader.lower(at).as_str() {
            "am" => return (Some("A M"), 1),
            "pm" => return (Some("P M"), 1),
            letter @ ("a" | "p") if reader.glued_sign(at + 1, '.') && reader.lower(at + 2) == "m" => {
                let words = if letter == "a" { "A M" } else { "P M" };
                // The last point may also end the sentence, and then stays.
                let point = reader.glued_sign(at + 3, '.') && !reader.ends(at + 4);
                return (Some(words), 3 + usize::from(point));
            }
            _ => {}
        }
        (None, 0)
    }(i + if reader.glued_sign(i + 1, ':') { 3 } else { 1 });
    let minutes = reader
        .glued(i + 2)
        .filter(|t| reader.glued_sign(i + 1, ':') && t.text.len() == 2)
        .and_then(|t| t.text.parse::<u128>().ok())
        .filter(|m| *m < 60);
    let Some(minutes) = minutes else {
        let half = half.filter(|_| (1..=12).contains(&hour) && !reader.glued_sign(i + 1, ':'))?;
        return Reading::new(1 + half_used, format!("{} {half}", numbers::cardinal(hour)));
    };
    if reader.ratio && half.is_none() {
        return None;
    }
    let spoken = match minutes {
        0 if half.is_some() => numbers::cardinal(hour),
        0 if (1..=12).contains(&hour) => format!("{} o'clock", numbers::cardinal(hour)),
        0 => format!("{} hundred", numbers::cardinal(hour)),
        1..=9 => format!("{} oh {}", numbers::cardinal(hour), numbers::cardinal(minutes)),
        _ => format!("{} {}", numbers::cardinal(hour), numbers::cardinal(minutes)),
    };
    if let Some(half) = half {
        return Reading::new(3 + half_used, format!("{spoken} {half}"));
    }
    // "10:15:30"
    let seconds = reader.glued(i + 4).filter(|t| reader.glued_sign(i + 3, ':') && t.text.len() == 2);
    if let Some(seconds) = seconds.and_then(|t| t.text.parse::<u128>().ok()).filter(|s| *s < 60) {
        return Reading::new(5, format!("{spoken} and {} seconds", numbers::cardinal(seconds)));
    }
    if reader.glued_sign(i + 3, ':') && reader.glued(i + 4).is_some_and(|t| t.kind == Kind::Number) {
        // "1:20:300" is a ratio of three.
        return None;
    }
    Reading::new(3, spoken)
}
