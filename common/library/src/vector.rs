//! Vectors as the index keeps them: of length 1, each number in 8 bits.

/// Numbers from -1 to 1 become -127 to 127. The length is made 1 before, so that a product is a cosine.
#[must_use]
pub fn quantize(vector: &[f32]) -> Vec<u8> {
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    let largest = vector.iter().fold(0f32, |largest, x| largest.max(x.abs()));
    if !length.is_finite() || length <= 0.0 {
        return vec![0; vector.len() + 4];
    }
    // The largest number becomes 127; the factor that undoes it goes in front.
    let factor = largest / 127.0 / length;
    let mut out = factor.to_le_bytes().to_vec();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    out.extend(vector.iter().map(|x| (x / largest * 127.0).round() as i8 as u8));
    out
}

/// Cosine of two quantized vectors; 0 when they are of different lengths.
#[must_use]
pub fn cosine(a: &[u8], b: &[u8]) -> f32 {
    let (Some((fa, a)), Some((fb, b))) = (a.split_first_chunk::<4>(), b.split_first_chunk::<4>()) else {
        return 0.0;
    };
    if a.len() != b.len() {
        return 0.0;
    }
    // Products of 8 bits summed in 32: compilers turn this into vector instructions, and 127 x 127 x 65,536
    // is far below the limit.
    let sum: i32 =
        a.iter().zip(b).map(|(&x, &y)| i32::from(x.cast_signed()) * i32::from(y.cast_signed())).sum();
    #[allow(clippy::cast_precision_loss)]
    let sum = sum as f32;
    sum * f32::from_le_bytes(*fa) * f32::from_le_bytes(*fb)
}

#[cfg(test)]
mod tests {
    use super::{cosine, quantize};

    #[test]
    fn eight_bits_keep_the_cosine_to_a_hundredth() {
        let wave =
            |step: f32| -> Vec<f32> { (0..384u16).map(|n| (f32::from(n) * step).sin() * 3.0).collect() };
        for (one, other) in [(0.1, 0.1), (0.1, 0.11), (0.1, 0.9), (0.3, 0.31)] {
            let (a, b) = (wave(one), wave(other));
            let dot = |x: &[f32], y: &[f32]| x.iter().zip(y).map(|(x, y)| x * y).sum::<f32>();
            let exact = dot(&a, &b) / (dot(&a, &a) * dot(&b, &b)).sqrt();
            let found = cosine(&quantize(&a), &quantize(&b));
            assert!((exact - found).abs() < 0.01, "{exact} {found}");
        }
        assert_eq!(cosine(&quantize(&[0.0; 384]), &quantize(&wave(0.1))), 0.0);
        assert_eq!(cosine(&[], &[1, 2, 3]), 0.0);
    }
}
