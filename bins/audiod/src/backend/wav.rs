//! Files that stand for microphone and speaker, paced by the clock as a sound card would pace them.
//!
//! The microphone's file is followed by silence until the conversation is over, so that its last
//! utterance ends as any other. With `wait_for_reply` the file also waits, in the silence before its next
//! utterance, until the tutor has answered the one before: a recording of several turns is then a
//! dialogue, not one interruption after the other. Where utterances begin is found by looking ahead in
//! the file with the same ear that the microphone has.

use std::collections::VecDeque;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use iseetutor_audio::SPEECH_RATE_HZ;
use iseetutor_audio::wav::{SpeechReader, Tail, Writer};
use iseetutor_wire::monotonic_us;

use super::{BLOCK_MS, Backend, Cue, DeviceError, MAX_WAIT_MS, Microphone, Speaker, Taken};
use crate::config::WavConfig;
use crate::ear::gate::VoiceGate;
use crate::ear::{Ear, Heard, VoiceConfig};

/// Samples of a block of the microphone.
const BLOCK: usize = (SPEECH_RATE_HZ / 1_000 * BLOCK_MS) as usize;
const BLOCK_US: u64 = BLOCK_MS as u64 * 1_000;

/// Samples that the ear looks ahead in the file: enough for an attack that is drawn out, and the hold.
const LOOK_AHEAD: usize = SPEECH_RATE_HZ as usize / 2;

/// Samples before an utterance's first voice at which the file waits: soft beginnings included.
const HOLD_BEFORE: u64 = SPEECH_RATE_HZ as u64 / 10;

/// Blocks of silence between the tutor's answer and the next utterance: 300 ms.
const BREATH: u32 = 300 / BLOCK_MS;

/// Blocks of silence after the file's end before the conversation can be over: 1 s.
const LAST_SILENCE: u32 = 1_000 / BLOCK_MS;

/// The backend.
pub struct WavFiles {
    config: WavConfig,
    voice: VoiceConfig,
    cue: Arc<Cue>,
    session: Arc<Session>,
}

/// What microphone and speaker share, and what outlives a microphone that is closed and opened again.
#[derive(Debug, Default)]
struct Session {
    /// Samples of the file that were taken.
    position: AtomicU64,
    /// Whether the file is over and everything was answered.
    finished: AtomicBool,
    /// Point on the monotonic clock, in µs, at which the microphone began to hear; 0 before.
    started_us: AtomicU64,
    /// Whether the microphone is open.
    hearing: AtomicBool,
    /// The file of the speaker, which goes on when the speaker is opened again.
    writer: Mutex<Option<Writer<File>>>,
}

impl WavFiles {
    /// A backend of these files. `voice` finds the utterances, `cue` tells of the conversation.
    #[must_use]
    pub fn new(config: WavConfig, voice: VoiceConfig, cue: Arc<Cue>) -> Self {
        Self { config, voice, cue, session: Arc::default() }
    }
}

impl Backend for WavFiles {
    fn name(&self) -> &'static str {
        "wav"
    }

    fn hears_itself(&self) -> bool {
        false
    }

    fn open_microphone(&self) -> Result<Box<dyn Microphone>, DeviceError> {
        let scout = if self.config.microphone.as_os_str().is_empty() {
            None
        } else {
            let begin = self.session.position.load(Ordering::Acquire);
            Some(Scout::open(&self.config.microphone, &self.voice, begin)?)
        };
        self.session.hearing.store(true, Ordering::Release);
        Ok(Box::new(WavMicrophone {
            scout,
            wait_for_reply: self.config.wait_for_reply,
            cue: Arc::clone(&self.cue),
            session: Arc::clone(&self.session),
            next_us: 0,
            breath: 0,
            silence: 0,
        }))
    }

    fn open_speaker(&self) -> Result<Box<dyn Speaker>, DeviceError> {
        let mut writer = self.session.writer.lock().unwrap_or_else(PoisonError::into_inner);
        if writer.is_none() && !self.config.speaker.as_os_str().is_empty() {
            *writer = Some(Writer::create(&self.config.speaker, self.config.speaker_rate_hz)?);
        }
        drop(writer);
        Ok(Box::new(WavSpeaker {
            rate_hz: self.config.speaker_rate_hz,
            session: Arc::clone(&self.session),
            next_us: 0,
        }))
    }
}

