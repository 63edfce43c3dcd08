//! Comparisons of shapes.

use super::write::{n, slip};
use super::{A, B, EQUAL, UNKNOWN, compare, order, settle, verdict};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, degrees, int};
use crate::item::Misconception;
use crate::level::Level::{Middle, Upper};
use crate::level::Section::Quantitative;
use crate::level::Strand;

pub const TEMPLATES: &[Template] = &[
    Template {
        id: "compare-area-with-perimeter",
        skill: "comparison.geometry",
        strand: Strand::Geometry,
        sections: &[Quantitative],
        levels: &[Middle, Upper],
        make: area,
    },
    Template {
        id: "compare-isosceles-angles",
        skill: "comparison.geometry",
        strand: Strand::Geometry,
        sections: &[Quantitative],
        levels: &[Middle, Upper],
        make: isosceles,
    },
    Template {
        id: "compare-third-side",
        skill: "comparison.geometry",
        strand: Strand::Geometry,
        sections: &[Quantitative],
        levels: &[Middle, Upper],
        make: third_side,
    },
    Template {
        id: "compare-circle-and-square",
        skill: "comparison.geometry",
        strand: Strand::Geometry,
        sections: &[Quantitative],
        levels: &[Middle, Upper],
        make: circle,
    },
    Template {
        id: "compare-box-volumes",
        skill: "comparison.geometry",
        strand: Strand::Geometry,
        sections: &[Quantitative],
        levels: &[Middle, Upper],
        make: boxes,
    },
];

const ONE_SHAPE: Misconception =
    slip("pictures-one-shape", "pictures only one of the shapes that are possible");

fn area(g: &mut Gen) -> Option<Draft> {
    let half = 2 * g.by_level([4..=12, 4..=12, 4..=16, 5..=30]);
    let square = half / 2 * (half / 2);
    let kind = g.int(0..=3);
    let length = g.int(half / 2 + 1..=half - 1);
    let (unit_one, unit_square) =
        g.pick(&[("inches", "square inches"), ("feet", "square feet"), ("meters", "square meters")]);
    let shape = g.pick(&["rectangle", "rectangular garden", "rectangular sign"]);
    let around = 2 * half;
    let bound = match g.int(0..=2) {
        0 => square,
        1 => square + g.int(1..=9),
        _ => square - g.int(1..=square / 2),
    };
    let known = length * (half - length);
    let (given, right) = match kind {
        0 => (
            format!("A {shape} has a perimeter of {around} {unit_one}."),
            if bound > square { B } else { UNKNOWN },
        ),
        1 => (
            format!("A {shape} that is not a square has a perimeter of {around} {unit_one}."),
            if bound >= square { B } else { UNKNOWN },
        ),
        2 => (format!("A square has a perimeter of {around} {unit_one}."), order(square, bound)),
        _ => (
            format!("A {shape} has a perimeter of {around} {unit_one} and is {length} {unit_one} long."),
            order(known, if bound == square { known } else { bound }),
        ),
    };
    let bound = if kind == 3 && bound == square { known } else { bound };
    let draft = compare(
        &given,
        &format!("the area of the {}, in {unit_square}", if kind == 2 { "square" } else { shape }),
        &n(bound),
        right,
        &[
            (order(around, bound), slip("perimeter-in-place-of-area", "takes the perimeter for the area")),
            (if kind < 2 { order(square, bound) } else { right }, ONE_SHAPE),
            (
                UNKNOWN,
                slip(
                    "shape-not-given",
                    "thinks that nothing can be said about an area unless every side is given",
                ),
            ),
        ],
    );
    Some(match kind {
        2 => draft
            .hint("All four sides of a square are equal.")
            .hint("Find one side from the perimeter, and multiply it by itself.")
            .step(format!("Each side is {around} ÷ 4 = {}.", half / 2), int(half / 2))
            .step(format!("The area is {} × {} = {square}.", half / 2, half / 2), int(square))
            .say(verdict(right)),
        3 => draft
            .hint("The length and the width together make half of the perimeter.")
            .hint("Find the width first, and then multiply.")
            .step(format!("The length and the width together are {around} ÷ 2 = {half}."), int(half))
            .step(format!("The width is {half} − {length} = {}.", half - length), int(half - length))
            .step(format!("The area is {length} × {} = {known}.", half - length), int(known))
            .say(verdict(right)),
        _ => draft
            .hint("Try a long, thin rectangle with that perimeter. Then try one that is nearly a square.")
            .hint("Of all rectangles with the same perimeter, the square has the greatest area.")
            .step(format!("The length and the width together are {around} ÷ 2 = {half}."), int(half))
            .step(format!("The square with that perimeter has the area {} × {} = {square}, and any other rectangle has less.", half / 2, half / 2), int(square))
            .say(if right == UNKNOWN {
                format!("A rectangle that is almost as thin as a line has almost no area, so the area can be less than {bound}, but it does not have to be.")
            } else {
                format!("So the area is always less than {bound}.")
            })
            .say(verdict(right)),
    })
}

