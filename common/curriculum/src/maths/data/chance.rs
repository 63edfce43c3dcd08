//! The probability of one event, and its complement.

use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, frac, int, percent};
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Strand::Data;
use crate::maths::kit::{BOTH, MATHS, mistake, positive, template};
use crate::story::count;

pub const TEMPLATES: &[Template] = &[
    template(Data, "probability-of-a-color", "data.probability", BOTH, &[Lower, Middle], one_color),
    template(
        Data,
        "probability-from-number-cards",
        "data.probability",
        MATHS,
        &[Lower, Middle, Upper],
        number_cards,
    ),
    template(Data, "probability-of-not", "data.probability", BOTH, &[Lower, Middle], complement),
    template(Data, "marbles-to-add", "data.probability", BOTH, &[Middle, Upper], marbles_to_add),
];

pub const COLORS: [&str; 6] = ["red", "blue", "green", "yellow", "purple", "orange"];

fn one_color(g: &mut Gen) -> Option<Draft> {
    let top = g.by_level([5..=5, 8..=8, 15..=15, 15..=15]);
    let n: Vec<i64> = (0..3).map(|_| g.int(2..=top)).collect();
    let colors = g.several(&COLORS, 3);
    let total: i64 = n.iter().sum();
    let (a, rest) = (n[0], n[1] + n[2]);
    let key = Q::new(a, total);
    if key.bottom() > 20 || key == Q::new(1, 3) && g.one_in(2) {
        return None;
    }
    let child = g.child();
    let [c, d, e] = [colors[0], colors[1], colors[2]];
    let (has, draws) = match g.int(0..=3) {
        0 => (
            format!("A bag holds {} {c} marbles, {} {d} marbles and {} {e} marbles.", n[0], n[1], n[2]),
            format!(
                "If {} takes one marble without looking, what is the probability that it is {c}?",
                child.name
            ),
        ),
        1 => (
            format!(
                "A spinner has {total} equal parts: {} are {c}, {} are {d} and {} are {e}.",
                n[0], n[1], n[2]
            ),
            format!("What is the probability that the spinner lands on {c}?"),
        ),
        2 => (
            format!("A drawer holds {} {c} socks, {} {d} socks and {} {e} socks.", n[0], n[1], n[2]),
            format!(
                "If {} pulls out one sock in the dark, what is the probability that it is {c}?",
                child.name
            ),
        ),
        _ => (
            format!("In a box of crayons, {} are {c}, {} are {d} and {} are {e}.", n[0], n[1], n[2]),
            format!("One crayon is picked at random. What is the probability that it is {c}?"),
        ),
    };
    Some(
        Draft::new(format!("{has} {draws}"))
            .key(frac(key))
            .wrong(
                frac(Q::new(a, rest)),
                mistake("part-to-other-part", "compares the part with the rest instead of with the whole"),
            )
            .wrong(
                frac(Q::new(rest, total)),
                mistake("probability-of-the-opposite", "gives the probability that it does not happen"),
            )
            .wrong(
                frac(Q::new(1, 3)),
                mistake(
                    "colors-equally-likely",
                    "thinks each color is equally likely, however many there are of it",
                ),
            )
            .wrong(
                frac(Q::new(1, total)),
                mistake("one-over-total", "writes one over the total as if only one would do"),
            )
            .wrong(frac(Q::new(1, a)), mistake("one-over-count", "writes one over the number counted"))
            .hint("A probability compares the ones that you want with all that there are.")
            .hint(format!("How many are there in all? How many of them are {c}?"))
            .step(format!("In all there are {} + {} + {} = {total}.", n[0], n[1], n[2]), int(total))
            .say(format!("Of these, {a} are {c}."))
            .step(
                if key.bottom() == total {
                    format!("The probability is {a}/{total}.")
                } else {
                    format!("The probability is {a}/{total}, or {} in lowest terms.", frac(key).text)
                },
                frac(key),
            ),
    )
}

