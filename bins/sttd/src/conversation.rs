//! From `stt.sock` to `turn.sock`: the child's speech in, what was understood out.
//!
//! At the first short silence (`pause`) the turn so far is transcribed, in case this was all. If it was,
//! that transcript is the final one and is ready at once; if speech goes on, the run is called off.
//! While the child speaks, partial transcripts are made when the worker has nothing else to do.

use std::time::Instant;

use iseetutor_audio::{SPEECH_RATE_HZ, level};
use iseetutor_bus::Status;
use iseetutor_wire::message::{Expectation, SttMessage, Transcript, TurnMessage};
use iseetutor_wire::{Admission, Frame, Incoming, Link, TurnGate, TurnTiming};

use crate::engine::{Cancel, EngineError, Transcription};
use crate::worker::{Outcome, Worker};

/// Least sound for a partial transcript, in ms: with less there is hardly a word.
const FIRST_PARTIAL_MS: u32 = 600;

/// The end of the sound that must be voiced for a partial transcript to begin: 100 ms.
const TAIL: usize = SPEECH_RATE_HZ as usize / 10;

/// How loud the tail must be against the loudest tail so far to count as voiced: -12 dB.
const VOICED: f32 = 0.25;

/// How turns are treated.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Milliseconds of new sound between two partial transcripts; 0 for none.
    pub partial_interval_ms: u32,
    /// Longest turn in seconds.
    pub longest_turn_s: u32,
}

/// The turns, one at a time.
pub struct Conversation {
    worker: Worker,
    tutor: Link<TurnMessage>,
    status: Status,
    limits: Limits,
    gate: TurnGate,
    turn: Option<Turn>,
}

/// What a run of the worker is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// To show what is understood so far.
    Partial,
    /// The turn, as it will stand if nothing more is said.
    Whole,
}

struct Job {
    purpose: Purpose,
    cancel: Cancel,
    outcome: Outcome,
}

/// A turn under way.
struct Turn {
    connection: u64,
    number: u64,
    revision: u32,
    /// What answer is waited for.
    expect: Expectation,
    samples: Vec<f32>,
    /// Samples at the last partial transcript.
    partial_at: usize,
    /// Text of the last partial transcript.
    partial: String,
    /// Loudest tail so far.
    loudest: f32,
    job: Option<Job>,
    /// The transcript of this revision, made at its pause.
    ready: Option<Transcription>,
    speech_end_us: u64,
    end: Option<End>,
    /// Whether sound beyond the limit was dropped.
    too_long: bool,
}

/// The decision that a turn is over.
#[derive(Clone, Copy)]
struct End {
    endpoint_ms: f64,
    at: Instant,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.call_off();
    }
}

impl Turn {
    fn new(connection: u64, number: u64, revision: u32, expect: Expectation) -> Self {
        Self {
            connection,
            number,
            revision,
            expect,
            samples: Vec::new(),
            partial_at: 0,
            partial: String::new(),
            loudest: 0.0,
            job: None,
            ready: None,
            speech_end_us: 0,
            end: None,
            too_long: false,
        }
    }

    fn call_off(&mut self) {
        if let Some(job) = self.job.take() {
            job.cancel.cancel();
        }
    }

    fn start(&mut self, worker: &Worker, purpose: Purpose) {
        self.call_off();
        // Nothing hangs on the words so far: they are not compared with what is expected.
        let expect = if purpose == Purpose::Whole { self.expect.clone() } else { Expectation::default() };
        let (cancel, outcome) = worker.clip(self.samples.clone(), expect);
        self.job = Some(Job { purpose, cancel, outcome });
    }

    fn is_whole_under_way(&self) -> bool {
        self.job.as_ref().is_some_and(|job| job.purpose == Purpose::Whole)
    }
}

impl Conversation {
    /// A conversation in which nothing was said yet.
    #[must_use]
    pub fn new(worker: Worker, tutor: Link<TurnMessage>, status: Status, limits: Limits) -> Self {
        Self { worker, tutor, status, limits, gate: TurnGate::default(), turn: None }
    }

