//! Measures of named shapes: areas, perimeters, volumes, sides and angles.

use super::Answer;
use super::expression::written;
use super::units::{Measure, measure};
use iseetutor_numbers::text::Token;
use iseetutor_numbers::{self as numbers, Rational, Style};

/// Plane shapes with straight sides, and how many.
const POLYGONS: [(&str, i128); 18] = [
    ("triangle", 3),
    ("square", 4),
    ("rectangle", 4),
    ("quadrilateral", 4),
    ("parallelogram", 4),
    ("trapezoid", 4),
    ("rhombus", 4),
    ("kite", 4),
    ("diamond", 4),
    ("pentagon", 5),
    ("hexagon", 6),
    ("heptagon", 7),
    ("octagon", 8),
    ("nonagon", 9),
    ("decagon", 10),
    ("dodecagon", 12),
    ("equilateral triangle", 3),
    ("right triangle", 3),
];

/// Solids: faces, edges, corners.
const SOLIDS: [(&str, i128, i128, i128); 8] = [
    ("cube", 6, 12, 8),
    ("rectangular prism", 6, 12, 8),
    ("box", 6, 12, 8),
    ("triangular prism", 5, 9, 6),
    ("square pyramid", 5, 8, 5),
    ("triangular pyramid", 4, 6, 4),
    ("tetrahedron", 4, 6, 4),
    ("hexagonal prism", 8, 18, 12),
];

/// Words that may stand around the measures of a shape.
const AROUND: [&str; 39] = [
    "a",
    "an",
    "the",
    "of",
    "with",
    "is",
    "are",
    "that",
    "that's",
    "which",
    "whose",
    "has",
    "have",
    "having",
    "side",
    "sides",
    "length",
    "lengths",
    "width",
    "base",
    "height",
    "radius",
    "diameter",
    "by",
    "and",
    "long",
    "wide",
    "tall",
    "high",
    "in",
    "each",
    "measuring",
    "if",
    "its",
    "x",
    "on",
    "equal",
    "edge",
    "edges",
];

/// The answer to a question about a shape.
pub fn answer(tokens: &[Token]) -> Option<Answer> {
    let words: Vec<&str> = tokens.iter().map(|token| token.word().unwrap_or("#")).collect();
    sides(&words).or_else(|| angles(&words)).or_else(|| measured(tokens))
}

fn polygon(name: &str) -> Option<i128> {
    let one = name.strip_suffix('s').unwrap_or(name);
    POLYGONS.iter().find(|(known, _)| *known == name || *known == one).map(|(_, sides)| *sides)
}

fn without_article(words: &[&str]) -> String {
    match words {
        ["a" | "an" | "the" | "any" | "every", rest @ ..] => rest.join(" "),
        all => all.join(" "),
    }
}

fn article(name: &str) -> String {
    format!("{} {name}", if name.starts_with(['a', 'e', 'i', 'o', 'u']) { "An" } else { "A" })
}

/// "how many sides does a hexagon have", "how many faces are on a cube".
fn sides(words: &[&str]) -> Option<Answer> {
    let ["how", "many", part, rest @ ..] = words else { return None };
    let rest = match rest {
        ["does" | "do", rest @ .., "have"] => rest,
        ["are" | "is", "there", "in" | "on", rest @ ..]
        | ["are" | "is", "in" | "on", rest @ ..]
        | ["in" | "on", rest @ ..] => rest,
        _ => return None,
    };
    let name = without_article(rest);
    let one = name.strip_suffix('s').unwrap_or(&name);
    let solid = SOLIDS.iter().find(|(known, ..)| *known == one);
    let count = match (*part, solid) {
        ("faces" | "sides", Some((_, faces, _, _))) => *faces,
        ("edges", Some((_, _, edges, _))) => *edges,
        ("corners" | "vertices", Some((.., corners))) => *corners,
        ("sides" | "corners" | "angles" | "vertices" | "edges", None) => polygon(&name)?,
        _ => return None,
    };
    let part = if *part == "sides" && solid.is_some() { "faces" } else { part };
    Some(Answer::valued(format!("{} has {count} {part}.", article(one)), Rational::whole(count)))
}

