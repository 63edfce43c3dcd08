//! Tables of numbers that follow a rule.

use super::write::{n, slip, sum};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{int, words};
use crate::figure::Picture;
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Section::{Mathematics, Quantitative};
use crate::level::Strand;

pub const TEMPLATES: &[Template] = &[
    Template {
        id: "function-table-missing",
        skill: "algebra.functions",
        strand: Strand::Algebra,
        sections: &[Mathematics, Quantitative],
        levels: &[Lower, Middle],
        make: missing,
    },
    Template {
        id: "function-table-equation",
        skill: "algebra.functions",
        strand: Strand::Algebra,
        sections: &[Mathematics],
        levels: &[Middle, Upper],
        make: equation,
    },
    Template {
        id: "function-notation",
        skill: "algebra.functions",
        strand: Strand::Algebra,
        sections: &[Mathematics],
        levels: &[Upper],
        make: notation,
    },
];

fn table(headings: [&str; 2], rows: &[(String, String)]) -> Picture {
    let [a, b] = headings;
    let words: Vec<String> = rows
        .iter()
        .map(|(x, y)| if y == "?" { format!("{a} {x}, {b} unknown") } else { format!("{a} {x}, {b} {y}") })
        .collect();
    let description =
        format!("A table with the headings {a} and {b}. Row by row it shows {}.", words.join("; "));
    let cells: Vec<Vec<String>> = rows.iter().map(|(x, y)| vec![x.clone(), y.clone()]).collect();
    Picture::table(description, &headings, &cells)
}

fn missing(g: &mut Gen) -> Option<Draft> {
    let (a, b) = (g.by_level([1..=3, 1..=5, 2..=9, 2..=9]), g.by_level([1..=9, 0..=12, -12..=20, -12..=20]));
    let start = g.int(1..=4);
    let at = start + g.by_level([3..=4, 4..=8, 6..=15, 6..=15]);
    let headings = g.pick(&[["In", "Out"], ["Hours", "Dollars"], ["Packs", "Cards"], ["Weeks", "Inches"]]);
    if a * start + b <= 0 || (a == 1 && b == 0) || (headings[0] != "In" && (a == 1 || b < 0)) {
        return None;
    }
    let inputs = [start, start + 1, start + 2, at];
    let value = |x: i64| a * x + b;
    let rows: Vec<(String, String)> =
        inputs.iter().map(|x| (n(*x), if *x == at { "?".into() } else { n(value(*x)) })).collect();
    let last = value(start + 2);
    let stem = match headings[0] {
        "In" => format!(
            "A number machine uses the same rule for every row of the table in the figure. What number comes out when {at} goes in?"
        ),
        "Hours" => format!(
            "The table in the figure shows what it costs to rent a bike, and every row follows the same rule. How many dollars does it cost for {at} hours?"
        ),
        "Packs" => format!(
            "The table in the figure shows how many cards a player owns after opening some packs, always with the same rule. How many cards does the player own after {at} packs?"
        ),
        _ => format!(
            "The table in the figure shows the height of a plant, which grows by the same amount every week. How many inches tall is it after {at} weeks?"
        ),
    };
    let key = value(at);
    let first = value(start);
    Some(
        Draft::new(stem)
            .figure(table(headings, &rows))
            .key(int(key))
            .wrong(
                int(last + a),
                slip(
                    "takes-next-row",
                    "goes on to the next row of the table although some rows are left out",
                ),
            )
            .wrong(
                int(at + first - start),
                slip(
                    "adds-same-in-every-row",
                    "finds what is added in the first row and adds it in every row",
                ),
            )
            .wrong(
                int(a * at),
                slip(
                    "multiplies-only",
                    "multiplies and forgets the part of the rule that adds or takes away",
                ),
            )
            .wrong(
                int(first * at),
                slip("multiplies-first-output", "multiplies the first result as if it belonged to one"),
            )
            .wrong(
                int(key + a),
                slip(
                    "one-step-too-many",
                    "adds the step once for every term, even for the first one, which needs none",
                ),
            )
            .hint(
                "Look down the second column. By how much does it change when the first column goes up by 1?",
            )
            .hint(format!(
                "Count how many steps of 1 there are from {} to {at} in the first column.",
                start + 2
            ))
            .step(
                format!(
                    "Each step of 1 in the first column changes the second by {} − {} = {a}.",
                    n(value(start + 1)),
                    n(first)
                ),
                int(a),
            )
            .step(
                format!("From {} to {at} there are {} steps.", start + 2, at - start - 2),
                int(at - start - 2),
            )
            .step(format!("{} × {a} = {}.", at - start - 2, (at - start - 2) * a), int((at - start - 2) * a))
            .step(format!("{} + {} = {}.", n(last), (at - start - 2) * a, n(key)), int(key)),
    )
}

