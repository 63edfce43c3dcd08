//! Temperature, and reading a scale.

use super::{measurement, size, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, degrees, int};
use crate::figure::Picture;
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Section::{Mathematics, Quantitative};
use crate::story::count;

pub const TEMPLATES: &[Template] = &[
    measurement(
        "temperature-change",
        "measurement.temperature",
        &[Mathematics, Quantitative],
        &[Lower, Middle],
        warmer,
    ),
    measurement("celsius-fahrenheit", "measurement.temperature", &[Mathematics], &[Middle, Upper], celsius),
    measurement("read-a-scale", "measurement.scales", &[Mathematics], &[Lower, Middle], scale),
];

fn warmer(g: &mut Gen) -> Option<Draft> {
    let low_range = if g.level() == Lower { 35..=70 } else { -25..=20 };
    let (start, rise, fall) = (g.int(low_range), g.int(6..=29), g.int(4..=35));
    let middle = start + rise;
    let end = middle - fall;
    if end == start
        || g.level() == Lower && end < 10
        || start == 0
        || end == 0
        || g.level() == Middle && start > 0 && end > 0
    {
        return None;
    }
    let child = g.child();
    let city = g.pick(&["Denver", "Helena", "Burlington", "Fargo", "Boise"]);
    let (at, up, down) =
        (degrees(start).text, count(rise, "degree", "degrees"), count(fall, "degree", "degrees"));
    let back = g.one_in(2);
    let last = degrees(end).text;
    let stem = match (back, g.int(0..=2)) {
        (false, 0) => format!(
            "One morning in {city} it was {at} F. By noon the temperature rose {up}, and by night it fell {down}. What was it at night?"
        ),
        (false, 1) => format!(
            "{}'s thermometer showed {at} F at sunrise. It went up {up} and then down {down}. What did it show in the end?",
            child.name
        ),
        (false, _) => format!(
            "A pond was at {at} F. It warmed by {up}, and then it cooled by {down}. What was its temperature then?"
        ),
        (true, 0) => format!(
            "From morning to noon in {city} the temperature rose {up}. By night it fell {down}, to {last} F. What was it in the morning?"
        ),
        (true, 1) => format!(
            "{}'s thermometer went up {up} and then down {down}, and now it shows {last} F. What did it show at first?",
            child.name
        ),
        (true, _) => format!(
            "A pond warmed by {up} and then cooled by {down}. It is at {last} F now. What was its temperature at first?"
        ),
    };
    let (key, given) = if back { (start, end) } else { (end, start) };
    let (plus, minus) = if back { (fall, rise) } else { (rise, fall) };
    let wrong_way =
        slip("swaps-rise-and-fall", "adds where the temperature falls and subtracts where it rises");
    Some(
        Draft::new(stem)
            .key(degrees(key))
            .wrong(degrees(given - plus + minus), wrong_way)
            .wrong(degrees(given + plus + minus), slip("adds-both-changes", "adds both changes"))
            .wrong(
                if key == 0 || g.level() == Lower { degrees(given + plus) } else { degrees(-key) },
                if g.level() == Lower {
                    slip("one-change-only", "uses only one of the two changes")
                } else {
                    slip("loses-the-sign", "loses or adds a minus sign")
                },
            )
            .wrong(degrees(key + 10), slip("slips-by-ten", "slips by ten when subtracting"))
            .wrong(degrees(given + plus), slip("one-change-only", "uses only one of the two changes"))
            .hint(if back {
                "You know the end. Which way do you go to come back to the beginning?"
            } else {
                "Picture the thermometer. Which change goes up, and which goes down?"
            })
            .hint("Do one change at a time, and watch where zero is.")
            .step(
                if back {
                    format!("Undo the fall: {} + {fall} = {}.", int(end).text, int(middle).text)
                } else {
                    format!("After the rise: {} + {rise} = {}.", int(start).text, int(middle).text)
                },
                degrees(middle),
            )
            .step(
                if back {
                    format!("Undo the rise: {} − {rise} = {}.", int(middle).text, int(start).text)
                } else {
                    format!("After the fall: {} − {fall} = {}.", int(middle).text, int(end).text)
                },
                degrees(key),
            ),
    )
}

