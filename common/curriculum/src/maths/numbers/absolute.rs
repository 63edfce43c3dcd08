//! Absolute value, and comparing integers.

use super::{
    EQUAL_UNTESTED, MATHS, MIDDLE_UPPER, OPEN_LETTER, OPEN_NUMBERS, REASONING, kind, lures, n, slip,
};
use crate::draft::{Draft, Gen, Template};
use crate::exact::int;
use crate::item::Misconception;
use crate::speech;

pub const TEMPLATES: &[Template] = &[
    kind("absolute-value", "numbers.absolute-value", MATHS, MIDDLE_UPPER, absolute),
    kind("compare-integers", "numbers.absolute-value", REASONING, MIDDLE_UPPER, compare),
];

const BARS_DROPPED: Misconception =
    slip("drops-absolute-value-bars", "leaves the bars out and keeps the negative number");
const BARS_NEGATE: Misconception =
    slip("absolute-value-flips-sign", "thinks that the bars change the sign of every number");
const EACH_POSITIVE: Misconception =
    slip("makes-each-number-positive", "makes every number between the bars positive before calculating");
const SIGN_BEFORE: Misconception =
    slip("ignores-sign-before-bars", "lets the bars change the sign in front of them too");

fn absolute(g: &mut Gen) -> Option<Draft> {
    let top = g.by_level([9..=9, 9..=9, 15..=15, 24..=24]);
    let (a, b, c) = (g.int(2..=top), g.int(2..=top), g.int(2..=top));
    let (text, key, wrong, steps) = match g.int(0..=2) {
        // |−a| − |b|
        0 => (
            format!("|{}| − |{b}| + {c}", n(-a)),
            a - b + c,
            [
                (-a - b + c, BARS_DROPPED),
                (a + b + c, BARS_NEGATE),
                (
                    -a + b + c,
                    slip(
                        "reverses-absolute-difference",
                        "subtracts the two absolute values in the wrong order",
                    ),
                ),
                (a - b, slip("stops-before-last-number", "stops before the last number is added")),
            ],
            vec![
                (format!("|{}| = {a} and |{b}| = {b}.", n(-a)), a),
                (format!("{a} − {b} = {}.", n(a - b)), a - b),
                (format!("{} + {c} = {}.", n(a - b), n(a - b + c)), a - b + c),
            ],
        ),
        // |a − b| with a < b, times c
        1 if a < b => (
            format!("{c} × |{a} − {b}|"),
            c * (b - a),
            [
                (c * (a - b), BARS_DROPPED),
                (c * (a + b), EACH_POSITIVE),
                (
                    c + b - a,
                    slip(
                        "adds-for-factor-before-bars",
                        "adds the number before the bars instead of multiplying",
                    ),
                ),
                (c * a - b, slip("bars-not-grouping", "does not treat the bars as parentheses")),
            ],
            vec![
                (format!("Work between the bars first: {a} − {b} = {}.", n(a - b)), a - b),
                (format!("The absolute value of {} is {}.", n(a - b), b - a), b - a),
                (format!("{c} × {} = {}.", b - a, c * (b - a)), c * (b - a)),
            ],
        ),
        // −|−a| + |b − c|
        _ if b < c => (
            format!("|{b} − {c}| − |{}|", n(-a)),
            c - b - a,
            [
                (b - c + a, BARS_DROPPED),
                (b + c - a, EACH_POSITIVE),
                (c - b + a, SIGN_BEFORE),
                (b - c - a, slip("drops-first-bars", "leaves out the bars around the difference")),
            ],
            vec![
                (format!("|{b} − {c}| = |{}| = {}.", n(b - c), c - b), c - b),
                (format!("|{}| = {a}.", n(-a)), a),
                (format!("{} − {a} = {}.", c - b, n(c - b - a)), c - b - a),
            ],
        ),
        _ => return None,
    };
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!("What is the value of {text}?"),
        1 => format!("{} evaluates {text}. Which number is the right result?", child.name),
        _ => format!("Which number is equal to {text}?"),
    };
    // Bars come in pairs.
    let said = stem.split('|').enumerate().fold(String::new(), |all, (at, part)| {
        let before = if at % 2 == 1 {
            "the absolute value of "
        } else if at > 0 && part.starts_with(' ') {
            ","
        } else {
            ""
        };
        all + before + part
    });
    let mut draft = Draft::new(stem).spoken(speech::stem(&said)).key(int(key));
    for (value, mistake) in wrong {
        draft = draft.wrong(int(value), mistake);
    }
    let mut draft = draft.hint("The absolute value of a number is its distance from zero.").hint(
        "Bars work like parentheses: first find the number between them. Then make that result positive.",
    );
    for (text, value) in steps {
        draft = draft.step(text, int(value));
    }
    Some(draft)
}

