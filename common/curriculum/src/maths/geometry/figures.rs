//! Composed and shaded figures.

use super::{geometry, size, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, unit};
use crate::figure::Picture;
use crate::item::Misconception;
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Section::{Mathematics, Quantitative};

pub const TEMPLATES: &[Template] = &[
    geometry(
        "l-shape-area",
        "geometry.composed-figures",
        &[Mathematics, Quantitative],
        &[Lower, Middle],
        l_area,
    ),
    geometry(
        "l-shape-perimeter",
        "geometry.composed-figures",
        &[Mathematics, Quantitative],
        &[Lower, Middle],
        l_perimeter,
    ),
    geometry(
        "shaded-frame",
        "geometry.composed-figures",
        &[Mathematics, Quantitative],
        &[Middle, Upper],
        frame,
    ),
    geometry("compare-rectangles", "geometry.composed-figures", &[Quantitative], &[Middle, Upper], compare),
];

const OUTER_ONLY: Misconception =
    slip("ignores-the-cut", "finds the whole rectangle and forgets the piece that is missing");

const AREA_FOR_PERIMETER: Misconception = slip("area-for-perimeter", "mixes up area and perimeter");

/// A rectangle `w` by `h` without its upper right corner of `cw` by `ch`, the sides in order from the lower left.
fn l_shape(w: i64, h: i64, cw: i64, ch: i64, u: &str) -> Picture {
    let description = format!(
        "A figure with six sides and square corners. It is a rectangle {w} {u} wide and {h} {u} tall, from which a smaller rectangle {cw} {u} wide and {ch} {u} tall has been cut away at the upper right corner."
    );
    let scale = 150 / w.max(h);
    let (left, bottom) = (40, 190);
    let (right, top) = (left + scale * w, bottom - scale * h);
    let (inner, step) = (right - scale * cw, top + scale * ch);
    Picture::new(right + 50, 215, description)
        .polygon(
            &[(left, bottom), (right, bottom), (right, step), (inner, step), (inner, top), (left, top)],
            false,
        )
        .dashed((inner, top), (right, top))
        .dashed((right, top), (right, step))
        .label((left + right) / 2, bottom + 18, &w.to_string())
        .label(left - 16, (top + bottom) / 2, &h.to_string())
        .label((inner + right) / 2, top - 6, &cw.to_string())
        .label(right + 16, (top + step) / 2 + 4, &ch.to_string())
}

fn l_numbers(g: &mut Gen) -> Option<(i64, i64, i64, i64)> {
    let most = if g.level() == Lower { 12 } else { 20 };
    let (w, h) = g.two(5..=most);
    let (cw, ch) = (g.int(2..=w - 2), g.int(2..=h - 2));
    (cw != ch || g.one_in(2)).then_some((w, h, cw, ch))
}

fn l_area(g: &mut Gen) -> Option<Draft> {
    let (w, h, cw, ch) = l_numbers(g)?;
    let u = g.pick(&["feet", "meters", "inches"]);
    let area = w * h - cw * ch;
    let child = g.child();
    let stem = match (u, g.int(0..=1)) {
        ("inches", 0) => {
            "A corner was cut from a rectangular card, as in the figure. What is the area of what is left?"
                .to_owned()
        }
        ("inches", _) => format!(
            "{} cut a small rectangle off a sheet of paper, as in the figure. How much paper is left?",
            child.name
        ),
        (_, 0) => "The figure shows the floor of a room. How much carpet does it take to cover the floor?"
            .to_owned(),
        _ => format!(
            "{}'s family plants grass on the lawn in the figure. What is the area of the lawn?",
            child.name
        ),
    };
    let square = format!("square {u}");
    let put = |n: Q| unit(size(n), &square);
    Some(
        Draft::new(stem)
            .figure(l_shape(w, h, cw, ch, u))
            .key(put(area.into()))
            .wrong(put((w * h).into()), OUTER_ONLY)
            .wrong(
                put((w * h + cw * ch).into()),
                slip("adds-the-cut", "adds the piece that is cut away instead of subtracting it"),
            )
            .wrong(put((2 * (w + h)).into()), AREA_FOR_PERIMETER)
            .wrong(
                put(((w - cw) * (h - ch)).into()),
                slip("shortens-both-sides", "shortens both sides of the whole rectangle by the cut"),
            )
            .wrong(
                put((cw * ch).into()),
                slip("gives-the-cut", "gives the area of the piece that is cut away"),
            )
            .hint("What would the area be if no corner were missing?")
            .hint("Find the area of the missing corner, and take it away from the whole rectangle.")
            .step(format!("The whole rectangle has {w} × {h} = {} square {u}.", w * h), put((w * h).into()))
            .step(
                format!("The missing corner has {cw} × {ch} = {} square {u}.", cw * ch),
                put((cw * ch).into()),
            )
            .step(format!("What is left is {} − {} = {area} square {u}.", w * h, cw * ch), put(area.into())),
    )
}

