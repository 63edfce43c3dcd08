//! Speed.

use super::{measurement, size, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, dec, int, mixed};
use crate::item::Misconception;
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Section::{Mathematics, Quantitative};
use crate::story::count;

pub const TEMPLATES: &[Template] = &[
    measurement(
        "speed-distance-time",
        "measurement.speed",
        &[Mathematics, Quantitative],
        &[Lower, Middle, Upper],
        speed,
    ),
    measurement(
        "average-speed",
        "measurement.speed",
        &[Mathematics, Quantitative],
        &[Middle, Upper],
        average,
    ),
    measurement("speed-in-other-units", "measurement.speed", &[Mathematics], &[Upper], other_units),
    measurement("compare-speeds", "measurement.speed", &[Quantitative], &[Middle, Upper], compare),
];

const MINUTES_AS_DECIMALS: Misconception =
    slip("minutes-as-decimals", "writes minutes after a decimal point as if an hour had 100 minutes");

const SWAPS_DIVISION: Misconception =
    slip("divides-the-other-way", "divides the two numbers the other way around");

fn speed(g: &mut Gen) -> Option<Draft> {
    // Quarters of an hour; whole hours for the youngest.
    let quarters = if g.level() == Lower { g.int(2..=9) * 4 } else { g.int(5..=24) };
    let rate = if g.level() == Lower { g.int(8..=65) } else { g.int(3..=17) * 4 };
    let distance = rate * quarters / 4;
    if g.level() != Lower && quarters % 4 == 0 {
        return None;
    }
    let hours = Q::new(quarters, 4);
    let long = match (quarters / 4, quarters % 4) {
        (h, 0) => count(h, "hour", "hours"),
        (h, q) => format!("{} {} minutes", count(h, "hour", "hours"), q * 15),
    };
    let child = g.child();
    let who = match g.int(0..=3) {
        0 => "A train".to_owned(),
        1 => format!("{}'s family", child.name),
        2 => "A truck".into(),
        _ => "A bus".into(),
    };
    let wrong_minutes = Q::from(quarters / 4) + Q::new(quarters % 4 * 15, 100);
    let adds = slip(
        "adds-speed-and-time",
        "adds or subtracts the numbers although speed calls for multiplying or dividing",
    );
    let drop = slip("drops-the-minutes", "leaves the minutes out and uses only the full hours");
    Some(match g.int(0..=2) {
        0 => Draft::new(match g.int(0..=1) {
            0 => format!("{who} travels at a steady {rate} miles per hour for {long}. How many miles does that make?"),
            _ => format!("At a steady speed of {rate} miles per hour, how many miles does one travel in {long}?"),
        })
        .key(int(distance))
        .wrong(dec(wrong_minutes * rate), MINUTES_AS_DECIMALS)
        .wrong(int(rate * (quarters / 4)), drop)
        .wrong(dec(size(Q::from(rate) / hours)), SWAPS_DIVISION)
        .wrong(dec(hours + rate), adds)
        .wrong(int(distance + rate), slip("hour-too-many-at-speed", "counts one hour of travel too many"))
        .wrong(int(size(distance - rate)), slip("hour-too-few-at-speed", "counts one hour of travel too few"))
        .hint(format!("In one hour it is {rate} miles. What about all the hours?"))
        .hint("Write the time in hours, with minutes as a part of an hour, and multiply by the speed.")
        .step(format!("In hours, the time is {}.", mixed(hours).text), mixed(hours))
        .step(format!("Multiply: {rate} × {} = {distance}.", mixed(hours).text), int(distance)),
        1 => Draft::new(match g.int(0..=1) {
            0 => format!("{who} travels {distance} miles in {long} at a steady speed. What is the speed in miles per hour?"),
            _ => format!("A trip of {distance} miles takes {long} at a steady speed. How many miles does one travel in each hour?"),
        })
        .key(int(rate))
        .wrong(dec(Q::from(distance) / wrong_minutes), MINUTES_AS_DECIMALS)
        .wrong(dec(size(if quarters >= 4 { Q::new(distance, quarters / 4) } else { Q(None) })), drop)
        .wrong(dec(hours * distance), slip("multiplies-for-speed", "multiplies distance and time instead of dividing"))
        .wrong(dec(size(Q::from(distance) - hours)), adds)
        .wrong(dec(Q::new(distance, quarters)), slip("speed-per-quarter", "finds the distance in a quarter of an hour and stops"))
        .hint("The speed tells how far one gets in a single hour.")
        .hint("Write the time in hours, with minutes as a part of an hour, and divide the distance by it.")
        .step(format!("In hours, the time is {}.", mixed(hours).text), mixed(hours))
        .step(format!("Divide: {distance} ÷ {} = {rate}.", mixed(hours).text), int(rate)),
        _ => {
            let minutes = quarters * 15;
            Draft::new(match g.int(0..=1) {
                0 => format!("{who} travels {distance} miles at a steady {rate} miles per hour. How many minutes does it take?"),
                _ => format!("At a steady speed of {rate} miles per hour, how many minutes does a trip of {distance} miles take?"),
            })
            .key(int(minutes))
            .wrong(dec(hours * 100), slip("hour-of-100-minutes", "calculates as if an hour had 100 minutes"))
            .wrong(dec(hours), slip("gives-hours-for-minutes", "gives the time in hours although minutes are asked for"))
            .wrong(int(Q::new(rate * 60, distance)), SWAPS_DIVISION)
            .wrong(int(size(distance - rate)), adds)
            .wrong(int(minutes / 60 * 60 + 60), slip("rounds-the-hours", "rounds the time to full hours"))
            .wrong(int(size(minutes - 60)), slip("hour-too-few-at-speed", "counts one hour of travel too few"))
            .hint("How many hours does the trip take?")
            .hint("Divide the distance by the speed, and turn the hours into minutes.")
            .step(format!("In hours, the time is {distance} ÷ {rate} = {}.", mixed(hours).text), mixed(hours))
            .step(format!("In minutes that is {} × 60 = {minutes}.", mixed(hours).text), int(minutes))
        }
    })
}

