//! Fractions: subtracting, and mixed numbers.

use super::{BOTH, LOWER_MIDDLE, gcf, kind, lcm, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, frac, int, mixed};
use crate::item::Misconception;
use crate::story::list;

pub const TEMPLATES: &[Template] = &[
    kind("subtract-unlike-fractions", "numbers.fractions-add", BOTH, LOWER_MIDDLE, subtract),
    kind("add-mixed-numbers", "numbers.mixed-numbers", BOTH, LOWER_MIDDLE, add_mixed),
    kind("subtract-mixed-numbers", "numbers.mixed-numbers", BOTH, LOWER_MIDDLE, subtract_mixed),
];

const SUBTRACTS_BOTTOMS: Misconception =
    slip("subtracts-denominators", "subtracts the denominators as well as the numerators");
const OVER_LARGER: Misconception = slip(
    "subtracts-over-larger-denominator",
    "subtracts the numerators over the larger denominator without renaming",
);

const NOT_RENAMED: Misconception =
    slip("numerators-not-renamed", "finds the common denominator but leaves the numerators as they were");
const ADDS_FRACTIONS: Misconception =
    slip("adds-fractions-to-subtract", "adds the fractions instead of subtracting them");
const MULTIPLIES_FRACTIONS: Misconception =
    slip("multiplies-to-subtract", "multiplies the fractions instead of subtracting them");

fn subtract(g: &mut Gen) -> Option<Draft> {
    let top = g.by_level([6..=6, 9..=9, 12..=12, 12..=12]);
    let (b, d) = g.two(2..=top);
    let (a, c) = (g.int(1..=b - 1), g.int(1..=d - 1));
    let (first, second) = (Q::new(a, b), Q::new(c, d));
    if gcf(a, b) != 1 || gcf(c, d) != 1 || first <= second {
        return None;
    }
    let child = g.child();
    let stem = match g.int(0..=3) {
        0 => format!(
            "{} had {a}/{b} of a yard of ribbon and used {c}/{d} of a yard. What fraction of a yard is left?",
            child.name
        ),
        1 => format!(
            "A trail is {a}/{b} of a mile long. {} has walked {c}/{d} of a mile of it. What fraction of a mile is still to go?",
            child.name
        ),
        2 => format!(
            "A jar holds {a}/{b} of a cup of honey. A recipe takes {c}/{d} of a cup. What fraction of a cup is left in the jar?"
        ),
        _ => format!("What is {a}/{b} − {c}/{d}?"),
    };
    let (difference, shared) = (first - second, lcm(b, d));
    let (left, right) = (a * shared / b, c * shared / d);
    let mut draft = Draft::new(stem).key(frac(difference));
    for (above, below, mistake) in
        [(a - c, b - d, SUBTRACTS_BOTTOMS), (a - c, b.max(d), OVER_LARGER), (a - c, shared, NOT_RENAMED)]
    {
        if above * below > 0 {
            draft = draft.wrong(frac(Q::new(above, below)), mistake);
        }
    }
    draft = draft
        .wrong(frac(first + second), ADDS_FRACTIONS)
        .wrong(frac(first * second), MULTIPLIES_FRACTIONS)
        .wrong(
            frac(Q::new((a - c).abs(), b + d)),
            slip("adds-denominators-to-subtract", "adds the denominators while subtracting the numerators"),
        )
        .hint("Can you take away pieces of a different size just as they are?")
        .hint(format!("Rename both fractions with a number that {b} and {d} both go into."))
        .step(format!("The smallest number that both {b} and {d} go into is {shared}."), int(shared))
        .step(format!("{a}/{b} is {left}/{shared}, and {c}/{d} is {right}/{shared}."), frac(first))
        .step(
            format!("{left} − {right} = {}, so the difference is {}/{shared}.", left - right, left - right),
            frac(difference),
        );
    Some(if difference.bottom() == shared {
        draft
    } else {
        draft.step(format!("In lowest terms that is {}.", frac(difference).text), frac(difference))
    })
}

const BOTTOMS_ADDED: Misconception =
    slip("adds-mixed-denominators", "adds the denominators of the fraction parts too");
const WHOLE_NOT_CARRIED: Misconception =
    slip("drops-whole-from-fractions", "forgets the extra whole that the fraction parts make together");
const WHOLES_ONLY: Misconception =
    slip("fraction-of-one-only", "adds the whole numbers but keeps only one of the fraction parts");

/// A mixed number above 1 with its parts: the value, the whole, above, below.
fn a_mixed(g: &mut Gen, top: i64) -> Option<(Q, i64, i64, i64)> {
    let (w, b) = (g.int(1..=top), g.pick(&[2, 3, 4, 5, 6, 8, 10, 12]));
    let a = g.int(1..=b - 1);
    (gcf(a, b) == 1).then(|| (Q::new(w * b + a, b), w, a, b))
}

