//! The authored content: passages, completions, words, essays, strategies and mini-lessons, read from files that a teacher
//! can read and mend.
//!
//! Parsing checks the form of everything and refuses a file by name and place; nothing that is asked later can fail.

mod files;
mod library;

pub use files::{
    Authored, Checkpoint, Completion, CompletionForm, Criterion, Genre, Lesson, Mark, Passage, PicturePrompt,
    Prompt, Question, QuestionKind, Skill, Sound, Strategy, Use, Word, Wrong,
};
pub use library::{ContentError, Library};

/// The files that are part of the program, by their path in `config/content`.
pub const EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/content.rs"));
