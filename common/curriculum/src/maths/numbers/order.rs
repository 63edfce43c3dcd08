//! The order of operations.

use super::{ALL, MATHS, MIDDLE_UPPER, OPEN_NUMBERS, REASONING, kind, lures, n, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, Value, int};
use crate::item::Misconception;
use crate::level::Level;
use crate::speech;

pub const TEMPLATES: &[Template] = &[
    kind("order-of-operations", "numbers.order-of-operations", MATHS, ALL, evaluate),
    kind("compare-expressions", "numbers.order-of-operations", REASONING, MIDDLE_UPPER, compare),
];

const LEFT_TO_RIGHT: Misconception = slip("works-left-to-right", "works strictly from left to right");
const ADDS_FIRST: Misconception =
    slip("adds-before-multiplying", "adds or subtracts before multiplying or dividing");
const ALL_SUMS_FIRST: Misconception =
    slip("every-sum-first", "does every addition and subtraction first and multiplies last");
const SUM_THEN_SUBTRACT: Misconception =
    slip("adds-before-subtracting", "adds before subtracting instead of working from left to right");
const SIGN_LOST: Misconception = slip(
    "swaps-plus-and-minus",
    "adds the number that should be taken away and takes away the one to be added",
);
const IGNORES_PARENTHESES: Misconception =
    slip("ignores-parentheses", "works as if the parentheses were not there");
const MULTIPLIES_FIRST: Misconception =
    slip("multiplies-before-dividing", "multiplies before dividing instead of working from left to right");
const EXPONENT_FACTOR: Misconception = slip("exponent-as-factor", "multiplies the base by the exponent");
const POWER_OF_PRODUCT: Misconception =
    slip("squares-the-product", "multiplies first and then squares the whole product");
const SQUARES_TERMS: Misconception =
    slip("squares-each-term", "squares each number in the parentheses before subtracting");
const SIGN_OF_DIFFERENCE: Misconception =
    slip("loses-negative-difference", "takes a negative difference for a positive one");

/// An expression as it is said: parentheses as "the quantity".
pub fn aloud(expression: &str) -> String {
    let said = expression.replace('(', "the quantity ").replace(')', ",");
    speech::phrase(said.trim_end_matches(','))
}

fn whole_or_nothing(a: i64, b: i64) -> Value {
    int(if b != 0 && a % b == 0 { Q::new(a, b) } else { Q(None) })
}

/// Wrong values, each with the mistake that leads to it.
type Wrong = Vec<(Value, Misconception)>;

