//! Comparisons of averages, ranges and chances.

use super::write::{n, row, slip};
use super::{A, B, EQUAL, UNKNOWN, compare, order, verdict};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, dec, frac, int};
use crate::level::Level::{Middle, Upper};
use crate::level::Section::Quantitative;
use crate::level::Strand;
use crate::story::spelled;

pub const TEMPLATES: &[Template] = &[
    Template {
        id: "compare-mean-and-median",
        skill: "comparison.data",
        strand: Strand::Data,
        sections: &[Quantitative],
        levels: &[Middle, Upper],
        make: mean_median,
    },
    Template {
        id: "compare-mean-after-new-value",
        skill: "comparison.data",
        strand: Strand::Data,
        sections: &[Quantitative],
        levels: &[Middle, Upper],
        make: new_mean,
    },
    Template {
        id: "compare-chances",
        skill: "comparison.data",
        strand: Strand::Data,
        sections: &[Quantitative],
        levels: &[Middle, Upper],
        make: chances,
    },
    Template {
        id: "compare-range-with-unknown",
        skill: "comparison.data",
        strand: Strand::Data,
        sections: &[Quantitative],
        levels: &[Middle, Upper],
        make: range,
    },
];

fn mean_median(g: &mut Gen) -> Option<Draft> {
    let middle = g.by_level([6..=20, 6..=20, 8..=40, 10..=80]);
    let gap = g.by_level([1..=4, 1..=4, 1..=6, 1..=9]);
    let mut values = [
        middle - gap - g.int(0..=6),
        middle - g.int(0..=gap),
        middle,
        middle + g.int(0..=gap),
        middle + gap + g.int(0..=6),
    ];
    if g.one_in(3) {
        // Even on both sides, so that the mean is the median.
        values[4] = 2 * middle - values[0];
        values[3] = 2 * middle - values[1];
    }
    let total: i64 = values.iter().sum();
    if values[0] < 1 {
        return None;
    }
    let mut shown = values;
    g.shuffle(&mut shown);
    let mean = Q::new(total, 5);
    let right = order(mean, middle);
    let (what, whose) = g.pick(&[
        ("scores", "Five quiz scores"),
        ("temperatures", "Five noon temperatures, in degrees"),
        ("numbers", "numbers"),
    ]);
    let given = format!("{whose}: {}.", row(&shown));
    Some(
        compare(
            &given,
            &format!("the mean of the {what}"),
            &format!("the median of the {what}"),
            right,
            &[
                (order(mean, shown[2]), slip("median-without-ordering", "takes the number in the middle of the list without putting the list in order")),
                (order(Q::new(values[0] + values[4], 2), middle), slip("midpoint-for-mean", "takes the number halfway between the least and the greatest for the mean")),
                (EQUAL, slip("mean-is-median", "thinks that the mean and the median are always the same")),
            ],
        )
        .hint("The median is the number in the middle once the list is in order. The mean is the sum divided by how many there are.")
        .hint("Put the numbers in order first. Then add them and divide by five.")
        .say(format!("In order: {}.", row(&values)))
        .step(format!("The median is the third one, {middle}."), int(middle))
        .step(format!("The sum is {total}, and {total} ÷ 5 = {}, which is the mean.", dec(mean).text), dec(mean))
        .say(verdict(right)),
    )
}

fn new_mean(g: &mut Gen) -> Option<Draft> {
    let (many, mean) = (g.int(3..=9), g.by_level([8..=30, 8..=30, 8..=40, 10..=90]));
    let (thing, things) = g.pick(&[("number", "numbers"), ("score", "scores"), ("weight", "weights")]);
    let kind = g.int(0..=4);
    let bound = mean + g.int(-6..=6);
    let (new, right, why) = match kind {
        0 | 1 => (
            format!("A new {thing} of {bound} is added to the list."),
            order(bound, mean),
            format!("The new {thing} is {}, and the old mean is {mean}.", n(bound)),
        ),
        2 => (
            format!("A new {thing} greater than {bound} is added to the list."),
            if bound >= mean { A } else { UNKNOWN },
            format!(
                "The new {thing} {} {mean}.",
                if bound >= mean {
                    "must be greater than"
                } else {
                    "can be less than, equal to or greater than"
                }
            ),
        ),
        3 => (
            format!("A new {thing} less than {bound} is added to the list."),
            if bound <= mean { B } else { UNKNOWN },
            format!(
                "The new {thing} {} {mean}.",
                if bound <= mean {
                    "must be less than"
                } else {
                    "can be less than, equal to or greater than"
                }
            ),
        ),
        _ => (
            format!("One of the {things} is then taken off the list."),
            UNKNOWN,
            format!("The {thing} that is taken off can be less than, equal to or greater than {mean}."),
        ),
    };
    Some(
        compare(
            &format!("The mean of {} {things} is {mean}. {new}", spelled(many)),
            &format!("the mean of the new list of {things}"),
            &n(mean),
            right,
            &[
                (if kind == 4 { B } else { A }, slip("more-values-greater-mean", "thinks that the mean grows with every value that is added and falls with every one taken away")),
                (B, slip("more-values-smaller-mean", "thinks that sharing among more values always makes the mean smaller")),
                (EQUAL, slip("mean-never-moves", "thinks that one more value does not change a mean")),
                (UNKNOWN, slip("values-not-given", "thinks that a mean cannot be compared unless all the values are given")),
            ],
        )
        .hint("Think of the mean as the balance point of the list. What pulls it up, and what pulls it down?")
        .hint("A value above the mean pulls the mean up, a value below pulls it down, and a value equal to it leaves it alone.")
        .say(why)
        .say(match right {
            A => "That pulls the mean up.",
            B => "That pulls the mean down.",
            EQUAL => "That leaves the mean where it is.",
            _ => "That can pull the mean either way.",
        })
        .say(verdict(right)),
    )
}

