//! Circles.

use super::{geometry, polar, size, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, Value, int, words};
use crate::figure::Picture;
use crate::level::Level::{Middle, Upper};
use crate::level::Section::{Mathematics, Quantitative};

pub const TEMPLATES: &[Template] = &[
    geometry("circle-measures", "geometry.circles", &[Mathematics], &[Middle, Upper], circle),
    geometry("circle-in-square", "geometry.circles", &[Mathematics, Quantitative], &[Upper], in_square),
];

/// A multiple of π with a unit.
fn pi(n: impl Into<Q>, u: &str) -> Value {
    let value = crate::exact::dec(size(n));
    if value.meaning.is_none() {
        return value;
    }
    let times = if value.text == "1" { String::new() } else { value.text };
    words(format!("{times}π {u}"))
}

fn circle(g: &mut Gen) -> Option<Draft> {
    let r = g.int(3..=if g.level() == Middle { 20 } else { 30 });
    let d = 2 * r;
    let u = g.pick(&["inches", "feet", "centimeters"]);
    let square = format!("square {u}");
    let child = g.child();
    let thing =
        g.pick(&["table top", "plate", "pond", "wheel", "clock face", "coin drawn on a poster", "rug"]);
    let by_radius = g.one_in(2);
    let (measure, n) = if by_radius { ("radius", r) } else { ("diameter", d) };
    let given = match g.int(0..=2) {
        0 => format!("A circle has a {measure} of {n} {u}."),
        1 => format!("{} measures a round {thing} and finds a {measure} of {n} {u}.", child.name),
        _ => format!("A round {thing} has a {measure} of {n} {u}."),
    };
    let kind = g.int(0..=if g.level() == Upper { 3 } else { 1 });
    let ask = match kind {
        0 => "What is the circumference of the circle?",
        1 => "What is the area of the circle?",
        2 => "What is the area of one half of the circle?",
        _ => "What is the area of one fourth of the circle?",
    };
    let draft = Draft::new(format!("{given} {ask}"))
        .hint("Which do you need, the radius or the diameter? The diameter is twice the radius.");
    let swapped =
        slip("circumference-for-area", "mixes up the rules for the circumference and the area of a circle");
    let mixed = slip("diameter-for-radius", "mixes up radius and diameter");
    Some(if kind == 0 {
        draft
            .key(pi(d, u))
            .wrong(pi(r, u), mixed)
            .wrong(pi(4 * r, u), mixed)
            .wrong(pi(r * r, u), swapped)
            .wrong(pi(d * d, u), swapped)
            .hint("The circumference is π times the diameter.")
            .say(if by_radius {
                format!("The diameter is 2 × {r} = {d} {u}.")
            } else {
                format!("The diameter is given: {d} {u}.")
            })
            .say(format!("The circumference is π times that: {}.", pi(d, u).text))
    } else {
        let share = [1, 1, 2, 4][usize::try_from(kind).ok()?];
        let part = |n: i64| pi(Q::new(n, share), &square);
        draft
            .key(part(r * r))
            .wrong(part(4 * r * r), mixed)
            .wrong(part(2 * r), swapped)
            .wrong(
                if share == 1 { part(2 * r * r) } else { pi(r * r, &square) },
                if share == 1 {
                    slip("doubles-for-squaring-radius", "squares the radius and doubles it as well")
                } else {
                    slip("forgets-the-share", "finds the whole circle and forgets the part that is asked for")
                },
            )
            .wrong(part(r), slip("forgets-to-square", "forgets to square the radius"))
            .hint("The area of a circle is π times the radius times the radius.")
            .say(if by_radius {
                format!("The radius is given: {r} {u}.")
            } else {
                format!("The radius is {d} ÷ 2 = {r} {u}.")
            })
            .step(format!("The radius squared is {r} × {r} = {}.", r * r), int(r * r))
            .say(match share {
                1 => format!("The area is {}.", part(r * r).text),
                _ => format!(
                    "The whole area is {}, and {} is {}.",
                    pi(r * r, &square).text,
                    if share == 2 { "one half of it" } else { "one fourth of it" },
                    part(r * r).text
                ),
            })
    })
}

