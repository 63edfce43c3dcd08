//! Whole numbers: adding and subtracting.

use super::{BOTH, LOWER_MIDDLE, MATHS, kind, n, natural, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::int;
use crate::item::Misconception;
use crate::level::Level;

pub const TEMPLATES: &[Template] = &[
    kind("add-subtract-story", "numbers.add-subtract", BOTH, LOWER_MIDDLE, two_steps),
    kind("subtract-across-zeros", "numbers.add-subtract", MATHS, LOWER_MIDDLE, across_zeros),
];

/// The last `count` digits, from the ones.
pub fn columns(mut value: i64, count: usize) -> Vec<i64> {
    let mut all = Vec::new();
    for _ in 0..count {
        all.push(value % 10);
        value /= 10;
    }
    all
}

const ADDS_ALL: Misconception =
    slip("adds-every-number", "adds all the numbers without asking which way they change the amount");
const FIRST_STEP: Misconception = slip("stops-after-first-step", "stops after the first of two steps");
const SKIPS_FIRST: Misconception =
    slip("skips-first-step", "leaves out the first change and makes only the last one");
const WRONG_WAY: Misconception =
    slip("adds-and-subtracts-swapped", "adds where the amount shrinks and subtracts where it grows");
const ONE_PART: Misconception =
    slip("one-part-for-total", "gives one of the two amounts instead of both together");
const DIFFERENCE_ONLY: Misconception = slip(
    "adds-difference-only-once",
    "adds the two numbers of the story and forgets that one of them is only a difference",
);

fn two_steps(g: &mut Gen) -> Option<Draft> {
    let a = g.by_level([100..=400, 240..=980, 1_200..=9_600, 1_200..=9_600]);
    let b = g.by_level([20..=90, 120..=480, 350..=2_800, 350..=2_800]);
    let c = g.by_level([20..=90, 60..=230, 140..=1_150, 140..=1_150]);
    if b == c || c >= a - 1 || b >= a - 1 {
        return None;
    }
    let child = g.child();
    let (a_, b_, c_) = (n(a), n(b), n(c));
    // Grows by b and shrinks by c; or the other way round; or it is the start that is asked for; or a difference.
    let which = g.int(0..=4);
    let draft = match which {
        0 => Draft::new(format!(
            "A library had {a_} books. It bought {b_} new books and then gave {c_} old books to a school. How many books does the library have now?"
        ))
        .key(int(a + b - c))
        .wrong(int(a + b + c), ADDS_ALL)
        .wrong(int(a + b), FIRST_STEP)
        .wrong(int(a - c), SKIPS_FIRST)
        .wrong(int(a - b + c), WRONG_WAY)
        .step(format!("After buying, the library has {a_} + {b_} = {} books.", n(a + b)), int(a + b))
        .step(format!("After giving some away, it has {} − {c_} = {} books.", n(a + b), n(a + b - c)), int(a + b - c)),
        1 if b < a => Draft::new(format!(
            "{} had {a_} points in a game. Then {} lost {b_} points and won {c_} points. How many points does {} have now?",
            child.name, child.they, child.they
        ))
        .key(int(a - b + c))
        .wrong(int(a + b + c), ADDS_ALL)
        .wrong(int(a - b), FIRST_STEP)
        .wrong(int(a + c), SKIPS_FIRST)
        .wrong(int(a + b - c), WRONG_WAY)
        .step(format!("After the loss there are {a_} − {b_} = {} points.", n(a - b)), int(a - b))
        .step(format!("After the win there are {} + {c_} = {} points.", n(a - b), n(a - b + c)), int(a - b + c)),
        2 => Draft::new(format!(
            "A bakery sold {b_} rolls in the morning and {c_} rolls in the afternoon. Then {a_} rolls were left. How many rolls did the bakery have at the start of the day?"
        ))
        .key(int(a + b + c))
        .wrong(natural(a - b - c), slip("works-forward-to-start", "takes the sold ones away again instead of working back to the start"))
        .wrong(int(b + c), slip("leaves-out-the-rest", "adds what was sold and forgets what was left"))
        .wrong(int(a + b), slip("leaves-out-one-part", "works back over one of the two changes only"))
        .wrong(int(a + b - c), WRONG_WAY)
        .step(format!("The bakery sold {b_} + {c_} = {} rolls.", n(b + c)), int(b + c))
        .step(format!("With the ones that were left, there were {} + {a_} = {} rolls.", n(b + c), n(a + b + c)), int(a + b + c)),
        3 => Draft::new(format!(
            "A concert hall sold {a_} tickets on Friday. On Saturday it sold {c_} more tickets than on Friday. How many tickets did it sell on the two days together?"
        ))
        .key(int(a + a + c))
        .wrong(int(a + c), ONE_PART)
        .wrong(int(a + a - c), slip("more-taken-for-less", "takes away where the story says more"))
        .wrong(int(a + a), slip("same-amount-twice", "takes the same amount twice and leaves the difference out"))
        .wrong(int(a + c + c), slip("adds-difference-twice", "adds the difference twice"))
        .step(format!("On Saturday it sold {a_} + {c_} = {} tickets.", n(a + c)), int(a + c))
        .step(format!("On both days it sold {a_} + {} = {} tickets.", n(a + c), n(a + a + c)), int(a + a + c)),
        _ => Draft::new(format!(
            "{} has {a_} stamps. {} friend has {c_} fewer stamps. How many stamps do the two of them have together?",
            child.name,
            if child.their == "his" { "His" } else { "Her" }
        ))
        .key(int(a + a - c))
        .wrong(int(a - c), ONE_PART)
        .wrong(int(a + a + c), slip("fewer-taken-for-more", "adds where the story says fewer"))
        .wrong(int(a + c), DIFFERENCE_ONLY)
        .wrong(int(a + a), slip("same-amount-twice", "takes the same amount twice and leaves the difference out"))
        .step(format!("The friend has {a_} − {c_} = {} stamps.", n(a - c)), int(a - c))
        .step(format!("Together they have {a_} + {} = {} stamps.", n(a - c), n(a + a - c)), int(a + a - c)),
    };
    Some(
        draft
            .hint(match which {
                3 | 4 => "One of the two numbers is only a difference. Which amount is not given?",
                2 => "Was the number at the start greater or less than what was left?",
                _ => "Tell the story in order. What happens first, and does the amount grow or shrink?",
            })
            .hint(match which {
                3 => "First find how many tickets were sold on Saturday. Then put the two days together.",
                4 => "First find how many stamps the friend has. Then put the two amounts together.",
                2 => "First find how many rolls were sold in all. Then think of the ones that were left.",
                _ => "There are two steps. Work out the amount after the first change, then make the second change.",
            }),
    )
}

const SMALLER_FROM_LARGER: Misconception =
    slip("smaller-from-larger-digit", "takes the smaller digit from the larger one in every place");
const NOT_PAID_BACK: Misconception =
    slip("borrows-without-reducing", "borrows ten but does not lower the digit it was borrowed from");
const TEN_AT_ZERO: Misconception =
    slip("ten-at-passed-zero", "leaves ten instead of nine at a zero that was borrowed through");
const ADDS_TO_SUBTRACT: Misconception = slip("adds-to-subtract", "adds the numbers instead of subtracting");

fn across_zeros(g: &mut Gen) -> Option<Draft> {
    let count = if g.level() == Level::Lower { 4 } else { g.pick(&[5, 6]) };
    let unit = 10_i64.pow(u32::try_from(count).ok()? - 1);
    // The tens are zero, and often the hundreds.
    let middle = if g.one_in(3) { g.int(1..=9) * 100 } else { 0 };
    let upper = if count > 4 { g.int(0..=unit / 1_000 - 1) * 1_000 } else { 0 };
    let a = g.int(2..=9) * unit + upper + middle + g.int(0..=7);
    let b = g.int(unit / 8..=2 * unit - 1);
    let (top, low) = (columns(a, count), columns(b, count));
    if low[0] <= top[0] || low[1] == 0 || b % 10 == 0 {
        return None;
    }
    let key = a - b;
    let place = |columns: Vec<i64>| columns.iter().rev().fold(0, |all, digit| all * 10 + digit);
    let by_column =
        |rule: fn(i64, i64) -> i64| place(top.iter().zip(&low).map(|(a, b)| rule(*a, *b)).collect());
    let zeros = if middle == 0 { 110 } else { 10 };
    let (a_, b_) = (n(a), n(b));
    let child = g.child();
    let stem = match g.int(0..=4) {
        0 => format!("What is {a_} − {b_}?"),
        1 => format!("How much greater is {a_} than {b_}?"),
        2 => format!("What number must be added to {b_} to get {a_}?"),
        3 => {
            format!("{} must read {a_} words and has read {b_} of them. How many words are left?", child.name)
        }
        _ => format!("A tank holds {a_} liters of water. If {b_} liters are used, how many liters are left?"),
    };
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(int(by_column(|a, b| (a - b).abs())), SMALLER_FROM_LARGER)
            .wrong(int(by_column(|a, b| if a < b { a + 10 - b } else { a - b })), NOT_PAID_BACK)
            .wrong(int(key + zeros), TEN_AT_ZERO)
            .wrong(int(a + b), ADDS_TO_SUBTRACT)
            .hint("You cannot take the ones away as they stand. Where can you borrow from when the tens are zero?")
            .hint(format!("Think of what has to be added to {b_} to reach {a_}. Add up in easy jumps."))
            .step(
                format!("From {b_} up to {} it is {}.", n((b / 100 + 1) * 100), n((b / 100 + 1) * 100 - b)),
                int((b / 100 + 1) * 100 - b),
            )
            .step(
                format!("From {} up to {a_} it is {}.", n((b / 100 + 1) * 100), n(a - (b / 100 + 1) * 100)),
                int(a - (b / 100 + 1) * 100),
            )
            .step(format!("Together that is {}, so {a_} − {b_} = {}.", n(key), n(key)), int(key)),
    )
}
