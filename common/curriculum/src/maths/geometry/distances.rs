//! Distances, midpoints and areas on the coordinate plane.

use super::{geometry, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, int, point};
use crate::item::Misconception;
use crate::level::Level::{Middle, Upper};
use crate::level::Section::Mathematics;
use crate::story::count;

pub const TEMPLATES: &[Template] = &[
    geometry("distance-of-points", "geometry.distance-midpoint", &[Mathematics], &[Middle, Upper], distance),
    geometry("midpoint-or-end", "geometry.distance-midpoint", &[Mathematics], &[Middle, Upper], midpoint),
];

fn at(x: i64, y: i64) -> String {
    point(x, y).text
}

const SWAPS: Misconception = slip("swaps-x-and-y", "mixes up the x-coordinate and the y-coordinate");

const WRONG_WAY: Misconception = slip("moves-the-wrong-way", "moves in the opposite direction");

fn minus(n: i64) -> String {
    int(n).text
}

const TRIPLES: [(i64, i64, i64); 6] =
    [(3, 4, 5), (6, 8, 10), (5, 12, 13), (9, 12, 15), (8, 15, 17), (12, 16, 20)];

fn distance(g: &mut Gen) -> Option<Draft> {
    let (x, y) = (g.int(-8..=6), g.int(-8..=6));
    let (mut dx, mut dy, key) = if g.level() == Upper {
        let (a, b, c) = g.pick(&TRIPLES);
        if g.one_in(2) { (a, b, c) } else { (b, a, c) }
    } else {
        let d = g.int(5..=15);
        if g.one_in(2) { (d, 0, d) } else { (0, d, d) }
    };
    if g.one_in(2) {
        dx = -dx;
    }
    if g.one_in(2) {
        dy = -dy;
    }
    let (p, q) = ((x, y), (x + dx, y + dy));
    if g.level() == Middle && (p.0 * q.0 >= 0 && p.1 * q.1 >= 0) {
        return None;
    }
    let child = g.child();
    let (from, to) = (at(p.0, p.1), at(q.0, q.1));
    let stem = match g.int(0..=2) {
        0 => format!("What is the distance in units between the points {from} and {to}?"),
        1 => format!(
            "On a map with a grid of miles, {}'s house is at {from} and the library is at {to}. How many miles apart are they in a straight line?",
            child.name
        ),
        _ => format!("A line segment runs from {from} to {to}. How many units long is it?"),
    };
    let (ax, ay) = (dx.abs(), dy.abs());
    let draft = Draft::new(stem).key(int(key));
    Some(if g.level() == Upper {
        draft
            .wrong(
                int(ax + ay),
                slip("walks-the-grid", "adds the two legs instead of using the straight line"),
            )
            .wrong(int(key * key), slip("forgets-the-root", "forgets to take the square root at the end"))
            .wrong(int((ax - ay).abs()), slip("subtracts-legs", "subtracts one leg from the other"))
            .wrong(int(ax.max(ay)), slip("longer-leg-only", "uses only the longer of the two legs"))
            .hint("How far apart are the points from left to right, and how far up and down?")
            .hint("Those two distances are the legs of a right triangle. The segment is its longest side.")
            .step(format!("The x-coordinates are {ax} apart."), int(ax))
            .step(format!("The y-coordinates are {ay} apart."), int(ay))
            .step(format!("The squares add up to {} + {} = {}.", ax * ax, ay * ay, key * key), int(key * key))
            .step(format!("The square root of {} is {key}.", key * key), int(key))
    } else {
        let (from, to) = if ay == 0 { (p.0, q.0) } else { (p.1, q.1) };
        let fixed = if ay == 0 { p.1 } else { p.0 };
        let far = (from.abs() - to.abs()).abs();
        draft
            .wrong(int(far), slip("ignores-signs", "leaves the minus signs out and subtracts"))
            .wrong(
                int(key + 1),
                slip("counts-points-not-steps", "counts the grid points instead of the steps between them"),
            )
            .wrong(
                int(key - 1),
                slip("counts-points-between", "counts only the grid points between the two ends"),
            )
            .wrong(
                int(key + 2 * fixed.abs()),
                slip("adds-the-shared-coordinate", "brings in the coordinate that both points share"),
            )
            .hint("One coordinate is the same for both points. Look at the other one.")
            .hint("How far is each point from the axis that lies between them?")
            .say(format!(
                "One point is {} from the axis and the other is {} on the other side.",
                count(from.abs(), "unit", "units"),
                count(to.abs(), "unit", "units")
            ))
            .step(format!("Together that is {} + {} = {key}.", from.abs(), to.abs()), int(key))
    })
}

