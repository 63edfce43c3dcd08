//! Changing the sample rate of a mono stream.
//!
//! A windowed sinc filter of [`rubato`], fed in blocks of any size. The filter's delay is trimmed at
//! the start and its tail is flushed at the end, so that a stream of `n` samples comes out as
//! exactly [`output_len`]`(n)` samples.

use audioadapter_buffers::direct::InterleavedSlice;
use rubato::{
    Async, FixedAsync, Indexing, ResampleError, Resampler as _, SincInterpolationParameters,
    SincInterpolationType, WindowFunction,
};

/// Lowest sample rate that is handled, in Hz.
pub const MIN_RATE_HZ: u32 = 4_000;
/// Highest sample rate that is handled, in Hz.
pub const MAX_RATE_HZ: u32 = 192_000;

/// Why a stream cannot be resampled.
#[derive(Debug, thiserror::Error)]
pub enum RateError {
    /// A rate is out of range.
    #[error("sample rate {rate_hz} Hz is not between {MIN_RATE_HZ} and {MAX_RATE_HZ} Hz")]
    Rate {
        /// The rate.
        rate_hz: u32,
    },
    /// The resampler cannot be made.
    #[error("cannot resample from {from_hz} to {to_hz} Hz: {reason}")]
    Setup {
        /// Rate of the input in Hz.
        from_hz: u32,
        /// Rate of the output in Hz.
        to_hz: u32,
        /// What the library said.
        reason: String,
    },
    /// The resampler refused a block.
    #[error("cannot resample: {0}")]
    Process(#[from] ResampleError),
}

/// Samples that `input` samples at `from_hz` become at `to_hz`: the same length in time, rounded to
/// the nearest sample.
#[must_use]
pub fn output_len(input: u64, from_hz: u32, to_hz: u32) -> u64 {
    let (from, to) = (u128::from(from_hz.max(1)), u128::from(to_hz));
    u64::try_from((u128::from(input) * to + from / 2) / from).unwrap_or(u64::MAX)
}

/// A streaming mono resampler.
#[derive(Debug)]
pub struct Resampler {
    from_hz: u32,
    to_hz: u32,
    /// Nothing when both rates are the same: samples then pass through untouched.
    engine: Option<Engine>,
    consumed: u64,
    produced: u64,
}

#[derive(Debug)]
struct Engine {
    inner: Async<f32>,
    /// Input waiting until a block is full.
    pending: Vec<f32>,
    block: usize,
    scratch: Vec<f32>,
    /// Output samples of the filter's delay.
    delay: usize,
    /// Those of them still to be dropped.
    trim: usize,
}

/// Output samples before the one that stands for the first input sample, to the nearest.
///
/// Half the filter, less the one step that rubato takes before its first output: its own
/// `output_delay()` is one sample too long, which the tests here show.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
fn delay(sinc_len: usize, ratio: f64) -> usize {
    (sinc_len as f64 / 2.0 * ratio - 1.0).round().max(0.0) as usize
}

impl Resampler {
    /// A resampler from `from_hz` to `to_hz`.
    ///
    /// Its delay in streaming use is under 20 ms: a block of 10 ms and half the filter.
    ///
    /// # Errors
    /// [`RateError::Rate`] when a rate is out of range, [`RateError::Setup`] when the library refuses.
    pub fn new(from_hz: u32, to_hz: u32) -> Result<Self, RateError> {
        for rate_hz in [from_hz, to_hz] {
            if !(MIN_RATE_HZ..=MAX_RATE_HZ).contains(&rate_hz) {
                return Err(RateError::Rate { rate_hz });
            }
        }
        let engine = if from_hz == to_hz { None } else { Some(Engine::new(from_hz, to_hz)?) };
        Ok(Self { from_hz, to_hz, engine, consumed: 0, produced: 0 })
    }

    /// Takes `input` and appends what it gives to `out`; up to a block stays inside for later.
    ///
    /// # Errors
    /// [`RateError::Process`] when the library refuses a block.
    pub fn push(&mut self, input: &[f32], out: &mut Vec<f32>) -> Result<(), RateError> {
        self.consumed += input.len() as u64;
        let before = out.len();
        match &mut self.engine {
            None => out.extend_from_slice(input),
            Some(engine) => {
                engine.pending.extend_from_slice(input);
                engine.run(out)?;
            }
        }
        self.produced += (out.len() - before) as u64;
        Ok(())
    }

