//! Data Analysis and Probability: by balancing, sorting, counting and listing.

use super::Solver;
use super::read::{Frac, Seen, find, numbers, re};

pub const SOLVERS: &[(&str, Solver)] = &[
    ("mean-of-a-list", mean_of_list),
    ("median-of-a-list", median_of_list),
    ("range-of-a-list", range_of_list),
    ("mode-of-a-list", mode_of_list),
    ("missing-value-for-a-mean", missing_value),
    ("score-needed-for-a-mean", score_needed),
    ("mean-after-a-change", mean_after_change),
    ("mean-of-two-groups", two_groups),
    ("measure-that-stays", measure_that_stays),
    ("mean-from-a-frequency-table", frequency_table),
    ("total-from-a-mean", total_from_mean),
    ("bar-graph-reading", bar_graph),
    ("pictograph-reading", pictograph),
    ("line-graph-steepest", line_graph),
    ("circle-graph-amount", circle_graph),
    ("circle-graph-angle", circle_angle),
    ("dot-plot-reading", dot_plot),
    ("stem-and-leaf-plot", stem_plot),
    ("box-plot-reading", box_plot),
    ("histogram-share", histogram),
    ("probability-of-a-color", one_color),
    ("probability-from-number-cards", number_cards),
    ("probability-of-not", complement),
    ("expected-count", expected),
    ("expected-from-an-experiment", experiment),
    ("marbles-to-add", marbles_to_add),
    ("drawing-two-without-replacement", without_replacement),
    ("two-independent-events", independent),
    ("either-of-two-events", either),
    ("sum-of-two-spinners", two_spinners),
    ("more-likely-choice", more_likely),
    ("counting-outfits", outfits),
    ("arranging-in-order", arrangements),
    ("choosing-a-group", groups),
    ("counting-codes", codes),
    ("two-way-table-missing", two_way_missing),
    ("two-way-table-chance", two_way_chance),
    ("venn-overlap", venn),
];

pub fn ints(text: &str) -> Vec<i128> {
    numbers(text).into_iter().filter(|n| n.1 == 1).map(|n| n.0).collect()
}

/// The numbers of the longest list in a text.
fn list(text: &str) -> Vec<i128> {
    let lists = re(r"\d+(?:, \d+)+(?: and \d+)?").find_iter(text).map(|found| ints(found.as_str()));
    lists.max_by_key(Vec::len).unwrap()
}

fn first(choice: &str) -> Option<Frac> {
    numbers(choice).first().copied()
}

fn mean_of_list(seen: &Seen) -> Option<usize> {
    // The mean is where the list balances.
    let all = list(seen.stem);
    seen.only(|choice| {
        let at = first(choice).unwrap();
        all.iter().fold(Frac::from(0), |sum, n| sum.plus(Frac::from(*n).minus(at))) == Frac::from(0)
    })
}

fn median(mut all: Vec<i128>) -> Frac {
    // Ends are crossed out until one or two are left.
    all.sort_unstable();
    while all.len() > 2 {
        all.pop();
        all.remove(0);
    }
    Frac::of(all.iter().sum(), all.len() as i128)
}

fn median_of_list(seen: &Seen) -> Option<usize> {
    seen.worth(median(list(seen.stem)))
}

fn range_of_list(seen: &Seen) -> Option<usize> {
    let all = list(seen.stem);
    let far = all.iter().flat_map(|a| all.iter().map(move |b| a - b)).max()?;
    seen.worth(far.into())
}

fn mode_of_list(seen: &Seen) -> Option<usize> {
    let all = list(seen.stem);
    let times = |n: i128| all.iter().filter(|one| **one == n).count();
    let best = all.iter().map(|n| times(*n)).max()?;
    seen.only(|choice| times(ints(choice)[0]) == best)
}

fn missing_value(seen: &Seen) -> Option<usize> {
    let known = list(seen.stem);
    let count = known.len() as i128 + 1;
    let mean = find(seen.stem, r"(?:numbers is|a mean of|mean weight is) {N}")?[0];
    seen.only(|choice| {
        let total = known.iter().fold(first(choice).unwrap(), |sum, n| sum.plus((*n).into()));
        total.over(count.into()) == mean
    })
}

