//! Angles of triangles.

use super::{size, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, degrees};
use crate::item::Misconception;
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Section::{Mathematics, Quantitative};
use crate::level::Strand;

pub const TEMPLATES: &[Template] = &[
    Template {
        id: "third-angle-of-a-triangle",
        skill: "geometry.triangle-angles",
        strand: Strand::Geometry,
        sections: &[Mathematics],
        levels: &[Lower, Middle],
        make: third_angle,
    },
    Template {
        id: "isosceles-triangle-angle",
        skill: "geometry.triangle-angles",
        strand: Strand::Geometry,
        sections: &[Mathematics],
        levels: &[Middle, Upper],
        make: isosceles,
    },
    Template {
        id: "triangle-angles-in-a-ratio",
        skill: "geometry.triangle-angles",
        strand: Strand::Geometry,
        sections: &[Mathematics, Quantitative],
        levels: &[Middle, Upper],
        make: in_a_ratio,
    },
];

const ADDS_KNOWN: Misconception =
    slip("gives-the-known-sum", "adds the known angles and forgets to subtract the sum");

const BORROWS_BADLY: Misconception =
    slip("forgets-the-borrowed-ten", "forgets to take away the ten that was borrowed in the subtraction");

const TRIANGLE_360: Misconception =
    slip("triangle-is-360", "takes 360 degrees for the sum of the angles of a triangle");

fn third_angle(g: &mut Gen) -> Option<Draft> {
    let right = g.one_in(3);
    let a = if right { 90 } else { g.int(20..=115) };
    let b = g.int(15..=85);
    let x = 180 - a - b;
    if x < 12 || x == a || x == b || b == 90 || (!right && a == 90) {
        return None;
    }
    let sum = a + b;
    let child = g.child();
    let stem = match (right, g.int(0..=2)) {
        (true, 0) => format!(
            "One of the acute angles of a right triangle measures {b}°. What does the other acute angle measure?"
        ),
        (true, 1) => format!(
            "A ladder leans against a wall that stands straight up from level ground. It makes an angle of {b}° with the ground. What angle does it make with the wall?"
        ),
        (true, _) => format!(
            "{} cut a sandwich into a right triangle with an angle of {b}°. What is the third angle of the triangle?",
            child.name
        ),
        (false, 0) => {
            format!("Two angles of a triangle measure {a}° and {b}°. What is the measure of the third angle?")
        }
        (false, 1) => format!(
            "{} sews a sail in the shape of a triangle. Two of its corners have angles of {a}° and {b}°. What is the angle at the third corner?",
            child.name
        ),
        (false, _) => format!(
            "Three straight paths in a park make a triangle. At two of its corners the angles are {a}° and {b}°. What is the angle at the third corner?"
        ),
    };
    Some(
        Draft::new(stem)
            .key(degrees(x))
            .wrong(degrees(360 - sum), TRIANGLE_360)
            .wrong(
                degrees(if right { 180 - b } else { sum }),
                if right {
                    slip("forgets-the-right-angle", "forgets that a right angle takes 90 degrees")
                } else {
                    ADDS_KNOWN
                },
            )
            .wrong(degrees(size(if sum % 10 == 0 { 0 } else { x + 10 })), BORROWS_BADLY)
            .wrong(
                degrees(Q::new(180 - a, 2)),
                slip("splits-the-rest-evenly", "splits what one angle leaves into equal angles"),
            )
            .wrong(
                degrees(b),
                slip("takes-angles-for-equal", "takes two angles of the triangle for equal without a reason"),
            )
            .hint(if right {
                "A right triangle has one angle that you know without being told."
            } else {
                "What do the three angles of every triangle add up to?"
            })
            .hint("Add the two known angles and see how much of 180° is left.")
            .say("The angles of a triangle add up to 180°.")
            .step(format!("The two known angles add up to {a} + {b} = {sum} degrees."), degrees(sum))
            .step(format!("The third angle is 180 − {sum} = {x} degrees."), degrees(x)),
    )
}

