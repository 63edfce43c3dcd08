//! The engine: sound in, words out. Blocking; it belongs on a thread of its own.
//!
//! One clip goes this way:
//!
//! 1. Silero says where there is speech ([`vad`]); without any, nothing was heard and Whisper is not run;
//! 2. silence around the speech is cut off;
//! 3. Whisper runs once, greedily, on as much of its window as the clip needs ([`window`]), kept from
//!    writing the words of [`unheard`];
//! 4. when it went round in circles ([`repetition`]) it runs again with time marks, and once more on the
//!    full window; if nothing helps, the circles are cut out;
//! 5. [`verdict`] decides whether the words stand;
//! 6. where an answer is waited for and the words are none, the ways to say one are compared with the sound
//!    ([`expected`], [`score`]), and one that surely fits stands for the words.
//!
//! Recordings longer than [`pieces::LONGEST`] are read and transcribed piece by piece.

mod control;
pub mod cpu;
mod error;
pub mod expected;
mod log;
pub mod model_file;
pub mod pieces;
pub mod repetition;
pub mod score;
pub mod unheard;
pub mod vad;
pub mod verdict;
pub mod whisper;
pub mod window;

use std::path::PathBuf;
use std::time::Instant;

use iseetutor_audio::SPEECH_RATE_HZ;
use iseetutor_wire::message::Expectation;

pub use control::{Cancel, Control};
pub use error::EngineError;
pub use window::Window;

use vad::{CHUNK, Evidence, Vad};
use whisper::{Heard, Run, Whisper};

/// Sound kept before and after the speech found in a clip: 480 ms.
const KEPT_AROUND: usize = 15 * CHUNK;

/// What the engine needs to know to start.
#[derive(Debug, Clone)]
pub struct EngineConfig {
    /// The Whisper model, in whisper.cpp's format.
    pub model: PathBuf,
    /// The Silero model, in whisper.cpp's format.
    pub vad_model: PathBuf,
    /// Most threads to compute with.
    pub threads: u16,
    /// Whether attention is computed in one fused step.
    pub flash_attention: bool,
    /// Words never to be written down, besides those of [`unheard`]; a `*` at the end stands for any ending.
    pub unheard: Vec<String>,
}

impl EngineConfig {
    /// Checks, before anything is opened, that both models are named.
    ///
    /// # Errors
    /// [`EngineError::NotConfigured`].
    pub fn check(&self) -> Result<(), EngineError> {
        model_file::require_named(&self.model, model_file::WHISPER, "model")?;
        model_file::require_named(&self.vad_model, model_file::SILERO, "vad_model")
    }
}

/// A word with the probability that it is right.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// The word with its punctuation.
    pub text: String,
    /// Geometric mean of its tokens' probabilities, 0 to 1.
    pub probability: f64,
}

/// What was heard in a recording.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Transcription {
    /// The words; empty when nothing was heard.
    pub text: String,
    /// How likely they are right, 0 to 1; see [`verdict::confidence`]. 0 when nothing was heard.
    pub confidence: f64,
    /// Whether nothing was heard.
    pub no_speech: bool,
    /// The words one by one; those of remarks and loops that were cut out included.
    pub words: Vec<Word>,
    /// Length of the recording in milliseconds.
    pub audio_ms: f64,
    /// Milliseconds of computing, voice activity included.
    pub took_ms: f64,
    /// How often Whisper was run: 0 when there was no speech, more than 1 after a loop.
    pub runs: u32,
}

/// The loaded models.
pub struct Engine {
    whisper: Whisper,
    vad: Vad,
    name: String,
}

impl Engine {
    /// Checks the processor and the model files, and loads them.
    ///
    /// # Errors
    /// Any [`EngineError`] but those about transcribing.
    pub fn load(config: &EngineConfig) -> Result<Self, EngineError> {
        let missing = cpu::missing_features();
        if !missing.is_empty() {
            return Err(EngineError::Processor { missing });
        }
        log::redirect();
        config.check()?;
        let name = model_file::check_whisper(&config.model)?;
        model_file::check_silero(&config.vad_model)?;
        let vad = Vad::load(&config.vad_model)?;
        let whisper = Whisper::load(config)?;
        Ok(Self { whisper, vad, name })
    }

