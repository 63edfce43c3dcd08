//! Geometry: angles of all kinds.

use super::Solver;
use super::read::{Frac, Seen, find, numbers, re};

pub const SOLVERS: &[(&str, Solver)] = &[
    ("angle-on-a-line", |seen| fills(seen, 180)),
    ("angles-around-a-point", |seen| fills(seen, 360)),
    ("crossing-lines", crossing),
    ("vertical-angles-with-x", with_x),
    ("third-angle-of-a-triangle", |seen| fills(seen, 180)),
    ("isosceles-triangle-angle", isosceles),
    ("triangle-angles-in-a-ratio", ratio),
    ("parallel-lines-angle", parallel),
    ("outer-angle-of-a-triangle", outer),
    ("polygon-missing-angle", missing),
    ("regular-polygon-angle", regular),
    ("compare-angles", compare),
];

fn whole(n: Frac) -> i128 {
    assert_eq!(n.1, 1, "a whole number");
    n.0
}

/// Every number of degrees of a text.
fn degrees(text: &str) -> Vec<i128> {
    re(r"(\d+)°").captures_iter(text).map(|found| found[1].parse().unwrap()).collect()
}

/// The choice that fills the known angles up to a total.
fn fills(seen: &Seen, total: i128) -> Option<usize> {
    let text = seen.figure.unwrap_or(seen.stem);
    let mut known: i128 = degrees(text).iter().sum();
    if re(r"right angle|right triangle|straight up").is_match(text) {
        known += 90;
    }
    seen.only(|choice| numbers(choice)[0].plus(known.into()) == total.into())
}

fn crossing(seen: &Seen) -> Option<usize> {
    let a = degrees(seen.figure?)[0];
    let asked: Vec<usize> =
        re(r"angle (\d)").captures_iter(seen.stem).map(|found| found[1].parse().unwrap()).collect();
    // Walking around the point, an angle and the next one always make a straight line.
    let mut around = vec![a];
    while around.len() < 4 {
        around.push(180 - around[around.len() - 1]);
    }
    seen.worth(asked.iter().map(|n| around[n - 1]).sum::<i128>().into())
}

fn with_x(seen: &Seen) -> Option<usize> {
    let terms: Vec<(i128, i128)> = re(r"\((\d+)x ([+\u{2212}]) (\d+)\)")
        .captures_iter(seen.stem)
        .map(|found| {
            let sign = if &found[2] == "+" { 1 } else { -1 };
            (found[1].parse().unwrap(), sign * found[3].parse::<i128>().unwrap())
        })
        .collect();
    let (p, q) = (terms[0], terms[1]);
    let opposite = re("opposite|straight across").is_match(seen.stem);
    let fits = |x: &i128| {
        let (one, two) = (p.0 * x + p.1, q.0 * x + q.1);
        one > 0 && two > 0 && if opposite { one == two } else { one + two == 180 }
    };
    let x = (1..180).find(fits)?;
    seen.worth((p.0 * x + p.1).into())
}

fn isosceles(seen: &Seen) -> Option<usize> {
    let given = Frac::from(degrees(seen.stem)[0]);
    let between = re("angle between the equal").is_match(seen.stem);
    seen.only(|choice| {
        let c = numbers(choice)[0];
        if between { c.plus(c).plus(given) == 180.into() } else { given.plus(given).plus(c) == 180.into() }
    })
}

fn ratio(seen: &Seen) -> Option<usize> {
    let n = find(seen.stem, r"ratio {N} to {N} to {N}[. ,]")?;
    let part = (1..=180).find(|part| n.iter().map(|k| whole(*k) * part).sum::<i128>() == 180)?;
    let mut angles: Vec<i128> = n.iter().map(|k| whole(*k) * part).collect();
    angles.sort_unstable();
    let at = ["smallest", "middle-sized", "largest"].iter().position(|word| seen.stem.contains(word))?;
    seen.worth(angles[at].into())
}

