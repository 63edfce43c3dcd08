//! Expressions written more simply: like terms, parentheses, products of sums.

use super::write::{n, signed, slip, sum};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Value, words};
use crate::item::Misconception;
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Section::{Mathematics, Quantitative};
use crate::level::Strand;

pub const TEMPLATES: &[Template] = &[
    Template {
        id: "combine-like-terms",
        skill: "algebra.simplify",
        strand: Strand::Algebra,
        sections: &[Mathematics],
        levels: &[Middle, Upper],
        make: combine,
    },
    Template {
        id: "distributive-property",
        skill: "algebra.simplify",
        strand: Strand::Algebra,
        sections: &[Mathematics, Quantitative],
        levels: &[Lower, Middle],
        make: distribute,
    },
    Template {
        id: "distribute-and-combine",
        skill: "algebra.simplify",
        strand: Strand::Algebra,
        sections: &[Mathematics],
        levels: &[Middle, Upper],
        make: distribute_and_combine,
    },
    Template {
        id: "multiply-two-sums",
        skill: "algebra.quadratics",
        strand: Strand::Algebra,
        sections: &[Mathematics],
        levels: &[Upper],
        make: multiply_sums,
    },
];

const FIRST_ONLY: Misconception =
    slip("distributes-to-first-only", "multiplies only the first number in the parentheses");
const SECOND_ONLY: Misconception =
    slip("distributes-to-second-only", "multiplies only the second number in the parentheses");
const JOINS_ALL: Misconception =
    slip("joins-all-terms", "puts all the terms into one, although they are of different kinds");
const LOSES_MINUS: Misconception =
    slip("loses-minus-of-term", "adds a term that has a minus sign in front of it");
const JOINS_NEIGHBORS: Misconception =
    slip("joins-neighbors", "joins the terms that stand next to each other, of whatever kind they are");

fn said(terms: &[(i64, &str)]) -> Value {
    words(sum(terms))
}

fn combine(g: &mut Gen) -> Option<Draft> {
    let (a, b, c, d) = (g.int(3..=12), g.int(2..=9), g.int(2..=9), g.int(2..=9));
    let (one, two) = if g.level() == Middle {
        g.pick(&[("x", "y"), ("x", ""), ("y", "")])
    } else {
        g.pick(&[("x²", "x"), ("x", "y"), ("x²", "")])
    };
    let story = two.is_empty() && g.one_in(3);
    let (c, d) = if story { (c, d) } else { (-c, if g.one_in(2) { d } else { -d }) };
    let text = sum(&[(a, one), (b, two), (c, one), (d, two)]);
    let (p, q) = (a + c, b + d);
    if p == 0 || q == 0 || p + q == 0 {
        return None;
    }
    let stem = if story {
        let shape = g.pick(&["rope", "ribbon", "board"]);
        format!(
            "One {shape} is {} feet long, and another {shape} is {} feet long. Which expression shows how many feet long the two are together?",
            sum(&[(a, one), (b, two)]),
            sum(&[(c, one), (d, two)])
        )
    } else {
        match g.int(0..=2) {
            0 => format!("Which expression is equal to {text}?"),
            1 => format!("What is {text} in its simplest form?"),
            _ => format!(
                "{} combined the like terms of {text} correctly. What was the result?",
                g.child().name
            ),
        }
    };
    let joined = match (one, two) {
        ("x", "y") => "xy",
        ("x²", "x") => "x³",
        _ => one,
    };
    let draft = Draft::new(stem).key(said(&[(p, one), (q, two)])).wrong(said(&[(p + q, joined)]), JOINS_ALL);
    let draft = if story {
        draft
            .wrong(
                said(&[(a * c, one), (b * d, two)]),
                slip("multiplies-like-terms", "multiplies like terms instead of adding them"),
            )
            .wrong(said(&[(a + b, one), (c + d, two)]), JOINS_NEIGHBORS)
            .wrong(said(&[(p, one), (b, two)]), slip("forgets-a-term", "leaves out one of the terms"))
    } else {
        draft
            .wrong(said(&[(a - c, one), (q, two)]), LOSES_MINUS)
            .wrong(
                said(&[(p, one), (-q, two)]),
                slip("changes-sign-of-sum", "gives a combined term the opposite sign"),
            )
            .wrong(said(&[(a + b, one), (c + d, two)]), JOINS_NEIGHBORS)
    };
    let second =
        if two.is_empty() { "the plain numbers".to_owned() } else { format!("the terms with {two}") };
    Some(draft
        .hint("Like terms have exactly the same letter part. Only like terms can be joined.")
        .hint(format!("Take the terms with {one} together, each with the sign in front of it. Then take {second} together."))
        .say(format!("The terms with {one}: {a} {} = {}, which gives {}.", signed(c), n(p), sum(&[(p, one)])))
        .say(format!("Then {second}: {b} {} = {}, which gives {}.", signed(d), n(q), sum(&[(q, two)])))
        .say(format!("Together that is {}.", sum(&[(p, one), (q, two)]))))
}

