//! Checks what a language model says about numbers before it is said.

use super::integers::is_prime;
use super::reader::{read_all, read_number};
use iseetutor_numbers::text::{Token, tokens};

/// Tokens on one side of an equality that are looked at; claims that a model makes are shorter.
const WIDEST: usize = 24;

/// A statement about numbers that is not true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The statement as it was understood.
    pub claimed: String,
}

/// The first statement about numbers in `sentence` that computation shows to be wrong.
///
/// Statements that are not understood are let through; so this blocks falsehoods and proves nothing.
#[must_use]
pub fn wrong_claim(sentence: &str) -> Option<Claim> {
    let tokens = tokens(sentence);
    (0..tokens.len()).find_map(|at| {
        let used = equality(&tokens[at..])?;
        wrong_equality(&tokens[..at], &tokens[at + used..], tokens[at].is_sign('='))
            .or_else(|| wrong_property(&tokens[..at], &tokens[at + used..]))
    })
}

/// How many tokens at the beginning say that two sides are equal.
fn equality(tokens: &[Token]) -> Option<usize> {
    match tokens {
        [is, equal, to, ..] if is.is("is") && equal.is("equal") && to.is("to") => Some(3),
        [is, the, same, as_, ..] if is.is("is") && the.is("the") && same.is("same") && as_.is("as") => {
            Some(4)
        }
        [first, ..] if first.is_sign('=') => Some(1),
        [first, ..]
            if ["is", "equals", "equal", "makes", "make", "gives", "are"]
                .iter()
                .any(|word| first.is(word)) =>
        {
            Some(1)
        }
        _ => None,
    }
}

fn wrong_equality(before: &[Token], after: &[Token], signed: bool) -> Option<Claim> {
    // "about 3.3" claims nothing exact.
    if after.first().is_some_and(|token| {
        ["about", "approximately", "roughly", "almost", "nearly"].iter().any(|w| token.is(w))
    }) {
        return None;
    }
    // The longest arithmetic that ends here and the longest that begins here.
    let from = (before.len().saturating_sub(WIDEST)..before.len())
        .find(|from| read_all(&before[*from..]).is_some())?;
    let left = read_all(&before[from..])?;
    // What an unknown is added to ("x + 3 = 5") claims nothing by itself.
    if from.checked_sub(1).is_some_and(|at| is_operator(&before[at])) {
        return None;
    }
    let right = (1..=after.len().min(WIDEST)).rev().find_map(|to| read_all(&after[..to]))?;
    // In words, two plain numbers claim nothing: "page 5 is 6 lines long".
    if !signed && !left.has_operation() && !right.has_operation() {
        return None;
    }
    let wrong = match (left.evaluate(), right.evaluate()) {
        (Ok(a), Ok(b)) => a != b,
        // A value is claimed for something that has none.
        _ => true,
    };
    wrong.then(|| Claim { claimed: format!("{left} = {right}") })
}

fn is_operator(token: &Token) -> bool {
    match token {
        Token::Sign(sign) => "+-×÷/^".contains(*sign),
        Token::Word(word) => ["plus", "minus", "times", "over", "by", "of", "x"].contains(&word.as_str()),
        _ => false,
    }
}

/// "51 is a prime number", "7 is even".
fn wrong_property(before: &[Token], after: &[Token]) -> Option<Claim> {
    let number = read_number(before.last().map(std::slice::from_ref)?)?;
    let mut words = after
        .iter()
        .map_while(Token::word)
        .filter(|word| !["a", "an", "also", "indeed"].contains(word))
        .peekable();
    let denied = words.next_if_eq(&"not").is_some();
    let words = words.filter(|word| !["a", "an"].contains(word)).take(1).collect::<Vec<_>>();
    let whole = number.as_whole()?;
    let true_of_it = match *words.first()? {
        "prime" => is_prime(number)?,
        "composite" => whole > 1 && !is_prime(number)?,
        "even" => whole % 2 == 0,
        "odd" => whole % 2 != 0,
        _ => return None,
    };
    (true_of_it == denied)
        .then(|| Claim { claimed: format!("{number} is {}{}", if denied { "not " } else { "" }, words[0]) })
}

#[cfg(test)]
mod tests {
    use super::wrong_claim;

    #[test]
    fn wrong_statements_are_found() {
        for wrong in [
            "12 times 7 is 85.",
            "So 12 × 7 = 85, you see.",
            "Well, twelve times seven is eighty-five.",
            "First, 3/4 + 1/8 = 4/12.",
            "The square root of 144 is 14.",
            "15% of 80 is 15.",
            "Half of 10 is 4.",
            "85 is 12 times 7.",
            "51 is a prime number.",
            "7 is even.",
            "13 is not prime.",
            "5 divided by 0 is 0.",
            "2 + 2 = 4 = 5",
            "1/3 is 0.33 + 0",
        ] {
            assert!(wrong_claim(wrong).is_some(), "{wrong}");
        }
    }

    #[test]
    fn true_and_other_statements_pass() {
        for right in [
            "12 times 7 is 84.",
            "So 12 × 7 = 84, you see.",
            "First, 3/4 + 1/8 = 7/8.",
            "The square root of 144 is 12.",
            "10 divided by 3 is about 3.33.",
            "13 is a prime number.",
            "7 is not even.",
            "There are 3 apples and the answer is 12.",
            "Page 5 is 6 lines long.",
            "If x + 3 = 5, then x = 2.",
            "A triangle has three sides.",
            "It is one of the 50 states.",
            "",
        ] {
            assert_eq!(wrong_claim(right), None, "{right}");
        }
    }
}
