//! Units that measure the same thing, converted by their definitions.

use super::Answer;
use super::expression::written;
use super::reader::read_number;
use iseetutor_numbers::Rational;
use iseetutor_numbers::text::Token;

/// What a unit measures; only units of one kind convert into each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Length,
    MetricLength,
    Weight,
    MetricWeight,
    Volume,
    MetricVolume,
    Time,
    Months,
    Money,
    Count,
}

/// A unit: singular, plural, other forms, kind, and how many of the kind's smallest unit it holds.
struct Unit(&'static str, &'static str, &'static [&'static str], Kind, i128);

/// Exact by definition. Customary and metric units are kept apart: between them a child would need "about". Months and
/// days are apart too, because months differ.
const UNITS: [Unit; 37] = [
    Unit("inch", "inches", &["in"], Kind::Length, 1),
    Unit("foot", "feet", &["ft"], Kind::Length, 12),
    Unit("yard", "yards", &["yd", "yds"], Kind::Length, 36),
    Unit("mile", "miles", &["mi"], Kind::Length, 63_360),
    Unit("millimeter", "millimeters", &["mm", "millimetre", "millimetres"], Kind::MetricLength, 1),
    Unit("centimeter", "centimeters", &["cm", "centimetre", "centimetres"], Kind::MetricLength, 10),
    Unit("meter", "meters", &["m", "metre", "metres"], Kind::MetricLength, 1_000),
    Unit("kilometer", "kilometers", &["km", "kilometre", "kilometres"], Kind::MetricLength, 1_000_000),
    Unit("ounce", "ounces", &["oz"], Kind::Weight, 1),
    Unit("pound", "pounds", &["lb", "lbs"], Kind::Weight, 16),
    Unit("ton", "tons", &[], Kind::Weight, 32_000),
    Unit("milligram", "milligrams", &["mg"], Kind::MetricWeight, 1),
    Unit("gram", "grams", &["g"], Kind::MetricWeight, 1_000),
    Unit("kilogram", "kilograms", &["kg", "kilo", "kilos"], Kind::MetricWeight, 1_000_000),
    Unit("teaspoon", "teaspoons", &["tsp"], Kind::Volume, 1),
    Unit("tablespoon", "tablespoons", &["tbsp"], Kind::Volume, 3),
    Unit("cup", "cups", &[], Kind::Volume, 48),
    Unit("pint", "pints", &["pt"], Kind::Volume, 96),
    Unit("quart", "quarts", &["qt"], Kind::Volume, 192),
    Unit("gallon", "gallons", &["gal"], Kind::Volume, 768),
    Unit("milliliter", "milliliters", &["ml", "millilitre", "millilitres"], Kind::MetricVolume, 1),
    Unit("liter", "liters", &["l", "litre", "litres"], Kind::MetricVolume, 1_000),
    Unit("second", "seconds", &["sec", "secs"], Kind::Time, 1),
    Unit("minute", "minutes", &["min", "mins"], Kind::Time, 60),
    Unit("hour", "hours", &["hr", "hrs"], Kind::Time, 3_600),
    Unit("day", "days", &[], Kind::Time, 86_400),
    Unit("week", "weeks", &[], Kind::Time, 604_800),
    Unit("month", "months", &[], Kind::Months, 1),
    Unit("year", "years", &[], Kind::Months, 12),
    Unit("decade", "decades", &[], Kind::Months, 120),
    Unit("century", "centuries", &[], Kind::Months, 1_200),
    Unit("cent", "cents", &["penny", "pennies"], Kind::Money, 1),
    Unit("nickel", "nickels", &[], Kind::Money, 5),
    Unit("dime", "dimes", &[], Kind::Money, 10),
    Unit("quarter", "quarters", &[], Kind::Money, 25),
    Unit("dollar", "dollars", &["buck", "bucks"], Kind::Money, 100),
    Unit("dozen", "dozen", &["dozens"], Kind::Count, 12),
];

/// Two tablespoons.
static FLUID_OUNCE: Unit = Unit("fluid ounce", "fluid ounces", &[], Kind::Volume, 6);