fn isosceles(g: &mut Gen) -> Option<Draft> {
    let angle = 2 * g.int(10..=70);
    if angle == 60 || angle == 90 {
        return None;
    }
    let kind = g.int(0..=2);
    // The given angle is between the equal sides, one of the equal two, or either.
    let (given, all) = match kind {
        0 => (
            format!("In an isosceles triangle, the angle between the two equal sides measures {angle}°."),
            vec![[angle, (180 - angle) / 2, (180 - angle) / 2]],
        ),
        1 if angle < 90 => (
            format!("In an isosceles triangle, each of the two equal angles measures {angle}°."),
            vec![[180 - 2 * angle, angle, angle]],
        ),
        1 => return None,
        _ => {
            let mut all = vec![[angle, (180 - angle) / 2, (180 - angle) / 2]];
            if angle < 90 {
                all.push([180 - 2 * angle, angle, angle]);
            }
            (format!("One angle of an isosceles triangle measures {angle}°."), all)
        }
    };
    let greatest = g.one_in(2);
    let pick = |angles: &[i64; 3]| {
        if greatest { angles.iter().max() } else { angles.iter().min() }.copied().unwrap_or(0)
    };
    let values: Vec<i64> = all.iter().map(pick).collect();
    let bound = if g.one_in(2) { values[0] } else { values[0] + g.int(-15..=15) };
    if bound < 5 {
        return None;
    }
    let right = settle(values.iter().map(|value| order(*value, bound)));
    let which = if greatest { "greatest" } else { "least" };
    let mut draft = compare(
        &given,
        &format!("the measure of the {which} angle of the triangle"),
        &degrees(bound).text,
        right,
        &[
            (
                order(values[0], bound),
                slip(
                    "assumes-top-angle",
                    "takes the given angle for the one between the equal sides without reason",
                ),
            ),
            (order(angle, bound), slip("uses-given-angle", "compares the given angle itself")),
            (
                order(180 - angle, bound),
                slip(
                    "whole-rest-for-one-angle",
                    "takes the rest of 180 degrees for one angle although two angles share it",
                ),
            ),
            (UNKNOWN, slip("angles-not-given", "thinks that the other angles cannot be found")),
        ],
    )
    .hint("The three angles of a triangle make 180 degrees, and an isosceles triangle has two equal angles.")
    .hint(if kind == 2 {
        "Is the given angle one of the two equal ones, or the other one? Try both, if both are possible."
    } else {
        "Find the other angles from the sum."
    });
    for angles in &all {
        draft = draft.say(format!(
            "The angles {} be {}°, {}° and {}°.",
            if all.len() > 1 { "can" } else { "must" },
            angles[0],
            angles[1],
            angles[2]
        ));
    }
    for value in &values {
        draft = draft.step(format!("The {which} of them is {value}°."), degrees(*value));
    }
    Some(draft.say(verdict(right)))
}

