//! Square roots, and comparing powers and roots.

use super::powers::{power, raised, value};
use super::{
    EQUAL_UNTESTED, MATHS, MIDDLE_UPPER, OPEN_LETTER, OPEN_NUMBERS, REASONING, UPPER, kind, lures, n, slip,
};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, int, words};
use crate::item::Misconception;

pub const TEMPLATES: &[Template] = &[
    kind("root-between", "numbers.roots", MATHS, MIDDLE_UPPER, between),
    kind("simplify-root", "numbers.roots", MATHS, UPPER, simplify),
    kind("compare-powers-roots", "numbers.roots", REASONING, MIDDLE_UPPER, compare),
];

const HALVES_FOR_ROOT: Misconception =
    slip("halves-for-root", "takes half of the number for its square root");
const ROOT_LOW: Misconception = slip("root-one-too-low", "stops one whole number too low");
const ROOT_HIGH: Misconception = slip("root-one-too-high", "goes one whole number too far");
const FOURTH_FOR_ROOT: Misconception =
    slip("quarter-for-root", "divides the number by 4 instead of looking for its root");

fn between(g: &mut Gen) -> Option<Draft> {
    let low = g.by_level([3..=6, 3..=9, 4..=15, 7..=30]);
    let v = g.int(low * low + 1..=low * low + 2 * low);
    let pair = |a: i64| words(format!("{a} and {}", a + 1));
    let child = g.child();
    let stem = match g.int(0..=3) {
        0 => format!("Between which two whole numbers that follow each other is √{v}?"),
        1 => format!(
            "A square garden has an area of {v} square feet. Between which two whole numbers is the length of a side, in feet?"
        ),
        2 => format!(
            "{} finds √{v} with a calculator. Between which two whole numbers is the result?",
            child.name
        ),
        _ => format!("The positive number x has the square {v}. Between which two whole numbers is x?"),
    };
    let (l, h) = (low * low, (low + 1) * (low + 1));
    Some(
        Draft::new(stem)
            .key(pair(low))
            .wrong(pair(low - 1), ROOT_LOW)
            .wrong(pair(v / 2), HALVES_FOR_ROOT)
            .wrong(pair(low + 1), ROOT_HIGH)
            .wrong(pair(v / 4), FOURTH_FOR_ROOT)
            .hint(format!("Which number times itself is close to {v}?"))
            .hint(format!("List the perfect squares in order until you pass {v}."))
            .step(format!("{low} × {low} = {l}, which is less than {v}."), int(l))
            .step(format!("{} × {} = {h}, which is greater than {v}.", low + 1, low + 1), int(h))
            .say(format!("So the number is between {low} and {}.", low + 1)),
    )
}

const SQUARE_OUTSIDE: Misconception =
    slip("square-left-outside-root", "writes the square factor before the root instead of its root");
const SWAPS_PARTS: Misconception =
    slip("swaps-root-parts", "swaps the number before the root and the number under it");
const HALF_OUTSIDE: Misconception = slip("half-outside-root", "takes half of the square factor for its root");
const OTHER_UNDER: Misconception = slip(
    "keeps-number-under-root",
    "takes the root of the factor but leaves the whole number under the root",
);

fn simplify(g: &mut Gen) -> Option<Draft> {
    let a = g.int(2..=12);
    let b = g.pick(&[2, 3, 5, 6, 7, 10, 11, 13, 14, 15]);
    let v = a * a * b;
    if a == b || v > 1_200 {
        return None;
    }
    let text = |out: i64, under: i64| format!("{out}√{under}");
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!("Which of these is √{} in simplest form?", n(v)),
        1 => format!("{} simplifies √{}. Which result is right?", child.name, n(v)),
        _ => format!(
            "A square has an area of {} square inches. How long is a side, in inches, in simplest form?",
            n(v)
        ),
    };
    let mut draft = Draft::new(stem).key(words(text(a, b)));
    // None of the wrong ones may be equal to the key in value.
    for (out, under, mistake) in [
        (a * a, b, SQUARE_OUTSIDE),
        (b, a, SWAPS_PARTS),
        (a * a / 2, b, HALF_OUTSIDE),
        (a, v, OTHER_UNDER),
        (a * b, 2, slip("multiplies-root-parts", "multiplies the two parts of the root")),
    ] {
        if out * out * under != v && out > 1 {
            draft = draft.wrong(words(text(out, under)), mistake);
        }
    }
    Some(
        draft
            .hint(format!("Which perfect square goes into {}?", n(v)))
            .hint("The root of a product is the product of the roots. Take the root of the largest square factor.")
            .step(format!("{} = {} × {b}, and {} is a perfect square.", n(v), a * a, a * a), int(a * a))
            .step(format!("√{} = {a}.", a * a), int(a))
            .say(format!("So √{} = {}.", n(v), text(a, b))),
    )
}

