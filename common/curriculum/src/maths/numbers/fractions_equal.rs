//! Fractions: equal ones, and comparing.

use super::{
    BOTH, EQUAL_UNTESTED, LOWER_MIDDLE, MATHS, MIDDLE_UPPER, OPEN_LETTER, REASONING, gcf, kind, lcm, lures,
    over, slip,
};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, frac, int, words};
use crate::item::Misconception;
use crate::story::list;

pub const TEMPLATES: &[Template] = &[
    kind("equivalent-fraction", "numbers.fractions-equivalent", MATHS, LOWER_MIDDLE, equivalent),
    kind("order-fractions-story", "numbers.fractions-compare", BOTH, LOWER_MIDDLE, order),
    kind("compare-fractions", "numbers.fractions-compare", REASONING, MIDDLE_UPPER, compare),
];

const ADDS_SAME: Misconception =
    slip("adds-same-to-both", "adds the same number above and below instead of multiplying");
const ONLY_BELOW: Misconception = slip("changes-only-denominator", "changes only the denominator");
const ONLY_ABOVE: Misconception = slip("changes-only-numerator", "changes only the numerator");
const UPSIDE_DOWN: Misconception = slip("turns-fraction-over", "turns the fraction upside down");

fn equivalent(g: &mut Gen) -> Option<Draft> {
    let (p, q) = (g.by_level([1..=4, 1..=7, 2..=9, 2..=9]), g.by_level([2..=6, 3..=9, 4..=12, 4..=12]));
    let (shown, other) = g.two(1..=if p > 4 { 5 } else { 7 });
    if p >= q || gcf(p, q) != 1 || other == 1 && shown == 2 {
        return None;
    }
    let (a, b, c, d) = (p * shown, q * shown, p * other, q * other);
    let child = g.child();
    let (a_, key) = (format!("{a}/{b}"), over(c, d));
    let stem = match g.int(0..=3) {
        0 => format!("Which fraction is equal to {a_}?"),
        1 => format!(
            "{} has eaten {a_} of a pan of corn bread. Which fraction names the same part of the pan?",
            child.name
        ),
        2 => format!("{a} of the {b} seats on a bus are taken. Which fraction of the seats is that?"),
        _ => format!("Which fraction has the same value as {a_}?"),
    };
    // The seats may be named by the numbers of the story themselves, which the choices never hold.
    let more = if other > shown { d - b } else { b - d };
    let added = if other > shown { over(a + more, b + more) } else { over(a - more, b - more) };
    let draft = Draft::new(stem).key(key.clone());
    let draft = if other > shown || a > more { draft.wrong(added, ADDS_SAME) } else { draft };
    let simplest = format!("{p}/{q}");
    Some(
        draft
            .wrong(over(a, d), ONLY_BELOW)
            .wrong(over(c, b), ONLY_ABOVE)
            .wrong(over(d, c), UPSIDE_DOWN)
            .hint("A fraction keeps its value when its top and its bottom are multiplied or divided by the same number.")
            .hint("Write the fraction of the question in lowest terms. Then do the same with the choices.")
            .step(
                if shown == 1 { format!("{a_} is already in lowest terms.") } else { format!("Dividing above and below by {shown}, {a_} = {simplest}.") },
                frac(Q::new(p, q)),
            )
            .step(
                if other == 1 { format!("So {a_} is equal to {}.", key.text) } else { format!("Multiplying above and below by {other}, {simplest} = {}.", key.text) },
                key,
            ),
    )
}

const BY_TOPS: Misconception = slip("compares-numerators-only", "compares only the numerators");
const BY_BOTTOMS: Misconception = slip("compares-denominators-only", "compares only the denominators");
const BY_GAP: Misconception =
    slip("compares-missing-pieces", "compares how many pieces are missing and not how large they are");
const NOT_ALL: Misconception =
    slip("compares-only-some", "compares only some of the fractions with each other");

/// Four fractions, and where the value, the numerator and the denominator point, each at another one; then the one
/// that is left over and whether it has the fewest pieces missing (or, for the least, the most).
struct Four {
    all: Vec<(i64, i64)>,
    key: usize,
    tops: usize,
    bottoms: usize,
    other: usize,
    by_gap: bool,
}

