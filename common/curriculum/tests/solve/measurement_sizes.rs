//! Measurement: perimeter, area, volume, surface, rates and maps.

use super::Solver;
use super::read::{Frac, Seen, find, number, numbers, re};

pub const SOLVERS: &[(&str, Solver)] = &[
    ("fence-or-cover", fence),
    ("missing-side", missing),
    ("tiles-on-a-floor", tiles),
    ("box-volume", volume),
    ("box-surface", surface),
    ("cylinder-volume", cylinder),
    ("water-level", water),
    ("speed-distance-time", speed),
    ("average-speed", average),
    ("speed-in-other-units", other_units),
    ("map-scale", map),
    ("filling-rate", filling),
    ("compare-speeds", compare),
];

fn whole(n: Frac) -> i128 {
    assert_eq!(n.1, 1, "a whole number");
    n.0
}

fn fence(seen: &Seen) -> Option<usize> {
    let n: Vec<i128> = numbers(seen.stem).into_iter().map(whole).collect();
    let (w, h, price) = (n[0], n[1], n[2]);
    let mut pieces = 0;
    if re("fence|border").is_match(seen.stem) {
        for _ in 0..2 {
            pieces += (0..w).count() + (0..h).count();
        }
    } else {
        pieces = (0..w).flat_map(|x| (0..h).map(move |y| (x, y))).count();
    }
    seen.worth((pieces as i128 * price).into())
}

fn missing(seen: &Seen) -> Option<usize> {
    let n: Vec<i128> = numbers(seen.stem).into_iter().map(whole).collect();
    let (total, side) = (n[0], n[1]);
    let first = seen.stem.split(['.', '?']).next()?;
    let from_area = first.contains("square ");
    let other =
        (1..2000).find(|h| if from_area { side * h == total } else { side + h + side + h == total })?;
    let question = seen.stem.rsplit(". ").next()?;
    seen.worth(
        match () {
            () if question.contains("perimeter") => side + side + other + other,
            () if question.contains("area") => side * other,
            () => other,
        }
        .into(),
    )
}

fn tiles(seen: &Seen) -> Option<usize> {
    let floor = find(seen.stem, r"{N} feet by {N} feet")?;
    let tile = find(seen.stem, r"{N} inches")?[0];
    // In square inches.
    let area = floor[0].times(12.into()).times(floor[1].times(12.into()));
    seen.only(|choice| numbers(choice)[0].times(tile.times(tile)) == area)
}

fn volume(seen: &Seen) -> Option<usize> {
    let n = numbers(seen.figure?);
    if seen.figure?.contains("marked x") {
        let v = find(seen.stem, r"{N} cubic")?[0];
        return seen.only(|choice| numbers(choice)[0].times(n[0]).times(n[1]) == v);
    }
    let mut cubes: i128 = 0;
    for _ in 0..whole(n[2]) {
        for _ in 0..whole(n[1]) {
            cubes += whole(n[0]);
        }
    }
    seen.worth(cubes.into())
}

fn surface(seen: &Seen) -> Option<usize> {
    let n: Vec<i128> = numbers(seen.figure?).into_iter().map(whole).collect();
    let (l, w, h) = (n[0], n[1], n[2]);
    let open = seen.figure?.contains("no lid");
    // A band around the four sides, and the ends.
    let band = (l + w + l + w) * h;
    seen.worth((band + l * w * if open { 1 } else { 2 }).into())
}

fn cylinder(seen: &Seen) -> Option<usize> {
    let stem = seen.stem;
    let h = find(stem, r"height(?: of| is|, is) {N}").map(|n| n[0])?;
    let across = find(stem, r"diameter (?:of (?:a \w+ is )?|is ){N}").map(|n| n[0]);
    let across = across.or_else(|| {
        let r = find(stem, r"radius (?:of (?:a \w+ is )?|is ){N}")?[0];
        Some(r.plus(r))
    })?;
    // A fourth of the box around the cylinder, times π; the cone is a third of that.
    let share = if stem.contains("cone") { 12 } else { 4 };
    let want = across.times(across).times(h).over(share.into());
    seen.only(|choice| {
        let before = choice.split('π').next().unwrap();
        (if before.is_empty() { Some(1.into()) } else { number(before) }) == Some(want)
    })
}

fn water(seen: &Seen) -> Option<usize> {
    let bottoms: Vec<Vec<Frac>> = re(r"(\d+) \w+ by (\d+)")
        .captures_iter(seen.stem)
        .map(|found| vec![number(&found[1]).unwrap(), number(&found[2]).unwrap()])
        .collect();
    let deep = find(seen.stem, r"(?:water|water was|sand) {N} \w+ deep")?[0];
    let (one, two) = (&bottoms[0], &bottoms[1]);
    seen.only(|choice| numbers(choice)[0].times(two[0]).times(two[1]) == one[0].times(one[1]).times(deep))
}