fn equation(g: &mut Gen) -> Option<Draft> {
    let upper = g.level() == Upper;
    let a = g.int(2..=7) * if upper && g.one_in(2) { -1 } else { 1 };
    let b = g.int(-9..=12);
    let start = if upper { g.int(-3..=2) } else { g.int(1..=3) };
    let step = g.int(1..=2);
    if b == 0 || a == b || b == 1 && a == 1 {
        return None;
    }
    let xs: Vec<i64> = (0..4).map(|i| start + step * i).collect();
    let value = |x: i64| a * x + b;
    let rows: Vec<(String, String)> = xs.iter().map(|x| (n(*x), n(value(*x)))).collect();
    let text = |a: i64, b: i64| words(format!("y = {}", sum(&[(a, "x"), (b, "")])));
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => "Which equation fits every row of the table in the figure?".to_owned(),
        1 => format!(
            "{} recorded the values in the table in the figure. Which equation gives y for each x?",
            child.name
        ),
        _ => "The table in the figure shows a function. Which equation describes it?".to_owned(),
    };
    let (first, second) = (value(start), value(start + step));
    let jump = second - first;
    Some(
        Draft::new(stem)
            .figure(table(["x", "y"], &rows))
            .key(text(a, b))
            .wrong(
                text(1, first - start),
                slip("tests-first-row-only", "tests the equation on the first row only"),
            )
            .wrong(
                text(a, first),
                slip("first-row-is-start", "takes the y of the first row for the number that is added"),
            )
            .wrong(
                if step == 2 { text(jump, first - jump * start) } else { text(b, a) },
                if step == 2 {
                    slip(
                        "forgets-step-of-x",
                        "takes the change of y as it is although x changes by more than one",
                    )
                } else {
                    slip(
                        "swaps-slope-and-start",
                        "exchanges the number that multiplies and the number that is added",
                    )
                },
            )
            .wrong(text(a, -b), slip("wrong-constant-sign", "gives the number that is added the wrong sign"))
            .wrong(
                text(a + 1, b - start),
                slip("tests-first-row-only", "tests the equation on the first row only"),
            )
            .hint("By how much does y change, and by how much does x change, from one row to the next?")
            .hint("The equation must be true for every row, so test your choice on the last row as well.")
            .step(
                format!(
                    "From the first row to the second, y changes by {} and x changes by {step}.",
                    n(jump)
                ),
                int(jump),
            )
            .step(
                format!("So y changes by {} for each 1 of x, which is the number in front of x.", n(a)),
                int(a),
            )
            .step(
                format!(
                    "In the first row, {} times {} is {}, and y is {}, so the number to add is {}.",
                    n(a),
                    n(start),
                    n(a * start),
                    n(first),
                    n(b)
                ),
                int(b),
            ),
    )
}

