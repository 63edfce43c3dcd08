//! Mean, median, mode and range of a list.

use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, dec, int};
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Strand::Data;
use crate::maths::kit::{BOTH, MATHS, middle, mistake, plus, positive, row, size, sorted, template};

pub const TEMPLATES: &[Template] = &[
    template(Data, "mean-of-a-list", "data.mean", MATHS, &[Lower, Middle], mean_of_list),
    template(
        Data,
        "median-of-a-list",
        "data.median-mode-range",
        MATHS,
        &[Lower, Middle, Upper],
        median_of_list,
    ),
    template(Data, "range-of-a-list", "data.median-mode-range", MATHS, &[Lower, Middle], range_of_list),
    template(Data, "mode-of-a-list", "data.median-mode-range", MATHS, &[Lower, Middle], mode_of_list),
    template(Data, "missing-value-for-a-mean", "data.mean", BOTH, &[Lower, Middle, Upper], missing_value),
    template(Data, "score-needed-for-a-mean", "data.mean", BOTH, &[Middle, Upper], score_needed),
];

/// A list and what it counts: the sentence up to the list, the thing measured.
fn story(g: &mut Gen, values: &[i64]) -> (String, &'static str) {
    let (child, n) = (g.child(), size(values));
    let list = row(values);
    match g.int(0..=3) {
        0 => (format!("{} read these numbers of pages on {n} days: {list}.", child.name), "number of pages"),
        1 => (
            format!("A science club measured the heights of {n} plants, in centimeters: {list}."),
            "height, in centimeters",
        ),
        2 => (format!("{} scored these points in {n} games: {list}.", child.name), "number of points"),
        _ => (format!("A librarian counted the visitors on {n} afternoons: {list}."), "number of visitors"),
    }
}

fn mean_of_list(g: &mut Gen) -> Option<Draft> {
    let count = g.by_level([3..=3, 3..=5, 4..=6, 5..=6]);
    let mean = g.by_level([5..=9, 8..=30, 15..=70, 15..=70]);
    let spread = (mean - 2).min(14);
    let mut values: Vec<i64> = (1..count).map(|_| mean + g.int(-spread..=spread)).collect();
    let sum = mean * count;
    values.push(sum - values.iter().sum::<i64>());
    g.shuffle(&mut values);
    let order = sorted(&values);
    let (least, most) = (order[0], order[order.len() - 1]);
    if least < 1 || most > mean + spread + 6 || least == most {
        return None;
    }
    let (given, what) = story(g, &values);
    Some(
        Draft::new(format!("{given} What is the mean {what}?"))
            .key(int(mean))
            .wrong(
                int(middle(&order)),
                mistake("median-for-mean", "gives the median, the middle number, instead of the mean"),
            )
            .wrong(
                int(Q::new(sum, count - 1)),
                mistake("divides-by-one-too-few", "counts one number too few when dividing the total"),
            )
            .wrong(
                int(most - least),
                mistake("range-for-average", "gives the range instead of the average asked for"),
            )
            .wrong(
                int(Q::new(least + most, 2)),
                mistake(
                    "halfway-for-mean",
                    "takes the number halfway between the smallest and the largest as the mean",
                ),
            )
            .wrong(int(sum), mistake("total-for-mean", "stops at the total and does not divide"))
            .wrong(
                int(most),
                mistake("largest-for-average", "gives the largest number instead of the average asked for"),
            )
            .hint("The mean is the fair share: what each would be if the total were shared out evenly.")
            .hint("Add all the numbers. Then count how many numbers there are.")
            .hint("Divide the total by how many numbers are in the list.")
            .step(format!("Add the numbers: {} = {sum}.", plus(&values)), int(sum))
            .say(format!("There are {count} numbers in the list."))
            .step(format!("Divide: {sum} ÷ {count} = {mean}."), int(mean)),
    )
}

