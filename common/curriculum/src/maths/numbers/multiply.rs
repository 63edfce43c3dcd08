//! Whole numbers: multiplying.

use super::whole::columns;
use super::{ALL, BOTH, LOWER_MIDDLE, MATHS, kind, n, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{int, words};
use crate::item::Misconception;
use crate::level::Level;

pub const TEMPLATES: &[Template] = &[
    kind("multiply-story", "numbers.multiply-divide", BOTH, LOWER_MIDDLE, multiply_story),
    kind("multiply-by-two-digits", "numbers.multiply-divide", MATHS, LOWER_MIDDLE, multiply_bare),
    kind("distributive-shortcut", "numbers.multiply-divide", MATHS, ALL, shortcut),
];

const SKIPS_EXTRA: Misconception =
    slip("leaves-out-extra", "multiplies the groups and forgets the last number of the story");
const ADDS_THREE: Misconception =
    slip("adds-equal-groups", "adds the numbers of equal groups instead of multiplying them");
const EXTRA_EACH: Misconception =
    slip("extra-for-every-group", "counts the change for every group and not just once");
const EXTRA_ADDED: Misconception =
    slip("adds-what-goes-away", "adds the last number where it should be taken away");
const EXTRA_TAKEN: Misconception =
    slip("takes-away-what-is-added", "takes the last number away where it should be added");

fn multiply_story(g: &mut Gen) -> Option<Draft> {
    let groups = g.by_level([4..=9, 8..=24, 15..=48, 15..=48]);
    let each = g.by_level([4..=9, 12..=45, 24..=125, 24..=125]);
    let more = g.by_level([3..=9, 7..=40, 25..=150, 25..=150]);
    if groups == each || more >= each || more >= groups * each / 2 {
        return None;
    }
    let (g_, e_, m_) = (n(groups), n(each), n(more));
    let child = g.child();
    let (stem, sign, thing) = match g.int(0..=5) {
        0 => (
            format!(
                "A theater has {g_} rows with {e_} seats in each row, and {m_} more seats in a balcony. How many seats does the theater have in all?"
            ),
            1,
            "seats",
        ),
        1 => (
            format!(
                "A farm packed {g_} boxes with {e_} apples in each box. Later {m_} of the apples were found to be spoiled. How many good apples are there?"
            ),
            -1,
            "apples",
        ),
        2 => (
            format!(
                "{} reads {e_} pages every day for {g_} days and then {m_} more pages on the last evening. How many pages does {} read in all?",
                child.name, child.they
            ),
            1,
            "pages",
        ),
        3 => (
            format!(
                "A school ordered {g_} packs of paper cups with {e_} cups in each pack. At a picnic {m_} cups were used. How many cups are left?"
            ),
            -1,
            "cups",
        ),
        4 => (
            format!(
                "{g_} buses carried {e_} passengers each, and a van carried {m_} more passengers. How many passengers were carried in all?"
            ),
            1,
            "passengers",
        ),
        _ => (
            format!(
                "{} has {g_} pages of stickers with {e_} stickers on each page. {} gives {m_} stickers away. How many stickers are left?",
                child.name,
                child.they_capital()
            ),
            -1,
            "stickers",
        ),
    };
    let (product, key) = (groups * each, groups * each + sign * more);
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(int(product), SKIPS_EXTRA)
            .wrong(int(product - sign * more), if sign > 0 { EXTRA_TAKEN } else { EXTRA_ADDED })
            .wrong(int(groups * (each + sign * more)), EXTRA_EACH)
            .wrong(int(groups + each + sign * more), ADDS_THREE)
            .hint("Which numbers tell about groups of the same size?")
            .hint(format!("First find how many {thing} there are in the equal groups. Then see what the last number does."))
            .step(format!("There are {g_} × {e_} = {} {thing} in the equal groups.", n(product)), int(product))
            .step(
                format!("Then {} {} {m_} = {}.", n(product), if sign > 0 { "+" } else { "−" }, n(key)),
                int(key),
            ),
    )
}

const NO_SHIFT: Misconception =
    slip("partial-product-not-shifted", "multiplies by the tens digit as if it were ones");
const FIRSTS_AND_LASTS: Misconception = slip(
    "multiplies-tens-and-ones-only",
    "multiplies tens by tens and ones by ones and leaves out the cross products",
);
const DROPS_CARRY: Misconception =
    slip("drops-carried-digit", "forgets to add the digits carried from one column to the next");
const ONE_ROW: Misconception =
    slip("one-partial-product", "multiplies by the tens only and leaves the ones out");

