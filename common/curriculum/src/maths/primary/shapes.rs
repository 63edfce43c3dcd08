//! Flat and solid shapes.

use super::{ALL, OLDER, by_grade, small};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{int, unit, words};
use crate::figure::Picture;
use crate::level::Level::{Primary2, Primary3};
use crate::level::Strand::{Geometry, Measurement};
use crate::maths::kit::{MATHS, capital, mistake, template};
use crate::story::{article, count};

pub const TEMPLATES: &[Template] = &[
    template(Geometry, "primary-name-the-shape", "primary.shapes", MATHS, ALL, name_the_shape),
    template(Geometry, "primary-sides-in-all", "primary.shapes", MATHS, ALL, sides_in_all),
    template(Geometry, "primary-solid-shape", "primary.shapes", MATHS, ALL, solid),
    template(Measurement, "primary-perimeter", "primary.measure", MATHS, OLDER, perimeter),
];

/// A drawing of a shape with so many sides.
fn outline(sides: i64) -> &'static [(i64, i64)] {
    match sides {
        3 => &[(20, 110), (130, 110), (75, 20)],
        4 => &[(20, 110), (110, 110), (110, 20), (20, 20)],
        5 => &[(45, 115), (105, 115), (125, 55), (75, 20), (25, 55)],
        6 => &[(45, 115), (105, 115), (135, 67), (105, 20), (45, 20), (15, 67)],
        _ => &[(50, 115), (95, 115), (125, 85), (125, 45), (95, 15), (50, 15), (20, 45), (20, 85)],
    }
}

fn name_the_shape(g: &mut Gen) -> Option<Draft> {
    let shapes: &[(i64, &str)] = match g.level() {
        Primary2 => &[(3, "triangle"), (4, "square"), (5, "pentagon"), (6, "hexagon")],
        Primary3 => &[(3, "triangle"), (4, "square"), (5, "pentagon"), (6, "hexagon"), (8, "octagon")],
        _ => &[(3, "triangle"), (4, "square"), (5, "pentagon"), (6, "hexagon"), (8, "octagon")],
    };
    let (sides, key) = g.pick(shapes);
    let child = g.child();
    let (thing, color) = (
        g.pick(&["a tile", "a card", "a sticker", "a cookie", "a stamp"]),
        g.pick(&["red", "blue", "green", "white", "yellow"]),
    );
    let more = if sides == 4 {
        " All the sides are the same length, and all the corners are square corners."
    } else {
        ""
    };
    let picture = Picture::new(
        150,
        130,
        format!("A {color} shape with {sides} straight sides and {sides} corners.{more}"),
    )
    .polygon(outline(sides), true);
    let stem = match g.int(0..=2) {
        0 => format!("{} draws this {color} shape. What is it called?", child.name),
        1 => format!("{} has {thing} with the {color} shape in the picture. Which shape is it?", child.name),
        _ => format!("What is the name of the {color} shape that {} found?", child.name),
    };
    let mut draft = Draft::new(stem).figure(picture).key(words(key));
    let mut others: Vec<(i64, &str)> = shapes.iter().copied().filter(|one| one.0 != sides).collect();
    others.push((0, "circle"));
    others.sort_by_key(|one| (one.0 - sides).abs());
    for (other, name) in others {
        draft = draft.wrong(
            words(name),
            if other == 0 {
                mistake("straight-for-round", "does not look whether the sides are straight or round")
            } else if other == sides + 1 || other == sides - 1 {
                mistake("miscounts-the-sides", "counts one side too many or too few")
            } else {
                mistake("mixes-up-shape-names", "mixes up the names of the shapes")
            },
        );
    }
    Some(
        draft
            .hint("Count the straight sides. Go around once.")
            .hint("Count the corners too. There are as many corners as sides.")
            .step(format!("The shape has {sides} straight sides."), int(sides))
            .say(format!("A shape like that is called {} {key}.", article(key))),
    )
}

fn sides_in_all(g: &mut Gen) -> Option<Draft> {
    let all = [("triangle", 3), ("square", 4), ("rectangle", 4), ("pentagon", 5), ("hexagon", 6)];
    let two = g.several(&all[..if g.level() == Primary2 { 3 } else { 5 }], 2);
    let top = by_grade(g, [3..=3, 4..=4, 6..=6]);
    let (m, n) = (g.int(1..=top), g.int(1..=top));
    let ((a, s), (b, t)) = (two[0], two[1]);
    let key = m * s + n * t;
    if m + n < 3 || key == m + n {
        return None;
    }
    let child = g.child();
    let (first, second) = (count(m, a, &format!("{a}s")), count(n, b, &format!("{b}s")));
    let corners = g.one_in(3);
    let what = if corners { "corners" } else { "sides" };
    let stem = match g.int(0..=2) {
        0 => format!("How many {what} do {first} and {second} have in all?"),
        1 => format!("{} draws {first} and {second}. How many {what} is that in all?", child.name),
        _ => format!(
            "{} makes {first} and {second} with sticks. The shapes do not touch. How many {what} are there in all?",
            child.name
        ),
    };
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(
                small(g, m + n),
                mistake("counts-the-shapes", "counts the shapes instead of their sides or corners"),
            )
            .wrong(small(g, s + t), mistake("one-of-each-shape", "counts only one of each shape"))
            .wrong(small(g, m * s), mistake("first-shapes-only", "counts only the first kind of shape"))
            .wrong(
                small(g, m * t + n * s),
                mistake("mixes-up-shapes", "mixes up how many sides the shapes have"),
            )
            .wrong(small(g, key + s), mistake("one-shape-too-many", "counts one shape too many"))
            .wrong(small(g, key - t), mistake("one-shape-too-few", "counts one shape too few"))
            .hint(format!("How many {what} does one {a} have? And one {b}?"))
            .hint("Count them for each shape, and put the numbers together.")
            .step(
                format!("{} {} {} {what}.", capital(&first), if m == 1 { "has" } else { "have" }, m * s),
                int(m * s),
            )
            .step(
                format!("{} {} {} {what}.", capital(&second), if n == 1 { "has" } else { "have" }, n * t),
                int(n * t),
            )
            .step(format!("{} + {} = {key}.", m * s, n * t), int(key)),
    )
}

