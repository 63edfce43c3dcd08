//! The values of expressions.

use super::write::{Mistakes, n, raised, slip, sum, wrapped};
use crate::draft::{Draft, Gen, Template};
use crate::exact::int;
use crate::item::Misconception;
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Section::{Mathematics, Quantitative};
use crate::level::Strand;
use crate::speech;

pub const TEMPLATES: &[Template] = &[
    Template {
        id: "evaluate-expression",
        skill: "algebra.evaluate",
        strand: Strand::Algebra,
        sections: &[Mathematics],
        levels: &[Lower, Middle, Upper],
        make: evaluate,
    },
    Template {
        id: "evaluate-two-letters",
        skill: "algebra.evaluate",
        strand: Strand::Algebra,
        sections: &[Mathematics],
        levels: &[Middle, Upper],
        make: two_letters,
    },
    Template {
        id: "defined-operation",
        skill: "algebra.evaluate",
        strand: Strand::Algebra,
        sections: &[Quantitative, Mathematics],
        levels: &[Lower, Middle, Upper],
        make: defined_operation,
    },
];

pub const WHOLE_SUM: Misconception =
    slip("multiplies-the-whole-sum", "multiplies both parts although only one of them is multiplied");
pub const ONE_PART: Misconception =
    slip("multiplies-one-part", "multiplies or divides only one part of a sum that stands together");
const DROPS_SIGN: Misconception = slip("drops-negative-sign", "drops the minus sign of a negative number");
const ADDS_FACTOR: Misconception =
    slip("adds-coefficient", "adds the number in front of the letter instead of multiplying by it");
const DIGITS: Misconception =
    slip("joins-digits", "writes the number next to the letter as a digit instead of multiplying");
/// Mistakes that only a negative number invites.
const ABOUT_MINUS: [&str; 2] = ["square-keeps-minus", "minus-times-negative"];

