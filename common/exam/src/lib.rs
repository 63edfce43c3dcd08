//! Mock tests: forms, the clock and what came of them; forms on paper; feedback on essays.
//!
//! Pure: nothing here reads a file, a clock or a network. Time comes in as milliseconds of whatever clock the caller has,
//! and the same seed gives the same form for ever. Nothing here is a scaled score, a percentile or a stanine, since what
//! leads from answers to those is not public.
//!
//! - [`form`]: which questions, in which order, in how many minutes; [`mock`]: a whole test of forms, breaks and essay.
//! - [`sitting`]: taking a form against the clock; [`clock`]: where to be when, and what the proctor says.
//! - [`outcome`]: what came of it.
//! - [`booklet`]: forms on paper; [`essay`]: feedback on an essay, with examples from it.

pub mod booklet;
pub mod clock;
pub mod essay;
mod event;
pub mod form;
pub mod mock;
pub mod outcome;
pub mod sitting;
pub mod tally;
