//! Decimals and percents.

use super::super::Solver;
use super::super::read::{Frac, Seen, find, number, numbers, re};

pub const SOLVERS: &[(&str, Solver)] = &[
    ("order-decimals-story", order),
    ("add-subtract-decimals", aligned),
    ("money-change", change),
    ("multiply-decimals", multiply),
    ("divide-decimals", divide),
    ("convert-fraction-decimal-percent", convert),
    ("repeating-decimal-to-fraction", repeating),
    ("percent-of-a-number", percent_of),
    ("what-percent", what_percent),
    ("discount-price", discount),
    ("price-with-tax-or-tip", discount),
    ("percent-change", percent_change),
    ("simple-interest", interest),
    ("price-before-discount", before),
    ("two-percent-changes", two_changes),
    ("compare-percents", compare),
];

fn order(seen: &Seen) -> Option<usize> {
    let told: Vec<(String, Frac)> = re(r"([A-Z][a-z]+) (\d+(?:\.\d+)?)")
        .captures_iter(seen.stem)
        .map(|f| (f[1].to_owned(), number(&f[2]).unwrap()))
        .collect();
    let least = re("shortest|lightest|fastest").is_match(seen.stem);
    let best = told
        .iter()
        .find(|(_, one)| told.iter().all(|(_, other)| if least { one <= other } else { one >= other }))?;
    seen.says(&best.0)
}

fn aligned(seen: &Seen) -> Option<usize> {
    let n = numbers(seen.stem);
    let takes = re("\u{2212} |cuts off|poured out").is_match(seen.stem);
    seen.only(|choice| {
        let result = number(choice).unwrap();
        if takes { result.plus(n[1]) == n[0] } else { result.minus(n[1]) == n[0] }
    })
}

fn change(seen: &Seen) -> Option<usize> {
    let amounts: Vec<Frac> =
        re(r"\$[\d,]+(?:\.\d\d)?").find_iter(seen.stem).map(|f| number(f.as_str()).unwrap()).collect();
    let each = re(r"(two|three|four) [a-z]+ for \S+ each").captures(seen.stem);
    let times = match each.as_ref().map(|found| &found[1]) {
        Some("two") => 2,
        Some("three") => 3,
        Some("four") => 4,
        _ => 1,
    };
    // The money paid comes first, in the middle or last; it is the greatest.
    let paid = amounts.iter().copied().reduce(|a, b| if a > b { a } else { b })?;
    let prices: Vec<Frac> = amounts.into_iter().filter(|amount| *amount != paid).collect();
    seen.only(|choice| {
        let mut sum = number(choice).unwrap().plus(prices[0]);
        for _ in 0..times {
            sum = sum.plus(prices[1]);
        }
        sum == paid
    })
}

fn multiply(seen: &Seen) -> Option<usize> {
    let n = numbers(seen.stem);
    seen.only(|choice| number(choice).unwrap().over(n[1]) == n[0])
}

fn divide(seen: &Seen) -> Option<usize> {
    let n = numbers(seen.stem);
    seen.only(|choice| number(choice).unwrap().times(n[1]) == n[0])
}

/// A number with a percent sign counts hundredths.
fn value(text: &str) -> Option<Frac> {
    Some(match text.strip_suffix('%') {
        Some(points) => number(points)?.over(100.into()),
        None => number(text)?,
    })
}

fn convert(seen: &Seen) -> Option<usize> {
    let given = re(r"\d+/\d+|\d+(?:\.\d+)?%?").find(seen.stem)?.as_str();
    seen.only(|choice| value(choice) == value(given))
}

/// Divides with every choice and looks at the digits.
fn repeating(seen: &Seen) -> Option<usize> {
    let digits = re(r"0\.(\d+)…").captures(seen.stem)?[1].to_owned();
    seen.only(|choice| {
        let f = number(choice).unwrap();
        let (mut rest, mut found) = (f.0, String::new());
        let longer = digits.repeat(3);
        if f.0 >= f.1 {
            return false;
        }
        for _ in 0..longer.len() {
            rest *= 10;
            found += &(rest / f.1).to_string();
            rest %= f.1;
        }
        found == longer
    })
}

fn percents(text: &str) -> Vec<Frac> {
    re(r"([\d.]+)%").captures_iter(text).map(|f| number(&f[1]).unwrap()).collect()
}

