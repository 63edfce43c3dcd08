//! How the two quantities of a comparison compare.

use super::text::Text;

/// Words that compare.
const MORE: [&str; 10] =
    ["greater", "bigger", "larger", "more", "higher", "less", "smaller", "lower", "fewer", "wins"];

/// Whether it is said, not asked, how the columns compare.
pub(super) fn compared(text: &Text<'_>) -> bool {
    if !text.ask.comparison {
        return false;
    }
    sentences(text).into_iter().any(|(words, question)| match text.item.key {
        0 | 1 => !question && greater(text, &words),
        2 => !question && equal(&words),
        _ => !question && undetermined(&words),
    })
}

/// The sentences in words, and whether each asks.
fn sentences<'t>(text: &'t Text<'_>) -> Vec<(Vec<&'t str>, bool)> {
    let mut all = Vec::new();
    let mut sentence = Vec::new();
    for word in &text.raw {
        sentence.push(word.lower.as_str());
        if matches!(word.after, '.' | '?' | '!') {
            let question = word.after == '?' && asks(&sentence);
            all.push((std::mem::take(&mut sentence), question));
        }
    }
    if !sentence.is_empty() {
        all.push((sentence, false));
    }
    all
}

fn asks(words: &[&str]) -> bool {
    let first = words.iter().find(|word| !matches!(**word, "so" | "and" | "now" | "well" | "but" | "then"));
    matches!(
        first,
        Some(
            &("is"
                | "are"
                | "does"
                | "do"
                | "could"
                | "can"
                | "would"
                | "which"
                | "what"
                | "how"
                | "when"
                | "will")
        )
    )
}

/// "Column A is greater", "A > B", "the first column has more", or the same of the quantities themselves.
fn greater(text: &Text<'_>, words: &[&str]) -> bool {
    let compares = words.iter().any(|word| MORE.contains(word))
        || text.raw.iter().any(|word| matches!(word.after, '>' | '<'));
    let named = words.windows(2).any(|two| {
        matches!(two[0], "column" | "quantity") && matches!(two[1], "a" | "b")
            || matches!(two[0], "first" | "second") && matches!(two[1], "column" | "quantity")
    });
    let letter = text.raw.iter().enumerate().any(|(at, word)| {
        let stands = word.text == "B" || (word.text == "A" && super::letters::ends(&text.raw, at));
        stands && words.contains(&word.lower.as_str())
    });
    let whole = both_quantities(text);
    compares && (named || letter || whole)
}

/// Whether both quantities are written out in a text that compares.
fn both_quantities(text: &Text<'_>) -> bool {
    let columns: Vec<Vec<String>> = text
        .item
        .stem
        .lines()
        .filter_map(|line| line.strip_prefix("Column A: ").or_else(|| line.strip_prefix("Column B: ")))
        .map(crate::answer::hear::words)
        .collect();
    columns.len() == 2
        && columns.iter().all(|column| {
            column.len() > 1 && text.words.windows(column.len()).any(|window| window == column.as_slice())
        })
}

/// "they are equal", "both come to 12", "a tie".
fn equal(words: &[&str]) -> bool {
    let says = |word: &str| words.contains(&word);
    let tie = ["tie", "tied", "identical", "match", "matches", "neither", "equals", "alike"];
    if words.iter().any(|word| tie.contains(word)) || words.last() == Some(&"even") {
        return true;
    }
    // "All four sides of a square are equal" is about a figure.
    let parts =
        ["sides", "side", "angle", "angles", "legs", "parts", "pieces", "edges", "faces", "ones", "shares"];
    if words.iter().any(|word| parts.contains(word)) {
        return false;
    }
    let both = says("both") && words.iter().any(|word| matches!(*word, "come" | "make" | "equal" | "give"));
    let last = words.iter().position(|word| *word == "equal" || *word == "same").is_some_and(|at| {
        let next = words.get(at + 1).copied().unwrap_or("");
        // "a value equal to it".
        if at > 0 && matches!(words[at - 1], "value" | "number" | "amount") {
            return false;
        }
        next.is_empty() || matches!(next, "to" | "as" | "because" | "and" | "so" | "value" | "amount")
    });
    both || last
}

/// "it cannot be determined", "it depends".
fn undetermined(words: &[&str]) -> bool {
    let says = |word: &str| words.contains(&word);
    let not =
        says("not") || says("cannot") || says("can't") || says("no") || says("isn't") || says("impossible");
    (not && (says("determined") || says("tell") || says("know") || says("information") || says("determine")))
        || says("depends")
        || says("undetermined")
        || (says("sometimes") && (MORE.iter().any(|more| says(more)) || says("equal")))
}
