//! Exponents and quadratic expressions.

use super::write::{n, raised, slip, sum};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{int, words};
use crate::item::Misconception;
use crate::level::Level::{Middle, Upper};
use crate::level::Section::{Mathematics, Quantitative};
use crate::level::Strand;

pub const TEMPLATES: &[Template] = &[
    Template {
        id: "exponent-rules",
        skill: "algebra.exponents",
        strand: Strand::Algebra,
        sections: &[Mathematics],
        levels: &[Middle, Upper],
        make: exponent_rules,
    },
    Template {
        id: "multiply-monomials",
        skill: "algebra.exponents",
        strand: Strand::Algebra,
        sections: &[Mathematics],
        levels: &[Upper],
        make: monomials,
    },
    Template {
        id: "factor-quadratic",
        skill: "algebra.quadratics",
        strand: Strand::Algebra,
        sections: &[Mathematics],
        levels: &[Upper],
        make: factor,
    },
    Template {
        id: "solve-quadratic",
        skill: "algebra.quadratics",
        strand: Strand::Algebra,
        sections: &[Mathematics, Quantitative],
        levels: &[Upper],
        make: solve,
    },
];

const MULTIPLIES_EXPONENTS: Misconception =
    slip("multiplies-exponents", "multiplies the exponents where they should be added");
const ADDS_EXPONENTS: Misconception =
    slip("adds-exponents", "adds the exponents where they should be multiplied");
const DIVIDES_EXPONENTS: Misconception =
    slip("divides-exponents", "divides the exponents where they should be subtracted");
const SUBTRACTS_EXPONENTS: Misconception =
    slip("subtracts-exponents", "subtracts the exponents where they should not be subtracted");

