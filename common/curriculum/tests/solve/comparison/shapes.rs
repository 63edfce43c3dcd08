//! Shapes and measures.

use super::super::Solver;
use super::super::read::{Frac, Seen, find, number, numbers, re};
use super::{decide, parts};

pub const SOLVERS: &[(&str, Solver)] = &[
    ("compare-area-with-perimeter", area),
    ("compare-isosceles-angles", isosceles),
    ("compare-third-side", third_side),
    ("compare-circle-and-square", circle),
    ("compare-box-volumes", boxes),
    ("compare-mixed-units", units),
    ("compare-average-speeds", speeds),
    ("compare-speeds-from-bounds", bounds),
    ("compare-whole-number-sides", whole_sides),
];

fn area(seen: &Seen) -> Option<usize> {
    let (given, _, b) = parts(seen);
    let n = numbers(given);
    let half = n[0].over(Frac(2, 1));
    // Widths in thousandths of half the perimeter.
    let square = given.starts_with("A square");
    let widths = (1..1_000).map(|part| half.times(Frac::of(part, 1_000)));
    decide(
        seen,
        widths
            .chain(n.get(1).copied())
            .filter(|width| {
                let other = half.minus(*width);
                (!square || other == *width)
                    && (!given.contains("not a square") || other != *width)
                    && n.get(1).is_none_or(|length| length == width)
            })
            .map(|width| (width.times(half.minus(width)), number(b).unwrap())),
    )
}

fn isosceles(seen: &Seen) -> Option<usize> {
    let (given, a, b) = parts(seen);
    let angle = numbers(given)[0].0;
    let bound = numbers(b)[0];
    decide(
        seen,
        (1..90)
            .map(|base| (base, 180 - 2 * base))
            .filter(|(base, top)| {
                if given.contains("between the two equal sides") {
                    *top == angle
                } else if given.contains("each of the two equal") {
                    *base == angle
                } else {
                    *top == angle || *base == angle
                }
            })
            .map(|(base, top)| {
                let one = if a.contains("greatest") { base.max(top) } else { base.min(top) };
                (Frac(one, 1), bound)
            }),
    )
}

fn third_side(seen: &Seen) -> Option<usize> {
    let (given, _, b) = parts(seen);
    let n = numbers(given);
    let (p, q) = (n[0], n[1]);
    decide(
        seen,
        (1..1_600)
            .map(|part| Frac::of(part, 16))
            .filter(|side| *side < p.plus(q) && p < q.plus(*side) && q < p.plus(*side))
            .map(|side| (side, number(b).unwrap())),
    )
}

fn circle(seen: &Seen) -> Option<usize> {
    let (given, a, b) = parts(seen);
    let pi = Frac(355, 113);
    let n = numbers(given);
    let pair = if a.contains("circle P") {
        (n[0].times(n[0]).times(pi), n[1].times(n[1]).times(pi).over(Frac(4, 1)))
    } else if b.contains("square") {
        (n[0].times(pi), (0..4).fold(Frac(0, 1), |around, _| around.plus(n[1])))
    } else if a.contains("circumference") {
        (n[0].times(pi), number(b)?)
    } else {
        assert!(given.contains("radius"));
        (n[0].times(n[0]).times(pi), number(b)?)
    };
    decide(seen, [pair])
}

fn boxes(seen: &Seen) -> Option<usize> {
    let n = find(seen.stem, r"P measures {N} by {N} by {N} .* Q measures {N} by {N} by {N}")?;
    let volume = |sides: &[Frac]| sides.iter().fold(Frac(1, 1), |all, side| all.times(*side));
    decide(seen, [(volume(&n[..3]), volume(&n[3..]))])
}

/// A measure in the smallest unit of its kind.
fn smallest(text: &str) -> Frac {
    re(r"([\d,]+) ([a-z]+)").captures_iter(text).fold(Frac(0, 1), |all, found| {
        let size = match &found[2] {
            "yard" | "yards" => 36,
            "foot" | "feet" => 12,
            "pound" | "pounds" => 16,
            "hour" | "hours" => 60,
            "day" | "days" => 24 * 60,
            "meter" | "meters" => 100,
            "gallon" | "gallons" => 4,
            "inch" | "inches" | "ounce" | "ounces" | "minute" | "minutes" | "centimeter" | "centimeters"
            | "quart" | "quarts" => 1,
            other => panic!("no unit: {other}"),
        };
        all.plus(number(&found[1]).unwrap().times(Frac(size, 1)))
    })
}

fn units(seen: &Seen) -> Option<usize> {
    let (_, a, b) = parts(seen);
    decide(seen, [(smallest(a), smallest(b))])
}

fn speeds(seen: &Seen) -> Option<usize> {
    let (given, ..) = parts(seen);
    let all: Vec<Frac> = re(r"(\d+) miles? in (\d+ \w+)\.")
        .captures_iter(given)
        .map(|found| number(&found[1]).unwrap().over(smallest(&found[2])))
        .collect();
    assert_eq!(all.len(), 2);
    decide(seen, [(all[0], all[1])])
}

/// Some amounts that are more than, exactly or less than a number.
fn some(word: &str, amount: Frac) -> Vec<Frac> {
    let shares: &[(i128, i128)] = match word {
        "more than" => &[(101, 100), (2, 1), (50, 1)],
        "less than" => &[(99, 100), (1, 2), (1, 50)],
        _ => &[(1, 1)],
    };
    shares.iter().map(|(a, b)| amount.times(Frac::of(*a, *b))).collect()
}

fn bounds(seen: &Seen) -> Option<usize> {
    let (given, ..) = parts(seen);
    let found: Vec<_> =
        re(r"(more than|exactly|less than) (\d+) \w+ in (more than|exactly|less than) (\d+) hours")
            .captures_iter(given)
            .collect();
    let all = |at: usize| {
        let one = &found[at];
        let (amounts, times) =
            (some(&one[1], number(&one[2]).unwrap()), some(&one[3], number(&one[4]).unwrap()));
        amounts
            .into_iter()
            .flat_map(move |amount| times.clone().into_iter().map(move |time| amount.over(time)))
            .collect::<Vec<_>>()
    };
    let (first, second) = (all(0), all(1));
    decide(seen, first.into_iter().map(|speed| (speed, second[0])))
}

fn whole_sides(seen: &Seen) -> Option<usize> {
    let (given, _, b) = parts(seen);
    let area = numbers(given)[0].0;
    decide(
        seen,
        (1..=area)
            .flat_map(|a| (1..=a).map(move |b| (a, b)))
            .filter(|(a, b)| a * b == area)
            .map(|(x, y)| (Frac(2 * x + 2 * y, 1), number(b).unwrap())),
    )
}
