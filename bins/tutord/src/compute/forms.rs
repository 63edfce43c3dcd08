//! The forms in which arithmetic is asked.

use super::expression::written;
use super::reader::{read_all, read_list, read_number};
use super::{Answer, capitalised, counting, evaluated, fault, integers, shapes, units};
use crate::compute::Fault;
use iseetutor_numbers::Rational;
use iseetutor_numbers::text::Token;

/// What follows `words` at the beginning of the tokens.
pub fn after<'t>(tokens: &'t [Token], words: &str) -> Option<&'t [Token]> {
    let mut rest = tokens;
    for word in words.split(' ') {
        let (first, others) = rest.split_first()?;
        if !matches(first, word) {
            return None;
        }
        rest = others;
    }
    Some(rest)
}

/// What precedes `words` at the end of the tokens.
pub fn before<'t>(tokens: &'t [Token], words: &str) -> Option<&'t [Token]> {
    let mut rest = tokens;
    for word in words.rsplit(' ') {
        let (last, others) = rest.split_last()?;
        if !matches(last, word) {
            return None;
        }
        rest = others;
    }
    Some(rest)
}

fn matches(token: &Token, word: &str) -> bool {
    match token {
        Token::Word(is) => is == word,
        Token::Sign(sign) => word.chars().eq([*sign]),
        _ => false,
    }
}

/// The tokens around the first place where `words` stand.
fn around<'t>(tokens: &'t [Token], words: &str) -> Option<(&'t [Token], &'t [Token])> {
    (0..tokens.len()).find_map(|at| {
        let (left, right) = tokens.split_at(at);
        after(right, words).map(|right| (left, right))
    })
}

fn after_any<'t>(tokens: &'t [Token], forms: &[&str]) -> Option<&'t [Token]> {
    forms.iter().find_map(|form| after(tokens, form))
}

fn around_any<'t>(tokens: &'t [Token], forms: &[&str]) -> Option<(&'t [Token], &'t [Token])> {
    forms.iter().find_map(|form| around(tokens, form))
}

/// What reads one form of question.
type Form = fn(&[Token]) -> Option<Answer>;

/// The answer to a question without its fillers, if any form fits all of it.
pub fn answer(tokens: &[Token]) -> Option<Answer> {
    let forms: [Form; 13] = [
        arithmetic,
        instruction,
        yes_no,
        comparison,
        integer_property,
        list,
        rounding,
        conversion,
        percentage,
        units::answer,
        remainder,
        shapes::answer,
        counting::answer,
    ];
    forms.iter().find_map(|form| form(tokens))
}

fn arithmetic(tokens: &[Token]) -> Option<Answer> {
    let expression = read_all(tokens)?;
    expression.has_operation().then(|| evaluated(&expression))
}

/// "multiply 6 by 7", "subtract 5 from 12", "add 3 and 4", "how many times does 5 go into 20".
fn instruction(tokens: &[Token]) -> Option<Answer> {
    const FORMS: [(&str, &str, &str, bool); 12] = [
        ("multiply", "by", "×", false),
        ("multiply", "and", "×", false),
        ("divide", "by", "÷", false),
        ("divide", "into", "÷", true),
        ("subtract", "from", "-", true),
        ("take away", "from", "-", true),
        ("take", "away from", "-", true),
        ("take", "from", "-", true),
        ("add", "and", "+", false),
        ("add", "to", "+", false),
        ("how many times does", "go into", "÷", true),
        ("how many times will", "go into", "÷", true),
    ];
    FORMS.iter().find_map(|(verb, joint, sign, swapped)| {
        let (left, right) = around(after(tokens, verb)?, joint)?;
        let (left, right) = if *swapped { (right, left) } else { (left, right) };
        let sign = sign.chars().next()?;
        let bracketed = |side: &[Token]| {
            let open = std::iter::once(Token::Sign('('));
            open.chain(side.iter().cloned()).chain(std::iter::once(Token::Sign(')'))).collect::<Vec<_>>()
        };
        // Each side must be arithmetic by itself, so that nothing binds across the joint.
        let (one, other) = (read_all(left)?, read_all(right)?);
        let plain =
            |side: &[Token], is_operation: bool| if is_operation { bracketed(side) } else { side.to_vec() };
        let mut all = plain(left, one.has_operation());
        all.push(Token::Sign(sign));
        all.extend(plain(right, other.has_operation()));
        arithmetic(&all)
    })
}

