//! Decimals: comparing, adding and subtracting.

use super::{BOTH, LOWER_MIDDLE, MATHS, kind, num, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, dec, money, words};
use crate::item::Misconception;
use crate::level::Level;
use crate::story::list;

pub const TEMPLATES: &[Template] = &[
    kind("order-decimals-story", "numbers.decimals-compare", BOTH, LOWER_MIDDLE, order),
    kind("add-subtract-decimals", "numbers.decimals", MATHS, LOWER_MIDDLE, aligned),
    kind("money-change", "numbers.decimals", BOTH, LOWER_MIDDLE, change),
];

const READS_AS_WHOLE: Misconception =
    slip("decimal-digits-as-whole-number", "reads the digits after the decimal point as a whole number");
const LAST_DIGIT: Misconception = slip("compares-last-digit", "compares only the last digits");
const SKIPS_DECIMAL_ZERO: Misconception =
    slip("ignores-zero-after-point", "pays no attention to a zero right after the decimal point");
const LONGER_SMALLER: Misconception =
    slip("longer-decimal-is-smaller", "thinks that more digits after the point make a number smaller");

fn order(g: &mut Gen) -> Option<Draft> {
    let whole = g.by_level([1..=5, 2..=18, 6..=60, 6..=60]);
    let most = g.one_in(2);
    let d = g.several(&[1, 2, 3, 4, 5, 6, 7, 8, 9], 5);
    // In thousandths: the right one, and one for each mistake.
    let (key, as_whole, last, zero) = if most {
        let t = d[0];
        if !(3..=7).contains(&t) {
            return None;
        }
        let (x, u) = (g.int(1..=t - 1), g.int(1..=t - 1));
        (t * 100, x * 100 + d[1] * 10 + g.int(1..=8), u * 100 + 90, g.int(t + 1..=8) * 10)
    } else {
        let t = d[0];
        if t > 7 || t == 1 || d[2] == 1 {
            return None;
        }
        let (x, u) = (g.int(1..=9), g.int(t + 1..=9));
        (t.max(4) * 10, t.min(3) * 100, u * 100 + 10, x * 100 + d[1] * 10 + d[2])
    };
    let values = [key, as_whole, last, zero].map(|part| Q::from(whole) + Q::new(part, 1_000));
    let distinct = (0..4).all(|a| (0..a).all(|b| values[a] != values[b]));
    let right =
        if most { (1..4).all(|at| values[at] < values[0]) } else { (1..4).all(|at| values[at] > values[0]) };
    if !distinct || !right {
        return None;
    }
    let names: Vec<&str> =
        g.several(&crate::story::CHILDREN, 4).into_iter().map(|child| child.name).collect();
    let mut told: Vec<String> = (0..4).map(|at| format!("{} {}", names[at], dec(values[at]).text)).collect();
    g.shuffle(&mut told);
    let told = list(&told).replace(" and ", ", and ");
    let stem = match (g.int(0..=2), most) {
        (0, true) => format!(
            "These are the distances, in meters, that four students threw a ball: {told}. Who threw the ball the farthest?"
        ),
        (0, false) => format!(
            "These are the distances, in meters, that four students threw a ball: {told}. Who threw the ball the shortest distance?"
        ),
        (1, true) => format!(
            "Four students weighed their melons. The weights in pounds are: {told}. Whose melon is the heaviest?"
        ),
        (1, false) => format!(
            "Four students weighed their melons. The weights in pounds are: {told}. Whose melon is the lightest?"
        ),
        (_, true) => format!("Four runners took these times, in seconds: {told}. Who took the longest?"),
        (_, false) => format!("Four runners took these times, in seconds: {told}. Who was the fastest?"),
    };
    let padded: Vec<String> = values
        .iter()
        .filter_map(|one| (*one * 1_000).whole())
        .map(|all| format!("{}.{:03}", all / 1_000, all % 1_000))
        .collect();
    let answer = padded.first()?.clone();
    Some(
        Draft::new(stem)
            .key(words(names[0]))
            .wrong(words(names[1]), READS_AS_WHOLE)
            .wrong(words(names[2]), LAST_DIGIT)
            .wrong(words(names[3]), if most { SKIPS_DECIMAL_ZERO } else { LONGER_SMALLER })
            .hint("The whole parts are the same. Which place do you compare next?")
            .hint("Compare the tenths first, then the hundredths. A shorter decimal can be filled up with zeros.")
            .say(format!("With three places after the point the numbers are {}.", list(&padded)))
            .say(format!("The {} is {}, so the answer is {}.", if most { "greatest" } else { "least" }, answer, names[0])),
    )
}

