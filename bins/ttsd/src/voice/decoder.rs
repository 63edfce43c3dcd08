//! The second half of a voice: columns of the latent become sound, several stretches at the same time.
//!
//! A stretch is computed on one thread. Threads that share one stretch would wait for each other after every
//! operation; stretches of their own keep every core busy to the end, with nothing to wait for.

use std::collections::VecDeque;
use std::thread;

use ort::inputs;
use ort::session::{RunOptions, Session};
use ort::value::TensorRef;

use super::{Interrupt, VoiceError};
use crate::onnx::SPEAKER;

/// Columns of the first stretches: a quarter of a second of sound each, for an early start.
const FIRST_COLUMNS: usize = 24;

/// How much longer the stretches of each round are than those of the round before.
const GROWTH: usize = 4;

/// Columns of a stretch at most: enough that its context costs little, few enough to fit in the memory of the device.
const MOST_COLUMNS: usize = 512;

/// [`FIRST_COLUMNS`] and [`GROWTH`] where nobody listens while it is computed, so that a later start and a gap in the
/// sound harm nothing.
const FIRST_COLUMNS_UNHEARD: usize = 64;
const GROWTH_UNHEARD: usize = 64;

/// The decoder of a voice, once for each thread.
pub(super) struct Decoder {
    /// At least one.
    lanes: Vec<Session>,
    latent: String,
    speaker: Option<[i64; 1]>,
    hop: usize,
    reach: usize,
}

/// A text on its way through the voice; given to [`Voice::next`](super::Voice::next) until it returns nothing.
pub struct Utterance {
    /// Row by row, each of `columns` values.
    latent: Vec<f32>,
    channels: usize,
    columns: usize,
    /// Columns decoded.
    done: usize,
    /// Columns of each stretch of the next round.
    stretch: usize,
    growth: usize,
    /// Sound that is not fetched yet.
    ready: VecDeque<Vec<f32>>,
}

impl Utterance {
    /// Sound that is complete.
    pub(super) fn complete(sound: Vec<f32>) -> Self {
        Self { ready: VecDeque::from([sound]), ..Self::new(Vec::new(), 0, 0) }
    }

    /// The sound of [`Utterance::complete`], once.
    pub(super) fn take_complete(&mut self) -> Option<Vec<f32>> {
        self.ready.pop_front()
    }

    /// A latent to be decoded: `channels` rows of `columns` values.
    pub(super) fn new(latent: Vec<f32>, channels: usize, columns: usize) -> Self {
        Self {
            latent,
            channels,
            columns,
            done: 0,
            stretch: FIRST_COLUMNS,
            growth: GROWTH,
            ready: VecDeque::new(),
        }
    }

    /// Nobody listens while it is computed: longer stretches, which take less time in all.
    pub fn unheard(&mut self) {
        self.stretch = FIRST_COLUMNS_UNHEARD;
        self.growth = GROWTH_UNHEARD;
    }

    /// The stretches of the next round, at most one for each of `lanes`; none at the end.
    fn round(&mut self, lanes: usize) -> Vec<(usize, usize)> {
        let left = self.columns - self.done;
        let mut size = self.stretch.min(MOST_COLUMNS);
        if left <= size * lanes * 3 / 2 {
            // The last round takes what is left, evenly, and leaves no stump.
            size = left.div_ceil(lanes).max(FIRST_COLUMNS);
        }
        let mut spans = Vec::with_capacity(lanes);
        while spans.len() < lanes && self.done < self.columns {
            let end = (self.done + size).min(self.columns);
            spans.push((self.done, end));
            self.done = end;
        }
        self.stretch = size.saturating_mul(self.growth);
        spans
    }

    /// Columns `from` to `to` of every row.
    fn window(&self, from: usize, to: usize) -> Vec<f32> {
        let mut window = Vec::with_capacity(self.channels * (to - from));
        for row in self.latent.chunks_exact(self.columns) {
            window.extend_from_slice(row.get(from..to).unwrap_or_default());
        }
        window
    }
}

impl Decoder {
    /// A decoder that runs on as many threads as there are `lanes`, each a session of the same model. `hop` and
    /// `reach` are those of [`onnx::Halves`](crate::onnx::Halves).
    pub fn new(
        lanes: Vec<Session>,
        latent: &str,
        speaker: Option<[i64; 1]>,
        hop: usize,
        reach: usize,
    ) -> Self {
        let asks = lanes.iter().flat_map(Session::inputs).any(|input| input.name() == SPEAKER);
        Self { lanes, latent: latent.to_owned(), speaker: speaker.filter(|_| asks), hop, reach }
    }

