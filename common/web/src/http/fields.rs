//! The fields of a form or a query.

/// Fields at most.
const MOST: usize = 128;

/// Names and values in the order in which they came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `application/x-www-form-urlencoded` (WHATWG URL, 5.1). What is no UTF-8 is nothing that a form of ours sends.
    #[must_use]
    pub fn parse(text: &[u8]) -> Option<Self> {
        let mut fields = Vec::new();
        for part in text.split(|byte| *byte == b'&').filter(|part| !part.is_empty()) {
            let mut halves = part.splitn(2, |byte| *byte == b'=');
            let name = decode(halves.next().unwrap_or_default(), true)?;
            let value = decode(halves.next().unwrap_or_default(), true)?;
            if fields.len() == MOST {
                return None;
            }
            fields.push((name, value));
        }
        Some(Self(fields))
    }

    /// The first value of a name; empty if there is none.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(one, _)| one == name).map_or("", |(_, value)| value)
    }
}

/// Decodes percent signs, and in forms plus signs; nothing for what is cut, no UTF-8, or has control characters other than
/// the ends of lines.
pub(super) fn decode(text: &[u8], form: bool) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.iter();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' if form => b' ',
            b'%' => {
                let mut digit = || rest.next().and_then(|digit| char::from(*digit).to_digit(16));
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            byte => *byte,
        });
    }
    let text = String::from_utf8(bytes).ok()?;
    let clean = text.chars().all(|c| !c.is_control() || form && matches!(c, '\r' | '\n' | '\t'));
    clean.then_some(text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{Fields, decode};

    #[test]
    fn forms_are_read_as_browsers_write_them() {
        let fields = Fields::parse(b"name=Zo%C3%AB+M&level=lower&&empty=&flag").unwrap();
        assert_eq!((fields.get("name"), fields.get("level")), ("Zo\u{eb} M", "lower"));
        assert_eq!((fields.get("empty"), fields.get("flag"), fields.get("other")), ("", "", ""));
        assert_eq!(Fields::parse(b"").unwrap(), Fields::default());
    }

    #[test]
    fn what_no_form_sends_is_nothing() {
        for text in [&b"a=%"[..], b"a=%f", b"a=%zz", b"a=%ff", b"a=%00", b"a=\xff"] {
            assert_eq!(Fields::parse(text), None, "{text:?}");
        }
        assert_eq!(Fields::parse("a=1&".repeat(129).as_bytes()), None);
        assert_eq!(decode(b"a+b%2fc", false).as_deref(), Some("a+b/c"));
        assert_eq!(decode(b"a%0d%0ab", false), None);
    }
}