fn evaluate(g: &mut Gen) -> Option<Draft> {
    let forms = g.by_level([0..=2, 0..=3, 0..=5, 2..=6]);
    let small = |g: &mut Gen| g.int(2..=9);
    let (a, b, c, d) = (small(g), small(g), small(g), small(g));
    let (text, key, wrong, steps): (String, i64, Wrong, Vec<(String, i64)>) = match forms {
        0 => {
            let a = a + 5;
            let product = b * c;
            (
                format!("{a} + {b} × {c} − {d}"),
                a + product - d,
                vec![
                    (int((a + b) * c - d), LEFT_TO_RIGHT),
                    (int((a + b) * (c - d)), ALL_SUMS_FIRST),
                    (int(a + b * (c - d)), ADDS_FIRST),
                    (int(a - product + d), SIGN_LOST),
                ],
                vec![
                    (format!("Multiply first: {b} × {c} = {product}."), product),
                    (
                        format!("Then work from left to right: {a} + {product} = {}.", a + product),
                        a + product,
                    ),
                    (format!("{} − {d} = {}.", a + product, a + product - d), a + product - d),
                ],
            )
        }
        1 => {
            let (top, a) = (b * c, b * c + c * d);
            (
                format!("{a} − {top} ÷ {c} + {d}"),
                a - b + d,
                vec![
                    (int((a - top) / c + d), LEFT_TO_RIGHT),
                    (int(a - (b + d)), SUM_THEN_SUBTRACT),
                    (int(a + b - d), SIGN_LOST),
                    (whole_or_nothing(a - top, c + d), ALL_SUMS_FIRST),
                ],
                vec![
                    (format!("Divide first: {top} ÷ {c} = {b}."), b),
                    (format!("Then work from left to right: {a} − {b} = {}.", a - b), a - b),
                    (format!("{} + {d} = {}.", a - b, a - b + d), a - b + d),
                ],
            )
        }
        2 => {
            let b = b + c;
            let inner = b - c;
            (
                format!("{a} × ({b} − {c}) + {d}"),
                a * inner + d,
                vec![
                    (int(a * b - c + d), IGNORES_PARENTHESES),
                    (int(a * (inner + d)), ADDS_FIRST),
                    (
                        int(a * inner),
                        slip("stops-before-last-addition", "stops before the last number is added"),
                    ),
                    (
                        int(a * (b + c) + d),
                        slip("adds-in-parentheses", "adds in the parentheses where it should subtract"),
                    ),
                ],
                vec![
                    (format!("Begin in the parentheses: {b} − {c} = {inner}."), inner),
                    (format!("Then multiply: {a} × {inner} = {}.", a * inner), a * inner),
                    (format!("{} + {d} = {}.", a * inner, a * inner + d), a * inner + d),
                ],
            )
        }
        3 => {
            let top = b * c * a;
            let divided = top / b;
            (
                format!("{d} + {top} ÷ {b} × {c}"),
                d + divided * c,
                vec![
                    (int(d + a), MULTIPLIES_FIRST),
                    (int((d + divided) * c), ADDS_FIRST),
                    (whole_or_nothing((d + top) * c, b), LEFT_TO_RIGHT),
                    (whole_or_nothing(d + top, b * c), ALL_SUMS_FIRST),
                    (int(d + top * c), slip("skips-division", "leaves the division out")),
                ],
                vec![
                    (
                        format!(
                            "Divide first, because it comes before the multiplication: {top} ÷ {b} = {divided}."
                        ),
                        divided,
                    ),
                    (format!("Then multiply: {divided} × {c} = {}.", divided * c), divided * c),
                    (format!("Then add: {d} + {} = {}.", divided * c, d + divided * c), d + divided * c),
                ],
            )
        }
        4 => {
            let b = b.min(6);
            (
                format!("{a} + {b}² × {c}"),
                a + b * b * c,
                vec![
                    (int(a + 2 * b * c), EXPONENT_FACTOR),
                    (int((a + b * b) * c), ADDS_FIRST),
                    (int(a + b * b * c * c), POWER_OF_PRODUCT),
                    (int((a + b) * (a + b) * c), LEFT_TO_RIGHT),
                ],
                vec![
                    (format!("The exponent comes first: {b}² = {}.", b * b), b * b),
                    (format!("Then multiply: {} × {c} = {}.", b * b, b * b * c), b * b * c),
                    (format!("Then add: {a} + {} = {}.", b * b * c, a + b * b * c), a + b * b * c),
                ],
            )
        }
        5 => {
            let a = a + b + 2;
            let inner = a - b;
            let square = inner * inner;
            (
                format!("({a} − {b})² − {c} × {d}"),
                square - c * d,
                vec![
                    (int(a * a - b * b - c * d), SQUARES_TERMS),
                    (int(2 * inner - c * d), EXPONENT_FACTOR),
                    (int((square - c) * d), LEFT_TO_RIGHT),
                    (int(a - b * b - c * d), IGNORES_PARENTHESES),
                ],
                vec![
                    (format!("Begin in the parentheses: {a} − {b} = {inner}."), inner),
                    (format!("Square it: {inner}² = {square}."), square),
                    (format!("Multiply: {c} × {d} = {}.", c * d), c * d),
                    (format!("Then subtract: {square} − {} = {}.", c * d, n(square - c * d)), square - c * d),
                ],
            )
        }
        _ => {
            let (d, a) = (c + d, a + 4);
            let inner = c - d;
            (
                format!("{a} − {b} × ({c} − {d}) ÷ 2"),
                a - b * inner / 2,
                vec![
                    (int(a + b * inner / 2), SIGN_OF_DIFFERENCE),
                    (whole_or_nothing((a - b) * inner, 2), LEFT_TO_RIGHT),
                    (whole_or_nothing(2 * a - 2 * b * c - d, 2), IGNORES_PARENTHESES),
                    (whole_or_nothing(a - b * inner, 2), ADDS_FIRST),
                    (int(a - b * inner), slip("skips-division", "leaves the division out")),
                ],
                vec![
                    (format!("Begin in the parentheses: {c} − {d} = {}.", n(inner)), inner),
                    (format!("Multiply: {b} × ({}) = {}.", n(inner), n(b * inner)), b * inner),
                    (format!("Divide: {} ÷ 2 = {}.", n(b * inner), n(b * inner / 2)), b * inner / 2),
                    (
                        format!(
                            "Subtracting {} is adding {}: the result is {}.",
                            n(b * inner / 2),
                            -b * inner / 2,
                            a - b * inner / 2
                        ),
                        a - b * inner / 2,
                    ),
                ],
            )
        }
    };
    // Whole steps, and nothing below zero for the younger ones.
    if (forms == 3 && b == c) || (forms == 6 && b * d % 2 != 0) || (key < 0 && g.level() != Level::Upper) {
        return None;
    }
    let child = g.child();
    let before = match g.int(0..=3) {
        0 => "What is the value of ".to_owned(),
        1 => "Using the order of operations, what number is equal to ".to_owned(),
        2 => format!("{} has to evaluate an expression. What is the value of ", child.name),
        _ => "Which number is the result of ".to_owned(),
    };
    let mut draft =
        Draft::new(format!("{before}{text}?")).spoken(format!("{before}{}?", aloud(&text))).key(int(key));
    for (value, mistake) in wrong {
        // A younger child does not expect a negative number.
        if g.level() != Level::Lower || !value.text.starts_with('\u{2212}') {
            draft = draft.wrong(value, mistake);
        }
    }
    draft = draft
        .hint("Not every operation is done in the order in which it is written. Which one goes first here?")
        .hint(match forms {
            2 => "Work inside the parentheses first, then multiply, then add.",
            5 => "Parentheses first, then the exponent, then the multiplication, and the subtraction last.",
            4 => "The exponent belongs only to the number right before it. After it comes the multiplication.",
            6 => "Parentheses first. Watch the sign of that difference.",
            3 => "Multiplication and division have the same rank: do them from left to right, before the addition.",
            _ => "Multiply or divide before you add or subtract.",
        });
    for (text, value) in steps {
        draft = draft.step(text, int(value));
    }
    Some(draft)
}

