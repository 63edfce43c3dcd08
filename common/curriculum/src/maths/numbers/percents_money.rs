//! Discount, tax and interest.

use super::{ALL, BOTH, LOWER_MIDDLE, UPPER, kind, n, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, money};
use crate::item::Misconception;
use crate::level::Level;

pub const TEMPLATES: &[Template] = &[
    kind("discount-price", "numbers.percents-money", BOTH, ALL, discount),
    kind("price-with-tax-or-tip", "numbers.percents-money", BOTH, LOWER_MIDDLE, with_more),
    kind("simple-interest", "numbers.percents-money", BOTH, UPPER, interest),
];

const GIVES_DISCOUNT: Misconception =
    slip("gives-discount-for-price", "gives the amount taken off instead of the new price");
const POINTS_AS_DOLLARS: Misconception =
    slip("discount-percent-as-dollars", "takes the percent for a number of dollars");
const ADDS_DISCOUNT: Misconception = slip("adds-discount", "adds the discount instead of taking it off");
const TENTH_OFF: Misconception = slip("discount-point-off", "takes off a tenth of the right discount");

fn discount(g: &mut Gen) -> Option<Draft> {
    let p = match g.level() {
        Level::Lower => g.pick(&[10, 20, 25, 30, 40]),
        Level::Middle => g.pick(&[10, 15, 20, 25, 30, 40, 60]),
        _ => g.pick(&[5, 12, 15, 18, 24, 35, 45]),
    };
    let price = g.by_level([10..=60, 20..=120, 30..=260, 40..=480]) * 100;
    let off = Q::new(price * p, 100).whole()?;
    if p * 100 == off || price - off == p * 100 || off % 5 != 0 || g.level() == Level::Lower && off % 100 != 0
    {
        return None;
    }
    let m = |cents: i64| money(cents).text;
    let (cost, child) = (m(price), g.child());
    let thing =
        g.pick(&["jacket", "backpack", "lamp", "skateboard", "game", "keyboard", "tent", "desk", "drum"]);
    let stem = match g.int(0..=2) {
        0 => format!("A {thing} costs {cost}. In a sale it is {p}% off. What is the sale price?"),
        1 => format!(
            "{} wants to buy a {thing} that costs {cost}. With a coupon {} gets a discount of {p}%. How much does {} pay?",
            child.name, child.they, child.they
        ),
        _ => format!(
            "The regular price of a {thing} is {cost}. A store lowers that price by {p}%. What is the new price?"
        ),
    };
    Some(
        Draft::new(stem)
            .key(money(price - off))
            .wrong(money(off), GIVES_DISCOUNT)
            .wrong(money(if price > p * 100 { Q::from(price - p * 100) } else { Q(None) }), POINTS_AS_DOLLARS)
            .wrong(money(price + off), ADDS_DISCOUNT)
            .wrong(money(Q::from(price) - Q::new(off, 10)), TENTH_OFF)
            .hint(format!("How much is {p}% of {cost}?"))
            .hint("The discount is what is taken off. What is left to pay?")
            .step(format!("{p}% of {cost} is {}.", m(off)), money(off))
            .step(format!("{cost} − {} = {}.", m(off), m(price - off)), money(price - off)),
    )
}

const GIVES_EXTRA: Misconception =
    slip("gives-extra-for-total", "gives only what is added and not the total");
const TAKES_OFF: Misconception = slip("takes-extra-off", "takes the extra amount off instead of adding it");
const EXTRA_AS_DOLLARS: Misconception =
    slip("extra-percent-as-dollars", "adds the percent as a number of dollars");
const TEN_TIMES: Misconception = slip("extra-point-off", "adds a tenth of the right amount");

