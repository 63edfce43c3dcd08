//! audiod
pub mod ear;
