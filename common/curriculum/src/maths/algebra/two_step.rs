//! Equations that take two steps or more.

use super::equations::{
    FORGETS_DIVIDING, KEEPS_CONSTANT_SIGN, LOST_SIGN, OTHER_INVERSE, SAME_OPERATION, ask,
};
use super::write::{Mistakes, n, slip, sum};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, int};
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Section::Mathematics;
use crate::level::Strand;

pub const TEMPLATES: &[Template] = &[
    Template {
        id: "two-step-equation",
        skill: "algebra.equations-two-step",
        strand: Strand::Algebra,
        sections: &[Mathematics],
        levels: &[Lower, Middle, Upper],
        make: two_step,
    },
    Template {
        id: "equation-both-sides",
        skill: "algebra.equations-both-sides",
        strand: Strand::Algebra,
        sections: &[Mathematics],
        levels: &[Middle, Upper],
        make: both_sides,
    },
];

fn two_step(g: &mut Gen) -> Option<Draft> {
    let level = g.level();
    let (a, b) = (g.by_level([2..=5, 2..=9, 2..=12, 2..=12]), g.by_level([1..=9, 1..=30, 3..=40, 3..=40]));
    let x = g.by_level([2..=9, 2..=12, 2..=15, 2..=15]) * if level != Lower && g.one_in(2) { -1 } else { 1 };
    let kind = if level == Lower { g.int(0..=1) } else { g.int(0..=3) };
    let (equation, key, wrong, steps): (String, i64, Mistakes<Q>, [(String, i64); 2]) = match kind {
        0 | 1 => {
            let b = if kind == 0 { b } else { -b };
            let c = a * x + b;
            if level == Lower && c <= 0 {
                return None;
            }
            (
                format!("{} = {}", sum(&[(a, "x"), (b, "")]), n(c)),
                x,
                vec![
                    (Q::new(c + b, a), KEEPS_CONSTANT_SIGN),
                    ((c - b).into(), FORGETS_DIVIDING),
                    ((c - b - a).into(), OTHER_INVERSE),
                    ((-x).into(), LOST_SIGN),
                    (Q::new(c, a) - b, slip("divides-only-one-term", "divides only one term of a side")),
                ],
                [
                    (
                        format!(
                            "{} {} on both sides: {a}x = {}.",
                            if b < 0 { "Add" } else { "Subtract" },
                            b.abs(),
                            n(c - b)
                        ),
                        c - b,
                    ),
                    (format!("Divide both sides by {a}: x = {}.", n(x)), x),
                ],
            )
        }
        2 => {
            let c = x + b;
            (
                format!("x/{a} + {b} = {}", n(c)),
                a * x,
                vec![
                    ((a * (c + b)).into(), KEEPS_CONSTANT_SIGN),
                    (x.into(), FORGETS_DIVIDING),
                    (
                        (a * c - b).into(),
                        slip("multiplies-only-one-term", "multiplies only one term of a side"),
                    ),
                    (Q::new(x, a), SAME_OPERATION),
                    ((-a * x).into(), LOST_SIGN),
                    ((x + a).into(), OTHER_INVERSE),
                ],
                [
                    (format!("Subtract {b} on both sides: x/{a} = {}.", n(x)), x),
                    (format!("Multiply both sides by {a}: x = {}.", n(a * x)), a * x),
                ],
            )
        }
        _ => {
            let c = b - a * x;
            (
                format!("{b} \u{2212} {a}x = {}", n(c)),
                x,
                vec![
                    (
                        (-x).into(),
                        slip("loses-minus-of-letter", "loses the minus sign in front of the letter"),
                    ),
                    (Q::new(c + b, a), KEEPS_CONSTANT_SIGN),
                    ((b - c).into(), FORGETS_DIVIDING),
                    (
                        Q::new(c, b - a),
                        slip(
                            "subtracts-unlike-terms",
                            "subtracts the number in front of the letter from a plain number",
                        ),
                    ),
                ],
                [
                    (format!("Subtract {b} on both sides: −{a}x = {}.", n(c - b)), c - b),
                    (format!("Divide both sides by −{a}: x = {}.", n(x)), x),
                ],
            )
        }
    };
    let mut draft = Draft::new(ask(g, &equation))
        .key(int(key))
        .hint("Two things were done to the letter. Undo the last one first.")
        .hint(match kind {
            2 => "Undo the adding first, and then undo the dividing by multiplying.",
            3 => "Subtract the plain number from both sides first, and keep the minus sign in front of the letter.",
            _ => "Undo the adding or subtracting first, and then undo the multiplying by dividing.",
        });
    for (value, mistake) in wrong {
        if value.is_whole() && (value >= Q::from(0) || level != Lower) {
            draft = draft.wrong(int(value), mistake);
        }
    }
    Some(steps.into_iter().fold(draft, |draft, (text, value)| draft.step(text, int(value))))
}