fn score_needed(seen: &Seen) -> Option<usize> {
    let n = if seen.stem.starts_with("On") {
        find(seen.stem, r"On {N} tests .* mean score of {N}\. .* is {N}\?")?
    } else if seen.stem.starts_with("During") {
        find(seen.stem, r"During {N} days, .* mean of {N} .* mean {N} visitors")?
    } else {
        find(seen.stem, r"in {N} rounds .* is {N} points.* up to {N}\?")?
    };
    seen.only(|choice| n[0].times(n[1]).plus(first(choice).unwrap()).over(n[0].plus(1.into())) == n[2])
}

fn mean_after_change(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem);
    let (count, mean, old, new) = match seen.stem {
        s if s.starts_with("The mean of") => (n[0], n[1], n[2], n[3]),
        s if s.contains("worked out") => (n[0], n[1], n[2], n[3]),
        _ => (n[1], n[0], n[2], n[3]),
    };
    // A list with that mean: the old number, the rest all in the last one.
    let mut all = vec![old];
    all.extend(std::iter::repeat_n(0, count as usize - 2));
    all.push(mean * count - old);
    all[0] = new;
    seen.worth(Frac::of(all.iter().sum(), count))
}

fn two_groups(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem);
    // The deviations from the common mean cancel.
    seen.only(|choice| {
        let at = first(choice).unwrap();
        let off = |count: i128, mean: i128| Frac::from(count).times(Frac::from(mean).minus(at));
        off(n[0], n[1]).plus(off(n[2], n[3])) == Frac::from(0)
    })
}

fn measure_that_stays(seen: &Seen) -> Option<usize> {
    let before = list(seen.stem);
    let mut after = before.clone();
    if let Some(n) = find(seen.stem, r"(?:raised|lowered) from {N} to {N}") {
        let at = before.iter().position(|one| *one == n[0].0)?;
        after[at] = n[1].0;
    } else {
        let by = find(seen.stem, r"made {N} ")?[0].0;
        after.iter_mut().for_each(|n| *n += if seen.stem.contains("greater") { by } else { -by });
    }
    let measure = |name: &str, all: &[i128]| match name {
        "The mean" | "The sum" => Frac::from(all.iter().sum::<i128>()),
        "The median" => median(all.to_vec()),
        "The range" => Frac::from(all.iter().max().unwrap() - all.iter().min().unwrap()),
        _ => panic!("{name}"),
    };
    seen.only(|choice| measure(choice, &before) == measure(choice, &after))
}

fn frequency_table(seen: &Seen) -> Option<usize> {
    let n = ints(seen.figure?);
    let all: Vec<i128> = n.chunks(2).flat_map(|pair| vec![pair[0]; pair[1] as usize]).collect();
    seen.worth(Frac::of(all.iter().sum(), all.len() as i128))
}

fn total_from_mean(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem);
    let (count, mean) = if seen.stem.starts_with("The mean of") { (n[0], n[1]) } else { (n[0], n[1]) };
    seen.only(|choice| first(choice).unwrap().over(count.into()) == mean.into())
}

/// The groups of a graph and their numbers.
fn bars(figure: &str) -> Vec<(String, i128)> {
    let after = figure.split(". ").last().unwrap();
    let after = after.rsplit("are: ").next().unwrap();
    after
        .trim_end_matches('.')
        .split("; ")
        .map(|part| part.rsplit_once(": ").unwrap())
        .map(|(name, n)| (name.trim().to_owned(), n.parse().unwrap()))
        .collect()
}

fn bar_graph(seen: &Seen) -> Option<usize> {
    let all = bars(seen.figure?);
    let value = |name: &str| all.iter().find(|one| name.ends_with(&one.0)).unwrap().1;
    if seen.stem.contains("in all") {
        return seen.worth(all.iter().map(|one| one.1).sum::<i128>().into());
    }
    let (more, less) = seen.stem.trim_end_matches('?').split_once(" than ")?;
    let sum: i128 = if more.ends_with("together") {
        let (a, b) = more.trim_end_matches(" together").split_once(" and ")?;
        value(a) + value(b)
    } else {
        value(more)
    };
    // Counting up from the smaller to the greater.
    seen.only(|choice| first(choice) == Some((sum - value(less)).into()))
}

