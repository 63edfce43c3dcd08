//! Counting and ordering: what comes next, how many of a thing make another, prices of several things.

use super::expression::written;
use super::forms::{after, before};
use super::reader::{read_all, read_list, read_number};
use super::units::amount;
use super::{Answer, capitalised};
use iseetutor_numbers::text::Token;
use iseetutor_numbers::{Rational, grouped};

/// The answer to a question of one of these forms.
pub fn answer(tokens: &[Token]) -> Option<Answer> {
    [neighbour, relative, statistics, parts, zeros, days, factorial, discount, price, multiple, left]
        .iter()
        .find_map(|form| form(tokens))
}

fn after_any<'t>(tokens: &'t [Token], forms: &[&str]) -> Option<&'t [Token]> {
    forms.iter().find_map(|form| after(tokens, form))
}

/// The tokens before and after a word.
fn split<'t>(tokens: &'t [Token], words: &str) -> Option<(&'t [Token], &'t [Token])> {
    (0..tokens.len()).find_map(|at| {
        let (left, right) = tokens.split_at(at);
        after(right, words).map(|right| (left, right))
    })
}

/// "what number comes after 99".
fn neighbour(tokens: &[Token]) -> Option<Answer> {
    let heads = [
        "number comes",
        "comes",
        "the number",
        "the next number",
        "the number right",
        "number comes right",
        "comes right",
        "number is",
        "comes just",
        "number is right",
        "number comes just",
    ];
    let rest = heads
        .iter()
        .filter_map(|head| after(tokens, head))
        .find(|rest| rest.first().is_some_and(|t| t.is("after") || t.is("before")))?;
    let (way, number) = rest.split_first()?;
    let number = read_number(number)?.as_whole()?;
    let next = if way.is("after") { number.checked_add(1)? } else { number.checked_sub(1)? };
    let way = if way.is("after") { "after" } else { "before" };
    Some(Answer::valued(
        format!("{} comes right {way} {}.", grouped(next), grouped(number)),
        Rational::whole(next),
    ))
}

/// "2 more than 19", "6 less than 20".
fn relative(tokens: &[Token]) -> Option<Answer> {
    let (left, right, more) = match split(tokens, "more than") {
        Some((left, right)) => (left, right, true),
        None => split(tokens, "less than")
            .or_else(|| split(tokens, "fewer than"))
            .map(|(left, right)| (left, right, false))?,
    };
    let (by, of) = (read_all(left)?, read_all(right)?);
    let (a, b) = (by.evaluate().ok()?, of.evaluate().ok()?);
    let value = if more { b.checked_add(a)? } else { b.checked_sub(a)? };
    let decimal = by.has_decimal() || of.has_decimal();
    let words = if more { "more" } else { "less" };
    Some(Answer::valued(format!("{by} {words} than {of} is {}.", written(value, decimal)), value))
}

/// "the median of 3, 9 and 4", "the mode of ...", "the range of ...".
fn statistics(tokens: &[Token]) -> Option<Answer> {
    let rest = after(tokens, "the").unwrap_or(tokens);
    let (name, list) = ["median", "mode", "range"].iter().find_map(|name| {
        after_any(rest, &[&format!("{name} of"), &format!("{name} for")]).map(|list| (*name, list))
    })?;
    let mut values = read_list(list)?;
    values.sort();
    let shown: Vec<String> = values.iter().map(|value| written(*value, true)).collect();
    let (first, last) = (*values.first()?, *values.last()?);
    let half = values.len() / 2;
    match name {
        "range" => {
            let range = last.checked_sub(first)?;
            let text = format!(
                "The range is {}, because {} - {} is {}.",
                written(range, true),
                written(last, true),
                written(first, true),
                written(range, true)
            );
            Some(Answer::valued(text, range))
        }
        "median" => {
            let median = if values.len() % 2 == 1 {
                *values.get(half)?
            } else {
                values
                    .get(half.checked_sub(1)?)?
                    .checked_add(*values.get(half)?)?
                    .checked_div(Rational::whole(2))?
            };
            Some(Answer::valued(
                format!(
                    "In order they are {}. The median, the middle, is {}.",
                    shown.join(", "),
                    written(median, true)
                ),
                median,
            ))
        }
        _ => {
            let count = |value: &Rational| values.iter().filter(|other| *other == value).count();
            let most = values.iter().map(count).max()?;
            let mut modes: Vec<Rational> =
                values.iter().copied().filter(|value| count(value) == most).collect();
            modes.dedup();
            Some(match modes.as_slice() {
                _ if most == 1 => Answer::new("There is no mode, because no number comes more than once."),
                [mode] => Answer::valued(
                    format!("The mode is {}, because it comes most often.", written(*mode, true)),
                    *mode,
                ),
                several => {
                    let names: Vec<String> = several.iter().map(|mode| written(*mode, true)).collect();
                    Answer::new(format!("There are {} modes: {}.", several.len(), names.join(" and ")))
                }
            })
        }
    }
}

