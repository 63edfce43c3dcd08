//! Points of the coordinate plane.

use super::write::{n, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::point;
use crate::figure::Picture;
use crate::level::Level::{Lower, Middle};
use crate::level::Section::{Mathematics, Quantitative};
use crate::level::Strand;
use crate::story::count;

pub const TEMPLATES: &[Template] = &[
    Template {
        id: "plane-read-point",
        skill: "algebra.coordinates",
        strand: Strand::Algebra,
        sections: &[Mathematics],
        levels: &[Lower, Middle],
        make: read_point,
    },
    Template {
        id: "plane-fourth-corner",
        skill: "algebra.coordinates",
        strand: Strand::Algebra,
        sections: &[Mathematics, Quantitative],
        levels: &[Lower, Middle],
        make: fourth_corner,
    },
    Template {
        id: "plane-move-point",
        skill: "algebra.coordinates",
        strand: Strand::Algebra,
        sections: &[Mathematics, Quantitative],
        levels: &[Lower, Middle],
        make: move_point,
    },
];

/// A plane with the numbers from `low` to `high` on both axes and named points.
pub fn plane(low: i64, high: i64, description: String, points: &[(&str, i64, i64)]) -> Picture {
    let cell = 24;
    let at = |x: i64, y: i64| (30 + (x - low) * cell, 30 + (high - y) * cell);
    let side = 60 + (high - low) * cell;
    let mut picture = Picture::new(side, side, description);
    for k in low..=high {
        picture = picture.dashed(at(k, low), at(k, high)).dashed(at(low, k), at(high, k));
    }
    picture = picture.line(at(low, 0), at(high, 0)).line(at(0, low), at(0, high));
    for k in (low..=high).filter(|k| *k != 0 && k % 2 == 0) {
        let (x, y) = at(k, 0);
        picture = picture.label(x, y + 16, &n(k));
        let (x, y) = at(0, k);
        picture = picture.label(x - 12, y + 5, &n(k));
    }
    let ((x, y), (up_x, up_y)) = (at(high, 0), at(0, high));
    picture = picture.label(x + 14, y + 5, "x").label(up_x, up_y - 10, "y");
    for &(name, px, py) in points {
        let (x, y) = at(px, py);
        picture = picture.dot(x, y).label(x + 12, y - 6, name);
    }
    picture
}

/// `3 units to the right and 2 units down`.
fn way(x: i64, y: i64) -> String {
    let part = |distance: i64, plus: &str, minus: &str| match distance {
        0 => None,
        _ => Some(format!(
            "{} {}",
            count(distance.abs(), "unit", "units"),
            if distance > 0 { plus } else { minus }
        )),
    };
    let parts: Vec<String> =
        [part(x, "to the right", "to the left"), part(y, "up", "down")].into_iter().flatten().collect();
    parts.join(" and ")
}

fn read_point(g: &mut Gen) -> Option<Draft> {
    let (low, high) = if g.level() == Lower { (0, 9) } else { (-7, 7) };
    let (x, y) = g.two(low..=high);
    let (a, b) = g.two(low..=high);
    if x == 0 || y == 0 || a == 0 || b == 0 || x == a || y == b || x == -y || (low == 0 && (x < 2 || y < 2)) {
        return None;
    }
    let names = g.pick(&[("P", "Q"), ("K", "M"), ("R", "T"), ("S", "W")]);
    let description = format!(
        "A coordinate plane with a grid. Starting at the origin, you get to point {} by going {}, and to point {} by going {}.",
        names.0,
        way(x, y),
        names.1,
        way(a, b)
    );
    let name = names.0;
    let stem = match g.int(0..=2) {
        0 => format!("What are the coordinates of point {name} in the figure?"),
        1 => format!("Which ordered pair names the place of point {name} in the figure?"),
        _ => format!(
            "The figure shows a treasure map on a grid, with the treasure at point {name}. What are the coordinates of the treasure?"
        ),
    };
    Some(
        Draft::new(stem)
            .figure(plane(low, high, description, &[(name, x, y), (names.1, a, b)]))
            .key(point(x, y))
            .wrong(point(y, x), slip("swaps-coordinates", "writes the distance up first and the distance across second"))
            .wrong(point(a, b), slip("reads-another-point", "reads the coordinates of another point of the figure"))
            .wrong(if low < 0 { point(-x, y) } else { point(x + 1, y + 1) }, if low < 0 {
                slip("mixes-up-left-and-right", "mixes up left and right, so that the first coordinate comes out wrong")
            } else {
                slip("counts-origin-as-one", "counts the grid lines starting with one at the origin")
            })
            .wrong(if low < 0 { point(x, -y) } else { point(x, b) }, if low < 0 {
                slip("mixes-up-up-and-down", "confuses up and down, so that the second coordinate comes out wrong")
            } else {
                slip("mixes-two-points", "takes one coordinate from one point and one from another")
            })
            .hint("Start at the origin, where the two axes cross.")
            .hint("First count how far to the side the point is. That is the first coordinate. Then count how far up or down it is.")
            .say(format!("From the origin to point {name} you go {}.", way(x, y)))
            .say(format!("So the first coordinate is {} and the second is {}.", n(x), n(y))),
    )
}

fn fourth_corner(g: &mut Gen) -> Option<Draft> {
    let (low, high) = if g.level() == Lower { (0, 10) } else { (-7, 7) };
    let (left, bottom) = (g.int(low..=high - 2), g.int(low..=high - 2));
    let (right, top) = (g.int(left + 2..=high), g.int(bottom + 2..=high));
    let mut corners = [(left, bottom), (right, bottom), (right, top), (left, top)];
    let turn = usize::try_from(g.int(0..=3)).ok()?;
    corners.rotate_left(turn);
    let [p, q, r, (x, y)] = corners;
    if x == y || x == 0 || y == 0 {
        return None;
    }
    let names = ["A", "B", "C"];
    let text = |(x, y): (i64, i64)| point(x, y).text;
    let description = format!(
        "A coordinate plane with three points marked: A at {}, B at {} and C at {}. Sides AB and BC of a rectangle are drawn.",
        text(p),
        text(q),
        text(r)
    );
    let figure = {
        let points = [(names[0], p.0, p.1), (names[1], q.0, q.1), (names[2], r.0, r.1)];
        let at = |(x, y): (i64, i64)| (30 + (x - low) * 24, 30 + (high - y) * 24);
        plane(low, high, description, &points).line(at(p), at(q)).line(at(q), at(r))
    };
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!(
            "The figure shows three corners of rectangle ABCD: A is at {}, B is at {} and C is at {}. What are the coordinates of corner D?",
            text(p),
            text(q),
            text(r)
        ),
        1 => format!(
            "{} is fencing a garden shaped like a rectangle. On the plan in the figure, three posts stand at the corners A {}, B {} and C {}. Where does the post for the fourth corner belong?",
            child.name,
            text(p),
            text(q),
            text(r)
        ),
        _ => format!(
            "Points A {}, B {} and C {} in the figure are three corners of a rectangle. At which point is the fourth corner?",
            text(p),
            text(q),
            text(r)
        ),
    };
    let (dx, dy) = (r.0 - q.0 + p.0 - q.0, r.1 - q.1 + p.1 - q.1);
    let mut draft = Draft::new(stem).figure(figure).key(point(x, y));
    for ((px, py), mistake) in [
        ((y, x), slip("swaps-coordinates", "writes the distance up first and the distance across second")),
        (
            (x + dx.signum(), y),
            slip("miscounts-by-one", "counts the starting line as the first unit of a distance"),
        ),
        (
            (x, y + dy.signum()),
            slip("miscounts-by-one", "counts the starting line as the first unit of a distance"),
        ),
        ((q.0 - dx, q.1 - dy), slip("goes-the-wrong-way", "goes in the opposite direction from the corner")),
        (
            (-x, y),
            slip(
                "mixes-up-left-and-right",
                "mixes up left and right, so that the first coordinate comes out wrong",
            ),
        ),
    ] {
        if low < 0 || (px >= 0 && py >= 0) {
            draft = draft.wrong(point(px, py), mistake);
        }
    }
    Some(
        draft
            .hint("Opposite sides of a rectangle are parallel and have the same length.")
            .hint("The fourth corner is straight across from one given corner and straight above or below another one.")
            .say(format!("The x-coordinates of the corners are {} and {}, each used twice. {} is still needed once.", n(left), n(right), n(x)))
            .say(format!("The y-coordinates are {} and {}, each used twice. {} is still needed once.", n(bottom), n(top), n(y)))
            .say(format!("So the fourth corner is at {}.", text((x, y)))),
    )
}

