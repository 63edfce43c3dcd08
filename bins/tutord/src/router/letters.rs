//! Questions about the letters of a word.

use super::asked::{About, WordQuestion};
use super::wording::subject;

/// The question about the letters of a word that a text is, if it is one.
pub fn read(text: &str) -> Option<WordQuestion> {
    doubled(text).or_else(|| how_many(text))
}

/// "is it two c's in necessary", "does balloon have two l's", "is there one l or two in until".
fn doubled(text: &str) -> Option<WordQuestion> {
    let letter = |word: &str| {
        let mut chars = word.strip_suffix("'s").unwrap_or(word).chars();
        chars.next().filter(|c| c.is_alphabetic() && chars.next().is_none())
    };
    let question = |one: char, word: &str| {
        let (word, ..) = subject(word)?;
        Some(WordQuestion { about: About::Letters(Some(one)), word })
    };
    let counts = ["one", "two", "or", "double", "only", "1", "2"];
    if let Some((word, rest)) = text.strip_prefix("does ").and_then(|rest| rest.split_once(" have ")) {
        let mut counted = rest.split(' ');
        counted.next().filter(|count| counts.contains(count))?;
        return counted.next().and_then(letter).and_then(|one| question(one, word));
    }
    let rest = ["is it ", "is there ", "are there "].iter().find_map(|head| text.strip_prefix(head))?;
    let (counted, word) = rest.split_once(" in ")?;
    let mut others = counted.split(' ').filter(|word| !counts.contains(word)).map(letter);
    let one = others.next()??;
    if !others.all(|other| other == Some(one)) {
        return None;
    }
    question(one, word)
}

/// "how many l's are in balloon", "how many letters does Mississippi have".
fn how_many(text: &str) -> Option<WordQuestion> {
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