/// "how many thirds are in 2".
fn parts(tokens: &[Token]) -> Option<Answer> {
    const PARTS: [(&str, i128); 9] = [
        ("halves", 2),
        ("thirds", 3),
        ("fourths", 4),
        ("quarters", 4),
        ("fifths", 5),
        ("sixths", 6),
        ("eighths", 8),
        ("tenths", 10),
        ("hundredths", 100),
    ];
    let rest = after(tokens, "how many")?;
    let (part, rest) = rest.split_first()?;
    let (name, each) = PARTS.iter().find(|(name, _)| part.is(name))?;
    let rest = after_any(rest, &["are there in", "are in", "in", "make", "make up"])?;
    let whole = match rest {
        [article, one] if article.is("a") && one.is("whole") => Rational::ONE,
        _ => read_number(rest)?,
    };
    let count = whole.checked_mul(Rational::whole(*each))?;
    let shown = written(count, false);
    Some(Answer::valued(format!("There are {shown} {name} in {}.", written(whole, false)), count))
}

/// "how many zeros are in a million".
fn zeros(tokens: &[Token]) -> Option<Answer> {
    const NUMBERS: [(&str, i128); 6] =
        [("ten", 1), ("hundred", 2), ("thousand", 3), ("million", 6), ("billion", 9), ("trillion", 12)];
    let rest = after_any(tokens, &["how many zeros", "how many zeroes"])?;
    let rest = after_any(rest, &["are there in", "are in", "in", "does", "do"])?;
    let rest = before(rest, "have").unwrap_or(rest);
    let rest = after_any(rest, &["a", "one"]).unwrap_or(rest);
    let [number] = rest else { return None };
    let (name, count) = NUMBERS.iter().find(|(name, _)| number.is(name))?;
    let zeros = if *count == 1 { "zero" } else { "zeros" };
    Some(Answer::valued(format!("One {name} has {count} {zeros}."), Rational::whole(*count)))
}

/// "how many days are in July", "how many is a dozen".
fn days(tokens: &[Token]) -> Option<Answer> {
    const MONTHS: [(&str, i128); 12] = [
        ("january", 31),
        ("february", 28),
        ("march", 31),
        ("april", 30),
        ("may", 31),
        ("june", 30),
        ("july", 31),
        ("august", 31),
        ("september", 30),
        ("october", 31),
        ("november", 30),
        ("december", 31),
    ];
    if after_any(
        tokens,
        &[
            "how many is a dozen",
            "how many are in a dozen",
            "how many things are in a dozen",
            "how many is in a dozen",
            "how many in a dozen",
            "how many is one dozen",
            "a dozen",
        ],
    )
    .is_some_and(<[Token]>::is_empty)
    {
        return Some(Answer::valued("A dozen is 12.", Rational::whole(12)));
    }
    let rest = after(tokens, "how many days")?;
    let rest = after_any(rest, &["are there in", "are in", "is in", "in", "does", "has"])?;
    let rest = before(rest, "have").unwrap_or(rest);
    if after(rest, "a leap year").is_some_and(<[Token]>::is_empty) {
        return Some(Answer::valued("A leap year has 366 days.", Rational::whole(366)));
    }
    if after(rest, "a year").is_some_and(<[Token]>::is_empty) {
        return Some(Answer::new("A year has 365 days, and a leap year has 366."));
    }
    let [month] = rest else { return None };
    let (name, days) = MONTHS.iter().find(|(name, _)| month.is(name))?;
    let name = capitalised(name);
    Some(if *days == 28 {
        Answer::new(format!("{name} has 28 days, and 29 in a leap year."))
    } else {
        Answer::valued(format!("{name} has {days} days."), Rational::whole(*days))
    })
}

/// "5 factorial".
fn factorial(tokens: &[Token]) -> Option<Answer> {
    let of =
        before(tokens, "factorial").or_else(|| after_any(tokens, &["the factorial of", "factorial of"]))?;
    let n = read_number(of)?.as_whole().filter(|n| (1..=20).contains(n))?;
    let value = (1..=n).product();
    let steps: Vec<String> = (1..=n).rev().map(|k| k.to_string()).collect();
    Some(Answer::valued(
        format!("{n} factorial is {} = {}.", steps.join(" × "), grouped(value)),
        Rational::whole(value),
    ))
}

