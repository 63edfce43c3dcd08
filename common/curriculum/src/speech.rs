//! Written mathematics as it is said.

/// A question as it is said: every line a sentence, every sign a word.
#[must_use]
pub fn stem(text: &str) -> String {
    let lines: Vec<String> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| {
            let line = line.replace("Column A:", "Column A is").replace("Column B:", "Column B is");
            let said = phrase(&line);
            let said = if line.ends_with(')') { said.trim_end_matches(',') } else { &said };
            if said.ends_with(['.', '?', '!', ',', ';', ':']) { said.to_owned() } else { format!("{said}.") }
        })
        .collect();
    lines.join(" ")
}

/// A phrase as it is said. Whole numbers and decimals stay digits, which the voice reads.
#[must_use]
pub fn phrase(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len() + 16);
    let mut i = 0;
    while i < chars.len() {
        i = one(&chars, i, &mut out);
    }
    let mut said = String::with_capacity(out.len());
    for part in out.split_whitespace() {
        // Two letters side by side are two factors.
        let part = if part.trim_end_matches(['.', ',', '?', ';', ':', '!']) == "xy" {
            &part.replace("xy", "x y")
        } else {
            part
        };
        let mark = part.starts_with(['.', ',', '?', ';', ':', '!']);
        // A pause of parentheses gives way to the mark that follows it.
        if mark && said.ends_with(',') {
            said.pop();
        }
        if !said.is_empty() && !mark {
            said.push(' ');
        }
        said.push_str(part);
    }
    said
}

/// Says what begins at `i` and returns where the next begins.
fn one(chars: &[char], i: usize, out: &mut String) -> usize {
    let c = chars[i];
    let before = i.checked_sub(1).and_then(|at| chars.get(at)).copied().unwrap_or(' ');
    let after = chars.get(i + 1).copied().unwrap_or(' ');
    let mut word = |said: &str| {
        out.push(' ');
        out.push_str(said);
        out.push(' ');
    };
    if c == '$' && after.is_ascii_digit() {
        return money(chars, i + 1, out);
    }
    if c.is_ascii_digit() {
        return number(chars, i, out);
    }
    if SUPERSCRIPTS.contains(c) {
        let end = (i..chars.len()).find(|at| !SUPERSCRIPTS.contains(chars[*at])).unwrap_or(chars.len());
        word(&exponent(&chars[i..end]));
        return end;
    }
    match c {
        '×' | '·' => word("times"),
        '÷' => word("divided by"),
        '+' => word("plus"),
        '\u{2212}' => word(if before.is_whitespace() && after.is_whitespace() {
            "minus"
        } else if before == ' ' || before == '(' {
            "negative"
        } else {
            "minus"
        }),
        '=' => word("equals"),
        '≠' => word("is not equal to"),
        '<' => word("is less than"),
        '>' => word("is greater than"),
        '≤' => word("is less than or equal to"),
        '≥' => word("is greater than or equal to"),
        '√' if before.is_alphanumeric() => word("times the square root of"),
        '√' => word("the square root of"),
        '∛' => word("the cube root of"),
        'π' => word("pi"),
        '°' => word("degrees"),
        '%' => word("percent"),
        '∠' => word("angle"),
        '△' => word("triangle"),
        '|' => word("bar"),
        '_' => {
            let end = (i..chars.len()).find(|at| chars[*at] != '_').unwrap_or(chars.len());
            word("blank");
            return end;
        }
        '/' if before.is_alphanumeric() || before == ')' => word("over"),
        '(' if before == ')' => word("times,"),
        '(' | ')' => word(","),
        _ => out.push(c),
    }
    i + 1
}

/// The raised digits in order, and the raised minus sign.
const SUPERSCRIPTS: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻";

/// "squared", "to the fourth power", "to the power of negative 3", "to the power of 12".
fn exponent(raised: &[char]) -> String {
    let plain: String = raised
        .iter()
        .filter_map(|c| SUPERSCRIPTS.chars().zip("0123456789-".chars()).find(|(one, _)| one == c))
        .map(|(_, digit)| digit)
        .collect();
    match plain.as_str() {
        "2" => "squared".into(),
        "3" => "cubed".into(),
        "4" => "to the fourth power".into(),
        "5" => "to the fifth power".into(),
        "6" => "to the sixth power".into(),
        other => format!("to the power of {}", other.replace('-', "negative ")),
    }
}

/// Digits from `i`, with commas between thousands and a decimal part; where they end.
fn digits(chars: &[char], i: usize) -> usize {
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let mut end = i;
    while digit(end) || (matches!(chars.get(end), Some(',' | '.')) && digit(end + 1) && end > i) {
        end += 1;
    }
    end
}

