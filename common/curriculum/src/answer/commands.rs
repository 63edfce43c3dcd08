//! What a child says to a question besides answering it.

use super::ask::Ask;
use super::hear::Word;
use super::parts::{Part, Placed, parts};
use super::phrases::Turn;
use super::wishes::{WISHES, is_all};
use super::{Verdict, decide};

/// A wish about the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Say the question again.
    Repeat,
    /// Say it again, slower.
    Slower,
    /// Only the choices.
    Choices,
    /// A hint.
    Hint,
    /// Explain the question or its answer.
    Explain,
    /// Leave the question.
    Skip,
    /// Neither right nor wrong.
    DontKnow,
    /// To the question before.
    Back,
    /// Spell a word; empty for the one that is asked about.
    Spell(String),
    /// What a word means.
    Meaning(String),
    /// This choice is crossed out, 0 to 3.
    CrossOut(usize),
    /// Come back to this one later.
    Flag,
    /// Give another answer than before.
    Change,
    /// How much time is left.
    TimeLeft,
    /// How the child is doing.
    Progress,
    /// "I guessed": said after an answer, it is believed.
    Guessed,
    /// A pause.
    Pause,
    /// On with it, after a pause.
    Resume,
    /// The end of the lesson.
    Stop,
}

impl Command {
    /// Its name in the record.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Repeat => "repeat",
            Self::Slower => "slower",
            Self::Choices => "choices",
            Self::Hint => "hint",
            Self::Explain => "explain",
            Self::Skip => "skip",
            Self::DontKnow => "dont_know",
            Self::Back => "back",
            Self::Spell(_) => "spell",
            Self::Meaning(_) => "meaning",
            Self::CrossOut(_) => "cross_out",
            Self::Flag => "flag",
            Self::Change => "change",
            Self::TimeLeft => "time_left",
            Self::Progress => "progress",
            Self::Guessed => "guessed",
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Stop => "stop",
        }
    }
}

/// Words of a wish at most, politeness included.
const MOST: usize = 16;

/// Politeness before a wish.
const LEAD: [&str; 34] = [
    "um",
    "uh",
    "oh",
    "well",
    "okay",
    "hey",
    "hi",
    "tutor",
    "please",
    "so",
    "now",
    "and",
    "but",
    "just",
    "hmm",
    "yes",
    "no",
    "actually",
    "sorry",
    "wait",
    "can you",
    "could you",
    "would you",
    "will you",
    "can we",
    "could we",
    "can i",
    "could i",
    "may i",
    "i want to",
    "i want you to",
    "i would like to",
    "let us",
    "let me",
];

/// Politeness after a wish.
const TRAIL: [&str; 16] = [
    "please",
    "thank you",
    "thanks",
    "for me",
    "to me",
    "now",
    "tutor",
    "okay",
    "right now",
    "yet",
    "sorry",
    "then",
    "sir",
    "for now",
    "um",
    "uh",
];

/// The wish that an utterance is, if it is nothing else. What was said before a pause may be the reason ("this is too
/// hard, skip it"), but no answer.
pub(super) fn command(ask: &Ask<'_>, heard: &[Word]) -> Option<Command> {
    let starts = heard.iter().enumerate().filter(|(_, word)| word.pause).map(|(at, _)| at + 1);
    let named = |until: usize| parts(ask, &heard[..until]).iter().any(Placed::answers);
    whole(ask, heard).or_else(|| {
        let after =
            starts.filter(|at| *at < heard.len()).find_map(|at| Some((at, whole(ask, &heard[at..])?)));
        let (at, command) = after?;
        let about = matches!(command, Command::CrossOut(_) | Command::Pause | Command::DontKnow);
        (!about && !named(at)).then_some(command)
    })
}

fn whole(ask: &Ask<'_>, heard: &[Word]) -> Option<Command> {
    if heard.len() > MOST {
        return None;
    }
    let words: Vec<&str> = heard.iter().map(|word| word.text.as_str()).collect();
    let (mut from, mut to) = (0, words.len());
    loop {
        if let Some(found) = plain(ask, &heard[from..to], &words[from..to]) {
            return Some(found);
        }
        let rest = &words[from..to];
        let length = |phrase: &&str| phrase.split(' ').count();
        let starts = |phrase: &&&str| rest.starts_with(&phrase.split(' ').collect::<Vec<_>>());
        let ends = |phrase: &&&str| rest.ends_with(&phrase.split(' ').collect::<Vec<_>>());
        if let Some(last) = TRAIL.iter().filter(ends).map(length).max() {
            to -= last;
        } else if let Some(first) = LEAD.iter().filter(starts).map(length).max() {
            from += first;
        } else {
            return None;
        }
    }
}

