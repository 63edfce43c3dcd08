//! Estimation.

use super::{BOTH, LOWER_MIDDLE, MATHS, MIDDLE_UPPER, kind, n, natural, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, int, money};
use crate::item::Misconception;
use crate::level::Level;

pub const TEMPLATES: &[Template] = &[
    kind("estimate-product", "numbers.estimation", MATHS, LOWER_MIDDLE, product),
    kind("estimate-total-cost", "numbers.estimation", BOTH, LOWER_MIDDLE, total),
    kind("estimate-percent", "numbers.estimation", BOTH, MIDDLE_UPPER, percent),
];

const ZERO_LOST: Misconception =
    slip("loses-zero-in-estimate", "writes one zero too few in the product of round numbers");
const ZERO_EXTRA: Misconception =
    slip("extra-zero-in-estimate", "writes one zero too many in the product of round numbers");
const CUTS_DIGITS: Misconception =
    slip("cuts-digits-to-estimate", "cuts digits off instead of rounding to the nearest");
const ADDS_ROUND: Misconception =
    slip("adds-round-numbers", "adds the round numbers instead of multiplying them");

/// Rounded to its first digit.
fn leading(value: i64) -> i64 {
    let mut unit = 1;
    while value / unit >= 10 {
        unit *= 10;
    }
    (value + unit / 2) / unit * unit
}

fn product(g: &mut Gen) -> Option<Draft> {
    let a = g.by_level([12..=98, 16..=98, 160..=980, 160..=980]);
    let b = g.by_level([3..=9, 160..=880, 260..=980, 260..=980]);
    let (x, y) = (leading(a), leading(b));
    let near = |value: i64, round: i64| (value - round).abs() * 25 <= round * 3;
    let cut = |value: i64, round: i64| {
        if round <= value {
            round
        } else if round > 100 {
            round - 100
        } else {
            round - 10
        }
    };
    if a == x || b == y || !near(a, x) || !near(b, y) || x * y / 10 > 99_999 {
        return None;
    }
    let key = x * y;
    let low = cut(a, x) * cut(b, y);
    let most = if g.level() == Level::Lower { 100_000 } else { 10_000_000 };
    let (a_, b_) = (n(a), n(b));
    let child = g.child();
    let stem = match g.int(0..=3) {
        0 => format!("Which is the best estimate of {a_} × {b_}?"),
        1 => {
            format!("A stadium has {a_} rows with {b_} seats in each row. About how many seats does it have?")
        }
        2 => format!(
            "{} reads that a ship carries {b_} boxes on each trip. Which number is closest to what it carries in {a_} trips?",
            child.name
        ),
        _ => format!("A factory makes {b_} toys a day. About how many toys does it make in {a_} days?"),
    };
    let mut draft = Draft::new(stem).key(int(key));
    for (value, mistake) in [
        (key * 10, ZERO_EXTRA),
        (key / 10, ZERO_LOST),
        (x + y, ADDS_ROUND),
        (low, CUTS_DIGITS),
        (key / 100, slip("loses-two-zeros", "writes two zeros too few in the product of round numbers")),
    ] {
        // Nothing near the right estimate, so that it is the best beyond doubt.
        if value <= most && (value - a * b).abs() > 2 * (key - a * b).abs() {
            draft = draft.wrong(int(value), mistake);
        }
    }
    (key <= most).then_some(
        draft
            .hint("Round each number to its first digit.")
            .hint("Multiply the first digits. Then count the zeros of both round numbers.")
            .step(format!("{a_} is about {}.", n(x)), int(x))
            .step(format!("{b_} is about {}.", n(y)), int(y))
            .step(format!("{} × {} = {}.", n(x), n(y), n(key)), int(key)),
    )
}

const DROPS_CENTS: Misconception =
    slip("drops-cents-in-estimate", "drops the ones and the cents of every price");
const ONE_PRICE_LESS: Misconception = slip("leaves-out-one-price", "leaves one of the prices out");
const ROUNDS_ALL_UP: Misconception = slip("rounds-every-price-up", "rounds every price up to the next ten");

