//! Sharing in unequal parts, totals built in several steps, and groups with conditions.

use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, int};
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Strand::Problems;
use crate::maths::kit::{QUANT, mistake, positive, template};

pub const TEMPLATES: &[Template] = &[
    template(Problems, "unequal-shares", "problems.sharing", QUANT, &[Lower, Middle, Upper], shares),
    template(Problems, "evening-out", "problems.sharing", QUANT, &[Lower, Middle], evening_out),
    template(Problems, "goal-in-several-steps", "problems.multi-step", QUANT, &[Lower, Middle], goal),
    template(Problems, "fewest-full-containers", "problems.conditions", QUANT, &[Lower, Middle], fewest),
];

fn shares(g: &mut Gen) -> Option<Draft> {
    let first = g.by_level([2..=6, 3..=20, 6..=60, 8..=120]);
    let times = g.by_level([2..=2, 2..=3, 2..=4, 2..=5]);
    let more = g.by_level([1..=5, 2..=12, 3..=40, 4..=60]);
    let three: Vec<&str> = g.several(&crate::story::CHILDREN, 3).iter().map(|child| child.name).collect();
    let [a, b, c] = [three[0], three[1], three[2]];
    let (second, third) = (first * times, first + more);
    let total = first + second + third;
    let word = ["", "", "twice", "3 times", "4 times", "5 times"][usize::try_from(times).ok()?];
    let asked = g.int(0..=2);
    let (who, key) = [(a, first), (b, second), (c, third)][usize::try_from(asked).ok()?];
    let (thing, verb) = g.pick(&[
        ("stickers", "share"),
        ("coins", "share"),
        ("shells", "collected"),
        ("cookies", "baked"),
        ("trading cards", "own"),
    ]);
    let had = match verb {
        "share" => "gets",
        "own" => "has",
        other => other,
    };
    let did = match had {
        "gets" => ("does", "get"),
        "has" => ("does", "have"),
        "baked" => ("did", "bake"),
        _ => ("did", "collect"),
    };
    let parts = 2 + times;
    let base = total - more;
    if [first, second, third].iter().filter(|one| **one == key).count() > 1 {
        return None;
    }
    Some(
        Draft::new(format!("Together {a}, {b} and {c} {verb} {total} {thing}. {b} {had} {word} as many as {a}, and {c} {had} {more} more than {a}. How many {thing} {} {who} {}?", did.0, did.1))
            .key(int(key))
            .wrong(int(if asked == 0 { second } else { first }), mistake("answers-for-another", "gives the share of another one"))
            .wrong(int(if asked == 2 { second } else { third }), mistake("share-of-the-third", "gives the share of the wrong one of the three"))
            .wrong(int(Q::new(total, 3)), mistake("splits-evenly", "splits the total evenly and ignores the difference"))
            .wrong(int(Q::new(total, parts)), mistake("forgets-the-extra", "divides into parts without first taking away the extra"))
            .wrong(positive(Q::new(base, 3)), mistake("forgets-the-multiple", "forgets that one has several times as many"))
            .hint(format!("Let the share of {a} be one part. How many parts do {b} and {c} have?"))
            .hint(format!("Take the extra {more} of {c} away first, so that only equal parts are left."))
            .step(format!("Without the extra {more} there are {total} − {more} = {base}."), int(base))
            .step(format!("These are 1 + {times} + 1 = {parts} equal parts, so one part is {base} ÷ {parts} = {first}."), int(first))
            .step(format!("So {a} has {first}, {b} has {second} and {c} has {third}."), int(key)),
    )
}

fn evening_out(g: &mut Gen) -> Option<Draft> {
    let [a, b] = g.children();
    let top = g.by_level([10..=10, 40..=40, 150..=150, 150..=150]);
    let low = g.int(4..=top);
    let key = g.int(2..=top / 2);
    let high = low + 2 * key;
    let (thing, verb) = g.pick(&[
        ("marbles", "give"),
        ("dollars", "give"),
        ("cards", "give"),
        ("beads", "hand"),
        ("points", "pass"),
    ]);
    let each = low + key;
    Some(
        Draft::new(match g.int(0..=1) {
            0 => format!("{} has {high} {thing}, and {} has {low} {thing}. How many {thing} must {} {verb} to {} so that both have the same number?", a.name, b.name, a.name, b.name),
            _ => format!("There are {high} {thing} in {}'s box and {low} {thing} in {}'s box. How many must be moved from {}'s box to {}'s box to make the numbers equal?", a.name, b.name, a.name, b.name),
        })
        .key(int(key))
        .wrong(int(high - low), mistake("whole-difference-moves", "moves the whole difference, which then makes the other side too big"))
        .wrong(int(each), mistake("gives-the-equal-number", "gives the number that each has in the end"))
        .wrong(int(Q::new(high, 2)), mistake("halves-the-larger", "moves half of the larger amount"))
        .wrong(int(Q::new(low, 2)), mistake("halves-the-smaller", "takes half of the smaller amount"))
        .wrong(int(high + low), mistake("stops-at-the-total", "stops at the total"))
        .hint("What one loses the other gains. What happens to the difference when one is moved?")
        .hint("How many would each have if the whole were shared equally?")
        .step(format!("Together there are {high} + {low} = {}.", high + low), int(high + low))
        .step(format!("Shared equally, each has {each}."), int(each))
        .step(format!("So {high} − {each} = {key} must be moved."), int(key)),
    )
}