fn median_of_list(g: &mut Gen) -> Option<Draft> {
    let count = match g.level() {
        Lower => g.pick(&[5, 7]),
        Middle => g.int(5..=8),
        _ => g.int(6..=9),
    };
    let top = g.by_level([20..=20, 40..=40, 95..=95, 180..=180]);
    let values: Vec<i64> = (0..count).map(|_| g.int(4..=top)).collect();
    let order = sorted(&values);
    let (key, as_it_stands) = (middle(&order), middle(&values));
    let sum: i64 = values.iter().sum();
    let (least, most) = (order[0], order[order.len() - 1]);
    if key == as_it_stands || most - least < 8 {
        return None;
    }
    let (given, what) = story(g, &values);
    let half = order.len() / 2;
    let draft = Draft::new(format!("{given} What is the median {what}?"))
        .key(dec(key))
        .wrong(
            dec(as_it_stands),
            mistake("median-without-ordering", "takes the middle of the list without putting it in order"),
        )
        .wrong(int(Q::new(sum, count)), mistake("mean-for-median", "gives the mean instead of the median"))
        .wrong(
            int(most - least),
            mistake("range-for-average", "gives the range instead of the average asked for"),
        )
        .wrong(
            int(order[half - 1]),
            mistake("median-just-below", "stops one place before the middle of the ordered list"),
        )
        .wrong(
            dec(Q::new(least + most, 2)),
            mistake(
                "halfway-for-median",
                "takes the number halfway between the smallest and the largest as the median",
            ),
        )
        .hint("The median is the middle number, but only after one thing has been done to the list.")
        .hint("Write the numbers in order from smallest to largest. Then look for the middle.")
        .say(format!("In order the numbers are {}.", row(&order)));
    Some(if count % 2 == 1 {
        draft.step(
            format!(
                "There are {count} numbers, so the middle one is number {} in order: {}.",
                half + 1,
                order[half]
            ),
            dec(key),
        )
    } else {
        draft
            .say(format!(
                "There are {count} numbers, so two are in the middle: {} and {}.",
                order[half - 1],
                order[half]
            ))
            .step(format!("Halfway between them is {}.", dec(key).text), dec(key))
    })
}

fn range_of_list(g: &mut Gen) -> Option<Draft> {
    let count = g.by_level([5..=5, 5..=7, 6..=8, 6..=8]);
    let top = g.by_level([20..=20, 60..=60, 240..=240, 240..=240]);
    let values: Vec<i64> = (0..count).map(|_| g.int(5..=top)).collect();
    let order = sorted(&values);
    let (least, most) = (order[0], order[order.len() - 1]);
    let (first, last) = (values[0], values[values.len() - 1]);
    let key = most - least;
    if key == (first - last).abs() || key < 6 || key == most {
        return None;
    }
    let (given, _) = story(g, &values);
    Some(
        Draft::new(format!("{given} What is the range of these numbers?"))
            .key(int(key))
            .wrong(
                int((first - last).abs()),
                mistake(
                    "range-first-to-last",
                    "subtracts the first and last numbers of the list as it stands",
                ),
            )
            .wrong(int(most), mistake("largest-for-range", "gives the largest number instead of the range"))
            .wrong(int(middle(&order)), mistake("median-for-range", "gives the median instead of the range"))
            .wrong(
                positive(most - order[1]),
                mistake("range-skips-smallest", "overlooks the smallest number of the list"),
            )
            .wrong(
                int(most + least),
                mistake("adds-for-range", "adds the smallest and the largest numbers instead of subtracting"),
            )
            .hint("The range tells how far the numbers are spread out.")
            .hint("Look for the smallest and the largest numbers. They may be anywhere in the list.")
            .step(format!("The largest number is {most}."), int(most))
            .step(format!("The smallest number is {least}."), int(least))
            .step(format!("The range is {most} − {least} = {key}."), int(key)),
    )
}

fn mode_of_list(g: &mut Gen) -> Option<Draft> {
    let top = g.by_level([12..=12, 20..=20, 60..=60, 60..=60]);
    let different = g.several(&(5..=top).collect::<Vec<_>>(), 5);
    let (mode, second) = (different[0], different[1]);
    let times = g.int(3..=4);
    let mut values = vec![mode; usize::try_from(times).ok()?];
    values.extend([second, second, different[2], different[3], different[4]]);
    g.shuffle(&mut values);
    let order = sorted(&values);
    let most = order[order.len() - 1];
    if mode == times {
        return None;
    }
    let (given, what) = story(g, &values);
    let sum: i64 = values.iter().sum();
    Some(
        Draft::new(format!("{given} What is the mode of this list?"))
            .key(int(mode))
            .wrong(int(middle(&order)), mistake("median-for-mode", "gives the median instead of the mode"))
            .wrong(int(times), mistake("how-often-for-mode", "gives how many times the most common number appears"))
            .wrong(int(most), mistake("largest-for-mode", "gives the largest number because mode sounds like most"))
            .wrong(int(most - order[0]), mistake("range-for-mode", "gives the range instead of the mode"))
            .wrong(int(Q::new(sum, size(&values))), mistake("mean-for-mode", "gives the mean instead of the mode"))
            .wrong(int(second), mistake("second-most-common", "chooses a number that is repeated, but not the most often"))
            .hint(format!("The mode is the {} that comes up most often.", what.trim_end_matches(", in centimeters")))
            .hint("Go along the list and make a tally mark for each number. Which number has the most marks?")
            .say(format!("The number {second} appears 2 times."))
            .step(format!("The number {mode} appears {times} times, more often than any other, so the mode is {mode}."), int(mode)),
    )
}

