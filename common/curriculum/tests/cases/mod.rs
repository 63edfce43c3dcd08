//! Reads the case files: items and what is said about them.

use iseetutor_curriculum::bank::Bank;
use iseetutor_curriculum::draft::COMPARISONS;
use iseetutor_curriculum::exact::{self, Meaning, Q, Value};
use iseetutor_curriculum::item::{Choice, Item, Reason, Step};
use iseetutor_curriculum::level::{Level, Section};
use iseetutor_curriculum::speech;
use iseetutor_numbers::Rational;

/// An item and its cases.
pub struct Block {
    pub name: String,
    pub item: Item,
    /// What is expected, and what is said.
    pub cases: Vec<(String, String)>,
}

/// The blocks of a file.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    for part in text.split("\n== ").skip(1) {
        let (name, body) = part.split_once('\n').unwrap();
        blocks.push(Block { name: name.trim().to_owned(), item: block(body), cases: cases(body) });
    }
    blocks
}

const FIELDS: [&str; 8] = ["stem", "choices", "key", "steps", "id", "comparison", "hints", "solution"];

fn fields(body: &str) -> impl Iterator<Item = (&str, &str)> {
    body.lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| line.split_once(": ").unwrap_or_else(|| panic!("no colon: {line:?}")))
}

fn cases(body: &str) -> Vec<(String, String)> {
    let said = fields(body).filter(|(name, _)| !FIELDS.contains(name));
    said.flat_map(|(name, all)| all.split(" | ").map(move |one| (name.to_owned(), one.to_owned()))).collect()
}

/// The item of a block.
pub fn block(body: &str) -> Item {
    let get = |name: &str| fields(body).find(|(own, _)| *own == name).map(|(_, value)| value);
    let list = |name: &str| get(name).map_or(Vec::new(), |list| list.split(" | ").collect());
    if let Some(id) = get("id") {
        let item = Bank::embedded().unwrap().item(id).unwrap_or_else(|| panic!("no item {id}"));
        let texts: Vec<&str> = item.choices.iter().map(|choice| choice.text.as_str()).collect();
        assert_eq!(texts, list("choices"), "{id}");
        return item;
    }
    let comparison = get("comparison").is_some();
    let texts = if comparison { COMPARISONS.to_vec() } else { list("choices") };
    let key = usize::from(get("key").unwrap().as_bytes()[0] - b'A');
    let choices: Vec<Choice> =
        texts.iter().enumerate().map(|(at, text)| choice(text, at == key, comparison)).collect();
    let mut solution: Vec<Step> = list("steps")
        .into_iter()
        .map(|step| Step { text: format!("It comes to {step}."), value: Some(meaning(step)) })
        .collect();
    solution.extend(list("solution").into_iter().map(|text| Step { text: text.to_owned(), value: None }));
    let stem = get("stem").unwrap().replace("\\n", "\n");
    Item {
        id: "inline".into(),
        level: Level::Middle,
        section: Section::Mathematics,
        strand: None,
        skill: "none".into(),
        spoken: speech::stem(&stem),
        stem,
        choices: choices.try_into().unwrap(),
        key,
        hints: list("hints").into_iter().map(str::to_owned).collect(),
        solution,
        figure: None,
        passage: None,
    }
}

fn choice(text: &str, right: bool, comparison: bool) -> Choice {
    Choice {
        text: text.to_owned(),
        spoken: speech::phrase(&text.replace(" ... ", ", then ")),
        meaning: if comparison { exact::words(text).meaning.unwrap() } else { meaning(text) },
        reason: (!right).then(|| Reason { id: "other".into(), plain: "does something else".into() }),
    }
}

/// What a written choice means: the value that the same text has in the exact forms.
pub fn meaning(text: &str) -> Meaning {
    value(text).and_then(|value| value.meaning).unwrap_or_else(|| exact::words(text).meaning.unwrap())
}

fn value(text: &str) -> Option<Value> {
    let number = |text: &str| -> Option<Rational> {
        let plain = text.replace(',', "");
        let (sign, plain) = plain.strip_prefix('\u{2212}').map_or((1, plain.as_str()), |rest| (-1, rest));
        let ok = plain.starts_with(|c: char| c.is_ascii_digit())
            && plain.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '/' | ' '));
        let value = iseetutor_numbers::parse(plain).filter(|_| ok)?;
        value.checked_mul(Rational::whole(sign))
    };
    let q = |text: &str| number(text).map(|value| Q(Some(value)));
    let found = if let Some(amount) = text.strip_prefix('$') {
        exact::money(q(amount)? * 100)
    } else if let Some(points) = text.strip_suffix('%') {
        exact::percent(q(points)?)
    } else if let Some(angle) = text.strip_suffix('°') {
        exact::degrees(q(angle)?)
    } else if let Some((x, y)) =
        text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')?.split_once(", "))
    {
        exact::point(q(x)?, q(y)?)
    } else if let Some((a, b)) = text.split_once(" to ") {
        exact::ratio(a.parse().ok()?, b.parse().ok()?)
    } else if let Some(value) = q(text) {
        exact::mixed(value)
    } else {
        let (amount, unit) = text.split_once(' ')?;
        if unit.contains(|c: char| c.is_ascii_digit() || "+\u{2212}<>=≤≥".contains(c)) || unit == "p.m." {
            return None;
        }
        exact::unit(q(amount)?, unit)
    };
    Some(found)
}
