//! One run of Whisper over one clip.

use std::cell::Cell;
use std::ffi::{c_int, c_void};
use std::ptr::NonNull;

use iseetutor_audio::SPEECH_RATE_HZ;
use whisper_rs::{
    FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters, WhisperState, WhisperSysContext,
    WhisperSysState, WhisperTokenData, whisper_rs_sys as sys,
};

use super::score::{self, Decode};
use super::unheard::Unheard;
use super::{Control, EngineConfig, EngineError, cpu, repetition, window};

/// Shortest clip that the library handles, in samples: it reflects 200 samples at the beginning and
/// passes over what is under 100 ms. Shorter clips get silence at the end.
const MIN_SAMPLES: usize = SPEECH_RATE_HZ as usize / 4;

/// Most tokens of a text that is scored.
const MOST_TOKENS: usize = 128;

/// A loaded model with its one working state.
pub struct Whisper {
    context: WhisperContext,
    state: WhisperState,
    raw: Option<Raw>,
    unheard: Unheard,
    end_of_text: i32,
    threads: u16,
}

/// What `state` wraps, as its callbacks are given it: the crate has no safe way to a single step of the decoder.
#[derive(Clone, Copy)]
struct Raw {
    context: NonNull<WhisperSysContext>,
    state: NonNull<WhisperSysState>,
}

// SAFETY: both pointers are only followed through `&mut Whisper`, whose `context` and `state` own what they point at
// and may be moved to another thread themselves.
unsafe impl Send for Raw {}

/// How to run.
#[derive(Debug, Clone, Copy)]
pub struct Run {
    /// Encoder positions; see [`super::window`].
    pub positions: u32,
    /// Whether the model also writes time marks: slower by some tokens, and another path through its
    /// decoder, which leads out of most loops.
    pub time_marks: bool,
}

/// A token of text that was heard.
#[derive(Debug, Clone)]
pub struct Token {
    /// Its number in the vocabulary.
    pub id: i32,
    /// Its bytes; a character may be split between tokens.
    pub text: Vec<u8>,
    /// Natural logarithm of its probability.
    pub ln_p: f32,
}

/// What one run gave.
#[derive(Debug, Clone, Default)]
pub struct Heard {
    /// The text in tokens, without marks.
    pub tokens: Vec<Token>,
    /// The model's own probability that there is no speech.
    pub no_speech: f32,
    /// Whether the decoder was stopped because it said more than fits the time.
    pub limit_reached: bool,
}

impl Heard {
    /// The text, trimmed.
    #[must_use]
    pub fn text(&self) -> String {
        let bytes: Vec<u8> = self.tokens.iter().flat_map(|token| token.text.iter().copied()).collect();
        String::from_utf8_lossy(&bytes).trim().to_owned()
    }

    /// Mean natural logarithm of the tokens' probabilities; minus infinity without tokens.
    #[must_use]
    #[allow(clippy::cast_precision_loss)]
    pub fn mean_ln_p(&self) -> f32 {
        if self.tokens.is_empty() {
            return f32::NEG_INFINITY;
        }
        self.tokens.iter().map(|token| token.ln_p).sum::<f32>() / self.tokens.len() as f32
    }
}

impl Whisper {
    /// Loads the model, whose file was checked before.
    pub fn load(config: &EngineConfig) -> Result<Self, EngineError> {
        let fail = |source| EngineError::Load { path: config.model.clone(), source };
        let mut parameters = WhisperContextParameters::default();
        parameters.flash_attn(config.flash_attention);
        let context = WhisperContext::new_with_params(&config.model, parameters).map_err(fail)?;
        let state = context.create_state().map_err(fail)?;
        let end_of_text = context.token_eot();
        let vocabulary = (0..end_of_text).map(|id| context.token_to_str_lossy(id).unwrap_or_default());
        let unheard = Unheard::new(&config.unheard, vocabulary);
        Ok(Self { context, state, raw: None, unheard, end_of_text, threads: config.threads })
    }