fn average(g: &mut Gen) -> Option<Draft> {
    let (a, b) = (g.int(4..=16) * 5, g.int(4..=16) * 5);
    let (s, t) = if g.level() == Upper && g.one_in(2) {
        // There and back: the same distance.
        (b, a)
    } else {
        (g.int(1..=4), g.int(1..=4))
    };
    let (far, more) = (a * s, b * t);
    let d = if s == b && t == a {
        far / (1..=far).rev().find(|n| {
            far % n == 0 && (a * b / n) >= a.max(b) && (a * b / n) % a == 0 && (a * b / n) % b == 0
        })?
    } else {
        0
    };
    let back = d > 0;
    let (far, more, s, t) = if back { (d, d, d / a, d / b) } else { (far, more, s, t) };
    let key = Q::new(far + more, s + t);
    if a == b
        || !key.is_whole()
        || s < 1
        || t < 1
        || s > 12
        || t > 12
        || (!back && s == t)
        || key == Q::new(a + b, 2)
    {
        return None;
    }
    let child = g.child();
    let stem = if back {
        match g.int(0..=2) {
            0 => format!(
                "A bus drives {d} miles to a city at {a} miles per hour and comes back on the same road at {b} miles per hour. What is its average speed for the whole trip in miles per hour?"
            ),
            1 => format!(
                "{}'s family goes {d} miles to the coast at {a} miles per hour. The way back, just as long, goes at {b} miles per hour. What is the average speed for both ways together, in miles per hour?",
                child.name
            ),
            _ => format!(
                "A boat travels {d} miles down a river at {a} miles per hour and the same {d} miles back at {b} miles per hour. What is its average speed over the whole trip in miles per hour?"
            ),
        }
    } else {
        let (one, two) = (count(s, "hour", "hours"), count(t, "hour", "hours"));
        match g.int(0..=2) {
            0 => format!(
                "A truck drives for {one} at {a} miles per hour and then for {two} at {b} miles per hour. What is its average speed for the whole trip in miles per hour?"
            ),
            1 => format!(
                "{}'s train runs at {a} miles per hour for {one} and at {b} miles per hour for {two}. What is its average speed in miles per hour?",
                child.name
            ),
            _ => format!(
                "On a long tour a car keeps up {a} miles per hour for {one} and {b} miles per hour for the next {two}. What is the average speed in miles per hour?"
            ),
        }
    };
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(
                dec(Q::new(a + b, 2)),
                slip("averages-the-speeds", "takes the average of the two speeds although the times differ"),
            )
            .wrong(
                dec(Q::new(far + more, 2)),
                slip("halves-the-distance", "divides the whole distance by two instead of by the time"),
            )
            .wrong(int((a - b).abs()), slip("subtracts-the-speeds", "subtracts one speed from the other"))
            .wrong(
                dec(if back { Q::new(d, s + t) } else { Q::new(a + b, s + t) }),
                slip("wrong-total-distance", "divides something other than the whole distance by the time"),
            )
            .wrong(int(a.max(b)), slip("takes-the-faster-speed", "takes the faster speed for the average"))
            .hint("Average speed is the whole distance divided by the whole time.")
            .hint(if back {
                "How long does each way take? The slower way takes more time."
            } else {
                "How many miles does each part make? The longer part counts more."
            })
            .step(
                if back {
                    format!(
                        "The ways take {d} ÷ {a} = {s} and {d} ÷ {b} = {t} in hours, together {} hours.",
                        s + t
                    )
                } else {
                    format!(
                        "The parts make {a} × {s} = {far} and {b} × {t} = {more} miles, together {} miles.",
                        far + more
                    )
                },
                int(if back { s + t } else { far + more }),
            )
            .step(
                if back {
                    format!("The whole distance is {d} + {d} = {} miles.", 2 * d)
                } else {
                    format!("The whole time is {s} + {t} = {} hours.", s + t)
                },
                int(if back { 2 * d } else { s + t }),
            )
            .step(
                format!(
                    "The average speed is {} ÷ {} = {} miles per hour.",
                    far + more,
                    s + t,
                    int(key).text
                ),
                int(key),
            ),
    )
}

