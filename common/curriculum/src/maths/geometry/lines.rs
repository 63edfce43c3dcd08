//! Parallel lines, outer angles, and comparing angles.

use super::{size, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, degrees};
use crate::figure::Picture;
use crate::item::Misconception;
use crate::level::Level::{Middle, Upper};
use crate::level::Section::{Mathematics, Quantitative};
use crate::level::Strand;

pub const TEMPLATES: &[Template] = &[
    Template {
        id: "parallel-lines-angle",
        skill: "geometry.angle-pairs",
        strand: Strand::Geometry,
        sections: &[Mathematics],
        levels: &[Middle, Upper],
        make: parallel,
    },
    Template {
        id: "outer-angle-of-a-triangle",
        skill: "geometry.triangle-angles",
        strand: Strand::Geometry,
        sections: &[Mathematics],
        levels: &[Middle, Upper],
        make: outer,
    },
    Template {
        id: "compare-angles",
        skill: "geometry.triangle-angles",
        strand: Strand::Geometry,
        sections: &[Quantitative],
        levels: &[Middle, Upper],
        make: compare,
    },
];

const TAKES_FOR_EQUAL: Misconception =
    slip("all-transversal-angles-equal", "takes two angles for equal that add up to 180 degrees");

const TAKES_FOR_SUPPLEMENT: Misconception =
    slip("subtracts-equal-angles", "subtracts from 180 degrees although the two angles are equal");

fn parallel(g: &mut Gen) -> Option<Draft> {
    let a = g.int(32..=148);
    if (80..=100).contains(&a) {
        return None;
    }
    let other = 180 - a;
    // Numbered as usual: 1 above left, 2 above right, 3 below left, 4 below right at the upper line, then 5 to 8.
    let given = g.int(1..=4);
    let asked = g.int(5..=8);
    let kind = |n: i64| matches!(n, 1 | 4 | 5 | 8);
    let equal = kind(given) == kind(asked);
    let key = if equal { a } else { other };
    let size_of = |n: i64| if kind(n) == kind(given) { a } else { other };
    let place = |n: i64| match n {
        1 | 5 => "above the line and left of the crossing line",
        2 | 6 => "above the line and right of the crossing line",
        3 | 7 => "below the line and left of the crossing line",
        _ => "below the line and right of the crossing line",
    };
    let words = format!(
        "Two parallel level lines are crossed by one slanting line. At the upper parallel line, angle {given} lies {}, and it measures {a}°. At the lower parallel line, angle {asked} lies {}.",
        place(given),
        place(asked)
    );
    // The direction of the slanting line is angle 2 (above right).
    let slope = size_of(2);
    let (upper, lower) =
        ((150 + super::polar((0, 0), 40, slope).0, 70), (150 - super::polar((0, 0), 40, slope).0, 150));
    let reach = |from: (i64, i64), turn: i64| super::polar(from, 60, slope + turn);
    let mut picture = Picture::new(300, 220, words)
        .line((20, 70), (280, 70))
        .line((20, 150), (280, 150))
        .line(reach(upper, 0), reach(lower, 180));
    for (n, at) in [(given, upper), (asked, lower)] {
        let (dx, dy) = match (n - 1) % 4 {
            0 => (-30, -10),
            1 => (30, -10),
            2 => (-30, 20),
            _ => (30, 20),
        };
        let text = if n == given { format!("{n}: {a}°") } else { n.to_string() };
        picture = picture.label(at.0 + dx, at.1 + dy, &text);
    }
    let opening = match g.int(0..=2) {
        0 => "In the figure, two parallel lines are crossed by a third line.",
        1 => "In the figure, a straight road crosses two parallel railroad tracks.",
        _ => "The figure shows two parallel shelves and a straight brace that crosses both.",
    };
    let ask = g.pick(&["What is the measure of", "How many degrees are in"]);
    let draft = Draft::new(format!("{opening} Angle {given} measures {a}°. {ask} angle {asked}?"))
        .figure(picture)
        .key(degrees(key))
        .wrong(degrees(180 - key), if equal { TAKES_FOR_SUPPLEMENT } else { TAKES_FOR_EQUAL })
        .wrong(degrees(360 - a), slip("full-turn-for-a-line", "subtracts from a full turn although a straight line is only half of it"))
        .wrong(degrees(Q::from(90 - a).abs()), slip("uses-90-for-180", "makes the two angles add up to 90 degrees, not 180"))
        .wrong(degrees(if key % 10 == 0 { Q::new(a, 2) } else { size(key + 10) }), if key % 10 == 0 { slip("halves-the-angle", "halves the given angle without a reason") } else { slip("forgets-the-borrowed-ten", "forgets to take away the ten that was borrowed in the subtraction") })
        .hint("A line that crosses two parallel lines makes the same four angles at both.")
        .hint(format!("Find the angle at the upper line in the same place as angle {asked}. Is it equal to angle {given}, or next to it, or opposite it?"));
    let twin = asked - 4;
    let draft = if twin == given {
        draft.step(format!("Angle {asked} is in the same place at its line as angle {given}, so they are equal: {a} degrees."), degrees(a))
    } else if equal {
        draft
            .step(
                format!("At the upper line, the angle opposite angle {given} is equal to it: {a} degrees."),
                degrees(a),
            )
            .step(
                format!("Angle {asked} is in the same place at the lower line, so it is {a} degrees too."),
                degrees(a),
            )
    } else {
        draft
            .step(format!("At the upper line, the angle in the place of angle {asked} lies next to angle {given}: 180 − {a} = {other} degrees."), degrees(other))
            .step(format!("At the lower line the angle in the same place is equal, so angle {asked} is {other} degrees."), degrees(other))
    };
    Some(draft)
}

