//! Inequalities.

use super::write::{n, slip, sum};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, int, words};
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Section::{Mathematics, Quantitative};
use crate::level::Strand;
use crate::story::count;

pub const TEMPLATES: &[Template] = &[
    Template {
        id: "solve-inequality",
        skill: "algebra.inequalities",
        strand: Strand::Algebra,
        sections: &[Mathematics],
        levels: &[Middle, Upper],
        make: solve,
    },
    Template {
        id: "greatest-whole-number",
        skill: "algebra.inequalities",
        strand: Strand::Algebra,
        sections: &[Quantitative, Mathematics],
        levels: &[Lower, Middle],
        make: greatest,
    },
];

const SIGNS: [&str; 4] = ["<", "≤", ">", "≥"];

fn turned(sign: &str) -> &'static str {
    match sign {
        "<" => ">",
        "≤" => "≥",
        ">" => "<",
        _ => "≤",
    }
}

fn solve(g: &mut Gen) -> Option<Draft> {
    let upper = g.level() == Upper;
    let (a, b) = (g.int(2..=9), g.int(1..=30));
    let x = g.int(2..=12) * if g.one_in(3) { -1 } else { 1 };
    let sign = g.pick(&SIGNS);
    let falls = upper && !g.one_in(3);
    let b = if falls || g.one_in(2) { b } else { -b };
    let times = if falls { -a } else { a };
    let c = times * x + b;
    let text = if falls { format!("{b} \u{2212} {a}x") } else { sum(&[(a, "x"), (b, "")]) };
    let right = if falls { turned(sign) } else { sign };
    let story = !falls && b > 0 && x > 0 && g.one_in(3);
    let sign = if story { "≤" } else { sign };
    let right = if story { "≤" } else { right };
    let stem = if story {
        let child = g.child();
        format!(
            "A taxi ride costs ${b} plus ${a} for each mile. {} has ${c}. Which inequality shows all the numbers of miles x that {} can pay for?",
            child.name, child.they
        )
    } else {
        match g.int(0..=2) {
            0 => format!("Which inequality has the same solutions as the inequality {text} {sign} {}?", n(c)),
            1 => format!("What are all the values of x for which {text} {sign} {}?", n(c)),
            _ => format!(
                "{} solves the inequality {text} {sign} {}. Which solution is correct?",
                g.child().name,
                n(c)
            ),
        }
    };
    let answer = |sign: &str, value: Q| words(format!("x {sign} {}", n(value.whole().unwrap_or(0))));
    let mut wrong = vec![
        (
            turned(right),
            Q::from(x),
            if falls {
                slip(
                    "keeps-inequality-direction",
                    "keeps the inequality sign although both sides are divided by a negative number",
                )
            } else {
                slip("turns-inequality-for-nothing", "turns the inequality sign around without a reason")
            },
        ),
        (
            right,
            Q::new(c + b, times),
            slip(
                "moves-number-without-undoing",
                "moves a number to the other side of the equation without undoing it",
            ),
        ),
        (right, Q::from(-x), slip("solution-without-sign", "gets the sign of the answer wrong")),
        (
            right,
            Q::from(c - b),
            slip("stops-before-dividing", "stops before undoing the number in front of the letter"),
        ),
        (
            turned(right),
            Q::from(-x),
            slip("wrong-sign-and-direction", "gets both the sign of the number and the direction wrong"),
        ),
    ];
    if story {
        wrong.retain(|(_, value, _)| *value > Q::from(0));
        wrong.push((
            right,
            Q::new(c, a),
            slip("ignores-added-amount", "forgets the amount that was added or taken away"),
        ));
    }
    let mut draft = Draft::new(stem)
        .key(answer(right, x.into()))
        .hint("Solve it like an equation, one step at a time.")
        .hint(if falls {
            "Dividing both sides by a negative number turns the inequality sign around."
        } else {
            "Dividing both sides by a positive number leaves the inequality sign as it is."
        });
    for (sign, value, mistake) in wrong {
        // The same number with its sign turned is not a solution of the story's question either.
        if value.is_whole() {
            draft = draft.wrong(answer(sign, value), mistake);
        }
    }
    if story {
        draft = draft.say(format!("The cost must be at most what there is: {a}x + {b} ≤ {c}."));
    }
    Some(
        draft
            .say(format!(
                "{} {} on both sides: {} {sign} {}.",
                if b < 0 { "Add" } else { "Subtract" },
                b.abs(),
                sum(&[(times, "x")]),
                n(c - b)
            ))
            .say(format!(
                "Divide both sides by {}{}: x {right} {}.",
                n(times),
                if falls { " and turn the sign around" } else { "" },
                n(x)
            )),
    )
}

