//! Numbers, operations and patterns.

use super::super::Solver;
use super::super::data::ints;
use super::super::read::{Frac, Seen, find, re};
use super::fits;

pub const SOLVERS: &[(&str, Solver)] = &[
    ("primary-tens-and-ones", tens_and_ones),
    ("primary-digit-value", digit_value),
    ("primary-number-words", number_words),
    ("primary-ten-more", ten_more),
    ("primary-compare", compare),
    ("primary-even-odd", even_odd),
    ("primary-rounding", rounding),
    ("primary-add", add),
    ("primary-subtract", subtract),
    ("primary-equal-groups", equal_groups),
    ("primary-share-equally", share),
    ("primary-fraction-of-a-shape", fraction),
    ("primary-missing-number", missing),
    ("primary-next-number", next_number),
    ("primary-next-shape", next_shape),
    ("primary-number-sentence", sentence),
];

fn tens_and_ones(seen: &Seen) -> Option<usize> {
    let mut blocks = 0;
    for found in re(r"(\d) (thousand|hundred|ten|one)s?\b").captures_iter(seen.stem) {
        let size = match &found[2] {
            "thousand" => 1_000,
            "hundred" => 100,
            "ten" => 10,
            _ => 1,
        };
        for _ in 0..found[1].parse::<i128>().unwrap() {
            blocks += size;
        }
    }
    seen.worth(blocks.into())
}

fn digit_value(seen: &Seen) -> Option<usize> {
    let digit = find(seen.stem, r"digit {N}\b")?[0].0.to_string();
    let whole = ints(seen.stem).into_iter().max()?.to_string();
    assert_eq!(whole.matches(&digit).count(), 1);
    let alone: String = whole.chars().map(|c| if digit.contains(c) { c } else { '0' }).collect();
    seen.worth(alone.parse::<i128>().ok()?.into())
}

/// The value of number words.
fn value(words: &str) -> i128 {
    let (mut sum, mut part) = (0, 0);
    for word in words.replace('-', " ").split_whitespace() {
        match word {
            "thousand" => {
                sum += part * 1_000;
                part = 0;
            }
            "hundred" => part *= 100,
            word => {
                let ones = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen";
                let tens = "zero ten twenty thirty forty fifty sixty seventy eighty ninety";
                let at = |list: &str| list.split(' ').position(|one| one == word).map(|at| at as i128);
                part += at(ones).or_else(|| at(tens).map(|at| at * 10)).unwrap();
            }
        }
    }
    sum + part
}

fn number_words(seen: &Seen) -> Option<usize> {
    let said = &re(r"(?:number is|the number|sign says) ([a-z][a-z -]+?)[.?]").captures(seen.stem)?[1];
    seen.worth(value(said).into())
}

fn ten_more(seen: &Seen) -> Option<usize> {
    let (step, from, up) = if let Some(n) = find(seen.stem, r"shows {N}\. It goes (?:up|down) by {N}\.") {
        (n[1], n[0], seen.stem.contains(" up "))
    } else {
        let n = find(seen.stem, r"{N} (?:more|less) than {N}\b")?;
        (n[0], n[1], seen.stem.contains(" more "))
    };
    fits(seen, |n| if up { Frac::from(n).minus(from) == step } else { from.minus(n.into()) == step })
}

fn compare(seen: &Seen) -> Option<usize> {
    let all = ints(seen.stem);
    assert_eq!(all.len(), 4);
    let most = seen.stem.contains("greatest");
    fits(seen, |n| all.contains(&n) && all.iter().all(|k| if most { *k <= n } else { *k >= n }))
}

fn even_odd(seen: &Seen) -> Option<usize> {
    let even = re(r"\beven\b|none left over").is_match(seen.stem);
    assert_ne!(even, re(r"\bodd\b|leaves one sock").is_match(seen.stem));
    // Even numbers have a half.
    fits(seen, |n| (Frac::of(n, 2).1 == 1) == even)
}

