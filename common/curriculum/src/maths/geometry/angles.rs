//! Angles at a point and at crossing lines.

use super::{polar, size, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, degrees};
use crate::figure::Picture;
use crate::item::Misconception;
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Section::{Mathematics, Quantitative};
use crate::level::Strand;

pub const TEMPLATES: &[Template] = &[
    Template {
        id: "angle-on-a-line",
        skill: "geometry.angles",
        strand: Strand::Geometry,
        sections: &[Mathematics],
        levels: &[Lower, Middle],
        make: on_a_line,
    },
    Template {
        id: "angles-around-a-point",
        skill: "geometry.angles",
        strand: Strand::Geometry,
        sections: &[Mathematics, Quantitative],
        levels: &[Lower, Middle],
        make: around_a_point,
    },
    Template {
        id: "crossing-lines",
        skill: "geometry.angle-pairs",
        strand: Strand::Geometry,
        sections: &[Mathematics],
        levels: &[Middle],
        make: crossing,
    },
    Template {
        id: "vertical-angles-with-x",
        skill: "geometry.angle-pairs",
        strand: Strand::Geometry,
        sections: &[Mathematics],
        levels: &[Upper],
        make: with_x,
    },
];

const FULL_TURN: Misconception = slip("line-is-360", "takes a straight line for a full turn of 360 degrees");

const LINE_IS_90: Misconception = slip("line-is-90", "takes a straight line for a right angle of 90 degrees");

const LEAVES_ONE_OUT: Misconception = slip("leaves-out-an-angle", "leaves one of the known angles out");

const ADDS_KNOWN: Misconception =
    slip("gives-the-known-sum", "adds the known angles and forgets to subtract the sum");

const BORROWS_BADLY: Misconception =
    slip("forgets-the-borrowed-ten", "forgets to take away the ten that was borrowed in the subtraction");

const SAME_ANGLE: Misconception = slip("neighbors-are-equal", "takes neighboring angles for equal ones");

const TURN_IS_180: Misconception = slip("turn-is-180", "uses 180 degrees for the whole way around a point");

fn on_a_line(g: &mut Gen) -> Option<Draft> {
    let three = g.level() == Middle || g.one_in(2);
    let a = g.int(18..=140);
    let b = if three { g.int(18..=110) } else { 0 };
    let sum = a + b;
    let x = 180 - sum;
    if x < 12 || x == a || x == b || x == 90 {
        return None;
    }
    let (center, left, right) = ((160, 150), (20, 150), (300, 150));
    let child = g.child();
    let (stem, picture) = if three {
        let stem = match g.int(0..=2) {
            0 => "In the figure, three angles lie side by side along a straight line. What is the measure of angle x?".into(),
            1 => format!(
                "{} drew a straight line and two rays from one point of it, as in the figure. What is the measure of angle x?",
                child.name
            ),
            _ => "The figure shows two wires that run from one point of a straight track. What is the measure of angle x?".to_owned(),
        };
        let words = format!(
            "A straight line with a point on it. Two rays from the point, both above the line, make three angles side by side: {a}°, then {b}°, then x."
        );
        let picture = Picture::new(320, 175, words)
            .line(left, right)
            .line(center, polar(center, 130, 180 - a))
            .line(center, polar(center, 130, x))
            .label(polar(center, 55, 180 - a / 2).0, polar(center, 55, 180 - a / 2).1, &format!("{a}°"))
            .label(polar(center, 60, x + b / 2).0, polar(center, 60, x + b / 2).1, &format!("{b}°"))
            .label(polar(center, 60, x / 2).0, polar(center, 60, x / 2).1 + 3, "x");
        (stem, Some(picture))
    } else {
        let stem = match g.int(0..=3) {
            0 => format!(
                "A flagpole leans over flat ground. On one side it makes an angle of {a}° with the ground. What angle does it make with the ground on the other side?"
            ),
            1 => format!(
                "{} opens a laptop on a flat desk. The screen makes an angle of {a}° with the front part of the desk. What angle does it make with the part of the desk behind it?",
                child.name
            ),
            2 => format!(
                "A straight path meets a straight road. On the left the angle between them is {a}°. What is the angle between them on the right?"
            ),
            _ => format!(
                "Two angles together make a straight angle. One of them measures {a}°. What does the other measure?"
            ),
        };
        (stem, None)
    };
    let draft = Draft::new(stem)
        .key(degrees(x))
        .wrong(degrees(size(if three { 180 - a } else { 0 })), LEAVES_ONE_OUT)
        .wrong(degrees(360 - sum), FULL_TURN)
        .wrong(degrees(size(if sum % 10 == 0 { 0 } else { x + 10 })), BORROWS_BADLY)
        .wrong(degrees(sum), if three { ADDS_KNOWN } else { SAME_ANGLE })
        .wrong(degrees(Q::from(90 - sum).abs()), LINE_IS_90)
        .hint("How many degrees are there in half of a full turn?")
        .hint(if three {
            "Add the two angles that you know, and see how much of the straight angle is left."
        } else {
            "Take the angle that you know away from the straight angle."
        })
        .say("Angles side by side along a straight line add up to 180°.");
    let draft = if three {
        draft.step(format!("The known angles add up to {a} + {b} = {sum} degrees."), degrees(sum))
    } else {
        draft
    };
    let draft = draft.step(format!("What is left is 180 − {sum} = {x} degrees."), degrees(x));
    Some(match picture {
        Some(picture) => draft.figure(picture),
        None => draft,
    })
}

