//! Story problems.

use super::{ALL, by_grade, small};
use crate::draft::{Draft, Gen, Template};
use crate::exact::int;
use crate::level::Level::{Primary2, Primary3};
use crate::level::Strand::Problems;
use crate::maths::kit::{MATHS, mistake, template};
use crate::story::{list, ordinal};

pub const TEMPLATES: &[Template] = &[
    template(Problems, "primary-story-compare", "primary.stories", MATHS, ALL, compare),
    template(Problems, "primary-start-unknown", "primary.stories", MATHS, ALL, start_unknown),
    template(Problems, "primary-two-steps", "primary.stories", MATHS, ALL, two_steps),
    template(Problems, "primary-guess-my-number", "primary.puzzles", MATHS, ALL, guess),
    template(Problems, "primary-place-in-line", "primary.puzzles", MATHS, ALL, line),
];

const THINGS: [&str; 6] = ["marbles", "stickers", "shells", "books", "beads", "cards"];

fn compare(g: &mut Gen) -> Option<Draft> {
    let [a, b] = g.children();
    let (n, gap) = (by_grade(g, [5..=15, 20..=300, 100..=3_000]), by_grade(g, [2..=8, 5..=150, 25..=1_500]));
    let more = g.one_in(2);
    let both = g.level() != Primary2 && g.one_in(2);
    if gap + 1 >= n {
        return None;
    }
    let other = if more { n + gap } else { n - gap };
    let key = if both { n + other } else { other };
    let things = g.pick(&THINGS);
    let (x, y) = (int(n).text, int(gap).text);
    let word = if more { "more" } else { "fewer" };
    let asked = if both {
        format!("How many {things} do they have together?")
    } else {
        format!("How many {things} does {} have?", b.name)
    };
    let stem = match g.int(0..=1) {
        0 => format!("{} has {x} {things}. {} has {y} {word} than {}. {asked}", a.name, b.name, a.name),
        _ => format!(
            "{} and {} have {things}. {} has {x}. {} has {y} {word}. {asked}",
            a.name, b.name, a.name, b.name
        ),
    };
    let wrong_way = if more { n - gap } else { n + gap };
    let mut draft = Draft::new(stem)
        .key(int(key))
        .wrong(
            small(g, if both { n + wrong_way } else { wrong_way }),
            mistake("more-and-fewer-mixed-up", "mixes up more and fewer"),
        )
        .wrong(
            small(g, if both { n + gap } else { n }),
            mistake(
                "difference-as-amount",
                "takes the difference or the first number for what the other child has",
            ),
        )
        .wrong(
            small(g, if both { other } else { n + other }),
            if both {
                mistake("stops-at-the-second-child", "finds what the second child has and stops")
            } else {
                mistake("together-for-one", "finds what both have together")
            },
        )
        .wrong(small(g, key + 10), mistake("loses-or-adds-a-ten", "is off by a ten"))
        .wrong(small(g, gap), mistake("copies-the-difference", "copies the difference"))
        .hint(format!("Who has more, {} or {}?", a.name, b.name))
        .hint(if more {
            "More means that you add the difference."
        } else {
            "Fewer means that you take the difference away."
        })
        .step(
            format!(
                "{x} {} {y} = {}, so {} has {}.",
                if more { "+" } else { "−" },
                int(other).text,
                b.name,
                int(other).text
            ),
            int(other),
        );
    if both {
        draft = draft.step(format!("Together: {x} + {} = {}.", int(other).text, int(key).text), int(key));
    }
    Some(draft).filter(|_| g.level() != Primary3 || key <= 1_000)
}

fn start_unknown(g: &mut Gen) -> Option<Draft> {
    let (left, change) =
        (by_grade(g, [3..=12, 20..=400, 100..=4_000]), by_grade(g, [2..=8, 11..=300, 60..=3_000]));
    let away = g.one_in(2);
    let key = if away { left + change } else { left - change };
    if key < 2 || left == change {
        return None;
    }
    let child = g.child();
    let things = g.pick(&THINGS);
    let (x, y) = (int(left).text, int(change).text);
    let (name, they) = (child.name, child.they);
    let stem = match (away, g.int(0..=2)) {
        (true, 0) => format!(
            "Some birds sit in a tree. Then {y} fly away. Now {x} are left. How many birds were there at first?"
        ),
        (true, 1) => format!(
            "{name} gives away {y} {things}. Now {they} has {x} {things}. How many did {they} have before?"
        ),
        (true, _) => {
            format!("{name} loses {y} {things} and has {x} left. How many {things} did {they} have at first?")
        }
        (false, 0) => format!(
            "Some children are at the park. Then {y} more come. Now there are {x} children. How many were there at first?"
        ),
        (false, 1) => format!(
            "{name} finds {y} {things}. Now {they} has {x} {things}. How many did {they} have before?"
        ),
        (false, _) => format!(
            "{name} buys {y} more {things} and then has {x}. How many {things} did {they} have at first?"
        ),
    };
    let (sign, back) = if away { ("+", (left - change).abs()) } else { ("−", left + change) };
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(
                small(g, back),
                mistake(
                    "does-the-story-again",
                    "adds when it should be less, or takes away when it should be more",
                ),
            )
            .wrong(
                small(g, left),
                mistake("end-for-start", "takes the number at the end for the number at the start"),
            )
            .wrong(
                small(g, change),
                mistake("change-for-start", "takes the change for the number at the start"),
            )
            .wrong(small(g, key + 10), mistake("loses-or-adds-a-ten", "is off by a ten"))
            .wrong(small(g, key + 1), mistake("counts-one-too-many", "counts one too many"))
            .hint("Go back in the story. What happened last?")
            .hint(if away { "Put back the ones that went away." } else { "Take away the ones that came." })
            .step(format!("{x} {sign} {y} = {}.", int(key).text), int(key)),
    )
    .filter(|_| g.level() != Primary3 || key <= 1_000)
}