    /// Takes in what happened on `stt.sock`.
    pub async fn on_event(&mut self, event: Incoming<SttMessage>) {
        match event {
            Incoming::Connected { .. } => {}
            Incoming::Frame { connection, frame } => self.on_frame(connection, frame).await,
            Incoming::Closed { connection, error } => {
                if let Some(error) = error {
                    self.status.error(format!("stt.sock: {error}"));
                }
                // Whoever speaks there is gone; a turn that was over is still finished.
                if let Some(turn) =
                    self.turn.take_if(|turn| turn.connection == connection && turn.end.is_none())
                {
                    self.tell(turn.number, turn.revision, TurnMessage::Cancel {}).await;
                }
            }
        }
    }

    async fn on_frame(&mut self, connection: u64, frame: Frame<SttMessage>) {
        let Frame { turn: number, revision, message } = frame;
        match self.gate.admit(number, revision) {
            Admission::Stale => {
                self.status.count("frames_dropped");
                return;
            }
            Admission::Newer => self.move_on(number, revision),
            Admission::Current => {}
        }
        if let SttMessage::SpeechStart { expect, played, at_us: _ } = message {
            self.status.count("turns");
            self.turn = Some(Turn::new(connection, number, revision, expect.clone()));
            self.tell(number, revision, TurnMessage::SpeechStart { expect, played }).await;
            return;
        }
        let Some(turn) = self.turn.as_mut().filter(|turn| turn.number == number) else {
            // The beginning was missed; half a turn must not pass for a whole one.
            self.status.count("frames_dropped");
            return;
        };
        match message {
            SttMessage::SpeechStart { .. } => {}
            SttMessage::Audio { pcm } => {
                if !hear(turn, &pcm, self.limits) {
                    self.status.count("frames_damaged");
                }
                self.maybe_partial();
            }
            SttMessage::Pause { speech_end_us } => {
                turn.speech_end_us = speech_end_us;
                if turn.ready.is_none() && !turn.is_whole_under_way() {
                    turn.start(&self.worker, Purpose::Whole);
                }
            }
            SttMessage::SpeechEnd { speech_end_us, endpoint_ms } => {
                turn.speech_end_us = speech_end_us;
                turn.end = Some(End { endpoint_ms, at: Instant::now() });
                if let Some(ready) = turn.ready.take() {
                    self.finish(ready).await;
                } else if !turn.is_whole_under_way() {
                    turn.start(&self.worker, Purpose::Whole);
                }
            }
            SttMessage::Cancel {} => {
                self.turn = None;
                self.tell(number, revision, TurnMessage::Cancel {}).await;
            }
        }
    }

    /// A newer turn or revision has begun: what was computed for the older one is void.
    fn move_on(&mut self, number: u64, revision: u32) {
        match self.turn.as_mut().filter(|turn| turn.number == number) {
            Some(turn) => {
                turn.call_off();
                turn.ready = None;
                turn.revision = revision;
            }
            None => self.turn = None,
        }
    }

    fn maybe_partial(&mut self) {
        let Some(turn) = &mut self.turn else { return };
        let interval = self.limits.partial_interval_ms;
        if interval == 0 || turn.job.is_some() || turn.ready.is_some() || turn.end.is_some() {
            return;
        }
        let wanted =
            turn.partial_at + samples_of(if turn.partial_at == 0 { FIRST_PARTIAL_MS } else { interval });
        let tail =
            level::rms(turn.samples.get(turn.samples.len().saturating_sub(TAIL)..).unwrap_or_default());
        turn.loudest = turn.loudest.max(tail);
        // Begun in the middle of speech it is done before a pause can be noticed, and delays nothing.
        let is_voiced = tail >= turn.loudest * VOICED;
        if turn.samples.len() >= wanted && is_voiced && self.worker.is_idle() {
            turn.partial_at = turn.samples.len();
            turn.start(&self.worker, Purpose::Partial);
        }
    }

