//! Arithmetic as a tree: evaluated exactly, and written out the way it was understood.

use std::fmt;

use iseetutor_numbers::{Rational, grouped, integer_root};

/// Arithmetic.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// A number as it is to be shown.
    Number(Rational, String),
    /// `-a`
    Negative(Box<Expression>),
    /// `a% `: a hundredth of it.
    Percent(Box<Expression>),
    /// Two operands and what is done to them.
    Binary(Operator, Box<Expression>, Box<Expression>),
    /// The root of degree 2 or 3.
    Root(u32, Box<Expression>),
}

/// What is done to two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `a + b`
    Add,
    /// `a - b`
    Subtract,
    /// `a × b`
    Multiply,
    /// `a of b`, which is `a × b`.
    Of,
    /// `a ÷ b`
    Divide,
    /// `a over b`: a fraction, binding more tightly than a division.
    Over,
    /// `a` to the power `b`.
    Power,
}

/// Why there is no exact value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A division by zero.
    DivideByZero,
    /// A result outside of 128-bit integers.
    TooBig,
    /// 0 to the power 0.
    ZeroPower,
    /// An even root of a negative number.
    NegativeRoot,
    /// A root, or a fractional power, that is no fraction.
    NotExact,
}

impl Expression {
    /// The exact value.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn evaluate(&self) -> Result<Rational, Fault> {
        match self {
            Self::Number(value, _) => Ok(*value),
            Self::Negative(inner) => inner.evaluate()?.checked_neg().ok_or(Fault::TooBig),
            Self::Percent(inner) => inner.evaluate()?.checked_div(Rational::whole(100)).ok_or(Fault::TooBig),
            Self::Root(degree, inner) => {
                let value = inner.evaluate()?;
                if value.is_negative() && degree % 2 == 0 {
                    return Err(Fault::NegativeRoot);
                }
                value.root(*degree).ok_or(Fault::NotExact)
            }
            Self::Binary(operator, left, right) => operator.apply(left.evaluate()?, right.evaluate()?),
        }
    }

    /// Whether anything is computed, so that there is something to answer.
    #[must_use]
    pub fn has_operation(&self) -> bool {
        !matches!(self, Self::Number(..))
            && match self {
                Self::Negative(inner) => inner.has_operation(),
                _ => true,
            }
    }

    /// Whether any number in it was given as a decimal.
    #[must_use]
    pub fn has_decimal(&self) -> bool {
        match self {
            Self::Number(_, text) => text.contains('.'),
            Self::Negative(inner) | Self::Percent(inner) | Self::Root(_, inner) => inner.has_decimal(),
            Self::Binary(_, left, right) => left.has_decimal() || right.has_decimal(),
        }
    }

    /// The tree's depth is bounded by the reader, which refuses deeper nesting.
    fn binding(&self) -> u8 {
        match self {
            Self::Binary(Operator::Add | Operator::Subtract, ..) => 1,
            Self::Binary(Operator::Multiply | Operator::Of | Operator::Divide, ..) => 2,
            Self::Negative(_) | Self::Root(..) => 3,
            Self::Binary(Operator::Over, ..) => 4,
            Self::Binary(Operator::Power, ..) => 5,
            Self::Number(..) | Self::Percent(_) => 6,
        }
    }
}

impl Operator {
    fn apply(self, a: Rational, b: Rational) -> Result<Rational, Fault> {
        match self {
            Self::Add => a.checked_add(b),
            Self::Subtract => a.checked_sub(b),
            Self::Multiply | Self::Of => a.checked_mul(b),
            Self::Divide | Self::Over if b == Rational::ZERO => return Err(Fault::DivideByZero),
            Self::Divide | Self::Over => a.checked_div(b),
            Self::Power => return power(a, b),
        }
        .ok_or(Fault::TooBig)
    }
}

fn power(base: Rational, exponent: Rational) -> Result<Rational, Fault> {
    if base == Rational::ZERO {
        return match exponent.numerator().signum() {
            0 => Err(Fault::ZeroPower),
            1 => Ok(Rational::ZERO),
            _ => Err(Fault::DivideByZero),
        };
    }
    let base = match exponent.denominator() {
        1 => base,
        2 if base.is_negative() => return Err(Fault::NegativeRoot),
        degree @ (2 | 3) => {
            let degree = u32::try_from(degree).map_err(|_| Fault::NotExact)?;
            base.root(degree).ok_or(Fault::NotExact)?
        }
        _ => return Err(Fault::NotExact),
    };
    if base == Rational::ONE {
        return Ok(base);
    }
    let exponent = i32::try_from(exponent.numerator()).map_err(|_| Fault::TooBig)?;
    base.checked_pow(exponent).ok_or(Fault::TooBig)
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inside = |f: &mut fmt::Formatter<'_>, inner: &Self, at_least: u8| {
            if inner.binding() < at_least { write!(f, "({inner})") } else { write!(f, "{inner}") }
        };
        match self {
            Self::Number(_, text) => f.write_str(text),
            Self::Negative(inner) => {
                f.write_str("-")?;
                inside(f, inner, 5)
            }
            Self::Percent(inner) => {
                inside(f, inner, 6)?;
                f.write_str("%")
            }
            Self::Root(degree, inner) => {
                f.write_str(if *degree == 2 { "the square root of " } else { "the cube root of " })?;
                inside(f, inner, 4)
            }
            Self::Binary(operator, left, right) => {
                let (sign, left_at_least, right_at_least) = match operator {
                    Operator::Add => (" + ", 1, 1),
                    Operator::Subtract => (" - ", 1, 2),
                    Operator::Multiply => (" × ", 2, 3),
                    Operator::Of => (" of ", 2, 3),
                    Operator::Divide => (" ÷ ", 2, 3),
                    Operator::Over => ("/", 6, 6),
                    Operator::Power => {
                        inside(f, left, 6)?;
                        return match &**right {
                            Self::Number(value, _) if *value == Rational::whole(2) => f.write_str(" squared"),
                            Self::Number(value, _) if *value == Rational::whole(3) => f.write_str(" cubed"),
                            exponent => {
                                f.write_str(" to the power of ")?;
                                match exponent {
                                    Self::Negative(inner) if inner.binding() == 6 => write!(f, "-{inner}"),
                                    _ => inside(f, exponent, 6),
                                }
                            }
                        };
                    }
                };
                inside(f, left, left_at_least)?;
                f.write_str(sign)?;
                inside(f, right, right_at_least)
            }
        }
    }
}

/// A square or cube root that is no fraction, to three places, with the whole numbers around it.
#[must_use]
pub fn about_root(degree: u32, value: Rational) -> Option<(String, i128, i128)> {
    let whole = u128::try_from(value.as_whole()?).ok()?;
    let scale: u128 = if degree == 2 { 1_000_000_000_000 } else { 1_000_000_000_000_000_000 };
    let below = i128::try_from(integer_root(whole, degree)).ok()?;
    // Six places by whole-number roots, then rounded to three: the rounding error cannot show.
    let root = integer_root(whole.checked_mul(scale)?, degree);
    let about = Rational::new(i128::try_from(root).ok()?, 1_000_000)?.rounded_decimal(3)?;
    Some((about, below, below + 1))
}

/// How a value is said: in digits, as a fraction or a decimal.
#[must_use]
pub fn written(value: Rational, as_decimal: bool) -> String {
    match value.as_whole() {
        Some(whole) => grouped(whole),
        None if as_decimal => value.decimal(6).unwrap_or_else(|| value.to_string()),
        None => value.to_string(),
    }
}
