//! Working together, machines and mixtures.

use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, dec, int, percent};
use crate::level::Level::{Middle, Upper};
use crate::level::Strand::Problems;
use crate::maths::kit::{QUANT, mistake, template};
use crate::story::count;

pub const TEMPLATES: &[Template] = &[
    template(Problems, "working-together", "problems.work", QUANT, &[Upper], together),
    template(Problems, "machines-and-minutes", "problems.work", QUANT, &[Middle, Upper], machines),
    template(Problems, "mixing-solutions", "problems.mixtures", QUANT, &[Upper], mixture),
];

fn together(g: &mut Gen) -> Option<Draft> {
    let [a, b] = g.children();
    let (p, q) = g.two(2..=45);
    let key = Q::new(p * q, p + q);
    if dec(key).meaning.is_none() || !(key * 2).is_whole() {
        return None;
    }
    let story = g.int(0..=4);
    let unit = if matches!(story, 2 | 3) { "minute" } else { "hour" };
    let stem = match story {
        0 => format!(
            "{} can paint a fence alone in {p} hours, and {} can paint it alone in {q} hours. How many hours do they need together?",
            a.name, b.name
        ),
        1 => format!(
            "One pump empties a pool in {p} hours, and another empties it in {q} hours. How many hours do both pumps need together?"
        ),
        2 => format!(
            "One printer finishes a job in {p} minutes, and a second printer takes {q} minutes for the same job. How many minutes do they take if they share the job and print at the same time?"
        ),
        3 => format!(
            "A tank is filled by one pipe in {p} minutes and by another pipe in {q} minutes. How many minutes does it take when both pipes are open?"
        ),
        _ => format!(
            "{} can rake a large yard in {p} hours, and {} can do it in {q} hours. Working together, how many hours do they take?",
            a.name, b.name
        ),
    };
    Some(
        Draft::new(stem)
            .key(dec(key))
            .wrong(dec(Q::new(p + q, 2)), mistake("averages-the-times", "takes the average of the two times"))
            .wrong(int(p + q), mistake("adds-the-times", "adds the two times"))
            .wrong(int((p - q).abs()), mistake("subtracts-the-times", "subtracts the two times"))
            .wrong(
                dec(Q::new(p.min(q), 2)),
                mistake("halves-the-faster-time", "halves the time of the faster one"),
            )
            .wrong(dec(Q::new(p + q, 4)), mistake("average-halved", "halves the average of the two times"))
            .hint("Together they must be quicker than either of them alone.")
            .hint(format!("What fraction of the work does each do in one {unit}? Add the two fractions."))
            .say(format!("In one {unit} they do 1/{p} and 1/{q} of the work."))
            .step(
                format!("Together that is {} of the work.", crate::exact::frac(Q::from(1) / key).text),
                crate::exact::frac(Q::from(1) / key),
            )
            .step(format!("So the whole takes {} {unit}s.", dec(key).text), dec(key)),
    )
}

fn machines(g: &mut Gen) -> Option<Draft> {
    let (m, made, minutes) = (g.int(2..=8), g.int(2..=12), g.int(2..=10));
    let items = m * made;
    let more = g.int(2..=12);
    if more == m {
        return None;
    }
    let ask_time = g.one_in(2);
    let (who, things, verb) = g.pick(&[
        ("machines", "toys", "make"),
        ("painters", "signs", "paint"),
        ("printers", "posters", "print"),
        ("robots", "boxes", "pack"),
    ]);
    let longer = g.int(2..=4);
    let (stem, key, wrong_one, wrong_two) = if ask_time {
        let total = more * made * longer;
        let key = Q::new(total * minutes, made * more);
        (
            format!(
                "Working at the same steady rate, {m} {who} {verb} {items} {things} in {minutes} minutes. How many minutes do {more} such {who} need to {verb} {total} {things}?"
            ),
            key,
            Q::new(total * minutes, items),
            Q::new(total * minutes * more, items * m),
        )
    } else {
        let time = minutes * longer;
        let key = Q::new(made * more * time, minutes);
        (
            format!(
                "Working at the same steady rate, {m} {who} {verb} {items} {things} in {minutes} minutes. How many {things} do {more} such {who} {verb} in {time} minutes?"
            ),
            key,
            Q::new(items * time, minutes),
            Q::new(items * more, m),
        )
    };
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(
                int(wrong_one),
                mistake(
                    "ignores-number-of-workers",
                    "changes one amount but forgets that the number of workers changes too",
                ),
            )
            .wrong(
                int(wrong_two),
                mistake(
                    "ignores-the-time",
                    "scales with the workers in the wrong way or leaves out the time",
                ),
            )
            .wrong(
                int(key * m / more),
                mistake("keeps-old-number-of-workers", "works with the old number of workers"),
            )
            .wrong(
                int(key * more),
                mistake("multiplies-by-workers-again", "multiplies by the number of workers once too often"),
            )
            .wrong(int(key * 2), mistake("doubles-the-result", "doubles the result"))
            .wrong(int(items), mistake("copies-a-given-number", "takes a number that was given"))
            .hint(format!("How many {things} does just one of the {who} {verb} in {minutes} minutes?"))
            .hint(format!(
                "From one, go to {more} of them. Then change the time or the number as the question asks."
            ))
            .step(format!("One of them does {items} ÷ {m} = {made} in {minutes} minutes."), int(made))
            .step(format!("In {minutes} minutes, {more} of them do {}.", made * more), int(made * more))
            .step(
                if ask_time {
                    format!(
                        "The number asked for is {longer} times as many, so it takes {} minutes.",
                        int(key).text
                    )
                } else {
                    format!("The time asked for is {longer} times as long, so they do {}.", int(key).text)
                },
                int(key),
            ),
    )
}