fn distribute(g: &mut Gen) -> Option<Draft> {
    let middle = g.level() == Middle;
    let (a, b) = (g.int(2..=9), g.by_level([2..=9, 2..=12, 2..=12, 2..=12]));
    let c = if middle { g.int(2..=6) } else { 1 };
    let minus = middle && g.one_in(2);
    let b = if minus { -b } else { b };
    if a == b.abs() || a == c {
        return None;
    }
    let inside = sum(&[(c, "x"), (b, "")]);
    let child = g.child();
    let stem = match g.int(0..=3) {
        0 if b > 0 => format!(
            "{} packs {a} boxes. Each box holds {} and {b} pens. Which expression shows the number of things in all {a} boxes?",
            child.name,
            if c == 1 { "x crayons".to_owned() } else { format!("{c} packs of x crayons") }
        ),
        1 if b > 0 => format!(
            "A rectangle is {a} inches wide and {inside} inches long. Which expression shows its area, in square inches?"
        ),
        2 => format!("What is {a}({inside}) written without parentheses?"),
        _ => format!("Which expression is equal to {a}({inside})?"),
    };
    Some(
        Draft::new(stem)
            .key(said(&[(a * c, "x"), (a * b, "")]))
            .wrong(said(&[(a * c, "x"), (b, "")]), FIRST_ONLY)
            .wrong(said(&[(c, "x"), (a * b, "")]), SECOND_ONLY)
            .wrong(said(&[(if c == 1 { 1 } else { a + c }, "x"), (a + b, "")]), slip("adds-instead-of-distributing", "adds the number in front instead of multiplying by it"))
            .wrong(said(&[(a * c + a * b, "x")]), JOINS_ALL)
            .hint("The number in front belongs to everything inside the parentheses.")
            .hint(format!("Multiply {a} by the first part, then multiply {a} by the second part, and keep the sign between them."))
            .say(format!("{a} × {} = {}.", sum(&[(c, "x")]), sum(&[(a * c, "x")])))
            .say(format!("{a} × {} = {}.", b.abs(), (a * b).abs()))
            .say(format!("So it comes to {}.", sum(&[(a * c, "x"), (a * b, "")]))),
    )
}

