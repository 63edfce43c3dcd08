//! What is taught: the exam's blueprint, the questions, the authored content, and the understanding of answers.
//!
//! Pure: nothing here reads a file, a clock or a network. Every key is computed exactly or authored, never guessed; a
//! question is found again from its id alone.

pub mod answer;
pub mod bank;
pub mod blueprint;
pub mod content;
pub mod draft;
pub mod exact;
pub mod figure;
pub mod guard;
pub mod item;
pub mod level;
pub mod maths;
pub mod rng;
pub mod speech;
pub mod story;
