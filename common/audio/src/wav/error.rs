use crate::resample::{MAX_RATE_HZ, MIN_RATE_HZ, RateError};

use super::{MAX_CHANNELS, MAX_LOADED_S};

/// Why a WAV file cannot be read or written. Every message names the file and what helps.
#[derive(Debug, thiserror::Error)]
pub enum WavError {
    /// The file has no bytes.
    #[error("{file} is empty (0 bytes): record or export it again")]
    Empty {
        /// The file.
        file: String,
    },
    /// The file does not begin as a WAV file does.
    #[error("{file} is not a WAV file, it looks like {looks_like}: convert it with `{}`", ffmpeg(file))]
    NotWav {
        /// The file.
        file: String,
        /// What its first bytes say it is.
        looks_like: &'static str,
    },
    /// The file ends inside its header.
    #[error("{file} is truncated: it ends inside its header after {bytes} bytes; copy or record it again")]
    HeaderCut {
        /// The file.
        file: String,
        /// Its length in bytes.
        bytes: u64,
    },
    /// The header contradicts itself.
    #[error(
        "{file} has a damaged WAV header ({what}): convert it again from its source with `{}`",
        sox(file)
    )]
    Header {
        /// The file.
        file: String,
        /// What is wrong.
        what: String,
    },
    /// The header promises more sound than the file has.
    #[error(
        "{file} is truncated: its header promises {promised_s:.2} s of sound and the file has {present_s:.2} s; \
         copy or record it again, or keep what is there with `{}`",
        sox_ignore_length(file)
    )]
    Truncated {
        /// The file.
        file: String,
        /// Seconds that the header promises.
        promised_s: f64,
        /// Seconds that are there.
        present_s: f64,
    },
    /// The file has a sound header and no sound.
    #[error("{file} holds no sound: its header is whole and 0 samples follow; record or export it again")]
    NoSamples {
        /// The file.
        file: String,
    },
    /// The samples are encoded in a way that is not read here.
    #[error("{file} is encoded as {encoding}, which is not supported: convert it with `{}`", sox(file))]
    Encoding {
        /// The file.
        file: String,
        /// The encoding.
        encoding: String,
    },
    /// The number of channels is zero or too high.
    #[error(
        "{file} has {channels} channels and 1 to {MAX_CHANNELS} are supported: convert it with `{}`",
        sox(file)
    )]
    Channels {
        /// The file.
        file: String,
        /// Channels in its header.
        channels: u16,
    },
    /// The sample rate is out of range.
    #[error(
        "{file} has a sample rate of {rate_hz} Hz and {MIN_RATE_HZ} to {MAX_RATE_HZ} Hz are supported: \
         convert it with `{}`",
        sox(file)
    )]
    Rate {
        /// The file.
        file: String,
        /// Rate in its header, in Hz.
        rate_hz: u32,
    },
    /// The file is too long to be loaded whole.
    #[error(
        "{file} is {length_s:.0} s long and at most {MAX_LOADED_S} s are loaded at once: \
         cut it with `sox {file} part.wav trim 0 {MAX_LOADED_S}`"
    )]
    TooLong {
        /// The file.
        file: String,
        /// Its length in seconds.
        length_s: f64,
    },
    /// A file that is written would pass the 4 GiB that a WAV header can count.
    #[error("{file} cannot grow further: a WAV file holds at most 4 GiB; start another one")]
    Full {
        /// The file.
        file: String,
    },
    /// The system refused.
    #[error("cannot {operation} {file}: {source}{}", remedy(source))]
    Io {
        /// What was tried.
        operation: &'static str,
        /// The file.
        file: String,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The sound cannot be brought to another rate.
    #[error("{file}: {source}")]
    Resample {
        /// The file.
        file: String,
        /// Why.
        #[source]
        source: RateError,
    },
}

fn sox(file: &str) -> String {
    format!("sox {file} -r 16000 -c 1 -b 16 out.wav")
}

fn sox_ignore_length(file: &str) -> String {
    format!("sox --ignore-length {file} -b 16 out.wav")
}

fn ffmpeg(file: &str) -> String {
    format!("ffmpeg -i {file} -ar 16000 -ac 1 out.wav")
}

/// What helps against the common refusals of the system.
fn remedy(error: &std::io::Error) -> &'static str {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "; free some space or choose another folder",
        ErrorKind::NotFound => "; check the path",
        ErrorKind::PermissionDenied => "; check who may read or write there",
        ErrorKind::IsADirectory => "; give a file in it",
        ErrorKind::NotSeekable => "; give a regular file, not a pipe",
        _ => "",
    }
}
