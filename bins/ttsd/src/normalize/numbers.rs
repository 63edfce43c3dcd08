//! Numbers as English words, in the American school style: no "and" inside a whole number
//! ("one hundred five"), "and" only before a fraction.

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

const TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// Names of the powers of a thousand, smallest first.
const SCALES: [&str; 11] = [
    "",
    "thousand",
    "million",
    "billion",
    "trillion",
    "quadrillion",
    "quintillion",
    "sextillion",
    "septillion",
    "octillion",
    "nonillion",
];

/// Longest whole number that is read as a number; a longer one is read digit by digit.
pub const MAX_CARDINAL_DIGITS: usize = 33;

/// Longest run of digits that is read aloud at all; nobody listens to more, and the audio would grow tenfold.
pub const MAX_SPOKEN_DIGITS: usize = 60;

/// A whole number: 105 is "one hundred five".
pub fn cardinal(value: u128) -> String {
    if value == 0 {
        return ONES[0].to_owned();
    }
    let mut groups = Vec::new();
    let mut rest = value;
    while rest > 0 {
        // Below 1000 by construction.
        groups.push((rest % 1000) as usize);
        rest /= 1000;
    }
    if groups.len() > SCALES.len() {
        return digits(&value.to_string());
    }
    let mut words = Vec::new();
    for (scale, &group) in groups.iter().enumerate().rev() {
        if group == 0 {
            continue;
        }
        words.push(below_thousand(group));
        if scale > 0 {
            words.push(SCALES[scale].to_owned());
        }
    }
    words.join(" ")
}

fn below_thousand(value: usize) -> String {
    let (hundreds, rest) = (value / 100, value % 100);
    match (hundreds, rest) {
        (0, _) => below_hundred(rest),
        (_, 0) => format!("{} hundred", ONES[hundreds]),
        _ => format!("{} hundred {}", ONES[hundreds], below_hundred(rest)),
    }
}

fn below_hundred(value: usize) -> String {
    if value < 20 {
        return ONES[value].to_owned();
    }
    match value % 10 {
        0 => TENS[value / 10].to_owned(),
        one => format!("{}-{}", TENS[value / 10], ONES[one]),
    }
}

/// The place in a row: 21 is "twenty-first".
pub fn ordinal(value: u128) -> String {
    ordinal_from_cardinal(&cardinal(value))
}

/// Turns the last word of a spoken cardinal into its ordinal.
fn ordinal_from_cardinal(words: &str) -> String {
    let cut = words.rfind([' ', '-']).map_or(0, |i| i + 1);
    let (head, last) = words.split_at(cut);
    let tail = match last {
        "one" => "first".to_owned(),
        "two" => "second".to_owned(),
        "three" => "third".to_owned(),
        "five" => "fifth".to_owned(),
        "eight" => "eighth".to_owned(),
        "nine" => "ninth".to_owned(),
        "twelve" => "twelfth".to_owned(),
        _ => match last.strip_suffix('y') {
            Some(stem) => format!("{stem}ieth"),
            None => format!("{last}th"),
        },
    };
    format!("{head}{tail}")
}

/// More than one of a number word: "five" gives "fives", "six" gives "sixes", "twenty" gives "twenties".
pub fn plural(words: &str) -> String {
    match words.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None if words.ends_with('x') => format!("{words}es"),
        None => format!("{words}s"),
    }
}

/// Digit by digit: "007" is "zero zero seven". Anything but a digit is skipped; the reading stops at
/// [`MAX_SPOKEN_DIGITS`].
pub fn digits(text: &str) -> String {
    let mut words = Vec::new();
    for c in text.chars() {
        if let Some(d) = c.to_digit(10) {
            if words.len() == MAX_SPOKEN_DIGITS {
                words.push("and so on");
                break;
            }
            words.push(ONES[d as usize]);
        }
    }
    words.join(" ")
}

/// A year: 1776 is "seventeen seventy-six", 1905 "nineteen oh five", 2000 "two thousand",
/// 2009 "two thousand nine", 2026 "twenty twenty-six".
pub fn year(value: u128) -> String {
    if !(1000..=9999).contains(&value) || (2000..2010).contains(&value) {
        return cardinal(value);
    }
    let (high, low) = ((value / 100) as usize, (value % 100) as usize);
    match low {
        0 if high % 10 == 0 => cardinal(value),
        0 => format!("{} hundred", below_hundred(high)),
        1..=9 => format!("{} oh {}", below_hundred(high), ONES[low]),
        _ => format!("{} {}", below_hundred(high), below_hundred(low)),
    }
}

/// A written number, with grouping commas and a decimal point if it has them: "1,234.50" is
/// "one thousand two hundred thirty-four point five zero".
pub fn decimal(text: &str) -> String {
    let plain: String = text.chars().filter(|c| *c != ',').collect();
    match plain.split_once('.') {
        Some(("", fraction)) => format!("point {}", digits(fraction)),
        Some((whole, fraction)) => format!("{} point {}", whole_number(whole), digits(fraction)),
        None => whole_number(&plain),
    }
}

