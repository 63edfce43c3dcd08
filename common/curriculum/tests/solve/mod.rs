//! The second solvers, and what they are written with.
#![allow(dead_code)]

mod algebra;
mod comparison;
mod data;
mod expr;
mod geometry_angles;
mod geometry_figures;
mod geometry_plane;
mod lint;
mod measurement;
mod measurement_sizes;
mod numbers;
mod primary;
mod problems;
mod read;

pub use lint::defects;
pub use read::Seen;

/// A solver: the choice that is right, or `None` when none or several are.
pub type Solver = fn(&Seen) -> Option<usize>;

/// Every solver by its template.
pub fn solvers() -> impl Iterator<Item = (&'static str, Solver)> {
    let plain = [
        geometry_angles::SOLVERS,
        geometry_plane::SOLVERS,
        geometry_figures::SOLVERS,
        measurement::SOLVERS,
        measurement_sizes::SOLVERS,
    ];
    plain
        .into_iter()
        .chain(numbers::SOLVERS.iter().copied())
        .chain(algebra::SOLVERS.iter().copied())
        .chain(data::SOLVERS.iter().copied())
        .chain(problems::SOLVERS.iter().copied())
        .chain(primary::SOLVERS.iter().copied())
        .chain(comparison::SOLVERS.iter().copied())
        .flatten()
        .copied()
}
