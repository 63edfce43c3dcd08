//! Several events together, and either of two events.

use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, frac, int};
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Strand::Data;
use crate::maths::kit::{BOTH, MATHS, mistake, template};

pub const TEMPLATES: &[Template] = &[
    template(
        Data,
        "drawing-two-without-replacement",
        "data.compound",
        BOTH,
        &[Middle, Upper],
        without_replacement,
    ),
    template(Data, "two-independent-events", "data.compound", BOTH, &[Middle, Upper], independent),
    template(Data, "either-of-two-events", "data.compound", MATHS, &[Middle, Upper], either),
    template(Data, "sum-of-two-spinners", "data.compound", BOTH, &[Middle, Upper], two_spinners),
    template(Data, "more-likely-choice", "data.likelihood", BOTH, &[Lower], more_likely),
];

fn without_replacement(g: &mut Gen) -> Option<Draft> {
    let top = if g.level() == Upper { 9 } else { 6 };
    let (a, b) = (g.int(2..=top), g.int(2..=top));
    let total = a + b;
    let both = g.one_in(2);
    let (first, second) = if both { (a, a - 1) } else { (a, b) };
    let key = Q::new(first, total) * Q::new(second, total - 1);
    let (c, d, thing, place) = g.pick(&[
        ("red", "blue", "marble", "bag"),
        ("green", "white", "button", "jar"),
        ("black", "gray", "sock", "drawer"),
        ("lemon", "cherry", "candy", "tin"),
        ("copper", "silver", "coin", "purse"),
    ]);
    let things = if thing == "candy" { "candies".to_owned() } else { format!("{thing}s") };
    let asked =
        if both { format!("both are {c}") } else { format!("the first is {c} and the second is {d}") };
    let child = g.child();
    let stem = if g.one_in(2) {
        format!(
            "A {place} holds {a} {c} {things} and {b} {d} {things}. Two are taken out at random, one after the other, and not put back. What is the probability that {asked}?"
        )
    } else {
        format!(
            "{} has {a} {c} {things} and {b} {d} {things} in a {place}. Without looking, {} takes out one and then another. What is the probability that {asked}?",
            child.name, child.they
        )
    };
    let replaced = if both { a } else { b };
    Some(
        Draft::new(stem)
            .key(frac(key))
            .wrong(
                frac(Q::new(first, total) * Q::new(replaced, total)),
                mistake("treats-as-put-back", "forgets that one is gone for the second draw"),
            )
            .wrong(
                frac(Q::new(first, total) * Q::new(if both { a } else { (b - 1).max(1) }, total - 1)),
                mistake(
                    "takes-away-from-wrong-number",
                    "changes only one of the numbers, or the wrong one, for the second draw",
                ),
            )
            .wrong(
                frac(Q::new(first, total)),
                mistake("first-draw-only", "gives the probability of the first draw alone"),
            )
            .wrong(
                frac(Q::new(second, total - 1)),
                mistake("second-draw-only", "gives the probability of the second draw alone"),
            )
            .wrong(
                frac(Q::new(first + second, total + total - 1)),
                mistake("adds-fractions-straight-across", "adds the numerators and adds the denominators"),
            )
            .hint("Think of two draws. What is left after the first one?")
            .hint("Find the probability of each draw, and multiply the two.")
            .step(format!("The first is {c} with probability {first}/{total}."), frac(Q::new(first, total)))
            .say(format!(
                "Then {} are left, and {second} of them {} {}.",
                total - 1,
                if second == 1 { "is" } else { "are" },
                if both { c } else { d }
            ))
            .step(
                format!("The second probability is {second}/{}.", total - 1),
                frac(Q::new(second, total - 1)),
            )
            .step(
                format!("Multiply: {first}/{total} × {second}/{} = {}.", total - 1, frac(key).text),
                frac(key),
            ),
    )
}

