//! The mathematics questions, by strand.

mod algebra;
mod comparison;
mod data;
mod geometry;
mod kit;
mod measurement;
mod numbers;
mod primary;
mod problems;

use crate::draft::Template;

/// Every template.
pub fn templates() -> impl Iterator<Item = &'static Template> {
    [
        numbers::TEMPLATES,
        algebra::TEMPLATES,
        comparison::TEMPLATES,
        geometry::TEMPLATES,
        measurement::TEMPLATES,
        data::TEMPLATES,
        problems::TEMPLATES,
        primary::TEMPLATES,
    ]
    .into_iter()
    .flatten()
    .copied()
    .flatten()
}

/// The template of a name.
#[must_use]
pub fn template(id: &str) -> Option<&'static Template> {
    templates().find(|template| template.id == id)
}