fn pictograph(seen: &Seen) -> Option<usize> {
    let figure = seen.figure?;
    let each = find(figure, r"1 star stands for {N}")?[0];
    let (_, rows) = figure.split_once(&format!("for {} ", each.0))?;
    let (_, rows) = rows.split_once(". ")?;
    let value = |text: &str| {
        let row = rows.split("; ").find(|row| text.ends_with(row.split(": ").next().unwrap())).unwrap();
        let whole = Frac::from(ints(row.split(": ").nth(1).unwrap())[0]);
        let stars = if row.contains("half") { whole.plus(Frac::of(1, 2)) } else { whole };
        stars.times(each)
    };
    let stem = seen.stem.trim_end_matches('?');
    match stem.split_once(" than ") {
        Some((more, less)) => seen.worth(value(more).minus(value(less))),
        None => seen.worth(value(stem)),
    }
}

fn line_graph(seen: &Seen) -> Option<usize> {
    let points = bars(seen.figure?);
    let value = |name: &str| points.iter().find(|one| one.0 == name).unwrap().1;
    let change = |choice: &str| {
        let (from, to) = choice.strip_prefix("From ").unwrap().split_once(" to ").unwrap();
        let jump = value(to) - value(from);
        if seen.stem.contains("increase") { jump } else { -jump }
    };
    let best = seen.choices.iter().map(|choice| change(choice)).max()?;
    seen.only(|choice| change(choice) == best)
}

/// The named parts of a circle graph, in percent or degrees.
fn parts(figure: &str) -> Vec<(&str, i128)> {
    re(r"(\w+) (\d+) (?:percent|degrees)")
        .captures_iter(figure)
        .map(|found| {
            let (_, [name, n]) = found.extract();
            (name, n.parse().unwrap())
        })
        .collect()
}

fn circle_graph(seen: &Seen) -> Option<usize> {
    let parts = parts(seen.figure?);
    let people = find(seen.stem, r"shows {N} ")?[0];
    let value = |name: &str| parts.iter().find(|one| one.0 == name).unwrap().1;
    assert_eq!(parts.iter().map(|one| one.1).sum::<i128>(), 100);
    let asked: Vec<i128> =
        re(r"part for (\w+)").captures_iter(seen.stem).map(|found| value(&found[1])).collect();
    let share = asked[0] - asked.get(1).unwrap_or(&0);
    seen.only(|choice| first(choice).unwrap().times(100.into()) == people.times(share.into()))
}

fn circle_angle(seen: &Seen) -> Option<usize> {
    let parts = parts(seen.figure?);
    assert_eq!(parts.iter().map(|one| one.1).sum::<i128>(), 360);
    let asked = &re(r"goes to (\w+)|part for (\w+)").captures(seen.stem)?;
    let asked = asked.iter().skip(1).flatten().next()?.as_str();
    let all = find(seen.stem, r"(\$[\d,]+)")?[0];
    let angle = parts.iter().find(|one| one.0 == asked)?.1;
    seen.only(|choice| first(choice).unwrap().over(all) == Frac::of(angle, 360))
}

fn dot_plot(seen: &Seen) -> Option<usize> {
    let mut all = Vec::new();
    for found in re(r"above (\d+), (no|\d+) dot").captures_iter(seen.figure?) {
        let times = found[2].parse().unwrap_or(0);
        all.extend(vec![found[1].parse::<i128>().unwrap(); times]);
    }
    if seen.stem.contains("median") {
        return seen.worth(median(all));
    }
    let limit = find(seen.stem, r"more than {N}")?[0].0;
    seen.worth((all.iter().filter(|n| **n > limit).count() as i128).into())
}

fn stem_plot(seen: &Seen) -> Option<usize> {
    let (_, rows) = seen.figure?.split_once("The rows are: ")?;
    let mut all = Vec::new();
    for row in rows.split(';') {
        let n = ints(row);
        all.extend(n[1..].iter().map(|leaf| format!("{}{leaf}", n[0]).parse::<i128>().unwrap()));
    }
    if seen.stem.contains("median") {
        seen.worth(median(all))
    } else {
        seen.worth((all.iter().max()? - all.iter().min()?).into())
    }
}

fn box_plot(seen: &Seen) -> Option<usize> {
    let n =
        find(seen.figure?, r"begins at {N}\. The box goes from {N} to {N}, .* at {N}\. .* ends at {N}\.")?;
    let marks: Vec<i128> = [n[0], n[1], n[3], n[2], n[4]].iter().map(|n| n.0).collect();
    if let Some(n) = find(seen.stem, r"are {N} values.* between {N} and {N}\?") {
        let at = |value: Frac| marks.iter().position(|mark| *mark == value.0).unwrap() as i128;
        return seen.worth(n[0].times(Frac::of(at(n[2]) - at(n[1]), 4)));
    }
    let inner = marks[3] - marks[1];
    if seen.stem.contains("How much greater") {
        // What the whiskers measure.
        seen.worth((marks[1] - marks[0] + marks[4] - marks[3]).into())
    } else {
        seen.worth(inner.into())
    }
}