fn around_a_point(g: &mut Gen) -> Option<Draft> {
    let (a, b) = (g.int(45..=150), g.int(45..=150));
    let square = g.one_in(2);
    let c = if square { 90 } else { g.int(40..=120) };
    let sum = a + b + c;
    let x = 360 - sum;
    if x < 20 || [a, b, c].contains(&x) || a == 90 || b == 90 {
        return None;
    }
    let told = if square { "a right angle".to_owned() } else { format!("{c}°") };
    let child = g.child();
    let stem = match g.int(0..=3) {
        0 => format!(
            "Four angles fill the whole space around a point. Three of them measure {a}°, {b}° and {c}°. What is the measure of the fourth?"
        ),
        1 => format!(
            "{} cuts a round pizza from its center into four slices. Three of the slices have angles of {a}°, {b}° and {c}° at the center. What is the angle of the last slice?",
            child.name
        ),
        2 => format!(
            "A spinner is split into four parts by lines from its center. The angles at the center of three parts are {a}°, {b}° and {c}°. What is the angle of the fourth part?"
        ),
        _ => "In the figure, four rays start at point P. What is the measure of angle x?".to_owned(),
    };
    let figure = stem.starts_with("In the figure").then(|| {
        let center = (130, 120);
        let words = format!(
            "Four rays from point P make four angles that fill the space around P. In order around P the angles are {a}°, {b}°, {told} and x."
        );
        let mut picture = Picture::new(260, 240, words).dot(center.0, center.1);
        let mut at = 0;
        for (angle, name) in
            [(a, format!("{a}°")), (b, format!("{b}°")), (c, format!("{c}°")), (x, "x".to_owned())]
        {
            let middle = polar(center, 50, at + angle / 2);
            picture = picture
                .line(center, polar(center, 105, at))
                .label(middle.0, middle.1 + 4, &name);
            at += angle;
        }
        picture
    });
    let draft = Draft::new(stem)
        .key(degrees(x))
        .wrong(degrees(x + c), LEAVES_ONE_OUT)
        .wrong(degrees(Q::from(sum - 180).abs()), TURN_IS_180)
        .wrong(degrees(size(if sum % 10 == 0 { 0 } else { x + 10 })), BORROWS_BADLY)
        .wrong(degrees(sum), ADDS_KNOWN)
        .hint("How many degrees are there in a full turn?")
        .hint("Add the three angles that you know. What does a full turn leave?")
        .say("The angles around a point make a full turn of 360°.")
        .step(format!("The three known angles add up to {a} + {b} + {c} = {sum} degrees."), degrees(sum))
        .step(format!("The fourth angle is 360 − {sum} = {x} degrees."), degrees(x));
    Some(match figure {
        Some(picture) => draft.figure(picture),
        None => draft,
    })
}