const BY_LOOKS: Misconception =
    slip("judges-expression-by-looks", "judges expressions by how they look without working them out");
const SAME_NUMBERS_EQUAL: Misconception =
    slip("same-numbers-same-value", "thinks that the same numbers and signs always give the same value");

fn compare(g: &mut Gen) -> Option<Draft> {
    let top = g.by_level([5..=5, 9..=9, 12..=12, 15..=15]);
    let (a, b, c) = (g.int(2..=top), g.int(2..=top), g.int(2..=top));
    let big = a + b + c + g.int(2..=20);
    let (left, right): ((String, i64), (String, i64)) = match g.int(0..=5) {
        0 => ((format!("{a} + {b} × {c}"), a + b * c), (format!("({a} + {b}) × {c}"), (a + b) * c)),
        1 => ((format!("{a} × ({b} + {c})"), a * (b + c)), (format!("{a} × {b} + {a} × {c}"), a * b + a * c)),
        2 => ((format!("{big} − {a} − {b}"), big - a - b), (format!("{big} − ({a} − {b})"), big - (a - b))),
        3 => ((format!("{big} − ({a} + {b})"), big - a - b), (format!("{big} − {a} − {b}"), big - a - b)),
        4 => ((format!("({a} + {b})²"), (a + b) * (a + b)), (format!("{a}² + {b}²"), a * a + b * b)),
        _ => (
            (format!("{} ÷ {a} × {b}", n(a * b * c)), c * b * b),
            (format!("{} ÷ ({a} × {b})", n(a * b * c)), c),
        ),
    };
    let swap = g.one_in(2);
    let (left, right) = if swap { (right, left) } else { (left, right) };
    let answer = match left.1.cmp(&right.1) {
        std::cmp::Ordering::Greater => 0,
        std::cmp::Ordering::Less => 1,
        std::cmp::Ordering::Equal => 2,
    };
    let mistakes = lures(answer, [BY_LOOKS; 2], SAME_NUMBERS_EQUAL, OPEN_NUMBERS);
    let spoken = format!("Column A is {}. Column B is {}.", aloud(&left.0), aloud(&right.0));
    Some(
        Draft::comparison("", &left.0, &right.0, answer, mistakes)
            .spoken(spoken)
            .hint("Look at the parentheses. Which operation is done first on each side?")
            .hint("Parentheses come first of all, then exponents, then multiplying and dividing, then adding and subtracting.")
            .step(format!("Column A: {} = {}.", left.0, n(left.1)), int(left.1))
            .step(format!("Column B: {} = {}.", right.0, n(right.1)), int(right.1))
            .say(match answer {
                0 => "So the quantity in Column A is greater.",
                1 => "So the quantity in Column B is greater.",
                _ => "So the two are equal.",
            }),
    )
}