/// Hours and minutes, in hours.
fn hours(text: &str) -> Option<Frac> {
    let found = re(r"(\d+) hours?(?: (\d+) minutes?)?").captures(text)?;
    let minutes = found.get(2).map_or(0, |m| m.as_str().parse::<i128>().unwrap());
    Some(Frac::of(found[1].parse::<i128>().unwrap() * 60 + minutes, 60))
}

fn speed(seen: &Seen) -> Option<usize> {
    let stem = seen.stem;
    let rate = find(stem, r"{N} miles per hour").map(|n| n[0]);
    let distance = find(stem, r"(?:travels|trip of) {N} miles").map(|n| n[0]);
    seen.only(|choice| {
        let c = numbers(choice)[0];
        match (rate, distance) {
            (Some(rate), Some(distance)) => rate.times(c) == distance.times(60.into()),
            (Some(rate), None) => hours(stem).is_some_and(|time| c.over(time) == rate),
            (None, Some(distance)) => hours(stem).is_some_and(|time| c.times(time) == distance),
            (None, None) => false,
        }
    })
}

fn average(seen: &Seen) -> Option<usize> {
    let stem = seen.stem;
    let rates: Vec<Frac> =
        re(r"(\d+) miles per hour").captures_iter(stem).map(|n| number(&n[1]).unwrap()).collect();
    let times: Vec<Frac> =
        re(r"(\d+) hours?\b").captures_iter(stem).map(|n| number(&n[1]).unwrap()).collect();
    let (time, distance) = if times.is_empty() {
        let way = find(stem, r"{N} miles (?:to|down)")?[0];
        (way.over(rates[0]).plus(way.over(rates[1])), way.plus(way))
    } else {
        (times[0].plus(times[1]), rates[0].times(times[0]).plus(rates[1].times(times[1])))
    };
    seen.only(|choice| numbers(choice)[0].times(time) == distance)
}

/// A unit of speed in inches or millimeters an hour.
fn per_hour(unit: &str) -> Frac {
    Frac::from(match unit {
        "miles per hour" => 5_280 * 12,
        "feet per second" => 12 * 3_600,
        "yards per minute" => 36 * 60,
        "meters per second" => 1_000 * 3_600,
        "kilometers per hour" => 1_000_000,
        other => panic!("the unit {other}"),
    })
}

fn other_units(seen: &Seen) -> Option<usize> {
    let units: Vec<String> = re(r"\w+ per \w+").find_iter(seen.stem).map(|m| m.as_str().to_owned()).collect();
    let have = find(seen.stem, r"{N} \w+ per")?[0];
    seen.only(|choice| numbers(choice)[0].times(per_hour(&units[1])) == have.times(per_hour(&units[0])))
}

fn map(seen: &Seen) -> Option<usize> {
    let scale = re(r"(\d+) (\w+) for every (\d+) (\w+)").captures(seen.stem)?;
    let (small, large) = (number(&scale[1])?, number(&scale[3])?);
    let rest = seen.stem.replace(&scale[0], "");
    let given = re(r"(\d[\d,]*(?:\.\d+)?) (inch|inches|centimeters?|miles?|kilometers?|feet|foot|meters?)\b")
        .captures(&rest)?;
    let value = number(&given[1])?;
    let on_paper = given[2].starts_with("inch") || given[2].starts_with("centimeter");
    seen.only(|choice| {
        let c = numbers(choice)[0];
        // The same number of scale lengths on paper and in reality.
        if on_paper { c.over(large) == value.over(small) } else { c.over(small) == value.over(large) }
    })
}

fn filling(seen: &Seen) -> Option<usize> {
    let n = numbers(seen.stem);
    let (amount, time, other) =
        if seen.stem.starts_with("In ") { (n[1], n[0], n[2]) } else { (n[0], n[1], n[2]) };
    let find_time = seen.stem.contains("how many minutes");
    seen.only(|choice| {
        let c = numbers(choice)[0];
        if find_time { amount.times(c) == other.times(time) } else { c.times(time) == amount.times(other) }
    })
}

fn compare(seen: &Seen) -> Option<usize> {
    let n = numbers(seen.stem.lines().next()?);
    if n.len() == 2 {
        return seen.compare(None);
    }
    // Cross multiplied.
    seen.compare(Some((n[0].times(n[3]), n[2].times(n[1]))))
}