fn histogram(seen: &Seen) -> Option<usize> {
    let from = find(seen.stem, r"from {N} up")?[0].0;
    let (mut part, mut whole) = (0, 0);
    for row in re(r"(\d+) to \d+, (\d+)").captures_iter(seen.figure?) {
        let n: i128 = row[2].parse().unwrap();
        whole += n;
        part += if row[1].parse::<i128>().unwrap() >= from { n } else { 0 };
    }
    seen.worth(Frac::of(part, whole))
}

fn one_color(seen: &Seen) -> Option<usize> {
    let (given, asked) = seen.stem.rsplit_once(". ")?;
    let given = given.split("parts: ").last()?;
    let asked = &re(r"(?:is|on) (\w+)\?").captures(asked)?[1];
    let all: Vec<(i128, String)> = re(r"(\d+) (?:are )?(\w+)")
        .captures_iter(given)
        .map(|found| (found[1].parse().unwrap(), found[2].to_owned()))
        .collect();
    assert_eq!(all.len(), 3, "{given}");
    let bag: Vec<&str> = all.iter().flat_map(|(n, color)| vec![color.as_str(); *n as usize]).collect();
    let good = bag.iter().filter(|one| **one == asked).count();
    seen.worth(Frac::of(good as i128, bag.len() as i128))
}

fn number_cards(seen: &Seen) -> Option<usize> {
    let n = find(seen.stem, r"from 1 to {N}")?[0].0;
    let (_, asked) = seen.stem.rsplit_once("probability that")?;
    let given = ints(asked).first().copied().unwrap_or(0);
    let good = (1..=n).filter(|k| match asked {
        a if a.contains("greater than") => *k > given,
        a if a.contains("less than") => *k < given,
        a if a.contains("multiple of") => (1..=n).any(|m| m * given == *k),
        a if a.contains("factor of") => (1..=n).any(|m| m * k == given),
        a if a.contains("prime") => (1..=*k).filter(|d| k % d == 0).count() == 2,
        a if a.contains("square") => (1..=*k).filter(|d| k % d == 0).count() % 2 == 1,
        _ => panic!("{asked}"),
    });
    seen.worth(Frac::of(good.count() as i128, n))
}

fn complement(seen: &Seen) -> Option<usize> {
    let given = numbers(seen.stem)[0];
    let whole = if seen.stem.contains('%') { Frac::from(100) } else { Frac::from(1) };
    seen.only(|choice| first(choice).unwrap().plus(given) == whole)
}

fn expected(seen: &Seen) -> Option<usize> {
    let (good, parts, tries) = if let Some(n) = find(seen.stem, r"has {N} equal parts, and {N} of .* In {N} ")
    {
        (n[1], n[0], n[2])
    } else if let Some(n) = find(seen.stem, r"one of {N} cards, .* back, {N} times\. Exactly {N} of") {
        (n[2], n[0], n[1])
    } else {
        let n = find(seen.stem, r"(?:faulty|game) is {N}.*?(?:box of|If) {N} ")?;
        (n[0], Frac::from(1), n[1])
    };
    seen.only(|choice| first(choice).unwrap().over(tries) == good.over(parts))
}

fn experiment(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem);
    let (tries, hits, more) =
        if seen.stem.contains("tested with") || seen.stem.starts_with("Out") || n.len() == 3 {
            (n[0], n[1], n[2])
        } else {
            panic!("{}", seen.stem)
        };
    seen.only(|choice| first(choice).unwrap().times(tries.into()) == Frac::from(hits * more))
}

fn marbles_to_add(seen: &Seen) -> Option<usize> {
    let n = find(seen.stem, r"holds {N} \w+ \w+ and {N} .* is {N}\?")?;
    seen.only(|choice| {
        let red = n[0].plus(first(choice).unwrap());
        red.over(red.plus(n[1])) == n[2]
    })
}

/// The share of the ordered pairs of different things of a bag that pass a test on their kinds.
fn pairs(kinds: &[&str], good: impl Fn(&str, &str) -> bool) -> Frac {
    let (mut right, mut all) = (0, 0);
    for a in 0..kinds.len() {
        for b in (0..kinds.len()).filter(|b| *b != a) {
            all += 1;
            right += i128::from(good(kinds[a], kinds[b]));
        }
    }
    Frac::of(right, all)
}