fn exponent_rules(g: &mut Gen) -> Option<Draft> {
    let upper = g.level() == Upper;
    let base = if upper { g.pick(&["x", "y", "5", "7", "10"]).to_owned() } else { g.int(2..=10).to_string() };
    let (a, b, c) = (g.int(2..=6), g.int(2..=6), g.int(2..=6));
    let kind = if upper { g.int(1..=4) } else { g.int(0..=2) };
    let (ra, rb, rc) = (raised(a), raised(b), raised(c));
    let (text, aloud, key, wrong, steps) = match kind {
        0 => (
            format!("{base}{ra} × {base}{rb}"),
            format!("{base}{ra}, times {base}{rb}"),
            a + b,
            vec![
                (a * b, MULTIPLIES_EXPONENTS),
                ((a - b).abs(), SUBTRACTS_EXPONENTS),
                (a.max(b), slip("keeps-larger-exponent", "keeps the larger exponent only")),
                (
                    a + b + 1,
                    slip("adds-one-to-exponent", "adds one more to the exponent than there are factors"),
                ),
                (a + b - 1, slip("leaves-out-one-factor", "leaves out one factor when counting")),
            ],
            vec![(
                format!("Multiplying powers of the same base adds the exponents: {a} + {b} = {}.", a + b),
                a + b,
            )],
        ),
        1 => (
            format!("{base}{ra} × {base}{rb} × {base}{rc}"),
            format!("{base}{ra}, times {base}{rb}, times {base}{rc}"),
            a + b + c,
            vec![
                (a * b * c, MULTIPLIES_EXPONENTS),
                (a + b - c, SUBTRACTS_EXPONENTS),
                (a * b + c, MULTIPLIES_EXPONENTS),
                (a.max(b).max(c), slip("keeps-larger-exponent", "keeps the larger exponent only")),
            ],
            vec![(
                format!(
                    "Multiplying powers of the same base adds the exponents: {a} + {b} + {c} = {}.",
                    a + b + c
                ),
                a + b + c,
            )],
        ),
        2 => {
            if a <= b {
                return None;
            }
            (
                format!("{base}{ra} ÷ {base}{rb}"),
                format!("{base}{ra}, divided by {base}{rb}"),
                a - b,
                vec![
                    (
                        a + b,
                        slip("adds-exponents-to-divide", "adds the exponents of powers that are divided"),
                    ),
                    (if a % b == 0 { a / b } else { 0 }, DIVIDES_EXPONENTS),
                    (a, slip("keeps-first-exponent", "keeps the first exponent as it is")),
                    (a * b, MULTIPLIES_EXPONENTS),
                    (
                        a - b + 1,
                        slip("adds-one-to-exponent", "adds one more to the exponent than there are factors"),
                    ),
                ],
                vec![(
                    format!(
                        "Dividing powers of the same base subtracts the exponents: {a} − {b} = {}.",
                        a - b
                    ),
                    a - b,
                )],
            )
        }
        3 => (
            format!("({base}{ra}){rb}"),
            format!("the power {base}{ra}, all of it{},", raised_words(b)),
            a * b,
            vec![
                (a + b, ADDS_EXPONENTS),
                (a, slip("keeps-first-exponent", "keeps the first exponent as it is")),
                ((a - b).abs(), SUBTRACTS_EXPONENTS),
                (
                    a * b + b,
                    slip(
                        "adds-exponent-once-more",
                        "multiplies the exponents and then adds one of them again",
                    ),
                ),
            ],
            vec![(format!("A power of a power multiplies the exponents: {a} × {b} = {}.", a * b), a * b)],
        ),
        _ => {
            if a + b <= c {
                return None;
            }
            (
                format!("({base}{ra} × {base}{rb}) ÷ {base}{rc}"),
                format!("the product {base}{ra}, times {base}{rb}, divided by {base}{rc}"),
                a + b - c,
                vec![
                    (
                        a + b + c,
                        slip("adds-exponents-to-divide", "adds the exponents of powers that are divided"),
                    ),
                    (a * b - c, MULTIPLIES_EXPONENTS),
                    (a + b, slip("forgets-the-divisor", "forgets the power that is divided by")),
                    (a * b, MULTIPLIES_EXPONENTS),
                ],
                vec![
                    (format!("Multiplying adds the exponents: {a} + {b} = {}.", a + b), a + b),
                    (
                        format!(
                            "Dividing subtracts the exponent of the divisor: {} − {c} = {}.",
                            a + b,
                            a + b - c
                        ),
                        a + b - c,
                    ),
                ],
            )
        }
    };
    let (ask, said) = match g.int(0..=2) {
        0 => (
            format!("If {text} is written as a single power of {base}, what is the exponent?"),
            format!("If {aloud}, is written as a single power of {base}, what is the exponent?"),
        ),
        1 => (
            format!("To which power must {base} be raised to be equal to {text}?"),
            format!("To which power must {base} be raised to be equal to {aloud}?"),
        ),
        _ => (
            format!(
                "{text} can be written with {base} as the only base and one exponent. What is that exponent?"
            ),
            format!(
                "This can be written with {base} as the only base and one exponent: {aloud}. What is that exponent?"
            ),
        ),
    };
    let ask = if kind == 3 || ask.starts_with('(') || !ask.starts_with(['x', 'y']) {
        ask
    } else {
        format!("The expression {ask}")
    };
    let draft = Draft::new(ask)
        .spoken(crate::speech::stem(&said.replace(",,", ",").replace(",?", "?").replace(",.", ".")))
        .key(int(key))
        .hint(format!("Think of each power as {base} multiplied by itself some number of times."))
        .hint(match kind {
            2 => format!("Factors above and below cancel. How many factors of {base} are left?"),
            3 => {
                format!("How many factors of {base} are there in each group, and how many groups are there?")
            }
            _ => format!("How many factors of {base} are there altogether?"),
        });
    let draft = wrong
        .into_iter()
        .filter(|(value, _)| *value > 0)
        .fold(draft, |draft, (value, mistake)| draft.wrong(int(value), mistake));
    Some(steps.into_iter().fold(draft, |draft, (text, value)| draft.step(text, int(value))))
}

fn raised_words(exponent: i64) -> String {
    match exponent {
        2 => " squared".into(),
        3 => " cubed".into(),
        _ => format!(" to the {} power", crate::story::ordinal(exponent)),
    }
}

