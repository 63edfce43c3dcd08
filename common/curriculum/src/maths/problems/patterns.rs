//! Patterns of shapes, patterns that repeat, and the digits of page numbers.

use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, int, words};
use crate::figure::Picture;
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Strand::Problems;
use crate::maths::kit::{BOTH, QUANT, mistake, positive, row, template};
use crate::story::ordinal;

pub const TEMPLATES: &[Template] = &[
    template(Problems, "toothpick-pattern", "problems.patterns", BOTH, &[Lower, Middle, Upper], toothpicks),
    template(Problems, "repeating-pattern", "problems.patterns", BOTH, &[Lower, Middle], repeating),
    template(Problems, "dot-squares-pattern", "problems.patterns", BOTH, &[Middle, Upper], dots),
    template(Problems, "page-digits", "problems.conditions", QUANT, &[Middle, Upper], page_digits),
];

fn toothpicks(g: &mut Gen) -> Option<Draft> {
    let sides = g.int(3..=6);
    let shape = ["triangle", "square", "pentagon", "hexagon"][usize::try_from(sides - 3).ok()?];
    let n = g.by_level([4..=6, 6..=15, 15..=60, 40..=200]);
    let add = sides - 1;
    let key = 1 + add * n;
    let shown: Vec<i64> = (1..=3).map(|n| 1 + add * n).collect();
    let mut picture = Picture::new(
        360,
        110,
        format!(
            "A row of {shape}s made of toothpicks, in which neighbors share one side. Figure 1 has 1 {shape} and {} toothpicks. Figure 2 has 2 {shape}s and {} toothpicks. Figure 3 has 3 {shape}s and {} toothpicks.",
            shown[0], shown[1], shown[2]
        ),
    );
    for figure in 1..=3 {
        let left = 20 + (figure - 1) * (figure) * 26;
        for cell in 0..figure {
            let x = left + cell * if sides == 3 { 17 } else { 34 };
            let points: &[(i64, i64)] = match sides {
                3 if cell % 2 == 0 => &[(x, 70), (x + 34, 70), (x + 17, 40)],
                3 => &[(x, 40), (x + 34, 40), (x + 17, 70)],
                4 => &[(x, 70), (x + 34, 70), (x + 34, 36), (x, 36)],
                5 => &[(x, 70), (x + 34, 70), (x + 34, 40), (x + 17, 24), (x, 40)],
                _ => &[(x, 70), (x + 17, 84), (x + 34, 70), (x + 34, 40), (x + 17, 26), (x, 40)],
            };
            picture = picture.polygon(points, false);
        }
        picture = picture.label(left + 17 * figure, 104, &format!("Figure {figure}"));
    }
    let child = g.child();
    let ask_back = g.one_in(3);
    let stem = if ask_back {
        format!(
            "The first three figures of a pattern of toothpicks are shown. {} has {key} toothpicks. What is the number of the figure that {} can build with exactly these?",
            child.name, child.they
        )
    } else if g.one_in(2) {
        format!(
            "The first three figures of a pattern of toothpicks are shown. How many toothpicks does Figure {n} have?"
        )
    } else {
        format!(
            "{} lays a row of {shape}s with toothpicks, as the first three figures show. How many toothpicks are needed for a row of {n} {shape}s?",
            child.name
        )
    };
    let draft = if ask_back {
        Draft::new(stem)
            .key(int(n))
            .wrong(
                int(Q::new(key, sides)),
                mistake("counts-shared-sides-twice", "counts the shared sides twice"),
            )
            .wrong(int(key / sides), mistake("counts-shared-sides-twice", "counts the shared sides twice"))
            .wrong(
                int(n + 1),
                mistake("forgets-the-first-toothpick", "forgets the one toothpick that starts the row"),
            )
            .wrong(int(n - 1), mistake("starts-counting-late", "starts counting the figures one too late"))
            .wrong(
                int(key - sides),
                mistake("subtracts-one-shape", "subtracts the sides of one shape instead of dividing"),
            )
            .wrong(int(key - 1), mistake("stops-before-dividing", "takes away the first toothpick and stops"))
    } else {
        Draft::new(stem)
            .key(int(key))
            .wrong(int(sides * n), mistake("counts-shared-sides-twice", "counts the shared sides twice"))
            .wrong(
                int(add * n),
                mistake("forgets-the-first-toothpick", "forgets the one toothpick that starts the row"),
            )
            .wrong(
                int(sides + add * n),
                mistake("one-row-shape-too-many", "adds the toothpicks of one shape too many"),
            )
            .wrong(
                int(shown[2] + n - 3),
                mistake("adds-one-for-each-figure", "adds only one toothpick for each new figure"),
            )
            .wrong(
                int(shown[2] * n),
                mistake(
                    "multiplies-a-shown-figure",
                    "multiplies the last figure shown by the number of the figure",
                ),
            )
    };
    Some(
        draft
            .figure(picture)
            .hint("How many toothpicks are added from one figure to the next?")
            .hint("Think of one toothpick standing at the start, and then the same number for every shape.")
            .step(format!("From each figure to the next there are {add} more."), int(add))
            .say(format!("So Figure n has 1 + {add} × n toothpicks."))
            .step(
                if ask_back {
                    format!("{key} − 1 = {}, and {} ÷ {add} = {n}.", key - 1, key - 1)
                } else {
                    format!("1 + {add} × {n} = {key}.")
                },
                int(if ask_back { n } else { key }),
            ),
    )
}