fn missing_value(g: &mut Gen) -> Option<Draft> {
    let count = g.by_level([3..=3, 4..=4, 4..=5, 5..=6]);
    let mean = g.by_level([5..=9, 8..=20, 15..=50, 30..=90]);
    let spread = (mean / 2).min(12);
    let known: Vec<i64> = (1..count).map(|_| mean + g.int(-spread..=spread)).collect();
    let sum: i64 = known.iter().sum();
    let total = mean * count;
    let key = total - sum;
    if key < 1 || key == mean || known.contains(&key) || key > 2 * mean {
        return None;
    }
    let list = crate::story::list(&known.iter().map(ToString::to_string).collect::<Vec<_>>());
    let child = g.child();
    let left = count - 1;
    let stem = match g.int(0..=3) {
        0 => format!(
            "The mean of {count} numbers is {mean}. The numbers apart from one are {list}. What is the missing number?"
        ),
        1 => format!(
            "{} played {count} games and scored a mean of {mean} points per game. In {left} of the games {} scored {list} points. How many points did {} score in the other game?",
            child.name, child.they, child.they
        ),
        2 => format!(
            "A farmer weighed {count} pumpkins. Their mean weight is {mean} pounds. The weights of {left} of them, in pounds, are {list}. How many pounds does the other pumpkin weigh?"
        ),
        _ => format!(
            "For {count} weeks, {} saved a mean of {mean} dollars per week. In {left} of the weeks {} saved {list} dollars. How many dollars did {} save in the other week?",
            child.name, child.they, child.they
        ),
    };
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(
                positive(mean * left - sum),
                mistake(
                    "mean-times-known-count",
                    "multiplies the mean by how many numbers are known instead of by how many there are",
                ),
            )
            .wrong(
                int(mean),
                mistake("mean-for-missing-value", "takes the mean itself as the missing number"),
            )
            .wrong(
                positive(Q::new(sum, left)),
                mistake("mean-of-known-values", "finds the mean of the known numbers and stops"),
            )
            .wrong(
                positive((sum - mean).abs()),
                mistake("mean-from-total", "subtracts the mean from the sum of the known numbers"),
            )
            .wrong(
                int(total),
                mistake("total-for-missing-value", "stops at the total that the mean calls for"),
            )
            .wrong(int(sum), mistake("sum-for-missing-value", "gives the sum of the known numbers"))
            .hint("What must all the numbers add up to, if that is their mean?")
            .hint("Multiply the mean by how many numbers there are, counting the missing one.")
            .hint("Take the sum of the known numbers away from that total.")
            .step(format!("All {count} together make {count} × {mean} = {total}."), int(total))
            .step(format!("The known ones make {} = {sum}.", plus(&known)), int(sum))
            .step(format!("The missing one is {total} − {sum} = {key}."), int(key)),
    )
}

fn score_needed(g: &mut Gen) -> Option<Draft> {
    let done = g.by_level([2..=2, 3..=3, 3..=5, 4..=7]);
    let mean = g.int(60..=90);
    let target = mean + g.int(1..=6);
    let (now, wanted) = (done * mean, (done + 1) * target);
    let key = wanted - now;
    if key > 100 {
        return None;
    }
    let child = g.child();
    let (name, they) = (child.name, child.they);
    let stem = match g.int(0..=2) {
        0 => format!(
            "On {done} tests {name} has a mean score of {mean}. What must {they} score on the next test so that the mean of all the tests is {target}?"
        ),
        1 => format!(
            "{name}'s mean score in {done} rounds of a quiz is {mean} points. How many points must {they} score in one more round to bring the mean up to {target}?"
        ),
        _ => format!(
            "During {done} days, a museum had a mean of {mean} visitors per day. How many visitors must come on one more day to make the mean {target} visitors per day?"
        ),
    };
    let gain = target - mean;
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(int(target + gain), mistake("averages-the-two-means", "chooses a number whose average with the old mean is the new mean, as if the old mean were one single number"))
            .wrong(int(target), mistake("target-is-enough", "thinks that reaching the new mean once is enough"))
            .wrong(int(mean + done * gain), mistake("raise-from-the-old-mean", "adds what the earlier ones lack to the old mean instead of to the new one"))
            .wrong(int(target + (done + 1) * gain), mistake("counts-the-new-one-twice", "counts the new one among those that fall short"))
            .hint("The total matters here, not the mean alone.")
            .hint(format!("Find the total so far. Then find the total needed for {} with the new mean.", done + 1))
            .step(format!("The total so far is {done} × {mean} = {now}."), int(now))
            .step(format!("The total needed is {} × {target} = {wanted}.", done + 1), int(wanted))
            .step(format!("The difference is {wanted} − {now} = {key}."), int(key)),
    )
}
