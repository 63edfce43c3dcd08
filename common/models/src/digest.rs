//! SHA-256 of files, and its text form.

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

use crate::error::{Error, Result};

/// Bytes read at a time when hashing or copying.
pub(crate) const CHUNK: usize = 256 * 1024;

/// A SHA-256 checksum; its text form is 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sha256Sum([u8; 32]);

impl Sha256Sum {
    /// Wraps the 32 bytes of a finished SHA-256.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The checksum of some bytes in memory.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Hashes a file, telling `progress` after every piece how many bytes are done.
    ///
    /// # Errors
    /// When the file cannot be read, or `progress` breaks off.
    pub fn of_file(path: &Path, progress: &mut dyn FnMut(u64) -> ControlFlow<()>) -> Result<(Self, u64)> {
        let mut file = File::open(path).map_err(Error::io("open", path))?;
        let mut hasher = Sha256::new();
        let mut buffer = vec![0; CHUNK];
        let mut done = 0u64;
        loop {
            let count = file.read(&mut buffer).map_err(Error::io("read", path))?;
            if count == 0 {
                return Ok((Self(hasher.finalize().into()), done));
            }
            hasher.update(&buffer[..count]);
            done += count as u64;
            if progress(done).is_break() {
                return Err(Error::Cancelled);
            }
        }
    }
}

impl fmt::Display for Sha256Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Sha256Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sha256Sum({self})")
    }
}

impl FromStr for Sha256Sum {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let problem = || format!("{text:?} is not a SHA-256: 64 hexadecimal digits");
        if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(problem());
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| problem())?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| problem())?;
        }
        Ok(Self(bytes))
    }
}

impl Serialize for Sha256Sum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Sha256Sum {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn text_form_round_trips_and_rejects_other_text() {
        let sum = Sha256Sum::of(b"abc");
        let text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sum.to_string(), text);
        assert_eq!(text.parse::<Sha256Sum>().unwrap(), sum);
        for bad in [
            "",
            "ba78",
            &text.replace('b', "g"),
            &text.replace("ba", "+a"),
            &format!("{text}0"),
            &"é".repeat(32),
        ] {
            assert!(bad.parse::<Sha256Sum>().is_err(), "{bad}");
        }
    }
}
