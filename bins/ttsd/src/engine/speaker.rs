//! What the engine's thread does.

use std::ops::ControlFlow::{self, Break, Continue};

use iseetutor_audio::level::to_i16;
use iseetutor_service::{Heartbeat, Shutdown};
use tokio::runtime::Handle;
use tokio::sync::mpsc;

use super::{MAX_TEXT, Outcome, Parts, Queues, RATES, Running, Say, SpeakError, Work};
use crate::cache::{Key, Manner};
use crate::clause::{End, clauses};
use crate::normalize;
use crate::voice::{Utterance, VoiceError};

/// Longest spoken form of a clause in bytes that goes to the voice at once. Digits grow tenfold when they are
/// read out; what is longer is cut at a space.
const MAX_WORDS: usize = 480;

/// Longest text in bytes that is looked up in the cache.
const MAX_CACHED_TEXT: usize = 2_000;

/// Longest sound that is kept, in seconds.
const MAX_CACHED_SECONDS: usize = 60;

/// Samples of a cached sentence handed on at a time.
const CACHED_PIECE: usize = 8_192;

pub(super) struct Speaker {
    parts: Parts,
    manner: Manner,
    /// Most urgent first.
    queues: [mpsc::Receiver<Work>; 3],
    running: Running,
    runtime: Handle,
    heartbeat: Heartbeat,
    shutdown: Shutdown,
}

/// How far a text has come.
struct Progress {
    say: Say,
    /// How urgent: the number of its queue.
    level: usize,
    /// Samples so far.
    samples: u64,
    first_ms: Option<f64>,
    /// Everything so far, if it is to be kept.
    kept: Option<Vec<i16>>,
}

impl Speaker {
    pub fn new(
        parts: Parts,
        queues: Queues,
        runtime: Handle,
        heartbeat: Heartbeat,
        shutdown: Shutdown,
    ) -> Self {
        let manner = parts.manner();
        parts.report.cache_bytes(parts.cache.disk_bytes());
        let Queues(queues, running) = queues;
        Self { parts, manner, queues, running, runtime, heartbeat, shutdown }
    }

    pub fn run(&mut self) {
        loop {
            self.heartbeat.idle();
            let [talk, operator, render] = &mut self.queues;
            let shutdown = &self.shutdown;
            let next = self.runtime.block_on(async {
                tokio::select! {
                    biased;
                    () = shutdown.wait() => None,
                    Some(work) = talk.recv() => Some((0, work)),
                    Some(work) = operator.recv() => Some((1, work)),
                    Some(work) = render.recv() => Some((2, work)),
                    else => None,
                }
            });
            let Some((level, work)) = next else { return };
            self.heartbeat.beat();
            self.perform(work, level);
        }
    }

    /// Serves everything that is more urgent than `level`; whether there was anything.
    fn serve_above(&mut self, level: usize) -> bool {
        let mut any = false;
        for urgent in 0..level {
            while let Some(work) = self.queues.get_mut(urgent).and_then(|queue| queue.try_recv().ok()) {
                any = true;
                self.perform(work, urgent);
                if self.shutdown.has_begun() {
                    return any;
                }
            }
        }
        any
    }

    /// The next piece of a text, after everything that is more urgent; nothing at its end or when it was cancelled.
    fn next_piece(
        &mut self,
        progress: &Progress,
        utterance: &mut Utterance,
    ) -> Result<Option<Vec<f32>>, VoiceError> {
        loop {
            let interrupt = self.parts.voice.interrupt();
            self.running.set(progress.level, &progress.say.cancel, &interrupt)?;
            // What was put into a queue before that did not interrupt anything.
            if self.serve_above(progress.level) {
                continue;
            }
            if self.shutdown.has_begun() || progress.say.cancel.is_cancelled() {
                return Ok(None);
            }
            let piece = self.parts.voice.next(utterance);
            self.running.clear();
            match piece {
                Err(VoiceError::Interrupted) => {}
                piece => return piece,
            }
        }
    }