fn mixture(g: &mut Gen) -> Option<Draft> {
    let (x, y) = g.two(1..=12);
    let (p, q) = g.two(1..=16);
    let (p, q) = (p * 5, q * 5);
    let key = Q::new(x * p + y * q, x + y);
    if !key.is_whole() || (p - q).abs() < 10 {
        return None;
    }
    let (unit, units, thing) = g.pick(&[
        ("liter", "liters", "juice"),
        ("cup", "cups", "milk"),
        ("ounce", "ounces", "vinegar"),
        ("gallon", "gallons", "acid"),
    ]);
    let (one, two) = (count(x, unit, units), count(y, unit, units));
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!(
            "{} mixes {one} of a drink that is {p}% {thing} with {two} of a drink that is {q}% {thing}. What percent of the mixture is {thing}?",
            child.name
        ),
        1 => format!(
            "A tank holds {one} of a liquid that is {p}% {thing}. Then {two} of a liquid that is {q}% {thing} are added. What percent of the new liquid is {thing}?"
        ),
        _ => format!(
            "In a science class, {one} of a {p}% {thing} solution and {two} of a {q}% {thing} solution are poured together. What percent of the result is {thing}?"
        ),
    };
    let stem = if matches!(thing, "acid" | "vinegar") {
        stem.replace("a drink", "a liquid")
    } else {
        stem.replace("solution", "drink")
    };
    let stem = stem
        .replace(" a 80%", " an 80%")
        .replace("1 liter are added", "1 liter is added")
        .replace(" a 8%", " an 8%");
    if y == 1 && (x == 1 || stem.contains("are added")) {
        return None;
    }
    Some(
        Draft::new(stem)
            .key(percent(key))
            .wrong(
                percent(Q::new(p + q, 2)),
                mistake(
                    "averages-the-percents",
                    "takes the average of the two percents as if the amounts were equal",
                ),
            )
            .wrong(
                if p + q <= 100 { percent(p + q) } else { percent(Q(None)) },
                mistake("adds-the-percents", "adds the two percents"),
            )
            .wrong(
                percent(Q::new(x * q + y * p, x + y)),
                mistake("percents-swapped", "matches each percent with the amount of the other liquid"),
            )
            .wrong(percent((p - q).abs()), mistake("subtracts-the-percents", "subtracts the two percents"))
            .wrong(
                percent(p),
                mistake(
                    "keeps-the-first-percent",
                    "thinks that the percent of the first liquid does not change",
                ),
            )
            .hint(format!("How much pure {thing} is in each of the two parts?"))
            .hint("Add the pure amounts, and compare with the whole amount of the mixture.")
            .step(
                format!("The first part brings {x} × {p} ÷ 100 = {}.", dec(Q::new(x * p, 100)).text),
                dec(Q::new(x * p, 100)),
            )
            .step(
                format!("The second part brings {y} × {q} ÷ 100 = {}.", dec(Q::new(y * q, 100)).text),
                dec(Q::new(y * q, 100)),
            )
            .step(
                format!(
                    "Together that is {} out of {}, which is {}%.",
                    dec(Q::new(x * p + y * q, 100)).text,
                    x + y,
                    int(key).text
                ),
                percent(key),
            ),
    )
}
