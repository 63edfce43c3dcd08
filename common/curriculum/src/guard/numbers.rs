//! The right choice by its value, and numbers from nowhere.

use iseetutor_numbers::Rational;

use super::Stray;
use super::text::{Found, Text, values};
use crate::answer::times;
use crate::exact::Meaning;

/// Whether the right choice's value is told.
pub(super) fn told(text: &Text<'_>) -> bool {
    by_number(text) || by_parts(text) || by_pair(text) || time_told(text) || roman(text)
}

fn hundred() -> Rational {
    Rational::whole(100)
}

/// Whether a number is the right choice's value, in any form.
fn by_number(text: &Text<'_>) -> bool {
    let Some(key) = text.ask.amounts[text.item.key].as_ref() else { return false };
    text.found.iter().enumerate().any(|(index, found)| {
        let opposite = key.value.is_negative() && found.value.checked_neg() == Some(key.value);
        let shared =
            found.percent && key.unit != "%" && key.value.checked_mul(hundred()) == Some(found.value);
        let share =
            !found.percent && key.unit == "%" && found.value.checked_mul(hundred()) == Some(key.value);
        let same = found.value == key.value && (!found.percent || key.unit == "%");
        let converted = converted(found, &key.unit).is_some_and(|value| value == key.value);
        // "44 cents" is read in dollars, also where cents are asked for.
        let coins = found.unit == "$"
            && key.unit != "$"
            && found.value.checked_mul(hundred()) == Some(key.value)
            && !text.is_given(found.value)
            && !text.is_given(key.value);
        let converted = converted || coins;
        let paired = paired(text, index, key.unit == "$").contains(&key.value);
        // "75 + 20 = 95" where dollars are asked for.
        let cents = key.unit == "$"
            && found.unit.is_empty()
            && key.value.as_whole().is_none()
            && key.value.checked_mul(hundred()) == Some(found.value);
        let alike = cents
            || same
            || shared
            || share
            || converted
            || paired
            || (found.percent && found.value == key.value);
        if !alike && !opposite {
            return false;
        }
        let given = text.is_given_so(found) && !converted && !paired;
        if given {
            asserted(text, found) || singled_out(text, found)
        } else {
            converted || paired || cents || !counts(text, found)
        }
    })
}

/// Whether the question lists the choices, and a number of it that is the right one is the only choice in the text.
fn singled_out(text: &Text<'_>, found: &Found) -> bool {
    let value = |at: usize| text.ask.amounts[at].as_ref().map(|amount| amount.value);
    let listed = (0..4).all(|at| value(at).is_some_and(|value| text.is_given(value)));
    let other = |one: &Found| one.value != found.value && (0..4).any(|at| value(at) == Some(one.value));
    listed && !counts(text, found) && !text.found.iter().any(other)
}

/// "four fifty" and "one twenty five" as hundreds, and as dollars and cents.
fn paired(text: &Text<'_>, index: usize, money: bool) -> Vec<Rational> {
    let first = &text.found[index];
    let Some(second) = text.found.get(index + 1).filter(|second| second.from == first.to) else {
        return Vec::new();
    };
    let range =
        |found: &Found, range: std::ops::Range<i128>| found.value.as_whole().filter(|n| range.contains(n));
    match (range(first, 1..100), range(second, 10..100)) {
        (Some(a), Some(b)) => {
            let whole = Rational::whole(a * 100 + b);
            let cents = Rational::new(a * 100 + b, 100).filter(|_| money);
            [Some(whole), cents].into_iter().flatten().collect()
        }
        _ => Vec::new(),
    }
}

/// A length, mass, volume or duration in the unit of the right choice.
fn converted(found: &Found, unit: &str) -> Option<Rational> {
    const SIZES: [(&str, usize, i128); 19] = [
        ("millimeter", 0, 1),
        ("centimeter", 0, 10),
        ("meter", 0, 1_000),
        ("kilometer", 0, 1_000_000),
        ("inch", 1, 1),
        ("foot", 1, 12),
        ("yard", 1, 36),
        ("mile", 1, 63_360),
        ("gram", 2, 1),
        ("kilogram", 2, 1_000),
        ("milliliter", 3, 1),
        ("liter", 3, 1_000),
        ("second", 4, 1),
        ("minute", 4, 60),
        ("hour", 4, 3_600),
        ("day", 4, 86_400),
        ("week", 4, 604_800),
        ("ounce", 5, 1),
        ("pound", 5, 16),
    ];
    let size = |unit: &str| SIZES.iter().find(|(name, _, _)| *name == unit);
    let ((_, kind, own), (_, other, wanted)) = (size(&found.unit)?, size(unit)?);
    (kind == other && own != wanted).then_some(())?;
    found.value.checked_mul(Rational::new(*own, *wanted)?)
}