fn outer(g: &mut Gen) -> Option<Draft> {
    let (a, b) = (g.int(25..=95), g.int(25..=80));
    let sum = a + b;
    let third = 180 - sum;
    if third < 15 || sum == 90 || a == b || third == a || third == b {
        return None;
    }
    let find_inner = g.level() == Upper && g.one_in(2);
    let (opening, ask) = match g.int(0..=2) {
        0 => (
            "One side of a triangle is made longer past a corner, and an outer angle appears there.",
            "the outer angle",
        ),
        1 => (
            "Three straight streets make a triangle, and one of them goes on past a corner. The angle that it makes there outside the triangle is the outer angle.",
            "the outer angle",
        ),
        _ => (
            "A sail is a triangle. Its lower edge is drawn on past one corner, which makes an outer angle at that corner.",
            "the outer angle",
        ),
    };
    let draft = Draft::new(if find_inner {
        format!("{opening} {} measures {sum}°. One of the angles at the other two corners of the triangle is {a}°. What is the angle at the remaining corner?", "The outer angle")
    } else {
        format!("{opening} The angles at the other two corners of the triangle are {a}° and {b}°. What is the measure of {ask}?")
    })
    .hint("How much do the outer angle and the inner angle beside it make together?")
    .hint("The outer angle is as large as the two far inner angles together.");
    Some(if find_inner {
        draft
            .key(degrees(b))
            .wrong(
                degrees(third),
                slip("gives-the-inner-neighbor", "gives the inner angle beside the outer one"),
            )
            .wrong(
                degrees(size(180 - a)),
                slip("forgets-the-outer-angle", "subtracts from 180 degrees and forgets the outer angle"),
            )
            .wrong(
                degrees(size(180 - third)),
                slip("stops-at-the-outer-angle", "comes back to the outer angle and stops there"),
            )
            .wrong(
                degrees(360 - sum - a),
                slip("triangle-is-360", "takes 360 degrees for the sum of the angles of a triangle"),
            )
            .say("An outer angle of a triangle is equal to the two far inner angles together.")
            .step(format!("So the remaining angle is {sum} − {a} = {b} degrees."), degrees(b))
    } else {
        draft
            .key(degrees(sum))
            .wrong(
                degrees(third),
                slip("gives-the-inner-neighbor", "gives the inner angle beside the outer one"),
            )
            .wrong(
                degrees(360 - sum),
                slip("triangle-is-360", "takes 360 degrees for the sum of the angles of a triangle"),
            )
            .wrong(degrees(180 - a), slip("one-far-angle", "uses only one of the two far angles"))
            .wrong(degrees(180 - b), slip("one-far-angle", "uses only one of the two far angles"))
            .step(
                format!("The third angle inside the triangle is 180 − {a} − {b} = {third} degrees."),
                degrees(third),
            )
            .step(
                format!("The outer angle lies beside it on a straight line: 180 − {third} = {sum} degrees."),
                degrees(sum),
            )
    })
}