    /// Transcribes one clip of at most [`window::MAX_SAMPLES`] samples.
    pub fn run(&mut self, samples: &[f32], run: Run, control: &Control) -> Result<Heard, EngineError> {
        if !control.step() {
            return Err(EngineError::Cancelled);
        }
        let samples = samples.get(..window::MAX_SAMPLES).unwrap_or(samples);
        let padded;
        let samples = if samples.len() < MIN_SAMPLES {
            let mut clip = samples.to_vec();
            clip.resize(MIN_SAMPLES, 0.0);
            padded = clip;
            &padded
        } else {
            samples
        };
        #[allow(clippy::cast_precision_loss)]
        let limit = repetition::token_limit(samples.len() as f64 / f64::from(SPEECH_RATE_HZ));

        let mut parameters = FullParams::new(SamplingStrategy::Greedy { best_of: 1 });
        parameters.set_n_threads(c_int::from(cpu::threads_now(self.threads)));
        parameters.set_audio_ctx(c_int::try_from(run.positions).unwrap_or(0));
        parameters.set_max_tokens(c_int::try_from(limit).unwrap_or(c_int::MAX));
        parameters.set_no_timestamps(!run.time_marks);
        // One utterance, one segment, nothing carried over from the last child's words.
        parameters.set_single_segment(true);
        parameters.set_no_context(true);
        // No second try at a higher temperature: it costs the time of several runs at the worst moment and
        // draws its words at random. Loops are handled by `super::Engine`.
        parameters.set_temperature_inc(0.0);
        // Never reached: the verdict is `super::verdict`'s, which needs to see the words.
        parameters.set_no_speech_thold(2.0);
        parameters.set_print_progress(false);
        parameters.set_print_realtime(false);
        parameters.set_print_timestamps(false);

        let hooks = Hooks { control, unheard: &self.unheard, raw: Cell::new(None) };
        let data = (&raw const hooks).cast_mut().cast::<c_void>();
        // The crate's safe setter for this callback mixes up its types (0.16.0), hence the raw ones.
        // SAFETY: both callbacks only read `hooks`, which outlives the call of `full` below, and neither
        // unwinds. The library calls them on this thread: there is one decoder.
        unsafe {
            parameters.set_abort_callback(Some(abort));
            parameters.set_abort_callback_user_data(data);
            parameters.set_filter_logits_callback(Some(filter));
            parameters.set_filter_logits_callback_user_data(data);
        }
        let done = self.state.full(parameters, samples);
        self.raw = hooks.raw.get().or(self.raw);
        if control.cancel.is_cancelled() {
            return Err(EngineError::Cancelled);
        }
        done.map_err(|source| EngineError::Library { operation: "transcribe a clip", source })?;
        Ok(self.collect(limit))
    }

    /// How well texts fit the clip of the last [`Self::run`], as natural logarithms of their probabilities, the end of
    /// the text included: that of what was `heard`, and those of `texts`, of which one that falls `reach` behind is given up
    /// (see [`score::ln_p`]). `None` before any run.
    ///
    /// # Errors
    /// [`EngineError::Cancelled`] and [`EngineError::Library`].
    pub fn score(
        &mut self,
        heard: &Heard,
        texts: &[&str],
        reach: f64,
        control: &Control,
    ) -> Result<Option<(f64, Vec<f64>)>, EngineError> {
        let Some(raw) = self.raw else { return Ok(None) };
        let fail = |source| EngineError::Library { operation: "score a text", source };
        let free: Vec<_> = heard.tokens.iter().map(|token| token.id).collect();
        let texts: Result<Vec<_>, _> =
            texts.iter().map(|text| self.context.tokenize(text, MOST_TOKENS).map_err(fail)).collect();
        let mut prompt = vec![self.context.token_sot()];
        if self.context.is_multilingual() {
            prompt.extend([self.context.token_sot() + 1, self.context.token_transcribe()]);
        }
        prompt.push(self.context.token_not());
        let mut stepper = Stepper {
            raw,
            vocabulary: usize::try_from(self.context.n_vocab()).unwrap_or(0),
            threads: c_int::from(cpu::threads_now(self.threads)),
            control,
            whisper: std::marker::PhantomData,
        };
        score::ln_p(&mut stepper, &prompt, &free, &texts?, self.end_of_text, reach).map(Some)
    }

