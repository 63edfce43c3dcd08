//! A little-endian reader over a file that never trusts a length.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Reads a file front to back. A length read from the file is compared with what is left of the file
/// before anything is allocated or skipped.
pub(crate) struct Reader {
    inner: BufReader<File>,
    path: PathBuf,
    position: u64,
    len: u64,
}

impl Reader {
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(Error::io("open", path))?;
        let meta = file.metadata().map_err(Error::io("look at", path))?;
        if !meta.is_file() {
            return Err(Error::format(path, "not a regular file"));
        }
        Ok(Self { inner: BufReader::new(file), path: path.to_owned(), position: 0, len: meta.len() })
    }

    pub(crate) fn position(&self) -> u64 {
        self.position
    }

    pub(crate) fn remaining(&self) -> u64 {
        self.len - self.position
    }

    pub(crate) fn bad(&self, problem: impl Into<String>) -> Error {
        Error::format(&self.path, problem)
    }

    fn claim(&mut self, count: u64, what: &str) -> Result<()> {
        if count > self.remaining() {
            return Err(self.bad(format!(
                "cut short or damaged: {what} at byte {} needs {count} bytes, {} are left; fetch it again",
                self.position,
                self.remaining()
            )));
        }
        self.position += count;
        Ok(())
    }

    pub(crate) fn bytes(&mut self, count: u64, what: &str) -> Result<Vec<u8>> {
        self.claim(count, what)?;
        let count = usize::try_from(count).map_err(|_| self.bad(format!("{what} is too large")))?;
        let mut bytes = vec![0; count];
        self.inner.read_exact(&mut bytes).map_err(Error::io("read", &self.path))?;
        Ok(bytes)
    }

    pub(crate) fn skip(&mut self, count: u64, what: &str) -> Result<()> {
        self.claim(count, what)?;
        let count = i64::try_from(count).map_err(|_| self.bad(format!("{what} is too large")))?;
        self.inner.seek_relative(count).map_err(Error::io("read", &self.path))
    }

    pub(crate) fn seek(&mut self, position: u64, what: &str) -> Result<()> {
        self.position = 0;
        self.claim(position, what)?;
        self.inner.seek(SeekFrom::Start(position)).map_err(Error::io("read", &self.path))?;
        Ok(())
    }

    fn array<const N: usize>(&mut self, what: &str) -> Result<[u8; N]> {
        self.claim(N as u64, what)?;
        let mut bytes = [0; N];
        self.inner.read_exact(&mut bytes).map_err(Error::io("read", &self.path))?;
        Ok(bytes)
    }

    pub(crate) fn u8(&mut self, what: &str) -> Result<u8> {
        self.array::<1>(what).map(|bytes| bytes[0])
    }

    pub(crate) fn u16(&mut self, what: &str) -> Result<u16> {
        self.array(what).map(u16::from_le_bytes)
    }

    pub(crate) fn u32(&mut self, what: &str) -> Result<u32> {
        self.array(what).map(u32::from_le_bytes)
    }

    pub(crate) fn u64(&mut self, what: &str) -> Result<u64> {
        self.array(what).map(u64::from_le_bytes)
    }

    /// A signed 32-bit count that must not be negative.
    pub(crate) fn count(&mut self, what: &str) -> Result<u64> {
        let value = self.array(what).map(i32::from_le_bytes)?;
        u64::try_from(value).map_err(|_| self.bad(format!("{what} is {value}: damaged, fetch it again")))
    }
}
