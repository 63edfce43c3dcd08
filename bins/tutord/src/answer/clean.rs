//! Takes out of a model's text what cannot be said: markup, tags, pictures, control characters.

/// One sentence or clause without markup, in one line. Empty when nothing is left to say.
#[must_use]
pub fn clean(text: &str) -> String {
    let text = without_tags(text);
    let mut cleaned = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            // `[text](address)` is its text.
            ']' if chars.peek() == Some(&'(') => {
                while chars.next_if(|c| *c != ')').is_some() {}
                chars.next();
            }
            '[' | ']' | '*' | '#' | '`' | '~' | '|' | '>' | '<' | '\\' | '{' | '}' => {}
            '_' => cleaned.push(' '),
            c if c.is_control() || c.is_whitespace() => cleaned.push(' '),
            c if is_picture(c) => {}
            c => cleaned.push(c),
        }
    }
    let cleaned = cleaned.split_whitespace().collect::<Vec<_>>().join(" ");
    without_label(without_bullet(&cleaned)).trim().to_owned()
}

/// Removes `<|im_end|>`, `</s>` and their like.
fn without_tags(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    while let Some(open) = rest.find('<') {
        let (before, tag) = rest.split_at(open);
        kept.push_str(before);
        let end = tag.find('>').filter(|end| *end <= 24);
        let is_tag = tag[1..].starts_with(|c: char| c == '|' || c == '/' || c.is_ascii_alphabetic());
        match end {
            Some(end) if is_tag => rest = &tag[end + 1..],
            _ => {
                kept.push_str(" less than ");
                rest = &tag[1..];
            }
        }
    }
    kept.push_str(rest);
    kept
}

/// A list's mark at the beginning of a line: "- ", "1. ", "2) ".
fn without_bullet(text: &str) -> &str {
    let text = text.trim_start();
    if let Some(rest) =
        text.strip_prefix("- ").or_else(|| text.strip_prefix("• ")).or_else(|| text.strip_prefix("+ "))
    {
        return rest;
    }
    let after = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if (1..=2).contains(&(text.len() - after.len()))
        && let Some(rest) = after.strip_prefix(". ").or_else(|| after.strip_prefix(") "))
    {
        return rest;
    }
    text
}

/// The name of a role at the beginning, which the model writes when it forgets whose turn it is.
fn without_label(text: &str) -> &str {
    ["assistant:", "tutor:", "answer:", "ai:", "a:"]
        .iter()
        .find_map(|label| {
            let head = text.get(..label.len())?;
            head.eq_ignore_ascii_case(label).then(|| &text[label.len()..])
        })
        .unwrap_or(text)
}

/// Emoji, dingbats, arrows, private use, and the invisible characters that join them.
fn is_picture(c: char) -> bool {
    matches!(u32::from(c),
        0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0x2190..=0x21ff | 0x2300..=0x23ff | 0x2460..=0x27bf
        | 0x2900..=0x297f | 0x2b00..=0x2bff | 0xe000..=0xf8ff | 0xfe00..=0xfe0f | 0xfeff | 0xfffd
        | 0x1f000..=0x1faff | 0xe0000..=0xe0fff)
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn only_what_can_be_said_is_left() {
        for (raw, cleaned) in [
            ("**Plants** need _light_ 🌱!", "Plants need light !"),
            ("- A noun is a thing.", "A noun is a thing."),
            ("1. First, look.", "First, look."),
            ("2025 was a year.", "2025 was a year."),
            ("See [the book](http://x.y/z) now.", "See the book now."),
            ("Hello.<|im_end|>", "Hello."),
            ("Assistant: Hello.", "Hello."),
            ("3 < 4 holds.", "3 less than 4 holds."),
            ("a\u{0}b\u{7}\nc", "a b c"),
            ("### ", ""),
            ("🎉🎉", ""),
        ] {
            assert_eq!(clean(raw), cleaned, "{raw}");
        }
    }
}
