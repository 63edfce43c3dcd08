//! Shopping: change, the best buy, plans that cost the same, percents up and down.

use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, int, money, percent, words};
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Strand::Problems;
use crate::maths::kit::{QUANT, mistake, positive, template};

pub const TEMPLATES: &[Template] = &[
    template(Problems, "change-after-shopping", "problems.multi-step", QUANT, &[Lower, Middle], change),
    template(Problems, "cheapest-pack", "problems.money", QUANT, &[Lower, Middle], best_buy),
    template(Problems, "plans-that-cost-the-same", "problems.money", QUANT, &[Middle, Upper], plans),
    template(Problems, "percent-up-then-down", "problems.money", QUANT, &[Middle, Upper], up_then_down),
];

/// Things of a shop: one, many, least and most price in steps of 5 cents.
const GOODS: [(&str, &str, i64, i64); 8] = [
    ("notebook", "notebooks", 25, 70),
    ("pencil", "pencils", 5, 19),
    ("sandwich", "sandwiches", 60, 110),
    ("apple", "apples", 10, 25),
    ("juice", "juices", 25, 50),
    ("sticker sheet", "sticker sheets", 15, 45),
    ("poster", "posters", 80, 150),
    ("muffin", "muffins", 30, 60),
];

fn change(g: &mut Gen) -> Option<Draft> {
    let two = g.several(&GOODS, 2);
    let top = g.by_level([3..=3, 4..=4, 7..=7, 7..=7]);
    let (m, n) = (g.int(2..=top), g.int(2..=top));
    let mut price = |good: (&str, &str, i64, i64)| g.int(good.2..=good.3) * 5;
    let (p, q) = (price(two[0]), price(two[1]));
    let (a, b) = (m * p, n * q);
    let bill = [1_000, 2_000, 5_000].into_iter().find(|bill| *bill > a + b)?;
    let key = bill - a - b;
    // Cents from 10 up read better.
    let fine = |cents: i64| cents % 100 == 0 || cents % 100 >= 10;
    if ![p, q, a, b, a + b, key].into_iter().all(fine) || p == q {
        return None;
    }
    let child = g.child();
    let (one, many) = (two[0], two[1]);
    let (price_p, price_q, paid) = (money(p).text, money(q).text, money(bill).text);
    let stem = match g.int(0..=2) {
        0 => format!(
            "{} buys {m} {} for {price_p} each and {n} {} for {price_q} each, and pays with a {paid} bill. How much change should {} get?",
            child.name, one.1, many.1, child.they
        ),
        1 => format!(
            "A shop sells {} for {price_p} each and {} for {price_q} each. {} has {paid} and buys {m} {} and {n} {}. How much money is left?",
            one.1, many.1, child.name, one.1, many.1
        ),
        _ => format!(
            "For a class party, {} needs {m} {} at {price_p} each and {n} {} at {price_q} each. How much of {} {paid} will be left?",
            child.name, one.1, many.1, child.their
        ),
    };
    Some(
        Draft::new(stem)
            .key(money(key))
            .wrong(
                money(bill - p - q),
                mistake("buys-one-of-each", "uses the price of one of each instead of all that are bought"),
            )
            .wrong(
                money(a + b),
                mistake("stops-at-the-cost", "stops at the cost and does not find what is left"),
            )
            .wrong(
                money(bill - a),
                mistake("forgets-second-purchase", "leaves out the second kind of thing that is bought"),
            )
            .wrong(
                money((bill - n * p - m * q).max(0)),
                mistake("swaps-the-quantities", "matches each price with the number of the other thing"),
            )
            .wrong(
                money(key + 100),
                mistake(
                    "forgets-a-regrouped-dollar",
                    "forgets to take one dollar away when subtracting cents",
                ),
            )
            .hint("What is asked for is not the cost. What must be done with the cost in the end?")
            .hint(format!("First find the cost of all the {}, and then of all the {}.", one.1, many.1))
            .step(format!("The {} cost {m} × {price_p} = {}.", one.1, money(a).text), money(a))
            .step(format!("The {} cost {n} × {price_q} = {}.", many.1, money(b).text), money(b))
            .step(format!("Together that is {}.", money(a + b).text), money(a + b))
            .step(format!("{paid} − {} = {}.", money(a + b).text, money(key).text), money(key)),
    )
}

