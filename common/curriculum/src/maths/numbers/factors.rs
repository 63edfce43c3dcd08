//! Factors, multiples and primes.

use super::{ALL, BOTH, LOWER_MIDDLE, MATHS, MIDDLE_UPPER, gcf, kind, lcm, n, natural, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Value, int, words};
use crate::item::Misconception;
use crate::level::Level;
use crate::story::list;

pub const TEMPLATES: &[Template] = &[
    kind("count-factors", "numbers.factors", MATHS, ALL, count_factors),
    kind("greatest-common-factor-story", "numbers.factors", BOTH, ALL, gcf_story),
    kind("least-common-multiple-story", "numbers.multiples", BOTH, ALL, lcm_story),
    kind("count-primes", "numbers.primes", MATHS, LOWER_MIDDLE, count_primes),
    kind("prime-factorization", "numbers.primes", MATHS, MIDDLE_UPPER, factorization),
];

/// The prime factors of a number with their exponents.
pub fn primes(mut value: i64) -> Vec<(i64, i64)> {
    let mut all = Vec::new();
    let mut p = 2;
    while value > 1 {
        let mut times = 0;
        while value % p == 0 {
            value /= p;
            times += 1;
        }
        if times > 0 {
            all.push((p, times));
        }
        p += 1;
    }
    all
}

pub fn is_prime(value: i64) -> bool {
    value > 1 && primes(value) == [(value, 1)]
}

fn divisors(value: i64) -> Vec<i64> {
    (1..=value).filter(|d| value % d == 0).collect()
}

const COUNTS_PAIRS: Misconception =
    slip("counts-factor-pairs", "counts the pairs of factors instead of the factors");
const WITHOUT_ENDS: Misconception = slip("leaves-out-one-and-itself", "leaves out 1 and the number itself");
const WITHOUT_ITSELF: Misconception = slip("leaves-out-itself", "leaves out the number itself");
const COUNTS_PRIMES: Misconception = slip("counts-prime-factors", "counts only the prime factors");

fn count_factors(g: &mut Gen) -> Option<Draft> {
    let value = g.by_level([8..=24, 12..=72, 30..=160, 80..=400]);
    let all = divisors(value);
    let key = i64::try_from(all.len()).ok()?;
    let most = g.by_level([8..=8, 10..=10, 16..=16, 20..=20]);
    if !(4..=most).contains(&key) {
        return None;
    }
    let v = n(value);
    let child = g.child();
    let stem = match g.int(0..=3) {
        0 => format!("How many different factors does {v} have, counting 1 and {v}?"),
        1 => format!(
            "{} lists all the factors of {v}, from 1 up to {v}. How many numbers are on the list?",
            child.name
        ),
        2 => format!("By how many different positive whole numbers can {v} be divided without a remainder?"),
        _ => format!(
            "A coach wants to split {v} players into teams of equal size with nobody left out. How many team sizes are possible, from teams of 1 up to one team of {v}?"
        ),
    };
    let pairs: Vec<String> =
        all.iter().filter(|d| *d * *d <= value).map(|d| format!("{d} × {}", n(value / d))).collect();
    let count = i64::try_from(pairs.len()).ok()?;
    let square = key % 2 == 1;
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(int(count), COUNTS_PAIRS)
            .wrong(int(key - 2), WITHOUT_ENDS)
            .wrong(int(i64::try_from(primes(value).len()).ok()?), COUNTS_PRIMES)
            .wrong(int(key - 1), WITHOUT_ITSELF)
            .wrong(int(count * 2), slip("counts-square-factor-twice", "counts the factor that is multiplied by itself twice"))
            .hint(format!("Factors come in pairs. Which pairs of whole numbers multiply to {v}?"))
            .hint("Try the whole numbers in order, until the two numbers of a pair meet. Then count the numbers, not the pairs.")
            .say(format!("The pairs are {}.", list(&pairs)))
            .step(
                if square {
                    "The last pair has the same number twice, and that number counts only once.".to_owned()
                } else {
                    format!("That is {count} pairs of two different numbers.")
                },
                int(count),
            )
            .step(format!("In all there are {key} factors."), int(key)),
    )
}

const SMALLER_COMMON: Misconception =
    slip("stops-at-smaller-common-factor", "stops at a common factor that is not the greatest");
const TAKES_DIFFERENCE: Misconception =
    slip("takes-difference-for-common", "takes the difference of the two numbers");
const FINDS_MULTIPLE: Misconception =
    slip("finds-common-multiple", "finds a common multiple instead of a common factor");
