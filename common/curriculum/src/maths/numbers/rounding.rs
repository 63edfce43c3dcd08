//! Rounding.

use super::place::{one_of, place, ten};
use super::{ALL, LOWER_MIDDLE, MATHS, MIDDLE_UPPER, REASONING, kind, n, num, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, int};
use crate::item::Misconception;

pub const TEMPLATES: &[Template] = &[
    kind("round-whole-number", "numbers.rounding", MATHS, LOWER_MIDDLE, round_whole),
    kind("round-decimal", "numbers.rounding", MATHS, ALL, round_decimal),
    kind("compare-rounded", "numbers.rounding", REASONING, MIDDLE_UPPER, compare_rounded),
];

const ROUNDS_DOWN: Misconception =
    slip("always-rounds-down", "cuts the digits off without looking whether to round up");
const ROUNDS_UP: Misconception = slip("always-rounds-up", "rounds up even when the next digit is below five");
const SMALLER_PLACE: Misconception =
    slip("rounds-to-smaller-place", "rounds to a smaller place than the one asked for");
const LARGER_PLACE: Misconception =
    slip("rounds-to-larger-place", "rounds to a larger place than the one asked for");
const KEEPS_REST: Misconception =
    slip("keeps-digits-after-rounding", "rounds the digit but leaves the digits after it as they were");

fn nearest(value: Q, power: i64) -> Q {
    (value / ten(power)).round() * ten(power)
}

fn floor(value: Q, power: i64) -> Q {
    let down = nearest(value, power);
    if down > value { down - ten(power) } else { down }
}

fn round_whole(g: &mut Gen) -> Option<Draft> {
    let value = g.by_level([1_000..=9_999, 2_000..=98_000, 20_000..=9_800_000, 20_000..=9_800_000]);
    let power = g.by_level([1..=2, 1..=3, 2..=5, 2..=5]);
    let (whole, unit) = (Q::from(value), 10_i64.pow(u32::try_from(power).ok()?));
    if value % unit == 0 || (power > 1 && value % (unit / 10) == 0) || value < unit * 2 {
        return None;
    }
    let key = nearest(whole, power);
    let down = floor(whole, power);
    let (low, high) = (down, down + unit);
    let (place, here) = (one_of(power), place(power));
    let child = g.child();
    let stem = match g.int(0..=3) {
        0 => format!("What is {} rounded to the nearest {place}?", n(value)),
        1 => {
            format!("A library owns {} books. What is that number, rounded to the nearest {place}?", n(value))
        }
        2 => format!(
            "{} read that {} people live in a town. To the nearest {place}, how many people live there?",
            child.name,
            n(value)
        ),
        _ => format!(
            "A machine made {} buttons in a month. Round that number to the nearest {place}. What is the result?",
            n(value)
        ),
    };
    let decides = value / (unit / 10) % 10;
    let (other, why) = if key == low { (high, ROUNDS_UP) } else { (low, ROUNDS_DOWN) };
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(int(other), why)
            .wrong(int(nearest(whole, power - 1)), SMALLER_PLACE)
            .wrong(int(nearest(whole, power + 1)), LARGER_PLACE)
            .wrong(int(key + value % unit), KEEPS_REST)
            .hint(format!("Find the digit in the {} place. Which digit comes right after it?", here))
            .hint("If the next digit is 5 or more, round up. If it is 4 or less, keep the digit. Then write zeros.")
            .say(format!(
                "{} lies between {} and {}, two neighbors that end at the {} place.",
                n(value),
                int(low).text,
                int(high).text,
                here
            ))
            .step(format!("The digit after the {} place is {decides}.", here), int(decides))
            .step(
                format!("So the number rounds {} to {}.", if key == low { "down" } else { "up" }, int(key).text),
                int(key),
            ),
    )
}

const TENS_FOR_TENTHS: Misconception =
    slip("rounds-tens-for-tenths", "takes tenths for tens, or hundredths for hundreds, when rounding");

