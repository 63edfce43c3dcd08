//! Exact fractions.

use std::cmp::Ordering;
use std::fmt;

/// A fraction in lowest terms with a positive denominator. No operation rounds; one that leaves the
/// range of 128-bit integers gives `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rational {
    numerator: i128,
    denominator: i128,
}

impl Rational {
    /// 0.
    pub const ZERO: Self = Self { numerator: 0, denominator: 1 };
    /// 1.
    pub const ONE: Self = Self { numerator: 1, denominator: 1 };

    /// `numerator / denominator`; `None` for a denominator of 0 and out of range.
    #[must_use]
    pub fn new(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        let divisor = i128::try_from(gcd(numerator.unsigned_abs(), denominator.unsigned_abs())).ok()?;
        let (mut numerator, mut denominator) = (numerator / divisor, denominator / divisor);
        if denominator < 0 {
            numerator = numerator.checked_neg()?;
            denominator = denominator.checked_neg()?;
        }
        Some(Self { numerator, denominator })
    }

    /// A whole number.
    #[must_use]
    pub fn whole(value: i128) -> Self {
        Self { numerator: value, denominator: 1 }
    }

    /// Reads digits with at most one decimal point, such as `12.50`.
    #[must_use]
    pub fn from_decimal(digits: &str) -> Option<Self> {
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.is_empty() || !whole.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit()) {
            return None;
        }
        let denominator = 10_i128.checked_pow(u32::try_from(part.len()).ok()?)?;
        let numerator: i128 = format!("{whole}{part}").parse().ok()?;
        Self::new(numerator, denominator)
    }

    /// Above the stroke, with the sign.
    #[must_use]
    pub fn numerator(self) -> i128 {
        self.numerator
    }

    /// Below the stroke, always positive.
    #[must_use]
    pub fn denominator(self) -> i128 {
        self.denominator
    }

    /// The value, if it is a whole number.
    #[must_use]
    pub fn as_whole(self) -> Option<i128> {
        (self.denominator == 1).then_some(self.numerator)
    }

    /// Whether it is below 0.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.numerator < 0
    }

    /// `self + other`.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        Self::new(left.checked_add(right)?, self.denominator.checked_mul(other.denominator)?)
    }

    /// `self - other`.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(other.checked_neg()?)
    }

    /// `self × other`.
    #[must_use]
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        // Crosswise in lowest terms first, so that only results that are out of range are refused.
        let a = Self::new(self.numerator, other.denominator)?;
        let b = Self::new(other.numerator, self.denominator)?;
        Self::new(a.numerator.checked_mul(b.numerator)?, a.denominator.checked_mul(b.denominator)?)
    }

    /// `self ÷ other`; `None` when `other` is 0 too.
    #[must_use]
    pub fn checked_div(self, other: Self) -> Option<Self> {
        self.checked_mul(Self::new(other.denominator, other.numerator)?)
    }

    /// `-self`.
    #[must_use]
    pub fn checked_neg(self) -> Option<Self> {
        Some(Self { numerator: self.numerator.checked_neg()?, denominator: self.denominator })
    }

    /// `self` to a whole power; `None` for 0 to a negative power too. 0 to the power 0 is 1 here.
    #[must_use]
    pub fn checked_pow(self, exponent: i32) -> Option<Self> {
        let base = if exponent < 0 { Self::new(self.denominator, self.numerator)? } else { self };
        let exponent = exponent.unsigned_abs();
        Some(Self {
            numerator: base.numerator.checked_pow(exponent)?,
            denominator: base.denominator.checked_pow(exponent)?,
        })
    }

    /// The exact root of degree 2 or 3, if there is one among the fractions.
    #[must_use]
    pub fn root(self, degree: u32) -> Option<Self> {
        let exact = |value: i128| {
            let root = integer_root(value.unsigned_abs(), degree);
            (root.checked_pow(degree)? == value.unsigned_abs()).then_some(i128::try_from(root).ok()?)
        };
        if self.is_negative() && degree.is_multiple_of(2) {
            return None;
        }
        let above = exact(self.numerator)?;
        Self::new(if self.is_negative() { -above } else { above }, exact(self.denominator)?)
    }

    /// The largest whole number not above it.
    #[must_use]
    pub fn floor(self) -> i128 {
        self.numerator.div_euclid(self.denominator)
    }

    /// The nearest whole number, halves away from zero as taught in school.
    #[must_use]
    pub fn round(self) -> Option<i128> {
        let half = Self { numerator: 1, denominator: 2 };
        if self.is_negative() {
            self.checked_neg()?.round()?.checked_neg()
        } else {
            Some(self.checked_add(half)?.floor())
        }
    }

    /// As a terminating decimal in digits, if it is one of at most `places` places.
    #[must_use]
    pub fn decimal(self, places: u32) -> Option<String> {
        let mut scale = 0;
        let mut scaled = self;
        while scaled.denominator != 1 {
            if scale == places {
                return None;
            }
            scaled = scaled.checked_mul(Self::whole(10))?;
            scale += 1;
        }
        Some(point(scaled.numerator, scale as usize))
    }

    /// Rounded to `places` decimal places, in digits.
    #[must_use]
    pub fn rounded_decimal(self, places: u32) -> Option<String> {
        let scaled = self.checked_mul(Self::whole(10_i128.checked_pow(places)?))?.round()?;
        Some(point(scaled, places as usize))
    }

    /// As a fraction or a whole number: `7/8`, `-3/2`, `1,234`.
    #[must_use]
    pub fn fraction(self) -> String {
        match self.as_whole() {
            Some(whole) => grouped(whole),
            None => format!("{}/{}", grouped(self.numerator), grouped(self.denominator)),
        }
    }
}

