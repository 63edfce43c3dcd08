//! Scientific notation.

use super::powers::raised;
use super::{BOTH, MATHS, MIDDLE_UPPER, UPPER, kind, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Meaning, Q, Value, dec, int, words};
use crate::item::Misconception;
use crate::level::Level;

pub const TEMPLATES: &[Template] = &[
    kind("scientific-notation-write", "numbers.scientific", MATHS, MIDDLE_UPPER, write),
    kind("scientific-notation-multiply", "numbers.scientific", BOTH, UPPER, multiply),
];

/// A number in scientific notation: tenths or hundredths as a decimal, and the power of ten.
fn notation(front: Q, exponent: i64) -> String {
    format!("{} × 10{}", dec(front).text, raised(exponent))
}

const COUNTS_ZEROS: Misconception =
    slip("counts-only-zeros", "counts only the zeros instead of the places the point moves");
const COUNTS_DIGITS: Misconception =
    slip("counts-all-digits", "counts all the digits instead of the places the point moves");
const EXPONENT_SIGN: Misconception =
    slip("wrong-sign-of-exponent", "moves the decimal point in the wrong direction");
const APPENDS_ZEROS: Misconception = slip(
    "appends-zeros-for-exponent",
    "writes as many zeros as the exponent says instead of moving the decimal point",
);
const PLACE_OFF: Misconception = slip("power-of-ten-off", "moves the decimal point one place too many");

fn write(g: &mut Gen) -> Option<Draft> {
    let small = g.level() == Level::Upper && g.one_in(2) || g.one_in(4);
    let digits = g.int(11..=99);
    if digits % 10 == 0 {
        return None;
    }
    let front = Q::new(digits, 10);
    let back = g.one_in(2);
    let exponent = if small { -g.int(2..=5) } else { g.by_level([4..=5, 4..=5, 4..=5, 4..=7]) };
    let plain = front * Q::from(10).pow(i32::try_from(exponent).ok()?);
    let written = if small { dec_long(plain).text } else { int(plain).text };
    let zeros = if small { exponent + 1 } else { exponent - 1 };
    let digits_count = if small { exponent - 1 } else { exponent + 1 };
    let far = if small { exponent - 1 } else { exponent + 2 };
    let child = g.child();
    let value = |power: i64| i32::try_from(power).ok().map(|power| front * Q::from(10).pow(power));
    let write_out = |power: i64| {
        value(power).map_or_else(|| words(""), |v| if v.is_whole() { int(v) } else { dec_long(v) })
    };
    let scientific = notation(front, exponent);
    let draft = if back {
        let stem = match g.int(0..=2) {
            0 => format!("Which number is equal to {scientific}?"),
            1 => format!(
                "{} reads the number {scientific} on a screen. How is it written without a power of ten?",
                child.name
            ),
            _ => format!("How is {scientific} written in standard form?"),
        };
        Draft::new(stem)
            .key(write_out(exponent))
            .wrong(
                write_out(zeros),
                slip("moves-point-too-few-places", "moves the decimal point one place too few"),
            )
            .wrong(write_out(digits_count), APPENDS_ZEROS)
            .wrong(write_out(-exponent), EXPONENT_SIGN)
    } else {
        let thing = if small {
            g.pick(&["The thickness of a thread, in meters,", "The weight of a seed, in ounces,"])
        } else {
            g.pick(&["The number of visitors to a website", "The distance a probe has flown, in miles,"])
        };
        let stem = match g.int(0..=2) {
            0 => format!("How is {written} written in scientific notation?"),
            1 => format!("{thing} is {written}. How is this number written in scientific notation?"),
            _ => format!("{} wants to write {written} in scientific notation. Which is right?", child.name),
        };
        Draft::new(stem)
            .key(words(scientific.clone()))
            .wrong(words(notation(front, zeros)), COUNTS_ZEROS)
            .wrong(words(notation(front, digits_count)), COUNTS_DIGITS)
            .wrong(words(notation(front, -exponent)), EXPONENT_SIGN)
            .wrong(words(notation(front, far)), PLACE_OFF)
    };
    let (places, way) = (exponent.abs(), if small { "left" } else { "right" });
    Some(
        draft
            .hint(if small {
                "The number is less than one. What does that tell about the exponent?"
            } else {
                "The number is large. What does that tell about the exponent?"
            })
            .hint(if back {
                "The exponent tells how many places the decimal point moves, and in which direction."
            } else {
                "Put the decimal point after the first digit that is not zero. How many places away is that?"
            })
            .step(format!("The front number is {}, between 1 and 10.", dec(front).text), dec(front))
            .step(format!("From there the decimal point moves {places} places to the {way}."), int(places))
            .say(format!("So {written} = {scientific}.")),
    )
}

/// A decimal with up to nine places, or nothing.
fn dec_long(value: Q) -> Value {
    let text = value.0.and_then(|number| number.decimal(9)).unwrap_or_default();
    Value { meaning: value.0.map(|number| Meaning::Number(number, String::new())), text }
}

const EXPONENTS_MULTIPLIED: Misconception =
    slip("multiplies-powers-of-ten", "multiplies the exponents of ten instead of adding them");
const NOT_ADJUSTED: Misconception = slip(
    "exponent-not-adjusted",
    "moves the decimal point of the front number without changing the exponent",
);
const FRONTS_ADDED: Misconception =
    slip("adds-front-numbers", "adds the front numbers instead of multiplying them");

fn multiply(g: &mut Gen) -> Option<Draft> {
    let (a, b) = (g.int(2..=9), g.int(2..=9));
    let (x, y) = g.two(3..=6);
    let front = a * b;
    if front < 11 || front % 10 == 0 || x * y == x + y + 1 {
        return None;
    }
    let (one, two) = (notation(Q::from(a), x), notation(Q::from(b), y));
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!("What is ({one}) × ({two}) in scientific notation?"),
        1 => format!(
            "A computer does {one} steps in a second. How many steps does it do in {two} seconds, in scientific notation?"
        ),
        _ => format!("{} multiplies {one} by {two}. What is the product in scientific notation?", child.name),
    };
    let spoken = crate::speech::stem(&stem.replace(['(', ')'], ""));
    let f = Q::new(front, 10);
    Some(
        Draft::new(stem)
            .spoken(spoken)
            .key(words(notation(f, x + y + 1)))
            .wrong(words(notation(f, x + y)), NOT_ADJUSTED)
            .wrong(words(notation(f, x * y + 1)), EXPONENTS_MULTIPLIED)
            .wrong(words(if a + b < 10 { notation(Q::from(a + b), x + y) } else { notation(Q::new(a + b, 10), x + y + 1) }), FRONTS_ADDED)
            .wrong(words(notation(f, x + y - 1)), slip("exponent-adjusted-backward", "moves the exponent the wrong way when the front number is too large"))
            .hint("Multiply the front numbers and the powers of ten separately.")
            .hint("When powers of ten are multiplied, their exponents are added. The front number must be less than ten in the end.")
            .step(format!("{a} × {b} = {front}."), int(front))
            .step(format!("The exponents add up to {x} + {y} = {}.", x + y), int(x + y))
            .say(format!("{front} × 10{} is written as {}.", raised(x + y), notation(f, x + y + 1))),
    )
}
