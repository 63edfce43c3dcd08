//! Odd and even numbers, divisibility and comparisons about factors.

use super::factors::primes;
use super::{
    ALL, BOTH, EQUAL_UNTESTED, MATHS, MIDDLE_UPPER, OPEN_LETTER, OPEN_NUMBERS, REASONING, gcf, kind, lcm,
    lures, n, slip,
};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{int, words};
use crate::item::Misconception;
use crate::level::Level;
use crate::story::list;

pub const TEMPLATES: &[Template] = &[
    kind("odd-or-even", "numbers.odd-even", BOTH, ALL, parity),
    kind("missing-digit-divisible", "numbers.divisibility", MATHS, MIDDLE_UPPER, missing_digit),
    kind("compare-factors-multiples", "numbers.divisibility", REASONING, MIDDLE_UPPER, compare),
];

const SUM_RULE: Misconception =
    slip("parity-of-sums", "mixes up when a sum or a difference is odd and when it is even");
const PRODUCT_RULE: Misconception =
    slip("parity-of-products", "mixes up when a product is odd and when it is even");
const DOUBLE_RULE: Misconception =
    slip("parity-of-doubles", "forgets that twice a whole number is always even");
const ADDS_ONE: Misconception =
    slip("parity-after-adding-one", "forgets that adding 1 changes odd to even and even to odd");

fn parity(g: &mut Gen) -> Option<Draft> {
    let (first, second) =
        g.pick(&[("m", "n"), ("p", "q"), ("r", "s"), ("j", "k"), ("x", "y"), ("b", "c"), ("u", "v")]);
    let (one, two) = (g.one_in(2), g.one_in(2));
    let odd_wanted = g.one_in(2);
    // Each with whether it is odd.
    let mut pool: Vec<(String, bool, Misconception)> = vec![
        (format!("{first} + {second}"), one != two, SUM_RULE),
        (format!("{first} × {second}"), one && two, PRODUCT_RULE),
        (format!("{first} + {first}"), false, DOUBLE_RULE),
        (format!("{second} × {second}"), two, PRODUCT_RULE),
        (format!("{first} + {second} + 1"), one == two, ADDS_ONE),
        (format!("{first} + 1"), !one, ADDS_ONE),
    ];
    if g.level() != Level::Lower {
        pool.push((format!("{first} × {second} + 1"), !(one && two), ADDS_ONE));
        pool.push((format!("2 × {first} + {second}"), two, DOUBLE_RULE));
        pool.push((format!("{first} × {first} + {second}"), one != two, SUM_RULE));
        pool.push((format!("{first} × ({second} + 1)"), one && !two, PRODUCT_RULE));
    }
    g.shuffle(&mut pool);
    let (right, wrong): (Vec<_>, Vec<_>) = pool.into_iter().partition(|(_, odd, _)| *odd == odd_wanted);
    let (key, _, _) = right.first()?.clone();
    let name = |odd: bool| if odd { "an odd number" } else { "an even number" };
    let asked = if odd_wanted { "odd" } else { "even" };
    let child = g.child();
    let stem = match g.int(0..=3) {
        0 => format!(
            "If {first} is {} and {second} is {}, which of these must be {asked}?",
            name(one),
            name(two)
        ),
        1 => format!(
            "Let {first} be {} and {second} {}. Which expression always has an {asked} value?",
            name(one),
            name(two)
        ),
        2 => format!(
            "{} thinks of two whole numbers: {first} is {} and {second} is {}. Which of these is {asked}?",
            child.name,
            name(one),
            name(two)
        ),
        _ => format!(
            "The letter {first} stands for {} and the letter {second} stands for {}. Which of these is always {asked}?",
            name(one),
            name(two)
        ),
    };
    let (try_one, try_two) = (if one { 3 } else { 4 }, if two { 5 } else { 6 });
    let said = key.replace(first, &try_one.to_string()).replace(second, &try_two.to_string());
    let value = match key.as_str() {
        text if text == format!("{first} + {second}") => try_one + try_two,
        text if text == format!("{first} × {second}") => try_one * try_two,
        text if text == format!("{first} + {first}") => try_one * 2,
        text if text == format!("{second} × {second}") => try_two * try_two,
        text if text == format!("{first} + {second} + 1") => try_one + try_two + 1,
        text if text == format!("{first} + 1") => try_one + 1,
        text if text == format!("{first} × {second} + 1") => try_one * try_two + 1,
        text if text == format!("2 × {first} + {second}") => 2 * try_one + try_two,
        text if text == format!("{first} × {first} + {second}") => try_one * try_one + try_two,
        _ => try_one * (try_two + 1),
    };
    let mut draft = Draft::new(stem).key(words(key.clone()));
    for (text, _, mistake) in wrong {
        draft = draft.wrong(words(text), mistake);
    }
    Some(
        draft
            .hint("Put in a small number for each letter, and test the choices one by one.")
            .hint("A sum of two whole numbers is odd only if exactly one of them is odd. A product is odd only if both are odd.")
            .say(format!("Try {first} = {try_one} and {second} = {try_two}. Every other choice of such numbers gives the same pattern."))
            .step(format!("Then {key} is {said} = {value}, which is {asked}."), int(value))
            .say(format!("Each of the other choices gives an {} number.", if odd_wanted { "even" } else { "odd" })),
    )
}

