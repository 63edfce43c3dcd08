//! Counting outcomes: choices in a row, arrangements and groups.

use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, int};
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Strand::Data;
use crate::maths::kit::{BOTH, mistake, plus, positive, template};

pub const TEMPLATES: &[Template] = &[
    template(Data, "counting-outfits", "data.counting", BOTH, &[Lower, Middle], outfits),
    template(Data, "arranging-in-order", "data.arrangements", BOTH, &[Middle, Upper], arrangements),
    template(Data, "choosing-a-group", "data.arrangements", BOTH, &[Middle, Upper], groups),
    template(Data, "counting-codes", "data.counting", BOTH, &[Middle, Upper], codes),
];

fn times(values: &[i64]) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join(" × ")
}

fn outfits(g: &mut Gen) -> Option<Draft> {
    let kinds = if g.level() == Lower { g.pick(&[2, 3]) } else { g.pick(&[3, 4]) };
    let (opening, parts, asked): (&str, [&str; 4], &str) = g.pick(&[
        (
            "{} is choosing an outfit from",
            ["shirts", "skirts", "hats", "scarves"],
            "outfits with one of each",
        ),
        ("A lunch menu offers", ["soups", "sandwiches", "drinks", "desserts"], "lunches with one of each"),
        (
            "{} is building a toy robot from",
            ["heads", "bodies", "pairs of arms", "pairs of legs"],
            "robots with one of each",
        ),
        ("A bicycle shop offers", ["frames", "colors", "saddles", "bells"], "bicycles with one of each"),
        ("A play has roles for one of each, with", ["kings", "queens", "wizards", "dragons"], "casts"),
    ]);
    let opening =
        if asked == "casts" { "For a play, a teacher can choose from actors ready to be" } else { opening };
    let n: Vec<i64> = (0..kinds).map(|_| g.by_level([2..=3, 2..=8, 2..=6, 2..=6])).collect();
    if asked == "casts" {
        return None;
    }
    let child = g.child();
    let list: Vec<String> = n.iter().zip(parts).map(|(n, part)| format!("{n} {part}")).collect();
    let key: i64 = n.iter().product();
    let sum: i64 = n.iter().sum();
    let opening = opening.replace("{}", child.name);
    let last = n[n.len() - 1];
    Some(
        Draft::new(format!(
            "{opening} {}. How many different {asked} are possible?",
            crate::story::list(&list)
        ))
        .key(int(key))
        .wrong(int(sum), mistake("adds-choices", "adds the numbers of choices instead of multiplying"))
        .wrong(int(key / last), mistake("forgets-last-choice", "leaves out the last kind of choice"))
        .wrong(
            int(key / last + last),
            mistake("adds-last-choice", "multiplies the first choices but adds the last"),
        )
        .wrong(
            int(key - sum),
            mistake(
                "takes-off-the-sum",
                "subtracts the choices from the product as if they were counted twice",
            ),
        )
        .wrong(
            int(Q::new(key, 2)),
            mistake("halves-the-outcomes", "divides by two as if each outcome were counted twice"),
        )
        .wrong(int(n[0] * n[0]), mistake("squares-first-choice", "multiplies the first number by itself"))
        .hint(format!("Fix one of the {}. How many ways are there to go on from there?", parts[0]))
        .hint("Every choice of one kind goes with every choice of the other kinds.")
        .step(format!("Multiply the numbers of choices: {} = {key}.", times(&n)), int(key)),
    )
}

fn arrangements(g: &mut Gen) -> Option<Draft> {
    let n = if g.level() == Upper { g.int(4..=10) } else { g.int(4..=7) };
    let k = g.int(2..=n.min(if n > 6 { 3 } else { 4 }));
    let factors: Vec<i64> = (0..k).map(|at| n - at).collect();
    let key: i64 = factors.iter().product();
    let divided: i64 = (1..=k).product();
    let child = g.child();
    let spelled = ["", "", "two", "three", "four"][usize::try_from(k).ok()?];
    let stem = match g.int(0..=4) {
        0 => format!(
            "{} has {n} different books and wants to stand {spelled} of them in a row on a shelf. How many different rows are possible?",
            child.name
        ),
        1 => format!(
            "In a race with {n} runners there are no ties. In how many ways can the first {spelled} places be filled?"
        ),
        2 => format!(
            "A club with {n} members fills {spelled} different offices, each with a different member. In how many ways can it be done?"
        ),
        3 => format!(
            "A flag has {spelled} stripes side by side, each of a different color. There are {n} colors to choose from, and order matters. How many different flags are possible?"
        ),
        _ => format!(
            "{} has {n} photos and will hang {spelled} of them from left to right. How many different orders are possible?",
            child.name
        ),
    };
    let power: i64 = (0..k).map(|_| n).product();
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(int(power), mistake("allows-repeats", "lets the same one be used more than once"))
            .wrong(
                if divided > 1 { int(Q::new(key, divided)) } else { int(Q(None)) },
                mistake("ignores-order", "counts groups without regard to order"),
            )
            .wrong(
                int(n * k),
                mistake(
                    "multiplies-count-and-places",
                    "multiplies the number of things by the number of places",
                ),
            )
            .wrong(
                int(factors.iter().sum::<i64>()),
                mistake("adds-choices", "adds the numbers of choices instead of multiplying"),
            )
            .wrong(
                positive(key / factors[factors.len() - 1]),
                mistake("one-place-too-few", "stops one place too soon"),
            )
            .hint("How many can be chosen for the first place? Then how many are left for the next?")
            .hint("Multiply the numbers of choices, which go down by one each time.")
            .say(format!("There are {n} choices for the first place, and one fewer for each place after it."))
            .step(format!("Multiply: {} = {}.", times(&factors), int(key).text), int(key)),
    )
}

