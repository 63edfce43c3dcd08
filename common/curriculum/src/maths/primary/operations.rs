//! Adding, subtracting, equal groups, sharing, and fractions of shapes.

use super::{ALL, by_grade, small};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, frac, int};
use crate::figure::Picture;
use crate::level::Level::{Primary2, Primary3};
use crate::level::Strand::Numbers;
use crate::maths::kit::{MATHS, mistake, template};
use crate::story::count;

pub const TEMPLATES: &[Template] = &[
    template(Numbers, "primary-add", "primary.add-subtract", MATHS, ALL, add),
    template(Numbers, "primary-subtract", "primary.add-subtract", MATHS, ALL, subtract),
    template(Numbers, "primary-equal-groups", "primary.multiply-divide", MATHS, ALL, equal_groups),
    template(Numbers, "primary-share-equally", "primary.multiply-divide", MATHS, ALL, share),
    template(Numbers, "primary-fraction-of-a-shape", "primary.fractions", MATHS, ALL, fraction),
];

/// The sum without carrying.
fn without_carrying(a: i64, b: i64) -> i64 {
    let (mut place, mut sum) = (1, 0);
    while place <= a.max(b) {
        sum += (a / place % 10 + b / place % 10) % 10 * place;
        place *= 10;
    }
    sum
}

/// The difference with the smaller digit taken from the larger in each place.
fn smaller_from_larger(a: i64, b: i64) -> i64 {
    let (mut place, mut sum) = (1, 0);
    while place <= a.max(b) {
        sum += (a / place % 10 - b / place % 10).abs() * place;
        place *= 10;
    }
    sum
}

fn add(g: &mut Gen) -> Option<Draft> {
    let easy = g.one_in(2);
    let (a, b) = match g.level() {
        Primary2 if easy => (g.int(2..=10), g.int(2..=10)),
        Primary2 => (g.int(11..=69), g.int(3..=29)),
        Primary3 => (g.int(24..=560), g.int(15..=380)),
        _ => (g.int(150..=5_600), g.int(120..=3_900)),
    };
    let sum = a + b;
    let (x, y, key) = (int(a).text, int(b).text, int(sum));
    let stem = match g.int(0..=2) {
        0 => format!("What is {x} + {y}?"),
        1 => format!("What is the sum of {x} and {y}?"),
        _ => format!("Add {x} and {y}. What do you get?"),
    };
    let carry = without_carrying(a, b) != sum;
    let mut draft = Draft::new(stem)
        .key(key.clone())
        .wrong(
            if carry { small(g, without_carrying(a, b)) } else { small(g, 0) },
            mistake("forgets-to-carry", "forgets to add what is carried to the next place"),
        )
        .wrong(small(g, (a - b).abs()), mistake("subtracts-instead-of-adding", "subtracts instead of adding"))
        .wrong(
            small(g, sum - 1),
            mistake("counts-on-from-the-start", "counts the first number itself as the first step"),
        )
        .wrong(small(g, sum + 10), mistake("carries-once-too-often", "carries a ten that is not there"))
        .wrong(small(g, sum - 10), mistake("loses-a-ten", "loses a ten on the way"))
        .hint("Start with the ones. Do they make a ten?")
        .hint("Then add the tens, and go on to the left. Do not lose a new ten.");
    if a < 11 && b < 11 {
        draft = draft.say(format!("Start at {} and count on {}.", a.max(b), a.min(b)));
    } else {
        for (name, unit) in [("ones", 1), ("tens", 10), ("hundreds", 100), ("thousands", 1_000)] {
            let (p, q) = (a / unit % 10, b / unit % 10);
            if unit <= a.max(b) {
                let carried = i64::from(a % unit + b % unit >= unit);
                let new = if carried == 1 { " and 1 carried" } else { "" };
                draft = draft.step(
                    format!("The {name}: {p} + {q}{new} make {}.", p + q + carried),
                    int(p + q + carried),
                );
            }
        }
    }
    Some(draft.step(format!("{x} + {y} = {}.", key.text), key))
}

