//! The coordinate plane: moves, corners, areas.

use super::{geometry, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, int, point, unit};
use crate::figure::Picture;
use crate::item::Misconception;
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Section::{Mathematics, Quantitative};
use crate::story::count;

pub const TEMPLATES: &[Template] = &[
    geometry("translate-point", "geometry.coordinates", &[Mathematics], &[Lower, Middle], translate),
    geometry("reflect-point", "geometry.transformations", &[Mathematics], &[Middle, Upper], reflect),
    geometry("turn-point", "geometry.transformations", &[Mathematics], &[Upper], turn),
    geometry("fourth-corner", "geometry.coordinates", &[Mathematics], &[Lower, Middle], fourth),
    geometry(
        "area-on-grid",
        "geometry.coordinates",
        &[Mathematics, Quantitative],
        &[Lower, Middle, Upper],
        grid_area,
    ),
];

fn at(x: i64, y: i64) -> String {
    point(x, y).text
}

/// A plane from `low` to `high` in both directions with named points and the lines between them, closed.
fn plane(words: String, low: i64, high: i64, points: &[(&str, i64, i64)], closed: bool) -> Picture {
    let step = 240 / (high - low).max(1);
    let place = |x: i64, y: i64| (20 + step * (x - low), 20 + step * (high - y));
    let far = 20 + step * (high - low);
    let mut picture = Picture::new(far + 24, far + 24, words);
    for n in low..=high {
        picture = picture.dashed(place(n, low), place(n, high)).dashed(place(low, n), place(high, n));
    }
    picture = picture.line(place(0, low), place(0, high)).line(place(low, 0), place(high, 0));
    let every = if high - low > 12 { 5 } else { 2 };
    for n in (low..=high).filter(|n| n % every == 0 && *n != 0) {
        let (x, y) = (place(n, 0), place(0, n));
        picture = picture.label(x.0, x.1 + 14, &n.to_string().replace('-', "−")).label(
            y.0 - 11,
            y.1 + 4,
            &n.to_string().replace('-', "−"),
        );
    }
    if closed {
        picture = picture.polygon(&points.iter().map(|(_, x, y)| place(*x, *y)).collect::<Vec<_>>(), false);
    }
    for (name, x, y) in points {
        let to = place(*x, *y);
        picture = picture.dot(to.0, to.1).label(to.0 + 11, to.1 - 6, name);
    }
    picture
}

const SWAPS: Misconception = slip("swaps-x-and-y", "mixes up the x-coordinate and the y-coordinate");

const WRONG_WAY: Misconception = slip("moves-the-wrong-way", "moves in the opposite direction");

fn translate(g: &mut Gen) -> Option<Draft> {
    let young = g.level() == Lower;
    let (x, y) = if young { (g.int(1..=12), g.int(1..=12)) } else { (g.int(-8..=8), g.int(-8..=8)) };
    let (dx, dy) = (g.int(-9..=9), g.int(-9..=9));
    let (to_x, to_y) = (x + dx, y + dy);
    if dx == 0 || dy == 0 || dx.abs() == dy.abs() || x == y || (young && (to_x < 0 || to_y < 0)) {
        return None;
    }
    let side = count(dx.abs(), "unit", "units") + if dx > 0 { " to the right" } else { " to the left" };
    let height = count(dy.abs(), "unit", "units") + if dy > 0 { " up" } else { " down" };
    let child = g.child();
    let start = at(x, y);
    let stem = match g.int(0..=3) {
        0 => format!("Point P at {start} is moved {side} and {height}. Where is it now?"),
        1 => format!(
            "On a grid map, {}'s boat is at {start}. It sails {side} and then {height}. Where is it then?",
            child.name
        ),
        2 => format!(
            "In a board game, {}'s piece stands at {start} on a coordinate grid. The piece moves {height} and then {side}. At which point does it stand now?",
            child.name
        ),
        _ => format!(
            "A triangle has a corner at {start}. The whole triangle is shifted {side} and {height}. Where is that corner after the shift?"
        ),
    };
    let young_ok = |x: i64, y: i64| if young && (x < 0 || y < 0) { point(Q(None), 0) } else { point(x, y) };
    let sign = |n: i64| if n < 0 { "−" } else { "+" };
    Some(
        Draft::new(stem)
            .key(point(to_x, to_y))
            .wrong(young_ok(x + dy, y + dx), slip("shifts-other-coordinate", "changes x for up and down, and y for left and right"))
            .wrong(young_ok(x - dx, to_y), WRONG_WAY)
            .wrong(young_ok(to_x, y - dy), WRONG_WAY)
            .wrong(young_ok(to_y, to_x), SWAPS)
            .wrong(young_ok(to_x, y), slip("moves-only-once", "makes only one of the two moves"))
            .wrong(young_ok(x, to_y), slip("moves-only-once", "makes only one of the two moves"))
            .hint("Which coordinate changes when a point moves left or right, and which when it moves up or down?")
            .hint("Right and up add to a coordinate, left and down take away from it.")
            .step(format!("Left and right change x: {} {} {} = {}.", minus(x), sign(dx), dx.abs(), minus(to_x)), int(to_x))
            .step(format!("Up and down change y: {} {} {} = {}.", minus(y), sign(dy), dy.abs(), minus(to_y)), int(to_y))
            .say(format!("So it is at {}.", at(to_x, to_y))),
    )
}

