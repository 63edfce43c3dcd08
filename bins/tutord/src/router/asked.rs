//! Questions about words, recognised by their form.

use std::collections::HashMap;
use std::sync::LazyLock;

use iseetutor_lexicon::PartOfSpeech;

use super::wording::{plain, subject};

/// What is asked about a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// What it means.
    Meaning {
        /// Whether the question is surely about a word ("what does X mean") or may be about the world ("what is X").
        surely: bool,
        /// "a", "an" or "the", as it stood before the word; "to" before a verb; else nothing.
        article: &'static str,
        /// As what part of speech.
        pos: Option<PartOfSpeech>,
    },
    /// How two words differ in meaning; the other one.
    Difference(String),
    /// How it is spelled.
    Spelling,
    /// How many letters it has, or how many of one letter.
    Letters(Option<char>),
    /// Words that mean the same.
    Synonym,
    /// Words that mean the opposite.
    Opposite,
    /// Whether two words mean the same; the other one.
    Same(String),
    /// What part of speech it is.
    PartOfSpeech,
    /// Words of the same root; of one part of speech, if one was asked for.
    Family(Option<PartOfSpeech>),
    /// How many syllables it has.
    Syllables,
    /// It in a sentence.
    Example,
    /// Its plural.
    Plural,
    /// Its simple past.
    Past,
    /// Words that rhyme with it.
    Rhyme,
}

/// A question about a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordQuestion {
    /// What is asked.
    pub about: About,
    /// About which word or expression, in lower case.
    pub word: String,
}

/// Frames of a kind of question: what stands before and after the word.
type Frames = Vec<(&'static str, &'static str)>;

/// The sections of `word_questions.txt`.
static FRAMES: LazyLock<HashMap<&'static str, Frames>> = LazyLock::new(|| {
    let mut sections: HashMap<&'static str, Frames> = HashMap::new();
    let mut section = "";
    for line in
        include_str!("word_questions.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            section = name;
        } else if let Some(frame) = line.split_once('~') {
            sections.entry(section).or_default().push(frame);
        }
    }
    sections
});

/// What is asked after "what is" and is no word: "what is up", "what is wrong".
const MATTERS: [&str; 5] = ["up", "wrong", "going", "next", "new"];

/// Things of which one is meant, of here and now, when "the" stands before them.
const OF_NOW: [&str; 30] = [
    "time",
    "date",
    "day",
    "weather",
    "temperature",
    "answer",
    "news",
    "score",
    "matter",
    "problem",
    "point",
    "homework",
    "password",
    "wifi",
    "number",
    "year",
    "month",
    "question",
    "next question",
    "code",
    "address",
    "plan",
    "name",
    "word",
    "passage",
    "story",
    "forecast",
    "price",
    "president",
    "first question",
];

/// The question about a word that these words are, if they are one.
#[must_use]
pub fn read(words: &[&str]) -> Option<WordQuestion> {
    let text = plain(words);
    if text.ends_with("meaning of life") {
        return None;
    }
    whole(&text, true).or_else(|| {
        // "My book says the king was ruthless, what does ruthless mean": the question is the last part.
        let starts = ["what does ", "what is ", "how do you spell ", "how do i spell ", "how is "];
        let at = starts.iter().filter_map(|start| text.rfind(&format!(" {start}"))).max()?;
        whole(text.get(at + 1..)?, false)
    })
}

/// The question that a text is from its first word to its last; one that may be about the world only if that is `all` there was.
fn whole(text: &str, all: bool) -> Option<WordQuestion> {
    if let Some(question) = super::letters::read(text).or_else(|| two(text)) {
        return Some(question);
    }
    let kinds = [
        ("rhyme", About::Rhyme),
        ("spelling", About::Spelling),
        ("opposite", About::Opposite),
        ("synonym", About::Synonym),
        ("part_of_speech", About::PartOfSpeech),
        ("family", About::Family(None)),
        ("syllables", About::Syllables),
        ("example", About::Example),
        ("plural", About::Plural),
        ("past", About::Past),
    ];
    for (section, about) in kinds {
        if let Some((word, ..)) = framed(text, section) {
            return Some(WordQuestion { about, word });
        }
    }
    if let Some(question) = form(text).or_else(|| within(text)) {
        return Some(question);
    }
    if let Some((word, article, pos)) = framed(text, "meaning") {
        return Some(WordQuestion { about: About::Meaning { surely: true, article, pos }, word });
    }
    let (word, article, pos) = framed(text, "thing").filter(|_| all)?;
    let of_now = article == "the" && OF_NOW.contains(&word.as_str()) || MATTERS.contains(&word.as_str());
    // "Who is a monarch", but not "who is George"; "what does a baker do", but not "what does rain do".
    let unnamed = !(text.starts_with("who ") || text.ends_with(" do")) || ["a", "an"].contains(&article);
    (!of_now && unnamed)
        .then_some(WordQuestion { about: About::Meaning { surely: false, article, pos }, word })
}

