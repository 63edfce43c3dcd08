//! Solids and their nets.

use super::{geometry, polar, sine, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{int, words};
use crate::figure::Picture;
use crate::item::Misconception;
use crate::level::Level::{Lower, Middle};
use crate::level::Section::{Mathematics, Quantitative};
use crate::story::{article, spelled};

pub const TEMPLATES: &[Template] = &[
    geometry("solid-parts", "geometry.solids", &[Mathematics, Quantitative], &[Lower, Middle], solid),
    geometry("net-to-solid", "geometry.solids", &[Mathematics], &[Lower, Middle], net),
];

const BASES: [(i64, &str); 7] = [
    (3, "triangular"),
    (4, "rectangular"),
    (5, "pentagonal"),
    (6, "hexagonal"),
    (7, "heptagonal"),
    (8, "octagonal"),
    (10, "decagonal"),
];

const FLAT_COUNT: Misconception = slip("counts-around-base-only", "counts only around one base");

fn solid(g: &mut Gen) -> Option<Draft> {
    let top = if g.level() == Lower { 6 } else { 10 };
    let (n, name) = g.pick(&BASES);
    if n > top {
        return None;
    }
    let prism = g.one_in(2);
    let (faces, edges, corners) = if prism { (n + 2, 3 * n, 2 * n) } else { (n + 1, 2 * n, n + 1) };
    let whole = format!("{name} {}", if prism { "prism" } else { "pyramid" });
    let child = g.child();
    let opening = match g.int(0..=3) {
        0 => format!(
            "{} builds {} {whole} from straws and balls of clay: a straw for every edge and a ball for every vertex.",
            child.name,
            article(name)
        ),
        1 => format!("A gift box has the shape of {} {whole}.", article(name)),
        2 => format!("A crystal has the shape of {} {whole}.", article(name)),
        _ => format!("{} draws {} {whole}.", child.name, article(name)),
    };
    let (ask, key, step) = match g.int(0..=3) {
        0 => (
            "How many edges does the solid have?",
            edges,
            if prism {
                format!(
                    "Each base has {n} edges, and {n} more edges join the bases: {n} + {n} + {n} = {edges}."
                )
            } else {
                format!("The base has {n} edges, and {n} more edges run up to the top: {n} + {n} = {edges}.")
            },
        ),
        1 => (
            "How many faces does the solid have?",
            faces,
            if prism {
                format!("There are {n} faces around the sides and 2 bases: {n} + 2 = {faces}.")
            } else {
                format!("There are {n} faces around the sides and 1 base: {n} + 1 = {faces}.")
            },
        ),
        2 => (
            "How many vertices does the solid have?",
            corners,
            if prism {
                format!("Each of the 2 bases has {n} vertices: 2 × {n} = {corners}.")
            } else {
                format!("The base has {n} vertices, and there is one more at the top: {n} + 1 = {corners}.")
            },
        ),
        _ => (
            "How many more edges than vertices does the solid have?",
            edges - corners,
            format!(
                "It has {edges} edges and {corners} vertices, and {edges} − {corners} = {}.",
                edges - corners
            ),
        ),
    };
    let (other_faces, other_edges, other_corners) =
        if prism { (n + 1, 2 * n, n + 1) } else { (n + 2, 3 * n, 2 * n) };
    let other = match () {
        () if ask.contains("more") => other_edges - other_corners,
        () if ask.contains("edges") => other_edges,
        () if ask.contains("faces") => other_faces,
        () => other_corners,
    };
    Some(
        Draft::new(format!("{opening} {ask}"))
            .key(int(key))
            .wrong(int(other), slip("prism-for-pyramid", "mixes up prisms and pyramids"))
            .wrong(
                int(if ask.contains("more") {
                    edges
                } else if ask.contains("edges") {
                    corners
                } else {
                    edges
                }),
                slip("edges-for-vertices", "mixes up edges, vertices and faces"),
            )
            .wrong(
                int(if ask.contains("faces") { n } else { faces }),
                slip("edges-for-vertices", "mixes up edges, vertices and faces"),
            )
            .wrong(int(n), FLAT_COUNT)
            .wrong(
                int(edges + corners),
                slip("adds-edges-and-vertices", "adds the edges and the vertices together"),
            )
            .hint(if prism {
                "A prism has two equal bases. What joins them?"
            } else {
                "A pyramid has one base. Everything else meets at one point."
            })
            .hint("How many sides does the base have? Count around the base first, and then count what is above it.")
            .say(format!(
                "{} of {} {whole} has {n} sides.",
                if prism { "Each base" } else { "The base" },
                article(name)
            ))
            .step(step, int(key)),
    )
}

fn net(g: &mut Gen) -> Option<Draft> {
    let prism = g.one_in(2);
    let (n, base) = g.pick(&[
        (3, "equilateral triangle"),
        (4, "square"),
        (5, "regular pentagon"),
        (6, "regular hexagon"),
    ]);
    let side = g.int(2..=9);
    let tall = g.int(side + 1..=side + 9);
    let u = g.pick(&["inches", "centimeters"]);
    let many = spelled(n);
    let picture = {
        let wide = 40;
        let radius = wide * 1000 / (2 * sine(180 / n));
        if prism {
            let left = 20;
            let words = format!(
                "A net: a row of {many} rectangles side by side, each {side} {u} wide and {tall} {u} tall. One {base} with sides of {side} {u} is joined to the top of the first rectangle, and another one to its bottom."
            );
            let deep = 80;
            let mut picture = Picture::new(left * 2 + wide * n.max(3) + 20, 60 + deep + 140, words);
            let up = radius * 2;
            for at in 0..n {
                picture = picture.rectangle(left + 20 + wide * at, up + 10, wide, deep, false);
            }
            for (from, sign) in [(up + 10, -1), (up + 10 + deep, 1)] {
                let center = (left + 20 + wide / 2, from + sign * radius * sine(90 - 180 / n) / 1000);
                let corners: Vec<(i64, i64)> =
                    (0..n).map(|k| polar(center, radius, sign * 90 - 180 / n * (1 - 2 * k))).collect();
                picture = picture.polygon(&corners, false);
            }
            picture.label(left + 20 + wide + 20, up + 10 + deep + 20, &side.to_string()).label(
                left + 5,
                up + 10 + deep / 2,
                &tall.to_string(),
            )
        } else {
            let words = format!(
                "A net: {} {base} in the middle with sides of {side} {u}, and on each of its {many} sides an equal triangle whose other two sides are {tall} {u} long.",
                article(base)
            );
            let center = (130, 130);
            let corner = |k: i64| polar(center, radius, 360 * k / n + 90);
            let corners: Vec<(i64, i64)> = (0..n).map(corner).collect();
            let mut picture = Picture::new(260, 260, words).polygon(&corners, false);
            for k in 0..n {
                picture = picture.polygon(
                    &[corner(k), polar(center, 105, 360 * k / n + 90 + 180 / n), corner(k + 1)],
                    false,
                );
            }
            picture.label(center.0, center.1, &side.to_string())
        }
    };
    let kind = |n: i64, prism: bool| {
        let base = ["triangular", "square", "pentagonal", "hexagonal"][usize::try_from(n - 3).unwrap_or(0)];
        format!("{base} {}", if prism { "prism" } else { "pyramid" })
    };
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => "The figure shows a net. Which solid can be folded from it?".to_owned(),
        1 => format!(
            "{} cut the net in the figure out of cardboard and folded it up. Which solid came out?",
            child.name
        ),
        _ => "A paper lantern is folded from the net in the figure. What solid is the lantern?".to_owned(),
    };
    let side_faces =
        slip("names-by-side-faces", "names the solid by the faces around it and not by its base");
    let next = if n == 6 { 5 } else { n + 1 };
    Some(
        Draft::new(stem)
            .figure(picture)
            .key(words(kind(n, prism)))
            .wrong(words(kind(n, !prism)), slip("prism-for-pyramid", "mixes up prisms and pyramids"))
            .wrong(words(kind(if prism { 4 } else { 3 }, prism)), side_faces)
            .wrong(words(kind(next, prism)), slip("miscounts-base-sides", "miscounts the sides of the base"))
            .wrong(words(kind(next, !prism)), slip("miscounts-base-sides", "miscounts the sides of the base"))
            .hint("Is there one base, or are there two equal ones?")
            .hint("Rectangles around two bases fold into a prism. Triangles around one base fold into a pyramid. The shape of the base gives the first word.")
            .say(if prism { format!("There are two equal bases, each {} {base}, and {many} rectangles between them.", article(base)) } else { format!("There is one base, {} {base}, and {many} triangles that meet at a point.", article(base)) })
            .say(format!("So the solid is a {}.", kind(n, prism))),
    )
}
