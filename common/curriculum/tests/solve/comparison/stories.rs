//! Data and stories.

use super::super::Solver;
use super::super::read::{Frac, Seen, find, number, numbers, re};
use super::{decide, parts};

pub const SOLVERS: &[(&str, Solver)] = &[
    ("compare-mean-and-median", mean_median),
    ("compare-mean-after-new-value", new_mean),
    ("compare-chances", chances),
    ("compare-range-with-unknown", range),
    ("compare-price-changes", price_changes),
    ("compare-two-discounts", discounts),
    ("compare-ages", ages),
    ("compare-coins", coins),
    ("compare-groups-by-ratio", groups),
    ("compare-unit-prices", unit_prices),
];

fn total(all: &[Frac]) -> Frac {
    all.iter().fold(Frac(0, 1), |sum, one| sum.plus(*one))
}

fn mean(all: &[Frac]) -> Frac {
    total(all).over(Frac(i128::try_from(all.len()).unwrap(), 1))
}

fn mean_median(seen: &Seen) -> Option<usize> {
    let (given, ..) = parts(seen);
    let all = numbers(given);
    assert_eq!(all.len(), 5);
    // As many are at most the median as are at least the median.
    let median = *all.iter().find(|one| {
        let below = all.iter().filter(|other| other < one).count();
        let above = all.iter().filter(|other| other > one).count();
        below <= 2 && above <= 2
    })?;
    decide(seen, [(mean(&all), median)])
}

fn new_mean(seen: &Seen) -> Option<usize> {
    let (given, _, b) = parts(seen);
    let found = re(r"mean of (\w+) \w+ is (\d+)\.").captures(given)?;
    let words = ["three", "four", "five", "six", "seven", "eight", "nine"];
    let many = words.iter().position(|word| *word == &found[1])? + 3;
    let old = number(&found[2])?;
    // Some lists with that mean: all alike, or two of them apart.
    let lists: Vec<Vec<Frac>> = [0, 1, 7]
        .into_iter()
        .map(|apart| {
            let mut list = vec![old; many];
            list[0] = old.plus(Frac(apart, 1));
            list[1] = old.minus(Frac(apart, 1));
            list
        })
        .collect();
    assert!(lists.iter().all(|list| mean(list) == old));
    let after: Vec<Vec<Frac>> = if given.contains("taken off") {
        lists
            .iter()
            .flat_map(|list| {
                (0..many).map(|at| {
                    let mut less = list.clone();
                    less.remove(at);
                    less
                })
            })
            .collect()
    } else {
        let new: Vec<Frac> = if let Some(n) = find(given, r" of {N} is added") {
            vec![n[0]]
        } else if let Some(n) = find(given, r"greater than {N} is added") {
            (1..400).map(|part| n[0].plus(Frac::of(part, 4))).collect()
        } else {
            let n = find(given, r"less than {N} is added")?;
            (1..400).map(|part| n[0].minus(Frac::of(part, 4))).collect()
        };
        lists
            .iter()
            .flat_map(|list| {
                new.iter().map(|one| {
                    let mut more = list.clone();
                    more.push(*one);
                    more
                })
            })
            .collect()
    };
    decide(seen, after.iter().map(|list| (mean(list), number(b).unwrap())))
}

fn chances(seen: &Seen) -> Option<usize> {
    let (given, ..) = parts(seen);
    let chance = |a: Frac, b: Frac| a.over(a.plus(b));
    if given.contains("some") {
        let n = find(given, r"P holds {N} .* Q holds {N} \w+ and {N} ")?;
        return decide(seen, (1..300).map(|others| (chance(n[0], Frac(others, 1)), chance(n[1], n[2]))));
    }
    let n = find(given, r"P holds {N} \w+ and {N} .* Q holds {N} \w+ and {N} ")?;
    decide(seen, [(chance(n[0], n[1]), chance(n[2], n[3]))])
}

fn range(seen: &Seen) -> Option<usize> {
    let (given, _, b) = parts(seen);
    let (list, condition) = given.split_once(", where ")?;
    let known = numbers(list);
    let bounds = numbers(condition);
    decide(
        seen,
        (-2_000..2_000)
            .map(|part| Frac::of(part, 4))
            .filter(|x| match bounds.len() {
                0 => true,
                1 => *x > bounds[0],
                _ => *x > bounds[0] && *x < bounds[1],
            })
            .map(|x| {
                let mut all = known.clone();
                all.push(x);
                all.sort_by(|a, b| a.partial_cmp(b).unwrap());
                (all[3].minus(all[0]), number(b).unwrap())
            }),
    )
}

fn price_changes(seen: &Seen) -> Option<usize> {
    let (given, ..) = parts(seen);
    decide(
        seen,
        [40, 250, 999].into_iter().map(|start| {
            let start = Frac(start, 1);
            let end = re(r"(raised|lowered) by (\d+)%").captures_iter(given).fold(start, |price, found| {
                let part = price.times(number(&found[2]).unwrap()).over(Frac(100, 1));
                if &found[1] == "raised" { price.plus(part) } else { price.minus(part) }
            });
            (end, start)
        }),
    )
}

fn discounts(seen: &Seen) -> Option<usize> {
    let (given, a, b) = parts(seen);
    let n = numbers(given)[0];
    let (percent, dollars) = (numbers(a)[0], numbers(b)[0]);
    let prices: Vec<Frac> = if given.contains("more than") {
        (1..6_000).map(|more| n.plus(Frac(more, 2))).collect()
    } else {
        vec![n]
    };
    decide(
        seen,
        prices
            .into_iter()
            .map(|price| (price.times(Frac(100, 1).minus(percent)).over(Frac(100, 1)), price.minus(dollars))),
    )
}

