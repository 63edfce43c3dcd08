//! Straight lines: slope, equation, points.

use super::plane::plane;
use super::write::{n, slip, sum, wrapped};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, Value, frac, int, point, words};
use crate::level::Level::{Middle, Upper};
use crate::level::Section::{Mathematics, Quantitative};
use crate::level::Strand;

pub const TEMPLATES: &[Template] = &[
    Template {
        id: "slope-two-points",
        skill: "algebra.lines",
        strand: Strand::Algebra,
        sections: &[Mathematics, Quantitative],
        levels: &[Middle, Upper],
        make: slope,
    },
    Template {
        id: "line-equation",
        skill: "algebra.lines",
        strand: Strand::Algebra,
        sections: &[Mathematics],
        levels: &[Upper],
        make: equation,
    },
    Template {
        id: "point-on-line",
        skill: "algebra.lines",
        strand: Strand::Algebra,
        sections: &[Mathematics],
        levels: &[Middle, Upper],
        make: on_line,
    },
];

fn slope(g: &mut Gen) -> Option<Draft> {
    let upper = g.level() == Upper;
    let story = g.int(0..=3);
    let range = if story > 1 {
        1..=12
    } else if upper {
        -8..=9
    } else {
        0..=9
    };
    let (x1, x2) = g.two(range.clone());
    let (y1, y2) = if story > 1 { g.two(4..=60) } else { g.two(range) };
    let (rise, run) = (y2 - y1, x2 - x1);
    let key = Q::new(rise, run);
    if run < 2 || (story > 1 && (!key.is_whole() || rise < 0)) || (!upper && rise < 0) {
        return None;
    }
    let (p, q) = (point(x1, y1).text, point(x2, y2).text);
    let child = g.child();
    let stem = match story {
        0 => format!("What is the slope of the line through the points {p} and {q}?"),
        1 => format!("{} draws a straight line from {p} to {q} on a coordinate plane. What is the slope of the line?", child.name),
        2 => format!("A tank is filled at a steady rate. It holds {y1} gallons after {x1} minutes and {y2} gallons after {x2} minutes. How many gallons flow in each minute?").replace("after 1 minutes", "after 1 minute"),
        _ => format!("A candle shop packs candles at a steady rate. By hour {x1} it has packed {y1} boxes, and by hour {x2} it has packed {y2} boxes. How many boxes does it pack per hour?"),
    };
    let mut draft = Draft::new(stem).key(frac(key));
    if story > 1 {
        draft = draft
            .wrong(
                frac(rise),
                slip(
                    "forgets-to-divide-by-run",
                    "takes the change of one amount and does not divide it by the change of the other",
                ),
            )
            .wrong(
                frac(Q::new(y2, x2)),
                slip("divides-one-pair", "divides the numbers of one pair instead of the changes"),
            )
            .wrong(
                frac(Q::new(y2 + y1, x2 + x1)),
                slip("adds-for-change", "adds the two values instead of finding the change"),
            )
            .wrong(
                frac(Q::new(y1, x1)),
                slip("divides-one-pair", "divides the numbers of one pair instead of the changes"),
            )
            .wrong(frac(run), slip("gives-the-run", "gives the change in the first amount only"))
            .hint("How much is added from the first time to the second, and how long does that take?")
            .hint("Divide the change in the amount by the change in the time.");
    } else {
        draft = draft
            .wrong(
                frac(Q::new(run, rise)),
                slip("run-over-rise", "divides the change in x by the change in y"),
            )
            .wrong(
                frac(-key),
                slip("wrong-slope-sign", "subtracts in one order above and in the other order below"),
            )
            .wrong(
                frac(Q::new(y2 + y1, x2 + x1)),
                slip("adds-for-change", "adds the two values instead of finding the change"),
            )
            .wrong(
                frac(Q::new(y1 - x1, y2 - x2)),
                slip("subtracts-inside-points", "subtracts the two coordinates of the same point"),
            )
            .wrong(
                frac(rise),
                slip(
                    "forgets-to-divide-by-run",
                    "takes the change of one amount and does not divide it by the change of the other",
                ),
            )
            .hint("Slope is the change in y divided by the change in x.")
            .hint("Take the points in the same order for both changes.");
    }
    Some(
        draft
            .step(
                format!(
                    "The {} {} − {} = {}.",
                    if story > 1 { "amount changes by" } else { "change in y is" },
                    n(y2),
                    wrapped(y1),
                    n(rise)
                ),
                int(rise),
            )
            .step(
                format!(
                    "The {} {} − {} = {}.",
                    if story > 1 { "time changes by" } else { "change in x is" },
                    n(x2),
                    wrapped(x1),
                    n(run)
                ),
                int(run),
            )
            .step(format!("{} ÷ {} = {}.", n(rise), n(run), frac(key).text), frac(key)),
    )
}

fn line(m: Q, b: i64) -> Value {
    let text = match (m.whole(), m.bottom()) {
        (Some(0), _) => n(b),
        (Some(whole), _) => sum(&[(whole, "x"), (b, "")]),
        (None, _) => {
            let start = format!(
                "{}({}/{})x",
                if m < Q::from(0) { "\u{2212}" } else { "" },
                m.top().abs(),
                m.bottom()
            );
            if b == 0 {
                start
            } else {
                format!("{start} {} {}", if b < 0 { "\u{2212}" } else { "+" }, b.abs())
            }
        }
    };
    words(format!("y = {text}"))
}

