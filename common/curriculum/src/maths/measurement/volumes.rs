//! Volume and surface.

use super::{measurement, size, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, dec, int, unit, words};
use crate::figure::Picture;
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Section::{Mathematics, Quantitative};

pub const TEMPLATES: &[Template] = &[
    measurement("box-volume", "measurement.volume", &[Mathematics, Quantitative], &[Lower, Middle], volume),
    measurement(
        "box-surface",
        "measurement.surface-area",
        &[Mathematics, Quantitative],
        &[Middle, Upper],
        surface,
    ),
    measurement("cylinder-volume", "measurement.volume", &[Mathematics], &[Upper], cylinder),
    measurement("water-level", "measurement.volume", &[Mathematics, Quantitative], &[Middle, Upper], water),
];

/// A box seen from the front, above and right, with its three lengths.
fn box_picture(words: String, length: &str, width: &str, height: &str) -> Picture {
    Picture::new(260, 190, words)
        .polygon(&[(40, 80), (170, 80), (170, 160), (40, 160)], false)
        .polygon(&[(40, 80), (90, 40), (220, 40), (170, 80)], false)
        .polygon(&[(170, 80), (220, 40), (220, 120), (170, 160)], false)
        .label(105, 178, length)
        .label(208, 152, width)
        .label(24, 124, height)
}

fn volume(g: &mut Gen) -> Option<Draft> {
    let top = if g.level() == Lower { 10 } else { 16 };
    let (l, w) = g.two(3..=top);
    let h = g.int(2..=top);
    let u = g.pick(&["inches", "feet", "centimeters"]);
    if h == l || h == w {
        return None;
    }
    let v = l * w * h;
    let child = g.child();
    let back = g.level() == Middle && g.one_in(2);
    let words = if back {
        format!("A rectangular box. It is {l} {u} long and {w} {u} wide. Its height is marked x.")
    } else {
        format!("A rectangular box. It is {l} {u} long, {w} {u} wide and {h} {u} tall.")
    };
    let height = if back { "x".to_owned() } else { h.to_string() };
    let stem = match (back, g.int(0..=2)) {
        (false, 0) => "What is the volume of the box in the figure?".to_owned(),
        (false, 1) => format!(
            "{} fills the box in the figure to the top with sand. How much sand does it hold?",
            child.name
        ),
        (false, _) => "The figure shows a block of wood. What is its volume?".to_owned(),
        (true, 0) => format!("The box in the figure has a volume of {v} cubic {u}. What is its height x?"),
        (true, 1) => format!(
            "{} needs {v} cubic {u} of soil to fill the planter in the figure. How tall is the planter, x?",
            child.name
        ),
        (true, _) => format!("The block in the figure is made of {v} cubic {u} of clay. What is x?"),
    };
    let draft = Draft::new(stem).figure(box_picture(words, &l.to_string(), &w.to_string(), &height));
    let cubic = format!("cubic {u}");
    Some(if back {
        draft
            .key(unit(h, u))
            .wrong(unit(w * h, u), slip("divides-once", "divides by only one of the two known lengths"))
            .wrong(unit(l * h, u), slip("divides-once", "divides by only one of the two known lengths"))
            .wrong(
                unit(size(v - l - w), u),
                slip("subtracts-lengths-from-volume", "subtracts the lengths from the volume"),
            )
            .wrong(
                unit(size(Q::new(v, l + w)), u),
                slip("divides-by-the-sum", "divides the volume by the sum of the lengths"),
            )
            .hint("Length times width times height gives the volume.")
            .hint("Find the area of the bottom first. How many layers of it make the volume?")
            .step(format!("The bottom has {l} × {w} = {} square {u}.", l * w), int(l * w))
            .step(format!("The height is {v} ÷ {} = {h} {u}.", l * w), unit(h, u))
    } else {
        draft
            .key(unit(v, &cubic))
            .wrong(
                unit(l + w + h, &cubic),
                slip("adds-for-volume", "adds the three lengths instead of multiplying them"),
            )
            .wrong(
                unit(2 * (l * w + w * h + l * h), &cubic),
                slip("surface-for-volume", "finds the area of all the faces instead of the volume"),
            )
            .wrong(unit(l * w, &cubic), slip("area-for-volume", "multiplies only two of the three lengths"))
            .wrong(
                unit(l * w + h, &cubic),
                slip("adds-the-height", "adds the height to the area of the bottom"),
            )
            .hint("How many unit cubes lie in the bottom layer?")
            .hint("Multiply the cubes of one layer by the number of layers.")
            .step(format!("The bottom layer has {l} × {w} = {} cubes.", l * w), int(l * w))
            .step(format!("There are {h} layers: {} × {h} = {v} cubic {u}.", l * w), unit(v, &cubic))
    })
}