    /// The model's name, such as `tiny.en`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Transcribes samples at 16 kHz, in which an answer that is `expect`ed may be given.
    ///
    /// # Errors
    /// [`EngineError::Library`] and [`EngineError::Cancelled`].
    pub fn transcribe(
        &mut self,
        samples: &[f32],
        window: Window,
        expect: Expectation,
        control: &Control,
    ) -> Result<Transcription, EngineError> {
        let mut rest = samples;
        let mut recording = Recording::new(window, expect);
        loop {
            let step = self.step(&mut recording, control, &mut |out| {
                let (now, later) = rest.split_at(out.len().min(rest.len()));
                out[..now.len()].copy_from_slice(now);
                rest = later;
                Ok(now.len())
            })?;
            if let Some(done) = step {
                return Ok(done);
            }
        }
    }

    /// Transcribes the next piece of a recording; returns what was heard in all of it after the last one.
    ///
    /// `read` fills its buffer with the next samples at 16 kHz and returns how many; fewer than asked only
    /// at the end. A step that was called off can be repeated: nothing of the recording is lost.
    ///
    /// # Errors
    /// [`EngineError::Library`], [`EngineError::Cancelled`], and what `read` fails with.
    pub fn step(
        &mut self,
        recording: &mut Recording,
        control: &Control,
        read: &mut dyn FnMut(&mut [f32]) -> Result<usize, EngineError>,
    ) -> Result<Option<Transcription>, EngineError> {
        if !control.step() {
            return Err(EngineError::Cancelled);
        }
        recording.fill(read)?;
        let began = Instant::now();
        let buffer = &recording.buffer;
        // One sample more than a piece tells that the recording goes on.
        let is_last = buffer.len() <= pieces::LONGEST;
        let probabilities = self.vad.probabilities(buffer)?;
        let length = if is_last { buffer.len() } else { pieces::cut(probabilities).min(buffer.len()) };
        let evidence = Evidence::of(probabilities.get(..length.div_ceil(CHUNK)).unwrap_or(probabilities));
        let piece = buffer.get(..length).unwrap_or(buffer);
        let mut heard =
            Self::transcribe_piece(&mut self.whisper, piece, &evidence, recording.window, control)?;
        // An answer is short: what takes several pieces is none.
        if is_last && recording.sum.samples == 0 {
            Self::expect(&mut self.whisper, &mut heard, &recording.expect, control)?;
        }
        recording.sum.add(heard, length, began);
        recording.buffer.drain(..length);
        Ok(is_last.then(|| std::mem::take(&mut recording.sum).finish()))
    }

    fn transcribe_piece(
        whisper: &mut Whisper,
        samples: &[f32],
        evidence: &Evidence,
        window: Window,
        control: &Control,
    ) -> Result<Piece, EngineError> {
        if !verdict::may_be_speech(samples, evidence) {
            return Ok(Piece::default());
        }
        let start = (evidence.first * CHUNK).saturating_sub(KEPT_AROUND);
        let end = (evidence.end * CHUNK + KEPT_AROUND).min(samples.len());
        let speech = samples.get(start..end).unwrap_or(samples);
        // Each try gives the decoder another way: without the cut and with time marks, then all of the window.
        let tries = [
            (speech, Run { positions: window.positions(speech.len()), time_marks: false }),
            (samples, Run { positions: window.positions(samples.len()), time_marks: true }),
            (samples, Run { positions: window::FULL, time_marks: false }),
        ];
        let mut runs = 0;
        let mut last = Heard::default();
        for (clip, run) in tries {
            last = whisper.run(clip, run, control)?;
            runs += 1;
            let text = last.text();
            if !last.limit_reached && !repetition::is_loop(&text.split_whitespace().collect::<Vec<_>>()) {
                let text = verdict::judge(&last, &text, evidence);
                return Ok(Piece { text, heard: last, runs, expected: None });
            }
            tracing::debug!(?run, "the decoder went round in circles");
        }
        let text = repetition::cut(&last.text().split_whitespace().collect::<Vec<_>>()).join(" ");
        let text = verdict::judge(&last, &text, evidence);
        Ok(Piece { text, heard: last, runs, expected: None })
    }

    /// Puts an expected answer in the place of words that are none, if it surely fits the sound.
    fn expect(
        whisper: &mut Whisper,
        piece: &mut Piece,
        expect: &Expectation,
        control: &Control,
    ) -> Result<(), EngineError> {
        let Some(text) = &piece.text else { return Ok(()) };
        let sayings = expected::sayings(expect, text);
        if sayings.is_empty() {
            return Ok(());
        }
        let texts: Vec<&str> = sayings.iter().map(|saying| saying.text.as_str()).collect();
        let Some((free, scores)) = whisper.score(&piece.heard, &texts, expected::REACH_LN, control)? else {
            return Ok(());
        };
        let chosen = expected::choose(free, &scores, &sayings);
        tracing::debug!(
            sayings = sayings.len(),
            expected = chosen.is_some(),
            "compared with what is expected"
        );
        if let Some((text, probability)) = chosen {
            piece.text = Some(text.to_owned());
            piece.expected = Some(probability);
        }
        Ok(())
    }
}