fn greatest(g: &mut Gen) -> Option<Draft> {
    let (a, b) = (g.by_level([2..=5, 2..=9, 3..=15, 3..=15]), g.by_level([1..=9, 2..=30, 4..=60, 4..=60]));
    let (x, rest) = (g.by_level([3..=9, 3..=15, 4..=25, 4..=25]), g.int(0..=a - 1));
    let child = g.child();
    let c = a * x + b + rest;
    let kind = g.int(0..=3);
    // "Less than" leaves out the end; the stories may reach it.
    let (strict, limit) = (kind == 0, c);
    let key = if strict && rest == 0 { x - 1 } else { x };
    if key == a || key == b {
        return None;
    }
    let stem = match kind {
        0 => format!("What is the greatest whole number x such that {a}x + {b} < {limit}?"),
        1 => format!(
            "{} has ${limit}. A pen set costs ${b}, and each sketchbook costs ${a}. If {} buys the pen set, what is the greatest number of sketchbooks {} can buy?",
            child.name, child.they, child.they
        ),
        2 => format!(
            "A delivery drone can carry at most {limit} ounces. Its basket weighs {} and every bar of soap weighs {}. What is the greatest number of bars of soap that it can carry in the basket?",
            count(b, "ounce", "ounces"),
            count(a, "ounce", "ounces")
        ),
        _ => format!(
            "What is the greatest whole number x that makes the inequality {a}x + {b} ≤ {limit} true?"
        ),
    };
    let mut draft = Draft::new(stem).key(int(key));
    for (value, mistake) in [
        (key + 1, slip("goes-past-the-limit", "takes one more than fits")),
        (
            (c + b) / a,
            slip(
                "adds-amount-already-used",
                "adds the amount that is used already instead of subtracting it",
            ),
        ),
        (c / a, slip("ignores-added-amount", "forgets the amount that was added or taken away")),
        (c - b, slip("stops-before-dividing", "stops before undoing the number in front of the letter")),
        (key - 1, slip("stops-too-soon", "stops although one more still fits")),
        (
            c / (a + b),
            slip("counts-fixed-amount-each-time", "counts an amount that comes once along with every item"),
        ),
    ] {
        if value > 0 {
            draft = draft.wrong(int(value), mistake);
        }
    }
    let left = c - b;
    draft = draft
        .hint(format!("First take away the {b} that comes only once."))
        .hint(format!("How many times does {a} fit into what is left? Test your number and the next one."))
        .step(format!("Without the {b}, there is {limit} − {b} = {} left.", n(left)), int(left));
    let exact = left % a == 0;
    Some(if exact {
        draft.step(format!("{} ÷ {a} = {x} exactly.", n(left)), int(x)).step(
            if strict {
                format!("With x = {x} the two sides are equal, which is not less, so the greatest is {key}.")
            } else {
                format!("With {x} the limit is just reached, which is allowed, so the greatest is {key}.")
            },
            int(key),
        )
    } else {
        draft.step(format!("{a} × {x} = {}, which fits.", n(a * x)), int(a * x)).step(
            format!("{a} × {} = {}, which is too much, so the greatest is {key}.", x + 1, n(a * (x + 1))),
            int(key),
        )
    })
}
