//! Right triangles.

use super::{geometry, size, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, int};
use crate::figure::Picture;
use crate::level::Level::{Middle, Upper};
use crate::level::Section::{Mathematics, Quantitative};

pub const TEMPLATES: &[Template] = &[
    geometry(
        "right-triangle-side",
        "geometry.pythagoras",
        &[Mathematics, Quantitative],
        &[Middle, Upper],
        right_side,
    ),
    geometry("rectangle-diagonal", "geometry.pythagoras", &[Mathematics, Quantitative], &[Upper], diagonal),
    geometry("compare-right-triangle", "geometry.pythagoras", &[Quantitative], &[Upper], compare),
];

const TRIPLES: [(i64, i64, i64); 10] = [
    (3, 4, 5),
    (6, 8, 10),
    (5, 12, 13),
    (9, 12, 15),
    (8, 15, 17),
    (12, 16, 20),
    (7, 24, 25),
    (15, 20, 25),
    (10, 24, 26),
    (20, 21, 29),
];

fn right_side(g: &mut Gen) -> Option<Draft> {
    let (a, b, c) = g.pick(&TRIPLES);
    let k = if c < 14 { g.int(1..=3) } else { 1 };
    let (a, b, c) = if g.one_in(2) { (a * k, b * k, c * k) } else { (b * k, a * k, c * k) };
    let find_long = g.one_in(2);
    let child = g.child();
    let kind = g.int(0..=3);
    let stem = match (kind, find_long) {
        (0, true) => format!(
            "The foot of a ladder stands {a} feet from a wall, and its top touches the wall {b} feet above the level ground. How many feet long is the ladder?"
        ),
        (0, false) => format!(
            "A ladder that is {c} feet long leans against a wall. Its foot stands {a} feet from the wall on level ground. How many feet up the wall does it reach?"
        ),
        (1, true) => format!(
            "{} walks {a} blocks east and then {b} blocks north. How many blocks away from the start is {} in a straight line?",
            child.name, child.they
        ),
        (1, false) => format!(
            "{} walks {a} blocks east and then some blocks north. The straight line back to the start is {c} blocks long. How many blocks north did {} walk?",
            child.name, child.they
        ),
        (_, true) => {
            "How many centimeters long is the side marked x in the right triangle in the figure?".to_owned()
        }
        (_, false) => "The figure shows a right triangle. What is the length of x in centimeters?".to_owned(),
    };
    let key = if find_long { c } else { b };
    let draft = Draft::new(stem);
    let draft = if kind >= 2 {
        let (up, slant) =
            if find_long { (b.to_string(), "x".to_owned()) } else { ("x".to_owned(), c.to_string()) };
        let words = if find_long {
            format!(
                "A right triangle. The two sides that meet at the right angle are {a} centimeters and {b} centimeters long. The side opposite the right angle is x."
            )
        } else {
            format!(
                "A right triangle. The two sides that meet at the right angle are {a} centimeters and x. The side opposite the right angle is {c} centimeters long."
            )
        };
        draft.figure(
            Picture::new(240, 180, words)
                .polygon(&[(30, 140), (200, 140), (30, 30)], false)
                .right_angle((30, 140), 1, -1)
                .label(115, 160, &a.to_string())
                .label(14, 90, &up)
                .label(128, 76, &slant),
        )
    } else {
        draft
    };
    let square = |n: i64| n * n;
    let big = |n: i64| int(n * n).text;
    Some(if find_long {
        draft
            .key(int(c))
            .wrong(int(a + b), slip("adds-the-legs", "adds the two legs instead of their squares"))
            .wrong(int(c * c), slip("forgets-the-root", "forgets to take the square root at the end"))
            .wrong(int((a - b).abs()), slip("subtracts-legs", "subtracts one leg from the other"))
            .wrong(int(Q::new(a + b, 2)), slip("averages-the-legs", "takes the average of the two legs"))
            .wrong(int(c + 1), slip("misestimates-the-root", "misses the square root by one"))
            .hint("Two directions at a right angle and a straight line across make a right triangle. Which side is the longest?")
            .hint("Square the two shorter sides, add the squares, and look for the number whose square that is.")
            .step(format!("The squares of the legs are {} and {}, and they add up to {}.", big(a), big(b), big(c)), int(square(c)))
            .step(format!("The longest side is the square root of {}, which is {c}.", big(c)), int(c))
    } else {
        draft
            .key(int(key))
            .wrong(int(c - a), slip("subtracts-sides", "subtracts the sides instead of their squares"))
            .wrong(int(b * b), slip("forgets-the-root", "forgets to take the square root at the end"))
            .wrong(int(a + c), slip("adds-leg-and-long-side", "adds the two sides instead of working with their squares"))
            .wrong(int(b + 1), slip("misestimates-the-root", "misses the square root by one"))
            .hint("Which side is opposite the right angle? It is the longest one.")
            .hint("Square the two known sides, subtract the smaller square from the larger, and look for the number whose square that is.")
            .step(format!("The square of the longest side is {}, and the square of the known leg is {}.", big(c), big(a)), int(square(c)))
            .step(format!("The difference is {} − {} = {}.", big(c), big(a), big(b)), int(square(b)))
            .step(format!("The unknown leg is the square root of {}, which is {b}.", big(b)), int(b))
    })
}