/// "is 7 times 8 56", "does 2 plus 2 equal 5".
fn yes_no(tokens: &[Token]) -> Option<Answer> {
    let rest = after_any(tokens, &["is", "does", "do", "are"]).unwrap_or(tokens);
    let asked = rest.len() < tokens.len();
    let equal = ["is equal to", "equal to", "the same as", "equals", "equal", "make", "="];
    let (left, right) = match around_any(rest, &equal) {
        Some(sides) => sides,
        // With no word between them, the value must be the last number by itself.
        None if asked => rest.split_at(rest.len().checked_sub(1)?),
        None => return None,
    };
    let (left, right) = (read_all(left)?, read_all(right)?);
    let bare = !left.has_operation() && !right.has_operation();
    if bare && !asked {
        return None;
    }
    let (a, b) = match (left.evaluate(), right.evaluate()) {
        (Ok(a), Ok(b)) => (a, b),
        (Err(error), _) | (_, Err(error)) => return Some(fault(error)),
    };
    let decimal = left.has_decimal() || right.has_decimal();
    Some(if a == b {
        Answer::new(format!("Yes, {left} is equal to {right}."))
    } else if left.has_operation() {
        Answer::new(format!("No, {left} is {}.", written(a, decimal)))
    } else if right.has_operation() {
        Answer::new(format!("No, {right} is {}.", written(b, decimal)))
    } else {
        let relation = if a > b { "more" } else { "less" };
        Answer::new(format!("No, {left} is {relation} than {right}."))
    })
}

/// "which is bigger, 3/4 or 2/3", "is 0.5 less than 1/3".
fn comparison(tokens: &[Token]) -> Option<Answer> {
    const MORE: [&str; 4] = ["bigger", "greater", "larger", "more"];
    const LESS: [&str; 3] = ["smaller", "less", "lesser"];
    let relation = |token: &Token| {
        token.word().and_then(|word| {
            if MORE.contains(&word) { Some(true) } else { LESS.contains(&word).then_some(false) }
        })
    };
    if let Some(rest) = after(tokens, "is") {
        let at = rest.iter().position(|token| relation(token).is_some())?;
        let more = relation(rest.get(at)?)?;
        let (left, right) = (read_all(&rest[..at])?, read_all(after(rest.get(at + 1..)?, "than")?)?);
        let (a, b) = (left.evaluate().ok()?, right.evaluate().ok()?);
        let truth = if more { a > b } else { a < b };
        let (yes, relation) = match (truth, a.cmp(&b)) {
            (_, std::cmp::Ordering::Equal) => ("No", "equal to"),
            (_, std::cmp::Ordering::Greater) => (if truth { "Yes" } else { "No" }, "more than"),
            (_, std::cmp::Ordering::Less) => (if truth { "Yes" } else { "No" }, "less than"),
        };
        return Some(Answer::new(format!("{yes}, {left} is {relation} {right}.")));
    }
    let heads = ["which is", "which one is", "which number is", "which fraction is", "the"];
    // "what's bigger, 2/5 or 3/7" has lost its head already.
    let rest = match after_any(tokens, &heads) {
        Some(rest) => rest,
        None => tokens.first().and_then(relation).map(|_| tokens)?,
    };
    let rest = after(rest, "the").unwrap_or(rest);
    let more = relation(rest.first()?)?;
    let rest = rest.get(1..)?;
    let rest = after(rest, ",").unwrap_or(rest);
    let (left, right) = around(rest, "or")?;
    let left = before(left, ",").unwrap_or(left);
    let (left, right) = (read_all(left)?, read_all(right)?);
    let (a, b) = (left.evaluate().ok()?, right.evaluate().ok()?);
    if a == b {
        return Some(Answer::new(format!("They are equal: {left} is the same as {right}.")));
    }
    let (first, second) = if (a > b) == more { (left, right) } else { (right, left) };
    let relation = if more { "more" } else { "less" };
    Some(Answer::new(format!("{} is {relation} than {second}.", capitalised(&first.to_string()))))
}

/// Primes, even and odd, divisibility, factors.
fn integer_property(tokens: &[Token]) -> Option<Answer> {
    if let Some(rest) = after(tokens, "is") {
        for (form, answer) in integers::PROPERTIES {
            if let Some(n) = before(rest, form) {
                return answer(read_number(n)?);
            }
        }
        let (n, by) = around_any(rest, &["divisible by", "evenly divisible by", "a multiple of"])?;
        return integers::divisible(read_number(n)?, read_number(by)?);
    }
    if let Some((n, by)) =
        after(tokens, "can").and_then(|rest| around_any(rest, &["be divided evenly by", "be divided by"]))
    {
        return integers::divisible(read_number(n)?, read_number(before(by, "evenly").unwrap_or(by))?);
    }
    let named = ["the factors of", "factors of", "all the factors of", "all factors of"];
    if let Some(n) = after_any(tokens, &named) {
        return integers::factors(read_number(n)?);
    }
    let prime =
        ["the prime factorization of", "prime factorization of", "the prime factors of", "prime factors of"];
    if let Some(n) = after_any(tokens, &prime) {
        return integers::prime_factors(read_number(n)?);
    }
    None
}