fn add_mixed(g: &mut Gen) -> Option<Draft> {
    let top = g.by_level([3..=3, 5..=5, 9..=9, 9..=9]);
    let (first, v, a, b) = a_mixed(g, top)?;
    let (second, w, c, d) = a_mixed(g, top)?;
    let shared = lcm(b, d);
    let (left, right) = (a * shared / b, c * shared / d);
    if b == d || left + right <= shared || shared > 24 {
        return None;
    }
    let sum = first + second;
    let (x, y) = (mixed(first).text, mixed(second).text);
    let child = g.child();
    let stem = match g.int(0..=3) {
        0 => format!(
            "{} rode {x} miles on Saturday and {y} miles on Sunday. How many miles did {} ride in all?",
            child.name, child.they
        ),
        1 => format!(
            "A painter mixes {x} quarts of white paint with {y} quarts of blue paint. How many quarts of paint is that?"
        ),
        2 => format!(
            "A movie lasts {x} hours, and a second one lasts {y} hours. How many hours do the two last together?"
        ),
        _ => format!("What is {x} + {y}?"),
    };
    Some(
        Draft::new(stem)
            .key(mixed(sum))
            .wrong(mixed(Q::from(v + w) + Q::new(a + c, b + d)), BOTTOMS_ADDED)
            .wrong(mixed(sum - 1), WHOLE_NOT_CARRIED)
            .wrong(mixed(Q::from(v + w) + Q::new(a, b)), WHOLES_ONLY)
            .wrong(
                mixed(first.max(second) - first.min(second)),
                slip("subtracts-mixed-to-add", "subtracts the mixed numbers instead of adding them"),
            )
            .hint("Add the whole numbers and the fraction parts separately.")
            .hint("The fraction parts need the same denominator. Do they make more than one whole together?")
            .step(format!("The whole numbers make {v} + {w} = {}.", v + w), int(v + w))
            .step(
                format!(
                    "{a}/{b} + {c}/{d} = {left}/{shared} + {right}/{shared} = {}/{shared}.",
                    left + right
                ),
                frac(Q::new(left + right, shared)),
            )
            .step(
                format!("That is {}, one whole and a part.", mixed(Q::new(left + right, shared)).text),
                mixed(Q::new(left + right, shared)),
            )
            .step(
                format!(
                    "In all: {} + {} = {}.",
                    v + w,
                    mixed(Q::new(left + right, shared)).text,
                    mixed(sum).text
                ),
                mixed(sum),
            ),
    )
}

const LARGER_PART_FIRST: Misconception = slip(
    "smaller-fraction-from-larger",
    "takes the smaller fraction part from the larger one, whichever comes first",
);

const WHOLE_KEPT: Misconception =
    slip("borrows-keeping-whole", "borrows a whole for the fraction but does not lower the whole number");
const BORROWS_TEN: Misconception =
    slip("borrows-ten-for-fraction", "adds ten to the numerator when borrowing, as with whole numbers");
const IGNORES_PARTS: Misconception =
    slip("subtracts-wholes-only", "subtracts the whole numbers and leaves the first fraction part as it is");

fn subtract_mixed(g: &mut Gen) -> Option<Draft> {
    let top = g.by_level([4..=4, 7..=7, 12..=12, 12..=12]);
    let (first, v, a, b) = a_mixed(g, top)?;
    let (second, w, c, d) = a_mixed(g, top)?;
    let shared = lcm(b, d);
    let (left, right) = (a * shared / b, c * shared / d);
    if left >= right || v < w + 2 || shared > 24 {
        return None;
    }
    let difference = first - second;
    let (x, y) = (mixed(first).text, mixed(second).text);
    let child = g.child();
    let stem = match g.int(0..=3) {
        0 => format!(
            "A board is {x} feet long. {} saws off {y} feet. How many feet of the board are left?",
            child.name
        ),
        1 => format!(
            "A pool was filled to a depth of {x} feet. Then the water went down by {y} feet. How many feet deep is the water now?"
        ),
        2 => format!(
            "{} worked on a model for {x} hours this week and {y} hours last week. How many more hours was that this week than last week?",
            child.name
        ),
        _ => format!("What is {x} − {y}?"),
    };
    let renamed: Vec<String> = [(a, b, left), (c, d, right)]
        .into_iter()
        .filter(|(_, below, _)| *below != shared)
        .map(|(above, below, top)| format!("{above}/{below} is {top}/{shared}"))
        .collect();
    let rename = if renamed.is_empty() {
        format!("The fraction parts are {a}/{b} and {c}/{d}.")
    } else {
        format!("With the denominator {shared}, {}.", list(&renamed))
    };
    Some(
        Draft::new(stem)
            .key(mixed(difference))
            .wrong(mixed(Q::from(v - w) + Q::new(right - left, shared)), LARGER_PART_FIRST)
            .wrong(mixed(difference + 1), WHOLE_KEPT)
            .wrong(
                if left + 10 > right {
                    mixed(Q::from(v - 1 - w) + Q::new(left + 10 - right, shared))
                } else {
                    mixed(Q(None))
                },
                BORROWS_TEN,
            )
            .wrong(mixed(Q::from(v - w) + Q::new(a, b)), IGNORES_PARTS)
            .wrong(
                mixed(first + second),
                slip("adds-mixed-to-subtract", "adds the mixed numbers instead of subtracting them"),
            )
            .hint("The fraction part of the second number is larger. Where can you get more pieces?")
            .hint(format!("Change one of the {v} wholes into pieces before you subtract."))
            .step(rename, frac(Q::new(a, b)))
            .step(
                format!("Break up one whole: {x} is {} and {}/{shared}.", v - 1, left + shared),
                mixed(first),
            )
            .step(
                format!(
                    "The fraction parts leave {}/{shared} − {right}/{shared} = {}/{shared}.",
                    left + shared,
                    left + shared - right
                ),
                frac(Q::new(left + shared - right, shared)),
            )
            .step(
                format!(
                    "The whole numbers leave {} − {w} = {}, so the answer is {}.",
                    v - 1,
                    v - 1 - w,
                    mixed(difference).text
                ),
                mixed(difference),
            ),
    )
}