fn ages(seen: &Seen) -> Option<usize> {
    let (given, a, b) = parts(seen);
    let one = a.strip_suffix("'s age")?;
    let three = b.strip_suffix("'s age")?;
    let mut two = String::new();
    // Each sentence as: the first is the second plus so much, exactly or at least.
    let mut rules: Vec<(String, String, i128, char)> = Vec::new();
    for sentence in given.trim_end_matches('.').split(". ") {
        if let Some(f) = re(r"^(\w+) is (?:(\d+) years? )?(older|younger) than (\w+)$").captures(sentence) {
            let sign = if &f[3] == "older" { 1 } else { -1 };
            match f.get(2) {
                Some(n) => {
                    rules.push((f[1].into(), f[4].into(), sign * n.as_str().parse::<i128>().unwrap(), '='));
                }
                None => rules.push((f[1].into(), f[4].into(), 0, if sign > 0 { '>' } else { '<' })),
            }
        } else if let Some(f) =
            re(r"^(\w+) and (\w+) are both at least (\d+) years? younger than (\w+)$").captures(sentence)
        {
            let n: i128 = f[3].parse().unwrap();
            rules.push((f[1].into(), f[4].into(), -n, '≤'));
            rules.push((f[2].into(), f[4].into(), -n, '≤'));
        } else if let Some(f) =
            re(r"^In (\d+) years?, (\w+) will be as old as (\w+) is now$").captures(sentence)
        {
            rules.push((f[2].into(), f[3].into(), -f[1].parse::<i128>().unwrap(), '='));
        } else {
            let f = re(r"^(\w+) was as old as (\w+) is now (\d+) years? ago$").captures(sentence)?;
            rules.push((f[1].into(), f[2].into(), f[3].parse::<i128>().unwrap(), '='));
        }
    }
    for (first, second, ..) in &rules {
        for name in [first, second] {
            if name != one && name != three {
                two.clone_from(name);
            }
        }
    }
    let mut pairs = Vec::new();
    for x in 20..=45_i128 {
        for y in 20..=45 {
            for z in 20..=45 {
                let age = |name: &str| {
                    if name == one {
                        x
                    } else if name == two {
                        y
                    } else {
                        z
                    }
                };
                if rules.iter().all(|(first, second, by, sign)| {
                    let (left, right) = (age(first), age(second) + by);
                    match sign {
                        '=' => left == right,
                        '>' => left > right,
                        '<' => left < right,
                        _ => left <= right,
                    }
                }) {
                    pairs.push((Frac(x, 1), Frac(z, 1)));
                }
            }
        }
    }
    decide(seen, pairs)
}

fn coins(seen: &Seen) -> Option<usize> {
    let (given, a, b) = parts(seen);
    let worth = |name: &str| match name {
        "quarters" => 25,
        "dimes" => 10,
        _ => 5,
    };
    let names =
        re(r"(quarters|dimes|nickels) and (quarters|dimes|nickels), worth \$(\d+)(?:\.(\d\d))? in all")
            .captures(given)?;
    let cents: i128 =
        names[3].parse::<i128>().ok()? * 100 + names.get(4).map_or(0, |c| c.as_str().parse().unwrap());
    let total = find(given, r"has {N} coins").map(|n| n[0].0);
    assert_eq!(a, format!("the number of {}", &names[1]));
    decide(
        seen,
        (1..200)
            .flat_map(|i| (1..200).map(move |j| (i, j)))
            .filter(|(i, j)| i * worth(&names[1]) + j * worth(&names[2]) == cents)
            .filter(|(i, j)| total.is_none_or(|total| total == i + j))
            .map(|(i, j)| (Frac(i, 1), number(b).unwrap_or(Frac(j, 1)))),
    )
}

fn groups(seen: &Seen) -> Option<usize> {
    let (given, a, _) = parts(seen);
    let n = find(given, r"is {N} to {N} in \w+ P and {N} to {N} in \w+ Q")?;
    let totals = find(given, r"P has {N} .* Q has {N} ");
    // Every size up to 200 of both groups that has the ratio.
    let sizes = |p: Frac, q: Frac, total: Option<Frac>| -> Vec<(i128, i128)> {
        let unit = Frac::of(p.0, q.0);
        (1..=60)
            .map(|k| (unit.0 * k, unit.1 * k))
            .filter(|(x, y)| total.is_none_or(|total| total.0 == x + y))
            .collect()
    };
    let first = sizes(n[0], n[1], totals.as_ref().map(|t| t[0]));
    let second = sizes(n[2], n[3], totals.as_ref().map(|t| t[1]));
    let fraction = a.contains("fraction");
    let worth = |(x, y): (i128, i128)| if fraction { Frac::of(x, x + y) } else { Frac(x, 1) };
    decide(seen, first.iter().flat_map(|p| second.iter().map(move |q| (worth(*p), worth(*q)))))
}

fn unit_prices(seen: &Seen) -> Option<usize> {
    let n = find(seen.stem, r" of {N} \w+ costs {N}\. Another \w+, with {N} \w+, costs {N}\.")?;
    // The cross products stand in the same order as the prices for one.
    decide(seen, [(n[1].times(n[2]), n[3].times(n[0]))])
}
