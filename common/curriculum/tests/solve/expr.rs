//! Written expressions, worked out for given letters.

use super::read::{Frac, re};

/// The value of an expression with letters, or `None` if it cannot be read or divides by zero.
pub fn value(text: &str, letters: &[(char, Frac)]) -> Option<Frac> {
    let chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace() && *c != ',' && *c != '$').collect();
    let mut reader = Reader { chars, at: 0, letters };
    let value = reader.sum()?;
    (reader.at == reader.chars.len()).then_some(value)
}

/// Whether an equation or inequality is true for given letters.
pub fn holds(text: &str, letters: &[(char, Frac)]) -> Option<bool> {
    let at = text.find(['=', '<', '>', '≤', '≥'])?;
    let sign = text[at..].chars().next()?;
    let (left, right) = (value(&text[..at], letters)?, value(&text[at + sign.len_utf8()..], letters)?);
    Some(match sign {
        '=' => left == right,
        '<' => left < right,
        '>' => left > right,
        '≤' => left <= right,
        _ => left >= right,
    })
}

/// Whether two expressions agree for many values of x and y.
pub fn same(one: &str, other: &str) -> bool {
    (-7..=7).all(|x| {
        [-3, 1, 5].into_iter().all(|y| {
            let letters = [('x', Frac(x, 1)), ('y', Frac(y, 1))];
            let values = (value(one, &letters), value(other, &letters));
            values.0.is_some() && values.0 == values.1
        })
    })
}

/// The longest runs of mathematical signs in a text that hold one of some signs.
pub fn formulas<'a>(text: &'a str, signs: &[char]) -> Vec<&'a str> {
    let token = re(r"^[\d,xy²³⁴⁵⁶()|/+\u{2212}×÷=<>≤≥]+$");
    let mut found = Vec::new();
    let mut start: Option<usize> = None;
    let mut end = 0;
    for (from, word) in words(text) {
        let bare = word.trim_end_matches(['?', '.', ',', ':', ';']);
        let fits = token.is_match(bare);
        if fits {
            start.get_or_insert(from);
            end = from + bare.len();
        }
        if (!fits || bare.len() < word.len())
            && let Some(from) = start.take()
        {
            found.push(&text[from..end]);
        }
    }
    if let Some(from) = start {
        found.push(&text[from..end]);
    }
    found.retain(|run| run.contains(signs));
    found
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    re(r"\S+").find_iter(text).map(|found| (found.start(), found.as_str()))
}

struct Reader<'a> {
    chars: Vec<char>,
    at: usize,
    letters: &'a [(char, Frac)],
}

impl Reader<'_> {
    fn next(&self) -> char {
        self.chars.get(self.at).copied().unwrap_or('\0')
    }

    fn sum(&mut self) -> Option<Frac> {
        let mut total = self.product()?;
        loop {
            match self.next() {
                '+' => {
                    self.at += 1;
                    total = total.plus(self.product()?);
                }
                '\u{2212}' => {
                    self.at += 1;
                    total = total.minus(self.product()?);
                }
                _ => return Some(total),
            }
        }
    }

    fn product(&mut self) -> Option<Frac> {
        let mut total = self.signed()?;
        loop {
            match self.next() {
                '×' => {
                    self.at += 1;
                    total = total.times(self.signed()?);
                }
                '÷' | '/' => {
                    self.at += 1;
                    let by = self.signed()?;
                    if by.0 == 0 {
                        return None;
                    }
                    total = total.over(by);
                }
                c if c == '(' || c == '√' || c.is_alphabetic() => total = total.times(self.power()?),
                _ => return Some(total),
            }
        }
    }

    fn signed(&mut self) -> Option<Frac> {
        if self.next() == '\u{2212}' {
            self.at += 1;
            return Some(Frac(0, 1).minus(self.signed()?));
        }
        self.power()
    }

    fn power(&mut self) -> Option<Frac> {
        let base = self.atom()?;
        let Some(exponent) = "²³⁴⁵⁶".chars().position(|c| c == self.next()) else {
            return Some(base);
        };
        self.at += 1;
        Some((0..=exponent).fold(base, |power, _| power.times(base)))
    }

    fn atom(&mut self) -> Option<Frac> {
        let c = self.next();
        if c.is_ascii_digit() {
            let from = self.at;
            while self.next().is_ascii_digit() || self.next() == '.' {
                self.at += 1;
            }
            let text: String = self.chars[from..self.at].iter().collect();
            return super::read::number(&text);
        }
        self.at += 1;
        match c {
            '(' => {
                let inside = self.sum()?;
                (self.next() == ')').then(|| self.at += 1)?;
                Some(inside)
            }
            '|' => {
                let inside = self.sum()?;
                (self.next() == '|').then(|| self.at += 1)?;
                Some(Frac(inside.0.abs(), inside.1))
            }
            '√' => {
                let inside = self.atom()?;
                let root = (0..=1_000).find(|n| n * n == inside.0)?;
                (inside.1 == 1).then_some(Frac(root, 1))
            }
            _ => self.letters.iter().find(|(letter, _)| *letter == c).map(|(_, value)| *value),
        }
    }
}
