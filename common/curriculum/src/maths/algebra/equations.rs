//! Equations in one unknown.

use super::write::{Mistakes, n, slip, wrapped};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, frac, int};
use crate::item::Misconception;
use crate::level::Level::{Lower, Middle};
use crate::level::Section::{Mathematics, Quantitative};
use crate::level::Strand;

pub const TEMPLATES: &[Template] = &[
    Template {
        id: "one-step-equation",
        skill: "algebra.equations",
        strand: Strand::Algebra,
        sections: &[Mathematics],
        levels: &[Lower, Middle],
        make: one_step,
    },
    Template {
        id: "balance-missing-number",
        skill: "algebra.equations",
        strand: Strand::Algebra,
        sections: &[Mathematics, Quantitative],
        levels: &[Lower, Middle],
        make: balance,
    },
];

pub const SAME_OPERATION: Misconception =
    slip("repeats-the-operation", "does the same operation again instead of undoing it");
pub const OTHER_INVERSE: Misconception =
    slip("undoes-with-wrong-operation", "undoes a multiplication by subtracting, or an addition by dividing");
pub const LOST_SIGN: Misconception = slip("solution-without-sign", "gets the sign of the answer wrong");
pub const KEEPS_CONSTANT_SIGN: Misconception = slip(
    "moves-number-without-undoing",
    "moves a number to the other side of the equation without undoing it",
);
const OTHER_NUMBER: Misconception =
    slip("copies-the-other-number", "takes a number of the equation as it stands for the answer");
const FORGETS_TO_REGROUP: Misconception =
    slip("forgets-to-regroup", "forgets to take away the ten that was regrouped");
const FORGETS_TO_CARRY: Misconception = slip("forgets-to-carry", "forgets to add the ten that was carried");
pub const FORGETS_DIVIDING: Misconception =
    slip("stops-before-dividing", "stops before undoing the number in front of the letter");

/// One of several ways to ask for the solution.
pub fn ask(g: &mut Gen, equation: &str) -> String {
    match g.int(0..=3) {
        0 => format!("If {equation}, what is the value of x?"),
        1 => format!("What value of x makes the equation {equation} true?"),
        2 => format!(
            "{} solved the equation {equation} and checked the answer. What value of x is correct?",
            g.child().name
        ),
        _ => format!("What number does x stand for in {equation}?"),
    }
}

fn one_step(g: &mut Gen) -> Option<Draft> {
    let middle = g.level() == Middle;
    let a = g.by_level([2..=9, 2..=12, 3..=15, 3..=15]);
    let b = g.by_level([5..=20, 11..=95, 8..=60, 8..=60]);
    let x = g.by_level([2..=12, 3..=90, 2..=40, 2..=40]) * if middle && g.one_in(2) { -1 } else { 1 };
    let small = if middle { x } else { x % 12 + 2 };
    let kind = g.int(0..=3);
    if kind > 1 && small == a {
        return None;
    }
    let (equation, key, wrong, hint, steps): (String, i64, Mistakes<Q>, String, [String; 2]) = match kind {
        0 => (
            format!("x + {b} = {}", n(x + b)),
            x,
            vec![
                ((x + 2 * b).into(), SAME_OPERATION),
                ((-x).into(), slip("subtracts-backward", "subtracts the first amount from the second")),
                (
                    (x + b).into(),
                    slip("copies-the-result", "takes the number after the equals sign as the answer"),
                ),
                (Q::new(x + b, b), OTHER_INVERSE),
                (b.into(), OTHER_NUMBER),
                (if (x + b) % 10 < b % 10 { Q::from(x + 10) } else { Q(None) }, FORGETS_TO_REGROUP),
            ],
            format!("Something plus {b} is {}. How do you undo adding {b}?", n(x + b)),
            [format!("Subtract {b} from both sides."), format!("x = {} − {b} = {}.", n(x + b), n(x))],
        ),
        1 => (
            format!("x \u{2212} {b} = {}", n(x)),
            x + b,
            vec![
                ((x - b).into(), SAME_OPERATION),
                (x.into(), slip("copies-the-result", "takes the number after the equals sign as the answer")),
                ((b - x).into(), slip("subtracts-backward", "subtracts the first amount from the second")),
                (b.into(), OTHER_NUMBER),
                (if x % 10 + b % 10 > 9 { Q::from(x + b - 10) } else { Q(None) }, FORGETS_TO_CARRY),
            ],
            format!("Something minus {b} is {}. How do you undo taking away {b}?", n(x)),
            [format!("Add {b} to both sides."), format!("x = {} + {b} = {}.", n(x), n(x + b))],
        ),
        2 => (
            format!("{a}x = {}", n(a * small)),
            small,
            vec![
                ((a * small - a).into(), OTHER_INVERSE),
                ((a * a * small).into(), SAME_OPERATION),
                ((-small).into(), LOST_SIGN),
                (
                    (a * small + a).into(),
                    slip(
                        "adds-the-coefficient-back",
                        "adds the number in front of the letter to the other side",
                    ),
                ),
            ],
            format!("{a} times something is {}. How do you undo multiplying by {a}?", n(a * small)),
            [format!("Divide both sides by {a}."), format!("x = {} ÷ {a} = {}.", n(a * small), n(small))],
        ),
        _ => (
            format!("x/{a} = {}", n(small)),
            a * small,
            vec![
                (Q::new(small, a), SAME_OPERATION),
                ((small + a).into(), OTHER_INVERSE),
                (
                    (small - a).into(),
                    slip(
                        "subtracts-the-divisor",
                        "subtracts the number below the line instead of multiplying by it",
                    ),
                ),
                ((-a * small).into(), LOST_SIGN),
                (
                    (a * small + a).into(),
                    slip("one-group-too-many", "counts one group too many when multiplying"),
                ),
            ],
            format!("Something divided by {a} is {}. How do you undo dividing by {a}?", n(small)),
            [
                format!("Multiply both sides by {a}."),
                format!("x = {} × {a} = {}.", wrapped(small), n(a * small)),
            ],
        ),
    };
    let mut draft = Draft::new(ask(g, &equation))
        .key(int(key))
        .hint(hint)
        .hint("Whatever you do to one side, do to the other side, so that the letter stands alone.");
    for (value, mistake) in wrong {
        if value.0.is_some() && (value >= Q::from(0) || middle) && (value.is_whole() || kind == 3) {
            draft = draft.wrong(frac(value), mistake);
        }
    }
    let [first, second] = steps;
    Some(draft.say(first).step(second, int(key)))
}