fn surface(g: &mut Gen) -> Option<Draft> {
    let (l, w) = g.two(2..=12);
    let h = g.int(2..=12);
    let u = g.pick(&["inches", "feet", "centimeters"]);
    let square = format!("square {u}");
    let open = g.level() == Upper && g.one_in(2);
    let (top, front, side) = (l * w, l * h, w * h);
    let all = 2 * (top + front + side);
    let key = if open { all - top } else { all };
    let child = g.child();
    let words = format!(
        "A rectangular box. It is {l} {u} long, {w} {u} wide and {h} {u} tall.{}",
        if open { " It has no lid: the top is open." } else { "" }
    );
    let stem = match (open, g.int(0..=2)) {
        (false, 0) => "What is the surface area of the box in the figure?".to_owned(),
        (false, 1) => format!(
            "{} paints all six faces of the box in the figure. How large is the painted area?",
            child.name
        ),
        (false, _) => "How much paper covers the box in the figure exactly, without overlap?".to_owned(),
        (true, 0) => {
            "The open box in the figure is made of cardboard. What is the area of the cardboard?".to_owned()
        }
        (true, 1) => format!(
            "{} paints the outside of the open box in the figure, its bottom included. How large is the painted area?",
            child.name
        ),
        (true, _) => {
            "The figure shows a tank without a lid. How much sheet metal makes its bottom and its four sides?"
                .to_owned()
        }
    };
    let put = |n: i64| unit(n, &square);
    let draft = Draft::new(stem)
        .figure(box_picture(words, &l.to_string(), &w.to_string(), &h.to_string()))
        .key(put(key))
        .wrong(
            put(l * w * h),
            slip("volume-for-surface", "finds the volume instead of the area of the faces"),
        )
        .wrong(put(top + front + side), slip("three-faces-only", "counts only one face of each pair"))
        .wrong(
            put(if open { all } else { all - top }),
            slip("wrong-number-of-faces", "counts a face that is not there, or forgets one that is"),
        )
        .wrong(put(all - 2 * top), slip("side-walls-only", "counts only the four side walls"))
        .wrong(put(6 * top), slip("all-faces-equal", "takes all six faces for equal"))
        .hint("How many faces are there, and which of them are equal?")
        .hint("Find the areas of the bottom, of the front and of one end. How often does each of them occur?")
        .step(format!("The bottom has {l} × {w} = {top} {square}."), put(top))
        .step(format!("The front has {l} × {h} = {front} {square}, and so does the back."), put(front))
        .step(format!("Each end has {w} × {h} = {side} {square}."), put(side));
    Some(if open {
        draft.step(format!("One bottom, front and back, and two ends: {top} + {front} + {front} + {side} + {side} = {key}."), put(key))
    } else {
        draft.step(
            format!("There are two of each: 2 × ({top} + {front} + {side}) = {key} {square}."),
            put(key),
        )
    })
}

