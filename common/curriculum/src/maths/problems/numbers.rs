//! Number puzzles: least and greatest with conditions, digits, consecutive numbers.

use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, int};
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Strand::Problems;
use crate::maths::kit::{BOTH, QUANT, mistake, positive, template};

pub const TEMPLATES: &[Template] = &[
    template(
        Problems,
        "least-number-with-remainders",
        "problems.conditions",
        QUANT,
        &[Lower, Middle, Upper],
        remainders,
    ),
    template(Problems, "two-digit-puzzle", "problems.conditions", BOTH, &[Lower, Middle], digits),
    template(
        Problems,
        "greatest-and-least-from-digits",
        "problems.conditions",
        BOTH,
        &[Lower, Middle],
        from_digits,
    ),
    template(
        Problems,
        "sum-of-consecutive-numbers",
        "problems.consecutive",
        BOTH,
        &[Lower, Middle, Upper],
        consecutive,
    ),
];

fn remainders(g: &mut Gen) -> Option<Draft> {
    let (a, b) = (g.by_level([2..=3, 2..=5, 3..=8, 4..=12]), g.by_level([3..=5, 3..=8, 4..=11, 5..=15]));
    if a >= b || b % a == 0 {
        return None;
    }
    let same = g.one_in(2);
    let r = g.int(1..=a - 1);
    let s = if same { r } else { g.int(0..=b - 1) };
    let start = g.by_level([10..=20, 12..=40, 20..=90, 30..=150]);
    let key = (start + 1..start + 1 + 2 * a * b).find(|n| n % a == r && n % b == s)?;
    let common = (1..=a * b).find(|n| n % a == 0 && n % b == 0)?;
    let child = g.child();
    let left = |n: i64| match n {
        0 => "none is left over".to_owned(),
        1 => "1 is left over".to_owned(),
        n => format!("{n} are left over"),
    };
    let thing = g.pick(&["marbles", "coins", "stamps", "beads"]);
    let stem = match g.int(0..=2) {
        0 => format!(
            "{} has more than {start} {thing}. In groups of {a}, {}. In groups of {b}, {}. What is the least number of {thing} that {} can have?",
            child.name,
            left(r),
            left(s),
            child.they
        ),
        1 => format!(
            "What is the least whole number greater than {start} that leaves a remainder of {r} when divided by {a} and a remainder of {s} when divided by {b}?"
        ),
        _ => format!(
            "A choir has more than {start} singers. In rows of {a}, {}. In rows of {b}, {}. What is the least number of singers that the choir can have?",
            left(r),
            left(s)
        ),
    };
    let first_only = (start + 1..).find(|n| n % a == r && n % b != s)?;
    let second_only = (start + 1..).find(|n| n % b == s && n % a != r)?;
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(int(first_only), mistake("first-condition-only", "meets only the first of the conditions"))
            .wrong(int(second_only), mistake("second-condition-only", "meets only the second of the conditions"))
            .wrong(int(key + common), mistake("not-the-least", "finds a number that fits but is not the least"))
            .wrong(positive(key - common), mistake("ignores-the-lower-limit", "finds a number that fits but is too small"))
            .wrong(int(Q::from(key - r)), mistake("forgets-the-remainder", "finds a number without a remainder"))
            .hint(format!("Make a list of the numbers greater than {start} that fit the second condition."))
            .hint("Go along the list and test each number with the other condition. Stop as soon as a number fits.")
            .say(format!(
                "Greater than {start}, these leave {s} when divided by {b}: {}.",
                crate::maths::kit::row(&(start + 1..=key).filter(|n| n % b == s).collect::<Vec<_>>())
            ))
            .step(format!("The first of them that leaves {r} when divided by {a} is {key}."), int(key)),
    )
}

