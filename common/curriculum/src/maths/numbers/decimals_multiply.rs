//! Decimals: multiplying and dividing.

use super::{ALL, BOTH, MATHS, MIDDLE_UPPER, kind, num, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, dec, int};
use crate::item::Misconception;
use crate::level::Level;

pub const TEMPLATES: &[Template] = &[
    kind("multiply-decimals", "numbers.decimals-multiply", MATHS, ALL, multiply),
    kind("divide-decimals", "numbers.decimals-multiply", BOTH, MIDDLE_UPPER, divide),
];

const ONE_FACTOR_PLACES: Misconception =
    slip("counts-places-of-one-factor", "counts the decimal places of only one factor");
const NO_PLACES: Misconception =
    slip("ignores-decimal-points", "multiplies as if there were no decimal points");
const PLACES_MORE: Misconception = slip("one-decimal-place-too-many", "counts one decimal place too many");
const ADDS_DECIMALS: Misconception =
    slip("adds-decimals-to-multiply", "adds the numbers instead of multiplying them");

fn multiply(g: &mut Gen) -> Option<Draft> {
    let a = g.by_level([2..=9, 2..=48, 11..=95, 11..=125]);
    let b = g.by_level([2..=9, 2..=9, 2..=48, 11..=48]);
    let (p, q) = match g.level() {
        Level::Lower => (1, 1),
        _ => (g.int(1..=2), g.int(1..=2)),
    };
    if a % 10 == 0 || b % 10 == 0 || a * b % 10 == 0 {
        return None;
    }
    let scale =
        |value: i64, places: i64| Q::from(value) / Q::from(10).pow(i32::try_from(places).unwrap_or(0));
    let (first, second, key) = (scale(a, p), scale(b, q), scale(a * b, p + q));
    let (x, y) = (dec(first).text, dec(second).text);
    let child = g.child();
    let stem = match g.int(0..=3) {
        0 => format!("What is {x} × {y}?"),
        1 => format!("What is the product of {x} and {y}?"),
        2 => format!(
            "A field is {x} kilometers long and {y} kilometers wide. What is its area in square kilometers?"
        ),
        _ => format!("{} multiplies {x} by {y} on paper. What is the right result?", child.name),
    };
    Some(
        Draft::new(stem)
            .key(num(key))
            .wrong(num(scale(a * b, p.max(q))), ONE_FACTOR_PLACES)
            .wrong(num(scale(a * b, p + q + 1)), PLACES_MORE)
            .wrong(num(a * b), NO_PLACES)
            .wrong(num(first + second), ADDS_DECIMALS)
            .hint(format!("First think of {a} × {b}. Then decide where the decimal point goes."))
            .hint("The product has as many decimal places as the two factors have together.")
            .step(format!("Without the points, {a} × {b} = {}.", num(a * b).text), int(a * b))
            .step(format!("The factors have {p} + {q} = {} decimal places together.", p + q), int(p + q))
            .step(format!("So the product is {}.", num(key).text), num(key)),
    )
}

const POINT_DROPPED: Misconception =
    slip("drops-divisor-point", "drops the decimal point of the divisor without changing the dividend");
const POINT_TOO_FAR: Misconception = slip("moves-point-too-far", "moves the decimal point one place too far");
const MULTIPLIES_DECIMALS: Misconception =
    slip("multiplies-decimals-to-divide", "multiplies the numbers instead of dividing");
const DIVIDES_BACKWARD: Misconception =
    slip("divides-decimals-backward", "divides the second number by the first");

fn divide(g: &mut Gen) -> Option<Draft> {
    let b = g.by_level([2..=9, 2..=9, 12..=48, 12..=95]);
    let key = g.by_level([3..=9, 4..=30, 4..=36, 6..=60]);
    let places = if b < 10 { 1 } else { g.int(1..=2) };
    let scale = if places == 1 { 10 } else { 100 };
    let (first, second) = (Q::new(b * key, scale), Q::new(b, scale));
    if b % 10 == 0 || first.is_whole() && g.one_in(2) || first == Q::from(1) || key % 10 == 0 {
        return None;
    }
    let (x, y) = (num(first).text, dec(second).text);
    let child = g.child();
    let stem = match g.int(0..=3) {
        0 => format!("What is {x} ÷ {y}?"),
        1 => format!(
            "A cook has {x} kilograms of flour. Each batch of rolls takes {y} kilograms. How many batches can the cook make?"
        ),
        2 => format!(
            "{} cuts a wire of {x} meters into pieces of {y} meters. How many pieces does {} get?",
            child.name, child.they
        ),
        _ => format!(
            "A tank holds {x} liters of water. How many times can a can of {y} liters be filled from it?"
        ),
    };
    let moved = b * key;
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(num(Q::from(key) / scale), POINT_DROPPED)
            .wrong(int(key * 10), POINT_TOO_FAR)
            .wrong(num(Q::new(key, 10)), slip("moves-point-too-little", "moves the decimal point one place too little"))
            .wrong(num(first * second), MULTIPLIES_DECIMALS)
            .wrong(num(second / first), DIVIDES_BACKWARD)
            .hint(format!(
                "How often does {y} fit into {x}? {}",
                if second < Q::from(1) { "Dividing by a number below one gives more." } else { "Round both numbers to get an idea." }
            ))
            .hint("Move the decimal point in both numbers by the same number of places, until you divide by a whole number.")
            .step(format!("Multiplying both numbers by {scale} gives {} ÷ {b}.", num(moved).text), int(moved))
            .step(format!("{} ÷ {b} = {key}.", num(moved).text), int(key)),
    )
}
