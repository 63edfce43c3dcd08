//! Evaluated prefixes kept in memory, so that a prefix displaced from the context need not be evaluated again.

use llama_cpp_2::token::LlamaToken;

/// How many tokens two sequences have in common from the first.
#[must_use]
pub fn common_prefix(a: &[LlamaToken], b: &[LlamaToken]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

/// Saved sequences under a budget of bytes. When it is full, the one used longest ago goes first, and
/// those that a client asked to keep go last.
#[derive(Debug)]
pub struct SavedPrefixes<S> {
    entries: Vec<Entry<S>>,
    budget: usize,
    used: usize,
    clock: u64,
}

#[derive(Debug)]
struct Entry<S> {
    tokens: Vec<LlamaToken>,
    state: S,
    bytes: usize,
    kept: bool,
    used_at: u64,
}

impl<S> SavedPrefixes<S> {
    /// None yet, and at most `budget` bytes of them.
    #[must_use]
    pub fn new(budget: usize) -> Self {
        Self { entries: Vec::new(), budget, used: 0, clock: 0 }
    }

    /// Bytes in use.
    #[must_use]
    pub fn used_bytes(&self) -> usize {
        self.used
    }

    /// Whether sequences of `bytes` can be saved at all.
    #[must_use]
    pub fn fits(&self, bytes: usize) -> bool {
        bytes <= self.budget
    }

    /// Whether `tokens` are the beginning of a saved sequence (with `kept`: of one that is to be kept),
    /// which then counts as used.
    pub fn covers(&mut self, tokens: &[LlamaToken], kept: bool) -> bool {
        self.clock += 1;
        let clock = self.clock;
        let found =
            self.entries.iter_mut().find(|entry| entry.tokens.starts_with(tokens) && (entry.kept || !kept));
        found.is_some_and(|entry| {
            entry.used_at = clock;
            true
        })
    }

    /// Saves the state of `tokens`, which takes `bytes`. Shorter sequences that it covers are dropped,
    /// unless they are to be kept and this one is not.
    pub fn insert(&mut self, tokens: Vec<LlamaToken>, state: S, bytes: usize, kept: bool) {
        if !self.fits(bytes) {
            return;
        }
        self.remove_where(|entry| tokens.starts_with(&entry.tokens) && (kept || !entry.kept));
        while self.used + bytes > self.budget {
            let Some(oldest) = (0..self.entries.len()).min_by_key(|&index| {
                let entry = &self.entries[index];
                (entry.kept, entry.used_at)
            }) else {
                break;
            };
            self.used -= self.entries.swap_remove(oldest).bytes;
        }
        self.clock += 1;
        self.used += bytes;
        self.entries.push(Entry { tokens, state, bytes, kept, used_at: self.clock });
    }

    /// The saved sequence with the most tokens in common with `prompt`, if it has more than `above` and
    /// is at most `room` long: its state, its length and what it has in common.
    pub fn best(
        &mut self,
        prompt: &[LlamaToken],
        above: usize,
        room: usize,
    ) -> Option<(&S, &[LlamaToken], usize)> {
        self.clock += 1;
        let clock = self.clock;
        let (common, entry) = self
            .entries
            .iter_mut()
            .filter(|entry| entry.tokens.len() <= room)
            .map(|entry| (common_prefix(&entry.tokens, prompt), entry))
            .max_by_key(|(common, _)| *common)?;
        if common <= above {
            return None;
        }
        entry.used_at = clock;
        Some((&entry.state, &entry.tokens, common))
    }

    fn remove_where(&mut self, unwanted: impl Fn(&Entry<S>) -> bool) {
        self.entries.retain(|entry| !unwanted(entry));
        self.used = self.entries.iter().map(|entry| entry.bytes).sum();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn tokens(ids: &[i32]) -> Vec<LlamaToken> {
        ids.iter().map(|id| LlamaToken(*id)).collect()
    }

    #[test]
    fn the_longest_common_prefix_wins_if_it_is_worth_it() {
        let mut saved = SavedPrefixes::new(100);
        saved.insert(tokens(&[1, 2, 9]), 'a', 10, false);
        saved.insert(tokens(&[1, 2, 3, 4, 8]), 'b', 10, false);
        let prompt = tokens(&[1, 2, 3, 4, 5]);
        let (state, length, common) = saved.best(&prompt, 0, 10).map(|(s, t, c)| (*s, t.len(), c)).unwrap();
        assert_eq!((state, length, common), ('b', 5, 4));
        assert_eq!(saved.best(&prompt, 0, 3).map(|(s, ..)| *s), Some('a'), "no room for the longer one");
        assert!(saved.best(&prompt, 4, 10).is_none(), "the context has as much already");
    }

    #[test]
    fn the_budget_drops_the_longest_unused_and_kept_ones_last() {
        let mut saved = SavedPrefixes::new(30);
        saved.insert(tokens(&[1]), 'k', 10, true);
        saved.insert(tokens(&[2]), 'a', 10, false);
        saved.insert(tokens(&[3]), 'b', 10, false);
        assert!(saved.covers(&tokens(&[2]), false), "now b was used longest ago");
        saved.insert(tokens(&[4]), 'c', 10, false);
        assert!(saved.covers(&tokens(&[1]), true));
        assert!(saved.covers(&tokens(&[2]), false));
        assert!(!saved.covers(&tokens(&[3]), false));
        assert_eq!(saved.used_bytes(), 30);
        saved.insert(tokens(&[5]), 'd', 31, false);
        assert!(!saved.covers(&tokens(&[5]), false), "larger than the whole budget");
    }

    #[test]
    fn a_longer_sequence_replaces_those_it_covers() {
        let mut saved = SavedPrefixes::new(100);
        saved.insert(tokens(&[1, 2]), 'a', 10, false);
        saved.insert(tokens(&[1]), 'k', 10, true);
        saved.insert(tokens(&[1, 2, 3]), 'b', 10, false);
        assert_eq!(saved.used_bytes(), 20, "the kept one stays");
        assert!(saved.covers(&tokens(&[1]), true));
        assert!(!saved.covers(&tokens(&[1, 2]), true));
        assert!(saved.covers(&tokens(&[1, 2]), false));
    }
}
