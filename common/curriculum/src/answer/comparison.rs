//! The fixed choices of a comparison: "column A is greater", "they are equal", "it cannot be determined".

/// What was said about the two quantities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// This choice.
    Choice(usize),
    /// Perhaps this choice.
    Perhaps(usize),
}

/// A saying at the beginning of some words, and how many it takes.
pub(super) fn at(words: &[&str]) -> Option<(Said, usize)> {
    undetermined(words).or_else(|| equal(words)).or_else(|| greater(words))
}

/// "column A", "the first quantity", "a": which of the two, how many words, and whether it was only a letter.
fn column(words: &[&str]) -> Option<(usize, usize, bool)> {
    let letter = |word: &str| ["a", "b"].iter().position(|letter| *letter == word);
    match words {
        ["the", rest @ ..] => {
            column(rest).filter(|(_, _, bare)| !bare).map(|(at, used, bare)| (at, used + 1, bare))
        }
        ["quantity", "in", rest @ ..] => {
            column(rest).filter(|(_, _, bare)| !bare).map(|(at, used, bare)| (at, used + 2, bare))
        }
        ["column" | "quantity", "is", ..] => None,
        ["column" | "quantity", word, ..] => letter(word).map(|at| (at, 2, false)),
        ["first", "column" | "quantity", ..] => Some((0, 2, false)),
        ["second", "column" | "quantity", ..] => Some((1, 2, false)),
        [word, ..] => letter(word).map(|at| (at, 1, true)),
        [] => None,
    }
}

/// "A is greater than B", "column B".
fn greater(words: &[&str]) -> Option<(Said, usize)> {
    let (which, mut used, bare) = column(words)?;
    let is = |at: usize, any: &[&str]| words.get(at).is_some_and(|word| any.contains(word));
    let verb = used + usize::from(is(used, &["is", "are"]));
    if is(verb, &["less", "smaller", "lower", "equal", "equals", "the"])
        || is(used, &["equals"])
        || is(verb, &["not"])
    {
        return Some((Said::Perhaps(which), verb + 1));
    }
    if is(verb, &["greater", "bigger", "larger", "more", "higher"]) {
        used = verb + 1;
        if is(used, &["than"]) {
            let (other, more, _) = column(words.get(used + 1..)?)?;
            if other == which {
                return None;
            }
            used += 1 + more;
        }
        return Some((Said::Choice(which), used));
    }
    (!bare).then_some((Said::Choice(which), used))
}

/// "they are equal", "both the same", "column A equals column B".
fn equal(words: &[&str]) -> Option<(Said, usize)> {
    if let Some((first, used, _)) = column(words) {
        let joint = usize::from(words.get(used).is_some_and(|word| matches!(*word, "is" | "and")));
        let verb = used + joint;
        let and = words.get(used) == Some(&"and");
        let second = |at: usize| words.get(at..).and_then(column).filter(|(other, _, _)| *other != first);
        if and {
            let (_, more, _) = second(verb)?;
            let rest = words.get(verb + more..)?;
            return is_equal(rest).map(|(said, used)| (said, verb + more + used));
        }
        let to = match words.get(verb..)? {
            ["equal" | "equals", "to", ..] => verb + 2,
            ["equals" | "equal", ..] => verb + 1,
            ["the", "same", "as", ..] => verb + 3,
            _ => return None,
        };
        return second(to).map(|(_, more, _)| (Said::Choice(2), to + more));
    }
    is_equal(words)
}

fn is_equal(words: &[&str]) -> Option<(Said, usize)> {
    const BEFORE: [&str; 9] = ["they", "both", "the", "two", "2", "quantities", "columns", "are", "is"];
    let before = words.iter().take_while(|word| BEFORE.contains(word)).count();
    match words.get(before..)? {
        ["equal" | "equals" | "same" | "even", ..] => Some((Said::Choice(2), before + 1)),
        _ => None,
    }
}

/// "it cannot be determined", "not enough information", "you can't tell", "it depends".
fn undetermined(words: &[&str]) -> Option<(Said, usize)> {
    const SAYINGS: [&str; 13] = [
        "can not be determined from the information given",
        "can not be determined from the information",
        "can not be determined",
        "could not be determined",
        "can not be known",
        "there is not enough information",
        "not enough information",
        "not enough info",
        "impossible to tell",
        "it depends",
        "undetermined",
        "can not determine",
        "no way to tell",
    ];
    const BEFORE: [&str; 5] = ["the", "relationship", "it", "you", "there"];
    let after = |saying: &str, from: usize| {
        let saying: Vec<&str> = saying.split(' ').collect();
        words.get(from..).is_some_and(|rest| rest.starts_with(&saying)).then_some(from + saying.len())
    };
    let before = words.iter().take_while(|word| BEFORE.contains(word)).count();
    let choice = (0..=before)
        .flat_map(|from| SAYINGS.iter().map(move |saying| (saying, from)))
        .find_map(|(saying, from)| after(saying, from));
    if let Some(used) = choice {
        return Some((Said::Choice(3), used));
    }
    match words {
        ["you" | "we", "can" | "could", "not", "tell" | "know", ..] => Some((Said::Choice(3), 4)),
        ["i", "can", "not", "tell", ..] => Some((Said::Perhaps(3), 4)),
        _ => None,
    }
}
