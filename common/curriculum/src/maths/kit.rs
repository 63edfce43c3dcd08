//! What the templates of several strands share.

use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, Value, int};
use crate::item::Misconception;
use crate::level::Section::{self, Mathematics, Quantitative};
use crate::level::{Level, Strand};

/// Both sections that ask mathematics.
pub const BOTH: &[Section] = &[Mathematics, Quantitative];
/// Word problems that suit both sections, Quantitative Reasoning first.
pub const QUANT: &[Section] = &[Quantitative, Mathematics];
/// Mathematics Achievement alone.
pub const MATHS: &[Section] = &[Mathematics];

/// A template in one line.
pub const fn template(
    strand: Strand,
    id: &'static str,
    skill: &'static str,
    sections: &'static [Section],
    levels: &'static [Level],
    make: fn(&mut Gen) -> Option<Draft>,
) -> Template {
    Template { id, skill, strand, sections, levels, make }
}

/// A mistake of thinking.
pub const fn mistake(id: &'static str, plain: &'static str) -> Misconception {
    Misconception { id, plain }
}

/// A whole number above zero; nothing for any other, so that it is never offered.
pub fn positive(value: impl Into<Q>) -> Value {
    let value = value.into();
    if value > Q::from(0) { int(value) } else { int(Q(None)) }
}

/// `4, 7, 7`: numbers as they stand in a list.
pub fn row(values: &[i64]) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// `4 + 7 + 7`.
pub fn plus(values: &[i64]) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join(" + ")
}

/// In ascending order.
pub fn sorted(values: &[i64]) -> Vec<i64> {
    let mut all = values.to_vec();
    all.sort_unstable();
    all
}

/// The middle of a list just as it stands: of two middle numbers, the number halfway between them.
pub fn middle(values: &[i64]) -> Q {
    let half = values.len() / 2;
    match values {
        [] => Q(None),
        _ if values.len() % 2 == 1 => Q::from(values[half]),
        _ => Q::new(values[half - 1] + values[half], 2),
    }
}

/// The length of a list as a number.
pub fn size<T>(values: &[T]) -> i64 {
    i64::try_from(values.len()).unwrap_or(0)
}

/// With a capital at the beginning.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
