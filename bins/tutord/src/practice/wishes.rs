//! What a child wishes to do, before any question is open.

use iseetutor_numbers::text::words;

use super::Topic;
use crate::mock::{Wanted, mode_told};

/// What is to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// Practice of a topic.
    Practice(Topic),
    /// A lesson.
    Lesson,
    /// Mistakes that wait to be cleared.
    Mistakes,
    /// The placement.
    Placement,
    /// The monthly check.
    Check,
    /// A mock test.
    Mock(Wanted),
    /// An essay.
    Essay,
    /// A strategy, by what was said of it.
    Strategy(String),
}

/// What an utterance says beside wishes for practice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Something is to begin.
    Begin(Wish),
    /// "How am I doing?"
    HowAmIDoing,
    /// "I'm Maya": somebody may be that, if a child of the device is called so.
    IAm(String),
    /// Somebody else is to have a turn.
    SignOut,
}

/// Openings of a request that say nothing.
const POLITE: &[&str] = &[
    "please",
    "can",
    "could",
    "we",
    "you",
    "i",
    "want",
    "to",
    "would",
    "like",
    "i'd",
    "let's",
    "lets",
    "let",
    "us",
    "okay",
    "ok",
    "hey",
    "hi",
    "hello",
    "now",
    "do",
    "have",
    "start",
    "begin",
    "with",
    "my",
    "a",
    "an",
    "the",
    "some",
    "today's",
    "need",
    "tutor",
    "next",
    "go",
    "on",
    "review",
    "practice",
    "practise",
    "work",
    "again",
    "go",
    "over",
    "monthly",
    "placement",
    "ones",
    "questions",
    "things",
    "today",
];

impl Request {
    /// What is requested; `None` where it is something else.
    #[must_use]
    pub fn read(said: &str) -> Option<Self> {
        let words = words(said);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if let Some(name) = name(&words, said) {
            return Some(Self::IAm(name));
        }
        if words.is_empty() || words.len() > 9 {
            return None;
        }
        let ends = |tail: &[&str]| words.ends_with(tail);
        let polite = |words: &[&str]| words.iter().all(|word| POLITE.contains(word));
        let only = |tail: &[&str]| ends(tail) && polite(&words[..words.len() - tail.len()]);
        if let Some(wanted) = mock(said, &words) {
            return Some(Self::Begin(Wish::Mock(wanted)));
        }
        if words
            .iter()
            .any(|word| matches!(*word, "strategy" | "strategies" | "trick" | "tricks" | "tip" | "tips"))
            && words.iter().any(|word| {
                matches!(*word, "teach" | "tell" | "give" | "learn" | "show" | "practice" | "test" | "a")
            })
        {
            return Some(Self::Begin(Wish::Strategy(said.to_owned())));
        }
        let any = |tails: &[&[&str]]| tails.iter().any(|tail| only(tail));
        if any(&[
            &["essay"],
            &["write", "an", "essay"],
            &["essay", "practice"],
            &["essay", "please"],
            &["write", "essay"],
        ]) {
            return Some(Self::Begin(Wish::Essay));
        }
        if any(&[&["lesson"], &["lessons"], &["lesson", "please"]]) {
            return Some(Self::Begin(Wish::Lesson));
        }
        if any(&[
            &["mistakes"],
            &["wrong"],
            &["i", "got", "wrong"],
            &["mistakes", "please"],
            &["old", "mistakes"],
        ]) && words.iter().any(|word| matches!(*word, "mistakes" | "got"))
        {
            return Some(Self::Begin(Wish::Mistakes));
        }
        if any(&[
            &["placement"],
            &["placement", "test"],
            &["find", "out", "what", "i", "know"],
            &["what", "i", "know"],
        ]) {
            return Some(Self::Begin(Wish::Placement));
        }
        if any(&[&["monthly", "check"], &["check", "of", "the", "month"], &["check", "up"], &["checkup"]]) {
            return Some(Self::Begin(Wish::Check));
        }
        let doing: &[&[&str]] = &[
            &["how", "am", "i", "doing"],
            &["how", "am", "i", "doing", "so", "far"],
            &["how", "did", "i", "do"],
            &["how's", "it", "going", "for", "me"],
            &["my", "progress"],
            &["what", "am", "i", "good", "at"],
        ];
        if doing.iter().any(|tail| ends(tail)) && words.len() <= 7 {
            return Some(Self::HowAmIDoing);
        }
        let out: &[&[&str]] = &[
            &["sign", "out"],
            &["sign", "me", "out"],
            &["log", "out"],
            &["it's", "someone", "else's", "turn"],
            &["switch", "children"],
        ];
        if out.iter().any(|tail| only(tail)) {
            return Some(Self::SignOut);
        }
        practice(said, &words)
    }
}