fn midpoint(g: &mut Gen) -> Option<Draft> {
    let (mx, my) = (g.int(-6..=8), g.int(-6..=8));
    let (dx, dy) = (g.int(-7..=7), g.int(-7..=7));
    if dx == 0 || dy == 0 || dx.abs() == dy.abs() {
        return None;
    }
    let (p, q) = ((mx - dx, my - dy), (mx + dx, my + dy));
    let (from, to, middle) = (at(p.0, p.1), at(q.0, q.1), at(mx, my));
    let child = g.child();
    let find_end = g.level() == Upper && g.one_in(2);
    let draft = if find_end {
        Draft::new(match g.int(0..=2) {
            0 => format!("The midpoint of a segment is {middle}, and one end of the segment is {from}. Where is the other end?"),
            1 => format!("On a grid map, a rest stop at {middle} lies exactly halfway along the straight path from a camp at {from} to a lake. Where is the lake?"),
            _ => format!("{} draws a circle with its center at {middle}. One end of a diameter is at {from}. Where is the other end of it?", child.name),
        })
        .key(point(q.0, q.1))
        .wrong(point(Q::new(mx + p.0, 2), Q::new(my + p.1, 2)), slip("finds-the-middle-again", "finds the middle between the two given points"))
        .wrong(point(mx - p.0, my - p.1), slip("gives-the-step", "gives the step from the end to the middle"))
        .wrong(point(2 * p.0 - mx, 2 * p.1 - my), WRONG_WAY)
        .wrong(point(mx + p.0, my + p.1), slip("adds-the-points", "adds the coordinates of the two points"))
        .wrong(point(q.1, q.0), SWAPS)
        .hint("How do x and y change on the way from the end to the midpoint?")
        .hint("Take the same step once more, starting from the midpoint.")
        .say(format!("From {from} to the midpoint, x changes by {} and y changes by {}.", minus(dx), minus(dy)))
        .say(format!("The same step again leads from {middle} to {to}."))
    } else {
        Draft::new(match g.int(0..=2) {
            0 => format!("What is the midpoint of the segment from {from} to {to}?"),
            1 => format!("Two trees stand at {from} and {to} on a grid map. {} buries a box exactly halfway between them. Where is the box?", child.name),
            _ => format!("The ends of a diameter of a circle are at {from} and {to}. Where is the center of the circle?"),
        })
        .key(point(mx, my))
        .wrong(point(p.0 + q.0, p.1 + q.1), slip("forgets-to-halve", "adds the coordinates and forgets to halve the sums"))
        .wrong(point(dx.abs(), dy.abs()), slip("halves-the-difference", "halves the differences of the coordinates instead of the sums"))
        .wrong(point(2 * dx.abs(), 2 * dy.abs()), slip("subtracts-coordinates", "subtracts the coordinates"))
        .wrong(point(my, mx), SWAPS)
        .hint("The midpoint is halfway across and halfway up.")
        .hint("Find the average of the two x-coordinates, and the average of the two y-coordinates.")
        .step(format!("The x-coordinates {} and {} add up to {}, and half of that is {}.", minus(p.0), minus(q.0), minus(2 * mx), minus(mx)), int(mx))
        .step(format!("The y-coordinates {} and {} add up to {}, and half of that is {}.", minus(p.1), minus(q.1), minus(2 * my), minus(my)), int(my))
        .say(format!("The midpoint is {middle}."))
    };
    Some(draft)
}
