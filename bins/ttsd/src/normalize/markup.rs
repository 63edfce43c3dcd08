//! Takes markup away before text is read: SSML and HTML tags, character entities, Markdown, LaTeX.
//!
//! Language models write all of these unasked, and a child must not hear "asterisk asterisk". Whatever is
//! not recognised stays as it is and is judged character by character later. One pass, with a look-ahead
//! of at most [`REACH`] characters, so the time is linear in the text whatever is in it.

use super::markdown::{link, list_length, list_marker, stars, underscores};
use super::tags::{entity, tag};

/// How far a closing bracket of markup is looked for.
pub(super) const REACH: usize = 256;

/// How deep LaTeX commands may lie in each other; deeper ones are dropped.
const DEPTH: usize = 6;

/// LaTeX commands that stand for one sign.
const COMMANDS: [(&str, &str); 34] = [
    ("times", "×"),
    ("cdot", "·"),
    ("div", "÷"),
    ("pm", "±"),
    ("le", "≤"),
    ("leq", "≤"),
    ("ge", "≥"),
    ("geq", "≥"),
    ("lt", "<"),
    ("gt", ">"),
    ("ne", "≠"),
    ("neq", "≠"),
    ("approx", "≈"),
    ("pi", "π"),
    ("theta", "θ"),
    ("alpha", "α"),
    ("beta", "β"),
    ("infty", "∞"),
    ("circ", "°"),
    ("degree", "°"),
    ("angle", "∠"),
    ("triangle", "△"),
    ("perp", "⊥"),
    ("parallel", "∥"),
    ("cong", "≅"),
    ("therefore", "∴"),
    ("to", "→"),
    ("rightarrow", "→"),
    ("ldots", "..."),
    ("dots", "..."),
    ("quad", " "),
    ("qquad", " "),
    ("left", ""),
    ("right", ""),
];

/// The text without its markup. Line ends stay.
pub fn strip(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    Stripper { depth: 0 }.run(&chars, &mut out);
    out
}

struct Stripper {
    depth: usize,
}

impl Stripper {
    fn run(&mut self, chars: &[char], out: &mut String) {
        let mut i = 0;
        // An argument of a command is never a list item.
        let mut line_start = self.depth == 0;
        while let Some(&c) = chars.get(i) {
            let rest = chars.get(i..).unwrap_or_default();
            let used = match c {
                '\n' => {
                    out.push('\n');
                    line_start = true;
                    i += 1;
                    continue;
                }
                ' ' | '\t' if line_start => 1,
                _ if line_start && list_length(rest) > 0 => list_marker(rest, out),
                '<' => tag(rest, out),
                '&' => entity(rest, out),
                '\\' => self.command(rest, out),
                '^' => self.power(rest, out),
                '$' => self.dollar(rest, out),
                '[' | '!' => link(rest, out),
                '*' => stars(rest, out),
                '_' => underscores(rest, out),
                '`' => 1,
                _ => 0,
            };
            if !(matches!(c, ' ' | '\t') && line_start) {
                line_start = false;
            }
            if used == 0 {
                out.push(c);
                i += 1;
            } else {
                i += used;
            }
        }
    }

    /// A LaTeX command; returns how many characters it took.
    fn command(&mut self, rest: &[char], out: &mut String) -> usize {
        let Some(&next) = rest.get(1) else { return 1 };
        if !next.is_ascii_alphabetic() {
            match next {
                '%' | '$' | '&' | '#' | '_' | '{' | '}' => out.push(next),
                '\\' => out.push('\n'),
                _ => out.push(' '),
            }
            // A backslash before an ordinary character is only dropped.
            return if next.is_ascii_punctuation() || next == ' ' { 2 } else { 1 };
        }
        let name: String = rest.iter().skip(1).take(16).take_while(|c| c.is_ascii_alphabetic()).collect();
        let mut used = 1 + name.len();
        match name.as_str() {
            "frac" | "dfrac" | "tfrac" => {
                for sign in ["", "/"] {
                    out.push_str(sign);
                    used += self.argument(rest.get(used..).unwrap_or_default(), true, out);
                }
            }
            "sqrt" => {
                let cube = rest.get(used..used + 3) == Some(&['[', '3', ']']);
                used += if cube { 3 } else { 0 };
                out.push(if cube { '∛' } else { '√' });
                used += self.argument(rest.get(used..).unwrap_or_default(), true, out);
            }
            "text" | "mathrm" | "mathbf" | "textbf" | "textit" | "boxed" | "overline" | "underline" => {
                used += self.argument(rest.get(used..).unwrap_or_default(), false, out);
            }
            _ => {
                if let Some((_, sign)) = COMMANDS.iter().find(|(known, _)| *known == name) {
                    out.push_str(sign);
                } else {
                    out.push(' ');
                }
            }
        }
        used
    }