/// Greatest common factor, least common multiple, mean.
fn list(tokens: &[Token]) -> Option<Answer> {
    let rest = after(tokens, "the").unwrap_or(tokens);
    for (name, answer) in integers::LISTS {
        if let Some(values) = after(rest, name).and_then(|rest| after_any(rest, &["of", "for", "between"])) {
            return answer(&read_list(values)?);
        }
    }
    None
}

/// "round 3.456 to the nearest tenth".
fn rounding(tokens: &[Token]) -> Option<Answer> {
    let rest = after_any(tokens, &["round", "rounded"]).unwrap_or(tokens);
    let (n, place) = around_any(rest, &["rounded to the nearest", "to the nearest", "to nearest"])?;
    if rest.len() == tokens.len() && around(tokens, "rounded").is_none() {
        return None;
    }
    let value = read_number(n)?;
    let (name, unit) = integers::place(place)?;
    let rounded = Rational::whole(value.checked_div(unit)?.round()?).checked_mul(unit)?;
    let said = value.decimal(12).unwrap_or_else(|| value.to_string());
    Some(Answer::valued(
        format!("{said} rounded to the nearest {name} is {}.", written(rounded, true)),
        rounded,
    ))
}

/// "3/4 as a percent", "simplify 6/8".
fn conversion(tokens: &[Token]) -> Option<Answer> {
    if let Some(rest) = after_any(tokens, &["simplify", "reduce", "the simplest form of", "simplest form of"])
    {
        let expression = read_all(rest)?;
        let value = expression.evaluate().ok()?;
        let is = if expression.to_string() == value.fraction() { "already is" } else { "is" };
        return Some(Answer::valued(
            format!("In lowest terms, {expression} {is} {}.", value.fraction()),
            value,
        ));
    }
    let rest = after_any(tokens, &["convert", "write", "change", "turn", "express"]).unwrap_or(tokens);
    let forms = ["written as a", "to a", "into a", "as a", "as an", "to an"];
    let (n, form) = around_any(rest, &forms)?;
    let (value, said) = match n {
        [number @ .., last] if last.is_sign('%') || last.is("percent") => {
            let value = read_number(number)?;
            (value.checked_div(Rational::whole(100))?, format!("{}%", written(value, true)))
        }
        _ => {
            let expression = read_all(n)?;
            (expression.evaluate().ok()?, expression.to_string())
        }
    };
    let [Token::Word(form)] = (match form {
        [adjective, rest @ ..] if adjective.is("mixed") || adjective.is("improper") => rest,
        other => other,
    }) else {
        return None;
    };
    let percent = value.checked_mul(Rational::whole(100))?;
    let told = match form.as_str() {
        "decimal" => decimal_of(value)?,
        "percent" | "percentage" => format!("{} percent", decimal_of(percent)?),
        "fraction" => value.fraction(),
        "number" => value.to_string(),
        _ => return None,
    };
    Some(Answer::valued(format!("{} is {told}.", capitalised(&said)), value))
}

fn decimal_of(value: Rational) -> Option<String> {
    match value.decimal(6) {
        Some(exact) => Some(exact),
        None => Some(format!("about {}", value.rounded_decimal(3)?)),
    }
}

/// "what percent of 80 is 12", "12 is what percent of 80".
fn percentage(tokens: &[Token]) -> Option<Answer> {
    let (part, whole) =
        match after_any(tokens, &["what percent of", "what percentage of", "percent of", "percentage of"]) {
            Some(rest) => {
                let (whole, part) = around(rest, "is")?;
                (read_number(part)?, read_number(whole)?)
            }
            None => {
                let (part, whole) = around_any(tokens, &["is what percent of", "is what percentage of"])?;
                (read_number(part)?, read_number(whole)?)
            }
        };
    if whole == Rational::ZERO {
        return Some(fault(Fault::DivideByZero));
    }
    let percent = part.checked_div(whole)?.checked_mul(Rational::whole(100))?;
    Some(Answer::valued(format!("{part} is {} percent of {whole}.", decimal_of(percent)?), percent))
}

/// "the remainder when 17 is divided by 5".
fn remainder(tokens: &[Token]) -> Option<Answer> {
    let rest =
        after_any(tokens, &["the remainder when", "the remainder of", "the remainder if", "remainder of"])?;
    let (a, b) = around_any(rest, &["is divided by", "divided by", "÷", "/"])?;
    let (a, b) = (read_number(a)?.as_whole()?, read_number(b)?.as_whole()?);
    if b == 0 {
        return Some(fault(Fault::DivideByZero));
    }
    let (a, b) = (u128::try_from(a).ok()?, u128::try_from(b).ok()?);
    let rest = i128::try_from(a % b).ok()?;
    Some(Answer::valued(format!("{a} ÷ {b} is {} with a remainder of {rest}.", a / b), Rational::whole(rest)))
}
