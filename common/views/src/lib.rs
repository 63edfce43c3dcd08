//! The pages a parent and a child see: pure functions from plain values to HTML, SVG, CSV and JSON.
//!
//! Nothing here reads a file, a clock or a network, and nothing knows how a page is served. Every page keeps to
//! [`assets::CONTENT_SECURITY_POLICY`]: no script, style or style attribute stands in it. Everything that came from a
//! person is escaped by the templates. Pages work without scripts; the board is kept up to date by one.

pub mod assets;
pub mod board;
pub mod door;
pub mod export;
pub mod facts;
pub mod figure;
pub mod gather;
pub mod maths;
pub mod overview;
pub mod plot;
pub mod records;
pub mod settings;
pub mod shell;
pub mod summary;
pub mod text;
pub mod when;

mod advice;

pub use shell::{ChildLink, Html, Notice, PageHead, Parent, Tone, Viewer, shell};

/// The field of every form in which the session's token comes back.
pub const CSRF_FIELD: &str = "mark";
