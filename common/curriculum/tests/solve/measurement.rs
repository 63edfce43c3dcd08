//! Measurement: units, time, money, temperature, scales.

use super::Solver;
use super::read::{Frac, Seen, find, number, numbers, re};

pub const SOLVERS: &[(&str, Solver)] = &[
    ("customary-units", convert),
    ("feet-and-inches", two_units),
    ("metric-units", convert),
    ("order-of-measures", order),
    ("square-units", square_units),
    ("compare-measures", compare),
    ("rounded-length", precision),
    ("elapsed-time", elapsed),
    ("end-of-plan", plan),
    ("clock-face", clock),
    ("bus-schedule", bus),
    ("time-zones", zones),
    ("change-from-a-bill", change),
    ("price-of-several", several),
    ("best-buy", best_buy),
    ("temperature-change", warmer),
    ("celsius-fahrenheit", celsius),
    ("read-a-scale", scale),
];

/// What a unit is worth in the smallest of its family.
fn worth(unit: &str) -> Frac {
    Frac::from(match unit {
        "mile" | "miles" => 63_360,
        "inch" | "inches" | "ounce" | "ounces" | "fluid ounce" | "fluid ounces" => 1,
        "foot" | "feet" => 12,
        "yard" | "yards" => 36,
        "pound" | "pounds" => 16,
        "ton" | "tons" => 32_000,
        "cup" | "cups" => 8,
        "pint" | "pints" => 16,
        "quart" | "quarts" => 32,
        "gallon" | "gallons" => 128,
        "millimeters" | "milligrams" | "milliliters" => 1,
        "centimeters" | "centiliters" => 10,
        "meters" | "grams" | "liters" => 1_000,
        "kilometers" | "kilograms" => 1_000_000,
        other => panic!("the unit {other}"),
    })
}

const UNIT: &str = r"((?:fluid |(?:milli|centi|kilo)?)(?:inch(?:es)?|foot|feet|yards?|pounds?|ounces?|tons?|cups?|pints?|quarts?|gallons?|meters|grams|liters))";

/// Every amount of a text as a pair of number and unit.
fn amounts(text: &str) -> Vec<(Frac, String)> {
    re(&format!(r"(\d[\d,.]*) {UNIT}\b"))
        .captures_iter(text)
        .map(|found| (number(&found[1]).unwrap(), found[2].to_owned()))
        .collect()
}

fn convert(seen: &Seen) -> Option<usize> {
    let (have, from) = amounts(seen.stem)[0].clone();
    let to = re(&format!(r"(?:in|How many) {UNIT}\b")).captures_iter(seen.stem).last()?[1].to_owned();
    seen.only(|choice| numbers(choice)[0].times(worth(&to)) == have.times(worth(&from)))
}

fn two_units(seen: &Seen) -> Option<usize> {
    let all = amounts(seen.stem);
    let value = |some: &[(Frac, String)]| {
        some.iter().fold(Frac::from(0), |sum, (n, unit)| sum.plus(n.times(worth(unit))))
    };
    let (one, two) = (value(&all[..2]), value(&all[2..]));
    let total = re("together|whole rope|How much drink").is_match(seen.stem);
    seen.only(|choice| {
        let c = value(&amounts(choice));
        if total { c == one.plus(two) } else { c.plus(one) == two || c.plus(two) == one }
    })
}

fn order(seen: &Seen) -> Option<usize> {
    let high = re("longest|largest|heaviest").is_match(seen.stem);
    let values = seen.choices.map(|choice| {
        let (n, unit) = amounts(choice)[0].clone();
        n.times(worth(&unit))
    });
    seen.only(|choice| {
        let (n, unit) = amounts(choice)[0].clone();
        let mine = n.times(worth(&unit));
        values.iter().all(|other| if high { mine >= *other } else { mine <= *other })
    })
}

fn square_units(seen: &Seen) -> Option<usize> {
    let found = re(&format!(r"(\d[\d,]*) (square|cubic) {UNIT}")).captures(seen.stem)?;
    let times = if &found[2] == "cubic" { 3 } else { 2 };
    let have = number(&found[1])?;
    let to = re(&format!(r"(?:in|many) (?:square|cubic) {UNIT}")).captures(seen.stem)?[1].to_owned();
    let power = |unit: &str| (0..times).fold(Frac::from(1), |all, _| all.times(worth(unit)));
    seen.only(|choice| numbers(choice)[0].times(power(&to)) == have.times(power(&found[3])))
}

