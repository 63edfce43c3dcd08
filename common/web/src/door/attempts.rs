//! Limits on guessing.
//!
//! Five wrong guesses are free, then each has to wait twice as long as the one before, up to a quarter of an hour: of 10,000
//! guesses in an hour at most 20 are looked at. A browser that signed in before is counted by itself, so that a stranger in the
//! network cannot keep the parent out by guessing.

use std::collections::HashMap;

/// Wrong guesses without a wait.
const FREE: u32 = 5;
/// The longest wait.
const LONGEST_MS: i64 = 900_000;
/// After so long without a guess the count begins anew.
const FORGOTTEN_MS: i64 = 86_400_000;

/// A count of guesses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Attempts {
    wrong: u32,
    last_ms: i64,
    next_ms: i64,
}

impl Attempts {
    /// Asks to guess at `now_ms`, and counts it as wrong until it is forgiven.
    ///
    /// # Errors
    /// Seconds to wait, at least 1; the guess is not to be looked at.
    pub fn knock(&mut self, now_ms: i64) -> Result<(), u64> {
        // A clock that was set back must not make anybody wait for years.
        if now_ms.saturating_sub(self.last_ms) >= FORGOTTEN_MS || now_ms < self.last_ms {
            let kept = if now_ms < self.last_ms { self.wrong } else { 0 };
            *self = Self { wrong: kept, last_ms: now_ms, next_ms: now_ms };
        }
        let wait = self.next_ms.saturating_sub(now_ms);
        if wait > 0 {
            return Err(u64::try_from(wait).unwrap_or(0).div_ceil(1_000).max(1));
        }
        self.wrong = self.wrong.saturating_add(1);
        self.last_ms = now_ms;
        let wait = match self.wrong.saturating_sub(FREE) {
            0 => 0,
            // Ten doublings of a second are more than the longest wait.
            over => (1_000_i64 << (over - 1).min(10)).min(LONGEST_MS),
        };
        self.next_ms = now_ms.saturating_add(wait);
        Ok(())
    }

    /// The guess was right.
    pub fn forgive(&mut self) {
        *self = Self::default();
    }
}

/// All counts.
#[derive(Debug, Default)]
pub(super) struct Table {
    setup: Attempts,
    strangers: Attempts,
    known: HashMap<String, Attempts>,
    pairing: Attempts,
}

impl Table {
    pub(super) fn setup(&mut self) -> &mut Attempts {
        &mut self.setup
    }

    /// The count of a browser that is known, or the one of all others together.
    pub(super) fn passphrase(&mut self, known: Option<&str>) -> &mut Attempts {
        match known {
            Some(known) => self.known.entry(known.to_owned()).or_default(),
            None => &mut self.strangers,
        }
    }

    pub(super) fn pairing(&mut self) -> &mut Attempts {
        &mut self.pairing
    }
}

#[cfg(test)]
mod tests {
    use super::Attempts;

    #[test]
    fn of_ten_thousand_guesses_in_an_hour_at_most_twenty_are_looked_at() {
        let mut attempts = Attempts::default();
        let looked =
            (0..10_000).filter(|guess| attempts.knock(1_790_000_000_000 + guess * 360).is_ok()).count();
        assert!((10..=20).contains(&looked), "{looked}");
        let more =
            (0..96_000).filter(|guess| attempts.knock(1_790_003_600_000 + guess * 900).is_ok()).count();
        assert!(more <= 100, "{more} in a day");
    }

    #[test]
    fn a_right_guess_or_a_day_of_rest_begins_anew() {
        let mut attempts = Attempts::default();
        let now = 1_790_000_000_000;
        (0..5).for_each(|_| assert_eq!(attempts.knock(now), Ok(())));
        assert_eq!(attempts.knock(now), Ok(()));
        assert_eq!(attempts.knock(now), Err(1));
        assert_eq!(attempts.knock(now + 999), Err(1));
        assert_eq!(attempts.knock(now + 1_000), Ok(()));
        assert_eq!(attempts.knock(now + 1_001), Err(2));
        assert_eq!(attempts.knock(now + 90_000_000), Ok(()));
        attempts.forgive();
        (0..5).for_each(|_| assert_eq!(attempts.knock(now), Ok(())));
    }

    #[test]
    fn a_clock_that_is_set_back_locks_nobody_out_and_lets_nobody_guess_more() {
        let mut attempts = Attempts::default();
        let now = 1_790_000_000_000;
        (0..6).for_each(|_| assert_eq!(attempts.knock(now), Ok(())));
        assert_eq!(attempts.knock(now - 86_400_000 * 365), Ok(()));
        assert!(attempts.knock(now - 86_400_000 * 365).is_err());
    }
}
