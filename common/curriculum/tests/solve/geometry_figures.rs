//! Geometry: similar figures, right triangles, composed figures and circles.

use super::Solver;
use super::read::{Frac, Seen, find, number, numbers, re};

pub const SOLVERS: &[(&str, Solver)] = &[
    ("congruent-parts", congruent),
    ("similar-side", similar),
    ("scaled-area", scaled),
    ("triangle-sides", sides),
    ("right-triangle-side", right_side),
    ("rectangle-diagonal", diagonal),
    ("compare-right-triangle", compare_right),
    ("l-shape-area", |seen| l_shape(seen, true)),
    ("l-shape-perimeter", |seen| l_shape(seen, false)),
    ("shaded-frame", frame),
    ("circle-measures", circle),
    ("circle-in-square", in_square),
    ("compare-rectangles", compare),
];

fn whole(n: Frac) -> i128 {
    assert_eq!(n.1, 1, "a whole number");
    n.0
}

fn congruent(seen: &Seen) -> Option<usize> {
    let n = find(seen.stem, r"PQ is {N} .*QR is {N} .*RP is {N} ")?;
    if seen.stem.contains("perimeter") {
        return seen.worth(n.iter().fold(0.into(), |sum, one| one.plus(sum)));
    }
    let name = re(r"triangle ([A-Z]{3})[,.]")
        .captures_iter(seen.stem)
        .find(|t| &t[1] != "PQR")
        .map(|t| t[1].to_owned());
    let name = name.or_else(|| Some(re(r"PQR and ([A-Z]{3})").captures(seen.stem)?[1].to_owned()))?;
    let side = re(r"How long is ([A-Z]{2})\?").captures(seen.stem)?[1].to_owned();
    let twin: String = side.chars().map(|c| "PQR".chars().nth(name.find(c).unwrap()).unwrap()).collect();
    let at = ["PQ", "QR", "RP"].iter().position(|one| *one == twin)?;
    seen.worth(n[at])
}

fn similar(seen: &Seen) -> Option<usize> {
    let n = numbers(seen.figure.unwrap_or(seen.stem));
    let (one, other, twin) = match seen.figure {
        // The smaller upright side is unknown: its level side is first, the larger figure's two sides follow.
        Some(figure) if figure.contains("upright side of x. The larger") => (n[1], n[2], n[0]),
        _ => (n[0], n[1], n[2]),
    };
    seen.only(|choice| numbers(choice)[0].over(twin) == other.over(one))
}

fn scaled(seen: &Seen) -> Option<usize> {
    let area = numbers(seen.stem)[0];
    let times =
        ["twice", "three times", "four times", "five times", "six times", "seven times", "eight times"];
    let k = times.iter().zip(2_i128..).find(|(word, _)| seen.stem.contains(**word))?.1;
    let known_large =
        re(r"The copy has|After that the garden covers|The larger one covers").is_match(seen.stem);
    // Cut into k rows of k small copies.
    let copies: i128 = (0..k).map(|_| k).sum();
    seen.only(|choice| {
        let c = numbers(choice)[0];
        if known_large { c.times(copies.into()) == area } else { area.times(copies.into()) == c }
    })
}

fn sides(seen: &Seen) -> Option<usize> {
    let n = numbers(seen.stem);
    let (a, b) = (n[0], n[1]);
    let closes = |c: Frac| a.plus(b) > c && a.plus(c) > b && b.plus(c) > a;
    if seen.stem.contains("How many") {
        let ways = (1..500).filter(|c| closes(Frac::from(*c))).count();
        return seen.worth((ways as i128).into());
    }
    seen.only(|choice| closes(numbers(choice)[0]))
}

fn right_side(seen: &Seen) -> Option<usize> {
    let text = seen.figure.unwrap_or(seen.stem);
    let n = numbers(text);
    let leg = re(r"ladder that is|some blocks north|centimeters and x").is_match(text);
    let square = |n: Frac| n.times(n);
    seen.only(|choice| {
        let c = numbers(choice)[0];
        if leg {
            let (long, short) = if n[0] > n[1] { (n[0], n[1]) } else { (n[1], n[0]) };
            square(c).plus(square(short)) == square(long)
        } else {
            square(n[0]).plus(square(n[1])) == square(c)
        }
    })
}

fn diagonal(seen: &Seen) -> Option<usize> {
    let n = numbers(seen.stem);
    let (side, long) = (whole(n[0]).min(whole(n[1])), whole(n[0]).max(whole(n[1])));
    let other = (1..long).find(|b| b * b + side * side == long * long)?;
    seen.worth((if seen.stem.contains("around") { side + side + other + other } else { side * other }).into())
}