fn evaluate(g: &mut Gen) -> Option<Draft> {
    let level = g.level();
    let (a, b) = (g.by_level([2..=5, 2..=9, 2..=9, 2..=9]), g.by_level([1..=9, 2..=30, 3..=25, 2..=12]));
    let x = if level == Lower { g.int(2..=12) } else { g.int(2..=9) * if g.one_in(3) { 1 } else { -1 } };
    let kind = match level {
        Lower => g.int(0..=2),
        Middle => g.int(1..=4),
        _ => g.int(3..=5),
    };
    let ax = a * x;
    let square = format!("{}²", wrapped(x));
    let (text, key, wrong, steps): (String, i64, Mistakes<i64>, Vec<(String, i64)>) = match kind {
        0 => (
            sum(&[(a, "x"), (b, "")]),
            ax + b,
            vec![
                (a * if x < 10 { 10 } else { 100 } + x + b, DIGITS),
                (a + x + b, ADDS_FACTOR),
                (a * (x + b), WHOLE_SUM),
                (ax, slip("drops-the-constant", "forgets the number that stands without a letter")),
            ],
            vec![(format!("{a} × {x} = {ax}."), ax), (format!("{ax} + {b} = {}.", ax + b), ax + b)],
        ),
        1 => (
            sum(&[(a, "x"), (-b, "")]),
            ax - b,
            vec![
                (a * x.abs() - b, DROPS_SIGN),
                (ax + b, slip("adds-for-subtracts-number", "adds the number that should be subtracted")),
                (a + x - b, ADDS_FACTOR),
                (a * (x - b), WHOLE_SUM),
                (b - ax, slip("subtracts-backward", "subtracts the first amount from the second")),
            ],
            vec![
                (format!("{a} × {} = {}.", wrapped(x), n(ax)), ax),
                (format!("{} − {b} = {}.", n(ax), n(ax - b)), ax - b),
            ],
        ),
        2 => (
            format!("{a}(x + {b})"),
            a * (x + b),
            vec![
                (ax + b, ONE_PART),
                (a + x + b, ADDS_FACTOR),
                (a * (x.abs() + b), DROPS_SIGN),
                (x + a * b, ONE_PART),
            ],
            vec![
                (format!("In the parentheses: {} + {b} = {}.", n(x), n(x + b)), x + b),
                (format!("{a} × {} = {}.", wrapped(x + b), n(a * (x + b))), a * (x + b)),
            ],
        ),
        3 => (
            format!("{b} \u{2212} {a}x"),
            b - ax,
            vec![
                (b + ax, slip("minus-times-negative", "forgets that taking away a negative number adds")),
                ((b - a) * x, slip("subtracts-before-multiplying", "subtracts before multiplying")),
                (b - a * x.abs(), DROPS_SIGN),
                (b - a - x, ADDS_FACTOR),
                (ax - b, slip("subtracts-backward", "subtracts the first amount from the second")),
            ],
            vec![
                (format!("{a} × {} = {}.", wrapped(x), n(ax)), ax),
                (format!("{b} − {} = {}.", wrapped(ax), n(b - ax)), b - ax),
            ],
        ),
        4 => (
            sum(&[(a, "x²"), (-b, "")]),
            a * x * x - b,
            vec![
                (
                    a * a * x * x - b,
                    slip("squares-the-coefficient", "multiplies first and then squares all of it"),
                ),
                (a * 2 * x - b, slip("doubles-for-squares", "doubles a number instead of squaring it")),
                (
                    -a * x * x - b,
                    slip("square-keeps-minus", "keeps the minus sign when squaring a negative number"),
                ),
                (
                    a * x * x + b,
                    slip("adds-for-subtracts-number", "adds the number that should be subtracted"),
                ),
            ],
            vec![
                (format!("{square} = {}.", x * x), x * x),
                (format!("{a} × {} = {}.", x * x, a * x * x), a * x * x),
                (format!("{} − {b} = {}.", a * x * x, n(a * x * x - b)), a * x * x - b),
            ],
        ),
        _ => (
            sum(&[(1, "x²"), (-a, "x"), (b, "")]),
            x * x - ax + b,
            vec![
                (
                    x * x + ax + b,
                    slip("minus-times-negative", "forgets that taking away a negative number adds"),
                ),
                (
                    -x * x - ax + b,
                    slip("square-keeps-minus", "keeps the minus sign when squaring a negative number"),
                ),
                (2 * x - ax + b, slip("doubles-for-squares", "doubles a number instead of squaring it")),
                (x * x - a - x + b, ADDS_FACTOR),
                (
                    x * x - ax - b,
                    slip("subtracts-for-adds-number", "subtracts the number that should be added"),
                ),
            ],
            vec![
                (format!("{square} = {}.", x * x), x * x),
                (format!("{a} × {} = {}.", wrapped(x), n(ax)), ax),
                (format!("{} − {} + {b} = {}.", x * x, wrapped(ax), n(x * x - ax + b)), x * x - ax + b),
            ],
        ),
    };
    if key < 0 && level == Lower {
        return None;
    }
    let stem = match g.int(0..=3) {
        0 if x > 0 && key > 0 && kind < 2 => format!(
            "The cost, in dollars, of renting x kayaks is {text}. How much, in dollars, does it cost to rent {x} kayaks?"
        ),
        0 | 1 => format!("If x = {}, what is the value of {text}?", n(x)),
        2 => format!("What is the value of {text} when x = {}?", n(x)),
        _ => format!(
            "{} puts {} in the place of x in the expression {text}. What value does the expression take?",
            g.child().name,
            n(x)
        ),
    };
    let mut draft = Draft::new(stem)
        .key(int(key))
        .hint("Write the expression again with the number in the place of the letter. A number next to a letter multiplies it.")
        .hint(match kind {
            2 => "Work inside the parentheses first.",
            4 | 5 => "Do the square first, then multiply, and add or subtract last.",
            _ => "Multiply first. Add or subtract after that.",
        });
    for (value, mistake) in wrong {
        // Young children have met no negative numbers yet, and a positive number has no minus sign to lose.
        if (value >= 0 || level != Lower) && (x < 0 || !ABOUT_MINUS.contains(&mistake.id)) {
            draft = draft.wrong(int(value), mistake);
        }
    }
    Some(steps.into_iter().fold(draft, |draft, (text, value)| draft.step(text, int(value))))
}

