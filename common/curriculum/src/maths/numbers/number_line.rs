//! Points on a number line.

use super::{ALL, MATHS, kind, n, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, Value, dec, frac, int, mixed};
use crate::figure::Picture;
use crate::item::Misconception;
use crate::level::Level;
use crate::story::ordinal;

pub const TEMPLATES: &[Template] =
    &[kind("number-line-point", "numbers.number-line", MATHS, ALL, number_line)];

const TICKS_FOR_SPACES: Misconception =
    slip("counts-marks-for-spaces", "counts the marks instead of the spaces between them");
const ONES_ALWAYS: Misconception =
    slip("takes-spaces-for-ones", "takes every space for one without looking at the ends");
const TENTHS_ALWAYS: Misconception =
    slip("takes-spaces-for-tenths", "takes every space for one tenth without looking at the ends");
const FROM_RIGHT: Misconception = slip("counts-from-wrong-end", "counts the spaces from the wrong end");
const INNER_MARKS: Misconception =
    slip("counts-inner-marks-for-spaces", "counts only the marks between the ends for the number of spaces");
const ONE_SPACE_OFF: Misconception =
    slip("starts-counting-at-one", "counts the first mark as one space already");

fn number_line(g: &mut Gen) -> Option<Draft> {
    let parts = g.by_level([2..=5, 3..=10, 4..=10, 5..=12]);
    let at = g.int(1..=parts - 1);
    let negative = g.level() != Level::Lower && g.one_in(2);
    let width = g.by_level([1..=1, 1..=3, 1..=8, 1..=20]);
    let left = if negative { -g.int(1..=12) } else { g.int(0..=12) };
    let right = left + width;
    let step = Q::new(width, parts);
    let decimal = 10 % parts == 0 && g.one_in(2);
    if 2 * at == parts || step.is_whole() && width < 10 || g.level() == Level::Lower && step.bottom() != parts
    {
        return None;
    }
    let show = |value: Q| -> Value {
        match decimal {
            true if !value.is_whole() => dec(value),
            _ => mixed(value),
        }
    };
    let key = Q::from(left) + step * at;
    let letter = g.pick(&["P", "Q", "R", "M", "T"]);
    let ticks: Vec<(i64, String)> = (0..=parts)
        .map(|k| {
            (
                1_000 * k / parts,
                if k == 0 {
                    n(left)
                } else if k == parts {
                    n(right)
                } else {
                    String::new()
                },
            )
        })
        .collect();
    let description = format!(
        "A number line from {} to {}. The part between these two numbers is divided by marks into {parts} equal spaces. The point {letter} is on the {} mark to the right of {}, that is at the end of the {} space.",
        n(left),
        n(right),
        ordinal(at),
        n(left),
        ordinal(at)
    );
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!("What number does the point {letter} stand for on the number line in the figure?"),
        1 => format!(
            "{} marks the point {letter} on a number line, as in the figure. Which number is at {letter}?",
            child.name
        ),
        _ => format!(
            "The marks on the number line in the figure are equally far apart. What is the value of {letter}?"
        ),
    };
    let tenths = if width > 1 { Q::from(left + at) } else { Q::from(left) + Q::new(at, 10) };
    let wrong = [
        (Q::from(left) + Q::new(width * at, parts + 1), TICKS_FOR_SPACES),
        (tenths, if width > 1 { ONES_ALWAYS } else { TENTHS_ALWAYS }),
        (Q::from(right) - step * at, FROM_RIGHT),
        (Q::from(left) + step * (at + 1), ONE_SPACE_OFF),
        (Q::from(left) + Q::new(width * at, parts - 1), INNER_MARKS),
    ];
    // Numbers such as 1 11/12 and 11 1/12 look too much alike to stand side by side.
    let digits = |value: Q| show(value).text.replace(' ', "");
    if wrong.iter().any(|(value, _)| *value != key && digits(*value) == digits(key))
        || (0..wrong.len()).any(|at| {
            wrong[..at]
                .iter()
                .any(|(value, _)| *value != wrong[at].0 && digits(*value) == digits(wrong[at].0))
        })
    {
        return None;
    }
    let mut draft = Draft::new(stem)
        .figure(Picture::number_line(description, &ticks, &[(1_000 * at / parts, letter.to_owned())]))
        .key(show(key));
    for (value, mistake) in wrong {
        draft = draft.wrong(show(value), mistake);
    }
    Some(
        draft
            .hint("How long is the whole part between the two numbers, and how many equal spaces is it divided into?")
            .hint("Find the length of one space. Then count the spaces from the left end to the point.")
            .step(format!("From {} to {} it is {width}, divided into {parts} equal spaces.", n(left), n(right)), int(width))
            .step(format!("One space is {width}/{parts}{}.", if frac(step).text == format!("{width}/{parts}") { String::new() } else { format!(", which is {}", frac(step).text) }), frac(step))
            .step(format!("The point is {} from {}.", crate::story::count(at, "space", "spaces"), n(left)), int(at))
            .step(format!("So it stands for {}.", show(key).text), show(key)),
    )
}
