//! Reads arithmetic from tokens, in the order of operations taught in school.

use super::expression::{Expression, Operator};
use iseetutor_numbers::text::Token;
use iseetutor_numbers::{self as numbers, Rational, Style};

/// Nesting beyond which an utterance is no arithmetic a child would ask.
const DEEPEST: u32 = 24;

/// The arithmetic that `tokens` are from the first to the last, if they are nothing else.
#[must_use]
pub fn read_all(tokens: &[Token]) -> Option<Expression> {
    [Style { and: true }, Style { and: false }].into_iter().find_map(|style| {
        let mut reader = Reader { tokens, at: 0, depth: 0, style };
        let expression = reader.sum()?;
        (reader.at == tokens.len()).then_some(expression)
    })
}

/// One number in digits or words, with its sign, and nothing else.
#[must_use]
pub fn read_number(tokens: &[Token]) -> Option<Rational> {
    match read_all(tokens)? {
        Expression::Number(value, _) => Some(value),
        Expression::Negative(inner) if !inner.has_operation() => inner.evaluate().ok()?.checked_neg(),
        Expression::Binary(Operator::Over, above, below)
            if !above.has_operation() && !below.has_operation() =>
        {
            above.evaluate().ok()?.checked_div(below.evaluate().ok()?)
        }
        _ => None,
    }
}

/// Numbers in a list: "12 and 18", "3, 5, and 7".
#[must_use]
pub fn read_list(tokens: &[Token]) -> Option<Vec<Rational>> {
    let mut values = Vec::new();
    for piece in tokens.split(|token| token.is_sign(',') || token.is("and") || token.is("or")) {
        // ", and" leaves an empty piece.
        if piece.len() > 1 && piece.iter().all(|token| matches!(token, Token::Number { .. })) {
            // "80 90 and 100": several in digits, one after the other.
            values.extend(piece.iter().filter_map(|token| read_number(std::slice::from_ref(token))));
        } else if !piece.is_empty() {
            values.push(read_number(piece)?);
        }
    }
    (values.len() >= 2).then_some(values)
}

struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
    depth: u32,
    style: Style,
}

