//! The mouth: what is to be said goes in as sentences, and comes out as blocks of samples at the
//! device's rate, with a volume, fades, and an exact count of what was given out. No clock, no device.

use std::collections::VecDeque;

use iseetutor_audio::level::volume_gain;
use iseetutor_audio::resample::{RateError, Resampler, output_len};

/// Milliseconds over which a flush falls silent, and a change of volume takes place.
pub const FADE_MS: u32 = 10;
/// Milliseconds over which sound begins after silence, and runs out when its source does.
const EDGE_MS: u32 = 5;
/// Milliseconds of a sentence that are waited for before it begins.
const JITTER_MS: u32 = 40;

/// What is to be said, in order.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A sentence begins.
    Sentence {
        /// Turn it belongs to; 0 outside a conversation.
        turn: u64,
        /// Its number in the turn.
        sentence: u32,
        /// Rate of its samples in Hz.
        rate_hz: u32,
    },
    /// Its next samples.
    Pcm(Vec<f32>),
    /// It is complete.
    SentenceEnd,
    /// The answer is complete.
    TurnEnd {
        /// The turn.
        turn: u64,
    },
}

/// What happened, at a position in samples given out (silence included).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// The position.
    pub at: u64,
    /// What.
    pub kind: EventKind,
}

/// See [`Event`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    /// The first sample of a sentence.
    SentenceBegan {
        /// The turn.
        turn: u64,
        /// The sentence.
        sentence: u32,
    },
    /// Everything of an answer was given out.
    TurnDone {
        /// The turn.
        turn: u64,
    },
}

/// How far an answer got.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reached {
    /// Turn of the answer.
    pub turn: u64,
    /// Last sentence of which something was heard.
    pub sentence: u32,
    /// Milliseconds of it that were heard.
    pub sentence_ms: u64,
    /// Whether the whole answer was heard.
    pub complete: bool,
}

/// Samples of one sentence without a gap.
#[derive(Debug, Clone, Copy)]
struct Span {
    turn: u64,
    sentence: u32,
    from: u64,
    to: u64,
}

/// Spans kept: an underrun splits one, and only the last sentence matters.
const KEPT_SPANS: usize = 64;

/// The mouth.
#[derive(Debug)]
pub struct Player {
    rate_hz: u32,
    queue: VecDeque<Item>,
    /// Milliseconds of sound in `queue`, in µs so that small pieces add up.
    queued_us: u64,
    /// Rate of the sentence at the end of `queue`.
    queued_rate_hz: u32,
    /// The sentence being given out.
    current: Option<(u64, u32)>,
    began: bool,
    resampler: Option<Resampler>,
    /// Samples at the device's rate, ready to go out, and how many of them went.
    ready: Vec<f32>,
    taken: usize,
    /// Whether `ready` is the sentence's last.
    closing: bool,
    /// Whether to wait for some sound before going on: at a sentence's beginning and after an underrun.
    gather: bool,
    /// The end of something that was cut off, already faded; goes out before anything else.
    tail: VecDeque<f32>,
    /// Rises from 0 to 1 when sound begins.
    edge: f32,
    last: f32,
    gain: f32,
    wanted_gain: f32,
    position: u64,
    spans: VecDeque<Span>,
    done: Option<(u64, u64)>,
    underruns: u64,
}

impl Player {
    /// A silent player for a device at `rate_hz`.
    #[must_use]
    pub fn new(rate_hz: u32, volume: u8) -> Self {
        let gain = volume_gain(volume);
        Self {
            rate_hz,
            queue: VecDeque::new(),
            queued_us: 0,
            queued_rate_hz: rate_hz,
            current: None,
            began: false,
            resampler: None,
            ready: Vec::new(),
            taken: 0,
            closing: false,
            gather: true,
            tail: VecDeque::new(),
            edge: 0.0,
            last: 0.0,
            gain,
            wanted_gain: gain,
            position: 0,
            spans: VecDeque::new(),
            done: None,
            underruns: 0,
        }
    }

    /// Queues `item` behind what is there.
    pub fn push(&mut self, item: Item) {
        match &item {
            Item::Sentence { rate_hz, .. } => self.queued_rate_hz = (*rate_hz).max(1),
            Item::Pcm(samples) => self.queued_us += self.us_of(samples),
            Item::SentenceEnd | Item::TurnEnd { .. } => {}
        }
        self.queue.push_back(item);
    }

    fn us_of(&self, samples: &[f32]) -> u64 {
        samples.len() as u64 * 1_000_000 / u64::from(self.queued_rate_hz)
    }

    /// Milliseconds of sound queued and not begun yet.
    #[must_use]
    pub fn queued_ms(&self) -> u64 {
        self.queued_us / 1_000
    }

