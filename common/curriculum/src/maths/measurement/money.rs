//! Money and unit prices.

use super::{measurement, size, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{int, money, words};
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Section::{Mathematics, Quantitative};
use crate::story::count;

pub const TEMPLATES: &[Template] = &[
    measurement("change-from-a-bill", "measurement.money", &[Mathematics, Quantitative], &[Lower], change),
    measurement(
        "price-of-several",
        "measurement.unit-price",
        &[Mathematics, Quantitative],
        &[Lower, Middle],
        several,
    ),
    measurement(
        "best-buy",
        "measurement.unit-price",
        &[Quantitative, Mathematics],
        &[Middle, Upper],
        best_buy,
    ),
];

fn change(g: &mut Gen) -> Option<Draft> {
    let (n, price) = (g.int(2..=6), g.int(5..=60) * 5 + 20);
    let extra = g.int(4..=60) * 5 + 50;
    let total = n * price + extra;
    let bill = if total < 1000 { 1000 } else { 2000 };
    let key = bill - total;
    let low = |cents: i64| (1..10).contains(&(cents % 100));
    if total >= bill || key < 40 || [price, extra, total, n * price, key].into_iter().any(low) {
        return None;
    }
    let child = g.child();
    let (thing, things, other) = g.pick(&[
        ("notebook", "notebooks", "a pen"),
        ("muffin", "muffins", "a glass of juice"),
        ("ticket", "tickets", "a program"),
        ("plant", "plants", "a pot"),
        ("postcard", "postcards", "a stamp set"),
    ]);
    let (each, once, paid) = (money(price).text, money(extra).text, money(bill).text);
    let stem = match g.int(0..=2) {
        0 => format!(
            "{} buys {} at {each} each and {other} for {once}, and pays with {paid}. How much change does {} get?",
            child.name,
            count(n, thing, things),
            child.they
        ),
        1 => format!(
            "One {thing} costs {each}, and {other} costs {once}. {} pays for {} and {other} out of {paid}. How much money is left?",
            child.name,
            count(n, thing, things)
        ),
        _ => format!(
            "With {paid} in {} pocket, {} pays {each} for each of {} and {once} for {other}. How much does {} have then?",
            child.their,
            child.name,
            count(n, thing, things),
            child.they
        ),
    };
    Some(
        Draft::new(stem)
            .key(money(key))
            .wrong(money(size(bill - price - extra)), slip("buys-only-one", "counts the price of one thing although there are several"))
            .wrong(money(total), slip("gives-the-cost", "gives the cost instead of the change"))
            .wrong(money(size(bill - n * price)), slip("forgets-one-purchase", "forgets one of the purchases"))
            .wrong(money(key + 100), slip("regroups-dollar-badly", "forgets to take away the dollar that was traded for cents"))
            .wrong(money(size(bill - n * (price + extra))), slip("multiplies-everything", "multiplies the single thing as well"))
            .hint("What does everything cost together?")
            .hint("Multiply the price by the number of things, add the other price, and take the total away from the money paid.")
            .step(format!("The {things} cost {n} × {each} = {}.", money(n * price).text), money(n * price))
            .step(format!("Everything costs {} + {once} = {}.", money(n * price).text, money(total).text), money(total))
            .step(format!("The change is {paid} − {} = {}.", money(total).text, money(key).text), money(key)),
    )
}

fn several(g: &mut Gen) -> Option<Draft> {
    let (a, b) = g.two(2..=12);
    let each = if g.level() == Lower { g.int(2..=30) * 10 } else { g.int(15..=150) * 5 };
    let (known, key) = (a * each, b * each);
    if [known, key, each].into_iter().any(|n| (1..10).contains(&(n % 100))) {
        return None;
    }
    let child = g.child();
    let (one, many) = g.pick(&[
        ("pound of apples", "pounds of apples"),
        ("yard of cloth", "yards of cloth"),
        ("liter of paint", "liters of paint"),
        ("foot of wire", "feet of wire"),
        ("ounce of spice", "ounces of spice"),
    ]);
    let (paid, some, others) = (money(known).text, count(a, one, many), count(b, one, many));
    let stem = match g.int(0..=2) {
        0 => format!("At the same price for each, {some} cost {paid}. How much do {others} cost?"),
        1 => format!("{} paid {paid} for {some}. At that rate, what is the price of {others}?", child.name),
        _ => format!(
            "A store sells {some} for {paid}. {} needs {others} at the same unit price. How much will that cost?",
            child.name
        ),
    };
    Some(
        Draft::new(stem)
            .key(money(key))
            .wrong(money(each), slip("stops-at-unit-price", "stops at the price of one unit"))
            .wrong(
                money(size(known + (b - a) * 100)),
                slip("adds-a-dollar-for-each", "adds the difference of the amounts as dollars"),
            )
            .wrong(
                money(if known * b <= 4_000_000 { known * b } else { 0 }),
                slip("multiplies-the-total", "multiplies the price of all by the new number"),
            )
            .wrong(money(size(key + each)), slip("one-unit-too-many", "counts one unit too many"))
            .wrong(money(size(key - each)), slip("one-unit-too-few", "counts one unit too few"))
            .hint("What does one unit cost?")
            .hint(format!("Divide the price by {a}, and then multiply by {b}."))
            .step(format!("One unit costs {paid} ÷ {a} = {}.", money(each).text), money(each))
            .step(format!("The price is {b} × {} = {}.", money(each).text, money(key).text), money(key)),
    )
}

fn best_buy(g: &mut Gen) -> Option<Draft> {
    let mut offers: Vec<(i64, i64)> = Vec::new();
    for _ in 0..4 {
        let n = g.pick(&[4, 5, 6, 8, 10, 12, 15, 16, 20, 24, 32]);
        let each = g.int(16..=36);
        offers.push((n, n * each));
    }
    let unit = |(n, price): (i64, i64)| price / n;
    let mut rates: Vec<i64> = offers.iter().map(|one| unit(*one)).collect();
    rates.sort_unstable();
    rates.dedup();
    let mut sizes: Vec<i64> = offers.iter().map(|(n, _)| *n).collect();
    sizes.sort_unstable();
    sizes.dedup();
    if rates.len() < 4
        || sizes.len() < 4
        || rates[1] - rates[0] > 3
        || offers.iter().any(|(_, price)| (1..10).contains(&(price % 100)))
    {
        return None;
    }
    let best = *offers.iter().min_by_key(|one| unit(**one))?;
    let lowest = offers.iter().min_by_key(|(_, price)| *price)?;
    if *lowest == best && !g.one_in(4) {
        return None;
    }
    let child = g.child();
    let (thing, u) = g.pick(&[
        ("cereal", "ounces"),
        ("juice", "ounces"),
        ("rice", "pounds"),
        ("cheese", "ounces"),
        ("birdseed", "pounds"),
    ]);
    let text = |(n, price): (i64, i64)| format!("{n} {u} for {}", money(price).text);
    let listed = offers.iter().map(|one| text(*one)).collect::<Vec<_>>().join("; ");
    let stem = match g.int(0..=2) {
        0 => format!("A store sells {thing} in four sizes: {listed}. Which has the lowest unit price?"),
        1 => format!(
            "{} compares packages of {thing}: {listed}. Which is the best buy for the amount?",
            child.name
        ),
        _ => format!(
            "Four packages of {thing} are on a shelf: {listed}. Which one costs the least per {}?",
            u.trim_end_matches('s')
        ),
    };
    let mut draft = Draft::new(stem).key(words(text(best)));
    for one in offers.iter().filter(|one| **one != best) {
        let why = if one == lowest {
            slip("lowest-total-price", "takes the lowest price without looking at the amount")
        } else if one.0 == sizes[3] {
            slip("largest-is-cheapest", "thinks that the largest package is always the best buy")
        } else {
            slip("unit-price-misjudged", "judges the unit price by eye without dividing")
        };
        draft = draft.wrong(words(text(*one)), why);
    }
    draft = draft
        .hint("A low price may buy only a little. What does one unit cost in each package?")
        .hint(format!("Divide each price in cents by the number of {u}."));
    for one in &offers {
        draft =
            draft.step(format!("For {}, one unit costs {} cents.", text(*one), unit(*one)), int(unit(*one)));
    }
    Some(draft.say(format!("The lowest is {}.", text(best))))
}