    /// Ends the stream: appends the tail to `out`, so that all that came out since the start is
    /// exactly [`output_len`] of all that went in. The resampler is then ready for another stream.
    ///
    /// # Errors
    /// [`RateError::Process`] when the library refuses a block.
    pub fn finish(&mut self, out: &mut Vec<f32>) -> Result<(), RateError> {
        let wanted = output_len(self.consumed, self.from_hz, self.to_hz);
        if let Some(engine) = &mut self.engine {
            let before = out.len();
            let produced = self.produced;
            let made = |out: &Vec<f32>| produced + (out.len() - before) as u64;
            while made(out) < wanted {
                engine.pending.resize(engine.pending.len().max(engine.block), 0.0);
                engine.run(out)?;
            }
            // The last block reached past the end of the stream.
            let surplus = usize::try_from(made(out) - wanted).unwrap_or(usize::MAX);
            out.truncate(out.len().saturating_sub(surplus).max(before));
            engine.reset();
        }
        (self.consumed, self.produced) = (0, 0);
        Ok(())
    }

    /// Resamples a whole clip.
    ///
    /// # Errors
    /// As [`Resampler::new`] and [`Resampler::push`].
    pub fn clip(input: &[f32], from_hz: u32, to_hz: u32) -> Result<Vec<f32>, RateError> {
        let mut resampler = Self::new(from_hz, to_hz)?;
        let len = output_len(input.len() as u64, from_hz, to_hz);
        let mut out = Vec::with_capacity(usize::try_from(len).unwrap_or(0).saturating_add(1024));
        resampler.push(input, &mut out)?;
        resampler.finish(&mut out)?;
        Ok(out)
    }

    /// Rate of the input in Hz.
    #[must_use]
    pub fn from_hz(&self) -> u32 {
        self.from_hz
    }

    /// Rate of the output in Hz.
    #[must_use]
    pub fn to_hz(&self) -> u32 {
        self.to_hz
    }
}

impl Engine {
    fn new(from_hz: u32, to_hz: u32) -> Result<Self, RateError> {
        let ratio = f64::from(to_hz) / f64::from(from_hz);
        // A block of 10 ms keeps the delay small against the 20 ms periods of the sound card.
        let block = (from_hz / 100) as usize;
        // Going down, the filter must be as long as before in output samples to be as steep; speech at
        // 16 kHz then keeps everything below about 7 kHz. Four times is enough for 192 kHz to pass.
        let stretch = f64::from(from_hz.div_ceil(to_hz).clamp(1, 4));
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let sinc_len = (128.0 * stretch) as usize;
        let parameters = SincInterpolationParameters::new(sinc_len, WindowFunction::BlackmanHarris2)
            .oversampling_factor(128)
            .interpolation(SincInterpolationType::Linear);
        let inner = Async::<f32>::new_sinc(ratio, 1.0, &parameters, block, 1, FixedAsync::Input)
            .map_err(|error| RateError::Setup { from_hz, to_hz, reason: error.to_string() })?;
        let scratch = vec![0.0; inner.output_frames_max()];
        let delay = delay(sinc_len, ratio);
        Ok(Self { inner, pending: Vec::with_capacity(2 * block), block, scratch, delay, trim: delay })
    }

    fn reset(&mut self) {
        self.inner.reset();
        self.pending.clear();
        self.trim = self.delay;
    }

    /// Resamples every whole block of `pending`.
    fn run(&mut self, out: &mut Vec<f32>) -> Result<(), RateError> {
        let blocks = self.pending.len() / self.block;
        let mut indexing = Indexing::new();
        let frames = self.pending.len();
        let too_small = |_| ResampleError::InsufficientInputBufferSize { expected: frames, actual: 0 };
        for _ in 0..blocks {
            let input = InterleavedSlice::new(&self.pending, 1, frames).map_err(too_small)?;
            let room = self.scratch.len();
            let mut output = InterleavedSlice::new_mut(&mut self.scratch, 1, room).map_err(too_small)?;
            let (read, written) = self.inner.process_into_buffer(&input, &mut output, Some(&indexing))?;
            indexing.input_offset += read;
            let drop = self.trim.min(written);
            self.trim -= drop;
            out.extend_from_slice(self.scratch.get(drop..written).unwrap_or_default());
        }
        self.pending.drain(..indexing.input_offset.min(frames));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::cast_precision_loss)]
    use super::*;
    use crate::level::rms;