const POWERS_GROW: Misconception = slip("powers-always-grow", "thinks that a higher power is always greater");
const POWERS_SHRINK: Misconception = slip(
    "higher-power-always-smaller",
    "thinks that a higher power is always smaller, as with proper fractions",
);
const BASE_OR_EXPONENT: Misconception =
    slip("base-or-exponent-only", "compares only the bases or only the exponents");
const BY_RADICANDS: Misconception =
    slip("compares-numbers-under-roots", "compares the numbers under the roots without taking the roots");
const ROOT_OF_SUM: Misconception = slip("root-of-sum-term-by-term", "takes the root of a sum term by term");

fn compare(g: &mut Gen) -> Option<Draft> {
    let (a, b) = (g.int(2..=9), g.int(2..=9));
    let (x, y) = g.two(2..=4);
    let (p, q) = (g.int(1..=b), b + g.int(1..=5));
    let kind = g.int(0..=6);
    let (given, left, right, values, why): (String, String, String, Option<(Q, Q)>, String) = match kind {
        0 => {
            let (one, two) = (value(a, b.min(5)), value(b.min(5), a));
            let b = b.min(5);
            if a == b {
                return None;
            }
            (String::new(), power(a, b), power(b, a), Some((Q::from(one), Q::from(two))), format!("Column A is {} and Column B is {}.", n(one), n(two)))
        }
        1 => {
            let (s, t) = (a * a, b * b);
            (String::new(), format!("√({s} + {t})"), format!("√{s} + √{t}"), Some((Q::from(s + t), Q::from((a + b) * (a + b)))), format!("Column B is {a} + {b} = {}, and its square is {}. The square of Column A is only {}.", a + b, (a + b) * (a + b), s + t))
        }
        2 => (
            String::new(),
            format!("({p}/{q}){}", raised(x)),
            format!("({p}/{q}){}", raised(y)),
            Some((Q::new(p, q).pow(i32::try_from(x).ok()?), Q::new(p, q).pow(i32::try_from(y).ok()?))),
            "Multiplying by a fraction between 0 and 1 makes a positive number smaller, so the higher power is the smaller one.".to_owned(),
        ),
        3 => ("The number x is positive.".into(), format!("x{}", raised(x)), format!("x{}", raised(y)), None, "If x is 2, the higher power is greater. If x is 1/2, it is smaller.".into()),
        4 => (format!("The number x is greater than {a}."), format!("x{}", raised(x)), format!("x{}", raised(y)), Some((Q::from(x), Q::from(y))), "A number above one grows with every further factor.".into()),
        5 => {
            let s = a * a;
            (String::new(), format!("√{s} × √{}", b * b), format!("√{}", n(s * b * b)), Some((Q::from(a * b), Q::from(a * b))), format!("Both are equal to {}.", a * b))
        }
        _ => {
            let s = a * a;
            (format!("The square of x is {s}."), "x".into(), n(a), None, format!("The number x may be {a} or {}.", n(-a)))
        }
    };
    let answer = match &values {
        None => 3,
        Some((one, two)) if one > two => 0,
        Some((one, two)) if one < two => 1,
        Some(_) => 2,
    };
    let lure = match kind {
        0 => BASE_OR_EXPONENT,
        2 => POWERS_GROW,
        4 => POWERS_SHRINK,
        _ => BY_RADICANDS,
    };
    let equal = if kind == 1 { ROOT_OF_SUM } else { EQUAL_UNTESTED };
    let mistakes = lures(answer, [lure; 2], equal, if given.is_empty() { OPEN_NUMBERS } else { OPEN_LETTER });
    let aloud = |text: &str| {
        crate::speech::phrase(
            text.replace("√(", "√ the quantity ")
                .replace('(', "the quantity ")
                .replace(')', ",")
                .trim_end_matches(','),
        )
    };
    let before = if given.is_empty() { String::new() } else { format!("{given} ") };
    let spoken = format!("{before}Column A is {}. Column B is {}.", aloud(&left), aloud(&right));
    Some(
        Draft::comparison(&given, &left, &right, answer, mistakes)
            .spoken(spoken)
            .hint("Do not judge by the size of the exponents or of the numbers under a root.")
            .hint(if given.is_empty() {
                "Work out each side, or compare the squares of both sides."
            } else {
                "Try different kinds of numbers for x, if more than one is possible."
            })
            .say(why)
            .say(match answer {
                0 => "So the quantity in Column A is greater.",
                1 => "So the quantity in Column B is greater.",
                2 => "So the two are equal.",
                _ => "So the relationship cannot be determined.",
            }),
    )
}
