//! Rendered sentences, kept so that they start at once: the newest in memory, the rest on disk.
//!
//! Only text that the caller marks is kept: the tutor's own fixed sentences, never a child's words. A full or
//! unwritable disk only means that fewer sentences start at once.

mod disk;
mod file;

use std::collections::VecDeque;
use std::sync::Arc;

use sha2::{Digest, Sha256};

pub use disk::Disk;

/// Raised when the same text would sound different: the reader, the joining of clauses, the loudness.
const ENGINE_VERSION: u32 = 1;

/// Sound as it is kept: 16-bit samples, mono, at the voice's rate.
pub type Sound = Arc<[i16]>;

/// What a rendered sentence is found by: a hash of everything that it sounds like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key([u8; 32]);

/// Everything but the text that decides how a sentence sounds.
#[derive(Debug, Clone, PartialEq)]
pub struct Manner {
    /// Identity of the voice: the hash of its model and of its description.
    pub voice: String,
    /// Version of the phonemes' library.
    pub phonemes: String,
    /// Pauses in milliseconds and anything else of the configuration that is heard.
    pub settings: String,
}

impl Key {
    /// The key of `words`, as the reader gave them, said in this manner at `rate` (1 is the voice's own pace).
    #[must_use]
    pub fn new(manner: &Manner, words: &str, rate: f32) -> Self {
        // Two rates closer than a hundredth cannot be told apart by ear.
        let rate = (rate * 100.0).round() as i32;
        let mut hash = Sha256::new();
        hash.update(ENGINE_VERSION.to_le_bytes());
        hash.update(rate.to_le_bytes());
        for part in [&manner.voice, &manner.phonemes, &manner.settings, words] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        Self(hash.finalize().into())
    }

    /// The key as a file name without ending.
    fn name(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Both levels.
#[derive(Debug)]
pub struct Cache {
    memory: Memory,
    disk: Option<Disk>,
}

impl Cache {
    /// A cache of `memory_bytes` in memory above `disk`.
    #[must_use]
    pub fn new(memory_bytes: u64, disk: Option<Disk>) -> Self {
        Self { memory: Memory { limit: memory_bytes, bytes: 0, kept: VecDeque::new() }, disk }
    }

    /// The sound of a key, if it is kept and sound.
    pub fn get(&mut self, key: &Key, rate_hz: u32) -> Option<Sound> {
        if let Some(sound) = self.memory.get(key) {
            if let Some(disk) = &mut self.disk {
                disk.touch(key);
            }
            return Some(sound);
        }
        let sound: Sound = self.disk.as_mut()?.get(key, rate_hz)?.into();
        self.memory.put(*key, &sound);
        Some(sound)
    }

    /// Keeps a sound.
    pub fn put(&mut self, key: &Key, rate_hz: u32, sound: &Sound) {
        self.memory.put(*key, sound);
        if let Some(disk) = &mut self.disk {
            disk.put(key, rate_hz, sound);
        }
    }

    /// Forgets everything; returns the bytes freed on disk.
    pub fn clear(&mut self) -> u64 {
        self.memory.kept.clear();
        self.memory.bytes = 0;
        self.disk.as_mut().map_or(0, Disk::clear)
    }

    /// Bytes on disk.
    #[must_use]
    pub fn disk_bytes(&self) -> u64 {
        self.disk.as_ref().map_or(0, Disk::bytes)
    }
}

/// The last sounds used, newest at the back. A few dozen sentences: a walk through them is quicker than a map.
#[derive(Debug)]
struct Memory {
    limit: u64,
    bytes: u64,
    kept: VecDeque<(Key, Sound)>,
}

impl Memory {
    fn get(&mut self, key: &Key) -> Option<Sound> {
        let at = self.kept.iter().position(|(kept, _)| kept == key)?;
        let entry = self.kept.remove(at)?;
        let sound = entry.1.clone();
        self.kept.push_back(entry);
        Some(sound)
    }

    fn put(&mut self, key: Key, sound: &Sound) {
        let size = |sound: &Sound| size_of_val::<[i16]>(sound) as u64;
        if size(sound) > self.limit || self.get(&key).is_some() {
            return;
        }
        self.bytes += size(sound);
        self.kept.push_back((key, sound.clone()));
        while self.bytes > self.limit {
            let Some((_, oldest)) = self.kept.pop_front() else { break };
            self.bytes -= size(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn manner() -> Manner {
        Manner { voice: "v".into(), phonemes: "1.51".into(), settings: String::new() }
    }

    #[test]
    fn everything_that_is_heard_is_in_the_key() {
        let key = Key::new(&manner(), "hello", 1.0);
        assert_eq!(key, Key::new(&manner(), "hello", 1.001));
        assert_ne!(key, Key::new(&manner(), "hello", 0.8));
        assert_ne!(key, Key::new(&manner(), "hellos", 1.0));
        assert_ne!(key, Key::new(&Manner { voice: "w".into(), ..manner() }, "hello", 1.0));
        // Parts are told apart by their lengths.
        assert_ne!(
            Key::new(&Manner { settings: "a".into(), ..manner() }, "b", 1.0),
            Key::new(&Manner { settings: String::new(), ..manner() }, "ab", 1.0)
        );
    }

    #[test]
    fn memory_keeps_what_was_used_last() {
        let mut cache = Cache::new(4_000, None);
        let sound: Sound = vec![1; 1_000].into();
        let keys: Vec<Key> = ["a", "b", "c"].iter().map(|text| Key::new(&manner(), text, 1.0)).collect();
        cache.put(&keys[0], 22_050, &sound);
        cache.put(&keys[1], 22_050, &sound);
        assert!(cache.get(&keys[0], 22_050).is_some());
        cache.put(&keys[2], 22_050, &sound);
        assert!(cache.get(&keys[1], 22_050).is_none(), "the one not used goes");
        assert!(cache.get(&keys[0], 22_050).is_some() && cache.get(&keys[2], 22_050).is_some());
        // Larger than everything: not kept, nothing lost.
        cache.put(&keys[1], 22_050, &vec![0; 10_000].into());
        assert!(cache.get(&keys[0], 22_050).is_some() && cache.get(&keys[1], 22_050).is_none());
        assert_eq!(cache.clear(), 0);
        assert!(cache.get(&keys[0], 22_050).is_none());
    }
}
