//! Equations and inequalities: every choice is put in and tested.

use super::super::Solver;
use super::super::expr::{formulas, holds, value};
use super::super::read::{Frac, Seen, find, number, re};

pub const SOLVERS: &[(&str, Solver)] = &[
    ("one-step-equation", solution),
    ("two-step-equation", solution),
    ("equation-both-sides", solution),
    ("balance-missing-number", balance),
    ("number-puzzle", puzzle),
    ("consecutive-numbers", consecutive),
    ("equation-for-story", story_equation),
    ("solve-inequality", inequality),
    ("greatest-whole-number", greatest),
    ("solve-quadratic", quadratic),
    ("system-of-equations", system),
    ("system-in-a-story", system_story),
    ("rearrange-formula", rearrange),
    ("absolute-value-equation", absolute),
];

fn at(x: Frac) -> [(char, Frac); 1] {
    [('x', x)]
}

fn solution(seen: &Seen) -> Option<usize> {
    let equation = *formulas(seen.stem, &['=']).first()?;
    seen.only(|choice| holds(equation, &at(number(choice).unwrap())).unwrap())
}

fn balance(seen: &Seen) -> Option<usize> {
    if let Some(n) = find(seen.stem, r"puts an? {N}-ounce weight and an? {N}-ounce .* box and an? {N}-ounce")
    {
        return seen.only(|choice| number(choice).unwrap().plus(n[2]) == n[0].plus(n[1]));
    }
    if let Some(n) = find(seen.stem, r"has {N} bags of {N} shells.* hold {N} shells") {
        return seen.only(|choice| number(choice).unwrap().times(n[2]) == n[0].times(n[1]));
    }
    let sentence = re(r"\d+ [+×] \d+ = ____ [+×] \d+").find(seen.stem)?.as_str();
    seen.only(|choice| holds(&sentence.replace("____", choice), &[]).unwrap())
}

fn puzzle(seen: &Seen) -> Option<usize> {
    let text = seen.stem;
    let fits = |right: &dyn Fn(Frac) -> bool| seen.only(|choice| right(number(choice).unwrap()));
    if let Some(n) = find(text, r"multiplies it by {N} and then adds {N}\. The result is {N}") {
        fits(&|x| x.times(n[0]).plus(n[1]) == n[2])
    } else if let Some(n) = find(text, r"^{N} less than {N} times a number is {N}") {
        fits(&|x| x.times(n[1]).minus(n[0]) == n[2])
    } else if let Some(n) = find(text, r"buys {N} tickets .* poster for {N}\. \w+ pays {N} alt") {
        fits(&|x| (0..n[0].0).fold(n[1], |cost, _| cost.plus(x)) == n[2])
    } else if let Some(n) = find(text, r"divides it by {N} and then adds {N}\. The result is {N}") {
        fits(&|x| x.over(n[0]).plus(n[1]) == n[2])
    } else if let Some(n) = find(text, r"When {N} is added .* multiplied by {N}, the result is {N}") {
        fits(&|x| x.plus(n[0]).times(n[1]) == n[2])
    } else {
        let found = re(r"^(\w+) times a number is ([\d,]+) more than two times").captures(text)?;
        let words =
            ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
        let many = (2..).zip(words).find(|(_, word)| *word == found[1].to_lowercase())?.0;
        let more = number(&found[2])?;
        fits(&|x| x.times(Frac(many, 1)) == x.plus(x).plus(more))
    }
}

fn consecutive(seen: &Seen) -> Option<usize> {
    let found = re(r"(three|four|five)").captures(seen.stem)?;
    let many = match &found[1] {
        "three" => 3,
        "four" => 4,
        _ => 5,
    };
    let total = find(seen.stem, r"(?:numbers is|gets|sum is) {N}")?[0];
    let (gap, odd) = if seen.stem.contains("even numbers") {
        (2, Some(0))
    } else if seen.stem.contains("odd numbers") {
        (2, Some(1))
    } else {
        (1, None)
    };
    // Every run of neighbors is tried.
    let run = (0..1_000).find(|first: &i128| {
        odd.is_none_or(|odd| first % 2 == odd) && (0..many).map(|i| first + gap * i).sum::<i128>() == total.0
    })?;
    seen.worth(Frac(if seen.stem.contains("greatest") { run + gap * (many - 1) } else { run }, 1))
}

fn story_equation(seen: &Seen) -> Option<usize> {
    let text = seen.stem;
    let search = |right: &dyn Fn(i128) -> bool| (1..2_000).find(|x| right(*x));
    let x = if let Some(n) = find(text, r"gave {N} of them away and has {N} left") {
        search(&|x| x - n[0].0 == n[1].0)
    } else if let Some(n) = find(text, r"pays {N} to rent .* for {N} hours.* charge of {N}\.") {
        search(&|x| x * n[1].0 + n[2].0 == n[0].0)
    } else if let Some(n) = find(text, r"shares {N} beads equally among {N} friends") {
        search(&|x| x * n[1].0 == n[0].0)
    } else if let Some(n) = find(text, r"takes {N} off every ticket, and pays {N} for {N} tickets") {
        search(&|x| (x - n[0].0) * n[2].0 == n[1].0)
    } else {
        let n = find(text, r"is {N} inches taller and measures {N} inches")?;
        search(&|x| n[1].0 - x == n[0].0)
    }?;
    seen.only(|choice| holds(choice, &at(Frac(x, 1))).unwrap())
}

