//! Missing numbers, patterns, and choosing the number sentence of a story.

use super::{ALL, by_grade, small};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{int, words};
use crate::level::Level::{Primary2, Primary3, Primary4};
use crate::level::Strand::Algebra;
use crate::maths::kit::{MATHS, mistake, row, template};

pub const TEMPLATES: &[Template] = &[
    template(Algebra, "primary-missing-number", "primary.missing-numbers", MATHS, ALL, missing),
    template(Algebra, "primary-next-number", "primary.patterns", MATHS, ALL, next_number),
    template(Algebra, "primary-next-shape", "primary.patterns", MATHS, ALL, next_shape),
    template(Algebra, "primary-number-sentence", "primary.missing-numbers", MATHS, ALL, sentence),
];

fn missing(g: &mut Gen) -> Option<Draft> {
    let top = by_grade(g, [10..=10, 60..=60, 400..=400]);
    let (a, b) = (g.int(2..=top), g.int(2..=top));
    let kind = if g.level() == Primary4 { g.int(0..=3) } else { g.int(0..=2) };
    let (a, b) = if kind == 3 { (g.int(2..=12), g.int(2..=12)) } else { (a, b) };
    let sum = if kind == 3 { a * b } else { a + b };
    // b is missing, or in the last of the subtractions the number at the start.
    let (written, key, known, result) = match kind {
        0 if g.one_in(2) => (format!("{a} + ____ = {sum}"), b, a, sum),
        0 => (format!("____ + {a} = {sum}"), b, a, sum),
        1 => (format!("{sum} − ____ = {a}"), b, a, sum),
        2 => (format!("____ − {a} = {b}"), sum, a, b),
        _ => (format!("{a} × ____ = {sum}"), b, a, sum),
    };
    if a == b {
        return None;
    }
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!("Which number makes this true: {written}?"),
        1 => format!("What number goes in the blank: {written}?"),
        _ => format!("{} writes {written}. Which number is missing?", child.name),
    };
    let back = if kind == 2 { (known - result).abs() } else { known + result };
    let plain = match kind {
        2 => mistake("subtracts-to-find-the-start", "subtracts when the number at the start is missing"),
        3 => mistake("adds-in-a-times-sentence", "adds although the sentence has a times sign"),
        _ => mistake("adds-the-numbers-shown", "adds the two numbers that are shown"),
    };
    let draft = Draft::new(stem)
        .key(int(key))
        .wrong(small(g, back), plain)
        .wrong(
            small(g, if kind == 3 { sum - a } else { result }),
            if kind == 3 {
                mistake("subtracts-in-a-times-sentence", "subtracts although the sentence has a times sign")
            } else {
                mistake("copies-a-number", "copies a number that is already there")
            },
        )
        .wrong(small(g, known), mistake("copies-a-number", "copies a number that is already there"))
        .wrong(small(g, key + 1), mistake("counts-both-ends", "counts both ends and is one too high"))
        .wrong(small(g, key - 1), mistake("misses-an-end", "misses one end and is one too low"))
        .hint("Say the sentence in words, with the word some for the blank.")
        .hint(match kind {
            0 => "How many more do you need to get to the number at the end?",
            1 => "How many must go so that the number at the end is left?",
            2 => "Put the part that went away back.",
            _ => "How many groups make the number at the end?",
        });
    Some(
        draft
            .step(
                match kind {
                    0 | 1 => format!("{sum} − {a} = {key}."),
                    2 => format!("{b} + {a} = {key}."),
                    _ => format!("{sum} ÷ {a} = {key}."),
                },
                int(key),
            )
            .say(format!("Check: {}.", written.replace("____", &key.to_string()))),
    )
}

fn next_number(g: &mut Gen) -> Option<Draft> {
    let step = match g.level() {
        Primary2 => g.pick(&[1, 2, 2, 3, 5, 10]),
        Primary3 => g.pick(&[2, 3, 4, 5, 6, 10, 20, 25]),
        _ => g.pick(&[3, 4, 6, 7, 8, 9, 11, 12, 15, 25, 50, 100]),
    };
    let down = g.one_in(3);
    let start = by_grade(g, [1..=30, 1..=90, 5..=400]);
    let start = if down { start + 5 * step } else { start };
    let sign = if down { -step } else { step };
    let shown: Vec<i64> = (0..4).map(|at| start + at * sign).collect();
    let last = shown[3];
    let key = last + sign;
    let child = g.child();
    let list = row(&shown);
    let ask_fifth = g.int(0..=2);
    let stem = match ask_fifth {
        0 => format!("A pattern begins {list}. What number comes next?"),
        1 => format!("{} counts like this: {list}. What number does {} say next?", child.name, child.they),
        _ => format!("Look at the numbers {list}. They go on in the same way. Which number is next?"),
    };
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(
                small(g, if down { last - 1 } else { last + 1 }),
                mistake("always-counts-by-ones", "counts by ones whatever the pattern does"),
            )
            .wrong(small(g, last - sign), mistake("goes-the-wrong-way", "counts in the wrong direction"))
            .wrong(small(g, key + sign), mistake("skips-one-of-the-pattern", "skips one of the pattern"))
            .wrong(small(g, last), mistake("says-the-last-one-again", "says the last number again"))
            .wrong(
                small(g, last + 10),
                mistake("always-counts-by-tens", "counts by tens whatever the pattern does"),
            )
            .hint("How do you get from the first number to the second?")
            .hint("Check that it is the same from the second number to the third. Then do it once more.")
            .step(
                format!("Each number is {step} {} than the one before.", if down { "less" } else { "more" }),
                int(step),
            )
            .step(format!("{last} {} {step} = {key}.", if down { "−" } else { "+" }), int(key)),
    )
}