/// "how many degrees are in a right angle", "what do the angles of a triangle add up to".
fn angles(words: &[&str]) -> Option<Answer> {
    let told = |name: &str, degrees: i128| {
        let sentence = match polygon(name) {
            Some(_) => format!("The angles of {} add up to {degrees} degrees.", article(name).to_lowercase()),
            None => format!("{} has {degrees} degrees.", article(name)),
        };
        Some(Answer::valued(sentence, Rational::whole(degrees)))
    };
    let of = |words: &[&str]| {
        let name = without_article(words);
        let name = name.strip_suffix(" have").unwrap_or(&name).to_owned();
        let degrees = match name.as_str() {
            "right angle" => 90,
            "straight angle" | "straight line" | "half circle" | "half turn" => 180,
            "circle" | "full turn" | "full circle" => 360,
            "quarter turn" => 90,
            other => (polygon(other)? - 2) * 180,
        };
        Some((name, degrees))
    };
    let rest = match words {
        ["how", "many", "degrees", "are", "there", "in", rest @ ..]
        | ["how", "many", "degrees", "are" | "is", "in", rest @ ..]
        | ["how", "many", "degrees", "in", rest @ ..]
        | ["how", "many", "degrees", "does", rest @ .., "have"]
        | ["what", "do", "the", "angles", "of" | "in", rest @ .., "add", "up", "to"]
        | ["do", "the", "angles", "of" | "in", rest @ .., "add", "up", "to"]
        | ["the", "angles", "of" | "in", rest @ .., "add", "up", "to"]
        | ["the", "sum", "of", "the", "angles", "of" | "in", rest @ ..]
        | ["the", "sum", "of", "the", "interior" | "inside", "angles", "of" | "in", rest @ ..] => rest,
        _ => return None,
    };
    let (name, degrees) = of(rest)?;
    told(name.strip_suffix('s').filter(|one| polygon(one).is_some()).unwrap_or(&name), degrees)
}

/// What is measured of a shape.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Area,
    Perimeter,
    Volume,
    Surface,
}

fn measured(tokens: &[Token]) -> Option<Answer> {
    let skip = usize::from(tokens.first()?.is("the"));
    let (what, name, used) = match tokens.get(skip..)? {
        [first, second, ..] if first.is("surface") && second.is("area") => (What::Surface, "surface area", 2),
        [first, ..] if first.is("area") => (What::Area, "area", 1),
        [first, ..] if first.is("perimeter") => (What::Perimeter, "perimeter", 1),
        [first, ..] if first.is("circumference") => (What::Perimeter, "circumference", 1),
        [first, ..] if first.is("volume") => (What::Volume, "volume", 1),
        _ => return None,
    };
    let rest = tokens.get(skip + used..)?;
    let rest = rest.strip_prefix(&[Token::Word("of".to_owned())][..])?;
    let rest = match rest {
        [article, rest @ ..] if ["a", "an", "the"].iter().any(|word| article.is(word)) => rest,
        other => other,
    };
    let (shape, rest) = shape(rest)?;
    let (sizes, unit, words) = sizes(rest)?;
    let value = value(what, shape, &sizes, &words)?;
    let shown: Vec<String> = sizes.iter().map(|size| written(*size, true)).collect();
    let unit = match (unit, what) {
        (None, _) => String::new(),
        (Some(unit), What::Perimeter) => format!(" {}", unit.name(value.exact()?)),
        (Some(unit), What::Area | What::Surface) => format!(" square {}", unit.plural()),
        (Some(unit), What::Volume) => format!(" cubic {}", unit.plural()),
    };
    let how = how(what, shape, &shown, &words)?;
    Some(match value {
        Value::Exact(value) => Answer::valued(
            format!(
                "The {name} is {}{unit}, because {how} is {}.",
                written(value, true),
                written(value, true)
            ),
            value,
        ),
        Value::Pi(times) => {
            // Pi to nine places: three places of the product are sure for what children measure.
            let about =
                times.checked_mul(Rational::new(3_141_592_654, 1_000_000_000)?)?.rounded_decimal(1)?;
            Answer::new(format!(
                "The {name} is {how}, or {} times pi. That is about {about}{unit}.",
                written(times, true)
            ))
        }
    })
}

enum Value {
    Exact(Rational),
    /// So many times pi.
    Pi(Rational),
}

impl Value {
    fn exact(&self) -> Option<Rational> {
        match self {
            Self::Exact(value) | Self::Pi(value) => Some(*value),
        }
    }
}

fn shape(tokens: &[Token]) -> Option<(&'static str, &[Token])> {
    const NAMES: [(&str, &str); 12] = [
        ("equilateral triangle", "equilateral triangle"),
        ("right triangle", "triangle"),
        ("rectangular prism", "box"),
        ("square", "square"),
        ("rectangle", "rectangle"),
        ("triangle", "triangle"),
        ("parallelogram", "parallelogram"),
        ("circle", "circle"),
        ("cube", "cube"),
        ("box", "box"),
        ("room", "rectangle"),
        ("garden", "rectangle"),
    ];
    NAMES.iter().find_map(|(name, shape)| super::forms::after(tokens, name).map(|rest| (*shape, rest)))
}

