//! Formulas solved for another letter, and absolute values.

use super::write::{n, slip, sum};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{int, words};
use crate::level::Level::Upper;
use crate::level::Section::{Mathematics, Quantitative};
use crate::level::Strand;

pub const TEMPLATES: &[Template] = &[
    Template {
        id: "rearrange-formula",
        skill: "algebra.formulas",
        strand: Strand::Algebra,
        sections: &[Mathematics],
        levels: &[Upper],
        make: rearrange,
    },
    Template {
        id: "absolute-value-equation",
        skill: "algebra.absolute-value",
        strand: Strand::Algebra,
        sections: &[Mathematics, Quantitative],
        levels: &[Upper],
        make: absolute_value,
    },
];

fn rearrange(g: &mut Gen) -> Option<Draft> {
    let (a, b) = (g.int(2..=12), g.int(2..=40));
    let kind = g.int(0..=3);
    if a == b {
        return None;
    }
    let child = g.child();
    let (stem, from, to, minus) = match kind {
        0 => {
            let minus = g.one_in(2);
            let rule = sum(&[(a, "x"), (if minus { -b } else { b }, "")]);
            (format!("If y = {rule}, which formula gives x in terms of y?"), "y", "x", minus)
        }
        1 => (
            format!(
                "The cost C, in dollars, of renting a hall for h hours is C = {a}h + {b}. Which formula gives the hours h for a cost C?"
            ),
            "C",
            "h",
            false,
        ),
        2 => (
            format!(
                "{} starts with ${b} and saves ${a} a week, so after w weeks the savings are S = {a}w + {b} dollars. Which formula gives w?",
                child.name
            ),
            "S",
            "w",
            false,
        ),
        _ => (
            format!(
                "A club sells k caps for ${a} each after paying ${b} for supplies, so its profit in dollars is P = {a}k − {b}. Which formula gives k?"
            ),
            "P",
            "k",
            true,
        ),
    };
    let (undo, same) = if minus { ("+", "\u{2212}") } else { ("\u{2212}", "+") };
    let key = format!("{to} = ({from} {undo} {b})/{a}");
    Some(
        Draft::new(stem)
            .key(words(key.clone()))
            .wrong(
                words(format!("{to} = {from}/{a} {undo} {b}")),
                slip("divides-only-one-term", "divides only one term of a side"),
            )
            .wrong(
                words(format!("{to} = ({from} {same} {b})/{a}")),
                slip(
                    "moves-number-without-undoing",
                    "moves a number to the other side of the equation without undoing it",
                ),
            )
            .wrong(
                words(format!("{to} = {a}({from} {undo} {b})")),
                slip("multiplies-again", "multiplies again where the multiplying should be undone"),
            )
            .wrong(
                words(format!("{to} = {from} {undo} {b} \u{2212} {a}")),
                slip(
                    "undoes-with-wrong-operation",
                    "undoes a multiplication by subtracting, or an addition by dividing",
                ),
            )
            .hint(format!("What is done to {to}, and in which order?"))
            .hint("Undo the last step first, and do it to the whole other side. Then undo the multiplying.")
            .say(format!(
                "{} {b} on both sides: {from} {undo} {b} = {a}{to}.",
                if minus { "Add" } else { "Subtract" }
            ))
            .say(format!("Divide both sides by {a}, the whole side together: {key}.")),
    )
}

fn absolute_value(g: &mut Gen) -> Option<Draft> {
    let (center, far) = (g.int(-12..=12), g.int(2..=15));
    let times = if g.one_in(2) { 1 } else { 2 };
    let kind = g.int(0..=2);
    let least = g.one_in(2);
    if center == 0 || center.abs() == far || (times == 2 && kind == 2) || (kind == 2 && center < 0) {
        return None;
    }
    let which = if least { "least" } else { "greatest" };
    let (low, high) = (center - far, center + far);
    let (inside, size) = (sum(&[(times, "x"), (-times * center, "")]), times * far);
    let inside_said = inside.replace('\u{2212}', "minus").replace('+', "plus").replace("2x", "2 x");
    let (stem, spoken) = match kind {
        0 => (
            format!("What is the {which} value of x for which |{inside}| = {size}?"),
            format!(
                "What is the {which} value of x for which the absolute value of the quantity {inside_said} equals {size}?"
            ),
        ),
        1 => (
            format!("The equation |{inside}| = {size} has two solutions. What is the {which} one?")
                .replace("least one", "lesser one")
                .replace("greatest one", "greater one"),
            format!(
                "An equation says that the absolute value of the quantity {inside_said} equals {size}. It has two solutions. What is the {} one?",
                if least { "lesser" } else { "greater" }
            ),
        ),
        _ => (
            format!(
                "A heater switches on or off when the temperature x, in degrees, makes |x − {center}| = {far} true. What is the {which} such temperature?"
            ),
            format!(
                "A heater switches on or off when the temperature x, in degrees, is such that the absolute value of x minus {center} equals {far}. What is the {which} such temperature?"
            ),
        ),
    };
    let (key, other) = if least { (low, high) } else { (high, low) };
    let mut draft = Draft::new(stem).spoken(spoken).key(int(key));
    for (value, mistake) in [
        (other, slip("gives-the-other-solution", "gives the other one of the two solutions")),
        (
            if least { -high } else { -low },
            slip(
                "negates-whole-solution",
                "finds one solution and puts a minus sign in front of it for the other",
            ),
        ),
        (-key, slip("solution-without-sign", "gets the sign of the answer wrong")),
        (
            if least { -far } else { far },
            slip("forgets-the-shift", "forgets the number inside the absolute value bars"),
        ),
        (
            if times == 2 { times * key } else { center },
            if times == 2 {
                slip("stops-before-dividing", "stops before undoing the number in front of the letter")
            } else {
                slip("gives-the-center", "gives the number in the middle between the two solutions")
            },
        ),
    ] {
        draft = draft.wrong(int(value), mistake);
    }
    let aimed = if least { -size } else { size };
    let shift = times * center;
    draft = draft
        .hint("An absolute value is a distance from 0. Two numbers have the same distance from 0.")
        .hint(format!("What stands inside the bars can be {size} or its opposite. Solve both equations."))
        .say(format!("Inside the bars there can be {size} or {}.", n(-size)))
        .say(format!("The {which} value of x comes from {inside} = {}.", n(aimed)))
        .step(
            format!(
                "{} {} on both sides: {} = {}.",
                if shift > 0 { "Add" } else { "Subtract" },
                shift.abs(),
                sum(&[(times, "x")]),
                n(aimed + shift)
            ),
            int(aimed + shift),
        );
    Some(if times == 2 {
        draft.step(format!("Divide both sides by 2: x = {}.", n(key)), int(key))
    } else {
        draft
    })
}