fn two_letters(g: &mut Gen) -> Option<Draft> {
    let (a, b) = (g.int(2..=6), g.int(2..=6));
    let (x, y) = (g.int(2..=9) * if g.one_in(2) { -1 } else { 1 }, -g.int(2..=8));
    let kind = if g.level() == Middle { g.int(0..=2) } else { g.int(1..=4) };
    let (text, key, wrong, steps): (String, i64, Mistakes<i64>, Vec<(String, i64)>) = match kind {
        0 => (
            format!("{a}x \u{2212} {b}y"),
            a * x - b * y,
            vec![
                (
                    a * x + b * y,
                    slip("minus-times-negative", "forgets that taking away a negative number adds"),
                ),
                (
                    a * y - b * x,
                    slip("swaps-the-letters", "puts each number in the place of the other letter"),
                ),
                (a * x.abs() - b * y.abs(), DROPS_SIGN),
                (a + x - b - y, ADDS_FACTOR),
                (a * x.abs() + b * y.abs(), DROPS_SIGN),
            ],
            vec![
                (format!("{a} × {} = {}.", wrapped(x), n(a * x)), a * x),
                (format!("{b} × {} = {}.", wrapped(y), n(b * y)), b * y),
                (format!("{} − {} = {}.", n(a * x), wrapped(b * y), n(a * x - b * y)), a * x - b * y),
            ],
        ),
        1 => (
            format!("{a}xy + {b}"),
            a * x * y + b,
            vec![
                (
                    -a * x * y + b,
                    slip("wrong-product-sign", "gives a product of signed numbers the wrong sign"),
                ),
                (
                    a * (x + y) + b,
                    slip(
                        "adds-neighboring-letters",
                        "adds letters that stand side by side instead of multiplying them",
                    ),
                ),
                (
                    a * x * y - b,
                    slip("subtracts-for-adds-number", "subtracts the number that should be added"),
                ),
                (a * (x * y + b), WHOLE_SUM),
            ],
            vec![
                (format!("{} × {} = {}.", wrapped(x), wrapped(y), n(x * y)), x * y),
                (format!("{a} × {} = {}.", wrapped(x * y), n(a * x * y)), a * x * y),
                (format!("{} + {b} = {}.", n(a * x * y), n(a * x * y + b)), a * x * y + b),
            ],
        ),
        2 => (
            format!("{a}(x \u{2212} y)"),
            a * (x - y),
            vec![
                (
                    a * (x + y),
                    slip("minus-times-negative", "forgets that taking away a negative number adds"),
                ),
                (a * x - y, ONE_PART),
                (a * (y - x), slip("subtracts-backward", "subtracts the first amount from the second")),
                (a * x + y, ONE_PART),
                (a + x - y, ADDS_FACTOR),
            ],
            vec![
                (format!("In the parentheses: {} − {} = {}.", n(x), wrapped(y), n(x - y)), x - y),
                (format!("{a} × {} = {}.", wrapped(x - y), n(a * (x - y))), a * (x - y)),
            ],
        ),
        3 => (
            format!("x{} \u{2212} {b}y", raised(2)),
            x * x - b * y,
            vec![
                (
                    x * x + b * y,
                    slip("minus-times-negative", "forgets that taking away a negative number adds"),
                ),
                (
                    -x * x - b * y,
                    slip("square-keeps-minus", "keeps the minus sign when squaring a negative number"),
                ),
                (2 * x - b * y, slip("doubles-for-squares", "doubles a number instead of squaring it")),
                (
                    y * y - b * x,
                    slip("swaps-the-letters", "puts each number in the place of the other letter"),
                ),
            ],
            vec![
                (format!("{}² = {}.", wrapped(x), x * x), x * x),
                (format!("{b} × {} = {}.", wrapped(y), n(b * y)), b * y),
                (format!("{} − {} = {}.", x * x, wrapped(b * y), n(x * x - b * y)), x * x - b * y),
            ],
        ),
        _ => (
            format!("(x + y)² \u{2212} {b}"),
            (x + y) * (x + y) - b,
            vec![
                (
                    x * x + y * y - b,
                    slip("squares-each-part", "squares each part of a sum instead of the whole sum"),
                ),
                ((x.abs() + y.abs()).pow(2) - b, DROPS_SIGN),
                (2 * (x + y) - b, slip("doubles-for-squares", "doubles a number instead of squaring it")),
                (
                    (x + y).pow(2) + b,
                    slip("adds-for-subtracts-number", "adds the number that should be subtracted"),
                ),
                (
                    -(x + y).pow(2) - b,
                    slip("square-keeps-minus", "keeps the minus sign when squaring a negative number"),
                ),
            ],
            vec![
                (format!("{} + {} = {}.", n(x), wrapped(y), n(x + y)), x + y),
                (format!("{}² = {}.", wrapped(x + y), (x + y).pow(2)), (x + y).pow(2)),
                (format!("{} − {b} = {}.", (x + y).pow(2), n((x + y).pow(2) - b)), (x + y).pow(2) - b),
            ],
        ),
    };
    let stem = match g.int(0..=2) {
        0 => format!("If x = {} and y = {}, what is the value of {text}?", n(x), n(y)),
        1 => format!("What is the value of {text} when x = {} and y = {}?", n(x), n(y)),
        _ => format!(
            "In the expression {text}, x stands for {} and y stands for {}. What is its value?",
            n(x),
            n(y)
        ),
    };
    let draft = Draft::new(stem)
        .key(int(key))
        .hint("Write the expression again with each number in the place of its letter, and put negative numbers in parentheses.")
        .hint("Watch the signs: the product of two negative numbers is positive, and taking away a negative number is the same as adding.");
    let squared = if kind == 4 { x + y } else { x };
    let wrong = wrong.into_iter().filter(|(_, mistake)| squared < 0 || mistake.id != ABOUT_MINUS[0]);
    let draft = wrong.fold(draft, |draft, (value, mistake)| draft.wrong(int(value), mistake));
    Some(steps.into_iter().fold(draft, |draft, (text, value)| draft.step(text, int(value))))
}

