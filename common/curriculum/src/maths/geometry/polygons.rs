//! Angles of polygons.

use super::{size, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, degrees, int};
use crate::item::Misconception;
use crate::level::Level::{Middle, Upper};
use crate::level::Section::Mathematics;
use crate::level::Strand;
use crate::story::article;

pub const TEMPLATES: &[Template] = &[
    Template {
        id: "polygon-missing-angle",
        skill: "geometry.polygon-angles",
        strand: Strand::Geometry,
        sections: &[Mathematics],
        levels: &[Middle, Upper],
        make: missing,
    },
    Template {
        id: "regular-polygon-angle",
        skill: "geometry.polygon-angles",
        strand: Strand::Geometry,
        sections: &[Mathematics],
        levels: &[Upper],
        make: regular,
    },
];

const POLYGONS: [(i64, &str); 8] = [
    (4, "quadrilateral"),
    (5, "pentagon"),
    (6, "hexagon"),
    (8, "octagon"),
    (9, "nonagon"),
    (10, "decagon"),
    (12, "12-sided polygon"),
    (7, "7-sided polygon"),
];

const ONE_TRIANGLE_EACH: Misconception =
    slip("one-triangle-per-side", "counts one triangle of 180 degrees for every side");

const ONE_TRIANGLE_SHORT: Misconception =
    slip("one-triangle-too-many", "subtracts one from the number of sides, not two");