fn move_point(g: &mut Gen) -> Option<Draft> {
    let lower = g.level() == Lower;
    let (low, high) = if lower { (0, 12) } else { (-9, 9) };
    let (x, y) = (g.int(low..=high), g.int(low..=high));
    let (dx, dy) = (g.int(-7..=7), g.int(-7..=7));
    let (u, v) = (x + dx, y + dy);
    if dx == 0
        || dy == 0
        || dx.abs() == dy.abs()
        || u == v
        || !(low..=high).contains(&u)
        || !(low..=high).contains(&v)
    {
        return None;
    }
    let start = point(x, y).text;
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!("Point P is at {start}. It is moved {}. What are its new coordinates?", way(dx, dy)),
        1 => format!(
            "On a city map, {} starts at the corner {start} and walks {}. At which point does {} arrive?",
            child.name,
            way(dx, dy).replace("unit", "block"),
            child.they
        ),
        _ => format!(
            "In a game, a robot stands at {start} on a grid. It rolls {}. Where is the robot now?",
            way(dx, dy)
        ),
    };
    let mut draft = Draft::new(stem).key(point(u, v));
    for ((px, py), mistake) in [
        (
            (x + dy, y + dx),
            slip(
                "moves-along-wrong-axis",
                "changes the second coordinate for a move to the side and the first for a move up or down",
            ),
        ),
        (
            (x - dx, v),
            slip(
                "mixes-up-left-and-right",
                "mixes up left and right, so that the first coordinate comes out wrong",
            ),
        ),
        (
            (u, y - dy),
            slip(
                "mixes-up-up-and-down",
                "confuses up and down, so that the second coordinate comes out wrong",
            ),
        ),
        ((v, u), slip("swaps-coordinates", "writes the distance up first and the distance across second")),
        ((u, y), slip("makes-one-move-only", "makes only the first of two moves")),
        ((x, v), slip("makes-second-move-only", "makes only the second of two moves")),
    ] {
        if !lower || (px >= 0 && py >= 0) {
            draft = draft.wrong(point(px, py), mistake);
        }
    }
    Some(
        draft
            .hint("A move to the right or to the left changes the first coordinate. A move up or down changes the second.")
            .hint("Right and up make a coordinate greater. Left and down make it less.")
            .say(format!("The first coordinate is {} {} {} = {}.", n(x), if dx < 0 { "−" } else { "+" }, dx.abs(), n(u)))
            .say(format!("The second coordinate is {} {} {} = {}.", n(y), if dy < 0 { "−" } else { "+" }, dy.abs(), n(v)))
            .say(format!("So the new point is {}.", point(u, v).text)),
    )
}
