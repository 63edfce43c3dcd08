//! Whole numbers: dividing, and what is left over.

use super::{BOTH, LOWER_MIDDLE, MATHS, MIDDLE_UPPER, REASONING, kind, n, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, Value, int, mixed};
use crate::item::Misconception;
use crate::level::Level;

pub const TEMPLATES: &[Template] = &[
    kind("divide-with-zero-in-quotient", "numbers.multiply-divide", MATHS, LOWER_MIDDLE, divide_bare),
    kind("remainder-story", "numbers.division-remainders", BOTH, LOWER_MIDDLE, remainder_story),
    kind(
        "remainder-of-changed-number",
        "numbers.division-remainders",
        REASONING,
        MIDDLE_UPPER,
        remainder_changed,
    ),
];

const DROPS_ZERO: Misconception =
    slip("drops-zero-in-quotient", "leaves out the zero where the divisor does not go");
const ZERO_AT_END: Misconception =
    slip("zero-at-end-of-quotient", "writes the zero at the end of the quotient instead of in the middle");
const ZERO_TWICE: Misconception = slip("two-zeros-in-quotient", "writes the zero of the quotient twice");
const REVERSED_DIGITS: Misconception =
    slip("quotient-from-right", "divides from the right and writes the digits of the quotient backward");

fn divide_bare(g: &mut Gen) -> Option<Draft> {
    let (high, low) = (g.int(1..=9), g.int(1..=9));
    let b = g.by_level([3..=9, 3..=9, 11..=36, 11..=36]);
    let key = high * 100 + low;
    if high == low {
        return None;
    }
    let (a_, b_) = (n(key * b), n(b));
    let stem = match g.int(0..=4) {
        0 => format!("What is {a_} ÷ {b_}?"),
        1 => format!("What is the quotient when {a_} is divided by {b_}?"),
        2 => format!(
            "A baker puts {a_} rolls into boxes of {b_} rolls each. How many boxes does the baker fill?"
        ),
        3 => format!("{a_} seats are arranged in {b_} equal rows. How many seats are in each row?"),
        _ => format!("What number times {b_} equals {a_}?"),
    };
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(int(high * 10 + low), DROPS_ZERO)
            .wrong(int(high * 100 + low * 10), ZERO_AT_END)
            .wrong(int(high * 1000 + low), ZERO_TWICE)
            .wrong(int(low * 100 + high), REVERSED_DIGITS)
            .hint(format!("How many hundreds are there when {a_} is shared by {b_}?"))
            .hint(
                "When the divisor does not go into a place, that place still needs a digit in the quotient.",
            )
            .step(format!("{b_} × {} = {}.", high * 100, n(b * high * 100)), int(high * 100))
            .step(format!("{a_} − {} = {} is left.", n(b * high * 100), n(b * low)), int(b * low))
            .step(
                format!("{} ÷ {b_} = {low}, which is less than ten, so the tens digit is zero.", n(b * low)),
                int(low),
            )
            .step(format!("The quotient is {} + {low} = {key}.", high * 100), int(key)),
    )
}

const DROPS_REST: Misconception =
    slip("drops-remainder", "drops the remainder although what is left over matters");
const ROUNDS_REST_UP: Misconception =
    slip("rounds-remainder-up", "counts one more for the remainder although it is not enough");
const GIVES_REST: Misconception =
    slip("gives-remainder", "gives the remainder instead of the number of groups");
const GIVES_QUOTIENT: Misconception =
    slip("gives-quotient", "gives the number of groups instead of what is left over");
const REST_AS_PART: Misconception =
    slip("remainder-as-fraction", "writes the remainder as a fraction where only whole things make sense");
const FREE_PLACES: Misconception = slip(
    "free-places-for-remainder",
    "counts the places that stay empty instead of the things that are left",
);
const REST_FOR_FREE: Misconception =
    slip("remainder-for-missing", "gives what is left over instead of what is missing for a full group");

