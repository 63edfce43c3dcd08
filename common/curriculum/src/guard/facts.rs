//! Facts about the answer that only the right choice has: "it is even", "it is more than 30", "it ends in 6".

use iseetutor_numbers::Rational;

use super::text::{Found, Text};

/// What the answer is called.
const ANSWER: [&str; 12] = [
    "it",
    "answer",
    "result",
    "total",
    "number",
    "choice",
    "value",
    "sum",
    "product",
    "difference",
    "quotient",
    "this",
];

/// Whether a fact is told that only the right choice has among the four.
pub(super) fn only_one_fits(text: &Text<'_>) -> bool {
    let values: Vec<Option<Rational>> =
        text.ask.amounts.iter().map(|amount| amount.as_ref().map(|amount| amount.value)).collect();
    let Some(values) = values.into_iter().collect::<Option<Vec<Rational>>>() else { return false };
    let Some(&key) = values.get(text.item.key) else { return false };
    let alone = |fits: &dyn Fn(Rational) -> bool| {
        fits(key) && values.iter().filter(|value| fits(**value)).count() == 1
    };
    statements(text).into_iter().any(|(from, to)| {
        let range = from..to;
        let bounds = bounds(text, range.clone());
        let inside = |value: Rational| {
            bounds
                .iter()
                .all(|(low, high)| low.is_none_or(|low| value > low) && high.is_none_or(|high| value < high))
        };
        (!bounds.is_empty() && alone(&inside)) || kinds(text, range).iter().any(|fits| alone(fits.as_ref()))
    })
}

/// The parts of a text, as ranges of its words, that say something about the answer.
fn statements(text: &Text<'_>) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    let mut from = 0;
    for (at, word) in text.heard.iter().enumerate() {
        if !word.pause && at + 1 < text.heard.len() {
            continue;
        }
        let part = &text.words[from..=at];
        let first = part.iter().find(|word| !matches!(word.as_str(), "so" | "and" | "well" | "then" | "but"));
        let asks = first.is_some_and(|word| {
            matches!(
                word.as_str(),
                "is" | "are"
                    | "does"
                    | "do"
                    | "could"
                    | "can"
                    | "would"
                    | "should"
                    | "which"
                    | "what"
                    | "how"
                    | "when"
                    | "will"
                    | "if"
                    | "must"
            )
        });
        let answer = part.iter().any(|word| ANSWER.contains(&word.as_str()))
            || first.is_some_and(|word| {
                matches!(word.as_str(), "more" | "less" | "between" | "an" | "choose" | "pick")
            });
        let not = part.iter().any(|word| matches!(word.as_str(), "not" | "if" | "never"));
        if answer && !asks && !not {
            all.push((from, at + 1));
        }
        from = at + 1;
    }
    all
}

type Bound = (Option<Rational>, Option<Rational>);

/// "more than 30", "less than 40", "between 30 and 40", with numbers that follow "is" or stand first.
fn bounds(text: &Text<'_>, range: std::ops::Range<usize>) -> Vec<Bound> {
    let inside = |found: &&Found| found.from >= range.start && found.to <= range.end;
    let found: Vec<&Found> = text.found.iter().filter(inside).collect();
    let mut all = Vec::new();
    // "6/8 is more than 1/2" is about 6/8.
    let before = found.first().and_then(|one| one.from.checked_sub(1)).map_or("", |at| text.word(at));
    let other = !matches!(before, "than" | "between" | "over" | "above" | "under" | "below");
    for (index, one) in found.iter().enumerate() {
        let back = |by: usize| {
            one.from.checked_sub(by).filter(|at| *at >= range.start).map_or("", |at| text.word(at))
        };
        if back(1) == "between"
            && let Some(next) = found.get(index + 1)
        {
            all.push((Some(one.value), Some(next.value)));
        } else if back(1) == "than" && !other {
            match back(2) {
                "more" | "greater" | "bigger" | "larger" | "higher" => all.push((Some(one.value), None)),
                "less" | "smaller" | "fewer" | "lower" => all.push((None, Some(one.value))),
                _ => {}
            }
        } else if matches!(back(2), "is" | "be") && !other {
            match back(1) {
                "over" | "above" => all.push((Some(one.value), None)),
                "under" | "below" => all.push((None, Some(one.value))),
                _ => {}
            }
        }
    }
    all
}

type Fits = Box<dyn Fn(Rational) -> bool>;

/// "even", "odd", "prime", "a multiple of 9", "ends in 6", "has two digits".
fn kinds(text: &Text<'_>, range: std::ops::Range<usize>) -> Vec<Fits> {
    let mut all: Vec<Fits> = Vec::new();
    let whole = |value: Rational| value.as_whole();
    for at in range.clone() {
        let next = text.word(at + 1);
        let number = |from: usize| {
            let mut near = text.found.iter().filter(|found| found.from >= from && found.from <= from + 3);
            near.next().filter(|found| found.to <= range.end).and_then(|found| found.value.as_whole())
        };
        // "A prime number has two divisors" says nothing about the answer.
        let told = (1..=3).filter_map(|back| at.checked_sub(back)).any(|at| {
            matches!(
                text.word(at),
                "is" | "be" | "choose" | "pick" | "answer" | "only" | "has" | "it" | "digit" | "that"
            )
        });
        if !told && text.word(at) != "digit" {
            continue;
        }
        match text.word(at) {
            "even" if matches!(next, "" | "number") || at + 1 == range.end => {
                all.push(Box::new(move |value| whole(value).is_some_and(|n| n % 2 == 0)));
            }
            "odd" if matches!(next, "" | "number") || at + 1 == range.end => {
                all.push(Box::new(move |value| whole(value).is_some_and(|n| n % 2 != 0)));
            }
            "prime" => all.push(Box::new(move |value| whole(value).is_some_and(prime))),
            "multiple" | "divisible" => {
                if let Some(of) = number(at + 1).filter(|of| *of > 0) {
                    all.push(Box::new(move |value| whole(value).is_some_and(|n| n % of == 0)));
                }
            }
            "ends" | "end" | "ending" | "digit" if matches!(next, "in" | "with" | "is") => {
                if let Some(last) = number(at + 1).filter(|last| (0..10).contains(last)) {
                    all.push(Box::new(move |value| whole(value).is_some_and(|n| n.abs() % 10 == last)));
                }
            }
            "digits" | "digit" => {
                let count =
                    text.found.iter().find(|found| found.to == at).and_then(|found| found.value.as_whole());
                if let Some(count) = count.filter(|count| (1..8).contains(count)) {
                    all.push(Box::new(move |value| {
                        whole(value).is_some_and(|n| n.abs().to_string().len() as i128 == count)
                    }));
                }
            }
            _ => {}
        }
    }
    all
}

fn prime(n: i128) -> bool {
    n > 1 && n < 1_000_000 && (2..).take_while(|d| d * d <= n).all(|d| n % d != 0)
}