fn distribute_and_combine(g: &mut Gen) -> Option<Draft> {
    let upper = g.level() == Upper;
    let (a, b, c) = (g.int(2..=7), g.int(1..=4), g.int(1..=9));
    let (d, e, f) = (g.int(2..=6), if upper { g.int(1..=4) } else { 1 }, g.int(1..=9));
    let (second, known) = if upper || g.one_in(2) {
        (format!("{d}({})", sum(&[(e, "x"), (-f, "")])), (-d * e, d * f))
    } else {
        (format!("{d}(x + {f})"), (-d, -d * f))
    };
    let text = format!("{a}({}) \u{2212} {second}", sum(&[(b, "x"), (c, "")]));
    let (p, q) = (a * b + known.0, a * c + known.1);
    if p == 0 || q == 0 || (p == 1 && q == 1) {
        return None;
    }
    let stem = match g.int(0..=2) {
        0 => format!("Which expression is equal to {text}?"),
        1 => format!("What is {text} in its simplest form?"),
        _ => format!("Without parentheses and with like terms combined, what does {text} become?"),
    };
    Some(
        Draft::new(stem)
            .key(said(&[(p, "x"), (q, "")]))
            .wrong(
                said(&[(p, "x"), (a * c - known.1, "")]),
                slip(
                    "minus-to-first-only",
                    "uses the minus sign in front of the parentheses for the first term only",
                ),
            )
            .wrong(said(&[(p, "x"), (c + known.1 / d, "")]), FIRST_ONLY)
            .wrong(said(&[(a * b - known.0, "x"), (q, "")]), LOSES_MINUS)
            .wrong(
                said(&[(a * b - known.0, "x"), (a * c - known.1, "")]),
                slip("adds-second-parentheses", "adds the second parentheses instead of subtracting them"),
            )
            .hint("Multiply out each pair of parentheses first.")
            .hint("The minus sign in front of the second parentheses changes the sign of every term inside.")
            .say(format!("The first part is {}.", sum(&[(a * b, "x"), (a * c, "")])))
            .say(format!(
                "The second part, with its minus sign, is {}.",
                sum(&[(known.0, "x"), (known.1, "")])
            ))
            .say(format!("The terms with x come to {}, and the numbers come to {}.", sum(&[(p, "x")]), n(q)))
            .say(format!("So the expression is {}.", sum(&[(p, "x"), (q, "")]))),
    )
}

fn multiply_sums(g: &mut Gen) -> Option<Draft> {
    let (a, b) = (g.int(1..=9), g.int(-9..=9));
    if b == 0 || a == -b {
        return None;
    }
    let (left, right) = (sum(&[(1, "x"), (a, "")]), sum(&[(1, "x"), (b, "")]));
    let square = |s: i64, p: i64| said(&[(1, "x²"), (s, "x"), (p, "")]);
    let kind = g.int(0..=3);
    let (stem, spoken) = if a == b {
        (
            format!("Which expression is equal to ({left})²?"),
            format!("Which expression is equal to the square of the sum x plus {a}?"),
        )
    } else if kind == 0 && a > 1 && b > 1 {
        let text = format!(
            "A rectangle is {left} feet long and {right} feet wide. Which expression shows its area, in square feet?"
        );
        (text.clone(), text.replace('+', "plus"))
    } else {
        let aloud =
            format!("x plus {a}, times the quantity x {} {}", if b < 0 { "minus" } else { "plus" }, b.abs());
        match kind {
            1 => {
                (format!("What is the product ({left})({right})?"), format!("What is the quantity {aloud}?"))
            }
            2 => (
                format!("When ({left})({right}) is multiplied out, what is the result?"),
                format!("When the quantity {aloud} is multiplied out, what is the result?"),
            ),
            _ => (
                format!("Which expression is equal to ({left})({right})?"),
                format!("Which expression is equal to the quantity {aloud}?"),
            ),
        }
    };
    Some(
        Draft::new(stem)
            .spoken(spoken)
            .key(square(a + b, a * b))
            .wrong(square(0, a * b), slip("multiplies-ends-only", "multiplies only the first terms and the last terms and leaves out the middle"))
            .wrong(square(a + b, a + b), slip("adds-last-terms", "adds the two last terms instead of multiplying them"))
            .wrong(square(a * b, a + b), slip("swaps-sum-and-product", "puts the product of the two numbers in the middle and their sum at the end"))
            .wrong(square(a - b, a * b), slip("wrong-sign-in-middle", "gets a sign wrong when adding the two middle products"))
            .wrong(square(a + b, -a * b), slip("wrong-product-sign", "gives a product of signed numbers the wrong sign"))
            .hint("Each term of the first factor multiplies each term of the second. That makes four products.")
            .hint("The number in front of x is the sum of the two numbers, and the last number is their product.")
            .say(format!("The four products are x², {}, {} and {}.", sum(&[(b, "x")]), sum(&[(a, "x")]), n(a * b)))
            .say(format!("The two in the middle come to {}.", sum(&[(a + b, "x")])))
            .say(format!("Together that is {}.", sum(&[(1, "x²"), (a + b, "x"), (a * b, "")]))),
    )
}
