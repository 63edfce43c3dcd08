//! Choices understood by what they say.

use iseetutor_numbers::{Rational, Style, read, text::tokens};

use crate::exact::Meaning;
use crate::item::Choice;

/// The value that some words are, and nothing else: "twelve", "a dozen", "three quarters", "0.75", "half", "4 dollars and
/// 50 cents", "negative five". The unit that is said with it is in the second place, as its first word's singular.
pub(super) fn value(words: &str) -> Option<(Rational, String)> {
    let said = words.replace(" point oh ", " point zero ");
    let plain = match said.trim() {
        "a dozen" | "one dozen" | "dozen" => "12".to_owned(),
        "half a dozen" | "a half dozen" => "6".to_owned(),
        "half" | "a half" | "one half" | "a half of it" => "1/2".to_owned(),
        "a quarter" | "quarter" | "one quarter" => "1/4".to_owned(),
        "a third" => "1/3".to_owned(),
        "nothing" | "none" | "zilch" | "nil" | "oh" => "0".to_owned(),
        other => other.replace("quarters", "fourths").replace("quarter", "fourth"),
    };
    if let Some(amount) = money(&plain) {
        return Some((amount, "$".into()));
    }
    let all = tokens(&plain);
    let (negative, rest) = match all.split_first()? {
        (first, rest) if first.is_sign('-') || first.is("minus") || first.is("negative") => (true, rest),
        (first, rest) if first.is_sign('$') => (false, rest),
        _ => (false, all.as_slice()),
    };
    let reading = read(rest, Style::default())?;
    let value = if negative { reading.value.checked_neg()? } else { reading.value };
    let after = &rest[reading.used..];
    if after.is_empty() {
        let unit = if all.first()?.is_sign('$') { "$" } else { "" };
        return Some((value, unit.to_owned()));
    }
    // A unit may follow, but no second number and no sentence.
    let unit: Vec<&str> = after
        .iter()
        .map(|token| if token.is_sign('%') { "percent" } else { token.word().unwrap_or("") })
        .collect();
    if unit.len() > 3
        || unit.iter().any(|word| word.is_empty())
        || after.iter().any(|token| read(std::slice::from_ref(token), Style::default()).is_some())
    {
        return None;
    }
    let unit = unit.join(" ");
    Some((value, if unit == "percent" { "%".into() } else { unit }))
}

/// "4 dollars and 50 cents", "four fifty" is not one: too easily 450.
fn money(text: &str) -> Option<Rational> {
    let number = |part: &str| -> Option<Rational> {
        let all = tokens(part.trim());
        let reading = read(&all, Style::default())?;
        (reading.used == all.len()).then_some(reading.value)
    };
    let hundredth = Rational::new(1, 100)?;
    if let Some((dollars, cents)) = text.split_once("dollar") {
        let dollars = number(dollars)?;
        let cents = cents.trim_start_matches('s').trim().trim_start_matches("and ").trim();
        let cents = cents.trim_end_matches("cents").trim_end_matches("cent").trim();
        if cents.is_empty() {
            return Some(dollars);
        }
        return dollars.checked_add(number(cents)?.checked_mul(hundredth)?);
    }
    let cents = text.strip_suffix(" cents").or_else(|| text.strip_suffix(" cent"))?;
    number(cents)?.checked_mul(hundredth)
}

/// The choices that mean a value. A unit that is said must fit the choice's own; a choice with a unit accepts a bare
/// number, because that is how children answer.
pub(super) fn worth(choices: &[Choice; 4], (said, unit): &(Rational, String)) -> Vec<usize> {
    (0..4)
        .filter(|at| {
            let (number, own) = match &choices[*at].meaning {
                Meaning::Number(number, own) => (*number, own.clone()),
                Meaning::Words(_) => match value(&crate::speech::phrase(&choices[*at].text).to_lowercase()) {
                    Some(found) => found,
                    None => return false,
                },
                Meaning::Tuple(_) => return false,
            };
            number == *said && fits(unit, &own)
        })
        .collect()
}

fn fits(said: &str, own: &str) -> bool {
    let stem = |unit: &str| unit.split(' ').map(singular).collect::<Vec<_>>().join(" ");
    said.is_empty()
        || own == said
        || (own == "°" && said.starts_with("degree"))
        || (own.is_empty() && said != "%" && said != "$")
        || stem(own) == stem(said)
        || abbreviated(own) == stem(said)
}