fn unit(token: &Token) -> Option<&'static Unit> {
    let word = token.word()?;
    UNITS.iter().find(|Unit(one, many, other, ..)| *one == word || *many == word || other.contains(&word))
}

impl Unit {
    fn name(&self, count: Rational) -> &'static str {
        if count == Rational::ONE { self.0 } else { self.1 }
    }
}

/// A unit of length, as shapes are measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure(&'static str, &'static str);

impl Measure {
    /// Its name after a count.
    pub fn name(self, count: Rational) -> &'static str {
        if count == Rational::ONE { self.0 } else { self.1 }
    }

    /// Its name for more than one.
    pub fn plural(self) -> &'static str {
        self.1
    }
}

/// The unit of length that a token is.
pub fn measure(token: &Token) -> Option<Measure> {
    let unit = unit(token)?;
    matches!(unit.3, Kind::Length | Kind::MetricLength).then_some(Measure(unit.0, unit.1))
}

/// An amount of money in cents, and as it is written.
pub fn amount(tokens: &[Token]) -> Option<(Rational, String)> {
    let (count, unit) = quantity(tokens)?;
    (unit.3 == Kind::Money).then_some(())?;
    let cents = count.checked_mul(Rational::whole(unit.4))?;
    Some((cents, dollars(cents)?))
}

/// A quantity with its unit: "3 feet", "a mile", "$4.50", "4 dollars and 50 cents".
fn quantity(tokens: &[Token]) -> Option<(Rational, &'static Unit)> {
    match tokens {
        [sign, number @ ..] if sign.is_sign('$') => {
            Some((read_number(number)?, UNITS.iter().find(|unit| unit.0 == "dollar")?))
        }
        [article, last] if article.is("a") || article.is("an") || article.is("one") => {
            Some((Rational::ONE, unit(last)?))
        }
        _ => {
            if let Some(quantity) = joined(tokens) {
                return Some(quantity);
            }
            let (last, number) = tokens.split_last()?;
            Some((read_number(number)?, unit(last)?))
        }
    }
}

/// "5 feet 3 inches", "2 hours and 15 minutes": in the smaller unit.
fn joined(tokens: &[Token]) -> Option<(Rational, &'static Unit)> {
    let at = tokens.iter().position(|token| unit(token).is_some()).filter(|at| at + 1 < tokens.len())?;
    let (first, rest) = tokens.split_at(at + 1);
    let rest = match rest.split_first() {
        Some((and, rest)) if and.is("and") || and.is_sign(',') => rest,
        _ => rest,
    };
    let (large, small) = (quantity(first)?, quantity(rest)?);
    (large.1.3 == small.1.3 && large.1.4 > small.1.4).then_some(())?;
    Some((convert(large.0, large.1, small.1)?.checked_add(small.0)?, small.1))
}

fn convert(count: Rational, from: &Unit, to: &Unit) -> Option<Rational> {
    (from.3 == to.3).then_some(())?;
    count.checked_mul(Rational::new(from.4, to.4)?)
}

/// "how many inches in 3 feet", "convert 3 feet to inches", "3 feet in inches", "$4.50 plus $2.25".
pub fn answer(tokens: &[Token]) -> Option<Answer> {
    if let [how, many, to, rest @ ..] = tokens
        && how.is("how")
        && (many.is("many") || many.is("much"))
        && let Some(to) = unit(to)
    {
        let from = ["are there in", "are in", "is in", "in", "make", "makes", "make up", "are", "is"]
            .iter()
            .find_map(|joint| strip(rest, joint).and_then(quantity))?;
        return told(from, to);
    }
    if let Some(answer) = money(tokens).or_else(|| coins(tokens)) {
        return Some(answer);
    }
    let rest = match tokens {
        [verb, rest @ ..] if verb.is("convert") || verb.is("change") || verb.is("turn") => rest,
        other => other,
    };
    let (to, rest) = rest.split_last()?;
    let (joint, from) = rest.split_last()?;
    (joint.is("to") || joint.is("into") || joint.is("in")).then_some(())?;
    told(quantity(from)?, unit(to)?)
}

fn strip<'t>(tokens: &'t [Token], words: &str) -> Option<&'t [Token]> {
    words.split(' ').try_fold(tokens, |rest, word| {
        rest.split_first().filter(|(first, _)| first.is(word)).map(|(_, rest)| rest)
    })
}