fn notation(g: &mut Gen) -> Option<Draft> {
    let (a, b) = (g.int(2..=6), g.int(1..=12));
    let x = g.int(-6..=6);
    let (kind, name) = (g.int(0..=2), g.pick(&["f", "g", "h"]));
    if x.abs() < 2 {
        return None;
    }
    let (rule, aloud, key) = match kind {
        0 => {
            (format!("x² \u{2212} {a}x + {b}"), format!("x squared minus {a} x plus {b}"), x * x - a * x + b)
        }
        1 => (format!("{a}x² \u{2212} {b}"), format!("{a} x squared minus {b}"), a * x * x - b),
        _ => (format!("{b} \u{2212} {a}x"), format!("{b} minus {a} x"), b - a * x),
    };
    let (ask, ask_aloud) = (
        format!("{name}({})", n(x)),
        format!("{name} of {}", if x < 0 { format!("negative {}", -x) } else { x.to_string() }),
    );
    let (stem, spoken) = match g.int(0..=2) {
        0 => (
            format!("If {name}(x) = {rule}, what is {ask}?"),
            format!("If {name} of x equals {aloud}, what is {ask_aloud}?"),
        ),
        1 => (
            format!("A function is given by {name}(x) = {rule}. What is the value of {ask}?"),
            format!("A function is given by {name} of x equals {aloud}. What is the value of {ask_aloud}?"),
        ),
        _ => (
            format!("For the function {name}(x) = {rule}, which number is equal to {ask}?"),
            format!("For the function {name} of x equals {aloud}, which number is equal to {ask_aloud}?"),
        ),
    };
    let wrong = match kind {
        0 => vec![
            (
                -x * x - a * x + b,
                slip("square-keeps-minus", "keeps the minus sign when squaring a negative number"),
            ),
            (
                x * x + a * x + b,
                slip("minus-times-negative", "forgets that taking away a negative number adds"),
            ),
            (
                x * x - a - x + b,
                slip(
                    "adds-coefficient",
                    "adds the number in front of the letter instead of multiplying by it",
                ),
            ),
            (2 * x - a * x + b, slip("doubles-for-squares", "doubles a number instead of squaring it")),
            (
                x * x - a * x - b,
                slip("subtracts-for-adds-number", "subtracts the number that should be added"),
            ),
        ],
        1 => vec![
            (
                a * a * x * x - b,
                slip("squares-the-coefficient", "multiplies first and then squares all of it"),
            ),
            (
                -a * x * x - b,
                slip("square-keeps-minus", "keeps the minus sign when squaring a negative number"),
            ),
            (2 * a * x - b, slip("doubles-for-squares", "doubles a number instead of squaring it")),
            (a * x * x + b, slip("adds-for-subtracts-number", "adds the number that should be subtracted")),
        ],
        _ => vec![
            (b + a * x, slip("minus-times-negative", "forgets that taking away a negative number adds")),
            ((b - a) * x, slip("subtracts-before-multiplying", "subtracts before multiplying")),
            (
                b - a - x,
                slip(
                    "adds-coefficient",
                    "adds the number in front of the letter instead of multiplying by it",
                ),
            ),
            (a * x - b, slip("subtracts-backward", "subtracts the first amount from the second")),
        ],
    };
    let put = super::write::wrapped(x);
    let about_minus = ["square-keeps-minus", "minus-times-negative"];
    let wrong = wrong.into_iter().filter(|(_, mistake)| x < 0 || !about_minus.contains(&mistake.id));
    let draft = wrong.fold(Draft::new(stem).spoken(spoken).key(int(key)), |draft, (value, mistake)| {
        draft.wrong(int(value), mistake)
    });
    let draft = draft
        .hint("The number in the parentheses takes the place of x everywhere in the rule.")
        .hint(if kind == 2 {
            "Multiply first, then subtract. Taking away a negative number adds."
        } else {
            "Do the square first. A negative number squared is positive."
        });
    Some(match kind {
        0 => draft
            .step(format!("{put}² = {}.", x * x), int(x * x))
            .step(format!("{a} × {put} = {}.", n(a * x)), int(a * x))
            .step(format!("{} − {} + {b} = {}.", x * x, super::write::wrapped(a * x), n(key)), int(key)),
        1 => draft
            .step(format!("{put}² = {}.", x * x), int(x * x))
            .step(format!("{a} × {} = {}.", x * x, a * x * x), int(a * x * x))
            .step(format!("{} − {b} = {}.", a * x * x, n(key)), int(key)),
        _ => draft
            .step(format!("{a} × {put} = {}.", n(a * x)), int(a * x))
            .step(format!("{b} − {} = {}.", super::write::wrapped(a * x), n(key)), int(key)),
    })
}
