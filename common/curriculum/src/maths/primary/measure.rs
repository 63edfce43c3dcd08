//! Clocks, coins, rulers and lengths.

use super::{ALL, by_grade};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, int, unit, words};
use crate::figure::Picture;
use crate::level::Level::{Primary2, Primary3};
use crate::level::Strand::Measurement;
use crate::maths::kit::{MATHS, mistake, template};
use crate::story::{count, list};

pub const TEMPLATES: &[Template] = &[
    template(Measurement, "primary-clock-later", "primary.time", MATHS, ALL, clock),
    template(Measurement, "primary-coins", "primary.money", MATHS, ALL, coins),
    template(Measurement, "primary-change", "primary.money", MATHS, ALL, change),
    template(Measurement, "primary-ruler", "primary.measure", MATHS, ALL, ruler),
    template(Measurement, "primary-length-difference", "primary.measure", MATHS, ALL, longer),
];

/// A time of the clock, from minutes after twelve.
fn shown(minutes: i64) -> String {
    let hour = minutes.rem_euclid(720) / 60;
    format!("{}:{:02}", if hour == 0 { 12 } else { hour }, minutes.rem_euclid(60))
}

fn clock(g: &mut Gen) -> Option<Draft> {
    let (start, later) = match g.level() {
        Primary2 => (g.int(1..=11) * 60 + 30 * g.int(0..=1), 60 * g.int(1..=4) + 30 * g.int(0..=1)),
        Primary3 => (g.int(1..=11) * 60 + 15 * g.int(0..=3), g.pick(&[15, 30, 45, 60, 75, 90, 120])),
        _ => (g.int(1..=11) * 60 + 5 * g.int(2..=11), 5 * g.int(3..=28)),
    };
    let back = g.level() != Primary2 && g.one_in(4);
    let end = if back { start - later } else { start + later };
    if !(60..13 * 60).contains(&end) || start % 60 == 5 {
        return None;
    }
    let (hours, minutes) = (later / 60, later % 60);
    let span = match (hours, minutes) {
        (0, m) => format!("{m} minutes"),
        (h, 0) => count(h, "hour", "hours"),
        (h, m) => format!("{} and {m} minutes", count(h, "hour", "hours")),
    };
    let (child, now) = (g.child(), shown(start));
    let thing = g.pick(&["game", "walk", "class", "show", "trip"]);
    let stem = if back {
        format!("A {thing} ends at {now}. It takes {span}. When does it start?")
    } else {
        match g.int(0..=2) {
            0 => format!("It is {now} now. What time will it be in {span}?"),
            1 => format!("A {thing} starts at {now}. It takes {span}. When does it end?"),
            _ => format!(
                "{} leaves home at {now} and is back {span} later. When is {} back?",
                child.name, child.they
            ),
        }
    };
    let time = |minutes: i64| if (60..780).contains(&minutes) { words(shown(minutes)) } else { words("") };
    let sign = if back { -1 } else { 1 };
    // Whether the minutes pass the twelve, and where the hour is then.
    let passes = !back && start % 60 + minutes >= 60;
    let full = if back { start / 60 * 60 } else { (start / 60 + 1) * 60 };
    Some(
        Draft::new(stem)
            .key(time(end))
            .wrong(
                time(start - sign * later),
                mistake("clock-the-wrong-way", "turns the clock the wrong way"),
            )
            .wrong(
                time(end - 60),
                if passes {
                    mistake("loses-the-new-hour", "loses an hour when the minutes pass the twelve")
                } else if back {
                    mistake("one-hour-too-early", "goes back one hour too many")
                } else {
                    mistake("one-hour-too-early", "counts one hour too few")
                },
            )
            .wrong(
                time(end + 60),
                mistake(
                    "one-hour-too-late",
                    if back { "goes back one hour too few" } else { "counts one hour too many" },
                ),
            )
            .wrong(
                time(start + sign * minutes),
                mistake("forgets-the-hours", "moves only the minutes and forgets the hours"),
            )
            .wrong(time(end + 30), mistake("half-an-hour-off", "is off by half an hour"))
            .wrong(time(end - 30), mistake("half-an-hour-off", "is off by half an hour"))
            .hint(if hours > 0 {
                "Think of a clock. First move the hours."
            } else {
                "Think of a clock. How far is it to the next full hour?"
            })
            .hint(if back {
                "Go back. When the minutes pass the twelve, the hour changes."
            } else {
                "Then move the minutes. When they pass the twelve, a new hour begins."
            })
            .say(if hours > 0 && minutes > 0 {
                format!(
                    "Move {} from {now}: that is {}.",
                    count(hours, "hour", "hours"),
                    shown(start + sign * hours * 60)
                )
            } else if hours == 0 && passes && start % 60 + minutes > 60 {
                format!(
                    "{} after {now} it is {}, and {} are left.",
                    count(full - start, "minute", "minutes"),
                    shown(full),
                    count(end - full, "minute", "minutes")
                )
            } else {
                format!("Start at {now}.")
            })
            .say(format!(
                "{} {} it is {}.",
                if minutes > 0 { format!("{minutes} minutes") } else { count(hours, "hour", "hours") },
                match (back, hours > 0 && minutes > 0) {
                    (true, _) => "earlier",
                    (false, true) => "after that",
                    (false, false) => "later",
                },
                shown(end)
            )),
    )
}

