//! Congruent and similar figures, and which triangles there are.

use super::{geometry, size, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, int, unit};
use crate::figure::Picture;
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Section::{Mathematics, Quantitative};

pub const TEMPLATES: &[Template] = &[
    geometry("congruent-parts", "geometry.similar", &[Mathematics], &[Lower, Middle], congruent),
    geometry("similar-side", "geometry.similar", &[Mathematics], &[Middle, Upper], similar),
    geometry("scaled-area", "geometry.similar", &[Mathematics, Quantitative], &[Middle, Upper], scaled),
    geometry(
        "triangle-sides",
        "geometry.triangle-inequality",
        &[Mathematics, Quantitative],
        &[Middle, Upper],
        sides,
    ),
];

fn congruent(g: &mut Gen) -> Option<Draft> {
    let (a, b) = g.two(5..=24);
    let c = g.int(5..=24);
    if c == a || c == b || a + b <= c || a + c <= b || b + c <= a {
        return None;
    }
    let u = g.pick(&["inches", "centimeters", "feet"]);
    let (name, p, q, r) = g.pick(&[
        ("XYZ", 'X', 'Y', 'Z'),
        ("STU", 'S', 'T', 'U'),
        ("KLM", 'K', 'L', 'M'),
        ("DEF", 'D', 'E', 'F'),
    ]);
    let child = g.child();
    let opening = match g.int(0..=2) {
        0 => format!("Triangle PQR is congruent to triangle {name}, with the corners in this order."),
        1 => format!(
            "{} cut out triangle PQR and traced it to draw a congruent triangle {name}, with the corners in the same order.",
            child.name
        ),
        _ => format!(
            "Two triangular tiles, PQR and {name}, are congruent, with the corners in the same order."
        ),
    };
    let given = format!("PQ is {a} {u} long, QR is {b} {u} long, and RP is {c} {u} long.");
    let around = slip("congruent-is-perimeter", "adds the sides although only one side is asked for");
    let wrong_side = slip("wrong-matching-side", "matches the wrong sides of the two triangles");
    let all = a + b + c;
    let (asked, key) = g.pick(&[(format!("{p}{q}"), a), (format!("{q}{r}"), b), (format!("{r}{p}"), c)]);
    let (ask, key) = if g.one_in(4) {
        (format!("What is the perimeter of triangle {name}?"), all)
    } else {
        (format!("How long is {asked}?"), key)
    };
    let draft = Draft::new(format!("{opening} {given} {ask}")).key(unit(key, u));
    Some(if key == all {
        draft
            .wrong(
                unit(2 * all, u),
                slip("counts-both-triangles", "adds the sides of both triangles together"),
            )
            .wrong(unit(a + b, u), slip("leaves-out-a-side", "leaves out one side of the perimeter"))
            .wrong(unit(b + c, u), slip("leaves-out-a-side", "leaves out one side of the perimeter"))
            .wrong(unit(3 * a, u), slip("all-sides-equal", "takes all the sides for equal"))
            .hint("Congruent triangles have the same size and shape.")
            .hint("Every side of one triangle has an equal partner in the other.")
            .say(format!("The sides of {name} are equal to the sides of PQR."))
            .step(format!("Its perimeter is {a} + {b} + {c} = {all} {u}."), unit(all, u))
    } else {
        let others: Vec<i64> = [a, b, c].into_iter().filter(|n| *n != key).collect();
        let partner = if key == a {
            "PQ"
        } else if key == b {
            "QR"
        } else {
            "RP"
        };
        draft
            .wrong(unit(others[0], u), wrong_side)
            .wrong(unit(others[1], u), wrong_side)
            .wrong(unit(all, u), around)
            .hint("The order of the corners tells which sides match.")
            .hint(format!(
                "P matches {p}, Q matches {q} and R matches {r}. Which side of PQR matches {asked}?"
            ))
            .say(format!("{asked} matches {partner}, because the corners match in order."))
            .step(format!("So it is {key} {u} long."), unit(key, u))
    })
}

