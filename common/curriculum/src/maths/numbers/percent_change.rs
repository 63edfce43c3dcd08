//! Percent change.

use super::{BOTH, MIDDLE_UPPER, REASONING, UPPER, kind, n, num, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, int, money, percent};
use crate::item::Misconception;
use crate::level::Level;

pub const TEMPLATES: &[Template] = &[
    kind("percent-change", "numbers.percent-change", BOTH, MIDDLE_UPPER, change),
    kind("price-before-discount", "numbers.percent-change", REASONING, UPPER, before),
    kind("two-percent-changes", "numbers.percent-change", REASONING, UPPER, two_changes),
];

const NEW_BASE: Misconception =
    slip("percent-of-new-amount", "compares the change with the new amount instead of the old one");
const CHANGE_AS_PERCENT: Misconception = slip("change-as-percent", "takes the change itself for the percent");
const NEW_AS_PERCENT: Misconception =
    slip("new-amount-as-percent-of-old", "gives the new amount as a percent of the old one");

fn change(g: &mut Gen) -> Option<Draft> {
    let p = match g.level() {
        Level::Middle => g.pick(&[10, 20, 25, 30, 40, 50, 60, 75]),
        _ => g.pick(&[5, 12, 15, 16, 20, 25, 30, 35, 40, 60, 65, 80, 120, 150]),
    };
    let old = g.by_level([20..=100, 20..=100, 20..=240, 40..=600]);
    let by = Q::new(old * p, 100).whole()?;
    let up = p > 100 || g.one_in(2);
    let new = if up { old + by } else { old - by };
    if by == p || old == p || old == 100 || new <= 0 {
        return None;
    }
    let (a, b, child) = (n(old), n(new), g.child());
    let (rose, kind) = if up { ("rose", "increase") } else { ("fell", "decrease") };
    let stem = match g.int(0..=3) {
        0 => format!(
            "The price of a ticket {rose} from {a} dollars to {b} dollars. What was the percent {kind}?"
        ),
        1 => format!(
            "The number of members of a club {rose} from {a} to {b}. By what percent did the number {}?",
            if up { "rise" } else { "fall" }
        ),
        2 => format!(
            "Last month {} ran {a} miles, and this month {b} miles. What is the percent {kind}?",
            child.name
        ),
        _ => format!("A number is changed from {a} to {b}. What is the percent {kind}?"),
    };
    Some(
        Draft::new(stem)
            .key(percent(p))
            .wrong(percent(Q::new(by * 100, new)), NEW_BASE)
            .wrong(percent(by), CHANGE_AS_PERCENT)
            .wrong(percent(Q::new(new * 100, old)), NEW_AS_PERCENT)
            .wrong(
                percent(Q::new(by * 100, old + new)),
                slip("percent-of-sum", "compares the change with the two amounts together"),
            )
            .wrong(percent(new), slip("new-amount-as-percent", "takes the new amount itself for the percent"))
            .hint(format!("How much did it change? Compare that change with the old amount, {a}."))
            .hint("Write the change over the old amount and turn that fraction into a percent.")
            .step(format!("The change is {}.", n(by)), int(by))
            .step(format!("{} ÷ {a} = {}.", n(by), num(Q::new(by, old)).text), num(Q::new(by, old)))
            .step(format!("That is a {kind} of {p}%.").replace("a increase", "an increase"), percent(p)),
    )
}

const PERCENT_OF_SALE: Misconception = slip(
    "adds-percent-of-sale-price",
    "adds the percent of the lower price instead of going back to the old one",
);

const DIVIDES_BY_OFF: Misconception =
    slip("divides-by-discount", "divides by the percent taken off instead of the percent that is left");
const ADDS_POINTS: Misconception =
    slip("adds-percent-as-dollars-back", "adds the percent as a number of dollars");
const TAKES_AGAIN: Misconception = slip("takes-percent-off-again", "takes the percent off once more");

