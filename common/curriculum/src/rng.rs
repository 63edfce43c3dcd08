//! Numbers that look random and are the same on every machine, for ever: an item is found again from its seed.

use std::ops::RangeInclusive;

/// `SplitMix64` (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014). Its sequence is
/// part of the identity of every item and must never change.
#[derive(Debug, Clone)]
pub struct Rng(u64);

impl Rng {
    /// A generator for a name and some numbers.
    #[must_use]
    pub fn new(name: &str, numbers: &[u64]) -> Self {
        // FNV-1a spreads the name over the seed.
        let seed = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        let mut rng = Self(seed);
        for number in numbers {
            rng.0 = rng.next_u64() ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
        rng
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `limit`; 0 for a limit of 0.
    pub fn below(&mut self, limit: usize) -> usize {
        // The upper half of a 128-bit product: even to one in 2^64 / limit (Lemire, 2019).
        let wide = u128::from(self.next_u64()) * limit as u128;
        (wide >> 64) as usize
    }

    /// A whole number of a range.
    pub fn int(&mut self, range: RangeInclusive<i64>) -> i64 {
        let span = usize::try_from(range.end() - range.start() + 1).unwrap_or(1);
        range.start() + i64::try_from(self.below(span)).unwrap_or(0)
    }

    /// Mixes up the order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            items.swap(end, self.below(end + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Rng;

    #[test]
    fn the_sequence_never_changes() {
        // The published sequence of SplitMix64 from the seed 0.
        let mut rng = Rng(0);
        assert_eq!(rng.next_u64(), 0xe220_a839_7b1d_cdaf);
        assert_eq!(rng.next_u64(), 0x6e78_9e6a_a1b9_65f4);
        let mut named = Rng::new("a", &[1, 2]);
        let first: Vec<i64> = (0..4).map(|_| named.int(0..=99)).collect();
        let again: Vec<i64> = {
            let mut named = Rng::new("a", &[1, 2]);
            (0..4).map(|_| named.int(0..=99)).collect()
        };
        assert_eq!(first, again);
        assert_ne!(Rng::new("a", &[2, 1]).next_u64(), Rng::new("a", &[1, 2]).next_u64());
    }

    #[test]
    fn ranges_are_used_to_their_ends() {
        let mut rng = Rng::new("ends", &[]);
        let drawn: Vec<i64> = (0..400).map(|_| rng.int(-2..=2)).collect();
        for n in -2..=2 {
            assert!(drawn.contains(&n));
        }
        assert!(drawn.iter().all(|n| (-2..=2).contains(n)));
    }
}
