//! What was said as plain words: signs as words, contractions taken apart, noise left out.

use iseetutor_numbers::text;

use crate::speech;

/// Words at most: what follows is no answer any more.
const MOST: usize = 300;

/// A word as it was heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// In lower case, contractions taken apart.
    pub(crate) text: String,
    /// Whether a pause follows: a comma, a full stop, dots.
    pub(crate) pause: bool,
    /// Whether it was a capital A by itself, which is no article.
    pub(crate) capital: bool,
}

/// The words of an utterance or of a choice.
pub(crate) fn hear(said: &str) -> Vec<Word> {
    let spoken = speech::phrase(&signs(&fractions(&without_noise(said))));
    let mut heard: Vec<Word> = Vec::new();
    for part in spoken.split_whitespace().take(MOST) {
        let bare = part.trim_matches(|c: char| !c.is_alphanumeric());
        let words = text::words(part);
        let pause = part.ends_with([',', '.', ';', ':', '!', '?', '\u{2026}', '-', '\u{2014}', '\u{2013}']);
        if words.is_empty() {
            if let Some(last) = heard.last_mut() {
                last.pause |= pause;
            }
            continue;
        }
        for word in words {
            let word = if word == "#" { part.to_lowercase() } else { word };
            heard.extend(apart(&word).split(' ').map(|text| Word {
                text: text.to_owned(),
                pause: false,
                capital: bare == "A",
            }));
        }
        if let Some(last) = heard.last_mut() {
            last.pause = pause;
        }
    }
    joined(heard)
}

/// The words alone.
pub(crate) fn words(said: &str) -> Vec<String> {
    hear(said).into_iter().map(|word| word.text).collect()
}

/// Without what a recogniser writes for noise: `[BLANK_AUDIO]`, `(music)`, `*cough*`.
fn without_noise(said: &str) -> String {
    let mut out = String::with_capacity(said.len());
    let mut rest = said;
    while let Some(at) = rest.find(['[', '(', '*']) {
        let close = match rest[at..].chars().next() {
            Some('[') => ']',
            Some('(') => ')',
            _ => '*',
        };
        let inside = rest[at + 1..].find(close).map(|end| &rest[at + 1..at + 1 + end]);
        let noise = |inside: &&str| {
            inside.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '_' || c == '-')
                && inside
                    .split([' ', '_', '-'])
                    .filter(|word| !word.is_empty())
                    .all(|word| word.chars().count() >= 3)
        };
        let taken = inside.filter(noise).map_or(0, |inside| inside.len() + 2);
        if taken > 0 {
            out.push_str(&rest[..at]);
            out.push(' ');
            rest = &rest[at + taken..];
        } else {
            out.push_str(&rest[..=at]);
            rest = &rest[at + 1..];
        }
    }
    out.push_str(rest);
    out
}

/// Signs that would be lost between words, as signs that are said.
fn signs(said: &str) -> String {
    let said =
        said.replace(">=", "\u{2265}").replace("<=", "\u{2264}").replace("m2", "m²").replace("m3", "m³");
    let chars: Vec<char> = said.chars().collect();
    let digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    let mut out = String::with_capacity(said.len() + 8);
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| chars.get(at)).copied().unwrap_or(' ');
        let spaced = before == ' ' && chars.get(at + 1) == Some(&' ') && digit(at.checked_sub(2));
        let last = chars[..at].iter().rev().find(|c| !c.is_whitespace());
        match c {
            '-' if (digit(Some(at + 1)) || chars.get(at + 1) == Some(&'$')) && !before.is_alphanumeric() => {
                out.push('\u{2212}');
            }
            '-' if spaced || (digit(at.checked_sub(1)) && digit(Some(at + 1))) => out.push('\u{2212}'),
            ':' if digit(at.checked_sub(1)) && digit(Some(at + 1)) => out.push_str(" colon "),
            '(' if last.is_some_and(char::is_ascii_digit) => out.push_str(" paren "),
            '¢' => out.push_str(" cents "),
            '*' => out.push('×'),
            _ => out.push(c),
        }
    }
    out
}

/// Fractions as speech recognition writes some, "21-16s" and "5-8ths", with a slash.
fn fractions(said: &str) -> String {
    let chars: Vec<char> = said.chars().collect();
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let mut out = String::with_capacity(said.len());
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        at += 1;
        let below = chars[at..].iter().take_while(|c| c.is_ascii_digit()).count();
        let ending: String =
            chars[at + below..].iter().take_while(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
        let parts = matches!(ending.as_str(), "s" | "th" | "ths" | "nd" | "nds" | "rd" | "rds");
        if c == '-' && at > 1 && digit(at - 2) && below > 0 && parts {
            out.push('/');
            out.extend(&chars[at..at + below]);
            at += below + ending.chars().count();
        } else {
            out.push(c);
        }
    }
    out
}