fn similar(g: &mut Gen) -> Option<Draft> {
    let (p, q) = g.pick(&[(2, 1), (3, 1), (3, 2), (4, 3), (5, 2), (4, 1), (5, 3), (5, 4)]);
    let (m, n) = g.two(2..=9);
    let (a, b) = (m * q, n * q);
    let (c, d) = (m * p, n * p);
    if g.level() == Middle && q > 2 || a < 3 || b < 3 {
        return None;
    }
    let child = g.child();
    // The unknown is one of the two lengths of the large figure, or of the small one.
    let unknown_large = g.one_in(2);
    let (known, key) = if unknown_large { (b, d) } else { (d, b) };
    let kind = g.int(0..=3);
    let u = ["feet", "inches", "meters", "centimeters"][usize::try_from(kind).unwrap_or(0)];
    let stem = match (kind, unknown_large) {
        (0, true) => format!(
            "A post that is {a} feet tall casts a shadow {b} feet long. At the same time a tree that is {c} feet tall casts a shadow. How many feet long is the shadow of the tree?"
        ),
        (0, false) => format!(
            "A tree that is {c} feet tall casts a shadow {d} feet long. At the same time a post that is {a} feet tall casts a shadow. How many feet long is the shadow of the post?"
        ),
        (1, true) => format!(
            "{} enlarges a photo that is {a} inches wide and {b} inches tall. The enlargement is {c} inches wide, and nothing is cut off or stretched. How many inches tall is it?",
            child.name
        ),
        (1, false) => format!(
            "{} shrinks a poster that is {c} inches wide and {d} inches tall. The copy is {a} inches wide, and nothing is cut off or stretched. How many inches tall is it?",
            child.name
        ),
        (2, _) => format!("The two right triangles in the figure are similar. How many {u} is side x?"),
        _ => format!(
            "{} drew two similar right triangles, as in the figure. How many {u} long is the side marked x?",
            child.name
        ),
    };
    let draft = Draft::new(stem);
    let draft = if kind >= 2 {
        let (small, large) =
            if unknown_large { (b.to_string(), "x".to_owned()) } else { ("x".to_owned(), d.to_string()) };
        let words = format!(
            "Two similar right triangles. The smaller one has a level side of {a} {u} and an upright side of {small}{}. The larger one has a level side of {c} {u} and an upright side of {large}{}.",
            if unknown_large { format!(" {u}") } else { String::new() },
            if unknown_large { String::new() } else { format!(" {u}") }
        );
        draft.figure(
            Picture::new(320, 190, words)
                .polygon(&[(20, 150), (100, 150), (100, 90)], false)
                .polygon(&[(150, 150), (280, 150), (280, 50)], false)
                .right_angle((100, 150), -1, -1)
                .right_angle((280, 150), -1, -1)
                .label(60, 170, &a.to_string())
                .label(114, 124, &small)
                .label(215, 170, &c.to_string())
                .label(298, 104, &large),
        )
    } else {
        draft
    };
    let difference = (c - a).abs();
    let factor = if unknown_large { Q::new(c, a) } else { Q::new(a, c) };
    Some(
        draft
            .key(int(key))
            .wrong(int(size(if unknown_large { known + difference } else { known - difference })), slip("adds-for-scaling", "adds the difference instead of multiplying by the scale factor"))
            .wrong(int(Q::from(known) / factor), slip("divides-for-scaling", "scales in the wrong direction"))
            .wrong(int(known), slip("thinks-similar-is-equal", "takes similar figures for equal ones"))
            .wrong(int(Q::new(a * c, known)), slip("wrong-pairs", "pairs sides that do not match"))
            .wrong(int(known + a), slip("adds-sides", "adds lengths of the figure instead of comparing them"))
            .wrong(int(known + c), slip("adds-sides", "adds lengths of the figure instead of comparing them"))
            .hint("Which two lengths match each other, and both are known?")
            .hint("By what number is one of them multiplied to get the other? The same number works for the other pair.")
            .step(format!("Matching lengths are {a} and {c}, so the scale factor is {}.", crate::exact::frac(factor).text), crate::exact::frac(factor))
            .step(format!("Multiply: {known} × {} = {key}.", crate::exact::frac(factor).text), int(key)),
    )
}