fn third_side(g: &mut Gen) -> Option<Draft> {
    let (p, q) = (g.by_level([3..=12, 3..=12, 3..=16, 3..=40]), g.by_level([3..=12, 3..=12, 3..=16, 3..=40]));
    let (least, most) = ((p - q).abs(), p + q);
    let bound = match g.int(0..=3) {
        0 => most + g.int(0..=6),
        1 => least - g.int(0..=3),
        _ => g.int(least + 1..=most - 1),
    };
    if p == q || bound < 1 {
        return None;
    }
    let measure = g.pick(&["inches", "centimeters", "feet"]);
    let right = if bound >= most {
        B
    } else if bound <= least {
        A
    } else {
        UNKNOWN
    };
    Some(
        compare(
            &format!("Two sides of a triangle are {p} {measure} and {q} {measure} long."),
            &format!("the length of the third side, in {measure}"),
            &n(bound),
            right,
            &[
                (
                    order(most, bound),
                    slip("third-side-is-sum", "takes the sum of two sides for the third side"),
                ),
                (
                    order(least, bound),
                    slip("third-side-is-difference", "takes the difference of two sides for the third side"),
                ),
                (
                    UNKNOWN,
                    slip(
                        "third-side-any-length",
                        "thinks that the third side of a triangle can have any length",
                    ),
                ),
            ],
        )
        .hint("Two sides of a triangle together are always longer than the third.")
        .hint("Find the greatest and the least length between which the third side must lie.")
        .step(format!("The third side is shorter than {p} + {q} = {most}."), int(most))
        .step(format!("It is longer than {} − {} = {least}.", p.max(q), p.min(q)), int(least))
        .say(match right {
            UNKNOWN => format!(
                "The number {bound} lies between {least} and {most}, so the side can be longer or shorter."
            ),
            A => format!("So it is always longer than {bound}."),
            _ => format!("So it is always shorter than {bound}."),
        })
        .say(verdict(right)),
    )
}

fn circle(g: &mut Gen) -> Option<Draft> {
    let r = g.by_level([2..=9, 2..=9, 2..=12, 2..=20]);
    let measure = g.pick(&["inches", "centimeters", "feet"]);
    let kind = g.int(0..=3);
    let mut naive = A;
    let (given, left, other, right, guess, steps): (
        String,
        String,
        String,
        usize,
        Misconception,
        Vec<String>,
    ) = match kind {
        // How far around: π against a number.
        0 => {
            let k = g.pick(&[2, 3, 4]);
            (
                format!("A circle has a diameter of {r} {measure}."),
                format!("the circumference of the circle, in {measure}"),
                n(k * r),
                order(Q::new(157, 50), k),
                slip(
                    "radius-for-diameter",
                    "uses the radius where the diameter belongs, or the other way around",
                ),
                vec![
                    format!("The circumference is π times {r}."),
                    format!("Column B is {k} times {r}, and π is a little more than 3."),
                ],
            )
        }
        1 => {
            let k = g.pick(&[2, 3, 4]);
            (
                format!("A circle has a radius of {r} {measure}."),
                format!("the area of the circle, in square {measure}"),
                n(k * r * r),
                order(Q::new(157, 50), k),
                slip("circumference-rule-for-area", "uses the rule for the circumference to find the area"),
                vec![
                    format!("The area is π times {r} squared, which is π times {}.", r * r),
                    format!("Column B is {k} times {}, and π is a little more than 3.", r * r),
                ],
            )
        }
        2 => {
            let s = r + g.int(-2..=2);
            if s < 2 {
                return None;
            }
            (
                format!("A circle has a diameter of {r} {measure}, and a square has sides of {s} {measure}."),
                "the circumference of the circle".into(),
                "the perimeter of the square".into(),
                if 314 * r > 400 * s { A } else { B },
                slip("pi-is-four", "thinks that a circle is as long around as a square of the same width"),
                vec![
                    format!("The circumference is π times {r}, a little more than {}.", 3 * r),
                    format!("The perimeter of the square is 4 × {s} = {}.", 4 * s),
                ],
            )
        }
        _ => {
            let d = 2 * r + if g.one_in(2) { 0 } else { g.int(-2..=2) };
            naive = order(r, d);
            (
                format!("Circle P has a radius of {r} {measure}. Circle Q has a diameter of {d} {measure}."),
                "the area of circle P".into(),
                "the area of circle Q".into(),
                order(2 * r, d),
                slip(
                    "radius-for-diameter",
                    "uses the radius where the diameter belongs, or the other way around",
                ),
                vec![
                    format!("The diameter of circle P is 2 × {r} = {}.", 2 * r),
                    format!("The diameter of circle Q is {d}. The wider circle has the greater area."),
                ],
            )
        }
    };
    let wrong_guess = match kind {
        0 => {
            if right == A {
                B
            } else {
                A
            }
        }
        1 => order(Q::new(157 * r, 25), other.replace(',', "").parse::<i64>().unwrap_or(0)),
        2 => EQUAL,
        _ => naive,
    };
    let draft = compare(
        &given,
        &left,
        &other,
        right,
        &[
            (wrong_guess, guess),
            (if kind < 2 { EQUAL } else { right }, slip("pi-is-three", "takes pi for a whole number")),
            (UNKNOWN, slip("pi-unknown", "thinks that nothing with pi in it can be compared")),
        ],
    )
    .hint(if kind == 3 {
        "A radius is half of a diameter. Find the same measure for both circles."
    } else {
        "Remember that π is a little more than 3."
    })
    .hint(match kind {
        0 => "The circumference is π times the diameter.",
        1 => "The area is π times the radius times the radius.",
        2 => "The circumference is π times the diameter, and the perimeter of a square is 4 times its side.",
        _ => "A greater radius makes a greater area.",
    });
    let draft = steps.into_iter().fold(draft, |draft, text| draft.say(text));
    Some(draft.say(verdict(right)))
}