    fn perform(&mut self, work: Work, level: usize) {
        match work {
            Work::Then(act) => act(),
            Work::ClearCache(reply) => {
                let freed = self.parts.cache.clear();
                self.parts.report.cache_bytes(self.parts.cache.disk_bytes());
                // Nobody waits any more: the cache is empty all the same.
                let _ = reply.send(freed);
            }
            Work::Say(say) => {
                let mut progress = Progress { say, level, samples: 0, first_ms: None, kept: None };
                let outcome = match self.say(&mut progress) {
                    Ok(Continue(cached)) => Outcome::Said { samples: progress.samples, cached },
                    Ok(Break(())) => Outcome::Stopped,
                    Err(error) => Outcome::Failed(error),
                };
                let took_ms = progress.say.arrived.elapsed().as_secs_f64() * 1e3;
                self.parts.report.ended(&outcome, progress.first_ms, took_ms, level == 0);
                progress.say.sink.end(outcome);
            }
        }
    }

    /// Says a text; `Continue` holds whether it came from the cache.
    fn say(&mut self, progress: &mut Progress) -> Result<ControlFlow<(), bool>, SpeakError> {
        let length = progress.say.text.len();
        if length > MAX_TEXT {
            return Err(SpeakError::TooLong { length });
        }
        if progress.say.cancel.is_cancelled() {
            return Ok(Break(()));
        }
        let cleaned = normalize::clean(&progress.say.text);
        let rate = progress.say.rate.clamp(*RATES.start(), *RATES.end());
        let rate_hz = self.parts.voice.config().rate_hz();
        let key = (length <= MAX_CACHED_TEXT && (progress.say.from_cache || progress.say.keep)).then(|| {
            let words: Vec<String> =
                clauses(&cleaned).map(|c| format!("{:?} {}", c.end, normalize::read(c.text))).collect();
            Key::new(&self.manner, &words.join("\n"), rate)
        });
        if let Some(key) = key.filter(|_| progress.say.from_cache)
            && let Some(sound) = self.parts.cache.get(&key, rate_hz)
        {
            for piece in sound.chunks(CACHED_PIECE) {
                if self.hand_on(progress, piece).is_break() {
                    return Ok(Break(()));
                }
            }
            return Ok(Continue(true));
        }
        if progress.say.keep && key.is_some() {
            progress.kept = Some(Vec::new());
        }
        if self.say_clauses(progress, &cleaned, rate)?.is_break() {
            return Ok(Break(()));
        }
        if let (Some(key), Some(kept)) = (key, progress.kept.take())
            && !kept.is_empty()
        {
            self.parts.cache.put(&key, rate_hz, &kept.into());
            self.parts.report.cache_bytes(self.parts.cache.disk_bytes());
        }
        Ok(Continue(false))
    }

    fn say_clauses(
        &mut self,
        progress: &mut Progress,
        cleaned: &str,
        rate: f32,
    ) -> Result<ControlFlow<()>, SpeakError> {
        let mut pause_ms = 0;
        for clause in clauses(cleaned) {
            let words = normalize::read(clause.text);
            for part in bounded(&words) {
                let mut phonemes =
                    self.parts.phonemizer.phonemes(part).map_err(crate::voice::VoiceError::from)?;
                if phonemes.is_empty() {
                    continue;
                }
                // Without a mark at its end a sentence hangs in the air.
                if clause.end != End::Part && phonemes.ends_with(|c: char| !",;:.?!".contains(c)) {
                    phonemes.push('.');
                }
                if self.pause(progress, pause_ms).is_break() {
                    return Ok(Break(()));
                }
                pause_ms = 0;
                let mut utterance = self.parts.voice.begin(&phonemes, rate)?;
                if progress.level > 0 {
                    utterance.unheard();
                }
                self.heartbeat.beat();
                while let Some(piece) = self.next_piece(progress, &mut utterance)? {
                    self.heartbeat.beat();
                    let gain = self.parts.settings.gain;
                    let samples: Vec<i16> = piece.iter().map(|sample| to_i16(sample * gain)).collect();
                    if self.hand_on(progress, &samples).is_break() {
                        return Ok(Break(()));
                    }
                }
                if self.shutdown.has_begun() || progress.say.cancel.is_cancelled() {
                    return Ok(Break(()));
                }
            }
            pause_ms = match clause.end {
                End::Part => 0,
                End::Sentence => self.parts.settings.sentence_pause_ms,
                End::Line => self.parts.settings.line_pause_ms,
            };
        }
        Ok(Continue(()))
    }

