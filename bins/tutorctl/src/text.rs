//! What may be said or asked.

use std::ffi::OsStr;

use crate::error::{Error, Result};

/// Longest text that `say` takes, in bytes: a long page, several minutes of speech.
pub const LONGEST_SAID: usize = 10_000;

/// Longest question that `ask` takes, in bytes; as `Tutor1.Ask`.
pub const LONGEST_ASKED: usize = 4_000;

/// The text of an argument, if it can be used: UTF-8, something in it, not too long, no control
/// characters but line ends and tabs. White space around it is taken off.
///
/// # Errors
/// [`Error::Text`].
pub fn check(argument: &OsStr, longest: usize) -> Result<&str> {
    let bad = |problem: String, remedy| Error::Text { problem, remedy };
    let text = argument.to_str().ok_or_else(|| {
        let good = argument.as_encoded_bytes().utf8_chunks().next().map_or(0, |chunk| chunk.valid().len());
        bad(format!("byte {} is not UTF-8", good + 1), "convert it, for instance with `iconv -t UTF-8`")
    })?;
    let text = text.trim();
    if text.is_empty() {
        return Err(bad("it is empty".into(), "write at least one word"));
    }
    if text.len() > longest {
        let problem = format!("it is {} bytes long and at most {longest} are taken", text.len());
        return Err(bad(problem, "shorten it, or give it in parts"));
    }
    if let Some(character) = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        let problem = format!("it holds the control character U+{:04X}", u32::from(character));
        return Err(bad(problem, "remove it, for instance with `tr -d '[:cntrl:]'`"));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    use super::check;

    #[test]
    fn text_is_taken_as_it_is_or_refused_with_a_reason() {
        assert_eq!(check(OsStr::new(" What is 3/4?\n"), 100).unwrap(), "What is 3/4?");
        let refused = |text: &[u8]| check(OsStr::from_bytes(text), 100).unwrap_err().to_string();
        assert!(refused(b" \n").contains("empty"));
        assert!(refused(b"ab\xff").contains("byte 3 is not UTF-8"));
        assert!(refused(b"a\x1b[1mb").contains("U+001B"));
        assert!(refused(&[b'x'; 101]).contains("101 bytes long and at most 100"));
    }
}