fn with_more(g: &mut Gen) -> Option<Draft> {
    let p = match g.level() {
        Level::Lower => g.pick(&[5, 10, 20]),
        _ => g.pick(&[5, 6, 8, 15, 18, 20, 25]),
    };
    let price = g.by_level([10..=60, 10..=90, 20..=240, 20..=240]) * 100;
    let more = Q::new(price * p, 100).whole()?;
    if more == p * 100 || price + more == p * 100 || more % 5 != 0 {
        return None;
    }
    let m = |cents: i64| money(cents).text;
    let (cost, child) = (m(price), g.child());
    let stem = match g.int(0..=3) {
        0 => format!("A family's meal costs {cost}. They add a tip of {p}%. How much do they pay in all?"),
        1 => format!(
            "{} buys a tent for {cost}. A sales tax of {p}% is added. How much does {} pay in all?",
            child.name, child.they
        ),
        2 => format!(
            "A bus pass costs {cost}. Next year the price will go up by {p}%. What will the price be then?"
        ),
        _ => format!(
            "A club collected {cost} last year. This year it collected {p}% more. How much did it collect this year?"
        ),
    };
    Some(
        Draft::new(stem)
            .key(money(price + more))
            .wrong(money(more), GIVES_EXTRA)
            .wrong(money(price + p * 100), EXTRA_AS_DOLLARS)
            .wrong(money(price - more), TAKES_OFF)
            .wrong(money(Q::from(price) + Q::new(more, 10)), TEN_TIMES)
            .hint(format!("How much is {p}% of {cost}?"))
            .hint("The question asks for everything together, not only for what is added.")
            .step(format!("{p}% of {cost} is {}.", m(more)), money(more))
            .step(format!("{cost} + {} = {}.", m(more), m(price + more)), money(price + more)),
    )
}

const ONE_YEAR: Misconception = slip("interest-of-one-year", "finds the interest of one year only");
const WITH_DEPOSIT: Misconception =
    slip("adds-deposit-to-interest", "adds the deposit when only the interest is asked for");
const NO_DEPOSIT: Misconception =
    slip("leaves-deposit-out", "gives only the interest when the whole amount is asked for");

const RATE_OFF: Misconception = slip("rate-point-off", "takes the rate ten times too large or too small");
const ADDS_YEARS: Misconception =
    slip("adds-years-to-rate", "adds the years to the rate instead of multiplying");

fn interest(g: &mut Gen) -> Option<Draft> {
    let (deposit, rate, years) = (g.int(2..=60) * 100, g.int(2..=9), g.int(2..=8));
    let total = g.one_in(3);
    let gain = deposit * rate * years / 100;
    let year = deposit * rate / 100;
    let (d, child) = (n(deposit), g.child());
    let end = if total {
        "How much money is in the account after that time, if nothing else is added or taken out?"
    } else {
        "How much interest is earned in that time?"
    };
    let stem = match g.int(0..=2) {
        0 => format!(
            "{} puts ${d} into an account that pays {rate}% simple interest per year. The money stays there for {years} years. {end}",
            child.name
        ),
        1 => format!(
            "A savings account pays simple interest of {rate}% a year. A deposit of ${d} is left in it for {years} years. {end}"
        ),
        _ => format!(
            "A club saves ${d} at a simple interest rate of {rate}% per year for {years} years. {end}"
        ),
    };
    let base = if total { deposit } else { 0 };
    let m = |dollars: i64| money(dollars * 100);
    let draft = Draft::new(stem)
        .key(m(base + gain))
        .wrong(m(base + year), ONE_YEAR)
        .wrong(m(if total { gain } else { deposit + gain }), if total { NO_DEPOSIT } else { WITH_DEPOSIT })
        .wrong(m(base + deposit * (rate + years) / 100), ADDS_YEARS)
        .wrong(m(base + gain * 10), RATE_OFF)
        .hint(format!("First find the interest for one year: {rate}% of ${d}."))
        .hint(if total {
            "Simple interest is the same every year. Do not forget the money that was there from the start."
        } else {
            "Simple interest is the same every year. How many years is it paid?"
        })
        .step(format!("The interest of one year is {}.", m(year).text), m(year))
        .step(format!("In {years} years that is {years} × {} = {}.", m(year).text, m(gain).text), m(gain));
    Some(if total {
        draft.step(format!("With the deposit that makes {}.", m(deposit + gain).text), m(deposit + gain))
    } else {
        draft
    })
}
