//! Takes a gloss of WordNet apart.

/// Longest definition in characters; what is longer is a lecture.
const LONGEST: usize = 220;

/// The definition that is said, and the first example.
///
/// A gloss is clauses divided by semicolons; examples stand in quotation marks. Labels in brackets are dropped, and of
/// several clauses only the first is kept: the later ones repeat it or wander off.
#[must_use]
pub fn take_apart(gloss: &str) -> (String, String) {
    let mut definition = String::new();
    let mut example = String::new();
    for clause in clauses(gloss) {
        let clause = clause.trim();
        if let Some(quoted) = clause.strip_prefix('"') {
            if example.is_empty() {
                example = quoted.split('"').next().unwrap_or_default().trim().to_owned();
            }
        } else if definition.is_empty() {
            let plain = plain(clause);
            if plain.chars().filter(|c| c.is_alphabetic()).count() >= 2 && plain.len() <= LONGEST {
                definition = plain;
            }
        }
    }
    (definition, plain(&example))
}

/// Divided at semicolons outside of brackets and quotation marks.
fn clauses(gloss: &str) -> Vec<&str> {
    let (mut depth, mut quoted, mut from) = (0_u32, false, 0);
    let mut clauses = Vec::new();
    for (at, c) in gloss.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ';' if depth == 0 && !quoted => {
                clauses.push(&gloss[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    clauses.push(&gloss[from..]);
    clauses
}

/// Without what stands in brackets, and with quotation marks that a voice passes over.
fn plain(text: &str) -> String {
    let mut depth = 0_u32;
    let mut kept = String::new();
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '`' | '"' => {}
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    let words: Vec<&str> = kept.split_whitespace().collect();
    let text = words.join(" ").replace(" ,", ",").replace("--", ", ").replace(" ,", ",").replace(",,", ",");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.trim_matches(|c: char| matches!(c, ',' | ':' | ';' | '.' | ' ' | '\'')).to_owned();
    // A closing mark of `this' kind has lost its partner.
    unpaired(&text)
}

/// Apostrophes stay where letters are on both sides, or after an s.
fn unpaired(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let keep = |at: usize| {
        let before = at.checked_sub(1).and_then(|at| chars.get(at));
        let after = chars.get(at + 1);
        before.is_some_and(|c| c.is_alphanumeric()) && after.is_some_and(|c| c.is_alphanumeric())
            || before == Some(&'s')
    };
    chars.iter().enumerate().filter(|(at, c)| **c != '\'' || keep(*at)).map(|(_, c)| c).collect()
}

#[cfg(test)]
mod tests {
    use super::take_apart;

    #[test]
    fn definitions_and_examples_come_apart() {
        for (gloss, definition, example) in [
            (
                "forsake, leave behind; \"We abandoned the old car in the empty parking lot\"",
                "forsake, leave behind",
                "We abandoned the old car in the empty parking lot",
            ),
            ("(astronomy) a star (such as the sun); seen at night; \"a; b\"; \"c\"", "a star", "a; b"),
            ("(often followed by `of') the earth's crust", "the earth's crust", ""),
            ("the mark `x' of a student's name", "the mark x of a student's name", ""),
            ("(music)", "", ""),
            ("", "", ""),
            ("(((", "", ""),
            ("\"only an example", "", "only an example"),
        ] {
            assert_eq!(take_apart(gloss), (definition.to_owned(), example.to_owned()), "{gloss}");
        }
    }
}
