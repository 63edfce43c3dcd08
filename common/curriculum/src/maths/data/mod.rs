//! Data Analysis and Probability.

mod averages;
mod chance;
mod changes;
mod circles;
mod compound;
mod counting;
mod expected;
mod graphs;
mod plots;
mod tables;

use crate::draft::Template;

/// Its templates, file by file.
pub const TEMPLATES: &[&[Template]] = &[
    averages::TEMPLATES,
    chance::TEMPLATES,
    changes::TEMPLATES,
    circles::TEMPLATES,
    compound::TEMPLATES,
    counting::TEMPLATES,
    expected::TEMPLATES,
    graphs::TEMPLATES,
    plots::TEMPLATES,
    tables::TEMPLATES,
];
