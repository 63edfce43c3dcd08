//! Two equations with two unknowns.

use super::write::{n, slip, sum};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, int};
use crate::level::Level::{Middle, Upper};
use crate::level::Section::{Mathematics, Quantitative};
use crate::level::Strand;

pub const TEMPLATES: &[Template] = &[
    Template {
        id: "system-of-equations",
        skill: "algebra.systems",
        strand: Strand::Algebra,
        sections: &[Mathematics, Quantitative],
        levels: &[Upper],
        make: system,
    },
    Template {
        id: "system-in-a-story",
        skill: "algebra.systems",
        strand: Strand::Algebra,
        sections: &[Quantitative, Mathematics],
        levels: &[Middle, Upper],
        make: story,
    },
];

fn system(g: &mut Gen) -> Option<Draft> {
    let (x, y) = g.two(-9..=12);
    let (a, b) = (g.int(1..=5), g.int(1..=5));
    let (c, minus) = (g.int(1..=5), g.one_in(2));
    // The letter y has the same number in front in both, so that adding or subtracting removes it.
    let d = if minus { -b } else { b };
    if x == 0 || y == 0 || a == c || x == -y {
        return None;
    }
    let (first, second) = (a * x + b * y, c * x + d * y);
    let left = format!("{} = {}", sum(&[(a, "x"), (b, "y")]), n(first));
    let right = format!("{} = {}", sum(&[(c, "x"), (d, "y")]), n(second));
    let kind = g.int(0..=2);
    let (asked, key) = match kind {
        0 => ("x", x),
        1 => ("y", y),
        _ => ("x + y", x + y),
    };
    let stem = match g.int(0..=2) {
        0 => format!("If {left} and {right}, what is the value of {asked}?"),
        1 => format!("The numbers x and y make both {left} and {right} true. What is {asked}?"),
        _ => format!(
            "The graphs of {left} and {right} are two lines that cross at one point. What is the value of {asked} at this point?"
        ),
    };
    let mut wrong = match kind {
        0 => vec![(Q::from(y), slip("gives-other-unknown", "gives the value of the other letter"))],
        1 => vec![(Q::from(x), slip("gives-other-unknown", "gives the value of the other letter"))],
        _ => vec![
            (Q::from(x), slip("gives-one-unknown", "gives the value of one letter where both are asked for")),
            (Q::from(y), slip("gives-one-unknown", "gives the value of one letter where both are asked for")),
            (
                Q::from(x - y),
                slip(
                    "subtracts-the-unknowns",
                    "takes the difference of the two letters instead of their sum",
                ),
            ),
        ],
    };
    wrong.push((Q::from(-key), slip("solution-without-sign", "gets the sign of the answer wrong")));
    wrong.push((
        Q::new(if minus { first - second } else { first + second }, if minus { a + c } else { a - c }),
        slip(
            "combines-only-left-sides",
            "adds the left sides of two equations but subtracts the right sides, or the other way around",
        ),
    ));
    wrong.push((
        Q::from(first - second),
        slip("subtracts-right-sides-only", "subtracts the right sides and forgets the left sides"),
    ));
    let mut draft = Draft::new(stem).key(int(key));
    for (value, mistake) in wrong {
        if value.is_whole() {
            draft = draft.wrong(int(value), mistake);
        }
    }
    let (times, total) = if minus { (a + c, first + second) } else { (a - c, first - second) };
    draft = draft
        .hint("One of the letters disappears when you add the two equations or subtract one from the other.")
        .hint(format!(
            "Which is it here: adding or subtracting? Look at the terms with y. Find x first{}.",
            if kind == 0 { "" } else { ", then put it back into an equation" }
        ))
        .step(
            format!(
                "{} the equations: {} = {}.",
                if minus { "Add" } else { "Subtract" },
                sum(&[(times, "x")]),
                n(total)
            ),
            int(total),
        )
        .step(format!("So x = {}.", n(x)), int(x));
    if kind > 0 {
        draft = draft.step(
            format!(
                "Put it into the first equation: {} = {} gives y = {}.",
                sum(&[(b, "y")]),
                n(first - a * x),
                n(y)
            ),
            int(y),
        );
    }
    Some(if kind == 2 { draft.step(format!("x + y = {}.", n(x + y)), int(x + y)) } else { draft })
}