/// "A mock test in math by ear."
fn mock(said: &str, words: &[&str]) -> Option<Wanted> {
    let is = |name: &str| words.contains(&name);
    let test = words
        .windows(2)
        .any(|two| matches!(two, ["practice" | "mock" | "sample", "test" | "tests" | "section" | "exam"]));
    let asks =
        words.iter().take_while(|word| !matches!(**word, "mock" | "practice" | "sample")).all(|word| {
            POLITE.contains(word) || matches!(*word, "take" | "whole" | "full" | "another" | "by" | "ear")
        });
    if !(test || is("mock")) || !asks {
        return None;
    }
    let told = is("ear") || is("aloud") || is("read") || is("paper") || is("booklet");
    Some(Wanted {
        section: Topic::named(said).section,
        whole: is("whole") || is("full") || is("everything"),
        mode: told.then(|| mode_told(said)).flatten(),
    })
}

/// "Let's practice adding fractions": a wish for practice with its topic behind it.
fn practice(said: &str, words: &[&str]) -> Option<Request> {
    let at = words
        .iter()
        .position(|word| matches!(*word, "practice" | "practise" | "practicing" | "practising"))?;
    let asks = words[..at].iter().all(|word| POLITE.contains(word) || matches!(*word, "help" | "me"));
    // "What does practice mean?" asks for something else.
    (asks && words.len() <= 9).then(|| Request::Begin(Wish::Practice(Topic::named(said))))
}

/// The name in "I'm Maya", as it was written.
fn name(words: &[&str], said: &str) -> Option<String> {
    let leads: &[&[&str]] = &[
        &["i'm"],
        &["i", "am"],
        &["im"],
        &["this", "is"],
        &["it's"],
        &["it", "is"],
        &["my", "name", "is"],
        &["my", "name's"],
        &["sign", "in"],
        &["sign", "in", "as"],
        &["sign", "me", "in", "as"],
    ];
    let greeting = usize::from(matches!(words.first(), Some(&("hi" | "hello" | "hey"))));
    let words = words.get(greeting..)?;
    let lead = leads.iter().filter(|lead| words.starts_with(lead)).map(|lead| lead.len()).max()?;
    let rest = words.get(lead..)?;
    if rest.is_empty() || rest.len() > 3 {
        return None;
    }
    // As it is written, with its capitals.
    let written: Vec<&str> = said.split_whitespace().collect();
    let name = written.get(written.len().checked_sub(rest.len())?..)?.join(" ");
    Some(name.trim_end_matches(['.', '!', ',', '?']).to_owned())
}

#[cfg(test)]
mod tests {
    use iseetutor_curriculum::level::Section;
    use iseetutor_exam::sitting::Mode;

    use super::{Request, Wanted, Wish};

    #[test]
    fn requests_are_told_from_questions() {
        let begins = |said: &str| match Request::read(said) {
            Some(Request::Begin(wish)) => Some(wish),
            _ => None,
        };
        for said in ["Start my lesson.", "Can we have a lesson, please", "let's do today's lesson", "lesson"]
        {
            assert_eq!(begins(said), Some(Wish::Lesson), "{said}");
        }
        for said in ["Let's review my mistakes", "practice my mistakes", "go over the ones i got wrong"] {
            assert!(matches!(begins(said), Some(Wish::Mistakes | Wish::Practice(_))), "{said}");
        }
        assert_eq!(begins("I want to do the placement test"), Some(Wish::Placement));
        assert_eq!(begins("let's write an essay"), Some(Wish::Essay));
        assert_eq!(begins("can we do some essay practice"), Some(Wish::Essay));
        assert!(matches!(begins("teach me a strategy for pacing"), Some(Wish::Strategy(_))));
        assert_eq!(begins("monthly check"), Some(Wish::Check));
        let mock = |section, whole, mode| Some(Wish::Mock(Wanted { section, whole, mode }));
        assert_eq!(begins("let's take a mock test"), mock(None, false, None));
        assert_eq!(
            begins("a practice test in math on paper"),
            mock(Some(Section::Mathematics), false, Some(Mode::Seen))
        );
        assert_eq!(
            begins("mock section reading by ear"),
            mock(Some(Section::Reading), false, Some(Mode::Heard))
        );
        assert_eq!(begins("I want to take the whole mock test"), mock(None, true, None));
        assert_eq!(begins("why did the queen mock him"), None);
        assert!(matches!(begins("let's practice adding fractions"), Some(Wish::Practice(_))));
        for said in [
            "what does practice mean",
            "what is a lesson in the story about",
            "the lesson was that he lied",
            "B",
            "twelve",
            "I think it is wrong",
        ] {
            assert_eq!(begins(said), None, "{said}");
        }
        assert_eq!(Request::read("how am I doing?"), Some(Request::HowAmIDoing));
        assert_eq!(Request::read("Hi, I'm Maya."), Some(Request::IAm("Maya".into())));
        assert_eq!(Request::read("my name is Anna Lee"), Some(Request::IAm("Anna Lee".into())));
        assert_eq!(Request::read("it is a very long river"), None);
    }
}
