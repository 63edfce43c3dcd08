//! Working backward, remainders in context, and choosing the right operations.

use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, int};
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Strand::Problems;
use crate::maths::kit::{QUANT, mistake, positive, template};
use crate::story::count;

pub const TEMPLATES: &[Template] = &[
    template(Problems, "work-backward-story", "problems.backward", QUANT, &[Lower, Middle], backward),
    template(
        Problems,
        "work-backward-fractions",
        "problems.backward",
        QUANT,
        &[Middle, Upper],
        backward_fractions,
    ),
    template(Problems, "number-machine-backward", "problems.backward", QUANT, &[Lower, Middle], machine),
    template(Problems, "remainder-in-context", "problems.remainders", QUANT, &[Lower, Middle], remainder),
    template(Problems, "posts-and-cuts", "problems.remainders", QUANT, &[Lower, Middle], posts),
];

fn backward(g: &mut Gen) -> Option<Draft> {
    let top = g.by_level([9..=9, 30..=30, 90..=90, 90..=90]);
    let (left, given, found) = (g.int(3..=top), g.int(3..=top / 2), g.int(3..=top / 2));
    let before_given = left + given;
    // Halved, then something is gained, then something is given away.
    let before_found = before_given - found;
    if before_found < 3 {
        return None;
    }
    let key = before_found * 2;
    let child = g.child();
    let (name, they, thing) =
        (child.name, child.they, g.pick(&["marbles", "stickers", "shells", "stamps", "trading cards"]));
    let friend = g.pick(&["a cousin", "a neighbor", "a friend"]);
    let stem = match g.int(0..=2) {
        0 => format!(
            "{name} gave half of {} {thing} to {friend}. Then {they} found {found} more {thing}. After giving away another {given} {thing}, {they} had {left} left. How many {thing} did {name} have at first?",
            child.their
        ),
        1 => format!(
            "{name} traded away half of {} {thing}. Later {they} got {found} new {thing} as a present and lost {given}. Now {they} has {left}. How many {thing} did {name} start with?",
            child.their
        ),
        _ => format!(
            "Half of the {thing} in a box were sold. Then {found} {thing} were put in, and {given} were taken out. In the end {left} {thing} were in the box. How many were in it at the beginning?"
        ),
    };
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(int(before_found), mistake("forgets-to-undo-the-half", "forgets to undo the halving"))
            .wrong(
                positive(Q::new(before_found, 2)),
                mistake("halves-again-when-undoing", "halves again instead of doubling when going back"),
            )
            .wrong(
                positive((left + found - given) * 2),
                mistake(
                    "undoes-with-same-signs",
                    "adds what was added and subtracts what was subtracted when going back",
                ),
            )
            .wrong(
                int((left + given + found) * 2),
                mistake(
                    "adds-everything-back",
                    "adds both numbers back, the one gained as well as the one given away",
                ),
            )
            .wrong(
                positive(left * 2 + given - found),
                mistake("undoes-in-the-same-order", "undoes the steps in the order in which they happened"),
            )
            .hint("Start at the end of the story, and go back one step at a time.")
            .hint("Undo each step with its opposite: what was taken is put back, what was halved is doubled.")
            .step(
                format!("Before the last {given} went there were {left} + {given} = {before_given}."),
                int(before_given),
            )
            .step(
                format!("Before the {found} came there were {before_given} − {found} = {before_found}."),
                int(before_found),
            )
            .step(format!("That was half, so at first there were 2 × {before_found} = {key}."), int(key)),
    )
}

fn backward_fractions(g: &mut Gen) -> Option<Draft> {
    let (a, m) = g.pick(&[(1, 2), (1, 3), (1, 4), (1, 5), (2, 3), (2, 5), (3, 4), (3, 5)]);
    let (b, n) = g.pick(&[(1, 2), (1, 3), (1, 4), (1, 5), (2, 3), (3, 4), (2, 5)]);
    let unit = g.int(1..=if g.level() == Upper { 12 } else { 6 });
    let key = m * n * unit;
    let rest = n * unit * (m - a);
    let left = unit * (m - a) * (n - b);
    if left < 2 || key > 400 || (a, m) == (b, n) {
        return None;
    }
    let child = g.child();
    let (name, they, their) = (child.name, child.they, child.their);
    let stem = match g.int(0..=2) {
        0 => format!(
            "{name} spent {a}/{m} of {their} money on a book and {b}/{n} of what remained on lunch. Then {they} had {left} dollars left. How many dollars did {they} have at first?"
        ),
        1 => format!(
            "On Monday {name} read {a}/{m} of the pages of a book. On Tuesday {they} read {b}/{n} of the remaining pages. Now {left} pages are left. How many pages does the book have?"
        ),
        _ => format!(
            "A baker sold {a}/{m} of the rolls in the morning and {b}/{n} of the remaining rolls in the afternoon. In the evening {left} rolls were left. How many rolls were there at first?"
        ),
    };
    let both = Q::new(a, m) + Q::new(b, n);
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(positive(Q::from(left) / (Q::from(1) - both)), mistake("both-fractions-of-the-whole", "takes both fractions of the whole instead of the second one of what remained"))
            .wrong(int(rest), mistake("one-step-back-only", "goes back only one step"))
            .wrong(int(Q::new(left * n, b) * m / a), mistake("divides-by-the-fraction-taken", "divides by the fractions that were taken instead of the fractions that stayed"))
            .wrong(int(Q::new(left * m, m - a)), mistake("forgets-the-second-fraction", "undoes only the first fraction"))
            .wrong(int(left * n * m), mistake("multiplies-by-denominators", "multiplies by the denominators and does not look at the numerators"))
            .wrong(int(left * n + left * m), mistake("adds-the-two-undoings", "undoes each fraction by itself and adds the results"))
            .wrong(int(left * 2), mistake("doubles-what-is-left", "doubles what is left"))
            .hint("What fraction stays after the second step? That is what is left.")
            .hint("Go back one step: find the amount before the second step. Then do the same for the first.")
            .step(format!("After the second step {}/{n} of the rest is left, and that is {left}. So the rest was {rest}.", n - b), int(rest))
            .step(format!("The rest was {}/{m} of all.", m - a), crate::exact::frac(Q::new(m - a, m)))
            .step(format!("So at first there were {rest} ÷ {} × {m} = {key}.", m - a), int(key)),
    )
    .filter(|_| rest % (m - a) == 0)
}