fn cylinder(g: &mut Gen) -> Option<Draft> {
    let (r, h) = g.two(2..=15);
    let u = g.pick(&["inches", "centimeters", "feet", "meters"]);
    let by_radius = g.one_in(2);
    let thing = g.pick(&["can", "tank", "pipe section", "candle", "drum", "pillar"]);
    let child = g.child();
    let cone = g.one_in(3);
    let thing = if cone { g.pick(&["paper cup", "pile of sand", "tent", "candle"]) } else { thing };
    let solid = if cone { "cone" } else { "cylinder" };
    let (name, n) = if by_radius { ("radius", r) } else { ("diameter", 2 * r) };
    let stem = match g.int(0..=2) {
        0 => format!(
            "A {thing} has the shape of a {solid} with a height of {h} {u} and a {name} of {n} {u}. What is its volume?"
        ),
        1 => format!(
            "{} measures a {thing} in the shape of a {solid}: the {name} is {n} {u} and the height is {h} {u}. What is the volume?",
            child.name
        ),
        _ => format!("The {name} of a {solid} is {n} {u}, and its height is {h} {u}. What is its volume?"),
    };
    let pi = |n: Q| {
        let value = dec(n);
        if value.meaning.is_some() { words(format!("{}π cubic {u}", value.text)) } else { words("") }
    };
    let share = if cone { 3 } else { 1 };
    let whole = r * r * h;
    if cone && whole % 3 != 0 {
        return None;
    }
    Some(
        Draft::new(stem)
            .key(pi(Q::new(whole, share)))
            .wrong(pi(Q::new(4 * whole, share)), slip("diameter-for-radius", "mixes up radius and diameter"))
            .wrong(
                pi(Q::new(whole, if cone { 1 } else { 3 })),
                slip("cone-for-cylinder", "mixes up the rules for a cone and a cylinder"),
            )
            .wrong(
                pi(Q::new(2 * r * h, share)),
                slip(
                    "circumference-for-area",
                    "mixes up the rules for the circumference and the area of a circle",
                ),
            )
            .wrong(
                pi(Q::new(r * h * h, share)),
                slip("squares-the-height", "squares the height instead of the radius"),
            )
            .wrong(pi(Q::new(r * h, share)), slip("forgets-to-square", "forgets to square the radius"))
            .hint(if cone {
                "A cone holds a third of the cylinder with the same base and height."
            } else {
                "The volume is the area of the round base times the height."
            })
            .hint("The area of the base is π times the radius times the radius. Is the radius given?")
            .say(if by_radius {
                format!("The radius is {r} {u}.")
            } else {
                format!("The radius is half of {n}: {r} {u}.")
            })
            .step(format!("The base has an area of {r} × {r} × π = {}π square {u}.", r * r), int(r * r))
            .step(
                if cone {
                    format!(
                        "A third of {} × {h} is {}, so the volume is {}π cubic {u}.",
                        r * r,
                        whole / 3,
                        whole / 3
                    )
                } else {
                    format!("The volume is {}π × {h} = {}π cubic {u}.", r * r, int(whole).text)
                },
                int(Q::new(whole, share)),
            ),
    )
}

fn water(g: &mut Gen) -> Option<Draft> {
    let (l, w) = (g.int(4..=20), g.int(3..=15));
    let (a, b) = (g.int(4..=25), g.int(2..=20));
    let h = g.int(2..=15);
    let v = l * w * h;
    if l < w || (l, w) == (a, b) || a < b || v % (a * b) != 0 {
        return None;
    }
    let key = v / (a * b);
    if key < 2 || key == h || key > 40 {
        return None;
    }
    let child = g.child();
    let u = g.pick(&["inches", "centimeters"]);
    let deep = key + g.int(1..=6);
    let stem = match g.int(0..=2) {
        0 => format!(
            "A rectangular tank with a bottom of {l} {u} by {w} {u} holds water {h} {u} deep. All of it is poured into an empty rectangular tank with a bottom of {a} {u} by {b} {u} and walls {deep} {u} tall. How many {u} deep is the water there?"
        ),
        1 => format!(
            "{} pours all the water from one box-shaped vase into another, which is {deep} {u} tall. The first has a bottom of {l} {u} by {w} {u}, and the water was {h} {u} deep. The second has a bottom of {a} {u} by {b} {u}. How many {u} deep is the water in it?",
            child.name
        ),
        _ => format!(
            "A box is {l} {u} by {w} {u} at the bottom and filled with sand {h} {u} deep. The sand is moved to a box that is {a} {u} by {b} {u} at the bottom and {deep} {u} tall, and smoothed. How many {u} deep is the sand now?"
        ),
    };
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(int(h), slip("depth-stays", "thinks the depth stays the same"))
            .wrong(int(deep), slip("fills-to-the-top", "takes the height of the second box for the depth"))
            .wrong(dec(Q::new(v, a)), slip("divides-once", "divides by only one of the two known lengths"))
            .wrong(
                int(size(l + w + h - a - b)),
                slip("sums-stay", "keeps the sum of the lengths instead of the volume"),
            )
            .wrong(
                dec(Q::new(v, a + b)),
                slip("divides-by-the-sum", "divides the volume by the sum of the lengths"),
            )
            .wrong(int(l * w), slip("stops-at-the-bottom", "stops at the area of the bottom"))
            .hint("What stays the same when it is moved from one box to the other?")
            .hint("Find the volume, and divide it by the area of the second bottom.")
            .step(format!("The volume is {l} × {w} × {h} = {} cubic {u}.", int(v).text), int(v))
            .step(format!("The second bottom has {a} × {b} = {} square {u}.", a * b), int(a * b))
            .step(format!("The depth is {} ÷ {} = {key} {u}.", int(v).text, a * b), int(key)),
    )
}