fn two_steps(g: &mut Gen) -> Option<Draft> {
    let child = g.child();
    let (name, they) = (child.name, child.they);
    let things = g.pick(&THINGS);
    if g.level() == Primary2 || g.one_in(3) {
        let (a, b, c) = (
            by_grade(g, [5..=12, 30..=300, 200..=3_000]),
            by_grade(g, [2..=8, 12..=150, 50..=900]),
            by_grade(g, [2..=9, 11..=140, 40..=800]),
        );
        let key = a + b - c;
        if key < 2 || b == c || a == c {
            return None;
        }
        let (x, y, z) = (int(a).text, int(b).text, int(c).text);
        let stem = match g.int(0..=1) {
            0 => format!(
                "{name} has {x} {things}. {} gets {y} more. Then {they} gives away {z}. How many {things} does {they} have now?",
                child.they_capital()
            ),
            _ => format!(
                "There are {x} {things} in a box. {name} puts in {y} and takes out {z}. How many {things} are in the box now?"
            ),
        };
        return Some(
            Draft::new(stem)
                .key(int(key))
                .wrong(small(g, a + b), mistake("first-step-only", "stops after the first step"))
                .wrong(small(g, a + b + c), mistake("adds-everything", "adds all the numbers of the story"))
                .wrong(
                    small(g, a - b + c),
                    mistake("swaps-the-steps", "takes away what came and adds what went"),
                )
                .wrong(small(g, a - c), mistake("second-step-only", "leaves out the first step"))
                .wrong(small(g, key + 10), mistake("loses-or-adds-a-ten", "is off by a ten"))
                .wrong(small(g, key + 1), mistake("counts-one-too-many", "counts one too many"))
                .hint("The story has two steps. What happens first?")
                .hint("First there are more. Then there are fewer.")
                .step(format!("{x} + {y} = {}.", int(a + b).text), int(a + b))
                .step(format!("{} − {z} = {}.", int(a + b).text, int(key).text), int(key)),
        )
        .filter(|_| g.level() != Primary3 || a + b + c <= 1_000);
    }
    let (bags, each, extra) = (
        by_grade(g, [2..=3, 2..=6, 3..=12]),
        by_grade(g, [2..=4, 3..=10, 4..=12]),
        by_grade(g, [2..=5, 3..=15, 5..=60]),
    );
    let more = g.one_in(2);
    let made = bags * each;
    let key = if more { made + extra } else { made - extra };
    if key < 2 || bags == each {
        return None;
    }
    let stem = if more {
        format!(
            "{name} has {bags} bags with {each} {things} in each. {} also has {extra} loose {things}. How many {things} does {they} have in all?",
            child.they_capital()
        )
    } else {
        format!(
            "{name} has {bags} bags with {each} {things} in each. {} gives away {extra} {things}. How many {things} are left?",
            child.they_capital()
        )
    };
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(small(g, made), mistake("first-step-only", "stops after the first step"))
            .wrong(
                small(g, if more { bags + each + extra } else { bags + each - extra }),
                mistake("adds-groups-and-size", "adds the two numbers instead of counting all the groups"),
            )
            .wrong(
                small(g, if more { made - extra } else { made + extra }),
                mistake("wrong-second-step", "does the opposite in the second step"),
            )
            .wrong(
                small(g, if more { each + extra } else { each - extra }),
                mistake("one-group-only", "counts only one group"),
            )
            .wrong(small(g, key + each), mistake("one-group-too-many", "counts one group too many"))
            .hint("First find how many are in the bags.")
            .hint(if more {
                "Then think of the loose ones too."
            } else {
                "Then think of the ones that are given away."
            })
            .step(format!("{bags} × {each} = {made}."), int(made))
            .step(format!("{made} {} {extra} = {key}.", if more { "+" } else { "−" }), int(key)),
    )
}