fn chances(g: &mut Gen) -> Option<Draft> {
    let most = if g.level() == Middle { 9 } else { 15 };
    let (a, b) = (g.int(1..=most), g.int(1..=most));
    let unknown = g.one_in(5);
    let (c, d) = if g.one_in(3) {
        let times = g.int(2..=3);
        (a * times, b * times)
    } else {
        (g.int(1..=most), g.int(1..=most))
    };
    if (a, b) == (c, d) || a.min(b).min(c).min(d) < 2 || (unknown && a * d <= 2 * c) {
        return None;
    }
    let (thing, things, one, two) = g.pick(&[
        ("marble", "marbles", "red", "blue"),
        ("card", "cards", "green", "white"),
        ("ticket", "tickets", "winning", "losing"),
    ]);
    let holder = g.pick(&["bag", "box", "jar"]);
    let (p, q) = (Q::new(a, a + b), Q::new(c, c + d));
    let right = if unknown { UNKNOWN } else { order(p, q) };
    let holds = |name: &str, x: i64, y: Option<i64>| match y {
        Some(y) => format!("{holder} {name} holds {} {one} and {} {two} {things}", n(x), n(y)),
        None => format!("{holder} {name} holds {} {one} {things} and some {two} {things}", n(x)),
    };
    let given = if unknown {
        format!(
            "Only {one} and {two} {things} are used. {}, and {}.",
            capital(&holds("P", a, None)),
            holds("Q", c, Some(d))
        )
    } else {
        format!(
            "{}, and {}, with nothing else in them.",
            capital(&holds("P", a, Some(b))),
            holds("Q", c, Some(d))
        )
    };
    let draft = compare(
        &given,
        &format!("the probability that a {thing} drawn from {holder} P without looking is {one}"),
        &format!("the probability that a {thing} drawn from {holder} Q without looking is {one}"),
        right,
        &[
            (
                order(a, c),
                slip(
                    "counts-favorable-only",
                    "compares only how many there are of the wanted kind, not how many there are in all",
                ),
            ),
            (order(d, b), slip("counts-others-only", "compares only how many there are of the other kind")),
            (EQUAL, slip("two-kinds-equal-chance", "thinks that two kinds always make equal chances")),
            (UNKNOWN, slip("chance-means-unknown", "thinks that a matter of chance can never be compared")),
        ],
    )
    .hint("A probability is the number of wanted ones divided by the number of all of them.")
    .hint(format!("For each {holder}, what fraction of the {things} is {one}? Then compare the fractions."));
    Some(if unknown {
        draft
            .say(format!("In {holder} Q, the probability is {c} out of {}.", c + d))
            .say(format!("In {holder} P, the number of {two} {things} is not known. With few of them the probability is great, and with many it is small."))
            .say(verdict(right))
    } else {
        draft
            .step(format!("In {holder} P, it is {a} out of {}, which is {}.", a + b, frac(p).text), frac(p))
            .step(format!("In {holder} Q, it is {c} out of {}, which is {}.", c + d, frac(q).text), frac(q))
            .step(
                format!(
                    "With a common denominator, compare {a} × {} = {} with {c} × {} = {}.",
                    c + d,
                    n(a * (c + d)),
                    a + b,
                    n(c * (a + b))
                ),
                int(a * (c + d)),
            )
            .say(verdict(right))
    })
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn range(g: &mut Gen) -> Option<Draft> {
    let low = g.by_level([2..=20, 2..=20, 3..=40, 5..=70]);
    let spread = g.int(6..=20);
    let mut shown = vec![low, low + spread, low + g.int(1..=spread - 1)];
    g.shuffle(&mut shown);
    let kind = g.int(0..=2);
    let bound = spread
        + match g.int(0..=2) {
            0 => 0,
            1 => g.int(1..=6),
            _ => -g.int(1..=5),
        };
    let high = low + spread;
    let (given, right) = match kind {
        0 => (
            format!("A list of numbers: {} and x, where x can be any number.", row(&shown)),
            if bound < spread { A } else { UNKNOWN },
        ),
        1 => (
            format!("A list of numbers: {} and x, where x is between {low} and {high}.", row(&shown)),
            order(spread, bound),
        ),
        _ => {
            let over = high + g.int(0..=5);
            (
                format!("A list of numbers: {} and x, where x is greater than {over}.", row(&shown)),
                if bound <= over - low { A } else { UNKNOWN },
            )
        }
    };
    Some(
        compare(
            &given,
            "the range of all the numbers in the list",
            &n(bound),
            right,
            &[
                (order(high, bound), slip("greatest-for-range", "takes the greatest number for the range")),
                (order(spread, bound), slip("leaves-out-unknown", "leaves the unknown number out when finding the range")),
                (UNKNOWN, slip("unknown-always-matters", "thinks that an unknown number in a list always leaves the answer open")),
            ],
        )
        .hint("The range is the greatest number minus the least.")
        .hint("Find the range without x. Can x change it, and in which direction?")
        .step(format!("Without x, the range is {high} − {low} = {spread}."), int(spread))
        .say(match (kind, right) {
            (0, A) => "One more number can only make the range greater or leave it as it is.".to_owned(),
            (0, _) => format!("If x lies between the others, the range stays {spread}. If x is very large, the range is much greater."),
            (1, _) => "A number between the least and the greatest does not change the range.".to_owned(),
            (_, A) => format!("Now x is the greatest number, so the range is more than {spread} and more than Column B."),
            _ => "Now x is the greatest number. It can be just large enough or much larger, so the range can be less or more than Column B.".to_owned(),
        })
        .say(verdict(right)),
    )
}
