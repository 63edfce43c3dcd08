//! What practice says in fixed words. Praise is specific and sparing; nothing shames.

use iseetutor_curriculum::level::{Level, Section};
use iseetutor_numbers::text::words;

use super::question::Question;

/// Short sentences that are said often and at once: rendered ahead, so that a verdict is heard without delay.
pub const READY_MADE: [&str; 17] = [
    "That's right.",
    "Right.",
    "Yes.",
    "Correct.",
    "Yes, that's right.",
    "Yes, that's it. You looked again and found it.",
    "Not quite.",
    "Not that one.",
    "Okay.",
    "Thank you.",
    "Got it.",
    "Next one.",
    TRY_AGAIN,
    A_STEP,
    NOT_A_CHOICE,
    SKIPPED,
    LET_US_LOOK,
];

pub(super) const WHICH_GRADE: &str = "Which grade are you going into?";
pub(super) const NO_SUCH_GRADE: &str = "I can help with grades 2 to 12. Which grade are you going into?";
pub(super) const TRY_AGAIN: &str = "Have another try.";
pub(super) const A_STEP: &str = "That is a step on the way. What do you get in the end?";
pub(super) const NOT_A_CHOICE: &str = "That is not one of the choices. Here they are again.";
pub(super) const SAY_IT_ANOTHER_WAY: &str =
    "Okay. Say your answer again, or say the letter, like B as in Bravo.";
pub(super) const NO_MORE_HINTS: &str = "I have no more hints. You can answer, or say explain.";
pub(super) const LET_US_LOOK: &str = "That's fine. Here is a hint.";
pub(super) const SKIPPED: &str = "Okay, we leave that one.";
pub(super) const FLAGGED: &str = "Okay, I'll remember that one. What would you answer for now?";
pub(super) const THAT_IS_THE_QUESTION: &str =
    "That is what the question asks. Say hint if you would like one.";
pub(super) const GUESSED: &str = "Thank you for telling me. I won't count that one as known.";
pub(super) const ONLY_THIS_ONE: &str = "In practice we go forward only. Let's do this one.";
pub(super) const NOTHING_MORE: &str =
    "There is nothing more of that today. Say let's practice for something else.";
pub(super) const NO_HINTS_NOW: &str = "No hints this time. If you don't know it, say skip, and that's fine.";
pub(super) const MISTAKES: &str = "Let's look again at what went wrong before, with other numbers and words.";
pub(super) const PLACEMENT: [&str; 2] = [
    "I would like to find out what you know already. It takes about ten minutes, and some of it will be too hard; that's meant to be so.",
    "I won't say what was right. If you don't know one, say skip.",
];
pub(super) const PLACED_ALREADY: &str = "I know enough to begin. Say start my lesson, or let's practice.";
pub(super) const CHECK: [&str; 2] = [
    "This is the check of the month: the same mix as every month, so that you can see how far you have come.",
    "I say how it went at the end. If you don't know one, say skip.",
];
pub(super) const NEXT_PART: &str = "Say next, or repeat.";
pub(super) const NEXT_PART_PLEASE: &str = "Say next for the next part, or repeat to hear it again.";
pub(super) const NOW_THE_QUESTION: &str = "Now the question.";
pub(super) const PENCIL: &str = "Take a pencil and some paper.";
pub(super) const A_MIX: &str = "Now some of everything.";
pub(super) const TOGETHER: &str = "Now one together.";
pub(super) const ALONE: &str = "And now one by yourself.";
pub(super) const STILL_COMPUTING: &str = "Take the time you need. You can say hint, or repeat.";
pub(super) const STILL_THINKING: &str = "You can say hint, or repeat, or I don't know.";
pub(super) const GUESSING: &str = "That's fine. Guess, and I won't count it as known.";
pub(super) const MISHEARD_OPEN: &str = "Sorry, I heard you wrong. That doesn't count. Say it again.";
pub(super) const MISHEARD: &str =
    "Sorry, I heard you wrong. That one doesn't count. Let's go on with this question.";
pub(super) const NO_CLOCK: &str = "There is no clock in practice. Take the time you need.";
pub(super) const TAKE_YOUR_TIME: &str = "Take your time.";

/// A placement's sitting is over.
pub(super) fn sitting_over(sitting: u8) -> String {
    if sitting < 2 {
        "That's enough for today, thank you. Next time we do the second half.".to_owned()
    } else {
        "Thank you, now I know where to begin. Say start my lesson when you like.".to_owned()
    }
}

/// The monthly check is over.
pub(super) fn checked(right: u32, asked: u32) -> String {
    match asked {
        0 => "There is no check for you this month.".to_owned(),
        _ => format!(
            "That was the check of this month. You had {right} right of {asked}. A grown-up can see how it changes."
        ),
    }
}

/// Mistakes are worked off.
pub(super) fn no_mistakes_left(asked: u32) -> String {
    if asked == 0 {
        "There are no mistakes waiting. Say let's practice for new questions.".to_owned()
    } else {
        "That was all of it for today. They come back another day, to be sure.".to_owned()
    }
}