fn other_units(g: &mut Gen) -> Option<Draft> {
    // From, to, multiply by, divide by, and the two natural slips.
    let k = g.int(2..=20);
    let child = g.child();
    let (have, from, to, key, wrong, steps): (i64, &str, &str, i64, [Q; 4], [String; 2]) = match g.int(0..=3)
    {
        0 => (
            15 * k,
            "miles per hour",
            "feet per second",
            22 * k,
            [Q::from(15 * k * 88), Q::new(15 * k * 15, 22), Q::new(15 * k * 5280, 60), Q::from(15 * k)],
            [
                format!("In one hour it goes {} × 5,280 = {} feet.", 15 * k, int(15 * k * 5280).text),
                format!("An hour has 3,600 seconds, and {} ÷ 3,600 = {}.", int(15 * k * 5280).text, 22 * k),
            ],
        ),
        1 => (
            5 * k,
            "meters per second",
            "kilometers per hour",
            18 * k,
            [Q::new(5 * k * 60, 1000), Q::new(5 * k * 5, 18), Q::from(300 * k), Q::from(5 * k)],
            [
                format!("In one hour it goes {} × 3,600 = {} meters.", 5 * k, int(5 * k * 3600).text),
                format!("A kilometer has 1,000 meters, and {} ÷ 1,000 = {}.", int(5 * k * 3600).text, 18 * k),
            ],
        ),
        2 => (
            18 * k,
            "kilometers per hour",
            "meters per second",
            5 * k,
            [Q::from(300 * k), Q::new(18 * k * 18, 5), Q::new(18 * k, 60), Q::from(18 * k)],
            [
                format!("In one hour it goes {} × 1,000 = {} meters.", 18 * k, int(18_000 * k).text),
                format!("An hour has 3,600 seconds, and {} ÷ 3,600 = {}.", int(18_000 * k).text, 5 * k),
            ],
        ),
        _ => (
            3 * k,
            "feet per second",
            "yards per minute",
            60 * k,
            [Q::from(k), Q::from(180 * k), Q::from(540 * k), Q::new(3 * k, 180)],
            [
                format!("In one minute it goes {} × 60 = {} feet.", 3 * k, 180 * k),
                format!("A yard has 3 feet, and {} ÷ 3 = {}.", 180 * k, 60 * k),
            ],
        ),
    };
    let thing = g.pick(&["cyclist", "falcon", "toy rocket", "car", "boat", "sled", "drone", "horse"]);
    let top = match (from, to) {
        ("miles per hour", _) => "A mile has 5,280 feet.",
        ("feet per second", _) => "A yard has 3 feet.",
        _ => "A kilometer has 1,000 meters.",
    };
    let stem = match g.int(0..=2) {
        0 => format!("A {thing} moves at {have} {from}. {top} What is its speed in {to}?"),
        1 => format!("{} clocks a {thing} at {have} {from}. {top} How many {to} is that?", child.name),
        _ => format!("{top} What is a speed of {have} {from} in {to}?"),
    };
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(dec(wrong[1]), slip("inverts-the-conversion", "divides where it takes multiplying, and the other way around"))
            .wrong(dec(wrong[0]), slip("converts-one-unit-only", "changes only one of the two units, or uses the wrong number for one"))
            .wrong(dec(wrong[2]), slip("sixty-for-3600", "uses a wrong number of seconds or of feet"))
            .wrong(dec(wrong[3]), slip("keeps-the-number", "keeps the number and only changes the name of the unit"))
            .wrong(int(key * 2), slip("doubles-without-reason", "doubles the result without a reason"))
            .hint("Two units change: the unit of length and the unit of time. Change one at a time.")
            .hint(if to.contains("second") { "How far does it go in an hour, in the smaller unit of length? How many seconds does an hour have?" } else { "How far does it go in the longer time? Then change the unit of length." })
            .say(steps[0].clone())
            .step(steps[1].clone(), int(key)),
    )
}

