//! What a child says to a question besides answering it.

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
    /// Spell a word.
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

/// Patterns of whole utterances, after politeness is taken off: words, with `|` between alternatives and `?` after a
/// word that may be missing.
const PATTERNS: &[(&[&str], Command)] = &[
    (
        &[
            "repeat",
            "repeat that|it|this|please",
            "repeat the question",
            "say that|it|this again",
            "say the question again",
            "again",
            "one more time",
            "what was the question",
            "what was that",
            "what did you say",
            "what is|was the question again",
            "read it|that again",
            "read the question|it again|once? more?",
            "come again",
            "pardon",
            "pardon me",
            "sorry what",
            "huh",
            "what",
            "excuse me",
            "i did not|didn't hear you|that|it?",
            "i didn't catch that|it",
            "could i hear it|that again",
        ],
        Command::Repeat,
    ),
    (
        &[
            "slower",
            "slow down",
            "more slowly",
            "say it|that slower",
            "say it|that more slowly",
            "too fast",
            "you're|you are? too fast",
            "that was too fast",
            "not so fast",
            "speak slower",
            "speak more slowly",
            "talk slower",
            "read it|that slower|slowly",
        ],
        Command::Slower,
    ),
    (
        &[
            "just the choices|answers|options",
            "only the choices|answers|options",
            "the? choices|options again?",
            "what are|were the choices|options|answers again?",
            "read|say|repeat|give|tell me? the choices|options|answers again?",
            "what can i choose from?",
            "what do i choose from",
            "just read the choices|options|answers",
        ],
        Command::Choices,
    ),
    (
        &[
            "hint",
            "a hint",
            "hint please",
            "give me a|another hint",
            "i need|want a|another hint",
            "another hint",
            "help",
            "help me",
            "i need help",
            "can i have|get a|another hint",
            "may i have a hint",
            "could i have a hint",
            "i'm stuck",
            "i am stuck",
            "stuck",
            "a clue",
            "give me a clue",
            "where do i start",
            "how do i start",
            "i need some help",
            "a little help",
            "how do i do this|it|that",
            "how do you do this|it|that",
            "what do i do",
            "what should i do",
        ],
        Command::Hint,
    ),
    (
        &[
            "explain",
            "explain it|that|this",
            "explain the question|answer",
            "explain why",
            "why",
            "why is that",
            "why not",
            "how come",
            "show me how",
            "show me",
            "i don't|do not understand it|this|that?",
            "i don't get it|this|that",
            "what do|does that|it mean",
            "explain please",
            "can you explain it|that|this?",
            "how does that work",
            "tell me why",
            "tell me how",
            "tell me the answer",
            "what is|what's the answer",
            "just tell me",
        ],
        Command::Explain,
    ),
    (
        &[
            "skip",
            "skip it|this|that",
            "skip this|that one|question",
            "next",
            "next one|question",
            "pass",
            "move on",
            "let's move on",
            "let us move on",
            "i want to skip it|this?",
            "can we skip it|this|that?",
            "come back to it|this later",
            "i'll come back to it|this",
            "go on",
            "another one|question",
            "a different one|question",
            "something else",
        ],
        Command::Skip,
    ),
    (
        &[
            "i don't|do not|dont know",
            "i don't|do not know it|this|that|yet",
            "i don't|do not know this|that one",
            "don't know",
            "dunno",
            "i dunno",
            "no idea",
            "i have no idea",
            "no clue",
            "i have no clue",
            "not sure",
            "i'm not sure",
            "i am not sure",
            "i'm not really sure",
            "i can't|cannot do it|this|that",
            "i can't",
            "i give up",
            "i have not learned this|that",
            "we haven't learned this|that",
            "i forgot",
            "i forget",
            "i don't remember",
            "i can't figure it|this out",
            "i really? don't know",
        ],
        Command::DontKnow,
    ),
    (
        &[
            "back",
            "go back",
            "the last|previous question",
            "previous question?",
            "go back to the last|previous one|question",
            "the one before",
            "go back one",
        ],
        Command::Back,
    ),
    (
        &[
            "flag",
            "flag it|this|that",
            "flag this|that one|question",
            "mark it|this|that",
            "mark it|this for later",
            "put a flag on it|this",
        ],
        Command::Flag,
    ),
    (
        &[
            "change",
            "change my answer",
            "i want to change my answer|it",
            "can i change my answer|it",
            "let me change my answer|it",
            "i changed my mind",
            "i change my mind",
            "wait i changed my mind",
        ],
        Command::Change,
    ),
    (
        &[
            "time",
            "time left",
            "how much time",
            "how much time is left",
            "how much time do i have left?",
            "how much time have i got left?",
            "how long do i have left?",
            "how long is left",
            "what's the time",
            "how many minutes are? left?",
            "how many minutes do i have left?",
            "am i running out of time",
        ],
        Command::TimeLeft,
    ),
    (
        &[
            "how am i doing",
            "how did i do",
            "how many did i get right|wrong",
            "what's|what is my score",
            "am i doing well|good|okay|ok",
            "how many are left",
            "how many more",
            "how many questions are? left?",
        ],
        Command::Progress,
    ),
    (
        &[
            "i guessed",
            "i just guessed",
            "i was guessing",
            "that|it was a guess",
            "i only guessed",
            "just a guess",
            "that was just a guess",
            "lucky guess",
            "i guessed that|it|one?",
        ],
        Command::Guessed,
    ),
    (
        &[
            "pause",
            "wait",
            "hold on",
            "wait a minute|second|moment|sec",
            "hang on",
            "just a minute|second|moment|sec",
            "one minute|second|moment|sec",
            "give me a minute|second|moment|sec",
            "let me think",
            "i'm thinking",
            "i need a break|minute|moment",
            "i need more time",
            "i'm still thinking",
            "let me see",
            "hmm",
            "um",
            "uh",
            "i'll be right back",
            "bathroom",
            "i need to go to the bathroom",
        ],
        Command::Pause,
    ),
    (
        &[
            "resume",
            "continue",
            "keep going",
            "let's go on",
            "let's continue",
            "i'm back",
            "i'm ready",
            "ready",
            "okay i'm ready",
        ],
        Command::Resume,
    ),
    (
        &[
            "stop",
            "quit",
            "exit",
            "i'm done",
            "i am done",
            "i want to stop",
            "can we stop",
            "let's stop",
            "that's enough",
            "enough",
            "no more",
            "i'm finished",
            "goodbye",
            "bye",
            "bye bye",
            "good night",
            "i don't want to do this anymore?",
            "i'm tired",
            "end the lesson|test",
        ],
        Command::Stop,
    ),
];