fn l_perimeter(g: &mut Gen) -> Option<Draft> {
    let (w, h, cw, ch) = l_numbers(g)?;
    let u = g.pick(&["feet", "meters", "inches"]);
    let around = 2 * (w + h);
    let child = g.child();
    let stem = match (u, g.int(0..=1)) {
        ("inches", 0) => "What is the perimeter of the shape in the figure?".to_owned(),
        ("inches", _) => format!(
            "{} glues ribbon around the whole edge of the card in the figure. How long must the ribbon be?",
            child.name
        ),
        (_, 0) => format!(
            "{}'s family puts a fence all the way around the yard in the figure. How long is the fence?",
            child.name
        ),
        _ => "A runner goes once around the building in the figure, close to its walls. How far is that?"
            .to_owned(),
    };
    Some(
        Draft::new(stem)
            .figure(l_shape(w, h, cw, ch, u))
            .key(unit(around, u))
            .wrong(unit(w + h + cw + ch, u), slip("adds-only-labels", "adds only the lengths that are written in the figure"))
            .wrong(unit(around - cw - ch, u), slip("cut-shortens-once", "takes the sides of the cut off the perimeter"))
            .wrong(unit(size(around - 2 * (cw + ch)), u), slip("subtracts-cut-perimeter", "subtracts the whole perimeter of the cut piece"))
            .wrong(unit(around + cw + ch, u), slip("adds-cut-sides", "adds the sides of the cut to the perimeter of the whole rectangle"))
            .wrong(unit(w * h - cw * ch, u), AREA_FOR_PERIMETER)
            .hint("The figure has six sides. Two of them have no label. How long are those?")
            .hint("Slide the two edges of the cut outward. Do they fit where the whole rectangle's edges would be?")
            .step(format!("The unlabeled level side is {w} − {cw} = {} {u}, and with the edge of the cut it makes {w} {u} again.", w - cw), unit(w - cw, u))
            .step(format!("The unlabeled upright side is {h} − {ch} = {} {u}, and with the edge of the cut it makes {h} {u} again.", h - ch), unit(h - ch, u))
            .step(format!("So the distance around is {w} + {h} + {w} + {h} = {around} {u}."), unit(around, u)),
    )
}

fn frame(g: &mut Gen) -> Option<Draft> {
    let (w, h) = g.two(5..=16);
    let d = g.int(1..=4);
    let (ow, oh) = (w + 2 * d, h + 2 * d);
    let u = g.pick(&["feet", "inches", "meters"]);
    let area = ow * oh - w * h;
    let child = g.child();
    let wide = crate::story::count(
        d,
        match u {
            "feet" => "foot",
            "inches" => "inch",
            _ => "meter",
        },
        u,
    );
    let (stem, inside) = match u {
        "inches" => (
            format!(
                "A picture that is {w} inches by {h} inches has a frame {wide} wide on every side. What is the area of the frame alone?"
            ),
            "picture",
        ),
        "feet" => (
            format!(
                "{} builds a path {wide} wide all around a rectangular garden that is {w} feet by {h} feet. What is the area of the path?",
                child.name
            ),
            "garden",
        ),
        _ => (
            format!(
                "A pool of {w} meters by {h} meters has a deck {wide} wide on all four sides. The deck has square corners. What is the area of the deck?"
            ),
            "pool",
        ),
    };
    let words = format!(
        "A rectangle {w} {u} by {h} {u} inside a larger rectangle. The shaded border between them is {wide} wide on every side."
    );
    let s = 160 / ow.max(oh);
    // Four pieces, cut at the corners like a picture frame.
    let (left, top, right, bottom) = (20, 10, 20 + s * ow, 10 + s * oh);
    let (in_left, in_top, in_right, in_bottom) = (left + s * d, top + s * d, right - s * d, bottom - s * d);
    let picture = Picture::new(20 + s * ow + 60, 20 + s * oh + 30, words)
        .polygon(&[(left, top), (right, top), (in_right, in_top), (in_left, in_top)], true)
        .polygon(&[(right, top), (right, bottom), (in_right, in_bottom), (in_right, in_top)], true)
        .polygon(&[(right, bottom), (left, bottom), (in_left, in_bottom), (in_right, in_bottom)], true)
        .polygon(&[(left, bottom), (left, top), (in_left, in_top), (in_left, in_bottom)], true)
        .label(20 + s * ow / 2, 10 + s * (d + h) - 6, &w.to_string())
        .label(20 + s * (d + w) - 12, 10 + s * oh / 2, &h.to_string());
    let square = format!("square {u}");
    let put = |n: i64| unit(size(n), &square);
    Some(
        Draft::new(stem)
            .figure(picture)
            .key(put(area))
            .wrong(
                put((w + d) * (h + d) - w * h),
                slip("border-on-one-side", "adds the border on only one side of each length"),
            )
            .wrong(
                put(ow * oh),
                slip("forgets-the-hole", "finds the large rectangle and forgets to take the inside away"),
            )
            .wrong(
                put(2 * (w + h) * d),
                slip("forgets-the-corners", "leaves the four corners of the border out"),
            )
            .wrong(put(w * h), slip("gives-the-inside", "gives the area of the inside"))
            .wrong(put(4 * d * d), slip("corners-only", "counts only the corners of the border"))
            .hint("How long and how wide is the large rectangle, border included?")
            .hint(format!("The border counts at both ends of each length. Then take the {inside} away."))
            .step(
                format!("With the border it is {w} + {d} + {d} = {ow} {u} by {h} + {d} + {d} = {oh} {u}."),
                unit(ow, u),
            )
            .step(format!("The large rectangle has {ow} × {oh} = {} square {u}.", ow * oh), put(ow * oh))
            .step(format!("The {inside} has {w} × {h} = {} square {u}.", w * h), put(w * h))
            .step(format!("The border has {} − {} = {area} square {u}.", ow * oh, w * h), put(area)),
    )
}