const SIGNED: Misconception =
    slip("misjudges-signed-results", "misjudges the sign or the size of a result when a number is negative");
const LARGER_DIGITS: Misconception = slip(
    "larger-digits-larger-negative",
    "takes the negative number with the larger digits for the greater one",
);

fn compare(g: &mut Gen) -> Option<Draft> {
    let (a, b) = g.two(2..=30);
    let c = g.int(2..=20);
    let kind = g.int(0..=7);
    // What is known, the columns, the right choice and why.
    let (given, left, right, answer, why): (String, String, String, usize, String) = match kind {
        0 => (String::new(), n(-a), n(-b), usize::from(a > b), format!("On a number line {} is to the right of {}.", n(-a.min(b)), n(-a.max(b)))),
        1 => ("The number n is a negative integer.".into(), format!("n − {a}"), format!("n + {b}"), 1, format!("Whatever n is, n − {a} is less than n and n + {b} is greater than n.")),
        2 => ("The number n is a negative integer.".into(), "|n|".into(), "n".into(), 0, "The absolute value of a negative number is positive, and a positive number is greater than a negative one.".into()),
        3 => (format!("The absolute value of n is {a}."), "n".into(), n(a - 2 * g.int(0..=1) * a), 3, format!("The number n may be {a} or {}.", n(-a))),
        4 => ("The number n is a negative integer.".into(), "n × n".into(), n(c), 3, format!("If n is {}, Column B is greater. If n is {}, Column A is greater.", n(-1), n(-c))),
        5 => (String::new(), format!("|{} − {b}|", n(-a)), n(a + b), 2, format!("The number {} − {b} is {}, and its absolute value is {}.", n(-a), n(-a - b), a + b)),
        6 => (format!("The number n is an integer less than {}.", n(-a)), "n".into(), n(c - a), 1, format!("Every such n is less than {}, and {} is greater than that.", n(-a), n(c - a))),
        _ => (String::new(), format!("|{}|", n(-a)), format!("|{b}|"), usize::from(a < b), format!("The absolute values are {a} and {b}.")),
    };
    let sides = match kind {
        0 | 6 => [LARGER_DIGITS; 2],
        5 | 7 => [SIGNED, BARS_DROPPED],
        _ => [SIGNED; 2],
    };
    let equal = if kind == 2 { BARS_DROPPED } else { EQUAL_UNTESTED };
    let mistakes = lures(answer, sides, equal, if given.is_empty() { OPEN_NUMBERS } else { OPEN_LETTER });
    let aloud = |text: &str| match text.strip_prefix('|').and_then(|rest| rest.strip_suffix('|')) {
        Some(inside) => format!("the absolute value of {}", speech::phrase(inside)),
        None => speech::phrase(text),
    };
    let before = if given.is_empty() { String::new() } else { format!("{} ", speech::stem(&given)) };
    let spoken = format!("{before}Column A is {}. Column B is {}.", aloud(&left), aloud(&right));
    Some(
        Draft::comparison(&given, &left, &right, answer, mistakes)
            .spoken(spoken)
            .hint("On a number line, the number farther to the right is the greater one.")
            .hint(if given.is_empty() {
                "The absolute value tells only how far a number is from zero."
            } else {
                "Try several numbers that fit what is given for n."
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
