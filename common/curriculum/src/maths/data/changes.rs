//! What happens to a mean, a median and a range when numbers change; means of groups.

use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, dec, int, words};
use crate::figure::Picture;
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Strand::Data;
use crate::maths::kit::{BOTH, mistake, positive, row, sorted, template};

pub const TEMPLATES: &[Template] = &[
    template(Data, "mean-after-a-change", "data.effects", BOTH, &[Middle, Upper], mean_after_change),
    template(Data, "mean-of-two-groups", "data.effects", BOTH, &[Middle, Upper], two_groups),
    template(Data, "measure-that-stays", "data.effects", BOTH, &[Middle, Upper], measure_that_stays),
    template(Data, "mean-from-a-frequency-table", "data.tables", BOTH, &[Middle, Upper], frequency_table),
    template(Data, "total-from-a-mean", "data.mean", BOTH, &[Lower, Middle], total_from_mean),
];

fn mean_after_change(g: &mut Gen) -> Option<Draft> {
    let count = g.by_level([3..=3, 4..=4, 4..=8, 5..=12]);
    let shift = g.int(1..=6) * if g.one_in(3) { -1 } else { 1 };
    let mean = g.int(14..=60);
    let old = g.int(5..=70);
    let new = old + shift * count;
    if new < 3 || (old - mean).abs() < 2 || new == mean {
        return None;
    }
    let key = mean + shift;
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!(
            "The mean of {count} numbers is {mean}. One of the numbers is changed from {old} to {new}. What is the new mean?"
        ),
        1 => format!(
            "{} worked out that the mean of {count} quiz scores was {mean}. Then it turned out that one score of {old} should have been {new}. What is the correct mean?",
            child.name
        ),
        _ => format!(
            "A club sold a mean of {mean} tickets per day for {count} days. On one day it had written down {old} tickets, but the true number was {new}. What is the true mean number of tickets per day?"
        ),
    };
    let (before, after) = (mean * count, mean * count + new - old);
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(positive(mean + new - old), mistake("whole-change-to-mean", "changes the mean by the whole change instead of sharing the change among all the numbers"))
            .wrong(int(mean), mistake("mean-does-not-move", "thinks that changing one number leaves the mean as it was"))
            .wrong(positive(mean - shift), mistake("mean-moves-the-wrong-way", "moves the mean in the wrong direction"))
            .wrong(int(new), mistake("new-number-for-mean", "gives the new number instead of the new mean"))
            .hint("How much does the total of all the numbers change?")
            .hint(format!("That change is shared equally among all {count} when the mean is worked out."))
            .step(format!("The old total is {count} × {mean} = {before}."), int(before))
            .step(
                format!("The total {} by {}, so the new total is {after}.", if shift > 0 { "rises" } else { "falls" }, (new - old).abs()),
                int(after),
            )
            .step(format!("The new mean is {after} ÷ {count} = {key}."), int(key)),
    )
}

fn two_groups(g: &mut Gen) -> Option<Draft> {
    let (m, n) = g.two(2..=if g.level() == Upper { 20 } else { 10 });
    let (a, b) = g.two(10..=if g.level() == Upper { 95 } else { 40 });
    let total = m * a + n * b;
    let key = Q::new(total, m + n);
    if !key.is_whole() || (a - b).abs() < 3 {
        return None;
    }
    let stem = match g.int(0..=2) {
        0 => format!(
            "In one class, {m} students have a mean score of {a}. In another class, {n} students have a mean score of {b}. What is the mean score of all the students together?"
        ),
        1 => format!(
            "A shop sold {m} lamps at a mean price of {a} dollars and {n} chairs at a mean price of {b} dollars. What was the mean price, in dollars, of all these things together?"
        ),
        _ => format!(
            "For {m} days a baker made a mean of {a} loaves per day. Then for {n} days the baker made a mean of {b} loaves per day. What was the mean number of loaves per day over all the days?"
        ),
    };
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(
                dec(Q::new(a + b, 2)),
                mistake(
                    "mean-of-the-means",
                    "takes the average of the two means as if the groups were the same size",
                ),
            )
            .wrong(
                dec(Q::new(m * b + n * a, m + n)),
                mistake("weights-swapped", "matches each mean with the size of the other group"),
            )
            .wrong(int(a + b), mistake("adds-the-means", "adds the two means"))
            .wrong(
                dec(Q::new(total, 2)),
                mistake("divides-by-number-of-groups", "divides the total by the number of groups"),
            )
            .hint("The two groups are not the same size, so the bigger group counts for more.")
            .hint("Find the total of each group. Then divide the whole total by how many there are in all.")
            .step(format!("The first group has a total of {m} × {a} = {}.", m * a), int(m * a))
            .step(format!("The second group has a total of {n} × {b} = {}.", n * b), int(n * b))
            .step(format!("Together that is {total} for {} in all.", m + n), int(total))
            .step(format!("The mean is {total} ÷ {} = {}.", m + n, int(key).text), int(key)),
    )
}

