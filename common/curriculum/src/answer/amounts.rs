//! Amounts: numbers with the units that are said with them.

use iseetutor_numbers::Rational;

use super::ask::{Ask, number_at};
use super::hear::Word;
use crate::exact::Meaning;
use crate::item::Choice;

/// A number and its unit in one form: "%", "$", "°", "square meter", or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Amount {
    pub(crate) value: Rational,
    pub(crate) unit: String,
}

/// What a number that was said means here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Worth {
    /// These choices; sure if there is one and `true`.
    Choices(Vec<usize>, bool),
    /// None of the choices; perhaps a step of the solution.
    None(Option<usize>),
}

/// Units that are known without being in a question.
const UNITS: [&str; 42] = [
    "meter",
    "centimeter",
    "millimeter",
    "kilometer",
    "inch",
    "foot",
    "yard",
    "mile",
    "gram",
    "kilogram",
    "ounce",
    "pound",
    "ton",
    "liter",
    "milliliter",
    "cup",
    "pint",
    "quart",
    "gallon",
    "second",
    "minute",
    "hour",
    "day",
    "week",
    "month",
    "year",
    "degree",
    "percent",
    "dollar",
    "cent",
    "unit",
    "square",
    "cubic",
    "squared",
    "cubed",
    "point",
    "celsius",
    "fahrenheit",
    "decade",
    "century",
    "quarter",
    "dozen",
];

/// The amount that a choice is.
pub(crate) fn of_choice(choice: &Choice, words: &[String]) -> Option<Amount> {
    match &choice.meaning {
        Meaning::Number(value, unit) => Some(Amount { value: *value, unit: canonical(unit) }),
        Meaning::Tuple(_) => None,
        Meaning::Words(_) => {
            let (value, used) = signed(words)?;
            let unit = canonical(&words[used..].join(" "));
            let is_unit = |word: &String| {
                let joins =
                    matches!(word.as_str(), "plus" | "minus" | "times" | "over" | "paren" | "remainder");
                let plain = singular(word);
                let short = plain.chars().count() < 3;
                !joins
                    && !short
                    && !super::wording::is_small(word)
                    && number_at(std::slice::from_ref(word)).is_none()
            };
            (words.len() - used <= 3 && words[used..].iter().all(is_unit)).then_some(Amount { value, unit })
        }
    }
}

/// A number with its sign at the beginning of some words, and how many it takes.
pub(crate) fn signed(words: &[String]) -> Option<(Rational, usize)> {
    let start = match words.first()?.as_str() {
        "negative" | "minus" => 1,
        "positive" | "plus" => 1,
        _ => 0,
    };
    let (value, used) = unsigned(words.get(start..)?)?;
    let negative = start == 1 && matches!(words[0].as_str(), "negative" | "minus");
    Some((if negative { value.checked_neg()? } else { value }, used + start))
}

fn unsigned(words: &[String]) -> Option<(Rational, usize)> {
    let few: Vec<&str> = words.iter().take(4).map(String::as_str).collect();
    match few[..] {
        ["half", "a", "dozen", ..] => return Some((Rational::whole(6), 3)),
        ["a", "half", "dozen", ..] => return Some((Rational::whole(6), 3)),
        ["a", "dozen", ..] => return Some((Rational::whole(12), 2)),
        ["quarter", ..] => return Some((Rational::new(1, 4)?, 1)),
        ["none" | "zilch" | "nil"] => return Some((Rational::ZERO, 1)),
        _ => {}
    }
    let (value, used) = number_at(words)?;
    let whole = |value: Rational| value.as_whole().is_some();
    // "two and two over twenty-five".
    if whole(value) && words.get(used).is_some_and(|word| word == "and") {
        let part = words.get(used + 1..).and_then(|rest| {
            let (above, over) = number_at(rest)?;
            let (below, more) = number_at(rest.get(over + 1..)?)?;
            let fits = rest[over] == "over" && whole(above) && whole(below) && above < below;
            Some((above.checked_div(below).filter(|_| fits)?, over + 1 + more))
        });
        if let Some((part, more)) = part {
            return Some((value.checked_add(part)?, used + 1 + more));
        }
    }
    // "three over four", "three out of four".
    let joint = match (words.get(used).map(String::as_str), words.get(used + 1).map(String::as_str)) {
        (Some("over"), _) => 1,
        (Some("out"), Some("of")) => 2,
        _ => return Some((value, used)),
    };
    match number_at(words.get(used + joint..)?) {
        Some((below, more)) if whole(value) && whole(below) => {
            Some((value.checked_div(below)?, used + joint + more))
        }
        _ => Some((value, used)),
    }
}