fn repeating(g: &mut Gen) -> Option<Draft> {
    let length = if g.level() == Lower { g.int(3..=5) } else { g.int(4..=7) };
    let names = g.pick(&[
        ["red", "blue", "green", "yellow", "white", "black", "orange"],
        ["star", "moon", "sun", "heart", "arrow", "leaf", "drop"],
        ["clap", "stomp", "snap", "jump", "turn", "bow", "wave"],
    ]);
    let all = g.several(&names, usize::try_from(length).ok()?);
    let n = g.by_level([10..=20, 20..=99, 60..=400, 60..=400]);
    let place = n % length;
    let at = |n: i64| all[usize::try_from((n - 1).rem_euclid(length)).unwrap_or(0)];
    let key = at(n);
    if place == 0 && g.one_in(2) {
        return None;
    }
    let child = g.child();
    let list = all.join(", ");
    let kind = all.iter().any(|one| ["clap", "stomp", "snap", "jump", "turn", "bow", "wave"].contains(one));
    let color = names[0] == "red";
    let stem = if kind {
        format!(
            "In a dance, {} repeats the moves {list}, over and over in this order. What is the {} move?",
            child.name,
            ordinal(n)
        )
    } else if color {
        g.pick(&[
            format!("{} strings beads in the order {list}, and repeats this over and over. What color is the {} bead?", child.name, ordinal(n)),
            format!("Flags along a street repeat the colors {list}, over and over in this order. What color is the {} flag?", ordinal(n)),
        ])
    } else {
        format!(
            "{} draws a border that repeats the shapes {list}, over and over in this order. Which shape is the {}?",
            child.name,
            ordinal(n)
        )
    };
    let mut draft = Draft::new(stem)
        .key(words(key))
        .wrong(
            words(at(n + 1)),
            mistake("counts-one-place-too-far", "counts one place too far in the pattern"),
        )
        .wrong(
            words(at(n - 1)),
            mistake("counts-one-place-too-short", "stops one place too soon in the pattern"),
        )
        .wrong(
            words(at(length)),
            mistake("takes-last-of-the-block", "takes the last of the block whatever is left over"),
        )
        .wrong(
            words(at(1)),
            mistake("takes-first-of-the-block", "takes the first of the block whatever is left over"),
        )
        .wrong(
            words(at(n / length)),
            mistake("quotient-for-remainder", "uses the quotient instead of the remainder"),
        );
    for other in 1..=length {
        draft = draft.wrong(words(at(other)), mistake("loses-the-place", "loses the place in the pattern"));
    }
    Some(
        draft
            .hint("How long is the part that repeats?")
            .hint(format!("Divide {n} by that length. What does the remainder tell you?"))
            .step(format!("The block has {length} places."), int(length))
            .step(format!("{n} ÷ {length} is {} with a remainder of {place}.", n / length), int(place))
            .say(if place == 0 {
                format!("With nothing left over it is the last of the block: {key}.")
            } else {
                format!("So it is the same as number {place} of the block: {key}.")
            }),
    )
}

