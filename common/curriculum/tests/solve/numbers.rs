//! Numbers and Operations.

use super::Solver;
use super::read::{Seen, find};

pub const SOLVERS: &[(&str, Solver)] = &[("add-unlike-fractions", add_unlike)];

fn add_unlike(seen: &Seen) -> Option<usize> {
    let n = find(seen.stem, r"{N} of a\w* .*?{N} of")?;
    seen.worth(n[0].plus(n[1]))
}
