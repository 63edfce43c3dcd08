//! Algebraic Concepts.

mod equations;
mod expressions;
mod graphs;
mod patterns;
mod relations;

use super::Solver;

pub const SOLVERS: &[&[(&str, Solver)]] =
    &[patterns::SOLVERS, expressions::SOLVERS, equations::SOLVERS, graphs::SOLVERS, relations::SOLVERS];