fn digits(g: &mut Gen) -> Option<Draft> {
    let (tens, ones) = (g.int(1..=9), g.int(0..=9));
    let n = tens * 10 + ones;
    if tens == ones {
        return None;
    }
    let child = g.child();
    let kind = g.int(0..=3);
    let sum = tens + ones;
    let (clue, test): (String, Box<dyn Fn(i64, i64) -> bool>) = match kind {
        0 => {
            let (more, gap) = (tens > ones, (tens - ones).abs());
            (
                format!(
                    "The tens digit is {gap} {} than the ones digit.",
                    if more { "greater" } else { "less" }
                ),
                Box::new(move |t, o| t - o == if more { gap } else { -gap }),
            )
        }
        1 => {
            if tens == 0 || ones % tens != 0 || ones / tens < 2 {
                return None;
            }
            let times = ones / tens;
            (format!("The ones digit is {times} times the tens digit."), Box::new(move |t, o| o == t * times))
        }
        2 => {
            if ones == 0 || tens % ones != 0 || tens / ones < 2 {
                return None;
            }
            let times = tens / ones;
            (format!("The tens digit is {times} times the ones digit."), Box::new(move |t, o| t == o * times))
        }
        _ => {
            let product = tens * ones;
            if product == 0 {
                return None;
            }
            let more = tens > ones;
            (
                format!(
                    "The product of the digits is {product}, and the tens digit is the {} one.",
                    if more { "greater" } else { "smaller" }
                ),
                Box::new(move |t, o| t * o == product && (t > o) == more),
            )
        }
    };
    let fits: Vec<i64> = (10..100).filter(|n| n / 10 + n % 10 == sum && test(n / 10, n % 10)).collect();
    if fits.len() != 1 {
        return None;
    }
    let (other, off) = (
        (10..100).find(|n| n / 10 + n % 10 == sum && !test(n / 10, n % 10) && *n != ones * 10 + tens),
        (10..100).find(|n| test(n / 10, n % 10) && n / 10 + n % 10 != sum),
    );
    let stem = match g.int(0..=2) {
        0 => format!("The digits of a two-digit number add up to {sum}. {clue} What is the number?"),
        1 => format!(
            "{} is thinking of a two-digit number. The sum of its digits is {sum}. {clue} What is the number?",
            child.name
        ),
        _ => format!(
            "A locker has a two-digit number. Its digits have a sum of {sum}. {clue} What is the number of the locker?"
        ),
    };
    let other = other.map_or(Q(None), Q::from);
    let off = off.map_or(Q(None), Q::from);
    let last = (n - 9..=n + 9).find(|k| {
        *k != n && *k > 9 && k / 10 + k % 10 == sum && *k != ones * 10 + tens && Q::from(*k) != other
    });
    let more = (10..100).rev().find(|k| test(k / 10, k % 10) && k / 10 + k % 10 != sum && Q::from(*k) != off);
    Some(
        Draft::new(stem)
            .key(int(n))
            .wrong(
                if ones > 0 { int(ones * 10 + tens) } else { int(Q(None)) },
                mistake("digits-in-the-wrong-places", "puts the right digits in the wrong places"),
            )
            .wrong(int(other), mistake("digit-sum-only", "uses only the sum of the digits"))
            .wrong(int(off), mistake("second-clue-only", "uses only the second clue"))
            .wrong(
                int(last.map_or(Q(None), Q::from)),
                mistake("digit-sum-only", "uses only the sum of the digits"),
            )
            .wrong(
                int(more.map_or(Q(None), Q::from)),
                mistake("second-clue-only", "uses only the second clue"),
            )
            .hint("List the two-digit numbers that fit the first clue.")
            .hint("Then test the second clue on each number of your list.")
            .say(format!(
                "These two-digit numbers have the digit sum {sum}: {}.",
                crate::maths::kit::row(&(10..100).filter(|n| n / 10 + n % 10 == sum).collect::<Vec<_>>())
            ))
            .step(format!("Only {n} fits the other clue as well."), int(n)),
    )
}