fn dots(g: &mut Gen) -> Option<Draft> {
    let n = if g.level() == Upper { g.int(8..=30) } else { g.int(5..=14) };
    let add = g.int(0..=9);
    let (name, rule): (&str, fn(i64) -> i64) = g.pick(&[
        ("square", (|n| n * n) as fn(i64) -> i64),
        ("rectangle", |n| n * (n + 1)),
        ("triangle", |n| n * (n + 1) / 2),
    ]);
    let value = |n: i64| rule(n) + add;
    let shown: Vec<i64> = (1..=4).map(value).collect();
    let key = value(n);
    let child = g.child();
    let mut picture = Picture::new(360, 120, format!("Four figures of dots. Figure 1 has {} dots, Figure 2 has {}, Figure 3 has {} and Figure 4 has {}.", shown[0], shown[1], shown[2], shown[3]).replace("has 1 dots", "has 1 dot"));
    for figure in 1..=4 {
        let left = 16 + 86 * (figure - 1);
        for line in 0..figure {
            let wide = match name {
                "square" => figure,
                "rectangle" => figure + 1,
                _ => line + 1,
            };
            for dot in 0..wide {
                picture = picture.dot(left + 13 * dot, 20 + 13 * line);
            }
        }
        for extra in 0..add {
            picture = picture.dot(left + 8 * extra, 84);
        }
        picture = picture.label(left + 30, 110, &format!("Figure {figure}"));
    }
    let list = row(&shown);
    let stem = match g.int(0..=1) {
        0 => format!(
            "{} draws figures with {list}, and so on, dots. The pattern goes on in the same way. How many dots does Figure {n} have?",
            child.name
        ),
        _ => format!(
            "The numbers of dots in a pattern of figures begin with {list}. The differences grow in the same way from figure to figure. How many dots are in Figure {n}?"
        ),
    };
    let stem =
        stem.replace(&format!("with {list}, and so on, dots."), &format!("with {list} dots, and so on."));
    let jump = shown[3] - shown[2];
    let grow = (shown[3] - shown[2]) - (shown[2] - shown[1]);
    Some(
        Draft::new(stem)
            .figure(picture)
            .key(int(key))
            .wrong(
                int(shown[3] + jump * (n - 4)),
                mistake(
                    "keeps-last-difference",
                    "keeps adding the last difference though the differences grow",
                ),
            )
            .wrong(int(value(n - 1)), mistake("one-figure-too-few", "stops one figure too soon"))
            .wrong(int(value(n + 1)), mistake("one-figure-too-many", "goes one figure too far"))
            .wrong(
                positive(shown[3] * n / 4),
                mistake("scales-a-shown-figure", "scales up a figure as if the number grew evenly"),
            )
            .hint("Write down the differences between neighboring figures. What do you see?")
            .hint("Continue the differences, each in the same way from the one before, and keep adding.")
            .step(
                format!(
                    "The differences are {}, {}, {}, and each is {grow} more than the one before.",
                    shown[1] - shown[0],
                    shown[2] - shown[1],
                    jump
                ),
                int(grow),
            )
            .say(format!(
                "Going on in this way, the figures from number 5 on have {} dots.",
                row(&(5..=n).map(value).collect::<Vec<_>>())
            ))
            .step(format!("So Figure {n} has {key} dots."), int(key)),
    )
}

fn page_digits(g: &mut Gen) -> Option<Draft> {
    let pages = if g.level() == Upper { g.int(110..=999) } else { g.int(25..=250) };
    let written = |n: i64| 9.min(n) + 2 * (n - 9).clamp(0, 90) + 3 * (n - 99).max(0);
    let key = written(pages);
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!("The pages of a book are numbered from 1 to {pages}. How many digits are used in all?"),
        1 => format!(
            "{} writes the whole numbers from 1 to {pages} on a long strip of paper. How many digits does {} write?",
            child.name, child.they
        ),
        _ => format!(
            "Lockers are numbered from 1 to {pages} with stickers. Each sticker is one digit. How many stickers are needed?"
        ),
    };
    let wide = pages > 99;
    let draft = Draft::new(stem)
        .key(int(key))
        .wrong(int(pages), mistake("one-digit-each", "counts one digit for each number"))
        .wrong(
            int(pages * if wide { 3 } else { 2 }),
            mistake("all-as-long-as-the-last", "counts as many digits for each number as the last one has"),
        )
        .wrong(
            int(key - if wide { 3 } else { 2 }),
            mistake("leaves-out-the-last-number", "leaves out the last number"),
        )
        .wrong(
            int(if wide { 9 + 2 * 89 + 3 * (pages - 99) } else { 9 + 2 * (pages - 10) }),
            mistake("miscounts-two-digit-numbers", "counts one two-digit number too few"),
        )
        .wrong(
            int(if wide { 9 + 2 * 90 + 3 * (pages - 100) } else { 10 + 2 * (pages - 9) }),
            mistake("miscounts-the-groups", "is off by one in a group of numbers"),
        )
        .hint("Numbers of one digit, two digits and three digits need separate counting.")
        .hint("How many numbers have just one digit? How many have two digits?")
        .step("The numbers from 1 to 9 take 9 digits.", int(9));
    Some(if wide {
        draft
            .step("The numbers from 10 to 99 are 90 numbers and take 180 digits.", int(180))
            .step(
                format!(
                    "From 100 to {pages} there are {} numbers, which take {} digits.",
                    pages - 99,
                    int(3 * (pages - 99)).text
                )
                .replace("are 1 numbers, which take", "is just one number, and it takes"),
                int(3 * (pages - 99)),
            )
            .step(format!("Together that is {}.", int(key).text), int(key))
    } else {
        draft
            .step(
                format!(
                    "From 10 to {pages} there are {} numbers, which take {} digits.",
                    pages - 9,
                    2 * (pages - 9)
                ),
                int(2 * (pages - 9)),
            )
            .step(format!("Together that is {key}."), int(key))
    })
}
