//! Numbers and Operations.

mod factors;
mod fractions;
mod percents;
mod place;
mod powers;
mod ratio;
mod whole;

use super::Solver;
use super::read::{Frac, number};

pub const SOLVERS: &[&[(&str, Solver)]] = &[
    place::SOLVERS,
    whole::SOLVERS,
    factors::SOLVERS,
    fractions::SOLVERS,
    percents::SOLVERS,
    ratio::SOLVERS,
    powers::SOLVERS,
];

/// The value of an expression with + − × ÷, powers, absolute values, roots of squares and parentheses, read by the rules.
fn calculate(text: &str) -> Option<Frac> {
    let mut reader = Reader { rest: text.chars().filter(|c| !c.is_whitespace()).collect(), at: 0 };
    let value = reader.sum()?;
    (reader.at == reader.rest.len()).then_some(value)
}

struct Reader {
    rest: Vec<char>,
    at: usize,
}

impl Reader {
    fn next(&mut self, wanted: char) -> bool {
        let found = self.rest.get(self.at) == Some(&wanted);
        self.at += usize::from(found);
        found
    }

    fn sum(&mut self) -> Option<Frac> {
        let mut value = self.product()?;
        loop {
            if self.next('+') {
                value = value.plus(self.product()?);
            } else if self.next('\u{2212}') {
                value = value.minus(self.product()?);
            } else {
                return Some(value);
            }
        }
    }

    fn product(&mut self) -> Option<Frac> {
        let mut value = self.signed()?;
        loop {
            if self.next('×') {
                value = value.times(self.signed()?);
            } else if self.next('÷') {
                let by = self.signed()?;
                if by.0 == 0 {
                    return None;
                }
                value = value.over(by);
            } else {
                return Some(value);
            }
        }
    }

    fn signed(&mut self) -> Option<Frac> {
        if self.next('\u{2212}') {
            return Some(Frac(0, 1).minus(self.signed()?));
        }
        let mut value = self.atom()?;
        let mut raised = String::new();
        while let Some(digit) =
            self.rest.get(self.at).and_then(|c| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|one| one == *c))
        {
            raised += &digit.to_string();
            self.at += 1;
        }
        if !raised.is_empty() {
            let base = value;
            value = Frac(1, 1);
            for _ in 0..raised.parse::<u32>().ok()? {
                value = value.times(base);
            }
        }
        Some(value)
    }

    fn atom(&mut self) -> Option<Frac> {
        if self.next('(') {
            let value = self.sum()?;
            return self.next(')').then_some(value);
        }
        if self.next('|') {
            let value = self.sum()?;
            return self.next('|').then_some(if value.0 < 0 { Frac(-value.0, value.1) } else { value });
        }
        if self.next('√') {
            let value = self.atom()?;
            return (0..=1_000).map(|root| Frac(root, 1)).find(|root| root.times(*root) == value);
        }
        let start = self.at;
        while self.rest.get(self.at).is_some_and(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '/')) {
            self.at += 1;
        }
        number(&self.rest[start..self.at].iter().collect::<String>())
    }
}