/// As a mixed number: `2 1/2`, `-2 1/2`, `7/8`, `1,234`.
impl fmt::Display for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = self.numerator / self.denominator;
        let rest = (self.numerator % self.denominator).unsigned_abs();
        if rest == 0 || whole == 0 {
            return f.write_str(&self.fraction());
        }
        write!(f, "{} {rest}/{}", grouped(whole), self.denominator)
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rational {
    fn cmp(&self, other: &Self) -> Ordering {
        // By whole parts, then by the reciprocals of what is left (Euclid): nothing can overflow.
        let (mut a, mut b) = (*self, *other);
        let mut flipped = false;
        loop {
            let order = a.floor().cmp(&b.floor());
            let (left, right) =
                (a.numerator.rem_euclid(a.denominator), b.numerator.rem_euclid(b.denominator));
            let order = match (order, left, right) {
                (Ordering::Equal, 0, 0) => Ordering::Equal,
                (Ordering::Equal, 0, _) => Ordering::Less,
                (Ordering::Equal, _, 0) => Ordering::Greater,
                (Ordering::Equal, _, _) => {
                    a = Self { numerator: a.denominator, denominator: left };
                    b = Self { numerator: b.denominator, denominator: right };
                    flipped = !flipped;
                    continue;
                }
                (unequal, _, _) => unequal,
            };
            return if flipped { order.reverse() } else { order };
        }
    }
}

/// Greatest common divisor; `gcd(0, 0)` is 1 so that it always divides.
#[must_use]
pub fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

/// The largest whole number whose power of `degree` (2 or 3) is not above `value`.
#[must_use]
pub fn integer_root(value: u128, degree: u32) -> u128 {
    let (mut low, mut high) = (0_u128, 1_u128 << (128 / degree + 1).min(127));
    while low < high {
        let middle = low + (high - low).div_ceil(2);
        match middle.checked_pow(degree) {
            Some(power) if power <= value => low = middle,
            _ => high = middle - 1,
        }
    }
    low
}