const COINS: [(&str, &str, i64); 4] =
    [("quarter", "quarters", 25), ("dime", "dimes", 10), ("nickel", "nickels", 5), ("penny", "pennies", 1)];

fn coins(g: &mut Gen) -> Option<Draft> {
    let kinds = by_grade(g, [2..=2, 2..=3, 3..=4]);
    let from = if g.level() == Primary2 { &COINS[1..] } else { &COINS[..] };
    let mut chosen = g.several(from, usize::try_from(kinds).ok()?);
    chosen.sort_by_key(|coin| -coin.2);
    let numbers: Vec<i64> = chosen.iter().map(|_| by_grade(g, [1..=5, 1..=5, 1..=7])).collect();
    let key: i64 = chosen.iter().zip(&numbers).map(|(coin, n)| coin.2 * n).sum();
    let how_many: i64 = numbers.iter().sum();
    if how_many < 3 || g.level() == Primary2 && key > 60 {
        return None;
    }
    let child = g.child();
    let said =
        list(&chosen.iter().zip(&numbers).map(|(coin, n)| count(*n, coin.0, coin.1)).collect::<Vec<_>>());
    let stem = match g.int(0..=2) {
        0 => format!("{} has {said}. How many cents is that?", child.name),
        1 => format!("A jar holds {said}. How many cents are in the jar?"),
        _ => format!("{} finds {said}. How many cents are they worth?", child.name),
    };
    let turned: i64 = chosen.iter().zip(numbers.iter().rev()).map(|(coin, n)| coin.2 * n).sum();
    let mistaken: i64 = chosen
        .iter()
        .zip(&numbers)
        .map(|(coin, n)| {
            n * match coin.2 {
                5 => 10,
                10 => 5,
                other => other,
            }
        })
        .sum();
    let (first, last) = (chosen[0].2 * numbers[0], chosen[chosen.len() - 1].2 * numbers[numbers.len() - 1]);
    let cents = |n: i64| if n == 1 { int(Q(None)) } else { unit(n, "cents") };
    let mut draft = Draft::new(stem)
        .key(cents(key))
        .wrong(cents(how_many), mistake("counts-the-coins", "counts the coins instead of their value"))
        .wrong(cents(mistaken), mistake("mixes-up-dime-and-nickel", "mixes up a dime and a nickel"))
        .wrong(cents(key - last), mistake("forgets-the-small-coins", "leaves out the smallest kind of coin"))
        .wrong(cents(first), mistake("first-coins-only", "counts only the first kind of coin"))
        .wrong(cents(turned), mistake("swaps-the-numbers", "mixes up how many there are of each coin"))
        .wrong(cents(key + 5), mistake("one-nickel-too-many", "counts five cents too many"))
        .hint("A quarter is 25 cents, a dime is 10, a nickel is 5, and a penny is 1.")
        .hint("Start with the coins that are worth the most. Count on from there.");
    for (coin, n) in chosen.iter().zip(&numbers) {
        draft = draft.step(
            format!(
                "{} {} {}.",
                count(*n, coin.0, coin.1),
                if *n == 1 { "makes" } else { "make" },
                count(coin.2 * n, "cent", "cents")
            ),
            int(coin.2 * n),
        );
    }
    Some(draft.step(format!("Together that is {key} cents."), int(key))).filter(|_| key != 25 && key != 10)
}