fn solid(g: &mut Gen) -> Option<Draft> {
    let things = [
        ("a beach ball", "sphere"),
        ("an orange", "sphere"),
        ("a marble", "sphere"),
        ("a soup can", "cylinder"),
        ("a drum", "cylinder"),
        ("a candle that is the same width all the way up", "cylinder"),
        ("a toy block with six equal square faces", "cube"),
        ("a gift box with six square faces", "cube"),
        ("a party hat with a point", "cone"),
        ("a paper cup with a point at the bottom", "cone"),
    ];
    let (thing, key) = g.pick(&things);
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!("{} has {thing}. Which solid shape is it like?", child.name),
        1 => format!("{} holds {thing}. What is the name of a solid shape like that?", child.name),
        _ => format!("Which solid shape is most like {thing} that {} has?", child.name),
    };
    let stem = stem
        .replace("like an orange that", "like the orange that")
        .replace("like a ", "like the ")
        .replace("like an ", "like the ");
    let facts = [
        ("sphere", "It is round on all sides and has no flat face."),
        ("cylinder", "It has two flat round ends and a curved side."),
        ("cube", "It has six flat faces, all square."),
        ("cone", "It is round at one end and has a point at the other."),
    ];
    let mut draft = Draft::new(stem).key(words(key));
    for (name, _) in facts.iter().filter(|one| one.0 != key) {
        draft = draft.wrong(
            words(*name),
            match (*name, key) {
                ("cylinder" | "cone", "cone" | "cylinder") => {
                    mistake("mixes-up-cone-and-cylinder", "mixes up a point at the end and a flat end")
                }
                ("cube", _) | (_, "cube") => {
                    mistake("curved-for-flat", "does not look whether the faces are flat or curved")
                }
                _ => mistake(
                    "any-round-solid",
                    "takes any solid that has something round for the one asked for",
                ),
            },
        );
    }
    let fact = facts.iter().find(|one| one.0 == key)?.1;
    Some(
        draft
            .hint("Could it roll? Does it have a point? Does it have flat faces?")
            .hint(fact)
            .say(fact)
            .say(format!("A solid like that is called a {key}.")),
    )
}

fn perimeter(g: &mut Gen) -> Option<Draft> {
    let (long, wide) = (by_grade(g, [3..=9, 4..=30, 12..=250]), by_grade(g, [2..=8, 2..=20, 5..=180]));
    if long <= wide {
        return None;
    }
    let key = 2 * (long + wide);
    let (thing, units) = g.pick(&[
        ("garden", "feet"),
        ("playground", "yards"),
        ("picture", "inches"),
        ("pool", "meters"),
        ("rug", "feet"),
    ]);
    let child = g.child();
    let picture = Picture::new(220, 140, format!("A rectangle. The long sides are {long} {units} each, and the short sides are {wide} {units} each."))
        .rectangle(40, 30, 140, 70, false)
        .label(110, 22, &format!("{long} {units}"))
        .label(206, 70, &wide.to_string());
    let stem = match g.int(0..=2) {
        0 => format!(
            "A {thing} is a rectangle, {long} {units} long and {wide} {units} wide. How far is it all the way around?"
        ),
        1 => format!(
            "{} walks once around a {thing} shaped like a rectangle. It is {long} {units} long and {wide} {units} wide. How far is that?",
            child.name
        ),
        _ => format!(
            "What is the perimeter of a rectangle that is {long} {units} long and {wide} {units} wide?"
        ),
    };
    let say = |n: i64| unit(n, units);
    Some(
        Draft::new(
            if stem.contains("walks once around a picture") || stem.contains("walks once around a rug") {
                return None;
            } else {
                stem
            },
        )
        .figure(picture)
        .key(say(key))
        .wrong(say(long + wide), mistake("two-sides-only", "adds only two of the four sides"))
        .wrong(
            if long * wide <= 10_000 && (g.level() != Primary3 || long * wide <= 1_000) {
                say(long * wide)
            } else {
                crate::exact::int(crate::exact::Q(None))
            },
            mistake("area-for-perimeter", "multiplies the sides instead of going around"),
        )
        .wrong(say(2 * long + wide), mistake("three-sides-only", "adds only three of the four sides"))
        .wrong(say(4 * long), mistake("all-sides-long", "takes all four sides to be as long as the longest"))
        .wrong(say(2 * wide + long), mistake("three-sides-only", "adds only three of the four sides"))
        .hint("Go around with your finger. How many sides do you pass?")
        .hint("There are two long sides and two short sides. Add all four.")
        .step(format!("{long} + {wide} + {long} + {wide} = {key}."), int(key)),
    )
}