/// A whole number with thousands commas.
#[must_use]
pub fn grouped(value: i128) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3 + 1);
    if value < 0 {
        text.push('-');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Digits with a decimal point before the last `places`, closing zeros removed.
fn point(scaled: i128, places: usize) -> String {
    let digits = format!("{:0>width$}", scaled.unsigned_abs(), width = places + 1);
    let (whole, part) = digits.split_at(digits.len() - places);
    let part = part.trim_end_matches('0');
    let sign = if scaled < 0 { "-" } else { "" };
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), grouped);
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{Rational, gcd, grouped, integer_root};

    fn r(a: i128, b: i128) -> Rational {
        Rational::new(a, b).unwrap()
    }

    #[test]
    fn lowest_terms_and_signs() {
        assert_eq!(r(6, -8), r(-3, 4));
        assert_eq!(r(0, -5), Rational::ZERO);
        assert_eq!(Rational::new(1, 0), None);
        assert_eq!(Rational::new(i128::MIN, -1), None);
        assert_eq!(gcd(0, 0), 1);
    }

    #[test]
    fn arithmetic_is_exact_or_refused() {
        assert_eq!(r(3, 4).checked_add(r(1, 8)), Some(r(7, 8)));
        assert_eq!(r(1, 3).checked_sub(r(1, 2)), Some(r(-1, 6)));
        assert_eq!(r(2, 3).checked_mul(r(3, 4)), Some(r(1, 2)));
        assert_eq!(r(1, 2).checked_div(Rational::ZERO), None);
        assert_eq!(r(2, 1).checked_pow(10), Some(r(1024, 1)));
        assert_eq!(r(2, 3).checked_pow(-2), Some(r(9, 4)));
        assert_eq!(r(2, 1).checked_pow(127), None);
        assert_eq!(Rational::ZERO.checked_pow(-1), None);
        assert_eq!(Rational::whole(i128::MAX).checked_add(Rational::ONE), None);
        assert_eq!(Rational::whole(i128::MAX).checked_mul(r(1, i128::MAX)), Some(Rational::ONE));
    }

    #[test]
    fn roots() {
        assert_eq!(r(144, 1).root(2), Some(r(12, 1)));
        assert_eq!(r(9, 16).root(2), Some(r(3, 4)));
        assert_eq!(r(2, 1).root(2), None);
        assert_eq!(r(-4, 1).root(2), None);
        assert_eq!(r(-27, 1).root(3), Some(r(-3, 1)));
        assert_eq!(integer_root(u128::MAX, 2), u128::from(u64::MAX));
        assert_eq!(integer_root(26, 3), 2);
    }

    #[test]
    fn order_never_overflows() {
        let big = i128::MAX;
        assert!(r(big - 1, big) < Rational::ONE);
        assert!(r(big - 2, big - 1) < r(big - 1, big));
        assert!(r(-1, 2) < r(-1, 3));
        assert!(r(3, 4) > r(2, 3));
    }

    #[test]
    fn written_forms() {
        assert_eq!(r(5, 2).to_string(), "2 1/2");
        assert_eq!(r(-5, 2).to_string(), "-2 1/2");
        assert_eq!(r(-1, 2).to_string(), "-1/2");
        assert_eq!(r(5, 2).decimal(6).as_deref(), Some("2.5"));
        assert_eq!(r(-1, 20).decimal(6).as_deref(), Some("-0.05"));
        assert_eq!(r(1, 3).decimal(12), None);
        assert_eq!(r(2, 3).rounded_decimal(3).as_deref(), Some("0.667"));
        assert_eq!(grouped(-1_234_567), "-1,234,567");
        assert_eq!(Rational::from_decimal("1234.50").unwrap().decimal(4).as_deref(), Some("1,234.5"));
        assert_eq!(r(-5, 2).round(), Some(-3));
        assert_eq!(r(-5, 2).floor(), -3);
    }
}