fn measure_that_stays(g: &mut Gen) -> Option<Draft> {
    let top = if g.level() == Upper { 90 } else { 40 };
    let count = g.pick(&[5, 7]);
    let order = sorted(&g.several(&(6..=top).collect::<Vec<_>>(), count));
    let (least, most) = (order[0], order[order.len() - 1]);
    let by = g.int(2..=5);
    let mut values = order.clone();
    g.shuffle(&mut values);
    let case = g.int(0..=3);
    let change = match case {
        0 => format!("the largest number is raised from {most} to {}", most + by * 4),
        1 => format!("the smallest number is lowered from {least} to {}", least - by),
        2 => format!("every number is made {by} greater"),
        _ => format!("every number is made {by} less"),
    };
    let child = g.child();
    let list = row(&values);
    let stem = match g.int(0..=2) {
        0 => format!("Look at the list {list}. If {change}, which of these stays the same?"),
        1 => format!("{} wrote the list {list}. Then {change}. Which of these does not change?", child.name),
        _ => format!(
            "A table shows the scores {list}. In a corrected table, {change}. Which of these is the same in both tables?"
        ),
    };
    let draft = Draft::new(stem);
    let mean = (
        words("The mean"),
        mistake("mean-stays", "thinks that the mean does not feel the change, though the total changes"),
    );
    let total = (words("The sum"), mistake("sum-stays", "thinks that the sum does not feel the change"));
    Some(if case < 2 {
        draft
            .key(words("The median"))
            .wrong(mean.0, mean.1)
            .wrong(words("The range"), mistake("range-stays-when-an-end-moves", "thinks that the range does not feel a change of the smallest or largest number"))
            .wrong(total.0, total.1)
            .hint("Try each in turn: which uses only the middle of the ordered list?")
            .hint("Think which number of the list is changed and where it stands when the list is in order.")
            .say(format!("In order the list is {}.", row(&order)))
            .say("The change happens at one end of the ordered list. The sum changes, so the mean changes too, and so does the range.")
            .say("The middle number is not touched, so the median stays.")
    } else {
        draft
            .key(words("The range"))
            .wrong(mean.0, mean.1)
            .wrong(words("The median"), mistake("median-stays-when-all-move", "thinks that the median stays though every number moves"))
            .wrong(total.0, total.1)
            .hint("All the numbers move together by the same amount. What does not feel that?")
            .hint("Think of a row of people who all take one step the same way. Is the row longer or shorter than before?")
            .say("Every number moves by the same amount, so the sum, the mean and the median all move.")
            .step(format!("The largest and smallest numbers move together, so their difference stays {}.", most - least), int(most - least))
            .say("So the range stays the same.")
    })
}

