//! The Primary levels: by counting, drawing up lists and trying the choices.

use super::Solver;
use super::data::ints;
use super::read::{Frac, Seen, find, numbers, re};

pub const SOLVERS: &[(&str, Solver)] = &[
    ("primary-tens-and-ones", tens_and_ones),
    ("primary-digit-value", digit_value),
    ("primary-number-words", number_words),
    ("primary-ten-more", ten_more),
    ("primary-compare", compare),
    ("primary-even-odd", even_odd),
    ("primary-rounding", rounding),
    ("primary-add", add),
    ("primary-subtract", subtract),
    ("primary-equal-groups", equal_groups),
    ("primary-share-equally", share),
    ("primary-fraction-of-a-shape", fraction),
    ("primary-missing-number", missing),
    ("primary-next-number", next_number),
    ("primary-next-shape", next_shape),
    ("primary-number-sentence", sentence),
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

fn fits(seen: &Seen, test: impl Fn(i128) -> bool) -> Option<usize> {
    seen.only(|choice| ints(choice).first().is_some_and(|n| test(*n)))
}

fn tens_and_ones(seen: &Seen) -> Option<usize> {
    let mut blocks = 0;
    for found in re(r"(\d) (thousand|hundred|ten|one)s?\b").captures_iter(seen.stem) {
        let size = match &found[2] {
            "thousand" => 1_000,
            "hundred" => 100,
            "ten" => 10,
            _ => 1,
        };
        for _ in 0..found[1].parse::<i128>().unwrap() {
            blocks += size;
        }
    }
    seen.worth(blocks.into())
}

fn digit_value(seen: &Seen) -> Option<usize> {
    let digit = find(seen.stem, r"digit {N}\b")?[0].0.to_string();
    let whole = ints(seen.stem).into_iter().max()?.to_string();
    assert_eq!(whole.matches(&digit).count(), 1);
    let alone: String = whole.chars().map(|c| if digit.contains(c) { c } else { '0' }).collect();
    seen.worth(alone.parse::<i128>().ok()?.into())
}

/// The value of number words.
fn value(words: &str) -> i128 {
    let (mut sum, mut part) = (0, 0);
    for word in words.replace('-', " ").split_whitespace() {
        match word {
            "thousand" => {
                sum += part * 1_000;
                part = 0;
            }
            "hundred" => part *= 100,
            word => {
                let ones = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen";
                let tens = "zero ten twenty thirty forty fifty sixty seventy eighty ninety";
                let at = |list: &str| list.split(' ').position(|one| one == word).map(|at| at as i128);
                part += at(ones).or_else(|| at(tens).map(|at| at * 10)).unwrap();
            }
        }
    }
    sum + part
}

fn number_words(seen: &Seen) -> Option<usize> {
    let said = &re(r"(?:number is|the number|sign says) ([a-z][a-z -]+?)[.?]").captures(seen.stem)?[1];
    seen.worth(value(said).into())
}

fn ten_more(seen: &Seen) -> Option<usize> {
    let (step, from, up) = if let Some(n) = find(seen.stem, r"shows {N}\. It goes (?:up|down) by {N}\.") {
        (n[1], n[0], seen.stem.contains(" up "))
    } else {
        let n = find(seen.stem, r"{N} (?:more|less) than {N}\b")?;
        (n[0], n[1], seen.stem.contains(" more "))
    };
    fits(seen, |n| if up { Frac::from(n).minus(from) == step } else { from.minus(n.into()) == step })
}

fn compare(seen: &Seen) -> Option<usize> {
    let all = ints(seen.stem);
    assert_eq!(all.len(), 4);
    let most = seen.stem.contains("greatest");
    fits(seen, |n| all.contains(&n) && all.iter().all(|k| if most { *k <= n } else { *k >= n }))
}

fn even_odd(seen: &Seen) -> Option<usize> {
    let even = re(r"\beven\b|none left over").is_match(seen.stem);
    assert_ne!(even, re(r"\bodd\b|leaves one sock").is_match(seen.stem));
    // Even numbers have a half.
    fits(seen, |n| (Frac::of(n, 2).1 == 1) == even)
}

fn rounding(seen: &Seen) -> Option<usize> {
    let unit = if seen.stem.contains("nearest ten") { 10 } else { 100 };
    let n = ints(seen.stem)[0];
    let near = (0..=n + unit).filter(|k| k % unit == 0).min_by_key(|k| (k - n).abs())?;
    seen.worth(near.into())
}

fn add(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem);
    fits(seen, |sum| sum - n[1] == n[0])
}