fn scaled(g: &mut Gen) -> Option<Draft> {
    let k = g.int(2..=if g.level() == Middle { 5 } else { 8 });
    let area = g.int(4..=30);
    let child = g.child();
    let stem_kind = g.int(0..=2);
    let key = area * k * k;
    let times = [
        "",
        "",
        "twice",
        "three times",
        "four times",
        "five times",
        "six times",
        "seven times",
        "eight times",
    ][usize::try_from(k).ok()?];
    let u = ["square inches", "square feet", "square meters"][usize::try_from(stem_kind).ok()?];
    let shape = g.pick(&["triangle", "rectangle", "circle", "pentagon"]);
    let back = g.one_in(3);
    let (known, answer) = if back { (key, area) } else { (area, key) };
    let stem = match (stem_kind, back) {
        (0, false) => format!(
            "A {shape} has an area of {known} square inches. {} makes a copy of the same shape in which every length is {times} as long. How many square inches is the area of the copy?",
            child.name
        ),
        (0, true) => format!(
            "{} makes a copy of a {shape} in which every length is {times} as long as in the {shape} itself. The copy has an area of {known} square inches. How many square inches is the area of the original {shape}?",
            child.name
        ),
        (1, false) => format!(
            "Every length of a garden in the shape of a {shape} is made {times} as long. The garden covered {known} square feet before. How many square feet does it cover after that?"
        ),
        (1, true) => format!(
            "Every length of a garden in the shape of a {shape} is made {times} as long. After that the garden covers {known} square feet. How many square feet did it cover before?"
        ),
        (_, false) => format!(
            "Two {shape}s are similar. Each length of the larger one is {times} the matching length of the smaller one. The smaller one covers {known} square meters. How many square meters does the larger one cover?"
        ),
        (_, true) => format!(
            "Two {shape}s are similar. Each length of the larger one is {times} the matching length of the smaller one. The larger one covers {known} square meters. How many square meters does the smaller one cover?"
        ),
    };
    Some(
        Draft::new(stem)
            .key(int(answer))
            .wrong(
                int(area * k),
                slip("area-scales-once", "scales the area only once although both directions grow"),
            )
            .wrong(
                int(if back { key * k * k } else { key * k }),
                if back {
                    slip("divides-for-scaling", "scales in the wrong direction")
                } else {
                    slip("area-scales-three-times", "scales the area three times, as for a volume")
                },
            )
            .wrong(
                int(size(if back { key - k } else { area + k })),
                slip("adds-for-scaling", "adds the difference instead of multiplying by the scale factor"),
            )
            .wrong(
                int(size(if back { Q::new(key, 2 * k) } else { Q::from(2 * k * area) })),
                slip("doubles-for-squaring", "doubles the scale factor instead of squaring it"),
            )
            .wrong(
                int(size(if back { key - k * k } else { area + k * k })),
                slip("adds-the-square", "squares the scale factor but adds it"),
            )
            .hint("Picture a square. What happens to its area when both its length and its width grow?")
            .hint("The area changes by the scale factor once for the length and once more for the width.")
            .step(format!("The areas differ by a factor of {k} × {k} = {}.", k * k), int(k * k))
            .step(
                if back {
                    format!("The smaller area is {key} ÷ {} = {area} {u}.", k * k)
                } else {
                    format!("The larger area is {area} × {} = {key} {u}.", k * k)
                },
                int(answer),
            ),
    )
}

fn sides(g: &mut Gen) -> Option<Draft> {
    let (a, b) = g.two(4..=20);
    let (low, high) = ((a - b).abs(), a + b);
    if low < 2 {
        return None;
    }
    let child = g.child();
    let u = g.pick(&["inches", "centimeters", "feet"]);
    let end_low =
        slip("allows-flat-triangle", "allows two sides that together are only as long as the third");
    let too_long =
        slip("too-long-third-side", "forgets that two sides together must be longer than the third");
    let draft = if g.one_in(2) || g.level() == Middle {
        let key = g.int(low + 1..=high - 1);
        let stem = match g.int(0..=2) {
            0 => format!(
                "Two sides of a triangle are {a} {u} and {b} {u} long. Which of these could be the length of the third side?"
            ),
            1 => format!(
                "{} has two sticks, {a} {u} and {b} {u} long, and wants to make a triangle with one more stick. Which length could the third stick have?",
                child.name
            ),
            _ => format!(
                "A triangular flower bed has edges of {a} {u} and {b} {u}. Which could be the length of its third edge?"
            ),
        };
        Draft::new(stem)
            .key(unit(key, u))
            .wrong(unit(high, u), end_low)
            .wrong(unit(high + g.int(1..=5), u), too_long)
            .wrong(unit(size(low), u), end_low)
            .wrong(unit(high + 6, u), too_long)
            .hint("If the third side is too long, the other two cannot reach across it.")
            .hint("The third side must be longer than the difference of the other two and shorter than their sum.")
            .step(format!("The third side must be shorter than {a} + {b} = {high} {u}."), unit(high, u))
            .step(format!("It must be longer than {} − {} = {low} {u}.", a.max(b), a.min(b)), unit(low, u))
            .say(format!("Of the choices, only {key} {u} lies between these."))
    } else {
        let stem = match g.int(0..=2) {
            0 => format!(
                "Two sides of a triangle are {a} {u} and {b} {u} long. The third side is a whole number of {u}. How many different lengths could it have?"
            ),
            1 => format!(
                "{} builds a triangle from a stick of {a} {u}, a stick of {b} {u} and a third stick whose length is a whole number of {u}. How many lengths are possible for the third stick?",
                child.name
            ),
            _ => format!(
                "A triangle has sides of {a} {u}, {b} {u} and n {u}, where n is a whole number. How many values of n are possible?"
            ),
        };
        let key = high - low - 1;
        Draft::new(stem)
            .key(int(key))
            .wrong(int(key + 2), end_low)
            .wrong(int(key + 1), slip("counts-one-end", "counts one of the two ends of the range as well"))
            .wrong(int(high - 1), slip("only-upper-limit", "uses only the upper limit for the third side"))
            .wrong(int(size(low)), slip("gives-the-difference", "gives the difference of the two sides"))
            .hint("What is too long for the third side, and what is too short?")
            .hint("Count the whole numbers strictly between the difference and the sum of the two sides.")
            .say(format!("The third side must be longer than {low} and shorter than {high}."))
            .step(
                format!(
                    "The whole numbers from {} to {} are possible: that is {key} of them.",
                    low + 1,
                    high - 1
                ),
                int(key),
            )
    };
    Some(draft)
}