fn monomials(g: &mut Gen) -> Option<Draft> {
    let (a, b) = (g.int(2..=9), g.int(2..=9));
    let (p, q) =
        g.pick(&[(1, 2), (1, 3), (1, 4), (1, 5), (2, 2), (2, 3), (2, 4), (3, 3), (3, 1), (4, 1), (3, 2)]);
    let letter = g.pick(&["x", "y"]);
    let power = |times: i64, exponent: i64| -> Option<String> {
        let small = if exponent == 1 { "" } else { raised(exponent) };
        (exponent == 1 || !small.is_empty()).then(|| format!("{times}{letter}{small}"))
    };
    let (left, right) = (power(a, p)?, power(b, q)?);
    let stem = match g.int(0..=2) {
        0 => format!("Which expression is equal to {left} × {right}?"),
        1 => format!("What is the product of {left} and {right}?"),
        _ => format!(
            "A rectangle is {left} inches long and {right} inches wide. Which expression shows its area, in square inches?"
        ),
    };
    let mut draft = Draft::new(stem).key(words(power(a * b, p + q)?));
    for (times, exponent, mistake) in [
        (a * b, p * q, MULTIPLIES_EXPONENTS),
        (
            a + b,
            p + q,
            slip(
                "adds-coefficients-of-product",
                "adds the numbers in front although the terms are multiplied",
            ),
        ),
        (
            a + b,
            p * q,
            slip(
                "adds-numbers-multiplies-exponents",
                "adds the numbers in front and multiplies the exponents",
            ),
        ),
        (a * b, (p - q).abs(), SUBTRACTS_EXPONENTS),
        (a * b, p.max(q), slip("keeps-larger-exponent", "keeps the larger exponent only")),
    ] {
        if let (Some(text), true) = (power(times, exponent), times != a * b || exponent != p + q) {
            draft = draft.wrong(words(text), mistake);
        }
    }
    Some(
        draft
            .hint("Multiply the numbers by themselves and the letters by themselves.")
            .hint("Count how many times the letter is a factor in all.")
            .step(format!("The numbers: {a} × {b} = {}.", a * b), int(a * b))
            .step(format!("The letters: the exponents add, {p} + {q} = {}.", p + q), int(p + q))
            .say(format!("The product is {}.", power(a * b, p + q)?)),
    )
}

fn factor(g: &mut Gen) -> Option<Draft> {
    let (a, b) = (g.int(-9..=9), g.int(-9..=9));
    if a == 0 || b == 0 || a == b || a == -b {
        return None;
    }
    let (s, p) = (a + b, a * b);
    let text = sum(&[(1, "x²"), (s, "x"), (p, "")]);
    let linear = |c: i64| words(sum(&[(1, "x"), (c, "")]));
    let stem = match g.int(0..=2) {
        0 => format!("Which expression is a factor of {text}?"),
        1 => format!("When {text} is factored, which of these is one of the factors?"),
        _ => format!(
            "The area of a rectangle is {text}, and its sides are the two factors of this expression. Which of these can be one of the sides?"
        ),
    };
    let mut draft = Draft::new(stem).key(linear(a));
    for (c, mistake) in [
        (-a, slip("root-for-factor", "takes the opposite sign, writing the solution in the factor")),
        (-b, slip("root-for-factor", "takes the opposite sign, writing the solution in the factor")),
        (s, slip("takes-middle-number", "takes the number in front of x for the number in the factor")),
        (p, slip("takes-last-number", "takes the last number for the number in the factor")),
        (a + 1, slip("guesses-factor-of-last", "tries a number without testing the product and the sum")),
    ] {
        // None may be a factor by chance.
        if c != 0 && c != a && c != b {
            draft = draft.wrong(linear(c), mistake);
        }
    }
    Some(
        draft
            .hint(format!("Look for two numbers with the product {} and the sum {}.", n(p), n(s)))
            .hint("List the pairs of numbers with that product, and find the pair with the right sum.")
            .say(format!("The numbers {} and {} have the product {} and the sum {}.", n(a), n(b), n(p), n(s)))
            .say(format!("So the factors are {} and {}.", linear(a).text, linear(b).text)),
    )
}