fn best_buy(g: &mut Gen) -> Option<Draft> {
    let (thing, kind) = g.pick(&[
        ("pencils", "packs"),
        ("batteries", "packs"),
        ("oranges", "bags"),
        ("eggs", "cartons"),
        ("markers", "boxes"),
        ("rolls", "bags"),
    ]);
    let sizes = g.several(&[2, 3, 4, 5, 6, 8, 10, 12], 4);
    let mut offers = Vec::new();
    let units: Vec<i64> =
        g.several(&(if g.level() == Lower { 12..=40 } else { 21..=68 }).collect::<Vec<_>>(), 4);
    for (size, unit) in sizes.iter().zip(&units) {
        offers.push((*size, size * unit));
    }
    let fine = |cents: i64| cents % 100 == 0 || cents % 100 >= 10;
    let lowest = *units.iter().min()?;
    let best = *offers.iter().find(|offer| offer.1 == offer.0 * lowest)?;
    let cheapest = *offers.iter().min_by_key(|offer| offer.1)?;
    let biggest = *offers.iter().max_by_key(|offer| offer.0)?;
    if cheapest == best || !offers.iter().all(|offer| fine(offer.1)) || biggest == best && g.one_in(2) {
        return None;
    }
    let text = |offer: (i64, i64)| words(format!("{} for {}", offer.0, money(offer.1).text));
    let child = g.child();
    // The offers are in the question too, so that it can be solved without the choices.
    let list: Vec<String> =
        offers.iter().map(|offer| format!("{} for {}", offer.0, money(offer.1).text)).collect();
    let list = crate::story::list(&list);
    let stem = match g.int(0..=2) {
        0 => format!(
            "A store sells {thing} in four kinds of {kind}: {list}. Which kind has the lowest price for each one?"
        ),
        1 => format!(
            "{} compares four {kind} of {thing}: {list}. Which is the best buy, with the lowest price for each one?",
            child.name
        ),
        _ => format!(
            "Four stores sell the same {thing}: {list}. In which of these offers does {} pay the least for each one?",
            child.name
        ),
    };
    let mut draft = Draft::new(stem)
        .key(text(best))
        .wrong(
            text(cheapest),
            mistake("lowest-price-for-best-buy", "takes the lowest price without asking how many there are"),
        )
        .wrong(
            text(biggest),
            mistake("biggest-pack-for-best-buy", "thinks that the biggest pack is always the best buy"),
        );
    for offer in &offers {
        draft = draft.wrong(
            text(*offer),
            mistake("misjudges-unit-prices", "judges the price of one by eye without dividing"),
        );
    }
    draft = draft
        .hint("The offers have different sizes. What price could you compare fairly?")
        .hint("Divide each price by the number of pieces to get the price of one.");
    for (offer, unit) in offers.iter().zip(&units) {
        draft =
            draft.step(format!("{} ÷ {} is {unit} cents for one.", money(offer.1).text, offer.0), int(*unit));
    }
    Some(draft.say(format!("The lowest of these is {lowest} cents.")))
}

