//! Fractions: multiplying and dividing, parts of a number, the whole from a part.

use super::{ALL, BOTH, LOWER_MIDDLE, MIDDLE_UPPER, REASONING, gcf, kind, n, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, frac, int, mixed};
use crate::item::Misconception;

pub const TEMPLATES: &[Template] = &[
    kind("multiply-fractions-story", "numbers.fractions-multiply", BOTH, ALL, multiply),
    kind("fraction-of-a-number", "numbers.fractions-multiply", BOTH, LOWER_MIDDLE, of_number),
    kind("divide-by-fraction", "numbers.fractions-divide", BOTH, MIDDLE_UPPER, divide),
    kind("whole-from-part", "numbers.fractions-divide", BOTH, MIDDLE_UPPER, whole),
    kind("fraction-of-the-rest", "numbers.fractions-multiply", REASONING, MIDDLE_UPPER, rest),
];

const ADDS_PARTS: Misconception =
    slip("adds-to-take-part-of-part", "adds the fractions instead of taking a part of a part");
const CROSS: Misconception = slip("multiplies-crosswise", "multiplies crosswise as when dividing");
const TOPS_ONLY: Misconception =
    slip("multiplies-numerators-only", "multiplies the numerators and keeps one denominator");
const TAKES_AWAY: Misconception =
    slip("subtracts-part-of-part", "subtracts the second fraction from the first");
const SUMS_BOTTOMS: Misconception =
    slip("adds-denominators-to-multiply", "multiplies the numerators but adds the denominators");

fn multiply(g: &mut Gen) -> Option<Draft> {
    let top = g.by_level([4..=4, 6..=6, 9..=9, 12..=12]);
    let (b, d) = g.two(2..=top);
    let (a, c) = (g.int(1..=b - 1), g.int(1..=d - 1));
    if gcf(a, b) != 1 || gcf(c, d) != 1 {
        return None;
    }
    let (first, second) = (Q::new(a, b), Q::new(c, d));
    let product = first * second;
    let child = g.child();
    let stem = match g.int(0..=3) {
        0 => format!(
            "Vegetables grow on {a}/{b} of a garden, and {c}/{d} of that part is planted with beans. What fraction of the whole garden is planted with beans?"
        ),
        1 => format!(
            "{} had {a}/{b} of a pizza left and ate {c}/{d} of what was left. What fraction of a whole pizza did {} eat?",
            child.name, child.they
        ),
        2 => format!(
            "In a school, {a}/{b} of the students play an instrument, and {c}/{d} of these play in the band. What fraction of all the students play in the band?"
        ),
        _ => format!("What is {a}/{b} × {c}/{d}?"),
    };
    let mut draft = Draft::new(stem)
        .key(frac(product))
        .wrong(frac(first + second), ADDS_PARTS)
        .wrong(frac(Q::new(a * c, b + d)), SUMS_BOTTOMS)
        .wrong(frac(Q::new(a * d, b * c)), CROSS)
        .wrong(frac(Q::new(a * c, b.max(d))), TOPS_ONLY);
    if first > second {
        draft = draft.wrong(frac(first - second), TAKES_AWAY);
    }
    draft = draft
        .hint("A part of a part: is the result more or less than each of the two fractions?")
        .hint("To take a fraction of a fraction, multiply the tops and multiply the bottoms.")
        .step(format!("Multiply the numerators: {a} × {c} = {}.", a * c), int(a * c))
        .step(format!("Multiply the denominators: {b} × {d} = {}.", b * d), int(b * d));
    Some(if gcf(a * c, b * d) == 1 {
        draft.step(format!("The product is {}.", frac(product).text), frac(product))
    } else {
        draft.step(
            format!("The product is {}/{}, which in lowest terms is {}.", a * c, b * d, frac(product).text),
            frac(product),
        )
    })
}

const OTHER_PART: Misconception = slip("gives-other-part", "gives the other part of the number");
const ONE_SHARE: Misconception =
    slip("finds-one-share-only", "divides by the denominator but does not multiply by the numerator");
const BY_TOP: Misconception =
    slip("divides-by-numerator", "divides by the numerator instead of the denominator");
const DROPS_BOTTOM: Misconception =
    slip("subtracts-denominator", "subtracts the denominator from the number");