fn guess(g: &mut Gen) -> Option<Draft> {
    let low = by_grade(g, [3..=80, 20..=900, 200..=9_000]);
    let high = low + by_grade(g, [6..=12, 10..=40, 50..=400]);
    let even = g.one_in(2);
    let key = g.int(low + 1..=high - 1);
    if (key % 2 == 0) != even {
        return None;
    }
    let word = if even { "even" } else { "odd" };
    let other = g.int(low + 1..=high - 1);
    let (below, above) = (low - g.int(1..=4), high + g.int(1..=4));
    let fix = |n: i64, parity: bool| if (n % 2 == 0) == parity { n } else { n + 1 };
    let inside = if (other % 2 == 0) == even { other + 1 } else { other };
    let (below, above) = (if (below % 2 == 0) == even { below } else { below - 1 }, fix(above, even));
    if below < 1
        || inside >= high
        || above > if g.level() == Primary2 { 200 } else { 1_000 }
            && g.level() != crate::level::Level::Primary4
    {
        return None;
    }
    let child = g.child();
    let (x, y) = (int(low).text, int(high).text);
    let four = {
        let mut four = [key, inside, below, above];
        g.shuffle(&mut four);
        list(&four.map(|n| int(n).text))
    };
    let stem = match g.int(0..=2) {
        0 => format!(
            "{} thinks of one of the numbers {four}. It is greater than {x} and less than {y}. It is {word}. Which number is it?",
            child.name
        ),
        1 => format!("Which of the numbers {four} is {word} and lies between {x} and {y}?"),
        _ => format!(
            "{} has a secret number. It is between {x} and {y}, and it is {word}. Is it {four}? Choose the one that fits.",
            child.name
        ),
    };
    let stem =
        stem.replace(&format!("Is it {four}? Choose the one that fits."), &format!("Which of {four} is it?"));
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(int(inside), mistake("forgets-even-or-odd-clue", "forgets the clue about even and odd"))
            .wrong(
                int(below),
                mistake(
                    "forgets-greater-than",
                    "forgets that the number must be greater than the first limit",
                ),
            )
            .wrong(
                int(above),
                mistake("forgets-less-than", "forgets that the number must be less than the second limit"),
            )
            .hint("Take one clue at a time. Cross out the numbers that do not fit.")
            .hint(format!(
                "An {word} number ends in {}.",
                if even { "0, 2, 4, 6 or 8" } else { "1, 3, 5, 7 or 9" }
            ))
            .say(format!(
                "Of the four numbers, only {} and {} lie between {x} and {y}.",
                int(key.min(inside)).text,
                int(key.max(inside)).text
            ))
            .step(format!("Of these, {} is {word}.", int(key).text), int(key)),
    )
}

fn line(g: &mut Gen) -> Option<Draft> {
    let top = by_grade(g, [7..=7, 15..=15, 40..=40]);
    let (before, after) = (g.int(1..=top), g.int(1..=top));
    let all = before + 1 + after;
    let child = g.child();
    let name = child.name;
    if before == after || all < 4 {
        return None;
    }
    let are = |n: i64| if n == 1 { "is 1 child".to_owned() } else { format!("are {n} children") };
    let (stem, key, trap) = match g.int(0..=2) {
        0 => (
            format!(
                "{name} stands in a line. There {} in front of {} and {} behind {}. How many children are in the line?",
                are(before),
                child.them,
                are(after).replace("are ", "").replace("is ", ""),
                child.them
            ),
            all,
            before + after,
        ),
        1 => (
            format!(
                "{name} is {} in a line of {all} children. How many children are behind {}?",
                ordinal(before + 1),
                child.them
            ),
            after,
            after + 1,
        ),
        _ => (
            format!(
                "{name} is {} in a line. There {} behind {}. How many children are in the line?",
                ordinal(before + 1),
                are(after),
                child.them
            ),
            all,
            all + 1,
        ),
    };
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(
                small(g, trap),
                mistake(
                    "counts-the-child-wrongly",
                    "leaves the child out of the line or counts the child twice",
                ),
            )
            .wrong(small(g, before), mistake("counts-the-front-only", "counts only the children in front"))
            .wrong(
                small(g, (before - after).abs()),
                mistake("subtracts-front-and-back", "subtracts the front and the back"),
            )
            .wrong(
                small(g, if key == all { after } else { all }),
                mistake("answers-another-question", "counts other children than the ones asked for"),
            )
            .wrong(small(g, key + 1), mistake("counts-one-too-many", "counts one too many"))
            .wrong(small(g, key + 2), mistake("counts-two-too-many", "counts two too many"))
            .hint("Draw a dot for each child in the line.")
            .hint(format!("Do not forget {name}, and do not count {} twice.", child.them))
            .step(
                if key == all {
                    format!("{before} in front, {name}, and {after} behind: {before} + 1 + {after} = {all}.")
                } else {
                    format!(
                        "With {name} there are {} up to that place. {all} − {} = {after}.",
                        before + 1,
                        before + 1
                    )
                },
                int(key),
            ),
    )
}