fn equation(g: &mut Gen) -> Option<Draft> {
    let m = g.int(1..=6) * if g.one_in(2) { -1 } else { 1 };
    let b = g.int(-8..=8);
    let x = g.int(1..=5);
    let y = m * x + b;
    let kind = g.int(0..=3);
    if b == 0 || y == 0 || m == b || y == b || (kind == 3 && (y.abs() > 9 || x == 1)) {
        return None;
    }
    let (p, cut) = (point(x, y).text, point(0, b).text);
    let child = g.child();
    let stem = match kind {
        0 => {
            format!("A line has a slope of {} and passes through the point {p}. What is its equation?", n(m))
        }
        1 => format!("Which equation describes the line through the points {cut} and {p}?"),
        2 => format!(
            "{} draws a line that crosses the y-axis at {cut} and has a slope of {}. What is the equation of the line?",
            child.name,
            n(m)
        ),
        _ => format!(
            "The line in the figure passes through the points {cut} and {p}. Which of these is its equation?"
        ),
    };
    let mut draft = Draft::new(stem)
        .key(line(m.into(), b))
        .wrong(
            line(b.into(), m),
            slip(
                "swaps-slope-and-intercept",
                "exchanges the slope and the place where the line crosses the y-axis",
            ),
        )
        .wrong(
            line(m.into(), if kind == 0 { y } else { -b }),
            if kind == 0 {
                slip(
                    "takes-point-for-intercept",
                    "takes the y of the given point for the place where the line crosses the y-axis",
                )
            } else {
                slip(
                    "wrong-intercept-sign",
                    "gives the place where the line crosses the y-axis the wrong sign",
                )
            },
        )
        .wrong(
            line((-m).into(), b),
            slip("wrong-slope-sign", "subtracts in one order above and in the other order below"),
        )
        .wrong(line(Q::new(1, m), b), slip("run-over-rise", "divides the change in x by the change in y"));
    if kind == 3 {
        let low = -9;
        let at = |x: i64, y: i64| (30 + (x - low) * 24, 30 + (9 - y) * 24);
        let description = format!(
            "A coordinate plane with a straight line. The line crosses the y-axis at {cut} and passes through the point {p}."
        );
        draft = draft.figure(plane(low, 9, description, &[("", 0, b), ("", x, y)]).line(at(0, b), at(x, y)));
    }
    draft = draft.hint("The equation of a line is y equals the slope times x, plus the number where the line crosses the y-axis.");
    Some(match kind {
        0 => draft
            .hint("You know the slope. Put the coordinates of the point into the equation to find the other number.")
            .step(format!("The slope is {}, so {} times the x of the point is {}.", n(m), n(m), n(m * x)), int(m * x))
            .step(format!("The y of the point is {}, so the number to add is {} − {} = {}.", n(y), n(y), wrapped(m * x), n(b)), int(b))
            .say(format!("The equation is {}.", line(m.into(), b).text)),
        2 => draft
            .hint("Where x is 0, the line crosses the y-axis. Which number is y there?")
            .step(format!("The slope, {}, is the number in front of x.", n(m)), int(m))
            .step(format!("The line crosses the y-axis where y is {}.", n(b)), int(b))
            .say(format!("The equation is {}.", line(m.into(), b).text)),
        _ => draft
            .hint("Find the slope from the two points, the change in y over the change in x. One point shows where the line crosses the y-axis.")
            .step(format!("The slope is the change in y, {}, over the change in x, {x}: that is {}.", n(y - b), n(m)), int(m))
            .step(format!("The line crosses the y-axis where y is {}.", n(b)), int(b))
            .say(format!("The equation is {}.", line(m.into(), b).text)),
    })
}

fn on_line(g: &mut Gen) -> Option<Draft> {
    let upper = g.level() == Upper;
    let m = g.int(2..=6) * if upper && g.one_in(2) { -1 } else { 1 };
    let b = g.int(-9..=9);
    let x = if upper { g.int(-6..=6) } else { g.int(1..=7) };
    let y = m * x + b;
    if b == 0 || x == 0 || x == y || y == 0 {
        return None;
    }
    let rule = format!("y = {}", sum(&[(m, "x"), (b, "")]));
    let stem = match g.int(0..=2) {
        0 => format!("Which point is on the line {rule}?"),
        1 => format!(
            "{} draws the graph of {rule}. Through which of these points does the graph pass?",
            g.child().name
        ),
        _ => format!("Which ordered pair is a solution of {rule}?"),
    };
    let mut draft = Draft::new(stem).key(point(x, y));
    for ((px, py), mistake) in [
        ((y, x), slip("swaps-coordinates", "writes the distance up first and the distance across second")),
        ((x, m * x - b), slip("wrong-constant-sign", "gives the number that is added the wrong sign")),
        (
            (x, m + x + b),
            slip("adds-coefficient", "adds the number in front of the letter instead of multiplying by it"),
        ),
        (
            (m, b),
            slip(
                "reads-point-from-equation",
                "takes the two numbers of the equation for the coordinates of a point",
            ),
        ),
        (
            (b, 0),
            slip(
                "intercept-on-wrong-axis",
                "puts the number where the line crosses the y-axis on the x-axis",
            ),
        ),
    ] {
        // A mistake may hit the line by chance.
        if py != m * px + b {
            draft = draft.wrong(point(px, py), mistake);
        }
    }
    Some(
        draft
            .hint("In a point, the first number is x and the second is y.")
            .hint("Put the x of each point into the rule. For which point does its own y come out?")
            .say(format!("Try the point {}: put {} in the place of x.", point(x, y).text, n(x)))
            .step(format!("{} × {} = {}.", n(m), wrapped(x), n(m * x)), int(m * x))
            .step(
                format!(
                    "{} {} {} = {}, which is the y of the point.",
                    n(m * x),
                    if b < 0 { "−" } else { "+" },
                    b.abs(),
                    n(y)
                ),
                int(y),
            ),
    )
}
