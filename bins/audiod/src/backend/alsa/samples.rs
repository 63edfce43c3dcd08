//! Samples as sound cards have them.

use std::fmt;

use alsa::pcm::Format;
use iseetutor_audio::level::{to_f32, to_i16};

/// The formats that are spoken here, in the order of preference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SampleFormat {
    I16,
    I32,
    F32,
    I24,
    U8,
}

impl SampleFormat {
    pub(super) const ALL: [Self; 5] = [Self::I16, Self::I32, Self::F32, Self::I24, Self::U8];

    pub(super) fn alsa(self) -> Format {
        match self {
            Self::I16 => Format::S16LE,
            Self::I32 => Format::S32LE,
            Self::F32 => Format::FloatLE,
            Self::I24 => Format::S243LE,
            Self::U8 => Format::U8,
        }
    }

    pub(super) fn bytes(self) -> usize {
        match self {
            Self::I16 => 2,
            Self::I32 | Self::F32 => 4,
            Self::I24 => 3,
            Self::U8 => 1,
        }
    }
}

impl fmt::Display for SampleFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.alsa().fmt(f)
    }
}

/// Appends the frames of `bytes` as mono to `out`: channel number `channel` (from 1; the last one if
/// there are fewer), or with 0 the mean of all.
pub(super) fn decode(bytes: &[u8], format: SampleFormat, channels: usize, channel: u32, out: &mut Vec<f32>) {
    let sample = |bytes: &[u8]| match (format, bytes) {
        (SampleFormat::I16, &[a, b]) => to_f32(i16::from_le_bytes([a, b])),
        (SampleFormat::I32, &[a, b, c, d]) => from_i32(i32::from_le_bytes([a, b, c, d])),
        (SampleFormat::I24, &[a, b, c]) => from_i32(i32::from_le_bytes([0, a, b, c])),
        (SampleFormat::F32, &[a, b, c, d]) => {
            let sample = f32::from_le_bytes([a, b, c, d]);
            if sample.is_nan() { 0.0 } else { sample.clamp(-1.0, 1.0) }
        }
        (SampleFormat::U8, &[a]) => (f32::from(a) - 128.0) / 128.0,
        _ => 0.0,
    };
    let width = format.bytes();
    #[allow(clippy::cast_precision_loss)]
    let scale = 1.0 / channels as f32;
    out.extend(bytes.chunks_exact(width * channels).map(|frame| match channel as usize {
        0 => frame.chunks_exact(width).map(sample).sum::<f32>() * scale,
        number => frame.chunks_exact(width).nth(number.min(channels) - 1).map_or(0.0, sample),
    }));
}

/// Appends mono `samples` to `out`, the same in every channel.
pub(super) fn encode(samples: &[f32], format: SampleFormat, channels: usize, out: &mut Vec<u8>) {
    for sample in samples {
        for _ in 0..channels {
            match format {
                SampleFormat::I16 => out.extend(to_i16(*sample).to_le_bytes()),
                SampleFormat::I32 => out.extend(to_i32(*sample).to_le_bytes()),
                SampleFormat::I24 => out.extend(&to_i32(*sample).to_le_bytes()[1..]),
                SampleFormat::F32 => out.extend(sample.to_le_bytes()),
                SampleFormat::U8 => out.push(to_i16(*sample).to_le_bytes()[1] ^ 0x80),
            }
        }
    }
}

#[allow(clippy::cast_possible_truncation)] // A float's 24 bits of mantissa are all there is to have.
fn from_i32(sample: i32) -> f32 {
    (f64::from(sample) / 2_147_483_648.0) as f32
}

#[allow(clippy::cast_possible_truncation)] // A float to integer cast saturates.
fn to_i32(sample: f32) -> i32 {
    (f64::from(sample) * 2_147_483_648.0) as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_in_every_format_and_any_number_of_channels() {
        let sound = [0.0, 0.5, -0.5, 0.25, -1.0];
        for format in SampleFormat::ALL {
            for channels in 1..=8 {
                let mut bytes = Vec::new();
                encode(&sound, format, channels, &mut bytes);
                assert_eq!(bytes.len(), sound.len() * channels * format.bytes());
                for channel in [0, 1, 3, 99] {
                    let mut back = Vec::new();
                    decode(&bytes, format, channels, channel, &mut back);
                    assert_eq!(back, sound, "{format}, {channels} channels, channel {channel}");
                }
            }
        }
    }

    #[test]
    fn channels_can_be_mixed_or_picked() {
        let mut bytes = Vec::new();
        for sample in [0.5, -0.25] {
            encode(&[sample], SampleFormat::I16, 1, &mut bytes);
        }
        for (channel, wanted) in [(0, 0.125), (1, 0.5), (2, -0.25)] {
            let mut mono = Vec::new();
            decode(&bytes, SampleFormat::I16, 2, channel, &mut mono);
            assert_eq!(mono, [wanted]);
        }
    }
}
