//! Geometry: the coordinate plane, and shapes and solids by name.

use std::collections::HashSet;

use super::Solver;
use super::read::{Frac, Seen, find, numbers, re};

pub const SOLVERS: &[(&str, Solver)] = &[
    ("translate-point", translate),
    ("reflect-point", reflect),
    ("turn-point", turn),
    ("fourth-corner", fourth),
    ("distance-of-points", distance),
    ("midpoint-or-end", midpoint),
    ("area-on-grid", grid),
    ("classify-triangle", classify),
    ("name-quadrilateral", quadrilateral),
    ("parallelogram-parts", parallelogram),
    ("solid-parts", solid),
    ("net-to-solid", net),
    ("lines-of-symmetry", symmetry),
];

type Point = (Frac, Frac);

/// Every point of a text.
fn points(text: &str) -> Vec<Point> {
    re(r"\([^()]*\)")
        .find_iter(text)
        .filter_map(|found| find(found.as_str(), r"\({N}, {N}\)"))
        .map(|n| (n[0], n[1]))
        .collect()
}

/// The only choice that is a point with a property.
fn point(seen: &Seen, right: impl Fn(Point) -> bool) -> Option<usize> {
    seen.only(|choice| points(choice).first().is_some_and(|p| right(*p)))
}

fn zero(n: Frac) -> bool {
    n.0 == 0
}

fn translate(seen: &Seen) -> Option<usize> {
    let (mut x, mut y) = points(seen.stem)[0];
    for found in re(r"(\d+) units? (?:to the )?(right|left|up|down)").captures_iter(seen.stem) {
        for _ in 0..found[1].parse().unwrap() {
            match &found[2] {
                "right" => x = x.plus(1.into()),
                "left" => x = x.minus(1.into()),
                "up" => y = y.plus(1.into()),
                _ => y = y.minus(1.into()),
            }
        }
    }
    point(seen, |p| p == (x, y))
}

fn reflect(seen: &Seen) -> Option<usize> {
    let p = points(seen.stem)[0];
    let half = |a: Frac, b: Frac| a.plus(b).over(2.into());
    // The middle between point and image lies on the mirror, and the step between them is square to it.
    if seen.stem.contains("line y = x") {
        return point(seen, |q| {
            half(p.0, q.0) == half(p.1, q.1) && zero(q.0.minus(p.0).plus(q.1.minus(p.1))) && q != p
        });
    }
    let (vertical, at) = if let Some(n) = find(seen.stem, r"line x = {N}") {
        (true, n[0])
    } else if let Some(n) = find(seen.stem, r"line y = {N}") {
        (false, n[0])
    } else {
        (seen.stem.contains("y-axis"), 0.into())
    };
    point(seen, |q| {
        if vertical { q.1 == p.1 && half(p.0, q.0) == at } else { q.0 == p.0 && half(p.1, q.1) == at }
    })
}

fn turn(seen: &Seen) -> Option<usize> {
    let p = points(seen.stem)[0];
    let square = |p: Point| p.0.times(p.0).plus(p.1.times(p.1));
    point(seen, |q| {
        let dot = p.0.times(q.0).plus(p.1.times(q.1));
        let cross = p.0.times(q.1).minus(p.1.times(q.0));
        square(p) == square(q)
            && match () {
                () if seen.stem.contains("counterclockwise") => zero(dot) && cross.0 > 0,
                () if seen.stem.contains("clockwise") => zero(dot) && cross.0 < 0,
                () => zero(cross) && dot.0 < 0,
            }
    })
}

fn fourth(seen: &Seen) -> Option<usize> {
    let known = points(seen.figure?);
    let (p, q, r) = (known[0], known[1], known[2]);
    // The diagonals of a rectangle have the same middle.
    point(seen, |s| p.0.plus(r.0) == q.0.plus(s.0) && p.1.plus(r.1) == q.1.plus(s.1))
}

fn distance(seen: &Seen) -> Option<usize> {
    let ends = points(seen.stem);
    let (dx, dy) = (ends[0].0.minus(ends[1].0), ends[0].1.minus(ends[1].1));
    seen.only(|choice| {
        let d = numbers(choice)[0];
        d.0 > 0 && d.times(d) == dx.times(dx).plus(dy.times(dy))
    })
}

fn midpoint(seen: &Seen) -> Option<usize> {
    let two = points(seen.stem);
    let same_step =
        |a: Point, b: Point, c: Point| b.0.minus(a.0) == c.0.minus(b.0) && b.1.minus(a.1) == c.1.minus(b.1);
    if re("other end|Where is the lake").is_match(seen.stem) {
        return point(seen, |end| same_step(two[1], two[0], end));
    }
    point(seen, |middle| same_step(two[0], middle, two[1]))
}

