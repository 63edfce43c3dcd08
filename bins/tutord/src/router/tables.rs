//! The utterances that are commands, courtesies and concerns.

use std::sync::LazyLock;

use super::Command;
use crate::phrases::Phrase;

/// Words around an utterance that do not change what it wants.
const FILLERS: [&str; 35] = [
    "please", "hey", "sorry", "um", "uh", "umm", "hmm", "okay", "ok", "now", "tutor", "just", "so", "well",
    "alright", "then", "and", "but", "oh", "can", "could", "would", "will", "you", "i", "want", "to", "me",
    "for", "a", "bit", "little", "much", "way", "more",
];

/// Fillers that stand only at the beginning.
const ONLY_BEFORE: [&str; 9] = ["can", "could", "would", "will", "you", "i", "want", "to", "and"];

/// The utterance without fillers at both ends.
pub fn without_fillers<'w, 't>(words: &'w [&'t str]) -> &'w [&'t str] {
    let mut words = words;
    while let [first, rest @ ..] = words
        && FILLERS.contains(first)
    {
        words = rest;
    }
    while let [rest @ .., last] = words
        && FILLERS.contains(last)
        && !ONLY_BEFORE.contains(last)
    {
        words = rest;
    }
    words
}

/// Patterns of each command; see [`super::pattern`]. Fillers at both ends are gone.
pub const COMMANDS: &[(&[&str], Command)] = &[
    (
        &[
            "repeat",
            "sorry",
            "repeat that|it|this|yourself",
            "repeat that|it|this again|once? more?",
            "repeat what you just? said",
            "repeat the|your last? answer|sentence|question",
            "say that|it|this again",
            "say that|it|this one|once more time?",
            "say that|it|this over",
            "say again",
            "say what you said again",
            "again",
            "one|once more",
            "one more time",
            "what did you say",
            "what was that",
            "what was that again",
            "i|sorry didn't|did not? hear|catch you|that|it",
            "didn't|did not? hear|catch you|that|it",
            "i|sorry couldn't|could not? hear|understand you|that|it",
            "couldn't|could not? hear you|that|it",
            "what did you just say",
            "come again",
            "tell me that|it again",
            "that again",
            "pardon",
            "pardon me?",
        ],
        Command::Repeat,
    ),
    (
        &[
            "slower",
            "slow down",
            "slowly",
            "slow it down",
            "be? go|talk|speak|say|read a? little? bit? lot? more? slower|slowly",
            "go|talk|speak|say|read it|that a? little? bit? more? slower|slowly",
            "say that|it again? but? slower",
            "not so fast",
            "too fast",
            "you're|you|that's|your|that|is are|is|was? talking|speaking|going? too fast",
            "you're|your talking|speaking|going? too fast",
            "you are talking|speaking|going too fast",
            "that's|that was|is? too fast",
        ],
        Command::Slower,
    ),
    (
        &[
            "faster",
            "speed up",
            "speed it up",
            "quicker",
            "go|talk|speak|say|read it|that? a? little? bit? more? faster|quicker|quickly",
            "not so slow|slowly",
            "too slow",
            "you're|your talking|speaking|going? too slow|slowly",
            "you are talking|speaking|going too slow|slowly",
            "that's|that was|is? too slow",
        ],
        Command::Faster,
    ),
    (
        &[
            "louder",
            "speak|talk|say up|louder",
            "speak|talk|be|say|go a? little? bit? louder",
            "say|read that|it louder",
            "turn it|the|yourself volume? up",
            "turn up the|your volume",
            "volume up",
            "raise|increase the|your volume",
            "make it louder",
            "i|we can't|cannot|can barely? not? hear you",
            "can't hear you",
            "too quiet",
            "you're|you|your are? too quiet",
            "it's|that's too quiet",
        ],
        Command::Louder,
    ),
    (
        &[
            "quieter",
            "softer",
            "not so loud",
            "too loud",
            "you're|you|your are? too loud",
            "it's|that's too loud",
            "speak|talk|be|say|go a? little? bit? more? quieter|softer|softly|quietly",
            "say|read that|it quieter|softer|softly|quietly",
            "turn it|the|yourself volume? down",
            "turn down the|your volume",
            "volume down",
            "lower|decrease|reduce the|your volume",
            "make it quieter|softer",
        ],
        Command::Quieter,
    ),
    (
        &[
            "stop",
            "stop it|that|talking|speaking|now|please|reading",
            "stop stop stop?",
            "be|keep quiet",
            "quiet",
            "hush",
            "shush",
            "shut up",
            "silence",
            "never mind",
            "nevermind",
            "forget it",
            "cancel",
            "cancel that",
            "enough",
            "that's|that is? enough",
            "no? stop talking",
            "wait stop",
            "pause",
        ],
        Command::Stop,
    ),
    (
        &[
            "what can you do",
            "what can you help me? with",
            "what do you do",
            "what can i do|ask|say",
            "what can i ask|tell you",
            "what can i do with you",
            "what are you able to do",
            "what are you for",
            "what are you good at",
            "how can you help me?",
            "how do you work",
            "how do i use you",
            "what else can you do",
            "what commands do you know",
            "help",
            "help me",
            "i need help",
            "need help",
            "what things can you do",
            "tell me what you can do",
            "what you can do",
        ],
        Command::Abilities,
    ),
    (
        &[
            "new conversation",
            "start|begin a? new conversation|chat",
            "start over",
            "start over again?",
            "start again",
            "start fresh",
            "let's|lets start over|again|fresh",
            "forget that|everything|all|what of? that? i|we? said?",
            "forget everything i|we said|talked|about?",
            "forget our? conversation",
            "forget about? that|it|all of? it?",
            "forget what i|we just? said",
            "change the subject",
            "let's|lets talk about something else",
            "reset",
        ],
        Command::NewConversation,
    ),
    (
        &[
            "quiz me",
            "test me",
            "quiz me on|about|in math|words|vocabulary|reading|it|that|fractions|multiplication|verbal",
            "test me on|about|in math|words|vocabulary|reading|it|that|fractions|multiplication|verbal",
            "let's|lets practice",
            "let's|lets practice math|reading|vocabulary|words|fractions|multiplication|verbal",
            "practice",
            "practice math|reading|vocabulary|words|verbal",
            "start|begin practice|practicing|lesson|test",
            "start|begin a|the? practice? lesson|quiz|test",
            "give me a|some|another practice? math? question|questions|quiz|test|problem|problems",
            "ask me a|some|another math? question|questions",
            "teach me a|the? lesson|math|something",
            "next question",
            "have a lesson|quiz",
            "practice test",
            "practice for the? isee|test",
            "take a practice? test|quiz",
            "we practice|start|begin",
            "we do|have|start|begin a|some|the? practice? lesson|test|quiz|questions|math",
        ],
        Command::Practice,
    ),
];

