//! Fractions, decimals and percents: the same number written otherwise.

use super::{ALL, MATHS, UPPER, gcf, kind, num, slip};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, dec, frac, int, percent};
use crate::item::Misconception;
use crate::level::Level;

pub const TEMPLATES: &[Template] = &[
    kind("convert-fraction-decimal-percent", "numbers.conversions", MATHS, ALL, convert),
    kind("repeating-decimal-to-fraction", "numbers.conversions", MATHS, UPPER, repeating),
];

const JOINS_DIGITS: Misconception = slip(
    "writes-fraction-digits-as-decimal",
    "puts one of the two numbers of the fraction after a decimal point as it stands",
);

const WRONG_SHIFT: Misconception =
    slip("percent-shift-wrong", "moves the decimal point by the wrong number of places");
const DENOMINATOR_PERCENT: Misconception =
    slip("denominator-as-percent", "takes the number below for the percent");
const NUMERATOR_PERCENT: Misconception =
    slip("numerator-as-percent", "takes the number above for the percent");
const PART_LEFT: Misconception = slip("converts-other-part", "converts the other part of the whole");
const TENTHS_FOR_HUNDREDTHS: Misconception =
    slip("tenths-for-hundredths", "writes percent over 10 instead of over 100");

fn convert(g: &mut Gen) -> Option<Draft> {
    let b = match g.level() {
        Level::Lower => g.pick(&[2, 4, 5, 10, 20, 25, 50]),
        Level::Middle => g.pick(&[4, 5, 8, 20, 25, 40, 50]),
        _ => g.pick(&[8, 16, 25, 40, 80, 125, 200]),
    };
    let a = g.int(1..=b - 1);
    if gcf(a, b) != 1 {
        return None;
    }
    let value = Q::new(a, b);
    let points = value * 100;
    let under = [100, 1_000, 10_000].into_iter().find(|under| (value * *under).is_whole())?;
    let (f, d, p) = (format!("{a}/{b}"), dec(value).text, percent(points).text);
    let child = g.child();
    let name = child.name;
    // What comes of the digits of a fraction behind a point.
    let joined =
        |digits: i64| Q::from(digits) / Q::from(10).pow(i32::try_from(digits.to_string().len()).unwrap_or(1));
    let draft = match g.int(0..=5) {
        0 | 4 => {
            let stem = if g.one_in(2) {
                format!("Which decimal is equal to {f}?")
            } else {
                format!("{name} has finished {f} of a puzzle. How is this part written as a decimal?")
            };
            Draft::new(stem)
                .key(dec(value))
                .wrong(dec(joined(a)), JOINS_DIGITS)
                .wrong(
                    dec(Q::from(a) + joined(b)),
                    slip("fraction-bar-as-point", "writes the fraction bar as a decimal point"),
                )
                .wrong(dec(value / 10), WRONG_SHIFT)
                .wrong(dec(Q::from(1) - value), PART_LEFT)
                .wrong(dec(joined(b)), JOINS_DIGITS)
                .hint("Tenths, hundredths and thousandths are easy to write as decimals.")
                .hint("Can you rename the fraction with 10, 100 or 1,000 below?")
                .step(
                    format!("{f} is the same as {}/{}.", num(value * under).text, num(under).text),
                    frac(value),
                )
                .step(format!("So {f} = {d}."), dec(value))
        }
        1 => {
            let stem = if g.one_in(2) {
                format!("How is {d} written as a percent?")
            } else {
                format!(
                    "A survey found that the share of students who like soccer is {d}. What percent is that?"
                )
            };
            Draft::new(stem)
                .key(percent(points))
                .wrong(percent(value), WRONG_SHIFT)
                .wrong(percent(value * 10), slip("percent-times-ten", "multiplies by 10 instead of 100"))
                .wrong(percent(Q::from(100) - points), PART_LEFT)
                .wrong(
                    percent(value * 1_000),
                    slip("percent-times-thousand", "multiplies by 1,000 instead of 100"),
                )
                .hint("Percent means out of one hundred.")
                .hint(format!("How many hundredths are there in {d}?"))
                .step(format!("{d} × 100 = {}.", dec(points).text), dec(points))
                .step(format!("So {d} is {p}."), percent(points))
        }
        2 | 5 => {
            let stem = if g.one_in(2) {
                format!("Which fraction is equal to {p}?")
            } else {
                format!(
                    "{name} answered {p} of the questions on a quiz. What fraction of the questions is that?"
                )
            };
            Draft::new(stem)
                .key(frac(value))
                .wrong(frac(points / 10), TENTHS_FOR_HUNDREDTHS)
                .wrong(frac(Q::from(1) - value), PART_LEFT)
                .wrong(frac(Q::from(1) / points), slip("one-over-percent", "writes 1 over the percent"))
                .wrong(frac(value / 10), WRONG_SHIFT)
                .hint("Percent means out of one hundred.")
                .hint("Write the percent over 100. Then divide above and below by the same number.")
                .step(format!("{p} is {}/{}.", num(value * under).text, num(under).text), frac(value))
                .step(format!("In lowest terms that is {f}."), frac(value))
        }
        _ => {
            let stem = if g.one_in(2) {
                format!("What percent is {f}?")
            } else {
                format!("In a class, {f} of the students take the bus. What percent of the students is that?")
            };
            Draft::new(stem)
                .key(percent(points))
                .wrong(percent(b), DENOMINATOR_PERCENT)
                .wrong(percent(Q::from(100) - points), PART_LEFT)
                .wrong(percent(points / 10), WRONG_SHIFT)
                .wrong(percent(a), NUMERATOR_PERCENT)
                .wrong(
                    percent(a * 10),
                    slip("numerator-times-ten-percent", "multiplies the numerator by 10 whatever is below"),
                )
                .hint("Percent means out of one hundred.")
                .hint("Rename the fraction with 100 below, or turn it into a decimal first.")
                .step(format!("{a} ÷ {b} = {d}."), dec(value))
                .step(format!("{d} is {p}."), percent(points))
        }
    };
    Some(draft)
}