fn grid(seen: &Seen) -> Option<usize> {
    let corners = points(seen.figure?);
    let mut twice = Frac::from(0);
    for (at, p) in corners.iter().enumerate() {
        let q = corners[(at + 1) % corners.len()];
        twice = twice.plus(p.0.times(q.1).minus(q.0.times(p.1)));
    }
    seen.worth(Frac::of(twice.0.abs(), 2 * twice.1))
}

fn classify(seen: &Seen) -> Option<usize> {
    let mut angles: Vec<i128> =
        re(r"(\d+)°").captures_iter(seen.stem).map(|found| found[1].parse().unwrap()).collect();
    if angles.len() == 2 {
        angles.push(180 - angles[0] - angles[1]);
    }
    let different: HashSet<i128> = angles.iter().copied().collect();
    let kind = if angles.iter().any(|n| *n > 90) {
        "obtuse"
    } else if different.contains(&90) {
        "right"
    } else {
        "acute"
    };
    seen.says(&format!("{kind} {}", if different.len() == 3 { "scalene" } else { "isosceles" }))
}

fn quadrilateral(seen: &Seen) -> Option<usize> {
    let stem = seen.stem;
    seen.says(match () {
        () if stem.contains("four right angles") => "rectangle",
        () if stem.contains("exactly one pair of parallel") => "trapezoid",
        () if stem.contains("two pairs of parallel") => "parallelogram",
        () => return None,
    })
}

fn parallelogram(seen: &Seen) -> Option<usize> {
    let n = find(seen.stem, r"PQ is {N} feet.*QR is {N} feet.*P measures {N}°")?;
    if seen.stem.contains("distance around") {
        return seen.only(|choice| {
            choice.ends_with("feet") && numbers(choice)[0].minus(n[0]).minus(n[0]).minus(n[1]) == n[1]
        });
    }
    let opposite = seen.stem.contains("angle R?");
    seen.only(|choice| {
        let c = numbers(choice)[0];
        if opposite {
            // All four add up to a full turn.
            let others = Frac::from(180).minus(n[2]);
            c.plus(n[2]).plus(others).plus(others) == 360.into()
        } else {
            c.plus(n[2]) == 180.into()
        }
    })
}

fn base(word: &str) -> Option<usize> {
    Some(match word {
        "triangular" | "triangle" => 3,
        "rectangular" | "square" => 4,
        "pentagonal" | "pentagon" => 5,
        "hexagonal" | "hexagon" => 6,
        "heptagonal" => 7,
        "octagonal" => 8,
        "decagonal" => 10,
        _ => return None,
    })
}

fn solid(seen: &Seen) -> Option<usize> {
    let found = re(r"(\w+) (prism|pyramid)").captures(seen.stem)?;
    let n = base(&found[1])?;
    // The edges one by one, then the corners they join, and the faces by Euler's rule.
    let mut edges = HashSet::new();
    for at in 0..n {
        edges.insert((at, (at + 1) % n));
        if &found[2] == "prism" {
            edges.insert((n + at, n + (at + 1) % n));
            edges.insert((at, n + at));
        } else {
            edges.insert((at, n));
        }
    }
    let corners: HashSet<usize> = edges.iter().flat_map(|(a, b)| [*a, *b]).collect();
    let (e, v) = (edges.len(), corners.len());
    let asked = match () {
        () if seen.stem.contains("more edges than vertices") => e - v,
        () if seen.stem.contains("How many edges") => e,
        () if seen.stem.contains("How many vertices") => v,
        () => e + 2 - v,
    };
    seen.worth((asked as i128).into())
}

fn net(seen: &Seen) -> Option<usize> {
    let figure = seen.figure?;
    let shape = re("triangle|square|pentagon|hexagon").find(figure)?.as_str();
    let n = base(shape)?;
    let rectangles = figure.contains("rectangles side by side");
    seen.only(|choice| {
        let (first, kind) = choice.split_once(' ').unwrap();
        base(first) == Some(n) && (kind == "prism") == rectangles
    })
}

fn symmetry(seen: &Seen) -> Option<usize> {
    let known = [
        ("rectangle that is not a square", 2),
        ("rhombus that is not a square", 2),
        ("square", 4),
        ("equilateral triangle", 3),
        ("isosceles triangle with only two equal sides", 1),
        ("pentagon", 5),
        ("hexagon", 6),
        ("octagon", 8),
        ("scalene triangle", 0),
        ("kite", 1),
    ];
    let mut rest = seen.stem.to_owned();
    let mut found: Vec<(usize, i128)> = Vec::new();
    for (name, lines) in known {
        if let Some(at) = rest.find(name) {
            rest = rest.replace(name, &"_".repeat(name.len()));
            found.push((at, lines));
        }
    }
    found.sort_unstable();
    assert_eq!(found.len(), 2, "{}", seen.stem);
    let (a, b) = (found[0].1, found[1].1);
    seen.worth((if seen.stem.contains("more") { a - b } else { a + b }).into())
}