fn abbreviated(unit: &str) -> String {
    match unit {
        "cm" => "centimeter",
        "mm" => "millimeter",
        "km" => "kilometer",
        "m" => "meter",
        "in" => "inch",
        "ft" => "foot",
        "g" => "gram",
        "kg" => "kilogram",
        "L" => "liter",
        "mL" => "milliliter",
        "cm²" => "square centimeter",
        "m²" => "square meter",
        "cm³" => "cubic centimeter",
        other => other,
    }
    .to_owned()
}

fn singular(word: &str) -> String {
    match word {
        "feet" => "foot".into(),
        "inches" => "inch".into(),
        "people" => "person".into(),
        "children" => "child".into(),
        other if other.ends_with("ss") => other.into(),
        other => other.trim_end_matches('s').into(),
    }
}

/// How well some words say each choice: 0 for not at all, 1 for word by word. Words that all choices share count for
/// nothing.
pub(super) fn alike(choices: &[Choice; 4], words: &[&str]) -> [f64; 4] {
    let said: Vec<String> = content_words(words.iter().copied());
    let texts: [Vec<String>; 4] = std::array::from_fn(|at| {
        let spoken = crate::speech::phrase(&choices[at].text.to_lowercase());
        let plain = iseetutor_numbers::text::words(&spoken);
        content_words(plain.iter().map(String::as_str))
    });
    let rarity = |word: &String| {
        let holders = texts.iter().filter(|text| text.contains(word)).count();
        [0.0, 1.0, 0.4, 0.15, 0.0][holders.min(4)]
    };
    std::array::from_fn(|at| {
        let text = &texts[at];
        if text.is_empty() || said.is_empty() {
            return 0.0;
        }
        let known: f64 = said.iter().filter(|word| text.contains(word)).map(&rarity).sum();
        // Words that are in no choice speak against it.
        let strange = said.iter().filter(|word| !texts.iter().any(|text| text.contains(word))).count();
        let all: f64 = text.iter().map(&rarity).sum();
        if known == 0.0 || all == 0.0 {
            return 0.0;
        }
        let covered = known / all;
        let pure = known / (known + 0.5 * f64::from(u32::try_from(strange).unwrap_or(u32::MAX)));
        // One telling word is enough for a choice of several words ("the one about dogs").
        (0.45 * pure + 0.55 * covered * pure).min(1.0)
    })
}

/// Words that carry meaning, without their endings.
fn content_words<'w>(words: impl Iterator<Item = &'w str>) -> Vec<String> {
    const SMALL: [&str; 58] = [
        "a", "an", "the", "of", "to", "in", "on", "at", "is", "are", "was", "were", "be", "been", "and",
        "or", "but", "that", "this", "these", "those", "it", "its", "it's", "he", "she", "they", "his",
        "her", "their", "them", "him", "with", "for", "from", "by", "as", "one", "about", "which", "who",
        "what", "how", "why", "because", "has", "have", "had", "do", "does", "did", "will", "would", "can",
        "could", "i", "you", "says",
    ];
    let mut kept: Vec<String> = Vec::new();
    for word in words.filter(|word| !SMALL.contains(word)) {
        let stem = stem(word);
        if !kept.contains(&stem) {
            kept.push(stem);
        }
    }
    kept
}

/// A word without common endings: enough to see that "dogs" is "dog" and "learned" is "learns".
fn stem(word: &str) -> String {
    let word = word.trim_end_matches("'s").trim_matches('\'');
    for (ending, least) in [
        ("ingly", 4),
        ("edly", 4),
        ("ing", 3),
        ("ies", 2),
        ("ied", 2),
        ("ed", 3),
        ("es", 3),
        ("ly", 4),
        ("s", 3),
    ] {
        if let Some(rest) = word.strip_suffix(ending)
            && rest.chars().count() >= least
            && !rest.ends_with('s')
        {
            let rest = if ending.starts_with("ie") { format!("{rest}y") } else { rest.to_owned() };
            return rest.trim_end_matches('e').to_owned();
        }
    }
    word.trim_end_matches('e').to_owned()
}