/// What an amount at the beginning of some words means, and how many it takes.
pub(super) fn at(ask: &Ask<'_>, heard: &[Word]) -> Option<(Worth, usize)> {
    let words: Vec<String> = heard.iter().take(20).map(|word| word.text.clone()).collect();
    if let Some(used) = arithmetic(&words) {
        return Some((Worth::Choices(Vec::new(), true), used));
    }
    if let Some(found) = tuple(ask, &words) {
        return Some(found);
    }
    if let Some((value, used)) = money(&words) {
        return Some((worth(ask, &Amount { value, unit: "$".into() }), used));
    }
    if let Some(found) = pair(ask, heard, &words) {
        return Some(found);
    }
    let (value, used) = signed(&words)?;
    let (unit, taken) = unit_at(ask, &words[used..]);
    Some((worth(ask, &Amount { value, unit }), used + taken))
}

/// "five plus three is", "8 + 8 =": the words before the result.
fn arithmetic(words: &[String]) -> Option<usize> {
    let (_, mut at) = signed(words)?;
    let mut operations = 0;
    while let Some("plus" | "minus" | "times" | "x" | "divided" | "take") = words.get(at).map(String::as_str)
    {
        let two = matches!(words.get(at + 1).map(String::as_str), Some("by" | "away"));
        let next = at + 1 + usize::from(two);
        let (_, used) = unsigned(words.get(next..)?)?;
        at = next + used;
        operations += 1;
    }
    let equals =
        matches!(words.get(at).map(String::as_str), Some("is" | "equals" | "makes" | "gives" | "are"));
    let result = signed(words.get(at + 1..)?).is_some();
    (operations > 0 && equals && result).then_some(at + 1)
}

/// A point's two numbers or a ratio's.
fn tuple(ask: &Ask<'_>, words: &[String]) -> Option<(Worth, usize)> {
    let size = ask.tuple()?;
    let is = |at: usize, any: &[&str]| words.get(at).is_some_and(|word| any.contains(&word.as_str()));
    let mut at = 0;
    while is(at, &["point", "x", "is", "equals", "paren"]) {
        at += 1;
    }
    let plain =
        |at: usize| signed(words.get(at..)?).filter(|(value, _)| value.as_whole().is_some() || size == 2);
    let (first, used) = plain(at)?;
    at += used;
    let before = at;
    match size {
        1 => {
            while is(at, &["to", "colon", "is"]) {
                at += 1;
            }
            if before == at {
                return None;
            }
        }
        _ => {
            while is(at, &["comma", "and", "y", "is", "equals"]) {
                at += 1;
            }
        }
    }
    let (second, used) = plain(at)?;
    at += used;
    let more = plain(at).is_some() || (is(at, &["to", "colon"]) && size == 1);
    let values = if size == 1 { vec![first.checked_div(second)?] } else { vec![first, second] };
    let choices: Vec<usize> = (0..4)
        .filter(|choice| matches!(&ask.item.choices[*choice].meaning, Meaning::Tuple(own) if *own == values))
        .collect();
    Some(match (choices.is_empty(), more) {
        (false, false) => (Worth::Choices(choices, true), at),
        _ => (Worth::None(None), at),
    })
}

