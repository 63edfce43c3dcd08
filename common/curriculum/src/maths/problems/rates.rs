//! Distance, speed and time, and things that meet again.

use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, dec, int};
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Strand::Problems;
use crate::maths::kit::{QUANT, mistake, template};
use crate::story::count;

pub const TEMPLATES: &[Template] = &[
    template(Problems, "travelers-meeting", "problems.rates", QUANT, &[Lower, Middle, Upper], meeting),
    template(Problems, "catching-up", "problems.rates", QUANT, &[Middle, Upper], catching_up),
    template(Problems, "average-speed-there-and-back", "problems.rates", QUANT, &[Upper], average_speed),
    template(Problems, "together-again", "problems.cycles", QUANT, &[Lower, Middle], again),
    template(Problems, "climb-and-slip", "problems.cycles", QUANT, &[Lower, Middle], climb),
];

fn meeting(g: &mut Gen) -> Option<Draft> {
    let [a, b] = g.children();
    let (p, q) = g.two(if g.level() == Upper { 8..=18 } else { 3..=12 });
    let hours = g.by_level([2..=3, 2..=4, 2..=6, 2..=9]);
    let far = (p + q) * hours;
    let apart = g.one_in(3);
    let stem = if apart {
        format!(
            "{} and {} start at the same place and ride their bicycles in opposite directions, one at {p} miles per hour and the other at {q} miles per hour. After how many hours are they {far} miles apart?",
            a.name, b.name
        )
    } else if g.one_in(2) {
        format!(
            "Two towns are {far} miles apart. {} leaves one town at {p} miles per hour, and at the same moment {} leaves the other at {q} miles per hour. They travel toward each other on the same road. After how many hours do they meet?",
            a.name, b.name
        )
    } else {
        format!(
            "{} and {} are {far} miles apart on a straight trail. They start walking or riding toward each other at the same time, {} at {p} miles per hour and {} at {q} miles per hour. How many hours pass before they meet?",
            a.name, b.name, a.name, b.name
        )
    };
    Some(
        Draft::new(stem)
            .key(int(hours))
            .wrong(
                int(Q::new(far, (p - q).abs())),
                mistake(
                    "subtracts-opposing-speeds",
                    "subtracts the speeds although both close or open the gap",
                ),
            )
            .wrong(
                int(Q::new(far, p.max(q))),
                mistake("uses-one-speed", "divides by the speed of only one of the two"),
            )
            .wrong(
                int(Q::new(far, p.min(q))),
                mistake("uses-the-slower-speed", "divides by the speed of the slower one alone"),
            )
            .wrong(
                dec(Q::new(hours, 2)),
                mistake("halves-the-time", "halves the time because there are two of them"),
            )
            .wrong(
                int(hours * 2),
                mistake(
                    "average-for-sum-of-speeds",
                    "divides by the average speed instead of by the sum of the speeds",
                ),
            )
            .wrong(int(p + q), mistake("stops-at-the-sum-of-speeds", "stops at the sum of the speeds"))
            .hint("How much does the distance between them change in one hour?")
            .hint(format!("Both move at once, so put the {p} and the {q} together."))
            .step(format!("In one hour the distance changes by {p} + {q} = {} miles.", p + q), int(p + q))
            .step(format!("{far} ÷ {} = {hours} hours.", p + q), int(hours)),
    )
}

