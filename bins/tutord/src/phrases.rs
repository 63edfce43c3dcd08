//! Every sentence that the tutor says in fixed words, in one place.
//!
//! They are rendered before they are needed and may be kept on disk as audio; nothing of a child's or a model's
//! words is ever among them. A phrase has one or more variants, taken in turn so that the tutor does not sound
//! like a machine, and a variant has one or more sentences.

/// What is to be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Phrase {
    /// Before what the language model says: that it may be wrong.
    Guess,
    /// Something was said and not understood.
    NotHeard,
    /// The language model is away.
    ModelGone,
    /// The language model went away in the middle of an answer.
    ModelLost,
    /// The language model takes too long.
    TooSlow,
    /// No source has an answer.
    DontKnow,
    /// Nothing that the language model said could be passed on.
    NoAnswer,
    /// Speech to text has been away for a while.
    CannotHear,
    /// Speech to text is back.
    HearAgain,
    /// The voice is back after something could not be said.
    VoiceBack,
    /// Kept by audiod, for when the voice is gone.
    VoiceLost,
    /// Events cannot be written.
    CannotWrite,
    /// "Stop" was obeyed.
    Stopped,
    /// Asked to repeat with nothing said yet.
    NothingToRepeat,
    /// The pace was lowered.
    Slower,
    /// The pace is the lowest already.
    Slowest,
    /// The pace was raised.
    Faster,
    /// The pace is the highest already.
    Fastest,
    /// The volume was raised.
    Louder,
    /// The volume is the highest already.
    Loudest,
    /// The volume was lowered.
    Quieter,
    /// The volume is the lowest that can be heard.
    Quietest,
    /// The volume cannot be changed.
    NoVolume,
    /// What the tutor can do, honestly.
    Abilities,
    /// A new conversation begins.
    NewConversation,
    /// Practice was asked for, and there are no questions.
    NotYet,
    /// "Hello".
    Greeting,
    /// "How are you?"
    HowAreYou,
    /// "Thank you".
    Welcome,
    /// "Goodbye".
    Goodbye,
    /// "Okay", "I see".
    Acknowledged,
    /// "Who are you?"
    WhoIAm,
    /// "Are you a person?"
    WhatIAm,
    /// Talk of hurting oneself.
    SelfHarm,
    /// Talk of being hurt by somebody.
    Abuse,
    /// Talk of an emergency.
    Emergency,
    /// Talk of being bullied or very unhappy.
    Unhappy,
}

/// Sentences said one after the other.
pub type Variant = &'static [&'static str];

impl Phrase {
    /// Every phrase.
    pub const ALL: [Self; 37] = [
        Self::Guess,
        Self::DontKnow,
        Self::NotHeard,
        Self::ModelGone,
        Self::ModelLost,
        Self::TooSlow,
        Self::NoAnswer,
        Self::CannotHear,
        Self::HearAgain,
        Self::VoiceBack,
        Self::VoiceLost,
        Self::CannotWrite,
        Self::Stopped,
        Self::NothingToRepeat,
        Self::Slower,
        Self::Slowest,
        Self::Faster,
        Self::Fastest,
        Self::Louder,
        Self::Loudest,
        Self::Quieter,
        Self::Quietest,
        Self::NoVolume,
        Self::Abilities,
        Self::NewConversation,
        Self::NotYet,
        Self::Greeting,
        Self::HowAreYou,
        Self::Welcome,
        Self::Goodbye,
        Self::Acknowledged,
        Self::WhoIAm,
        Self::WhatIAm,
        Self::SelfHarm,
        Self::Abuse,
        Self::Emergency,
        Self::Unhappy,
    ];

