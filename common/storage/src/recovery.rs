//! The recovery key: what the parent keeps on paper.
//!
//! 28 random symbols of Crockford's base 32 (140 bits) and two that check them, in six groups of five. The check is the
//! number that the symbols write, modulo the prime 1021: it notices every single wrong symbol and every two neighbours
//! exchanged, and all but one in a thousand of everything else.
//!
//! The volume's passphrase is the text as it is printed, hyphens included, so that any cryptsetup opens the volume with it.

use std::fmt;
use std::fs::File;
use std::io::Read;

/// Crockford's base 32: no I, L, O and U.
const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Symbols that are random, of 5 bits each.
const RANDOM: usize = 28;

/// Symbols in all.
const ALL: usize = RANDOM + 2;

/// Symbols between two hyphens.
const GROUP: usize = 5;

/// A recovery key. Its `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryKey([u8; ALL]);

/// Why a text is no recovery key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAKey {
    /// A sign that keys do not have.
    #[error("'{0}' is in no recovery key; they have digits and letters, but no U")]
    Sign(char),
    /// Too few or too many.
    #[error("it has {0} letters and digits, and a recovery key has {ALL}")]
    Length(usize),
    /// The last two symbols do not fit the others.
    #[error("a letter or digit is wrong, or two changed places; compare it with the paper group by group")]
    Check,
}

impl RecoveryKey {
    /// A new one, from the kernel's random numbers.
    ///
    /// # Errors
    /// When the kernel gives none.
    pub fn new() -> std::io::Result<Self> {
        let mut random = [0_u8; RANDOM];
        File::open("/dev/urandom")?.read_exact(&mut random)?;
        Ok(Self::from_random(random.map(|byte| byte & 31)))
    }

    fn from_random(random: [u8; RANDOM]) -> Self {
        let mut all = [0_u8; ALL];
        all[..RANDOM].copy_from_slice(&random);
        [all[RANDOM], all[RANDOM + 1]] = check(&random);
        Self(all)
    }

    /// The key that somebody typed: upper or lower case, with or without hyphens and spaces; O is read as 0, I and L as 1.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, NotAKey> {
        let mut all = Vec::with_capacity(ALL);
        for sign in text.chars().filter(|sign| !sign.is_whitespace() && *sign != '-') {
            let symbol = match sign.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let value = SYMBOLS.iter().position(|known| char::from(*known) == symbol);
            let value = value.and_then(|value| u8::try_from(value).ok()).ok_or(NotAKey::Sign(sign))?;
            all.push(value);
        }
        let all: [u8; ALL] = all.try_into().map_err(|all: Vec<u8>| NotAKey::Length(all.len()))?;
        if check(&all[..RANDOM]) == [all[RANDOM], all[RANDOM + 1]] {
            Ok(Self(all))
        } else {
            Err(NotAKey::Check)
        }
    }

    /// The groups, from the first on.
    #[must_use]
    pub fn groups(&self) -> Vec<String> {
        let text =
            |group: &[u8]| group.iter().map(|value| char::from(SYMBOLS[usize::from(*value & 31)])).collect();
        self.0.chunks(GROUP).map(text).collect()
    }

    /// The key as it is printed, and as the volume has it. Keep it out of logs.
    #[must_use]
    pub fn text(&self) -> String {
        self.groups().join("-")
    }
}

impl fmt::Debug for RecoveryKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("RecoveryKey(..)")
    }
}

/// The two symbols that check the others.
fn check(random: &[u8]) -> [u8; 2] {
    const PRIME: u32 = 1021;
    let rest = random.iter().fold(0_u32, |rest, value| (rest * 32 + u32::from(*value)) % PRIME);
    // Below 1021, so each has 5 bits.
    [(rest >> 5) as u8, (rest & 31) as u8]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::{ALL, NotAKey, RANDOM, RecoveryKey};

    #[test]
    fn a_key_has_six_groups_and_none_comes_twice() {
        let keys: HashSet<String> = (0..1000).map(|_| RecoveryKey::new().unwrap().text()).collect();
        assert_eq!(keys.len(), 1000);
        for key in &keys {
            assert_eq!(key.len(), 35);
            assert!(key.split('-').all(|group| group.len() == 5), "{key}");
            assert_eq!(RecoveryKey::parse(key).unwrap().text(), *key);
        }
        // Every symbol is drawn: 28,000 draws miss one of 32 with a chance below 10^-380.
        let symbols: HashSet<char> =
            keys.iter().flat_map(|key| key.chars()).filter(|sign| *sign != '-').collect();
        assert_eq!(symbols.len(), 32);
    }

    #[test]
    fn it_is_not_shown_by_accident() {
        let key = RecoveryKey::new().unwrap();
        assert_eq!(format!("{key:?}"), "RecoveryKey(..)");
    }

    #[test]
    fn what_is_wrong_is_said() {
        let key = RecoveryKey::from_random([1; RANDOM]).text();
        assert_eq!(RecoveryKey::parse(""), Err(NotAKey::Length(0)));
        assert_eq!(RecoveryKey::parse(&key[1..]), Err(NotAKey::Length(ALL - 1)));
        assert_eq!(RecoveryKey::parse(&format!("{key}0")), Err(NotAKey::Length(ALL + 1)));
        assert_eq!(RecoveryKey::parse("u"), Err(NotAKey::Sign('u')));
        assert_eq!(RecoveryKey::parse("ä"), Err(NotAKey::Sign('ä')));
    }

    fn random() -> impl Strategy<Value = [u8; RANDOM]> {
        proptest::array::uniform28(0_u8..32)
    }

    proptest! {
        #[test]
        fn it_is_read_however_it_is_typed(random in random()) {
            let key = RecoveryKey::from_random(random);
            let typed = key.text().to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
            prop_assert_eq!(RecoveryKey::parse(&typed).unwrap(), key);
        }

        #[test]
        fn one_wrong_symbol_is_noticed(random in random(), place in 0..ALL, other in 1_u8..32) {
            let mut key = RecoveryKey::from_random(random);
            key.0[place] = (key.0[place] + other) % 32;
            prop_assert_eq!(RecoveryKey::parse(&key.text()), Err(NotAKey::Check));
        }

        #[test]
        fn neighbours_exchanged_are_noticed(random in random(), place in 0..RANDOM - 1) {
            let mut key = RecoveryKey::from_random(random);
            prop_assume!(key.0[place] != key.0[place + 1]);
            key.0.swap(place, place + 1);
            prop_assert_eq!(RecoveryKey::parse(&key.text()), Err(NotAKey::Check));
        }

        #[test]
        fn any_text_is_a_key_or_refused(text in ".{0,80}") {
            let _ = RecoveryKey::parse(&text);
        }
    }
}
