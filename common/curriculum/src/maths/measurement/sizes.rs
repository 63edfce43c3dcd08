//! Perimeter and area.

use super::{measurement, size, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, dec, int, money};
use crate::item::Misconception;
use crate::level::Level::{Lower, Middle};
use crate::level::Section::{Mathematics, Quantitative};

pub const TEMPLATES: &[Template] = &[
    measurement(
        "fence-or-cover",
        "measurement.perimeter-area",
        &[Mathematics, Quantitative],
        &[Lower],
        fence,
    ),
    measurement(
        "missing-side",
        "measurement.perimeter-area",
        &[Mathematics, Quantitative],
        &[Lower, Middle],
        missing,
    ),
    measurement(
        "tiles-on-a-floor",
        "measurement.perimeter-area",
        &[Mathematics, Quantitative],
        &[Lower, Middle],
        tiles,
    ),
];

const AREA_FOR_PERIMETER: Misconception = slip("area-for-perimeter", "mixes up area and perimeter");

const HALF_AROUND: Misconception = slip("half-the-perimeter", "adds only two of the four sides");

fn fence(g: &mut Gen) -> Option<Draft> {
    let (one, two) = g.two(3..=25);
    let (w, h) = (one.max(two), one.min(two));
    let price = g.int(2..=9);
    let around = g.one_in(2);
    let child = g.child();
    let thing = g.pick(&["yard", "garden", "playground", "field", "pen"]);
    let amount = if around { 2 * (w + h) } else { w * h };
    let other = if around { w * h } else { 2 * (w + h) };
    let stem = match (around, g.int(0..=1)) {
        (true, 0) => format!(
            "A rectangular {thing} is {w} feet long and {h} feet wide. A fence all around it costs ${price} for each foot. What does the fence cost?"
        ),
        (true, _) => format!(
            "{} puts a border around a rectangular {thing} of {w} feet by {h} feet. The border costs ${price} a foot. How much does it cost in all?",
            child.name
        ),
        (false, 0) => format!(
            "A rectangular {thing} is {w} feet long and {h} feet wide. Grass to cover it costs ${price} for each square foot. What does the grass cost?"
        ),
        (false, _) => format!(
            "{} covers a rectangular {thing} of {w} feet by {h} feet with wood chips, which cost ${price} for each square foot. How much does that cost in all?",
            child.name
        ),
    };
    let cost = |n: i64| money(size(n * price * 100));
    Some(
        Draft::new(stem)
            .key(cost(amount))
            .wrong(cost(other), AREA_FOR_PERIMETER)
            .wrong(cost(w + h), HALF_AROUND)
            .wrong(
                money(amount * 100),
                slip("forgets-the-price", "gives the number of feet as dollars and forgets the price"),
            )
            .wrong(cost(2 * amount), slip("doubles-without-reason", "doubles the result without a reason"))
            .hint(if around {
                "Does the question go around the edge, or does it cover the inside?"
            } else {
                "Does the question cover the inside, or does it go around the edge?"
            })
            .hint(if around {
                "Add all four sides, and multiply by the price of one foot."
            } else {
                "Multiply length by width, and then by the price of one square foot."
            })
            .step(
                if around {
                    format!("The distance around is {w} + {h} + {w} + {h} = {amount} feet.")
                } else {
                    format!("The area is {w} × {h} = {amount} square feet.")
                },
                int(amount),
            )
            .step(format!("The cost is {amount} × ${price} = {}.", cost(amount).text), cost(amount)),
    )
}

