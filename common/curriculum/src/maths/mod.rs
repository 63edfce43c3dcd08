//! The mathematics questions, by strand.

mod algebra;
mod comparison;
mod geometry;
mod measurement;
mod numbers;

use crate::draft::Template;

/// Every template.
pub fn templates() -> impl Iterator<Item = &'static Template> {
    [
        numbers::TEMPLATES,
        algebra::TEMPLATES,
        comparison::TEMPLATES,
        geometry::TEMPLATES,
        measurement::TEMPLATES,
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
