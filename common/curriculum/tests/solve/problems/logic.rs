//! Orders, places, pairs, numbers with conditions, and patterns.

use super::super::Solver;
use super::super::data::ints;
use super::super::read::{Seen, re};
use super::{fits, often, place, spelled, whole};

pub const SOLVERS: &[(&str, Solver)] = &[
    ("order-from-clues", order),
    ("day-of-the-week", weekday),
    ("places-in-a-line", places),
    ("handshakes", handshakes),
    ("tournament-games", tournament),
    ("least-number-with-remainders", remainders),
    ("two-digit-puzzle", digits),
    ("greatest-and-least-from-digits", from_digits),
    ("sum-of-consecutive-numbers", consecutive),
    ("page-digits", page_digits),
    ("toothpick-pattern", toothpicks),
    ("repeating-pattern", repeating),
    ("dot-squares-pattern", dots),
];

/// Every order of four.
fn orders() -> Vec<[usize; 4]> {
    let mut all = Vec::new();
    for n in 0..256_usize {
        let one = [n / 64, n / 16 % 4, n / 4 % 4, n % 4];
        if (0..4).all(|k| one.contains(&k)) {
            all.push(one);
        }
    }
    all
}

fn order(seen: &Seen) -> Option<usize> {
    let clues: Vec<(usize, usize)> =
        re(r"(\w+) (?:finished|is|has) (before|after|taller than|shorter than|older than|younger than|more stamps than|fewer stamps than) (\w+)\.")
            .captures_iter(seen.stem)
            .map(|found| {
                let who = |name: &str| seen.choices.iter().position(|one| *one == name).unwrap();
                let (a, b) = (who(&found[1]), who(&found[3]));
                if ["before", "taller than", "older than", "more stamps than"].contains(&&found[2]) { (a, b) } else { (b, a) }
            })
            .collect();
    assert_eq!(clues.len(), 3);
    let place = |order: &[usize; 4], who: usize| order.iter().position(|one| *one == who).unwrap();
    let good: Vec<[usize; 4]> = orders()
        .into_iter()
        .filter(|order| clues.iter().all(|(a, b)| place(order, *a) < place(order, *b)))
        .collect();
    let [only] = good[..] else { return None };
    let asked = seen.stem.rsplit_once("Who ")?.1;
    Some(match asked {
        a if a.contains("second") => only[1],
        a if a.contains("third") => only[2],
        a if re(r"last|shortest|youngest|fewest").is_match(a) => only[3],
        _ => only[0],
    })
}

fn weekday(seen: &Seen) -> Option<usize> {
    let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let from = names.iter().position(|day| seen.stem.contains(day))?;
    let days = whole(seen.stem, r"{N} days")?[0];
    let back = re(r"ago|earlier|before that").is_match(seen.stem);
    let mut at = from;
    for _ in 0..days {
        at = if back { (at + 6) % 7 } else { (at + 1) % 7 };
    }
    seen.says(names[at])
}

fn places(seen: &Seen) -> Option<usize> {
    let stem = seen.stem;
    if let Some(found) =
        re(r"(?:is|the) (\w+) from the (?:front|left).*? and (?:the )?(\w+) from the").captures(stem)
    {
        let (a, b) = (place(&found[1]), place(&found[2]));
        // In a line of that length the two places are the same one.
        return fits(seen, |all| all + 1 - a == b);
    }
    if let Some(found) = re(r"are (\d+) runners .* comes in (\w+)\.").captures(stem) {
        let (all, a): (i128, i128) = (found[1].parse().unwrap(), place(&found[2]));
        return seen.worth((((a + 1)..=all).count() as i128).into());
    }
    let found = re(r"line of (\d+) people\. .* is (\w+)\.").captures(stem)?;
    let (all, a): (i128, i128) = (found[1].parse().unwrap(), place(&found[2]));
    let rank = (1..=all).rev().position(|one| one == a)? as i128 + 1;
    seen.worth(rank.into())
}

/// The pairs of some, counted one by one.
fn pairs(n: i128) -> i128 {
    (0..n).map(|a| (a + 1..n).count() as i128).sum()
}

fn handshakes(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem)[0];
    let times = if seen.stem.contains("shakes hands once") { 1 } else { often(seen.stem) };
    seen.worth((pairs(n) * times).into())
}

fn tournament(seen: &Seen) -> Option<usize> {
    let n = whole(seen.stem, r"{N} (?:players|teams) .* into {N} equal")?;
    let mut games = n[1] * pairs(n[0] / n[1]);
    let mut still = n[1];
    while still > 1 {
        games += still / 2;
        still -= still / 2;
    }
    seen.worth((games + i128::from(seen.stem.contains("third place"))).into())
}

