//! Areas, comparisons and precision in units.

use super::{measurement, size, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, Value, dec, int, unit};
use crate::item::Misconception;
use crate::level::Level::{Middle, Upper};
use crate::level::Section::{Mathematics, Quantitative};
use crate::story::count;

pub const TEMPLATES: &[Template] = &[
    measurement(
        "square-units",
        "measurement.square-units",
        &[Mathematics, Quantitative],
        &[Middle, Upper],
        square_units,
    ),
    measurement(
        "compare-measures",
        "measurement.customary-units",
        &[Quantitative],
        &[Middle, Upper],
        compare,
    ),
    measurement("rounded-length", "measurement.precision", &[Mathematics], &[Middle, Upper], precision),
];

const WRONG_WAY: Misconception = slip(
    "converts-the-wrong-way",
    "multiplies where it takes a division, or divides where it takes a multiplication",
);

/// Larger unit, smaller unit, singular and plural, how many, and a factor that is easily taken for it.
type Pair = (&'static str, &'static str, &'static str, &'static str, i64, i64);

const CUSTOMARY: [Pair; 9] = [
    ("foot", "feet", "inch", "inches", 12, 16),
    ("yard", "yards", "foot", "feet", 3, 12),
    ("yard", "yards", "inch", "inches", 36, 12),
    ("pound", "pounds", "ounce", "ounces", 16, 12),
    ("ton", "tons", "pound", "pounds", 2000, 1000),
    ("gallon", "gallons", "quart", "quarts", 4, 8),
    ("gallon", "gallons", "cup", "cups", 16, 8),
    ("quart", "quarts", "cup", "cups", 4, 2),
    ("pint", "pints", "fluid ounce", "fluid ounces", 16, 12),
];

fn square_units(g: &mut Gen) -> Option<Draft> {
    let (large, small, factor) = g.pick(&[
        ("yards", "feet", 3),
        ("feet", "inches", 12),
        ("meters", "centimeters", 100),
        ("centimeters", "millimeters", 10),
    ]);
    let cubic = g.level() == Upper && g.one_in(3) && factor < 100;
    let n = g.int(2..=if factor == 100 && g.level() == Middle { 9 } else { 20 });
    let power = if cubic { factor * factor * factor } else { factor * factor };
    let word = if cubic { "cubic" } else { "square" };
    let to_small = g.one_in(2);
    let total = n * power;
    let (have, from, want) = if to_small { (n, large, small) } else { (total, small, large) };
    let have = format!("{} {word} {from}", int(have).text);
    let child = g.child();
    let stem = match (cubic, g.int(0..=2)) {
        (false, 0) => format!("A rug covers {have}. How many {word} {want} does it cover?"),
        (false, 1) => format!("{} paints {have} of a wall. How many {word} {want} is that?", child.name),
        (false, _) => format!("The area of a banner is {have}. What is its area in {word} {want}?"),
        (true, 0) => format!("A box holds {have} of sand. How many {word} {want} does it hold?"),
        (true, 1) => {
            format!("{} fills a planter with {have} of soil. How many {word} {want} is that?", child.name)
        }
        (true, _) => format!("The volume of a block is {have}. What is its volume in {word} {want}?"),
    };
    let put = |factor: i64| if to_small { int(n * factor) } else { dec(Q::new(total, factor)) };
    Some(
        Draft::new(stem)
            .key(put(power))
            .wrong(put(factor), slip("converts-one-direction", "uses the factor for lengths although an area or a volume needs it more than once"))
            .wrong(put(if cubic { factor * factor } else { factor * factor * factor }), slip("wrong-number-of-directions", "uses the factor for lengths the wrong number of times"))
            .wrong(put(if cubic { 3 * factor } else { 2 * factor }), slip("multiplies-factor-by-dimension", "multiplies the factor by the number of directions instead of using it for each"))
            .wrong(if to_small { dec(Q::new(n, power)) } else { dec(size(if total * factor < 1_000_000 { Q::from(total * factor) } else { Q(None) })) }, WRONG_WAY)
            .wrong(int(if to_small { n + power } else { total - power }), slip("adds-the-factor", "adds or subtracts the number of units in one, where it takes multiplying or dividing"))
            .hint(format!("Picture one {word} unit of the larger kind. How many of the smaller kind lie along each edge?"))
            .hint(if cubic { "Change the length, the width and the height of that cube into the smaller unit, and multiply them." } else { "Change the length and the width of that square into the smaller unit, and multiply them." })
            .step(if cubic { format!("One of the large cubes holds {factor} × {factor} × {factor} = {} of the small ones.", int(power).text) } else { format!("One of the large squares holds {factor} × {factor} = {} of the small ones.", int(power).text) }, int(power))
            .step(if to_small { format!("Multiply: {n} × {} = {}.", int(power).text, int(total).text) } else { format!("Divide: {} ÷ {} = {n}.", int(total).text, int(power).text) }, put(power)),
    )
}