const OPPOSITE_FOR_NEIGHBOR: Misconception =
    slip("opposite-for-neighbor", "mixes up the opposite angle and the angle next to it");

const COMPLEMENT: Misconception =
    slip("uses-90-for-180", "makes the two angles add up to 90 degrees, not 180");

fn crossing(g: &mut Gen) -> Option<Draft> {
    let a = g.int(22..=158);
    if (80..=100).contains(&a) {
        return None;
    }
    let other = 180 - a;
    let (asked, key) = match g.int(0..=3) {
        0 => ("angle 2", other),
        1 => ("angle 3", a),
        2 => ("angle 4", other),
        _ => ("angle 2 and angle 4 together", 2 * other),
    };
    let child = g.child();
    let opening = match g.int(0..=2) {
        0 => "Two straight lines cross, as in the figure.".to_owned(),
        1 => format!("{} laid two straight sticks across each other, as in the figure.", child.name),
        _ => "Two straight roads cross, as in the figure.".to_owned(),
    };
    let ask = if asked.contains("together") { "How many degrees are" } else { "What is the measure of" };
    let words = format!(
        "Two straight lines cross at a point and make four angles. In order around the point they are angle 1, angle 2, angle 3 and angle 4. Angle 1 is opposite angle 3. Angle 1 measures {a}°."
    );
    let c = (150, 90);
    let mut picture = Picture::new(300, 180, words).line((20, 90), (280, 90));
    picture = picture.line(polar(c, 85, a), polar(c, 85, a + 180));
    for (name, at) in [
        (format!("1: {a}°"), a / 2),
        ("2".into(), a + other / 2),
        ("3".into(), 180 + a / 2),
        ("4".into(), 180 + a + other / 2),
    ] {
        let to = polar(c, 45, at);
        picture = picture.label(to.0, to.1 + 4, &name);
    }
    let both = asked.contains("together");
    let draft = Draft::new(format!("{opening} {ask} {asked}?"))
        .figure(picture)
        .key(degrees(key))
        .wrong(
            degrees(if both {
                2 * a
            } else if key == a {
                other
            } else {
                a
            }),
            OPPOSITE_FOR_NEIGHBOR,
        )
        .wrong(
            degrees(if both { other } else { 2 * key % 360 }),
            slip("one-angle-for-two", "takes one angle for two, or two for one"),
        )
        .wrong(
            degrees(360 - a),
            slip(
                "full-turn-for-a-line",
                "subtracts from a full turn although a straight line is only half of it",
            ),
        )
        .wrong(degrees(Q::from(90 - a).abs()), COMPLEMENT)
        .wrong(degrees(size(if key % 10 == 0 { 0 } else { key + 10 })), BORROWS_BADLY)
        .hint("Which angles lie opposite each other, and which lie side by side along a straight line?")
        .hint("Opposite angles are equal. Angles side by side along a straight line add up to 180°.");
    Some(if key == a {
        draft
            .say("Angle 3 lies opposite angle 1.")
            .step(format!("Opposite angles are equal, so angle 3 is {a} degrees."), degrees(a))
    } else {
        let draft = draft
            .say("Angle 2 lies next to angle 1 along a straight line, and so does angle 4.")
            .step(format!("Each of them is 180 − {a} = {other} degrees."), degrees(other));
        if both {
            draft.step(format!("Together they are {} degrees.", 2 * other), degrees(2 * other))
        } else {
            draft
        }
    })
}