fn number(chars: &[char], i: usize, out: &mut String) -> usize {
    let end = digits(chars, i);
    let text: String = chars[i..end].iter().collect();
    let slash = chars.get(end) == Some(&'/') && chars.get(end + 1).is_some_and(char::is_ascii_digit);
    // A fraction, alone or after a whole number; a letter before makes it "over".
    if slash {
        let end_below = digits(chars, end + 1);
        let below: String = chars[end + 1..end_below].iter().collect();
        let followed = chars.get(end_below).is_some_and(|c| c.is_alphanumeric() || *c == '(');
        if let (Ok(above), Ok(below), false) = (text.parse::<i64>(), below.parse::<i64>(), followed) {
            // "2 1/3" is two and one third.
            let whole_before = out.trim_end().chars().last().is_some_and(|c| c.is_ascii_digit())
                && i.checked_sub(1).and_then(|at| chars.get(at)) == Some(&' ');
            if whole_before {
                out.push_str(" and ");
            }
            out.push_str(&fraction(above, below));
            return end_below;
        }
    }
    out.push_str(&text);
    // "3x" is said as two words, and so is "5(2 + 1)"; "3rd" and "4th" are one.
    let rest: String = chars[end..].iter().take_while(|c| c.is_alphabetic()).collect();
    let ordinal = matches!(rest.as_str(), "st" | "nd" | "rd" | "th" | "s");
    match chars.get(end) {
        Some('(') => out.push_str(" times "),
        Some(c) if c.is_alphabetic() && !ordinal => out.push(' '),
        _ => {}
    }
    end
}

/// "three fourths", "one half", "7 over 12" for denominators that have no handy word.
fn fraction(above: i64, below: i64) -> String {
    const NAMES: [(i64, &str, &str); 16] = [
        (2, "half", "halves"),
        (3, "third", "thirds"),
        (4, "fourth", "fourths"),
        (5, "fifth", "fifths"),
        (6, "sixth", "sixths"),
        (7, "seventh", "sevenths"),
        (8, "eighth", "eighths"),
        (9, "ninth", "ninths"),
        (10, "tenth", "tenths"),
        (11, "eleventh", "elevenths"),
        (12, "twelfth", "twelfths"),
        (15, "fifteenth", "fifteenths"),
        (16, "sixteenth", "sixteenths"),
        (20, "twentieth", "twentieths"),
        (100, "hundredth", "hundredths"),
        (1000, "thousandth", "thousandths"),
    ];
    match NAMES.iter().find(|(n, _, _)| *n == below) {
        Some((_, one, _)) if above == 1 => format!("one {one}"),
        Some((_, _, many)) => format!("{} {many}", crate::story::spelled(above)),
        None => format!("{above} over {below}"),
    }
}

fn money(chars: &[char], i: usize, out: &mut String) -> usize {
    let end = digits(chars, i);
    let text: String = chars[i..end].iter().collect();
    let (dollars, cents) = text.split_once('.').unwrap_or((&text, ""));
    let noun = |n: &str, one: &'static str, many: &'static str| if n == "1" { one } else { many };
    let cents = cents.trim_start_matches('0');
    let dollars_said = format!("{dollars} {}", noun(dollars, "dollar", "dollars"));
    let cents_said = format!("{cents} {}", noun(cents, "cent", "cents"));
    let said = match (dollars, cents) {
        (_, "") => dollars_said,
        ("0", _) => cents_said,
        _ => format!("{dollars_said} and {cents_said}"),
    };
    out.push_str(&said);
    end
}

#[cfg(test)]
mod tests {
    use super::{phrase, stem};

    #[test]
    fn signs_become_words() {
        for (written, said) in [
            ("3/4 + 1/2", "three fourths plus one half"),
            ("2 1/3", "2 and one third"),
            ("7/13", "7 over 13"),
            ("\u{2212}5", "negative 5"),
            ("8 \u{2212} 5 = 3", "8 minus 5 equals 3"),
            ("3x + 2 ≤ 11", "3 x plus 2 is less than or equal to 11"),
            ("5² × √49", "5 squared times the square root of 49"),
            ("4.5 × 10⁻³", "4.5 times 10 to the power of negative 3"),
            ("10¹²", "10 to the power of 12"),
            ("6√2", "6 times the square root of 2"),
            ("$4.50", "4 dollars and 50 cents"),
            ("$0.05", "5 cents"),
            ("$1", "1 dollar"),
            ("25%", "25 percent"),
            ("40°", "40 degrees"),
            ("1,250 feet", "1,250 feet"),
            ("the 3rd day", "the 3rd day"),
            ("5(x + 2)", "5 times, x plus 2,"),
            ("(x + 2)(x + 3)?", ", x plus 2, times, x plus 3?"),
            ("6xy, 2", "6 x y, 2"),
        ] {
            assert_eq!(phrase(written).replace("  ", " "), said, "{written}");
        }
        assert_eq!(
            stem("x > 2\nColumn A: x²\nColumn B: 4"),
            "x is greater than 2. Column A is x squared. Column B is 4."
        );
        assert_eq!(stem("Choose the word: ____ is best."), "Choose the word: blank is best.");
    }
}