fn compare(g: &mut Gen) -> Option<Draft> {
    let unsure = |why: &'static str| slip("angle-thought-free", why);
    let child = g.child();
    let name = child.name;
    let (a, b) = (g.int(31..=79), g.int(31..=79));
    let (x, y, given, one, two): (Option<i64>, i64, String, String, String) = match g.int(0..=3) {
        0 => {
            // Which angle of the isosceles triangle is named is not told.
            if a == 60 {
                return None;
            }
            (
                None,
                180 - 2 * a,
                format!("{name} draws an isosceles triangle. One of its angles measures {a}°."),
                "The measure of the largest angle of the triangle".into(),
                format!("{}°", (180 - a) / 2 + g.int(1..=4)),
            )
        }
        1 => {
            let c = 180 - a - b;
            let near = g.pick(&[c - 10, c, c + 10, c]);
            (
                Some(c),
                near,
                format!("{name} draws a triangle. Two of its angles measure {a}° and {b}°."),
                "The measure of the third angle of the triangle".into(),
                format!("{near}°"),
            )
        }
        2 => {
            let near = 90 - a + g.pick(&[-9, 0, 0, 11]);
            (
                Some(90 - a),
                near,
                format!("A right triangle in a drawing by {name} has an angle of {a}°."),
                "The measure of the smallest angle of the triangle".into(),
                format!("{near}°"),
            )
        }
        _ => {
            let near = 180 - 2 * a + g.pick(&[-10, 0, 0, 10]);
            (
                Some(180 - 2 * a),
                near,
                format!("Two angles of a triangle drawn by {name} measure {a}° each."),
                "The measure of the third angle of the triangle".into(),
                format!("{near}°"),
            )
        }
    };
    if y <= 5 || (x.is_some() && one.contains("smallest") && a < 45) || x.is_some_and(|x| x <= 10) {
        return None;
    }
    // In the open case both possible triangles: the given angle at the top, or twice.
    let limit: i64 = two.trim_end_matches('°').parse().ok()?;
    let right = match x {
        Some(x) if x > y => 0,
        Some(x) if x < y => 1,
        Some(_) => 2,
        None => {
            let (first, second) = (a.max(180 - 2 * a), (2 * a).max(180 - a));
            // Twice the larger of the halves, to stay whole.
            if (first > limit) == (second > 2 * limit) || first == limit || second == 2 * limit {
                return None;
            }
            3
        }
    };
    let mut mistakes = [
        Some(slip(
            "misses-a-known-angle",
            "leaves a known angle out, so that the remaining angle comes out too large",
        )),
        Some(slip(
            "subtracts-too-much",
            "subtracts too much, so that the remaining angle comes out too small",
        )),
        Some(slip("expects-equal-quantities", "expects the quantities to match without calculating")),
        Some(unsure("thinks the angle is free although the other angles fix it")),
    ];
    if right == 3 {
        mistakes = [
            Some(slip(
                "sees-one-isosceles-case",
                "thinks of only one of the two ways in which the given angle can lie in the triangle",
            )),
            Some(slip(
                "sees-one-isosceles-case",
                "thinks of only one of the two ways in which the given angle can lie in the triangle",
            )),
            Some(slip("expects-equal-quantities", "expects the quantities to match without calculating")),
            None,
        ];
    }
    mistakes[right] = None;
    let draft = Draft::comparison(&given, &one, &two, right, mistakes)
        .hint("The angles of a triangle add up to 180°.");
    Some(match x {
        Some(x) => draft
            .hint("Find the missing angle, and then compare.")
            .step(format!("The known angles leave {x} degrees for the angle in Column A."), degrees(x))
            .say(format!("Compare {x} degrees with {limit} degrees.")),
        None => draft
            .hint("Can the given angle be one of the two equal angles? Can it be the other one?")
            .say(format!("If the angles of {a} degrees are the two equal ones, the third is {} degrees, and the largest is {} degrees.", 180 - 2 * a, a.max(180 - 2 * a)))
            .say(format!("If the other two are equal, each is {} degrees, and the largest is {} degrees.", crate::exact::dec(Q::new(180 - a, 2)).text, crate::exact::dec(Q::new((2 * a).max(180 - a), 2)).text))
            .say(format!("One of these is more than {limit} degrees and one is less, so nobody can tell.")),
    })
}
