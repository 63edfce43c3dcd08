//! Shapes and their properties: triangles, quadrilaterals, symmetry.

use super::{geometry, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, degrees, int, unit, words};
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Section::Mathematics;
use crate::story::{article, count};

pub const TEMPLATES: &[Template] = &[
    geometry("classify-triangle", "geometry.shapes", &[Mathematics], &[Lower, Middle], classify),
    geometry("name-quadrilateral", "geometry.shapes", &[Mathematics], &[Lower], quadrilateral),
    geometry("parallelogram-parts", "geometry.shapes", &[Mathematics], &[Middle, Upper], parallelogram),
    geometry("lines-of-symmetry", "geometry.symmetry", &[Mathematics], &[Lower, Middle], symmetry),
];

fn classify(g: &mut Gen) -> Option<Draft> {
    let a = g.int(18..=140);
    let b = if g.one_in(2) { a } else { g.int(18..=140) };
    let mut angles = vec![a, b, 180 - a - b];
    if g.one_in(4) {
        angles = vec![90, a, 90 - a];
    }
    if angles.iter().any(|one| *one < 12) || angles == [60, 60, 60] {
        return None;
    }
    g.shuffle(&mut angles);
    let [a, b, c] = angles[..] else { return None };
    let most = a.max(b).max(c);
    let kind = if most > 90 {
        "obtuse"
    } else if most == 90 {
        "right"
    } else {
        "acute"
    };
    let equal = a == b || b == c || a == c;
    let sides = if equal { "isosceles" } else { "scalene" };
    let wrong_sides = if equal { "scalene" } else { "isosceles" };
    let child = g.child();
    let hide = g.level() == Middle;
    let told = if hide { format!("{a}° and {b}°") } else { format!("{a}°, {b}° and {c}°") };
    let many = if hide { "Two angles of a triangle" } else { "The angles of a triangle" };
    let stem = match g.int(0..=2) {
        0 => format!("{many} measure {told}. Which words describe the triangle?"),
        1 => {
            format!("{many} that {} cut from paper measure {told}. What kind of triangle is it?", child.name)
        }
        _ => format!("{many} on a map measure {told}. Which name fits the triangle?"),
    };
    let by_angle = slip("one-angle-decides", "lets one of the smaller angles decide, not the largest");
    let by_sides = slip("equal-angles-unseen", "does not connect equal angles with equal sides");
    let both =
        slip("mixes-up-triangle-names", "mixes up the names for the angles and for the sides of a triangle");
    let others: Vec<&str> = ["acute", "right", "obtuse"].into_iter().filter(|one| *one != kind).collect();
    let draft = Draft::new(stem)
        .key(words(format!("{kind} {sides}")))
        .wrong(words(format!("{kind} {wrong_sides}")), by_sides)
        .wrong(words(format!("{} {sides}", others[0])), by_angle)
        .wrong(words(format!("{} {wrong_sides}", others[g.int(0..=1) as usize])), both)
        .hint("The largest angle tells the first word.")
        .hint("Compare the angles with each other: where two angles are equal, two sides are equal too.");
    let draft = if hide {
        draft.step(format!("The third angle is 180 − {a} − {b} = {c} degrees."), degrees(c))
    } else {
        draft
    };
    let largest = match kind {
        "obtuse" => "more than 90 degrees, so the triangle is obtuse",
        "right" => "exactly 90 degrees, so the triangle is right",
        _ => "less than 90 degrees, so the triangle is acute",
    };
    Some(draft.say(format!("The largest angle, {most} degrees, is {largest}.")).say(if equal {
        "Two angles are equal, so two sides are equal: the triangle is isosceles."
    } else {
        "No two angles are equal, so no two sides are: the triangle is scalene."
    }))
}