fn minus(n: i64) -> String {
    int(n).text
}

fn reflect(g: &mut Gen) -> Option<Draft> {
    let (x, y) = (g.int(-9..=9), g.int(-9..=9));
    if x == 0 || y == 0 || x.abs() == y.abs() {
        return None;
    }
    let upper = g.level() == Upper;
    let c = g.int(-4..=4);
    let (mirror, key, rule) = match g.int(0..=if upper { 4 } else { 1 }) {
        0 => (
            "the x-axis".to_owned(),
            (x, -y),
            "A flip over the x-axis keeps x and changes the sign of y".to_owned(),
        ),
        1 => (
            "the y-axis".to_owned(),
            (-x, y),
            "A flip over the y-axis keeps y and changes the sign of x".to_owned(),
        ),
        2 => (
            format!("the vertical line x = {}", minus(c)),
            (2 * c - x, y),
            format!(
                "The image lies as far beyond the line as the point lies before it, {} from the line, and y stays",
                count((x - c).abs(), "unit", "units")
            ),
        ),
        3 => (
            format!("the horizontal line y = {}", minus(c)),
            (x, 2 * c - y),
            format!(
                "The image lies as far beyond the line as the point lies before it, {} from the line, and x stays",
                count((y - c).abs(), "unit", "units")
            ),
        ),
        _ => (
            "the line y = x".to_owned(),
            (y, x),
            "A flip over the line y = x makes x and y change places".to_owned(),
        ),
    };
    if key == (x, y) {
        return None;
    }
    let child = g.child();
    let start = at(x, y);
    let stem = match g.int(0..=2) {
        0 => format!("Point P at {start} is reflected over {mirror}. Where is its image?"),
        1 => format!(
            "{} draws a star at {start} and its mirror image in {mirror}. Where is the mirror image?",
            child.name
        ),
        _ => format!(
            "A figure has a corner at {start}. The figure is flipped over {mirror}. Where does that corner land?"
        ),
    };
    let wrong_axis = slip("reflects-over-other-axis", "reflects over the other axis");
    Some(
        Draft::new(stem)
            .key(point(key.0, key.1))
            .wrong(if key == (x, -y) { point(-x, y) } else { point(x, -y) }, wrong_axis)
            .wrong(point(-x, -y), slip("changes-both-signs", "changes the sign of both coordinates"))
            .wrong(point(y, x), SWAPS)
            .wrong(point(-x, y), wrong_axis)
            .wrong(
                point(-y, -x),
                slip("swaps-and-changes-signs", "swaps the coordinates and changes their signs"),
            )
            .hint("The mirror line lies halfway between a point and its image.")
            .hint("Which coordinate stays the same? How far is the point from the mirror line?")
            .say(format!("{rule}."))
            .say(format!("So the image of {start} is {}.", at(key.0, key.1))),
    )
}