fn remainder_story(g: &mut Gen) -> Option<Draft> {
    let b = g.by_level([4..=9, 6..=14, 12..=36, 12..=36]);
    let quotient = g.by_level([4..=12, 8..=30, 12..=48, 12..=48]);
    let rest = g.int(1..=b - 1);
    if rest == b - rest || rest == quotient || quotient == b || quotient + 1 == b {
        return None;
    }
    let a = b * quotient + rest;
    let part = mixed(Q::new(a, b));
    let (a_, b_) = (n(a), n(b));
    let child = g.child();
    let (way, stem) = match g.int(0..=7) {
        0 => (
            0,
            format!(
                "{a_} students are going on a trip in vans. Each van holds {b_} students. What is the smallest number of vans they need?"
            ),
        ),
        1 => (
            0,
            format!(
                "{} has {a_} photos to put in an album. Each page holds {b_} photos. How many pages does {} need for all the photos?",
                child.name, child.they
            ),
        ),
        2 => (
            1,
            format!(
                "A factory has {a_} wheels. It takes {b_} wheels to build one machine. What is the greatest number of machines it can build?"
            ),
        ),
        3 => (
            1,
            format!(
                "{} has {a_} beads. One necklace takes {b_} beads. How many complete necklaces can {} make?",
                child.name, child.they
            ),
        ),
        4 => (
            2,
            format!(
                "A baker packs {a_} muffins in boxes of {b_}. The baker fills as many boxes as possible. How many muffins are left over?"
            ),
        ),
        5 => (
            2,
            format!(
                "{} deals {a_} cards to {b_} players so that all get the same number and as many as possible. How many cards are left over?",
                child.name
            ),
        ),
        6 => (
            3,
            format!(
                "{a_} chairs are set up in rows of {b_}. The last row is not full. How many more chairs are needed to fill it?"
            ),
        ),
        _ => (
            3,
            format!(
                "{} packs {a_} eggs in cartons that hold {b_} eggs each. The last carton is not full. How many more eggs would fill it?",
                child.name
            ),
        ),
    };
    let draft = Draft::new(stem);
    let (q, up, rest_, free): (Value, Value, Value, Value) =
        (int(quotient), int(quotient + 1), int(rest), int(b - rest));
    let draft = match way {
        0 => draft.key(up).wrong(q, DROPS_REST).wrong(part, REST_AS_PART).wrong(rest_, GIVES_REST),
        1 => draft.key(q).wrong(up, ROUNDS_REST_UP).wrong(part, REST_AS_PART).wrong(rest_, GIVES_REST),
        2 => draft.key(rest_).wrong(q, GIVES_QUOTIENT).wrong(free, FREE_PLACES).wrong(
            up,
            slip(
                "gives-groups-rounded-up",
                "gives the number of groups, rounded up, instead of what is left over",
            ),
        ),
        _ => draft
            .key(free)
            .wrong(rest_, REST_FOR_FREE)
            .wrong(q, slip("gives-full-groups", "gives the number of full groups instead of what is missing"))
            .wrong(
                up,
                slip(
                    "gives-all-groups",
                    "gives the number of groups, the last one included, instead of what is missing",
                ),
            ),
    };
    let draft = draft
        .hint(format!("Divide {a_} by {b_}. What does the remainder stand for in this story?"))
        .hint(match way {
            0 => "What happens to the ones that are left over? They need a place too.",
            1 => "Can the ones that are left over make another complete one?",
            2 => "The question is about the ones that do not fit into a full group.",
            _ => "The last group has only the remainder in it. How many are missing there?",
        })
        .step(format!("{a_} ÷ {b_} is {quotient}, with a remainder of {rest}."), int(quotient));
    let left = if rest == 1 {
        "The one that is left over needs".to_owned()
    } else {
        format!("The {rest} that are left over need")
    };
    Some(match way {
        0 => draft.step(
            format!("{left} one more, so the answer is {quotient} + 1 = {}.", quotient + 1),
            int(quotient + 1),
        ),
        1 => draft.step(
            format!("What is left over is not enough for another one, so the answer is {quotient}."),
            int(quotient),
        ),
        2 => draft.step(format!("The remainder is what is left over: {rest}."), int(rest)),
        _ => draft.step(format!("The last group needs {b_} − {rest} = {} more.", b - rest), int(b - rest)),
    })
}