fn goal(g: &mut Gen) -> Option<Draft> {
    let days = g.by_level([2..=3, 3..=6, 4..=12, 4..=12]);
    let each = g.by_level([3..=6, 6..=25, 15..=90, 15..=90]);
    let bonus = g.by_level([2..=5, 5..=30, 20..=120, 20..=120]);
    let key = g.by_level([3..=9, 8..=60, 30..=200, 30..=200]);
    let goal = days * each + bonus + key;
    let child = g.child();
    let (name, they) = (child.name, child.they);
    let stem = match g.int(0..=2) {
        0 => format!(
            "{name} wants to read {goal} pages. For {days} days {they} reads {each} pages each day, and then {they} reads {bonus} pages on a trip. How many pages are still to be read?"
        ),
        1 => format!(
            "{name} needs {goal} dollars for a camera. {} earns {each} dollars for each of {days} lawns and gets {bonus} dollars as a present. How many dollars are still missing?",
            child.they_capital()
        ),
        _ => format!(
            "A school wants to collect {goal} cans. In each of {days} weeks it collects {each} cans. A store adds {bonus} cans. How many cans does the school still need?"
        ),
    };
    let earned = days * each;
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(
                int(earned + bonus),
                mistake(
                    "stops-before-the-goal",
                    "finds what there is so far and does not compare it with the goal",
                ),
            )
            .wrong(
                int(goal - earned),
                mistake("forgets-the-extra-amount", "forgets the amount that comes on top"),
            )
            .wrong(
                positive(goal - each - bonus),
                mistake("counts-one-time-only", "counts the repeated amount only once"),
            )
            .wrong(
                int(goal - earned + bonus),
                mistake("subtracts-the-extra-amount", "takes the extra amount away instead of adding it"),
            )
            .wrong(
                positive(goal - bonus - days - each),
                mistake(
                    "adds-instead-of-multiplying",
                    "adds the number of times instead of multiplying by it",
                ),
            )
            .hint("What is there so far? Some of it comes several times.")
            .hint("Find everything so far. Then compare it with the goal.")
            .step(format!("{days} × {each} = {earned}."), int(earned))
            .step(format!("{earned} + {bonus} = {}.", earned + bonus), int(earned + bonus))
            .step(format!("{goal} − {} = {key}.", earned + bonus), int(key)),
    )
}

fn fewest(g: &mut Gen) -> Option<Draft> {
    let big = g.int(3..=if g.level() == Lower { 9 } else { 14 });
    let small = g.int(2..=big - 1);
    let total = g.int(big * 2..=big * if g.level() == Lower { 7 } else { 12 });
    if big % small == 0 {
        return None;
    }
    // The fewest containers of two sizes, all full.
    let best = (0..=total / big).rev().find(|n| (total - n * big) % small == 0)?;
    let key = best + (total - best * big) / small;
    let most = (0..=total / big).find(|n| (total - n * big) % small == 0)?;
    let other = most + (total - most * big) / small;
    let greedy = total / big;
    let left = total - greedy * big;
    if best == greedy && left == 0 || other == key {
        return None;
    }
    let (things, box_name, boxes) = g.pick(&[
        ("muffins", "tray", "trays"),
        ("players", "van", "vans"),
        ("books", "crate", "crates"),
        ("plants", "tub", "tubs"),
    ]);
    let smalls = (total - best * big) / small;
    Some(
        Draft::new(format!("A large {box_name} holds {big} {things}, and a small {box_name} holds {small}. Every {box_name} that is used must be full. What is the least number of {boxes} that can hold exactly {total} {things}?"))
            .key(int(key))
            .wrong(int(other), mistake("not-the-fewest", "finds a way that works but does not use the fewest"))
            .wrong(int((total + big - 1) / big), mistake("last-one-not-full", "uses only large ones and leaves the last one not full"))
            .wrong(int(best), mistake("counts-large-ones-only", "counts only the large ones"))
            .wrong(int(Q::new(total, small)), mistake("small-ones-only", "uses only small ones"))
            .wrong(int(key + 1), mistake("one-more-than-needed", "uses one more than is needed"))
            .wrong(int((total + big + small - 1) / (big + small)), mistake("divides-by-both-sizes", "divides by the two sizes together"))
            .hint("Use as many large ones as you can. Can the rest be put into full small ones?")
            .hint("If the rest does not fit, use one large one fewer, and try again.")
            .say(format!("With {best} large ones, {} remain, and {small} goes into that {smalls} times.", total - best * big).replace("that 1 times", "that once").replace("that 0 times", "that no times"))
            .step(format!("With more large ones the rest cannot be put into full small ones. So {best} + {smalls} = {key}."), int(key)),
    )
    .filter(|_| smalls > 0)
}
