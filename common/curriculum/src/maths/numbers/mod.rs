//! Numbers and Operations.

mod absolute;
mod conversions;
mod decimals;
mod decimals_multiply;
mod divide;
mod estimation;
mod factors;
mod fractions;
mod fractions_equal;
mod fractions_of;
mod integers;
mod mixed_numbers;
mod multiply;
mod number_line;
mod order;
mod parity;
mod percent_change;
mod percents;
mod percents_money;
mod place;
mod powers;
mod proportion;
mod ratio;
mod roots;
mod rounding;
mod scientific;
mod whole;

use crate::draft::{Draft, Gen, Template};
use crate::exact::{Meaning, Q, Value, dec, int};
use crate::item::Misconception;
use crate::level::{Level, Section, Strand};

/// Its templates, file by file.
pub const TEMPLATES: &[&[Template]] = &[
    place::TEMPLATES,
    rounding::TEMPLATES,
    whole::TEMPLATES,
    multiply::TEMPLATES,
    divide::TEMPLATES,
    order::TEMPLATES,
    factors::TEMPLATES,
    parity::TEMPLATES,
    fractions::TEMPLATES,
    fractions_equal::TEMPLATES,
    mixed_numbers::TEMPLATES,
    fractions_of::TEMPLATES,
    decimals::TEMPLATES,
    decimals_multiply::TEMPLATES,
    conversions::TEMPLATES,
    percents::TEMPLATES,
    percents_money::TEMPLATES,
    percent_change::TEMPLATES,
    ratio::TEMPLATES,
    proportion::TEMPLATES,
    integers::TEMPLATES,
    absolute::TEMPLATES,
    number_line::TEMPLATES,
    powers::TEMPLATES,
    roots::TEMPLATES,
    scientific::TEMPLATES,
    estimation::TEMPLATES,
];

const MATHS: &[Section] = &[Section::Mathematics];
const BOTH: &[Section] = &[Section::Mathematics, Section::Quantitative];
const REASONING: &[Section] = &[Section::Quantitative];
const LOWER_MIDDLE: &[Level] = &[Level::Lower, Level::Middle];
const ALL: &[Level] = &[Level::Lower, Level::Middle, Level::Upper];
const MIDDLE_UPPER: &[Level] = &[Level::Middle, Level::Upper];
const UPPER: &[Level] = &[Level::Upper];

/// A template of this strand.
const fn kind(
    id: &'static str,
    skill: &'static str,
    sections: &'static [Section],
    levels: &'static [Level],
    make: fn(&mut Gen) -> Option<Draft>,
) -> Template {
    Template { id, skill, strand: Strand::Numbers, sections, levels, make }
}

/// A mistake and its plain words.
const fn slip(id: &'static str, plain: &'static str) -> Misconception {
    Misconception { id, plain }
}

/// A whole number as it is written in a text: `12,000`, `−7`.
fn n(value: i64) -> String {
    int(value).text
}

/// A whole number with commas, or a decimal.
fn num(value: impl Into<Q>) -> Value {
    let value = value.into();
    if value.is_whole() { int(value) } else { dec(value) }
}

/// A whole number that is not negative, or nothing.
fn natural(value: i64) -> Value {
    int(if value < 0 { Q(None) } else { Q::from(value) })
}

/// A fraction that is written as it is, not in lowest terms: `6/8`.
fn over(a: i64, b: i64) -> Value {
    Value {
        text: format!("{a}/{b}"),
        meaning: Q::new(a, b).0.map(|value| Meaning::Number(value, String::new())),
    }
}

const EQUAL_UNTESTED: Misconception =
    slip("equal-without-working-out", "takes two quantities for equal without working them out");
const OPEN_NUMBERS: Misconception =
    slip("numbers-undetermined", "thinks that plain numbers can leave a comparison open");
const OPEN_LETTER: Misconception =
    slip("letter-means-undetermined", "thinks that a letter always leaves a comparison open");
const ONE_VALUE: Misconception =
    slip("settles-with-one-value", "settles a comparison with only one of the values that are possible");

/// The mistakes of a comparison with its right choice: what misleads to either column, to equality and to leaving it
/// open. Where nothing can be determined, every other choice comes from looking at one value only.
fn lures(
    right: usize,
    [a, b]: [Misconception; 2],
    equal: Misconception,
    open: Misconception,
) -> [Option<Misconception>; 4] {
    let mut all = if right == 3 { [Some(ONE_VALUE); 4] } else { [Some(a), Some(b), Some(equal), Some(open)] };
    if let Some(one) = all.get_mut(right) {
        *one = None;
    }
    all
}

/// The greatest common factor of two positive numbers.
fn gcf(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcf(b, a % b) }
}

/// The least common multiple of two positive numbers.
fn lcm(a: i64, b: i64) -> i64 {
    a / gcf(a, b) * b
}
