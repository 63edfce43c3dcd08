//! What a child says to a proctor: the number of a question and a letter, and little else.

use iseetutor_numbers::text::words;

/// Something that was said to the proctor about a question on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// "Five, B": question, counted from 1, and choice.
    Answer { question: usize, choice: usize },
    /// "Flag twelve."
    Flag { question: usize },
    /// "Take back nine."
    Clear { question: usize },
}

/// The letters, and how they are said or heard beside a number.
const LETTERS: [&[&str]; 4] = [
    &["a", "alpha", "alfa", "hey", "eh", "ay"],
    &["b", "bravo", "be", "bee"],
    &["c", "charlie", "see", "sea", "cee"],
    &["d", "delta", "dee"],
];

fn letter(word: &str) -> Option<usize> {
    LETTERS.iter().position(|names| names.contains(&word))
}

/// A number of a question, in digits or words.
fn number(word: &str) -> Option<usize> {
    const UNITS: [&str; 20] = [
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
    const TENS: [(&str, usize); 3] = [("twenty", 20), ("thirty", 30), ("forty", 40)];
    if let Ok(number) = word.parse() {
        return Some(number);
    }
    let unit = |word: &str| UNITS.iter().position(|name| *name == word);
    unit(word).or_else(|| {
        let (name, ten) = TENS.iter().find(|(name, _)| word.starts_with(name))?;
        match word[name.len()..].trim_start_matches('-') {
            "" => Some(*ten),
            rest => unit(rest).filter(|unit| (1..10).contains(unit)).map(|unit| ten + unit),
        }
    })
}

/// Everything that was said about questions, in order: "one A, two C, flag three".
pub(super) fn read(said: &str) -> Vec<Said> {
    let words = words(said);
    let mut all = Vec::new();
    let (mut question, mut verb) = (None, "");
    let mut at = 0;
    while let Some(word) = words.get(at) {
        at += 1;
        let next = words.get(at).map(String::as_str).unwrap_or_default();
        match word.as_str() {
            "flag" | "mark" => verb = "flag",
            "clear" | "erase" | "blank" => verb = "clear",
            "take" if next == "back" => verb = "clear",
            word => {
                if let (Some(choice), Some(question)) = (letter(word), question) {
                    // "Five, A, no, B" is one answer: the last one said counts.
                    let again = matches!(all.last(), Some(Said::Answer { question: before, .. }) if *before == question);
                    if again {
                        all.pop();
                    }
                    all.push(Said::Answer { question, choice });
                    continue;
                }
                let Some(mut found) = number(word) else { continue };
                // "Twenty one" in two words.
                if matches!(word, "twenty" | "thirty" | "forty" | "20" | "30" | "40")
                    && let Some(unit) = number(next).filter(|unit| (1..10).contains(unit))
                {
                    found += unit;
                    at += 1;
                }
                match verb {
                    "flag" => all.push(Said::Flag { question: found }),
                    "clear" => all.push(Said::Clear { question: found }),
                    _ => question = Some(found),
                }
                verb = "";
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{Said, read};

    #[test]
    fn numbers_and_letters_are_answers() {
        let answer = |question, choice| Said::Answer { question, choice };
        for (said, expected) in [
            ("five B", vec![answer(5, 1)]),
            ("Number 12 is C.", vec![answer(12, 2)]),
            ("question twenty-one, delta", vec![answer(21, 3)]),
            ("twenty one a", vec![answer(21, 0)]),
            ("30 b", vec![answer(30, 1)]),
            ("one A, two C, three see", vec![answer(1, 0), answer(2, 2), answer(3, 2)]),
            ("number five, A, no, B", vec![answer(5, 1)]),
            ("five A, I mean C", vec![answer(5, 2)]),
            ("flag seven", vec![Said::Flag { question: 7 }]),
            ("take back nine", vec![Said::Clear { question: 9 }]),
            ("B", vec![]),
            ("how much time is left", vec![]),
            ("be quiet", vec![]),
        ] {
            assert_eq!(read(said), expected, "{said}");
        }
    }
}
