//! Exact answers to arithmetic, by computation and never by a language model.
//!
//! An utterance is answered here only if every word of it is understood; anything left over ("what is 3 plus 4
//! and why is the sky blue") makes it a question for somebody else. Nothing is rounded without saying "about",
//! and what does not fit into 128-bit integers is refused aloud.

mod check;
mod clock;
mod counting;
mod expression;
mod fillers;
mod forms;
mod integers;
mod reader;
mod shapes;
mod units;

pub use check::{Claim, wrong_claim};
pub use expression::{Expression, Fault};
pub use reader::{read_all, read_number};

use expression::{about_root, written};
use iseetutor_numbers::Rational;
use iseetutor_numbers::text::{Token, tokens};

/// Longest utterance in tokens that is read as arithmetic.
const LONGEST: usize = 80;
/// Longest question about times of the day in bytes.
const LONGEST_TIMES: usize = 200;

/// A computed answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Sentences to say, one after the other.
    pub sentences: Vec<String>,
    /// The value, where the answer is one number.
    pub value: Option<Rational>,
}

impl Answer {
    fn new(sentence: impl Into<String>) -> Self {
        Self { sentences: vec![sentence.into()], value: None }
    }

    fn valued(sentence: impl Into<String>, value: Rational) -> Self {
        Self { value: Some(value), ..Self::new(sentence) }
    }

    fn and(mut self, sentence: impl Into<String>) -> Self {
        self.sentences.push(sentence.into());
        self
    }

    /// The sentences as one text.
    #[must_use]
    pub fn text(&self) -> String {
        self.sentences.join(" ")
    }
}

/// The exact answer to `text`, if it is arithmetic and nothing else.
#[must_use]
pub fn answer(text: &str) -> Option<Answer> {
    if text.len() <= LONGEST_TIMES
        && let Some(answer) = clock::answer(text)
    {
        return Some(answer);
    }
    let tokens = tokens(text);
    let tokens = fillers::without_fillers(&tokens);
    if tokens.is_empty() || tokens.len() > LONGEST {
        return None;
    }
    if tokens.contains(&Token::TooBig) {
        // Only when it is otherwise arithmetic: put a harmless number in its place and see.
        let tame: Vec<Token> =
            tokens.iter().map(|token| if *token == Token::TooBig { one() } else { token.clone() }).collect();
        return forms::answer(&tame).map(|_| fault(Fault::TooBig));
    }
    forms::answer(tokens)
}

fn one() -> Token {
    Token::Number { value: Rational::ONE, digits: "1".to_owned() }
}

/// The answer to arithmetic that is all of the question.
fn evaluated(expression: &Expression) -> Answer {
    match expression.evaluate() {
        Ok(value) => valued(expression, value),
        Err(Fault::NotExact) => match expression {
            Expression::Root(degree, inner) => root(*degree, inner).unwrap_or_else(|| fault(Fault::NotExact)),
            _ => fault(Fault::NotExact),
        },
        Err(other) => fault(other),
    }
}

fn valued(expression: &Expression, value: Rational) -> Answer {
    use expression::Operator::{Divide, Over};
    let decimal = expression.has_decimal();
    let said = capitalised(&expression.to_string());
    let operands = match expression {
        Expression::Binary(Divide | Over, left, right) => {
            let whole = |side: &Expression| side.evaluate().ok().and_then(Rational::as_whole);
            whole(left).zip(whole(right))
        }
        _ => None,
    };
    let answer = match value.decimal(4).filter(|_| value.as_whole().is_none() && operands.is_some()) {
        // A division of whole numbers has three forms, and which one is wanted is the child's business.
        Some(point) if !decimal => Answer::valued(format!("{said} is {value}, or {point}."), value),
        _ => Answer::valued(format!("{said} is {}.", written(value, decimal)), value),
    };
    if let Some((a, b)) = operands
        && a > b
        && b > 1
        && a % b != 0
    {
        return answer.and(format!("In whole numbers, it is {} with a remainder of {}.", a / b, a % b));
    }
    answer
}

fn root(degree: u32, inner: &Expression) -> Option<Answer> {
    let value = inner.evaluate().ok()?;
    let name = if degree == 2 { "square" } else { "cube" };
    let (about, below, above) = about_root(degree, value)?;
    Some(Answer::new(format!(
        "The {name} root of {value} is not a whole number. It is between {below} and {above}, about {about}."
    )))
}

fn fault(fault: Fault) -> Answer {
    Answer::new(match fault {
        Fault::DivideByZero => "You can't divide by zero. There is no number that would be the answer.",
        Fault::TooBig => "That number is too big for me to work out exactly.",
        Fault::ZeroPower => "People don't agree on 0 to the power of 0, so it has no single answer.",
        Fault::NegativeRoot => {
            "No number you know, multiplied by itself, is negative, so that root has no answer here."
        }
        Fault::NotExact => "I can't work that one out exactly.",
    })
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
