//! Writes the pages of a whole mock test into a folder: `booklet LEVEL SEED FOLDER`.

use std::collections::HashSet;
use std::error::Error;
use std::path::PathBuf;

use iseetutor_curriculum::bank::Bank;
use iseetutor_curriculum::level::Level;
use iseetutor_exam::booklet::{answer_key, answer_sheet, booklet};
use iseetutor_exam::form::Form;
use iseetutor_exam::mock::MockTest;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let level: Level = arguments.next().unwrap_or_else(|| "lower".into()).parse()?;
    let seed = arguments.next().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| ".".into()));
    let bank = Bank::embedded()?;
    let test = MockTest::build(&bank, level, seed, &HashSet::new());
    let forms: Vec<&Form> = test.forms().collect();
    for (name, page) in [
        ("booklet", booklet(&bank, &forms)),
        ("answer-sheet", answer_sheet(&forms)),
        ("answer-key", answer_key(&bank, &forms)),
    ] {
        std::fs::write(folder.join(format!("{level}-{seed}-{name}.html")), page)?;
    }
    Ok(())
}
