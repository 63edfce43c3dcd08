//! Two-way tables and Venn diagrams.

use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, frac, int};
use crate::figure::Picture;
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Strand::Data;
use crate::maths::kit::{BOTH, mistake, positive, template};

pub const TEMPLATES: &[Template] = &[
    template(Data, "two-way-table-missing", "data.tables", BOTH, &[Lower, Middle], two_way_missing),
    template(Data, "two-way-table-chance", "data.tables", BOTH, &[Middle, Upper], two_way_chance),
    template(Data, "venn-overlap", "data.tables", BOTH, &[Lower, Middle, Upper], venn),
];

/// The rows, the columns and the kind of people of a table.
type Table = ([&'static str; 2], [&'static str; 2], &'static str);

const TABLES: [Table; 4] = [
    (["sixth grade", "seventh grade"], ["walk", "ride"], "students"),
    (["adults", "children"], ["swim", "hike"], "campers"),
    (["morning", "evening"], ["read", "paint"], "visitors"),
    (["flute", "drums"], ["play at home", "play at school"], "musicians"),
];

fn cell(row: &str, column: &str) -> String {
    format!("{row} who {column}")
}

fn group(row: &str) -> String {
    match row {
        "sixth grade" | "seventh grade" => format!("{row}rs"),
        "morning" | "evening" => format!("{row} visitors"),
        "flute" => "flute players".to_owned(),
        "drums" => "drum players".to_owned(),
        other => other.to_owned(),
    }
}

fn two_way_missing(g: &mut Gen) -> Option<Draft> {
    let (rows, columns, people) = g.pick(&TABLES);
    let top = g.by_level([9..=9, 30..=30, 150..=150, 150..=150]);
    let n: Vec<i64> = (0..4).map(|_| g.int(3..=top)).collect();
    let (first, second) = (n[0] + n[1], n[2] + n[3]);
    let (left, total) = (n[0] + n[2], first + second);
    let (a, b) = (group(rows[0]), group(rows[1]));
    // Given: the first cell, the total of its row, the total of its column and the whole. Asked: the last cell.
    let key = n[3];
    let picture = Picture::table(
        format!(
            "A two-way table of {total} {people}. Of the {first} {a}, {} {}. In all, {left} {people} {}. Every one of the other {people} is counted under {}. The other cells are empty.",
            n[0], columns[0], columns[0], columns[1]
        ),
        &["", columns[0], columns[1], "Total"],
        &[
            vec![rows[0].to_owned(), n[0].to_string(), String::new(), first.to_string()],
            vec![rows[1].to_owned(), String::new(), "?".to_owned(), String::new()],
            vec!["Total".to_owned(), left.to_string(), String::new(), total.to_string()],
        ],
    );
    Some(
        Draft::new(format!(
            "The two-way table shows {total} {people}. Some cells are empty. How many {} are there?",
            cell(&b, columns[1])
        ))
        .figure(picture)
        .key(int(key))
        .wrong(int(second), mistake("row-total-for-cell", "gives the total of a row instead of one cell"))
        .wrong(int(n[1]), mistake("cell-of-the-other-row", "finds the empty cell of the other row"))
        .wrong(int(n[2]), mistake("cell-of-the-other-column", "finds the empty cell of the other column"))
        .wrong(
            int(total - left),
            mistake("column-total-for-cell", "gives the total of a column instead of one cell"),
        )
        .wrong(
            positive(total - n[0]),
            mistake(
                "takes-one-cell-from-total",
                "subtracts only the cell that is given from the whole total",
            ),
        )
        .hint("Fill in the cells that you can find first. Every row and every column adds up to its total.")
        .hint(format!(
            "How many {a} are counted under {}? And how many {people} in all are counted there?",
            columns[1]
        ))
        .step(
            format!("Under {} there are {total} − {left} = {} in all.", columns[1], total - left),
            int(total - left),
        )
        .step(format!("Of these, {first} − {} = {} are {a}.", n[0], n[1]), int(n[1]))
        .step(format!("So {} − {} = {key} are {b}.", total - left, n[1]), int(key)),
    )
}

fn two_way_chance(g: &mut Gen) -> Option<Draft> {
    let (rows, columns, people) = g.pick(&TABLES);
    let top = g.by_level([9..=9, 9..=9, 20..=20, 45..=45]);
    let n: Vec<i64> = (0..4).map(|_| g.int(3..=top)).collect();
    let (first, second) = (n[0] + n[1], n[2] + n[3]);
    let (left, total) = (n[0] + n[2], first + second);
    let (a, b) = (group(rows[0]), group(rows[1]));
    let picture = Picture::table(
        format!(
            "A two-way table of {people}. {}: {} {} and {} {}. {}: {} {} and {} {}.",
            crate::maths::kit::capital(&a),
            n[0],
            columns[0],
            n[1],
            columns[1],
            crate::maths::kit::capital(&b),
            n[2],
            columns[0],
            n[3],
            columns[1]
        ),
        &["", columns[0], columns[1]],
        &[
            vec![rows[0].to_owned(), n[0].to_string(), n[1].to_string()],
            vec![rows[1].to_owned(), n[2].to_string(), n[3].to_string()],
        ],
    );
    let one = people.trim_end_matches('s');
    let (whole, joint, by_row, by_column) =
        (total, Q::new(n[0], total), Q::new(n[0], first), Q::new(n[0], left));
    let group_name = &a;
    let m_joint = mistake(
        "whole-table-for-group",
        "divides by everybody in the table instead of by the group asked about",
    );
    let m_row =
        mistake("row-for-condition", "divides by the total of the row, which the question does not call for");
    let m_column = mistake(
        "column-for-condition",
        "divides by the total of the column, which the question does not call for",
    );
    let opposite = mistake("part-to-other-part", "compares the part with the rest instead of with the whole");
    let draft = match if g.level() == Upper { g.int(0..=2) } else { g.int(0..=1) } {
        0 => Draft::new(format!("The two-way table shows how many {people} there are of each kind. One of all the {people} is chosen at random. What is the probability of choosing one of the {group_name} who {}?", columns[0]))
            .key(frac(joint))
            .wrong(frac(by_row), m_row)
            .wrong(frac(by_column), m_column)
            .wrong(frac(Q::new(first, whole)), mistake("row-total-for-cell", "gives the total of a row instead of one cell"))
            .wrong(frac(Q::new(n[0], whole - n[0])), opposite)
            .hint("Anyone in the table may be chosen. How many is that?")
            .hint("The cell you need is where the row and the column meet.")
            .step(format!("In all there are {} = {total}.", crate::maths::kit::plus(&n)), int(total))
            .step(format!("The cell for {} holds {}.", cell(group_name, columns[0]), n[0]), int(n[0]))
            .step(format!("The probability is {} out of {total}, which is {}.", n[0], frac(joint).text), frac(joint)),
        1 => Draft::new(format!("The two-way table shows how many {people} there are of each kind. One of the {group_name} is chosen at random. What is the probability that this is someone who {}?", singular(columns[0])))
            .key(frac(by_row))
            .wrong(frac(joint), m_joint)
            .wrong(frac(by_column), m_column)
            .wrong(frac(Q::new(n[0], n[1])), opposite)
            .wrong(frac(Q::new(n[1], first)), mistake("probability-of-the-opposite", "gives the probability that it does not happen"))
            .hint(format!("Only the {group_name} can be chosen. How many of them are there?"))
            .hint("Stay in one row of the table.")
            .step(format!("There are {} + {} = {first} {group_name}.", n[0], n[1]), int(first))
            .step(format!("Of these, {} {}, so the probability is {}.", n[0], columns[0], frac(by_row).text), frac(by_row)),
        _ => Draft::new(format!("The two-way table shows how many {people} there are of each kind. A {one} chosen at random is known to be one of those who {}. What is the probability that this {one} is one of the {group_name}?", columns[0]))
            .key(frac(by_column))
            .wrong(frac(joint), m_joint)
            .wrong(frac(by_row), m_row)
            .wrong(frac(Q::new(n[0], n[2])), opposite)
            .wrong(frac(Q::new(left, whole)), mistake("probability-of-the-condition", "gives the probability of what is already known"))
            .hint("What is already known about the one chosen? Cover the rest of the table.")
            .hint("Stay in one column of the table.")
            .step(format!("There are {} + {} = {left} who {}.", n[0], n[2], columns[0]), int(left))
            .step(format!("Of these, {} are {group_name}, so the probability is {}.", n[0], frac(by_column).text), frac(by_column)),
    };
    Some(draft.figure(picture))
}

/// "walks" for "walk".
fn singular(verb: &str) -> String {
    verb.strip_prefix("play ").map_or_else(|| format!("{verb}s"), |rest| format!("plays {rest}"))
}

fn venn(g: &mut Gen) -> Option<Draft> {
    let top = g.by_level([5..=5, 15..=15, 40..=40, 90..=90]);
    let (only_a, only_b, both, none) = (g.int(2..=top), g.int(2..=top), g.int(2..=top), g.int(2..=top));
    let (a, b, total) = (only_a + both, only_b + both, only_a + only_b + both + none);
    let (people, first, second, verb) = g.pick(&[
        ("students", "a dog", "a cat", "have"),
        ("campers", "sailing", "archery", "chose"),
        ("readers", "mysteries", "poems", "like"),
        ("families", "a piano", "a guitar", "own"),
        ("travelers", "French", "Spanish", "speak"),
    ]);
    let kind = if g.level() == Lower { g.int(0..=1) } else { g.int(0..=2) };
    let draft = match kind {
        0 => {
            // Neither.
            Draft::new(format!("Out of {total} {people}, {a} {verb} {first}, {b} {verb} {second}, and {both} {verb} both. How many {verb} neither?"))
                .key(int(none))
                .wrong(positive(total - a - b), mistake("overlap-subtracted-twice", "subtracts those in both groups twice"))
                .wrong(positive(total - a - b - both), mistake("overlap-as-third-group", "treats those in both groups as one more group"))
                .wrong(int(only_a + only_b), mistake("exactly-one-for-neither", "counts those in exactly one group"))
                .wrong(int(total - both), mistake("takes-only-both-away", "subtracts only those in both groups"))
                .wrong(int(a + b - both), mistake("at-least-one-group", "counts those in at least one group"))
                .hint("Draw two circles that overlap. Where do the ones in both go?")
                .hint("First find how many are in at least one circle, counting everyone once.")
                .step(format!("In at least one group: {a} + {b} − {both} = {}.", a + b - both), int(a + b - both))
                .step(format!("In neither: {total} − {} = {none}.", a + b - both), int(none))
        }
        1 => Draft::new(format!("Of some {people}, {a} {verb} {first} and {b} {verb} {second}. These numbers include {both} {people} who {verb} both. How many {people} {verb} exactly one of the two?"))
            .key(int(only_a + only_b))
            .wrong(int(a + b), mistake("adds-both-groups", "adds the two groups and does not deal with the overlap"))
            .wrong(int(a + b - both), mistake("at-least-one-for-exactly-one", "counts those in at least one group instead of exactly one"))
            .wrong(int(only_a), mistake("only-the-first-group", "counts only those who are in the first group alone"))
            .wrong(int(only_b), mistake("only-the-second-group", "counts only those who are in the second group alone"))
            .hint("Draw two circles that overlap. Which parts belong to exactly one circle?")
            .hint(format!("Take those in both out of each group, out of the {a} and out of the {b}."))
            .step(format!("Only {first}: {a} − {both} = {only_a}."), int(only_a))
            .step(format!("Only {second}: {b} − {both} = {only_b}."), int(only_b))
            .step(format!("Together: {only_a} + {only_b} = {}.", only_a + only_b), int(only_a + only_b)),
        _ => Draft::new(format!("Out of {total} {people}, {a} {verb} {first}, {b} {verb} {second}, and {none} {} neither. How many {verb} both?", if none == 1 { third(verb) } else { verb.to_owned() }))
            .key(int(both))
            .wrong(positive(a + b - total), mistake("forgets-the-neither-group", "forgets those who are in neither group"))
            .wrong(positive((a - b).abs()), mistake("difference-for-overlap", "takes the difference of the two groups"))
            .wrong(positive(total - none - a), mistake("only-one-group-for-both", "finds those who are in the second group alone"))
            .wrong(int(total - none), mistake("at-least-one-group", "counts those in at least one group"))
            .wrong(positive(a + b + none - total + none), mistake("adds-neither-twice", "adds those in neither group twice"))
            .hint("How many are in at least one of the groups?")
            .hint("Add the two groups. It comes to more than that, because some are counted twice.")
            .step(format!("In at least one group: {total} − {none} = {}.", total - none), int(total - none))
            .step(format!("The groups together: {a} + {b} = {}.", a + b), int(a + b))
            .step(format!("Counted twice: {} − {} = {both}.", a + b, total - none), int(both)),
    };
    Some(draft)
}

/// "has" for "have".
fn third(verb: &str) -> String {
    if verb == "have" {
        "has".to_owned()
    } else if verb == "chose" {
        verb.to_owned()
    } else {
        format!("{verb}s")
    }
}
