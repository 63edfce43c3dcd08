//! Amounts that vary together: directly or inversely.

use super::write::{n, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, frac};
use crate::level::Level::{Middle, Upper};
use crate::level::Section::{Mathematics, Quantitative};
use crate::level::Strand;

pub const TEMPLATES: &[Template] = &[
    Template {
        id: "direct-variation",
        skill: "algebra.variation",
        strand: Strand::Algebra,
        sections: &[Mathematics, Quantitative],
        levels: &[Middle, Upper],
        make: direct,
    },
    Template {
        id: "inverse-variation",
        skill: "algebra.variation",
        strand: Strand::Algebra,
        sections: &[Mathematics, Quantitative],
        levels: &[Middle, Upper],
        make: inverse,
    },
];

fn direct(g: &mut Gen) -> Option<Draft> {
    let (x1, x2) = g.two(if g.level() == Middle { 2..=12 } else { 3..=20 });
    let y1 = g.by_level([4..=40, 4..=40, 6..=60, 6..=120]);
    let key = Q::new(y1 * x2, x1);
    if !key.is_whole() || key == Q::from(1) || y1 <= x1 || y1 == x2 {
        return None;
    }
    let child = g.child();
    let stem = match g.int(0..=3) {
        0 => format!(
            "The value of y varies directly with x. If y = {y1} when x = {x1}, what is y when x = {x2}?"
        ),
        1 => format!(
            "The length that a spring stretches is directly proportional to the weight on it. A weight of {x1} pounds stretches the spring {y1} millimeters. How many millimeters does a weight of {x2} pounds stretch it?"
        ),
        2 => format!(
            "The pay for a job varies directly with the number of hours worked. {} gets ${y1} for {x1} hours. How many dollars does {} get for {x2} hours?",
            child.name, child.they
        ),
        _ => format!(
            "A printer prints {y1} pages in {x1} minutes and always works at the same speed. How many pages does it print in {x2} minutes?"
        ),
    };
    let mut draft = Draft::new(stem).key(frac(key));
    for (value, mistake) in [
        (
            Q::from(y1 + x2 - x1),
            slip("adds-in-proportion", "adds the same amount to both instead of multiplying both"),
        ),
        (
            Q::new(y1 * x1, x2),
            slip(
                "inverse-for-direct",
                "lets one amount fall when the other grows, although they grow together",
            ),
        ),
        (
            Q::from(y1 * x2),
            slip("forgets-unit-rate", "multiplies by the new amount without dividing by the old one"),
        ),
        (Q::new(y1, x1), slip("gives-the-unit-rate", "gives the amount for one only")),
        (Q::from(y1 + x2), slip("adds-the-new-amount", "adds the new amount to the old result")),
    ] {
        if value > Q::from(0) && (value.is_whole() || value == key) {
            draft = draft.wrong(frac(value), mistake);
        }
    }
    let rate = Q::new(y1, x1);
    Some(
        draft
            .hint("When two amounts vary directly, one divided by the other is always the same number.")
            .hint(format!("First find how much belongs to 1, by dividing {y1} by {x1}. Then multiply."))
            .step(format!("For 1 it is {y1} ÷ {x1} = {}.", frac(rate).text), frac(rate))
            .step(format!("For {x2} it is {} × {x2} = {}.", frac(rate).text, frac(key).text), frac(key)),
    )
}

fn inverse(g: &mut Gen) -> Option<Draft> {
    let (x1, x2) = g.two(if g.level() == Middle { 2..=12 } else { 2..=20 });
    let y1 = g.by_level([4..=30, 4..=30, 4..=36, 6..=60]);
    let (product, kind) = (x1 * y1, g.int(0..=3));
    if product % x2 != 0 || y1 == x2 || y1 == x1 || (kind == 3 && y1 > 12) {
        return None;
    }
    let key = product / x2;
    // Speeds are five times as great, and so is the distance.
    let scale = if kind == 3 { 5 } else { 1 };
    let stem = match kind {
        0 => format!(
            "The value of y varies inversely with x. If y = {y1} when x = {x1}, what is y when x = {x2}?"
        ),
        1 => format!(
            "It takes {x1} workers {y1} hours to paint a school. If all work at the same speed, how many hours does it take {x2} workers?"
        ),
        2 => format!(
            "The feed in a barn lasts {x1} horses for {y1} days. If every horse eats the same amount each day, for how many days does the feed last {x2} horses?"
        ),
        _ => format!(
            "For a trip of a fixed distance, the time varies inversely with the speed. At {} miles an hour the trip takes {y1} hours. How many hours does it take at {} miles an hour?",
            scale * x1,
            scale * x2
        ),
    };
    let mut draft = Draft::new(stem).key(frac(key));
    for (value, mistake) in [
        (
            Q::new(y1 * x2, x1),
            slip(
                "direct-for-inverse",
                "lets both amounts grow together although one falls when the other grows",
            ),
        ),
        (
            Q::from(y1 + scale * (x1 - x2)),
            slip(
                "adds-in-inverse-variation",
                "keeps the sum of the two amounts the same instead of their product",
            ),
        ),
        (
            Q::from(y1 + scale * (x2 - x1)),
            slip("adds-in-proportion", "adds the same amount to both instead of multiplying both"),
        ),
        (
            Q::from(scale * product),
            slip("stops-at-the-product", "multiplies the two amounts and stops there"),
        ),
        (
            Q::new(y1, scale * x2),
            slip(
                "divides-by-new-amount",
                "divides the old result by the new amount and forgets the old amount",
            ),
        ),
    ] {
        if value > Q::from(0) && value.is_whole() {
            draft = draft.wrong(frac(value), mistake);
        }
    }
    Some(
        draft
            .hint("When one amount is doubled, the other is halved. Their product always stays the same.")
            .hint("Multiply the two amounts that belong together. Then divide by the new amount.")
            .step(
                format!("The product is {} × {y1} = {}.", scale * x1, n(scale * product)),
                frac(scale * product),
            )
            .step(format!("{} ÷ {} = {key}.", n(scale * product), scale * x2), frac(key)),
    )
}