fn compare(seen: &Seen) -> Option<usize> {
    if seen.stem.contains("less than") {
        return seen.compare(None);
    }
    let all = amounts(seen.stem.split_once("Column A").unwrap().1);
    let value = |at: usize| all[at].0.times(worth(&all[at].1));
    seen.compare(Some((value(0), value(1))))
}

fn precision(seen: &Seen) -> Option<usize> {
    let step = match () {
        () if seen.stem.contains("nearest ten ") => Frac(10, 1),
        () if seen.stem.contains("nearest tenth") => Frac(1, 10),
        () if seen.stem.contains("nearest half") => Frac(1, 2),
        () => Frac(1, 1),
    };
    let shown = numbers(seen.stem)[0];
    // Counted in twentieths of a step, the nearest mark to the actual length is the one that is shown.
    seen.only(|choice| {
        let off = numbers(choice)[0].minus(shown).over(step);
        off > Frac(-1, 2) && off < Frac(1, 2)
    })
}

/// Every time of day of a text, in minutes after midnight; without AM or PM as on a clock face.
fn times(text: &str) -> Vec<i128> {
    re(r"(\d+):(\d\d)(?: (AM|PM))?")
        .captures_iter(text)
        .map(|found| {
            let hour = found[1].parse::<i128>().unwrap() % 12;
            let late = if found.get(3).is_some_and(|half| half.as_str() == "PM") { 720 } else { 0 };
            hour * 60 + late + found[2].parse::<i128>().unwrap()
        })
        .collect()
}

/// A length of time in minutes.
fn span(text: &str) -> i128 {
    let of = |pattern: &str| re(pattern).captures(text).map_or(0, |found| found[1].parse().unwrap());
    60 * of(r"(\d+) hour") + of(r"(\d+) minute")
}

fn elapsed(seen: &Seen) -> Option<usize> {
    let [from, to] = times(seen.stem)[..] else { return None };
    seen.only(|choice| from + span(choice) == to)
}

fn plan(seen: &Seen) -> Option<usize> {
    let at = times(seen.stem)[0];
    let parts: i128 =
        re(r"(\d+) minutes?\b").captures_iter(seen.stem).map(|found| found[1].parse::<i128>().unwrap()).sum();
    let back = re("latest time to start|To be ready|If it all ends").is_match(seen.stem);
    seen.only(|choice| {
        let time = times(choice)[0];
        if back { time + parts == at } else { at + parts == time }
    })
}

fn clock(seen: &Seen) -> Option<usize> {
    let figure = seen.figure?;
    let n = find(figure, r"between {N} and {N}\. .*exactly at {N}\.")?;
    let later = find(seen.stem, r"{N} minutes").map_or(0, |n| n[0].0);
    // Of all times of half a day, the one at which the hands stand like that.
    let now = (0..720).find(|time| {
        time % 60 % 5 == 0
            && time % 60 / 5 == n[2].0 % 12
            && time / 60 == n[0].0 % 12
            && (time / 60 + 1) % 12 == n[1].0 % 12
    })?;
    seen.only(|choice| times(choice)[0] == (now + later) % 720)
}

fn bus(seen: &Seen) -> Option<usize> {
    let figure = seen.figure?;
    let buses: Vec<Vec<(String, i128)>> = re(r"Bus \d leaves [^.]*\.")
        .find_iter(figure)
        .map(|row| {
            re(r"(?:leaves |, (?:and reaches )?)([A-Z][A-Za-z ]*?) at (\d+:\d\d [AP]M)")
                .captures_iter(row.as_str())
                .map(|found| (found[1].to_owned(), times(&found[2])[0]))
                .collect()
        })
        .collect();
    let mut named: Vec<(usize, usize)> = buses[0]
        .iter()
        .enumerate()
        .filter_map(|(at, (name, _))| Some((seen.stem.find(name.as_str())?, at)))
        .collect();
    named.sort_unstable();
    let mut stops = [named[0].1, named[1].1];
    // The ride goes along the row.
    stops.sort_unstable();
    let (from, to) = (stops[0], stops[1]);
    let now = times(seen.stem)[0];
    if seen.stem.contains("How many minutes") {
        let next = buses.iter().filter(|bus| bus[from].1 >= now).min_by_key(|bus| bus[from].1)?;
        return seen.worth((next[to].1 - now).into());
    }
    let last = buses.iter().filter(|bus| bus[to].1 <= now).max_by_key(|bus| bus[to].1)?;
    seen.only(|choice| times(choice)[0] == last[from].1)
}