    /// Silence inside a text.
    fn pause(&mut self, progress: &mut Progress, milliseconds: u32) -> ControlFlow<()> {
        if milliseconds == 0 {
            return Continue(());
        }
        let silence = self.silence(milliseconds);
        self.hand_on(progress, &silence)
    }

    fn silence(&self, milliseconds: u32) -> Vec<i16> {
        let samples = u64::from(milliseconds) * u64::from(self.parts.voice.config().rate_hz()) / 1_000;
        vec![0; usize::try_from(samples).unwrap_or(0)]
    }

    /// Gives samples to the sink, and to what is to be kept.
    fn hand_on(&mut self, progress: &mut Progress, samples: &[i16]) -> ControlFlow<()> {
        if self.shutdown.has_begun() || progress.say.cancel.is_cancelled() {
            return Break(());
        }
        let rate_hz = self.parts.voice.config().rate_hz();
        if let Some(kept) = &mut progress.kept {
            if kept.len() + samples.len() > MAX_CACHED_SECONDS * rate_hz as usize {
                progress.kept = None;
            } else {
                kept.extend_from_slice(samples);
            }
        }
        if progress.first_ms.is_none() {
            progress.first_ms = Some(progress.say.arrived.elapsed().as_secs_f64() * 1e3);
            progress.say.sink.start(rate_hz)?;
            let silence = self.silence(progress.say.pause_ms);
            if !silence.is_empty() {
                progress.samples += silence.len() as u64;
                progress.say.sink.sound(&silence)?;
            }
        }
        progress.samples += samples.len() as u64;
        // The sink may wait for a slow listener, and that is no fault of this thread.
        self.heartbeat.idle();
        let flow = progress.say.sink.sound(samples);
        self.heartbeat.beat();
        flow
    }
}

/// Cuts words into parts of at most [`MAX_WORDS`] bytes, at spaces where there are any.
fn bounded(words: &str) -> impl Iterator<Item = &str> {
    let mut rest = words;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        if rest.is_empty() {
            return None;
        }
        let mut end = rest.len();
        if end > MAX_WORDS {
            end = MAX_WORDS;
            while !rest.is_char_boundary(end) {
                end -= 1;
            }
            end = rest.get(..end).and_then(|head| head.rfind(' ')).filter(|at| *at > 0).unwrap_or(end);
        }
        let (part, tail) = rest.split_at(end);
        rest = tail;
        Some(part)
    })
}

#[cfg(test)]
mod tests {
    use super::{MAX_WORDS, bounded};

    #[test]
    fn long_readings_are_cut_at_spaces() {
        let words = "nine ".repeat(1_000);
        let parts: Vec<&str> = bounded(&words).collect();
        assert!(parts.iter().all(|part| part.len() <= MAX_WORDS && !part.is_empty()));
        assert_eq!(parts.iter().map(|part| part.split_whitespace().count()).sum::<usize>(), 1_000);
        let unbroken = "é".repeat(2_000);
        assert_eq!(bounded(&unbroken).collect::<String>(), unbroken);
        assert_eq!(bounded("  ").count(), 0);
    }
}
