//! Schedules and time zones.

use super::{measurement, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{int, words};
use crate::figure::Picture;
use crate::item::Misconception;
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Section::{Mathematics, Quantitative};
use crate::story::count;

pub const TEMPLATES: &[Template] = &[
    measurement("bus-schedule", "measurement.schedules", &[Mathematics, Quantitative], &[Lower, Middle], bus),
    measurement("time-zones", "measurement.schedules", &[Mathematics, Quantitative], &[Middle, Upper], zones),
];

/// A time of day from minutes after midnight.
fn clock_time(minutes: i64) -> String {
    let day = minutes.rem_euclid(1440);
    let hour = (day / 60 + 11) % 12 + 1;
    format!("{hour}:{:02} {}", day % 60, if day < 720 { "AM" } else { "PM" })
}

/// `2 hours 15 minutes`.
fn span(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, m) => count(m, "minute", "minutes"),
        (h, 0) => count(h, "hour", "hours"),
        (h, m) => format!("{} {}", count(h, "hour", "hours"), count(m, "minute", "minutes")),
    }
}

const HUNDRED: Misconception = slip("hour-of-100-minutes", "calculates as if an hour had 100 minutes");

const EXTRA_HOUR: Misconception =
    slip("hour-too-many", "counts an hour too many when the minutes do not reach a full hour");

const HOUR_SHORT: Misconception = slip("hour-too-few", "loses an hour when counting on");

fn bus(g: &mut Gen) -> Option<Draft> {
    let stops = g.pick(&[
        ["Park", "Library", "Museum", "Zoo"],
        ["Harbor", "Market", "School", "Stadium"],
        ["Airport", "Main Street", "College", "Lake"],
    ]);
    let first = g.int(26..=50) * 15 + g.pick(&[0, 5, 10]);
    let gap = g.int(5..=11) * 5;
    let legs = [g.int(2..=6) * 5, g.int(1..=5) * 5, g.int(3..=9) * 5];
    let at = |row: i64, stop: usize| first + row * gap + legs[..stop].iter().sum::<i64>();
    let rows: Vec<Vec<String>> =
        (0..3).map(|row| (0..4).map(|stop| clock_time(at(row, stop))).collect()).collect();
    let said: Vec<String> = rows
        .iter()
        .zip(1..)
        .map(|(row, n)| {
            format!(
                "Bus {n} leaves {} at {}, {} at {}, {} at {}, and reaches {} at {}.",
                stops[0], row[0], stops[1], row[1], stops[2], row[2], stops[3], row[3]
            )
        })
        .collect();
    let picture = Picture::table(format!("A bus schedule. {}", said.join(" ")), &stops, &rows);
    let child = g.child();
    let name = child.name;
    let (from, to) = g.pick(&[(0_usize, 3_usize), (0, 2), (1, 3)]);
    let draft = if g.one_in(2) {
        // Arrive at the first stop at some time and take the next bus.
        let row = g.int(0..=1);
        let now = at(row, from) + g.int(1..=4) * gap / 5;
        let arrive = at(row + 1, to);
        if now % 5 != 0 || now >= at(row + 1, from) || now <= at(row, from) {
            return None;
        }
        let long = arrive - now;
        let ride = at(0, to) - at(0, from);
        let wait = at(row + 1, from) - now;
        let stem = match g.int(0..=1) {
            0 => format!(
                "{name} comes to the {} stop at {} and takes the next bus in the schedule. How many minutes after that does {} reach {}?",
                stops[from],
                clock_time(now),
                child.they,
                stops[to]
            ),
            _ => format!(
                "By the schedule in the figure, {name} gets to the {} stop at {} and rides the next bus to {}. How many minutes pass in all, waiting and riding?",
                stops[from],
                clock_time(now),
                stops[to]
            ),
        };
        Draft::new(stem)
            .key(int(long))
            .wrong(int(ride), slip("forgets-the-wait", "counts only the ride and forgets the wait"))
            .wrong(int(wait), slip("counts-only-the-wait", "counts only the wait and forgets the ride"))
            .wrong(
                int(super::size(at(row, to) - now)),
                slip("takes-the-missed-bus", "uses the bus that has already left"),
            )
            .wrong(int(long + gap), slip("takes-a-later-bus", "takes a later bus than the next one"))
            .wrong(int(long + 40), HUNDRED)
            .hint("Which bus is the first one that leaves the stop after that time?")
            .hint("Follow that bus along its row to the place where the ride ends.")
            .say(format!("The next bus leaves {} at {}.", stops[from], clock_time(at(row + 1, from))))
            .say(format!("It reaches {} at {}.", stops[to], clock_time(arrive)))
            .step(format!("From {} to {} is {long} minutes.", clock_time(now), clock_time(arrive)), int(long))
    } else {
        let row = g.int(0..=2);
        let by = at(row, to) + g.int(1..=3) * 5;
        if row < 2 && by >= at(row + 1, to) || row == 0 && g.one_in(2) {
            return None;
        }
        let time = |m: i64| words(clock_time(m));
        let stem = match g.int(0..=1) {
            0 => format!(
                "{name} wants to be at {} no later than {}. By the schedule in the figure, what is the latest time to board a bus at {}?",
                stops[to],
                clock_time(by),
                stops[from]
            ),
            _ => format!(
                "A game at {} begins at {}. By the schedule in the figure, when does the last bus leave {} that reaches {} before then?",
                stops[to],
                clock_time(by),
                stops[from],
                stops[to]
            ),
        };
        Draft::new(stem)
            .key(time(at(row, from)))
            .wrong(
                time(at(row, to)),
                slip(
                    "reads-arrival-for-departure",
                    "reads the time of arrival instead of the time of departure",
                ),
            )
            .wrong(
                time(at(if row == 2 { 1 } else { row + 1 }, from)),
                slip("reads-another-row", "reads the row of another bus"),
            )
            .wrong(
                time(at(if row == 0 { 2 } else { row - 1 }, from)),
                slip("reads-another-row", "reads the row of another bus"),
            )
            .wrong(time(at(row, 1)), slip("reads-another-column", "reads the column of another stop"))
            .hint(format!("Look at the times at {}. Which ones are early enough?", stops[to]))
            .hint("Take the last of those buses and go back along its row.")
            .say(format!(
                "The last bus that is early enough reaches {} at {}.",
                stops[to],
                clock_time(at(row, to))
            ))
            .say(format!("That bus leaves {} at {}.", stops[from], clock_time(at(row, from))))
    };
    Some(draft.figure(picture))
}