const RIGHT_ALIGNED: Misconception =
    slip("aligns-last-digits", "lines up the last digits instead of the decimal points");
const NO_CARRY_POINT: Misconception =
    slip("no-carry-across-point", "does not carry or borrow across the decimal point");
const ADDS_TO_SUBTRACT: Misconception = slip("adds-decimals-to-subtract", "adds where it should subtract");
const SUBTRACTS_TO_ADD: Misconception = slip("subtracts-decimals-to-add", "subtracts where it should add");
const POINT_MOVED: Misconception =
    slip("point-one-place-off", "puts the decimal point one place off in the result");

fn aligned(g: &mut Gen) -> Option<Draft> {
    let (one, two) = (
        g.by_level([12..=99, 25..=199, 105..=899, 105..=899]),
        g.by_level([101..=499, 105..=999, 1_005..=4_999, 1_005..=4_999]),
    );
    let add = g.one_in(2);
    let (p, q) = if g.level() == Level::Lower { (10, 100) } else { (10, 1_000) };
    let (first, second) = (Q::new(one, p), Q::new(two, q));
    if one % 10 == 0
        || two % 10 == 0
        || second >= first
        || (first - second) < Q::from(1)
        || first == second + second
    {
        return None;
    }
    let (x, y) = (dec(first).text, dec(second).text);
    let child = g.child();
    let (stem, key) = match (add, g.int(0..=2)) {
        (true, 0) => (format!("What is {x} + {y}?"), first + second),
        (true, 1) => (
            format!(
                "{} walked {x} kilometers and then {y} kilometers more. How many kilometers is that in all?",
                child.name
            ),
            first + second,
        ),
        (true, _) => (
            format!(
                "One bag holds {x} pounds of rice and another holds {y} pounds. How many pounds do they hold together?"
            ),
            first + second,
        ),
        (false, 0) => (format!("What is {x} − {y}?"), first - second),
        (false, 1) => (
            format!(
                "A rope is {x} meters long. {} cuts off {y} meters. How many meters are left?",
                child.name
            ),
            first - second,
        ),
        (false, _) => (
            format!(
                "A jug holds {x} liters of juice. If {y} liters are poured out, how many liters are left?"
            ),
            first - second,
        ),
    };
    let mixed_up = if add { Q::new(one + two, q) } else { Q::new((one - two).abs(), q) };
    let mixed_low = if add { Q::new(one + two, p) } else { Q::new((one - two).abs(), p) };
    // Only where something is carried or borrowed across the point.
    let (fx, fy) = (Q::new(one % p, p), Q::new(two % q, q));
    let whole_carry = match add {
        true if fx + fy >= Q::from(1) => key - 1,
        false if fx < fy => key + 1,
        _ => Q(None),
    };
    let filled = format!("{x}{}", if q == 100 { "0" } else { "00" });
    let other = if add { first - second } else { first + second };
    Some(
        Draft::new(stem)
            .key(num(key))
            .wrong(num(mixed_up), RIGHT_ALIGNED)
            .wrong(num(whole_carry), NO_CARRY_POINT)
            .wrong(
                num(mixed_low),
                slip(
                    "aligns-digits-keeps-first-point",
                    "lines up the last digits and keeps the decimal point of the first number",
                ),
            )
            .wrong(num(other), if add { SUBTRACTS_TO_ADD } else { ADDS_TO_SUBTRACT })
            .wrong(num(key * 10), POINT_MOVED)
            .hint("Which digits belong under each other: the last ones, or those in the same place?")
            .hint(format!("Write {x} with as many decimal places as {y}, and line up the decimal points."))
            .step(
                format!("Write {x} as {filled}, so that both have the same number of decimal places."),
                dec(first),
            )
            .step(format!("{filled} {} {y} = {}.", if add { "+" } else { "−" }, num(key).text), num(key)),
    )
}

