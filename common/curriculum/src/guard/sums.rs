//! The right choice by a calculation: "ten plus six", "one more than 15", "between 15 and 17".

use iseetutor_numbers::Rational;

use super::text::{Found, Text};

/// Whether a calculation comes to the right choice with numbers that are not the question's own.
pub(super) fn come_to_it(text: &Text<'_>) -> bool {
    let Some(key) = text.key() else { return false };
    // Numbers of the question, or numbers that one hint or one step of the solution puts together.
    let own = |operands: &[Rational]| {
        operands.iter().all(|one| text.is_given(*one) || text.steps.contains(one))
            || text.worked.iter().any(|step| operands.iter().all(|one| step.contains(one)))
    };
    (0..text.found.len()).any(|at| {
        let found = &text.found[at];
        one(text, found).is_some_and(|value| value == key && !own(&[found.value]))
            || chain(text, at)
                .into_iter()
                .chain(told_first(text, at))
                .any(|(value, operands)| value == key && !own(&operands))
            || heap(text, found).is_some_and(|(value, other)| value == key && !own(&[found.value, other]))
            || (is_told(text, found) && chain(text, at).iter().any(|(value, _)| *value == key))
            || between(text, at, key)
    })
}

/// "twice 8", "double six", "half of 24", "the square of 4".
fn one(text: &Text<'_>, found: &Found) -> Option<Rational> {
    let back = |by: usize| found.from.checked_sub(by).map_or("", |at| text.word(at));
    let before = (1..=4)
        .map(back)
        .find(|word| !matches!(*word, "of" | "as" | "the" | "a" | "much" | "many" | "big" | "large"))?;
    let by = |above: i128, below: i128| found.value.checked_mul(Rational::new(above, below)?);
    match before {
        "twice" | "double" | "doubling" | "doubled" => by(2, 1),
        "triple" | "thrice" => by(3, 1),
        "half" | "halve" | "halving" => by(1, 2),
        "quarter" => by(1, 4),
        "square" => found.value.checked_mul(found.value),
        "cube" => found.value.checked_mul(found.value).and_then(|square| square.checked_mul(found.value)),
        "third" => by(1, 3),
        "before" | "precedes" | "preceding" | "under" => {
            alone(text, found).and(by(1, 1)?.checked_sub(Rational::ONE))
        }
        "after" | "follows" | "following" | "past" => {
            alone(text, found).and(by(1, 1)?.checked_add(Rational::ONE))
        }
        "root" => found.value.root(2),
        "opposite" | "minus" | "negative" => found.value.checked_neg(),
        _ if text.word(found.to) == "squared" => found.value.checked_mul(found.value),
        _ => None,
    }
}

/// Whether a calculation is said to be the answer: "it is 36 minus 24".
fn is_told(text: &Text<'_>, found: &Found) -> bool {
    let back = |by: usize| found.from.checked_sub(by).map_or("", |at| text.word(at));
    matches!(back(1), "is" | "equals") && matches!(back(2), "it" | "answer" | "result" | "x" | "total")
}

/// "three eights".
fn heap(text: &Text<'_>, found: &Found) -> Option<(Rational, Rational)> {
    const PLURALS: [&str; 11] = [
        "twos", "threes", "fours", "fives", "sixes", "sevens", "eights", "nines", "tens", "elevens",
        "twelves",
    ];
    let at = PLURALS.iter().position(|plural| *plural == text.word(found.to))?;
    let other = Rational::whole(i128::try_from(at).ok()? + 2);
    Some((found.value.checked_mul(other)?, other))
}

/// Whether a text works out a value from known ones: "70 + 80 = 150".
pub(super) fn is_shown(text: &Text<'_>, value: Rational, known: &[Rational]) -> bool {
    (0..text.found.len()).any(|at| {
        chain(text, at)
            .iter()
            .any(|(result, operands)| *result == value && operands.iter().all(|one| known.contains(one)))
    })
}

/// "the number right before 37": nothing counts how far before it is.
fn alone(text: &Text<'_>, found: &Found) -> Option<()> {
    let near = |other: &Found| other.to <= found.from && found.from - other.to <= 4;
    (!text.found.iter().any(near)).then_some(())
}