fn independent(g: &mut Gen) -> Option<Draft> {
    // Each: what is done, what must happen, how many ways, out of how many.
    let n = g.int(5..=10);
    let k = g.int(2..=n - 2);
    let w = g.int(3..=6);
    let events: [(String, String, i64, i64); 5] = [
        ("a fair coin is tossed".into(), "the coin shows heads".into(), 1, 2),
        (
            "a number cube with faces 1 to 6 is rolled".into(),
            format!("the number cube shows more than {}", w - 1),
            7 - w,
            6,
        ),
        (
            format!("a spinner with {n} equal parts, {k} of them shaded, is spun"),
            "the spinner lands on a shaded part".into(),
            k,
            n,
        ),
        (
            format!("one of the cards numbered 1 to {n} is drawn"),
            format!("the card shows a number less than {}", k + 1),
            k,
            n,
        ),
        ("one letter of the word LEMON is chosen at random".into(), "the letter is a vowel".into(), 2, 5),
    ];
    let two = g.several(&events, 2);
    let [(do_a, ask_a, a, m), (do_b, ask_b, b, n)] = [two[0].clone(), two[1].clone()];
    let (first, second) = (Q::new(a, m), Q::new(b, n));
    let key = first * second;
    if a < 1 || b < 1 {
        return None;
    }
    Some(
        Draft::new(format!(
            "In a game, {do_a}, and {do_b}. What is the probability that {ask_a} and {ask_b}?"
        ))
        .key(frac(key))
        .wrong(
            if first + second <= Q::from(1) { frac(first + second) } else { frac(Q(None)) },
            mistake("adds-for-both", "adds the two probabilities when both events must happen"),
        )
        .wrong(
            frac(Q::new(a + b, m + n)),
            mistake("adds-fractions-straight-across", "adds the numerators and adds the denominators"),
        )
        .wrong(frac(first), mistake("first-event-only", "gives the probability of the first event alone"))
        .wrong(frac(second), mistake("second-event-only", "gives the probability of the second event alone"))
        .wrong(
            frac((first + second) / 2),
            mistake("averages-probabilities", "takes the average of the two probabilities"),
        )
        .wrong(
            frac(Q::new(1, m * n)),
            mistake("one-over-all-pairs", "counts only one way to succeed among all pairs"),
        )
        .hint("Both must happen. Is that more likely or less likely than one of them alone?")
        .hint("Find the probability of each by itself. Neither changes the other, so multiply.")
        .step(format!("The probability of the first event is {}.", frac(first).text), frac(first))
        .step(format!("The probability of the second event is {}.", frac(second).text), frac(second))
        .step(
            format!("Multiply: {} × {} = {}.", frac(first).text, frac(second).text, frac(key).text),
            frac(key),
        ),
    )
}