/// The word within the first frame that fits, the article before it, and as what part of speech it was asked for.
fn framed(text: &str, section: &str) -> Option<(String, &'static str, Option<PartOfSpeech>)> {
    FRAMES.get(section)?.iter().find_map(|(before, after)| {
        let rest = text.strip_prefix(before)?.strip_suffix(after)?;
        subject(rest)
    })
}

/// Languages that are not spoken here.
const LANGUAGES: [&str; 12] = [
    "spanish", "french", "german", "latin", "italian", "chinese", "mandarin", "japanese", "greek", "russian",
    "arabic", "korean",
];

/// Questions for other words and opposites by their last part, whatever stands before it: "is there like a fancier word for walk".
fn within(text: &str) -> Option<WordQuestion> {
    // "The Spanish word for dog", and "the word for a baby cat", are other questions.
    let foreign = text.split(' ').any(|word| LANGUAGES.contains(&word));
    if foreign || text.contains("the word for ") || text.contains("spell") {
        return None;
    }
    [("within_opposite", About::Opposite), ("within_synonym", About::Synonym)].into_iter().find_map(
        |(section, about)| {
            let (word, ..) = FRAMES.get(section)?.iter().find_map(|(part, _)| {
                let (before, rest) = text.rsplit_once(part)?;
                (before.is_empty() || before.ends_with(' ')).then(|| subject(rest))?
            })?;
            Some(WordQuestion { about, word })
        },
    )
}

/// "what is the difference between X and Y", "does X mean the same as Y".
fn two(text: &str) -> Option<WordQuestion> {
    let pair = |rest: &str, joint: &str| {
        let (one, other) = rest.split_once(joint)?;
        Some((subject(one)?.0, subject(other)?.0))
    };
    for head in [
        "what is the difference between ",
        "the difference between ",
        "what is different between ",
        "explain the difference between ",
        "how are ",
    ] {
        if let Some(rest) = text.strip_prefix(head) {
            let rest =
                rest.strip_suffix(" different").or(if head == "how are " { None } else { Some(rest) })?;
            let (word, other) = pair(rest, " and ")?;
            return Some(WordQuestion { about: About::Difference(other), word });
        }
    }
    for (head, joint, tail) in [
        ("does ", " mean the same thing as ", ""),
        ("does ", " mean the same as ", ""),
        ("is ", " a synonym for ", ""),
        ("is ", " a synonym of ", ""),
        ("is ", " the same as ", ""),
        ("does ", " mean the opposite of ", ""),
        ("does ", " mean ", ""),
        ("do ", " and ", " mean the same thing"),
        ("do ", " and ", " mean the same"),
        ("are ", " and ", " synonyms"),
        ("is ", " another word for ", ""),
    ] {
        if let Some(rest) = text.strip_prefix(head).and_then(|rest| rest.strip_suffix(tail))
            && let Some((word, other)) = pair(rest, joint)
        {
            return Some(WordQuestion { about: About::Same(other), word });
        }
    }
    None
}

/// "what is the noun form of decide", "what is the adverb for quick".
fn form(text: &str) -> Option<WordQuestion> {
    let rest = text.strip_prefix("what is ").unwrap_or(text).strip_prefix("the ")?;
    PartOfSpeech::ALL.into_iter().find_map(|pos| {
        let rest = rest.strip_prefix(pos.as_str())?;
        let word =
            [" form of ", " for ", " of ", " form for "].iter().find_map(|joint| rest.strip_prefix(joint))?;
        let (word, ..) = subject(word)?;
        Some(WordQuestion { about: About::Family(Some(pos)), word })
    })
}
