//! Chance from the operating system, and how secrets are compared.

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::error::WebError;

/// Bytes that nobody can guess.
///
/// # Errors
/// [`WebError::Chance`] when the operating system has none.
pub fn bytes<const N: usize>() -> Result<[u8; N], WebError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| WebError::Chance(error.to_string()))?;
    Ok(bytes)
}

/// A token of 256 bits in hexadecimal.
///
/// # Errors
/// [`WebError::Chance`].
pub fn token() -> Result<String, WebError> {
    Ok(hex(&bytes::<32>()?))
}

/// A short id that is no secret.
///
/// # Errors
/// [`WebError::Chance`].
pub fn id() -> Result<String, WebError> {
    Ok(hex(&bytes::<8>()?))
}

/// A code of eight digits (27 bits) that a person can copy, such as `4071-9926`: enough where few guesses are looked at, and
/// those only for a while.
///
/// # Errors
/// [`WebError::Chance`].
pub fn code() -> Result<String, WebError> {
    let mut code = String::with_capacity(9);
    while code.len() < 9 {
        // Bytes above the last multiple of ten are thrown away, so that every digit is equally likely.
        for byte in bytes::<16>()?.into_iter().filter(|byte| *byte < 250) {
            if code.len() == 4 {
                code.push('-');
            }
            if code.len() < 9 {
                code.push(char::from(b'0' + byte % 10));
            }
        }
    }
    Ok(code)
}

/// A code as it is compared: without spaces and hyphens, in capitals.
#[must_use]
pub fn plain_code(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// The SHA-256 of a secret in hexadecimal, as it is kept. Only for secrets of many bits, which cannot be tried out.
#[must_use]
pub fn digest(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// Whether two texts are the same, in a time that says nothing of where they differ.
#[must_use]
pub fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

/// Bytes in hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}

/// Bytes from hexadecimal.
#[must_use]
pub fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text.chars().map(|c| c.to_digit(16).map(|digit| digit as u8)).collect();
    digits
        .filter(|all| all.len() % 2 == 0)
        .map(|all| all.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{code, from_hex, hex, plain_code, same, token};

    #[test]
    fn codes_are_easy_to_copy_and_all_digits_come_up() {
        let mut seen = std::collections::HashSet::new();
        for _ in 0..400 {
            let code = code().unwrap();
            assert_eq!((code.len(), code.as_bytes()[4]), (9, b'-'), "{code}");
            assert_eq!(plain_code(&format!(" {} ", code.replace('-', " "))), code.replace('-', ""));
            seen.extend(code.bytes().filter(|byte| *byte != b'-'));
        }
        assert_eq!(seen.len(), 10);
    }

    #[test]
    fn hexadecimal_goes_both_ways() {
        assert_eq!(from_hex(&hex(&[0, 9, 171, 255])), Some(vec![0, 9, 171, 255]));
        assert_eq!((from_hex("0"), from_hex("zz"), from_hex("é1")), (None, None, None));
        assert_ne!(token().unwrap(), token().unwrap());
        assert!(same("abc", "abc") && !same("abc", "abd") && !same("abc", "abcd"));
    }
}
