//! Mathematics as it is written in questions (`3/4`, `x²`, `√50`, `(x + 1)²`), set as MathML. All else stays text.

use crate::shell::Html;
use crate::text::escape;

/// How deep parentheses are followed.
const DEPTH: usize = 8;

/// A text with its mathematics set. Everything is escaped.
#[must_use]
pub fn text(written: &str) -> Html {
    let characters: Vec<char> = written.chars().collect();
    let mut out = String::with_capacity(written.len() + 64);
    let mut plain = String::new();
    let mut at = 0;
    while let Some(&character) = characters.get(at) {
        let begins = at == 0 || characters.get(at - 1).is_some_and(|before| starts_after(*before));
        let found = if begins { formula(&characters, at, 0) } else { None };
        if let Some((markup, end)) = found.filter(|(_, end)| *end > at) {
            out.push_str(&escape(&plain));
            plain.clear();
            out.push_str("<math>");
            out.push_str(&markup);
            out.push_str("</math>");
            at = end;
        } else {
            plain.push(character);
            at += 1;
        }
    }
    out.push_str(&escape(&plain));
    Html::trusted(out)
}

/// Whether a formula can begin after a character.
fn starts_after(before: char) -> bool {
    !(before.is_alphanumeric()
        || matches!(before, '/' | '.' | ',' | ')' | '\'' | '\u{2019}')
        || raised(before).is_some())
}

/// The digit or sign that is written raised.
fn raised(character: char) -> Option<char> {
    Some(match character {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴' => '4',
        '⁵' => '5',
        '⁶' => '6',
        '⁷' => '7',
        '⁸' => '8',
        '⁹' => '9',
        '⁻' => '\u{2212}',
        'ⁿ' => 'n',
        _ => return None,
    })
}

/// A fraction, power or root that begins here, and where it ends; nothing if what is here is plain text.
fn formula(all: &[char], at: usize, depth: usize) -> Option<(String, usize)> {
    let (left, mut end, mut special) = factors(all, at, depth)?;
    let mut markup = left;
    if all.get(end) == Some(&'/')
        && let Some((below, after, _)) = factors(all, end + 1, depth)
    {
        // `1/2/2027` is a day, and `3/4x` says nothing sure.
        if all.get(after).is_some_and(|next| *next == '/' || next.is_alphanumeric()) {
            return None;
        }
        markup = format!("<mfrac>{}{}</mfrac>", row(&markup), row(&below));
        (end, special) = (after, true);
    }
    if all.get(end).is_some_and(|next| next.is_alphanumeric()) {
        return None;
    }
    special.then_some((markup, end))
}

fn row(markup: &str) -> String {
    format!("<mrow>{markup}</mrow>")
}

/// One factor or several without a sign between them, such as `3x²`; whether there is a power or root in it.
fn factors(all: &[char], at: usize, depth: usize) -> Option<(String, usize, bool)> {
    let (mut markup, mut end, mut special) = factor(all, at, depth)?;
    while let Some(next) = all.get(end) {
        // Letters in a row are a word, such as those of `km/h`.
        if next.is_ascii_alphabetic() && all.get(end - 1).is_some_and(char::is_ascii_alphabetic) {
            return None;
        }
        // A number is followed by letters, never a letter by a number.
        if !(next.is_ascii_alphabetic() || *next == '√' || *next == '(') {
            break;
        }
        let Some((more, after, is_special)) = factor(all, end, depth) else { break };
        // `(a)(b)` and `3(x + 1)` are products; a word is not.
        if *next == '(' && !is_special && all.get(after) != Some(&'/') {
            break;
        }
        markup.push_str(&more);
        (end, special) = (after, special || is_special);
    }
    Some((markup, end, special))
}

