//! Rates and proportion.

use super::{ALL, BOTH, EQUAL_UNTESTED, MIDDLE_UPPER, REASONING, gcf, kind, lures, n, num, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, int, money};
use crate::item::Misconception;

pub const TEMPLATES: &[Template] = &[
    kind("proportion-story", "numbers.proportion", BOTH, ALL, proportion),
    kind("inverse-proportion", "numbers.proportion", BOTH, MIDDLE_UPPER, inverse),
    kind("compare-rates", "numbers.proportion", REASONING, MIDDLE_UPPER, compare),
];

const ADDS_SAME: Misconception =
    slip("adds-same-in-proportion", "adds the same number to both instead of multiplying both");
const ONE_UNIT: Misconception = slip("stops-at-one-unit", "stops at the amount for one");
const WHOLE_TIMES: Misconception = slip(
    "multiplies-given-amount",
    "multiplies the given amount by the new number without finding the amount for one",
);
const UPSIDE_DOWN: Misconception =
    slip("turns-proportion-over", "multiplies where it should divide and the other way round");

fn proportion(g: &mut Gen) -> Option<Draft> {
    let unit = g.by_level([2..=9, 3..=15, 6..=48, 12..=125]);
    let top = g.by_level([6..=6, 9..=9, 14..=14, 18..=18]);
    let (a, b) = g.two(2..=top);
    let (given, key) = (unit * a, unit * b);
    if key == given + (b - a) {
        return None;
    }
    let (g_, child) = (n(given), g.child());
    let (stem, one) = match g.int(0..=5) {
        0 => (
            format!(
                "A machine fills {g_} bottles in {a} minutes. At the same rate, how many bottles does it fill in {b} minutes?"
            ),
            "minute",
        ),
        1 => (
            format!(
                "{a} tickets cost {g_} dollars. At the same price each, how many dollars do {b} tickets cost?"
            ),
            "ticket",
        ),
        2 => (
            format!(
                "{} types {g_} words in {a} minutes. At this speed, how many words does {} type in {b} minutes?",
                child.name, child.they
            ),
            "minute",
        ),
        3 => (
            format!(
                "A car uses {a} gallons of gas to go {g_} miles. At this rate, how many miles can it go on {b} gallons?"
            ),
            "gallon",
        ),
        4 => (
            format!(
                "A bakery packs {g_} rolls in {a} trays, the same number in each. How many rolls does it pack in {b} such trays?"
            ),
            "tray",
        ),
        _ => (
            format!("On a map, {a} inches stand for {g_} miles. How many miles do {b} inches stand for?"),
            "inch",
        ),
    };
    let over = Q::new(given * a, b);
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(int(given + b - a), ADDS_SAME)
            .wrong(int(unit), ONE_UNIT)
            .wrong(int(over), UPSIDE_DOWN)
            .wrong(int(given * b), WHOLE_TIMES)
            .hint(format!("How much goes with one {one}?"))
            .hint("Find the amount for one by dividing. Then multiply by the new number.")
            .step(format!("For one {one} it is {g_} ÷ {a} = {unit}."), int(unit))
            .step(format!("For {b} it is {b} × {unit} = {}.", n(key)), int(key)),
    )
}

const AS_DIRECT: Misconception =
    slip("more-means-more-time", "calculates as if the time grew together with the number");
const ADDS_BACK: Misconception =
    slip("adds-difference-to-time", "changes the time by as much as the number changes");
const PRODUCT: Misconception = slip("stops-at-total-work", "stops at the time for one alone");
const HALF_TIME: Misconception = slip("halves-or-doubles-time", "just doubles or halves the time");

fn inverse(g: &mut Gen) -> Option<Draft> {
    let top = g.by_level([6..=6, 8..=8, 12..=12, 20..=20]);
    let (a, b) = g.two(2..=top);
    let time = g.by_level([2..=12, 3..=12, 4..=30, 6..=48]);
    let key = Q::new(a * time, b).whole()?;
    let child = g.child();
    if key == time || key == a || key == b || key < 2 || gcf(a, b) == a.min(b) && g.one_in(2) {
        return None;
    }
    let (stem, things) = match g.int(0..=3) {
        0 => (
            format!(
                "It takes {a} painters {time} hours to paint a fence. How many hours does it take {b} painters who work at the same speed?"
            ),
            "painter",
        ),
        1 => (
            format!(
                "A supply of hay feeds {a} horses for {time} days. For how many days does the same supply feed {b} horses?"
            ),
            "horse",
        ),
        2 => (
            format!(
                "With {a} identical pumps, a pool is emptied in {time} hours. How many hours does it take with {b} of these pumps?"
            ),
            "pump",
        ),
        _ => (
            format!(
                "{} has enough seed to feed {a} birds for {time} weeks. For how many weeks would it feed {b} birds?",
                child.name
            ),
            "bird",
        ),
    };
    let direct = Q::new(b * time, a);
    let total = a * time;
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(if direct.is_whole() { int(direct) } else { num(direct) }, AS_DIRECT)
            .wrong(int(if time + a - b > 0 { Q::from(time + a - b) } else { Q(None) }), ADDS_BACK)
            .wrong(int(total), PRODUCT)
            .wrong(if b < a { int(time * 2) } else { num(Q::new(time, 2)) }, HALF_TIME)
            .wrong(
                int(time + (a - b).abs()),
                slip("adds-worker-difference", "adds the difference of the numbers to the time"),
            )
            .hint(format!("Is the time longer or shorter for one {things} than for {a} of them?"))
            .hint(format!("How long would it be for a single {things}? Share that among {b}."))
            .step(format!("For one {things} it would be {a} × {time} = {}.", n(total)), int(total))
            .step(format!("For {b} it is {} ÷ {b} = {key}.", n(total)), int(key)),
    )
}

