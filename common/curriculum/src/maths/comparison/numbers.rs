//! Comparisons about numbers: parts, percents, powers, remainders.

use super::write::{n, raised, slip};
use super::{B, EQUAL, UNKNOWN, compare, order, settle, verdict};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, frac, int};
use crate::item::Misconception;
use crate::level::Level::{Middle, Upper};
use crate::level::Section::Quantitative;
use crate::level::Strand;

pub const TEMPLATES: &[Template] = &[
    Template {
        id: "compare-fractions-of-numbers",
        skill: "comparison.numbers",
        strand: Strand::Numbers,
        sections: &[Quantitative],
        levels: &[Middle, Upper],
        make: fractions_of,
    },
    Template {
        id: "compare-percents-of-numbers",
        skill: "comparison.numbers",
        strand: Strand::Numbers,
        sections: &[Quantitative],
        levels: &[Middle, Upper],
        make: percents_of,
    },
    Template {
        id: "compare-powers",
        skill: "comparison.numbers",
        strand: Strand::Numbers,
        sections: &[Quantitative],
        levels: &[Middle, Upper],
        make: powers,
    },
    Template {
        id: "compare-remainders",
        skill: "comparison.numbers",
        strand: Strand::Numbers,
        sections: &[Quantitative],
        levels: &[Middle, Upper],
        make: remainders,
    },
];

const PARTS_ONLY: Misconception =
    slip("compares-parts-only", "compares only the fractions or percents and forgets what they are taken of");
const WHOLES_ONLY: Misconception =
    slip("compares-wholes-only", "compares only the whole amounts and forgets which part of them is taken");

fn fractions_of(g: &mut Gen) -> Option<Draft> {
    let fraction = |g: &mut Gen| {
        let below = g.int(2..=12);
        (g.int(1..=below - 1), below)
    };
    let ((a, b), (c, d)) = (fraction(g), fraction(g));
    let (first, second) = (Q::new(a, b), Q::new(c, d));
    let most = g.by_level([4..=8, 4..=8, 4..=12, 6..=20]);
    let m = b * g.int(2..=most);
    let value = first * m;
    // A third of them come out equal.
    let other = if g.one_in(3) { (value / second).whole()? } else { d * g.int(2..=most) };
    if first == second || first.bottom() != b || second.bottom() != d || other % d != 0 || other == m {
        return None;
    }
    let second_value = second * other;
    let right = order(value, second_value);
    let things = g.pick(&["", " marbles", " pages", " miles"]);
    Some(
        compare(
            "",
            &format!("{a}/{b} of {m}{things}"),
            &format!("{c}/{d} of {other}{things}"),
            right,
            &[(order(first, second), PARTS_ONLY), (order(m, other), WHOLES_ONLY)],
        )
        .hint("A fraction of a number depends on both: the fraction and the number.")
        .hint("Divide each number by the denominator, and multiply by the numerator.")
        .step(format!("{a}/{b} of {m} is {m} ÷ {b} × {a} = {}.", frac(value).text), frac(value))
        .step(
            format!("{c}/{d} of {other} is {other} ÷ {d} × {c} = {}.", frac(second_value).text),
            frac(second_value),
        )
        .say(verdict(right)),
    )
}

fn percents_of(g: &mut Gen) -> Option<Draft> {
    let (p, m) = (5 * g.int(1..=15), 5 * g.by_level([2..=20, 2..=20, 2..=24, 2..=60]));
    let kind = g.int(0..=2);
    // The numbers change places, or nearly.
    let (q, other) = match kind {
        0 => (m, p),
        1 => (m, p + 5 * g.int(-2..=2)),
        _ => (5 * g.int(1..=15), 5 * g.int(2..=24)),
    };
    if p == q || m == other || other <= 0 || q > 250 {
        return None;
    }
    let (value, second) = (Q::new(p * m, 100), Q::new(q * other, 100));
    let right = order(value, second);
    Some(
        compare(
            "",
            &format!("{p}% of {m}"),
            &format!("{q}% of {other}"),
            right,
            &[(order(p, q), PARTS_ONLY), (order(m, other), WHOLES_ONLY)],
        )
        .hint("Percent means hundredths. Multiply each percent by its number.")
        .hint("Both results are so many hundredths, so it is enough to compare the two products.")
        .step(format!("Column A is {p} × {m} hundredths, and {p} × {m} = {}.", n(p * m)), int(p * m))
        .step(
            format!("Column B is {q} × {other} hundredths, and {q} × {other} = {}.", n(q * other)),
            int(q * other),
        )
        .say(verdict(right)),
    )
}