fn catching_up(g: &mut Gen) -> Option<Draft> {
    let [a, b] = g.children();
    let slow = g.int(3..=if g.level() == Upper { 50 } else { 12 });
    let gap = g.int(2..=if g.level() == Upper { 25 } else { 8 });
    let fast = slow + gap;
    let head = g.int(1..=4);
    // The faster needs head × slow ÷ gap hours.
    let key = Q::new(head * slow, gap).whole()?;
    if key < 2 || key == head {
        return None;
    }
    let lead = head * slow;
    let (first, second, place) =
        if slow < 20 { ("sailboat", "motorboat", "a harbor") } else { ("truck", "car", "a depot") };
    let stem = match g.int(0..=1) {
        0 => format!(
            "{} starts along a road at {slow} miles per hour. After {}, {} starts from the same place along the same road at {fast} miles per hour. How many hours does {} need to catch up?",
            a.name,
            count(head, "hour", "hours"),
            b.name,
            b.name
        ),
        _ => format!(
            "A {first} leaves {place} at {slow} miles per hour. After {}, a {second} leaves the same place and follows it at {fast} miles per hour. How many hours after the {second} leaves does it catch up with the {first}?",
            count(head, "hour", "hours")
        ),
    };
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(
                int(key + head),
                mistake("time-of-the-first-starter", "counts the hours from the start of the first one"),
            )
            .wrong(
                int(Q::new(lead, slow + fast)),
                mistake("adds-speeds-when-chasing", "adds the speeds although both go the same way"),
            )
            .wrong(int(lead), mistake("lead-for-time", "takes the lead in miles for the time"))
            .wrong(
                int(head),
                mistake("head-start-for-time", "thinks the time needed is the same as the head start"),
            )
            .wrong(
                int(gap),
                mistake("gap-in-speed-for-time", "takes the difference of the speeds for the time"),
            )
            .wrong(
                int(Q::new(head * fast, gap)),
                mistake("lead-with-wrong-speed", "works out the lead with the speed of the faster one"),
            )
            .hint("How many miles ahead is the first one when the second one starts?")
            .hint("Each hour the faster one gains on the slower one. By how many miles?")
            .step(format!("The lead is {head} × {slow} = {}.", count(lead, "mile", "miles")), int(lead))
            .step(
                format!("Each hour {fast} − {slow} = {} are gained.", count(gap, "mile", "miles"))
                    .replace("1 mile are", "1 mile is"),
                int(gap),
            )
            .step(format!("{lead} ÷ {gap} = {key} hours."), int(key)),
    )
}

fn average_speed(g: &mut Gen) -> Option<Draft> {
    let (p, q) = g.two(4..=14);
    let (p, q) = (p * 5, q * 5);
    let hours_p = g.int(1..=12);
    let far = p * hours_p;
    let hours_q = Q::new(far, q).whole()?;
    // Nobody drives slowly for a day.
    if far > 360 || hours_p.max(hours_q) > 12 {
        return None;
    }
    let key = Q::new(2 * far, hours_p + hours_q);
    if dec(key * 10).meaning.is_none() || !(key * 10).is_whole() || (p - q).abs() < 10 {
        return None;
    }
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!(
            "A bus drives {far} miles to a city at {p} miles per hour and returns on the same road at {q} miles per hour. What is its average speed for the whole trip, in miles per hour?"
        ),
        1 => format!(
            "{}'s family drives {far} miles to the lake at {p} miles per hour and comes back the same way at {q} miles per hour. What is the average speed for the round trip, in miles per hour?",
            child.name
        ),
        _ => format!(
            "A boat goes {far} miles down a river at {p} miles per hour and {far} miles back up at {q} miles per hour. What is its average speed, in miles per hour, for the two trips together?"
        ),
    };
    Some(
        Draft::new(stem)
            .key(dec(key))
            .wrong(
                dec(Q::new(p + q, 2)),
                mistake("averages-the-speeds", "takes the average of the two speeds"),
            )
            .wrong(
                dec(Q::new(far, hours_p + hours_q)),
                mistake(
                    "one-way-over-both-times",
                    "divides the distance of one way by the time of both ways",
                ),
            )
            .wrong(int(p + q), mistake("adds-the-speeds", "adds the two speeds"))
            .wrong(
                dec(Q::new(2 * far, hours_p)),
                mistake(
                    "both-ways-over-one-time",
                    "divides the distance of both ways by the time of one way",
                ),
            )
            .wrong(int((p - q).abs()), mistake("subtracts-the-speeds", "subtracts the two speeds"))
            .hint("An average speed is the whole distance divided by the whole time.")
            .hint("Work out how long each way takes. More time is spent at the slower speed.")
            .step(
                format!("The way there takes {far} ÷ {p} = {}.", count(hours_p, "hour", "hours")),
                int(hours_p),
            )
            .step(
                format!("The way back takes {far} ÷ {q} = {}.", count(hours_q, "hour", "hours")),
                int(hours_q),
            )
            .step(
                format!(
                    "In all that is {} miles in {} hours: {} miles per hour.",
                    2 * far,
                    hours_p + hours_q,
                    dec(key).text
                ),
                dec(key),
            ),
    )
}

