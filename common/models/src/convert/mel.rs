//! The mel filter bank that Whisper was trained with, as `librosa.filters.mel` computes it.
//!
//! Slaney's scale: linear below 1000 Hz (3 mels per 200 Hz), logarithmic above (27 mels per factor
//! 6.4). Triangular filters, each divided by half its width in Hz. The arithmetic and its roundings
//! follow librosa's, so the result equals Whisper's published `mel_filters.npz` bit for bit; the
//! exponential is computed here rather than by the system's library, so that it does on every machine.

/// FFT bins from 0 Hz to 8000 Hz.
pub(super) const BINS: usize = 201;

const TOP_HZ: f64 = 8000.0;
const MELS_PER_HZ: f64 = 3.0 / 200.0;
const BREAK_HZ: f64 = 1000.0;
const BREAK_MEL: f64 = 15.0;
/// Natural logarithm of 6.4.
const LN_6_4: f64 = 1.856_297_990_365_626_3;
const LOG_STEP: f64 = LN_6_4 / 27.0;

/// `bands` rows of [`BINS`] weights.
pub(super) fn filters(bands: usize) -> Vec<f32> {
    let top = BREAK_MEL + (TOP_HZ / BREAK_HZ).ln() / LOG_STEP;
    let step = top / (bands + 1) as f64;
    let edges: Vec<f64> =
        (0..bands + 2).map(|i| if i == bands + 1 { top } else { i as f64 * step }).map(hertz).collect();
    let mut weights = Vec::with_capacity(bands * BINS);
    for band in 0..bands {
        let (low, middle, high) = (edges[band], edges[band + 1], edges[band + 2]);
        let scale = 2.0 / (high - low);
        for bin in 0..BINS {
            let frequency = bin as f64 * (TOP_HZ / (BINS - 1) as f64);
            let rising = -(low - frequency) / (middle - low);
            let falling = (high - frequency) / (high - middle);
            // Rounded twice, as librosa does; the sum makes a negative zero positive.
            let weight = rising.min(falling).max(0.0) as f32;
            weights.push((f64::from(weight) * scale) as f32 + 0.0);
        }
    }
    weights
}

fn hertz(mel: f64) -> f64 {
    if mel < BREAK_MEL { mel / MELS_PER_HZ } else { BREAK_HZ * exp(LOG_STEP * (mel - BREAK_MEL)) }
}

/// e to the power of a small `x`, by halving it and summing the series.
fn exp(x: f64) -> f64 {
    let half = x / 2.0;
    let sum = (1..24).rev().fold(1.0, |sum, n| 1.0 + sum * half / f64::from(n));
    sum * sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Sha256Sum;

    /// Checksums of the arrays `mel_80` and `mel_128` of `mel_filters.npz` in OpenAI's Whisper repository
    /// (little-endian 32-bit numbers, first element made +0).
    #[test]
    fn equals_whispers_own_filters_bit_for_bit() {
        for (bands, published) in [(80, MEL_80), (128, MEL_128)] {
            let bytes: Vec<u8> = filters(bands).iter().flat_map(|weight| weight.to_le_bytes()).collect();
            assert_eq!(bytes.len(), bands * BINS * 4);
            assert_eq!(Sha256Sum::of(&bytes).to_string(), published, "{bands}");
        }
    }
    const MEL_80: &str = "85818f156f7e189453901a515e4726d270d307f976e161cf9403e8caab405498";
    const MEL_128: &str = "e399c2d72d2f7375e503c296d8453cefcc0c1e47a9c1a0a09e0d70f59c820f20";
}
