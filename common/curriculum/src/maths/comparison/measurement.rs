//! Comparisons of measures: units, speeds, unknown amounts of time and distance, sides.

use super::write::{n, slip};
use super::{A, B, EQUAL, UNKNOWN, compare, either, order, settle, verdict};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, int};
use crate::level::Level::{Middle, Upper};
use crate::level::Section::Quantitative;
use crate::level::Strand;
use crate::story::{count, list};

pub const TEMPLATES: &[Template] = &[
    Template {
        id: "compare-mixed-units",
        skill: "comparison.measurement",
        strand: Strand::Measurement,
        sections: &[Quantitative],
        levels: &[Middle, Upper],
        make: units,
    },
    Template {
        id: "compare-average-speeds",
        skill: "comparison.measurement",
        strand: Strand::Measurement,
        sections: &[Quantitative],
        levels: &[Middle, Upper],
        make: speeds,
    },
    Template {
        id: "compare-speeds-from-bounds",
        skill: "comparison.measurement",
        strand: Strand::Measurement,
        sections: &[Quantitative],
        levels: &[Middle, Upper],
        make: bounds,
    },
    Template {
        id: "compare-whole-number-sides",
        skill: "comparison.measurement",
        strand: Strand::Measurement,
        sections: &[Quantitative],
        levels: &[Middle, Upper],
        make: whole_sides,
    },
];

fn units(g: &mut Gen) -> Option<Draft> {
    // Large unit, small unit, how many, with their singulars.
    let (large, larges, small, smalls, size) = g.pick(&[
        ("foot", "feet", "inch", "inches", 12),
        ("yard", "yards", "foot", "feet", 3),
        ("pound", "pounds", "ounce", "ounces", 16),
        ("hour", "hours", "minute", "minutes", 60),
        ("meter", "meters", "centimeter", "centimeters", 100),
        ("gallon", "gallons", "quart", "quarts", 4),
        ("day", "days", "hour", "hours", 24),
    ]);
    let (whole, part) = (g.by_level([1..=5, 1..=5, 1..=9, 2..=15]), g.int(1..=size - 1));
    let total = whole * size + part;
    let tens = whole * 10 + part;
    let other = match g.int(0..=3) {
        0 => total,
        1 => tens,
        2 => total + g.int(1..=size / 3 + 2),
        _ => total - g.int(1..=size / 3 + 2),
    };
    if other < 2 {
        return None;
    }
    let right = order(total, other);
    Some(
        compare(
            "",
            &format!("{} and {}", count(whole, large, larges), count(part, small, smalls)),
            &count(other, small, smalls),
            right,
            &[
                (
                    order(tens, other),
                    slip("ten-in-every-unit", "treats every unit as if ten small ones made a large one"),
                ),
                (
                    order(whole + part, other),
                    slip("adds-unlike-units", "adds numbers of different units as they are"),
                ),
                (
                    order(total - part, other),
                    slip("drops-small-units", "changes the large units and forgets the small ones"),
                ),
            ],
        )
        .hint(format!("Change everything to {smalls}."))
        .hint(format!("How many {smalls} are in one {large}?"))
        .step(
            format!(
                "One {large} is {size} {smalls}, so {} {} {whole} × {size} = {}.",
                count(whole, large, larges),
                if whole == 1 { "is" } else { "are" },
                n(whole * size)
            ),
            int(whole * size),
        )
        .step(
            format!(
                "With the other {}, it is {} + {part} = {} {smalls}.",
                if part == 1 { small } else { smalls },
                n(whole * size),
                n(total)
            ),
            int(total),
        )
        .say(verdict(right)),
    )
}

fn speeds(g: &mut Gen) -> Option<Draft> {
    let minutes = [20, 30, 40, 45, 60, 75, 80, 90, 100, 120, 150, 180, 240];
    let (t, u) = (g.pick(&minutes), g.pick(&minutes));
    let speed = 4 * g.int(2..=16);
    let other_speed = if g.one_in(3) { speed } else { speed + 4 * g.int(-4..=4) };
    if t == u || other_speed < 4 {
        return None;
    }
    let (d, e) = (Q::new(speed * t, 60).whole()?, Q::new(other_speed * u, 60).whole()?);
    let say = |minutes: i64| {
        if minutes % 60 == 0 { count(minutes / 60, "hour", "hours") } else { format!("{minutes} minutes") }
    };
    let [one, two] = g.children();
    let (way, first, second) = match g.int(0..=2) {
        0 => ("bus", "Bus P".to_owned(), "Bus Q".to_owned()),
        1 => ("train", "Train P".to_owned(), "Train Q".to_owned()),
        _ => ("bike", one.name.to_owned(), two.name.to_owned()),
    };
    if way == "bike" && speed.max(other_speed) > 24 || way != "bike" && speed.min(other_speed) < 20 {
        return None;
    }
    let verb = if way == "bike" { "rides" } else { "goes" };
    let right = order(speed, other_speed);
    Some(
        compare(
            &format!(
                "{first} {verb} {} in {}. {second} {verb} {} in {}.",
                count(d, "mile", "miles"),
                say(t),
                count(e, "mile", "miles"),
                say(u)
            ),
            &format!("the average speed of {}", first.replace("Bus", "bus").replace("Train", "train")),
            &format!("the average speed of {}", second.replace("Bus", "bus").replace("Train", "train")),
            right,
            &[
                (
                    order(d, e),
                    slip("farther-means-faster", "takes the one that goes farther for the faster one"),
                ),
                (
                    order(u, t),
                    slip("shorter-time-is-faster", "takes the one that needs less time for the faster one"),
                ),
            ],
        )
        .hint("Speed is distance divided by time. Compare how far each goes in one hour.")
        .hint("An hour has 60 minutes. How far does each go in 60 minutes at the same speed?")
        .step(
            format!(
                "The first goes {} in {}, which makes {speed} miles in an hour.",
                count(d, "mile", "miles"),
                say(t)
            ),
            int(speed),
        )
        .step(
            format!(
                "The second goes {} in {}, which makes {other_speed} miles in an hour.",
                count(e, "mile", "miles"),
                say(u)
            ),
            int(other_speed),
        )
        .say(verdict(right)),
    )
}