fn plans(g: &mut Gen) -> Option<Draft> {
    let (low, high) = g.two(1..=if g.level() == Upper { 15 } else { 9 });
    let (each_a, each_b) = (low.min(high), low.max(high));
    let times = g.int(3..=if g.level() == Upper { 30 } else { 15 });
    let fee_b = g.int(0..=8) * 5;
    let fee_a = fee_b + (each_b - each_a) * times;
    let (place, unit, units) = g.pick(&[
        ("gym", "visit", "visits"),
        ("pool", "visit", "visits"),
        ("bike rental", "hour", "hours"),
        ("print shop", "poster", "posters"),
        ("music school", "lesson", "lessons"),
    ]);
    if fee_b == 0 && g.one_in(2) {
        return None;
    }
    let plan = |fee: i64, each: i64| {
        if fee == 0 {
            format!("no fee and {} per {unit}", money(each * 100).text)
        } else {
            format!("a fee of {} and {} per {unit}", money(fee * 100).text, money(each * 100).text)
        }
    };
    let (gap, step) = (fee_a - fee_b, each_b - each_a);
    Some(
        Draft::new(format!(
            "A {place} offers two plans. Plan A has {}. Plan B has {}. For how many {units} do the two plans cost the same?",
            plan(fee_a, each_a),
            plan(fee_b, each_b)
        ))
        .key(int(times))
        .wrong(int(Q::new(gap, each_b)), mistake("divides-by-one-rate", "divides the difference of the fees by one price instead of by the difference of the prices"))
        .wrong(int(Q::new(gap, each_a)), mistake("divides-by-the-lower-rate", "divides the difference of the fees by the lower price"))
        .wrong(int(Q::new(fee_a, step)), mistake("ignores-second-fee", "leaves out the fee of the second plan"))
        .wrong(positive(Q::new(fee_a + fee_b, each_a + each_b)), mistake("adds-fees-and-rates", "adds the fees and adds the prices"))
        .wrong(positive(gap), mistake("difference-of-fees", "stops at the difference of the fees"))
        .wrong(int(times + 1), mistake("first-time-cheaper", "gives the first number for which one plan is cheaper"))
        .wrong(int(fee_a), mistake("fee-for-count", "takes the fee for the number asked for"))
        .hint("How far apart are the plans before anything is used?")
        .hint(format!("With each {unit} the gap gets smaller. By how much?"))
        .step(format!("At the start plan A costs {} more.", money(gap * 100).text), money(gap * 100))
        .step(format!("Each {unit} costs {} more with plan B.", money(step * 100).text), money(step * 100))
        .step(format!("The gap is closed after {gap} ÷ {step} = {times} {units}."), int(times)),
    )
}

fn up_then_down(g: &mut Gen) -> Option<Draft> {
    let rates = [10, 20, 25, 30, 40, 50];
    let (up, down) = (g.pick(&rates), g.pick(&rates));
    let start = g.int(2..=if g.level() == Upper { 60 } else { 25 }) * 20;
    let first = Q::new(start * (100 + up), 100);
    let key = first * (100 - down) / 100;
    if !first.is_whole() || !key.is_whole() {
        return None;
    }
    let (thing, a) = g.pick(&[
        ("bicycle", "a"),
        ("coat", "a"),
        ("drum set", "a"),
        ("tent", "a"),
        ("armchair", "an"),
        ("camera", "a"),
    ]);
    let dollars = |n: Q| money(n * 100);
    let falls_first = g.one_in(3);
    let (one, two, middle) =
        if falls_first { (down, up, Q::new(start * (100 - down), 100)) } else { (up, down, first) };
    let (word_one, word_two) = if falls_first { ("lowered", "raised") } else { ("raised", "lowered") };
    let sign = |percent: i64, raised: bool| if raised { 100 + percent } else { 100 - percent };
    let net = start * (100 + up - down) / 100;
    if !middle.is_whole() {
        return None;
    }
    let key_text = dollars(key);
    let percents = [sign(one, !falls_first), sign(two, falls_first)];
    Some(
        Draft::new(format!(
            "The price of {a} {thing} was {}. First the price was {word_one} by {one}%. Then the new price was {word_two} by {two}%. What was the price in the end?",
            dollars(Q::from(start)).text
        ))
        .key(key_text.clone())
        .wrong(dollars(Q::from(net)), mistake("both-percents-of-the-start", "takes both percents of the first price"))
        .wrong(dollars(middle), mistake("stops-after-first-change", "stops after the first change"))
        .wrong(dollars(Q::from(start + if falls_first { two - one } else { one - two })), mistake("percents-as-dollars", "treats the percents as dollars"))
        .wrong(dollars(Q::new(start * sign(two, falls_first), 100)), mistake("second-change-only", "makes only the second change"))
        .wrong(dollars(Q::from(start)), mistake("changes-cancel", "thinks that going up and down always comes back to the start"))
        .hint("The second percent is not taken of the first price. What is it taken of?")
        .hint("Work out the price after the first change before you do anything else.")
        .step(format!("After the first change it is {}% of {}, which is {}.", percents[0], dollars(Q::from(start)).text, dollars(middle).text), dollars(middle))
        .step(format!("Then it is {}% of {}, which is {}.", percents[1], dollars(middle).text, key_text.text), key_text),
    )
    .filter(|_| percent(one).meaning.is_some())
}