fn rounding(seen: &Seen) -> Option<usize> {
    let unit = if seen.stem.contains("nearest ten") { 10 } else { 100 };
    let n = ints(seen.stem)[0];
    let near = (0..=n + unit).filter(|k| k % unit == 0).min_by_key(|k| (k - n).abs())?;
    seen.worth(near.into())
}

fn add(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem);
    fits(seen, |sum| sum - n[1] == n[0])
}

fn subtract(seen: &Seen) -> Option<usize> {
    let n: Vec<i128> = ints(&seen.stem.replace('\u{2212}', "and"));
    let (large, less) = (n[0].max(n[1]), n[0].min(n[1]));
    fits(seen, |left| left + less == large)
}

fn equal_groups(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem);
    seen.worth((0..n[0]).map(|_| n[1]).sum::<i128>().into())
}

fn share(seen: &Seen) -> Option<usize> {
    let digits =
        re(r"^(Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve) children").captures(seen.stem);
    let n = ints(seen.stem);
    let (all, parts) = match digits {
        Some(found) => (n[0], value(&found[1].to_lowercase())),
        None => (n[0].max(n[1]), n[0].min(n[1])),
    };
    // Dealt out in turns.
    let (all, parts) = if re(r"on \d+ plates|into \d+ equal|in each bag").is_match(seen.stem) {
        (n[0], n[1])
    } else {
        (all, parts)
    };
    let (mut left, mut each) = (all, 0);
    while left >= parts {
        left -= parts;
        each += 1;
    }
    assert_eq!(left, 0);
    seen.worth(each.into())
}

fn fraction(seen: &Seen) -> Option<usize> {
    let figure = seen.figure?;
    let parts = find(figure, r"into {N} parts")?[0];
    let found = re(r"(\w+) of them (?:is|are) (\w+)\.").captures(figure)?;
    let colored = Frac::from(value(&found[1].to_lowercase()));
    let asked = &re(r"is (\w+)\?$").captures(seen.stem)?[1];
    let part = if *asked == found[2] { colored } else { parts.minus(colored) };
    seen.worth(part.over(parts))
}

fn missing(seen: &Seen) -> Option<usize> {
    let found = re(r"(\d+|____) ([+\u{2212}×]) (\d+|____) = (\d+)").captures(seen.stem)?;
    fits(seen, |n| {
        let side = |text: &str| text.parse().unwrap_or(n);
        let (a, b) = (side(&found[1]), side(&found[3]));
        let result = match &found[2] {
            "+" => a + b,
            "×" => a * b,
            _ => a - b,
        };
        result == found[4].parse::<i128>().unwrap()
    })
}

fn next_number(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem);
    assert_eq!(n.len(), 4);
    assert!(n[1] - n[0] == n[2] - n[1] && n[2] - n[1] == n[3] - n[2]);
    // In such a pattern each number is the mean of its neighbors.
    fits(seen, |next| n[2] + next == 2 * n[3])
}

fn next_shape(seen: &Seen) -> Option<usize> {
    let list = re(r"\w+(?:, \w+){3,}").find(seen.stem)?.as_str();
    let all: Vec<&str> = list.split(", ").collect();
    let period = (1..=all.len()).find(|p| (*p..all.len()).all(|at| all[at] == all[at - p]))?;
    assert!(2 * period <= all.len());
    seen.says(all[all.len() - period])
}

fn sentence(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem);
    let wanted = match seen.stem {
        s if s.contains("gets") => n[0] + n[1],
        s if s.contains("gives away") || s.contains("needs") => n[0] - n[1],
        s if s.contains("boxes with") => (0..n[0]).map(|_| n[1]).sum(),
        _ => return None,
    };
    seen.only(|choice| {
        let found = re(r"(\d+) ([+\u{2212}×]) (\d+)").captures(choice).unwrap();
        let (a, b): (i128, i128) = (found[1].parse().unwrap(), found[3].parse().unwrap());
        wanted
            == match &found[2] {
                "+" => a + b,
                "×" => a * b,
                _ => a - b,
            }
    })
}