fn parallel(seen: &Seen) -> Option<usize> {
    let figure = seen.figure?;
    let given = degrees(figure)[0];
    let places: Vec<(bool, bool)> = re(r"angle \d lies (above|below) the line and (left|right)")
        .captures_iter(figure)
        .map(|found| (&found[1] == "above", &found[2] == "right"))
        .collect();
    // The slanting line rises to the right: above right and below left are alike, and so are the other two.
    let alike = |place: (bool, bool)| place.0 == place.1;
    seen.worth((if alike(places[0]) == alike(places[1]) { given } else { 180 - given }).into())
}

fn outer(seen: &Seen) -> Option<usize> {
    let known = degrees(seen.stem);
    if seen.stem.contains("remaining corner") {
        return seen.only(|choice| numbers(choice)[0].plus(known[1].into()) == known[0].into());
    }
    // Beside the third angle on a straight line.
    seen.only(|choice| {
        let third = Frac::from(180).minus(numbers(choice)[0]);
        third.plus(known[0].into()).plus(known[1].into()) == 180.into()
    })
}

fn missing(seen: &Seen) -> Option<usize> {
    let known = degrees(seen.stem);
    // Walking around a polygon one turns by 180 less the angle at each corner, and in all by 360.
    let turned: i128 = known.iter().map(|angle| 180 - angle).sum();
    seen.only(|choice| numbers(choice)[0] == Frac::from(180 - (360 - turned)))
}

fn sides(text: &str) -> Option<i128> {
    if let Some(n) = find(text, r"(?:with|has) {N} (?:straight )?sides") {
        return Some(whole(n[0]));
    }
    let names = [("pentagon", 5), ("hexagon", 6), ("octagon", 8), ("nonagon", 9), ("decagon", 10)];
    names.iter().find(|(name, _)| text.contains(name)).map(|(_, n)| *n)
}

fn regular(seen: &Seen) -> Option<usize> {
    let stem = seen.stem;
    if let Some(angle) = find(stem, r"exterior angles measures {N}°") {
        return seen.only(|choice| numbers(choice)[0].times(angle[0]) == 360.into());
    }
    if let Some(angle) = find(stem, r"interior angles measures {N}°") {
        return seen.only(|choice| {
            let n = numbers(choice)[0];
            n.times(angle[0]) == n.minus(2.into()).times(180.into())
        });
    }
    let n = sides(stem)?;
    let sum: i128 = (3..=n).map(|_| 180).sum();
    if re("sum of the interior|adds up all|add up to").is_match(stem) {
        return seen.worth(sum.into());
    }
    seen.only(|choice| numbers(choice)[0].times(n.into()) == sum.into())
}

fn compare(seen: &Seen) -> Option<usize> {
    let limit = find(seen.stem, r"Column B: {N}°")?[0];
    let given = seen.stem.lines().next()?;
    let known = degrees(given);
    // Every triangle of half degrees that fits what is given, in halves.
    let mut verdicts: Vec<_> = Vec::new();
    for a in 1..358 {
        for b in a..359 - a {
            let c = 360 - a - b;
            if c < b {
                continue;
            }
            let mut left = vec![a, b, c];
            let mut need: Vec<i128> = known.iter().map(|n| 2 * n).collect();
            if given.contains("right triangle") {
                need.push(180);
            }
            if given.contains("measure") && given.contains("each") {
                need.push(need[0]);
            }
            let has_all =
                need.iter().all(|n| left.iter().position(|m| m == n).map(|at| left.remove(at)).is_some());
            if !has_all || (given.contains("isosceles") && a != b && b != c) {
                continue;
            }
            let asked = match () {
                () if seen.stem.contains("largest angle") => c,
                () if seen.stem.contains("smallest angle") => a,
                () => left[0],
            };
            verdicts.push(seen.compare(Some((Frac::of(asked, 2), limit)))?);
        }
    }
    verdicts.dedup();
    match verdicts[..] {
        [one] => Some(one),
        [] => None,
        _ => Some(3),
    }
}