fn bounds(g: &mut Gen) -> Option<Draft> {
    let [one, two] = g.children();
    let (verb, thing, per, slow, fast) = g.pick(&[
        ("walks", "miles", "walking speed", 2, 4),
        ("rides", "miles", "riding speed", 6, 14),
        ("reads", "pages", "number of pages read per hour", 15, 40),
    ]);
    let hours = g.int(2..=6);
    let amount = hours * g.int(slow..=fast);
    let words = ["more than", "exactly", "less than"];
    let (far, long) = (g.int(0..=2), g.int(0..=2));
    if far == 1 && long == 1 && !g.one_in(3) {
        return None;
    }
    // More distance and less time both make a greater speed.
    let signs = [(1 - far).signum(), (long - 1).signum()];
    let right = match (signs[0], signs[1]) {
        (0, 0) => EQUAL,
        (1, 1 | 0) | (0, 1) => A,
        (-1, -1 | 0) | (0, -1) => B,
        _ => UNKNOWN,
    };
    let word = |at: i64| usize::try_from(at).ok().and_then(|at| words.get(at)).copied().unwrap_or("exactly");
    let given = format!(
        "{} {verb} {} {amount} {thing} in {} {hours} hours. {} {verb} exactly {amount} {thing} in exactly {hours} hours.",
        one.name,
        word(far),
        word(long),
        two.name
    );
    Some(
        compare(
            &given,
            &format!("{}'s average {per}", one.name),
            &format!("{}'s average {per}", two.name),
            right,
            &[
                ([A, EQUAL, B][usize::try_from(far).ok()?], slip("amount-only", "looks only at how much is done and not at the time it takes")),
                ([B, EQUAL, A][usize::try_from(long).ok()?], slip("time-only", "looks only at the time and not at how much is done")),
                (EQUAL, slip("same-numbers-equal", "sees the same numbers twice and takes the quantities as equal")),
                (UNKNOWN, slip("more-and-less-unknown", "thinks that words like more than and less than never allow an answer")),
            ],
        )
        .hint("A speed grows when more is done in the same time, and it grows when the same is done in less time.")
        .hint("Do both things that are said about the first child push the speed the same way?")
        .say(match signs[0] {
            1 => format!("{} does more, which makes the speed greater.", one.name),
            -1 => format!("{} does less, which makes the speed smaller.", one.name),
            _ => format!("Both do the same amount, {amount} {thing}."),
        })
        .say(match signs[1] {
            1 => format!("{} needs less time, which makes the speed greater.", one.name),
            -1 => format!("{} needs more time, which makes the speed smaller.", one.name),
            _ => format!("Both need the same time, {hours} hours."),
        })
        .say(verdict(right)),
    )
}

fn whole_sides(g: &mut Gen) -> Option<Draft> {
    let area = g.by_level([6..=30, 6..=30, 6..=60, 6..=120]);
    let pairs: Vec<(i64, i64)> =
        (1..=area).filter(|a| area % a == 0 && a * a <= area).map(|a| (a, area / a)).collect();
    let perimeters: Vec<i64> = pairs.iter().map(|(a, b)| 2 * (a + b)).collect();
    let pick = g.pick(&perimeters);
    let bound = if g.one_in(2) { pick } else { pick + 2 * g.int(-3..=3) };
    if bound < 4 || pairs.len() > 4 {
        return None;
    }
    let right = settle(perimeters.iter().map(|one| order(*one, bound)));
    let measure = g.pick(&["inches", "feet", "centimeters"]);
    let texts: Vec<String> = pairs.iter().map(|(a, b)| format!("{a} by {b}")).collect();
    let around: Vec<String> = perimeters.iter().map(|one| n(*one)).collect();
    let many = pairs.len() > 1;
    Some(
        compare(
            &format!("The length and the width of a rectangle are whole numbers of {measure}. Its area is {area} square {measure}."),
            &format!("the perimeter of the rectangle, in {measure}"),
            &n(bound),
            right,
            &[
                (order(area, bound), slip("area-in-place-of-perimeter", "takes the area for the perimeter")),
                (order(perimeters[perimeters.len() - 1], bound), slip("nearest-square-only", "thinks only of the rectangle that is closest to a square")),
                (order(perimeters[0], bound), slip("thinnest-only", "thinks only of the longest and thinnest rectangle")),
                (UNKNOWN, slip("sides-not-given", "thinks that nothing can be said about the perimeter unless the sides are given")),
            ],
        )
        .hint("Which pairs of whole numbers have that product?")
        .hint("Find the perimeter for each pair. Is it always greater, always less, or neither?")
        .say(format!("The sides can {}be {}.", if many { "" } else { "only " }, either(&texts)))
        .say(format!("The perimeter {} {}.", if many { "is then one of" } else { "is then" }, list(&around)))
        .say(verdict(right)),
    )
}
