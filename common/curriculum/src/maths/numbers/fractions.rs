//! Fractions: adding, comparing, parts of a number.

use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, frac};
use crate::item::Misconception;
use crate::level::Level::{Lower, Middle};
use crate::level::Section::{Mathematics, Quantitative};
use crate::level::Strand;

pub const TEMPLATES: &[Template] = &[Template {
    id: "add-unlike-fractions",
    skill: "numbers.fractions-add",
    strand: Strand::Numbers,
    sections: &[Mathematics, Quantitative],
    levels: &[Lower, Middle],
    make: add_unlike,
}];

const ADDS_BOTTOMS: Misconception =
    Misconception { id: "adds-denominators", plain: "adds the denominators as well as the numerators" };
const KEEPS_ONE_BOTTOM: Misconception = Misconception {
    id: "adds-over-larger-denominator",
    plain: "adds the numerators over the larger denominator without renaming the fractions",
};
const MULTIPLIES: Misconception =
    Misconception { id: "multiplies-to-add", plain: "multiplies the fractions instead of adding them" };
const SUBTRACTS: Misconception = Misconception {
    id: "subtracts-to-add",
    plain: "subtracts one fraction from the other instead of adding them",
};

fn add_unlike(g: &mut Gen) -> Option<Draft> {
    const LOWER: &[i64] = &[2, 3, 4, 5, 6, 8, 10];
    const MIDDLE: &[i64] = &[2, 3, 4, 5, 6, 7, 8, 9, 10, 12];
    let bottoms = if g.level() == Lower { LOWER } else { MIDDLE };
    let (b, d) = (g.pick(bottoms), g.pick(bottoms));
    // Unlike, in lowest terms, and not more than the whole of the stories. Drawn from what there is for these
    // denominators: a draw that is thrown away when the sum is too large leaves little but halves and thirds.
    let fits = |a: i64, c: i64| {
        let (first, second) = (Q::new(a, b), Q::new(c, d));
        b != d && first.bottom() == b && second.bottom() == d && first + second < Q::from(1)
    };
    let pairs: Vec<(i64, i64)> =
        (1..b).flat_map(|a| (1..d).map(move |c| (a, c))).filter(|(a, c)| fits(*a, *c)).collect();
    if pairs.is_empty() {
        return None;
    }
    let (a, c) = g.pick(&pairs);
    let (first, second) = (Q::new(a, b), Q::new(c, d));
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!(
            "{} walked {a}/{b} of a mile before lunch and {c}/{d} of a mile after lunch. How many miles did {} walk in all?",
            child.name, child.they
        ),
        1 => format!(
            "A recipe needs {a}/{b} of a cup of milk for the batter and {c}/{d} of a cup for the sauce. How many cups of milk does it need in all?"
        ),
        _ => format!(
            "{} painted {a}/{b} of a fence in the morning and {c}/{d} of it in the afternoon. What fraction of the fence is painted now?",
            child.name
        ),
    };
    let common = (first + second).bottom();
    let shared = (1..=b * d).find(|n| n % b == 0 && n % d == 0)?;
    let (left, right) = (a * shared / b, c * shared / d);
    let draft = Draft::new(stem)
        .key(frac(first + second))
        .wrong(frac(Q::new(a + c, b + d)), ADDS_BOTTOMS)
        .wrong(frac(Q::new(a + c, b.max(d))), KEEPS_ONE_BOTTOM)
        .wrong(frac((first - second).abs()), SUBTRACTS)
        .wrong(frac(first * second), MULTIPLIES)
        .hint("Can you add pieces of different sizes just as they are?")
        .hint(format!("Find a number that both {b} and {d} go into, and rename both fractions with it."))
        .step(format!("The smallest number that both {b} and {d} go into is {shared}."), frac(shared))
        .step(format!("{a}/{b} is the same as {left}/{shared}."), frac(first))
        .step(format!("{c}/{d} is the same as {right}/{shared}."), frac(second))
        .step(
            format!(
                "Add the numerators: {left} + {right} = {}, so the sum is {}/{shared}.",
                left + right,
                left + right
            ),
            frac(left + right),
        );
    Some(if common == shared {
        draft
    } else {
        draft.step(format!("In lowest terms that is {}.", frac(first + second).text), frac(first + second))
    })
}