/// "four dollars and fifty cents", "a dollar fifty", "75 cents".
pub(crate) fn money(words: &[String]) -> Option<(Rational, usize)> {
    let is = |at: usize, any: &[&str]| words.get(at).is_some_and(|word| any.contains(&word.as_str()));
    let hundredth = Rational::new(1, 100)?;
    let (first, mut at) = match words.first()?.as_str() {
        "a" | "one" if is(1, &["dollar", "buck"]) => (Rational::ONE, 1),
        _ => signed(words)?,
    };
    if is(at, &["cent", "cents"]) {
        return Some((first.checked_mul(hundredth)?, at + 1));
    }
    if !is(at, &["dollar", "dollars", "buck", "bucks"]) {
        return None;
    }
    at += 1;
    let joint = usize::from(is(at, &["and"]));
    let cents = words.get(at + joint..).and_then(unsigned).filter(|(value, used)| {
        let follows = is(at + joint + used, &["cent", "cents"]);
        let small = *value < Rational::whole(100) && value.as_whole().is_some();
        // "four dollars and fifty", but not "four dollars and 3 pens".
        small && (follows || at + joint + used == words.len() || *value >= Rational::whole(10))
    });
    Some(match cents {
        Some((value, used)) => {
            let end = at + joint + used;
            (
                first.checked_add(value.checked_mul(hundredth)?)?,
                end + usize::from(is(end, &["cent", "cents"])),
            )
        }
        None => (first, at),
    })
}

/// "four fifty", "one twenty five", "four oh five": hundreds, or dollars and cents.
fn pair(ask: &Ask<'_>, heard: &[Word], words: &[String]) -> Option<(Worth, usize)> {
    let (first, used) = number_at(words)?;
    let first = first.as_whole().filter(|value| (1..100).contains(value))?;
    if heard[..used].iter().any(|word| word.pause) {
        return None;
    }
    let oh = words.get(used).is_some_and(|word| word == "oh" || word == "o");
    let from = used + usize::from(oh);
    let (second, more) = number_at(words.get(from..)?)?;
    let range = if oh { 1..10 } else { 10..100 };
    let second = second.as_whole().filter(|value| range.contains(value))?;
    let end = from + more;
    let (unit, taken) = unit_at(ask, words.get(end..).unwrap_or_default());
    let hundreds = Amount { value: Rational::whole(first * 100 + second), unit: unit.clone() };
    let cents = Amount { value: Rational::new(first * 100 + second, 100)?, unit: "$".into() };
    let money = ask.amounts.iter().flatten().any(|amount| amount.unit == "$");
    let mut fitting = Vec::new();
    let mut step = None;
    for amount in [Some(hundreds), (money && unit.is_empty()).then_some(cents)].into_iter().flatten() {
        match worth(ask, &amount) {
            Worth::Choices(choices, true) => fitting.extend(choices),
            Worth::Choices(..) => {}
            Worth::None(found) => step = step.or(found),
        }
    }
    match (fitting.is_empty(), step) {
        (false, _) => Some((Worth::Choices(fitting.clone(), fitting.len() == 1), end + taken)),
        (true, Some(step)) => Some((Worth::None(Some(step)), end + taken)),
        (true, None) => None,
    }
}

/// The choices that an amount is.
fn worth(ask: &Ask<'_>, said: &Amount) -> Worth {
    let those = |fits: &dyn Fn(&Amount) -> bool| -> Vec<usize> {
        (0..4).filter(|at| ask.amounts[*at].as_ref().is_some_and(fits)).collect()
    };
    let hundred = Rational::whole(100);
    // "8 cents" is heard as money; a choice may be written in cents.
    let cents = |own: &Amount| {
        said.unit == "$" && own.unit == "cent" && said.value.checked_mul(hundred) == Some(own.value)
    };
    let exact = those(&|own| (own.value == said.value && fits(ask, &said.unit, &own.unit)) || cents(own));
    if !exact.is_empty() {
        let sure = exact.len() == 1;
        return Worth::Choices(exact, sure);
    }
    let other_unit = those(&|own| own.value == said.value);
    if !other_unit.is_empty() {
        return Worth::Choices(other_unit, false);
    }
    if said.unit == "%" {
        let shares = those(&|own| own.unit.is_empty() && own.value.checked_mul(hundred) == Some(said.value));
        if !shares.is_empty() {
            let sure = shares.len() == 1;
            return Worth::Choices(shares, sure);
        }
    }
    if said.unit.is_empty() {
        let shares = those(&|own| own.unit == "%" && said.value.checked_mul(hundred) == Some(own.value));
        if !shares.is_empty() {
            return Worth::Choices(shares, false);
        }
    }
    Worth::None(ask.step(said.value))
}