fn machine(g: &mut Gen) -> Option<Draft> {
    let times = g.int(2..=if g.level() == Lower { 6 } else { 12 });
    let add = g.int(2..=if g.level() == Lower { 20 } else { 60 });
    let key = g.int(3..=if g.level() == Lower { 20 } else { 50 });
    let plus = g.one_in(2);
    let result = if plus { key * times + add } else { key * times - add };
    if result < 2 || result == key {
        return None;
    }
    let child = g.child();
    let name = child.name;
    let verb = if plus { "added" } else { "subtracted" };
    let stem = match g.int(0..=2) {
        0 => format!(
            "{name} thought of a number, multiplied it by {times}, and then {verb} {add}. The result was {result}. What was the number?"
        ),
        1 => format!(
            "A machine multiplies a number by {times}. {} {add} and shows the result. It shows {result}. Which number went in?",
            if plus { "Then it adds" } else { "Then it subtracts" }
        ),
        _ => format!(
            "A secret number was multiplied by {times}. Then {add} was {verb}, and the answer was {result}. What is the secret number?"
        ),
    };
    let (back, sign) = if plus { (result - add, "−") } else { (result + add, "+") };
    let wrong_way = if plus { result + add } else { result - add };
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(
                positive(Q::new(wrong_way, times)),
                mistake(
                    "does-not-reverse-the-sum",
                    "does the same addition or subtraction again instead of its opposite",
                ),
            )
            .wrong(
                positive(if plus { Q::new(result, times) - add } else { Q::new(result, times) + add }),
                mistake("undoes-in-the-wrong-order", "divides before undoing the last step"),
            )
            .wrong(int(back), mistake("undoes-one-step-only", "undoes only the last step"))
            .wrong(
                positive(if plus { result * times + add } else { result * times - add }),
                mistake("runs-forward-again", "runs the steps forward again from the result"),
            )
            .wrong(
                positive(back - times),
                mistake("subtracts-the-multiplier", "subtracts the multiplier instead of dividing by it"),
            )
            .hint("The last thing that was done is the first thing to undo.")
            .hint(format!(
                "What is the opposite of the step with {add}? And what is the opposite of multiplying?"
            ))
            .step(format!("Undo the last step: {result} {sign} {add} = {back}."), int(back))
            .step(format!("Undo the multiplication: {back} ÷ {times} = {key}."), int(key)),
    )
}

