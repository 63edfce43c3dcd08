//! Maps and steady rates.

use super::{measurement, size, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, dec, int, mixed};
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Section::{Mathematics, Quantitative};
use crate::story::count;

pub const TEMPLATES: &[Template] = &[
    measurement(
        "map-scale",
        "measurement.map-scale",
        &[Mathematics, Quantitative],
        &[Lower, Middle, Upper],
        map,
    ),
    measurement("filling-rate", "measurement.rates", &[Mathematics, Quantitative], &[Lower, Middle], filling),
];

fn map(g: &mut Gen) -> Option<Draft> {
    let (inches, miles) = match g.level() {
        Lower => (1, g.int(3..=50)),
        Middle => (g.int(1..=4), g.int(5..=60)),
        _ => (g.int(2..=6), g.int(7..=90)),
    };
    let halves = if g.level() == Lower { g.int(2..=12) * 2 } else { g.int(3..=40) };
    let length = Q::new(halves, 2);
    let real = length * miles / inches;
    let decimal = dec(real);
    if !(real * 2).is_whole() || halves == 2 * inches || decimal.text.ends_with(".1") || real == length {
        return None;
    }
    let child = g.child();
    let (short, short_one, long, thing) = g.pick(&[
        ("inches", "inch", "miles", "map"),
        ("centimeters", "centimeter", "kilometers", "map"),
        ("inches", "inch", "feet", "floor plan"),
        ("centimeters", "centimeter", "meters", "drawing of a park"),
    ]);
    let scale = format!(
        "{} for every {}",
        count(inches, short_one, short),
        count(
            miles,
            match long {
                "miles" => "mile",
                "kilometers" => "kilometer",
                "feet" => "foot",
                _ => "meter",
            },
            long
        )
    );
    let on_paper = dec(length).text;
    let to_real = g.one_in(2);
    let (have, from, to) =
        if to_real { (on_paper.clone(), short, long) } else { (decimal.text.clone(), long, short) };
    let stem = match (to_real, g.int(0..=2)) {
        (true, 0) => format!(
            "The scale of a {thing} is {scale}. Two points are {have} {from} apart on it. How many {to} apart are they really?"
        ),
        (true, 1) => format!(
            "{} uses a {thing} on which the scale is {scale}. A path is {have} {from} long on it. How many {to} long is the path?",
            child.name
        ),
        (true, _) => format!(
            "On a {thing} a straight line measures {have} {from}. The scale is {scale}. How many {to} does it stand for?"
        ),
        (false, 0) => format!(
            "The scale of a {thing} is {scale}. Two points are {have} {from} apart in reality. How many {to} apart are they on the {}?",
            if thing.starts_with("draw") { "drawing" } else { thing }
        ),
        (false, 1) => format!(
            "{} draws a {thing} with a scale of {scale}. How many {to} long must a length of {have} {from} be on it?",
            child.name
        ),
        (false, _) => format!(
            "A length of {have} {from} is drawn on a {thing} with a scale of {scale}. How many {to} long is it there?"
        ),
    };
    let given = if to_real { length } else { real };
    let (up, down) = if to_real { (miles, inches) } else { (inches, miles) };
    let key = given * up / down;
    Some(
        Draft::new(stem)
            .key(dec(key))
            .wrong(dec(given * down / up), slip("scale-inverted", "uses the scale the wrong way around"))
            .wrong(
                dec(if inches == 1 { given + up } else { given * up }),
                if inches == 1 {
                    slip("adds-the-scale", "adds the number of the scale instead of multiplying")
                } else {
                    slip("half-the-scale", "uses only one of the two numbers of the scale")
                },
            )
            .wrong(
                dec(size(given + (up - down))),
                slip("adds-for-scaling", "adds the difference instead of multiplying by the scale factor"),
            )
            .wrong(
                dec(size(given / down)),
                slip("half-the-scale", "uses only one of the two numbers of the scale"),
            )
            .wrong(dec(key * 2), slip("doubles-without-reason", "doubles the result without a reason"))
            .wrong(
                dec(key + up),
                slip("one-scale-length-too-many", "counts one length of the scale too many"),
            )
            .hint("How many times does the length of the scale fit into the given length?")
            .hint(if to_real {
                "Each of those times stands for the real length of the scale."
            } else {
                "Each real length of the scale takes its small length on paper."
            })
            .step(
                format!(
                    "The given length is {} times the {} of the scale.",
                    mixed(given / down).text,
                    if to_real { "small length" } else { "real length" }
                ),
                mixed(given / down),
            )
            .step(
                format!("So the answer is {} × {up} = {}.", mixed(given / down).text, dec(key).text),
                dec(key),
            ),
    )
}

fn filling(g: &mut Gen) -> Option<Draft> {
    let rate = g.int(2..=15);
    let t = g.int(3..=12);
    let later = g.int(4..=40);
    let amount = rate * t;
    let total = rate * later;
    if later <= t {
        return None;
    }
    let child = g.child();
    let (who, does, u, one) = match g.int(0..=3) {
        0 => ("A pump".to_owned(), "moves", "gallons of water", "gallon of water"),
        1 => (format!("{}'s printer", child.name), "prints", "pages", "page"),
        2 => ("A machine".to_owned(), "fills", "bottles", "bottle"),
        _ => ("A bakery oven".to_owned(), "bakes", "rolls", "roll"),
    };
    let find_time = g.one_in(2);
    let basic = does.trim_end_matches('s');
    let stem = if find_time {
        format!(
            "{who} {does} {} in {}. At that rate, how many minutes does it need for {}?",
            count(amount, one, u),
            count(t, "minute", "minutes"),
            count(total, one, u)
        )
    } else {
        match g.int(0..=1) {
            0 => format!(
                "{who} {does} {} in {}. At that rate, how many {u} does it {basic} in {later} minutes?",
                count(amount, one, u),
                count(t, "minute", "minutes")
            ),
            _ => format!(
                "In {} {} {does} {}. The rate stays the same. How many {u} are done in {later} minutes?",
                count(t, "minute", "minutes"),
                lower(&who),
                count(amount, one, u)
            ),
        }
    };
    let key = if find_time { later } else { total };
    let adds = slip("adds-instead-of-rate", "adds the change instead of keeping the rate");
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(int(size(if find_time { t + total - amount } else { amount + later - t })), adds)
            .wrong(int(rate), slip("stops-at-the-rate", "stops at the rate for one minute"))
            .wrong(
                int(if find_time { Q::new(total, t) } else { Q::from(amount * later) }),
                slip("uses-amount-as-rate", "uses one of the given numbers as the rate"),
            )
            .wrong(
                int(if find_time { later - t } else { total - amount }),
                slip("only-the-rest", "finds only what comes after the first part"),
            )
            .wrong(
                int(if find_time { later + t } else { total + amount }),
                slip("adds-the-first-part", "adds the first part once more"),
            )
            .hint("How much is done in one minute?")
            .hint(if find_time {
                "Divide the new amount by what one minute brings."
            } else {
                "Multiply what one minute brings by the new number of minutes."
            })
            .step(format!("In one minute: {amount} ÷ {t} = {rate}."), int(rate))
            .step(
                if find_time {
                    format!("Time: {total} ÷ {rate} = {later} minutes.")
                } else {
                    format!("Amount: {rate} × {later} = {total}.")
                },
                int(key),
            ),
    )
}

fn lower(who: &str) -> String {
    who.strip_prefix("A ")
        .map_or_else(|| who.to_owned(), |rest| format!("{} {rest}", crate::story::article(rest)))
}
