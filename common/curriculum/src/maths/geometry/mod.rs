//! Geometry.

mod angles;
mod circles;
mod distances;
mod figures;
mod lines;
mod plane;
mod polygons;
mod right_triangles;
mod shapes;
mod similar;
mod solids;
mod triangles;

use crate::draft::{Draft, Gen, Template};
use crate::exact::Q;
use crate::item::Misconception;
use crate::level::{Level, Section, Strand};

/// Its templates, file by file.
pub const TEMPLATES: &[&[Template]] = &[
    angles::TEMPLATES,
    lines::TEMPLATES,
    triangles::TEMPLATES,
    polygons::TEMPLATES,
    plane::TEMPLATES,
    distances::TEMPLATES,
    shapes::TEMPLATES,
    solids::TEMPLATES,
    similar::TEMPLATES,
    right_triangles::TEMPLATES,
    figures::TEMPLATES,
    circles::TEMPLATES,
];

const fn geometry(
    id: &'static str,
    skill: &'static str,
    sections: &'static [Section],
    levels: &'static [Level],
    make: fn(&mut Gen) -> Option<Draft>,
) -> Template {
    Template { id, skill, strand: Strand::Geometry, sections, levels, make }
}

const fn slip(id: &'static str, plain: &'static str) -> Misconception {
    Misconception { id, plain }
}

/// A positive number, or nothing: sizes are neither zero nor negative.
fn size(number: impl Into<Q>) -> Q {
    let number = number.into();
    if number > Q::from(0) { number } else { Q(None) }
}

/// The point at a distance and a direction (in degrees, counterclockwise from the right) from another, for drawing.
pub(super) fn polar(from: (i64, i64), distance: i64, degrees: i64) -> (i64, i64) {
    (from.0 + distance * sine(degrees + 90) / 1000, from.1 - distance * sine(degrees) / 1000)
}

/// A sine in thousandths, near enough for drawing.
fn sine(degrees: i64) -> i64 {
    const EVERY_FIVE: [i64; 20] =
        [0, 87, 174, 259, 342, 423, 500, 574, 643, 707, 766, 819, 866, 906, 940, 966, 985, 996, 1000, 996];
    let turn = degrees.rem_euclid(360);
    let (sign, half) = if turn >= 180 { (-1, turn - 180) } else { (1, turn) };
    let quarter = if half > 90 { 180 - half } else { half };
    let at = usize::try_from(quarter / 5).unwrap_or(0);
    sign * (EVERY_FIVE[at] + (EVERY_FIVE[at + 1] - EVERY_FIVE[at]) * (quarter % 5) / 5)
}