fn change(g: &mut Gen) -> Option<Draft> {
    let (price, paid, sign) = match g.level() {
        Primary2 => {
            let paid = g.pick(&[10, 20, 25, 50]);
            (g.int(2..=paid - 2), paid, "cents")
        }
        Primary3 => {
            let paid = g.pick(&[50, 100, 100]);
            (g.int(11..=paid - 6), paid, "cents")
        }
        _ => {
            let paid = g.pick(&[20, 50, 100, 200]);
            (g.int(7..=paid - 4), paid, "dollars")
        }
    };
    let key = paid - price;
    // The next full ten, where counting up has a rest.
    let ten = (price / 10 + 1) * 10;
    if 2 * price == paid {
        return None;
    }
    let child = g.child();
    let (one, name) = g.pick(if sign == "cents" {
        &[("A", "pencil"), ("A", "sticker"), ("An", "apple"), ("A", "button"), ("A", "cookie")]
    } else {
        &[("A", "coat"), ("A", "game"), ("A", "chair"), ("An", "easel"), ("A", "lamp")]
    });
    let stem = match g.int(0..=2) {
        0 => format!(
            "{one} {name} costs {price} {sign}. {} pays with {paid} {sign}. How much change does {} get?",
            child.name, child.they
        ),
        1 => format!(
            "{} has {paid} {sign} and buys {} {name} for {price} {sign}. How much is left?",
            child.name,
            one.to_lowercase()
        ),
        _ => format!(
            "{} wants {} {name} for {paid} {sign}. So far {} has {price} {sign}. How much more does {} need?",
            child.name,
            one.to_lowercase(),
            child.they,
            child.they
        ),
    };
    let say = |n: i64| if n > 1 { unit(n, sign) } else { int(Q(None)) };
    Some(
        Draft::new(stem)
            .key(say(key))
            .wrong(say(paid + price), mistake("adds-for-change", "adds the two amounts"))
            .wrong(say(price), mistake("price-for-change", "gives the amount that was named"))
            .wrong(
                if paid % 10 < price % 10 { say(key + 10) } else { say(0) },
                mistake("forgets-the-borrowed-ten", "borrows a ten and forgets to take it away"),
            )
            .wrong(say(paid), mistake("paid-for-change", "gives all the money instead of the difference"))
            .wrong(say(key - 1), mistake("counts-one-too-few", "counts one too few"))
            .wrong(say(key + 1), mistake("counts-one-too-many", "counts one too many"))
            .hint("Start at the smaller amount, and count up to the larger one.")
            .hint("How far did you count? You can also subtract.")
            .say(if price % 10 > 0 && ten < paid {
                format!(
                    "From {price} to {ten} is {}, and from {ten} to {paid} is {}.",
                    ten - price,
                    paid - ten
                )
            } else {
                format!("Count up from {price} to {paid}.")
            })
            .step(format!("{paid} − {price} = {key}."), int(key)),
    )
    .filter(|_| key > 1)
}

