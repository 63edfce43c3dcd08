//! What is known of words, in sentences for a voice.

use iseetutor_lexicon::PartOfSpeech;

/// How a meaning is asked for.
pub struct Way<'q> {
    /// The article before the word.
    pub article: &'q str,
    /// The word as it was asked for.
    pub asked: &'q str,
    /// The word itself.
    pub word: &'q str,
    /// As what it is explained.
    pub pos: PartOfSpeech,
}

/// A definition as a sentence: "A volcano is a mountain ...", "To abandon means to leave ...", "Reluctant means not wanting ...".
pub fn meaning(way: &Way<'_>, definition: &str) -> String {
    let definition = definition.trim_end_matches('.');
    match way.pos {
        PartOfSpeech::Verb => {
            let definition = definition.strip_prefix("to ").unwrap_or(definition);
            format!("To {} means to {definition}.", way.word)
        }
        PartOfSpeech::Noun if ["a", "an"].contains(&way.article) => {
            format!("{} is {definition}.", capitalised(&with_article(way.word)))
        }
        PartOfSpeech::Noun if way.article == "the" && way.asked == way.word => {
            format!("The {} is {definition}.", way.word)
        }
        _ => format!("{} means {definition}.", capitalised(way.word)),
    }
}

fn with_article(word: &str) -> String {
    let vowel = word.starts_with(['a', 'e', 'i', 'o', 'u']);
    // Words that are written with one sound and said with another.
    let said_otherwise =
        ["uni", "use", "usu", "uten", "eu", "one", "once", "hour", "honest", "honor", "heir"];
    let swapped = said_otherwise.iter().any(|start| word.starts_with(start))
        && !word.starts_with("unin")
        && !word.starts_with("unim");
    format!("{} {word}", if vowel == swapped { "a" } else { "an" })
}

/// With a capital at the beginning.
pub fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// "a, b, and c".
pub fn enumerated(words: &[String], joint: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [one, two] => format!("{one} {joint} {two}"),
        [before @ .., last] => format!("{}, {joint} {last}", before.join(", ")),
    }
}

/// A small number in words, a larger one in digits.
pub fn number(count: usize) -> String {
    const NAMES: [&str; 11] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    NAMES.get(count).map_or_else(|| count.to_string(), |name| (*name).to_owned())
}

/// "three syllables", "one letter".
pub fn named(count: usize, what: &str) -> String {
    format!("{} {what}{}", number(count), if count == 1 { "" } else { "s" })
}

/// "a noun", "an adverb".
pub fn one_of(pos: PartOfSpeech) -> String {
    with_article(pos.as_str())
}

/// What a part of speech does.
pub fn grammar(pos: PartOfSpeech) -> &'static str {
    match pos {
        PartOfSpeech::Noun => "A noun names a person, a place, a thing, or an idea.",
        PartOfSpeech::Verb => "A verb tells what someone or something does or is.",
        PartOfSpeech::Adjective => "An adjective describes a noun.",
        PartOfSpeech::Adverb => "An adverb describes a verb, an adjective, or another adverb.",
    }
}

#[cfg(test)]
mod tests {
    use super::{Way, meaning, number, with_article};
    use iseetutor_lexicon::PartOfSpeech::{Adjective, Noun, Verb};

    #[test]
    fn definitions_become_sentences() {
        for (article, word, pos, definition, said) in [
            ("", "abandon", Verb, "to leave behind", "To abandon means to leave behind."),
            ("to", "abandon", Verb, "forsake, leave behind", "To abandon means to forsake, leave behind."),
            ("a", "volcano", Noun, "a vent", "A volcano is a vent."),
            ("a", "oasis", Noun, "a green place", "An oasis is a green place."),
            ("", "courage", Noun, "a quality", "Courage means a quality."),
            ("the", "sun", Noun, "a star", "The sun is a star."),
            ("", "absurd", Adjective, "silly", "Absurd means silly."),
        ] {
            assert_eq!(meaning(&Way { article, asked: word, word, pos }, definition), said);
        }
        for (word, article) in
            [("hour", "an hour"), ("unicorn", "a unicorn"), ("umbrella", "an umbrella"), ("dog", "a dog")]
        {
            assert_eq!(with_article(word), article);
        }
        assert_eq!((number(3), number(12)), ("three".to_owned(), "12".to_owned()));
    }
}
