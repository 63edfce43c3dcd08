//! Sample formats, loudness, and the volume curve.

/// A 16-bit sample as a float in -1 to 1. [`to_i16`] gives back exactly the same sample.
#[must_use]
pub fn to_f32(sample: i16) -> f32 {
    f32::from(sample) / 32_768.0
}

/// A float in -1 to 1 as the nearest 16-bit sample. Louder is clipped; not a number is silence.
#[must_use]
#[allow(clippy::cast_possible_truncation)] // A float to integer cast saturates, and NaN becomes 0.
pub fn to_i16(sample: f32) -> i16 {
    (sample * 32_768.0).round() as i16
}

/// Reads 16-bit little-endian samples, as they come from a socket, into `out`.
///
/// Returns `false`, with what could be read, when the bytes end in half a sample.
pub fn extend_from_le_bytes(bytes: &[u8], out: &mut Vec<f32>) -> bool {
    let (samples, rest) = bytes.as_chunks::<2>();
    out.extend(samples.iter().map(|pair| to_f32(i16::from_le_bytes(*pair))));
    rest.is_empty()
}

/// Samples as 16-bit little-endian bytes, as they go to a socket.
#[must_use]
pub fn to_le_bytes(samples: &[f32]) -> Vec<u8> {
    samples.iter().flat_map(|sample| to_i16(*sample).to_le_bytes()).collect()
}

/// Root mean square; 0 for no samples.
#[must_use]
pub fn rms(samples: &[f32]) -> f32 {
    if samples.is_empty() {
        return 0.0;
    }
    let sum: f64 = samples.iter().map(|sample| f64::from(*sample).powi(2)).sum();
    #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
    let rms = (sum / samples.len() as f64).sqrt() as f32;
    rms
}

/// Largest absolute sample; 0 for no samples.
#[must_use]
pub fn peak(samples: &[f32]) -> f32 {
    samples.iter().fold(0.0, |peak, sample| sample.abs().max(peak))
}

/// Quietest level that [`dbfs`] gives, so that silence has a number.
pub const SILENCE_DBFS: f32 = -120.0;

/// An amplitude (such as [`rms`]) in decibels below a full-scale amplitude of 1; [`SILENCE_DBFS`] at least.
#[must_use]
pub fn dbfs(amplitude: f32) -> f32 {
    (20.0 * amplitude.max(1e-12).log10()).max(SILENCE_DBFS)
}

/// The factor on samples for a volume in percent (0 to 100, more counts as 100).
///
/// Loudness is heard roughly as the cube of the knob's position, so half-way sounds half as loud:
/// the same cubic curve that PulseAudio uses (`pa_sw_volume_to_linear`).
#[must_use]
pub fn volume_gain(percent: u8) -> f32 {
    (f32::from(percent.min(100)) / 100.0).powi(3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_16_bit_sample_survives_the_way_to_float_and_back() {
        for sample in i16::MIN..=i16::MAX {
            assert_eq!(to_i16(to_f32(sample)), sample);
        }
    }

    #[test]
    fn loud_samples_are_clipped_and_odd_ones_are_silence() {
        assert_eq!(to_i16(1.5), i16::MAX);
        assert_eq!(to_i16(-7.0), i16::MIN);
        assert_eq!(to_i16(f32::NAN), 0);
        assert_eq!(to_i16(f32::INFINITY), i16::MAX);
    }

    #[test]
    fn half_a_sample_at_the_end_is_told() {
        let mut out = Vec::new();
        assert!(extend_from_le_bytes(&[0, 64, 0, 192], &mut out));
        assert_eq!(out, [0.5, -0.5]);
        assert!(!extend_from_le_bytes(&[0, 64, 9], &mut out));
        assert_eq!(out, [0.5, -0.5, 0.5]);
        assert_eq!(to_le_bytes(&out[..2]), [0, 64, 0, 192]);
    }

    #[test]
    fn levels_of_known_signals() {
        assert!(rms(&[]).abs() < f32::EPSILON);
        assert!((rms(&[0.5, -0.5, 0.5, -0.5]) - 0.5).abs() < 1e-6);
        assert!((dbfs(0.5) + 6.02).abs() < 0.01);
        assert!((dbfs(0.0) - SILENCE_DBFS).abs() < f32::EPSILON);
        assert!((peak(&[0.1, -0.7, 0.3]) - 0.7).abs() < f32::EPSILON);
    }

    #[test]
    fn the_volume_curve_has_its_ends_and_rises() {
        assert!(volume_gain(0).abs() < f32::EPSILON);
        assert!((volume_gain(100) - 1.0).abs() < f32::EPSILON);
        assert!((volume_gain(255) - 1.0).abs() < f32::EPSILON);
        assert!((1..=100).all(|percent| volume_gain(percent) > volume_gain(percent - 1)));
    }
}