    /// The next piece of sound in -1 to 1; nothing at the end. Interrupted, the utterance stays where it was.
    pub fn next(
        &mut self,
        utterance: &mut Utterance,
        interrupt: &Interrupt,
    ) -> Result<Option<Vec<f32>>, VoiceError> {
        if let Some(sound) = utterance.ready.pop_front() {
            return Ok(Some(sound));
        }
        let before = (utterance.done, utterance.stretch);
        let spans = utterance.round(self.lanes.len());
        let stretches: Vec<Stretch> =
            spans.into_iter().map(|span| Stretch::new(utterance, span, self.reach)).collect();
        let (latent, speaker, hop) = (self.latent.as_str(), self.speaker, self.hop);
        let channels = utterance.channels;
        let decode = |lane: &mut Session, stretch: &Stretch| {
            stretch.decode(lane, latent, channels, speaker, hop, &interrupt.options)
        };
        let mut work = self.lanes.iter_mut().zip(&stretches);
        let own = work.next();
        let sounds: Vec<Result<Vec<f32>, VoiceError>> = thread::scope(|scope| {
            let others: Vec<_> =
                work.map(|(lane, stretch)| scope.spawn(move || decode(lane, stretch))).collect();
            let own = own.map(|(lane, stretch)| decode(lane, stretch));
            let lost = || Err(VoiceError::Run("its decoder's thread ended early".into()));
            own.into_iter()
                .chain(others.into_iter().map(|other| other.join().unwrap_or_else(|_| lost())))
                .collect()
        });
        if interrupt.is_stopped() && sounds.iter().any(Result::is_err) {
            (utterance.done, utterance.stretch) = before;
            return Err(VoiceError::Interrupted);
        }
        for sound in sounds {
            utterance.ready.push_back(sound?);
        }
        Ok(utterance.ready.pop_front())
    }
}

/// A stretch of columns with the context it needs.
struct Stretch {
    window: Vec<f32>,
    width: usize,
    /// Columns of context in front, and columns that are wanted.
    skip: usize,
    keep: usize,
}

impl Stretch {
    /// At the ends of the latent there is no context, as in the whole graph.
    fn new(utterance: &Utterance, (start, end): (usize, usize), reach: usize) -> Self {
        let (from, to) = (start.saturating_sub(reach), (end + reach).min(utterance.columns));
        Self { window: utterance.window(from, to), width: to - from, skip: start - from, keep: end - start }
    }

    fn decode(
        &self,
        lane: &mut Session,
        latent: &str,
        channels: usize,
        speaker: Option<[i64; 1]>,
        hop: usize,
        options: &RunOptions,
    ) -> Result<Vec<f32>, VoiceError> {
        let mut inputs = inputs![
            latent => TensorRef::from_array_view(([1, channels, self.width], self.window.as_slice()))?,
        ];
        if let Some(speaker) = &speaker {
            inputs
                .push((SPEAKER.into(), TensorRef::from_array_view(([1_usize], speaker.as_slice()))?.into()));
        }
        let outputs = lane.run_with_options(inputs, options)?;
        let (_, sound) = outputs[0].try_extract_tensor::<f32>()?;
        if sound.len() != self.width * hop {
            return Err(VoiceError::Run(format!("{} samples came of {} columns", sound.len(), self.width)));
        }
        let wanted = self.skip * hop..(self.skip + self.keep) * hop;
        Ok(sound.get(wanted).unwrap_or_default().to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::{FIRST_COLUMNS, FIRST_COLUMNS_UNHEARD, MOST_COLUMNS, Utterance};

    /// Rounds of a latent of this many columns.
    fn rounds(columns: usize, lanes: usize, unheard: bool) -> Vec<Vec<(usize, usize)>> {
        let mut utterance = Utterance::new(Vec::new(), 0, columns);
        if unheard {
            utterance.unheard();
        }
        let mut all = Vec::new();
        loop {
            let round = utterance.round(lanes);
            if round.is_empty() {
                return all;
            }
            all.push(round);
        }
    }

    #[test]
    fn stretches_cover_every_column_once() {
        for columns in (0..200).chain([965, 4_000, 20_000]) {
            for lanes in 1..=6 {
                for unheard in [false, true] {
                    let spans = rounds(columns, lanes, unheard).concat();
                    let mut at = 0;
                    for (start, end) in spans {
                        assert!(start == at && end > start && end - start <= MOST_COLUMNS * 3 / 2 + 1);
                        at = end;
                    }
                    assert_eq!(at, columns, "{lanes} lanes");
                }
            }
        }
    }

    #[test]
    fn the_first_stretches_are_short() {
        let all = rounds(965, 2, false);
        assert_eq!(all[0], [(0, FIRST_COLUMNS), (FIRST_COLUMNS, 2 * FIRST_COLUMNS)]);
        assert!(all.len() <= 4, "{all:?}");
        let all = rounds(965, 2, true);
        assert_eq!(all[0][0], (0, FIRST_COLUMNS_UNHEARD));
        assert_eq!(all.len(), 2, "{all:?}");
    }
}