fn defined_operation(g: &mut Gen) -> Option<Draft> {
    let level = g.level();
    let (sign, name) = g.pick(&[("★", "star"), ("◆", "diamond"), ("●", "dot")]);
    let (a, b) = g.two(2..=if level == Lower { 6 } else { 9 });
    let (p, q) = g.two(if level == Lower { 1..=10 } else { -9..=9 });
    if p == 0 || q == 0 || (level != Lower && p > 0 && q > 0) {
        return None;
    }
    let kind = match level {
        Lower => g.int(0..=1),
        Middle => g.int(1..=2),
        _ => g.int(1..=3),
    };
    let rule = |x: i64, y: i64| match kind {
        0 => a * x + b * y,
        1 => a * x - b * y,
        2 => x * y - a * y,
        _ => x * x - a * y,
    };
    let (first, second, left, right) = match kind {
        0 => (format!("{a}x"), format!("+ {b}y"), a * p, b * q),
        1 => (format!("{a}x"), format!("\u{2212} {b}y"), a * p, b * q),
        2 => ("xy".into(), format!("\u{2212} {a}y"), p * q, a * q),
        _ => ("x²".into(), format!("\u{2212} {a}y"), p * p, a * q),
    };
    let key = rule(p, q);
    let (ps, qs) = (n(p), n(q));
    let stem = match g.int(0..=2) {
        0 => format!(
            "For all numbers x and y, x {sign} y = {first} {second}. What is the value of {ps} {sign} {}?",
            wrapped(q)
        ),
        1 => format!(
            "The operation {sign} is defined by x {sign} y = {first} {second}. What is {ps} {sign} {}?",
            wrapped(q)
        ),
        _ => format!(
            "A special calculator has a key {sign}, and it works like this: x {sign} y = {first} {second}. What does the calculator show for {ps} {sign} {}?",
            wrapped(q)
        ),
    };
    let mut wrong = vec![
        (rule(q, p), slip("swaps-operation-order", "puts the second number in the first place")),
        (
            if kind == 0 { left - right } else { left + right },
            slip("wrong-middle-sign", "adds where the rule subtracts, or subtracts where it adds"),
        ),
    ];
    wrong.push(match kind {
        0 => (a + p + b + q, ADDS_FACTOR),
        1 => (a + p - b - q, ADDS_FACTOR),
        2 => (
            p + q - a * q,
            slip(
                "adds-neighboring-letters",
                "adds letters that stand side by side instead of multiplying them",
            ),
        ),
        _ => (2 * p - a * q, slip("doubles-for-squares", "doubles a number instead of squaring it")),
    });
    wrong.push((p * q, slip("takes-symbol-as-times", "treats the new symbol as a times sign")));
    wrong.push((p + q, slip("takes-symbol-as-plus", "treats the new symbol as a plus sign")));
    if level == Lower && key < 0 {
        return None;
    }
    let spoken = speech::stem(&stem.replace(sign, name));
    let mut draft = Draft::new(stem)
        .spoken(spoken)
        .key(int(key))
        .hint(format!(
            "The rule tells you what to do: put {ps} in the place of x and {qs} in the place of y."
        ))
        .hint(if kind < 2 {
            "Multiply first, one letter at a time. Then put the two results together."
        } else {
            "Work out each of the two terms by itself. Then put them together."
        });
    for (value, mistake) in wrong {
        if value >= 0 || level != Lower {
            draft = draft.wrong(int(value), mistake);
        }
    }
    let put = match kind {
        0 | 1 => format!("The first part is {a} × {} = {}.", wrapped(p), n(left)),
        2 => format!("The first part is {} × {} = {}.", wrapped(p), wrapped(q), n(left)),
        _ => format!("The first part is {}² = {}.", wrapped(p), n(left)),
    };
    let times = if kind < 2 { b } else { a };
    let operator = if kind == 0 { "+" } else { "−" };
    Some(
        draft
            .say(format!("Put x = {ps} and y = {qs} into {first} {second}."))
            .step(put, int(left))
            .step(format!("The second part is {times} × {} = {}.", wrapped(q), n(right)), int(right))
            .step(format!("{} {operator} {} = {}.", n(left), wrapped(right), n(key)), int(key)),
    )
}
