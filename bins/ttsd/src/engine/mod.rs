//! The engine: one thread that owns the voice and says what is asked of it, most urgent first.
//!
//! There are three bounded queues: the conversation, an operator's requests, and sentences rendered ahead. What
//! is put into a more urgent queue interrupts a less urgent text in the middle of what is computed for it and is served in
//! between, so a long text from an operator never delays an answer to the child.

mod cancel;
mod running;
mod speaker;

use std::ops::ControlFlow;
use std::thread;
use std::time::Instant;

use iseetutor_service::{Heartbeat, Shutdown};
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};

pub use cancel::Cancel;
use running::Running;
use speaker::Speaker;

use crate::cache::{Cache, Manner};
use crate::voice::{Phonemizer, Voice, VoiceError};

/// Longest text of one request in bytes. A clause is synthesised at a time, so memory stays the same up to there.
pub const MAX_TEXT: usize = 256 * 1024;

/// Slowest and fastest rate.
pub const RATES: std::ops::RangeInclusive<f32> = 0.25..=4.0;

/// Requests of each queue in waiting, at most.
const TALK_QUEUE: usize = 4;
const OPERATOR_QUEUE: usize = 8;
const RENDER_QUEUE: usize = 1024;

/// What is heard, apart from voice and text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Pause after a sentence in milliseconds.
    pub sentence_pause_ms: u32,
    /// Pause after a line in milliseconds.
    pub line_pause_ms: u32,
    /// What samples are multiplied with; the same for everything, so that nothing clicks.
    pub gain: f32,
}

/// Why a text was not said.
#[derive(Debug, thiserror::Error)]
pub enum SpeakError {
    /// It is longer than [`MAX_TEXT`].
    #[error("text of {length} bytes refused: at most {MAX_TEXT} are said at a time; send it in parts")]
    TooLong {
        /// Its length.
        length: usize,
    },
    /// The voice failed.
    #[error(transparent)]
    Voice(#[from] VoiceError),
}

/// How a text ended.
#[derive(Debug)]
pub enum Outcome {
    /// All of it was said.
    Said {
        /// Samples of sound, pauses included; 0 when there was nothing to say in the text.
        samples: u64,
        /// Whether it came from the cache.
        cached: bool,
    },
    /// It was cancelled, or nobody listens any more.
    Stopped,
    /// It could not be said.
    Failed(SpeakError),
}

/// Where the sound of a text goes. Called from the engine's thread.
pub trait Sink: Send {
    /// The first sound is ready. `Break` stops the text.
    fn start(&mut self, rate_hz: u32) -> ControlFlow<()>;
    /// The next samples; at most some tens of thousands. `Break` stops the text.
    fn sound(&mut self, samples: &[i16]) -> ControlFlow<()>;
    /// The text is over. Comes exactly once, unless the engine ends.
    fn end(self: Box<Self>, outcome: Outcome);
}

/// A text to be said.
pub struct Say {
    /// As it is written.
    pub text: String,
    /// How fast; 1 is the voice's own pace.
    pub rate: f32,
    /// Whether it may be taken from the cache.
    pub from_cache: bool,
    /// Whether it may be kept in the cache: only the tutor's own fixed sentences.
    pub keep: bool,
    /// Silence in front, in milliseconds.
    pub pause_ms: u32,
    /// When it was asked for.
    pub arrived: Instant,
    /// Stops it.
    pub cancel: Cancel,
    /// Where it goes.
    pub sink: Box<dyn Sink>,
}

/// A request.
pub enum Work {
    /// Say a text.
    Say(Say),
    /// Do something in its place among the texts, quickly.
    Then(Box<dyn FnOnce() + Send>),
    /// Empty the cache; replies with the bytes freed.
    ClearCache(oneshot::Sender<u64>),
}

/// The queues of a running engine. Cheap to clone.
#[derive(Clone)]
pub struct Engine {
    /// The conversation.
    pub talk: mpsc::Sender<Work>,
    /// An operator's requests.
    pub operator: mpsc::Sender<Work>,
    /// Sentences rendered ahead.
    pub render: mpsc::Sender<Work>,
    running: Running,
}

impl Engine {
    /// To be called when something was put into the conversation's queue: what is less urgent makes way at once.
    pub fn talk_waits(&self) {
        self.running.make_way(0);
    }

    /// The same for an operator's queue.
    pub fn operator_waits(&self) {
        self.running.make_way(1);
    }
}

/// What the engine tells about itself. Called from its thread.
pub trait Report: Send {
    /// A text ended, this long after it was asked for; `first_ms` is when its first sound was ready.
    fn ended(&self, outcome: &Outcome, first_ms: Option<f64>, took_ms: f64, urgent: bool);
    /// The cache on disk has this many bytes now.
    fn cache_bytes(&self, bytes: u64);
}

/// What an engine is made of.
pub struct Parts {
    /// The voice.
    pub voice: Voice,
    /// The phonemiser for it.
    pub phonemizer: Phonemizer,
    /// Rendered sentences.
    pub cache: Cache,
    /// What is heard.
    pub settings: Settings,
    /// Who hears of it.
    pub report: Box<dyn Report>,
}

impl Parts {
    /// Everything but the text that decides how a sentence sounds.
    fn manner(&self) -> Manner {
        Manner {
            voice: self.voice.id().to_owned(),
            phonemes: self.phonemizer.version(),
            settings: format!("{:?}", self.settings),
        }
    }
}

/// What waits for an engine that is not running yet.
pub struct Queues([mpsc::Receiver<Work>; 3], Running);

/// The queues of an engine to be started; requests may be put into them already.
#[must_use]
pub fn queues() -> (Engine, Queues) {
    let (talk, talk_queue) = mpsc::channel(TALK_QUEUE);
    let (operator, operator_queue) = mpsc::channel(OPERATOR_QUEUE);
    let (render, render_queue) = mpsc::channel(RENDER_QUEUE);
    let running = Running::default();
    let queues = Queues([talk_queue, operator_queue, render_queue], running.clone());
    (Engine { talk, operator, render, running }, queues)
}

/// Starts the engine's thread. It ends when `shutdown` begins or every [`Engine`] is gone.
///
/// # Errors
/// When the system gives no thread.
pub fn start(
    parts: Parts,
    queues: Queues,
    runtime: Handle,
    heartbeat: Heartbeat,
    shutdown: Shutdown,
) -> std::io::Result<thread::JoinHandle<()>> {
    thread::Builder::new().name("voice".into()).spawn(move || {
        Speaker::new(parts, queues, runtime, heartbeat, shutdown).run();
    })
}