fn multiply_bare(g: &mut Gen) -> Option<Draft> {
    let a = g.by_level([12..=39, 23..=98, 123..=489, 123..=489]);
    let b = g.by_level([3..=9, 13..=69, 23..=89, 23..=89]);
    let (tens, ones) = (b / 10, b % 10);
    if ones == 0 || a % 10 == 0 || tens == 0 {
        return None;
    }
    // Each column of a one-digit product without what is carried; the product of the first digit is written in full.
    let digits = columns(a, if a < 100 { 2 } else { 3 });
    let no_carry = |by: i64| {
        digits.iter().enumerate().rev().fold(0, |all, (at, digit)| {
            all * 10 + if at + 1 == digits.len() { digit * by } else { digit * by % 10 }
        })
    };
    let (a_, b_) = (n(a), n(b));
    let child = g.child();
    let stem = match g.int(0..=4) {
        0 => format!("What is {a_} × {b_}?"),
        1 => format!("What is the product of {a_} and {b_}?"),
        2 => format!(
            "A parking lot has {b_} rows with room for {a_} cars in each row. How many cars fit in the lot?"
        ),
        3 => format!(
            "{} saves {a_} pennies a week for {b_} weeks. How many pennies does {} save?",
            child.name, child.they
        ),
        _ => format!("A printer makes {a_} copies a minute. How many copies does it make in {b_} minutes?"),
    };
    let (by_tens, by_ones) = (a * tens * 10, a * ones);
    Some(
        Draft::new(stem)
            .key(int(a * b))
            .wrong(int(a * ones + a * tens), NO_SHIFT)
            .wrong(int((a / 10 * 10) * (tens * 10) + (a % 10) * ones), FIRSTS_AND_LASTS)
            .wrong(int(no_carry(ones) + no_carry(tens) * 10), DROPS_CARRY)
            .wrong(int(by_tens), ONE_ROW)
            .hint(format!("Break {b_} into tens and ones. Multiply by each part."))
            .hint(format!("Add {a_} × {} and {a_} × {ones}.", tens * 10))
            .step(format!("{a_} × {} = {}.", tens * 10, n(by_tens)), int(by_tens))
            .step(format!("{a_} × {ones} = {}.", n(by_ones)), int(by_ones))
            .step(format!("{} + {} = {}.", n(by_tens), n(by_ones), n(a * b)), int(a * b)),
    )
}

const ONE_FACTOR: Misconception =
    slip("subtracts-difference-once", "makes up for rounding only once and not once for every group");
const ADDS_BACK: Misconception =
    slip("adds-rounding-back", "adds the extra part although the round number is already too large");
const TAKES_REST: Misconception = slip(
    "takes-off-what-rounding-left",
    "takes the rest away although the round number is already too small",
);
const TENS_TIMES_ONES: Misconception =
    slip("multiplies-parts-together", "multiplies the parts of a number instead of adding them");
const DIGITS_APART: Misconception =
    slip("drops-zero-when-breaking-apart", "drops a zero when breaking a number apart");

fn shortcut(g: &mut Gen) -> Option<Draft> {
    let a = g.by_level([3..=9, 4..=9, 6..=25, 12..=65]);
    let round =
        if g.level() == Level::Lower { g.int(2..=9) * 10 } else { g.pick(&[100, 200, 300, 400, 500, 1_000]) };
    let off = g.int(1..=3) * g.pick(&[1, -1]);
    let b = round + off;
    let (sign, other, by) = if off > 0 { ("+", "−", off) } else { ("−", "+", -off) };
    let key = (format!("{a} × {} {sign} {a} × {by}", n(round)), a * b);
    let (tens, ones) = (b / 10, b % 10);
    let wrong = [
        ((format!("{a} × {} {sign} {by}", n(round)), a * round + off), ONE_FACTOR),
        (
            (format!("{a} × {} {other} {a} × {by}", n(round)), a * round - a * off),
            if off > 0 { TAKES_REST } else { ADDS_BACK },
        ),
        ((format!("{a} × {} × {by}", n(round)), a * round * by), TENS_TIMES_ONES),
        ((format!("{a} × {tens} + {a} × {ones}"), a * tens + a * ones), DIGITS_APART),
    ];
    // Two expressions of the same value are never offered together.
    let all: Vec<i64> = wrong.iter().map(|((_, value), _)| *value).chain([key.1]).collect();
    if (0..all.len()).any(|at| all[..at].contains(&all[at])) || ones == 0 {
        return None;
    }
    let child = g.child();
    let b_ = n(b);
    let stem = match g.int(0..=3) {
        0 => format!("Which expression is equal to {a} × {b_}?"),
        1 => format!(
            "{} wants to find {a} × {b_} without paper. Which expression gives the right answer?",
            child.name
        ),
        2 => format!(
            "Tickets for a show cost {a} dollars each. Which expression gives the cost of {b_} tickets in dollars?"
        ),
        _ => format!(
            "A shelf holds {a} boxes of {b_} nails. Which expression gives the number of nails on the shelf?"
        ),
    };
    let mut draft = Draft::new(stem).key(words(key.0.clone()));
    let mut offered: Vec<_> = wrong.into_iter().collect();
    g.shuffle(&mut offered);
    for ((text, _), mistake) in offered {
        draft = draft.wrong(words(text), mistake);
    }
    let apart = format!("{} {sign} {by}", n(round));
    Some(
        draft
            .hint(format!("Which round number is close to {b_}, and how far away is it?"))
            .hint(format!(
                "Every one of the {a} groups differs from the round number. How much is that in all?"
            ))
            .step(format!("{b_} = {apart}."), int(b))
            .say(format!(
                "So {a} × {b_} is {a} × {} {} {a} × {by}.",
                n(round),
                if off > 0 { "plus" } else { "minus" }
            ))
            .step(format!("Both come to {}.", n(key.1)), int(key.1)),
    )
}