fn again(g: &mut Gen) -> Option<Draft> {
    let top = if g.level() == Lower { 12 } else { 30 };
    let (a, b) = g.two(3..=top);
    let key = (1..=a * b).find(|n| n % a == 0 && n % b == 0)?;
    if key == a.max(b) || key > 240 {
        return None;
    }
    let shared = a * b / key;
    let [one, two] = g.children();
    let stem = match g.int(0..=3) {
        0 => format!(
            "One light flashes every {a} seconds and another every {b} seconds. They have just flashed together. In how many seconds will they next flash together?"
        ),
        1 => format!(
            "{} visits the library every {a} days, and {} every {b} days. Today both are there. In how many days will they next be there on the same day?",
            one.name, two.name
        ),
        2 => format!(
            "A red bus leaves the station every {a} minutes and a blue bus every {b} minutes. Both have just left. In how many minutes will both leave at the same time again?"
        ),
        _ => format!(
            "On a track, {} runs a lap in {a} minutes and {} runs a lap in {b} minutes. They start together. After how many minutes are they first together at the starting line again?",
            one.name, two.name
        ),
    };
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(
                int(a * b),
                mistake(
                    "product-for-common-multiple",
                    "multiplies the two numbers though they have a smaller common multiple",
                ),
            )
            .wrong(int(a + b), mistake("adds-the-cycles", "adds the two numbers"))
            .wrong(
                int(shared),
                mistake(
                    "greatest-factor-for-least-multiple",
                    "finds the greatest common factor instead of the least common multiple",
                ),
            )
            .wrong(
                int((a - b).abs()),
                mistake("difference-of-the-cycles", "takes the difference of the two numbers"),
            )
            .wrong(int(key * 2), mistake("not-the-first-time", "finds a later time than the first one"))
            .hint(format!("Make a list of the multiples of {a}, one after another."))
            .hint(format!("Go along the list. When does {b} divide a number of it as well?"))
            .say(format!(
                "The multiples of {a} are {} and so on.",
                crate::maths::kit::row(&(1..=key / a).map(|n| n * a).collect::<Vec<_>>())
            ))
            .step(format!("The first of them that {b} divides is {key}."), int(key)),
    )
}

fn climb(g: &mut Gen) -> Option<Draft> {
    let up = g.by_level([3..=5, 3..=8, 5..=20, 5..=20]);
    let down = g.int(1..=up - 1);
    let days = g.by_level([3..=5, 3..=9, 5..=20, 5..=20]);
    let net = up - down;
    // At the end of the last day it is out before it slips.
    let deep = (days - 1) * net + g.int((up - net + 1).min(up)..=up);
    if deep - (days - 1) * net > up || deep <= (days - 2) * net + up {
        return None;
    }
    let stem = match g.int(0..=2) {
        0 => format!(
            "A snail is at the bottom of a well {deep} feet deep. Each day it climbs {up} feet, and each night it slips back {}. On which day does it reach the top? Give the number of the day.",
            count(down, "foot", "feet")
        ),
        1 => format!(
            "A beetle climbs a pole {deep} inches tall. In each minute it climbs {up} inches and then slides back {} before the next minute begins. In which minute does it first reach the top? Give the number of the minute.",
            count(down, "inch", "inches")
        ),
        _ => format!(
            "A toy robot moves toward a wall {deep} steps away. In each turn it goes {up} steps forward and then {} back. In which turn does it first touch the wall? Give the number of the turn.",
            count(down, "step", "steps")
        ),
    };
    let slow = (deep + net - 1) / net;
    Some(
        Draft::new(stem)
            .key(int(days))
            .wrong(
                int(slow),
                mistake("slips-at-the-top-too", "lets it slip back even after it has reached the end"),
            )
            .wrong(int((deep + up - 1) / up), mistake("forgets-the-slipping", "forgets that it slips back"))
            .wrong(int(days - 1), mistake("leaves-out-the-last-climb", "leaves out the last climb"))
            .wrong(int(days + 1), mistake("one-turn-too-many", "counts one turn too many"))
            .wrong(
                int((deep + up + down - 1) / (up + down)),
                mistake("adds-the-slip", "adds what it slips back to what it climbs"),
            )
            .hint("The last climb is different from the others. Why?")
            .hint(format!("How far must it have come so that a climb of {up} is enough to get there?"))
            .step(format!("A climb and a slip together bring it {net} farther."), int(net))
            .step(
                format!(
                    "After {} it has come {} × {net} = {}.",
                    count(days - 1, "full turn", "full turns"),
                    days - 1,
                    (days - 1) * net
                ),
                int((days - 1) * net),
            )
            .step(
                format!("Then a climb of {up} is enough to reach {deep}, so the answer is {days}."),
                int(days),
            ),
    )
}
