//! Tensor bytes and their number formats.

use half::f16;

/// Number format of a tensor that can be converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Float {
    F32,
    F16,
}

impl Float {
    pub(super) const fn bytes(self) -> usize {
        match self {
            Self::F32 => 4,
            Self::F16 => 2,
        }
    }
}

/// Converts little-endian numbers, rounding to nearest, ties to even. A rest shorter than one number
/// is dropped; callers check lengths.
pub(super) fn convert(data: Vec<u8>, from: Float, to: Float) -> Vec<u8> {
    match (from, to) {
        (Float::F32, Float::F32) | (Float::F16, Float::F16) => data,
        (Float::F16, Float::F32) => data
            .as_chunks::<2>()
            .0
            .iter()
            .flat_map(|pair| f16::from_le_bytes(*pair).to_f32().to_le_bytes())
            .collect(),
        (Float::F32, Float::F16) => data
            .as_chunks::<4>()
            .0
            .iter()
            .flat_map(|four| f16::from_f32(f32::from_le_bytes(*four)).to_le_bytes())
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_to_nearest_even() {
        let numbers = [1.0f32, -2.5, 65_504.0, 1.0 + 1.0 / 2048.0, 1.0 + 3.0 / 2048.0, 1e-8];
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        let half = convert(bytes.clone(), Float::F32, Float::F16);
        let back = convert(half.clone(), Float::F16, Float::F32);
        let read: Vec<f32> = back.as_chunks::<4>().0.iter().map(|four| f32::from_le_bytes(*four)).collect();
        assert_eq!(read, [1.0, -2.5, 65_504.0, 1.0, 1.0 + 2.0 / 1024.0, 0.0]);
        assert_eq!(convert(bytes.clone(), Float::F32, Float::F32), bytes);
        assert_eq!(convert(half.clone(), Float::F16, Float::F16), half);
    }
}