fn diagonal(g: &mut Gen) -> Option<Draft> {
    let (a, b, c) = g.pick(&TRIPLES);
    let k = if c < 14 { g.int(1..=4) } else { 1 };
    let (a, b, c) = if g.one_in(2) { (a * k, b * k, c * k) } else { (b * k, a * k, c * k) };
    let child = g.child();
    let place = g.pick(&["field", "parking lot", "garden", "gym floor", "courtyard"]);
    let opening = match g.int(0..=2) {
        0 => format!(
            "A rectangular {place} is {a} meters long on one side, and its diagonal is {c} meters long."
        ),
        1 => format!(
            "{} walks straight across a rectangular {place} from corner to opposite corner, {c} meters. One side of the {place} is {a} meters long.",
            child.name
        ),
        _ => format!(
            "A straight rope of {c} meters just joins two opposite corners of a rectangular {place}. One side of the {place} measures {a} meters."
        ),
    };
    let around = g.one_in(2);
    let (ask, key) = if around {
        ("How many meters is it around the rectangle?", 2 * (a + b))
    } else {
        ("What is the area of the rectangle in square meters?", a * b)
    };
    let put = |w: i64| if around { 2 * (a + w) } else { a * w };
    Some(
        Draft::new(format!("{opening} {ask}"))
            .key(int(key))
            .wrong(int(put(c)), slip("diagonal-for-side", "uses the diagonal as if it were a side"))
            .wrong(int(size(put(c - a))), slip("subtracts-sides", "subtracts the sides instead of their squares"))
            .wrong(int(if around { a * b } else { 2 * (a + b) }), slip("area-for-perimeter", "mixes up area and perimeter"))
            .wrong(int(if around { a + b } else { a * b / 2 }), if around { slip("half-the-perimeter", "adds only two of the four sides") } else { slip("half-the-rectangle", "finds only the triangle on one side of the diagonal") })
            .wrong(int(b), slip("stops-at-the-side", "stops at the missing side"))
            .hint("The diagonal cuts the rectangle into two right triangles.")
            .hint("Find the missing side first: subtract the square of the known side from the square of the diagonal.")
            .step(format!("The square of the missing side is {} − {} = {}.", c * c, a * a, b * b), int(b * b))
            .step(format!("The missing side is {b} meters."), int(b))
            .step(if around { format!("The perimeter is 2 × ({a} + {b}) = {key} meters.") } else { format!("The area is {a} × {b} = {key} square meters.") }, int(key)),
    )
}

fn compare(g: &mut Gen) -> Option<Draft> {
    let (a, b, c) = g.pick(&TRIPLES);
    let child = g.child();
    let mistake = |id, plain| Some(slip(id, plain));
    let (given, one, two, right, steps): (String, String, String, usize, Vec<String>) = match g.int(0..=2) {
        0 => {
            let limit = c + g.pick(&[-1, 0, 0, 1]);
            let right = if c > limit {
                0
            } else if c == limit {
                2
            } else {
                1
            };
            (
                format!(
                    "{} draws a right triangle. The two sides that form its right angle are {a} inches and {b} inches long.",
                    child.name
                ),
                "The length in inches of the third side".into(),
                limit.to_string(),
                right,
                vec![
                    format!("The squares of the two legs add up to {} + {} = {}.", a * a, b * b, c * c),
                    format!("So the third side is {c} inches, to be compared with {limit}."),
                ],
            )
        }
        1 => {
            // Which of the sides is the longest is not told.
            let limit = c + g.pick(&[-1, 0, 1]);
            let other = b * b - a * a;
            if limit * limit <= other || limit > c {
                return None;
            }
            (
                format!(
                    "Two sides of a right triangle drawn by {} are {a} inches and {b} inches long.",
                    child.name
                ),
                "The length in inches of the third side".into(),
                limit.to_string(),
                3,
                vec![
                    format!("If the known sides are the legs, the third side is {c} inches."),
                    format!(
                        "If {b} inches is the longest side, the third side is shorter than {b} inches, and its square is {} − {} = {other}.",
                        b * b,
                        a * a
                    ),
                    format!(
                        "The first is not less than {limit} and the second is less, and that leaves the comparison open."
                    ),
                ],
            )
        }
        _ => {
            let k = g.int(2..=5);
            let value = c * k;
            let limit = value + g.pick(&[0, 1, -1]);
            let right = if value > limit {
                0
            } else if value == limit {
                2
            } else {
                1
            };
            (
                format!(
                    "A rectangular park in {}'s town has sides of {} feet and {} feet.",
                    child.name,
                    a * k,
                    b * k
                ),
                "The straight distance in feet between opposite corners of the park".into(),
                limit.to_string(),
                right,
                vec![
                    format!(
                        "The squares of the sides add up to {} + {} = {}.",
                        a * a * k * k,
                        b * b * k * k,
                        value * value
                    ),
                    format!("So the distance is {value} feet, to be compared with {limit}."),
                ],
            )
        }
    };
    let mut mistakes = [
        mistake("adds-the-legs", "adds the two legs instead of their squares"),
        mistake(
            "long-side-hardly-longer",
            "thinks that the side opposite the right angle is hardly longer than a leg",
        ),
        mistake("expects-equal-quantities", "expects the quantities to match without calculating"),
        mistake("third-side-thought-free", "thinks the third side is free although the right angle fixes it"),
    ];
    if right == 3 {
        mistakes[0] =
            mistake("sees-legs-only", "takes the two given sides for the legs although nothing says so");
        mistakes[1] = mistake(
            "sees-longest-side-only",
            "takes one of the given sides for the longest although nothing says so",
        );
        mistakes[2] =
            mistake("sees-legs-only", "takes the two given sides for the legs although nothing says so");
    }
    mistakes[right] = None;
    let mut draft = Draft::comparison(&given, &one, &two, right, mistakes)
        .hint("Which side of the right triangle is the longest one? Is that told?")
        .hint("In a right triangle the squares of the two legs add up to the square of the longest side.");
    for step in steps {
        draft = draft.say(step);
    }
    Some(draft)
}