const OVER_POWER_OF_TEN: Misconception =
    slip("repeating-as-terminating", "writes the repeating digits over 10 or 100 as if the decimal ended");
const OVER_NINETY: Misconception = slip("wrong-number-of-nines", "uses the wrong number of nines below");
const OVER_ELEVEN: Misconception =
    slip("repeating-over-eleven", "writes the digits over 11 or 12 instead of nines");

fn repeating(g: &mut Gen) -> Option<Draft> {
    let two = !g.one_in(4);
    let digits = if two { g.int(10..=98) } else { g.int(1..=8) };
    if two && digits % 11 == 0 {
        return None;
    }
    let nines = if two { 99 } else { 9 };
    let value = Q::new(digits, nines);
    let text = if two {
        format!("0.{digits}{digits}{digits}…")
    } else {
        format!("0.{digits}{digits}{digits}{digits}…")
    };
    let repeats =
        if two { format!("the digits {digits} repeat") } else { "the same digit repeats".to_owned() };
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!("In the decimal {text}, {repeats} without end. Which fraction is equal to it?"),
        1 => format!(
            "{} divides two whole numbers and gets {text}, where {repeats} forever. Which fraction is this?",
            child.name
        ),
        _ => format!("Which fraction is equal to {text}, if {repeats} forever?"),
    };
    let said = if two {
        format!("zero point {} {} repeating", digits / 10, digits % 10)
    } else {
        format!("zero point {digits} repeating")
    };
    let spoken = stem.replace(&text, &said);
    let hundred = if two { 100 } else { 10 };
    Some(
        Draft::new(stem)
            .spoken(spoken)
            .key(frac(value))
            .wrong(frac(Q::new(digits, hundred)), OVER_POWER_OF_TEN)
            .wrong(frac(Q::new(digits, if two { 90 } else { 99 })), OVER_NINETY)
            .wrong(frac(Q::new(digits, hundred + 1)), slip("one-more-than-power-of-ten", "writes the digits over one more than a power of ten instead of one less"))
            .wrong(frac(Q::new(digits, hundred + 10)), OVER_ELEVEN)
            .hint("Call the number n. What do you get when you move the decimal point so that the same digits stand behind it again?")
            .hint(format!("Subtract n from {hundred} times n. The repeating part goes away."))
            .step(format!("Let n be the number. Then {hundred} times n is {digits} and the same repeating part."), int(digits))
            .step(format!("Subtracting n leaves {nines} times n = {digits}."), int(nines))
            .step(format!("So n = {digits}/{nines}{}.", if gcf(digits, nines) == 1 { String::new() } else { format!(" = {}", frac(value).text) }), frac(value)),
    )
}