    fn tone(hz: f32, rate_hz: u32, samples: usize) -> Vec<f32> {
        (0..samples).map(|n| 0.5 * (std::f32::consts::TAU * hz * (n as f32) / rate_hz as f32).sin()).collect()
    }

    #[test]
    fn lengths_are_exact_for_every_rate_and_every_way_of_feeding() {
        for from in [4_000, 8_000, 11_025, 12_345, 16_000, 22_050, 44_100, 48_000, 96_000, 192_000] {
            for to in [16_000, 22_050, 48_000] {
                for samples in [0_usize, 1, 7, 441, 16_000, 33_333] {
                    let input = tone(300.0, from, samples);
                    for feed in [1, 160, 1021, usize::MAX] {
                        if feed == 1 && samples > 500 {
                            continue;
                        }
                        let mut resampler = Resampler::new(from, to).unwrap();
                        let mut out = Vec::new();
                        for part in input.chunks(feed) {
                            resampler.push(part, &mut out).unwrap();
                        }
                        resampler.finish(&mut out).unwrap();
                        let wanted = output_len(samples as u64, from, to);
                        assert_eq!(out.len() as u64, wanted, "{from} to {to}, {samples} samples by {feed}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_tone_keeps_its_place_and_its_level() {
        for (from, to) in [(48_000, 16_000), (44_100, 16_000), (8_000, 16_000), (22_050, 48_000)] {
            let input = tone(440.0, from, from as usize);
            let out = Resampler::clip(&input, from, to).unwrap();
            let wanted = tone(440.0, to, to as usize);
            // The ends are left out: there the filter reaches into the silence outside the clip.
            let edge = to as usize / 50;
            let difference: Vec<f32> =
                out[edge..out.len() - edge].iter().zip(&wanted[edge..]).map(|(a, b)| a - b).collect();
            // Half a sample out of place at most: the slope of the tone times that.
            let allowed = 0.36 * std::f32::consts::TAU * 440.0 / to as f32 * 0.5;
            assert!(rms(&difference) < allowed, "{from} to {to}: error {}", rms(&difference));
            if from % to == 0 {
                assert!(rms(&difference) < 0.001, "{from} to {to}: error {}", rms(&difference));
            }
        }
    }

    #[test]
    fn what_the_lower_rate_cannot_hold_is_removed_and_does_not_fold_back() {
        let input = tone(11_000.0, 48_000, 48_000);
        let out = Resampler::clip(&input, 48_000, 16_000).unwrap();
        assert!(rms(&out[1_000..15_000]) < 0.001, "alias level {}", rms(&out[1_000..15_000]));
    }

    #[test]
    fn speech_frequencies_pass() {
        let input = tone(6_500.0, 48_000, 48_000);
        let out = Resampler::clip(&input, 48_000, 16_000).unwrap();
        assert!(rms(&out[1_000..15_000]) > 0.3, "level {}", rms(&out[1_000..15_000]));
    }

    #[test]
    fn a_resampler_can_be_used_again_after_finish() {
        let input = tone(440.0, 48_000, 4_800);
        let mut resampler = Resampler::new(48_000, 16_000).unwrap();
        let (mut first, mut second) = (Vec::new(), Vec::new());
        for out in [&mut first, &mut second] {
            resampler.push(&input, out).unwrap();
            resampler.finish(out).unwrap();
        }
        assert_eq!(first, second);
    }

    #[test]
    fn rates_out_of_range_are_refused() {
        for (from, to) in [(0, 16_000), (3_999, 16_000), (16_000, 0), (192_001, 16_000)] {
            assert!(matches!(Resampler::new(from, to), Err(RateError::Rate { .. })), "{from} to {to}");
        }
    }
}