fn ruler(g: &mut Gen) -> Option<Draft> {
    let from = if g.level() == Primary2 && g.one_in(2) { 0 } else { g.int(1..=5) };
    let long = g.int(2..=12 - from);
    let to = from + long;
    let (thing, units) = (
        g.pick(&["pencil", "crayon", "key", "leaf", "spoon", "ribbon", "comb", "feather"]),
        g.pick(&["inches", "centimeters"]),
    );
    let mut picture = Picture::new(400, 110, format!("A {thing} lies above a ruler in {units}. One end is at the mark {from}. The other end is at the mark {to}.")).line((20, 70), (380, 70)).rectangle(20 + 29 * from, 36, 29 * long, 16, true);
    for mark in 0..=12 {
        picture = picture.line((20 + 29 * mark, 62), (20 + 29 * mark, 78)).label(
            20 + 29 * mark,
            96,
            &mark.to_string(),
        );
    }
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!("{} puts a {thing} above a ruler. How long is the {thing}?", child.name),
        1 => format!("Look at the {thing} and the ruler that {} has. How long is the {thing}?", child.name),
        _ => format!("{} measures a {thing}. Be careful where it begins. How long is it?", child.name),
    };
    let say = |n: i64| if n > 1 { unit(n, units) } else { int(Q(None)) };

    Some(
        Draft::new(stem)
            .figure(picture)
            .key(say(long))
            .wrong(
                if from > 0 { say(to) } else { say(0) },
                mistake("reads-the-end-mark", "reads a mark without looking where the thing begins"),
            )
            .wrong(
                say(long + 1),
                mistake("counts-marks-not-spaces", "counts the marks instead of the spaces between them"),
            )
            .wrong(say(from + to), mistake("adds-the-marks", "adds the two marks"))
            .wrong(say(long - 1), mistake("leaves-out-a-space", "leaves out one of the spaces"))
            .wrong(say(from), mistake("reads-the-start-mark", "reads the mark at the start"))
            .wrong(say(12), mistake("length-of-the-ruler", "gives the length of the ruler"))
            .wrong(say(long + 2), mistake("counts-two-too-many", "counts two spaces too many"))
            .hint("Where does it begin, and where does it end?")
            .hint("Count the spaces from one end to the other.")
            .step(format!("From {from} to {to} there are {to} − {from} = {long} spaces."), int(long)),
    )
}

fn longer(g: &mut Gen) -> Option<Draft> {
    let (a, b) = (by_grade(g, [6..=40, 20..=200, 100..=900]), by_grade(g, [3..=35, 11..=190, 60..=880]));
    let key = a - b;
    if key < 2 || a == 2 * b {
        return None;
    }
    let child = g.child();
    let things = g.several(&["ribbon", "rope", "snake", "board", "scarf"], 1);
    let thing = things[0];
    let units = g.pick(&["inches", "centimeters", "feet"]);
    let colors = g.several(&["red", "blue", "green", "gray", "brown"], 2);
    let shorter = g.one_in(3);
    let stem = match g.int(0..=1) {
        0 if shorter => format!(
            "A {} {thing} is {a} {units} long. A {} {thing} is {b} {units} long. How much shorter is the {} one?",
            colors[0], colors[1], colors[1]
        ),
        0 => format!(
            "A {} {thing} is {a} {units} long. A {} {thing} is {b} {units} long. How much longer is the {} one?",
            colors[0], colors[1], colors[0]
        ),
        _ => format!(
            "{} has a {thing} that is {a} {units} long. {} cuts off {b} {units}. How long is the rest?",
            child.name,
            child.they_capital()
        )
        .replace("has a snake", "has a toy snake")
        .replace("has a rope", "has a string")
        .replace("has a board", "has a stick"),
    };
    if stem.contains("toy snake") {
        return None;
    }
    let say = |n: i64| if n > 1 { unit(n, units) } else { int(Q(None)) };
    Some(
        Draft::new(stem)
            .key(say(key))
            .wrong(
                say(a + b),
                mistake("adds-to-compare", "adds the two numbers instead of finding their difference"),
            )
            .wrong(say(a), mistake("longer-one-for-difference", "gives the longer length"))
            .wrong(
                if a % 10 < b % 10 { say(key + 10) } else { say(0) },
                mistake("forgets-the-borrowed-ten", "borrows a ten and forgets to take it away"),
            )
            .wrong(say(b), mistake("shorter-one-for-difference", "gives the shorter length"))
            .wrong(say(key + 1), mistake("counts-one-too-many", "counts one too many"))
            .hint("Think of the two lengths side by side.")
            .hint("Subtract the shorter length from the longer one.")
            .step(format!("{a} − {b} = {key}."), int(key)),
    )
    .filter(|_| !(g.level() == Primary3 && a + b > 1_000))
}