/// Whether a unit that was said fits a choice's own. A choice with a unit accepts a bare number, because that is how
/// children answer; a choice without one accepts the question's own words.
fn fits(ask: &Ask<'_>, said: &str, own: &str) -> bool {
    if said.is_empty() || said == own {
        return true;
    }
    let asked = |word: &str| ask.counts(word);
    let money = ask.item.stem.contains('$') || asked("dollar") || asked("cost");
    match said {
        "%" => own.is_empty() && (asked("percent") || ask.item.stem.contains('%')),
        "$" => own.is_empty() && money,
        "°" => own.is_empty() && (asked("degree") || ask.item.stem.contains('°')),
        _ if own.is_empty() => said.split(' ').all(asked),
        _ => {
            let own: Vec<&str> = own.split(' ').collect();
            let said: Vec<&str> = said.split(' ').collect();
            let (rest, known): (Vec<&str>, Vec<&str>) = said.iter().partition(|word| !own.contains(word));
            known.len() == own.len()
                && !rest.is_empty()
                && rest.iter().all(|word| asked(word) && !UNITS.contains(word))
        }
    }
}

/// The unit at the beginning of some words in one form, and how many words it takes.
fn unit_at(ask: &Ask<'_>, words: &[String]) -> (String, usize) {
    let is_unit = |word: &String| {
        let plain = singular(word);
        let own = ask.amounts.iter().flatten().any(|amount| amount.unit.split(' ').any(|own| own == plain));
        let known = UNITS.contains(&plain.as_str()) || own || ask.asks_about(word);
        known && !super::wording::is_small(word)
    };
    let joint = |word: &String| matches!(word.as_str(), "of" | "a" | "an" | "the");
    let mut used = 0;
    loop {
        let ahead = words[used..].iter().take_while(|word| joint(word)).count();
        match words.get(used + ahead) {
            Some(word) if is_unit(word) && used < 5 => used += ahead + 1,
            // "12 m 2".
            Some(word) if used > 0 && ahead == 0 && matches!(word.as_str(), "squared" | "cubed") => used += 1,
            _ => break,
        }
    }
    (canonical(&words[..used].join(" ")), used)
}

/// A unit in one form: singular, words for abbreviations, "square meter" for "meters squared".
pub(crate) fn canonical(unit: &str) -> String {
    if matches!(unit, "$" | "%" | "°") {
        return unit.to_owned();
    }
    let mut words: Vec<String> = super::hear::words(unit)
        .iter()
        .filter(|word| !matches!(word.as_str(), "of" | "a" | "an" | "the"))
        .map(|word| singular(word))
        .collect();
    for (after, before) in [("squared", "square"), ("cubed", "cubic")] {
        if let Some(at) = words.iter().position(|word| word == after) {
            words.remove(at);
            words.insert(at.saturating_sub(1), before.to_owned());
        }
    }
    match words.join(" ").as_str() {
        "percent" => "%".to_owned(),
        "dollar" => "$".to_owned(),
        "degree" => "°".to_owned(),
        other => other.to_owned(),
    }
}

/// A unit's word in the singular, abbreviations as words.
fn singular(word: &str) -> String {
    let whole = match word {
        "cm" | "centimetre" | "centimetres" => "centimeter",
        "mm" => "millimeter",
        "km" => "kilometer",
        "m" | "metre" | "metres" => "meter",
        "in" => "inch",
        "ft" | "feet" => "foot",
        "yd" => "yard",
        "g" => "gram",
        "kg" => "kilogram",
        "lb" | "lbs" => "pound",
        "oz" => "ounce",
        "l" | "litre" | "litres" => "liter",
        "ml" => "milliliter",
        "inches" => "inch",
        "sq" => "square",
        "people" => "person",
        "children" => "child",
        "min" | "mins" => "minute",
        "hr" | "hrs" => "hour",
        "boxes" => "box",
        "bunches" => "bunch",
        other if other.ends_with("ss") || other == "celsius" => other,
        other => other.strip_suffix('s').filter(|rest| rest.len() > 1).unwrap_or(other),
    };
    whole.to_owned()
}
