//! The wording of questions about words: what is left when polite words are gone, and the word in question.

use iseetutor_lexicon::PartOfSpeech;

/// Words around a question that do not change it.
const BEFORE: [&str; 54] = [
    "please ",
    "tutor ",
    "hey ",
    "hi ",
    "hello ",
    "okay ",
    "ok ",
    "um ",
    "uh ",
    "umm ",
    "hmm ",
    "so ",
    "well ",
    "and ",
    "but ",
    "now ",
    "then ",
    "oh ",
    "wait ",
    "sorry ",
    "excuse me ",
    "can you please ",
    "could you please ",
    "can you tell me ",
    "could you tell me ",
    "would you tell me ",
    "can you explain to me ",
    "can you explain ",
    "could you explain ",
    "please tell me ",
    "tell me again ",
    "tell me ",
    "do you know ",
    "i want to know ",
    "i'd like to know ",
    "i would like to know ",
    "i need to know ",
    "i was wondering ",
    "i wonder ",
    "i don't know ",
    "i do not know ",
    "i don't understand ",
    "i forgot ",
    "i forget ",
    "remind me ",
    "can you ",
    "could you ",
    "would you ",
    "will you ",
    "help me ",
    "quick question ",
    "in english ",
    "my teacher asked me ",
    "actually ",
];
const AFTER: [&str; 24] = [
    " in the story",
    " in this story",
    " in the passage",
    " in this sentence",
    " in the book",
    " in my book",
    " in math",
    " in science",
    " please",
    " thank you",
    " thanks",
    " tutor",
    " for me",
    " to me",
    " exactly",
    " anyway",
    " again",
    " in english",
    " really",
    " by the way",
    " actually",
    " though",
    " right",
    " you know",
];

/// The words of a question, small differences of wording removed.
#[must_use]
pub fn plain(words: &[&str]) -> String {
    let mut text = words.join(" ");
    for (short, long) in [
        ("what's", "what is"),
        ("whats", "what is"),
        ("what're", "what are"),
        ("how's", "how is"),
        ("who's", "who is"),
        ("where's", "where is"),
        ("means what", "mean"),
        ("wut", "what"),
        ("u", "you"),
        ("ur", "your"),
        ("oposite", "opposite"),
        ("opposit", "opposite"),
        ("synonim", "synonym"),
        ("meen", "mean"),
    ] {
        text = replace_word(&text, short, long);
    }
    let mut rest = text.as_str();
    loop {
        let before = BEFORE.iter().find_map(|filler| rest.strip_prefix(filler));
        match before.or_else(|| AFTER.iter().find_map(|filler| rest.strip_suffix(filler))) {
            Some(shorter) => rest = shorter,
            None => return rest.to_owned(),
        }
    }
}

fn replace_word(text: &str, short: &str, long: &str) -> String {
    let text = format!(" {text} ").replace(&format!(" {short} "), &format!(" {long} "));
    text.trim().to_owned()
}

/// Longest word or expression in words.
const LONGEST: usize = 4;

/// Words that a word or expression that is asked about never is or has, unless it is all there is of it: with them it is a question of
/// another kind.
const NEVER: [&str; 61] = [
    "for",
    "my",
    "your",
    "his",
    "her",
    "our",
    "their",
    "this",
    "that",
    "these",
    "those",
    "it",
    "its",
    "i",
    "you",
    "he",
    "she",
    "we",
    "they",
    "me",
    "them",
    "is",
    "are",
    "was",
    "were",
    "does",
    "did",
    "when",
    "why",
    "who",
    "where",
    "which",
    "how",
    "if",
    "than",
    "today",
    "tomorrow",
    "yesterday",
    "now",
    "here",
    "there",
    "called",
    "and",
    "or",
    "with",
    "happening",
    "going",
    "wrong",
    "best",
    "worst",
    "favorite",
    "biggest",
    "largest",
    "tallest",
    "fastest",
    "smallest",
    "longest",
    "next",
    "last",
    "current",
    "latest",
];

/// Words after a word that do not belong to it.
const TAILS: [&str; 15] = [
    " in a sentence",
    " in the story",
    " in this story",
    " in the passage",
    " in this sentence",
    " in the sentence",
    " in the book",
    " in my book",
    " in math",
    " in science",
    " in reading",
    " the word",
    " something",
    " someone",
    " somebody",
];

/// Takes "the word", articles and "as a verb" off a word.
pub fn subject(text: &str) -> Option<(String, &'static str, Option<PartOfSpeech>)> {
    let mut rest = text.trim();
    let mut pos = None;
    for part in PartOfSpeech::ALL {
        for joint in [" as a ", " as an ", " when it's a ", " when it is a ", " the "] {
            if let Some(shorter) = rest.strip_suffix(&format!("{joint}{}", part.as_str())) {
                (rest, pos) = (shorter, Some(part));
            }
        }
    }
    for tail in TAILS {
        rest = rest.strip_suffix(tail).unwrap_or(rest);
    }
    let mut quoted = false;
    for head in [
        "a word like ",
        "the vocabulary word ",
        "the vocab word ",
        "this word ",
        "the word ",
        "word ",
        "the term ",
        "the phrase ",
        "the expression ",
    ] {
        if let Some(shorter) = rest.strip_prefix(head) {
            (rest, quoted) = (shorter, true);
        }
    }
    let mut article = "";
    for (head, is) in [("a ", "a"), ("an ", "an"), ("the ", "the"), ("to ", "to"), ("some ", "")] {
        if let Some(shorter) = rest.strip_prefix(head).filter(|_| !quoted) {
            (rest, article) = (shorter, is);
            break;
        }
    }
    let words: Vec<&str> = rest.split(' ').collect();
    let fits = !rest.is_empty()
        && words.len() <= LONGEST
        && words.iter().all(|word| word.chars().any(char::is_alphabetic))
        && (words.len() == 1 || !words.iter().any(|word| NEVER.contains(word)));
    let fits = fits && !["a", "an", "the", "to", "some"].contains(&rest);
    // Alone, "that" is what was talked about, unless it was called a word.
    let alone =
        words.len() == 1 && !quoted && ["that", "this", "it", "those", "these", "you"].contains(&rest);
    (fits && !alone).then(|| (rest.to_owned(), article, pos))
}