fn both_sides(g: &mut Gen) -> Option<Draft> {
    let upper = g.level() == Upper;
    let x = g.int(2..=12) * if g.one_in(2) { -1 } else { 1 };
    let (a, c) = (g.int(3..=9), g.int(1..=8));
    let b = g.int(1..=15) * if g.one_in(2) { -1 } else { 1 };
    let parentheses = upper || g.one_in(3);
    if c >= a {
        return None;
    }
    let inner = if b < 0 { b.max(-9) } else { b.min(9) };
    let constant = if parentheses { a * inner } else { b };
    let d = a * x + constant - c * x;
    if d == 0 {
        return None;
    }
    let left = if parentheses {
        format!("{a}({})", sum(&[(1, "x"), (inner, "")]))
    } else {
        sum(&[(a, "x"), (b, "")])
    };
    let equation = format!("{left} = {}", sum(&[(c, "x"), (d, "")]));
    let mut wrong = vec![
        (Q::new(d + constant, a - c), KEEPS_CONSTANT_SIGN),
        (
            Q::new(d - constant, a + c),
            slip(
                "adds-letter-terms-across",
                "adds the letter terms of the two sides instead of subtracting one from both",
            ),
        ),
        ((-x).into(), LOST_SIGN),
        ((d - constant).into(), FORGETS_DIVIDING),
        (
            Q::new(d - constant, a),
            slip("forgets-letter-on-one-side", "forgets the letter on one of the sides"),
        ),
    ];
    if parentheses {
        wrong.insert(
            0,
            (
                Q::new(d - inner, a - c),
                slip("distributes-to-first-only", "multiplies only the first number in the parentheses"),
            ),
        );
    }
    let mut draft = Draft::new(ask(g, &equation)).key(int(x)).hint(if parentheses {
        "Multiply out the parentheses first, every term of them."
    } else {
        "The letter is on both sides. Get all of it onto one side first."
    });
    draft = draft.hint(
        "Take the smaller letter term away from both sides, and then undo what was done to the letter.",
    );
    for (value, mistake) in wrong {
        if value.is_whole() {
            draft = draft.wrong(int(value), mistake);
        }
    }
    if parentheses {
        draft = draft.say(format!(
            "Multiply out: {} = {}.",
            sum(&[(a, "x"), (constant, "")]),
            sum(&[(c, "x"), (d, "")])
        ));
    }
    draft = draft.say(format!(
        "Subtract {} on both sides: {} = {}.",
        sum(&[(c, "x")]),
        sum(&[(a - c, "x"), (constant, "")]),
        n(d)
    ));
    let undo = if constant < 0 { "Add" } else { "Subtract" };
    draft = draft.step(
        format!(
            "{undo} {} on both sides: {} = {}.",
            n(constant.abs()),
            sum(&[(a - c, "x")]),
            n(d - constant)
        ),
        int(d - constant),
    );
    Some(if a - c == 1 {
        draft
    } else {
        draft.step(format!("Divide both sides by {}: x = {}.", a - c, n(x)), int(x))
    })
}
