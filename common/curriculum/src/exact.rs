//! Exact arithmetic for generators, and values as they are written.

use std::ops::{Add, Div, Mul, Neg, Sub};

use iseetutor_numbers::{Rational, grouped};

/// An exact number, or nothing once a calculation divided by zero or left the range of 128 bits: a template
/// calculates without looking, and a draft with a nothing in it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Q(pub Option<Rational>);

impl Q {
    /// `a / b`.
    #[must_use]
    pub fn new(a: i64, b: i64) -> Self {
        Self(Rational::new(a.into(), b.into()))
    }

    /// To a whole power.
    #[must_use]
    pub fn pow(self, exponent: i32) -> Self {
        Self(self.0.and_then(|value| value.checked_pow(exponent)))
    }

    /// The exact root of degree 2 or 3, or nothing.
    #[must_use]
    pub fn root(self, degree: u32) -> Self {
        Self(self.0.and_then(|value| value.root(degree)))
    }

    /// The value, if it is a whole number that fits.
    #[must_use]
    pub fn whole(self) -> Option<i64> {
        self.0?.as_whole().and_then(|whole| i64::try_from(whole).ok())
    }

    /// Whether it is a whole number.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.whole().is_some()
    }

    /// Rounded to the nearest whole number, halves away from zero.
    #[must_use]
    pub fn round(self) -> Self {
        Self(self.0.and_then(Rational::round).map(Rational::whole))
    }

    /// Without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        if self.0.is_some_and(Rational::is_negative) { -self } else { self }
    }

    /// Above the stroke; 0 for nothing.
    #[must_use]
    pub fn top(self) -> i64 {
        self.0.and_then(|value| i64::try_from(value.numerator()).ok()).unwrap_or(0)
    }

    /// Below the stroke; 1 for nothing.
    #[must_use]
    pub fn bottom(self) -> i64 {
        self.0.and_then(|value| i64::try_from(value.denominator()).ok()).unwrap_or(1)
    }
}

impl From<i64> for Q {
    fn from(value: i64) -> Self {
        Self(Some(Rational::whole(value.into())))
    }
}

macro_rules! operator {
    ($trait:ident, $method:ident, $checked:ident) => {
        impl<T: Into<Q>> $trait<T> for Q {
            type Output = Self;

            fn $method(self, other: T) -> Self {
                Self(self.0.zip(other.into().0).and_then(|(a, b)| a.$checked(b)))
            }
        }
    };
}

operator!(Add, add, checked_add);
operator!(Sub, sub, checked_sub);
operator!(Mul, mul, checked_mul);
operator!(Div, div, checked_div);

impl Neg for Q {
    type Output = Self;

    fn neg(self) -> Self {
        Self(self.0.and_then(Rational::checked_neg))
    }
}

/// What a choice means, for telling choices apart: by value, never by how they are written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Meaning {
    /// A number with its unit, which is empty for a bare number.
    Number(Rational, String),
    /// Several numbers in order, such as the coordinates of a point.
    Tuple(Vec<Rational>),
    /// Words or an expression, compared without case and spaces.
    Words(String),
}

/// A value as it is written and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// As it is written in a choice or a step.
    pub text: String,
    /// What it means; `None` when the calculation failed.
    pub meaning: Option<Meaning>,
}

impl Value {
    fn number(value: Q, text: impl FnOnce(Rational) -> Option<String>, unit: &str) -> Self {
        let written = value.0.and_then(|number| text(number).map(|text| (number, text)));
        match written {
            Some((number, text)) => {
                let text = minus(&text);
                let text = if unit.is_empty() { text } else { format!("{text} {unit}") };
                Self { text, meaning: Some(Meaning::Number(number, unit.to_owned())) }
            }
            None => Self { text: String::new(), meaning: None },
        }
    }
}

/// With the proper minus sign.
fn minus(text: &str) -> String {
    text.replace('-', "\u{2212}")
}

/// A whole number, or a fraction in lowest terms: `12`, `3/4`, `7/3`.
#[must_use]
pub fn frac(value: impl Into<Q>) -> Value {
    Value::number(value.into(), |number| Some(number.fraction()), "")
}

/// A whole number, a fraction or a mixed number: `12`, `3/4`, `2 1/3`.
#[must_use]
pub fn mixed(value: impl Into<Q>) -> Value {
    Value::number(value.into(), |number| Some(number.to_string()), "")
}

/// A whole number; nothing if it is not whole.
#[must_use]
pub fn int(value: impl Into<Q>) -> Value {
    Value::number(value.into(), |number| number.as_whole().map(grouped), "")
}

/// A terminating decimal of at most four places: `0.75`; nothing if it does not end.
#[must_use]
pub fn dec(value: impl Into<Q>) -> Value {
    Value::number(value.into(), |number| number.decimal(4), "")
}