fn quadrilateral(g: &mut Gen) -> Option<Draft> {
    let (a, b) = g.two(3..=18);
    let angle = g.int(35..=80);
    let u = g.pick(&["inches", "centimeters", "feet"]);
    let child = g.child();
    let (facts, name) = match g.int(0..=2) {
        0 => (format!("four right angles, two sides of {a} {u} and two sides of {b} {u}"), "rectangle"),
        1 => (
            format!("two pairs of parallel sides, sides of {a} {u} and {b} {u}, and an angle of {angle}°"),
            "parallelogram",
        ),
        _ => (
            format!("exactly one pair of parallel sides, and they are {a} {u} and {b} {u} long"),
            "trapezoid",
        ),
    };
    let stem = match g.int(0..=2) {
        0 => format!("A four-sided figure has {facts}. What is the figure?"),
        1 => format!("{} drew a four-sided shape that has {facts}. What shape is it?", child.name),
        _ => format!("A garden bed with four straight sides has {facts}. What shape is the bed?"),
    };
    let square =
        slip("square-without-equal-sides", "calls a shape a square although its sides are not all equal");
    let rhombus =
        slip("rhombus-without-equal-sides", "calls a shape a rhombus although its sides are not all equal");
    let rectangle = slip(
        "rectangle-without-right-angles",
        "calls a shape a rectangle although it does not have four right angles",
    );
    let parallelogram = slip("parallel-once-for-twice", "takes one pair of parallel sides for two pairs");
    let kite =
        slip("kite-without-equal-neighbors", "calls a shape a kite although no equal sides meet at a corner");
    let draft = Draft::new(stem).key(words(name));
    let draft = match name {
        "rectangle" => {
            draft.wrong(words("square"), square).wrong(words("rhombus"), rhombus).wrong(words("kite"), kite)
        }
        "parallelogram" => draft
            .wrong(words("rectangle"), rectangle)
            .wrong(words("square"), square)
            .wrong(words("rhombus"), rhombus),
        _ => draft
            .wrong(words("parallelogram"), parallelogram)
            .wrong(words("rectangle"), rectangle)
            .wrong(words("rhombus"), rhombus),
    };
    Some(
        draft
            .hint("Which facts are about the sides, and which are about the angles?")
            .hint("For each name, ask what it demands: equal sides, right angles, or parallel sides. Cross out the names that demand too much.")
            .say("A square and a rhombus have four equal sides, and this figure does not.")
            .say(match name {
                "rectangle" => "Four right angles make it a rectangle.",
                "parallelogram" => "Two pairs of parallel sides, without right angles, make it a parallelogram.",
                _ => "Exactly one pair of parallel sides makes it a trapezoid.",
            }),
    )
}

fn parallelogram(g: &mut Gen) -> Option<Draft> {
    let (a, b) = g.two(4..=30);
    let angle = g.int(41..=139);
    if angle == 90 {
        return None;
    }
    let child = g.child();
    let opening = match g.int(0..=2) {
        0 => "Figure PQRS is a parallelogram.".to_owned(),
        1 => format!("{} made a frame PQRS in the shape of a parallelogram.", child.name),
        _ => "A tilted parking space PQRS has the shape of a parallelogram.".to_owned(),
    };
    let given = format!("Side PQ is {a} feet long, side QR is {b} feet long, and angle P measures {angle}°.");
    let neighbor = slip("neighbor-angles-equal", "takes neighboring angles of a parallelogram for equal");
    let opposite =
        slip("opposite-angles-add", "makes opposite angles add up to 180 degrees although they are equal");
    let (ask, which) = g.pick(&[
        ("What is the measure of angle Q?", 0),
        ("What is the measure of angle R?", 1),
        ("What is the measure of angle S?", 0),
        ("What is the distance around PQRS?", 2),
    ]);
    let draft = Draft::new(format!("{opening} {given} {ask}"));
    Some(match which {
        2 => draft
            .key(unit(2 * (a + b), "feet"))
            .wrong(unit(a + b, "feet"), slip("half-the-perimeter", "adds only two of the four sides"))
            .wrong(
                unit(a * b, "feet"),
                slip("multiplies-sides", "multiplies the sides, as for an area, instead of adding them"),
            )
            .wrong(unit(4 * a, "feet"), slip("all-sides-equal", "takes all the sides for equal"))
            .wrong(unit(4 * b, "feet"), slip("all-sides-equal", "takes all the sides for equal"))
            .hint("Which sides of a parallelogram are equal?")
            .hint("Find all four sides, and then add them.")
            .say("Opposite sides are equal, so RS is as long as PQ, and SP is as long as QR.")
            .step(
                format!("The distance around is {a} + {b} + {a} + {b} = {} feet.", 2 * (a + b)),
                unit(2 * (a + b), "feet"),
            ),
        _ => {
            let key = if which == 1 { angle } else { 180 - angle };
            draft
                .key(degrees(key))
                .wrong(degrees(180 - key), if which == 1 { opposite } else { neighbor })
                .wrong(degrees(360 - angle), slip("full-turn-for-a-line", "subtracts from a full turn although a straight line is only half of it"))
                .wrong(degrees(Q::from(90 - angle).abs()), slip("uses-90-for-180", "makes the two angles add up to 90 degrees, not 180"))
                .wrong(degrees(Q::new(360 - angle, 3)), slip("splits-the-rest-evenly", "splits what one angle leaves into equal angles"))
                .hint("Go around the corners in order: P, then Q, then R, then S. Which ones lie opposite each other?")
                .hint("Opposite angles are equal, and neighbors add up to 180°.")
                .step(if which == 1 { format!("Angle R lies opposite angle P, so it is equal: {key} degrees.") } else { format!("The angle lies next to angle P, so it is 180 − {angle} = {key} degrees.") }, degrees(key))
        }
    })
}

