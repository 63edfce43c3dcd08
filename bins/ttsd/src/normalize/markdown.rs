//! Markdown: list markers, links, emphasis, blanks. Each returns how many characters it took, 0 if there is none.

use super::markup::REACH;

/// Length of a list or heading marker at the start of a line; 0 if there is none.
pub(super) fn list_length(rest: &[char]) -> usize {
    let run = |wanted: &[char]| rest.iter().take(7).take_while(|c| wanted.contains(c)).count();
    let spaced = |n: usize| rest.get(n) == Some(&' ');
    let hashes = run(&['#']);
    if (1..=6).contains(&hashes) && spaced(hashes) {
        return hashes + 1;
    }
    if run(&['`']) >= 3 {
        return rest.iter().take(REACH).position(|c| *c == '\n').unwrap_or(3);
    }
    let bullet = matches!(rest.first(), Some('-' | '*' | '+' | '>' | '•')) && spaced(1);
    if bullet {
        // "- 5 is less than 3" at the start of a line is still a list item; a negative number is written "-5".
        return 2;
    }
    let digits = rest.iter().take(3).take_while(|c| c.is_ascii_digit()).count();
    if (1..=2).contains(&digits) && matches!(rest.get(digits), Some('.' | ')')) && spaced(digits + 1) {
        return digits + 2;
    }
    0
}

/// Writes what a list marker is read as and returns its length; an ordinary line has none.
pub(super) fn list_marker(rest: &[char], out: &mut String) -> usize {
    let length = list_length(rest);
    let number: String = rest.iter().take(length).take_while(|c| c.is_ascii_digit()).collect();
    if !number.is_empty() {
        out.push_str(&number);
        out.push_str(", ");
    }
    length
}

/// `[text](address)` and `![text](address)`: only the text is read.
pub(super) fn link(rest: &[char], out: &mut String) -> usize {
    let start = usize::from(rest.first() == Some(&'!'));
    if rest.get(start) != Some(&'[') {
        return 0;
    }
    let Some(close) = rest.iter().take(REACH).position(|c| *c == ']') else { return 0 };
    if rest.get(close + 1) != Some(&'(') {
        return 0;
    }
    let tail = rest.get(close + 2..).unwrap_or_default();
    let Some(end) = tail.iter().take(REACH).position(|c| *c == ')') else { return 0 };
    let address: String = tail.get(..end).unwrap_or_default().iter().collect();
    // "[5](3)" is a product, not a link.
    if !address.contains('/') && !address.contains('.') && !address.contains('#') {
        return 0;
    }
    out.extend(rest.get(start + 1..close).unwrap_or_default());
    close + 2 + end + 1
}

/// Two or more stars: a power between numbers, otherwise emphasis. One star is left to the reader.
pub(super) fn stars(rest: &[char], out: &mut String) -> usize {
    let run = rest.iter().take(REACH).take_while(|c| **c == '*').count();
    if run < 2 {
        return 0;
    }
    let digit_before = out.chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric() || c == ')');
    let digit_after = rest.get(run).is_some_and(char::is_ascii_digit);
    if run == 2 && digit_before && digit_after {
        out.push('^');
    }
    run
}

/// Underscores: three or more are a blank, two only when they stand alone, one is emphasis or part of a name.
pub(super) fn underscores(rest: &[char], out: &mut String) -> usize {
    let run = rest.iter().take_while(|c| **c == '_').count();
    let alone = |c: Option<&char>| c.is_none_or(|c| !c.is_alphanumeric());
    let before = out.chars().next_back();
    let stands_alone = alone(before.as_ref()) && alone(rest.get(run));
    if run >= 3 || (run == 2 && stands_alone) {
        out.push_str(" ____ ");
    } else if !alone(before.as_ref()) && !alone(rest.get(run)) {
        out.push(' ');
    }
    run
}