    /// The variants; never none, and none of them empty.
    #[must_use]
    pub fn variants(self) -> &'static [Variant] {
        match self {
            Self::Guess => &[
                &["I'm not sure about this one, so check it with a grown-up. Here is my best guess."],
                &["This is only my best guess, so please check it."],
                &["I could be wrong here, so please check this with someone you trust."],
                &["Here is a guess from me. Check it in a book or with a teacher."],
            ],
            Self::NotHeard => &[
                &["Sorry, say that again?"],
                &["I didn't catch that. Can you say it again?"],
                &["Sorry, I missed that. One more time?"],
            ],
            Self::ModelGone => &[&["My thinking part is starting again. Ask me again in a moment."]],
            Self::ModelLost => &[&["Oh, my thinking part just stopped. Ask me again in a moment."]],
            Self::TooSlow => &[&["Sorry, I'm thinking too slowly right now. Ask me again in a moment."]],
            Self::DontKnow => &[
                &["I don't know that one. Let's look it up with a grown-up."],
                &["I don't know, so I won't guess. Let's look it up with a grown-up."],
                &["That's a good question for a grown-up or a book, because I don't know it."],
            ],
            Self::NoAnswer => &[
                &["Hmm, I don't have a good answer for that. Let's ask a grown-up or look it up."],
                &["I don't know that well enough to say. A teacher or a good book can help."],
            ],
            Self::CannotHear => &[&["I can't hear you at the moment. Please wait a little."]],
            Self::HearAgain => &[&["I can hear you again."]],
            Self::VoiceBack => &[&["My voice is back. Please ask me again."]],
            Self::VoiceLost => &[&["I've lost my voice for a moment. Please wait a little."]],
            Self::CannotWrite => &[&["I can't write down our lesson right now. Please tell a grown-up."]],
            Self::Stopped => &[&["Okay."]],
            Self::NothingToRepeat => &[&["I haven't said anything yet. Ask me a question."]],
            Self::Slower => &[&["Okay, I'll speak more slowly."]],
            Self::Slowest => &[&["I'm already speaking as slowly as I can."]],
            Self::Faster => &[&["Okay, I'll speak a little faster."]],
            Self::Fastest => &[&["I'm already speaking as fast as I can."]],
            Self::Louder => &[&["Okay, is this better?"]],
            Self::Loudest => &[&["This is as loud as I can be."]],
            Self::Quieter => &[&["Okay, I'll be quieter."]],
            Self::Quietest => &[&["If I get any quieter, you won't hear me."]],
            Self::NoVolume => &[&["I can't change the volume right now."]],
            Self::Abilities => &[&[
                "I can work out arithmetic exactly, like 12 times 7, or 3/4 plus 1/8.",
                "I can tell you what a word means, how to spell it, and what the test is like.",
                "Say let's practice for questions in words, math, quantitative, or reading.",
                "You can also say repeat, slower, faster, louder, quieter, or stop.",
            ]],
            Self::NewConversation => &[&["Okay, let's start over."]],
            Self::NotYet => &[&["I can't find my practice questions. Please tell a grown-up."]],
            Self::Greeting => &[
                &["Hello! What would you like to know?"],
                &["Hi there! Ask me anything."],
                &["Hello! I'm listening."],
            ],
            Self::HowAreYou => &[&["I'm working well, thank you. What would you like to know?"]],
            Self::Welcome => &[&["You're welcome!"], &["Happy to help!"]],
            Self::Goodbye => &[&["Goodbye! Come back soon."], &["See you next time!"]],
            Self::Acknowledged => &[&["Good. What else would you like to know?"]],
            Self::WhoIAm => &[&["I'm your tutor, a computer program.", "I help you get ready for the ISEE."]],
            Self::WhatIAm => &[&["I'm a computer program, not a person."]],
            Self::SelfHarm => &[&[
                "I'm really glad you told me, and you matter a lot.",
                "I'm only a computer, so please talk to a grown-up you trust right now.",
                "In the United States you can call or text 988 at any time, or call 911 if you are in danger.",
            ]],
            Self::Abuse => &[&[
                "I'm glad you told me. Nobody is allowed to hurt you, and it is not your fault.",
                "Please tell a grown-up you trust today, like a parent, a teacher, or a school counselor.",
                "If you are in danger right now, call 911.",
            ]],
            Self::Emergency => &[&[
                "That sounds serious, and I'm only a computer.",
                "Get a grown-up right now, or call 911.",
            ]],
            Self::Unhappy => &[&[
                "I'm sorry, that sounds really hard.",
                "Please talk about it with a grown-up you trust, like a parent, a teacher, or a school counselor.",
            ]],
        }
    }

    /// Every sentence of every variant of every phrase.
    pub fn sentences() -> impl Iterator<Item = &'static str> {
        Self::ALL.into_iter().flat_map(Self::variants).flat_map(|variant| variant.iter().copied())
    }

    /// The variant for the `count`-th time that it is said, from 0.
    #[must_use]
    pub fn variant(self, count: usize) -> Variant {
        let variants = self.variants();
        variants.get(count % variants.len().max(1)).copied().unwrap_or_default()
    }
}

/// Counts how often each phrase was said, so that its variants come in turn.
#[derive(Debug, Clone, Default)]
pub struct Rotation {
    counts: std::collections::HashMap<Phrase, usize>,
}

impl Rotation {
    /// The next variant of `phrase`.
    pub fn next(&mut self, phrase: Phrase) -> Variant {
        let count = self.counts.entry(phrase).or_default();
        *count += 1;
        phrase.variant(*count - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::{Phrase, Rotation};

    #[test]
    fn every_phrase_has_plain_short_sentences() {
        for phrase in Phrase::ALL {
            assert!(!phrase.variants().is_empty());
            for variant in phrase.variants() {
                assert!(!variant.is_empty(), "{phrase:?}");
                for sentence in *variant {
                    assert!(sentence.ends_with(['.', '?', '!']), "{sentence}");
                    assert!(sentence.len() <= 110, "too long to say in one breath: {sentence}");
                    assert!(sentence.is_ascii(), "{sentence}");
                }
            }
        }
    }

    #[test]
    fn all_lists_every_phrase_once() {
        let set: std::collections::HashSet<Phrase> = Phrase::ALL.into_iter().collect();
        assert_eq!(set.len(), Phrase::ALL.len());
    }

    #[test]
    fn variants_come_in_turn() {
        let mut rotation = Rotation::default();
        let said: Vec<_> = (0..4).map(|_| rotation.next(Phrase::NotHeard)[0]).collect();
        assert_eq!(said[0], said[3]);
        assert_ne!(said[0], said[1]);
    }
}