/// Whether a number of the question is given as a result.
fn asserted(text: &Text<'_>, found: &Found) -> bool {
    let before = found.from.checked_sub(1).map_or("", |at| text.word(at));
    let ends = |at: usize| {
        matches!(text.word(at), "left" | "remain" | "remaining" | "altogether" | "right" | "correct")
    };
    let result = matches!(
        before,
        "is" | "equals"
            | "get"
            | "gets"
            | "makes"
            | "make"
            | "leaves"
            | "be"
            | "become"
            | "becomes"
            | "answer"
            | "gives"
            | "so"
            | "equal"
    );
    // "it can be 5 or its opposite".
    let may = before == "be"
        && found
            .from
            .checked_sub(2)
            .is_some_and(|at| matches!(text.word(at), "can" | "may" | "could" | "might"));
    // "he gives 6 of them".
    let gives = before == "gives" && text.word(found.to) == "of";
    (result && !gives && !may)
        || ends(found.to)
        || (matches!(text.word(found.to), "is" | "are") && ends(found.to + 1))
        || text.found.len() == 1 && text.words.len() <= 2
}

/// Whether a small number only counts what a list or a calculation has.
fn counts(text: &Text<'_>, found: &Found) -> bool {
    let written = text.word(found.from).starts_with(|c: char| c.is_ascii_digit());
    let small = found.value.as_whole().is_some_and(|n| (1..=10).contains(&n)) && found.to == found.from + 1;
    let noun = matches!(
        text.word(found.to),
        "steps"
            | "step"
            | "numbers"
            | "number"
            | "fractions"
            | "quantities"
            | "things"
            | "ways"
            | "way"
            | "columns"
            | "words"
            | "sentences"
            | "blanks"
            | "parts"
            | "operations"
            | "choices"
            | "facts"
            | "thing"
            | "clues"
            | "kinds"
            | "questions"
            | "values"
            | "amounts"
            | "column"
            | "hints"
            | "places"
            | "equations"
            | "letters"
            | "results"
            | "rules"
            | "lines"
    );
    // "do one change at a time", and "the two halves" are not 1.
    if text.word(found.from) == "one" && found.to == found.from + 1 {
        let ends = found.to == text.words.len() || text.heard[found.from].pause;
        let joined = matches!(
            text.word(found.to),
            "is" | "and" | "more" | "less" | "plus" | "minus" | "times" | "works" | "fits" | "left"
        );
        return !ends && !joined && !asserted(text, found) && !text.ask.counts(text.word(found.to));
    }
    if text.words[found.from..found.to] == ["two", "halves"] {
        return text.word(found.from.wrapping_sub(1)) == "the";
    }
    // "the two prices", unless it is prices that are counted.
    let before = found.from.checked_sub(1).map_or("", |at| text.word(at));
    let letter = text.word(found.to).chars().count() == 1;
    let next = text.word(found.to + usize::from(letter));
    let known = matches!(before, "the" | "these" | "those" | "all")
        && next.len() > 3
        && next.ends_with('s')
        && !next.ends_with("ss")
        && !text.ask.counts(next);
    small && (noun || known) && !written
}

