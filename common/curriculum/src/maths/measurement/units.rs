//! Units of length, weight and capacity.

use super::{measurement, size, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, dec, int, words};
use crate::item::Misconception;
use crate::level::Level::{Lower, Middle};
use crate::level::Section::{Mathematics, Quantitative};
use crate::story::{count, list};

pub const TEMPLATES: &[Template] = &[
    measurement(
        "customary-units",
        "measurement.customary-units",
        &[Mathematics, Quantitative],
        &[Lower, Middle],
        customary,
    ),
    measurement(
        "feet-and-inches",
        "measurement.customary-units",
        &[Mathematics, Quantitative],
        &[Lower],
        two_units,
    ),
    measurement(
        "metric-units",
        "measurement.metric-units",
        &[Mathematics, Quantitative],
        &[Lower, Middle],
        metric,
    ),
    measurement("order-of-measures", "measurement.metric-units", &[Mathematics], &[Lower, Middle], order),
];

const WRONG_WAY: Misconception = slip(
    "converts-the-wrong-way",
    "multiplies where it takes a division, or divides where it takes a multiplication",
);

const WRONG_FACTOR: Misconception =
    slip("wrong-conversion-factor", "uses the number that belongs to another pair of units");

const NO_CHANGE: Misconception =
    slip("keeps-the-number", "keeps the number and only changes the name of the unit");

const TENS: Misconception =
    slip("customary-by-tens", "converts by ten or a hundred, as if all units went by tens");

/// Larger unit, smaller unit, singular and plural, how many, and a factor that is easily taken for it.
type Pair = (&'static str, &'static str, &'static str, &'static str, i64, i64);

const CUSTOMARY: [Pair; 9] = [
    ("foot", "feet", "inch", "inches", 12, 16),
    ("yard", "yards", "foot", "feet", 3, 12),
    ("yard", "yards", "inch", "inches", 36, 12),
    ("pound", "pounds", "ounce", "ounces", 16, 12),
    ("ton", "tons", "pound", "pounds", 2000, 1000),
    ("gallon", "gallons", "quart", "quarts", 4, 8),
    ("gallon", "gallons", "cup", "cups", 16, 8),
    ("quart", "quarts", "cup", "cups", 4, 2),
    ("pint", "pints", "fluid ounce", "fluid ounces", 16, 12),
];

