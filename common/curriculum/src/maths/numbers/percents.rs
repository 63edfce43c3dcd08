//! Percents of a number.

use super::{
    ALL, BOTH, EQUAL_UNTESTED, MIDDLE_UPPER, OPEN_LETTER, OPEN_NUMBERS, REASONING, kind, lures, n, num, slip,
};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, int, percent};
use crate::item::Misconception;
use crate::level::Level;

pub const TEMPLATES: &[Template] = &[
    kind("percent-of-a-number", "numbers.percents", BOTH, ALL, percent_of),
    kind("what-percent", "numbers.percents", BOTH, ALL, what_percent),
    kind("compare-percents", "numbers.percents", REASONING, MIDDLE_UPPER, compare),
];

const GIVES_REST: Misconception =
    slip("gives-rest-of-percent", "gives the rest instead of the percent that is asked for");
const SUBTRACTS_POINTS: Misconception =
    slip("subtracts-percent-as-number", "takes the number of the percent away from the amount");
const DIVIDES_BY_POINTS: Misconception =
    slip("divides-by-percent-number", "divides by the number of the percent");
const POINT_OFF: Misconception =
    slip("percent-point-off", "puts the decimal point of the percent one place off");
const POINTS_AS_AMOUNT: Misconception =
    slip("percent-as-amount", "takes the number of the percent for the amount itself");

/// A round percentage fit for the level.
fn points(g: &mut Gen) -> i64 {
    match g.level() {
        Level::Lower => g.pick(&[10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90]),
        Level::Middle => g.pick(&[5, 10, 12, 15, 20, 24, 25, 30, 35, 40, 45, 60, 64, 65, 75, 80, 85]),
        _ => g.pick(&[4, 6, 8, 12, 15, 16, 18, 22, 28, 32, 35, 36, 45, 48, 55, 64, 65, 72, 85, 95]),
    }
}

fn percent_of(g: &mut Gen) -> Option<Draft> {
    let p = points(g);
    let all = g.by_level([20..=100, 20..=200, 40..=600, 50..=1_500]) / 5 * 5;
    let key = Q::new(all * p, 100).whole()?;
    if p == 50 || p == 10 || all == 100 {
        return None;
    }
    let (a, child) = (n(all), g.child());
    let stem = match g.int(0..=4) {
        0 => format!("What is {p}% of {a}?"),
        1 => format!("A school has {a} students, and {p}% of them ride a bus. How many students ride a bus?"),
        2 => format!(
            "{} has {a} photos, and {p}% of them show animals. How many photos show animals?",
            child.name
        ),
        3 => format!("A farmer planted {a} seeds, and {p}% of them sprouted. How many seeds sprouted?"),
        _ => format!("In a vote, {a} people voted and {p}% of them said yes. How many people said yes?"),
    };
    let ten = Q::new(all, 10);
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(int(all - key), GIVES_REST)
            .wrong(if p < all { int(all - p) } else { int(Q(None)) }, SUBTRACTS_POINTS)
            .wrong(if all % p == 0 { int(all / p) } else { int(Q(None)) }, DIVIDES_BY_POINTS)
            .wrong(num(Q::new(key, 10)), POINT_OFF)
            .wrong(int(p), POINTS_AS_AMOUNT)
            .hint(format!("Percent means out of one hundred. About how large a part is {p}%?"))
            .hint(format!("Find one percent or ten percent of {a} first. Then build up {p}%."))
            .step(
                if p % 10 == 0 {
                    format!("10% of {a} is {}.", num(ten).text)
                } else {
                    format!("1% of {a} is {}.", num(ten / 10).text)
                },
                if p % 10 == 0 { num(ten) } else { num(ten / 10) },
            )
            .step(
                if p % 10 == 0 {
                    format!("{p}% is {} times that: {} × {} = {}.", p / 10, p / 10, num(ten).text, n(key))
                } else {
                    format!("{p}% is {p} times that: {p} × {} = {}.", num(ten / 10).text, n(key))
                },
                int(key),
            ),
    )
}

const PART_AS_PERCENT: Misconception = slip("part-as-percent", "takes the part itself for the percent");
const REST_PERCENT: Misconception = slip("percent-of-the-rest", "finds the percent of the other part");
const UPSIDE_DOWN: Misconception = slip("divides-whole-by-part", "divides the whole by the part");
const OF_THE_REST: Misconception =
    slip("compares-part-with-rest", "compares the part with the rest instead of the whole");
const DIFFERENCE_PERCENT: Misconception =
    slip("difference-as-percent", "takes the difference of the two numbers for the percent");