const ONLY_ONE_FITS: Misconception =
    slip("factor-of-one-only", "takes a number that divides only one of the two");
const HALVES: Misconception =
    slip("half-of-smaller", "takes half of the smaller number without testing the other one");

fn gcf_story(g: &mut Gen) -> Option<Draft> {
    let key = g.by_level([2..=6, 3..=12, 6..=24, 8..=36]);
    let (x, y) = g.two(2..=9);
    if gcf(x, y) != 1 {
        return None;
    }
    let (a, b) = (key * x, key * y);
    let (a_, b_) = (n(a), n(b));
    let child = g.child();
    let stem = match g.int(0..=4) {
        0 => format!(
            "{} has {a_} pencils and {b_} erasers. {} puts them all into identical bags with nothing left over. What is the greatest number of bags {} can make?",
            child.name,
            child.they_capital(),
            child.they
        ),
        1 => format!(
            "Two ribbons are {a_} inches and {b_} inches long. Both are cut into pieces of the same whole number of inches, with nothing left over. What is the greatest possible length of a piece, in inches?"
        ),
        2 => format!(
            "A floor is {a_} feet long and {b_} feet wide. It is to be covered with square mats that are as large as possible, without cutting any. How many feet long is a side of each mat?"
        ),
        3 => format!("What is the greatest common factor of {a_} and {b_}?"),
        _ => format!(
            "{a_} sopranos and {b_} altos are arranged in rows. Every row has the same number of singers, and nobody stands with singers of the other voice. What is the greatest number of singers in a row?"
        ),
    };
    let smaller = primes(key).first().map_or(1, |(p, _)| key / p);
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(natural(if smaller > 1 { smaller } else { -1 }), SMALLER_COMMON)
            .wrong(int((a - b).abs()), TAKES_DIFFERENCE)
            .wrong(int(a.min(b)), ONLY_ONE_FITS)
            .wrong(int(lcm(a, b)), FINDS_MULTIPLE)
            .wrong(int(if a.min(b) % 2 == 0 { a.min(b) / 2 } else { a.max(b) }), HALVES)
            .hint(format!("The number you look for must divide both {a_} and {b_}."))
            .hint(format!(
                "Write down all the factors of {} and test them from the greatest to the least.",
                n(a.min(b))
            ))
            .say(format!(
                "The factors of {} are {}.",
                n(a.min(b)),
                list(&divisors(a.min(b)).into_iter().map(n).collect::<Vec<_>>())
            ))
            .step(format!("The greatest of them that also divides {} is {key}.", n(a.max(b))), int(key))
            .say(format!(
                "Check: {a_} ÷ {key} = {x} and {b_} ÷ {key} = {y}, which have no common factor above 1."
            )),
    )
}

const MULTIPLIES_BOTH: Misconception = slip(
    "product-for-least-multiple",
    "multiplies the numbers although a smaller multiple works for all of them",
);
const ADDS_BOTH: Misconception =
    slip("sum-for-common-multiple", "adds the numbers instead of looking for a common multiple");
const FINDS_FACTOR: Misconception =
    slip("finds-common-factor", "finds a common factor instead of a common multiple");
const LATER_MULTIPLE: Misconception =
    slip("later-common-multiple", "takes a common multiple that is not the first one");
const LARGER_NUMBER: Misconception =
    slip("larger-number-as-multiple", "takes a multiple of one number that is not a multiple of the other");