fn told((count, from): (Rational, &'static Unit), to: &'static Unit) -> Option<Answer> {
    if count == Rational::ONE && from.0 == "year" && to.0 == "day" {
        return Some(Answer::new("A year has 365 days, and a leap year has 366."));
    }
    if count == Rational::ONE && from.0 == "year" && to.0 == "week" {
        return Some(Answer::new("A year has 52 weeks and one day, or two days if it is a leap year."));
    }
    // Of what is poured, ounces are fluid ounces.
    let (from, to) = match (from.3, to.3) {
        (Kind::Volume, Kind::Weight) if to.0 == "ounce" => (from, &FLUID_OUNCE),
        (Kind::Weight, Kind::Volume) if from.0 == "ounce" => (&FLUID_OUNCE, to),
        _ => (from, to),
    };
    let value = convert(count, from, to)?;
    let given = match dollars(count.checked_mul(Rational::whole(from.4))?) {
        Some(amount) if from.0 == "dollar" && count.as_whole().is_none() => amount,
        _ => format!("{} {}", written(count, false), from.name(count)),
    };
    let told = format!("{} {}", written(value, false), to.name(value));
    // "5 feet 3 inches" is in inches already when it gets here.
    let text = if from.0 == to.0 { format!("That is {told}.") } else { format!("{given} is {told}.") };
    Some(Answer::valued(text, value))
}

/// "6 quarters": what they are worth.
fn coins(tokens: &[Token]) -> Option<Answer> {
    let (count, coin) = quantity(tokens)?;
    (["nickel", "dime", "quarter"].contains(&coin.0) && count.as_whole()? > 1).then_some(())?;
    let cents = count.checked_mul(Rational::whole(coin.4))?;
    let text = format!("{} {} is {}.", written(count, false), coin.name(count), dollars(cents)?);
    Some(Answer::valued(text, cents.checked_div(Rational::whole(100))?))
}

/// Sums, differences and multiples of money: "$4.50 plus $2.25", "3 times 50 cents".
fn money(tokens: &[Token]) -> Option<Answer> {
    let at = tokens.iter().position(|token| {
        ["plus", "minus", "times", "x"].iter().any(|word| token.is(word))
            || "+-×".chars().any(|sign| token.is_sign(sign))
    })?;
    let (left, rest) = tokens.split_at(at);
    let (operator, right) = rest.split_first()?;
    let cents = |side: &[Token]| {
        let (count, unit) = quantity(side)?;
        (unit.3 == Kind::Money).then_some(())?;
        count.checked_mul(Rational::whole(unit.4))
    };
    let times = operator.is("times") || operator.is("x") || operator.is_sign('×');
    let (sign, value, shown) = if times {
        let (count, amount) = match (read_number(left), cents(right)) {
            (Some(count), Some(amount)) => (count, amount),
            _ => (read_number(right)?, cents(left)?),
        };
        ("×", count.checked_mul(amount)?, [count.to_string(), dollars(amount)?])
    } else {
        let (a, b) = (cents(left)?, cents(right)?);
        let plus = operator.is("plus") || operator.is_sign('+');
        let value = if plus { a.checked_add(b)? } else { a.checked_sub(b)? };
        (if plus { "+" } else { "-" }, value, [dollars(a)?, dollars(b)?])
    };
    let [first, second] = shown;
    // Amounts that are no whole number of cents have no written form.
    let text = format!("{first} {sign} {second} is {}.", dollars(value)?);
    Some(Answer::valued(text, value.checked_div(Rational::whole(100))?))
}

/// An amount of cents as "$4.50", or "-$0.50".
pub fn dollars(cents: Rational) -> Option<String> {
    let cents = cents.as_whole()?;
    let sign = if cents < 0 { "-" } else { "" };
    let all = cents.unsigned_abs();
    let whole = iseetutor_numbers::grouped(i128::try_from(all / 100).ok()?);
    Some(match all % 100 {
        0 => format!("{sign}${whole}"),
        rest => format!("{sign}${whole}.{rest:02}"),
    })
}