/// The wish that `words` are, if they are nothing else.
pub(super) fn command(words: &[&str]) -> Option<Command> {
    if words.is_empty() || words.len() > 12 {
        return None;
    }
    if let Some(command) = with_object(words) {
        return Some(command);
    }
    PATTERNS
        .iter()
        .find(|(patterns, _)| patterns.iter().any(|pattern| is_all(pattern, words)))
        .map(|(_, command)| command.clone())
}

/// Wishes that name something.
fn with_object(words: &[&str]) -> Option<Command> {
    let last = || words.last().map(|word| (*word).to_owned());
    match words {
        ["what", "does", .., "mean"] => {
            words.get(words.len() - 2).map(|word| Command::Meaning((*word).to_owned()))
        }
        ["what's" | "what", "is" | "a" | "an" | "the", .., "mean" | "meaning"] => None,
        ["what's", "the", "meaning", "of", ..]
        | ["what", "is", "the", "meaning", "of", ..]
        | ["define", _]
        | ["meaning", "of", _] => last().map(Command::Meaning),
        ["spell", "it" | "that"] | ["spell", "the", "word"] => Some(Command::Spell(String::new())),
        ["spell", ..] | ["how", "do", "you" | "i", "spell", ..] if words.len() <= 6 => {
            last().map(Command::Spell)
        }
        ["cross", rest @ ..]
        | ["eliminate", rest @ ..]
        | ["rule", rest @ ..]
        | ["take", rest @ ..]
        | ["scratch", rest @ ..]
        | ["remove", rest @ ..] => {
            let rest: Vec<&str> = rest
                .iter()
                .copied()
                .filter(|word| {
                    !matches!(
                        *word,
                        "out"
                            | "off"
                            | "away"
                            | "choice"
                            | "letter"
                            | "option"
                            | "answer"
                            | "number"
                            | "the"
                            | "one"
                    )
                })
                .collect();
            match rest[..] {
                [one] => super::mentions::letter_or_place(one).map(Command::CrossOut),
                _ => None,
            }
        }
        [one, "is", "wrong" | "out"] => super::mentions::letter_or_place(one).map(Command::CrossOut),
        ["it's" | "its", "not", one]
        | ["it", "is", "not", one]
        | ["not", one]
        | ["it", "isn't", one]
        | ["it", "can't", "be", one] => super::mentions::letter_or_place(one).map(Command::CrossOut),
        _ => None,
    }
}

/// Whether a pattern is all of `words`.
fn is_all(pattern: &str, words: &[&str]) -> bool {
    fn matches(pattern: &[&str], words: &[&str]) -> bool {
        let Some((first, rest)) = pattern.split_first() else { return words.is_empty() };
        let (alternatives, optional) = first.strip_suffix('?').map_or((*first, false), |first| (first, true));
        let one = words.split_first().is_some_and(|(word, others)| {
            alternatives.split('|').any(|wanted| wanted.trim_end_matches('?') == *word)
                && matches(rest, others)
        });
        one || (optional && matches(rest, words))
    }
    let pattern: Vec<&str> = pattern.split(' ').collect();
    matches(&pattern, words)
}