fn inequality(seen: &Seen) -> Option<usize> {
    let text = if let Some(n) = find(seen.stem, r"costs {N} plus {N} for each mile\. \w+ has {N}\.") {
        format!("{} + {}x ≤ {}", n[0].0, n[1].0, n[2].0)
    } else {
        (*formulas(seen.stem, &['<', '>', '≤', '≥']).first()?).to_owned()
    };
    // Agreeing on every half from -200 to 200 means the same solutions.
    seen.only(|choice| {
        (-400..=400).all(|x| holds(&text, &at(Frac::of(x, 2))) == holds(choice, &at(Frac::of(x, 2))))
    })
}

fn greatest(seen: &Seen) -> Option<usize> {
    let text =
        if let Some(n) = find(seen.stem, r"has {N}\. A pen set costs {N}, and each sketchbook costs {N}") {
            format!("{} + {}x ≤ {}", n[1].0, n[2].0, n[0].0)
        } else if let Some(n) =
            find(seen.stem, r"at most {N} ounces.* weighs {N} ounces? and .* weighs {N} ounces?")
        {
            format!("{} + {}x ≤ {}", n[1].0, n[2].0, n[0].0)
        } else {
            (*formulas(seen.stem, &['<', '≤']).first()?).to_owned()
        };
    let most = (0..3_000).filter(|x| holds(&text, &at(Frac(*x, 1))).unwrap()).max()?;
    seen.worth(Frac(most, 1))
}

fn quadratic(seen: &Seen) -> Option<usize> {
    if let Some(n) = find(seen.stem, r"rectangle {N} feet longer .* is {N} square feet") {
        return seen.only(|choice| {
            let width = number(choice).unwrap();
            width.times(width.plus(n[0])) == n[1]
        });
    }
    let equation = *formulas(seen.stem, &['=']).first()?;
    let mut roots: Vec<i128> = (-100..=100).filter(|x| holds(equation, &at(Frac(*x, 1))).unwrap()).collect();
    assert_eq!(roots.len(), 2);
    if seen.stem.contains("lesser") {
        roots.pop();
    }
    seen.worth(Frac(*roots.last()?, 1))
}

fn system(seen: &Seen) -> Option<usize> {
    let equations = formulas(seen.stem, &['=']);
    let asked = re(r"(?:value of|What is) (x \+ y|x|y)\b").captures(seen.stem)?;
    let mut found = Vec::new();
    for x in -20..=20 {
        for y in -20..=20 {
            let letters = [('x', Frac(x, 1)), ('y', Frac(y, 1))];
            if equations.iter().all(|equation| holds(equation, &letters).unwrap()) {
                found.push(value(&asked[1], &letters)?);
            }
        }
    }
    assert_eq!((equations.len(), found.len()), (2, 1));
    seen.worth(found[0])
}

fn system_story(seen: &Seen) -> Option<usize> {
    let text = seen.stem;
    let (worth, total, sum) =
        if let Some(n) = find(text, r"ticket costs {N} and .* costs {N}\. .* sells {N} of .* for {N} alt") {
            ((n[0].0, n[1].0), n[2].0, n[3].0)
        } else if let Some(n) = find(text, r"have {N} heads and {N} legs") {
            ((4, 2), n[0].0, n[1].0)
        } else if let Some(n) = find(text, r"has {N} tricycles and bicycles, which have {N} wheels") {
            ((3, 2), n[0].0, n[1].0)
        } else {
            let n = find(text, r"has {N} coins, .* worth {N} cents")?;
            ((25, 10), n[0].0, n[1].0)
        };
    let first = (0..=total).find(|first| first * worth.0 + (total - first) * worth.1 == sum)?;
    let of_first = re(r"How many (?:adult tickets|goats|tricycles|quarters)").is_match(text);
    seen.worth(Frac(if of_first { first } else { total - first }, 1))
}

fn rearrange(seen: &Seen) -> Option<usize> {
    let found = re(r"\b([A-Zy]) = (\d+)([a-z]) ([+\u{2212}]) (\d+)").captures(seen.stem)?;
    let (from, to) = (found[1].chars().next()?, found[3].chars().next()?);
    let rule = format!("{}{to} {} {}", &found[2], &found[4], &found[5]);
    seen.only(|choice| {
        let (left, right) = choice.split_once(" = ").unwrap();
        left == to.to_string()
            && (1..30).all(|x| {
                let x = Frac(x, 1);
                value(right, &[(from, value(&rule, &[(to, x)]).unwrap())]) == Some(x)
            })
    })
}

fn absolute(seen: &Seen) -> Option<usize> {
    let equation = *formulas(seen.stem, &['|']).first()?;
    let roots: Vec<i128> = (-60..=60).filter(|x| holds(equation, &at(Frac(*x, 1))).unwrap()).collect();
    assert_eq!(roots.len(), 2);
    seen.worth(Frac(if re(r"least|lesser").is_match(seen.stem) { roots[0] } else { roots[1] }, 1))
}
