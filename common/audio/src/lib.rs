//! Sound as ISEE Tutor handles it: WAV files, sample rates and levels. Pure computation and plain
//! files; no devices, no threads.
//!
//! Inside the machine sound is mono 32-bit float in -1 to 1; on the sockets it is mono 16-bit
//! little-endian. The microphone's and Whisper's rate is [`SPEECH_RATE_HZ`].
//!
//! - [`wav`] reads WAV files of every common form as a stream, and writes them as a stream.
//! - [`resample`] changes the sample rate of a stream, exact in length to the sample.
//! - [`level`] converts sample formats and measures loudness.
//! - [`wer`] compares a transcript with what was said.

pub mod level;
pub mod resample;
pub mod wav;
pub mod wer;

/// Sample rate of everything that listens, in Hz.
pub const SPEECH_RATE_HZ: u32 = 16_000;