const FIGURES: [(&str, i64); 10] = [
    ("square", 4),
    ("rectangle that is not a square", 2),
    ("equilateral triangle", 3),
    ("isosceles triangle with only two equal sides", 1),
    ("regular pentagon", 5),
    ("regular hexagon", 6),
    ("regular octagon", 8),
    ("rhombus that is not a square", 2),
    ("scalene triangle", 0),
    ("kite with exactly two pairs of equal sides", 1),
];

fn symmetry(g: &mut Gen) -> Option<Draft> {
    let two = g.several(&FIGURES, 2);
    let [(one, a), (other, b)] = two[..] else { return None };
    let more = g.one_in(2);
    if more && a <= b || a + b < 3 {
        return None;
    }
    let (one_a, other_a) = (article(one), article(other));
    let child = g.child();
    let stem = match (more, g.int(0..=1)) {
        (true, 0) => {
            format!("How many more lines of symmetry does {one_a} {one} have than {other_a} {other}?")
        }
        (true, _) => format!(
            "{} folds paper shapes to find their lines of symmetry. How many more does {one_a} {one} have than {other_a} {other}?",
            child.name
        ),
        (false, 0) => format!(
            "How many lines of symmetry do {one_a} {one} and {other_a} {other} have in all, counting each shape by itself?"
        ),
        (false, _) => format!(
            "{} draws every line of symmetry of {one_a} {one} and of {other_a} {other}. How many lines is that in all?",
            child.name
        ),
    };
    let put = |a: i64, b: i64| if more { (a - b).abs() } else { a + b };
    let key = put(a, b);
    let through_corners = |name: &str, n: i64| match name {
        "rectangle that is not a square" => 4,
        "square" => 2,
        "regular hexagon" => 3,
        "regular octagon" => 4,
        "rhombus that is not a square" => 4,
        "scalene triangle" => 1,
        _ => n,
    };
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(
                int(put(through_corners(one, a), through_corners(other, b))),
                slip(
                    "wrong-diagonals",
                    "counts the wrong diagonals as lines of symmetry, or leaves the right ones out",
                ),
            )
            .wrong(
                int(if more { a + b } else { a - b }.abs()),
                slip(
                    "adds-for-more",
                    "adds where the question asks for a difference, or the other way around",
                ),
            )
            .wrong(
                int(put(2 * a, 2 * b)),
                slip("counts-both-ends", "counts each line of symmetry at both of its ends"),
            )
            .wrong(int(a), slip("one-shape-only", "counts the lines of only one of the two shapes"))
            .wrong(int(b), slip("one-shape-only", "counts the lines of only one of the two shapes"))
            .hint("Along a line of symmetry you can fold the shape so that the two halves match exactly.")
            .hint(
                "Try folds through corners and folds through the middles of sides, for each shape by itself.",
            )
            .step(
                format!(
                    "{} {one} has {}.",
                    if one_a == "an" { "An" } else { "A" },
                    count(a, "line of symmetry", "lines of symmetry")
                ),
                int(a),
            )
            .step(
                format!(
                    "{} {other} has {}.",
                    if other_a == "an" { "An" } else { "A" },
                    count(b, "line of symmetry", "lines of symmetry")
                ),
                int(b),
            )
            .step(
                if more {
                    format!("The difference is {a} − {b} = {key}.")
                } else {
                    format!("In all that is {a} + {b} = {key}.")
                },
                int(key),
            ),
    )
}
