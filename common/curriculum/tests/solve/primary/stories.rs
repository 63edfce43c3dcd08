//! Shapes, measures, charts and stories.

use super::super::Solver;
use super::super::data::ints;
use super::super::read::{Frac, Seen, find, numbers, re};
use super::fits;

pub const SOLVERS: &[(&str, Solver)] = &[
    ("primary-name-the-shape", name_the_shape),
    ("primary-sides-in-all", sides_in_all),
    ("primary-solid-shape", solid),
    ("primary-perimeter", perimeter),
    ("primary-clock-later", clock),
    ("primary-coins", coins),
    ("primary-change", change),
    ("primary-ruler", ruler),
    ("primary-length-difference", longer),
    ("primary-bar-graph", bar_graph),
    ("primary-tally-chart", tally),
    ("primary-likely", likely),
    ("primary-story-compare", story_compare),
    ("primary-start-unknown", start_unknown),
    ("primary-two-steps", two_steps),
    ("primary-guess-my-number", guess),
    ("primary-place-in-line", line),
];

fn sides(name: &str) -> i128 {
    match name.trim_end_matches('s') {
        "triangle" => 3,
        "square" | "rectangle" => 4,
        "pentagon" => 5,
        "hexagon" => 6,
        "octagon" => 8,
        _ => 0,
    }
}

fn name_the_shape(seen: &Seen) -> Option<usize> {
    let n = find(seen.figure?, r"{N} straight sides")?[0].0;
    seen.only(|choice| sides(choice) == n)
}

fn sides_in_all(seen: &Seen) -> Option<usize> {
    let all = re(r"(\d+) (triangle|square|rectangle|pentagon|hexagon)s?").captures_iter(seen.stem);
    let count: i128 = all.map(|found| found[1].parse::<i128>().unwrap() * sides(&found[2])).sum();
    seen.worth(count.into())
}

fn solid(seen: &Seen) -> Option<usize> {
    let shape = match seen.stem {
        s if re(r"ball|orange|marble").is_match(s) => "sphere",
        s if re(r"can\b|drum|candle").is_match(s) => "cylinder",
        s if re(r"party hat|paper cup").is_match(s) => "cone",
        _ => "cube",
    };
    seen.says(shape)
}

fn perimeter(seen: &Seen) -> Option<usize> {
    let n = find(seen.stem, r"{N} \w+ long and {N} \w+ wide")?;
    fits(seen, |around| Frac::from(around).minus(n[0]).minus(n[0]).minus(n[1]) == n[1])
}

fn clock(seen: &Seen) -> Option<usize> {
    let minutes = |text: &str| {
        let (hour, minute) = text.split_once(':').unwrap();
        hour.parse::<i128>().unwrap() % 12 * 60 + minute.parse::<i128>().unwrap()
    };
    let from = minutes(re(r"\d+:\d\d").find(seen.stem)?.as_str());
    let span = find(seen.stem, r"{N} hours?\b").map_or(0, |n| n[0].0 * 60)
        + find(seen.stem, r"{N} minutes").map_or(0, |n| n[0].0);
    let back = seen.stem.contains("When does it start");
    let mut at = from;
    for _ in 0..span {
        at = (at + if back { 719 } else { 1 }) % 720;
    }
    seen.only(|choice| minutes(choice) == at)
}

fn coins(seen: &Seen) -> Option<usize> {
    let mut cents = 0;
    for found in re(r"(\d+) (quarter|dime|nickel|penn)").captures_iter(seen.stem) {
        for _ in 0..found[1].parse::<i128>().unwrap() {
            cents += match &found[2] {
                "quarter" => 25,
                "dime" => 10,
                "nickel" => 5,
                _ => 1,
            };
        }
    }
    seen.worth(cents.into())
}

fn change(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem);
    fits(seen, |left| left + n[0].min(n[1]) == n[0].max(n[1]))
}

fn ruler(seen: &Seen) -> Option<usize> {
    let n = find(seen.figure?, r"mark {N}\. .* mark {N}\.")?;
    seen.worth(((n[0].0..n[1].0).count() as i128).into())
}

fn longer(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem);
    fits(seen, |rest| rest + n[1] == n[0])
}

