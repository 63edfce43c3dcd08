//! Tables and the coordinate plane.

use super::super::Solver;
use super::super::expr::{formulas, holds};
use super::super::read::{Frac, Seen, find, number, numbers, re};

pub const SOLVERS: &[(&str, Solver)] = &[
    ("function-table-missing", table_missing),
    ("function-table-equation", table_equation),
    ("plane-read-point", read_point),
    ("plane-fourth-corner", fourth_corner),
    ("plane-move-point", move_point),
    ("slope-two-points", slope),
    ("line-equation", line_equation),
    ("point-on-line", point_on_line),
];

type Point = (Frac, Frac);

/// The rows of a table with two columns; the last may lack its second number.
fn rows(figure: &str) -> Vec<(Frac, Option<Frac>)> {
    figure
        .split_once("shows ")
        .unwrap()
        .1
        .split(';')
        .map(|row| {
            let (left, right) = row.split_once(',').unwrap();
            (numbers(left)[0], numbers(right).first().copied())
        })
        .collect()
}

/// Whether three points lie on one straight line.
fn straight(a: Point, b: Point, c: Point) -> bool {
    b.1.minus(a.1).times(c.0.minus(a.0)) == c.1.minus(a.1).times(b.0.minus(a.0))
}

fn points(text: &str) -> Vec<Point> {
    re(r"\(([\u{2212}\d]+), ([\u{2212}\d]+)\)")
        .captures_iter(text)
        .map(|found| (number(&found[1]).unwrap(), number(&found[2]).unwrap()))
        .collect()
}

fn table_missing(seen: &Seen) -> Option<usize> {
    let rows = rows(seen.figure?);
    let known: Vec<Point> = rows.iter().filter_map(|(x, y)| Some((*x, (*y)?))).collect();
    let asked = rows.iter().find(|(_, y)| y.is_none())?.0;
    assert!(numbers(seen.stem).contains(&asked) && straight(known[0], known[1], known[2]));
    seen.only(|choice| straight(known[0], known[2], (asked, number(choice).unwrap())))
}

fn table_equation(seen: &Seen) -> Option<usize> {
    let rows = rows(seen.figure?);
    seen.only(|choice| rows.iter().all(|(x, y)| holds(choice, &[('x', *x), ('y', y.unwrap())]) == Some(true)))
}

/// Where a walk described in words leads.
fn walk(text: &str) -> Point {
    let mut at = (Frac(0, 1), Frac(0, 1));
    for found in re(r"(\d+) (?:units?|blocks?) (to the right|to the left|up|down)").captures_iter(text) {
        let by = number(&found[1]).unwrap();
        match &found[2] {
            "to the right" => at.0 = at.0.plus(by),
            "to the left" => at.0 = at.0.minus(by),
            "up" => at.1 = at.1.plus(by),
            _ => at.1 = at.1.minus(by),
        }
    }
    at
}

fn at_point(seen: &Seen, point: Point) -> Option<usize> {
    seen.only(|choice| points(choice) == [point])
}

fn read_point(seen: &Seen) -> Option<usize> {
    let name = re(r"point ([A-Z])").captures(seen.stem)?[1].to_owned();
    let way = seen.figure?.split("to point ").find(|part| part.starts_with(&format!("{name} ")))?;
    at_point(seen, walk(way))
}

fn fourth_corner(seen: &Seen) -> Option<usize> {
    let given = points(seen.stem);
    assert_eq!(given, points(seen.figure?));
    let [a, b, c] = given[..] else { return None };
    // Right angles at B and at the new corner, and equal opposite sides.
    let square = |p: Point, q: Point| {
        let (x, y) = (p.0.minus(q.0), p.1.minus(q.1));
        x.times(x).plus(y.times(y))
    };
    seen.only(|choice| {
        let d = points(choice)[0];
        square(a, b) == square(c, d) && square(b, c) == square(d, a) && square(a, c) == square(b, d)
    })
}

fn move_point(seen: &Seen) -> Option<usize> {
    let start = points(seen.stem)[0];
    let by = walk(seen.stem);
    at_point(seen, (start.0.plus(by.0), start.1.plus(by.1)))
}

fn slope(seen: &Seen) -> Option<usize> {
    let text = seen.stem;
    let (a, b) = if let Some(n) =
        find(text, r"holds {N} gallons after {N} minutes? and {N} gallons after {N} minutes")
    {
        ((n[1], n[0]), (n[3], n[2]))
    } else if let Some(n) =
        find(text, r"By hour {N} it has packed {N} boxes, and by hour {N} it has packed {N} boxes")
    {
        ((n[0], n[1]), (n[2], n[3]))
    } else {
        let found = points(text);
        (found[0], found[1])
    };
    // From the first point, the slope must lead to the second.
    seen.only(|choice| number(choice).unwrap().times(b.0.minus(a.0)).plus(a.1) == b.1)
}

fn line_equation(seen: &Seen) -> Option<usize> {
    let mut through = points(seen.stem);
    if let Some(n) = find(seen.stem, r"slope of {N}") {
        let p = through[0];
        through.push((p.0.plus(Frac(1, 1)), p.1.plus(n[0])));
    }
    assert_eq!(through.len(), 2);
    seen.only(|choice| through.iter().all(|(x, y)| holds(choice, &[('x', *x), ('y', *y)]) == Some(true)))
}

fn point_on_line(seen: &Seen) -> Option<usize> {
    let rule = *formulas(seen.stem, &['=']).first()?;
    seen.only(|choice| {
        let (x, y) = points(choice)[0];
        holds(rule, &[('x', x), ('y', y)]) == Some(true)
    })
}