/// "add 7 to 9", "subtract 4 from 20", "the sum of 7 and 9", "a third of 108".
fn told_first(text: &Text<'_>, at: usize) -> Option<(Rational, Vec<Rational>)> {
    let (a, b) = (text.found.get(at)?, text.found.get(at + 1)?);
    let start = a.from.saturating_sub(5);
    let before: Vec<&str> = (start..a.from).map(|at| text.word(at)).collect();
    let joint = (a.to..b.from)
        .map(|at| text.word(at))
        .find(|word| matches!(*word, "to" | "from" | "by" | "and" | "with" | "of"))?;
    if b.from - a.to > 3 {
        return None;
    }
    let says = |any: &[&str]| before.iter().any(|word| any.contains(word));
    let part = a.value.denominator() > 1 || a.percent;
    let value = match joint {
        "of" if part => {
            let share = if a.percent { a.value.checked_div(Rational::whole(100))? } else { a.value };
            share.checked_mul(b.value)?
        }
        "to" | "and" | "with" if says(&["add", "sum", "adding", "total", "together", "put", "combine"]) => {
            a.value.checked_add(b.value)?
        }
        "from" if says(&["subtract", "take", "subtracting", "taking", "minus"]) => {
            b.value.checked_sub(a.value)?
        }
        "and" | "by" | "with" if says(&["multiply", "product", "multiplying", "times"]) => {
            a.value.checked_mul(b.value)?
        }
        "and" if says(&["difference"]) => {
            let difference = a.value.checked_sub(b.value)?;
            if difference.is_negative() { difference.checked_neg()? } else { difference }
        }
        "and" | "by" if says(&["divide", "quotient", "dividing"]) => a.value.checked_div(b.value)?,
        _ => return None,
    };
    Some((value, vec![a.value, b.value]))
}

/// The results of a calculation that begins with a number, step by step, with the numbers in it.
fn chain(text: &Text<'_>, start: usize) -> Vec<(Rational, Vec<Rational>)> {
    let mut value = text.found[start].value;
    let mut operands = vec![value];
    let mut results = Vec::new();
    for two in text.found[start..].windows(2) {
        // A number that is read with its sign ("20 minus 4") is taken apart.
        let mut between: Vec<&str> = (two[0].to..two[1].from).map(|at| text.word(at)).collect();
        let mut next = two[1].value;
        if matches!(text.word(two[1].from), "minus" | "negative") && between.is_empty() {
            between.push("minus");
            next = next.checked_neg().unwrap_or(next);
        }
        if text.word(two[1].from) == "plus" && between.is_empty() {
            between.push("plus");
        }
        let Some(result) = apply(value, &between, next) else { break };
        operands.push(next);
        value = result;
        results.push((value, operands.clone()));
    }
    results
}

fn apply(a: Rational, between: &[&str], b: Rational) -> Option<Rational> {
    let words: Vec<&str> = between
        .iter()
        .copied()
        .filter(|word| {
            !matches!(
                *word,
                "by" | "a" | "the" | "cm" | "eggs" | "is" | "then" | "of" | "degrees" | "dollars"
            )
        })
        .collect();
    match words[..] {
        ["plus" | "and" | "added"] | ["added", "to"] | ["and", "then" | "another"] => a.checked_add(b),
        ["minus"] | ["take", "away"] | ["without"] => a.checked_sub(b),
        ["times" | "x" | "multiplied"] => a.checked_mul(b),
        ["divided" | "over"] => a.checked_div(b),
        ["more", "than"] | ["after" | "above"] | ["greater" | "bigger", "than"] => a.checked_add(b),
        ["less" | "fewer" | "smaller", "than"] | ["before" | "below" | "under"] => b.checked_sub(a),
        _ => None,
    }
}

/// "between 15 and 17", where only one whole number is.
fn between(text: &Text<'_>, at: usize, key: Rational) -> bool {
    let (Some(first), Some(second)) = (text.found.get(at), text.found.get(at + 1)) else { return false };
    let said = first.from.checked_sub(1).is_some_and(|before| text.word(before) == "between");
    let one = Rational::ONE;
    let gap = key.checked_sub(one) == Some(first.value) && key.checked_add(one) == Some(second.value);
    said && gap && !(text.is_given(first.value) && text.is_given(second.value))
}