const SAME_REST: Misconception =
    slip("remainder-stays", "thinks that the remainder stays the same when the number changes");
const CHANGE_NOT_REDUCED: Misconception = slip(
    "remainder-not-divided-again",
    "changes the remainder but does not divide again when it is too large",
);
const ADDS_FACTOR: Misconception = slip(
    "adds-factor-to-remainder",
    "adds the number it is multiplied by instead of multiplying the remainder",
);
const ZERO_REST: Misconception =
    slip("thinks-multiple-leaves-none", "thinks that nothing is left over once the number is multiplied");
const CHANGE_ONLY: Misconception =
    slip("remainder-of-change-only", "divides only the number that is added and forgets the old remainder");

fn remainder_changed(g: &mut Gen) -> Option<Draft> {
    let m = g.by_level([5..=9, 5..=9, 5..=12, 6..=15]);
    let rest = g.int(1..=m - 1);
    let times = g.int(2..=5);
    let plus = if g.one_in(2) { 0 } else { g.int(2..=9) };
    let multiply = plus == 0 || g.level() == Level::Upper && g.one_in(2);
    let raw = if multiply { rest * times } else { rest } + plus;
    let key = raw % m;
    if raw < m || key == rest {
        return None;
    }
    let child = g.child();
    let changed = match (multiply, plus) {
        (true, 0) => format!("{times} times n"),
        (true, _) => format!("{times} times n, plus {plus},"),
        _ => format!("the sum of n and {plus}"),
    };
    let stem = match (g.int(0..=2), multiply, plus) {
        (0, true, 0) => format!(
            "When {} packs all {} marbles into bags of {m}, {} left over. If {} had {times} times as many marbles, how many would be left over?",
            child.name,
            child.their,
            crate::story::count(rest, "marble is", "marbles are"),
            child.they
        ),
        (0, false, _) => format!(
            "When {} packs all {} marbles into bags of {m}, {} left over. If {} had {plus} more marbles, how many would be left over?",
            child.name,
            child.their,
            crate::story::count(rest, "marble is", "marbles are"),
            child.they
        ),
        (1, ..) => format!(
            "When a whole number n is divided by {m}, the remainder is {rest}. What is the remainder when {changed} is divided by {m}?"
        ),
        _ => format!(
            "Dividing the whole number n by {m} leaves a remainder of {rest}. What remainder is left when {changed} is divided by {m}?"
        ),
    };
    let draft = Draft::new(stem)
        .key(int(key))
        .wrong(int(rest), SAME_REST)
        .wrong(int(raw), CHANGE_NOT_REDUCED)
        .wrong(
            int(if multiply { (rest + times + plus) % m } else { plus % m }),
            if multiply { ADDS_FACTOR } else { CHANGE_ONLY },
        )
        .wrong(int(0), ZERO_REST)
        .hint("Only the leftover part matters, because the full groups stay full groups.")
        .hint(format!("Make the same change to the remainder {rest}. Is the result less than {m}?"));
    let draft = if multiply {
        draft.step(format!("The remainder becomes {times} × {rest} = {}.", rest * times), int(rest * times))
    } else {
        draft.say(format!("The full groups of {m} stay full, and {rest} is left."))
    };
    let draft = if plus == 0 {
        draft
    } else {
        draft.step(format!("With {plus} more there are {raw} left.",), int(raw))
    };
    Some(
        draft.step(format!("Divide again: {raw} ÷ {m} is {}, with a remainder of {key}.", raw / m), int(key)),
    )
}