fn lcm_story(g: &mut Gen) -> Option<Draft> {
    let (a, b) = match g.level() {
        Level::Lower => g.two(4..=12),
        _ => g.two(6..=24),
    };
    let third = (g.level() == Level::Upper).then(|| g.int(4..=20));
    let mut numbers = vec![a, b];
    numbers.extend(third);
    let key = numbers.iter().copied().fold(1, lcm);
    let product: i64 = numbers.iter().product();
    let most = g.by_level([60..=60, 80..=80, 180..=180, 400..=400]);
    let largest = numbers.iter().copied().max()?;
    if key == product
        || numbers.contains(&key)
        || key > most
        || third.is_some_and(|c| c == a || c == b)
        || key > largest * 15
    {
        return None;
    }
    let texts: Vec<String> = numbers.iter().map(|v| n(*v)).collect();
    let three = third.is_some();
    let all = list(&texts);
    let child = g.child();
    let stem = match g.int(0..=4) {
        0 if three => format!(
            "Three lights blink every {all} seconds. They have just blinked together. After how many seconds will all three blink together again for the first time?"
        ),
        0 => format!(
            "One light blinks every {} seconds and another every {} seconds. They have just blinked together. After how many seconds will they blink together again for the first time?",
            texts[0], texts[1]
        ),
        1 if three => format!(
            "Buses of three lines leave a station every {all} minutes. At noon all three left together. How many minutes later will that happen next?"
        ),
        1 => format!(
            "A red bus leaves a station every {} minutes and a blue bus every {} minutes. At noon they left together. How many minutes later will they next leave together?",
            texts[0], texts[1]
        ),
        2 => format!("What is the least common multiple of {all}?"),
        3 => format!(
            "{} wants to arrange some chairs in equal rows. Rows of {} work out with no chair left over. What is the smallest number of chairs that {} can have?",
            child.name,
            if three {
                format!("{}, of {} and of {} all", texts[0], texts[1], texts[2])
            } else {
                format!("{} and rows of {} both", texts[0], texts[1])
            },
            child.they
        ),
        _ => format!(
            "What is the smallest number of beads that can be shared equally by {} children, with none left over in {} case?",
            texts.join(" or by "),
            if three { "any" } else { "either" }
        ),
    };
    let common = numbers.iter().copied().fold(0, |one, two| gcf(two, one));
    let rest: Vec<String> = numbers.iter().filter(|v| **v != largest).map(|v| n(*v)).collect();
    let others = format!("{} {} into", list(&rest), if three { "go" } else { "goes" });
    let between = (2..).map(|k| largest * k).find(|m| numbers.iter().any(|v| m % v != 0))?;
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(int(product), MULTIPLIES_BOTH)
            .wrong(int(numbers.iter().sum::<i64>()), ADDS_BOTH)
            .wrong(int(common), FINDS_FACTOR)
            .wrong(int(key * 2), LATER_MULTIPLE)
            .wrong(int(between), LARGER_NUMBER)
            .hint(
                format!("The answer is a number that {all} all go into.")
                    .replace(if three { "\0" } else { " all go" }, " both go"),
            )
            .hint(format!(
                "List the multiples of {largest} in order and stop when {others} the multiple too."
            ))
            .say(format!(
                "The first multiples of {largest} are {}.",
                list(&(1..=key / largest).map(|k| n(largest * k)).collect::<Vec<_>>())
            ))
            .step(format!("The first of them that {others} too is {}.", n(key)), int(key)),
    )
}

const ODD_ARE_PRIME: Misconception = slip("odd-means-prime", "takes every odd number for a prime");
const ONLY_FIVE_AND_TWO: Misconception = slip("tests-two-and-five-only", "tests only 2 and 5 as divisors");
const COUNTS_COMPOSITE: Misconception =
    slip("counts-composite-numbers", "counts the numbers that are not prime");
const SEVENS_PRIME: Misconception =
    slip("forgets-to-test-seven", "tests 2, 3 and 5 as divisors but forgets 7");
const ONE_LIKE_TWO: Misconception =
    slip("misjudges-one-or-two", "takes 1 for a prime, or leaves 2 out because it is even");

fn count_primes(g: &mut Gen) -> Option<Draft> {
    let low = g.by_level([0..=10, 0..=40, 10..=80, 10..=80]);
    let high = low + g.int(10..=24);
    let inside: Vec<i64> = (low + 1..high).collect();
    let found: Vec<i64> = inside.iter().copied().filter(|v| is_prime(*v)).collect();
    let key = i64::try_from(found.len()).ok()?;
    let count = |test: &dyn Fn(i64) -> bool| i64::try_from(inside.iter().filter(|v| test(**v)).count()).ok();
    let odd = count(&|v| v % 2 == 1)?;
    let loose = count(&|v| v > 1 && (is_prime(v) || (v % 2 != 0 && v % 5 != 0)))?;
    let sevens = count(&|v| v > 1 && (is_prime(v) || (v % 2 != 0 && v % 5 != 0 && v % 3 != 0)))?;
    let one_two = key + if low == 0 { 1 } else { -i64::from(inside.contains(&2)) };
    if key < 2 {
        return None;
    }
    let (l, h) = (n(low), n(high));
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!("How many prime numbers are greater than {l} and less than {h}?"),
        1 => format!(
            "{} circles every prime number between {l} and {h}. How many numbers does {} circle?",
            child.name, child.they
        ),
        _ => format!("How many of the whole numbers between {l} and {h} are prime?"),
    };
    let texts: Vec<String> = found.iter().map(|v| n(*v)).collect();
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(int(sevens), SEVENS_PRIME)
            .wrong(int(one_two), ONE_LIKE_TWO)
            .wrong(int(loose), ONLY_FIVE_AND_TWO)
            .wrong(int(odd), ODD_ARE_PRIME)
            .wrong(int(count(&|v| !is_prime(v))?), COUNTS_COMPOSITE)
            .hint("Nothing goes into a prime number but itself and 1. The number 1 is not prime.")
            .hint("Cross out every number that some smaller number other than 1 goes into. Cross out 1 itself as well.")
            .say(format!("When 1 and the larger multiples of 2, 3, 5 and 7 are crossed out, {} remain.", list(&texts)))
            .step(format!("That makes {key} prime numbers."), int(key)),
    )
}