fn next_shape(g: &mut Gen) -> Option<Draft> {
    let names = if g.one_in(2) {
        ["circle", "square", "triangle", "star", "heart"]
    } else {
        ["red", "blue", "green", "yellow", "white"]
    };
    let all = g.several(&names, 4);
    let block: Vec<&str> = match by_grade(g, [0..=2, 0..=4, 2..=5]) {
        0 => vec![all[0], all[1]],
        1 => vec![all[0], all[1], all[1]],
        2 => vec![all[0], all[1], all[2]],
        3 => vec![all[0], all[0], all[1], all[2]],
        4 => vec![all[0], all[1], all[2], all[1]],
        _ => vec![all[0], all[1], all[2], all[3]],
    };
    let length = block.len();
    let long = length * 2 + usize::try_from(g.int(0..=i64::try_from(length).ok()? - 1)).ok()?;
    let shown: Vec<&str> = block.iter().cycle().take(long).copied().collect();
    let key = block[long % length];
    let last = shown[long - 1];
    let after = block[(long + 1) % length];
    let color = names[0] == "red";
    let child = g.child();
    let list = shown.join(", ");
    let stem = match (color, g.int(0..=1)) {
        (true, 0) => format!(
            "{} puts beads on a string: {list}. The pattern goes on. What color comes next?",
            child.name
        ),
        (true, _) => {
            format!("Flags hang in a row: {list}. The pattern goes on. What color is the next flag?")
        }
        (false, 0) => format!("{} draws a pattern: {list}. What shape comes next?", child.name),
        (false, _) => {
            format!("A pattern of stamps is {list}. It goes on in the same way. What shape comes next?")
        }
    };
    let mut draft = Draft::new(stem)
        .key(words(key))
        .wrong(words(last), mistake("repeats-the-last-one", "says the last one again"))
        .wrong(words(after), mistake("skips-one-of-the-pattern", "skips one of the pattern"))
        .wrong(words(block[0]), mistake("starts-the-pattern-again", "starts the pattern from the beginning"));
    for other in &all {
        draft =
            draft.wrong(words(*other), mistake("loses-the-pattern", "does not use the part that repeats"));
    }
    Some(
        draft
            .hint("Say the pattern aloud. Where does it start again?")
            .hint("Put a finger on each one of the part that repeats. Then go on.")
            .say(format!("The part that repeats is {}.", block.join(", ")))
            .say(format!("After {last} comes {key}.").replace(&format!("After {last} comes"), "Next comes")),
    )
}

fn sentence(g: &mut Gen) -> Option<Draft> {
    let top = by_grade(g, [10..=10, 60..=60, 300..=300]);
    let (a, b) = (g.int(3..=top), g.int(2..=top));
    let child = g.child();
    let (name, they, things) =
        (child.name, child.they, g.pick(&["pens", "shells", "books", "cards", "balloons"]));
    let kind = if g.level() == Primary2 { g.int(0..=2) } else { g.int(0..=3) };
    let (a, b) = if kind == 3 {
        (g.int(3..=12), g.int(2..=12))
    } else if a > b {
        (a, b)
    } else {
        (b, a)
    };
    if a == b || a == 2 * b || a == 3 * b || b == 2 * a || kind == 3 && b == 2 {
        return None;
    }
    let (story, key) = match kind {
        0 => (format!("{name} has {a} {things} and gets {b} more."), format!("{a} + {b}")),
        1 => (format!("{name} has {a} {things} and gives away {b} of them."), format!("{a} − {b}")),
        2 => (format!("{name} needs {a} {things}. So far {they} has {b}."), format!("{a} − {b}")),
        _ => (format!("{name} has {b} boxes with {a} {things} in each."), format!("{b} × {a}")),
    };
    let asked = match kind {
        0 | 1 => format!("Which shows how many {things} {they} has now?"),
        2 => format!("Which shows how many more {things} {they} needs?"),
        _ => format!("Which shows how many {things} {they} has in all?"),
    };
    let reason = |text: &str| match text {
        t if t.contains('+') => mistake("plus-for-any-story", "adds the numbers whatever the story says"),
        t if t.contains('×') => {
            mistake("times-for-any-story", "multiplies the numbers whatever the story says")
        }
        _ => mistake("minus-for-any-story", "subtracts the numbers whatever the story says"),
    };
    let mut draft = Draft::new(format!("{story} {asked}")).key(words(key.clone()));
    let mut offers = vec![format!("{a} + {b}"), format!("{} − {}", a.max(b), a.min(b))];
    if g.level() != Primary2 {
        offers.push(format!("{b} × {a}"));
    }
    for offer in offers.iter().filter(|offer| **offer != key) {
        draft = draft.wrong(words(offer.clone()), reason(offer));
    }
    draft = draft
        .wrong(
            words(format!("{a} + {a}")),
            mistake("uses-one-number-twice", "uses one number of the story twice"),
        )
        .wrong(
            words(format!("{b} + {b}")),
            mistake("uses-one-number-twice", "uses one number of the story twice"),
        );
    Some(
        draft
            .hint("Act the story out. Is something put together, taken away, or repeated?")
            .hint(match kind {
                0 => "Something is put together here.",
                1 => "Something goes away here.",
                2 => "A part of the number is there already.",
                _ => "The same number comes again and again here.",
            })
            .say(match kind {
                0 => "Getting more means adding.",
                1 => "Giving away means subtracting.",
                2 => "What is still needed is found by taking away what is there.",
                _ => "Equal groups mean multiplying.",
            })
            .say(format!("So it is {key}.")),
    )
    .filter(|_| g.level() != Primary3 || kind != 3 || a * b <= 120)
}
