//! Negative numbers.

use super::{ALL, BOTH, LOWER_MIDDLE, MATHS, MIDDLE_UPPER, kind, n, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::int;
use crate::item::Misconception;
use crate::speech;

pub const TEMPLATES: &[Template] = &[
    kind("temperature-story", "numbers.integers", BOTH, LOWER_MIDDLE, temperature),
    kind("integer-expression", "numbers.integers", MATHS, MIDDLE_UPPER, expression),
    kind("difference-across-zero", "numbers.integers", BOTH, ALL, across_zero),
];

const SIGN_IGNORED: Misconception =
    slip("ignores-negative-start", "starts above zero although the first number is below zero");
const SIGN_FLIPPED: Misconception =
    slip("loses-sign-of-result", "gives the right number with the wrong sign");
const RISE_FALL_SWAPPED: Misconception = slip("down-for-rise", "goes down for a rise and up for a fall");
const LAST_SKIPPED: Misconception = slip("skips-last-change", "leaves the last change out");
const ADDS_CHANGES: Misconception = slip("up-both-times", "goes up both times");

fn temperature(g: &mut Gen) -> Option<Draft> {
    let start = -g.by_level([2..=8, 3..=12, 5..=30, 5..=30]);
    let up = g.by_level([3..=15, 6..=24, 8..=45, 8..=45]);
    let down = g.by_level([2..=9, 3..=15, 5..=30, 5..=30]);
    let key = start + up - down;
    if up == down || key == 0 {
        return None;
    }
    let (s, child) = (-start, g.child());
    let stem = match g.int(0..=3) {
        0 => format!(
            "At dawn the temperature was {s} degrees below zero. By noon it had risen {up} degrees, and by night it had fallen {down} degrees. What was the temperature then, in degrees?"
        ),
        1 => format!(
            "A toy drone hovers {s} feet below the edge of a cliff, so its height is {} feet. It rises {up} feet and then sinks {down} feet. Which number of feet gives its height now?",
            n(start)
        ),
        2 => format!(
            "In a game, {} has a score of {}. Then {} wins {up} points and loses {down} points. What is the score now?",
            child.name,
            n(start),
            child.they
        ),
        _ => format!(
            "The temperature in a freezer room was {} degrees. It went up {up} degrees while the door was open and then down {down} degrees. What was the temperature after that, in degrees?",
            n(start)
        ),
    };
    let middle = start + up;
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(int(s + up - down), SIGN_IGNORED)
            .wrong(int(-key), SIGN_FLIPPED)
            .wrong(int(start - up + down), RISE_FALL_SWAPPED)
            .wrong(int(middle), LAST_SKIPPED)
            .wrong(int(start + up + down), ADDS_CHANGES)
            .hint("Picture a number line that goes up and down, with zero in the middle.")
            .hint("Begin below zero. Go up, and then from there go down.")
            .step(format!("Begin at {} and go up {up}: that is {}.", n(start), n(middle)), int(middle))
            .step(format!("Then go down {down}: that is {}.", n(key)), int(key)),
    )
}

const MINUS_MINUS: Misconception =
    slip("subtracts-a-negative", "takes minus a negative number for minus a positive one");
const PRODUCT_SIGN: Misconception = slip("sign-of-product", "gives a product or quotient the wrong sign");
const LEFT_FIRST: Misconception =
    slip("left-to-right-with-signs", "works from left to right without multiplying first");
const SIGNS_DROPPED: Misconception =
    slip("drops-negative-signs", "calculates as if there were no negative signs");

/// A number in an expression, in parentheses when it is negative.
fn held(value: i64) -> String {
    if value < 0 { format!("({})", n(value)) } else { n(value) }
}