/// The numbers of a description, their unit, and the words around them; nothing where there is anything else in it.
fn sizes(tokens: &[Token]) -> Option<(Vec<Rational>, Option<Measure>, Vec<&str>)> {
    let (mut sizes, mut unit, mut words, mut at) = (Vec::new(), None, Vec::new(), 0);
    while let Some(token) = tokens.get(at) {
        if let Some(word) = token.word()
            && AROUND.contains(&word)
            && numbers::read(tokens.get(at..)?, Style { and: false })
                .is_none_or(|_| word == "a" || word == "an")
        {
            words.push(word);
            at += 1;
        } else if let Some(found) = measure(token).filter(|_| !sizes.is_empty()) {
            if unit.is_some_and(|unit| unit != found) {
                return None;
            }
            unit = Some(found);
            at += 1;
        } else if token.is_sign(',') || token.is_sign('×') {
            at += 1;
        } else {
            let reading = numbers::read(tokens.get(at..)?, Style { and: false })?;
            (reading.value > Rational::ZERO).then_some(())?;
            sizes.push(reading.value);
            at += reading.used;
        }
    }
    (!sizes.is_empty()).then_some((sizes, unit, words))
}

fn value(what: What, shape: &str, sizes: &[Rational], words: &[&str]) -> Option<Value> {
    let two = Rational::whole(2);
    let product = || sizes.iter().try_fold(Rational::ONE, |product, size| product.checked_mul(*size));
    let sum = || sizes.iter().try_fold(Rational::ZERO, |sum, size| sum.checked_add(*size));
    let times = |n: i128, value: Rational| value.checked_mul(Rational::whole(n));
    let radius = || {
        let size = *sizes.first()?;
        if words.contains(&"diameter") {
            size.checked_div(two)
        } else {
            words.contains(&"radius").then_some(size)
        }
    };
    Some(Value::Exact(match (what, shape, sizes) {
        (What::Area, "square", [side]) => side.checked_mul(*side)?,
        (What::Area, "rectangle" | "parallelogram", [_, _]) => product()?,
        (What::Area, "triangle", [_, _]) if words.contains(&"base") || words.contains(&"height") => {
            product()?.checked_div(two)?
        }
        (What::Perimeter, "square", [side]) => times(4, *side)?,
        (What::Perimeter, "rectangle", [_, _]) => times(2, sum()?)?,
        (What::Perimeter, "triangle", [a, b, c]) => {
            // Three lengths of which one is as long as the others together make no triangle.
            let whole = sum()?;
            [a, b, c]
                .iter()
                .all(|side| times(2, **side).is_some_and(|twice| twice < whole))
                .then_some(whole)?
        }
        (What::Perimeter, "equilateral triangle", [side]) => times(3, *side)?,
        (What::Volume, "cube", [side]) => side.checked_pow(3)?,
        (What::Volume, "box", [_, _, _]) => product()?,
        (What::Surface, "cube", [side]) => times(6, side.checked_mul(*side)?)?,
        (What::Area, "circle", [_]) => return Some(Value::Pi(radius()?.checked_pow(2)?)),
        (What::Perimeter, "circle", [_]) => return Some(Value::Pi(times(2, radius()?)?)),
        _ => return None,
    }))
}

/// How the value comes about.
fn how(what: What, shape: &str, sizes: &[String], words: &[&str]) -> Option<String> {
    let first = sizes.first()?;
    Some(match (what, shape) {
        (What::Area, "square") => format!("{first} × {first}"),
        (What::Area, "triangle") => format!("half of {}", sizes.join(" × ")),
        (What::Area, "circle") if words.contains(&"diameter") => format!("pi times half of {first}, squared"),
        (What::Area, "circle") => format!("pi times {first} squared"),
        (What::Perimeter, "circle") if words.contains(&"diameter") => format!("pi times {first}"),
        (What::Perimeter, "circle") => format!("2 times pi times {first}"),
        (What::Perimeter, "square") => format!("4 × {first}"),
        (What::Perimeter, "equilateral triangle") => format!("3 × {first}"),
        (What::Perimeter, "rectangle") => format!("2 × ({})", sizes.join(" + ")),
        (What::Perimeter, _) => sizes.join(" + "),
        (What::Volume, "cube") => format!("{first} × {first} × {first}"),
        (What::Surface, _) => format!("6 × {first} × {first}"),
        _ => sizes.join(" × "),
    })
}
