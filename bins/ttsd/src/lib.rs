//! ttsd.

pub mod clause;
pub mod normalize;
