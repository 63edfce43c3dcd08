//! Algebraic Concepts.

mod equations;
mod expressions;
mod formulas;
mod functions;
mod inequalities;
mod lines;
mod patterns;
mod plane;
mod powers;
mod puzzles;
mod sequences;
mod simplify;
mod stories;
mod systems;
mod two_step;
mod variation;
pub(super) mod write;

use crate::draft::Template;

/// Its templates, file by file.
pub const TEMPLATES: &[&[Template]] = &[
    patterns::TEMPLATES,
    stories::TEMPLATES,
    expressions::TEMPLATES,
    simplify::TEMPLATES,
    equations::TEMPLATES,
    two_step::TEMPLATES,
    puzzles::TEMPLATES,
    inequalities::TEMPLATES,
    functions::TEMPLATES,
    plane::TEMPLATES,
    lines::TEMPLATES,
    sequences::TEMPLATES,
    powers::TEMPLATES,
    systems::TEMPLATES,
    formulas::TEMPLATES,
    variation::TEMPLATES,
];