fn in_square(g: &mut Gen) -> Option<Draft> {
    let r = g.int(2..=15);
    let s = 2 * r;
    let u = g.pick(&["inches", "feet", "centimeters", "meters"]);
    let four = g.one_in(3);
    let outside = !four && g.one_in(3);
    let child = g.child();
    let square = |a: i64, b: i64, over: i64| {
        let b = crate::exact::dec(Q::new(b, over)).text;
        words(format!("{a} − {}π square {u}", if b == "1" { String::new() } else { b }))
    };
    let plain = |a: i64, b: i64| {
        words(format!("{}π − {b} square {u}", if a == 1 { String::new() } else { a.to_string() }))
    };
    let description = if four {
        format!(
            "A square with sides of {} {u}. Four equal circles fit inside it in two rows of two and touch each other and the sides. Everything in the square outside the circles is shaded.",
            2 * s
        )
    } else if outside {
        format!(
            "A circle with a diameter of {s} {u} just touches all four sides of a square around it. The part of the square outside the circle is shaded."
        )
    } else {
        format!(
            "A square with sides of {s} {u}. A circle inside it just touches all four sides. The part of the square outside the circle is shaded."
        )
    };
    // The outline of the square, with a detour around each circle where it touches a side: what is inside the outline is shaded.
    let around = |x: i64, radius: i64, y: i64, from: i64| {
        (0..=36).map(move |k| polar((x, y), radius, from - 10 * k)).collect::<Vec<_>>()
    };
    let mut outline = vec![(20, 20)];
    if four {
        outline.extend(around(60, 40, 60, 180));
        outline.extend(around(60, 40, 140, 180));
        outline.extend([(20, 180), (180, 180)]);
        outline.extend(around(140, 40, 140, 0));
        outline.extend(around(140, 40, 60, 0));
    } else {
        outline.extend(around(100, 80, 100, 180));
        outline.extend([(20, 180), (180, 180)]);
    }
    outline.push((180, 20));
    let side = if four { 2 * s } else { s };
    let picture =
        Picture::new(200, 205, description).polygon(&outline, true).label(100, 198, &side.to_string());
    let stem = match g.int(0..=2) {
        0 => "What is the area of the shaded part of the figure?".to_owned(),
        1 => format!(
            "{} cuts {} out of a square of cloth, as in the figure. What is the area of the cloth that is left over?",
            child.name,
            if four { "four circles" } else { "a circle" }
        ),
        _ => "The figure shows a square tile with a pattern. How much of its area is shaded?".to_owned(),
    };
    let (big, circles) = if four { (4 * s * s, 4 * r * r) } else { (s * s, r * r) };
    Some(
        Draft::new(stem)
            .figure(picture)
            .key(square(big, circles, 1))
            .wrong(square(big, 4 * circles, 1), slip("diameter-for-radius", "mixes up radius and diameter"))
            .wrong(
                square(big, if four { 8 * r } else { s }, 1),
                slip(
                    "circumference-for-area",
                    "mixes up the rules for the circumference and the area of a circle",
                ),
            )
            .wrong(
                plain(circles, big),
                slip("subtracts-the-other-way", "subtracts the square from the circle"),
            )
            .wrong(
                square(if four { 8 * s } else { 4 * s }, circles, 1),
                slip("square-perimeter-for-area", "uses the perimeter of the square instead of its area"),
            )
            .hint("The shaded part is what the square has more than the circles inside it.")
            .hint("How long is a radius, compared with the side of the square? Find both areas and subtract.")
            .step(format!("The square has an area of {big} square {u}."), int(big))
            .step(format!("Each radius is {r} {u}."), int(r))
            .say(if four {
                format!("Each circle has an area of {}π square {u}, and the four together {circles}π.", r * r)
            } else {
                format!("The circle has an area of {circles}π square {u}.")
            })
            .say(format!("The shaded part is the difference, {big} − {circles}π square {u}.")),
    )
}