fn from_digits(g: &mut Gen) -> Option<Draft> {
    let count = if g.level() == Lower { 3 } else { 4 };
    let all = g.several(&[1, 2, 3, 4, 5, 6, 7, 8, 9], count);
    let value = |digits: &[i64]| digits.iter().fold(0, |n, d| n * 10 + d);
    let mut up = all.clone();
    up.sort_unstable();
    let down: Vec<i64> = up.iter().rev().copied().collect();
    let (greatest, least) = (value(&down), value(&up));
    let child = g.child();
    let cards = crate::maths::kit::row(&all);
    let size = if count == 3 { "three-digit" } else { "four-digit" };
    // The extreme even or odd numbers.
    let odd = g.one_in(2);
    let high = g.one_in(2);
    let word = if odd { "odd" } else { "even" };
    let mut fits: Vec<i64> = Vec::new();
    let low = 10_i64.pow(u32::try_from(count - 1).ok()?);
    for n in low..low * 10 {
        let mut parts: Vec<i64> = Vec::new();
        let mut rest = n;
        while rest > 0 {
            parts.push(rest % 10);
            rest /= 10;
        }
        parts.sort_unstable();
        if parts == up && (n % 2 == 1) == odd {
            fits.push(n);
        }
    }
    let (min, max) = (*fits.first()?, *fits.last()?);
    let key = if high { max } else { min };
    let free = if high { greatest } else { least };
    let extreme = if high { "greatest" } else { "least" };
    if fits.len() < 4 || g.one_in(2) && key == free {
        return None;
    }
    let near = if high { fits[fits.len() - 2] } else { fits[1] };
    let stem = match g.int(0..=2) {
        0 => format!(
            "{} has cards with the digits {cards}. Using each card once, what is the {extreme} {word} {size} number that {} can make?",
            child.name, child.they
        ),
        1 => format!(
            "The digits {cards} are used once each to write a {size} number. What is the {extreme} {word} number possible?"
        ),
        _ => format!(
            "A code is {} {word} {size} number made of the digits {cards}, each used once. It is the {extreme} number of this kind. What is the code?",
            crate::story::article(word)
        ),
    };
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(int(free), mistake("forgets-even-or-odd", "forgets that the number must be even or odd"))
            .wrong(
                int(if high { min } else { max }),
                mistake("greatest-and-least-mixed-up", "mixes up the greatest and the least"),
            )
            .wrong(
                int(near),
                mistake("not-the-extreme", "finds a number that fits, but not the most extreme one"),
            )
            .wrong(
                int(if high { least } else { greatest }),
                mistake("digits-in-the-other-order", "writes the digits in the opposite order"),
            )
            .hint("The last digit decides whether a number is even or odd.")
            .hint(format!(
                "Which digits may stand at the end? Then put the others so that the number is the {extreme}."
            ))
            .say(format!("The last digit must be {word}."))
            .step(
                format!(
                    "With the other digits in the best order, the {extreme} such number is {}.",
                    int(key).text
                ),
                int(key),
            ),
    )
}

fn consecutive(g: &mut Gen) -> Option<Draft> {
    let count = g.by_level([3..=3, 3..=3, 3..=5, 4..=7]);
    let step = if g.one_in(2) { 1 } else { 2 };
    let first = g.by_level([3..=12, 4..=40, 10..=120, 15..=300]);
    let last = first + (count - 1) * step;
    let sum = count * (first + last) / 2;
    let kind = match (step, first % 2) {
        (1, _) => "whole numbers",
        (_, 0) => "even numbers",
        _ => "odd numbers",
    };
    let largest = g.one_in(2);
    let (key, word, other) = if largest { (last, "greatest", first) } else { (first, "least", last) };
    let spelled = crate::story::spelled(count);
    let child = g.child();
    let wording = match g.int(0..=2) {
        0 => {
            format!("The sum of {spelled} consecutive {kind} is {sum}. What is the {word} of these numbers?")
        }
        1 => format!(
            "{} adds {spelled} consecutive {kind} and gets {}. What is the {word} one?",
            child.name,
            int(sum).text
        ),
        _ => format!(
            "On a street, {spelled} neighboring houses have consecutive {kind}. These numbers add up to {}. What is the {word} house number?",
            int(sum).text
        ),
    };
    let wording = wording.replace(&format!("is {sum}."), &format!("is {}.", int(sum).text));
    let mean = Q::new(sum, count);
    let nearest = sum / count;
    Some(
        Draft::new(wording)
            .key(int(key))
            .wrong(
                int(other),
                mistake("other-end-of-the-run", "gives the number at the other end of the run"),
            )
            .wrong(
                if mean.is_whole() { int(mean) } else { int(nearest) },
                mistake("mean-for-the-end", "gives the middle of the run instead of its end"),
            )
            .wrong(
                int(if largest { last + step } else { first - step }),
                mistake("one-step-too-far", "goes one step too far from the middle"),
            )
            .wrong(
                int(if largest { last - step } else { first + step }),
                mistake("one-step-too-short", "stops one step before the end of the run"),
            )
            .wrong(
                if step == 2 {
                    int(if largest { nearest + (count - 1) / 2 } else { nearest - (count - 1) / 2 })
                } else {
                    int(Q(None))
                },
                mistake("steps-of-one", "steps by ones though the numbers are two apart"),
            )
            .hint("Divide the sum by how many numbers there are. Where in the run does that lie?")
            .hint(if step == 2 {
                "Neighbors in this run are two apart. Count from the middle to the end."
            } else {
                "Neighbors in this run are one apart. Count from the middle to the end."
            })
            .say(format!(
                "{} ÷ {count} = {}, which is the middle of the run.",
                int(sum).text,
                crate::exact::dec(mean).text
            ))
            .step(
                format!(
                    "The numbers are {}.",
                    crate::maths::kit::row(&(0..count).map(|at| first + at * step).collect::<Vec<_>>())
                ),
                int(key),
            ),
    )
    .filter(|_| crate::exact::dec(mean).meaning.is_some() && first > step)
}