fn zones(seen: &Seen) -> Option<usize> {
    let shift = re(r"(\d) hours? (ahead of|behind)").captures(seen.stem)?;
    let hours = shift[1].parse::<i128>().unwrap() * if &shift[2] == "behind" { -60 } else { 60 };
    let trip = re(r"(?:takes|flies for) (\d+ hours?(?: \d+ minutes?)?)").captures(seen.stem)?[1].to_owned();
    let start = times(seen.stem)[0];
    // Both clocks run on: change the clock first, and then travel.
    seen.only(|choice| times(choice)[0] == start + hours + span(&trip))
}

fn change(seen: &Seen) -> Option<usize> {
    let stem = seen.stem;
    let (n, price, other, bill) =
        if let Some(v) = find(stem, r"buys {N} .* at {N} each and .* for {N}, and pays with {N}\.") {
            (v[0], v[1], v[2], v[3])
        } else if let Some(v) = find(stem, r"costs {N}, and .* costs {N}\. .* pays for {N} .* out of {N}\.") {
            (v[2], v[0], v[1], v[3])
        } else {
            let v = find(stem, r"With {N} in .* pays {N} for each of {N} .* and {N} for")?;
            (v[2], v[1], v[3], v[0])
        };
    // Paid one thing after another.
    let mut left = bill.minus(other);
    for _ in 0..n.0 {
        left = left.minus(price);
    }
    seen.worth(left)
}

fn several(seen: &Seen) -> Option<usize> {
    let paid = find(seen.stem, r"(?:cost|paid|for) {N}[ .]")
        .filter(|_| seen.stem.contains('$'))
        .and_then(|_| number(re(r"\$[\d.,]*\d").find(seen.stem)?.as_str()))?;
    let counts: Vec<Frac> = re(r"(^|[^$\d.])(\d+) [a-z]")
        .captures_iter(seen.stem)
        .filter(|found| !seen.stem[..found.get(2).unwrap().start()].ends_with('.'))
        .map(|found| number(&found[2]).unwrap())
        .collect();
    let (a, b) = (counts[0], counts[1]);
    seen.only(|choice| numbers(choice)[0].times(a) == paid.times(b))
}

fn best_buy(seen: &Seen) -> Option<usize> {
    let offer = |text: &str| {
        let n = numbers(text);
        (n[0], n[1])
    };
    let all = seen.choices.map(offer);
    seen.only(|choice| {
        let (n, price) = offer(choice);
        all.iter().all(|(m, other)| (*m, *other) == (n, price) || price.times(*m) < other.times(n))
    })
}

fn warmer(seen: &Seen) -> Option<usize> {
    let n = numbers(seen.stem);
    let back = re(r"at first\?|in the morning\?").is_match(seen.stem);
    seen.only(|choice| {
        let c = numbers(choice)[0];
        if back { c.plus(n[0]).minus(n[1]) == n[2] } else { n[0].plus(n[1]).minus(n[2]) == c }
    })
}

fn celsius(seen: &Seen) -> Option<usize> {
    let found = re(r"([\u{2212}\d]+)° (Celsius|Fahrenheit)").captures(seen.stem)?;
    let have = number(&found[1])?;
    // Water freezes at 0 and 32 and boils at 100 and 212: the share of the way is the same on both scales.
    seen.only(|choice| {
        let other = numbers(choice)[0];
        let (c, f) = if &found[2] == "Celsius" { (have, other) } else { (other, have) };
        c.over(100.into()) == f.minus(32.into()).over(180.into())
    })
}

fn scale(seen: &Seen) -> Option<usize> {
    const COUNT: [&str; 11] =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    const PLACE: [&str; 10] =
        ["zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"];
    let figure = seen.figure?;
    let n = find(figure, r"numbers: {N} and {N}\.")?;
    let spaces = re(r"into (\w+) equal").captures(figure)?[1].to_owned();
    let place = re(r"at the (\w+) small mark").captures(figure)?[1].to_owned();
    let spaces = COUNT.iter().position(|word| *word == spaces)? as i128;
    let place = PLACE.iter().position(|word| *word == place)? as i128;
    // So many spaces of the pointer's way lie behind it, and the rest before it.
    seen.only(|choice| {
        let c = numbers(choice)[0];
        c.minus(n[0]).times((spaces - place).into()) == n[1].minus(c).times(place.into())
    })
}
