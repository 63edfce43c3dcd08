//! Expressions: put numbers in the place of the letters, in the stem and in every choice.

use super::super::Solver;
use super::super::expr::{formulas, same, value};
use super::super::read::{Frac, Seen, find, number, re};

pub const SOLVERS: &[(&str, Solver)] = &[
    ("expression-from-words", from_words),
    ("evaluate-expression", evaluate),
    ("evaluate-two-letters", evaluate),
    ("defined-operation", defined),
    ("combine-like-terms", equal_expression),
    ("distributive-property", equal_expression),
    ("distribute-and-combine", equal_expression),
    ("multiply-two-sums", equal_expression),
    ("multiply-monomials", equal_expression),
    ("exponent-rules", exponent),
    ("factor-quadratic", factor),
    ("function-notation", notation),
];

/// The choice that gives what the story gives, for every one of many x.
fn as_story(seen: &Seen, story: impl Fn(Frac) -> Frac) -> Option<usize> {
    seen.only(|choice| (20..60).all(|x| value(choice, &[('x', Frac(x, 1))]) == Some(story(Frac(x, 1)))))
}

fn from_words(seen: &Seen) -> Option<usize> {
    let text = seen.stem;
    if let Some(n) = find(text, r"buys {N} more and .* among {N} bags") {
        as_story(seen, |x| x.plus(n[0]).over(n[1]))
    } else if let Some(n) = find(text, r"guidebook costs {N} dollars.* of {N} tickets and one") {
        as_story(seen, |x| (0..n[1].0).fold(n[0], |cost, _| cost.plus(x)))
    } else if let Some(n) = find(text, r"has {N} fewer than {N} times") {
        as_story(seen, |x| (0..n[1].0).fold(Frac(0, 1), |all, _| all.plus(x)).minus(n[0]))
    } else if let Some(n) = find(text, r"cuts off {N} feet .* into {N} equal") {
        as_story(seen, |x| x.minus(n[0]).over(n[1]))
    } else {
        let n = find(text, r"x chocolates and {N} cookies.* in {N} gift")?;
        as_story(seen, |x| (0..n[1].0).fold(Frac(0, 1), |all, _| all.plus(x).plus(n[0])))
    }
}

fn evaluate(seen: &Seen) -> Option<usize> {
    let text = seen.stem;
    let mut letters = Vec::new();
    for found in re(r"\b([xy]) (?:=|stands for) ([\u{2212}\d]+)").captures_iter(text) {
        letters.push((found[1].chars().next()?, number(&found[2])?));
    }
    if let Some(n) = find(text, r"puts {N} in the place").or_else(|| find(text, r"rent {N} kayaks")) {
        letters.push(('x', n[0]));
    }
    let expression = formulas(text, &['+', '\u{2212}', '('])
        .into_iter()
        .find(|run| run.contains(['x', 'y']) && !run.contains('='))?;
    seen.worth(value(expression, &letters)?)
}

fn defined(seen: &Seen) -> Option<usize> {
    let found =
        re(r"x ([★◆●]) y = (.+?)\. .* ([\u{2212}\d]+) [★◆●] \(?([\u{2212}\d]+)\)?\?$").captures(seen.stem)?;
    seen.worth(value(&found[2], &[('x', number(&found[3])?), ('y', number(&found[4])?)])?)
}

fn equal_expression(seen: &Seen) -> Option<usize> {
    let text = seen.stem;
    let parts = formulas(text, &['x', 'y']);
    let whole = if let Some(n) = find(text, r"packs {N} boxes. Each box holds x crayons and {N} pens") {
        format!("{}(x + {})", n[0].0, n[1].0)
    } else if let Some(n) = find(text, r"packs {N} boxes. Each box holds {N} packs of x crayons and {N} pens")
    {
        (0..n[0].0).map(|_| format!("{}x + {}", n[1].0, n[2].0)).collect::<Vec<_>>().join(" + ")
    } else if text.contains("ribbon") || text.contains("rope") || text.contains("board") {
        format!("{} + {}", parts[0], parts[1])
    } else if let Some(found) = re(r"is (\d+) inches wide and (.+?) inches long").captures(text) {
        format!("{} × ({})", &found[1], &found[2])
    } else if text.contains("rectangle") || text.contains("product of") {
        format!("({}) × ({})", parts[0], parts[1])
    } else {
        (*parts.iter().max_by_key(|part| part.len())?).to_owned()
    };
    seen.only(|choice| same(&whole, choice))
}

fn exponent(seen: &Seen) -> Option<usize> {
    let expression = *formulas(seen.stem, &['²', '³', '⁴', '⁵', '⁶']).first()?;
    let base = re(r"power of (\w+),|must (\w+) be raised|with (\w+) as the only")
        .captures(seen.stem)?
        .iter()
        .skip(1)
        .flatten()
        .next()?
        .as_str()
        .to_owned();
    let small = if base == "x" || base == "y" { Frac(2, 1) } else { number(&base)? };
    let whole = value(expression, &[('x', small), ('y', small)])?;
    seen.only(|choice| {
        let exponent = number(choice).unwrap().0;
        (0..=37).contains(&exponent) && (0..exponent).fold(Frac(1, 1), |power, _| power.times(small)) == whole
    })
}

fn factor(seen: &Seen) -> Option<usize> {
    let whole = *formulas(seen.stem, &['²']).first()?;
    // A factor is nought where the whole is: at the number that makes the choice nought.
    seen.only(|choice| {
        (-100..=100).any(|x| {
            let x = [('x', Frac(x, 1))];
            value(choice, &x) == Some(Frac(0, 1)) && value(whole, &x) == Some(Frac(0, 1))
        })
    })
}

fn notation(seen: &Seen) -> Option<usize> {
    let found = re(r"[fgh]\(x\) = (.+?)(?:, w|\. What).*[fgh]\(([\u{2212}\d]+)\)\?$").captures(seen.stem)?;
    seen.worth(value(&found[1], &[('x', number(&found[2])?)])?)
}