/// Reads the file ahead of the microphone and knows where its utterances begin.
struct Scout {
    reader: SpeechReader<BufReader<File>>,
    ear: Ear,
    /// Sound read and not taken yet.
    ahead: VecDeque<f32>,
    /// Beginnings of utterances not passed yet, in samples of the file.
    onsets: VecDeque<u64>,
    /// Samples of the file taken.
    position: u64,
    /// Where the ear began to listen.
    begin: u64,
    at_end: bool,
}

impl Scout {
    fn open(path: &Path, voice: &VoiceConfig, begin: u64) -> Result<Self, DeviceError> {
        let mut reader = SpeechReader::open(path, Tail::MustBeWhole)?;
        let mut block = [0.0; BLOCK];
        let mut left = begin;
        while left > 0 {
            let part = usize::try_from(left).unwrap_or(BLOCK).min(BLOCK);
            let read = reader.read(&mut block[..part])?;
            if read == 0 {
                break;
            }
            left -= read as u64;
        }
        // Any silence that could end an utterance may be followed by the next one.
        let voice = VoiceConfig { endpoint_ms: voice.endpoint_ms.min(200), ..*voice };
        let ear = Ear::new(&voice, Box::new(VoiceGate::new(voice.gate)));
        Ok(Self {
            reader,
            ear,
            ahead: VecDeque::new(),
            onsets: VecDeque::new(),
            position: begin,
            begin,
            at_end: false,
        })
    }

    fn look(&mut self) -> Result<(), DeviceError> {
        let mut block = [0.0; BLOCK];
        let mut heard = Vec::new();
        while !self.at_end && self.ahead.len() < LOOK_AHEAD {
            let read = self.reader.read(&mut block)?;
            self.at_end = read < BLOCK;
            let read = block.get(..read).unwrap_or_default();
            self.ahead.extend(read);
            self.ear.hear(read, &mut heard);
        }
        let begin = self.begin;
        self.onsets.extend(heard.into_iter().filter_map(|heard| match heard {
            Heard::Start { onset } => Some(begin + onset),
            _ => None,
        }));
        while self.onsets.front().is_some_and(|onset| *onset < self.position) {
            self.onsets.pop_front();
        }
        Ok(())
    }

    /// Whether an utterance is about to begin.
    fn is_before_onset(&self) -> bool {
        self.onsets.front().is_some_and(|onset| *onset <= self.position + HOLD_BEFORE)
    }
}

struct WavMicrophone {
    scout: Option<Scout>,
    wait_for_reply: bool,
    cue: Arc<Cue>,
    session: Arc<Session>,
    /// When the next block is due; 0 before the first.
    next_us: u64,
    /// Blocks of silence still to come before an utterance that waited.
    breath: u32,
    /// Blocks of silence since the file's end.
    silence: u32,
}

impl WavMicrophone {
    /// Whether the file waits in this block.
    fn holds(&mut self) -> bool {
        if self.cue.answering.load(Ordering::Acquire) {
            self.breath = BREATH;
        }
        let before_onset = self.scout.as_ref().is_some_and(Scout::is_before_onset);
        let holds = self.wait_for_reply && before_onset && self.breath > 0;
        self.breath = self.breath.saturating_sub(1);
        holds
    }
}