/// Whether the parts of a fraction, a mixed number, a point or a ratio are told one by one.
fn by_parts(text: &Text<'_>) -> bool {
    let has = |value: Rational| text.found.iter().any(|found| found.value == value);
    let all_told = |parts: &[Rational]| {
        parts.iter().all(|part| has(*part)) && parts.iter().any(|part| !text.is_given(*part))
    };
    let fraction = |value: Rational| {
        let parts = [Rational::whole(value.numerator()), Rational::whole(value.denominator())];
        value.denominator() > 1 && all_told(&parts)
    };
    match &text.item.choices[text.item.key].meaning {
        Meaning::Tuple(values) if values.len() > 1 => {
            let found: Vec<&Found> = text.found.iter().filter(|found| !counts(text, found)).collect();
            let next = found.windows(2).any(|two| two[0].value == values[0] && two[1].value == values[1]);
            let all = values.iter().all(|value| found.iter().any(|found| found.value == *value));
            (next && found.len() == 2) || (all && all_told(values))
        }
        Meaning::Tuple(values) => values.iter().any(|value| fraction(*value)),
        Meaning::Number(value, _) => {
            let whole = Rational::whole(value.floor());
            let rest = value.checked_sub(whole);
            let mixed = whole != Rational::ZERO
                && rest.is_some_and(|rest| rest != Rational::ZERO && has(whole) && has(rest));
            mixed || fraction(*value)
        }
        Meaning::Words(_) => false,
    }
}

/// "three out of four", "3 of the 4 parts", "3 for every 4", "3 to 4", "one in four".
fn by_pair(text: &Text<'_>) -> bool {
    let (key, percent) = match &text.item.choices[text.item.key].meaning {
        Meaning::Number(value, unit) => (*value, unit == "%"),
        Meaning::Tuple(values) if values.len() == 1 => (values[0], false),
        _ => return false,
    };
    let equal = |found: &Found| found.value == key && !text.is_given_so(found);
    if !percent && key.as_whole().is_none() && text.found.iter().any(equal) {
        return true;
    }
    let key = if percent { key.checked_div(hundred()).unwrap_or(key) } else { key };
    // "3 to 1" is a ratio, though its value is whole.
    let ratio = matches!(text.item.choices[text.item.key].meaning, Meaning::Tuple(_));
    if key.as_whole().is_some() && !ratio {
        return false;
    }
    text.found.windows(2).any(|two| {
        let between: Vec<&str> = (two[0].to..two[1].from).map(|at| text.word(at)).collect();
        let joined = between.len() <= 4
            && between.iter().any(|word| {
                matches!(*word, "of" | "in" | "to" | "for" | "over" | "colon" | "divided" | "by" | "per")
            });
        let given = text.is_given(two[0].value) && text.is_given(two[1].value);
        joined && !given && two[0].value.checked_div(two[1].value) == Some(key)
    })
}

/// Whether the right choice's time of day is told.
fn time_told(text: &Text<'_>) -> bool {
    let Some(times) = &text.ask.times else { return false };
    let key = times[text.item.key];
    let same = |words: &[String]| {
        times::at_start(words).is_some_and(|(time, _)| !time.is_bare() && time.same(key) != Some(false))
    };
    let given = crate::answer::hear::words(&text.item.stem);
    let in_question = (0..given.len()).any(|at| same(&given[at..]));
    let later = |found: &Found| {
        // "fifteen minutes after 5:15", "5.30".
        let minutes = found.value.as_whole()?;
        let at = (found.to..found.to + 3).find(|at| matches!(text.word(*at), "after" | "past" | "before"))?;
        let (time, _) = times::at_start(text.words.get(at + 1..)?)?;
        Some(time.later(if text.word(at) == "before" { -minutes } else { minutes }).same(key) != Some(false))
    };
    let dotted =
        |found: &Found| times::Time::dotted(found.value).is_some_and(|time| time.same(key) != Some(false));
    !in_question && (0..text.words.len()).any(|at| same(&text.words[at..]))
        || text.found.iter().any(|found| later(found) == Some(true) || dotted(found))
}

/// "XVI".
fn roman(text: &Text<'_>) -> bool {
    let Some(key) = text.key().and_then(Rational::as_whole) else { return false };
    let digit = |c: char| {
        Some(match c {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            'C' => 100,
            'D' => 500,
            'M' => 1_000,
            _ => return None,
        })
    };
    text.raw.iter().filter(|word| word.text.len() > 1).any(|word| {
        let digits: Option<Vec<i128>> = word.text.chars().map(digit).collect();
        let Some(digits) = digits else { return false };
        let value: i128 = (0..digits.len())
            .map(|at| {
                if digits.get(at + 1).is_some_and(|next| *next > digits[at]) {
                    -digits[at]
                } else {
                    digits[at]
                }
            })
            .sum();
        value == key
    })
}

