//! Numbers and letters.

use super::super::Solver;
use super::super::expr::value;
use super::super::read::{Frac, Seen, find, number, re};
use super::{decide, fits, parts};

pub const SOLVERS: &[(&str, Solver)] = &[
    ("compare-fractions-of-numbers", parts_of_numbers),
    ("compare-percents-of-numbers", parts_of_numbers),
    ("compare-powers", plain),
    ("compare-remainders", remainders),
    ("compare-linear-expressions", one_letter),
    ("compare-two-solutions", two_solutions),
    ("compare-roots-of-power", one_letter),
    ("compare-defined-operation", operation),
    ("compare-products-of-sums", one_letter),
    ("compare-square-and-multiple", one_letter),
    ("compare-two-unknowns", two_letters),
];

fn parts_of_numbers(seen: &Seen) -> Option<usize> {
    let (_, a, b) = parts(seen);
    let worth = |column: &str| {
        let n = find(column, r"{N}%? of {N}").unwrap();
        n[0].times(n[1])
    };
    decide(seen, [(worth(a), worth(b))])
}

fn plain(seen: &Seen) -> Option<usize> {
    let (given, a, b) = parts(seen);
    assert!(given.is_empty());
    decide(seen, [(value(a, &[])?, value(b, &[])?)])
}

fn remainders(seen: &Seen) -> Option<usize> {
    let (given, a, b) = parts(seen);
    let n = find(given, r"is divided by {N}, the remainder is {N}\.$")?;
    let (by, bound) = (find(a, r"is divided by {N}$")?[0].0, number(b)?);
    decide(seen, (0..3_000).filter(|k| k % n[0].0 == n[1].0).map(|k| (Frac(k % by, 1), bound)))
}

/// Every eighth from -40 to 40 is tried.
fn one_letter(seen: &Seen) -> Option<usize> {
    let (given, a, b) = parts(seen);
    let letter = re(r"[xy]").find(seen.stem)?.as_str().chars().next()?;
    let any = given.ends_with("is a number.");
    decide(
        seen,
        (-320..=320)
            .map(|n| [(letter, Frac::of(n, 8))])
            .filter(|x| any || fits(given, x))
            .map(|x| (value(a, &x).unwrap(), value(b, &x).unwrap())),
    )
}

fn two_letters(seen: &Seen) -> Option<usize> {
    let (given, a, b) = parts(seen);
    let all = || (-30..=30).filter(|n| *n != 0).map(|n| Frac::of(n, 2));
    decide(
        seen,
        all()
            .flat_map(|x| all().map(move |y| [('x', x), ('y', y)]))
            .filter(|both| fits(given, both))
            .map(|both| (value(a, &both).unwrap(), value(b, &both).unwrap())),
    )
}

fn two_solutions(seen: &Seen) -> Option<usize> {
    let (given, a, b) = parts(seen);
    assert_eq!((a, b), ("x", "y"));
    let given = given.replace("It is given that ", "").replace("that ", "");
    let (first, second) = given.split_once(" and ")?;
    let solve = |equation: &str, letter: char| {
        (-40..=40).map(|n| Frac(n, 1)).find(|value| fits(equation, &[(letter, *value)])).unwrap()
    };
    decide(seen, [(solve(first, 'x'), solve(second, 'y'))])
}

fn operation(seen: &Seen) -> Option<usize> {
    let (given, a, b) = parts(seen);
    let rule = re(r" y = (.+)\.$").captures(given)?;
    let worth = |column: &str| {
        let n = re(r"^\(?([\u{2212}\d]+)\)? . \(?([\u{2212}\d]+)\)?$").captures(column).unwrap();
        value(&rule[1], &[('x', number(&n[1]).unwrap()), ('y', number(&n[2]).unwrap())]).unwrap()
    };
    decide(seen, [(worth(a), worth(b))])
}
