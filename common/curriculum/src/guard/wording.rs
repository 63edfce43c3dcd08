//! The right choice by its words, and the others named so that it alone is left.

use std::collections::BTreeSet;

use iseetutor_numbers::Rational;

use super::letters;
use super::text::Text;
use crate::answer::ask::Unit;
use crate::answer::wording::{is_small, is_weak, stem};

/// Stems of the words by which a choice is told from the others and from the question.
pub(super) fn telling(text: &Text<'_>, choice: usize) -> BTreeSet<String> {
    let words = |at: usize| -> BTreeSet<String> {
        text.ask.words[at]
            .iter()
            .filter(|word| word.chars().count() > 2 && !is_small(word))
            .filter(|word| !is_weak(word) && !is_weak(&stem(word)))
            .filter(|word| iseetutor_numbers::parse(word).is_none())
            .map(|word| form(word))
            .collect()
    };
    let all: Vec<BTreeSet<String>> = (0..4).map(words).collect();
    let shared = |word: &String| all.iter().all(|choice| choice.contains(word));
    let asked: BTreeSet<String> =
        crate::answer::hear::words(&text.item.stem).iter().map(|word| form(word)).collect();
    all[choice].iter().filter(|word| !shared(word) && !asked.contains(*word)).cloned().collect()
}

/// Endings that make another form of a word.
const ENDINGS: [&str; 29] = [
    "ly", "li", "ness", "er", "ier", "est", "iest", "ing", "ed", "s", "es", "y", "i", "d", "n", "er's", "en",
    "ful", "less", "able", "ment", "ion", "iv", "ive", "tiv", "al", "ity", "ous", "ation",
];

/// A word's stem, with "y" and "i" as one.
fn form(word: &str) -> String {
    let stem = stem(word);
    stem.strip_suffix('y').map_or(stem.clone(), |rest| format!("{rest}i"))
}