/// "1 6", "a one and then a six", "its tens digit is 1 and its ones digit is 6".
pub(super) fn digits_told(text: &Text<'_>) -> bool {
    let Some(key) = text.key() else { return false };
    let Some(written) = key.decimal(4) else { return false };
    let wanted: Vec<i128> = written.chars().filter_map(|c| c.to_digit(10)).map(i128::from).collect();
    if wanted.len() < 2 {
        return false;
    }
    let single = |at: usize| -> Option<i128> {
        let word = text.word(at);
        let value = iseetutor_numbers::parse(word)?.as_whole()?;
        (0..10).contains(&value).then_some(value)
    };
    let digits: Vec<(usize, i128)> =
        (0..text.words.len()).filter_map(|at| single(at).map(|digit| (at, digit))).collect();
    let joints = ["and", "then", "a", "minus", "followed", "by", "comma", "negative", "with", "next"];
    let in_a_row = digits.windows(wanted.len()).any(|row| {
        let same = row.iter().map(|(_, digit)| digit).eq(wanted.iter());
        let close =
            row.windows(2).all(|two| (two[0].0 + 1..two[1].0).all(|at| joints.contains(&text.word(at))));
        same && close
    });
    let placed = text.words.iter().any(|word| word == "digit" || word == "digits" || word == "tens")
        && wanted.iter().all(|want| digits.iter().any(|(_, digit)| digit == want));
    in_a_row || placed
}

/// The first number of a text that is nowhere in the item.
pub(super) fn stray(text: &Text<'_>) -> Option<Stray> {
    let item = text.item;
    let mut known = text.given.clone();
    let own = item.choices.iter().map(|choice| choice.text.as_str());
    let said = item.solution.iter().map(|step| step.text.as_str());
    known.extend(own.chain(said).chain(item.hints.iter().map(String::as_str)).flat_map(values));
    known.extend(item.solution.iter().filter_map(|step| match &step.value {
        Some(Meaning::Number(value, _)) => Some(*value),
        _ => None,
    }));
    known.extend(text.ask.amounts.iter().flatten().map(|amount| amount.value));
    let constant = |value: Rational| {
        let whole = value.as_whole();
        (whole == Some(100) && text.ask.amounts.iter().flatten().any(|amount| amount.unit == "%"))
            || (whole == Some(100)
                && (item.stem.contains('%') || text.asked.iter().any(|word| word == "percent")))
            || (whole == Some(60) && text.ask.times.is_some())
    };
    let is_known = |value: Rational| {
        constant(value)
            || super::sums::is_shown(text, value, &known)
            || known.contains(&value)
            || value.checked_neg().is_some_and(|value| known.contains(&value))
            || value.checked_mul(hundred()).is_some_and(|value| known.contains(&value))
            || value.checked_div(hundred()).is_some_and(|value| known.contains(&value))
    };
    let list = |found: &Found| {
        // A small number in words counts, and "1" is everywhere.
        let small = found.value.as_whole().is_some_and(|n| (1..=10).contains(&n));
        let digits = text.word(found.from).starts_with(|c: char| c.is_ascii_digit());
        // "half of it" and "below zero" say what to do.
        let half = text.word(found.from) == "half"
            || text.words[found.from..found.to].ends_with(&["half".to_owned()]);
        (small && !digits) || half || found.value == Rational::ONE || found.value == Rational::ZERO
    };
    let parts = |found: &Found| {
        // A fraction whose parts are known, and a time.
        let whole = [found.value.numerator(), found.value.denominator()];
        found.value.denominator() > 1 && whole.iter().all(|part| is_known(Rational::whole(*part)))
    };
    let found = text.found.iter().find(|found| {
        let small = found.value.denominator() <= 10 && found.value.floor().abs() <= 10;
        let tried = text.ask.asks_to_try() && small;
        !is_known(found.value) && !list(found) && !parts(found) && !tried
    })?;
    Some(Stray { number: text.words[found.from..found.to].join(" ") })
}
