//! WAV files, read and written as streams.
//!
//! [`Reader`] takes what a recorder, a phone or a conversion tool makes: PCM of 8, 16, 24 or 32 bits
//! and 32-bit float, plain or `WAVE_FORMAT_EXTENSIBLE`, 4 to 192 kHz, 1 to 8 channels, and gives mono
//! float at the file's own rate; [`SpeechReader`] gives it at 16 kHz. Anything else is an error that
//! names the file, says what is wrong with it and how to mend it. [`Writer`] writes 16-bit mono.
//!
//! Files of any length are read in constant memory; only [`read_mono_16k`] loads a whole file, and
//! that has a limit, [`MAX_LOADED_S`].
//!
//! The format: Multimedia Programming Interface and Data Specifications 1.0 (IBM and Microsoft, 1991)
//! and `WAVEFORMATEXTENSIBLE` in Microsoft's documentation of `mmreg.h`.

mod error;
mod header;
mod reader;
mod writer;

pub use error::WavError;
pub use header::{Encoding, Spec};
pub use reader::{MAX_LOADED_S, Reader, SpeechReader, Tail, read_mono_16k};
pub use writer::Writer;

/// Highest number of channels that is read.
pub const MAX_CHANNELS: u16 = 8;
