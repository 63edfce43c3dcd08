//! Arithmetic and simple algebra.

use super::groups::Group;
use super::numbers;
use super::quantity;
use super::reader::{Reader, Reading};
use super::tables::{BY_NOUNS, STROKES, UNITS};
use super::token::{Kind, Token};

/// Signs that show that something is calculated.
pub const CALCULATION: [char; 16] =
    ['=', '+', '×', '÷', '^', '√', '∛', '·', '≤', '≥', '≠', '≈', '−', '<', '>', '±'];

/// Words that ask for a calculation, so that "10-7" after them is a subtraction.
const ASKS: [&str; 7] = ["is", "calculate", "compute", "solve", "evaluate", "simplify", "find"];

impl Reader<'_> {
    /// Whether the token before a place ends something that can be calculated with.
    pub fn ends_operand(&self, i: usize) -> bool {
        self.before(i).is_some_and(|t| match t.kind {
            Kind::Number => true,
            Kind::Word => {
                t.letter().is_some_and(|c| c != 'I') || self.is_factors(i - 1) || self.is_unit(i - 1)
            }
            Kind::Sign if t.is('|') => self.groups.get(&(i - 1)) == Some(&Group::CloseQuantity),
            Kind::Sign => t.text.contains(|c| ")]}%°¢π′″θ!".contains(c)),
            Kind::Line => false,
        })
    }

    /// Whether something that can be calculated with starts at a place.
    pub fn starts_operand(&self, i: usize) -> bool {
        self.at(i).is_some_and(|t| match t.kind {
            Kind::Number => true,
            Kind::Word => t.letter().is_some_and(|c| c != 'I') || self.is_factors(i),
            Kind::Sign => t.text.contains(|c| "([{|√∛$£€πθ".contains(c)),
            Kind::Line => false,
        })
    }

    /// Whether the word at a place is a unit after a number.
    pub fn is_unit(&self, i: usize) -> bool {
        let after_number = self.before(i).is_some_and(|t| t.kind == Kind::Number);
        after_number
            && self.at(i).is_some_and(|t| t.kind == Kind::Word && UNITS.iter().any(|u| u.sign == t.text))
    }

    /// Whether the word at a place is a product of variables such as "xy" or "ab": two or three small letters
    /// glued to a number, a power or a bracket, or beside a sign of calculation.
    pub fn is_factors(&self, i: usize) -> bool {
        let Some(token) = self.at(i).filter(|t| t.kind == Kind::Word) else { return false };
        let short = (2..=3).contains(&token.text.len()) && token.text.bytes().all(|b| b.is_ascii_lowercase());
        if !short || super::tables::SHORT_WORDS.contains(&token.text) {
            return false;
        }
        let number_before = !token.spaced && self.before(i).is_some_and(|t| t.kind == Kind::Number);
        let power_after = self.glued_sign(i + 1, '^');
        let sign =
            |t: Option<&Token<'_>>| t.is_some_and(|t| t.kind == Kind::Sign && t.text.contains(CALCULATION));
        let variables = token.text.bytes().all(|b| b"abchklmnpqrwxyz".contains(&b));
        // "ft" and "cm" after a number are units, and were read before this is asked.
        variables && (number_before || power_after)
            || variables && token.text.len() == 2 && (sign(self.before(i)) || sign(self.at(i + 1)))
    }

    /// Whether "by" is said for the times sign at a place: one of its sides is a length, or a grid is spoken of.
    fn is_dimension(&self, i: usize) -> bool {
        let length = |at: usize| {
            self.at(at).is_some_and(|t| {
                t.text.contains(['′', '″'])
                    || UNITS.iter().any(|u| u.length && u.sign == t.text) && self.is_unit(at)
            })
        };
        let number_after = self.at(i + 1).is_some_and(|t| t.kind == Kind::Number);
        // A point may follow the unit: "3 ft. x 4 ft.".
        let before = i.checked_sub(1).is_some_and(length)
            || (i >= 2 && self.at(i - 1).is_some_and(|t| t.is('.')) && length(i - 2));
        number_after && (before || length(i + 2) || BY_NOUNS.contains(&self.lower(i + 2).as_str()))
    }
}