const GIVES_REMAINDER: Misconception =
    slip("gives-rest-of-digit-sum", "gives the remainder of the digit sum instead of what is missing");
const USES_THREE: Misconception =
    slip("tests-three-for-nine", "tests only whether the digit sum is divisible by 3");
const DIVISOR_ITSELF: Misconception =
    slip("writes-divisor-as-digit", "writes the divisor itself as the missing digit");
const SMALLEST_DIGIT: Misconception =
    slip("smallest-digit-that-works", "takes the smallest digit that works instead of the greatest");
const GREATEST_DIGIT: Misconception =
    slip("greatest-digit-untested", "takes the greatest digit without testing it");
const NOT_GREATEST: Misconception =
    slip("stops-at-digit-that-works", "stops at a digit that works although a greater one works too");
const ONLY_EVEN: Misconception = slip("tests-evenness-only", "tests only whether the number is even");

fn missing_digit(g: &mut Gen) -> Option<Draft> {
    let by = if g.level() == Level::Middle { g.pick(&[9, 9, 3, 6]) } else { g.pick(&[9, 6, 4, 12]) };
    let (a, b, c) = (g.int(1..=9), g.int(0..=9), g.int(0..=9));
    // In nines the missing digit is in the middle, otherwise it comes last.
    let number = |d: i64| {
        if by == 9 || by == 3 { a * 1_000 + d * 100 + b * 10 + c } else { a * 1_000 + b * 100 + c * 10 + d }
    };
    let fits: Vec<i64> = (0..=9).filter(|d| number(*d) % by == 0).collect();
    let key = *fits.last()?;
    if by == 9 && fits.len() > 1 || key == by {
        return None;
    }
    let digits = if by == 9 || by == 3 { format!("{a}, d, {b}, {c}") } else { format!("{a}, {b}, {c}, d") };
    let asked = if by == 9 { "What digit is d" } else { "What is the greatest digit that d can be" };
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!(
            "The digits of a four-digit number are {digits}, in this order. The number is divisible by {by}. {asked}?"
        ),
        1 => format!(
            "{} wrote a four-digit number with the digits {digits}, in this order. It can be divided by {by} without a remainder. {asked}?",
            child.name
        ),
        _ => format!(
            "A locker number has the four digits {digits}, in this order. The number is a multiple of {by}. {asked}?"
        ),
    };
    let sum = a + b + c;
    let rest = sum % if by == 9 { 9 } else { 3 };
    let mut draft = Draft::new(stem).key(int(key));
    if by == 9 {
        draft = draft
            .wrong(int(rest), GIVES_REMAINDER)
            .wrong(int(if key >= 3 { key - 3 } else { key + 3 }), USES_THREE)
            .wrong(int(9), DIVISOR_ITSELF)
            .wrong(int(if key >= 6 { key - 6 } else { key + 3 }), USES_THREE)
            .wrong(
                int(0),
                slip("zero-changes-nothing", "thinks that a zero always keeps a number divisible"),
            );
    } else {
        draft = draft.wrong(int(*fits.first()?), SMALLEST_DIGIT).wrong(int(9), GREATEST_DIGIT);
        if by == 3 {
            draft = draft.wrong(int(*fits.get(1)?), NOT_GREATEST);
        } else if let Some(even) = (0..=9).rev().find(|d| d % 2 == 0 && !fits.contains(d)) {
            draft = draft.wrong(int(even), ONLY_EVEN);
        }
        draft = if by < 10 { draft.wrong(int(by), DIVISOR_ITSELF) } else { draft };
        draft = if by == 4 || fits.contains(&rest) { draft } else { draft.wrong(int(rest), GIVES_REMAINDER) };
    }
    let rule = match by {
        9 => "A number is divisible by 9 when the sum of its digits is.",
        3 => "A number is divisible by 3 when the sum of its digits is.",
        4 => "A number is divisible by 4 when the number made of its last two digits is.",
        6 => "A number is divisible by 6 when it is even and the sum of its digits is divisible by three.",
        _ => "A number is divisible by 12 when it is divisible by both three and four.",
    };
    let tested: Vec<String> = (key + 1..=9).rev().map(n).collect();
    draft = draft.hint("Which rule tells, from the digits alone, whether a number is divisible?").hint(rule);
    draft = if by == 4 {
        draft
    } else {
        draft.step(format!("The digits that are known add up to {sum}."), int(sum))
    };
    Some(
        if by == 9 {
            draft
                .step(format!("The next multiple of 9 is {}, so d must be {key}.", sum + key), int(sum + key))
        } else if tested.is_empty() {
            draft.say("Try the digits from 9 down: the very first one works.")
        } else {
            draft.say(format!(
                "Try the digits from 9 down: {} {} not work.",
                list(&tested),
                if tested.len() == 1 { "does" } else { "do" }
            ))
        }
        .step(
            format!(
                "With {key} the number is {}, and {} ÷ {by} = {}.",
                n(number(key)),
                n(number(key)),
                n(number(key) / by)
            ),
            int(key),
        ),
    )
}