fn missing(g: &mut Gen) -> Option<Draft> {
    let top = if g.level() == Lower { 15 } else { 40 };
    let (w, h) = g.two(3..=top);
    let u = g.pick(&["feet", "meters", "inches"]);
    let from_area = g.one_in(2);
    let child = g.child();
    let thing = match u {
        "inches" => "poster",
        "meters" => "pool",
        _ => "rug",
    };
    let (around, area) = (2 * (w + h), w * h);
    let given = match (from_area, g.int(0..=2)) {
        (true, 0) => format!("A rectangular {thing} has an area of {area} square {u} and is {w} {u} long."),
        (true, 1) => format!(
            "{} has a rectangular {thing} that covers {area} square {u}. One side of it measures {w} {u}.",
            child.name
        ),
        (true, _) => format!(
            "The area of a rectangular {thing} is {area} square {u}, and one of its sides is {w} {u}."
        ),
        (false, 0) => format!("A rectangular {thing} has a perimeter of {around} {u} and is {w} {u} long."),
        (false, 1) => format!(
            "{} measured {around} {u} around the edge of a rectangular {thing}. One side of it measures {w} {u}.",
            child.name
        ),
        (false, _) => format!(
            "The perimeter of a rectangular {thing} is {around} {u}, and one of its sides is {w} {u}."
        ),
    };
    let ask_other = g.level() == Middle && g.one_in(2);
    let ask = match (ask_other, from_area) {
        (false, _) => format!("How long is the side that meets it at a corner, in {u}?"),
        (true, true) => format!("What is the perimeter of the {thing} in {u}?"),
        (true, false) => format!("What is the area of the {thing} in square {u}?"),
    };
    let key = match (ask_other, from_area) {
        (false, _) => h,
        (true, true) => around,
        (true, false) => area,
    };
    let put = |side: Q| match (ask_other, from_area) {
        (false, _) => side,
        (true, true) => (side + w) * 2,
        (true, false) => side * w,
    };
    let draft = Draft::new(format!("{given} {ask}")).key(int(key));
    let draft = if from_area {
        draft
            .wrong(
                int(size(put(size(area - w)))),
                slip("subtracts-from-area", "subtracts the side from the area instead of dividing"),
            )
            .wrong(
                int(size(put(size(Q::new(area, 2) - w)))),
                slip("area-as-perimeter", "treats the area as if it were a perimeter"),
            )
            .wrong(
                int(put(Q::new(area, 4))),
                slip("divides-area-by-four", "divides the area by the number of sides"),
            )
            .wrong(
                int(if ask_other { h } else { 2 * (w + h) }),
                if ask_other {
                    slip("stops-at-the-side", "stops at the missing side")
                } else {
                    AREA_FOR_PERIMETER
                },
            )
            .wrong(
                int(if ask_other { w + h } else { 2 * h }),
                if ask_other {
                    HALF_AROUND
                } else {
                    slip("doubles-without-reason", "doubles the result without a reason")
                },
            )
            .hint("Length times width gives the area. Which of the three numbers is missing?")
            .hint("Divide the area by the known side.")
            .step(format!("The missing side is {area} ÷ {w} = {h} {u}."), int(h))
    } else {
        draft
            .wrong(
                int(put(Q::from(around - w))),
                slip("subtracts-one-side", "subtracts only one of the known sides from the perimeter"),
            )
            .wrong(
                int(size(put(size(around - 2 * w)))),
                slip("forgets-two-missing-sides", "forgets that what is left belongs to two equal sides"),
            )
            .wrong(
                int(put(Q::new(around, w))),
                slip("divides-perimeter", "divides the perimeter as if it were an area"),
            )
            .wrong(
                int(if ask_other { h } else { w + h }),
                if ask_other {
                    slip("stops-at-the-side", "stops at the missing side")
                } else {
                    slip("stops-at-half-perimeter", "stops at half of the perimeter")
                },
            )
            .wrong(int(put(Q::new(around, 4))), slip("all-sides-equal", "takes all the sides for equal"))
            .hint("A rectangle has two sides of each length.")
            .hint("Take the known side away twice, and halve what is left.")
            .step(
                format!(
                    "Two sides of {w} {u} take up {} {u}, which leaves {around} − {} = {} {u}.",
                    2 * w,
                    2 * w,
                    2 * h
                ),
                int(2 * h),
            )
            .step(format!("Two equal sides share that, so each is {h} {u}."), int(h))
    };
    Some(match (ask_other, from_area) {
        (false, _) => draft,
        (true, true) => draft.step(format!("The perimeter is 2 × ({w} + {h}) = {around} {u}."), int(around)),
        (true, false) => draft.step(format!("The area is {w} × {h} = {area} square {u}."), int(area)),
    })
}

fn tiles(g: &mut Gen) -> Option<Draft> {
    let (a, b) = g.two(3..=12);
    let inches = g.pick(&[6, 4, 3, 2]);
    let per = 12 / inches;
    let child = g.child();
    let (place, floor) = g.pick(&[
        ("floor of a hall", "floor"),
        ("kitchen wall", "wall"),
        ("bathroom floor", "floor"),
        ("stage", "stage"),
        ("patio", "patio"),
    ]);
    let key = a * per * b * per;
    let stem = match g.int(0..=2) {
        0 => format!(
            "A rectangular {place} is {a} feet by {b} feet. How many square tiles with sides of {inches} inches does it take to cover it without gaps?"
        ),
        1 => format!(
            "{} covers a rectangular {place} of {a} feet by {b} feet with square tiles that are {inches} inches on each side, without gaps. How many tiles are needed?",
            child.name
        ),
        _ => format!(
            "Square tiles {inches} inches wide are laid side by side to cover a rectangular {place}, which measures {a} feet by {b} feet. How many tiles are there?"
        ),
    };
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(
                int(a * b * per),
                slip(
                    "converts-one-direction",
                    "uses the factor for lengths although an area or a volume needs it more than once",
                ),
            )
            .wrong(int(a * b), slip("one-tile-per-square-foot", "counts one tile for each square foot"))
            .wrong(
                dec(size(if (a * b) % inches == 0 { Q::new(a * b, inches) } else { Q(None) })),
                slip("divides-feet-by-inches", "divides feet by inches without changing the units"),
            )
            .wrong(
                int(2 * (a + b) * per),
                slip("counts-tiles-around", "counts the tiles around the edge only"),
            )
            .wrong(
                int(a * b * 12),
                slip("twelve-tiles-per-square-foot", "multiplies the square feet by twelve"),
            )
            .hint("How many tiles lie side by side along one foot?")
            .hint(format!(
                "Find how many tiles fit along the length of the {floor}, and how many along its width."
            ))
            .step(format!("Along one foot lie 12 ÷ {inches} = {per} tiles."), int(per))
            .step(
                format!(
                    "The length takes {a} × {per} = {} tiles and the width takes {b} × {per} = {} tiles.",
                    a * per,
                    b * per
                ),
                int(a * per),
            )
            .step(format!("In all that is {} × {} = {} tiles.", a * per, b * per, int(key).text), int(key)),
    )
}