fn customary(g: &mut Gen) -> Option<Draft> {
    let (one, many, small_one, small, factor, near) = g.pick(&CUSTOMARY);
    let n = g.by_level([2..=9, 2..=12, 3..=25, 3..=25]);
    let to_small = g.one_in(2);
    let total = n * factor;
    let child = g.child();
    let name = child.name;
    let (have, want) =
        if to_small { (count(n, one, many), small) } else { (count(total, small_one, small), many) };
    let about = match many {
        "feet" | "yards" => [
            format!("{name} has a ribbon that is {have} long. How long is it in {want}?"),
            format!("A hallway is {have} long. How many {want} is that?"),
            format!("A roll holds {have} of string. How many {want} of string does it hold?"),
        ],
        "pounds" | "tons" => [
            format!("A crate weighs {have}. What is its weight in {want}?"),
            format!("A truck brings {have} of sand to {name}'s school. How many {want} is that?"),
            format!("A farm sold {have} of corn. How many {want} did it sell?"),
        ],
        _ => [
            format!("{name}'s class made {have} of lemonade. How many {want} is that?"),
            format!("A tank holds {have} of water. How many {want} does it hold?"),
            format!("A recipe for a party calls for {have} of broth. How many {want} does it call for?"),
        ],
    };
    let key = if to_small { total } else { n };
    let put = |factor: i64| if to_small { int(n * factor) } else { dec(size(Q::new(total, factor))) };
    Some(
        Draft::new(g.pick(&about))
            .key(int(key))
            .wrong(put(near), WRONG_FACTOR)
            .wrong(
                if to_small {
                    dec(if (Q::new(n, factor) * 100).is_whole() { Q::new(n, factor) } else { Q(None) })
                } else {
                    int(if total * factor <= 90_000 { size(total * factor) } else { Q(None) })
                },
                WRONG_WAY,
            )
            .wrong(put(10), TENS)
            .wrong(
                int(if to_small { n + factor } else { total - factor }),
                slip(
                    "adds-the-factor",
                    "adds or subtracts the number of units in one, where it takes multiplying or dividing",
                ),
            )
            .wrong(int(if to_small { n } else { total }), NO_CHANGE)
            .hint(format!("How many {small} make one {one}?"))
            .hint(if to_small {
                format!("{} are smaller, so it takes more of them. Multiply.", capital(small))
            } else {
                format!("{} are larger, so it takes fewer of them. Divide.", capital(many))
            })
            .step(format!("One {one} is {} {small}.", int(factor).text), int(factor))
            .step(
                if to_small {
                    format!(
                        "Smaller units, so more of them: {n} × {} = {}.",
                        int(factor).text,
                        int(total).text
                    )
                } else {
                    format!(
                        "Larger units, so fewer of them: {} ÷ {} = {n}.",
                        int(total).text,
                        int(factor).text
                    )
                },
                int(key),
            ),
    )
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn two_units(g: &mut Gen) -> Option<Draft> {
    let (one, many, small_one, small, factor, kind) = g.pick(&[
        ("foot", "feet", "inch", "inches", 12, 0),
        ("pound", "pounds", "ounce", "ounces", 16, 1),
        ("yard", "yards", "foot", "feet", 3, 0),
        ("gallon", "gallons", "quart", "quarts", 4, 2),
    ]);
    let (a, b) = (g.int(2..=9), g.int(1..=factor - 1));
    let (c, d) = (g.int(1..=8), g.int(1..=factor - 1));
    let adds = g.one_in(2);
    if adds && b + d < factor || !adds && (b >= d || a <= c + 1) {
        return None;
    }
    let write = |n: i64| match (n / factor, n % factor) {
        (0, s) => count(s, small_one, small),
        (l, 0) => count(l, one, many),
        (l, s) => format!("{} {}", count(l, one, many), count(s, small_one, small)),
    };
    let loose = |l: i64, s: i64| {
        if l > 0 && s > 0 {
            words(format!("{} {}", count(l, one, many), count(s, small_one, small)))
        } else {
            words("")
        }
    };
    let (x, y) = (a * factor + b, c * factor + d);
    let key = if adds { x + y } else { x - y };
    let [first, second] = g.children();
    let (long, short) = (write(x), write(y));
    let stem = match (kind, adds, g.int(0..=1)) {
        (0, true, 0) => format!(
            "{} tied together two ropes, one {long} long and one {short} long, and lost no length in the knot. How long is the whole rope?",
            first.name
        ),
        (0, true, _) => format!(
            "A shelf is {long} long. The shelf beside it is {short} long. How long are they together?"
        ),
        (0, false, 0) => format!(
            "{} cut {short} off a board that was {long} long. How much of the board is left?",
            first.name
        ),
        (0, false, _) => format!(
            "{}'s kite string is {long} long. {}'s is {short} long. How much longer is {}'s?",
            first.name, second.name, first.name
        ),
        (1, true, _) => format!(
            "{}'s dog weighs {long}, and the puppy weighs {short}. What do they weigh together?",
            first.name
        ),
        (1, false, _) => format!(
            "A full box weighs {long}. Without the {short} of books that {} takes out, how much does it weigh?",
            first.name
        ),
        (_, true, _) => format!(
            "{} mixes {long} of apple juice with {short} of water. How much drink is there?",
            first.name
        ),
        (_, false, _) => {
            format!("A tank held {long} of water. {} used {short} of it. How much is left?", first.name)
        }
    };
    let (l, s) = (key / factor, key % factor);
    Some(
        Draft::new(stem)
            .key(words(write(key)))
            .wrong(if adds { if b + d >= 10 && factor > 10 { loose(a + c + 1, b + d - 10) } else { loose(a + c + 1, b + d) } } else { loose(a - c, d - b) }, if adds { slip("regroups-by-ten", "trades ten small units for a large one, or keeps too many small units") } else { slip("subtracts-smaller-digit", "subtracts the smaller number from the larger in each unit") })
            .wrong(if adds { loose(a + c, (b + d) % factor) } else { loose(a - c, s) }, slip("forgets-the-trade", "forgets to count the large unit that was traded"))
            .wrong(if adds { loose(a + c + 2, s) } else { loose(a - c - 1, if factor > 10 { 10 + b - d } else { d - b }) }, if adds { slip("trades-twice", "counts the traded unit twice") } else { slip("trades-for-ten", "trades a large unit for the wrong number of small ones") })
            .wrong(loose(l, if s + 1 < factor { s + 1 } else { s - 1 }), slip("slips-in-small-units", "miscounts the small units by one"))
            .wrong(loose(if adds { l - 1 } else { l + 1 }, s), slip("forgets-the-trade", "forgets to count the large unit that was traded"))
            .hint(format!("How many {small} make one {one}?"))
            .hint(if adds { format!("Add the {many} and the {small} apart, and trade small units for a large one when there are enough.") } else { format!("There are too few {small} to subtract from. Trade one {one} for {small} first.") })
            .say(format!("One {one} is {factor} {small}."))
            .say(if adds { format!("The {small} add up to {b} + {d} = {}, which is {}.", b + d, write(b + d)) } else { format!("Trade one {one}: {long} is {} {}.", count(a - 1, one, many), count(b + factor, small_one, small)) })
            .say(if adds { format!("With the {} that makes {}.", count(a + c, one, many), write(key)) } else { format!("Take away {short}, and {} is left.", write(key)) }),
    )
}

const METRIC: [(&str, &str, i64, &str); 7] = [
    ("meters", "centimeters", 100, "length"),
    ("kilometers", "meters", 1000, "length"),
    ("centimeters", "millimeters", 10, "length"),
    ("meters", "millimeters", 1000, "length"),
    ("kilograms", "grams", 1000, "weight"),
    ("grams", "milligrams", 1000, "weight"),
    ("liters", "milliliters", 1000, "volume"),
];

fn metric(g: &mut Gen) -> Option<Draft> {
    let (large, small, factor, kind) = g.pick(&METRIC);
    let n = if g.level() == Lower { Q::new(g.int(12..=95), 10) } else { Q::new(g.int(105..=995), 100) };
    let total = n * factor;
    if n.is_whole() || !total.is_whole() {
        return None;
    }
    let to_small = g.one_in(2);
    let (have, from, want) =
        if to_small { (dec(n).text, large, small) } else { (int(total).text, small, large) };
    if have.ends_with(".1") {
        return None;
    }
    let child = g.child();
    let stem = match (kind, g.int(0..=1)) {
        ("length", 0) => format!("A model track is {have} {from} long. How long is it in {want}?"),
        ("length", _) => format!(
            "{} measured a distance of {have} {from} on a drawing of the school grounds. How many {want} is that?",
            child.name
        ),
        ("weight", 0) => format!("A package of seeds weighs {have} {from}. What is its weight in {want}?"),
        ("weight", _) => {
            format!("{} weighed a collection of stones: {have} {from}. How many {want} is that?", child.name)
        }
        (_, 0) => format!("A jug holds {have} {from} of juice. How many {want} does it hold?"),
        _ => {
            format!("{} poured {have} {from} of water into a fish tank. How many {want} is that?", child.name)
        }
    };
    let put = |factor: i64| if to_small { dec(n * factor) } else { dec(total / factor) };
    let key = put(factor);
    let zeros = slip("wrong-power-of-ten", "multiplies or divides by the wrong power of ten");
    Some(
        Draft::new(stem)
            .key(key.clone())
            .wrong(put(factor / 10), if factor == 10 { NO_CHANGE } else { zeros })
            .wrong(put(factor * 10), zeros)
            .wrong(if to_small { dec(n / factor) } else { dec(size(if (total * factor) < Q::from(90_000) { total * factor } else { Q(None) })) }, WRONG_WAY)
            .wrong(put(if factor == 100 { 1000 } else { 100 }), zeros)
            .wrong(put(factor * 100), zeros)
            .hint(format!("Which unit is smaller, {large} or {small}? It takes more of the smaller unit."))
            .hint("Find how many of the smaller unit make one of the larger. Then move the decimal point by as many places as that number has zeros.")
            .step(format!("One {} is {} {small}.", large.trim_end_matches('s'), int(factor).text), int(factor))
            .step(
                if to_small { format!("Multiply: {} × {} = {}.", dec(n).text, int(factor).text, key.text) } else { format!("Divide: {} ÷ {} = {}.", int(total).text, int(factor).text, key.text) },
                key,
            ),
    )
}

fn order(g: &mut Gen) -> Option<Draft> {
    // Four measures of about the same size in several units; values in the smallest unit.
    let (family, what, most, least): (&[(&str, i64)], &str, &str, &str) = match g.int(0..=2) {
        0 => (
            &[("meters", 1000), ("centimeters", 10), ("millimeters", 1), ("kilometers", 1_000_000)],
            "lengths",
            "longest",
            "shortest",
        ),
        1 => (&[("liters", 1000), ("milliliters", 1), ("centiliters", 10)], "volumes", "largest", "smallest"),
        _ => (&[("kilograms", 1000), ("grams", 1)], "weights", "heaviest", "lightest"),
    };
    let base = g.int(12..=89) * 100;
    let mut found: Vec<(i64, String)> = Vec::new();
    for _ in 0..4 {
        let (name, factor) = g.pick(family);
        let value = base * g.pick(&[10, 7, 12, 15, 8, 20, 1, 100]) / 10;
        let text = dec(Q::new(value, factor));
        if text.meaning.is_none() || text.text.len() > 6 || text.text.starts_with("0.00") || text.text == "1"
        {
            return None;
        }
        found.push((value, format!("{} {name}", text.text)));
    }
    let units: std::collections::HashSet<&str> =
        found.iter().filter_map(|(_, text)| text.split(' ').next_back()).collect();
    let mut values: Vec<i64> = found.iter().map(|(value, _)| *value).collect();
    values.sort_unstable();
    values.dedup();
    if values.len() < 4 || units.len() < 2 {
        return None;
    }
    let high = g.one_in(2);
    let best = if high { values[3] } else { values[0] };
    let key = found.iter().find(|(value, _)| *value == best)?.1.clone();
    let superlative = if high { most } else { least };
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!("Which of these {what} is the {superlative}?"),
        1 => format!("{} wrote down four {what}. Which one is the {superlative}?", child.name),
        _ => format!("Four {what} are printed on cards. Which card shows the {superlative} one?"),
    };
    let listed = list(&found.iter().map(|(_, text)| text.clone()).collect::<Vec<_>>());
    let (smallest, _) = family.iter().min_by_key(|(_, factor)| *factor)?;
    let mut draft = Draft::new(stem.replace('?', &format!(": {listed}?")))
        .key(words(key.clone()))
        .hint("The numbers alone do not tell. Look at the units too.")
        .hint("Write all four in the same unit, and then compare.");
    for (_, text) in found.iter().filter(|(value, _)| *value != best) {
        draft = draft.wrong(
            words(text.clone()),
            slip("compares-numbers-not-units", "compares the numbers without looking at the units"),
        );
    }
    for (value, text) in &found {
        draft = if text.split(' ').nth(1) == Some(smallest) {
            draft.say(format!("One of them is {text} already."))
        } else {
            draft.say(format!("In {smallest}, {text} is {}.", int(*value).text))
        };
    }
    Some(draft.say(format!("So {key} is the {superlative}.")))
}
