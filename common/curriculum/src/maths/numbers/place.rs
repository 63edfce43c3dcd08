//! Place value and rounding.

use super::{ALL, LOWER_MIDDLE, MATHS, kind, n, num, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, int};
use crate::item::Misconception;
use crate::level::Level;
use crate::story::spelled;

pub const TEMPLATES: &[Template] = &[
    kind("digit-value", "numbers.place-value", MATHS, LOWER_MIDDLE, digit_value),
    kind("digit-value-times", "numbers.place-value", MATHS, ALL, digit_times),
    kind("number-from-words", "numbers.place-value", MATHS, LOWER_MIDDLE, from_words),
];

/// The names of the places, the ones at 3.
const PLACES: [&str; 10] = [
    "thousandths",
    "hundredths",
    "tenths",
    "ones",
    "tens",
    "hundreds",
    "thousands",
    "ten thousands",
    "hundred thousands",
    "millions",
];

/// The name of the place of 10 to a power from -3 to 6.
pub fn place(power: i64) -> &'static str {
    usize::try_from(power + 3).ok().and_then(|at| PLACES.get(at)).copied().unwrap_or("ones")
}

/// The name of one of a place: "tenth", "ten thousand".
pub fn one_of(power: i64) -> String {
    if power == 0 { "whole number".into() } else { place(power).trim_end_matches('s').to_owned() }
}

/// 10 to a power.
pub fn ten(power: i64) -> Q {
    Q::from(10).pow(i32::try_from(power).unwrap_or(0))
}

/// `count` different digits from 1 to 9, the highest first.
fn digits(g: &mut Gen, count: usize) -> Vec<i64> {
    g.several(&[1, 2, 3, 4, 5, 6, 7, 8, 9], count)
}

fn joined(digits: &[i64]) -> i64 {
    digits.iter().fold(0, |all, digit| all * 10 + digit)
}

const FACE: Misconception =
    slip("face-value", "gives the digit itself instead of what it is worth in its place");
const PLACE_HIGH: Misconception = slip("place-too-high", "counts one place too many from the right");
const PLACE_LOW: Misconception = slip("place-too-low", "counts one place too few");
const AND_REST: Misconception =
    slip("digit-and-rest", "reads the digit together with all the digits after it");
const MIRROR: Misconception =
    slip("mirrors-decimal-place", "takes tenths for tens and hundredths for hundreds");

fn digit_value(g: &mut Gen) -> Option<Draft> {
    let lower = g.level() == Level::Lower;
    // How many of the digits come after the decimal point.
    let after = if g.one_in(3) { g.int(2..=3) } else { 0 };
    let count = match (after, lower) {
        (0, true) => g.int(4..=5),
        (0, false) => g.int(6..=7),
        _ => after + g.int(1..=2),
    };
    let digits = digits(g, usize::try_from(count).ok()?);
    let at = if after == 0 { g.int(0..=count - 3) } else { g.int(count - after..=count - 1) };
    let power = count - 1 - at - after;
    let digit = *digits.get(usize::try_from(at).ok()?)?;
    let whole = joined(&digits);
    let written = num(Q::from(whole) / ten(after)).text;
    let value = ten(power) * digit;
    let rest = Q::from(whole % 10_i64.pow(u32::try_from(count - at).ok()?)) / ten(after);
    let child = g.child();
    let stem = match (after, g.int(0..=2)) {
        (_, 0) => format!("In the number {written}, what is the value of the digit {digit}?"),
        (0, 1) => format!(
            "A stadium sold {written} tickets last season. In that number, what is the value of the digit {digit}?"
        ),
        (_, 1) => format!(
            "A pebble weighs {written} grams. In that number, what is the value of the digit {digit}?"
        ),
        _ => format!(
            "{} wrote the number {written} on the board. How much is the digit {digit} worth in this number?",
            child.name
        ),
    };
    let draft = Draft::new(stem).key(num(value)).wrong(num(value / 10), PLACE_LOW);
    let draft = if after == 0 {
        let most = if lower { 100_000 } else { 10_000_000 };
        let high = value * 10;
        let draft = draft.wrong(int(digit), FACE);
        if high > Q::from(most) { draft } else { draft.wrong(num(high), PLACE_HIGH) }
    } else {
        draft.wrong(num(ten(-power) * digit), MIRROR).wrong(int(digit), FACE)
    };
    let place = place(power);
    Some(
        draft
            .wrong(num(rest), AND_REST)
            .hint("The value of a digit depends on its place. Which place is this digit in?")
            .hint(if after == 0 {
                "Count the places from the right: ones, tens, hundreds, and so on."
            } else {
                "The first place after the decimal point is tenths, then come hundredths and thousandths."
            })
            .say(format!("In {written}, the digit {digit} is in the {place} place."))
            .step(format!("A 1 in that place is worth {}.", num(ten(power)).text), num(ten(power)))
            .step(format!("{digit} × {} = {}.", num(ten(power)).text, num(value).text), num(value)),
    )
}