/// Primes, each with its exponent.
type Powers = Vec<(i64, i64)>;

/// A product of powers as it is written: `2³ × 5`.
fn powers(factors: &[(i64, i64)]) -> String {
    const RAISED: [&str; 10] = ["⁰", "", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"];
    let parts: Vec<String> = factors
        .iter()
        .map(|(p, times)| {
            format!(
                "{p}{}",
                usize::try_from(*times).ok().and_then(|at| RAISED.get(at)).copied().unwrap_or("")
            )
        })
        .collect();
    parts.join(" × ")
}

const SWAPS_EXPONENTS: Misconception = slip("swaps-exponents", "gives the exponents to the wrong primes");
const ONCE_EACH: Misconception = slip("each-prime-once", "writes each prime factor only once");
const NOT_ALL_PRIME: Misconception =
    slip("leaves-composite-factor", "leaves a factor in the product that is not prime");
const EXPONENT_HIGH: Misconception = slip("exponent-one-too-high", "counts one prime factor once too often");

fn factorization(g: &mut Gen) -> Option<Draft> {
    let (x, y) = (g.int(1..=4), g.int(1..=3));
    let last = g.pick(&[1, 5, 7, 11, 5, 7]);
    let mut factors: Powers = vec![(2, x), (3, y)];
    if last > 1 {
        factors.push((last, if last == 5 && g.one_in(3) { 2 } else { 1 }));
    }
    let value = factors.iter().fold(1, |all, (p, times)| all * p.pow(u32::try_from(*times).unwrap_or(0)));
    let range = g.by_level([12..=12, 40..=40, 60..=60, 100..=100]);
    let most = g.by_level([40..=40, 100..=100, 800..=800, 4_000..=4_000]);
    if value < range || value > most || x + y < 3 {
        return None;
    }
    let change = |edit: &dyn Fn(&mut Powers)| {
        let mut copy = factors.clone();
        edit(&mut copy);
        words(powers(&copy))
    };
    let swapped = if x == y { change(&|f| f[1].1 += 1) } else { change(&|f| (f[0].1, f[1].1) = (y, x)) };
    let once = change(&|f| f.iter_mut().for_each(|(_, times)| *times = 1));
    let composite: Value = if y >= 2 {
        change(&|f| {
            f[1].1 -= 2;
            f.retain(|(_, times)| *times > 0);
            f.push((9, 1));
            f.sort_unstable();
        })
    } else {
        change(&|f| {
            f[0].1 -= 2;
            f.retain(|(_, times)| *times > 0);
            f.push((4, 1));
            f.sort_unstable();
        })
    };
    let high = change(&|f| f[0].1 += 1);
    let v = n(value);
    let child = g.child();
    let stem = match g.int(0..=3) {
        0 => format!("What is the prime factorization of {v}?"),
        1 => format!(
            "{} makes a factor tree for {v}. Which product of primes does {} find?",
            child.name, child.they
        ),
        2 => format!("Which of these shows {v} as a product of prime numbers only?"),
        _ => format!("How is {v} written as a product of powers of primes?"),
    };
    let mut draft = Draft::new(stem)
        .key(words(powers(&factors)))
        .wrong(swapped, if x == y { EXPONENT_HIGH } else { SWAPS_EXPONENTS })
        .wrong(composite, NOT_ALL_PRIME)
        .wrong(once, ONCE_EACH)
        .wrong(high, EXPONENT_HIGH)
        .hint(format!("Divide {v} by 2 as often as it goes, then by 3, and so on."))
        .hint("Count how often each prime divides. Every factor you write must be prime.");
    let mut rest = value;
    for (p, times) in &factors {
        for _ in 0..*times {
            draft = draft.step(format!("{} ÷ {p} = {}.", n(rest), n(rest / p)), int(rest / p));
            rest /= p;
        }
    }
    Some(draft.say(format!("So {v} = {}.", powers(&factors))))
}