/// The questions that both kinds of chart ask.
fn chart(seen: &Seen, all: &[(String, i128)]) -> Option<usize> {
    assert_eq!(all.len(), 4);
    let value = |name: &str| all.iter().find(|one| one.0 == name).unwrap().1;
    let stem = seen.stem;
    if let Some(found) = re(r"for (\w+) than for (\w+)\?").captures(stem) {
        return fits(seen, |n| n + value(&found[2]) == value(&found[1]));
    }
    if let Some(found) = re(r"for (\w+) and (\w+) together").captures(stem) {
        return seen.worth((value(&found[1]) + value(&found[2])).into());
    }
    if stem.contains("in all") {
        return seen.worth(all.iter().map(|one| one.1).sum::<i128>().into());
    }
    let most = stem.contains("the most");
    seen.only(|choice| {
        all.iter().all(|one| if most { one.1 <= value(choice) } else { one.1 >= value(choice) })
    })
}

fn bar_graph(seen: &Seen) -> Option<usize> {
    let all: Vec<(String, i128)> = re(r"(\w+), (\d+)")
        .captures_iter(seen.figure?)
        .map(|found| (found[1].to_owned(), found[2].parse().unwrap()))
        .collect();
    chart(seen, &all)
}

fn tally(seen: &Seen) -> Option<usize> {
    let (_, rows) = seen.figure?.split_once("rows are: ")?;
    let all: Vec<(String, i128)> = rows
        .split("; ")
        .map(|row| {
            let bundles = find(row, r"{N} bundle").map_or(0, |n| n[0].0);
            let ones = find(row, r"{N} single").map_or(0, |n| n[0].0);
            (row.split(',').next().unwrap().to_owned(), bundles * 5 + ones)
        })
        .collect();
    chart(seen, &all)
}

fn likely(seen: &Seen) -> Option<usize> {
    let of = |color: &str| find(seen.stem, &format!(r"{{N}} {color}")).unwrap()[0];
    let most = seen.stem.contains("most likely");
    seen.only(|choice| {
        seen.choices.iter().all(|other| if most { of(other) <= of(choice) } else { of(other) >= of(choice) })
    })
}

fn story_compare(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem);
    let more = seen.stem.contains(" more");
    fits(seen, |k| {
        let second = if seen.stem.contains("together") { k - n[0] } else { k };
        if more { second - n[0] == n[1] } else { n[0] - second == n[1] }
    })
}

fn start_unknown(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem);
    let (change, end) = (n[0], n[1]);
    let away = re(r"fly away|gives away|loses").is_match(seen.stem);
    assert_ne!(away, re(r"come|finds|buys").is_match(seen.stem));
    fits(seen, |start| if away { start - change == end } else { start + change == end })
}

fn two_steps(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem);
    if seen.stem.contains("bags with") {
        let made: i128 = (0..n[0]).map(|_| n[1]).sum();
        return fits(seen, |k| if seen.stem.contains("loose") { k - n[2] == made } else { k + n[2] == made });
    }
    fits(seen, |k| k + n[2] == n[0] + n[1])
}

fn guess(seen: &Seen) -> Option<usize> {
    let n = find(seen.stem, r"greater than {N} and less than {N}\.")
        .or_else(|| find(seen.stem, r"between {N} and {N}\b"))?;
    let even = re(r"\beven\b").is_match(seen.stem);
    fits(seen, |k| Frac::from(k) > n[0] && Frac::from(k) < n[1] && (k % 2 == 0) == even)
}

/// "first", "12th".
fn place(word: &str) -> i128 {
    let words = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth";
    words
        .split(' ')
        .position(|one| one == word)
        .map_or_else(|| numbers(&word[..word.len() - 2])[0].0, |at| at as i128 + 1)
}

fn line(seen: &Seen) -> Option<usize> {
    let stem = seen.stem;
    if let Some(n) = find(stem, r"(?:is|are) {N} child(?:ren)? in front") {
        let after = find(stem, r"and {N} child(?:ren)? behind")?[0];
        return seen.worth(n[0].plus(Frac::from(1)).plus(after));
    }
    let at = place(&re(r"is (\w+) in a line").captures(stem)?[1]);
    if let Some(all) = find(stem, r"line of {N} children") {
        return seen.worth(((at..all[0].0).count() as i128).into());
    }
    let after = find(stem, r"There (?:is|are) {N} child")?[0].0;
    seen.worth((at + after).into())
}