impl Microphone for WavMicrophone {
    fn take(&mut self, out: &mut Vec<f32>) -> Result<Taken, DeviceError> {
        if self.session.finished.load(Ordering::Acquire) {
            return Ok(Taken::Finished);
        }
        if let Some(scout) = &mut self.scout {
            scout.look()?;
        }
        if self.next_us == 0 {
            // Nobody listens yet: the recording begins when somebody does.
            if self.wait_for_reply && !self.cue.peer.load(Ordering::Acquire) {
                std::thread::sleep(Duration::from_millis(u64::from(BLOCK_MS)));
                return Ok(Taken::Nothing);
            }
            self.next_us = monotonic_us();
            let unset = self.session.started_us.load(Ordering::Acquire) == 0;
            if unset {
                self.session.started_us.store(self.next_us, Ordering::Release);
            }
        }
        self.next_us += BLOCK_US;
        sleep_until(self.next_us);
        let from = out.len();
        let holds = self.holds();
        match &mut self.scout {
            Some(scout) if !holds => {
                let part = BLOCK.min(scout.ahead.len());
                out.extend(scout.ahead.drain(..part));
                scout.position += part as u64;
                self.session.position.store(scout.position, Ordering::Release);
                if part == 0 {
                    self.silence += 1;
                    if self.silence >= LAST_SILENCE && !self.cue.is_active() {
                        self.session.finished.store(true, Ordering::Release);
                    }
                }
            }
            _ => {}
        }
        out.resize(from + BLOCK, 0.0);
        Ok(Taken::Sound { end_us: self.next_us })
    }
}

impl Drop for WavMicrophone {
    fn drop(&mut self) {
        self.session.hearing.store(false, Ordering::Release);
    }
}

struct WavSpeaker {
    rate_hz: u32,
    session: Arc<Session>,
    /// When the next block begins; 0 while nothing sounds.
    next_us: u64,
}

impl Speaker for WavSpeaker {
    fn rate_hz(&self) -> u32 {
        self.rate_hz
    }

    fn wait(&mut self) -> Result<bool, DeviceError> {
        let now = monotonic_us();
        if self.next_us == 0 {
            // The file begins when the microphone does, so that both have the same time.
            let started = self.session.started_us.load(Ordering::Acquire);
            let fresh = started != 0 && now.saturating_sub(started) < 1_000_000;
            let untouched = self.written() == 0;
            self.next_us = if fresh && untouched { started } else { now };
        }
        sleep_until(self.next_us.min(now + u64::from(MAX_WAIT_MS) * 1_000));
        Ok(monotonic_us() >= self.next_us)
    }

    fn give(&mut self, block: &[f32]) -> Result<(), DeviceError> {
        self.next_us += block.len() as u64 * 1_000_000 / u64::from(self.rate_hz);
        let mut writer = self.session.writer.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(writer) = writer.as_mut() {
            writer.write(block)?;
        }
        Ok(())
    }

    fn unheard(&mut self) -> u64 {
        let left_us = self.next_us.saturating_sub(monotonic_us());
        left_us * u64::from(self.rate_hz) / 1_000_000
    }

    fn keeps_time(&self) -> bool {
        self.session.hearing.load(Ordering::Acquire)
            && self.session.started_us.load(Ordering::Acquire) != 0
            && !self.session.finished.load(Ordering::Acquire)
    }

    fn rest(&mut self) {
        self.next_us = 0;
        let mut writer = self.session.writer.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Err(error)) = writer.as_mut().map(Writer::sync) {
            tracing::warn!(%error, "the speaker's file is not up to date");
        }
    }
}

impl WavSpeaker {
    fn written(&self) -> u64 {
        let writer = self.session.writer.lock().unwrap_or_else(PoisonError::into_inner);
        writer.as_ref().map_or(0, Writer::total)
    }
}

/// Sleeps until a point on the monotonic clock; points, not lengths, so that nothing drifts.
pub(crate) fn sleep_until(point_us: u64) {
    let left = point_us.saturating_sub(monotonic_us());
    if left > 0 {
        std::thread::sleep(Duration::from_micros(left));
    }
}

#[cfg(test)]
mod tests;