fn compare(g: &mut Gen) -> Option<Draft> {
    let child = g.child();
    let (a, b) = g.two(3..=14);
    let u = g.pick(&["feet", "inches", "meters"]);
    let mistakes = |right: usize| {
        let mut all = [
            Some(slip("bigger-sides-bigger-all", "judges by one length and not by the whole figure")),
            Some(slip("bigger-sides-bigger-all", "judges by one length and not by the whole figure")),
            Some(slip("perimeter-fixes-area", "thinks that perimeter and area always go together")),
            Some(slip(
                "calls-it-undetermined",
                "thinks something is missing although the given numbers fix both quantities",
            )),
        ];
        all[right] = None;
        all
    };
    let by = |x: i64, y: i64| {
        if x > y {
            0
        } else if x < y {
            1
        } else {
            2
        }
    };
    let draft = match g.int(0..=3) {
        0 => {
            // The same perimeter: nothing is told of the area of the first.
            let s = g.int(3..=12);
            let n = s * s - g.int(1..=s);
            if n < 2 * s - 1 {
                return None;
            }
            Draft::comparison(&format!("{} draws a rectangle with a perimeter of {} {u}.", child.name, 4 * s), &format!("The area of the rectangle in square {u}"), &n.to_string(), 3, mistakes(3))
                .hint("How many different rectangles have this perimeter?")
                .hint("Think of a square with this perimeter, and of a long thin rectangle with it.")
                .say(format!("A square with sides of {s} {u} has this perimeter and an area of {} square {u}, which is more than {n}.", s * s))
                .say(format!("A very thin rectangle has the same perimeter and an area near zero, which is less than {n}."))
        }
        1 => {
            let (c, d) = g.two(3..=14);
            if a * b == c * d && g.one_in(2) {
                return None;
            }
            Draft::comparison(
                &format!("Rectangle P is {a} {u} by {b} {u}. Rectangle Q is {c} {u} by {d} {u}."),
                "The perimeter of rectangle P",
                "The perimeter of rectangle Q",
                by(a + b, c + d),
                mistakes(by(a + b, c + d)),
            )
            .hint("How do you find the distance around a rectangle?")
            .hint("Add the length and the width of each rectangle, and compare the sums.")
            .step(
                format!("Rectangle P has a perimeter of 2 × ({a} + {b}) = {} {u}.", 2 * (a + b)),
                unit(2 * (a + b), u),
            )
            .step(
                format!("Rectangle Q has a perimeter of 2 × ({c} + {d}) = {} {u}.", 2 * (c + d)),
                unit(2 * (c + d), u),
            )
        }
        2 => {
            let c = g.int(2..=18);
            let d = if a * b % c == 0 { a * b / c } else { a * b / c + g.int(0..=1) };
            if d < 2 || c == a || c == b {
                return None;
            }
            Draft::comparison(
                &format!("Rectangle P is {a} {u} by {b} {u}. Rectangle Q is {c} {u} by {d} {u}."),
                "The area of rectangle P",
                "The area of rectangle Q",
                by(a * b, c * d),
                mistakes(by(a * b, c * d)),
            )
            .hint("How do you find the area of a rectangle?")
            .hint("Multiply the length by the width in each rectangle, and compare.")
            .step(
                format!("Rectangle P has an area of {a} × {b} = {} square {u}.", a * b),
                unit(a * b, &format!("square {u}")),
            )
            .step(
                format!("Rectangle Q has an area of {c} × {d} = {} square {u}.", c * d),
                unit(c * d, &format!("square {u}")),
            )
        }
        _ => {
            // A triangle and a rectangle on the same base.
            let tall = b * 2 + g.pick(&[0, 0, 2, -2, 4]);
            if tall < 2 {
                return None;
            }
            let half = a * tall;
            Draft::comparison(&format!("A triangle has a base of {a} {u} and a height of {tall} {u}. A rectangle is {a} {u} wide and {b} {u} tall."), "The area of the triangle", "The area of the rectangle", by(half, 2 * a * b), mistakes(by(half, 2 * a * b)))
                .hint("A triangle is half of the rectangle with the same base and height.")
                .hint("Find both areas in numbers, and compare.")
                .step(format!("The triangle has half of {a} × {tall}: {} square {u}.", unit(Q::new(half, 2), "").text.trim()), unit(Q::new(half, 2), &format!("square {u}")))
                .step(format!("The rectangle has {a} × {b} = {} square {u}.", a * b), unit(a * b, &format!("square {u}")))
        }
    };
    Some(draft)
}
