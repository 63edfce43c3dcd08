//! One sentence in a file: a header, then the samples.
//!
//! | bytes | what |
//! |---|---|
//! | 4 | `ITTS` |
//! | 4 | version of this format, 1 |
//! | 4 | sample rate in Hz |
//! | 4 | number of samples |
//! | 32 | SHA-256 of the samples' bytes |
//! | 2 each | samples, 16-bit |
//!
//! Numbers are little-endian.

use sha2::{Digest, Sha256};

const MAGIC: &[u8; 4] = b"ITTS";
const VERSION: u32 = 1;

/// Bytes before the samples.
pub const HEADER: usize = 48;

/// A file's contents.
pub fn encode(rate_hz: u32, sound: &[i16]) -> Vec<u8> {
    let samples: Vec<u8> = sound.iter().flat_map(|sample| sample.to_le_bytes()).collect();
    let mut bytes = Vec::with_capacity(HEADER + samples.len());
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&VERSION.to_le_bytes());
    bytes.extend_from_slice(&rate_hz.to_le_bytes());
    bytes.extend_from_slice(&u32::try_from(sound.len()).unwrap_or(u32::MAX).to_le_bytes());
    bytes.extend_from_slice(&Sha256::digest(&samples));
    bytes.extend_from_slice(&samples);
    bytes
}

/// The samples of a file at this rate; nothing if a single bit of it is wrong.
pub fn decode(bytes: &[u8], rate_hz: u32) -> Option<Vec<i16>> {
    let (header, samples) = bytes.split_at_checked(HEADER)?;
    let number = |at: usize| header.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes);
    let right = header.get(..4)? == MAGIC
        && number(4)? == VERSION
        && number(8)? == rate_hz
        && number(12)? as usize * 2 == samples.len()
        && header.get(16..)? == Sha256::digest(samples).as_slice();
    right.then(|| samples.as_chunks::<2>().0.iter().map(|pair| i16::from_le_bytes(*pair)).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_damage_is_seen() {
        let sound = [1_i16, -2, i16::MAX, i16::MIN];
        let bytes = encode(22_050, &sound);
        assert_eq!(decode(&bytes, 22_050).unwrap(), sound);
        assert_eq!(decode(&bytes, 16_000), None);
        for at in 0..bytes.len() {
            let mut wrong = bytes.clone();
            wrong[at] ^= 0x10;
            assert_eq!(decode(&wrong, 22_050), None, "byte {at}");
            assert_eq!(decode(&bytes[..at], 22_050), None, "cut at {at}");
        }
        assert_eq!(decode(&encode(8_000, &[]), 8_000).unwrap(), Vec::<i16>::new());
    }
}