fn number_cards(g: &mut Gen) -> Option<Draft> {
    let n = g.by_level([6..=10, 8..=20, 12..=30, 15..=40]);
    let limit = g.int(3..=n - 3);
    let of = g.int(3..=6);
    let prime = |k: i64| k > 1 && (2..k).all(|d| k % d != 0);
    let square = |k: i64| (1..=k).any(|r| r * r == k);
    let (what, test): (String, Box<dyn Fn(i64) -> bool>) = match g.int(0..=5) {
        0 => (format!("greater than {limit}"), Box::new(move |k| k > limit)),
        1 => (format!("less than {limit}"), Box::new(move |k| k < limit)),
        2 => (format!("a multiple of {of}"), Box::new(move |k| k % of == 0)),
        3 => ("a prime number".to_owned(), Box::new(prime)),
        4 => (format!("a factor of {n}"), Box::new(move |k| n % k == 0)),
        _ => ("a perfect square".to_owned(), Box::new(square)),
    };
    if what.contains("square") && g.level() == Lower {
        return None;
    }
    let good: Vec<i64> = (1..=n).filter(|k| test(*k)).collect();
    let a = i64::try_from(good.len()).ok()?;
    let key = Q::new(a, n);
    if a < 2 || a > n - 2 {
        return None;
    }
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!(
            "Cards are numbered from 1 to {n}. One card is drawn at random. What is the probability that its number is {what}?"
        ),
        1 => format!(
            "A spinner has {n} equal parts numbered from 1 to {n}. What is the probability that it lands on a number that is {what}?"
        ),
        _ => format!(
            "{} writes the whole numbers from 1 to {n} on slips of paper and pulls one slip out of a hat. What is the probability that the number is {what}?",
            child.name
        ),
    };
    let listing = if good.len() <= 8 {
        format!("The numbers that will do are {}.", crate::maths::kit::row(&good))
    } else {
        format!("The numbers that will do go from {} to {}.", good[0], good[good.len() - 1])
    };
    let listing = if good.len() > 8 && !(what.starts_with("greater") || what.starts_with("less")) {
        format!("The numbers that will do are {}.", crate::maths::kit::row(&good))
    } else {
        listing
    };
    Some(
        Draft::new(stem)
            .key(frac(key))
            .wrong(
                frac(Q::new(n - a, n)),
                mistake("probability-of-the-opposite", "gives the probability that it does not happen"),
            )
            .wrong(
                frac(Q::new(
                    if what.starts_with("less")
                        || what.starts_with("greater")
                        || what.contains("prime")
                        || what.contains("square")
                    {
                        a + 1
                    } else {
                        a - 1
                    },
                    n,
                )),
                mistake(
                    "counts-the-edge-wrongly",
                    "counts a number at the edge that should not count, or leaves out one that should",
                ),
            )
            .wrong(
                frac(Q::new(1, n)),
                mistake("one-over-total", "writes one over the total as if only one would do"),
            )
            .wrong(
                frac(Q::new(a, n - a)),
                mistake("part-to-other-part", "compares the part with the rest instead of with the whole"),
            )
            .wrong(frac(Q::new(1, a)), mistake("one-over-count", "writes one over the number counted"))
            .wrong(
                frac(Q::new(1, 2)),
                mistake("yes-or-no-means-half", "thinks that every yes-or-no event has probability one half"),
            )
            .hint("Make a list of the numbers that will do.")
            .hint(format!(
                "Count them, and compare with all {n} numbers. Be careful at the ends of your list."
            ))
            .say(listing)
            .step(format!("There are {a} of them among {n} numbers."), int(a))
            .step(
                if key.bottom() == n {
                    format!("The probability is {a}/{n}.")
                } else {
                    format!("The probability is {a}/{n} = {}.", frac(key).text)
                },
                frac(key),
            ),
    )
}