fn compare_right(seen: &Seen) -> Option<usize> {
    let limit = whole(find(seen.stem, r"Column B: {N}")?[0]);
    let n = numbers(seen.stem.lines().next()?);
    let (a, b) = (whole(n[0]), whole(n[1]));
    // The squares of what the third side may be.
    let mut squares = vec![a * a + b * b];
    if seen.stem.contains("Two sides of a right triangle") {
        squares.push((a * a - b * b).abs());
    }
    let verdict = |square: &i128| seen.compare(Some(((*square).into(), (limit * limit).into())));
    let mut verdicts: Vec<_> = squares.iter().map(verdict).collect();
    verdicts.dedup();
    if verdicts.len() == 1 { verdicts[0] } else { Some(3) }
}

/// Whether each unit square of a drawing belongs to the figure; then its squares or its edges are counted.
fn count(inside: impl Fn(i128, i128) -> bool, wide: i128, tall: i128, squares: bool) -> i128 {
    let mut total = 0;
    for x in 0..wide {
        for y in 0..tall {
            if !inside(x, y) {
                continue;
            }
            let beside = [(x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)];
            let within =
                |(x, y): &&(i128, i128)| *x >= 0 && *y >= 0 && *x < wide && *y < tall && inside(*x, *y);
            total += if squares { 1 } else { 4 - beside.iter().filter(within).count() as i128 };
        }
    }
    total
}

fn l_shape(seen: &Seen, squares: bool) -> Option<usize> {
    let n: Vec<i128> = numbers(seen.figure?).into_iter().map(whole).collect();
    let [w, h, cw, ch] = n[..] else { return None };
    seen.worth(count(|x, y| x < w - cw || y < h - ch, w, h, squares).into())
}

fn frame(seen: &Seen) -> Option<usize> {
    let n: Vec<i128> = numbers(seen.figure?).into_iter().map(whole).collect();
    let [w, h, d] = n[..] else { return None };
    let (wide, tall) = (w + 2 * d, h + 2 * d);
    let border = |x: i128, y: i128| x < d || y < d || x >= wide - d || y >= tall - d;
    seen.worth(count(border, wide, tall, true).into())
}

fn circle(seen: &Seen) -> Option<usize> {
    let diameter = if let Some(n) = find(seen.stem, r"diameter of {N}") {
        n[0]
    } else {
        let r = find(seen.stem, r"radius of {N}")?[0];
        r.plus(r)
    };
    let want = if seen.stem.contains("circumference") {
        diameter
    } else {
        // The area is a fourth of π times the square of the diameter.
        let share = if seen.stem.contains("one half") {
            8
        } else if seen.stem.contains("one fourth") {
            16
        } else {
            4
        };
        diameter.times(diameter).over(share.into())
    };
    seen.only(|choice| {
        let before = choice.split('π').next().unwrap();
        (if before.is_empty() { Some(1.into()) } else { number(before) }) == Some(want)
    })
}

fn in_square(seen: &Seen) -> Option<usize> {
    let figure = seen.figure?;
    let side = numbers(figure)[0];
    // Whatever the number of equal circles in rows, each fills the same share of its own small square.
    let quarter = side.times(side).over(4.into());
    seen.only(|choice| {
        find(choice, r"^{N} \u{2212} {N}π").is_some_and(|n| n[0] == side.times(side) && n[1] == quarter)
    })
}

fn compare(seen: &Seen) -> Option<usize> {
    let n = numbers(seen.stem.lines().next()?);
    if let Some(limit) = find(seen.stem, r"Column B: {N}") {
        // Every rectangle with this perimeter, in eighths.
        let half = whole(n[0]) * 4;
        let verdict = |w: i128| seen.compare(Some((Frac::of(w * (half - w), 64), limit[0])));
        let mut verdicts: Vec<_> = (1..half).map(verdict).collect();
        verdicts.sort_unstable();
        verdicts.dedup();
        return if verdicts.len() == 1 { verdicts[0] } else { Some(3) };
    }
    let quantity = |a: Frac, b: Frac| if seen.stem.contains("perimeter") { a.plus(b) } else { a.times(b) };
    let mut first = quantity(n[0], n[1]);
    if seen.stem.contains("triangle has a base") {
        first = first.over(2.into());
    }
    seen.compare(Some((first, quantity(n[2], n[3]))))
}