fn expression(g: &mut Gen) -> Option<Draft> {
    let top = g.by_level([9..=9, 9..=9, 12..=12, 15..=15]);
    let (a, b, c) = (g.int(2..=top), g.int(2..=top), g.int(2..=9));
    let draft = match g.int(0..=3) {
        // −a − (−b) + c
        0 => (
            format!("{} − {} + {c}", n(-a), held(-b)),
            -a + b + c,
            vec![
                (-a - b + c, MINUS_MINUS),
                (a - b + c, SIGNS_DROPPED),
                (a + b + c, SIGN_IGNORED),
                (a - b - c, SIGN_FLIPPED),
            ],
            vec![
                (format!("Subtracting {} is adding {b}: {} + {b} = {}.", n(-b), n(-a), n(b - a)), b - a),
                (format!("{} + {c} = {}.", n(b - a), n(b - a + c)), b - a + c),
            ],
        ),
        // a + b × (−c)
        1 => (
            format!("{a} + {b} × {}", held(-c)),
            a - b * c,
            vec![
                (a + b * c, PRODUCT_SIGN),
                (-(a + b) * c, LEFT_FIRST),
                (
                    a + b - c,
                    slip("adds-negative-factor", "adds the negative number instead of multiplying by it"),
                ),
                (b * c - a, SIGN_FLIPPED),
            ],
            vec![
                (format!("Multiply first: {b} × {} = {}.", held(-c), n(-b * c)), -b * c),
                (format!("{a} + {} = {}.", held(-b * c), n(a - b * c)), a - b * c),
            ],
        ),
        // −a × (−b) − c
        2 => (
            format!("{} × {} − {c}", n(-a), held(-b)),
            a * b - c,
            vec![
                (-a * b - c, PRODUCT_SIGN),
                (-a * (-b - c), slip("subtracts-before-multiplying-signs", "subtracts before multiplying")),
                (
                    -a - b - c,
                    slip(
                        "adds-for-product-of-negatives",
                        "adds the two negative numbers instead of multiplying them",
                    ),
                ),
                (a * b + c, slip("adds-last-number", "adds the last number instead of subtracting it")),
            ],
            vec![
                (
                    format!("Multiply first. Two negative numbers give a positive product: {}.", n(a * b)),
                    a * b,
                ),
                (format!("{} − {c} = {}.", n(a * b), n(a * b - c)), a * b - c),
            ],
        ),
        // −ab ÷ a − (−c)
        _ => (
            format!("{} ÷ {a} − {}", n(-a * b), held(-c)),
            -b + c,
            vec![
                (b + c, PRODUCT_SIGN),
                (-b - c, MINUS_MINUS),
                (b - c, SIGN_FLIPPED),
                (
                    -a * b / a * c,
                    slip(
                        "multiplies-for-minus-negative",
                        "multiplies where a minus sign stands before parentheses",
                    ),
                ),
            ],
            vec![
                (format!("Divide first: {} ÷ {a} = {}.", n(-a * b), n(-b)), -b),
                (format!("Subtracting {} is adding {c}: {} + {c} = {}.", n(-c), n(-b), n(c - b)), c - b),
            ],
        ),
    };
    let (text, key, wrong, steps) = draft;
    if key == 0 {
        return None;
    }
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!("What is the value of {text}?"),
        1 => format!("{} works out {text} correctly. Which number is the result?", child.name),
        _ => format!("Which number is equal to {text}?"),
    };
    let spoken = speech::stem(&stem.replace(['(', ')'], ""));
    let mut draft = Draft::new(stem).spoken(spoken).key(int(key));
    for (value, mistake) in wrong {
        draft = draft.wrong(int(value), mistake);
    }
    let mut draft = draft
        .hint("Multiply or divide before you add or subtract.")
        .hint("Subtracting a negative number is the same as adding its opposite. Two numbers with different signs have a negative product or quotient.");
    for (text, value) in steps {
        draft = draft.step(text, int(value));
    }
    Some(draft)
}

const SUBTRACTS_SIZES: Misconception =
    slip("subtracts-across-zero", "subtracts the two distances from zero instead of adding them");
const NEGATIVE_DISTANCE: Misconception = slip("gives-negative-distance", "gives a distance a negative sign");
const ONE_SIDE: Misconception = slip("counts-one-side-of-zero", "counts only the part on one side of zero");

fn across_zero(g: &mut Gen) -> Option<Draft> {
    let (low, high) =
        (g.by_level([2..=9, 3..=40, 12..=280, 35..=900]), g.by_level([2..=9, 3..=60, 12..=450, 35..=2_400]));
    if low == high {
        return None;
    }
    let key = low + high;
    let [one, two] = g.children();
    let (l, h, minus) = (n(low), n(high), n(-low));
    let stem = match g.int(0..=4) {
        0 => format!(
            "The highest point of a park is {h} feet above sea level, and its lowest point is {l} feet below sea level. How many feet higher is the highest point than the lowest one?"
        ),
        1 => format!(
            "A bird flies {h} feet above the surface of a lake. A fish swims {l} feet below the surface, straight under it. How many feet apart are they?"
        ),
        2 => format!("What is the distance between {minus} and {h} on a number line?"),
        3 => format!(
            "{} has a score of {h} points in a game, and {} has a score of {minus} points. By how many points is {} ahead?",
            one.name, two.name, one.name
        ),
        _ => format!(
            "A cable car rises from a station {l} feet below sea level to one {h} feet above sea level. How many feet does it rise?"
        ),
    };
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(int((high - low).abs()), SUBTRACTS_SIZES)
            .wrong(int(high), ONE_SIDE)
            .wrong(int(low), ONE_SIDE)
            .wrong(int(-(high - low).abs()), NEGATIVE_DISTANCE)
            .hint("One is on one side of zero and the other is on the other side.")
            .hint("How far is it from the lower one up to zero, and from zero up to the higher one?")
            .step(format!("From {minus} up to zero it is {l}."), int(low))
            .step(format!("From zero up to {h} it is {h}."), int(high))
            .step(format!("Together that is {l} + {h} = {}.", n(key)), int(key)),
    )
}