fn groups(g: &mut Gen) -> Option<Draft> {
    let k = if g.level() == Upper { g.pick(&[2, 3, 3]) } else { 2 };
    let n = g.int(4..=if k == 3 { 10 } else { 15 });
    let ordered: i64 = (0..k).map(|at| n - at).product();
    let repeats: i64 = (1..=k).product();
    let key = ordered / repeats;
    let spelled = if k == 2 { "two" } else { "three" };
    let child = g.child();
    let stem = match g.int(0..=4) {
        0 => format!(
            "From {n} players, a coach chooses {spelled} to carry the nets. How many different groups of {spelled} are possible?"
        ),
        1 => format!(
            "{} may take {spelled} different books on a trip, out of {n}. In how many ways can {} choose them?",
            child.name, child.they
        ),
        2 => format!(
            "A pizza shop has {n} toppings. How many different pizzas with exactly {spelled} different toppings can be made?"
        ),
        3 => format!(
            "A class of {n} students sends {spelled} of them to a meeting. How many different groups could go?"
        ),
        _ => format!(
            "{} mixes equal parts of {spelled} different paints, chosen from {n} colors. How many different mixtures are possible?",
            child.name
        ),
    };
    let power: i64 = (0..k).map(|_| n).product();
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(
                int(ordered),
                mistake("counts-each-order", "counts the same group again for every order of its members"),
            )
            .wrong(
                int(n * k),
                mistake(
                    "multiplies-count-and-places",
                    "multiplies the number of things by the number of places",
                ),
            )
            .wrong(int(power), mistake("allows-repeats", "lets the same one be used more than once"))
            .wrong(
                int(Q::new(n, k)),
                mistake(
                    "divides-into-groups",
                    "divides them into groups, as if each could be in only one group",
                ),
            )
            .wrong(
                int(Q::new(n * (n + 1), 2)),
                mistake("pairs-with-itself", "counts each one as a partner of itself too"),
            )
            .wrong(int(n - k), mistake("subtracts-group-size", "subtracts the size of the group"))
            .hint("Does the order in which they are chosen matter here?")
            .hint("Count the choices in order. Then ask how often each group has been counted.")
            .step(
                format!(
                    "Chosen one after the other there are {} = {ordered} ways.",
                    times(&(0..k).map(|at| n - at).collect::<Vec<_>>())
                ),
                int(ordered),
            )
            .step(format!("Each group has been counted {repeats} times, once for every order."), int(repeats))
            .step(format!("{ordered} ÷ {repeats} = {key}."), int(key)),
    )
}

fn codes(g: &mut Gen) -> Option<Draft> {
    let pool = g.int(3..=if g.level() == Upper { 9 } else { 6 });
    let long = g.int(2..=if pool > 6 { 3 } else { 4 }).min(pool);
    let repeats = g.one_in(2);
    let with: Vec<i64> = (0..long).map(|_| pool).collect();
    let without: Vec<i64> = (0..long).map(|at| pool - at).collect();
    let (right, other) = if repeats { (&with, &without) } else { (&without, &with) };
    let (key, trap): (i64, i64) = (right.iter().product(), other.iter().product());
    let rule = if repeats { "may be used more than once" } else { "may be used only once" };
    let child = g.child();
    let stem = match g.int(0..=3) {
        0 => format!(
            "A lock opens with a code of {long} digits, made with the digits from 1 to {pool}. Each digit {rule}. How many codes are possible?"
        ),
        1 => format!(
            "{} makes passwords of {long} letters from a set of {pool} different letters. Each letter {rule}. How many passwords are possible?",
            child.name
        ),
        2 => format!(
            "With the digits from 1 to {pool}, how many whole numbers of {long} digits can be written if each digit {rule}?"
        ),
        _ => format!(
            "A string of {long} beads is made, in order, from beads of {pool} colors. Each color {rule}. How many strings are possible, if strings that read differently from left to right count as different?"
        ),
    };
    let swapped: i64 = (0..pool).map(|_| long).product();
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(
                int(trap),
                if repeats {
                    mistake("forbids-repeats", "does not let anything be used again although it may be")
                } else {
                    mistake("allows-repeats", "lets the same one be used more than once")
                },
            )
            .wrong(
                int(pool * long),
                mistake(
                    "multiplies-count-and-places",
                    "multiplies the number of things by the number of places",
                ),
            )
            .wrong(
                int(right.iter().sum::<i64>()),
                mistake("adds-choices", "adds the numbers of choices instead of multiplying"),
            )
            .wrong(
                if repeats { int(swapped) } else { int(key / right[right.len() - 1] + 1) },
                if repeats {
                    mistake(
                        "swaps-base-and-exponent",
                        "raises the number of places to the power of the number of things",
                    )
                } else {
                    mistake("adds-last-place", "adds the last place instead of multiplying by it")
                },
            )
            .wrong(int(key / pool), mistake("one-place-too-few", "stops one place too soon"))
            .hint(format!("Draw {long} empty places. How many choices are there for the place on the left?"))
            .hint(if repeats {
                "For the second place, is anything used up?"
            } else {
                "For the second place, how many are left?"
            })
            .say(format!(
                "The numbers of choices for the places are {}.",
                right.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
            ))
            .step(format!("Multiply: {} = {}.", times(right), int(key).text), int(key)),
    )
    .filter(|_| !plus(right).is_empty() && long >= 2)
}
