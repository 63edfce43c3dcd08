//! `tutorctl essay`: feedback on an essay in a file.

use std::io::Read;

use iseetutor_exam::essay::{Asked, plan_sentences, review, spoken};
use serde_json::json;

use super::items::bank;
use crate::cli::EssayArgs;
use crate::error::{Error, Result};
use crate::output::Output;

/// Longest essay in bytes.
const LONGEST: u64 = 256 * 1024;

/// Shows the prompts of a level, or feedback on an essay. Nothing is a score.
///
/// # Errors
/// When there is no such prompt, or the file cannot be read or is no text.
pub fn run(args: &EssayArgs, output: Output) -> Result<()> {
    let bank = bank()?;
    let library = bank.library();
    let Some(file) = &args.file else {
        let prompts = library.prompts.iter().filter(|prompt| prompt.level == args.level).map(Asked::from);
        let pictures = library.pictures.iter().filter(|picture| picture.level == args.level).map(Asked::from);
        for asked in prompts.chain(pictures) {
            let line = json!({ "id": asked.id, "prompt": asked.prompt, "scene": asked.scene, "plan": plan_sentences(&asked) });
            output.put(&line, || format!("{}: {}", asked.id, asked.prompt))?;
        }
        return Ok(());
    };
    let prompt = args.prompt.clone().unwrap_or_default();
    let asked = Asked::find(library, &prompt).ok_or_else(|| {
        Error::Usage(format!(
            "cannot read the essay: there is no prompt '{prompt}'; `tutorctl essay --level {}` shows them, --prompt ID names one",
            args.level
        ))
    })?;
    let mut text = Vec::new();
    let opened = std::fs::File::open(file).map_err(Error::io("open", file))?;
    opened.take(LONGEST + 1).read_to_end(&mut text).map_err(Error::io("read", file))?;
    if text.len() as u64 > LONGEST {
        return Err(Error::Usage(format!(
            "cannot read {}: an essay has at most {LONGEST} bytes",
            file.display()
        )));
    }
    let text = String::from_utf8(text).map_err(|error| {
        Error::Usage(format!(
            "cannot read {}: byte {} is not UTF-8; save it as plain text",
            file.display(),
            error.utf8_error().valid_up_to() + 1
        ))
    })?;
    let review = review(&asked, &text, false);
    output.put(&review, || spoken(&review).join("\n"))
}