const SAME_DIGIT: Misconception =
    slip("same-digit-same-value", "thinks that the same digit has the same value in every place");
const TEN_A_PLACE: Misconception =
    slip("adds-ten-for-each-place", "counts ten for each place instead of multiplying by ten each time");
const SUBTRACTS_VALUES: Misconception = slip(
    "subtracts-values",
    "subtracts the two values instead of asking how many times one goes into the other",
);
const ONE_PLACE_MORE: Misconception =
    slip("counts-both-places", "counts both places instead of the steps between them");
const ONE_PLACE_LESS: Misconception =
    slip("counts-between-places", "counts only the places between the two digits");

fn digit_times(g: &mut Gen) -> Option<Draft> {
    let after = g.by_level([0..=0, 0..=0, 0..=2, 1..=3]);
    let count = g.by_level([4..=4, 4..=5, 5..=6, 5..=6]);
    let mut digits = digits(g, usize::try_from(count).ok()?);
    let (mut high, mut low) = g.two(0..=count - 1);
    if high > low {
        (high, low) = (low, high);
    }
    let digit = *digits.get(usize::try_from(high).ok()?)?;
    *digits.get_mut(usize::try_from(low).ok()?)? = digit;
    let written = num(Q::from(joined(&digits)) / ten(after)).text;
    let (left, right) = (ten(count - 1 - high - after) * digit, ten(count - 1 - low - after) * digit);
    let steps = low - high;
    let times = ten(steps);
    if steps > 4 {
        return None;
    }
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!(
            "In the number {written}, the value of the {digit} on the left is how many times the value of the {digit} on the right?"
        ),
        1 => format!(
            "The digit {digit} appears twice in {written}. How many times as great as the value of the second {digit} is the value of the first {digit}?"
        ),
        _ => format!(
            "{} made the number {written} with digit cards. By what number must the value of the {digit} on the right be multiplied to get the value of the {digit} on the left?",
            child.name
        ),
    };
    Some(
        Draft::new(stem)
            .key(int(times))
            .wrong(int(1), SAME_DIGIT)
            .wrong(int(10 * steps), TEN_A_PLACE)
            .wrong(int(times * 10), ONE_PLACE_MORE)
            .wrong(if steps > 1 { int(times / 10) } else { num(left - right) }, if steps > 1 {
                ONE_PLACE_LESS
            } else {
                SUBTRACTS_VALUES
            })
            .wrong(num(left - right), SUBTRACTS_VALUES)
            .hint("What is each of the two digits worth in its place?")
            .hint("How many steps to the left is it from one digit to the other, and what does each step do to the worth?")
            .step(format!("The {digit} on the left is worth {}.", num(left).text), num(left))
            .step(format!("The {digit} on the right is worth {}.", num(right).text), num(right))
            .step(format!("{} ÷ {} = {}.", num(left).text, num(right).text, num(times).text), num(times)),
    )
}

const SKIPS_ZERO: Misconception = slip("leaves-out-zeros", "leaves out the zeros that hold the empty places");
const SKIPS_ONE_ZERO: Misconception =
    slip("leaves-out-one-zero", "leaves out one of the zeros that hold empty places");
const FILLS_PLACE: Misconception =
    slip("fills-empty-place", "puts a digit into a place that should hold a zero");
const ZERO_LAST: Misconception =
    slip("moves-zero-to-end", "writes the zero of an empty place at the end instead of where it belongs");
const ZERO_MORE: Misconception =
    slip("writes-extra-zero", "writes one zero too many in the middle of the number");