fn turn(g: &mut Gen) -> Option<Draft> {
    let (x, y) = (g.int(-9..=9), g.int(-9..=9));
    if x == 0 || y == 0 || x.abs() == y.abs() {
        return None;
    }
    let (how, key, rule) = g.pick(&[
        ("90° counterclockwise", (-y, x), "A quarter turn counterclockwise takes x to the place of y, and the opposite of y to the place of x"),
        ("90° clockwise", (y, -x), "A quarter turn clockwise takes y to the place of x, and the opposite of x to the place of y"),
        ("180°", (-x, -y), "A half turn changes the sign of both coordinates"),
    ]);
    let start = at(x, y);
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!("Point P at {start} is rotated {how} about the origin. Where is its image?"),
        1 => format!(
            "{} turns a drawing {how} about the origin of the coordinate plane. Where does the point {start} land?",
            child.name
        ),
        _ => format!(
            "The tip of an arrow that starts at the origin is at {start}. The arrow is rotated {how} about the origin. Where is its tip now?"
        ),
    };
    let other_way = (-key.0, -key.1);
    Some(
        Draft::new(stem)
            .key(point(key.0, key.1))
            .wrong(point(other_way.0, other_way.1), if how == "180°" { slip("does-not-turn", "leaves the point where it was") } else { slip("turns-the-other-way", "turns in the opposite direction") })
            .wrong(point(y, x), slip("swap-is-a-turn", "takes swapping the coordinates for a turn"))
            .wrong(point(-x, y), slip("reflects-for-turn", "reflects the point instead of turning it"))
            .wrong(point(x, -y), slip("reflects-for-turn", "reflects the point instead of turning it"))
            .hint("In which quarter of the plane does the point lie, and in which quarter does it land?")
            .hint("The image lies as far from the origin as the point. Picture the step along x and the step along y both turning.")
            .say(format!("{rule}."))
            .say(format!("So {start} lands on {}.", at(key.0, key.1))),
    )
}

fn fourth(g: &mut Gen) -> Option<Draft> {
    let young = g.level() == Lower;
    let low = if young { 0 } else { -6 };
    let high = if young { 12 } else { 6 };
    let (x, y) = (g.int(low..=high), g.int(low..=high));
    let (w, h) = g.two(2..=8);
    if x + w > high || y + h > high || x == y {
        return None;
    }
    let mut corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h)];
    let start = usize::try_from(g.int(0..=3)).unwrap_or(0);
    corners.rotate_left(start);
    let [p, q, r, s] = corners;
    let words = format!(
        "A coordinate plane with three points: P at {}, Q at {} and R at {}.",
        at(p.0, p.1),
        at(q.0, q.1),
        at(r.0, r.1)
    );
    let picture = plane(words, low, high, &[("P", p.0, p.1), ("Q", q.0, q.1), ("R", r.0, r.1)], false);
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => "Points P, Q and R in the figure are three corners of the rectangle PQRS. Where is point S?".to_owned(),
        1 => format!("{} marks three corners of a rectangular garden on a grid: P, Q and R, in order, as in the figure. Where must the fourth corner be?", child.name),
        _ => "The figure shows three corners of a rectangle, P, Q and R, in order around it. What are the coordinates of the fourth corner?".to_owned(),
    };
    let middle = if (p.0 + r.0) % 2 == 0 && (p.1 + r.1) % 2 == 0 {
        point((p.0 + r.0) / 2, (p.1 + r.1) / 2)
    } else {
        point(p.0 + r.0 - q.0, q.1)
    };
    let ok = |x: i64, y: i64| if young && (x < 0 || y < 0) { point(Q(None), 0) } else { point(x, y) };
    Some(
        Draft::new(stem)
            .figure(picture)
            .key(point(s.0, s.1))
            .wrong(ok(s.1, s.0), SWAPS)
            .wrong(
                ok(2 * q.0 - s.0, 2 * q.1 - s.1),
                slip("goes-on-past-a-corner", "goes on past a corner and not across to the missing one"),
            )
            .wrong(
                ok(r.0 + q.0 - p.0, r.1 + q.1 - p.1),
                slip(
                    "repeats-the-first-side",
                    "repeats the first side in the same direction after the second",
                ),
            )
            .wrong(
                middle,
                slip("marks-the-middle", "marks the middle of the rectangle, or repeats a known corner"),
            )
            .wrong(ok(s.0 + 1, s.1), slip("counts-grid-lines-wrong", "counts one grid line too many"))
            .hint("Opposite sides of a rectangle are equal and parallel to each other.")
            .hint("How do you get from Q to P? Make the same move starting at R.")
            .say(format!(
                "From Q to P, x changes from {} to {} and y from {} to {}.",
                minus(q.0),
                minus(p.0),
                minus(q.1),
                minus(p.1)
            ))
            .say(format!("The same move from R, {}, leads to {}.", at(r.0, r.1), at(s.0, s.1))),
    )
}

