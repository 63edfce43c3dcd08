//! What a child knows, how surely, and what comes next.
//!
//! Pure: nothing here reads a file, a clock or a network. Time comes in as milliseconds since 1970, chance from a seed.
//! The truth is an append-only set of [`event::Event`]s. Everything else is a projection of that set: the same events
//! in any order give the same [`record::Record`], so two devices merge by the union of their events.
//!
//! A dialogue builds the [`catalog::Catalog`] once with [`bank::catalog`], applies all events of the learner to a
//! [`record::Record`], and then, question by question: [`planner::next`] (or [`planner::lesson_plan`],
//! [`planner::placement_next`], [`planner::monthly_check`]) with a [`planner::Context`] gives a [`planner::Choice`];
//! [`bank::item`] makes its question; the answer becomes an [`event::Answered`] by [`bank::answered`], is stored, and
//! goes into the record by [`record::Record::apply`].
//!
//! ```
//! use iseetutor_curriculum::{bank::Bank, level::Level};
//! use iseetutor_learner::event::{Event, What};
//! use iseetutor_learner::{bank, planner, record::Record};
//!
//! let questions = Bank::embedded()?;
//! let catalog = bank::catalog(&questions);
//! let mut record = Record::new("learner-1", 0);
//! let now_ms = 1_790_000_000_000;
//! let context = planner::Context { seed: 7, ..planner::Context::new(Level::Lower, now_ms) };
//! let choice = planner::next(&record, &catalog, &context).ok_or("nothing to ask")?;
//! let item = bank::item(&questions, &choice, Level::Lower).ok_or("no such item")?;
//! let mut answered = bank::answered(&item, &catalog, Some(item.key));
//! answered.took_ms = 12_000;
//! let what = What::Answered(Box::new(answered));
//! record.apply(&Event::new("0197-a".into(), "tablet", "learner-1", now_ms + 12_000, what));
//! assert_eq!(record.len(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! No scaled score, percentile or stanine is ever computed.

pub mod bank;
pub mod catalog;
pub mod event;
pub mod mastery;
pub mod mock;
pub mod planner;
pub mod profile;
pub mod record;
pub mod report;
pub mod schedule;
pub mod settings;
pub mod simulate;
pub mod time;

mod ability;
mod projection;