fn either(g: &mut Gen) -> Option<Draft> {
    let n = if g.level() == Upper { g.int(20..=60) } else { g.int(10..=30) };
    let a = g.int(2..=7);
    let b = g.int(3..=9);
    if a == b || b % a == 0 || a % b == 0 {
        return None;
    }
    let (ways_a, ways_b) = (n / a, n / b);
    let overlap = (1..=n).filter(|k| k % a == 0 && k % b == 0).collect::<Vec<_>>();
    let both = crate::maths::kit::size(&overlap);
    if both == 0 {
        return None;
    }
    let good = ways_a + ways_b - both;
    let child = g.child();
    let things = g.pick(&["tickets", "balls", "cards", "lockers"]);
    let one = things.trim_end_matches('s');
    let stem = if g.one_in(2) {
        format!(
            "From {n} {things} numbered 1 to {n}, one is chosen at random. What is the probability that its number is a multiple of {a} or a multiple of {b}?"
        )
    } else {
        format!(
            "{} is given one of {n} {things}, which are numbered from 1 to {n}. What is the probability that the number on the {one} is divisible by {a} or by {b}?",
            child.name
        )
    };
    Some(
        Draft::new(stem)
            .key(frac(Q::new(good, n)))
            .wrong(
                frac(Q::new(ways_a + ways_b, n)),
                mistake("counts-overlap-twice", "counts the numbers that satisfy both conditions twice"),
            )
            .wrong(
                frac(Q::new(both, n)),
                mistake("both-for-either", "finds the probability that both happen instead of at least one"),
            )
            .wrong(
                frac(Q::new(good - both, n)),
                mistake("leaves-out-the-overlap", "leaves out the numbers that satisfy both conditions"),
            )
            .wrong(
                frac(Q::new(ways_a * ways_b, n * n)),
                mistake(
                    "multiplies-for-either",
                    "multiplies the two probabilities when either event will do",
                ),
            )
            .wrong(
                frac(Q::new(n - good, n)),
                mistake("probability-of-the-opposite", "gives the probability that it does not happen"),
            )
            .hint(format!("How many multiples of {a} are there up to {n}? How many of {b}?"))
            .hint("Some numbers are in both groups. Be sure to count them only once.")
            .step(
                format!("There are {ways_a} multiples of {a} and {ways_b} multiples of {b}."),
                int(ways_a + ways_b),
            )
            .say(format!("In both groups: {}.", crate::maths::kit::row(&overlap)))
            .step(format!("So {ways_a} + {ways_b} − {both} = {good} numbers will do."), int(good))
            .step(
                format!("The probability is {good} out of {n}, which is {}.", frac(Q::new(good, n)).text),
                frac(Q::new(good, n)),
            ),
    )
}

fn two_spinners(g: &mut Gen) -> Option<Draft> {
    let top = if g.level() == Upper { 8 } else { 6 };
    let (m, n) = (g.int(3..=top), g.int(3..=top));
    let sum = g.int(3..=m + n);
    let kind = g.int(0..=2);
    let name = ["equal to", "greater than", "less than"][usize::try_from(kind).ok()?];
    let good: Vec<(i64, i64)> = (1..=m)
        .flat_map(|x| (1..=n).map(move |y| (x, y)))
        .filter(|(x, y)| match kind {
            0 => x + y == sum,
            1 => x + y > sum,
            _ => x + y < sum,
        })
        .collect();
    let ways = crate::maths::kit::size(&good);
    let all = m * n;
    if !(2..=8).contains(&ways) {
        return None;
    }
    let child = g.child();
    let dice = (m, n) == (6, 6);
    let stem = if dice {
        format!(
            "{} rolls two number cubes with faces numbered 1 to 6. What is the probability that the sum of the two numbers is {name} {sum}?",
            child.name
        )
    } else {
        match g.int(0..=1) {
            0 => format!(
                "One spinner has equal parts numbered 1 to {m}, and another has equal parts numbered 1 to {n}. Both are spun. What is the probability that the sum of the two numbers is {name} {sum}?"
            ),
            _ => format!(
                "{} draws one card from a pile numbered 1 to {m} and one card from a second pile numbered 1 to {n}. What is the probability that the two numbers have a sum {name} {sum}?",
                child.name
            ),
        }
    };
    let pairs = good.iter().map(|(x, y)| format!("{x} and {y}")).collect::<Vec<_>>().join("; ");
    let sums = m + n - 1;
    let plain = match kind {
        0 => 1,
        1 => m + n - sum,
        _ => sum - 2,
    };
    let unordered = good.iter().filter(|(x, y)| x <= y || !good.contains(&(*y, *x))).count();
    Some(
        Draft::new(stem)
            .key(frac(Q::new(ways, all)))
            .wrong(
                frac(Q::new(plain, sums)),
                mistake("sums-equally-likely", "treats all possible sums as equally likely"),
            )
            .wrong(
                frac(Q::new(i64::try_from(unordered).ok()?, all)),
                mistake(
                    "ignores-order-of-pair",
                    "counts two pairs with the same numbers in another order as one",
                ),
            )
            .wrong(
                frac(Q::new(ways, m + n)),
                mistake("adds-the-outcomes", "adds the numbers of outcomes instead of multiplying them"),
            )
            .wrong(
                frac(Q::new(all - ways, all)),
                mistake("probability-of-the-opposite", "gives the probability that it does not happen"),
            )
            .wrong(
                frac(Q::new(1, all)),
                mistake("one-over-total", "writes one over the total as if only one would do"),
            )
            .hint("How many pairs of numbers can come up in all?")
            .hint("List the pairs that work. The order matters: 1 and 2 is a different pair from 2 and 1.")
            .step(format!("There are {m} × {n} = {all} pairs."), int(all))
            .say(format!("The pairs that work are {pairs}."))
            .step(
                format!(
                    "That is {ways} out of {all}, so the probability is {}.",
                    frac(Q::new(ways, all)).text
                ),
                frac(Q::new(ways, all)),
            ),
    )
}

