//! Comparisons of expressions: unknown numbers, solutions, operations.

use super::write::{n, slip, sum, wrapped};
use super::{A, B, EQUAL, UNKNOWN, compare, order, verdict};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, int};
use crate::item::Misconception;
use crate::level::Level::{Middle, Upper};
use crate::level::Section::Quantitative;
use crate::level::Strand;
use crate::speech;

pub const TEMPLATES: &[Template] = &[
    Template {
        id: "compare-linear-expressions",
        skill: "comparison.algebra",
        strand: Strand::Algebra,
        sections: &[Quantitative],
        levels: &[Middle, Upper],
        make: linear,
    },
    Template {
        id: "compare-two-solutions",
        skill: "comparison.algebra",
        strand: Strand::Algebra,
        sections: &[Quantitative],
        levels: &[Middle, Upper],
        make: solutions,
    },
    Template {
        id: "compare-roots-of-power",
        skill: "comparison.algebra",
        strand: Strand::Algebra,
        sections: &[Quantitative],
        levels: &[Middle, Upper],
        make: roots,
    },
    Template {
        id: "compare-defined-operation",
        skill: "comparison.algebra",
        strand: Strand::Algebra,
        sections: &[Quantitative],
        levels: &[Middle, Upper],
        make: operation,
    },
    Template {
        id: "compare-products-of-sums",
        skill: "comparison.algebra",
        strand: Strand::Algebra,
        sections: &[Quantitative],
        levels: &[Middle, Upper],
        make: products,
    },
];

const LETTERS_NEVER: Misconception =
    slip("letters-never-compare", "thinks that quantities with a letter can never be compared");

fn linear(g: &mut Gen) -> Option<Draft> {
    let (a, c) = (g.int(1..=5), g.int(1..=5));
    let (b, d) = (g.int(-12..=12), g.int(-12..=12));
    let bound = if g.one_in(2) { None } else { Some(g.by_level([0..=5, 0..=5, 0..=8, -6..=10])) };
    let c = if bound.is_none() && g.one_in(2) { a } else { c };
    if (a == c && b == d) || b == 0 {
        return None;
    }
    let letter = g.pick(&["x", "y"]);
    let (slope, rest) = (a - c, b - d);
    // How the difference of the columns begins at the bound, and where it goes from there.
    let at_bound = bound.map(|k| slope * k + rest);
    let right = match (slope, at_bound) {
        (0, _) => order(rest, 0),
        (_, None) => UNKNOWN,
        (_, Some(start)) if slope > 0 && start >= 0 => A,
        (_, Some(start)) if slope < 0 && start <= 0 => B,
        _ => UNKNOWN,
    };
    let given = bound.map_or_else(|| format!("{letter} is a number."), |k| format!("{letter} > {}", n(k)));
    let (left, other) = (sum(&[(a, letter), (b, "")]), sum(&[(c, letter), (d, "")]));
    let draft = compare(
        &given,
        &left,
        &other,
        right,
        &[
            (
                order(slope, 0),
                slip("compares-coefficients-only", "compares only the numbers in front of the letter"),
            ),
            (
                order(rest, 0),
                slip(
                    "compares-constants-only",
                    "compares only the plain numbers and not the terms with the letter",
                ),
            ),
            (UNKNOWN, LETTERS_NEVER),
        ],
    )
    .hint("Take away the same amount from both columns. That does not change which is greater.")
    .hint(if slope == 0 {
        "The terms with the letter are alike. What is left when they are taken away?"
    } else {
        "Try a small number, a large number and, if they are allowed, 0 and a negative number."
    });
    Some(match (slope, bound) {
        (0, _) => draft
            .say(format!(
                "Take away {} from both columns. That leaves {} and {}.",
                sum(&[(a, letter)]),
                n(b),
                n(d)
            ))
            .say(verdict(right)),
        (_, Some(k)) if right != UNKNOWN => draft
            .say(format!(
                "At {letter} = {} the columns would be {} and {}.",
                n(k),
                n(a * k + b),
                n(c * k + d)
            ))
            .say(format!(
                "From there on, Column {} grows faster, because {} is more than {}.",
                if slope > 0 { "A" } else { "B" },
                a.max(c),
                a.min(c)
            ))
            .say(verdict(right)),
        _ => {
            // One number on each side of the point where the columns meet.
            let meet = Q::new(-rest, slope);
            let far = (0..60).map(|step| bound.unwrap_or(-30) + 1 + step);
            let less = far.clone().rev().find(|x| Q::from(*x) < meet);
            let more = far.clone().find(|x| Q::from(*x) > meet)?;
            let say = |x: i64| {
                format!("If {letter} = {}, the columns are {} and {}.", n(x), n(a * x + b), n(c * x + d))
            };
            let near = meet.whole().filter(|x| bound.is_none_or(|k| *x > k));
            draft.say(say(less.or(near)?)).say(say(more)).say(verdict(UNKNOWN))
        }
    })
}