/// Patterns of courtesies and of questions about the tutor, with what is said.
pub const COURTESIES: &[(&[&str], Phrase)] = &[
    (
        &[
            "hello",
            "hello hello? there|tutor|again?",
            "hi",
            "hi hi? there|tutor|again?",
            "hey",
            "hey there",
            "good morning|afternoon|evening",
            "howdy",
            "hiya",
            "greetings",
            "are you there",
            "can you hear me",
            "you hear me",
            "hear me",
            "anybody|anyone there",
            "is anybody|anyone there",
        ],
        Phrase::Greeting,
    ),
    (
        &[
            "how are you",
            "how are you doing|feeling|today",
            "how are you doing|feeling today",
            "hello|hi|hey how are you",
            "hello|hi|hey how are you doing|today",
            "how's it going",
            "how is it going",
            "what's up",
        ],
        Phrase::HowAreYou,
    ),
    (
        &[
            "thanks",
            "thank you",
            "thanks a lot",
            "thank you so|very much",
            "thank you so",
            "thank you very",
            "thanks a",
            "thanks for helping|your|the help? me?",
            "thank you for helping|your|the help? me?",
            "thanks that helped|helps",
            "thanks that helped|helps a lot",
            "that helped",
            "that helps",
            "many thanks",
        ],
        Phrase::Welcome,
    ),
    (
        &[
            "bye",
            "bye bye",
            "goodbye",
            "good bye",
            "good night",
            "goodnight",
            "see you",
            "see you later|tomorrow|soon",
            "see ya",
            "see ya later",
            "i|i'm have|am? to? go|done|finished now?",
            "have to go",
            "gotta go",
            "got to go",
            "that's all",
            "thanks|thank you? good? bye|goodbye|night",
        ],
        Phrase::Goodbye,
    ),
    (
        &[
            "okay",
            "ok",
            "cool",
            "got it",
            "i get it",
            "i got it",
            "i see",
            "alright",
            "great",
            "awesome",
            "nice",
            "oh",
            "good",
            "wow",
            "all right",
            "that's cool|great|nice|right",
        ],
        Phrase::Acknowledged,
    ),
    (
        &[
            "who are you",
            "what are you",
            "what's|what is? your name",
            "what's your name",
            "do you have a name",
            "what should i call you",
            "tell me about yourself",
            "tell me who you are",
            "about yourself",
            "who you are",
            "introduce yourself",
            "who am i talking to",
        ],
        Phrase::WhoIAm,
    ),
    (
        &[
            "are you real",
            "are you a|an real? person|human|robot|computer|ai|machine|program|boy|girl|man|woman|teacher",
            "are you human",
            "are you alive",
            "how old are you",
            "where are you",
            "where are you from",
            "where do you live",
            "do you have feelings|parents|friends|a|any family|brother?",
            "who made|built|created you",
        ],
        Phrase::WhatIAm,
    ),
];

/// The sections of `concerns.txt`, in the order in which they are tried.
const SECTIONS: [(&str, Phrase); 4] = [
    ("self_harm", Phrase::SelfHarm),
    ("abuse", Phrase::Abuse),
    ("emergency", Phrase::Emergency),
    ("unhappy", Phrase::Unhappy),
];

static CONCERNS: LazyLock<[Vec<&'static str>; 4]> = LazyLock::new(|| {
    let mut sections: [Vec<&'static str>; 4] = Default::default();
    let mut section = None;
    for line in include_str!("concerns.txt").lines().map(str::trim) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            section = SECTIONS.iter().position(|(known, _)| *known == name);
        } else if let Some(patterns) = section.and_then(|at| sections.get_mut(at)) {
            patterns.push(line);
        }
    }
    sections
});

/// Patterns of concerns with what is said.
pub fn concerns() -> impl Iterator<Item = (&'static [&'static str], Phrase)> {
    CONCERNS.iter().map(Vec::as_slice).zip(SECTIONS.iter().map(|(_, phrase)| *phrase))
}

#[cfg(test)]
mod tests {
    use super::concerns;

    #[test]
    fn every_section_of_the_file_is_known_and_filled() {
        assert!(concerns().all(|(patterns, _)| patterns.len() >= 8));
        let lines = include_str!("concerns.txt")
            .lines()
            .filter(|l| !l.is_empty() && !l.starts_with(['#', '[']))
            .count();
        assert_eq!(concerns().map(|(patterns, _)| patterns.len()).sum::<usize>(), lines);
    }
}