const DIVIDES_WRONG_WAY: Misconception =
    slip("divides-number-by-price", "divides the number of things by the price");
const LARGER_PRICE: Misconception =
    slip("compares-total-prices", "compares the whole prices and not the price of one");
const LARGER_PACK: Misconception =
    slip("larger-pack-is-cheaper", "thinks that the larger pack always costs less for each");
const UNKNOWN_PRICE: Misconception = slip(
    "thinks-unit-price-unknown",
    "thinks that the price of one cannot be found from the price of a pack",
);

fn compare(g: &mut Gen) -> Option<Draft> {
    let (a, b) = g.two(2..=12);
    let (p, q) = (g.int(5..=60) * 5, if g.one_in(3) { 0 } else { g.int(1..=12) * 5 });
    let (first, second) = (p, if g.one_in(2) { p + q } else { p - q });
    if second < 20 {
        return None;
    }
    let things = g.pick(&["pencils", "apples", "batteries", "cookies", "stickers", "pens", "muffins"]);
    let m = |cents: i64| money(cents).text;
    let (x, y) = g.two(2..=9);
    let open = g.one_in(4);
    let (given, left, right, answer, mistakes) = if open {
        let (one, two, group) = g.pick(&[
            ("girls", "boys", "a club"),
            ("violins", "flutes", "an orchestra"),
            ("oaks", "pines", "a park"),
        ]);
        let other = x * g.int(1..=4);
        (
            format!("In {group}, the ratio of {one} to {two} is {x} to {y}."),
            format!("The number of {one}"),
            n(other),
            if gcf(x, y) == 1 && x > 1 { 3 } else { return None },
            lures(3, [ONE_UNIT; 2], EQUAL_UNTESTED, UNKNOWN_PRICE),
        )
    } else {
        let answer = match first.cmp(&second) {
            std::cmp::Ordering::Greater => 0,
            std::cmp::Ordering::Less => 1,
            std::cmp::Ordering::Equal => 2,
        };
        // What makes a store look dearer: the whole price, or the smaller pack, or dividing the wrong way.
        let lure =
            |cents: i64, pack: i64, other: i64, other_pack: i64| match (cents > other, pack < other_pack) {
                (true, _) => LARGER_PRICE,
                (_, true) => LARGER_PACK,
                _ => DIVIDES_WRONG_WAY,
            };
        let sides = [lure(first * a, a, second * b, b), lure(second * b, b, first * a, a)];
        let mistakes = lures(answer, sides, EQUAL_UNTESTED, UNKNOWN_PRICE);
        (
            format!(
                "Store X sells {a} {things} for {}. Store Y sells {b} {things} for {}. In each store, every one costs the same.",
                m(first * a),
                m(second * b)
            ),
            "The price of one at Store X".into(),
            "The price of one at Store Y".into(),
            answer,
            mistakes,
        )
    };
    let draft = Draft::comparison(&given, &left, &right, answer, mistakes);
    Some(if open {
        let other: i64 = right.parse().ok()?;
        draft
            .hint("A ratio tells how two numbers compare. Does it tell the numbers themselves?")
            .hint("Multiply both numbers of the ratio by the same number. Is the ratio still the same?")
            .say(format!("There may be {x}, {}, {} or more: only the ratio is known.", 2 * x, 3 * x))
            .say(format!("Some of these numbers are not greater than {other}, and others are greater than {other}, so the relationship cannot be determined."))
    } else {
        draft
            .hint("The packs are of different sizes. What does a single one cost at each store?")
            .hint("Divide each price by the number in the pack.")
            .step(format!("At Store X: {} ÷ {a} = {}.", m(first * a), m(first)), money(first))
            .step(format!("At Store Y: {} ÷ {b} = {}.", m(second * b), m(second)), money(second))
            .say(match answer {
                0 => "So the quantity in Column A is greater.",
                1 => "So the quantity in Column B is greater.",
                _ => "So the two are equal.",
            })
    })
}