impl Reader<'_> {
    fn rest(&self) -> &[Token] {
        self.tokens.get(self.at..).unwrap_or_default()
    }

    /// Takes these words or this sign if they come next.
    fn accept(&mut self, form: &str) -> bool {
        let mut used = 0;
        for piece in form.split(' ') {
            let fits = self.rest().get(used).is_some_and(|token| match token {
                Token::Word(word) => word == piece,
                Token::Sign(sign) => piece.chars().eq([*sign]),
                _ => false,
            });
            if !fits {
                return false;
            }
            used += 1;
        }
        self.at += used;
        true
    }

    fn accept_any(&mut self, forms: &[&str]) -> bool {
        forms.iter().any(|form| self.accept(form))
    }

    fn sum(&mut self) -> Option<Expression> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut left = self.product()?;
        loop {
            let operator = if self.accept_any(&["+", "plus", "added to"]) {
                Operator::Add
            } else if self.accept_any(&["-", "minus", "take away", "less", "subtract"]) {
                Operator::Subtract
            } else {
                break;
            };
            left = binary(operator, left, self.product()?);
        }
        self.depth -= 1;
        Some(left)
    }

    fn product(&mut self) -> Option<Expression> {
        let mut left = self.signed()?;
        loop {
            let operator = if self.accept_any(&["×", "times", "x", "multiplied by", "time"]) {
                Operator::Multiply
            } else if self.accept("of") {
                Operator::Of
            } else if self.accept_any(&["÷", "/", "divided by", "divide by"]) {
                Operator::Divide
            } else {
                break;
            };
            left = binary(operator, left, self.signed()?);
        }
        Some(left)
    }

    fn signed(&mut self) -> Option<Expression> {
        if self.accept_any(&["-", "minus", "negative"]) {
            self.depth += 1;
            if self.depth > DEEPEST {
                return None;
            }
            let inner = self.signed()?;
            self.depth -= 1;
            return Some(Expression::Negative(Box::new(inner)));
        }
        let above = self.power()?;
        if self.accept("over") {
            return Some(binary(Operator::Over, above, self.power()?));
        }
        Some(above)
    }

    fn power(&mut self) -> Option<Expression> {
        let base = self.percent()?;
        let exponent = if self.accept_any(&["squared", "²"]) {
            number(Rational::whole(2))
        } else if self.accept_any(&["cubed", "³"]) {
            number(Rational::whole(3))
        } else if self.accept_any(&["^", "to the power of", "to the power", "raised to the power of"]) {
            self.exponent()?
        } else if self.accept_any(&["raised to the", "to the"]) {
            let exponent = self.ordinal()?;
            self.accept("power");
            exponent
        } else {
            return Some(base);
        };
        // A second exponent ("2 cubed squared") would need a rule that children are not taught.
        Some(binary(Operator::Power, base, exponent))
    }

    fn exponent(&mut self) -> Option<Expression> {
        // "2^1/2" is read one way by the order of operations and meant another way: not understood.
        if matches!(self.rest().first(), Some(Token::Fraction { .. })) {
            return None;
        }
        if self.accept_any(&["-", "minus", "negative"]) {
            return Some(Expression::Negative(Box::new(self.primary()?)));
        }
        self.primary()
    }

    /// "third", "10th" or "power" in "to the third power".
    fn ordinal(&mut self) -> Option<Expression> {
        let value = match self.rest().first()? {
            Token::Ordinal(n) => *n,
            token if token.is("second") => 2,
            _ => {
                let (n, used) = numbers::ordinal(self.rest())?;
                self.at += used - 1;
                n
            }
        };
        self.at += 1;
        Some(number(Rational::whole(value)))
    }

    fn percent(&mut self) -> Option<Expression> {
        let inner = self.primary()?;
        if !self.accept_any(&["%", "percent", "per cent"]) {
            return Some(inner);
        }
        // "80 plus 15%" means different things to different people; only "15% of" is one thing.
        let next_is_of = self.rest().first().is_some_and(|token| token.is("of"));
        next_is_of.then(|| Expression::Percent(Box::new(inner)))
    }

    fn primary(&mut self) -> Option<Expression> {
        if self.accept_any(&["(", "open parenthesis", "open parentheses", "open bracket"]) {
            let inner = self.sum()?;
            return self
                .accept_any(&[")", "close parenthesis", "close parentheses", "close bracket"])
                .then_some(inner);
        }
        let root = if self.accept_any(&["the square root of", "square root of", "square root", "√"]) {
            Some(2)
        } else if self.accept_any(&["the cube root of", "cube root of", "cube root"]) {
            Some(3)
        } else {
            None
        };
        if let Some(degree) = root {
            let negative = self.accept_any(&["-", "minus", "negative"]);
            let inner = self.power()?;
            let inner = if negative { Expression::Negative(Box::new(inner)) } else { inner };
            return Some(Expression::Root(degree, Box::new(inner)));
        }
        if let Some(times) = self.multiple() {
            return Some(binary(Operator::Multiply, number(Rational::whole(times)), self.power()?));
        }
        if let Some(operator) = self.named_operation() {
            return self.pair(operator);
        }
        // A fraction with a zero below is a question with an answer, though not a number.
        if let Some(Token::Fraction { numerator, denominator: 0 }) = self.rest().first() {
            let above = number(Rational::whole(*numerator));
            self.at += 1;
            return Some(binary(Operator::Over, above, number(Rational::ZERO)));
        }
        let start = self.at;
        let reading = numbers::read(self.rest(), self.style)?;
        self.at += reading.used;
        let text = match self.tokens.get(start..self.at) {
            // Fractions are shown as they were given: 6/8 and not 3/4.
            Some([Token::Fraction { numerator, denominator }]) => format!("{numerator}/{denominator}"),
            _ if reading.decimal => {
                let text = reading.value.decimal(20).unwrap_or_else(|| reading.value.to_string());
                if text.contains('.') { text } else { format!("{text}.0") }
            }
            _ => reading.value.to_string(),
        };
        Some(Expression::Number(reading.value, text))
    }

    fn multiple(&mut self) -> Option<i128> {
        if self.accept_any(&["double", "twice"]) {
            Some(2)
        } else if self.accept("triple") {
            Some(3)
        } else {
            None
        }
    }

    fn named_operation(&mut self) -> Option<Operator> {
        const NAMES: [(&str, Operator); 4] = [
            ("sum of", Operator::Add),
            ("difference", Operator::Subtract),
            ("product of", Operator::Multiply),
            ("quotient of", Operator::Divide),
        ];
        let start = self.at;
        self.accept("the");
        for (name, operator) in NAMES {
            if self.accept(name) {
                if operator == Operator::Subtract && !self.accept_any(&["between", "of"]) {
                    break;
                }
                return Some(operator);
            }
        }
        self.at = start;
        None
    }

    /// "A and B" after "the sum of"; a sum or a product may have more of them.
    fn pair(&mut self, operator: Operator) -> Option<Expression> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut left = self.signed()?;
        let mut operands = 1;
        loop {
            let comma = self.accept(",");
            let and = self.accept("and");
            if !comma && !and {
                break;
            }
            left = binary(operator, left, self.signed()?);
            operands += 1;
        }
        self.depth -= 1;
        let many = matches!(operator, Operator::Add | Operator::Multiply);
        (operands == 2 || (many && operands > 2)).then_some(left)
    }
}

fn number(value: Rational) -> Expression {
    Expression::Number(value, value.to_string())
}

fn binary(operator: Operator, left: Expression, right: Expression) -> Expression {
    Expression::Binary(operator, Box::new(left), Box::new(right))
}