fn isosceles(g: &mut Gen) -> Option<Draft> {
    let base = g.int(21..=79);
    let top = 180 - 2 * base;
    if base == 60 || base == 45 {
        return None;
    }
    let from_top = g.one_in(2);
    let given = if from_top { top } else { base };
    let child = g.child();
    let (thing, sides) = match g.int(0..=3) {
        0 => ("An isosceles triangle has two equal sides.".to_owned(), "equal sides"),
        1 => (
            format!("{} made a flag in the shape of a triangle with two equal edges.", child.name),
            "equal edges",
        ),
        2 => ("The front of a tent is a triangle with two equal edges.".to_owned(), "equal edges"),
        _ => ("The roof of a birdhouse makes a triangle with two equal sides.".to_owned(), "equal sides"),
    };
    let stem = if from_top {
        format!(
            "{thing} The angle between the {sides} measures {given}°. What is the measure of each of the other two angles?"
        )
    } else {
        format!(
            "{thing} Each of the two angles opposite the {sides} measures {given}°. What is the measure of the third angle?"
        )
    };
    let draft = Draft::new(stem).hint("Two angles of this triangle are equal. Which ones?");
    Some(if from_top {
        draft
            .key(degrees(base))
            .wrong(
                degrees(180 - top),
                slip("does-not-halve", "forgets to share what is left between two equal angles"),
            )
            .wrong(
                degrees(size(180 - 2 * top)),
                slip("wrong-angles-equal", "takes the wrong two angles for equal"),
            )
            .wrong(
                degrees(top),
                slip("takes-angles-for-equal", "takes two angles of the triangle for equal without a reason"),
            )
            .wrong(degrees(Q::new(360 - top, 2)), TRIANGLE_360)
            .wrong(
                degrees(Q::new(top, 2)),
                slip("halves-the-given-angle", "halves the given angle instead of what it leaves"),
            )
            .hint("Take the known angle from 180°, and share what is left equally.")
            .step(
                format!("The other two angles together measure 180 − {top} = {} degrees.", 180 - top),
                degrees(180 - top),
            )
            .step(format!("They are equal, so each is {} ÷ 2 = {base} degrees.", 180 - top), degrees(base))
    } else {
        draft
            .key(degrees(top))
            .wrong(
                degrees(180 - base),
                slip("subtracts-one-base-angle", "subtracts only one of the two equal angles"),
            )
            .wrong(
                degrees(Q::new(180 - base, 2)),
                slip("halves-too-early", "subtracts one angle and halves what is left"),
            )
            .wrong(degrees(360 - 2 * base), TRIANGLE_360)
            .wrong(degrees(2 * base), slip("stops-at-the-double", "stops after doubling the given angle"))
            .hint("Double the known angle, and see how much of 180° is left.")
            .step(
                format!("The two equal angles together measure 2 × {base} = {} degrees.", 2 * base),
                degrees(2 * base),
            )
            .step(format!("The third angle is 180 − {} = {top} degrees.", 2 * base), degrees(top))
    })
}

fn in_a_ratio(g: &mut Gen) -> Option<Draft> {
    let (a, b, c) = (g.int(1..=9), g.int(1..=9), g.int(2..=12));
    let parts = a + b + c;
    if !(a < b && b < c) || 180 % parts != 0 {
        return None;
    }
    let one = 180 / parts;
    let child = g.child();
    let (which, k) = g.pick(&[("largest", c), ("smallest", a), ("middle-sized", b)]);
    let opening = match g.int(0..=2) {
        0 => format!("The angles of a triangle are in the ratio {a} to {b} to {c}."),
        1 => format!("{} drew a triangle whose angles are in the ratio {a} to {b} to {c}.", child.name),
        _ => format!(
            "A garden has the shape of a triangle, and its angles are in the ratio {a} to {b} to {c}."
        ),
    };
    Some(
        Draft::new(format!("{opening} What is the measure of the {which} angle?"))
            .key(degrees(one * k))
            .wrong(degrees(one), slip("stops-at-one-part", "stops at the size of one part"))
            .wrong(
                degrees(size(if 360 % parts == 0 && 2 * one * k < 180 { 2 * one * k } else { 0 })),
                TRIANGLE_360,
            )
            .wrong(
                degrees(60),
                slip("shares-equally", "shares the degrees equally and does not use the ratio"),
            )
            .wrong(
                degrees(one * if k == c { b } else { c }),
                slip("wrong-part-of-ratio", "uses the number of the ratio that belongs to another angle"),
            )
            .wrong(
                degrees(one * if k == a { b } else { a }),
                slip("wrong-part-of-ratio", "uses the number of the ratio that belongs to another angle"),
            )
            .hint("What do the angles of every triangle add up to?")
            .hint("Add the numbers of the ratio to find how many equal parts share those degrees.")
            .step(format!("There are {a} + {b} + {c} = {parts} equal parts."), crate::exact::int(parts))
            .step(
                format!("The angles add up to 180 degrees, so one part is 180 ÷ {parts} = {one} degrees."),
                degrees(one),
            )
            .step(
                format!(
                    "The {which} angle has {}, so it measures {k} × {one} = {} degrees.",
                    crate::story::count(k, "part", "parts"),
                    k * one
                ),
                degrees(k * one),
            ),
    )
}