fn solutions(g: &mut Gen) -> Option<Draft> {
    let x = g.by_level([1..=9, 1..=9, 2..=12, -9..=12]);
    let y = if g.one_in(3) { x } else { g.by_level([1..=9, 1..=9, 2..=12, -9..=12]) };
    let (a, b) = (g.int(2..=9), g.int(-15..=20));
    let (c, d) = (g.int(2..=9), g.int(-15..=20));
    if b == 0 || d == 0 || (a == c && b == d) {
        return None;
    }
    let (p, q) = (a * x + b, c * y + d);
    let (first, second) = (
        format!("{} = {}", sum(&[(a, "x"), (b, "")]), n(p)),
        format!("{} = {}", sum(&[(c, "y"), (d, "")]), n(q)),
    );
    let right = order(x, y);
    let given = match g.int(0..=1) {
        0 => format!("{first} and {second}."),
        _ => format!("It is given that {first} and that {second}."),
    };
    let solve = |a: i64, b: i64, p: i64, letter: &str, x: i64| {
        format!(
            "{} {} on both sides: {} = {}, so {letter} = {}.",
            if b < 0 { "Add" } else { "Subtract" },
            b.abs(),
            sum(&[(a, letter)]),
            n(p - b),
            n(x)
        )
    };
    Some(
        compare(
            &given,
            "x",
            "y",
            right,
            &[
                (
                    order(p, q),
                    slip(
                        "compares-results-only",
                        "compares the right sides of the equations instead of the solutions",
                    ),
                ),
                (
                    order(p - b, q - d),
                    slip("stops-before-dividing", "stops before undoing the number in front of the letter"),
                ),
                (
                    order(a, c),
                    slip("compares-coefficients-only", "compares only the numbers in front of the letter"),
                ),
                (UNKNOWN, LETTERS_NEVER),
            ],
        )
        .hint("Each equation has one letter, so you can find each number.")
        .hint("Undo the adding or subtracting first, and then undo the multiplying.")
        .step(solve(a, b, p, "x", x), int(x))
        .step(solve(c, d, q, "y", y), int(y))
        .say(verdict(right)),
    )
}

fn roots(g: &mut Gen) -> Option<Draft> {
    let root = g.by_level([2..=9, 2..=9, 2..=12, 2..=20]);
    let kind = g.int(0..=2);
    let root = if kind == 1 { root.min(6) * if g.one_in(3) { -1 } else { 1 } } else { root };
    let bound = match g.int(0..=3) {
        0 => root,
        1 => root + g.int(1..=5),
        2 => -root.abs() - g.int(0..=5),
        _ => g.int(-root.abs()..=root.abs()),
    };
    let letter = g.pick(&["x", "y"]);
    let cube = root * root * root;
    let (given, spoken, possible) = match kind {
        0 => (format!("{letter}² = {}", root * root), None, vec![root, -root]),
        1 => (format!("{letter}³ = {}", n(cube)), None, vec![root]),
        _ => (
            format!("|{letter}| = {root}"),
            Some(format!("The absolute value of {letter} equals {root}.")),
            vec![root, -root],
        ),
    };
    let right = super::settle(possible.iter().map(|value| order(*value, bound)));
    let draft = compare(
        &given,
        letter,
        &n(bound),
        right,
        &[
            (
                order(possible[0], bound),
                slip("positive-root-only", "thinks only of the positive number and forgets the negative one"),
            ),
            (
                UNKNOWN,
                if kind == 1 {
                    slip("two-cube-roots", "thinks that a cube comes from two numbers, as a square does")
                } else {
                    LETTERS_NEVER
                },
            ),
        ],
    )
    .hint(match kind {
        0 => "Which numbers, multiplied by themselves, give that square? There may be more than one.",
        1 => "Which number, used as a factor three times, gives that cube? Think of its sign, too.",
        _ => "An absolute value is a distance from 0. On which sides of 0 can the number be?",
    })
    .hint("Compare each number that is possible with the one in Column B.");
    let spoken =
        spoken.map(|first| speech::stem(&format!("{first}\nColumn A: {letter}\nColumn B: {}", n(bound))));
    let draft = match spoken {
        Some(text) => draft.spoken(text),
        None => draft,
    };
    let draft = if kind == 1 {
        draft
            .step(format!("Only {} has the cube {}, so {letter} = {}.", n(root), n(cube), n(root)), int(root))
    } else {
        draft.say(format!("{letter} can be {} or {}.", n(root), n(-root)))
    };
    Some(draft.say(format!("Column B is {}.", n(bound))).say(verdict(right)))
}