fn powers(g: &mut Gen) -> Option<Draft> {
    const EQUALS: [(i64, i64, i64, i64); 8] = [
        (4, 2, 2, 4),
        (8, 2, 2, 6),
        (9, 2, 3, 4),
        (4, 3, 2, 6),
        (27, 2, 3, 6),
        (25, 2, 5, 4),
        (16, 2, 4, 4),
        (9, 3, 3, 6),
    ];
    let upper = g.level() == Upper;
    let minus = g.int(0..=if upper { 2 } else { 5 }) == 0;
    let (a, b, c, d) = if minus {
        let (a, b) = (g.int(2..=9), g.int(2..=5));
        (-a, b, a, if g.one_in(3) { b } else { g.int(2..=5) })
    } else if g.one_in(4) {
        let (a, b, c, d) = g.pick(&EQUALS);
        if g.one_in(2) { (a, b, c, d) } else { (c, d, a, b) }
    } else {
        let (a, b) = (g.int(2..=12), g.int(2..=5));
        if g.one_in(2) && a < 7 { (a, b, b, a) } else { (a, b, g.int(2..=12), g.int(2..=5)) }
    };
    let (value, second) = (Q::from(a).pow(b.try_into().ok()?), Q::from(c).pow(d.try_into().ok()?));
    if (a, b) == (c, d) || value.abs() > Q::from(20_000) || second > Q::from(20_000) {
        return None;
    }
    let write = |base: i64, exponent: i64| {
        if base < 0 {
            format!("({}){}", n(base), raised(exponent))
        } else {
            format!("{base}{}", raised(exponent))
        }
    };
    let spell = |base: i64, exponent: i64| {
        let factors = vec![
            if base < 0 { format!("({})", n(base)) } else { n(base) };
            usize::try_from(exponent).unwrap_or(2)
        ];
        factors.join(" × ")
    };
    let right = order(value, second);
    let guesses = if minus {
        vec![
            (B, slip("negative-base-is-less", "thinks that a power of a negative number is always negative")),
            (EQUAL, slip("ignores-negative-base", "ignores the minus sign inside the parentheses")),
        ]
    } else {
        vec![
            (order(a * b, c * d), slip("power-as-product", "multiplies the base by the exponent")),
            (order(a, c), slip("compares-bases-only", "compares only the bases of the powers")),
            (order(b, d), slip("compares-exponents-only", "compares only the exponents of the powers")),
        ]
    };
    Some(
        compare("", &write(a, b), &write(c, d), right, &guesses)
            .hint("The exponent tells how many times the base is used as a factor.")
            .hint(if minus {
                "Count the minus signs: an even number of negative factors gives a positive product."
            } else {
                "Write each power as a product and work it out."
            })
            .step(format!("{} = {} = {}.", write(a, b), spell(a, b), int(value).text), int(value))
            .step(format!("{} = {} = {}.", write(c, d), spell(c, d), int(second).text), int(second))
            .say(verdict(right)),
    )
}

fn remainders(g: &mut Gen) -> Option<Draft> {
    let p = g.pick(if g.level() == Middle {
        &[6, 8, 9, 10, 12][..]
    } else {
        &[8, 9, 10, 12, 14, 15, 18, 20, 24][..]
    });
    let r = g.int(1..=p - 1);
    let q = if g.one_in(2) {
        (2..p).filter(|q| p % q == 0).nth(usize::try_from(g.int(0..=3)).ok()?)?
    } else {
        g.int(3..=p - 1)
    };
    let s = g.int(0..=q - 1);
    let possible: Vec<i64> = (0..q).map(|k| (r + p * k) % q).collect();
    let right = settle(possible.iter().map(|rest| order(*rest, s)));
    let certain = possible.iter().all(|rest| *rest == possible[0]);
    // Whether it can be known or not should be plain, not a matter of a lucky bound.
    if !certain && right != UNKNOWN {
        return None;
    }
    let letter = g.pick(&["n", "k"]);
    let given = format!("When the whole number {letter} is divided by {p}, the remainder is {r}.");
    let draft = compare(
        &given,
        &format!("the remainder when {letter} is divided by {q}"),
        &n(s),
        right,
        &[
            (
                order(r, s),
                slip("keeps-the-remainder", "thinks that the remainder stays the same for another divisor"),
            ),
            (
                UNKNOWN,
                slip(
                    "no-number-no-answer",
                    "thinks that nothing can be known about a number that is not given",
                ),
            ),
        ],
    )
    .hint(format!(
        "Write down some numbers that have the remainder {r} when divided by {p}. The first is {r} itself."
    ))
    .hint(format!("Divide each of them by {q}. Are all the remainders the same?"));
    Some(if certain {
        draft
            .say(format!("Such numbers are {r}, {} and {}.", r + p, r + 2 * p))
            .step(format!("Because {q} goes into {p}, all of them have the same remainder as {r} when divided by {q}, which is {}.", r % q), int(r % q))
            .say(verdict(right))
    } else {
        let other = possible.iter().position(|rest| order(*rest, s) != order(possible[0], s))?;
        let second = r + p * i64::try_from(other).ok()?;
        draft
            .say(format!("For the number {r}, the remainder on dividing by {q} is {}.", r % q))
            .say(format!("For the number {second}, it is {}.", second % q))
            .say(verdict(UNKNOWN))
    })
}