/// An amount of money given in cents: `$4.50`, `$12`; nothing below a cent.
#[must_use]
pub fn money(cents: impl Into<Q>) -> Value {
    let cents: Q = cents.into();
    let Some(whole) = cents.whole() else { return Value { text: String::new(), meaning: None } };
    let (sign, all) = (if whole < 0 { "\u{2212}" } else { "" }, whole.unsigned_abs());
    let dollars = grouped(i128::from(all / 100));
    let text = if all % 100 == 0 {
        format!("{sign}${dollars}")
    } else {
        format!("{sign}${dollars}.{:02}", all % 100)
    };
    let meaning = (cents / 100).0.map(|number| Meaning::Number(number, "$".into()));
    Value { text, meaning }
}

/// A number of percent: `percent(25)` is `25%`.
#[must_use]
pub fn percent(points: impl Into<Q>) -> Value {
    let mut value = Value::number(points.into(), |number| number.decimal(2), "");
    if let Some(Meaning::Number(_, unit)) = &mut value.meaning {
        *unit = "%".into();
        value.text.push('%');
    }
    value
}

/// A number with a unit that is written after it, as a decimal if it has one, else as a mixed number: `12 cm`,
/// `2.5 hours`, `2 1/3 square feet`. Singular and plural are the caller's.
#[must_use]
pub fn unit(value: impl Into<Q>, unit: &str) -> Value {
    Value::number(value.into(), |number| number.decimal(3).or_else(|| Some(number.to_string())), unit)
}

/// An angle in degrees: `40°`.
#[must_use]
pub fn degrees(value: impl Into<Q>) -> Value {
    let mut value = Value::number(value.into(), |number| number.decimal(1), "");
    if let Some(Meaning::Number(_, unit)) = &mut value.meaning {
        *unit = "°".into();
        value.text.push('°');
    }
    value
}

/// A point of the plane: `(3, −2)`.
#[must_use]
pub fn point(x: impl Into<Q>, y: impl Into<Q>) -> Value {
    let pair = x.into().0.zip(y.into().0);
    match pair {
        Some((x, y)) => Value {
            text: minus(&format!("({}, {})", x.fraction(), y.fraction())),
            meaning: Some(Meaning::Tuple(vec![x, y])),
        },
        None => Value { text: String::new(), meaning: None },
    }
}

/// A ratio in lowest terms: `3 to 4` (`3:4` means the same).
#[must_use]
pub fn ratio(a: i64, b: i64) -> Value {
    match Q::new(a, b).0 {
        Some(value) => Value {
            text: format!("{} to {}", value.numerator(), value.denominator()),
            meaning: Some(Meaning::Tuple(vec![value])),
        },
        None => Value { text: String::new(), meaning: None },
    }
}

/// Words, an expression, a time of day: anything that means what it says. Two expressions that are equal in value
/// must never both be offered; that is for the template to see to.
#[must_use]
pub fn words(text: impl Into<String>) -> Value {
    let text = text.into();
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    Value { meaning: (!plain.is_empty()).then_some(Meaning::Words(plain)), text }
}

#[cfg(test)]
mod tests {
    use super::{Q, dec, frac, int, mixed, money, percent, point, unit};

    #[test]
    fn arithmetic_carries_nothing_on() {
        let nothing = Q::new(1, 0);
        assert_eq!(nothing + 1, Q(None));
        assert_eq!((Q::new(1, 2) / 0).0, None);
        assert!(frac(nothing).meaning.is_none());
        assert_eq!(Q::new(1, 2) + Q::new(1, 3), Q::new(5, 6));
        assert_eq!(-Q::from(3) * Q::new(2, 3), Q::from(-2));
    }

    #[test]
    fn written_forms() {
        assert_eq!(frac(Q::new(7, 3)).text, "7/3");
        assert_eq!(mixed(Q::new(7, 3)).text, "2 1/3");
        assert_eq!(int(-1_234).text, "\u{2212}1,234");
        assert!(int(Q::new(1, 2)).meaning.is_none());
        assert_eq!(dec(Q::new(3, 4)).text, "0.75");
        assert!(dec(Q::new(1, 3)).meaning.is_none());
        assert_eq!(money(450).text, "$4.50");
        assert_eq!(money(120_000).text, "$1,200");
        assert_eq!(percent(Q::new(25, 2)).text, "12.5%");
        assert_eq!(unit(Q::new(5, 2), "hours").text, "2.5 hours");
        assert_eq!(point(3, -2).text, "(3, \u{2212}2)");
    }

    #[test]
    fn equal_values_mean_the_same_however_written() {
        assert_eq!(frac(Q::new(2, 4)).meaning, dec(Q::new(1, 2)).meaning);
        assert_eq!(frac(Q::new(7, 3)).meaning, mixed(Q::new(7, 3)).meaning);
        assert_ne!(percent(50).meaning, dec(50).meaning);
    }
}
