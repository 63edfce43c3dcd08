//! Equations in words: numbers that somebody thinks of, numbers in a row.

use super::write::{Mistakes, n, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, int};
use crate::item::Misconception;
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Section::{Mathematics, Quantitative};
use crate::level::Strand;
use crate::story::spelled;

pub const TEMPLATES: &[Template] = &[
    Template {
        id: "number-puzzle",
        skill: "algebra.word-equations",
        strand: Strand::Algebra,
        sections: &[Quantitative, Mathematics],
        levels: &[Lower, Middle, Upper],
        make: number_puzzle,
    },
    Template {
        id: "consecutive-numbers",
        skill: "algebra.word-equations",
        strand: Strand::Algebra,
        sections: &[Quantitative, Mathematics],
        levels: &[Middle, Upper],
        make: consecutive,
    },
];

const WRONG_WAY: Misconception =
    slip("does-steps-forward", "does the steps of the story again instead of undoing them");
const STOPS: Misconception = slip("stops-before-last-undo", "undoes one step and stops too early");
const ORDER: Misconception = slip("undoes-in-wrong-order", "undoes the steps in the wrong order");
const IGNORES_CONSTANT: Misconception =
    slip("ignores-added-amount", "forgets the amount that was added or taken away");
const OPPOSITE_UNDO: Misconception = slip(
    "undoes-the-same-way",
    "adds again where adding should be undone, or subtracts again where subtracting should",
);