fn more_likely(g: &mut Gen) -> Option<Draft> {
    let (thing, color) =
        g.pick(&[("bag", "red"), ("bag", "gold"), ("box", "blue"), ("jar", "green"), ("basket", "white")]);
    let object = g.pick(&["marble", "button", "ticket", "ball"]);
    let mut bags: Vec<(i64, i64)> = Vec::new();
    for _ in 0..4 {
        let total = g.int(4..=20);
        bags.push((g.int(1..=total - 1), total));
    }
    let worth = |bag: (i64, i64)| Q::new(bag.0, bag.1);
    let mut ranked = bags.clone();
    ranked.sort_by_key(|bag| worth(*bag));
    let least_wanted = g.one_in(3);
    if least_wanted {
        ranked.reverse();
    }
    // The most likely is not the one with the most wanted ones.
    let best = ranked[3];
    let trap = if least_wanted {
        bags.iter().min_by_key(|bag| bag.0)?
    } else {
        bags.iter().max_by_key(|bag| bag.0)?
    };
    if worth(ranked[2]) == worth(best)
        || *trap == best
        || bags.iter().any(|bag| bags.iter().filter(|other| *other == bag).count() > 1)
    {
        return None;
    }
    let text = |bag: (i64, i64)| crate::exact::words(format!("{} out of {}", bag.0, bag.1));
    let child = g.child();
    let word = if least_wanted { "least" } else { "most" };
    let trap_reason = mistake(
        "compares-counts-not-fractions",
        "looks only at how many there are and not at how many there are in all",
    );
    let mut draft = Draft::new(format!(
        "{} may take one {object} from one of four {thing}{} without looking. The choices tell how many of the {object}s in each {thing} are {color}. From which {thing} is {} {word} likely to get a {color} {object}?",
        child.name,
        if thing == "box" { "es" } else { "s" },
        child.they
    ))
    .key(text(best))
    .wrong(text(*trap), trap_reason);
    let fewest = if least_wanted {
        ranked.iter().max_by_key(|bag| bag.1)?
    } else {
        ranked.iter().min_by_key(|bag| bag.1)?
    };
    draft = draft
        .wrong(text(*fewest), mistake("compares-totals-only", "looks only at how many there are in all"));
    for bag in ranked.iter().rev().skip(1) {
        draft = draft
            .wrong(text(*bag), mistake("misjudges-fractions", "judges by eye which fraction is greater"));
    }
    draft = draft
        .hint("The number of good ones is not enough. How many are there in all in each?")
        .hint("Write each choice as a fraction, and compare the fractions with one half or with each other.");
    for bag in &ranked {
        draft = draft.say(format!("{} out of {} is the fraction {}.", bag.0, bag.1, frac(worth(*bag)).text));
    }
    Some(draft.say(format!(
        "The {} of these fractions is {}.",
        if least_wanted { "smallest" } else { "greatest" },
        frac(worth(best)).text
    )))
}
