//! Which frames still matter.

/// What to do with a frame of some turn and revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// Of the turn and revision at hand.
    Current,
    /// The first frame of a newer turn or revision: whatever the older one had under way is void.
    Newer,
    /// Of an older turn or revision: drop it.
    Stale,
}

/// The first turn of a process that started now: its seconds since the machine booted in the upper 32
/// bits, so that turns go on rising when audiod restarts, and 0 in the lower 32, which count up.
#[must_use]
pub fn first_turn() -> u64 {
    (crate::timing::monotonic_us() / 1_000_000) << 32
}

/// The number of a turn as people count them, from 1: the lower 32 bits.
#[must_use]
pub fn number(turn: u64) -> u32 {
    (turn & u64::from(u32::MAX)) as u32
}

/// Remembers the newest turn seen and sorts frames by it.
///
/// audiod counts turns from [`first_turn`]. Turn 0 is work outside a conversation and always current.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TurnGate {
    turn: u64,
    revision: u32,
}

impl TurnGate {
    /// Sorts a frame and moves on when it is newer.
    pub fn admit(&mut self, turn: u64, revision: u32) -> Admission {
        use std::cmp::Ordering;
        if turn == 0 {
            return Admission::Current;
        }
        match (turn, revision).cmp(&(self.turn, self.revision)) {
            Ordering::Equal => Admission::Current,
            Ordering::Less => Admission::Stale,
            Ordering::Greater => {
                (self.turn, self.revision) = (turn, revision);
                Admission::Newer
            }
        }
    }

    /// Whether a frame would be dropped, without moving on.
    #[must_use]
    pub fn is_stale(&self, turn: u64, revision: u32) -> bool {
        turn != 0 && (turn, revision) < (self.turn, self.revision)
    }

    /// The newest turn and revision seen.
    #[must_use]
    pub fn current(&self) -> (u64, u32) {
        (self.turn, self.revision)
    }
}

#[cfg(test)]
mod tests {
    use super::{Admission, TurnGate, number};

    #[test]
    fn newer_voids_older_and_zero_is_always_current() {
        let mut gate = TurnGate::default();
        assert_eq!(gate.admit(5, 0), Admission::Newer);
        assert_eq!(gate.admit(5, 0), Admission::Current);
        assert_eq!(gate.admit(5, 1), Admission::Newer);
        assert_eq!(gate.admit(5, 0), Admission::Stale);
        assert_eq!(gate.admit(4, 9), Admission::Stale);
        assert!(gate.is_stale(4, 9) && !gate.is_stale(6, 0));
        assert_eq!(gate.admit(0, 0), Admission::Current);
        assert_eq!(gate.current(), (5, 1));
    }

    #[test]
    fn numbers_are_as_people_count() {
        assert_eq!(number((86_400 << 32) + 12), 12);
    }
}
