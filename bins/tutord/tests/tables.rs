//! The tables of utterances, numbers and arithmetic; and arithmetic against an evaluator of another make.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use iseetutor_numbers::{self as numbers, Rational};
use proptest::prelude::*;
use tutord::compute;
use tutord::router::route;

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[test]
fn utterances_want_what_the_table_says() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in lines(include_str!("router.txt")) {
        let (intent, utterance) = line.split_once(": ").unwrap();
        let routed = route(utterance);
        count += 1;
        if routed.as_str() != intent {
            wrong.push(format!("{utterance:?}: {} instead of {intent}", routed.as_str()));
        }
    }
    assert!(wrong.is_empty(), "{} of {count} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 150, "{count}");
}

#[test]
fn numbers_have_the_values_of_the_table() {
    let mut wrong = Vec::new();
    for line in lines(include_str!("numbers.txt")) {
        let (text, value) = line.rsplit_once(" = ").unwrap();
        let got = numbers::parse(text).map_or_else(|| "none".to_owned(), |v| v.fraction().replace(',', ""));
        if got != value {
            wrong.push(format!("{text:?}: {got} instead of {value}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn arithmetic_has_the_answers_of_the_table() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in lines(include_str!("arithmetic.txt")) {
        let (question, expected) = line.rsplit_once("= ").unwrap();
        let got = compute::answer(question.trim()).map_or_else(|| "none".to_owned(), |answer| answer.text());
        count += 1;
        if got != expected {
            wrong.push(format!("{:?}: {got:?} instead of {expected:?}", question.trim()));
        }
    }
    assert!(wrong.is_empty(), "{} of {count} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 200, "{count}");
}

/// Arithmetic made by the test: evaluated in plain fractions that are never reduced, which is another way than the program's.
#[derive(Debug, Clone)]
enum Tree {
    Leaf(i64, i64),
    Node(char, Box<Tree>, Box<Tree>),
}

/// Numerator and denominator, `Err` for a division by zero; small trees stay far inside of 128 bits.
type Plain = Result<(i128, i128), ()>;

impl Tree {
    fn value(&self) -> Plain {
        match self {
            Self::Leaf(above, below) => Ok((i128::from(*above), i128::from(*below))),
            Self::Node(operator, left, right) => {
                let ((a, b), (c, d)) = (left.value()?, right.value()?);
                match operator {
                    '+' => Ok((a * d + c * b, b * d)),
                    '-' => Ok((a * d - c * b, b * d)),
                    '*' => Ok((a * c, b * d)),
                    _ if c == 0 => Err(()),
                    _ => Ok((a * d, b * c)),
                }
            }
        }
    }

    /// With all brackets written, so that the order of operations is not what is tested here.
    fn written(&self, words: bool) -> String {
        match self {
            Self::Leaf(above, 1) if words => in_words(*above),
            Self::Leaf(above, 1) => above.to_string(),
            Self::Leaf(above, below) if words => format!("({} over {})", in_words(*above), in_words(*below)),
            Self::Leaf(above, below) => format!("{above}/{below}"),
            Self::Node(operator, left, right) => {
                let sign = match (operator, words) {
                    ('+', true) => "plus",
                    ('-', true) => "minus",
                    ('*', true) => "times",
                    (_, true) => "divided by",
                    ('+', false) => "+",
                    ('-', false) => "-",
                    ('*', false) => "×",
                    (_, false) => "÷",
                };
                format!("({} {sign} {})", left.written(words), right.written(words))
            }
        }
    }
}

fn in_words(n: i64) -> String {
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
    let n = usize::try_from(n).unwrap();
    match n {
        0..20 => ONES[n].to_owned(),
        20..100 if n % 10 == 0 => TENS[n / 10].to_owned(),
        20..100 => format!("{}-{}", TENS[n / 10], ONES[n % 10]),
        100..1_000 if n % 100 == 0 => format!("{} hundred", ONES[n / 100]),
        100..1_000 => format!("{} hundred and {}", ONES[n / 100], in_words((n % 100) as i64)),
        1_000..1_000_000 if n % 1_000 == 0 => format!("{} thousand", in_words((n / 1_000) as i64)),
        1_000..1_000_000 => {
            format!("{} thousand {}", in_words((n / 1_000) as i64), in_words((n % 1_000) as i64))
        }
        _ => format!("{} million {}", in_words((n / 1_000_000) as i64), in_words((n % 1_000_000) as i64)),
    }
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        3 => (0_i64..=120).prop_map(|n| Tree::Leaf(n, 1)),
        1 => (1_i64..=30, 2_i64..=12).prop_map(|(a, b)| Tree::Leaf(a, b)),
    ];
    leaf.prop_recursive(3, 8, 2, |inner| {
        (prop::sample::select(vec!['+', '-', '*', '/']), inner.clone(), inner)
            .prop_map(|(operator, left, right)| Tree::Node(operator, Box::new(left), Box::new(right)))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arithmetic_agrees_with_another_evaluator(tree in tree(), words: bool) {
        let text = tree.written(words);
        let tokens = iseetutor_numbers::text::tokens(&text);
        let expression = compute::read_all(&tokens).unwrap_or_else(|| panic!("not read: {text}"));
        match (tree.value(), expression.evaluate()) {
            (Ok((a, b)), Ok(value)) => prop_assert_eq!(Some(value), Rational::new(a, b), "{}", text),
            (Err(()), Err(fault)) => prop_assert_eq!(fault, compute::Fault::DivideByZero),
            (expected, got) => prop_assert!(false, "{}: {:?} instead of {:?}", text, got, expected),
        }
        // What is shown means the same as what was asked.
        let shown = compute::read_all(&iseetutor_numbers::text::tokens(&expression.to_string()))
            .unwrap_or_else(|| panic!("shown as {expression}"));
        prop_assert_eq!(shown.evaluate(), expression.evaluate(), "{}", expression);
    }

    #[test]
    fn whole_numbers_in_words_and_digits_are_the_same(n in 0_i64..10_000_000) {
        let value = Some(Rational::whole(i128::from(n)));
        prop_assert_eq!(numbers::parse(&in_words(n)), value, "{}", in_words(n));
        prop_assert_eq!(numbers::parse(&n.to_string()), value);
        prop_assert_eq!(numbers::parse(&numbers::grouped(i128::from(n))), value);
    }

    #[test]
    fn written_values_are_read_back(a in -100_000_i128..100_000, b in 1_i128..1_000) {
        let value = Rational::new(a, b).unwrap();
        prop_assert_eq!(numbers::parse(&value.fraction()), Some(value));
        if let Some(decimal) = value.decimal(12) {
            prop_assert_eq!(numbers::parse(&decimal), Some(value), "{}", decimal);
        }
        if !value.is_negative() {
            prop_assert_eq!(numbers::parse(&value.to_string()), Some(value), "{}", value);
        }
    }

    #[test]
    fn no_text_breaks_anything(text in "\\PC{0,200}") {
        let _ = route(&text);
        let _ = compute::wrong_claim(&text);
        let _ = numbers::parse(&text);
    }

    #[test]
    fn no_arithmetic_like_text_breaks_anything(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "1", "0", "12", "3/4", "5/0", "99999999999999999999999999999999999999", "0.5", "+", "-", "×", "÷", "/", "^", "(", ")",
                "%", "$", "plus", "minus", "times", "over", "of", "half", "and", "a", "hundred", "thousand", "squared", "the", "square",
                "root", "is", "percent", "to", "power", "third", "feet", "inches", "point", ",", "dozen", "=", "million", "negative",
            ]),
            0..30,
        )
    ) {
        let text = pieces.join(" ");
        let _ = compute::answer(&text);
        let _ = compute::wrong_claim(&text);
        let _ = route(&text);
    }
}