fn grid_area(g: &mut Gen) -> Option<Draft> {
    let (low, high) = if g.level() == Lower { (0, 12) } else { (-7, 7) };
    let (x, y) = (g.int(low..=high - 3), g.int(low..=high - 3));
    let (w, h) = (g.int(2..=10), g.int(2..=9));
    if x + w > high || y + h > high {
        return None;
    }
    let kind = match g.level() {
        Lower => g.int(0..=1),
        Middle => g.int(1..=2),
        _ => g.int(1..=3),
    };
    let shift = g.int(0..=w);
    let top = g.int(1..=w - 1);
    let (points, key, name): (Vec<(&str, i64, i64)>, Q, &str) = match kind {
        0 => (
            vec![("P", x, y), ("Q", x + w, y), ("R", x + w, y + h), ("S", x, y + h)],
            Q::from(w * h),
            "rectangle",
        ),
        1 => (vec![("P", x, y), ("Q", x + w, y), ("R", x + shift, y + h)], Q::new(w * h, 2), "triangle"),
        2 => (
            vec![("P", x, y), ("Q", x + w, y), ("R", x + top, y + h), ("S", x, y + h)],
            Q::new((w + top) * h, 2),
            "trapezoid",
        ),
        _ => {
            if x + w + 2 > high {
                return None;
            }
            (
                vec![("P", x, y), ("Q", x + w, y), ("R", x + w + 2, y + h), ("S", x + 2, y + h)],
                Q::from(w * h),
                "parallelogram",
            )
        }
    };
    if w == h || (w == 4 && h == 4) {
        return None;
    }
    let corners = crate::story::list(
        &points.iter().map(|(name, x, y)| format!("{name} at {}", at(*x, *y))).collect::<Vec<_>>(),
    );
    let words =
        format!("A coordinate plane with {} {name}. Its corners are {corners}.", crate::story::article(name));
    let u = "square units";
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!("What is the area of the {name} in the figure?"),
        1 => format!("{} drew the {name} in the figure on a grid. How much area does it cover?", child.name),
        _ => format!("A garden is planned on a grid as the {name} in the figure. What is its area?"),
    };
    let draft = Draft::new(stem)
        .figure(plane(words, low, high, &points, true))
        .key(unit(key, u))
        .wrong(
            unit(key * 2, u),
            if kind == 0 || kind == 3 {
                slip("doubles-the-area", "doubles the area without a reason")
            } else {
                slip("forgets-the-half", "forgets to halve the product")
            },
        )
        .wrong(unit(key / 2, u), slip("halves-without-reason", "halves the area without a reason"))
        .wrong(
            unit(if kind == 2 { w + top + h } else { 2 * (w + h) }, u),
            slip("perimeter-for-area", "adds lengths, as for a perimeter, instead of finding the area"),
        )
        .wrong(
            unit(if kind == 1 { Q::new((w + 1) * (h + 1), 2) } else { Q::from((w + 1) * (h + 1)) }, u),
            slip("counts-points-not-steps", "counts the grid points instead of the steps between them"),
        )
        .wrong(unit(w + h, u), slip("adds-for-area", "adds the two lengths instead of multiplying them"));
    Some(match kind {
        0 => draft
            .hint("How long are the sides? Subtract coordinates to find out.")
            .hint("Multiply the length by the width.")
            .step(format!("From P to Q is {}.", count(w, "unit", "units")), int(w))
            .step(format!("From Q to R is {}.", count(h, "unit", "units")), int(h))
            .step(format!("The area is {w} × {h} = {} square units.", w * h), unit(key, u)),
        1 => draft
            .hint("Take the level side as the base. How high above it is the third corner?")
            .hint("A triangle is half of the rectangle with the same base and height.")
            .step(format!("The base from P to Q is {}.", count(w, "unit", "units")), int(w))
            .step(format!("Corner R lies {} above the base.", count(h, "unit", "units")), int(h))
            .step(
                format!("The area is half of {w} × {h}: {} square units.", unit(key, "").text.trim()),
                unit(key, u),
            ),
        2 => draft
            .hint("Find the two level sides and how far apart they are.")
            .hint("Multiply the sum of the two level sides by the height, and halve the result.")
            .step(
                format!("The level sides are {w} and {top} long, which is {} together.", w + top),
                int(w + top),
            )
            .step(format!("They are {} apart.", count(h, "unit", "units")), int(h))
            .step(
                format!("The area is half of {} × {h}: {} square units.", w + top, unit(key, "").text.trim()),
                unit(key, u),
            ),
        _ => draft
            .hint("Take a level side as the base. How far up is the opposite side?")
            .hint("Multiply the base by the height, not by the slanting side.")
            .step(format!("The base from P to Q is {}.", count(w, "unit", "units")), int(w))
            .step(format!("The height is {}.", count(h, "unit", "units")), int(h))
            .step(format!("The area is {w} × {h} = {} square units.", w * h), unit(key, u)),
    })
}