fn what_percent(g: &mut Gen) -> Option<Draft> {
    let p = points(g);
    let all = g.by_level([10..=50, 10..=80, 20..=250, 25..=400]);
    let part = Q::new(all * p, 100).whole()?;
    if part < 2 || all == 100 || part == p || all == p || p == 50 {
        return None;
    }
    let (a, b, child) = (n(part), n(all), g.child());
    let stem = match g.int(0..=4) {
        0 => format!("What percent of {b} is {a}?"),
        1 => format!("{} made {a} of {b} free throws. What percent of the free throws is that?", child.name),
        2 => format!(
            "In a class library of {b} books, {a} are about science. What percent of the books are about science?"
        ),
        3 => format!("{} got {a} of {b} questions right. What percent of the questions is that?", child.name),
        _ => format!("A box holds {b} tiles, and {a} of them are blue. What percent of the tiles are blue?"),
    };
    Some(
        Draft::new(stem)
            .key(percent(p))
            .wrong(percent(part), PART_AS_PERCENT)
            .wrong(percent(100 - p), REST_PERCENT)
            .wrong(percent(all - part), DIFFERENCE_PERCENT)
            .wrong(percent(Q::new(part * 100, all - part)), OF_THE_REST)
            .wrong(percent(Q::new(all * 100, part)), UPSIDE_DOWN)
            .hint(format!("What fraction of {b} is {a}?"))
            .hint("Rename that fraction with one hundred below, or divide and count the hundredths.")
            .step(format!("As a fraction it is {a}/{b}."), crate::exact::frac(Q::new(part, all)))
            .step(format!("{a} ÷ {b} = {}.", num(Q::new(part, all)).text), num(Q::new(part, all)))
            .step(format!("That is {p} hundredths, or {p}%."), percent(p)),
    )
}

const BIGGER_PERCENT: Misconception =
    slip("larger-percent-wins", "looks only at the percents and not at the amounts they are taken of");
const BIGGER_AMOUNT: Misconception =
    slip("larger-amount-wins", "looks only at the amounts and not at the percents");
const RAISE_ONLY: Misconception = slip("looks-at-raise-only", "looks only at the raise and not at the cut");
const CUT_ONLY: Misconception = slip("looks-at-cut-only", "looks only at the cut and not at the raise");
const TAKEN_OFF: Misconception =
    slip("takes-percent-off-for-of", "takes the percent off the amount instead of finding it");
const CHANGES_CANCEL: Misconception = slip(
    "percent-changes-cancel",
    "thinks that going up and down by the same percent leads back to the start",
);

fn compare(g: &mut Gen) -> Option<Draft> {
    let (p, q) = (points(g), points(g));
    let (x, y) = (g.int(2..=20) * 10, g.int(2..=20) * 10);
    if p == q || x == y {
        return None;
    }
    let kind = g.int(0..=4);
    // The larger percent stands with the smaller amount, or there is nothing to think about.
    if kind == 1 && (p > q) == (x > y) {
        return None;
    }
    let (given, left, right, values, why) = match kind {
        0 => (
            String::new(),
            format!("{p}% of {q}"),
            format!("{q}% of {p}"),
            Some((Q::new(p * q, 100), Q::new(p * q, 100))),
            String::new(),
        ),
        1 => (
            String::new(),
            format!("{p}% of {x}"),
            format!("{q}% of {y}"),
            Some((Q::new(p * x, 100), Q::new(q * y, 100))),
            String::new(),
        ),
        2 => {
            let down = g.one_in(2);
            let end = Q::from(x) * (100 + p) * (100 - p) / 10_000;
            let (one, two) = if down { ("lowered", "raised") } else { ("raised", "lowered") };
            (
                format!("A price of {x} dollars is {one} by {p}%. Then the new price is {two} by {p}%."),
                "The last price, in dollars".into(),
                n(x),
                Some((end, Q::from(x))),
                format!(
                    "The second {p}% is taken of another amount. The last price is {} dollars.",
                    num(end).text
                ),
            )
        }
        3 => (
            "The number w is positive.".into(),
            format!("{p}% of w"),
            n(x),
            None,
            format!("If w is 1, Column B is greater. If w is {}, Column A is greater.", n(x * 100)),
        ),
        _ => (
            "The number w is positive.".into(),
            format!("{p}% of w"),
            format!("{q}% of w"),
            Some((Q::from(p), Q::from(q))),
            "Both percents are taken of the same positive number, so the larger percent gives more."
                .to_owned(),
        ),
    };
    let answer = match &values {
        None => 3,
        Some((one, two)) if one > two => 0,
        Some((one, two)) if one < two => 1,
        Some(_) => 2,
    };
    let sides = match (kind, p > q) {
        (2, _) => [RAISE_ONLY, CUT_ONLY],
        (4, _) => [TAKEN_OFF; 2],
        (_, true) => [BIGGER_PERCENT, BIGGER_AMOUNT],
        (_, false) => [BIGGER_AMOUNT, BIGGER_PERCENT],
    };
    let equal = if kind == 2 { CHANGES_CANCEL } else { EQUAL_UNTESTED };
    let mistakes = lures(answer, sides, equal, if kind == 4 { OPEN_LETTER } else { OPEN_NUMBERS });
    let draft = Draft::comparison(&given, &left, &right, answer, mistakes)
        .hint("A percent is always taken of some amount. Which amount is it on each side?")
        .hint(if given.contains('w') && given.contains("positive") {
            "Try a small w and a very large w."
        } else {
            "Work out the amount in each column."
        });
    let draft = match values {
        Some((one, two)) if given.is_empty() => draft
            .step(format!("Column A is {}.", num(one).text), num(one))
            .step(format!("Column B is {}.", num(two).text), num(two)),
        _ => draft.say(why),
    };
    Some(draft.say(match answer {
        0 => "So the quantity in Column A is greater.",
        1 => "So the quantity in Column B is greater.",
        2 => "So the two are equal.",
        _ => "So the relationship cannot be determined.",
    }))
}