fn remainders(seen: &Seen) -> Option<usize> {
    let start = whole(seen.stem, r"(?:more|greater) than {N} ")?[0];
    let conditions: Vec<(i128, i128)> = if seen.stem.contains("remainder of") {
        let n = whole(
            seen.stem,
            r"remainder of {N} when divided by {N} and a remainder of {N} when divided by {N}\?",
        )?;
        vec![(n[1], n[0]), (n[3], n[2])]
    } else {
        re(r"(?:groups|rows) of (\d+), (none|\d+) ")
            .captures_iter(seen.stem)
            .map(|found| (found[1].parse().unwrap(), found[2].parse().unwrap_or(0)))
            .collect()
    };
    assert_eq!(conditions.len(), 2);
    let good = |n: i128| n > start && conditions.iter().all(|(by, rest)| (n - rest) % by == 0);
    let least = (start + 1..).find(|n| good(*n))?;
    fits(seen, |n| good(n) && n == least)
}

fn digits(seen: &Seen) -> Option<usize> {
    let sum = whole(seen.stem, r"(?:add up to|digits is|sum of) {N}")?[0];
    let clue = seen.stem.split(". ").find(|part| part.contains("tens digit"))?;
    let n = ints(clue).first().copied().unwrap_or(0);
    fits(seen, |k| {
        let (t, o) = (k / 10, k % 10);
        t + o == sum
            && (10..100).contains(&k)
            && match clue {
                c if c.contains("greater than the ones") => t == o + n,
                c if c.contains("less than the ones") => o == t + n,
                c if c.starts_with("The ones digit is") => o == n * t,
                c if c.starts_with("The tens digit is") => t == n * o,
                c => t * o == n && (t > o) == c.contains("greater"),
            }
    })
}

fn from_digits(seen: &Seen) -> Option<usize> {
    let list = re(r"\d(?:, \d)+").find(seen.stem)?.as_str().replace(", ", "");
    let mut wanted: Vec<char> = list.chars().collect();
    wanted.sort_unstable();
    let odd = seen.stem.contains(" odd ");
    let high = seen.stem.contains("greatest");
    let good = (1..10_i128.pow(wanted.len() as u32)).filter(|n| {
        let mut all: Vec<char> = n.to_string().chars().collect();
        all.sort_unstable();
        all == wanted && (n % 2 == 1) == odd
    });
    let best = if high { good.max() } else { good.min() };
    seen.worth(best?.into())
}

fn consecutive(seen: &Seen) -> Option<usize> {
    let found = re(r"(three|four|five|six|seven) (?:neighboring houses have )?consecutive (\w+) numbers")
        .captures(seen.stem)?;
    let (count, step) = (spelled(&found[1]), if &found[2] == "whole" { 1 } else { 2 });
    let sum = ints(seen.stem)[0];
    let greatest = seen.stem.contains("greatest");
    fits(seen, |n| {
        let run: Vec<i128> = (0..count).map(|k| if greatest { n - k * step } else { n + k * step }).collect();
        let parity = match &found[2] {
            "even" => n % 2 == 0,
            "odd" => n % 2 == 1,
            _ => true,
        };
        run.iter().sum::<i128>() == sum && parity
    })
}

fn page_digits(seen: &Seen) -> Option<usize> {
    let last = whole(seen.stem, r"from 1 to {N}")?[0];
    let all: String = (1..=last).map(|n| n.to_string()).collect();
    seen.worth((all.len() as i128).into())
}

fn toothpicks(seen: &Seen) -> Option<usize> {
    let shown: Vec<i128> =
        re(r"(\d+) toothpicks").captures_iter(seen.figure?).map(|found| found[1].parse().unwrap()).collect();
    let step = shown[1] - shown[0];
    assert_eq!(step, shown[2] - shown[1]);
    // The figures are built one after another.
    let figure = |n: i128| (1..n).fold(shown[0], |sum, _| sum + step);
    if let Some(n) = whole(seen.stem, r"has {N} toothpicks") {
        return fits(seen, |k| figure(k) == n[0]);
    }
    let n = whole(seen.stem, r"(?:Figure|row of) {N}\b")?[0];
    seen.worth(figure(n).into())
}

fn repeating(seen: &Seen) -> Option<usize> {
    let list =
        re(r"(?:moves|order|colors|shapes) (\w+(?:, \w+)+?), (?:over|and repeats)").captures(seen.stem)?;
    let block: Vec<&str> = list.get(1)?.as_str().split(", ").collect();
    let n: usize = re(r"(\d+)(?:st|nd|rd|th)\b").captures(seen.stem).map_or_else(
        || re(r"the (\w+)(?: \w+)?\?").captures(seen.stem).map(|found| place(&found[1]) as usize),
        |found| found[1].parse().ok(),
    )?;
    seen.says(block.iter().cycle().nth(n - 1)?)
}

fn dots(seen: &Seen) -> Option<usize> {
    let n = ints(seen.figure?);
    let mut all: Vec<i128> = n.chunks(2).map(|pair| pair[1]).collect();
    assert_eq!(all.len(), 4);
    let figure = whole(seen.stem, r"Figure {N}\b")?[0] as usize;
    while all.len() < figure {
        // The third difference is nothing.
        let k = all.len();
        all.push(3 * all[k - 1] - 3 * all[k - 2] + all[k - 3]);
    }
    seen.worth(all[figure - 1].into())
}