fn with_x(g: &mut Gen) -> Option<Draft> {
    let vertical = g.one_in(2);
    let (a, c) = g.two(2..=7);
    let x = g.int(6..=28);
    let b = g.int(-30..=40);
    let first = a * x + b;
    let second = if vertical { first } else { 180 - first };
    let d = second - c * x;
    if !(20..=160).contains(&first) || d.abs() > 90 || d == 0 || b == 0 || b == d || first == 90 {
        return None;
    }
    let term = |k: i64, n: i64| {
        if n < 0 { format!("({k}x − {})°", -n) } else { format!("({k}x + {n})°") }
    };
    let (one, two) = (term(a, b), term(c, d));
    let (relation, they) = if vertical {
        ("opposite each other", "equal")
    } else {
        ("next to each other along one of the lines", "supplementary")
    };
    let stem = match g.int(0..=2) {
        0 => format!(
            "Two straight lines cross. Two of the angles that lie {relation} measure {one} and {two}. What is the measure of the angle marked {one}?"
        ),
        1 => format!(
            "Two straight streets cross. A corner measures {one}, and a corner that lies {} measures {two}. What is the measure of the corner marked {one}?",
            if vertical { "straight across from it" } else { "next to it along the same street" }
        ),
        _ => format!(
            "The blades of an open pair of scissors cross like two straight lines. One angle measures {one}, and the angle {} measures {two}. How large is the angle marked {one}?",
            if vertical { "opposite it" } else { "next to it on the same straight line" }
        ),
    };
    // What comes out when opposite angles are added up, or neighbors made equal.
    let mixed_up = if vertical { Q::new(180 - b - d, a + c) } else { Q::new(d - b, a - c) };
    let mixed_angle = mixed_up * a + b;
    let draft = Draft::new(stem)
        .key(degrees(first))
        .wrong(
            degrees(size(if mixed_angle < Q::from(180) { mixed_angle } else { Q(None) })),
            OPPOSITE_FOR_NEIGHBOR,
        )
        .wrong(
            degrees(x),
            slip("stops-at-x", "stops at the value of x without putting it back into the angle"),
        )
        .wrong(
            degrees(180 - first),
            slip("gives-the-supplement", "gives the angle that fills up the straight line"),
        )
        .wrong(degrees(a * x), slip("leaves-off-the-constant", "leaves off the number after the x term"))
        .hint(if vertical {
            "What is true of angles that lie opposite each other when two lines cross?"
        } else {
            "What do two angles that lie side by side along a straight line add up to?"
        })
        .hint("Write an equation, solve it for x, and put x back into the angle.");
    Some(
        if vertical {
            let (big, small) = if a > c { ((a, b), (c, d)) } else { ((c, d), (a, b)) };
            let (k, n) = (big.0 - small.0, small.1 - big.1);
            let left = if k == 1 { "x".to_owned() } else { format!("{k}x") };
            draft
                .say(format!(
                    "The angles are {they}, so {} = {}.",
                    one.replace(['(', ')', '°'], ""),
                    two.replace(['(', ')', '°'], "")
                ))
                .say(format!("Collect the x terms on one side: {left} = {n}."))
        } else {
            let sum = b + d;
            let n = if sum < 0 { format!("− {}", -sum) } else { format!("+ {sum}") };
            draft.say(format!("The angles are {they}: they add up to 180 degrees.")).say(format!(
                "Together they are {}x {n}, so {}x = {}.",
                a + c,
                a + c,
                180 - sum
            ))
        }
        .step(format!("So x is {x}."), crate::exact::int(x))
        .step(
            format!(
                "The angle is {a} × {x} {} = {first} degrees.",
                if b < 0 { format!("− {}", -b) } else { format!("+ {b}") }
            ),
            degrees(first),
        ),
    )
}
