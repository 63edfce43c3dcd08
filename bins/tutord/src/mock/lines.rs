//! What the proctor says in fixed words.

use iseetutor_exam::outcome::Outcome;
use iseetutor_exam::sitting::{Mode, Refused};

pub(super) const WHICH_GRADE: &str = "Which grade are you going into?";
pub(super) const PAPER_OR_EAR: &str = "Do you have the booklet in front of you, or shall I read it to you?";
pub(super) const READY: &str = "Say begin when you are ready.";
pub(super) const HOW_TO_ANSWER: &str = "Say the number and the letter, like five, B. You can change an answer, flag one, or ask how much time is left.";
pub(super) const HOW_TO_HEAR: &str =
    "I read each question. You can say skip, back, flag it, or ask how much time is left.";
pub(super) const BEGIN: &str = "Begin.";
pub(super) const NUMBER_AND_LETTER: &str = "Say the number and the letter, like five, B.";
pub(super) const NO_HELP: &str = "I can't help during the test. A guess takes nothing away.";
pub(super) const NO_PAUSE: &str = "The clock runs on, as it does in the test. Say stop to end the section.";
pub(super) const SURE_TO_END: &str = "Shall I end this section? Say yes or no.";
pub(super) const GO_ON: &str = "Okay, go on.";
pub(super) const NOT_BEGUN: &str = "Okay, no test today.";
pub(super) const ANOTHER_DAY: &str = "Okay, that's it for today. Say mock test when you want to go on.";
pub(super) const GO_ON_OR_NOT: &str = "Shall we go on with it? Say yes or no.";
pub(super) const LEFT: &str = "Okay, we leave that test. What you answered is kept.";
pub(super) const NO_CLOCK: &str = "There is no clock when I read to you.";
pub(super) const LAST_ONE: &str =
    "That was the last question. Say the ones you skipped again with back, or say I'm done.";
pub(super) const COMES_BACK: &str = "What went wrong comes back in practice.";

/// The sections of a level.
pub(super) fn which(sections: &[&str]) -> String {
    format!("Which section: {}, or the whole test?", sections.join(", "))
}

/// How an answer is taken note of.
pub(super) fn noted(question: usize, choice: char) -> String {
    format!("{question}, {choice}.")
}

pub(super) fn refused(why: Refused, questions: usize) -> String {
    match why {
        Refused::TimeIsUp => "The time is over.".to_owned(),
        Refused::Ended => "This section is over.".to_owned(),
        Refused::NoSuchQuestion => format!("The questions go from 1 to {questions}."),
        Refused::NoSuchChoice => "The choices are A, B, C, and D.".to_owned(),
        Refused::TooMuch => "That's more than I can note. Say I'm done.".to_owned(),
    }
}

/// Time as it is said.
pub(super) fn time_left(ms: u64) -> String {
    match ms / 60_000 {
        0 => format!("{} seconds are left.", ms / 1_000),
        1 => "One minute is left.".to_owned(),
        minutes => format!("{minutes} minutes are left."),
    }
}

/// What came of a section, for the child: counts, never a score.
pub(super) fn outcome(outcome: &Outcome) -> Vec<String> {
    let of = outcome.questions.len();
    let blank = outcome.questions.iter().filter(|one| one.choice.is_none()).count();
    let right = outcome.questions.iter().filter(|one| one.right == Some(true)).count();
    let mut said = vec![format!("You had {right} of {of} right.")];
    match blank {
        0 => {}
        1 => said.push("One had no answer. A guess takes nothing away.".to_owned()),
        many => said.push(format!("{many} had no answer. A guess takes nothing away.")),
    }
    if outcome.gained + outcome.lost > 0 {
        said.push(format!("Changing an answer won {} and lost {}.", outcome.gained, outcome.lost));
    }
    if outcome.mode == Mode::Heard {
        said.push("You heard it all, so it counts as listening practice.".to_owned());
    }
    said
}
