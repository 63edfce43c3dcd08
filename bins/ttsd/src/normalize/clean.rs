//! Characters: every one is either kept, turned into a plainer one, or dropped.

/// Signs that the reader knows; see `tables.rs` for what they are read as.
const SIGNS: &str = "×·÷±−√∛≤≥≠≈=∞°∠△⊥∥≅→∴¢£€–—′″";

/// Fractions in one character, with what they stand for.
const VULGAR: [(char, &str); 19] = [
    ('¼', "1/4"),
    ('½', "1/2"),
    ('¾', "3/4"),
    ('⅐', "1/7"),
    ('⅑', "1/9"),
    ('⅒', "1/10"),
    ('⅓', "1/3"),
    ('⅔', "2/3"),
    ('⅕', "1/5"),
    ('⅖', "2/5"),
    ('⅗', "3/5"),
    ('⅘', "4/5"),
    ('⅙', "1/6"),
    ('⅚', "5/6"),
    ('⅛', "1/8"),
    ('⅜', "3/8"),
    ('⅝', "5/8"),
    ('⅞', "7/8"),
    ('↉', "0/3"),
];

/// Characters that are written differently and mean the same.
const SAME: [(&str, char); 17] = [
    ("‘’‛ʼ`´", '\''),
    ("“”„‟«»", '"'),
    ("‐‑‒⁃", '-'),
    ("―⸺", '—'),
    ("∕⁄", '/'),
    ("⨯✕✖", '×'),
    ("⋅∙", '·'),
    ("➗", '÷'),
    ("➕", '+'),
    ("➖", '−'),
    ("⩽≦", '≤'),
    ("⩾≧", '≥'),
    ("∆", '△'),
    ("⟶⇒➡", '→'),
    ("∣", '|'),
    ("µ", 'μ'),
    ("＄", '$'),
];

/// Plain characters: ASCII, Latin letters, single Greek letters, the signs the reader knows, and line ends.
pub fn characters(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if let Some(digit) = superscript(c) {
            // A run of raised characters is one power: 10⁻³.
            if !out.ends_with('^') {
                out.push('^');
            }
            out.push(digit);
            while let Some(next) = chars.peek().copied().and_then(superscript) {
                out.push(next);
                chars.next();
            }
            continue;
        }
        if let Some((_, fraction)) = VULGAR.iter().find(|(sign, _)| *sign == c) {
            if out.ends_with(|c: char| c.is_ascii_digit()) {
                out.push(' ');
            }
            out.push_str(fraction);
            if chars.peek().is_some_and(char::is_ascii_digit) {
                out.push(' ');
            }
            continue;
        }
        match plain(c) {
            Some('\u{2026}') => out.push_str("..."),
            Some(c) => out.push(c),
            None => {}
        }
        if let Some(digit) = subscript(c) {
            out.push(' ');
            out.push(digit);
            out.push(' ');
        }
    }
    out
}

/// One character, plain; nothing if it is not to be heard.
fn plain(c: char) -> Option<char> {
    if let Some((_, same)) = SAME.iter().find(|(written, _)| written.contains(c)) {
        return Some(*same);
    }
    match c {
        '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\r' => None,
        ' '..='~' => Some(c),
        // Bullets and boxes, not the multiplication dot.
        '•' | '●' | '▪' | '■' | '□' => Some(' '),
        '\u{2026}' => Some(c),
        // Invisible: zero-width characters, direction marks, soft hyphens, variation selectors, joiners.
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{20e3}' => None,
        _ if c.is_control() => c.is_whitespace().then_some(' '),
        _ if c.is_whitespace() => Some(' '),
        _ if SIGNS.contains(c) => Some(c),
        // Full-width ASCII.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0),
        // Mathematical italics, bold and the like, in blocks of 26 + 26 letters, then digits.
        '\u{1d400}'..='\u{1d6a3}' => {
            let i = (c as u32 - 0x1d400) % 52;
            char::from_u32(if i < 26 { u32::from('A') + i } else { u32::from('a') + i - 26 })
        }
        '\u{1d7ce}'..='\u{1d7ff}' => char::from_u32(u32::from('0') + (c as u32 - 0x1d7ce) % 10),
        'α'..='ω' | 'Δ' | 'Σ' | 'Ω' | 'Π' | 'Θ' => Some(c),
        // Combining accents follow the letter they belong to.
        '\u{300}'..='\u{36f}' => Some(c),
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' if c.is_alphabetic() => Some(c),
        // Letters and digits of other scripts: this voice cannot say them; the words around stay apart.
        _ if c.is_alphanumeric() => Some(' '),
        // Emoji, dingbats, drawing characters, private use.
        _ => Some(' '),
    }
    .filter(|_| subscript(c).is_none())
}

fn superscript(c: char) -> Option<char> {
    Some(match c {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴'..='⁹' => char::from_u32(u32::from('4') + (c as u32 - '⁴' as u32))?,
        '⁻' => '-',
        'ⁿ' => 'n',
        _ => return None,
    })
}

fn subscript(c: char) -> Option<char> {
    match c {
        '₀'..='₉' => char::from_u32(u32::from('0') + (c as u32 - '₀' as u32)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::characters;

    #[test]
    fn plainer_characters() {
        assert_eq!(characters("x² + 10⁻³"), "x^2 + 10^-3");
        assert_eq!(characters("1½ cups"), "1 1/2 cups");
        assert_eq!(characters("“Hi” – it’s…"), "\"Hi\" – it's...");
        assert_eq!(characters("H₂O").split_whitespace().collect::<Vec<_>>(), ["H", "2", "O"]);
        assert_eq!(characters("𝑥 = 𝟓"), "x = 5");
        assert_eq!(characters("ａ１"), "a1");
    }

    #[test]
    fn what_cannot_be_said_is_dropped() {
        assert_eq!(characters("a\u{0}b\u{7}\u{1b}[31m").trim(), "ab[31m");
        assert_eq!(characters("ok 👍🏽!").split_whitespace().collect::<Vec<_>>(), ["ok", "!"]);
        assert_eq!(characters("שלום").trim(), "");
        assert_eq!(characters("\u{202e}abc\u{feff}"), "abc");
    }
}