fn four(g: &mut Gen, top: i64, most: bool) -> Option<Four> {
    let mut all: Vec<(i64, i64)> = Vec::new();
    while all.len() < 4 {
        let b = g.int(3..=top);
        let a = g.int(1..=b - 1);
        if gcf(a, b) == 1 {
            all.push((a, b));
        }
    }
    let sign = if most { 1 } else { -1 };
    let best_of = |score: &dyn Fn(&(i64, i64)) -> Q| {
        let best = all.iter().map(score).max()?;
        let mut at = (0..4).filter(|at| score(&all[*at]) == best);
        let first = at.next();
        if at.next().is_some() { None } else { first }
    };
    let key = best_of(&|one| Q::new(one.0, one.1) * sign)?;
    let tops = best_of(&|one| Q::from(one.0 * sign))?;
    let bottoms = best_of(&|one| Q::from(one.1 * sign))?;
    let gap = best_of(&|one| Q::from((one.0 - one.1) * sign));
    let common = all.iter().fold(1, |m, (_, b)| lcm(m, *b));
    if key == tops || key == bottoms || tops == bottoms || common > 840 {
        return None;
    }
    let other = (0..4).find(|at| ![key, tops, bottoms].contains(at))?;
    Some(Four { all, key, tops, bottoms, other, by_gap: gap == Some(other) })
}

fn order(g: &mut Gen) -> Option<Draft> {
    let top = g.by_level([6..=6, 10..=10, 14..=14, 14..=14]);
    let most = g.one_in(2);
    let Four { all, key, tops, bottoms, other, by_gap } = (0..50).find_map(|_| four(g, top, most))?;
    let names: Vec<&str> =
        g.several(&crate::story::CHILDREN, 4).into_iter().map(|child| child.name).collect();
    let told: Vec<String> = (0..4).map(|at| format!("{} {}/{}", names[at], all[at].0, all[at].1)).collect();
    let told = list(&told).replace(" and ", ", and ");
    let stem = match (g.int(0..=2), most) {
        (0, true) => format!(
            "Four friends walked along the same path. They walked these parts of a mile: {told}. Who walked the farthest?"
        ),
        (0, false) => format!(
            "Four friends walked along the same path. They walked these parts of a mile: {told}. Who walked the shortest distance?"
        ),
        (1, true) => format!(
            "Four children are reading the same book. They have read these parts of it: {told}. Who has read the most?"
        ),
        (1, false) => format!(
            "Four children are reading the same book. They have read these parts of it: {told}. Who has read the least?"
        ),
        (_, true) => format!(
            "Four children practiced the piano. They practiced for these parts of an hour: {told}. Who practiced the longest?"
        ),
        (_, false) => format!(
            "Four children practiced the piano. They practiced for these parts of an hour: {told}. Who practiced the shortest time?"
        ),
    };
    let common = all.iter().fold(1, |m, (_, b)| lcm(m, *b));
    let renamed: Vec<String> =
        all.iter().map(|(a, b)| format!("{a}/{b} is {}/{common}", a * common / b)).collect();
    Some(
        Draft::new(stem)
            .key(words(names[key]))
            .wrong(words(names[tops]), BY_TOPS)
            .wrong(words(names[bottoms]), BY_BOTTOMS)
            .wrong(words(names[other]), if by_gap { BY_GAP } else { NOT_ALL })
            .hint("Which of the fractions are greater than one half, and which are less?")
            .hint("Give all the fractions the same denominator, or compare them two at a time.")
            .step(format!("A denominator that all of them can be renamed with is {common}."), int(common))
            .say(format!("Then {}.", list(&renamed)))
            .say(format!(
                "The {} is {}/{}, so the answer is {}.",
                if most { "greatest" } else { "least" },
                all[key].0,
                all[key].1,
                names[key]
            )),
    )
}

const BIGGER_NUMBERS: Misconception =
    slip("larger-digits-larger-fraction", "takes the fraction with the larger numbers for the greater one");
const BIGGER_BOTTOM_SMALLER: Misconception = slip(
    "larger-denominator-always-smaller",
    "thinks that a larger denominator always makes a fraction smaller",
);

const FRACTION_OR_AMOUNT: Misconception =
    slip("fraction-or-amount-only", "looks only at the fractions, or only at the numbers they are taken of");