/// A recording on its way through the engine; see [`Engine::step`].
#[derive(Default)]
pub struct Recording {
    window: Window,
    expect: Expectation,
    /// At most one piece and a sample.
    buffer: Vec<f32>,
    sum: Sum,
}

impl Recording {
    /// A recording of which nothing was read yet.
    #[must_use]
    pub fn new(window: Window, expect: Expectation) -> Self {
        Self { window, expect, ..Self::default() }
    }

    fn fill(
        &mut self,
        read: &mut dyn FnMut(&mut [f32]) -> Result<usize, EngineError>,
    ) -> Result<(), EngineError> {
        let had = self.buffer.len();
        self.buffer.resize(pieces::LONGEST + 1, 0.0);
        let got = read(&mut self.buffer[had..]);
        self.buffer.truncate(had + got.as_ref().map_or(0, |got| *got));
        got?;
        // What is not a number would spread over the whole clip.
        self.buffer[had..].iter_mut().filter(|sample| !sample.is_finite()).for_each(|sample| *sample = 0.0);
        Ok(())
    }
}

#[derive(Default)]
struct Piece {
    /// `None` when nothing was heard.
    text: Option<String>,
    heard: Heard,
    runs: u32,
    /// The probability of an expected answer that stands in the place of the words.
    expected: Option<f64>,
}

/// The pieces so far.
#[derive(Default)]
struct Sum {
    texts: Vec<String>,
    words: Vec<Word>,
    /// Confidence of every piece with words, weighted by its tokens.
    confidence: f64,
    tokens: f64,
    samples: usize,
    took_ms: f64,
    runs: u32,
}

impl Sum {
    #[allow(clippy::cast_precision_loss)]
    fn add(&mut self, piece: Piece, samples: usize, began: Instant) {
        self.samples += samples;
        self.runs += piece.runs;
        if let Some(text) = piece.text {
            let tokens = piece.heard.tokens.len() as f64;
            self.confidence += piece.expected.unwrap_or_else(|| verdict::confidence(&piece.heard)) * tokens;
            self.tokens += tokens;
            self.texts.push(text);
            match piece.expected {
                Some(probability) => self.words.extend(self.texts.iter().flat_map(|text| {
                    text.split_whitespace().map(move |word| Word { text: word.to_owned(), probability })
                })),
                None => self.words.extend(words(&piece.heard)),
            }
        }
        self.took_ms += began.elapsed().as_secs_f64() * 1_000.0;
    }

    #[allow(clippy::cast_precision_loss)]
    fn finish(self) -> Transcription {
        let no_speech = self.texts.is_empty();
        Transcription {
            text: self.texts.join(" "),
            confidence: if no_speech { 0.0 } else { self.confidence / self.tokens.max(1.0) },
            no_speech,
            words: self.words,
            audio_ms: self.samples as f64 * 1_000.0 / f64::from(SPEECH_RATE_HZ),
            took_ms: self.took_ms,
            runs: self.runs,
        }
    }
}

/// Tokens put together to words: a new one begins where a token begins with a space.
fn words(heard: &Heard) -> Vec<Word> {
    let mut words: Vec<(Vec<u8>, f32, u16)> = Vec::new();
    for token in &heard.tokens {
        match words.last_mut() {
            Some((text, ln_p, tokens)) if !token.text.starts_with(b" ") => {
                text.extend_from_slice(&token.text);
                *ln_p += token.ln_p;
                *tokens += 1;
            }
            _ => words.push((token.text.clone(), token.ln_p, 1)),
        }
    }
    let word = |(text, ln_p, tokens): (Vec<u8>, f32, u16)| Word {
        text: String::from_utf8_lossy(&text).trim().to_owned(),
        probability: f64::from((ln_p / f32::from(tokens)).exp()),
    };
    words.into_iter().map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use whisper::Token;

    #[test]
    fn tokens_become_words() {
        let token = |text: &str, ln_p| Token { id: 0, text: text.as_bytes().to_vec(), ln_p };
        let tokens = vec![token(" hex", -0.2), token("agon", -0.4), token(".", 0.0), token(" Yes", 0.0)];
        let words = words(&Heard { tokens, ..Heard::default() });
        assert_eq!(words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>(), ["hexagon.", "Yes"]);
        assert!((words[0].probability - (-0.2f64).exp()).abs() < 1e-6);
    }
}