/// An answer without a verdict.
pub(super) fn noted(number: u32) -> &'static str {
    ["Okay.", "Thank you.", "Got it.", "Next one."][number as usize % 4]
}

/// Whether a child says that it was heard wrong.
pub(super) fn misheard(said: &str) -> bool {
    const WAYS: &[&[&str]] = &[
        &["not", "what", "i", "said"],
        &["didn't", "say", "that"],
        &["did", "not", "say", "that"],
        &["heard", "me", "wrong"],
        &["misheard", "me"],
        &["misunderstood", "me"],
        &["heard", "wrong"],
    ];
    let words = words(said);
    let holds =
        |way: &&[&str]| words.windows(way.len()).any(|some| some.iter().zip(way.iter()).all(|(a, b)| a == b));
    words.len() <= 9 && WAYS.iter().any(holds)
}

/// The sections that a level has.
pub(super) fn which_section(level: Level) -> String {
    match level {
        Level::Primary2 => "What would you like: math, reading, listening, or what you need most?".to_owned(),
        Level::Primary3 | Level::Primary4 => {
            "What would you like: math, reading, or what you need most?".to_owned()
        }
        _ => "What would you like: words, math, quantitative, reading, or what you need most?".to_owned(),
    }
}

pub(super) fn nothing_here(section: Section) -> String {
    format!("I have no questions of {} at your level.", section.title())
}

/// A right answer: now and then with what was good about it.
pub(super) fn right(asked: u32, helped: bool, question: &Question) -> &'static str {
    if helped && question.tries > 1 {
        return "Yes, that's it. You looked again and found it.";
    }
    if helped {
        return "Yes, that's right.";
    }
    match asked % 4 {
        0 => "That's right.",
        1 => "Right.",
        2 => "Yes.",
        _ => "Correct.",
    }
}

pub(super) fn not_yet(asked: u32) -> &'static str {
    if asked.is_multiple_of(2) { "Not quite." } else { "Not that one." }
}

pub(super) fn so_far(asked: u32, right: u32, assisted: u32) -> String {
    match (asked, assisted) {
        (0, _) => "This is your first question.".to_owned(),
        (_, 0) => format!("So far you had {right} right of {asked}."),
        _ => format!(
            "So far you had {right} right of {asked} by yourself, and {assisted} more with some help."
        ),
    }
}

pub(super) fn done(asked: u32, right: u32, assisted: u32) -> String {
    match (asked, assisted) {
        (0, _) => "Okay, we stop here.".to_owned(),
        (1, _) => "Okay, we stop here. You did one question.".to_owned(),
        (_, 0) if right == 0 => {
            format!("Okay, we stop here. You did {asked} questions. We come back to them another day.")
        }
        (_, 0) => format!("Okay, we stop here. You did {asked} questions and had {right} right."),
        _ => format!(
            "Okay, we stop here. You did {asked} questions: {right} right by yourself, and {assisted} with some help."
        ),
    }
}

pub(super) fn no_such_word(word: &str) -> String {
    format!("I don't have the word {word} in my list. A grown-up or a dictionary can help with it.")
}

/// A word letter by letter, with a pause between.
pub(super) fn spelled(word: &str) -> String {
    let letters: Vec<String> =
        word.chars().filter(|c| c.is_alphabetic()).map(|c| c.to_uppercase().to_string()).collect();
    if letters.is_empty() {
        "Which word should I spell?".to_owned()
    } else {
        format!("{}.", letters.join(", "))
    }
}

pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A plain yes or no.
pub(crate) fn yes_or_no(said: &str) -> Option<bool> {
    let words = words(said);
    match words.first()?.as_str() {
        "yes" | "yeah" | "yep" | "yup" | "right" | "correct" | "sure" | "exactly" if words.len() <= 3 => {
            Some(true)
        }
        "no" | "nope" | "nah" if words.len() <= 2 => Some(false),
        _ => None,
    }
}

/// Text as sentences, so that the first is heard while the rest is made ready.
pub(crate) fn sentences(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut now = String::new();
    let chars: Vec<char> = text.trim().chars().collect();
    for (at, c) in chars.iter().enumerate() {
        now.push(*c);
        let space = chars.get(at + 1).is_none_or(|next| next.is_whitespace());
        let closing = matches!(c, '"' | '\'' | ')') && at > 0 && matches!(chars[at - 1], '.' | '!' | '?');
        // "Mr. Lee" and "J. P." are no ends; nothing of ours has others.
        let title = ["Mr.", "Mrs.", "Ms.", "Dr.", "St."].iter().any(|title| now.ends_with(title));
        let initial =
            *c == '.' && at > 0 && chars[at - 1].is_uppercase() && (at < 2 || !chars[at - 2].is_alphabetic());
        if space && (matches!(c, '.' | '!' | '?') || closing) && !title && !initial {
            out.push(now.trim().to_owned());
            now.clear();
        }
    }
    if !now.trim().is_empty() {
        out.push(now.trim().to_owned());
    }
    out
}