fn story(g: &mut Gen) -> Option<Draft> {
    let kind = g.int(0..=3);
    let (p, q) =
        (g.by_level([4..=40, 4..=40, 4..=40, 8..=120]), g.by_level([4..=40, 4..=40, 4..=40, 8..=120]));
    let (a, b) = match kind {
        0 => (g.int(8..=15), g.int(3..=7)),
        1 => (4, 2),
        2 => (3, 2),
        _ => (25, 10),
    };
    let (total, worth) = (p + q, a * p + b * q);
    let first = g.one_in(2);
    if p == q || p == a - b || q == a - b {
        return None;
    }
    let child = g.child();
    let (one, two) = match kind {
        0 => ("adult tickets", "child tickets"),
        1 => ("goats", "ducks"),
        2 => ("tricycles", "bicycles"),
        _ => ("quarters", "dimes"),
    };
    let asked = if first { one } else { two };
    let stem = match kind {
        0 => format!(
            "An adult ticket costs ${a} and a child ticket costs ${b}. A theater sells {total} of these tickets for ${} altogether. How many {asked} does it sell?",
            n(worth)
        ),
        1 => format!(
            "{} counts goats and ducks on a farm. Together they have {total} heads and {worth} legs. How many {asked} are there?",
            child.name
        ),
        2 => format!(
            "A shop has {total} tricycles and bicycles, which have {worth} wheels in all. How many {asked} does it have?"
        ),
        _ => format!(
            "{} has {total} coins, all of them quarters and dimes, worth {} cents altogether. How many {asked} does {} have?",
            child.name,
            n(worth),
            child.they
        ),
    };
    let (key, other) = if first { (p, q) } else { (q, p) };
    let extra = worth - b * total;
    let mut draft = Draft::new(stem).key(int(key));
    for (value, mistake) in [
        (Q::from(other), slip("gives-other-kind", "gives how many there are of the other kind")),
        (
            Q::new(total, 2).round(),
            slip("splits-evenly", "splits the total number evenly between the two kinds"),
        ),
        (
            Q::from(extra),
            slip(
                "forgets-to-divide-extra",
                "finds how much is left over and does not divide it by the difference for one",
            ),
        ),
        (
            Q::new(worth, if first { a } else { b }),
            slip("all-of-one-kind", "divides the total as if all were of one kind"),
        ),
        (Q::new(worth, a + b), slip("pairs-them-up", "divides the total by the amount for one of each kind")),
        (
            Q::from((p - q).abs()),
            slip("gives-difference-of-kinds", "gives the difference instead of one of the amounts"),
        ),
    ] {
        if value.is_whole() && value > Q::from(0) {
            draft = draft.wrong(int(value), mistake);
        }
    }
    draft = draft
        .hint(format!("Suppose that all {total} were {two}. What would the total be then?"))
        .hint(format!("Every one of the {one} instead of one of the {two} adds {} to that total.", a - b))
        .step(
            format!("If all {total} were {two}, the total would be {total} × {b} = {}.", n(total * b)),
            int(total * b),
        )
        .step(format!("The real total is {} greater.", n(extra)), int(extra))
        .step(
            format!(
                "Each of the {one} adds {a} − {b} = {}, so there are {} ÷ {} = {p} {one}.",
                a - b,
                n(extra),
                a - b
            ),
            int(p),
        );
    Some(if first {
        draft
    } else {
        draft.step(format!("The rest are {two}: {total} − {p} = {q}."), int(q))
    })
}
