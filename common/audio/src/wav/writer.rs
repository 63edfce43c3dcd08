use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

use super::WavError;
use super::header::io;
use crate::level::to_i16;

const HEADER_BYTES: u32 = 44;
/// Bytes of sound that fit: the RIFF size counts them and 36 bytes of header.
const MAX_DATA_BYTES: u32 = u32::MAX - HEADER_BYTES;

/// Writes a WAV file of 16-bit mono as a stream.
///
/// The sizes in the header are brought up to date once a second of sound, so that a file whose writer
/// died is still a WAV file. When the target cannot be sought in (a pipe), the header says that the
/// size is unknown, as other tools do and [`Reader`](super::Reader) understands.
#[derive(Debug)]
pub struct Writer<W: Write + Seek> {
    target: W,
    file: String,
    rate_hz: u32,
    data_bytes: u32,
    /// Bytes of sound that the header on disk counts.
    counted: u32,
    seekable: bool,
    finished: bool,
}

impl Writer<File> {
    /// Creates or replaces the file at `path`, for samples at `rate_hz`.
    ///
    /// # Errors
    /// [`WavError::Io`].
    pub fn create(path: impl AsRef<Path>, rate_hz: u32) -> Result<Self, WavError> {
        let name = path.as_ref().display().to_string();
        let file = File::create(path).map_err(io("create", &name))?;
        Self::new(file, &name, rate_hz)
    }
}

impl<W: Write + Seek> Writer<W> {
    /// Writes to `target` from its current position, which must be its beginning; `name` is for errors.
    /// Give it blocks of some length: there is no buffer in between.
    ///
    /// # Errors
    /// [`WavError::Io`].
    pub fn new(mut target: W, name: &str, rate_hz: u32) -> Result<Self, WavError> {
        let seekable = target.stream_position().is_ok();
        let size = if seekable { 0 } else { u32::MAX };
        target.write_all(&header(rate_hz, size)).map_err(io("write", name))?;
        Ok(Self { target, file: name.into(), rate_hz, data_bytes: 0, counted: 0, seekable, finished: false })
    }

    /// Appends samples in -1 to 1; louder ones are clipped.
    ///
    /// # Errors
    /// [`WavError::Full`] at 4 GiB and [`WavError::Io`], for a full disk among others.
    pub fn write(&mut self, samples: &[f32]) -> Result<(), WavError> {
        self.write_bytes(samples.iter().flat_map(|sample| to_i16(*sample).to_le_bytes()).collect())
    }

    /// Appends 16-bit samples.
    ///
    /// # Errors
    /// As [`Writer::write`].
    pub fn write_i16(&mut self, samples: &[i16]) -> Result<(), WavError> {
        self.write_bytes(samples.iter().flat_map(|sample| sample.to_le_bytes()).collect())
    }

    fn write_bytes(&mut self, bytes: Vec<u8>) -> Result<(), WavError> {
        let total = u32::try_from(bytes.len())
            .ok()
            .and_then(|more| self.data_bytes.checked_add(more))
            .filter(|total| *total <= MAX_DATA_BYTES)
            .ok_or_else(|| WavError::Full { file: self.file.clone() })?;
        self.target.write_all(&bytes).map_err(io("write", &self.file))?;
        self.data_bytes = total;
        if self.data_bytes - self.counted >= self.rate_hz.saturating_mul(2) {
            self.sync()?;
        }
        Ok(())
    }

    /// Samples written so far.
    #[must_use]
    pub fn total(&self) -> u64 {
        u64::from(self.data_bytes / 2)
    }

    /// Completes the header; returns the samples written.
    ///
    /// # Errors
    /// [`WavError::Io`].
    pub fn finish(mut self) -> Result<u64, WavError> {
        self.finished = true;
        self.sync()?;
        self.target.flush().map_err(io("write", &self.file))?;
        Ok(self.total())
    }

    /// Brings the sizes in the header up to date now.
    ///
    /// # Errors
    /// [`WavError::Io`].
    pub fn sync(&mut self) -> Result<(), WavError> {
        if self.seekable && self.counted != self.data_bytes {
            let fail = io("write", &self.file);
            self.target.seek(SeekFrom::Start(0)).map_err(&fail)?;
            self.target.write_all(&header(self.rate_hz, self.data_bytes)).map_err(&fail)?;
            self.target.seek(SeekFrom::End(0)).map_err(&fail)?;
            self.counted = self.data_bytes;
        }
        Ok(())
    }
}

impl<W: Write + Seek> Drop for Writer<W> {
    fn drop(&mut self) {
        if !self.finished {
            // Nobody is left to tell; the header then counts up to the last whole second.
            let _ = self.sync();
        }
    }
}

/// The header of a file with `data_bytes` of 16-bit mono; `u32::MAX` for an unknown size.
fn header(rate_hz: u32, data_bytes: u32) -> [u8; HEADER_BYTES as usize] {
    let mut header = [0; HEADER_BYTES as usize];
    let parts: [&[u8]; 13] = [
        b"RIFF",
        &data_bytes.saturating_add(HEADER_BYTES - 8).to_le_bytes(),
        b"WAVE",
        b"fmt ",
        &16_u32.to_le_bytes(),
        &1_u16.to_le_bytes(),
        &1_u16.to_le_bytes(),
        &rate_hz.to_le_bytes(),
        &rate_hz.saturating_mul(2).to_le_bytes(),
        &2_u16.to_le_bytes(),
        &16_u16.to_le_bytes(),
        b"data",
        &data_bytes.to_le_bytes(),
    ];
    let mut at = 0;
    for part in parts {
        header[at..at + part.len()].copy_from_slice(part);
        at += part.len();
    }
    header
}
