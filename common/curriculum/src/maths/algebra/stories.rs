//! Expressions and equations that tell a story.

use super::expressions::{ONE_PART, WHOLE_SUM};
use super::write::{Mistakes, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::words;
use crate::item::Misconception;
use crate::level::Level::{Lower, Middle};
use crate::level::Section::{Mathematics, Quantitative};
use crate::level::Strand;

pub const TEMPLATES: &[Template] = &[
    Template {
        id: "expression-from-words",
        skill: "algebra.expressions",
        strand: Strand::Algebra,
        sections: &[Mathematics, Quantitative],
        levels: &[Lower, Middle],
        make: from_words,
    },
    Template {
        id: "equation-for-story",
        skill: "algebra.expressions",
        strand: Strand::Algebra,
        sections: &[Quantitative, Mathematics],
        levels: &[Lower, Middle],
        make: equation_for_story,
    },
];

const WRONG_SIGN: Misconception =
    slip("writes-opposite-sign", "writes a plus where the story takes away, or a minus where it adds");
const SWAPS_ROLES: Misconception = slip(
    "swaps-fixed-and-repeated",
    "mixes up the number that is counted once and the number that is counted many times",
);
const ADDS: Misconception = slip("adds-for-takes-away", "adds where the story takes away");
const TAKES: Misconception =
    slip("takes-away-for-adds", "subtracts where the story does not take anything away");
const BACKWARD: Misconception =
    slip("subtracts-unknown-from-known", "subtracts the unknown number from the known one");
const TIMES: Misconception =
    slip("multiplies-for-adds-once", "multiplies where the story changes the amount only once");
const MIXES: Misconception = slip("mixes-up-result", "mixes up the result with another number of the story");
const CHARGES_EACH: Misconception =
    slip("charges-fee-each-time", "counts an amount every time although it is counted once");
const SWAPPED: Misconception =
    slip("swaps-rate-and-fee", "exchanges the amount for each thing with another number");
const JOINS: Misconception =
    slip("joins-unlike-terms", "adds a plain number to the number in front of a letter");

fn from_words(g: &mut Gen) -> Option<Draft> {
    let (p, q) = (g.by_level([2..=9, 2..=20, 3..=45, 3..=45]), g.by_level([2..=4, 2..=6, 3..=12, 3..=12]));
    if p == q || p * q > 400 {
        return None;
    }
    let child = g.child();
    let (name, they, their) = (child.name, child.they_capital(), child.their);
    let kind = g.int(0..=4);
    let (stem, key, wrong): (String, String, Mistakes<String>) = match kind {
        0 => (
            format!(
                "{name} has x marbles. {they} buys {p} more and then shares all of {their} marbles equally among {q} bags. Which expression shows the number of marbles in each bag?"
            ),
            format!("(x + {p})/{q}"),
            vec![
                (format!("x + {p}/{q}"), ONE_PART),
                (format!("x/{q} + {p}"), ONE_PART),
                (
                    format!("{q}(x + {p})"),
                    slip("multiplies-for-divides", "multiplies where the story divides"),
                ),
                (format!("(x \u{2212} {p})/{q}"), WRONG_SIGN),
            ],
        ),
        1 => (
            format!(
                "A museum ticket costs x dollars and a guidebook costs {p} dollars. Which expression shows the cost, in dollars, of {q} tickets and one guidebook?"
            ),
            format!("{q}x + {p}"),
            vec![
                (format!("{q}(x + {p})"), WHOLE_SUM),
                (format!("{p}x + {q}"), SWAPS_ROLES),
                (format!("x + {}", p * q), SWAPS_ROLES),
                (
                    format!("{}x", p + q),
                    slip("joins-unlike-terms", "adds a plain number to the number in front of a letter"),
                ),
            ],
        ),
        2 => (
            format!(
                "{name} has x stickers. {} friend has {p} fewer than {q} times as many stickers as {name} has. Which expression shows how many stickers the friend has?",
                if child.their == "his" { "His" } else { "Her" }
            ),
            format!("{q}x \u{2212} {p}"),
            vec![
                (
                    format!("{p} \u{2212} {q}x"),
                    slip(
                        "subtracts-in-word-order",
                        "subtracts in the order of the words, so that the smaller amount comes first",
                    ),
                ),
                (format!("{q}(x \u{2212} {p})"), WHOLE_SUM),
                (format!("{q}x + {p}"), WRONG_SIGN),
                (format!("x \u{2212} {}", p * q), SWAPS_ROLES),
            ],
        ),
        3 => (
            format!(
                "A rope is x feet long. {name} cuts off {p} feet and then cuts the rest into {q} equal pieces. Which expression shows the length, in feet, of each of those pieces?"
            ),
            format!("(x \u{2212} {p})/{q}"),
            vec![
                (format!("x \u{2212} {p}/{q}"), ONE_PART),
                (format!("x/{q} \u{2212} {p}"), ONE_PART),
                (format!("(x + {p})/{q}"), WRONG_SIGN),
                (
                    format!("{q}(x \u{2212} {p})"),
                    slip("multiplies-for-divides", "multiplies where the story divides"),
                ),
            ],
        ),
        _ => (
            format!(
                "Every gift box holds x chocolates and {p} cookies. Which expression shows the number of treats in {q} gift boxes?"
            ),
            format!("{q}(x + {p})"),
            vec![
                (format!("{q}x + {p}"), ONE_PART),
                (format!("x + {}", p * q), ONE_PART),
                (
                    format!("{}x", p * q),
                    slip("multiplies-for-adds", "multiplies two amounts that the story puts together"),
                ),
                (
                    format!("x + {}", p + q),
                    slip("adds-for-multiplies", "adds where the story repeats an amount"),
                ),
            ],
        ),
    };
    let (first, then) = match kind {
        0 => (
            format!("With {p} more, there are x + {p} marbles."),
            format!("All of them are divided by {q}, so the sum stands together in parentheses: {key}."),
        ),
        1 => (
            format!("The {q} tickets cost {q} times x, which is {q}x."),
            format!("The guidebook is bought once, so add {p} once: {key}."),
        ),
        2 => (
            format!("{q} times as many as x is {q}x."),
            format!("Fewer means to take away from that: {key}."),
        ),
        3 => (
            format!("After the cut, x − {p} feet are left."),
            format!("All that is left is divided by {q}, so the difference stands together: {key}."),
        ),
        _ => (
            format!("One box holds x + {p} treats."),
            format!("There are {q} such boxes, so multiply all of it: {key}."),
        ),
    };
    let hint = match kind {
        0 | 3 => {
            "What happens first in the story? Write that down, and then do the second thing to all of it."
        }
        1 => "Which price is paid many times, and which is paid only once?",
        2 => "First find a number of times as many. From what do the fewer ones get taken away?",
        _ => "How many treats are in one box? Then think of all the boxes.",
    };
    let draft = Draft::new(stem).key(words(key)).hint(hint).hint("Put an easy number, such as 100, in the place of x and follow the story. Which expression does the same?").say(first).say(then);
    Some(wrong.into_iter().fold(draft, |draft, (text, mistake)| draft.wrong(words(text), mistake)))
}

fn equation_for_story(g: &mut Gen) -> Option<Draft> {
    let (p, q) = (g.by_level([2..=9, 3..=25, 5..=60, 5..=60]), g.by_level([2..=4, 2..=8, 3..=12, 3..=12]));
    let x = g.by_level([5..=20, 10..=60, 12..=90, 12..=90]);
    if p == q || x <= p || x == q || x - p == p {
        return None;
    }
    let child = g.child();
    let (name, they) = (child.name, child.they_capital());
    let kind = g.int(0..=4);
    let (stem, key, wrong, say): (String, String, Mistakes<String>, String) = match kind {
        0 => {
            let c = x - p;
            (
                format!(
                    "{name} had x stamps. {they} gave {p} of them away and has {c} left. Which equation can be used to find x?"
                ),
                format!("x \u{2212} {p} = {c}"),
                vec![
                    (format!("x + {p} = {c}"), ADDS),
                    (format!("{p} \u{2212} x = {c}"), BACKWARD),
                    (format!("{p}x = {c}"), TIMES),
                    (format!("x + {c} = {p}"), MIXES),
                ],
                format!("Giving away {p} takes them from x, and {c} are left."),
            )
        }
        1 => {
            let c = q * x + p;
            (
                format!(
                    "{name} pays ${c} to rent a boat. The rent is x dollars an hour for {q} hours, and there is one extra charge of ${p}. Which equation can be used to find x?"
                ),
                format!("{q}x + {p} = {c}"),
                vec![
                    (format!("{q}(x + {p}) = {c}"), CHARGES_EACH),
                    (format!("{p}x + {q} = {c}"), SWAPPED),
                    (format!("{q}x \u{2212} {p} = {c}"), TAKES),
                    (format!("{}x = {c}", p + q), JOINS),
                ],
                format!(
                    "The hours cost {q} times x dollars, and the extra charge of {p} dollars is added once."
                ),
            )
        }
        2 => {
            let total = q * x;
            (
                format!(
                    "{name} shares {total} beads equally among {q} friends, and each friend gets x beads. Which equation is true?"
                ),
                format!("{q}x = {total}"),
                vec![
                    (
                        format!("x + {q} = {total}"),
                        slip("adds-for-multiplies", "adds where the story repeats an amount"),
                    ),
                    (
                        format!("x/{q} = {total}"),
                        slip(
                            "divides-the-unknown",
                            "divides the unknown number although it is the result of the sharing",
                        ),
                    ),
                    (format!("x \u{2212} {q} = {total}"), TAKES),
                    (format!("{total}x = {q}"), MIXES),
                ],
                format!("The {q} shares of x beads make up all {total} beads."),
            )
        }
        3 => {
            let c = q * (x - p);
            (
                format!(
                    "Each ticket to a show usually costs x dollars. {name} has a coupon that takes ${p} off every ticket, and pays ${c} for {q} tickets. Which equation can be used to find x?"
                ),
                format!("{q}(x \u{2212} {p}) = {c}"),
                vec![
                    (
                        format!("{q}x \u{2212} {p} = {c}"),
                        slip("discounts-once", "takes the discount off only once"),
                    ),
                    (format!("{q}(x + {p}) = {c}"), ADDS),
                    (format!("{p}(x \u{2212} {q}) = {c}"), SWAPPED),
                    (
                        format!("x \u{2212} {} = {c}", p * q),
                        slip("counts-one-item", "counts only one of the things that are bought"),
                    ),
                ],
                format!("With the coupon a ticket costs x − {p} dollars, and {q} of them are bought."),
            )
        }
        _ => {
            let c = x + p;
            (
                format!(
                    "{name} is x inches tall. {} older cousin is {p} inches taller and measures {c} inches. Which equation can be used to find x?",
                    if child.their == "his" { "His" } else { "Her" }
                ),
                format!("x + {p} = {c}"),
                vec![
                    (format!("x \u{2212} {p} = {c}"), TAKES),
                    (format!("{p}x = {c}"), TIMES),
                    (format!("x + {c} = {p}"), MIXES),
                    (format!("{p} \u{2212} x = {c}"), BACKWARD),
                ],
                format!("Adding {p} to x gives the cousin's height, {c}."),
            )
        }
    };
    let draft = Draft::new(stem)
        .key(words(key.clone()))
        .hint("Say the story with the letter in it: what is done to x, and what comes out?")
        .hint(match kind {
            1 => "Which amount is paid for every hour, and which only once?",
            3 => "How much does one ticket cost with the coupon? Then think of all the tickets.",
            _ => "Which number is the result? It stands alone on one side of the equation.",
        })
        .say(say)
        .say(format!("So the equation is {key}."));
    Some(wrong.into_iter().fold(draft, |draft, (text, mistake)| draft.wrong(words(text), mistake)))
}