fn boxes(g: &mut Gen) -> Option<Draft> {
    let most = if g.level() == Middle { 9 } else { 12 };
    let first = [g.int(2..=most), g.int(2..=most), g.int(2..=most)];
    let volume: i64 = first.iter().product();
    let second = if g.one_in(3) {
        // The same volume in other sides.
        let (a, b) = (g.int(2..=12), g.int(2..=12));
        let c = Q::new(volume, a * b).whole()?;
        [a, b, c]
    } else {
        [g.int(2..=most), g.int(2..=most), g.int(2..=most)]
    };
    let mut sorted = (first, second);
    sorted.0.sort_unstable();
    sorted.1.sort_unstable();
    if sorted.0 == sorted.1 || second.iter().any(|side| !(2..=24).contains(side)) {
        return None;
    }
    let other: i64 = second.iter().product();
    let (thing, measure) = g.pick(&[("box", "inches"), ("crate", "feet"), ("fish tank", "decimeters")]);
    let write = |sides: [i64; 3]| format!("{} by {} by {}", sides[0], sides[1], sides[2]);
    let right = order(volume, other);
    let sums: (i64, i64) = (first.iter().sum(), second.iter().sum());
    Some(
        compare(
            &format!("The inside of {thing} P measures {} {measure}, and the inside of {thing} Q measures {} {measure}.", write(first), write(second)),
            &format!("the volume of {thing} P"),
            &format!("the volume of {thing} Q"),
            right,
            &[
                (order(sums.0, sums.1), slip("adds-edges-for-volume", "adds the three sides instead of multiplying them")),
                (order(sorted.0[2], sorted.1[2]), slip("longest-side-wins", "looks only at the longest side")),
            ],
        )
        .hint("The volume of a box is its length times its width times its height.")
        .hint("Multiply the three sides of each. Do not add them.")
        .step(format!("For P: {} × {} × {} = {}.", first[0], first[1], first[2], n(volume)), int(volume))
        .step(format!("For Q: {} × {} × {} = {}.", second[0], second[1], second[2], n(other)), int(other))
        .say(verdict(right)),
    )
}