fn remainder(g: &mut Gen) -> Option<Draft> {
    let size = g.by_level([3..=5, 4..=9, 6..=24, 6..=24]);
    let full = g.by_level([3..=6, 5..=14, 8..=40, 8..=40]);
    let extra = g.int(1..=size - 1);
    let all = full * size + extra;
    let child = g.child();
    let kind = g.int(0..=2);
    let (stem, key) = match kind {
        0 => (
            g.pick(&[
                format!("A van holds {size} students. How many vans are needed to take {all} students to a museum?"),
                format!("A box holds {size} jars. What is the least number of boxes needed to pack {all} jars?"),
                format!("Each table seats {size} people. How many tables must be set for {all} people?"),
            ]),
            full + 1,
        ),
        1 => (
            g.pick(&[
                format!("A necklace takes {size} beads. How many complete necklaces can {} make from {all} beads?", child.name),
                format!("A pie takes {size} apples. How many pies can be baked with {all} apples?"),
                format!("Tickets cost {size} dollars each. How many tickets can {} buy with {all} dollars?", child.name),
            ]),
            full,
        ),
        _ => (
            g.pick(&[
                format!("{} puts {all} photos in an album, {size} to a page, and fills as many pages as possible. How many photos are left over?", child.name),
                format!("A farmer packs {all} eggs in cartons of {size} and fills as many cartons as possible. How many eggs are left over?"),
                format!("A coach makes as many teams of {size} as possible from {all} players. How many players are left without a team?"),
            ]),
            extra,
        ),
    };
    let meaning = [
        "What happens to the ones that do not fill a whole group? They must go somewhere too.",
        "Can a part of a group be counted here?",
        "The question does not ask how many groups there are.",
    ][usize::try_from(kind).ok()?];
    let draft = Draft::new(stem)
        .key(int(key))
        .wrong(int(full), mistake("drops-the-remainder", "drops the remainder although it matters here"))
        .wrong(
            int(full + 1),
            mistake("rounds-up-the-quotient", "rounds up although a part of a group does not count"),
        )
        .wrong(
            int(extra),
            mistake("remainder-for-quotient", "gives the remainder instead of the number of groups"),
        )
        .wrong(
            int(size - extra),
            mistake("missing-for-remainder", "gives how many are missing to fill one more group"),
        )
        .wrong(int(all - size), mistake("subtracts-instead-of-dividing", "subtracts instead of dividing"))
        .hint(meaning)
        .hint(format!("Divide {all} by {size}, and think what the quotient and the remainder stand for."))
        .step(format!("{all} ÷ {size} is {full} with a remainder of {extra}."), int(full));
    Some(match kind {
        0 => draft
            .step(format!("The remaining {extra} need one more, so {} are needed.", full + 1), int(full + 1)),
        1 => draft.step(
            format!("The remaining {extra} are not enough for another, so the answer is {full}."),
            int(full),
        ),
        _ => draft.step(format!("The remainder is what is left over: {extra}."), int(extra)),
    })
}

fn posts(g: &mut Gen) -> Option<Draft> {
    let gap = g.by_level([2..=4, 2..=9, 3..=15, 3..=15]);
    let parts = g.by_level([4..=8, 4..=14, 6..=40, 6..=40]);
    let long = gap * parts;
    let child = g.child();
    let (stem, key, why) = match g.int(0..=4) {
        0 => (
            format!(
                "A straight fence is {long} feet long. There is a post at each end and one every {gap} feet between. How many posts are there?"
            ),
            parts + 1,
            "There is a post at both ends, so there is one more post than there are gaps",
        ),
        1 => (
            format!(
                "Trees are planted {gap} meters apart along one side of a straight road {long} meters long, with a tree at both ends. How many trees are there?"
            ),
            parts + 1,
            "There is a tree at both ends, so there is one more tree than there are gaps",
        ),
        2 => (
            format!(
                "{} cuts a {long}-inch board into pieces that are {gap} inches long. How many cuts does it take?",
                child.name
            ),
            parts - 1,
            "The last cut makes two pieces, so there is one cut fewer than there are pieces",
        ),
        3 => (
            format!(
                "Lights stand {gap} yards apart all the way around a pond. The path around it is {long} yards long. How many lights are there?"
            ),
            parts,
            "Around a closed path there are as many lights as gaps",
        ),
        _ => (
            format!(
                "{} walks up a flight of stairs with {parts} steps between each floor and the next. How many steps does it take from floor 1 to floor {}?",
                child.name,
                gap + 1
            ),
            long,
            "There is one flight fewer than there are floors counted",
        ),
    };
    let stairs = key == long;
    let draft =
        Draft::new(stem.replace(" a 8", " an 8").replace(" a 11-", " an 11-").replace(" a 18-", " an 18-"))
            .key(int(key))
            .wrong(
                int(if stairs { parts * (gap + 1) } else { parts }),
                mistake(
                    "counts-gaps-for-posts",
                    "takes the number of gaps for the number of things at their ends",
                ),
            )
            .wrong(
                int(if stairs { long - parts } else { parts + 1 }),
                if stairs {
                    mistake("one-floor-too-few", "goes up one floor too few")
                } else if key == parts {
                    mistake("one-too-many-in-a-ring", "counts one more than the gaps, as on a straight line")
                } else {
                    mistake("one-end-too-many", "counts an end that is not there")
                },
            )
            .wrong(
                int(if stairs { parts + gap } else { parts - 1 }),
                if stairs {
                    mistake("adds-instead-of-multiplying", "adds the two numbers instead of multiplying")
                } else if key == parts {
                    mistake("one-too-few-in-a-ring", "counts one fewer than the gaps, as for cuts")
                } else {
                    mistake("one-end-too-few", "leaves out an end that is there")
                },
            )
            .wrong(
                int(if stairs { parts * (gap + 2) } else { long - gap }),
                if stairs {
                    mistake("one-floor-too-many", "goes up more floors than the question asks for")
                } else {
                    mistake("subtracts-the-gap", "subtracts the size of one part instead of dividing")
                },
            )
            .hint("Make a small drawing with three or four parts first, and count.")
            .hint("Count the gaps, and then think about the ends.");
    Some(if stairs {
        draft
            .step(
                format!("From floor 1 to floor {} there are {}.", gap + 1, count(gap, "flight", "flights")),
                int(gap),
            )
            .step(format!("{why}. {gap} × {parts} = {long}."), int(long))
    } else {
        draft
            .step(format!("{long} ÷ {gap} = {parts} parts."), int(parts))
            .step(format!("{why}: {key}."), int(key))
    })
}