/// "20 percent off of 40 dollars".
fn discount(tokens: &[Token]) -> Option<Answer> {
    let (percent, of) = split(tokens, "off of").or_else(|| split(tokens, "off"))?;
    let (sign, percent) = percent.split_last()?;
    (sign.is("percent") || sign.is_sign('%')).then_some(())?;
    let percent = read_number(percent).filter(|p| *p > Rational::ZERO && *p <= Rational::whole(100))?;
    let left = Rational::whole(100).checked_sub(percent)?.checked_div(Rational::whole(100))?;
    let (cents, shown) = amount(of)?;
    let value = cents.checked_mul(left)?;
    let told = super::units::dollars(value)?;
    Some(Answer::valued(
        format!("{}% off {shown} leaves {told}.", written(percent, true)),
        value.checked_div(Rational::whole(100))?,
    ))
}

/// "how much do 4 pencils cost at 25 cents each", "if 3 apples cost $1.50, how much is one apple".
fn price(tokens: &[Token]) -> Option<Answer> {
    if let Some(rest) = after(tokens, "if") {
        let (goods, rest) = split(rest, "cost").or_else(|| split(rest, "are"))?;
        let (total, question) = split(rest, "how much")?;
        let total = before(total, ",").unwrap_or(total);
        let question =
            after_any(question, &["is one", "does one", "is each", "does each", "would one", "for one"])?;
        // "apple", or "apple cost": at most two words.
        (question.len() <= 2).then_some(())?;
        let (name, count) = goods.split_last()?;
        let count = read_number(count)?.as_whole().filter(|count| *count > 1)?;
        let (cents, shown) = amount(total)?;
        let each = cents.checked_div(Rational::whole(count))?;
        let told = super::units::dollars(each)?;
        return Some(Answer::valued(
            format!("{shown} ÷ {count} is {told}, so each of the {} costs {told}.", name.word()?),
            each.checked_div(Rational::whole(100))?,
        ));
    }
    let rest =
        after_any(tokens, &["how much do", "how much would", "how much are", "how much is", "how much will"])
            .unwrap_or(tokens);
    let (goods, each) =
        split(rest, "cost at").or_else(|| split(rest, "be at")).or_else(|| split(rest, "at"))?;
    let each = before(each, "each").or_else(|| before(each, "apiece")).or_else(|| before(each, "a piece"))?;
    let (name, count) = goods.split_last()?;
    name.word()?;
    let count = read_number(count)?.as_whole().filter(|count| *count > 0)?;
    let (cents, shown) = amount(each)?;
    let total = cents.checked_mul(Rational::whole(count))?;
    let told = super::units::dollars(total)?;
    Some(Answer::valued(format!("{count} × {shown} is {told}."), total.checked_div(Rational::whole(100))?))
}

/// "the next multiple of 7 after 30".
fn multiple(tokens: &[Token]) -> Option<Answer> {
    let rest = after_any(tokens, &["the next multiple of", "next multiple of", "the first multiple of"])?;
    let (of, after) = split(rest, "after")?;
    let (of, from) = (read_number(of)?.as_whole()?, read_number(after)?.as_whole()?);
    (of > 0).then_some(())?;
    let next = from.div_euclid(of).checked_add(1)?.checked_mul(of)?;
    Some(Answer::valued(format!("The next multiple of {of} after {from} is {next}."), Rational::whole(next)))
}

/// "if I have 20 dollars and spend 7, how much do I have left".
fn left(tokens: &[Token]) -> Option<Answer> {
    const VERBS: [&str; 10] =
        ["spend", "eat", "lose", "use", "sell", "give away", "break", "spent", "ate", "lost"];
    let rest = after_any(tokens, &["if i have", "if i had", "i have", "i had", "if you have"])?;
    let (have, rest) = split(rest, "and")?;
    let rest = after_any(rest, &["i", "you"]).unwrap_or(rest);
    let rest = after_any(rest, &VERBS)?;
    let (gone, question) = split(rest, "how much").or_else(|| split(rest, "how many"))?;
    let gone = before(gone, ",").unwrap_or(gone);
    let kept = before(question, "left").or_else(|| before(question, "left over"))?;
    // At most "dollars do I have": anything more may change what is asked.
    (kept.len() <= 4).then_some(())?;
    let count = |side: &[Token]| match side.split_last() {
        Some((thing, number)) if !number.is_empty() && thing.word().is_some() => read_number(number)
            .map(|n| (n, thing.word().map(str::to_owned)))
            .or_else(|| Some((read_number(side)?, None))),
        _ => Some((read_number(side)?, None)),
    };
    let (have, thing) = count(have)?;
    let (gone, other) = count(gone)?;
    let same = other.is_none() || other == thing;
    let value = have.checked_sub(gone).filter(|value| same && !value.is_negative())?;
    let value_shown = written(value, true);
    Some(Answer::valued(
        format!(
            "{} - {} is {value_shown}, so {value_shown} would be left.",
            written(have, true),
            written(gone, true)
        ),
        value,
    ))
}