    /// Whether there is nothing to give out but silence, now.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        let sounds = !self.tail.is_empty() || self.taken < self.ready.len();
        // A sentence of which too little is here yet is silence too, however long the rest takes.
        !sounds && (self.queue.is_empty() || !self.may_go_on())
    }

    /// Whether the next thing in the queue is there as far as it needs to be.
    fn may_go_on(&self) -> bool {
        let ends = matches!(self.queue.front(), Some(Item::TurnEnd { .. }));
        match self.current {
            _ if !self.gather => true,
            None => ends || self.gathered(1),
            Some(_) => self.gathered(0),
        }
    }

    /// Sets the volume in percent; it is reached within [`FADE_MS`].
    pub fn set_volume(&mut self, volume: u8) {
        self.wanted_gain = volume_gain(volume);
    }

    /// Samples given out so far, silence included.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.position
    }

    /// Times that a sentence ran out of sound before it was complete.
    #[must_use]
    pub fn underruns(&self) -> u64 {
        self.underruns
    }

    /// The device's rate in Hz.
    #[must_use]
    pub fn rate_hz(&self) -> u32 {
        self.rate_hz
    }

    /// Takes what was not begun yet, the rest of a sentence in progress included.
    pub fn take_queue(&mut self) -> Vec<Item> {
        self.queued_us = 0;
        let rate_hz = self.resampler.as_ref().map_or(self.rate_hz, Resampler::from_hz);
        let resumed = self.current.filter(|_| !self.closing).map(|(turn, sentence)| Item::Sentence {
            turn,
            sentence,
            rate_hz,
        });
        resumed.into_iter().chain(self.queue.drain(..)).collect()
    }

    /// Drops everything that was not given out, but for a fade of [`FADE_MS`].
    pub fn flush(&mut self) {
        if !self.ready.is_empty() || !self.queue.is_empty() || self.current.is_some() {
            let fade = self.frames(FADE_MS);
            let mut tail = vec![0.0; fade];
            self.fill(&mut tail, &mut Vec::new(), true);
            #[allow(clippy::cast_precision_loss)]
            for (n, sample) in tail.iter_mut().enumerate() {
                *sample *= 1.0 - (n + 1) as f32 / fade as f32;
            }
            self.tail = tail.into();
        }
        self.queue.clear();
        self.queued_us = 0;
        self.stop_sentence();
        self.resampler = None;
    }

    fn stop_sentence(&mut self) {
        (self.current, self.began, self.closing, self.gather) = (None, false, false, true);
        self.ready.clear();
        self.taken = 0;
        self.edge = 0.0;
    }

    /// Fills `out` with what comes next, silence where there is nothing, and appends what happened to `events`.
    pub fn render(&mut self, out: &mut [f32], events: &mut Vec<Event>) {
        let from_tail = self.tail.len().min(out.len());
        for (slot, sample) in out.iter_mut().zip(self.tail.drain(..from_tail)) {
            *slot = sample;
            self.last = sample;
        }
        self.position += from_tail as u64;
        self.fill(&mut out[from_tail..], events, false);
    }

    /// Fills `out` from the queue. `fading` is set for the end of what is being flushed: then the gap
    /// after the last sample is nobody's underrun, and the samples are counted only when they go out.
    fn fill(&mut self, out: &mut [f32], events: &mut Vec<Event>, fading: bool) {
        let mut filled = 0;
        while filled < out.len() {
            let part = (self.ready.len() - self.taken).min(out.len() - filled);
            if part > 0 {
                self.note_span(events, filled as u64, part as u64, fading);
                let step = 1.0 / self.frames_f32(FADE_MS);
                let rise = 1.0 / self.frames_f32(EDGE_MS);
                let source = self.ready.get(self.taken..self.taken + part).unwrap_or_default();
                for (slot, sample) in out[filled..].iter_mut().zip(source) {
                    self.gain += (self.wanted_gain - self.gain).clamp(-step, step);
                    self.edge = (self.edge + rise).min(1.0);
                    *slot = (sample * self.gain * self.edge).clamp(-1.0, 1.0);
                    self.last = *slot;
                }
                self.taken += part;
                filled += part;
            } else if !self.advance(events, self.position + filled as u64, fading) {
                filled += self.run_out(&mut out[filled..]);
            }
        }
        if !fading {
            self.position += filled as u64;
        }
    }

    /// Fills `out` with silence that begins where the last sample was.
    fn run_out(&mut self, out: &mut [f32]) -> usize {
        let fall = 1.0 / self.frames_f32(EDGE_MS);
        for slot in out.iter_mut() {
            self.last =
                if self.last > 0.0 { (self.last - fall).max(0.0) } else { (self.last + fall).min(0.0) };
            *slot = self.last;
        }
        self.edge = 0.0;
        out.len()
    }

    /// Takes the next thing from the queue; false when there is nothing to go on with.
    fn advance(&mut self, events: &mut Vec<Event>, at: u64, fading: bool) -> bool {
        if self.closing {
            self.stop_sentence();
            return true;
        }
        if !fading && !self.may_go_on() {
            return false;
        }
        let Some(item) = self.queue.pop_front() else {
            if self.current.is_some() && self.began && !self.gather && !fading {
                self.underruns += 1;
                self.gather = true;
            }
            return false;
        };
        match item {
            Item::Sentence { turn, sentence, rate_hz } => {
                self.stop_sentence();
                (self.current, self.gather) = (Some((turn, sentence)), false);
                if self.resampler.as_ref().is_none_or(|resampler| resampler.from_hz() != rate_hz) {
                    self.resampler = match Resampler::new(rate_hz, self.rate_hz) {
                        Ok(resampler) => Some(resampler),
                        Err(error) => return self.skip(&error),
                    };
                }
            }
            Item::Pcm(samples) => {
                let rate_hz = self.resampler.as_ref().map_or(self.rate_hz, Resampler::from_hz);
                let us = samples.len() as u64 * 1_000_000 / u64::from(rate_hz);
                self.queued_us = self.queued_us.saturating_sub(us);
                self.gather = false;
                self.convert(Some(&samples));
            }
            Item::SentenceEnd => {
                self.convert(None);
                self.closing = true;
            }
            Item::TurnEnd { turn } => {
                if !fading {
                    self.done = Some((turn, at));
                    events.push(Event { at, kind: EventKind::TurnDone { turn } });
                }
            }
        }
        true
    }

    /// Brings `samples` (or, with none, the sentence's tail) to the device's rate.
    fn convert(&mut self, samples: Option<&[f32]>) {
        self.ready.clear();
        self.taken = 0;
        let Some(resampler) = &mut self.resampler else { return };
        let made = match samples {
            Some(samples) => resampler.push(samples, &mut self.ready),
            None => resampler.finish(&mut self.ready),
        };
        if let Err(error) = made {
            self.skip(&error);
        }
    }

    fn skip(&mut self, error: &RateError) -> bool {
        tracing::warn!(%error, "sentence not played");
        self.resampler = None;
        true
    }

    /// Whether the queue, after its first `skip` items, has enough of the sentence to go on with.
    fn gathered(&self, skip: usize) -> bool {
        let mut us = 0;
        if self.queue.is_empty() {
            return false;
        }
        for item in self.queue.iter().skip(skip) {
            match item {
                Item::Pcm(samples) => us += self.us_of(samples),
                Item::Sentence { .. } | Item::SentenceEnd | Item::TurnEnd { .. } => return true,
            }
            if us >= u64::from(JITTER_MS) * 1_000 {
                return true;
            }
        }
        false
    }

    /// Notes that `len` samples of the current sentence go out, `ahead` of the position.
    fn note_span(&mut self, events: &mut Vec<Event>, ahead: u64, len: u64, fading: bool) {
        let Some((turn, sentence)) = self.current else { return };
        let from = self.position + ahead;
        if !self.began {
            self.began = true;
            if !fading {
                events.push(Event { at: from, kind: EventKind::SentenceBegan { turn, sentence } });
            }
        }
        match self.spans.back_mut() {
            Some(span) if (span.turn, span.sentence, span.to) == (turn, sentence, from) => span.to += len,
            _ => {
                if self.spans.len() == KEPT_SPANS {
                    self.spans.pop_front();
                }
                self.spans.push_back(Span { turn, sentence, from, to: from + len });
            }
        }
    }

    /// How far the last answer got when everything before position `heard` has left the speaker.
    #[must_use]
    pub fn reached(&self, heard: u64) -> Option<Reached> {
        let last = self.spans.iter().rev().find(|span| span.from < heard && span.turn != 0)?;
        let samples: u64 = self
            .spans
            .iter()
            .filter(|span| (span.turn, span.sentence) == (last.turn, last.sentence))
            .map(|span| span.to.min(heard).saturating_sub(span.from))
            .sum();
        let complete = self.done.is_some_and(|(turn, at)| turn == last.turn && at <= heard);
        let sentence_ms = output_len(samples, self.rate_hz, 1_000);
        Some(Reached { turn: last.turn, sentence: last.sentence, sentence_ms, complete })
    }

    fn frames(&self, ms: u32) -> usize {
        (self.rate_hz as usize * ms as usize / 1_000).max(1)
    }

    #[allow(clippy::cast_precision_loss)]
    fn frames_f32(&self, ms: u32) -> f32 {
        self.frames(ms) as f32
    }
}

#[cfg(test)]
mod tests;