fn balance(g: &mut Gen) -> Option<Draft> {
    let times = g.one_in(3);
    let (text, left, key, wrong, known, back): (String, i64, i64, Mistakes<i64>, i64, String) = if times {
        let (a, b, c) = (g.int(2..=12), g.by_level([2..=9, 2..=12, 4..=30, 4..=30]), g.int(2..=12));
        if (a * b) % c != 0 || c == a || c == b || a * b / c < 2 {
            return None;
        }
        let key = a * b / c;
        (
            format!("{a} × {b} = ____ × {c}"),
            a * b,
            key,
            vec![
                (a * b, ANSWER_NEXT),
                (a * b * c, USES_ALL),
                (a + b - c, slip("balances-by-adding", "balances a product by adding and subtracting")),
                (
                    a * b - c,
                    slip("subtracts-known-factor", "subtracts the known factor instead of dividing by it"),
                ),
                (b, slip("copies-other-factor", "copies one of the factors from the other side")),
            ],
            c,
            format!("{} ÷ {c} = {key}.", a * b),
        )
    } else {
        let (a, b) = (
            g.by_level([3..=12, 8..=60, 25..=300, 25..=300]),
            g.by_level([3..=12, 8..=60, 25..=300, 25..=300]),
        );
        let c = g.by_level([2..=9, 4..=50, 15..=200, 15..=200]);
        let key = a + b - c;
        if key <= 0 || c == a || c == b {
            return None;
        }
        (
            format!("{a} + {b} = ____ + {c}"),
            a + b,
            key,
            vec![
                (a + b, ANSWER_NEXT),
                (a + b + c, USES_ALL),
                (b - c + 2 * a, slip("counts-one-side-twice", "counts one of the numbers twice")),
                (
                    (a - b).abs() + c,
                    slip(
                        "takes-a-difference",
                        "takes the difference of the numbers on one side instead of their sum",
                    ),
                ),
                (if (a + b) % 10 < c % 10 { key + 10 } else { 0 }, FORGETS_TO_REGROUP),
            ],
            c,
            format!("{} − {c} = {key}.", a + b),
        )
    };
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!("What number belongs in the blank to make {text} true?"),
        1 if !times => {
            let numbers: Vec<&str> = text.split(' ').collect();
            format!(
                "{} puts a {}-ounce weight and a {}-ounce weight on the left side of a balance, and a box and a {}-ounce weight on the right side. The two sides balance. How many ounces does the box weigh?",
                child.name, numbers[0], numbers[2], numbers[6]
            )
            .replace("a 8", "an 8")
            .replace("a 11-", "an 11-")
            .replace("a 18-", "an 18-")
        }
        1 => {
            let numbers: Vec<&str> = text.split(' ').collect();
            format!(
                "{} has {} bags of {} shells. The same number of shells fills boxes that hold {} shells each. How many boxes are filled?",
                child.name, numbers[0], numbers[2], numbers[6]
            )
        }
        _ => format!("{} writes {text}. What number should {} write in the blank?", child.name, child.they),
    };
    let draft = Draft::new(stem)
        .key(int(key))
        .hint("Both sides must come to the same amount. The equals sign does not mean that the answer comes next.")
        .hint("Work out the complete side first. Then find what the other side still needs.")
        .step(format!("The complete side comes to {left}."), int(left))
        .step(format!("The other side already has {known}, and {back}"), int(key));
    Some(
        wrong
            .into_iter()
            .filter(|(value, _)| *value > 0)
            .fold(draft, |draft, (value, mistake)| draft.wrong(int(value), mistake)),
    )
}

const ANSWER_NEXT: Misconception = slip(
    "equals-means-answer",
    "writes the result of one side after the equals sign and does not look at the rest",
);
const USES_ALL: Misconception =
    slip("uses-every-number", "puts all the numbers together without looking at the equals sign");
