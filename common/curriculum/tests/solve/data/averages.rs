//! Means, medians and ranges.

use super::super::Solver;
use super::super::read::{Frac, Seen, find};
use super::{first, ints, list, median};

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
];

fn mean_of_list(seen: &Seen) -> Option<usize> {
    // The mean is where the list balances.
    let all = list(seen.stem);
    seen.only(|choice| {
        let at = first(choice).unwrap();
        all.iter().fold(Frac::from(0), |sum, n| sum.plus(Frac::from(*n).minus(at))) == Frac::from(0)
    })
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
    let (count, mean) = (n[0], n[1]);
    seen.only(|choice| first(choice).unwrap().over(count.into()) == mean.into())
}