fn complement(g: &mut Gen) -> Option<Draft> {
    let child = g.child();
    if g.one_in(2) {
        let points =
            g.int(2..=19) * if g.level() == Lower { 5 } else { 1 } + if g.level() == Lower { 0 } else { 30 };
        if points == 50 || points % 10 == 0 && g.one_in(2) {
            return None;
        }
        let stem = match g.int(0..=3) {
            0 => format!(
                "The probability of rain tomorrow is {points}%. What is the probability that it will not rain?"
            ),
            1 => format!(
                "The probability that the bus is late is {points}%. What is the probability that it is not late?"
            ),
            2 => format!(
                "{} makes a free throw with probability {points}%. What is the probability that {} misses?",
                child.name, child.they
            ),
            _ => format!(
                "A seed sprouts with probability {points}%. What is the probability that it does not sprout?"
            ),
        };
        return Some(
            Draft::new(stem)
                .key(percent(100 - points))
                .wrong(
                    percent(points),
                    mistake(
                        "opposite-has-same-probability",
                        "gives the probability of the event itself instead of its opposite",
                    ),
                )
                .wrong(
                    percent(50),
                    mistake(
                        "yes-or-no-means-half",
                        "thinks that every yes-or-no event has probability one half",
                    ),
                )
                .wrong(
                    percent(if points % 10 == 0 { Q(None) } else { Q::from(110 - points) }),
                    mistake("borrow-slip-from-100", "forgets to take one ten away when subtracting from 100"),
                )
                .wrong(
                    percent((100 - 2 * points).abs()),
                    mistake("subtracts-twice", "subtracts the probability twice"),
                )
                .wrong(
                    percent(Q::new(points, 2)),
                    mistake("halves-the-probability", "takes half of the probability"),
                )
                .hint("Either it happens or it does not. What do the two probabilities add up to?")
                .hint("Something that is sure to happen has probability 100%. Take away the part you know.")
                .say("The two probabilities add up to 100%.")
                .step(format!("100% − {points}% = {}%.", 100 - points), percent(100 - points)),
        );
    }
    let n = g.int(5..=if g.level() == Lower { 12 } else { 30 });
    let a = g.int(2..=n - 2);
    let key = Q::new(n - a, n);
    if Q::new(a, n).bottom() != n || 2 * a == n {
        return None;
    }
    let stem = match g.int(0..=2) {
        0 => format!(
            "The probability that {} draws a winning ticket is {a}/{n}. What is the probability that {} does not draw a winning ticket?",
            child.name, child.they
        ),
        1 => format!(
            "The probability of landing on blue on a spinner is {a}/{n}. What is the probability of not landing on blue?"
        ),
        _ => format!(
            "The probability that a package arrives on time is {a}/{n}. What is the probability that it does not arrive on time?"
        ),
    };
    Some(
        Draft::new(stem)
            .key(frac(key))
            .wrong(frac(Q::new(n, a)), mistake("flips-the-fraction", "turns the fraction upside down"))
            .wrong(
                frac(Q::new(a, n)),
                mistake(
                    "opposite-has-same-probability",
                    "gives the probability of the event itself instead of its opposite",
                ),
            )
            .wrong(
                frac(Q::new(1, n - a)),
                mistake("one-over-the-others", "writes one over the number of the other outcomes"),
            )
            .wrong(
                frac(Q::new(a, n - a)),
                mistake("part-to-other-part", "compares the part with the rest instead of with the whole"),
            )
            .hint("Either it happens or it does not. What do the two probabilities add up to?")
            .hint(format!("Write 1 as a fraction with the denominator {n}."))
            .say(format!("The two probabilities add up to 1, which is {n}/{n}."))
            .step(format!("{n}/{n} − {a}/{n} = {}/{n}.", n - a), frac(key)),
    )
}

fn marbles_to_add(g: &mut Gen) -> Option<Draft> {
    let top = if g.level() == Upper { 20 } else { 10 };
    let (red, other) = (g.int(1..=top), g.int(3..=top * 2));
    let (p, q) = g.pick(&[(1, 2), (2, 3), (3, 4), (3, 5), (4, 5), (1, 3), (2, 5)]);
    // (red + x) / (red + other + x) = p / q means red + x is other × p / (q − p).
    let wanted = Q::new(other * p, q - p).whole()?;
    let key = wanted - red;
    if !(1..=40).contains(&key) {
        return None;
    }
    let colors = g.several(&COLORS, 2);
    let (c, d) = (colors[0], colors[1]);
    let thing = g.pick(&[("bag", "marble"), ("box", "button"), ("jar", "bead")]);
    let total = red + other;
    let now = Q::new(total * p, q);
    Some(
        Draft::new(format!(
            "A {} holds {} and {}. How many {c} {}s must be added so that the probability of drawing a {c} {} at random is {p}/{q}?",
            thing.0,
            count(red, &format!("{c} {}", thing.1), &format!("{c} {}s", thing.1)),
            count(other, &format!("{d} {}", thing.1), &format!("{d} {}s", thing.1)),
            thing.1,
            thing.1
        ).replace(" a orange", " an orange"))
        .key(int(key))
        .wrong(positive(now - red), mistake("total-does-not-grow", "forgets that the total grows too when some are added"))
        .wrong(int(wanted), mistake("new-number-for-added", "gives how many there are in the end instead of how many are added"))
        .wrong(positive(Q::new(other * p, q) - red), mistake("share-of-the-others", "takes the fraction of the other color only"))
        .wrong(positive((other - red).abs()), mistake("makes-them-equal", "makes the two colors equal in number"))
        .wrong(positive(p), mistake("numerator-for-number", "takes the numerator of the probability as the number"))
        .wrong(positive(q), mistake("denominator-for-number", "takes the denominator of the probability as the number"))
        .hint(format!("The number of {d} ones does not change. What fraction of all must they be in the end?"))
        .hint("From that fraction, find the new total.")
        .say(format!("In the end {p}/{q} are {c}, so {}/{q} are {d}, and that is {other}.", q - p))
        .step(format!("So {}/{q} is {other}, and the new total is {}.", q - p, other + wanted), int(other + wanted))
        .step(format!("The number added is {} − {total} = {key}.", other + wanted), int(key)),
    )
}