    fn collect(&self, limit: u32) -> Heard {
        let mut heard = Heard::default();
        let mut written = 0;
        for segment in self.state.as_iter() {
            heard.no_speech = heard.no_speech.max(segment.no_speech_probability());
            for index in 0..segment.n_tokens() {
                written += 1;
                let Some(token) = segment.get_token(index) else { continue };
                let data = token.token_data();
                if data.id < self.end_of_text {
                    let text = token.to_bytes().unwrap_or_default().to_vec();
                    heard.tokens.push(Token { id: data.id, text, ln_p: data.plog });
                }
            }
        }
        heard.limit_reached = written > limit;
        heard
    }
}

/// Single steps of the decoder over the sound that was encoded last.
struct Stepper<'a> {
    raw: Raw,
    vocabulary: usize,
    threads: c_int,
    control: &'a Control,
    /// Nothing else uses the decoder meanwhile.
    whisper: std::marker::PhantomData<&'a mut Whisper>,
}

impl Decode for Stepper<'_> {
    type Error = EngineError;

    fn step(&mut self, tokens: &[i32], past: usize) -> Result<Vec<f32>, EngineError> {
        if !self.control.step() {
            return Err(EngineError::Cancelled);
        }
        let fail = |code| EngineError::Library {
            operation: "score a text",
            source: whisper_rs::WhisperError::GenericError(code),
        };
        let (Ok(count), Ok(past)) = (c_int::try_from(tokens.len()), c_int::try_from(past)) else {
            return Err(fail(-1));
        };
        let (context, state) = (self.raw.context.as_ptr(), self.raw.state.as_ptr());
        // SAFETY: context and state are alive and not in use elsewhere (see `Raw`), a clip was encoded in this state
        // before (it is where they come from), and `tokens` has `count` entries.
        let code = unsafe {
            sys::whisper_decode_with_state(context, state, tokens.as_ptr(), count, past, self.threads)
        };
        if code != 0 {
            return Err(fail(code));
        }
        // SAFETY: after a step the state holds the logits of the next token, one for each token of the vocabulary.
        let logits = unsafe {
            let logits = sys::whisper_get_logits_from_state(state);
            if logits.is_null() {
                return Err(fail(-2));
            }
            std::slice::from_raw_parts(logits, self.vocabulary)
        };
        Ok(logits.to_vec())
    }
}

/// What the callbacks see.
struct Hooks<'a> {
    control: &'a Control,
    unheard: &'a Unheard,
    raw: Cell<Option<Raw>>,
}

/// Called after the encoder and after every token; true stops the run.
unsafe extern "C" fn abort(data: *mut c_void) -> bool {
    // SAFETY: `Whisper::run` passed a pointer to its `Hooks`, alive for the whole call.
    let hooks = unsafe { &*data.cast::<Hooks<'_>>() };
    !hooks.control.step()
}

/// Called before a token is chosen: what must not be written is made impossible.
unsafe extern "C" fn filter(
    context: *mut WhisperSysContext,
    state: *mut WhisperSysState,
    tokens: *const WhisperTokenData,
    count: c_int,
    logits: *mut f32,
    data: *mut c_void,
) {
    // SAFETY: as in `abort`.
    let hooks = unsafe { &*data.cast::<Hooks<'_>>() };
    if let (Some(context), Some(state)) = (NonNull::new(context), NonNull::new(state)) {
        hooks.raw.set(Some(Raw { context, state }));
    }
    let count = usize::try_from(count).unwrap_or(0);
    let so_far = if tokens.is_null() || count == 0 {
        &[]
    } else {
        // SAFETY: the library passes its tokens with their number; they are not changed during the call.
        unsafe { std::slice::from_raw_parts(tokens, count) }
    };
    let ids = so_far.iter().filter_map(|token| usize::try_from(token.id).ok());
    hooks.unheard.for_each_banned(ids, |id| {
        // SAFETY: `id` is a text token, and the logits have an entry for each token of the vocabulary.
        unsafe { *logits.add(id) = f32::NEG_INFINITY };
    });
}