/// "x^2" and the like; the base was read before.
pub fn power(reader: &Reader<'_>, i: usize) -> Option<Reading> {
    if !reader.at(i)?.is('^') {
        return None;
    }
    if !reader.ends_operand(i) {
        return Reading::new(1, "");
    }
    let mut at = i + 1;
    let grouped = reader.glued_sign(at, '(');
    if grouped {
        at += 1;
    }
    let negative = reader.at(at).is_some_and(|t| t.is('-') || t.is('−'));
    if negative {
        at += 1;
    }
    let Some(token) = reader.at(at) else { return Reading::new(1, "") };
    let closes = !grouped || reader.at(at + 1).is_some_and(|t| t.is(')'));
    if !closes {
        // A whole calculation is raised to: its bracket is read next.
        return Reading::new(1, "to the power of");
    }
    let used = at + 1 + usize::from(grouped) - i;
    let words = match (token.kind, token.whole(), negative) {
        (Kind::Number, Some(2), false) => "squared".to_owned(),
        (Kind::Number, Some(3), false) => "cubed".to_owned(),
        (Kind::Number, Some(n), false) if (1..=100).contains(&n) => {
            format!("to the {} power", numbers::ordinal(n))
        }
        (Kind::Number, Some(_), false) if fraction_follows(reader, at) => "to the power of".to_owned(),
        (Kind::Number, _, true) => format!("to the power of negative {}", numbers::decimal(token.text)),
        (Kind::Number, ..) => format!("to the power of {}", numbers::decimal(token.text)),
        (Kind::Word, _, true) => format!("to the power of negative {}", token.text),
        (Kind::Word, ..) if token.text == "th" => return Reading::new(at + 1 - i, ""),
        (Kind::Word, ..) => format!("to the power of {}", token.text),
        _ => return Reading::new(1, ""),
    };
    // "10^3 m": the unit after a power of a number.
    let number = reader.before(i).is_some_and(|t| t.kind == Kind::Number);
    let spaced = reader.at(i + used).is_some_and(|t| t.spaced);
    match quantity::unit_after(reader, i + used, false).filter(|_| number && spaced) {
        Some(unit) => Reading::new(used + unit.used, format!("{words} {}", unit.words)),
        None => Reading::new(used, words),
    }
}

fn fraction_follows(reader: &Reader<'_>, at: usize) -> bool {
    reader.glued_sign(at + 1, '/') && reader.glued(at + 2).is_some_and(|t| t.kind == Kind::Number)
}

/// "√16"; what is under the sign is read next.
pub fn root(reader: &Reader<'_>, i: usize) -> Option<Reading> {
    let token = reader.at(i)?;
    let name = match () {
        () if token.is('√') => "the square root of",
        () if token.is('∛') => "the cube root of",
        () => return None,
    };
    let times = if !token.spaced && reader.ends_operand(i) { "times " } else { "" };
    Reading::new(1, format!("{times}{name}"))
}

/// Every way of writing a multiplication: "12 x 7", "12×7", "3 * 4", "a · b".
pub fn times(reader: &Reader<'_>, i: usize) -> Option<Reading> {
    let token = reader.at(i)?;
    let sign = token.is('×') || token.is('·') || token.is('*');
    let letter = matches!(token.letter(), Some('x' | 'X'));
    if !sign && !letter {
        return None;
    }
    let after = reader.at(i + 1);
    let operands =
        reader.ends_operand(i) && (reader.starts_operand(i + 1) || negative_follows(reader, i + 1));
    let even = after.is_some_and(|t| t.spaced == token.spaced);
    if letter {
        // "2x 3" is a variable; "12x7" and "12 x 7" are products; so is "l x w" with spaces.
        let number_side = reader.before(i).is_some_and(|t| t.kind != Kind::Word || reader.is_unit(i - 1));
        let next_number = after.is_some_and(|t| t.kind != Kind::Word || t.letter().is_some() && token.spaced);
        if !(operands && even && next_number && (number_side || token.spaced)) {
            return None;
        }
        if reader.before(i).is_some_and(|t| t.kind == Kind::Sign && !token.spaced) {
            return None;
        }
    } else if !operands {
        // Emphasis, or a bullet.
        return Reading::new(1, if token.is('×') { "times" } else { "" });
    } else if token.is('*') && !even {
        return Reading::new(1, "");
    }
    Reading::new(1, if reader.is_dimension(i) { "by" } else { "times" })
}

fn negative_follows(reader: &Reader<'_>, i: usize) -> bool {
    reader.at(i).is_some_and(|t| t.is('-') || t.is('−'))
        && reader.glued(i + 1).is_some_and(|t| t.kind == Kind::Number)
}

