//! WAV files, right and wrong, made by the byte.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

use iseetutor_audio::wav::{Reader, Tail};

/// A format: the code of `WAVE_FORMAT_*`, channels, rate in Hz, bits.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// 1 for PCM, 3 for float.
    pub code: u16,
    /// Channels.
    pub channels: u16,
    /// Rate in Hz.
    pub rate_hz: u32,
    /// Bits of a sample.
    pub bits: u16,
}

/// The header of a file with `data` bytes of sound.
#[must_use]
pub fn header(format: Format, data: u32) -> Vec<u8> {
    let frame = format.channels * format.bits / 8;
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((36 + data).to_le_bytes());
    bytes.extend(b"WAVEfmt \x10\0\0\0");
    bytes.extend(format.code.to_le_bytes());
    bytes.extend(format.channels.to_le_bytes());
    bytes.extend(format.rate_hz.to_le_bytes());
    bytes.extend((format.rate_hz * u32::from(frame)).to_le_bytes());
    bytes.extend(frame.to_le_bytes());
    bytes.extend(format.bits.to_le_bytes());
    bytes.extend(b"data");
    bytes.extend(data.to_le_bytes());
    bytes
}

/// Samples of a recording at 16 kHz, -1 to 1.
///
/// # Panics
/// When it cannot be read.
#[must_use]
pub fn samples(path: &Path) -> Vec<f32> {
    let mut reader = Reader::open(path, Tail::MustBeWhole).expect("a recording");
    let mut samples = vec![0.0; usize::try_from(reader.total()).expect("a short recording")];
    let read = reader.read(&mut samples).expect("a whole recording");
    samples.truncate(read);
    samples
}

/// Writes `samples` in some format; each sample goes `repeat` times in a row (a crude change of rate) into
/// every channel.
///
/// # Panics
/// When it cannot be written.
pub fn write(path: &Path, format: Format, samples: &[f32], repeat: usize) {
    let mut data = Vec::new();
    for sample in samples {
        for _ in 0..repeat * usize::from(format.channels) {
            put(&mut data, format, *sample);
        }
    }
    let mut bytes = header(format, u32::try_from(data.len()).expect("a short recording"));
    bytes.extend(data);
    std::fs::write(path, bytes).expect("room for it");
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Samples are scaled to fit.
fn put(data: &mut Vec<u8>, format: Format, sample: f32) {
    match (format.code, format.bits) {
        (1, 8) => data.push((sample * 127.0 + 128.0) as u8),
        (3, 32) => data.extend(sample.to_le_bytes()),
        _ => data.extend(((sample * 32_767.0) as i16).to_le_bytes()),
    }
}

/// Makes a file of `seconds` of silence that takes no disk: its sound is a hole.
///
/// # Panics
/// When it cannot be made.
pub fn hole(path: &Path, seconds: u32) {
    let format = Format { code: 1, channels: 1, rate_hz: 16_000, bits: 16 };
    let data = seconds * 32_000;
    let mut file = File::create(path).expect("room for it");
    file.write_all(&header(format, data)).expect("room for it");
    file.seek(SeekFrom::Start(0)).expect("a file");
    file.set_len(44 + u64::from(data)).expect("a hole");
}
