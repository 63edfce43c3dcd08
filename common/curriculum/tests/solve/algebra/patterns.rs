//! Patterns and sequences: every rule of a family is tried, and sequences are written out term by term.

use super::super::Solver;
use super::super::read::{Frac, Seen, find, number, numbers, re};

pub const SOLVERS: &[(&str, Solver)] = &[
    ("pattern-next-number", next_number),
    ("pattern-missing-number", missing_number),
    ("pattern-rule", rule),
    ("growing-design", growing),
    ("arithmetic-sequence-term", arithmetic),
    ("arithmetic-sequence-position", position),
    ("geometric-sequence-term", geometric),
];

fn steady(terms: &[Frac]) -> bool {
    terms.windows(3).all(|t| t[2].minus(t[1]) == t[1].minus(t[0]))
}

fn factor(terms: &[Frac]) -> bool {
    terms.windows(3).all(|t| t[2].times(t[0]) == t[1].times(t[1]))
}

fn growing_gaps(terms: &[Frac]) -> bool {
    let gaps: Vec<Frac> = terms.windows(2).map(|t| t[1].minus(t[0])).collect();
    steady(&gaps)
}

fn next_number(seen: &Seen) -> Option<usize> {
    let terms = numbers(seen.stem);
    assert_eq!(terms.len(), 5, "{}", seen.stem);
    for family in [steady, factor, growing_gaps] {
        if family(&terms) {
            return seen.only(|choice| {
                let mut all = terms.clone();
                all.extend(number(choice));
                family(&all)
            });
        }
    }
    None
}

fn missing_number(seen: &Seen) -> Option<usize> {
    seen.only(|choice| {
        let filled = numbers(&seen.stem.replace("____", choice));
        filled.len() == 6 && (steady(&filled) || factor(&filled))
    })
}

fn rule(seen: &Seen) -> Option<usize> {
    let terms = numbers(seen.stem);
    seen.only(|choice| {
        terms.windows(2).all(|pair| {
            let mut value = pair[0];
            for step in choice.to_lowercase().split(", then ") {
                let by = numbers(step)[0];
                value = match step.split(' ').next().unwrap() {
                    "add" => value.plus(by),
                    "subtract" => value.minus(by),
                    _ => value.times(by),
                };
            }
            value == pair[1]
        })
    })
}

/// "thirteenth" up to twelfth as words, then digits.
pub fn place(text: &str) -> Option<i128> {
    const WORDS: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
        "eleventh", "twelfth",
    ];
    if let Some(found) = re(r"(\d+)(?:st|nd|rd|th)\b").captures(text) {
        return found[1].parse().ok();
    }
    (1..).zip(WORDS).filter(|(_, word)| text.contains(word)).map(|(at, _)| at).last()
}

/// The sentence that asks.
fn question(text: &str) -> &str {
    text.trim_end_matches('?').rsplit(". ").next().unwrap()
}

fn walk(mut value: Frac, at: i128, step: impl Fn(Frac) -> Frac) -> Frac {
    for _ in 1..at {
        value = step(value);
    }
    value
}

fn growing(seen: &Seen) -> Option<usize> {
    let (first, gap) = if let Some(n) =
        find(seen.stem, r"first \w+ (?:takes|has) {N} \w+, the second (?:takes|has) {N} \w+")
    {
        (n[0], n[1].minus(n[0]))
    } else {
        let n = find(seen.stem, r"has {N} (?:tiles|chairs)[.,].*? has {N} more")?;
        (n[0], n[1])
    };
    let at =
        find(question(seen.stem), r"Figure {N}").map(|n| n[0].0).or_else(|| place(question(seen.stem)))?;
    seen.worth(walk(first, at, |value| value.plus(gap)))
}

fn arithmetic(seen: &Seen) -> Option<usize> {
    let at = place(question(seen.stem))?;
    let (first, gap) =
        if let Some(n) = find(seen.stem, r"first term of a sequence is {N}, .* is {N} (?:more|less)") {
            (n[0], if seen.stem.contains(" less than") { Frac(0, 1).minus(n[1]) } else { n[1] })
        } else if let Some(n) = find(seen.stem, r"saves {N}\. .* saves {N} more") {
            (n[0], n[1])
        } else {
            let n = numbers(seen.stem);
            assert!(steady(&n[..4]));
            (n[0], n[1].minus(n[0]))
        };
    let at =
        if seen.stem.starts_with("In the arithmetic") { place(seen.stem.rsplit(", ").next()?)? } else { at };
    seen.worth(walk(first, at, |value| value.plus(gap)))
}

fn position(seen: &Seen) -> Option<usize> {
    let n = numbers(seen.stem);
    let (first, gap, aim) = if seen.stem.contains("stadium") {
        let n = find(seen.stem, r"has {N} seats, and every row has {N} more .* that has {N} seats")?;
        (n[0], n[1], n[2])
    } else if seen.stem.contains("counts by") {
        let n = find(seen.stem, r"first number is {N} and the second is {N}\. .* does {N} have")?;
        (n[0], n[1].minus(n[0]), n[2])
    } else {
        (n[0], n[1].minus(n[0]), *n.last()?)
    };
    seen.only(|choice| {
        number(choice)
            .is_some_and(|at| at.0 > 0 && at.0 < 2_000 && walk(first, at.0, |value| value.plus(gap)) == aim)
    })
}

fn geometric(seen: &Seen) -> Option<usize> {
    let times = |word: &str| match word {
        "twice" => Frac(2, 1),
        "three times" => Frac(3, 1),
        _ => Frac(4, 1),
    };
    let word =
        re(r"(twice|three times|four times) as many").captures(seen.stem).map(|found| times(&found[1]));
    let (first, by, at) = if let Some(n) = find(seen.stem, r"starts with {N} cells.* after {N} hours") {
        (n[0], word?, n[1].0 + 1)
    } else if let Some(n) = find(seen.stem, r"had {N} views.* on day {N}\?") {
        (n[0], word?, n[1].0)
    } else if let Some(n) = find(seen.stem, r"sequence is {N}, .* multiplied by {N}\.") {
        (n[0], n[1], place(question(seen.stem))?)
    } else {
        let n = numbers(seen.stem);
        assert!(factor(&n[..3]));
        (n[0], n[1].over(n[0]), place(seen.stem.rsplit(", ").next()?)?)
    };
    seen.worth(walk(first, at, |value| value.times(by)))
}