    /// A braced argument, in parentheses if asked and if it is more than one number or letter.
    fn argument(&mut self, rest: &[char], group: bool, out: &mut String) -> usize {
        if rest.first() != Some(&'{') {
            return 0;
        }
        let Some(end) = closing_brace(rest) else { return 1 };
        let inner = rest.get(1..end).unwrap_or_default();
        let simple = inner.iter().all(char::is_ascii_digit) || inner.len() <= 1;
        if self.depth < DEPTH {
            self.depth += 1;
            if group && !simple {
                out.push('(');
            }
            self.run(inner, out);
            if group && !simple {
                out.push(')');
            }
            self.depth -= 1;
        }
        end + 1
    }

    /// `^{...}` and `^\circ`.
    fn power(&mut self, rest: &[char], out: &mut String) -> usize {
        const CIRC: [char; 5] = ['\\', 'c', 'i', 'r', 'c'];
        if rest.get(1..6) == Some(&CIRC) {
            out.push('°');
            return 6;
        }
        if rest.get(1) == Some(&'{') && rest.get(2..7) == Some(&CIRC) && rest.get(7) == Some(&'}') {
            out.push('°');
            return 8;
        }
        if rest.get(1) != Some(&'{') {
            return 0;
        }
        out.push('^');
        1 + self.argument(rest.get(1..).unwrap_or_default(), true, out)
    }

    /// A dollar sign: part of a price, or the edge of a formula and then dropped.
    fn dollar(&mut self, rest: &[char], out: &mut String) -> usize {
        match rest.get(1) {
            Some('$') => return 2,
            Some(c) if !c.is_ascii_digit() && *c != '.' => return 1,
            None => return 1,
            Some(_) => {}
        }
        let end = rest.iter().take(REACH).skip(1).position(|c| matches!(c, '$' | '\n')).map(|i| i + 1);
        let Some(end) = end.filter(|end| rest.get(*end) == Some(&'$')) else { return 0 };
        let inner = rest.get(1..end).unwrap_or_default();
        let closes = inner.last().is_some_and(|c| !c.is_whitespace())
            && !rest.get(end + 1).is_some_and(|c| c.is_ascii_digit() || *c == '.');
        let formula = inner.iter().any(|c| matches!(c, '\\' | '^' | '=' | '+' | '_'))
            || inner.windows(2).any(|w| matches!(w, [a, b] if a.is_ascii_digit() && b.is_ascii_alphabetic()));
        if !closes || !formula || self.depth >= DEPTH {
            return 0;
        }
        self.depth += 1;
        self.run(inner, out);
        self.depth -= 1;
        end + 1
    }
}

/// Index of the brace that closes the one at the start, within [`REACH`].
fn closing_brace(rest: &[char]) -> Option<usize> {
    let mut open = 0_usize;
    for (i, c) in rest.iter().take(REACH).enumerate() {
        match c {
            '{' => open += 1,
            '}' => {
                open = open.checked_sub(1)?;
                if open == 0 {
                    return Some(i);
                }
            }
            _ => {}
        }
    }
    None
}
#[cfg(test)]
mod tests {
    use super::strip;

    #[test]
    fn tags_go_and_mathematics_stays() {
        assert_eq!(
            strip("<speak>Hi <b>you</b></speak>").split_whitespace().collect::<Vec<_>>(),
            ["Hi", "you"]
        );
        assert_eq!(strip("a<b and b>c"), "a<b and b>c");
        assert_eq!(strip("if 3 < x > 2"), "if 3 < x > 2");
        assert_eq!(strip("x<sup>2</sup>"), "x^(2)");
    }

    #[test]
    fn latex() {
        assert_eq!(strip(r"\frac{3}{4}"), "3/4");
        assert_eq!(strip(r"$\frac{x+1}{2}$"), "(x+1)/2");
        assert_eq!(strip(r"$3x + 2 = 11$ and $4.50"), "3x + 2 = 11 and $4.50");
        assert_eq!(strip(r"\sqrt{16}"), "√16");
    }

    #[test]
    fn unclosed_markup_is_survived() {
        for text in
            ["<", "<b", "\\", "\\frac{", "\\frac{3", "[", "[a](", "&#x110000;", "**", "^{", "$", "$5$"]
        {
            strip(text);
        }
        let deep = "\\sqrt{".repeat(5_000);
        strip(&deep);
        strip(&"{".repeat(50_000));
        strip(&"\\frac{".repeat(20_000));
    }
}
