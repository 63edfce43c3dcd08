//! Time: how long, when, clocks.

use super::{measurement, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Value, int, words};
use crate::figure::Picture;
use crate::item::Misconception;
use crate::level::Level::{Lower, Middle};
use crate::level::Section::{Mathematics, Quantitative};
use crate::story::count;

pub const TEMPLATES: &[Template] = &[
    measurement("elapsed-time", "measurement.time", &[Mathematics, Quantitative], &[Lower, Middle], elapsed),
    measurement("end-of-plan", "measurement.time", &[Mathematics, Quantitative], &[Lower, Middle], plan),
    measurement("clock-face", "measurement.time", &[Mathematics], &[Lower], clock),
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

fn lasting(minutes: i64) -> Value {
    if minutes > 0 { words(span(minutes)) } else { words("") }
}

const HUNDRED: Misconception = slip("hour-of-100-minutes", "calculates as if an hour had 100 minutes");

const EXTRA_HOUR: Misconception =
    slip("hour-too-many", "counts an hour too many when the minutes do not reach a full hour");

const HOUR_SHORT: Misconception = slip("hour-too-few", "loses an hour when counting on");

const SMALLER_MINUTES: Misconception = slip(
    "subtracts-minutes-backwards",
    "subtracts the smaller minutes from the larger, whichever comes first",
);

fn elapsed(g: &mut Gen) -> Option<Draft> {
    let step = if g.level() == Lower { 5 } else { 1 };
    let start = g.int(6 * 60 / step..=16 * 60 / step) * step;
    let long = g.int(65 / step..=340 / step) * step;
    let end = start + long;
    let (m1, m2) = (start % 60, end % 60);
    if long % 60 == 0 || end > 22 * 60 || m1 == m2 || m1 == 0 {
        return None;
    }
    let (from, to) = (clock_time(start), clock_time(end));
    let child = g.child();
    let stem = match g.int(0..=3) {
        0 => format!("A train leaves at {from} and arrives at {to} on the same day. How long is the trip?"),
        1 => format!(
            "{}'s soccer tournament began at {from} and ended at {to} on the same day. How long did it last?",
            child.name
        ),
        2 => format!(
            "A block of ice was put in the sun at {from}. At {to} on that day the last of it had melted. How long did that take?"
        ),
        _ => format!(
            "{} worked on a model ship from {from} until {to} on the same day without a break. How long did {} work?",
            child.name, child.they
        ),
    };
    let hours = end / 60 - start / 60;
    let to_hour = 60 - m1;
    Some(
        Draft::new(stem)
            .key(lasting(long))
            .wrong(
                lasting(if m2 > m1 { long + 60 } else { hours * 60 + (m1 - m2) }),
                if m2 > m1 { EXTRA_HOUR } else { SMALLER_MINUTES },
            )
            .wrong(
                lasting(if m2 < m1 {
                    (hours - 1) * 60 + (100 + m2 - m1) % 60 + if 100 + m2 - m1 >= 60 { 60 } else { 0 }
                } else {
                    hours * 60 + m1 + m2
                }),
                if m2 < m1 {
                    HUNDRED
                } else {
                    slip(
                        "adds-minutes-for-span",
                        "adds the minutes of the two times instead of finding the difference",
                    )
                },
            )
            .wrong(lasting(long + 60), EXTRA_HOUR)
            .wrong(lasting(long - 60), HOUR_SHORT)
            .wrong(lasting(long + 10), slip("slips-ten-minutes", "slips by ten minutes when counting on"))
            .hint("Count on from the first time to the next full hour. How many minutes is that?")
            .hint("Then count the full hours, and then the minutes that are left.")
            .say(format!("From {from} to {} it is {}.", clock_time(start + to_hour), span(to_hour)))
            .say(format!(
                "From then to {to} it is {}.",
                if long > to_hour { span(long - to_hour) } else { "no more".into() }
            ))
            .say(format!("Together that is {}.", span(long))),
    )
}

fn plan(g: &mut Gen) -> Option<Draft> {
    let start = g.int(28..=60) * 15 + g.pick(&[0, 5, 10]);
    let (a, b, c) = (g.int(5..=18) * 5, g.int(1..=6) * 5, g.int(4..=20) * 5);
    let end = start + a + b + c;
    if end > 23 * 60 || (start + a + b + c) % 60 == start % 60 {
        return None;
    }
    let backward = g.level() == Middle && g.one_in(2);
    let child = g.child();
    let (one, gap, two) = g.pick(&[
        ("homework", "snack", "piano practice"),
        ("a swimming lesson", "rest", "a ball game"),
        ("a film", "pause", "a second film"),
        ("band practice", "walk home", "chores"),
    ]);
    let opening = format!(
        "{} plans {one} for {}, then a {gap} of {}, and then {two} for {}.",
        child.name,
        count(a, "minute", "minutes"),
        count(b, "minute", "minutes"),
        count(c, "minute", "minutes")
    );
    let all = a + b + c;
    let time = |m: i64| words(clock_time(m));
    let (given, key, sign) = if backward { (end, start, -1) } else { (start, end, 1) };
    let from = clock_time(given);
    let ask = match (backward, g.int(0..=2)) {
        (true, 0) => format!("It must all be done at {from}. What is the latest time to start?"),
        (true, 1) => format!("To be ready exactly at {from}, when must {} start?", child.they),
        (true, _) => format!("If it all ends at {from}, when does it begin?"),
        (false, 0) => format!("It begins at {from}. When is everything done?"),
        (false, 1) => format!("If {} starts at {from}, at what time does {} finish?", child.they, child.they),
        (false, _) => format!("The first part starts at {from}. At what time does the last part end?"),
    };
    Some(
        Draft::new(format!("{opening} {ask}"))
            .key(time(key))
            .wrong(time(given + sign * (a + c)), slip("leaves-out-the-break", "leaves the short part in the middle out"))
            .wrong(time(key + sign * 60), EXTRA_HOUR)
            .wrong(time(key - sign * 60), HOUR_SHORT)
            .wrong(time(given - sign * all), slip("counts-time-the-wrong-way", "counts in the wrong direction on the clock"))
            .wrong(time(given + sign * (a + b)), slip("leaves-out-the-last-part", "leaves the last part out"))
            .hint("How many minutes do all the parts take together?")
            .hint("Turn the total into hours and minutes, and count from the given time in the right direction.")
            .step(format!("All parts take {a} + {b} + {c} = {all} minutes."), int(all))
            .say(format!("That is {}.", span(all)))
            .say(format!("{} that from {from} gives {}.", if backward { "Counting back" } else { "Counting on" }, clock_time(key)).replace("Counting on that from", "That long after").replace("Counting back that from", "That long before").replace(" gives ", " it is ")),
    )
}

fn clock(g: &mut Gen) -> Option<Draft> {
    let hour = g.int(1..=12);
    let mark = g.int(1..=11);
    let minute = mark * 5;
    let now = (hour % 12) * 60 + minute;
    let later = g.int(1..=15) * 5;
    if hour == mark || (hour * 5) % 60 == minute {
        return None;
    }
    let ask_later = g.one_in(2);
    let time = |m: i64| {
        let m = m.rem_euclid(720);
        format!("{}:{:02}", (m / 60 + 11) % 12 + 1, m % 60)
    };
    let next = hour % 12 + 1;
    let words_of = format!(
        "A clock face with the numbers from 1 to 12. The short hour hand points between {hour} and {next}. The long minute hand points exactly at {mark}."
    );
    let c = (100, 100);
    let hand = |length: i64, minutes: i64| crate::maths::geometry::polar(c, length, 90 - minutes * 6);
    let mut picture = Picture::new(200, 200, words_of).circle(100, 100, 90, false).dot(100, 100);
    for n in 1..=12 {
        let to = hand(74, n * 5);
        picture = picture.label(to.0, to.1 + 5, &n.to_string());
    }
    let short = crate::maths::geometry::polar(c, 40, 90 - (now / 2));
    picture = picture.line(c, hand(62, minute)).line(c, short);
    let child = g.child();
    let key = if ask_later { now + later } else { now };
    let stem = match (ask_later, g.int(0..=2)) {
        (false, 0) => "What time does the clock in the figure show?".to_owned(),
        (false, 1) => format!("{} looks at the clock in the figure. What time is it?", child.name),
        (false, _) => "The figure shows a station clock. What time is it?".to_owned(),
        (true, 0) => format!("The figure shows the time now. What time will it be in {later} minutes?"),
        (true, 1) => format!(
            "{}'s class sees the clock in the figure when a lesson of {later} minutes begins. At what time does the lesson end?",
            child.name
        ),
        (true, _) => format!(
            "A cake goes into the oven at the time on the clock in the figure and bakes for {later} minutes. At what time is it done?"
        ),
    };
    let base = if ask_later { later } else { 0 };
    let draft = Draft::new(stem)
        .figure(picture)
        .key(words(time(key)))
        .wrong(
            words(time(key + 60)),
            slip("reads-the-next-hour", "takes the hour that the short hand has not reached yet"),
        )
        .wrong(
            words(time((mark % 12) * 60 + (hour % 12) * 5 + base)),
            slip("swaps-clock-hands", "mixes up the hour hand and the minute hand"),
        )
        .wrong(
            words(time(now - minute + mark + base)),
            slip("reads-minutes-as-written", "reads the number at the minute hand as the minutes"),
        )
        .wrong(
            words(time(if ask_later { now - later } else { key - 60 })),
            if ask_later {
                slip("counts-time-the-wrong-way", "counts in the wrong direction on the clock")
            } else {
                HOUR_SHORT
            },
        )
        .hint("The short hand tells the hour: it is the number that it has passed.")
        .hint("From one number to the next the long hand takes five minutes.")
        .say(format!("The short hand has passed {hour}, so the hour is {hour}."))
        .step(format!("The long hand points at {mark}: {mark} × 5 = {minute} minutes."), int(minute));
    Some(if ask_later {
        draft.say(format!("It is {}, and {later} minutes later it is {}.", time(now), time(key)))
    } else {
        draft.say(format!("So it is {}.", time(key)))
    })
}