fn zones(g: &mut Gen) -> Option<Draft> {
    let cities = [
        ("Boston", 0),
        ("Chicago", 1),
        ("Denver", 2),
        ("Seattle", 3),
        ("Atlanta", 0),
        ("Dallas", 1),
        ("Phoenix", 2),
    ];
    let (one, two) = {
        let v = g.several(&cities[..6], 2);
        (v[0], v[1])
    };
    let late: i64 = one.1 - two.1;
    if late == 0 {
        return None;
    }
    let start = g.int(72..=190) * 5;
    let flight = late.abs() * 60 + g.int(15..=30) * 5;
    let end = start + flight + late * 60;
    if flight % 60 == 0 || end > 23 * 60 || end <= 300 || start + flight > 23 * 60 {
        return None;
    }
    let hours = count(late.abs(), "hour", "hours");
    let relation = if late > 0 { "ahead of" } else { "behind" };
    let time = |m: i64| words(clock_time(m));
    let [child, _] = g.children();
    let stem = match g.int(0..=2) {
        0 => format!(
            "Clocks in {} are {hours} {relation} clocks in {}. A flight leaves {} at {}, local time, and takes {}. What is the local time in {} when it lands?",
            two.0,
            one.0,
            one.0,
            clock_time(start),
            span(flight),
            two.0
        ),
        1 => format!(
            "{} flies from {} to {}, where clocks are {hours} {relation} those in {}. The plane takes off at {} in {} and flies for {}. What time is it in {} on landing?",
            child.name,
            one.0,
            two.0,
            one.0,
            clock_time(start),
            one.0,
            span(flight),
            two.0
        ),
        _ => format!(
            "A jet leaves {} at {} by the clocks there and takes {} to reach {}. Clocks in {} are {hours} {relation} those in {}. When does it arrive by the clocks in {}?",
            one.0,
            clock_time(start),
            span(flight),
            two.0,
            two.0,
            one.0,
            two.0
        ),
    };
    Some(
        Draft::new(stem)
            .key(time(end))
            .wrong(
                time(start + flight),
                slip("forgets-the-time-zone", "forgets to change to the time of the other place"),
            )
            .wrong(
                time(start + flight - late * 60),
                slip("shifts-zone-the-wrong-way", "changes the clock in the wrong direction"),
            )
            .wrong(
                time(start + late * 60),
                slip("forgets-the-flight", "changes the clock but forgets the time of the trip"),
            )
            .wrong(time(end + 60), EXTRA_HOUR)
            .wrong(time(end - 60), HOUR_SHORT)
            .hint("First stay with one clock: what does it show when the trip is over?")
            .hint("Then change to the other place. Is it earlier or later there?")
            .say(format!("By the clocks in {}, the arrival is at {}.", one.0, clock_time(start + flight)))
            .say(format!(
                "Clocks in {} are {hours} {relation} those, so they show {}.",
                two.0,
                clock_time(end)
            )),
    )
}
