//! Questions about words, recognised by their form.

use iseetutor_lexicon::PartOfSpeech;

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
const AFTER: [&str; 16] = [
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

/// Frames of questions: what stands before and after the word. The first that fits decides, so the longer ones come first.
type Frames = &'static [(&'static str, &'static str)];

const SPELLING: Frames = &[
    ("how do you spell ", ""),
    ("how do i spell ", ""),
    ("how do we spell ", ""),
    ("how would you spell ", ""),
    ("how to spell ", ""),
    ("how you spell ", ""),
    ("how is ", " spelled"),
    ("how is ", " spelt"),
    ("how do you write ", ""),
    ("what is the spelling of ", ""),
    ("what is the correct spelling of ", ""),
    ("what is the right spelling of ", ""),
    ("the spelling of ", ""),
    ("spelling of ", ""),
    ("spell out ", ""),
    ("spell ", ""),
    ("what letters are in ", ""),
    ("what are the letters in ", ""),
    ("how does ", " get spelled"),
];
const SYNONYM: Frames = &[
    ("what is another word that means the same as ", ""),
    ("what is another word that means ", ""),
    ("what is another word for ", ""),
    ("what is an other word for ", ""),
    ("what is a different word for ", ""),
    ("what are other words for ", ""),
    ("what are some other words for ", ""),
    ("what are some synonyms for ", ""),
    ("what are synonyms for ", ""),
    ("what are synonyms of ", ""),
    ("what are some synonyms of ", ""),
    ("what is a synonym for ", ""),
    ("what is a synonym of ", ""),
    ("what is a synonym to ", ""),
    ("what is the synonym of ", ""),
    ("what is the synonym for ", ""),
    ("what are the synonyms of ", ""),
    ("what are the synonyms for ", ""),
    ("what is another way to say ", ""),
    ("what is another way of saying ", ""),
    ("what is a fancy word for ", ""),
    ("what is a fancier word for ", ""),
    ("what is a better word for ", ""),
    ("what is a big word for ", ""),
    ("what is a nicer word for ", ""),
    ("what is a word for ", ""),
    ("what is a word that means ", ""),
    ("what is a word that means the same as ", ""),
    ("what word means the same thing as ", ""),
    ("what word means the same as ", ""),
    ("which word means the same as ", ""),
    ("what word means ", ""),
    ("what means the same thing as ", ""),
    ("what means the same as ", ""),
    ("what words mean the same as ", ""),
    ("words that mean the same as ", ""),
    ("words that mean ", ""),
    ("what else can i say instead of ", ""),
    ("what can i say instead of ", ""),
    ("what can i write instead of ", ""),
    ("what can i use instead of ", ""),
    ("what could i say instead of ", ""),
    ("what word can i use instead of ", ""),
    ("what is a word like ", ""),
    ("give me another word for ", ""),
    ("give me a different word for ", ""),
    ("give me a synonym for ", ""),
    ("give me a synonym of ", ""),
    ("give me synonyms for ", ""),
    ("give me some synonyms for ", ""),
    ("give me a word that means ", ""),
    ("give me a better word for ", ""),
    ("find another word for ", ""),
    ("find me another word for ", ""),
    ("find a synonym for ", ""),
    ("i need another word for ", ""),
    ("i need a synonym for ", ""),
    ("i need a better word for ", ""),
    ("i need a different word for ", ""),
    ("a synonym for ", ""),
    ("a synonym of ", ""),
    ("the synonym of ", ""),
    ("synonyms for ", ""),
    ("synonyms of ", ""),
    ("synonym for ", ""),
    ("synonym of ", ""),
    ("another word for ", ""),
    ("a different word for ", ""),
    ("a different way to say ", ""),
    ("another way to say ", ""),
    ("what is ", " synonym"),
    ("what is ", "'s synonym"),
    ("is there another word for ", ""),
    ("what other word is there for ", ""),
    ("other words for ", ""),
    ("a better word for ", ""),
    ("is there a better word for ", ""),
];
const OPPOSITE: Frames = &[
    ("what is the opposite word of ", ""),
    ("what is the opposite word for ", ""),
    ("what is the opposite of ", ""),
    ("what is the opposite to ", ""),
    ("what is the opposite for ", ""),
    ("what is opposite of ", ""),
    ("what is opposite to ", ""),
    ("what is an opposite of ", ""),
    ("what is an opposite for ", ""),
    ("what is an antonym for ", ""),
    ("what is an antonym of ", ""),
    ("what is the antonym of ", ""),
    ("what is the antonym for ", ""),
    ("what are antonyms for ", ""),
    ("what are antonyms of ", ""),
    ("what are some antonyms for ", ""),
    ("what word is the opposite of ", ""),
    ("what word means the opposite of ", ""),
    ("which word means the opposite of ", ""),
    ("what is a word that means the opposite of ", ""),
    ("give me the opposite of ", ""),
    ("give me an antonym for ", ""),
    ("give me an antonym of ", ""),
    ("give me a word that means the opposite of ", ""),
    ("the opposite of ", ""),
    ("opposite of ", ""),
    ("an antonym for ", ""),
    ("antonym for ", ""),
    ("antonym of ", ""),
    ("antonyms for ", ""),
    ("antonyms of ", ""),
    ("what is ", " opposite"),
    ("what is ", "'s opposite"),
];
const PART: Frames = &[
    ("what part of speech is ", ""),
    ("which part of speech is ", ""),
    ("what is the part of speech of ", ""),
    ("what is the part of speech for ", ""),
    ("what kind of word is ", ""),
    ("what type of word is ", ""),
    ("what sort of word is ", ""),
    ("is ", " a noun or a verb"),
    ("is ", " a verb or a noun"),
    ("is ", " a noun or an adjective"),
    ("is ", " an adjective or a noun"),
    ("is ", " an adjective or an adverb"),
    ("is ", " an adverb or an adjective"),
    ("is ", " a verb or an adjective"),
    ("is ", " an adjective or a verb"),
    ("is ", " a noun"),
    ("is ", " a verb"),
    ("is ", " an adjective"),
    ("is ", " an adverb"),
];
const FAMILY: Frames = &[
    ("what is the word family of ", ""),
    ("what is the word family for ", ""),
    ("what words are in the same family as ", ""),
    ("what words are in the word family of ", ""),
    ("what words are in the family of ", ""),
    ("what words come from ", ""),
    ("what words are related to ", ""),
    ("what are words related to ", ""),
    ("what words have the same root as ", ""),
    ("words related to ", ""),
    ("words with the same root as ", ""),
    ("words in the same family as ", ""),
    ("the word family of ", ""),
    ("word family of ", ""),
    ("give me the word family of ", ""),
    ("what words can you make from ", ""),
    ("what words can i make from ", ""),
];
const SYLLABLES: Frames = &[
    ("how many syllables are there in ", ""),
    ("how many syllables are in ", ""),
    ("how many syllables is in ", ""),
    ("how many syllables in ", ""),
    ("how many syllables does ", " have"),
    ("how many syllables does ", " got"),
    ("how many syllables do ", " have"),
    ("how many syllables has ", ""),
    ("how many syllables is ", ""),
    ("count the syllables in ", ""),
    ("count the syllables of ", ""),
    ("how many beats are in ", ""),
    ("what is the number of syllables in ", ""),
];
const EXAMPLE: Frames = &[
    ("use ", " in a sentence"),
    ("put ", " in a sentence"),
    ("say ", " in a sentence"),
    ("how do you use ", " in a sentence"),
    ("how do i use ", " in a sentence"),
    ("how can i use ", " in a sentence"),
    ("give me a sentence with ", " in it"),
    ("give me a sentence with ", ""),
    ("give me a sentence using ", ""),
    ("give me an example sentence for ", ""),
    ("give me an example sentence with ", ""),
    ("give me an example of ", " in a sentence"),
    ("make a sentence with ", ""),
    ("make a sentence using ", ""),
    ("make me a sentence with ", ""),
    ("what is a sentence with ", " in it"),
    ("what is a sentence with ", ""),
    ("what is an example sentence for ", ""),
    ("a sentence with ", ""),
    ("an example sentence for ", ""),
];
const PLURAL: Frames = &[
    ("what is the plural form of ", ""),
    ("what is the plural of ", ""),
    ("what is the plural for ", ""),
    ("the plural of ", ""),
    ("plural of ", ""),
    ("what do you call more than one ", ""),
    ("how do you say more than one ", ""),
    ("what is more than one ", ""),
    ("how do you make ", " plural"),
    ("what do you call two ", ""),
];
const PAST: Frames = &[
    ("what is the past tense of ", ""),
    ("what is the past tense for ", ""),
    ("what is the simple past of ", ""),
    ("what is the past of ", ""),
    ("the past tense of ", ""),
    ("past tense of ", ""),
    ("what is ", " in the past tense"),
    ("how do you say ", " in the past tense"),
    ("what is ", " in past tense"),
];
const RHYME: Frames = &[
    ("what is a word that rhymes with ", ""),
    ("what are words that rhyme with ", ""),
    ("what are some words that rhyme with ", ""),
    ("what rhymes with ", ""),
    ("what words rhyme with ", ""),
    ("what word rhymes with ", ""),
    ("give me a word that rhymes with ", ""),
    ("give me words that rhyme with ", ""),
    ("words that rhyme with ", ""),
    ("a word that rhymes with ", ""),
    ("a rhyme for ", ""),
    ("what is a rhyme for ", ""),
    ("give me a rhyme for ", ""),
    ("find a rhyme for ", ""),
    ("tell me a rhyme for ", ""),
];
/// Surely about a word.
const MEANING: Frames = &[
    ("what does it mean when something is ", ""),
    ("what does it mean when someone is ", ""),
    ("what does it mean if something is ", ""),
    ("what does it mean if someone is ", ""),
    ("what does it mean when somebody is ", ""),
    ("what does it mean if you are ", ""),
    ("what does it mean if you're ", ""),
    ("what does it mean when you are ", ""),
    ("what does it mean to be ", ""),
    ("what does it mean to ", ""),
    ("what does it mean ", ""),
    ("what do you mean by ", ""),
    ("what do they mean by ", ""),
    ("what does ", " mean"),
    ("what does ", " means"),
    ("what do ", " mean"),
    ("what did ", " mean"),
    ("what is ", " mean"),
    ("what is ", " means"),
    ("what ", " means"),
    ("what ", " mean"),
    ("what is the meaning of ", ""),
    ("what is the definition of ", ""),
    ("what is the definition for ", ""),
    ("what is meant by ", ""),
    ("what is a definition of ", ""),
    ("what is a definition for ", ""),
    ("give me the definition of ", ""),
    ("give me the meaning of ", ""),
    ("give me a definition of ", ""),
    ("give me a definition for ", ""),
    ("the meaning of ", ""),
    ("the definition of ", ""),
    ("meaning of ", ""),
    ("definition of ", ""),
    ("define ", ""),
    ("explain the meaning of ", ""),
    ("explain what ", " means"),
    ("explain what ", " mean"),
    ("explain what ", " is"),
    ("explain the word ", ""),
    ("explain what a ", " is"),
    ("look up ", ""),
    ("look up the word ", ""),
    ("what ", " meaning"),
    ("what is the word ", ""),
    ("what ", " is"),
    ("what is it when something is ", ""),
    ("what is it when someone is ", ""),
    ("what does being ", " mean"),
    ("what is it to ", ""),
    ("what is it to be ", ""),
];
/// May be about a word.
const THING: Frames = &[
    ("what are ", ""),
    ("what is ", ""),
    ("what exactly is ", ""),
    ("what kind of thing is ", ""),
    ("what kind of animal is ", ""),
    ("what was ", ""),
];

/// Longest word or expression in words.
const LONGEST: usize = 4;

/// Words that a word or expression that is asked about never is or has, unless it is all there is of it: with them it is a question of
/// another kind.
const NEVER: [&str; 60] = [
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
    if let Some(question) = letters(&text).or_else(|| two(&text)) {
        return Some(question);
    }
    let families: [(Frames, About); 10] = [
        (RHYME, About::Rhyme),
        (SPELLING, About::Spelling),
        (OPPOSITE, About::Opposite),
        (SYNONYM, About::Synonym),
        (PART, About::PartOfSpeech),
        (FAMILY, About::Family(None)),
        (SYLLABLES, About::Syllables),
        (EXAMPLE, About::Example),
        (PLURAL, About::Plural),
        (PAST, About::Past),
    ];
    for (frames, about) in families {
        if let Some((word, _, _)) = framed(&text, frames) {
            return Some(WordQuestion { about, word });
        }
    }
    if let Some(question) = form(&text) {
        return Some(question);
    }
    for (frames, surely) in [(MEANING, true), (THING, false)] {
        if let Some((word, article, pos)) = framed(&text, frames) {
            let now = article == "the" && OF_NOW.contains(&word.as_str())
                || ["up", "wrong", "going", "next", "new", "life"].contains(&word.as_str());
            if surely || !now {
                return Some(WordQuestion { about: About::Meaning { surely, article, pos }, word });
            }
        }
    }
    None
}

/// The word within the first frame that fits, the article before it, and as what part of speech it was asked for.
fn framed(text: &str, frames: Frames) -> Option<(String, &'static str, Option<PartOfSpeech>)> {
    frames.iter().find_map(|(before, after)| {
        let rest = text.strip_prefix(before)?.strip_suffix(after)?;
        subject(rest)
    })
}

/// Takes "the word", articles and "as a verb" off a word.
fn subject(text: &str) -> Option<(String, &'static str, Option<PartOfSpeech>)> {
    let mut rest = text.trim();
    let mut pos = None;
    for part in PartOfSpeech::ALL {
        for joint in [" as a ", " as an ", " when it's a ", " when it is a ", " the "] {
            if let Some(shorter) = rest.strip_suffix(&format!("{joint}{}", part.as_str())) {
                (rest, pos) = (shorter, Some(part));
            }
        }
    }
    for tail in [" in a sentence", " in math", " in maths", " in science", " in reading", " the word"] {
        rest = rest.strip_suffix(tail).unwrap_or(rest);
    }
    let mut quoted = false;
    for head in [
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

/// "how many l's are in balloon", "how many letters does Mississippi have".
fn letters(text: &str) -> Option<WordQuestion> {
    let rest = text.strip_prefix("how many ").or_else(|| text.strip_prefix("count the "))?;
    let rest = rest
        .strip_prefix("times does the letter ")
        .or_else(|| rest.strip_prefix("times does "))
        .or(Some(rest))?;
    let rest = rest.strip_prefix("letter ").or_else(|| rest.strip_prefix("of the letter ")).unwrap_or(rest);
    let (letter, rest) = rest.split_once(' ')?;
    let letter = match letter {
        "letters" => None,
        "eyes" => return None,
        _ => {
            let bare = letter
                .strip_suffix("'s")
                .or_else(|| letter.strip_suffix('s').filter(|bare| !bare.is_empty()))
                .unwrap_or(letter);
            let mut chars = bare.chars();
            Some(chars.next().filter(|c| c.is_alphabetic() && chars.next().is_none())?)
        }
    };
    let word = [
        "are there in ",
        "are in ",
        "is in ",
        "do you see in ",
        "in ",
        "appear in ",
        "come in ",
        "does ",
        "do ",
        "has ",
    ]
    .iter()
    .find_map(|joint| rest.strip_prefix(joint))?;
    let word = word.strip_suffix(" have").or_else(|| word.strip_suffix(" has")).unwrap_or(word);
    let (word, ..) = subject(word)?;
    Some(WordQuestion { about: About::Letters(letter), word })
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