const SAME_GAP: Misconception =
    slip("same-gap-same-fraction", "takes fractions for equal when the same number of pieces is missing");
const UNLIKE_OPEN: Misconception =
    slip("thinks-unlike-cannot-compare", "thinks that fractions of different kinds cannot be compared");

fn compare(g: &mut Gen) -> Option<Draft> {
    let top = g.by_level([6..=6, 12..=12, 15..=15, 20..=20]);
    let (b, d) = g.two(3..=top);
    let (a, c) = (g.int(1..=b - 1), g.int(1..=d - 1));
    let kind = g.int(0..=4);
    let (one, two) = if g.one_in(2) { (b, b + c) } else { (b + c, b) };
    let mut first_larger = b > d;
    let (given, left, right, values, why) = match kind {
        0 if gcf(a, b) == 1 && gcf(c, d) == 1 => (
            String::new(),
            format!("{a}/{b}"),
            format!("{c}/{d}"),
            Some((Q::new(a, b), Q::new(c, d))),
            format!("With the same denominator they are {}/{} and {}/{}.", a * d, b * d, c * b, b * d),
        ),
        1 => {
            let (k, m) = g.two(2..=7);
            first_larger = k > m;
            (
                String::new(),
                format!("{}/{}", a * k, b * k),
                format!("{}/{}", a * m, b * m),
                Some((Q::new(a, b), Q::new(a, b))),
                format!("In lowest terms both are {}.", frac(Q::new(a, b)).text),
            )
        }
        2 => {
            let (x, y) = (g.int(2..=9) * b, g.int(2..=9) * d);
            (
                String::new(),
                format!("{a}/{b} of {x}"),
                format!("{c}/{d} of {y}"),
                Some((Q::new(a * x, b), Q::new(c * y, d))),
                format!("Column A is {} and Column B is {}.", a * x / b, c * y / d),
            )
        }
        3 => (
            "The number k is a positive whole number.".into(),
            format!("{a}/(k + {one})"),
            format!("{a}/(k + {two})"),
            Some((Q::new(1, one), Q::new(1, two))),
            format!(
                "The numerators are the same, and the pieces in Column {} are larger because there are fewer of them in a whole.",
                if one < two { "A" } else { "B" }
            ),
        ),
        4 if gcf(a, b) == 1 && a + 1 < b => (
            "The number k is a positive whole number less than 100.".into(),
            format!("{a}/{b}"),
            "k/100".into(),
            None,
            format!(
                "When k is 1, Column A is greater. When k is 99, Column B is greater, because {a}/{b} is less than 99/100."
            ),
        ),
        _ => return None,
    };
    let answer = match &values {
        None => 3,
        Some((one, two)) if one > two => 0,
        Some((one, two)) if one < two => 1,
        Some(_) => 2,
    };
    let sides = match (kind, first_larger) {
        (2, _) => [FRACTION_OR_AMOUNT; 2],
        (3, _) => [BIGGER_NUMBERS; 2],
        (_, true) => [BIGGER_NUMBERS, BIGGER_BOTTOM_SMALLER],
        (_, false) => [BIGGER_BOTTOM_SMALLER, BIGGER_NUMBERS],
    };
    let equal = if kind == 0 && b - a == d - c { SAME_GAP } else { EQUAL_UNTESTED };
    let mistakes = lures(answer, sides, equal, if kind == 3 { OPEN_LETTER } else { UNLIKE_OPEN });
    let spoken = if given.contains("whole number.") {
        format!(
            "{given} Column A is {a} over the quantity k plus {one}. Column B is {a} over the quantity k plus {two}."
        )
    } else {
        crate::speech::stem(&format!("{given}\nColumn A: {left}\nColumn B: {right}"))
    };
    Some(
        Draft::comparison(&given, &left, &right, answer, mistakes)
            .spoken(spoken)
            .hint(if given.is_empty() {
                "Do not judge by the size of the numbers. How large is each fraction?"
            } else {
                "Try a small number for k and then a large one."
            })
            .hint("Fractions are easy to compare when they have the same denominator or the same numerator.")
            .say(why)
            .say(match answer {
                0 => "So the quantity in Column A is greater.",
                1 => "So the quantity in Column B is greater.",
                2 => "So the two are equal.",
                _ => "So the relationship cannot be determined.",
            }),
    )
}