/// The numbers that are no percents.
fn amounts(text: &str) -> Vec<Frac> {
    numbers(&re(r"[\d.]+%").replace_all(text, ""))
}

fn percent_of(seen: &Seen) -> Option<usize> {
    let (p, all) = (percents(seen.stem)[0], amounts(seen.stem)[0]);
    seen.only(|choice| number(choice).unwrap().times(100.into()).over(all) == p)
}

fn what_percent(seen: &Seen) -> Option<usize> {
    let n = amounts(seen.stem);
    let (part, all) = if n[0] < n[1] { (n[0], n[1]) } else { (n[1], n[0]) };
    seen.only(|choice| value(choice).unwrap().times(all) == part)
}

/// Compares in hundredths of the old price.
fn discount(seen: &Seen) -> Option<usize> {
    let (p, old) = (percents(seen.stem)[0], amounts(seen.stem)[0]);
    let hundredth = old.over(100.into());
    let less = re("off|discount|lowers").is_match(seen.stem);
    let left = if less { Frac(100, 1).minus(p) } else { Frac(100, 1).plus(p) };
    seen.only(|choice| number(choice).unwrap().over(hundredth) == left)
}

fn percent_change(seen: &Seen) -> Option<usize> {
    let n = amounts(seen.stem);
    let rises = n[1] > n[0];
    if rises != re("increase|rise").is_match(seen.stem) {
        return None;
    }
    seen.only(|choice| {
        let part = value(choice).unwrap().times(n[0]);
        n[1] == if rises { n[0].plus(part) } else { n[0].minus(part) }
    })
}

/// Year after year.
fn interest(seen: &Seen) -> Option<usize> {
    let deposit = find(seen.stem, r"({N})")
        .and_then(|_| re(r"\$[\d,]+").find(seen.stem))
        .and_then(|f| number(f.as_str()))?;
    let rate = percents(seen.stem)[0];
    let years = find(seen.stem, r"for {N} years")?[0].0;
    let mut earned = Frac(0, 1);
    for _ in 0..years {
        earned = earned.plus(deposit.times(rate).over(100.into()));
    }
    seen.worth(if seen.stem.contains("in the account") { earned.plus(deposit) } else { earned })
}

fn before(seen: &Seen) -> Option<usize> {
    let (p, sale) = (percents(seen.stem)[0], amounts(seen.stem)[0]);
    seen.only(|choice| {
        let old = number(choice).unwrap();
        old.minus(old.times(p).over(100.into())) == sale
    })
}

fn two_changes(seen: &Seen) -> Option<usize> {
    // A value that both changes leave whole.
    let mut amount = Frac(10_000, 1);
    for found in re(r"(raised|lowered|rises|falls) by (\d+)%").captures_iter(seen.stem) {
        let part = amount.times(number(&found[2])?).over(100.into());
        amount = if matches!(&found[1], "raised" | "rises") { amount.plus(part) } else { amount.minus(part) };
    }
    seen.only(|choice| value(choice).unwrap().times(10_000.into()) == amount)
}

fn compare(seen: &Seen) -> Option<usize> {
    let (given, rest) = seen.stem.split_once("Column A: ")?;
    let (a, b) = rest.split_once("\nColumn B: ")?;
    let quantity = |text: &str, w: Frac| -> Frac {
        if let Some(p) = percents(text).first() {
            let of = amounts(text).first().copied().unwrap_or(w);
            return p.times(of).over(100.into());
        }
        if text.starts_with("The last price") {
            let mut price = amounts(given)[0];
            for found in re(r"(raised|lowered) by (\d+)%").captures_iter(given) {
                let part = price.times(number(&found[2]).unwrap()).over(100.into());
                price = if &found[1] == "raised" { price.plus(part) } else { price.minus(part) };
            }
            return price;
        }
        number(text).unwrap()
    };
    let orders: Vec<usize> = [Frac(1, 100), Frac(1, 1), Frac(50, 1), Frac(1_000_000, 1)]
        .into_iter()
        .map(|w| seen.compare(Some((quantity(a, w), quantity(b, w)))).unwrap())
        .collect();
    Some(if orders.iter().all(|order| *order == orders[0]) { orders[0] } else { 3 })
}