fn subtract(g: &mut Gen) -> Option<Draft> {
    let easy = g.one_in(2);
    let (a, b) = match g.level() {
        Primary2 if easy => (g.int(8..=20), g.int(2..=12)),
        Primary2 => (g.int(30..=99), g.int(3..=49)),
        Primary3 => (g.int(100..=980), g.int(15..=680)),
        _ => (g.int(1_000..=9_800), g.int(120..=6_900)),
    };
    let key = a - b;
    if key < 2 || a / 2 == b {
        return None;
    }
    let (x, y) = (int(a).text, int(b).text);
    let borrows = a % 10 < b % 10;
    let stem = match g.int(0..=3) {
        0 => format!("What is {x} − {y}?"),
        1 => format!("What is the difference between {x} and {y}?"),
        2 => format!("Take {y} away from {x}. What is left?"),
        _ => format!("How much more is {x} than {y}?"),
    };
    let mut draft = Draft::new(stem)
        .key(int(key))
        .wrong(
            small(g, smaller_from_larger(a, b)),
            mistake(
                "smaller-from-larger-digit",
                "takes the smaller digit from the larger one in every place",
            ),
        )
        .wrong(small(g, a + b), mistake("adds-instead-of-subtracting", "adds instead of subtracting"))
        .wrong(
            if borrows { small(g, key + 10) } else { small(g, 0) },
            mistake("forgets-the-borrowed-ten", "borrows a ten and forgets to take it away"),
        )
        .wrong(
            if b > 10 && b % 10 > 0 { small(g, a - b / 10 * 10) } else { small(g, 0) },
            mistake("leaves-the-ones", "forgets to take away the ones"),
        )
        .wrong(
            small(g, key + 1),
            mistake("counts-back-from-the-start", "counts the first number itself as the first step back"),
        )
        .wrong(small(g, key - 10), mistake("takes-a-ten-too-many", "takes away one ten too many"))
        .wrong(small(g, key - 1), mistake("counts-one-back-too-far", "counts back one too far"))
        .hint("Start with the ones. Are there enough of them?")
        .hint("If there are not enough ones, open a ten. You can check by adding.");
    // Taken away in parts: the hundreds, the tens, the ones.
    let parts: Vec<i64> =
        [1_000, 100, 10, 1].iter().map(|unit| b / unit % 10 * unit).filter(|part| *part > 0).collect();
    let mut left = a;
    if parts.len() > 1 {
        draft = draft.say(format!("Take {y} away in parts."));
    }
    for part in parts {
        draft = draft.step(
            format!("{} − {} = {}.", int(left).text, int(part).text, int(left - part).text),
            int(left - part),
        );
        left -= part;
    }
    Some(draft.step(format!("So {x} − {y} = {}.", int(key).text), int(key)))
}

fn equal_groups(g: &mut Gen) -> Option<Draft> {
    let (groups, each) = (by_grade(g, [2..=5, 2..=10, 3..=12]), by_grade(g, [2..=5, 2..=9, 3..=12]));
    let key = groups * each;
    if groups == each || (groups, each) == (2, 2) || g.level() == Primary2 && key > 20 {
        return None;
    }
    let child = g.child();
    let (bags, things) = g.pick(&[
        ("bags", "apples"),
        ("boxes", "crayons"),
        ("plates", "cookies"),
        ("nests", "eggs"),
        ("tanks", "fish"),
        ("vases", "roses"),
    ]);
    let stem = match g.int(0..=2) {
        0 => format!(
            "There are {groups} {bags}. There are {each} {things} in each. How many {things} are there in all?"
        ),
        1 => format!(
            "{} fills {groups} {bags} with {each} {things} each. How many {things} is that?",
            child.name
        ),
        _ => format!(
            "{} sees {groups} {bags}. Each has {each} {things}. How many {things} does {} see?",
            child.name, child.they
        ),
    };
    let chain = vec![each.to_string(); usize::try_from(groups).ok()?].join(" + ");
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(
                int(groups + each),
                mistake("adds-groups-and-size", "adds the two numbers instead of counting all the groups"),
            )
            .wrong(small(g, key - each), mistake("one-group-too-few", "counts one group too few"))
            .wrong(small(g, key + each), mistake("one-group-too-many", "counts one group too many"))
            .wrong(small(g, each), mistake("one-group-only", "counts only one group"))
            .wrong(small(g, key + groups), mistake("one-more-in-each", "counts one more in each group"))
            .hint("Draw the groups. Put the same number in each.")
            .hint(format!("Count by {each}s, once for each group."))
            .step(
                if groups <= 6 {
                    format!("{chain} = {key}.")
                } else {
                    format!("{groups} × {each} = {key}.")
                },
                int(key),
            ),
    )
}