fn compare(g: &mut Gen) -> Option<Draft> {
    let (one, many, small_one, small, factor, _) = g.pick(&CUSTOMARY);
    let n = g.int(2..=15);
    let total = n * factor + g.pick(&[-1, 0, 0, 1, factor / 2]);
    let child = g.child();
    let large_first = g.one_in(2);
    let (big, little) = (count(n, one, many), count(total, small_one, small));
    let unknown = g.one_in(5);
    let thing = match many {
        "feet" | "yards" => "ribbon",
        "pounds" | "tons" => "clay",
        _ => "paint",
    };
    let (given, columns, right) = if unknown {
        (
            format!(
                "{} has less than {big} of {thing}. {} has less than {little} of {thing}.",
                child.name,
                if child.name == "Maya" { "Omar" } else { "Maya" }
            ),
            (
                "The amount that the first child has".to_owned(),
                "The amount that the second child has".to_owned(),
            ),
            3,
        )
    } else {
        let right = match (n * factor).cmp(&total) {
            std::cmp::Ordering::Greater => 0,
            std::cmp::Ordering::Less => 1,
            std::cmp::Ordering::Equal => 2,
        };
        let given = match g.int(0..=2) {
            0 => String::new(),
            1 => format!("Two amounts of {thing} are compared."),
            _ => format!("{} compares two amounts of {thing}.", child.name),
        };
        if large_first {
            (given, (big.clone(), little.clone()), right)
        } else {
            (given, (little.clone(), big.clone()), if right == 2 { 2 } else { 1 - right })
        }
    };
    let mut mistakes = [
        Some(slip("wrong-conversion-factor", "uses the number that belongs to another pair of units")),
        Some(slip("compares-numbers-not-units", "compares the numbers without looking at the units")),
        Some(slip("near-means-equal", "takes two measures that are close for equal")),
        Some(slip("units-cannot-be-compared", "thinks that measures in different units cannot be compared")),
    ];
    if unknown {
        mistakes[0] = Some(slip("takes-limit-for-amount", "takes the limit for the amount itself"));
        mistakes[1] = mistakes[0];
    }
    mistakes[right] = None;
    let draft = Draft::comparison(&given, &columns.0, &columns.1, right, mistakes)
        .hint(format!("How many {small} make one {one}?"));
    Some(if unknown {
        draft
            .hint("What is the least that each child may have? Only an upper limit is told.")
            .say("Each amount may be anything from nothing up to its limit.")
            .say("So either child may have more, and the comparison stays open.")
    } else {
        draft
            .hint("Write both amounts in the same unit.")
            .step(
                format!(
                    "One {one} is {} {small}, so {big} is {n} × {} = {} {small}.",
                    int(factor).text,
                    int(factor).text,
                    int(n * factor).text
                ),
                int(n * factor),
            )
            .say(format!("Compare that with {little}."))
    })
}

fn precision(g: &mut Gen) -> Option<Draft> {
    let (step, name) = g.pick(&[
        (Q::from(1), "whole"),
        (Q::from(10), "ten"),
        (Q::new(1, 10), "tenth"),
        (Q::new(1, 2), "half"),
    ]);
    if g.level() == Middle && step == Q::new(1, 2) {
        return None;
    }
    let n = g.int(12..=95);
    let value = step * n;
    let (one, many) =
        g.pick(&[("centimeter", "centimeters"), ("meter", "meters"), ("inch", "inches"), ("foot", "feet")]);
    let nearest = match name {
        "whole" => format!("nearest {one}"),
        "ten" => format!("nearest ten {many}"),
        "tenth" => format!("nearest tenth of {} {one}", crate::story::article(one)),
        _ => format!("nearest half {one}"),
    };
    let child = g.child();
    let thing = g.pick(&["a piece of string", "a ribbon", "a wire", "a strip of cloth", "a chalk line"]);
    let text = |q: Q| -> Value { unit(q, many) };
    let shown = text(value).text;
    if shown.contains(".1 ") || (name == "tenth" && n % 10 == 0) || n % 10 == 1 && name == "tenth" {
        return None;
    }
    let stem = match g.int(0..=2) {
        0 => format!("To the {nearest}, {thing} is {shown} long. Which of these could be its actual length?"),
        1 => format!(
            "{} measured {thing} and wrote {shown}, rounded to the {nearest}. Which could be the actual length?",
            child.name
        ),
        _ => format!(
            "A label gives the length of {thing} as {shown}, correct to the {nearest}. Which of these lengths would be rounded to that?"
        ),
    };
    let (up, k) = (g.one_in(2), Q::new(g.int(1..=4), 10));
    let off = |k: Q| if up { value + step * k } else { value - step * k };
    let key = off(k);
    let far = slip(
        "half-unit-forgotten",
        "allows a whole step of rounding in each direction instead of half a step",
    );
    Some(
        Draft::new(stem)
            .key(text(key))
            .wrong(text(off(Q::new(g.int(6..=9), 10))), far)
            .wrong(text(value * 2 - off(Q::new(g.int(6..=9), 10))), far)
            .wrong(
                text(off(Q::new(g.int(11..=14), 10))),
                slip("rounds-to-wrong-place", "rounds to another place than the one that is named"),
            )
            .wrong(
                text(value * 2 - off(Q::new(g.int(11..=14), 10))),
                slip("rounds-to-wrong-place", "rounds to another place than the one that is named"),
            )
            .hint("How far from the written number can the actual length be?")
            .hint("At most half a step of the rounding, up or down.")
            .step(format!("Half a step of the rounding is {}.", dec(step / 2).text), dec(step / 2))
            .say(format!(
                "So the actual length lies between {} and {} {many}.",
                dec(value - step / 2).text,
                dec(value + step / 2).text
            ))
            .say(format!("Of the choices, only {} lies there.", text(key).text)),
    )
}
