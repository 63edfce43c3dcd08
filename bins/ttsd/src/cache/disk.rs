//! The level on disk: a folder of files, bounded in size.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::{Key, file};

const ENDING: &str = "pcm";
/// Ending of a file that is being written.
const UNFINISHED: &str = "tmp";

/// A folder of rendered sentences. The least recently used go when it grows beyond its limit.
#[derive(Debug)]
pub struct Disk {
    folder: PathBuf,
    limit: u64,
    bytes: u64,
    entries: HashMap<String, Entry>,
    /// Counts uses; the higher, the newer.
    clock: u64,
    /// Whether the last write failed; the log says it once.
    failing: bool,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    bytes: u64,
    used: u64,
}

impl Disk {
    /// Opens the folder, making it if need be, and removes what an earlier process left unfinished.
    ///
    /// # Errors
    /// What the system said about the folder.
    pub fn open(folder: &Path, limit: u64) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let mut found: Vec<(SystemTime, String, u64)> = Vec::new();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let (Some(stem), Some(ending)) = (path.file_stem(), path.extension()) else { continue };
            if ending == UNFINISHED {
                // Nobody else writes here; an error shows itself when the space is missed.
                let _ = fs::remove_file(&path);
            } else if ending == ENDING
                && let Ok(meta) = fs::metadata(&path)
                && meta.is_file()
            {
                let used = meta.modified().unwrap_or(SystemTime::UNIX_EPOCH);
                found.push((used, stem.to_string_lossy().into_owned(), meta.len()));
            }
        }
        found.sort();
        let mut disk = Self {
            folder: folder.to_owned(),
            limit,
            bytes: 0,
            entries: HashMap::new(),
            clock: 0,
            failing: false,
        };
        for (_, name, bytes) in found {
            disk.clock += 1;
            disk.bytes += bytes;
            disk.entries.insert(name, Entry { bytes, used: disk.clock });
        }
        disk.make_room(0);
        Ok(disk)
    }

    /// Bytes of the files.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Reads a sentence. One that is damaged is removed and counts as not there.
    pub fn get(&mut self, key: &Key, rate_hz: u32) -> Option<Vec<i16>> {
        let name = key.name();
        self.entries.get(&name)?;
        let sound = fs::read(self.path(&name)).ok().and_then(|bytes| file::decode(&bytes, rate_hz));
        if sound.is_some() {
            self.touch(key);
        } else {
            tracing::warn!(file = %self.path(&name).display(), "damaged audio in the cache removed");
            self.remove(&name);
        }
        sound
    }

    /// Marks a sentence as used now.
    pub fn touch(&mut self, key: &Key) {
        let name = key.name();
        self.clock += 1;
        let used = self.clock;
        if let Some(entry) = self.entries.get_mut(&name) {
            entry.used = used;
            // The time of the last use is kept as the time of the last change, for the next process; losing it
            // costs a sentence at most.
            let _ = fs::File::options()
                .append(true)
                .open(self.path(&name))
                .and_then(|file| file.set_modified(SystemTime::now()));
        }
    }

    /// Writes a sentence, beside its place first, so that no half file is ever found there. Without space on the
    /// disk nothing is kept and nothing else happens.
    pub fn put(&mut self, key: &Key, rate_hz: u32, sound: &[i16]) {
        let bytes = file::encode(rate_hz, sound);
        let size = bytes.len() as u64;
        if size > self.limit {
            return;
        }
        self.make_room(size);
        let name = key.name();
        let unfinished = self.folder.join(format!("{name}.{UNFINISHED}"));
        let written = fs::File::create(&unfinished)
            .and_then(|mut file| file.write_all(&bytes))
            .and_then(|()| fs::rename(&unfinished, self.path(&name)));
        match written {
            Ok(()) => {
                self.failing = false;
                self.clock += 1;
                let entry = Entry { bytes: size, used: self.clock };
                let old = self.entries.insert(name, entry).map_or(0, |old| old.bytes);
                self.bytes = self.bytes + size - old;
            }
            Err(error) => {
                let _ = fs::remove_file(&unfinished);
                if !self.failing {
                    tracing::warn!(
                        folder = %self.folder.display(),
                        %error,
                        "cannot keep rendered sentences, going on without; free some space or correct cache.dir"
                    );
                }
                self.failing = true;
            }
        }
    }

    /// Removes every sentence; returns the bytes freed.
    pub fn clear(&mut self) -> u64 {
        let before = self.bytes;
        let names: Vec<String> = self.entries.keys().cloned().collect();
        for name in names {
            self.remove(&name);
        }
        before - self.bytes
    }

    fn make_room(&mut self, size: u64) {
        while self.bytes + size > self.limit {
            let oldest =
                self.entries.iter().min_by_key(|(_, entry)| entry.used).map(|(name, _)| name.clone());
            let Some(oldest) = oldest else { break };
            self.remove(&oldest);
        }
    }

    fn remove(&mut self, name: &str) {
        // If it cannot be removed it is not ours to count any more; the next start finds it again.
        let _ = fs::remove_file(self.path(name));
        if let Some(entry) = self.entries.remove(name) {
            self.bytes -= entry.bytes;
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.{ENDING}"))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::super::Manner;
    use super::*;

    const RATE: u32 = 22_050;
    const SOUND: [i16; 1_000] = [7; 1_000];
    const SIZE: u64 = (file::HEADER + 2_000) as u64;

    fn key(text: &str) -> Key {
        let manner = Manner { voice: String::new(), phonemes: String::new(), settings: String::new() };
        Key::new(&manner, text, 1.0)
    }

    #[test]
    fn sentences_outlive_the_process() {
        let folder = tempfile::tempdir().unwrap();
        let mut disk = Disk::open(&folder.path().join("new/folder"), 1 << 20).unwrap();
        assert_eq!(disk.get(&key("a"), RATE), None);
        disk.put(&key("a"), RATE, &SOUND);
        disk.put(&key("a"), RATE, &SOUND);
        assert_eq!(disk.bytes(), SIZE);
        let mut again = Disk::open(&folder.path().join("new/folder"), 1 << 20).unwrap();
        assert_eq!(again.bytes(), SIZE);
        assert_eq!(again.get(&key("a"), RATE).unwrap(), SOUND);
        assert_eq!(again.clear(), SIZE);
        assert_eq!(again.get(&key("a"), RATE), None);
        assert_eq!(fs::read_dir(folder.path().join("new/folder")).unwrap().count(), 0);
    }

    #[test]
    fn the_least_recently_used_go_first() {
        let folder = tempfile::tempdir().unwrap();
        let mut disk = Disk::open(folder.path(), 2 * SIZE).unwrap();
        disk.put(&key("a"), RATE, &SOUND);
        disk.put(&key("b"), RATE, &SOUND);
        assert!(disk.get(&key("a"), RATE).is_some());
        disk.put(&key("c"), RATE, &SOUND);
        assert!(disk.get(&key("b"), RATE).is_none());
        assert!(disk.get(&key("a"), RATE).is_some() && disk.get(&key("c"), RATE).is_some());
        assert!(disk.bytes() <= 2 * SIZE);
        // A smaller limit holds from the start.
        assert_eq!(Disk::open(folder.path(), SIZE).unwrap().bytes(), SIZE);
    }

    #[test]
    fn damage_is_a_miss_and_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let mut disk = Disk::open(folder.path(), 1 << 20).unwrap();
        disk.put(&key("a"), RATE, &SOUND);
        let path = disk.path(&key("a").name());
        let mut bytes = fs::read(&path).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        fs::write(&path, bytes).unwrap();
        assert_eq!(disk.get(&key("a"), RATE), None);
        assert!(!path.exists());
        assert_eq!(disk.bytes(), 0);
        // A file that was left unfinished goes at the next start.
        fs::write(folder.path().join("x.tmp"), b"half").unwrap();
        Disk::open(folder.path(), 1 << 20).unwrap();
        assert!(!folder.path().join("x.tmp").exists());
    }

    #[test]
    fn a_folder_that_cannot_be_written_keeps_nothing_and_breaks_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("cache");
        let mut disk = Disk::open(&place, 1 << 20).unwrap();
        fs::remove_dir(&place).unwrap();
        // Also for root, who may write everywhere: the folder is a file now.
        fs::write(&place, b"").unwrap();
        disk.put(&key("a"), RATE, &SOUND);
        disk.put(&key("b"), RATE, &SOUND);
        assert_eq!((disk.bytes(), disk.get(&key("a"), RATE)), (0, None));
        fs::remove_file(&place).unwrap();
        fs::create_dir(&place).unwrap();
        disk.put(&key("a"), RATE, &SOUND);
        assert!(disk.get(&key("a"), RATE).is_some());
        assert!(Disk::open(Path::new("/proc/no/such"), 1).is_err());
    }
}