fn solve(g: &mut Gen) -> Option<Draft> {
    let (a, b) = (g.int(-9..=9), g.int(-9..=9));
    let greater = g.one_in(2);
    if a <= b || a == 0 || b == 0 || a == -b {
        return None;
    }
    let story = a > 0 && b < 0 && g.one_in(2);
    let (s, p) = (a + b, a * b);
    let equation = format!("{} = 0", sum(&[(1, "x²"), (-s, "x"), (p, "")]));
    let which = if greater { "greater" } else { "lesser" };
    let key = if story || greater { a } else { b };
    let other = a + b - key;
    // One side is a and the other is a longer or shorter by the sum.
    let difference = -(a + b);
    let stem = if story {
        if difference < 2 || a < 2 {
            return None;
        }
        let (child, thing) = (g.child(), g.pick(&["garden", "poster", "blanket", "patio"]));
        format!(
            "{}'s {thing} is a rectangle {difference} feet longer than it is wide. Its area is {} square feet. How many feet wide is it?",
            child.name, -p
        )
    } else {
        match g.int(0..=2) {
            0 => format!("What is the {which} of the two solutions of {equation}?"),
            1 => format!("The equation {equation} has two solutions. What is the {which} one?"),
            _ => format!(
                "{} finds both values of x for which {equation}. What is the {which} of them?",
                g.child().name
            ),
        }
    };
    let mut draft = Draft::new(stem);
    draft = draft.key(int(key));
    for (value, mistake) in if story {
        vec![
            (
                a + difference,
                slip(
                    "gives-other-side",
                    "gives the length when the width is asked, or the width when the length is asked",
                ),
            ),
            (
                difference,
                slip("gives-difference-of-kinds", "gives the difference instead of one of the amounts"),
            ),
            (
                -p / difference,
                slip("divides-area-by-difference", "divides the area by the difference of the sides"),
            ),
            (
                (-p - difference) / 2,
                slip("splits-area-in-halves", "takes the difference away from the area and halves the rest"),
            ),
            (2 * a + difference, slip("adds-both-sides", "adds the two sides together")),
        ]
    } else {
        vec![
            (
                -key,
                slip(
                    "factor-number-for-root",
                    "takes the number in the factor for the solution, with the wrong sign",
                ),
            ),
            (other, slip("gives-the-other-solution", "gives the other one of the two solutions")),
            (
                -other,
                slip(
                    "factor-number-for-root",
                    "takes the number in the factor for the solution, with the wrong sign",
                ),
            ),
            (s, slip("gives-sum-of-solutions", "gives the sum of the two solutions")),
            (p, slip("gives-product-of-solutions", "gives the product of the two solutions")),
        ]
    } {
        if !story || value > 0 {
            draft = draft.wrong(int(value), mistake);
        }
    }
    let factors = format!("({})({})", sum(&[(1, "x"), (-a, "")]), sum(&[(1, "x"), (-b, "")]));
    if story {
        return Some(
            draft
                .hint("Call the width x. How long is the rectangle then?")
                .hint("You look for two numbers that multiply to the area and are as far apart as the two sides.")
                .say(format!("With width x, the length is x + {difference}, so x times x + {difference} is {}.", -p))
                .say(format!("Two numbers with the product {} and the difference {difference} are {a} and {}.", -p, a + difference))
                .step(format!("The width is the smaller one, {a} feet."), int(a)),
        );
    }
    Some(
        draft
            .hint("Factor the left side. A product is 0 only when one of its factors is 0.")
            .hint("Each factor that is x minus a number gives that number as a solution.")
            .say(format!("The left side factors into {factors}."))
            .say(format!("It is 0 when x = {} or x = {}.", n(a), n(b)))
            .step(format!("The {which} of the two is {}.", n(key)), int(key)),
    )
}
