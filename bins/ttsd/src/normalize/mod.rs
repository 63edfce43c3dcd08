//! Turns written text into the words that a teacher would say.
//!
//! "3/4" becomes "three fourths", "x^2" "x squared", "$4.50" "four dollars and fifty cents". What comes out
//! holds only letters, apostrophes, spaces and the marks `, . ? ! ; :`, whatever went in. A capital A standing
//! alone is the letter's name; a small one is the article.
//!
//! The steps: markup is stripped (`markup`), characters are made plain (`clean`), the rest is cut into
//! tokens (`token`), and the first rule that fits at each place says what is there (`reader`). What things are
//! read as is in `tables`. The time is linear in the text: every rule looks a bounded way ahead.
//!
//! Decisions that could have gone the other way:
//! - "ISEE" is said as a word, "eye see", as the people who give the exam say it.
//! - "and" stands only before a fraction: 105 is "one hundred five", 1 1/2 "one and one half".
//! - 1/4 is "one fourth", as in American school books, never "a quarter".
//! - "12 x 7" is "times", "12 ft x 7 ft" and "a 3 x 5 grid" are "by".
//! - "10-7" falls and is a subtraction, "7-10" rises and is a range, unless a calculation is asked for.

mod calendar;
mod clean;
mod groups;
mod letters;
mod markdown;
mod markup;
mod math;
mod numbers;
mod quantity;
mod reader;
mod symbols;
mod tables;
mod tags;
mod token;
mod words;

use reader::Reader;

/// Removes markup and makes characters plain; line ends stay. The first half of [`normalize`], for text that is
/// to be cut into clauses before it is read.
#[must_use]
pub fn clean(text: &str) -> String {
    clean::characters(&markup::strip(text))
}

/// Reads text that went through [`clean()`].
#[must_use]
pub fn read(cleaned: &str) -> String {
    tidy(&Reader::new(cleaned).read())
}

/// Turns written text into spoken words.
///
/// ```
/// assert_eq!(ttsd::normalize::normalize("What is 3/4 of $12?"), "What is three fourths of twelve dollars?");
/// ```
#[must_use]
pub fn normalize(text: &str) -> String {
    read(&clean(text))
}

/// Puts punctuation in order: none at the start, none doubled, no space before it.
fn tidy(text: &str) -> String {
    const MARKS: &str = ",.?!;:";
    /// How strongly a mark separates; the strongest of several wins.
    fn strength(mark: char) -> u8 {
        match mark {
            ',' => 0,
            ':' | ';' => 1,
            '.' => 2,
            '!' => 3,
            _ => 4,
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut mark: Option<char> = None;
    let mut space = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let joins = c == '-' && !space && mark.is_none() && chars.peek().is_some_and(|c| c.is_alphabetic());
        if joins && out.ends_with(char::is_alphabetic) {
            // "twenty-one": the only hyphens that are left come from number words.
            out.push(c);
        } else if MARKS.contains(c) {
            mark = Some(match mark {
                Some(old) if strength(old) >= strength(c) => old,
                _ => c,
            });
        } else if c.is_whitespace() || c == '-' {
            space = true;
        } else if c.is_alphanumeric() || c == '\'' || matches!(c, '\u{300}'..='\u{36f}') {
            if !out.is_empty() {
                out.extend(mark);
                if space || mark.is_some() {
                    out.push(' ');
                }
            }
            out.push(c);
            (mark, space) = (None, false);
        }
    }
    if !out.is_empty() {
        out.extend(mark);
    }
    out
}