/// Whether a word is a form of another: "thriftily" of "thrifty", "soaking" of "soak".
pub(super) fn is_form(said: &str, own: &str) -> bool {
    if said == own {
        return true;
    }
    // "weakness" of "weaken", "thrift" of "thrifty".
    const GENERAL: [&str; 8] = ["read", "part", "line", "text", "look", "find", "word", "even"];
    let shared: String = said.chars().zip(own.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect();
    let ends = |word: &str| {
        let rest = &word[shared.len()..];
        rest.is_empty() || ENDINGS.contains(&rest)
    };
    if shared.chars().count() >= 4 && ends(said) && ends(own) && !GENERAL.contains(&said) && !is_small(said) {
        return true;
    }
    if own.chars().count() >= 3 && said.strip_prefix(own).is_some_and(|rest| ENDINGS.contains(&rest)) {
        return true;
    }
    let shared = said.chars().zip(own.chars()).take_while(|(a, b)| a == b).count();
    let (length, long) = (own.chars().count(), said.chars().count());
    shared >= 4 && shared * 4 >= length * 3 && long <= length + 5 && shared + 2 >= length.min(long)
}

fn says_form(text: &Text<'_>, own: &str) -> bool {
    let written = own.strip_suffix('i').map(|start| format!("{start}y"));
    text.words.iter().any(|word| {
        let longer =
            |own: &String| word.strip_prefix(own.as_str()).is_some_and(|rest| ENDINGS.contains(&rest));
        is_form(&form(word), own) || written.as_ref().is_some_and(longer)
    })
}

/// Whether the right choice is told by its words.
pub(super) fn told(text: &Text<'_>) -> bool {
    whole(text) || formula(text) || by_words(text)
}

/// The choice's whole text.
fn whole(text: &Text<'_>) -> bool {
    let units = &text.ask.texts[text.item.key];
    let plain: Vec<&Unit> = units.iter().filter(|unit| **unit != Unit::Joint).collect();
    if plain.is_empty() || text.ask.comparison {
        return false;
    }
    let stem = crate::answer::hear::hear(&text.item.stem);
    let holds = |heard: &[crate::answer::hear::Word]| {
        (0..heard.len()).any(|at| {
            text.ask.text_at(heard, at).is_some_and(|(choices, _)| choices.contains(&text.item.key))
        })
    };
    if !holds(&text.heard) {
        return false;
    }
    // A question that lists its choices: one of them alone is pointed at.
    let named = |heard: &[crate::answer::hear::Word], choice: usize| {
        (0..heard.len())
            .any(|at| text.ask.text_at(heard, at).is_some_and(|(choices, _)| choices.contains(&choice)))
    };
    let listed = (0..4).all(|choice| named(&stem, choice));
    let others = (0..4).filter(|at| *at != text.item.key).any(|choice| named(&text.heard, choice));
    !holds(&stem) || (listed && !others)
}

/// The numbers and letters of an expression close together, in any order.
fn formula(text: &Text<'_>) -> bool {
    let units = &text.ask.texts[text.item.key];
    let numbers: Vec<Rational> = units
        .iter()
        .filter_map(|unit| if let Unit::Number(value) = unit { Some(*value) } else { None })
        .collect();
    let letters: Vec<&str> = units
        .iter()
        .filter_map(|unit| match unit {
            Unit::Word(word) if word.chars().count() == 1 || word == "squared" || word == "cubed" => {
                Some(word.as_str())
            }
            _ => None,
        })
        .collect();
    if numbers.is_empty() || letters.is_empty() || numbers.len() + letters.len() < 3 {
        return false;
    }
    let width = units.len() + 4;
    (0..text.words.len()).any(|at| {
        let end = (at + width).min(text.words.len());
        let inside = &text.words[at..end];
        let number = |value: &Rational| {
            text.found.iter().any(|found| found.from >= at && found.to <= end && found.value == *value)
                || (*value == Rational::whole(2)
                    && inside.iter().any(|word| word == "twice" || word == "double"))
        };
        numbers.iter().all(number) && letters.iter().all(|letter| inside.iter().any(|word| word == letter))
    })
}

/// The words that tell the choice from the others, or forms of them.
fn by_words(text: &Text<'_>) -> bool {
    if text.ask.comparison {
        return false;
    }
    let own = telling(text, text.item.key);
    let said: BTreeSet<&String> = own.iter().filter(|word| says_form(text, word)).collect();
    let enough = match own.len() {
        0 => return false,
        1 | 2 => 1,
        many => many.div_ceil(2).min(3),
    };
    let alone = (0..4).filter(|at| *at != text.item.key).all(|at| {
        let other = telling(text, at);
        !said.iter().all(|word| other.iter().any(|one| is_form(one, word)))
    });
    said.len() >= enough && alone
}

/// Whether every other choice is named.
pub(super) fn others_named(text: &Text<'_>) -> bool {
    let others = (0..4).filter(|at| *at != text.item.key);
    let listed = others.clone().all(|at| (0..text.raw.len()).any(|word| is_listed(text, word, at)));
    listed || (!text.ask.comparison && others.clone().all(|at| is_named(text, at)) && !weighs(text))
}

/// A letter in a list of letters: "A, C, or D".
fn is_listed(text: &Text<'_>, at: usize, choice: usize) -> bool {
    let word = &text.raw[at];
    let own = crate::item::letter(choice).to_string();
    let near = |at: usize| {
        text.raw.get(at).is_some_and(|word| {
            matches!(word.text.as_str(), "B" | "C" | "D" | "A" | "or" | "nor" | "and" | "not")
        })
    };
    word.text == own
        && (near(at + 1) || at.checked_sub(1).is_some_and(near) || letters::is_letter(text, at, choice))
}

/// Whether a choice is named by its value or its words.
fn is_named(text: &Text<'_>, choice: usize) -> bool {
    if let Some(amount) = &text.ask.amounts[choice] {
        return !text.is_given(amount.value) && text.found.iter().any(|found| found.value == amount.value);
    }
    if let crate::exact::Meaning::Tuple(values) = &text.item.choices[choice].meaning {
        return values.iter().all(|value| text.found.iter().any(|found| found.value == *value));
    }
    let own = telling(text, choice);
    let all: Vec<BTreeSet<String>> = (0..4).filter(|at| *at != choice).map(|at| telling(text, at)).collect();
    let alone = |word: &String| !all.iter().any(|other| other.contains(word));
    let said: Vec<&String> = own.iter().filter(|word| says_form(text, word)).collect();
    said.iter().any(|word| alone(word)) || (!own.is_empty() && said.len() == own.len())
}

/// Whether a text asks about things or takes them together, and puts none of them aside.
fn weighs(text: &Text<'_>) -> bool {
    let aside = text.words.iter().any(|word| {
        crate::answer::wording::is_negative(word)
            || matches!(word.as_str(), "wrong" | "out" | "eliminate" | "except" | "but" | "forget" | "false")
    });
    let together = text.says("all do") || text.says("all have") || text.says("in common");
    let asks = text.raw.last().is_some_and(|word| word.after == '?')
        && !text.raw.iter().any(|word| matches!(word.after, '.' | '!'));
    !aside && (together || (asks && !text.ask.numeric()))
}