fn frequency_table(g: &mut Gen) -> Option<Draft> {
    let start = g.int(0..=6);
    let values: Vec<i64> = (0..4).map(|at| start + at).collect();
    let often: Vec<i64> = (0..4).map(|_| g.int(1..=if g.level() == Upper { 12 } else { 8 })).collect();
    let people: i64 = often.iter().sum();
    let total: i64 = values.iter().zip(&often).map(|(value, times)| value * times).sum();
    let key = Q::new(total, people);
    dec(key * 10).meaning.as_ref()?;
    if !(key * 10).is_whole() {
        return None;
    }
    let (who, what, asked) = g.pick(&[
        ("students", "Pets", "pets per student"),
        ("families", "Bicycles", "bicycles per family"),
        ("readers", "Books", "books per reader"),
        ("players", "Goals", "goals per player"),
    ]);
    let rows: Vec<Vec<String>> =
        values.iter().zip(&often).map(|(value, times)| vec![value.to_string(), times.to_string()]).collect();
    let pairs: Vec<String> = values
        .iter()
        .zip(&often)
        .map(|(value, times)| format!("{what} {value}, number of {who} {times}"))
        .collect();
    let number = format!("Number of {who}");
    let picture = Picture::table(
        format!("A table with two columns, {what} and {number}. The rows are: {}.", pairs.join("; ")),
        &[what, &number],
        &rows,
    );
    let plain = Q::new(values.iter().sum(), 4);
    Some(
        Draft::new(format!(
            "The table shows how many {} each of some {who} had. What is the mean number of {asked}?",
            what.to_lowercase()
        ))
        .figure(picture)
        .key(dec(key))
        .wrong(
            dec(plain),
            mistake(
                "ignores-frequencies",
                "averages the values in the table without looking at how often each comes up",
            ),
        )
        .wrong(
            dec(Q::new(people, 4)),
            mistake("averages-frequencies", "averages how often the values come up instead of the values"),
        )
        .wrong(
            dec(Q::new(total, 4)),
            mistake("divides-by-rows", "divides the total by the number of rows of the table"),
        )
        .wrong(int(total), mistake("total-for-mean", "stops at the total and does not divide"))
        .hint(format!("Each row stands for several {who}, not for one."))
        .hint("Multiply across each row, and add the products to find the total.")
        .hint(format!("Divide that total by the number of all the {who}."))
        .step(
            format!(
                "The total is {} = {total}.",
                values
                    .iter()
                    .zip(&often)
                    .map(|(value, times)| format!("{value} × {times}"))
                    .collect::<Vec<_>>()
                    .join(" + ")
            ),
            int(total),
        )
        .step(format!("There are {people} {who}."), int(people))
        .step(format!("The mean is {total} ÷ {people} = {}.", dec(key).text), dec(key)),
    )
}

fn total_from_mean(g: &mut Gen) -> Option<Draft> {
    let count = g.by_level([3..=3, 3..=9, 6..=15, 6..=15]);
    let mean = g.by_level([3..=9, 12..=60, 25..=180, 25..=180]);
    let child = g.child();
    let (name, they) = (child.name, child.they);
    let stem = match g.int(0..=3) {
        0 => format!(
            "{name} swam for {count} days. The mean was {mean} laps per day. How many laps did {they} swim in all?"
        ),
        1 => format!("The mean of {count} numbers is {mean}. What is the sum of the numbers?"),
        2 => format!(
            "In {count} boxes there is a mean of {mean} crayons per box. How many crayons are there altogether?"
        ),
        _ => format!(
            "A bus made {count} trips with a mean of {mean} passengers per trip. How many passengers did it carry in all?"
        ),
    };
    let total = mean * count;
    Some(
        Draft::new(stem)
            .key(int(total))
            .wrong(
                int(mean + count),
                mistake("adds-mean-and-count", "adds the mean and the count instead of multiplying"),
            )
            .wrong(
                int(Q::new(mean, count)),
                mistake("divides-mean-by-count", "divides the mean by the count"),
            )
            .wrong(int(mean), mistake("mean-for-total", "takes the mean as the total"))
            .wrong(int(mean * (count - 1)), mistake("one-share-too-few", "counts one share too few"))
            .wrong(int(mean * (count + 1)), mistake("one-share-too-many", "counts one share too many"))
            .hint("The mean is what each would be if all were the same.")
            .hint(format!("Imagine {count} equal amounts. How big is each of them?"))
            .step(format!("The total is {count} × {mean} = {}.", int(total).text), int(total)),
    )
}