fn total(g: &mut Gen) -> Option<Draft> {
    let mut tens = Vec::new();
    let mut cents = Vec::new();
    let top = g.by_level([3..=3, 6..=6, 12..=12, 12..=12]);
    for _ in 0..3 {
        let round = g.int(1..=top) * 10;
        let off = g.int(5..=195) * g.pick(&[1, -1, -1]);
        if off % 100 == 0 {
            return None;
        }
        tens.push(round);
        cents.push(round * 100 + off);
    }
    let key: i64 = tens.iter().sum();
    let exact: i64 = cents.iter().sum();
    let down: i64 = cents.iter().map(|c| c / 1_000 * 10).sum();
    let least = *tens.iter().min()?;
    if (exact - key * 100).abs() > 300 || key - down < 20 || least < 20 || cents[0] == cents[1] {
        return None;
    }
    let m = |c: i64| money(c).text;
    let (a, b, c) = (m(cents[0]), m(cents[1]), m(cents[2]));
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!(
            "{} buys a shirt for {a}, a pair of shoes for {b} and a jacket for {c}. Which is the best estimate of the total cost?",
            child.name
        ),
        1 => format!(
            "A family pays {a} for gas, {b} for food and {c} for tickets. About how much do they spend in all?"
        ),
        _ => format!(
            "A school buys paint for {a}, brushes for {b} and paper for {c}. Which amount is closest to the total?"
        ),
    };
    let up: i64 = cents.iter().map(|c| (c + 999) / 1_000 * 10).sum();
    Some(
        Draft::new(stem)
            .key(money(key * 100))
            .wrong(money(down * 100), DROPS_CENTS)
            .wrong(money((key - least) * 100), ONE_PRICE_LESS)
            .wrong(money(up * 100), ROUNDS_ALL_UP)
            .wrong(money((key - tens[2]) * 100), ONE_PRICE_LESS)
            .wrong(money(key * 1_000), slip("estimate-ten-times", "writes one zero too many in the sum"))
            .hint("Round each price to the nearest ten dollars.")
            .hint("Is each price a little more or a little less than the round amount?")
            .step(format!("{a} is about {}.", m(tens[0] * 100)), money(tens[0] * 100))
            .step(format!("{b} is about {}.", m(tens[1] * 100)), money(tens[1] * 100))
            .step(format!("{c} is about {}.", m(tens[2] * 100)), money(tens[2] * 100))
            .step(format!("Together that is about {}.", m(key * 100)), money(key * 100)),
    )
}

const HALF_FOR_PERCENT: Misconception =
    slip("other-easy-fraction", "uses another easy fraction that is not close to the percent");
const REST_FOR_PERCENT: Misconception = slip("estimates-the-rest", "estimates the rest instead of the part");
const POINT_FOR_PERCENT: Misconception =
    slip("percent-estimate-point-off", "is off by a factor of 10 in the estimate");

fn percent(g: &mut Gen) -> Option<Draft> {
    let (p, below, above, name) = g.pick(&[
        (25, 4, 1, "1/4"),
        (20, 5, 1, "1/5"),
        (75, 4, 3, "3/4"),
        (40, 5, 2, "2/5"),
        (60, 5, 3, "3/5"),
        (10, 10, 1, "1/10"),
        (80, 5, 4, "4/5"),
    ]);
    let round = g.int(2..=g.level() as i64 * 4) * below * 10;
    let (near, given) = (p + g.pick(&[-1, 1]), round + g.pick(&[-3, -2, -1, 1, 2, 3]));
    let key = round * above / below;
    let (r, child) = (n(given), g.child());
    let stem = match g.int(0..=3) {
        0 => format!("Which is the best estimate of {near}% of {r}?"),
        1 => format!(
            "In a survey of {r} people, {near}% said that they like hiking. About how many people is that?"
        ),
        2 => {
            format!("{} has read {near}% of a book with {r} pages. About how many pages is that?", child.name)
        }
        _ => format!("A club sold {near}% of its {r} raffle tickets. About how many tickets did it sell?"),
    };
    let other = if p > 50 { round / 2 } else { round * 2 / 3 / 10 * 10 };
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(int(round - key), REST_FOR_PERCENT)
            .wrong(int(if key % 10 == 0 { Q::new(key, 10) } else { Q(None) }), POINT_FOR_PERCENT)
            .wrong(int(other), HALF_FOR_PERCENT)
            .wrong(
                natural(round - p),
                slip(
                    "subtracts-percent-to-estimate",
                    "takes the number of the percent away from the round number",
                ),
            )
            .wrong(int(key * 10), POINT_FOR_PERCENT)
            .hint(format!("Which easy percent is close to {near}%, and which round number is close to {r}?"))
            .hint("Turn the easy percent into a simple fraction.")
            .step(format!("{near}% is close to {p}%, which is {name}."), crate::exact::percent(p))
            .step(format!("{r} is close to {}.", n(round)), int(round))
            .step(format!("{name} of {} is {}.", n(round), n(key)), int(key)),
    )
}