fn number_puzzle(g: &mut Gen) -> Option<Draft> {
    let level = g.level();
    let (a, b) = (g.by_level([2..=4, 2..=6, 3..=9, 3..=9]), g.by_level([2..=9, 3..=20, 4..=40, 4..=40]));
    let x = g.by_level([2..=10, 3..=15, 4..=25, 4..=25]);
    let child = g.child();
    let kind = g.int(
        0..=match level {
            Lower => 3,
            Middle => 4,
            _ => 5,
        },
    );
    let kind = if level == Upper && kind < 2 { kind + 4 } else { kind };
    let c = a * x + b;
    let less = a * x - b;
    if less <= 0 || a == b {
        return None;
    }
    let (stem, key, wrong, steps): (String, i64, Mistakes<Q>, Vec<(String, i64)>) = match kind {
        0 => (
            format!(
                "{} thinks of a number, multiplies it by {a} and then adds {b}. The result is {c}. What is the number?",
                child.name
            ),
            x,
            vec![
                ((c - b).into(), STOPS),
                (Q::new(c + b, a), OPPOSITE_UNDO),
                ((a * c + b).into(), WRONG_WAY),
                (Q::new(c, a), IGNORES_CONSTANT),
                (
                    (c - b - a).into(),
                    slip("subtracts-for-divides", "subtracts where dividing would undo the step"),
                ),
            ],
            vec![
                (format!("Undo adding {b}: {c} − {b} = {}.", c - b), c - b),
                (format!("Undo multiplying by {a}: {} ÷ {a} = {x}.", c - b), x),
            ],
        ),
        1 => (
            format!("{b} less than {a} times a number is {less}. What is the number?"),
            x,
            vec![
                ((less + b).into(), STOPS),
                (Q::new(less - b, a), OPPOSITE_UNDO),
                (Q::new(less, a), IGNORES_CONSTANT),
                (
                    (less + b - a).into(),
                    slip("subtracts-for-divides", "subtracts where dividing would undo the step"),
                ),
                (
                    Q::new(b, a),
                    slip("uses-only-first-numbers", "uses only the first two numbers of the sentence"),
                ),
            ],
            vec![
                (format!("Undo taking away {b}: {less} + {b} = {}.", less + b), less + b),
                (format!("Undo multiplying by {a}: {} ÷ {a} = {x}.", less + b), x),
            ],
        ),
        2 => (
            format!(
                "{} buys {a} tickets that all cost the same, and a poster for ${b}. {} pays ${c} altogether. How many dollars does each ticket cost?",
                child.name,
                child.they_capital()
            ),
            x,
            vec![
                ((c - b).into(), STOPS),
                (Q::new(c + b, a), OPPOSITE_UNDO),
                (
                    Q::new(c, a + 1),
                    slip("treats-all-as-equal", "shares the whole amount equally among all the things"),
                ),
                (Q::new(c, a), IGNORES_CONSTANT),
                (
                    (c - b - a).into(),
                    slip("subtracts-for-divides", "subtracts where dividing would undo the step"),
                ),
            ],
            vec![
                (format!("The tickets alone cost {c} − {b} = {} dollars.", c - b), c - b),
                (format!("Each of the {a} costs {} ÷ {a} = {x} dollars.", c - b), x),
            ],
        ),
        3 => {
            let start = a * x;
            let end = x + b;
            (
                format!(
                    "{} starts with a number, divides it by {a} and then adds {b}. The result is {end}. With what number did {} start?",
                    child.name, child.they
                ),
                start,
                vec![
                    (x.into(), STOPS),
                    ((a * end - b).into(), ORDER),
                    ((a * (end + b)).into(), OPPOSITE_UNDO),
                    ((a * end).into(), IGNORES_CONSTANT),
                    (Q::new(end, a) + b, WRONG_WAY),
                ],
                vec![
                    (format!("Undo adding {b}: {end} − {b} = {x}."), x),
                    (format!("Undo dividing by {a}: {x} × {a} = {start}."), start),
                ],
            )
        }
        4 => {
            let end = a * (x + b);
            (
                format!(
                    "When {b} is added to a number and the sum is multiplied by {a}, the result is {end}. What is the number?"
                ),
                x,
                vec![
                    (Q::new(end - b, a), ORDER),
                    ((x + b).into(), STOPS),
                    ((x + 2 * b).into(), OPPOSITE_UNDO),
                    (
                        (end - b).into(),
                        slip("undoes-adding-only", "undoes the adding and forgets the multiplying"),
                    ),
                    (
                        (end - a - b).into(),
                        slip("subtracts-for-divides", "subtracts where dividing would undo the step"),
                    ),
                ],
                vec![
                    (format!("Undo multiplying by {a}: {end} ÷ {a} = {}.", x + b), x + b),
                    (format!("Undo adding {b}: {} − {b} = {x}.", x + b), x),
                ],
            )
        }
        _ => {
            let (more, less) = (a + 2, 2);
            let total = (more - less) * x;
            (
                format!(
                    "{} times a number is {total} more than {} times the same number. What is the number?",
                    capital(&spelled(more)),
                    spelled(less)
                ),
                x,
                vec![
                    (
                        Q::new(total, more + less),
                        slip(
                            "adds-the-multiples",
                            "adds the two multiples instead of taking their difference",
                        ),
                    ),
                    (
                        Q::new(total, more),
                        slip("uses-one-multiple-only", "uses only one of the two multiples"),
                    ),
                    (
                        Q::new(total, less),
                        slip("uses-one-multiple-only", "uses only one of the two multiples"),
                    ),
                    (
                        (total - more + less).into(),
                        slip("subtracts-for-divides", "subtracts where dividing would undo the step"),
                    ),
                    (total.into(), STOPS),
                ],
                vec![
                    (
                        format!(
                            "The difference of the two is {} − {} = {} times the number.",
                            spelled(more),
                            spelled(less),
                            more - less
                        ),
                        more - less,
                    ),
                    (format!("So the number is {total} ÷ {} = {x}.", more - less), x),
                ],
            )
        }
    };
    let mut draft = Draft::new(stem)
        .key(int(key))
        .hint(if kind == 5 {
            "How many times the number is the difference between the two amounts?"
        } else {
            "Write what happens to the unknown number, step by step."
        })
        .hint(if kind == 5 {
            "Write the number as x and take the smaller multiple away from both sides."
        } else {
            "Start at the result and go backward. Undo the last step first."
        });
    for (value, mistake) in wrong {
        if value.is_whole() && value > Q::from(0) {
            draft = draft.wrong(int(value), mistake);
        }
    }
    Some(steps.into_iter().fold(draft, |draft, (text, value)| draft.step(text, int(value))))
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn consecutive(g: &mut Gen) -> Option<Draft> {
    let count = if g.level() == Middle { 3 } else { g.pick(&[3, 4, 5]) };
    let (kind, gap) = g.pick(&[("whole numbers", 1), ("even numbers", 2), ("odd numbers", 2)]);
    let first = 2 * g.by_level([1..=5, 2..=15, 4..=40, 10..=90])
        + i64::from(kind == "odd numbers")
        + if gap == 1 { g.int(0..=1) } else { 0 };
    let all: Vec<i64> = (0..count).map(|i| first + gap * i).collect();
    let total: i64 = all.iter().sum();
    let greatest = g.one_in(2);
    let key = if greatest { *all.last()? } else { first };
    let other = if greatest { first } else { *all.last()? };
    let which = if greatest { "greatest" } else { "least" };
    let child = g.child();
    let many = spelled(count);
    let story = g.int(0..=2);
    let stem = match story {
        0 => format!("The sum of {many} consecutive {kind} is {}. What is the {which} of them?", n(total)),
        1 => format!(
            "{} adds {many} consecutive {kind} and gets {}. What is the {which} of the numbers?",
            child.name,
            n(total)
        ),
        _ => format!(
            "The numbers on {many} lockers are consecutive {kind}. Their sum is {}. What is the {which} of these numbers?",
            n(total)
        ),
    };
    let middle = Q::new(total, count);
    let mut draft = Draft::new(stem)
        .key(int(key))
        .hint(format!("Consecutive {kind} are neighbors. How far apart are they?"));
    for (value, mistake) in [
        (other.into(), slip("gives-other-end", "gives the number at the other end of the list")),
        (middle, slip("gives-the-average", "divides the sum by how many numbers there are and stops there")),
        (
            if greatest { Q::from(key) + gap } else { Q::from(key) - gap },
            slip("steps-once-too-often", "goes one step too far from the middle of the list"),
        ),
        (
            if gap == 2 {
                middle + Q::new(if greatest { count - 1 } else { 1 - count }, 2)
            } else {
                Q::new(total, 2).round()
            },
            if gap == 2 {
                slip("consecutive-means-one-apart", "takes even or odd neighbors to be only one apart")
            } else {
                slip("divides-by-two", "divides the sum by two although there are more numbers")
            },
        ),
        (
            if greatest { Q::from(key) - gap } else { Q::from(key) + gap },
            slip("stops-one-short", "stops one number before the end of the list"),
        ),
    ] {
        if value.is_whole() {
            draft = draft.wrong(int(value), mistake);
        }
    }
    let apart = gap * count * (count - 1) / 2;
    Some(
        draft
            .hint("Call the least number x. How much more than x is each of the others?")
            .say(format!("If the least number is x, the others are {} more than x.", list(&all, first)))
            .step(format!("All the extra amounts together come to {apart}."), int(apart))
            .step(
                format!("{count} times the least number is {} − {apart} = {}.", n(total), n(total - apart)),
                int(total - apart),
            )
            .step(format!("The least number is {} ÷ {count} = {first}.", n(total - apart)), int(first)),
    )
}

fn list(all: &[i64], first: i64) -> String {
    crate::story::list(&all.iter().skip(1).map(|value| n(value - first)).collect::<Vec<_>>())
}