const NOT_LISTED: Misconception =
    slip("compares-without-listing", "compares factors without writing them down");
const REST_OF_MULTIPLE: Misconception =
    slip("remainder-of-multiple", "thinks that dividing a multiple can leave a remainder");
const MIXES_UP: Misconception = slip("mixes-factors-and-multiples", "mixes up factors and multiples");
const LARGER_HAS_MORE: Misconception =
    slip("larger-number-more-factors", "thinks that a larger number always has more and larger factors");

fn factors_of(value: i64) -> i64 {
    primes(value).iter().map(|(_, times)| times + 1).product()
}

fn compare(g: &mut Gen) -> Option<Draft> {
    let (a, b) = g.two(12..=60);
    let (k, m) = (g.int(2..=9), g.int(10..=60));
    let kind = g.int(0..=6);
    let (given, left, right, values, why): (String, String, String, Option<(i64, i64)>, String) = match kind {
        0 => (
            String::new(),
            format!("The number of factors of {a}"),
            format!("The number of factors of {b}"),
            Some((factors_of(a), factors_of(b))),
            String::new(),
        ),
        1 => {
            let (c, d) = g.two(2..=12);
            (
                String::new(),
                format!("The greatest common factor of {a} and {b}"),
                format!("The least common multiple of {c} and {d}"),
                Some((gcf(a, b), lcm(c, d))),
                String::new(),
            )
        }
        2 => (
            String::new(),
            format!("The greatest prime factor of {a}"),
            format!("The greatest prime factor of {b}"),
            Some((primes(a).last()?.0, primes(b).last()?.0)),
            String::new(),
        ),
        3 => (
            format!("The positive whole number n is a multiple of {}.", k * 2),
            format!("The remainder when n is divided by {k}"),
            "0".into(),
            Some((0, 0)),
            format!("Every multiple of {} is also a multiple of {k}, so the remainder is 0.", k * 2),
        ),
        4 => (
            format!("The positive whole number n is a multiple of {k}."),
            "n".into(),
            n(m),
            None,
            format!(
                "The number n may be {k}, which is less than {m}, and it may be {}, which is greater.",
                k * m
            ),
        ),
        5 => (
            format!("The positive whole number n is a multiple of {m}."),
            "n".into(),
            n(m - k),
            Some((1, 0)),
            format!("The least positive multiple of {m} is {m} itself, and that is greater than {}.", m - k),
        ),
        _ => (
            format!("The positive whole number n is a factor of {m}."),
            "n".into(),
            n(m + k - 2),
            if k > 2 { Some((0, 1)) } else { None },
            if k > 2 {
                format!("No factor of {m} is greater than {m}, and {} is.", m + k - 2)
            } else {
                format!("The number n may be 1, which is less than {m}, and it may be {m} itself.")
            },
        ),
    };
    let answer = match values {
        None => 3,
        Some((a, b)) if a > b => 0,
        Some((a, b)) if a < b => 1,
        Some(_) => 2,
    };
    // The wrong column: the one with the larger number, if that is what it goes by.
    let sides = match kind {
        0 | 2 if a > b => [LARGER_HAS_MORE, NOT_LISTED],
        0 | 2 => [NOT_LISTED, LARGER_HAS_MORE],
        3 => [REST_OF_MULTIPLE, MIXES_UP],
        _ => [MIXES_UP; 2],
    };
    let open = if given.is_empty() { OPEN_NUMBERS } else { OPEN_LETTER };
    let mistakes = lures(answer, sides, EQUAL_UNTESTED, open);
    let draft = Draft::comparison(&given, &left, &right, answer, mistakes)
        .hint(if given.is_empty() {
            "Work out each column by itself. The larger numbers do not always win."
        } else {
            "Try several numbers for n, small and large ones. Does the comparison always come out the same?"
        })
        .hint("A factor of a number divides it. A multiple of a number is found by multiplying it.");
    Some(match values {
        Some((x, y)) if given.is_empty() => draft
            .step(format!("{left} is {x}."), int(x))
            .step(format!("{right} is {y}."), int(y))
            .say(match answer {
                0 => "So the quantity in Column A is greater.",
                1 => "So the quantity in Column B is greater.",
                _ => "So the two are equal.",
            }),
        _ => draft.say(why),
    })
}