/// A number below 1,000 in words.
fn small_words(value: i64) -> String {
    const TENS: [&str; 10] =
        ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let (hundreds, rest) = (value / 100, value % 100);
    let low = match rest {
        0 => String::new(),
        1..=20 => spelled(rest),
        _ => {
            let tens = usize::try_from(rest / 10).ok().and_then(|at| TENS.get(at)).copied().unwrap_or("");
            if rest % 10 == 0 { tens.to_owned() } else { format!("{tens}-{}", spelled(rest % 10)) }
        }
    };
    match (hundreds, low.is_empty()) {
        (0, _) => low,
        (_, true) => format!("{} hundred", spelled(hundreds)),
        _ => format!("{} hundred {low}", spelled(hundreds)),
    }
}

fn in_words(value: i64) -> String {
    let groups = [(value / 1_000_000, " million"), (value / 1_000 % 1_000, " thousand"), (value % 1_000, "")];
    let said: Vec<String> = groups
        .iter()
        .filter(|(group, _)| *group > 0)
        .map(|(group, name)| format!("{}{name}", small_words(*group)))
        .collect();
    said.join(" ")
}

/// A number as the sum of the values of its digits.
fn expanded(value: i64) -> String {
    let text = value.to_string();
    let parts: Vec<String> = text
        .chars()
        .rev()
        .zip(0_u32..)
        .filter_map(|(c, power)| c.to_digit(10).map(|digit| i64::from(digit) * 10_i64.pow(power)))
        .filter(|part| *part > 0)
        .map(n)
        .collect();
    parts.into_iter().rev().collect::<Vec<_>>().join(" + ")
}

fn from_words(g: &mut Gen) -> Option<Draft> {
    let count = g.by_level([4..=4, 4..=5, 6..=7, 7..=7]);
    let zeros = if count == 4 { g.int(1..=2) } else { g.int(2..=3) };
    let mut digits = digits(g, usize::try_from(count).ok()?);
    let inner: Vec<usize> = (1..digits.len()).collect();
    for at in g.several(&inner, usize::try_from(zeros).ok()?) {
        *digits.get_mut(at)? = 0;
    }
    // A zero with a digit somewhere after it, or nothing is hard about it.
    let first = digits.iter().position(|digit| *digit == 0)?;
    let next = (first..digits.len()).find(|at| digits[*at] != 0)?;
    let value = joined(&digits);
    let without: Vec<i64> = digits.iter().copied().filter(|digit| *digit != 0).collect();
    let mut fewer = digits.clone();
    fewer.remove(first);
    let mut last = fewer.clone();
    last.push(0);
    let mut filled = digits.clone();
    filled.swap(first, next);
    let mut more = digits.clone();
    more.insert(first, 0);
    let child = g.child();
    let (words, sum) = (in_words(value), expanded(value));
    let stem = match g.int(0..=3) {
        0 => format!("Which number is {words}?"),
        1 => {
            format!("{} heard on the radio that a city has {words} trees. Which number is that?", child.name)
        }
        2 => format!("Which number is equal to {sum}?"),
        _ => format!("{} wrote a number in expanded form: {sum}. What is the number?", child.name),
    };
    let too_big = count == 5 || count == 7;
    let empty = place(count - 1 - i64::try_from(first).ok()?);
    let draft = Draft::new(stem)
        .key(int(value))
        .wrong(int(joined(&fewer)), SKIPS_ONE_ZERO)
        .wrong(int(joined(&filled)), FILLS_PLACE)
        .wrong(int(joined(&last)), ZERO_LAST);
    let draft = if too_big { draft } else { draft.wrong(int(joined(&more)), ZERO_MORE) };
    Some(
        draft
            .wrong(int(joined(&without)), SKIPS_ZERO)
            .hint("A place with nothing in it still has to be written. What holds it?")
            .hint(format!("The number has {} digits. Which of its places are empty?", spelled(count)))
            .say(format!(
                "The highest place is {}, so the number has {} digits.",
                place(count - 1),
                spelled(count)
            ))
            .say(format!(
                "There are no {empty}, so that place holds a zero, and so does every other empty place."
            ))
            .step(format!("The number is {}.", n(value)), int(value)),
    )
}