fn without_replacement(seen: &Seen) -> Option<usize> {
    let found = re(r"(\d+) (\w+) \w+ and (\d+) (\w+) ").captures(seen.stem)?;
    let mut bag = vec![found.get(2)?.as_str(); found[1].parse().unwrap()];
    bag.extend(vec![found.get(4)?.as_str(); found[3].parse::<usize>().unwrap()]);
    if let Some(both) = re(r"both are (\w+)\?").captures(seen.stem) {
        return seen.worth(pairs(&bag, |a, b| a == &both[1] && b == &both[1]));
    }
    let asked = re(r"the first is (\w+) and the second is (\w+)\?").captures(seen.stem)?;
    seen.worth(pairs(&bag, |a, b| a == &asked[1] && b == &asked[2]))
}

fn independent(seen: &Seen) -> Option<usize> {
    // All outcomes of each, and which are good, are listed.
    let mut all: Vec<Vec<bool>> = Vec::new();
    if seen.stem.contains("coin") {
        all.push(vec![true, false]);
    }
    if let Some(n) = find(seen.stem, r"number cube shows more than {N}") {
        all.push((1..=6).map(|k| k > n[0].0).collect());
    }
    if let Some(n) = find(seen.stem, r"spinner with {N} equal parts, {N} of them shaded") {
        all.push((0..n[0].0).map(|k| k < n[1].0).collect());
    }
    if let Some(top) = find(seen.stem, r"cards numbered 1 to {N}") {
        let limit = find(seen.stem, r"number less than {N}")?[0].0;
        all.push((1..=top[0].0).map(|k| k < limit).collect());
    }
    if seen.stem.contains("LEMON") {
        all.push("LEMON".chars().map(|c| "AEIOU".contains(c)).collect());
    }
    assert_eq!(all.len(), 2, "{}", seen.stem);
    let good = all[0].iter().flat_map(|a| all[1].iter().map(move |b| *a && *b)).filter(|both| *both).count();
    seen.worth(Frac::of(good as i128, (all[0].len() * all[1].len()) as i128))
}

fn either(seen: &Seen) -> Option<usize> {
    let n = find(seen.stem, r"1 to {N}")?[0].0;
    let by = find(seen.stem, r"multiple of {N} or a multiple of {N}\?")
        .or_else(|| find(seen.stem, r"divisible by {N} or by {N}\?"))?;
    let good = (1..=n).filter(|k| by.iter().any(|d| k % d.0 == 0)).count();
    seen.worth(Frac::of(good as i128, n))
}

fn two_spinners(seen: &Seen) -> Option<usize> {
    let tops: Vec<i128> =
        re(r"numbered 1 to (\d+)").captures_iter(seen.stem).map(|found| found[1].parse().unwrap()).collect();
    let (m, n) = (tops[0], *tops.get(1).unwrap_or(&tops[0]));
    let sum = find(seen.stem, r"(?:equal to|greater than|less than) {N}\?")?[0].0;
    let mut good = 0;
    for x in 1..=m {
        for y in 1..=n {
            good += i128::from(if seen.stem.contains("equal to") {
                x + y == sum
            } else if seen.stem.contains("greater than") {
                x + y > sum
            } else {
                x + y < sum
            });
        }
    }
    seen.worth(Frac::of(good, m * n))
}

fn more_likely(seen: &Seen) -> Option<usize> {
    let share = |choice: &str| {
        let n = ints(choice);
        Frac::of(n[0], n[1])
    };
    let most = seen.stem.contains("most likely");
    seen.only(|choice| {
        seen.choices
            .iter()
            .all(|other| if most { share(other) <= share(choice) } else { share(other) >= share(choice) })
    })
}

fn outfits(seen: &Seen) -> Option<usize> {
    let kinds = ints(seen.stem);
    // One outcome after another, like the wheels of a counter.
    let mut wheels = vec![0; kinds.len()];
    let mut count = 0;
    loop {
        count += 1;
        let Some(at) = (0..wheels.len()).find(|at| wheels[*at] + 1 < kinds[*at]) else { break };
        wheels[..at].fill(0);
        wheels[at] += 1;
    }
    seen.worth(count.into())
}