const NO_CHANGE: Misconception = slip("gives-cost-not-change", "gives the cost instead of the change");
const ONE_ITEM_ONLY: Misconception =
    slip("pays-one-item-only", "takes the price of only one thing from the money paid");
const DOLLAR_NOT_BORROWED: Misconception =
    slip("dollar-not-carried", "forgets the dollar that is carried or borrowed between cents and dollars");
const EACH_TAKEN_ONCE: Misconception = slip("price-each-taken-once", "counts the price for each only once");

fn change(g: &mut Gen) -> Option<Draft> {
    let a = g.by_level([115..=495, 215..=895, 415..=2_495, 415..=2_495]);
    let b = g.by_level([105..=395, 125..=795, 315..=1_995, 315..=1_995]);
    let count = if g.level() == Level::Middle { g.int(2..=4) } else { g.int(1..=2) };
    let (a, b) = (a / 5 * 5, b / 5 * 5);
    let total = a + count * b;
    let paid = *[1_000, 2_000, 5_000, 10_000].iter().find(|note| **note > total)?;
    let key = paid - total;
    if a == b || a % 100 == 0 || b % 100 == 0 || key % 100 == 0 || a % 100 + b % 100 < 100 {
        return None;
    }
    let child = g.child();
    let (thing, things, other) = g.pick(&[
        ("notebook", "notebooks", "a box of crayons"),
        ("sandwich", "sandwiches", "a bowl of soup"),
        ("ticket", "tickets", "a bag of popcorn"),
        ("plant", "plants", "a flowerpot"),
        ("poster", "posters", "a picture frame"),
    ]);
    let m = |cents: i64| money(cents).text;
    let bought = if count == 1 {
        format!("{} {thing} for {}", crate::story::article(thing), m(b))
    } else {
        format!("{} {things} for {} each", crate::story::spelled(count), m(b))
    };
    let stem = match g.int(0..=2) {
        0 => format!(
            "{} buys {other} for {} and {bought}. {} pays with {}. How much change does {} get?",
            child.name,
            m(a),
            child.they_capital(),
            m(paid),
            child.they
        ),
        1 => format!(
            "{} had {}. {} bought {other} for {} and {bought}. How much money is left?",
            child.name,
            m(paid),
            child.they_capital(),
            m(a)
        ),
        _ => format!(
            "At a store, {} picks out {other} for {} and {bought}. How much is left of {} after paying for it all?",
            child.name,
            m(a),
            m(paid)
        ),
    };
    let mut draft = Draft::new(stem)
        .key(money(key))
        .wrong(money(key + 100), DOLLAR_NOT_BORROWED)
        .wrong(money(total), NO_CHANGE)
        .wrong(
            money(if count > 1 { paid - a - b } else { paid - a }),
            if count > 1 { EACH_TAKEN_ONCE } else { ONE_ITEM_ONLY },
        )
        .wrong(money(paid - b * count), ONE_ITEM_ONLY)
        .hint("First find the whole cost.")
        .hint(if count > 1 {
            "The last price is for each one. How much do they cost together?"
        } else {
            "Add the two prices. What must be added to that to make the money paid?"
        });
    if count > 1 {
        draft = draft.step(
            format!(
                "{} {things} cost {} × {count} = {}.",
                capital(&crate::story::spelled(count)),
                m(b),
                m(b * count)
            ),
            money(b * count),
        );
    }
    Some(
        draft
            .step(format!("In all that is {} + {} = {}.", m(a), m(b * count), m(total)), money(total))
            .step(format!("{} − {} = {}.", m(paid), m(total), m(key)), money(key)),
    )
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