fn round_decimal(g: &mut Gen) -> Option<Draft> {
    let (places, power) =
        (g.by_level([2..=2, 2..=3, 3..=4, 4..=4]), g.by_level([-1..=0, -2..=0, -3..=-1, -3..=-1]));
    let scale = 10_i64.pow(u32::try_from(places).ok()?);
    let value = Q::new(g.int(12 * scale..=480 * scale), scale);
    let key = nearest(value, power);
    // The written number has all its places and the rounded one does not end in a zero.
    if (value * ten(places - 1)).is_whole()
        || places + power < 1
        || (power < 0 && (key * ten(-power - 1)).is_whole())
    {
        return None;
    }
    let (low, high) = (floor(value, power), floor(value, power) + ten(power));
    let (other, why) = if key == low { (high, ROUNDS_UP) } else { (low, ROUNDS_DOWN) };
    let (written, asked) = (num(value).text, one_of(power));
    let child = g.child();
    let stem = match g.int(0..=3) {
        0 => format!("What is {written} rounded to the nearest {asked}?"),
        1 => {
            format!("A scale shows {written} kilograms. What is that number, rounded to the nearest {asked}?")
        }
        2 => format!(
            "{} swam a lap in {written} seconds. What is that number of seconds, rounded to the nearest {asked}?",
            child.name
        ),
        _ => format!(
            "A rod measures {written} millimeters. Round that number to the nearest {asked}. What is the result?"
        ),
    };
    let decides = (floor(value * ten(1 - power), 0) - floor(value * ten(-power), 0) * 10).whole()?;
    let here = place(power);
    Some(
        Draft::new(stem)
            .key(num(key))
            .wrong(num(other), why)
            .wrong(num(nearest(value, power + 1)), LARGER_PLACE)
            .wrong(num(nearest(value, power - 1)), SMALLER_PLACE)
            .wrong(num(nearest(value, if power == 0 { 1 } else { -power })), TENS_FOR_TENTHS)
            .hint(format!("Find the digit in the {here} place. Which digit comes right after it?"))
            .hint("If the next digit is 5 or more, round up. If it is 4 or less, keep the digit.")
            .say(format!("{written} lies between {} and {}.", num(low).text, num(high).text))
            .step(format!("The digit after the {here} place is {decides}."), int(decides))
            .step(
                format!(
                    "So the number rounds {} to {}.",
                    if key == low { "down" } else { "up" },
                    num(key).text
                ),
                num(key),
            ),
    )
}

const ROUNDED_IS_EXACT: Misconception =
    slip("rounded-is-exact", "takes the rounded number for the exact one");
const ONLY_UP: Misconception =
    slip("thinks-rounding-goes-up", "thinks that a number always becomes greater when it is rounded");
const ONLY_DOWN: Misconception =
    slip("thinks-rounding-goes-down", "thinks that a number always becomes smaller when it is rounded");
const NOTHING_KNOWN: Misconception =
    slip("rounding-tells-nothing", "thinks that a rounded number tells nothing about the exact one");

fn compare_rounded(g: &mut Gen) -> Option<Draft> {
    let power = g.by_level([1..=1, 1..=2, 1..=2, 1..=4]);
    let unit = 10_i64.pow(u32::try_from(power).ok()?);
    let (half, rounded) = (unit / 2, unit * g.int(3..=97));
    if rounded % (unit * 10) == 0 {
        return None;
    }
    let place = one_of(power);
    let given = match g.int(0..=2) {
        0 => format!(
            "When the whole number n is rounded to the nearest {place}, the result is {}.",
            n(rounded)
        ),
        1 => {
            format!("A school has n students. Rounded to the nearest {place}, that number is {}.", n(rounded))
        }
        _ => format!("There are n marbles in a box. To the nearest {place}, that number is {}.", n(rounded)),
    };
    let (other, right) = match g.int(0..=4) {
        0 => (rounded, 3),
        1 => (rounded + g.int(1..=half - 1), 3),
        2 => (rounded - half - g.int(1..=half), 0),
        3 => (rounded + half + g.int(0..=half - 1), 1),
        _ => (rounded - g.int(1..=half), 3),
    };
    let (least, most) = (rounded - half, rounded + half - 1);
    let mut mistakes = [Some(ONLY_DOWN), Some(ONLY_UP), Some(ROUNDED_IS_EXACT), Some(NOTHING_KNOWN)];
    mistakes[right] = None;
    Some(
        Draft::comparison(&given, "n", &n(other), right, mistakes)
            .hint("Many whole numbers round to the same number. Which of them is the least, and which is the greatest?")
            .hint("Compare the least and the greatest possible n with the number in Column B.")
            .step(format!("The least whole number that rounds to {} is {}.", n(rounded), n(least)), int(least))
            .step(format!("The greatest whole number that rounds to {} is {}.", n(rounded), n(most)), int(most))
            .say(match right {
                0 => format!("Every one of these numbers is greater than {}.", n(other)),
                1 => format!("Every one of these numbers is less than {}.", n(other)),
                _ if other == least => {
                    format!("So n may be equal to {}, and it may be greater.", n(other))
                }
                _ if other == most => {
                    format!("So n may be equal to {}, and it may be less.", n(other))
                }
                _ => format!("So n may be less than {} and may be greater.", n(other)),
            }),
    )
}
