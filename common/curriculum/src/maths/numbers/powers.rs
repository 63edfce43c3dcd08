//! Powers.

use super::{MATHS, MIDDLE_UPPER, UPPER, kind, n, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{int, words};
use crate::item::Misconception;
use crate::level::Level;

pub const TEMPLATES: &[Template] = &[
    kind("evaluate-powers", "numbers.powers", MATHS, MIDDLE_UPPER, evaluate),
    kind("number-power-rules", "numbers.powers", MATHS, UPPER, rules),
];

const UP: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// A whole number as raised digits.
pub fn raised(exponent: i64) -> String {
    exponent
        .to_string()
        .chars()
        .map(|c| c.to_digit(10).and_then(|digit| UP.get(digit as usize).copied()).unwrap_or('⁻'))
        .collect()
}

/// A power as it is written; an exponent of 1 is left out.
pub fn power(base: i64, exponent: i64) -> String {
    if exponent == 1 { n(base) } else { format!("{base}{}", raised(exponent)) }
}

pub fn value(base: i64, exponent: i64) -> i64 {
    u32::try_from(exponent).map_or(1, |exponent| base.pow(exponent))
}

const TIMES_EXPONENT: Misconception = slip("base-times-exponent", "multiplies the base by the exponent");
const EXPONENT_LESS: Misconception = slip("exponent-one-factor-short", "uses one factor too few");
const BASE_AND_EXPONENT: Misconception =
    slip("exponent-as-base", "takes the exponent for the base and the base for the exponent");
const ADDS_BASES: Misconception = slip("adds-bases-of-powers", "adds the bases before raising to the power");
const FIRST_ONLY: Misconception = slip("one-power-only", "works out only one of the two powers");

fn evaluate(g: &mut Gen) -> Option<Draft> {
    let (a, b) = (g.int(2..=g.level().max(Level::Middle) as i64 + 2), g.int(2..=9));
    let (x, y) = (g.by_level([2..=3, 2..=3, 3..=5, 3..=6]), g.int(2..=3));
    let (one, two) = (value(a, x), value(b, y));
    if one > 800 || a == b || a == x || two > 600 {
        return None;
    }
    let plus = one <= two || g.one_in(2);
    let join = |left: i64, right: i64| if plus { left + right } else { left - right };
    let (key, sign) = (join(one, two), if plus { "+" } else { "−" });
    let text = format!("{} {sign} {}", power(a, x), power(b, y));
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!("What is the value of {text}?"),
        1 => format!("Which number is equal to {text}?"),
        _ => format!("{} works out {text}. What is the right result?", child.name),
    };
    let together = value(if plus { a + b } else { a - b }, x.min(y));
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(int(join(a * x, b * y)), TIMES_EXPONENT)
            .wrong(int(join(value(a, x - 1), two)), EXPONENT_LESS)
            .wrong(int(join(value(x, a), two)), BASE_AND_EXPONENT)
            .wrong(int(together), ADDS_BASES)
            .wrong(int(one), FIRST_ONLY)
            .hint("An exponent tells how many times the base is used as a factor.")
            .hint("Work out each power by itself, and then put the two results together.")
            .step(format!("{} is {} = {}.", power(a, x), factors(a, x), n(one)), int(one))
            .step(format!("{} is {} = {}.", power(b, y), factors(b, y), n(two)), int(two))
            .step(format!("{} {sign} {} = {}.", n(one), n(two), n(key)), int(key)),
    )
}

fn factors(base: i64, exponent: i64) -> String {
    vec![base.to_string(); usize::try_from(exponent).unwrap_or(1)].join(" × ")
}

const MULTIPLIES_EXPONENTS: Misconception =
    slip("multiplies-exponents-of-product", "multiplies the exponents of powers that are multiplied");
const ADDS_FOR_POWER: Misconception =
    slip("adds-exponents-of-power", "adds the exponents when a power is raised to a power");
const MULTIPLIES_BASES: Misconception = slip("multiplies-equal-bases", "multiplies the bases too");
const DIVIDES_EXPONENTS: Misconception =
    slip("divides-exponents", "divides the exponents where they should be subtracted");
const CANCELS_BASES: Misconception =
    slip("cancels-bases", "divides the bases too, so that only 1 is left to be raised");
const POWER_OF_EXPONENT: Misconception = slip("raises-exponent", "raises the exponent itself to the power");

fn rules(g: &mut Gen) -> Option<Draft> {
    let b = g.pick(&[2, 3, 5, 6, 7, 10]);
    let (x, y) = g.two(2..=6);
    let (text, key, wrong, why) = match g.int(0..=2) {
        0 => (
            format!("{} × {}", power(b, x), power(b, y)),
            x + y,
            vec![
                (power(b, x * y), MULTIPLIES_EXPONENTS),
                (power(b * b, x + y), MULTIPLIES_BASES),
                (
                    power(b * b, x * y),
                    slip("multiplies-bases-and-exponents", "multiplies the bases and the exponents"),
                ),
                (power(2 * b, x + y), slip("adds-equal-bases", "adds the bases")),
            ],
            format!("There are {x} factors and then {y} more: {x} + {y} = {}.", x + y),
        ),
        1 => {
            let y = g.int(2..=3);
            // Twice 2 is the square of 2: there the mistake would not show.
            if b == 2 && y == 2 {
                return None;
            }
            (
                format!("({}){}", power(b, x), raised(y)),
                x * y,
                vec![
                    (power(b, x + y), ADDS_FOR_POWER),
                    (power(b, value(x, y)), POWER_OF_EXPONENT),
                    (
                        power(b * y, x),
                        slip(
                            "multiplies-base-by-outer-exponent",
                            "multiplies the base by the outer exponent",
                        ),
                    ),
                    (power(b * b, x * y), MULTIPLIES_BASES),
                ],
                format!("There are {y} groups of {x} factors: {y} × {x} = {}.", x * y),
            )
        }
        _ => {
            let (high, low) = (x.max(y) + 2, x.min(y));
            let divided = if high % low == 0 { power(b, high / low) } else { String::new() };
            (
                format!("{} ÷ {}", power(b, high), power(b, low)),
                high - low,
                vec![
                    (divided, DIVIDES_EXPONENTS),
                    (
                        power(b, high + low),
                        slip("adds-exponents-to-divide", "adds the exponents of powers that are divided"),
                    ),
                    (format!("1{}", raised(high - low)), CANCELS_BASES),
                    (
                        power(b, high * low),
                        slip(
                            "multiplies-exponents-to-divide",
                            "multiplies the exponents of powers that are divided",
                        ),
                    ),
                ],
                format!("Of the {high} factors, {low} cancel: {high} − {low} = {}.", high - low),
            )
        }
    };
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!("Which of these is equal to {text}?"),
        1 => format!("{} writes {text} as a single power. Which one is right?", child.name),
        _ => format!("How can {text} be written as one power?"),
    };
    let spoken = stem.replace(&text, &text.replace('(', "the quantity ").replace(')', ", all "));
    let result = power(b, key);
    let mut draft = Draft::new(stem)
        .spoken(
            crate::speech::stem(&spoken)
                .replace("all squared", "all of it squared")
                .replace("all cubed", "all of it cubed"),
        )
        .key(words(result.clone()));
    for (text, mistake) in wrong {
        draft = draft.wrong(words(text), mistake);
    }
    Some(
        draft
            .hint("Write the powers out as products in which every factor is the base.")
            .hint("How many times does the base stand there as a factor in the end?")
            .step(why, int(key))
            .say(format!("So {text} = {result}.")),
    )
}