fn missing(g: &mut Gen) -> Option<Draft> {
    let sides = if g.level() == Middle { g.int(4..=5) } else { g.int(5..=6) };
    let name = POLYGONS.iter().find(|(n, _)| *n == sides)?.1;
    let total = 180 * (sides - 2);
    let around = total / sides;
    let known: Vec<i64> = (1..sides).map(|_| g.int(around - 34..=around + 30)).collect();
    let sum: i64 = known.iter().sum();
    let x = total - sum;
    if !(40..=170).contains(&x) || known.contains(&x) || known.contains(&180) {
        return None;
    }
    let listed = crate::story::list(&known.iter().map(|a| format!("{a}°")).collect::<Vec<_>>());
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!(
            "{} of the angles of {} {name} measure {listed}. What is the measure of the remaining angle?",
            capital(&crate::story::spelled(sides - 1)),
            article(name)
        ),
        1 => format!(
            "{} cut a window pane in the shape of {} {name}. All its angles but one measure {listed}. What does the last angle measure?",
            child.name,
            article(name)
        ),
        _ => format!(
            "A field has the shape of {} {name}. A surveyor found {listed} for all its angles but one. What is the last angle?",
            article(name)
        ),
    };
    Some(
        Draft::new(stem)
            .key(degrees(x))
            .wrong(degrees(size(180 * sides - sum)), ONE_TRIANGLE_EACH)
            .wrong(degrees(size(180 * (sides - 1) - sum)), ONE_TRIANGLE_SHORT)
            .wrong(degrees(around), slip("assumes-regular", "takes all angles for equal although the shape is not said to be regular"))
            .wrong(degrees(size(if sum % 10 == 0 { 0 } else { x + 10 })), slip("forgets-the-borrowed-ten", "forgets to take away the ten that was borrowed in the subtraction"))
            .wrong(degrees(Q::from(360 - sum).abs()), slip("every-polygon-is-360", "takes 360 degrees for the sum of the angles of every polygon"))
            .hint(format!("Into how many triangles can {} {name} be cut from one corner?", article(name)))
            .hint("Each triangle brings 180°. Take the known angles away from that total.")
            .step(format!("From one corner it can be cut into {} triangles, so its angles add up to {} × 180 = {total} degrees.", sides - 2, sides - 2), degrees(total))
            .step(format!("The known angles add up to {sum} degrees."), degrees(sum))
            .step(format!("The last angle is {total} − {sum} = {x} degrees."), degrees(x)),
    )
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn regular(g: &mut Gen) -> Option<Draft> {
    let n = g.pick(&[5, 6, 8, 9, 10, 12, 15, 18, 20, 24, 30, 36, 40]);
    let (outer, total) = (360 / n, 180 * (n - 2));
    let inner = 180 - outer;
    let name = POLYGONS
        .iter()
        .find(|(sides, _)| *sides == n && n < 12)
        .map_or_else(|| format!("polygon with {n} sides"), |(_, name)| (*name).to_owned());
    let child = g.child();
    let (place, thing) = match g.int(0..=3) {
        0 => (String::new(), "A polygon is regular"),
        1 => (format!("{} designs a coin. ", child.name), "Its outline is a regular polygon"),
        2 => (format!("{} builds a sandbox. ", child.name), "Its outline is a regular polygon"),
        _ => ("An artist cuts a glass tile. ".to_owned(), "Its outline is a regular polygon"),
    };
    let draft = match g.int(0..=3) {
        0 => Draft::new(match g.int(0..=2) {
            0 => format!("What is the measure of each interior angle of a regular {name}?"),
            1 => format!("{} draws a regular {name}. How many degrees does each of its interior angles measure?", child.name),
            _ => format!("A stop on a garden path is paved in the shape of a regular {name}. What is the measure of each interior angle of the shape?"),
        })
            .key(degrees(inner))
            .wrong(degrees(outer), slip("exterior-for-interior", "gives the exterior angle instead of the interior one"))
            .wrong(degrees(total), slip("stops-at-the-sum", "stops at the sum of all the angles"))
            .wrong(degrees(Q::new(180 * (n - 1), n)), ONE_TRIANGLE_SHORT)
            .wrong(degrees(180), ONE_TRIANGLE_EACH)
            .hint("Think of the angle by which you turn at each corner when you walk around the polygon.")
            .hint("All the turns together make 360°, and each turn lies beside an interior angle on a straight line.")
            .step(format!("The exterior angles add up to 360 degrees, so each is 360 ÷ {n} = {outer} degrees."), degrees(outer))
            .step(format!("Each interior angle is 180 − {outer} = {inner} degrees."), degrees(inner)),
        1 => Draft::new(format!("{place}{thing}, and each of its exterior angles measures {outer}°. How many sides does the polygon have?"))
            .key(int(n))
            .wrong(int(Q::new(180, outer)), slip("turn-is-180", "uses 180 degrees for the whole way around a point"))
            .wrong(int(n - 2), slip("subtracts-two-again", "subtracts two as in the rule for the sum of the interior angles"))
            .wrong(int(n + 2), slip("adds-two-again", "adds two as if the count were of triangles"))
            .wrong(int(inner), slip("interior-for-sides", "gives the interior angle instead of the number of sides"))
            .hint("All the exterior angles of a polygon together make one full turn.")
            .hint(format!("How many times does {outer} go into a full turn?"))
            .step(format!("The exterior angles add up to 360 degrees, and 360 ÷ {outer} = {n}."), int(n))
            .say(format!("So the polygon has {n} sides.")),
        2 => Draft::new(format!("{place}{thing}, and each of its interior angles measures {inner}°. How many sides does the polygon have?"))
            .key(int(n))
            .wrong(int(n - 2), slip("counts-triangles", "gives the number of triangles instead of the number of sides"))
            .wrong(int(n + 2), slip("adds-two-again", "adds two as if the count were of triangles"))
            .wrong(int(Q::new(180, outer)), slip("turn-is-180", "uses 180 degrees for the whole way around a point"))
            .wrong(int(outer), slip("angle-for-sides", "gives the exterior angle instead of the number of sides"))
            .hint("First find the exterior angle that lies beside an interior one on a straight line.")
            .hint("All the exterior angles together make 360°.")
            .step(format!("Each exterior angle is 180 − {inner} = {outer} degrees."), degrees(outer))
            .step(format!("The exterior angles add up to 360 degrees, and 360 ÷ {outer} = {n}."), int(n)),
        _ => Draft::new(match g.int(0..=2) {
            0 => format!("What is the sum of the interior angles of a polygon with {n} sides?"),
            1 => format!("{} adds up all the interior angles of a polygon with {n} sides. What is the sum?", child.name),
            _ => format!("A fence around a field has {n} straight sides and no dents. What do the interior angles at its corners add up to?"),
        })
            .key(degrees(total))
            .wrong(degrees(180 * n), ONE_TRIANGLE_EACH)
            .wrong(degrees(180 * (n - 1)), ONE_TRIANGLE_SHORT)
            .wrong(degrees(360), slip("every-polygon-is-360", "takes 360 degrees for the sum of the angles of every polygon"))
            .wrong(degrees(360 * (n - 2)), slip("triangle-is-360", "takes 360 degrees for the sum of the angles of a triangle"))
            .hint("Into how many triangles can the polygon be cut from one corner?")
            .hint(format!("There are two triangles fewer than the {n} sides, and each brings 180°."))
            .step(format!("From one corner it can be cut into {n} − 2 = {} triangles.", n - 2), int(n - 2))
            .step(format!("The sum is {} × 180 = {total} degrees.", n - 2), degrees(total)),
    };
    Some(draft)
}