fn of_number(g: &mut Gen) -> Option<Draft> {
    let b = g.by_level([2..=5, 3..=9, 4..=12, 4..=12]);
    let a = g.int(2..=b.max(3) - 1);
    let share = g.by_level([2..=6, 3..=15, 6..=30, 6..=30]);
    let all = share * b;
    if a >= b || gcf(a, b) != 1 || 2 * a == b {
        return None;
    }
    let (part, other) = (share * a, all - share * a);
    let asks_other = g.one_in(3);
    let child = g.child();
    let (t, n_) = (format!("{a}/{b}"), n(all));
    let stem = match (g.int(0..=3), asks_other) {
        (0, false) => format!(
            "There are {n_} students in a club, and {t} of them walk to school. How many of the students walk to school?"
        ),
        (0, true) => format!(
            "There are {n_} students in a club, and {t} of them walk to school. How many of the students do not walk to school?"
        ),
        (1, false) => format!(
            "{} has {n_} marbles. If {t} of the marbles are green, how many marbles are green?",
            child.name
        ),
        (1, true) => format!(
            "{} has {n_} marbles. If {t} of the marbles are green, how many marbles are not green?",
            child.name
        ),
        (2, false) => {
            format!("A bakery made {n_} muffins and sold {t} of them. How many muffins did it sell?")
        }
        (2, true) => format!("A bakery made {n_} muffins and sold {t} of them. How many muffins are left?"),
        (_, false) => format!("What is {t} of {n_}?"),
        (_, true) => format!(
            "A tank holds {n_} gallons of water. If {t} of the water is used, how many gallons are left?"
        ),
    };
    let (key, wrong) = if asks_other { (other, part) } else { (part, other) };
    let by_top = if all % a == 0 { int(all / a) } else { int(Q(None)) };
    let draft = Draft::new(stem)
        .key(int(key))
        .wrong(int(wrong), OTHER_PART)
        .wrong(int(share), ONE_SHARE)
        .wrong(by_top, BY_TOP)
        .wrong(int(all - b), DROPS_BOTTOM)
        .wrong(int(all - a), slip("subtracts-numerator", "subtracts the numerator from the number"))
        .hint(format!("Think of {n_} as {b} equal shares."))
        .hint(if asks_other {
            "Find the part that is named. How much is left of the whole then?"
        } else {
            "How large is one share, and how many shares do you need?"
        })
        .step(format!("One share is {n_} ÷ {b} = {share}."), int(share))
        .step(format!("Then {a} shares are {a} × {share} = {part}."), int(part));
    Some(if asks_other {
        draft.step(format!("The rest is {n_} − {part} = {other}."), int(other))
    } else {
        draft
    })
}

const MULTIPLIES_TO_DIVIDE: Misconception =
    slip("multiplies-to-divide-fractions", "multiplies by the fraction instead of dividing by it");
const TURNS_WRONG_ONE: Misconception =
    slip("turns-wrong-fraction-over", "turns the wrong number upside down");
const ONLY_BOTTOM: Misconception = slip(
    "multiplies-by-denominator-only",
    "multiplies by the denominator but forgets to divide by the numerator",
);
const ONLY_TOP: Misconception =
    slip("divides-by-numerator-only", "divides by the numerator but forgets to multiply by the denominator");

fn divide(g: &mut Gen) -> Option<Draft> {
    let top = g.pick(&[6, 8, 12]);
    let d = g.int(2..=top);
    let c = g.int(1..=d - 1);
    let key = g.by_level([2..=8, 3..=16, 4..=24, 4..=30]);
    let first = Q::new(key * c, d);
    let (b, whole) = (first.bottom(), first.is_whole());
    if gcf(c, d) != 1 || c == 1 || first <= Q::from(1) || b > 6 {
        return None;
    }
    let (x, y) = (mixed(first).text, format!("{c}/{d}"));
    let child = g.child();
    let stem = match g.int(0..=3) {
        0 => format!(
            "A ribbon is {x} yards long. It is cut into pieces that are each {y} of a yard long. How many pieces are there?"
        ),
        1 => format!(
            "{} has {x} cups of rice. One serving takes {y} of a cup. How many servings can {} make?",
            child.name, child.they
        ),
        2 => format!(
            "A machine fills one jar with {y} of a pound of jam. How many jars does it fill with {x} pounds of jam?"
        ),
        _ => format!("What is {x} ÷ {y}?"),
    };
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(mixed(first * Q::new(c, d)), MULTIPLIES_TO_DIVIDE)
            .wrong(mixed(first * d), ONLY_BOTTOM)
            .wrong(mixed(first / c), ONLY_TOP)
            .wrong(frac(Q::new(c, d) / first), TURNS_WRONG_ONE)
            .hint(format!("How many times does {y} fit into {x}? Is that more or less than {x}?"))
            .hint(format!("Dividing by {y} is the same as multiplying by {d}/{c}."))
            .step(
                if whole {
                    format!("Write {x} as {}/1.", first.top())
                } else {
                    format!("Write {x} as {}.", frac(first).text)
                },
                frac(first),
            )
            .step(
                format!("Turn {y} upside down and multiply: {}/{b} × {d}/{c}.", first.top()),
                frac(Q::new(d, c)),
            )
            .step(format!("That is {}/{} = {key}.", first.top() * d, b * c), int(key)),
    )
}

const PART_OF_PART: Misconception =
    slip("takes-fraction-of-part", "takes the fraction of the number that is already the part");
const SHARE_FOR_WHOLE: Misconception =
    slip("one-share-for-whole", "stops at one share instead of finding the whole");