fn subtract(seen: &Seen) -> Option<usize> {
    let n: Vec<i128> = ints(&seen.stem.replace('\u{2212}', "and"));
    let (large, less) = (n[0].max(n[1]), n[0].min(n[1]));
    fits(seen, |left| left + less == large)
}

fn equal_groups(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem);
    seen.worth((0..n[0]).map(|_| n[1]).sum::<i128>().into())
}

fn share(seen: &Seen) -> Option<usize> {
    let digits =
        re(r"^(Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve) children").captures(seen.stem);
    let n = ints(seen.stem);
    let (all, parts) = match digits {
        Some(found) => (n[0], value(&found[1].to_lowercase())),
        None => (n[0].max(n[1]), n[0].min(n[1])),
    };
    // Dealt out in turns.
    let (all, parts) = if re(r"on \d+ plates|into \d+ equal|in each bag").is_match(seen.stem) {
        (n[0], n[1])
    } else {
        (all, parts)
    };
    let (mut left, mut each) = (all, 0);
    while left >= parts {
        left -= parts;
        each += 1;
    }
    assert_eq!(left, 0);
    seen.worth(each.into())
}

fn fraction(seen: &Seen) -> Option<usize> {
    let figure = seen.figure?;
    let parts = find(figure, r"into {N} parts")?[0];
    let found = re(r"(\w+) of them (?:is|are) (\w+)\.").captures(figure)?;
    let colored = Frac::from(value(&found[1].to_lowercase()));
    let asked = &re(r"is (\w+)\?$").captures(seen.stem)?[1];
    let part = if *asked == found[2] { colored } else { parts.minus(colored) };
    seen.worth(part.over(parts))
}

fn missing(seen: &Seen) -> Option<usize> {
    let found = re(r"(\d+|____) ([+\u{2212}×]) (\d+|____) = (\d+)").captures(seen.stem)?;
    fits(seen, |n| {
        let side = |text: &str| text.parse().unwrap_or(n);
        let (a, b) = (side(&found[1]), side(&found[3]));
        let result = match &found[2] {
            "+" => a + b,
            "×" => a * b,
            _ => a - b,
        };
        result == found[4].parse::<i128>().unwrap()
    })
}

fn next_number(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem);
    assert_eq!(n.len(), 4);
    assert!(n[1] - n[0] == n[2] - n[1] && n[2] - n[1] == n[3] - n[2]);
    // In such a pattern each number is the mean of its neighbors.
    fits(seen, |next| n[2] + next == 2 * n[3])
}

fn next_shape(seen: &Seen) -> Option<usize> {
    let list = re(r"\w+(?:, \w+){3,}").find(seen.stem)?.as_str();
    let all: Vec<&str> = list.split(", ").collect();
    let period = (1..=all.len()).find(|p| (*p..all.len()).all(|at| all[at] == all[at - p]))?;
    assert!(2 * period <= all.len());
    seen.says(all[all.len() - period])
}

fn sentence(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem);
    let wanted = match seen.stem {
        s if s.contains("gets") => n[0] + n[1],
        s if s.contains("gives away") || s.contains("needs") => n[0] - n[1],
        s if s.contains("boxes with") => (0..n[0]).map(|_| n[1]).sum(),
        _ => return None,
    };
    seen.only(|choice| {
        let found = re(r"(\d+) ([+\u{2212}×]) (\d+)").captures(choice).unwrap();
        let (a, b): (i128, i128) = (found[1].parse().unwrap(), found[3].parse().unwrap());
        wanted
            == match &found[2] {
                "+" => a + b,
                "×" => a * b,
                _ => a - b,
            }
    })
}

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
        s if re(r"party hat|snow cone").is_match(s) => "cone",
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