fn plain(ask: &Ask<'_>, heard: &[Word], words: &[&str]) -> Option<Command> {
    let whole = WISHES.iter().find(|(_, patterns)| patterns.iter().any(|pattern| is_all(pattern, words)));
    if let Some((command, _)) = whole {
        return Some(command.clone());
    }
    about_a_word(words).or_else(|| crossed_out(ask, heard, words).map(Command::CrossOut))
}

/// Spelling and meaning.
fn about_a_word(words: &[&str]) -> Option<Command> {
    let word = |rest: &[&str]| match rest {
        ["the", "word", word] | ["the" | "a" | "an" | "word", word] | [word] => Some((*word).to_owned()),
        _ => None,
    };
    match words {
        ["spell", "it" | "that" | "this"]
        | ["spell", "the" | "that" | "this", "word"]
        | ["how", "is", "it", "spelled"] => Some(Command::Spell(String::new())),
        ["spell", rest @ ..] | ["how", "do" | "would", "you" | "i", "spell", rest @ ..] => {
            word(rest).map(Command::Spell)
        }
        ["how", "is", rest @ .., "spelled"] => word(rest).map(Command::Spell),
        ["what", "does", rest @ .., "mean"] | ["what", "is", rest @ .., "mean"] => {
            word(rest).map(Command::Meaning)
        }
        ["what", "is", "the", "meaning" | "definition", "of", rest @ ..]
        | ["meaning" | "definition", "of", rest @ ..]
        | ["define", rest @ ..]
        | ["tell", "me", "what", rest @ .., "means"]
        | ["what", rest @ .., "means"] => word(rest).map(Command::Meaning),
        _ => None,
    }
}

/// The choice that is crossed out.
fn crossed_out(ask: &Ask<'_>, heard: &[Word], words: &[&str]) -> Option<usize> {
    const BEFORE: [&str; 30] = [
        "cross out",
        "cross off",
        "eliminate",
        "rule out",
        "take away",
        "take out",
        "take off",
        "get rid of",
        "scratch out",
        "scratch off",
        "remove",
        "throw out",
        "x out",
        "it can not be",
        "it is not",
        "not",
        "i know it is not",
        "it is definitely not",
        "definitely not",
        "it could not be",
        "it was not",
        "it will not be",
        "it would not be",
        "the answer is not",
        "i know it can not be",
        "i am sure it is not",
        "that is not",
        "it definitely is not",
        "it can not possibly be",
        "the answer can not be",
    ];
    const AFTER: [&str; 16] = [
        "is wrong",
        "is out",
        "is not it",
        "is not right",
        "is not correct",
        "is not the answer",
        "is not the one",
        "is definitely wrong",
        "is definitely not it",
        "can not be right",
        "can not be it",
        "can not be the answer",
        "can not be correct",
        "is incorrect",
        "is eliminated",
        "is crossed out",
    ];
    let split = |phrase: &str| phrase.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let longest = |starts: bool, all: &[&str]| {
        let fits = all.iter().map(|phrase| split(phrase)).filter(|phrase| {
            let phrase: Vec<&str> = phrase.iter().map(String::as_str).collect();
            if starts { words.starts_with(&phrase) } else { words.ends_with(&phrase) }
        });
        fits.map(|phrase| phrase.len()).max()
    };
    let object = match words {
        ["cross" | "rule" | "take" | "throw" | "x", .., "out" | "off" | "away"] => 1..words.len() - 1,
        _ => match (longest(true, &BEFORE), longest(false, &AFTER)) {
            (Some(before), _) => before..words.len(),
            (None, Some(after)) => 0..words.len() - after,
            (None, None) => return None,
        },
    };
    let object = heard.get(object).filter(|object| !object.is_empty())?;
    let parts = parts(ask, object);
    let plain = parts.iter().all(|part| !matches!(part.part, Part::Turn(turn) if turn != Turn::Filler));
    let understood = decide::decide(ask, object, &parts);
    (plain && matches!(understood.verdict, Verdict::Right | Verdict::Wrong))
        .then_some(understood.choice)
        .flatten()
}