const TIMES_BOTTOM: Misconception = slip(
    "part-times-denominator",
    "multiplies the part by the denominator without dividing by the numerator",
);
const ADDS_PART: Misconception = slip("adds-fraction-of-part", "adds the fraction of the part to the part");

fn whole(g: &mut Gen) -> Option<Draft> {
    let b = g.by_level([3..=5, 3..=8, 4..=10, 5..=12]);
    let a = g.int(2..=b - 1);
    let share = g.by_level([2..=6, 3..=12, 4..=25, 6..=40]);
    if gcf(a, b) != 1 || a >= b {
        return None;
    }
    let (part, key) = (share * a, share * b);
    let (t, p) = (format!("{a}/{b}"), n(part));
    let child = g.child();
    let rest = g.one_in(4);
    let stem = match (g.int(0..=3), rest) {
        (0, false) => format!(
            "{} has read {p} pages, which is {t} of a book. How many pages does the book have?",
            child.name
        ),
        (1, false) => format!(
            "In a survey, {p} students said that they have a pet. They were {t} of all the students asked. How many students were asked?"
        ),
        (2, false) => format!(
            "A tank is {t} full and holds {p} gallons of water. How many gallons does it hold when it is full?"
        ),
        (_, false) => format!("If {t} of a number is {p}, what is the number?"),
        (_, true) => format!(
            "{} has saved {p} dollars, which is {t} of the price of a bicycle. How many dollars is the price of the bicycle?",
            child.name
        ),
    };
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(int(Q::new(part * a, b)), PART_OF_PART)
            .wrong(int(part * b), TIMES_BOTTOM)
            .wrong(int(share), SHARE_FOR_WHOLE)
            .wrong(int(part + b), slip("adds-denominator", "adds the denominator to the part"))
            .wrong(mixed(Q::from(part) + Q::new(part * a, b)), ADDS_PART)
            .hint(format!("Is the whole more or less than {p}?"))
            .hint(format!("The number {p} is {a} equal shares. How many shares does the whole have?"))
            .step(format!("One share is {p} ÷ {a} = {share}."), int(share))
            .step(format!("The whole has {b} shares: {b} × {share} = {}.", n(key)), int(key)),
    )
}

const BOTH_OF_WHOLE: Misconception =
    slip("takes-both-of-whole", "takes both fractions of the whole instead of the second one of the rest");
const SECOND_PART: Misconception =
    slip("gives-second-part", "gives the second part instead of what is left in the end");
const PRODUCT_LEFT: Misconception =
    slip("product-for-rest", "multiplies the two fractions of the story as they stand");
const GIVES_USED: Misconception = slip("gives-used-for-left", "gives what is gone instead of what is left");
const AFTER_FIRST: Misconception = slip("rest-after-first-only", "stops after the first part is taken");

fn rest(g: &mut Gen) -> Option<Draft> {
    let top = g.by_level([4..=4, 5..=5, 7..=7, 9..=9]);
    let (b, d) = (g.int(2..=top), g.int(2..=top));
    let (a, c) = (g.int(1..=b - 1), g.int(1..=d - 1));
    if gcf(a, b) != 1 || gcf(c, d) != 1 {
        return None;
    }
    let (first, second) = (Q::new(a, b), Q::new(c, d));
    let one = Q::from(1);
    let left = one - first;
    let key = left * (one - second);
    let child = g.child();
    let (x, y) = (format!("{a}/{b}"), format!("{c}/{d}"));
    let stem = match g.int(0..=3) {
        0 => format!(
            "{} spent {x} of {} money on a game and then {y} of the rest on a book. What fraction of the money was left?",
            child.name, child.their
        ),
        1 => format!(
            "A farmer sold {x} of the eggs in the morning and {y} of the remaining eggs in the afternoon. What fraction of the eggs was not sold?"
        ),
        2 => format!(
            "On the first day a crew painted {x} of a wall. On the second day it painted {y} of what was still unpainted. What fraction of the wall was unpainted after that?"
        ),
        _ => format!(
            "{} read {x} of a book last week and {y} of the remaining pages this week. What fraction of the book is still unread?",
            child.name
        ),
    };
    let mut draft = Draft::new(stem).key(frac(key));
    if first + second < one {
        draft = draft.wrong(frac(one - first - second), BOTH_OF_WHOLE);
    }
    Some(
        draft
            .wrong(frac(left * second), SECOND_PART)
            .wrong(frac(first * second), PRODUCT_LEFT)
            .wrong(frac(one - key), GIVES_USED)
            .wrong(frac(left), AFTER_FIRST)
            .hint("The second fraction is a part of the rest, not of the whole.")
            .hint("What fraction is there after the first part is taken? What fraction of that stays?")
            .step(format!("After the first part, 1 − {x} = {} is there.", frac(left).text), frac(left))
            .step(format!("Of that, 1 − {y} = {} stays.", frac(one - second).text), frac(one - second))
            .step(
                format!("{} × {} = {}.", frac(left).text, frac(one - second).text, frac(key).text),
                frac(key),
            ),
    )
}