/// A number, a letter, a group or a root, with its power.
fn factor(all: &[char], at: usize, depth: usize) -> Option<(String, usize, bool)> {
    if depth > DEPTH {
        return None;
    }
    let first = *all.get(at)?;
    let (base, mut end, mut special) = match first {
        '√' => {
            let (inner, end, _) = factor(all, at + 1, depth + 1)?;
            (format!("<msqrt>{inner}</msqrt>"), end, true)
        }
        '(' => {
            let close = closing(all, at)?;
            let inner = expression(all.get(at + 1..close)?, depth + 1);
            (row(&format!("<mo>(</mo>{inner}<mo>)</mo>")), close + 1, false)
        }
        _ if first.is_ascii_digit() => {
            let end = number_end(all, at);
            (format!("<mn>{}</mn>", all.get(at..end)?.iter().collect::<String>()), end, false)
        }
        // A letter alone, or before a power, is a variable; letters in a row are a word.
        _ if first.is_ascii_alphabetic() => (format!("<mi>{first}</mi>"), at + 1, false),
        _ => return None,
    };
    let power: String = all.get(end..)?.iter().map_while(|one| raised(*one)).collect();
    if power.is_empty() {
        return Some((base, end, special));
    }
    end += power.chars().count();
    special = true;
    let power = match power.strip_prefix('\u{2212}') {
        Some(rest) => format!("<mo>\u{2212}</mo>{}", name(rest)),
        None => name(&power),
    };
    Some((format!("<msup>{base}{}</msup>", row(&power)), end, special))
}

fn name(power: &str) -> String {
    if power.chars().all(|one| one.is_ascii_digit()) {
        format!("<mn>{power}</mn>")
    } else {
        format!("<mi>{power}</mi>")
    }
}

/// Where a number ends: digits, commas before three digits, a point before digits.
fn number_end(all: &[char], at: usize) -> usize {
    let digits = |from: usize| all.iter().skip(from).take_while(|one| one.is_ascii_digit()).count();
    let mut end = at + digits(at);
    while all.get(end) == Some(&',') && digits(end + 1) == 3 {
        end += 4;
    }
    if all.get(end) == Some(&'.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    end
}

fn closing(all: &[char], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (place, character) in all.iter().enumerate().skip(open).take(200) {
        match character {
            '(' => depth += 1,
            ')' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(place);
                }
            }
            _ => {}
        }
    }
    None
}

/// What stands in parentheses, as a row.
fn expression(all: &[char], depth: usize) -> String {
    let mut out = String::new();
    let mut at = 0;
    while let Some(&character) = all.get(at) {
        if let Some((markup, end)) = formula(all, at, depth) {
            out.push_str(&markup);
            at = end;
        } else if let Some((markup, end, _)) = factor(all, at, depth) {
            out.push_str(&markup);
            at = end;
        } else {
            if !character.is_whitespace() {
                out.push_str(&format!("<mo>{}</mo>", escape(&character.to_string())));
            }
            at += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn fractions_powers_and_roots_are_set() {
        let cases = [
            ("3/4", "<math><mfrac><mrow><mn>3</mn></mrow><mrow><mn>4</mn></mrow></mfrac></math>"),
            ("x²", "<math><msup><mi>x</mi><mrow><mn>2</mn></mrow></msup></math>"),
            ("√50", "<math><msqrt><mn>50</mn></msqrt></math>"),
            ("10⁻³", "<math><msup><mn>10</mn><mrow><mo>\u{2212}</mo><mn>3</mn></mrow></msup></math>"),
            (
                "(x + y)²",
                "<math><msup><mrow><mo>(</mo><mi>x</mi><mo>+</mo><mi>y</mi><mo>)</mo></mrow><mrow><mn>2</mn></mrow></msup></math>",
            ),
            ("k/x", "<math><mfrac><mrow><mi>k</mi></mrow><mrow><mi>x</mi></mrow></mfrac></math>"),
        ];
        for (written, set) in cases {
            assert_eq!(text(written).as_str(), set, "{written}");
        }
        assert!(text("Add 2 3/4 and 1/8.").as_str().starts_with("Add 2 <math>"));
        assert_eq!(text("5x² - 4").as_str().matches("<msup>").count(), 1);
        assert_eq!(text("2√3/4").as_str().matches("<msqrt>").count(), 1);
    }

    #[test]
    fn words_days_and_plain_numbers_stay_text() {
        for plain in [
            "and/or",
            "on 1/2/2027",
            "1,250 meters",
            "(see above)",
            "it's 5.",
            "A (B)",
            "3 + 4",
            "km/h",
            "f(x) = 2",
            "",
        ] {
            assert!(!text(plain).as_str().contains("<math>"), "{plain}: {}", text(plain));
        }
        assert_eq!(text("<b>&\"'").as_str(), "&lt;b&gt;&amp;&quot;&#39;");
        assert!(text(&"(".repeat(100_000)).as_str().len() >= 100_000);
    }
}