/// Hyphens and dashes: minus, negative, a range, a joined word, or a pause.
pub fn minus(reader: &Reader<'_>, i: usize) -> Option<Reading> {
    let token = reader.at(i)?;
    if token.is('—') {
        return Reading::new(1, ",");
    }
    if !token.is('-') && !token.is('−') && !token.is('–') {
        return None;
    }
    let sure = token.is('−');
    let Some(after) = reader.at(i + 1).filter(|t| t.kind != Kind::Line) else { return Reading::new(1, ",") };
    if after.is('-') {
        // "--" is a dash.
        return Reading::new(2, ",");
    }
    let operand_before = reader.ends_operand(i);
    let operand_after = reader.starts_operand(i + 1) || negative_follows(reader, i + 1);
    let before = reader.before(i);
    let number = |t: Option<&Token<'_>>| t.is_some_and(|t| t.kind == Kind::Number);
    let says = |words: &str| Reading::new(1, words);
    match (token.spaced, after.spaced) {
        // "word-word", "10-12", "x-3"
        (false, false) => match (before.map(|t| t.kind), after.kind) {
            (Some(Kind::Word), Kind::Word) => {
                let letters = before.and_then(Token::letter).zip(after.letter());
                let variables = letters.is_some_and(|(a, b)| a.is_lowercase() && b.is_lowercase());
                if sure || (variables && reader.equation) { says("minus") } else { says("") }
            }
            (Some(Kind::Number), Kind::Number) => {
                let falls = before.and_then(Token::whole).zip(after.whole()).is_none_or(|(a, b)| a >= b);
                let asked = i.checked_sub(2).is_some_and(|at| ASKS.contains(&reader.lower(at).as_str()));
                let money = before.is_some() && i >= 2 && reader.at(i - 2).is_some_and(|t| t.is('$'));
                let subtracts = sure || reader.equation || (token.is('-') && (falls || asked));
                if subtracts && !money { says("minus") } else { says("to") }
            }
            (Some(Kind::Number), Kind::Sign) if after.is('$') => says("to"),
            (Some(Kind::Number), Kind::Word) if after.letter().is_none() && !reader.is_factors(i + 1) => {
                says("")
            }
            (Some(Kind::Word), Kind::Number) if !operand_before => says(""),
            (Some(Kind::Word), Kind::Number)
                if before.and_then(Token::letter).is_some_and(char::is_uppercase) =>
            {
                says("")
            }
            _ if operand_before && operand_after => says("minus"),
            _ if operand_after && (number(Some(after)) || reader.equation) => says("negative"),
            _ => says(""),
        },
        // " -5"
        (true, false) => {
            if operand_before
                && operand_after
                && (sure || reader.equation || number(before))
                && before.is_some()
            {
                says("minus")
            } else if number(Some(after)) || (operand_after && (reader.equation || sure || after.is('$'))) {
                says("negative")
            } else {
                says(",")
            }
        }
        // "7- 5", "pre- and"
        (false, true) => says(if operand_before && operand_after { "minus" } else { "" }),
        // "7 - 5", "wait - what"
        (true, true) => says(if operand_before && operand_after || sure { "minus" } else { "," }),
    }
}

/// A stroke between two things: "over", "divided by", "or".
pub fn stroke(reader: &Reader<'_>, i: usize) -> Option<Reading> {
    let token = reader.at(i)?;
    if token.kind == Kind::Word && reader.glued_sign(i + 1, '/') {
        let first = reader.lower(i);
        let second = reader.glued(i + 2).map_or_else(String::new, |_| reader.lower(i + 2));
        if let Some((.., words)) = STROKES.iter().find(|(a, b, _)| *a == first && *b == second) {
            let calculates = reader.equation && first.len() == 1;
            if !calculates {
                return Reading::new(3, *words);
            }
        }
        if first == "w" && second.is_empty() {
            return Reading::new(2, "with");
        }
    }
    if !token.is('/') {
        return None;
    }
    let after = reader.at(i + 1)?;
    if reader.ends_operand(i) && reader.starts_operand(i + 1) {
        return Reading::new(1, if token.spaced && after.spaced { "divided by" } else { "over" });
    }
    let words = reader.before(i).is_some_and(|t| t.kind == Kind::Word) && after.kind == Kind::Word;
    Reading::new(1, if words { "or" } else { "" })
}