fn operation(g: &mut Gen) -> Option<Draft> {
    let (sign, name) = g.pick(&[("★", "star"), ("◆", "diamond"), ("●", "dot")]);
    let (a, b) = g.two(2..=6);
    let (p, q) = g.two(if g.level() == Middle { 1..=9 } else { -6..=9 });
    if p == 0 || q == 0 {
        return None;
    }
    let kind = g.int(0..=3);
    let rule = |x: i64, y: i64| match kind {
        0 => a * x - b * y,
        1 => a * x + b * y,
        2 => x * y + a,
        _ => x * x - a * y,
    };
    let text = match kind {
        0 => format!("{a}x \u{2212} {b}y"),
        1 => format!("{a}x + {b}y"),
        2 => format!("xy + {a}"),
        _ => format!("x² \u{2212} {a}y"),
    };
    let given = format!("For all numbers x and y, x {sign} y = {text}.");
    let write = |x: i64, y: i64| format!("{} {sign} {}", wrapped(x), wrapped(y));
    let (value, second) = (rule(p, q), rule(q, p));
    let right = order(value, second);
    let work = |x: i64, y: i64| match kind {
        0 => format!("{a} × {} − {b} × {}", wrapped(x), wrapped(y)),
        1 => format!("{a} × {} + {b} × {}", wrapped(x), wrapped(y)),
        2 => format!("{} × {} + {a}", wrapped(x), wrapped(y)),
        _ => format!("{}² − {a} × {}", wrapped(x), wrapped(y)),
    };
    let draft = compare(
        &given,
        &write(p, q),
        &write(q, p),
        right,
        &[
            (EQUAL, slip("order-never-matters", "thinks that the order of the two numbers never matters")),
            (
                order(p, q),
                slip("larger-first-wins", "takes the side that begins with the larger number as greater"),
            ),
            (UNKNOWN, slip("new-symbol-unknown", "thinks that a new symbol cannot be worked out")),
        ],
    );
    let spoken = speech::stem(
        &format!("{given}\nColumn A: {}\nColumn B: {}", write(p, q), write(q, p)).replace(sign, name),
    );
    Some(
        draft
            .spoken(spoken)
            .hint("The first number takes the place of x, and the second takes the place of y.")
            .hint("Work out both columns. The order of the numbers may matter.")
            .step(format!("Column A is {} = {}.", work(p, q), n(value)), int(value))
            .step(format!("Column B is {} = {}.", work(q, p), n(second)), int(second))
            .say(verdict(right)),
    )
}

fn products(g: &mut Gen) -> Option<Draft> {
    let (a, b) = (g.int(-9..=9), g.int(1..=9));
    let opposite = g.one_in(2);
    let a = if opposite { -b } else { a };
    if a == 0 {
        return None;
    }
    let (s, p) = (a + b, a * b);
    let last = p + if g.one_in(3) { 0 } else { g.int(-6..=6) };
    let middle = if !opposite && g.one_in(4) { s + g.pick(&[-1, 1, 2]) } else { s };
    let letter = g.pick(&["x", "y"]);
    let square = format!("{letter}²");
    let column = sum(&[(1, &square), (middle, letter), (last, "")]);
    let factors = format!("({})({})", sum(&[(1, letter), (a, "")]), sum(&[(1, letter), (b, "")]));
    let (slope, rest) = (s - middle, p - last);
    let right = if slope == 0 { order(rest, 0) } else { UNKNOWN };
    let whole = sum(&[(1, &square), (s, letter), (p, "")]);
    let draft = compare(
        &format!("{letter} is a number."),
        &factors,
        &column,
        right,
        &[
            (UNKNOWN, LETTERS_NEVER),
            (
                order(a + b, last),
                slip("adds-last-terms", "adds the two last terms instead of multiplying them"),
            ),
            (EQUAL, slip("looks-like-the-product", "takes the product for known without multiplying it out")),
        ],
    )
    .hint("Multiply out the product in Column A: each term times each term.")
    .hint("Then take away from both columns what is the same in both.")
    .say(format!("Multiplied out, Column A is {whole}."));
    Some(if slope == 0 {
        draft
            .say(format!(
                "Column B is {column}. Without the terms that are alike, the columns are {} and {}.",
                n(p),
                n(last)
            ))
            .say(verdict(right))
    } else {
        let meet = Q::new(-rest, slope);
        let low = (-40..40).rev().find(|x| Q::from(*x) < meet)?;
        let high = (-40..40).find(|x| Q::from(*x) > meet)?;
        let value = |x: i64| {
            format!(
                "If {letter} = {}, the columns are {} and {}.",
                n(x),
                n(x * x + s * x + p),
                n(x * x + middle * x + last)
            )
        };
        draft.say(value(low)).say(value(high)).say(verdict(right))
    })
}