/// A contraction taken apart, and spellings made one.
fn apart(word: &str) -> String {
    const WHOLE: [(&str, &str); 40] = [
        ("can't", "can not"),
        ("cant", "can not"),
        ("cannot", "can not"),
        ("won't", "will not"),
        ("wont", "will not"),
        ("dont", "do not"),
        ("didnt", "did not"),
        ("doesnt", "does not"),
        ("isnt", "is not"),
        ("wasnt", "was not"),
        ("couldnt", "could not"),
        ("its", "it is"),
        ("thats", "that is"),
        ("whats", "what is"),
        ("im", "i am"),
        ("lets", "let us"),
        ("let's", "let us"),
        ("theyre", "they are"),
        ("idk", "i do not know"),
        ("dunno", "do not know"),
        ("gonna", "going to"),
        ("wanna", "want to"),
        ("gotta", "got to"),
        ("lemme", "let me"),
        ("gimme", "give me"),
        ("ok", "okay"),
        ("okey", "okay"),
        ("yep", "yes"),
        ("yeah", "yes"),
        ("yup", "yes"),
        ("nope", "no"),
        ("cuz", "because"),
        ("cause", "because"),
        ("coz", "because"),
        ("umm", "um"),
        ("ummm", "um"),
        ("uhh", "uh"),
        ("hm", "hmm"),
        ("pm", "p m"),
        ("am", "am"),
    ];
    if let Some((_, apart)) = WHOLE.iter().find(|(whole, _)| *whole == word) {
        return (*apart).to_owned();
    }
    if word.starts_with("um") && word.trim_start_matches('u').chars().all(|c| c == 'm') {
        return "um".to_owned();
    }
    for (ending, plain) in [
        ("n't", " not"),
        ("'re", " are"),
        ("'ll", " will"),
        ("'ve", " have"),
        ("'d", " would"),
        ("'m", " am"),
    ] {
        if let Some(start) = word.strip_suffix(ending) {
            return format!("{start}{plain}");
        }
    }
    match word.strip_suffix("'s") {
        Some(
            start @ ("it" | "that" | "what" | "he" | "she" | "who" | "there" | "here" | "where" | "how"
            | "answer" | "one"),
        ) => format!("{start} is"),
        _ => word.to_owned(),
    }
}

/// Words that belong together: "per cent", "with a remainder of", "times the quantity".
fn joined(heard: Vec<Word>) -> Vec<Word> {
    const JOINED: [(&[&str], &str); 12] = [
        (&["per", "cent"], "percent"),
        (&["with", "a", "remainder", "of"], "remainder"),
        (&["with", "remainder", "of"], "remainder"),
        (&["with", "a", "remainder"], "remainder"),
        (&["with", "remainder"], "remainder"),
        (&["remainder", "of"], "remainder"),
        (&["times", "the", "quantity"], "paren"),
        (&["open", "parenthesis"], "paren"),
        (&["open", "parentheses"], "paren"),
        (&["parenthesis"], "paren"),
        (&["parentheses"], "paren"),
        (&["all", "together"], "altogether"),
    ];
    let mut out: Vec<Word> = Vec::with_capacity(heard.len());
    let mut at = 0;
    while at < heard.len() {
        let fits = |words: &[&str]| {
            heard.len() >= at + words.len()
                && words.iter().zip(&heard[at..]).all(|(want, word)| *want == word.text)
        };
        let number_before =
            out.last().is_some_and(|word| word.text.starts_with(|c: char| c.is_ascii_digit()));
        let (text, used) = match JOINED.iter().find(|(words, _)| fits(words)) {
            Some((words, one)) => ((*one).to_owned(), words.len()),
            None if heard[at].text == "r" && number_before => ("remainder".to_owned(), 1),
            None => (heard[at].text.clone(), 1),
        };
        let last = &heard[at + used - 1];
        out.push(Word { text, pause: last.pause, capital: heard[at].capital });
        at += used;
    }
    // "three r two": the number before was a word.
    for at in 1..out.len() {
        if out[at].text == "r" && out.get(at + 1).is_some() {
            out[at].text = "remainder".to_owned();
        }
    }
    out
}
