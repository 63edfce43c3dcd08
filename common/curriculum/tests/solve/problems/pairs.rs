//! Two kinds, sums and differences, and ages.

use super::super::Solver;
use super::super::data::ints;
use super::super::read::{Frac, Seen, numbers, re};
use super::{fits, often, spelled, whole};

pub const SOLVERS: &[(&str, Solver)] = &[
    ("wheels-and-legs", wheels),
    ("sum-and-difference", sum_difference),
    ("ages-now-and-later", ages),
    ("ages-times-as-old", times_as_old),
    ("coins-of-two-kinds", coins),
    ("tickets-of-two-prices", tickets),
];

fn wheels(seen: &Seen) -> Option<usize> {
    let stem = seen.stem;
    let (first, second, heads, parts, each) = if stem.starts_with("In ") {
        let found = re(r"are (\d+) ([\w-]+(?: stools)?) and ([\w-]+(?: chairs)?) in all\. .* has (\w+) .* has (\w+) \w+\. Together they have (\d+) ").captures(stem)?;
        (
            found[2].to_owned(),
            found[3].to_owned(),
            found[1].parse().ok()?,
            found[6].parse().ok()?,
            (spelled(&found[4]), spelled(&found[5])),
        )
    } else {
        let found = re(r"counts (\d+) \w+ .*? only ([\w-]+(?: stools)?), with (\w+) \w+ each, and ([\w-]+(?: chairs)?), with (\w+) \w+ each\. There are (\d+) ").captures(stem)?;
        (
            found[2].to_owned(),
            found[4].to_owned(),
            found[6].parse().ok()?,
            found[1].parse().ok()?,
            (spelled(&found[3]), spelled(&found[5])),
        )
    };
    let (heads, parts): (i128, i128) = (heads, parts);
    let asked = stem.rsplit_once(". ")?.1;
    let ask_first = asked.contains(&first);
    assert_ne!(ask_first, asked.contains(&second));
    fits(seen, |n| {
        let (a, b) = if ask_first { (n, heads - n) } else { (heads - n, n) };
        b >= 0 && a >= 0 && a * each.0 + b * each.1 == parts
    })
}

fn sum_difference(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem);
    let (sum, gap) = (n[0], n[1]);
    let greater = if let Some(found) =
        re(r"(\w+) has \d+ more than (\w+)\. How many stickers does (\w+)").captures(seen.stem)
    {
        found[1] == found[3]
    } else if let Some(found) =
        re(r"cast\. (\w+) won by \d+ votes against (\w+)\. How many votes did (\w+)").captures(seen.stem)
    {
        found[1] == found[3]
    } else {
        re(r"(?:the|What is the) (?:greater|longer) ").is_match(seen.stem)
    };
    fits(seen, |n| if greater { n + (n - gap) == sum } else { n + (n + gap) == sum })
}

fn ages(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem);
    let (gap, years, later) = (n[0], n[1], n[2]);
    let found = re(r"^(\w+) is \d+ years (older|younger) than (\w+)\. .* How old is (\w+) now")
        .captures(seen.stem)?;
    assert_eq!(&found[4], if &found[2] == "older" { &found[3] } else { &found[1] });
    fits(seen, |young| (young + years) + (young + gap + years) == later)
}

fn times_as_old(seen: &Seen) -> Option<usize> {
    let found = re(r"(\w+)'s (\w+) is (.*?) as old as \w+\. In (\d+) years, the \w+ will be (.*?) as old .* How old is (.*) now\?").captures(seen.stem)?;
    let (now, then, years) = (often(&found[3]), often(&found[5]), found[4].parse::<i128>().ok()?);
    let asks_child = found[6] == found[1];
    let young = (1..60).find(|k| now * k + years == then * (k + years))?;
    seen.worth((if asks_child { young } else { young * now }).into())
}

fn coins(seen: &Seen) -> Option<usize> {
    let worth = |name: &str| match name {
        "pennies" => 1,
        "nickels" => 5,
        "dimes" => 10,
        _ => 25,
    };
    let kinds: Vec<&str> =
        re(r"pennies|nickels|dimes|quarters").find_iter(seen.stem).map(|one| one.as_str()).collect();
    let value =
        numbers(&re(r"\$\d+(?:\.\d\d)?").find(seen.stem)?.as_str().replace('$', ""))[0].times(100.into());
    let count = whole(seen.stem, r"{N} coins")?[0];
    let asked = kinds[2];
    let other = if asked == kinds[0] { kinds[1] } else { kinds[0] };
    fits(seen, |n| n <= count && Frac::from(n * worth(asked) + (count - n) * worth(other)) == value)
}

fn tickets(seen: &Seen) -> Option<usize> {
    let n = whole(
        seen.stem,
        r"cost {N} for a child and {N} for an adult\. In all, {N} tickets were sold for {N}\.",
    )?;
    let adult = seen.stem.contains("How many adult");
    fits(seen, |k| {
        let (children, adults) = if adult { (n[2] - k, k) } else { (k, n[2] - k) };
        children * n[0] + adults * n[1] == n[3]
    })
}
