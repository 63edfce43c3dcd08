//! Probability and counting: every outcome is listed.

use super::super::Solver;
use super::super::read::{Frac, Seen, find, numbers, re};
use super::{first, ints};

pub const SOLVERS: &[(&str, Solver)] = &[
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
];

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