/// How many words of a length there are over an alphabet, found one letter after another.
fn words(alphabet: usize, length: usize, good: &dyn Fn(&[usize], usize) -> bool) -> i128 {
    fn grow(
        word: &mut Vec<usize>,
        alphabet: usize,
        length: usize,
        good: &dyn Fn(&[usize], usize) -> bool,
    ) -> i128 {
        if word.len() == length {
            return 1;
        }
        let mut count = 0;
        for next in 0..alphabet {
            if good(word, next) {
                word.push(next);
                count += grow(word, alphabet, length, good);
                word.pop();
            }
        }
        count
    }
    grow(&mut Vec::new(), alphabet, length, good)
}

fn spelled(text: &str) -> Option<usize> {
    re(r"\b(two|three|four)\b").find(text).map(|found| match found.as_str() {
        "two" => 2,
        "three" => 3,
        _ => 4,
    })
}

fn arrangements(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem)[0];
    let count = words(n as usize, spelled(seen.stem)?, &|word, next| !word.contains(&next));
    seen.worth(count.into())
}

fn groups(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem)[0];
    // Groups are written in ascending order, each once.
    let count = words(n as usize, spelled(seen.stem)?, &|word, next| word.iter().all(|one| *one < next));
    seen.worth(count.into())
}

fn codes(seen: &Seen) -> Option<usize> {
    let length = find(seen.stem, r"(?:code|passwords|numbers|string) of {N} ")?[0].0;
    let pool = find(seen.stem, r"(?:from 1 to|set of|beads of) {N}")?[0].0;
    let repeats = seen.stem.contains("more than once");
    assert_ne!(repeats, seen.stem.contains("only once"));
    let count = words(pool as usize, length as usize, &|word, next| repeats || !word.contains(&next));
    seen.worth(count.into())
}

fn two_way_missing(seen: &Seen) -> Option<usize> {
    let n = find(seen.figure?, r"table of {N} \w+\. Of the {N} [^,]*, {N} .*?\. In all, {N} ")?;
    let (total, first, cell, left) = (n[0].0, n[1].0, n[2].0, n[3].0);
    // The cell for which the whole table adds up.
    seen.only(|choice| {
        let last = ints(choice)[0];
        cell + (first - cell) + (left - cell) + last == total
    })
}

fn two_way_chance(seen: &Seen) -> Option<usize> {
    let figure = seen.figure?;
    let (_, rows) = figure.split_once(". ")?;
    let mut people: Vec<(String, String)> = Vec::new();
    for row in rows.trim_end_matches('.').split(". ") {
        let (group, cells) = row.split_once(": ")?;
        for part in cells.split(" and ") {
            let (n, what) = part.split_once(' ')?;
            people.extend(vec![(group.to_lowercase(), what.to_owned()); n.parse().unwrap()]);
        }
    }
    let one = |text: &str| {
        let text = text.to_lowercase();
        people
            .iter()
            .map(|person| person.0.clone())
            .find(|group| text.contains(&format!("one of the {group}")))
    };
    let group = one(seen.stem)?;
    let verb = people.iter().map(|person| person.1.clone()).find(|verb| {
        let third = verb.strip_prefix("play ").map_or(format!("{verb}s"), |rest| format!("plays {rest}"));
        re(&format!(r"who (?:{verb}|{third})[.?]")).is_match(seen.stem)
    })?;
    let both = people.iter().filter(|person| person.0 == group && person.1 == verb).count();
    let whole = if seen.stem.contains("One of all") {
        people.len()
    } else if seen.stem.contains("is known to be") {
        people.iter().filter(|person| person.1 == verb).count()
    } else {
        people.iter().filter(|person| person.0 == group).count()
    };
    seen.worth(Frac::of(both as i128, whole as i128))
}

fn venn(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem);
    let asked = seen.stem.rsplit_once(". ")?.1;
    // Trying every size of the overlap, or of those outside.
    if asked.contains("neither") {
        let (only_a, only_b) = (n[1] - n[3], n[2] - n[3]);
        seen.only(|choice| only_a + only_b + n[3] + ints(choice)[0] == n[0])
    } else if asked.contains("exactly one") {
        seen.only(|choice| ints(choice)[0] + 2 * n[2] == n[0] + n[1])
    } else {
        seen.only(|choice| {
            let both = ints(choice)[0];
            (n[1] - both) + (n[2] - both) + both + n[3] == n[0]
        })
    }
}