fn compare(g: &mut Gen) -> Option<Draft> {
    let (a, t) = (g.int(4..=14) * 5, g.int(2..=6));
    let (b, s) = (a + 5 * g.pick(&[-1, 0, 0, 1]), g.int(2..=6));
    if t == s {
        return None;
    }
    let [one, two] = g.children();
    let (p, q) = (one.name, two.name);
    let verb = g.pick(&["rides", "goes by car", "travels"]);
    let open = g.one_in(4);
    let (given, columns, right, steps) = if open {
        (
            format!("{p} {verb} for {t} hours, and {q} {verb} for {s} hours."),
            (format!("The distance that {p} covers"), format!("The distance that {q} covers")),
            3,
            vec![
                "The speeds are not told.".to_owned(),
                "Whoever has the shorter time may still be much faster, so nobody can tell.".to_owned(),
            ],
        )
    } else {
        let right = if a > b {
            0
        } else if a < b {
            1
        } else {
            2
        };
        (
            format!("{p} {verb} {} miles in {t} hours, and {q} {verb} {} miles in {s} hours.", a * t, b * s),
            (format!("The average speed of {p}"), format!("The average speed of {q}")),
            right,
            vec![
                format!("For {p} it is {} ÷ {t} = {a} miles per hour.", a * t),
                format!("For {q} it is {} ÷ {s} = {b} miles per hour.", b * s),
            ],
        )
    };
    let mut mistakes = [
        Some(slip(
            "farther-is-faster",
            "takes the longer distance or the longer time for the greater quantity",
        )),
        Some(slip(
            "farther-is-faster",
            "takes the longer distance or the longer time for the greater quantity",
        )),
        Some(slip("expects-equal-quantities", "expects the quantities to match without calculating")),
        Some(slip(
            "calls-it-undetermined",
            "thinks something is missing although the given numbers fix both quantities",
        )),
    ];
    mistakes[right] = None;
    let mut draft = Draft::comparison(&given, &columns.0, &columns.1, right, mistakes)
        .hint("What do you need to know to find each quantity? Is all of it told?")
        .hint("Distance, speed and time: any two of them fix the third.");
    for step in steps {
        draft = draft.say(step);
    }
    Some(draft)
}
