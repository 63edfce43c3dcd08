//! The Primary levels: every strand in small numbers and short sentences.

mod compare;
mod data;
mod measure;
mod numbers;
mod operations;
mod patterns;
mod shapes;
mod stories;

use std::ops::RangeInclusive;

use crate::draft::{Gen, Template};
use crate::exact::{Q, Value, int};
use crate::level::Level::{self, Primary2, Primary3, Primary4};

/// Its templates, file by file.
pub const TEMPLATES: &[&[Template]] = &[
    numbers::TEMPLATES,
    compare::TEMPLATES,
    operations::TEMPLATES,
    patterns::TEMPLATES,
    shapes::TEMPLATES,
    measure::TEMPLATES,
    data::TEMPLATES,
    stories::TEMPLATES,
];

/// Every Primary level.
const ALL: &[Level] = &[Primary2, Primary3, Primary4];
/// Primary 3 and 4.
const OLDER: &[Level] = &[Primary3, Primary4];

/// A whole number of a range for Primary 2, Primary 3 or Primary 4.
fn by_grade(g: &mut Gen, ranges: [RangeInclusive<i64>; 3]) -> i64 {
    let [second, third, fourth] = ranges;
    g.int(match g.level() {
        Primary2 => second,
        Primary3 => third,
        _ => fourth,
    })
}

/// A wrong answer, if it is above zero and no bigger than the numbers of the level.
fn small(g: &Gen, value: i64) -> Value {
    let most = match g.level() {
        Primary2 => 200,
        Primary3 => 1_000,
        _ => 10_000,
    };
    if (1..=most).contains(&value) { int(value) } else { int(Q(None)) }
}
