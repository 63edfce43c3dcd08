//! Graphs, plots, tables and diagrams.

use super::super::Solver;
use super::super::read::{Frac, Seen, find, re};
use super::{first, ints, median};

pub const SOLVERS: &[(&str, Solver)] = &[
    ("bar-graph-reading", bar_graph),
    ("pictograph-reading", pictograph),
    ("line-graph-steepest", line_graph),
    ("circle-graph-amount", circle_graph),
    ("circle-graph-angle", circle_angle),
    ("dot-plot-reading", dot_plot),
    ("stem-and-leaf-plot", stem_plot),
    ("box-plot-reading", box_plot),
    ("histogram-share", histogram),
    ("two-way-table-missing", two_way_missing),
    ("two-way-table-chance", two_way_chance),
    ("venn-overlap", venn),
];

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
