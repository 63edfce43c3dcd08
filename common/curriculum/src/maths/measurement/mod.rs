//! Measurement.

mod converting;
mod maps;
mod money;
mod rates;
mod readings;
mod schedules;
mod sizes;
mod time;
mod units;
mod volumes;

use crate::draft::{Draft, Gen, Template};
use crate::exact::Q;
use crate::item::Misconception;
use crate::level::{Level, Section, Strand};

/// Its templates, file by file.
pub const TEMPLATES: &[&[Template]] = &[
    units::TEMPLATES,
    converting::TEMPLATES,
    time::TEMPLATES,
    schedules::TEMPLATES,
    money::TEMPLATES,
    readings::TEMPLATES,
    sizes::TEMPLATES,
    volumes::TEMPLATES,
    rates::TEMPLATES,
    maps::TEMPLATES,
];

const fn measurement(
    id: &'static str,
    skill: &'static str,
    sections: &'static [Section],
    levels: &'static [Level],
    make: fn(&mut Gen) -> Option<Draft>,
) -> Template {
    Template { id, skill, strand: Strand::Measurement, sections, levels, make }
}

const fn slip(id: &'static str, plain: &'static str) -> Misconception {
    Misconception { id, plain }
}

/// A positive number, or nothing: sizes are neither zero nor negative.
fn size(number: impl Into<Q>) -> Q {
    let number = number.into();
    if number > Q::from(0) { number } else { Q(None) }
}