fn before(g: &mut Gen) -> Option<Draft> {
    let p = g.pick(&[10, 15, 20, 25, 30, 35, 40, 60, 75]);
    let old = g.int(4..=90) * 5;
    let sale = Q::new(old * (100 - p), 100).whole()?;
    if sale + p == old || old == p {
        return None;
    }
    let thing = g.pick(&["coat", "bicycle", "phone", "guitar", "chair", "printer", "watch"]);
    let (s, child) = (n(sale), g.child());
    let stem = match g.int(0..=2) {
        0 => format!(
            "A {thing} is on sale for ${s}, which is {p}% less than its regular price. What is the regular price?"
        ),
        1 => format!(
            "After a discount of {p}%, {} paid ${s} for a {thing}. How much did it cost before the discount?",
            child.name
        ),
        _ => {
            format!("A store cut the price of a {thing} by {p}%. It now costs ${s}. What did it cost before?")
        }
    };
    let m = |dollars: Q| money(dollars * 100);
    Some(
        Draft::new(stem)
            .key(m(Q::from(old)))
            .wrong(m(Q::from(sale) + Q::new(sale * p, 100)), PERCENT_OF_SALE)
            .wrong(m(Q::from(sale + p)), ADDS_POINTS)
            .wrong(m(Q::new(sale * 100, p)), DIVIDES_BY_OFF)
            .wrong(m(Q::from(sale) - Q::new(sale * p, 100)), TAKES_AGAIN)
            .hint("What percent of the old price is still to be paid?")
            .hint(format!(
                "The old price is 100% of itself. Take away {p}%, and see what percent the new price is."
            ))
            .step(format!("The new price is 100% − {p}% = {}% of the old one.", 100 - p), percent(100 - p))
            .step(format!("So {}/100 of the old price is ${s}.", 100 - p), int(sale))
            .step(format!("${s} ÷ {} × 100 = {}.", 100 - p, m(Q::from(old)).text), m(Q::from(old))),
    )
}

const ADDS_CHANGES: Misconception =
    slip("adds-percent-changes", "adds the two percent changes although the second one has another base");
const SECOND_ONLY: Misconception = slip("last-change-only", "looks only at the last change");
const FIRST_ONLY: Misconception = slip("first-change-only", "looks only at the first change");

fn two_changes(g: &mut Gen) -> Option<Draft> {
    let all = [10, 20, 25, 30, 40, 50, 60];
    let (p, q) = (g.pick(&all), g.pick(&all));
    let (first, second) = (g.one_in(2), g.one_in(2));
    let signed = |up: bool, by: i64| if up { 100 + by } else { 100 - by };
    let (x, y) = (signed(first, p), signed(second, q));
    let key = Q::new(x * y, 100);
    if key == Q::from(100) {
        return None;
    }
    let verb = |up: bool| if up { "raised" } else { "lowered" };
    let word = |up: bool| if up { "rises" } else { "falls" };
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!(
            "The price of a coat is {} by {p}%, and then the new price is {} by {q}%. The last price is what percent of the first price?",
            verb(first),
            verb(second)
        ),
        1 => format!(
            "The number of visitors to a zoo {} by {p}% in one year and {} by {q}% in the next. The number is then what percent of what it was at the start?",
            word(first),
            word(second)
        ),
        _ => format!(
            "{} has a stamp whose value {} by {p}% and after that {} by {q}%. Its value is then what percent of what it was at first?",
            child.name,
            word(first),
            word(second)
        ),
    };
    Some(
        Draft::new(stem)
            .key(percent(key))
            .wrong(percent(x + y - 100), ADDS_CHANGES)
            .wrong(percent(y), SECOND_ONLY)
            .wrong(percent(x), FIRST_ONLY)
            .wrong(
                percent(Q::new(p * q, 100)),
                slip("multiplies-the-percents", "multiplies the two percents of the change"),
            )
            .hint("The second percent is taken of the new amount, not of the first one.")
            .hint("Begin with 100 and follow both changes step by step.")
            .step(format!("Begin with 100. After the first change it is {x}."), int(x))
            .step(format!("{q}% of {x} is {}.", num(Q::new(q * x, 100)).text), num(Q::new(q * x, 100)))
            .step(
                format!(
                    "After the second change it is {}, so the answer is {}.",
                    num(key).text,
                    percent(key).text
                ),
                percent(key),
            ),
    )
}
