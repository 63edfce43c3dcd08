//! The passphrase as it is kept: argon2id (RFC 9106), 64 MiB, two passes, one lane.

use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

use crate::error::WebError;
use crate::random;

/// Characters of a passphrase at least.
pub const SHORTEST: usize = 12;
/// And at most; hashing takes the same time for all of them.
pub const LONGEST: usize = 128;
const MEMORY_KIB: u32 = 65_536;
const PASSES: u32 = 2;

/// What everybody tries first, of those that are long enough.
const COMMON: [&str; 12] = [
    "123456789012",
    "1234567890123",
    "password1234",
    "passwordpassword",
    "iseetutor123",
    "iseetutoriseetutor",
    "qwertyuiop123",
    "qwertyuiopasdf",
    "correct horse battery staple",
    "correcthorsebatterystaple",
    "letmeinletmein",
    "iloveyouiloveyou",
];

/// Why something cannot be the passphrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Too short.
    #[error(
        "A passphrase has at least {SHORTEST} characters; four or five words that do not belong together are good."
    )]
    Short,
    /// Too long.
    #[error("A passphrase has at most {LONGEST} characters.")]
    Long,
    /// Too easily guessed.
    #[error(
        "That is among the first that anybody would try; take four or five words that do not belong together."
    )]
    Common,
}

/// Whether something can be the passphrase.
///
/// # Errors
/// [`Unfit`], with what to do instead.
pub fn fit(passphrase: &str) -> Result<(), Unfit> {
    let count = passphrase.chars().count();
    let lower = passphrase.to_lowercase();
    let mut distinct: Vec<char> = lower.chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    match () {
        () if count < SHORTEST => Err(Unfit::Short),
        () if count > LONGEST => Err(Unfit::Long),
        () if distinct.len() < 5 || COMMON.contains(&lower.trim()) => Err(Unfit::Common),
        () => Ok(()),
    }
}

/// A passphrase, hashed; the parameters are kept with it, so that later ones can be stronger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hashed {
    memory_kib: u32,
    passes: u32,
    salt: String,
    hash: String,
}

impl Hashed {
    /// Hashes a passphrase; takes a fifth of a second and 64 MiB.
    ///
    /// # Errors
    /// [`WebError::Hash`] and [`WebError::Chance`].
    pub fn new(passphrase: &str) -> Result<Self, WebError> {
        let salt = random::bytes::<16>()?;
        let hash = derive(passphrase, &salt, MEMORY_KIB, PASSES)?;
        Ok(Self {
            memory_kib: MEMORY_KIB,
            passes: PASSES,
            salt: random::hex(&salt),
            hash: random::hex(&hash),
        })
    }

    /// Whether it is this passphrase.
    ///
    /// # Errors
    /// [`WebError::Hash`].
    pub fn is(&self, passphrase: &str) -> Result<bool, WebError> {
        // What nobody can have set is not worth hashing a megabyte of; the time is the same all the same.
        let tried = if passphrase.chars().count() > LONGEST { "" } else { passphrase };
        let salt = random::from_hex(&self.salt).ok_or_else(|| WebError::Hash("damaged salt".to_owned()))?;
        let hash = derive(tried, &salt, self.memory_kib, self.passes)?;
        Ok(random::from_hex(&self.hash).is_some_and(|kept| bool::from(kept.ct_eq(&hash[..])))
            && !tried.is_empty())
    }
}

fn derive(passphrase: &str, salt: &[u8], memory_kib: u32, passes: u32) -> Result<[u8; 32], WebError> {
    let failed = |error: argon2::Error| WebError::Hash(error.to_string());
    let params = Params::new(memory_kib, passes, 1, Some(32)).map_err(failed)?;
    let mut hash = [0; 32];
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon.hash_password_into(passphrase.as_bytes(), salt, &mut hash).map_err(failed)?;
    Ok(hash)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{Hashed, Unfit, fit};

    #[test]
    fn only_the_passphrase_is_it() {
        let hashed = Hashed::new("seven green lamps sing").unwrap();
        assert!(hashed.is("seven green lamps sing").unwrap());
        for wrong in ["", "seven green lamps sin", "Seven green lamps sing", "seven green lamps sing "] {
            assert!(!hashed.is(wrong).unwrap(), "{wrong}");
        }
        assert_ne!(hashed, Hashed::new("seven green lamps sing").unwrap());
    }

    #[test]
    fn unfit_ones_are_refused_with_a_reason() {
        assert_eq!(fit("short"), Err(Unfit::Short));
        assert_eq!(fit(&"long ".repeat(30)), Err(Unfit::Long));
        assert_eq!(fit("PasswordPassword"), Err(Unfit::Common));
        assert_eq!(fit("aaaaaaaaaaaaaaaa"), Err(Unfit::Common));
        assert_eq!(fit("grün läuft ñandú"), Ok(()));
    }
}
