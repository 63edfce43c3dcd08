//! Comparing, even and odd, rounding.

use super::numbers::{digits, joined, number};
use super::{ALL, OLDER, by_grade, small};
use crate::draft::{Draft, Gen, Template};
use crate::exact::int;
use crate::level::Level::{Primary2, Primary3};
use crate::level::Strand::Numbers;
use crate::maths::kit::{MATHS, mistake, template};
use crate::story::list;

pub const TEMPLATES: &[Template] = &[
    template(Numbers, "primary-compare", "primary.compare", MATHS, ALL, compare),
    template(Numbers, "primary-even-odd", "primary.compare", MATHS, ALL, even_odd),
    template(Numbers, "primary-rounding", "primary.rounding", MATHS, OLDER, rounding),
];

fn compare(g: &mut Gen) -> Option<Draft> {
    // Numbers that are easy to mix up: the same digits or the same beginning.
    let n = number(g);
    let all = digits(n);
    let last = all.len() - 1;
    let mut swapped = all.clone();
    swapped.swap(last, last - 1);
    let four = [n, joined(&swapped), n + g.int(2..=6), n - g.int(2..=6)];
    let mut four = if four.iter().all(|k| digits(*k).len() == all.len()) { four } else { return None };
    g.shuffle(&mut four);
    let most = g.one_in(2);
    let mut order = four.to_vec();
    order.sort_unstable();
    if order.windows(2).any(|pair| pair[0] == pair[1]) {
        return None;
    }
    if most {
        order.reverse();
    }
    let key = order[0];
    let (word, child) = (if most { "greatest" } else { "least" }, g.child());
    let shown = list(&four.map(|n| int(n).text));
    let thing = g.pick(&["shells", "beads", "stamps", "cards"]);
    let stem = match g.int(0..=2) {
        0 => format!("Which of the numbers {shown} is the {word}?"),
        1 => format!("Four jars hold {shown} {thing}. What is the {word} number of {thing} in a jar?"),
        _ => format!("{} writes {shown}. Which of these numbers is the {word}?", child.name),
    };
    let ones = order.iter().skip(1).copied().max_by_key(|k| if most { k % 10 } else { 9 - k % 10 })?;
    let mut draft = Draft::new(stem)
        .key(int(key))
        .wrong(int(order[3]), mistake("greatest-and-least-mixed-up", "mixes up the greatest and the least"))
        .wrong(int(ones), mistake("compares-ones-first", "compares the ones before the bigger places"));
    for k in order.iter().skip(1) {
        draft = draft.wrong(
            int(*k),
            mistake("stops-comparing-early", "stops before all the numbers have been compared"),
        );
    }
    Some(
        draft
            .hint("Look at the digit on the left first. It counts the most.")
            .hint("When the digits on the left are the same, look at the next ones.")
            .say(format!(
                "In order, from the {word} on: {}.",
                order.iter().map(|k| int(*k).text).collect::<Vec<_>>().join("; ")
            ))
            .step(format!("The {word} is {}.", int(key).text), int(key)),
    )
}

fn even_odd(g: &mut Gen) -> Option<Draft> {
    let even = g.one_in(2);
    let parity = i64::from(!even);
    let mut four: Vec<i64> = Vec::new();
    let mut key = 0;
    while four.len() < 4 {
        let n = by_grade(g, [3..=60, 20..=400, 100..=4_000]);
        let wanted = if four.is_empty() { n % 2 == parity } else { n % 2 != parity };
        if wanted && !four.contains(&n) {
            if four.is_empty() {
                key = n;
            }
            four.push(n);
        }
    }
    g.shuffle(&mut four);
    let (word, child) = (if even { "even" } else { "odd" }, g.child());
    let shown = list(&four.iter().map(|n| int(*n).text).collect::<Vec<_>>());
    let stem = match g.int(0..=2) {
        0 => format!("Which of the numbers {shown} is {word}?"),
        1 => format!("{} looks for an {word} number. Which of {shown} is it?", child.name),
        _ if even => {
            format!("Socks come in pairs. Which of the numbers {shown} makes pairs with none left over?")
        }
        _ => format!("Socks come in pairs. Which of the numbers {shown} leaves one sock over?"),
    };
    let first_digit = |n: i64| digits(n)[0];
    let mut draft = Draft::new(stem).key(int(key));
    for n in four.iter().filter(|n| **n != key) {
        draft = if first_digit(*n) % 2 == parity {
            draft.wrong(
                int(*n),
                mistake("parity-from-first-digit", "looks at the first digit instead of the last"),
            )
        } else {
            draft.wrong(int(*n), mistake("mixes-up-even-and-odd", "mixes up even and odd"))
        };
    }
    Some(
        draft
            .hint("Only the last digit matters.")
            .hint("Even numbers end in 0, 2, 4, 6 or 8. The other numbers are odd.")
            .step(
                format!("{} ends in {}, so it is {word}. The others are not.", int(key).text, key % 10),
                int(key),
            ),
    )
    .filter(|_| key > 10 || g.level() == Primary2)
}

fn rounding(g: &mut Gen) -> Option<Draft> {
    let unit = if g.level() == Primary3 { 10 } else { g.pick(&[10, 100]) };
    let n = if g.level() == Primary3 { g.int(21..=989) } else { g.int(120..=9_880) };
    let rest = n % unit;
    if rest == 0 || rest == unit / 2 {
        return None;
    }
    let down = n - rest;
    let up = down + unit;
    let (key, other) = if 2 * rest > unit { (up, down) } else { (down, up) };
    let name = if unit == 10 { "ten" } else { "hundred" };
    let child = g.child();
    let shown = int(n).text;
    let stem = match g.int(0..=2) {
        0 => format!("What is {shown} rounded to the nearest {name}?"),
        1 => format!("{} rounds {shown} to the nearest {name}. What does {} get?", child.name, child.they),
        _ => format!("A farm has {shown} hens. About how many is that, to the nearest {name}?"),
    };
    let big = unit * 10;
    let far = (n + big / 2) / big * big;
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(
                int(other),
                mistake(
                    "rounds-the-wrong-way",
                    "rounds up when it should be down, or down when it should be up",
                ),
            )
            .wrong(
                small(g, far),
                mistake("rounds-to-a-bigger-place", "rounds to a bigger place than the one asked for"),
            )
            .wrong(
                if unit == 100 { int((n + 5) / 10 * 10) } else { small(g, 0) },
                mistake("rounds-to-a-smaller-place", "rounds to a smaller place than the one asked for"),
            )
            .wrong(small(g, n / unit), mistake("drops-the-zeros", "drops the zeros that keep the places"))
            .wrong(small(g, down + unit / 2), mistake("rounds-to-halfway", "goes to the halfway point"))
            .wrong(int(n), mistake("does-not-round", "leaves the number as it is"))
            .hint(format!("Between which two {name}s in a row does {shown} lie?"))
            .hint("Which of the two is nearer? Look at the digit to the right.")
            .say(format!("{shown} lies between {} and {}.", int(down).text, int(up).text))
            .step(format!("It is nearer to {}.", int(key).text), int(key)),
    )
}
