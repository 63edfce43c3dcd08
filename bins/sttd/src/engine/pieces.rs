//! Long recordings, piece by piece: each fits Whisper's window, and none is cut through a word where it
//! can be helped. Memory stays that of one piece, however long the recording.

use iseetutor_audio::SPEECH_RATE_HZ;

use super::vad::{CHUNK, SPEECH};

/// Longest recording that is taken in one piece, and longest piece of a longer one: 24 s.
pub const LONGEST: usize = 24 * SPEECH_RATE_HZ as usize;

/// Shortest piece but the last: 8 s.
const SHORTEST: usize = 8 * SPEECH_RATE_HZ as usize;

/// Probability of speech under which a chunk counts as a gap.
const GAP: f32 = SPEECH - 0.15;

/// Where to cut a full buffer, in samples: in the middle of the longest gap between 8 s and
/// [`LONGEST`] (the last of equal ones), or else at the chunk least like speech.
#[must_use]
pub fn cut(probabilities: &[f32]) -> usize {
    let first = SHORTEST / CHUNK;
    let end = probabilities.len().min(LONGEST / CHUNK);
    let mut best: Option<(usize, usize)> = None;
    let mut quietest: Option<(f32, usize)> = None;
    let mut run = 0;
    for (chunk, probability) in probabilities.iter().copied().enumerate().take(end).skip(first) {
        run = if probability < GAP { run + 1 } else { 0 };
        if run > 0 && best.is_none_or(|(length, _)| run >= length) {
            best = Some((run, chunk + 1 - run.div_ceil(2)));
        }
        if quietest.is_none_or(|(least, _)| probability <= least) {
            quietest = Some((probability, chunk));
        }
    }
    let chunk = best.map(|(_, chunk)| chunk).or(quietest.map(|(_, chunk)| chunk)).unwrap_or(end);
    chunk.max(1) * CHUNK
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHUNKS: usize = LONGEST / CHUNK;

    #[test]
    fn the_longest_gap_is_cut_in_its_middle() {
        let mut probabilities = vec![0.9; CHUNKS];
        probabilities[300..304].fill(0.1);
        probabilities[500..520].fill(0.1);
        probabilities[600..606].fill(0.1);
        let chunk = cut(&probabilities) / CHUNK;
        assert!((508..=511).contains(&chunk), "{chunk}");
    }

    #[test]
    fn a_gap_too_early_does_not_count() {
        let mut probabilities = vec![0.9; CHUNKS];
        probabilities[10..60].fill(0.0);
        probabilities[400] = 0.2;
        assert_eq!(cut(&probabilities) / CHUNK, 400);
    }

    #[test]
    fn without_a_gap_the_least_likely_chunk_is_taken() {
        let mut probabilities = vec![0.9; CHUNKS];
        probabilities[450] = 0.6;
        assert_eq!(cut(&probabilities) / CHUNK, 450);
    }

    #[test]
    fn a_piece_is_never_empty_nor_too_long() {
        for probabilities in [vec![], vec![0.0; 3], vec![0.0; CHUNKS], vec![1.0; CHUNKS + 9]] {
            let at = cut(&probabilities);
            assert!(at > 0 && at <= LONGEST, "{at}");
        }
    }
}