    /// Waits for the run under way; for ever when there is none. Cancel safe.
    pub async fn run_done(&mut self) -> Result<Transcription, EngineError> {
        match self.turn.as_mut().and_then(|turn| turn.job.as_mut()) {
            // An end without a result: the run was made void.
            Some(job) => (&mut job.outcome).await.unwrap_or(Err(EngineError::Cancelled)),
            None => std::future::pending().await,
        }
    }

    /// Takes in the result of the run under way.
    pub async fn on_run_done(&mut self, result: Result<Transcription, EngineError>) {
        let Some(turn) = &mut self.turn else { return };
        let Some(job) = turn.job.take() else { return };
        let (number, revision) = (turn.number, turn.revision);
        match (job.purpose, result) {
            (Purpose::Partial, Ok(heard)) => {
                self.status.observe("partial_ms", heard.took_ms);
                if !heard.no_speech && heard.text != turn.partial {
                    turn.partial.clone_from(&heard.text);
                    self.tell(number, revision, TurnMessage::Partial { text: heard.text }).await;
                }
            }
            (Purpose::Partial, Err(EngineError::Cancelled)) => {}
            (Purpose::Partial, Err(error)) => self.status.error(&error),
            (Purpose::Whole, Ok(heard)) => {
                self.status.observe("transcribe_ms", heard.took_ms);
                if heard.runs > 1 {
                    self.status.count("loops");
                }
                if turn.end.is_some() {
                    self.finish(heard).await;
                } else {
                    let message = TurnMessage::Speculative(transcript(turn, heard.clone()));
                    turn.ready = Some(heard);
                    self.tell(number, revision, message).await;
                }
            }
            (Purpose::Whole, Err(error)) => {
                // Called off by nobody who had a better idea: the daemon is ending.
                self.status.error(&error);
                self.turn = None;
                self.tell(number, revision, TurnMessage::Failed { reason: error.to_string() }).await;
            }
        }
    }

    async fn finish(&mut self, heard: Transcription) {
        let Some(turn) = self.turn.take() else { return };
        if heard.no_speech {
            self.status.count("turns_without_speech");
        }
        let transcript = transcript(&turn, heard);
        if let Some(wait) = transcript.timing.stt_wait_ms {
            self.status.observe("wait_ms", wait);
        }
        self.tell(turn.number, turn.revision, TurnMessage::Final(transcript)).await;
    }

    async fn tell(&mut self, turn: u64, revision: u32, message: TurnMessage) {
        if self.tutor.send(Frame::new(turn, revision, message)).await.is_err() {
            self.status.count("frames_undelivered");
        }
    }
}

/// Adds sound to a turn. Returns whether the frame was whole samples.
fn hear(turn: &mut Turn, pcm: &[u8], limits: Limits) -> bool {
    if turn.end.is_some() {
        return true;
    }
    let is_whole = level::extend_from_le_bytes(pcm, &mut turn.samples);
    let most = samples_of(limits.longest_turn_s.saturating_mul(1_000));
    if turn.samples.len() > most {
        turn.samples.truncate(most);
        if !turn.too_long {
            turn.too_long = true;
            tracing::warn!(
                longest_turn_s = limits.longest_turn_s,
                "turn too long: the rest is not transcribed"
            );
        }
    }
    is_whole
}

fn samples_of(ms: u32) -> usize {
    ms as usize * (SPEECH_RATE_HZ as usize / 1_000)
}

fn transcript(turn: &Turn, heard: Transcription) -> Transcript {
    Transcript {
        text: heard.text,
        confidence: heard.confidence,
        no_speech: heard.no_speech,
        audio_ms: heard.audio_ms,
        timing: TurnTiming {
            speech_end_us: turn.speech_end_us,
            endpoint_ms: turn.end.map(|end| end.endpoint_ms),
            stt_ms: Some(heard.took_ms),
            stt_wait_ms: turn.end.map(|end| end.at.elapsed().as_secs_f64() * 1_000.0),
            ..TurnTiming::default()
        },
    }
}