/// A run of digits: a number unless it starts with a needless zero or is too long.
fn whole_number(text: &str) -> String {
    let leading_zero = text.len() > 1 && text.starts_with('0');
    if leading_zero || text.len() > MAX_CARDINAL_DIGITS {
        return digits(text);
    }
    match text.parse::<u128>() {
        Ok(value) => cardinal(value),
        Err(_) => digits(text),
    }
}

/// Largest denominator that is read as an ordinal; beyond it a teacher says "over".
const MAX_NAMED_DENOMINATOR: u128 = 100;

/// A fraction of two whole numbers: 3/4 is "three fourths", 1/2 "one half", 5/128 "five over one hundred twenty-eight".
pub fn fraction(numerator: u128, denominator: u128) -> String {
    let top = cardinal(numerator);
    let named = (2..=MAX_NAMED_DENOMINATOR).contains(&denominator) || denominator == 1000;
    if !named || numerator > 1000 {
        return format!("{top} over {}", cardinal(denominator));
    }
    let one = numerator == 1;
    match denominator {
        2 if one => "one half".to_owned(),
        2 => format!("{top} halves"),
        // "two one-hundredths" would be heard as a mixed number.
        100 => format!("{top} hundredth{}", if one { "" } else { "s" }),
        1000 => format!("{top} thousandth{}", if one { "" } else { "s" }),
        _ => format!("{top} {}{}", ordinal(denominator), if one { "" } else { "s" }),
    }
}

/// The parts of a Roman numeral, largest first.
const ROMAN: [(u128, &str); 13] = [
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
];

/// The value of a Roman numeral in its standard spelling (I to MMMCMXCIX), or nothing.
pub fn roman(text: &str) -> Option<u128> {
    // MMMDCCCLXXXVIII, the longest, has 15 letters.
    if text.is_empty() || text.len() > 15 {
        return None;
    }
    let mut rest = text;
    let mut value = 0;
    for (worth, letters) in ROMAN {
        while let Some(tail) = rest.strip_prefix(letters) {
            rest = tail;
            value += worth;
        }
    }
    // "IIII" and "VIV" pass the greedy walk; writing the value back settles it.
    (rest.is_empty() && value < 4000 && to_roman(value) == text).then_some(value)
}

fn to_roman(mut value: u128) -> String {
    let mut out = String::new();
    for (worth, letters) in ROMAN {
        while value >= worth {
            out.push_str(letters);
            value -= worth;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cardinals() {
        assert_eq!(cardinal(0), "zero");
        assert_eq!(cardinal(105), "one hundred five");
        assert_eq!(cardinal(1_000_001), "one million one");
        assert_eq!(cardinal(42_000), "forty-two thousand");
        assert_eq!(cardinal(u128::MAX).split(' ').next(), Some("three"));
    }

    #[test]
    fn ordinals_and_plurals() {
        assert_eq!(ordinal(1), "first");
        assert_eq!(ordinal(12), "twelfth");
        assert_eq!(ordinal(20), "twentieth");
        assert_eq!(ordinal(42), "forty-second");
        assert_eq!(ordinal(100), "one hundredth");
        assert_eq!(plural("six"), "sixes");
        assert_eq!(plural("nineteen ninety"), "nineteen nineties");
    }

    #[test]
    fn years() {
        assert_eq!(year(1776), "seventeen seventy-six");
        assert_eq!(year(1905), "nineteen oh five");
        assert_eq!(year(1900), "nineteen hundred");
        assert_eq!(year(2000), "two thousand");
        assert_eq!(year(2007), "two thousand seven");
        assert_eq!(year(2026), "twenty twenty-six");
        assert_eq!(year(476), "four hundred seventy-six");
    }

    #[test]
    fn decimals_and_fractions() {
        assert_eq!(decimal("0.75"), "zero point seven five");
        assert_eq!(decimal(".5"), "point five");
        assert_eq!(decimal("1,234.5"), "one thousand two hundred thirty-four point five");
        assert_eq!(decimal("007"), "zero zero seven");
        assert_eq!(fraction(3, 4), "three fourths");
        assert_eq!(fraction(3, 2), "three halves");
        assert_eq!(fraction(1, 21), "one twenty-first");
        assert_eq!(fraction(7, 100), "seven hundredths");
        assert_eq!(fraction(1, 0), "one over zero");
    }

    #[test]
    fn roman_numerals() {
        assert_eq!(roman("XIV"), Some(14));
        assert_eq!(roman("VIII"), Some(8));
        assert_eq!(roman("MMXXVI"), Some(2026));
        for wrong in ["", "IIII", "VV", "IXI", "MIX!", "IC", "VIV"] {
            assert_eq!(roman(wrong), None, "{wrong}");
        }
        for value in 1..=3999 {
            assert_eq!(roman(&to_roman(value)), Some(value));
        }
    }

    #[test]
    fn endless_digits_are_cut() {
        let spoken = digits(&"7".repeat(100_000));
        assert!(spoken.ends_with("and so on"));
        assert_eq!(spoken.matches("seven").count(), MAX_SPOKEN_DIGITS);
    }
}