fn celsius(g: &mut Gen) -> Option<Draft> {
    let c = g.int(-6..=24) * 5;
    let f = c * 9 / 5 + 32;
    if c == 0 || g.level() == Middle && c < 0 {
        return None;
    }
    let to_f = g.one_in(2);
    let child = g.child();
    let rule = if to_f { "F = 9/5 × C + 32" } else { "C = 5/9 × (F − 32)" };
    let (have, from, to) = if to_f {
        (degrees(c).text, "Celsius", "Fahrenheit")
    } else {
        (degrees(f).text, "Fahrenheit", "Celsius")
    };
    let story = match g.int(0..=3) {
        0 => format!("A test chamber is set to {have} {from}."),
        1 => format!("{} reads {have} {from} on a science thermometer.", child.name),
        2 => format!("A liquid in a laboratory is kept at {have} {from}."),
        _ => format!("A probe sends the temperature {have} {from}."),
    };
    let stem = format!(
        "{story} Use {rule}, where F is the temperature in degrees Fahrenheit and C is the temperature in degrees Celsius. What is the temperature in degrees {to}?"
    );
    let spoken_rule = if to_f {
        "F equals nine fifths times C, plus 32"
    } else {
        "C equals five ninths of the difference F minus 32"
    };
    let spoken = crate::speech::stem(&stem.replace(rule, spoken_rule));
    let key = if to_f { f } else { c };
    let draft = Draft::new(stem).spoken(spoken).key(int(key));
    let early = slip("wrong-order-in-formula", "does the steps of the formula in the wrong order");
    let invert = slip("uses-other-fraction", "uses the fraction of the other formula");
    Some(if to_f {
        draft
            .wrong(int(Q::new(9, 5) * (c + 32)), early)
            .wrong(int(c * 9 / 5), slip("leaves-off-32", "leaves the 32 out"))
            .wrong(int(Q::new(c * 5, 9) + 32), invert)
            .wrong(
                int(c * 9 / 5 - 32),
                slip("wrong-sign-of-32", "subtracts 32 where it must be added, or the other way around"),
            )
            .wrong(int(c + 32), slip("leaves-off-the-fraction", "leaves the fraction out of the formula"))
            .hint("Put the given temperature into the formula in place of C.")
            .hint("Multiply first, and then add.")
            .step(format!("9/5 of {} is {}.", int(c).text, int(c * 9 / 5).text), int(c * 9 / 5))
            .step(format!("{} + 32 = {}.", int(c * 9 / 5).text, int(f).text).replace('\u{2212}', "−"), int(f))
    } else {
        draft
            .wrong(int(Q::new(5 * f, 9) - 32), early)
            .wrong(int(f - 32), slip("leaves-off-the-fraction", "leaves the fraction out of the formula"))
            .wrong(int(Q::new((f - 32) * 9, 5)), invert)
            .wrong(
                int(Q::new(5 * (f + 32), 9)),
                slip("wrong-sign-of-32", "subtracts 32 where it must be added, or the other way around"),
            )
            .wrong(int(f + 32), slip("only-adds-32", "adds 32 and does nothing else"))
            .wrong(int(-c), slip("loses-the-sign", "loses or adds a minus sign"))
            .hint("Put the given temperature into the formula in place of F.")
            .hint("Do what is in parentheses first, and then multiply.")
            .step(format!("Subtract: {} − 32 = {}.", int(f).text, int(f - 32).text), int(f - 32))
            .step(format!("5/9 of {} is {}.", int(f - 32).text, int(c).text), int(c))
    })
}

fn scale(g: &mut Gen) -> Option<Draft> {
    let (spaces, step) = g.pick(&[
        (2, 5),
        (2, 10),
        (4, 5),
        (4, 25),
        (5, 2),
        (5, 4),
        (5, 10),
        (5, 20),
        (10, 1),
        (10, 2),
        (10, 5),
        (4, 50),
        (4, 2),
    ]);
    let gap = spaces * step;
    let from = gap * g.int(0..=5);
    let to = from + gap;
    let past = g.int(1..=spaces - 1);
    let key = from + past * step;
    let (what, u) = g.pick(&[
        ("thermometer", "degrees"),
        ("kitchen scale", "grams"),
        ("measuring cup", "milliliters"),
        ("speedometer", "miles per hour"),
        ("spring scale", "newtons"),
    ]);
    let child = g.child();
    let words_of = format!(
        "Part of the scale of a {what}, in {u}. Two marks in a row have numbers: {from} and {to}. Between them the scale is divided into {} equal spaces. The pointer is at the {} small mark after {from}.",
        crate::story::spelled(spaces),
        crate::story::ordinal(past)
    );
    let ticks: Vec<(i64, String)> = (0..=spaces)
        .map(|k| {
            (
                100 + 800 * k / spaces,
                if k == 0 {
                    from.to_string()
                } else if k == spaces {
                    to.to_string()
                } else {
                    String::new()
                },
            )
        })
        .collect();
    let picture = Picture::number_line(words_of, &ticks, &[(100 + 800 * past / spaces, "▼".to_owned())]);
    let stem = match g.int(0..=2) {
        0 => format!("What does the {what} in the figure show, in {u}?"),
        1 => format!("{} reads the {what} in the figure. How many {u} does it show?", child.name),
        _ => format!("The figure shows part of the scale of a {what}. How many {u} does the pointer mark?"),
    };
    Some(
        Draft::new(stem)
            .figure(picture)
            .key(int(key))
            .wrong(int(from + past), slip("every-mark-is-one", "counts every small mark as one"))
            .wrong(int(from + past * 10), slip("every-mark-is-ten", "counts every small mark as ten"))
            .wrong(
                int(size(to - past * step)),
                slip("counts-marks-backwards", "counts the marks back from the larger number"),
            )
            .wrong(int(from + (past + 1) * step), slip("starts-count-one-late", "counts one mark too many"))
            .wrong(
                int(size(from + (past - 1) * step)),
                slip("starts-count-at-number", "counts the numbered mark as the first small mark"),
            )
            .hint("How much lies between the two numbers, and into how many equal spaces is it divided?")
            .hint("Find what one small space is worth, and count on from the smaller number.")
            .step(format!("From {from} to {to} is {gap}."), int(gap))
            .step(format!("There are {spaces} spaces, so one space is {gap} ÷ {spaces} = {step}."), int(step))
            .step(format!("The pointer is at {from} + {past} × {step} = {key}."), int(key)),
    )
}
