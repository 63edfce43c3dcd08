//! `tutorctl grade`: what the tutor makes of an answer.

use iseetutor_curriculum::answer::understand;
use iseetutor_curriculum::item::letter;
use serde_json::json;

use super::items::bank;
use crate::cli::GradeArgs;
use crate::error::{Error, Result};
use crate::output::Output;

/// Grades.
///
/// # Errors
/// When there is no such question.
pub fn run(args: &GradeArgs, output: Output) -> Result<()> {
    let item = bank()?.item(&args.item).ok_or_else(|| {
        Error::Usage(format!(
            "cannot grade: there is no question '{}'; `tutorctl items --level L --section S --json` gives ids",
            args.item
        ))
    })?;
    let understood = understand(&item, &args.said);
    let confidence = (understood.confidence * 1_000.0).round() / 1_000.0;
    let line = json!({
        "choice": understood.choice,
        "confidence": confidence,
        "verdict": understood.verdict.as_str(),
        "command": understood.command.as_ref().map(|command| command.as_str()),
        "near": understood.near,
    });
    output.put(&line, || {
        let choice = understood.choice.map_or_else(String::new, |choice| format!(" {}", letter(choice)));
        format!("{}{choice} ({confidence})", understood.verdict.as_str())
    })
}
