//! Ratio.

use super::{BOTH, LOWER_MIDDLE, MATHS, MIDDLE_UPPER, gcf, kind, n, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, int, ratio};
use crate::item::Misconception;
use crate::story::count;

pub const TEMPLATES: &[Template] = &[
    kind("simplest-ratio", "numbers.ratio", MATHS, LOWER_MIDDLE, simplest),
    kind("share-in-ratio", "numbers.ratio", BOTH, MIDDLE_UPPER, share),
];

const REVERSED: Misconception = slip("reverses-ratio", "writes the ratio in the wrong order");
const PART_TO_WHOLE: Misconception =
    slip("part-to-whole-for-part-to-part", "compares one part with the whole instead of with the other part");
const PART_TO_PART: Misconception =
    slip("part-to-part-for-part-to-whole", "compares one part with the other part instead of with the whole");
const OTHER_TO_WHOLE: Misconception = slip("other-part-to-whole", "compares the other part with the whole");

fn simplest(g: &mut Gen) -> Option<Draft> {
    let times = g.by_level([2..=4, 2..=8, 3..=15, 3..=15]);
    let (x, y) = g.two(1..=9);
    if gcf(x, y) != 1 {
        return None;
    }
    let (a, b) = (x * times, y * times);
    let whole = g.one_in(3);
    let child = g.child();
    let (first, second, things, place) = g.pick(&[
        ("red", "blue", "beads", "on a bracelet"),
        ("green", "purple", "grapes", "in a bowl"),
        ("white", "brown", "eggs", "in a basket"),
        ("black", "yellow", "tiles", "on a wall"),
    ]);
    let stem = match (g.int(0..=2), whole) {
        (0, false) => format!(
            "There are {a} {first} {things} and {b} {second} {things} {place}. What is the ratio of {first} {things} to {second} {things}, in lowest terms?"
        ),
        (0, true) => format!(
            "There are {a} {first} {things} and {b} {second} {things} {place}. What is the ratio of {first} {things} to all the {things}, in lowest terms?"
        ),
        (1, false) => format!(
            "A team won {a} games and lost {b} games. What is the ratio of games won to games lost, in lowest terms?"
        ),
        (1, true) => format!(
            "A team won {a} games and lost {b} games. What is the ratio of games won to all games played, in lowest terms?"
        ),
        (_, false) => format!(
            "{} has {a} mystery books and {b} science books. What is the ratio of mystery books to science books, in lowest terms?",
            child.name
        ),
        (_, true) => format!(
            "{} has {a} mystery books and {b} science books and no others. What is the ratio of mystery books to all the books, in lowest terms?",
            child.name
        ),
    };
    let sum = a + b;
    let draft = Draft::new(stem);
    let (to, draft) = if whole {
        (
            sum,
            draft
                .key(ratio(a, sum))
                .wrong(ratio(a, b), PART_TO_PART)
                .wrong(ratio(b, sum), OTHER_TO_WHOLE)
                .wrong(ratio(sum, a), REVERSED)
                .wrong(
                    ratio(b, a),
                    slip(
                        "other-part-to-part",
                        "compares the two parts with each other, and in the wrong order",
                    ),
                ),
        )
    } else {
        (
            b,
            draft
                .key(ratio(a, b))
                .wrong(ratio(b, a), REVERSED)
                .wrong(ratio(a, sum), PART_TO_WHOLE)
                .wrong(ratio(b, sum), OTHER_TO_WHOLE)
                .wrong(ratio(sum, b), slip("whole-to-part", "compares the whole with one part")),
        )
    };
    let common = gcf(a, to);
    let draft = draft.hint("The order of the words gives the order of the numbers.").hint(if whole {
        "First find how many there are altogether. Then divide both numbers by their greatest common factor."
    } else {
        "Write the two numbers in that order. Then divide both by their greatest common factor."
    });
    let draft =
        if whole { draft.step(format!("Altogether there are {a} + {b} = {sum}."), int(sum)) } else { draft };
    Some(
        draft
            .say(format!("The ratio is {a} to {to}."))
            .step(format!("The greatest common factor of {a} and {to} is {common}."), int(common))
            .say(format!("Dividing both by {common} gives {}.", ratio(a, to).text)),
    )
}

const HALF_EACH: Misconception =
    slip("shares-equally-despite-ratio", "shares equally and pays no attention to the ratio");
const OTHER_SHARE: Misconception = slip("gives-other-share", "gives the share of the other one");
const BY_OWN_PART: Misconception =
    slip("divides-by-own-part", "divides the whole by the parts of one side instead of by all the parts");
const ONE_PART: Misconception = slip("stops-at-one-part", "stops at the size of one part");
const DIFFERENCE: Misconception =
    slip("gives-difference-of-shares", "gives the difference of the two shares");

fn share(g: &mut Gen) -> Option<Draft> {
    let (x, y) = g.two(1..=9);
    if gcf(x, y) != 1 {
        return None;
    }
    let part = g.by_level([2..=6, 2..=12, 3..=24, 5..=60]);
    let (all, key, other) = (part * (x + y), part * x, part * y);
    if x == 1 {
        return None;
    }
    let (w, [one, two]) = (n(all), g.children());
    let stem = match g.int(0..=3) {
        0 => format!(
            "{} and {} share {w} dollars in the ratio {x} to {y}. How many dollars does {} get?",
            one.name, two.name, one.name
        ),
        1 => format!(
            "The ratio of cats to dogs at a shelter is {x} to {y}. There are {w} cats and dogs in all. How many cats are there?"
        ),
        2 => format!(
            "A punch is mixed from juice and water in the ratio {x} to {y}. How many cups of juice are in {w} cups of the punch?"
        ),
        _ => format!(
            "In a choir of {w} singers, the ratio of children to adults is {x} to {y}. How many children sing in the choir?"
        ),
    };
    let whole = |a: i64, b: i64| int(if a % b == 0 { Q::new(a, b) } else { Q(None) });
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(int(other), OTHER_SHARE)
            .wrong(whole(all, x), BY_OWN_PART)
            .wrong(int(part), ONE_PART)
            .wrong(int((key - other).abs()), DIFFERENCE)
            .wrong(whole(all, 2), HALF_EACH)
            .hint(format!("Into how many equal parts must {w} be divided?"))
            .hint(format!(
                "There are {} of one kind and {} of the other. How large is one part?",
                count(x, "part", "parts"),
                count(y, "part", "parts")
            ))
            .step(format!("There are {x} + {y} = {} equal parts.", x + y), int(x + y))
            .step(format!("One part is {w} ÷ {} = {part}.", x + y), int(part))
            .step(format!("So {x} parts are {x} × {part} = {}.", n(key)), int(key)),
    )
}