fn share(g: &mut Gen) -> Option<Draft> {
    let (parts, each) = (by_grade(g, [2..=4, 2..=6, 3..=12]), by_grade(g, [2..=6, 2..=10, 3..=12]));
    let all = parts * each;
    if parts == each || g.level() == Primary2 && all > 20 {
        return None;
    }
    let child = g.child();
    let things = g.pick(&["cookies", "grapes", "stickers", "pencils", "shells", "cards"]);
    let by_size = g.one_in(3);
    let stem = match g.int(0..=2) {
        _ if by_size => format!(
            "{} has {all} {things}. {} puts {parts} in each bag. How many bags does {} fill?",
            child.name,
            child.they_capital(),
            child.they
        ),
        0 => format!("{parts} children share {all} {things} equally. How many {things} does each child get?"),
        1 => format!(
            "{} puts {all} {things} into {parts} equal groups. How many {things} are in each group?",
            child.name
        ),
        _ => format!(
            "There are {all} {things} on {parts} plates. Each plate has the same number. How many {things} are on each plate?"
        ),
    };
    let stem = if stem.starts_with(|c: char| c.is_ascii_digit()) {
        crate::maths::kit::capital(&stem.replacen(&parts.to_string(), &crate::story::spelled(parts), 1))
    } else {
        stem
    };
    Some(
        Draft::new(stem)
            .key(int(each))
            .wrong(
                small(g, all - parts),
                mistake("subtracts-instead-of-sharing", "subtracts instead of sharing equally"),
            )
            .wrong(
                small(g, parts),
                mistake(
                    "number-of-groups-for-share",
                    "gives the number that was told instead of the one asked for",
                ),
            )
            .wrong(
                small(g, all + parts),
                mistake("adds-instead-of-sharing", "adds instead of sharing equally"),
            )
            .wrong(small(g, each + 1), mistake("one-too-many-in-each", "gives one too many to each"))
            .wrong(small(g, each - 1), mistake("one-too-few-in-each", "gives one too few to each"))
            .hint(if by_size {
                format!("Take away {parts} at a time, until all are gone. How often can you do that?")
            } else {
                "Give out one to each, again and again, until all are gone.".to_owned()
            })
            .hint(format!("Which number, taken {parts} times, makes {all}?"))
            .step(format!("{parts} × {each} = {all}, so the answer is {each}."), int(each)),
    )
}

fn fraction(g: &mut Gen) -> Option<Draft> {
    let parts = by_grade(g, [2..=4, 2..=8, 3..=12]);
    let shaded = g.int(1..=parts - 1);
    let not = g.one_in(3);
    let key = if not { parts - shaded } else { shaded };
    let value = Q::new(key, parts);
    if value.bottom() != parts {
        return None;
    }
    let child = g.child();
    let (thing, color) = (
        g.pick(&["strip of paper", "flag", "garden bed", "bar of soap", "ribbon", "wooden board"]),
        g.pick(&["blue", "red", "green", "yellow"]),
    );
    let mut picture = Picture::new(
        380,
        80,
        format!(
            "A {thing} is cut into {} of the same size. {} of them {} {color}. The other parts are white.",
            count(parts, "part", "parts"),
            crate::maths::kit::capital(&crate::story::spelled(shaded)),
            if shaded == 1 { "is" } else { "are" }
        )
        .replace(
            "The other parts are white",
            if parts - shaded == 1 { "The other part is white" } else { "The other parts are white" },
        ),
    );
    let wide = 360 / parts;
    for at in 0..parts {
        picture = picture.rectangle(10 + at * wide, 20, wide, 40, at < shaded);
    }
    let asked = if not { "white" } else { color };
    let stem = match g.int(0..=1) {
        0 => format!("Look at the {thing}. What fraction of it is {asked}?"),
        _ => format!(
            "{} colored a part of the {thing} {color}. What fraction of the {thing} is {asked}?",
            child.name
        ),
    };
    let one = |a: i64, b: i64| frac(if b > 0 && a > 0 { Q::new(a, b) } else { Q(None) });
    Some(
        Draft::new(stem)
            .figure(picture)
            .key(frac(value))
            .wrong(
                one(parts - key, parts),
                mistake("fraction-of-the-other-part", "gives the fraction of the other part"),
            )
            .wrong(
                if key < parts - key { one(key, parts - key) } else { one(parts - key, key) },
                mistake(
                    "compares-the-two-parts",
                    "compares the two colors with each other instead of with the whole",
                ),
            )
            .wrong(one(1, parts), mistake("one-part-whatever", "counts one part only"))
            .wrong(
                one(key, parts + 1),
                mistake("one-part-too-many-in-the-whole", "counts one part too many in the whole"),
            )
            .wrong(
                one(1, key + 1),
                mistake("one-over-the-count", "writes a 1 above and a number that was counted below"),
            )
            .wrong(one(key, parts + 2), mistake("miscounts-the-whole", "miscounts the parts of the whole"))
            .hint("How many equal parts are there in all? That is the number below.")
            .hint(format!("How many of the parts are {asked}? That is the number above."))
            .say(format!("There are {parts} equal parts in all."))
            .step(
                format!(
                    "Of these, {key} {} {asked}, so the fraction is {}.",
                    if key == 1 { "is" } else { "are" },
                    frac(value).text
                ),
                frac(value),
            ),
    )
    .filter(|_| g.level() != Primary3 || parts != 7)
}
