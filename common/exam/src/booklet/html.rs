//! Writing HTML.

use std::fmt::Write;

/// Text with what HTML reads as its own made harmless.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Not allowed in a document.
            letter if letter.is_control() && letter != '\n' && letter != '\t' => {}
            letter => out.push(letter),
        }
    }
    out
}

/// A whole document in one file: no script, and nothing from outside.
pub(super) fn document(title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n",
        escape(title),
        include_str!("print.css"),
    )
}

/// A line of a question: gaps as lines to fill, and fractions of numbers set as such.
pub(super) fn line(text: &str) -> String {
    let mut out = String::new();
    for (at, piece) in text.split("____").enumerate() {
        if at > 0 {
            out.push_str("<span class=\"gap\"><span class=\"hide\">blank</span></span>");
        }
        out.push_str(&fractions(piece));
    }
    out
}

/// Several lines, divided by breaks.
pub(super) fn lines(text: &str) -> String {
    text.split('\n').map(line).collect::<Vec<_>>().join("<br>")
}

/// Escapes a text, and sets `3/4` as a fraction where it stands alone.
fn fractions(text: &str) -> String {
    let mut out = String::new();
    let mut done = 0;
    for (slash, _) in text.match_indices('/') {
        let (Some(before), Some(after)) = (text.get(done..slash), text.get(slash + 1..)) else { continue };
        let over = before.len() - before.trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
        let under = after.len() - after.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
        let plain = |letter: Option<char>| {
            letter.is_none_or(|letter| !letter.is_alphanumeric() && !matches!(letter, '/' | '.' | ',' | '$'))
        };
        let (Some(head), Some(tail)) = (before.get(..before.len() - over), after.get(under..)) else {
            continue;
        };
        // A sentence may end after it: a mark with a digit behind it may not.
        let ends =
            tail.starts_with(['.', ',']) && !tail.chars().nth(1).is_some_and(|next| next.is_ascii_digit());
        let alone = plain(head.chars().next_back()) && (done == 0 || !head.is_empty());
        if over == 0 || under == 0 || !alone || !(ends || plain(tail.chars().next())) {
            continue;
        }
        let (Some(top), Some(bottom)) = (before.get(before.len() - over..), after.get(..under)) else {
            continue;
        };
        let _ = write!(
            out,
            "{}<span class=\"frac\"><sup>{top}</sup>\u{2044}<sub>{bottom}</sub></span>",
            escape(head)
        );
        done = slash + 1 + under;
    }
    out.push_str(&escape(text.get(done..).unwrap_or_default()));
    out
}

/// A picture as part of the document, or its words if it is not what a picture should be.
pub(super) fn picture(svg: &str, description: &str) -> String {
    let body = svg.trim();
    let outside = body.replace("xmlns=\"http://www.w3.org/2000/svg\"", "").to_lowercase();
    let strange = [
        "<script",
        "<!",
        "<?",
        "href",
        "http:",
        "https:",
        "url(",
        "@import",
        "javascript:",
        "<foreignobject",
    ];
    let handler = outside.split_whitespace().any(|word| word.starts_with("on") && word.contains('='));
    if !body.starts_with("<svg")
        || !body.ends_with("</svg>")
        || handler
        || strange.iter().any(|one| outside.contains(one))
    {
        return format!("<p class=\"note\">{}</p>\n", lines(description));
    }
    let named = if body.contains("<title>") {
        body.to_owned()
    } else {
        body.replacen("<svg", &format!("<svg aria-label=\"{}\"", escape(description)), 1)
    };
    format!("<figure>{named}</figure>\n")
}

#[cfg(test)]
mod tests {
    use super::{escape, line, picture};

    #[test]
    fn text_is_made_harmless() {
        assert_eq!(escape("a < b & \"c\" > 'd'\u{7}"), "a &lt; b &amp; &quot;c&quot; &gt; &#39;d&#39;");
        assert!(line("Inez ____.").ends_with("</span></span>."));
        assert!(line("It was ____, then ____").matches("gap").count() == 2);
    }

    #[test]
    fn fractions_are_set_where_they_stand_alone() {
        let set = |top: &str, bottom: &str| {
            format!("<span class=\"frac\"><sup>{top}</sup>\u{2044}<sub>{bottom}</sub></span>")
        };
        assert_eq!(line("1/3"), set("1", "3"));
        assert_eq!(line("2 3/4 cups"), format!("2 {} cups", set("3", "4")));
        assert_eq!(line("is 1/2 of 5/6."), format!("is {} of {}.", set("1", "2"), set("5", "6")));
        assert_eq!(line("(−1/2)"), format!("(−{})", set("1", "2")));
        for plain in
            ["1/2/2026", "x/2", "miles/hour", "3.1/4", "1/2x", "1/", "/2", "1/2.5", "a1/2", "//", "5/6/7/8"]
        {
            assert_eq!(line(plain), plain);
        }
    }

    #[test]
    fn strange_pictures_become_words() {
        let good = "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>A line</title></svg>";
        assert!(picture(good, "A line").contains("<figure><svg"));
        for strange in [
            "",
            "<svg><script>1</script></svg>",
            "<svg><image href=\"http://a\"/></svg>",
            "<svg onload=\"x()\"></svg>",
            "<p>",
        ] {
            assert_eq!(picture(strange, "A < B"), "<p class=\"note\">A &lt; B</p>\n");
        }
        assert!(picture("<svg></svg>", "A \"b\"").contains("aria-label=\"A &quot;b&quot;\""));
    }
}
